"""Every parameter of the demotion (S3-P08-5N, 5M): which breaches count, when, and in which period.

Graded on 2013-01-15. Most cases say how many bad periods are found; the terms that follow from them
are in `test_terms.py`.
"""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.credit import Breach, Demotion, Invoice, Payment, find_bad_periods
from kamcore.errors import InputError, PolicyError
from kamcore.values import Days, Label, Money

END = date(2013, 12, 31)
P08 = Demotion(breaches=2)


def day(text: str) -> date:
    """Return the day "05-10" of 2013."""
    return date.fromisoformat(f"2013-{text}")


def invoice(
    number: str,
    due: str,
    paid: str | None = None,
    *,
    disputed: bool = False,
    short: str | None = None,
    other_mode: str | None = None,
) -> Invoice:
    """Return an invoice of 2013; `short` and `other_mode` are the day of the deviation."""
    deviated = short or other_mode
    return Invoice(
        number=number,
        account="K01",
        due=day(due),
        amount=Money(100, "CNY"),
        paid=None if paid is None else day(paid),
        disputed=disputed,
        deviation="short" if short else "other_mode" if other_mode else None,
        deviated=None if deviated is None else day(deviated),
    )


def lowered(demotion: Demotion, *invoices: Invoice, as_of: date = END) -> list[str]:
    """Return the days on which the mode was lowered, as "05-11"."""
    periods = find_bad_periods(invoices, demotion, as_of=as_of)
    return [f"{period.lowered:%m-%d}" for period in periods]


LATE = invoice("I1", "04-10", "04-20")
LATER = invoice("I2", "05-10", "05-20")
LATEST = invoice("I3", "06-10", "06-20")
OPEN = invoice("I4", "06-10")
SHORT = invoice("I5", "06-12", "06-12", short="06-13")
OTHER_MODE = invoice("I6", "06-14", "06-14", other_mode="06-14")


# --- the evidence ---------------------------------------------------------------------------


def test_a_bad_period_keeps_its_breaches() -> None:
    (period,) = find_bad_periods((LATER, LATE, OPEN), P08, as_of=END)
    assert period.days == Days.through(date(2013, 4, 1), date(2013, 6, 30))
    assert period.label == Label("Q2 2013", "2013年第2季度")
    assert period.lowered == day("05-11")
    assert period.breaches == (
        Breach("I1", "late", day("04-11"), day("04-10"), day("04-20")),
        Breach("I2", "late", day("05-11"), day("05-10"), day("05-20")),
        Breach("I4", "late", day("06-11"), day("06-10"), None),
    )


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        (
            LATE,
            "I1 (due 2013-04-10, paid 10 days late)",
            "I1（2013年4月10日到期，逾期 10 天付款）",
        ),
        (
            invoice("I1", "04-10", "04-11"),
            "I1 (due 2013-04-10, paid 1 day late)",
            "I1（2013年4月10日到期，逾期 1 天付款）",
        ),
        (OPEN, "I4 (due 2013-06-10, open)", "I4（2013年6月10日到期，未付）"),
        (SHORT, "I5 (paid short on 2013-06-13)", "I5（2013年6月13日少付）"),
        (
            OTHER_MODE,
            "I6 (paid in another mode on 2013-06-14)",
            "I6（2013年6月14日付款方式不符）",
        ),
    ],
    ids=["late", "one day late", "open", "short", "another mode"],
)
def test_a_breach_in_words(given: Invoice, en: str, zh: str) -> None:
    (period,) = find_bad_periods((given,), Demotion(breaches=1), as_of=END)
    assert period.breaches[0].label == Label(en, zh)


# --- how many, and which --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("breaches", "found"), [(1, ["04-11"]), (2, ["05-11"]), (3, ["06-11"]), (4, [])]
)
def test_breaches_says_how_many_it_takes(breaches: int, found: list[str]) -> None:
    assert lowered(Demotion(breaches=breaches), LATE, LATER, LATEST) == found


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (("late", "short", "other_mode"), ["06-13"]),
        (("late", "short"), ["06-13"]),
        (("late", "other_mode"), ["06-14"]),
        (("short", "other_mode"), ["06-14"]),
        (("late",), []),
        (("short",), []),
        (("other_mode",), []),
    ],
)
def test_kinds_says_which_breaches_count(kinds: tuple[str, ...], found: list[str]) -> None:
    demotion = Demotion(breaches=2, kinds=kinds)  # type: ignore[arg-type]
    assert lowered(demotion, OPEN, SHORT, OTHER_MODE) == found


