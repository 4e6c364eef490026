"""Quantities at which buying more costs less."""

from itertools import product

from attrs import field, frozen

from kamcore.decision import Reason
from kamcore.errors import CurrencyMismatch, InputError
from kamcore.price._context import Context, Pair, decimals_of_price, grains, line_of
from kamcore.price._policy import Price, PricePolicy, TierPrice, as_price
from kamcore.price._says import CLIFF
from kamcore.price._search import UP_TO, kinds, quantity_range
from kamcore.values import Label, Money, MoneyLike, Ratio
from kamcore.values._checks import expect
from kamcore.values._rounding import divide

__all__ = ["Cliff", "find_cliffs"]


@frozen(order=False)
class Cliff:
    """A quantity whose line costs less than that of one unit fewer."""

    tier: str = field()
    quantity: int = field()
    line: Money = field()
    line_before: Money = field()
    label: Label = field()


def find_cliffs(
    policy: PricePolicy, *, control: Price | MoneyLike, quantity: int = 1, up_to: int = UP_TO
) -> tuple[Cliff, ...]:
    """Return where one unit more makes the invoice line smaller, for whole quantities.

    Every tier is asked at its own start, in every case that the conditions and days of adjustments
    tell apart; each tier and quantity is told once, with the greatest fall. A line that falls by
    the rounding of its unit price alone is no cliff. A fall that comes back with every block of
    free units is told within a block of where a step begins or ends. Raises `InputError` for a
    control price that is not above 0, for quantities that are no range, and where there are more
    cases than can be tried, and `CurrencyMismatch` for an amount in another currency.
    """
    expect("policy", policy, PricePolicy)
    price = as_price(control)
    low, high = quantity_range(quantity, up_to)
    invoiced = [one for one in policy.adjustments if not one.off_invoice]
    facts, counts, days = kinds(invoiced, price, low, high)
    found: dict[tuple[str, int], Cliff] = {}
    for rule, values, day, count in product(policy.tiers, facts, days, counts):
        sale = Context(
            grains(price), decimals_of_price(price), price.currency,
            count, (count, 1), day, values, None,
        )  # fmt: skip
        cliff = _cliff(rule, policy, sale) if count > low else None
        if cliff is not None:
            known = found.get((rule.tier, count), cliff)
            found[rule.tier, count] = max(known, cliff, key=_fall)
    order = [one.tier for one in policy.tiers]
    return tuple(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1])))


def _fall(cliff: Cliff) -> int:
    return cliff.line_before.minor - cliff.line.minor


def _cliff(rule: TierPrice, policy: PricePolicy, sale: Context) -> Cliff | None:
    """Return the cliff at a sale's quantity, None where there is none."""
    count = sale.quantity[0]
    fewer = sale._replace(units=count - 1, quantity=(count - 1, 1))
    try:
        (exact_before, before), (exact, line) = (_line(rule, policy, one) for one in (fewer, sale))
    except CurrencyMismatch:
        raise
    except InputError:  # outside the steps of an adjustment
        return None
    if exact < Ratio(0) or not (exact < exact_before and line < before):
        return None
    said = Reason.of(CLIFF, rule.label, count, line, count - 1, before)
    return Cliff(rule.tier, count, line, before, Label(said.text("en"), said.text("zh")))


def _line(rule: TierPrice, policy: PricePolicy, sale: Context) -> tuple[Ratio, Money]:
    """Return the invoice line in exact units of the grain, and as it is written."""
    start: Pair = sale.control * rule.start.numerator, rule.start.denominator
    chain, each = policy.compiled.on, policy.rounded == "each_change"
    over, under = chain.after(start, sale)
    rounded = sale._replace(rounding=policy.rounding) if each else sale
    price = chain.after(start, rounded)
    if each or not any(step.of_sale for step in chain.steps(start, sale)):
        price = divide(*price, policy.rounding), 1
    return Ratio(over * sale.quantity[0], under), line_of(price, sale, policy.rounding)
