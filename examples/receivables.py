"""A credit controller's morning over a ledger of receivables, as known on one day.

    python examples/receivables.py ../shared/data/accounts_receivable.csv [--lang zh] [--account ID]

The ledger is a CSV with one invoice a row, as in IBM's public sample of accounts receivable; dates
are written month/day/year. The payment modes and what two breaches in a quarter do to them are
those of S3-P08. **All else is the example's own**: the currency, the class of the accounts, the
bands, the ladder of reminders, the interest, the suspension.

Exit code 1 says that a total is not that of the file, 2 that the input is at fault.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from typing import Literal

from attrs import evolve
from book_files import BadFiles
from company_policy import GENERAL_MANAGER
from receivables_ledger import Ledger, add_up_file, read_receivables
from receivables_tables import (
    Reading,
    print_ageing,
    print_arrears,
    print_evidence,
    print_head,
    print_interest,
    print_readings,
    print_reminders,
)

from kamcore.credit import (
    AgeingBands,
    Demotion,
    DunningLevel,
    DunningPolicy,
    Invoice,
    LateInterest,
    Notice,
    Reminder,
    SuspensionPolicy,
    SuspensionVerdict,
    age_receivables,
    check_suspension,
    find_arrears,
    find_bad_periods,
    find_interest,
    find_terms,
    plan_reminders,
    simulate_reminders,
)
from kamcore.decision import Decision, show
from kamcore.facts import FlagField, read_book, read_facts
from kamcore.presets import hundred_points
from kamcore.values import Label, Lang, Money, Ratio, Rounding, Seat, Source

# --- what the example company decided ---------------------------------------------------------

CURRENCY = "USD"
TIER = "B"
RULES = Label("Credit rules of the example company", "示例公司信用管理规定")
BANDS = AgeingBands(edges=(0, 7, 14, 30, 60), source=Source("1", RULES))
LADDER = DunningPolicy(
    levels=(
        DunningLevel("reminder", 2, en="reminder", zh="催缴提醒"),
        DunningLevel("second", 8, en="second reminder", zh="二次催缴"),
        DunningLevel(
            "final",
            7,
            counted_from="last_reminder",
            en="final reminder",
            zh="最后催缴",
            fee=Money(5, CURRENCY),
        ),
    ),
    minimum=Money(20, CURRENCY),
    source=Source("2", RULES),
)
INTEREST = LateInterest(
    yearly=Ratio.percent(8),
    day_count="actual/365",
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
    disputed="skip",
    source=Source("3", RULES),
)
REFUSED = FlagField(
    "payment_refused", en="reminded twice and still unpaid", zh="经二次催缴仍未付款"
)
SUSPENSION = SuspensionPolicy(
    refusal=REFUSED,
    after_days=7,
    seat=Seat("credit_controller", Label("the credit controller", "信用控制专员")),
    source=Source("4", RULES),
)

# --- the morning ------------------------------------------------------------------------------


class BadArgument(Exception):
    """An argument that does not fit the ledger."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the review of the ledger and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    args = arguments(argv)
    try:
        ledger, faults = read_receivables(args.path, as_of=args.as_of, currency=CURRENCY)
        find_account(args.account, ledger)
    except (BadFiles, BadArgument) as bad:
        print(bad, file=sys.stderr)
        return 2
    if faults:
        print(BadFiles(faults), file=sys.stderr)
    return 0 if review(ledger, args.path, args.account, args.lang) else 1


def review(ledger: Ledger, path: Path, account: str | None, lang: Lang) -> bool:
    """Print every section; say whether all totals agree with each other and with the file."""
    day, bills = ledger.as_of, ledger.by_account()
    filed = add_up_file(path, as_of=day, edges=BANDS.edges, left_out=ledger.left_out)
    graded_on = day.replace(month=1, day=1)
    assumed = {"currency": CURRENCY, "tier": TIER, "graded": show(graded_on, lang)}
    ageing = age_receivables(ledger.known, BANDS, as_of=day)
    sound = [print_head(ledger, filed, assumed, lang), print_ageing(ageing, filed, lang)]

    every = [reading(demotion, bills, day, graded_on) for demotion in READINGS]
    told = account or most_telling(every)
    print_readings(every, told, BELOW, lang)
    print_evidence(every, told, bills[told], day, lang)

    reminders = simulate_reminders(ledger.known, LADDER, through=day)
    notices = [one for own in bills.values() for one in notices_of(own, reminders)]
    sound.append(print_reminders(LADDER, reminders, notices, as_of=day, account=account, lang=lang))

    arrears = find_arrears(ledger.known, as_of=day)
    verdicts = {name: suspension(own, reminders, day) for name, own in bills.items()}
    last = last_reminders(ledger, reminders, lang)
    sound.append(print_arrears(arrears, ageing, verdicts, last, lang))
    print(f"\n{verdicts[account or worth_suspending(verdicts)].explain(lang)}")

    interest = {one.number: find_interest(one, INTEREST, as_of=day) for one in ledger.known}
    sound.append(print_interest(interest, ledger, account, lang))
    return all(sound)


# --- what is asked of kamcore -----------------------------------------------------------------

