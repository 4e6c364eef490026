"""The order of work: whose order is made first, and why."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import PolicyError
from kamcore.values import Label, Source
from kamcore.values._checks import (
    as_date,
    known_name,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._exact import Number, exact
from kamcore.values._words import counted, joined, tier_label

__all__ = ["RULES", "OrderOfWork", "Placed", "WorkOrder", "order_work", "tier_names"]

ORDER = Rule(
    "sla.order_of_work",
    ("tiers",),
    en="in this order: {tiers}; within a class the higher score first",
    zh="依次为{tiers}；同类内按积分由高到低",
)
FIRST = Rule(
    "sla.order_first",
    ("order", "count"),
    en="{order} goes first, of {count}",
    zh="共 {count}，{order}排在最前",
)
NO_ORDERS = Rule(
    "sla.order_none",
    (),
    en="no order waits",
    zh="没有待安排的订单",
)
THEN = Rule(
    "sla.order_then",
    (),
    en="equal scores go by the day of the order, then as listed",
    zh="积分相同的，按下单日期先后；日期也相同的，按提交顺序",
)
UNRANKED = Rule(
    "sla.order_unranked",
    ("tiers",),
    en="nothing is stated about the place of {tiers}",
    zh="原文未写明{tiers}的次序",
)
UNRANKED_LAST = Rule(
    "sla.order_unranked_last",
    ("tiers",),
    en="orders of {tiers} come last",
    zh="{tiers}订单排在最后",
)
UNSCORED = Rule(
    "sla.order_unscored",
    ("orders",),
    en="without a score: {orders}",
    zh="缺少积分：{orders}",
)
UNSCORED_LAST = Rule(
    "sla.order_unscored_last",
    (),
    en="an order without a score comes last in its class",
    zh="缺少积分的订单排在本类最后",
)
RULES = (FIRST, NO_ORDERS, ORDER, THEN, UNRANKED, UNRANKED_LAST, UNSCORED, UNSCORED_LAST)
Behind = Literal["first", "tier", "unranked", "score", "unscored", "date", "listed"]


def _score(value: Number | None) -> Decimal | None:
    return None if value is None else exact(value, "score")


@frozen(order=False)
class WorkOrder:
    """One order that waits: its id, the customer's tier and score, and the day of the order."""

    id: str = field(validator=some_text, converter=plain_text)
    tier: str = field(kw_only=True, validator=some_text, converter=plain_text)
    score: Decimal | None = field(kw_only=True, converter=_score)
    received: date = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an instant."""
        as_date(self.received, "day of the order")


@frozen(order=False, kw_only=True)
class OrderOfWork(Policy):
    """Which order is made first: `tiers` from first to last, then the score, then the day.

    `unranked` are tiers whose place the source does not state; they come last, and the answer says
    so.
    """

    tiers: tuple[str, ...] = field(validator=tuple_of(str))
    unranked: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse no tier, and a tier that stands twice."""
        if not self.tiers:
            raise PolicyError("no tier is ranked; name them from first to last")
        unique_names("tier", (*self.tiers, *self.unranked))


@frozen(order=False)
class Placed:
    """The place of an order, from 1, and what put it behind the one before it.

    `behind` is "first" for the first; "tier", "score" or "date" where that decided; "unranked"
    where nothing is stated about the place of its tier, "unscored" where it has no score; "listed"
    where only the order in which they were given decides. `ahead` is the tier of the order before
    it, where the tier decided.
    """

    place: int = field()
    order: str = field()
    behind: Behind = field()
    ahead: str | None = field(default=None)

    @property
    def label(self) -> Label:
        """What decided, in words."""
        if self.ahead is None:
            return BEHIND[self.behind]
        ahead = tier_label(self.ahead)
        return Label(f"behind an order of {ahead.en}", f"排在{ahead.zh}订单之后")


BEHIND = {
    "first": Label("first of all", "排在最前"),
    "tier": Label("behind an order of a class that goes first", "排在次序在前的类别之后"),
    "unranked": Label("its place is not stated: last", "原文未写明次序，排在最后"),
    "score": Label("behind a higher score in the same class", "排在积分较高的订单之后"),
    "unscored": Label("no score: last in its class", "缺少积分，排在本类最后"),
    "date": Label("behind an order of an earlier day", "排在下单日期较早的订单之后"),
    "listed": Label("equal in all: as listed", "各项相同，按提交顺序"),
}


def order_work(orders: Iterable[WorkOrder], policy: OrderOfWork) -> Decision[tuple[Placed, ...]]:
    """Return the orders from first to last, each with what decided its place; a stable sort.

    Raises `UnknownName` for a tier of which the policy does not speak.
    """
    known = (*policy.tiers, *policy.unranked)
    given = tuple(orders)
    unique_names("order", (one.id for one in given))
    keyed = [(_key(one, known), one) for one in given]
    keyed.sort(key=lambda pair: pair[0])
    placed: list[Placed] = []
    for number, (key, one) in enumerate(keyed, start=1):
        before, ahead = keyed[number - 2]
        behind = "first" if number == 1 else _decided(before, key, one.tier in policy.unranked)
        placed.append(Placed(number, one.id, behind, ahead.tier if behind == "tier" else None))
    source = policy.source
    first = (
        Reason.of(FIRST, placed[0].order, counted(len(placed), "order", "张订单"), source=source)
        if placed
        else Reason.of(NO_ORDERS, source=source)
    )
    reasons = [first, Reason.of(ORDER, tier_names(policy.tiers), source=source)]
    assumed = [Reason.of(THEN)]
    if any(one.tier in policy.unranked for one in given):
        reasons.append(Reason.of(UNRANKED, tier_names(policy.unranked)))
        assumed.append(Reason.of(UNRANKED_LAST, tier_names(policy.unranked)))
    if lacking := [one.id for one in given if one.score is None]:
        reasons.append(Reason.of(UNSCORED, joined(Label(one, one) for one in lacking)))
        assumed.append(Reason.of(UNSCORED_LAST))
    return Decision(tuple(placed), tuple(reasons), policy.fingerprint, (), tuple(assumed))


def tier_names(tiers: Iterable[str]) -> Label:
    """Return tiers in words, as they are listed."""
    return joined(tier_label(one) for one in tiers)


Key = tuple[int, tuple[bool, Decimal], int]


def _key(one: WorkOrder, known: tuple[str, ...]) -> Key:
    tier = known.index(known_name("tier", one.tier, known))
    score = (one.score is None, Decimal(0) if one.score is None else one.score.copy_negate())
    return tier, score, one.received.toordinal()


def _decided(before: Key, key: Key, unranked: bool) -> Behind:  # noqa: FBT001 - a fact
    if before[0] != key[0]:
        return "unranked" if unranked else "tier"
    if before[1] != key[1]:
        return "unscored" if key[1][0] else "score"
    return "date" if before[2] != key[2] else "listed"
