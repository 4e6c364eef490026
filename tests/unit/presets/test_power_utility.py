"""S0: who answers in a power utility. The worked cases stand in conformance/routing."""

from datetime import date

import pytest

from kamcore.errors import InputError, PolicyError
from kamcore.facts import (
    ChoiceField,
    Combinable,
    FlagField,
    Node,
    NumberField,
    TableRule,
    TextField,
    TreeField,
    read_facts,
)
from kamcore.presets import power_utility
from kamcore.presets.power_utility import (
    COMPANY_MANAGER,
    ORDER,
    PLANNING_GROUP,
    REGIONAL_MANAGER,
    SERVICE_CENTRE,
    WORK,
)
from kamcore.routing import (
    Duty,
    DutyRules,
    Grant,
    NoOwner,
    Person,
    Space,
    check_access,
    check_duties,
    route_work,
)
from kamcore.values import Days, Label, Seat, Source

CRITICAL = FlagField("critical", zh="关键大客户", en="critical account")
IMPORTANT = FlagField("important", zh="重要客户", en="important customer")
PRIORITY = ChoiceField("priority", options=("1", "2", "3"), zh="客户优先级")
REGION = TreeField(
    "region",
    nodes=(
        Node("city", zh="市区"),
        Node("centre", under="city", zh="市中心"),
        Node("county", zh="郊县"),
    ),
    zh="所在区域",
)
VOLTAGE = NumberField("supply_voltage", zh="供电电压等级")
CAPACITY = NumberField("receiving_capacity", zh="受电容量")
LOAD = ChoiceField("load_grade", options=("first", "second"), zh="负荷等级")
POLICY = power_utility.duties(critical=CRITICAL, important=IMPORTANT)


def seat(name: str) -> Seat:
    """Return the seat of a manager."""
    return Seat(name, Label(f"manager {name}", f"{name}经理"))


def manager(name: str, when: Combinable | None, source: Source | None = None) -> TableRule[Seat]:
    """Return whom a manager of that name serves."""
    return TableRule(name, when, seat(name), source)  # type: ignore[arg-type]  # a flag is welcome


def managed(
    *managers: TableRule[Seat],
    order: tuple[str, ...] = ORDER,
    critical: Combinable = CRITICAL,
    important: Combinable = IMPORTANT,
) -> DutyRules:
    """Return the preset with a division of accounts."""
    return power_utility.duties(
        critical=critical, important=important, managers=managers, order=order
    )


def answer(policy: DutyRules, on: date | None = None, **facts: object) -> tuple[str, str, str]:
    """Return the accountable seat, the rule and the clause."""
    given = {name: facts.get(name) for name in policy.fields.names}
    decision = route_work(read_facts(given, policy.fields), policy, on=on)
    first = decision.reasons[0]
    found = decision.value
    assert isinstance(found, Duty)
    assert first.source is not None
    rule = dict(first.params)["rule"]
    assert isinstance(rule, Label)
    return found.accountable.name, rule.en, first.source.id


def gives(policy: DutyRules, rule: str) -> Duty | NoOwner:
    """Return what a rule gives."""
    return next(one.gives for one in policy.table.rules if one.name == rule)


# --- the proof --------------------------------------------------------------------------------


def test_every_case_has_one_owner_but_for_what_the_text_leaves_open() -> None:
    decision = check_duties(POLICY)
    audit = decision.value
    assert [(one.rule, one.source and one.source.id, one.cells) for one in audit.unowned] == [
        ("S0-2g/h/i/j/k", "S0-2g, S0-2h, S0-2i, S0-2j, S0-2k", 9),
        ("S0-11", "S0-11, S0-7e", 4),
        ("S0-2m", "S0-2m", 4),
    ]
    assert [one.note.en for one in audit.unowned] == [
        "the text says “mainly for important customers” and names nobody for the others",
        (
            "the text lists service agent, key-account manager, department concerned and third "
            "party, requires joint confirmation by the departments concerned (S0-7e), "
            "and names nobody as accountable"
        ),
        "the text's lists of work are open and name nobody for any other work",
    ]
    assert [one.note.zh for one in audit.unowned] == [
        "原文仅称“主要为重要客户提供”，未指明其他客户由谁负责",
        (
            "原文列有客户服务员、大客户经理、公司内部相关部门和第三方，并要求经相关专业部门共同确认"
            "（S0-7e），未指明由谁负责"
        ),
        "原文所列工作未尽（“等”），未指明其余工作由谁负责",
    ]
    assert (audit.cells, audit.without_owner, audit.gaps) == (68, 17, ())
    assert (audit.dead, audit.redundant) == ((), ())
    assert decision.lines("en")[0] == "nobody is accountable in 17 of 68 cases"
    assert decision.lines("zh")[0] == "68 种情形中有 17 种无人负责"


