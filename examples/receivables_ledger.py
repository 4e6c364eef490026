"""A ledger of receivables as it stood on a day; and its totals added up without kamcore.

A row of the file is one of three: known on the day, issued later, or left out for a fault that is
told. What was paid after the day is still open on it.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from book_files import NUMBER, BadFiles, Table, read_table, told
from review_input import ISSUED, LEDGER_DATES, LEDGER_NAMES

from kamcore.credit import Invoice, read_invoices
from kamcore.errors import BatchError, FactError

__all__ = ["Filed", "Ledger", "add_up_file", "amount_of", "read_receivables"]

NAMES = {**LEDGER_NAMES, **ISSUED}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the file tells on a day; `left_out` are the rows left out, counted from 1."""

    name: str
    as_of: date
    known: tuple[Invoice, ...]
    later: tuple[Invoice, ...]
    left_out: frozenset[int]

    def by_account(self) -> dict[str, tuple[Invoice, ...]]:
        """Return the invoices known on the day by account, in order of the accounts."""
        found: dict[str, list[Invoice]] = defaultdict(list)
        for invoice in self.known:
            found[invoice.account].append(invoice)
        return {account: tuple(found[account]) for account in sorted(found)}


def amount_of(invoices: Collection[Invoice]) -> Decimal:
    return sum((one.amount.amount for one in invoices), Decimal(0))


def read_receivables(path: Path, *, as_of: date, currency: str) -> tuple[Ledger, list[str]]:
    """Return the ledger as it stood on `as_of`, and a line for every fault of a row left out.

    Raises `BadFiles` for a file that is none, and where no invoice is left or was issued by then.
    """
    table = read_table(path, NAMES.values())
    faults = list(_undated(table))
    invoices: tuple[Invoice, ...] = ()
    try:
        invoices = _read(table.rows, currency)
    except BatchError as batch:
        faults += batch.faults
    bad = {_row(fault) for fault in faults}
    if bad:
        sound = [row for at, row in enumerate(table.rows, start=1) if at not in bad]
        invoices = _read(sound, currency)
    said = [f"{one}; the row is left out" for one in told(sorted(faults, key=_row), table, NAMES)]
    if not invoices:
        raise BadFiles(said)
    known = tuple(one for one in invoices if one.issued is not None and one.issued <= as_of)
    if not known:
        raise BadFiles([*said, f"{path}: no invoice was issued by {as_of}; name a later --as-of"])
    return Ledger(
        name=path.name,
        as_of=as_of,
        known=known,
        later=tuple(one for one in invoices if one.issued is not None and one.issued > as_of),
        left_out=frozenset(bad),
    ), said


def _read(rows: Sequence[dict[str, str]], currency: str) -> tuple[Invoice, ...]:
    return read_invoices(rows, currency=currency, names=NAMES, date_format=LEDGER_DATES)


def _undated(table: Table) -> Iterator[FactError]:
    """Name the rows without a date of issue: nobody can say on which day they were known."""
    for at, row in enumerate(table.rows, start=1):
        if not row[NAMES["issued"]].strip():
            yield FactError(f"row {at}", "issued", "an invoice without its date; write it")


def _row(fault: FactError) -> int:
    number = NUMBER.search(fault.row)
    return int(number[1]) if number else 0


# --- once more, without kamcore ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filed:
    """Rows and amounts of the file by what they are, and what is open by band and by account.

    The keys are "file", "left_out", "later", "known", "paid" and "open", and the bands 0, 1, 2 ...
    An invoice of 0 is paid.
    """

    rows: dict[str | int, int]
    amounts: dict[str | int, Decimal]
    accounts: dict[str, Decimal]


def add_up_file(
    path: Path, *, as_of: date, edges: Sequence[int], left_out: Collection[int]
) -> Filed:
    """Add the file up from its texts: csv, Decimal and dates cut at the slashes, nothing else."""
    found = Filed(defaultdict(int), defaultdict(Decimal), defaultdict(Decimal))
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        for at, row in enumerate(reader, start=1):
            amount = _readable(row["InvoiceAmount"])
            stands = "left_out" if at in left_out else _standing(row, amount, as_of)
            for key in _keys(row, stands, as_of, edges):
                found.rows[key] += 1
                found.amounts[key] += amount
                if key == "open":
                    found.accounts[row["customerID"].strip()] += amount
    return found


def _standing(row: dict[str, str], amount: Decimal, as_of: date) -> str:
    if _day(row["InvoiceDate"]) > as_of:
        return "later"
    paid = row["SettledDate"].strip()
    return "paid" if not amount or (paid and _day(paid) <= as_of) else "open"


def _keys(
    row: dict[str, str], stands: str, as_of: date, edges: Sequence[int]
) -> Iterator[str | int]:
    yield from ("file", stands)
    if stands in {"paid", "open"}:
        yield "known"
    if stands == "open":
        overdue = (as_of - _day(row["DueDate"])).days
        yield sum(overdue > edge for edge in edges)


def _day(text: str) -> date:
    month, day, year = text.strip().split("/")
    return date(int(year), int(month), int(day))


def _readable(text: str) -> Decimal:
    """Return an amount; of a row that is left out it may be none, and counts as 0."""
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
