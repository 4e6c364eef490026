import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kamcore.calendars._windows import (
    RULES,
    ReviewTiming,
    ReviewWindow,
    check_review_day,
    past_months,
)
from kamcore.errors import FloatRefused, InexactValue, InputError, NotADate, PolicyError
from kamcore.values import Days, Label, Source

SOURCE = Source("P09-3", Label("Grading of customers", "客户分级管理办法"), mark="figure")
MARCH = ReviewWindow(first=(3, 25), last=(3, 30), mode="usual", source=SOURCE)
DECEMBER = ReviewWindow(first=(12, 25), last=(12, 30), mode="fixed")
NEW_YEAR = ReviewWindow(first=(12, 28), last=(1, 5), mode="fixed")


def day(text: str) -> date:
    """Return a day written in ISO form."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "year", "expected"),
    [
        ((3, 25), (3, 30), 2013, ("2013-03-25", "2013-03-30")),
        ((3, 25), (3, 25), 2013, ("2013-03-25", "2013-03-25")),
        ((12, 28), (1, 5), 2013, ("2013-12-28", "2014-01-05")),
        ((3, 25), (3, 24), 2013, ("2013-03-25", "2014-03-24")),
        ((1, 1), (12, 31), 2013, ("2013-01-01", "2013-12-31")),
        ((2, 20), (2, 29), 2012, ("2012-02-20", "2012-02-29")),
        ((2, 20), (2, 29), 2013, ("2013-02-20", "2013-02-28")),
        ((2, 29), (3, 5), 2012, ("2012-02-29", "2012-03-05")),
        ((2, 29), (3, 5), 2013, ("2013-02-28", "2013-03-05")),
        ((2, 20), (2, 28), 2012, ("2012-02-20", "2012-02-28")),
        ((12, 28), (2, 29), 2011, ("2011-12-28", "2012-02-29")),
        ((1, 1), (1, 31), 1, ("0001-01-01", "0001-01-31")),
        ((12, 28), (12, 31), 9998, ("9998-12-28", "9998-12-31")),
        ((12, 28), (1, 5), 9998, ("9998-12-28", "9999-01-05")),
        ((3, 25), (3, 30), Decimal(2013), ("2013-03-25", "2013-03-30")),
    ],
)
def test_the_window_of_a_year(
    first: tuple[int, int], last: tuple[int, int], year: int, expected: tuple[str, str]
) -> None:
    window = ReviewWindow(first=first, last=last, mode="usual")
    assert window.in_year(year) == Days.through(*map(day, expected))


@pytest.mark.parametrize(
    ("window", "asked", "timing", "days_off", "start"),
    [
        (MARCH, "2013-03-24", "outside_usual", -1, "2013-03-25"),
        (MARCH, "2013-03-25", "inside", 0, "2013-03-25"),
        (MARCH, "2013-03-30", "inside", 0, "2013-03-25"),
        (MARCH, "2013-03-31", "outside_usual", 1, "2013-03-25"),
        (DECEMBER, "2013-12-24", "outside_fixed", -1, "2013-12-25"),
        (DECEMBER, "2013-12-25", "inside", 0, "2013-12-25"),
        (DECEMBER, "2013-12-30", "inside", 0, "2013-12-25"),
        (DECEMBER, "2013-12-31", "outside_fixed", 1, "2013-12-25"),
        (DECEMBER, "2014-01-09", "outside_fixed", 10, "2013-12-25"),
        (NEW_YEAR, "2013-12-27", "outside_fixed", -1, "2013-12-28"),
        (NEW_YEAR, "2013-12-28", "inside", 0, "2013-12-28"),
        (NEW_YEAR, "2014-01-05", "inside", 0, "2013-12-28"),
        (NEW_YEAR, "2014-01-06", "outside_fixed", 1, "2013-12-28"),
        # 26 September lies 180 days after one window and 180 before the next.
        (MARCH, "2013-09-25", "outside_usual", 179, "2013-03-25"),
        (MARCH, "2013-09-26", "outside_usual", 180, "2013-03-25"),
        (MARCH, "2013-09-27", "outside_usual", -179, "2014-03-25"),
        (MARCH, "0001-01-01", "outside_usual", -83, "0001-03-25"),
        (MARCH, "9998-12-31", "outside_usual", 276, "9998-03-25"),
    ],
)
def test_a_review_day_and_the_nearest_window(
    window: ReviewWindow, asked: str, timing: str, days_off: int, start: str
) -> None:
    decision = check_review_day(day(asked), window)
    last = window.in_year(int(start[:4])).last
    assert decision.value == ReviewTiming(
        timing=timing, window=Days.through(day(start), last), days_off=days_off
    )
    rule = "review_inside" if timing == "inside" else f"review_{timing}"
    assert [reason.rule.id for reason in decision.reasons] == [f"calendars.{rule}"]
    assert decision.reasons[0].source == window.source
    assert decision.fingerprint == window.fingerprint


@pytest.mark.parametrize(
    ("mode", "asked", "english", "chinese"),
    [
        (
            "usual",
            "2013-03-25",
            (
                "a review on 2013-03-25 is in time: its window runs from 2013-03-25 to 2013-03-30, "
                "both days included"
            ),
            "评审日期2013年3月25日在评审期内：2013年3月25日至2013年3月30日，首尾两日均含",
        ),
        (
            "usual",
            "2013-03-24",
            (
                "a review on 2013-03-24 is 1 day before the usual window, 2013-03-25 to "
                "2013-03-30; only noted, not refused"
            ),
            (
                "评审日期2013年3月24日不在通常的评审期（2013年3月25日至2013年3月30日）内，早 1 天；"
                "仅作提示，不予驳回"
            ),
        ),
        (
            "fixed",
            "2013-04-02",
            (
                "a review on 2013-04-02 is refused: it is 3 days after the window, "
                "2013-03-25 to 2013-03-30"
            ),
            (
                "评审日期2013年4月2日不符合规定，予以驳回：评审期为2013年3月25日至2013年3月30日，"
                "晚 3 天"
            ),
        ),
    ],
)
def test_the_reason_in_two_languages(mode: str, asked: str, english: str, chinese: str) -> None:
    window = ReviewWindow(first=(3, 25), last=(3, 30), mode=mode, source=SOURCE)
    decision = check_review_day(day(asked), window)
    assert decision.lines("en") == (english, "Source: “Grading of customers” P09-3")
    assert decision.lines("zh") == (chinese, "依据：《客户分级管理办法》P09-3")


def test_the_rules_of_the_window_are_told_apart() -> None:
    assert [rule.id for rule in RULES] == [
        "calendars.review_inside",
        "calendars.review_outside_usual",
        "calendars.review_outside_fixed",
    ]


def test_a_window_has_a_fingerprint_and_survives_pickling() -> None:
    copy = pickle.loads(pickle.dumps(MARCH))
    assert copy == MARCH
    assert copy.fingerprint == MARCH.fingerprint != DECEMBER.fingerprint


@pytest.mark.parametrize(
    ("asked", "months", "ends", "first", "last"),
    [
        ("2013-07-01", 12, "day", "2012-07-02", "2013-07-01"),
        ("2013-06-30", 12, "day", "2012-07-01", "2013-06-30"),
        ("2013-03-31", 1, "day", "2013-03-01", "2013-03-31"),
        ("2012-02-29", 12, "day", "2011-03-01", "2012-02-29"),
        ("2013-02-28", 12, "day", "2012-02-29", "2013-02-28"),
        ("2013-07-01", 12, "closed_month", "2012-07-01", "2013-06-30"),
        ("2013-06-30", 12, "closed_month", "2012-06-01", "2013-05-31"),
        ("2013-07-31", 1, "closed_month", "2013-06-01", "2013-06-30"),
        ("2013-01-01", 3, "closed_month", "2012-10-01", "2012-12-31"),
        ("9999-12-31", 1, "closed_month", "9999-11-01", "9999-11-30"),
    ],
)
def test_the_past_months(asked: str, months: int, ends: str, first: str, last: str) -> None:
    assert past_months(day(asked), months, ends=ends) == Days.through(day(first), day(last))


def test_the_past_months_end_with_the_day_asked_by_default() -> None:
    assert past_months(date(2013, 7, 1), 12) == past_months(date(2013, 7, 1), 12, ends="day")


INSTANT = datetime(2013, 3, 25, tzinfo=UTC)
INSTANT_SAID = (
    "datetime.datetime(2013, 3, 25, 0, 0, tzinfo=datetime.timezone.utc) is not a date; "
    "take its date in a zone: value.astimezone(zone).date()"
)


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: ReviewWindow(first=(2, 30), last=(3, 5), mode="usual"),
            PolicyError,
            "the first day of the window is day 30 of month 2, which no year has; "
            "pass (month, day), such as (3, 25)",
            id="30 February",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(4, 1), last=(4, 31), mode="usual"),
            PolicyError,
            "the last day of the window is day 31 of month 4, which no year has; "
            "pass (month, day), such as (3, 25)",
            id="31 April",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(25, 3), last=(4, 1), mode="usual"),
            PolicyError,
            "the first day of the window is day 3 of month 25, which no year has; "
            "pass (month, day), such as (3, 25)",
            id="month 25",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(0, 3), last=(4, 1), mode="usual"),
            PolicyError,
            "the first day of the window is day 3 of month 0, which no year has; "
            "pass (month, day), such as (3, 25)",
            id="month 0",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 0), last=(4, 1), mode="usual"),
            PolicyError,
            "the first day of the window is day 0 of month 3, which no year has; "
            "pass (month, day), such as (3, 25)",
            id="day 0",
        ),
        pytest.param(
            lambda: ReviewWindow(first=[3, 25], last=(4, 1), mode="usual"),
            PolicyError,
            "the first day of the window is [3, 25]; pass (month, day), such as (3, 25)",
            id="a list",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 25), last=(True, 1), mode="usual"),
            PolicyError,
            "the last day of the window is (True, 1); pass (month, day), such as (3, 25)",
            id="a bool month",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 25), last=(4, True), mode="usual"),
            PolicyError,
            "the last day of the window is (4, True); pass (month, day), such as (3, 25)",
            id="a bool day",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 25), last="03-30", mode="usual"),
            PolicyError,
            "the last day of the window is '03-30'; pass (month, day), such as (3, 25)",
            id="a text",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 25), last=(3, 30), mode="strict"),
            PolicyError,
            "ReviewWindow.mode 'strict' is no named convention; known are 'usual', 'fixed'",
            id="unknown mode",
        ),
        pytest.param(
            lambda: ReviewWindow(first=(3, 25), last=(3, 30), mode="usual", source="P09-3"),
            PolicyError,
            "ReviewWindow.source is 'P09-3'; pass Source",
            id="a text as source",
        ),
        pytest.param(
            lambda: MARCH.in_year(0),
            InputError,
            "the window of year 0 leaves the calendar; pass 1 to 9998",
            id="year 0",
        ),
        pytest.param(
            lambda: MARCH.in_year(9999),
            InputError,
            "the window of year 9999 leaves the calendar; pass 1 to 9998",
            id="year 9999",
        ),
        pytest.param(
            lambda: MARCH.in_year("2013"),
            FloatRefused,
            "year is the str '2013'; pass an int or Decimal('2013')",
            id="text year",
        ),
        pytest.param(
            lambda: check_review_day(date(9999, 3, 25), MARCH),
            InputError,
            "the window of year 9999 leaves the calendar; pass 1 to 9998",
            id="a review in the last year",
        ),
        pytest.param(
            lambda: check_review_day(INSTANT, MARCH),
            NotADate,
            f"review day {INSTANT_SAID}",
            id="a review at an instant",
        ),
        pytest.param(
            lambda: past_months(INSTANT, 12),
            NotADate,
            f"day {INSTANT_SAID}",
            id="the months before an instant",
        ),
        pytest.param(
            lambda: past_months(date(2013, 7, 1), 0),
            InputError,
            "the past 0 months; pass 1 or more",
            id="no months",
        ),
        pytest.param(
            lambda: past_months(date(2013, 7, 1), Decimal("1.5")),
            InexactValue,
            "months 1.5 is finer than whole numbers; round it and name the rounding",
            id="one month and a half",
        ),
        pytest.param(
            lambda: past_months(date(2013, 7, 1), 1, ends="month"),
            PolicyError,
            "ends 'month' is no named convention; known are 'day', 'closed_month'",
            id="unknown end",
        ),
        pytest.param(
            lambda: past_months(date(2013, 7, 1), 99_999),
            InputError,
            "2013-07-01 + -99999 months leaves the calendar; check the number of months",
            id="too many months",
        ),
        pytest.param(
            lambda: past_months(date.max, 1),
            InputError,
            "9999-12-31 + 1 days leaves the calendar; check the number of days",
            id="the end of the calendar",
        ),
    ],
)
def test_bad_input(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    assert str(caught.value) == message
