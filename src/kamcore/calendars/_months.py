"""Months and quarters by integer arithmetic; a day past the month's end is clipped to it."""

from datetime import date, timedelta

from attrs import field, frozen

from kamcore.errors import InputError
from kamcore.values import Days, Label
from kamcore.values._checks import as_date
from kamcore.values._exact import whole

__all__ = ["Quarter", "add_days", "add_months", "end_of_month"]

MONTHS = 12


def add_months(anchor: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month.

    Count from the anchor, never from an earlier result: 31 January + 2 months is 31 March.

    >>> add_months(date(2013, 1, 31), 1)
    datetime.date(2013, 2, 28)
    """
    start = as_date(anchor, "anchor")
    year, month = divmod(start.year * MONTHS + start.month - 1 + whole(months, "months"), MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise InputError(
            f"{anchor} + {months} months leaves the calendar; check the number of months"
        )
    return date(year, month + 1, min(start.day, _length(year, month + 1)))


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=_length(as_date(day, "day").year, day.month))


LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FEBRUARY = 2


def _length(year: int, month: int) -> int:
    leap = month == FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return LENGTHS[month - 1] + leap


def add_days(anchor: date, days: int) -> date:
    """Return the day `days` calendar days later."""
    try:
        return as_date(anchor, "anchor") + timedelta(days=whole(days, "days"))
    except OverflowError:
        raise InputError(
            f"{anchor} + {days} days leaves the calendar; check the number of days"
        ) from None


@frozen(order=False)
class Quarter:
    """A calendar quarter; `number` is 1 to 4."""

    year: int = field()
    number: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a number that is no quarter."""
        whole(self.year, "year")
        if whole(self.number, "quarter") not in (1, 2, 3, 4):
            raise InputError(
                f"quarter {self.number} of {self.year} does not exist; pass 1, 2, 3 or 4"
            )

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter in which `day` lies."""
        return cls(as_date(day, "day").year, (day.month + 2) // 3)

    @property
    def days(self) -> Days:
        """The days of the quarter."""
        first = date(self.year, self.number * 3 - 2, 1)
        return Days.through(first, end_of_month(add_months(first, 2)))

    @property
    def label(self) -> Label:
        """The quarter in words."""
        return Label(f"Q{self.number} {self.year}", f"{self.year}年第{self.number}季度")
