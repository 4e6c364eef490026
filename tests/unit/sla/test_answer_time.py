"""The time limit for an answer (S3-P08-7): elapsed hours, in the zone of the inquiry."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kamcore.errors import FloatRefused, InputError, NaiveInstant, PolicyError
from kamcore.sla import AnswerTime, find_answer_deadline
from kamcore.values import Label, Source

P08 = Source("P08-7", Label("Customer grading rules", "客户分级管理制度"))
POLICY = AnswerTime(hours=24, source=P08)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def test_the_answer_names_instant_hours_and_opening() -> None:
    opened = datetime(2013, 7, 1, 9, 30, tzinfo=SHANGHAI)
    decision = find_answer_deadline(opened, POLICY)
    assert decision.value == datetime(2013, 7, 2, 9, 30, tzinfo=SHANGHAI)
    assert decision.value.tzinfo is SHANGHAI
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("sla.answer_by", P08)
    assert dict(first.params) == {"instant": decision.value, "hours": 24, "opened": opened}
    assert [reason.rule.id for reason in decision.assumed] == ["sla.elapsed_hours"]
    assert decision.fingerprint == POLICY.fingerprint


@pytest.mark.parametrize(
    ("opened", "deadline"),
    [
        (
            datetime(2014, 3, 29, 12, tzinfo=BERLIN),
            datetime(2014, 3, 30, 13, tzinfo=BERLIN),
        ),
        (
            datetime(2014, 10, 25, 12, tzinfo=BERLIN),
            datetime(2014, 10, 26, 11, tzinfo=BERLIN),
        ),
        (
            datetime(1990, 4, 14, 12, tzinfo=SHANGHAI),
            datetime(1990, 4, 15, 13, tzinfo=SHANGHAI),
        ),
        (
            datetime(2014, 3, 29, 12, tzinfo=SHANGHAI),
            datetime(2014, 3, 30, 12, tzinfo=SHANGHAI),
        ),
    ],
    ids=["Berlin, spring", "Berlin, autumn", "Shanghai, 1990", "Shanghai, 2014"],
)
def test_24_hours_are_24_hours_when_the_clocks_change(opened: datetime, deadline: datetime) -> None:
    found = find_answer_deadline(opened, POLICY).value
    assert found.replace(tzinfo=None) == deadline.replace(tzinfo=None)
    assert found.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=24)


def test_a_fixed_offset_is_a_zone() -> None:
    zone = timezone(timedelta(hours=8))
    opened = datetime(2013, 7, 1, 9, 30, tzinfo=zone)
    assert find_answer_deadline(opened, POLICY).value == opened + timedelta(hours=24)


def test_a_naive_time_is_refused_with_the_mend() -> None:
    with pytest.raises(NaiveInstant) as fault:
        find_answer_deadline(datetime(2013, 7, 1, 9, 30), POLICY)
    assert str(fault.value) == (
        "opened 2013-07-01 09:30:00 has no zone; "
        'use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
    )


def test_the_mend_of_a_naive_time_works() -> None:
    value = datetime(2013, 7, 1, 9, 30)
    mended = value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert find_answer_deadline(mended, POLICY).decided


@pytest.mark.parametrize(
    ("opened", "message"),
    [
        (
            date(2013, 7, 1),
            ("opened datetime.date(2013, 7, 1) is not an instant; pass an aware datetime.datetime"),
        ),
        (
            "2013-07-01T09:30+08:00",
            ("opened '2013-07-01T09:30+08:00' is not an instant; pass an aware datetime.datetime"),
        ),
    ],
)
def test_what_is_no_instant_is_refused(opened: object, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        find_answer_deadline(opened, POLICY)  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize("hours", [0, -1])
def test_a_limit_that_is_not_above_0_is_refused(hours: int) -> None:
    with pytest.raises(PolicyError) as fault:
        AnswerTime(hours=hours)
    assert str(fault.value) == f"an answer within {hours} hours; pass 1 or more"


def test_a_float_is_refused() -> None:
    with pytest.raises(FloatRefused) as fault:
        AnswerTime(hours=24.0)  # type: ignore[arg-type]
    assert str(fault.value) == 'hours is the float 24.0; pass an int or Decimal("24.0")'


def test_a_whole_decimal_is_a_whole_number() -> None:
    policy = AnswerTime(hours=Decimal(24), source=P08)  # type: ignore[arg-type]
    opened = datetime(2013, 7, 1, tzinfo=SHANGHAI)
    assert policy == POLICY
    assert find_answer_deadline(opened, policy) == find_answer_deadline(opened, POLICY)


def test_a_limit_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        AnswerTime(hours=10**15)
    assert str(fault.value) == (
        "an answer within 1000000000000000 hours leaves the calendar; check the hours"
    )


def test_a_deadline_after_the_last_day_of_the_calendar_is_refused() -> None:
    opened = datetime(9999, 12, 31, 1, tzinfo=UTC)
    with pytest.raises(InputError) as fault:
        find_answer_deadline(opened, POLICY)
    assert str(fault.value) == (
        "9999-12-31 01:00:00+00:00 + 1 day, 0:00:00 leaves the calendar; check the amount"
    )
