"""What an account has ordered, or received without an invoice yet: the rest of its credit."""

from datetime import date
from typing import Literal, cast

from attrs import Factory, field, frozen

from kamcore.errors import InputError
from kamcore.values import Money
from kamcore.values._checks import as_date, instance_of, one_of, some_text

__all__ = ["Commitment", "CommitmentKind", "refuse_negative", "zero_like"]

CommitmentKind = Literal["order", "delivery"]


def zero_like(amount: Money) -> Money:
    """Return zero in the currency of an amount; anything else is left to the amount's own check."""
    given = cast("object", amount)
    return Money(0, given.currency) if isinstance(given, Money) else amount


def refuse_negative(what: str, parts: dict[str, Money]) -> None:
    """Raise `InputError` at the first part below zero."""
    for name, part in parts.items():
        if part.minor < 0:
            raise InputError(f"{what}: {name} is {part}; pass 0 or more")


def _nothing(owner: "Commitment") -> Money:
    return zero_like(owner.amount)


@frozen(order=False)
class Commitment:
    """An open order, or goods delivered and not invoiced yet; `amount` is what is still open of it.

    `day` is when an order ships, or when the goods were delivered. `prepaid` has been paid already.
    `invoiced` is on an invoice of its own already, such as a down-payment: it counts there, or has
    been paid there, and so not here once more. Both are 0 unless given. Raises `InputError` where
    an amount is negative, or where more is prepaid and invoiced than is open.
    """

    kind: CommitmentKind = field(validator=one_of("order", "delivery"))
    number: str = field(validator=some_text)
    account: str = field(validator=some_text)
    amount: Money = field(validator=instance_of(Money))
    day: date = field()
    prepaid: Money = field(
        default=Factory(_nothing, takes_self=True), kw_only=True, validator=instance_of(Money)
    )
    invoiced: Money = field(
        default=Factory(_nothing, takes_self=True), kw_only=True, validator=instance_of(Money)
    )

    def __attrs_post_init__(self) -> None:
        """Refuse what is no date, negative amounts, and more paid or invoiced than is open."""
        what = f"{self.kind} {self.number}"
        as_date(self.day, f"{what}: day")
        parts = {"amount": self.amount, "prepaid": self.prepaid, "invoiced": self.invoiced}
        refuse_negative(what, parts)
        if not self.prepaid + self.invoiced <= self.amount:
            raise InputError(
                f"{what} of {self.amount}: {self.prepaid} prepaid and {self.invoiced} invoiced; "
                "pass at most the amount, and the surplus as a credit note"
            )

    @property
    def on_credit(self) -> Money:
        """What is neither prepaid nor invoiced."""
        return self.amount - self.prepaid - self.invoiced
