"""Who holds a seat by the list of people, and the units whose heads come after them."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from kamcore.decision import MissingFact
from kamcore.errors import InputError, PolicyError, Undecided
from kamcore.facts import Facts
from kamcore.routing._staff import Person, Staff
from kamcore.values import Seat

__all__ = ["holders_of", "missing_for", "units_above"]


def missing_for(seats: Iterable[Seat], facts: Facts, staff: Staff) -> tuple[MissingFact, ...]:
    """Return the missing facts without which the holders of some seats are not known.

    Raises `PolicyError` where a seat asks for a fact that the staff does not name.
    """
    staff.compiled.needs.places(facts.fields)
    return facts.missing(name for seat in seats for name in _asked(seat, staff))


def units_above(
    staff: Staff, seat: Seat, facts: Facts, holders: tuple[Person, ...]
) -> Iterator[str]:
    """Return the customer's unit and those above; where it is not asked, the holders' own."""
    if staff.unit is None:
        return
    home = None
    if seat.kind in {"unit_role", "account_manager"}:
        home = facts.values[staff.unit.name]
    own = (one.unit for one in holders) if home is None else (str(home),)
    paths = [staff.unit.path(unit) for unit in own if unit is not None]
    for level in zip_longest(*paths):
        yield from dict.fromkeys(unit for unit in level if unit is not None)


def holders_of(seat: Seat, facts: Facts, staff: Staff) -> tuple[tuple[Person, ...], str | None]:
    """Return who holds a seat, those who have left among them, and in which unit."""
    staff.compiled.needs.places(facts.fields)
    for name in _asked(seat, staff):
        if facts.values[name] is None:
            raise Undecided([name], f"who holds {seat.label.en} is not known")
    if seat.kind == "account_manager":
        return (_manager(facts, staff),), None
    people = staff.compiled.roles.get(seat.name, ())
    if seat.kind != "unit_role" or staff.unit is None:
        return people, None
    left: list[Person] = []
    for unit in staff.unit.path(str(facts.values[staff.unit.name])):
        here = [one for one in people if one.unit == unit]
        if any(one.active for one in here):
            return (*here, *left), unit
        left += here
    return tuple(left), None


def _manager(facts: Facts, staff: Staff) -> Person:
    name = None if staff.manager is None else facts.values[staff.manager.name]
    found = staff.compiled.people.get(str(name))
    if found is None:
        raise InputError(
            f"manager {name!r} of account {facts.account!r} is not among the people; add a Person, "
            "with active=False for one who has left"
        )
    return found


def _asked(seat: Seat, staff: Staff) -> tuple[str, ...]:
    """Return the name of the fact that says who holds a seat."""
    if seat.kind == "unit_role":
        if staff.unit is None:
            raise PolicyError(
                f"seat {seat.name!r} is one of the customer's unit, and the staff names no unit; "
                "pass unit=TreeField(...)"
            )
        return (staff.unit.name,)
    if seat.kind == "account_manager":
        if staff.manager is None:
            raise PolicyError(
                f"seat {seat.name!r} is the customer's own manager, and the staff does not say who "
                "that is; pass manager=TextField(...)"
            )
        return (staff.manager.name,)
    return ()
