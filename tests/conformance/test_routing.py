"""Worked cases of the room `routing`: value and rule id."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamcore.facts import read_facts
from kamcore.presets import hundred_points
from kamcore.routing import Duty, route_work
from kamcore.values import Label, Seat

Row = dict[str, Any]
TABLE = Path(__file__).parent / "routing" / "duties.toml"
POLICY = hundred_points.duties(
    account_managers={
        name: Seat(f"manager_{name}", Label(f"manager of {name}", f"{name}类客户经理"))
        for name in "ABCD"
    }
)


def rows() -> list[object]:
    """Return the cases, their names as ids."""
    cases = tomllib.loads(TABLE.read_text(encoding="utf-8"), parse_float=Decimal)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


@pytest.mark.parametrize("row", rows())
def test_the_duties_of_hundred_points(row: Row) -> None:
    given = {"work": row.get("work"), "tier": row.get("tier")}
    decision = route_work(read_facts(given, POLICY.fields), POLICY)
    duty, first = decision.value_or(None), decision.reasons[0]
    found = duty.accountable.name if isinstance(duty, Duty) else "undecided"
    assert found == row["expected"]
    assert first.rule.id == row["rule"]
    assert (first.source.id if first.source else None) == row.get("clause")
    assert [fact.name for fact in decision.missing] == row.get("missing", [])
