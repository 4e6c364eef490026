"""A slow second opinion: open time read off the wall clock with zoneinfo, edge by edge."""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, reject
from hypothesis import strategies as st

from kamcore.calendars import (
    WEEKDAYS,
    Calendar,
    Closure,
    CombinedCalendar,
    Holiday,
    Hours,
    Landing,
    SpecialDay,
    Week,
    WorkCalendar,
)
from kamcore.errors import PolicyError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
US = timedelta(microseconds=1)
DAY = timedelta(days=1)
DAY_US = DAY // US
HOUR_US = DAY_US // 24
# Nights on which the clocks change, and ends of years far from UTC.
NIGHTS = (
    ("Europe/Berlin", date(2026, 3, 29)),  # 02:00 becomes 03:00
    ("Europe/Berlin", date(2026, 10, 25)),  # 03:00 becomes 02:00
    ("America/Sao_Paulo", date(2017, 10, 15)),  # 00:00 becomes 01:00
    ("America/Sao_Paulo", date(2018, 2, 18)),  # 24:00 becomes 23:00
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour back
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour on
    ("Africa/Cairo", date(2026, 4, 24)),  # 00:00 becomes 01:00
    ("Africa/Cairo", date(2026, 10, 30)),  # 24:00 becomes 23:00
    ("Asia/Beirut", date(2026, 3, 29)),  # 00:00 becomes 01:00
    ("America/Havana", date(2026, 11, 1)),  # 01:00 becomes 00:00: midnight comes twice
    ("Pacific/Apia", date(2011, 12, 30)),  # left out
    ("Asia/Shanghai", date(2027, 1, 1)),
    ("Pacific/Kiritimati", date(2027, 1, 1)),  # 14 hours before UTC
    ("Pacific/Honolulu", date(2027, 1, 1)),  # 10 hours after
)


def us(at: datetime) -> int:
    """Return an instant as microseconds of UTC."""
    return (at.astimezone(UTC) - EPOCH) // US


def instant(at: int) -> datetime:
    """Return microseconds of UTC as an instant."""
    return EPOCH + at * US


def wall(day: date, after: timedelta, zone: ZoneInfo) -> int:
    """Return the instant of a wall time, with the offset from before a change of the clocks."""
    return us(datetime.combine(day, time(), zone) + after)


def stretch(day: date, hours: Hours, zone: ZoneInfo) -> tuple[int, int]:
    """Return hours of a day as instants."""
    opens, closes = (
        datetime.combine(day, one) - datetime.combine(day, time())
        for one in (hours.opens, hours.closes)
    )
    return wall(day, opens, zone), wall(day, closes if closes > opens else closes + DAY, zone)


def hours_of(calendar: WorkCalendar, day: date) -> tuple[Hours, ...]:
    """Return the hours written for a day, holiday or not."""
    for one in calendar.special_days:
        if one.day == day:
            return one.hours
    return calendar.week.days[day.weekday()]


def breaks_of(calendar: WorkCalendar, day: date) -> list[tuple[int, int]]:
    """Return the breaks of a day as instants: those of its special day, else of its weekday."""
    zone = ZoneInfo(calendar.zone)
    for special in calendar.special_days:
        if special.day == day and special.breaks:
            first = special.hours[0].opens
            # into the next morning, and how far
            last = special.hours[-1]
            until = last.closes if last.closes <= last.opens else time()
            morning = [
                one
                for one in special.breaks
                if one.opens < one.closes <= first and one.opens < until
            ]
            return [
                stretch(day + DAY if one in morning else day, one, zone) for one in special.breaks
            ]
    return [stretch(day, one, zone) for one in calendar.breaks.days[day.weekday()]]


def is_holiday(calendar: WorkCalendar, day: date) -> bool:
    """Say whether a day is a holiday without hours of its own."""
    special = any(one.day == day for one in calendar.special_days)
    return not special and any(one.day == day for one in calendar.holidays)


def within(spans: Iterable[tuple[int, int]], at: int) -> bool:
    """Say whether an instant lies in one of the spans."""
    return any(start <= at < end for start, end in spans)


@dataclass
class Slow:
    """The open time of a calendar between two days, as an answer for each instant."""

    edges: set[int]
    is_open: Callable[[int], bool]

    def spans(self) -> list[tuple[int, int]]:
        """Return the open time, joined where it touches."""
        found: list[tuple[int, int]] = []
        for start, end in pairwise(sorted(self.edges)):
            if self.is_open(start):
                if found and found[-1][1] == start:
                    found[-1] = found[-1][0], end
                else:
                    found.append((start, end))
        return found


