"""Calendars joined, met and taken from each other, each in its own zone."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from kamcore.calendars._calendar import Calendar, Closed
from kamcore.calendars._spans import Spans, cut, joined, met
from kamcore.errors import PolicyError
from kamcore.values import Label
from kamcore.values._checks import instance_of, one_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kamcore.calendars._index import OpenYear

__all__ = ["CombinedCalendar"]

WORDS = {
    "either": Label("{} or {}", "{}或{}"),
    "both": Label("{} and {}", "{}与{}的重合时间"),
    "without": Label("{} without {}", "{}（扣除{}）"),
}


def _part(calendar: Calendar) -> Label:
    """Return the name of a part, in brackets if it is combined itself."""
    label = calendar.label
    if isinstance(calendar, CombinedCalendar):
        return Label(f"({label.en})", f"（{label.zh}）")
    return label


@frozen(order=False, kw_only=True)
class CombinedCalendar(Calendar):
    """Two calendars as one: open in "either", in "both", or in `left` "without" `right`.

    Its days are counted in the zone of `left`; a day with any open time is a working day, also
    where that is the end of a night shift.
    """

    how: Literal["either", "both", "without"] = field(validator=one_of("either", "both", "without"))
    left: Calendar = field(validator=instance_of(Calendar))
    right: Calendar = field(validator=instance_of(Calendar))

    def __attrs_post_init__(self) -> None:
        """Refuse a calendar that never opens."""
        from kamcore.calendars._index import FIRST_YEAR, LAST_YEAR  # noqa: PLC0415

        if self.how == "either":
            return  # each part opens
        zone = self.left.compiled.zone
        named = [year for year in self.named_years() if FIRST_YEAR <= year <= LAST_YEAR]
        # whether hours of two zones meet changes with the zones' offsets, so every year is tried
        years = (2026, *sorted(named), *range(1970, 2038))
        if not any(self.open_year(year, zone).spans for year in years):
            raise PolicyError(f"calendar {self.label.en!r} never opens; check both of its parts")

    @property
    def zone(self) -> str:
        """The zone of `left`."""
        return self.left.zone

    @property
    def label(self) -> Label:
        """The names of both."""
        words, one, other = WORDS[self.how], _part(self.left), _part(self.right)
        return Label(words.en.format(one.en, other.en), words.zh.format(one.zh, other.zh))

    @property
    def known_until(self) -> date | None:
        """The earlier of the two last days; None where a part lists no holidays and may rest."""
        known = [part.known_until for part in (self.left, self.right) if not part.never_rests]
        days = [day for day in known if day is not None]
        return min(days) if days and len(days) == len(known) else None

    @property
    def never_rests(self) -> bool:
        """Whether neither part depends on holidays."""
        return self.left.never_rests and self.right.never_rests

    @property
    def never_closes(self) -> bool:
        """Whether it is open around the clock."""
        parts = (self.left.never_closes, self.right.never_closes)
        return any(parts) if self.how == "either" else self.how == "both" and all(parts)

    def named_years(self) -> set[int]:
        """Return the years that either part speaks of by date."""
        return self.left.named_years() | self.right.named_years()

    def open_year(self, year: int, zone: "ZoneInfo") -> "OpenYear":
        """Return the open time that belongs to the days of a year; part of the compiled form."""
        from kamcore.calendars._index import OpenYear  # noqa: PLC0415
        from kamcore.calendars._wall import wall_us  # noqa: PLC0415

        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        midnights = [wall_us(day, 0, zone) for day in range(first, last + 2)]
        one = self.left.compiled.spans_once(midnights[0], midnights[-1])
        other = self.right.compiled.spans_once(midnights[0], midnights[-1])
        spans = self._combine(one, other)
        days: list[int] = []
        opens: list[int] = []
        closes: list[int] = []
        place = 0
        for number, day in enumerate(range(first, last + 1)):
            start, end = midnights[number], midnights[number + 1]
            while place < len(spans) and spans[place][1] <= start:
                place += 1
            until = place
            while until < len(spans) and spans[until][0] < end:
                until += 1
            if until > place and start < end:
                days.append(day)
                opens.append(max(spans[place][0], start))
                closes.append(min(spans[until - 1][1], end))
        return OpenYear(spans, days, opens, closes)

    def _combine(self, one: Spans, other: Spans) -> Spans:
        if self.how == "either":
            return joined([*one, *other])
        return met(one, other) if self.how == "both" else cut(one, other)

    def closed_edges(self, start: int, end: int) -> set[int]:
        """Return the instants at which the reason for being closed may change."""
        parts = (self.left, self.right)
        edges = {edge for part in parts for edge in part.closed_edges(start, end)}
        spans = [span for part in parts for span in part.compiled.spans(start, end)]
        return edges | {edge for span in spans for edge in span}

    def why_closed(self, at: int) -> Closed:
        """Return why it is closed at an instant at which it is closed: by `left`, or by `right`."""
        if not self.left.compiled.is_open(at):
            return self.left.why_closed(at)
        if self.how == "both":
            return self.right.why_closed(at)
        return Closed("closure", self.right.label)

    def special_at(self, at: int) -> Label | None:
        """Return the name of the special day of either part whose hours are open, else None."""
        parts = (part for part in (self.left, self.right) if part.compiled.is_open(at))
        return next(filter(None, (part.special_at(at) for part in parts)), None)
