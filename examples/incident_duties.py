"""Who would answer for the incidents of a log: rules of one's own, and the log's rows as facts.

**The rules are the example's own.** The log names the group that an incident is assigned to and
says nothing of who is accountable. The groups become a tree of units: the one in which most
incidents begin is the front desk, all others are the second line. A "?" is a missing fact.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from book_files import Table
from incident_cases import COLUMNS, HOUR, PRIORITY, instant, row_faults

from kamcore.calendars import Hours, Week, WorkCalendar
from kamcore.facts import Facts, Node, RuleTable, TableRule, TextField, TreeField, read_book
from kamcore.routing import (
    Duty,
    DutyRules,
    Escalation,
    EscalationStep,
    NoOwner,
    route_work,
    simulate_load,
)
from kamcore.values import Label, Seat, Source

# --- who ------------------------------------------------------------------------------------

MAJOR = Seat("major", Label("the incident manager", "重大事件经理"))
DUTY = Seat("duty", Label("the duty manager", "值班经理"))
OWNER = Seat("owner", Label("the application owner", "应用负责人"))
DESK = Seat("desk", Label("the front desk", "一线服务台"), kind="queue")
LEAD = Seat("lead", Label("the group's lead", "小组组长"), kind="unit_role")
HEAD = Seat("head", Label("the head of service", "服务部主任"))
OWN = Source("2016", Label("Duties of this example", "本示例的职责分工"))

# --- rules ----------------------------------------------------------------------------------

CRITICAL, HIGH, MODERATE = (option.name for option in PRIORITY.options[:3])
CATEGORY = TextField("category", zh="类别")
OWNED = ("Category 45", "Category 53")


def units(groups: Iterable[str], front: str) -> TreeField:
    """Return the groups of a log as units of one service: the front desk, and the second line."""
    others = tuple(Node(one, under="second line") for one in groups if one != front)
    nodes = (Node(front), Node("second line", en="the second line", zh="二线"), *others)
    return TreeField("group", nodes=nodes, zh="小组")


def rules(group: TreeField, front: str) -> DutyRules:
    """Return who answers; the first rule that holds wins."""
    moderate = PRIORITY.is_(MODERATE) & group.within("second line")
    return DutyRules(
        table=RuleTable(
            rules=(
                TableRule("1", PRIORITY.is_(CRITICAL), Duty(MAJOR, responsible=(LEAD,))),
                TableRule("2", PRIORITY.is_(HIGH), Duty(DUTY, responsible=(LEAD,))),
                TableRule("3", CATEGORY.one_of(*OWNED), Duty(OWNER, responsible=(LEAD,))),
                TableRule("4", group.is_(front), Duty(DESK)),
                TableRule("5", moderate, Duty(LEAD)),
            )
        ),
        source=OWN,
    )


def ladder(zone: str) -> Escalation:
    """Return who is told while a critical incident stays unsolved, in working hours."""
    return Escalation(
        calendar=WorkCalendar(
            name="working hours", zh="工作时间", zone=zone, week=Week.of(Hours("09:00", "18:00"))
        ),
        steps=(
            EscalationStep("start", zh="立即", after=0 * HOUR, tell=(MAJOR, LEAD)),
            EscalationStep("no progress", zh="无进展", after=2 * HOUR, tell=(DUTY,)),
            EscalationStep("half a day", zh="半日未决", after=4 * HOUR, tell=(OWNER,)),
            EscalationStep("a day", zh="一日未决", after=9 * HOUR, tell=(HEAD,)),
        ),
        source=OWN,
    )


# --- counts ---------------------------------------------------------------------------------

Counts = dict[str, Counter[str]]
UNKNOWN = "?"


def count(book: Sequence[Facts], policy: DutyRules, group: TreeField) -> Counts:
    """Return for every group how many incidents each seat answers for."""
    group_of = {one.account: str(one["group"] or UNKNOWN) for one in book}
    found: Counts = {name: Counter() for name in group_of.values()}
    load = simulate_load(book, policy, by=group)
    for one in load.seats:
        if one.accountable:
            name = UNKNOWN if one.place is None else str(one.place)
            found[name][one.seat.name] = one.accountable
    for kind, accounts in (("nobody", load.unowned), ("unknown", load.undecided)):
        for account in accounts:
            found[group_of[account]][kind] += 1
    return found


def count_by_hand(rows: Iterable[dict[str, str]], front: str) -> Counts:
    """Return the same without kamcore."""
    found: Counts = {}
    for row in rows:
        found.setdefault(row["assignment_group"], Counter())[seat_by_hand(row, front)] += 1
    return found


def seat_by_hand(row: dict[str, str], front: str) -> str:
    priority, category, group = row["priority"], row["category"], row["assignment_group"]
    if priority in {CRITICAL, HIGH}:
        return "major" if priority == CRITICAL else "duty"
    if category in OWNED:
        return "owner"
    if group == front:
        return "desk"
    if priority == MODERATE and group != UNKNOWN:
        return "lead"
    return "unknown" if UNKNOWN in {category, group} else "nobody"


def compare(
    received: Sequence[Facts], ended: Sequence[Facts], policy: DutyRules
) -> Counter[tuple[str, str]]:
    """Return how many incidents kept group and owner from receipt to end, or changed them."""
    found: Counter[tuple[str, str]] = Counter()
    for first, last in zip(received, ended, strict=True):
        groups = kept_or_moved(first["group"], last["group"])
        owners = kept_or_moved(owner(first, policy), owner(last, policy))
        found[groups, owners] += 1
    return found


def kept_or_moved(before: object, after: object) -> str:
    if before is None or after is None:
        return "open"
    return "kept" if before == after else "moved"


def owner(facts: Facts, policy: DutyRules) -> tuple[str, str] | None:
    """Return the accountable seat; the lead of another group is another one."""
    duty = route_work(facts, policy).value_or(NoOwner())
    if not isinstance(duty, Duty):
        return None
    seat = duty.accountable
    return seat.name, str(facts["group"]) if seat.kind == "unit_role" else ""


# --- the log --------------------------------------------------------------------------------

NEEDED = (*COLUMNS, "category", "assignment_group", "reassignment_count")


@dataclass(frozen=True, slots=True)
class Incident:
    """The first and the last row of an incident by time, and when it was opened and solved."""

    first: dict[str, str]
    last: dict[str, str]
    opened: datetime
    solved: datetime | None


def read_rows(table: Table, zone: ZoneInfo) -> tuple[tuple[Incident, ...], list[str]]:
    """Return the incidents, and a line for every row that is left out."""
    kept: dict[str, list[dict[str, str]]] = {}
    faults: list[str] = []
    for place, row in enumerate(table.rows, start=1):
        own = kept.get(row["number"], [])
        opened = instant(own[0]["opened_at"], zone) if own else None
        wrong = [*row_faults(row, opened, zone)]
        if not row["reassignment_count"].isdecimal():
            wrong.append(f"reassignment_count {row['reassignment_count']!r} is no number")
        if wrong:
            said = f"{table.place(place)}: {row['number']}: {'; '.join(wrong)}"
            faults.append(f"{said}; the row is left out")
        else:
            kept.setdefault(row["number"], []).append(row)
    return tuple(incident(rows, zone) for rows in kept.values()), faults


def incident(rows: list[dict[str, str]], zone: ZoneInfo) -> Incident:
    timed = sorted(
        ((instant(row["sys_updated_at"], zone), row) for row in rows), key=lambda one: one[0]
    )
    ends = (at for at, row in timed if row["incident_state"] in {"Resolved", "Closed"})
    (_, first), (_, last) = timed[0], timed[-1]
    return Incident(first, last, instant(first["opened_at"], zone), next(ends, None))


def front_of(incidents: Iterable[Incident]) -> str:
    """Return the group in which most incidents begin; of several the first by name."""
    groups = Counter(one.first["assignment_group"] for one in incidents)
    del groups[UNKNOWN]
    return min(groups, key=lambda name: (-groups[name], name))


def facts_of(rows: Iterable[dict[str, str]], policy: DutyRules) -> tuple[Facts, ...]:
    """Return rows of the log as facts; "?" is missing."""
    known = (
        {name: None if cell == UNKNOWN else cell for name, cell in row.items()} for row in rows
    )
    return read_book(known, policy.fields, key="number", names={"group": "assignment_group"})
