"""The plan of an escalation: who would be told when, if nothing happens."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from attrs import field, frozen

from kamcore.calendars import WorkingDays
from kamcore.calendars._counting import START, THE_TIME, how_counted, unknown_holidays
from kamcore.decision import Decision, MissingFact, Reason
from kamcore.errors import InputError
from kamcore.facts import Facts, Wire, leaf_reason
from kamcore.facts._why import lacking
from kamcore.routing._escalation import Escalation, EscalationStep
from kamcore.routing._escalation_says import (
    FROM_START,
    LEFT_OUT,
    NO_STEP,
    NOBODY_THERE,
    NOTICE,
    NOTICE_INSTEAD,
    NOTICES,
    NOTICES_EMPTY,
    SEATS_ONLY,
    SKIP,
    TELLS_NOBODY,
    UNKNOWN_HOLDER,
    WAIT,
    WAITS,
)
from kamcore.routing._holders import missing_for
from kamcore.routing._seating import How, Placement, fill_seat
from kamcore.routing._staff import Staff, Workload
from kamcore.values import Label, Seat
from kamcore.values._checks import as_instant, expect
from kamcore.values._words import counted, joined

__all__ = ["EscalationNotice", "EscalationPlan", "plan_escalation"]

NO_TIME = timedelta()


@frozen(order=False)
class EscalationNotice:
    """One seat told at an instant, in the zone of the policy's calendar.

    `person` holds the seat at that instant, found by `how` (as in `Placement`), such as a stand-in;
    both are None where no staff was given, and a queue without people has no person. `instead_of`
    is the step with nobody there in whose place this `step` is taken.
    """

    at: datetime = field()
    step: str = field()
    seat: Seat = field()
    person: str | None = field(default=None)
    instead_of: str | None = field(default=None)
    how: How | None = field(default=None)


@frozen(order=False)
class EscalationPlan:
    """The notices in order of time, and the policy that they follow.

    A plan in hand stays as it is: a later policy of the company makes later plans.
    """

    notices: tuple[EscalationNotice, ...] = field()
    start: datetime = field()
    policy: Escalation = field()

    def due(self, at: datetime) -> tuple[EscalationNotice, ...]:
        """Return the notices of `at` and before."""
        until = self._utc(at)
        return tuple(one for one in self.notices if one.at.astimezone(UTC) <= until)

    def next(self, at: datetime) -> EscalationNotice | None:
        """Return the first notice after `at`, or None."""
        until = self._utc(at)
        return next((one for one in self.notices if one.at.astimezone(UTC) > until), None)

    def _utc(self, at: datetime) -> datetime:
        return as_instant(at, "at", self.policy.calendar.zone).astimezone(UTC)


def plan_escalation(
    facts: Facts, policy: Escalation, *, start: datetime, staff: Staff | None = None
) -> Decision[EscalationPlan]:
    """Return who is told when, if nothing happens after `start`.

    With `staff` people are looked up as they are present at the instant of each step, without their
    workload, and `policy.empty` says what becomes of a step with nobody there; without it the plan
    names seats. A step whose condition fails is left out. So is one whose condition a missing fact
    could make hold, and nobody is there for a seat whose holder a missing fact would name: the
    decision names these facts.

    Raises `NaiveInstant` for a start without a zone, `InputError` for one beyond the calendar and
    for a manager who is not among the people. Source: S1-7b; the steps are the company's own.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, Escalation)
    expect("staff", staff, Staff, type(None))
    calendar = policy.calendar
    try:
        begins = calendar.add(as_instant(start, "start", calendar.zone), NO_TIME)
        run = _Run(facts, policy, begins, staff)
    except OverflowError:
        raise InputError(f"start {start} lies beyond the calendar; check the year") from None
    run.take()
    return run.decision()


@frozen(order=False)
class _Timed:
    """A step that applies, at its own instant."""

    at: datetime
    step: EscalationStep


