"""A calendar of working hours in one zone."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from kamcore.calendars._calendar import Calendar, Closed
from kamcore.calendars._spans import Spans, cut, joined
from kamcore.calendars._wall import WallClock, day_spans, wall_us
from kamcore.calendars._week import DAY_US, WEEKDAYS, Closure, Holiday, SpecialDay, Week
from kamcore.calendars._zones import known_zone
from kamcore.errors import PolicyError
from kamcore.values import Label, Source
from kamcore.values._checks import as_date, instance_of, some_text, tuple_of, unique_names

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kamcore.calendars._index import OpenYear

__all__ = ["WorkCalendar", "around_the_clock"]

REST_DAY = {
    name: Label(name.title(), "星期" + character)
    for name, character in zip(WEEKDAYS, "一二三四五六日", strict=True)
}
OUTSIDE = Label("outside hours", "工作时间以外")
BREAK = Label("break", "休息时段")
DAY = timedelta(days=1)


@frozen(order=False, kw_only=True)
class WorkCalendar(Calendar):
    """Working hours (工作时间) in one zone.

    The hours of a day are those of its `SpecialDay`, else those of its weekday in `week`. Cut out
    of them are every `Holiday` without special hours, from 00:00 to 24:00, the `closures`, and the
    breaks of the special day or else the `breaks` of the weekday. What of a night shift lies beyond
    a holiday's midnight stays; and a break of `breaks` lies on its own day: for the night shift of
    Friday, 00:30 is a break of Saturday. A wall time that the clocks jump over is later by the
    jump; one that they show twice is the first.

    `holidays_until` is the last day for which the holidays are known; left out, it is the end of
    the last year of which a holiday or special day is listed.
    """

    name: str = field(validator=some_text)
    zone: str = field(converter=known_zone)
    week: Week = field(default=Week(), validator=instance_of(Week))
    breaks: Week = field(default=Week(), validator=instance_of(Week))
    special_days: tuple[SpecialDay, ...] = field(default=(), validator=tuple_of(SpecialDay))
    holidays: tuple[Holiday, ...] = field(default=(), validator=tuple_of(Holiday))
    closures: tuple[Closure, ...] = field(default=(), validator=tuple_of(Closure))
    holidays_until: date | None = field(default=None)
    zh: str = field(default="")
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a day that is listed twice, and a calendar that never opens."""
        for what, days in (
            ("special day", [one.day for one in self.special_days]),
            ("holiday", [one.day for one in self.holidays]),
        ):
            unique_names(what, [str(day) for day in days])
        if self.holidays_until is not None:
            as_date(self.holidays_until, "holidays_until")
        if not self._ever_opens():
            raise PolicyError(f"calendar {self.name!r} never opens; give its week some hours")

    def _ever_opens(self) -> bool:
        from kamcore.calendars._index import FIRST_YEAR, LAST_YEAR  # noqa: PLC0415

        breaks = [day_spans(own) for own in self.breaks.days]
        for number, own in enumerate(self.week.days):
            broken = joined(
                (start + shift * DAY_US, end + shift * DAY_US)
                for shift in (-1, 0, 1)
                for start, end in breaks[(number + shift) % 7]
            )
            if cut(day_spans(own), broken):
                return True
        zone = self.compiled.zone
        years = {one.day.year for one in self.special_days}
        return any(
            self.open_year(year, zone).spans
            for year in sorted(years)
            if FIRST_YEAR <= year <= LAST_YEAR
        )

    @property
    def label(self) -> Label:
        """Its name."""
        return Label(self.name, self.zh or self.name)

    @cached_property  # the data are frozen
    def known_until(self) -> date | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The last day for which its holidays are known; None where none are listed."""
        listed = [*(one.day for one in self.holidays), *(one.day for one in self.special_days)]
        if self.holidays_until is not None or not listed:
            return self.holidays_until
        return date(max(listed).year, 12, 31)

    @cached_property  # the data are frozen
    def never_rests(self) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether every weekday has hours and no holiday is listed, so that none is missed."""
        return all(self.week.days) and not self.holidays and self.holidays_until is None

    @cached_property  # the data are frozen
    def never_closes(self) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether it is open around the clock, so that its hours are elapsed hours."""
        cuts = self.breaks or self.special_days or self.closures
        return self.never_rests and self.week == Week.always() and not cuts

    @cached_property
    def _special(self) -> dict[date, SpecialDay]:
        return {one.day: one for one in self.special_days}

    @cached_property
    def _closed_days(self) -> dict[date, Holiday]:
        return {one.day: one for one in self.holidays if one.day not in self._special}

    def open_year(self, year: int, zone: "ZoneInfo") -> "OpenYear":
        """Return the open time that belongs to the days of a year; part of the compiled form."""
        from kamcore.calendars._index import OpenYear  # noqa: PLC0415

        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        clock = WallClock(zone, first - 1, last + 1)
        week = [day_spans(own) for own in self.week.days]
        special = {day.toordinal(): day_spans(one.hours) for day, one in self._special.items()}
        closed = {day.toordinal() for day in self._closed_days}
        away = self._away(clock, first - 1, last + 1)
        ends = [end for _, end in away]
        found: Spans = []
        days: list[int] = []
        opens: list[int] = []
        closes: list[int] = []
        for day in range(first, last + 1):
            hours = special.get(day)
            if hours is None:
                hours = week[(day + 6) % 7]
            if not hours:
                continue
            spans = clock.spans(day, hours)
            if away:
                spans = cut(spans, away[bisect_left(ends, spans[0][0]) :]) if spans else spans
            found += spans
            if spans and day not in closed:
                days.append(day)
                opens.append(spans[0][0])
                closes.append(max(end for _, end in spans))
        return OpenYear(joined(found), days, opens, closes)

    def _away(self, clock: WallClock, first: int, last: int) -> Spans:
        breaks = [day_spans(own) for own in self.breaks.days]
        special = {
            day.toordinal(): one.break_spans for day, one in self._special.items() if one.breaks
        }
        found: Spans = []
        if self.breaks or special:
            for day in range(first, last + 1):
                found += clock.spans(day, special.get(day) or breaks[(day + 6) % 7])
        for closure in self.closures:
            if first <= closure.day.toordinal() <= last:
                found += clock.spans(closure.day.toordinal(), [closure.hours.span])
        for closed in self._closed_days:
            if first <= closed.toordinal() <= last:
                found += clock.spans(closed.toordinal(), [(0, DAY_US)])
        return joined(found)

    def named_years(self) -> set[int]:
        """Return the years of which it lists a day."""
        listed: tuple[SpecialDay | Holiday | Closure, ...]
        listed = (*self.special_days, *self.holidays, *self.closures)
        return {one.day.year for one in listed}

    def closed_edges(self, start: int, end: int) -> set[int]:
        """Return the instants at which the reason for being closed may change."""
        clock, first, last = self._clock(start, end)
        found = {wall_us(day, 0, self.compiled.zone) for day in range(first, last + 1)}
        away = self._away(clock, first, last)
        return found | {edge for span in away for edge in span}

    def why_closed(self, at: int) -> Closed:
        """Return why it is closed at an instant at which it is closed."""
        clock, first, last = self._clock(at, at)
        day = self._local(at)
        if day in self._closed_days:
            return Closed("holiday", self._closed_days[day].label)
        for one in self.closures:
            number = one.day.toordinal()
            if first <= number <= last and _in(at, clock.spans(number, [one.hours.span])):
                return Closed("closure", one.label)
        if any(
            _in(at, clock.spans(near.toordinal(), self._breaks_of(near)))
            for near in (day, day - DAY)
        ):
            return Closed("break", BREAK)
        if not self.week.days[day.weekday()] and day not in self._special:
            return Closed("rest_day", REST_DAY[WEEKDAYS[day.weekday()]])
        return Closed("outside_hours", OUTSIDE)

    def _breaks_of(self, day: date) -> Spans:
        own = self._special[day].break_spans if day in self._special else []
        return own or day_spans(self.breaks.days[day.weekday()])

    def special_at(self, at: int) -> Label | None:
        """Return the name of the special day whose hours are open at an instant, else None."""
        clock, _, _ = self._clock(at, at)
        day = self._local(at)
        for near in (day, day - DAY):
            special = self._special.get(near)
            hours = special.hours if special else self.week.days[near.weekday()]
            if _in(at, clock.spans(near.toordinal(), day_spans(hours))):
                return special.label if special else None
        return None

    def _local(self, at: int) -> date:
        return self.compiled.instant(at).date()

    def _clock(self, start: int, end: int) -> tuple[WallClock, int, int]:
        first, last = self._local(start).toordinal() - 1, self._local(end).toordinal() + 1
        return WallClock(self.compiled.zone, first - 1, last + 1), first, last


def _in(at: int, spans: Spans) -> bool:
    return any(start <= at < end for start, end in spans)


def around_the_clock(zone: str) -> WorkCalendar:
    """Return the calendar that never closes (7×24), with its days counted in `zone`."""
    return WorkCalendar(name="around the clock", zh="自然时间", zone=zone, week=Week.always())
