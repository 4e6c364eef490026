"""The compiled form of a scorecard: one pass over the items, without building a value."""

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal

from kamcore.errors import Undecided
from kamcore.facts import Fields, Needs, Wire
from kamcore.score._items import BandItem, CategoryItem, Item
from kamcore.score._result import ItemScore
from kamcore.values import Number, Rounding
from kamcore.values._exact import exact, from_scaled, to_scaled
from kamcore.values._rounding import divide

__all__ = ["Sheet"]


class Line:
    """One item: its name, its points in scaled units, and the item scores that it gives."""

    __slots__ = ("_decimals", "fact", "full", "item", "left_out", "when_missing")

    def __init__(self, item: Item, decimals: int) -> None:
        self.item = item
        self.fact = item.fact.name
        self._decimals = decimals
        self.full = to_scaled(item.maximum, decimals)
        self.left_out = ItemScore(
            item.name, item.label, Decimal(0), exact(item.maximum), counted=False
        )
        self.when_missing: int | None = None
        if not isinstance(item.missing, str):
            self.when_missing = to_scaled(item.missing, decimals)

    def points(self, wire: Wire) -> int:
        """Return the scaled points of a fact."""
        return self.item.points(wire, self._decimals)

    def score(self, scaled: int) -> ItemScore:
        """Return the item score of scaled points."""
        item = self.item
        points = from_scaled(scaled, self._decimals)
        return ItemScore(item.name, item.label, points, exact(item.maximum))

    def undecided(self) -> Undecided:
        """Return the error of an item that has to have its fact."""
        return Undecided([self.fact], f"no score: {self.item.label.en} is missing")


class Sheet:
    """The lines of a card, those with bands and options as tables."""

    __slots__ = ("_bands", "_choices", "_full", "_lines", "_others", "_rounding", "needs")

    def __init__(
        self,
        items: tuple[Item, ...],
        maximum: Number,
        decimals: int,
        rounding: Rounding | None,
    ) -> None:
        self.needs = Needs(Fields(item.fact for item in items))
        self._full = to_scaled(maximum, decimals)
        self._rounding = rounding
        self._lines = tuple(Line(item, decimals) for item in items)
        bands: list[tuple[int, str, tuple[int, ...], tuple[int, ...], tuple[ItemScore, ...]]] = []
        choices: list[tuple[int, str, Mapping[Wire, int], Mapping[Wire, ItemScore]]] = []
        others: list[tuple[int, str]] = []
        for place, line in enumerate(self._lines):
            item = line.item
            if isinstance(item, BandItem) and item.limits() == (None, None):
                table = tuple(to_scaled(number, decimals) for number in item.steps.values)
                scores = tuple(line.score(number) for number in table)
                bands.append((place, line.fact, item.edges(), table, scores))
            elif isinstance(item, CategoryItem):
                named: dict[Wire, int] = {
                    name: to_scaled(number, decimals) for name, number in item.options
                }
                given: dict[Wire, ItemScore] = {
                    name: line.score(number) for name, number in named.items()
                }
                choices.append((place, line.fact, named, given))
            else:
                others.append((place, line.fact))
        self._bands = tuple(bands)
        self._choices = tuple(choices)
        self._others = tuple(others)

    def total(self, values: Mapping[str, Wire | None]) -> int:
        """Return the scaled total; raises `Undecided` where a missing fact leaves none."""
        total = out = 0
        for place, fact, edges, table, _ in self._bands:
            wire = values[fact]
            if wire is None:
                out += self._missing(place)
            else:
                total += table[bisect_right(edges, wire)]
        for place, fact, named, _ in self._choices:
            wire = values[fact]
            if wire is None:
                out += self._missing(place)
            else:
                total += named[wire]
        for place, fact in self._others:
            wire = values[fact]
            if wire is None:
                out += self._missing(place)
            else:
                total += self._lines[place].points(wire)
        return total if not out else self._with_missing(total, values)

    def _missing(self, place: int) -> int:
        """Return a mark that a fact is missing; raises `Undecided` where it leaves no score."""
        line = self._lines[place]
        if line.item.missing == "undecided":
            raise line.undecided()
        return 1

    def _with_missing(self, total: int, values: Mapping[str, Wire | None]) -> int:
        """Return the total with the points of missing facts, scaled up where items are left out."""
        out = 0
        for line in self._lines:
            if values[line.fact] is not None:
                continue
            if line.when_missing is None:
                out += line.full
            else:
                total += line.when_missing
        if not out:
            return total
        if out == self._full or self._rounding is None:
            names = [line.fact for line in self._lines]
            raise Undecided(names, "no score: every item was left out")
        return divide(total * self._full, self._full - out, self._rounding)

    def results(self, values: Mapping[str, Wire | None]) -> tuple[ItemScore, ...]:
        """Return the item scores in the card's order."""
        found = [line.left_out for line in self._lines]
        for place, fact, edges, _, scores in self._bands:
            wire = values[fact]
            if wire is None:
                found[place] = self._score_missing(place)
            else:
                found[place] = scores[bisect_right(edges, wire)]
        for place, fact, _, given in self._choices:
            wire = values[fact]
            found[place] = self._score_missing(place) if wire is None else given[wire]
        for place, fact in self._others:
            wire = values[fact]
            line = self._lines[place]
            found[place] = (
                self._score_missing(place) if wire is None else line.score(line.points(wire))
            )
        return tuple(found)

    def _score_missing(self, place: int) -> ItemScore:
        line = self._lines[place]
        return line.left_out if line.when_missing is None else line.score(line.when_missing)
