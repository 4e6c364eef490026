"""What a time of a calendar rests on: how it is counted, and which holidays are not known."""

from datetime import datetime

from kamcore.calendars._calendar import Calendar
from kamcore.calendars._limits import Amount, WorkingDays
from kamcore.decision import Reason, Rule
from kamcore.values import Label

__all__ = ["RULES", "START", "THE_TIME", "how_counted", "unknown_holidays"]

START = Label("the start", "起算")
THE_TIME = Label("the time", "时间")

AROUND_THE_CLOCK = Rule(
    "calendars.around_the_clock",
    ("calendar",),
    en="hours of “{calendar}” run on through nights and holidays",
    zh="“{calendar}”连续计时，含夜间与节假日",
)
WITHIN_HOURS = Rule(
    "calendars.within_hours",
    ("calendar",),
    en="hours count only within “{calendar}”",
    zh="小时数仅在“{calendar}”内累计",
)
WHOLE_DAYS = {
    ("next_day", "close"): Rule(
        "calendars.days_to_close",
        ("start",),
        en="the day of {start} is day 0; the last working day ends at its close",
        zh="{start}当日不计，次一工作日为第 1 天，至最后一个工作日下班时止",
    ),
    ("next_day", "same_time"): Rule(
        "calendars.days_to_same_time",
        ("start",),
        en="the day of {start} is day 0; the time ends at the same time of day",
        zh="{start}当日不计，次一工作日为第 1 天，至最后一个工作日的同一时刻止",
    ),
    ("same_day", "close"): Rule(
        "calendars.days_from_start_to_close",
        ("start",),
        en="the day of {start}, if a working day, is day 1; the last one ends at its close",
        zh="{start}当日为工作日的，即为第 1 天，至最后一个工作日下班时止",
    ),
    ("same_day", "same_time"): Rule(
        "calendars.days_from_start_to_same_time",
        ("start",),
        en="the day of {start}, if a working day, is day 1; the time ends at the same time of day",
        zh="{start}当日为工作日的，即为第 1 天，至最后一个工作日的同一时刻止",
    ),
}
HOLIDAYS_END = Rule(
    "calendars.holidays_end",
    ("calendar", "until", "what"),
    en=(
        "holidays of “{calendar}” are entered until {until}; "
        "holidays after that day may move {what}"
    ),
    zh="“{calendar}”的节假日仅录入至{until}，此后如遇节假日，{what}可能顺延",
)
HOLIDAYS_UNLISTED = Rule(
    "calendars.holidays_unlisted",
    ("calendar", "what"),
    en="no holidays are entered for “{calendar}”; public holidays may move {what}",
    zh="“{calendar}”未录入节假日，如遇节假日，{what}可能顺延",
)
RULES = (
    AROUND_THE_CLOCK, WITHIN_HOURS, *WHOLE_DAYS.values(), HOLIDAYS_END, HOLIDAYS_UNLISTED,
)  # fmt: skip


def how_counted(calendar: Calendar, amount: Amount, start: Label) -> Reason:
    """Return how an amount is counted; `start` names what it counts from, such as the receipt."""
    if isinstance(amount, WorkingDays):
        return Reason.of(WHOLE_DAYS[amount.first, amount.ends], start)
    return Reason.of(AROUND_THE_CLOCK if calendar.never_closes else WITHIN_HOURS, calendar.label)


def unknown_holidays(calendar: Calendar, until: datetime, what: Label) -> tuple[Reason, ...]:
    """Return that the holidays up to an instant are not all known; `what` they may move."""
    if calendar.knows(until):
        return ()
    known = calendar.known_until
    if known is None:
        return (Reason.of(HOLIDAYS_UNLISTED, calendar.label, what),)
    return (Reason.of(HOLIDAYS_END, calendar.label, known, what),)
