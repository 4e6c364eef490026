"""Who would have answered for the incidents of a log, unit by unit, under rules of one's own?

    python examples/incident_units.py ../shared/data/incident_events.csv [--lang zh] [--zone UTC]

The log has one row a change; `incident_log.py` measures the same log by the clock. Here it is asked
who is accountable: on receipt by an incident's first row, at the end by its last. **The rules are
the example's own**, in `incident_duties.py`. Every count is made once more without kamcore.
"""

import argparse
import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from book_files import BadFiles, read_table
from incident_duties import (
    CRITICAL,
    NEEDED,
    UNKNOWN,
    Counts,
    Incident,
    compare,
    count,
    count_by_hand,
    facts_of,
    front_of,
    ladder,
    read_rows,
    rules,
    units,
)
from incident_log import zone
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kamcore.facts import Facts
from kamcore.routing import DutyRules, Space, check_duties, plan_escalation
from kamcore.values import Lang

Book = tuple[Facts, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Route the log's incidents and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="Who answers for the incidents of a log?")
    parser.add_argument("path", type=Path, metavar="PATH", help="CSV with one row a change")
    parser.add_argument("--zone", type=zone, default=ZoneInfo("UTC"), help="of the log's times")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    args = parser.parse_args(argv)
    try:
        table = read_table(args.path, NEEDED)
    except BadFiles as bad:
        print(bad, file=sys.stderr)
        return 2
    incidents, faults = read_rows(table, args.zone)
    for fault in faults:
        print(fault, file=sys.stderr)
    if all(one.first["assignment_group"] == UNKNOWN for one in incidents):
        print("no incident with a group is left; mend the rows", file=sys.stderr)
        return 2
    sizes = [f"{number:,}" for number in (len(table.rows), len(faults), len(incidents))]
    print(WORDS[args.lang]["head"].format(args.path.name, *sizes, args.zone))
    report(incidents, str(args.zone), args.lang)
    return 0


def report(incidents: Sequence[Incident], where: str, lang: Lang) -> None:
    """Print the proof, the load, what reassignments change, and an escalation in zone `where`."""
    words = WORDS[lang]
    firsts, lasts = [one.first for one in incidents], [one.last for one in incidents]
    groups = sorted({row["assignment_group"] for row in (*firsts, *lasts)} - {UNKNOWN})
    front = front_of(incidents)
    tree = units(groups, front)
    policy = rules(tree, front)
    received, ended = facts_of(firsts, policy), facts_of(lasts, policy)

    cases = Space(policy.fields, open=("group",), may_miss=("category", "group"))
    begun = sum(row["assignment_group"] == front for row in firsts)
    title(words["proof"].format(front, begun))
    print(check_duties(policy, cases).explain(lang))
    counts = [count(book, policy, tree) for book in (received, ended)]
    print_seats(counts, policy, lang)
    print_groups(counts, policy, lang)
    plain = [count_by_hand(rows, front) for rows in (firsts, lasts)]
    print(words["same" if counts == plain else "other"])
    print_moves(incidents, (received, ended), policy, lang)
    print_escalation(incidents, received, where, lang)


def print_seats(counts: list[Counts], policy: DutyRules, lang: Lang) -> None:
    """Print every rule with the incidents that its seat answers for."""
    words = WORDS[lang]
    received, ended = (sum(one.values(), Counter()) for one in counts)
    table = drawn(COLUMNS[lang]["seats"], right=(3, 4))
    for rule, duty in zip(policy.table.rules, policy.duties, strict=True):
        where = "" if rule.when is None else rule.when.text(lang)
        cells = [some[duty.accountable.name] for some in (received, ended)]
        table.add_row(rule.name, where, duty.accountable.label.text(lang), *map(str, cells))
    for kind in ("nobody", "unknown"):
        cells = [some[kind] for some in (received, ended)]
        table.add_row("", words[f"{kind}.where"], words[kind], *map(str, cells))
    table.add_row("", "", words["all"], f"{received.total():,}", f"{ended.total():,}")
    title(words["load"])
    draw(table)


def print_groups(counts: list[Counts], policy: DutyRules, lang: Lang) -> None:
    """Print the groups in which most incidents begin, and which seats answer for these."""
    words = WORDS[lang]
    received, ended = counts
    seats = {duty.accountable.name: duty.accountable.label.text(lang) for duty in policy.duties}
    kinds = {**seats, "nobody": words["nobody"], "unknown": words["unknown"]}
    name, *sums = COLUMNS[lang]["groups"]
    table = drawn((name, *kinds.values(), *sums), right=range(1, 10))
    known = received.keys() - {UNKNOWN}
    shown = sorted(known, key=lambda group: (-received[group].total(), group))[:10]
    for group in shown:
        cells = [received[group][kind] or "" for kind in kinds]
        end = ended.get(group, Counter()).total()
        table.add_row(group, *map(str, (*cells, received[group].total(), end)))
    title(words["top"].format(len(shown), len(known)))
    draw(table)


def print_moves(
    incidents: Sequence[Incident], books: tuple[Book, Book], policy: DutyRules, lang: Lang
) -> None:
    """Print how often another group means another owner."""
    words = WORDS[lang]
    times = [int(one.last["reassignment_count"]) for one in incidents]
    found = compare(*books, policy)
    table = drawn(COLUMNS[lang]["moves"], right=range(1, 5))
    for row in ("kept", "moved", "open"):
        cells = [found[row, column] for column in ("kept", "moved", "open")]
        table.add_row(words[row], *map(str, (*cells, sum(cells))))
    title(words["reassigned"].format(sum(many > 0 for many in times), len(times), sum(times)))
    draw(table)


def print_escalation(incidents: Sequence[Incident], received: Book, where: str, lang: Lang) -> None:
    """Print who would have been told of the first critical incident, and when it was solved."""
    words = WORDS[lang]
    for one, facts in zip(incidents, received, strict=True):
        if one.first["priority"] == CRITICAL:
            plan = plan_escalation(facts, ladder(where), start=one.opened)
            title(words["escalation"].format(facts.account, facts["group"] or words["open"]))
            print(plan.explain(lang))
            if one.solved is not None:
                due, all_ = len(plan.value.due(one.solved)), len(plan.value.notices)
                print(words["solved"].format(f"{one.solved:%Y-%m-%d %H:%M}", due, all_))
            return


def title(text: str) -> None:
    print(f"\n## {text}\n")


def drawn(columns: Sequence[str], right: Iterable[int] = ()) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number in right else "left", overflow="fold")
    return table


