"""Steps of a due date: where each leads, what it says, and which steps do not go together."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kamcore.calendars import WORKDAYS, Calendar, Holiday, Hours, Week, WorkCalendar
from kamcore.credit import DateStep
from kamcore.credit._dates import check_steps, steps_label, walk
from kamcore.errors import FloatRefused, InputError, PolicyError
from kamcore.values import Label

OFFICE = WorkCalendar(
    name="office",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "17:00"), days=WORKDAYS),
    holidays=(Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),),
)
INVOICE = Label("the invoice date", "开票日")
days, months, weekday = DateStep.days, DateStep.months, DateStep.weekday
month_end, payment_day, working_day = (
    DateStep.end_of_month,
    DateStep.payment_day,
    DateStep.working_day,
)
day_of_month, day_of_next_month = DateStep.day_of_month, DateStep.day_of_next_month


@pytest.mark.parametrize(
    ("step", "day", "expected"),
    [
        (days(1), date(2026, 2, 28), date(2026, 3, 1)),
        (days(30), date(2022, 1, 31), date(2022, 3, 2)),
        (months(1), date(2026, 1, 31), date(2026, 2, 28)),
        (months(1), date(2024, 1, 31), date(2024, 2, 29)),
        (months(1), date(2024, 2, 29), date(2024, 3, 29)),
        (months(3), date(2024, 11, 30), date(2025, 2, 28)),
        (month_end(), date(2026, 2, 1), date(2026, 2, 28)),
        (month_end(), date(2026, 2, 28), date(2026, 2, 28)),
        (month_end(), date(2025, 12, 30), date(2025, 12, 31)),
        (day_of_month(15), date(2026, 5, 1), date(2026, 5, 15)),
        (day_of_month(15), date(2026, 5, 31), date(2026, 5, 15)),
        (day_of_month(31), date(2026, 4, 2), date(2026, 4, 30)),
        (day_of_month(30), date(2026, 4, 2), date(2026, 4, 30)),
        (day_of_next_month(10), date(2024, 1, 11), date(2024, 2, 10)),
        (day_of_next_month(31), date(2024, 1, 31), date(2024, 2, 29)),
        (day_of_next_month(28), date(2023, 12, 31), date(2024, 1, 28)),
        (payment_day(5, 20), date(2026, 5, 4), date(2026, 5, 5)),
        (payment_day(5, 20), date(2026, 5, 5), date(2026, 5, 5)),
        (payment_day(20, 5), date(2026, 5, 6), date(2026, 5, 20)),
        (payment_day(5, 20), date(2026, 5, 21), date(2026, 6, 5)),
        (payment_day(31), date(2026, 2, 28), date(2026, 2, 28)),
        (payment_day(30), date(2026, 1, 31), date(2026, 2, 28)),
        (weekday("monday"), date(2026, 5, 4), date(2026, 5, 4)),
        (weekday("monday"), date(2026, 5, 5), date(2026, 5, 11)),
        (weekday("sunday"), date(2026, 5, 4), date(2026, 5, 10)),
        (working_day(OFFICE), date(2026, 9, 30), date(2026, 9, 30)),
        (working_day(OFFICE), date(2026, 10, 1), date(2026, 10, 2)),
        (working_day(OFFICE), date(2026, 10, 3), date(2026, 10, 5)),
    ],
)
def test_where_a_step_leads(step: DateStep, day: date, expected: date) -> None:
    assert step.after(day) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), date(2019, 1, 15)),
        ((days(30),), date(2019, 2, 14)),
        ((month_end(), days(45)), date(2019, 3, 17)),
        ((days(45), month_end()), date(2019, 3, 31)),
        ((months(2), day_of_month(15), days(30)), date(2019, 4, 14)),
    ],
    ids=["none", "one", "two", "the other way round", "three"],
)
def test_steps_are_applied_in_order(steps: tuple[DateStep, ...], expected: date) -> None:
    assert walk(steps)(date(2019, 1, 15)) == expected


@pytest.mark.parametrize(
    ("step", "en", "zh"),
    [
        (days(1), "1 day", "1 天"),
        (days(1000), "1,000 days", "1,000 天"),
        (months(1), "1 month", "1 个月"),
        (months(3), "3 months", "3 个月"),
        (month_end(), "the end of the month", "当月月底"),
        (day_of_month(1), "the 1st of the month", "当月 1 日"),
        (day_of_month(22), "the 22nd of the month", "当月 22 日"),
        (day_of_month(11), "the 11th of the month", "当月 11 日"),
        (day_of_next_month(3), "the 3rd of the next month", "次月 3 日"),
        (payment_day(20, 5), "the next 5th or 20th", "最近的付款日（每月 5 日、20 日）"),
        (weekday("sunday"), "the next Sunday", "最近的星期日"),
        (
            working_day(OFFICE),
            "the next working day of “office”",
            "最近的工作日（“办公时间”）",
        ),
    ],
)
def test_a_step_in_words(step: DateStep, en: str, zh: str) -> None:
    assert step.label == Label(en, zh)


@pytest.mark.parametrize(
    ("steps", "en", "zh"),
    [
        ((), "on the invoice date", "开票日当天"),
        ((days(30),), "30 days after the invoice date", "开票日后 30 天"),
        ((months(1),), "1 month after the invoice date", "开票日后 1 个月"),
        (
            (days(30), month_end()),
            "30 days after the invoice date, then the end of the month",
            "开票日后 30 天所在月的月底",
        ),
        (
            (month_end(), days(45), weekday("monday")),
            "at the end of the month of the invoice date, then 45 days, then the next Monday",
            "开票日当月月底后 45 天，再顺延至最近的星期一",
        ),
        (
            (days(30), day_of_next_month(15)),
            "30 days after the invoice date, then the 15th of the next month",
            "开票日后 30 天所在月的次月 15 日",
        ),
        (
            (months(1), day_of_month(15)),
            "1 month after the invoice date, then the 15th of the month",
            "开票日后 1 个月所在月的 15 日",
        ),
        (
            (payment_day(5), days(3), month_end()),
            "on the next 5th from the invoice date on, then 3 days, then the end of the month",
            "自开票日起最近的付款日（每月 5 日），再加 3 天，再到当月月底",
        ),
        (
            (day_of_month(31),),
            "on the 31st of the month of the invoice date",
            "开票日当月 31 日",
        ),
        (
            (day_of_next_month(10), working_day(OFFICE)),
            (
                "on the 10th of the next month after the invoice date, "
                "then the next working day of “office”"
            ),
            "开票日次月 10 日，再顺延至最近的工作日（“办公时间”）",
        ),
        (
            (payment_day(5),),
            "on the next 5th from the invoice date on",
            "自开票日起最近的付款日（每月 5 日）",
        ),
    ],
)
def test_steps_in_words(steps: tuple[DateStep, ...], en: str, zh: str) -> None:
    assert steps_label(steps, INVOICE) == Label(en, zh)


@pytest.mark.parametrize(
    ("kind", "numbers", "calendar", "message"),
    [
        ("days", (), None, r"^days with the numbers \(\); pass a number$"),
        ("days", (1, 2), None, r"^days with the numbers \(1, 2\); pass a number$"),
        ("payment_day", (), None, r"^payment_day with the numbers \(\); pass one number or more$"),
        ("end_of_month", (1,), None, r"^end_of_month with the numbers \(1,\); pass no number$"),
        ("days", (0,), None, "^days 0; pass 1 to 36,500, and leave out a step of nothing$"),
        ("days", (36_501,), None, "^days 36501; pass 1 to 36,500"),
        ("days", (-1,), None, "^days -1; pass 1 to 36,500"),
        ("months", (1_201,), None, "^months 1201; pass 1 to 1,200"),
        ("day_of_month", (32,), None, "^day_of_month 32; pass 1 to 31"),
        ("day_of_next_month", (0,), None, "^day_of_next_month 0; pass 1 to 31"),
        ("weekday", (7,), None, "^weekday 7; pass 0 to 6"),
        ("payment_day", (5, 32), None, "^payment_day 5, 32; pass 1 to 31"),
        ("payment_day", (5, 5), None, "^payment_day 5, 5; pass each day once, rising$"),
        ("payment_day", (20, 5), None, "^payment_day 20, 5; pass each day once, rising$"),
        ("working_day", (), None, "^working_day with calendar None; pass its calendar$"),
        ("days", (1,), OFFICE, "leave the calendar out$"),
        ("days", 30, None, r"^numbers 30 of a date step; pass a tuple, such as \(30,\)$"),
        ("day", (30,), None, "^DateStep.kind 'day' is no named convention; did you mean 'days'"),
        ("working_day", (), "office", "^DateStep.calendar is 'office'; pass Calendar$"),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    kind: str, numbers: tuple[int, ...], calendar: Calendar | None, message: str
) -> None:
    with pytest.raises(PolicyError, match=message):
        DateStep(kind, numbers, calendar)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "step", [days(36_500), months(1_200), day_of_month(1), day_of_month(31), payment_day(1, 31)]
)
def test_the_greatest_numbers_are_steps(step: DateStep) -> None:
    assert step == DateStep(step.kind, step.numbers)


def test_an_unknown_weekday_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"weekday 'mon' is no named convention"):
        weekday("mon")  # type: ignore[arg-type]


def test_a_whole_decimal_is_a_number_of_days_and_a_float_is_not() -> None:
    assert days(Decimal(30)) == days(30)  # type: ignore[arg-type]
    with pytest.raises(FloatRefused, match=r"date step is the float 30.0; pass an int or Decimal"):
        days(30.0)  # type: ignore[arg-type]


def test_an_instant_is_no_day() -> None:
    with pytest.raises(PolicyError, match=r"is not a date; take its date in a zone"):
        days(30).after(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (days(1), r"9999-12-31 \+ 1 days leaves the calendar"),
        (months(1), r"9999-12-31 \+ 1 months leaves the calendar"),
        (day_of_next_month(1), r"9999-12-01 \+ 1 months leaves the calendar"),
        (payment_day(1), r"9999-12-01 \+ 1 months leaves the calendar"),
        (weekday("monday"), r"9999-12-31 \+ 3 days leaves the calendar"),
    ],
)
def test_a_day_after_the_last_of_the_calendar_is_refused(step: DateStep, message: str) -> None:
    with pytest.raises(InputError, match=message):
        step.after(date.max)


# --- which steps go together ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((months(1), months(2)), r"^part: 2 months after 1 month; write months\(3\)$"),
        ((days(10), days(20)), r"^part: 20 days after 10 days; write days\(30\)$"),
        (
            (month_end(), months(1)),
            (
                "^part: 1 month after the end of a month may keep the day or the month's end; "
                r"write months\(1\), end_of_month\(\) for the month's end$"
            ),
        ),
        (
            (day_of_month(15),),
            (
                "^part: the 15th of the month may lie before the day it counts from; write "
                r"payment_day\(15\) for the next one, or day_of_next_month$"
            ),
        ),
    ],
)
def test_steps_that_do_not_go_together_are_refused(
    steps: tuple[DateStep, ...], message: str
) -> None:
    with pytest.raises(PolicyError, match=message):
        check_steps(steps, "part")


FORWARD = [
    (day_of_month(31),),
    (days(1), day_of_month(30)),
    (days(16), day_of_month(15)),
    (months(1), day_of_month(1)),
    (day_of_next_month(31), day_of_month(1)),
    (month_end(), days(1), day_of_month(1)),
    (days(10), month_end(), day_of_month(21)),
    (months(1), days(1), months(1)),
    (month_end(), day_of_month(31), months(1)),
]
BACKWARD = [
    (day_of_month(30),),
    (days(15), day_of_month(15)),
    (weekday("monday"), day_of_month(1)),
    (month_end(), weekday("monday"), day_of_month(1)),
    (days(20), day_of_month(15), days(5), day_of_month(8)),
]


@pytest.mark.parametrize("steps", FORWARD)
def test_steps_that_never_lead_back_are_accepted(steps: tuple[DateStep, ...]) -> None:
    check_steps(steps, "part")
    every_day = [date.fromordinal(date(2023, 1, 1).toordinal() + shift) for shift in range(1461)]
    assert all(walk(steps)(day) >= day for day in every_day)


@pytest.mark.parametrize("steps", BACKWARD)
def test_steps_that_may_lead_back_are_refused(steps: tuple[DateStep, ...]) -> None:
    with pytest.raises(PolicyError, match=r"may lie before the day it counts from"):
        check_steps(steps, "part")
    every_day = [date.fromordinal(date(2023, 1, 1).toordinal() + shift) for shift in range(1461)]
    assert any(walk(steps)(day) < day for day in every_day)
