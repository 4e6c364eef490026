from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from kamcore.calendars import (
    WEEKDAYS,
    WORKDAYS,
    Closure,
    Holiday,
    Hours,
    SpecialDay,
    Week,
)
from kamcore.errors import NotADate, PolicyError
from kamcore.values import Label

HOUR = 3_600_000_000
MAY_1 = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("opens", "closes", "span", "written"),
    [
        ("09:00", "18:00", (9 * HOUR, 18 * HOUR), "09:00–18:00"),
        ("00:00", "24:00", (0, 24 * HOUR), "00:00–24:00"),
        ("00:00", "00:00", (0, 24 * HOUR), "00:00–24:00"),
        ("18:00", "24:00:00", (18 * HOUR, 24 * HOUR), "18:00–24:00"),
        ("22:00", "06:00", (22 * HOUR, 30 * HOUR), "22:00–06:00"),
        ("09:00", "09:00", (9 * HOUR, 33 * HOUR), "09:00–09:00"),
        ("09:00", "08:59:59.999999", (9 * HOUR, 33 * HOUR - 1), "09:00–08:59:59.999999"),
        ("09:00", "09:00:00.000001", (9 * HOUR, 9 * HOUR + 1), "09:00–09:00:00.000001"),
        (time(9), time(17, 30), (9 * HOUR, 17 * HOUR + HOUR // 2), "09:00–17:30"),
        ("09:00:30", time(), (9 * HOUR + 30_000_000, 24 * HOUR), "09:00:30–24:00"),
    ],
    ids=str,
)
def test_hours_that_close_at_or_before_their_opening_end_on_the_next_day(
    opens: object, closes: object, span: tuple[int, int], written: str
) -> None:
    hours = Hours(opens, closes)  # type: ignore[arg-type]  # converted
    assert hours.span == span
    assert str(hours) == written


def test_the_same_hours_written_in_two_ways_are_equal() -> None:
    assert Hours("18:00", "24:00") == Hours(time(18), time(0))
    assert len({Hours("18:00", "24:00"), Hours("18:00", "00:00")}) == 1


@pytest.mark.parametrize(
    ("build", "mend"),
    [
        (lambda: Hours("9", "25:00"), """'9' is no time of day; write "09:00" or "24:00\""""),
        (lambda: Hours("09:00", "24:01"), """'24:01' is no time of day; write "09:00" or"""),
        (lambda: Hours(9, "18:00"), "9 is no time of day; pass"),  # type: ignore[arg-type]
        (lambda: Hours("24:00", "06:00"), "hours open at '24:00', the end of the day; write"),
        (lambda: Hours("09:00+08:00", "18:00"), "has a zone; the calendar has one, leave it out"),
        (lambda: Hours(time(9, tzinfo=UTC), "18:00"), "has a zone; the calendar has one"),
        (
            lambda: Week.of(Hours("09:00", "12:00"), Hours("11:59", "18:00")),
            "hours 09:00–12:00 and 11:59–18:00 overlap; join them or move one",
        ),
        (
            lambda: Week.of(Hours("22:00", "06:00"), Hours("23:00", "23:30")),
            "hours 22:00–06:00 and 23:00–23:30 overlap; join them or move one",
        ),
        (lambda: Week.of(Hours("09:00", "09:00"), Hours("12:00", "13:00")), "overlap; join them"),
        (lambda: Week(monday=Hours("09:00", "18:00")), "are no hours; pass a tuple"),  # type: ignore[arg-type]
        (lambda: Week(monday=[Hours("09:00", "18:00")]), "are no hours; pass a tuple"),  # type: ignore[arg-type]
        (lambda: Week(monday=("09:00", "18:00")), "are no hours; pass a tuple"),  # type: ignore[arg-type]
        (lambda: Week.of(days="monday"), "days is the text 'monday'; pass several"),  # type: ignore[arg-type]
        (lambda: Week.of(days=("montag",)), "weekday 'montag' is no named convention"),  # type: ignore[arg-type]
        (lambda: SpecialDay(MAY_1, ()), "has no hours; write a Holiday instead"),
        (lambda: SpecialDay(MAY_1, "09:00"), "are no hours; pass a tuple"),  # type: ignore[arg-type]
        (lambda: Closure(MAY_1, "09:00", "power cut"), "hours"),  # type: ignore[arg-type]
        (lambda: Holiday(MAY_1, " "), "Holiday.name is ' '; pass a name"),
    ],
    ids=[
        "no hour 25",
        "nothing after 24:00",
        "a number",
        "opening at 24:00",
        "written zone",
        "time with a zone",
        "overlap by a minute",
        "overlap inside a night shift",
        "overlap inside 24 hours",
        "hours alone",
        "a list",
        "texts",
        "a weekday alone",
        "an unknown weekday",
        "a special day without hours",
        "a special day with a text",
        "a closure with a text",
        "a holiday without a name",
    ],
)
def test_what_is_no_opening_time_is_refused(build: Callable[[], object], mend: str) -> None:
    with pytest.raises((PolicyError, TypeError)) as refused:
        build()
    assert mend in str(refused.value)


@pytest.mark.parametrize(
    "build",
    [
        lambda day: Holiday(day, "holiday"),
        lambda day: SpecialDay(day, (Hours("09:00", "18:00"),)),
        lambda day: Closure(day, Hours("09:00", "18:00"), "inventory"),
    ],
    ids=["holiday", "special day", "closure"],
)
def test_an_instant_is_no_day(build: Callable[[object], object]) -> None:
    with pytest.raises(NotADate, match="take its date in a zone"):
        build(datetime(2026, 5, 1, tzinfo=UTC))
    with pytest.raises(NotADate, match=r"pass a datetime\.date"):
        build("2026-05-01")


def test_stretches_that_touch_do_not_overlap() -> None:
    both = Week.of(Hours("12:00", "18:00"), Hours("09:00", "12:00"), days=("monday",))
    assert [str(one) for one in both.monday] == ["09:00–12:00", "12:00–18:00"]


def test_a_week_has_the_same_hours_on_the_days_named() -> None:
    hours = Hours("09:00", "18:00")
    assert Week.of(hours).days == ((hours,),) * 5 + ((),) * 2
    assert Week.of(hours, days=("sunday",)).days == ((),) * 6 + ((hours,),)
    assert Week.of(hours, days=WORKDAYS) == Week.of(hours)
    assert Week.always() == Week.of(Hours("00:00", "24:00"), days=WEEKDAYS)


def test_a_week_is_true_where_a_day_has_hours() -> None:
    assert Week(sunday=(Hours("09:00", "18:00"),))
    assert not Week()


def test_days_have_their_names_in_both_languages() -> None:
    hours = Hours("09:00", "18:00")
    assert Holiday(MAY_1, "Labour Day", zh="劳动节").label == Label("Labour Day", "劳动节")
    assert Holiday(MAY_1, "Labour Day").label == Label("Labour Day", "Labour Day")
    assert SpecialDay(MAY_1, (hours,)).label == Label("make-up workday", "调休上班日")
    assert SpecialDay(MAY_1, (hours,), "fair").label == Label("fair", "fair")
    assert SpecialDay(MAY_1, (hours,), "fair", zh="展会").label == Label("fair", "展会")
    assert Closure(MAY_1, hours, "power cut", zh="停电").label == Label("power cut", "停电")
    assert Closure(MAY_1, hours, "power cut").label == Label("power cut", "power cut")
