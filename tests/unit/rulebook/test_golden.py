"""Descriptions, reviews and reports, word for word, in both languages.

The texts in `tests/golden` are read as a sales lead would read them before they are checked in. To
write them anew after a sentence changed on purpose, set KAMCORE_WRITE_GOLDEN=1 and run this file.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import attrs
import pytest
from tests import money
from tests.company import GENERAL_MANAGER, reviewed, rulebook
from tests.contract import _duties as duties
from tests.money import INVOICES, TODAY, cny
from tests.promises import OFFICE, ORDERS, SERVICE, at

from kamcore.credit import (
    AgeingBands,
    age_receivables,
    check_consignment,
    check_credit,
    check_suspension,
    deferred_months,
    find_exposure,
    find_interest,
    find_reminder,
    plan_payments,
    plan_reminders,
)
from kamcore.decision import Decision, Policy
from kamcore.facts import FlagField, MoneyField, read_facts
from kamcore.presets import (
    basic_service,
    group_levels,
    hundred_points,
    power_utility,
    private_networks,
    service_levels,
    vip_service,
)
from kamcore.price import Adjustment, Approval, Sale, Stack, check_floor, quote_price, share_revenue
from kamcore.routing import (
    check_access,
    check_authority,
    check_duties,
    compare_duties,
    draw_matrix,
    plan_escalation,
    route_work,
    staff_duty,
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
from kamcore.values import Lang, Ratio, Steps

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


# --- money ------------------------------------------------------------------------------------

PERCENT = Ratio.percent
P08_PRICE = hundred_points.price(
    approver=GENERAL_MANAGER,
    lower=(Approval(money.SALES_LEAD, low=PERCENT(92)),),
    stacks=(
        Stack(
            "compound",
            (
                Adjustment(
                    "volume",
                    Steps.rising(Ratio(0), (500, PERCENT(-1))),
                    by="quantity",
                    zh="批量优惠",
                    en="volume discount",
                ),
            ),
        ),
        Stack(
            "compound",
            (
                Adjustment("freight", cny(-300), zh="承担运费", en="freight", off_invoice=True),
                Adjustment(
                    "early payment",
                    PERCENT(-1),
                    zh="提前付款折扣",
                    en="early payment",
                    off_invoice=True,
                    optional=True,
                ),
            ),
        ),
    ),
)
"""P08-4 with what a company adds: volume steps, freight that it bears, early payment."""

EXPOSED = find_exposure(
    "K01",
    money.PLAIN_LIMITS,
    invoices=INVOICES,
    commitments=money.COMMITMENTS,
    as_of=TODAY,
    currency="CNY",
)
MONEY_POLICIES: dict[str, Policy] = {
    "p08_price": P08_PRICE,
    "own_price": money.PRICE,
    "own_limits": money.LIMITS,
    "own_plain_limits": money.PLAIN_LIMITS,
    "own_reminders": money.DUNNING,
    "own_suspension": money.SUSPENSION,
    "own_interest": money.INTEREST,
    "own_term": money.PARTS,
    "p08_consignment": hundred_points.consignment(limit=cny(300_000)),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MONEY_POLICIES)
def test_money_described(name: str, lang: Lang) -> None:
    same(f"{name}_described_{lang}", describe(MONEY_POLICIES[name], lang))


MONEY_ANSWERS: dict[str, Callable[[], Decision[object]]] = {
    "p08_discount": lambda: quote_price(
        Sale("A", cny(100), quantity=800, discount=PERCENT(6)), P08_PRICE
    ),
    "p08_permitted": lambda: quote_price(
        Sale("A", cny(100), quantity=800, discount=PERCENT(2)), P08_PRICE
    ),
    "p08_floor": lambda: check_floor(P08_PRICE, control=cny(100), quantity=100),
    "s2_revenue": lambda: share_revenue(
        cny(90_000),
        private_networks.REVENUE,
        investments=(("Telecom", cny(200_000)), ("ACME", cny(100_000))),
    ),
    "own_exposure": lambda: EXPOSED,
    "own_credit_over": lambda: check_credit(
        money.REQUEST,
        EXPOSED.value,
        attrs.evolve(money.PLAIN_LIMITS, overdue=None, approver=None),
        limit=money.LIMIT,
    ),
    "own_credit_overdue": lambda: check_credit(
        money.REQUEST, EXPOSED.value, money.PLAIN_LIMITS, limit=money.LIMIT
    ),
    "own_plan_in_parts": lambda: plan_payments(cny(12_000), money.PARTS, anchor=date(2026, 1, 31)),
    "own_plan_early": lambda: plan_payments(money.INVOICED, money.EARLY, anchor=date(2026, 1, 31)),
    "p08_plan": lambda: plan_payments(cny(1_000), deferred_months(3), anchor=date(2025, 11, 30)),
    "own_reminder": lambda: find_reminder(
        INVOICES[0], money.DUNNING, as_of=TODAY, reminders=money.REMINDERS, arrears=cny(2_200)
    ),
    "own_suspension": lambda: check_suspension(
        read_facts({"payment_refused": True}, money.SUSPENSION.fields),
        money.SUSPENSION,
        invoices=INVOICES,
        suspended=False,
        as_of=TODAY,
    ),
    "own_interest": lambda: find_interest(INVOICES[0], money.INTEREST, as_of=TODAY),
    "p08_consignment": lambda: check_consignment(
        read_facts(
            {"tier": "A", "domestic_agent": True}, hundred_points.consignment(limit=cny(1)).fields
        ),
        hundred_points.consignment(limit=cny(300_000), approver=GENERAL_MANAGER),
        held=cny(250_000),
        asked=cny(80_000),
    ),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MONEY_ANSWERS)
def test_money_answered(name: str, lang: Lang) -> None:
    same(f"{name}_answer_{lang}", MONEY_ANSWERS[name]().explain(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_money_ageing(lang: Lang) -> None:
    others = (
        attrs.evolve(INVOICES[0], number="G1", account="K02", payments=()),
        attrs.evolve(INVOICES[3], number="G2", account="K02", amount=cny(12_345)),
    )
    ageing = age_receivables((*INVOICES, *others), AgeingBands(), as_of=TODAY)
    same(f"own_ageing_{lang}", ageing.text(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_money_notice(lang: Lang) -> None:
    notices = plan_reminders(INVOICES, money.DUNNING, as_of=TODAY, reminders=money.REMINDERS)
    same(f"own_notice_{lang}", "\n".join(one.text(lang) for one in notices))


# --- duties -----------------------------------------------------------------------------------

IMPORTANT = FlagField("important", en="an important customer", zh="重要客户")
CRITICAL = FlagField("critical", en="a critical key account", zh="极重要大客户")
DUTY_POLICIES: dict[str, Policy] = {
    "own_duties": duties.DUTIES,
    "own_last_duties": duties.LAST,
    "own_specific_duties": duties.SPECIFIC,
    "own_staff": duties.STAFF,
    "own_escalation": duties.ESCALATION,
    "own_authority": duties.AUTHORITY,
    "own_access": duties.ACCESS,
    "s0_duties": power_utility.duties(critical=CRITICAL, important=IMPORTANT),
    "s1_duties": vip_service.duties(contacts=(GENERAL_MANAGER,)),
    "s1_access": vip_service.access(),
    "p11_duties": basic_service.duties(important=IMPORTANT),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DUTY_POLICIES)
def test_duties_described(name: str, lang: Lang) -> None:
    same(f"{name}_described_{lang}", describe(DUTY_POLICIES[name], lang))


CASE = duties.case(work="visit", tier="A", amount=9_000, unit="beijing", manager="li")
GAPS = attrs.evolve(duties.DUTIES, otherwise=None)
DUTY_ANSWERS: dict[str, Callable[[], Decision[object]]] = {
    "own_duty": lambda: route_work(CASE, duties.DUTIES, on=duties.DAY.date()),
    "own_open_duty": lambda: route_work(duties.case(), duties.SPECIFIC),
    "own_proof": lambda: check_duties(GAPS, duties.SPACE),
    "own_changes": lambda: compare_duties(
        GAPS, duties.DUTIES, space=duties.SPACE, book=(CASE,), each=duties.WORK, on=TODAY
    ),
    "own_staffing": lambda: staff_duty(CASE, duties.VISIT, duties.STAFF, at=duties.HOLIDAY),
    "own_escalation": lambda: plan_escalation(
        CASE, duties.ESCALATION, start=duties.HOLIDAY, staff=duties.STAFF
    ),
    "own_authority": lambda: check_authority(CASE, duties.AUTHORITY, seat="desk", at=duties.DAY),
    "own_access": lambda: check_access(
        CASE, duties.ACCESS, person=duties.STAFF.person("wang"), act="export"
    ),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DUTY_ANSWERS)
def test_duties_answered(name: str, lang: Lang) -> None:
    same(f"{name}_answer_{lang}", DUTY_ANSWERS[name]().explain(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_duties_drawn(lang: Lang) -> None:
    same(f"own_matrix_{lang}", draw_matrix(duties.DUTIES, duties.SPACE, lang=lang))


# --- reviews ----------------------------------------------------------------------------------


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
