"""Which people a duty is given to at an instant, and the workload after it.

How a key account's call is connected is not said (S4-12), nor how work is shared among managers
(S4-4c): stand-ins, heads, turns and limits are kamcore's own readings, and answers name those that
they rest on. S4-4a gives the units, S4-16b what a manager may handle.
"""

from datetime import datetime
from functools import cached_property

from attrs import evolve, field, frozen

from kamcore.decision import UNDECIDED, Decision, MissingFact, Reason
from kamcore.errors import UnknownName
from kamcore.facts import Facts
from kamcore.routing._duties import Duty
from kamcore.routing._holders import missing_for
from kamcore.routing._seating import Placement, fill_seat, hold_seat
from kamcore.routing._staff import Staff, Workload
from kamcore.routing._staffing_says import STAFFING_OPEN
from kamcore.routing._staffing_why import StaffingTrace, conventions
from kamcore.values import Seat
from kamcore.values._checks import as_instant, expect
from kamcore.values._words import joined

__all__ = ["Staffing", "Unstaffed", "staff_duty"]

Parts = tuple[tuple[Placement, ...], tuple[Placement, ...], tuple[Placement, ...]]


@frozen(order=False)
class Staffing:
    """Who holds each seat of a duty, and the `workload` for the next question.

    A placement without a person is a queue that answers by itself ("queue") or a seat that nobody
    can take at this time ("nobody"); the accountable one is never the latter.
    """

    accountable: Placement = field()
    responsible: tuple[Placement, ...] = field()
    consulted: tuple[Placement, ...] = field()
    informed: tuple[Placement, ...] = field()
    workload: Workload = field()


@frozen(order=False)
class Unstaffed:
    """The refusal: nobody can be accountable; the placement says who was passed over, and why."""

    accountable: Placement = field()


def staff_duty(  # noqa: PLR0913 - one piece of work with all that is known of it
    facts: Facts,
    duty: Duty,
    staff: Staff,
    *,
    at: datetime,
    known: str | None = None,
    workload: Workload = Workload(),  # noqa: B008 - a frozen value
) -> Decision[Staffing | Unstaffed]:
    """Return who is accountable for a piece of work, carries it out, is asked and is told (S4-12).

    `known` is somebody who knows the work already. Who is accountable or responsible gets one piece
    of work, counted once also where a person is both: skills, capacity and rate limit hold; who is
    asked or told has to be present. Undecided where the fact is missing that says whose unit or
    manager is accountable; another seat is vacant without it, and the decision names the fact. The
    workload that is given back leaves out what no rate limit asks any more.

    Raises `InputError` for an instant without a zone, and where `known`, the workload or the fact
    of the manager name somebody who is not among the people; `PolicyError` where a seat asks for
    the customer's unit or manager and the staff does not say which fact that is.
    """
    expect("facts", facts, Facts)
    expect("duty", duty, Duty)
    expect("staff", staff, Staff)
    expect("workload", workload, Workload)
    instant = as_instant(at, "at", staff.zone)
    _check_names(staff, known, workload)
    asked = Asked(facts, duty, staff, instant, known, workload)
    missing = asked.missing()
    if missing:
        names = joined([fact.label for fact in missing])
        still_open = (Reason.of(STAFFING_OPEN, names, source=staff.source),)
        return Decision(UNDECIDED, still_open, staff.fingerprint, missing)
    first = asked.accountable()
    if first.how == "nobody":
        trace = StaffingTrace(facts, staff, workload, first, ())
        assumed = conventions((first,), staff)
        return Decision(Unstaffed(first), trace, staff.fingerprint, (), assumed)
    parts = asked.parts(first)
    trace = StaffingTrace(facts, staff, workload, first, parts)
    after = _after(workload, (first, *parts[0]), staff, instant)
    answer = Staffing(first, *parts, after)
    assumed = conventions((first, *(one for part in parts for one in part)), staff)
    vacant = [one.seat for part in parts for one in part if one.how == "nobody"]
    return Decision(answer, trace, staff.fingerprint, missing_for(vacant, facts, staff), assumed)


