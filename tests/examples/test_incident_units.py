"""The example of a log by unit: who answers, for what nobody does, and that the counts agree."""

import importlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from kamcore.facts import Fields, read_facts
from kamcore.routing import NoOwner, plan_escalation, route_work

EXAMPLES = Path(__file__).parents[2] / "examples"
COLUMNS = (
    "number,incident_state,made_sla,opened_at,sys_updated_at,priority,category,assignment_group,"
    "reassignment_count\n"
)
Run = Callable[..., tuple[int, str, str]]

# Monday 29 February 2016, 09:00. Most incidents begin in Group 1, so that it is the front desk.
CHANGES = """\
A1  1 - Critical  Category 9   Group 1  0  New       29-02-2016 09:05
A1  1 - Critical  Category 9   Group 3  1  Resolved  29-02-2016 15:30
A1  1 - Critical  Category 9   Group 3  1  Closed    05-03-2016 15:30
A2  2 - High      Category 9   Group 1  0  Closed    29-02-2016 09:05
A3  3 - Moderate  Category 45  Group 1  0  New       29-02-2016 09:05
A3  3 - Moderate  Category 45  Group 2  1  Closed    29-02-2016 10:05
A4  3 - Moderate  Category 9   Group 1  0  New       29-02-2016 09:05
A4  3 - Moderate  Category 9   Group 2  2  Closed    29-02-2016 10:05
A5  4 - Low       Category 9   Group 3  0  Closed    29-02-2016 09:05
A6  3 - Moderate  Category 9   ?        0  New       29-02-2016 09:05
A6  3 - Moderate  Category 9   Group 2  1  Closed    29-02-2016 10:05
A7  3 - Moderate  ?            Group 2  0  Closed    29-02-2016 09:05
A8  4 - Low       ?            Group 3  0  Closed    29-02-2016 09:05
A9  3 - Moderate  Category 9   Group 2  0  New       29-02-2016 09:05
A9  3 - Moderate  Category 9   Group 3  1  Closed    29-02-2016 10:05
B1  3 - Moderate  Category 9   Group 2  0  New       29-02-2016 09:05
B1  2 - High      Category 9   Group 2  0  Closed    29-02-2016 10:05
"""


def log(changes: str = CHANGES) -> str:
    """Return changes of incidents that were opened on 29 February 2016 at 09:00 as a CSV."""
    lines = []
    for line in changes.splitlines():
        number, priority, category, group, count, state, at = re.split(r"  +", line)
        cells = (number, state, "TRUE", "29-02-2016 09:00", at, priority, category, group, count)
        lines.append(",".join(cells) + "\n")
    return COLUMNS + "".join(lines)


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "150")
    names = ("incident_duties", "incident_units")
    modules = {name: importlib.import_module(name) for name in names}
    return SimpleNamespace(**modules, **vars(modules["incident_duties"]))


