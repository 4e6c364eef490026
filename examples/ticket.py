"""One ticket of a service desk in Shanghai, from receipt to a restart, over the holidays of 2026.

The limits are the example's own. The days are those of the State Council's arrangement for 2026:
the Mid-Autumn Festival is off from Friday 25 to Sunday 27 September, National Day from 1 to 7
October; Sunday 20 September and Saturday 10 October are worked in exchange. `read_holidays` of
`kamcore.calendars` gives such days for whole years; here they stand in the text, to be seen.
"""

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamcore.calendars import (
    Holiday,
    Hours,
    SpecialDay,
    Week,
    WorkCalendar,
    around_the_clock,
)
from kamcore.codec import from_json, to_json
from kamcore.decision import show
from kamcore.facts import Choice, ChoiceField, Facts, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Case,
    CaseState,
    Clock,
    ClockState,
    Coming,
    Event,
    find_clocks,
    find_ledger,
)
from kamcore.values import Lang

# --- when time counts -----------------------------------------------------------------------

SHANGHAI = "Asia/Shanghai"
OFFICE = (Hours("09:00", "12:00"), Hours("13:00", "18:00"))
DESK = WorkCalendar(
    name="service desk",
    zh="服务台",
    zone=SHANGHAI,
    week=Week.of(*OFFICE),
    holidays=(
        *(Holiday(date(2026, 9, day), "Mid-Autumn Festival", zh="中秋节") for day in (25, 26, 27)),
        *(Holiday(date(2026, 10, day), "National Day", zh="国庆节") for day in range(1, 8)),
    ),
    special_days=(
        SpecialDay(date(2026, 9, 20), OFFICE),
        SpecialDay(date(2026, 10, 10), OFFICE),
    ),
)
ALWAYS = around_the_clock(SHANGHAI)

# --- what is promised -----------------------------------------------------------------------

PRIORITY = ChoiceField(
    "priority",
    options=(
        Choice("urgent", zh="紧急", en="urgent"),
        Choice("high", zh="高", en="high"),
        Choice("normal", zh="普通", en="normal"),
    ),
    zh="优先级",
    en="priority",
)


def clocks(
    hours: tuple[int, int, int], answered: WorkCalendar, worked: WorkCalendar
) -> tuple[Clock, ...]:
    """Promise a first answer, an update every so often after it, and a solution."""
    answer, update, solution = (timedelta(hours=limit) for limit in hours)
    return (
        Clock(
            "answer",
            en="first answer",
            zh="首次答复",
            limit=answer,
            calendar=answered,
            stops=("answered",),
        ),
        Clock(
            "update",
            zh="进展通报",
            limit=update,
            calendar=worked,
            starts="answered",
            stops=("updated",),
            repeats=True,
        ),
        Clock(
            "solution",
            zh="解决",
            limit=solution,
            calendar=worked,
            alerts=(Alert(name="team lead", percent=75),),
        ),
    )


AGREEMENTS = Agreements(
    agreements=(
        Agreement(
            name="service desk agreement",
            zh="服务台协议",
            clocks=RuleTable(
                rules=(
                    TableRule("urgent", PRIORITY.is_("urgent"), clocks((1, 4, 24), ALWAYS, ALWAYS)),
                    TableRule("high", PRIORITY.is_("high"), clocks((1, 8, 32), ALWAYS, DESK)),
                    TableRule("normal", PRIORITY.is_("normal"), clocks((4, 24, 80), DESK, DESK)),
                )
            ),
        ),
    ),
    retarget="from_change",
)

# --- what happens ---------------------------------------------------------------------------


def at(month: int, day: int, time: str) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{time}").replace(tzinfo=ZONE)


def priority(name: str) -> Facts:
    return read_facts({"priority": name}, AGREEMENTS.fields)


