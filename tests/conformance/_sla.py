"""Working time and SLA cases of other systems in kamcore's words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Literal, cast

from _case import Inputs, Skipped, Translation, fraction, only

from kamcore.calendars import (
    WEEKDAYS,
    Calendar,
    Closure,
    Holiday,
    Hours,
    Landing,
    Roll,
    SpecialDay,
    Week,
    WorkCalendar,
    WorkingDays,
)
from kamcore.facts import ChoiceField, Fields, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Case,
    Clock,
    ClockState,
    Event,
    NoPromise,
    find_clocks,
    find_deadline,
)
from kamcore.values import Days

Table = Mapping[str, Sequence[Sequence[str]]]
ROLLS: Mapping[str, Roll] = {
    "forward": "following",
    "following": "following",
    "backward": "preceding",
    "preceding": "preceding",
    "modifiedfollowing": "modified_following",
    "modifiedpreceding": "modified_preceding",
    "raise": "refuse",
}


BOUNDS: Mapping[str, tuple[int, int]] = {
    "[start,end]": (0, 0),
    "[start,end)": (0, 1),
    "(start,end]": (1, 0),
    "(start,end)": (1, 1),
}
Retarget = Literal["from_start", "from_change", "keep_share", "keep_stricter"]
MODES: Mapping[str, Retarget] = {
    "from_start": "from_start",
    "from_change": "from_change",
    "from_now": "from_change",
    "keep_share": "keep_share",
    "keep_the_share_used": "keep_share",
    "proportional": "keep_share",
    "keep_stricter": "keep_stricter",
    "keep_the_stricter": "keep_stricter",
}
CLOCK = "resolution"
STORED = ("operation", "schedule", "landing")
ASKED = ("stop", "stopped", "solved", "end", "at", "as_of")


def calendar(inputs: Inputs) -> Calendar:
    """Return the calendar of a case."""
    schedule = cast("Mapping[str, object]", inputs["schedule"])
    only(schedule, "tz", "weekly", "holidays", "overrides", "breaks", "weekly_breaks")
    overrides = cast("Table", schedule.get("overrides") or {})
    breaks = cast("Table", schedule.get("breaks") or {})
    holidays = cast("Sequence[str]", schedule.get("holidays") or ())
    emptied = {day for day, hours in overrides.items() if not hours}
    return WorkCalendar(
        name="case",
        zone=str(schedule["tz"]),
        week=week(cast("Table", schedule["weekly"])),
        breaks=week(cast("Table", schedule.get("weekly_breaks") or {})),
        holidays=tuple(
            Holiday(date.fromisoformat(day), "holiday") for day in sorted({*holidays, *emptied})
        ),
        special_days=tuple(
            SpecialDay(date.fromisoformat(day), stretches(hours))
            for day, hours in overrides.items()
            if hours
        ),
        closures=tuple(
            Closure(date.fromisoformat(day), one, "break")
            for day, hours in breaks.items()
            for one in stretches(hours)
        ),
    )


def week(table: Table) -> Week:
    """Return the hours by weekday."""
    full = {name[:3]: name for name in WEEKDAYS}
    return Week(**{full[day]: stretches(hours) for day, hours in table.items()})  # type: ignore[arg-type]  # by name


def stretches(hours: Sequence[Sequence[str]]) -> tuple[Hours, ...]:
    """Return the stretches of a day."""
    return tuple(Hours(opens, closes) for opens, closes in hours)


def instant(inputs: Inputs, name: str) -> datetime:
    """Return an instant of a case."""
    return datetime.fromisoformat(str(inputs[name]))


def landing(inputs: Inputs) -> Landing | None:
    """Return the landing that a case asks for; None takes the natural one."""
    asked = inputs.get("landing")
    if asked in {None, "default"}:
        return None
    if asked in {"close", "open"}:
        return cast("Landing", asked)
    if asked == "other_side":
        return "close" if "subtract" in str(inputs["operation"]) else "open"
    raise Skipped(f"landing {asked!r} has no translation")


def amount(inputs: Inputs) -> timedelta:
    """Return an amount of open time."""
    return timedelta(microseconds=int(cast("int", inputs["seconds"]) * 1_000_000))


def add(inputs: Inputs) -> object:
    """Add open time."""
    start = instant(inputs, "start")
    return calendar(inputs).add(start, amount(inputs), landing=landing(inputs))


def subtract(inputs: Inputs) -> object:
    """Subtract open time."""
    start = instant(inputs, "start")
    return calendar(inputs).subtract(start, amount(inputs), landing=landing(inputs))


def between(inputs: Inputs) -> object:
    """Return open time in seconds."""
    found = calendar(inputs).between(instant(inputs, "start"), instant(inputs, "end"))
    return found / timedelta(seconds=1)


def open_periods(inputs: Inputs) -> object:
    """Return the first so many open periods."""
    found = calendar(inputs).open_periods(instant(inputs, "start"))
    count = int(str(inputs["count"]))
    return [[one.opens, one.closes] for one in islice(found, count)]


def add_days(inputs: Inputs) -> object:
    """Add working days to a date."""
    day, count = date.fromisoformat(str(inputs["date"])), int(str(inputs["days"]))
    return calendar(inputs).add_working_days(day, count, roll=ROLLS[str(inputs["roll"])])


def move_days(inputs: Inputs, ends: str, towards: Landing | None) -> object:
    """Move an instant by working days."""
    count = int(str(inputs["days"]))
    days = WorkingDays(abs(count), ends=ends)  # type: ignore[arg-type]  # one of the two
    move = calendar(inputs).subtract if count < 0 else calendar(inputs).add
    return move(instant(inputs, "start"), days, landing=towards)


def then_roll(inputs: Inputs) -> object:
    """Move by working days at the same time, then roll into open time."""
    before = inputs["direction"] == "before"
    sign = -1 if before else 1
    signed = {**inputs, "days": sign * int(str(inputs["days"]))}
    return move_days(signed, "same_time", "close" if before else "open")


def count_days(inputs: Inputs) -> object:
    """Count working days by the case's convention."""
    first, last = (date.fromisoformat(str(inputs[name])) for name in ("start", "end"))
    convention = str(inputs["convention"]).replace(" ", "")
    if convention not in BOUNDS:
        raise Skipped(f"convention {convention} has no translation")
    after, before = BOUNDS[convention]
    if last < first:
        raise Skipped("a span of days that ends before it starts has no translation")
    start, end = first + timedelta(days=after), last - timedelta(days=before)
    return calendar(inputs).count_working_days(Days.through(start, end)) if start <= end else 0


