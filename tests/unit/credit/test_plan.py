"""Payment plans: parts, early payment with its tax, and why."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kamcore.calendars import WORKDAYS, Holiday, Hours, Week, WorkCalendar
from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    DateStep,
    DiscountWindow,
    Due,
    EarlyPayment,
    Instalment,
    PaymentMode,
    PaymentPlan,
    PaymentTerm,
    TaxedAmount,
    deferred_days,
    deferred_months,
    parse_term,
    plan_payments,
)
from kamcore.decision import Decision
from kamcore.errors import CurrencyMismatch, InputError, PolicyError
from kamcore.values import Label, Money, Ratio, Rounding, Source, UnitPrice

days, months, month_end = DateStep.days, DateStep.months, DateStep.end_of_month
HALF_UP, HALF_EVEN = Rounding.HALF_AWAY_FROM_ZERO, Rounding.HALF_EVEN
ANCHOR = date(2026, 1, 15)
CONTRACT = Label("Contract", "合同")


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def share(percent: int, *steps: DateStep, **given: object) -> Instalment:
    """Return a part that is a share."""
    return Instalment(Ratio.percent(percent), steps, **given)  # type: ignore[arg-type]


def fixed(amount: str | int, *steps: DateStep) -> Instalment:
    """Return a part of a fixed amount."""
    return Instalment(cny(amount), steps)


def rest(*steps: DateStep) -> Instalment:
    """Return the last part."""
    return Instalment(None, steps)


def term(*parts: Instalment, **given: object) -> PaymentTerm:
    """Return a term that rounds half up."""
    return PaymentTerm(instalments=parts, **{"rounding": HALF_UP, **given})  # type: ignore[arg-type]


def discount(percent: int, tax: str = "included", **given: object) -> PaymentTerm:
    """Return a term of 30 days with a discount within 10 days."""
    early = EarlyPayment(Ratio.percent(percent), (days(10),), tax=tax)  # type: ignore[arg-type]
    return term(rest(days(30)), early=(early,), **given)


def plan(amount: Money | TaxedAmount, given: PaymentTerm | PaymentMode) -> Decision[PaymentPlan]:
    """Ask for a plan."""
    return plan_payments(amount, given, anchor=ANCHOR)


def parts(amount: str | int, given: PaymentTerm) -> list[tuple[str, Decimal]]:
    """Return the dues of a plan."""
    return [(str(due.day), due.amount.amount) for due in plan(cny(amount), given).value.dues]


def ids(decision: Decision[PaymentPlan]) -> list[str]:
    """Return the rules of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def assumed(decision: Decision[PaymentPlan]) -> list[str]:
    """Return the rules of the conventions."""
    return [reason.rule.id for reason in decision.assumed]


# --- parts ----------------------------------------------------------------------------------


def test_one_part() -> None:
    decision = plan(cny(1150), parse_term("EOM+45"))
    assert decision.value == PaymentPlan(cny(1150), (Due(date(2026, 3, 17), cny(1150)),))
    assert ids(decision) == ["credit.due_once", "credit.due_counted"]
    assert decision.assumed == ()
    assert decision.explain("en") == (
        "CNY 1,150.00 is due on 2026-03-17\n"
        "that is at the end of the month of the invoice date 2026-01-15, then 45 days"
    )
    assert decision.explain("zh") == (
        "1,150.00 元应于2026年3月17日付清\n即开票日（2026年1月15日）当月月底后 45 天"
    )


FOUR = term(
    share(25, days(30), of="rest"),
    share(25, months(1)),
    fixed("396.84", months(1), days(30)),
    rest(months(2), DateStep.day_of_month(15), days(30)),
    rounding=HALF_EVEN,
)


