"""How every clock of a case stands, and what comes next."""

from datetime import datetime, timedelta
from typing import Literal

from attrs import field, frozen

from kamcore.facts import Facts
from kamcore.sla._agreements import Alert
from kamcore.sla._events import Ignored
from kamcore.sla._run import Leg, Pause, Round, Run
from kamcore.values import Label

__all__ = ["CaseState", "ClockState", "Coming", "state_of"]

NO_TIME = timedelta()
US = timedelta(microseconds=1)
PERCENT = 100
Verdict = Literal["open", "met", "late", "none"]
Stage = Literal["running", "paused", "stopped", "cancelled", "ended", "dropped"]


@frozen(order=False)
class Coming:
    """An instant at which a clock changes of itself: an alert, or the deadline.

    At the deadline itself the promise is still kept; the clock is late right after it.
    """

    at: datetime = field()
    clock: str = field()
    clock_label: Label = field()
    what: str = field()
    label: Label = field()


@frozen(order=False, kw_only=True)
class ClockState:
    """How one clock stands.

    `stage` is "running", "paused", "stopped" (by what it waits for), "cancelled", "ended" (a clock
    that repeats, by the solution) or "dropped" (no longer promised). `verdict` is "open", "met",
    "late" (running or not), or "none" (it went before it was due). `elapsed` is the time that
    counted, in the clock's calendar; `remaining` is below 0 once open time has passed since the
    deadline. While it is paused, `due` is the deadline if it were resumed now. `late_by` is open
    time without pauses, `late_by_elapsed` real time. `rounds` are the finished rounds of a clock
    that repeats. Instants are in the zone of the clock's calendar.
    """

    clock: str = field()
    label: Label = field()
    stage: Stage = field()
    verdict: Verdict = field()
    started: datetime = field()
    due: datetime = field()
    stopped: datetime | None = field()
    elapsed: timedelta = field()
    remaining: timedelta = field()
    late_by: timedelta = field()
    late_by_elapsed: timedelta = field()
    agreement: str = field()
    rule: str = field()
    rounds: tuple[Round, ...] = field(default=())


@frozen(order=False, kw_only=True)
class CaseState:
    """How a case stands at `as_of`: its clocks, what comes next, and the events left aside.

    `facts` are the facts of the last event that gave any. `plan` holds every coming instant in
    order, as things stand; any further event makes another one.
    """

    id: str = field()
    as_of: datetime = field()
    facts: Facts | None = field()
    clocks: tuple[ClockState, ...] = field()
    plan: tuple[Coming, ...] = field()
    ignored: tuple[Ignored, ...] = field()

    def __getitem__(self, clock: str) -> ClockState:
        """Return the state of a clock by its name; KeyError where it does not run."""
        for one in self.clocks:
            if one.clock == clock:
                return one
        raise KeyError(clock)

    def __contains__(self, clock: str) -> bool:
        """Say whether a clock of this name runs or ran."""
        return any(one.clock == clock for one in self.clocks)

    @property
    def next_change(self) -> datetime | None:
        """The next instant at which an answer changes of itself; None where nothing is coming."""
        return self.plan[0].at if self.plan else None


def state_of(run: Run, as_of: datetime) -> tuple[ClockState, tuple[Coming, ...]]:
    """Return the state of a clock, and what comes of itself."""
    until, pauses = run.until(as_of), run.pauses(as_of)
    leg, stage = run.leg, _stage(run)
    due, used = leg.due(pauses), leg.used(until, pauses)
    earlier = sum(
        (one.used(one.ended, run.pauses(as_of, one)) for one in run.legs if one.ended), NO_TIME
    )
    late = until > due
    verdict: Verdict = "late" if late else "open"
    if not late and stage not in {"running", "paused"}:
        verdict = "met" if stage in {"stopped", "ended"} else "none"
    state = ClockState(
        clock=leg.clock.name,
        label=leg.clock.label,
        stage=stage,
        verdict=verdict,
        started=leg.local(run.legs[0].begins),
        due=leg.local(due),
        stopped=None if stage in {"running", "paused"} else leg.local(until),
        elapsed=earlier + used,
        remaining=leg.budget - used,
        late_by=max(used - leg.budget, NO_TIME) if late else NO_TIME,
        late_by_elapsed=until - due if late else NO_TIME,
        agreement=run.target.agreement.name,
        rule=run.target.rule,
        rounds=run.rounds,
    )
    coming = _coming(leg, pauses, due, until) if stage == "running" else ()
    return state, coming


def _stage(run: Run) -> Stage:
    if run.stopped:
        return "stopped"
    if run.ended:
        return "cancelled" if run.ended.kind == "cancelled" else "ended"
    if run.dropped:
        return "dropped"
    return "paused" if run.paused else "running"


def _coming(
    leg: Leg, pauses: tuple[Pause, ...], due: datetime, now: datetime
) -> tuple[Coming, ...]:
    found = [(due, "due", Label("deadline", "截止"))]
    found += [(alert_at(leg, alert, pauses), alert.name, alert.label) for alert in leg.clock.alerts]
    return tuple(
        Coming(leg.local(at), leg.clock.name, leg.clock.label, what, label)
        for at, what, label in found
        if at >= now
    )


def alert_at(leg: Leg, alert: Alert, pauses: tuple[Pause, ...]) -> datetime:
    """Return the instant of an alert; one that would lie before the target is at its beginning."""
    if alert.percent == PERCENT or alert.offset == NO_TIME:
        return leg.due(pauses)
    if alert.percent is None:
        amount = leg.budget + (alert.offset or NO_TIME)
    else:
        full = (leg.budget // US) / leg.share
        used_before = (1 - leg.share) * full
        amount = round(full * alert.percent / PERCENT - used_before) * US
    return leg.reached(amount, pauses) if amount > NO_TIME else leg.begins
