import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from kamcore.calendars import (
    WEEKDAYS,
    Closed,
    Closure,
    Holiday,
    Hours,
    Landing,
    Period,
    Roll,
    SpecialDay,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.errors import (
    DuplicateName,
    FloatRefused,
    InputError,
    NaiveInstant,
    NotADate,
    PolicyError,
)
from kamcore.values import Days, Label

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MICRO = timedelta(microseconds=1)
OFFICE = Week.of(Hours("09:00", "12:00"), Hours("13:00", "18:00"))
MAY_1 = date(2026, 5, 1)
SHORT = (Hours("09:00", "10:00"),)
NIGHTS = Week.of(Hours("22:00", "06:00"))
# 1 October 2026 is a Thursday; 10 October is the Saturday that makes up for it.
DESK = WorkCalendar(
    name="desk",
    zh="客服",
    zone="Asia/Shanghai",
    week=OFFICE,
    holidays=tuple(
        Holiday(date(2026, 10, day), "National Day", zh="国庆节") for day in range(1, 8)
    ),
    special_days=(SpecialDay(date(2026, 10, 10), (Hours("10:00", "16:00"),)),),
    closures=(Closure(date(2026, 10, 8), Hours("09:00", "10:30"), "power cut", zh="停电"),),
)


def at(day: int, clock: str = "00:00", month: int = 10) -> datetime:
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), SHANGHAI)


def open_hours(calendar: WorkCalendar, start: datetime, end: datetime) -> list[str]:
    periods = calendar.open_periods(start, end)
    return [f"{one.opens:%d %H:%M}-{one.closes:%d %H:%M}" for one in periods]


# --- what is open -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(30, "08:59", 9), False),
        (at(30, "09:00", 9), True),
        (at(30, "11:59", 9), True),
        (at(30, "12:00", 9), False),
        (at(30, "13:00", 9), True),
        (at(30, "18:00", 9), False),
        (at(1, "10:00"), False),
        (at(8, "10:29"), False),
        (at(8, "10:30"), True),
        (at(10, "09:30"), False),
        (at(10, "10:00"), True),
        (at(10, "12:30"), True),
        (at(10, "16:00"), False),
        (at(11, "10:00"), False),
    ],
    ids=lambda value: f"{value:%d %b %H:%M}" if isinstance(value, datetime) else None,
)
def test_hours_are_open_from_the_opening_until_before_the_closing(
    moment: datetime, is_open: bool
) -> None:
    assert DESK.is_open(moment) is is_open
    assert DESK.is_open(moment.astimezone(UTC)) is is_open


def test_24_00_is_the_midnight_that_ends_the_day() -> None:
    evenings = WorkCalendar(
        name="evenings", zone="Asia/Shanghai", week=Week.of(Hours("18:00", "24:00"))
    )
    assert evenings.next_closing(at(8, "18:00")) == at(9)
    assert open_hours(evenings, at(8), at(10)) == ["08 18:00-09 00:00", "09 18:00-10 00:00"]


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    nights = WorkCalendar(name="nights", zone="Asia/Shanghai", week=NIGHTS)
    assert nights.is_open(at(10, "05:59"))  # Saturday, in Friday's shift
    assert not nights.is_open(at(10, "06:00"))
    assert not nights.is_working_day(date(2026, 10, 10))
    assert nights.is_working_day(date(2026, 10, 9))
    assert nights.add(at(8), WorkingDays(1)) == at(10, "06:00")
    assert nights.add(at(10, "05:00"), WorkingDays(1)) == at(13, "06:00")


def test_a_holiday_closes_its_own_24_hours_and_leaves_the_rest_of_a_night_shift() -> None:
    nights = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        holidays=(Holiday(date(2026, 10, 8), "holiday"),),
    )
    assert open_hours(nights, at(7, "12:00"), at(9, "12:00")) == [
        "07 22:00-08 00:00",
        "09 00:00-09 06:00",
    ]
    assert not nights.is_working_day(date(2026, 10, 8))


def test_a_special_day_goes_before_a_holiday() -> None:
    both = WorkCalendar(
        name="both",
        zone="Asia/Shanghai",
        week=OFFICE,
        holidays=(Holiday(date(2026, 10, 10), "holiday"),),
        special_days=(SpecialDay(date(2026, 10, 10), (Hours("10:00", "11:00"),)),),
    )
    assert both.between(at(10), at(11)) == HOUR
    assert both.is_working_day(date(2026, 10, 10))


def test_a_special_day_replaces_the_days_hours_but_not_the_night_before() -> None:
    nights = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        special_days=(SpecialDay(date(2026, 10, 8), (Hours("05:00", "09:00"),)),),
    )
    assert open_hours(nights, at(7, "12:00"), at(9, "12:00")) == ["07 22:00-08 09:00"]


