"""Review a book of accounts under the regulation S3-P08, as one fictional company applies it.

Without arguments it reviews the synthetic example book; `--help` names the rest. The policy is
`company_policy.py`. Exit code 2 says that the input is at fault; each fault is one line on stderr.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from book_files import BadFiles, Table, read_table, told
from company_policy import ledger_rulebook, rulebook
from kamcore.credit import Invoice, read_invoices
from kamcore.errors import BatchError, InputError
from kamcore.facts import DateField, Facts, Fields, read_book
from kamcore.rulebook import BookReview, Rulebook, describe, review_book
from kamcore.score import score_account
from kamcore.values import Lang, UnitPrice
from ledger_facts import Entry, derive_facts, issued_by
from review_table import Line, line_of, print_reasoning, print_table, watched

BOOK = Path(__file__).parent / "book"
EXAMPLE = {
    "accounts": BOOK / "accounts.csv",
    "invoices": BOOK / "invoices.csv",
    "graded_on": date(2026, 1, 5),
    "as_of": date(2026, 6, 30),
    "opened": datetime.fromisoformat("2026-06-30T17:00"),
    "zone": ZoneInfo("Asia/Shanghai"),
}
INVOICE_COLUMNS = ("number", "account", "due", "amount", "paid", "disputed")
LEDGER_NAMES = {
    "number": "invoiceNumber",
    "account": "customerID",
    "issued": "InvoiceDate",
    "due": "DueDate",
    "amount": "InvoiceAmount",
    "paid": "SettledDate",
    "disputed": "Disputed",
}
LEDGER_DATES = "%m/%d/%Y"
WORDS = {
    "en": {
        "head": "{book} · as of {as_of} · control price {control} · orders signed on {as_of}",
        "example": "Example book (synthetic)",
        "opened": "Inquiry opened at {opened}: {answer}",
        "own": "Points and scales are the example company's own; the regulation leaves them open.",
        "ledger": (
            "Derived from the ledger as it stood on {graded_on}: amount and number of the invoices of "
            "{year},\nthe share of them paid late where that was known, months since the first invoice "
            "({first} at the earliest)."
        ),
        "common": "No account has: {facts}.",
        "unsafe": "Deferred payment asks that collection is safe: unknown, so nobody is granted it.",
        "joint": ", ",
    },
    "zh": {
        "head": "{book} · 截至 {as_of} · 内控价格 {control} · 订单签订日期 {as_of}",
        "example": "示例客户（虚构数据）",
        "opened": "询价时间 {opened}：{answer}",
        "own": "各项分值与评分标准为示例公司自定，制度原文未写明。",
        "ledger": (
            "以下数据由截至 {graded_on} 的账目得出：{year} 年的开票金额与发票数、其中已知逾期付款的比例、\n"
            "自首张发票起的月数（最早一张为 {first}）。"
        ),
        "common": "所有客户均缺少：{facts}。",
        "unsafe": "远期付款以收款安全有保证为前提；该项未知，因此一律不给予远期付款。",
        "joint": "、",
    },
}


@dataclass(frozen=True, slots=True)
class Book:
    """What is reviewed, and what has to be said about where it comes from."""

    facts: tuple[Facts, ...]
    invoices: tuple[Invoice, ...]
    source: Table
    invoice_source: Table | None
    notes: tuple[str, ...]


class BadArgument(Exception):  # noqa: N818 - named for what is wrong, as kamcore's are
    """An argument that does not fit the book."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the review and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    args = arguments(argv)
    policy = ledger_rulebook() if args.ledger else rulebook()
    if args.describe:
        print(WORDS[args.lang]["own"], describe(policy, args.lang), sep="\n\n")
        return 0
    try:
        book = read_ledger(args, policy) if args.ledger else read_accounts(args, policy)
        explained(args.explain, book.facts)
        show(args, policy, book)
    except (BadFiles, BadArgument) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


