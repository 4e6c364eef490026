import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kamcore.calendars import (
    WEEKDAYS,
    Calendar,
    Closed,
    Closure,
    CombinedCalendar,
    Holiday,
    Hours,
    SpecialDay,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.errors import InputError, PolicyError
from kamcore.values import Label

HOUR = timedelta(hours=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
EAST = WorkCalendar(
    name="Shanghai",
    zh="上海",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    holidays=(Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),),
    special_days=(SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),),
)
WEST = WorkCalendar(
    name="Berlin",
    zh="柏林",
    zone="Europe/Berlin",
    week=Week.of(Hours("08:00", "17:00")),
    holidays=(Holiday(date(2025, 12, 25), "Christmas", zh="圣诞节"),),
)
LUNCH = WorkCalendar(
    name="lunch",
    zh="午休",
    zone="Asia/Shanghai",
    week=Week.of(Hours("12:00", "13:00"), days=WEEKDAYS),
)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)


def open_hours(calendar: Calendar, start: datetime, end: datetime) -> list[str]:
    periods = calendar.open_periods(start, end)
    return [f"{one.opens:%d %H:%M}-{one.closes:%d %H:%M}" for one in periods]


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (EAST | WEST, ["05 09:00-05 23:00", "06 09:00-06 23:00"]),
        (EAST & WEST, ["05 14:00-05 18:00", "06 14:00-06 18:00"]),
        (EAST - WEST, ["05 09:00-05 14:00", "06 09:00-06 14:00"]),
        (WEST - EAST, ["05 12:00-05 17:00", "06 12:00-06 17:00"]),
        (
            EAST - LUNCH,
            ["05 09:00-05 12:00", "05 13:00-05 18:00", "06 09:00-06 12:00", "06 13:00-06 18:00"],
        ),
        (EAST | EAST, ["05 09:00-05 18:00", "06 09:00-06 18:00"]),
        (EAST & EAST, ["05 09:00-05 18:00", "06 09:00-06 18:00"]),
    ],
    ids=["either", "both", "without", "the other way round", "breaks", "one or itself", "itself"],
)
def test_calendars_are_combined_each_in_its_own_zone(
    calendar: Calendar, expected: list[str]
) -> None:
    assert open_hours(calendar, at(5), at(7)) == expected
    assert calendar.between(at(5), at(7)) == sum(
        (one.closes - one.opens for one in calendar.open_periods(at(5), at(7))), timedelta()
    )


def test_results_and_days_are_in_the_zone_of_the_left_one() -> None:
    assert (EAST & WEST).zone == "Asia/Shanghai"
    assert (WEST & EAST).zone == "Europe/Berlin"
    assert (EAST | WEST).add(at(5, 17), 2 * HOUR).tzinfo == SHANGHAI
    # Berlin's Friday evening is Saturday in Shanghai: none of its time is left there
    assert not (EAST | WEST).is_working_day(date(2026, 10, 17))
    late = WorkCalendar(name="late", zone="UTC", week=Week.of(Hours("12:00", "20:00")))
    assert (EAST | late).is_working_day(date(2026, 10, 17))
    assert not (late | EAST).is_working_day(date(2026, 10, 17))


def test_working_days_are_those_with_any_open_time() -> None:
    both = EAST & WEST
    assert both.is_working_day(date(2026, 10, 9))
    assert not both.is_working_day(date(2026, 10, 10))
    assert both.add(at(9, 10), WorkingDays(1)) == at(12, 18)
    assert both.subtract(at(13, 10), WorkingDays(1)) == at(12, 14)
    assert both.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 2)


def test_the_end_of_a_night_shift_makes_a_working_day_of_a_combined_calendar() -> None:
    nights = WorkCalendar(
        name="nights", zone="Asia/Shanghai", week=Week.of(Hours("22:00", "06:00"))
    )
    assert not nights.is_working_day(date(2026, 10, 17))
    assert (nights | nights).is_working_day(date(2026, 10, 17))
    assert not (nights | nights).is_working_day(date(2026, 10, 18))


def test_a_day_that_the_clocks_leave_out_is_no_working_day() -> None:
    always = around_the_clock("Pacific/Apia") - WorkCalendar(
        name="noon", zone="Pacific/Apia", week=Week.of(Hours("12:00", "13:00"))
    )
    assert always.is_working_day(date(2011, 12, 29))
    assert not always.is_working_day(date(2011, 12, 30))
    assert always.is_working_day(date(2011, 12, 31))


