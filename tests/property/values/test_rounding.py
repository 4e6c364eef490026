"""Rounding against an oracle of fractions."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Rounding, round_to
from kamcore.values._rounding import divide

HALF = Fraction(1, 2)
modes = st.sampled_from(Rounding)
# Few digits, so that ties and exact multiples come up often.
numbers = st.decimals(min_value=-1000, max_value=1000, places=3)
steps = st.sampled_from(
    ["0.001", "0.01", "0.05", "0.25", "0.5", "1", "1.0", "5", "10", "1E+2"]
).map(Decimal)


def oracle(number: Fraction, mode: Rounding) -> int:
    """Say by the words of each mode what it does."""
    ends = (floor(number), ceil(number))
    up, down = max(ends), min(ends)
    out, inwards = max(ends, key=abs), min(ends, key=abs)
    directed = {
        Rounding.CEILING: up,
        Rounding.FLOOR: down,
        Rounding.AWAY_FROM_ZERO: out,
        Rounding.TOWARDS_ZERO: inwards,
    }
    if mode in directed:
        return directed[mode]
    if number - down != HALF:
        return min(ends, key=lambda end: abs(number - end))
    ties = {
        Rounding.HALF_CEILING: up,
        Rounding.HALF_FLOOR: down,
        Rounding.HALF_AWAY_FROM_ZERO: out,
        Rounding.HALF_TOWARDS_ZERO: inwards,
        Rounding.HALF_EVEN: next(end for end in ends if end % 2 == 0),
        Rounding.HALF_ODD: next(end for end in ends if end % 2 == 1),
    }
    return ties[mode]


@given(number=numbers, step=steps, mode=modes)
def test_round_to_equals_the_oracle(number: Decimal, step: Decimal, mode: Rounding) -> None:
    units = oracle(Fraction(number) / Fraction(step), mode)
    assert Fraction(round_to(number, step, mode)) == units * Fraction(step)


@given(
    numerator=st.integers(-60, 60),
    denominator=st.integers(-12, 12).filter(bool),
    mode=modes,
)
def test_divide_equals_the_oracle(numerator: int, denominator: int, mode: Rounding) -> None:
    assert divide(numerator, denominator, mode) == oracle(Fraction(numerator, denominator), mode)


@given(numerator=st.integers(), denominator=st.integers(min_value=1))
def test_half_even_equals_pythons_round(numerator: int, denominator: int) -> None:
    expected = round(Fraction(numerator, denominator))
    assert divide(numerator, denominator, Rounding.HALF_EVEN) == expected


@given(number=numbers, step=steps, mode=modes)
def test_rounding_twice_is_rounding_once(number: Decimal, step: Decimal, mode: Rounding) -> None:
    once = round_to(number, step, mode)
    assert round_to(once, step, mode) == once


@given(number=numbers, step=steps, mode=modes)
def test_a_result_has_the_places_of_the_step(
    number: Decimal, step: Decimal, mode: Rounding
) -> None:
    exponent = round_to(number, step, mode).as_tuple().exponent
    assert exponent == min(0, int(step.as_tuple().exponent))


@given(numbers=st.tuples(numbers, numbers), step=steps, mode=modes)
def test_rounding_keeps_the_order(
    numbers: tuple[Decimal, Decimal], step: Decimal, mode: Rounding
) -> None:
    low, high = sorted(numbers)
    assert round_to(low, step, mode) <= round_to(high, step, mode)


MIRRORS = {
    Rounding.CEILING: Rounding.FLOOR,
    Rounding.FLOOR: Rounding.CEILING,
    Rounding.HALF_CEILING: Rounding.HALF_FLOOR,
    Rounding.HALF_FLOOR: Rounding.HALF_CEILING,
}


@given(number=numbers, step=steps, mode=modes)
def test_below_zero_is_the_mirror_of_above(number: Decimal, step: Decimal, mode: Rounding) -> None:
    mirrored = round_to(number.copy_negate(), step, MIRRORS.get(mode, mode))
    assert mirrored == round_to(number, step, mode).copy_negate()
