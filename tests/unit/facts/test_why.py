"""Why a condition holds or fails, leaf by leaf: rule id and words in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from kamcore.facts import (
    RULES,
    Choice,
    ChoiceField,
    Combinable,
    DateField,
    FlagField,
    Leaf,
    MoneyField,
    NumberField,
    RatioField,
    TextField,
    as_condition,
    failing,
    leaf_reason,
)
from kamcore.values import Label, Source

scale = MoneyField("scale", currency="CNY", zh="客户规模")
orders = NumberField("orders", unit=Label("orders", "单"), zh="订单数")
weight = NumberField("weight", decimals=1, zh="重量")
share = RatioField("share", zh="占比")
since = DateField("since", zh="合作起始日")
agreed = FlagField("agreed", en="agreement", zh="协议")
sector = ChoiceField("sector", options=(Choice("power", zh="电力"), "cable"), zh="行业")
owner = TextField("owner", zh="业务员")

GOLD = Label("gold", "金牌客户")
SOURCE = Source("P14-1", Label("rules", "办法"))
VALUES = {
    "scale": 50_000_000,
    "orders": 12,
    "weight": None,
    "share": 500,
    "since": date(2020, 1, 1).toordinal(),
    "agreed": False,
    "sector": "cable",
    "owner": None,
}


def only_leaf(condition: Combinable) -> Leaf:
    """Return the leaf that the condition is."""
    ((leaf,),) = as_condition(condition).rows()
    return leaf


@pytest.mark.parametrize(
    ("condition", "rule", "en", "zh"),
    [
        pytest.param(
            scale >= 500_000,
            "facts.meets",
            "scale: CNY 500,000.00, required: ≥ CNY 500,000.00",
            "客户规模：500,000.00 元，符合要求（≥ 500,000.00 元）",
            id="at an edge",
        ),
        pytest.param(
            orders < 13,
            "facts.meets",
            "orders: 12 orders, required: < 13 orders",
            "订单数：12 单，符合要求（< 13 单）",
            id="one unit below an edge",
        ),
        pytest.param(
            ~agreed, "facts.is", "agreement: no, as required", "协议：否，符合要求", id="flag"
        ),
        pytest.param(
            sector.is_("cable"),
            "facts.is",
            "sector: cable, as required",
            "行业：cable，符合要求",
            id="choice",
        ),
        pytest.param(
            owner.is_missing,
            "facts.is",
            "owner: missing, as required",
            "业务员：未提供，符合要求",
            id="missing",
        ),
        pytest.param(
            scale.is_known,
            "facts.is",
            "scale: CNY 500,000.00, as required",
            "客户规模：500,000.00 元，符合要求",
            id="known",
        ),
    ],
)
def test_why_a_leaf_holds(condition: Combinable, rule: str, en: str, zh: str) -> None:
    leaf = only_leaf(condition)
    assert leaf.holds(VALUES)
    reason = leaf_reason(leaf, VALUES, None, SOURCE)
    assert (reason.rule.id, reason.text("en"), reason.text("zh")) == (rule, en, zh)
    assert reason.source == SOURCE


@pytest.mark.parametrize(
    ("condition", "rule", "en", "zh"),
    [
        pytest.param(
            scale > 500_000,
            "facts.short",
            "not gold: scale is CNY 500,000.00, required: > CNY 500,000.00; CNY 0.01 short",
            "未达到金牌客户：客户规模为 500,000.00 元，要求 > 500,000.00 元，尚差 0.01 元",
            id="at the edge of >",
        ),
        pytest.param(
            scale >= Decimal("500000.01"),
            "facts.short",
            "not gold: scale is CNY 500,000.00, required: ≥ CNY 500,000.01; CNY 0.01 short",
            "未达到金牌客户：客户规模为 500,000.00 元，要求 ≥ 500,000.01 元，尚差 0.01 元",
            id="one fen below >=",
        ),
        pytest.param(
            orders < 12,
            "facts.over",
            "not gold: orders is 12 orders, required: < 12 orders; 1 order too much",
            "不符合金牌客户：订单数为 12 单，要求 < 12 单，超出 1 单",
            id="at the edge of <",
        ),
        pytest.param(
            share <= Decimal("0.03"),
            "facts.over",
            "not gold: share is 5%, required: ≤ 3%; 2% too much",
            "不符合金牌客户：占比为 5%，要求 ≤ 3%，超出 2%",
            id="above <=",
        ),
        pytest.param(
            since < date(2020, 1, 1),
            "facts.fails",
            "not gold: since is 2020-01-01, required: < 2020-01-01",
            "未达到金牌客户：合作起始日为 2020年1月1日，要求< 2020年1月1日",
            id="date",
        ),
        pytest.param(
            agreed,
            "facts.fails",
            "not gold: agreement is no, required: is yes",
            "未达到金牌客户：协议为 否，要求为是",
            id="flag",
        ),
        pytest.param(
            sector.is_("power"),
            "facts.fails",
            "not gold: sector is cable, required: is power",
            "未达到金牌客户：行业为 cable，要求是电力",
            id="choice",
        ),
        pytest.param(
            scale.is_missing,
            "facts.fails",
            "not gold: scale is CNY 500,000.00, required: is missing",
            "未达到金牌客户：客户规模为 500,000.00 元，要求未提供",
            id="not missing",
        ),
        pytest.param(
            weight > 2,
            "facts.missing",
            "gold stays open: weight is missing, required: > 2.0",
            "金牌客户无法判定：未提供重量，要求 > 2.0",
            id="missing",
        ),
    ],
)
def test_why_a_leaf_fails(condition: Combinable, rule: str, en: str, zh: str) -> None:
    leaf = only_leaf(condition)
    assert not leaf.holds(VALUES)
    reason = leaf_reason(leaf, VALUES, GOLD, SOURCE)
    assert (reason.rule.id, reason.text("en"), reason.text("zh")) == (rule, en, zh)
    assert reason.source == SOURCE


@pytest.mark.parametrize(
    ("condition", "leaves"),
    [
        pytest.param(scale > 1, (), id="it holds"),
        pytest.param(scale > 500_000, ("scale",), id="one leaf"),
        pytest.param((scale > 1) & agreed & (orders > 12), ("agreed", "orders"), id="of three"),
        pytest.param(agreed & owner.is_("Li") | (orders > 12), ("orders",), id="the fewest"),
        pytest.param(agreed | (orders > 12), ("agreed",), id="the first of as few"),
        pytest.param(agreed | (scale > 1), (), id="one alternative holds"),
    ],
)
def test_the_fewest_leaves_that_would_have_to_turn(
    condition: Combinable, leaves: tuple[str, ...]
) -> None:
    found = failing(as_condition(condition), VALUES)
    assert tuple(leaf.field.name for leaf in found) == leaves


@pytest.mark.parametrize(
    ("condition", "wire", "gap"),
    [
        (orders > 12, 12, 1),
        (orders > 12, 10, 3),
        (orders >= 12, 11, 1),
        (orders < 12, 12, -1),
        (orders < 12, 14, -3),
        (orders <= 12, 13, -1),
    ],
)
def test_a_gap_is_what_a_fact_lacks_or_has_too_much(
    condition: Combinable, wire: int, gap: int
) -> None:
    leaf = only_leaf(condition)
    assert leaf.gap(wire) == gap  # type: ignore[attr-defined]
    assert not leaf.holds({"orders": wire})
    assert leaf.holds({"orders": wire + gap})


def test_the_rules_of_the_room_have_ids_of_the_room() -> None:
    assert {rule.id for rule in RULES} == {
        "facts.is",
        "facts.meets",
        "facts.fails",
        "facts.short",
        "facts.over",
        "facts.missing",
    }
