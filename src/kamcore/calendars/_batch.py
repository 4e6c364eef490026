"""Open time for many rows at once: on integers in plain Python, on numpy arrays where given.

Each answer is that of `Calendar.add` and `Calendar.between`. One state of the compiled calendar
covers all rows, which saves the look-ups around the two bisections; numpy is never imported here,
only used where the caller has.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import repeat
from operator import index as as_int
from typing import NamedTuple, Protocol, SupportsIndex, TypeVar, cast

from kamcore.calendars._index import REACH_US, Index, Snapshot
from kamcore.errors import InputError
from kamcore.values._checks import as_instant

__all__ = ["Column", "add_rows", "pass_rows"]

MEND = "pass whole microseconds of UTC since 1970"
FIRST_US = -62_135_596_800_000_000
LAST_US = 253_402_300_800_000_000


class Column(Protocol):
    """A numpy array, as far as a signature needs it."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of its dimensions."""
        ...

    @property
    def dtype(self) -> object:
        """What it holds."""
        ...


C = TypeVar("C", bound=Column)


class _Kind(Protocol):
    kind: str


class _Vector(Protocol):
    """The part of a numpy array that is used here; all of them hold int64, dates or flags."""

    shape: tuple[int, ...]
    dtype: _Kind

    def __getitem__(self, place: "_Vector", /) -> "_Vector": ...
    def __add__(self, other: "_Vector | int", /) -> "_Vector": ...
    def __sub__(self, other: "_Vector", /) -> "_Vector": ...
    def __ne__(self, other: object, /) -> "_Vector": ...  # type: ignore[override]  # row by row
    def astype(self, kind: "str | _Kind", /) -> "_Vector": ...
    def view(self, kind: str, /) -> "_Vector": ...
    def any(self) -> bool: ...
    def argmax(self) -> int: ...
    def min(self) -> SupportsIndex: ...
    def max(self) -> SupportsIndex: ...
    def tolist(self) -> list[int]: ...


class _Numpy(Protocol):
    def array(self, rows: Sequence[int], kind: str, /) -> _Vector: ...
    def isnat(self, rows: _Vector, /) -> _Vector: ...
    def maximum(self, rows: _Vector, least: int, /) -> _Vector: ...
    def searchsorted(self, edges: _Vector, rows: _Vector, /, side: str) -> _Vector: ...


class _Table(NamedTuple):
    """A snapshot as arrays; those with `_after` have one more, for the time before the first."""

    starts: _Vector
    filled: _Vector
    gaps: _Vector
    ends_after: _Vector
    filled_after: _Vector


# --- adding -------------------------------------------------------------------------------------


def add_rows(index: Index, starts: object, amount: int, *, later: bool | None) -> object:
    """Return the instants `amount` of open time after `starts`, in the form of `starts`.

    `later` as in `Index.moved`; None leaves `starts` as they are.
    """
    if _is_array(starts):
        return _add_array(index, cast("_Vector", starts), amount, later=later)
    rows = _integers(starts, "starts")
    if later is None or not rows:
        return rows
    now = _state(index, min(rows), max(rows), amount, later=later)
    if now is None:
        return [index.moved(start, amount, later=later) for start in rows]
    filled = now.filled
    gaps = [end - total for end, total in zip(now.ends, filled, strict=True)]
    # before the first opening, then after each: its end, what is filled there, what lies before
    ends = [now.low, *now.ends]
    goals = [amount, *[total + amount for total in filled]]
    past = [0, *[gap - amount for gap in gaps]]
    places = map(bisect_right, repeat(now.starts), rows)
    wanted = [
        at - past[place] if at < ends[place] else goals[place]
        for at, place in zip(rows, places, strict=False)
    ]
    landed = map(bisect_right if later else bisect_left, repeat(filled), wanted)
    return [gaps[place] + goal for goal, place in zip(wanted, landed, strict=False)]


def _add_array(index: Index, starts: _Vector, amount: int, *, later: bool | None) -> _Vector:
    rows, kind = _microseconds(starts, "starts")
    if later is not None and rows.shape[0]:
        low, high = as_int(rows.min()), as_int(rows.max())
        now = _state(index, low, high, amount, later=later)
        numpy = _numpy()
        if now is None:
            moved = [index.moved(start, amount, later=later) for start in rows.tolist()]
            rows = numpy.array(moved, "int64")
        else:
            table = _table(index, now)
            goals = _filled_at(table, rows) + amount
            side = "right" if later else "left"
            rows = table.gaps[numpy.searchsorted(table.filled, goals, side=side)] + goals
    return rows.view("datetime64[us]") if kind == "M" else rows


def _state(index: Index, low: int, high: int, amount: int, *, later: bool) -> Snapshot | None:
    """Return a state that holds all rows and their answers; None where one would be too wide.

    Adding keeps the order of instants, so the answers lie between those of the first and the last.
    """
    if high - low > REACH_US:
        return None
    low = min(low, index.moved(low, amount, later=later))
    high = max(high, index.moved(high, amount, later=later))
    return index.covering(low, high) if high - low <= REACH_US else None


# --- the time between ---------------------------------------------------------------------------


