"""Steps: the only bracket look-up. Every value of the axis belongs to exactly one step."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from attrs import field, frozen

from kamcore.errors import GapOrOverlap, InexactValue, InputError, PolicyError
from kamcore.values._checks import as_date, one_of, tuple_of
from kamcore.values._exact import Number, decimals_in, exact, from_scaled, to_scaled
from kamcore.values._money import Money
from kamcore.values._ratio import Ratio
from kamcore.values._rounding import Rounding, round_to

__all__ = ["Band", "Steps", "Threshold"]

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
Threshold = int | Decimal | Money | Ratio | date


@frozen(order=False)
class Band(Generic[T_co]):
    """A published band with both ends included, such as "60-79 points: B"."""

    low: Number = field()
    high: Number = field()
    gives: T_co = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a band that ends before it begins."""
        if exact(self.high, "band's end") < exact(self.low, "band's beginning"):
            raise PolicyError(f"band {self.low}-{self.high} ends before it begins; swap its ends")

    def __str__(self) -> str:
        """Write both ends."""
        return f"{self.low}-{self.high}"


@frozen(order=False, kw_only=True)
class Steps(Generic[T_co]):
    """A value for every stretch of an axis: `values[0]`, then from each of `edges` the next.

    With `edge="left"` a value that equals an edge belongs to the step that begins there (`[a, b)`);
    with `edge="right"` to the step that ends there (`(a, b]`), as in "up to and including". `low`
    and `high`, where given, are the first and last value that the axis has; outside them there is
    no answer. Edges are of one kind: numbers, money of one currency, ratios, or dates.
    """

    values: tuple[T_co, ...] = field(validator=tuple_of(object))
    edges: tuple[Threshold, ...] = field(default=(), validator=tuple_of(object))
    edge: Literal["left", "right"] = field(default="left", validator=one_of("left", "right"))
    low: Threshold | None = field(default=None)
    high: Threshold | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check that the edges rise and that each step has its value."""
        if len(self.values) != len(self.edges) + 1:
            raise PolicyError(
                f"{len(self.edges)} edges make {len(self.edges) + 1} steps and "
                f"{len(self.values)} values are given; give one value a step"
            )
        marks = [mark for mark in (self.low, *self.edges, self.high) if mark is not None]
        if len({_kind(mark) for mark in marks}) > 1:
            shown = ", ".join(map(str, marks))
            raise PolicyError(f"edges {shown} are of different kinds; write them all in one unit")
        for lower, upper in pairwise(self.edges):
            if not _below(lower, upper):
                raise GapOrOverlap("overlap", upper, f"the step from {lower}", f"from {upper}")
        for lower, upper in pairwise(marks):
            if _below(upper, lower):
                raise PolicyError(
                    f"the axis goes from {lower} to {upper}; let low, edges and high rise"
                )

    @staticmethod
    def rising(
        first: U, *steps: tuple[Threshold, U], edge: Literal["left", "right"] = "left"
    ) -> "Steps[U]":
        """Build from the value below the first edge and pairs of edge and value.

        >>> Steps.rising("small", (100, "large")).at(100)
        'large'
        """
        for pair in steps:
            if len(pair) != 2:  # noqa: PLR2004 - an edge and its value
                raise PolicyError(f"step {pair!r} is not a pair; write (edge, value)")
        edges = tuple(mark for mark, _ in steps)
        return Steps(values=(first, *(value for _, value in steps)), edges=edges, edge=edge)

    @staticmethod
    def published(bands: Sequence[Band[U]], *, grain: Number = 1) -> "Steps[U]":
        """Build from published bands with both ends, on an axis that moves by `grain`.

        A value between two bands, or in two of them, is an error that shows it: "60-79" and
        "80-100" leave out 79.5 unless the grain is whole points.
        """
        ordered = sorted(bands, key=lambda band: exact(band.low))
        if not ordered:
            raise PolicyError("no band is given; pass at least one Band(low, high, gives)")
        unit = exact(grain, "grain")
        if unit <= 0:
            raise PolicyError(
                f"grain {grain} is not above 0; pass the smallest step of the axis, such as 1"
            )
        for band in ordered:
            for end in (band.low, band.high):
                if round_to(end, unit, Rounding.FLOOR) != end:
                    raise InexactValue("band end", end, f"the grain {grain}")
        for lower, upper in pairwise(ordered):
            _meet(lower, upper, unit)
        return Steps(
            values=tuple(band.gives for band in ordered),
            edges=tuple(band.low for band in ordered[1:]),
            low=ordered[0].low,
            high=ordered[-1].high,
        )

    def index(self, value: Threshold) -> int:
        """Return which step `value` belongs to, counted from 0."""
        marks = [mark for mark in (*self.edges, self.low, self.high) if mark is not None]
        if marks and _kind(value) != _kind(marks[0]):
            raise InputError(f"{value} is looked up among {marks[0]}; pass it in the same unit")
        if (self.low is not None and _below(value, self.low)) or (
            self.high is not None and _below(self.high, value)
        ):
            raise InputError(
                f"{value} lies outside {self.low} to {self.high}; "
                "check the value or widen the bands"
            )
        if self.edge == "left":
            return sum(not _below(value, edge) for edge in self.edges)
        return sum(_below(edge, value) for edge in self.edges)

    def at(self, value: Threshold) -> T_co:
        """Return what the step of `value` gives."""
        return self.values[self.index(value)]


def _kind(mark: Threshold) -> str:
    if isinstance(mark, Money):
        return mark.currency
    if isinstance(mark, Ratio):
        return "ratio"
    if isinstance(mark, date):
        as_date(mark, "edge")
        return "date"
    exact(mark, "edge")
    return "number"


def _below(left: Threshold, right: Threshold) -> bool:
    return left < right  # type: ignore[operator]  # one kind, by _kind


def _meet(lower: Band[T_co], upper: Band[T_co], grain: Decimal) -> None:
    places = max(decimals_in(exact(lower.high)), decimals_in(grain))
    following = from_scaled(to_scaled(lower.high, places) + to_scaled(grain, places), places)
    if exact(upper.low) > following:
        raise GapOrOverlap("gap", following, lower, upper)
    if exact(upper.low) < following:
        raise GapOrOverlap("overlap", upper.low, lower, upper)
