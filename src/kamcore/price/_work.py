"""The compiled form of a price policy: tiers by name, and chains of stacks."""

from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

from kamcore.decision import Reason
from kamcore.facts import Needs
from kamcore.price._adjustments import Adjustment, Stack
from kamcore.price._context import Change, Context, Pair, changes, reaches
from kamcore.price._policy import PricePolicy, TierPrice
from kamcore.price._says import COUNTED_AS_TAKEN, NET_FLOOR
from kamcore.values import Ratio
from kamcore.values._rounding import divide
from kamcore.values._words import joined

__all__ = ["Applied", "Chain", "Compiled", "TierRow"]

Bound = Pair | None


class Applied(NamedTuple):
    """A change as it happened: by how much, and the price after it."""

    adjustment: Adjustment
    change: Pair
    after: Pair
    of_sale: bool


Fixed = tuple[Bound, Bound, Bound]


class TierRow(NamedTuple):
    """The bounds of a tier, as shares of the control price.

    `fixed` is there where nothing depends on the sale and no bound is rounded but once: the share
    that leaves exactly the floor, the lowest and the highest that the invoice price may be.
    """

    rule: TierPrice
    low: Bound
    high: Bound
    floor: Bound
    start: Pair
    fixed: Fixed | None


class Compiled:
    """The compiled form of a price policy."""

    __slots__ = ("conventions", "leaves_open", "needs", "off", "on", "tiers")

    def __init__(self, policy: PricePolicy) -> None:
        fields, fixed = policy.fields, policy.rounded == "price"
        self.needs = Needs(fields) if len(fields) else None
        on = tuple(stack for stack in policy.stacks if not stack.off_invoice)
        off = tuple(stack for stack in policy.stacks if stack.off_invoice)
        self.on, self.off = Chain(on, fixed=fixed), Chain(off, fixed=fixed)
        self.tiers = {one.tier: self._row(one) for one in policy.tiers}
        self.conventions = _conventions(policy)
        sources = [one.source for one in policy.tiers]
        sources += [one.source for one in policy.adjustments]
        self.leaves_open = any(one is not None and one.mark == "form" for one in sources)

    def _row(self, rule: TierPrice) -> TierRow:
        low, high, floor = _pair(rule.low), _pair(rule.high), _pair(rule.net_floor)
        return TierRow(rule, low, high, floor, pair_of(rule.start), self._fixed(rule))

    def _fixed(self, rule: TierPrice) -> Fixed | None:
        """Return the bounds of a tier whose chains are one share each."""
        if self.on.share is None or self.off.share is None or rule.exact:
            return None
        low, high, floor = _pair(rule.low), _pair(rule.high), _pair(rule.net_floor)
        least = (0, 1) if floor is None else self.off.before(floor, None)
        lowest = None if floor is None else least
        if low is not None and lowest is not None:
            start = self.on.after(low, None)
            lowest = lowest if reaches(lowest, start) else start
        return least, lowest, None if high is None else self.on.after(high, None)


def _conventions(policy: PricePolicy) -> tuple[Reason, ...]:
    """Return what the floor is held to, and that the customer's choices are counted as taken."""
    own = any(one.floor is None and one.low is not None for one in policy.tiers)
    found = [Reason.of(NET_FLOOR)] if policy.stacks and own else []
    taken = [one.label for one in policy.adjustments if one.optional]
    if taken:
        found.append(Reason.of(COUNTED_AS_TAKEN, joined(taken)))
    return tuple(found)


def pair_of(ratio: Ratio) -> Pair:
    """Return a ratio as a pair."""
    return ratio.numerator, ratio.denominator


def _pair(ratio: Ratio | None) -> Bound:
    return None if ratio is None else pair_of(ratio)


# --- a chain of stacks --------------------------------------------------------------------