def draw(table: Table) -> None:
    """Print a table, as wide as the terminal or else 150 cells."""
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((150, 24)).columns
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as text:
        console.print(table)
    print("\n".join(line.rstrip() for line in text.get().splitlines()))


# --- words ----------------------------------------------------------------------------------

COLUMNS = {
    "en": {
        "seats": ("Rule", "Where", "Accountable", "On receipt", "At the end"),
        "groups": ("Group", "On receipt", "At the end"),
        "moves": ("From receipt to end", "Same owner", "Another", "None or not known", "All"),
    },
    "zh": {
        "seats": ("规则", "条件", "负责岗位", "受理时", "结束时"),
        "groups": ("小组", "受理时", "结束时"),
        "moves": ("受理至结束", "负责岗位不变", "更换", "无人或待定", "合计"),
    },
}
WORDS = {
    "en": {
        "head": (
            "{}: {} rows, {} left out; {} incidents, times read in {}\n"
            "The rules are the example's own: the log names groups, and nobody as accountable."
        ),
        "proof": "The proof, with {} as the front desk: {} incidents begin there",
        "load": "Who is accountable",
        "nobody": "nobody",
        "nobody.where": "no rule holds",
        "unknown": "not known",
        "unknown.where": "a “?” in the log leaves it open",
        "all": "all",
        "top": "The {} groups of {} in which most incidents begin, by seat",
        "same": "\nCounted without kamcore, for every group and seat, “?” included: the same.",
        "other": "\nTHE COUNTS WITHOUT KAMCORE DIFFER.",
        "reassigned": "Reassigned by the log: {} of {} incidents, {} times. And the owner?",
        "kept": "same group",
        "moved": "another group",
        "open": "a group not known",
        "escalation": "If nothing had happened: {}, critical, of {}",
        "solved": "In the log it was solved {}: {} of {} notices would have gone out.",
    },
    "zh": {
        "head": (
            "{}：共 {} 行，未采用 {} 行；{} 个事件，时间按 {} 理解\n"
            "规则为示例自定：日志只载明小组，未载明由谁负责。"
        ),
        "proof": "证明（以 {} 为一线服务台，{} 个事件始于该组）",
        "load": "由谁负责",
        "nobody": "无人",
        "nobody.where": "没有规则成立",
        "unknown": "待定",
        "unknown.where": "日志中的“?”使其无法判定",
        "all": "合计",
        "top": "受理事件最多的 {} 个小组（共 {} 个），按负责岗位",
        "same": "\n不用 kamcore 另行计数（逐小组、逐岗位，含“?”）：完全一致。",
        "other": "\n不用 kamcore 另行计数的结果不一致。",
        "reassigned": "日志所载改派：{} 个事件（共 {} 个），{} 次。负责岗位是否随之更换？",
        "kept": "小组不变",
        "moved": "小组变更",
        "open": "小组不明",
        "escalation": "如果一直无人处理：紧急事件 {}（{}）",
        "solved": "据日志，该事件于 {} 解决：届时已发出 {} 次通知，共 {} 次。",
    },
}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
