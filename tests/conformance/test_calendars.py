"""Worked cases of the room `calendars`, its dates: both sides of every boundary."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kamcore.calendars import add_days
from kamcore.calendars._recurrence import Every, Sweep
from kamcore.calendars._windows import ReviewTiming, ReviewWindow, check_review_day, past_months
from kamcore.values import Days, Label, Source

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "calendars"
TITLE = Label("Customer grading", "客户分级管理办法")
MONDAYS = Every(count=1, unit="week", anchor=date(2013, 7, 1))


def read(table: str) -> dict[str, list[Row]]:
    """Return a file of cases."""
    return tomllib.loads((FOLDER / f"{table}.toml").read_text(encoding="utf-8"))


def rows(table: str) -> list[object]:
    """Return the cases of a table, their names as ids."""
    cases = read(table)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


WINDOWS = {
    row["source"]: ReviewWindow(
        first=tuple(row["first"]),
        last=tuple(row["last"]),
        mode=row["mode"],
        source=Source(row["source"], TITLE, mark="figure"),
    )
    for row in read("windows")["window"]
}


@pytest.mark.parametrize("row", rows("recurrences"))
def test_the_dates_of_a_rule_that_comes_back(row: Row) -> None:
    assert Every(**row["every"]).dates(Days.through(row["from"], row["to"])) == tuple(
        row["expected"]
    )


@pytest.mark.parametrize("row", rows("sweeps"))
def test_the_weekly_sweep_and_the_lead_that_it_leaves(row: Row) -> None:
    sweep = Sweep(every=MONDAYS, lookahead_days=row["lookahead"])
    seen = sweep.sees(row["expires"])
    assert seen == row["seen"]
    assert (row["expires"] - seen).days == row["lead"]
    assert row["expires"] in sweep.finds(seen)


@pytest.mark.parametrize("row", rows("ahead"))
def test_calendar_days_ahead_of_an_event(row: Row) -> None:
    assert add_days(row["event"], -row["days"]) == row["expected"]


@pytest.mark.parametrize("row", rows("windows"))
def test_the_window_of_the_yearly_review(row: Row) -> None:
    decision = check_review_day(row["day"], WINDOWS[row["source"]])
    first = decision.reasons[0]
    assert decision.value == ReviewTiming(
        timing=row["timing"],
        window=WINDOWS[row["source"]].in_year(2013),
        days_off=row["days_off"],
    )
    assert first.rule.id == row["rule"]
    assert first.source is not None
    assert first.source.id == row["source"]


@pytest.mark.parametrize("row", rows("past_months"))
def test_the_past_months_of_a_figure(row: Row) -> None:
    found = past_months(row["day"], row["months"], ends=row["ends"])
    assert found == Days.through(row["first"], row["last"])
