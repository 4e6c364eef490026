"""Compare kamcore with its peers: `python3 dev.py bench`. Prints one Markdown table.

The ratios are the gate, the microseconds orientation. Peers must give the same answers first. Ends
with code 1 where a budget is missed.
"""

import argparse
import gc
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from importlib.metadata import version

from cases import ACCOUNTS, CARD, DECIMALS, TIERS, draw_rows, taken, whole_units
from datalogic_py import DataHandle
from measure import Turns, Work, each, import_turns, middle, ratio, take_turns
from moneyed import Money as PyMoney
from pay import due_dates, instalments, prices, proofs
from peers import logic_card, logic_tiers, text_tiers, zen_engine
from responsibility import CELLS, FEWEST, MOST, proof, routes
from working_time import (
    ADD_MANY,
    ADD_SIX,
    IN_A_YEAR,
    ZONES,
    batches,
    compiling,
    hours,
    measure,
    working_days,
)

from kamcore.facts import read_facts
from kamcore.score import points, score_account
from kamcore.tier import assign_tier
from kamcore.values import Money, Ratio, Rounding, Split

PEERS = (
    *("attrs", "datalogic-py", "zen-engine", "rule-engine", "py-moneyed"),
    *("stockholm", "python-dateutil", "trytond-account-invoice"),
    *("workclock", "timegrid", "businesstimedelta", "pandas", "numpy", "casbin"),
)
UNWANTED = ("dateutil", "narwhals", "pandas", "polars", "importlib.metadata")
TRACED = {"trace": True}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the table: a figure and, where it is a gate, the most it may be."""

    work: str
    own: str
    peer: str
    figure: float
    budget: float | None = None
    strict: bool = False

    @property
    def kept(self) -> bool:
        if self.budget is None:
            return True
        return self.figure < self.budget if self.strict else self.figure <= self.budget

    def __str__(self) -> str:
        sign, verdict = "", "orientation"
        if self.budget is not None:
            sign = f"{'<' if self.strict else '≤'} {self.budget:g}"
            verdict = "ok" if self.kept else "**missed**"
        cells = (self.work, self.own, self.peer, f"{self.figure:.3g}", sign, verdict)
        return f"| {' | '.join(cells)} |"


def main() -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="compare with the peers")
    parser.add_argument("--rounds", type=int, default=61, help="turns of each contender")
    parser.add_argument("--starts", type=int, default=25, help="turns of each import")
    given = parser.parse_args()
    gc.freeze()  # what the peers' imports left is not searched after every turn
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    print(f"Python {platform.python_version()} on {platform.machine()}; {peers}\n")
    print("| work | kamcore | peer | ratio | budget | verdict |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for part in (cards(given.rounds), tiers(given.rounds), facts(given.rounds)):
        for line in part:
            print(line, flush=True)
            missed += not line.kept
    for line in starts(given.starts):
        print(line, flush=True)
        missed += not line.kept
    for line in amounts(given.rounds):
        print(line, flush=True)
    for line in money(given.rounds):
        print(line, flush=True)
        missed += not line.kept
    for line in working_time(given.rounds):
        print(line, flush=True)
        missed += not line.kept
    for line in responsibility(given.rounds):
        print(line, flush=True)
        missed += not line.kept
    print(f"\n{missed} budgets missed" if missed else "\nall budgets met")
    return 1 if missed else 0


def against(  # noqa: PLR0913 - a row has as many columns
    turns: Turns,
    work: str,
    name: str,
    peer: str,
    budget: float | None = None,
    *,
    strict: bool = False,
    unit: str = "µs",
) -> Line:
    """Return the row of two contenders."""
    return Line(
        work=work,
        own=f"{name} {middle(turns, name):.2f} {unit}",
        peer=f"{peer} {middle(turns, peer):.2f} {unit}",
        figure=ratio(turns, name, peer),
        budget=budget,
        strict=strict,
    )


def cards(rounds: int) -> Iterator[Line]:
    """A card of eight items, from ready facts."""
    book = taken(draw_rows(), CARD.fields)
    plain = [whole_units(one) for one in book]
    logic, zen = logic_card(), zen_engine()
    for one, record in zip(book, plain, strict=True):
        total = points(CARD, one)
        assert score_account(one, CARD).value.total == total
        assert logic.evaluate(record) == total
        assert zen.evaluate("card", record, TRACED)["result"]["total"] == total
    turns = take_turns(
        {
            "points": each(partial(points, CARD), book),
            "score_account": each(lambda one: score_account(one, CARD), book),
            "… .reasons": each(lambda one: score_account(one, CARD).reasons, book),
            "… .explain": each(lambda one: score_account(one, CARD).explain("en"), book),
            "datalogic": each(logic.evaluate, plain),
            "datalogic, parsed": each(logic.evaluate_data, [DataHandle(one) for one in plain]),
            "zen": each(lambda record: zen.evaluate("card", record), plain),
            "zen with trace": each(lambda record: zen.evaluate("card", record, TRACED), plain),
        },
        rounds=rounds,
        calls=ACCOUNTS,
    )
    work = "card of 8 items"
    yield against(turns, work, "points", "datalogic", 1, strict=True)
    yield against(turns, f"{work}, with reasons", "score_account", "zen with trace", 0.2)
    yield against(turns, f"{work}, with reasons", "score_account", "points", 5)
    yield against(turns, f"{work}, reasons read", "… .reasons", "zen with trace")
    yield against(turns, f"{work}, explained", "… .explain", "zen with trace")
    yield against(turns, work, "points", "datalogic, parsed")
    yield against(turns, work, "points", "zen")


def tiers(rounds: int) -> Iterator[Line]:
    """A tier by four AND-rules, from ready facts."""
    book = taken(draw_rows(), TIERS.fields)
    plain = [whole_units(one) for one in book]
    logic, zen, text, table = logic_tiers(), zen_engine(), text_tiers(), TIERS.table
    for one, record in zip(book, plain, strict=True):
        winner = table.winner(one)
        tier = TIERS.rules[winner].tier if winner >= 0 else TIERS.otherwise
        assert assign_tier(one, TIERS).value == tier
        assert logic.evaluate(record) == winner
        assert text(record) == winner
        assert zen.evaluate("tiers", record, TRACED)["result"]["tier"] == tier
    turns = take_turns(
        {
            "winner": each(table.winner, book),
            "assign_tier": each(lambda one: assign_tier(one, TIERS), book),
            "… .reasons": each(lambda one: assign_tier(one, TIERS).reasons, book),
            "… .explain": each(lambda one: assign_tier(one, TIERS).explain("en"), book),
            "datalogic": each(logic.evaluate, plain),
            "datalogic, parsed": each(logic.evaluate_data, [DataHandle(one) for one in plain]),
            "rule-engine": each(text, plain),
            "zen": each(lambda record: zen.evaluate("tiers", record), plain),
            "zen with trace": each(lambda record: zen.evaluate("tiers", record, TRACED), plain),
        },
        rounds=rounds,
        calls=ACCOUNTS,
    )
    work = "tier by 4 AND-rules"
    yield against(turns, work, "winner", "datalogic", 1, strict=True)
    yield against(turns, f"{work}, with reasons", "assign_tier", "zen with trace", 0.2)
    yield against(turns, f"{work}, with reasons", "assign_tier", "winner", 5)
    yield against(turns, f"{work}, reasons read", "… .reasons", "zen with trace")
    yield against(turns, f"{work}, explained", "… .explain", "zen with trace")
    yield against(turns, work, "winner", "datalogic, parsed")
    yield against(turns, work, "winner", "zen")
    yield against(turns, work, "winner", "rule-engine")


def facts(rounds: int) -> Iterator[Line]:
    """Taking facts in from a mapping of Decimals; the figure is microseconds a field."""
    rows = [{name: row[name] for name in DECIMALS.names} for row in draw_rows()]
    count = len(DECIMALS)
    amounts = [row["sales"] for row in rows]
    turns = take_turns(
        {
            "read_facts": each(lambda row: read_facts(row, DECIMALS), rows),
            "moneyed.Money": each(lambda amount: PyMoney(amount, "CNY"), amounts),
        },
        rounds=rounds,
        calls=ACCOUNTS,
    )
    a_field = middle(turns, "read_facts") / count
    yield Line(
        work=f"read_facts, {count} Decimals",
        own=f"{middle(turns, 'read_facts'):.2f} µs",
        peer="µs a field",
        figure=a_field,
        budget=1,
    )
    yield Line(
        work="a field against one py-moneyed value",
        own=f"{a_field:.2f} µs",
        peer=f"Money(…) {middle(turns, 'moneyed.Money'):.2f} µs",
        figure=ratio(turns, "read_facts", "moneyed.Money") / count,
    )


def starts(rounds: int) -> Iterator[Line]:
    """Importing, in a process of its own."""
    codes = {
        name: f"import {name}" for name in ("attrs", "kamcore.sla", "kamcore.rulebook", "moneyed")
    }
    codes["find_lead_time"] = "from kamcore.sla import find_lead_time"
    codes["find_deadline"] = "from kamcore.sla import find_deadline"
    turns = import_turns(codes | {"nothing": "pass"}, rounds=rounds)
    work = "import, whole process"
    yield against(turns, work, "kamcore.sla", "attrs", 2, unit="ms")
    yield against(turns, f"{work}, one function", "find_lead_time", "attrs", unit="ms")
    yield against(turns, f"{work}, one function", "find_deadline", "attrs", unit="ms")
    loaded = loaded_by("from kamcore.sla import find_deadline, find_clocks, find_lead_time")
    yield Line(
        work="unwanted modules that kamcore.sla loads",
        own=", ".join(loaded) or "none",
        peer="",
        figure=len(loaded),
        budget=0,
    )
    yield against(turns, work, "kamcore.rulebook", "attrs", unit="ms")
    yield against(turns, work, "kamcore.rulebook", "moneyed", unit="ms")
    yield against(turns, work, "attrs", "nothing", unit="ms")


def loaded_by(code: str) -> list[str]:
    """Return which unwanted modules are there after `code` and were not before."""
    ask = f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", ask], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return sorted(set(done.stdout.split()) & set(UNWANTED))


def amounts(rounds: int) -> Iterator[Line]:
    """Arithmetic of money."""
    sums = [row["sales"] for row in draw_rows()]
    own, other = ([kind(amount, "CNY") for amount in sums] for kind in (Money, PyMoney))
    share, rate = Ratio.percent(95), Decimal("0.95")
    for one, peer in zip(own, other, strict=True):
        assert (one + one).amount == (peer + peer).amount
        assert one.times(share, Rounding.HALF_EVEN).amount == (peer * rate).round(2).amount
    shares = [Decimal(part) for part in ("0.2", "0.3", "0.4")]

    def rest_last(one: PyMoney) -> list[PyMoney]:
        parts = [(one * part).round(2) for part in shares]
        return [*parts, one - sum(parts)]

    works: Mapping[str, Work] = {
        "a + b": each(lambda one: one + one, own),
        "moneyed a + b": each(lambda one: one + one, other),
        "a.times": each(lambda one: one.times(share, Rounding.HALF_EVEN), own),
        "moneyed (a * 0.95).round(2)": each(lambda one: (one * rate).round(2), other),
        "a.allocate": each(
            lambda one: one.allocate((20, 30, 40, 10), Split.LARGEST_REMAINDER), own
        ),
        "moneyed, three shares and the rest": each(rest_last, other),
    }
    turns = take_turns(works, rounds=rounds, calls=ACCOUNTS)
    yield against(turns, "sum of two amounts", "a + b", "moneyed a + b")
    yield against(turns, "95 % of an amount", "a.times", "moneyed (a * 0.95).round(2)")
    yield against(turns, "split by 20/30/40/10", "a.allocate", "moneyed, three shares and the rest")


def money(rounds: int) -> Iterator[Line]:
    """Prices with their floor, due dates, instalments."""
    works = ("4 % off, with its floor", "4 % off, contract, early payment, floor of the net")
    for work, turns in zip(works, prices(rounds), strict=True):
        yield against(turns, work, "quote_price", "moneyed", 1.5)
        yield against(turns, work, "quote_price", "stockholm", 0.3)
        yield against(turns, f"{work}, waterfall read", "… .waterfall", "moneyed")
        yield against(turns, f"{work}, waterfall read", "… .waterfall", "stockholm")
        yield against(turns, f"{work}, explained", "… .explain", "stockholm")
    turns = due_dates(rounds)
    work = "due date, end of month and 45 days"
    yield against(turns, work, "find_due_date", "two relativedeltas", 0.5)
    yield against(turns, work, "find_due_date", "one relativedelta", 0.5)
    for work, turns in instalments(rounds).items():
        yield against(turns, f"instalments, {work}", "plan_payments", "Tryton")
    turns = proofs(max(rounds // 6, 1))
    yield against(turns, "proof of a floor, 12 adjustments", "bound", "every case")


def working_time(rounds: int) -> Iterator[Line]:
    """Working hours and days, Monday to Friday from nine to six with 30 holidays."""
    turns, few = max(rounds // 3, 1), max(rounds // 20, 1)
    for zone in ZONES:
        yield from one_question(zone, turns)
        compiled = compiling(zone, turns)
        work = f"compile one calendar year, {zone}"
        yield against(compiled, work, "first answer", "timegrid, naive", unit="ms")
    for work, found in measure(batches(ZONES[-1]), rounds=few).items():
        as_list, as_array, *peers = found
        for peer in peers:
            yield against(found, f"{work}, a row", as_list, peer)
        yield against(found, f"{work}, a row", as_array, "workclock")


def one_question(zone: str, rounds: int) -> Iterator[Line]:
    """One instant or one pair at a time, 200 of them."""
    found = measure({**hours(zone), **working_days(zone)}, rounds=rounds)
    budgets = {ADD_SIX: 0.7, ADD_MANY: 0.1, IN_A_YEAR: 0.1}
    for work, turns in found.items():
        own, *peers = turns
        for peer in peers:
            budget = budgets.get(work) if peer == "workclock" else None
            yield against(turns, f"{work}, {zone}", own, peer, budget)
    spans = {
        "add 6 h": found[ADD_SIX]["add"],
        "add 2,000 h": found[ADD_MANY]["add"],
        "between": found[IN_A_YEAR]["between"],
    }
    yield against(spans, f"flat in the span, {zone}", "add 2,000 h", "add 6 h", 1.5)
    yield against(spans, f"flat in the span, {zone}", "between", "add 6 h")


def responsibility(rounds: int) -> Iterator[Line]:
    """Who answers for a piece of work, from ready facts; and proof that somebody always does."""
    found = routes(max(rounds // 3, 1))
    ways = {
        "reasons read": "… .reasons",
        "explained": "… .explain",
        "and the rivals": "… and find_rivals",
    }
    for size, turns in found.items():
        work = f"route among {size:,} rules"
        budget = 0.005 if size == MOST else None
        yield against(turns, f"{work}, with reasons", "route_work", "casbin", budget)
        for peer in ("rule-engine", "zen with trace", "zen", "plain scan"):
            yield against(turns, f"{work}, with reasons", "route_work", peer)
        for told, name in ways.items():
            for peer in ("casbin", "zen with trace"):
                yield against(turns, f"{work}, {told}", name, peer)
    for told, name in {"with reasons": "route_work", **ways}.items():
        sizes = {f"{size:,} rules": found[size][name] for size in (MOST, FEWEST)}
        most = None if told == "and the rivals" else 2  # there may be more of them
        yield against(sizes, f"flat in the rules, {told}", *sizes, most, strict=True)
    yield from proofs_of_duties(max(rounds // 12, 1))


def proofs_of_duties(rounds: int) -> Iterator[Line]:
    """Proof over all cases; the figure is seconds."""
    turns = proof(rounds)
    for name, budget in (("check_duties", 0.5), ("… asked again", None), ("DutyRules", None)):
        yield Line(
            work=f"{MOST:,} rules over {CELLS:,} cells",
            own=f"{name} {middle(turns, name):.3f} s",
            peer="s",
            figure=middle(turns, name),
            budget=budget,
        )


if __name__ == "__main__":
    sys.exit(main())
