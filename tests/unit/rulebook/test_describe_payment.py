"""Payment terms and modes in words: every part, every convention, in both languages."""

import pytest
from attrs import evolve
from tests.money import EARLY, HALF_UP, ON_WORKING_DAYS, PARTS, PERCENT
from tests.promises import NIGHT, OFFICE

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    DateStep,
    EarlyPayment,
    Instalment,
    PaymentMode,
    PaymentTerm,
    TaxTreatment,
    deferred_days,
    deferred_months,
)
from kamcore.decision import Policy
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
        "  500.00 元：自签订日起 1 个月，再顺延至最近的付款日（每月 5 日、20 日）支付",
        "  余额的 50%：自上一期到期日起 30 天内支付",
        "  余款：签订日当月月底，再加 75 天，再顺延至最近的星期五支付",
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
        "  一次付清：自开票日起 30 天内支付",
        "  提前付款：自开票日起 5 天之内付清的，减 3%（X-1 第一条）",
        "  提前付款：自开票日起 10 天之内付清的，减 2%",
        "  口径：折扣只按未税额计算，税额全额支付",
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
            "  口径：折扣只按未税额计算，税额全额支付",
        ),
        (
            "mixed",
            (
                "  own: the discount is on the amount without tax; the tax was reckoned on the "
                "discounted amount when invoiced and stays"
            ),
            "  口径：折扣按未税额计算；税额在开票时已按折后未税额计税，不再变动",
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
