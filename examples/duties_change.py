"""Two rules are to change: what an operations lead sees before anybody signs.

    python examples/duties_change.py [--lang zh] [--html FILE]

The company, its rules and its 300 customers are made up; they stand in `duties_book.py`. The first
draft has two mistakes: a case that nobody answers for, and a rule that can never apply. `--html`
writes the responsibility matrix (责任矩阵) as a page.
"""

import argparse
import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from duties_book import (
    CENTRE,
    COMPANY,
    OWN,
    REGION,
    REGIONAL,
    TODAY,
    VOLTAGE,
    WORK,
    book,
    rules_of,
)
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kamcore.facts import Facts, TableRule
from kamcore.routing import (
    Box,
    Duty,
    DutyRules,
    Load,
    check_duties,
    compare_duties,
    draw_matrix,
    simulate_load,
)
from kamcore.values import Lang, Seat

# --- what is proposed -----------------------------------------------------------------------

HIGH, MIDDLE, CAPACITY, _ = OWN
LARGE_CAPACITY = TableRule(
    "3.3a",
    WORK.is_("capacity_expansion") & (VOLTAGE >= 110) & (VOLTAGE < 220),
    Duty(COMPANY, responsible=(REGIONAL,)),
)
SMALL_OTHER = TableRule(
    "3.4a", WORK.is_("other") & (VOLTAGE < 35), Duty(CENTRE, informed=(REGIONAL,))
)
DRAFT = rules_of(HIGH, MIDDLE, CAPACITY, LARGE_CAPACITY, SMALL_OTHER)


def mend(gap: Box) -> DutyRules:
    """Return the draft with a rule for the cases of its gap, and with 3.3a before 3.3."""
    other = TableRule("3.4b", gap.when, Duty(REGIONAL, responsible=(CENTRE,)))
    return rules_of(HIGH, MIDDLE, LARGE_CAPACITY, CAPACITY, SMALL_OTHER, other)


# --- what is seen ---------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Check the draft, mend it, and show what it changes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="Two duty rules are to change.")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the matrix as a page")
    given = parser.parse_args(argv)
    lang: Lang = given.lang
    words = WORDS[lang]

    customers = book()
    print(words["head"].format(len(customers)))
    show(words["today"], check_duties(TODAY).explain(lang))
    draft = check_duties(DRAFT)
    show(words["draft"], draft.explain(lang))
    (gap,) = draft.value.gaps
    proposal = mend(gap)
    show(words["mended"].format(gap.label.text(lang)), check_duties(proposal).explain(lang))
    changes = compare_duties(TODAY, proposal, book=customers, each=WORK)
    show(words["changes"], changes.explain(lang))
    show(words["load"].format(len(customers)), load_text(customers, proposal, lang))
    show(words["matrix"], draw_matrix(proposal, lang=lang).rstrip())
    if given.html is not None:
        table = draw_matrix(proposal, lang=lang, form="html")
        try:
            given.html.write_text(PAGE.format(lang=lang, table=table), encoding="utf-8")
        except OSError as fault:
            print(f"{given.html}: {fault.strerror or fault}", file=sys.stderr)
            return 2
        print("\n" + words["written"].format(given.html))
    return 0


def show(title: str, text: str) -> None:
    print(f"\n## {title}\n\n{text}")


def load_text(customers: Sequence[Facts], proposal: DutyRules, lang: Lang) -> str:
    """Return for how many pieces of work each seat answers in each unit, before and after."""
    words = WORDS[lang]
    loads = [simulate_load(customers, one, each=WORK, by=REGION) for one in (TODAY, proposal)]
    before, after = (answers(load) for load in loads)
    seats = [seat for seat in TODAY.seats if total(before, seat) or total(after, seat)]
    table = Table(words["unit"], box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for seat in seats:
        table.add_column(seat.label.text(lang), justify="right")
    for node in REGION.nodes:
        cells = [(before[node.name, seat], after[node.name, seat]) for seat in seats]
        if any(map(any, cells)):
            table.add_row(node.label.text(lang), *(f"{one} → {two}" for one, two in cells))
    sums = [[total(some, seat) for some in (before, after)] for seat in seats]
    table.add_row(words["all"], *(f"{one:,} → {two:,}" for one, two in sums))
    owned = (f"{load.owned:,}" for load in loads)
    return f"{drawn(table)}\n\n" + words["owned"].format(*owned, f"{loads[0].asked:,}")


Answers = Counter[tuple[object, Seat]]


def answers(load: Load) -> Answers:
    return Counter({(one.place, one.seat): one.accountable for one in load.seats})


def total(some: Answers, seat: Seat) -> int:
    return sum(count for (_, own), count in some.items() if own == seat)


def drawn(table: Table) -> str:
    """Return a table as text, as wide as the terminal or else 150 cells."""
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((150, 24)).columns
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as text:
        console.print(table)
    return "\n".join(line.rstrip() for line in text.get().splitlines())


# --- words ----------------------------------------------------------------------------------

PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<style>table {{ border-collapse: collapse }} td, th {{ border: 1px solid; padding: 0.3em }}</style>
{table}</html>
"""
WORDS = {
    "en": {
        "head": (
            "Two rules are to change. The company's key-account manager takes capacity\n"
            "expansions from 110 kV (3.3a); the service centre takes work of any other kind\n"
            "below 35 kV (3.4a, in place of 3.4). Company, rules and {} customers are made up."
        ),
        "today": "Today's rules",
        "draft": "The first draft",
        "mended": "Mended: 3.3a before 3.3, and a rule 3.4b where “{}”",
        "changes": "What changes",
        "load": "Accountable, before → after: {} customers with one piece of work of each kind",
        "unit": "Unit",
        "all": "all",
        "owned": "With an owner: {} before and {} after, of {} pieces of work.",
        "matrix": "The sheet to sign",
        "written": "The sheet is written to {}.",
    },
    "zh": {
        "head": (
            "拟修改两条规则：110 千伏及以上的业扩改由公司大客户经理负责（3.3a）；\n"
            "35 千伏以下客户的其他工作改由客户服务中心负责（3.4a，取代 3.4）。\n"
            "公司、规则及全部 {} 个客户均为虚构。"
        ),
        "today": "现行规则",
        "draft": "初稿",
        "mended": "修改后：3.3a 移至 3.3 之前，并增加 3.4b，条件为“{}”",
        "changes": "有何变化",
        "load": "负责的工作量，修改前 → 修改后（{} 个客户，每类工作各一项）",
        "unit": "单位",
        "all": "合计",
        "owned": "有负责岗位的工作：修改前 {} 项，修改后 {} 项，共 {} 项。",
        "matrix": "供签批的责任矩阵",
        "written": "责任矩阵已写入 {}。",
    },
}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
