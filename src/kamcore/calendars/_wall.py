"""Wall time to real time."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kamcore.calendars._spans import Spans, joined
from kamcore.calendars._week import DAY_US, Hours

__all__ = ["EPOCH", "EPOCH_DAY", "WallClock", "day_spans", "wall_us"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
NO_OFFSET = timedelta()


def day_spans(hours: Iterable[Hours]) -> Spans:
    """Return hours in microseconds of wall time since their day's midnight."""
    return [one.span for one in hours]


def _offset_us(day: int, us: int, zone: ZoneInfo) -> int:
    wall = datetime.fromordinal(day).replace(tzinfo=zone) + timedelta(microseconds=us)
    offset = wall.utcoffset() or NO_OFFSET
    return (offset.days * 86_400 + offset.seconds) * 1_000_000


def wall_us(day: int, us: int, zone: ZoneInfo) -> int:
    """Return the instant of a wall time, `us` after the midnight that starts the day `day`.

    A wall time that the clocks jump over is later by the jump; one that they show twice is the
    first.
    """
    return (day - EPOCH_DAY) * DAY_US + us - _offset_us(day, us, zone)


class WallClock:
    """Turns the wall time of the days `first` to `last` into instants."""

    __slots__ = ("_first", "_offsets", "_zone")

    def __init__(self, zone: ZoneInfo, first: int, last: int) -> None:
        self._zone = zone
        self._first = first
        self._offsets = [_offset_us(day, 0, zone) for day in range(first, last + 3)]

    def spans(self, day: int, hours: Spans) -> Spans:
        """Return the stretches of a day as instants, in order.

        A stretch that a jump swallows is left out; the hours of a day that a zone leaves out
        altogether are later by that day, as any wall time that is jumped over.
        """
        place = day - self._first
        offset, after, later = self._offsets[place : place + 3]
        if offset == after == later:
            midnight = (day - EPOCH_DAY) * DAY_US - offset
            return [(midnight + start, midnight + end) for start, end in hours]
        zone = self._zone
        found = [(wall_us(day, start, zone), wall_us(day, end, zone)) for start, end in hours]
        # a start that the clocks jump over may come after the next stretch has begun
        return joined((start, end) for start, end in found if start < end)
