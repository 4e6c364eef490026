"""Descriptions, reviews and reports, word for word, in both languages.

The texts in `tests/golden` are read as a sales lead would read them before they are checked in. To
write them anew after a sentence changed on purpose, set KAMCORE_WRITE_GOLDEN=1 and run this file.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from tests.company import reviewed, rulebook
from tests.promises import OFFICE, ORDERS, SERVICE, at

from kamcore.decision import Decision, Policy
from kamcore.facts import MoneyField, read_facts
from kamcore.presets import (
    basic_service,
    group_levels,
    hundred_points,
    service_levels,
    vip_service,
)
from kamcore.rulebook import describe
from kamcore.sla import (
    Case,
    Event,
    check_rush,
    find_batch_handling,
    find_deadline,
    order_work,
    plan_renewal,
)
from kamcore.tier import assign_tier
from kamcore.values import Lang

GOLDEN = Path(__file__).parents[2] / "golden"
LANGS: tuple[Lang, ...] = get_args(Lang)
SCALE = MoneyField("scale", currency="CNY", zh="客户规模", en="customer scale")
CUSTOMERS = {
    "gold": {"scale": 600_000, "trade_12m": 100_001, "long_term_agreement": True},
    "no_agreement": {"scale": 9_000_000, "trade_12m": 900_000, "long_term_agreement": False},
    "trade_missing": {"scale": 9_000_000, "trade_12m": None, "long_term_agreement": True},
}


def same(name: str, text: str) -> None:
    """Compare a text with its file."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("KAMCORE_WRITE_GOLDEN"):
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_p08_described(lang: Lang) -> None:
    same(f"p08_described_{lang}", describe(rulebook(), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_p14_described(lang: Lang) -> None:
    same(f"p14_described_{lang}", describe(group_levels.tiers(scale=SCALE), lang))


OPENS = {"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}
POLICIES: dict[str, Policy] = {
    "p11_coverage": basic_service.coverage(calendar=OFFICE),
    "p11_batches": basic_service.BATCHES,
    "p13": service_levels.agreements(calendar=OFFICE),
    "p14_service": group_levels.service(opens=OPENS, zone="Asia/Shanghai"),
    "s1_renewals": vip_service.renewals(first_sweep=date(2026, 1, 5)),
    "own_service": SERVICE,
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", POLICIES)
def test_promises_described(name: str, lang: Lang) -> None:
    same(f"{name}_described_{lang}", describe(POLICIES[name], lang))


ANSWERS: dict[str, Callable[[], Decision[object]]] = {
    "p08_rush": lambda: check_rush("B", hundred_points.LEAD_TIMES, production_allows=False),
    "p08_order": lambda: order_work(ORDERS, hundred_points.ORDER_OF_WORK),
    "p11_coverage": lambda: find_deadline(
        Case(
            "T1",
            (
                Event(
                    "opened",
                    at(30, 17, 30),
                    facts=read_facts({"tier": "B"}, POLICIES["p11_coverage"].fields),  # type: ignore[attr-defined]
                ),
            ),
        ),
        POLICIES["p11_coverage"],  # type: ignore[arg-type]
        clock="first_answer",
    ),
    "p11_batch": lambda: find_batch_handling(30, basic_service.BATCHES, tier="A"),
    "s1_renewal": lambda: plan_renewal(
        date(2026, 3, 15), vip_service.renewals(first_sweep=date(2026, 1, 5))
    ),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ANSWERS)
def test_promises_answered(name: str, lang: Lang) -> None:
    same(f"{name}_answer_{lang}", ANSWERS[name]().explain(lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("account", ["K01", "K02", "K03", "K05", "K10", "NEW", "GAP"])
def test_p08_review(account: str, lang: Lang) -> None:
    same(f"p08_{account}_{lang}", reviewed(rulebook())[account].explain(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_p08_cut_off_report(lang: Lang) -> None:
    grading = reviewed(rulebook()).grading
    assert grading is not None
    same(f"p08_cuts_{lang}", grading.report(lang) + "\n\n" + describe(grading.cuts, lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CUSTOMERS)
def test_p14_customer(name: str, lang: Lang) -> None:
    policy = group_levels.tiers(scale=SCALE)
    facts = read_facts(CUSTOMERS[name], policy.fields)
    same(f"p14_{name}_{lang}", assign_tier(facts, policy).explain(lang))
