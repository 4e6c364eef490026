"""Payment terms as trade writes them: what is understood, what is written, what is refused."""

from datetime import date

import pytest

from kamcore.calendars import around_the_clock
from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    DateStep,
    EarlyPayment,
    Instalment,
    PaymentMode,
    PaymentTerm,
    find_due_date,
    parse_term,
)
from kamcore.errors import InputError, PolicyError
from kamcore.values import Money, Ratio, Rounding

days, months, month_end = DateStep.days, DateStep.months, DateStep.end_of_month
HALF_UP = Rounding.HALF_AWAY_FROM_ZERO
Discount = tuple[str, tuple[DateStep, ...]]


def term(
    *steps: DateStep, early: tuple[tuple[Ratio, tuple[DateStep, ...]], ...] = (), anchor: str = ""
) -> PaymentTerm:
    """Return a term of one part."""
    return PaymentTerm(
        instalments=(Instalment(None, steps),),
        early=tuple(EarlyPayment(share, own) for share, own in early),
        anchor=anchor or "invoice",  # type: ignore[arg-type]
        rounding=HALF_UP,
    )


TWO, ONE = Ratio.percent(2), Ratio.percent(1)
WRITTEN: list[tuple[str, PaymentTerm]] = [
    ("due on receipt", term()),
    ("due on delivery", term(anchor="delivery")),
    ("due on signing", term(anchor="signing")),
    ("due on order", term(anchor="order")),
    ("net 1", term(days(1))),
    ("net 30", term(days(30))),
    ("net 36500", term(days(36_500))),
    ("net 30 from delivery", term(days(30), anchor="delivery")),
    ("net 1 month", term(months(1))),
    ("net 3 months", term(months(3))),
    ("net 1200 months", term(months(1_200))),
    ("EOM", term(month_end())),
    ("EOM+45", term(month_end(), days(45))),
    ("45+EOM", term(days(45), month_end())),
    ("1 month+EOM+10", term(months(1), month_end(), days(10))),
    ("15 MFI", term(DateStep.day_of_next_month(15))),
    ("2/10 net 30", term(days(30), early=((TWO, (days(10),)),))),
    ("2/10 net 3 months", term(months(3), early=((TWO, (days(10),)),))),
    ("2/10 net EOM", term(month_end(), early=((TWO, (days(10),)),))),
    ("2/10, EOM+45", term(month_end(), days(45), early=((TWO, (days(10),)),))),
    ("2/10 net 30 from order", term(days(30), early=((TWO, (days(10),)),), anchor="order")),
    ("2/0 net 0", term(early=((TWO, ()),))),
    ("2.25/14 net 30", term(days(30), early=((Ratio(225, 10_000), (days(14),)),))),
    (
        "2/10, 1/20, net 30",
        term(days(30), early=((TWO, (days(10),)), (ONE, (days(20),)))),
    ),
    (
        "2/EOM+10, EOM+30",
        term(month_end(), days(30), early=((TWO, (month_end(), days(10))),)),
    ),
    (
        "2/10 MFI net 2 months",
        term(months(2), early=((TWO, (DateStep.day_of_next_month(10),)),)),
    ),
]


