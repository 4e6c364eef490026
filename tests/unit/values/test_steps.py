import operator
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kamcore.errors import (
    FloatRefused,
    GapOrOverlap,
    InexactValue,
    InputError,
    NotADate,
    PolicyError,
)
from kamcore.values import Band, Money, Number, Ratio, Steps, Threshold

CLASSES = (Band(80, 100, "A"), Band(60, 79, "B"), Band(0, 59, "C"))


def refusal(ask: Callable[[], object], kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    return str(caught.value)


# --- rising -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "left", "right"),
    [
        (99, "small", "small"),
        (Decimal("99.99"), "small", "small"),
        (100, "middle", "small"),
        (Decimal("100.00"), "middle", "small"),
        (Decimal("100.01"), "middle", "middle"),
        (199, "middle", "middle"),
        (200, "large", "middle"),
        (201, "large", "large"),
    ],
    ids=str,
)
def test_a_value_on_an_edge_begins_the_next_step_or_ends_this_one(
    value: Number, left: str, right: str
) -> None:
    steps = ((100, "middle"), (200, "large"))
    assert Steps.rising("small", *steps).at(value) == left
    assert Steps.rising("small", *steps, edge="left").at(value) == left
    assert Steps.rising("small", *steps, edge="right").at(value) == right


@pytest.mark.parametrize(
    ("edge", "below", "on"),
    [
        pytest.param(
            Money(100, "CNY"), Money(Decimal("99.99"), "CNY"), Money(100, "CNY"), id="CNY"
        ),
        pytest.param(Ratio.percent(5), Ratio(4999, 100000), Ratio(1, 20), id="ratio"),
        pytest.param(100, Decimal("99.99"), Decimal("100.0"), id="number"),
        pytest.param(date(2013, 7, 1), date(2013, 6, 30), date(2013, 7, 1), id="date"),
    ],
)
def test_edges_of_every_kind(edge: Threshold, below: Threshold, on: Threshold) -> None:
    steps = Steps.rising(0, (edge, 1))
    assert (steps.index(below), steps.index(on)) == (0, 1)
    assert Steps.rising(0, (edge, 1), edge="right").index(on) == 0


