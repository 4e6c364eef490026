"""What a time rests on: the manner of counting, and the holidays that are not known."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from kamcore.calendars import (
    Amount,
    Calendar,
    Hours,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.calendars._counting import START, THE_TIME, how_counted, unknown_holidays
from kamcore.values import Label

OFFICE = WorkCalendar(
    name="office", zh="办公时间", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00"))
)
LISTED = attrs.evolve(OFFICE, holidays_until=date(2026, 12, 31))
ALWAYS = around_the_clock("Asia/Shanghai")
RECEIPT = Label("receipt", "受理")


@pytest.mark.parametrize(
    ("calendar", "amount", "rule", "en", "zh"),
    [
        (OFFICE, timedelta(hours=8), "calendars.within_hours",
         "hours count only within “office”", "小时数仅在“办公时间”内累计"),
        (ALWAYS, timedelta(hours=8), "calendars.around_the_clock",
         "hours of “around the clock” run on through nights and holidays",
         "“自然时间”连续计时，含夜间与节假日"),
        (OFFICE, WorkingDays(2), "calendars.days_to_close",
         "the day of receipt is day 0; the last working day ends at its close",
         "受理当日不计，次一工作日为第 1 天，至最后一个工作日下班时止"),
        (OFFICE, WorkingDays(2, ends="same_time"), "calendars.days_to_same_time",
         "the day of receipt is day 0; the time ends at the same time of day",
         "受理当日不计，次一工作日为第 1 天，至最后一个工作日的同一时刻止"),
        (OFFICE, WorkingDays(2, first="same_day"), "calendars.days_from_start_to_close",
         "the day of receipt, if a working day, is day 1; the last one ends at its close",
         "受理当日为工作日的，即为第 1 天，至最后一个工作日下班时止"),
        (OFFICE, WorkingDays(2, first="same_day", ends="same_time"),
         "calendars.days_from_start_to_same_time",
         "the day of receipt, if a working day, is day 1; the time ends at the same time of day",
         "受理当日为工作日的，即为第 1 天，至最后一个工作日的同一时刻止"),
    ],
)  # fmt: skip
def test_the_manner_of_counting_is_said(
    calendar: Calendar, amount: Amount, rule: str, en: str, zh: str
) -> None:
    reason = how_counted(calendar, amount, RECEIPT)
    assert (reason.rule.id, reason.text("en"), reason.text("zh")) == (rule, en, zh)


@pytest.mark.parametrize(
    ("calendar", "until", "rules"),
    [
        (LISTED, datetime(2026, 12, 31, 15, 59, tzinfo=UTC), []),
        (LISTED, datetime(2026, 12, 31, 16, tzinfo=UTC), ["calendars.holidays_end"]),
        (OFFICE, datetime(2026, 1, 5, tzinfo=UTC), ["calendars.holidays_unlisted"]),
        (ALWAYS, datetime(2026, 1, 5, tzinfo=UTC), []),
    ],
)
def test_holidays_that_are_not_known_are_said(
    calendar: Calendar, until: datetime, rules: list[str]
) -> None:
    assert [one.rule.id for one in unknown_holidays(calendar, until, THE_TIME)] == rules


def test_what_the_holidays_may_move_is_named() -> None:
    (end,) = unknown_holidays(LISTED, datetime(2027, 1, 4, tzinfo=UTC), THE_TIME)
    assert end.text("en") == (
        "holidays of “office” are entered until 2026-12-31; "
        "holidays after that day may move the time"
    )
    assert (
        end.text("zh") == "“办公时间”的节假日仅录入至2026年12月31日，此后如遇节假日，时间可能顺延"
    )
    (unlisted,) = unknown_holidays(OFFICE, datetime(2027, 1, 4, tzinfo=UTC), THE_TIME)
    assert unlisted.text("en") == (
        "no holidays are entered for “office”; public holidays may move the time"
    )
    assert unlisted.text("zh") == "“办公时间”未录入节假日，如遇节假日，时间可能顺延"


def test_the_start_is_named_where_nothing_is_received() -> None:
    said = how_counted(OFFICE, WorkingDays(1), START)
    assert said.text("en").startswith("the day of the start is day 0")
    assert said.text("zh").startswith("起算当日不计")
