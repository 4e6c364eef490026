"""Every type that can be stored, by the name that stands in the JSON."""

from collections.abc import Mapping
from typing import Protocol

from kamcore import calendars, credit, price, routing, rulebook, score, sla, tier
from kamcore import facts as facts_room
from kamcore.decision import (
    Decision,
    Fingerprint,
    MissingFact,
    Reason,
    Record,
    Rule,
    RuleId,
    Versions,
)
from kamcore.facts import Facts
from kamcore.price._quote import Told
from kamcore.tier import Ladder
from kamcore.values import (
    Band,
    Dated,
    Days,
    Label,
    Money,
    Named,
    Ratio,
    Seat,
    Source,
    Steps,
    UnitPrice,
    Version,
)

__all__ = ["BUILD", "KEYS", "KINDS", "RULES_BY_ID", "Builder"]

_ROOMS = (calendars, facts_room, score, tier, price, credit, sla, routing)

RULES_BY_ID: Mapping[RuleId, Rule] = {rule.id: rule for room in _ROOMS for rule in room.RULES}

_VALUES = (
    *(Band, Dated, Days, Label, Money, Named, Ratio, Seat, Source, Steps, UnitPrice, Version),
    *(Decision, MissingFact, Reason, Record, Versions),
)
_CALENDARS = (
    calendars.Closure,
    calendars.CombinedCalendar,
    calendars.Every,
    calendars.Holiday,
    calendars.HolidayData,
    calendars.Hours,
    calendars.ReviewTiming,
    calendars.ReviewWindow,
    calendars.SpecialDay,
    calendars.Stretch,
    calendars.Sweep,
    calendars.Week,
    calendars.WorkCalendar,
    calendars.WorkingDays,
)
_FACTS = (
    facts_room.All,
    facts_room.AnyOf,
    facts_room.Choice,
    facts_room.ChoiceField,
    facts_room.Comparison,
    facts_room.DateField,
    facts_room.Facts,
    facts_room.Fields,
    facts_room.FlagField,
    facts_room.FlagIs,
    facts_room.MoneyField,
    facts_room.Node,
    facts_room.NumberField,
    facts_room.OneOf,
    facts_room.Presence,
    facts_room.RatioField,
    facts_room.RuleTable,
    facts_room.TableRule,
    facts_room.TextField,
    facts_room.TreeField,
    facts_room.Under,
)
_SCORE = (
    score.BandItem,
    score.CategoryItem,
    score.EnteredItem,
    score.ItemScore,
    score.PerUnitItem,
    score.Score,
    score.Scorecard,
)
_TIER = (
    tier.Cut,
    tier.CutPoints,
    tier.Ladder,
    tier.RankKey,
    tier.Standing,
    tier.Tier,
    tier.TierBands,
    tier.TierQuota,
    tier.TierRule,
    tier.TierRules,
)
_PROMISES = (
    price.Adjustment,
    price.Approval,
    price.Cliff,
    price.FloorCase,
    price.FloorProof,
    price.FreeUnits,
    price.PricePolicy,
    price.PriceRange,
    price.PriceStep,
    price.Quote,
    price.RevenuePart,
    price.RevenueShare,
    price.Sale,
    price.Stack,
    price.TierFloor,
    price.TierPrice,
    rulebook.ClockDeadline,
    rulebook.Review,
    rulebook.Rulebook,
    rulebook.WorkDuty,
)
_CREDIT = (
    credit.AgedAccount,
    credit.Ageing,
    credit.AgeingBands,
    credit.Arrears,
    credit.BadPeriod,
    credit.Breach,
    credit.Commitment,
    credit.ConsignmentLimit,
    credit.ConsignmentVerdict,
    credit.CreditLimit,
    credit.CreditPolicy,
    credit.CreditRequest,
    credit.CreditVerdict,
    credit.DateStep,
    credit.Demotion,
    credit.DiscountWindow,
    credit.Due,
    credit.DunningLevel,
    credit.DunningPolicy,
    credit.EarlyPayment,
    credit.Exposure,
    credit.Instalment,
    credit.Interest,
    credit.InterestPart,
    credit.Invoice,
    credit.LateInterest,
    credit.LimitPolicy,
    credit.Notice,
    credit.OverdueGate,
    credit.Payment,
    credit.PaymentMode,
    credit.PaymentPlan,
    credit.PaymentTerm,
    credit.Recheck,
    credit.Reminder,
    credit.ReminderStep,
    credit.SuspensionPolicy,
    credit.SuspensionVerdict,
    credit.TaxedAmount,
    credit.Terms,
    credit.TermsVerdict,
    credit.TierTerms,
)
_TIME = (
    sla.Agreement,
    sla.Agreements,
    sla.Alert,
    sla.Attainment,
    sla.AttainmentRow,
    sla.BatchHandling,
    sla.BatchRules,
    sla.Case,
    sla.CaseState,
    sla.Clock,
    sla.ClockState,
    sla.Coming,
    sla.Entry,
    sla.Event,
    sla.Ignored,
    sla.LeadTime,
    sla.LeadTimes,
    sla.Ledger,
    sla.NoPromise,
    sla.OrderOfWork,
    sla.Placed,
    sla.RenewalPlan,
    sla.Renewals,
    sla.Round,
    sla.RushVerdict,
    sla.TierBatch,
    sla.TierLeadTime,
    sla.WorkOrder,
)
_WORK = (
    routing.Absence,
    routing.AccessRules,
    routing.AccessVerdict,
    routing.Authority,
    routing.AuthorityLevel,
    routing.AuthorityVerdict,
    routing.Box,
    routing.Claim,
    routing.DeadRule,
    routing.Duty,
    routing.DutyAudit,
    routing.DutyChange,
    routing.DutyChanges,
    routing.DutyRules,
    routing.Escalation,
    routing.EscalationNotice,
    routing.EscalationPlan,
    routing.EscalationStep,
    routing.Grant,
    routing.Load,
    routing.Mover,
    routing.NearMiss,
    routing.NoOwner,
    routing.Overlap,
    routing.Passed,
    routing.Person,
    routing.Placement,
    routing.RateLimit,
    routing.RedundantRule,
    routing.Rivals,
    routing.SeatLoad,
    routing.Space,
    routing.Staff,
    routing.Staffing,
    routing.Unowned,
    routing.Unstaffed,
    routing.Vacancy,
    routing.Witness,
    routing.Workload,
)
_STORED = (_VALUES, _CALENDARS, _FACTS, _SCORE, _TIER, _PROMISES, _CREDIT, _TIME, _WORK)
KINDS: Mapping[str, type] = {kind.__name__: kind for kinds in _STORED for kind in kinds}


