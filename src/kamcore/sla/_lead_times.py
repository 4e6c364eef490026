"""Time promised: lead times by tier, and the time limit for an answer."""

from datetime import date, datetime, timedelta
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import add_days, add_elapsed
from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import PolicyError
from kamcore.values import Label, Source
from kamcore.values._checks import (
    as_date,
    as_instant,
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
    "AnswerTime",
    "LeadTime",
    "LeadTimes",
    "TierLeadTime",
    "find_answer_deadline",
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
ANSWER_BY = Rule(
    "sla.answer_by",
    ("instant", "hours", "opened"),
    en="answer by {instant}, within {hours} hours of receipt ({opened})",
    zh="须于{instant}前答复，即收到后 {hours} 小时内（收到时间：{opened}）",
)
ELAPSED = Rule(
    "sla.elapsed_hours",
    (),
    en="hours run on through nights and holidays",
    zh="按自然时间连续计算，含夜间与节假日",
)
RULES = (READY_BY, COUNTED, CONTRACT, NOT_STATED, ANSWER_BY, ELAPSED)
EVENTS = {
    "signing": Label("signing", "订单签订"),
    "confirmation": Label("confirmation", "订单确认"),
    "deposit": Label("deposit", "收到定金"),
}


def _days(value: int | None) -> int | None:
    return None if value is None else whole(value, "lead time")


def _hours(value: int) -> int:
    return whole(value, "hours")


@frozen(order=False)
class TierLeadTime:
    """The calendar days in which an ordinary order of a tier is ready; None where not stated."""

    tier: str = field(validator=some_text, converter=plain_text)
    days: int | None = field(converter=_days)
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a time that is not above 0."""
        if self.days is not None and self.days < 1:
            raise PolicyError(
                f"tier {self.tier!r} has a lead time of {self.days} days; pass 1 or more, or None"
            )


@frozen(order=False, kw_only=True)
class LeadTimes(Policy):
    """Lead times (交期) of ordinary orders by tier, in calendar days from the `anchor` event.

    With `contract_wins` a date agreed in a contract goes before the tier's lead time.
    """

    tiers: tuple[TierLeadTime, ...] = field(validator=tuple_of(TierLeadTime))
    anchor: Literal["signing", "confirmation", "deposit"] = field(
        default="signing", validator=one_of("signing", "confirmation", "deposit")
    )
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
    if contract is not None and policy.contract_wins:
        agreed = as_date(contract, "contract date")
        reason = Reason.of(CONTRACT, label, agreed, source=policy.source)
        return Decision(LeadTime(agreed, None), (reason,), policy.fingerprint)
    if rule.days is None:
        reason = Reason.of(NOT_STATED, label, source=source)
        return Decision(LeadTime(None, None), (reason,), policy.fingerprint)
    day = add_days(start, rule.days)
    reason = Reason.of(READY_BY, label, rule.days, day, source=source)
    counted = Reason.of(COUNTED, start, EVENTS[policy.anchor])
    return Decision(LeadTime(day, rule.days), (reason,), policy.fingerprint, (), (counted,))


HOURS_OF_CALENDAR = date.max.toordinal() * 24


@frozen(order=False, kw_only=True)
class AnswerTime(Policy):
    """The time limit for an answer (答复), in elapsed hours."""

    hours: int = field(converter=_hours)
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that is not above 0."""
        if self.hours < 1:
            raise PolicyError(f"an answer within {self.hours} hours; pass 1 or more")
        if self.hours > HOURS_OF_CALENDAR:
            raise PolicyError(
                f"an answer within {self.hours} hours leaves the calendar; check the hours"
            )


def find_answer_deadline(opened: datetime, policy: AnswerTime) -> Decision[datetime]:
    """Return the instant by which an inquiry opened at `opened` must be answered, in its zone."""
    start = as_instant(opened, "opened")
    due = add_elapsed(start, timedelta(hours=policy.hours))
    reason = Reason.of(ANSWER_BY, due, policy.hours, start, source=policy.source)
    return Decision(due, (reason,), policy.fingerprint, (), (Reason.of(ELAPSED),))
