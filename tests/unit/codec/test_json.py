"""JSON is strict: every fault is named with its path."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.company import ITEMS, OPENED, book, reviewed, rulebook

from kamcore.codec import SCHEMA, from_json, to_json
from kamcore.decision import Record
from kamcore.errors import CodecError
from kamcore.facts import Facts, Fields, MoneyField, NumberField, TextField, read_facts
from kamcore.presets import hundred_points
from kamcore.rulebook import Review, Rulebook
from kamcore.score import score_account
from kamcore.sla import Case, Event
from kamcore.tier import Ladder, TierQuota
from kamcore.values import Dated, Days, Label, Money, Ratio, Steps, UnitPrice, Version

POLICY = rulebook()


@pytest.mark.parametrize(
    "value",
    [
        Money.from_minor(-5, "JPY"),
        UnitPrice(Decimal("1.2345"), "CNY"),
        UnitPrice(Decimal(1), "CNY", 4),
        Ratio(-1, 3),
        Days.through(date(2013, 3, 25), date(2013, 3, 30)),
        Dated((Version(date(2013, 1, 1), Label("one", "一")),)),
        Steps.rising("a", (Decimal("1.5"), "b"), edge="right"),
        Ladder("A", "B"),
        hundred_points.ANSWER,
    ],
    ids=lambda value: type(value).__name__ + str(hash(value))[-4:],
)
def test_values_come_back_equal(value: object) -> None:
    assert from_json(to_json(value), type(value)) == value


@pytest.mark.parametrize("account", ["K01", "K02", "K10", "NEW", "GAP"])
def test_reviews_and_decisions_come_back_equal(account: str) -> None:
    one = reviewed(POLICY)[account]
    copy = from_json(to_json(one), Review)
    assert copy == one
    assert copy.explain("zh") == one.explain("zh")


@pytest.mark.parametrize(
    "opened",
    [
        OPENED,
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8))),
    ],
    ids=["Shanghai", "first 2:30", "second 2:30", "UTC", "fixed offset"],
)
def test_instants_come_back_as_the_same_instant_in_their_zone(opened: datetime) -> None:
    case = Case("T1", (Event("opened", opened),))
    copy = from_json(to_json(case), Case)
    (event,) = copy.events
    assert copy == case
    assert (event.at, event.at.fold) == (opened, opened.fold)
    assert event.at.utcoffset() == opened.utcoffset()
    assert getattr(event.at.tzinfo, "key", "") == getattr(opened.tzinfo, "key", "")


def test_facts_come_back_with_their_fields() -> None:
    facts = book(POLICY)[2]
    copy = from_json(to_json(facts), Facts)
    assert copy == facts
    assert copy["sales"] == Money(2_000_000, "CNY")
    card = POLICY.card
    assert card is not None
    assert score_account(copy, card) == score_account(facts, card)


def test_numbers_on_the_border_stay_exact() -> None:
    fields = Fields((MoneyField("m", currency="CNY"), NumberField("n", decimals=3), TextField("t")))
    facts = read_facts({"m": Decimal("-0.01"), "n": Decimal("0.001"), "t": "公司"}, fields)
    assert from_json(to_json(facts), Facts) == facts


def broken(path: str, value: object, *, drop: bool = False) -> str:
    """Return the quota's JSON with one member changed."""
    data = json.loads(to_json(hundred_points.quota(tie="share_better", population=None)))
    member = data
    *way, last = path.split(".")
    for key in way:
        member = member[int(key)] if key.isdigit() else member[key]
    if drop:
        del member[last]
    else:
        member[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "at $: not JSON: Expecting property name enclosed in double quotes in line 1"),
        ("[]", 'at $: not written by to_json; it starts with {"kamcore": 1, "value": ...}'),
        (
            broken("kamcore", 2),
            "at kamcore: schema 2 is not 1; read it with the version that wrote it",
        ),
        (
            broken("value.tye", "x"),
            "at value.tye: unknown key of TierQuota; did you mean 'tie'?",
        ),
        (
            broken("value.tie", "", drop=True),
            "at value.tie: missing key of TierQuota; write it, as every value is explicit",
        ),
        (
            broken("value.type", "TierQouta"),
            "at value: unknown type 'TierQouta'; did you mean 'TierQuota'?",
        ),
        (
            broken("value.shares.0.numerator", 2),
            (
                "at value: TierQuota: shares 40% + 30% + 40% + 10% = 120%, and not 100%; "
                "mend one of them"
            ),
        ),
        (
            broken("value.shares.0.numerator", "1"),
            "at value.shares[0]: Ratio: numerator is the str '1'; pass an int or Decimal('1')",
        ),
        (
            broken("value.tie", "toss"),
            (
                "at value: TierQuota: TierQuota.tie 'toss' is no named convention; "
                "known are 'share_better', 'share_worse', 'by_account'"
            ),
        ),
        (
            broken("value.ladder", {"a": 1}),
            "at value.ladder: no value has the keys ['a']; write \"type\" and its fields",
        ),
        (
            broken("value.ladder", {"decimal": "x"}),
            "at value.ladder: 'x' is no decimal number",
        ),
        (broken("value.ladder", {"decimal": "NaN"}), "at value.ladder: 'NaN' is not finite"),
        (broken("value.ladder", {"date": "5.1.13"}), "at value.ladder: '5.1.13' is no ISO date"),
        (
            broken("value.ladder", {"instant": "2013-01-05T00:00", "zone": ""}),
            "at value.ladder: '2013-01-05T00:00' has no offset from UTC",
        ),
        (
            broken("value.ladder", {"instant": "2013-01-05T00:00Z", "zone": "Mars/Base"}),
            "at value.ladder: unknown zone 'Mars/Base'; write a name of the IANA data",
        ),
        (
            broken("value.ladder", {"rule": "tier.by_cat"}),
            "at value.ladder: unknown rule 'tier.by_cat'; did you mean 'tier.by_cut'?",
        ),
        (
            broken("value.remainder_tie", 1.5),
            'at $: the number 1.5 is no whole number; write {"decimal": "1.5"}',
        ),
        (
            broken("value.remainder_tie", float("nan")),
            'at $: the number NaN is no whole number; write {"decimal": "NaN"}',
        ),
        (
            '{"kamcore": 1, "kamcore": 1, "value": null}',
            "at kamcore: the key stands twice; remove one",
        ),
        (
            '{"kamcore": 1, "value": null}',
            "at value: a NoneType where a TierQuota is expected",
        ),
    ],
)
def test_faults_name_their_path(text: str, message: str) -> None:
    with pytest.raises(CodecError) as error:
        from_json(text, TierQuota)
    assert str(error.value) == message


def test_a_stored_fact_that_its_field_cannot_have_is_refused() -> None:
    text = to_json(book(POLICY)[0]).replace('"agent", 5000', '"barter", 5000')
    with pytest.raises(CodecError, match=r"at value: Facts: unknown mode 'barter'"):
        from_json(text, Facts)
    number = Facts("X", Fields((NumberField("n"),)), (5,))
    with pytest.raises(CodecError, match=r"at value: Facts: '5' is not a stored 'n'"):
        from_json(to_json(number).replace("[5]", '["5"]'), Facts)


def test_nothing_else_is_written() -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        to_json(1.5)


def test_the_schema_stands_in_the_text() -> None:
    assert json.loads(to_json(POLICY))["kamcore"] == SCHEMA
    assert to_json(POLICY, indent=1).count("\n") > 100
    assert from_json(to_json(POLICY), Rulebook).card is not None
    assert len(ITEMS) == 8
    assert Record
