"""Splitting a total of whole units without losing one."""

from collections.abc import Sequence
from enum import StrEnum, unique
from math import gcd, lcm

from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.values._exact import Number, whole
from kamcore.values._ratio import Ratio

__all__ = ["Split", "allocate"]


@unique
class Split(StrEnum):
    """Who gets the units that remain after every share is rounded towards zero.

    `FIRST`: one each from the first share on. `LARGEST_REMAINDER`: one each by the size of the part
    cut off, an equal one to the earlier. `LARGEST_RATIO`: one each by the size of the share.
    `REMAINDER_LAST`: an extra last line holds them. `WHOLE_BLOCKS`: only whole multiples of the
    ratios are given out, an extra last line holds the rest. A share of 0 never gets one.
    """

    FIRST = "first"
    LARGEST_REMAINDER = "largest_remainder"
    LARGEST_RATIO = "largest_ratio"
    REMAINDER_LAST = "remainder_last"
    WHOLE_BLOCKS = "whole_blocks"

    @classmethod
    def _missing_(cls, value: object) -> None:
        """Refuse a way that is not named here."""
        raise UnknownName("split", value, [way.value for way in cls])


def allocate(
    total: int, ratios: Sequence[Number | Ratio], split: Split, *, step: int = 1
) -> tuple[int, ...]:
    """Return the parts of `total` by `ratios`, in multiples of `step`; their sum is `total`.

    What is left of `total` below one `step` goes to the first part that receives a remainder (or
    into the extra line). A negative total mirrors the positive one.

    >>> allocate(100, (2, 3, 1), Split.LARGEST_REMAINDER)
    (33, 50, 17)
    """
    split = Split(split)
    weights = _weights(ratios)
    size = abs(whole(total, "total"))
    unit = whole(step, "step")
    if unit < 1:
        raise InputError(f"allocation step {step} is below 1; pass a whole number of minor units")
    steps, dust = divmod(size, unit)
    everything = sum(weights)
    if split is Split.WHOLE_BLOCKS:
        blocks = steps // everything
        parts = [blocks * weight * unit for weight in weights]
    else:
        parts = [steps * weight // everything * unit for weight in weights]
    if split in (Split.WHOLE_BLOCKS, Split.REMAINDER_LAST):
        parts.append(size - sum(parts))
    else:
        _give_remainder(parts, weights, split, steps, unit, dust)
    return tuple(parts) if total >= 0 else tuple(-part for part in parts)


def _give_remainder(  # noqa: PLR0913 - the six numbers of one formula
    parts: list[int], weights: Sequence[int], split: Split, steps: int, unit: int, dust: int
) -> None:
    everything = sum(weights)
    order = [index for index, weight in enumerate(weights) if weight]
    if split is Split.LARGEST_REMAINDER:
        order.sort(key=lambda index: -(steps * weights[index] % everything))
    elif split is Split.LARGEST_RATIO:
        order.sort(key=lambda index: -weights[index])
    left = steps - sum(parts) // unit
    for index in order[:left]:
        parts[index] += unit
    parts[order[0]] += dust


def _weights(ratios: Sequence[Number | Ratio]) -> list[int]:
    exact = [Ratio.of(ratio) for ratio in ratios]
    for ratio in exact:
        if ratio.numerator < 0:
            raise PolicyError(f"allocation ratio {ratio} is below 0; pass shares of 0 or more")
    if not any(ratio.numerator for ratio in exact):
        raise PolicyError(f"allocation ratios {tuple(map(str, exact))} are all 0; pass one above 0")
    common = lcm(*(ratio.denominator for ratio in exact))
    weights = [ratio.numerator * (common // ratio.denominator) for ratio in exact]
    shared = gcd(*weights)
    return [weight // shared for weight in weights]