@pytest.fixture
def run(example: SimpleNamespace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def call(text: str, *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        try:
            code = example.incident_units.main([str(path), *arguments])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err.replace(str(path), "log.csv")

    return call


def rows(output: str, part: int) -> list[list[str]]:
    """Return the cells of the table of a part, below its rule."""
    table = output.split("\n## ")[part].partition("───\n")[2].partition("\n\n")[0]
    return [re.split(r"  +", line.strip()) for line in table.splitlines()]


# --- the rules ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "category", "group", "seat"),
    [
        ("1 - Critical", "Category 45", "Group 1", "major"),
        ("1 - Critical", "?", "?", "major"),
        ("2 - High", "Category 45", "Group 1", "duty"),
        ("3 - Moderate", "Category 45", "Group 1", "owner"),
        ("4 - Low", "Category 53", "?", "owner"),
        ("3 - Moderate", "Category 9", "Group 1", "desk"),
        ("4 - Low", "?", "Group 1", "desk"),
        ("3 - Moderate", "Category 9", "Group 2", "lead"),
        ("3 - Moderate", "?", "Group 2", "lead"),
        ("3 - Moderate", "Category 9", "?", "unknown"),
        ("4 - Low", "Category 9", "Group 2", "nobody"),
        ("4 - Low", "?", "Group 2", "unknown"),
        ("4 - Low", "Category 9", "?", "unknown"),
    ],
)
def test_the_rules_and_the_hand_name_the_same_seat(
    example: SimpleNamespace, priority: str, category: str, group: str, seat: str
) -> None:
    tree = example.units(["Group 1", "Group 2"], "Group 1")
    policy = example.rules(tree, "Group 1")
    row = {"priority": priority, "category": category, "assignment_group": group}
    assert example.seat_by_hand(row, "Group 1") == seat
    (facts,) = example.facts_of([{**row, "number": "A"}], policy)
    answer = route_work(facts, policy)
    assert answer.decided is (seat != "unknown")
    owner = answer.value_or(NoOwner())
    name = "nobody" if isinstance(owner, NoOwner) else owner.accountable.name
    assert name == {"unknown": "nobody"}.get(seat, seat)


def test_the_front_desk_is_where_most_incidents_begin(example: SimpleNamespace) -> None:
    def begins(group: str) -> object:
        row = {"assignment_group": group}
        return example.Incident(row, {}, datetime.fromisoformat("2016-02-29T09:00+00:00"), None)

    assert example.front_of(map(begins, ["B", "A", "B"])) == "B"
    assert example.front_of(map(begins, ["B", "A"])) == "A"
    assert example.front_of(map(begins, ["?", "?", "B"])) == "B"


def test_a_critical_incident_is_told_in_working_hours(example: SimpleNamespace) -> None:
    opened = datetime.fromisoformat("2016-03-04T16:00+00:00")
    facts = read_facts({}, Fields(()))
    plan = plan_escalation(facts, example.ladder("UTC"), start=opened).value
    assert [f"{one.at:%a %H:%M} {one.seat.name}" for one in plan.notices] == [
        "Fri 16:00 major",
        "Fri 16:00 lead",
        "Fri 18:00 duty",
        "Mon 11:00 owner",
        "Mon 16:00 head",
    ]


# --- the log --------------------------------------------------------------------------------


def test_an_incident_goes_from_its_first_row_to_its_last_in_time(
    example: SimpleNamespace, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    head, *lines = log().splitlines(keepends=True)
    path.write_text(head + "".join(reversed(lines)), encoding="utf-8")
    table = importlib.import_module("book_files").read_table(path, example.NEEDED)
    incidents, faults = example.read_rows(table, ZoneInfo("UTC"))
    found = {one.first["number"]: one for one in incidents}
    assert faults == []
    assert found["A1"].first["assignment_group"] == "Group 1"
    assert found["A1"].last["incident_state"] == "Closed"
    assert f"{found['A1'].opened:%d %H:%M}, {found['A1'].solved:%d %H:%M}" == "29 09:00, 29 15:30"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "Category 9,Group 1,0",
            "Category 9,Group 1,none",
            "A1: reassignment_count 'none' is no number",
            id="a count that is none",
        ),
        pytest.param(
            "1 - Critical,",
            "0 - Panic,",
            "A1: priority '0 - Panic' is none of 1 - Critical, 2 - High, 3 - Moderate, 4 - Low",
            id="an unknown priority",
        ),
        pytest.param(
            "29-02-2016 09:05",
            "29-02-2016 08:59",
            "A1: updated at 29-02-2016 08:59, before 29-02-2016 09:00, when opened",
            id="before it was opened",
        ),
    ],
)
def test_a_row_that_cannot_be_is_told_and_left_out(
    run: Run, old: str, new: str, fault: str
) -> None:
    code, output, errors = run(log().replace(old, new, 1))
    assert (code, errors) == (0, f"log.csv:2: {fault}; the row is left out\n")
    assert output.startswith("log.csv: 17 rows, 1 left out; 10 incidents, ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            log("A1  5 - None  Category 9  Group 1  0  New  29-02-2016 09:05"),
            "no incident with a group is left; mend the rows",
            id="no row that can be",
        ),
        pytest.param(
            log("A1  4 - Low  Category 9  ?  0  New  29-02-2016 09:05"),
            "no incident with a group is left; mend the rows",
            id="no group at all",
        ),
        pytest.param(
            log().replace("category", "kind", 1),
            "log.csv:1: there is no column 'category'",
            id="a column too few",
        ),
    ],
)
def test_a_file_that_is_no_log_ends_the_program(run: Run, text: str, told: str) -> None:
    code, output, errors = run(text)
    assert (code, output) == (2, "")
    assert errors.splitlines()[-1].startswith(told)


# --- what it prints -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "log.csv: 17 rows, 0 left out; 10 incidents, times read in UTC\n"
                "The rules are the example's own: the log names groups, and nobody as accountable."
            ),
        ),
        (
            "zh",
            (
                "log.csv：共 17 行，未采用 0 行；10 个事件，时间按 UTC 理解\n"
                "规则为示例自定：日志只载明小组，未载明由谁负责。"
            ),
        ),
    ],
)
def test_first_it_says_whose_the_rules_are(run: Run, lang: str, told: str) -> None:
    code, output, errors = run(log(), "--lang", lang)
    assert (code, errors) == (0, "")
    assert output.startswith(told)


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        (
            "en",
            [
                "The proof, with Group 1 as the front desk: 4 incidents begin there",
                "Who is accountable",
                "The 3 groups of 3 in which most incidents begin, by seat",
                "Reassigned by the log: 5 of 10 incidents, 6 times. And the owner?",
                "If nothing had happened: A1, critical, of Group 1",
            ],
        ),
        (
            "zh",
            [
                "证明（以 Group 1 为一线服务台，4 个事件始于该组）",
                "由谁负责",
                "受理事件最多的 3 个小组（共 3 个），按负责岗位",
                "日志所载改派：5 个事件（共 10 个），6 次。负责岗位是否随之更换？",
                "如果一直无人处理：紧急事件 A1（Group 1）",
            ],
        ),
    ],
)
def test_it_goes_from_the_proof_to_one_escalation(run: Run, lang: str, titles: list[str]) -> None:
    _, output, _ = run(log(), "--lang", lang)
    assert re.findall(r"^## (.*)$", output, re.MULTILINE) == titles


