"""The example of two rules that change: the draft's mistakes, what closes them, and who moves."""

import importlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from kamcore.facts import Facts
from kamcore.routing import check_duties, compare_duties, draw_matrix, route_work

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., str]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.setenv("COLUMNS", "170")
    return importlib.import_module("duties_change")


@pytest.fixture
def run(change: ModuleType, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> str:
        assert change.main(arguments) == 0
        return capsys.readouterr().out

    return call


def proposed(change: ModuleType) -> object:
    (gap,) = check_duties(change.DRAFT).value.gaps
    return change.mend(gap)


# --- the book -------------------------------------------------------------------------------


def test_the_book_is_three_hundred_customers_counted_out(change: ModuleType) -> None:
    customers: tuple[Facts, ...] = change.book()
    assert customers == change.book()
    assert len({one.account for one in customers}) == len(customers) == 300
    assert [(one.account, one["region"], one["supply_voltage"]) for one in customers[:3]] == [
        ("E-001", "harbour", 10),
        ("E-002", "old_town", 35),
        ("E-003", "university", 10),
    ]
    volts = Counter(one["supply_voltage"] for one in customers)
    assert volts == {10: 167, 35: 67, 110: 33, 220: 33}
    assert set(Counter(one["region"] for one in customers).values()) == {75}


def test_every_customer_may_bring_any_work(change: ModuleType) -> None:
    assert {one["work"] for one in change.book()} == {None}


# --- the rules ------------------------------------------------------------------------------


def test_today_somebody_answers_for_everything(change: ModuleType) -> None:
    audit = check_duties(change.TODAY).value
    assert audit.complete
    assert not audit.dead


def test_the_draft_has_one_gap_and_one_rule_that_never_applies(change: ModuleType) -> None:
    audit = check_duties(change.DRAFT).value
    (gap,), (dead,) = audit.gaps, audit.dead
    assert not audit.complete
    assert (gap.witness["work"], gap.witness["supply_voltage"]) == ("other", 35)
    assert (dead.rule, dead.hidden_by) == ("3.3a", ("3.3",))
    assert route_work(gap.witness, change.TODAY).value.accountable == change.REGIONAL


def test_a_rule_with_the_gaps_own_condition_closes_it(change: ModuleType) -> None:
    (gap,) = check_duties(change.DRAFT).value.gaps
    policy = change.mend(gap)
    audit = check_duties(policy).value
    assert audit.complete
    assert not audit.dead
    assert any(rule.name == "3.4b" and rule.when == gap.when for rule in policy.table.rules)


@pytest.mark.parametrize(
    ("work", "volts", "before", "after"),
    [
        ("capacity_expansion", 109, "regional_manager", "regional_manager"),
        ("capacity_expansion", 110, "regional_manager", "company_manager"),
        ("capacity_expansion", 219, "regional_manager", "company_manager"),
        ("capacity_expansion", 220, "company_manager", "company_manager"),
        ("other", 34, "regional_manager", "service_centre"),
        ("other", 35, "regional_manager", "regional_manager"),
        ("complaint", 34, "regional_manager", "regional_manager"),
    ],
)
def test_two_rules_change_and_no_other(
    change: ModuleType, work: str, volts: int, before: str, after: str
) -> None:
    facts = Facts("(example)", change.TODAY.fields, (work, "south", volts))
    policies = (change.TODAY, proposed(change))
    owners = [route_work(facts, one).value.accountable.name for one in policies]
    assert owners == [before, after]


def test_the_movers_are_those_that_can_be_counted_in_the_book(change: ModuleType) -> None:
    customers = change.book()
    changes = compare_duties(change.TODAY, proposed(change), book=customers, each=change.WORK)
    volts = {one.account: one["supply_voltage"] for one in customers}
    moved = [name for name, own in volts.items() if own == 110 or own < 35]
    assert sorted(one.account for one in changes.value.movers) == sorted(moved)


# --- what it prints -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        (
            "en",
            (
                "Today's rules",
                "The first draft",
                (
                    "Mended: 3.3a before 3.3, and a rule 3.4b where "
                    "“work is work of any other kind and supply voltage ≥ 35 kV”"
                ),
                "What changes",
                "Accountable, before → after: 300 customers with one piece of work of each kind",
                "The sheet to sign",
            ),
        ),
        (
            "zh",
            (
                "现行规则",
                "初稿",
                (
                    "修改后：3.3a 移至 3.3 之前，并增加 3.4b，"
                    "条件为“工作是其他工作 且 供电电压 ≥ 35 千伏”"
                ),
                "有何变化",
                "负责的工作量，修改前 → 修改后（300 个客户，每类工作各一项）",
                "供签批的责任矩阵",
            ),
        ),
    ],
)
def test_it_goes_from_the_rules_of_today_to_the_sheet(
    run: Run, lang: str, titles: tuple[str, ...]
) -> None:
    assert tuple(re.findall(r"^## (.*)$", run("--lang", lang), re.MULTILINE)) == titles


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (1, "every case has exactly one accountable owner (408 cases)"),
        (2, "nobody is accountable in 18 of 408 cases"),
        (2, "no rule covers: work is work of any other kind and supply voltage ≥ 35 kV"),
        (2, "rule “3.3a” never applies"),
        (3, "every case has exactly one accountable owner (408 cases)"),
        (4, "the owner changes in 12 of 408 cases"),
        (4, "of 5,100 pieces of work in the book, the owner changes in 200, for 200 accounts"),
    ],
)
def test_the_proof_the_gap_and_the_changes_are_told(run: Run, part: int, told: str) -> None:
    assert told in run().split("\n## ")[part]


