"""What counts as an exact number, and that the caller's decimal context changes nothing."""

from collections.abc import Callable, Iterator
from decimal import ROUND_UP, Context, Decimal, FloatOperation, Inexact, Rounded, localcontext

import pytest

from kamcore.errors import FloatRefused, InexactValue, InputError
from kamcore.values import (
    Band,
    Money,
    Number,
    Ratio,
    Rounding,
    Split,
    Steps,
    UnitPrice,
    allocate,
    round_to,
)
from kamcore.values._exact import (
    decimals_in,
    difference,
    exact,
    from_scaled,
    to_scaled,
    whole,
)


class Int64:
    """An integer of another library, as numpy's: no int, but usable as an index."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


REFUSED = [
    pytest.param(0.5, 'price is the float 0.5; pass an int or Decimal("0.5")', id="float"),
    pytest.param(
        float("nan"), "price is the float nan; pass an int or a finite Decimal", id="float NaN"
    ),
    pytest.param(
        Decimal("NaN"),
        "price is the Decimal Decimal('NaN'); pass an int or a finite Decimal",
        id="NaN",
    ),
    pytest.param(
        Decimal("sNaN"),
        "price is the Decimal Decimal('sNaN'); pass an int or a finite Decimal",
        id="signalling NaN",
    ),
    pytest.param(
        Decimal("-Infinity"),
        "price is the Decimal Decimal('-Infinity'); pass an int or a finite Decimal",
        id="infinite",
    ),
    pytest.param(
        True,
        "price is the bool True; pass an int or a finite Decimal",
        id="bool",
    ),
    pytest.param("12", "price is the str '12'; pass an int or Decimal('12')", id="text"),
    pytest.param(
        None,
        "price is the NoneType None; pass an int or a finite Decimal",
        id="None",
    ),
]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(7, Decimal(7), id="int"),
        pytest.param(Decimal("0.10"), Decimal("0.10"), id="Decimal"),
        pytest.param(Int64(7), Decimal(7), id="integer of another library"),
    ],
)
def test_exact_numbers(given: Number, expected: Decimal) -> None:
    assert str(exact(given)) == str(expected)


@pytest.mark.parametrize(
    "read",
    [exact, whole, lambda value, what: to_scaled(value, 2, what)],
    ids=["exact", "whole", "scaled"],
)
@pytest.mark.parametrize(("given", "message"), REFUSED)
def test_what_is_no_exact_number(
    given: object, message: str, read: Callable[[object, str], object]
) -> None:
    with pytest.raises(FloatRefused) as caught:
        read(given, "price")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "given",
    [7, Decimal(7), Decimal("7.00"), Decimal("70E-1"), Int64(7)],
    ids=["int", "Decimal", "two zeros", "exponent", "integer of another library"],
)
def test_whole_numbers(given: Number) -> None:
    number = whole(given)
    assert number == 7
    assert type(number) is int


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(InexactValue) as caught:
        whole(Decimal("7.5"), "days")
    assert str(caught.value) == (
        "days 7.5 is finer than whole numbers; round it and name the rounding"
    )


@pytest.mark.parametrize(
    ("given", "decimals", "scaled"),
    [
        pytest.param(7, 2, 700, id="int"),
        pytest.param(7, 0, 7, id="no decimals"),
        pytest.param(Int64(7), 2, 700, id="integer of another library"),
        pytest.param(Decimal("95.50"), 2, 9550, id="Decimal"),
        pytest.param(Decimal("-0.01"), 2, -1, id="below zero"),
        pytest.param(Decimal("1E+3"), 2, 100000, id="exponent"),
        pytest.param(Decimal("0.1000"), 1, 1, id="zeros at the end"),
    ],
)
def test_scaling(given: Number, decimals: int, scaled: int) -> None:
    assert to_scaled(given, decimals) == scaled
    assert from_scaled(scaled, decimals) == exact(given)


@pytest.mark.parametrize(
    ("given", "decimals", "kind", "message"),
    [
        pytest.param(
            Decimal("0.005"),
            2,
            InexactValue,
            "price 0.005 is finer than 2 decimals; round it and name the rounding",
            id="half a cent",
        ),
        pytest.param(
            Decimal("0.5"),
            0,
            InexactValue,
            "price 0.5 is finer than whole units; round it and name the rounding",
            id="half a unit",
        ),
        pytest.param(
            Decimal("0." + "3" * 61),
            2,
            InputError,
            f"price 0.{'3' * 61} has more than 60 digits; check the unit",
            id="61 digits",
        ),
    ],
)
def test_what_cannot_be_scaled(
    given: Decimal, decimals: int, kind: type[InputError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        to_scaled(given, decimals, "price")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("0", 0), ("0.000", 0), ("1E+3", 0), ("100", 0), ("0.10", 1), ("-12.3450", 3), ("1E-7", 7)],
)
def test_decimals_in(text: str, decimals: int) -> None:
    assert decimals_in(Decimal(text)) == decimals


def test_a_difference_is_exact() -> None:
    assert str(difference(Decimal(80), Decimal("79.95"))) == "0.05"
    far = difference(Decimal("1E+70"), Decimal("1E-7"))
    assert str(far) == "9" * 70 + ".9999999"


# --- the caller's context ---------------------------------------------------------------------

LONG = Decimal("1234567.891")
QUESTIONS: dict[str, Callable[[], object]] = {
    "whole": lambda: whole(Decimal("1234567.0")),
    "to_scaled": lambda: to_scaled(LONG, 3),
    "from_scaled": lambda: from_scaled(1234567891, 3),
    "decimals_in": lambda: decimals_in(LONG),
    "difference": lambda: difference(LONG, Decimal("0.0001")),
    "round_to": lambda: str(round_to(LONG, Decimal("0.05"), Rounding.HALF_EVEN)),
    "money": lambda: Money(Decimal("1234567.89"), "CNY"),
    "rounded money": lambda: Money(LONG, "CNY", Rounding.FLOOR),
    "sum": lambda: Money(Decimal("1234567.89"), "CNY") + Money(Decimal("0.01"), "CNY"),
    "money in words": lambda: str(Money(Decimal("1234567.89"), "CNY")),
    "unit price": lambda: UnitPrice(LONG, "CNY"),
    "stored price": lambda: UnitPrice.from_scaled(1234567891, 3, "CNY").amount,
    "price in words": lambda: str(UnitPrice(LONG, "CNY")),
    "share of a price": lambda: UnitPrice(LONG, "CNY").times(Ratio(1, 3), Rounding.FLOOR),
    "line amount": lambda: UnitPrice(LONG, "CNY").for_quantity(LONG, Rounding.FLOOR),
    "ratio": lambda: Ratio.of(LONG),
    "percent": lambda: Ratio.percent(LONG),
    "plain ratio": lambda: Ratio.of(LONG).plain(),
    "percentage": lambda: str(Ratio.of(LONG)),
    "rounded percentage": lambda: str(Ratio(123456, 7)),
    "allocate": lambda: allocate(1234567, (LONG, 2), Split.LARGEST_REMAINDER),
    "steps": lambda: Steps.rising(0, (LONG, 1)).at(Decimal("1234567.892")),
    "published": lambda: Steps.published(
        [Band(0, Decimal("799.99"), "low"), Band(800, Decimal("999.99"), "high")],
        grain=Decimal("0.01"),
    ),
}


@pytest.fixture(params=["two digits", "traps"])
def callers_context(request: pytest.FixtureRequest) -> Iterator[None]:
    contexts = {
        "two digits": Context(prec=2, rounding=ROUND_UP),
        "traps": Context(prec=2, rounding=ROUND_UP, traps=[FloatOperation, Inexact, Rounded]),
    }
    with localcontext(contexts[request.param]):
        yield


ANSWERS = {name: ask() for name, ask in QUESTIONS.items()}


@pytest.mark.usefixtures("callers_context")
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_callers_context_does_not_matter(name: str) -> None:
    assert QUESTIONS[name]() == ANSWERS[name]


@pytest.mark.usefixtures("callers_context")
def test_the_callers_context_does_matter_to_others() -> None:
    with pytest.raises((AssertionError, Inexact)):
        assert LONG + 0 == LONG
