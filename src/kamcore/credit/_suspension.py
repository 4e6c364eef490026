"""Suspension (停机) after a refusal to pay, by hand or automatic, and the way back (S4-8d, e)."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal, cast

from attrs import field, frozen

from kamcore.calendars import add_days
from kamcore.credit._arrears import Arrears, find_arrears
from kamcore.credit._arrears_reasons import (
    AFTER_DAYS,
    AT_LEAST,
    BY_HAND,
    DISPUTED_LEFT_OUT,
    LEAVE,
    LEAVE_NOTHING,
    NOT_REFUSED,
    PROPOSE,
    PROPOSE_RESTORING,
    REFUSAL,
    REFUSAL_MISSING,
    RESTORE,
    RESTORED_WHEN,
    STAY,
    SUSPEND,
)
from kamcore.credit._invoices import Invoice
from kamcore.decision import Decision, MissingFact, Policy, Reason
from kamcore.errors import CurrencyMismatch, InputError, PolicyError
from kamcore.facts import Facts, Fields, FlagField, Needs, Wire
from kamcore.values import Label, Money, Seat, Source
from kamcore.values._checks import as_date, brief, expect, instance_of, members, one_of
from kamcore.values._words import counted

__all__ = ["SuspensionPolicy", "SuspensionVerdict", "check_suspension"]


@frozen(order=False, kw_only=True)
class SuspensionPolicy(Policy):
    """When an account is suspended: after a refusal to pay, some days past due, from an amount on.

    `refusal` is the fact that declares the refusal; the source does not say who does, so it must be
    named, or None said outright where a refusal is not asked for. Something must be `after_days`
    past due, that day included, and the arrears `at_least` an amount. `how` and `restore`:
    automatically, or by hand, for which `seat` decides. Disputed invoices do not count unless
    `disputed="count"`.
    """

    refusal: FlagField | None = field(validator=instance_of(FlagField, type(None)))
    after_days: int = field(validator=instance_of(int))
    at_least: Money | None = field(default=None, validator=instance_of(Money, type(None)))
    how: Literal["by_hand", "automatic"] = field(
        default="by_hand", validator=one_of("by_hand", "automatic")
    )
    restore: Literal["automatic", "by_hand"] = field(
        default="automatic", validator=one_of("automatic", "by_hand")
    )
    seat: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    disputed: Literal["skip", "count"] = field(default="skip", validator=one_of("skip", "count"))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse days that are none, and work by hand for nobody."""
        if self.after_days < 1:
            raise PolicyError(f"after_days {self.after_days}; pass 1 or more days past due")
        if self.seat is None and "by_hand" in (self.how, self.restore):
            what = "suspends" if self.how == "by_hand" else "restores"
            raise PolicyError(f"nobody {what} by hand; name the seat")

    @property
    def fields(self) -> Fields:
        """The fact that payment is refused."""
        return Fields(() if self.refusal is None else (self.refusal,))

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)


@frozen(order=False)
class SuspensionVerdict:
    """What happens to the service of an account.

    Not suspended: "leave" it, "suspend" it, or "propose" that `seat` does. Suspended: "restore" it,
    "propose_restoring" to `seat`, or "stay". `arrears` is None where nothing is past due.
    """

    outcome: Literal["leave", "suspend", "propose", "restore", "propose_restoring", "stay"] = (
        field()
    )
    arrears: Arrears | None = field()
    seat: Seat | None = field(default=None)