def show(args: argparse.Namespace, policy: Rulebook, book: Book) -> None:
    """Review the book and print all that was asked for."""
    lang: Lang = args.lang
    words = WORDS[lang]
    control = UnitPrice(args.control, "USD" if args.ledger else "CNY")
    result = reviewed(args, policy, book, control)
    common = {
        name: fact.label.text(lang)
        for fact in book.facts[0].missing()
        if all(facts.values[name := fact.name] is None for facts in book.facts)
    }
    ladder = policy.ladder.names
    every = (line_of(one, ladder, frozenset(common), lang) for one in result)
    lines = list(watched(every, len(result), "reviewing"))

    name = words["example"] if args.example else str(args.ledger or args.accounts)
    print(words["head"].format(book=name, as_of=args.as_of, control=control))
    print(*book.notes, sep="\n")
    if common:
        print(words["common"].format(facts=words["joint"].join(common.values())))
    if "collection_safe" in common:
        print(words["unsafe"])
    print()
    print_table(lines, ladder, lang, args.limit)
    if result.grading:
        print(f"\n{result.grading.report(lang)}\n")
    print_reasoning(result[args.explain or worth_reading(lines)], lang)


def reviewed(
    args: argparse.Namespace, policy: Rulebook, book: Book, control: UnitPrice
) -> BookReview:
    """Return the review; raises `BadFiles` for invoices that do not fit the accounts."""
    check_points(policy, book)
    try:
        return review_book(
            book.facts,
            policy,
            as_of=args.as_of,
            graded_on=args.graded_on,
            invoices=book.invoices,
            control=control,
            signed=args.as_of,
            opened=args.opened,
        )
    except BatchError as batch:
        source = book.invoice_source or book.source
        raise BadFiles(told(batch.faults, source, {})) from None


def check_points(policy: Rulebook, book: Book) -> None:
    """Raise `BadFiles` for points entered outside their limits."""
    faults = []
    for number, facts in enumerate(book.facts, start=1):
        try:
            if policy.card:
                score_account(facts, policy.card)
        except InputError as fault:
            faults.append(f"{book.source.place(number)}: {facts.account}: {fault}")
    if faults:
        raise BadFiles(faults)


def worth_reading(lines: Sequence[Line]) -> str:
    """Return the best account whose payment mode is lowered, or else the best account."""
    return min(lines, key=lambda line: (not line.lowered, line.rank)).account


def explained(account: str | None, book: Sequence[Facts]) -> None:
    """Raise `BadArgument` for an account that is not in the book."""
    names = [facts.account for facts in book]
    if account is None or account in names:
        return
    near = get_close_matches(account, names, n=3, cutoff=0.5)
    mend = f"did you mean {' or '.join(map(repr, near))}?" if near else f"such as {names[0]!r}"
    raise BadArgument(f"--explain: {account!r} is not among the {len(names):,} accounts; {mend}")


# --- taking in ------------------------------------------------------------------------------