@pytest.mark.parametrize(("text", "meant"), WRITTEN)
def test_the_notation_of_a_term_is_written_and_read(text: str, meant: PaymentTerm) -> None:
    assert meant.notation == text
    assert parse_term(text, rounding=HALF_UP) == meant


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("NET 30", "net 30"),
        ("  Net   30  Days ", "net 30"),
        ("net30", "net 30"),
        ("net 30d", "net 30"),
        ("n/30", "net 30"),
        ("n30", "net 30"),
        ("30 days", "net 30"),
        ("30 days net", "net 30"),
        ("net 30 days after invoice", "net 30"),
        ("net 30 days from the invoice date", "net 30"),
        ("30 days after delivery", "net 30 from delivery"),
        ("net 0", "due on receipt"),
        ("due upon receipt", "due on receipt"),
        ("net 3 m", "net 3 months"),
        ("net eom", "EOM"),
        ("eom + 45 days", "EOM+45"),
        ("30 + EOM", "30+EOM"),
        ("net 3 months EOM", "3 months+EOM"),
        ("15th MFI", "15 MFI"),
        ("2%/10 net 30", "2/10 net 30"),
        ("2/10, n/30", "2/10 net 30"),
        ("2/10;net 30", "2/10 net 30"),
        ("2/10 days, net 30 days", "2/10 net 30"),
        ("2/10 1/20 net 30", "2/10, 1/20, net 30"),
        ("2／10， net 30", "2/10 net 30"),
        ("30天", "net 30"),
        ("30 天内付款", "net 30"),
        ("3个月", "net 3 months"),
        ("货到30天", "net 30 from delivery"),
        ("货到后 30 天付清", "net 30 from delivery"),
        ("开票后30日", "net 30"),
        ("次月15日付款", "15 MFI"),
    ],
)
def test_one_term_is_written_in_many_ways(text: str, same: str) -> None:
    found = parse_term(text, rounding=HALF_UP)
    assert isinstance(found, PaymentTerm)
    assert found.notation == same
    assert found == parse_term(same, rounding=HALF_UP)


@pytest.mark.parametrize(
    ("texts", "mode"),
    [
        (("COD", "c.o.d.", "cash on delivery", "货到付款"), CASH_ON_DELIVERY),
        (("PIA", "cia", "Prepayment", "cash in advance", "款到发货"), PREPAYMENT),
    ],
)
def test_what_is_paid_on_or_before_delivery_is_a_mode(
    texts: tuple[str, ...], mode: PaymentMode
) -> None:
    assert [parse_term(text) for text in texts] == [mode] * len(texts)


def test_what_the_text_counts_from_goes_before_the_anchor_given() -> None:
    assert parse_term("net 30", anchor="delivery") == parse_term("net 30 from delivery")
    assert parse_term("net 30 from order", anchor="delivery") == parse_term("net 30 from order")
    assert parse_term("due on receipt", anchor="delivery") == parse_term("due on receipt")
    assert parse_term("货到30天", anchor="order") == parse_term("货到30天")
    assert parse_term("15 MFI", anchor="delivery") == parse_term("15 MFI")
    later = parse_term("次月15日", anchor="delivery")
    assert isinstance(later, PaymentTerm)
    assert later.anchor == "delivery"


# --- two readings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after", "until"),
    [
        ("net 45 EOM", "EOM+45", "45+EOM"),
        ("45 days, eom", "EOM+45", "45+EOM"),
        ("月结45天", "EOM+45", "45+EOM"),
        ("2/10 net 30 EOM", "2/EOM+10, EOM+30", "2/10, 30+EOM"),
        ("2/10, net 30, EOM", "2/EOM+10, EOM+30", "2/10, 30+EOM"),
        ("2/10 net 3 months EOM", "2/EOM+10, 3 months+EOM", "2/10, 3 months+EOM"),
        ("net 45 EOM from delivery", "EOM+45 from delivery", "45+EOM from delivery"),
    ],
)
def test_a_trailing_end_of_month_is_read_as_named(text: str, after: str, until: str) -> None:
    for eom, same in (("after", after), ("until", until)):
        found = parse_term(text, rounding=HALF_UP, eom=eom)  # type: ignore[arg-type]
        assert found == parse_term(same, rounding=HALF_UP)
    with pytest.raises(InputError, match="has two readings; pass eom='after' for"):
        parse_term(text, rounding=HALF_UP)


def test_the_two_readings_are_shown_with_a_day() -> None:
    with pytest.raises(InputError) as fault:
        parse_term("net 45 EOM")
    assert str(fault.value) == (
        "term 'net 45 EOM' has two readings; pass eom='after' for 'EOM+45' (an invoice of "
        "2026-01-15 is due on 2026-03-17) or eom='until' for '45+EOM' (due on 2026-03-31)"
    )
    for text, due in (("EOM+45", date(2026, 3, 17)), ("45+EOM", date(2026, 3, 31))):
        assert find_due_date(parse_term(text), anchor=date(2026, 1, 15)) == due