class Chain:
    """Stacks one after another: a price through them, and back.

    Where nothing depends on the sale, the whole chain is one share.
    """

    __slots__ = ("share", "stacks")

    def __init__(self, stacks: tuple[Stack, ...], *, fixed: bool) -> None:
        self.stacks = stacks
        self.share = _fixed_share(stacks) if fixed else None

    def after(self, price: Pair, context: Context | None) -> Pair:
        """Return the price after the chain; `context` is None for a chain that is one share."""
        if context is None:
            over, under = self.share or (1, 1)
            return price[0] * over, price[1] * under
        steps = self.steps(price, context)
        return steps[-1].after if steps else price

    def before(self, target: Pair, context: Context | None, *, spare: int = 0) -> Pair | None:
        """Return the least price that leads to `target` or more; None if none does.

        With `spare` of 1 it still does where every change is rounded by less than a unit.
        """
        if context is not None:
            return _before(self.stacks, context, target, spare)
        over, under = self.share or (1, 1)
        return (target[0] * under, target[1] * over) if over else None

    def steps(self, price: Pair, context: Context) -> list[Applied]:
        """Return every change on the way."""
        rows: list[Applied] = []
        for stack in self.stacks:
            found = changes(stack, context)
            if stack.how == "best" and found:
                ends = [_apply(one, price, price, context) for one in found]
                best = min(ends, key=lambda row: Ratio(*row.after))
                price = best.after
                if best.change[0]:
                    rows.append(best)
                continue
            base = price
            for one in found:
                row = _apply(one, base if stack.how == "add" else price, price, context)
                rows.append(row)
                price = row.after
        return rows


def _fixed_share(stacks: tuple[Stack, ...]) -> Pair | None:
    """Return the share that stacks leave of every price, if they do not depend on the sale."""
    over, under = 1, 1
    for stack in stacks:
        shares: list[Ratio] = []
        for one in stack.adjustments:
            bare = one.when is None and one.days is None and one.currency is None
            if not (bare and isinstance(one.gives, Ratio)):
                return None
            shares.append(one.gives)
        if stack.how == "best":
            shares = [min(shares)]
        if stack.how == "add":
            total = Ratio(1)
            for share in shares:
                total += share
            over, under = over * total.numerator, under * total.denominator
        else:
            for share in shares:
                over *= share.denominator + share.numerator
                under *= share.denominator
    common = gcd(over, under)
    return over // common, under // common


def _apply(one: Change, base: Pair, price: Pair, context: Context) -> Applied:
    over, under = one.over, one.under
    if one.is_share:
        over, under = over * base[0], under * base[1]
    if context.rounding is not None:
        over, under = divide(over, under, context.rounding), 1
    n, d = price
    after = (n + over, d) if under == d else (n * under + over * d, d * under)
    common = gcd(*after)
    if common > 1:
        after = after[0] // common, after[1] // common
    return Applied(one.adjustment, (over, under), after, of_sale=one.of_sale)


def _before(stacks: tuple[Stack, ...], context: Context, target: Pair, spare: int) -> Pair | None:
    for stack in reversed(stacks):
        found = changes(stack, context)
        if stack.how == "best":
            starts = [_undo([one], target, spare) for one in found] or [target]
            if any(start is None for start in starts):
                return None
            target = max((start for start in starts if start), key=lambda one: Ratio(*one))
            continue
        groups = [found] if stack.how == "add" else [[one] for one in reversed(found)]
        for group in groups:
            start = _undo(group, target, spare)
            if start is None:
                return None
            target = start
    return target


def _undo(found: Sequence[Change], target: Pair, spare: int) -> Pair | None:
    """Return the price from which changes of one base lead to `target`."""
    n, d = target[0] + spare * len(found) * target[1], target[1]
    share = Ratio(1)
    for one in found:
        if one.is_share:
            share += Ratio(one.over, one.under)
        else:
            n, d = n * one.under - one.over * d, d * one.under
    if share.numerator == 0:
        return (0, 1) if n <= 0 else None
    return n * share.denominator, d * share.numerator
