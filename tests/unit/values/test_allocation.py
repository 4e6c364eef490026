from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from kamcore.errors import FloatRefused, InexactValue, InputError, PolicyError
from kamcore.values import Number, Ratio, Split, allocate

# 100 by 2 : 3 : 1 is 33⅓ + 50 + 16⅔.
UNEVEN = {
    Split.FIRST: (34, 50, 16),
    Split.LARGEST_REMAINDER: (33, 50, 17),
    Split.LARGEST_RATIO: (33, 51, 16),
    Split.REMAINDER_LAST: (33, 50, 16, 1),
    Split.WHOLE_BLOCKS: (32, 48, 16, 4),
}
EVERY_SPLIT = pytest.mark.parametrize("split", Split)


@pytest.mark.parametrize(("split", "parts"), UNEVEN.items(), ids=UNEVEN)
def test_who_gets_the_remainder(split: Split, parts: tuple[int, ...]) -> None:
    assert allocate(100, (2, 3, 1), split) == parts


@pytest.mark.parametrize(("split", "parts"), UNEVEN.items(), ids=UNEVEN)
def test_a_negative_total_mirrors(split: Split, parts: tuple[int, ...]) -> None:
    assert allocate(-100, (2, 3, 1), split) == tuple(-part for part in parts)


def test_the_table_has_every_split() -> None:
    assert set(UNEVEN) == set(Split)


@pytest.mark.parametrize(
    ("split", "parts"),
    [
        (Split.FIRST, (0, 2, 0, 1)),
        (Split.LARGEST_REMAINDER, (0, 2, 0, 1)),
        (Split.LARGEST_RATIO, (0, 2, 0, 1)),
        (Split.REMAINDER_LAST, (0, 1, 0, 1, 1)),
        (Split.WHOLE_BLOCKS, (0, 1, 0, 1, 1)),
    ],
    ids=str,
)
def test_a_share_of_0_never_gets_one(split: Split, parts: tuple[int, ...]) -> None:
    assert allocate(3, (0, 1, 0, 1), split) == parts


@pytest.mark.parametrize(
    ("total", "ratios", "parts"),
    [
        pytest.param(5, (1, 1, 1), (2, 2, 1), id="equal remainders go to the earlier"),
        pytest.param(10, (1, 2, 4), (1, 3, 6), id="6/7 before 5/7 before 3/7"),
        pytest.param(15, (20, 30, 40, 10), (3, 5, 6, 1), id="P08-3: 4.5 before 1.5"),
        pytest.param(0, (1, 2), (0, 0), id="nothing"),
        pytest.param(7, (5,), (7,), id="one share"),
    ],
)
def test_the_largest_remainder(total: int, ratios: tuple[int, ...], parts: tuple[int, ...]) -> None:
    assert allocate(total, ratios, Split.LARGEST_REMAINDER) == parts


def test_the_largest_ratio_first_and_an_equal_one_to_the_earlier() -> None:
    assert allocate(11, (1, 3, 3), Split.LARGEST_RATIO) == (1, 5, 5)
    assert allocate(12, (1, 3, 3), Split.LARGEST_RATIO) == (1, 6, 5)


@EVERY_SPLIT
@pytest.mark.parametrize(
    "ratios",
    [
        pytest.param((Decimal("0.2"), Decimal("0.3"), Decimal("0.1")), id="Decimal"),
        pytest.param((Ratio.percent(20), Ratio.percent(30), Ratio.percent(10)), id="Ratio"),
        pytest.param((4, 6, 2), id="not in lowest terms"),
    ],
)
def test_only_the_proportion_of_the_ratios_counts(
    split: Split, ratios: Sequence[Number | Ratio]
) -> None:
    assert allocate(100, ratios, split) == UNEVEN[split]


@pytest.mark.parametrize(
    ("split", "parts"),
    [
        (Split.FIRST, (57, 50)),
        (Split.LARGEST_REMAINDER, (57, 50)),
        (Split.LARGEST_RATIO, (57, 50)),
        (Split.REMAINDER_LAST, (50, 50, 7)),
        (Split.WHOLE_BLOCKS, (50, 50, 7)),
    ],
    ids=str,
)
def test_steps_and_what_is_left_below_one(split: Split, parts: tuple[int, ...]) -> None:
    assert allocate(107, (1, 1), split, step=10) == parts


def test_blocks_are_of_the_ratios_in_lowest_terms() -> None:
    assert allocate(5, (2, 4), Split.WHOLE_BLOCKS) == (1, 2, 2)
    assert allocate(5, (Decimal("0.5"), 1), Split.WHOLE_BLOCKS) == (1, 2, 2)


def test_the_dust_goes_where_the_first_step_went() -> None:
    # 12 steps of 5 by 1 : 3 : 3 are 1 + 5 + 5 and one left, for the largest ratio.
    assert allocate(63, (1, 3, 3), Split.LARGEST_RATIO, step=5) == (5, 33, 25)
    assert allocate(63, (1, 3, 3), Split.FIRST, step=5) == (13, 25, 25)


def test_a_total_may_be_a_whole_decimal() -> None:
    assert allocate(Decimal("100.0"), (2, 3, 1), Split.FIRST) == (34, 50, 16)


@EVERY_SPLIT
@pytest.mark.parametrize(
    ("ratios", "kind", "message"),
    [
        pytest.param(
            (0, Decimal(0)),
            PolicyError,
            "allocation ratios ('0%', '0%') are all 0; pass one above 0",
            id="all 0",
        ),
        pytest.param(
            (), PolicyError, "allocation ratios () are all 0; pass one above 0", id="no share"
        ),
        pytest.param(
            (2, Decimal("-0.5")),
            PolicyError,
            "allocation ratio -50% is below 0; pass shares of 0 or more",
            id="below 0",
        ),
        pytest.param(
            (1, 0.5),
            FloatRefused,
            'ratio is the float 0.5; pass an int or Decimal("0.5")',
            id="float",
        ),
    ],
)
def test_ratios_that_are_refused(
    split: Split, ratios: tuple[Number, ...], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        allocate(100, ratios, split)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: allocate(0.5, (1,), Split.FIRST),
            FloatRefused,
            'total is the float 0.5; pass an int or Decimal("0.5")',
            id="float",
        ),
        pytest.param(
            lambda: allocate(Decimal("0.5"), (1,), Split.FIRST),
            InexactValue,
            "total 0.5 is finer than whole numbers; round it and name the rounding",
            id="half a unit",
        ),
        pytest.param(
            lambda: allocate(7, (1,), Split.FIRST, step=0),
            InputError,
            "allocation step 0 is below 1; pass a whole number of minor units",
            id="step 0",
        ),
    ],
)
def test_totals_and_steps_that_are_refused(
    ask: Callable[[], object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert str(caught.value) == message
