"""Worked cases of the room `routing`: value and rule id."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamcore.decision import Decision
from kamcore.facts import FlagField, read_facts
from kamcore.presets import basic_service, hundred_points, power_utility, vip_service
from kamcore.routing import Duty, DutyRules, NoOwner, route_work
from kamcore.values import Label, Seat

Row = dict[str, Any]
TABLES = Path(__file__).parent / "routing"
POLICY = hundred_points.duties(
    account_managers={
        name: Seat(f"manager_{name}", Label(f"manager of {name}", f"{name}类客户经理"))
        for name in "ABCD"
    }
)
CRITICAL = FlagField("critical", zh="关键大客户", en="critical account")
IMPORTANT = FlagField("important", zh="重要客户", en="important customer")
UTILITY = power_utility.duties(critical=CRITICAL, important=IMPORTANT)
CONTACTS = (Seat("technical_contact", Label("the technical contact", "技术部门联系人")),)
DIRECTOR = Seat("director", Label("the director", "分公司领导"))
VIP = {
    "unsigned": vip_service.duties(contacts=CONTACTS),
    "signed": vip_service.duties(contacts=CONTACTS, approver=DIRECTOR),
}
BASIC = {
    "manager": basic_service.duties(important=IMPORTANT),
    "intake": basic_service.duties(important=IMPORTANT, accountable="intake"),
}


def rows(table: str) -> list[object]:
    """Return the cases, their names as ids."""
    text = (TABLES / f"{table}.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text, parse_float=Decimal)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


def ask(facts: Row, policy: DutyRules) -> Decision[Duty | NoOwner]:
    """Ask who answers, where what is not given is missing."""
    return route_work(
        read_facts({name: facts.get(name) for name in policy.fields.names}, policy.fields), policy
    )


def owner(decision: Decision[Duty | NoOwner]) -> str:
    """Return the accountable seat, "nobody" or "undecided"."""
    if not decision.decided:
        return "undecided"
    return decision.value.accountable.name if isinstance(decision.value, Duty) else "nobody"


def check(row: Row, decision: Decision[Duty | NoOwner]) -> None:
    """Hold an answer against the row: every part of the duty, the rule, the clause."""
    duty, first = decision.value_or(None), decision.reasons[0]
    assert owner(decision) == row["expected"]
    for part in ("responsible", "consulted", "informed"):
        assert [seat.name for seat in getattr(duty, part, ())] == row.get(part, [])
    assert first.rule.id == row["rule"]
    rule = dict(first.params).get("rule")
    assert (rule.en if isinstance(rule, Label) else None) == row.get("by")
    assert (first.source.id if first.source else None) == row["clause"]
    assert [fact.name for fact in decision.missing] == row.get("missing", [])


@pytest.mark.parametrize("row", rows("duties"))
def test_the_duties_of_hundred_points(row: Row) -> None:
    decision = ask(row, POLICY)
    first = decision.reasons[0]
    assert owner(decision) == row["expected"]
    assert first.rule.id == row["rule"]
    assert (first.source.id if first.source else None) == row.get("clause")
    assert [fact.name for fact in decision.missing] == row.get("missing", [])


@pytest.mark.parametrize("row", rows("power_utility"))
def test_the_duties_of_power_utility(row: Row) -> None:
    check(row, ask(row["facts"], UTILITY))


@pytest.mark.parametrize("row", rows("vip_service"))
def test_the_duties_of_vip_service(row: Row) -> None:
    check(row, ask(row["facts"], VIP[row["policy"]]))


@pytest.mark.parametrize("row", rows("basic_service"))
def test_the_duties_of_basic_service(row: Row) -> None:
    check(row, ask(row["facts"], BASIC[row["policy"]]))
