import pickle
import sys
from collections.abc import Callable
from datetime import date, datetime

import pytest

from kamcore.calendars._holidays import HolidayData, read_holidays
from kamcore.calendars._week import Holiday, Hours, Week
from kamcore.errors import FloatRefused, InputError, NotADate, PolicyError, UnknownName
from kamcore.values import Days

pytest.importorskip("holidays", reason="the extra kamcore[holidays] is not installed")

HOURS = (Hours("09:00", "12:00"), Hours("13:00", "18:00"))

# The arrangements of the State Council (国务院办公厅关于部分节假日安排的通知). Closed days that
# fall on a Saturday or Sunday are left out; 2024 and 2025 also stand in LKI/chinese-calendar 1.11.
CHINA = {
    2024: (
        (
            "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 "
            "10-01 10-02 10-03 10-04 10-07"
        ),
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        (
            "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 "
            "10-01 10-02 10-03 10-06 10-07 10-08"
        ),
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        (
            "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
            "10-01 10-02 10-05 10-06 10-07"
        ),
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
SATURDAY = 5


def days(year: int, written: str) -> list[date]:
    """Return days written as month and day."""
    return [date.fromisoformat(f"{year}-{one}") for one in written.split()]


@pytest.mark.parametrize("year", CHINA)
def test_the_closed_weekdays_of_china_are_those_of_the_state_council(year: int) -> None:
    found = read_holidays("CN", years=(year,), make_up=HOURS)
    closed = [one.day for one in found.holidays if one.day.weekday() < SATURDAY]
    assert closed == days(year, CHINA[year][0])


@pytest.mark.parametrize("year", CHINA)
def test_the_make_up_workdays_of_china_are_those_of_the_state_council(year: int) -> None:
    found = read_holidays("CN", years=(year,), make_up=HOURS)
    assert [one.day for one in found.special_days] == days(year, CHINA[year][1])
    assert {one.hours for one in found.special_days} == {HOURS}
    assert {(one.label.en, one.label.zh) for one in found.special_days} == {
        ("make-up workday", "调休上班日")
    }


def test_several_years_are_the_years_together_whatever_their_order() -> None:
    found = read_holidays("CN", years=iter([2026, 2024, 2025, 2025]), make_up=HOURS)
    parts = [read_holidays("CN", years=[year], make_up=HOURS) for year in CHINA]
    assert found.holidays == tuple(one for part in parts for one in part.holidays)
    assert found.special_days == tuple(one for part in parts for one in part.special_days)
    assert found.known_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        ("2025-01-28", "Chinese New Year's Eve", "农历除夕"),
        ("2025-10-01", "National Day", "国庆节"),
        ("2020-10-01", "Mid-Autumn Festival; National Day", "中秋节；国庆节"),
    ],
)
def test_the_names_in_two_languages(day: str, english: str, chinese: str) -> None:
    year = date.fromisoformat(day).year
    found = {one.day: one for one in read_holidays("CN", years=[year], make_up=HOURS).holidays}
    holiday = found[date.fromisoformat(day)]
    assert (holiday.name, holiday.zh) == (english, chinese)


def test_a_day_off_that_is_made_up_for_names_the_workday_in_iso_form() -> None:
    found = {one.day: one for one in read_holidays("CN", years=[2025], make_up=HOURS).holidays}
    assert found[date(2025, 2, 3)].name == "Day off (substituted from 2025-01-26)"
    assert "2025-01-26" in found[date(2025, 2, 3)].zh


def test_names_without_chinese_stay_english() -> None:
    first = read_holidays("DE", years=(2026,)).holidays[0]
    assert first == Holiday(date(2026, 1, 1), "New Year's Day")
    assert first.label.zh == "New Year's Day"


@pytest.mark.parametrize(
    ("country", "years", "known_until"),
    [
        pytest.param("CN", (2025,), "2025-12-31", id="arranged"),
        pytest.param("CN", (2098, 2024), "2024-12-31", id="up to the last that is arranged"),
        pytest.param("CN", (2098, 2099), "2097-12-31", id="nothing is arranged yet"),
        pytest.param("HU", (2022, 2023), "2023-12-31", id="no make-up day, but later ones"),
        pytest.param("BG", (2026,), "2025-12-31", id="a country that has given them up"),
        pytest.param("DE", (2026, 2098), "2098-12-31", id="a country that makes up for nothing"),
    ],
)
def test_until_when_the_holidays_are_known(
    country: str, years: tuple[int, ...], known_until: str
) -> None:
    found = read_holidays(country, years=years, make_up=HOURS)
    assert found.known_until == date.fromisoformat(known_until)


def test_a_year_that_is_not_arranged_is_left_out() -> None:
    found = read_holidays("CN", years=(2098,))
    assert (found.holidays, found.special_days) == ((), ())
    assert found.known_until == date(2097, 12, 31)


# The spans that the State Council announced for 2026, weekends and all.
SPANS_2026 = (
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
)


