"""The price range of a tier, as shares of the control price (内控价格)."""

from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import CurrencyMismatch, InputError, PolicyError
from kamcore.values import Label, Money, MoneyLike, Ratio, Rounding, Seat, Source, UnitPrice
from kamcore.values._checks import (
    instance_of,
    known_name,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)

__all__ = [
    "RULES",
    "Price",
    "PricePolicy",
    "PriceRange",
    "PriceVerdict",
    "TierPrice",
    "check_price",
    "find_price_range",
]

Price = Money | UnitPrice
ONE = Ratio(1)

RANGE = Rule(
    "price.range",
    ("tier", "low", "high", "control"),
    en="tier {tier}: {low} to {high} (control price {control})",
    zh="等级 {tier}：价格为 {low} 至 {high}（内控价格 {control}）",
)
FROM = Rule(
    "price.not_below",
    ("tier", "low", "control"),
    en="tier {tier}: {low} or more (control price {control})",
    zh="等级 {tier}：价格不低于 {low}（内控价格 {control}）",
)
UP_TO = Rule(
    "price.not_above",
    ("tier", "high", "control"),
    en="tier {tier}: {high} or less (control price {control})",
    zh="等级 {tier}：价格不高于 {high}（内控价格 {control}）",
)
EXACTLY = Rule(
    "price.exactly",
    ("tier", "price", "control"),
    en="tier {tier}: exactly {price} (control price {control})",
    zh="等级 {tier}：价格为 {price}（内控价格 {control}）",
)
DISCOUNT = Rule(
    "price.discount_at_most",
    ("discount",),
    en="a discount of up to {discount} may be granted",
    zh="可给予 {discount} 以内的价格优惠",
)
FLOOR_UP = Rule(
    "price.floor_rounded_up",
    ("exact", "floor"),
    en="the exact floor is {exact}; it is rounded up to {floor}, so that it is never crossed",
    zh="精确底价为 {exact}，按最小计价单位向上进位为 {floor}，以免低于底价",
)
GREATER = Rule(
    "price.greater_discount",
    ("tiers",),
    en="a greater discount is for {tiers}",
    zh="更大幅度的优惠适用于{tiers}",
)
AT_CONTROL = Rule(
    "price.not_below_control",
    (),
    en="the price is not below the control price; the text states no highest price",
    zh="不低于内控价格；原文未规定最高价",
)
SURCHARGE = Rule(
    "price.surcharge",
    ("surcharge",),
    en="the control price is raised by {surcharge}",
    zh="在内控价格基础上提价 {surcharge}",
)
REDUCTION = Rule(
    "price.reduction",
    ("reduction",),
    en="the control price is lowered by {reduction}",
    zh="在内控价格基础上降价 {reduction}",
)
ROUNDED = Rule(
    "price.rounded_once",
    ("exact", "rounding"),
    en="that is exactly {exact}, {rounding}, once",
    zh="精确值为 {exact}，仅取整一次（{rounding}）",
)
EMPTY = Rule(
    "price.no_price_between",
    ("low", "high"),
    en="no whole price lies between the exact bounds {low} and {high}; quote in a finer unit",
    zh="精确下限 {low} 与上限 {high} 之间没有可用的价格，请采用更小的计价单位",
)
IN_PRINCIPLE = Rule(
    "price.in_principle",
    ("approver",),
    en="the rule holds in principle; the company has exceptions approved by {approver}",
    zh="本条为原则性规定；例外由公司指定的{approver}批准",
)
ALLOWED = Rule(
    "price.allowed",
    ("asked", "tier"),
    en="{asked} is allowed for tier {tier}",
    zh="{asked} 符合等级 {tier} 的价格规定",
)
NEEDS_APPROVAL = Rule(
    "price.needs_approval",
    ("asked", "tier", "approver"),
    en="{asked} is outside the range of tier {tier} and needs the approval of {approver}",
    zh="{asked} 超出等级 {tier} 的价格范围，须经{approver}批准",
)
REFUSED = Rule(
    "price.refused",
    ("asked", "tier"),
    en="{asked} is outside the range of tier {tier} and refused; no exception is provided for",
    zh="{asked} 超出等级 {tier} 的价格范围，不予接受，且无例外规定",
)
WOULD_PASS = Rule(
    "price.would_pass",
    ("asked_share", "price", "share"),
    en="asked is {asked_share} of the control price; {price}, which is {share}, would pass",
    zh="所要求的价格为内控价格的 {asked_share}；{price}（内控价格的 {share}）可以通过",
)
RULES = (
    RANGE, FROM, UP_TO, EXACTLY, DISCOUNT, FLOOR_UP, GREATER, AT_CONTROL, SURCHARGE, REDUCTION,
    ROUNDED, EMPTY,
    IN_PRINCIPLE, ALLOWED, NEEDS_APPROVAL, REFUSED, WOULD_PASS,
)  # fmt: skip


