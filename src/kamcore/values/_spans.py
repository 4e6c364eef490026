"""Spans of days and values that change on a date."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import field, frozen

from kamcore.errors import InputError, PolicyError
from kamcore.values._checks import as_date, tuple_of

__all__ = ["Dated", "Days", "Version"]

T = TypeVar("T")


@frozen(order=False, init=False)
class Days:
    """Days from `start` until before `end`; people write the last day: `Days.through`."""

    start: date = field()
    end: date = field()

    def __init__(self, start: date, end: date) -> None:
        """Build the half-open span `[start, end)`."""
        first, after = as_date(start, "first day"), as_date(end, "end")
        if after <= first:
            raise PolicyError(f"span from {first} ends at {after}; let it end after it starts")
        object.__setattr__(self, "start", first)
        object.__setattr__(self, "end", after)

    @classmethod
    def through(cls, first: date, last: date) -> "Days":
        """Build from the first and the last day, both included."""
        if as_date(last, "last day") == date.max:
            raise PolicyError(f"last day {last} is the end of the calendar; pass an earlier one")
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)

    def meets(self, other: "Days") -> bool:
        """Say whether both have a day in common."""
        return self.start < other.end and other.start < self.end

    def __contains__(self, day: date) -> bool:
        """Say whether `day` is one of the days."""
        return self.start <= as_date(day, "day") < self.end

    def __len__(self) -> int:
        """Count the days."""
        return (self.end - self.start).days

    def __iter__(self) -> Iterator[date]:
        """Go through the days in order."""
        return (self.start + timedelta(days=number) for number in range(len(self)))


@frozen(order=False)
class Version(Generic[T]):
    """`value` is in force from the day `since`."""

    since: date = field()
    value: T = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an instant where a day is asked for."""
        as_date(self.since, "version's first day")


@frozen(order=False)
class Dated(Generic[T]):
    """Versions of a value, each in force from its day until the next one's."""

    versions: tuple[Version[T], ...] = field(validator=tuple_of(Version))

    def __attrs_post_init__(self) -> None:
        """Check that there is a version and that the days rise."""
        if not self.versions:
            raise PolicyError("no version is given; pass at least one Version(since, value)")
        for earlier, later in pairwise(self.versions):
            if later.since <= earlier.since:
                raise PolicyError(
                    f"version of {later.since} follows {earlier.since}; sort them by day"
                )

    def in_force(self, day: date) -> Version[T]:
        """Return the version in force on `day`."""
        as_date(day, "day")
        for version in reversed(self.versions):
            if version.since <= day:
                return version
        raise InputError(
            f"nothing is in force on {day}; the first version starts on {self.versions[0].since}"
        )