def test_breaks_are_cut_out_of_special_days_and_night_shifts_too() -> None:
    breaks = Week.of(Hours("02:00", "02:30"), Hours("12:00", "13:00"), days=WEEKDAYS)
    calendar = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        breaks=breaks,
        special_days=(SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),),
    )
    assert open_hours(calendar, at(9, "12:00"), at(11)) == [
        "09 22:00-10 02:00",
        "10 02:30-10 06:00",
        "10 09:00-10 12:00",
        "10 13:00-10 18:00",
    ]


@pytest.mark.parametrize(
    ("hours", "rest", "expected"),
    [
        (("09:00", "18:00"), ("12:00", "13:00"), ["10 09:00-10 12:00", "10 13:00-10 18:00"]),
        (("09:00", "18:00"), ("08:30", "09:30"), ["10 09:30-10 18:00"]),
        (("09:00", "18:00"), ("07:00", "08:00"), ["10 09:00-10 18:00"]),
        (("09:00", "18:00"), ("17:00", "19:00"), ["10 09:00-10 17:00"]),
        (("22:00", "06:00"), ("02:00", "02:30"), ["10 22:00-11 02:00", "11 02:30-11 06:00"]),
        (("22:00", "06:00"), ("23:30", "00:30"), ["10 22:00-10 23:30", "11 00:30-11 06:00"]),
        (("22:00", "06:00"), ("06:00", "07:00"), ["10 22:00-11 06:00"]),
        (("22:00", "06:00"), ("21:00", "23:00"), ["10 23:00-11 06:00"]),
    ],
    ids=["inside", "at opening", "before", "at close", "night", "midnight", "after", "at dusk"],
)
def test_a_special_day_may_have_breaks_of_its_own(
    hours: tuple[str, str], rest: tuple[str, str], expected: list[str]
) -> None:
    special = SpecialDay(
        date(2026, 10, 10),
        (Hours(*hours),),  # type: ignore[arg-type]  # converted
        breaks=(Hours(*rest),),  # type: ignore[arg-type]  # converted
    )
    calendar = WorkCalendar(
        name="own",
        zone="Asia/Shanghai",
        week=Week(sunday=(Hours("06:00", "10:00"),)),
        breaks=Week.of(Hours("03:00", "04:00"), Hours("15:00", "16:00"), days=("saturday",)),
        special_days=(special,),
    )
    sunday = "11 06:00-11 10:00"
    if expected[-1].endswith("-11 06:00"):
        sunday = expected.pop()[:8] + "-11 10:00"
    assert open_hours(calendar, at(10), at(12)) == [*expected, sunday]


def test_a_closure_may_run_over_midnight() -> None:
    calendar = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        closures=(Closure(date(2026, 10, 8), Hours("23:00", "01:00"), "power cut"),),
    )
    assert open_hours(calendar, at(8, "12:00"), at(9, "12:00")) == [
        "08 22:00-08 23:00",
        "09 01:00-09 06:00",
    ]


def test_a_closure_of_the_whole_day_makes_it_no_working_day() -> None:
    calendar = WorkCalendar(
        name="desk",
        zone="Asia/Shanghai",
        week=OFFICE,
        closures=(Closure(date(2026, 10, 8), Hours("00:00", "24:00"), "inventory"),),
    )
    assert not calendar.is_working_day(date(2026, 10, 8))
    assert calendar.add_working_days(date(2026, 10, 7), 1) == date(2026, 10, 9)


def test_hours_of_two_days_that_overlap_are_counted_once() -> None:
    calendar = WorkCalendar(
        name="handover",
        zone="Asia/Shanghai",
        week=Week(monday=(Hours("20:00", "08:00"),), tuesday=(Hours("07:00", "20:00"),)),
    )
    assert open_hours(calendar, at(5), at(8)) == ["05 20:00-06 20:00"]
    assert calendar.between(at(5), at(8)) == 24 * HOUR


def test_hours_that_close_when_they_open_are_a_day_of_24_hours() -> None:
    shift = WorkCalendar(
        name="shift", zone="Asia/Shanghai", week=Week(monday=(Hours("09:00", "09:00"),))
    )
    assert open_hours(shift, at(5), at(12)) == ["05 09:00-06 09:00"]


def test_a_calendar_of_special_days_only() -> None:
    fair = WorkCalendar(
        name="fair",
        zone="Asia/Shanghai",
        special_days=(
            SpecialDay(date(2026, 10, 10), (Hours("09:00", "10:00"),)),
            SpecialDay(date(2031, 10, 10), (Hours("09:00", "10:00"),)),
        ),
    )
    assert fair.add(at(10, "09:30"), HOUR) == datetime(2031, 10, 10, 9, 30, tzinfo=SHANGHAI)
    assert fair.add_working_days(date(2026, 10, 10), 1) == date(2031, 10, 10)
    assert len(list(fair.open_periods(at(1)))) == 2
    assert fair.known_until == date(2031, 12, 31)


# --- nights when the clocks change ------------------------------------------------------------


def berlin(*hours: Hours, breaks: Week = Week()) -> WorkCalendar:  # noqa: B008 - frozen
    week = Week.of(*hours, days=WEEKDAYS)
    return WorkCalendar(name="berlin", zone="Europe/Berlin", week=week, breaks=breaks)