def test_an_invoice_with_two_breaches_counts_from_its_first() -> None:
    both = invoice("I1", "04-10", "04-20", short="04-08")
    assert lowered(P08, both) == []
    assert lowered(Demotion(breaches=1), both) == ["04-08"]


@pytest.mark.parametrize(("count_by", "found"), [("invoice", ["04-11"]), ("due_date", ["05-11"])])
def test_count_by_says_what_one_case_is(count_by: str, found: list[str]) -> None:
    demotion = attrs.evolve(P08, count_by=count_by)
    twin = invoice("I9", "04-10", "04-30")
    assert lowered(demotion, LATE, twin, LATER) == found


def test_two_invoices_due_on_one_day_are_one_due_date() -> None:
    demotion = attrs.evolve(P08, count_by="due_date")
    assert lowered(demotion, LATE, invoice("I9", "04-10", "04-30")) == []


# --- when a payment is late -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance", "paid", "found"),
    [
        (0, "04-10", []),
        (0, "04-11", ["04-11"]),
        (5, "04-15", []),
        (5, "04-16", ["04-16"]),
    ],
    ids=["on the due date", "one day more", "exactly on tolerance", "one day over tolerance"],
)
def test_a_payment_is_late_from_the_day_after_due_date_and_tolerance(
    tolerance: int, paid: str, found: list[str]
) -> None:
    demotion = Demotion(breaches=1, tolerance_days=tolerance)
    assert lowered(demotion, invoice("I1", "04-10", paid)) == found


@pytest.mark.parametrize(
    ("tolerance", "as_of", "found"),
    [(0, "04-10", []), (0, "04-11", ["04-11"]), (5, "04-15", []), (5, "04-16", ["04-16"])],
)
def test_an_open_invoice_is_late_from_the_same_day(
    tolerance: int, as_of: str, found: list[str]
) -> None:
    demotion = Demotion(breaches=1, tolerance_days=tolerance)
    assert lowered(demotion, invoice("I1", "04-10"), as_of=day(as_of)) == found


@pytest.mark.parametrize(("unpaid", "found"), [("count", ["06-11"]), ("skip", [])])
def test_unpaid_says_whether_an_open_invoice_counts(unpaid: str, found: list[str]) -> None:
    assert lowered(attrs.evolve(P08, unpaid=unpaid), LATE, OPEN) == found


def test_where_open_invoices_do_not_count_a_late_one_counts_from_its_payment() -> None:
    demotion = Demotion(breaches=1, unpaid="skip")
    assert lowered(demotion, LATE, as_of=day("04-19")) == []
    assert lowered(demotion, LATE, as_of=day("04-20")) == ["04-20"]


@pytest.mark.parametrize(("disputed", "found"), [("count", ["05-11"]), ("skip", [])])
def test_disputed_says_whether_a_disputed_invoice_counts(disputed: str, found: list[str]) -> None:
    demotion = attrs.evolve(P08, disputed=disputed)
    assert lowered(demotion, LATE, attrs.evolve(LATER, disputed=True)) == found


# --- as known on the day asked --------------------------------------------------------------


@pytest.mark.parametrize(("amount", "found"), [(-1, []), (0, []), (1, ["06-11"])])
def test_a_credit_note_past_due_is_no_late_payment(amount: int, found: list[str]) -> None:
    one, two = (
        attrs.evolve(invoice(number, due), amount=Money.from_minor(amount, "CNY"))
        for number, due in (("N1", "05-10"), ("N2", "06-10"))
    )
    assert lowered(P08, one, two) == found


