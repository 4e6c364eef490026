"""Review a book of accounts under the regulation S3-P08, as one fictional company applies it.

Without arguments it reviews the synthetic example book; `--help` names the rest. The policy is in
`company_policy.py`. Exit code 2 says that the input is at fault; each fault is a line on stderr.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from book_files import BadFiles, told
from company_policy import ledger_rulebook, rulebook
from review_input import Book, read_accounts, read_ledger
from review_table import Line, line_of, print_head, print_reasoning, print_table, watched

from kamcore.decision import MissingFact
from kamcore.errors import BatchError
from kamcore.rulebook import BookReview, Rulebook, describe, review_book
from kamcore.values import UnitPrice

BOOK = Path(__file__).parent / "book"
EXAMPLE = {
    "accounts": BOOK / "accounts.csv",
    "invoices": BOOK / "invoices.csv",
    "graded_on": date(2026, 1, 5),
    "as_of": date(2026, 6, 30),
    "opened": datetime.fromisoformat("2026-06-30T17:00"),
    "zone": ZoneInfo("Asia/Shanghai"),
}


class BadArgument(Exception):
    """An argument that does not fit the book."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the review and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    args = arguments(argv)
    policy = ledger_rulebook() if args.ledger else rulebook()
    if args.describe:
        print(describe(policy, args.lang))
        return 0
    try:
        if args.ledger:
            book = read_ledger(args.ledger, policy, graded_on=args.graded_on, as_of=args.as_of)
        else:
            book = read_accounts(args.accounts, args.invoices, policy)
        find_account(args.explain, book)
        show(args, policy, book)
    except (BadFiles, BadArgument) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


def show(args: argparse.Namespace, policy: Rulebook, book: Book) -> None:
    """Review the book and print table, cut-off report and one account's reasoning."""
    result = reviewed(args, policy, book)
    ladder = policy.ladder.names
    common = lacking_everywhere(book)
    every = (line_of(one, ladder, common.keys(), args.lang) for one in result)
    lines = list(watched(every, len(result), "reviewing"))

    first = result[book.facts[0].account]
    print_head(args, tuple(common.values()), first, book.begins)
    print_table(lines, ladder, args.lang, args.limit)
    if result.grading:
        print(f"\n{result.grading.report(args.lang)}")
    print()
    print_reasoning(result[args.explain or worth_reading(lines)], args.lang)


def reviewed(args: argparse.Namespace, policy: Rulebook, book: Book) -> BookReview:
    """Return the review; raises `BadFiles` for invoices of accounts that are not in the book."""
    try:
        return review_book(
            book.facts,
            policy,
            as_of=args.as_of,
            graded_on=args.graded_on,
            invoices=book.invoices,
            control=UnitPrice(args.control, "USD" if args.ledger else "CNY"),
            signed=args.as_of,
            opened=args.opened,
        )
    except BatchError as batch:
        if book.invoice_table is None:
            raise
        raise BadFiles(told(batch.faults, book.invoice_table, {})) from None


def find_account(account: str | None, book: Book) -> None:
    """Raise `BadArgument` for an account that is not in the book."""
    names = [facts.account for facts in book.facts]
    if account is None or account in names:
        return
    near = get_close_matches(account, names)
    mend = f"did you mean {' or '.join(map(repr, near))}?" if near else f"one is {names[0]!r}"
    raise BadArgument(f"--explain: {account!r} is not among the {len(names):,} accounts; {mend}")


def lacking_everywhere(book: Book) -> dict[str, MissingFact]:
    """Return the facts that no account has, by name."""
    found = {fact.name: fact for fact in book.facts[0].missing()}
    for facts in book.facts:
        found = {name: fact for name, fact in found.items() if facts.values[name] is None}
    return found


def worth_reading(lines: Sequence[Line]) -> str:
    """Return the best account whose payment mode is lowered, or else the best account."""
    return min(lines, key=lambda line: (not line.lowered, line.rank)).account


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
    add("--as-of", type=day, metavar="DATE", help="review as known on this day")
    add("--graded-on", type=day, metavar="DATE", help="the day of the last yearly grading")
    add("--opened", type=instant, metavar="INSTANT", help="when an inquiry came in")
    add("--zone", type=zone, metavar="ZONE", help="of --opened, such as Asia/Shanghai")
    add("--control", type=price, default=Decimal(100), metavar="PRICE", help="control price (100)")
    add("--lang", choices=("en", "zh"), default="en")
    add("--explain", metavar="ACCOUNT", help="the account whose reasoning is printed")
    add("--describe", action="store_true", help="print the policy in words, and nothing else")
    add("--limit", type=count, default=sys.maxsize, metavar="N", help="print N lines of the table")
    args = parser.parse_args(argv)
    check_files(parser, args)
    check_instant(parser, args)
    return args


def check_files(parser: argparse.ArgumentParser, args: argparse.Namespace) -> None:
    """Fill in the example book where no file is named; end the program where files do not fit."""
    args.example = not (args.accounts or args.invoices or args.ledger)
    if args.ledger and (args.accounts or args.invoices):
        parser.error("--ledger stands for both; leave out --accounts and --invoices")
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


def check_instant(parser: argparse.ArgumentParser, args: argparse.Namespace) -> None:
    """Give the instant of the inquiry its zone."""
    if args.opened is None:
        return
    if args.opened.utcoffset() is not None:
        args.opened = args.opened.astimezone(args.zone) if args.zone else args.opened
    elif args.zone:
        args.opened = args.opened.replace(tzinfo=args.zone)
    else:
        parser.error(f"--opened {args.opened} has no zone; add +08:00 or --zone Asia/Shanghai")


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
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)
