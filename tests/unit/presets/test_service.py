"""What the published regulations promise in time: every figure, both sides of every boundary."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.promises import OFFICE

from kamcore.calendars import Calendar
from kamcore.decision import Decision
from kamcore.errors import PolicyError, UnknownName
from kamcore.facts import read_facts
from kamcore.presets import (
    basic_service,
    group_levels,
    hundred_points,
    service_levels,
    vip_service,
)
from kamcore.rulebook import describe
from kamcore.sla import (
    Agreements,
    BatchHandling,
    Case,
    CaseState,
    Event,
    NoPromise,
    RushVerdict,
    WorkOrder,
    check_rush,
    find_batch_handling,
    find_clocks,
    find_deadline,
    find_lead_time,
    order_work,
    plan_renewal,
)
from kamcore.values import Days, Label

SHANGHAI = ZoneInfo("Asia/Shanghai")
US = timedelta(microseconds=1)
SIGNED = date(2026, 7, 1)


def on(text: str) -> datetime:
    """Return a wall time of 2026 in Shanghai, written "09-28 17:30"."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def opened(at: datetime, policy: Agreements, **facts: str | None) -> Case:
    """Return a case that has just come in."""
    return Case("T1", (Event("opened", at, facts=read_facts(facts, policy.fields)),))


def said(decision: Decision[object]) -> tuple[str, str | None]:
    """Return the rule and the clause of the answer."""
    first = decision.reasons[0]
    return first.rule.id, first.source.id if first.source else None


def verdict(case: Case, policy: Agreements, clock: str, at: datetime) -> tuple[str, str]:
    """Return stage and verdict of a clock at an instant."""
    state: CaseState = find_clocks(case, policy, as_of=at).value
    return state[clock].stage, state[clock].verdict


# --- S3-P08 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("09-29 17:00", "09-30 17:00", id="P08-7 a working day"),
        pytest.param("09-25 23:59", "09-26 23:59", id="P08-7 into a weekend"),
        pytest.param("10-01 00:00", "10-02 00:00", id="P08-7 on National Day"),
    ],
)
def test_p08_7_an_inquiry_is_answered_within_24_hours(received: str, due: str) -> None:
    policy, answer_by = hundred_points.ANSWER, on(due)
    case = Case("T1", (Event("opened", on(received)),))
    decision = find_deadline(case, policy, clock="answer")
    assert decision.value == answer_by
    assert said(decision) == ("sla.deadline", "P08-7")
    assert [one.rule.id for one in decision.assumed] == ["calendars.around_the_clock"]
    for answered, expected in ((answer_by, "met"), (answer_by + US, "late")):
        done = case.with_event(Event("answered", answered))
        assert verdict(done, policy, "answer", answered) == ("stopped", expected)


def test_p08_7_a_solution_is_no_answer_and_a_pause_does_not_help() -> None:
    case = Case("T1", (Event("opened", on("09-29 17:00")), Event("waiting", on("09-29 18:00"))))
    assert find_deadline(case, hundred_points.ANSWER, clock="answer").value == on("09-30 17:00")
    solved = case.with_event(Event("solved", on("09-29 19:00")))
    at = on("09-29 20:00")
    assert verdict(solved, hundred_points.ANSWER, "answer", at) == ("running", "open")


@pytest.mark.parametrize(
    ("tier", "ready_by", "rules"),
    [
        pytest.param("A", date(2026, 7, 21), [("sla.lead_time", "P08-6A")], id="P08-6A"),
        pytest.param("B", date(2026, 7, 31), [("sla.lead_time", "P08-6B")], id="P08-6B"),
        pytest.param("C", date(2026, 8, 10), [("sla.lead_time", "P08-6C")], id="P08-6C"),
        pytest.param(
            "D",
            None,
            [("sla.not_stated", None), ("sla.strict_examination", "P08-6D")],
            id="P08-6D",
        ),
    ],
)
def test_p08_6_lead_times(
    tier: str, ready_by: date | None, rules: list[tuple[str, str | None]]
) -> None:
    decision = find_lead_time(tier, hundred_points.LEAD_TIMES, anchor=SIGNED)
    assert decision.value.ready_by == ready_by
    assert [(one.rule.id, one.source.id if one.source else None) for one in decision.reasons] == (
        rules
    )