def test_only_the_relationship_of_a_critical_account_rests_on_the_order_of_the_rules() -> None:
    pairs = [(one.rule, one.other) for one in check_duties(POLICY).value.overlaps]
    assert pairs == [("S0-10/2k", "S0-2k"), ("S0-10/2k", "S0-2g/h/i/j/k")]


def test_with_the_company_s_own_seats_every_case_has_exactly_one_owner() -> None:
    policy = power_utility.duties(
        critical=CRITICAL,
        important=IMPORTANT,
        others=Duty(SERVICE_CENTRE),
        revision_owner=COMPANY_MANAGER,
        otherwise=Duty(SERVICE_CENTRE),
    )
    decision = check_duties(policy)
    audit = decision.value
    assert audit.complete
    assert (audit.unowned, audit.gaps, audit.dead, audit.redundant) == ((), (), (), ())
    assert decision.lines("en")[0] == ("every case has exactly one accountable owner (68 cases)")
    assert decision.lines("zh")[0] == "每一种情形都有且只有一个负责岗位（共 68 种情形）"


def test_s0_2m_beyond_the_listed_work_nothing_is_proved_but_for_other() -> None:
    audit = check_duties(POLICY, Space(POLICY.fields, open=("work",))).value
    assert audit.unproved == (WORK.label,)
    assert WORK.names[-1] == "other"


def test_each_gap_is_closed_by_the_argument_that_names_it() -> None:
    own = seat("own")
    for given, closed in (
        ({"others": Duty(own)}, "S0-2g/h/i/j/k"),
        ({"revision_owner": own}, "S0-11"),
        ({"otherwise": Duty(own)}, "S0-2m"),
    ):
        policy = power_utility.duties(
            critical=CRITICAL,
            important=IMPORTANT,
            **given,  # type: ignore[arg-type]  # one of the three
        )
        left = [one.rule for one in check_duties(policy).value.unowned]
        assert left == [one for one in ("S0-2g/h/i/j/k", "S0-11", "S0-2m") if one != closed]
        duty = gives(policy, f"{closed}/own")
        assert isinstance(duty, Duty)
        assert duty.accountable == own


@pytest.mark.parametrize(
    ("given", "work", "rule"),
    [
        ({"others": Duty(SERVICE_CENTRE)}, "consultation", "S0-2g/h/i/j/k/own"),
        ({"revision_owner": COMPANY_MANAGER}, "agreement_revision", "S0-11/own"),
        ({"otherwise": Duty(SERVICE_CENTRE)}, "other", "S0-2m/own"),
    ],
)
def test_what_the_company_says_is_not_cited_as_the_text_s(
    given: dict[str, Duty | Seat], work: str, rule: str
) -> None:
    policy = power_utility.duties(
        critical=CRITICAL,
        important=IMPORTANT,
        **given,  # type: ignore[arg-type]  # one of the three
    )
    facts = read_facts({"work": work, "critical": False, "important": False}, policy.fields)
    decision = route_work(facts, policy)
    source = decision.reasons[0].source
    assert source is not None
    assert (source.id, source.mark) == (rule, "company")
    assert decision.lines("en")[-1] == (
        f"Source: “The company's own choice, as the text names nobody” {rule}"
    )
    assert decision.lines("zh")[-1] == f"依据：《本公司自定（原文未指定岗位）》{rule}"


# --- critical and important -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "capacity", "work", "expected"),
    [
        pytest.param("1", 1001, "relationship", COMPANY_MANAGER, id="S0-10 critical"),
        pytest.param("1", 1000, "relationship", REGIONAL_MANAGER, id="S0-10 not critical"),
        pytest.param("2", 1001, "relationship", REGIONAL_MANAGER, id="S0-2k important"),
        pytest.param("1", 1001, "consultation", REGIONAL_MANAGER, id="S0-2g critical, not named"),
        pytest.param("1", 1001, "complaint", COMPANY_MANAGER, id="S0-10 a complaint"),
        pytest.param("3", 1001, "complaint", REGIONAL_MANAGER, id="S0-2d not critical"),
    ],
)
def test_s0_10_goes_first_also_where_critical_and_important_ask_for_the_same_facts(
    priority: str, capacity: int, work: str, expected: Seat
) -> None:
    policy = power_utility.duties(
        critical=PRIORITY.is_("1") & (CAPACITY > 1000), important=PRIORITY.one_of("1", "2")
    )
    found = answer(policy, work=work, priority=priority, receiving_capacity=capacity)
    assert found[0] == expected.name
    audit = check_duties(policy).value
    assert (audit.gaps, audit.dead, audit.redundant) == ((), (), ())
    assert {one.rule for one in audit.unowned} == {"S0-2g/h/i/j/k", "S0-11", "S0-2m"}


