"""Payment modes: before delivery, on delivery, or deferred for at most some days or months."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import add_days, add_months
from kamcore.credit._payment_term import PaymentTerm
from kamcore.decision import Policy
from kamcore.errors import InputError, PolicyError
from kamcore.values import Label
from kamcore.values._checks import as_date, one_of
from kamcore.values._exact import whole

__all__ = [
    "CASH_ON_DELIVERY",
    "PREPAYMENT",
    "PaymentMode",
    "deferred_days",
    "deferred_months",
    "find_due_date",
]


def _whole(value: int) -> int:
    return whole(value, "time allowed")


@frozen(order=False)
class PaymentMode(Policy):
    """A payment mode (付款方式); `number` of `unit` is the time allowed where it is deferred."""

    kind: Literal["prepayment", "cash_on_delivery", "deferred"] = field(
        validator=one_of("prepayment", "cash_on_delivery", "deferred")
    )
    number: int = field(default=0, converter=_whole)
    unit: Literal["days", "months"] = field(default="days", validator=one_of("days", "months"))

    def __attrs_post_init__(self) -> None:
        """Refuse a deferral of no time, and time where nothing is deferred."""
        if self.number < 0 or (self.kind == "deferred") is not (self.number > 0):
            raise PolicyError(
                f"{self.kind} with {self.number} {self.unit}; "
                "only a deferred payment has a time, above 0"
            )

    @property
    def label(self) -> Label:
        """The mode in words."""
        if self.kind == "prepayment":
            return Label("payment before delivery", "款到发货")
        if self.kind == "cash_on_delivery":
            return Label("cash on delivery", "货到付款")
        unit = self.unit if self.number > 1 else self.unit[:-1]
        zh = " 日" if self.unit == "days" else " 个月"
        return Label(f"deferred up to {self.number} {unit}", f"远期付款（{self.number}{zh}内）")


PREPAYMENT = PaymentMode("prepayment")
CASH_ON_DELIVERY = PaymentMode("cash_on_delivery")


def deferred_days(number: int) -> PaymentMode:
    """Return deferred payment within calendar days of the anchor."""
    return PaymentMode("deferred", number, "days")


def deferred_months(number: int) -> PaymentMode:
    """Return deferred payment within months of the anchor, the day clipped to the month's end."""
    return PaymentMode("deferred", number, "months")


def find_due_date(mode: PaymentMode | PaymentTerm, *, anchor: date) -> date:
    """Return the last day to pay; `anchor` is the day of delivery, or what the policy counts from.

    Prepayment and cash on delivery are due on the anchor itself, a term on its last due date.

    >>> find_due_date(deferred_months(3), anchor=date(2013, 11, 30))
    datetime.date(2014, 2, 28)
    """
    if isinstance(mode, PaymentTerm):
        return mode.compiled(anchor if type(anchor) is date else as_date(anchor, "anchor"))
    given: object = mode
    if not isinstance(given, PaymentMode):
        raise InputError(f"{given!r} is no payment mode or term; pass one, or parse_term(text)")
    if mode.unit == "months":
        return add_months(anchor, mode.number)
    return add_days(anchor, mode.number)
