"""What an invoice ledger alone can tell of its accounts, as known on the day of grading.

Plain Python, without kamcore and without a dataframe. A figure rests only on what stood in the
ledger on that day: an invoice issued later is not there, one paid later is still open, and one that
is neither paid nor due yet says nothing about its payer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["Entry", "derive_facts", "issued_by"]

GRAIN = 10_000
"""A share is kept to four decimals, rounded up: no rounding makes a payer look better."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One invoice of a ledger; `paid` is None while it is open."""

    account: str
    issued: date
    due: date
    amount: Decimal
    paid: date | None = None


def derive_facts(entries: Iterable[Entry], *, graded_on: date) -> Iterator[dict[str, object]]:
    """Yield a row of facts for every account, in the order in which the accounts first appear.

    `sales_volume` is the sum invoiced in the year before `graded_on`, `order_quantity` the number
    of these invoices, `late_share` the share of them paid late among those whose outcome was known,
    `history_months` the full months since the first invoice. A figure of which nothing was known
    is None.
    """
    by_account: dict[str, list[Entry]] = {}
    for entry in entries:
        by_account.setdefault(entry.account, []).append(entry)
    for account, own in by_account.items():
        known = issued_by(own, graded_on)
        last_year = [entry for entry in known if entry.issued.year == graded_on.year - 1]
        yield {
            "account": account,
            "sales_volume": sum((entry.amount for entry in last_year), Decimal(0)),
            "late_share": _late_share(last_year, graded_on),
            "order_quantity": len(last_year),
            "history_months": _months(min(entry.issued for entry in known), graded_on)
            if known
            else None,
        }


def issued_by(entries: Iterable[Entry], day: date) -> list[Entry]:
    """Return the invoices that stood in the ledger on `day`."""
    return [entry for entry in entries if entry.issued <= day]


def _late_share(entries: Iterable[Entry], day: date) -> Decimal | None:
    outcomes = [late for entry in entries if (late := _was_late(entry, day)) is not None]
    if not outcomes:
        return None
    return Decimal(-(-sum(outcomes) * GRAIN // len(outcomes))) / GRAIN


def _was_late(entry: Entry, day: date) -> bool | None:
    """Say whether an invoice was known on `day` to be paid late or overdue; None: not known yet."""
    if entry.paid is not None and entry.paid <= day:
        return entry.paid > entry.due
    return True if entry.due < day else None


def _months(first: date, last: date) -> int:
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole - (last.day < first.day)
