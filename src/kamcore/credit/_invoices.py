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
from kamcore.values._checks import as_date, instance_of, named_convention, some_text

__all__ = ["Deviation", "Invoice", "read_invoices"]

Deviation = Literal["short", "other_mode"]


@frozen(order=False, kw_only=True)
class Invoice:
    """One invoice and how it was paid; `paid` is None while it is open.

    `deviation` is a breach other than lateness that came to light on the day `deviated`: "short"
    (too little was paid) or "other_mode" (not in the agreed mode).
    """

    number: str = field(validator=some_text)
    account: str = field(validator=some_text)
    due: date = field()
    amount: Money = field(validator=instance_of(Money))
    paid: date | None = field(default=None)
    disputed: bool = field(default=False, validator=instance_of(bool))
    deviation: Deviation | None = field(default=None)
    deviated: date | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no date, and a deviation without its day."""
        if cast("date | None", self.due) is None:
            raise PolicyError(
                f"invoice {self.number} has no due date; compute it with find_due_date first"
            )
        for day, what in (
            (self.due, "due date"),
            (self.paid, "payment date"),
            (self.deviated, "deviation's day"),
        ):
            if day is not None:
                as_date(day, f"invoice {self.number}: {what}")
        if (self.deviation is None) is not (self.deviated is None):
            raise PolicyError(
                f"invoice {self.number}: a deviation and its day go together; pass both or none"
            )
        if self.deviation is not None:
            named_convention("deviation", self.deviation, ("short", "other_mode"))


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

    An invoice has number, account, due and amount, and where known paid, disputed, deviation and
    deviated; `names` maps these to other names in the rows. `date_format` is that of texts. Raises
    `BatchError` with every fault, an invoice without a due date and a number that stands twice
    among them; without any row the result is empty.
    """
    fields, key = invoice_fields(currency, date_format), names.get("number", "number")
    check_names(names, ("number", *fields.names))
    book = read_rows(
        rows, fields, key=key, names=names, what="invoice", check=_faults, optional=OPTIONAL
    )
    return tuple(_invoice(facts) for facts in book)


OPTIONAL = frozenset({"disputed", "deviation", "deviated"})
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
    )
