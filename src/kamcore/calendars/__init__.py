"""When time counts: working calendars, months, quarters, recurrences, elapsed time."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcore.calendars._calendar import Calendar, Closed, Period
    from kamcore.calendars._combined import CombinedCalendar
    from kamcore.calendars._elapsed import add_elapsed, zone_data_version
    from kamcore.calendars._holidays import HolidayData, read_holidays
    from kamcore.calendars._limits import Amount, Landing, Roll, WorkingDays, amount_label
    from kamcore.calendars._months import Quarter, add_days, add_months, end_of_month
    from kamcore.calendars._recurrence import Every, Sweep
    from kamcore.calendars._rules import RULES
    from kamcore.calendars._stretches import Stretch, StretchKind
    from kamcore.calendars._week import (
        WEEKDAYS,
        WORKDAYS,
        Closure,
        Holiday,
        Hours,
        SpecialDay,
        Week,
        Weekday,
    )
    from kamcore.calendars._windows import (
        ReviewTiming,
        ReviewWindow,
        check_review_day,
        past_months,
    )
    from kamcore.calendars._work_calendar import WorkCalendar, around_the_clock
else:
    from kamcore._lazy import contents

    __getattr__ = contents(
        __name__,
        {
            "_calendar": "Calendar Closed Period",
            "_combined": "CombinedCalendar",
            "_elapsed": "add_elapsed zone_data_version",
            "_holidays": "HolidayData read_holidays",
            "_limits": "Amount Landing Roll WorkingDays amount_label",
            "_months": "Quarter add_days add_months end_of_month",
            "_recurrence": "Every Sweep",
            "_stretches": "Stretch StretchKind",
            "_week": "WEEKDAYS WORKDAYS Closure Holiday Hours SpecialDay Week Weekday",
            "_rules": "RULES",
            "_windows": "ReviewTiming ReviewWindow check_review_day past_months",
            "_work_calendar": "WorkCalendar around_the_clock",
        },
    )

__all__ = [
    "RULES",
    "WEEKDAYS",
    "WORKDAYS",
    "Amount",
    "Calendar",
    "Closed",
    "Closure",
    "CombinedCalendar",
    "Every",
    "Holiday",
    "HolidayData",
    "Hours",
    "Landing",
    "Period",
    "Quarter",
    "ReviewTiming",
    "ReviewWindow",
    "Roll",
    "SpecialDay",
    "Stretch",
    "StretchKind",
    "Sweep",
    "Week",
    "Weekday",
    "WorkCalendar",
    "WorkingDays",
    "add_days",
    "add_elapsed",
    "add_months",
    "amount_label",
    "around_the_clock",
    "check_review_day",
    "end_of_month",
    "past_months",
    "read_holidays",
    "zone_data_version",
]
