"""Net and tax as invoiced, from net amounts and from gross ones."""

from decimal import Decimal

import pytest

from kamcore.credit import DateStep, EarlyPayment, TaxedAmount
from kamcore.errors import CurrencyMismatch, FloatRefused, InputError, PolicyError
from kamcore.values import Money, Ratio, Rounding, UnitPrice

HALF_UP = Rounding.HALF_AWAY_FROM_ZERO


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def early(percent: int, tax: str) -> EarlyPayment:
    """Return a discount within 10 days."""
    return EarlyPayment(Ratio.percent(percent), (DateStep.days(10),), tax=tax)  # type: ignore[arg-type]


def test_the_total_is_net_and_tax() -> None:
    assert TaxedAmount(cny(1000), cny(130)).total == cny(1130)


@pytest.mark.parametrize(
    ("net", "rates", "fixed", "given", "tax"),
    [
        ("1000", (15,), (), None, "150"),
        ("1000", (), (), None, "0"),
        ("1000", (15,), ("0.05",), None, "150.05"),
        ("1000", (15,), ("0.05",), early(10, "mixed"), "135.05"),
        ("1000", (15,), ("0.05",), early(10, "included"), "150.05"),
        ("1000", (15,), ("0.05",), early(10, "excluded"), "150.05"),
        ("-1000", (15,), ("0.05",), early(10, "mixed"), "-135.05"),
        ("19.04", (15,), (), early(1, "mixed"), "2.83"),
        ("0.10", (5, 5), (), None, "0.02"),
        ("0.10", (10,), (), None, "0.01"),
    ],
    ids=[
        "a rate",
        "none",
        "and a fixed tax",
        "mixed",
        "included",
        "excluded",
        "a credit note",
        "the discounted net is not rounded",
        "each rate is rounded",
        "one rate of both",
    ],
)
def test_the_tax_of_a_net(
    net: str, rates: tuple[int, ...], fixed: tuple[str, ...], given: EarlyPayment | None, tax: str
) -> None:
    found = TaxedAmount.of_net(
        cny(net),
        *map(Ratio.percent, rates),
        fixed=tuple(map(cny, fixed)),
        early=given,
        rounding=HALF_UP,
    )
    assert found == TaxedAmount(cny(net), cny(tax))


@pytest.mark.parametrize(
    ("gross", "rate", "given", "net", "tax"),
    [
        ("121", 21, None, "100", "21"),
        ("121", 21, early(2, "mixed"), "100", "20.58"),
        ("121", 21, early(2, "included"), "100", "21"),
        ("-121", 21, early(2, "mixed"), "-100", "-20.58"),
        ("100", 13, None, "88.50", "11.50"),
        ("100", 0, None, "100", "0"),
    ],
)
def test_the_tax_in_a_gross_amount(
    gross: str, rate: int, given: EarlyPayment | None, net: str, tax: str
) -> None:
    found = TaxedAmount.of_gross(cny(gross), Ratio.percent(rate), early=given, rounding=HALF_UP)
    assert found == TaxedAmount(cny(net), cny(tax))


def test_the_rounding_is_the_one_named() -> None:
    up = TaxedAmount.of_net(cny("0.11"), Ratio.percent(10), rounding=Rounding.CEILING)
    down = TaxedAmount.of_net(cny("0.11"), Ratio.percent(10), rounding=Rounding.FLOOR)
    assert (up.tax, down.tax) == (cny("0.02"), cny("0.01"))


def test_money_of_another_library_is_taken_over() -> None:
    price = UnitPrice(100, "CNY")
    assert TaxedAmount.of_net(price, rounding=HALF_UP).net == cny(100)
    assert TaxedAmount.of_gross(price, Ratio(0), rounding=HALF_UP).net == cny(100)


def test_what_is_no_money_is_refused() -> None:
    with pytest.raises(InputError, match=r"^100 is not money; pass Money\(amount, currency\)$"):
        TaxedAmount.of_net(100, rounding=HALF_UP)  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match=r"^TaxedAmount.tax is 13; pass Money$"):
        TaxedAmount(cny(100), 13)  # type: ignore[arg-type]


@pytest.mark.parametrize(("net", "tax", "good"), [(1, -1, False), (-1, 1, False), (0, -1, True)])
def test_net_and_tax_have_one_sign(net: int, tax: int, good: bool) -> None:
    if good:
        assert TaxedAmount(cny(net), cny(tax)).total == cny(net + tax)
        return
    with pytest.raises(InputError, match=f"^net CNY {net}.00 with tax CNY {tax}.00; pass both"):
        TaxedAmount(cny(net), cny(tax))


def test_two_currencies_are_refused() -> None:
    with pytest.raises(CurrencyMismatch, match=r"^CNY meets USD"):
        TaxedAmount(cny(100), Money(13, "USD"))
    with pytest.raises(CurrencyMismatch, match=r"^CNY meets USD"):
        TaxedAmount.of_net(cny(100), fixed=(Money(13, "USD"),), rounding=HALF_UP)


def test_a_tax_below_zero_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a tax rate of -5%; pass 0 or more$"):
        TaxedAmount.of_net(cny(100), Ratio.percent(-5), rounding=HALF_UP)
    with pytest.raises(InputError, match=r"^a tax rate of -5%; pass 0 or more$"):
        TaxedAmount.of_gross(cny(100), Ratio.percent(-5), rounding=HALF_UP)
    with pytest.raises(InputError, match=r"^a fixed tax of CNY -1.00; pass 0 or more"):
        TaxedAmount.of_net(cny(100), fixed=(cny(-1),), rounding=HALF_UP)


def test_a_float_is_no_rate() -> None:
    with pytest.raises(FloatRefused, match=r"percentage is the float 13.0"):
        Ratio.percent(13.0)  # type: ignore[arg-type]
