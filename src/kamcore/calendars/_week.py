"""Opening hours as data: stretches of a day, weeks, and days that are different."""

from collections.abc import Iterable
from datetime import date, time
from itertools import pairwise
from typing import Literal, cast

import attrs
from attrs import field, frozen

from kamcore.errors import PolicyError
from kamcore.values import Label
from kamcore.values._checks import as_date, named_convention, some_text

__all__ = [
    "WEEKDAYS",
    "WORKDAYS",
    "Closure",
    "Holiday",
    "Hours",
    "SpecialDay",
    "Week",
    "Weekday",
]

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
WORKDAYS = WEEKDAYS[:5]
MIDNIGHT = time()
DAY_US = 86_400_000_000


def _as_time(value: object) -> time:
    """Return a wall time; "24:00" is midnight at the end of the day."""
    if isinstance(value, str):
        try:
            read = MIDNIGHT if value in {"24:00", "24:00:00"} else time.fromisoformat(value)
        except ValueError:
            raise PolicyError(f'{value!r} is no time of day; write "09:00" or "24:00"') from None
    elif isinstance(value, time):
        read = value
    else:
        raise PolicyError(f'{value!r} is no time of day; pass "09:00" or a datetime.time')
    if read.tzinfo is not None:
        raise PolicyError(f"time {read} has a zone; the calendar has one, leave it out here")
    return read


def _as_opening(value: object) -> time:
    """Return a wall time; "24:00" is no opening, since the day is over."""
    if value in {"24:00", "24:00:00"}:
        raise PolicyError(f'hours open at {value!r}, the end of the day; write "00:00"')
    return _as_time(value)


def _us(value: time) -> int:
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * 1_000_000 + value.microsecond


@frozen(order=False)
class Hours:
    """One stretch of wall-clock time, from `opens` until before `closes`.

    Both are written "09:00" or given as `datetime.time`. A stretch that closes at or before its
    opening runs into the next day and belongs to the day on which it opens: "22:00" to "06:00" is
    a night shift, "00:00" to "24:00" a whole day, "09:00" to "09:00" a day that begins at nine.

    >>> str(Hours("09:00", "18:00"))
    '09:00–18:00'
    """

    opens: time = field(converter=_as_opening)
    closes: time = field(converter=_as_time)

    @property
    def span(self) -> tuple[int, int]:
        """Opening and closing in microseconds of wall time since the day's midnight."""
        first, end = _us(self.opens), _us(self.closes)
        return first, end if end > first else end + DAY_US

    def __str__(self) -> str:
        """Write both times; the end of the day is 24:00."""
        closes = "24:00" if self.closes == MIDNIGHT else _written(self.closes)
        return f"{_written(self.opens)}–{closes}"


def _written(value: time) -> str:
    if value.second or value.microsecond:
        return value.isoformat()
    return value.isoformat("minutes")


def _day_hours(value: object) -> tuple[Hours, ...]:
    """Return a day's hours in order; refuse two that overlap."""
    given = cast("tuple[object, ...]", value if isinstance(value, tuple) else (value,))
    hours = sorted((one for one in given if isinstance(one, Hours)), key=lambda one: one.span)
    if not isinstance(value, tuple) or len(hours) != len(given):
        mend = 'pass a tuple, such as (Hours("09:00", "18:00"),)'
        raise PolicyError(f"{value!r} are no hours; {mend}")
    for earlier, later in pairwise(hours):
        if later.span[0] < earlier.span[1]:
            raise PolicyError(f"hours {earlier} and {later} overlap; join them or move one")
    return tuple(hours)


@frozen(order=False, kw_only=True)
class Week:
    """The hours of each weekday; a weekday without hours is closed.

    >>> str(Week.of(Hours("09:00", "12:00"), Hours("13:00", "18:00")).monday[0])
    '09:00–12:00'
    """

    monday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    tuesday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    wednesday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    thursday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    friday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    saturday: tuple[Hours, ...] = field(default=(), converter=_day_hours)
    sunday: tuple[Hours, ...] = field(default=(), converter=_day_hours)

    @classmethod
    def of(cls, *hours: Hours, days: Iterable[Weekday] = WORKDAYS) -> "Week":
        """Return a week with the same hours on each of `days`, Monday to Friday by default."""
        if isinstance(days, str):
            raise PolicyError(f"days is the text {days!r}; pass several, such as ({days!r},)")
        names = tuple(days)
        for name in names:
            named_convention("weekday", name, WEEKDAYS)
        return cls(**dict.fromkeys(names, hours))

    @classmethod
    def always(cls) -> "Week":
        """Return a week that is open around the clock."""
        return cls.of(Hours(MIDNIGHT, MIDNIGHT), days=WEEKDAYS)

    @property
    def days(self) -> tuple[tuple[Hours, ...], ...]:
        """The hours of the seven days, Monday first."""
        return tuple(getattr(self, name) for name in WEEKDAYS)

    def __bool__(self) -> bool:
        """Say whether any day has hours."""
        return any(self.days)


@frozen(order=False)
class Holiday:
    """A closed day and its name: `Holiday(date(2026, 10, 1), "National Day", zh="国庆节")`."""

    day: date = field()
    name: str = field(validator=some_text)
    zh: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an instant."""
        as_date(self.day, "holiday")

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return Label(self.name, self.zh or self.name)


@frozen(order=False)
class SpecialDay:
    """A day with hours of its own, which go before a holiday and before the weekday's hours.

    Such are make-up workdays (调休上班日) and short days. `breaks` are cut out of its hours; left
    out, those of its weekday are, and a rest day mostly has none. Where its hours run over
    midnight, a break before the first opening is one after midnight. A night shift of the day
    before still ends when it ends.
    """

    day: date = field()
    hours: tuple[Hours, ...] = field(converter=_day_hours)
    name: str = field(default="make-up workday", validator=some_text)
    zh: str = field(default="", kw_only=True)
    breaks: tuple[Hours, ...] = field(default=(), kw_only=True, converter=_day_hours)

    def __attrs_post_init__(self) -> None:
        """Refuse an instant, and a day without hours."""
        as_date(self.day, "special day")
        if not self.hours:
            raise PolicyError(f"special day {self.day} has no hours; write a Holiday instead")

    @property
    def break_spans(self) -> list[tuple[int, int]]:
        """The breaks in microseconds of wall time; one of a night shift may be the next day's."""
        first, last = self.hours[0].span[0], self.hours[-1].span[1]
        found: list[tuple[int, int]] = []
        for start, end in (one.span for one in self.breaks):
            after_midnight = end <= first and start + DAY_US < last
            shift = DAY_US if after_midnight else 0
            found.append((start + shift, end + shift))
        return found

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        zh = "调休上班日" if self.name == "make-up workday" else self.name
        return Label(self.name, self.zh or zh)


@frozen(order=False)
class Closure:
    """A stretch of one day that is closed, whatever the day's hours: a power cut, an inventory."""

    day: date = field()
    hours: Hours = field(validator=attrs.validators.instance_of(Hours))
    name: str = field(validator=some_text)
    zh: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an instant."""
        as_date(self.day, "closure")

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return Label(self.name, self.zh or self.name)
