"""Laws of working calendars, and their answers beside those of a slow second opinion."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.property.calendars._slow import (
    DAY,
    US,
    Scene,
    add,
    amounts,
    far,
    fresh,
    hours_of,
    instant,
    is_holiday,
    landings,
    own_time,
    scenes,
    stretch,
    times,
    us,
    work_scenes,
)

from kamcore.calendars import (
    Calendar,
    Hours,
    Landing,
    Roll,
    SpecialDay,
    WorkCalendar,
    WorkingDays,
)
from kamcore.errors import InputError
from kamcore.values import Days

some = st.data()
natural = st.none() | landings
ROLLS: tuple[Roll, ...] = ("following", "preceding", "modified_following", "modified_preceding")


# --- beside the second opinion ----------------------------------------------------------------


@given(scenes, some)
def test_adding_agrees_with_going_through_stretch_by_stretch(
    found: Scene, data: st.DataObject
) -> None:
    at = data.draw(times(found))
    amount, landing = data.draw(amounts(found, at)), data.draw(natural)
    assert add(found.calendar, at, amount, landing) == found.add(at, amount, landing)


@given(scenes, some)
def test_the_time_between_agrees_with_adding_up_stretches(
    found: Scene, data: st.DataObject
) -> None:
    at, end = sorted((data.draw(times(found)), data.draw(times(found))))
    assert found.calendar.between(instant(at), instant(end)) // US == found.filled(at, end)


@given(scenes, some)
def test_being_open_agrees_with_the_logic_of_sets(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    assert found.calendar.is_open(instant(at)) is found.is_open(at)


@given(scenes, some)
def test_edges_agree_with_the_ends_of_stretches(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    assume(found.spans[0][1] < at < found.spans[-1][0])
    calendar, here = found.calendar, instant(at)
    assert us(calendar.next_opening(here)) == min(one for one, _ in found.spans if one > at)
    assert us(calendar.next_closing(here)) == min(end for _, end in found.spans if end > at)
    assert us(calendar.previous_opening(here)) == max(one for one, _ in found.spans if one < at)
    assert us(calendar.previous_closing(here)) == max(end for _, end in found.spans if end < at)


@given(scenes, some)
def test_open_periods_are_the_clipped_stretches(found: Scene, data: st.DataObject) -> None:
    at, end = sorted((data.draw(times(found)), data.draw(times(found))))
    periods = found.calendar.open_periods(instant(at), instant(end))
    assert [(us(one.opens), us(one.closes)) for one in periods] == [
        (max(at, first), min(end, last))
        for first, last in found.spans
        if max(at, first) < min(end, last)
    ]


# --- laws of open time ------------------------------------------------------------------------


@given(scenes, some)
def test_subtracting_undoes_adding_from_open_time(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    amount = data.draw(amounts(found, at))
    start, length = instant(at), amount * US
    # a start at an edge has a neighbour that holds the same open time
    assume(found.is_open(at) and found.is_open(at - 1))
    calendar = found.calendar
    # times that a clock shows twice are never equal across zones, so compare instants
    assert us(calendar.subtract(calendar.add(start, length), length)) == at
    assert us(calendar.add(calendar.subtract(start, length), length)) == at


@given(scenes, some, landings)
def test_adding_two_amounts_is_adding_their_sum(
    found: Scene, data: st.DataObject, landing: Landing
) -> None:
    at = data.draw(times(found))
    one = data.draw(amounts(found, at))
    other = data.draw(amounts(found, at)) - one
    calendar = found.calendar
    assert add(calendar, add(calendar, at, one, landing), other, landing) == add(
        calendar, at, one + other, landing
    )


@given(scenes, some)
def test_what_is_added_lies_between(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    amount, landing = data.draw(amounts(found, at)), data.draw(natural)
    reached = found.calendar.add(instant(at), amount * US, landing=landing)
    assert found.calendar.between(instant(at), reached) == amount * US


@given(scenes, some)
def test_the_time_between_is_additive(found: Scene, data: st.DataObject) -> None:
    one, two, three = (instant(data.draw(times(found))) for _ in range(3))
    between = found.calendar.between
    assert between(one, two) + between(two, three) == between(one, three)


@given(scenes, some)
def test_the_time_between_turns_its_sign_with_its_ends(found: Scene, data: st.DataObject) -> None:
    one, two = (instant(data.draw(times(found))) for _ in range(2))
    assert found.calendar.between(one, two) == -found.calendar.between(two, one)


@given(scenes, some)
def test_a_later_start_never_ends_earlier(found: Scene, data: st.DataObject) -> None:
    one, two = sorted(data.draw(times(found)) for _ in range(2))
    amount = data.draw(amounts(found, one) | amounts(found, two))
    landing = data.draw(natural)
    assert add(found.calendar, one, amount, landing) <= add(found.calendar, two, amount, landing)


@given(scenes, some, landings)
def test_more_time_never_ends_earlier(found: Scene, data: st.DataObject, landing: Landing) -> None:
    at = data.draw(times(found))
    less, more = sorted(data.draw(amounts(found, at)) for _ in range(2))
    assert add(found.calendar, at, less, landing) <= add(found.calendar, at, more, landing)


@given(scenes, some)
def test_both_landings_hold_the_same_open_time(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    amount = data.draw(amounts(found, at))
    closes = found.calendar.add(instant(at), amount * US, landing="close")
    opens = found.calendar.add(instant(at), amount * US, landing="open")
    assert closes <= opens
    assert found.calendar.between(closes, opens) == timedelta()


@given(scenes, some)
def test_the_landing_left_out_is_the_close_forward_and_the_opening_back(
    found: Scene, data: st.DataObject
) -> None:
    at = data.draw(times(found))
    amount = data.draw(amounts(found, at))
    assume(amount)
    landing: Landing = "close" if amount > 0 else "open"
    assert add(found.calendar, at, amount) == add(found.calendar, at, amount, landing)


@given(scenes, some)
def test_nothing_added_stays_or_lands_on_the_nearest_edge(
    found: Scene, data: st.DataObject
) -> None:
    at = data.draw(times(found))
    first, last = found.same(at)
    assert add(found.calendar, at, 0) == at
    assert add(found.calendar, at, 0, "close") == first <= at
    assert add(found.calendar, at, 0, "open") == last >= at


@given(scenes, some)
def test_subtracting_is_adding_the_negative(found: Scene, data: st.DataObject) -> None:
    at = data.draw(times(found))
    amount, landing = data.draw(amounts(found, at)) * US, data.draw(natural)
    start = instant(at)
    assert found.calendar.subtract(start, -amount, landing=landing) == found.calendar.add(
        start, amount, landing=landing
    )


@given(scenes, some)
def test_open_periods_add_up_to_the_time_between(found: Scene, data: st.DataObject) -> None:
    start, end = sorted(instant(data.draw(times(found))) for _ in range(2))
    periods = list(found.calendar.open_periods(start, end))
    total = sum((us(one.closes) - us(one.opens) for one in periods), start=0)
    assert total * US == found.calendar.between(start, end)


@given(scenes, some)
def test_periods_without_an_end_begin_with_those_that_have_one(
    found: Scene, data: st.DataObject
) -> None:
    start, end = sorted(instant(data.draw(times(found))) for _ in range(2))
    bounded = list(found.calendar.open_periods(start, end))
    endless = found.calendar.open_periods(start)
    for one in bounded:
        assume(us(one.closes) != us(end))  # an hour shown twice is never equal across zones
        assert next(endless) == one


@given(scenes, some)
def test_stretches_tile_the_time_and_hold_the_open_time(found: Scene, data: st.DataObject) -> None:
    start, end = sorted(instant(data.draw(times(found))) for _ in range(2))
    tiles = found.calendar.stretches(start, end)
    edges = [us(one.begins) for one in tiles] + [us(tiles[-1].ends) if tiles else us(end)]
    assert edges[0] == us(start)
    assert edges[-1] == us(end)
    assert all(us(one.ends) == us(two.begins) for one, two in pairwise(tiles))
    total = sum((one.length for one in tiles if one.is_open), start=timedelta())
    assert total == found.calendar.between(start, end)


# --- what was asked before --------------------------------------------------------------------


@given(work_scenes(), some, st.lists(st.tuples(far, st.integers(-90, 90)), min_size=1, max_size=2))
def test_no_answer_depends_on_what_was_asked_before(
    found: Scene, data: st.DataObject, before: list[tuple[datetime, int]]
) -> None:
    at = data.draw(times(found))
    amount, landing = data.draw(amounts(found, at)), data.draw(natural)
    warmed = fresh(found.calendar)
    for start, years in before:
        warmed.between(start, start + years * 365 * DAY)
    assert add(warmed, at, amount, landing) == add(fresh(found.calendar), at, amount, landing)


def asked(calendar: Calendar, start: datetime) -> list[object]:
    """Return the answers, or refusals, of a calendar that is seldom open."""
    day, hour = start.date(), timedelta(hours=1)
    found: list[object] = []
    for ask in (
        lambda: calendar.add(start, hour),
        lambda: calendar.subtract(start, hour),
        lambda: calendar.add(start, timedelta(), landing="open"),
        lambda: calendar.next_opening(start),
        lambda: calendar.previous_closing(start),
        lambda: calendar.add_working_days(day, 1),
        lambda: calendar.add_working_days(day, -1),
        lambda: calendar.add_all([us(start)], hour),
    ):
        try:
            found.append(ask())
        except InputError as refused:
            found.append(str(refused))
    return found


@given(
    st.lists(st.dates(date(1880, 1, 1), date(2180, 1, 1)), min_size=1, max_size=3, unique=True),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
    st.lists(st.integers(-199, 199), min_size=1, max_size=2),
)
@settings(max_examples=8)
def test_no_refusal_depends_on_what_was_asked_before(
    days: list[date], at: datetime, years: list[int]
) -> None:
    calendar = WorkCalendar(
        name="fairs",
        zone="Asia/Shanghai",
        special_days=tuple(SpecialDay(day, (Hours("09:00", "10:00"),)) for day in days),
    )
    start = at.replace(tzinfo=UTC)
    warmed = fresh(calendar)
    for number in years:
        warmed.between(start, start + number * 365 * DAY)
    assert asked(warmed, start) == asked(calendar, start)


# --- many rows --------------------------------------------------------------------------------


@given(scenes, some)
def test_adding_to_many_rows_is_adding_to_each(found: Scene, data: st.DataObject) -> None:
    rows = data.draw(st.lists(times(found), max_size=6))
    amount = data.draw(amounts(found, rows[0] if rows else found.middle))
    landing = data.draw(natural)
    expected = [add(found.calendar, at, amount, landing) for at in rows]
    assert fresh(found.calendar).add_all(rows, amount * US, landing=landing) == expected


@given(scenes, some)
def test_the_time_between_many_rows_is_that_between_each(found: Scene, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.tuples(times(found), times(found)), max_size=6))
    starts, ends = [one for one, _ in rows], [end for _, end in rows]
    expected = [found.calendar.between(instant(one), instant(end)) // US for one, end in rows]
    assert fresh(found.calendar).between_all(starts, ends) == expected


@given(work_scenes(), st.lists(far, min_size=1, max_size=3), st.integers(-500, 500), natural)
@settings(max_examples=8)
def test_rows_centuries_apart_are_each_answered(
    found: Scene, starts: list[datetime], hours: int, landing: Landing | None
) -> None:
    amount, rows = timedelta(hours=hours), [us(at) for at in starts]
    expected = [us(found.calendar.add(at, amount, landing=landing)) for at in starts]
    assert found.calendar.add_all(rows, amount, landing=landing) == expected


# --- working days -----------------------------------------------------------------------------


def working(found: Scene, day: date) -> bool:
    """Say whether a day is a working day, going by its own hours."""
    assert isinstance(found.calendar, WorkCalendar)
    calendar, zone = found.calendar, ZoneInfo(found.calendar.zone)
    open_time = own_time(calendar, [day + number * DAY for number in range(-2, 3)])
    spans = [stretch(day, one, zone) for one in hours_of(calendar, day)]
    marks = open_time.edges | {first for first, _ in spans}
    return not is_holiday(calendar, day) and any(
        open_time.is_open(mark) for first, last in spans for mark in marks if first <= mark < last
    )


near = st.integers(-9, 9)


def stepped(found: Scene, day: date, count: int) -> date:
    """Return the working day `count` working days from a day, one day at a time."""
    if count == 0:
        while not working(found, day):
            day += DAY
    step = DAY if count > 0 else -DAY
    while count:
        day += step
        if working(found, day):
            count -= 1 if count > 0 else -1
    return day


@given(work_scenes(), near)
def test_a_working_day_has_open_hours_of_its_own(found: Scene, number: int) -> None:
    day = found.night + number * DAY
    assert found.calendar.is_working_day(day) is working(found, day)


@given(work_scenes(), near, st.integers(-4, 4))
def test_adding_working_days_agrees_with_counting_day_by_day(
    found: Scene, number: int, count: int
) -> None:
    day = found.night + number * DAY
    assert found.calendar.add_working_days(day, count) == stepped(found, day, count)


@given(work_scenes(), near, st.sampled_from(ROLLS))
def test_rolling_agrees_with_looking_day_by_day(found: Scene, number: int, roll: Roll) -> None:
    day = found.night + number * DAY
    after = before = day
    while not working(found, after):
        after += DAY
    while not working(found, before):
        before -= DAY
    expected = {
        "following": after,
        "preceding": before,
        "modified_following": after if after.month == day.month else before,
        "modified_preceding": before if before.month == day.month else after,
    }
    assert found.calendar.roll(day, roll) == expected[roll]


@given(work_scenes(), near, st.integers(-4, 4), st.sampled_from(ROLLS))
def test_a_rolled_start_is_day_0(found: Scene, number: int, count: int, roll: Roll) -> None:
    day = found.night + number * DAY
    rolled = found.calendar.roll(day, roll)
    assert found.calendar.add_working_days(day, count, roll=roll) == (
        found.calendar.add_working_days(rolled, count)
    )


@given(scenes, near, st.integers(1, 20))
def test_counting_working_days_agrees_with_asking_each_day(
    found: Scene, number: int, length: int
) -> None:
    first = found.night + number * DAY
    days = Days(first, first + length * DAY)
    expected = sum(found.calendar.is_working_day(day) for day in days)
    assert found.calendar.count_working_days(days) == expected


@given(work_scenes(), near, st.integers(1, 8))
def test_working_days_gone_forth_are_those_counted(found: Scene, number: int, count: int) -> None:
    day = found.night + number * DAY
    reached = found.calendar.add_working_days(day, count)
    assert found.calendar.count_working_days(Days(day + DAY, reached + DAY)) == count


@given(work_scenes(), some, st.integers(1, 4))
def test_working_days_end_at_the_close_of_the_last_day(
    found: Scene, data: st.DataObject, count: int
) -> None:
    zone = ZoneInfo(found.calendar.zone)
    at = instant(data.draw(times(found))).astimezone(zone)
    day = stepped(found, at.date(), count)
    assume(day < found.night + 20 * DAY)
    closes = us(found.calendar.add(at, WorkingDays(count)))
    assert isinstance(found.calendar, WorkCalendar)
    own = [stretch(day, one, zone) for one in hours_of(found.calendar, day)]
    assert closes == max(
        min(last, end)
        for first, last in own
        for start, end in found.spans
        if max(first, start) < min(last, end)
    )


@given(scenes, near)
def test_a_combined_day_is_a_working_day_where_it_is_open_at_all(found: Scene, number: int) -> None:
    assume(not isinstance(found.calendar, WorkCalendar))
    day, zone = found.night + number * DAY, ZoneInfo(found.calendar.zone)
    midnights = [us(datetime.combine(one, datetime.min.time(), zone)) for one in (day, day + DAY)]
    open_time = found.filled(*midnights)
    assert found.calendar.is_working_day(day) is (open_time > 0)
