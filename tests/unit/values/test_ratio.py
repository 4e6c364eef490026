import pickle
from collections.abc import Callable
from decimal import Decimal

import pytest

from kamcore.errors import FloatRefused, InexactValue, InputError
from kamcore.values import Number, Ratio, Rounding


@pytest.mark.parametrize(
    ("given", "lowest"),
    [
        ((5, 100), (1, 20)),
        ((-5, 100), (-1, 20)),
        ((5, -100), (-1, 20)),
        ((-5, -100), (1, 20)),
        ((0, -7), (0, 1)),
        ((3,), (3, 1)),
        ((Decimal(4), Decimal("6.0")), (2, 3)),
    ],
    ids=str,
)
def test_lowest_terms(given: tuple[int, ...], lowest: tuple[int, int]) -> None:
    ratio = Ratio(*given)
    assert (ratio.numerator, ratio.denominator) == lowest


@pytest.mark.parametrize(
    ("share", "ratio"),
    [
        (Decimal("0.05"), Ratio(1, 20)),
        (Decimal("-0.125"), Ratio(-1, 8)),
        (2, Ratio(2)),
        (Ratio(1, 3), Ratio(1, 3)),
    ],
    ids=str,
)
def test_the_ratio_of_a_share(share: Number | Ratio, ratio: Ratio) -> None:
    assert Ratio.of(share) == ratio


@pytest.mark.parametrize(
    ("number", "ratio"),
    [
        (5, Ratio(1, 20)),
        (Decimal("0.5"), Ratio(1, 200)),
        (105, Ratio(21, 20)),
        (-3, Ratio(-3, 100)),
    ],
    ids=str,
)
def test_percent(number: Number, ratio: Ratio) -> None:
    assert Ratio.percent(number) == ratio


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: Ratio.of(0.05),
            FloatRefused,
            'ratio is the float 0.05; pass an int or Decimal("0.05")',
            id="float",
        ),
        pytest.param(
            lambda: Ratio.percent("5"),
            FloatRefused,
            "percentage is the str '5'; pass an int or Decimal('5')",
            id="text",
        ),
        pytest.param(
            lambda: Ratio(True, 2),
            FloatRefused,
            "numerator is the bool True; pass an int or a finite Decimal",
            id="bool",
        ),
        pytest.param(
            lambda: Ratio(1, Decimal("2.5")),
            InexactValue,
            "denominator 2.5 is finer than whole numbers; round it and name the rounding",
            id="denominator with a fraction",
        ),
        pytest.param(
            lambda: Ratio(1, 0),
            InputError,
            "ratio 1/0 has no value; pass a denominator other than 0",
            id="denominator 0",
        ),
    ],
)
def test_what_is_no_ratio(ask: Callable[[], object], kind: type[InputError], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert str(caught.value) == message


def test_ratios_add_and_change_sign() -> None:
    assert Ratio(1, 2) + Ratio(1, 3) == Ratio(5, 6)
    assert Ratio(1, 2) + -Ratio(1, 2) == Ratio(0)


def test_ratios_compare_exactly() -> None:
    third, near = Ratio(1, 3), Ratio(333333333, 1000000000)
    assert near < third
    assert third > near
    assert near <= third
    assert not third <= near
    assert third <= Ratio(2, 6)
    assert not third < Ratio(2, 6)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(Rounding.FLOOR, -4), (Rounding.CEILING, -3), (Rounding.HALF_AWAY_FROM_ZERO, -4)],
    ids=str,
)
def test_a_share_of_units(rounding: Rounding, expected: int) -> None:
    assert Ratio(1, 2).of_units(-7, rounding) == expected


@pytest.mark.parametrize(
    ("ratio", "plain", "percentage"),
    [
        (Ratio(19, 20), "0.95", "95%"),
        (Ratio(1, 200), "0.005", "0.5%"),
        (Ratio(-1, 8), "-0.125", "-12.5%"),
        (Ratio(1, 3125), "0.00032", "0.032%"),
        (Ratio(3, 40), "0.075", "7.5%"),
        (Ratio(0), "0", "0%"),
        (Ratio(100), "100", "10,000%"),
        (Ratio(1, 3), "1/3", "≈33.3333%"),
        (Ratio(-2, 3), "-2/3", "≈-66.6667%"),
        (Ratio(1, 30), "1/30", "≈3.3333%"),
        (Ratio(1, 300), "1/300", "≈0.3333%"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_in_words(ratio: Ratio, plain: str, percentage: str) -> None:
    assert ratio.plain() == plain
    assert str(ratio) == percentage


def test_a_ratio_is_hashable_and_picklable() -> None:
    ratio = Ratio(5, 100)
    assert pickle.loads(pickle.dumps(ratio)) == ratio
    assert len({ratio, Ratio(1, 20), Ratio.percent(5)}) == 1
