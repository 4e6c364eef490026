"""Batch business (S3-P11-19, P11-20): from which number on, and who gets priority."""

from decimal import Decimal

import attrs
import pytest

from kamcore.errors import DuplicateName, FloatRefused, InputError, PolicyError, UnknownName
from kamcore.sla import BatchHandling, BatchRules, TierBatch, find_batch_handling
from kamcore.values import Label, Seat, Source

TITLE = Label("Graded service", "分级服务")
FROM, FIRST = Source("P11-19", TITLE), Source("P11-20A", TITLE)
DESK = Seat("vip_desk", Label("the VIP desk", "VIP专席"))
POLICY = BatchRules(
    least=30,
    tiers=(TierBatch("A", 1, desk=DESK, source=FIRST), TierBatch("C", None)),
    source=FROM,
)


@pytest.mark.parametrize("count", [0, 1, 29])
def test_below_the_least_number_it_is_no_batch(count: int) -> None:
    decision = find_batch_handling(count, POLICY, tier="A")
    assert decision.value == BatchHandling(is_batch=False)
    assert [(one.rule.id, one.source) for one in decision.reasons] == [("sla.no_batch", FROM)]
    assert decision.reasons[0].text("en") == (
        f"{count} transactions of one kind are no batch business, which begins at 30"
    )
    assert decision.reasons[0].text("zh") == (f"同一种类业务 {count} 笔，不足 30 笔，不属批量业务")


@pytest.mark.parametrize("count", [30, 31, 1_000])
def test_from_the_least_number_on_it_is_one(count: int) -> None:
    decision = find_batch_handling(count, POLICY, tier="A")
    assert decision.value == BatchHandling(is_batch=True, priority=1, desk=DESK)
    assert [(one.rule.id, one.source) for one in decision.reasons] == [
        ("sla.batch", FROM),
        ("sla.batch_priority", FIRST),
        ("sla.batch_desk", None),
    ]
    assert decision.explain("zh").splitlines()[:3] == [
        f"同一种类业务 {count:,} 笔，达到 30 笔，属批量业务",
        "等级 A 的批量业务优先级：第 1 位",
        "由VIP专席办理",
    ]
    assert decision.fingerprint == POLICY.fingerprint


def test_a_priority_that_is_not_stated_is_an_answer() -> None:
    decision = find_batch_handling(30, POLICY, tier="C")
    assert decision.value == BatchHandling(is_batch=True)
    assert [one.rule.id for one in decision.reasons] == ["sla.batch", "sla.batch_no_priority"]
    assert decision.reasons[1].text("en") == "no priority is stated for batch business of tier C"


@pytest.mark.parametrize(
    ("scope", "rule"),
    [("one_request", "sla.batch_one_request"), ("added_up", "sla.batch_added_up")],
)
@pytest.mark.parametrize("count", [29, 30])
def test_what_is_counted_is_said(scope: str, rule: str, count: int) -> None:
    policy = attrs.evolve(POLICY, scope=scope)
    assumed = find_batch_handling(count, policy, tier="A").assumed
    assert [one.rule.id for one in assumed] == [rule]


def test_a_whole_decimal_is_a_number() -> None:
    assert find_batch_handling(Decimal(30), POLICY, tier="A").value.is_batch  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "kind", "message"),
    [
        (-1, InputError, "-1 transactions; pass 0 or more"),
        (
            30.0,
            FloatRefused,
            'transactions is the float 30.0; pass an int or Decimal("30.0")',
        ),
    ],
)
def test_what_is_no_number_of_transactions_is_refused(
    count: int, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as fault:
        find_batch_handling(count, POLICY, tier="A")
    assert str(fault.value) == message


def test_an_unknown_tier_is_refused_also_where_it_is_no_batch() -> None:
    for count in (29, 30):
        with pytest.raises(UnknownName) as fault:
            find_batch_handling(count, POLICY, tier="B")
        assert str(fault.value) == "unknown tier 'B'; known are 'A', 'C'"


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        (
            {"least": 0},
            PolicyError,
            "batch business from 0 transactions on; pass 1 or more",
        ),
        (
            {"tiers": (TierBatch("A", 1), TierBatch("A", 2))},
            DuplicateName,
            "tier 'A' appears twice; rename or remove one",
        ),
        (
            {"scope": "a_day"},
            PolicyError,
            (
                "BatchRules.scope 'a_day' is no named convention; "
                "known are 'one_request', 'added_up'"
            ),
        ),
        (
            {"least": 30.5},
            FloatRefused,
            'least number of transactions is the float 30.5; pass an int or Decimal("30.5")',
        ),
    ],
    ids=["least", "twice", "scope", "float"],
)
def test_a_policy_that_cannot_be_is_refused(
    changes: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as fault:
        attrs.evolve(POLICY, **changes)
    assert str(fault.value) == message


@pytest.mark.parametrize("priority", [0, -1])
def test_a_priority_that_is_not_above_0_is_refused(priority: int) -> None:
    with pytest.raises(PolicyError) as fault:
        TierBatch("A", priority)
    assert str(fault.value) == f"tier 'A' has priority {priority}; pass 1 or more"


def test_a_priority_is_a_whole_number() -> None:
    with pytest.raises(PolicyError) as fault:
        TierBatch("A", 1.0)  # type: ignore[arg-type]
    assert str(fault.value) == "TierBatch.priority is 1.0; pass int"
