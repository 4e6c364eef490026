"""Random scorecards over a fixed list of facts, and the formula written out again as an oracle."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import assume
from hypothesis import strategies as st

from kamcore.facts import (
    ChoiceField,
    Facts,
    Field,
    Fields,
    MoneyField,
    NumberField,
    RatioField,
    Wire,
)
from kamcore.score import (
    BandItem,
    CategoryItem,
    EnteredItem,
    Item,
    Missing,
    PerUnitItem,
    Scorecard,
)
from kamcore.values import Rounding, Steps

sales = MoneyField("sales", currency="CNY")
orders = NumberField("orders")
share = RatioField("share")
sector = ChoiceField("sector", options=("power", "cable", "home"))
entered = NumberField("entered", decimals=1)
FIELDS = Fields((sales, orders, share, sector, entered))

MOST = 10
"""No fact lies outside 0 to this many units of its grain; edges lie inside."""

ROUNDINGS = {
    Rounding.FLOOR: floor,
    Rounding.CEILING: ceil,
    Rounding.HALF_EVEN: round,
    Rounding.HALF_CEILING: lambda exact: floor(exact + Fraction(1, 2)),
}


def grades(decimals: int, least: int = 0) -> st.SearchStrategy[Decimal]:
    """Return points of at most `decimals` decimals."""
    return st.integers(least, 50).map(lambda scaled: Decimal(scaled).scaleb(-decimals))


def scales(size: int, decimals: int) -> st.SearchStrategy[list[Decimal]]:
    """Return points for each band or option; some may cost points, the best does not."""
    points = st.lists(grades(decimals, least=-20), min_size=size, max_size=size)
    return points.filter(lambda values: max(values) >= 0)


def missing_rules(decimals: int) -> st.SearchStrategy[Missing | None]:
    """Return what a missing fact means; None stands for the item's own maximum."""
    words: st.SearchStrategy[Missing | None] = st.sampled_from(["undecided", "left_out", None])
    return words | grades(decimals).map(lambda points: -points)


@st.composite
def bands(draw: st.DrawFn, fact: Field, missing: Missing | None, decimals: int) -> BandItem:
    """Return a band item with edges on the fact's grain, rising or falling."""
    wires = sorted(draw(st.sets(st.integers(1, MOST), max_size=4)))
    values = draw(scales(len(wires) + 1, decimals))
    edges = [fact.give(wire) for wire in wires]
    steps = Steps.rising(
        values[0],
        *zip(edges, values[1:], strict=True),  # type: ignore[arg-type]
        edge=draw(st.sampled_from(("left", "right"))),
    )
    if draw(st.booleans()):
        steps = Steps(
            values=steps.values,
            edges=steps.edges,
            edge=steps.edge,
            low=fact.give(0),  # type: ignore[arg-type]
            high=fact.give(MOST),  # type: ignore[arg-type]
        )
    rule = max(values) if missing is None else missing
    if isinstance(rule, Decimal):
        rule = min(rule, max(values))
    return BandItem(f"bands of {fact.name}", fact, missing=rule, steps=steps)


@st.composite
def items(draw: st.DrawFn, fact: Field, decimals: int) -> Item:
    """Return an item for a fact."""
    missing = draw(missing_rules(decimals))
    if isinstance(fact, ChoiceField):
        values = draw(scales(len(fact.names), decimals))
        options, best = dict(zip(fact.names, values, strict=True)), max(values)
        rule = best if missing is None else missing
        if isinstance(rule, Decimal):
            rule = min(rule, best)
        return CategoryItem("options", fact, missing=rule, options=options)
    if fact == entered:
        most = Decimal(draw(st.integers(MOST, 2 * MOST))).scaleb(-1)
        return EnteredItem("entered", fact, missing=most if missing is None else missing, most=most)
    if isinstance(fact, MoneyField | NumberField) and draw(st.booleans()):
        each = draw(grades(decimals, least=1))
        cap = draw(grades(decimals, least=1))
        per = fact.give(draw(st.integers(1, 4)))
        rule = cap if missing is None else missing
        return PerUnitItem(f"units of {fact.name}", fact, missing=rule, each=each, per=per, cap=cap)  # type: ignore[arg-type]
    return draw(bands(fact, missing, decimals))


@st.composite
def cards(draw: st.DrawFn) -> Scorecard:
    """Return a card of one to five items; its maximum is their sum."""
    facts_ = draw(st.lists(st.sampled_from(FIELDS.items), min_size=1, max_size=5, unique=True))
    least = 1 if entered in facts_ else 0
    decimals = draw(st.integers(least, 2))
    found = tuple(draw(items(fact, decimals)) for fact in facts_)
    maximum = sum((Decimal(item.maximum) for item in found), Decimal(0))
    assume(maximum > 0)
    return Scorecard(
        name="random",
        items=found,
        maximum=maximum,
        decimals=decimals,
        rounding=draw(st.sampled_from(sorted(ROUNDINGS))),
    )


def facts(*, complete: bool = False) -> st.SearchStrategy[Facts]:
    """Return facts of an account, each missing now and then unless `complete`."""
    number: st.SearchStrategy[Wire | None] = st.integers(0, MOST)
    choice: st.SearchStrategy[Wire | None] = st.sampled_from(sector.names)
    columns = [choice if field == sector else number for field in FIELDS]
    if not complete:
        columns = [st.none() | column for column in columns]
    return st.tuples(*columns).map(lambda wires: Facts("ACME", FIELDS, wires))


def naive_points(item: Item, value: object) -> Fraction:
    """Return the points of a value, by the words of the card."""
    match item:
        case BandItem(steps=Steps(values=values, edges=edges, edge="left")):
            return Fraction(values[sum(not value < edge for edge in edges)])  # type: ignore[operator]
        case BandItem(steps=Steps(values=values, edges=edges)):
            return Fraction(values[sum(edge < value for edge in edges)])  # type: ignore[operator]
        case CategoryItem(options=options):
            return Fraction(dict(options)[str(value)])
        case PerUnitItem(each=each, per=per, cap=cap):
            amounts = [getattr(one, "amount", one) for one in (value, per)]
            full = floor(Fraction(amounts[0]) / Fraction(amounts[1]))
            return min(full * Fraction(each), Fraction(cap))
        case EnteredItem():
            return Fraction(str(value))
        case _:
            raise AssertionError(item)


def naive_total(card: Scorecard, known: Mapping[str, object]) -> Fraction | None:
    """Return the exact total by the words of the card; None where there is none."""
    earned, counted = Fraction(0), Fraction(0)
    left_out = False
    for item in card.items:
        value = known[item.fact.name]
        if value is not None:
            earned += naive_points(item, value)
        elif item.missing == "undecided":
            return None
        elif item.missing == "left_out":
            left_out = True
            continue
        else:
            earned += Fraction(item.missing)
        counted += Fraction(item.maximum)
    if not left_out or counted == Fraction(card.maximum):
        return earned
    if counted == 0:
        return None
    assert card.rounding is not None
    unit = 10**card.decimals
    scaled = earned * Fraction(card.maximum) / counted * unit
    return Fraction(ROUNDINGS[card.rounding](scaled), unit)
