"""Hours of real time, also in the two nights a year when the clocks change."""

import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from kamcore.calendars import add_elapsed, zone_data_version
from kamcore.errors import InputError, NaiveInstant, PolicyError

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        pytest.param("2024-03-30T12:00+01:00", 24, "2024-03-31T13:00:00+02:00", id="spring, a day"),
        pytest.param("2024-03-31T01:30+01:00", 1, "2024-03-31T03:30:00+02:00", id="spring, 1 h"),
        pytest.param("2024-10-26T12:00+02:00", 24, "2024-10-27T11:00:00+01:00", id="autumn, a day"),
        pytest.param("2024-10-27T01:30+02:00", 1, "2024-10-27T02:30:00+02:00", id="autumn, 1 h"),
        pytest.param("2024-10-27T01:30+02:00", 2, "2024-10-27T02:30:00+01:00", id="autumn, 2 h"),
        pytest.param("2024-06-01T12:00+02:00", 24, "2024-06-02T12:00:00+02:00", id="summer"),
        pytest.param("2024-03-31T13:00+02:00", -24, "2024-03-30T12:00:00+01:00", id="back"),
    ],
)
def test_an_hour_is_an_hour_in_berlin(start: str, hours: int, expected: str) -> None:
    opened = datetime.fromisoformat(start).astimezone(BERLIN)
    due = add_elapsed(opened, timedelta(hours=hours))
    assert due.isoformat() == expected
    assert due.tzinfo is BERLIN
    assert due.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize("zone", [SHANGHAI, UTC, timezone(timedelta(hours=8))], ids=str)
def test_where_no_clock_changes_it_is_wall_time(zone: timezone | ZoneInfo) -> None:
    opened = datetime(2013, 1, 5, 9, 30, tzinfo=zone)
    due = add_elapsed(opened, timedelta(hours=24))
    assert due == datetime(2013, 1, 6, 9, 30, tzinfo=zone)
    assert due.tzinfo is zone


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(NaiveInstant) as caught:
        add_elapsed(datetime(2013, 1, 5, 9, 30), timedelta(hours=24))
    assert str(caught.value) == (
        'start 2013-01-05 09:30:00 has no zone; use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
    )


def test_a_date_is_no_instant() -> None:
    with pytest.raises(PolicyError) as caught:
        add_elapsed(datetime(2013, 1, 5).date(), timedelta(hours=24))
    assert str(caught.value) == (
        "start datetime.date(2013, 1, 5) is not an instant; pass an aware datetime.datetime"
    )


def test_the_end_of_the_calendar() -> None:
    with pytest.raises(InputError) as caught:
        add_elapsed(datetime(9999, 12, 31, 12, tzinfo=UTC), timedelta(hours=12))
    assert str(caught.value) == (
        "9999-12-31 12:00:00+00:00 + 12:00:00 leaves the calendar; check the amount"
    )


# --- the version of the zone data ---------------------------------------------------------------


@pytest.fixture
def restored_tzpath() -> Iterator[None]:
    yield
    zoneinfo.reset_tzpath()


@pytest.mark.usefixtures("restored_tzpath")
def test_the_version_of_the_first_folder_that_has_one(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("empty", "first", "second")]
    for folder, version in zip(folders, ("", "2099b", "2099a"), strict=True):
        folder.mkdir()
        if version:
            (folder / "tzdata.zi").write_text(
                f"# version {version}\nR A 1916 o\n", encoding="utf-8"
            )
    zoneinfo.reset_tzpath(folders)
    assert zone_data_version() == "2099b"


@pytest.mark.usefixtures("restored_tzpath")
def test_without_a_folder_the_version_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    zoneinfo.reset_tzpath([])
    monkeypatch.setitem(sys.modules, "tzdata", SimpleNamespace(IANA_VERSION="2099c"))
    assert zone_data_version() == "2099c"


@pytest.mark.usefixtures("restored_tzpath")
def test_without_folder_and_package_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    zoneinfo.reset_tzpath([])
    monkeypatch.setitem(sys.modules, "tzdata", None)
    assert zone_data_version() == "unknown"
