"""Invoices: what they must say, and how rows are read, every fault of a batch at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest

from kamcore.credit import Invoice, Payment, read_invoices
from kamcore.errors import BatchError, CurrencyMismatch, NotADate, PolicyError, UnknownName
from kamcore.values import Money

AMOUNT = Money(100, "CNY")
DUE = date(2013, 4, 10)
ROW = {
    "number": "F1",
    "account": "K01",
    "due": "2013-04-10",
    "amount": "100.00",
    "paid": None,
}


def faults(*rows: object, names: Mapping[str, str] | None = None) -> list[str]:
    """Return the faults of rows that cannot be read."""
    with pytest.raises(BatchError) as found:
        read_invoices(rows, currency="CNY", names=names or {})
    return [str(fault) for fault in found.value.faults]


# --- an invoice as a value ------------------------------------------------------------------


def test_an_open_invoice() -> None:
    invoice = Invoice(number="F1", account="K01", due=DUE, amount=AMOUNT)
    assert (invoice.paid, invoice.disputed, invoice.deviation, invoice.deviated) == (
        None,
        False,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"due": None}, "invoice F1 has no due date; compute it with find_due_date first"),
        (
            {"due": datetime(2013, 4, 10)},
            (
                "invoice F1: due date datetime.datetime(2013, 4, 10, 0, 0) is not a date; "
                "take its date in a zone: value.astimezone(zone).date()"
            ),
        ),
        (
            {"due": "2013-04-10"},
            "invoice F1: due date '2013-04-10' is not a date; pass a datetime.date",
        ),
        (
            {"paid": "2013-04-10"},
            "invoice F1: payment date '2013-04-10' is not a date; pass a datetime.date",
        ),
        (
            {"deviation": "short", "deviated": 20130410},
            "invoice F1: deviation's day 20130410 is not a date; pass a datetime.date",
        ),
        (
            {"deviation": "short"},
            "invoice F1: a deviation and its day go together; pass both or none",
        ),
        (
            {"deviated": DUE},
            "invoice F1: a deviation and its day go together; pass both or none",
        ),
        (
            {"deviation": "shrt", "deviated": DUE},
            "deviation 'shrt' is no named convention; did you mean 'short'?",
        ),
        ({"amount": 100}, "Invoice.amount is 100; pass Money"),
        ({"amount": 100.0}, "Invoice.amount is 100.0; pass Money"),
        ({"number": ""}, "Invoice.number is ''; pass a name"),
        ({"account": 17}, "Invoice.account is 17; pass a name"),
        ({"disputed": 1}, "Invoice.disputed is 1; pass bool"),
    ],
)
def test_an_invoice_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    whole = {"number": "F1", "account": "K01", "due": DUE, "amount": AMOUNT, **given}
    with pytest.raises(PolicyError) as fault:
        Invoice(**whole)  # type: ignore[arg-type]
    assert str(fault.value) == message


# --- rows -----------------------------------------------------------------------------------


@dataclass
class Document:
    """An invoice as a company's own code has it."""

    number: str
    account: str
    due: date
    amount: Decimal
    paid: date | None = None
    disputed: bool | None = None
    deviation: str | None = None
    deviated: date | None = None


def test_the_least_row() -> None:
    assert read_invoices([ROW], currency="CNY") == (
        Invoice(number="F1", account="K01", due=DUE, amount=AMOUNT),
    )


def test_a_whole_row_of_texts() -> None:
    row = ROW | {
        "paid": "2013-04-20",
        "disputed": "yes",
        "deviation": "other_mode",
        "deviated": "2013-04-21",
    }
    assert read_invoices([row], currency="CNY") == (
        Invoice(
            number="F1",
            account="K01",
            due=DUE,
            amount=AMOUNT,
            paid=date(2013, 4, 20),
            disputed=True,
            deviation="other_mode",
            deviated=date(2013, 4, 21),
        ),
    )


def test_an_object_is_a_row() -> None:
    document = Document("F1", "K01", DUE, Decimal("99.90"), paid=DUE, disputed=False)
    assert read_invoices([document], currency="CNY") == (
        Invoice(
            number="F1", account="K01", due=DUE, amount=Money(Decimal("99.90"), "CNY"), paid=DUE
        ),
    )


def test_an_empty_text_is_missing() -> None:
    row = ROW | {"paid": " ", "disputed": "", "deviation": "", "deviated": ""}
    assert read_invoices([row], currency="CNY") == read_invoices([ROW], currency="CNY")


def test_other_names_and_another_date_format() -> None:
    row = {"No": 7, "Customer": "K01", "DueDate": "10/04/2013", "Total": 100, "paid": ""}
    found = read_invoices(
        [row],
        currency="CNY",
        names={"number": "No", "account": "Customer", "due": "DueDate", "amount": "Total"},
        date_format="%d/%m/%Y",
    )
    assert found == (Invoice(number="7", account="K01", due=DUE, amount=AMOUNT),)


