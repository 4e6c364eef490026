"""The example of an incident log: what its rows mean, what is kept, and why the log differs."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
HEADER = "number,incident_state,made_sla,opened_at,sys_updated_at,priority\n"
MODERATE = "3 - Moderate"
Run = Callable[..., tuple[int, str, str]]
Change = tuple[str, str]

# Monday 29 February 2016. A1 is in time for both, A2 waits for most of its time, A3 is late for
# both, A4 is critical and takes five hours.
LOG = """\
A1,New,TRUE,29-02-2016 09:00,29-02-2016 09:05,3 - Moderate
A1,Active,TRUE,29-02-2016 09:00,29-02-2016 10:00,3 - Moderate
A1,Resolved,TRUE,29-02-2016 09:00,29-02-2016 12:00,3 - Moderate
A1,Closed,TRUE,29-02-2016 09:00,05-03-2016 12:00,3 - Moderate
A2,Active,TRUE,29-02-2016 09:00,29-02-2016 09:30,3 - Moderate
A2,Awaiting User Info,TRUE,29-02-2016 09:00,29-02-2016 10:00,3 - Moderate
A2,Resolved,TRUE,29-02-2016 09:00,04-03-2016 11:00,3 - Moderate
A2,Closed,FALSE,29-02-2016 09:00,09-03-2016 11:00,3 - Moderate
A3,Active,TRUE,29-02-2016 09:00,29-02-2016 15:00,3 - Moderate
A3,Resolved,TRUE,29-02-2016 09:00,10-03-2016 09:00,3 - Moderate
A3,Closed,FALSE,29-02-2016 09:00,15-03-2016 09:00,3 - Moderate
A4,Active,TRUE,29-02-2016 10:00,29-02-2016 10:05,1 - Critical
A4,Resolved,TRUE,29-02-2016 10:00,29-02-2016 15:00,1 - Critical
A4,Closed,TRUE,29-02-2016 10:00,29-02-2016 15:00,1 - Critical
"""


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "150")
    names = ("incident_cases", "incident_reading", "incident_log")
    return SimpleNamespace(
        **{k: v for n in names for k, v in vars(importlib.import_module(n)).items()}
    )


@pytest.fixture
def run(example: SimpleNamespace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def call(log: str, *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "log.csv"
        path.write_text(log, encoding="utf-8")
        try:
            code = example.main([str(path), *arguments])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err.replace(str(path), "log.csv")

    return call


def at(text: str) -> datetime:
    """Return a time such as "29 09:00" (29 February) or "04 11:00" (March) of 2016, in UTC."""
    day, time = text.split()
    return datetime.fromisoformat(f"2016-{'02' if day == '29' else '03'}-{day}T{time}+00:00")


def history(
    example: SimpleNamespace, *changes: Change, priority: str = MODERATE, made: bool = True
) -> object:
    """Return an incident received on 29 February 09:00, by its states and when they came."""
    row = example.Row
    opened = at("29 09:00")
    return example.incident(
        [row("A", state, made, opened, at(when), priority) for when, state in changes]
    )


# --- what rows mean -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        pytest.param(
            [("29 09:05", "New"), ("29 10:00", "New")], "opened", id="another person is no answer"
        ),
        pytest.param([("29 09:05", "Active")], "opened answered", id="leaving New is the answer"),
        pytest.param(
            [("29 09:05", "Resolved"), ("05 09:05", "Closed")],
            "opened answered solved confirmed",
            id="so is the solution",
        ),
        pytest.param(
            [("29 09:05", "Awaiting User Info"), ("29 10:00", "Active")],
            "opened answered waiting resumed",
            id="for user info it waits",
        ),
        pytest.param(
            [("29 09:05", "Awaiting Vendor"), ("29 10:00", "Resolved")],
            "opened answered paused resumed solved",
            id="for others it pauses",
        ),
        pytest.param(
            [("29 09:05", "Awaiting Problem"), ("29 10:00", "Awaiting User Info")],
            "opened answered paused resumed waiting",
            id="one pause ends where the other begins",
        ),
        pytest.param(
            [("29 09:05", "Resolved"), ("29 10:00", "Active"), ("29 11:00", "Resolved")],
            "opened answered solved reopened solved",
            id="an open state after Resolved re-opens",
        ),
        pytest.param(
            [("29 09:05", "Resolved"), ("29 10:00", "New"), ("29 11:00", "Active")],
            "opened answered solved reopened answered",
            id="so does New",
        ),
        pytest.param(
            [("29 09:05", "Active"), ("29 10:00", "Closed")],
            "opened answered solved confirmed",
            id="Closed solves what was not solved",
        ),
        pytest.param(
            [("29 10:00", "Resolved"), ("29 09:05", "Active")],
            "opened answered solved",
            id="rows count in the order of their times",
        ),
    ],
)
def test_rows_become_events(example: SimpleNamespace, changes: list[Change], kinds: str) -> None:
    assert [one.kind for one in history(example, *changes).case.events] == kinds.split()


def test_another_priority_is_a_change(example: SimpleNamespace) -> None:
    rows = [
        example.Row("A", "New", True, at("29 09:00"), at("29 09:05"), MODERATE),
        example.Row("A", "New", True, at("29 09:00"), at("29 09:30"), "1 - Critical"),
    ]
    opened, changed = example.incident(rows).case.events
    assert (opened.at, opened.facts["priority"]) == (at("29 09:00"), MODERATE)
    assert (changed.kind, changed.at) == ("changed", at("29 09:30"))
    assert changed.facts["priority"] == "1 - Critical"


# --- rows that cannot be --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "A1,Active,",
            "A1,-100,",
            "A1: incident_state '-100' is none of New, Active, Awaiting User Info, "
            "Awaiting Problem, Awaiting Vendor, Awaiting Evidence, Resolved, Closed",
            id="an unknown state",
        ),
        pytest.param(
            "29-02-2016 10:00,3",
            "2016-02-29 10:00,3",
            "A1: sys_updated_at '2016-02-29 10:00' is not a time like 29-02-2016 18:05",
            id="another form of time",
        ),
        pytest.param(
            "A1,Active,TRUE,29-02-2016 09:00,29-02-2016 10:00",
            "A1,Active,TRUE,29-02-2016 09:00,29-02-2016 08:59",
            "A1: updated at 29-02-2016 08:59, before 29-02-2016 09:00, when opened",
            id="before it was opened",
        ),
        pytest.param(
            "A1,Active,TRUE,29-02-2016 09:00",
            "A1,Active,TRUE,29-02-2016 09:01",
            "A1: opened_at '29-02-2016 09:01' is another than in the incident's first row",
            id="opened twice",
        ),
        pytest.param(
            "A1,Active,TRUE,29-02-2016 09:00,29-02-2016 10:00,3 - Moderate",
            ",Active,yes,29-02-2016 09:00,29-02-2016 10:00,3",
            ": there is no number; priority '3' is none of 1 - Critical, 2 - High, 3 - Moderate, "
            "4 - Low; made_sla 'yes' is none of TRUE, FALSE",
            id="all that is wrong with a row",
        ),
    ],
)
def test_a_row_that_cannot_be_is_told_and_left_out(
    run: Run, old: str, new: str, fault: str
) -> None:
    code, output, errors = run(HEADER + LOG.replace(old, new, 1))
    assert (code, errors) == (0, f"log.csv:3: {fault}; the row is left out\n")
    assert output.startswith("log.csv: 14 rows, 1 left out; 4 incidents, ")


def test_a_row_at_the_very_minute_of_receipt_is_none_of_them(run: Run) -> None:
    _, _, errors = run(HEADER + LOG.replace("29-02-2016 09:05", "29-02-2016 09:00"))
    assert errors == ""


def test_every_bad_row_is_told_at_once(run: Run) -> None:
    rows = "".join(f"B{number},Open,TRUE,x,y,z\n" for number in range(50))
    code, output, errors = run(HEADER + LOG + rows)
    assert (code, len(errors.splitlines())) == (0, 50)
    assert output.startswith("log.csv: 64 rows, 50 left out; 4 incidents, ")


@pytest.mark.parametrize(
    ("log", "told"),
    [
        pytest.param(
            HEADER + "B1,Open,TRUE,29-02-2016 09:00,29-02-2016 09:00,4 - Low\n",
            "no row is left; mend the rows",
            id="no row that can be",
        ),
        pytest.param(
            HEADER.replace("made_sla", "made") + LOG,
            "log.csv:1: there is no column 'made_sla'; is 'made' meant?",
            id="a column that is called otherwise",
        ),
        pytest.param(
            HEADER + LOG.replace("A1,New,TRUE,", "A1,New,"),
            "log.csv:2: 5 cells and 6 columns; mend the commas",
            id="a cell too few",
        ),
    ],
)
def test_a_file_that_is_no_log_ends_the_program(run: Run, log: str, told: str) -> None:
    code, output, errors = run(log)
    assert (code, output) == (2, "")
    assert errors.splitlines()[-1] == told


# --- what it prints -------------------------------------------------------------------------

EN = """\
log.csv: 14 rows, 0 left out; 4 incidents, 2016-02-29 to 2016-03-15, times read in UTC
The limits are the example's own; those that the log was kept by are not in it.

