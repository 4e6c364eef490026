"""The ladder of reminders and the reminders on record (S2-7a, S4-19a, S4-19b)."""

import pickle
from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.credit import DunningLevel, DunningPolicy, Reminder
from kamcore.errors import CurrencyMismatch, DuplicateName, NotADate, PolicyError, UnknownName
from kamcore.values import Label, Money, Ratio, Rounding, Source

FIRST, SECOND = DunningLevel("first", 5), DunningLevel("second", 20)
LADDER = DunningPolicy(levels=(FIRST, SECOND))
TEN = Money(10, "CNY")


# --- the levels -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counted_from", "days", "due", "day"),
    [
        ("due", 0, date(2013, 1, 31), date(2013, 1, 31)),
        ("due", 5, date(2013, 2, 26), date(2013, 3, 3)),
        ("end_of_month", 0, date(2013, 1, 31), date(2013, 1, 31)),
        ("end_of_month", 0, date(2013, 2, 1), date(2013, 2, 28)),
        ("end_of_month", 5, date(2013, 2, 23), date(2013, 2, 28)),
        ("end_of_month", 5, date(2013, 2, 24), date(2013, 3, 31)),
        ("last_reminder", 10, date(2013, 2, 23), date(2013, 4, 11)),
    ],
)
def test_the_day_of_a_level(counted_from: str, days: int, due: date, day: date) -> None:
    level = attrs.evolve(SECOND, after_days=days, counted_from=counted_from)
    assert level.day(due, date(2013, 4, 1)) == day


@pytest.mark.parametrize(
    ("counted_from", "days", "en", "zh"),
    [
        ("due", 1, "1 day after the due date", "到期后 1 天"),
        ("due", 0, "on the due date", "到期当日"),
        (
            "end_of_month",
            0,
            "at the end of the month of the due date",
            "到期日所在月的月末",
        ),
        (
            "end_of_month",
            5,
            "at the end of the month reached 5 days after the due date",
            "到期后 5 天所在月的月末",
        ),
        ("last_reminder", 15, "15 days after the last reminder", "上次催缴后 15 天"),
    ],
)
def test_when_a_level_comes_in_words(counted_from: str, days: int, en: str, zh: str) -> None:
    level = attrs.evolve(SECOND, after_days=days, counted_from=counted_from)
    assert level.when == Label(en, zh)


@pytest.mark.parametrize(
    ("level", "en", "zh"),
    [
        (FIRST, "reminder “first”", "“first”催缴"),
        (DunningLevel("first", 5, en="first reminder"), "first reminder", "“first reminder”催缴"),
        (DunningLevel("first", 5, zh="第一次催缴"), "reminder “first”", "第一次催缴"),
    ],
)
def test_the_words_of_a_level(level: DunningLevel, en: str, zh: str) -> None:
    assert level.label == Label(en, zh)


@pytest.mark.parametrize(
    ("fee", "left", "charged"),
    [
        (None, "100", "0"),
        (TEN, "100", "10"),
        (TEN, "1", "10"),
        (Ratio.percent(15), "100", "15"),
        (Ratio.percent(1), "0.50", "0.01"),
        (Ratio.percent(1), "0.49", "0"),
    ],
)
def test_a_fee_is_fixed_or_a_share(fee: Money | Ratio | None, left: str, charged: str) -> None:
    level = attrs.evolve(FIRST, fee=fee)
    policy = DunningPolicy(levels=(level,), rounding=Rounding.HALF_AWAY_FROM_ZERO)
    money = Money(Decimal(left), "CNY")
    assert policy.fee(level, money) == Money(Decimal(charged), "CNY")


def test_a_fee_in_another_currency_is_refused() -> None:
    level = attrs.evolve(FIRST, fee=TEN)
    with pytest.raises(CurrencyMismatch, match="USD meets CNY"):
        DunningPolicy(levels=(level,)).fee(level, Money(100, "USD"))


# --- the policy -------------------------------------------------------------------------------


def test_the_conventions_of_a_plain_ladder() -> None:
    assert (LADDER.first, LADDER.minimum_of, LADDER.disputed) == ("first", "account", "skip")
    assert (LADDER.sent_first, LADDER.interval_days, LADDER.minimum) == (True, 0, ())
    assert LADDER.names == ("first", "second")
    assert LADDER.rank("second") == 1


def test_a_level_that_is_not_on_the_ladder_is_unknown() -> None:
    with pytest.raises(UnknownName, match="unknown level 'secnd'; did you mean 'second'"):
        LADDER.rank("secnd")


@pytest.mark.parametrize(
    ("given", "kept"),
    [(None, ()), (TEN, (TEN,)), ((TEN, Money(2, "USD")), (TEN, Money(2, "USD")))],
)
def test_a_minimum_is_one_amount_a_currency(
    given: Money | tuple[Money, ...] | None, kept: tuple[Money, ...]
) -> None:
    policy = DunningPolicy(levels=(FIRST,), minimum=given)
    assert policy.minimum == kept
    assert policy.least("CNY") == (TEN if kept else None)
    assert policy.least("EUR") is None


