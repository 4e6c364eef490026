"""Lead times (交期) by tier, rush orders (插单), and which orders are examined strictly."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Calendar, WorkingDays, add_days
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
from kamcore.values._words import counted, tier_label

__all__ = [
    "EVENTS",
    "RULES",
    "LeadTime",
    "LeadTimes",
    "Rush",
    "RushVerdict",
    "TierLeadTime",
    "check_rush",
    "days_label",
    "find_lead_time",
]

READY_BY = Rule(
    "sla.lead_time",
    ("tier", "days", "day"),
    en="{tier}: an ordinary order is ready within {days}, by {day} at the latest",
    zh="{tier}：常规订单 {days}内交货，不晚于{day}",
)
COUNTED = Rule(
    "sla.days_counted",
    ("anchor", "event"),
    en="calendar days, counted from {anchor} ({event}), which is day 0",
    zh="自{anchor}（{event}）起按自然日计算，当日不计",
)
COUNTED_WORKING = Rule(
    "sla.working_days_counted",
    ("anchor", "event", "calendar"),
    en="working days of “{calendar}”, counted from {anchor} ({event}), which is day 0",
    zh="自{anchor}（{event}）起按“{calendar}”的工作日计算，当日不计",
)
CONTRACT = Rule(
    "sla.contract_date",
    ("tier", "day"),
    en="{tier}: the order is ready by {day}, as its contract says",
    zh="{tier}：订单按合同约定交货，不晚于{day}",
)
CONTRACT_FIRST = Rule(
    "sla.contract_first",
    (),
    en="a date agreed in the contract goes first",
    zh="合同另有交期的，以合同为准",
)
CONTRACT_UNUSED = Rule(
    "sla.contract_date_unused",
    ("day",),
    en="the contract date is not used: {day}",
    zh="合同日期未采用：{day}",
)
NOT_STATED = Rule(
    "sla.not_stated",
    ("tier",),
    en="no lead time is stated for {tier}; agree it in the contract",
    zh="原文未写明{tier}的交期，请在合同中约定",
)
STRICT = Rule(
    "sla.strict_examination",
    ("tier",),
    en=(
        "every order of {tier} is examined strictly at signing, against all orders in hand, "
        "and accepted at discretion"
    ),
    zh="{tier}的每张订单在签订时须综合考虑现有订单情况，严格审单，酌情接单",
)
RUSH_ALLOWED = Rule(
    "sla.rush_allowed",
    ("tier",),
    en="a rush order of {tier} may be inserted",
    zh="{tier}的加急订单允许插单",
)
RUSH_PRODUCTION = Rule(
    "sla.rush_by_production",
    ("tier", "state"),
    en="{tier}: whether a rush order is inserted depends on the state of production; {state}",
    zh="{tier}的加急订单视生产状况决定是否接受插单：{state}",
)
RUSH_UNKNOWN = Rule(
    "sla.rush_production_unknown",
    ("tier",),
    en=(
        "{tier}: whether a rush order is inserted depends on the state of production, "
        "which is missing"
    ),
    zh="{tier}的加急订单视生产状况决定是否接受插单，但缺少生产状况",
)
RUSH_DISCRETION = Rule(
    "sla.rush_at_discretion",
    ("tier",),
    en="a rush order of {tier} is accepted at discretion; somebody has to decide",
    zh="{tier}的加急订单酌情处理，须由人决定",
)
RUSH_NOT_STATED = Rule(
    "sla.rush_not_stated",
    ("tier",),
    en="nothing is stated about rush orders of {tier}; nothing is promised",
    zh="原文未写明{tier}的加急订单如何处理，不作承诺",
)
RULES = (
    READY_BY,
    COUNTED,
    COUNTED_WORKING,
    CONTRACT,
    CONTRACT_FIRST,
    CONTRACT_UNUSED,
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
    signing. Each rule has its clause; what is not stated cites none. `contract_source` is the
    clause that asks for delivery as the contract says.
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
    contract_source: Source | None = field(default=None, kw_only=True)

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
    date agreed in a contract, if any. The answer says so where the policy does not use it.
    """
    rule = policy.of(tier)
    start = as_date(anchor, "anchor")
    agreed = None if contract is None else as_date(contract, "contract date")
    label = tier_label(rule.tier)
    strict = _strict(rule)
    if agreed is not None and policy.contract_wins:
        reason = Reason.of(CONTRACT, label, agreed, source=rule.contract_source)
        first = (Reason.of(CONTRACT_FIRST),)
        lead = LeadTime(agreed, None)
        return Decision(lead, (reason, *strict), policy.fingerprint, (), first)
    unused = () if agreed is None else (Reason.of(CONTRACT_UNUSED, agreed),)
    if rule.days is None:
        reason = Reason.of(NOT_STATED, label)
        return Decision(LeadTime(None, None), (reason, *unused, *strict), policy.fingerprint)
    day, days, how = _counted(start, rule.days, policy)
    reason = Reason.of(READY_BY, label, days, day, source=rule.source or policy.source)
    lead = LeadTime(day, rule.days)
    return Decision(lead, (reason, *unused, *strict), policy.fingerprint, (), (how,))


def _counted(start: date, days: int, policy: LeadTimes) -> tuple[date, Label, Reason]:
    """Return the last day, the number of days in words, and how they are counted."""
    event = EVENTS[policy.anchor]
    if policy.calendar is None:
        how = Reason.of(COUNTED, start, event)
        return add_days(start, days), days_label(days, policy), how
    how = Reason.of(COUNTED_WORKING, start, event, policy.calendar.label)
    return policy.calendar.add_working_days(start, days), days_label(days, policy), how


def days_label(days: int, policy: LeadTimes) -> Label:
    """Return a number of days in words; working days where the policy has a calendar."""
    return counted(days, "day", "天") if policy.calendar is None else WorkingDays(days).label


def _strict(rule: TierLeadTime) -> tuple[Reason, ...]:
    """Return that every order of the tier is examined strictly, where it is."""
    if not rule.strict:
        return ()
    return (Reason.of(STRICT, tier_label(rule.tier), source=rule.strict_source),)


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
    label = tier_label(rule.tier)
    source, strict = rule.rush_source, _strict(rule)
    if rule.rush == "by_production":
        if production_allows is None:
            reason = Reason.of(RUSH_UNKNOWN, label, source=source)
            return Decision(UNDECIDED, (reason, *strict), policy.fingerprint, (PRODUCTION,))
        state = ALLOWS if production_allows else REFUSES
        reason = Reason.of(RUSH_PRODUCTION, label, state, source=source)
        verdict = RushVerdict("allowed" if production_allows else "refused")
        return Decision(verdict, (reason, *strict), policy.fingerprint)
    if rule.rush == "not_stated":
        reason = Reason.of(RUSH_NOT_STATED, label)
    else:
        said = RUSH_ALLOWED if rule.rush == "allowed" else RUSH_DISCRETION
        reason = Reason.of(said, label, source=source)
    return Decision(RushVerdict(rule.rush), (reason, *strict), policy.fingerprint)