def own_time(calendar: WorkCalendar, days: list[date]) -> Slow:
    """Return the open time of plain working hours."""
    zone = ZoneInfo(calendar.zone)
    opens = [stretch(day, one, zone) for day in days for one in hours_of(calendar, day)]
    away = [span for day in days for span in breaks_of(calendar, day)]
    away += [stretch(one.day, one.hours, zone) for one in calendar.closures]
    away += [
        (wall(day, timedelta(), zone), wall(day, DAY, zone))
        for day in days
        if is_holiday(calendar, day)
    ]
    edges = {edge for span in (*opens, *away) for edge in span}
    return Slow(edges, lambda at: within(opens, at) and not within(away, at))


def slow_time(calendar: Calendar, days: list[date]) -> Slow:
    """Return the open time of any calendar, by the logic of sets."""
    if isinstance(calendar, WorkCalendar):
        return own_time(calendar, days)
    assert isinstance(calendar, CombinedCalendar)
    one, other = slow_time(calendar.left, days), slow_time(calendar.right, days)
    logic: dict[str, Callable[[int], bool]] = {
        "either": lambda at: one.is_open(at) or other.is_open(at),
        "both": lambda at: one.is_open(at) and other.is_open(at),
        "without": lambda at: one.is_open(at) and not other.is_open(at),
    }
    return Slow(one.edges | other.edges, logic[calendar.how])


@dataclass
class Scene:
    """A calendar around a night, with its open time as the slow way finds it."""

    calendar: Calendar
    night: date
    spans: list[tuple[int, int]]

    @property
    def middle(self) -> int:
        """The start of the night's day."""
        return wall(self.night, timedelta(), ZoneInfo(self.calendar.zone))

    def filled(self, start: int, end: int) -> int:
        """Return the open time from `start` until `end`."""
        return sum(max(0, min(last, end) - max(first, start)) for first, last in self.spans)

    def is_open(self, at: int) -> bool:
        """Say whether an instant is open."""
        return within(self.spans, at)

    def same(self, at: int) -> tuple[int, int]:
        """Return the first and the last instant that hold the same open time as `at`."""
        assume(self.spans and self.spans[0][1] <= at <= self.spans[-1][0])
        first, last = at, at
        if not any(start < at <= end for start, end in self.spans):
            first = max(end for _, end in self.spans if end <= at)
        if not self.is_open(at):
            last = min(start for start, _ in self.spans if start >= at)
        return first, last

    def add(self, at: int, amount: int, landing: Landing | None) -> int:
        """Return the instant `amount` of open time away, going through stretch by stretch."""
        if not amount and landing is None:
            return at
        found = at
        if amount > 0:
            for first, last in self.spans:
                if last > at and amount > 0:
                    found = min(last, max(first, at) + amount)
                    amount -= found - max(first, at)
        else:
            for first, last in reversed(self.spans):
                if first < at and amount < 0:
                    found = max(first, min(last, at) + amount)
                    amount += min(last, at) - found
        if amount:
            raise AssertionError("the scene is too short")
        return found if landing is None else self.same(found)[landing == "open"]


def scene(calendar: Calendar, night: date) -> Scene:
    """Return the scene of a calendar, 25 days to each side."""
    days = [night + number * DAY for number in range(-25, 26)]
    found = Scene(calendar, night, slow_time(calendar, days).spans())
    # a calendar that is open on the special days only is a matter of its own
    assume(found.filled(found.middle - 25 * DAY_US, found.middle - 9 * DAY_US))
    assume(found.filled(found.middle + 9 * DAY_US, found.middle + 25 * DAY_US))
    return found


# --- strategies -----------------------------------------------------------------------------------

QUARTERS = [f"{number // 4:02}:{number % 4 * 15:02}" for number in range(96)]
# Nightly hours come up often: there the clocks change.
moments = st.sampled_from(QUARTERS[:14]) | st.sampled_from(QUARTERS)