@pytest.mark.parametrize(
    ("days", "fine"), [(19, False), (20, False), (21, True)], ids=["before", "same", "after"]
)
def test_days_from_the_due_date_rise(days: int, fine: bool) -> None:
    levels = (
        FIRST,
        SECOND,
        DunningLevel("chaser", 2, counted_from="last_reminder"),
        DunningLevel("third", days, counted_from="end_of_month"),
    )
    if fine:
        assert DunningPolicy(levels=levels).levels == levels
        return
    message = f"level 'third' after {days} days follows 'second' after 20; let the days rise"
    with pytest.raises(PolicyError, match=message):
        DunningPolicy(levels=levels)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"levels": ()}, "no level is given; pass at least one DunningLevel"),
        ({"levels": FIRST}, "DunningPolicy.levels is DunningLevel.*; pass a tuple"),
        ({"levels": (5,)}, "DunningPolicy.levels holds 5; pass DunningLevel"),
        (
            {"levels": (DunningLevel("first", 5, counted_from="last_reminder"),)},
            "level 'first' is the first and counts from the last reminder; count it from \"due\"",
        ),
        (
            {"levels": (DunningLevel("first", 5, fee=Ratio.percent(1)),)},
            "level 'first' has a fee of 1%; name the rounding",
        ),
        ({"interval_days": -1}, "interval_days -1; pass 0 or more"),
        ({"interval_days": 1.5}, "DunningPolicy.interval_days is 1.5; pass int"),
        ({"minimum": 10}, "DunningPolicy.minimum is 10; pass a tuple"),
        ({"minimum_of": "total"}, "'total' is no named convention"),
        ({"first": "last"}, "'last' is no named convention; known are 'first', 'highest'"),
        ({"disputed": "hold"}, "'hold' is no named convention"),
        ({"sent_first": "yes"}, "DunningPolicy.sent_first is 'yes'; pass bool"),
        ({"rounding": "up"}, "unknown rounding 'up'"),
        ({"source": "S4-19a"}, "DunningPolicy.source is 'S4-19a'; pass Source"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        attrs.evolve(LADDER, **given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"levels": (FIRST, attrs.evolve(SECOND, name="first"))}, "level 'first' appears twice"),
        ({"minimum": (TEN, Money(9, "CNY"))}, "minimum in 'CNY' appears twice"),
    ],
)
def test_what_stands_twice_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(DuplicateName, match=message):
        attrs.evolve(LADDER, **given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"after_days": -1}, "level 'first' comes after -1 days from due; pass 0 or more"),
        (
            {"after_days": 0, "counted_from": "last_reminder"},
            "level 'first' comes after 0 days from last_reminder; pass 1 or more",
        ),
        ({"after_days": "5"}, "DunningLevel.after_days is '5'; pass int"),
        ({"counted_from": "dew"}, "'dew' is no named convention; did you mean 'due'"),
        ({"fee": Money(0, "CNY")}, "level 'first' has a fee of CNY 0.00; pass one above 0"),
        ({"fee": Ratio(0)}, "level 'first' has a fee of 0%; pass one above 0"),
        ({"fee": 10}, "DunningLevel.fee is 10; pass Money or Ratio"),
        ({"name": ""}, "DunningLevel.name is ''; pass a name"),
        ({"source": 1}, "DunningLevel.source is 1; pass Source"),
    ],
)
def test_a_level_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        attrs.evolve(FIRST, **given)


def test_a_ladder_is_data() -> None:
    title = Label("local procedure", "当地大客户欠费催缴流程")
    policy = attrs.evolve(
        LADDER,
        levels=(FIRST, attrs.evolve(SECOND, fee=Ratio.percent(1))),
        rounding="half_even",
        minimum=TEN,
        source=Source("S4-19a", title),
    )
    copy = pickle.loads(pickle.dumps(policy))
    assert (copy, hash(copy), copy.fingerprint) == (policy, hash(policy), policy.fingerprint)
    assert policy.fingerprint != LADDER.fingerprint
    assert policy.rounding is Rounding.HALF_EVEN


# --- what is on record ------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [None, date(2013, 6, 6), date(2013, 6, 7)])
def test_a_reminder_is_sent_on_its_day_or_later_or_not_yet(sent: date | None) -> None:
    assert Reminder("F1", "first", date(2013, 6, 6), sent).sent == sent


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (
            ("F1", "first", date(2013, 6, 6), date(2013, 6, 5)),
            PolicyError,
            "reminder of F1 made on 2013-06-06 was sent on 2013-06-05; let it be sent on that day",
        ),
        (("F1", "first", date(2013, 6, 6), True), NotADate, "reminder's sent day True is not a d"),
        (("F1", "first", datetime(2013, 6, 6)), NotADate, "reminder's day"),
        (("", "first", date(2013, 6, 6)), PolicyError, "Reminder.invoice is ''; pass a name"),
        (("F1", 1, date(2013, 6, 6)), PolicyError, "Reminder.level is 1; pass a name"),
    ],
)
def test_a_reminder_that_cannot_be_is_refused(
    given: tuple[object, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        Reminder(*given)  # type: ignore[arg-type]