ZONE = ZoneInfo(SHANGHAI)
EVENTS = (
    Event("opened", at(9, 18, "18:30"), facts=priority("normal")),
    Event("answered", at(9, 20, "10:15"), by="Chen Jie"),
    Event("updated", at(9, 22, "10:00")),
    Event("waiting", at(9, 23, "15:00"), by="Chen Jie"),
    Event("resumed", at(9, 24, "16:00")),
    Event("updated", at(9, 28, "14:30")),
    Event("changed", at(9, 29, "16:00"), facts=priority("high")),
    Event("updated", at(9, 30, "15:00")),
)
CLOCKS = AGREEMENTS.clock_names
RESTARTED = at(10, 5, "08:00")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the ticket from its receipt to the restart and print how its clocks stand."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="A ticket over the National Day holidays of 2026.")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    lang: Lang = parser.parse_args(argv).lang

    print(WORDS[lang]["head"])
    case = Case("T-1", EVENTS[:1])
    print_plan(case, lang)
    table = Table(*WORDS[lang]["columns"], box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_row(*row(case, lang))
    for event in EVENTS[1:]:
        case = case.with_event(event)
        table.add_row(*row(case, lang))
    draw(table)
    restart(case, lang)
    print(WORDS[lang]["ledger"])
    print(find_ledger(case, AGREEMENTS, clock="solution").text(lang))
    return 0


def ask(case: Case, as_of: datetime) -> CaseState:
    return find_clocks(case, AGREEMENTS, as_of=as_of).value


def print_plan(case: Case, lang: Lang) -> None:
    """Print every coming instant, as it goes to a scheduler."""
    state = ask(case, case.events[0].at)
    for coming in state.plan:
        print(f"  {wake_up(state, coming, lang)}")
    print()


def row(case: Case, lang: Lang) -> list[Text]:
    """Return the last event, how every clock stands right after it, and the next wake-up."""
    event = case.events[-1]
    state = ask(case, event.at)
    told = event.label.text(lang)
    if event.facts is not None:
        given = show(PRIORITY.show(event.facts.values["priority"]), lang)
        told = WORDS[lang]["given"].format(told=told, given=given)
    clocks = [stands(state[name], lang) if name in state else "–" for name in CLOCKS]
    coming = wake_up(state, state.plan[0], lang) if state.plan else WORDS[lang]["nothing"]
    return [Text(cell) for cell in (f"{said(event.at, lang)} {told}", *clocks, coming)]


def stands(clock: ClockState, lang: Lang) -> str:
    words = WORDS[lang]
    if clock.stage == "running":
        return words["by"].format(due=said(clock.due, lang))
    if clock.stage == "paused":
        return words["paused"].format(remaining=show(clock.remaining, lang))
    return words[clock.verdict]


def restart(case: Case, lang: Lang) -> None:
    """Read the stored events back in and ask again: nothing else has to be kept."""
    words = WORDS[lang]
    stored = to_json(case)
    again = from_json(stored, Case)
    state = ask(again, RESTARTED)
    same = state == ask(case, RESTARTED)
    now, size = said(RESTARTED, lang), len(stored.encode())
    print(words["restart"].format(now=now, count=len(again.events), size=size))
    print(words["same" if same else "other"])
    print(words["next"].format(next=wake_up(state, state.plan[0], lang)))


def wake_up(state: CaseState, coming: Coming, lang: Lang) -> str:
    clock, what = state[coming.clock].label.text(lang), coming.label.text(lang)
    return WORDS[lang]["wake_up"].format(at=said(coming.at, lang), clock=clock, what=what)


def said(instant: datetime, lang: Lang) -> str:
    return f"{DAYS[lang][instant.weekday()]} {instant:%m-%d %H:%M}"


def draw(table: Table) -> None:
    """Print a table, as wide as the terminal or else 150 cells."""
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((150, 24)).columns
    console = Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as drawn:
        console.print(table)
    print("\n".join(line.rstrip() for line in drawn.get().splitlines()))


# --- words ----------------------------------------------------------------------------------

DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
WORDS = {
    "en": {
        "head": (
            "A ticket comes in after hours on the last working Friday before the holidays.\n"
            "The limits are the example's own; times are those of Shanghai.\n\n"
            "Wake-ups, as things stand on receipt:"
        ),
        "columns": ("What happens", "First answer", "Update", "Solution", "Next wake-up"),
        "given": "{told} ({given})",
        "by": "by {due}",
        "paused": "paused, {remaining} left",
        "met": "in time",
        "late": "late",
        "nothing": "none until an event comes",
        "wake_up": "{at} {clock}: {what}",
        "restart": "\nRestart on {now}: {count} events are read back from {size:,} bytes of JSON.",
        "same": "Every clock and every wake-up is the same as before.",
        "other": "THE ANSWER DIFFERS.",
        "next": "Next wake-up: {next}",
        "ledger": "\nFor the auditor, where the deadline of the solution comes from:\n",
    },
    "zh": {
        "head": (
            "工单于节前最后一个上班的周五下班后受理。\n"
            "各项时限为示例自定，时间均为上海时间。\n\n"
            "受理时的唤醒计划："
        ),
        "columns": ("事件", "首次答复", "进展通报", "解决", "下次唤醒"),
        "given": "{told}（{given}）",
        "by": "不晚于{due}",
        "paused": "暂停，尚余 {remaining}",
        "met": "按时",
        "late": "逾期",
        "nothing": "无，待有新事件",
        "wake_up": "{at} {clock}：{what}",
        "restart": "\n{now} 重启：从 {size:,} 字节的 JSON 中读回 {count} 条事件。",
        "same": "各项计时与唤醒计划均与重启前一致。",
        "other": "结果不一致。",
        "next": "下次唤醒：{next}",
        "ledger": "\n供审计查核，“解决”截止时间的由来：\n",
    },
}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
