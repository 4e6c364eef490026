import pytest

from kamcore.calendars._spans import Spans, clipped, cut, joined, met


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(5, 7), (1, 3)], [(1, 3), (5, 7)]),
        ([(1, 3), (4, 6)], [(1, 3), (4, 6)]),
        ([(1, 3), (3, 6)], [(1, 6)]),
        ([(1, 4), (3, 6)], [(1, 6)]),
        ([(1, 9), (3, 6)], [(1, 9)]),
        ([(1, 3), (1, 3)], [(1, 3)]),
    ],
    ids=["none", "sorted", "apart", "touching", "overlapping", "inside", "twice"],
)
def test_joined_spans_neither_touch_nor_overlap(spans: Spans, expected: Spans) -> None:
    assert joined(spans) == expected


@pytest.mark.parametrize(
    ("spans", "away", "expected"),
    [
        ([(1, 9)], [], [(1, 9)]),
        ([(1, 9)], [(3, 5)], [(1, 3), (5, 9)]),
        ([(1, 9)], [(2, 3), (4, 5)], [(1, 2), (3, 4), (5, 9)]),
        ([(1, 9)], [(0, 1), (9, 12)], [(1, 9)]),
        ([(1, 9)], [(0, 4)], [(4, 9)]),
        ([(1, 9)], [(6, 12)], [(1, 6)]),
        ([(1, 9)], [(1, 9)], []),
        ([(1, 3), (5, 7), (8, 9)], [(2, 6)], [(1, 2), (6, 7), (8, 9)]),
        ([(1, 3), (5, 7)], [(0, 1), (6, 7)], [(1, 3), (5, 6)]),
    ],
)
def test_what_is_cut_away_is_gone(spans: Spans, away: Spans, expected: Spans) -> None:
    assert cut(spans, away) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([], [(1, 2)], []),
        ([(1, 3)], [(3, 5)], []),
        ([(1, 4)], [(3, 5)], [(3, 4)]),
        ([(1, 9)], [(2, 3), (4, 5)], [(2, 3), (4, 5)]),
        ([(1, 3), (4, 9)], [(2, 6)], [(2, 3), (4, 6)]),
    ],
)
def test_what_lies_in_both(left: Spans, right: Spans, expected: Spans) -> None:
    assert met(left, right) == met(right, left) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 9, [(1, 3), (5, 7)]),
        (2, 6, [(2, 3), (5, 6)]),
        (3, 5, []),
        (1, 1, []),
    ],
)
def test_spans_are_clipped_to_both_ends(start: int, end: int, expected: Spans) -> None:
    assert clipped([(1, 3), (5, 7)], start, end) == expected
