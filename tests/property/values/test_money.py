from decimal import Decimal
from fractions import Fraction

import moneyed
import stockholm
from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Money, Ratio, Rounding, Split, UnitPrice

fen = st.integers(-(10**15), 10**15)
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
modes = st.sampled_from(Rounding)


def yuan(minor: int) -> Money:
    return Money.from_minor(minor, "CNY")


@given(minor=fen)
def test_an_amount_comes_back(minor: int) -> None:
    assert Money(yuan(minor).amount, "CNY") == yuan(minor)


@given(minor=fen)
def test_money_of_other_libraries_passes_in_unchanged(minor: int) -> None:
    amount = yuan(minor).amount
    assert Money.of(moneyed.Money(amount, "CNY")) == yuan(minor)
    assert Money.of(stockholm.Money(amount, "CNY")) == yuan(minor)


@given(amount=amounts)
def test_a_price_of_other_libraries_keeps_its_amount(amount: Decimal) -> None:
    assert UnitPrice.of(moneyed.Money(amount, "CNY")).amount == amount
    assert UnitPrice.of(stockholm.Money(amount, "CNY")).amount == amount


@given(left=fen, right=fen)
def test_money_adds_as_its_minor_units_do(left: int, right: int) -> None:
    assert yuan(left) + yuan(right) == yuan(left + right)
    assert yuan(left) - yuan(right) == yuan(left) + -yuan(right)


@given(left=fen, right=fen)
def test_money_orders_as_its_minor_units_do(left: int, right: int) -> None:
    assert (yuan(left) < yuan(right)) is (left < right)
    assert (yuan(left) <= yuan(right)) is (left <= right)


@given(left=amounts, right=amounts)
def test_prices_order_as_their_amounts_do(left: Decimal, right: Decimal) -> None:
    assert (UnitPrice(left, "CNY") < UnitPrice(right, "CNY")) is (left < right)
    assert (UnitPrice(left, "CNY") <= UnitPrice(right, "CNY")) is (left <= right)


@given(price=amounts, quantity=st.integers(0, 10**6), mode=modes)
def test_a_line_amount_is_less_than_a_minor_unit_off(
    price: Decimal, quantity: int, mode: Rounding
) -> None:
    line = UnitPrice(price, "CNY").for_quantity(quantity, mode)
    assert abs(line.minor - Fraction(price) * quantity * 100) < 1


@given(minor=fen, percent=st.integers(0, 100), mode=modes)
def test_a_share_is_less_than_a_minor_unit_off(minor: int, percent: int, mode: Rounding) -> None:
    share = yuan(minor).times(Ratio.percent(percent), mode)
    assert abs(share.minor - Fraction(minor * percent, 100)) < 1


@given(
    minor=fen,
    ratios=st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any),
    split=st.sampled_from(Split),
)
def test_allocated_money_sums_to_the_total(minor: int, ratios: list[int], split: Split) -> None:
    assert sum(part.minor for part in yuan(minor).allocate(ratios, split)) == minor