def test_one_step_holds_everything() -> None:
    assert Steps.rising("all").at(-(10**9)) == "all"


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: Steps.rising(0, (100, 1), (100, 2)),
            GapOrOverlap,
            "100 lies in two bands, the step from 100 and from 100; move one edge",
            id="an edge twice",
        ),
        pytest.param(
            lambda: Steps.rising(0, (200, 1), (100, 2)),
            GapOrOverlap,
            "100 lies in two bands, the step from 200 and from 100; move one edge",
            id="falling edges",
        ),
        pytest.param(
            lambda: Steps.rising(0, (100, 1, 2)),
            PolicyError,
            "step (100, 1, 2) is not a pair; write (edge, value)",
            id="no pair",
        ),
        pytest.param(
            lambda: Steps.rising(0, (0.5, 1)),
            FloatRefused,
            'edge is the float 0.5; pass an int or Decimal("0.5")',
            id="float edge",
        ),
        pytest.param(
            lambda: Steps.rising(0, (100, 1), (Money(200, "CNY"), 2)),
            PolicyError,
            "edges 100, CNY 200.00 are of different kinds; write them all in one unit",
            id="number and money",
        ),
        pytest.param(
            lambda: Steps.rising(0, (Money(100, "CNY"), 1), (Money(200, "EUR"), 2)),
            PolicyError,
            "edges CNY 100.00, EUR 200.00 are of different kinds; write them all in one unit",
            id="two currencies",
        ),
        pytest.param(
            lambda: Steps.rising(0, (Ratio.percent(5), 1), (Decimal("0.1"), 2)),
            PolicyError,
            "edges 5%, 0.1 are of different kinds; write them all in one unit",
            id="ratio and number",
        ),
        pytest.param(
            lambda: Steps.rising(0, (20130701, 1), (date(2014, 7, 1), 2)),
            PolicyError,
            "edges 20130701, 2014-07-01 are of different kinds; write them all in one unit",
            id="number and date",
        ),
        pytest.param(
            lambda: Steps.rising(0, (datetime(2013, 7, 1, tzinfo=UTC), 1)),
            NotADate,
            "edge datetime.datetime(2013, 7, 1, 0, 0, tzinfo=datetime.timezone.utc) is not a date; "
            "take its date in a zone: value.astimezone(zone).date()",
            id="instant",
        ),
        pytest.param(
            lambda: Steps(values=("a", "b"), edges=(10, 20)),
            PolicyError,
            "2 edges make 3 steps and 2 values are given; give one value a step",
            id="a value is missing",
        ),
        pytest.param(
            lambda: Steps(values=["a"]),
            PolicyError,
            "Steps.values is ['a']; pass a tuple, such as (a, b) or (a,)",
            id="values in a list",
        ),
        pytest.param(
            lambda: Steps(values="ab", edges=(10,)),
            PolicyError,
            "Steps.values is 'ab'; pass a tuple, such as (a, b) or (a,)",
            id="values in a text",
        ),
        pytest.param(
            lambda: Steps(values=("a", "b"), edges=[10]),
            PolicyError,
            "Steps.edges is [10]; pass a tuple, such as (a, b) or (a,)",
            id="edges in a list",
        ),
        pytest.param(
            lambda: Steps.rising(0, (10, 1), edge="rigth"),
            PolicyError,
            "Steps.edge 'rigth' is no named convention; did you mean 'right'?",
            id="edge convention",
        ),
        pytest.param(
            lambda: Steps(values=("a",), low=10, high=0),
            PolicyError,
            "the axis goes from 10 to 0; let low, edges and high rise",
            id="low above high",
        ),
        pytest.param(
            lambda: Steps(values=("a", "b"), edges=(100,), low=200),
            PolicyError,
            "the axis goes from 200 to 100; let low, edges and high rise",
            id="low above an edge",
        ),
        pytest.param(
            lambda: Steps(values=("a", "b"), edges=(100,), high=Decimal("99.9")),
            PolicyError,
            "the axis goes from 100 to 99.9; let low, edges and high rise",
            id="high below an edge",
        ),
        pytest.param(
            lambda: Steps(values=("a", "b"), edges=(100,), high=Money(200, "CNY")),
            PolicyError,
            "edges 100, CNY 200.00 are of different kinds; write them all in one unit",
            id="limit in another unit",
        ),
    ],
)
def test_steps_that_are_refused(
    ask: Callable[[], object], kind: type[Exception], message: str
) -> None:
    assert refusal(ask, kind) == message


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        pytest.param(
            Money(100, "CNY"),
            InputError,
            "CNY 100.00 is looked up among 100; pass it in the same unit",
            id="money",
        ),
        pytest.param(
            Ratio.percent(5),
            InputError,
            "5% is looked up among 100; pass it in the same unit",
            id="ratio",
        ),
        pytest.param(
            date(2013, 7, 1),
            InputError,
            "2013-07-01 is looked up among 100; pass it in the same unit",
            id="date",
        ),
        pytest.param(
            99.5, FloatRefused, 'edge is the float 99.5; pass an int or Decimal("99.5")', id="float"
        ),
        pytest.param(
            "99", FloatRefused, "edge is the str '99'; pass an int or Decimal('99')", id="text"
        ),
    ],
)
def test_values_that_cannot_be_looked_up(
    value: object, kind: type[Exception], message: str
) -> None:
    assert refusal(lambda: Steps.rising(0, (100, 1)).at(value), kind) == message


def test_one_currency_is_not_looked_up_in_another() -> None:
    steps = Steps.rising(0, (Money(100, "CNY"), 1))
    assert refusal(lambda: steps.at(Money(100, "EUR")), InputError) == (
        "EUR 100.00 is looked up among CNY 100.00; pass it in the same unit"
    )


# --- low and high -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "value", "answer"),
    [
        pytest.param(0, 100, 0, "low", id="the first value"),
        pytest.param(0, 100, 100, "high", id="the last value"),
        pytest.param(None, 100, -1, "low", id="open below"),
        pytest.param(0, None, 101, "high", id="open above"),
        pytest.param(50, 50, 50, "high", id="one value"),
    ],
)
def test_within_the_limits(
    low: Threshold | None, high: Threshold | None, value: Threshold, answer: str
) -> None:
    steps = Steps(values=("low", "high"), edges=(50,), low=low, high=high)
    assert steps.at(value) == answer


@pytest.mark.parametrize(
    ("low", "high", "value", "message"),
    [
        (0, 100, -1, "-1 lies outside 0 to 100; check the value or widen the bands"),
        (
            0,
            100,
            Decimal("100.01"),
            "100.01 lies outside 0 to 100; check the value or widen the bands",
        ),
        (0, None, -1, "-1 lies outside 0 to None; check the value or widen the bands"),
        (None, 100, 101, "101 lies outside None to 100; check the value or widen the bands"),
    ],
    ids=["below", "above", "below only", "above only"],
)
def test_outside_the_limits_there_is_no_answer(
    low: int | None, high: int | None, value: Number, message: str
) -> None:
    steps = Steps(values=("low", "high"), edges=(50,), low=low, high=high)
    assert refusal(lambda: steps.at(value), InputError) == message


# --- published ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "letter"),
    [(0, "C"), (59, "C"), (60, "B"), (79, "B"), (80, "A"), (100, "A")],
    ids=str,
)
def test_published_bands_in_any_order(points: int, letter: str) -> None:
    assert Steps.published(CLASSES).at(points) == letter


