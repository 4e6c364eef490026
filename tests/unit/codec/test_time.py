"""Cases, calendars and everything about promises in time: JSON out, in, and asked again."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import attrs
import pytest
from tests import promises
from tests.promises import CASE, COMBINED, NIGHT, OFFICE, SERVICE, at, facts

from kamcore import calendars, sla
from kamcore.calendars import (
    Closure,
    Every,
    Holiday,
    Hours,
    SpecialDay,
    Sweep,
    Week,
    WorkingDays,
    around_the_clock,
    check_review_day,
)
from kamcore.codec import from_json, to_json
from kamcore.codec._kinds import KINDS
from kamcore.decision import Decision, Policy, Record
from kamcore.errors import CodecError
from kamcore.presets import (
    basic_service,
    group_levels,
    hundred_points,
    service_levels,
    vip_service,
)
from kamcore.rulebook import keep_record, replay
from kamcore.sla import (
    Attainment,
    Case,
    CaseState,
    Event,
    Ledger,
    NoPromise,
    check_rush,
    find_batch_handling,
    find_clocks,
    find_deadline,
    find_lead_time,
    find_ledger,
    measure_attainment,
    order_work,
    plan_renewal,
)

BERLIN = ZoneInfo("Europe/Berlin")
STATE = find_clocks(CASE, SERVICE, as_of=at(29, 15)).value
PAUSED = find_clocks(CASE, SERVICE, as_of=at(29, 10, 30)).value
GONE = find_clocks(CASE.with_event(Event("cancelled", at(29, 16))), SERVICE, as_of=at(30, 9)).value
LEDGER = find_ledger(CASE, SERVICE, clock="resolution", as_of=at(29, 15))
ATTAINMENT = measure_attainment(
    [STATE, PAUSED], by=("priority",), period="month", zone="Asia/Shanghai"
)
VALUES: dict[str, object] = {
    "event": CASE.events[0],
    "event in the second 2:30": Event(
        "opened", datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN)
    ),
    "event to the microsecond": Event("opened", at(28, 9) + timedelta(microseconds=1)),
    "case": CASE,
    "state": STATE,
    "state, paused": PAUSED,
    "state, cancelled": GONE,
    "ledger": LEDGER,
    "attainment": ATTAINMENT,
    "attainment of nothing": measure_attainment([]),
    "no promise": NoPromise(),
    "hours": Hours(time(22, 0, 0, 1), "24:00"),
    "week": Week.of(Hours("09:00", "12:00"), Hours("13:00", "18:00")),
    "holiday": Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),
    "special day": SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),
    "closure": Closure(date(2026, 11, 2), Hours("09:00", "10:30"), "power cut"),
    "working days": WorkingDays(2, ends="same_time", first="same_day"),
    "around the clock": around_the_clock("UTC"),
    "calendar": OFFICE,
    "night shift": NIGHT,
    "combined calendar": COMBINED,
    "stretch": OFFICE.stretches(at(28, 9), at(28, 13))[-1],
    "recurrence": Every(count=1, unit="month", anchor=date(2026, 1, 31), missing_day="skip"),
    "sweep": Sweep(every=Every(count=1, unit="week", anchor=date(2026, 1, 5)), lookahead_days=13),
    "review timing": check_review_day(date(2026, 4, 1), promises.WINDOW).value,
    "order": promises.ORDERS[1],
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_comes_back_equal(value: object) -> None:
    text = to_json(value)
    copy = from_json(text, type(value))
    assert copy == value
    assert to_json(copy) == text
    assert hash(copy) == hash(value)


def test_a_stored_instant_keeps_its_zone_and_its_fold() -> None:
    event = from_json(to_json(VALUES["event in the second 2:30"]), Event)
    assert (event.at.fold, event.at.tzinfo) == (1, BERLIN)
    assert event.at.utcoffset() == timedelta(hours=1)


def test_a_stored_calendar_counts_the_same_time() -> None:
    copy = from_json(to_json(COMBINED), type(COMBINED))
    start, end = at(1, 0), at(30, 0)
    assert copy.between(start, end) == COMBINED.between(start, end) > timedelta()


def test_a_stored_state_and_ledger_are_read_like_the_first() -> None:
    state = from_json(to_json(STATE), CaseState)
    assert state["resolution"].remaining == STATE["resolution"].remaining
    assert state.next_change == STATE.next_change
    ledger = from_json(to_json(LEDGER), Ledger)
    assert ledger.text("zh") == LEDGER.text("zh")
    assert ledger.counted == ledger.budget
    attainment = from_json(to_json(ATTAINMENT), Attainment)
    assert attainment.rows() == ATTAINMENT.rows()


# --- decisions and records --------------------------------------------------------------------

ANSWER = hundred_points.ANSWER
INQUIRY = Case("INQ", (Event("opened", at(28, 17)),))
UNKNOWN = Case("T2", (Event("opened", at(28, 17), facts=facts(None, key=None)),))
COVERAGE = basic_service.coverage(calendar=OFFICE)
LEVELS = service_levels.agreements(calendar=OFFICE, resolution_from="answered")
RENEWALS = vip_service.renewals(first_sweep=date(2026, 1, 5))
QUESTIONS: dict[str, Callable[[], Record[Decision[object]]]] = {
    "find_clocks": lambda: keep_record(find_clocks, CASE, SERVICE, as_of=at(29, 15)),
    "find_clocks, a fact missing": lambda: keep_record(
        find_clocks, UNKNOWN, SERVICE, as_of=at(29, 15)
    ),
    "find_deadline": lambda: keep_record(find_deadline, INQUIRY, ANSWER, clock="answer"),
    "find_deadline, paused": lambda: keep_record(
        find_deadline, CASE, SERVICE, clock="resolution", as_of=at(29, 10, 30)
    ),
    "find_deadline, not started": lambda: keep_record(
        find_deadline, CASE, SERVICE, clock="update", as_of=at(29, 9, 20)
    ),
    "find_lead_time": lambda: keep_record(
        find_lead_time, "A", promises.LEAD_TIMES, anchor=date(2026, 9, 30)
    ),
    "check_rush": lambda: keep_record(check_rush, "A", promises.LEAD_TIMES),
    "check_rush, undecided": lambda: keep_record(check_rush, "B", hundred_points.LEAD_TIMES),
    "check_rush, refused": lambda: keep_record(
        check_rush, "B", hundred_points.LEAD_TIMES, production_allows=False
    ),
    "order_work": lambda: keep_record(order_work, promises.ORDERS, promises.ORDER),
    "order_work of a list": lambda: keep_record(order_work, list(promises.ORDERS), promises.ORDER),
    "plan_renewal": lambda: keep_record(plan_renewal, date(2026, 3, 16), RENEWALS),
    "plan_renewal, reminded": lambda: keep_record(
        plan_renewal, date(2026, 3, 16), promises.RENEWALS
    ),
    "find_batch_handling": lambda: keep_record(
        find_batch_handling, 30, basic_service.BATCHES, tier="C"
    ),
    "find_batch_handling, none": lambda: keep_record(
        find_batch_handling, 29, promises.BATCHES, tier="A"
    ),
    "check_review_day": lambda: keep_record(check_review_day, date(2026, 4, 1), promises.WINDOW),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_decision_and_its_record_come_back_and_replay(
    ask: Callable[[], Record[Decision[object]]],
) -> None:
    record = ask()
    answer = from_json(to_json(record.answer), Decision)
    assert answer == record.answer
    for lang in ("en", "zh"):
        assert answer.explain(lang) == record.answer.explain(lang)
    copy: Record[Decision[object]] = from_json(to_json(record), Record)
    assert copy == record
    again = replay(copy)
    assert again.same
    assert again.again == record.answer
    assert replay(copy, record.policy).same


def test_the_questions_are_all_of_the_decisions_on_time() -> None:
    asked = {name.split(",", maxsplit=1)[0].split(" ", maxsplit=1)[0] for name in QUESTIONS}
    known = {name for room in (sla, calendars) for name in room.__all__}
    answers = {name for name in known if name.startswith(("find_", "check_", "order_", "plan_"))}
    assert asked == answers - {"find_ledger"}


def test_another_event_changes_the_replayed_answer() -> None:
    record = QUESTIONS["find_deadline"]()
    arguments = dict(record.arguments)
    later = Case("INQ", (Event("opened", at(28, 18)),))
    forged = attrs.evolve(record, arguments=tuple({**arguments, "case": later}.items()))
    assert not replay(forged).same


PRESETS: dict[str, Policy] = {
    "S3-P08 answer": ANSWER,
    "S3-P08 order of work": hundred_points.ORDER_OF_WORK,
    "S3-P11 coverage": COVERAGE,
    "S3-P11 batches": basic_service.BATCHES,
    "S3-P13": LEVELS,
    "S3-P14": group_levels.service(
        opens={"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}, zone="Asia/Shanghai"
    ),
    "S1": RENEWALS,
    "own": SERVICE,
}


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_a_preset_comes_back_with_its_fingerprint(policy: Policy) -> None:
    copy = from_json(to_json(policy), type(policy))
    assert copy == policy
    assert copy.fingerprint == policy.fingerprint


def test_every_value_of_the_rooms_can_be_stored() -> None:
    """What a decision can hold is known by name; bases and what is only computed with is not."""
    left_out = {"Calendar", "Closed", "Period", "Quarter", "Candidate"}
    for room in (sla, calendars):
        for name in room.__all__:
            member = getattr(room, name)
            if isinstance(member, type) and attrs.has(member) and name not in left_out:
                assert KINDS.get(name) is member, name
    assert not left_out & set(KINDS)


# --- faults -----------------------------------------------------------------------------------


def broken(value: object, path: str, member: object) -> str:
    """Return the JSON of a value with one member changed."""
    data = json.loads(to_json(value))
    place = data["value"]
    *way, last = path.split(".")
    for key in way:
        place = place[int(key)] if key.isdigit() else place[key]
    place[int(last) if last.isdigit() else last] = member
    return json.dumps(data)


HOURS = Hours("09:00", "18:00")
CLOCK = next(ANSWER.clocks())


@pytest.mark.parametrize(
    ("value", "path", "member", "message"),
    [
        (HOURS, "opens", {"time": "9 o'clock"}, 'at value.opens: "9 o\'clock" is no time of day'),
        (HOURS, "opens", {"time": "24:00"}, "at value.opens: '24:00' is no time of day"),
        (HOURS, "opens", {"time": ""}, "at value.opens: '' is no time of day"),
        (
            HOURS,
            "opens",
            {"time": "09:00:00", "zone": "UTC"},
            "at value.opens: no value has the keys ['time', 'zone']; write \"type\" and its fields",
        ),
        (
            HOURS,
            "opens",
            {"time": 9},
            "at value.opens: no value has the keys ['time']; write \"type\" and its fields",
        ),
        (
            HOURS,
            "opens",
            {"time": "09:00:00+08:00"},
            (
                "at value: Hours: time 09:00:00+08:00 has a zone; "
                "the calendar has one, leave it out here"
            ),
        ),
        (
            CLOCK,
            "limit",
            {"microseconds": 10**20},
            ("at value.limit: 100000000000000000000 microseconds are more than the calendar holds"),
        ),
        (
            CLOCK,
            "limit",
            {"microseconds": "1"},
            "at value.limit: no value has the keys ['microseconds']; write \"type\" and its fields",
        ),
        (
            CLOCK,
            "limit",
            {"microseconds": True},
            "at value.limit: no value has the keys ['microseconds']; write \"type\" and its fields",
        ),
        (
            CLOCK,
            "limit",
            {"microseconds": 0},
            "at value: Clock: clock 'answer' has the limit 0:00:00; pass more than 0",
        ),
        (
            CLOCK,
            "limit",
            5,
            "at value: Clock: Clock.limit is 5; pass timedelta or WorkingDays",
        ),
        (
            CLOCK,
            "calendar.zone",
            "Asia/Shangha",
            "at value.calendar: WorkCalendar: unknown zone 'Asia/Shangha'; did you mean",
        ),
        (
            CASE,
            "events.0.kind",
            "opend",
            "at value.events[0]: Event: unknown event 'opend'; did you mean 'opened'?",
        ),
        (
            CASE,
            "events.0.at.instant",
            "2026-09-28T17:30:00",
            "at value.events[0].at: '2026-09-28T17:30:00' has no offset from UTC",
        ),
        (CASE, "events", [], "at value: Case: case 'T1' has no event 'opened'; add it"),
    ],
)
def test_a_fault_names_its_path(value: object, path: str, member: object, message: str) -> None:
    with pytest.raises(CodecError) as fault:
        from_json(broken(value, path, member), type(value))
    assert str(fault.value).startswith(message)


def test_a_length_and_a_time_are_written_to_the_microsecond() -> None:
    length = timedelta(days=-1, microseconds=1)
    alert = sla.Alert(name="soon", offset=length)
    assert '{"microseconds": -86399999999}' in to_json(alert)
    assert from_json(to_json(alert), sla.Alert).offset == length
    assert '{"time": "22:00:00.000001"}' in to_json(VALUES["hours"])


def test_a_forged_answer_is_seen() -> None:
    record = QUESTIONS["find_deadline"]()
    text = to_json(record)
    due = cast("datetime", record.answer.value)
    forged = text.replace(due.isoformat(), (due + timedelta(hours=1)).isoformat())
    assert forged != text
    assert not replay(from_json(forged, Record)).same