@st.composite
def day_hours(draw: st.DrawFn, least: int = 0) -> tuple[Hours, ...]:
    """Draw the hours of a day; the last may run into the next day."""
    marks = sorted(draw(st.lists(moments, min_size=2 * least, max_size=5, unique=True)))
    found = [Hours(opens, closes) for opens, closes in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2:
        ends = [mark for mark in QUARTERS if mark <= (marks[0] if found else marks[-1])]
        found.append(Hours(marks[-1], draw(st.sampled_from([*ends[-9:], "24:00"]))))
    return tuple(found)


@st.composite
def work_calendars(draw: st.DrawFn, zone: str, night: date) -> WorkCalendar:
    """Draw working hours whose days of their own lie around a night."""
    near = st.integers(-3, 3).map(lambda number: night + number * DAY)
    days = draw(st.lists(day_hours(least=1), min_size=1, max_size=3))
    week = {name: draw(st.sampled_from([(), *days])) for name in WEEKDAYS}
    breaks = draw(st.dictionaries(st.sampled_from(WEEKDAYS), day_hours(), max_size=2))
    try:
        return WorkCalendar(
            name="drawn",
            zone=zone,
            week=Week(**week),
            breaks=Week(**breaks),
            special_days=tuple(
                SpecialDay(day, draw(day_hours(least=1)), breaks=draw(st.just(()) | day_hours()))
                for day in draw(st.lists(near, max_size=2, unique=True))
            ),
            holidays=tuple(
                Holiday(day, "holiday") for day in draw(st.lists(near, max_size=2, unique=True))
            ),
            closures=tuple(
                Closure(draw(near), Hours(draw(moments), draw(moments)), "closure")
                for _ in range(draw(st.integers(0, 1)))
            ),
        )
    except PolicyError as refused:
        assert "never opens" in str(refused)  # noqa: PT017 - any other refusal is a fault
        reject()


@st.composite
def work_scenes(draw: st.DrawFn) -> Scene:
    """Draw working hours around one of the nights."""
    zone, night = draw(st.sampled_from(NIGHTS))
    return scene(draw(work_calendars(zone, night)), night)


@st.composite
def combined_scenes(draw: st.DrawFn) -> Scene:
    """Draw two or three calendars of different zones, combined."""
    zone, night = draw(st.sampled_from(NIGHTS))
    found: Calendar = draw(work_calendars(zone, night))
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        other = draw(work_calendars(draw(st.sampled_from(NIGHTS))[0], night))
        how = draw(st.sampled_from(["either", "either", "without", "both"]))
        try:
            found = CombinedCalendar(how=how, left=found, right=other)
        except PolicyError as refused:
            assert "never opens" in str(refused)  # noqa: PT017 - any other refusal is a fault
            reject()
    return scene(found, night)


scenes = work_scenes() | work_scenes() | combined_scenes()
landings: st.SearchStrategy[Landing] = st.sampled_from(["close", "open"])


@st.composite
def times(draw: st.DrawFn, found: Scene) -> int:
    """Draw an instant near the night: any, or at an edge, or a microsecond beside one."""
    middle, reach = found.middle, 6 * DAY_US
    edges = [edge for span in found.spans for edge in span if abs(edge - middle) < reach] or [
        middle
    ]
    beside = st.builds(int.__add__, st.sampled_from(edges), st.integers(-1, 1))
    anywhere = st.integers(middle - reach, middle + reach)
    quarter = HOUR_US // 4
    return draw(beside | anywhere | anywhere.map(lambda at: at // quarter * quarter))


@st.composite
def amounts(draw: st.DrawFn, found: Scene, at: int) -> int:
    """Draw an amount that the scene holds before or after an instant, often up to an edge."""
    least = -found.filled(at - 15 * DAY_US, at)
    most = found.filled(at, at + 15 * DAY_US)
    edges = [edge for span in found.spans for edge in span if abs(edge - at) < 5 * DAY_US] or [at]
    to_edge = st.sampled_from(edges).map(
        lambda edge: found.filled(at, edge) if edge > at else -found.filled(edge, at)
    )
    return draw(to_edge | st.integers(least, most))


# --- asking ---------------------------------------------------------------------------------------

far = st.datetimes(datetime(1800, 1, 1), datetime(2300, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


def add(calendar: Calendar, at: int, amount: int, landing: Landing | None = None) -> int:
    """Ask a calendar for the instant `amount` away, all in microseconds."""
    return us(calendar.add(instant(at), amount * US, landing=landing))


def fresh(calendar: Calendar) -> Calendar:
    """Return an equal calendar that was never asked."""
    copy: Calendar = pickle.loads(pickle.dumps(calendar))
    return copy
