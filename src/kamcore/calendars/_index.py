"""The compiled form of a calendar: open time as sorted instants with their running sum.

A year is compiled when a question first touches it. Every question is then two look-ups by
bisection, whatever the span between its ends. The state is replaced as a whole, never changed in
place, so that threads may share a calendar.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from kamcore.calendars._spans import Spans, clipped, joined
from kamcore.calendars._wall import EPOCH, EPOCH_DAY, wall_us
from kamcore.calendars._week import DAY_US
from kamcore.errors import InputError

__all__ = ["Index", "OpenYear"]

US = timedelta(microseconds=1)
SPILL = 2 * DAY_US
REACH = 100
REACH_US = REACH * 365 * DAY_US
FARTHEST = (2 * REACH + 1) * 366 * DAY_US
FIRST_YEAR, LAST_YEAR = 2, 9997


class OpenYear(NamedTuple):
    """The open time that belongs to the days of one year.

    With its working days, each with its first opening and its last closing.
    """

    spans: Spans
    days: list[int]
    opens: list[int]
    closes: list[int]


class Years(Protocol):
    """What can be compiled: gives the open time of a year in its zone."""

    def open_year(self, year: int, zone: ZoneInfo) -> OpenYear:
        """Return the open time of a year."""
        ...


class Snapshot(NamedTuple):
    """Compiled years: `filled[i]` is the open time up to `ends[i]`; valid for `low <= t < high`."""

    first: int
    last: int
    low: int
    high: int
    starts: list[int]
    ends: list[int]
    filled: list[int]
    days: list[int]
    opens: list[int]
    closes: list[int]


NOTHING = Snapshot(0, 0, 1, 0, [], [], [], [], [], [])


class Index:
    """Answers questions about open time in microseconds of UTC.

    No answer depends on which years were compiled before: what lies more than `REACH` years away
    is not found, compiled or not.
    """

    __slots__ = ("_now", "_years", "arrays", "epoch", "owner", "zone")

    def __init__(self, owner: Years, zone: ZoneInfo) -> None:
        self.owner = owner
        self.zone = zone
        self.epoch = datetime(1970, 1, 1, tzinfo=zone)
        self._years: dict[int, OpenYear] = {}
        self._now = NOTHING
        self.arrays: tuple[Snapshot, object] | None = None

    def _year(self, year: int) -> OpenYear:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self.owner.open_year(year, self.zone)
        return known

    def _build(self, first: int, last: int) -> Snapshot:
        years = [self._year(year) for year in range(first, last + 1)]
        spans = joined(span for one in years for span in one.spans)
        total = 0
        filled: list[int] = []
        for start, end in spans:
            total += end - start
            filled.append(total)
        return Snapshot(
            first,
            last,
            wall_us(date(first, 1, 1).toordinal(), 0, self.zone) + SPILL,
            wall_us(date(last + 1, 1, 1).toordinal(), 0, self.zone),
            [start for start, _ in spans],
            [end for _, end in spans],
            filled,
            [day for one in years for day in one.days],
            [opening for one in years for opening in one.opens],
            [close for one in years for close in one.closes],
        )

    def covering(self, low: int, high: int) -> Snapshot:
        """Return a state that is valid from `low` through `high`."""
        now = self._now
        if now.low <= low and high < now.high:
            return now
        if high - low > FARTHEST:
            years = f"{_year_of(low)} to {_year_of(high)}"
            raise InputError(f"years {years} are too far apart; check the dates")
        first, last = _years_around(low, high)
        if first <= last:
            now = self._cover(first, last)
        if not (now.low <= low and high < now.high):
            year = _year_of(low if low < now.low else high)
            raise InputError(f"year {year} leaves the calendar; check the dates")
        return now

    def _cover(self, first: int, last: int) -> Snapshot:
        now = self._now
        if now is not NOTHING and max(last, now.last) - min(first, now.first) <= 2 * REACH:
            first, last = min(first, now.first), max(last, now.last)
        now = self._build(first, last)
        if last - first <= 2 * REACH:
            self._now = now
        return now

    def _wider(self, now: Snapshot, centre: int, by: int) -> Snapshot | None:
        """Return a state with twice the years, or None where the reach of `centre` ends."""
        middle, more = _year_of(centre), by * (now.last - now.first + 1)
        first, last = max(middle - REACH, FIRST_YEAR), min(middle + REACH, LAST_YEAR)
        if not (now.last < last if by > 0 else now.first > first):
            return None
        if by > 0:
            return self._cover(max(now.first, first), min(now.last + more, last))
        return self._cover(max(now.first + more, first), min(now.last, last))

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return `amount` after `start` where the years are compiled: the usual question, quickly.

        None says to take the long way; a naive start raises TypeError.
        """
        past = start - EPOCH
        at = past.days * 86_400_000_000 + past.seconds * 1_000_000 + past.microseconds
        goal = amount.days * 86_400_000_000 + amount.seconds * 1_000_000 + amount.microseconds
        _, _, low, high, starts, ends, filled, _, _, _ = self._now
        if goal <= 0 or not low <= at < high:
            return None
        place = bisect_right(starts, at) - 1
        if place >= 0:
            left = ends[place] - at
            goal += filled[place] - left if left > 0 else filled[place]
        landed = bisect_left(filled, goal)
        if landed == len(filled):
            return None
        found = ends[landed] - filled[landed] + goal
        if found - at > REACH_US:
            return None
        return self.zone.fromutc(self.epoch + found * US)

    def passed(self, start: datetime, end: datetime) -> timedelta | None:
        """Return the open time between two instants of compiled years, or None; see `after`."""
        past = start - EPOCH
        at = past.days * 86_400_000_000 + past.seconds * 1_000_000 + past.microseconds
        past = end - EPOCH
        until = past.days * 86_400_000_000 + past.seconds * 1_000_000 + past.microseconds
        _, _, low, high, starts, ends, filled, _, _, _ = self._now
        if not (low <= at < high and low <= until < high):
            return None
        first, last = bisect_right(starts, at) - 1, bisect_right(starts, until) - 1
        if first < 0 or last < 0:
            return None
        before, beyond = ends[first] - at, ends[last] - until
        open_time = filled[last] - filled[first]
        if before > 0:
            open_time += before
        if beyond > 0:
            open_time -= beyond
        return open_time * US

    @staticmethod
    def us(instant: datetime) -> int:
        """Return an aware instant as microseconds since 1970 in UTC; TypeError if it is naive."""
        past = instant - EPOCH
        return past.days * DAY_US + past.seconds * 1_000_000 + past.microseconds

    def instant(self, us: int) -> datetime:
        """Return microseconds since 1970 in UTC as an instant in the calendar's zone."""
        days, rest = divmod(us, DAY_US)
        return self.zone.fromutc(self.epoch + timedelta(days, 0, rest))

    def wall(self, day: int, since_midnight: timedelta) -> int:
        """Return the instant of a wall time on a day."""
        return wall_us(day, since_midnight // US, self.zone)

    def moved(self, start: int, amount: int, *, later: bool) -> int:
        """Return the instant `amount` of open time after `start` (before it, if negative).

        Where an end and the next beginning hold the same open time, `later` takes the beginning.
        """
        now = self._now
        if not now.low <= start < now.high:
            now = self.covering(start, start)
        place = bisect_right(now.starts, start) - 1
        goal = amount
        if place >= 0:
            left = now.ends[place] - start
            goal += now.filled[place] - left if left > 0 else now.filled[place]
        landed = (bisect_right if later else bisect_left)(now.filled, goal)
        if landed < len(now.filled):
            found = now.ends[landed] - now.filled[landed] + goal
            if (
                found >= now.low
                and (goal > 0 or (later and goal == 0))
                and -REACH_US <= found - start <= REACH_US
            ):
                return found
        return self._further(start, amount, now, later=later)

    def _further(self, start: int, amount: int, now: Snapshot, *, later: bool) -> int:
        """Move on with more years; raises where no year within reach holds the amount."""
        forward = amount > 0 or (amount == 0 and later)
        wider = self._wider(now, start, 1 if forward else -1)
        if wider is None:
            wanted = timedelta(microseconds=abs(amount)) if amount else "any"
            where = "after" if forward else "before"
            raise InputError(
                f"the calendar does not hold {wanted} of open time within {REACH} years {where} "
                f"{self.instant(start)}; check the amount and the calendar"
            )
        return self.moved(start, amount, later=later)

    def between(self, start: int, end: int) -> int:
        """Return the open time from `start` to `end`, negative if `end` is before `start`."""
        now = self._now
        if not (now.low <= start < now.high and now.low <= end < now.high):
            now = self.covering(min(start, end), max(start, end))
        return _filled_at(now, end) - _filled_at(now, start)

    def is_open(self, at: int) -> bool:
        """Say whether an instant lies in open time."""
        now = self.covering(at, at)
        place = bisect_right(now.starts, at) - 1
        return place >= 0 and at < now.ends[place]

    def edge(self, at: int, *, opening: bool, after: bool) -> int | None:
        """Return the nearest opening or closing strictly after or before an instant, or None."""

        def find(now: Snapshot) -> int | None:
            edges = now.starts if opening else now.ends
            place = bisect_right(edges, at) if after else bisect_left(edges, at) - 1
            if not 0 <= place < len(edges):
                return None
            # an outer edge may be where the compiled years end, not where open time does
            return edges[place] if now.low <= edges[place] < now.high else None

        return self._search(at, 1 if after else -1, find)

    def _search(self, at: int, by: int, find: Callable[[Snapshot], int | None]) -> int | None:
        now: Snapshot | None = self.covering(at, at)
        while now is not None:
            found = find(now)
            if found is not None:
                return found if abs(found - at) <= REACH_US else None
            now = self._wider(now, at, by)
        return None

    def spans(self, start: int, end: int) -> Spans:
        """Return the open time between two instants, clipped to them."""
        if end <= start:
            return []
        now = self.covering(start, end)
        first, last = bisect_right(now.ends, start), bisect_left(now.starts, end)
        return clipped(zip(now.starts[first:last], now.ends[first:last], strict=True), start, end)

    def spans_once(self, start: int, end: int) -> Spans:
        """Return the same as `spans` for a short time, without keeping a state for it."""
        first, last = _years_around(start, end)
        years = [self._year(year) for year in range(first, last + 1)]
        return clipped(joined(span for one in years for span in one.spans), start, end)

    def working_day(self, day: int, steps: int) -> int | None:
        """Return the working day `steps` working days from `day`; 0 is `day` or the next one.

        Negative steps go back: -1 is the last working day before `day`.
        """
        at = (day - EPOCH_DAY) * DAY_US

        def find(now: Snapshot) -> int | None:
            place = bisect_left(now.days, day) + steps
            return (now.days[place] - EPOCH_DAY) * DAY_US if 0 <= place < len(now.days) else None

        found = self._search(at, 1 if steps >= 0 else -1, find)
        return None if found is None else found // DAY_US + EPOCH_DAY

    def count_days(self, first: int, end: int) -> int:
        """Return the number of working days from `first` until before `end`."""
        ends = (first - EPOCH_DAY) * DAY_US, (end - EPOCH_DAY) * DAY_US
        now = self.covering(min(ends), max(ends))
        return bisect_left(now.days, end) - bisect_left(now.days, first)

    def close_or_none(self, day: int) -> int | None:
        """Return the last closing of a working day, None for another day."""
        at = (day - EPOCH_DAY) * DAY_US
        now = self.covering(at - DAY_US, at + DAY_US)
        place = bisect_left(now.days, day)
        known = place < len(now.days) and now.days[place] == day
        return now.closes[place] if known else None

    def bounds_of(self, day: int) -> tuple[int, int]:
        """Return the first opening and the last closing of a working day."""
        at = (day - EPOCH_DAY) * DAY_US
        now = self.covering(at - DAY_US, at + DAY_US)
        place = bisect_left(now.days, day)
        return now.opens[place], now.closes[place]


def _filled_at(now: Snapshot, at: int) -> int:
    place = bisect_right(now.starts, at) - 1
    if place < 0:
        return 0
    left = now.ends[place] - at
    return now.filled[place] - left if left > 0 else now.filled[place]


def _years_around(low: int, high: int) -> tuple[int, int]:
    """Return the years to compile for a time; a day on each side is the zone's."""
    first, last = _year_of(low - SPILL - DAY_US), _year_of(high + DAY_US)
    return max(first, FIRST_YEAR), min(last, LAST_YEAR)


def _year_of(us: int) -> int:
    try:
        return (EPOCH + timedelta(microseconds=us)).year
    except OverflowError:
        return LAST_YEAR + 1 if us > 0 else FIRST_YEAR - 1