Priority   First answer   Solution   Counted in
─────────────────────────────────────────────────────
critical   15 minutes     4 hours    around the clock
high       30 minutes     8 hours    around the clock
moderate   4 hours        27 hours   working hours
low        9 hours        45 hours   working hours

Promise        Priority   In time     Share   Median h:mm   90 % within   Longest   Open
────────────────────────────────────────────────────────────────────────────────────────
first answer   critical     1 / 1   100.0 %          0:05          0:05      0:05      0
first answer   moderate     2 / 3    66.6 %          1:00          6:00      6:00      0
solution       critical     0 / 1     0.0 %          5:00          5:00      5:00      0
solution       moderate     2 / 3    66.6 %          3:00         72:00     72:00      0

made_sla of the log, and our solution   critical   high   moderate   low   all
──────────────────────────────────────────────────────────────────────────────
both kept                                      0      0          1     0     1
both missed                                    0      0          1     0     1
log kept, we late                              1      0          0     0     1
log missed, we kept                            0      0          1     0     1

Rows with made_sla FALSE, by state: Closed 2
made_sla as one limit for each priority would give it            Explained
──────────────────────────────────────────────────────────────────────────
receipt to first Closed, all hours counted                           4 / 4
the same, by the priority of the first row instead of the last       4 / 4
receipt to solution, all hours and pauses counted                    4 / 4
receipt to solution, all hours counted, pauses left out              3 / 4
receipt to solution, in our calendars, pauses counted                4 / 4
receipt to solution, in our calendars, pauses left out               3 / 4

