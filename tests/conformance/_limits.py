"""Cases of credit limits: a document against a limit, and a limit against what is owed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from _case import Inputs, Skipped, Translation, number, only

from kamcore.credit import (
    Commitment,
    CreditLimit,
    CreditRequest,
    Exposure,
    Invoice,
    LimitPolicy,
    check_credit,
    find_exposure,
)
from kamcore.credit._limit_policy import Stage
from kamcore.errors import InputError
from kamcore.values import Money

STAGES: Mapping[str, Stage] = {
    "quotation": "quote",
    "sales_order": "order",
    "sales_order_change": "order",
    "delivery_note": "delivery",
    "sales_invoice": "invoice",
}
POLICY = LimitPolicy(checked_at=("order", "delivery", "invoice"))
CURRENCY, ACCOUNT, NUMBER, DAY = "USD", "one", "asked", date(2026, 1, 1)


def credit_check(inputs: Inputs) -> object:
    """Check a document at its own stage; what is owed is an open invoice.

    A changed order counts in the exposure with its previous amount, and replaces it. A new limit
    below what is owed is an answer of kamcore, with a headroom below 0; here it becomes the error
    that such a case expects.
    """
    only(inputs, "limit", "outstanding", "request", "document", "previous_request", "new_limit")
    if "new_limit" in inputs:
        only(inputs, "new_limit", "outstanding")
        limit = CreditLimit.up_to(_money(inputs["new_limit"]))
        nothing = CreditRequest(NUMBER, Money(0, CURRENCY), "order")
        verdict = check_credit(nothing, _exposure(inputs), POLICY, limit=limit).value
        if verdict.headroom is not None and verdict.headroom.minor < 0:
            raise InputError(f"a limit of {limit.amount} leaves {verdict.headroom}; raise it")
        return {"allowed": True}
    document = str(inputs["document"])
    if document not in STAGES:
        raise Skipped(f"document {document}: kamcore checks {', '.join(STAGES)}")
    request = CreditRequest(
        NUMBER,
        _money(inputs["request"]),
        STAGES[document],
        replaces=_money(inputs.get("previous_request", 0)),
    )
    limit = CreditLimit.up_to(_money(inputs["limit"]))
    verdict = check_credit(request, _exposure(inputs), POLICY, limit=limit).value
    return {"allowed": verdict.outcome == "allowed"}


def _exposure(inputs: Inputs) -> Exposure:
    """Return what is owed, and the order before its change."""
    owed = Invoice(number="owed", account=ACCOUNT, due=DAY, amount=_money(inputs["outstanding"]))
    orders: list[Commitment] = []
    if "previous_request" in inputs:
        amount = _money(inputs["previous_request"])
        orders.append(Commitment("order", NUMBER, ACCOUNT, amount, DAY))
    return find_exposure(
        ACCOUNT, POLICY, invoices=(owed,), commitments=orders, as_of=DAY, currency=CURRENCY
    ).value


def _money(raw: object) -> Money:
    amount = number(raw)
    if not isinstance(amount, Decimal):
        raise Skipped("an amount that is no decimal: kamcore counts whole minor units")
    return Money(amount, CURRENCY)


KINDS: Mapping[str, Translation] = {"credit_check": credit_check}
