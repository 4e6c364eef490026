from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kamcore.values import Dated, Days, Version

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
lengths = st.integers(1, 400)
first_days = st.lists(days, unique=True, min_size=1, max_size=5).map(sorted)


@given(first=days, length=lengths)
def test_a_span_has_its_first_and_its_last_day_and_all_between(first: date, length: int) -> None:
    last = first + timedelta(days=length - 1)
    span = Days.through(first, last)
    assert len(span) == len(list(span)) == length
    assert (next(iter(span)), span.last) == (first, last)


@given(first=days, length=lengths, day=days)
def test_a_day_is_in_a_span_if_it_is_one_of_its_days(first: date, length: int, day: date) -> None:
    span = Days(first, first + timedelta(days=length))
    assert (day in span) is (day in list(span))


@given(first=days, length=lengths, gap=st.integers(-400, 400), other=lengths)
def test_two_spans_meet_if_they_share_a_day(first: date, length: int, gap: int, other: int) -> None:
    begins = first + timedelta(days=gap)
    one, two = Days(first, first + timedelta(days=length)), Days(begins, begins + timedelta(other))
    assert one.meets(two) is two.meets(one) is bool(set(one) & set(two))


@given(since=first_days, later=st.integers(0, 4000))
def test_in_force_is_the_latest_version_that_has_begun(since: list[date], later: int) -> None:
    dated = Dated(tuple(Version(day, number) for number, day in enumerate(since)))
    day = since[0] + timedelta(days=later)
    assert dated.in_force(day).since == max(start for start in since if start <= day)
