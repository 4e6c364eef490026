"""The next reminder of one invoice, with its reasons (S4-8b).

>>> from datetime import date
>>> from kamcore.credit import DunningLevel, DunningPolicy, Invoice, find_reminder
>>> from kamcore.values import Money
>>> ladder = DunningPolicy(levels=(DunningLevel("first", 5), DunningLevel("second", 20)))
>>> owed = Invoice(number="F1", account="K01", due=date(2013, 6, 1), amount=Money(100, "CNY"))
>>> find_reminder(owed, ladder, as_of=date(2013, 6, 6)).value.level
'first'
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from attrs import field, frozen

from kamcore.calendars import add_days
from kamcore.credit._arrears_reasons import (
    BY_ACCOUNT,
    COVERED,
    DONE,
    FEE_FIXED,
    FEE_SHARE,
    HELD,
    HIGHEST_FIRST,
    IN_DISPUTE,
    INTERVAL,
    LEVEL_DAY,
    NOT_ISSUED,
    NOTHING_OPEN,
    ONE_BY_ONE,
    SEND,
    SEND_ON_DUE_DATE,
    SETTLED,
    SMALL,
    SMALL_ACCOUNT,
    UNSENT,
    WAIT,
)
from kamcore.credit._dunning import DunningPolicy, Reminder
from kamcore.credit._invoices import Invoice
from kamcore.decision import Decision, Reason
from kamcore.values import Money, Ratio
from kamcore.values._checks import as_date, expect, members
from kamcore.values._words import counted

__all__ = [
    "START",
    "ReminderStep",
    "Standing",
    "find_next",
    "find_reminder",
    "find_standing",
    "find_step",
]


@frozen(order=False)
class ReminderStep:
    """What is to be done about an invoice on a day.

    `outcome`: "send" a reminder of `level`; "wait" until `next_day`, when the next level would
    come; "unsent", the last one must be sent first; "held" or "disputed"; "small", below the
    minimum; "done", the last level is out; "none", nothing to remind of. Unless it is to be sent,
    `level` is the last one made. `fee` is that of the reminder to send.
    """

    outcome: Literal["send", "wait", "unsent", "held", "disputed", "small", "done", "none"] = (
        field()
    )
    level: str | None = field()
    open: Money = field()
    fee: Money = field()
    next_day: date | None = field(default=None)


class Standing(NamedTuple):
    """How far an invoice is on the ladder, since which day; `rank` is -1 before the first one."""

    rank: int
    sent: bool
    day: date


START = Standing(-1, sent=True, day=date.min)


def find_standing(reminders: Iterable[Reminder], policy: DunningPolicy, as_of: date) -> Standing:
    """Return the highest level among the reminders of one invoice, as known on `as_of`.

    Of one level a reminder that was sent counts before one that was only made.
    """
    at = START
    for one in reminders:
        rank = policy.rank(one.level)
        if one.sent is not None and one.sent <= as_of:
            at = max(at, Standing(rank, sent=True, day=one.sent))
        elif one.day <= as_of:
            at = max(at, Standing(rank, sent=False, day=one.day))
    return at


def find_next(
    invoice: Invoice, policy: DunningPolicy, at: Standing, as_of: date
) -> tuple[int, date]:
    """Return the number of the level that comes next, and from which day it does.

    With `first="highest"` an old debt starts with the highest level reached on `as_of`. Not to be
    asked after the last level.
    """
    if at.rank >= 0:
        index = at.rank + 1
        earliest = add_days(at.day, max(1, policy.interval_days))
        return index, max(policy.levels[index].day(invoice.due, at.day), earliest)
    if policy.first == "first":
        return 0, policy.levels[0].day(invoice.due, invoice.due)
    days = [
        (index, level.day(invoice.due, invoice.due))
        for index, level in enumerate(policy.levels)
        if level.counted_from != "last_reminder"
    ]
    reached = [one for one in days if one[1] <= as_of]
    return reached[-1] if reached else min(days, key=lambda one: one[1])


def find_step(  # noqa: PLR0913 - the state of one invoice
    invoice: Invoice,
    policy: DunningPolicy,
    at: Standing,
    *,
    as_of: date,
    held: bool,
    arrears: Money | None,
) -> ReminderStep:
    """Return the step for an invoice that stands `at` a level; see `find_reminder`."""
    left = invoice.open_on(as_of)
    now = policy.names[at.rank] if at.rank >= 0 else None
    no_fee = Money.from_minor(0, left.currency)
    if left.minor <= 0 or _unissued(invoice, as_of):
        return ReminderStep("none", now, left, no_fee)
    if invoice.disputed and policy.disputed == "skip":
        return ReminderStep("disputed", now, left, no_fee)
    if held:
        return ReminderStep("held", now, left, no_fee)
    if policy.sent_first and not at.sent:
        return ReminderStep("unsent", now, left, no_fee)
    if at.rank + 1 == len(policy.levels):
        return ReminderStep("done", now, left, no_fee)
    index, day = find_next(invoice, policy, at, as_of)
    if day > as_of:
        return ReminderStep("wait", now, left, no_fee, day)
    if arrears is not None and arrears.minor <= 0:
        return ReminderStep("none", now, left, no_fee)
    least = policy.least(left.currency)
    compared = left if policy.minimum_of == "invoice" else arrears
    if least is not None and compared is not None and compared < least:
        return ReminderStep("small", now, left, no_fee)
    level = policy.levels[index]
    return ReminderStep("send", level.name, left, policy.fee(level, left))


def _unissued(invoice: Invoice, as_of: date) -> bool:
    return invoice.issued is not None and invoice.issued > as_of


def find_reminder(  # noqa: PLR0913 - invoice, policy, and what is known of the invoice
    invoice: Invoice,
    policy: DunningPolicy,
    *,
    as_of: date,
    reminders: Iterable[Reminder] = (),
    held: bool = False,
    arrears: Money | None = None,
) -> Decision[ReminderStep]:
    """Return what is to be done about an invoice on `as_of`.

    `reminders` are those made so far (those of other invoices are left aside), `held` says that
    reminders are on hold. `arrears` are those of the account, net of its credit notes, for a
    minimum of the account; without them it is not compared. What was paid, made or sent after
    `as_of` is not known. On the day on which a reminder went out the answer is to wait. Raises
    `UnknownName` for a reminder of an unknown level, `CurrencyMismatch` for a fee in another
    currency. Source: S4-8b.
    """
    expect("invoice", invoice, Invoice)
    expect("policy", policy, DunningPolicy)
    expect("held", held, bool)
    expect("arrears", arrears, Money, type(None))
    reminders = members("reminders", reminders, Reminder)
    day = as_date(as_of, "as_of")
    own = [one for one in reminders if one.invoice == invoice.number]
    at = find_standing(own, policy, day)
    step = find_step(invoice, policy, at, as_of=day, held=held, arrears=arrears)
    if step.outcome == "send":
        reasons = _sent(step, invoice, policy, at, day)
    elif step.outcome == "wait":
        reasons = _waits(invoice, policy, at, day)
    elif step.outcome == "none":
        reasons = (_nothing(invoice, step.open, arrears, day),)
    else:
        reasons = (_stopped(step, invoice, policy, at, arrears),)
    assumed = _conventions(step, invoice, policy, at, day, arrears)
    return Decision(step, reasons, policy.fingerprint, (), assumed)


def _sent(
    step: ReminderStep, invoice: Invoice, policy: DunningPolicy, at: Standing, as_of: date
) -> tuple[Reason, ...]:
    """Return why a reminder is due, and its fee."""
    level = policy.levels[find_next(invoice, policy, at, as_of)[0]]
    source, days = level.source or policy.source, (as_of - invoice.due).days
    what = (invoice.number, level.label, step.open)
    overdue = () if days == 0 else (counted(days, "day", "天"),)
    reasons = [
        Reason.of(SEND if overdue else SEND_ON_DUE_DATE, *what, *overdue, source=source),
        Reason.of(
            LEVEL_DAY, level.label, level.when, level.day(invoice.due, at.day), source=source
        ),
    ]
    if isinstance(level.fee, Ratio) and policy.rounding is not None:
        how = policy.rounding.label
        share = (level.label, step.fee, level.fee, step.open, how)
        reasons.append(Reason.of(FEE_SHARE, *share, source=source))
    elif level.fee is not None:
        reasons.append(Reason.of(FEE_FIXED, level.label, step.fee, source=source))
    return tuple(reasons)


def _waits(
    invoice: Invoice, policy: DunningPolicy, at: Standing, as_of: date
) -> tuple[Reason, ...]:
    """Return when the next reminder would come, and what makes it wait until then."""
    index, day = find_next(invoice, policy, at, as_of)
    level = policy.levels[index]
    source, reached = level.source or policy.source, level.day(invoice.due, at.day)
    first = Reason.of(WAIT, invoice.number, level.label, day, source=source)
    if reached == day:
        return (first, Reason.of(LEVEL_DAY, level.label, level.when, day, source=source))
    days = counted(max(1, policy.interval_days), "day", "天")
    last = policy.levels[at.rank].label
    return (first, Reason.of(INTERVAL, days, last, at.day, source=policy.source))


def _nothing(invoice: Invoice, left: Money, arrears: Money | None, as_of: date) -> Reason:
    """Return why there is nothing to remind of."""
    if invoice.issued is not None and invoice.issued > as_of:
        return Reason.of(NOT_ISSUED, invoice.number, invoice.issued)
    settled = invoice.settled_by(as_of)
    if settled is not None:
        return Reason.of(SETTLED, invoice.number, settled)
    if left.minor <= 0 or arrears is None:
        return Reason.of(NOTHING_OPEN, invoice.number, left)
    return Reason.of(COVERED, invoice.number, arrears)


def _stopped(
    step: ReminderStep,
    invoice: Invoice,
    policy: DunningPolicy,
    at: Standing,
    arrears: Money | None,
) -> Reason:
    """Return what keeps a reminder back."""
    number, left, source = invoice.number, step.open, policy.source
    if step.outcome == "held":
        return Reason.of(HELD, number, left)
    if step.outcome == "disputed":
        return Reason.of(IN_DISPUTE, number, left, source=source)
    if step.outcome == "small":
        least = policy.least(left.currency) or left
        if policy.minimum_of == "account" and arrears is not None:
            return Reason.of(SMALL_ACCOUNT, number, arrears, least, source=source)
        return Reason.of(SMALL, number, left, least, source=source)
    rule = UNSENT if step.outcome == "unsent" else DONE
    return Reason.of(rule, number, policy.levels[at.rank].label, at.day, source=source)


def _conventions(  # noqa: PLR0913 - the state of one invoice
    step: ReminderStep,
    invoice: Invoice,
    policy: DunningPolicy,
    at: Standing,
    as_of: date,
    arrears: Money | None,
) -> tuple[Reason, ...]:
    """Return where an old debt starts, and a minimum that could not be compared."""
    if step.outcome != "send":
        return ()
    said: list[Reason] = []
    reached = [
        level
        for level in policy.levels
        if level.counted_from != "last_reminder" and level.day(invoice.due, as_of) <= as_of
    ]
    if at.rank < 0 and len(reached) > 1:
        said.append(Reason.of(ONE_BY_ONE if policy.first == "first" else HIGHEST_FIRST))
    least = policy.least(step.open.currency)
    if policy.minimum_of == "account" and least is not None and arrears is None:
        said.append(Reason.of(BY_ACCOUNT, least))
    return tuple(said)
