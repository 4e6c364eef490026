"""Lead times (交期) by tier, rush orders (插单), and which orders are examined strictly."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Calendar, add_days
from kamcore.decision import UNDECIDED, Decision, MissingFact, Policy, Reason, Rule
from kamcore.errors import InputError, PolicyError
from kamcore.values import Label, Source
from kamcore.values._checks import (
    as_date,
    instance_of,
    known_name,
    one_of,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._exact import whole

__all__ = [
    "RULES",
    "LeadTime",
    "LeadTimes",
    "Rush",
    "RushVerdict",
    "TierLeadTime",
    "check_rush",
    "find_lead_time",
]

READY_BY = Rule(
    "sla.lead_time",
    ("tier", "days", "day"),
    en="tier {tier}: the lead time of an ordinary order is kept within {days} days, so by {day}",
    zh="等级 {tier}：常规订单交期保证在 {days} 天内，即不晚于{day}",
)
COUNTED = Rule(
    "sla.days_counted",
    ("anchor", "event"),
    en="calendar days, counted from {anchor} ({event})",
    zh="自{anchor}（{event}）起按自然日计算",
)
CONTRACT = Rule(
    "sla.contract_date",
    ("tier", "day"),
    en="an order of tier {tier} is ready by {day}, as its contract says; the contract goes first",
    zh="等级 {tier}：订单最晚于{day}交货，以合同约定为准",
)
NOT_STATED = Rule(
    "sla.not_stated",
    ("tier",),
    en="no lead time is stated for tier {tier}; agree it in the contract",
    zh="原文未写明等级 {tier} 的交期，请在合同中约定",
)
COUNTED_WORKING = Rule(
    "sla.working_days_counted",
    ("anchor", "event", "calendar"),
    en="working days of “{calendar}”, counted from {anchor} ({event}), which is day 0",
    zh="自{anchor}（{event}）起按“{calendar}”的工作日计算，当日不计",
)
STRICT = Rule(
    "sla.strict_examination",
    ("tier",),
    en=(
        "every order of tier {tier} is examined strictly at signing, against all orders in hand, "
        "and accepted at discretion"
    ),
    zh="等级 {tier} 的每张订单在签订时须综合考虑现有订单情况，严格审单，酌情接单",
)
RUSH_ALLOWED = Rule(
    "sla.rush_allowed",
    ("tier",),
    en="a rush order of tier {tier} may be inserted",
    zh="等级 {tier} 的加急订单允许插单",
)
RUSH_PRODUCTION = Rule(
    "sla.rush_by_production",
    ("tier", "state"),
    en="a rush order of tier {tier} goes by the state of production: {state}",
    zh="等级 {tier} 的加急订单视生产状况决定：{state}",
)
RUSH_UNKNOWN = Rule(
    "sla.rush_production_unknown",
    ("tier",),
    en="a rush order of tier {tier} goes by the state of production, which is missing",
    zh="等级 {tier} 的加急订单视生产状况决定，但缺少生产状况",
)
RUSH_DISCRETION = Rule(
    "sla.rush_at_discretion",
    ("tier",),
    en="a rush order of tier {tier} is accepted at discretion; somebody has to decide",
    zh="等级 {tier} 的加急订单酌情处理，须由人决定",
)
RUSH_NOT_STATED = Rule(
    "sla.rush_not_stated",
    ("tier",),
    en="nothing is stated about rush orders of tier {tier}; nothing is promised",
    zh="原文未写明等级 {tier} 的加急订单如何处理，不作承诺",
)
RULES = (
    READY_BY,
    COUNTED,
    COUNTED_WORKING,
    CONTRACT,
    NOT_STATED,
    STRICT,
    RUSH_ALLOWED,
    RUSH_PRODUCTION,
    RUSH_UNKNOWN,
    RUSH_DISCRETION,
    RUSH_NOT_STATED,
)
Rush = Literal["allowed", "by_production", "at_discretion", "not_stated"]
ALLOWS = Label("it may be inserted", "可以插单")
REFUSES = Label("it may not be inserted now", "目前不能插单")
PRODUCTION = MissingFact("production_allows", Label("state of production", "生产状况"))
EVENTS = {
    "signing": Label("signing", "订单签订"),
    "confirmation": Label("confirmation", "订单确认"),
    "deposit": Label("deposit", "收到定金"),
}


def _days(value: int | None) -> int | None:
    return None if value is None else whole(value, "lead time")


@frozen(order=False)
class TierLeadTime:
    """What an order of a tier may expect: the days in which an ordinary one is ready, and rush.

    `days` is None where no lead time is stated. `rush` says whether a rush order may be inserted;
    "not_stated" stays visible in the answer. With `strict` every order is examined strictly at
    signing. Each rule has its clause.
    """

    tier: str = field(validator=some_text, converter=plain_text)
    days: int | None = field(converter=_days)
    source: Source | None = field(default=None, kw_only=True)
    rush: Rush = field(
        default="not_stated",
        kw_only=True,
        validator=one_of("allowed", "by_production", "at_discretion", "not_stated"),
    )
    rush_source: Source | None = field(default=None, kw_only=True)
    strict: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    strict_source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a time that is not above 0."""
        if self.days is not None and self.days < 1:
            raise PolicyError(
                f"tier {self.tier!r} has a lead time of {self.days} days; pass 1 or more, or None"
            )


