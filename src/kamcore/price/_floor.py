"""Proof that a floor holds: a bound that no sale undercuts, or a sale that does.

The bound takes every adjustment at its deepest and lets all that lower the price apply at once.
Each step of a stack is monotone, so that no sale leaves less. Where the bound is too coarse, every
case that the policy can tell apart is tried.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Reason, show
from kamcore.errors import InputError
from kamcore.price._adjustments import Adjustment, FreeUnits, Gives, Stack
from kamcore.price._context import Context, change_of, decimals_of_price, grains
from kamcore.price._policy import Price, PricePolicy, TierPrice, as_price
from kamcore.price._range import own_figures
from kamcore.price._says import (
    FLOOR_BROKEN,
    FLOOR_CASE,
    FLOOR_HOLDS,
    FLOOR_NO_CLAIM,
    FLOOR_TIER,
    PROOF_BOUND,
    PROOF_BOUND_AT,
    PROOF_SEARCH,
    PROOF_SEARCH_AT,
)
from kamcore.price._search import UP_TO, Case, Search, quantity_range
from kamcore.values import Label, Money, MoneyLike, Ratio, UnitPrice
from kamcore.values._checks import expect
from kamcore.values._words import counted, joined

__all__ = ["FloorCase", "FloorProof", "TierFloor", "check_floor"]

ZERO = Ratio(0)


@frozen(order=False)
class FloorCase:
    """A sale that leaves less than the floor: the tier's lowest share, and these adjustments."""

    share: Ratio = field()
    quantity: int = field()
    on: date | None = field()
    adjustments: tuple[str, ...] = field()
    label: Label = field()


@frozen(order=False)
class TierFloor:
    """What is left at worst of the control price of a tier, net of everything.

    `least` is a bound that no sale undercuts ("bound"), or what a sale reaches ("search"); `case`
    is that sale where it breaks the floor. `floor` is None where the tier has none.
    """

    tier: str = field()
    floor: Ratio | None = field()
    least: Ratio | None = field()
    method: Literal["bound", "search", "none"] = field()
    case: FloorCase | None = field(default=None)

    @property
    def holds(self) -> bool:
        """Whether no sale breaks the floor."""
        return self.case is None


@frozen(order=False)
class FloorProof:
    """The floors of a policy; `tried` counts the cases that were searched."""

    tiers: tuple[TierFloor, ...] = field()
    tried: int = field()

    @property
    def holds(self) -> bool:
        """Whether every floor holds."""
        return all(one.holds for one in self.tiers)


def check_floor(
    policy: PricePolicy,
    *,
    control: Price | MoneyLike | None = None,
    quantity: int = 1,
    up_to: int = UP_TO,
    exhaustive: bool = False,
) -> Decision[FloorProof]:
    """Return whether the rules can break a floor together, with a certificate or a sale that does.

    The claim is about exact prices, every tier at its lowest share, for whole quantities from
    `quantity` to `up_to`. Amounts of money lower a small price more: a policy that has them needs
    the lowest `control` price. What the bound proves then holds for every higher price, too; what
    the search finds does so if no amount raises the price and no steps go by amount. `exhaustive`
    tries every case even where the bound suffices.
    """
    expect("policy", policy, PricePolicy)
    expect("exhaustive", exhaustive, bool)
    price = _control(policy, control)
    low, high = quantity_range(quantity, up_to)
    search = Search(policy, price, low, high)
    floors: list[TierFloor] = []
    for rule in policy.tiers:
        bound = _bound(rule, policy, price, low)
        floor = rule.net_floor
        if floor is None or bound is None:
            floors.append(TierFloor(rule.tier, floor, None, "none"))
        elif not (bound < floor or exhaustive):
            floors.append(TierFloor(rule.tier, floor, bound, "bound"))
        else:
            floors.append(_searched(rule, floor, search))
    proof = FloorProof(tuple(floors), search.tried)
    reasons = tuple(_reasons(proof, policy, price, low, high))
    own = [(one.label, one.source) for one in policy.tiers]
    own += [(one.label, one.source) for one in policy.adjustments]
    assumed = own_figures([label for label, _ in own], [source for _, source in own])
    return Decision(
        proof, reasons, policy.fingerprint, (), (*policy.compiled.conventions, *assumed)
    )


def _control(policy: PricePolicy, control: Price | MoneyLike | None) -> Price | None:
    if control is not None:
        return as_price(control)
    for one in policy.adjustments:
        if one.by == "amount" or any(
            isinstance(gives, Money | UnitPrice) for gives in one.all_gives()
        ):
            raise InputError(
                f"adjustment {one.name!r} speaks of money, which weighs more on a small price; "
                "pass control=, the lowest control price"
            )
    return None


