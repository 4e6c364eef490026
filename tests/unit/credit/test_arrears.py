"""Arrears (S4-8a): asked by number, account, period, amount, suspended or not."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest

from kamcore.credit import Arrears, Invoice, Payment, find_arrears
from kamcore.errors import CurrencyMismatch, DuplicateName, InputError, NotADate, PolicyError
from kamcore.values import Days, Money

AS_OF = date(2013, 6, 30)


def cny(amount: int) -> Money:
    """Return an amount in CNY."""
    return Money(amount, "CNY")


def invoice(number: str, overdue: int, amount: int = 100, account: str = "K01") -> Invoice:
    """Return an open invoice that is some days overdue."""
    due = AS_OF - timedelta(days=overdue)
    return Invoice(number=number, account=account, due=due, amount=cny(amount))


BOOK = (
    invoice("F3", 10, 30),
    invoice("F1", 40, 100),
    invoice("F2", 40, 50),
    invoice("F4", 0, 900),
    invoice("H1", 5, 70, "K00"),
    invoice("J1", 90, 20, "K02"),
)


def found(**asked: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - what is asked
    """Return accounts and what they owe in whole units."""
    return [(one.account, int(one.open.amount)) for one in find_arrears(BOOK, as_of=AS_OF, **asked)]


def test_the_whole_row() -> None:
    disputed = attrs.evolve(invoice("F9", 41, 7), disputed=True)
    assert find_arrears((*BOOK[:4], disputed), as_of=AS_OF) == (
        Arrears(
            account="K01",
            open=cny(187),
            disputed=cny(7),
            credited=cny(0),
            invoices=("F9", "F1", "F2", "F3"),
            credit_notes=(),
            oldest_due=date(2013, 5, 20),
            days_overdue=41,
        ),
    )


def test_accounts_come_in_order() -> None:
    assert found() == [("K00", 70), ("K01", 180), ("K02", 20)]


@pytest.mark.parametrize(("overdue", "owed"), [(-1, 0), (0, 0), (1, 1)])
def test_only_what_was_due_before_the_day_is_past_due(overdue: int, owed: int) -> None:
    assert len(find_arrears((invoice("F1", overdue),), as_of=AS_OF)) == owed


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"account": "K01"}, [("K01", 180)]),
        ({"account": "K99"}, []),
        ({"number": "F2"}, [("K01", 50)]),
        ({"number": "F4"}, []),
        ({"at_least": cny(70)}, [("K00", 70), ("K01", 180)]),
        ({"at_least": cny(71)}, [("K01", 180)]),
        ({"period": Days.through(date(2013, 5, 21), date(2013, 5, 21))}, [("K01", 150)]),
        ({"period": Days.through(date(2013, 5, 22), date(2013, 6, 20))}, [("K01", 30)]),
        ({"period": Days.through(date(2013, 6, 21), date(2013, 6, 24))}, []),
        ({"account": "K01", "at_least": cny(181)}, []),
        ({"suspended": ("K02",), "only": "suspended"}, [("K02", 20)]),
        ({"suspended": {"K02"}, "only": "not_suspended"}, [("K00", 70), ("K01", 180)]),
        ({"suspended": (), "only": "suspended"}, []),
    ],
)
def test_what_can_be_asked(asked: dict[str, object], answer: list[tuple[str, int]]) -> None:
    assert found(**asked) == answer


@pytest.mark.parametrize(
    ("suspended", "said"), [(None, None), ((), False), (["K02"], False), (["K00"], True)]
)
def test_the_row_says_whether_the_account_is_suspended(
    suspended: Collection[str] | None, said: bool | None
) -> None:
    assert find_arrears(BOOK, as_of=AS_OF, suspended=suspended)[0].suspended is said


@pytest.mark.parametrize(
    ("note", "overdue", "owed"),
    [(-30, 5, 70), (-99, 5, 1), (-100, 5, None), (-150, 5, None), (-30, 0, 100)],
    ids=["in part", "all but one", "all", "more than all", "a credit note not past due"],
)
def test_credit_notes_past_due_are_deducted(note: int, overdue: int, owed: int | None) -> None:
    book = (invoice("F1", 20, 100), invoice("G1", overdue, note))
    answer = find_arrears(book, as_of=AS_OF)
    assert [one.open for one in answer] == ([] if owed is None else [cny(owed)])
    assert all(one.days_overdue == 20 for one in answer)


def test_the_oldest_invoice_is_no_credit_note() -> None:
    (one,) = find_arrears((invoice("F1", 20), invoice("G1", 50, -30)), as_of=AS_OF)
    assert (one.days_overdue, one.invoices) == (20, ("F1",))
    assert (one.credited, one.credit_notes, one.open) == (cny(30), ("G1",), cny(70))


def test_what_was_paid_later_or_issued_later_is_not_known() -> None:
    parts = (Payment(AS_OF, cny(40)), Payment(AS_OF + timedelta(days=1), cny(60)))
    part = attrs.evolve(invoice("F1", 5), payments=parts)
    later = attrs.evolve(invoice("F2", 5), issued=AS_OF + timedelta(days=1))
    (one,) = find_arrears((part, later), as_of=AS_OF)
    assert (one.open, one.invoices) == (cny(60), ("F1",))


def test_two_currencies_are_two_rows() -> None:
    dollars = attrs.evolve(invoice("F2", 5), amount=Money(9, "USD"))
    answer = find_arrears((dollars, invoice("F1", 5)), as_of=AS_OF)
    assert [one.open for one in answer] == [cny(100), Money(9, "USD")]
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        find_arrears((dollars,), as_of=AS_OF, at_least=cny(1))


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"suspended": "K02"}, InputError, r"suspended is the text 'K02'; pass names, such as \("),
        ({"suspended": (2,)}, InputError, "suspended holds 2; pass names"),
        (
            {"only": "suspended"},
            InputError,
            "only='suspended' without suspended; pass the accounts suspended",
        ),
        (
            {"only": "stopped", "suspended": ()},
            PolicyError,
            "only 'stopped' is no named convention; known are 'suspended', 'not_suspended'",
        ),
        ({"as_of": datetime(2013, 6, 30)}, NotADate, "as_of"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        find_arrears(BOOK, **{"as_of": AS_OF, **asked})


def test_an_invoice_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName, match="invoice 'F1' appears twice"):
        find_arrears((BOOK[1], BOOK[1]), as_of=AS_OF)


def test_amounts_are_exact() -> None:
    cents = [
        attrs.evolve(invoice(f"F{number}", 5), amount=Money(Decimal("0.10"), "CNY"))
        for number in range(3)
    ]
    assert find_arrears(cents, as_of=AS_OF)[0].open == Money(Decimal("0.30"), "CNY")