@frozen(order=False)
class Asked:
    """One question: the duty, the people, the instant and the workload."""

    facts: Facts = field()
    duty: Duty = field()
    staff: Staff = field()
    at: datetime = field()
    known: str | None = field()
    workload: Workload = field()

    def missing(self) -> tuple[MissingFact, ...]:
        """Return the missing facts without which it is not known who is accountable.

        The manager's name may be missing where a duty says who is accountable in absence.
        """
        duty, staff = self.duty, self.staff
        seats = (duty.accountable, *duty.responsible, *duty.consulted, *duty.informed)
        missing_for(seats, self.facts, staff)  # refuse a seat whose fact the staff does not name
        found = missing_for((duty.accountable,), self.facts, staff)
        if duty.in_absence is None:
            return found
        if duty.accountable.kind == "account_manager" and staff.manager is not None:
            found = tuple(one for one in found if one.name != staff.manager.name)
        if found or self.own.how != "nobody":
            return found
        return missing_for((duty.in_absence,), self.facts, staff)

    @cached_property
    def own(self) -> Placement:
        """Who of the accountable seat itself takes the work."""
        seat = self.duty.accountable
        if self._unnamed(seat):
            return Placement(seat, None, "nobody")
        return hold_seat(
            seat,
            self.facts,
            self.staff,
            at=self.at,
            workload=self.workload,
            known=self.known,
            skills=self.duty.skills,
        )

    def accountable(self) -> Placement:
        """Return who is accountable."""
        duty = self.duty
        if duty.in_absence is None:
            return self.fill(duty.accountable, works=True)
        if self.own.how != "nobody":
            return self.own
        found = self.fill(duty.in_absence, works=True)
        before = tuple(one for one in self.own.passed if one.person != found.person)
        passed = tuple(dict.fromkeys((*before, *found.passed)))
        return evolve(found, passed=passed, relieves=duty.accountable)

    def parts(self, first: Placement) -> Parts:
        """Return who is responsible, consulted and informed; `first` is accountable."""
        duty = self.duty
        responsible = tuple(
            first if seat == duty.accountable else self.fill(seat, works=True)
            for seat in duty.responsible
        )
        consulted = tuple(self.fill(seat, works=False) for seat in duty.consulted)
        informed = tuple(self.fill(seat, works=False) for seat in duty.informed)
        return responsible, consulted, informed

    def fill(self, seat: Seat, *, works: bool) -> Placement:
        """Return who holds a seat; what this duty adds to somebody's work does not count yet."""
        if self._unnamed(seat):
            return Placement(seat, None, "nobody")
        return fill_seat(
            seat,
            self.facts,
            self.staff,
            at=self.at,
            workload=self.workload,
            works=works,
            known=self.known,
            skills=self.duty.skills,
        )

    def _unnamed(self, seat: Seat) -> bool:
        return bool(missing_for((seat,), self.facts, self.staff))


def _check_names(staff: Staff, known: str | None, workload: Workload) -> None:
    expect("known", known, str, type(None))
    people = staff.compiled.people
    named = (
        ("person in known", () if known is None else (known,)),
        ("person in turns", workload.turns),
        ("person in open", [name for name, _ in workload.open]),
        ("person in assigned", [name for name, _ in workload.assigned]),
    )
    for what, names in named:
        for name in names:
            if name not in people:
                raise UnknownName(what, name, tuple(people))


def _after(
    workload: Workload, placed: tuple[Placement, ...], staff: Staff, at: datetime
) -> Workload:
    """Return the workload after each person was given one piece of work."""
    by_turn: dict[str, bool] = {}
    for one in placed:
        if one.person is not None:
            turn = one.how in {"turn", "least_loaded"}
            by_turn[one.person] = by_turn.get(one.person, False) or turn
    for name, turn in by_turn.items():
        workload = workload.given(name, at, turn=turn)
    kept = tuple(
        (name, when)
        for name, when in workload.assigned
        if (rate := staff.person(name).rate) is not None and not rate.is_over(when, at)
    )
    return evolve(workload, assigned=kept)