def test_parts_add_up_to_the_amount() -> None:
    decision = plan(cny("1587.35"), FOUR)
    assert [due.amount.amount for due in decision.value.dues] == [
        Decimal("396.84"),
        Decimal("396.84"),
        Decimal("396.84"),
        Decimal("396.83"),
    ]
    assert ids(decision) == ["credit.due_in_parts", *["credit.due_part"] * 4]
    assert decision.explain("en") == (
        "CNY 1,587.35 is due in 4 parts: CNY 396.84 on 2026-02-14, CNY 396.84 on 2026-02-15, "
        "CNY 396.84 on 2026-03-17, CNY 396.83 on 2026-04-14\n"
        "CNY 396.84 on 2026-02-14 is 25% of what is left, "
        "30 days after the invoice date 2026-01-15\n"
        "CNY 396.84 on 2026-02-15 is 25% of the amount, "
        "1 month after the invoice date 2026-01-15\n"
        "CNY 396.84 on 2026-03-17 is a fixed amount, "
        "1 month after the invoice date 2026-01-15, then 30 days\n"
        "CNY 396.83 on 2026-04-14 is the rest, 2 months after the invoice date 2026-01-15, "
        "then the 15th of the month, then 30 days\n"
        "Convention: amounts to pay are rounded to the nearest, a half to even, "
        "in steps of CNY 0.01"
    )
    assert decision.explain("zh").splitlines()[:2] == [
        (
            "1,587.35 元分 4 期支付：2026年2月14日 396.84 元、2026年2月15日 396.84 元、"
            "2026年3月17日 396.84 元、2026年4月14日 396.83 元"
        ),
        "2026年2月14日的 396.84 元为余额的 25%，开票日（2026年1月15日）后 30 天",
    ]


def test_a_credit_note_mirrors_its_invoice_fixed_amounts_included() -> None:
    note, invoice = plan(cny("-1587.35"), FOUR), plan(cny("1587.35"), FOUR)
    mirrored = tuple(Due(due.day, -due.amount) for due in invoice.value.dues)
    assert note.value.dues == mirrored
    assert ids(note) == ["credit.credited_in_parts", *["credit.due_part"] * 4]
    assert (
        note.reasons[0]
        .text("en")
        .startswith("CNY 1,587.35 is to be credited in 4 parts: CNY 396.84 on 2026-02-14, ")
    )


@pytest.mark.parametrize("rounding", list(Rounding))
def test_a_credit_note_mirrors_under_every_rounding(rounding: Rounding) -> None:
    given = term(share(33), rest(days(30)), rounding=rounding)
    invoice, note = plan(cny("0.50"), given).value, plan(cny("-0.50"), given).value
    assert [-due.amount for due in note.dues] == [due.amount for due in invoice.dues]


def test_a_credit_of_one_part() -> None:
    decision = plan(cny(-100), parse_term("net 30"))
    assert ids(decision) == ["credit.credited_once", "credit.due_counted"]
    assert decision.explain("en").splitlines()[0] == "CNY 100.00 is to be credited on 2026-02-14"
    assert decision.explain("zh").splitlines()[0] == "100.00 元应于2026年2月14日退付或抵扣"


def test_an_amount_of_nothing_is_due_on_the_anchor() -> None:
    decision = plan(cny(0), FOUR)
    assert decision.value == PaymentPlan(cny(0), (Due(ANCHOR, cny(0)),))
    assert decision.explain("en") == "nothing is due: the amount is CNY 0.00"
    assert decision.explain("zh") == "无须付款：金额为 0.00 元"
    assert ids(decision) == ["credit.nothing_due"]


THIRDS = term(
    Instalment(Ratio(1, 3), (days(30),)),
    Instalment(Ratio(1, 2), (days(60),), of="rest"),
    rest(days(90)),
    rounding=HALF_EVEN,
)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.01", [("2026-04-15", Decimal("0.01"))]),
        ("0.02", [("2026-02-14", Decimal("0.01")), ("2026-04-15", Decimal("0.01"))]),
        (
            "0.03",
            [
                ("2026-02-14", Decimal("0.01")),
                ("2026-03-16", Decimal("0.01")),
                ("2026-04-15", Decimal("0.01")),
            ],
        ),
    ],
)
def test_parts_of_nothing_are_left_out(amount: str, expected: list[tuple[str, Decimal]]) -> None:
    assert parts(amount, THIRDS) == expected
    zeros = [reason for reason in plan(cny(amount), THIRDS).assumed if "zero" in reason.rule.id]
    assert [dict(reason.params)["count"] for reason in zeros] == (
        [3 - len(expected)] if len(expected) < 3 else []
    )


def test_the_only_part_left_is_told_as_one() -> None:
    assert ids(plan(cny("0.01"), THIRDS)) == ["credit.due_once", "credit.due_counted"]


def test_a_rounded_share_takes_at_most_what_is_left() -> None:
    halves = term(share(50), share(50, days(30)), rest(days(60)))
    assert parts("0.01", halves) == [("2026-01-15", Decimal("0.01"))]
    assert "credit.part_takes_what_is_left" in assumed(plan(cny("0.01"), halves))
    assert parts("0.02", halves) == [
        ("2026-01-15", Decimal("0.01")),
        ("2026-02-14", Decimal("0.01")),
    ]
    assert "credit.part_takes_what_is_left" not in assumed(plan(cny("0.02"), halves))


