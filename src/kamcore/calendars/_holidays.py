"""Public holidays and make-up workdays of a country, from the package `holidays`.

The package comes with the extra `kamcore[holidays]` and is loaded when holidays are read.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib import import_module
from itertools import islice
from typing import Protocol, cast

from attrs import evolve, field, frozen

from kamcore.calendars._week import WORKDAYS, Holiday, Hours, SpecialDay, Week
from kamcore.errors import InputError, UnknownName
from kamcore.values._checks import as_date, tuple_of
from kamcore.values._exact import whole

__all__ = ["HolidayData", "read_holidays"]

# The package reckons the Chinese lunar calendar for these years.
FIRST_YEAR, LAST_YEAR = 1901, 2099
# A year without make-up workdays is known if a later one, at most so many years on, has some.
SATURDAY = 5
DAY = timedelta(days=1)
LATER_YEARS = 10
AMERICAN_DATE = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")


class _Found(Protocol):
    """What the package answers: a mapping from day to name, with the workdays on weekends."""

    supported_languages: tuple[str, ...]
    has_substituted_holidays: bool
    weekend_workdays: set[date]

    def items(self) -> Iterable[tuple[date, str]]: ...


class _Package(Protocol):
    """What kamcore asks of the package."""

    def list_supported_countries(self) -> Mapping[str, list[str]]: ...

    def country_holidays(
        self, country: str, subdiv: str | None, *, years: Iterable[int], language: str
    ) -> _Found: ...


@frozen(order=False, kw_only=True)
class HolidayData:
    """Closed days, make-up workdays, and the last day until which both are known."""

    holidays: tuple[Holiday, ...] = field(validator=tuple_of(Holiday))
    special_days: tuple[SpecialDay, ...] = field(validator=tuple_of(SpecialDay))
    known_until: date = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an instant."""
        as_date(self.known_until, "known_until")


def read_holidays(
    country: str,
    *,
    years: Iterable[int],
    make_up: Week | tuple[Hours, ...] | None = None,
    subdivision: str | None = None,
) -> HolidayData:
    """Return the public holidays of whole years, 1901 to 2099, by ISO 3166 code, such as "CN".

    Names are English, with Chinese beside them where the package has it. `make_up` are the hours of
    make-up workdays (调休上班日), or an ordinary week whose Monday to Friday have the same hours;
    where a country has such days in these years, it must be given.

    A country that makes up for holidays arranges each year anew, weekends with them: a Saturday or
    Sunday in a row with a holiday is a holiday, too, unless it is a make-up workday. `known_until`
    is the end of the last of the `years` for which the package has the arrangement, or the day
    before the first of them, if it has none; holidays after it are left out. The sign is a make-up
    workday in that year or a later one, so a country that has given them up is known to the last
    year that had them. For any other country it is the end of the last year.

    Raises ImportError without the package, and `InputError` for a country, subdivision or year that
    it does not know.
    """
    asked = _years(years)
    package = _package()
    _check_place(package, country, subdivision)
    probed = range(asked[0], min(LAST_YEAR, asked[-1] + LATER_YEARS) + 1)
    found = package.country_holidays(country, subdivision, years=probed, language="en_US")
    chinese: dict[date, str] = {}
    if "zh_CN" in found.supported_languages:
        again = package.country_holidays(country, subdivision, years=asked, language="zh_CN")
        chinese = dict(again.items())
    workdays = sorted(day for day in found.weekend_workdays if day.year in asked)
    hours = _make_up_hours(make_up, country, workdays)
    known = _known_until(found, asked)
    holidays = {
        day: Holiday(day, _english(name), zh=chinese.get(day, "").replace("; ", "；"))
        for day, name in sorted(found.items())
        if day.year in asked and day <= known
    }
    if found.weekend_workdays:
        _add_weekends(holidays, set(found.weekend_workdays))
    return HolidayData(
        holidays=tuple(holidays[day] for day in sorted(holidays) if day.year in asked),
        special_days=tuple(SpecialDay(day, hours) for day in workdays),
        known_until=known,
    )


def _add_weekends(holidays: dict[date, Holiday], workdays: set[date]) -> None:
    """Add the Saturdays and Sundays that belong to a holiday: those in a row with its days."""
    for day in sorted(holidays):
        for step in (DAY, -DAY):
            near = day + step
            while near.weekday() >= SATURDAY and near not in workdays and near not in holidays:
                holidays[near] = evolve(holidays[day], day=near)
                near += step


def _package() -> _Package:
    try:
        return cast("_Package", import_module("holidays"))
    except ModuleNotFoundError:
        raise ImportError(
            "public holidays come from the package holidays; pip install kamcore[holidays]"
        ) from None


def _years(years: object) -> tuple[int, ...]:
    """Return the years asked for in order, each once."""
    if not isinstance(years, Iterable):
        raise InputError(f"years is {years!r}; pass several, such as (2025, 2026)")
    given = islice(cast("Iterable[object]", years), LAST_YEAR)
    asked = sorted({whole(year, "year") for year in given})
    if not asked:
        raise InputError("no year is given; pass at least one, such as (2025, 2026)")
    for year in (asked[0], asked[-1]):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise InputError(f"the holidays of {year} are not known; pass years of 1901 to 2099")
    return tuple(asked)


def _check_place(package: _Package, country: str, subdivision: str | None) -> None:
    countries = package.list_supported_countries()
    if country not in countries:
        code = str(country).upper()
        mend = f"did you mean {code!r}?" if code in countries else 'pass an ISO 3166 code, as "CN"'
        raise InputError(f"the holidays of {country!r} are not known; {mend}")
    if subdivision is not None and subdivision not in countries[country]:
        raise UnknownName(f"subdivision of {country}", subdivision, countries[country])


def _make_up_hours(
    make_up: Week | tuple[Hours, ...] | None, country: str, workdays: list[date]
) -> tuple[Hours, ...]:
    """Return the hours of the make-up workdays, if there are such days."""
    if not workdays:
        return ()
    if not make_up:
        raise InputError(
            f"{workdays[0]} is a make-up workday of {country}, without hours; "
            'pass make_up=(Hours("09:00", "18:00"),)'
        )
    if not isinstance(make_up, Week):
        return make_up
    of_workdays = set(make_up.days[: len(WORKDAYS)])
    if len(of_workdays) > 1 or () in of_workdays:
        raise InputError(
            "the week of make_up has no hours that hold from Monday to Friday alike; "
            'pass the hours, such as make_up=(Hours("09:00", "18:00"),)'
        )
    return make_up.monday


def _english(name: str) -> str:
    """Return a name of the package with its dates in ISO form."""
    return AMERICAN_DATE.sub(r"\3-\1-\2", name)


def _known_until(found: _Found, asked: tuple[int, ...]) -> date:
    if not found.has_substituted_holidays:
        return date(asked[-1], 12, 31)
    arranged = max((day.year for day in found.weekend_workdays), default=0)
    known = max((year for year in asked if year <= arranged), default=asked[0] - 1)
    return date(known, 12, 31)
