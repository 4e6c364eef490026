import operator
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from kamcore.errors import InputError, PolicyError
from kamcore.values import Dated, Days, Version

NEW_YEAR = date(2013, 1, 1)
QUARTER = Days.through(NEW_YEAR, date(2013, 3, 31))
TERMS = Dated((Version(NEW_YEAR, "30 days"), Version(date(2014, 7, 1), "20 days")))


def test_people_write_the_last_day() -> None:
    assert Days(NEW_YEAR, date(2013, 4, 1)) == QUARTER
    assert QUARTER.last == date(2013, 3, 31)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2012, 12, 31), False),
        (date(2013, 1, 1), True),
        (date(2013, 3, 31), True),
        (date(2013, 4, 1), False),
    ],
    ids=str,
)
def test_both_ends_of_a_span(day: date, inside: bool) -> None:
    assert (day in QUARTER) is inside


def test_the_days_in_order() -> None:
    span = Days.through(date(2012, 2, 28), date(2012, 3, 1))
    assert list(span) == [date(2012, 2, 28), date(2012, 2, 29), date(2012, 3, 1)]
    assert len(span) == 3


def test_a_span_of_one_day() -> None:
    assert list(Days.through(NEW_YEAR, NEW_YEAR)) == [NEW_YEAR]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(
            lambda: Days(NEW_YEAR, NEW_YEAR),
            "span from 2013-01-01 ends at 2013-01-01; let it end after it starts",
            id="no day",
        ),
        pytest.param(
            lambda: Days.through(NEW_YEAR, date(2012, 12, 30)),
            "span from 2013-01-01 ends at 2012-12-31; let it end after it starts",
            id="backwards",
        ),
        pytest.param(
            lambda: Days.through(NEW_YEAR, date.max),
            "last day 9999-12-31 is the end of the calendar; pass an earlier one",
            id="end of the calendar",
        ),
        pytest.param(
            lambda: Days(datetime(2013, 1, 1, tzinfo=UTC), NEW_YEAR),
            "first day datetime.datetime(2013, 1, 1, 0, 0, tzinfo=datetime.timezone.utc) is not a "
            "date; take its date in a zone: value.astimezone(zone).date()",
            id="an instant",
        ),
        pytest.param(
            lambda: Days(NEW_YEAR, "2013-03-31"),
            "end '2013-03-31' is not a date; pass a datetime.date",
            id="a text",
        ),
        pytest.param(
            lambda: Days.through(NEW_YEAR, 20130331),
            "last day 20130331 is not a date; pass a datetime.date",
            id="a number",
        ),
        pytest.param(
            lambda: "2013-01-01" in QUARTER,
            "day '2013-01-01' is not a date; pass a datetime.date",
            id="a text looked for",
        ),
        pytest.param(
            lambda: Version("2013-01-01", 1),
            "version's first day '2013-01-01' is not a date; pass a datetime.date",
            id="a text as first day",
        ),
        pytest.param(
            lambda: Dated(()),
            "no version is given; pass at least one Version(since, value)",
            id="no version",
        ),
        pytest.param(
            lambda: Dated(((NEW_YEAR, 1),)),
            "Dated.versions holds (datetime.date(2013, 1, 1), 1); pass Version",
            id="a pair",
        ),
        pytest.param(
            lambda: Dated((Version(date(2014, 7, 1), 1), Version(NEW_YEAR, 2))),
            "version of 2013-01-01 follows 2014-07-01; sort them by day",
            id="not sorted",
        ),
        pytest.param(
            lambda: Dated((Version(NEW_YEAR, 1), Version(NEW_YEAR, 2))),
            "version of 2013-01-01 follows 2013-01-01; sort them by day",
            id="two on one day",
        ),
    ],
)
def test_spans_and_versions_that_are_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        ask()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2013, 1, 1), "30 days"),
        (date(2014, 6, 30), "30 days"),
        (date(2014, 7, 1), "20 days"),
        (date.max, "20 days"),
    ],
    ids=str,
)
def test_what_is_in_force(day: date, value: str) -> None:
    assert TERMS.in_force(day).value == value


def test_nothing_is_in_force_before_the_first_version() -> None:
    with pytest.raises(InputError) as caught:
        TERMS.in_force(NEW_YEAR - timedelta(days=1))
    assert str(caught.value) == (
        "nothing is in force on 2012-12-31; the first version starts on 2013-01-01"
    )


def test_an_instant_is_no_day() -> None:
    with pytest.raises(PolicyError, match=r"take its date in a zone"):
        TERMS.in_force(datetime(2014, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (date(2012, 12, 1), date(2012, 12, 31), False),
        (date(2012, 12, 1), date(2013, 1, 1), True),
        (date(2013, 2, 1), date(2013, 2, 1), True),
        (date(2012, 1, 1), date(2014, 1, 1), True),
        (date(2013, 3, 31), date(2013, 4, 30), True),
        (date(2013, 4, 1), date(2013, 4, 30), False),
    ],
    ids=["the day before", "the first day", "inside", "around", "the last day", "the day after"],
)
def test_two_spans_meet_from_the_first_to_the_last_day(
    first: date, last: date, *, meets: bool
) -> None:
    other = Days.through(first, last)
    assert QUARTER.meets(other) is other.meets(QUARTER) is meets


@pytest.mark.parametrize("value", [QUARTER, TERMS], ids=["days", "dated"])
def test_a_span_is_hashable_and_picklable(value: Days | Dated[str]) -> None:
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)


@pytest.mark.parametrize(
    "value", [QUARTER, TERMS, TERMS.versions[0]], ids=["days", "dated", "version"]
)
def test_spans_and_versions_have_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)
