"""Payment modes and the last day to pay."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    DateStep,
    Instalment,
    PaymentMode,
    PaymentTerm,
    deferred_days,
    deferred_months,
    find_due_date,
)
from kamcore.errors import FloatRefused, InexactValue, InputError, PolicyError
from kamcore.values import Label, Money


@pytest.mark.parametrize(
    ("mode", "en", "zh"),
    [
        (PREPAYMENT, "payment before delivery", "款到发货"),
        (CASH_ON_DELIVERY, "cash on delivery", "货到付款"),
        (deferred_days(30), "deferred up to 30 days", "远期付款（30 日内）"),
        (deferred_days(2), "deferred up to 2 days", "远期付款（2 日内）"),
        (deferred_days(1), "deferred up to 1 day", "远期付款（1 日内）"),
        (deferred_months(3), "deferred up to 3 months", "远期付款（3 个月内）"),
        (deferred_months(1), "deferred up to 1 month", "远期付款（1 个月内）"),
    ],
)
def test_a_mode_in_words(mode: PaymentMode, en: str, zh: str) -> None:
    assert mode.label == Label(en, zh)


@pytest.mark.parametrize(
    ("kind", "number", "unit", "message"),
    [
        (
            "deferred",
            0,
            "days",
            "deferred with 0 days; only a deferred payment has a time, above 0",
        ),
        (
            "deferred",
            -30,
            "days",
            "deferred with -30 days; only a deferred payment has a time, above 0",
        ),
        (
            "prepayment",
            3,
            "months",
            "prepayment with 3 months; only a deferred payment has a time, above 0",
        ),
        (
            "cash_on_delivery",
            -1,
            "days",
            "cash_on_delivery with -1 days; only a deferred payment has a time, above 0",
        ),
        (
            "differed",
            3,
            "days",
            "PaymentMode.kind 'differed' is no named convention; did you mean 'deferred'?",
        ),
        (
            "deferred",
            3,
            "weeks",
            "PaymentMode.unit 'weeks' is no named convention; known are 'days', 'months'",
        ),
    ],
)
def test_a_mode_that_cannot_be_is_refused(kind: str, number: int, unit: str, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        PaymentMode(kind, number, unit)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_a_whole_decimal_is_a_whole_number() -> None:
    assert deferred_days(Decimal(30)) == deferred_days(30)  # type: ignore[arg-type]
    assert type(deferred_days(Decimal(30)).number) is int  # type: ignore[arg-type]


def test_a_float_is_refused() -> None:
    with pytest.raises(FloatRefused) as fault:
        deferred_days(30.0)  # type: ignore[arg-type]
    assert str(fault.value) == (
        """time allowed is the float 30.0; pass an int or Decimal("30.0")"""
    )


def test_half_a_month_is_refused() -> None:
    with pytest.raises(InexactValue) as fault:
        deferred_months(Decimal("1.5"))  # type: ignore[arg-type]
    assert str(fault.value) == (
        "time allowed 1.5 is finer than whole numbers; round it and name the rounding"
    )


@pytest.mark.parametrize("mode", [deferred_days(30), deferred_months(3), PREPAYMENT])
def test_an_instant_is_no_anchor(mode: PaymentMode) -> None:
    with pytest.raises(PolicyError) as fault:
        find_due_date(mode, anchor=datetime(2013, 1, 31))
    assert str(fault.value) == (
        "anchor datetime.datetime(2013, 1, 31, 0, 0) is not a date; "
        "take its date in a zone: value.astimezone(zone).date()"
    )


@pytest.mark.parametrize(
    ("mode", "message"),
    [
        (
            deferred_days(30),
            "9999-12-31 + 30 days leaves the calendar; check the number of days",
        ),
        (
            deferred_months(1),
            "9999-12-31 + 1 months leaves the calendar; check the number of months",
        ),
    ],
)
def test_a_day_after_the_last_of_the_calendar_is_refused(mode: PaymentMode, message: str) -> None:
    with pytest.raises(InputError) as fault:
        find_due_date(mode, anchor=date.max)
    assert str(fault.value) == message


# --- terms ----------------------------------------------------------------------------------

MONTH_END_45 = PaymentTerm(
    instalments=(Instalment(None, (DateStep.end_of_month(), DateStep.days(45))),)
)


@pytest.mark.parametrize(
    ("anchor", "due"),
    [
        (date(2019, 1, 1), date(2019, 3, 17)),
        (date(2019, 1, 31), date(2019, 3, 17)),
        (date(2019, 2, 1), date(2019, 4, 14)),
    ],
)
def test_a_term_is_due_on_its_last_day(anchor: date, due: date) -> None:
    assert find_due_date(MONTH_END_45, anchor=anchor) == due


def test_a_term_of_parts_is_due_on_the_last_day_of_all() -> None:
    parts = (Instalment(Money(1, "CNY"), (DateStep.days(60),)), Instalment(None))
    assert find_due_date(PaymentTerm(instalments=parts), anchor=date(2026, 1, 1)) == date(
        2026, 3, 2
    )


def test_an_instant_is_no_anchor_of_a_term() -> None:
    with pytest.raises(PolicyError, match=r"^anchor datetime.datetime.* is not a date; take its"):
        find_due_date(MONTH_END_45, anchor=datetime(2013, 1, 31))


def test_a_term_that_leaves_the_calendar_is_refused() -> None:
    with pytest.raises(InputError, match=r"^9999-12-31 \+ 45 days leaves the calendar; check the"):
        find_due_date(MONTH_END_45, anchor=date.max)


def test_a_text_is_no_mode_or_term() -> None:
    message = r"^'net 30' is no payment mode or term; pass one, or parse_term\(text\)$"
    with pytest.raises(InputError, match=message):
        find_due_date("net 30", anchor=date(2026, 1, 1))  # type: ignore[arg-type]
