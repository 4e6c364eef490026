"""Every question about prices, terms, limits and arrears is kept, stored, and asked again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import attrs
import moneyed
import pytest
from tests.money import (
    COMMITMENTS,
    CONSIGNMENT,
    DUNNING,
    EARLY,
    GROSS_PRICE,
    INTEREST,
    INVOICED,
    INVOICES,
    LIMIT,
    LIMITS,
    ON_WORKING_DAYS,
    PARTS,
    PLAIN_LIMITS,
    PRICE,
    REMINDERS,
    REQUEST,
    REVENUE,
    SALE,
    SUSPENSION,
    TODAY,
    cny,
)

from kamcore.codec import from_json, to_json
from kamcore.credit import (
    BLOCKED,
    CASH_ON_DELIVERY,
    CreditPolicy,
    PaymentMode,
    Terms,
    TierTerms,
    check_consignment,
    check_credit,
    check_suspension,
    check_terms,
    deferred_months,
    find_arrears,
    find_exposure,
    find_interest,
    find_reminder,
    plan_payments,
    recheck_orders,
)
from kamcore.decision import Decision, Record
from kamcore.errors import FingerprintMismatch
from kamcore.facts import read_facts
from kamcore.price import check_floor, quote_price, share_revenue
from kamcore.rulebook import keep_record, replay
from kamcore.values import UnitPrice

ANCHOR = date(2026, 1, 31)
MODE = deferred_months(3)
TERMS = CreditPolicy(tiers=(TierTerms("A", (MODE, CASH_ON_DELIVERY)),))


def exposure() -> Record[Decision[object]]:
    """Keep the question of an exposure, its things given as iterators."""
    return keep_record(
        find_exposure,
        "K01",
        PLAIN_LIMITS,
        invoices=iter(INVOICES),
        commitments=(one for one in COMMITMENTS),
        as_of=TODAY,
        currency="CNY",
    )


EXPOSED = find_exposure(
    "K01", PLAIN_LIMITS, invoices=INVOICES, commitments=COMMITMENTS, as_of=TODAY, currency="CNY"
).value

QUESTIONS: dict[str, Callable[[], Record[Decision[object]]]] = {
    "quote_price": lambda: keep_record(quote_price, SALE, PRICE),
    "check_floor": lambda: keep_record(check_floor, GROSS_PRICE, exhaustive=True, up_to=10),
    "share_revenue": lambda: keep_record(
        share_revenue,
        cny(1_000),
        REVENUE,
        investments=[("us", cny(2)), ("them", cny(1))],
        costs=cny(100),
    ),
    "plan_payments in parts": lambda: keep_record(plan_payments, cny(1_234), PARTS, anchor=ANCHOR),
    "plan_payments early": lambda: keep_record(plan_payments, INVOICED, EARLY, anchor=ANCHOR),
    "plan_payments on working days": lambda: keep_record(
        plan_payments, cny(1_234), ON_WORKING_DAYS, anchor=ANCHOR
    ),
    "plan_payments of a mode": lambda: keep_record(plan_payments, cny(1_234), MODE, anchor=ANCHOR),
    "check_terms of a mode": lambda: keep_record(
        check_terms, MODE, Terms("A", "A", (MODE,)), TERMS, anchor=ANCHOR
    ),
    "check_terms of a term": lambda: keep_record(
        check_terms, PARTS, Terms("A", "A", (MODE,)), TERMS, anchor=ANCHOR
    ),
    "find_exposure": exposure,
    "check_credit": lambda: keep_record(check_credit, REQUEST, EXPOSED, LIMITS, limit=LIMIT),
    "recheck_orders": lambda: keep_record(
        recheck_orders, list(COMMITMENTS[:2]), EXPOSED, PLAIN_LIMITS, limit=BLOCKED
    ),
    "check_consignment": lambda: keep_record(
        check_consignment,
        read_facts({"region": None, "trade": 600_000, "new": False}, CONSIGNMENT.fields),
        CONSIGNMENT,
        held=cny(10),
        asked=cny(20),
    ),
    "find_reminder": lambda: keep_record(
        find_reminder,
        INVOICES[0],
        DUNNING,
        as_of=TODAY,
        reminders=list(REMINDERS),
        arrears=find_arrears(INVOICES, as_of=TODAY)[0].open,
    ),
    "check_suspension": lambda: keep_record(
        check_suspension,
        read_facts({"payment_refused": True}, SUSPENSION.fields),
        SUSPENSION,
        invoices=list(INVOICES),
        suspended=False,
        as_of=TODAY,
    ),
    "find_interest": lambda: keep_record(find_interest, INVOICES[0], INTEREST, as_of=TODAY),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_kept_answer_is_stored_read_and_asked_again(name: str) -> None:
    record = QUESTIONS[name]()
    assert record.question == name.split(maxsplit=1)[0]
    assert record.fingerprint == record.policy.fingerprint == record.answer.fingerprint
    copy = from_json(to_json(record), Record)
    assert copy == record
    assert copy.answer.explain("zh") == record.answer.explain("zh")
    assert replay(copy).same


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("quote_price", attrs.evolve(PRICE, rounded="price")),
        ("plan_payments of a mode", deferred_months(2)),
        ("plan_payments early", attrs.evolve(EARLY, early=EARLY.early[:1])),
        ("check_credit", attrs.evolve(LIMITS, prepaid_passes=True)),
        ("find_reminder", attrs.evolve(DUNNING, interval_days=8)),
        ("find_interest", attrs.evolve(INTEREST, minimum=None)),
    ],
)
def test_another_policy_is_refused(name: str, change: PaymentMode) -> None:
    with pytest.raises(FingerprintMismatch):
        replay(QUESTIONS[name](), change)


def test_a_plan_of_a_mode_carries_the_fingerprint_of_the_mode() -> None:
    record = QUESTIONS["plan_payments of a mode"]()
    assert record.policy == MODE
    assert record.answer.fingerprint == MODE.fingerprint
    assert MODE.fingerprint != CASH_ON_DELIVERY.fingerprint
    assert dict(record.arguments) == {"amount": cny(1_234), "anchor": ANCHOR}


def test_what_was_given_one_by_one_is_kept_as_a_whole() -> None:
    given = dict(exposure().arguments)
    assert given["invoices"] == INVOICES
    assert given["commitments"] == COMMITMENTS
    shares = dict(QUESTIONS["share_revenue"]().arguments)
    assert shares["investments"] == (("us", cny(2)), ("them", cny(1)))


def test_money_of_another_library_is_planned_again_as_the_same_amount() -> None:
    foreign = moneyed.Money(Decimal("1234.00"), "CNY")
    record = keep_record(plan_payments, foreign, PARTS, anchor=ANCHOR)
    assert dict(record.arguments)["amount"] == UnitPrice(1_234, "CNY")
    assert record.answer.value.amount == cny(1_234)
    assert replay(from_json(to_json(record), Record)).same


def test_a_changed_answer_is_seen() -> None:
    record = QUESTIONS["find_interest"]()
    later = keep_record(find_interest, INVOICES[0], INTEREST, as_of=date(2026, 3, 6))
    forged = attrs.evolve(record, answer=later.answer)
    assert not replay(forged).same