def test_the_order_of_the_rows_is_kept() -> None:
    rows = [ROW | {"number": number} for number in ("F2", "F1", "F3")]
    found = read_invoices(iter(rows), currency="CNY")
    assert [invoice.number for invoice in found] == ["F2", "F1", "F3"]


def test_without_rows_there_are_no_invoices() -> None:
    assert read_invoices([], currency="CNY") == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"due": None},
            (
                "row 1 (F1), field 'due': an invoice without due; compute it with find_due_date, "
                "or leave the invoice out knowingly"
            ),
        ),
        (
            {"due": ""},
            (
                "row 1 (F1), field 'due': an invoice without due; compute it with find_due_date, "
                "or leave the invoice out knowingly"
            ),
        ),
        (
            {"account": None},
            "row 1 (F1), field 'account': an invoice without account; name the account",
        ),
        (
            {"amount": None},
            "row 1 (F1), field 'amount': an invoice without amount; pass the amount invoiced",
        ),
        (
            {"due": "10.04.2013"},
            (
                "row 1 (F1), field 'due': '10.04.2013' is not a date like %Y-%m-%d; "
                "mend it or set the field's format"
            ),
        ),
        (
            {"due": "2013-02-30"},
            (
                "row 1 (F1), field 'due': '2013-02-30' is not a date like %Y-%m-%d; "
                "mend it or set the field's format"
            ),
        ),
        (
            {"due": datetime(2013, 4, 10)},
            (
                "row 1 (F1), field 'due': value datetime.datetime(2013, 4, 10, 0, 0) is not a "
                "date; take its date in a zone: value.astimezone(zone).date()"
            ),
        ),
        (
            {"amount": 100.5},
            (
                "row 1 (F1), field 'amount': CNY amount is the float 100.5; "
                'pass an int or Decimal("100.5")'
            ),
        ),
        (
            {"amount": "100.005"},
            (
                "row 1 (F1), field 'amount': CNY amount 100.005 is finer than 2 decimals; "
                "round it and name the rounding"
            ),
        ),
        (
            {"disputed": "maybe"},
            "row 1 (F1), field 'disputed': 'maybe' is not a yes or no; write true or false",
        ),
        (
            {"deviation": "shrt", "deviated": "2013-04-10"},
            "row 1 (F1), field 'deviation': unknown deviation 'shrt'; did you mean 'short'?",
        ),
        (
            {"deviation": "short"},
            (
                "row 1 (F1), field 'deviation': a deviation and its day go together; "
                "pass both or none"
            ),
        ),
        (
            {"deviated": "2013-04-10"},
            (
                "row 1 (F1), field 'deviation': a deviation and its day go together; "
                "pass both or none"
            ),
        ),
        (
            {"number": None},
            ("row 1, field 'number': invoice id None is no id; pass a text or a whole number"),
        ),
    ],
    ids=[
        "no due date",
        "an empty due date",
        "no account",
        "no amount",
        "another date format",
        "no such day",
        "an instant",
        "a float",
        "half a fen",
        "no yes or no",
        "a misspelt deviation",
        "a deviation without its day",
        "a day without its deviation",
        "no number",
    ],
)
def test_a_fault_names_row_field_value_and_mend(given: dict[str, object], message: str) -> None:
    assert faults(ROW | given) == [message]


def test_a_misspelt_key_is_a_fault() -> None:
    row = {"number": "F1", "account": "K01", "duee": "2013-04-10", "amount": 100, "paid": None}
    assert faults(row) == [
        "row 1 (F1), field 'due': no key 'due'; did you mean 'duee'? (a missing fact is None)"
    ]


def test_a_key_of_no_row_is_a_fault_where_its_absence_would_change_answers() -> None:
    row = {name: value for name, value in ROW.items() if name != "paid"}
    assert faults(row) == [
        "all rows, field 'paid': no row has the key 'paid'; map it with names=, or pass None"
    ]


def test_a_column_that_one_row_has_may_be_absent_from_the_others() -> None:
    lacking = {name: value for name, value in ROW.items() if name != "paid"}
    found = read_invoices([lacking, ROW | {"number": "F2", "paid": "2013-04-20"}], currency="CNY")
    assert [invoice.paid for invoice in found] == [None, date(2013, 4, 20)]


@pytest.mark.parametrize("column", ["disputed", "deviation", "deviated"])
def test_a_column_of_exceptions_may_be_absent_from_every_row(column: str) -> None:
    whole = ROW | {"disputed": None, "deviation": None, "deviated": None}
    lacking = {name: value for name, value in whole.items() if name != column}
    assert read_invoices([lacking], currency="CNY") == read_invoices([whole], currency="CNY")


def test_a_column_that_names_maps_to_and_a_row_lacks_is_a_fault() -> None:
    assert faults(ROW, names={"paid": "PaidOn"}) == [
        "row 1 (F1), field 'paid': no key 'PaidOn', to which names maps it; mend names="
    ]


