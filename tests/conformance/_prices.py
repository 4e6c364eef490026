"""Cases of prices: a list price, what is taken off it, and where it is rounded."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, cast

from _case import Inputs, Skipped, Translation, number, only

from kamcore.price import Adjustment, Gives, PricePolicy, Sale, Stack, TierPrice, quote_price
from kamcore.values import Ratio, Rounding, UnitPrice
from kamcore.values._exact import decimals_in

CURRENCY, TIER = "CNY", "all"
WHERE: Mapping[str, Literal["price", "each_change"]] = {
    "price": "price",
    "discount": "each_change",
}
DECIMAL_NAMES: Mapping[str, str] = {"down": "towards_zero", "up": "away_from_zero"}
"""Modes that the module decimal names by size."""


def price_adjust(inputs: Inputs) -> object:
    """Take shares and amounts off a list price, each of the price that the one before left."""
    only(inputs, "list_price", "adjustments", "rounding")
    rounding = _mapping(inputs["rounding"])
    only(rounding, "step", "mode", "round")
    where = str(rounding["round"])
    if where not in WHERE:
        raise Skipped(f"rounding of the {where}: kamcore rounds the {' or each '.join(WHERE)}")
    decimals = _decimals(rounding["step"])
    given = cast("Sequence[object]", inputs["adjustments"])
    stacks = [Stack("compound", tuple(_adjustment(at, one) for at, one in enumerate(given)))]
    policy = PricePolicy(
        tiers=(TierPrice(TIER, high=Ratio(1)),),
        rounding=_rounding(str(rounding["mode"]), where),
        rounded=WHERE[where],
        stacks=tuple(stacks if given else ()),
    )
    control = UnitPrice(_decimal(inputs["list_price"]), CURRENCY, decimals)
    price = quote_price(Sale(TIER, control), policy).value.unit
    discount = UnitPrice.from_scaled(control.scaled - _scaled(price), decimals, CURRENCY)
    return {"price": price.amount, "discount": discount.amount}


def _rounding(name: str, where: str) -> Rounding:
    """Return the mode; one for a discount is turned round, as its change is below 0."""
    from _terms import _mode  # noqa: PLC0415 - it lists this module

    mode = _mode(DECIMAL_NAMES.get(name, name))
    turned = {"ceiling": "floor", "floor": "ceiling"}
    words = mode.value.split("_")
    if where == "discount" and words[-1] in turned:
        return Rounding("_".join((*words[:-1], turned[words[-1]])))
    return mode


def _adjustment(place: int, raw: object) -> Adjustment:
    one = _mapping(raw)
    only(one, "type", "value")
    kind, value = str(one["type"]), _decimal(one["value"])
    gives: Mapping[str, Gives] = {
        "percent_off": Ratio.percent(-value),
        "percent_on": Ratio.percent(value),
        "amount_off": UnitPrice(-value, CURRENCY),
        "amount_on": UnitPrice(value, CURRENCY),
    }
    if kind not in gives:
        raise Skipped(f"adjustment {kind}: kamcore adjusts by {', '.join(gives)}")
    return Adjustment(f"{place + 1} {kind}", gives[kind])


def _decimals(raw: object) -> int:
    """Return how many decimals a step has; it is one of ten to a power."""
    step = _decimal(raw)
    decimals = decimals_in(step)
    if step != Decimal(1).scaleb(-decimals):
        raise Skipped(f"step {step}: kamcore rounds a price to its decimals")
    return decimals


def _decimal(raw: object) -> Decimal:
    found = number(raw)
    if not isinstance(found, Decimal):
        raise Skipped(f"{raw}: kamcore's prices are decimals")
    return found


def _scaled(price: object) -> int:
    return cast("UnitPrice", price).scaled


def _mapping(raw: object) -> Inputs:
    return cast("Inputs", raw)


KINDS: Mapping[str, Translation] = {"price_adjust": price_adjust}
