"""The compiled form: which years it compiles, and that no answer shows it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kamcore.calendars import (
    Hours,
    SpecialDay,
    Week,
    WorkCalendar,
    around_the_clock,
)
from kamcore.errors import InputError
from kamcore.values import Days

HOUR = timedelta(hours=1)
OFFICE = Week.of(Hours("09:00", "18:00"))


def office(zone: str = "Europe/Berlin") -> WorkCalendar:
    return WorkCalendar(name="office", zone=zone, week=OFFICE)


def berlin(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/Berlin"))


# --- ends of years ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Asia/Shanghai", "UTC", "America/New_York", "Etc/GMT+12"]
)
@pytest.mark.parametrize("hours", range(-60, 72, 12))
def test_a_year_ends_at_its_own_midnight(zone: str, hours: int) -> None:
    new_year = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    at = new_year + hours * HOUR
    assert around_the_clock(zone).is_open(at)
    assert around_the_clock(zone).subtract(at, HOUR) == at - HOUR
    assert around_the_clock(zone).add(at, HOUR) == at + HOUR
    assert around_the_clock(zone).between(new_year, at) == at - new_year
    assert around_the_clock(zone).between(at - HOUR, at) == HOUR


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_closing_at_the_end_of_the_year_is_one(zone: str) -> None:
    evenings = WorkCalendar(name="evenings", zone=zone, week=Week.of(Hours("18:00", "24:00")))
    new_year = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone))  # a Friday
    assert evenings.next_closing(new_year - HOUR) == new_year
    assert evenings.previous_closing(new_year + HOUR) == new_year
    assert evenings.add(new_year - HOUR, HOUR) == new_year
    assert evenings.add(new_year - HOUR, HOUR, landing="open") == new_year + 18 * HOUR
    assert evenings.subtract(new_year + 18 * HOUR, HOUR) == new_year - HOUR
    assert not evenings.is_open(new_year)


def test_a_night_shift_over_the_end_of_the_year_is_one_stretch() -> None:
    nights = WorkCalendar(name="nights", zone="Asia/Tokyo", week=Week.of(Hours("22:00", "06:00")))
    (period,) = nights.open_periods(
        datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)
    )
    assert period.closes - period.opens == 8 * HOUR


def test_what_the_last_day_of_the_year_before_leaves_is_counted() -> None:
    relay = WorkCalendar(
        name="relay",
        zone="UTC",
        week=Week(thursday=(Hours("20:00", "18:00"),), friday=(Hours("06:00", "12:00"),)),
    )
    friday = datetime(2027, 1, 8, 5, tzinfo=UTC)  # nine hours into the second shift of the year
    assert relay.subtract(friday, 10 * HOUR) == datetime(2027, 1, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Shanghai", "America/New_York"])
def test_working_days_at_the_end_of_a_year(zone: str) -> None:
    for last_year in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)):
        assert office(zone).is_working_day(last_year)
    assert office(zone).add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert office(zone).add_working_days(date(2027, 1, 1), -1) == date(2026, 12, 31)
    assert office(zone).add_working_days(date(2027, 1, 2), 0) == date(2027, 1, 4)
    days = Days(date(2026, 12, 31), date(2027, 1, 2))
    assert office(zone).count_working_days(days) == 2


# --- how far ----------------------------------------------------------------------------------


def test_a_span_of_two_centuries_is_answered_and_a_longer_one_refused() -> None:
    calendar = office()
    start = berlin(1850, 1, 1)
    assert calendar.between(start, berlin(2050, 1, 1)) == (
        calendar.between(start, berlin(1950, 1, 1))
        + calendar.between(berlin(1950, 1, 1), berlin(2050, 1, 1))
    )
    with pytest.raises(InputError, match="years 1850 to 2060 are too far apart; check the dates"):
        calendar.between(start, berlin(2060, 1, 1))


def test_a_wide_span_asked_before_is_no_hindrance() -> None:
    warmed = office()
    warmed.between(berlin(1850, 2, 1), berlin(2050, 12, 1))
    assert warmed.add(berlin(2050, 12, 30), 40 * HOUR) == office().add(
        berlin(2050, 12, 30), 40 * HOUR
    )
    assert warmed.subtract(berlin(1850, 1, 5), 400 * HOUR) == office().subtract(
        berlin(1850, 1, 5), 400 * HOUR
    )


def test_a_span_wider_than_what_is_kept_leaves_the_kept_years_alone() -> None:
    calendar = office()
    now = calendar.compiled.covering(0, 0)
    start, end = berlin(1850, 1, 2), berlin(2050, 12, 31)
    assert calendar.between(start, end) == office().between(start, end)
    assert calendar.compiled.covering(0, 0) is now


@pytest.mark.parametrize("warm", [0, 150, -150], ids=["fresh", "warmed ahead", "warmed behind"])
def test_the_reach_is_a_hundred_years_of_365_days(warm: int) -> None:
    fair = date(2026, 5, 1)
    opens = datetime(2026, 5, 1, 9, tzinfo=UTC)
    calendar = WorkCalendar(
        name="fair", zone="UTC", special_days=(SpecialDay(fair, (Hours("09:00", "10:00"),)),)
    )
    calendar.between(opens, opens + warm * timedelta(days=365))
    century = timedelta(days=36_500)
    assert calendar.next_opening(opens - century) == opens
    assert calendar.add(opens - century, timedelta(), landing="open") == opens
    assert calendar.add(opens + HOUR - century, HOUR) == opens + HOUR
    assert calendar.subtract(opens + century, HOUR) == opens
    assert calendar.add_working_days(fair - century, 1) == fair
    earlier, later = opens - century - HOUR, opens + century + HOUR
    with pytest.raises(InputError, match="fair never opens after"):
        calendar.next_opening(earlier)
    with pytest.raises(InputError, match="does not hold any of open time within 100 years after"):
        calendar.add(earlier, timedelta(), landing="open")
    with pytest.raises(InputError, match="does not hold 1:00:00 of open time within 100 years af"):
        calendar.add(earlier, HOUR)
    with pytest.raises(InputError, match="does not hold 1:00:00 of open time within 100 years be"):
        calendar.subtract(later, HOUR)
    with pytest.raises(InputError, match="no working day within reach of 1926-05-25"):
        calendar.add_working_days(fair - century - timedelta(days=1), 1)


def test_an_amount_beyond_a_hundred_years_is_refused() -> None:
    always = around_the_clock("UTC")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    century = timedelta(days=36_500)
    assert always.add(start, century) == start + century
    for amount in (century + timedelta(microseconds=1), timedelta.max, timedelta.min):
        with pytest.raises(InputError, match="within 100 years"):
            always.add(start, amount)
    with pytest.raises(InputError, match="no 1,000,000 working days within reach of 2026-01-01"):
        always.add_working_days(date(2026, 1, 1), 1_000_000)


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(1, 1, 1), "year 1 "),
        (datetime(9998, 1, 2), "year 9998 "),
        (datetime(9999, 12, 31, 23), "year 9999 "),
    ],
    ids=str,
)
def test_the_ends_of_time_leave_the_calendar(at: datetime, year: str) -> None:
    with pytest.raises(InputError, match=year + "leaves the calendar; check the dates"):
        office("UTC").add(at.replace(tzinfo=UTC), HOUR)


def test_the_last_years_are_answered_as_far_as_they_go() -> None:
    calendar = office("UTC")
    late = datetime(9997, 12, 30, 12, tzinfo=UTC)  # a Tuesday
    assert calendar.add(late, 10 * HOUR) == datetime(9997, 12, 31, 13, tzinfo=UTC)
    assert calendar.is_open(datetime(9997, 12, 31, 17, tzinfo=UTC))
    with pytest.raises(InputError, match="within 100 years"):
        calendar.add(late, 100 * HOUR)
    early = datetime(2, 1, 4, 12, tzinfo=UTC)  # a Friday
    assert calendar.add(early, HOUR) == early + HOUR
    with pytest.raises(InputError, match="within 100 years"):
        calendar.subtract(early, 100 * HOUR)


# --- shared -----------------------------------------------------------------------------------


def test_threads_share_a_calendar() -> None:
    calendar = office("Asia/Shanghai")
    starts = [datetime(1930 + 7 * number % 180, 3, 1, tzinfo=UTC) for number in range(240)]
    expected = [office("Asia/Shanghai").add(start, 100 * HOUR) for start in starts[:3]]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda start: calendar.add(start, 100 * HOUR), starts))
    assert found[:3] == expected
    assert found == [calendar.add(start, 100 * HOUR) for start in starts]