def is_open(inputs: Inputs) -> object:
    """Say whether an instant is open."""
    return calendar(inputs).is_open(instant(inputs, "at"))


def is_working_day(inputs: Inputs) -> object:
    """Say whether a date is a working day."""
    return calendar(inputs).is_working_day(date.fromisoformat(str(inputs["date"])))


def next_open(inputs: Inputs) -> object:
    """Return the instant itself if it is open, else the next opening."""
    return calendar(inputs).add(instant(inputs, "at"), timedelta(), landing="open")


def prev_open_or_close(inputs: Inputs) -> object:
    """Return the instant itself if it is open, else the last closing."""
    return calendar(inputs).subtract(instant(inputs, "at"), timedelta(), landing="close")


def next_close(inputs: Inputs) -> object:
    """Return the next closing."""
    return calendar(inputs).next_closing(instant(inputs, "at"))


# --- clocks -------------------------------------------------------------------------------


def moment(inputs: Inputs, *names: str) -> datetime | None:
    """Return the instant that stands under one of several names, None where none does."""
    found = [name for name in names if inputs.get(name) is not None]
    if len(found) > 1:
        raise Skipped(f"inputs {', '.join(found)} together have no translation")
    return instant(inputs, found[0]) if found else None


def pauses(inputs: Inputs, start: datetime) -> list[Event]:
    """Return the events of the pauses; one that began before the start begins with it."""
    events: list[Event] = []
    given = cast("Sequence[Sequence[str | None]]", inputs.get("pauses") or ())
    spans = sorted(
        (
            max(datetime.fromisoformat(str(begins)), start),
            datetime.fromisoformat(ends) if ends else None,
        )
        for begins, ends in given
    )
    for (_, ends), (begins, _) in pairwise(spans):
        if ends is None or begins < ends:
            raise Skipped("pauses that overlap have no translation")
    for begins, ends in spans:
        if ends is None or begins < ends:
            events.append(Event("paused", begins))
            events += [Event("resumed", ends)] if ends else []
    return events


def numbered(count: int) -> ChoiceField:
    """Return the fact by which a limit is found: its number."""
    return ChoiceField("target", options=tuple(str(number) for number in range(count)))


def case_of(inputs: Inputs, stop: datetime | None = None) -> Case:
    """Return a case: received, paused, changed to another limit, and solved."""
    start = instant(inputs, "start")
    changes = cast("Sequence[Mapping[str, object]]", inputs.get("changes") or ())
    target = numbered(len(changes) + 1)
    facts = [read_facts({"target": name}, Fields((target,))) for name in target.names]
    events = [Event("opened", start, facts=facts[0]), *pauses(inputs, start)]
    for one, now in zip(changes, facts[1:], strict=True):
        only(one, "at", "seconds")
        events.append(Event("changed", instant(one, "at"), facts=now))
    return Case("case", (*events, Event("solved", stop)) if stop else tuple(events))