def test_weekends_in_a_row_with_a_holiday_belong_to_it() -> None:
    found = read_holidays("CN", years=(2026,), make_up=HOURS)
    spans = (Days.through(date(2026, *first), date(2026, *last)) for first, last in SPANS_2026)
    assert [one.day for one in found.holidays] == [day for span in spans for day in span]
    assert not {one.day for one in found.special_days} & {one.day for one in found.holidays}


def test_weekends_of_a_country_without_make_up_workdays_stay_as_they_are() -> None:
    found = read_holidays("DE", years=(2026,))
    assert date(2026, 4, 4) not in {one.day for one in found.holidays}  # between Friday and Monday


def test_only_the_years_asked_for_are_read() -> None:
    found = read_holidays("US", years=(2021,))
    assert {one.day.year for one in found.holidays} == {2021}
    # 1 January 2022 is a Saturday and observed on the Friday before.
    assert date(2021, 12, 31) in {one.day for one in found.holidays}


def test_a_subdivision_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    whole = read_holidays("DE", years=(2026,))
    bavaria = read_holidays("DE", years=(2026,), subdivision="BY")
    assert corpus_christi not in {one.day for one in whole.holidays}
    assert corpus_christi in {one.day for one in bavaria.holidays}


def test_make_up_workdays_take_the_hours_of_an_ordinary_week() -> None:
    week = Week.of(*HOURS)
    found = read_holidays("CN", years=(2025,), make_up=week)
    assert found == read_holidays("CN", years=(2025,), make_up=HOURS)


def test_the_data_is_a_value() -> None:
    found = read_holidays("CN", years=(2025,), make_up=HOURS)
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({found, read_holidays("CN", years=(2025,), make_up=HOURS)}) == 1


def test_without_the_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ImportError) as caught:
        read_holidays("CN", years=(2025,), make_up=HOURS)
    assert str(caught.value) == (
        "public holidays come from the package holidays; pip install kamcore[holidays]"
    )


NO_HOURS = (
    '2025-01-26 is a make-up workday of CN, without hours; pass make_up=(Hours("09:00", "18:00"),)'
)
UNEQUAL = (
    "the week of make_up has no hours that hold from Monday to Friday alike; "
    'pass the hours, such as make_up=(Hours("09:00", "18:00"),)'
)


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(
            lambda: read_holidays("CN", years=(2025,)), InputError, NO_HOURS, id="no hours"
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025,), make_up=()),
            InputError,
            NO_HOURS,
            id="empty hours",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025,), make_up=Week()),
            InputError,
            NO_HOURS,
            id="an empty week",
        ),
        pytest.param(
            lambda: read_holidays(
                "CN", years=(2025,), make_up=Week(monday=HOURS, tuesday=HOURS[:1])
            ),
            InputError,
            UNEQUAL,
            id="a week of unequal days",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025,), make_up=Week(saturday=HOURS)),
            InputError,
            UNEQUAL,
            id="a week without workdays",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025,), make_up=("09:00",)),
            PolicyError,
            '(\'09:00\',) are no hours; pass a tuple, such as (Hours("09:00", "18:00"),)',
            id="texts as hours",
        ),
        pytest.param(
            lambda: read_holidays("cn", years=(2025,)),
            InputError,
            "the holidays of 'cn' are not known; did you mean 'CN'?",
            id="unknown country",
        ),
        pytest.param(
            lambda: read_holidays("DE", years=(2025,), subdivision="By"),
            UnknownName,
            "unknown subdivision of DE 'By'; did you mean 'BY'?",
            id="unknown subdivision",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025,), subdivision="BJ"),
            UnknownName,
            "unknown subdivision of CN 'BJ'; none are known",
            id="a country without subdivisions",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=()),
            InputError,
            "no year is given; pass at least one, such as (2025, 2026)",
            id="no year",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=2025),
            InputError,
            "years is 2025; pass several, such as (2025, 2026)",
            id="one number",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025.0,)),
            FloatRefused,
            'year is the float 2025.0; pass an int or Decimal("2025.0")',
            id="float year",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(1900, 2025)),
            InputError,
            "the holidays of 1900 are not known; pass years of 1901 to 2099",
            id="too early",
        ),
        pytest.param(
            lambda: read_holidays("CN", years=(2025, 2100)),
            InputError,
            "the holidays of 2100 are not known; pass years of 1901 to 2099",
            id="too late",
        ),
        pytest.param(
            lambda: HolidayData(holidays=(), special_days=(), known_until=datetime(2025, 1, 1)),
            NotADate,
            "known_until datetime.datetime(2025, 1, 1, 0, 0) is not a date; "
            "take its date in a zone: value.astimezone(zone).date()",
            id="known until an instant",
        ),
        pytest.param(
            lambda: HolidayData(
                holidays=("2025-01-01",), special_days=(), known_until=date(2025, 1, 1)
            ),
            PolicyError,
            "HolidayData.holidays holds '2025-01-01'; pass Holiday",
            id="a text as holiday",
        ),
    ],
)
def test_bad_input(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        ask()
    assert type(caught.value) is kind
    assert str(caught.value) == message
