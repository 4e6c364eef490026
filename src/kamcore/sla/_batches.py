"""Batch business (批量业务): many transactions of one kind at once, and who gets priority."""

from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import InputError, PolicyError
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import (
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
    "RULES",
    "BatchHandling",
    "BatchRules",
    "TierBatch",
    "find_batch_handling",
    "priority_label",
]

BATCH = Rule(
    "sla.batch",
    ("count", "least"),
    en="batch business: {count} of one kind ({least} or more are batch business)",
    zh="属批量业务：同一种类业务共 {count}（{least} 笔及以上为批量业务）",
)
NO_BATCH = Rule(
    "sla.no_batch",
    ("count", "least"),
    en="no batch business: {count} of one kind ({least} or more are batch business)",
    zh="不属批量业务：同一种类业务共 {count}（{least} 笔及以上为批量业务）",
)
PRIORITY = Rule(
    "sla.batch_priority",
    ("tier", "priority"),
    en="{tier} has {priority} for batch business",
    zh="{tier}的批量业务{priority}办理",
)
NO_PRIORITY = Rule(
    "sla.batch_no_priority",
    ("tier",),
    en="no priority is stated for batch business of {tier}",
    zh="原文未写明{tier}的批量业务优先级",
)
DESK = Rule(
    "sla.batch_desk",
    ("seat",),
    en="handled at {seat}",
    zh="由{seat}办理",
)
SCOPES = {
    "one_request": Rule(
        "sla.batch_one_request",
        (),
        en="transactions of one request are counted",
        zh="按一次申请的笔数计算",
    ),
    "added_up": Rule(
        "sla.batch_added_up",
        (),
        en="transactions are added up over the period counted",
        zh="按所统计期间累计",
    ),
}
RULES = (BATCH, NO_BATCH, PRIORITY, NO_PRIORITY, DESK, *SCOPES.values())


PRIORITIES = {1: Label("first priority", "最优先"), 2: Label("second priority", "次优先")}


def priority_label(number: int) -> Label:
    """Return a priority in words; 1 is the first."""
    other = Label(f"priority {number:,}", f"按第 {number:,} 优先顺位")
    return PRIORITIES.get(number, other)


def _least(value: int) -> int:
    return whole(value, "least number of transactions")


@frozen(order=False)
class TierBatch:
    """How batch business of a tier is handled; `priority` 1 is the first, None is not stated."""

    tier: str = field(validator=some_text, converter=plain_text)
    priority: int | None = field(validator=instance_of(int, type(None)))
    desk: Seat | None = field(default=None, kw_only=True, validator=instance_of(Seat, type(None)))
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a priority that is not above 0."""
        if self.priority is not None and self.priority < 1:
            raise PolicyError(f"tier {self.tier!r} has priority {self.priority}; pass 1 or more")


@frozen(order=False, kw_only=True)
class BatchRules(Policy):
    """From `least` transactions of one kind on it is batch business; each tier has its handling.

    `scope` says whether the transactions of one request are counted, or those added up over a time.
    """

    least: int = field(converter=_least)
    tiers: tuple[TierBatch, ...] = field(validator=tuple_of(TierBatch))
    scope: Literal["one_request", "added_up"] = field(
        default="one_request", validator=one_of("one_request", "added_up")
    )
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a number that is not above 0, and a tier that stands twice."""
        if self.least < 1:
            raise PolicyError(f"batch business from {self.least} transactions on; pass 1 or more")
        unique_names("tier", (one.tier for one in self.tiers))


@frozen(order=False, kw_only=True)
class BatchHandling:
    """Whether it is batch business; then its priority and desk, None where not stated."""

    is_batch: bool = field()
    priority: int | None = field(default=None)
    desk: Seat | None = field(default=None)


def find_batch_handling(
    transactions: int, policy: BatchRules, *, tier: str
) -> Decision[BatchHandling]:
    """Return how a number of transactions of one kind is handled for a tier."""
    count = whole(transactions, "transactions")
    if count < 0:
        raise InputError(f"{count} transactions; pass 0 or more")
    known_name("tier", tier, (one.tier for one in policy.tiers))
    rule = next(one for one in policy.tiers if one.tier == tier)
    assumed = (Reason.of(SCOPES[policy.scope]),)
    said = counted(count, "transaction", "笔")
    if count < policy.least:
        reason = Reason.of(NO_BATCH, said, policy.least, source=policy.source)
        return Decision(BatchHandling(is_batch=False), (reason,), policy.fingerprint, (), assumed)
    label = tier_label(rule.tier)
    reasons = [Reason.of(BATCH, said, policy.least, source=policy.source)]
    if rule.priority is None:
        reasons.append(Reason.of(NO_PRIORITY, label))
    else:
        priority = priority_label(rule.priority)
        reasons.append(Reason.of(PRIORITY, label, priority, source=rule.source))
    if rule.desk is not None:
        reasons.append(Reason.of(DESK, rule.desk, source=rule.source))
    handling = BatchHandling(is_batch=True, priority=rule.priority, desk=rule.desk)
    return Decision(handling, tuple(reasons), policy.fingerprint, (), assumed)