def test_s0_10_goes_before_a_manager_however_specific() -> None:
    policy = managed(
        manager("wang", PRIORITY.is_("1") & REGION.is_("centre") & (VOLTAGE >= 110)),
        critical=PRIORITY.is_("1"),
    )
    facts = {"priority": "1", "region": "centre", "supply_voltage": 110, "important": True}
    assert answer(policy, work="complaint", **facts)[0] == "company_manager"
    assert answer(policy, work="arrears", **facts)[0] == "wang"


@pytest.mark.parametrize("part", ["critical", "important"])
def test_what_makes_an_account_critical_or_important_is_required(part: str) -> None:
    given = {"critical": CRITICAL, "important": IMPORTANT, part: None}
    with pytest.raises(PolicyError, match="None is not a condition"):
        power_utility.duties(**given)  # type: ignore[arg-type]


# --- S0-3a: which manager serves whom ---------------------------------------------------------

DIVISION = (
    manager("priority", PRIORITY.is_("1")),
    manager("city", REGION.within("city")),
    manager("centre", REGION.within("centre")),
    manager("voltage", VOLTAGE >= 110),
    manager("capacity", CAPACITY >= 5000),
    manager("load", LOAD.is_("first")),
)
ORDINARY = {
    "priority": "3",
    "region": "county",
    "supply_voltage": 109,
    "receiving_capacity": 4999,
    "load_grade": "second",
    "critical": False,
    "important": True,
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "regional_manager"),
        ({"load_grade": "first"}, "load"),
        ({"receiving_capacity": 5000, "load_grade": "first"}, "capacity"),
        ({"supply_voltage": 110, "receiving_capacity": 5000}, "voltage"),
        ({"region": "city", "supply_voltage": 110}, "city"),
        ({"region": "centre", "supply_voltage": 110}, "centre"),
        ({"priority": "1", "region": "centre"}, "priority"),
    ],
)
@pytest.mark.parametrize("work", ["arrears", "consultation"])
def test_s0_3a_the_attribute_named_first_decides_first(
    facts: dict[str, object], expected: str, work: str
) -> None:
    policy = managed(*DIVISION)
    row = {"arrears": "2e", "consultation": "2g"}[work]
    regional = expected == "regional_manager"
    assert answer(policy, work=work, **{**ORDINARY, **facts}) == (
        expected,
        f"S0-{row}" if regional else f"S0-{row}/{expected}",
        f"S0-{row}, S0-6a, S0-6c" if regional else f"S0-{row}, S0-3a, S0-6c",
    )


def test_s0_3a_the_order_of_the_attributes_is_the_company_s_to_change() -> None:
    policy = managed(*DIVISION, order=tuple(reversed(ORDER)))
    facts = {**ORDINARY, "priority": "1", "region": "centre", "load_grade": "first"}
    assert answer(policy, work="arrears", **facts)[0] == "load"
    assert answer(policy, work="arrears", **{**facts, "load_grade": "second"})[0] == "centre"


def test_s0_3a_the_list_of_attributes_is_open() -> None:
    industry = ChoiceField("industry", options=("steel", "textile"), zh="行业")
    steel = manager("steel", industry.is_("steel"))
    policy = managed(steel, order=(*ORDER, "industry"))
    assert answer(policy, work="fault", critical=False, industry="steel")[0] == "steel"
    assert answer(policy, work="fault", critical=False, industry="textile")[0] == (
        "regional_manager"
    )
    with pytest.raises(PolicyError) as error:
        managed(steel)
    assert str(error.value) == (
        "managers ask for 'industry', which order does not rank; add it to order"
    )


def test_s0_3a_two_managers_of_equal_rank_for_one_account_are_refused() -> None:
    with pytest.raises(PolicyError, match="'wang' and 'zhao' are equally specific and differ for"):
        managed(manager("wang", VOLTAGE >= 110), manager("zhao", VOLTAGE >= 220))


