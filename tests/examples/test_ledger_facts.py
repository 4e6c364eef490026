"""Figures from a ledger rest on what it said on the day of grading, and on nothing later."""

import importlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
GRADED_ON = date(2026, 1, 5)
ON_TIME = (date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 31))
LATE = (date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1))

Bill = tuple[date, date, date | None]


@pytest.fixture
def ledger_facts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    return importlib.import_module("ledger_facts")


def figures(
    ledger_facts: ModuleType, *bills: Bill, graded_on: date = GRADED_ON
) -> dict[str, object]:
    entries = [
        ledger_facts.Entry("K1", issued, due, Decimal("10.05"), paid) for issued, due, paid in bills
    ]
    (row,) = ledger_facts.derive_facts(entries, graded_on=graded_on)
    return dict(row)


@pytest.mark.parametrize(
    ("bills", "share"),
    [
        pytest.param([ON_TIME], "0", id="paid on the due date"),
        pytest.param([LATE], "1", id="paid on the day after"),
        pytest.param([ON_TIME, ON_TIME, LATE], "0.3334", id="a third, rounded up"),
        pytest.param([LATE, LATE, ON_TIME], "0.6667", id="two thirds, rounded up"),
        pytest.param(
            [ON_TIME, (date(2025, 12, 1), date(2026, 1, 4), None)], "0.5", id="open, due yesterday"
        ),
        pytest.param(
            [ON_TIME, (date(2025, 12, 1), date(2026, 1, 5), None)], "0", id="open, due today"
        ),
        pytest.param(
            [ON_TIME, (date(2025, 12, 1), date(2026, 1, 4), date(2026, 1, 5))],
            "0.5",
            id="paid late today",
        ),
        pytest.param(
            [(date(2025, 12, 1), date(2026, 1, 31), date(2026, 3, 1))],
            None,
            id="will be paid late, which nobody knows yet",
        ),
        pytest.param(
            [(date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 6))],
            "1",
            id="still open today, paid tomorrow",
        ),
        pytest.param(
            [ON_TIME, (date(2024, 12, 31), date(2025, 1, 30), date(2025, 9, 1))],
            "0",
            id="an invoice of the year before does not count",
        ),
        pytest.param(
            [ON_TIME, (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 3))],
            "0",
            id="nor does one of this year",
        ),
    ],
)
def test_the_share_paid_late_is_what_was_known(
    ledger_facts: ModuleType, bills: list[Bill], share: str | None
) -> None:
    expected = None if share is None else Decimal(share)
    assert figures(ledger_facts, *bills)["late_share"] == expected


@pytest.mark.parametrize(
    ("issued", "count"),
    [
        (date(2024, 12, 31), 0),
        (date(2025, 1, 1), 1),
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 6), 0),
    ],
)
def test_sales_and_orders_are_those_of_the_previous_year(
    ledger_facts: ModuleType, issued: date, count: int
) -> None:
    found = figures(ledger_facts, (issued, issued, issued))
    assert found["order_quantity"] == count
    assert found["sales_volume"] == count * Decimal("10.05")


@pytest.mark.parametrize(
    ("first", "months"),
    [
        (date(2025, 1, 5), 12),
        (date(2025, 1, 6), 11),
        (date(2026, 1, 5), 0),
        (date(2026, 1, 6), None),
    ],
)
def test_history_counts_full_months_since_the_first_invoice(
    ledger_facts: ModuleType, first: date, months: int | None
) -> None:
    found = figures(ledger_facts, (first, first, None), (date(2026, 2, 1), date(2026, 2, 1), None))
    assert found["history_months"] == months


def test_accounts_keep_the_order_in_which_they_appear(ledger_facts: ModuleType) -> None:
    day = date(2025, 5, 1)
    entries = [ledger_facts.Entry(name, day, day, Decimal(1)) for name in ("b", "a", "b", "c")]
    rows = ledger_facts.derive_facts(entries, graded_on=GRADED_ON)
    assert [row["account"] for row in rows] == ["b", "a", "c"]
