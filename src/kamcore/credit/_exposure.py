"""Exposure (信用占用): what an account owes or is about to owe on credit."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from attrs import field, frozen

from kamcore.credit._commitments import Commitment
from kamcore.credit._invoices import Invoice
from kamcore.credit._limit_policy import BUCKETS, Bucket, LimitPolicy, late_label
from kamcore.credit._limit_reasons import (
    ADVANCES,
    DISPUTED_COUNT,
    EXPOSURE,
    MADE_UP,
    NOT_COUNTED,
    NOTES_COUNT,
    OVERDUE,
    either,
    listed,
    words,
)
from kamcore.decision import Decision, Reason
from kamcore.errors import InputError
from kamcore.values import Label, Money
from kamcore.values._checks import (
    as_date,
    expect,
    instance_of,
    members,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._words import counted

__all__ = ["Exposure", "find_exposure"]

NOTES = Label("open credit notes", "未冲抵红字发票")
NOTHING = Label("nothing open", "无未结款项")


@frozen(order=False, kw_only=True)
class Exposure:
    """What counts for one account at the end of the day `as_of`, by bucket.

    `credit_notes` is 0 or below, all else 0 or above. `beyond_horizon` are orders that do not count
    yet. `overdue` is what is overdue for longer than the policy's block allows (without a block: at
    all); its invoices are named, the longest overdue first. Build it with `find_exposure`, or from
    the sums of another system.
    """

    account: str = field(validator=some_text)
    as_of: date = field()
    orders: Money = field(validator=instance_of(Money))
    deliveries: Money = field(validator=instance_of(Money))
    invoices: Money = field(validator=instance_of(Money))
    credit_notes: Money = field(validator=instance_of(Money))
    beyond_horizon: Money = field(validator=instance_of(Money))
    overdue: Money = field(validator=instance_of(Money))
    overdue_invoices: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    oldest_overdue_days: int = field(default=0, validator=instance_of(int))

    def __attrs_post_init__(self) -> None:
        """Refuse a wrong sign, and two currencies."""
        as_date(self.as_of, "as_of")
        nothing = Money(0, self.currency)
        for name in ("orders", "deliveries", "invoices", "beyond_horizon", "overdue"):
            amount: Money = getattr(self, name)
            if amount < nothing:
                raise InputError(f"exposure of {self.account}: {name} is {amount}; pass 0 or more")
        if nothing < self.credit_notes:
            raise InputError(
                f"exposure of {self.account}: credit_notes is {self.credit_notes}; pass 0 or less"
            )

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.orders.currency

    @property
    def total(self) -> Money:
        """All that counts; below 0 where the open credit notes are more than the rest."""
        return self.orders + self.deliveries + self.invoices + self.credit_notes

    @property
    def parts(self) -> Label:
        """The buckets that are not 0, in words."""
        amounts = (self.orders, self.deliveries, self.invoices, self.credit_notes)
        named = zip((*BUCKETS.values(), NOTES), amounts, strict=True)
        said = [words("{} {}", "{} {}", name, amount) for name, amount in named if amount.minor]
        return either(said, ", ", "，") if said else NOTHING


@frozen(order=False)
class Pile:
    """Things of one kind that are open: their sum and their number."""

    total: Money
    count: int

    @classmethod
    def of(cls, amounts: Iterable[Money], currency: str) -> Self:
        """Add up what is not 0; raises `CurrencyMismatch`."""
        total, count = Money(0, currency), 0
        for one in amounts:
            total, count = total + one, count + (one.minor != 0)
        return cls(total, count)

    def said(self, noun: str, zh: str) -> Label:
        """Return number and sum in words."""
        return words("{} of {}", "{}共 {}", counted(self.count, noun, zh), self.total)


@frozen(order=False, kw_only=True)
class Sorted:
    """What an account has open, sorted as the policy treats it; `advances`: orders paid ahead."""

    orders: Pile
    beyond: Pile
    deliveries: Pile
    invoices: Pile
    notes: Pile
    skipped: Pile
    disputed: Pile
    advances: Pile
    late: tuple[Invoice, ...]


def find_exposure(  # noqa: PLR0913 - whose, by which policy, and the things to add up
    account: str,
    policy: LimitPolicy,
    *,
    invoices: Iterable[Invoice],
    commitments: Iterable[Commitment],
    as_of: date,
    currency: str,
) -> Decision[Exposure]:
    """Return what an account owes or is about to owe on credit, as known at the end of `as_of`.

    An invoice counts with what is open of it, from its day of issue on; a delivery counts whatever
    its day. `currency` is named, so that an account without anything open has an answer as well.
    What belongs to another account raises `InputError`, an invoice, order or delivery that stands
    twice `DuplicateName`, and a second currency `CurrencyMismatch`. Source: S2-7b.
    """
    expect("policy", policy, LimitPolicy)
    invoices = members("invoices", invoices, Invoice)
    commitments = members("commitments", commitments, Commitment)
    day = as_date(as_of, "as_of")
    own, committed = tuple(invoices), tuple(commitments)
    _check_owner(account, own, committed)
    found = _sort(own, committed, policy, day, currency)
    nothing = Money(0, currency)

    def counts(bucket: Bucket, pile: Pile) -> Money:
        return pile.total if bucket in policy.counted else nothing

    exposure = Exposure(
        account=account,
        as_of=day,
        orders=counts("orders", found.orders),
        deliveries=counts("deliveries", found.deliveries),
        invoices=counts("invoices", found.invoices),
        credit_notes=(
            counts("invoices", found.notes) if policy.unapplied_credit == "count" else nothing
        ),
        beyond_horizon=counts("orders", found.beyond),
        overdue=Pile.of((one.open_on(day) for one in found.late), currency).total,
        overdue_invoices=tuple(one.number for one in found.late),
        oldest_overdue_days=(day - found.late[0].due).days if found.late else 0,
    )
    assumed = _conventions(exposure, found, policy)
    return Decision(exposure, _reasons(exposure, found, policy), policy.fingerprint, (), assumed)


def _check_owner(account: str, own: tuple[Invoice, ...], committed: tuple[Commitment, ...]) -> None:
    """Refuse what is of another account, and what stands twice among its kind."""
    things = [("invoice", one.number, one.account) for one in own]
    things += [(one.kind, one.number, one.account) for one in committed]
    for what, number, owner in things:
        if owner != account:
            raise InputError(
                f"{what} {number} is of {owner!r}, not of {account!r}; pass the account's own"
            )
    for kind in ("invoice", "order", "delivery"):
        unique_names(kind, (number for what, number, _ in things if what == kind))


def _sort(
    own: tuple[Invoice, ...],
    committed: tuple[Commitment, ...],
    policy: LimitPolicy,
    day: date,
    currency: str,
) -> Sorted:
    """Sort what is open on a day into piles."""
    last, skips = policy.last_day(day), policy.disputed == "skip"
    orders = [one for one in committed if one.kind == "order"]
    far = [one for one in orders if last is not None and one.day > last]
    issued = [(one, one.open_on(day)) for one in own if one.issued is None or one.issued <= day]
    kept = [(one, left) for one, left in issued if not (skips and one.disputed)]
    days = policy.overdue.days if policy.overdue is not None else 0
    late = [one for one, left in kept if left.minor > 0 and (day - one.due).days > days]
    near = [one for one in orders if last is None or one.day <= last]
    delivered = [one for one in committed if one.kind == "delivery"]
    return Sorted(
        orders=Pile.of((one.on_credit for one in near), currency),
        beyond=Pile.of((one.on_credit for one in far), currency),
        deliveries=Pile.of((one.on_credit for one in delivered), currency),
        invoices=Pile.of((left for _, left in kept if left.minor >= 0), currency),
        notes=Pile.of((left for _, left in kept if left.minor < 0), currency),
        skipped=Pile.of((left for one, left in issued if skips and one.disputed), currency),
        disputed=Pile.of((left for one, left in kept if one.disputed), currency),
        advances=Pile.of((one.amount - one.on_credit for one in committed), currency),
        late=tuple(sorted(late, key=lambda one: (one.due, one.number))),
    )


def _reasons(exposure: Exposure, found: Sorted, policy: LimitPolicy) -> tuple[Reason, ...]:
    total = exposure.total
    reasons = [
        Reason.of(EXPOSURE, exposure.account, exposure.as_of, total, source=policy.source),
        *_made_up(exposure, found),
        *_left_out(exposure, found, policy),
    ]
    if found.late:
        gate = policy.overdue
        numbers = listed([Label(one, one) for one in exposure.overdue_invoices], "张")
        oldest = counted(exposure.oldest_overdue_days, "day", "天")
        late = late_label(0) if gate is None else gate.late
        source = None if gate is None else gate.source
        reasons.append(Reason.of(OVERDUE, exposure.overdue, late, numbers, oldest, source=source))
    return tuple(reasons)


def _made_up(exposure: Exposure, found: Sorted) -> list[Reason]:
    """Return the buckets that count, each with its sum and the number of things in it."""
    amounts = (exposure.orders, exposure.deliveries, exposure.invoices, exposure.credit_notes)
    piles = (found.orders, found.deliveries, found.invoices, found.notes)
    said = [
        words("{} {} ({})", "{} {}（{} 张）", name, amount, pile.count)
        for name, amount, pile in zip((*BUCKETS.values(), NOTES), amounts, piles, strict=True)
        if amount.minor
    ]
    return [Reason.of(MADE_UP, either(said, ", ", "，"))] if said else []


def _left_out(exposure: Exposure, found: Sorted, policy: LimitPolicy) -> list[Reason]:
    """Return what is open and does not count."""
    piles: dict[Bucket, Pile] = {
        "orders": found.orders,
        "deliveries": found.deliveries,
        "invoices": found.invoices,
    }
    said = [
        words("{} {}", "{} {}", BUCKETS[bucket], pile.total)
        for bucket, pile in piles.items()
        if pile.count and bucket not in policy.counted
    ]
    last = policy.last_day(exposure.as_of)
    if exposure.beyond_horizon.minor and last is not None:
        orders = found.beyond.said("order", "张订单")
        said.append(words("{}, shipping after {}", "{}（发货日晚于{}）", orders, last))
    if found.notes.count and not exposure.credit_notes.minor:
        said.append(found.notes.said("open credit note", "张未冲抵红字发票"))
    if found.skipped.count:
        said.append(found.skipped.said("disputed invoice", "张有争议发票"))
    return [Reason.of(NOT_COUNTED, either(said, ", ", "，"))] if said else []


def _conventions(exposure: Exposure, found: Sorted, policy: LimitPolicy) -> tuple[Reason, ...]:
    """Return the conventions that touched the answer."""
    touched = (
        (ADVANCES, found.advances.count and {"orders", "deliveries"} & set(policy.counted)),
        (DISPUTED_COUNT, found.disputed.count),
        (NOTES_COUNT, exposure.credit_notes.minor),
    )
    return tuple(Reason.of(rule) for rule, told in touched if told)
