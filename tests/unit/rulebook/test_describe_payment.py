"""Payment terms and modes in words: every part, every convention, in both languages."""

import pytest
from attrs import evolve
from tests.company import GENERAL_MANAGER
from tests.money import EARLY, HALF_UP, ON_WORKING_DAYS, PARTS, PERCENT
from tests.promises import NIGHT, OFFICE

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    CreditPolicy,
    DateStep,
    Demotion,
    EarlyPayment,
    Instalment,
    PaymentMode,
    PaymentTerm,
    TaxTreatment,
    TierTerms,
    deferred_days,
    deferred_months,
)
from kamcore.decision import Policy
from kamcore.presets import hundred_points
from kamcore.rulebook import describe


def lines(policy: Policy) -> tuple[list[str], list[str]]:
    """Return the description in English and in Chinese."""
    return describe(policy, "en").splitlines(), describe(policy, "zh").splitlines()


def test_a_term_in_parts() -> None:
    english, chinese = lines(PARTS)
    assert english == [
        "Payment term, counted from the signing date [X-1, article 1]",
        "  30% of the amount: on the signing date [X-1, article 1]",
        "  CNY 500.00: 1 month after the signing date, then the next 5th or 20th",
        "  50% of what is left: 30 days after the due date of the part before",
        (
            "  the rest: at the end of the month of the signing date, then 75 days, then the "
            "next Friday"
        ),
        (
            "  own: what is to be paid is rounded once, in steps of CNY 0.05 (rounded to the "
            "nearest, a half away from zero)"
        ),
        (
            "  own: the last part takes all that is left, so that nothing is lost; parts of "
            "nothing are left out"
        ),
        "  own: a rounded part takes at most what is left",
        "  own: calendar days; the day they are counted from is day 0",
        "  own: a day that a month does not have is the last day of that month",
        "  own: a date that is such a day already stays; any other moves on to the next one",
    ]
    assert chinese == [
        "付款条件（自签订日起算）（X-1 第一条）",
        "  总额的 30%：签订日当天支付（X-1 第一条）",
        "  500.00 元：签订日后 1 个月，再顺延至最近的付款日（每月 5 日、20 日）支付",
        "  余额的 50%：上一期到期日后 30 天内支付",
        "  余款：签订日当月月底后 75 天，再顺延至最近的星期五支付",
        "  口径：应付金额以 0.05 元为单位取整一次（四舍五入）",
        "  口径：末期支付其余全部，分毫不差；金额为零的分期不列出",
        "  口径：取整后的分期金额不超过余额",
        "  口径：按自然日计算，起算当日不计",
        "  口径：当月没有对应日期的，以当月最后一天为准",
        "  口径：已是该日的不变，否则顺延至下一个该日",
    ]


def test_a_term_with_early_payment() -> None:
    english, chinese = lines(EARLY)
    assert english == [
        "Payment term “3/5, 2/10, net 30”, counted from the invoice date [X-2]",
        "  own: the text gives no figures; those below are the company's",
        "  in one sum: 30 days after the invoice date",
        (
            "  early payment: 3% off if paid at the latest 5 days after the invoice date [X-1, "
            "article 1]"
        ),
        "  early payment: 2% off if paid at the latest 10 days after the invoice date",
        "  own: the discount is on the amount without tax; the tax is paid in full",
        (
            "  own: what is to be paid is rounded once, in steps of the smallest unit of the "
            "currency (rounded to the nearest, a half away from zero)"
        ),
        "  own: calendar days; the day they are counted from is day 0",
    ]
    assert chinese == [
        "付款条件“3/5, 2/10, net 30”（自开票日起算）（X-2）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        "  一次付清：开票日后 30 天内支付",
        "  提前付款：开票日后 5 天之内付清的，减 3%（X-1 第一条）",
        "  提前付款：开票日后 10 天之内付清的，减 2%",
        "  口径：折扣只按不含税金额计算，税额全额支付",
        "  口径：应付金额以最小货币单位为单位取整一次（四舍五入）",
        "  口径：按自然日计算，起算当日不计",
    ]