BELOW = hundred_points.LADDER.names[hundred_points.LADDER.names.index(TIER) + 1 :]
WINDOWS: tuple[Literal["due_date", "payment_date", "rolling"], ...] = (
    "due_date",
    "payment_date",
    "rolling",
)
COUNTED: tuple[Literal["count", "skip"], ...] = ("count", "skip")
READINGS = tuple(
    evolve(hundred_points.DEMOTION, quarter=quarter, disputed=disputed, unpaid=unpaid)
    for quarter, disputed, unpaid in product(WINDOWS, COUNTED, COUNTED)
)
"""The first is the preset's own."""


def reading(
    demotion: Demotion, bills: Mapping[str, Sequence[Invoice]], as_of: date, graded_on: date
) -> Reading:
    """Return the bad quarters and the terms of every account by one reading of P08-5N."""
    policy = hundred_points.credit(approver=GENERAL_MANAGER, demotion=demotion)
    safe = ({"account": name, hundred_points.COLLECTION_SAFE.name: True} for name in bills)
    book = read_book(safe, policy.fields, key="account")
    terms = {
        facts.account: find_terms(
            facts,
            policy,
            tier=TIER,
            as_of=as_of,
            graded_on=graded_on,
            invoices=bills[facts.account],
        )
        for facts in book
    }
    periods = {
        account: find_bad_periods(own, demotion, as_of=as_of) for account, own in bills.items()
    }
    return Reading(demotion, periods, terms)


def most_telling(readings: Sequence[Reading]) -> str:
    """Return the account to which the readings give the most different terms and bad quarters."""

    def differs(account: str) -> tuple[int, int]:
        terms = [one.terms[account].value for one in readings]
        return len({one.level for one in terms}), len({one.bad_periods for one in terms})

    return max(readings[0].terms, key=differs)


def notices_of(bills: Sequence[Invoice], reminders: Sequence[Reminder]) -> Iterator[Notice]:
    """Yield the notices of one account, as of every day on which something was sent."""
    numbers = {one.number for one in bills}
    own = [one for one in reminders if one.invoice in numbers]
    for day in sorted({one.day for one in own}):
        before = [one for one in own if one.day < day]
        yield from plan_reminders(bills, LADDER, as_of=day, reminders=before)


def last_reminders(ledger: Ledger, reminders: Sequence[Reminder], lang: Lang) -> dict[str, str]:
    """Return the last reminder for what is still open, by account."""
    open_now = {one.number: one.account for one in ledger.known if is_open(one, ledger.as_of)}
    labels = {one.name: one.label.text(lang) for one in LADDER.levels}
    return {
        open_now[one.invoice]: f"{one.day} {labels[one.level]}"
        for one in reminders
        if one.invoice in open_now
    }


def is_open(invoice: Invoice, day: date) -> bool:
    return invoice.open_on(day).minor > 0


def suspension(
    bills: Sequence[Invoice], reminders: Sequence[Reminder], day: date
) -> Decision[SuspensionVerdict]:
    """Return what becomes of the service of an account, by hand.

    The example company takes it for a refusal to pay that an invoice reminded of twice, and not
    today only, is still open.
    """
    open_now = {one.number for one in bills if is_open(one, day)}
    twice = (
        LADDER.rank(one.level) >= 1 and one.day < day
        for one in reminders
        if one.invoice in open_now
    )
    facts = read_facts(
        {"account": bills[0].account, REFUSED.name: any(twice)}, SUSPENSION.fields, key="account"
    )
    return check_suspension(facts, SUSPENSION, invoices=bills, suspended=False, as_of=day)


def worth_suspending(verdicts: Mapping[str, Decision[SuspensionVerdict]]) -> str:
    """Return the account to be suspended that owes most, or else the one left that owes most."""

    def weight(account: str) -> tuple[bool, int]:
        found = verdicts[account].value
        return found.outcome == "propose", found.arrears.open.minor if found.arrears else 0

    return max(verdicts, key=weight)


# --- arguments --------------------------------------------------------------------------------


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; ends the program with code 2 and one line for a faulty one."""
    parser = argparse.ArgumentParser(description="Review a ledger of receivables on one day.")
    add = parser.add_argument
    add("path", type=Path, metavar="PATH", help="CSV with one invoice a row")
    add(
        "--as-of",
        type=day_of,
        default=date(2013, 6, 30),
        metavar="DATE",
        help="as known on this day (2013-06-30)",
    )
    add("--lang", choices=("en", "zh"), default="en")
    add("--account", metavar="ID", help="the account whose reasons are printed")
    return parser.parse_args(argv)


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2013-06-30") from None


def find_account(account: str | None, ledger: Ledger) -> None:
    """Raise `BadArgument` for an account of which no invoice is known on the day."""
    names = tuple(ledger.by_account())
    if account is None or account in names:
        return
    if any(one.account == account for one in ledger.later):
        mend = f"issued by {ledger.as_of}; name a later --as-of"
        raise BadArgument(f"--account: no invoice of {account!r} was {mend}")
    near = get_close_matches(account, names)
    mend = f"did you mean {' or '.join(map(repr, near))}?" if near else f"one is {names[0]!r}"
    raise BadArgument(f"--account: {account!r} is not among the {len(names):,} accounts; {mend}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)
