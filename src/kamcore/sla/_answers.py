"""Deadlines and the state of a case, with their reasons."""

from datetime import datetime

from attrs import frozen

from kamcore.decision import UNDECIDED, Decision, Reason
from kamcore.sla._agreements import Agreements
from kamcore.sla._conventions import conventions
from kamcore.sla._events import EVENTS, Case, utc
from kamcore.sla._run import run_clock
from kamcore.sla._says import CANNOT_SAY, NO_CLOCK, NO_DEADLINE, NONE_IN_FORCE
from kamcore.sla._states import CaseState, ClockState, Coming, state_of
from kamcore.sla._told import Told, told
from kamcore.sla._why import CaseTrace, DeadlineTrace
from kamcore.sla._words import facts_label
from kamcore.values import Label
from kamcore.values._checks import as_instant
from kamcore.values._words import joined

__all__ = ["NoPromise", "find_clocks", "find_deadline"]


@frozen(order=False)
class NoPromise:
    """The refusal: no agreement promises this for these facts."""


def find_deadline(
    case: Case, policy: Agreements, *, clock: str, as_of: datetime | None = None
) -> Decision[datetime | NoPromise]:
    """Return the instant by which a clock of a case must stop, in the zone of its calendar.

    Exactly at the deadline the promise is kept. `as_of` leaves later events out; without it, all
    events count. While the clock is paused the answer is the deadline if it were resumed then (at
    the last event). Raises `UnknownName` where no agreement knows the clock; undecided where a
    missing fact leaves open whether it is promised.
    """
    if as_of is not None:
        as_instant(as_of, "as_of")
    known = told(case, policy, as_of)
    policy.check_clock(clock)
    run = run_clock(clock, policy, known.events, known.targets)
    if run is None:
        return _no_run(clock, policy, known)
    asked = as_of or known.events[-1].at
    state, _ = state_of(run, asked)
    return Decision(
        state.due,
        DeadlineTrace(run, state, known, asked),
        policy.fingerprint,
        known.missing,
        conventions(run, state.due, known, policy),
    )


def _no_run(clock: str, policy: Agreements, known: Told) -> Decision[datetime | NoPromise]:
    label = next(one.label for one in policy.clocks() if one.name == clock)
    target = known.targets[max(known.targets)].get(clock)
    if target is not None:
        reason = Reason.of(NO_CLOCK, label, EVENTS[target.clock.starts], source=target.source)
        return Decision(NoPromise(), (reason,), policy.fingerprint, known.missing)
    if known.missing:
        reason = Reason.of(CANNOT_SAY, label, joined(one.label for one in known.missing))
        return Decision(UNDECIDED, (reason,), policy.fingerprint, known.missing)
    if known.nothing_on:
        reason = Reason.of(NONE_IN_FORCE, known.nothing_on, source=policy.source)
    else:
        reason = Reason.of(NO_DEADLINE, label, facts_label(known.facts), source=policy.source)
    return Decision(NoPromise(), (reason,), policy.fingerprint)


def find_clocks(case: Case, policy: Agreements, *, as_of: datetime) -> Decision[CaseState]:
    """Return how every clock of a case stands at `as_of`, and the plan of coming instants.

    Events after `as_of` are left out, so that the answer is the same whenever it is asked. Events
    may be given in any order; those that cannot be are listed in `ignored` with the reason.
    Undecided where nothing is promised for a missing fact alone.
    """
    now = as_instant(as_of, "as_of")
    known = told(case, policy, now)
    names = dict.fromkeys(name for targets in known.targets.values() for name in targets)
    ran = {name: run_clock(name, policy, known.events, known.targets) for name in names}
    runs = [run for run in ran.values() if run is not None]
    last = known.targets[max(known.targets)]
    waiting = tuple(last[name] for name, run in ran.items() if run is None and name in last)
    if not names and known.missing:
        what = Label("any clock", "各项时限")
        reason = Reason.of(CANNOT_SAY, what, joined(one.label for one in known.missing))
        return Decision(UNDECIDED, (reason,), policy.fingerprint, known.missing)
    clocks: list[ClockState] = []
    plan: list[Coming] = []
    for run in runs:
        one, coming = state_of(run, now)
        clocks.append(one)
        plan += coming
    plan.sort(key=lambda one: (utc(one.at), one.clock, one.what))
    state = CaseState(
        id=case.id,
        as_of=now,
        facts=known.facts,
        clocks=tuple(clocks),
        plan=tuple(plan),
        ignored=known.ignored,
    )
    assumed = tuple(
        dict.fromkeys(
            one
            for run, clock in zip(runs, clocks, strict=True)
            for one in conventions(run, clock.due, known, policy)
        )
    )
    trace = CaseTrace(tuple(runs), state, known, waiting)
    return Decision(state, trace, policy.fingerprint, known.missing, assumed)