@pytest.mark.parametrize(
    ("tier", "rules"),
    [
        pytest.param("A", [("sla.contract_date", "P08-8")], id="P08-8 A"),
        pytest.param("B", [("sla.contract_date", "P08-8")], id="P08-8 B"),
        pytest.param("C", [("sla.contract_date", "P08-8")], id="P08-8 C"),
        pytest.param(
            "D",
            [("sla.contract_date", None), ("sla.strict_examination", "P08-6D")],
            id="P08-8 does not name D",
        ),
    ],
)
def test_p08_8_the_contract_goes_first_and_d_is_examined_all_the_same(
    tier: str, rules: list[tuple[str, str | None]]
) -> None:
    agreed = date(2026, 9, 1)
    decision = find_lead_time(tier, hundred_points.LEAD_TIMES, anchor=SIGNED, contract=agreed)
    assert decision.value.ready_by == agreed
    assert [(one.rule.id, one.source.id if one.source else None) for one in decision.reasons] == (
        rules
    )
    assert [one.rule.id for one in decision.assumed] == ["sla.contract_first"]


@pytest.mark.parametrize(
    ("tier", "production", "ruling", "rule", "source"),
    [
        pytest.param("A", None, "allowed", "sla.rush_allowed", "P08-6E", id="P08-6E"),
        pytest.param("A", False, "allowed", "sla.rush_allowed", "P08-6E", id="P08-6E busy"),
        pytest.param("B", True, "allowed", "sla.rush_by_production", "P08-6F", id="P08-6F free"),
        pytest.param("B", False, "refused", "sla.rush_by_production", "P08-6F", id="P08-6F busy"),
        pytest.param("B", None, None, "sla.rush_production_unknown", "P08-6F", id="P08-6F unknown"),
        pytest.param("C", True, "not_stated", "sla.rush_not_stated", None, id="P08-6G C"),
        pytest.param("D", True, "not_stated", "sla.rush_not_stated", None, id="P08-6G D"),
    ],
)
def test_p08_6_rush_orders(
    tier: str, production: bool | None, ruling: str | None, rule: str, source: str | None
) -> None:
    decision = check_rush(tier, hundred_points.LEAD_TIMES, production_allows=production)
    expected = None if ruling is None else RushVerdict(ruling)  # type: ignore[arg-type]
    assert decision.value_or(None) == expected
    assert said(decision) == (rule, source)
    assert [
        (one.rule.id, one.source.id if one.source else None) for one in decision.reasons[1:]
    ] == ([("sla.strict_examination", "P08-6D")] if tier == "D" else [])
    assert [fact.name for fact in decision.missing] == (
        [] if ruling is not None else ["production_allows"]
    )


@pytest.mark.parametrize(
    ("first", "then", "behind"),
    [
        pytest.param(("A", 1), ("B", 99), "tier", id="P08-6P A before B"),
        pytest.param(("B", 1), ("C", 99), "tier", id="P08-6P B before C"),
        pytest.param(("C", 1), ("D", 99), "unranked", id="P08-6G D comes last"),
        pytest.param(("B", 51), ("B", 50), "score", id="P08-6Q the higher points"),
        pytest.param(("B", 50), ("B", 50), "listed", id="P08-6Q equal points"),
    ],
)
def test_p08_6_the_order_of_work(
    first: tuple[str, int], then: tuple[str, int], behind: str
) -> None:
    one = WorkOrder("one", tier=first[0], score=first[1], received=SIGNED)  # type: ignore[arg-type]
    two = WorkOrder("two", tier=then[0], score=then[1], received=SIGNED)  # type: ignore[arg-type]
    listed = (one, two) if behind == "listed" else (two, one)
    decision = order_work(listed, hundred_points.ORDER_OF_WORK)
    assert [placed.order for placed in decision.value] == ["one", "two"]
    assert decision.value[1].behind == behind
    assert said(decision) == ("sla.order_first", "P08-6P, P08-6Q")


# --- S3-P11 -----------------------------------------------------------------------------------

