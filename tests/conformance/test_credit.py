"""Worked cases of the room `credit`: value and rule id, both sides of every boundary."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    Invoice,
    PaymentMode,
    Terms,
    check_terms,
    deferred_days,
    deferred_months,
    find_due_date,
    find_terms,
)
from kamcore.decision import Decision
from kamcore.facts import Facts, read_facts
from kamcore.presets import hundred_points
from kamcore.values import Label, Money, Seat
from kamcore.values._words import tier_label

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "credit"
POLICY = hundred_points.credit(
    approver=Seat("general_manager", Label("the general manager", "总经理"))
)
GRADED_ON = date(2013, 1, 15)


def rows(table: str) -> list[object]:
    """Return the cases of a table, their names as ids."""
    text = (FOLDER / f"{table}.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text, parse_float=Decimal)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


def mode(text: str) -> PaymentMode:
    """Return the payment mode that a table writes as "30 days"."""
    number, _, unit = text.partition(" ")
    if unit:
        return {"days": deferred_days, "months": deferred_months}[unit](int(number))
    return {"cash_on_delivery": CASH_ON_DELIVERY, "prepayment": PREPAYMENT}[text]


def facts(row: Row) -> Facts:
    """Return the facts of the account K01."""
    given = {"id": "K01", "collection_safe": row.get("safe")}
    return read_facts(given, POLICY.fields, key="id")


def invoice(number: int, given: Row) -> Invoice:
    """Return an invoice of the account K01."""
    return Invoice(number=f"I{number}", account="K01", amount=Money(100, "CNY"), **given)


def ask(row: Row, **more: Any) -> Decision[Terms]:  # noqa: ANN401 - a table's columns
    """Ask for the terms of a row."""
    asked = {"as_of": date(2013, 12, 31), "graded_on": GRADED_ON, **more}
    return find_terms(facts(row), POLICY, tier=row["tier"], **asked)


@pytest.mark.parametrize("row", rows("due_dates"))
def test_the_last_day_to_pay(row: Row) -> None:
    asked, anchor = mode(row["mode"]), row["anchor"]
    decision = check_terms(asked, Terms("A", "A", (asked,)), POLICY, anchor=anchor)
    said = {reason.rule.id: dict(reason.params) for reason in decision.reasons}
    assert find_due_date(asked, anchor=anchor) == row["expected"]
    assert row["rule"] in said
    assert said.get("credit.due", {}).get("asked", row["expected"]) == row["expected"]


@pytest.mark.parametrize("row", rows("terms"))
def test_the_terms_of_hundred_points(row: Row) -> None:
    decision = ask(row)
    first, *others = decision.reasons
    assert decision.value.modes == tuple(map(mode, row["expected"]))
    assert first.rule.id == row["rule"]
    assert first.source is not None
    assert first.source.id == row["source"]
    assert [reason.rule.id for reason in others] == row["rules"]
    assert [reason.rule.id for reason in decision.assumed] == row["assumed"]
    assert [fact.name for fact in decision.missing] == row.get("missing", [])


@pytest.mark.parametrize("row", rows("demotions"))
def test_the_demotion_of_hundred_points(row: Row) -> None:
    own = [invoice(number, given) for number, given in enumerate(row["invoices"], start=1)]
    decision = ask({"safe": True, **row}, invoices=own, as_of=row["as_of"])
    assert decision.value.level == row["expected"]
    assert [period.lowered for period in decision.value.bad_periods] == row["lowered"]
    assert decision.reasons[0].rule.id == row["rule"]
    said = [dict(one.params) for one in decision.reasons if one.rule.id == "credit.bad_period"]
    steps = [[tier_label(tier) for tier in step] for step in row["steps"]]
    assert [[one["upper"], one["lower"]] for one in said] == steps


@pytest.mark.parametrize("row", rows("verdicts"))
def test_a_payment_mode_asked_under_hundred_points(row: Row) -> None:
    terms = ask({"safe": True, **row}).value
    decision = check_terms(mode(row["asked"]), terms, POLICY, anchor=row["anchor"])
    assert decision.value.outcome == row["expected"]
    assert decision.reasons[0].rule.id == row["rule"]
    assert decision.reasons[0].source is not None
    assert decision.reasons[0].source.id == row["source"]
