"""The same policies as expressions over a dataframe: test-only, built from policy values alone.

How to read it
--------------
`frame_of` puts a book into a frame as kamcore itself sees it: one Int64 column for each number,
amount, ratio or date in units of its field's grain (money in minor units), Boolean for a flag,
String for a word, null for a missing fact, and the account id. Every other function takes a policy
(or a part of it) and returns one expression that answers for all rows at once:

    points_of(item, decimals)    points of one item, in units of 10^-decimals; null where missing
    total_of(card)               total points, in the same units; null where there is no score
    holds(condition, if_missing) true or false; never null
    winner_of(table, on)         name of the rule of a table that wins on a day; null where none
    possible_in(table, on)       whether some rule could hold on a day if missing facts were known
    tier_by_rules(policy)        name of the tier; null where it is undecided
    tier_by_bands(policy, card)  name of the tier of the column `total`
    tier_by_cuts(cuts, card)     name of the tier of the column `total`, the ranking keys and the
                                 account id; null where the account is not ranked
    applies(adjustment)          whether an adjustment of a price applies; never null
    left_out(adjustment)         whether a missing fact alone keeps it from applying; never null
    bounds_of(rule, rounding)    lowest and highest price for the column `control`, both in units
                                 of the control price's grain; null where the tier has no bound
    stock_by(policy)             "allowed" or "refused" for stock within the limit of consignment;
                                 null where it is undecided

Nothing here asks kamcore for an answer. What is read are the values that a policy is made of:
edges, points, options, cut points, and `field.take`, which turns an edge into the wire value of its
column. So a difference between a frame and kamcore is a fault of one of the two.

Rules that keep an engine exact, whatever it is: every literal has its dtype; a comparison is filled
(`fill_null`) before it is combined, for null is neither true nor false; `&` and `|` are written
out; division is `//` of small Int64 numbers, and never a float.
"""

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import product
from operator import add, and_, or_

import narwhals.stable.v2 as nw
import polars as pl

from kamcore.credit import ConsignmentLimit
from kamcore.facts import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Facts,
    Field,
    Fields,
    FlagField,
    FlagIs,
    Leaf,
    OneOf,
    OrderedField,
    Presence,
    RuleTable,
    TableRule,
    TreeField,
    Under,
)
from kamcore.price import Adjustment, TierPrice
from kamcore.score import BandItem, CategoryItem, EnteredItem, Item, PerUnitItem, Scorecard
from kamcore.tier import Cut, CutPoints, TierBands, TierQuota, TierRules
from kamcore.values import Ratio, Rounding

__all__ = [
    "ACCOUNT",
    "always",
    "applies",
    "below",
    "bounds_of",
    "frame_of",
    "holds",
    "left_out",
    "never",
    "one_of",
    "points_of",
    "possible_in",
    "stock_by",
    "text",
    "tier_by_bands",
    "tier_by_cuts",
    "tier_by_rules",
    "total_of",
    "winner_of",
]

ACCOUNT = "account"
TOTAL = "total"
CONTROL = "control"


# --- the frame --------------------------------------------------------------------------------


def frame_of(book: Iterable[Facts], fields: Fields) -> nw.DataFrame[pl.DataFrame]:
    """Return a book as columns of wire values."""
    rows = tuple(book)
    columns = {ACCOUNT: pl.Series([facts.account for facts in rows], dtype=pl.String)}
    for field in fields:
        wires = [facts.values[field.name] for facts in rows]
        columns[field.name] = pl.Series(wires, dtype=_column_type(field))
    return nw.from_native(pl.DataFrame(columns), eager_only=True)


def _column_type(field: Field) -> type[pl.DataType]:
    if isinstance(field, OrderedField):
        return pl.Int64
    return pl.Boolean if isinstance(field, FlagField) else pl.String


def whole(number: int) -> nw.Expr:
    """Return an Int64 literal."""
    return nw.lit(number, dtype=nw.Int64())


def text(word: str | None) -> nw.Expr:
    """Return a String literal."""
    return nw.lit(word, dtype=nw.String())


def truth(value: bool) -> nw.Expr:
    """Return a Boolean literal."""
    return nw.lit(value, dtype=nw.Boolean())


def scaled(number: int | Decimal, decimals: int) -> int:
    """Return points in units of 10^-decimals."""
    return int(Decimal(number) * 10**decimals)