@pytest.mark.parametrize("points", [-1, 101])
def test_outside_the_published_bands_there_is_no_answer(points: int) -> None:
    assert refusal(lambda: Steps.published(CLASSES).at(points), InputError) == (
        f"{points} lies outside 0 to 100; check the value or widen the bands"
    )


def test_published_bands_at_a_finer_grain() -> None:
    bands = [Band(0, Decimal("59.5"), "C"), Band(60, 100, "A")]
    steps = Steps.published(bands, grain=Decimal("0.5"))
    assert (steps.at(Decimal("59.5")), steps.at(60)) == ("C", "A")


def test_one_published_band() -> None:
    steps = Steps.published([Band(5, 5, "only")])
    assert steps.at(5) == "only"
    assert steps.edges == ()


@pytest.mark.parametrize(
    ("bands", "grain", "witness", "message"),
    [
        pytest.param(
            CLASSES,
            Decimal("0.5"),
            Decimal("59.5"),
            "59.5 lies in no band, between 0-59 and 60-79; move one edge, or state a coarser grain",
            id="fractions of points",
        ),
        pytest.param(
            CLASSES[:2],
            Decimal("0.5"),
            Decimal("79.5"),
            "79.5 lies in no band, between 60-79 and 80-100; "
            "move one edge, or state a coarser grain",
            id="79.5",
        ),
        pytest.param(
            (Band(60, 79, "B"), Band(81, 100, "A")),
            1,
            80,
            "80 lies in no band, between 60-79 and 81-100; move one edge, or state a coarser grain",
            id="gap",
        ),
        pytest.param(
            (Band(60, 80, "B"), Band(80, 100, "A")),
            1,
            80,
            "80 lies in two bands, 60-80 and 80-100; move one edge",
            id="shared end",
        ),
        pytest.param(
            (Band(0, 100, "C"), Band(60, 79, "B")),
            1,
            60,
            "60 lies in two bands, 0-100 and 60-79; move one edge",
            id="band in a band",
        ),
        pytest.param(
            (Band(60, 79, "B"), Band(60, 79, "A")),
            1,
            60,
            "60 lies in two bands, 60-79 and 60-79; move one edge",
            id="the same band",
        ),
    ],
)
def test_a_gap_or_an_overlap_shows_a_value(
    bands: tuple[Band[str], ...], grain: Number, witness: Number, message: str
) -> None:
    with pytest.raises(GapOrOverlap) as caught:
        Steps.published(bands, grain=grain)
    assert caught.value.witness == witness
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: Steps.published([]),
            PolicyError,
            "no band is given; pass at least one Band(low, high, gives)",
            id="no band",
        ),
        pytest.param(
            lambda: Steps.published(CLASSES, grain=0),
            PolicyError,
            "grain 0 is not above 0; pass the smallest step of the axis, such as 1",
            id="grain 0",
        ),
        pytest.param(
            lambda: Steps.published(CLASSES, grain=0.5),
            FloatRefused,
            'grain is the float 0.5; pass an int or Decimal("0.5")',
            id="float grain",
        ),
        pytest.param(
            lambda: Steps.published([Band(0, Decimal("79.5"), "B")]),
            InexactValue,
            "band end 79.5 is finer than the grain 1; round it and name the rounding",
            id="an end off the grain",
        ),
        pytest.param(
            lambda: Steps.published([Band(Decimal("0.5"), 79, "B")]),
            InexactValue,
            "band end 0.5 is finer than the grain 1; round it and name the rounding",
            id="a beginning off the grain",
        ),
        pytest.param(
            lambda: Band(79, 60, "B"),
            PolicyError,
            "band 79-60 ends before it begins; swap its ends",
            id="backwards",
        ),
        pytest.param(
            lambda: Band(60.0, 79, "B"),
            FloatRefused,
            'band\'s beginning is the float 60.0; pass an int or Decimal("60.0")',
            id="float beginning",
        ),
        pytest.param(
            lambda: Band(60, "79", "B"),
            FloatRefused,
            "band's end is the str '79'; pass an int or Decimal('79')",
            id="text end",
        ),
    ],
)
def test_bands_that_are_refused(
    ask: Callable[[], object], kind: type[Exception], message: str
) -> None:
    assert refusal(ask, kind) == message


@pytest.mark.parametrize("value", [Steps.published(CLASSES), CLASSES[0]], ids=["steps", "band"])
def test_steps_are_hashable_and_picklable(value: object) -> None:
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)


@pytest.mark.parametrize("value", [Steps.published(CLASSES), CLASSES[0]], ids=["steps", "band"])
def test_steps_and_bands_have_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)


def test_the_parts_of_steps_are_named() -> None:
    with pytest.raises(TypeError):
        Steps(("small", "large"), (100,))
