"""Ten modes on both sides of zero, and exactly half way."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from kamcore.errors import FloatRefused, InputError, UnknownName
from kamcore.values import Rounding, round_to
from kamcore.values._rounding import divide

TENTHS = (-25, -16, -15, -14, -5, -1, 0, 1, 5, 14, 15, 16, 25)
TABLE = {
    Rounding.CEILING: (-2, -1, -1, -1, 0, 0, 0, 1, 1, 2, 2, 2, 3),
    Rounding.FLOOR: (-3, -2, -2, -2, -1, -1, 0, 0, 0, 1, 1, 1, 2),
    Rounding.AWAY_FROM_ZERO: (-3, -2, -2, -2, -1, -1, 0, 1, 1, 2, 2, 2, 3),
    Rounding.TOWARDS_ZERO: (-2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2),
    Rounding.HALF_CEILING: (-2, -2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 2, 3),
    Rounding.HALF_FLOOR: (-3, -2, -2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 2),
    Rounding.HALF_AWAY_FROM_ZERO: (-3, -2, -2, -1, -1, 0, 0, 0, 1, 1, 2, 2, 3),
    Rounding.HALF_TOWARDS_ZERO: (-2, -2, -1, -1, 0, 0, 0, 0, 0, 1, 1, 2, 2),
    Rounding.HALF_EVEN: (-2, -2, -2, -1, 0, 0, 0, 0, 0, 1, 2, 2, 2),
    Rounding.HALF_ODD: (-3, -2, -1, -1, -1, 0, 0, 0, 1, 1, 1, 2, 3),
}
CASES = [
    pytest.param(tenths, rounding, expected, id=f"{rounding} {tenths / 10}")
    for rounding, row in TABLE.items()
    for tenths, expected in zip(TENTHS, row, strict=True)
]


def test_the_table_has_every_mode() -> None:
    assert set(TABLE) == set(Rounding)


@pytest.mark.parametrize(("tenths", "rounding", "expected"), CASES)
def test_rounding_to_whole_numbers(tenths: int, rounding: Rounding, expected: int) -> None:
    assert round_to(Decimal(tenths).scaleb(-1), 1, rounding) == expected


@pytest.mark.parametrize(("tenths", "rounding", "expected"), CASES)
def test_dividing(tenths: int, rounding: Rounding, expected: int) -> None:
    assert divide(tenths, 10, rounding) == expected
    assert divide(-tenths, -10, rounding) == expected


@pytest.mark.parametrize(
    ("value", "step", "rounding", "expected"),
    [
        pytest.param("10.455", "0.01", Rounding.HALF_EVEN, "10.46", id="odd cent"),
        pytest.param("10.445", "0.01", Rounding.HALF_EVEN, "10.44", id="even cent"),
        pytest.param("10.44", "0.05", Rounding.HALF_EVEN, "10.45", id="five cents"),
        pytest.param("10.425", "0.05", Rounding.FLOOR, "10.40", id="five cents down"),
        pytest.param("15", "10", Rounding.HALF_CEILING, "20", id="tens"),
        pytest.param("-15", "10", Rounding.HALF_CEILING, "-10", id="tens below zero"),
        pytest.param("149", "1E+2", Rounding.HALF_CEILING, "100", id="step with exponent"),
        pytest.param("1E+2", "0.01", Rounding.FLOOR, "100.00", id="value with exponent"),
        pytest.param("7", "2.50", Rounding.CEILING, "7.50", id="step without whole"),
        pytest.param("10.4", "0.0100", Rounding.FLOOR, "10.4000", id="places of the step"),
        pytest.param("-0.3", "0.01", Rounding.FLOOR, "-0.30", id="exact"),
        pytest.param("-0.003", "0.01", Rounding.CEILING, "0.00", id="no negative zero"),
    ],
)
def test_rounding_to_a_step(value: str, step: str, rounding: Rounding, expected: str) -> None:
    assert str(round_to(Decimal(value), Decimal(step), rounding)) == expected


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: round_to(0.5, 1, Rounding.FLOOR),
            FloatRefused,
            'value is the float 0.5; pass an int or Decimal("0.5")',
            id="float value",
        ),
        pytest.param(
            lambda: round_to(1, 0.01, Rounding.FLOOR),
            FloatRefused,
            'step is the float 0.01; pass an int or Decimal("0.01")',
            id="float step",
        ),
        pytest.param(
            lambda: round_to(1, 0, Rounding.FLOOR),
            InputError,
            "rounding step 0 is not above 0; pass the smallest unit, such as Decimal('0.01')",
            id="step 0",
        ),
        pytest.param(
            lambda: round_to(1, Decimal("-0.01"), Rounding.FLOOR),
            InputError,
            "rounding step -0.01 is not above 0; pass the smallest unit, such as Decimal('0.01')",
            id="step below 0",
        ),
        pytest.param(
            lambda: Rounding("half_aven"),
            UnknownName,
            "unknown rounding 'half_aven'; did you mean 'half_even'?",
            id="unknown mode",
        ),
        pytest.param(
            lambda: divide(7, 0, Rounding.FLOOR),
            InputError,
            "7 is divided by 0; pass a denominator other than 0",
            id="by zero",
        ),
    ],
)
def test_bad_input(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("rounding", "en", "zh"),
    [
        (Rounding.CEILING, "rounded up", "向上取整"),
        (Rounding.FLOOR, "rounded down", "向下取整"),
        (Rounding.AWAY_FROM_ZERO, "rounded away from zero", "远离零取整"),
        (Rounding.TOWARDS_ZERO, "rounded towards zero", "向零取整"),
        (Rounding.HALF_CEILING, "rounded to the nearest, a half up", "四舍五入，恰为一半时向上"),
        (Rounding.HALF_FLOOR, "rounded to the nearest, a half down", "四舍五入，恰为一半时向下"),
        (Rounding.HALF_AWAY_FROM_ZERO, "rounded to the nearest, a half away from zero", "四舍五入"),
        (
            Rounding.HALF_TOWARDS_ZERO,
            "rounded to the nearest, a half towards zero",
            "四舍五入，恰为一半时舍去",
        ),
        (
            Rounding.HALF_EVEN,
            "rounded to the nearest, a half to even",
            "四舍五入，恰为一半时取偶数",
        ),
        (Rounding.HALF_ODD, "rounded to the nearest, a half to odd", "四舍五入，恰为一半时取奇数"),
    ],
    ids=[rounding.value for rounding in Rounding],
)
def test_a_mode_in_words(rounding: Rounding, en: str, zh: str) -> None:
    assert (rounding.label.en, rounding.label.zh) == (en, zh)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("half_up", "half_away_from_zero"),
        ("half_down", "half_towards_zero"),
        ("up", "away_from_zero"),
        ("down", "towards_zero"),
    ],
)
def test_the_name_of_another_system_leads_to_ours(name: str, ours: str) -> None:
    with pytest.raises(UnknownName, match=f"did you mean '{ours}'|'{ours}'"):
        Rounding(name)


@pytest.mark.parametrize("mode", ["FLOOR", None, 1])
def test_an_unknown_mode_is_refused_though_nothing_is_a_tie(mode: object) -> None:
    with pytest.raises(UnknownName, match="unknown rounding"):
        divide(7, 3, mode)  # type: ignore[arg-type]  # refused
