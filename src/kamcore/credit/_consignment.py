"""Consignment stock (铺货): goods placed with an account that pays for them when they are sold.

P08-4K, in another published copy of S3-P08, allows it to class A among the domestic JUF agents,
within a limit that is left blank, in units of 10,000. So the limit is the company's own.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.credit._commitments import refuse_negative
from kamcore.credit._limit_reasons import either, words
from kamcore.decision import UNDECIDED, Decision, Policy, Reason, Rule
from kamcore.errors import PolicyError
from kamcore.facts import (
    Comparison,
    Condition,
    Facts,
    Fields,
    Leaf,
    Needs,
    Wire,
    as_condition,
    failing,
    leaf_reason,
)
from kamcore.facts._why import lacking
from kamcore.values import Label, Money, Seat, Source
from kamcore.values._checks import expect, instance_of
from kamcore.values._words import joined

__all__ = ["RULES", "ConsignmentLimit", "ConsignmentVerdict", "check_consignment"]

STOCK = Rule(
    "credit.consignment_allowed",
    ("asked", "left"),
    en="consignment stock of {asked} is allowed: {left} of the limit is left after it",
    zh="可以铺货 {asked}：铺货后可用铺货额度为 {left}",
)
STOCK_APPROVAL = Rule(
    "credit.consignment_approval",
    ("asked", "approver", "over"),
    en="consignment stock of {asked} needs the approval of {approver}: it exceeds the limit by "
    "{over}",
    zh="铺货（{asked}）须经{approver}批准：超出铺货额度 {over}",
)
STOCK_OVER = Rule(
    "credit.consignment_over",
    ("asked", "over"),
    en="consignment stock of {asked} is refused: it exceeds the limit by {over}",
    zh="不予铺货 {asked}：超出铺货额度 {over}",
)
STOCK_REFUSED = Rule(
    "credit.consignment_not_entitled",
    ("asked",),
    en="consignment stock of {asked} is refused: the account does not meet the conditions for it",
    zh="不予铺货 {asked}：该客户不符合铺货条件",
)
STOCK_OPEN = Rule(
    "credit.consignment_undecided",
    ("asked", "facts"),
    en="no consignment stock of {asked} can be given yet: {facts} must be known first",
    zh="暂不能铺货 {asked}：须先明确{facts}",
)
STOCK_ROOM = Rule(
    "credit.consignment_room",
    ("limit", "held", "headroom", "asked"),
    en="limit {limit} less {held} held already leaves {headroom}; asked: {asked}",
    zh="铺货额度 {limit}，减已铺货 {held}，可用铺货额度为 {headroom}；本次要求 {asked}",
)
STOCK_PASSES = Rule(
    "credit.consignment_would_pass",
    ("options",),
    en="would pass: {options}",
    zh="以下做法可以铺货：{options}",
)
STOCK_UNMET = Rule(
    "credit.consignment_unmet",
    ("condition", "value"),
    en="condition not met: {condition} (it is: {value})",
    zh="未满足铺货条件：{condition}（现为：{value}）",
)
STOCK_FIGURE = Rule(
    "credit.consignment_own_figure",
    ("limit",),
    en="the limit of {limit} is the company's own, as the text leaves the figure blank",
    zh="原文未写明金额，铺货额度为公司自定的 {limit}",
)
RULES = (
    STOCK, STOCK_APPROVAL, STOCK_OVER, STOCK_REFUSED, STOCK_OPEN, STOCK_ROOM, STOCK_PASSES,
    STOCK_UNMET, STOCK_FIGURE,
)  # fmt: skip
GOAL = Label("entitled to consignment stock", "铺货条件")


@frozen(order=False, kw_only=True)
class ConsignmentLimit(Policy):
    """Which accounts may hold consignment stock, and up to which value.

    `when` is the condition on the account's facts. `limit` includes its own amount; `approver` may
    grant more to an account that meets the condition. A `source` with the mark "form" leaves the
    figure blank, and the answer says that it is the company's own.
    """

    when: Condition = field(converter=as_condition)
    limit: Money = field(validator=instance_of(Money))
    approver: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that is not above 0, and a condition that cannot be asked."""
        if self.limit.minor <= 0:
            raise PolicyError(f"a consignment limit of {self.limit}; pass an amount above 0")
        _ = self.fields

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The single questions of the condition."""
        return tuple(leaf for row in self.when.rows() for leaf in row)

    @property
    def fields(self) -> Fields:
        """The facts that the condition asks for."""
        return Fields(leaf.field for leaf in self.leaves)

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)


@frozen(order=False)
class ConsignmentVerdict:
    """Whether more stock may be placed: "allowed", "needs_approval" of `approver`, or "refused".

    `headroom` is what is left of the limit before it, below 0 where more is held already; `over` is
    by how much the limit would be exceeded; `would_pass` is the greatest value that is allowed.
    """

    outcome: Literal["allowed", "needs_approval", "refused"] = field()
    headroom: Money = field()
    over: Money = field()
    would_pass: Money = field()
    approver: Seat | None = field(default=None)


def check_consignment(
    facts: Facts, policy: ConsignmentLimit, *, held: Money, asked: Money
) -> Decision[ConsignmentVerdict]:
    """Return whether an account that holds stock worth `held` may get `asked` more.

    Undecided, and so no stock, while a missing fact could make the condition hold. Raises
    `InputError` for a value below 0, and `CurrencyMismatch` for another currency than the limit's.
    Source: P08-4K.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, ConsignmentLimit)
    expect("held", held, Money)
    expect("asked", asked, Money)
    values = policy.compiled.values(facts)
    refuse_negative("consignment stock", {"held": held, "asked": asked})
    headroom, nothing = policy.limit - held, policy.limit - policy.limit
    over = nothing if asked <= headroom else asked - headroom
    holds = policy.when.holds(values)
    if not holds and not policy.when.holds(values, if_missing=True):
        return _not_entitled(facts, policy, headroom, over, asked)
    room = Reason.of(STOCK_ROOM, policy.limit, held, headroom, asked)
    if not holds:
        missing = facts.missing(leaf.field.name for leaf in lacking(policy.when, values))
        names = joined(fact.label for fact in missing)
        still_open = Reason.of(STOCK_OPEN, asked, names, source=policy.source)
        return Decision(UNDECIDED, (still_open, room), policy.fingerprint, missing, _figure(policy))
    answer, verdict = _answer(policy, headroom, over, asked)
    passes = [_would_pass(headroom, over, held)] if over.minor else []
    row = next(row for row in policy.when.rows() if all(leaf.holds(values) for leaf in row))
    meets = [leaf_reason(leaf, values, None, None) for leaf in row]
    reasons = (answer, room, *passes, *meets)
    return Decision(verdict, reasons, policy.fingerprint, (), _figure(policy))