@pytest.mark.parametrize(("last", "found"), [("06-10", []), ("06-11", ["06-11"])])
def test_part_payments_are_late_if_the_last_one_is(last: str, found: list[str]) -> None:
    parts = tuple(Payment(day(text), Money(50, "CNY")) for text in ("06-01", last))
    one = attrs.evolve(invoice("I7", "06-10"), payments=parts)
    assert lowered(P08, LATER, one) == found


def test_an_invoice_settled_later_counts_as_open() -> None:
    (period,) = find_bad_periods((LATE, LATER), P08, as_of=day("05-15"))
    assert period.breaches[1] == Breach("I2", "late", day("05-11"), day("05-10"), None)


def test_a_payment_is_known_on_its_day() -> None:
    (period,) = find_bad_periods((LATE, LATER), P08, as_of=day("05-20"))
    assert period.breaches[1].paid == day("05-20")


@pytest.mark.parametrize(("as_of", "found"), [("06-12", []), ("06-13", ["06-13"])])
def test_a_deviation_is_known_on_the_day_it_came_to_light(as_of: str, found: list[str]) -> None:
    assert lowered(Demotion(breaches=1), SHORT, as_of=day(as_of)) == found


@pytest.mark.parametrize(("since", "found"), [("05-11", 1), ("05-12", 0)])
def test_only_periods_lowered_since_a_day_are_asked_for(since: str, found: int) -> None:
    periods = find_bad_periods((LATE, LATER), P08, as_of=END, since=day(since))
    assert len(periods) == found


# --- what a quarter is ----------------------------------------------------------------------

SPREAD = (
    invoice("I1", "03-20", "03-30"),
    invoice("I2", "04-10", "04-20"),
    invoice("I3", "07-05", "07-09"),
    invoice("I4", "09-25", "10-02"),
)


@pytest.mark.parametrize(
    ("quarter", "found"),
    [("due_date", ["09-26"]), ("payment_date", []), ("rolling", ["04-11", "09-26"])],
)
def test_three_readings_of_a_quarter_differ(quarter: str, found: list[str]) -> None:
    assert lowered(attrs.evolve(P08, quarter=quarter), *SPREAD) == found


@pytest.mark.parametrize(
    ("quarter", "found"), [("due_date", []), ("payment_date", ["04-20"]), ("rolling", ["04-11"])]
)
def test_a_quarter_of_payments_has_what_was_paid_in_it(quarter: str, found: list[str]) -> None:
    due_in_march = invoice("I1", "03-20", "04-05")
    due_in_april = invoice("I2", "04-10", "04-20")
    demotion = attrs.evolve(P08, quarter=quarter)
    assert lowered(demotion, due_in_april, due_in_march) == found


def test_by_payment_date_an_open_invoice_counts_where_it_became_late() -> None:
    demotion = attrs.evolve(P08, quarter="payment_date")
    paid = invoice("I1", "03-20", "04-05")
    still_open = invoice("I2", "03-31")
    assert lowered(demotion, paid, still_open) == ["04-05"]


def test_by_payment_date_a_deviation_counts_from_the_day_it_is_known() -> None:
    demotion = attrs.evolve(P08, quarter="payment_date")
    short = invoice("I1", "03-20", "03-18", short="04-09")
    late = invoice("I2", "03-20", "03-25")
    assert lowered(demotion, short, late, as_of=day("04-08")) == []
    assert lowered(demotion, short, late) == ["04-09"]


def test_two_bad_quarters_come_in_order_of_time() -> None:
    second = (invoice("I3", "07-10", "07-20"), invoice("I4", "08-10"))
    periods = find_bad_periods((*second, LATE, LATER), P08, as_of=END)
    assert [period.label.en for period in periods] == ["Q2 2013", "Q3 2013"]


@pytest.mark.parametrize(
    ("due", "found"),
    [("07-09", ["07-10"]), ("07-10", ["07-11"]), ("07-11", [])],
    ids=["a day inside", "the last day", "a day too late"],
)
def test_a_rolling_window_ends_with_a_breach(due: str, found: list[str]) -> None:
    demotion = Demotion(breaches=2, quarter="rolling")
    first = invoice("I1", "04-11", "04-30")  # late from 12 April
    assert lowered(demotion, first, invoice("I2", due)) == found


