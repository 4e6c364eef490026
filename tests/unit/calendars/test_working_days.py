"""When counting begins: the day of the start, or the one after."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kamcore.calendars import Hours, Week, WorkCalendar, WorkingDays
from kamcore.errors import NaiveInstant

OFFICE = WorkCalendar(name="office", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00")))


def march(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("start", "first", "due"),
    [
        (march(2, 8), "next_day", march(3, 18)),
        (march(2, 8), "same_day", march(2, 18)),
        (march(2, 17, 59), "same_day", march(2, 18)),
        (march(2, 18), "same_day", march(3, 18)),
        (march(2, 19), "same_day", march(3, 18)),
        (march(7, 10), "same_day", march(9, 18)),
        (march(7, 10), "next_day", march(9, 18)),
    ],
    ids=["next", "before", "last minute", "at close", "after close", "Saturday", "Saturday, next"],
)
def test_the_day_of_the_start(start: datetime, first: str, due: datetime) -> None:
    assert OFFICE.add(start, WorkingDays(1, first=first)) == due  # type: ignore[arg-type]  # a word


@pytest.mark.parametrize(
    ("start", "due"),
    [(march(3, 19), march(3, 9)), (march(3, 9, 1), march(3, 9)), (march(3, 9), march(2, 9))],
    ids=["after", "first minute", "at opening"],
)
def test_going_back_a_start_after_the_opening_counts(start: datetime, due: datetime) -> None:
    assert OFFICE.subtract(start, WorkingDays(1, first="same_day")) == due


def test_every_question_names_the_zone_of_its_calendar_in_the_mend() -> None:
    berlin = WorkCalendar(
        name="office", zone="Europe/Berlin", week=Week.of(Hours("09:00", "18:00"))
    )
    naive = datetime(2026, 3, 2, 9)
    for ask in (
        lambda: berlin.add(naive, WorkingDays(1)),
        lambda: berlin.between(naive, naive),
        lambda: berlin.is_open(naive),
        lambda: berlin.knows(naive),
    ):
        with pytest.raises(NaiveInstant, match=r'ZoneInfo\("Europe/Berlin"\)'):
            ask()