def night(calendar: WorkCalendar, month: int, day: int) -> list[str]:
    start = datetime(2026, month, day, tzinfo=BERLIN)
    end = datetime(2026, month, day, 12, tzinfo=BERLIN)
    return [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in calendar.open_periods(start, end)]


@pytest.mark.parametrize(
    ("hours", "spring", "autumn_minutes"),
    [
        ((Hours("01:00", "04:00"),), ["01:00-04:00"], 240),
        ((Hours("02:30", "04:00"),), ["03:30-04:00"], 150),
        ((Hours("02:00", "03:00"),), [], 120),
        ((Hours("02:30", "03:00"),), [], 90),
        ((Hours("02:30", "03:15"),), [], 105),
        ((Hours("02:15", "02:45"),), ["03:15-03:45"], 30),
        ((Hours("01:00", "02:30"),), ["01:00-03:30"], 90),
        ((Hours("02:15", "02:45"), Hours("03:00", "04:00")), ["03:00-04:00"], 90),
        ((Hours("02:30", "02:45"), Hours("03:00", "03:10")), ["03:00-03:10", "03:30-03:45"], 25),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple | list) else None,
)
def test_a_wall_time_that_is_skipped_is_later_and_one_shown_twice_is_the_first(
    hours: tuple[Hours, ...], spring: list[str], autumn_minutes: int
) -> None:
    calendar = berlin(*hours)
    assert night(calendar, 3, 29) == spring
    autumn = datetime(2026, 10, 25, tzinfo=BERLIN)
    assert calendar.between(autumn, autumn.replace(hour=12)) == autumn_minutes * MINUTE


@pytest.mark.parametrize(
    ("month", "day", "hours"), [(3, 28, 7), (10, 24, 9), (10, 31, 8)], ids=["on", "back", "neither"]
)
def test_a_night_shift_counts_the_hours_that_pass(month: int, day: int, hours: int) -> None:
    calendar = berlin(Hours("22:00", "06:00"))
    noon = datetime(2026, month, day, 12, tzinfo=BERLIN)
    assert calendar.between(noon, noon + timedelta(days=1)) == hours * HOUR
    assert f"{calendar.next_closing(noon):%d %H:%M}" == f"{noon + timedelta(days=1):%d} 06:00"


def test_a_break_is_cut_out_of_stretches_that_a_jump_reorders() -> None:
    calendar = berlin(
        Hours("02:30", "02:45"),
        Hours("03:00", "03:10"),
        breaks=Week.of(Hours("03:05", "03:10"), days=WEEKDAYS),
    )
    assert night(calendar, 3, 29) == ["03:00-03:05", "03:30-03:45"]
    assert calendar.next_opening(datetime(2026, 3, 29, tzinfo=BERLIN)) == datetime(
        2026, 3, 29, 3, tzinfo=BERLIN
    )


def test_the_hours_of_a_day_that_the_clocks_leave_out_are_later_by_that_day() -> None:
    apia = ZoneInfo("Pacific/Apia")
    shop = WorkCalendar(
        name="shop",
        zone="Pacific/Apia",
        week=Week.of(Hours("09:00", "17:00")),
        breaks=Week.of(Hours("12:00", "13:00")),
    )
    before, after = datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 2, tzinfo=apia)
    # the 29th is a Thursday, the 31st a Saturday; there was no Friday, and its hours come then
    assert open_hours(shop, before, after) == [
        *("29 09:00-29 12:00", "29 13:00-29 17:00"),
        *("31 09:00-31 12:00", "31 13:00-31 17:00"),
    ]
    assert shop.is_working_day(date(2011, 12, 30))
    assert not shop.is_working_day(date(2011, 12, 31))
    assert [(one.kind, one.length) for one in shop.stretches(before, after)] == [
        ("outside_hours", 9 * HOUR),
        ("open", 3 * HOUR),
        ("break", HOUR),
        ("open", 4 * HOUR),
        ("outside_hours", 7 * HOUR),
        ("rest_day", 9 * HOUR),
        ("open", 3 * HOUR),
        ("break", HOUR),
        ("open", 4 * HOUR),
        ("rest_day", 7 * HOUR),
        ("rest_day", 24 * HOUR),
    ]


def test_a_day_of_25_hours_counts_25() -> None:
    always = around_the_clock("Europe/Berlin")
    midnight = datetime(2026, 10, 25, tzinfo=BERLIN)
    assert always.between(midnight, datetime(2026, 10, 26, tzinfo=BERLIN)) == 25 * HOUR
    assert always.add(midnight, 24 * HOUR) == datetime(2026, 10, 25, 22, tzinfo=UTC)


def test_the_second_showing_of_an_hour_is_told_from_the_first() -> None:
    always = around_the_clock("Europe/Berlin")
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert always.between(twice, twice.replace(fold=1)) == HOUR
    assert always.add(twice, HOUR).fold == 1