def test_the_load_of_the_units_adds_up(run: Run) -> None:
    table, _, owned = run().split("\n## ")[5].partition("───\n")[2].partition("\n\n")
    rows = [re.split(r"  +", line) for line in table.splitlines()]
    assert [row[0] for row in rows][1:] == [
        "Harbour district", "Old Town district", "University district", "all"
    ]  # fmt: skip
    pairs = [[cell.replace(",", "").split(" → ") for cell in row[1:]] for row in rows]
    *units, sums = [[(int(one), int(two)) for one, two in row] for row in pairs]
    assert len(units) == 4
    added = [tuple(map(sum, zip(*column, strict=True))) for column in zip(*units, strict=True)]
    assert added == sums
    assert [sum(one) for one in zip(*sums, strict=True)] == [5100, 5100]
    assert owned.strip() == "With an owner: 5,100 before and 5,100 after, of 5,100 pieces of work."


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sheet_is_the_matrix_of_the_proposal(run: Run, change: ModuleType, lang: str) -> None:
    sheet = run("--lang", lang).split("\n## ")[6].partition("\n\n")[2]
    assert sheet.rstrip() == draw_matrix(proposed(change), lang=lang).rstrip()


def test_without_a_wish_no_page_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("lang", "title"), [("en", "Responsibility matrix"), ("zh", "责任矩阵")])
def test_the_page_says_that_it_is_in_utf_8(run: Run, tmp_path: Path, lang: str, title: str) -> None:
    path = tmp_path / "matrix.html"
    assert run("--lang", lang, "--html", str(path)).endswith(
        f"{path}{'.' if lang == 'en' else '。'}\n"
    )
    page = path.read_bytes().decode("utf-8")
    assert page.startswith(f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">\n')
    assert f"<caption>{title}" in page


def test_a_page_that_cannot_be_written_is_told(
    change: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "matrix.html"
    assert change.main(["--html", str(path)]) == 2
    assert capsys.readouterr().err == f"{path}: No such file or directory\n"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(encoding: str) -> None:
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "duties_change.py", "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "责任矩阵" in done.stdout.decode("utf-8")
    assert done.stderr == b""