critical: limit of 5:00 or more until Closed
moderate: limit from 123:00 to below 218:00 until Closed
A limit that fits is not yet the rule. Days of receipt: 1. The middle half of
the incidents was closed 120:00 to 120:00 after solution, so that either time
says nearly the same. Without explanation by the time to solution: none.

log missed, we kept                                           Incidents   For instance
──────────────────────────────────────────────────────────────────────────────────────
late if either counted                                                0
late if pauses counted (and not if nights and weekends did)           1   A2
late if nights and weekends counted (and not if pauses did)           0
late only if both counted                                             0
in time with both counted, too                                        0

log kept, we late                                 Incidents   For instance
──────────────────────────────────────────────────────────────────────────
in time when first solved, then re-opened                 0
our limit is shorter than what the log let pass           1   A4

A2, made_sla FALSE: log missed, we kept
"""
ZH = """\
log.csv：共 14 行，未采用 0 行；4 个事件，2016-02-29 至 2016-03-15，时间按 UTC 理解
各项时限为示例自定；日志所依据的时限未载于日志。

优先级   首次答复   解决      计时方式
──────────────────────────────────────
紧急     15 分钟    4 小时    自然时间
高       30 分钟    8 小时    自然时间
中       4 小时     27 小时   工作时间
低       9 小时     45 小时   工作时间

