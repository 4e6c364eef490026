"""Working hours for kamcore and its peers: one week, 30 holidays, random starts in two zones.

Every contender is asked with values of its own kind, made before it is timed, and must give
kamcore's answers first. A slow one is asked less often in a turn, each time for the next records.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice
from random import Random
from typing import TypeVar
from warnings import simplefilter
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule
from measure import Turns, Work, take_turns
from timegrid import TimeGridCalendar
from workclock import Holidays, Schedule, WorkDay

from kamcore.calendars import Holiday, Hours, Week, WorkCalendar

simplefilter("ignore", pd.errors.PerformanceWarning)  # its offsets of hours are not vectorised

ZONES = ("Asia/Shanghai", "Europe/Berlin")
STARTS = 200
ROWS = 200_000
SEED = 20260301

OPENS, CLOSES = time(9), time(18)
DAYS = ((1, 1), (1, 2), (4, 6), (5, 1), (5, 4), (6, 19), (9, 25), (10, 1), (10, 2), (12, 25))
HOLIDAYS = tuple(date(year, *day) for year in (2025, 2026, 2027) for day in DAYS)
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
"""Starts lie between these; 2,000 hours later a holiday is still to come, as one peer needs."""

SIX_HOURS, MANY_HOURS = timedelta(hours=6), timedelta(hours=2000)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
EPOCH, US = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
WORKING_DAYS = 25

ADD_SIX, ADD_MANY = "add 6 working hours", "add 2,000 working hours"
IN_A_YEAR = "working hours in a year"

R = TypeVar("R")
Answer = datetime | timedelta | date | int
Contests = Mapping[str, Mapping[str, "Contender"]]


@dataclass(frozen=True, kw_only=True)
class Contender:
    """What is timed, how many answers that gives, and the first answers as kamcore's values."""

    work: Work
    calls: int
    answers: Callable[[], Sequence[Answer]]


def asking(
    ask: Callable[[R], object],
    records: Sequence[R],
    calls: int = STARTS,
    read: Callable[..., Answer] = lambda answer: answer,
) -> Contender:
    """Return who is asked for `calls` records a turn, each turn for the next ones."""
    ring = cycle(records)

    def work() -> None:
        for record in islice(ring, calls):
            ask(record)

    def answers() -> Sequence[Answer]:
        return [read(ask(record)) for record in records[:calls]]

    return Contender(work=work, calls=calls, answers=answers)


def at_once(
    ask: Callable[[], object],
    rows: int = ROWS,
    read: Callable[..., Sequence[int]] = list,
) -> Contender:
    """Return who is asked for many rows in one call."""
    return Contender(work=ask, calls=rows, answers=lambda: read(ask()))


def measure(contests: Contests, *, rounds: int) -> Mapping[str, Turns]:
    """Return the microseconds an answer, all contests in one run; the first in each is right."""
    for contenders in contests.values():
        right, *others = [one.answers() for one in contenders.values()]
        for given in others:
            assert given == right[: len(given)]
    works = {
        f"{contest}: {name}": one.work
        for contest, contenders in contests.items()
        for name, one in contenders.items()
    }
    turns = take_turns(works, rounds=rounds, calls=1)
    return {
        contest: {
            name: [spent / one.calls for spent in turns[f"{contest}: {name}"]]
            for name, one in contenders.items()
        }
        for contest, contenders in contests.items()
    }


# --- one question at a time -----------------------------------------------------------------


def hours(zone: str) -> Contests:
    """Return the contests of adding hours and of counting them, with aware instants."""
    return {
        ADD_SIX: additions(zone, SIX_HOURS, slow=10),
        ADD_MANY: additions(zone, MANY_HOURS, slow=1),
        IN_A_YEAR: counts(zone),
    }


