"""Late interest (逾期利息): on what was open from day to day, added up exactly, rounded once.

>>> from datetime import date
>>> from kamcore.credit import Invoice, LateInterest, find_interest
>>> from kamcore.values import Money, Ratio
>>> terms = LateInterest(
...     yearly=Ratio.percent(10), day_count="actual/365", rounding="half_away_from_zero"
... )
>>> owed = Invoice(number="F1", account="K01", due=date(2013, 6, 1), amount=Money(100, "CNY"))
>>> str(find_interest(owed, terms, as_of=date(2013, 6, 16)).value.amount)
'CNY 0.41'
"""

from calendar import isleap
from datetime import date
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import add_days
from kamcore.credit._arrears_reasons import (
    BEARS_NONE,
    BEARS_NOTHING_YET,
    BELOW_MINIMUM,
    DISPUTED_BEARS_NONE,
    FROM_DUE,
    FROM_GRACE,
    INTEREST,
    PARTS,
    RATE,
    STOPPED,
    THIRTY,
)
from kamcore.credit._invoices import Invoice
from kamcore.decision import Decision, Policy, Reason, show
from kamcore.errors import PolicyError
from kamcore.values import Label, Money, Ratio, Rounding, Source
from kamcore.values._checks import as_date, expect, instance_of, one_of
from kamcore.values._words import counted

__all__ = ["DayCount", "Interest", "InterestPart", "LateInterest", "find_interest"]

DayCount = Literal["actual/365", "actual/360", "actual/actual", "30/360"]