承诺       优先级    按时      比例   中位数（时:分）   90% 以内    最长   未结
───────────────────────────────────────────────────────────────────────────────
首次答复   紧急     1 / 1   100.0 %              0:05       0:05    0:05      0
首次答复   中       2 / 3    66.6 %              1:00       6:00    6:00      0
解决       紧急     0 / 1     0.0 %              5:00       5:00    5:00      0
解决       中       2 / 3    66.6 %              3:00      72:00   72:00      0

日志的 made_sla 与本方“解决”结论   紧急   高   中   低   合计
─────────────────────────────────────────────────────────────
均为按时                              0    0    1    0      1
均为逾期                              0    0    1    0      1
日志按时，本方逾期                    1    0    0    0      1
日志逾期，本方按时                    0    0    1    0      1

made_sla 为 FALSE 的行，按状态：Closed 2
假定每个优先级只有一个时限，能解释的 made_sla    件数
─────────────────────────────────────────────────────
受理至首次 Closed，全部时间计入                 4 / 4
同上，但按首行而非末行的优先级                  4 / 4
受理至解决，全部时间及暂停均计入                4 / 4
受理至解决，全部时间计入，扣除暂停              3 / 4
受理至解决，按本方日历计时，暂停计入            4 / 4
受理至解决，按本方日历计时，扣除暂停            3 / 4

紧急：至 Closed 的时限不短于 5:00
中：至 Closed 的时限不短于 123:00，短于 218:00
时限吻合，不等于就是日志的规则。受理日共 1 天；居中的一半事件在解决后
120:00 至 120:00 关闭，以关闭计或以解决计几无差别。以解决计不能解释的：无。

日志逾期，本方按时                             件数   例
────────────────────────────────────────────────────────
计入其中任何一项即逾期                            0
若计入暂停即逾期（仅计入夜间与周末则不逾期）      1   A2
若计入夜间与周末即逾期（仅计入暂停则不逾期）      0
两项均计入才逾期                                  0
两项均计入仍按时                                  0

日志按时，本方逾期             件数   例
────────────────────────────────────────
首次解决时按时，之后重新打开      0
本方时限短于日志所容许的时间      1   A4

A2，made_sla 为 FALSE：日志逾期，本方按时
"""


@pytest.mark.parametrize(("lang", "told"), [("en", EN), ("zh", ZH)])
def test_the_log_in_figures(run: Run, lang: str, told: str) -> None:
    code, output, errors = run(HEADER + LOG, "--lang", lang)
    assert (code, errors) == (0, "")
    assert output[: len(told)] == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (
            "A1",
            """\
A1, made_sla TRUE: both kept
every clock has stopped: 2 in time, 0 late
""",
        ),
        ("A4", "A4, made_sla TRUE: log kept, we late\n"),
    ],
)
def test_one_incident_is_explained(run: Run, number: str, told: str) -> None:
    _, output, _ = run(HEADER + LOG, "--explain", number)
    assert output.count(", made_sla ") == 1
    assert told in output
    assert f"\n{number}, solution, counted in " in output


def test_the_ledger_tells_how_the_time_was_counted(run: Run) -> None:
    _, output, _ = run(HEADER + LOG, "--explain", "A4")
    assert output.endswith("""\
