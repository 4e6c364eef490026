"""What the incident log is measured by, and how its rows become cases.

The rows of an incident become its events:

- `opened_at` is the receipt, with the priority of the first row; another priority is a change.
- Leaving the state New is the first answer. Another group or person in charge is none: the caller
  learns nothing from it.
- "Awaiting User Info" waits for the customer, any other "Awaiting ..." pauses, every other state
  resumes. Resolved solves, an open state after it re-opens. Closed confirms; where nothing was
  solved, it solves.

A row that cannot be is told on stderr and left out; the other rows of its incident count.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from book_files import Table

from kamcore.calendars import Hours, Week, WorkCalendar, around_the_clock
from kamcore.facts import Choice, ChoiceField, Fields, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Case,
    Clock,
    Event,
)

# --- what is promised -----------------------------------------------------------------------

PRIORITY = ChoiceField(
    "priority",
    options=(
        Choice("1 - Critical", en="critical", zh="紧急"),
        Choice("2 - High", en="high", zh="高"),
        Choice("3 - Moderate", en="moderate", zh="中"),
        Choice("4 - Low", en="low", zh="低"),
    ),
    zh="优先级",
)
PRIORITIES = {one.name: one.label for one in PRIORITY.options}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = {
    "1 - Critical": (15 * MINUTE, 4 * HOUR),
    "2 - High": (30 * MINUTE, 8 * HOUR),
    "3 - Moderate": (4 * HOUR, 27 * HOUR),
    "4 - Low": (9 * HOUR, 45 * HOUR),
}
Pausing = Literal["paused", "waiting"]
AT_ALL_HOURS = ("1 - Critical", "2 - High")


def agreements(zone: str, *, hours: bool = True, pauses: bool = True) -> Agreements:
    """Return what is promised; `hours=False` counts nights and weekends, `pauses=False` pauses."""
    always = around_the_clock(zone)
    desk = WorkCalendar(
        name="working hours", zh="工作时间", zone=zone, week=Week.of(Hours("09:00", "18:00"))
    )

    def clocks(priority: str) -> tuple[Clock, ...]:
        answer, solution = LIMITS[priority]
        calendar = desk if hours and priority not in AT_ALL_HOURS else always
        left_out: tuple[Pausing, ...] = ("paused", "waiting") if pauses else ()
        return (
            Clock(
                "answer",
                en="first answer",
                zh="首次答复",
                limit=answer,
                calendar=calendar,
                stops=("answered",),
            ),
            Clock("solution", zh="解决", limit=solution, calendar=calendar, pauses=left_out),
        )

    rules = (TableRule(name, PRIORITY.is_(name), clocks(name)) for name in PRIORITIES)
    table = RuleTable(rules=tuple(rules))
    return Agreements(
        agreements=(Agreement(name="incident agreement", zh="事件服务协议", clocks=table),)
    )


# --- the log --------------------------------------------------------------------------------

COLUMNS = ("number", "incident_state", "made_sla", "opened_at", "sys_updated_at", "priority")
PAUSED = ("Awaiting Problem", "Awaiting Vendor", "Awaiting Evidence")
STATES = ("New", "Active", "Awaiting User Info", *PAUSED, "Resolved", "Closed")
MADE = {"TRUE": True, "FALSE": False}
FACTS = {name: read_facts({"priority": name}, Fields((PRIORITY,))) for name in PRIORITIES}
WRITTEN = "%d-%m-%Y %H:%M"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log, read."""

    number: str
    state: str
    made: bool
    opened: datetime
    at: datetime
    priority: str


@dataclass(frozen=True, slots=True)
class Incident:
    """What the log tells of one incident, in the order of time."""

    rows: tuple[Row, ...]
    case: Case

    @property
    def made(self) -> bool:
        return self.rows[-1].made

    @property
    def priority(self) -> str:
        return self.rows[-1].priority

    @property
    def closed(self) -> datetime | None:
        return next((row.at for row in self.rows if row.state == "Closed"), None)


def read_log(table: Table, zone: ZoneInfo) -> tuple[dict[str, Incident], list[str]]:
    """Return the incidents by number, and a line for every row that is left out."""
    found: dict[str, list[Row]] = {}
    faults: list[str] = []
    for number, cells in enumerate(table.rows, start=1):
        own = found.get(cells["number"], [])
        wrong = list(row_faults(cells, own[0].opened if own else None, zone))
        if wrong:
            said = f"{table.place(number)}: {cells['number']}: {'; '.join(wrong)}"
            faults.append(f"{said}; the row is left out")
            continue
        row = Row(
            number=cells["number"],
            state=cells["incident_state"],
            made=MADE[cells["made_sla"]],
            opened=instant(cells["opened_at"], zone),
            at=instant(cells["sys_updated_at"], zone),
            priority=cells["priority"],
        )
        found.setdefault(row.number, []).append(row)
    return {number: incident(rows) for number, rows in found.items()}, faults


def row_faults(cells: dict[str, str], before: datetime | None, zone: ZoneInfo) -> Iterator[str]:
    """Yield all that is wrong with a row; `before` is when its incident was opened so far."""
    if not cells["number"]:
        yield "there is no number"
    known = {"incident_state": STATES, "priority": PRIORITIES, "made_sla": MADE}
    for name, options in known.items():
        if cells[name] not in options:
            yield f"{name} {cells[name]!r} is none of {', '.join(options)}"
    times: list[datetime] = []
    for name in ("opened_at", "sys_updated_at"):
        try:
            times.append(instant(cells[name], zone))
        except ValueError:
            yield f"{name} {cells[name]!r} is not a time like 29-02-2016 18:05"
    if len(times) == 2:
        opened, at = times
        if before not in {None, opened}:
            yield f"opened_at {cells['opened_at']!r} is another than in the incident's first row"
        if at < opened:
            yield f"updated at {cells['sys_updated_at']}, before {cells['opened_at']}, when opened"


def instant(text: str, zone: ZoneInfo) -> datetime:
    return datetime.strptime(text, WRITTEN).replace(tzinfo=zone)


def incident(rows: Iterable[Row]) -> Incident:
    ordered = tuple(sorted(rows, key=lambda row: row.at))
    return Incident(ordered, Case(ordered[0].number, tuple(events(ordered))))


def events(rows: Sequence[Row]) -> Iterator[Event]:
    """Tell a history of states as the events that a clock knows."""
    state, priority, solved = "New", rows[0].priority, False
    yield Event("opened", rows[0].opened, facts=FACTS[priority])
    for row in rows:
        if row.priority != priority:
            priority = row.priority
            yield Event("changed", row.at, facts=FACTS[priority])
        if row.state == state:
            continue
        if state == "New":
            yield Event("answered", row.at)
        if state.startswith("Awaiting"):
            yield Event("resumed", row.at)
        ends = row.state in {"Resolved", "Closed"}
        if ends != solved:
            yield Event("solved" if ends else "reopened", row.at)
        if row.state.startswith("Awaiting"):
            waits = row.state not in PAUSED
            yield Event("waiting" if waits else "paused", row.at, note="" if waits else row.state)
        if row.state == "Closed":
            yield Event("confirmed", row.at)
        state, solved = row.state, ends
