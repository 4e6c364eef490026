"""Sorted lists of instants `(start, end)` in microseconds of UTC: joining, cutting, meeting."""

from collections.abc import Iterable, Sequence

__all__ = ["Spans", "clipped", "cut", "joined", "met"]

Spans = list[tuple[int, int]]


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans, given in any order, as sorted ones that neither touch nor overlap."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def cut(spans: Sequence[tuple[int, int]], away: Spans) -> Spans:
    """Return what of `spans` lies outside `away`; both are sorted."""
    found: Spans = []
    place = 0
    for start, end in spans:
        while place < len(away) and away[place][1] <= start:
            place += 1
        begin, number = start, place
        while number < len(away) and away[number][0] < end:
            if away[number][0] > begin:
                found.append((begin, away[number][0]))
            begin = max(begin, away[number][1])
            number += 1
        if begin < end:
            found.append((begin, end))
    return found


def met(left: Spans, right: Spans) -> Spans:
    """Return what lies in both of two sorted lists."""
    found: Spans = []
    one = other = 0
    while one < len(left) and other < len(right):
        start = max(left[one][0], right[other][0])
        end = min(left[one][1], right[other][1])
        if start < end:
            found.append((start, end))
        if left[one][1] < right[other][1]:
            one += 1
        else:
            other += 1
    return found


def clipped(spans: Iterable[tuple[int, int]], start: int, end: int) -> Spans:
    """Return what of sorted spans lies between `start` and `end`."""
    return [
        (max(first, start), min(last, end)) for first, last in spans if last > start and first < end
    ]
