"""Breaches of the payment terms, the quarters in which they pile up, and what they cost."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Quarter, add_days, past_months
from kamcore.credit._invoices import Invoice
from kamcore.decision import Policy, show
from kamcore.errors import PolicyError
from kamcore.values import Days, Label, Source
from kamcore.values._checks import (
    as_date,
    expect,
    instance_of,
    members,
    named_convention,
    one_of,
    tuple_of,
)
from kamcore.values._words import counted

__all__ = [
    "DISPUTED",
    "UNPAID",
    "BadPeriod",
    "Breach",
    "BreachKind",
    "Demotion",
    "find_bad_periods",
    "period_label",
]

BreachKind = Literal["late", "short", "other_mode"]


@frozen(order=False, kw_only=True)
class Demotion(Policy):
    """When breaches lower the payment mode, and by how much.

    `breaches` or more in one period lower the mode by one level. `quarter` says what a period is:
    the calendar quarter of the due date, that of the payment date (an open invoice counts in the
    quarter in which it became late), or any `rolling_months` ending with a breach. A payment is
    late from the day after due date plus `tolerance_days`. `count_by` counts each invoice, or each
    account's due date, once. `repeat` lowers again in every further bad period; `demoted_to` gives
    all modes of the lower level or only its strictest; a level lasts until the next grading
    (`recovery`) or for good. The lowest level stays.
    """

    breaches: int = field(validator=instance_of(int))
    kinds: tuple[BreachKind, ...] = field(
        default=("late", "short", "other_mode"), validator=tuple_of(str)
    )
    count_by: Literal["invoice", "due_date"] = field(
        default="invoice", validator=one_of("invoice", "due_date")
    )
    quarter: Literal["due_date", "payment_date", "rolling"] = field(
        default="due_date", validator=one_of("due_date", "payment_date", "rolling")
    )
    rolling_months: int = field(default=3, validator=instance_of(int))
    tolerance_days: int = field(default=0, validator=instance_of(int))
    unpaid: Literal["count", "skip"] = field(default="count", validator=one_of("count", "skip"))
    disputed: Literal["count", "skip"] = field(default="count", validator=one_of("count", "skip"))
    repeat: bool = field(default=True, validator=instance_of(bool))
    demoted_to: Literal["all_modes", "strictest"] = field(
        default="all_modes", validator=one_of("all_modes", "strictest")
    )
    recovery: Literal["next_grading", "never"] = field(
        default="next_grading", validator=one_of("next_grading", "never")
    )
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Check the numbers and the kinds of breach."""
        if self.breaches < 1 or self.rolling_months < 1 or self.tolerance_days < 0:
            raise PolicyError(
                f"breaches {self.breaches}, rolling_months {self.rolling_months}, tolerance_days "
                f"{self.tolerance_days}; let the first two be at least 1, the last at least 0"
            )
        for kind in self.kinds:
            named_convention("breach kind", kind, ("late", "short", "other_mode"))
        if not self.kinds:
            raise PolicyError(
                "no kind of breach is given; pass at least one of 'late', 'short', 'other_mode'"
            )


UNPAID = {
    "count": Label("open invoices count", "未付发票计入"),
    "skip": Label("open invoices do not count", "未付发票不计入"),
}
DISPUTED = {
    "count": Label("disputed ones count", "有争议发票计入"),
    "skip": Label("disputed ones do not count", "有争议发票不计入"),
}
QUARTERS = {
    "due_date": Label("one calendar quarter, by due date", "同一自然季度（按到期日归属）"),
    "payment_date": Label(
        "one calendar quarter, by payment date (open invoices by the day they became late)",
        "同一自然季度（按付款日归属，未付者按逾期开始日）",
    ),
}


def period_label(demotion: Demotion) -> Label:
    """Return in which period breaches are counted together, in words."""
    if demotion.quarter != "rolling":
        return QUARTERS[demotion.quarter]
    months = counted(demotion.rolling_months, "month", "个月")
    return Label(
        f"any {months.en} ending with a breach",
        f"以某次不按付款条件付款为终点的任意 {months.zh}",
    )


@frozen(order=False)
class Breach:
    """One invoice that was not paid as agreed, as known on the day asked."""

    invoice: str = field()
    kind: BreachKind = field()
    since: date = field()
    due: date = field()
    paid: date | None = field()

    @property
    def label(self) -> Label:
        """The breach in words."""
        if self.kind != "late":
            words = {
                "short": ("paid short", "少付"),
                "other_mode": ("paid in another mode", "付款方式不符"),
            }
            en, zh = words[self.kind]
            return Label(
                f"{self.invoice} ({en} on {self.since})",
                f"{self.invoice}（{show(self.since, 'zh')}{zh}）",
            )
        if self.paid is None:
            return Label(
                f"{self.invoice} (due {self.due}, open)",
                f"{self.invoice}（{show(self.due, 'zh')}到期，未付）",
            )
        days = (self.paid - self.due).days
        unit = "day" if days == 1 else "days"
        return Label(
            f"{self.invoice} (due {self.due}, paid {days} {unit} late)",
            f"{self.invoice}（{show(self.due, 'zh')}到期，逾期 {days} 天付款）",
        )


