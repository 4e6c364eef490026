"""What the deadline of a clock assumes."""

from datetime import datetime, timedelta

from kamcore.calendars import WorkingDays
from kamcore.calendars._counting import how_counted, unknown_holidays
from kamcore.decision import Reason
from kamcore.sla._agreements import KINDS, Agreements
from kamcore.sla._events import utc
from kamcore.sla._run import Run
from kamcore.sla._says import (
    DAYS_SHIFTED,
    PAUSE_COUNTS,
    PRECEDENCE,
    REOPENING,
    RETARGETED,
)
from kamcore.sla._told import Told
from kamcore.values import Label
from kamcore.values._words import joined

__all__ = ["conventions"]

NO_TIME = timedelta()
RECEIPT = Label("receipt", "受理")
DEADLINE = Label("the deadline", "截止时间")
STATES = {
    "paused": Label("is paused", "暂停"),
    "waiting": Label("waits for the customer", "等待客户"),
}


def conventions(run: Run, due: datetime, known: Told, policy: Agreements) -> tuple[Reason, ...]:
    """Return the readings that a deadline rests on, and what of the holidays is not known."""
    kinds = {event.kind for event in known.events}
    found: list[Reason] = []
    if known.rivals(run.target):
        found.append(_precedence(policy))
    if len(known.targets) > 1 and not known.kept(run):
        found.append(Reason.of(RETARGETED[policy.retarget]))
    clock = run.leg.clock
    if "reopened" in kinds and "solved" in clock.stops and not clock.repeats:
        found.append(Reason.of(REOPENING[policy.reopening]))
    counted = [said for kind, said in STATES.items() if kind in kinds - set(clock.pauses)]
    if counted:
        states = Label(" or ".join(one.en for one in counted), "或".join(one.zh for one in counted))
        found.append(Reason.of(PAUSE_COUNTS, clock.label, states))
    holidays = unknown_holidays(clock.calendar, due, DEADLINE)
    return (*found, _counting(run, due), *holidays)


def _precedence(policy: Agreements) -> Reason:
    rule = PRECEDENCE[policy.precedence]
    if policy.precedence != "by_kind":
        return Reason.of(rule)
    return Reason.of(rule, joined(KINDS[kind] for kind in policy.order))


def _counting(run: Run, due: datetime) -> Reason:
    leg = run.leg
    limit = leg.clock.limit
    if isinstance(limit, WorkingDays) and leg.share != 1:
        return how_counted(leg.clock.calendar, NO_TIME, RECEIPT)
    if isinstance(limit, WorkingDays) and utc(due) != leg.direct:
        return Reason.of(DAYS_SHIFTED)
    return how_counted(leg.clock.calendar, limit, RECEIPT)
