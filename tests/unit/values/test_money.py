import pickle
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, StrEnum
from operator import add, le, lt, sub

import moneyed
import pytest
import stockholm
from attrs.exceptions import FrozenInstanceError

from kamcore.errors import CurrencyMismatch, FloatRefused, InexactValue, InputError, UnknownName
from kamcore.values import Money, MoneyLike, Number, Ratio, Rounding, Split, UnitPrice


class Int64:
    """An integer of another library, as numpy's."""

    def __index__(self) -> int:
        return 95


class Code(StrEnum):
    CNY = "CNY"


class MixedCode(str, Enum):  # noqa: UP042 - its str() is not its value
    CNY = "CNY"


class Price:
    """Any object with an amount and a currency."""

    amount = Decimal("95.5055")
    currency = "CNY"


def yuan(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def price(amount: str, currency: str = "CNY") -> UnitPrice:
    return UnitPrice(Decimal(amount), currency)


def refusal(ask: Callable[[], object], kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value)


# --- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        pytest.param(95, "CNY", 9500, id="int"),
        pytest.param(Decimal(95), "CNY", 9500, id="whole Decimal"),
        pytest.param(Decimal("95.50"), "CNY", 9550, id="Decimal"),
        pytest.param(Decimal("95.5000"), "CNY", 9550, id="zeros at the end"),
        pytest.param(Decimal("-0.01"), "CNY", -1, id="one fen below zero"),
        pytest.param(Decimal("1E+3"), "CNY", 100000, id="exponent"),
        pytest.param(Int64(), "CNY", 9500, id="integer of another library"),
        pytest.param(95, "JPY", 95, id="no minor unit"),
        pytest.param(Decimal("0.005"), "KWD", 5, id="three decimals"),
    ],
)
def test_an_amount_counts_whole_units(amount: Number, currency: str, minor: int) -> None:
    money = Money(amount, currency)
    assert money.minor == minor
    assert money == Money.from_minor(minor, currency)


@pytest.mark.parametrize(
    ("amount", "rounding", "minor"),
    [
        (Decimal("0.005"), Rounding.CEILING, 1),
        (Decimal("0.005"), Rounding.FLOOR, 0),
        (Decimal("-0.005"), Rounding.HALF_AWAY_FROM_ZERO, -1),
        (Decimal("0.0049"), Rounding.HALF_AWAY_FROM_ZERO, 0),
        (Decimal("0.0050"), Rounding.HALF_AWAY_FROM_ZERO, 1),
        (1, Rounding.FLOOR, 100),
    ],
    ids=str,
)
def test_more_digits_need_a_named_rounding(amount: Number, rounding: Rounding, minor: int) -> None:
    assert Money(amount, "CNY", rounding).minor == minor


@pytest.mark.parametrize(
    ("currency", "amount"),
    [("CNY", "95.50"), ("JPY", "9550"), ("KWD", "9.550")],
)
def test_the_amount_has_the_currencys_decimals(currency: str, amount: str) -> None:
    assert str(Money.from_minor(9550, currency).amount) == amount


