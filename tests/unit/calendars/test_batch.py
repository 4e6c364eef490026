import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kamcore.calendars import Calendar, Hours, Landing, SpecialDay, Week, WorkCalendar, WorkingDays
from kamcore.errors import InputError, NaiveInstant, PolicyError

HOUR = timedelta(hours=1)
US = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFICE = WorkCalendar(
    name="office",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "12:00"), Hours("13:00", "18:00")),
)


def us(day: int, hour: int, minute: int = 0, *, year: int = 2026) -> int:
    """Return a wall time of October in Shanghai as microseconds of UTC."""
    wall = datetime(year, 10, day, hour, minute, tzinfo=UTC) - 8 * HOUR
    return (wall - EPOCH) // US


def split(written: str) -> list[list[str]]:
    return [stamp.split("T") for stamp in written.split()]


ROWS = [us(9, 11), us(9, 12), us(9, 12, 30), us(9, 17), us(9, 18), us(10, 3), us(8, 9)]


@pytest.mark.parametrize(
    ("amount", "landing", "expected"),
    [
        (HOUR, None, "9T12 9T14 9T14 9T18 12T10 12T10 8T10"),
        (HOUR, "open", "9T13 9T14 9T14 12T09 12T10 12T10 8T10"),
        (-HOUR, None, "9T10 9T11 9T11 9T16 9T17 9T17 7T17"),
        (timedelta(), None, "9T11 9T12 9T12:30 9T17 9T18 10T03 8T09"),
        (timedelta(), "close", "9T11 9T12 9T12 9T17 9T18 9T18 7T18"),
        (timedelta(), "open", "9T11 9T13 9T13 9T17 12T09 12T09 8T09"),
    ],
    ids=["forward", "forward to the opening", "back", "nothing", "nothing, close", "nothing, open"],
)
def test_rows_of_microseconds(amount: timedelta, landing: Landing | None, expected: str) -> None:
    stamps = [us(int(day), *map(int, clock.split(":"))) for day, clock in split(expected)]
    assert OFFICE.add_all(ROWS, amount, landing=landing) == stamps
    assert OFFICE.add_all(tuple(ROWS), amount, landing=landing) == stamps


def test_the_time_between_is_in_microseconds() -> None:
    starts, ends = [us(9, 11), us(9, 18), us(9, 9)], [us(9, 14), us(9, 9), us(12, 9)]
    assert OFFICE.between_all(starts, ends) == [
        2 * HOUR // US,
        -8 * HOUR // US,
        8 * HOUR // US,
    ]


def test_no_rows_give_no_rows() -> None:
    assert OFFICE.add_all([], HOUR) == []
    assert OFFICE.add_all((), timedelta()) == []
    assert OFFICE.between_all([], ()) == []


def test_the_answer_is_a_list_of_its_own() -> None:
    rows = [us(9, 12)]
    answer = OFFICE.add_all(rows, timedelta())
    assert answer == rows
    assert answer is not rows


class Stamp(int):
    """An integer of a caller's own type."""


def test_integers_of_other_types_are_integers() -> None:
    (moved,) = OFFICE.add_all([Stamp(us(9, 11))], HOUR)
    assert type(moved) is int
    assert moved == us(9, 12)
    assert OFFICE.add_all(range(us(9, 9), us(9, 9) + 3, 2), HOUR) == [us(9, 10), us(9, 10) + 2]


@pytest.mark.parametrize(
    ("rows", "mend"),
    [
        ([0, 1.5], "starts[1] is 1.5; pass whole microseconds of UTC since 1970"),
        ([float("nan")], "starts[0] is nan; pass whole microseconds"),
        ([True], "starts[0] is True; pass whole microseconds"),
        ([Decimal(1)], "starts[0] is Decimal('1'); pass whole microseconds"),
        (["2026-10-09"], "starts[0] is '2026-10-09'; pass whole microseconds"),
        ([None], "starts[0] is None; pass whole microseconds"),
        ([date(2026, 10, 9)], "starts[0] is datetime.date(2026, 10, 9); pass whole"),
        ([EPOCH], "starts[0] is 1970-01-01 00:00:00+00:00; pass whole microseconds of UTC"),
        ([us(9, 9) * 1000], "lies outside the years 1 to 9999; pass whole microseconds"),
        ([0, -(10**18)], "-1000000000000000000 in starts lies outside the years 1 to 9999"),
        ({0}, "starts are set; pass a list of int or a numpy array"),
        (0, "starts are int; pass a list of int or a numpy array"),
        (None, "starts are NoneType; pass a list of int"),
    ],
    ids=repr,
)
def test_rows_that_are_no_microseconds_are_refused(rows: object, mend: str) -> None:
    with pytest.raises(InputError) as refused:
        OFFICE.add_all(rows, HOUR)  # type: ignore[call-overload]
    assert mend in str(refused.value)
    with pytest.raises(InputError) as refused:
        OFFICE.between_all(rows, [0])  # type: ignore[call-overload]
    assert mend in str(refused.value)
    with pytest.raises(InputError) as refused:
        OFFICE.between_all([0], rows)  # type: ignore[call-overload]
    assert mend.replace("starts", "ends") in str(refused.value)