def _facts(account: str, fields: facts_room.Fields, wires: tuple[int | str | None, ...]) -> Facts:
    """Build facts whose stored values the fields could have read."""
    if len(wires) != len(fields):
        raise ValueError(f"{len(fields)} fields and {len(wires)} values")
    for one, wire in zip(fields, wires, strict=True):
        if wire is not None and one.take(one.give(wire)) != wire:
            raise ValueError(f"{wire!r} is not a stored {one.name!r}")
    return Facts(account, fields, wires)


def _quote(  # noqa: PLR0913 - the parts of a quote as it is stored
    outcome: price.Outcome,
    unit: Money | UnitPrice,
    approver: Seat | None,
    line: Money,
    net_share: Ratio,
    permitted: price.PriceRange | None,
    waterfall: tuple[price.PriceStep, ...],
) -> price.Quote:
    return price.Quote(outcome, unit, approver, Told(line, net_share, permitted, waterfall))


class Builder(Protocol):
    """Builds a value from its fields by name."""

    def __call__(self, **fields: object) -> object:
        """Build."""
        ...


def _decision(  # the fields of a decision as it is stored
    answer: object,
    reasons: tuple[Reason, ...],
    fingerprint: Fingerprint,
    missing: tuple[MissingFact, ...],
    assumed: tuple[Reason, ...],
) -> Decision[object]:
    for name, part, kind in (
        ("reasons", reasons, Reason),
        ("missing", missing, MissingFact),
        ("assumed", assumed, Reason),
    ):
        members: object = part
        if not isinstance(members, tuple) or not all(isinstance(one, kind) for one in members):
            raise ValueError(f"{name} are no list of {kind.__name__}")
    return Decision(answer, reasons, fingerprint, missing, assumed)


def _ladder(tiers: tuple[tier.Tier, ...]) -> Ladder:
    return Ladder(*tiers)


BUILD: Mapping[type, object] = {
    Money: Money.from_minor,
    UnitPrice: UnitPrice.from_scaled,
    Decision: _decision,
    Ladder: _ladder,
    Facts: _facts,
    price.Quote: _quote,
}
"""How to build the types whose constructor does not take their own fields."""

KEYS: Mapping[type, tuple[str, ...]] = {
    Decision: ("answer", "reasons", "fingerprint", "missing", "assumed"),
    price.Quote: (
        "outcome",
        "unit",
        "approver",
        "line",
        "net_share",
        "permitted",
        "waterfall",
    ),
}
"""The keys of the types that are stored otherwise than by their fields."""
