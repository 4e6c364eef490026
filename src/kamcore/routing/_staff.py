"""People: their units, roles and skills, how much they carry, and when they are away."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal, cast

from attrs import evolve, field, frozen

from kamcore.calendars._zones import known_zone
from kamcore.decision import Policy
from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import Fields, Needs, TextField, TreeField
from kamcore.values import Days, Named, Source
from kamcore.values._checks import (
    as_instant,
    brief,
    instance_of,
    one_of,
    some_text,
    tuple_of,
    unique_names,
)

__all__ = ["Absence", "Person", "RateLimit", "Staff", "Workload"]

NO_TIME = timedelta()
PAIR = 2


@frozen(order=False)
class Absence:
    """Days on which a person is away, the first and the last included, and who stands in."""

    days: Days = field(validator=instance_of(Days))
    stand_in: str | None = field(default=None, validator=instance_of(str, type(None)))


@frozen(order=False)
class RateLimit:
    """At most `count` pieces of work in any stretch of time of the length `within`."""

    count: int = field(validator=instance_of(int))
    within: timedelta = field(validator=instance_of(timedelta))

    def __attrs_post_init__(self) -> None:
        """Refuse a limit of nothing."""
        if self.count < 1 or self.within <= NO_TIME:
            raise PolicyError(
                f"a limit of {self.count} pieces of work in {self.within}; pass at least 1, "
                "and some time"
            )

    def is_over(self, given: datetime, at: datetime) -> bool:
        """Say whether work given at an instant counts no more at another, `within` after it."""
        return at.astimezone(UTC) - given.astimezone(UTC) >= self.within


@frozen(order=False)
class Person(Named):
    """Somebody who holds seats: by `roles` (names of seats), in a `unit`, as head of `heads`.

    `capacity` is the most pieces of open work that the person takes, None for no limit. Somebody
    who is not `active` has left and takes nothing (S4-4a, S4-4c, S4-16b).
    """

    unit: str | None = field(default=None, kw_only=True, validator=instance_of(str, type(None)))
    roles: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))
    heads: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))
    skills: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))
    capacity: int | None = field(default=None, kw_only=True, validator=instance_of(int, type(None)))
    rate: RateLimit | None = field(
        default=None, kw_only=True, validator=instance_of(RateLimit, type(None))
    )
    absences: tuple[Absence, ...] = field(default=(), kw_only=True, validator=tuple_of(Absence))
    active: bool = field(default=True, kw_only=True, validator=instance_of(bool))

    def __attrs_post_init__(self) -> None:
        """Refuse repeated words, a capacity below 0, and absences that meet."""
        for what in ("roles", "heads", "skills"):
            unique_names(f"{what[:-1]} of {self.name!r}:", getattr(self, what))
        if self.capacity is not None and self.capacity < 0:
            raise PolicyError(f"capacity of {self.name!r} is {self.capacity}; pass 0 or more")
        for number, one in enumerate(self.absences):
            for other in self.absences[:number]:
                if one.days.meets(other.days):
                    raise PolicyError(
                        f"{self.name!r} is absent twice on {max(one.days.start, other.days.start)};"
                        " let the absences follow each other"
                    )


@frozen(order=False, kw_only=True)
class Staff(Policy):
    """The people of a company, and how one is chosen among several (S4-4a, S4-4c, S4-12).

    `unit` is the fact that says to which unit of the company a customer belongs; its tree is the
    company's tree of units. `manager` is the fact that names the customer's own manager. `choose`:
    "rotation" takes the one whose turn it is, "least_loaded" the one with the least open work (then
    by turn), "listed" the first in the list. With `known_first` somebody who knows the work already
    goes before the others. `zone` says when a day of absence begins. A unit has one head; one who
    has left does not count. Defaults are kamcore's own.
    """

    people: tuple[Person, ...] = field(validator=tuple_of(Person))
    zone: str = field(validator=some_text)
    unit: TreeField | None = field(default=None, validator=instance_of(TreeField, type(None)))
    manager: TextField | None = field(default=None, validator=instance_of(TextField, type(None)))
    choose: Literal["rotation", "least_loaded", "listed"] = field(
        default="rotation", validator=one_of("rotation", "least_loaded", "listed")
    )
    known_first: bool = field(default=True, validator=instance_of(bool))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Check names, fields, units, heads and stand-ins."""
        known_zone(self.zone)
        unique_names("person", (one.name for one in self.people))
        Fields.of(self)
        heads: dict[str, str] = {}
        names = {one.name for one in self.people}
        for person in self.people:
            self._check_units(person)
            for unit in person.heads if person.active else ():
                if heads.setdefault(unit, person.name) != person.name:
                    raise PolicyError(
                        f"unit {unit!r} has two heads, {heads[unit]!r} and {person.name!r}; "
                        "name one"
                    )
            for absence in person.absences:
                if absence.stand_in is not None and absence.stand_in not in names:
                    raise UnknownName(
                        f"stand-in of {person.name!r},", absence.stand_in, tuple(sorted(names))
                    )

    def _check_units(self, person: Person) -> None:
        units = person.heads if person.unit is None else (person.unit, *person.heads)
        if self.unit is None and units:
            raise PolicyError(
                f"person {person.name!r} is of unit {units[0]!r}, and the staff has no units; "
                "pass unit=TreeField(...)"
            )
        for unit in units:
            if self.unit is not None and unit not in self.unit.names:
                raise UnknownName("unit", unit, self.unit.names)

    @property
    def fields(self) -> Fields:
        """The facts that say where a customer belongs and who its manager is."""
        return Fields(one for one in (self.unit, self.manager) if one is not None)

    @cached_property
    def compiled(self) -> "Roster":
        """The people as questions look them up; no API."""
        return Roster(self)

    def person(self, name: str) -> Person:
        """Return the person of a name; raises `UnknownName`."""
        found = self.compiled.people.get(name)
        if found is None:
            raise UnknownName("person", name, tuple(self.compiled.people))
        return found

    def head_of(self, unit: str) -> Person | None:
        """Return the head of a unit, one who has left only where nobody followed, or None."""
        return self.compiled.heads.get(unit)


