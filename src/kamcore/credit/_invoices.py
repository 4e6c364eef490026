"""Invoices as a credit policy sees them, and how they are read from rows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, cast

from attrs import field, frozen

from kamcore.errors import PolicyError
from kamcore.facts import (
    ChoiceField,
    DateField,
    Facts,
    Fields,
    FlagField,
    MoneyField,
    TextField,
    Wire,
)
from kamcore.facts._read import check_names, read_rows
from kamcore.values import Money
from kamcore.values._checks import as_date, instance_of, named_convention, some_text, tuple_of

__all__ = ["Deviation", "Invoice", "Payment", "read_invoices"]

Deviation = Literal["short", "other_mode"]


@frozen(order=False)
class Payment:
    """Money that came in on a day; against a credit note it is negative."""

    day: date = field()
    amount: Money = field(validator=instance_of(Money))

    def __attrs_post_init__(self) -> None:
        """Refuse what is no date."""
        as_date(self.day, "payment's day")


@frozen(order=False, kw_only=True)
class Invoice:
    """One invoice and how it was paid: in full on the day `paid`, or by `payments`, part by part.

    An open one has neither. A credit note is an invoice with a negative amount. `deviation` is a
    breach other than lateness that came to light on the day `deviated`: "short" (too little was
    paid) or "other_mode" (not in the agreed mode).
    """

    number: str = field(validator=some_text)
    account: str = field(validator=some_text)
    due: date = field()
    amount: Money = field(validator=instance_of(Money))
    paid: date | None = field(default=None)
    disputed: bool = field(default=False, validator=instance_of(bool))
    deviation: Deviation | None = field(default=None)
    deviated: date | None = field(default=None)
    issued: date | None = field(default=None)
    payments: tuple[Payment, ...] = field(default=(), validator=tuple_of(Payment))

    def __attrs_post_init__(self) -> None:
        """Refuse what is no date, a deviation without its day, and payments that do not fit."""
        if cast("date | None", self.due) is None:
            raise PolicyError(
                f"invoice {self.number} has no due date; compute it with find_due_date first"
            )
        for day, what in (
            (self.due, "due date"),
            (self.paid, "payment date"),
            (self.deviated, "deviation's day"),
            (self.issued, "date of issue"),
        ):
            if day is not None:
                as_date(day, f"invoice {self.number}: {what}")
        if (self.deviation is None) is not (self.deviated is None):
            raise PolicyError(
                f"invoice {self.number}: a deviation and its day go together; pass both or none"
            )
        if self.deviation is not None:
            named_convention("deviation", self.deviation, ("short", "other_mode"))
        if self.payments:
            self._check_payments()

    def _check_payments(self) -> None:
        if self.paid is not None:
            raise PolicyError(
                f"invoice {self.number} has paid {self.paid} and payments; pass one of them"
            )
        sign = 1 if self.amount.minor >= 0 else -1
        total = Money(0, self.amount.currency)
        for payment in self.payments:
            total += payment.amount
            if payment.amount.minor * sign <= 0:
                raise PolicyError(
                    f"invoice {self.number} of {self.amount}: a payment of {payment.amount}; "
                    "pass amounts of the invoice's own sign"
                )
        if total.minor * sign > self.amount.minor * sign:
            raise PolicyError(
                f"invoice {self.number} of {self.amount}: payments of {total}; "
                "record the surplus as a credit note"
            )

    def open_on(self, day: date) -> Money:
        """Return what was still to pay at the end of `day`; a credit note's is negative."""
        as_date(day, "day")
        if self.paid is not None:
            return self.amount if day < self.paid else self.amount - self.amount
        left = self.amount.minor
        for payment in self.payments:
            if payment.day <= day:
                left -= payment.amount.minor
        return Money.from_minor(left, self.amount.currency)

    def settled_by(self, day: date) -> date | None:
        """Return the day on which nothing was left to pay, as known on `day`; None while open."""
        if self.paid is not None:
            return self.paid if self.paid <= as_date(day, "day") else None
        if not self.payments or self.open_on(day).minor:
            return None
        return max(payment.day for payment in self.payments if payment.day <= day)


def invoice_fields(currency: str, date_format: str) -> Fields:
    """Return the fields of an invoice row."""
    return Fields(
        (
            TextField("account"),
            DateField("due", format=date_format),
            MoneyField("amount", currency=currency),
            DateField("paid", format=date_format),
            FlagField("disputed"),
            ChoiceField("deviation", options=("short", "other_mode")),
            DateField("deviated", format=date_format),
            DateField("issued", format=date_format),
        )
    )


NO_NAMES: Mapping[str, str] = {}


def read_invoices(
    rows: Iterable[object],
    *,
    currency: str,
    names: Mapping[str, str] = NO_NAMES,
    date_format: str = "%Y-%m-%d",
) -> tuple[Invoice, ...]:
    """Return the invoices of rows: mappings, objects, or CSV rows.

    An invoice has number, account, due and amount, and where known paid, disputed, deviation,
    deviated and issued; `names` maps these to other names in the rows. `date_format` is that of
    texts. Raises `BatchError` with every fault, an invoice without a due date and a number that
    stands twice among them; without any row the result is empty. Part payments are not read from
    rows: give them with `attrs.evolve(invoice, payments=...)`.
    """
    fields, key = invoice_fields(currency, date_format), names.get("number", "number")
    check_names(names, ("number", *fields.names))
    book = read_rows(
        rows, fields, key=key, names=names, what="invoice", check=_faults, optional=OPTIONAL
    )
    return tuple(_invoice(facts) for facts in book)


OPTIONAL = frozenset({"disputed", "deviation", "deviated", "issued"})
MENDS = {
    "account": "name the account",
    "due": "compute it with find_due_date, or leave the invoice out knowingly",
    "amount": "pass the amount invoiced",
}


def _faults(values: Mapping[str, Wire | None]) -> Iterator[tuple[str, str]]:
    """Say what an invoice lacks; a field that could not be read is not among the values."""
    for name, mend in MENDS.items():
        if name in values and values[name] is None:
            yield name, f"an invoice without {name}; {mend}"
    pair = [values[name] for name in ("deviation", "deviated") if name in values]
    if len(pair) == 2 and (pair[0] is None) is not (pair[1] is None):  # noqa: PLR2004 - a pair
        yield "deviation", "a deviation and its day go together; pass both or none"


def _invoice(facts: Facts) -> Invoice:
    """Build the invoice of facts in which `_faults` found nothing."""
    return Invoice(
        number=facts.account,
        account=cast("str", facts["account"]),
        due=cast("date", facts["due"]),
        amount=cast("Money", facts["amount"]),
        paid=cast("date | None", facts["paid"]),
        disputed=bool(facts.values["disputed"]),
        deviation=cast("Deviation | None", facts["deviation"]),
        deviated=cast("date | None", facts["deviated"]),
        issued=cast("date | None", facts["issued"]),
    )
