"""Dates that come back: every week, month or year, and the sweep that looks ahead.

Every date is counted from the anchor and never from an earlier date, so that a month's end stays
one: 31 January, 28 February, 31 March. This is the only module that asks dateutil.

>>> monthly = Every(count=1, unit="month", anchor=date(2013, 1, 31))
>>> [str(day) for day in monthly.dates(Days(date(2013, 2, 1), date(2013, 5, 1)))]
['2013-02-28', '2013-03-31', '2013-04-30']
"""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import Literal

from attrs import field, frozen

from kamcore.calendars._months import MONTHS, add_days
from kamcore.errors import InputError, PolicyError
from kamcore.values import Days
from kamcore.values._checks import as_date, instance_of, one_of
from kamcore.values._exact import whole

__all__ = ["Every", "Sweep"]

LONGEST = {"week": 7, "month": 31, "year": 366}
END_OF_MONTHS = (date.max.year + 1) * MONTHS
END_OF_DAYS = date.max.toordinal() + 1


def _count(value: int) -> int:
    return whole(value, "count")


def _lookahead(value: int) -> int:
    return whole(value, "lookahead_days")


def _month(day: date) -> int:
    """Count the months since the start of the year 0."""
    return day.year * MONTHS + day.month - 1


@frozen(order=False, kw_only=True)
class Every:
    """A date every `count` weeks, months or years; the first one is the `anchor`.

    `missing_day` says what stands for a day that a month does not have, such as 29 February or 31
    April: the month's last day, the first day of the next month, or nothing.

    >>> birthday = Every(count=1, unit="year", anchor=date(2012, 2, 29), missing_day="next_day")
    >>> birthday.next(date(2013, 1, 1))
    datetime.date(2013, 3, 1)
    """

    count: int = field(converter=_count)
    unit: Literal["week", "month", "year"] = field(validator=one_of("week", "month", "year"))
    anchor: date = field()
    missing_day: Literal["month_end", "skip", "next_day"] = field(
        default="month_end", validator=one_of("month_end", "skip", "next_day")
    )

    def __attrs_post_init__(self) -> None:
        """Refuse an instant, and a count that is not above 0."""
        as_date(self.anchor, "anchor")
        if self.count < 1:
            raise PolicyError(f"a date every {self.count} {self.unit}s; pass 1 or more")

    def dates(self, days: Days) -> tuple[date, ...]:
        """Return the dates within `days`, in order; there is none before the anchor."""
        return tuple(takewhile(lambda day: day < days.end, self._since(days.start)))

    def next(self, day: date) -> date:
        """Return the first date on or after `day`; raises `InputError` where the calendar ends."""
        found = next(self._since(as_date(day, "day")), None)
        if found is None:
            often = self.unit if self.count == 1 else f"{self.count} {self.unit}s"
            raise InputError(
                f"every {often} from {self.anchor} comes to no date on or after {day}; "
                "the calendar ends, ask for an earlier day"
            )
        return found

    def _since(self, day: date) -> Iterator[date]:
        """Go through the dates on or after `day` until the calendar ends."""
        if self.unit == "week":
            return self._weeks(day)
        found = self._skipping(day) if self.missing_day == "skip" else self._months(day)
        return (one for one in found if one >= day)

    def _weeks(self, day: date) -> Iterator[date]:
        first, step = self.anchor.toordinal(), 7 * self.count
        passed = max(0, -((first - day.toordinal()) // step))
        return map(date.fromordinal, range(first, END_OF_DAYS, step)[passed:])

    def _numbers(self, day: date) -> range:
        """Return the months of the dates, from one that ends before `day` or from the anchor's."""
        step = self.count * (MONTHS if self.unit == "year" else 1)
        first = _month(self.anchor)
        passed = max(0, (_month(day) - 1 - first) // step)
        return range(first, END_OF_MONTHS, step)[passed:]

    def _months(self, day: date) -> Iterator[date]:
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - only where dates recur

        for number in self._numbers(day):
            found = self.anchor + relativedelta(months=number - _month(self.anchor))
            missing = found.day < self.anchor.day and self.missing_day == "next_day"
            yield add_days(found, 1) if missing else found

    def _skipping(self, day: date) -> Iterator[date]:
        from dateutil.rrule import MONTHLY, rrule  # noqa: PLC0415 - only where days are skipped

        numbers = self._numbers(day)
        for first in numbers[:1]:
            year, month = divmod(first, MONTHS)
            start = date(year, month + 1, 1)
            rule = rrule(MONTHLY, interval=numbers.step, bymonthday=self.anchor.day, dtstart=start)
            yield from (found.date() for found in rule)


@frozen(order=False, kw_only=True)
class Sweep:
    """A regular look at everything that falls due within `lookahead_days` calendar days.

    On its first day it also finds whatever was due before. No due day is missed: with a look-ahead
    shorter than the time between two sweeps, the days in between are found late, by the next one.

    >>> weekly = Sweep(every=Every(count=1, unit="week", anchor=date(2013, 7, 1)), lookahead_days=7)
    >>> weekly.sees(date(2013, 7, 17))
    datetime.date(2013, 7, 15)
    """

    every: Every = field(validator=instance_of(Every))
    lookahead_days: int = field(converter=_lookahead)

    def __attrs_post_init__(self) -> None:
        """Refuse to look back."""
        if self.lookahead_days < 0:
            raise PolicyError(f"a sweep looks {self.lookahead_days} days ahead; pass 0 or more")

    def sees(self, day: date) -> date:
        """Return the first sweep that finds what is due on `day`."""
        due = as_date(day, "due day")
        return self.every.next(add_days(due, -min(self.lookahead_days, due.toordinal() - 1)))

    def finds(self, sweep_day: date) -> Days:
        """Return the due days at which the sweep of `sweep_day` looks.

        They run from the sweep to its look-ahead, and begin earlier where no sweep before has
        seen them. Raises `InputError` for a day without a sweep.
        """
        held = as_date(sweep_day, "sweep day")
        coming = self.every.next(held)
        if coming != held:
            raise InputError(f"there is no sweep on {held}; the next one is on {coming}")
        end = add_days(held, self.lookahead_days + 1)
        if held == self.every.anchor:
            return Days(date.min, end)
        before = _last_before(self.every, held)
        return Days(min(held, add_days(before, self.lookahead_days + 1)), end)


def _last_before(every: Every, day: date) -> date:
    """Return the last date before `day`, which is after the anchor; look back ever further."""
    reach = every.count * LONGEST[every.unit]
    while True:
        start = max(every.anchor.toordinal(), day.toordinal() - reach)
        if found := every.dates(Days(date.fromordinal(start), day)):
            return found[-1]
        reach *= 2