class Roster:
    """People by name and by role, and heads by unit: the compiled form of a staff."""

    __slots__ = ("heads", "needs", "people", "roles")

    def __init__(self, staff: Staff) -> None:
        self.people = {one.name: one for one in staff.people}
        self.roles: dict[str, tuple[Person, ...]] = {}
        for one in staff.people:
            for role in one.roles:
                self.roles[role] = (*self.roles.get(role, ()), one)
        self.heads: dict[str, Person] = {}
        for one in sorted(staff.people, key=lambda person: not person.active):
            for unit in one.heads:
                self.heads.setdefault(unit, one)
        self.needs = Needs(staff.fields)


def _counts(given: Mapping[str, int] | tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return numbers of open work by name, as pairs in the order of the names."""
    counts: object = given
    pairs = tuple(given.items()) if isinstance(given, Mapping) else given
    if not isinstance(counts, Mapping | tuple) or not all(map(_is_pair, pairs)):
        raise InputError(f"open work is {brief(counts)}; pass a mapping of names and numbers")
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def _is_pair(given: object) -> bool:
    if not isinstance(given, tuple):
        return False
    pair = cast("tuple[object, ...]", given)
    return len(pair) == PAIR and isinstance(pair[0], str)


@frozen(order=False)
class Workload:
    """What the caller remembers from one question to the next.

    `turns` are names, the one whose turn it is first; who is not in it comes first of all, in the
    order of the staff. `open` says how many pieces of open work somebody has, 0 where it does not
    say; a mapping is welcome. `assigned` says who was given work when; it is only asked where
    people have a `rate`.
    """

    turns: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    open: tuple[tuple[str, int], ...] = field(default=(), converter=_counts)
    assigned: tuple[tuple[str, datetime], ...] = field(default=(), validator=tuple_of(tuple))

    def __attrs_post_init__(self) -> None:
        """Refuse repeated names, numbers below 0, and instants without a zone."""
        unique_names("turn of", self.turns)
        unique_names("open work of", (name for name, _ in self.open))
        for name, count in self.open:
            given: object = count
            if isinstance(given, bool) or not isinstance(given, int) or given < 0:
                raise InputError(
                    f"open work of {name!r} is {given!r}; pass a whole number, 0 or more"
                )
        for one in self.assigned:
            if not _is_pair(one):
                raise InputError(
                    f"assigned holds {brief(one)}; pass pairs of a name and an instant"
                )
            as_instant(one[1], f"work given to {one[0]!r} at")

    def open_of(self, name: str) -> int:
        """Return how many pieces of open work somebody has."""
        return dict(self.open).get(name, 0)

    def given(self, name: str, at: datetime, *, turn: bool) -> "Workload":
        """Return the workload after somebody was given a piece of work; with `turn`, by turn."""
        counts = dict(self.open)
        counts[name] = counts.get(name, 0) + 1
        turns = (*(one for one in self.turns if one != name), name) if turn else self.turns
        return evolve(self, turns=turns, open=counts, assigned=(*self.assigned, (name, at)))
