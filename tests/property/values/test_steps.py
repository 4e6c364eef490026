from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from kamcore.errors import GapOrOverlap
from kamcore.values import Band, Money, Ratio, Steps, Threshold

Edge = Literal["left", "right"]

# Few values, so that looked-up values often lie on an edge.
tenths = st.integers(-60, 60)
edge_rows = st.lists(tenths, unique=True, max_size=6).map(sorted)
sides = st.sampled_from(("left", "right"))
kinds = st.sampled_from(("number", "money", "ratio", "date"))


def mark(tenths: int, kind: str) -> Threshold:
    """Return a value of each kind of axis."""
    match kind:
        case "money":
            return Money.from_minor(tenths * 10, "CNY")
        case "ratio":
            return Ratio(tenths, 10)
        case "date":
            return date(2013, 1, 1) + timedelta(days=tenths)
        case _:
            return Decimal(tenths).scaleb(-1)


def built(edges: list[int], side: Edge, kind: str) -> Steps[int]:
    """Return steps that give their own number."""
    return Steps(
        values=tuple(range(len(edges) + 1)),
        edges=tuple(mark(edge, kind) for edge in edges),
        edge=side,
    )


@given(edges=edge_rows, value=tenths, side=sides, kind=kinds)
def test_every_value_belongs_to_exactly_one_step(
    edges: list[int], value: int, side: Edge, kind: str
) -> None:
    bounds = [-1000, *edges, 1000]
    holds = [
        low <= value < high if side == "left" else low < value <= high
        for low, high in pairwise(bounds)
    ]
    assert holds.count(True) == 1
    assert built(edges, side, kind).at(mark(value, kind)) == holds.index(True)


@given(edges=edge_rows, value=tenths, kind=kinds)
def test_the_two_sides_differ_at_edges_only(edges: list[int], value: int, kind: str) -> None:
    left = built(edges, "left", kind).at(mark(value, kind))
    right = built(edges, "right", kind).at(mark(value, kind))
    assert left - right == (value in edges)


@given(edges=edge_rows, values=st.tuples(tenths, tenths), side=sides)
def test_a_larger_value_never_falls_into_a_lower_step(
    edges: list[int], values: tuple[int, int], side: Edge
) -> None:
    low, high = sorted(values)
    steps = built(edges, side, "number")
    assert steps.index(mark(low, "number")) <= steps.index(mark(high, "number"))


@st.composite
def adjoining_bands(draw: st.DrawFn) -> list[Band[int]]:
    """Draw bands of whole points without gap or overlap, in any order."""
    cuts = draw(st.lists(st.integers(0, 40), unique=True, min_size=2, max_size=6).map(sorted))
    bands = [Band(low, high - 1, number) for number, (low, high) in enumerate(pairwise(cuts))]
    return draw(st.permutations(bands))


@given(bands=adjoining_bands(), data=st.data())
def test_published_bands_answer_as_they_are_written(
    bands: list[Band[int]], data: st.DataObject
) -> None:
    band = data.draw(st.sampled_from(bands))
    points = data.draw(st.integers(int(band.low), int(band.high)))
    assert Steps.published(bands).at(points) == band.gives


@st.composite
def any_bands(draw: st.DrawFn) -> list[Band[int]]:
    """Draw bands that may leave out points or claim them twice."""
    ends = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=4))
    return [Band(min(pair), max(pair), number) for number, pair in enumerate(ends)]


def claims(bands: list[Band[int]], points: object) -> int:
    """Count the bands that hold `points`."""
    assert isinstance(points, int | Decimal)
    return sum(band.low <= points <= band.high for band in bands)


def fault_of(bands: list[Band[int]]) -> GapOrOverlap | None:
    try:
        Steps.published(bands)
    except GapOrOverlap as fault:
        return fault
    return None


@given(bands=any_bands())
def test_bands_are_built_or_a_value_shows_why_not(bands: list[Band[int]]) -> None:
    fault = fault_of(bands)
    if fault is None:
        first, last = min(band.low for band in bands), max(band.high for band in bands)
        assert all(claims(bands, points) == 1 for points in range(int(first), int(last) + 1))
    elif fault.kind == "gap":
        assert claims(bands, fault.witness) == 0
    else:
        assert claims(bands, fault.witness) > 1