# --- adding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "amount", "landing", "expected"),
    [
        (at(9, "09:00"), 3 * HOUR, None, at(9, "12:00")),
        (at(9, "09:00"), 3 * HOUR, "close", at(9, "12:00")),
        (at(9, "09:00"), 3 * HOUR, "open", at(9, "13:00")),
        (at(9, "09:00"), 3 * HOUR + MICRO, None, at(9, "13:00") + MICRO),
        (at(9, "12:30"), HOUR, None, at(9, "14:00")),
        (at(9, "12:30"), timedelta(), None, at(9, "12:30")),
        (at(9, "12:30"), timedelta(), "close", at(9, "12:00")),
        (at(9, "12:30"), timedelta(), "open", at(9, "13:00")),
        (at(9, "12:00"), timedelta(), "close", at(9, "12:00")),
        (at(9, "13:00"), timedelta(), "open", at(9, "13:00")),
        (at(9, "13:00"), timedelta(), "close", at(9, "12:00")),
        (at(9, "10:00"), timedelta(), "close", at(9, "10:00")),
        (at(9, "10:00"), timedelta(), "open", at(9, "10:00")),
        (at(9, "14:00"), -HOUR, None, at(9, "13:00")),
        (at(9, "14:00"), -HOUR, "close", at(9, "12:00")),
        (at(9, "14:00"), -HOUR, "open", at(9, "13:00")),
        (at(30, "17:00", 9), 2 * HOUR, None, at(8, "11:30")),
        (at(8, "11:00"), -HOUR, None, at(30, "17:30", 9)),
        (at(30, "18:00", 9), timedelta(), "open", at(8, "10:30")),
    ],
    ids=str,
)
def test_open_time_is_added_and_lands_as_asked(
    start: datetime, amount: timedelta, landing: Landing | None, expected: datetime
) -> None:
    assert DESK.add(start, amount, landing=landing) == expected
    assert DESK.subtract(start, -amount, landing=landing) == expected


def test_results_are_in_the_calendars_zone() -> None:
    found = DESK.add(at(9, "09:00").astimezone(UTC), HOUR)
    assert found.tzinfo == SHANGHAI
    assert found.hour == 10
    assert DESK.next_opening(at(9).astimezone(UTC)).tzinfo == SHANGHAI


def test_microseconds_are_exact() -> None:
    step = MICRO
    start = at(9, "09:00") - step
    assert DESK.add(start, step) == at(9, "09:00") + step
    assert DESK.between(start, at(9, "09:00") + step) == step
    century = datetime(2126, 1, 1, tzinfo=UTC)
    assert DESK.between(start, century + step) - DESK.between(start, century) in {step, 0 * step}


class Promise(timedelta):
    """A duration of a caller's own type."""


def test_a_duration_of_another_type_is_a_duration() -> None:
    assert DESK.add(at(9, "09:00"), Promise(hours=3)) == at(9, "12:00")


# --- working days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (at(29, "10:00", 9), WorkingDays(1), at(30, "18:00", 9)),
        (at(29, "20:00", 9), WorkingDays(1), at(30, "18:00", 9)),
        (at(29, "10:00", 9), WorkingDays(2), at(8, "18:00")),
        (at(30, "10:00", 9), WorkingDays(3), at(10, "16:00")),
        (at(3, "10:00"), WorkingDays(1), at(8, "18:00")),
        (at(30, "10:00", 9), WorkingDays(1, first="same_day"), at(30, "18:00", 9)),
        (at(30, "10:00", 9), WorkingDays(2, first="same_day"), at(8, "18:00")),
        (at(3, "10:00"), WorkingDays(1, first="same_day"), at(8, "18:00")),
        (at(30, "10:15", 9), WorkingDays(1, ends="same_time"), at(8, "10:15")),
        (at(30, "22:15", 9), WorkingDays(1, ends="same_time"), at(8, "22:15")),
        (at(8, "10:15"), WorkingDays(2, ends="same_time", first="same_day"), at(9, "10:15")),
    ],
    ids=str,
)
def test_the_day_of_the_start_is_day_0_unless_it_counts(
    start: datetime, amount: WorkingDays, expected: datetime
) -> None:
    assert DESK.add(start, amount) == expected


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (at(9, "10:00"), WorkingDays(1), at(8, "10:30")),
        (at(9, "10:00"), WorkingDays(2), at(30, "09:00", 9)),
        (at(11, "10:00"), WorkingDays(1), at(10, "10:00")),
        (at(9, "10:00"), WorkingDays(1, first="same_day"), at(9, "09:00")),
        (at(9, "10:15"), WorkingDays(2, ends="same_time"), at(30, "10:15", 9)),
    ],
    ids=str,
)
def test_working_days_back_end_at_the_opening(
    start: datetime, amount: WorkingDays, expected: datetime
) -> None:
    assert DESK.subtract(start, amount) == expected


