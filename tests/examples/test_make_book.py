"""The committed example book is what its script writes, and it shows what it is meant to show."""

import csv
import importlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
GRADED_ON = date(2026, 1, 5)
FILES = ("accounts.csv", "invoices.csv")


@pytest.fixture
def make_book(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    return importlib.import_module("make_book")


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / "book" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_the_committed_book_is_what_the_script_writes(
    make_book: ModuleType, tmp_path: Path, name: str
) -> None:
    make_book.main(tmp_path)
    assert (tmp_path / name).read_bytes() == (EXAMPLES / "book" / name).read_bytes()


def test_the_figures_of_an_account_are_those_of_its_invoices(make_book: ModuleType) -> None:
    entries = [
        make_book.Entry(
            row["account"],
            date.fromisoformat(row["issued"]),
            date.fromisoformat(row["due"]),
            Decimal(row["amount"]),
            date.fromisoformat(row["paid"]) if row["paid"] else None,
        )
        for row in rows("invoices.csv")
    ]
    derived = {row["account"]: row for row in make_book.derive_facts(entries, graded_on=GRADED_ON)}
    accounts = {row["account"]: row for row in rows("accounts.csv")}
    assert derived.keys() == accounts.keys()
    for name, row in accounts.items():
        assert Decimal(row["sales_volume"]) == derived[name]["sales_volume"]
        if row["late_share"]:
            assert Decimal(row["late_share"]) == derived[name]["late_share"]


def test_the_book_is_about_forty_accounts_over_a_year_and_a_half() -> None:
    accounts, invoices = rows("accounts.csv"), rows("invoices.csv")
    assert 36 <= len({row["account"] for row in accounts}) == len(accounts) <= 44
    assert len({row["number"] for row in invoices}) == len(invoices)
    assert min(row["issued"] for row in invoices) >= "2025-01-01"
    assert "2026-06-01" <= max(row["issued"] for row in invoices) <= "2026-06-30"


@pytest.mark.parametrize(
    ("shown", "least"),
    [
        pytest.param(lambda row: row["disputed"] == "yes", 10, id="disputed"),
        pytest.param(lambda row: not row["paid"], 10, id="open"),
        pytest.param(lambda row: row["paid"] > row["due"], 10, id="paid late"),
        pytest.param(lambda row: "" < row["paid"] <= row["due"], 10, id="paid on time"),
    ],
)
def test_the_book_has_invoices_of_every_kind(
    shown: Callable[[dict[str, str]], bool], least: int
) -> None:
    assert sum(shown(row) for row in rows("invoices.csv")) >= least


def test_some_facts_are_missing_and_some_accounts_are_new() -> None:
    accounts = rows("accounts.csv")
    known = [row for row in accounts if Decimal(row["sales_volume"])]
    assert 0 < len(accounts) - len(known) < 4
    assert {name for row in known for name, cell in row.items() if not cell} == {
        "late_share",
        "product_margin",
        "our_share",
        "standing_points",
        "collection_safe",
    }


def test_two_accounts_are_equal_in_every_fact() -> None:
    facts = [tuple(row.values())[1:] for row in rows("accounts.csv") if row["late_share"]]
    assert len(facts) - len(set(facts)) == 1