@pytest.mark.parametrize("currency", [Code.CNY, MixedCode.CNY], ids=["StrEnum", "str, Enum"])
@pytest.mark.parametrize(
    "build",
    [
        lambda currency: Money(1, currency).currency,
        lambda currency: Money.from_minor(1, currency).currency,
        lambda currency: UnitPrice(1, currency).currency,
    ],
    ids=["money", "minor units", "unit price"],
)
def test_a_member_of_an_enum_becomes_its_code(currency: str, build: Callable[[str], str]) -> None:
    code = build(currency)
    assert code == "CNY"
    assert type(code) is str


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: Money(0.1, "CNY"),
            FloatRefused,
            'CNY amount is the float 0.1; pass an int or Decimal("0.1")',
            id="float",
        ),
        pytest.param(
            lambda: Money(0.1, "CNY", Rounding.FLOOR),
            FloatRefused,
            'CNY amount is the float 0.1; pass an int or Decimal("0.1")',
            id="float with a rounding",
        ),
        pytest.param(
            lambda: Money(float("nan"), "CNY"),
            FloatRefused,
            "CNY amount is the float nan; pass an int or a finite Decimal",
            id="NaN",
        ),
        pytest.param(
            lambda: Money(Decimal("NaN"), "CNY"),
            FloatRefused,
            "CNY amount is the Decimal Decimal('NaN'); pass an int or a finite Decimal",
            id="NaN Decimal",
        ),
        pytest.param(
            lambda: Money(True, "CNY"),
            FloatRefused,
            "CNY amount is the bool True; pass an int or a finite Decimal",
            id="bool",
        ),
        pytest.param(
            lambda: Money("95.50", "CNY"),
            FloatRefused,
            "CNY amount is the str '95.50'; pass an int or Decimal('95.50')",
            id="text",
        ),
        pytest.param(
            lambda: Money(Decimal("0.005"), "CNY"),
            InexactValue,
            "CNY amount 0.005 is finer than 2 decimals; round it and name the rounding",
            id="half a cent",
        ),
        pytest.param(
            lambda: Money(Decimal("0.5"), "JPY"),
            InexactValue,
            "JPY amount 0.5 is finer than whole units; round it and name the rounding",
            id="half a yen",
        ),
        pytest.param(
            lambda: Money(1, "EURO"),
            UnknownName,
            "unknown currency 'EURO'; did you mean 'EUR'?",
            id="unknown currency",
        ),
        pytest.param(
            lambda: Money.from_minor(1, "EURO"),
            UnknownName,
            "unknown currency 'EURO'; did you mean 'EUR'?",
            id="unknown currency of minor units",
        ),
        pytest.param(
            lambda: Money.from_minor(Decimal("0.5"), "CNY"),
            InexactValue,
            "minor units 0.5 is finer than whole numbers; round it and name the rounding",
            id="half a minor unit",
        ),
        pytest.param(
            lambda: Money.of(95),
            InputError,
            "95 is not money; pass Money(amount, currency)",
            id="a number for money",
        ),
        pytest.param(
            lambda: Money.of(stockholm.Money("95.505", "CNY")),
            InexactValue,
            "CNY amount 95.505 is finer than 2 decimals; round it and name the rounding",
            id="half a cent of another library",
        ),
    ],
)
def test_what_is_no_amount(ask: Callable[[], object], kind: type[InputError], message: str) -> None:
    assert refusal(ask, kind) == message


# --- money of other libraries -------------------------------------------------------------------

FOREIGN = {
    "py-moneyed": moneyed.Money("95.50", "CNY"),
    "stockholm": stockholm.Money("95.50", "CNY"),
    "kamcore money": Money(Decimal("95.50"), "CNY"),
    "kamcore price": UnitPrice(Decimal("95.50"), "CNY"),
}


@pytest.mark.parametrize("money", FOREIGN.values(), ids=FOREIGN)
def test_money_of_another_library_passes_in_unchanged(money: MoneyLike) -> None:
    assert Money.of(money) == yuan("95.50")
    assert UnitPrice.of(money) == price("95.50")
    assert Money.of(money).amount == UnitPrice.of(money).amount == money.amount


@pytest.mark.parametrize(
    "money",
    [
        pytest.param(moneyed.Money("95.5055", "CNY"), id="py-moneyed"),
        pytest.param(stockholm.Money("95.5055", "CNY"), id="stockholm"),
        pytest.param(Price(), id="any object"),
    ],
)
def test_a_price_of_another_library_keeps_its_decimals(money: MoneyLike) -> None:
    assert UnitPrice.of(money) == price("95.5055")


def test_kamcores_own_values_are_taken_as_they_are() -> None:
    money, quoted = Money(95, "CNY"), UnitPrice(95, "CNY", 4)
    assert Money.of(money) is money
    assert UnitPrice.of(quoted) is quoted


# --- arithmetic ---------------------------------------------------------------------------------


def test_money_adds_subtracts_and_changes_sign() -> None:
    assert yuan("95.50") + yuan("0.01") == yuan("95.51")
    assert yuan("95.50") - yuan("95.51") == yuan("-0.01")
    assert -yuan("95.50") == yuan("-95.50")


