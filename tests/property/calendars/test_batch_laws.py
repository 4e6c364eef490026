"""Laws of the batch form on numpy arrays: each row is answered as it is alone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.calendars._slow import (
    US,
    Scene,
    add,
    amounts,
    far,
    fresh,
    instant,
    landings,
    scenes,
    times,
    us,
    work_scenes,
)

from kamcore.calendars import Landing

np = pytest.importorskip("numpy")
some = st.data()
natural = st.none() | landings


@given(scenes, some)
def test_adding_to_an_array_is_adding_to_each_row(found: Scene, data: st.DataObject) -> None:
    rows = data.draw(st.lists(times(found), max_size=6))
    amount = data.draw(amounts(found, rows[0] if rows else found.middle))
    landing = data.draw(natural)
    expected = [add(found.calendar, at, amount, landing) for at in rows]
    calendar, column = fresh(found.calendar), np.array(rows, "int64")
    added = calendar.add_all(column, amount * US, landing=landing)
    assert added.dtype == np.dtype("int64")
    assert added.tolist() == expected
    stamps = calendar.add_all(column.view("datetime64[us]"), amount * US, landing=landing)
    assert stamps.dtype == np.dtype("datetime64[us]")
    assert stamps.view("int64").tolist() == expected


@given(scenes, some)
def test_the_time_between_arrays_is_that_between_each_row(
    found: Scene, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(times(found), times(found)), max_size=6))
    expected = [found.calendar.between(instant(one), instant(end)) // US for one, end in rows]
    starts = np.array([one for one, _ in rows], "int64")
    ends = np.array([end for _, end in rows], "int64")
    calendar = fresh(found.calendar)
    assert calendar.between_all(starts, ends).tolist() == expected
    spans = calendar.between_all(starts.view("datetime64[us]"), ends.view("datetime64[us]"))
    assert spans.dtype == np.dtype("timedelta64[us]")
    assert spans.view("int64").tolist() == expected


@given(work_scenes(), st.lists(far, min_size=1, max_size=3), st.integers(-500, 500), natural)
@settings(max_examples=15)
def test_rows_centuries_apart_are_each_answered(
    found: Scene, starts: list[datetime], hours: int, landing: Landing | None
) -> None:
    amount = timedelta(hours=hours)
    column = np.array([us(at) for at in starts], "int64")
    expected = [us(found.calendar.add(at, amount, landing=landing)) for at in starts]
    assert found.calendar.add_all(column, amount, landing=landing).tolist() == expected