def test_shares_are_rounded_to_the_step_and_the_rest_is_not() -> None:
    given = term(share(33), rest(days(30)), step=cny("0.05"))
    assert parts("10.01", given) == [
        ("2026-01-15", Decimal("3.30")),
        ("2026-02-14", Decimal("6.71")),
    ]
    assert plan(cny("10.01"), given).assumed[0].text("en") == (
        "amounts to pay are rounded to the nearest, a half away from zero, in steps of CNY 0.05"
    )


@pytest.mark.parametrize(("amount", "good"), [("79.99", False), ("80.00", True), ("-79.99", False)])
def test_fixed_amounts_above_the_amount_are_refused(amount: str, good: bool) -> None:
    given = PaymentTerm(instalments=(fixed(80, days(10)), rest(days(30))))
    if good:
        assert parts(amount, given) == [("2026-01-25", Decimal(80))]
        return
    with pytest.raises(InputError) as fault:
        plan(cny(amount), given)
    assert str(fault.value) == (
        f"instalment 1 takes CNY 80.00 and CNY 79.99 of CNY {amount} is left; "
        "plan this amount with another term"
    )


@pytest.mark.parametrize(("amount", "good"), [("159.99", False), ("160.00", True)])
def test_a_share_of_more_than_fixed_amounts_leave_is_refused(amount: str, good: bool) -> None:
    given = term(fixed(80), share(50, days(10)), rest(days(30)))
    if good:
        assert parts(amount, given) == [("2026-01-15", Decimal(80)), ("2026-01-25", Decimal(80))]
        return
    with pytest.raises(InputError, match=r"^instalment 2 takes 50% of the amount and CNY 79.99 of"):
        plan(cny(amount), given)


def test_a_part_counts_from_the_one_before() -> None:
    given = term(
        share(30, days(30)),
        share(30, days(30), counts_from="previous"),
        Instalment(None, (days(30),), counts_from="previous"),
        anchor="delivery",
    )
    decision = plan(cny(100), given)
    found = [due.day for due in decision.value.dues]
    assert found == [date(2026, 2, 14), date(2026, 3, 16), date(2026, 4, 15)]
    assert decision.reasons[2].text("en") == (
        "CNY 30.00 on 2026-03-16 is 30% of the amount, "
        "30 days after the due date of the part before (2026-02-14)"
    )
    assert decision.reasons[1].text("zh") == (
        "2026年2月14日的 30.00 元为总额的 30%，交货日（2026年1月15日）后 30 天"
    )


@pytest.mark.parametrize(("count", "told"), [(4, 5), (5, 5), (24, 5)])
def test_many_parts_are_told_in_a_few_lines(count: int, told: int) -> None:
    many = [Instalment(Ratio(1, count), (months(number),)) for number in range(1, count)]
    decision = plan(cny(count), term(*many, rest(months(count))))
    assert len(decision.value.dues) == count
    assert len(decision.reasons) == told
    if count == 24:
        assert decision.reasons[0].text("en") == (
            "CNY 24.00 is due in 24 parts: CNY 1.00 on 2026-02-15, CNY 1.00 on 2026-03-15, "
            "CNY 1.00 on 2026-04-15 and 21 more"
        )
        assert decision.reasons[0].text("zh").endswith("2026年4月15日 1.00 元等")
        assert decision.reasons[-1].text("en") == (
            "further parts: 21, together CNY 21.00, the last on 2028-01-15"
        )
        assert decision.reasons[-1].rule.id == "credit.due_more_parts"


def test_reasons_cite_the_clause_of_the_term_and_of_the_part() -> None:
    own, all_of = (Source(name, CONTRACT) for name in ("C-2", "C-1"))
    split = term(Instalment(Ratio.percent(30), source=own), rest(days(30)), source=all_of)
    assert [reason.source for reason in plan(cny(100), split).reasons] == [all_of, own, None]
    once = term(Instalment(None, source=own), source=all_of)
    assert plan(cny(100), once).reasons[0].source == own
    assert plan(cny(100), term(rest(), source=all_of)).reasons[0].source == all_of
    early = EarlyPayment(Ratio.percent(2), source=own)
    assert plan(cny(100), term(rest(), early=(early,))).reasons[2].source == own