def test_naive_rows_are_refused_with_their_mend() -> None:
    with pytest.raises(NaiveInstant, match=r"starts\[1\] 2026-10-09 00:00:00 has no zone; use"):
        OFFICE.add_all([0, datetime(2026, 10, 9)], HOUR)  # type: ignore[list-item]


def test_starts_and_ends_are_as_many() -> None:
    with pytest.raises(InputError, match="2 starts and 1 ends; pass as many of each"):
        OFFICE.between_all([0, 1], [0])


@pytest.mark.parametrize("amount", [WorkingDays(1), 3600, "1h", None], ids=repr)
def test_rows_take_open_time_only(amount: object) -> None:
    with pytest.raises(InputError, match="is no open time; pass a timedelta for all rows"):
        OFFICE.add_all([0], amount)  # type: ignore[call-overload]


def test_the_landing_is_a_named_convention() -> None:
    with pytest.raises(PolicyError, match="landing 'closed' is no named convention"):
        OFFICE.add_all([0], HOUR, landing="closed")  # type: ignore[call-overload]


def test_a_row_beyond_reach_is_refused_as_alone() -> None:
    with pytest.raises(InputError, match="within 100 years after"):
        OFFICE.add_all([0, us(9, 9)], timedelta(days=36_500))
    with pytest.raises(InputError, match="years 1700 to 2026 are too far apart"):
        OFFICE.between_all([us(9, 9, year=1700)], [us(9, 9)])


