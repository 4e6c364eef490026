"""Quantities at which buying more costs less."""

from datetime import date
from itertools import product

from attrs import field, frozen

from kamcore.decision import Reason
from kamcore.facts._cases import Case as FactsCase
from kamcore.facts._cases import cases
from kamcore.price._context import Context, Pair, decimals_of_price, grains, line_of
from kamcore.price._policy import Price, PricePolicy, as_price
from kamcore.price._says import CLIFF
from kamcore.price._search import UP_TO, days, quantities
from kamcore.values import Label, Money, MoneyLike
from kamcore.values._rounding import divide
from kamcore.values._words import tier_label

__all__ = ["Cliff", "find_cliffs"]


@frozen(order=False)
class Cliff:
    """A quantity whose line costs less than that of one unit fewer."""

    tier: str = field()
    quantity: int = field()
    line: Money = field()
    line_before: Money = field()

    @property
    def label(self) -> Label:
        """The cliff in words."""
        tier = tier_label(self.tier)
        said = Reason.of(CLIFF, tier, self.quantity, self.line, self.quantity - 1, self.line_before)
        return Label(said.text("en"), said.text("zh"))


def find_cliffs(
    policy: PricePolicy, *, control: Price | MoneyLike, quantity: int = 1, up_to: int = UP_TO
) -> tuple[Cliff, ...]:
    """Return where one unit more makes the invoice line smaller, for whole quantities.

    Every tier is asked at its own start, in every case that the conditions and days of adjustments
    tell apart; each tier and quantity is told once, with the greatest fall. The end of a cliff lies
    where the steps of an adjustment change.
    """
    price = as_price(control)
    conditions = [one.when.condition() for one in policy.adjustments if one.when is not None]
    found: dict[tuple[str, int], Cliff] = {}
    counts = [count for count in quantities(policy, price, quantity, up_to) if count > quantity]
    rounding = policy.rounding if policy.rounded == "each_change" else None
    for values, day, rule in product(cases(conditions), days(policy), policy.tiers):
        start = grains(price) * rule.start.numerator, rule.start.denominator

        def line(
            units: int, start: Pair = start, day: date | None = day, values: FactsCase = values
        ) -> Money:
            context = Context(
                grains(price), decimals_of_price(price), price.currency,
                units, (units, 1), day, values, rounding,
            )  # fmt: skip
            unit = divide(*policy.compiled.on.after(start, context), policy.rounding)
            return line_of(unit, context, policy.rounding)

        for count in counts:
            cliff = Cliff(rule.tier, count, line(count), line(count - 1))
            known = found.get((rule.tier, count))
            if _fall(cliff).minor > (0 if known is None else _fall(known).minor):
                found[rule.tier, count] = cliff
    order = [one.tier for one in policy.tiers]
    return tuple(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1])))


def _fall(cliff: Cliff) -> Money:
    return cliff.line_before - cliff.line
