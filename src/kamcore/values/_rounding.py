"""Rounding is always a named argument: ten modes, one integer division."""

from decimal import Decimal
from enum import StrEnum, unique
from typing import assert_never

from kamcore.errors import InputError
from kamcore.values._exact import exact, from_scaled, to_scaled
from kamcore.values._text import Label

__all__ = ["Rounding", "divide", "round_to"]


@unique
class Rounding(StrEnum):
    """How a number between two units becomes one of them.

    `CEILING` and `FLOOR` go up and down on the number line, `AWAY_FROM_ZERO` and `TOWARDS_ZERO` by
    size; the `HALF_` modes go to the nearest unit and differ only in a tie.
    """

    CEILING = "ceiling"
    FLOOR = "floor"
    AWAY_FROM_ZERO = "away_from_zero"
    TOWARDS_ZERO = "towards_zero"
    HALF_CEILING = "half_ceiling"
    HALF_FLOOR = "half_floor"
    HALF_AWAY_FROM_ZERO = "half_away_from_zero"
    HALF_TOWARDS_ZERO = "half_towards_zero"
    HALF_EVEN = "half_even"
    HALF_ODD = "half_odd"

    @property
    def label(self) -> Label:
        """The mode in words."""
        return Label(f"rounded {self.value.replace('_', ' ')}", _ZH[self.value])


_ZH = {
    "ceiling": "向上取整",
    "floor": "向下取整",
    "away_from_zero": "远离零取整",
    "towards_zero": "向零取整",
    "half_ceiling": "四舍五入，恰为一半时向上",
    "half_floor": "四舍五入，恰为一半时向下",
    "half_away_from_zero": "四舍五入",
    "half_towards_zero": "四舍五入，恰为一半时舍去",
    "half_even": "四舍五入，恰为一半时取偶数",
    "half_odd": "四舍五入，恰为一半时取奇数",
}


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Return `numerator / denominator` rounded to a whole number.

    >>> divide(-25, 10, Rounding.HALF_AWAY_FROM_ZERO)
    -3
    """
    if denominator == 0:
        msg = f"{numerator} is divided by 0; pass a denominator other than 0"
        raise InputError(msg)
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    low, rest = divmod(numerator, denominator)
    if rest == 0:
        return low
    return low + _goes_up(low, rest * 2 - denominator, rounding)


def _goes_up(low: int, beyond_half: int, rounding: Rounding) -> bool:
    """Say whether a number strictly between `low` and `low + 1` goes up."""
    match rounding:
        case Rounding.CEILING:
            return True
        case Rounding.FLOOR:
            return False
        case Rounding.AWAY_FROM_ZERO:
            return low >= 0
        case Rounding.TOWARDS_ZERO:
            return low < 0
    if beyond_half:
        return beyond_half > 0
    match rounding:
        case Rounding.HALF_CEILING:
            return True
        case Rounding.HALF_FLOOR:
            return False
        case Rounding.HALF_AWAY_FROM_ZERO:
            return low >= 0
        case Rounding.HALF_TOWARDS_ZERO:
            return low < 0
        case Rounding.HALF_EVEN:
            return low % 2 == 1
        case Rounding.HALF_ODD:
            return low % 2 == 0
        case _:
            assert_never(rounding)


def round_to(value: Decimal | int, step: Decimal | int, rounding: Rounding) -> Decimal:
    """Return the multiple of `step` that `rounding` picks for `value`.

    >>> round_to(Decimal("10.455"), Decimal("0.01"), Rounding.HALF_EVEN)
    Decimal('10.46')
    """
    number, unit = exact(value, "value"), exact(step, "step")
    if unit <= 0:
        msg = (
            f"rounding step {step} is not above 0; pass the smallest unit, such as Decimal('0.01')"
        )
        raise InputError(msg)
    places = max(0, -int(unit.as_tuple().exponent))
    decimals = max(places, -int(number.as_tuple().exponent))
    scaled = to_scaled(unit, decimals)
    multiple = divide(to_scaled(number, decimals), scaled, rounding) * to_scaled(unit, places)
    return from_scaled(multiple, places)