# --- early payment --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("net", "tax", "percent", "treatment", "pay", "net_less", "tax_less"),
    [
        ("1000", "150", 10, "included", "1035", "100", "15"),
        ("1000", "150", 10, "excluded", "1050", "100", "0"),
        ("3000", "135", 10, "mixed", "2835", "300", "0"),
        ("1500", "225.05", 10, "included", "1552.55", "150", "22.50"),
        ("50", "7.55", 10, "included", "51.80", "5", "0.75"),
        ("1500", "225", 10, "included", "1552.50", "150", "22.50"),
        ("1000", "0", 2, "included", "980", "20", "0"),
        ("1000", "0", 2, "excluded", "980", "20", "0"),
        ("-1000", "-150", 10, "included", "-1035", "-100", "-15"),
        ("-1000", "-150", 10, "excluded", "-1050", "-100", "0"),
        ("0.01", "0", 2, "included", "0.01", "0", "0"),
    ],
)
def test_the_amount_to_pay_is_rounded_and_not_the_discount(
    net: str, tax: str, percent: int, treatment: str, pay: str, net_less: str, tax_less: str
) -> None:
    taxed = TaxedAmount(cny(net), cny(tax))
    found = plan(taxed, discount(percent, treatment)).value
    share = Ratio.percent(percent)
    window = DiscountWindow(date(2026, 1, 25), share, cny(pay), cny(net_less), cny(tax_less))
    assert found.windows == (window,)
    assert window.pay + window.net_discount + window.tax_discount == found.amount == taxed.total


@pytest.mark.parametrize(
    ("total", "step", "rounding", "pay"),
    [
        ("868.35", "0.05", Rounding.AWAY_FROM_ZERO, "781.55"),
        ("868.35", "0.01", HALF_UP, "781.52"),
        ("13.50", "0.05", Rounding.FLOOR, "12.15"),
        ("13.51", "0.05", Rounding.FLOOR, "12.15"),
        ("0.04", "0.05", Rounding.CEILING, "0.04"),
        ("-868.35", "0.05", Rounding.AWAY_FROM_ZERO, "-781.55"),
        ("-868.35", "0.05", Rounding.CEILING, "-781.55"),
    ],
)
def test_the_amount_to_pay_is_rounded_once_to_the_step(
    total: str, step: str, rounding: Rounding, pay: str
) -> None:
    given = discount(10, rounding=rounding, step=cny(step))
    (window,) = plan(cny(total), given).value.windows
    assert window.pay == cny(pay)
    assert window.tax_discount == cny(0)


def test_the_tax_in_full_is_part_of_what_is_rounded_to_the_step() -> None:
    given = discount(2, "excluded", step=cny(1))
    (window,) = plan(TaxedAmount(cny("1000.25"), cny("130.03")), given).value.windows
    assert window.pay == cny(1110)
    assert (window.net_discount, window.tax_discount) == (cny("20.28"), cny(0))


def test_the_tax_saved_is_at_most_all_that_is_saved() -> None:
    given = discount(2, step=cny("0.05"), rounding=Rounding.CEILING)
    taxed = TaxedAmount(cny("0.01"), cny("1.04"))
    (window,) = plan(taxed, given).value.windows
    assert (window.pay, window.net_discount, window.tax_discount) == (cny("1.05"), cny(0), cny(0))


def test_several_discounts() -> None:
    given = parse_term("2/10, 1/20, net 30", rounding=HALF_UP)
    decision = plan(TaxedAmount(cny(1000), cny(130)), given)
    found = decision.value
    assert [(window.last_day, window.pay) for window in found.windows] == [
        (date(2026, 1, 25), cny("1107.40")),
        (date(2026, 2, 4), cny("1118.70")),
    ]
    settled = {
        day: found.to_settle(day)
        for day in (
            date(2026, 1, 1),
            ANCHOR,
            date(2026, 1, 25),
            date(2026, 1, 26),
            date(2026, 2, 4),
            date(2026, 2, 5),
            date(2026, 3, 1),
        )
    }
    assert [str(money.amount) for money in settled.values()] == [
        "1107.40",
        "1107.40",
        "1107.40",
        "1118.70",
        "1118.70",
        "1130.00",
        "1130.00",
    ]
    assert ids(decision) == [
        "credit.due_once",
        "credit.due_counted",
        "credit.early_payment",
        "credit.early_payment",
        "credit.tax_falls",
    ]
    assert decision.explain("zh") == (
        "1,130.00 元应于2026年2月14日付清\n"
        "即开票日（2026年1月15日）后 30 天\n"
        "不晚于2026年1月25日付清的，减 2%：实付 1,107.40 元，节省 22.60 元\n"
        "不晚于2026年2月4日付清的，减 1%：实付 1,118.70 元，节省 11.30 元\n"
        "减 2% 时税额同时冲减：不含税金额减 20.00 元，税额减 2.60 元\n"
        "口径：应付金额以 0.01 元为单位取整（四舍五入）"
    )


