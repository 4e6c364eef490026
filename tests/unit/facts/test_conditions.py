"""Conditions as data: built by order operators only, combined by &, | and ~, and never a bool."""

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kamcore.errors import (
    CurrencyMismatch,
    FloatRefused,
    InexactValue,
    KamcoreError,
    NoTruthValue,
    PolicyError,
)
from kamcore.facts import (
    All,
    AnyOf,
    Choice,
    ChoiceField,
    Combinable,
    Comparison,
    Condition,
    DateField,
    FlagField,
    FlagIs,
    MoneyField,
    Node,
    NumberField,
    OneOf,
    Presence,
    RatioField,
    TextField,
    TreeField,
    Under,
    as_condition,
)
from kamcore.facts._conditions import Order
from kamcore.values import Label, Money, Ratio

scale = MoneyField("scale", currency="CNY", zh="客户规模")
trade = MoneyField("trade", currency="CNY", zh="交易额")
orders = NumberField("orders", zh="订单数")
weight = NumberField("weight", decimals=3, unit=Label("t", "吨"), zh="重量")
share = RatioField("share", zh="占比")
since = DateField("since", zh="合作起始日")
agreed = FlagField("agreed", en="an agreement is signed", zh="已签协议")
sector = ChoiceField("sector", options=(Choice("power", zh="电力"), "cable", "home"), zh="行业")
owner = TextField("owner", zh="业务员")
region = TreeField(
    "region", nodes=(Node("cn", zh="全国"), Node("east", "cn", zh="华东")), zh="区域"
)

NOT_A_NUMBER = float("nan")
HELD = {
    "scale": 100_000_001,
    "trade": None,
    "orders": 3,
    "agreed": True,
    "sector": "power",
    "owner": "Li Lei",
    "region": "east",
}


# --- order --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edge", "wire"),
    [
        pytest.param(orders > 12, 12, id="number"),
        pytest.param(scale > 1_000_000, 100_000_000, id="money in fen"),
        pytest.param(scale > Decimal("0.01"), 1, id="one fen"),
        pytest.param(scale > Money(-1, "CNY"), -100, id="money below 0"),
        pytest.param(weight > Decimal("1.250"), 1250, id="grain of 0.001"),
        pytest.param(share > Ratio.percent(5), 500, id="ratio"),
        pytest.param(since > date(2020, 1, 1), 737_425, id="date"),
    ],
)
@pytest.mark.parametrize(
    ("order", "below", "at", "above"),
    [
        (">", False, False, True),
        (">=", False, True, True),
        ("<", True, False, False),
        ("<=", True, True, False),
    ],
)
def test_an_order_at_its_edge_and_one_unit_beside(
    edge: Comparison, wire: int, order: Order, *, below: bool, at: bool, above: bool
) -> None:
    condition = Comparison(edge.field, order, edge.value)
    name = edge.field.name
    assert condition.holds({name: wire - 1}) is below
    assert condition.holds({name: wire}) is at
    assert condition.holds({name: wire + 1}) is above