@frozen(order=False, kw_only=True)
class LeadTimes(Policy):
    """Lead times (交期) of ordinary orders by tier, in days from the `anchor` event, day 0.

    Days are calendar days, or working days of `calendar`. With `contract_wins` a date agreed in a
    contract goes before the tier's lead time.
    """

    tiers: tuple[TierLeadTime, ...] = field(validator=tuple_of(TierLeadTime))
    anchor: Literal["signing", "confirmation", "deposit"] = field(
        default="signing", validator=one_of("signing", "confirmation", "deposit")
    )
    calendar: Calendar | None = field(default=None, validator=instance_of(Calendar, type(None)))
    contract_wins: bool = field(default=True, validator=instance_of(bool))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that stands twice."""
        unique_names("tier", (one.tier for one in self.tiers))

    def of(self, tier: str) -> TierLeadTime:
        """Return the lead time of a tier; raises `UnknownName`."""
        known_name("tier", tier, (one.tier for one in self.tiers))
        return next(one for one in self.tiers if one.tier == tier)


@frozen(order=False)
class LeadTime:
    """When an order is ready: the last day, and the days promised; None where not stated."""

    ready_by: date | None = field()
    days: int | None = field()


def find_lead_time(
    tier: str, policy: LeadTimes, *, anchor: date, contract: date | None = None
) -> Decision[LeadTime]:
    """Return the last day on which an ordinary order is ready.

    `anchor` is the day of the event that the policy counts from and is day 0; `contract` is the
    date agreed in a contract, if any.
    """
    rule = policy.of(tier)
    start = as_date(anchor, "anchor")
    label = Label(rule.tier, rule.tier)
    source = rule.source or policy.source
    strict = (Reason.of(STRICT, label, source=rule.strict_source),) if rule.strict else ()
    if contract is not None and policy.contract_wins:
        agreed = as_date(contract, "contract date")
        reason = Reason.of(CONTRACT, label, agreed, source=policy.source)
        return Decision(LeadTime(agreed, None), (reason, *strict), policy.fingerprint)
    if rule.days is None:
        reason = Reason.of(NOT_STATED, label, source=source)
        return Decision(LeadTime(None, None), (reason, *strict), policy.fingerprint)
    event = EVENTS[policy.anchor]
    if policy.calendar is None:
        day = add_days(start, rule.days)
        counted = Reason.of(COUNTED, start, event)
    else:
        day = policy.calendar.add_working_days(start, rule.days)
        counted = Reason.of(COUNTED_WORKING, start, event, policy.calendar.label)
    reason = Reason.of(READY_BY, label, rule.days, day, source=source)
    lead = LeadTime(day, rule.days)
    return Decision(lead, (reason, *strict), policy.fingerprint, (), (counted,))


@frozen(order=False)
class RushVerdict:
    """Whether a rush order may be inserted.

    "allowed", "refused" (production does not allow it), "at_discretion" (somebody has to decide),
    or "not_stated" (nothing is promised).
    """

    ruling: Literal["allowed", "refused", "at_discretion", "not_stated"] = field()


def check_rush(
    tier: str, policy: LeadTimes, *, production_allows: bool | None = None
) -> Decision[RushVerdict]:
    """Return whether a rush order (加急订单) of a tier may be inserted.

    `production_allows` says whether the state of production allows it; undecided where the policy
    asks for it and it is None.
    """
    rule = policy.of(tier)
    given: object = production_allows
    if not (given is None or isinstance(given, bool)):
        raise InputError(f"production_allows is {given!r}; pass True, False or None")
    label = Label(rule.tier, rule.tier)
    source = rule.rush_source
    if rule.rush == "by_production":
        if production_allows is None:
            reason = Reason.of(RUSH_UNKNOWN, label, source=source)
            return Decision(UNDECIDED, (reason,), policy.fingerprint, (PRODUCTION,))
        state = ALLOWS if production_allows else REFUSES
        reason = Reason.of(RUSH_PRODUCTION, label, state, source=source)
        verdict = RushVerdict("allowed" if production_allows else "refused")
        return Decision(verdict, (reason,), policy.fingerprint)
    rules = {
        "allowed": RUSH_ALLOWED,
        "at_discretion": RUSH_DISCRETION,
        "not_stated": RUSH_NOT_STATED,
    }
    reason = Reason.of(rules[rule.rush], label, source=source)
    return Decision(RushVerdict(rule.rush), (reason,), policy.fingerprint)
