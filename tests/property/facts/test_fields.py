"""Laws of the fields: nothing is lost on the way in and out, and only exact values come in."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, wires_of

from kamcore.errors import FloatRefused, InexactValue
from kamcore.facts import (
    ChoiceField,
    DateField,
    Field,
    MoneyField,
    NumberField,
    OrderedField,
    RatioField,
    TextField,
)
from kamcore.values import Money, Ratio

NUMBERS = (
    MoneyField("cny", currency="CNY"),
    MoneyField("jpy", currency="JPY"),
    MoneyField("kwd", currency="KWD"),
    NumberField("count"),
    NumberField("measure", decimals=3),
    RatioField("share"),
    RatioField("percent", decimals=2),
)
SCALED = st.integers(-(10**15), 10**15)
DAYS = st.dates(min_value=date(1000, 1, 1))


def decimals_of(field: Field) -> int:
    """Return the grain of a number."""
    return field.decimals  # type: ignore[attr-defined]


@given(st.sampled_from(NUMBERS), SCALED)
def test_a_number_comes_back_as_it_went_in(field: OrderedField[Decimal], wire: int) -> None:
    assert field.take(field.give(wire)) == wire


@given(st.sampled_from(ALL_FIELDS), st.data())
def test_every_value_comes_back_as_it_went_in(field: Field, data: st.DataObject) -> None:
    wire = data.draw(wires_of(field))
    assert field.take(field.give(wire)) == wire


@given(st.sampled_from(NUMBERS), SCALED)
def test_the_text_of_a_number_reads_as_the_number(field: Field, wire: int) -> None:
    text = f"{Decimal(wire).scaleb(-decimals_of(field)):f}"
    assert field.parse(text) == wire


@given(SCALED)
def test_a_percentage_reads_as_the_share(wire: int) -> None:
    field = RatioField("share")
    assert field.parse(f"{Decimal(wire).scaleb(-2):f}%") == wire
    assert field.take(Ratio(wire, 10_000)) == wire


@given(DAYS, st.sampled_from(("%Y-%m-%d", "%d.%m.%Y", "%Y年%m月%d日")))
def test_the_text_of_a_date_reads_as_the_date(day: date, written: str) -> None:
    field = DateField("day", format=written)
    assert field.give(field.parse(day.strftime(written))) == day


@given(st.sampled_from(NUMBERS), SCALED, SCALED)
def test_wire_values_order_as_the_values_do(field: Field, left: int, right: int) -> None:
    one, other = (Decimal(wire).scaleb(-decimals_of(field)) for wire in (left, right))
    assert (field.take(one) < field.take(other)) == (one < other)


@given(DAYS, st.integers(-1000, 1000))
def test_a_day_is_one_unit_of_a_date(day: date, days: int) -> None:
    field = DateField("day")
    try:
        later = day + timedelta(days=days)
    except OverflowError:
        return
    assert field.take(later) - field.take(day) == days


@given(st.sampled_from(NUMBERS), st.integers(-(10**6), 10**6), st.integers(1, 9))
def test_a_value_finer_than_the_grain_is_refused(field: Field, wire: int, digit: int) -> None:
    fine = Decimal(wire * 10 + digit).scaleb(-decimals_of(field) - 1)
    with pytest.raises(InexactValue):
        field.take(fine)


@given(st.sampled_from(NUMBERS), st.floats(allow_nan=True, allow_infinity=True))
def test_no_float_is_a_number(field: Field, number: float) -> None:
    with pytest.raises(FloatRefused):
        field.take(number)


@given(st.sampled_from(NUMBERS), SCALED)
def test_money_and_its_amount_are_one_fact(field: Field, wire: int) -> None:
    if isinstance(field, MoneyField):
        money = Money.from_minor(wire, field.currency)
        assert field.take(money) == field.take(money.amount) == wire


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, unique=True), st.data())
def test_every_declared_option_is_taken(names: list[str], data: st.DataObject) -> None:
    field = ChoiceField("choice", options=tuple(names))
    name = data.draw(st.sampled_from(names))
    assert field.take(name) == field.parse(name) == field.give(name) == name


@given(st.text())
def test_a_text_is_taken_unless_it_is_blank(text: str) -> None:
    field = TextField("text")
    if text.strip():
        assert field.take(StrEnum("E", {"A": text}).A) == field.take(text) == text
    else:
        with pytest.raises(ValueError, match="is not a text"):
            field.take(text)