def pass_rows(index: Index, starts: object, ends: object) -> object:
    """Return the open time from each of `starts` to its end, in the form of `starts`."""
    if _is_array(starts) != _is_array(ends):
        kinds = f"{type(starts).__name__} and ends {type(ends).__name__}"
        raise InputError(f"starts are {kinds}; pass two lists or two arrays")
    if _is_array(starts):
        return _pass_array(index, cast("_Vector", starts), cast("_Vector", ends))
    first, last = _integers(starts, "starts"), _integers(ends, "ends")
    _same_length(len(first), len(last))
    if not first:
        return []
    low, high = min(map(min, (first, last))), max(map(max, (first, last)))
    if high - low > REACH_US:
        return [index.between(*pair) for pair in zip(first, last, strict=True)]
    now = index.covering(low, high)
    ends_after, filled = [now.low, *now.ends], [0, *now.filled]
    past = [end - total for end, total in zip(ends_after, filled, strict=True)]
    places = map(bisect_right, repeat(now.starts), first)
    end_places = map(bisect_right, repeat(now.starts), last)
    return [
        (end - past[there] if end < ends_after[there] else filled[there])
        - (start - past[here] if start < ends_after[here] else filled[here])
        for start, end, here, there in zip(first, last, places, end_places, strict=False)
    ]


def _pass_array(index: Index, starts: _Vector, ends: _Vector) -> _Vector:
    first, kind = _microseconds(starts, "starts")
    last, other = _microseconds(ends, "ends")
    if kind != other:
        raise InputError(f"starts are {starts.dtype} and ends {ends.dtype}; pass one kind for both")
    _same_length(first.shape[0], last.shape[0])
    if first.shape[0]:
        low = min(as_int(first.min()), as_int(last.min()))
        high = max(as_int(first.max()), as_int(last.max()))
        if high - low > REACH_US:
            pairs = zip(first.tolist(), last.tolist(), strict=True)
            first = _numpy().array([index.between(*pair) for pair in pairs], "int64")
        else:
            table = _table(index, index.covering(low, high))
            first = _filled_at(table, last) - _filled_at(table, first)
    return first.view("timedelta64[us]") if kind == "M" else first


def _same_length(starts: int, ends: int) -> None:
    if starts != ends:
        raise InputError(f"{starts} starts and {ends} ends; pass as many of each")


# --- what is let in -----------------------------------------------------------------------------


def _integers(given: object, what: str) -> list[int]:
    """Return rows as integers; refuse everything that is no whole microsecond of a year."""
    if not isinstance(given, Sequence):
        raise InputError(f"{what} are {type(given).__name__}; pass a list of int or a numpy array")
    rows = cast("list[int]", list(cast("Sequence[object]", given)))
    if not set(map(type, rows)) <= {int}:
        rows = [_integer(value, f"{what}[{place}]") for place, value in enumerate(rows)]
    if rows:
        _within_years(min(rows), max(rows), what)
    return rows


def _integer(value: object, what: str) -> int:
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return as_int(value)
    if isinstance(value, datetime):
        as_instant(value, what)
        raise InputError(f"{what} is {value}; {MEND}, or ask for one instant")
    raise InputError(f"{what} is {value!r}; {MEND}")


def _within_years(low: int, high: int, what: str) -> None:
    for value in (low, high):
        if not FIRST_US <= value < LAST_US:
            raise InputError(f"{value} in {what} lies outside the years 1 to 9999; {MEND}")


def _is_array(given: object) -> bool:
    kind = type(given)
    return kind.__module__ == "numpy" and kind.__name__ == "ndarray"


def _microseconds(given: _Vector, what: str) -> tuple[_Vector, str]:
    """Return the rows of an array as int64, and whether they were "M" (dates) or "i" (integers)."""
    kind = given.dtype.kind
    if len(given.shape) != 1:
        raise InputError(f"{what} have {len(given.shape)} dimensions; pass one column")
    if kind not in {"M", "i"}:
        raise InputError(f"{what} are {given.dtype}; pass datetime64 or int64, microseconds of UTC")
    rows = given
    if kind == "M":
        missing = _numpy().isnat(given)
        if missing.any():
            raise InputError(f"{what}[{missing.argmax()}] is NaT; leave such rows out")
        rows = given.astype("datetime64[us]")
        changed = rows.astype(given.dtype) != given
        if changed.any():
            raise InputError(f"{what}[{changed.argmax()}] does not fit microseconds; round it")
    rows = rows.astype("int64")
    if rows.shape[0]:
        _within_years(as_int(rows.min()), as_int(rows.max()), what)
    return rows, kind


# --- arrays -------------------------------------------------------------------------------------


def _numpy() -> _Numpy:
    """Return the module that the caller's array comes from."""
    return cast("_Numpy", sys.modules["numpy"])


def _table(index: Index, now: Snapshot) -> _Table:
    """Return the arrays of a snapshot, made once."""
    known = index.arrays
    if known is not None and known[0] is now:
        return cast("_Table", known[1])
    array = _numpy().array
    ends, filled = array(now.ends, "int64"), array(now.filled, "int64")
    table = _Table(
        array(now.starts, "int64"),
        filled,
        ends - filled,
        array([now.low, *now.ends], "int64"),
        array([0, *now.filled], "int64"),
    )
    index.arrays = now, table
    return table


def _filled_at(table: _Table, rows: _Vector) -> _Vector:
    numpy = _numpy()
    place = numpy.searchsorted(table.starts, rows, side="right")
    left = numpy.maximum(table.ends_after[place] - rows, 0)
    return table.filled_after[place] - left
