from fractions import Fraction
from math import gcd

from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Ratio, Rounding

wholes = st.integers(-(10**6), 10**6)
ratios = st.builds(Ratio, wholes, wholes.filter(bool))


def exactly(ratio: Ratio) -> Fraction:
    return Fraction(ratio.numerator, ratio.denominator)


@given(over=wholes, under=wholes.filter(bool))
def test_a_ratio_is_the_fraction_in_lowest_terms(over: int, under: int) -> None:
    ratio = Ratio(over, under)
    assert exactly(ratio) == Fraction(over, under)
    assert ratio.denominator > 0
    assert gcd(ratio.numerator, ratio.denominator) == 1


@given(left=ratios, right=ratios)
def test_ratios_order_as_fractions_do(left: Ratio, right: Ratio) -> None:
    assert (left < right) is (exactly(left) < exactly(right))
    assert (left <= right) is (exactly(left) <= exactly(right))


@given(left=ratios, right=ratios)
def test_ratios_add_as_fractions_do(left: Ratio, right: Ratio) -> None:
    assert exactly(left + right) == exactly(left) + exactly(right)
    assert exactly(left + -right) == exactly(left) - exactly(right)


@given(ratio=ratios)
def test_the_plain_form_is_exact(ratio: Ratio) -> None:
    assert Fraction(ratio.plain().replace(",", "")) == exactly(ratio)


@given(ratio=ratios)
def test_the_percentage_is_exact_or_says_that_it_is_not(ratio: Ratio) -> None:
    text = str(ratio).removesuffix("%").replace(",", "")
    off = abs(Fraction(text.removeprefix("≈")) - 100 * exactly(ratio))
    assert 0 < off <= Fraction(1, 20_000) if text.startswith("≈") else off == 0


@given(ratio=ratios, units=wholes, mode=st.sampled_from(Rounding))
def test_a_share_is_less_than_a_unit_off(ratio: Ratio, units: int, mode: Rounding) -> None:
    assert abs(ratio.of_units(units, mode) - units * exactly(ratio)) < 1