def test_money_compares() -> None:
    one, two = yuan("1.00"), yuan("1.01")
    assert one < two
    assert two > one
    assert one <= yuan("1.00")
    assert not two <= one
    assert one >= yuan("1.00")
    assert not one < yuan("1.00")


@pytest.mark.parametrize("operation", [add, sub, lt, le], ids=lambda operation: operation.__name__)
def test_two_currencies_do_not_meet(operation: Callable[[Money, Money], object]) -> None:
    message = refusal(lambda: operation(Money(1, "CNY"), Money(1, "EUR")), CurrencyMismatch)
    assert message == "CNY meets EUR; convert one of them first"


@pytest.mark.parametrize("operation", [add, sub, lt, le], ids=lambda operation: operation.__name__)
def test_money_does_not_meet_a_number(operation: Callable[[Money, object], object]) -> None:
    message = refusal(lambda: operation(Money(1, "CNY"), 3), InputError)
    assert message == "3 meets CNY 1.00; pass Money in CNY"


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.FLOOR, "33.33"), (Rounding.CEILING, "33.34"), (Rounding.HALF_EVEN, "33.33")],
    ids=str,
)
def test_a_share_is_rounded_once(rounding: Rounding, expected: str) -> None:
    assert Money(100, "CNY").times(Ratio(1, 3), rounding) == yuan(expected)


def test_allocation_loses_no_cent() -> None:
    parts = Money(100, "CNY").allocate((1, 1, 1), Split.FIRST)
    assert parts == (yuan("33.34"), yuan("33.33"), yuan("33.33"))


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(Decimal("1234567.5"), "CNY"), "CNY 1,234,567.50"),
        (Money(-1234, "JPY"), "JPY -1,234"),
        (UnitPrice(Decimal("1234.5055"), "CNY"), "CNY 1,234.5055"),
        (UnitPrice(7, "CNY"), "CNY 7.00"),
    ],
    ids=str,
)
def test_in_words(value: Money | UnitPrice, text: str) -> None:
    assert str(value) == text


@pytest.mark.parametrize("value", [Money(95, "CNY"), UnitPrice(95, "CNY")], ids=repr)
def test_a_value_is_frozen_hashable_and_picklable(value: Money | UnitPrice) -> None:
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)
    with pytest.raises(FrozenInstanceError):
        value.currency = "EUR"  # type: ignore[misc]


def test_equal_money_has_the_same_amount_and_currency() -> None:
    assert Money(95, "CNY") == yuan("95.00")
    assert Money(95, "CNY") != Money(95, "EUR")
    assert Money(95, "CNY") != Money(96, "CNY")
    assert Money(95, "CNY") != UnitPrice(95, "CNY")


# --- unit prices --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "decimals", "scaled", "grain"),
    [
        pytest.param(95, None, 9500, 2, id="int"),
        pytest.param(Decimal("95.5"), None, 9550, 2, id="coarser than the currency"),
        pytest.param(Decimal("95.5055"), None, 955055, 4, id="finer"),
        pytest.param(Decimal("95.50550"), None, 955055, 4, id="zeros at the end"),
        pytest.param(Decimal("1E+2"), None, 10000, 2, id="exponent"),
        pytest.param(Decimal("0.0000"), None, 0, 2, id="zero"),
        pytest.param(Decimal("95.5"), 4, 955000, 4, id="stated finer"),
        pytest.param(95, 0, 95, 0, id="stated coarser"),
    ],
)
def test_a_price_has_the_decimals_it_is_quoted_in(
    amount: Number, decimals: int | None, scaled: int, grain: int
) -> None:
    quoted = UnitPrice(amount, "CNY", decimals)
    assert (quoted.scaled, quoted.decimals) == (scaled, grain)
    assert quoted.amount == amount
    assert UnitPrice.from_scaled(scaled, grain, "CNY") == quoted


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: UnitPrice(0.1, "CNY"),
            FloatRefused,
            'unit price is the float 0.1; pass an int or Decimal("0.1")',
            id="float",
        ),
        pytest.param(
            lambda: UnitPrice(1, "EURO"),
            UnknownName,
            "unknown currency 'EURO'; did you mean 'EUR'?",
            id="unknown currency",
        ),
        pytest.param(
            lambda: UnitPrice(Decimal("95.505"), "CNY", 2),
            InexactValue,
            "unit price 95.505 is finer than 2 decimals; round it and name the rounding",
            id="finer than stated",
        ),
        pytest.param(
            lambda: UnitPrice(100, "CNY", -1),
            InputError,
            "unit price with -1 decimals; pass 0 or more",
            id="decimals below 0",
        ),
        pytest.param(
            lambda: UnitPrice.from_scaled(Decimal("0.5"), 2, "CNY"),
            InexactValue,
            "scaled price 0.5 is finer than whole numbers; round it and name the rounding",
            id="half a scaled unit",
        ),
        pytest.param(
            lambda: UnitPrice.of("CNY 95"),
            InputError,
            "'CNY 95' is no price; pass UnitPrice(amount, currency)",
            id="text for a price",
        ),
    ],
)
def test_what_is_no_price(ask: Callable[[], object], kind: type[InputError], message: str) -> None:
    assert refusal(ask, kind) == message


