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
    "the text does not name this channel as intake for this work",
    "原文未将该渠道列为该项工作的受理渠道",
)
VALUE_GAP = Label(
    "value-added services are for groups of high value; nobody is named for others",
    "增值服务面向高价值集团，未指明其他集团由谁负责",
)
IMPORTANT_GAP = Label(
    "first customer representatives are for important groups; nobody is named for others",
    "首席客户代表服务面向重要集团客户，未指明其他集团由谁负责",
)
INTAKE = ("intake/others", "P11-9, P11-11, P11-21", 42, CHANNEL_GAP)
VALUE = ("P11-22/others", "P11-22", 48, VALUE_GAP)
REPRESENTATIVE = ("P11-23/others", "P11-23", 24, IMPORTANT_GAP)
COVERAGE = ("P11-11/others", "P11-11", 6, CHANNEL_GAP)


@pytest.mark.parametrize(
    ("accountable", "gaps", "left"),
    [
        ("manager", [INTAKE, VALUE, REPRESENTATIVE], 114),
        ("intake", [INTAKE, COVERAGE, VALUE, REPRESENTATIVE], 120),
    ],
    ids=["P11-14 the manager", "P11-11 the intake"],
)
def test_every_case_has_one_owner_but_for_what_the_text_leaves_open(
    accountable: Literal["manager", "intake"],
    gaps: list[tuple[str, str, int, Label]],
    left: int,
) -> None:
    decision = check_duties(basic_service.duties(important=IMPORTANT, accountable=accountable))
    audit = decision.value
    assert [
        (one.rule, one.source.id if one.source else None, one.cells, one.note)
        for one in audit.unowned
    ] == gaps
    assert (audit.cells, audit.without_owner, audit.gaps) == (576, left, ())
    assert (audit.dead, audit.redundant, audit.overlaps) == ((), (), ())
    assert decision.lines("en")[0] == f"nobody is accountable in {left} of 576 cases"
    assert decision.lines("zh")[0] == f"576 种情形中有 {left} 种无人负责"


def test_p11_11_and_p11_14_the_reading_is_one_of_two() -> None:
    with pytest.raises(PolicyError, match="accountable 'hall' is no named convention"):
        basic_service.duties(important=IMPORTANT, accountable="hall")  # type: ignore[arg-type]


def test_p11_14_the_manager_is_accountable_whatever_the_channel() -> None:
    duties = [one.gives for one in POLICY.table.rules if one.name.startswith("P11-14")]
    assert len(duties) == 7
    assert {one.accountable for one in duties if isinstance(one, Duty)} == {MANAGER}
    assert MANAGER.kind == "account_manager"


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
    assert marks == {"rule", "form"}
    assert form == ["P11-22", "P11-22/others"]
    assert POLICY.source is not None
    assert (POLICY.source.id, POLICY.source.mark) == ("S3-P11", "rule")


def test_work_channels_and_seats_have_words_in_both_languages() -> None:
    labels = [one.label for field in (WORK, CHANNEL) for one in (field, *field.options)]
    for label in (*labels, *(seat.label for seat in POLICY.seats)):
        assert label.en.isascii()
        assert not label.zh.isascii()
