import operator
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kamcore.calendars import Quarter, add_days, add_months, end_of_month
from kamcore.errors import FloatRefused, InexactValue, InputError, NotADate
from kamcore.values import Days

JANUARY_31 = date(2013, 1, 31)


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        (JANUARY_31, 0, date(2013, 1, 31)),
        (JANUARY_31, 1, date(2013, 2, 28)),
        (JANUARY_31, 2, date(2013, 3, 31)),
        (JANUARY_31, 3, date(2013, 4, 30)),
        (JANUARY_31, 11, date(2013, 12, 31)),
        (JANUARY_31, 12, date(2014, 1, 31)),
        (JANUARY_31, -1, date(2012, 12, 31)),
        (JANUARY_31, -2, date(2012, 11, 30)),
        (date(2012, 1, 30), 1, date(2012, 2, 29)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2012, 2, 29), 48, date(2016, 2, 29)),
        (date(2013, 2, 28), 1, date(2013, 3, 28)),
        (date(2013, 12, 1), Decimal(1), date(2014, 1, 1)),
        (date(1, 1, 1), 0, date(1, 1, 1)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
    ],
    ids=str,
)
def test_a_day_past_the_months_end_is_clipped(anchor: date, months: int, expected: date) -> None:
    assert add_months(anchor, months) == expected


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2012, 2, 1), date(2012, 2, 29)),
        (date(2013, 2, 28), date(2013, 2, 28)),
        (date(2013, 4, 15), date(2013, 4, 30)),
        (date(1900, 2, 1), date(1900, 2, 28)),
        (date(2000, 2, 1), date(2000, 2, 29)),
        (date(9999, 12, 1), date.max),
    ],
    ids=str,
)
def test_end_of_month(day: date, last: date) -> None:
    assert end_of_month(day) == last


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, date(2013, 1, 31)),
        (1, date(2013, 2, 1)),
        (90, date(2013, 5, 1)),
        (-31, date(2012, 12, 31)),
    ],
    ids=str,
)
def test_calendar_days_after(days: int, expected: date) -> None:
    assert add_days(JANUARY_31, days) == expected


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2012, 1, 1), date(2012, 3, 31)),
        (2, date(2012, 4, 1), date(2012, 6, 30)),
        (3, date(2012, 7, 1), date(2012, 9, 30)),
        (4, date(2012, 10, 1), date(2012, 12, 31)),
    ],
    ids=str,
)
def test_the_days_of_a_quarter(number: int, first: date, last: date) -> None:
    quarter = Quarter(2012, number)
    assert quarter.days == Days.through(first, last)
    assert Quarter.of(first) == Quarter.of(last) == quarter


def test_a_quarter_in_words() -> None:
    label = Quarter(2013, 2).label
    assert (label.en, label.zh) == ("Q2 2013", "2013年第2季度")


def test_a_quarter_is_hashable_and_picklable() -> None:
    quarter = Quarter(2013, 2)
    assert pickle.loads(pickle.dumps(quarter)) == quarter
    assert len({quarter, Quarter(2013, 2), Quarter(2013, 3)}) == 2


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: add_months(JANUARY_31, 1.5),
            FloatRefused,
            'months is the float 1.5; pass an int or Decimal("1.5")',
            id="float months",
        ),
        pytest.param(
            lambda: add_months(JANUARY_31, Decimal("1.5")),
            InexactValue,
            "months 1.5 is finer than whole numbers; round it and name the rounding",
            id="half a month",
        ),
        pytest.param(
            lambda: add_months(date(9999, 12, 1), 1),
            InputError,
            "9999-12-01 + 1 months leaves the calendar; check the number of months",
            id="past the year 9999",
        ),
        pytest.param(
            lambda: add_months(date(1, 1, 31), -1),
            InputError,
            "0001-01-31 + -1 months leaves the calendar; check the number of months",
            id="before the year 1",
        ),
        pytest.param(
            lambda: add_months(datetime(2013, 1, 5, tzinfo=UTC), 1),
            NotADate,
            "anchor datetime.datetime(2013, 1, 5, 0, 0, tzinfo=datetime.timezone.utc) is not a "
            "date; take its date in a zone: value.astimezone(zone).date()",
            id="months after an instant",
        ),
        pytest.param(
            lambda: end_of_month("2013-01"),
            NotADate,
            "day '2013-01' is not a date; pass a datetime.date",
            id="end of a text",
        ),
        pytest.param(
            lambda: add_days(JANUARY_31, True),
            FloatRefused,
            "days is the bool True; pass an int or a finite Decimal",
            id="bool days",
        ),
        pytest.param(
            lambda: add_days(JANUARY_31, 10**10),
            InputError,
            "2013-01-31 + 10000000000 days leaves the calendar; check the number of days",
            id="too many days",
        ),
        pytest.param(
            lambda: add_days(date.max, 1),
            InputError,
            "9999-12-31 + 1 days leaves the calendar; check the number of days",
            id="the day after the last",
        ),
        pytest.param(
            lambda: Quarter(2013, 0),
            InputError,
            "quarter 0 of 2013 does not exist; pass 1, 2, 3 or 4",
            id="quarter 0",
        ),
        pytest.param(
            lambda: Quarter(2013, 5),
            InputError,
            "quarter 5 of 2013 does not exist; pass 1, 2, 3 or 4",
            id="quarter 5",
        ),
        pytest.param(
            lambda: Quarter(2013, True),
            FloatRefused,
            "quarter is the bool True; pass an int or a finite Decimal",
            id="bool quarter",
        ),
        pytest.param(
            lambda: Quarter("2013", 1),
            FloatRefused,
            "year is the str '2013'; pass an int or Decimal('2013')",
            id="text year",
        ),
        pytest.param(
            lambda: Quarter.of(datetime(2013, 1, 5)),
            NotADate,
            "day datetime.datetime(2013, 1, 5, 0, 0) is not a date; "
            "take its date in a zone: value.astimezone(zone).date()",
            id="quarter of an instant",
        ),
    ],
)
def test_bad_input(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    assert str(caught.value) == message


def test_a_quarter_has_no_order() -> None:
    with pytest.raises(TypeError):
        operator.lt(Quarter(2013, 1), Quarter(2013, 2))