@pytest.mark.parametrize(
    ("treatment", "rule", "en", "zh"),
    [
        (
            "included",
            "credit.tax_falls",
            (
                "with 2% off the tax falls too: CNY 20.00 off the amount without tax and "
                "CNY 2.60 off the tax"
            ),
            "减 2% 时税额同时冲减：不含税金额减 20.00 元，税额减 2.60 元",
        ),
        (
            "excluded",
            "credit.tax_in_full",
            (
                "the discount is on the amount without tax, CNY 1,000.00; the tax of CNY 130.00 "
                "is paid in full"
            ),
            "折扣只按不含税金额 1,000.00 元计算，税额 130.00 元全额支付",
        ),
        (
            "mixed",
            "credit.tax_on_discounted",
            (
                "the discount is on the amount without tax, CNY 1,000.00; the tax of CNY 130.00 "
                "was reckoned on the discounted amount when invoiced and stays"
            ),
            (
                "折扣按不含税金额 1,000.00 元计算；税额 130.00 元在开票时已按折后不含税金额计税，"
                "不再变动"
            ),
        ),
    ],
)
def test_what_happens_to_the_tax_is_said(treatment: str, rule: str, en: str, zh: str) -> None:
    last = plan(TaxedAmount(cny(1000), cny(130)), discount(2, treatment)).reasons[-1]
    assert (last.rule.id, last.text("en"), last.text("zh")) == (rule, en, zh)


@pytest.mark.parametrize("treatment", ["included", "excluded", "mixed"])
def test_of_no_tax_nothing_is_said(treatment: str) -> None:
    decision = plan(TaxedAmount(cny(1000), cny(0)), discount(2, treatment))
    assert ids(decision)[-1] == "credit.early_payment"


def test_early_payment_of_a_credit_note() -> None:
    decision = plan(cny(-100), discount(2))
    assert decision.value.to_settle(ANCHOR) == cny(-98)
    assert decision.reasons[2].rule.id == "credit.early_credit"
    assert decision.reasons[2].text("en") == (
        "credited by 2026-01-25 at the latest, it is CNY 98.00: 2% off, which is CNY 2.00 less"
    )
    assert decision.reasons[2].text("zh") == (
        "不晚于2026年1月25日退付或抵扣的，减 2%：按 98.00 元计，少 2.00 元"
    )


@pytest.mark.parametrize("treatment", ["excluded", "mixed"])
def test_a_discount_on_the_net_asks_for_the_tax(treatment: str) -> None:
    with pytest.raises(InputError) as fault:
        plan(cny(100), discount(2, treatment))
    assert str(fault.value) == (
        "CNY 100.00 without its tax, and a discount on the net; pass TaxedAmount(net, tax), "
        "with a tax of 0 where there is none"
    )


# --- payment modes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "day", "en", "zh"),
    [
        (CASH_ON_DELIVERY, date(2026, 1, 31), "cash on delivery", "货到付款"),
        (deferred_days(30), date(2026, 3, 2), "deferred up to 30 days", "远期付款（30 日内）"),
        (deferred_months(1), date(2026, 2, 28), "deferred up to 1 month", "远期付款（1 个月内）"),
    ],
)
def test_a_payment_mode_is_planned_by_its_last_day(
    mode: PaymentMode, day: date, en: str, zh: str
) -> None:
    decision = plan_payments(cny(100), mode, anchor=date(2026, 1, 31))
    assert decision.value == PaymentPlan(cny(100), (Due(day, cny(100)),))
    assert ids(decision) == ["credit.due_once", "credit.due_by_mode"]
    said = decision.reasons[1]
    assert said.text("en") == (
        f"the payment mode is “{en}”, counted from the delivery date, 2026-01-31"
    )
    assert said.text("zh") == f"付款方式为“{zh}”，自交货日（2026年1月31日）起算"


def test_payment_before_delivery_counts_from_nothing() -> None:
    decision = plan_payments(cny(100), PREPAYMENT, anchor=date(2026, 1, 31))
    assert decision.value == PaymentPlan(cny(100), (Due(date(2026, 1, 31), cny(100)),))
    assert ids(decision) == ["credit.due_once", "credit.due_by_prepayment"]
    said = decision.reasons[1]
    assert said.text("en") == (
        "the payment mode is “payment before delivery”: to be paid before delivery on 2026-01-31"
    )
    assert said.text("zh") == "付款方式为“款到发货”，须在2026年1月31日发货前付清"


