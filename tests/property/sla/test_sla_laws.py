"""Laws of lead times and answer deadlines."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kamcore.sla import (
    AnswerTime,
    LeadTimes,
    TierLeadTime,
    find_answer_deadline,
    find_lead_time,
)

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "UTC",
        )
    ]
)
HOURS = st.integers(1, 2_000)


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Draw an instant of 1980 to 2030 in any of the zones."""
    seconds = draw(st.integers(315_532_800, 1_893_456_000))
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(draw(ZONES))


@given(instants(), HOURS)
def test_a_deadline_is_the_hours_later_in_real_time(opened: datetime, hours: int) -> None:
    deadline = find_answer_deadline(opened, AnswerTime(hours=hours)).value
    assert deadline.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=hours)


@given(instants(), HOURS)
def test_a_deadline_stays_in_the_zone_of_the_inquiry(opened: datetime, hours: int) -> None:
    deadline = find_answer_deadline(opened, AnswerTime(hours=hours)).value
    assert deadline.tzinfo is opened.tzinfo


@given(instants(), ZONES, HOURS)
def test_the_zone_does_not_move_the_deadline(opened: datetime, zone: ZoneInfo, hours: int) -> None:
    policy = AnswerTime(hours=hours)
    here = find_answer_deadline(opened, policy).value
    there = find_answer_deadline(opened.astimezone(zone), policy).value
    assert here.astimezone(UTC) == there.astimezone(UTC)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 400), st.integers(1, 400))
def test_more_days_are_never_ready_earlier(anchor: date, one: int, other: int) -> None:
    policy = LeadTimes(
        tiers=(TierLeadTime("A", min(one, other)), TierLeadTime("B", max(one, other)))
    )
    days = [find_lead_time(tier, policy, anchor=anchor).value.ready_by for tier in "AB"]
    assert days[0] is not None
    assert days[1] is not None
    assert anchor < days[0] <= days[1]
    assert (days[1] - anchor).days == max(one, other)
