from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kamcore.calendars import add_elapsed

zones = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Shanghai", "America/New_York")]
    + [ZoneInfo("Australia/Lord_Howe")]
)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2035, 12, 31), timezones=zones)
# One day around each change of the clocks in Berlin, so that both nights come up often.
nights = st.sampled_from(
    [datetime(2024, 3, 30, tzinfo=UTC), datetime(2024, 10, 26, tzinfo=UTC)]
).flatmap(
    lambda night: st.integers(0, 48 * 60).map(
        lambda minutes: (night + timedelta(minutes=minutes)).astimezone(ZoneInfo("Europe/Berlin"))
    )
)
starts = instants | nights
amounts = st.integers(-100_000, 100_000).map(lambda minutes: timedelta(minutes=minutes))


@given(start=starts, amount=amounts)
def test_exactly_the_amount_of_real_time_passes(start: datetime, amount: timedelta) -> None:
    due = add_elapsed(start, amount)
    assert due.astimezone(UTC) - start.astimezone(UTC) == amount
    assert due.tzinfo is start.tzinfo


@given(start=starts, amounts=st.tuples(amounts, amounts))
def test_two_amounts_are_their_sum(start: datetime, amounts: tuple[timedelta, timedelta]) -> None:
    first, second = amounts
    there = add_elapsed(add_elapsed(start, first), second)
    assert there.astimezone(UTC) == add_elapsed(start, first + second).astimezone(UTC)


@given(start=starts, amounts=st.tuples(amounts, amounts))
def test_a_longer_time_limit_never_ends_earlier(
    start: datetime, amounts: tuple[timedelta, timedelta]
) -> None:
    shorter, longer = sorted(amounts)
    assert add_elapsed(start, shorter).astimezone(UTC) <= add_elapsed(start, longer).astimezone(UTC)
