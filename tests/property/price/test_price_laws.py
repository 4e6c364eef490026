"""Laws of prices, against exact fractions."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from kamcore.price import Price, PricePolicy, Sale, TierPrice, find_price_range, quote_price
from kamcore.values import Money, Ratio, Rounding, UnitPrice

HUNDREDTHS = st.integers(1, 30_000)
CURRENCIES = st.sampled_from(("CNY", "JPY", "KWD"))


@st.composite
def prices(draw: st.DrawFn) -> Price:
    """Draw money, or a unit price of up to 6 decimals."""
    units = draw(st.integers(1, 10_000_000))
    if draw(st.booleans()):
        return Money.from_minor(units, draw(CURRENCIES))
    return UnitPrice.from_scaled(units, draw(st.integers(2, 6)), "CNY")


@st.composite
def shares(draw: st.DrawFn) -> tuple[Ratio | None, Ratio | None]:
    """Draw a floor, a cap, or both, in hundredths of a percent."""
    low, high = sorted((draw(HUNDREDTHS), draw(HUNDREDTHS)))
    kind = draw(st.sampled_from(("low", "high", "both", "one")))
    if kind == "one":
        return Ratio(low, 10_000), Ratio(low, 10_000)
    return (
        None if kind == "high" else Ratio(low, 10_000),
        None if kind == "low" else Ratio(high, 10_000),
    )


def policy(bounds: tuple[Ratio | None, Ratio | None], rounding: Rounding) -> PricePolicy:
    """Return a policy of one tier."""
    low, high = bounds
    return PricePolicy(tiers=(TierPrice("A", low=low, high=high),), rounding=rounding)


def units(price: Price) -> int:
    """Return a price in units of its grain."""
    return price.minor if isinstance(price, Money) else price.scaled


def at(price: Price, number: int) -> Price:
    """Return a price of the same grain in units of it."""
    if isinstance(price, Money):
        return Money.from_minor(number, price.currency)
    return UnitPrice.from_scaled(number, price.decimals, price.currency)


def exact(price: Price, share: Ratio) -> Fraction:
    """Return the share of a price in units of its grain, unrounded."""
    return units(price) * Fraction(share.numerator, share.denominator)


ROUNDINGS = st.sampled_from(Rounding)


@given(prices(), shares(), ROUNDINGS)
def test_no_rounding_crosses_a_floor_or_a_cap(
    control: Price, bounds: tuple[Ratio | None, Ratio | None], rounding: Rounding
) -> None:
    low, high = bounds
    assume(low != high)
    found = find_price_range("A", policy(bounds, rounding), control=control).value
    assert (found.low is None, found.high is None) == (low is None, high is None)
    if low is not None and found.low is not None:
        assert 0 <= units(found.low) - exact(control, low) < 1
    if high is not None and found.high is not None:
        assert 0 <= exact(control, high) - units(found.high) < 1


@given(prices(), HUNDREDTHS, ROUNDINGS)
def test_one_price_is_the_exact_one_rounded_once(
    control: Price, hundredths: int, rounding: Rounding
) -> None:
    share = Ratio(hundredths, 10_000)
    found = find_price_range("A", policy((share, share), rounding), control=control).value
    assert found.low == found.high
    assert found.low is not None
    distance = abs(units(found.low) - exact(control, share))
    assert distance <= Fraction(1, 2) if rounding.value.startswith("half") else distance < 1


@given(prices(), shares(), ROUNDINGS, st.integers(-3, 3), st.booleans())
def test_a_price_passes_exactly_between_the_exact_bounds(
    control: Price,
    bounds: tuple[Ratio | None, Ratio | None],
    rounding: Rounding,
    offset: int,
    near_high: bool,
) -> None:
    low, high = bounds
    assume(low != high)
    near = high if low is None or (near_high and high is not None) else low
    assert near is not None
    number = int(exact(control, near)) + offset
    assume(number > 0)
    asked = at(control, number)
    verdict = quote_price(Sale("A", control, price=asked), policy(bounds, rounding)).value
    above = low is None or number >= exact(control, low)
    below = high is None or number <= exact(control, high)
    assert (verdict.outcome == "allowed") is (above and below)


@given(prices(), shares(), ROUNDINGS, st.integers(1, 10_000_000))
def test_what_would_pass_passes(
    control: Price, bounds: tuple[Ratio | None, Ratio | None], rounding: Rounding, number: int
) -> None:
    sale = Sale("A", control, price=at(control, number))
    quote = quote_price(sale, policy(bounds, rounding)).value
    if quote.would_pass is None:
        assert quote.outcome == "allowed" or quote.permitted is None
        return
    assume(units(quote.would_pass) > 0)
    again = Sale("A", control, price=quote.would_pass)
    assert quote_price(again, policy(bounds, rounding)).value.outcome == "allowed"


@given(prices(), shares(), ROUNDINGS, st.integers(1, 10_000_000))
def test_a_quote_permits_what_the_range_of_the_tier_does(
    control: Price, bounds: tuple[Ratio | None, Ratio | None], rounding: Rounding, number: int
) -> None:
    sale = Sale("A", control, price=at(control, number))
    quote = quote_price(sale, policy(bounds, rounding)).value
    found = find_price_range("A", policy(bounds, rounding), control=control).value
    assert quote.permitted == (None if found.empty else found)
    assert (quote.outcome == "allowed") is (quote.unit in found and not found.empty)


@given(prices(), HUNDREDTHS, st.integers(1, 100), ROUNDINGS)
def test_a_range_is_empty_exactly_where_no_price_of_the_grain_fits(
    control: Price, off: int, width: int, rounding: Rounding
) -> None:
    low = Ratio(off + 1, 10_000)
    high = Ratio(off + 1 + width, 10_000)
    found = find_price_range("A", policy((low, high), rounding), control=control).value
    first = -(-exact(control, low) // 1)
    assert found.empty is (first > exact(control, high))


@given(prices(), HUNDREDTHS, HUNDREDTHS, ROUNDINGS)
def test_a_greater_discount_never_raises_the_floor(
    control: Price, one: int, other: int, rounding: Rounding
) -> None:
    floors = [
        find_price_range(
            "A", policy((Ratio(share, 10_000), None), rounding), control=control
        ).value.low
        for share in (min(one, other), max(one, other))
    ]
    assert floors[0] is not None
    assert floors[1] is not None
    assert units(floors[0]) <= units(floors[1])