def test_one_long_stretch_makes_working_days_of_all_its_days() -> None:
    always = around_the_clock("UTC") | EAST
    start = datetime(2026, 10, 3, tzinfo=UTC)
    assert always.add(start, WorkingDays(1)) == start + 48 * HOUR
    assert always.between(start, start + 100 * HOUR) == 100 * HOUR


def test_combined_calendars_are_combined_further() -> None:
    served = (EAST | WEST) - LUNCH
    assert open_hours(served, at(5), at(6)) == ["05 09:00-05 12:00", "05 13:00-05 23:00"]
    assert served.label == Label("(Shanghai or Berlin) without lunch", "（上海或柏林）（扣除午休）")


def test_names_say_how() -> None:
    assert (EAST | WEST).label == Label("Shanghai or Berlin", "上海或柏林")
    assert (EAST & WEST).label == Label("Shanghai and Berlin", "上海与柏林的重合时间")
    assert (EAST - WEST).label == Label("Shanghai without Berlin", "上海（扣除柏林）")


@pytest.mark.parametrize(
    ("calendar", "until"),
    [
        (EAST | WEST, date(2025, 12, 31)),
        (EAST | around_the_clock("UTC"), date(2026, 12, 31)),
        (EAST - LUNCH, date(2026, 12, 31)),
        (EAST | WorkCalendar(name="x", zone="UTC", week=WEST.week), None),
    ],
    ids=["the earlier", "one never rests", "breaks never rest", "one lists none"],
)
def test_holidays_are_known_until_the_earlier_of_both_days(
    calendar: Calendar, until: date | None
) -> None:
    assert calendar.known_until == until
    assert not calendar.never_rests
    assert calendar.knows(date(2025, 12, 31)) is (until is not None)
    assert not calendar.knows(date(2027, 1, 1))


def test_two_that_never_rest_are_known_for_ever() -> None:
    both = around_the_clock("UTC") - LUNCH
    assert both.never_rests
    assert both.known_until is None
    assert both.knows(date(2999, 1, 1))


ALWAYS = around_the_clock("UTC")


@pytest.mark.parametrize(
    ("calendar", "never"),
    [
        (ALWAYS | EAST, True),
        (EAST | ALWAYS, True),
        (EAST | WEST, False),
        (ALWAYS & around_the_clock("Asia/Tokyo"), True),
        (ALWAYS & EAST, False),
        (ALWAYS - LUNCH, False),
    ],
    ids=["either", "either, too", "neither", "both", "not both", "without"],
)
def test_a_combination_may_never_close(calendar: Calendar, never: bool) -> None:
    assert calendar.never_closes is never


@pytest.mark.parametrize(
    ("moment", "calendar", "kind", "reason"),
    [
        (at(1, 10), EAST & WEST, "holiday", "国庆节"),
        (at(5, 10), EAST & WEST, "outside_hours", "工作时间以外"),
        (at(4, 10), EAST & WEST, "rest_day", "星期日"),
        (at(10, 10), EAST & WEST, "rest_day", "星期六"),
        (at(5, 12), EAST - LUNCH, "closure", "午休"),
        (at(5, 20), EAST - LUNCH, "outside_hours", "工作时间以外"),
        (at(5, 3), EAST | WEST, "outside_hours", "工作时间以外"),
    ],
    ids=[
        "left",
        "right",
        "left on Sunday",
        "right on Saturday",
        "taken away",
        "left, too",
        "either",
    ],
)
def test_the_left_one_says_why_it_is_closed_else_the_right_one(
    moment: datetime, calendar: Calendar, kind: str, reason: str
) -> None:
    found = calendar.why_closed(calendar.compiled.us(moment))
    assert isinstance(found, Closed)
    assert (found.kind, found.label.zh) == (kind, reason)


def test_stretches_change_where_either_calendar_changes() -> None:
    tiles = (EAST - LUNCH).stretches(at(10, 8), at(10, 14))
    assert [(one.kind, f"{one.begins:%H:%M}") for one in tiles] == [
        ("outside_hours", "08:00"),
        ("special_day", "09:00"),
        ("closure", "12:00"),
        ("special_day", "13:00"),
    ]


@pytest.mark.parametrize(
    ("calendar", "moment", "special"),
    [
        (EAST | WEST, at(10, 10), True),
        (WEST | EAST, at(10, 10), True),
        (WEST | EAST, at(9, 10), False),
        (EAST | LUNCH, at(10, 12, 30), True),
        ((EAST - LUNCH) | LUNCH, at(10, 12, 30), False),
        (LUNCH - (EAST - LUNCH), at(10, 12, 30), False),
    ],
    ids=["left", "right", "neither", "both open", "only the other open", "taken away"],
)
def test_a_special_day_of_an_open_part_names_the_time(
    calendar: Calendar, moment: datetime, special: bool
) -> None:
    name = Label("make-up workday", "调休上班日") if special else None
    assert calendar.special_at(calendar.compiled.us(moment)) == name


