"""Every case that a price policy can tell apart: quantities, days, facts."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from kamcore.errors import InputError
from kamcore.facts._cases import Case as FactsCase
from kamcore.facts._cases import cases, count_cases
from kamcore.price._adjustments import Adjustment, FreeUnits
from kamcore.price._context import Context, decimals_of_price, grains
from kamcore.price._policy import Price, PricePolicy, TierPrice
from kamcore.values import Money, Ratio, Steps, UnitPrice
from kamcore.values._exact import exact

__all__ = ["UP_TO", "Case", "Search", "days", "quantities"]

UP_TO = 1_000_000_000
MOST = 200_000
ANY_PRICE = UnitPrice(100, "CNY")


class Case(NamedTuple):
    """A sale of a tier at its lowest share, and what is left of the control price."""

    share: Ratio
    quantity: int
    on: date | None
    applied: tuple[Adjustment, ...]


class Search:
    """The cases of a policy; `tried` counts those that were looked at."""

    __slots__ = ("_contexts", "_policy", "_price", "tried")

    def __init__(self, policy: PricePolicy, price: Price | None, low: int, high: int) -> None:
        if low < 1 or high < low:
            raise InputError(f"quantities from {low} to {high}; pass 1 or more, the lower first")
        self._policy, self._price = policy, price or ANY_PRICE
        self._contexts = tuple(quantities(policy, self._price, low, high)), tuple(days(policy))
        self.tried = 0

    def worst(self, rule: TierPrice) -> Case:
        """Return the case that leaves least; the first of equal ones."""
        return min(self._cases(rule), key=lambda case: case.share)

    def _cases(self, rule: TierPrice) -> Iterator[Case]:
        compiled = self._policy.compiled
        start = rule.low or rule.start
        control = grains(self._price)
        for context in self._all():
            price = control * start.numerator, start.denominator
            applied: list[Adjustment] = []
            for chain in (compiled.on, compiled.off):
                for step in chain.steps(price, context):
                    price = step.after
                    applied.append(step.adjustment)
            self.tried += 1
            share = Ratio(price[0], price[1] * control)
            yield Case(share, int(context.units), context.on, tuple(applied))

    def _all(self) -> Iterator[Context]:
        """Return one sale of every kind."""
        conditions = [one.when.condition() for one in self._policy.adjustments if one.when]
        counts, on = self._contexts
        number = count_cases(conditions) * len(counts) * len(on)
        if number > MOST:
            raise InputError(
                f"the policy tells {number:,} cases apart, more than {MOST:,}; "
                "check it by its bound, or in parts"
            )
        facts: list[FactsCase] = list(cases(conditions))
        price = self._price
        for values, count, day in product(facts, counts, on):
            yield Context(
                grains(price), decimals_of_price(price), price.currency,
                count, (count, 1), day, values, None,
            )  # fmt: skip


def quantities(policy: PricePolicy, control: Price, low: int, high: int) -> list[int]:
    """Return the quantities at which something changes, and their neighbours."""
    marks = {low, high}
    for one in policy.adjustments:
        if isinstance(one.gives, Steps):
            for edge in one.gives.edges:
                mark = _mark(edge, control)
                marks.update((mark - 1, mark, mark + 1))
        for gives in one.all_gives():
            if isinstance(gives, FreeUnits):
                block = gives.bought + gives.free
                marks.update({-(-mark // block) * block for mark in marks})
    return sorted(mark for mark in marks if low <= mark <= high)


def _mark(edge: object, control: Price) -> int:
    """Return the least quantity that reaches an edge."""
    over = Ratio.of(edge.amount if isinstance(edge, Money) else exact(edge))
    price = Ratio.of(control.amount if isinstance(edge, Money) else 1)
    return -(-over.numerator * price.denominator // (over.denominator * price.numerator))


def days(policy: PricePolicy) -> list[date | None]:
    """Return a day of every stretch in which the same adjustments are in force."""
    spans = [one.days for one in policy.adjustments if one.days is not None]
    if not spans:
        return [None]
    marks = {day for span in spans for day in (span.start, span.end)}
    before = min(marks) - timedelta(days=1) if min(marks) > date.min else min(marks)
    return [*sorted({before, *marks})]