class _Run:
    """One walk through the steps in order of time."""

    def __init__(
        self, facts: Facts, policy: Escalation, begins: datetime, staff: Staff | None
    ) -> None:
        self.facts, self.policy, self.begins, self.staff = facts, policy, begins, staff
        self.values: dict[str, Wire | None] = policy.compiled.values(facts)
        self.steps = {step.name: step for step in policy.steps}
        self.missing: dict[MissingFact, None] = {}
        self.left_out: list[Reason] = []
        self.unknown: dict[Seat, Reason] = {}
        self.timed = self._in_time()
        self.notices: list[EscalationNotice] = []
        self.empties: list[EscalationStep] = []
        self.events: list[Reason] = []

    def _in_time(self) -> list[_Timed]:
        """Return the steps that apply, in order of time; those of one instant as listed."""
        calendar = self.policy.calendar
        found = [
            _Timed(calendar.add(self.begins, step.after), step)
            for step in self.policy.steps
            if self._applies(step)
        ]
        return sorted(found, key=lambda one: one.at.astimezone(UTC))

    def _applies(self, step: EscalationStep) -> bool:
        if step.when is None or step.when.holds(self.values):
            return True
        missing = self.facts.missing(leaf.field.name for leaf in lacking(step.when, self.values))
        if missing:
            self.missing.update(dict.fromkeys(missing))
            names = joined(fact.label for fact in missing)
            self.left_out.append(Reason.of(LEFT_OUT, step.label, names, source=step.source))
        return False

    def take(self) -> None:
        """Tell step by step; what was told in another's place is not told again."""
        done: set[str] = set()
        for place, one in enumerate(self.timed):
            if one.step.name in done:
                continue
            later = [other for other in self.timed[place + 1 :] if other.step.name not in done]
            step = self._there(one, later)
            if step is not one.step:
                self.empties.append(one.step)
            if step is None:
                self.events.append(self._nothing(one, later))
            else:
                done.add(step.name)
                self._tell(step, one)

    def _there(self, one: _Timed, later: list[_Timed]) -> EscalationStep | None:
        """Return the step that is told at the instant of one: itself, or the next one there."""
        candidates = [one.step]
        if self.policy.empty == "skip":
            candidates += [other.step for other in later]
        return next((step for step in candidates if any(self._people(step, one.at))), None)

    def _tell(self, step: EscalationStep, one: _Timed) -> None:
        instead_of = None if step is one.step else one.step.name
        present = dict(self._people(step, one.at))
        for seat, found in present.items():
            person, how = (None, None) if found is None else (found.person, found.how)
            self.notices.append(EscalationNotice(one.at, step.name, seat, person, instead_of, how))
        told = self._who(step, present)
        if instead_of is None:
            said = Reason.of(NOTICE, one.at, step.label, told, source=step.source)
        else:
            words = (one.at, step.label, one.step.label, told)
            said = Reason.of(NOTICE_INSTEAD, *words, source=step.source)
        self.events.append(said)

    def _nothing(self, one: _Timed, later: list[_Timed]) -> Reason:
        if self.policy.empty == "skip" or not later:
            return Reason.of(TELLS_NOBODY, one.at, one.step.label)
        return Reason.of(WAITS, one.at, one.step.label, later[0].step.label, later[0].at)

    def _who(self, step: EscalationStep, present: dict[Seat, Placement | None]) -> Label:
        """Return who is told, and for which seats of the step nobody is there."""
        who = joined(self._name(seat, found) for seat, found in present.items())
        absent = [seat.label for seat in step.tell if seat not in present]
        if not absent:
            return who
        seats = joined(absent)
        return Label(
            f"{who.en}; nobody is there for {seats.en}", f"{who.zh}；{seats.zh}届时无人在岗"
        )

    def _name(self, seat: Seat, found: Placement | None) -> Label:
        if found is None or found.person is None or self.staff is None:
            return seat.label
        name, unit = self.staff.person(found.person).label, self.staff.unit
        en, zh = name.en, name.zh
        if found.how == "head" and unit is not None and found.unit is not None:
            place = next(node.label for node in unit.nodes if node.name == found.unit)
            en, zh = f"{en} for the head of {place.en}", f"{zh}代{place.zh}单位负责人"
            if not found.instead_of:
                en, zh = f"{name.en}, head of {place.en}", f"{place.zh}单位负责人{name.zh}"
        elif found.how == "stand_in":
            en, zh = f"{en} standing in", f"{zh}代"
        return Label(f"{seat.label.en} ({en})", f"{seat.label.zh}（{zh}）")

    def _people(
        self, step: EscalationStep, at: datetime
    ) -> Iterator[tuple[Seat, Placement | None]]:
        """Go through the seats of a step for which somebody is there; without staff, all."""
        for seat in step.tell:
            if self.staff is None:
                yield seat, None
            elif not self._unknown(seat, self.staff):
                work = Workload()
                found = fill_seat(seat, self.facts, self.staff, at=at, workload=work, works=False)
                if found.how != "nobody":
                    yield seat, found

    def _unknown(self, seat: Seat, staff: Staff) -> bool:
        """Say whether a missing fact hides who holds a seat, and note it."""
        missing = missing_for((seat,), self.facts, staff)
        if missing:
            self.missing.update(dict.fromkeys(missing))
            names = joined(fact.label for fact in missing)
            self.unknown[seat] = Reason.of(UNKNOWN_HOLDER, seat, names)
        return bool(missing)

    # --- what is said ---------------------------------------------------------------------

    def decision(self) -> Decision[EscalationPlan]:
        """Return the plan with its reasons."""
        plan = EscalationPlan(tuple(self.notices), self.begins, self.policy)
        reasons = (self._answer(), *self.events, *self._conditions())
        assumed = tuple(self._assumed())
        missing = tuple(self.missing)
        return Decision(plan, reasons, self.policy.fingerprint, missing, assumed)

    def _answer(self) -> Reason:
        start, source = self.begins, self.policy.source
        if not self.timed:
            return Reason.of(NO_STEP, start, source=source)
        if not self.notices:
            return Reason.of(NOBODY_THERE, start, source=source)
        count, last = counted(len(self.notices), "notice", "次"), self.notices[-1].at
        if len(self.notices) == 1:
            said = Label(count.en, f"通知 {count.zh}，时间")
        else:
            said = Label(f"{count.en}, the last", f"共通知 {count.zh}，最后一次")
        if not self.empties:
            return Reason.of(NOTICES, start, said, last, source=source)
        steps = joined(Label(f"“{one.label.en}”", f"“{one.label.zh}”") for one in self.empties)
        return Reason.of(NOTICES_EMPTY, start, said, last, steps, source=source)

    def _conditions(self) -> list[Reason]:
        """Return the facts by which conditional steps were taken, each once."""
        told = [self.steps[name] for name in dict.fromkeys(one.step for one in self.notices)]
        rows = [
            next(row for row in step.rows if all(leaf.holds(self.values) for leaf in row))
            for step in told
        ]
        leaves = dict.fromkeys(leaf for row in rows for leaf in row)
        return [leaf_reason(leaf, self.values, None, None) for leaf in leaves]

    def _assumed(self) -> Iterator[Reason]:
        yield from self.left_out
        yield from self.unknown.values()
        if not self.timed:
            return
        calendar = self.policy.calendar
        yield Reason.of(FROM_START, calendar.label)
        if self.staff is None:
            yield Reason.of(SEATS_ONLY)
        elif self.empties:
            yield Reason.of(SKIP if self.policy.empty == "skip" else WAIT)
        amounts = [one.step.after for one in self.timed if one.step.after != NO_TIME]
        if amounts:
            told = (one for one in amounts if calendar.never_closes or isinstance(one, WorkingDays))
            yield from dict.fromkeys(how_counted(calendar, one, START) for one in told)
            yield from unknown_holidays(calendar, self.timed[-1].at, THE_TIME)