A4, solution, counted in around the clock:
  Mon 2016-02-29 10:00 – 14:00  4 hours  counted
  = 4 hours: deadline Mon 2016-02-29 14:00
  -- after the deadline --
  Mon 2016-02-29 14:00 – 15:00  1 hour   counted
  stopped Mon 2016-02-29 15:00, 1 hour late
""")


def test_without_a_wish_one_example_of_each_difference_is_explained(run: Run) -> None:
    _, output, _ = run(HEADER + LOG)
    assert "A2, made_sla FALSE: log missed, we kept\n" in output
    assert "A4, made_sla TRUE: log kept, we late\n" in output
    assert "A1, made_sla" not in output


def test_where_all_agree_nothing_is_explained(run: Run) -> None:
    code, output, _ = run(HEADER + "".join(LOG.splitlines(keepends=True)[:4]))
    assert code == 0
    assert ", solution, counted in " not in output


def test_where_none_was_kept_the_limit_lies_below_all_times(run: Run) -> None:
    _, output, _ = run(HEADER + "".join(LOG.splitlines(keepends=True)[8:11]))
    assert "\nmoderate: limit below 360:00 until Closed\n" in output


def test_what_is_not_solved_is_not_decided(run: Run) -> None:
    code, output, _ = run(HEADER + LOG.splitlines(keepends=True)[0])
    assert code == 0
    assert ["not", "decided", "yet", "0", "0", "1", "0", "1"] in [
        line.split() for line in output.splitlines()
    ]
    assert "Rows with made_sla FALSE, by state: none" in output


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("AA1", "--explain: 'AA1' is not among the 4 incidents; did you mean 'A1'"),
        ("XYZ", "--explain: 'XYZ' is not among the 4 incidents; one is 'A1'\n"),
    ],
)
def test_an_unknown_incident_is_told(run: Run, number: str, told: str) -> None:
    code, output, errors = run(HEADER + LOG, "--explain", number)
    assert (code, output) == (2, "")
    assert errors.startswith(told)


def test_an_unknown_zone_is_told(run: Run) -> None:
    code, _, errors = run(HEADER + LOG, "--zone", "Mars/Base")
    assert code == 2
    assert "'Mars/Base' is not a zone like Asia/Shanghai" in errors


@pytest.mark.parametrize(
    ("zone", "share"), [("UTC", "0.0 %"), ("Asia/Shanghai", "0.0 %"), ("Europe/Berlin", "100.0 %")]
)
def test_the_zone_decides_how_long_a_night_was(run: Run, zone: str, share: str) -> None:
    # 01:00 to 05:30 on the day on which the clocks of Berlin jump from 02:00 to 03:00
    changes = (("Active", "01:05"), ("Resolved", "05:30"), ("Closed", "05:30"))
    log = "".join(
        f"A,{state},TRUE,27-03-2016 01:00,27-03-2016 {when},1 - Critical\n"
        for state, when in changes
    )
    _, output, _ = run(HEADER + log, "--zone", zone)
    solution = next(line for line in output.splitlines() if line.startswith("solution "))
    assert share in solution


# --- why the log differs --------------------------------------------------------------------


def replayed(example: SimpleNamespace, incident: object) -> tuple[object, dict[str, object]]:
    states = example.replay({"A": incident}, "UTC")
    return incident, states


@pytest.mark.parametrize(
    ("changes", "made", "kind", "cause"),
    [
        pytest.param(
            [("29 09:30", "Awaiting User Info"), ("04 11:00", "Resolved"), ("09 11:00", "Closed")],
            False,
            "log_missed",
            "pauses",
            id="waiting until Friday",
        ),
        pytest.param(
            [("29 09:30", "Active"), ("02 11:00", "Resolved"), ("09 11:00", "Closed")],
            False,
            "log_missed",
            "hours",
            id="20 working hours over two nights",
        ),
        pytest.param(
            [
                ("29 09:30", "Active"),
                ("01 13:00", "Awaiting Vendor"),
                ("03 13:00", "Resolved"),
                ("09 11:00", "Closed"),
            ],
            False,
            "log_missed",
            "either",
            id="13 working hours over a night, then two days with a vendor",
        ),
        pytest.param(
            [
                ("29 09:30", "Active"),
                ("01 08:00", "Awaiting Vendor"),
                ("01 18:30", "Resolved"),
                ("09 11:00", "Closed"),
            ],
            False,
            "log_missed",
            "together",
            id="a day and a night of which the pause is the larger part",
        ),
        pytest.param(
            [("29 09:30", "Active"), ("29 12:00", "Resolved"), ("15 12:00", "Closed")],
            False,
            "log_missed",
            "neither",
            id="solved at once, closed after two weeks",
        ),
        pytest.param(
            [
                ("29 12:00", "Resolved"),
                ("29 13:00", "Active"),
                ("04 12:00", "Resolved"),
                ("09 12:00", "Closed"),
            ],
            True,
            "log_kept",
            "reopened",
            id="re-opened within the hour",
        ),
        pytest.param(
            [("29 09:30", "Active"), ("03 10:00", "Resolved"), ("09 12:00", "Closed")],
            True,
            "log_kept",
            "shorter",
            id="28 working hours",
        ),
        pytest.param(
            [
                ("03 10:00", "Resolved"),
                ("03 11:00", "Active"),
                ("03 12:00", "Resolved"),
                ("09 12:00", "Closed"),
            ],
            True,
            "log_kept",
            "shorter",
            id="late before it was re-opened",
        ),
    ],
)
def test_the_cause_is_what_would_change_the_verdict(
    example: SimpleNamespace, changes: list[Change], made: bool, kind: str, cause: str
) -> None:
    incident, states = replayed(example, history(example, *changes, made=made))
    assert example.kind_of(incident, states["ours"]["A"]) == kind
    assert example.cause_of(incident, states) == cause


@pytest.mark.parametrize(
    ("solved", "made", "kind"),
    [
        ("02 18:00", True, "both_kept"),
        ("03 09:01", True, "log_kept"),
        ("02 18:00", False, "log_missed"),
        ("03 09:01", False, "both_missed"),
    ],
)
def test_27_working_hours_are_the_last_minute_of_wednesday(
    example: SimpleNamespace, solved: str, made: bool, kind: str
) -> None:
    incident = history(example, (solved, "Resolved"), ("09 12:00", "Closed"), made=made)
    incident, states = replayed(example, incident)
    assert example.kind_of(incident, states["ours"]["A"]) == kind


@pytest.mark.parametrize(
    ("kept", "missed", "found"),
    [
        pytest.param([1, 2], [3, 4], (0, 2, 3), id="parted"),
        pytest.param([1, 2], [], (0, 2, None), id="none missed"),
        pytest.param([], [1, 2], (0, None, 1), id="none kept"),
        pytest.param([1, 2, 4], [3, 5], (1, 2, 3), id="one error either way: the shorter limit"),
        pytest.param([1, 2, 2], [2, 3], (1, 2, 3), id="equal times stay together"),
        pytest.param([2], [1, 2, 2], (1, None, 1), id="better without any limit"),
    ],
)
def test_a_split_has_the_fewest_errors(
    example: SimpleNamespace,
    kept: Sequence[int],
    missed: Sequence[int],
    found: tuple[int | None, ...],
) -> None:
    times = [(timedelta(hours=hour), True) for hour in kept]
    times += [(timedelta(hours=hour), False) for hour in missed]
    split = example.split(times)
    hours = [
        None if one is None else one // timedelta(hours=1) for one in (split.most, split.least)
    ]
    assert (split.wrong, *hours) == found


# --- as a program ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEADER + LOG, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "incident_log.py", path, "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "日志逾期，本方按时" in done.stdout.decode("utf-8")
    assert done.stderr == b""
