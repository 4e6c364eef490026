"""Cases of payment terms and money: rounding, and splitting a total."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import _dunning
import _limits
import _payments
import _prices
from _case import Inputs, Skipped, Translation, fraction, number, only

from kamcore.values import Ratio, Rounding, Split, allocate, round_to

SPLITS: Mapping[str, Split] = {
    **{split.value: split for split in Split},
    "brick.FloorToFirst": Split.FIRST,
    "brick.FloorToLargestRemainder": Split.LARGEST_REMAINDER,
    "brick.FloorToLargestRatio": Split.LARGEST_RATIO,
    "brick.FloorSeparate": Split.REMAINDER_LAST,
    "brick.BlockSeparate": Split.WHOLE_BLOCKS,
}


def rounding(inputs: Inputs) -> object:
    """Round to a step by a named mode; a value such as 1/3 goes through a ratio."""
    only(inputs, "value", "step", "mode")
    mode = _mode(str(inputs["mode"]))
    value, step = number(inputs["value"]), number(inputs.get("step", 1))
    if isinstance(value, Decimal) and isinstance(step, Decimal):
        return round_to(value, step, mode)
    unit = fraction(inputs.get("step", 1))
    if unit <= 0:
        raise Skipped(f"step {unit}: kamcore rounds to a step above 0")
    steps = fraction(inputs["value"]) / unit
    multiple = Ratio(steps.numerator, steps.denominator).of_units(1, mode) * unit
    return Ratio(multiple.numerator, multiple.denominator)


def allocation(inputs: Inputs) -> object:
    """Split a total of minor units by ratios under a named policy."""
    only(inputs, "total", "ratios", "policy", "step")
    policy = str(inputs["policy"])
    if policy not in SPLITS:
        raise Skipped(f"policy {policy}: kamcore splits by {', '.join(Split)}")
    ratios = inputs["ratios"]
    if not isinstance(ratios, Sequence) or isinstance(ratios, str):
        raise TypeError(f"ratios {ratios!r} are no list")
    total, step = number(inputs["total"]), number(inputs.get("step", 1))
    if not isinstance(total, Decimal) or total % 1 or not isinstance(step, Decimal) or step % 1:
        raise Skipped("a total or step below one minor unit: kamcore splits whole minor units")
    given = [number(ratio) for ratio in ratios]
    return allocate(int(total), given, SPLITS[policy], step=int(step))


def _mode(name: str) -> Rounding:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])|[-\s]+", "_", name).lower()
    word = re.sub(r"toward(?!s)", "towards", snake)
    if word not in set(Rounding):
        raise Skipped(f"rounding mode {name}: kamcore rounds by {', '.join(Rounding)}")
    return Rounding(word)


KINDS: Mapping[str, Translation] = {
    "rounding": rounding,
    "allocation": allocation,
    **_dunning.KINDS,
    **_limits.KINDS,
    **_payments.KINDS,
    **_prices.KINDS,
}