def read_accounts(args: argparse.Namespace, policy: Rulebook) -> Book:
    """Read accounts with their facts, and invoices where given; all faults of both at once."""
    faults: list[str] = []
    book: tuple[Facts, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    table = bills = None
    try:
        table = read_table(args.accounts, ("account", *policy.fields.names))
        rows = watched(table.rows, len(table.rows), "reading accounts")
        book = read_book(rows, policy.fields, key="account")
    except BadFiles as bad:
        faults += bad.faults
    except BatchError as batch:
        faults += told(batch.faults, table, {})
    try:
        if args.invoices:
            bills = read_table(args.invoices, INVOICE_COLUMNS)
            rows = watched(bills.rows, len(bills.rows), "reading invoices")
            invoices = read_invoices(rows, currency="CNY")
    except BadFiles as bad:
        faults += bad.faults
    except BatchError as batch:
        faults += told(batch.faults, bills, {})
    if faults:
        raise BadFiles(faults)
    return Book(book, invoices, table, bills, notes(args))


def read_ledger(args: argparse.Namespace, policy: Rulebook) -> Book:
    """Read a raw ledger and derive the facts that it tells."""
    table = read_table(args.ledger, LEDGER_NAMES.values())
    entries, invoices = ledger_entries(table)
    known = {entry.account for entry in issued_by(entries, args.as_of)}
    if not known:
        raise BadArgument(f"--as-of: no invoice of {args.ledger} was issued by {args.as_of}")
    rows = derive_facts(
        (entry for entry in entries if entry.account in known), graded_on=args.graded_on
    )
    fields = policy.fields
    return Book(
        read_book(rows, fields, key="account"),
        tuple(
            bill
            for bill, entry in zip(invoices, entries, strict=True)
            if entry.issued <= args.as_of
        ),
        table,
        None,
        notes(args, min(entry.issued for entry in entries)),
    )


def ledger_entries(table: Table) -> tuple[list[Entry], tuple[Invoice, ...]]:
    """Return the ledger's invoices, for the figures and for the review; raises `BadFiles`."""
    number = LEDGER_NAMES["number"]
    faults: list[str] = []
    try:
        rows = watched(table.rows, len(table.rows), "reading invoices")
        invoices = read_invoices(rows, currency="USD", names=LEDGER_NAMES, date_format=LEDGER_DATES)
    except BatchError as batch:
        faults += told(batch.faults, table, LEDGER_NAMES)
    try:
        fields = Fields((DateField("issued", format=LEDGER_DATES),))
        dated = read_book(table.rows, fields, key=number, names=LEDGER_NAMES)
        faults += [
            f"{table.place(row)}: field 'InvoiceDate': an invoice without its date; write it"
            for row, facts in enumerate(dated, start=1)
            if facts["issued"] is None
        ]
    except BatchError as batch:
        faults += told(batch.faults, table, LEDGER_NAMES)
    if faults:
        raise BadFiles(list(dict.fromkeys(faults)))
    entries = [
        Entry(bill.account, facts["issued"], bill.due, bill.amount.amount, bill.paid)
        for bill, facts in zip(invoices, dated, strict=True)
    ]
    return entries, invoices


def notes(args: argparse.Namespace, first: date | None = None) -> tuple[str, ...]:
    """Return what a reader has to know about the figures."""
    words = WORDS[args.lang]
    said = [words["own"]]
    if first is not None:
        year = args.graded_on.year - 1
        said.append(words["ledger"].format(graded_on=args.graded_on, year=year, first=first))
    return tuple(said)


# --- arguments ------------------------------------------------------------------------------


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; ends the program with code 2 and one line for a faulty one."""
    parser = argparse.ArgumentParser(
        description="Review a book of accounts under the 100-point regulation (S3-P08).",
        epilog="Without files it reviews the synthetic example book.",
    )
    add = parser.add_argument
    add("--accounts", type=Path, metavar="PATH", help="CSV of accounts with their facts")
    add("--invoices", type=Path, metavar="PATH", help="CSV of their invoices")
    add("--ledger", type=Path, metavar="PATH", help="raw ledger; the facts are derived from it")
    add("--as-of", type=day, metavar="DATE", help="as known on this day")
    add("--graded-on", type=day, metavar="DATE", help="the day of the last yearly grading")
    add("--opened", type=instant, metavar="INSTANT", help="when an inquiry came in")
    add("--zone", type=zone, metavar="ZONE", help="of --opened, such as Asia/Shanghai")
    add("--control", type=price, default=Decimal(100), metavar="PRICE", help="internal control price")
    add("--lang", choices=("en", "zh"), default="en")
    add("--explain", metavar="ACCOUNT", help="the account whose reasoning is printed")
    add("--describe", action="store_true", help="print the policy in words, and nothing else")
    add("--limit", type=count, default=sys.maxsize, metavar="N", help="print N lines of the table")
    args = parser.parse_args(argv)
    args.example = not (args.accounts or args.invoices or args.ledger)
    if args.ledger and (args.accounts or args.invoices):
        parser.error("--ledger stands for accounts and invoices; leave out --accounts, --invoices")
    if args.invoices and not args.accounts:
        parser.error("--invoices needs the accounts they belong to: --accounts PATH")
    if args.example:
        for name, value in EXAMPLE.items():
            if getattr(args, name) is None:
                setattr(args, name, value)
    elif not args.describe and not (args.as_of and args.graded_on):
        parser.error("name the days: --as-of DATE and --graded-on DATE")
    if args.as_of and args.graded_on and args.as_of < args.graded_on:
        parser.error(f"--as-of {args.as_of} lies before --graded-on {args.graded_on}")
    if args.opened and args.opened.utcoffset() is None:
        if not args.zone:
            parser.error(f"--opened {args.opened} has no zone; add +08:00 or --zone Asia/Shanghai")
        args.opened = args.opened.replace(tzinfo=args.zone)
    elif args.opened and args.zone:
        args.opened = args.opened.astimezone(args.zone)
    return args


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-06-30") from None


def instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        mend = "write it like 2026-06-30T17:00+08:00"
        raise argparse.ArgumentTypeError(f"{text!r} is not an instant; {mend}") from None


def zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a zone like Asia/Shanghai") from None


def price(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a price above 0, such as 95.50")
    return amount


def count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