MORNING = WorkCalendar(name="morning", zone="UTC", week=Week.of(Hours("08:00", "12:00")))
EVENING = WorkCalendar(name="evening", zone="UTC", week=Week.of(Hours("12:00", "18:00")))


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (lambda: EAST - EAST, "Shanghai without Shanghai"),
        (lambda: MORNING & EVENING, "morning and evening"),
        (lambda: MORNING - around_the_clock("Asia/Tokyo"), "morning without around the clock"),
    ],
    ids=["itself", "disjoint", "everything"],
)
def test_what_never_opens_is_refused(build: Callable[[], object], name: str) -> None:
    with pytest.raises(PolicyError) as refused:
        build()
    assert str(refused.value) == f"calendar '{name}' never opens; check both of its parts"


def test_hours_that_meet_only_since_a_zone_changed_are_accepted() -> None:
    # Samoa moved to the other side of the date line in 2011: its Monday is now New Zealand's
    samoa = WorkCalendar(
        name="Samoa", zone="Pacific/Apia", week=Week(monday=(Hours("09:00", "12:00"),))
    )
    auckland = WorkCalendar(
        name="Auckland", zone="Pacific/Auckland", week=Week(monday=(Hours("09:00", "17:00"),))
    )
    assert (samoa & auckland).next_opening(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(
        2026, 1, 4, 20, tzinfo=UTC
    )
    years = datetime(1950, 1, 1, tzinfo=UTC), datetime(2011, 12, 29, tzinfo=UTC)
    assert (samoa & auckland).between(*years) == timedelta()


def test_hours_that_met_only_before_a_zone_changed_are_accepted() -> None:
    samoa = WorkCalendar(
        name="Samoa", zone="Pacific/Apia", week=Week(monday=(Hours("09:00", "12:00"),))
    )
    honolulu = WorkCalendar(
        name="Honolulu", zone="Pacific/Honolulu", week=Week(monday=(Hours("09:00", "13:00"),))
    )
    assert (samoa & honolulu).previous_opening(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(
        2011, 12, 26, 19, tzinfo=UTC
    )


def test_a_single_day_is_enough() -> None:
    fair = WorkCalendar(
        name="fair",
        zone="UTC",
        special_days=(SpecialDay(date(1999, 5, 1), (Hours("09:00", "10:00"),)),),
    )
    saturday = datetime(1999, 5, 1, 9, tzinfo=UTC)
    assert (fair & around_the_clock("UTC")).next_opening(saturday - HOUR) == saturday


@pytest.mark.parametrize("year", [1, 9999])
def test_days_at_the_ends_of_time_do_not_matter(year: int) -> None:
    closed = WorkCalendar(
        name="closed",
        zone="UTC",
        week=MORNING.week,
        closures=(Closure(date(year, 6, 1), Hours("09:00", "10:00"), "inventory"),),
    )
    both = closed & MORNING
    monday = datetime(2026, 10, 5, 8, tzinfo=UTC)
    assert both.add(monday, HOUR) == monday + HOUR


def test_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"CombinedCalendar\.right is 'x'; pass Calendar"):
        EAST | "x"  # type: ignore[operator]
    with pytest.raises(PolicyError, match="'xor' is no named convention"):
        CombinedCalendar(how="xor", left=EAST, right=WEST)  # type: ignore[arg-type]


def test_what_never_closes_says_so_within_bounds() -> None:
    start = datetime(2026, 10, 5, tzinfo=UTC)
    with pytest.raises(InputError, match="around the clock or Shanghai never closes after"):
        (around_the_clock("UTC") | EAST).next_closing(start)


def test_combined_calendars_are_values() -> None:
    asked = EAST & WEST
    asked.add(at(5), HOUR)
    assert asked == EAST & WEST
    assert hash(asked) == hash(EAST & WEST)
    assert asked != WEST & EAST
    assert asked != EAST | WEST
    assert asked.fingerprint == (EAST & WEST).fingerprint != (WEST & EAST).fingerprint
    assert pickle.loads(pickle.dumps(asked)) == asked
    assert pickle.loads(pickle.dumps(asked)).add(at(5), HOUR) == asked.add(at(5), HOUR)
