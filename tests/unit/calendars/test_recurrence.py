import operator
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kamcore.calendars._recurrence import Every, Sweep
from kamcore.decision import to_plain
from kamcore.errors import FloatRefused, InexactValue, InputError, NotADate, PolicyError
from kamcore.values import Days

JANUARY_31 = date(2013, 1, 31)
LEAP_DAY = date(2012, 2, 29)
WEEKLY = Every(count=1, unit="week", anchor=date(2013, 7, 1))


def day(text: str) -> date:
    """Return a day written in ISO form."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("missing_day", "expected"),
    [
        ("month_end", "2013-01-31 2013-02-28 2013-03-31 2013-04-30 2013-05-31"),
        ("next_day", "2013-01-31 2013-03-01 2013-03-31 2013-05-01 2013-05-31"),
        ("skip", "2013-01-31 2013-03-31 2013-05-31"),
    ],
)
def test_the_31st_of_every_month(missing_day: str, expected: str) -> None:
    monthly = Every(count=1, unit="month", anchor=JANUARY_31, missing_day=missing_day)
    found = monthly.dates(Days(date(2013, 1, 1), date(2013, 6, 1)))
    assert found == tuple(map(day, expected.split()))


@pytest.mark.parametrize(
    ("missing_day", "expected"),
    [
        ("month_end", "2012-02-29 2013-02-28 2014-02-28 2015-02-28 2016-02-29 2017-02-28"),
        ("next_day", "2012-02-29 2013-03-01 2014-03-01 2015-03-01 2016-02-29 2017-03-01"),
        ("skip", "2012-02-29 2016-02-29"),
    ],
)
def test_an_anniversary_of_29_february(missing_day: str, expected: str) -> None:
    yearly = Every(count=1, unit="year", anchor=LEAP_DAY, missing_day=missing_day)
    found = yearly.dates(Days(date(2012, 1, 1), date(2018, 1, 1)))
    assert found == tuple(map(day, expected.split()))


def test_29_february_is_no_date_of_the_year_1900_and_one_of_2000() -> None:
    born = Every(count=1, unit="year", anchor=date(1896, 2, 29), missing_day="skip")
    assert born.next(date(1896, 3, 1)) == date(1904, 2, 29)
    assert born.next(date(1997, 1, 1)) == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("count", "unit", "anchor", "asked", "expected"),
    [
        (1, "week", "2013-07-01", "2013-07-01", "2013-07-01"),
        (1, "week", "2013-07-01", "2013-07-02", "2013-07-08"),
        (1, "week", "2013-07-01", "2013-07-08", "2013-07-08"),
        (2, "week", "2013-07-01", "2013-07-02", "2013-07-15"),
        (1, "week", "2013-07-01", "2013-06-30", "2013-07-01"),
        (1, "week", "2013-07-01", "0001-01-01", "2013-07-01"),
        (1, "week", "0001-01-01", "9999-12-27", "9999-12-27"),
        (3, "month", "2013-01-31", "2013-02-01", "2013-04-30"),
        (3, "month", "2013-01-31", "2013-04-30", "2013-04-30"),
        (3, "month", "2013-01-31", "2013-05-01", "2013-07-31"),
        (1, "month", "2013-03-15", "2013-03-14", "2013-03-15"),
        (1, "month", "2013-03-15", "1999-12-31", "2013-03-15"),
        (1, "month", "0001-01-31", "9999-12-31", "9999-12-31"),
        (2, "year", "2012-02-29", "2012-03-01", "2014-02-28"),
        (Decimal(2), "year", "2012-02-29", "2014-03-01", "2016-02-29"),
        (9999, "year", "2013-07-01", "2013-07-01", "2013-07-01"),
        (10**30, "week", "2013-07-01", "2013-07-01", "2013-07-01"),
    ],
)
def test_the_first_date_on_or_after_a_day(
    count: int, unit: str, anchor: str, asked: str, expected: str
) -> None:
    assert Every(count=count, unit=unit, anchor=day(anchor)).next(day(asked)) == day(expected)


@pytest.mark.parametrize("missing_day", ["month_end", "next_day", "skip"])
@pytest.mark.parametrize("unit", ["week", "month", "year"])
def test_a_span_before_the_anchor_has_no_date(unit: str, missing_day: str) -> None:
    every = Every(count=1, unit=unit, anchor=JANUARY_31, missing_day=missing_day)
    assert every.dates(Days(date(2000, 1, 1), JANUARY_31)) == ()
    assert every.dates(Days(date(2000, 1, 1), date(2013, 2, 1))) == (JANUARY_31,)


@pytest.mark.parametrize("missing_day", ["month_end", "next_day", "skip"])
@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (1, "week", 53),
        (1, "month", {"month_end": 13, "next_day": 13, "skip": 12}),
        (1, "year", 2),
        (10**30, "week", 1),
        (10**30, "month", 1),
        (10**30, "year", 1),
    ],
)
def test_dates_stop_where_the_calendar_ends(
    count: int, unit: str, expected: int | dict[str, int], missing_day: str
) -> None:
    every = Every(count=count, unit=unit, anchor=date(9998, 12, 30), missing_day=missing_day)
    number = expected if isinstance(expected, int) else expected[missing_day]
    assert len(every.dates(Days(date(9998, 12, 1), date.max))) == number
    with pytest.raises(InputError, match="the calendar ends, ask for an earlier day"):
        every.next(date.max)


def test_the_step_from_a_missing_day_into_the_next_month_is_found_from_there() -> None:
    every = Every(count=1, unit="month", anchor=JANUARY_31, missing_day="next_day")
    assert every.next(date(2013, 3, 1)) == date(2013, 3, 1)
    assert every.next(date(2013, 3, 2)) == date(2013, 3, 31)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2013-07-14", "2013-07-01"),
        ("2013-07-15", "2013-07-08"),
        ("2013-07-21", "2013-07-08"),
        ("2013-07-22", "2013-07-15"),
        ("2013-06-30", "2013-07-01"),
        ("0001-01-01", "2013-07-01"),
    ],
)
def test_a_weekly_sweep_13_days_ahead_sees_a_due_day_in_time(due: str, expected: str) -> None:
    assert Sweep(every=WEEKLY, lookahead_days=13).sees(day(due)) == day(expected)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2013-07-03", "2013-07-01"),
        ("2013-07-04", "2013-07-08"),
        ("2013-07-07", "2013-07-08"),
        ("2013-07-10", "2013-07-08"),
        ("2013-07-11", "2013-07-15"),
    ],
)
def test_a_look_ahead_shorter_than_the_week_sees_some_due_days_late(
    due: str, expected: str
) -> None:
    assert Sweep(every=WEEKLY, lookahead_days=2).sees(day(due)) == day(expected)


@pytest.mark.parametrize(
    ("lookahead", "held", "expected"),
    [
        (13, "2013-07-08", Days.through(day("2013-07-08"), day("2013-07-21"))),
        (6, "2013-07-08", Days.through(day("2013-07-08"), day("2013-07-14"))),
        (5, "2013-07-08", Days.through(day("2013-07-07"), day("2013-07-13"))),
        (0, "2013-07-08", Days.through(day("2013-07-02"), day("2013-07-08"))),
        (0, "2013-07-01", Days.through(date.min, day("2013-07-01"))),
        (13, "2013-07-01", Days.through(date.min, day("2013-07-14"))),
    ],
)
def test_the_due_days_of_a_sweep(lookahead: int, held: str, expected: Days) -> None:
    assert Sweep(every=WEEKLY, lookahead_days=lookahead).finds(day(held)) == expected


def test_the_due_days_of_a_sweep_begin_after_the_last_one_however_long_ago() -> None:
    leap = Every(count=1, unit="year", anchor=date(1896, 2, 29), missing_day="skip")
    found = Sweep(every=leap, lookahead_days=0).finds(date(1904, 2, 29))
    assert found == Days.through(date(1896, 3, 1), date(1904, 2, 29))


def test_the_due_days_of_a_monthly_sweep() -> None:
    ends = Every(count=1, unit="month", anchor=JANUARY_31)
    found = Sweep(every=ends, lookahead_days=0).finds(date(2013, 3, 31))
    assert found == Days.through(date(2013, 3, 1), date(2013, 3, 31))


INSTANT = datetime(2013, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: Every(count=0, unit="week", anchor=JANUARY_31),
            PolicyError,
            "a date every 0 weeks; pass 1 or more",
            id="every 0 weeks",
        ),
        pytest.param(
            lambda: Every(count=1.5, unit="week", anchor=JANUARY_31),
            FloatRefused,
            'count is the float 1.5; pass an int or Decimal("1.5")',
            id="float count",
        ),
        pytest.param(
            lambda: Every(count=Decimal("0.5"), unit="year", anchor=JANUARY_31),
            InexactValue,
            "count 0.5 is finer than whole numbers; round it and name the rounding",
            id="half a year",
        ),
        pytest.param(
            lambda: Every(count=1, unit="weeks", anchor=JANUARY_31),
            PolicyError,
            "Every.unit 'weeks' is no named convention; did you mean 'week'?",
            id="misspelt unit",
        ),
        pytest.param(
            lambda: Every(count=1, unit="week", anchor=JANUARY_31, missing_day="nextday"),
            PolicyError,
            "Every.missing_day 'nextday' is no named convention; did you mean 'next_day'?",
            id="misspelt convention",
        ),
        pytest.param(
            lambda: Every(count=1, unit="week", anchor=INSTANT),
            NotADate,
            "anchor datetime.datetime(2013, 1, 5, 0, 0, tzinfo=datetime.timezone.utc) is not a "
            "date; take its date in a zone: value.astimezone(zone).date()",
            id="an instant as anchor",
        ),
        pytest.param(
            lambda: WEEKLY.next("2013-07-01"),
            NotADate,
            "day '2013-07-01' is not a date; pass a datetime.date",
            id="next after a text",
        ),
        pytest.param(
            lambda: WEEKLY.next(date.max),
            InputError,
            "every week from 2013-07-01 comes to no date on or after 9999-12-31; "
            "the calendar ends, ask for an earlier day",
            id="a week past the calendar",
        ),
        pytest.param(
            lambda: Every(count=5, unit="year", anchor=LEAP_DAY).next(date.max),
            InputError,
            "every 5 years from 2012-02-29 comes to no date on or after 9999-12-31; "
            "the calendar ends, ask for an earlier day",
            id="years past the calendar",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=-1),
            PolicyError,
            "a sweep looks -1 days ahead; pass 0 or more",
            id="a sweep that looks back",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=True),
            FloatRefused,
            "lookahead_days is the bool True; pass an int or a finite Decimal",
            id="bool look-ahead",
        ),
        pytest.param(
            lambda: Sweep(every="weekly", lookahead_days=7),
            PolicyError,
            "Sweep.every is 'weekly'; pass Every",
            id="a text as recurrence",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=7).sees(INSTANT),
            NotADate,
            "due day datetime.datetime(2013, 1, 5, 0, 0, tzinfo=datetime.timezone.utc) is not a "
            "date; take its date in a zone: value.astimezone(zone).date()",
            id="an instant due",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=0).sees(date.max),
            InputError,
            "every week from 2013-07-01 comes to no date on or after 9999-12-31; "
            "the calendar ends, ask for an earlier day",
            id="due at the end of the calendar",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=7).finds(date(2013, 7, 9)),
            InputError,
            "there is no sweep on 2013-07-09; the next one is on 2013-07-15",
            id="a day without a sweep",
        ),
        pytest.param(
            lambda: Sweep(every=WEEKLY, lookahead_days=10**9).finds(date(2013, 7, 8)),
            InputError,
            "2013-07-08 + 1000000001 days leaves the calendar; check the number of days",
            id="a look-ahead past the calendar",
        ),
    ],
)
def test_bad_input(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "value", [WEEKLY, Sweep(every=WEEKLY, lookahead_days=7)], ids=["Every", "Sweep"]
)
def test_a_recurrence_is_a_value(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert hash(pickle.loads(pickle.dumps(value))) == hash(value)
    with pytest.raises(TypeError):
        operator.lt(value, value)


def test_a_sweep_is_storable() -> None:
    assert to_plain(Sweep(every=WEEKLY, lookahead_days=7)) == {
        "type": "Sweep",
        "every": {
            "type": "Every",
            "count": 1,
            "unit": "week",
            "anchor": {"date": "2013-07-01"},
            "missing_day": "month_end",
        },
        "lookahead_days": 7,
    }


def test_dateutil_is_loaded_when_dates_are_asked_for_and_not_before() -> None:
    code = (
        "import sys\n"
        "import kamcore.sla, kamcore.calendars._recurrence as recurrence\n"
        "from datetime import date\n"
        "print('dateutil' in sys.modules)\n"
        "every = recurrence.Every(count=1, unit='month', anchor=date(2013, 1, 31))\n"
        "every.next(date(2013, 2, 1))\n"
        "print('dateutil.relativedelta' in sys.modules, 'dateutil.rrule' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["False", "True", "False"]