COVERAGE = basic_service.coverage(calendar=OFFICE)


@pytest.mark.parametrize(
    ("received", "a", "b", "c"),
    [
        pytest.param("09-08 10:00", "09-09", "09-10", "09-11", id="within a week"),
        pytest.param("09-11 00:00", "09-14", "09-15", "09-16", id="Friday, at its beginning"),
        pytest.param("09-11 17:59", "09-14", "09-15", "09-16", id="Friday, before the close"),
        pytest.param("09-11 18:00", "09-14", "09-15", "09-16", id="Friday, at the close"),
        pytest.param("09-11 23:59", "09-14", "09-15", "09-16", id="Friday, after the close"),
        pytest.param("09-12 10:00", "09-14", "09-15", "09-16", id="Saturday"),
        pytest.param("09-13 23:59", "09-14", "09-15", "09-16", id="Sunday, its last minute"),
        pytest.param("09-14 00:00", "09-15", "09-16", "09-17", id="Monday, its first minute"),
        pytest.param("09-18 10:00", "09-20", "09-21", "09-22", id="Friday before a working Sunday"),
        pytest.param("09-30 17:59", "10-08", "10-09", "10-10", id="before National Day"),
        pytest.param("10-01 10:00", "10-08", "10-09", "10-10", id="on National Day"),
        pytest.param(
            "10-07 23:59", "10-08", "10-09", "10-10", id="the last minute of the holidays"
        ),
        pytest.param("10-08 00:00", "10-09", "10-10", "10-12", id="the first minute after them"),
    ],
)
@pytest.mark.parametrize("tier", ["A", "B", "C"], ids=["P11-10A", "P11-10B", "P11-10C"])
def test_p11_10_a_first_answer_within_working_days(
    tier: str, received: str, a: str, b: str, c: str
) -> None:
    case = opened(on(received), COVERAGE, tier=tier)
    decision = find_deadline(case, COVERAGE, clock="first_answer")
    day = {"A": a, "B": b, "C": c}[tier]
    assert decision.value == on(f"{day} 18:00")
    assert said(decision) == ("sla.deadline", f"P11-10{tier}")
    assert [one.rule.id for one in decision.assumed] == ["calendars.days_to_close"]


BOTH = ("measure", "solution_time")
MEASURE, SOLUTION_TIME = (one.label.en for one in basic_service.FIRST_ANSWER)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [("09-14 18:00", "met"), ("09-14 18:00:00.000001", "late")],
    ids=["P11-10A at the close", "P11-10A after the close"],
)
def test_p11_10_both_sides_of_the_close(answered: str, expected: str) -> None:
    at = on(answered)
    case = opened(on("09-11 10:00"), COVERAGE, tier="A")
    done = case.with_event(Event("answered", at, states=BOTH))
    assert verdict(done, COVERAGE, "first_answer", at) == ("stopped", expected)


@pytest.mark.parametrize(
    ("states", "stage", "lacking"),
    [
        pytest.param(BOTH, "stopped", (), id="P11-13 both stated"),
        pytest.param((*BOTH, "price"), "stopped", (), id="P11-13 more than asked"),
        pytest.param(BOTH[:1], "running", (SOLUTION_TIME,), id="P11-13 no time"),
        pytest.param(BOTH[1:], "running", (MEASURE,), id="P11-13 no measure"),
        pytest.param(
            (),
            "running",
            (MEASURE, SOLUTION_TIME),
            id="P11-13 neither",
        ),
    ],
)
def test_p11_13_what_a_first_answer_states(
    states: tuple[str, ...], stage: str, lacking: tuple[str, ...]
) -> None:
    at = on("09-14 10:00")
    case = opened(on("09-11 10:00"), COVERAGE, tier="A")
    done = case.with_event(Event("answered", at, states=states))
    assert verdict(done, COVERAGE, "first_answer", at)[0] == stage
    decision = find_deadline(done, COVERAGE, clock="first_answer")
    said = [one.text("en") for one in decision.reasons if one.rule.id == "sla.incomplete"]
    assert len(said) == (1 if lacking else 0)
    assert all(one.endswith(f"does not state {', '.join(lacking)}") for one in said)


