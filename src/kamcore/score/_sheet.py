"""The compiled form of a scorecard: one pass over the items, without building a value."""

from bisect import bisect_right
from decimal import Decimal

from kamcore.errors import Undecided
from kamcore.facts import Facts, Fields, Needs, Wire
from kamcore.score._items import BandItem, CategoryItem, Item, PerUnitItem
from kamcore.score._result import ItemScore
from kamcore.values import Label, Number, Rounding
from kamcore.values._exact import exact, from_scaled, to_scaled
from kamcore.values._rounding import divide

__all__ = ["Sheet"]


Banded = tuple[tuple[int, ...], tuple[int, ...], tuple[ItemScore, ...]]
Counted = tuple[int, int, int]
Optional = tuple[dict[Wire | None, int], dict[Wire | None, ItemScore]]


class Line:
    """One item: its points in scaled units, the item scores that it gives, and its words."""

    __slots__ = (
        "_decimals",
        "_labels",
        "_scores",
        "banded",
        "counted",
        "fact",
        "full",
        "item",
        "left_out",
        "optional",
        "when_missing",
    )

    def __init__(self, item: Item, decimals: int) -> None:
        self.item = item
        self.fact = item.fact.name
        self._decimals = decimals
        self._labels: dict[int, Label] = {}
        self._scores: dict[int, ItemScore] = {}
        self.full = to_scaled(item.maximum, decimals)
        self.left_out = ItemScore(
            item.name, item.label, Decimal(0), exact(item.maximum), counted=False
        )
        self.when_missing: int | None = None
        if not isinstance(item.missing, str):
            self.when_missing = to_scaled(item.missing, decimals)
        self.counted: Counted | None = None
        if isinstance(item, PerUnitItem):
            per = int(item.fact.take(item.per))
            self.counted = per, to_scaled(item.each, decimals), to_scaled(item.cap, decimals)
        self.banded: Banded | None = None
        self.optional: Optional | None = None
        if isinstance(item, BandItem) and item.edges() and item.limits() == (None, None):
            table = tuple(to_scaled(number, decimals) for number in item.steps.values)
            self.banded = item.edges(), table, tuple(self.score(number) for number in table)
        elif isinstance(item, CategoryItem):
            named: dict[Wire | None, int] = {
                name: to_scaled(number, decimals) for name, number in item.options
            }
            self.optional = named, {name: self.score(number) for name, number in named.items()}

    def points(self, wire: Wire) -> int:
        """Return the scaled points of a fact."""
        return self.item.points(wire, self._decimals)

    def score(self, scaled: int) -> ItemScore:
        """Return the item score of scaled points; each is built once."""
        found = self._scores.get(scaled)
        if found is None:
            item = self.item
            points = from_scaled(scaled, self._decimals)
            found = ItemScore(item.name, item.label, points, exact(item.maximum))
            self._scores[scaled] = found
        return found

    def outcome(self, wire: Wire) -> Label:
        """Return in words which part of the item a fact falls into; a band's words are kept."""
        item = self.item
        if not isinstance(item, BandItem):
            return item.outcome(wire)
        index = item.index(wire)
        label = self._labels.get(index)
        if label is None:
            label = self._labels[index] = item.band_label(index)
        return label


class Sheet:
    """The lines of a card, those with bands and options as tables over the places of facts."""

    __slots__ = ("_bound", "_full", "_needs", "_rounding", "lines")

    def __init__(
        self,
        items: tuple[Item, ...],
        maximum: Number,
        decimals: int,
        rounding: Rounding | None,
    ) -> None:
        fields = Fields(item.fact for item in items)
        self._needs = Needs(fields)
        self._full = to_scaled(maximum, decimals)
        self._rounding = rounding
        self.lines = tuple(Line(item, decimals) for item in items)
        self._bound = self._bind(fields)

    def _bind(self, given: Fields) -> "Bound":
        """Note where each fact stands in the facts of one list of fields."""
        self._needs.places(given)
        places = [given.names.index(line.fact) for line in self.lines]
        return Bound(given, tuple(zip(places, self.lines, strict=True)))

    def _bound_to(self, facts: Facts) -> "Bound":
        bound = self._bound
        if bound.fields is not facts.fields:
            self._bound = bound = self._bind(facts.fields)
        return bound

    def total(self, facts: Facts) -> int:
        """Return the scaled total; raises `Undecided` where a missing fact leaves none."""
        bound = self._bound_to(facts)
        wires: tuple[int, ...] = facts.wires  # type: ignore[assignment]  # else: the except
        total = 0
        try:
            for place, edges, table in bound.bands:
                total += table[bisect_right(edges, wires[place])]
            for place, named in bound.options:
                total += named[wires[place]]
            for place, per, each, cap in bound.counted:
                earned = wires[place] // per * each
                total += cap if earned > cap else max(earned, 0)
            for place, line in bound.others:
                if facts.wires[place] is None:
                    return self._with_missing(facts)
                total += line.points(wires[place])
        except (TypeError, KeyError):  # a missing fact
            return self._with_missing(facts)
        return total

    def _with_missing(self, facts: Facts) -> int:
        """Return the total with the rules for missing facts, scaled up where items are left out."""
        total = out = 0
        for line in self.lines:
            wire = facts.values[line.fact]
            if wire is not None:
                total += line.points(wire)
            elif line.item.missing == "undecided":
                raise Undecided([line.fact], f"no score: {line.item.label.en} is missing")
            elif line.when_missing is None:
                out += line.full
            else:
                total += line.when_missing
        if not out:
            return total
        if out == self._full or self._rounding is None:
            names = [
                line.fact
                for line in self.lines
                if line.item.missing == "left_out" and facts.values[line.fact] is None
            ]
            raise Undecided(names, "no score: every item was left out")
        return divide(total * self._full, self._full - out, self._rounding)

    def results(self, facts: Facts) -> tuple[ItemScore, ...]:
        """Return the item scores in the card's order, after `total` found that there is a score."""
        wires = facts.wires
        found: list[ItemScore] = []
        for place, line in self._bound_to(facts).lines:
            wire = wires[place]
            if wire is None:
                missing = line.when_missing
                found.append(line.left_out if missing is None else line.score(missing))
            elif line.banded is not None:
                edges, _, scores = line.banded
                found.append(scores[bisect_right(edges, int(wire))])
            elif line.optional is not None:
                found.append(line.optional[1][wire])
            else:
                found.append(line.score(line.points(wire)))
        return tuple(found)


class Bound:
    """The lines of a card by the places of their facts in one list of fields."""

    __slots__ = ("bands", "counted", "fields", "lines", "options", "others")

    def __init__(self, fields: Fields, lines: tuple[tuple[int, Line], ...]) -> None:
        self.fields = fields
        self.lines = lines
        self.bands = tuple((place, *one.banded[:2]) for place, one in lines if one.banded)
        self.options = tuple((place, one.optional[0]) for place, one in lines if one.optional)
        self.counted = tuple((place, *one.counted) for place, one in lines if one.counted)
        self.others = tuple(
            (place, one) for place, one in lines if not (one.banded or one.optional or one.counted)
        )