@pytest.mark.parametrize(
    ("amount", "landing", "expected"),
    [
        (WorkingDays(1), "close", at(9, "18:00")),
        (WorkingDays(1), "open", at(10, "10:00")),
        (WorkingDays(1, ends="same_time"), None, at(9, "12:30")),
        (WorkingDays(1, ends="same_time"), "close", at(9, "12:00")),
        (WorkingDays(1, ends="same_time"), "open", at(9, "13:00")),
    ],
    ids=str,
)
def test_working_days_land_as_asked(
    amount: WorkingDays, landing: Landing | None, expected: datetime
) -> None:
    assert DESK.add(at(8, "12:30"), amount, landing=landing) == expected


def test_the_same_time_in_open_hours_stays_whatever_the_landing() -> None:
    for landing in ("close", "open"):
        found = DESK.add(at(8, "14:00"), WorkingDays(1, ends="same_time"), landing=landing)
        assert found == at(9, "14:00")


def test_the_day_of_a_start_is_that_of_the_calendars_zone() -> None:
    start = datetime(2026, 9, 29, 20, tzinfo=UTC)  # the 30th, 04:00, in Shanghai
    assert DESK.add(start, WorkingDays(1)) == at(8, "18:00")


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 10, 3), -1, date(2026, 9, 30)),
        (date(2026, 10, 12), -2, date(2026, 10, 9)),
    ],
    ids=str,
)
def test_working_days_are_counted_from_day_0(day: date, count: int, expected: date) -> None:
    assert DESK.add_working_days(day, count) == expected


@pytest.mark.parametrize(
    ("day", "roll", "rolled"),
    [
        (date(2026, 9, 30), "following", date(2026, 9, 30)),
        (date(2026, 10, 3), "following", date(2026, 10, 8)),
        (date(2026, 10, 3), "preceding", date(2026, 9, 30)),
        (date(2026, 10, 3), "modified_following", date(2026, 10, 8)),
        (date(2026, 10, 3), "modified_preceding", date(2026, 10, 8)),
        (date(2026, 10, 31), "following", date(2026, 11, 2)),
        (date(2026, 10, 31), "modified_following", date(2026, 10, 30)),
        (date(2026, 10, 31), "modified_preceding", date(2026, 10, 30)),
        (date(2026, 9, 30), "refuse", date(2026, 9, 30)),
    ],
    ids=str,
)
def test_a_day_that_is_no_working_day_is_rolled(day: date, roll: Roll, rolled: date) -> None:
    assert DESK.roll(day, roll) == rolled
    assert DESK.add_working_days(day, 1, roll=roll) == DESK.add_working_days(rolled, 1)


def test_a_roll_may_be_refused() -> None:
    with pytest.raises(InputError, match="2026-10-03 is no working day; name a roll, such as"):
        DESK.roll(date(2026, 10, 3), "refuse")
    with pytest.raises(PolicyError, match="roll 'forward' is no named convention"):
        DESK.roll(date(2026, 10, 3), "forward")  # type: ignore[arg-type]


def test_working_days_among_days_are_counted() -> None:
    assert DESK.count_working_days(Days.through(date(2026, 10, 1), date(2026, 10, 7))) == 0
    assert DESK.count_working_days(Days.through(date(2026, 9, 30), date(2026, 10, 10))) == 4
    with pytest.raises(InputError, match=r"are no Days; pass Days\.through\(first, last\)"):
        DESK.count_working_days((date(2026, 9, 30), date(2026, 10, 10)))  # type: ignore[arg-type]


# --- edges and periods ------------------------------------------------------------------------


def test_edges_lie_strictly_before_and_after() -> None:
    opening, closing = at(9, "13:00"), at(9, "12:00")
    assert DESK.next_opening(opening) == at(10, "10:00")
    assert DESK.next_opening(opening - MINUTE) == opening
    assert DESK.previous_opening(opening) == at(9, "09:00")
    assert DESK.next_closing(closing) == at(9, "18:00")
    assert DESK.previous_closing(closing + MINUTE) == closing
    assert DESK.previous_closing(closing) == at(8, "18:00")


def test_what_never_closes_says_so() -> None:
    always = around_the_clock("UTC")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for ask, verb in (
        (always.next_opening, "opens after"),
        (always.next_closing, "closes after"),
        (always.previous_opening, "opened before"),
        (always.previous_closing, "closed before"),
    ):
        with pytest.raises(InputError, match=f"around the clock never {verb} 2026-01-01"):
            ask(start)
    with pytest.raises(InputError, match="around the clock never closes; pass the end"):
        next(always.open_periods(start))
    assert list(always.open_periods(start, start + HOUR)) == [Period(start, start + HOUR)]


def test_periods_go_on_and_on_or_end() -> None:
    first = list(islice(DESK.open_periods(at(9, "10:00")), 3))
    assert first == [
        Period(at(9, "10:00"), at(9, "12:00")),
        Period(at(9, "13:00"), at(9, "18:00")),
        Period(at(10, "10:00"), at(10, "16:00")),
    ]
    assert list(DESK.open_periods(at(9, "10:00"), at(9, "14:00"))) == [
        Period(at(9, "10:00"), at(9, "12:00")),
        Period(at(9, "13:00"), at(9, "14:00")),
    ]
    assert not list(DESK.open_periods(at(9, "10:00"), at(9, "10:00")))
    assert not list(DESK.open_periods(at(9, "10:00"), at(8, "10:00")))