def test_a_term_with_a_calendar() -> None:
    english, chinese = lines(ON_WORKING_DAYS)
    assert english == [
        "Payment term, counted from the delivery date",
        (
            "  in one sum: on the 15th of the next month after the delivery date, then the next "
            "working day of “office”"
        ),
        "  own: a date that is such a day already stays; any other moves on to the next one",
        "  Calendar “office”, Asia/Shanghai [X-1, article 1]",
        "    Mon–Fri 09:00–18:00",
        "    break Mon–Fri 12:00–13:00",
        "    2026-09-20 (make-up workday) 09:00–18:00",
        "    2026-10-10 (make-up workday) 09:00–18:00",
        "    closed 2026-11-02 09:00–10:30 (power cut)",
        "    7 holidays are listed, known until 2026-12-31",
    ]
    assert chinese == [
        "付款条件（自交货日起算）",
        "  一次付清：交货日次月 15 日，再顺延至最近的工作日（“办公时间”）支付",
        "  口径：已是该日的不变，否则顺延至下一个该日",
        "  工作日历“办公时间”，时区 Asia/Shanghai（X-1 第一条）",
        "    周一至周五 09:00–18:00",
        "    休息时段：周一至周五 12:00–13:00",
        "    2026年9月20日（调休上班日）09:00–18:00",
        "    2026年10月10日（调休上班日）09:00–18:00",
        "    2026年11月2日 09:00–10:30 暂停服务（停电）",
        "    已录入节假日 7 天，录入至2026年12月31日",
    ]


def once(*steps: DateStep) -> PaymentTerm:
    """Return a term of one part."""
    return PaymentTerm(instalments=(Instalment(None, steps),))


@pytest.mark.parametrize(
    ("tax", "english", "chinese"),
    [
        (
            "included",
            "  own: with the discount the tax falls too",
            "  口径：享受折扣时税额同时冲减",
        ),
        (
            "excluded",
            "  own: the discount is on the amount without tax; the tax is paid in full",
            "  口径：折扣只按不含税金额计算，税额全额支付",
        ),
        (
            "mixed",
            (
                "  own: the discount is on the amount without tax; the tax was reckoned on the "
                "discounted amount when invoiced and stays"
            ),
            "  口径：折扣按不含税金额计算；税额在开票时已按折后不含税金额计税，不再变动",
        ),
    ],
)
def test_what_a_discount_does_to_the_tax(tax: TaxTreatment, english: str, chinese: str) -> None:
    early = EarlyPayment(PERCENT(2), (DateStep.end_of_month(),), tax=tax)
    policy = evolve(once(DateStep.months(1)), early=(early,), rounding=HALF_UP)
    found, found_zh = lines(policy)
    assert found[3] == english
    assert found_zh[3] == chinese
    assert found[2] == (
        "  early payment: 2% off if paid at the latest at the end of the month of the invoice date"
    )
    assert found_zh[2] == "  提前付款：开票日当月月底之内付清的，减 2%"


CLIPPED = "  own: a day that a month does not have is the last day of that month"
STAYS = "  own: a date that is such a day already stays; any other moves on to the next one"
DAY_ZERO = "  own: calendar days; the day they are counted from is day 0"


@pytest.mark.parametrize(
    ("steps", "own"),
    [
        ((), []),
        ((DateStep.days(1),), [DAY_ZERO]),
        ((DateStep.months(1),), [CLIPPED]),
        ((DateStep.end_of_month(),), []),
        ((DateStep.day_of_next_month(28),), []),
        ((DateStep.day_of_next_month(29),), [CLIPPED]),
        ((DateStep.months(1), DateStep.day_of_month(28)), [CLIPPED]),
        ((DateStep.payment_day(5, 28),), [STAYS]),
        ((DateStep.payment_day(5, 29),), [CLIPPED, STAYS]),
        ((DateStep.weekday("monday"),), [STAYS]),
        ((DateStep.days(3), DateStep.payment_day(31)), [DAY_ZERO, CLIPPED, STAYS]),
    ],
)
def test_only_readings_that_matter_are_told(steps: tuple[DateStep, ...], own: list[str]) -> None:
    assert lines(once(*steps))[0][2:] == own


def test_calendars_are_described_once() -> None:
    office, night = DateStep.working_day(OFFICE), DateStep.working_day(NIGHT)
    parts = (
        Instalment(PERCENT(50), (DateStep.days(10), office)),
        Instalment(None, (DateStep.days(20), night, office)),
    )
    english, chinese = lines(PaymentTerm(instalments=parts, rounding=HALF_UP))
    assert [line for line in english if "Calendar" in line] == [
        "  Calendar “office”, Asia/Shanghai [X-1, article 1]",
        "  Calendar “night watch”, Europe/Berlin",
    ]
    assert [line for line in chinese if "工作日历" in line] == [
        "  工作日历“办公时间”，时区 Asia/Shanghai（X-1 第一条）",
        "  工作日历“夜班”，时区 Europe/Berlin",
    ]


def test_a_calendar_told_within_another_is_not_told_again() -> None:
    office, either = DateStep.working_day(OFFICE), DateStep.working_day(OFFICE | NIGHT)
    english, _ = lines(once(DateStep.days(10), either, office))
    assert [line for line in english if "office" in line][1:] == [
        "  Calendar “office or night watch”, open when either of these is open:",
        "    Calendar “office”, Asia/Shanghai [X-1, article 1]",
    ]


