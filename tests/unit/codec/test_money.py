"""Prices, terms, limits and arrears go into JSON and come back equal."""

import json
from collections.abc import Callable
from datetime import date

import attrs
import pytest
from tests import money
from tests.money import (
    AGEING,
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

from kamcore import credit, price
from kamcore.codec import from_json, to_json
from kamcore.codec._kinds import KINDS
from kamcore.credit import (
    BLOCKED,
    CASH_ON_DELIVERY,
    UNLIMITED,
    age_receivables,
    check_consignment,
    check_credit,
    check_suspension,
    deferred_months,
    find_arrears,
    find_exposure,
    find_interest,
    find_reminder,
    plan_payments,
    plan_reminders,
    recheck_orders,
)
from kamcore.decision import Decision
from kamcore.errors import CodecError
from kamcore.facts import Fields, read_facts
from kamcore.price import (
    Quote,
    Sale,
    Stack,
    check_floor,
    find_cliffs,
    find_price_range,
    quote_price,
    share_revenue,
)
from kamcore.values import Days, Money, UnitPrice

EXPOSURE = find_exposure(
    "K01",
    PLAIN_LIMITS,
    invoices=INVOICES,
    commitments=COMMITMENTS,
    as_of=TODAY,
    currency="CNY",
)
ARREARS = find_arrears(INVOICES, as_of=TODAY, suspended=())
REFUSING = read_facts({"payment_refused": True}, SUSPENSION.fields)
NORTH = read_facts({"region": "north", "trade": 600_000, "new": False}, CONSIGNMENT.fields)
NOT_KNOWN = read_facts({"region": None, "trade": 600_000, "new": False}, CONSIGNMENT.fields)
SALE_OF_UNKNOWN = attrs.evolve(
    SALE, facts=read_facts({"trade": None, "new": None, "region": "south"}, PRICE.fields)
)
VOLUME = attrs.evolve(
    PRICE, stacks=(Stack("add", PRICE.stacks[0].adjustments[:1]), PRICE.stacks[-1])
)
"""A price with a cliff, and with a floor that freight breaks."""

VALUES: dict[str, object] = {
    "sale": SALE,
    "sale at a unit price": Sale("A", UnitPrice(100, "CNY"), quantity=3, price=cny(99)),
    "payment term": PARTS,
    "payment term with a calendar": ON_WORKING_DAYS,
    "date step with a calendar": ON_WORKING_DAYS.instalments[0].steps[1],
    "payment mode": deferred_months(3),
    "taxed amount": INVOICED,
    "invoice with payments": INVOICES[0],
    "invoice with a deviation": INVOICES[3],
    "arrears": ARREARS[0],
    "ageing": age_receivables(INVOICES, AGEING, as_of=TODAY),
    "notice": plan_reminders(INVOICES, DUNNING, as_of=TODAY, reminders=REMINDERS)[0],
    "reminder": REMINDERS[0],
    "commitment": COMMITMENTS[0],
    "credit request": REQUEST,
    "credit limit": LIMIT,
    "unlimited credit": UNLIMITED,
    "blocked account": BLOCKED,
    "cliff": find_cliffs(VOLUME, control=cny(100))[0],
}
DECISIONS: dict[str, Callable[[], Decision[object]]] = {
    "quote": lambda: quote_price(SALE, PRICE),
    "quote with facts missing": lambda: quote_price(SALE_OF_UNKNOWN, PRICE),
    "price range": lambda: find_price_range("B", PRICE, control=cny(99)),
    "floor that holds": lambda: check_floor(GROSS_PRICE),
    "floor that breaks": lambda: check_floor(VOLUME, control=cny(100)),
    "revenue": lambda: share_revenue(
        cny(1_000), REVENUE, investments=(("us", cny(2)), ("them", cny(1))), costs=cny(100)
    ),
    "plan in parts": lambda: plan_payments(cny(1_234), PARTS, anchor=date(2026, 1, 31)),
    "plan with early payment": lambda: plan_payments(INVOICED, EARLY, anchor=date(2026, 1, 31)),
    "plan on working days": lambda: plan_payments(
        cny(100), ON_WORKING_DAYS, anchor=date(2026, 9, 20)
    ),
    "plan of a mode": lambda: plan_payments(cny(5), CASH_ON_DELIVERY, anchor=TODAY),
    "exposure": lambda: EXPOSURE,
    "credit granted": lambda: check_credit(REQUEST, EXPOSURE.value, PLAIN_LIMITS, limit=UNLIMITED),
    "credit refused": lambda: check_credit(REQUEST, EXPOSURE.value, LIMITS, limit=LIMIT),
    "orders checked again": lambda: recheck_orders(
        COMMITMENTS[:2], EXPOSURE.value, PLAIN_LIMITS, limit=LIMIT
    ),
    "stock": lambda: check_consignment(NORTH, CONSIGNMENT, held=cny(150_000), asked=cny(60_000)),
    "stock undecided": lambda: check_consignment(
        NOT_KNOWN, CONSIGNMENT, held=cny(0), asked=cny(60_000)
    ),
    "reminder to send": lambda: find_reminder(INVOICES[0], DUNNING, as_of=TODAY),
    "reminder that waits": lambda: find_reminder(
        INVOICES[0], DUNNING, as_of=date(2026, 2, 7), reminders=REMINDERS
    ),
    "suspension": lambda: check_suspension(
        REFUSING, SUSPENSION, invoices=INVOICES, suspended=False, as_of=TODAY
    ),
    "interest": lambda: find_interest(INVOICES[0], INTEREST, as_of=TODAY),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_come_back_equal(name: str) -> None:
    value = VALUES[name]
    copy = from_json(to_json(value), type(value))
    assert copy == value
    assert copy is not value
    assert to_json(copy) == to_json(value)


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions_come_back_equal_and_say_the_same(name: str) -> None:
    decision = DECISIONS[name]()
    copy = from_json(to_json(decision), Decision)
    assert copy == decision
    assert copy.value_or(None) == decision.value_or(None)
    assert [copy.explain("en"), copy.explain("zh")] == [
        decision.explain("en"),
        decision.explain("zh"),
    ]
    assert to_json(copy) == to_json(decision)


def test_every_public_value_of_both_rooms_can_be_stored() -> None:
    for room in (price, credit):
        members: list[object] = [getattr(room, name) for name in room.__all__]
        kinds = [one for one in members if isinstance(one, type) and attrs.has(one)]
        assert len(kinds) > 15
        assert all(KINDS.get(kind.__name__) is kind for kind in kinds)


def test_a_quote_that_was_read_answers_without_its_policy() -> None:
    quote = quote_price(SALE, PRICE).value
    copy = from_json(to_json(quote), Quote)
    assert copy.line == quote.line
    assert copy.waterfall == quote.waterfall
    assert copy.rows("zh") == quote.rows("zh")
    assert copy.would_pass == quote.would_pass
    assert (copy.net_share, copy.permitted) == (quote.net_share, quote.permitted)


def test_ageing_that_was_read_reports_the_same() -> None:
    ageing = age_receivables(INVOICES, AGEING, as_of=TODAY)
    copy = from_json(to_json(ageing), type(ageing))
    assert copy.text("zh") == ageing.text("zh")
    assert copy.rows() == ageing.rows()


def tampered(value: object, path: str, given: object) -> str:
    """Return the JSON of a value with one member changed."""
    data = json.loads(to_json(value))
    member = data["value"]
    *way, last = path.split(".")
    for key in way:
        member = member[int(key)] if key.isdigit() else member[key]
    member[last] = given
    return json.dumps(data)


@pytest.mark.parametrize(
    ("value", "path", "given", "message"),
    [
        (PARTS, "instalments.0.takes.numerator", 20, "value.instalments[0]: Instalment: an inst"),
        (
            ON_WORKING_DAYS,
            "instalments.0.steps.1.calendar",
            None,
            "value.instalments[0].steps[1]: DateStep: working_day with calendar None; pass its",
        ),
        (LIMIT, "kind", "unlimited", "value: CreditLimit: credit limit 'unlimited' with amount"),
        (LIMITS, "counted", ["order"], "value: LimitPolicy: counted 'order' is no named conv"),
        (INVOICES[0], "paid", {"date": "2026-02-01"}, "invoice F1 has paid 2026-02-01 and pay"),
        (DUNNING, "levels.0.after_days", -1, "level 'friendly' comes after -1 days from due"),
        (INTEREST, "day_count", "actual/366", "LateInterest.day_count 'actual/366' is no named"),
        (AGEING, "edges", [30, 7], "edges (30, 7): 7 follows 30; let them rise"),
        (PRICE, "stacks.0.how", "sum", "Stack.how 'sum' is no named convention"),
        (SALE, "quantity", 0, "value: Sale: quantity 0 is not above 0; pass the units sold"),
    ],
)
def test_what_could_not_be_built_is_not_read(
    value: object, path: str, given: object, message: str
) -> None:
    with pytest.raises(CodecError) as fault:
        from_json(tampered(value, path, given), type(value))
    assert message in str(fault.value)


def test_facts_of_a_sale_keep_their_fields() -> None:
    copy = from_json(to_json(SALE), Sale)
    assert copy.facts is not None
    assert copy.facts.fields == Fields((money.TRADE, money.NEW, money.REGION))
    assert copy.facts["trade"] == Money(2_000_000, "CNY")
    assert quote_price(copy, PRICE) == quote_price(SALE, PRICE)


def test_days_of_a_question_are_dates() -> None:
    span = Days.through(date(2026, 1, 1), date(2026, 3, 31))
    assert find_arrears(INVOICES, as_of=TODAY, period=from_json(to_json(span), Days)) == (
        find_arrears(INVOICES, as_of=TODAY, period=span)
    )
