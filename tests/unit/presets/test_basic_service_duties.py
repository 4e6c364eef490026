"""S3-P11: who answers for the basic service. The worked cases stand in conformance/routing."""

from typing import Literal

import pytest

from kamcore.errors import PolicyError
from kamcore.facts import FlagField, NumberField, read_facts
from kamcore.presets import basic_service
from kamcore.presets.basic_service import CHANNEL, CLASS, HIGH_VALUE, MANAGER, VIP_DESK, WORK
from kamcore.routing import Duty, NoOwner, check_duties, route_work
from kamcore.values import Label

IMPORTANT = FlagField("important", zh="重要集团客户", en="important group")
POLICY = basic_service.duties(important=IMPORTANT)
CHANNEL_GAP = Label(
    "the text lists the main channels only and does not name this one",
    "原文仅列主要受理渠道，未列明该渠道",
)
VALUE_GAP = Label(
    "the text says value-added services strengthen ties with groups of high value; "
    "it does not speak of others",
    "原文称增值服务用以增强高价值集团客户粘滞性，未提及其他集团",
)
IMPORTANT_GAP = Label(
    "chief customer representatives are for important groups; nobody is named for others",
    "首席客户代表服务面向重要集团客户，未指明其他集团由谁负责",
)
INTAKE = ("intake/others", "P11-9, P11-21", 36, CHANNEL_GAP)
VALUE = ("P11-22/others", "P11-22", 48, VALUE_GAP)
REPRESENTATIVE = ("P11-23/others", "P11-23", 24, IMPORTANT_GAP)


@pytest.mark.parametrize(
    "accountable", ["manager", "intake"], ids=["P11-14 the manager", "P11-11 the intake"]
)
def test_every_case_has_one_owner_but_for_what_the_text_leaves_open(
    accountable: Literal["manager", "intake"],
) -> None:
    decision = check_duties(basic_service.duties(important=IMPORTANT, accountable=accountable))
    audit = decision.value
    assert [
        (one.rule, one.source.id if one.source else None, one.cells, one.note)
        for one in audit.unowned
    ] == [INTAKE, VALUE, REPRESENTATIVE]
    assert (audit.cells, audit.without_owner, audit.gaps) == (576, 108, ())
    assert (audit.dead, audit.redundant, audit.overlaps) == ((), (), ())
    assert decision.lines("en")[0] == "nobody is accountable in 108 of 576 cases"
    assert decision.lines("zh")[0] == "576 种情形中有 108 种无人负责"


def test_p11_11_and_p11_14_the_reading_is_one_of_two() -> None:
    with pytest.raises(PolicyError, match="accountable 'hall' is no named convention"):
        basic_service.duties(important=IMPORTANT, accountable="hall")  # type: ignore[arg-type]


def test_p11_14_the_manager_is_accountable_whatever_the_channel() -> None:
    duties = [one.gives for one in POLICY.table.rules if one.name.startswith("P11-14")]
    assert len(duties) == 8
    assert {one.accountable for one in duties if isinstance(one, Duty)} == {MANAGER}
    assert MANAGER.kind == "account_manager"


@pytest.mark.parametrize(
    ("planner", "expected"),
    [("key_account_centre", "大客户管理中心"), ("assigning_centre", "本区营销中心或大客户服务部")],
    ids=["P11-16 item 4", "P11-16 item 6"],
)
def test_p11_16_information_is_planned_by_the_centre_of_item_4_or_of_item_6(
    planner: Literal["key_account_centre", "assigning_centre"], expected: str
) -> None:
    policy = basic_service.duties(important=IMPORTANT, planner=planner)
    (duty,) = [one.gives for one in policy.table.rules if one.name == "P11-16"]
    assert isinstance(duty, Duty)
    assert (duty.accountable.name, duty.accountable.label.zh) == (planner, expected)
    assert [seat.name for seat in duty.responsible] == ["hall", "manager", "hotline", "website"]
    audit = check_duties(policy).value
    assert (audit.gaps, audit.dead, audit.redundant) == ((), (), ())
    assert (planner == "key_account_centre") == (policy == POLICY)