def test_only_the_order_operators_build_conditions() -> None:
    assert (orders > 3) == Comparison(orders, ">", 3)
    assert (orders >= 3) == Comparison(orders, ">=", 3)
    assert (orders < 3) == Comparison(orders, "<", 3)
    assert (orders <= 3) == Comparison(orders, "<=", 3)
    assert (3 < orders) == (orders > 3)  # noqa: SIM300 - the operand is turned round
    assert (3 >= orders) == (orders <= 3)  # noqa: SIM300
    assert (orders == 3) is False
    assert (orders != 3) is True
    assert (scale == trade) is False
    assert (agreed == True) is False  # noqa: E712 - equality is of values


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        pytest.param(
            lambda: scale > 1e6,
            FloatRefused,
            'CNY amount is the float 1000000.0; pass an int or Decimal("1000000.0")',
            id="float",
        ),
        pytest.param(
            lambda: scale > NOT_A_NUMBER,
            FloatRefused,
            "CNY amount is the float nan; pass an int or a finite Decimal",
            id="NaN",
        ),
        pytest.param(
            lambda: scale > True,
            FloatRefused,
            "CNY amount is the bool True; pass an int or a finite Decimal",
            id="bool",
        ),
        pytest.param(
            lambda: scale > "1000",
            FloatRefused,
            "CNY amount is the str '1000'; pass an int or Decimal('1000')",
            id="text",
        ),
        pytest.param(
            lambda: scale >= Money(1, "USD"),
            CurrencyMismatch,
            "CNY meets USD; convert one of them first",
            id="another currency",
        ),
        pytest.param(
            lambda: scale < Decimal("0.001"),
            InexactValue,
            "CNY amount 0.001 is finer than 2 decimals; round it and name the rounding",
            id="finer than the field",
        ),
        pytest.param(
            lambda: scale > trade,
            FloatRefused,
            "CNY amount is the MoneyField MoneyField(name='trade', zh='交易额', en='', "
            "currency='CNY'); pass an int or a finite Decimal",
            id="field against field",
        ),
        pytest.param(
            lambda: since < since,  # noqa: PLR0124
            KamcoreError,
            "value DateField(name='since', zh='合作起始日', en='', format='%Y-%m-%d') "
            "is not a date; pass a datetime.date",
            id="date against date field",
        ),
        pytest.param(
            lambda: since >= "2020-01-01",
            KamcoreError,
            "value '2020-01-01' is not a date; pass a datetime.date",
            id="text for a date",
        ),
        pytest.param(
            lambda: Comparison(sector, ">", "power"),
            PolicyError,
            "field 'sector' has no order; use .is_() or .one_of()",
            id="a choice has no order",
        ),
        pytest.param(
            lambda: Comparison(agreed, ">=", 1 == 1),  # noqa: PLR0133
            PolicyError,
            "field 'agreed' has no order; use .is_() or .one_of()",
            id="a flag has no order",
        ),
        pytest.param(
            lambda: Comparison(orders, "=", 3),
            PolicyError,
            "Comparison.order '=' is no named convention; did you mean '>='?",
            id="unknown order",
        ),
        pytest.param(
            lambda: Comparison("orders", ">", 3),
            PolicyError,
            "Comparison.field is 'orders'; pass Field",
            id="a name for a field",
        ),
    ],
)
def test_a_comparison_refuses(
    build: Callable[[], Condition], kind: type[KamcoreError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        build()
    assert str(caught.value) == message


@pytest.mark.parametrize("field", [agreed, sector, owner, region], ids=lambda field: field.name)
def test_words_have_no_order(field: FlagField | ChoiceField | TextField | TreeField) -> None:
    with pytest.raises(TypeError, match="not supported between instances"):
        field > "a"  # type: ignore[operator]  # noqa: B015


# --- leaves without order -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "wire", "holds"),
    [
        pytest.param(agreed.condition(), True, True, id="flag yes"),
        pytest.param(agreed.condition(), False, False, id="flag no"),
        pytest.param(~agreed, False, True, id="not a flag"),
        pytest.param(~agreed, True, False, id="not a flag that is set"),
        pytest.param(sector.is_("power"), "power", True, id="is"),
        pytest.param(sector.is_("power"), "cable", False, id="is another"),
        pytest.param(sector.one_of("power", "home"), "home", True, id="one of"),
        pytest.param(sector.one_of("power", "home"), "cable", False, id="none of"),
        pytest.param(~sector.one_of("power", "home"), "cable", True, id="not one of"),
        pytest.param(~sector.one_of("power", "home"), "power", False, id="not one of, but is"),
        pytest.param(owner.is_("Li Lei"), "Li Lei", True, id="text"),
        pytest.param(~owner.one_of("Li Lei", "Han"), "Wang", True, id="another text"),
        pytest.param(scale.is_known, 0, True, id="0 is known"),
        pytest.param(scale.is_missing, 0, False, id="0 is not missing"),
        pytest.param(agreed.is_known, False, True, id="no is known"),
        pytest.param(sector.is_missing, "power", False, id="choice is not missing"),
    ],
)
def test_a_leaf_asks_one_fact(condition: Condition, wire: int | str, *, holds: bool) -> None:
    (field,) = {leaf.field for row in condition.rows() for leaf in row}
    assert condition.holds({field.name: wire}) is holds
    assert (~condition).holds({field.name: wire}) is not holds


@pytest.mark.parametrize("field", [scale, sector, agreed], ids=lambda field: field.name)
def test_presence_answers_for_a_missing_fact(field: MoneyField | ChoiceField | FlagField) -> None:
    nothing = {field.name: None}
    for if_missing in (False, True):
        assert field.is_missing.holds(nothing, if_missing=if_missing) is True
        assert field.is_known.holds(nothing, if_missing=if_missing) is False
    assert ~field.is_missing == field.is_known
    assert ~field.is_known == field.is_missing


@pytest.mark.parametrize(
    "condition",
    [scale > 0, scale <= 0, agreed, ~agreed, sector.is_("power"), ~sector.is_("power")],
    ids=["above", "up to", "flag", "not flag", "is", "is not"],
)
def test_a_leaf_fails_on_a_missing_fact_and_so_does_its_opposite(condition: Combinable) -> None:
    leaf = as_condition(condition)
    nothing = dict.fromkeys(("scale", "agreed", "sector"))
    assert leaf.holds(nothing) is False
    assert (~leaf).holds(nothing) is False
    assert leaf.holds(nothing, if_missing=True) is True
    assert (~leaf).holds(nothing, if_missing=True) is True


# --- combinations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        pytest.param((orders > 2) & agreed, True, id="both"),
        pytest.param((orders > 3) & agreed, False, id="one of both"),
        pytest.param((orders > 3) | agreed, True, id="either"),
        pytest.param((orders > 3) | ~agreed, False, id="neither"),
        pytest.param(agreed & (orders > 2), True, id="flag first"),
        pytest.param(agreed | (orders > 3), True, id="flag first, or"),
        pytest.param(agreed & sector.is_("power") & region.within("cn"), True, id="three"),
        pytest.param(agreed & (trade > 0), False, id="a missing fact fails a conjunction"),
        pytest.param(agreed | (trade > 0), True, id="and leaves a disjunction alone"),
        pytest.param(~(agreed & (trade > 0)), False, id="and its opposite fails too"),
    ],
)
def test_conditions_combine(condition: Condition, *, holds: bool) -> None:
    assert condition.holds(HELD) is holds


