"""Whether an order may go out on credit, and what would pass."""

from typing import Literal

from attrs import field, frozen

from kamcore.credit._credit_limit import (
    CreditLimit,
    CreditRequest,
    Weighed,
    known_limit,
    ships_late,
    weigh,
)
from kamcore.credit._exposure import Exposure
from kamcore.credit._limit_policy import STAGES, LimitPolicy, OverdueGate
from kamcore.credit._limit_reasons import (
    BEYOND,
    BLOCKED_ANSWER,
    EXPOSED,
    GATE,
    GATE_OPEN,
    NOTHING_PASSES,
    NOTHING_PASSES_OVERDUE,
    OVER,
    OVER_APPROVAL,
    OVERDUE_APPROVAL,
    OVERDUE_REFUSED,
    PREPAID,
    PREPAID_PASS,
    ROOM,
    ROOM_REPLACED,
    TOLERATED,
    UNCHECKED,
    UNLIMITED_ANSWER,
    WITHIN,
    WOULD_GIVE,
    WOULD_PASS,
    either,
    listed,
    words,
)
from kamcore.decision import Decision, Reason
from kamcore.errors import InputError
from kamcore.values import Label, Money, Seat
from kamcore.values._checks import expect
from kamcore.values._words import joined

__all__ = [
    "CreditVerdict",
    "check_credit",
    "gate_reasons",
    "nothing_passes",
    "overdue_option",
    "pay_option",
]


@frozen(order=False)
class CreditVerdict:
    """Whether a request may go out: "allowed", "needs_approval" of `approver`, or "refused".

    `headroom` is what is left of the limit before the request, without tolerance: below 0 where the
    limit is exceeded already, None where there is none, 0 where the account is blocked. `over` is
    by how much the request exceeds the limit with its tolerance, 0 where it passes and all of it
    where the account is blocked. `would_pass` is the greatest amount of this order that passes as
    it is prepaid (None: any, 0: none), `prepay` what is still to be prepaid so that it passes
    (None: no prepayment helps). At a stage that is not checked the four say what a check would
    find.
    """

    outcome: Literal["allowed", "needs_approval", "refused"] = field()
    headroom: Money | None = field()
    over: Money = field()
    would_pass: Money | None = field()
    prepay: Money | None = field()
    approver: Seat | None = field(default=None)


def check_credit(
    request: CreditRequest, exposure: Exposure, policy: LimitPolicy, *, limit: CreditLimit
) -> Decision[CreditVerdict]:
    """Return whether a request may go out on credit, and what would pass.

    The whole order is weighed, not the change of it. `exposure` is that of `find_exposure` under
    the same policy. Raises `InputError` where the order replaces more than the exposure has, and
    `CurrencyMismatch` where request, exposure and limit differ. Source: S2-7b.
    """
    expect("request", request, CreditRequest)
    expect("exposure", exposure, Exposure)
    expect("policy", policy, LimitPolicy)
    counted = exposure.orders + exposure.deliveries + exposure.invoices
    if request.replaces.minor and not request.replaces <= counted:
        raise InputError(
            f"{request.stage} {request.number} replaces {request.replaces} and the exposure has "
            f"{counted} altogether; pass what it counts of this order"
        )
    known_limit(limit)
    found = weigh(request, exposure.total - request.replaces, exposure, policy, limit)
    checked = request.stage in policy.checked_at
    answer = _answer(request, found, exposure, policy, limit)
    outcome: Literal["allowed", "needs_approval", "refused"] = "allowed"
    approver = None
    if checked and not found.passes:
        approver = None if limit.kind == "blocked" else policy.approver
        outcome = "refused" if approver is None else "needs_approval"
    verdict = CreditVerdict(
        outcome, found.headroom, found.over, found.would_pass, found.prepay, approver
    )
    reasons = [answer] if checked else _unchecked(request, answer, policy)
    later = limit.kind != "blocked" and request.on_credit.minor > 0
    later = later and ships_late(request, exposure, policy)
    reasons.append(_arithmetic(request, found, exposure, limit, later=later))
    reasons += gate_reasons(exposure, policy)
    if not found.passes and limit.kind != "blocked":
        reasons.append(_would_pass(request, found, exposure, policy))
    free = found.passes and policy.prepaid_passes and request.on_credit.minor == 0
    assumed = (Reason.of(PREPAID_PASS),) if free else ()
    return Decision(verdict, tuple(reasons), policy.fingerprint, (), assumed)


def _answer(
    request: CreditRequest,
    found: Weighed,
    exposure: Exposure,
    policy: LimitPolicy,
    limit: CreditLimit,
) -> Reason:
    """Return what a check answers."""
    asked, approver, source = request.label, policy.approver, policy.source
    if limit.kind == "blocked":
        return Reason.of(BLOCKED_ANSWER, asked, source=source)
    if found.passes:
        return _allowed(request, exposure, policy, limit)
    if found.gate is not None:
        values = (exposure.overdue, found.gate.late)
        source = found.gate.source or source
        if approver is None:
            return Reason.of(OVERDUE_REFUSED, asked, *values, source=source)
        return Reason.of(OVERDUE_APPROVAL, asked, approver, *values, source=source)
    what = Label("the credit limit", "信用额度")
    most = limit.with_tolerance(policy.tolerance)
    if policy.tolerance.numerator and most is not None:
        en, zh = (
            "the credit limit with its tolerance of {} ({} in all)",
            "信用额度（含 {} 容差，共 {}）",
        )
        what = words(en, zh, policy.tolerance, most)
    if approver is None:
        return Reason.of(OVER, asked, what, found.over, source=source)
    return Reason.of(OVER_APPROVAL, asked, approver, what, found.over, source=source)