def test_stretches_say_why_it_is_closed() -> None:
    tiles = DESK.stretches(at(7, "20:00"), at(11, "01:00"))
    assert [(f"{one.begins:%d %H:%M}", one.kind, one.label.zh) for one in tiles] == [
        ("07 20:00", "holiday", "国庆节"),
        ("08 00:00", "outside_hours", "工作时间以外"),
        ("08 09:00", "closure", "停电"),
        ("08 10:30", "open", "工作时间"),
        ("08 12:00", "outside_hours", "工作时间以外"),
        ("08 13:00", "open", "工作时间"),
        ("08 18:00", "outside_hours", "工作时间以外"),
        ("09 09:00", "open", "工作时间"),
        ("09 12:00", "outside_hours", "工作时间以外"),
        ("09 13:00", "open", "工作时间"),
        ("09 18:00", "outside_hours", "工作时间以外"),
        ("10 10:00", "special_day", "调休上班日"),
        ("10 16:00", "outside_hours", "工作时间以外"),
        ("11 00:00", "rest_day", "星期日"),
    ]
    assert tiles[-1].ends == at(11, "01:00")
    open_time = sum((one.length for one in tiles if one.is_open), timedelta())
    assert open_time == DESK.between(at(7, "20:00"), at(11, "01:00"))
    assert DESK.stretches(at(9), at(9)) == ()
    assert DESK.stretches(at(9), at(8)) == ()


def test_a_break_after_midnight_is_named_on_both_of_its_days() -> None:
    calendar = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        breaks=Week.of(Hours("23:30", "00:30")),
    )
    tiles = calendar.stretches(at(8, "23:00"), at(9, "01:00"))
    assert [one.kind for one in tiles] == ["open", "break", "open"]
    assert calendar.why_closed(calendar.compiled.us(at(9, "00:15"))) == Closed(
        "break", Label("break", "休息时段")
    )


# --- what is known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "until"),
    [
        (DESK, date(2026, 12, 31)),
        (WorkCalendar(name="plain", zone="UTC", week=OFFICE), None),
        (
            WorkCalendar(name="plain", zone="UTC", week=OFFICE, holidays_until=date(2026, 6, 30)),
            date(2026, 6, 30),
        ),
        (
            WorkCalendar(
                name="two years",
                zone="UTC",
                week=OFFICE,
                holidays=(Holiday(date(2025, 5, 1), "x"), Holiday(date(2024, 5, 1), "x")),
            ),
            date(2025, 12, 31),
        ),
    ],
    ids=["of the last day listed", "none listed", "as stated", "of the latest year"],
)
def test_holidays_are_known_until_the_end_of_the_last_year_listed(
    calendar: WorkCalendar, until: date | None
) -> None:
    assert calendar.known_until == until
    assert not calendar.knows(date(2027, 1, 1))
    if until is not None:
        assert calendar.knows(until)
        assert not calendar.knows(until + timedelta(days=1))


def test_what_is_known_is_a_matter_of_the_calendars_zone() -> None:
    new_year = at(1, month=1).replace(year=2027)
    assert DESK.knows((new_year - MINUTE).astimezone(UTC))
    assert not DESK.knows(new_year.astimezone(UTC))


@pytest.mark.parametrize(
    ("calendar", "never"),
    [
        (around_the_clock("UTC"), True),
        (WorkCalendar(name="a", zone="UTC", week=Week.of(*SHORT, days=WEEKDAYS)), True),
        (WorkCalendar(name="a", zone="UTC", week=OFFICE), False),
        (
            WorkCalendar(
                name="a", zone="UTC", week=Week.always(), holidays=(Holiday(date(2026, 1, 1), "x"),)
            ),
            False,
        ),
        (
            WorkCalendar(name="a", zone="UTC", week=Week.always(), holidays_until=date(2026, 1, 1)),
            False,
        ),
    ],
    ids=["7×24", "every day", "office", "with a holiday", "with a last day"],
)
def test_hours_on_every_day_and_no_holidays_are_known_for_ever(
    calendar: WorkCalendar, never: bool
) -> None:
    assert calendar.never_rests is never
    assert calendar.knows(date(2999, 1, 1)) is never


@pytest.mark.parametrize(
    ("parts", "never"),
    [
        ({}, True),
        ({"week": Week.of(Hours("09:00", "09:00"), days=WEEKDAYS)}, False),
        ({"breaks": Week.of(Hours("12:00", "13:00"))}, False),
        ({"holidays": (Holiday(MAY_1, "Labour Day"),)}, False),
        ({"special_days": (SpecialDay(MAY_1, SHORT),)}, False),
        ({"closures": (Closure(MAY_1, *SHORT, "inventory"),)}, False),
    ],
    ids=["7×24", "7×24 in another way", "breaks", "holidays", "special days", "closures"],
)
def test_only_whole_days_without_exception_never_close(
    parts: dict[str, object], never: bool
) -> None:
    week = {"week": Week.always()} | parts
    calendar = WorkCalendar(name="always", zone="UTC", **week)  # type: ignore[arg-type]  # by name
    assert calendar.never_closes is never


