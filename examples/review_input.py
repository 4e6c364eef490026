"""The two ways in: accounts with all facts and their invoices, or a raw ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from book_files import BadFiles, Table, read_table, told
from ledger_facts import Entry, derive_facts, issued_by
from review_table import watched

from kamcore.credit import Invoice, read_invoices
from kamcore.errors import BatchError, InputError
from kamcore.facts import DateField, Facts, Fields, read_book
from kamcore.rulebook import Rulebook
from kamcore.score import score_account

__all__ = ["Book", "read_accounts", "read_ledger"]

INVOICE_COLUMNS = ("number", "account", "due", "amount", "paid", "disputed")
LEDGER_NAMES = {
    "number": "invoiceNumber",
    "account": "customerID",
    "due": "DueDate",
    "amount": "InvoiceAmount",
    "paid": "SettledDate",
    "disputed": "Disputed",
}
ISSUED = {"issued": "InvoiceDate"}
LEDGER_DATES = "%m/%d/%Y"


@dataclass(frozen=True, slots=True)
class Book:
    """What is reviewed; `begins` is the day of a ledger's first invoice."""

    facts: tuple[Facts, ...]
    invoices: tuple[Invoice, ...]
    invoice_table: Table | None
    begins: date | None = None


def read_accounts(accounts: Path, invoices: Path | None, policy: Rulebook) -> Book:
    """Read accounts with their facts, and invoices where given; raises all faults of both."""
    faults: list[str] = []
    facts: tuple[Facts, ...] = ()
    bills: tuple[Invoice, ...] = ()
    table = None
    try:
        own = read_table(accounts, ("account", *policy.fields.names))
        facts = _facts(own, policy)
    except BadFiles as bad:
        faults += bad.faults
    try:
        if invoices is not None:
            table = read_table(invoices, INVOICE_COLUMNS)
            bills = _invoices(table, "CNY", {}, "%Y-%m-%d")
    except BadFiles as bad:
        faults += bad.faults
    if faults:
        raise BadFiles(faults)
    return Book(facts, bills, table)


def read_ledger(path: Path, policy: Rulebook, *, graded_on: date, as_of: date) -> Book:
    """Read a ledger as it stood on `as_of`, with the facts that it told on `graded_on`."""
    table = read_table(path, (*LEDGER_NAMES.values(), *ISSUED.values()))
    entries, bills = _entries(table)
    known = {entry.account for entry in issued_by(entries, as_of)}
    if not known:
        raise BadFiles([f"{path}: no invoice was issued by {as_of}; name a later --as-of"])
    own = (one for one in entries if one.account in known)
    unknown = dict.fromkeys(policy.fields.names)  # what no ledger tells is None
    rows = ({**unknown, **row} for row in derive_facts(own, graded_on=graded_on))
    return Book(
        facts=read_book(rows, policy.fields, key="account"),
        invoices=tuple(
            bill for bill, one in zip(bills, entries, strict=True) if one.issued <= as_of
        ),
        invoice_table=table,
        begins=min(one.issued for one in entries),
    )


def _facts(table: Table, policy: Rulebook) -> tuple[Facts, ...]:
    rows = watched(table.rows, len(table.rows), "reading accounts")
    try:
        book = read_book(rows, policy.fields, key="account")
    except BatchError as batch:
        raise BadFiles(told(batch.faults, table, {})) from None
    faults = []
    for number, facts in enumerate(book, start=1):
        try:
            if policy.card:
                score_account(facts, policy.card)
        except InputError as fault:  # points entered outside their limits
            faults.append(f"{table.place(number)}: {fault}")
    if faults:
        raise BadFiles(faults)
    return book


def _invoices(
    table: Table, currency: str, names: dict[str, str], date_format: str
) -> tuple[Invoice, ...]:
    rows = watched(table.rows, len(table.rows), "reading invoices")
    try:
        return read_invoices(rows, currency=currency, names=names, date_format=date_format)
    except BatchError as batch:
        raise BadFiles(told(batch.faults, table, names)) from None


def _entries(table: Table) -> tuple[Sequence[Entry], tuple[Invoice, ...]]:
    """Return the invoices of a ledger with their dates, for the figures, and for the review."""
    faults: list[str] = []
    bills: tuple[Invoice, ...] = ()
    dated: tuple[Facts, ...] = ()
    try:
        bills = _invoices(table, "USD", LEDGER_NAMES, LEDGER_DATES)
    except BadFiles as bad:
        faults += bad.faults
    try:
        issued = Fields((DateField("issued", format=LEDGER_DATES),))
        dated = read_book(table.rows, issued, key=LEDGER_NAMES["number"], names=ISSUED)
    except BatchError as batch:
        faults += told(batch.faults, table, ISSUED)
    entries: list[Entry] = []
    for number, (facts, bill) in enumerate(zip(dated, bills, strict=False), start=1):
        day = facts["issued"]
        if isinstance(day, date):
            entries.append(Entry(bill.account, day, bill.due, bill.amount.amount, bill.paid))
        else:
            faults.append(
                f"{table.place(number)}: field 'InvoiceDate': an invoice without its date; write it"
            )
    if faults:
        raise BadFiles(list(dict.fromkeys(faults)))
    return entries, bills
