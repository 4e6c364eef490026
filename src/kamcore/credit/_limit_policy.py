"""Which receivables and commitments count against a credit limit, and where it is checked.

S2-7b has the account manager control the limit of receivables (控制应收款额度); it gives neither a
figure nor what counts. So each choice is a field here.
"""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import add_days
from kamcore.credit._limit_reasons import words
from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.values import Label, Money, Ratio, Seat, Source
from kamcore.values._checks import (
    instance_of,
    named_convention,
    one_of,
    tuple_of,
    unique_names,
)
from kamcore.values._exact import whole
from kamcore.values._words import counted

__all__ = ["BUCKETS", "STAGES", "Bucket", "LimitPolicy", "OverdueGate", "Stage"]

Bucket = Literal["orders", "deliveries", "invoices"]
Stage = Literal["quote", "order", "delivery", "invoice"]
BUCKETS: dict[Bucket, Label] = {
    "orders": Label("open orders", "未交货订单"),
    "deliveries": Label("deliveries not invoiced", "已发货未开票"),
    "invoices": Label("open invoices", "未收款发票"),
}
STAGES: dict[Stage, Label] = {
    "quote": Label("quote", "报价单"),
    "order": Label("order", "订单"),
    "delivery": Label("delivery", "发货单"),
    "invoice": Label("invoice", "发票"),
}


def _days(value: int) -> int:
    return whole(value, "days")


def _optional_days(value: int | None) -> int | None:
    return None if value is None else whole(value, "days")


@frozen(order=False, kw_only=True)
class OverdueGate:
    """Blocks what is new while invoices are overdue for more than `days` calendar days.

    It takes `at_least` of them together, None any amount. A credit note that is still open pays
    nothing off.
    """

    days: int = field(converter=_days)
    at_least: Money | None = field(default=None, validator=instance_of(Money, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse days below 0 and a threshold that is not above 0."""
        if self.days < 0:
            raise PolicyError(f"an overdue block after {self.days} days; pass 0 or more")
        if self.at_least is not None and self.at_least.minor <= 0:
            raise PolicyError(
                f"an overdue block from {self.at_least} on; pass an amount above 0, or None for any"
            )

    def closed_by(self, overdue: Money) -> bool:
        """Say whether an amount overdue for longer than `days` blocks."""
        return overdue.minor > 0 and (self.at_least is None or self.at_least <= overdue)

    @property
    def late(self) -> Label:
        """For how long, in words."""
        return late_label(self.days)

    @property
    def least(self) -> Label:
        """From which amount on, in words."""
        if self.at_least is None:
            return Label("any amount", "不论金额")
        return words("{} or more", "{}（含）以上", self.at_least)


def late_label(days: int) -> Label:
    """Return how long something is overdue for more than."""
    if days == 0:
        return Label("overdue", "已逾期")
    return words("overdue for more than {}", "逾期超过 {}", counted(days, "day", "天"))


@frozen(order=False, kw_only=True)
class LimitPolicy(Policy):
    """What counts as exposure, when it is checked against the limit, and who may grant more.

    - `counted`: the buckets that count. A bucket with a limit of its own is a second policy that
      counts it alone.
    - `horizon_days`: orders that ship later than so many calendar days after the day asked do not
      count yet; None: all count.
    - `tolerance`: by which share, rounded down, the limit may be exceeded.
    - `checked_at`: the stages at which credit is checked; at the others everything is allowed.
    - `overdue`: the block while too much is overdue.
    - `prepaid_passes`: what is prepaid in full passes over the limit and the overdue block. An
      account that is blocked gets nothing, prepaid or not.
    - `disputed`: whether disputed invoices count, in the exposure and in the overdue block.
    - `unapplied_credit`: whether open credit notes reduce the exposure.
    - `open_orders`: whether a changed limit or policy is applied to orders accepted before, or
      keeps them; "recheck" is the safer one.
    - `approver`: who may grant what the limit or the overdue block refuses.
    """

    counted: tuple[Bucket, ...] = field(
        default=("orders", "deliveries", "invoices"), validator=tuple_of(str)
    )
    horizon_days: int | None = field(default=None, converter=_optional_days)
    tolerance: Ratio = field(default=Ratio(0), validator=instance_of(Ratio))
    checked_at: tuple[Stage, ...] = field(default=("order", "delivery"), validator=tuple_of(str))
    overdue: OverdueGate | None = field(
        default=None, validator=instance_of(OverdueGate, type(None))
    )
    prepaid_passes: bool = field(default=True, validator=instance_of(bool))
    disputed: Literal["count", "skip"] = field(default="count", validator=one_of("count", "skip"))
    unapplied_credit: Literal["count", "skip"] = field(
        default="count", validator=one_of("count", "skip")
    )
    open_orders: Literal["recheck", "keep"] = field(
        default="recheck", validator=one_of("recheck", "keep")
    )
    approver: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Check the buckets and stages, and that no number is below 0."""
        for name, given, known in (
            ("counted", self.counted, BUCKETS),
            ("checked_at", self.checked_at, STAGES),
        ):
            if not given:
                raise PolicyError(f"{name} is empty; pass at least one of {', '.join(known)}")
            for one in given:
                named_convention(name, one, tuple(known))
            unique_names(name, given)
        if self.horizon_days is not None and self.horizon_days < 0:
            raise PolicyError(f"horizon_days is {self.horizon_days}; pass 0 or more, or None")
        if self.tolerance < Ratio(0):
            raise PolicyError(f"the tolerance is {self.tolerance}; pass 0 or more")

    def last_day(self, as_of: date) -> date | None:
        """Return the last day on which an order may ship and count; None where all count."""
        return None if self.horizon_days is None else add_days(as_of, self.horizon_days)
