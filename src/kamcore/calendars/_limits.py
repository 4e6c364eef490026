"""Amounts of time: open time is a `timedelta`, working days are a type of their own."""

from datetime import timedelta
from typing import Literal, cast

from attrs import field, frozen

from kamcore.errors import InputError, PolicyError
from kamcore.values import Label
from kamcore.values._checks import one_of
from kamcore.values._duration import duration_label
from kamcore.values._exact import whole

__all__ = ["Amount", "Landing", "Roll", "WorkingDays", "amount_label"]

Landing = Literal["close", "open"]
Roll = Literal["following", "preceding", "modified_following", "modified_preceding", "refuse"]


def _count(value: int) -> int:
    return whole(value, "working days")


@frozen(order=False)
class WorkingDays:
    """A number of working days (工作日): not hours, and not calendar days.

    The day of the start is day 0 and counting begins with the next working day; with
    `first="same_day"` a start on a working day before its close is day 1. The amount ends at the
    close of the last day, or with `ends="same_time"` at the wall time of the start.
    """

    count: int = field(converter=_count)
    ends: Literal["close", "same_time"] = field(
        default="close", kw_only=True, validator=one_of("close", "same_time")
    )
    first: Literal["next_day", "same_day"] = field(
        default="next_day", kw_only=True, validator=one_of("next_day", "same_day")
    )

    def __attrs_post_init__(self) -> None:
        """Refuse an amount that is not above 0."""
        if self.count < 1:
            raise PolicyError(f"{self.count} working days; pass 1 or more")

    @property
    def label(self) -> Label:
        """The amount in words."""
        plural = "" if self.count == 1 else "s"
        return Label(f"{self.count} working day{plural}", f"{self.count} 个工作日")


Amount = timedelta | WorkingDays


def amount_label(amount: Amount) -> Label:
    """Return an amount in words; open time in hours, minutes and seconds."""
    if isinstance(amount, WorkingDays):
        return amount.label
    if not isinstance(cast("object", amount), timedelta):
        raise InputError(f"{amount!r} is no amount of time; pass a timedelta or WorkingDays(n)")
    return duration_label(amount)
