"""A price without its tax."""

from decimal import Decimal

import moneyed
import pytest

from kamcore.errors import InputError, UnknownName
from kamcore.price import Price, without_tax
from kamcore.values import Money, Ratio, Rounding, UnitPrice

HALF_UP = Rounding.HALF_AWAY_FROM_ZERO


@pytest.mark.parametrize(
    ("price", "percent", "rounding", "net"),
    [
        (Money(113, "CNY"), 13, HALF_UP, Money(100, "CNY")),
        (Money(100, "CNY"), 13, HALF_UP, Money(Decimal("88.50"), "CNY")),
        (Money(100, "CNY"), 13, Rounding.FLOOR, Money(Decimal("88.49"), "CNY")),
        (Money(100, "CNY"), 0, HALF_UP, Money(100, "CNY")),
        (Money(110, "JPY"), 10, HALF_UP, Money(100, "JPY")),
        (
            UnitPrice(Decimal("1.2345"), "CNY"),
            13,
            HALF_UP,
            UnitPrice(Decimal("1.0925"), "CNY", 4),
        ),
        (moneyed.Money("113.00", "CNY"), 13, HALF_UP, UnitPrice(100, "CNY")),
    ],
)
def test_the_tax_is_taken_out_and_the_rest_rounded_once(
    price: Price, percent: int, rounding: Rounding, net: Price
) -> None:
    assert without_tax(price, Ratio.percent(percent), rounding) == net


def test_a_rounding_may_be_named_in_words() -> None:
    found = without_tax(Money(100, "CNY"), Ratio.percent(13), "ceiling")  # type: ignore[arg-type]
    assert found == Money(Decimal("88.50"), "CNY")


@pytest.mark.parametrize("rate", [13, Decimal("0.13"), 0.13, "13%", True])
def test_a_rate_that_is_no_ratio_is_refused(rate: object) -> None:
    with pytest.raises(InputError) as fault:
        without_tax(Money(113, "CNY"), rate, HALF_UP)  # type: ignore[arg-type]
    assert str(fault.value) == f"tax rate is {rate!r}; pass Ratio.percent(13)"


def test_other_wrong_input_is_refused() -> None:
    rate = Ratio.percent(13)
    with pytest.raises(InputError, match=r"^tax rate -13% is below 0; pass Ratio\.percent\(13\)$"):
        without_tax(Money(113, "CNY"), -rate, HALF_UP)
    with pytest.raises(InputError, match=r"^price CNY 0\.00 is not above 0; "):
        without_tax(Money(0, "CNY"), rate, HALF_UP)
    with pytest.raises(InputError, match=r"^113 is no price; "):
        without_tax(113, rate, HALF_UP)  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="unknown rounding 'half_up'"):
        without_tax(Money(113, "CNY"), rate, "half_up")  # type: ignore[arg-type]
