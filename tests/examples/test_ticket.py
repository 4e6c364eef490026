"""The example of one ticket as its user meets it: deadlines, wake-ups, restart, ledger."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from kamcore.codec import from_json

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., str]


@pytest.fixture
def ticket(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "160")
    return importlib.import_module("ticket")


@pytest.fixture
def run(ticket: ModuleType, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> str:
        assert ticket.main(arguments) == 0
        return capsys.readouterr().out

    return call


def rows(output: str) -> list[list[str]]:
    """Return the cells of the table below its rule."""
    table = output.partition("───\n")[2].partition("\n\n")[0]
    return [re.split(r"  +", line) for line in table.splitlines()]


EN = """\
A ticket comes in after hours on the last working Friday before the holidays.
The limits are the example's own; times are those of Shanghai.

Wake-ups, as things stand on receipt:
  Sun 09-20 14:00 first answer: deadline
  Wed 09-30 14:00 solution: 75 % of the time
  Fri 10-09 18:00 solution: deadline

"""
ZH = """\
工单于节前最后一个上班的周五下班后受理。
各项时限为示例自定，时间均为上海时间。

受理时的唤醒计划：
  周日 09-20 14:00 首次答复：截止
  周三 09-30 14:00 解决：已用 75% 时限
  周五 10-09 18:00 解决：截止

"""


@pytest.mark.parametrize(("lang", "head"), [("en", EN), ("zh", ZH)])
def test_on_receipt_every_wake_up_is_known(run: Run, lang: str, head: str) -> None:
    assert run("--lang", lang).startswith(head)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            0,
            "周五 09-18 18:30 受理（普通）|09-20 14:00|–|10-09 18:00|09-20 14:00 首次答复",
        ),
        (1, "周日 09-20 10:15 答复（Chen Jie）|按时|09-23 10:15|10-09 18:00|09-23 10:15"),
        (2, "周二 09-22 10:00 进展通报|按时|09-28 10:00|10-09 18:00|09-28 10:00"),
        (3, "周三 09-23 15:00 等待客户|按时|尚余 12 小时|尚余 51 小时|无，待有新事件"),
        (4, "周四 09-24 16:00 恢复|按时|09-29 11:00|10-12 10:00|09-29 11:00 进展通报"),
        (5, "周一 09-28 14:30 进展通报|按时|10-08 14:30|10-12 10:00|10-08 14:30"),
        (6, "周二 09-29 16:00 变更（高）|按时|09-30 16:00|10-10 16:00|09-30 16:00 进展通报"),
        (7, "周三 09-30 15:00 进展通报|按时|10-08 15:00|10-10 16:00|10-08 15:00"),
    ],
)
def test_after_every_event_all_deadlines_and_the_next_wake_up_are_told(
    run: Run, row: int, cells: str
) -> None:
    found = rows(run("--lang", "zh"))
    assert len(found) == 8
    for cell, part in zip(found[row], cells.split("|"), strict=True):
        assert part in cell


def test_a_waiting_ticket_wakes_nobody(run: Run) -> None:
    told = "paused, 12 hours left   paused, 51 hours left   none until an event comes"
    assert told in run()


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                r"Restart on Mon 10-05 08:00: 8 events are read back from [\d,]+ bytes of JSON\.\n"
                r"Every clock and every wake-up is the same as before\.\n"
                r"Next wake-up: Thu 10-08 15:00 update: deadline\n"
            ),
        ),
        (
            "zh",
            (
                r"周一 10-05 08:00 重启：从 [\d,]+ 字节的 JSON 中读回 8 条事件。\n"
                r"各项计时与唤醒计划均与重启前一致。\n"
                r"下次唤醒：周四 10-08 15:00 进展通报：截止\n"
            ),
        ),
    ],
)
def test_a_restart_gives_the_same_answer(run: Run, lang: str, told: str) -> None:
    assert re.search(told, run("--lang", lang))


def test_a_restart_that_lost_an_event_would_be_told(
    ticket: ModuleType, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def forgetful(text: str, kind: type) -> object:
        case = from_json(text, kind)
        return kind(case.id, case.events[:-1])

    monkeypatch.setattr(ticket, "from_json", forgetful)
    assert "THE ANSWER DIFFERS." in run()


@pytest.mark.parametrize(
    "line",
    [
        "Sun 2026-09-20 09:00 – 12:00                 3 hours      make-up workday",
        "Wed 2026-09-23 15:00 – Thu 2026-09-24 16:00  not counted  waiting for the customer",
        "Fri 2026-09-25 00:00 – Mon 2026-09-28 00:00  not counted  Mid-Autumn Festival",
        "Thu 2026-10-01 00:00 – Thu 2026-10-08 00:00  not counted  National Day",
        "Sat 2026-10-10 13:00 – 16:00                 3 hours      make-up workday",
        "= 32 hours: deadline Sat 2026-10-10 16:00",
    ],
)
def test_the_ledger_names_every_reason(run: Run, line: str) -> None:
    assert f"\n  {line}" in run()


def test_the_hours_of_the_ledger_since_the_change_are_the_limit(run: Run) -> None:
    since = run().partition("-- new limit from here --")[2]
    assert sum(int(hours) for hours in re.findall(r"  (\d+) hours?  ", since)) == 32


def test_the_days_are_those_of_the_official_arrangement(ticket: ModuleType) -> None:
    pytest.importorskip("holidays")
    calendars = importlib.import_module("kamcore.calendars")
    read = calendars.read_holidays("CN", years=(2026,), make_up=ticket.OFFICE)
    official = calendars.WorkCalendar(
        name="official",
        zone=ticket.SHANGHAI,
        week=ticket.DESK.week,
        holidays=read.holidays,
        special_days=read.special_days,
    )
    days = [date(2026, 9, 1) + timedelta(number) for number in range(61)]
    worked = [day for day in days if ticket.DESK.is_working_day(day)]
    assert worked == [day for day in days if official.is_working_day(day)]
    assert date(2026, 9, 20) in worked
    assert date(2026, 9, 25) not in worked


def test_the_ticket_comes_after_hours_on_the_last_working_friday(ticket: ModuleType) -> None:
    opened: datetime = ticket.EVENTS[0].at
    fridays = [opened.date() + timedelta(weeks=number) for number in range(1, 3)]
    assert opened.strftime("%A") == "Friday"
    assert ticket.DESK.is_working_day(opened.date())
    assert not ticket.DESK.is_open(opened)
    assert not any(ticket.DESK.is_working_day(day) for day in fridays)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(encoding: str) -> None:
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "ticket.py", "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "中秋节" in done.stdout.decode("utf-8")
    assert done.stderr == b""
