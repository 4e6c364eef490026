"""Dunning (催缴) as a policy: the ladder of levels, and the reminders on record (S2-7a, S4-19)."""

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import add_days, end_of_month
from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.values import Label, Money, Named, Ratio, Rounding, Source
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
from kamcore.values._words import counted

__all__ = ["DunningLevel", "DunningPolicy", "Reminder"]


@frozen(order=False)
class DunningLevel(Named):
    """One level of reminders: from the day `after_days` on, with its `fee`.

    The days count from the due date ("due"), from the day on which the reminder of the level before
    was sent ("last_reminder"), or up to the end of the month in which they end ("end_of_month").
    The day itself belongs to the level: 5 days overdue are level `after_days=5`. A fee that is a
    share is one of what is open.
    """

    after_days: int = field(validator=instance_of(int))
    counted_from: Literal["due", "last_reminder", "end_of_month"] = field(
        default="due", kw_only=True, validator=one_of("due", "last_reminder", "end_of_month")
    )
    fee: Money | Ratio | None = field(
        default=None, kw_only=True, validator=instance_of(Money, Ratio, type(None))
    )
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse days before the start, and a fee that is none."""
        least = 1 if self.counted_from == "last_reminder" else 0
        if self.after_days < least:
            raise PolicyError(
                f"level {self.name!r} comes after {self.after_days} days from "
                f"{self.counted_from}; pass {least} or more"
            )
        fee = self.fee
        if fee is not None and (fee.minor if isinstance(fee, Money) else fee.numerator) <= 0:
            raise PolicyError(f"level {self.name!r} has a fee of {self.fee}; pass one above 0")

    @cached_property
    def label(self) -> Label:
        """The level in words; a bare name is written as one."""
        return Label(
            self.en or f"reminder “{self.name}”", self.zh or f"“{self.en or self.name}”催缴"
        )

    def day(self, due: date, last: date) -> date:
        """Return the first day of the level; `last` is when the level before was sent."""
        if self.counted_from == "last_reminder":
            return add_days(last, self.after_days)
        day = add_days(due, self.after_days)
        return day if self.counted_from == "due" else end_of_month(day)

    @property
    def when(self) -> Label:
        """When the level comes, in words."""
        days = counted(self.after_days, "day", "天")
        if self.counted_from == "last_reminder":
            return Label(f"{days.en} after the last reminder", f"上次催缴后 {days.zh}")
        after = Label(f"{days.en} after the due date", f"到期后 {days.zh}")
        if not self.after_days:
            after = Label("on the due date", "到期当日")
        if self.counted_from == "due":
            return after
        if not self.after_days:
            return Label("at the end of the month of the due date", "到期日所在月的月末")
        return Label(f"at the end of the month reached {after.en}", f"{after.zh}所在月的月末")


def _by_currency(minimum: Money | tuple[Money, ...] | None) -> tuple[Money, ...]:
    if minimum is None:
        return ()
    return (minimum,) if isinstance(minimum, Money) else minimum


def _named(rounding: Rounding | None) -> Rounding | None:
    return None if rounding is None else Rounding(rounding)


@frozen(order=False, kw_only=True)
class DunningPolicy(Policy):
    """The ladder of reminders for unpaid invoices, the mildest level first.

    Below `minimum` (an amount, or one a currency; other currencies have none) nothing is reminded
    of: below it lie the arrears of the account, or what is open of an invoice (`minimum_of`). At
    least `interval_days`, and always one day, lie between two reminders of an invoice. `first` says
    where an old debt starts: at the first level, or at the highest one reached; after that levels
    follow one by one. With `sent_first` a reminder that was not sent does not escalate. `rounding`
    is for fees that are shares.
    """

    levels: tuple[DunningLevel, ...] = field(validator=tuple_of(DunningLevel))
    minimum: tuple[Money, ...] = field(
        default=(), converter=_by_currency, validator=tuple_of(Money)
    )
    minimum_of: Literal["account", "invoice"] = field(
        default="account", validator=one_of("account", "invoice")
    )
    interval_days: int = field(default=0, validator=instance_of(int))
    first: Literal["first", "highest"] = field(
        default="first", validator=one_of("first", "highest")
    )
    disputed: Literal["skip", "count"] = field(default="skip", validator=one_of("skip", "count"))
    sent_first: bool = field(default=True, validator=instance_of(bool))
    rounding: Rounding | None = field(default=None, converter=_named)
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a ladder that does not rise, and what cannot be computed."""
        if not self.levels:
            raise PolicyError("no level is given; pass at least one DunningLevel")
        unique_names("level", self.names)
        unique_names("minimum in", (one.currency for one in self.minimum))
        if self.interval_days < 0:
            raise PolicyError(f"interval_days {self.interval_days}; pass 0 or more")
        if self.levels[0].counted_from == "last_reminder":
            raise PolicyError(
                f"level {self.names[0]!r} is the first and counts from the last reminder; "
                'count it from "due"'
            )
        self._check_rise()
        for level in self.levels:
            if isinstance(level.fee, Ratio) and self.rounding is None:
                raise PolicyError(
                    f"level {level.name!r} has a fee of {level.fee}; name the rounding"
                )

    def _check_rise(self) -> None:
        from_due = [one for one in self.levels if one.counted_from != "last_reminder"]
        for lower, upper in pairwise(from_due):
            if upper.after_days <= lower.after_days:
                raise PolicyError(
                    f"level {upper.name!r} after {upper.after_days} days follows {lower.name!r} "
                    f"after {lower.after_days}; let the days rise"
                )

    @property
    def names(self) -> tuple[str, ...]:
        """The levels, the mildest first."""
        return tuple(one.name for one in self.levels)

    def rank(self, name: str) -> int:
        """Return how many levels are milder; raises `UnknownName`."""
        return self.names.index(known_name("level", name, self.names))

    def least(self, currency: str) -> Money | None:
        """Return the minimum in a currency."""
        return next((one for one in self.minimum if one.currency == currency), None)

    def fee(self, level: DunningLevel, left: Money) -> Money:
        """Return what a reminder of `level` costs where `left` is open; raises for a currency."""
        none = Money.from_minor(0, left.currency)
        if isinstance(level.fee, Ratio) and self.rounding is not None:
            return left.times(level.fee, self.rounding)
        return none + level.fee if isinstance(level.fee, Money) else none


@frozen(order=False)
class Reminder:
    """A recorded reminder (S4-19b): made on `day`, `sent` on a day, or not yet."""

    invoice: str = field(validator=some_text)
    level: str = field(validator=some_text, converter=plain_text)
    day: date = field()
    sent: date | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no date, and a reminder sent before it was made."""
        as_date(self.day, "reminder's day")
        if self.sent is not None and as_date(self.sent, "reminder's sent day") < self.day:
            raise PolicyError(
                f"reminder of {self.invoice} made on {self.day} was sent on {self.sent}; "
                "let it be sent on that day or later"
            )