@frozen(order=False, kw_only=True)
class LateInterest(Policy):
    """Simple interest of a `yearly` share on what is open after the due date.

    The day of payment still bears it, the due date does not. `day_count` says what part of a year a
    span of days is: "actual/actual" takes the days of each calendar year, "30/360" is the bond
    basis (months of 30 days). What is paid within `grace_days` of the due date bears none; what is
    left bears it from the due date, or from the last day of grace (`counted_from`). Interest below
    `minimum` is not charged. A daily share is 365 of it a year by "actual/365": 0.05 % a day is
    `yearly=Ratio(5 * 365, 10_000)`.
    """

    yearly: Ratio = field(validator=instance_of(Ratio))
    day_count: DayCount = field(
        validator=one_of("actual/365", "actual/360", "actual/actual", "30/360")
    )
    rounding: Rounding = field(converter=Rounding)
    grace_days: int = field(default=0, validator=instance_of(int))
    counted_from: Literal["due", "end_of_grace"] = field(
        default="due", validator=one_of("due", "end_of_grace")
    )
    minimum: Money | None = field(default=None, validator=instance_of(Money, type(None)))
    disputed: Literal["count", "skip"] = field(default="count", validator=one_of("count", "skip"))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a rate that is none, and a grace before the due date."""
        if self.yearly.numerator <= 0:
            raise PolicyError(f"yearly {self.yearly}; pass a share above 0, such as 10 %")
        if self.grace_days < 0:
            raise PolicyError(f"grace_days {self.grace_days}; pass 0 or more")

    def share(self, since: date, until: date) -> Ratio:
        """Return which part of a year lies between two days."""
        if self.day_count == "actual/actual":
            return _years(until) + -_years(since)
        days = self.days(since, until)
        return Ratio(days, 365 if self.day_count == "actual/365" else 360)

    def days(self, since: date, until: date) -> int:
        """Return how many days lie between two days, as the day count has them."""
        return _thirty(since, until) if self.day_count == "30/360" else (until - since).days


def _years(day: date) -> Ratio:
    """Return how many calendar years have gone by before `day`."""
    length = 366 if isleap(day.year) else 365
    return Ratio(day.year * length + (day - date(day.year, 1, 1)).days, length)


def _thirty(since: date, until: date) -> int:
    """Return the days of the bond basis: a 31st is a 30th, the last one after a 30th or 31st."""
    first = min(since.day, 30)
    last = min(until.day, 30) if first == 30 else until.day  # noqa: PLR2004 - days of a month
    return 360 * (until.year - since.year) + 30 * (until.month - since.month) + last - first


@frozen(order=False)
class InterestPart:
    """Days on which one amount was open: after `since`, up to and with `until`."""

    principal: Money = field()
    since: date = field()
    until: date = field()
    days: int = field()

    @property
    def label(self) -> Label:
        """The part in words."""
        days = counted(self.days, "day", "天")
        en, zh = show(self.principal, "en"), show(self.principal, "zh")
        return Label(f"{en} for {days.en}", f"{zh}，{days.zh}")


@frozen(order=False)
class Interest:
    """Late interest on one invoice.

    `parts` are as many as the payments that came late, and one more. `exact` is their sum before
    rounding, in minor units of the currency; `amount` is 0 where that is below the minimum.
    """

    amount: Money = field()
    exact: Ratio = field()
    parts: tuple[InterestPart, ...] = field(default=())

    @property
    def days(self) -> int:
        """All days that bear interest, as the day count has them."""
        return sum(one.days for one in self.parts)


def find_interest(invoice: Invoice, policy: LateInterest, *, as_of: date) -> Decision[Interest]:
    """Return the late interest that an invoice has borne up to `as_of`, that day included.

    Part payments lower what bears it from the next day on; what has accrued stays owed after the
    invoice is settled. What was paid after `as_of` is not known. A credit note bears none. Raises
    `CurrencyMismatch` for a minimum in another currency.
    """
    expect("invoice", invoice, Invoice)
    expect("policy", policy, LateInterest)
    day, last = as_date(as_of, "as_of"), add_days(invoice.due, policy.grace_days)
    none = Interest(Money.from_minor(0, invoice.amount.currency), Ratio(0))
    number, source = invoice.number, policy.source
    if invoice.disputed and policy.disputed == "skip":
        said = Reason.of(DISPUTED_BEARS_NONE, number, source=source)
        return Decision(none, (said,), policy.fingerprint)
    if day <= last:
        said = Reason.of(BEARS_NOTHING_YET, number, day, last, source=source)
        return Decision(none, (said,), policy.fingerprint)
    parts = _parts(invoice, policy, last, day)
    if not parts:
        said = Reason.of(BEARS_NONE, number, day, last, source=source)
        return Decision(none, (said,), policy.fingerprint)
    found = _interest(parts, policy)
    return Decision(
        found,
        _reasons(found, invoice, policy, day),
        policy.fingerprint,
        (),
        _conventions(invoice, policy, last),
    )


def _parts(
    invoice: Invoice, policy: LateInterest, last: date, as_of: date
) -> tuple[InterestPart, ...]:
    """Return what was open after the `last` free day, from payment to payment.

    The days of the parts add up to those of the whole span, in any day count.
    """
    start = invoice.due if policy.counted_from == "due" else last
    paid = {one.day for one in invoice.payments}
    if invoice.paid is not None:
        paid.add(invoice.paid)
    marks = sorted(one for one in paid if last < one < as_of)
    parts: list[InterestPart] = []
    for since, until in pairwise((start, *marks, as_of)):
        principal = invoice.open_on(max(since, last))
        if principal.minor > 0:
            days = policy.days(start, until) - policy.days(start, since)
            parts.append(InterestPart(principal, since, until, days))
    return tuple(parts)


def _interest(parts: tuple[InterestPart, ...], policy: LateInterest) -> Interest:
    start, total = parts[0].since, Ratio(0)
    for one in parts:
        share = policy.share(start, one.until) + -policy.share(start, one.since)
        total += Ratio(one.principal.minor * share.numerator, share.denominator)
    exact = Ratio(
        total.numerator * policy.yearly.numerator, total.denominator * policy.yearly.denominator
    )
    currency = parts[0].principal.currency
    amount = Money.from_minor(exact.of_units(1, policy.rounding), currency)
    if policy.minimum is not None and amount < policy.minimum:
        amount = Money.from_minor(0, currency)
    return Interest(amount, exact, parts)


SHOWN = 3
WORDS = {
    "actual/365": Label("by actual days over 365", "按实际天数/365 计算"),
    "actual/360": Label("by actual days over 360", "按实际天数/360 计算"),
    "actual/actual": Label("by actual days over those of the year", "按实际天数/当年天数计算"),
    "30/360": Label("by 30/360", "按 30/360 计算"),
}


def _reasons(
    found: Interest, invoice: Invoice, policy: LateInterest, as_of: date
) -> tuple[Reason, ...]:
    number, source, left = invoice.number, policy.source, found.amount
    rounded = Money.from_minor(found.exact.of_units(1, policy.rounding), left.currency)
    if policy.minimum is not None and rounded < policy.minimum:
        first = Reason.of(BELOW_MINIMUM, number, rounded, policy.minimum, source=source)
    else:
        days = counted(found.days, "day", "天")
        first = Reason.of(INTEREST, number, left, days, as_of, source=source)
    words = [one.label for one in found.parts[:SHOWN]]
    rest = len(found.parts) - SHOWN
    parts = Label(
        ", ".join(one.en for one in words) + (f" and {rest} more parts" if rest > 0 else ""),
        "；".join(one.zh for one in words) + (f"；另有 {rest} 段" if rest > 0 else ""),
    )
    rate = (policy.yearly, WORDS[policy.day_count], policy.rounding.label)
    reasons = [first, Reason.of(PARTS, parts), Reason.of(RATE, *rate, source=source)]
    settled = invoice.settled_by(as_of)
    if settled is not None and left.minor:
        reasons.append(Reason.of(STOPPED, settled))
    return tuple(reasons)


def _conventions(invoice: Invoice, policy: LateInterest, last: date) -> tuple[Reason, ...]:
    """Return from where interest counts after a grace, and which 30/360 is meant."""
    said: list[Reason] = []
    if policy.grace_days:
        grace = counted(policy.grace_days, "day", "天")
        from_due = policy.counted_from == "due"
        rule, day = (FROM_DUE, invoice.due) if from_due else (FROM_GRACE, last)
        said.append(Reason.of(rule, day, grace))
    if policy.day_count == "30/360":
        said.append(Reason.of(THIRTY))
    return tuple(said)