def test_a_number_of_months_ends_with_the_same_month_either_way() -> None:
    read = [parse_term("net 3 months EOM", eom=eom) for eom in (None, "after", "until")]
    assert read[0] == read[1] == read[2]


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "10+20",
        "2/10",
        "net",
        "net 30 weeks",
        "net thirty",
        "2/10 net 30 extra",
        "200/10 net 30",
        "2/10/net 30",
        "-2/10 net 30",
        "net -30",
        "EOM 45",
        "EOM+45 EOM",
        "15 MFI EOM",
        "2/EOM+10 net 30 EOM",
        "net 30 from receipt",
        "月结",
        "三十天",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(InputError) as fault:
        parse_term(text, rounding=HALF_UP)
    assert str(fault.value) == (
        f"term {text!r} is not understood; write such as 'net 30', '2/10 net 30', "
        "'2/10, 1/20, net 30', 'net 3 months', 'EOM+45', '30+EOM', '15 MFI', 'due on receipt', "
        "'COD' or 'PIA'"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "2/10 EOM",
            r"may count the discount from the end of the month; write such as '2/10",
        ),
        ("2/10, EOM", r"may count the discount from the end of the month"),
        (
            "15 MFI from delivery",
            r"counts from the invoice and from the delivery; name one",
        ),
        ("2/40 net 30", r"^term '2/40 net 30': 2% off ends 10 days after the due date"),
        ("1/10, 2/20, net 30", r": 2% off follows 1% off; write the greatest discount first"),
        ("0/10 net 30", r"^term '0/10 net 30': a discount of 0%; pass one above 0"),
        ("net 99999", r"^term 'net 99999': days 99999; pass 1 to 36,500"),
        ("net 0 months", r"^term 'net 0 months': months 0; pass 1 to 1,200"),
        ("32 MFI", r"^term '32 MFI': day_of_next_month 32; pass 1 to 31"),
        ("EOM+1 month", r"may keep the day or the month's end; write months\(1\), end_of_month"),
        ("10+20+EOM", r"^term '10\+20\+EOM': instalment: 20 days after 10 days; write days\(30\)"),
    ],
)
def test_a_term_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_term(text, rounding=HALF_UP)


def test_a_discount_asks_for_a_rounding() -> None:
    with pytest.raises(InputError, match=r"^term '2/10 net 30': .* no rounding; name it, such as"):
        parse_term("2/10 net 30")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match=r"^term 30 is no text; pass such as 'net 30'$"):
        parse_term(30)  # type: ignore[arg-type]


def test_an_unknown_reading_or_anchor_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"^eom 'before' is no named convention"):
        parse_term("net 30", eom="before")  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"PaymentTerm.anchor 'receipt' is no named convention"):
        parse_term("net 30", anchor="receipt")  # type: ignore[arg-type]


# --- what has no notation -------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        PaymentTerm(instalments=(Instalment(Money(1, "CNY")), Instalment(None))),
        term(days(30), DateStep.working_day(around_the_clock("UTC"))),
        term(DateStep.payment_day(5, 20)),
        term(DateStep.weekday("monday")),
        term(days(10), DateStep.day_of_next_month(15)),
        term(DateStep.day_of_next_month(15), anchor="delivery"),
        term(months(2), early=((TWO, (DateStep.payment_day(5),)),)),
        term(days(30), early=((Ratio(1, 30), (days(10),)),)),
    ],
)
def test_a_term_without_notation_is_said_in_words_that_are_not_read(given: PaymentTerm) -> None:
    assert given.notation == given.label.en
    with pytest.raises(InputError, match=r"is not understood"):
        parse_term(given.notation, rounding=HALF_UP)