def test_s0_3a_managers_serve_only_those_for_whom_the_text_names_managers() -> None:
    policy = managed(manager("all", None))
    facts = read_facts(
        {"work": "consultation", "critical": False, "important": False}, policy.fields
    )
    assert isinstance(route_work(facts, policy).value, NoOwner)
    assert answer(policy, work="consultation", critical=False, important=True)[0] == "all"
    assert answer(policy, work="arrears", critical=False, important=False)[0] == "all"


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (("wang",), InputError, "managers holds 'wang'; pass TableRule"),
        ((TableRule("wang", None, "wang"),), PolicyError, "Duty.accountable is 'wang'; pass Seat"),
    ],
    ids=["no rule", "no seat"],
)
def test_s0_3a_a_division_is_rules_that_give_seats(
    given: tuple[TableRule[Seat], ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        managed(*given)
    assert str(raised.value) == message


def test_s0_3a_a_division_leaves_no_case_out_and_no_rule_without_effect() -> None:
    policy = managed(*DIVISION)
    audit = check_duties(policy).value
    assert (audit.gaps, audit.dead, audit.redundant) == ((), (), ())
    assert {one.rule for one in audit.unowned} == {"S0-2g/h/i/j/k", "S0-11", "S0-2m"}
    by_attribute = {one.rule for one in audit.overlaps if not one.rule.startswith("S0-10")}
    assert by_attribute == {
        f"S0-2{row}/{name}"
        for row in "cdeflghijk"
        for name in ("priority", "city", "centre", "voltage", "capacity")
    }


def test_s0_3a_a_division_without_facts_leaves_nothing_to_the_regional_manager() -> None:
    dead = [one.rule for one in check_duties(managed(manager("all", None))).value.dead]
    assert dead == [f"S0-2{row}" for row in "cdeflghijk"]


def test_s0_3a_alternatives_of_one_rule_are_told_apart() -> None:
    policy = managed(manager("wang", PRIORITY.is_("1") | LOAD.is_("first")))
    facts = {"work": "arrears", "critical": False, "important": False}
    assert answer(policy, priority="1", load_grade="second", **facts)[1] == "S0-2e/wang"
    assert answer(policy, priority="2", load_grade="first", **facts)[1] == "S0-2e/wang (2)"


def test_s0_3a_a_company_s_own_source_and_days_stay_with_its_rule() -> None:
    own = Source("rule 7", Label("our division of accounts", "客户划分办法"))
    half = Days.through(date(2026, 1, 1), date(2026, 6, 30))
    rule = TableRule("li", PRIORITY.is_("1"), seat("li"), own, in_force=half)
    policy = managed(rule)
    facts = {"work": "arrears", "priority": "1", "critical": False, "important": False}
    assert answer(policy, date(2026, 6, 30), **facts) == ("li", "S0-2e/li", "rule 7")
    assert answer(policy, date(2026, 7, 1), **facts)[0] == "regional_manager"
    with pytest.raises(InputError, match="pass on="):
        answer(policy, **facts)


def test_s0_6c_the_company_manager_is_told_of_what_other_managers_answer_for() -> None:
    policy = managed(
        manager("li", PRIORITY.is_("2")),
        TableRule("company", PRIORITY.is_("1"), COMPANY_MANAGER),
    )
    assert gives(policy, "S0-2e/li") == Duty(seat("li"), informed=(COMPANY_MANAGER,))
    assert gives(policy, "S0-2e") == Duty(REGIONAL_MANAGER, informed=(COMPANY_MANAGER,))
    assert gives(policy, "S0-2e/company") == Duty(COMPANY_MANAGER)
    cited = {rule.name: rule.source.id for rule in policy.table.rules if rule.source}
    assert cited["S0-2e/li"] == "S0-2e, S0-3a, S0-6c"
    assert cited["S0-2e"] == "S0-2e, S0-6a, S0-6c"
    assert cited["S0-2e/company"] == "S0-2e, S0-3a"


def test_s0_6a_the_regional_manager_is_a_role_of_the_customer_s_unit() -> None:
    assert REGIONAL_MANAGER.kind == "unit_role"
    assert [one.kind for one in (COMPANY_MANAGER, SERVICE_CENTRE, PLANNING_GROUP)] == [
        "role",
        "queue",
        "queue",
    ]


# --- S0-11, sources, words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "others"),
    [
        (
            seat("own"),
            ["service_agent", "account_manager", "department_concerned", "third_party"],
        ),
        (
            REGIONAL_MANAGER,
            ["service_agent", "account_manager", "department_concerned", "third_party"],
        ),
        (
            Seat("account_manager", Label("the key-account manager", "大客户经理")),
            ["service_agent", "department_concerned", "third_party"],
        ),
    ],
    ids=["another seat", "a manager of one level", "one of the four"],
)
def test_s0_11_the_four_seats_carry_out_a_revision_that_somebody_owns(
    owner: Seat, others: list[str]
) -> None:
    policy = power_utility.duties(critical=CRITICAL, important=IMPORTANT, revision_owner=owner)
    duty = gives(policy, "S0-11/own")
    assert isinstance(duty, Duty)
    assert (duty.accountable, [one.name for one in duty.responsible]) == (owner, others)


def test_every_rule_rests_on_its_row() -> None:
    marks = {
        rule.name: (rule.source.id, rule.source.mark)
        for rule in managed(manager("li", PRIORITY.is_("1"))).table.rules
        if rule.source
    }
    assert len(marks) == 32
    form = [name for name, (_, mark) in marks.items() if mark == "form"]
    assert form == [
        *(f"S0-10/2{row}" for row in "cdfkl"),
        *(f"S0-2{row}/li" for row in "cdeflghijk"),
        "S0-6c",
        "S0-2m",
    ]
    assert [name for name, (_, mark) in marks.items() if mark == "own"] == ["S0-12b"]
    assert {mark for _, mark in marks.values()} == {"form", "rule", "own"}
    assert marks["S0-2l"] == ("S0-2l, S0-12b, S0-6a, S0-6c", "rule")
    assert marks["S0-2l/li"] == ("S0-2l, S0-12b, S0-3a, S0-6c", "form")
    assert POLICY.source is not None
    assert POLICY.source.text("zh") == "《公司大客户管理规定（某某供电公司）》S0"


def test_the_readings_of_the_text_stand_under_the_proof() -> None:
    said = [reason.text("en") for reason in check_duties(POLICY).assumed][1:]
    assert said == [
        (
            "reading: what other managers answer for is told to the company manager, "
            "who supervises the whole (S0-6c)"
        ),
        "reading: for critical accounts S0-10 goes before every division of accounts",
        (
            "reading: the list of S0-10 is open, and work that it does not name stays with the "
            "regional manager or whom the company names in his place"
        ),
        (
            "reading: an emergency repair counts as a fault of any key account (S0-2f); the text "
            "lists it among the work mainly for important customers, not beside faults"
        ),
        (
            "reading: market activities are the managers' for every key account, "
            "as S0-12b names no exception"
        ),
        (
            "reading: the planning group is accountable for planning, and managers of both levels "
            "take part (S0-12b)"
        ),
    ]
    owned = power_utility.duties(critical=CRITICAL, important=IMPORTANT, revision_owner=seat("own"))
    assert owned.notes[:-1] == POLICY.notes
    assert owned.notes[-1] == Label(
        "the seats that S0-11 lists carry out the revision of agreements",
        "服务水平协议滚动修改由S0-11所列岗位执行",
    )


def test_work_and_seats_have_words_in_both_languages() -> None:
    labels = [WORK.label, *(one.label for one in WORK.options)]
    labels += [one.label for one in managed().seats]
    for label in labels:
        assert label.en.isascii()
        assert not label.zh.isascii()


# --- S0-8 -------------------------------------------------------------------------------------


def test_s0_8_who_may_see_an_account_is_required_and_the_rest_is_refused() -> None:
    account_manager = TextField("manager", zh="客户经理")
    policy = power_utility.access(
        grants=(Grant("manager", "own"), Grant("service_agent", "unit")),
        unit=REGION,
        manager=account_manager,
    )
    facts = read_facts({"region": "city", "manager": "li"}, policy.fields)
    for person, expected in (
        (Person("li", roles=("manager",)), "allowed"),
        (Person("wang", roles=("manager",)), "refused"),
        (Person("zhao", unit="city", roles=("service_agent",)), "allowed"),
        (Person("sun", unit="county", roles=("service_agent",)), "refused"),
    ):
        decision = check_access(facts, policy, person=person)
        source = decision.reasons[0].source
        assert decision.value.outcome == expected
        assert source is not None
        assert (source.id, source.mark) == ("S0-8/own", "company")


def test_s0_8_the_grant_is_the_company_s_and_so_is_its_source() -> None:
    rule = Source("rule 9", Label("our rules of access", "查看权限规定"))
    policy = power_utility.access(
        grants=(Grant("manager", "all"), Grant("audit", "all", source=rule))
    )
    facts = read_facts({}, policy.fields)
    ends = {
        role: check_access(facts, policy, person=Person("li", roles=(role,))).lines("en")[-1]
        for role in ("manager", "audit")
    }
    assert ends == {
        "manager": "Source: “The company's own grants, as S0-8 leaves open who may see what” "
        "S0-8/own",
        "audit": "Source: “our rules of access” rule 9",
    }