def test_p11_16_the_planner_is_one_of_two() -> None:
    with pytest.raises(PolicyError, match="planner 'hall' is no named convention"):
        basic_service.duties(important=IMPORTANT, planner="hall")  # type: ignore[arg-type]


def test_the_readings_of_the_text_stand_under_the_proof() -> None:
    rest = [
        "reading: the main channels of basic service (P11-9) take in batch business too",
        (
            "reading: both centres of P11-12 stand as one seat; the network department carries "
            "out, and the manager is told"
        ),
        (
            "reading: whoever plans and organises information is accountable (P11-16): item 4 "
            "names the key-account centre, item 6 the marketing centre or key-account department"
        ),
        (
            "reading: the VIP desk is accountable for batch business; the text names a counter and "
            "a priority only (P11-20)"
        ),
    ]
    high = (
        "reading: groups of high value are classes A and B (P11-22), "
        "as article 6 calls them (P11-6)"
    )
    said = [reason.text("en") for reason in check_duties(POLICY).assumed][1:]
    assert said == [
        (
            "reading: the account manager is accountable for coverage (P11-14), and the intake, "
            "which records, reports and calls the network department in, takes part (P11-11)"
        ),
        *rest,
        high,
    ]
    other = basic_service.duties(important=IMPORTANT, high_value=IMPORTANT, accountable="intake")
    said = [reason.text("en") for reason in check_duties(other).assumed][1:]
    assert said == [
        "reading: the intake is accountable for coverage, and the account manager assists (P11-11)",
        *rest,
    ]


def test_p11_22_high_value_is_a_and_b_unless_the_company_says_otherwise() -> None:
    assert CLASS.one_of("A", "B") == HIGH_VALUE
    sales = NumberField("monthly_revenue", zh="月均收入")
    policy = basic_service.duties(important=IMPORTANT, high_value=sales >= 50_000)
    for revenue, expected in ((50_000, Duty(MANAGER)), (49_999, NoOwner(VALUE_GAP))):
        given = dict.fromkeys(policy.fields.names)
        facts = {**given, "work": "trial", "monthly_revenue": revenue}
        assert route_work(read_facts(facts, policy.fields), policy).value == expected


def test_p11_23_what_makes_a_group_important_is_required() -> None:
    with pytest.raises(PolicyError, match="None is not a condition"):
        basic_service.duties(important=None)  # type: ignore[arg-type]


def test_p11_20_the_vip_desk_is_the_one_of_the_order_of_batches() -> None:
    assert {one.desk for one in basic_service.BATCHES.tiers} == {VIP_DESK}
    owners = {
        one.gives.accountable
        for one in POLICY.table.rules
        if one.name.startswith("P11-20") and isinstance(one.gives, Duty)
    }
    assert owners == {VIP_DESK}


def test_every_rule_rests_on_its_rows() -> None:
    marks = {one.source.mark for one in POLICY.table.rules if one.source}
    form = [one.name for one in POLICY.table.rules if one.source and one.source.mark == "form"]
    own = [one.name for one in POLICY.table.rules if one.source and one.source.mark == "own"]
    assert marks == {"rule", "form", "own"}
    assert own == ["P11-20A", "P11-20B", "P11-20C"]
    assert form == ["P11-22", "P11-22/others"]
    assert POLICY.source is not None
    assert (POLICY.source.id, POLICY.source.mark) == ("S3-P11", "rule")


def test_work_channels_and_seats_have_words_in_both_languages() -> None:
    labels = [one.label for field in (WORK, CHANNEL) for one in (field, *field.options)]
    for label in (*labels, *(seat.label for seat in POLICY.seats)):
        assert label.en.isascii()
        assert not label.zh.isascii()