@pytest.mark.parametrize(
    ("days", "amount"),
    [(("2026-01-06", "2026-05-06"), -60 * HOUR), (("2026-08-28", "2026-12-28"), 60 * HOUR)],
    ids=["back", "forward"],
)
def test_one_answer_may_lie_in_another_year(days: tuple[str, str], amount: timedelta) -> None:
    rows = [(datetime.fromisoformat(f"{day}T09:00+08:00") - EPOCH) // US for day in days]
    expected = [(OFFICE.add(EPOCH + at * US, amount) - EPOCH) // US for at in rows]
    calendar = WorkCalendar(name="own", zone="Asia/Shanghai", week=OFFICE.week)
    assert calendar.add_all(rows, amount) == expected


def test_a_row_in_the_middle_may_be_the_one_beyond_reach() -> None:
    fairs = WorkCalendar(
        name="fairs",
        zone="Asia/Shanghai",
        special_days=tuple(
            SpecialDay(date(year, 10, 9), (Hours("09:00", "12:00"),)) for year in (1930, 2035)
        ),
    )
    within = [us(9, 9, year=1930), us(9, 9, year=1995)]
    assert fairs.add_all(within, HOUR) == [us(9, 10, year=1930), us(9, 10, year=2035)]
    with pytest.raises(InputError, match="within 100 years after 1930-10-10"):
        fairs.add_all([within[0], us(10, 9, year=1930), within[1]], HOUR)


SPARSE = WorkCalendar(
    name="fairs",
    zone="Asia/Shanghai",
    special_days=tuple(
        SpecialDay(date(year, 10, 9), (Hours("09:00", "12:00"),)) for year in (1930, 2029)
    ),
)


@pytest.mark.parametrize("calendar", [OFFICE, SPARSE], ids=["office", "fairs"])
def test_rows_more_than_a_century_apart_are_answered_one_by_one(calendar: Calendar) -> None:
    rows = [us(9, 9, year=1930), us(9, 10, year=2029)]
    assert calendar.add_all(rows, HOUR) == [us(9, 10, year=1930), us(9, 11, year=2029)]
    far = [us(9, 9, year=1900), us(9, 10, year=2029)]
    assert calendar.between_all(far, rows) == [
        calendar.between(EPOCH + far[0] * US, EPOCH + rows[0] * US) // US,
        0,
    ]


def test_rows_near_each_other_whose_answers_are_a_century_apart() -> None:
    rows = [us(9, 11, year=1930), us(9, 12, year=1930)]
    assert SPARSE.add_all(rows, 2 * HOUR) == [us(9, 10, year=2029), us(9, 11, year=2029)]
    back = [us(9, 9, year=1930), us(9, 9, year=2029)]
    assert SPARSE.add_all(back, HOUR, landing="close") == [
        us(9, 10, year=1930),
        us(9, 10, year=2029),
    ]


def test_numpy_is_left_alone_without_an_array() -> None:
    code = (
        "import sys; from datetime import timedelta; from kamcore.calendars import *;"
        "c = around_the_clock('UTC'); c.add_all([0], timedelta(hours=1)); c.between_all([0], [1]);"
        "sys.exit('numpy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code


# --- arrays -----------------------------------------------------------------------------------


def test_arrays_of_integers_are_microseconds() -> None:
    np = pytest.importorskip("numpy")
    for kind in ("int64", ">i8"):
        rows = np.array(ROWS, kind)
        found = OFFICE.add_all(rows, HOUR)
        assert found.dtype == np.dtype("int64")
        assert found.tolist() == OFFICE.add_all(ROWS, HOUR)
        assert OFFICE.between_all(rows, found).tolist() == [HOUR // US] * len(ROWS)
    # 1970 begins at 08:00 in Shanghai
    assert OFFICE.add_all(np.array([0], "int32"), HOUR).tolist() == [2 * HOUR // US]


@pytest.mark.parametrize("unit", ["h", "m", "s", "ms", "us", "ns", "ps"])
def test_datetime64_of_any_unit_is_read_as_utc(unit: str) -> None:
    np = pytest.importorskip("numpy")
    rows = np.array(["2026-10-09T04", "2026-10-09T05"], f"datetime64[{unit}]")  # 12:00, 13:00
    if unit == "ps":  # reaches until 1970 and some months only
        rows = np.array(["1970-01-02T04", "1970-01-02T05"], "datetime64[ps]")
    found = OFFICE.add_all(rows, HOUR)
    assert found.dtype == np.dtype("datetime64[us]")
    assert (found == rows[1] + np.timedelta64(1, "h")).all()
    spans = OFFICE.between_all(rows, found)
    assert spans.dtype == np.dtype("timedelta64[us]")
    assert (spans == np.timedelta64(1, "h")).all()


@pytest.mark.parametrize("unit", ["D", "M", "Y"])
def test_a_day_is_its_midnight_of_utc(unit: str) -> None:
    np = pytest.importorskip("numpy")
    found = OFFICE.add_all(np.array(["2026"], f"datetime64[{unit}]"), HOUR)
    # 1 January 2026, a Thursday, 08:00 in Shanghai
    assert found.tolist() == [datetime(2026, 1, 1, 2)]


def test_nothing_added_to_an_array_is_a_copy() -> None:
    np = pytest.importorskip("numpy")
    rows = np.array(ROWS, "int64")
    found = OFFICE.add_all(rows, timedelta())
    found[0] = 0
    assert rows.tolist() == ROWS
    landed = OFFICE.add_all(rows, timedelta(), landing="open").tolist()
    assert landed == OFFICE.add_all(ROWS, timedelta(), landing="open")


@pytest.mark.parametrize("kind", ["int64", "datetime64[s]", "datetime64"])
def test_empty_arrays_give_empty_arrays(kind: str) -> None:
    np = pytest.importorskip("numpy")
    rows = np.array([], kind)
    dated = kind != "int64"
    assert OFFICE.add_all(rows, HOUR).dtype == np.dtype("datetime64[us]" if dated else "int64")
    spans = OFFICE.between_all(rows, rows)
    assert spans.shape == (0,)
    assert spans.dtype == np.dtype("timedelta64[us]" if dated else "int64")


@pytest.mark.parametrize(
    ("rows", "kind", "mend"),
    [
        (["2026-10-09", "NaT"], "datetime64[s]", "starts[1] is NaT; leave such rows out"),
        (["NaT"], "datetime64", "starts[0] is NaT; leave such rows out"),
        ([0, 1], "datetime64[ns]", "starts[1] does not fit microseconds; round it"),
        (["400000-01-01"], "datetime64[D]", "starts[0] does not fit microseconds; round it"),
        (["20000-01-01"], "datetime64[D]", "in starts lies outside the years 1 to 9999; pass"),
        ([-(2**63)], "int64", "in starts lies outside the years 1 to 9999; pass whole"),
        ([1.0], "float64", "starts are float64; pass datetime64 or int64, microseconds of UTC"),
        ([True], "bool", "starts are bool; pass datetime64 or int64"),
        ([1], "uint64", "starts are uint64; pass datetime64 or int64"),
        ([1], "timedelta64[s]", "starts are timedelta64[s]; pass datetime64 or int64"),
        ([None], "object", "starts are object; pass datetime64 or int64"),
        ([[0]], "int64", "starts have 2 dimensions; pass one column"),
        (0, "int64", "starts have 0 dimensions; pass one column"),
    ],
    ids=str,
)
def test_arrays_that_are_no_instants_are_refused(rows: object, kind: str, mend: str) -> None:
    np = pytest.importorskip("numpy")
    column = np.array(rows, kind)
    with pytest.raises(InputError) as refused:
        OFFICE.add_all(column, HOUR)
    assert mend in str(refused.value)
    with pytest.raises(InputError) as refused:
        OFFICE.between_all(column, column)
    assert mend in str(refused.value)


def test_what_only_looks_like_an_array_is_refused() -> None:
    np = pytest.importorskip("numpy")
    for rows, kind in (
        (np.int64(0), "int64"),
        (np.ma.array([0], mask=[True]), "MaskedArray"),
        (np.datetime64("2026-10-09"), "datetime64"),
    ):
        with pytest.raises(InputError, match=f"starts are {kind}; pass a list of int or a numpy"):
            OFFICE.add_all(rows, HOUR)
    with pytest.raises(InputError, match=r"starts\[0\] is .*NaT.*; pass whole microseconds"):
        OFFICE.add_all([np.datetime64("NaT")], HOUR)
    assert OFFICE.add_all([np.int64(us(9, 9))], HOUR) == [us(9, 10)]


def test_starts_and_ends_are_of_one_kind_and_length() -> None:
    np = pytest.importorskip("numpy")
    whole, dated = np.array([0], "int64"), np.array([0], "datetime64[us]")
    with pytest.raises(InputError, match="starts are list and ends ndarray; pass two lists or two"):
        OFFICE.between_all([0], whole)
    with pytest.raises(InputError, match=r"starts are int64 and ends datetime64\[us\]; pass one"):
        OFFICE.between_all(whole, dated)
    with pytest.raises(InputError, match="2 starts and 1 ends; pass as many of each"):
        OFFICE.between_all(np.array([0, 1], "int64"), whole)


def test_rows_of_an_array_more_than_a_century_apart_are_answered_one_by_one() -> None:
    np = pytest.importorskip("numpy")
    rows = [us(9, 9, year=1900), us(9, 10, year=2029)]
    ends = [us(9, 9, year=1930), us(9, 11, year=2029)]
    first, last = np.array(rows, "int64"), np.array(ends, "int64")
    assert OFFICE.add_all(first, HOUR).tolist() == OFFICE.add_all(rows, HOUR)
    assert OFFICE.between_all(first, last).tolist() == OFFICE.between_all(rows, ends)
    dated = OFFICE.add_all(first.view("datetime64[us]"), HOUR)
    assert dated.dtype == np.dtype("datetime64[us]")


def test_arrays_of_a_state_are_made_once_and_again_for_another() -> None:
    np = pytest.importorskip("numpy")
    calendar = WorkCalendar(name="own", zone="Asia/Shanghai", week=OFFICE.week)
    rows = np.array(ROWS, "int64")
    calendar.add_all(rows, HOUR)
    first = calendar.compiled.arrays
    calendar.between_all(rows, rows)
    assert calendar.compiled.arrays is first
    calendar.add_all(np.array([0], "int64"), HOUR)
    assert calendar.compiled.arrays is not first
    assert calendar.add_all(rows, HOUR).tolist() == OFFICE.add_all(ROWS, HOUR)