def _allowed(
    request: CreditRequest, exposure: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> Reason:
    """Return why a request passes."""
    asked, source = request.label, policy.source
    last = policy.last_day(exposure.as_of)
    if policy.prepaid_passes and request.on_credit.minor == 0:
        return Reason.of(PREPAID, asked, source=source)
    if request.day is not None and last is not None and ships_late(request, exposure, policy):
        return Reason.of(BEYOND, asked, request.day, last, source=source)
    if limit.amount is None:
        return Reason.of(UNLIMITED_ANSWER, asked, source=source)
    left = limit.amount - (exposure.total - request.replaces) - request.on_credit
    if left.minor < 0:
        return Reason.of(TOLERATED, asked, -left, policy.tolerance, source=source)
    return Reason.of(WITHIN, asked, left, source=source)


def _unchecked(request: CreditRequest, answer: Reason, policy: LimitPolicy) -> list[Reason]:
    stages = joined(STAGES[stage] for stage in policy.checked_at)
    said = Label(answer.text("en"), answer.text("zh"))
    return [
        Reason.of(UNCHECKED, request.label, stages, source=policy.source),
        Reason.of(WOULD_GIVE, said, source=answer.source),
    ]


def _arithmetic(
    request: CreditRequest, found: Weighed, exposure: Exposure, limit: CreditLimit, *, later: bool
) -> Reason:
    """Return limit, exposure and request in one line; what ships `later` takes nothing yet."""
    asked: Money | Label = request.on_credit
    if request.prepaid.minor:
        en, zh = "{} ({} less {} prepaid)", "{}（{}，减已预付 {}）"
        asked = words(en, zh, request.on_credit, request.amount, request.prepaid)
    if found.gate is not None and found.over.minor:
        asked = words("{}, which is {} too much", "{}，超出 {}", asked, found.over)
    total, parts = exposure.total, exposure.parts
    if found.headroom is None or limit.amount is None:
        return Reason.of(EXPOSED[later], limit.label, total, parts, asked)
    if request.replaces.minor:
        values = (total, parts, request.replaces, found.headroom, asked)
        return Reason.of(ROOM_REPLACED[later], limit.label, *values)
    return Reason.of(ROOM[later], limit.label, total, parts, found.headroom, asked)


def gate_reasons(exposure: Exposure, policy: LimitPolicy) -> list[Reason]:
    """Return what is overdue and whether that blocks; nothing where nothing is."""
    gate = policy.overdue
    if gate is None or exposure.overdue.minor == 0:
        return []
    if not gate.closed_by(exposure.overdue):
        return [Reason.of(GATE_OPEN, exposure.overdue, gate.late, gate.least, source=gate.source)]
    numbers = listed([Label(one, one) for one in exposure.overdue_invoices], "张")
    values = (exposure.overdue, gate.late, numbers, gate.least)
    return [Reason.of(GATE, *values, source=gate.source)]


def _would_pass(
    request: CreditRequest, found: Weighed, exposure: Exposure, policy: LimitPolicy
) -> Reason:
    """Return what to do so that a request passes."""
    options: list[Label] = []
    if found.would_pass is not None and request.prepaid < found.would_pass:
        kind = STAGES[request.stage]
        options.append(words("the {} reduced to {}", "将{}金额减至 {}", kind, found.would_pass))
    if found.prepay is not None:
        more = "{} more prepaid" if request.prepaid.minor else "{} of it prepaid"
        options.append(
            words(more, "再预付 {}" if request.prepaid.minor else "预付 {}", found.prepay)
        )
    if found.gate is not None:
        options += overdue_option(request.on_credit, found.over, found.gate, exposure, policy)
    else:
        options += pay_option(found.over, exposure)
    if not options:
        return nothing_passes(found.gate, exposure)
    return Reason.of(WOULD_PASS, either(options, ", or ", "；或"))


def nothing_passes(gate: OverdueGate | None, exposure: Exposure) -> Reason:
    """Return what has to change first, what is overdue included where that blocks."""
    if gate is None:
        return Reason.of(NOTHING_PASSES)
    return Reason.of(NOTHING_PASSES_OVERDUE, exposure.overdue)


def pay_option(over: Money, exposure: Exposure) -> list[Label]:
    """Return how much of the open invoices would have to be paid, where they are enough."""
    if not over <= exposure.invoices:
        return []
    return [words("{} of the open invoices paid first", "先收回未收款发票中的 {}", over)]


def overdue_option(
    need: Money, over: Money, gate: OverdueGate, exposure: Exposure, policy: LimitPolicy
) -> list[Label]:
    """Return how paying what is overdue opens the block, where that is enough."""
    if over.minor == 0 and gate.at_least is not None:
        en, zh = "what is overdue paid down to less than {}", "将逾期款项收回至低于 {}"
        return [words(en, zh, gate.at_least)]
    paid = exposure.overdue if "invoices" in policy.counted else over - over
    if over <= paid:
        return [words("the overdue {} paid", "收回逾期款项 {}", exposure.overdue)]
    rest = over - paid
    if not rest <= need:
        return []
    en, zh = "the overdue {} paid and {} prepaid", "收回逾期款项 {}，并预付 {}"
    return [words(en, zh, exposure.overdue, rest)]
