"""The reasons of deadlines and of the state of a case, built when they are read."""

from datetime import datetime

from attrs import field, frozen

from kamcore.calendars import WorkingDays, amount_label
from kamcore.decision import Reason, Trace
from kamcore.sla._agreements import KINDS, Candidate
from kamcore.sla._events import EVENTS, utc
from kamcore.sla._run import SOLVED, Leg, Run
from kamcore.sla._says import (
    CANCELLED,
    CHANGED,
    CLOCK_CANCELLED,
    CLOCK_CANCELLED_LATE,
    CLOCK_DONE,
    CLOCK_DROPPED,
    CLOCK_DROPPED_LATE,
    CLOCK_LATE,
    CLOCK_OPEN,
    CLOCK_OVERDUE,
    CLOCK_PAUSED,
    CLOCK_RUNS,
    DEADLINE,
    DROPPED,
    GOES_FIRST,
    IGNORED,
    INCOMPLETE,
    KEPT,
    LIMIT,
    LIMIT_ELAPSED,
    LIMIT_LEFT,
    NEXT,
    NO_CLOCK,
    NONE_IN_FORCE,
    NOTE,
    NOTHING_COMES,
    NOTHING_PROMISED,
    PASSED_OVER,
    PAUSED_FOR,
    REOPENED_AFTER,
    ROUNDS,
    SETTLED,
    SETTLED_GONE,
    STILL_PAUSED,
)
from kamcore.sla._states import CaseState, ClockState
from kamcore.sla._told import Told
from kamcore.sla._words import (
    differences,
    facts_label,
    late_label,
    limit_label,
    spent_label,
)
from kamcore.values import Label
from kamcore.values._words import joined

__all__ = ["CaseTrace", "DeadlineTrace"]


@frozen(order=False)
class DeadlineTrace(Trace):
    """What is noted of a deadline."""

    run: Run = field()
    state: ClockState = field()
    known: Told = field()
    as_of: datetime = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return the deadline, how it is counted, and what else had to do with it."""
        run, state, known = self.run, self.state, self.known
        return (
            Reason.of(DEADLINE, state.label, state.due, source=run.target.source),
            *_no_longer(run, state, known, self.as_of),
            _limit(run.leg),
            *_note(run),
            *_paused(run, state, self.as_of),
            *_rivals(run, known),
            *_changes(known),
            *_kept(run, known),
            *_incomplete(run),
            *_left_aside(known),
        )


@frozen(order=False)
class CaseTrace(Trace):
    """What is noted of a case; `waiting` are the promises whose clock has not started."""

    runs: tuple[Run, ...] = field()
    state: CaseState = field()
    known: Told = field()
    waiting: tuple[Candidate, ...] = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return what comes next, how each clock stands, and what else had to do with it."""
        found = [_next(self.state, self.known, self.waiting)]
        for run, state in zip(self.runs, self.state.clocks, strict=True):
            found += [_stands(run, state, self.known), *_rounds(run, state)]
        found += [
            Reason.of(NO_CLOCK, one.clock.label, EVENTS[one.clock.starts], source=one.source)
            for one in self.waiting
        ]
        for run in self.runs:
            found += _rivals(run, self.known)
        found += _changes(self.known)
        for run in self.runs:
            found += [*_kept(run, self.known), *_incomplete(run)]
        return (*found, *_left_aside(self.known))


def _next(state: CaseState, known: Told, waiting: tuple[Candidate, ...]) -> Reason:
    if state.plan:
        first = state.plan[0]
        return Reason.of(NEXT, first.at, first.clock_label, first.label)
    if known.nothing_on:
        return Reason.of(NONE_IN_FORCE, known.nothing_on)
    if not state.clocks and not waiting:
        return Reason.of(NOTHING_PROMISED, facts_label(known.facts))
    if waiting or any(clock.stage in {"running", "paused"} for clock in state.clocks):
        return Reason.of(NOTHING_COMES)
    return _settled(state)


def _settled(state: CaseState) -> Reason:
    met = late = gone = 0
    for clock in state.clocks:
        rounds_late = sum(utc(one.stopped) > utc(one.due) for one in clock.rounds)
        late += rounds_late + (clock.verdict == "late")
        met += len(clock.rounds) - rounds_late + (clock.verdict == "met")
        gone += clock.verdict == "none"
    return Reason.of(SETTLED_GONE, met, late, gone) if gone else Reason.of(SETTLED, met, late)


def _rounds(run: Run, state: ClockState) -> list[Reason]:
    """Return how the rounds before went, of a clock that repeats."""
    late = sum(utc(one.stopped) > utc(one.due) for one in run.rounds)
    return [Reason.of(ROUNDS, state.label, len(run.rounds), late)] if run.rounds else []


def _stands(run: Run, state: ClockState, known: Told) -> Reason:
    """Return how a clock stands."""
    source, calendar, limit = run.target.source, run.leg.clock.calendar, limit_label(run.leg)
    label, due, stopped = state.label, state.due, state.stopped
    is_late = state.verdict == "late"
    late = late_label(state.late_by, state.late_by_elapsed, calendar)
    if stopped and state.stage in {"cancelled", "dropped"}:
        return _gone(state, known, stopped, late)
    if stopped and is_late:
        return Reason.of(CLOCK_LATE, label, stopped, due, late, source=source)
    if stopped:
        spent = spent_label(run.leg.budget - state.remaining, calendar)
        return Reason.of(CLOCK_DONE, label, stopped, due, spent, limit, source=source)
    if is_late:
        return Reason.of(CLOCK_OVERDUE, label, due, late, source=source)
    left = spent_label(state.remaining, calendar)
    if state.stage == "paused" and run.paused:
        begun, why = run.leg.local(run.paused.begins), run.paused.label
        return Reason.of(CLOCK_PAUSED, label, begun, why, left, due, source=source)
    return Reason.of(CLOCK_RUNS, label, due, left, limit, source=source)