def test_names_that_map_no_field_are_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        read_invoices([ROW], currency="CNY", names={"payed": "paid"})
    assert str(fault.value) == "unknown field in names 'payed'; did you mean 'paid'?"


def test_a_number_that_stands_twice_is_a_fault() -> None:
    assert faults(ROW, ROW | {"number": "F2"}, ROW) == [
        "row 3, field 'number': invoice 'F1' already stands in row 1; merge the rows"
    ]


def test_every_fault_of_a_batch_is_said_at_once() -> None:
    assert faults(
        ROW | {"due": None},
        ROW | {"number": "F2", "amount": 1.5, "paid": "soon", "account": ""},
        ROW | {"number": "F3"},
        ROW | {"number": "F2", "deviation": "short"},
    ) == [
        (
            "row 1 (F1), field 'due': an invoice without due; compute it with find_due_date, "
            "or leave the invoice out knowingly"
        ),
        (
            "row 2 (F2), field 'amount': CNY amount is the float 1.5; "
            'pass an int or Decimal("1.5")'
        ),
        (
            "row 2 (F2), field 'paid': 'soon' is not a date like %Y-%m-%d; "
            "mend it or set the field's format"
        ),
        "row 2 (F2), field 'account': an invoice without account; name the account",
        ("row 4 (F2), field 'deviation': a deviation and its day go together; pass both or none"),
        "row 4, field 'number': invoice 'F2' already stands in row 2; merge the rows",
    ]


# --- part payments ----------------------------------------------------------------------------


def part(day: int, amount: int, currency: str = "CNY") -> Payment:
    """Return a payment in May 2013."""
    return Payment(date(2013, 5, day), Money(amount, currency))


def billed(amount: int, *payments: Payment, **fields: object) -> Invoice:
    """Return an invoice due on 1 May 2013."""
    return Invoice(
        number="P1",
        account="K01",
        due=date(2013, 5, 1),
        amount=Money(amount, "CNY"),
        payments=payments,
        **fields,  # type: ignore[arg-type]  # as a table names them
    )


@pytest.mark.parametrize(
    ("day", "left", "settled"),
    [(1, 100, None), (2, 70, None), (9, 70, None), (10, 0, 10), (31, 0, 10)],
)
def test_what_is_open_falls_with_every_payment(day: int, left: int, settled: int | None) -> None:
    invoice = billed(100, part(10, 70), part(2, 30))
    asked = date(2013, 5, day)
    assert invoice.open_on(asked) == Money(left, "CNY")
    expected = None if settled is None else date(2013, 5, settled)
    assert invoice.settled_by(asked) == expected


@pytest.mark.parametrize(("day", "left"), [(9, 100), (10, 0)])
def test_an_invoice_paid_in_full_is_open_until_the_day_before(day: int, left: int) -> None:
    invoice = billed(100, paid=date(2013, 5, 10))
    assert invoice.open_on(date(2013, 5, day)) == Money(left, "CNY")
    assert (invoice.settled_by(date(2013, 5, day)) is None) is (left > 0)


def test_a_credit_note_is_open_below_zero() -> None:
    note = billed(-100, part(2, -40))
    assert note.open_on(date(2013, 5, 2)) == Money(-60, "CNY")
    assert note.settled_by(date(2013, 5, 2)) is None


@pytest.mark.parametrize(
    ("amount", "payments", "fields", "message"),
    [
        (100, (part(2, 101),), {}, "payments of CNY 101.00; record the surplus as a credit note"),
        (100, (part(2, 60), part(3, 41)), {}, "payments of CNY 101.00; record the surplus"),
        (100, (part(2, -1),), {}, "a payment of CNY -1.00; pass amounts of the invoice's own sign"),
        (100, (part(2, 0),), {}, "a payment of CNY 0.00; pass amounts of the invoice's own sign"),
        (-100, (part(2, 40),), {}, "a payment of CNY 40.00; pass amounts of the invoice's own"),
        (-100, (part(2, -101),), {}, "payments of CNY -101.00; record the surplus"),
        (100, (part(2, 1),), {"paid": date(2013, 5, 2)}, "has paid 2013-05-02 and payments; pass"),
        (100, (), {"issued": "2013-05-01"}, "date of issue '2013-05-01' is not a date"),
    ],
)
def test_payments_that_do_not_fit_are_refused(
    amount: int, payments: tuple[Payment, ...], fields: dict[str, object], message: str
) -> None:
    with pytest.raises((PolicyError, NotADate), match=message):
        billed(amount, *payments, **fields)


def test_payments_in_another_currency_are_refused() -> None:
    with pytest.raises(CurrencyMismatch, match="CNY"):
        billed(100, part(2, 10, "USD"))


@pytest.mark.parametrize("day", ["2013-05-01", None])
def test_a_payment_has_a_day(day: object) -> None:
    with pytest.raises(NotADate, match="payment's day"):
        Payment(day, Money(1, "CNY"))  # type: ignore[arg-type]  # refused
