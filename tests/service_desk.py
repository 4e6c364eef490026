"""A service desk for the tests of clocks: its hours, two priorities, and cases in March 2026.

2026-03-02 is a Monday; the desk is open from 09:00 to 18:00 on workdays.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kamcore.calendars import Amount, Calendar, Hours, Week, WorkCalendar, around_the_clock
from kamcore.facts import ChoiceField, Facts, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Case,
    CaseState,
    Clock,
    ClockState,
    Event,
    NoPromise,
    find_clocks,
    find_deadline,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = WorkCalendar(
    name="desk", zh="服务台", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00"))
)
ALWAYS = around_the_clock("Asia/Shanghai")
PRIORITY = ChoiceField("priority", options=("high", "low"), zh="优先级")
FIELDS = Agreement(
    name="any", clocks=RuleTable(rules=(TableRule("any", PRIORITY.is_("high"), ()),))
).clocks.fields
LOW = read_facts({"priority": "low"}, FIELDS)
HIGH = read_facts({"priority": "high"}, FIELDS)
UNKNOWN = read_facts({"priority": None}, FIELDS)


def d(day: int, hour: int = 0, minute: int = 0, us: int = 0) -> datetime:
    """Return a wall time of March 2026 in Shanghai, with microseconds."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI) + timedelta(microseconds=us)


def h(hours: float) -> timedelta:
    """Return so many hours."""
    return timedelta(hours=hours)


def clock(
    limit: Amount | float = 8,
    name: str = "resolution",
    calendar: Calendar = DESK,
    **more: object,
) -> Clock:
    """Return a clock of so many hours at the desk."""
    amount = h(limit) if isinstance(limit, int | float) else limit
    return Clock(name, limit=amount, calendar=calendar, **more)  # type: ignore[arg-type]  # by name


def table(
    low: Sequence[Clock], high: Sequence[Clock] | None = None
) -> RuleTable[tuple[Clock, ...]]:
    """Return clocks by priority."""
    rules = (
        TableRule("high", PRIORITY.is_("high"), tuple(low if high is None else high)),
        TableRule("low", PRIORITY.is_("low"), tuple(low)),
    )
    return RuleTable(rules=rules)


def agreements(
    low: Clock | Sequence[Clock], high: Clock | Sequence[Clock] | None = None, **more: object
) -> Agreements:
    """Return one standard agreement with clocks by priority."""
    first = [low] if isinstance(low, Clock) else low
    second = [high] if isinstance(high, Clock) else high
    standard = Agreement(name="standard", zh="标准", clocks=table(first, second))
    return Agreements(agreements=(standard,), **more)  # type: ignore[arg-type]  # by name


def case(*events: Event, facts: Facts = LOW, opened: datetime | None = None) -> Case:
    """Return a case that was received on Monday at 09:00 with low priority."""
    return Case("T1", (Event("opened", opened or d(2, 9), facts=facts), *events))


def changed(at: datetime, facts: Facts = HIGH) -> Event:
    """Return a change to other facts."""
    return Event("changed", at, facts=facts)


def state(one: Case, policy: Agreements, as_of: datetime) -> CaseState:
    """Return how a case stands."""
    return find_clocks(one, policy, as_of=as_of).value


def ask(
    one: Case, policy: Agreements | Clock, as_of: datetime, name: str = "resolution"
) -> ClockState:
    """Return how a clock of a case stands."""
    known = agreements(policy) if isinstance(policy, Clock) else policy
    return state(one, known, as_of)[name]


def due(
    one: Case,
    policy: Agreements | Clock,
    as_of: datetime | None = None,
    name: str = "resolution",
) -> datetime:
    """Return the deadline of a clock."""
    known = agreements(policy) if isinstance(policy, Clock) else policy
    found = find_deadline(one, known, clock=name, as_of=as_of).value
    assert not isinstance(found, NoPromise)
    return found
