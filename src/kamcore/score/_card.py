"""Scorecards: items whose points add up to the card's maximum."""

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from kamcore.decision import Policy
from kamcore.errors import InexactValue, PolicyError, Undecided
from kamcore.facts import Facts, Fields, Needs, Wire
from kamcore.score._items import BandItem, CategoryItem, Item
from kamcore.values import Label, Number, Rounding, Source
from kamcore.values._checks import as_tuple, instance_of, some_text, tuple_of, unique_names
from kamcore.values._exact import exact, from_scaled, to_scaled
from kamcore.values._rounding import divide

__all__ = ["ItemScore", "Score", "Scorecard", "points"]


@frozen(order=False)
class ItemScore:
    """The points of one item: earned, and the most it gives; `counted` is False where it was left out."""

    name: str = field()
    label: Label = field()
    points: Decimal = field()
    maximum: Decimal = field()
    counted: bool = field(default=True)

    @property
    def lost(self) -> Decimal:
        """The points that lack to the item's maximum."""
        return self.maximum - self.points if self.counted else Decimal(0)


@frozen(order=False)
class Score:
    """The total of an account and the points of every item, in the card's order."""

    total: Decimal = field()
    maximum: Decimal = field()
    items: tuple[ItemScore, ...] = field()

    @property
    def by_points_lost(self) -> tuple[ItemScore, ...]:
        """The items, the one that costs the most points first."""
        return tuple(sorted(self.items, key=lambda item: -item.lost))


@frozen(order=False, kw_only=True)
class Scorecard(Policy):
    """Items whose maxima add up to `maximum`; points have `decimals` decimals.

    Where an item may be left out, the earned points are scaled by `maximum` over the counted maximum
    and rounded by the named `rounding`.
    """

    name: str = field(validator=some_text)
    items: tuple[Item, ...] = field(converter=as_tuple, validator=tuple_of(Item))
    maximum: Number = field(default=100)
    decimals: int = field(default=0, validator=instance_of(int))
    rounding: Rounding | None = field(default=None)
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check names, the sum of the maxima, the grain of all points, and the rounding."""
        unique_names("item", (item.name for item in self.items))
        total = sum((exact(item.maximum) for item in self.items), Decimal(0))
        if total != exact(self.maximum, "card's maximum"):
            each = " + ".join(str(item.maximum) for item in self.items)
            msg = f"card {self.name!r}: {each} = {total}, and not the maximum {self.maximum}; mend one of them"
            raise PolicyError(msg)
        for item in self.items:
            absent = () if isinstance(item.missing, str) else (item.missing,)
            for number in (*item.grades, *absent):
                try:
                    to_scaled(number, self.decimals)
                except InexactValue:
                    msg = f"item {item.name!r}: {number} points are finer than the card's {self.decimals} decimals"
                    raise PolicyError(f"{msg}; raise the card's decimals") from None
            if absent and exact(absent[0]) > exact(item.maximum):
                msg = f"item {item.name!r}: a missing fact earns {absent[0]}, more than its {item.maximum}"
                raise PolicyError(f"{msg}; lower one of them")
        if self.rounding is None and any(item.missing == "left_out" for item in self.items):
            msg = f"card {self.name!r} leaves items out and scales the rest; name the rounding"
            raise PolicyError(msg)

    @property
    def fields(self) -> Fields:
        """The facts that the items ask for."""
        return Fields(item.fact for item in self.items)

    @cached_property
    def compiled(self) -> "Sheet":
        """Tables for one pass over the items; no API."""
        return Sheet(self)


class Line:
    """One item, compiled: for bands the edges, and by band or option the points and the item score."""

    __slots__ = ("edges", "fact", "item", "left_out", "results", "table")

    def __init__(self, item: Item, decimals: int) -> None:
        self.item = item
        self.fact = item.fact.name
        self.edges: tuple[int, ...] | None = None
        self.table: Mapping[Wire, int] | tuple[int, ...] | None = None
        self.results: Mapping[Wire, ItemScore] | tuple[ItemScore, ...] | None = None
        self.left_out = ItemScore(
            item.name, item.label, Decimal(0), exact(item.maximum), counted=False
        )
        if isinstance(item, BandItem) and item.limits() == (None, None):
            self.edges = item.edges()
            self.table = tuple(to_scaled(number, decimals) for number in item.steps.values)
            self.results = tuple(self.score(number, decimals) for number in self.table)
        elif isinstance(item, CategoryItem):
            self.table = {name: to_scaled(number, decimals) for name, number in item.options}
            self.results = {
                name: self.score(number, decimals) for name, number in self.table.items()
            }

    def score(self, scaled: int, decimals: int) -> ItemScore:
        """Return the item score of scaled points."""
        item = self.item
        return ItemScore(item.name, item.label, from_scaled(scaled, decimals), exact(item.maximum))


class Sheet:
    """The compiled form of a card."""

    __slots__ = ("_card", "_full", "_lines", "needs")

    def __init__(self, card: Scorecard) -> None:
        self._card = card
        self._full = to_scaled(card.maximum, card.decimals)
        self._lines = tuple(
            (line.fact, line.edges, line.table, line.results, line)
            for line in (Line(item, card.decimals) for item in card.items)
        )
        self.needs = Needs(card.fields)

    def total(self, values: Mapping[str, Wire | None]) -> int:
        """Return the scaled total; raises `Undecided` where a missing fact leaves none."""
        total = out = 0
        for fact, edges, table, _, line in self._lines:
            wire = values[fact]
            if wire is None:
                points = self.when_missing(line)
                if points is None:
                    out += to_scaled(line.item.maximum, self._card.decimals)
                else:
                    total += points
            elif edges is not None:
                total += table[bisect_right(edges, wire)]  # type: ignore[index,arg-type]
            elif table is not None:
                total += table[wire]  # type: ignore[index]
            else:
                total += line.item.points(wire, self._card.decimals)
        return self.scaled_up(total, out) if out else total

    def results(self, values: Mapping[str, Wire | None]) -> list[ItemScore]:
        """Return the item scores; raises `Undecided` where a missing fact leaves none."""
        found: list[ItemScore] = []
        for fact, edges, _, results, line in self._lines:
            wire = values[fact]
            if wire is None:
                points = self.when_missing(line)
                found.append(
                    line.left_out if points is None else line.score(points, self._card.decimals)
                )
            elif edges is not None:
                found.append(results[bisect_right(edges, wire)])  # type: ignore[index,arg-type]
            elif results is not None:
                found.append(results[wire])  # type: ignore[index]
            else:
                scaled = line.item.points(wire, self._card.decimals)
                found.append(line.score(scaled, self._card.decimals))
        return found

    def when_missing(self, line: Line) -> int | None:
        """Return the points of a missing fact, None where the item is left out."""
        rule = line.item.missing
        if rule == "left_out":
            return None
        if isinstance(rule, str):
            raise Undecided([line.fact], f"no score: {line.item.label.en} is missing")
        return to_scaled(rule, self._card.decimals)

    def scaled_up(self, total: int, out: int) -> int:
        """Return the total scaled to the card's maximum after items worth `out` were left out."""
        counted = self._full - out
        rounding = self._card.rounding
        if not counted or rounding is None:
            names = [line.fact for *_, line in self._lines]
            raise Undecided(names, "no score: every item was left out")
        return divide(total * self._full, counted, rounding)


def points(card: Scorecard, facts: Facts) -> Decimal:
    """Return the total points of an account: the plain formula, without reasons.

    Raises `Undecided` where a missing fact leaves no score.
    """
    sheet = card.compiled
    return from_scaled(sheet.total(sheet.needs.values(facts)), card.decimals)
