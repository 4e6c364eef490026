"""Worked cases of the room `sla`: value and rule id, both sides of every boundary."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kamcore.presets import hundred_points
from kamcore.sla import Case, Event, LeadTime, find_deadline, find_lead_time

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "sla"


def rows(table: str) -> list[object]:
    """Return the cases of a table, their names as ids."""
    text = (FOLDER / f"{table}.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text, parse_float=Decimal)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


@pytest.mark.parametrize("row", rows("lead_times"))
def test_the_lead_times_of_hundred_points(row: Row) -> None:
    decision = find_lead_time(
        row["tier"],
        hundred_points.LEAD_TIMES,
        anchor=row["anchor"],
        contract=row.get("contract"),
    )
    first = decision.reasons[0]
    assert decision.value == LeadTime(row.get("expected"), row.get("days"))
    assert first.rule.id == row["rule"]
    assert (first.source.id if first.source else None) == row.get("clause")


@pytest.mark.parametrize("row", rows("answers"))
def test_the_answer_time_of_hundred_points(row: Row) -> None:
    opened = row["opened"].replace(tzinfo=ZoneInfo(row["zone"]), fold=row.get("second", False))
    case = Case("INQ", (Event("opened", opened),))
    decision = find_deadline(case, hundred_points.ANSWER, clock="answer")
    deadline = decision.value
    assert isinstance(deadline, datetime)
    assert deadline.replace(tzinfo=None) == row["expected"]
    assert deadline.isoformat()[-6:] == row["offset"]
    assert deadline.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=24)
    assert decision.reasons[0].rule.id == row["rule"]
    assert decision.reasons[0].source is not None
    assert decision.reasons[0].source.id == row["source"]
