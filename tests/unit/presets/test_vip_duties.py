"""S1: who answers at the cable operator. The worked cases stand in conformance/routing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.promises import OFFICE

from kamcore.calendars import around_the_clock
from kamcore.errors import InputError, PolicyError
from kamcore.facts import Node, NumberField, TextField, TreeField, read_facts
from kamcore.presets import vip_service
from kamcore.presets.vip_service import APPLICANT, CUSTOMER, DESK, INSTALLER, WORK
from kamcore.routing import (
    AuthorityLevel,
    Duty,
    Grant,
    Person,
    check_access,
    check_authority,
    check_duties,
    route_work,
)
from kamcore.values import Label, Seat, Source

TECHNICAL = Seat("technical_contact", Label("the technical contact", "技术部门联系人"))
BILLING = Seat("billing_contact", Label("the billing contact", "计费部门联系人"))
DIRECTOR = Seat("director", Label("the director", "分公司领导"))
FEE = NumberField("fee", zh="减免费用")
AT = datetime(2026, 9, 25, 16, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LEVELS = (AuthorityLevel(DESK, FEE <= 200), AuthorityLevel(DIRECTOR))


# --- duties -----------------------------------------------------------------------------------


def test_every_case_has_one_owner_but_for_the_signature_whose_standard_is_missing() -> None:
    decision = check_duties(vip_service.duties(contacts=(TECHNICAL,)))
    audit = decision.value
    (gap,) = audit.unowned
    assert (gap.rule, gap.source and gap.source.id, gap.cells) == ("S1-4e", "S1-4e", 3)
    assert gap.note == Label(
        "leaders sign by an approval standard that is missing from the text",
        "由相关领导按审批标准签字，原文未载审批标准",
    )
    assert (audit.cells, audit.without_owner, audit.gaps) == (39, 3, ())
    assert (audit.dead, audit.redundant, audit.overlaps) == ((), (), ())
    assert decision.lines("en")[0] == "nobody is accountable in 3 of 39 cases"
    assert decision.lines("zh")[0] == "39 种情形中有 3 种无人负责"


def test_s1_4e_with_an_approver_every_case_has_exactly_one_owner() -> None:
    policy = vip_service.duties(contacts=(TECHNICAL,), approver=DIRECTOR)
    decision = check_duties(policy)
    audit = decision.value
    assert audit.complete
    assert (audit.dead, audit.redundant, audit.overlaps) == ((), (), ())
    assert decision.lines("en")[0] == ("every case has exactly one accountable owner (39 cases)")
    assert decision.lines("zh")[0] == "每一种情形都有且只有一个负责岗位（共 39 种情形）"


def test_s1_4e_the_approver_is_the_company_s_and_is_cited_so() -> None:
    policy = vip_service.duties(contacts=(TECHNICAL,), approver=DIRECTOR)
    facts = read_facts({"work": "approval", "customer": "leader"}, policy.fields)
    decision = route_work(facts, policy)
    assert decision.lines("en")[0] == "the director is accountable, by rule “S1-4e/own”"
    assert decision.lines("en")[-1] == (
        "Source: “The company's own choice, as the text names nobody” S1-4e/own"
    )
    assert decision.lines("zh")[-1] == "依据：《本公司自定（原文未指定岗位）》S1-4e/own"
    source = decision.reasons[0].source
    assert source is not None
    assert source.mark == "company"


def test_s1_14a_the_contacts_of_the_departments_are_consulted_where_the_desk_needs_them() -> None:
    policy = vip_service.duties(contacts=(TECHNICAL, BILLING))
    consulted = {
        rule.name: rule.gives.consulted
        for rule in policy.table.rules
        if isinstance(rule.gives, Duty) and rule.gives.consulted
    }
    assert consulted == {"S1-14b": (TECHNICAL, BILLING), "S1-9": (TECHNICAL, BILLING)}


def test_s1_14a_contacts_are_required() -> None:
    with pytest.raises(PolicyError) as error:
        vip_service.duties(contacts=())
    assert str(error.value) == (
        "contacts are empty; pass the seat that each department concerned names (S1-14a)"
    )


def test_every_rule_rests_on_its_rows() -> None:
    rules = vip_service.duties(contacts=(TECHNICAL,)).table.rules
    assert [(one.source.id, one.source.mark) for one in rules if one.source] == [
        ("S1-13", "form"),
        ("S1-14b, S1-14a", "rule"),
        ("S1-9a, S1-9b, S1-9c, S1-14a", "form"),
        ("S1-2c, S1-13", "form"),
        ("S1-6a, S1-12a", "own"),
        ("S1-3a", "form"),
        ("S1-3b, S1-3c", "figure"),
        ("S1-4a, S1-4b, S1-4c", "form"),
        ("S1-4d", "rule"),
        ("S1-4e", "form"),
        ("S1-11a, S1-11b", "rule"),
        ("S1-11c, S1-11e", "rule"),
        ("S1-11d, S1-11f", "rule"),
    ]


def test_the_readings_of_the_text_stand_under_the_proof() -> None:
    decision = check_duties(vip_service.duties(contacts=(TECHNICAL,)))
    assert [reason.text("en") for reason in decision.assumed][1:] == [
        (
            "reading: the contacts whom departments name are consulted on demands and complaints; "
            "S1-14a does not say how they take part"
        ),
        (
            "reading: the desk announces new services, as the whole service is its own (S1-6a); "
            "S1-12a names nobody"
        ),
        (
            "reading: purchases and payments for a special user are a demand (S1-14b), "
            "as S1-13 speaks of group customers"
        ),
    ]


def test_work_customers_and_seats_have_words_in_both_languages() -> None:
    labels = [one.label for field in (WORK, CUSTOMER) for one in (field, *field.options)]
    for label in (*labels, DESK.label, APPLICANT.label, INSTALLER.label):
        assert label.en.isascii()
        assert not label.zh.isascii()


# --- authority --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fee", "outcome", "to"),
    [(200, "allowed", None), (201, "refer", DIRECTOR)],
    ids=["S1-7b the limit itself", "S1-7b beyond the limit"],
)
def test_s1_7b_what_exceeds_the_desk_s_authority_goes_up(
    fee: int, outcome: str, to: Seat | None
) -> None:
    policy = vip_service.authority(levels=LEVELS)
    decision = check_authority(read_facts({"fee": fee}, policy.fields), policy, seat=DESK)
    source = decision.reasons[0].source
    assert (decision.value.outcome, decision.value.to, decision.value.by) == (outcome, to, None)
    assert source is not None
    assert (source.id, source.mark) == ("S1-7b", "form")


def test_s1_7b_in_time_has_no_figure_and_the_answer_says_so() -> None:
    policy = vip_service.authority(levels=LEVELS)
    decision = check_authority(read_facts({"fee": 201}, policy.fields), policy, seat=DESK)
    assert policy.note == Label(
        "the text says “in time” and gives no figure", "原文仅称“及时”，未作量化"
    )
    assert "the text says “in time” and gives no figure" in decision.explain(lang="en")
    assert "原文仅称“及时”，未作量化" in decision.explain(lang="zh")
    assert (policy.within, policy.calendar) == (None, None)


def test_s1_7b_a_company_may_set_the_time_itself() -> None:
    always = around_the_clock("Asia/Shanghai")
    policy = vip_service.authority(levels=LEVELS, within=timedelta(hours=2), calendar=always)
    facts = read_facts({"fee": 201}, policy.fields)
    decision = check_authority(facts, policy, seat=DESK, at=AT)
    assert decision.value.by == AT + timedelta(hours=2)
    assert policy.note is None
    with pytest.raises(PolicyError, match="calendar is given without within"):
        vip_service.authority(levels=LEVELS, calendar=OFFICE)


@pytest.mark.parametrize(
    "levels",
    [
        (),
        (AuthorityLevel(DESK),),
        (AuthorityLevel(DIRECTOR, FEE <= 200), AuthorityLevel(DESK)),
    ],
    ids=["none", "the desk alone", "not from the desk"],
)
def test_s1_7b_levels_lead_from_the_desk_to_somebody_above_it(
    levels: tuple[AuthorityLevel, ...],
) -> None:
    with pytest.raises(PolicyError) as error:
        vip_service.authority(levels=levels)
    assert str(error.value) == (
        "the levels do not lead from the desk to somebody above it; pass "
        "AuthorityLevel(DESK, ...) first, then the leader or department concerned"
    )


def test_s1_7b_levels_are_levels() -> None:
    with pytest.raises(InputError, match="levels holds 'desk'; pass AuthorityLevel"):
        vip_service.authority(levels=("desk", "director"))  # type: ignore[arg-type]


# --- secrecy ----------------------------------------------------------------------------------


def test_s1_10_customer_information_is_disclosed_to_nobody() -> None:
    policy = vip_service.access(grants=(Grant("desk", "all"),))
    facts = read_facts({}, policy.fields)
    for role in ("desk", "director"):
        person = Person("li", roles=(role,))
        decision = check_access(facts, policy, person=person, act="disclose")
        source = decision.reasons[0].source
        assert decision.value.outcome == "refused"
        assert source is not None
        assert (source.id, source.mark) == ("S1-10", "rule")


@pytest.mark.parametrize("act", ["see", "disclose", "export"])
def test_s1_10_without_a_grant_nobody_may_do_anything(act: str) -> None:
    policy = vip_service.access()
    facts = read_facts({}, policy.fields)
    decision = check_access(facts, policy, person=Person("li", roles=("desk",)), act=act)
    assert decision.value.outcome == "refused"
    assert decision.lines("en")[-1] == (
        "Source: “VIP service rules of a cable operator” S1-10, "
        "which forbids disclosing customer information and leaves open who may see it"
    )
    assert decision.lines("zh")[-1] == (
        "依据：《大客户服务管理业务规范》S1-10 规定不得透露客户信息，未规定何人可以查看"
    )


UNIT = TreeField("unit", nodes=(Node("jinniu"), Node("other")), zh="所属单位")
SECRECY = Source("rule 4", Label("our rules of secrecy", "保密规定"))
SEEING = vip_service.access(
    grants=(
        Grant("desk", "own"),
        Grant("director", "unit"),
        Grant("audit", "all", source=SECRECY),
    ),
    unit=UNIT,
    manager=TextField("manager", zh="客户经理"),
)


@pytest.mark.parametrize(
    ("person", "expected", "source"),
    [
        (Person("li", roles=("desk",)), "allowed", ("S1-10/own", "company")),
        (Person("wang", roles=("desk",)), "refused", ("S1-10", "rule")),
        (Person("zhao", unit="jinniu", roles=("director",)), "allowed", ("S1-10/own", "company")),
        (Person("zhou", unit="other", roles=("director",)), "refused", ("S1-10", "rule")),
        (Person("sun", roles=("audit",)), "allowed", ("rule 4", "company")),
    ],
    ids=["the desk", "another of the desk", "the unit", "another unit", "by a rule of its own"],
)
def test_s1_10_who_may_see_is_the_company_s_and_never_cited_as_the_text_s(
    person: Person, expected: str, source: tuple[str, str]
) -> None:
    facts = read_facts({"unit": "jinniu", "manager": "li"}, SEEING.fields)
    decision = check_access(facts, SEEING, person=person)
    cited = decision.reasons[0].source
    assert decision.value.outcome == expected
    assert cited is not None
    assert (cited.id, cited.mark) == source


def test_s1_10_a_grant_to_disclose_is_refused() -> None:
    with pytest.raises(PolicyError) as error:
        vip_service.access(grants=(Grant("desk", "all", act="disclose"),))
    assert str(error.value) == (
        "the grant to 'desk' lets customer information be disclosed, which S1-10 forbids; "
        "drop it, or pass act='see'"
    )
    with pytest.raises(InputError, match="grants holds 'desk'; pass Grant"):
        vip_service.access(grants=("desk",))  # type: ignore[arg-type]
