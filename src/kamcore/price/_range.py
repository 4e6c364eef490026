"""The price range of a tier, as shares of the control price (内控价格)."""

from collections.abc import Sequence

from kamcore.decision import Decision, Reason
from kamcore.price._policy import (
    Approval,
    Price,
    PricePolicy,
    PriceRange,
    TierPrice,
    as_price,
)
from kamcore.price._says import (
    AT_CONTROL,
    DISCOUNT,
    EMPTY,
    EXACTLY,
    FLOOR_UP,
    FROM,
    GREATER,
    IN_PRINCIPLE,
    IN_PRINCIPLE_NAMED,
    NO_HIGHEST,
    OWN_FIGURES,
    RANGE,
    REDUCTION,
    ROUNDED,
    SURCHARGE,
    UP_TO,
)
from kamcore.values import Label, MoneyLike, Ratio, Rounding, Source
from kamcore.values._checks import expect
from kamcore.values._words import amount_zh, joined

__all__ = [
    "approvals_label",
    "find_price_range",
    "in_principle",
    "own_figures",
    "share_of",
    "why_range",
]

ONE = Ratio(1)


def find_price_range(
    tier: str, policy: PricePolicy, *, control: Price | MoneyLike
) -> Decision[PriceRange]:
    """Return the permitted range for a control price, at the grain in which it is quoted.

    `control` is Money, a UnitPrice, or any object with `.amount` and `.currency`; it is above 0.
    Raises `InputError` for another control price, and `UnknownName` for a tier without a rule.
    Source: P08-4A to P08-4D.
    """
    expect("policy", policy, PricePolicy)
    base = as_price(control)
    rule = policy.of(tier)
    permitted = _range(rule, policy, base)
    reasons = [
        _answer(rule, policy, permitted, base),
        *why_range(rule, policy, base),
        *_greater(rule, policy),
    ]
    if permitted.empty:
        reasons = _nothing(rule, policy, base)
    if policy.approvals:
        reasons.append(in_principle(policy))
    assumed = own_figures([rule.label], [rule.source])
    return Decision(permitted, tuple(reasons), policy.fingerprint, (), assumed)


def in_principle(policy: PricePolicy) -> Reason:
    """Return that the rules leave room for exceptions, and who approves these."""
    rule = IN_PRINCIPLE if policy.source is None else IN_PRINCIPLE_NAMED
    return Reason.of(rule, approvals_label(policy.approvals), source=policy.source)


def own_figures(labels: Sequence[Label], sources: Sequence[Source | None]) -> tuple[Reason, ...]:
    """Return in whose rules the company has filled in what their clause leaves open."""
    found = [
        label
        for label, source in zip(labels, sources, strict=True)
        if source is not None and source.mark == "form"
    ]
    if not found:
        return ()
    return (Reason.of(OWN_FIGURES, joined(found)),)


def _nothing(rule: TierPrice, policy: PricePolicy, control: Price) -> list[Reason]:
    """Return why no price is left, with both exact bounds."""
    bounds = [exact_label(control, share) for share in (rule.low, rule.high) if share is not None]
    return [Reason.of(EMPTY, *bounds, source=rule.source or policy.source)]


def _greater(rule: TierPrice, policy: PricePolicy) -> list[Reason]:
    """Return which tiers may have a greater discount than this one."""
    own = min(rule.low or ONE, ONE)
    more = [one for one in policy.tiers if one.low is not None and one.low < own]
    if rule.low is None or not more:
        return []
    offs = [(one.label, ONE + -one.low) for one in more if one.low is not None]
    tiers = joined(
        Label(f"{label.en} (up to {off})", f"{label.zh}（{off} 以内）") for label, off in offs
    )
    return [Reason.of(GREATER, tiers, source=more[0].source or policy.source)]


def _range(rule: TierPrice, policy: PricePolicy, control: Price) -> PriceRange:
    if rule.low is not None and rule.low == rule.high:
        price = control.times(rule.low, policy.rounding)
        return PriceRange(price, price)
    return PriceRange(
        None if rule.low is None else control.times(rule.low, Rounding.CEILING),
        None if rule.high is None else control.times(rule.high, Rounding.FLOOR),
    )


def exact_label(control: Price, share: Ratio) -> Label:
    """Return the exact product in words."""
    amount = Ratio.of(control.amount)
    product = Ratio(amount.numerator * share.numerator, amount.denominator * share.denominator)
    text = product.plain()
    return Label(f"{control.currency} {text}", amount_zh(text, control.currency))


def share_of(price: Price, control: Price) -> Ratio:
    over, under = Ratio.of(price.amount), Ratio.of(control.amount)
    return Ratio(over.numerator * under.denominator, over.denominator * under.numerator)


def _answer(rule: TierPrice, policy: PricePolicy, permitted: PriceRange, control: Price) -> Reason:
    source = rule.source or policy.source
    tier = rule.label
    low, high = permitted.low, permitted.high
    if low is not None and high is not None:
        if rule.low == rule.high:
            return Reason.of(EXACTLY, tier, low, control, source=source)
        return Reason.of(RANGE, tier, low, high, control, source=source)
    if low is not None:
        return Reason.of(FROM, tier, low, control, source=source)
    return Reason.of(UP_TO, tier, high or control, control, source=source)


def why_range(rule: TierPrice, policy: PricePolicy, control: Price) -> list[Reason]:
    source = rule.source or policy.source
    low = rule.low
    if low is None:
        return []
    change = low + -ONE
    if low == rule.high and change.numerator:
        raised = change.numerator > 0
        step = Reason.of(SURCHARGE, change, source=source)
        reasons = [step if raised else Reason.of(REDUCTION, -change, source=source)]
        if share_of(control.times(low, policy.rounding), control) != low:
            reasons.append(Reason.of(ROUNDED, exact_label(control, low), policy.rounding.label))
        return reasons
    if low == ONE and rule.high is None:
        return [Reason.of(NO_HIGHEST if source is None else AT_CONTROL, source=source)]
    if change.numerator < 0:
        reasons = [Reason.of(DISCOUNT, -change, source=source)]
        floor = control.times(low, Rounding.CEILING)
        if share_of(floor, control) != low:
            reasons.append(Reason.of(FLOOR_UP, exact_label(control, low), floor))
        return reasons
    return []


def approvals_label(approvals: tuple[Approval, ...]) -> Label:
    """Return who may approve, and down to what."""
    if len(approvals) == 1 and approvals[0].low is None:
        return approvals[0].seat.label
    return joined(_approval_label(one) for one in approvals)


def _approval_label(one: Approval) -> Label:
    seat, low = one.seat.label, one.low
    if low is None:
        return Label(f"{seat.en} (any price)", f"{seat.zh}（不限价）")
    en = f"{seat.en} (down to {low} of the control price)"
    return Label(en, f"{seat.zh}（不低于内控价格的 {low}）")
