"""Every case that a price policy can tell apart: quantities, days, facts, currencies."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import lcm
from typing import NamedTuple

from kamcore.errors import CurrencyMismatch, InputError
from kamcore.facts._cases import Case as FactsCase
from kamcore.facts._cases import cases, count_cases
from kamcore.price._adjustments import Adjustment, FreeUnits
from kamcore.price._context import Context, decimals_of_price, grains
from kamcore.price._policy import Price, PricePolicy, TierPrice
from kamcore.values import Money, Ratio, Steps, UnitPrice
from kamcore.values._exact import exact, whole

__all__ = ["UP_TO", "Case", "Kinds", "Search", "kinds", "quantity_range"]

UP_TO = 1_000_000_000
MOST = 200_000
CURRENCIES = ("CNY", "USD", "EUR")


class Case(NamedTuple):
    """A sale of a tier at its lowest share, and what is left of the control price."""

    share: Ratio
    quantity: int
    on: date | None
    currency: str | None
    applied: tuple[Adjustment, ...]


class Kinds(NamedTuple):
    """One of every kind of facts, quantity and day that adjustments tell apart."""

    facts: tuple[FactsCase, ...]
    quantities: tuple[int, ...]
    days: tuple[date | None, ...]


class Search:
    """The cases of a policy; `tried` counts those that were looked at."""

    __slots__ = ("_policy", "_prices", "_range", "tried")

    def __init__(self, policy: PricePolicy, price: Price | None, low: int, high: int) -> None:
        self._policy, self._range = policy, (low, high)
        self._prices = ((price, None),) if price else tuple(_any_prices(policy))
        self.tried = 0

    def worst(self, rule: TierPrice) -> Case:
        """Return the case that leaves least; the first of equal ones."""
        worst = min(self._cases(rule), key=lambda case: case.share, default=None)
        if worst is None:
            low, high = self._range
            raise InputError(
                f"no sale of {low} to {high} units lies within the steps of the adjustments; "
                "pass quantity= and up_to= within them"
            )
        return worst

    def _cases(self, rule: TierPrice) -> Iterator[Case]:
        start = rule.low or rule.start
        for price, currency in self._prices:
            control = grains(price)
            first = control * start.numerator, start.denominator
            for context in self._sales(price):
                found = self._left(first, context)
                if found is None:
                    continue
                self.tried += 1
                left, applied = found
                share = Ratio(left[0], left[1] * control)
                yield Case(share, int(context.units), context.on, currency, applied)

    def _left(
        self, price: tuple[int, int], context: Context
    ) -> tuple[tuple[int, int], tuple[Adjustment, ...]] | None:
        """Return what is left of a price and why; None outside the steps of an adjustment."""
        compiled = self._policy.compiled
        applied: list[Adjustment] = []
        try:
            for chain in (compiled.on, compiled.off):
                for step in chain.steps(price, context):
                    price = step.after
                    applied.append(step.adjustment)
        except CurrencyMismatch:
            raise
        except InputError:
            return None
        return price, tuple(applied)

    def _sales(self, price: Price) -> Iterator[Context]:
        """Return one sale of every kind."""
        found = kinds(self._policy.adjustments, price, *self._range)
        for facts, count, day in product(*found):
            yield Context(
                grains(price), decimals_of_price(price), price.currency,
                count, (count, 1), day, facts, None,
            )  # fmt: skip


def _any_prices(policy: PricePolicy) -> Iterator[tuple[Price, str | None]]:
    """Return a price in every currency that adjustments name, and in one that none names."""
    named = dict.fromkeys(one.currency for one in policy.adjustments if one.currency)
    other = next((one for one in CURRENCIES if one not in named), None)
    if other is not None:
        yield UnitPrice(100, other), None
    for currency in named:
        yield UnitPrice(100, currency), currency


def quantity_range(low: int, high: int) -> tuple[int, int]:
    """Return two quantities as whole numbers, the lower first."""
    first, last = whole(low, "quantity"), whole(high, "quantity")
    if first < 1 or last < first:
        raise InputError(f"quantities from {low} to {high}; pass 1 or more, the lower first")
    return first, last


def kinds(adjustments: Sequence[Adjustment], control: Price, low: int, high: int) -> Kinds:
    """Return one of every kind; refuse more than can be tried."""
    conditions = [one.when.condition() for one in adjustments if one.when is not None]
    spans, days = _spans(adjustments, control, low, high), tuple(_days(adjustments))
    number = sum(map(len, spans)) * count_cases(conditions) * len(days)
    if number > MOST:
        raise InputError(
            f"the policy tells up to {number:,} cases apart, more than {MOST:,}; "
            "check it by its bound, for fewer quantities, or in parts"
        )
    counts = sorted({count for span in spans for count in span})
    return Kinds(tuple(cases(conditions)), tuple(counts), days)


def _spans(adjustments: Sequence[Adjustment], control: Price, low: int, high: int) -> list[range]:
    """Return the quantities at which something changes, each with its neighbours.

    Between two of them a price with an amount for the whole sale is lowest at an end. With free
    units it is so among the full blocks; so every quantity within a block of an end is tried.
    """
    marks, block = {low, high}, 1
    for one in adjustments:
        steps = one.gives
        if isinstance(steps, Steps):
            edges = [edge for edge in (steps.low, *steps.edges, steps.high) if edge is not None]
            for mark in (_mark(edge, control) for edge in edges):
                marks.update((mark - 1, mark, mark + 1))
        free = [gives for gives in one.all_gives() if isinstance(gives, FreeUnits)]
        block = lcm(block, *(gives.bought + gives.free for gives in free))
    return [
        range(max(low, mark - block + 1), min(high, mark + block - 1) + 1)
        for mark in marks
        if low <= mark <= high
    ]


def _mark(edge: object, control: Price) -> int:
    """Return the least quantity that reaches an edge."""
    over = Ratio.of(edge.amount if isinstance(edge, Money) else exact(edge))
    price = Ratio.of(control.amount if isinstance(edge, Money) else 1)
    return -(-over.numerator * price.denominator // (over.denominator * price.numerator))


def _days(adjustments: Sequence[Adjustment]) -> list[date | None]:
    """Return a day of every stretch in which the same adjustments are in force."""
    spans = [one.days for one in adjustments if one.days is not None]
    if not spans:
        return [None]
    marks = {day for span in spans for day in (span.start, span.end)}
    before = min(marks) - timedelta(days=1) if min(marks) > date.min else min(marks)
    return [*sorted({before, *marks})]
