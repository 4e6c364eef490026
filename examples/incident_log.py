"""Replay an incident log against promises of one's own, and compare with what the log says.

The log is a CSV with one row a change, as in the "incident management process enriched event log"
of the UCI archive. Its times name no zone; `--zone` does. **The limits are the example's own.** The
rows of an incident become its events:

- `opened_at` is the receipt, with the priority of the first row; another priority is a change.
- Leaving the state New is the first answer. Another group or person in charge is none: the caller
  learns nothing from it.
- "Awaiting User Info" waits for the customer, any other "Awaiting ..." pauses, every other state
  resumes. Resolved solves, an open state after it re-opens. Closed confirms; where nothing was
  solved, it solves.

A row that cannot be is told on stderr and left out; the other rows of its incident count.
"""

import argparse
import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from book_files import BadFiles, read_table
from incident_cases import COLUMNS, PRIORITIES, Incident, agreements, read_log
from incident_reading import (
    CAUSES,
    KINDS,
    States,
    cause_of,
    kind_of,
    measures,
    misfits,
    replay,
    splits,
)
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Drawn

from kamcore.calendars import amount_label
from kamcore.sla import (
    CaseState,
    find_clocks,
    find_ledger,
    measure_attainment,
)
from kamcore.values import Lang

# --- what is printed ------------------------------------------------------------------------


class BadArgument(Exception):
    """An argument that does not fit the log."""


def main(argv: Sequence[str] | None = None) -> int:
    """Replay the log and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    args = arguments(argv)
    try:
        table = read_table(args.path, COLUMNS)
        incidents, faults = read_log(table, args.zone)
        for fault in faults:
            print(fault, file=sys.stderr)
        find_incident(args.explain, incidents)
    except (BadFiles, BadArgument) as bad:
        print(bad, file=sys.stderr)
        return 2
    states = replay(incidents, str(args.zone))
    lang: Lang = args.lang
    print_head(args, len(table.rows), len(faults), incidents)
    print_attainment(states, lang)
    sorted_out = print_agreement(incidents, states, lang)
    print_measures(incidents, states, lang)
    causes = print_causes(sorted_out, states, lang)
    for place, number in enumerate([args.explain] if args.explain else examples(causes, states)):
        print("\n" if place else "", end="")
        print_reasoning(incidents[number], states["ours"][number], lang)
    return 0


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; ends the program with code 2 and one line for a faulty one."""
    parser = argparse.ArgumentParser(description="Replay an incident log against promises.")
    add = parser.add_argument
    add("path", type=Path, metavar="PATH", help="CSV with one row a change")
    add("--zone", type=zone, default=ZoneInfo("UTC"), help="of the log's times (UTC)")
    add("--lang", choices=("en", "zh"), default="en")
    add("--explain", metavar="NUMBER", help="the incident whose reasoning is printed")
    return parser.parse_args(argv)


def zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a zone like Asia/Shanghai") from None


def find_incident(number: str | None, incidents: dict[str, Incident]) -> None:
    """Raise `BadArgument` for a log without incidents, and for one that is not in it."""
    if not incidents:
        raise BadArgument("no row is left; mend the rows")
    if number is None or number in incidents:
        return
    near = get_close_matches(number, incidents)
    mend = (
        f"did you mean {' or '.join(map(repr, near))}?"
        if near
        else f"one is {next(iter(incidents))!r}"
    )
    raise BadArgument(
        f"--explain: {number!r} is not among the {len(incidents):,} incidents; {mend}"
    )


def print_head(
    args: argparse.Namespace, rows: int, left_out: int, incidents: dict[str, Incident]
) -> None:
    """Print what is replayed, and what is promised."""
    words, every = WORDS[args.lang], [row for one in incidents.values() for row in one.rows]
    print(
        words["head"].format(
            path=args.path.name,
            rows=rows,
            left_out=left_out,
            incidents=len(incidents),
            first=min(row.opened for row in every).date(),
            last=max(row.at for row in every).date(),
            zone=args.zone,
        )
    )
    table = drawn(words["promises"])
    for clocks in agreements(str(args.zone)).agreements[0].clocks.rules:
        answer, solution = clocks.gives
        calendar = answer.calendar.label.text(args.lang)
        limits = (amount_label(one.limit).text(args.lang) for one in (answer, solution))
        table.add_row(PRIORITIES[clocks.name].text(args.lang), *limits, calendar)
    draw(table)


def print_attainment(states: States, lang: Lang) -> None:
    """Print how many promises were kept, and the time that was needed."""
    table = drawn(WORDS[lang]["attainment"], right=(2, 3, 4, 5, 6, 7))
    labels = {one.clock: one.label.text(lang) for one in next(iter(states["ours"].values())).clocks}
    for row in measure_attainment(states["ours"].values(), by=("priority",)).items:
        tenths = row.met * 1000 // row.decided if row.decided else 0
        times = (row.median, row.p90, row.longest)
        table.add_row(
            labels[row.clock],
            PRIORITIES[row.group[0]].text(lang),
            f"{row.met:,} / {row.decided:,}",
            f"{tenths // 10}.{tenths % 10} %" if row.decided else "–",
            *map(short, times),
            str(row.open),
        )
    draw(table)


