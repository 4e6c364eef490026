"""Open orders and uninvoiced deliveries: what of them is on credit."""

from datetime import date, datetime

import pytest

from kamcore.credit import Commitment
from kamcore.errors import CurrencyMismatch, InputError, NotADate, PolicyError
from kamcore.values import Money

DAY = date(2026, 4, 10)


def money(amount: int) -> Money:
    """Return an amount in yuan."""
    return Money(amount, "CNY")


def order(**given: object) -> Commitment:
    """Return an order of 100.00 yuan, changed."""
    fields: dict[str, object] = {
        "kind": "order",
        "number": "O1",
        "account": "K01",
        "amount": money(100),
        "day": DAY,
        **given,
    }
    return Commitment(**fields)  # type: ignore[arg-type]  # what is wrong is refused


def test_an_order_is_on_credit_unless_something_is_paid_or_invoiced_ahead() -> None:
    plain = Commitment("order", "O1", "K01", money(100), DAY)
    assert plain == order()
    assert (plain.prepaid, plain.invoiced) == (money(0), money(0))
    assert plain.on_credit == money(100)


@pytest.mark.parametrize(
    ("prepaid", "invoiced", "on_credit"),
    [(40, 0, 60), (0, 30, 70), (40, 30, 30), (100, 0, 0), (0, 100, 0), (70, 30, 0)],
)
def test_what_is_prepaid_or_invoiced_is_not_on_credit(
    prepaid: int, invoiced: int, on_credit: int
) -> None:
    found = order(prepaid=money(prepaid), invoiced=money(invoiced))
    assert found.on_credit == money(on_credit)


def test_a_delivery_is_a_commitment_as_well() -> None:
    assert Commitment("delivery", "L1", "K01", money(5), DAY).on_credit == money(5)


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        ({"kind": "quote"}, PolicyError, "Commitment.kind 'quote' is no named convention"),
        ({"number": " "}, PolicyError, "Commitment.number is ' '; pass a name"),
        ({"account": ""}, PolicyError, "Commitment.account is ''; pass a name"),
        ({"amount": 100}, PolicyError, "Commitment.amount is 100; pass Money"),
        ({"prepaid": 0}, PolicyError, "Commitment.prepaid is 0; pass Money"),
        ({"invoiced": None}, PolicyError, "Commitment.invoiced is None; pass Money"),
        ({"day": datetime(2026, 4, 10)}, NotADate, "order O1: day .* is not a date"),
        ({"amount": money(-1)}, InputError, "order O1: amount is CNY -1.00; pass 0 or more"),
        ({"prepaid": money(-1)}, InputError, "order O1: prepaid is CNY -1.00; pass 0 or more"),
        ({"invoiced": money(-1)}, InputError, "order O1: invoiced is CNY -1.00; pass 0 or more"),
        (
            {"prepaid": money(70), "invoiced": Money.from_minor(3001, "CNY")},
            InputError,
            (
                "order O1 of CNY 100.00: CNY 70.00 prepaid and CNY 30.01 invoiced; "
                "pass at most the amount, and the surplus as a credit note"
            ),
        ),
        ({"prepaid": Money(1, "USD")}, CurrencyMismatch, "USD meets CNY"),
    ],
)
def test_what_is_no_commitment_is_refused(
    given: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        order(**given)