def test_p11_13_a_second_answer_may_state_what_the_first_one_did_not() -> None:
    case = opened(on("09-11 10:00"), COVERAGE, tier="A")
    for hour, states in ((9, ()), (10, BOTH)):
        case = case.with_event(Event("answered", on(f"09-14 {hour:02}:00"), states=states))
    state = find_clocks(case, COVERAGE, as_of=on("09-14 12:00")).value
    assert state["first_answer"].stopped == on("09-14 10:00")


def test_p11_10_a_class_that_is_missing_leaves_the_limit_open() -> None:
    decision = find_deadline(
        opened(on("09-11 10:00"), COVERAGE, tier=None), COVERAGE, clock="first_answer"
    )
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["tier"]


def test_p11_10_its_readings_can_be_changed() -> None:
    received = on("09-11 10:30")

    def due(policy: Agreements, *more: Event) -> object:
        case = opened(received, policy, tier="B")
        for event in more:
            case = case.with_event(event)
        return find_deadline(case, policy, clock="first_answer").value

    same_time = basic_service.coverage(calendar=OFFICE, ends="same_time")
    assert due(same_time) == on("09-15 10:30")
    same_day = basic_service.coverage(calendar=OFFICE, count_from="same_day")
    assert due(same_day) == on("09-14 18:00")
    assigned = basic_service.coverage(calendar=OFFICE, clock_start="assigned")
    assert due(assigned) == NoPromise()
    assert due(assigned, Event("assigned", on("09-14 09:00"))) == on("09-16 18:00")
    wait = (Event("waiting", on("09-14 09:00")), Event("resumed", on("09-14 18:00")))
    assert due(COVERAGE, *wait) == on("09-15 18:00")
    assert due(basic_service.coverage(calendar=OFFICE, pauses=("waiting",)), *wait) == (
        on("09-16 18:00")
    )


def test_p11_4_it_is_an_internal_standard_and_no_promise() -> None:
    assert COVERAGE.agreements[0].note == Label(
        "internal minimum standard, not promised to customers [P11-4]",
        "内部最低服务标准，不对外向客户承诺（P11-4）",
    )


@pytest.mark.parametrize(
    ("tier", "priority", "rule"),
    [
        pytest.param("A", 1, "sla.batch_priority", id="P11-20A"),
        pytest.param("B", 2, "sla.batch_priority", id="P11-20B"),
        pytest.param("C", None, "sla.batch_no_priority", id="P11-20C"),
    ],
)
@pytest.mark.parametrize("count", [29, 30, 31])
def test_p11_19_batch_business_begins_at_30(
    tier: str, priority: int | None, rule: str, count: int
) -> None:
    decision = find_batch_handling(count, basic_service.BATCHES, tier=tier)
    if count < 30:
        assert decision.value == BatchHandling(is_batch=False)
        assert said(decision) == ("sla.no_batch", "P11-19")
        return
    assert decision.value == BatchHandling(
        is_batch=True, priority=priority, desk=basic_service.VIP_DESK
    )
    assert [(one.rule.id, one.source.id if one.source else None) for one in decision.reasons] == [
        ("sla.batch", "P11-19"),
        (rule, None if priority is None else f"P11-20{tier}"),
        ("sla.batch_desk", f"P11-20{tier}"),
    ]
    assert [one.rule.id for one in decision.assumed] == ["sla.batch_one_request"]


def test_p11_15_visits_and_information() -> None:
    year = Days(date(2026, 1, 1), date(2026, 7, 1))
    start = date(2026, 1, 31)
    months = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30}
    visits = basic_service.visits("A", anchor=start).dates(year)
    assert visits == tuple(date(2026, month, day) for month, day in months.items())
    for tier in ("B", "C"):
        informed = basic_service.information(tier, anchor=start).dates(year)
        assert informed == tuple(date(2026, month, months[month]) for month in (1, 3, 5))
    with pytest.raises(PolicyError) as fault:
        basic_service.visits("B", anchor=start)
    assert str(fault.value) == ("no visits are stated for class 'B'; ask for information(...)")
    with pytest.raises(PolicyError) as fault:
        basic_service.information("A", anchor=start)
    assert str(fault.value) == "class A is informed at any time; ask for visits(...)"
    with pytest.raises(UnknownName, match=r"unknown class 'A1'; did you mean 'A'\?"):
        basic_service.visits("A1", anchor=start)


