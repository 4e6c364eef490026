"""Whether a payment mode or a term may be used under the terms of an account."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.credit._credit_policy import KINDS, CreditPolicy, modes_label
from kamcore.credit._modes import PaymentMode, find_due_date
from kamcore.credit._payment_term import ANCHORS, PaymentTerm
from kamcore.credit._reasons import (
    ALLOWED,
    CHECKED_AS,
    DUE,
    DUE_PREPAID,
    EARLIER,
    NEEDS_APPROVAL,
    ONE_DAY,
    REFUSED,
    WITHHELD,
)
from kamcore.credit._terms import Terms
from kamcore.decision import Decision, Reason
from kamcore.values import Seat
from kamcore.values._checks import expect
from kamcore.values._words import tier_label

__all__ = ["TermsVerdict", "check_terms"]


@frozen(order=False)
class TermsVerdict:
    """Whether a mode may be used: "allowed", "needs_approval" of `approver`, or "refused"."""

    outcome: Literal["allowed", "needs_approval", "refused"] = field()
    terms: Terms = field()
    approver: Seat | None = field(default=None)


def check_terms(
    asked: PaymentMode | PaymentTerm, terms: Terms, policy: CreditPolicy, *, anchor: date
) -> Decision[TermsVerdict]:
    """Return whether `asked` may be used under the terms that `find_terms` gave.

    A deferral or a term is compared by the last day on which it would be due, counted from
    `anchor`. Paying earlier than permitted is always allowed: before delivery in any case, and on
    delivery where a deferral is permitted. A term that is due on the day of the order or of signing
    is paid before delivery. What is not permitted may be approved only where the rule of the level
    holds in principle. Raises `UnknownName` for terms of a tier that the policy does not have, and
    `NotADate` for an anchor that is no date. Source: P08-5A to P08-5D, P08-5N, P08-5M.
    """
    expect("asked", asked, PaymentMode, PaymentTerm)
    expect("terms", terms, Terms)
    expect("policy", policy, CreditPolicy)
    level = policy.tiers[policy.rank(terms.level)]
    source = level.source or policy.source
    modes = modes_label(terms.modes)
    due = find_due_date(asked, anchor=anchor)
    kind = _kind(asked, deferred=due > anchor)
    days = {mode: find_due_date(mode, anchor=anchor) for mode in terms.modes}
    later = [mode for mode in terms.modes if KINDS.index(mode.kind) >= KINDS.index(kind)]
    why = [*_lowered(terms), *_withheld(terms, policy)]
    if kind == "deferred" or isinstance(asked, PaymentTerm):
        deliver = any(mode.kind != "prepayment" for mode in terms.modes)
        values = (anchor, due, max(days.values())) if deliver else (due,)
        why.append(Reason.of(DUE if deliver else DUE_PREPAID, *values, source=source))
    if kind == "prepayment" or any(due <= days[mode] for mode in later):
        verdict = TermsVerdict("allowed", terms)
        first = Reason.of(ALLOWED, asked.label, modes, source=source)
        if later and all(mode.kind != kind for mode in later):
            why.append(Reason.of(EARLIER, asked.label, later[-1].label))
    elif level.in_principle and policy.approver:
        verdict = TermsVerdict("needs_approval", terms, policy.approver)
        first = Reason.of(NEEDS_APPROVAL, asked.label, modes, policy.approver, source=source)
    else:
        verdict = TermsVerdict("refused", terms)
        first = Reason.of(REFUSED, asked.label, modes, source=source)
    assumed = _one_day(asked, policy, anchor) if kind != "prepayment" else ()
    return Decision(verdict, (first, *why), policy.fingerprint, (), assumed)


def _lowered(terms: Terms) -> list[Reason]:
    """Say that the modes of a lower level decide."""
    if not terms.lowered:
        return []
    return [Reason.of(CHECKED_AS, tier_label(terms.tier), tier_label(terms.level))]


def _withheld(terms: Terms, policy: CreditPolicy) -> list[Reason]:
    """Return what the level grants and the premise of safe collection took away."""
    own, level = (policy.tiers[policy.rank(name)] for name in (terms.tier, terms.level))
    modes = [
        mode
        for mode in policy.modes_of(level, lowered=terms.lowered)
        if mode not in terms.modes and (level.asks_safety(mode) or own.asks_safety(mode))
    ]
    if policy.safe is None or not modes:
        return []
    source = level.source or policy.source
    return [Reason.of(WITHHELD, policy.safe.label, modes_label(modes), source=source)]


def _kind(
    asked: PaymentMode | PaymentTerm, *, deferred: bool
) -> Literal["prepayment", "cash_on_delivery", "deferred"]:
    """Return the kind of mode that `asked` is: a term by the day on which it is due."""
    if isinstance(asked, PaymentMode):
        return asked.kind
    if deferred:
        return "deferred"
    return "prepayment" if asked.anchor in {"order", "signing"} else "cash_on_delivery"


def _one_day(
    asked: PaymentMode | PaymentTerm, policy: CreditPolicy, anchor: date
) -> tuple[Reason, ...]:
    """Say that a term and the policy count from different days, which are compared as one."""
    if isinstance(asked, PaymentMode) or asked.anchor == policy.anchor:
        return ()
    return (Reason.of(ONE_DAY, ANCHORS[asked.anchor], ANCHORS[policy.anchor], anchor),)