def _gone(state: ClockState, known: Told, at: datetime, late: Label) -> Reason:
    """Return how a clock stood that was cancelled, or is no longer promised."""
    label, due, is_late = state.label, state.due, state.verdict == "late"
    if state.stage == "cancelled":
        if is_late:
            return Reason.of(CLOCK_CANCELLED_LATE, label, at, late, due)
        return Reason.of(CLOCK_CANCELLED, label, at, due)
    if known.missing:
        return _open(state, known, at)
    if is_late:
        return Reason.of(CLOCK_DROPPED_LATE, label, at, late, due)
    return Reason.of(CLOCK_DROPPED, label, at)


def _open(state: ClockState, known: Told, at: datetime) -> Reason:
    """Return that a missing fact leaves open whether a clock is still promised."""
    return Reason.of(CLOCK_OPEN, state.label, at, joined(one.label for one in known.missing))


def _no_longer(run: Run, state: ClockState, known: Told, as_of: datetime) -> list[Reason]:
    """Return that a deadline no longer applies, cannot be given any more, or still moves."""
    if state.stage == "cancelled" and state.stopped:
        return [Reason.of(CANCELLED, state.stopped)]
    if state.stage == "dropped" and state.stopped:
        if known.missing:
            return [_open(state, known, state.stopped)]
        return [Reason.of(DROPPED, state.stopped)]
    if state.stage == "paused" and run.paused and state.verdict == "open":
        begun = run.leg.local(run.paused.begins)
        return [Reason.of(STILL_PAUSED, begun, run.paused.label, run.leg.local(as_of))]
    return []


def _limit(leg: Leg) -> Reason:
    clock, begins, cause = leg.clock, leg.local(leg.begins), EVENTS[leg.cause]
    if leg.changed:
        return Reason.of(LIMIT_LEFT, amount_label(leg.budget), clock.calendar.label, begins)
    limit = amount_label(clock.limit)
    if clock.calendar.never_closes and not isinstance(clock.limit, WorkingDays):
        return Reason.of(LIMIT_ELAPSED, limit, begins, cause)
    return Reason.of(LIMIT, limit, clock.calendar.label, begins, cause)


def _note(run: Run) -> list[Reason]:
    note = run.target.agreement.note
    return [Reason.of(NOTE, note)] if note else []


def _paused(run: Run, state: ClockState, as_of: datetime) -> list[Reason]:
    """Return the open time that pauses took, and that between solution and re-opening."""
    leg, due, pauses = run.leg, utc(state.due), run.pauses(as_of)
    calendar, whole = leg.clock.calendar, leg.used(utc(state.due), ())
    gaps = [one for one in pauses if one.label == SOLVED]
    paused = [one for one in pauses if one.label != SOLVED]
    found: list[Reason] = []
    spent = [one for one in paused if leg.used(due, (one,)) < whole]
    if spent:
        count = Label("once" if len(spent) == 1 else f"{len(spent)} times", f" {len(spent)} 次")
        taken = spent_label(whole - leg.used(due, paused), calendar)
        found.append(Reason.of(PAUSED_FOR, count, taken))
    between = whole - leg.used(due, gaps)
    if between:
        found.append(Reason.of(REOPENED_AFTER, spent_label(between, calendar)))
    return found


def _rivals(run: Run, known: Told) -> list[Reason]:
    """Return which agreement goes before which."""
    chosen = run.target
    return [
        Reason.of(
            GOES_FIRST,
            chosen.clock.label,
            chosen.agreement.label,
            KINDS[chosen.agreement.kind],
            amount_label(chosen.clock.limit),
            other.agreement.label,
            KINDS[other.agreement.kind],
            amount_label(other.clock.limit),
        )
        for other in known.rivals(chosen)
    ]


def _changes(known: Told) -> list[Reason]:
    """Return what was changed, and when."""
    found: list[Reason] = []
    before = known.events[0].facts
    for event in known.events[1:]:
        if event.facts is not None:
            found.append(Reason.of(CHANGED, event.at, differences(before, event.facts)))
            before = event.facts
    return found


AFTER_STOP = Label("the change came after it had stopped", "变更时已结束计时")
OVERDUE = Label("no time was left when the change came", "变更时时限已用完")
STRICTER = Label("its deadline is the earlier one", "原截止时间较早")


def _kept(run: Run, known: Told) -> list[Reason]:
    """Return why a change left the limit as it was."""
    if not known.kept(run):
        return []
    why = AFTER_STOP
    if not (run.stopped or run.ended):
        why = STRICTER if known.retarget == "keep_stricter" else OVERDUE
    return [Reason.of(KEPT, run.leg.clock.label, limit_label(run.leg), why)]


def _incomplete(run: Run) -> list[Reason]:
    """Return what would have stopped a clock, and does not count."""
    return [
        Reason.of(
            INCOMPLETE,
            one.event.label,
            one.event.at,
            joined(lacking.label for lacking in one.lacking),
        )
        for one in run.incomplete
    ]


def _left_aside(known: Told) -> list[Reason]:
    """Return what was left aside or passed over."""
    found = [Reason.of(IGNORED, one.event.label, one.event.at, one.why) for one in known.ignored]
    if known.missing:
        found.append(Reason.of(PASSED_OVER, joined(one.label for one in known.missing)))
    return found
