"""Arrears (欠费): what is past due, account by account (S4-8a)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, cast

from attrs import field, frozen

from kamcore.credit._invoices import Invoice
from kamcore.errors import DuplicateName, InputError
from kamcore.values import Days, Money
from kamcore.values._checks import as_date, brief, expect, members, named_convention

__all__ = ["Arrears", "add_up", "find_arrears", "names_of", "open_items"]

Item = tuple[Invoice, Money]


@frozen(order=False, kw_only=True)
class Arrears:
    """What an account owes past due in one currency, as known on the day asked.

    `open` is net of credit notes that are past due themselves; `disputed` is the part of it that is
    in dispute and `credited` what the credit notes deduct. `invoices` and `credit_notes` are the
    numbers, the oldest due date first. `days_overdue` counts from `oldest_due`, the earliest due
    date of an invoice. `suspended` is None
    where it was not said which accounts are.
    """

    account: str = field()
    open: Money = field()
    disputed: Money = field()
    credited: Money = field()
    invoices: tuple[str, ...] = field()
    credit_notes: tuple[str, ...] = field()
    oldest_due: date = field()
    days_overdue: int = field()
    suspended: bool | None = field(default=None)


def find_arrears(  # noqa: PLR0913 - the regulation names these questions
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    account: str | None = None,
    number: str | None = None,
    period: Days | None = None,
    at_least: Money | None = None,
    suspended: Collection[str] | None = None,
    only: Literal["suspended", "not_suspended"] | None = None,
) -> tuple[Arrears, ...]:
    """Return the arrears on `as_of`, by account (and currency): what was due before that day.

    Asked of one `account`, of the invoice `number`, of what was due in a `period`, of arrears of
    `at_least` an amount, of those that are `only` suspended or not; `suspended` are the accounts
    that are. Credit notes past due are deducted, and who then owes nothing is left out. Raises
    `CurrencyMismatch` where arrears in another currency meet `at_least`, `DuplicateName` for an
    invoice number that stands twice. Source: S4-8a.
    """
    invoices = members("invoices", invoices, Invoice)
    expect("period", period, Days, type(None))
    expect("at_least", at_least, Money, type(None))
    day = as_date(as_of, "as_of")
    stopped = None if suspended is None else names_of(suspended, "suspended")
    if only is not None:
        named_convention("only", only, ("suspended", "not_suspended"))
        if stopped is None:
            raise InputError(f"only={only!r} without suspended; pass the accounts suspended")
    groups: dict[tuple[str, str], list[Item]] = {}
    for invoice, left in open_items(invoices, day):
        if (
            invoice.due < day
            and account in (None, invoice.account)
            and number in (None, invoice.number)
            and (period is None or invoice.due in period)
        ):
            groups.setdefault((invoice.account, left.currency), []).append((invoice, left))
    found = [add_up(groups[key], day, stopped) for key in sorted(groups)]
    return tuple(
        one
        for one in found
        if one is not None
        and (at_least is None or at_least <= one.open)
        and (only is None or one.suspended is (only == "suspended"))
    )


def open_items(invoices: Iterable[Invoice], as_of: date) -> Iterator[Item]:
    """Go through the invoices of which something is open on `as_of`, with what is.

    An invoice issued later is not there yet. Raises `DuplicateName` where a number stands twice.
    """
    seen: set[str] = set()
    for invoice in invoices:
        if invoice.number in seen:
            raise DuplicateName("invoice", invoice.number)
        seen.add(invoice.number)
        if invoice.issued is not None and invoice.issued > as_of:
            continue
        left = invoice.open_on(as_of)
        if left.minor:
            yield invoice, left


def add_up(
    items: Sequence[Item], as_of: date, suspended: Collection[str] | None = None
) -> Arrears | None:
    """Return the arrears that open items of one account make; None where nothing is owed."""
    total = sum(left.minor for _, left in items)
    if total <= 0:
        return None
    disputed = sum(left.minor for invoice, left in items if invoice.disputed)
    account, currency = items[0][0].account, items[0][1].currency
    oldest = min(invoice.due for invoice, left in items if left.minor > 0)
    in_order = sorted(items, key=lambda item: (item[0].due, item[0].number))
    return Arrears(
        account=account,
        open=Money.from_minor(total, currency),
        disputed=Money.from_minor(disputed, currency),
        credited=Money.from_minor(-sum(min(0, left.minor) for _, left in items), currency),
        invoices=tuple(invoice.number for invoice, left in in_order if left.minor > 0),
        credit_notes=tuple(invoice.number for invoice, left in in_order if left.minor < 0),
        oldest_due=oldest,
        days_overdue=(as_of - oldest).days,
        suspended=None if suspended is None else account in suspended,
    )


def names_of(given: Collection[str], what: str) -> frozenset[str]:
    """Return names as a set; refuse one text, whose letters would be taken for names."""
    expect(what, given, Collection)
    if isinstance(given, str):
        raise InputError(f"{what} is the text {given!r}; pass names, such as ({given!r},)")
    names = frozenset(given)
    for name in cast("frozenset[object]", names):
        if not isinstance(name, str):
            raise InputError(f"{what} holds {brief(name)}; pass names")
    return names