def promised(inputs: Inputs, alerts: tuple[Alert, ...] = ()) -> Agreements:
    """Return an agreement that gives each limit by its number."""
    changes = cast("Sequence[Inputs]", inputs.get("changes") or ())
    target, hours = numbered(len(changes) + 1), calendar(inputs)
    rules = tuple(
        TableRule(name, target.is_(name), (clock(amount(one), hours, alerts),))
        for name, one in zip(target.names, (inputs, *changes), strict=True)
    )
    mode = str(inputs.get("mode", "from_start")).lower().replace(" ", "_").replace("-", "_")
    if mode not in MODES:
        raise Skipped(f"mode {mode} has no translation")
    standard = Agreement(name="case", clocks=RuleTable(rules=rules))
    return Agreements(agreements=(standard,), retarget=MODES[mode])


def clock(limit: timedelta, hours: Calendar, alerts: tuple[Alert, ...]) -> Clock:
    """Return a clock from the receipt to the solution."""
    return Clock(CLOCK, limit=limit, calendar=hours, alerts=alerts)


def deadline(inputs: Inputs) -> object:
    """Return the deadline after pauses and changes."""
    only(inputs, *STORED, "start", "seconds", "pauses", "changes", "mode", "at", "as_of")
    as_of = moment(inputs, "at", "as_of")
    found = find_deadline(case_of(inputs), promised(inputs), clock=CLOCK, as_of=as_of).value
    if isinstance(found, NoPromise):
        raise TypeError("the case has no clock")
    return calendar(inputs).add(found, timedelta(), landing=landing(inputs))


def stands(inputs: Inputs) -> ClockState:
    """Return how the clock stands at its stop, or at the instant asked."""
    stop = moment(inputs, "stop", "stopped", "solved")
    asked = stop or moment(inputs, "end", "at", "as_of")
    if asked is None:
        raise Skipped("a clock that is asked at no instant has no translation")
    return find_clocks(case_of(inputs, stop), promised(inputs), as_of=asked).value[CLOCK]


def elapsed(inputs: Inputs) -> object:
    """Return the time that counted, in seconds; it does not depend on the limit."""
    only(inputs, *STORED, *ASKED, "start", "seconds", "pauses")
    return stands({"seconds": 1, **inputs}).elapsed / timedelta(seconds=1)


def result(inputs: Inputs) -> object:
    """Return whether the promise is met or breached, and the seconds of open time over it."""
    only(inputs, *STORED, *ASKED, "start", "seconds", "pauses", "changes", "mode")
    found = stands(inputs)
    late = found.verdict == "late"
    return {"met": not late, "breached": late, "seconds_over": found.late_by / timedelta(seconds=1)}


def share(inputs: Inputs) -> int:
    """Return the share of a threshold in percent."""
    given = [name for name in ("percent", "fraction") if inputs.get(name) is not None]
    if len(given) != 1:
        raise Skipped("a threshold without one share has no translation")
    exact = fraction(inputs[given[0]])
    written = str(inputs[given[0]]).endswith("%")
    percent = exact if given == ["percent"] and not written else exact * 100
    if percent.denominator != 1 or percent < 1:
        raise Skipped("a share that is no whole percent has no translation")
    return int(percent)


def threshold(inputs: Inputs) -> object:
    """Return the instant of an alert: what was coming after the last event before it."""
    only(inputs, *STORED, "start", "seconds", "pauses", "percent", "fraction")
    policy = promised(inputs, (Alert(name="threshold", percent=share(inputs)),))
    known = case_of(inputs)
    moments = [one.at.astimezone(UTC) for one in known.events]
    for now, later in pairwise([*moments, None]):
        for one in find_clocks(known, policy, as_of=now or moments[-1]).value.plan:
            if one.what == "threshold" and (later is None or one.at.astimezone(UTC) <= later):
                return one.at
    raise Skipped("a threshold that a pause without end keeps off has no translation")


KINDS: Mapping[str, Translation] = {
    "add_business_time": add,
    "subtract_business_time": subtract,
    "business_time_between": between,
    "open_periods": open_periods,
    "add_working_days": add_days,
    "add_working_days_keep_time": lambda case: move_days(case, "same_time", None),
    "add_working_days_end_of_day": lambda case: move_days(case, "close", None),
    "add_working_days_then_roll": then_roll,
    "working_days_between": count_days,
    "is_open": is_open,
    "is_working_day": is_working_day,
    "next_open": next_open,
    "prev_open_or_close": prev_open_or_close,
    "next_close": next_close,
    "retarget": deadline,
    "deadline_with_pauses": deadline,
    "elapsed_with_pauses": elapsed,
    "sla_result": result,
    "threshold_at": threshold,
}