def test_combinations_of_one_kind_are_flat() -> None:
    one, two, three = orders > 1, orders > 2, agreed.condition()
    assert one & two & agreed == All((one, two, three))
    assert one & (two & agreed) == All((one, two, three))
    assert one | two | agreed == AnyOf((one, two, three))
    assert (one & two) | agreed == AnyOf((All((one, two)), three))
    assert (one | two) & agreed == All((AnyOf((one, two)), three))


def test_the_opposite_is_pushed_to_the_leaves() -> None:
    east = region.within("east")
    assert ~(orders > 3) == (orders <= 3)
    assert ~(orders >= 3) == (orders < 3)
    assert ~(orders < 3) == (orders >= 3)
    assert ~(orders <= 3) == (orders > 3)
    assert ~agreed == FlagIs(agreed, value=False)
    assert ~sector.is_("power") == OneOf(sector, ("power",), negated=True)
    assert ~east == Under(region, "east", negated=True)
    assert ~((orders > 3) & (agreed | east)) == (orders <= 3) | (~agreed & ~east)
    assert ~~((orders > 3) | agreed) == (orders > 3) | agreed


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        pytest.param(orders > 1, [["orders"]], id="leaf"),
        pytest.param((orders > 1) & agreed, [["orders", "agreed"]], id="and"),
        pytest.param((orders > 1) | agreed, [["orders"], ["agreed"]], id="or"),
        pytest.param(
            ((orders > 1) | agreed) & (scale.is_known | owner.is_known),
            [["orders", "scale"], ["orders", "owner"], ["agreed", "scale"], ["agreed", "owner"]],
            id="and of ors",
        ),
        pytest.param(
            ((orders > 1) & agreed) | scale.is_known,
            [["orders", "agreed"], ["scale"]],
            id="or of ands",
        ),
    ],
)
def test_a_condition_is_multiplied_out_to_alternatives(
    condition: Condition, rows: list[list[str]]
) -> None:
    assert [[leaf.field.name for leaf in row] for row in condition.rows()] == rows


def test_a_condition_has_at_most_64_alternatives() -> None:
    pairs = [NumberField(f"n{number}") for number in range(14)]
    condition = as_condition((pairs[0] > 0) | (pairs[1] > 0))
    for left, right in zip(pairs[2:12:2], pairs[3:12:2], strict=True):
        condition &= (left > 0) | (right > 0)
    assert len(condition.rows()) == 64
    with pytest.raises(PolicyError) as caught:
        (condition & ((pairs[12] > 0) | (pairs[13] > 0))).rows()
    assert str(caught.value) == (
        "a condition of 128 alternatives; split it into rules of at most 64"
    )


# --- no truth value -----------------------------------------------------------------------

MEND = "combine conditions with &, | and ~, and write both sides of a range as two conditions"
FIELD_MEND = "combine conditions with &, | and ~, and write both sides of a range"