def test_a_special_day_has_a_name() -> None:
    name = Label("make-up workday", "调休上班日")
    assert DESK.special_at(DESK.compiled.us(at(10, "10:00"))) == name
    assert DESK.special_at(DESK.compiled.us(at(9, "10:00"))) is None
    assert DESK.special_at(DESK.compiled.us(at(11, "10:00"))) is None


def test_the_hours_after_midnight_belong_to_the_special_day_before() -> None:
    nights = WorkCalendar(
        name="nights",
        zone="Asia/Shanghai",
        week=NIGHTS,
        special_days=(SpecialDay(date(2026, 10, 8), (Hours("20:00", "08:00"),)),),
    )
    tiles = nights.stretches(at(8), at(9, "23:00"))
    assert [(one.kind, f"{one.begins:%d %H:%M}") for one in tiles] == [
        ("open", "08 00:00"),
        ("outside_hours", "08 06:00"),
        ("special_day", "08 20:00"),
        ("outside_hours", "09 08:00"),
        ("open", "09 22:00"),
    ]


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "error", "mend"),
    [
        (lambda: WorkCalendar(name="empty", zone="UTC"), PolicyError, "calendar 'empty' never op"),
        (
            lambda: WorkCalendar(
                name="broken", zone="UTC", week=Week.of(*SHORT), breaks=Week.of(*SHORT)
            ),
            PolicyError,
            "never opens; give its week some hours",
        ),
        (
            lambda: WorkCalendar(
                name="broken by the day before",
                zone="UTC",
                week=Week(tuesday=(Hours("01:00", "02:00"),)),
                breaks=Week(monday=(Hours("22:00", "06:00"),)),
            ),
            PolicyError,
            "never opens",
        ),
        (
            lambda: WorkCalendar(
                name="closed",
                zone="UTC",
                special_days=(SpecialDay(MAY_1, SHORT),),
                closures=(Closure(MAY_1, Hours("00:00", "24:00"), "inventory"),),
            ),
            PolicyError,
            "never opens",
        ),
        (
            lambda: WorkCalendar(
                name="for ever", zone="UTC", special_days=(SpecialDay(date(9999, 12, 31), SHORT),)
            ),
            PolicyError,
            "never opens",
        ),
        (
            lambda: WorkCalendar(
                name="twice",
                zone="UTC",
                week=OFFICE,
                holidays=(Holiday(MAY_1, "one"), Holiday(MAY_1, "other")),
            ),
            DuplicateName,
            "holiday '2026-05-01' appears twice",
        ),
        (
            lambda: WorkCalendar(
                name="twice", zone="UTC", special_days=(SpecialDay(MAY_1, SHORT),) * 2
            ),
            DuplicateName,
            "special day '2026-05-01' appears twice",
        ),
        (
            lambda: WorkCalendar(name="zone", zone="Asia/Shanghay", week=OFFICE),
            PolicyError,
            "unknown zone 'Asia/Shanghay'; did you mean 'Asia/Shanghai'?",
        ),
        (
            lambda: WorkCalendar(name="zone", zone="", week=OFFICE),
            PolicyError,
            "unknown zone ''; pass an IANA name, such as",
        ),
        (
            lambda: WorkCalendar(name="zone", zone=8, week=OFFICE),  # type: ignore[arg-type]
            PolicyError,
            "unknown zone 8; pass an IANA name",
        ),
        (
            lambda: WorkCalendar(name="", zone="UTC", week=OFFICE),
            PolicyError,
            "WorkCalendar.name is ''; pass a name",
        ),
        (
            lambda: WorkCalendar(name="week", zone="UTC", week=(Hours("09:00", "18:00"),)),  # type: ignore[arg-type]
            PolicyError,
            "pass Week",
        ),
        (
            lambda: WorkCalendar(name="day", zone="UTC", week=OFFICE, holidays=[MAY_1]),  # type: ignore[arg-type]
            PolicyError,
            "pass a tuple",
        ),
        (
            lambda: WorkCalendar(name="day", zone="UTC", week=OFFICE, holidays=(MAY_1,)),  # type: ignore[arg-type]
            PolicyError,
            "pass Holiday",
        ),
        (
            lambda: WorkCalendar(
                name="day",
                zone="UTC",
                week=OFFICE,
                holidays_until=datetime(2026, 5, 1, tzinfo=UTC),
            ),
            NotADate,
            "holidays_until",
        ),
    ],
    ids=[
        "no hours",
        "all hours are breaks",
        "a break of the day before",
        "a closed special day",
        "a special day at the end of time",
        "a holiday twice",
        "a special day twice",
        "a misspelt zone",
        "an empty zone",
        "a number as zone",
        "no name",
        "hours as week",
        "a list",
        "dates as holidays",
        "an instant as last day",
    ],
)
def test_a_calendar_that_cannot_be_is_refused(
    build: Callable[[], object], error: type[Exception], mend: str
) -> None:
    with pytest.raises(error) as refused:
        build()
    assert mend in str(refused.value)


