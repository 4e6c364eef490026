"""Open orders after a changed limit or policy: which are kept, which are held."""

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import field, frozen

from kamcore.credit._commitments import Commitment
from kamcore.credit._credit_limit import (
    CreditLimit,
    CreditRequest,
    Weighed,
    known_limit,
    ships_late,
    weigh,
)
from kamcore.credit._exposure import Exposure
from kamcore.credit._limit_policy import LimitPolicy
from kamcore.credit._limit_reasons import (
    ALL_HELD,
    ALL_KEPT,
    ALL_WOULD_PASS,
    BLOCKED_NOW,
    HELD,
    KEPT_ANYWAY,
    LIMIT_NOW,
    NO_ORDERS,
    RECHECKED,
    TURN,
    either,
    listed,
    words,
)
from kamcore.credit._limits import gate_reasons, nothing_passes, overdue_option, pay_option
from kamcore.decision import Decision, Reason
from kamcore.errors import InputError
from kamcore.values import Label, Money
from kamcore.values._checks import expect, members, unique_names
from kamcore.values._words import counted

__all__ = ["Recheck", "recheck_orders"]


@frozen(order=False)
class Recheck:
    """What becomes of an open order: it is "kept" or "held".

    `over` is by how much it does not fit when its turn comes, `prepay` what is to be prepaid of it
    so that it does (None: no prepayment helps); both are 0 where it fits.
    """

    order: Commitment = field()
    outcome: Literal["kept", "held"] = field()
    over: Money = field()
    prepay: Money | None = field()


def recheck_orders(
    orders: Iterable[Commitment], exposure: Exposure, policy: LimitPolicy, *, limit: CreditLimit
) -> Decision[tuple[Recheck, ...]]:
    """Return which open orders are kept and which are held, in the order in which they ship.

    `orders` are orders that `exposure` counts, all of them or some. Those that ship on an earlier
    day go first, then the lower number; what is held leaves its room to the next. With
    `policy.open_orders="keep"` only a blocked account's are held. Raises `InputError` for a
    delivery, for an order of another account, and for orders that the exposure does not have.
    """
    orders = members("orders", orders, Commitment)
    expect("exposure", exposure, Exposure)
    expect("policy", policy, LimitPolicy)
    known_limit(limit)
    given = sorted(orders, key=lambda one: (one.day, one.number))
    keeps = policy.open_orders == "keep" and limit.kind != "blocked"
    turns = _turns(given, exposure, policy, limit, keeps=keeps)
    answer = tuple(
        Recheck(order, "kept" if found.passes or keeps else "held", found.over, found.prepay)
        for order, found in turns
    )
    failing = [(order, found) for order, found in turns if not found.passes]
    reasons = [_answer(answer, failing, exposure, policy, keeps=keeps)]
    if given:
        reasons.append(Reason.of(LIMIT_NOW, limit.label, exposure.total, exposure.parts))
    if limit.kind == "blocked":
        reasons.append(Reason.of(BLOCKED_NOW))
    else:
        reasons += gate_reasons(exposure, policy)
    if failing:
        reasons.append(Reason.of(HELD, listed([_said(order) for order, _ in failing], "张")))
        if limit.kind != "blocked" and not keeps:
            reasons.append(_would_pass(failing, exposure, policy, limit))
    short = limit.kind != "blocked" and any(found.over.minor for _, found in failing)
    assumed = (Reason.of(TURN),) if short and not keeps else ()
    return Decision(answer, tuple(reasons), policy.fingerprint, (), assumed)


Turns = list[tuple[Commitment, Weighed]]