def test_amounts_are_rounded_to_the_smallest_unit_or_to_a_step() -> None:
    plain = evolve(PARTS, step=None, instalments=(PARTS.instalments[0], PARTS.instalments[-1]))
    english, chinese = lines(plain)
    assert english[3] == (
        "  own: what is to be paid is rounded once, in steps of the smallest unit of the currency "
        "(rounded to the nearest, a half away from zero)"
    )
    assert chinese[3] == "  口径：应付金额以最小货币单位为单位取整一次（四舍五入）"


@pytest.mark.parametrize(
    ("mode", "english", "chinese"),
    [
        (PREPAYMENT, ["Payment mode: payment before delivery"], ["付款方式：款到发货"]),
        (CASH_ON_DELIVERY, ["Payment mode: cash on delivery"], ["付款方式：货到付款"]),
        (
            deferred_days(30),
            ["Payment mode: deferred up to 30 days", DAY_ZERO],
            ["付款方式：远期付款（30 日内）", "  口径：按自然日计算，起算当日不计"],
        ),
        (
            deferred_months(3),
            ["Payment mode: deferred up to 3 months", CLIPPED],
            ["付款方式：远期付款（3 个月内）", "  口径：当月没有对应日期的，以当月最后一天为准"],
        ),
    ],
)
def test_modes(mode: PaymentMode, english: list[str], chinese: list[str]) -> None:
    assert lines(mode) == (english, chinese)


# --- payment terms by tier ------------------------------------------------------------------


def test_what_the_source_names_and_what_is_kamcores_reading() -> None:
    english, chinese = lines(hundred_points.credit(approver=GENERAL_MANAGER))
    assert [line.split(" [")[0] for line in english[1:5]] == [
        (
            "  A: may be granted deferred up to 3 months; own: cash on delivery, payment before "
            "delivery as well"
        ),
        (
            "  B: may be granted deferred up to 30 days, cash on delivery; own: payment before "
            "delivery as well"
        ),
        ("  C: in principle no deferred payment; own: cash on delivery, payment before delivery"),
        "  D: must pay before delivery",
    ]
    assert [line.split("（P08", maxsplit=1)[0] for line in chinese[1:5]] == [
        "  A：可给予远期付款（3 个月内）；口径：亦可货到付款、款到发货",
        "  B：可给予远期付款（30 日内）、货到付款；口径：亦可款到发货",
        "  C：原则上不接受远期付款；口径：可用货到付款、款到发货",
        "  D：必须款到发货",
    ]


def test_a_source_may_name_every_mode_or_none() -> None:
    modes = (CASH_ON_DELIVERY, PREPAYMENT)
    policy = CreditPolicy(
        tiers=(
            TierTerms("A", modes, in_principle=True),
            TierTerms("B", modes, named=()),
            TierTerms("C", (PREPAYMENT,), named=()),
        ),
        approver=GENERAL_MANAGER,
    )
    english, chinese = lines(policy)
    assert english[1:4] == [
        (
            "  A: in principle no deferred payment; may be granted cash on delivery, payment "
            "before delivery"
        ),
        "  B: own: cash on delivery, payment before delivery",
        "  C: own: payment before delivery",
    ]
    assert chinese[1:4] == [
        "  A：原则上不接受远期付款；可给予货到付款、款到发货",
        "  B：口径：可用货到付款、款到发货",
        "  C：口径：可用款到发货",
    ]


@pytest.mark.parametrize(
    ("policy", "english", "chinese"),
    [
        (
            Demotion(breaches=2),
            ("in one quarter lower", "one calendar quarter, by due date"),
            ("一个季度内有 2 次", "同一自然季度（按到期日归属）"),
        ),
        (
            Demotion(breaches=3, quarter="payment_date"),
            (
                "in one quarter lower",
                "one calendar quarter, by payment date (open invoices by the day they became late)",
            ),
            ("一个季度内有 3 次", "同一自然季度（按付款日归属，未付者按逾期开始日）"),
        ),
        (
            Demotion(breaches=2, quarter="rolling", rolling_months=1),
            ("in 1 month lower", "any 1 month ending with a breach"),
            ("1 个月内有 2 次", "以某次不按付款条件付款为终点的任意 1 个月"),
        ),
    ],
    ids=["due date", "payment date", "rolling"],
)
def test_the_period_of_a_demotion_is_a_reading(
    policy: Demotion, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    found_en, found_zh = lines(policy)
    assert english[0] in found_en[0]
    assert found_en[1] == f"    own: the period is {english[1]}"
    assert found_zh[0].startswith(f"  降级：{chinese[0]}（含）以上不按付款条件付款的，")
    assert found_zh[1] == f"    口径：期间为{chinese[1]}"
