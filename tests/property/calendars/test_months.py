"""Months against dateutil, quarters against the year."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kamcore.calendars import Quarter, add_days, add_months, end_of_month

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
# The last days of a month come up often.
late_days = days.map(lambda day: day + relativedelta(day=31)).flatmap(
    lambda last: st.integers(0, 3).map(lambda back: last - timedelta(days=back))
)
anchors = days | late_days
counts = st.integers(-600, 600)
years = st.integers(1, 9998)


@given(anchor=anchors, months=counts)
def test_months_equal_those_of_dateutil(anchor: date, months: int) -> None:
    assert add_months(anchor, months) == anchor + relativedelta(months=months)


@given(day=anchors)
def test_the_end_of_the_month_equals_that_of_dateutil(day: date) -> None:
    assert end_of_month(day) == day + relativedelta(day=31)


@given(anchor=anchors, months=counts)
def test_a_day_keeps_its_number_or_is_the_last(anchor: date, months: int) -> None:
    later = add_months(anchor, months)
    assert later.day == min(anchor.day, end_of_month(later).day)


@given(anchor=anchors, counts=st.tuples(counts, counts))
def test_more_months_are_never_earlier(anchor: date, counts: tuple[int, int]) -> None:
    fewer, more = sorted(counts)
    assert add_months(anchor, fewer) <= add_months(anchor, more)


@given(anchor=anchors, count=counts)
def test_days_come_back(anchor: date, count: int) -> None:
    assert add_days(add_days(anchor, count), -count) == anchor


@given(year=years)
def test_the_quarters_cover_the_year_without_a_gap(year: int) -> None:
    quarters = [day for number in (1, 2, 3, 4) for day in Quarter(year, number).days]
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    assert quarters == [first + timedelta(days=number) for number in range(length)]


@given(day=anchors)
def test_a_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    holding = [number for number in (1, 2, 3, 4) if day in Quarter(day.year, number).days]
    assert holding == [Quarter.of(day).number]