@pytest.mark.parametrize(
    ("write", "message"),
    [
        pytest.param(
            lambda: (orders > 1) and agreed, f"a condition has no truth value; {MEND}", id="and"
        ),
        pytest.param(
            lambda: (orders > 1) or agreed, f"a condition has no truth value; {MEND}", id="or"
        ),
        pytest.param(lambda: not orders > 1, f"a condition has no truth value; {MEND}", id="not"),
        pytest.param(
            lambda: bool(orders > 1), f"a condition has no truth value; {MEND}", id="bool"
        ),
        pytest.param(lambda: 1 < orders < 5, f"a condition has no truth value; {MEND}", id="chain"),
        pytest.param(
            lambda: bool((orders > 1) & agreed),
            f"a condition has no truth value; {MEND}",
            id="bool of both",
        ),
        pytest.param(
            lambda: agreed and orders > 1,
            f"field 'agreed' has no truth value; {FIELD_MEND}",
            id="flag and",
        ),
        pytest.param(
            lambda: not agreed, f"field 'agreed' has no truth value; {FIELD_MEND}", id="not flag"
        ),
        pytest.param(
            lambda: 1 if scale else 0,
            f"field 'scale' has no truth value; {FIELD_MEND}",
            id="if field",
        ),
    ],
)
def test_a_condition_has_no_truth_value(write: Callable[[], object], message: str) -> None:
    with pytest.raises(NoTruthValue) as caught:
        write()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("write", "message"),
    [
        pytest.param(
            lambda: (orders > 1) & True,
            "True is not a condition; write field > value, field.is_(...), or a flag field",
            id="bool",
        ),
        pytest.param(
            lambda: (orders > 1) | "agreed",
            "'agreed' is not a condition; write field > value, field.is_(...), or a flag field",
            id="text",
        ),
        pytest.param(
            lambda: agreed & owner,
            "TextField(name='owner', zh='业务员', en='') is not a condition; "
            "write field > value, field.is_(...), or a flag field",
            id="a field that is no flag",
        ),
    ],
)
def test_a_condition_combines_with_conditions_only(
    write: Callable[[], object], message: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        write()
    assert str(caught.value) == message


# --- words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        pytest.param(
            scale > 1_000_000, "scale > CNY 1,000,000.00", "客户规模 > 1,000,000.00 元", id=">"
        ),
        pytest.param(weight >= 2, "weight ≥ 2.000 t", "重量 ≥ 2.000 吨", id=">="),
        pytest.param(share < Ratio.percent(5), "share < 5%", "占比 < 5%", id="<"),
        pytest.param(
            since <= date(2020, 1, 31), "since ≤ 2020-01-31", "合作起始日 ≤ 2020年1月31日", id="<="
        ),
        pytest.param(agreed.condition(), "an agreement is signed", "已签协议", id="flag"),
        pytest.param(~agreed, "not: an agreement is signed", "非“已签协议”", id="not flag"),
        pytest.param(
            sector.one_of("power", "cable"),
            "sector is power or cable",
            "行业是电力或cable",
            id="one of",
        ),
        pytest.param(~sector.is_("power"), "sector is not power", "行业不是电力", id="is not"),
        pytest.param(owner.is_("Li Lei"), "owner is Li Lei", "业务员是Li Lei", id="text"),
        pytest.param(scale.is_missing, "scale is missing", "客户规模未提供", id="missing"),
        pytest.param(scale.is_known, "scale is known", "客户规模已知", id="known"),
        pytest.param(region.within("east"), "region is within east", "区域属于华东", id="within"),
        pytest.param(
            ~region.within("east"), "region is outside east", "区域不属于华东", id="outside"
        ),
        pytest.param(
            (orders > 3) & (agreed | scale.is_known),
            "orders > 3 and (an agreement is signed or scale is known)",
            "订单数 > 3 且 （已签协议 或 客户规模已知）",
            id="or inside and",
        ),
        pytest.param(
            (orders > 3) | (agreed & scale.is_known),
            "orders > 3 or (an agreement is signed and scale is known)",
            "订单数 > 3 或 （已签协议 且 客户规模已知）",
            id="and inside or",
        ),
    ],
)
def test_a_condition_in_words(condition: Condition, en: str, zh: str) -> None:
    assert condition.text("en") == en
    assert condition.text("zh") == zh


# --- values -------------------------------------------------------------------------------

EVERY_KIND = (scale > 1) & ((since <= date(2020, 1, 1)) | ~agreed) | (
    sector.one_of("power") & ~owner.is_("Li Lei") & region.within("cn") & trade.is_missing
)


def test_conditions_are_values() -> None:
    copy = pickle.loads(pickle.dumps(EVERY_KIND))
    assert copy == EVERY_KIND
    assert hash(copy) == hash(EVERY_KIND)
    assert (orders > 3) != (orders > 4)
    assert {type(leaf) for row in EVERY_KIND.rows() for leaf in row} == {
        Comparison,
        FlagIs,
        OneOf,
        Presence,
        Under,
    }


@pytest.mark.parametrize("kind", [All, AnyOf])
def test_a_combination_holds_conditions_only(kind: type[All | AnyOf]) -> None:
    with pytest.raises(PolicyError) as caught:
        kind((agreed,))
    assert str(caught.value) == f"{kind.__name__}.parts holds {agreed!r}; pass Condition"
