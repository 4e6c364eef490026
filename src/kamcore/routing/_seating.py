"""Which person holds a seat at an instant: the holders, then stand-ins, then heads of units."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from attrs import evolve, field, frozen

from kamcore.errors import NotADate
from kamcore.facts import Facts
from kamcore.routing._holders import holders_of, units_above
from kamcore.routing._staff import Absence, Person, Staff, Workload
from kamcore.values import Seat
from kamcore.values._checks import as_instant

__all__ = ["How", "Passed", "Placement", "fill_seat", "hold_seat"]

How = Literal[
    "own_manager",
    "known",
    "turn",
    "least_loaded",
    "listed",
    "only_one",
    "stand_in",
    "head",
    "queue",
    "nobody",
]


@frozen(order=False)
class Passed:
    """Somebody who was passed over, and why.

    "absent" has the last day and the `stand_in` named for it, "full" the open work (`count`) and
    the capacity (`most`), "rate_limit" what was given `within` a stretch of time and the most of
    it, "skill" what the person `lacks`. "left" is who is not active, "not_of_seat" who knows the
    work and does not hold the seat.
    """

    person: str = field()
    why: Literal["absent", "full", "rate_limit", "skill", "left", "not_of_seat"] = field()
    last: date | None = field(default=None, kw_only=True)
    stand_in: str | None = field(default=None, kw_only=True)
    count: int | None = field(default=None, kw_only=True)
    most: int | None = field(default=None, kw_only=True)
    within: timedelta | None = field(default=None, kw_only=True)
    lacks: tuple[str, ...] = field(default=(), kw_only=True)


@frozen(order=False)
class Placement:
    """Who holds a seat, and how the person was found; `person` is None for a queue and for nobody.

    `passed` are those who were passed over, in the order in which they were looked at. `unit` is
    where a role of the customer's unit was found, and for a "head" the unit of that head.
    `instead_of` is the chain of absent people from the first one to the one whose stand-in the
    person is; after a "head" it starts with that head. `loops` are stand-ins that lead back to each
    other, `lacks` skills that a head takes the work without. `among` says how many could have
    taken it, `relieves` in which seat's place this one stands (`Duty.in_absence`).
    """

    seat: Seat = field()
    person: str | None = field()
    how: How = field()
    passed: tuple[Passed, ...] = field(default=())
    unit: str | None = field(default=None)
    instead_of: tuple[str, ...] = field(default=(), kw_only=True)
    loops: tuple[tuple[str, ...], ...] = field(default=(), kw_only=True)
    lacks: tuple[str, ...] = field(default=(), kw_only=True)
    among: int = field(default=1, kw_only=True)
    relieves: Seat | None = field(default=None, kw_only=True)


def fill_seat(  # noqa: PLR0913 - the brief of one seat
    seat: Seat,
    facts: Facts,
    staff: Staff,
    *,
    at: datetime,
    workload: Workload,
    works: bool,
    known: str | None = None,
    skills: tuple[str, ...] = (),
) -> Placement:
    """Return who holds a seat at an instant.

    With `works` the person gets work: skills, capacity and rate count; without it the person is
    only told or asked, and has to be present. Holders come first, one among several as the staff
    says; then the stand-ins of absent holders, each with a further one; then the heads of the unit
    and of those above it, with theirs. Heads and their stand-ins need no skill. Nobody
    present and with room: "nobody". Raises `Undecided` where a fact of `missing_for` is missing.
    """
    look = Look(staff, at, workload, works=works)
    holders, unit, found = _ordinary(look, seat, facts, known, skills)
    if found is not None:
        return found
    return _follow(look, seat, holders, unit, skills) or _heads(look, seat, facts, holders, skills)


def hold_seat(  # noqa: PLR0913 - as fill_seat
    seat: Seat,
    facts: Facts,
    staff: Staff,
    *,
    at: datetime,
    workload: Workload,
    known: str | None = None,
    skills: tuple[str, ...] = (),
) -> Placement:
    """Return which of its own holders takes the work of a seat; no stand-in and no head does."""
    look = Look(staff, at, workload, works=True)
    _, unit, found = _ordinary(look, seat, facts, known, skills)
    return found or Placement(seat, None, "nobody", look.notes(), unit)


class Look:
    """One search: who may take a seat, and what was noted on the way."""

    __slots__ = ("assigned", "at", "day", "loops", "open", "passed", "staff", "turns", "works")

    def __init__(self, staff: Staff, at: datetime, workload: Workload, *, works: bool) -> None:
        self.staff = staff
        self.works = works
        self.at = as_instant(at, "at", staff.zone)
        self.day = _day(self.at, staff.zone)
        self.open = dict(workload.open)
        self.turns = {name: place for place, name in enumerate(workload.turns)}
        self.assigned = workload.assigned
        self.passed: dict[str, Passed] = {}
        self.loops: list[tuple[str, ...]] = []

    def takes(self, person: Person, skills: tuple[str, ...]) -> bool:
        """Say whether a person may take the seat; note why not."""
        why = self._refusal(person, skills)
        if why is not None:
            self.passed[person.name] = why
        return why is None

    def _refusal(self, person: Person, skills: tuple[str, ...]) -> Passed | None:
        name = person.name
        if not person.active:
            return Passed(name, "left")
        away = self.absence(person)
        if away is not None:
            return Passed(name, "absent", last=away.days.last, stand_in=away.stand_in)
        if not self.works:
            return None
        lacks = tuple(one for one in skills if one not in person.skills)
        if lacks:
            return Passed(name, "skill", lacks=lacks)
        return _room(person, self.at, self.open, self.assigned)

    def absence(self, person: Person) -> Absence | None:
        """Return the absence of the day, None for somebody who is present."""
        return next((one for one in person.absences if self.day in one.days), None)

    def stand_in(self, name: str) -> str | None:
        """Return the stand-in of somebody who was passed over as absent."""
        return self.passed[name].stand_in

    def notes(self, chosen: str | None = None) -> tuple[Passed, ...]:
        """Return who was passed over."""
        return tuple(one for name, one in self.passed.items() if name != chosen)

    def chain(self, first: str, skills: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        """Return the first stand-in who may take the seat, and for whom; None where none may."""
        names = [first]
        while (name := self.stand_in(names[-1])) is not None:
            if name in names:
                self._note_loop(tuple(names[names.index(name) :]))
                return None
            if self.takes(self.staff.person(name), skills):
                return name, tuple(names)
            names.append(name)
        return None

    def _note_loop(self, loop: tuple[str, ...]) -> None:
        if all(set(loop) != set(other) for other in self.loops):
            self.loops.append(loop)


def _ordinary(
    look: Look, seat: Seat, facts: Facts, known: str | None, skills: tuple[str, ...]
) -> tuple[tuple[Person, ...], str | None, Placement | None]:
    """Return the holders of a seat, their unit, and the one who takes it."""
    holders, unit = holders_of(seat, facts, look.staff)
    if not holders and seat.kind == "queue":
        return holders, unit, Placement(seat, None, "queue")
    able = [one for one in holders if look.takes(one, skills)]
    known = known if look.staff.known_first and seat.kind != "account_manager" else None
    if known is not None and look.works and all(one.name != known for one in holders):
        look.passed[known] = Passed(known, "not_of_seat")
    if not able:
        return holders, unit, None
    several = sum(one.active for one in holders) > 1
    person, how = _choose(able, known, look) if several else (able[0], _sole(seat))
    placement = Placement(seat, person.name, how, look.notes(), unit, among=len(able))
    return holders, unit, placement


def _sole(seat: Seat) -> How:
    return "own_manager" if seat.kind == "account_manager" else "only_one"


def _choose(able: list[Person], known: str | None, look: Look) -> tuple[Person, How]:
    """Return one of several; who has had no turn yet goes before those who have."""
    for one in able:
        if one.name == known:
            return one, "known"
    if look.staff.choose == "listed":
        return able[0], "listed"
    by_turn = sorted(able, key=lambda one: look.turns.get(one.name, -1))
    if look.staff.choose == "rotation":
        return by_turn[0], "turn"
    return min(by_turn, key=lambda one: look.open.get(one.name, 0)), "least_loaded"


def _follow(
    look: Look, seat: Seat, holders: tuple[Person, ...], unit: str | None, skills: tuple[str, ...]
) -> Placement | None:
    """Return the stand-in of the first absent holder whose chain leads to somebody."""
    for holder in holders:
        found = look.chain(holder.name, skills)
        if found is not None:
            name, instead_of = found
            placement = Placement(seat, name, "stand_in", look.notes(name), unit)
            return evolve(placement, instead_of=instead_of, loops=tuple(look.loops))
    return None


def _heads(
    look: Look, seat: Seat, facts: Facts, holders: tuple[Person, ...], skills: tuple[str, ...]
) -> Placement:
    """Return the nearest head who may take it, or a stand-in of one; else nobody."""
    nobody = Placement(seat, None, "nobody")
    for unit in units_above(look.staff, seat, facts, holders):
        head = look.staff.head_of(unit)
        if head is None:
            continue
        found = (head.name, ()) if look.takes(head, ()) else look.chain(head.name, ())
        if found is not None:
            name, instead_of = found
            has = look.staff.person(name).skills
            lacks = tuple(one for one in skills if look.works and one not in has)
            nobody = Placement(seat, name, "head", (), unit, instead_of=instead_of, lacks=lacks)
            break
    return evolve(nobody, passed=look.notes(nobody.person), loops=tuple(look.loops))


def _room(
    person: Person,
    at: datetime,
    open_work: Mapping[str, int],
    assigned: tuple[tuple[str, datetime], ...],
) -> Passed | None:
    count, rate = open_work.get(person.name, 0), person.rate
    if person.capacity is not None and count >= person.capacity:
        return Passed(person.name, "full", count=count, most=person.capacity)
    if rate is None:
        return None
    now = at.astimezone(UTC)
    times = (when.astimezone(UTC) for name, when in assigned if name == person.name)
    given = sum(when <= now and not rate.is_over(when, now) for when in times)
    if given < rate.count:
        return None
    return Passed(person.name, "rate_limit", count=given, most=rate.count, within=rate.within)


def _day(at: datetime, zone: str) -> date:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where a day is asked for

    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except OverflowError:
        raise NotADate(f"at {at} lies beyond the calendar in {zone}; check the year") from None