# --- S3-P13 -----------------------------------------------------------------------------------

LEVELS = service_levels.agreements(calendar=OFFICE)
WORKING = service_levels.agreements(calendar=OFFICE, hours="working")
CELLS = [
    pytest.param("urgent", "response", "09-11 18:00", "09-11 18:00", id="P13-2 urgent"),
    pytest.param("priority", "response", "09-11 21:30", "09-14 13:30", id="P13-2 priority"),
    pytest.param("ordinary", "response", "09-12 17:30", "09-16 17:30", id="P13-2 ordinary"),
    pytest.param("consultation", "response", "09-18 18:00", "09-18 18:00", id="P13-2 consultation"),
    pytest.param("urgent", "resolution", "09-11 19:30", "09-14 10:30", id="P13-3 urgent"),
    pytest.param("priority", "resolution", "09-12 05:30", "09-15 13:30", id="P13-3 priority"),
    pytest.param("ordinary", "resolution", "09-18 18:00", "09-18 18:00", id="P13-3 ordinary"),
    pytest.param(
        "consultation", "resolution", "09-24 18:00", "09-24 18:00", id="P13-3 consultation"
    ),
]


@pytest.mark.parametrize(("level", "clock", "elapsed", "working"), CELLS)
def test_p13_every_level_from_half_an_hour_before_the_weekend(
    level: str, clock: str, elapsed: str, working: str
) -> None:
    for policy, due in ((LEVELS, elapsed), (WORKING, working)):
        decision = find_deadline(
            opened(on("09-11 17:30"), policy, level=level), policy, clock=clock
        )
        assert decision.value == on(due)
        clause = {"response": "P13-2", "resolution": "P13-3"}[clock]
        assert said(decision) == ("sla.deadline", clause)


@pytest.mark.parametrize(
    ("level", "clock"),
    [(level, clock) for level in service_levels.LIMITS for clock in ("response", "resolution")],
)
@pytest.mark.parametrize(
    ("after", "expected"), [(timedelta(), "met"), (US, "late")], ids=["at the deadline", "after it"]
)
def test_p13_both_sides_of_every_deadline(
    level: str, clock: str, after: timedelta, expected: str
) -> None:
    case = opened(on("09-11 17:30"), LEVELS, level=level)
    due = find_deadline(case, LEVELS, clock=clock).value
    assert isinstance(due, datetime)
    at = due + after
    done = case.with_event(Event("answered" if clock == "response" else "solved", at))
    assert verdict(done, LEVELS, clock, at) == ("stopped", expected)


def test_p13_3_the_solution_time_may_run_from_the_answer() -> None:
    policy = service_levels.agreements(calendar=OFFICE, resolution_from="answered")
    case = opened(on("09-11 17:30"), policy, level="urgent")
    before = find_deadline(case, policy, clock="resolution")
    assert before.value == NoPromise()
    assert said(before) == ("sla.not_started", "P13-3")
    answered = case.with_event(Event("answered", on("09-11 17:45")))
    assert find_deadline(answered, policy, clock="resolution").value == on("09-11 19:45")


def test_p13_3_the_solution_time_may_run_until_the_customer_confirms() -> None:
    policy = service_levels.agreements(calendar=OFFICE, stops_at="confirmed")
    case = opened(on("09-11 17:30"), policy, level="urgent")
    case = case.with_event(Event("solved", on("09-11 18:30")))
    at = on("09-11 20:00")
    assert verdict(case, policy, "resolution", at) == ("running", "late")
    assert verdict(case, LEVELS, "resolution", at) == ("stopped", "met")
    confirmed = case.with_event(Event("confirmed", on("09-11 19:00")))
    assert verdict(confirmed, policy, "resolution", at) == ("stopped", "met")


