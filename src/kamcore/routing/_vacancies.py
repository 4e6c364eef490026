"""Seats that nobody holds: what a misspelt role, or somebody who has left, leaves behind."""

from attrs import field, frozen

from kamcore.routing._duties import DutyRules
from kamcore.routing._staff import Staff
from kamcore.values import Label, Seat
from kamcore.values._checks import expect
from kamcore.values._words import joined

__all__ = ["Vacancy", "find_vacancies"]


@frozen(order=False)
class Vacancy:
    """A seat that nobody active holds; `units` are those where a seat within a unit is vacant.

    Work for it goes to the heads of the units, absent or not.
    """

    seat: Seat = field()
    units: tuple[Label, ...] = field(default=())

    @property
    def label(self) -> Label:
        """The vacancy in words."""
        seat = self.seat.label
        if not self.units:
            return Label(f"{seat.en}: nobody holds this seat", f"{seat.zh}空缺")
        units = joined(self.units)
        return Label(
            f"{seat.en}: nobody holds this seat in {units.en}", f"{units.zh}的{seat.zh}空缺"
        )


def find_vacancies(policy: DutyRules, staff: Staff) -> tuple[Vacancy, ...]:
    """Return the seats of a policy that nobody active among the people holds, as listed.

    A role is held by whoever has its name among the `roles`; a role of the customer's unit also by
    somebody of a unit above. A queue may be without people, but not if all of them have left. The
    customer's own manager is a fact of the customer, and left out. Source: S4-4a, S4-4c.
    """
    expect("policy", policy, DutyRules)
    expect("staff", staff, Staff)
    held: dict[str, set[str | None]] = {}
    listed = {role for person in staff.people for role in person.roles}
    for person in staff.people:
        if person.active:
            for role in person.roles:
                held.setdefault(role, set()).add(person.unit)
    found: list[Vacancy] = []
    for seat in policy.seats:
        units = held.get(seat.name, set[str | None]())
        emptied = seat.kind == "queue" and seat.name in listed
        if (seat.kind == "role" or emptied) and not units:
            found.append(Vacancy(seat))
        elif seat.kind == "unit_role":
            found += _within(seat, units, staff)
    return tuple(found)


def _within(seat: Seat, units: set[str | None], staff: Staff) -> list[Vacancy]:
    tree = staff.unit
    if tree is None:
        return [] if units else [Vacancy(seat)]
    vacant = [node.label for node in tree.nodes if units.isdisjoint(tree.path(node.name))]
    return [Vacancy(seat, tuple(vacant))] if vacant else []