def filled(condition: nw.Expr, value: bool = False) -> nw.Expr:  # noqa: FBT002 - as above
    """Return a condition that is `value` where it would be null."""
    return condition.fill_null(truth(value))


# --- scores -----------------------------------------------------------------------------------


def points_of(item: Item, decimals: int) -> nw.Expr:
    """Return the points of an item; null where its fact is missing."""
    fact = nw.col(item.fact.name)
    return nw.when(~fact.is_null()).then(_points_of_known(item, fact, decimals))


def _points_of_known(item: Item, fact: nw.Expr, decimals: int) -> nw.Expr:
    match item:
        case BandItem(steps=steps):
            points = whole(scaled(steps.values[0], decimals))
            for edge, value in zip(steps.edges, steps.values[1:], strict=True):
                mark = whole(int(item.fact.take(edge)))
                above = fact >= mark if steps.edge == "left" else fact > mark
                points = (
                    nw.when(filled(above)).then(whole(scaled(value, decimals))).otherwise(points)
                )
            return points
        case CategoryItem(options=options):
            points = whole(0)
            for option, value in options:
                chosen = filled(fact == text(option))
                points = nw.when(chosen).then(whole(scaled(value, decimals))).otherwise(points)
            return points
        case PerUnitItem(each=each, per=per, cap=cap):
            units = fact // whole(int(item.fact.take(per)))
            points = units * whole(scaled(each, decimals))
            most = whole(scaled(cap, decimals))
            capped = nw.when(filled(points > most)).then(most).otherwise(points)
            return nw.when(filled(fact > whole(0))).then(capped).otherwise(whole(0))
        case EnteredItem():
            finer = decimals - item.fact.decimals  # type: ignore[attr-defined]
            return fact * whole(10**finer)
        case _:
            raise AssertionError(item)


def total_of(card: Scorecard) -> nw.Expr:
    """Return the total in units of 10^-decimals; null where there is no score."""
    parts, left_out = [], [whole(0)]
    for item in card.items:
        points = points_of(item, card.decimals)
        if item.missing == "left_out":
            gone = nw.col(item.fact.name).is_null()
            most = whole(scaled(item.maximum, card.decimals))
            left_out.append(nw.when(gone).then(most).otherwise(whole(0)))
            points = points.fill_null(whole(0))
        elif item.missing != "undecided":
            points = points.fill_null(whole(scaled(item.missing, card.decimals)))
        parts.append(points)
    total, out = reduce(add, parts), reduce(add, left_out)
    if card.rounding is None:
        return total
    full = whole(scaled(card.maximum, card.decimals))
    counted = full - out
    some = filled(counted > whole(0))
    divisor = nw.when(some).then(counted).otherwise(whole(1))
    scaled_up = nw.when(some).then(_divide(total * full, divisor, card.rounding))
    return nw.when(filled(out > whole(0))).then(scaled_up).otherwise(total)


