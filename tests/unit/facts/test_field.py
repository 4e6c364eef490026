"""What all fields share: words, the question whether two fields mean one fact, no truth value."""

from datetime import date
from decimal import Decimal

import pytest

from kamcore.errors import NoTruthValue, PolicyError
from kamcore.facts import (
    Choice,
    ChoiceField,
    DateField,
    Field,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    TextField,
    TreeField,
)
from kamcore.values import Label, Money

SALES = MoneyField("sales", currency="CNY", zh="销售额")
ORDERS = NumberField("orders")
SHARE = RatioField("share")
SINCE = DateField("since")
AGREED = FlagField("agreed")
SECTOR = ChoiceField("sector", options=("power", "cable"))
OWNER = TextField("owner")
REGION = TreeField("region", nodes=(Node("east"), Node("shanghai", "east")))
ALL_KINDS = (SALES, ORDERS, SHARE, SINCE, AGREED, SECTOR, OWNER, REGION)


def kind(field: Field) -> str:
    """Name a field in a test's id."""
    return type(field).__name__


@pytest.mark.parametrize(
    ("field", "en", "zh"),
    [
        pytest.param(NumberField("trade_12m"), "trade 12m", "trade 12m", id="name"),
        pytest.param(NumberField("trade_12m", zh="交易额"), "trade 12m", "交易额", id="zh"),
        pytest.param(NumberField("trade_12m", en="trade"), "trade", "trade", id="en"),
        pytest.param(
            NumberField("trade_12m", en="trade", zh="交易额"), "trade", "交易额", id="both"
        ),
    ],
)
def test_words_fall_back_on_english_and_the_name(field: Field, en: str, zh: str) -> None:
    assert field.label == Label(en, zh)


@pytest.mark.parametrize("name", ["", "   ", None, 3])
def test_a_field_has_a_name(name: str) -> None:
    with pytest.raises(PolicyError) as caught:
        NumberField(name)
    assert str(caught.value) == f"NumberField.name is {name!r}; pass a name"


@pytest.mark.parametrize("field", ALL_KINDS, ids=kind)
def test_a_field_has_no_truth_value(field: Field) -> None:
    with pytest.raises(NoTruthValue) as caught:
        bool(field)
    assert str(caught.value) == (
        f"field {field.name!r} has no truth value; "
        "combine conditions with &, | and ~, and write both sides of a range"
    )


@pytest.mark.parametrize("field", ALL_KINDS, ids=kind)
def test_equality_of_fields_is_value_equality(field: Field) -> None:
    assert field == field  # noqa: PLR0124 - no condition is built
    assert hash(field) == hash(field)
    assert [one for one in ALL_KINDS if one == field] == [field]


@pytest.mark.parametrize(
    ("field", "wire", "value"),
    [
        pytest.param(SALES, 9550, Money(Decimal("95.50"), "CNY"), id="money"),
        pytest.param(ORDERS, 12, 12, id="number"),
        pytest.param(NumberField("weight", decimals=3), 1250, Decimal("1.250"), id="decimals"),
        pytest.param(SHARE, 500, Decimal("0.0500"), id="ratio"),
        pytest.param(SINCE, 737_425, date(2020, 1, 1), id="date"),
        pytest.param(AGREED, True, True, id="flag"),
        pytest.param(SECTOR, "power", "power", id="choice"),
        pytest.param(OWNER, "Li Lei", "Li Lei", id="text"),
        pytest.param(REGION, "shanghai", "shanghai", id="tree"),
    ],
)
def test_a_wire_value_gives_its_value_back(field: Field, wire: int | str, value: object) -> None:
    given = field.give(wire)
    assert given == value
    assert type(given) is type(value)
    assert field.take(value) == wire


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(SALES, MoneyField("sales", currency="CNY", en="turnover"), True, id="words"),
        pytest.param(SALES, MoneyField("sales", currency="USD"), False, id="currency"),
        pytest.param(SALES, MoneyField("trade", currency="CNY"), False, id="name"),
        pytest.param(SALES, NumberField("sales"), False, id="kind"),
        pytest.param(ORDERS, NumberField("orders", unit=Label("pcs", "件")), True, id="unit"),
        pytest.param(ORDERS, NumberField("orders", decimals=1), False, id="decimals"),
        pytest.param(SHARE, RatioField("share", decimals=2), False, id="ratio decimals"),
        pytest.param(SINCE, DateField("since", format="%d.%m.%Y"), True, id="format"),
        pytest.param(AGREED, FlagField("agreed", zh="已签"), True, id="flag"),
        pytest.param(OWNER, TextField("owner", zh="业务员"), True, id="text"),
        pytest.param(
            SECTOR,
            ChoiceField("sector", options=(Choice("power", zh="电力"), Choice("cable", zh="电缆"))),
            True,
            id="options' words",
        ),
        pytest.param(SECTOR, ChoiceField("sector", options=("power",)), False, id="options' names"),
        pytest.param(
            REGION,
            TreeField("region", nodes=(Node("east", zh="华东"), Node("shanghai", "east"))),
            True,
            id="places' words",
        ),
        pytest.param(
            REGION,
            TreeField("region", nodes=(Node("east"), Node("shanghai"))),
            False,
            id="parents",
        ),
    ],
)
def test_two_fields_mean_one_fact_if_all_but_the_words_is_equal(
    one: Field, other: Field, *, same: bool
) -> None:
    assert one.same_fact(other) is same
    assert other.same_fact(one) is same
