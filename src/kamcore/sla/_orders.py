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

__all__ = ["RULES", "OrderOfWork", "Placed", "WorkOrder", "order_work"]

ORDER = Rule(
    "sla.order_of_work",
    ("tiers",),
    en="in the order of the tiers: {tiers}; within a tier the higher score first",
    zh="按等级先后：{tiers}；同一等级内按积分由高到低",
)
FIRST = Rule(
    "sla.order_first",
    ("order", "count"),
    en="{order} goes first, of {count} orders",
    zh="共 {count} 张订单，{order}排在最前",
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
    en="nothing is stated about the place of tier {tiers}; such orders come last here",
    zh="原文未写明等级 {tiers} 的先后，此处排在最后",
)
UNSCORED = Rule(
    "sla.order_unscored",
    ("orders",),
    en="without a score, and so last within their tier: {orders}",
    zh="缺少积分，排在同一等级的最后：{orders}",
)
RULES = (FIRST, NO_ORDERS, ORDER, THEN, UNRANKED, UNSCORED)


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

    `behind` is "first" for the first; "tier", "score" or "date" where that decided; "listed" where
    only the order in which they were given does.
    """

    place: int = field()
    order: str = field()
    behind: Literal["first", "tier", "score", "date", "listed"] = field()

    @property
    def label(self) -> Label:
        """What decided, in words."""
        return BEHIND[self.behind]


BEHIND = {
    "first": Label("first of all", "排在最前"),
    "tier": Label("after a better tier", "等级在前者优先"),
    "score": Label("after a higher score in the same tier", "同等级积分高者优先"),
    "date": Label("after an earlier order with the same score", "积分相同，先下单者优先"),
    "listed": Label("equal in all; as listed", "各项相同，按提交顺序"),
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
        behind = "first" if number == 1 else _decided(keyed[number - 2][0], key)
        placed.append(Placed(number, one.id, behind))
    ranked = Label(", ".join(policy.tiers), "、".join(policy.tiers))
    source = policy.source
    first = (
        Reason.of(FIRST, placed[0].order, len(placed), source=source)
        if placed
        else Reason.of(NO_ORDERS, source=source)
    )
    reasons = [first, Reason.of(ORDER, ranked, source=source)]
    if any(one.tier in policy.unranked for one in given):
        names = Label(", ".join(policy.unranked), "、".join(policy.unranked))
        reasons.append(Reason.of(UNRANKED, names))
    if lacking := [one.id for one in given if one.score is None]:
        reasons.append(Reason.of(UNSCORED, Label(", ".join(lacking), "、".join(lacking))))
    return Decision(tuple(placed), tuple(reasons), policy.fingerprint, (), (Reason.of(THEN),))


Key = tuple[int, tuple[bool, Decimal], int]


def _key(one: WorkOrder, known: tuple[str, ...]) -> Key:
    tier = known.index(known_name("tier", one.tier, known))
    score = (one.score is None, Decimal(0) if one.score is None else one.score.copy_negate())
    return tier, score, one.received.toordinal()


def _decided(before: Key, key: Key) -> Literal["tier", "score", "date", "listed"]:
    if before[0] != key[0]:
        return "tier"
    if before[1] != key[1]:
        return "score"
    return "date" if before[2] != key[2] else "listed"
