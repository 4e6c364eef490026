"""A sale that a price is asked for, and the quote that answers."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol, cast

from attrs import field, frozen

from kamcore.decision import Plain, to_plain
from kamcore.errors import CurrencyMismatch, InputError
from kamcore.facts import Facts
from kamcore.price._adjustments import Basis
from kamcore.price._policy import Price, PriceRange, as_price
from kamcore.values import (
    Label,
    Lang,
    Money,
    MoneyLike,
    Number,
    Ratio,
    Seat,
    Source,
    UnitPrice,
)
from kamcore.values._checks import as_date, instance_of, one_of, plain_text, some_text
from kamcore.values._exact import exact

__all__ = ["Outcome", "PriceStep", "Quote", "Sale", "Told"]

Outcome = Literal["allowed", "needs_approval", "refused"]


def _optional_price(value: Price | MoneyLike | None) -> Price | None:
    return None if value is None else as_price(value)


def _plain_number(value: Number) -> Number:
    """Return an integer of another library as an int."""
    known = isinstance(cast("object", value), int | Decimal)
    return value if known else int(exact(value, "quantity"))


@frozen(order=False)
class Sale:
    """What a price is asked for: a tier, the control price of a unit, a quantity.

    With `discount` the seller takes that share off the control price before the named adjustments;
    with `price` the invoice price of a unit is what it says. With neither, the tier's own start
    applies. `on` is the day of the sale, `facts` what the conditions of adjustments ask for.
    """

    tier: str = field(validator=some_text, converter=plain_text)
    control: Price = field(converter=as_price)
    quantity: Number = field(default=1, kw_only=True, converter=_plain_number)
    on: date | None = field(default=None, kw_only=True)
    facts: Facts | None = field(
        default=None, kw_only=True, validator=instance_of(Facts, type(None))
    )
    discount: Ratio | None = field(
        default=None, kw_only=True, validator=instance_of(Ratio, type(None))
    )
    price: Price | None = field(default=None, kw_only=True, converter=_optional_price)
    basis: Basis = field(default="net", kw_only=True, validator=one_of("net", "gross"))

    def __attrs_post_init__(self) -> None:
        """Refuse no quantity, two ways of asking, and a price in another currency."""
        if exact(self.quantity, "quantity") <= 0:
            raise InputError(f"quantity {self.quantity} is not above 0; pass the units sold")
        if self.on is not None:
            as_date(self.on, "day of the sale")
        if self.discount is not None:
            if self.price is not None:
                raise InputError(
                    f"discount {self.discount} and price {self.price} are both asked; pass one"
                )
            if Ratio(1) <= self.discount:
                raise InputError(f"discount {self.discount} leaves nothing; pass less than 100%")
        if self.price is not None:
            if self.price.currency != self.control.currency:
                raise CurrencyMismatch(self.control.currency, self.price.currency)
            if not (isinstance(self.price, Money) and isinstance(self.control, Money)):
                control, price = UnitPrice.of(self.control), UnitPrice.of(self.price)
                grain = max(control.decimals, price.decimals)
                for name, one in (("control", control), ("price", price)):
                    object.__setattr__(self, name, UnitPrice(one.amount, one.currency, grain))


@frozen(order=False)
class PriceStep:
    """One step of the waterfall, for one unit: what changed the price, by how much, and to what.

    `change` and `after` are exact, in whole units of the currency.
    """

    kind: Literal["control", "tier", "agreed", "adjustment", "rounding"] = field()
    label: Label = field()
    change: Ratio = field()
    after: Ratio = field()
    off_invoice: bool = field(default=False)
    source: Source | None = field(default=None)


class Working(Protocol):
    """The figures of a price; most of what a quote tells is made when it is read."""

    def told(self) -> "Told":
        """Return the rest of the quote."""
        ...


@frozen(order=False)
class Told:
    """What a quote tells beyond its outcome and the price of a unit."""

    line: Money = field()
    net_share: Ratio = field()
    permitted: PriceRange | None = field()
    waterfall: tuple[PriceStep, ...] = field()

    def told(self) -> "Told":
        """Return itself."""
        return self


@frozen(order=False, eq=False, repr=False)
class Quote:
    """A price and whether it may be given.

    `unit` is the invoice price of a unit, `approver` the seat that may approve it where that is
    needed.
    """

    outcome: Outcome = field()
    unit: Price = field()
    approver: Seat | None = field()
    _working: Working = field()

    @cached_property
    def _told(self) -> Told:
        return self._working.told()

    @property
    def line(self) -> Money:
        """The invoice amount of the quantity, rounded once."""
        return self._told.line

    @property
    def net_share(self) -> Ratio:
        """The exact share of the control price that is left after everything."""
        return self._told.net_share

    @property
    def permitted(self) -> PriceRange | None:
        """The invoice prices that need nobody's approval; None where there is none."""
        return self._told.permitted

    @property
    def waterfall(self) -> tuple[PriceStep, ...]:
        """Every step from the control price to what is left, for one unit."""
        return self._told.waterfall

    @property
    def would_pass(self) -> Price | None:
        """The nearest permitted price; None where this one is allowed or none is."""
        if self.outcome == "allowed" or self.permitted is None:
            return None
        low, high = self.permitted.low, self.permitted.high
        return low if low is not None and self.unit <= low else high  # type: ignore[operator]  # one kind

    def rows(self, lang: Lang = "en") -> list[dict[str, object]]:
        """Return the waterfall as rows of plain values, for a table or a dataframe."""
        return [
            {
                "step": step.label.text(lang),
                "change": step.change.plain(),
                "after": step.after.plain(),
                "invoiced": not step.off_invoice,
                "source": None if step.source is None else step.source.place(lang),
            }
            for step in self.waterfall
        ]

    def _key(self) -> tuple[object, ...]:
        return (self.outcome, self.unit, self.approver, self._told)

    def __eq__(self, other: object) -> bool:
        """Compare everything that the quote tells."""
        return self._key() == other._key() if isinstance(other, Quote) else NotImplemented

    def __hash__(self) -> int:
        """Hash what equality compares."""
        return hash(self._key())

    def __plain__(self) -> Plain:
        """Return the quote as JSON-like data, with everything that it tells."""
        told = {name: to_plain(getattr(self._told, name)) for name in TOLD}
        own = {name: to_plain(getattr(self, name)) for name in ("outcome", "unit", "approver")}
        return {"type": "Quote", **own, **told}

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what it tells, so that no policy travels along."""
        return (Quote, (self.outcome, self.unit, self.approver, self._told))

    def __repr__(self) -> str:
        """Show outcome and price."""
        return f"Quote({self.outcome!r}, unit={self.unit})"


TOLD = ("line", "net_share", "permitted", "waterfall")
