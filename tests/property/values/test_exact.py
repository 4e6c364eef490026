from decimal import ROUND_UP, Context, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Money, Ratio, Rounding, UnitPrice, round_to
from kamcore.values._exact import decimals_in, from_scaled, to_scaled

scaled_numbers = st.integers(-(10**40), 10**40)
places = st.integers(0, 12)


@given(scaled=scaled_numbers, decimals=places)
def test_scaling_comes_back(scaled: int, decimals: int) -> None:
    assert to_scaled(from_scaled(scaled, decimals), decimals) == scaled


@given(scaled=scaled_numbers, decimals=places)
def test_a_number_needs_no_more_and_no_fewer_decimals(scaled: int, decimals: int) -> None:
    number = from_scaled(scaled, decimals)
    needed = decimals_in(number)
    assert (scaled * 10**needed) % 10**decimals == 0
    assert needed == 0 or (scaled * 10 ** (needed - 1)) % 10**decimals != 0


@given(scaled=scaled_numbers, decimals=places, precision=st.integers(1, 4))
def test_the_callers_context_does_not_matter(scaled: int, decimals: int, precision: int) -> None:
    number = from_scaled(scaled, decimals)

    def ask() -> tuple[object, ...]:
        return (
            Money(number, "CNY", Rounding.HALF_EVEN),
            UnitPrice(number, "CNY"),
            Ratio.of(number),
            Ratio.of(number).plain(),
            round_to(number, Decimal("0.05"), Rounding.FLOOR),
        )

    with localcontext(Context(prec=precision, rounding=ROUND_UP)):
        there = ask()
    assert there == ask()