def print_agreement(
    incidents: dict[str, Incident], states: States, lang: Lang
) -> dict[str, list[Incident]]:
    """Print how often the log and we agree; return the incidents by the kind of agreement."""
    found: dict[str, list[Incident]] = {kind: [] for kind in KINDS}
    for number, one in incidents.items():
        found[kind_of(one, states["ours"][number])].append(one)
    words = WORDS[lang]
    columns = (
        words["verdicts"],
        *(label.text(lang) for label in PRIORITIES.values()),
        words["all"],
    )
    table = drawn(columns, right=range(1, 6))
    for kind, some in found.items():
        counts = Counter(one.priority for one in some)
        if some or kind != "open":
            cells = (str(counts[priority]) for priority in PRIORITIES)
            table.add_row(words[kind], *cells, f"{len(some):,}")
    draw(table)
    return found


def print_measures(incidents: dict[str, Incident], states: States, lang: Lang) -> None:
    """Print which time the log's verdicts follow from, and how far that can be known."""
    words = WORDS[lang]
    missed = Counter(row.state for one in incidents.values() for row in one.rows if not row.made)
    states_missed = words["joint"].join(f"{state} {count}" for state, count in missed.items())
    print(words["missed"].format(states=states_missed or words["none"]))
    found = measures(incidents, states)
    limits = {name: splits(times) for name, times in found.items()}
    table = drawn(words["measures"], right=(1,))
    for name, times in found.items():
        wrong = sum(one.wrong for one in limits[name].values())
        table.add_row(words[f"measure.{name}"], f"{len(times) - wrong:,} / {len(times):,}")
    draw(table)
    for priority, one in limits["closed"].items():
        key = "none_kept" if one.most is None else "all_kept" if one.least is None else "limit"
        most, least = short(one.most), short(one.least)
        label = PRIORITIES[priority].text(lang)
        print(words[key].format(priority=label, most=most, least=least))
    gaps = sorted(gap for one in incidents.values() if (gap := to_closing(one)) is not None)
    print(
        words["caution"].format(
            days=len({one.rows[0].opened.date() for one in incidents.values()}),
            low=short(gaps[len(gaps) // 4] if gaps else None),
            high=short(gaps[len(gaps) * 3 // 4] if gaps else None),
            numbers=words["joint"].join(misfits(found["all"], limits["all"])) or words["none"],
        )
    )


def to_closing(one: Incident) -> timedelta | None:
    solved = [event.at for event in one.case.events if event.kind == "solved"]
    return one.closed - solved[-1] if one.closed and solved else None


def print_causes(
    found: dict[str, list[Incident]], states: States, lang: Lang
) -> dict[str, dict[str, list[str]]]:
    """Print what makes the difference, and return the incidents by kind and cause."""
    words = WORDS[lang]
    causes: dict[str, dict[str, list[str]]] = {}
    for kind, names in CAUSES.items():
        own = causes[kind] = {name: [] for name in names}
        for one in found[kind]:
            own[cause_of(one, states)].append(one.case.id)
        table = drawn((words[kind], *words["count"]), right=(1,))
        for name in names:
            table.add_row(words[f"cause.{name}"], str(len(own[name])), shortest(own[name], states))
        draw(table)
    return causes


def shortest(numbers: Sequence[str], states: States) -> str:
    """Return the incident that was solved soonest, with every hour counted."""
    time = {number: states["all"][number]["solution"].elapsed for number in numbers}
    return min(time, key=time.__getitem__, default="")


def examples(causes: dict[str, dict[str, list[str]]], states: States) -> list[str]:
    """Return for each kind of difference the shortest incident with the most frequent cause."""
    most = [max(kind.values(), key=len) for kind in causes.values()]
    return [shortest(numbers, states) for numbers in most if numbers]


def print_reasoning(one: Incident, state: CaseState, lang: Lang) -> None:
    """Print how the clocks of an incident stand, and the ledger of its solution."""
    words, policy = WORDS[lang], agreements(str(one.rows[0].at.tzinfo))
    made = "TRUE" if one.made else "FALSE"
    verdict = words[kind_of(one, state)]
    print(words["reasoning"].format(number=one.case.id, made=made, verdict=verdict))
    print(find_clocks(one.case, policy, as_of=state.as_of).explain(lang))
    print()
    print(find_ledger(one.case, policy, clock="solution", as_of=state.as_of).text(lang))


def short(time: timedelta | None) -> str:
    if time is None:
        return "–"
    minutes = time // timedelta(minutes=1)
    return f"{minutes // 60:,}:{minutes % 60:02}"


def drawn(columns: Sequence[str], right: Iterable[int] = ()) -> Drawn:
    table = Drawn(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number in right else "left", overflow="fold")
    return table


def draw(table: Drawn) -> None:
    """Print a table, as wide as the terminal or else 150 cells, and an empty line."""
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((150, 24)).columns
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as text:
        console.print(table)
    print("\n".join(line.rstrip() for line in text.get().splitlines()), end="\n\n")


# --- words ----------------------------------------------------------------------------------

WORDS = {
    "en": {
        "head": (
            "{path}: {rows:,} rows, {left_out:,} left out; {incidents:,} incidents, "
            "{first} to {last}, times read in {zone}\n"
            "The limits are the example's own; those that the log was kept by are not in it.\n"
        ),
        "promises": ("Priority", "First answer", "Solution", "Counted in"),
        "attainment": (
            *("Promise", "Priority", "In time", "Share"),
            *("Median h:mm", "90 % within", "Longest", "Open"),
        ),
        "verdicts": "made_sla of the log, and our solution",
        "all": "all",
        "both_kept": "both kept",
        "both_missed": "both missed",
        "log_kept": "log kept, we late",
        "log_missed": "log missed, we kept",
        "open": "not decided yet",
        "missed": "Rows with made_sla FALSE, by state: {states}",
        "measures": ("made_sla as one limit for each priority would give it", "Explained"),
        "measure.closed": "receipt to first Closed, all hours counted",
        "measure.first": "the same, by the priority of the first row instead of the last",
        "measure.all": "receipt to solution, all hours and pauses counted",
        "measure.hours": "receipt to solution, all hours counted, pauses left out",
        "measure.pauses": "receipt to solution, in our calendars, pauses counted",
        "measure.ours": "receipt to solution, in our calendars, pauses left out",
        "limit": "{priority}: limit from {most} to below {least} until Closed",
        "none_kept": "{priority}: limit below {least} until Closed",
        "all_kept": "{priority}: limit of {most} or more until Closed",
        "caution": (
            "A limit that fits is not yet the rule. Days of receipt: {days}. The middle half of\n"
            "the incidents was closed {low} to {high} after solution, so that either time\n"
            "says nearly the same. Without explanation by the time to solution: {numbers}.\n"
        ),
        "count": ("Incidents", "For instance"),
        "cause.pauses": "late if pauses counted (and not if nights and weekends did)",
        "cause.hours": "late if nights and weekends counted (and not if pauses did)",
        "cause.either": "late if either counted",
        "cause.together": "late only if both counted",
        "cause.neither": "in time with both counted, too",
        "cause.reopened": "in time when first solved, then re-opened",
        "cause.shorter": "our limit is shorter than what the log let pass",
        "reasoning": "{number}, made_sla {made}: {verdict}",
        "joint": ", ",
        "none": "none",
    },
    "zh": {
        "head": (
            "{path}：共 {rows:,} 行，未采用 {left_out:,} 行；{incidents:,} 个事件，"
            "{first} 至 {last}，时间按 {zone} 理解\n"
            "各项时限为示例自定；日志所依据的时限未载于日志。\n"
        ),
        "promises": ("优先级", "首次答复", "解决", "计时方式"),
        "attainment": (
            *("承诺", "优先级", "按时", "比例"),
            *("中位数（时:分）", "90% 以内", "最长", "未结"),
        ),
        "verdicts": "日志的 made_sla 与本方“解决”结论",
        "all": "合计",
        "both_kept": "均为按时",
        "both_missed": "均为逾期",
        "log_kept": "日志按时，本方逾期",
        "log_missed": "日志逾期，本方按时",
        "open": "尚无结论",
        "missed": "made_sla 为 FALSE 的行，按状态：{states}",
        "measures": ("假定每个优先级只有一个时限，能解释的 made_sla", "件数"),
        "measure.closed": "受理至首次 Closed，全部时间计入",
        "measure.first": "同上，但按首行而非末行的优先级",
        "measure.all": "受理至解决，全部时间及暂停均计入",
        "measure.hours": "受理至解决，全部时间计入，扣除暂停",
        "measure.pauses": "受理至解决，按本方日历计时，暂停计入",
        "measure.ours": "受理至解决，按本方日历计时，扣除暂停",
        "limit": "{priority}：至 Closed 的时限不短于 {most}，短于 {least}",
        "none_kept": "{priority}：至 Closed 的时限短于 {least}",
        "all_kept": "{priority}：至 Closed 的时限不短于 {most}",
        "caution": (
            "时限吻合，不等于就是日志的规则。受理日共 {days} 天；居中的一半事件在解决后\n"
            "{low} 至 {high} 关闭，以关闭计或以解决计几无差别。以解决计不能解释的：{numbers}。\n"
        ),
        "count": ("件数", "例"),
        "cause.pauses": "若计入暂停即逾期（仅计入夜间与周末则不逾期）",
        "cause.hours": "若计入夜间与周末即逾期（仅计入暂停则不逾期）",
        "cause.either": "计入其中任何一项即逾期",
        "cause.together": "两项均计入才逾期",
        "cause.neither": "两项均计入仍按时",
        "cause.reopened": "首次解决时按时，之后重新打开",
        "cause.shorter": "本方时限短于日志所容许的时间",
        "reasoning": "{number}，made_sla 为 {made}：{verdict}",
        "joint": "、",
        "none": "无",
    },
}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)