def _bound(
    rule: TierPrice, policy: PricePolicy, control: Price | None, quantity: int
) -> Ratio | None:
    """Return a share of the control price that no sale of the tier undercuts."""
    if rule.low is None:
        return None
    left = rule.low
    for stack in policy.stacks:
        left = _least_after(stack, left, control, quantity)
    return left


def _least_after(stack: Stack, left: Ratio, control: Price | None, quantity: int) -> Ratio:
    deepest = [_deepest(one, left, control, quantity) for one in stack.adjustments]
    if stack.how == "add":
        for change in deepest:
            left += change
    elif stack.how == "compound":
        for adjustment in stack.adjustments:
            left += _deepest(adjustment, left, control, quantity)
    else:
        left += min(deepest)
    return left


def _deepest(one: Adjustment, left: Ratio, control: Price | None, quantity: int) -> Ratio:
    """Return the deepest change that an adjustment can make; 0 where it only raises."""
    if control is not None and one.currency not in (None, control.currency):
        return ZERO
    return min([ZERO, *(_change(one, gives, left, control, quantity) for gives in one.all_gives())])


def _change(
    one: Adjustment, gives: Gives, left: Ratio, control: Price | None, quantity: int
) -> Ratio:
    """Return a change as a share of the control price, where `left` of it is left."""
    if isinstance(gives, FreeUnits):
        gives = Ratio(-gives.free, gives.bought + gives.free)
    if isinstance(gives, Ratio):
        return Ratio(gives.numerator * left.numerator, gives.denominator * left.denominator)
    if control is None or gives.currency != control.currency:
        return ZERO
    units, decimals = grains(control), decimals_of_price(control)
    sale = Context(
        units, decimals, control.currency, quantity, (quantity, 1), None, values={}, rounding=None
    )
    change = change_of(one, gives, sale)
    return Ratio(change.over, change.under * units)


def _searched(rule: TierPrice, floor: Ratio, search: Search) -> TierFloor:
    """Return the worst case of all."""
    worst = search.worst(rule)
    if not worst.share < floor:
        return TierFloor(rule.tier, floor, worst.share, "search")
    return TierFloor(rule.tier, floor, worst.share, "search", _case(rule, worst))


def _case(rule: TierPrice, worst: Case) -> FloorCase:
    units = counted(worst.quantity, "unit", "件")
    en = f"{units.en} sold at {rule.low} of the control price"
    said = [Label(en, f"按内控价格的 {rule.low} 售出 {units.zh}")]
    if worst.currency is not None:
        said.append(Label(f"in {worst.currency}", f"币种 {worst.currency}"))
    if worst.on is not None:
        said.append(Label(f"on {show(worst.on, 'en')}", show(worst.on, "zh")))
    said += [one.label for one in worst.applied]
    names = tuple(one.name for one in worst.applied)
    return FloorCase(worst.share, worst.quantity, worst.on, names, joined(said))


# --- words --------------------------------------------------------------------------------


def _reasons(
    proof: FloorProof, policy: PricePolicy, control: Price | None, low: int, high: int
) -> Iterator[Reason]:
    claimed = [one for one in proof.tiers if one.least is not None]
    broken = [one for one in claimed if not one.holds]
    open_ = [one for one in proof.tiers if one.least is None]
    if broken:
        yield Reason.of(FLOOR_BROKEN, _tiers(broken, policy), source=policy.source)
    elif claimed:
        yield Reason.of(FLOOR_HOLDS, _tiers(claimed, policy), source=policy.source)
    told = broken or claimed
    for one in told:
        rule = policy.of(one.tier)
        source = rule.source
        floor, least = one.floor or ZERO, one.least or ZERO
        tier = rule.label
        if one.case is None:
            yield Reason.of(FLOOR_TIER, tier, least, floor, source=source)
        else:
            names = one.case.adjustments
            cited = (two.source for two in policy.adjustments if two.name in names)
            also = tuple(dict.fromkeys(two for two in cited if two is not None))
            said = (tier, least, floor, one.case.label)
            yield Reason.of(FLOOR_CASE, *said, source=source, also=also)
    if open_:
        yield Reason.of(FLOOR_NO_CLAIM, _tiers(open_, policy))
    if bound := [one for one in told if one.method == "bound"]:
        tiers = _tiers(bound, policy)
        if control is None:
            yield Reason.of(PROOF_BOUND, tiers)
        else:
            yield Reason.of(PROOF_BOUND_AT, tiers, control, low)
    if proof.tried:
        tried = (proof.tried, low, high)
        if control is None:
            yield Reason.of(PROOF_SEARCH, *tried)
        else:
            yield Reason.of(PROOF_SEARCH_AT, *tried, control)


def _tiers(floors: list[TierFloor], policy: PricePolicy) -> Label:
    return joined(policy.of(one.tier).label for one in floors)