def test_p13_knows_no_pause_unless_one_is_named() -> None:
    pausing = service_levels.agreements(calendar=OFFICE, pauses=("waiting",))
    for policy, due in ((LEVELS, "09-11 19:30"), (pausing, "09-11 20:30")):
        case = opened(on("09-11 17:30"), policy, level="urgent")
        case = case.with_event(Event("waiting", on("09-11 18:00")))
        case = case.with_event(Event("resumed", on("09-11 19:00")))
        assert find_deadline(case, policy, clock="resolution").value == on(due)


def test_p13_hours_are_elapsed_or_working() -> None:
    with pytest.raises(PolicyError) as fault:
        service_levels.agreements(calendar=OFFICE, hours="office")  # type: ignore[arg-type]
    assert str(fault.value) == (
        "hours 'office' is no named convention; known are 'elapsed', 'working'"
    )


# --- S3-P14 -----------------------------------------------------------------------------------

OPENS = {"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}
TIERED = group_levels.service(opens=OPENS, zone="Asia/Shanghai")
ELAPSED = group_levels.service(opens=OPENS, zone="Asia/Shanghai", clock_hours="elapsed")
CLOCKS = {"inquiry": "reply", "request": "response", "problem": "handling"}


@pytest.mark.parametrize(
    ("kind", "tier", "received", "due", "elapsed"),
    [
        pytest.param(*cell, id=f"P14-{clause} {cell[1]}")
        for clause, *cell in (
            (5, "inquiry", "super", "09-28 23:59", "09-29 00:29", "09-29 00:29"),
            (5, "inquiry", "gold", "09-28 23:59", "09-29 06:59", "09-29 00:59"),
            (5, "inquiry", "silver", "09-28 19:59", "09-29 09:59", "09-28 21:59"),
            (5, "inquiry", "ordinary", "09-28 16:59", "10-01 16:59", "09-29 16:59"),
            (6, "request", "super", "09-28 23:59", "09-29 00:59", "09-29 00:59"),
            (6, "request", "gold", "09-28 23:59", "09-29 09:59", "09-29 03:59"),
            (6, "request", "silver", "09-28 19:59", "09-29 15:59", "09-29 03:59"),
            (6, "request", "ordinary", "09-28 16:59", "10-04 16:59", "09-30 16:59"),
            (7, "problem", "super", "09-28 23:59", "09-29 01:59", "09-29 01:59"),
            (7, "problem", "gold", "09-28 23:59", "09-29 13:59", "09-29 07:59"),
            (7, "problem", "silver", "09-28 19:59", "09-30 19:59", "09-29 19:59"),
            (7, "problem", "ordinary", "09-28 16:59", "10-07 16:59", "10-01 16:59"),
        )
    ],
)
def test_p14_every_promise_from_a_minute_before_the_service_hours_end(
    kind: str, tier: str, received: str, due: str, elapsed: str
) -> None:
    clause = {"inquiry": "5", "request": "6", "problem": "7"}[kind]
    for policy, expected in ((TIERED, due), (ELAPSED, elapsed)):
        case = opened(on(received), policy, request=kind, tier=tier)
        decision = find_deadline(case, policy, clock=CLOCKS[kind])
        assert decision.value == on(expected)
        assert said(decision) == ("sla.deadline", f"P14-{clause} {tier}")
        state = find_clocks(case, policy, as_of=on(received)).value
        assert [clock.clock for clock in state.clocks] == [CLOCKS[kind]]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("09-28 08:59", "09-30 17:00", id="P14-5 before the hours begin"),
        pytest.param("09-28 09:00", "09-30 17:00", id="P14-5 as they begin"),
        pytest.param("09-28 09:01", "10-01 09:01", id="P14-5 a minute later"),
        pytest.param("09-28 17:00", "10-01 17:00", id="P14-5 as they end"),
        pytest.param("09-30 09:00", "10-02 17:00", id="P14-5 over National Day"),
    ],
)
def test_p14_24_hours_of_ordinary_are_three_days_of_service(received: str, due: str) -> None:
    case = opened(on(received), TIERED, request="inquiry", tier="ordinary")
    assert find_deadline(case, TIERED, clock="reply").value == on(due)


