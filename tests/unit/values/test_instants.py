"""What counts as an instant: aware, within the calendar, and no finer than a microsecond."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kamcore.errors import NaiveInstant, NotADate
from kamcore.values._checks import as_instant, brief

pd = pytest.importorskip("pandas")


def test_a_time_of_another_library_becomes_a_datetime() -> None:
    stamp = pd.Timestamp("2026-10-25 02:15", tz="Europe/London")
    taken = as_instant(stamp, "opened")
    assert type(taken) is datetime
    assert taken == stamp
    assert taken.fold == stamp.fold


def test_nanoseconds_are_refused() -> None:
    stamp = pd.Timestamp("2026-03-02 09:00:00.000000001", tz="UTC")
    with pytest.raises(NotADate, match=r'finer than a microsecond; use value.floor\("us"\)'):
        as_instant(stamp, "opened")


def test_no_time_is_refused() -> None:
    with pytest.raises(NotADate, match="opened NaT is not an instant; leave it out"):
        as_instant(pd.NaT, "opened")


@pytest.mark.parametrize(
    "value",
    [
        datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_an_instant_beyond_the_calendar_is_refused(value: datetime) -> None:
    with pytest.raises(NotADate, match="lies beyond the calendar; check the year"):
        as_instant(value, "opened")


def test_the_last_instants_are_taken() -> None:
    assert as_instant(datetime.max.replace(tzinfo=UTC), "at").year == 9999


def test_the_mend_names_the_zone_that_is_known() -> None:
    with pytest.raises(NaiveInstant, match=r'ZoneInfo\("Europe/Berlin"\)'):
        as_instant(datetime(2026, 3, 2), "start", "Europe/Berlin")


def test_a_long_value_is_cut_in_a_message() -> None:
    assert brief((1, 2)) == "(1, 2)"
    assert len(brief("x" * 10_000)) == 201
