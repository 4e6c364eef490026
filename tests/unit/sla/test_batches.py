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
    things = "transaction" if count == 1 else "transactions"
    assert decision.reasons[0].text("en") == (
        f"no batch business: {count} {things} of one kind (30 or more are batch business)"
    )
    assert decision.reasons[0].text("zh") == (
        f"不属批量业务：同一种类业务共 {count} 笔（30 笔及以上为批量业务）"
    )


@pytest.mark.parametrize("count", [30, 31, 1_000])
def test_from_the_least_number_on_it_is_one(count: int) -> None:
    decision = find_batch_handling(count, POLICY, tier="A")
    assert decision.value == BatchHandling(is_batch=True, priority=1, desk=DESK)
    assert [(one.rule.id, one.source) for one in decision.reasons] == [
        ("sla.batch", FROM),
        ("sla.batch_priority", FIRST),
        ("sla.batch_desk", FIRST),
    ]
    assert decision.explain("en").splitlines()[:3] == [
        f"batch business: {count:,} transactions of one kind (30 or more are batch business)",
        "class A has first priority for batch business",
        "handled at the VIP desk",
    ]
    assert decision.explain("zh").splitlines()[:3] == [
        f"属批量业务：同一种类业务共 {count:,} 笔（30 笔及以上为批量业务）",
        "A类的批量业务最优先办理",
        "由VIP专席办理",
    ]
    assert decision.fingerprint == POLICY.fingerprint


def test_a_priority_that_is_not_stated_is_an_answer() -> None:
    decision = find_batch_handling(30, POLICY, tier="C")
    assert decision.value == BatchHandling(is_batch=True)
    assert [one.rule.id for one in decision.reasons] == ["sla.batch", "sla.batch_no_priority"]
    assert decision.reasons[1].text("en") == "no priority is stated for batch business of class C"
    assert decision.reasons[1].text("zh") == "原文未写明C类的批量业务优先级"


def test_a_desk_is_said_with_its_clause_also_without_a_priority() -> None:
    policy = attrs.evolve(POLICY, tiers=(TierBatch("C", None, desk=DESK, source=FIRST),))
    reasons = find_batch_handling(30, policy, tier="C").reasons
    assert [(one.rule.id, one.source) for one in reasons[1:]] == [
        ("sla.batch_no_priority", None),
        ("sla.batch_desk", FIRST),
    ]


@pytest.mark.parametrize(
    ("priority", "english", "chinese"),
    [
        (1, "first priority", "最优先"),
        (2, "second priority", "次优先"),
        (3, "priority 3", "按第 3 优先顺位"),
    ],
)
def test_a_priority_in_words(priority: int, english: str, chinese: str) -> None:
    policy = attrs.evolve(POLICY, tiers=(TierBatch("gold", priority),))
    said = find_batch_handling(30, policy, tier="gold").reasons[1]
    assert said.text("en") == f"tier gold has {english} for batch business"
    assert said.text("zh") == f"等级gold的批量业务{chinese}办理"


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