def check_suspension(
    facts: Facts,
    policy: SuspensionPolicy,
    *,
    invoices: Iterable[Invoice],
    suspended: bool,
    as_of: date,
) -> Decision[SuspensionVerdict]:
    """Return whether an account is suspended, restored, or left as it is on `as_of`.

    `invoices` are the account's own; those of another account are refused. It is restored once
    nothing is past due. Without the fact of a refusal nothing is suspended, and the fact is named.
    Raises `CurrencyMismatch` for arrears in two currencies. Source: S4-8d, S4-8e.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, SuspensionPolicy)
    invoices = members("invoices", invoices, Invoice)
    day, own = as_date(as_of, "as_of"), tuple(invoices)
    if not isinstance(cast("object", suspended), bool):
        raise InputError(f"suspended is {brief(suspended)}; say True or False of this account")
    values, account = policy.compiled.values(facts), _account(facts, own)
    skips = policy.disputed == "skip"
    arrears = _one(find_arrears((one for one in own if not (skips and one.disputed)), as_of=day))
    missing: tuple[MissingFact, ...] = ()
    if suspended:
        verdict, reasons = _suspended(policy, account, arrears)
    elif arrears is None:
        verdict = SuspensionVerdict("leave", None)
        reasons = [Reason.of(LEAVE_NOTHING, account, source=policy.source)]
    else:
        refused = policy.refusal is None or values[policy.refusal.name]
        verdict, reasons = _in_service(policy, account, arrears, refused)
        missing = facts.missing(policy.fields.names)
    said = [Reason.of(BY_HAND)] if verdict.seat else []
    left_out = find_arrears((one for one in own if skips and one.disputed), as_of=day)
    disputed = sum(len(one.invoices) for one in left_out)
    if disputed:
        said.append(Reason.of(DISPUTED_LEFT_OUT, counted(disputed, "invoice", "张发票")))
    return Decision(verdict, tuple(reasons), policy.fingerprint, missing, tuple(said))


def _account(facts: Facts, invoices: tuple[Invoice, ...]) -> Label:
    """Return the account in words; refuse invoices of several, or of another one."""
    name = facts.account or next((one.account for one in invoices), "")
    for one in invoices:
        if one.account != name:
            raise InputError(
                f"invoice {one.number} is of {one.account!r}, not of {name!r}; "
                "pass the account's own"
            )
    return Label(name, name) if name else Label("the account", "该客户")


def _one(found: tuple[Arrears, ...]) -> Arrears | None:
    if len(found) > 1:
        raise CurrencyMismatch(found[0].open.currency, found[1].open.currency)
    return found[0] if found else None


def _suspended(
    policy: SuspensionPolicy, account: Label, arrears: Arrears | None
) -> tuple[SuspensionVerdict, list[Reason]]:
    """Return whether an account that is suspended comes back."""
    if arrears is not None:
        overdue = counted(arrears.days_overdue, "day", "天")
        said = Reason.of(STAY, account, arrears.open, overdue, source=policy.source)
        return SuspensionVerdict("stay", arrears), [said, Reason.of(RESTORED_WHEN)]
    if policy.restore == "automatic" or policy.seat is None:
        said = Reason.of(RESTORE, account, source=policy.source)
        return SuspensionVerdict("restore", None), [said]
    said = Reason.of(PROPOSE_RESTORING, account, policy.seat, source=policy.source)
    return SuspensionVerdict("propose_restoring", None, policy.seat), [said]


def _in_service(
    policy: SuspensionPolicy, account: Label, arrears: Arrears, refused: Wire | None
) -> tuple[SuspensionVerdict, list[Reason]]:
    """Return whether an account with arrears is suspended: every condition, or those not met."""
    from_day = add_days(arrears.oldest_due, policy.after_days)
    days = counted(policy.after_days, "day", "天")
    conditions = [
        (arrears.days_overdue >= policy.after_days, Reason.of(AFTER_DAYS, days, from_day))
    ]
    if policy.at_least is not None:
        enough = policy.at_least <= arrears.open
        conditions.append((enough, Reason.of(AT_LEAST, policy.at_least)))
    if policy.refusal is not None:
        rule = REFUSAL_MISSING if refused is None else REFUSAL if refused else NOT_REFUSED
        conditions.append((bool(refused), Reason.of(rule, policy.refusal.label)))
    unmet = [reason for met, reason in conditions if not met]
    what = (arrears.open, counted(arrears.days_overdue, "day", "天"))
    if unmet:
        said = Reason.of(LEAVE, account, *what, source=policy.source)
        return SuspensionVerdict("leave", arrears), [said, *unmet]
    why = [reason for _, reason in conditions]
    if policy.how == "automatic" or policy.seat is None:
        said = Reason.of(SUSPEND, account, *what, source=policy.source)
        return SuspensionVerdict("suspend", arrears), [said, *why]
    said = Reason.of(PROPOSE, policy.seat, account, *what, source=policy.source)
    return SuspensionVerdict("propose", arrears, policy.seat), [said, *why]