def test_the_proof_counts_what_is_missing_in_the_log_as_a_case(run: Run) -> None:
    _, output, _ = run(log())
    proof = output.split("\n## ")[1]
    # 4 priorities, 2 categories, any other and none, 3 groups, the second line itself and none
    assert "nobody is accountable in 10 of 80 cases" in proof
    assert "group is missing" in proof
    assert "the list is open" in proof


def test_every_incident_has_a_seat_or_is_counted_as_having_none(run: Run) -> None:
    _, output, _ = run(log())
    found = [(row[-3], int(row[-2]), int(row[-1])) for row in rows(output, 2)]
    assert found == [
        ("the incident manager", 1, 1),
        ("the duty manager", 1, 2),
        ("the application owner", 1, 1),
        ("the front desk", 1, 0),
        ("the group's lead", 3, 4),
        ("nobody", 1, 1),
        ("not known", 2, 1),
        ("all", 10, 10),
    ]


def test_the_groups_stand_with_what_each_seat_carries_there(run: Run) -> None:
    _, output, _ = run(log())
    assert rows(output, 3) == [
        ["Group 1", "1", "1", "1", "1", "4", "1"],
        ["Group 2", "3", "3", "5"],
        ["Group 3", "1", "1", "2", "4"],
    ]


def test_no_more_than_ten_groups_are_listed(run: Run) -> None:
    lines = "".join(
        f"C{n}  2 - High  Category 9  Group {n}  0  Closed  29-02-2016 09:05\n"
        for n in range(1, 15)
    )
    _, output, _ = run(log(lines))
    assert "\n## The 10 groups of 14 in which" in output
    assert len(rows(output, 3)) == 10


def test_another_group_is_not_always_another_owner(run: Run) -> None:
    _, output, _ = run(log())
    assert [row[1:] for row in rows(output, 4)] == [
        ["2", "1", "2", "5"],
        ["2", "2", "0", "4"],
        ["0", "0", "1", "1"],
    ]


def test_counts_without_kamcore_are_the_same(run: Run) -> None:
    assert "for every group and seat, “?” included: the same." in run(log())[1]


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "DIFFER"), ("zh", "不用 kamcore 另行计数的结果不一致。")]
)
def test_a_count_that_differs_would_be_told(
    example: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, run: Run, lang: str, told: str
) -> None:
    def one_too_many(*_: object) -> dict[str, Counter[str]]:
        return {"Group 1": Counter(desk=11)}

    monkeypatch.setattr(example.incident_units, "count_by_hand", one_too_many)
    assert told in run(log(), "--lang", lang)[1]


@pytest.mark.parametrize(
    ("solved", "told"),
    [
        ("29-02-2016 15:30", "In the log it was solved 2016-02-29 15:30: 4 of 5 notices"),
        ("29-02-2016 09:30", "In the log it was solved 2016-02-29 09:30: 2 of 5 notices"),
        ("29-02-2016 18:00", "In the log it was solved 2016-02-29 18:00: 5 of 5 notices"),
    ],
)
def test_the_plan_is_held_against_the_log(run: Run, solved: str, told: str) -> None:
    _, output, _ = run(log().replace("29-02-2016 15:30", solved))
    assert output.splitlines()[-1].startswith(told)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            "A1  1 - Critical  Category 9  Group 1  0  New  29-02-2016 09:05",
            "\n## If nothing had happened: A1",
            id="not solved in the log",
        ),
        pytest.param(
            "A1  1 - Critical  Category 9  ?  0  New  29-02-2016 09:05\n"
            "A2  2 - High  Category 9  Group 1  0  New  29-02-2016 09:05",
            "\n## If nothing had happened: A1, critical, of a group not known\n",
            id="of a group that is not known",
        ),
    ],
)
def test_what_the_log_does_not_tell_of_it_is_not_told(run: Run, changes: str, told: str) -> None:
    _, output, _ = run(log(changes))
    assert told in output
    assert "In the log it was solved" not in output


def test_without_a_critical_incident_nothing_is_escalated(run: Run) -> None:
    _, output, _ = run(log("A1  4 - Low  Category 9  Group 1  0  New  29-02-2016 09:05"))
    assert "\n## If nothing had happened" not in output


def test_times_are_those_of_the_zone(run: Run) -> None:
    _, output, _ = run(log(), "--zone", "Asia/Shanghai")
    assert "times read in Asia/Shanghai" in output
    assert "Mon 2016-02-29 09:00 (Asia/Shanghai UTC+08:00)" in output


def test_an_unknown_zone_is_told(run: Run) -> None:
    code, _, errors = run(log(), "--zone", "Mars/Base")
    assert code == 2
    assert "'Mars/Base' is not a zone like Asia/Shanghai" in errors


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(log(), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "incident_units.py", path, "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "一线服务台" in done.stdout.decode("utf-8")
    assert done.stderr == b""