@pytest.mark.parametrize(
    ("quoted", "rounding", "expected"),
    [
        pytest.param("100.01", Rounding.CEILING, "95.01", id="up"),
        pytest.param("100.01", Rounding.FLOOR, "95.00", id="down"),
        pytest.param("100.0100", Rounding.FLOOR, "95.00", id="zeros at the end"),
        pytest.param("100.0101", Rounding.FLOOR, "95.0095", id="at its own decimals"),
    ],
)
def test_a_share_of_a_price_keeps_its_decimals(
    quoted: str, rounding: Rounding, expected: str
) -> None:
    share = price(quoted).times(Ratio.percent(95), rounding)
    assert share.amount == Decimal(expected)
    assert share.decimals == price(quoted).decimals


@pytest.mark.parametrize(
    ("quoted", "currency", "quantity", "rounding", "minor"),
    [
        pytest.param("0.0125", "CNY", 1000, Rounding.FLOOR, 1250, id="exact"),
        pytest.param("0.0125", "CNY", 1, Rounding.FLOOR, 1, id="down"),
        pytest.param("0.0125", "CNY", 1, Rounding.CEILING, 2, id="up"),
        pytest.param("0.0125", "CNY", 2, Rounding.HALF_EVEN, 2, id="tie to even"),
        pytest.param("0.10", "CNY", Decimal("2.5"), Rounding.FLOOR, 25, id="part of a unit"),
        pytest.param("1.5", "JPY", 3, Rounding.HALF_AWAY_FROM_ZERO, 5, id="no minor unit"),
    ],
)
def test_a_line_amount_is_rounded_once(
    quoted: str, currency: str, quantity: Number, rounding: Rounding, minor: int
) -> None:
    line = price(quoted, currency).for_quantity(quantity, rounding)
    assert line == Money.from_minor(minor, currency)


def test_prices_of_different_decimals_compare_by_amount() -> None:
    coarse, fine = price("95.50"), price("95.5001")
    assert coarse < fine
    assert fine > coarse
    assert coarse <= fine
    assert not fine <= coarse
    assert not coarse < price("95.50")
    assert coarse <= UnitPrice(Decimal("95.50"), "CNY", 4)


@pytest.mark.parametrize("operation", [lt, le], ids=lambda operation: operation.__name__)
def test_prices_in_two_currencies_do_not_meet(
    operation: Callable[[UnitPrice, UnitPrice], bool],
) -> None:
    with pytest.raises(CurrencyMismatch):
        operation(price("1"), price("1", "EUR"))


def test_a_price_does_not_meet_money() -> None:
    message = refusal(lambda: price("1") < Money(1, "CNY"), InputError)
    assert message == ("Money(minor=100, currency='CNY') meets CNY 1.00; pass UnitPrice in CNY")


def test_a_share_that_is_no_ratio_is_refused() -> None:
    with pytest.raises(InputError, match=r"is no share; pass Ratio\.percent\(5\)"):
        Money(1, "CNY").times(Decimal("0.05"), Rounding.HALF_EVEN)  # type: ignore[arg-type]  # refused
