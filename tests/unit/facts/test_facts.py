"""Fields by name, the facts of one account, and the check that facts answer a policy."""

import pickle
from decimal import Decimal

import pytest

from kamcore.decision import MissingFact
from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import (
    Facts,
    Field,
    Fields,
    FlagField,
    MoneyField,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
)
from kamcore.facts._facts import Needs
from kamcore.values import Label, Money

sales = MoneyField("sales", currency="CNY", zh="销售额")
orders = NumberField("orders")
share = RatioField("share")
agreed = FlagField("agreed")
TABLE = RuleTable(rules=(TableRule("big", sales > 100, "big"), TableRule("ok", agreed, "ok")))
FACTS = Facts("ACME", Fields((sales, orders, agreed)), (9550, None, False))


# --- fields -------------------------------------------------------------------------------


def test_fields_are_a_sequence_by_name() -> None:
    fields = Fields((sales, orders))
    assert list(fields) == [sales, orders]
    assert len(fields) == 2
    assert fields.names == ("sales", "orders")
    assert fields["orders"] is orders
    with pytest.raises(UnknownName) as caught:
        fields["order"]
    assert str(caught.value) == "unknown field 'order'; did you mean 'orders'?"


def test_no_fields_at_all() -> None:
    with pytest.raises(UnknownName) as caught:
        Fields(())["sales"]
    assert str(caught.value) == "unknown field 'sales'; none are known"


def test_fields_of_several_policies_are_merged() -> None:
    other = RuleTable(rules=(TableRule("few", orders < 3, 1), TableRule("big", sales > 1, 2)))
    assert Fields.of(TABLE, other, share).names == ("sales", "agreed", "orders", "share")
    assert Fields.of() == Fields(())


def test_one_fact_asked_for_twice_is_one_field_with_the_first_words() -> None:
    merged = Fields((sales, MoneyField("sales", currency="CNY", zh="营业额"), orders))
    assert merged == Fields((sales, orders))
    assert merged["sales"].label.zh == "销售额"
    assert hash(merged) == hash(Fields((sales, orders)))


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        pytest.param(
            MoneyField("sales", currency="USD"),
            "MoneyField(name='sales', zh='', en='', currency='USD')",
            id="currency",
        ),
        pytest.param(
            NumberField("sales"),
            "NumberField(name='sales', zh='', en='', decimals=0, unit=None)",
            id="kind",
        ),
    ],
)
def test_one_name_for_two_facts_is_refused(other: Field, shown: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Fields.of(sales, orders, other)
    assert str(caught.value) == (
        "field 'sales' means both MoneyField(name='sales', zh='销售额', en='', currency='CNY') "
        f"and {shown}; rename one of them"
    )


def test_fields_hold_fields_only() -> None:
    with pytest.raises(PolicyError) as caught:
        Fields((sales, "orders"))
    assert str(caught.value) == "Fields.items holds 'orders'; pass Field"


# --- facts --------------------------------------------------------------------------------


def test_facts_give_their_values_back() -> None:
    assert FACTS["sales"] == Money(Decimal("95.50"), "CNY")
    assert FACTS["orders"] is None
    assert FACTS["agreed"] is False
    assert FACTS.values == {"sales": 9550, "orders": None, "agreed": False}
    with pytest.raises(UnknownName) as caught:
        FACTS["sale"]
    assert str(caught.value) == "unknown field 'sale'; did you mean 'sales'?"


def test_missing_facts_are_named_once_in_the_order_asked() -> None:
    nothing = Facts("", FACTS.fields, (None, None, True))
    assert FACTS.missing() == (MissingFact("orders", Label("orders", "orders")),)
    assert nothing.missing() == (
        MissingFact("sales", Label("sales", "销售额")),
        MissingFact("orders", Label("orders", "orders")),
    )
    assert [fact.name for fact in nothing.missing(["orders", "sales", "orders", "agreed"])] == [
        "orders",
        "sales",
    ]
    assert FACTS.missing(["sales"]) == ()
    with pytest.raises(UnknownName):
        FACTS.missing(["sale"])


def test_facts_are_a_value() -> None:
    copy = pickle.loads(pickle.dumps(FACTS))
    assert copy == FACTS
    assert hash(copy) == hash(FACTS)
    assert Facts("ACME", FACTS.fields, (9550, 0, False)) != FACTS


def test_each_field_has_its_value() -> None:
    with pytest.raises(InputError) as caught:
        Facts("ACME", FACTS.fields, (9550, None))
    assert str(caught.value) == "3 fields and 2 values; give each field its value"


# --- facts and the policy that asks them --------------------------------------------------


def test_facts_may_hold_more_than_a_policy_asks() -> None:
    needs = Needs(Fields((sales,)))
    assert needs.values(FACTS) == FACTS.values
    assert needs.values(FACTS)["sales"] == 9550
    assert TABLE.winner(FACTS) == -1


def test_facts_that_a_policy_asks_may_have_other_words() -> None:
    renamed = Fields((MoneyField("sales", currency="CNY", en="turnover"), agreed))
    assert TABLE.winner(Facts("", renamed, (10_001, False))) == 0


def test_a_fact_that_was_not_read_is_refused() -> None:
    with pytest.raises(UnknownName) as caught:
        TABLE.winner(Facts("", Fields((sales,)), (9550,)))
    assert str(caught.value) == "unknown field 'agreed'; known are 'sales'"


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        pytest.param(
            MoneyField("sales", currency="JPY"),
            "MoneyField(name='sales', zh='', en='', currency='JPY')",
            id="another currency",
        ),
        pytest.param(
            NumberField("sales", decimals=2),
            "NumberField(name='sales', zh='', en='', decimals=2, unit=None)",
            id="another kind",
        ),
    ],
)
def test_a_field_that_means_another_fact_is_refused(read: Field, shown: str) -> None:
    facts = Facts("", Fields((read, agreed)), (10_001, True))
    for _ in range(2):  # nothing wrong is remembered as right
        with pytest.raises(InputError) as caught:
            TABLE.winner(facts)
        assert str(caught.value) == (
            f"field 'sales' was read as {shown}; the policy asks "
            "MoneyField(name='sales', zh='销售额', en='', currency='CNY')"
        )