@pytest.mark.parametrize(
    ("kind", "stop"),
    [
        pytest.param("inquiry", "answered", id="P14-5"),
        pytest.param("request", "answered", id="P14-6"),
        pytest.param("problem", "solved", id="P14-7"),
    ],
)
@pytest.mark.parametrize("tier", ["super", "gold", "silver", "ordinary"])
def test_p14_both_sides_of_every_deadline(kind: str, stop: str, tier: str) -> None:
    clock = CLOCKS[kind]
    case = opened(on("09-28 10:00"), TIERED, request=kind, tier=tier)
    due = find_deadline(case, TIERED, clock=clock).value
    assert isinstance(due, datetime)
    for at in (due, due + US):
        stopped = case.with_event(Event(stop, at))  # type: ignore[arg-type]
        expected = "met" if at == due else "late"
        assert verdict(stopped, TIERED, clock, at) == ("stopped", expected)
        if kind == "problem":
            answered = case.with_event(Event("answered", at))
            assert verdict(answered, TIERED, clock, at)[0] == "running"


@pytest.mark.parametrize(
    ("tier", "hours"),
    [
        pytest.param("super", 24, id="P14-4 super"),
        pytest.param("gold", 18, id="P14-4 gold"),
        pytest.param("silver", 12, id="P14-4 silver"),
        pytest.param("ordinary", 8, id="P14-4 ordinary"),
    ],
)
@pytest.mark.parametrize("begins", ["00:00", "06:00", "16:00", time(20, 30)])
def test_p14_4_service_hours_of_every_day(tier: str, hours: int, begins: str | time) -> None:
    opens = dict.fromkeys(("gold", "silver", "ordinary"), begins)
    policy = group_levels.service(opens=opens, zone="Asia/Shanghai")
    case = opened(on("09-28 10:00"), policy, request="inquiry", tier=tier)
    (candidate,) = policy.candidates(case.events[0].facts, on("09-28 10:00"))  # type: ignore[arg-type]
    calendar: Calendar = candidate.clock.calendar
    week = calendar.between(on("09-28 20:30"), on("10-05 20:30"))
    assert week == 7 * timedelta(hours=hours)
    if tier != "super":
        first = calendar.next_opening(on("09-28 00:00") - US)
        assert first.time() == (begins if isinstance(begins, time) else time.fromisoformat(begins))
        if hours < 24:
            assert calendar.next_closing(first) - first == timedelta(hours=hours)


def test_p14_4_the_hours_a_day_are_stated_and_when_they_begin_is_not() -> None:
    opens = {"gold": "06:00", "silver": time(8), "ordinary": "09:30"}
    policy = group_levels.service(opens=opens, zone="Asia/Shanghai")
    (agreement,) = policy.agreements
    assert agreement.note == Label(
        "hours a day: super 24, gold 18, silver 12, ordinary 8 [P14-4]; own: gold from 06:00, "
        "silver from 08:00, ordinary from 09:30, every day, also on holidays",
        "每日服务时间：超级客户 24 小时、金牌客户 18 小时、银牌客户 12 小时、普通客户 8 小时"
        "（P14-4）；口径：金牌客户自 06:00 起、银牌客户自 08:00 起、普通客户自 09:30 起，"
        "每天提供，含节假日",
    )
    assert {clock.calendar.source for clock in policy.clocks()} == {None}  # type: ignore[attr-defined]
    assert ELAPSED.agreements[0].note is None


def test_p14_knows_no_pause_unless_one_is_named() -> None:
    pausing = group_levels.service(opens=OPENS, zone="Asia/Shanghai", pauses=("paused",))
    for policy, due in ((TIERED, "09-28 12:00"), (pausing, "09-28 13:00")):
        case = opened(on("09-28 10:00"), policy, request="problem", tier="super")
        case = case.with_event(Event("paused", on("09-28 10:30")))
        case = case.with_event(Event("resumed", on("09-28 11:30")))
        assert find_deadline(case, policy, clock="handling").value == on(due)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"opens": {"gold": "06:00", "ordinary": "09:00"}},
            (
                "opening times are given for ['gold', 'ordinary']; "
                "give gold, silver and ordinary one each"
            ),
        ),
        (
            {"opens": {**OPENS, "super": "00:00"}},
            (
                "opening times are given for ['gold', 'ordinary', 'silver', 'super']; "
                "give gold, silver and ordinary one each"
            ),
        ),
        (
            {"clock_hours": "working"},
            "clock_hours 'working' is no named convention; known are 'service', 'elapsed'",
        ),
        ({"opens": {**OPENS, "gold": "6 am"}}, "'6 am' is no time of day; "),
    ],
    ids=["a tier too few", "a tier too many", "hours", "no time"],
)
def test_p14_4_what_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    given: dict[str, object] = {"opens": OPENS, "zone": "Asia/Shanghai", **changes}
    with pytest.raises(PolicyError) as fault:
        group_levels.service(**given)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


