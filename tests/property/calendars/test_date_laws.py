"""Laws of recurrences, sweeps, review windows and past months."""

from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from kamcore.calendars import add_days, end_of_month
from kamcore.calendars._recurrence import Every, Sweep
from kamcore.calendars._windows import ReviewWindow, check_review_day, past_months
from kamcore.values import Days

days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
# The last days of a month, and 29 February, come up often.
month_ends = days.map(lambda day: day + relativedelta(day=31)).flatmap(
    lambda last: st.integers(0, 3).map(lambda back: last - timedelta(days=back))
)
leap_days = st.integers(498, 510).map(lambda number: date(4 * number, 2, 29))
anchors = days | month_ends | leap_days
missing = st.sampled_from(["month_end", "skip", "next_day"])
recurrences = st.builds(
    Every,
    count=st.integers(1, 14),
    unit=st.sampled_from(["week", "month", "year"]),
    anchor=anchors,
    missing_day=missing,
)
clipped = st.builds(
    Every,
    count=st.integers(1, 14),
    unit=st.sampled_from(["month", "year"]),
    anchor=month_ends | leap_days,
    missing_day=missing,
)
sweeps = st.builds(
    Sweep,
    every=st.builds(
        Every,
        count=st.integers(1, 9),
        unit=st.sampled_from(["week", "month"]),
        anchor=anchors,
        missing_day=missing,
    ),
    lookahead_days=st.integers(0, 60),
)
spans = st.tuples(days, st.integers(1, 2500)).map(
    lambda found: Days(found[0], add_days(found[0], found[1]))
)
leap_year_days = st.dates(date(2012, 1, 1), date(2012, 12, 31)).map(
    lambda day: (day.month, day.day)
)
windows = st.builds(
    ReviewWindow,
    first=leap_year_days,
    last=leap_year_days,
    mode=st.sampled_from(["usual", "fixed"]),
)


def by_counting(every: Every, until: date) -> list[date]:
    """Return the dates before `until`, counted one by one from the anchor."""
    found: list[date] = []
    for number in range(100_000):
        step = number * every.count
        if every.unit == "week":
            one = every.anchor + relativedelta(weeks=step)
        else:
            months = step * (12 if every.unit == "year" else 1)
            one = every.anchor + relativedelta(months=months)
            if one.day < every.anchor.day and every.missing_day == "next_day":
                one += relativedelta(days=1)
            elif one.day < every.anchor.day and every.missing_day == "skip":
                continue
        if one >= until:
            break
        found.append(one)
    return found


@given(every=recurrences, span=spans)
def test_the_dates_of_a_span_are_those_counted_from_the_anchor(every: Every, span: Days) -> None:
    assert every.dates(span) == tuple(day for day in by_counting(every, span.end) if day in span)


@given(anchor=leap_days, count=st.integers(1, 14), span=spans)
def test_skipped_anniversaries_are_leap_days_only(anchor: date, count: int, span: Days) -> None:
    every = Every(count=count, unit="year", anchor=anchor, missing_day="skip")
    expected = [
        date(year, 2, 29)
        for year in range(anchor.year, span.end.year + 1, count)
        if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    ]
    assert every.dates(span) == tuple(day for day in expected if day in span)


@given(every=recurrences, span=spans)
def test_dates_rise(every: Every, span: Days) -> None:
    assert all(earlier < later for earlier, later in pairwise(every.dates(span)))


@given(every=recurrences, span=spans, cut=st.integers(1, 2499))
def test_a_span_cut_in_two_has_the_same_dates(every: Every, span: Days, cut: int) -> None:
    middle = add_days(span.start, cut)
    assume(middle < span.end)
    parts = every.dates(Days(span.start, middle)) + every.dates(Days(middle, span.end))
    assert parts == every.dates(span)


@given(every=recurrences, day=days)
def test_the_next_date_is_the_first_of_those_to_come(every: Every, day: date) -> None:
    coming = every.next(day)
    assert coming >= max(day, every.anchor)
    assert every.dates(Days(day, add_days(coming, 1))) == (coming,)


@given(every=recurrences)
def test_the_anchor_is_the_first_date(every: Every) -> None:
    assert every.next(date.min) == every.anchor


@given(every=clipped, span=spans)
def test_a_month_end_stays_one_and_never_drifts(every: Every, span: Days) -> None:
    for day in every.dates(span):
        kept = day.day == every.anchor.day
        stood_in = {"month_end": day == end_of_month(day), "next_day": day.day == 1, "skip": False}
        assert kept or stood_in[every.missing_day]


@given(sweep=sweeps, due=days)
def test_every_due_day_is_seen(sweep: Sweep, due: date) -> None:
    assert due in sweep.finds(sweep.sees(due))


@given(sweep=sweeps, due=days)
def test_no_sweep_before_the_first_one_looks_so_far_ahead(sweep: Sweep, due: date) -> None:
    first = sweep.sees(due)
    assert due <= add_days(first, sweep.lookahead_days)
    earlier = sweep.every.dates(Days(sweep.every.anchor, add_days(first, 1)))[:-1]
    assert all(due > add_days(held, sweep.lookahead_days) for held in earlier)


@given(anchor=anchors, count=st.integers(1, 5), extra=st.integers(0, 30), after=st.integers(0, 999))
def test_a_look_ahead_of_the_time_between_sweeps_sees_every_day_in_time(
    anchor: date, count: int, extra: int, after: int
) -> None:
    weekly = Every(count=count, unit="week", anchor=anchor)
    sweep = Sweep(every=weekly, lookahead_days=7 * count - 1 + extra)
    due = add_days(anchor, after)
    assert sweep.sees(due) <= due


@given(window=windows, year=st.integers(1, 9998))
def test_a_window_begins_in_its_year_and_ends_within_another(
    window: ReviewWindow, year: int
) -> None:
    found = window.in_year(year)
    assert found.start.year == year
    assert 1 <= len(found) <= 367


@given(window=windows, day=days)
def test_a_review_is_inside_exactly_if_a_window_holds_the_day(
    window: ReviewWindow, day: date
) -> None:
    timing = check_review_day(day, window).value
    holding = any(day in window.in_year(year) for year in (day.year - 1, day.year, day.year + 1))
    assert (timing.timing == "inside") is holding
    assert (timing.days_off == 0) is holding


@given(window=windows, day=days)
def test_moved_by_the_days_off_a_review_is_inside(window: ReviewWindow, day: date) -> None:
    timing = check_review_day(day, window).value
    assert add_days(day, -timing.days_off) in timing.window


@given(window=windows, day=days)
def test_no_window_is_nearer(window: ReviewWindow, day: date) -> None:
    off = abs(check_review_day(day, window).value.days_off)
    for near in range(off):
        for moved in (add_days(day, near), add_days(day, -near)):
            assert moved not in window.in_year(moved.year)
            assert moved not in window.in_year(moved.year - 1)


@given(day=days | month_ends, months=st.integers(1, 36))
def test_past_months_that_end_with_the_day_meet_the_same_day_before(day: date, months: int) -> None:
    found = past_months(day, months)
    assert found.last == day
    assert found.start == day + relativedelta(months=-months, days=1)


@given(day=days | month_ends, months=st.integers(1, 36))
def test_closed_months_are_whole_and_end_before_the_month_of_the_day(
    day: date, months: int
) -> None:
    found = past_months(day, months, ends="closed_month")
    assert (found.start.day, found.end) == (1, day.replace(day=1))
    assert found.last == end_of_month(found.last)
    assert len({(one.year, one.month) for one in found}) == months
