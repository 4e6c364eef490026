"""What a sale is to its adjustments, and what they give it, in units of the price's grain.

A price here is a pair (n, d) that means n/d units of the grain; nothing is rounded before the end.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kamcore.errors import CurrencyMismatch, InputError
from kamcore.facts import Wire
from kamcore.price._adjustments import Adjustment, FreeUnits, Gives, Stack
from kamcore.price._policy import Price
from kamcore.values import Money, Number, Ratio, Rounding, Steps, UnitPrice
from kamcore.values._currencies import decimals_of
from kamcore.values._rounding import divide

__all__ = [
    "Change", "Context", "Pair", "change_of", "changes", "decimals_of_price", "grains", "in_scope",
    "line_of", "reaches",
]  # fmt: skip

Pair = tuple[int, int]


class Context(NamedTuple):
    """What a sale is, as far as adjustments ask."""

    control: int
    decimals: int
    currency: str
    units: Number
    quantity: Pair  # the same as a pair
    on: date | None
    values: Mapping[str, Wire | None]
    rounding: Rounding | None  # where every change is rounded


class Change(NamedTuple):
    """What an adjustment gives a sale: a share of the price, or an amount for each unit."""

    adjustment: Adjustment
    is_share: bool
    over: int
    under: int
    of_sale: bool = False  # given once for the sale, as an amount or as free units


def line_of(price: Pair, context: Context, rounding: Rounding) -> Money:
    """Return the amount of the quantity at a price of a unit, rounded once to a minor unit."""
    over, under = context.quantity
    up = int(10 ** decimals_of(context.currency))
    down = price[1] * under * int(10**context.decimals)
    minor = divide(price[0] * over * up, down, rounding)
    return Money.from_minor(minor, context.currency)


def grains(price: Price) -> int:
    """Return a price in units of its grain."""
    return price.minor if isinstance(price, Money) else price.scaled


def decimals_of_price(price: Price) -> int:
    """Return the decimals of a price's grain."""
    return decimals_of(price.currency) if isinstance(price, Money) else price.decimals


def reaches(left: Pair, right: Pair) -> bool:
    """Say whether `left` is at least `right`."""
    return left[0] * right[1] >= right[0] * left[1]


# --- what an adjustment gives a sale ------------------------------------------------------


def changes(stack: Stack, context: Context) -> list[Change]:
    """Return the changes of a stack that apply to a sale, in order."""
    found: list[Change] = []
    for one in stack.adjustments:
        if in_scope(one, context) and (
            one.when is None or one.when.condition().holds(context.values)
        ):
            change = change_of(one, _step(one, context), context)
            if change.over or stack.how == "best":  # no change may be the lowest price
                found.append(change)
    return found


def in_scope(one: Adjustment, context: Context) -> bool:
    """Say whether an adjustment is for the sale's currency and day."""
    return (one.currency is None or one.currency == context.currency) and (
        one.days is None or _day(one, context) in one.days
    )


def change_of(one: Adjustment, gives: Gives, context: Context) -> Change:
    """Return what `gives` means for each unit of a sale."""
    over, under = context.quantity
    if isinstance(gives, FreeUnits):
        if under != 1:
            raise InputError(
                f"adjustment {one.name!r} gives free units and the quantity is {context.units}; "
                "pass whole units"
            )
        share = gives.share(over)
        return Change(one, True, share.numerator, share.denominator, of_sale=True)  # noqa: FBT003
    if isinstance(gives, Ratio):
        return Change(one, is_share=True, over=gives.numerator, under=gives.denominator)
    if gives.currency != context.currency:
        raise CurrencyMismatch(context.currency, gives.currency)
    if isinstance(gives, UnitPrice):
        units, decimals, over, under = gives.scaled, gives.decimals, 1, 1
    else:
        units, decimals = gives.minor, decimals_of(gives.currency)
    up = int(10 ** max(0, context.decimals - decimals))
    down = int(10 ** max(0, decimals - context.decimals))
    of_sale = isinstance(gives, Money)
    return Change(one, False, units * up * under, over * down, of_sale=of_sale)  # noqa: FBT003


def _day(one: Adjustment, context: Context) -> date:
    if context.on is None:
        raise InputError(f"adjustment {one.name!r} has days and the sale has no day; pass on=")
    return context.on


def _step(one: Adjustment, context: Context) -> Gives:
    """Return what an adjustment gives a sale, by its step where it has steps."""
    steps = one.gives
    if not isinstance(steps, Steps):
        return steps
    over, under = context.quantity
    if one.by == "quantity":
        return steps.at(context.units)
    up = int(10 ** decimals_of(context.currency))
    way = Rounding.FLOOR if steps.edge == "left" else Rounding.CEILING
    minor = divide(context.control * over * up, under * int(10**context.decimals), way)
    return steps.at(Money.from_minor(minor, context.currency))