# --- S1 ---------------------------------------------------------------------------------------

MONDAY = date(2026, 1, 5)
RENEWALS = vip_service.renewals(first_sweep=MONDAY)


@pytest.mark.parametrize(
    ("expires", "sweep", "approval"),
    [
        pytest.param(date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 2), id="S1-3b Monday"),
        pytest.param(date(2026, 3, 10), date(2026, 3, 2), date(2026, 3, 3), id="S1-3b Tuesday"),
        pytest.param(date(2026, 3, 15), date(2026, 3, 2), date(2026, 3, 8), id="S1-3b Sunday"),
        pytest.param(date(2026, 3, 16), date(2026, 3, 9), date(2026, 3, 9), id="S1-3b next Monday"),
    ],
)
def test_s1_3_renewals(expires: date, sweep: date, approval: date) -> None:
    decision = plan_renewal(expires, RENEWALS)
    plan = decision.value
    assert (plan.sweep, plan.approval, plan.reminder) == (sweep, approval, None)
    assert [(one.rule.id, one.source.id if one.source else None) for one in decision.reasons] == [
        ("sla.renewal_approval", "S1-3c"),
        ("sla.renewal_seen", "S1-3b"),
        ("sla.renewal_reminder_not_stated", "S1-3a"),
    ]
    assert [one.rule.id for one in decision.assumed] == [
        "sla.renewal_days",
        "sla.renewal_lookahead",
    ]


def test_s1_3a_a_company_may_say_how_long_in_advance_it_tells_the_customer() -> None:
    policy = vip_service.renewals(first_sweep=MONDAY, reminder_days=14, lookahead=20)
    decision = plan_renewal(date(2026, 3, 16), policy)
    assert decision.value.reminder == date(2026, 3, 2)
    last = decision.reasons[-1]
    assert (last.rule.id, last.source) == ("sla.renewal_reminder", None)
    assert last.text("zh") == "2026年3月2日提醒客户，即到期前 14 天（公司自定）"
    assert "  提前提醒客户（S1-3a）：到期前 14 天（公司自定）" in describe(policy, "zh")


@pytest.mark.parametrize(
    ("lead", "source", "chinese"),
    [
        pytest.param(7, "S1-3c", "到期前 7 天报审（口径：自然日）（S1-3c）", id="S1-3c a week"),
        pytest.param(8, None, "到期前 8 天（公司自定）报审（口径：自然日）", id="S1-3c another"),
    ],
)
def test_s1_3c_another_lead_than_a_week_is_the_companys_own(
    lead: int, source: str | None, chinese: str
) -> None:
    policy = vip_service.renewals(first_sweep=MONDAY, renewal_lead=lead, lookahead=14)
    assert said(plan_renewal(date(2026, 3, 16), policy)) == ("sla.renewal_approval", source)
    assert f"  {chinese}" in describe(policy, "zh").splitlines()


def test_s1_3b_12_days_of_look_ahead_miss_some_and_13_do_not() -> None:
    assert vip_service.renewals(first_sweep=MONDAY, lookahead=13) == RENEWALS
    with pytest.raises(PolicyError) as fault:
        vip_service.renewals(first_sweep=MONDAY, lookahead=12)
    assert str(fault.value) == (
        "a sweep every 7 days that looks 12 days ahead finds some renewals later than 7 days "
        "before they expire; look 13 days ahead"
    )


def test_p13_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(PolicyError, match="'office' is no Calendar; pass a WorkCalendar"):
        service_levels.agreements(calendar="office")  # type: ignore[arg-type]  # on purpose