@frozen(order=False)
class TierPrice:
    """What a tier pays, as shares of the control price: at least `low`, at most `high`.

    95 % and no `high` is "up to 5 % off"; 105 % for both is "exactly 5 % more".
    """

    tier: str = field(validator=some_text, converter=plain_text)
    low: Ratio | None = field(default=None, kw_only=True, validator=instance_of(Ratio, type(None)))
    high: Ratio | None = field(default=None, kw_only=True, validator=instance_of(Ratio, type(None)))
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse no bound, a bound that is no share, and bounds in the wrong order."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        if not bounds:
            raise PolicyError(
                f"tier {self.tier!r} has neither low nor high; pass at least one share"
            )
        for bound in bounds:
            if bound.numerator <= 0:
                raise PolicyError(
                    f"tier {self.tier!r}: {bound} is no share of the control price; "
                    "pass Ratio.percent(95)"
                )
        if self.low and self.high and self.high < self.low:
            raise PolicyError(
                f"tier {self.tier!r}: low {self.low} is above high {self.high}; swap them"
            )


@frozen(order=False, kw_only=True)
class PricePolicy(Policy):
    """The price rule of every tier.

    A floor is rounded up and a cap down to the grain in which the control price is quoted; where
    both are one share there is one price, rounded once by `rounding`. With an `approver` the rules
    hold in principle: outside them that seat may approve. Without one, a price outside is refused.
    """

    tiers: tuple[TierPrice, ...] = field(validator=tuple_of(TierPrice))
    rounding: Rounding = field(converter=Rounding)
    approver: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that stands twice."""
        unique_names("tier", (one.tier for one in self.tiers))

    def of(self, tier: str) -> TierPrice:
        """Return the rule of a tier; raises `UnknownName`."""
        known_name("tier", tier, (one.tier for one in self.tiers))
        return next(one for one in self.tiers if one.tier == tier)


@frozen(order=False)
class PriceRange:
    """The lowest and the highest price; None where the policy states no bound."""

    low: Price | None = field()
    high: Price | None = field()

    @property
    def empty(self) -> bool:
        """Whether rounding left no price between the bounds."""
        return _above(self.low, self.high)

    def __contains__(self, price: Price) -> bool:
        """Say whether a price of the same kind and currency lies in the range."""
        return not _above(self.low, price) and not _above(price, self.high)


@frozen(order=False)
class PriceVerdict:
    """Whether a price may be given: "allowed", "needs_approval" of `approver`, or "refused"."""

    outcome: Literal["allowed", "needs_approval", "refused"] = field()
    permitted: PriceRange = field()
    approver: Seat | None = field(default=None)


def _above(left: Price | None, right: Price | None) -> bool:
    if left is None or right is None:
        return False
    return right < left  # type: ignore[operator]  # one kind: both come from one control price


def find_price_range(
    tier: str, policy: PricePolicy, *, control: Price | MoneyLike
) -> Decision[PriceRange]:
    """Return the permitted range for a control price, at the grain in which it is quoted.

    `control` is Money, a UnitPrice, or any object with `.amount` and `.currency`; it is above 0.
    """
    base = _price(control)
    rule = policy.of(tier)
    permitted = _range(rule, policy, base)
    reasons = [
        _answer(rule, policy, permitted, base),
        *_why(rule, policy, base),
        *_greater(rule, policy),
    ]
    if permitted.empty:
        reasons = _nothing(rule, policy, base)
    if policy.approver:
        reasons.append(Reason.of(IN_PRINCIPLE, policy.approver, source=policy.source))
    return Decision(permitted, tuple(reasons), policy.fingerprint)


def check_price(
    tier: str, policy: PricePolicy, *, control: Price | MoneyLike, asked: Price | MoneyLike
) -> Decision[PriceVerdict]:
    """Return whether `asked` may be given, by whom it may be approved, and what would pass."""
    base, price = _same_grain(_price(control), _price(asked))
    rule = policy.of(tier)
    label, source = Label(rule.tier, rule.tier), rule.source or policy.source
    permitted = _range(rule, policy, base)
    if price in permitted:
        verdict = PriceVerdict("allowed", permitted)
        return Decision(
            verdict,
            (Reason.of(ALLOWED, price, label, source=source), *_why(rule, policy, base)),
            policy.fingerprint,
        )
    if policy.approver:
        verdict = PriceVerdict("needs_approval", permitted, policy.approver)
        first = Reason.of(NEEDS_APPROVAL, price, label, policy.approver, source=policy.source)
    else:
        verdict = PriceVerdict("refused", permitted)
        first = Reason.of(REFUSED, price, label, source=source)
    if permitted.empty:
        return Decision(verdict, (first, *_nothing(rule, policy, base)), policy.fingerprint)
    crossed = permitted.low if _above(permitted.low, price) else permitted.high
    nearest = crossed or base  # one bound is stated, and it is the one crossed
    passing = Reason.of(WOULD_PASS, _share(price, base), nearest, _share(nearest, base))
    return Decision(verdict, (first, passing, *_why(rule, policy, base)), policy.fingerprint)


def _nothing(rule: TierPrice, policy: PricePolicy, control: Price) -> list[Reason]:
    """Return why no price is left, with both exact bounds."""
    bounds = [_exact(control, share) for share in (rule.low, rule.high) if share is not None]
    return [Reason.of(EMPTY, *bounds, source=rule.source or policy.source)]


def _greater(rule: TierPrice, policy: PricePolicy) -> list[Reason]:
    """Return which tiers may have a greater discount than this one."""
    own = min(rule.low or ONE, ONE)
    more = [one for one in policy.tiers if one.low is not None and one.low < own]
    if rule.low is None or not more:
        return []
    joined = [(Label(one.tier, one.tier), ONE + -one.low) for one in more if one.low is not None]
    tiers = Label(
        ", ".join(f"tier {label.en} (up to {off})" for label, off in joined),
        "、".join(f"等级 {label.zh}（{off} 以内）" for label, off in joined),
    )
    return [Reason.of(GREATER, tiers, source=more[0].source or policy.source)]


def _price(value: Price | MoneyLike) -> Price:
    price = value if isinstance(value, Money | UnitPrice) else UnitPrice.of(value)
    if price.amount <= 0:
        raise InputError(f"price {price} is not above 0; pass the price of one unit")
    return price


def _same_grain(control: Price, asked: Price) -> tuple[Price, Price]:
    """Return both prices as one kind at the finer of their grains."""
    if control.currency != asked.currency:
        raise CurrencyMismatch(control.currency, asked.currency)
    if isinstance(control, Money) and isinstance(asked, Money):
        return control, asked
    left, right = UnitPrice.of(control), UnitPrice.of(asked)
    decimals = max(left.decimals, right.decimals)
    return (
        UnitPrice(left.amount, left.currency, decimals),
        UnitPrice(right.amount, right.currency, decimals),
    )


def _range(rule: TierPrice, policy: PricePolicy, control: Price) -> PriceRange:
    if rule.low is not None and rule.low == rule.high:
        price = control.times(rule.low, policy.rounding)
        return PriceRange(price, price)
    return PriceRange(
        None if rule.low is None else control.times(rule.low, Rounding.CEILING),
        None if rule.high is None else control.times(rule.high, Rounding.FLOOR),
    )


def _exact(control: Price, share: Ratio) -> Label:
    """Return the exact product in words."""
    amount = Ratio.of(control.amount)
    product = Ratio(amount.numerator * share.numerator, amount.denominator * share.denominator)
    text = f"{control.currency} {product.plain()}"
    return Label(text, f"{product.plain()} 元" if control.currency == "CNY" else text)


def _share(price: Price, control: Price) -> Ratio:
    over, under = Ratio.of(price.amount), Ratio.of(control.amount)
    return Ratio(over.numerator * under.denominator, over.denominator * under.numerator)


def _answer(rule: TierPrice, policy: PricePolicy, permitted: PriceRange, control: Price) -> Reason:
    source = rule.source or policy.source
    tier = Label(rule.tier, rule.tier)
    low, high = permitted.low, permitted.high
    if low is not None and high is not None:
        if rule.low == rule.high:
            return Reason.of(EXACTLY, tier, low, control, source=source)
        return Reason.of(RANGE, tier, low, high, control, source=source)
    if low is not None:
        return Reason.of(FROM, tier, low, control, source=source)
    return Reason.of(UP_TO, tier, high or control, control, source=source)


def _why(rule: TierPrice, policy: PricePolicy, control: Price) -> list[Reason]:
    source = rule.source or policy.source
    low = rule.low
    if low is None:
        return []
    change = low + -ONE
    if low == rule.high and change.numerator:
        raised = change.numerator > 0
        step = Reason.of(SURCHARGE, change, source=source)
        reasons = [step if raised else Reason.of(REDUCTION, -change, source=source)]
        if _share(control.times(low, policy.rounding), control) != low:
            reasons.append(Reason.of(ROUNDED, _exact(control, low), policy.rounding.label))
        return reasons
    if low == ONE and rule.high is None:
        return [Reason.of(AT_CONTROL, source=source)]
    if change.numerator < 0:
        reasons = [Reason.of(DISCOUNT, -change, source=source)]
        floor = control.times(low, Rounding.CEILING)
        if _share(floor, control) != low:
            reasons.append(Reason.of(FLOOR_UP, _exact(control, low), floor))
        return reasons
    return []