def test_a_rolling_window_in_words() -> None:
    demotion = Demotion(breaches=2, quarter="rolling")
    (period,) = find_bad_periods((LATE, LATER), demotion, as_of=END)
    assert period.days == Days.through(day("02-12"), day("05-11"))
    assert period.label == Label("in the 3 months to 2013-05-11", "截至2013年5月11日的 3 个月内")


@pytest.mark.parametrize(("months", "found"), [(1, []), (2, ["05-11"])])
def test_a_rolling_window_has_the_months_named(months: int, found: list[str]) -> None:
    demotion = Demotion(breaches=2, quarter="rolling", rolling_months=months)
    assert lowered(demotion, LATE, LATER) == found


def test_a_breach_counts_in_one_rolling_window_only() -> None:
    demotion = Demotion(breaches=2, quarter="rolling")
    assert lowered(demotion, LATE, LATER, LATEST) == ["05-11"]
    assert lowered(demotion, LATE, LATER, LATEST, invoice("I4", "06-20")) == ["05-11", "06-21"]


# --- what cannot be built -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"breaches": 0},
            (
                "breaches 0, rolling_months 3, tolerance_days 0; "
                "let the first two be at least 1, the last at least 0"
            ),
        ),
        (
            {"rolling_months": 0},
            (
                "breaches 2, rolling_months 0, tolerance_days 0; "
                "let the first two be at least 1, the last at least 0"
            ),
        ),
        (
            {"tolerance_days": -1},
            (
                "breaches 2, rolling_months 3, tolerance_days -1; "
                "let the first two be at least 1, the last at least 0"
            ),
        ),
        ({"breaches": 2.0}, "Demotion.breaches is 2.0; pass int"),
        ({"breaches": Decimal(2)}, "Demotion.breaches is Decimal('2'); pass int"),
        ({"breaches": True}, "Demotion.breaches is True; pass int"),
        (
            {"kinds": ()},
            "no kind of breach is given; pass at least one of 'late', 'short', 'other_mode'",
        ),
        (
            {"kinds": ("lat",)},
            "breach kind 'lat' is no named convention; did you mean 'late'?",
        ),
        ({"kinds": "late"}, "Demotion.kinds is 'late'; pass a tuple, such as (a, b) or (a,)"),
        (
            {"count_by": "invoices"},
            "Demotion.count_by 'invoices' is no named convention; did you mean 'invoice'?",
        ),
        (
            {"quarter": "due"},
            (
                "Demotion.quarter 'due' is no named convention; known are 'due_date', "
                "'payment_date', 'rolling'"
            ),
        ),
        (
            {"unpaid": "skipped"},
            "Demotion.unpaid 'skipped' is no named convention; did you mean 'skip'?",
        ),
        (
            {"disputed": "counted"},
            "Demotion.disputed 'counted' is no named convention; did you mean 'count'?",
        ),
        (
            {"demoted_to": "strict"},
            "Demotion.demoted_to 'strict' is no named convention; did you mean 'strictest'?",
        ),
        (
            {"recovery": "nevr"},
            "Demotion.recovery 'nevr' is no named convention; did you mean 'never'?",
        ),
        ({"repeat": 1}, "Demotion.repeat is 1; pass bool"),
    ],
)
def test_a_demotion_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(P08, **given)
    assert str(fault.value) == message


def test_an_instant_is_no_day_asked() -> None:
    with pytest.raises(PolicyError) as fault:
        find_bad_periods((), P08, as_of=datetime(2013, 12, 31))
    assert str(fault.value) == (
        "as_of datetime.datetime(2013, 12, 31, 0, 0) is not a date; "
        "take its date in a zone: value.astimezone(zone).date()"
    )


@pytest.mark.parametrize(
    ("invoices", "demotion", "message"),
    [
        (None, P08, "invoices is None; pass a list of Invoice"),
        (["I1"], P08, "invoices holds 'I1'; pass Invoice"),
        ((), 2, "demotion is 2; pass Demotion"),
    ],
)
def test_an_argument_of_another_type_is_refused(
    invoices: object, demotion: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        find_bad_periods(invoices, demotion, as_of=END)  # type: ignore[arg-type]
    assert str(fault.value) == message