ASKED: dict[str, Callable[[object], object]] = {
    "add": lambda at: DESK.add(at, HOUR),  # type: ignore[arg-type]
    "add, with landing": lambda at: DESK.add(at, HOUR, landing="open"),  # type: ignore[arg-type]
    "add working days": lambda at: DESK.add(at, WorkingDays(1)),  # type: ignore[arg-type]
    "subtract": lambda at: DESK.subtract(at, HOUR),  # type: ignore[arg-type]
    "between": lambda at: DESK.between(at, datetime(2026, 5, 1, tzinfo=UTC)),  # type: ignore[arg-type]
    "between, the end": lambda at: DESK.between(datetime(2026, 5, 1, tzinfo=UTC), at),  # type: ignore[arg-type]
    "is_open": lambda at: DESK.is_open(at),  # type: ignore[arg-type]  # noqa: PLW0108
    "next_opening": lambda at: DESK.next_opening(at),  # type: ignore[arg-type]  # noqa: PLW0108
    "open_periods": lambda at: DESK.open_periods(at),  # type: ignore[arg-type]  # noqa: PLW0108
    "stretches": lambda at: DESK.stretches(at, datetime(2026, 5, 1, tzinfo=UTC)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_naive_instant_is_refused_with_the_mend(ask: Callable[[object], object]) -> None:
    with pytest.raises(NaiveInstant, match=r"has no zone; use value\.replace\(tzinfo="):
        ask(datetime(2026, 5, 1, 9))


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("value", [date(2026, 5, 1), "2026-05-01T09:00Z", 0, None], ids=repr)
def test_a_day_or_a_text_is_no_instant(ask: Callable[[object], object], value: object) -> None:
    with pytest.raises(NotADate, match=r"is not an instant; pass an aware datetime\.datetime"):
        ask(value)


def test_a_naive_instant_is_not_known() -> None:
    with pytest.raises(NaiveInstant):
        DESK.knows(datetime(2026, 5, 1))


@pytest.mark.parametrize(
    "ask",
    [
        DESK.is_working_day,
        DESK.roll,
        lambda day: DESK.add_working_days(day, 1),
        lambda day: DESK.add_working_days(day, 1, roll="following"),
    ],
    ids=["is_working_day", "roll", "add_working_days", "add_working_days, rolled"],
)
def test_an_instant_is_no_day(ask: Callable[[date], object]) -> None:
    with pytest.raises(NotADate, match="take its date in a zone"):
        ask(datetime(2026, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize("amount", [4, 4.0, "4h", None], ids=repr)
@pytest.mark.parametrize("move", [DESK.add, DESK.subtract], ids=["add", "subtract"])
def test_a_number_is_no_amount(move: Callable[..., object], amount: object) -> None:
    with pytest.raises(InputError, match=r"is no amount of time; pass a timedelta or WorkingDays"):
        move(at(9), amount)


def test_conventions_are_checked() -> None:
    with pytest.raises(PolicyError, match="landing 'closed' is no named convention; did you mean"):
        DESK.add(at(9), HOUR, landing="closed")  # type: ignore[arg-type]
    with pytest.raises(FloatRefused, match=r"working days is the float 1\.5"):
        DESK.add_working_days(date(2026, 5, 1), 1.5)  # type: ignore[arg-type]


# --- a value ----------------------------------------------------------------------------------


def desk(kind: Literal["same", "other"] = "same") -> WorkCalendar:
    zone = "Asia/Shanghai" if kind == "same" else "Asia/Taipei"
    return WorkCalendar(name="desk", zone=zone, week=OFFICE, breaks=Week.of(*SHORT))


def test_calendars_are_equal_by_value_asked_or_not() -> None:
    asked = desk()
    asked.add(at(9), HOUR)
    assert asked == desk()
    assert hash(asked) == hash(desk())
    assert asked != desk("other")
    assert asked.fingerprint == desk().fingerprint != desk("other").fingerprint


def test_the_fingerprint_is_that_of_the_written_policy() -> None:
    always = WorkCalendar(name="always", zone="UTC", week=Week.always())
    assert always.fingerprint == "584488aea8a39fc3"
    assert DESK.fingerprint == "16e36cf22e1ebc68"


def test_a_calendar_is_pickled_without_its_compiled_form() -> None:
    asked = desk()
    fresh = pickle.dumps(asked)
    asked.between(at(9), at(9) + timedelta(days=3650))
    assert pickle.dumps(asked) == fresh
    assert pickle.loads(fresh) == asked
    assert pickle.loads(fresh).add(at(9), HOUR) == asked.add(at(9), HOUR)
