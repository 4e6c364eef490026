"""The days of a year in which reviews are held, and the months that a figure looks back on."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars._months import LENGTHS, MONTHS, add_days, add_months, end_of_month
from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import InputError, PolicyError
from kamcore.values import Days, Label, Source
from kamcore.values._checks import as_date, instance_of, named_convention, one_of
from kamcore.values._exact import whole

__all__ = ["RULES", "ReviewTiming", "ReviewWindow", "check_review_day", "past_months"]

INSIDE = Rule(
    "calendars.review_inside",
    ("day", "first", "last"),
    en="a review on {day} is in time: its window runs from {first} to {last}, both days included",
    zh="评审日期{day}在评审期内：{first}至{last}，首尾两日均含",
)
OUTSIDE_USUAL = Rule(
    "calendars.review_outside_usual",
    ("day", "off", "first", "last"),
    en="a review on {day} is {off} the usual window, {first} to {last}; only noted, not refused",
    zh="评审日期{day}不在通常的评审期（{first}至{last}）内，{off}；仅作提示，不予驳回",
)
OUTSIDE_FIXED = Rule(
    "calendars.review_outside_fixed",
    ("day", "off", "first", "last"),
    en="a review on {day} is refused: it is {off} the window, {first} to {last}",
    zh="评审日期{day}不符合规定，予以驳回：评审期为{first}至{last}，{off}",
)
RULES = (INSIDE, OUTSIDE_USUAL, OUTSIDE_FIXED)
LEAP_DAY = (2, 29)
FIRST_YEAR, LAST_YEAR = date.min.year, date.max.year - 1


def _check_day(value: object, what: str) -> None:
    """Refuse what is no pair of month and day, and a day that no year has."""
    match value:
        case (int(month), int(day)) if type(value) is tuple and bool not in {
            type(month),
            type(day),
        }:
            longest = LENGTHS[month - 1] if 1 <= month <= MONTHS else 0
            if not (1 <= day <= longest or value == LEAP_DAY):
                raise PolicyError(
                    f"the {what} day of the window is day {day} of month {month}, which no year "
                    "has; pass (month, day), such as (3, 25)"
                )
        case _:
            raise PolicyError(
                f"the {what} day of the window is {value!r}; pass (month, day), such as (3, 25)"
            )


@frozen(order=False, kw_only=True)
class ReviewWindow(Policy):
    """The days of each year in which a review is held, from `first` to `last`, both included.

    Both are (month, day). A window whose last day comes before its first crosses the new year and
    belongs to the year in which it begins. 29 February stands for the last of February. `mode` says
    how a review outside the window is taken: as a remark ("usual", 一般在) or as a refusal
    ("fixed").

    >>> march = ReviewWindow(first=(3, 25), last=(3, 30), mode="usual")
    >>> len(march.in_year(2013))
    6
    """

    first: tuple[int, int] = field()
    last: tuple[int, int] = field()
    mode: Literal["usual", "fixed"] = field(validator=one_of("usual", "fixed"))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse days that no year has."""
        _check_day(self.first, "first")
        _check_day(self.last, "last")

    def in_year(self, year: int) -> Days:
        """Return the window that begins in `year`, which is 1 to 9998."""
        number = whole(year, "year")
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise InputError(f"the window of year {number} leaves the calendar; pass 1 to 9998")
        ends = number + (self.last < self.first)
        return Days.through(_day_of(number, self.first), _day_of(ends, self.last))


def _day_of(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    last = end_of_month(date(year, month, 1))
    return last if month_and_day == LEAP_DAY else last.replace(day=day)


@frozen(order=False, kw_only=True)
class ReviewTiming:
    """How a review day lies to the nearest window.

    `days_off` counts calendar days: 0 inside, below 0 before the window, above 0 after it.
    """

    timing: Literal["inside", "outside_usual", "outside_fixed"] = field(
        validator=one_of("inside", "outside_usual", "outside_fixed")
    )
    window: Days = field(validator=instance_of(Days))
    days_off: int = field(validator=instance_of(int))


def check_review_day(day: date, window: ReviewWindow) -> Decision[ReviewTiming]:
    """Say whether a review on `day` falls into the window; outside a fixed one it is refused.

    Outside, the nearest window is meant, and of two equally near ones the earlier.
    """
    asked = as_date(day, "review day")
    window.in_year(asked.year)
    years = range(max(FIRST_YEAR, asked.year - 1), min(LAST_YEAR, asked.year + 1) + 1)
    days_off, nearest = min(
        ((_days_off(asked, one), one) for one in map(window.in_year, years)),
        key=lambda found: abs(found[0]),
    )
    said = (nearest.start, nearest.last)
    if days_off == 0:
        timing = ReviewTiming(timing="inside", window=nearest, days_off=0)
        reason = Reason.of(INSIDE, asked, *said, source=window.source)
    elif window.mode == "usual":
        timing = ReviewTiming(timing="outside_usual", window=nearest, days_off=days_off)
        reason = Reason.of(OUTSIDE_USUAL, asked, _off(days_off), *said, source=window.source)
    else:
        timing = ReviewTiming(timing="outside_fixed", window=nearest, days_off=days_off)
        reason = Reason.of(OUTSIDE_FIXED, asked, _off(days_off), *said, source=window.source)
    return Decision(timing, (reason,), window.fingerprint)


def _days_off(day: date, days: Days) -> int:
    if day < days.start:
        return (day - days.start).days
    return max(0, (day - days.last).days)


def _off(days: int) -> Label:
    number = abs(days)
    unit = "day" if number == 1 else "days"
    if days < 0:
        return Label(f"{number} {unit} before", f"早 {number} 天")
    return Label(f"{number} {unit} after", f"晚 {number} 天")


def past_months(day: date, months: int, *, ends: Literal["day", "closed_month"] = "day") -> Days:
    """Return the past `months` as seen on `day` (S3-P14-2: 过去12个月).

    With "day" they end with the day itself, and begin on the day after its like so many months
    ago. With "closed_month" they are whole calendar months, the last one before the month of
    `day`; a month is not closed on its own last day.

    >>> str(past_months(date(2013, 7, 1), 12).start)
    '2012-07-02'
    >>> str(past_months(date(2013, 7, 1), 12, ends="closed_month").last)
    '2013-06-30'
    """
    asked = as_date(day, "day")
    number = whole(months, "months")
    named_convention("ends", ends, ("day", "closed_month"))
    if number < 1:
        raise InputError(f"the past {number} months; pass 1 or more")
    if ends == "day":
        return Days(add_days(add_months(asked, -number), 1), add_days(asked, 1))
    end = asked.replace(day=1)
    return Days(add_months(end, -number), end)