def _turns(
    given: Sequence[Commitment],
    exposure: Exposure,
    policy: LimitPolicy,
    limit: CreditLimit,
    *,
    keeps: bool,
) -> Turns:
    """Weigh each order when its turn comes, with those kept before it."""
    nothing = Money(0, exposure.currency)
    asked: list[tuple[Commitment, CreditRequest, Money]] = []
    base = exposure.total
    for order in given:
        request = CreditRequest(order.number, order.on_credit, "order", day=order.day)
        near = "orders" in policy.counted and not ships_late(request, exposure, policy)
        counts = order.on_credit if near else nothing
        base -= counts
        asked.append((order, request, counts))
    _check(given, exposure, exposure.total - base)
    turns: Turns = []
    for order, request, counts in asked:
        found = weigh(request, base, exposure, policy, limit)
        turns.append((order, found))
        if found.passes or keeps:
            base += counts
    return turns


def _check(given: Sequence[Commitment], exposure: Exposure, counted_here: Money) -> None:
    """Refuse what is no order of the exposure."""
    for one in given:
        if one.kind != "order":
            raise InputError(
                f"{one.kind} {one.number} has left already; pass open orders to recheck_orders"
            )
        if one.account != exposure.account:
            raise InputError(
                f"order {one.number} is of {one.account!r}, not of {exposure.account!r}; "
                "pass the account's own"
            )
    unique_names("order", (one.number for one in given))
    if not counted_here <= exposure.orders:
        raise InputError(
            f"orders of {counted_here} on credit, of which the exposure has {exposure.orders}; "
            "pass the orders that it counts"
        )


def _answer(
    answer: Sequence[Recheck],
    failing: Turns,
    exposure: Exposure,
    policy: LimitPolicy,
    *,
    keeps: bool,
) -> Reason:
    """Return how many are kept, how many held, and for how much."""
    source = policy.source
    orders = counted(len(answer), "open order", "张未交货订单")
    if not answer:
        return Reason.of(NO_ORDERS, source=source)
    if not failing:
        return Reason.of(ALL_KEPT, orders, source=source)
    worth, held = _worth(failing, exposure), len(failing)
    if keeps:
        return Reason.of(KEPT_ANYWAY, orders, held, worth, source=source)
    if held == len(answer):
        return Reason.of(ALL_HELD, orders, worth, source=source)
    return Reason.of(RECHECKED, orders, len(answer) - held, held, worth, source=source)


def _worth(failing: Turns, exposure: Exposure) -> Money:
    worth = Money(0, exposure.currency)
    for order, _ in failing:
        worth += order.on_credit
    return worth


def _said(order: Commitment) -> Label:
    number = Label(order.number, order.number)
    return words("{} (ships {}, {})", "{}（{}发货，{}）", number, order.day, order.on_credit)


def _would_pass(
    failing: Turns, exposure: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> Reason:
    """Return what to do so that no order is held."""
    worth, gate = _worth(failing, exposure), failing[0][1].gate
    short = _short(failing, exposure, policy, limit)
    prepay: Money | None = worth - worth
    for _, found in failing:
        prepay = None if prepay is None or found.prepay is None else prepay + found.prepay
    if gate is None and "orders" in policy.counted and short <= worth:
        prepay = short
    options: list[Label] = []
    if prepay is not None:
        options.append(words("{} of these orders prepaid", "上述订单预付 {}", prepay))
    if gate is None:
        options += pay_option(short, exposure)
    else:
        options += overdue_option(worth, short, gate, exposure, policy)
    if policy.approver is not None:
        options.append(words("the approval of {}", "经{}批准", policy.approver))
    if not options:
        return nothing_passes(gate, exposure)
    return Reason.of(ALL_WOULD_PASS, either(options, ", or ", "；或"))


def _short(failing: Turns, exposure: Exposure, policy: LimitPolicy, limit: CreditLimit) -> Money:
    """Return by how much all orders together exceed what may be owed."""
    nothing = Money(0, exposure.currency)
    most = limit.with_tolerance(policy.tolerance)
    if most is None:
        return nothing
    if "orders" not in policy.counted:
        return max((found.over for _, found in failing), default=nothing)
    return exposure.total - most if most <= exposure.total else nothing
