"""Duties, people, plans and verdicts go into JSON and come back equal."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract._duties import (
    ACCESS,
    AUTHORITY,
    CALL,
    DAY,
    DUTIES,
    ESCALATION,
    EVERYTHING,
    HEAD,
    HOLIDAY,
    LAST,
    SPACE,
    SPECIFIC,
    STAFF,
    TIER,
    UNIT,
    VISIT,
    WORK,
    WORKLOAD,
    case,
)
from tests.property.facts import _strategies as rule_world

from kamcore import routing
from kamcore.codec import _kinds, from_json, to_json
from kamcore.codec._kinds import KINDS
from kamcore.decision import Decision, Policy
from kamcore.errors import CodecError
from kamcore.facts import Condition, FlagField, NumberField, RuleTable, TableRule
from kamcore.routing import (
    Absence,
    Duty,
    DutyAudit,
    DutyChanges,
    DutyRules,
    EscalationPlan,
    NoOwner,
    Passed,
    Placement,
    Rivals,
    Space,
    Staff,
    Workload,
    check_access,
    check_authority,
    check_duties,
    compare_duties,
    draw_matrix,
    find_rivals,
    find_vacancies,
    plan_escalation,
    route_work,
    simulate_load,
    staff_duty,
)
from kamcore.values import Days

KNOWN = case(work="visit", tier="A", amount=9_000, unit="beijing", manager="li")
NOT_KNOWN = case("K2")
BOOK = (KNOWN, case("K2", work="gift", tier="B"), NOT_KNOWN)
ON = DAY.date()
LOAD = simulate_load(BOOK, DUTIES, each=WORK, by=UNIT, on=ON)
RIVALS = find_rivals(case(work="call", unit="beijing"), SPECIFIC)
MISSES = find_rivals(case(work="visit", amount=5_000), DUTIES, on=ON)
ONE_DAY = TableRule("a day", WORK.is_("visit"), VISIT, in_force=Days.through(ON, ON))
FAULTY = attrs.evolve(
    DUTIES,
    table=attrs.evolve(
        DUTIES.table,
        rules=(
            *(ONE_DAY, attrs.evolve(ONE_DAY, name="again")),
            TableRule("calls of A", WORK.is_("call") & TIER.is_("A"), CALL),
            *DUTIES.table.rules[1:],
        ),
    ),
    otherwise=None,
)
"""Rules with gaps, on some days and on all, a dead rule and one that changes nothing."""

AUDIT = check_duties(FAULTY, SPACE).value
LAST_AUDIT = check_duties(LAST).value
CHANGES = compare_duties(
    attrs.evolve(DUTIES, otherwise=None), DUTIES, space=SPACE, book=BOOK, each=WORK, on=ON
).value
STAFFING = staff_duty(KNOWN, VISIT, STAFF, at=HOLIDAY, workload=WORKLOAD).value
VALUES: dict[str, object] = {
    "duty": CALL,
    "duty of all parts": VISIT,
    "open work": NoOwner(),
    "open work with a note": DUTIES.table.rules[-1].gives,
    "rule on some days": DUTIES.table.rules[0],
    "rules by the last": LAST.table,
    "rules by the most specific": SPECIFIC.table,
    "space": SPACE,
    "space without days": Space((FlagField("urgent"), NumberField("orders"))),
    "absence": Absence(Days.through(date(2026, 10, 1), date(2026, 10, 1))),
    "person": STAFF.people[1],
    "person who has left": STAFF.people[3],
    "workload": WORKLOAD,
    "workload of nobody": Workload(),
    "workload to the microsecond": Workload(
        assigned=(("li", datetime(2026, 10, 25, 2, 30, 0, 1, ZoneInfo("Europe/Berlin"), fold=1)),)
    ),
    "passed over by a limit": Passed(
        "li", "rate_limit", count=3, most=3, within=timedelta(hours=8, microseconds=1)
    ),
    "passed over without a skill": Passed("li", "skill", lacks=("roaming",)),
    "placement in a circle": Placement(
        HEAD, None, "nobody", instead_of=("li",), loops=(("li", "wang"),), relieves=HEAD, among=0
    ),
    "rivals": RIVALS,
    "near misses": MISSES,
    "load": LOAD,
    "vacancy": find_vacancies(DUTIES, STAFF)[0],
    "escalation step": ESCALATION.steps[2],
    "authority level": AUTHORITY.levels[1],
    "grant": ACCESS.grants[3],
}
POLICIES: dict[str, Policy] = {
    "first": DUTIES,
    "last": LAST,
    "most specific": SPECIFIC,
    "staff": STAFF,
    "escalation": ESCALATION,
    "authority": AUTHORITY,
    "access": ACCESS,
}
DECISIONS: dict[str, Callable[[], Decision[object]]] = {
    "duty": lambda: route_work(KNOWN, DUTIES, on=ON),
    "default with facts missing": lambda: route_work(NOT_KNOWN, DUTIES, on=ON),
    "undecided": lambda: route_work(NOT_KNOWN, SPECIFIC),
    "proof": lambda: check_duties(LAST),
    "gaps": lambda: check_duties(SPECIFIC),
    "gaps on days": lambda: check_duties(FAULTY, SPACE),
    "changes": lambda: compare_duties(LAST, attrs.evolve(LAST, otherwise=VISIT)),
    "changes for a book": lambda: compare_duties(
        attrs.evolve(DUTIES, otherwise=None), DUTIES, space=SPACE, book=BOOK, each=WORK, on=ON
    ),
    "staffing": lambda: staff_duty(KNOWN, VISIT, STAFF, at=HOLIDAY, workload=WORKLOAD),
    "unstaffed": lambda: staff_duty(KNOWN, VISIT, attrs.evolve(STAFF, people=(LEFT,)), at=DAY),
    "staffing undecided": lambda: staff_duty(NOT_KNOWN, VISIT, STAFF, at=DAY),
    "plan of seats": lambda: plan_escalation(KNOWN, ESCALATION, start=DAY),
    "plan of people": lambda: plan_escalation(KNOWN, ESCALATION, start=HOLIDAY, staff=STAFF),
    "allowed": lambda: check_authority(case(amount=1), AUTHORITY, seat="desk", at=DAY),
    "referred": lambda: check_authority(KNOWN, AUTHORITY, seat="desk", at=DAY),
    "beyond all": lambda: check_authority(case(amount=60_000), AUTHORITY, seat="desk", at=DAY),
    "access": lambda: check_access(KNOWN, ACCESS, person=STAFF.person("li")),
    "no access": lambda: check_access(NOT_KNOWN, ACCESS, person=STAFF.person("wang")),
}
LEFT = attrs.evolve(STAFF.people[1], active=False, absences=())


@pytest.mark.parametrize("name", VALUES)
def test_values_come_back_equal(name: str) -> None:
    value = VALUES[name]
    copy = from_json(to_json(value), type(value))
    assert copy == value
    assert hash(copy) == hash(value)
    assert to_json(copy) == to_json(value)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_policies_come_back_with_their_fingerprint(policy: Policy) -> None:
    copy = from_json(to_json(policy), type(policy))
    assert (copy, copy.fingerprint) == (policy, policy.fingerprint)


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions_come_back_equal_and_say_the_same(name: str) -> None:
    decision = DECISIONS[name]()
    copy = from_json(to_json(decision), Decision)
    assert copy == decision
    assert copy.value_or(None) == decision.value_or(None)
    for lang in ("en", "zh"):
        assert copy.lines(lang, at_most=None) == decision.lines(lang, at_most=None)
    assert to_json(copy) == to_json(decision)


@given(rule_world.conditions(), st.booleans())
def test_the_gaps_of_any_condition_come_back_equal(condition: Condition, missing: bool) -> None:
    """Cases of every kind of field, among them texts that no rule names, and missing facts."""
    policy = DutyRules(table=RuleTable(rules=(TableRule("one", condition, CALL),)))
    space = Space(policy.fields, may_miss=policy.fields.names if missing else ())
    decision = check_duties(policy, space)
    copy = from_json(to_json(decision), Decision)
    assert copy == decision
    assert copy.lines("zh", at_most=None) == decision.lines("zh", at_most=None)


def test_the_stored_values_have_every_part() -> None:
    """Of what is read from JSON above, no list is empty everywhere."""
    assert AUDIT.gaps
    assert AUDIT.unowned
    assert AUDIT.unproved
    assert AUDIT.witnesses
    assert any(box.days for box in AUDIT.gaps)
    assert AUDIT.dead
    assert AUDIT.redundant
    assert LAST_AUDIT.overlaps
    assert CHANGES.boxes
    assert CHANGES.movers
    assert CHANGES.undecided
    assert RIVALS.claims
    assert MISSES.near_misses
    assert LOAD.seats
    assert STAFFING.accountable.passed
    assert STAFFING.workload.open


def test_every_public_value_of_the_room_can_be_stored() -> None:
    members: list[object] = [getattr(routing, name) for name in routing.__all__]
    kinds = [one for one in members if isinstance(one, type)]
    assert len(kinds) > 35
    assert all(KINDS.get(kind.__name__) is kind for kind in kinds)


def test_no_two_types_share_a_name() -> None:
    assert len(KINDS) == sum(len(kinds) for kinds in _kinds._STORED)


# --- what was read answers like the first -------------------------------------------------------


def test_stored_policies_answer_the_same() -> None:
    for policy in (LAST, SPECIFIC):
        copy = from_json(to_json(policy), type(policy))
        assert route_work(KNOWN, copy) == route_work(KNOWN, policy)
        assert draw_matrix(copy, lang="zh") == draw_matrix(policy, lang="zh")
    staff = from_json(to_json(STAFF), Staff)
    assert staff_duty(KNOWN, VISIT, staff, at=HOLIDAY) == staff_duty(
        KNOWN, VISIT, STAFF, at=HOLIDAY
    )


def test_a_stored_plan_is_still_a_plan() -> None:
    plan = plan_escalation(KNOWN, ESCALATION, start=HOLIDAY).value
    copy = from_json(to_json(plan), EscalationPlan)
    last = plan.notices[-1].at
    assert copy.due(last) == plan.notices
    assert copy.next(last - timedelta(microseconds=1)) == plan.notices[-1]


def test_a_stored_audit_and_stored_changes_are_read_like_the_first() -> None:
    audit = from_json(to_json(AUDIT), DutyAudit)
    assert (audit.complete, audit.without_owner) == (False, AUDIT.without_owner)
    assert [box.label for box in audit.gaps] == [box.label for box in AUDIT.gaps]
    assert [box.case for box in audit.gaps] == [box.case for box in AUDIT.gaps]
    changes = from_json(to_json(CHANGES), DutyChanges)
    assert changes.accounts == CHANGES.accounts
    assert from_json(to_json(RIVALS), Rivals).text("zh") == RIVALS.text("zh")


def test_a_stored_gap_can_be_closed() -> None:
    policy = attrs.evolve(
        SPECIFIC, table=attrs.evolve(SPECIFIC.table, match="first", dimensions=())
    )
    gap = from_json(to_json(check_duties(policy).value), DutyAudit).gaps[0]
    rule = TableRule("closes the gap", gap.when, Duty(HEAD))
    table = attrs.evolve(policy.table, rules=(*policy.table.rules, rule))
    closed = check_duties(attrs.evolve(policy, table=table)).value
    assert closed.without_owner == check_duties(policy).value.without_owner - gap.cells


# --- faults -------------------------------------------------------------------------------------


def edited(value: object, path: str, given: object = None, *, drop: bool = False) -> str:
    """Return the JSON of a value with one member changed, or dropped."""
    data = json.loads(to_json(value))
    member = data["value"]
    *way, last = path.split(".")
    for key in way:
        member = member[int(key)] if key.isdigit() else member[key]
    if drop:
        del member[last]
    else:
        member[last] = given
    return json.dumps(data)


@pytest.mark.parametrize(
    ("value", "path", "message"),
    [
        (
            LAST,
            "table.rules.0.in_force",
            "at value.table.rules[0].in_force: missing key of TableRule",
        ),
        (LAST, "table.rules.0.zh", "at value.table.rules[0].zh: missing key of TableRule"),
        (LAST, "notes", "at value.notes: missing key of DutyRules"),
        (VISIT, "in_absence", "at value.in_absence: missing key of Duty"),
        (VISIT, "skills", "at value.skills: missing key of Duty"),
        (NoOwner(), "note", "at value.note: missing key of NoOwner"),
    ],
    ids=["days", "name", "notes", "in absence", "skills", "note"],
)
def test_json_from_before_a_field_was_there_is_refused(
    value: object, path: str, message: str
) -> None:
    """Every value is explicit, so that a fingerprint can only be that of what stands there."""
    with pytest.raises(CodecError) as fault:
        from_json(edited(value, path, drop=True), type(value))
    assert str(fault.value) == f"{message}; write it, as every value is explicit"


@pytest.mark.parametrize(
    ("value", "path", "given", "message"),
    [
        (LAST, "table.match", "latest", "RuleTable.match 'latest' is no named convention"),
        (LAST, "table.rules.0.gives", None, "at value: DutyRules: rule 'everything' gives None"),
        (VISIT, "accountable", None, "at value: Duty: Duty.accountable is None; pass Seat"),
        (SPACE, "open", ["amount"], "at value: Space: field 'amount' is no list"),
        (STAFF, "people.0.unit", "nort", "at value: Staff: unknown unit 'nort'"),
        (STAFF, "people.0.capacity", -1, "at value.people[0]: Person: capacity of 'zhao' is -1"),
        (STAFF, "zone", "Asia/Shanghia", "at value: Staff: unknown zone 'Asia/Shanghia'"),
        (STAFF, "people.1.rate.count", 0, "at value.people[1].rate: RateLimit: a limit of 0"),
        (WORKLOAD, "open", [["li", -1]], "at value: Workload: open work of 'li' is -1"),
        (WORKLOAD, "open", [["li"]], "at value: Workload: open work is (('li',),)"),
        (WORKLOAD, "assigned", [["li", 1]], "at value: Workload: work given to 'li' at 1 is not"),
        (ESCALATION, "empty", "stop", "Escalation.empty 'stop' is no named convention"),
        (ESCALATION, "steps", [], "at value: Escalation: an escalation without steps"),
        (AUTHORITY, "calendar", None, "at value: Authority: within is given without calendar"),
        (ACCESS, "grants.0.reach", "some", "Grant.reach 'some' is no named convention"),
        (ACCESS, "unit", None, "asks for the unit of an account; pass unit=TreeField(...)"),
    ],
)
def test_what_could_not_be_built_is_not_read(
    value: object, path: str, given: object, message: str
) -> None:
    with pytest.raises(CodecError) as fault:
        from_json(edited(value, path, given), type(value))
    assert message in str(fault.value)


def test_the_facts_of_a_box_are_those_of_the_space() -> None:
    fields = AUDIT.gaps[0].witness.fields
    copy = from_json(to_json(AUDIT), DutyAudit).gaps[0].witness
    assert copy.fields == fields == SPACE.fields
    assert set(fields.names) < set(EVERYTHING.names)
