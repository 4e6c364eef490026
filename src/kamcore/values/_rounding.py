"""Rounding is always a named argument: ten modes, one integer division."""

from decimal import Decimal
from enum import StrEnum, unique
from typing import Literal

from kamcore.errors import InputError, UnknownName
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

    @classmethod
    def _missing_(cls, value: object) -> None:
        """Refuse a mode that is not named here; other systems' names lead to ours."""
        ours = _ELSEWHERE.get(value) if isinstance(value, str) else None
        known = [mode.value for mode in cls] if ours is None else [ours]
        raise UnknownName("rounding", value, known)

    @property
    def label(self) -> Label:
        """The mode in words."""
        return Label(_EN[self.value], _ZH[self.value])


_ELSEWHERE = {
    "half_up": "half_away_from_zero",
    "half_down": "half_towards_zero",
    "up": "away_from_zero",
    "down": "towards_zero",
}
_EN = {
    "ceiling": "rounded up",
    "floor": "rounded down",
    "away_from_zero": "rounded away from zero",
    "towards_zero": "rounded towards zero",
    "half_ceiling": "rounded to the nearest, a half up",
    "half_floor": "rounded to the nearest, a half down",
    "half_away_from_zero": "rounded to the nearest, a half away from zero",
    "half_towards_zero": "rounded to the nearest, a half towards zero",
    "half_even": "rounded to the nearest, a half to even",
    "half_odd": "rounded to the nearest, a half to odd",
}
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
        raise InputError(f"{numerator} is divided by 0; pass a denominator other than 0")
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    low, rest = divmod(numerator, denominator)
    if rest == 0:
        return low
    return low + _goes_up(low, rest * 2 - denominator, rounding)


def _goes_up(low: int, beyond_half: int, rounding: Rounding) -> bool:
    """Say whether a number strictly between `low` and `low + 1` goes up."""
    whole_way = _DIRECTED.get(rounding)
    if whole_way is None and rounding not in _TIES:
        rounding = Rounding(rounding)  # raises, with the mend
    if whole_way is None and beyond_half:
        return beyond_half > 0
    way = whole_way or _TIES[rounding]
    if way in ("even", "odd"):
        return (low % 2 == 1) is (way == "even")
    if way in ("out", "in"):
        return (low >= 0) is (way == "out")
    return way == "up"


Way = Literal["up", "down", "out", "in", "even", "odd"]
_DIRECTED: dict[Rounding, Way] = {
    Rounding.CEILING: "up",
    Rounding.FLOOR: "down",
    Rounding.AWAY_FROM_ZERO: "out",
    Rounding.TOWARDS_ZERO: "in",
}
_TIES: dict[Rounding, Way] = {
    Rounding.HALF_CEILING: "up",
    Rounding.HALF_FLOOR: "down",
    Rounding.HALF_AWAY_FROM_ZERO: "out",
    Rounding.HALF_TOWARDS_ZERO: "in",
    Rounding.HALF_EVEN: "even",
    Rounding.HALF_ODD: "odd",
}


def round_to(value: Decimal | int, step: Decimal | int, rounding: Rounding) -> Decimal:
    """Return the multiple of `step` that `rounding` picks for `value`.

    >>> round_to(Decimal("10.455"), Decimal("0.01"), Rounding.HALF_EVEN)
    Decimal('10.46')
    """
    number, unit = exact(value, "value"), exact(step, "step")
    if unit <= 0:
        raise InputError(
            f"rounding step {step} is not above 0; pass the smallest unit, such as Decimal('0.01')"
        )
    places = max(0, -int(unit.as_tuple().exponent))
    decimals = max(places, -int(number.as_tuple().exponent))
    scaled = to_scaled(unit, decimals)
    multiple = divide(to_scaled(number, decimals), scaled, rounding) * to_scaled(unit, places)
    return from_scaled(multiple, places)