def _answer(
    policy: ConsignmentLimit, headroom: Money, over: Money, asked: Money
) -> tuple[Reason, ConsignmentVerdict]:
    """Return the answer for an account that meets the condition."""
    source, passes = policy.source, headroom if headroom.minor > 0 else headroom - headroom
    if not over.minor:
        verdict = ConsignmentVerdict("allowed", headroom, over, passes)
        return Reason.of(STOCK, asked, headroom - asked, source=source), verdict
    if policy.approver is None:
        verdict = ConsignmentVerdict("refused", headroom, over, passes)
        return Reason.of(STOCK_OVER, asked, over, source=source), verdict
    verdict = ConsignmentVerdict("needs_approval", headroom, over, passes, policy.approver)
    return Reason.of(STOCK_APPROVAL, asked, policy.approver, over, source=source), verdict


def _not_entitled(
    facts: Facts, policy: ConsignmentLimit, headroom: Money, over: Money, asked: Money
) -> Decision[ConsignmentVerdict]:
    """Refuse an account whose conditions fail whatever the missing facts say."""
    values = facts.values
    leaves = failing(policy.when, values)
    known = [leaf for leaf in leaves if values[leaf.field.name] is not None] or leaves
    reasons = (
        Reason.of(STOCK_REFUSED, asked, source=policy.source),
        *(_unmet(leaf, values) for leaf in known),
    )
    missing = facts.missing(leaf.field.name for leaf in known)
    verdict = ConsignmentVerdict("refused", headroom, over, headroom - headroom)
    return Decision(verdict, reasons, policy.fingerprint, missing)


def _unmet(leaf: Leaf, values: Mapping[str, Wire | None]) -> Reason:
    """Return which question fails; of an order, by how much."""
    wire = values[leaf.field.name]
    if wire is None or isinstance(leaf, Comparison):
        return leaf_reason(leaf, values, GOAL, None)
    condition = Label(leaf.text("en"), leaf.text("zh"))
    return Reason.of(STOCK_UNMET, condition, leaf.field.show(wire))


def _would_pass(headroom: Money, over: Money, held: Money) -> Reason:
    options: list[Label] = []
    if headroom.minor > 0:
        options.append(words("up to {}", "不超过 {}", headroom))
    if over <= held:
        en, zh = "all of it once {} of the stock held is settled", "先结清已铺货中的 {}"
        options.append(words(en, zh, over))
    elif held.minor:
        en, zh = "up to {} once all stock held is settled", "先结清全部已铺货，再铺货不超过 {}"
        options.append(words(en, zh, headroom + held))
    return Reason.of(STOCK_PASSES, either(options, ", or ", "；或"))


def _figure(policy: ConsignmentLimit) -> tuple[Reason, ...]:
    """Say that the figure is the company's own where the clause leaves it blank."""
    blank = policy.source is not None and policy.source.mark == "form"
    return (Reason.of(STOCK_FIGURE, policy.limit),) if blank else ()
