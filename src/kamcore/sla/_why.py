"""The reasons of deadlines and of the state of a case, built when they are read."""

from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen

from kamcore.calendars import WorkingDays, amount_label
from kamcore.decision import Reason, Trace, show
from kamcore.facts import Facts
from kamcore.sla._agreements import KINDS, Agreements
from kamcore.sla._events import EVENTS, utc
from kamcore.sla._run import Leg, Run
from kamcore.sla._says import (
    AROUND_THE_CLOCK,
    CHANGED,
    CLOCK_DONE,
    CLOCK_GONE,
    CLOCK_LATE,
    CLOCK_OVERDUE,
    CLOCK_PAUSED,
    CLOCK_RUNS,
    DEADLINE,
    GOES_FIRST,
    HOLIDAYS_END,
    HOLIDAYS_UNLISTED,
    IGNORED,
    INCOMPLETE,
    LIMIT,
    LIMIT_ELAPSED,
    LIMIT_LEFT,
    NEXT,
    NOTHING_COMES,
    PASSED_OVER,
    PAUSED_FOR,
    RETARGETED,
    SETTLED,
    WHOLE_DAYS,
)
from kamcore.sla._states import CaseState, ClockState
from kamcore.sla._told import Told
from kamcore.values import Label

__all__ = ["CaseTrace", "DeadlineTrace", "conventions", "joined"]


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
            _limit(run.leg),
            *_paused(run, state, self.as_of),
            *_rivals(run, known),
            *_changes(known),
            *_incomplete(run),
            *_left_aside(known),
        )


@frozen(order=False)
class CaseTrace(Trace):
    """What is noted of a case."""

    runs: tuple[Run, ...] = field()
    state: CaseState = field()
    known: Told = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return what comes next, how each clock stands, and what else had to do with it."""
        found = [_next(self.state)]
        found += [_stands(*pair) for pair in zip(self.runs, self.state.clocks, strict=True)]
        for run in self.runs:
            found += _rivals(run, self.known)
        found += _changes(self.known)
        for run in self.runs:
            found += _incomplete(run)
        return (*found, *_left_aside(self.known))


def _next(state: CaseState) -> Reason:
    if not state.plan:
        return _settled(state)
    first = state.plan[0]
    return Reason.of(NEXT, first.at, first.clock_label, first.label)


def _settled(state: CaseState) -> Reason:
    verdicts = [clock.verdict for clock in state.clocks]
    if not verdicts or any(clock.stage in {"running", "paused"} for clock in state.clocks):
        return Reason.of(NOTHING_COMES)
    return Reason.of(SETTLED, verdicts.count("met"), verdicts.count("late"))


def _stands(run: Run, state: ClockState) -> Reason:
    """Return how a clock stands."""
    source, limit = run.target.source, amount_label(run.leg.clock.limit)
    late, late_by = state.verdict == "late", state.late_by or state.late_by_elapsed
    if state.stage in {"cancelled", "dropped"}:
        return Reason.of(CLOCK_GONE, state.label, state.stopped or state.due, source=source)
    if state.stopped and late:
        return Reason.of(CLOCK_LATE, state.label, state.stopped, state.due, late_by, source=source)
    if state.stopped:
        return Reason.of(
            CLOCK_DONE, state.label, state.stopped, state.due, state.elapsed, limit, source=source
        )
    if late:
        return Reason.of(CLOCK_OVERDUE, state.label, state.due, late_by, source=source)
    if state.stage == "paused" and run.paused:
        pause = run.paused
        return Reason.of(
            CLOCK_PAUSED,
            state.label,
            run.leg.local(pause.begins),
            pause.label,
            state.remaining,
            state.due,
            source=source,
        )
    return Reason.of(CLOCK_RUNS, state.label, state.due, state.remaining, limit, source=source)


def _limit(leg: Leg) -> Reason:
    clock, begins, cause = leg.clock, leg.local(leg.begins), EVENTS[leg.cause]
    if leg.changed:
        limit = amount_label(leg.budget)
        return Reason.of(LIMIT_LEFT, limit, clock.calendar.label, begins)
    limit = amount_label(clock.limit)
    if clock.calendar.never_closes and not isinstance(clock.limit, WorkingDays):
        return Reason.of(LIMIT_ELAPSED, limit, begins, cause)
    return Reason.of(LIMIT, limit, clock.calendar.label, begins, cause)


def _paused(run: Run, state: ClockState, as_of: datetime) -> list[Reason]:
    leg, due = run.leg, utc(state.due)
    pauses = run.pauses(as_of)
    spent = [one for one in pauses if leg.used(due, (one,)) < leg.used(due, ())]
    total = leg.used(due, ()) - leg.used(due, pauses)
    count = Label("once" if len(spent) == 1 else f"{len(spent)} times", f" {len(spent)} 次")
    return [Reason.of(PAUSED_FOR, count, total)] if total else []


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
            found.append(Reason.of(CHANGED, event.at, _differences(before, event.facts)))
            before = event.facts
    return found


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
        found.append(Reason.of(PASSED_OVER))
    return found


def _differences(before: Facts | None, after: Facts) -> Label:
    """Return the facts that a change gave, as "priority: high"."""
    found: list[Label] = []
    for one in after.fields:
        wire = after.values[one.name]
        if before is not None and before.values.get(one.name) == wire:
            continue
        value = Label("missing", "缺失") if wire is None else one.show(wire)
        en, zh = show(value, "en"), show(value, "zh")
        found.append(Label(f"{one.label.en}: {en}", f"{one.label.zh}：{zh}"))
    return joined(found) if found else Label("nothing", "内容未变")


def conventions(run: Run, due: datetime, known: Told, policy: Agreements) -> tuple[Reason, ...]:
    """Return what the deadline of a clock assumes."""
    calendar = run.leg.clock.calendar
    limit = run.leg.clock.limit
    found: list[Reason] = []
    if len(known.targets) > 1:
        found.append(Reason.of(RETARGETED[policy.retarget]))
    if isinstance(limit, WorkingDays):
        found.append(Reason.of(WHOLE_DAYS[limit.first, limit.ends]))
    elif calendar.never_closes:
        found.append(Reason.of(AROUND_THE_CLOCK))
    if not calendar.knows(due):
        until = calendar.known_until
        if until is None:
            found.append(Reason.of(HOLIDAYS_UNLISTED, calendar.label))
        else:
            found.append(Reason.of(HOLIDAYS_END, calendar.label, until))
    return tuple(found)


def joined(labels: Iterable[Label]) -> Label:
    names = tuple(labels)
    return Label(", ".join(one.en for one in names), "、".join(one.zh for one in names))