def additions(zone: str, amount: timedelta, *, slow: int) -> Mapping[str, Contender]:
    own, rust, naive, rules = work_calendar(zone), schedule(zone), grid(), day_rules(zone)
    delta = BusinessTimeDelta(rules, timedelta=amount)
    steps = offset(amount // timedelta(hours=1))
    starts = draw_starts(zone)
    walls, stamps = [at.replace(tzinfo=None) for at in starts], [pd.Timestamp(at) for at in starts]

    def aware(wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(zone))

    return {
        "add": asking(lambda at: own.add(at, amount), starts),
        "workclock": asking(lambda at: rust.add(at, amount), starts),
        "timegrid, naive": asking(
            lambda wall: naive.add_work_duration(wall, amount), walls, read=aware
        ),
        "pandas": asking(lambda at: at + steps, stamps, 20),
        "businesstimedelta": asking(lambda at: at + delta, starts, slow),
    }


def counts(zone: str) -> Mapping[str, Contender]:
    own, rust, naive, rules = work_calendar(zone), schedule(zone), grid(), day_rules(zone)
    ends = FIRST - MONTH, LAST + YEAR + MONTH
    timeline = naive.compile(*(end.replace(tzinfo=None) for end in ends))
    years = [(at, at + YEAR) for at in draw_starts(zone)]
    walls = [(at.replace(tzinfo=None), end.replace(tzinfo=None)) for at, end in years]
    return {
        "between": asking(lambda year: own.between(*year), years),
        "workclock": asking(lambda year: rust.between(*year), years),
        "timegrid, naive": asking(lambda year: naive.get_working_duration(*year), walls),
        "timegrid, naive, compiled": asking(
            lambda year: timeline.get_working_duration(*year), walls
        ),
        "businesstimedelta": asking(
            lambda year: rules.difference(*year), years, 1, lambda answer: answer.timedelta
        ),
    }


def working_days(zone: str) -> Contests:
    """Return the contest of adding 25 working days to a date."""
    own, days = work_calendar(zone), [at.date() for at in draw_starts(zone)]
    calendar = np.busdaycalendar(holidays=HOLIDAYS)

    def busday_offset(day: np.datetime64) -> np.datetime64:
        return np.busday_offset(day, WORKING_DAYS, roll="preceding", busdaycal=calendar)

    return {
        f"add {WORKING_DAYS} working days": {
            "add_working_days": asking(lambda day: own.add_working_days(day, WORKING_DAYS), days),
            "numpy, one scalar": asking(
                busday_offset, [np.datetime64(day) for day in days], read=np.datetime64.item
            ),
        }
    }


def compiling(zone: str, rounds: int) -> Turns:
    """Return the milliseconds until the first answer of a calendar that has compiled nothing."""
    noon = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo(zone))
    year = [datetime.combine(date(number, 1, 1), time()) for number in (2026, 2027)]
    wall = noon.replace(tzinfo=None)
    fresh, naive = iter([work_calendar(zone) for _ in range(rounds + 2)]), grid()
    assert next(fresh).is_open(noon)
    assert naive.compile(*year).can_work(wall)
    works: Mapping[str, Work] = {
        "first answer": lambda: next(fresh).is_open(noon),
        "timegrid, naive": lambda: naive.compile(*year).can_work(wall),
    }
    return take_turns(works, rounds=rounds, calls=1000)


# --- many rows at once ----------------------------------------------------------------------


def batches(zone: str, sample: int = 300) -> Contests:
    """Return the contests of 200,000 rows: plain microseconds of UTC against each peer's arrays."""
    own, rust = work_calendar(zone), schedule(zone)
    array = np.array([(at - EPOCH) // US for at in draw_starts("UTC", ROWS)], "int64")
    ends = array + MONTH // US
    starts, until = array.tolist(), ends.tolist()
    stamps, stamps_until = array.view("datetime64[us]"), ends.view("datetime64[us]")
    steps, index = offset(6), pd.DatetimeIndex(stamps[:sample], tz="UTC").tz_convert(zone)

    def micros(answers: np.ndarray) -> Sequence[int]:
        return answers.view("int64").tolist()

    def micros_of_index(answers: pd.DatetimeIndex) -> Sequence[int]:
        return micros(answers.tz_convert(None).to_numpy("datetime64[us]"))

    return {
        f"add 6 h to {ROWS:,} rows": {
            "add_all, list": at_once(lambda: own.add_all(starts, SIX_HOURS)),
            "add_all, array": at_once(lambda: own.add_all(array, SIX_HOURS)),
            "workclock": at_once(lambda: rust.add_many(stamps, SIX_HOURS), read=micros),
            f"pandas, {sample} rows": at_once(lambda: index + steps, sample, micros_of_index),
        },
        f"between over 30 days, {ROWS:,} rows": {
            "between_all, list": at_once(lambda: own.between_all(starts, until)),
            "between_all, array": at_once(lambda: own.between_all(array, ends)),
            "workclock": at_once(lambda: rust.between_many(stamps, stamps_until), read=micros),
        },
    }


# --- the calendars and the records ----------------------------------------------------------


def work_calendar(zone: str) -> WorkCalendar:
    """Return kamcore's calendar, with nothing compiled yet."""
    holidays = tuple(Holiday(day, "holiday") for day in HOLIDAYS)
    week = Week.of(Hours(OPENS, CLOSES))
    return WorkCalendar(name="office", zone=zone, week=week, holidays=holidays)


def schedule(zone: str) -> Schedule:
    return Schedule([WorkDay(OPENS, CLOSES), Holidays(HOLIDAYS)], time_zone=zone)


def grid() -> TimeGridCalendar:
    """Return a calendar of naive wall times; this peer knows no zones."""
    calendar = TimeGridCalendar.weekdays(OPENS, CLOSES)
    for day in HOLIDAYS:
        calendar = calendar.close(day)
    return calendar


def day_rules(zone: str) -> Rules:
    place = pytz.timezone(zone)
    holidays = HolidayRule(frozenset(HOLIDAYS), tz=place)
    return Rules([WorkDayRule(OPENS, CLOSES, tz=place), holidays])


def offset(hours: int) -> pd.offsets.CustomBusinessHour:
    return pd.offsets.CustomBusinessHour(hours, holidays=HOLIDAYS, start=OPENS, end=CLOSES)


def draw_starts(zone: str, count: int = STARTS) -> Sequence[datetime]:
    """Return random instants, to the second, at any time of any day."""
    dice, place = Random(SEED), ZoneInfo(zone)  # noqa: S311 - nothing is secret
    seconds = int((LAST - FIRST).total_seconds())
    return [
        (FIRST + timedelta(seconds=dice.randrange(seconds))).astimezone(place) for _ in range(count)
    ]