# --- conventions ----------------------------------------------------------------------------

OFFICE = WorkCalendar(
    name="office",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "17:00"), days=WORKDAYS),
    holidays=(Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),),
)
UNLISTED = WorkCalendar(name="desk", zone="Asia/Shanghai", week=OFFICE.week)


@pytest.mark.parametrize(
    ("steps", "anchor", "clipped"),
    [
        ((months(1),), date(2026, 1, 28), False),
        ((months(1),), date(2026, 1, 29), True),
        ((DateStep.day_of_month(31),), date(2026, 1, 5), False),
        ((DateStep.day_of_month(31),), date(2026, 4, 5), True),
        ((DateStep.day_of_next_month(30),), date(2026, 3, 5), False),
        ((DateStep.day_of_next_month(30),), date(2026, 1, 5), True),
        ((month_end(),), date(2026, 2, 5), False),
        ((days(30),), date(2026, 1, 31), False),
    ],
)
def test_a_day_beyond_the_month_is_said(
    steps: tuple[DateStep, ...], anchor: date, clipped: bool
) -> None:
    decision = plan_payments(cny(1), term(rest(*steps)), anchor=anchor)
    assert assumed(decision) == ["credit.clipped_to_month_end"] * clipped


@pytest.mark.parametrize(
    ("calendar", "anchor", "en", "zh"),
    [
        (OFFICE, date(2026, 12, 31), None, None),
        (
            OFFICE,
            date(2027, 1, 1),
            (
                "holidays of “office” are entered until 2026-12-31; "
                "holidays after that day may move the due date"
            ),
            "“办公时间”的节假日仅录入至2026年12月31日，此后如遇节假日，到期日可能顺延",
        ),
        (
            UNLISTED,
            date(2026, 1, 5),
            "no holidays are entered for “desk”; public holidays may move the due date",
            "“desk”未录入节假日，如遇节假日，到期日可能顺延",
        ),
    ],
)
def test_unknown_holidays_are_said(
    calendar: WorkCalendar, anchor: date, en: str | None, zh: str | None
) -> None:
    given = term(rest(DateStep.working_day(calendar)))
    said = plan_payments(cny(1), given, anchor=anchor).assumed
    assert [reason.text("en") for reason in said] == ([en] if en else [])
    assert [reason.text("zh") for reason in said] == ([zh] if zh else [])


def test_a_convention_is_said_once() -> None:
    roll = DateStep.working_day(UNLISTED)
    split = term(
        share(50, months(1), roll),
        Instalment(None, (months(1), roll), counts_from="previous"),
    )
    decision = plan_payments(cny(1), split, anchor=date(2026, 1, 31))
    assert assumed(decision) == [
        "credit.amounts_rounded",
        "credit.clipped_to_month_end",
        "credit.holidays_unlisted",
    ]
    early = EarlyPayment(Ratio.percent(2), (months(1),))
    later = plan_payments(cny(1), term(rest(days(90)), early=(early,)), anchor=date(2026, 1, 31))
    assert assumed(later) == ["credit.amounts_rounded", "credit.clipped_to_month_end"]


# --- what is wrong input --------------------------------------------------------------------


def test_money_of_another_library_is_taken_over() -> None:
    found = plan_payments(UnitPrice(100, "CNY"), parse_term("net 30"), anchor=ANCHOR)
    assert found.value.amount == cny(100)


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(InputError, match=r"^100 is not money; pass Money\(amount, currency\)$"):
        plan(100, parse_term("net 30"))  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^'net 30' is no payment term; pass PaymentTerm, or pa"):
        plan(cny(100), "net 30")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match=r"^anchor datetime.* is not a date; take its date"):
        plan_payments(cny(100), parse_term("net 30"), anchor=datetime(2026, 1, 15))
    with pytest.raises(PolicyError, match=r"^day datetime.* is not a date; take its date"):
        plan(cny(100), parse_term("net 30")).value.to_settle(datetime(2026, 1, 15))


@pytest.mark.parametrize(
    "given", [term(fixed(1), rest()), term(rest(), step=cny(1))], ids=["fixed", "step"]
)
def test_another_currency_is_refused(given: PaymentTerm) -> None:
    with pytest.raises(CurrencyMismatch, match=r"^USD meets CNY; convert one of them first$"):
        plan(Money(100, "USD"), given)