@frozen(order=False)
class BadPeriod:
    """A period with enough breaches; `lowered` is the day on which the last one needed came."""

    days: Days = field()
    label: Label = field()
    lowered: date = field()
    breaches: tuple[Breach, ...] = field()


def find_bad_periods(
    invoices: Iterable[Invoice], demotion: Demotion, *, as_of: date, since: date | None = None
) -> tuple[BadPeriod, ...]:
    """Return the bad periods of one account as known on `as_of`, in order of time.

    What was paid or came to light after `as_of` is not known yet. With `since`, only periods whose
    `lowered` day is not before it count. A credit note breaks no terms: nobody owes a payment on
    it. The order of the invoices does not matter. Raises `NotADate` for an instant. Source: P08-5N.
    """
    invoices = members("invoices", invoices, Invoice)
    expect("demotion", demotion, Demotion)
    day = as_date(as_of, "as_of")
    if since is not None:
        as_date(since, "since")
    found = sorted(
        (breach for invoice in invoices for breach in _breaches(invoice, demotion, day)),
        key=lambda breach: (breach.since, breach.invoice, breach.kind),
    )
    breaches = _once(found, demotion)
    periods = (
        _rolling(breaches, demotion)
        if demotion.quarter == "rolling"
        else _quarters(breaches, demotion)
    )
    return tuple(one for one in periods if since is None or one.lowered >= since)


def _breaches(invoice: Invoice, demotion: Demotion, as_of: date) -> list[Breach]:
    if invoice.amount.minor <= 0 or (invoice.disputed and demotion.disputed == "skip"):
        return []
    paid = invoice.settled_by(as_of)
    found: list[Breach] = []
    late_from = add_days(invoice.due, demotion.tolerance_days + 1)
    late = late_from <= as_of if paid is None else paid >= late_from
    if late and "late" in demotion.kinds and not (paid is None and demotion.unpaid == "skip"):
        since = paid if paid is not None and demotion.unpaid == "skip" else late_from
        found.append(Breach(invoice.number, "late", since, invoice.due, paid))
    if (
        invoice.deviation is not None
        and invoice.deviated is not None
        and invoice.deviated <= as_of
        and invoice.deviation in demotion.kinds
    ):
        found.append(Breach(invoice.number, invoice.deviation, invoice.deviated, invoice.due, paid))
    return found


def _once(breaches: list[Breach], demotion: Demotion) -> list[Breach]:
    """Keep the first breach of every case that counts."""
    kept: dict[object, Breach] = {}
    for breach in breaches:
        kept.setdefault(breach.invoice if demotion.count_by == "invoice" else breach.due, breach)
    return list(kept.values())


def _quarters(breaches: list[Breach], demotion: Demotion) -> list[BadPeriod]:
    groups: dict[Quarter, list[Breach]] = {}
    for breach in breaches:
        day = breach.due
        if demotion.quarter == "payment_date":
            day = breach.paid if breach.paid is not None else breach.since
        groups.setdefault(Quarter.of(day), []).append(breach)
    bad = [
        BadPeriod(
            quarter.days,
            quarter.label,
            _known(group, demotion)[demotion.breaches - 1],
            tuple(group),
        )
        for quarter, group in groups.items()
        if len(group) >= demotion.breaches
    ]
    return sorted(bad, key=lambda one: (one.lowered, one.days.start))


def _known(group: list[Breach], demotion: Demotion) -> list[date]:
    """Return the days on which the breaches of a group were known to count, in order."""
    by_payment = demotion.quarter == "payment_date"
    return sorted(
        max(breach.since, breach.paid or breach.since) if by_payment else breach.since
        for breach in group
    )


def _rolling(breaches: list[Breach], demotion: Demotion) -> list[BadPeriod]:
    """Return windows of `rolling_months` that end with a breach; a breach counts in one only."""
    bad: list[BadPeriod] = []
    open_: list[Breach] = []
    for breach in breaches:
        last = breach.since
        days = past_months(last, demotion.rolling_months)
        open_ = [one for one in (*open_, breach) if one.since >= days.start]
        if len(open_) >= demotion.breaches:
            said = counted(demotion.rolling_months, "month", "个月")
            label = Label(f"in the {said.en} to {last}", f"截至{show(last, 'zh')}的 {said.zh}内")
            bad.append(BadPeriod(days, label, last, tuple(open_)))
            open_ = []
    return bad