def _divide(number: nw.Expr, divisor: nw.Expr, rounding: Rounding) -> nw.Expr:
    """Return the quotient rounded to a whole number; the divisor is above 0."""
    low = number // divisor
    rest = number - low * divisor
    beyond_half = rest * whole(2) - divisor
    half = beyond_half == whole(0)
    even = low - (low // whole(2)) * whole(2) == whole(0)
    below_zero = low < whole(0)
    up = {
        Rounding.CEILING: rest > whole(0),
        Rounding.FLOOR: rest < whole(0),
        Rounding.AWAY_FROM_ZERO: (rest > whole(0)) & ~below_zero,
        Rounding.TOWARDS_ZERO: (rest > whole(0)) & below_zero,
        Rounding.HALF_CEILING: half,
        Rounding.HALF_FLOOR: half & truth(value=False),
        Rounding.HALF_AWAY_FROM_ZERO: half & ~below_zero,
        Rounding.HALF_TOWARDS_ZERO: half & below_zero,
        Rounding.HALF_EVEN: half & ~even,
        Rounding.HALF_ODD: half & even,
    }[rounding]
    if rounding.name.startswith("HALF"):
        up = (beyond_half > whole(0)) | up
    return nw.when(filled(up)).then(low + whole(1)).otherwise(low)


# --- conditions -------------------------------------------------------------------------------


def holds(condition: Condition, *, if_missing: bool = False) -> nw.Expr:
    """Return whether a condition holds; a leaf whose fact is missing answers `if_missing`."""
    match condition:
        case All(parts=parts):
            return reduce(and_, [holds(part, if_missing=if_missing) for part in parts])
        case AnyOf(parts=parts):
            return reduce(or_, [holds(part, if_missing=if_missing) for part in parts])
        case Presence(field=field, present=present):
            missing = nw.col(field.name).is_null()
            return ~missing if present else missing
        case Leaf(field=field):
            return filled(_leaf(condition, nw.col(field.name)), if_missing)
        case _:
            raise AssertionError(condition)


def winner_of(table: RuleTable[object], on: date | None = None) -> nw.Expr:
    """Return the name of the rule that wins on a day, read from the weakest alternative up."""
    name = text(None)
    for rule, leaves in alternatives_of(table, on):
        own = text(rule.name)
        name = nw.when(together(leaves)).then(own).otherwise(name)
    return name


def possible_in(table: RuleTable[object], on: date | None = None) -> nw.Expr:
    """Return whether some rule could hold on a day if the missing facts were known."""
    could = [together(leaves, if_missing=True) for _, leaves in alternatives_of(table, on)]
    return reduce(or_, could, never())


def alternatives_of(
    table: RuleTable[object], on: date | None
) -> list[tuple[TableRule[object], tuple[Leaf, ...]]]:
    """Return the alternatives of all rules in force on a day, the weakest first."""
    rows = [
        (rule, leaves)
        for rule in table.rules
        if rule.in_force is None or (on is not None and on in rule.in_force)
        for leaves in _alternatives(rule.when)
    ]
    if table.match != "last":
        rows.reverse()
    if table.match == "most_specific":
        rows.sort(key=lambda row: [_rank(row[1], one) for one in table.dimensions])
    return rows


def _alternatives(condition: Condition | None) -> list[tuple[Leaf, ...]]:
    """Return a condition as alternatives of leaves that hold together."""
    match condition:
        case None:
            return [()]
        case All(parts=parts):
            chosen = product(*(_alternatives(part) for part in parts))
            return [tuple(leaf for leaves in one for leaf in leaves) for one in chosen]
        case AnyOf(parts=parts):
            return [leaves for part in parts for leaves in _alternatives(part)]
        case Leaf():
            return [(condition,)]
        case _:
            raise AssertionError(condition)


def _rank(leaves: tuple[Leaf, ...], dimension: Field) -> float:
    """Return how specific an alternative is in a dimension: a place by its depth, a value most."""
    ranks = [
        len(_way_up(dict_of(leaf.field), leaf.node)) if isinstance(leaf, Under) else math.inf
        for leaf in leaves
        if leaf.field.name == dimension.name
    ]
    return max(ranks, default=0)


def together(leaves: Iterable[Leaf], *, if_missing: bool = False) -> nw.Expr:
    """Return whether leaves hold together; without one it always does."""
    return reduce(and_, [holds(leaf, if_missing=if_missing) for leaf in leaves], always())


def always() -> nw.Expr:
    """Return true for every row."""
    return ~nw.col(ACCOUNT).is_null()


def never() -> nw.Expr:
    """Return false for every row."""
    return nw.col(ACCOUNT).is_null()


def _leaf(leaf: Leaf, fact: nw.Expr) -> nw.Expr:
    """Return whether a leaf holds; null where its fact is missing."""
    match leaf:
        case Comparison(field=field, order=order, value=value):
            mark = whole(int(field.take(value)))
            orders = {">": fact > mark, ">=": fact >= mark, "<": fact < mark, "<=": fact <= mark}
            return orders[order]
        case FlagIs(value=value):
            return fact == truth(value)
        case OneOf(options=options, negated=negated):
            return one_of(fact, options, negated=negated)
        case Under(field=field, node=node, negated=negated):
            return one_of(fact, below(field, node), negated=negated)
        case _:
            raise AssertionError(leaf)


def dict_of(field: Field) -> dict[str, str | None]:
    """Return the parent of each place of a tree."""
    return {node.name: node.under for node in field.nodes}  # type: ignore[attr-defined]


def below(tree: TreeField, node: str) -> list[str]:
    """Return a place of a tree and those under it."""
    return [name for name in tree.names if node in _way_up(dict_of(tree), name)]


def _way_up(parents: dict[str, str | None], place: str | None) -> list[str]:
    return [] if place is None else [place, *_way_up(parents, parents[place])]


def one_of(fact: nw.Expr, options: Iterable[str], *, negated: bool = False) -> nw.Expr:
    """Return whether a word is one of some options, or none of them; null where it is missing."""
    found = reduce(or_, [fact == text(option) for option in options])
    return ~found if negated else found


# --- tiers ------------------------------------------------------------------------------------


def tier_by_rules(policy: TierRules) -> nw.Expr:
    """Return the tier, read from the last rule up; null while a missing fact could change it."""
    tier = text(policy.otherwise)
    for rule in reversed(policy.rules):
        own = text(rule.tier)
        below = tier
        if policy.missing == "undecided":
            could = holds(rule.when, if_missing=True) & ~filled(below == own)
            below = nw.when(~could).then(below)
        tier = nw.when(holds(rule.when)).then(own).otherwise(below)
    return tier


def tier_by_bands(policy: TierBands, card: Scorecard) -> nw.Expr:
    """Return the tier of the band in which the column `total` lies; null without a total."""
    total = nw.col(TOTAL)
    tier = text(None)
    for band in policy.bands:
        low, high = (whole(scaled(end, card.decimals)) for end in (band.low, band.high))
        inside = filled(total >= low) & filled(total <= high)
        tier = nw.when(inside).then(text(band.gives)).otherwise(tier)
    return tier


def tier_by_cuts(cuts: CutPoints, card: Scorecard) -> nw.Expr:
    """Return the tier by the cut points of a grading run; null where an account is not ranked."""
    quota = cuts.quota
    tier = text(quota.ladder.names[-1])
    for cut in reversed(cuts.cuts):
        reached = _reached(cut, quota, card)
        tier = nw.when(reached).then(text(cut.tier)).otherwise(tier)
    ranked = ~nw.col(TOTAL).is_null() & truth(cuts.ranked > 0)
    if quota.population is not None:
        ranked = ranked & holds(quota.population)
    return nw.when(ranked).then(tier)


def _reached(cut: Cut, quota: TierQuota, card: Scorecard) -> nw.Expr:
    """Return whether points, then each key, then the account id are at least those of a cut."""
    reached = truth(value=True)
    if cut.account is not None:
        reached = nw.col(ACCOUNT) <= text(cut.account)
    for key, wire in reversed(list(zip(quota.keys, cut.keys, strict=True))):
        own = nw.col(key.fact.name)
        known = ~own.is_null()
        if wire is None:  # a missing key ranks last
            reached = known | reached
            continue
        mark = whole(int(wire))
        better = own > mark if key.first == "high" else own < mark
        reached = filled(better) | (filled(own == mark) & reached)
    total, mark = nw.col(TOTAL), whole(scaled(cut.points, card.decimals))
    return filled(total > mark) | (filled(total == mark) & reached)


# --- prices -----------------------------------------------------------------------------------


def applies(adjustment: Adjustment) -> nw.Expr:
    """Return whether the condition of an adjustment holds; without one it always does."""
    if adjustment.when is None:
        return always()
    return holds(adjustment.when.condition())


def left_out(adjustment: Adjustment) -> nw.Expr:
    """Return whether an adjustment could apply if the missing facts were known."""
    if adjustment.when is None:
        return never()
    could = holds(adjustment.when.condition(), if_missing=True)
    return could & ~applies(adjustment)


def bounds_of(rule: TierPrice, rounding: Rounding) -> tuple[nw.Expr, nw.Expr]:
    """Return a floor rounded up and a cap rounded down; one price, rounded once, where exact."""
    exact = rule.low == rule.high
    low = _bound(rule.low, rounding if exact else Rounding.CEILING)
    high = _bound(rule.high, rounding if exact else Rounding.FLOOR)
    return low, high


def _bound(share: Ratio | None, rounding: Rounding) -> nw.Expr:
    if share is None:
        return nw.lit(None, dtype=nw.Int64())
    return _divide(nw.col(CONTROL) * whole(share.numerator), whole(share.denominator), rounding)


# --- consignment stock ------------------------------------------------------------------------


def stock_by(policy: ConsignmentLimit) -> nw.Expr:
    """Return what becomes of a request within the limit."""
    could = holds(policy.when, if_missing=True)
    refused = nw.when(~could).then(text("refused"))
    return nw.when(holds(policy.when)).then(text("allowed")).otherwise(refused)
