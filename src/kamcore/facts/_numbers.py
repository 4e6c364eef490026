"""Fields with an order: money, number, ratio, date. Only the order operators build conditions."""

import re
from abc import ABC
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, SupportsIndex, TypeVar

from attrs import field, frozen

from kamcore.decision import Param
from kamcore.errors import CurrencyMismatch, FloatRefused, InexactValue, InputError
from kamcore.facts._conditions import Comparison, Presence
from kamcore.facts._field import Field, Wire, not_a
from kamcore.values import Label, Money, MoneyLike, Ratio
from kamcore.values._checks import as_date
from kamcore.values._currencies import decimals_of
from kamcore.values._exact import from_scaled, to_scaled, whole

__all__ = ["DateField", "MoneyField", "NumberField", "OrderedField", "RatioField"]

V = TypeVar("V", bound=int | Decimal | Money | Ratio | date)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
GRAIN_AT_MOST = 12
ISO = "%Y-%m-%d"


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise not_a("a plain number", text, "write digits with a point, without commas or signs")
    return Decimal(text)


@frozen(order=False)
class OrderedField(Field, ABC, Generic[V]):
    """A field whose values have an order."""

    def __gt__(self, value: V) -> Comparison:
        """Ask for more than `value`."""
        return Comparison(self, ">", value)

    def __ge__(self, value: V) -> Comparison:
        """Ask for at least `value`."""
        return Comparison(self, ">=", value)

    def __lt__(self, value: V) -> Comparison:
        """Ask for less than `value`."""
        return Comparison(self, "<", value)

    def __le__(self, value: V) -> Comparison:
        """Ask for at most `value`."""
        return Comparison(self, "<=", value)

    @property
    def is_missing(self) -> Presence:
        """The condition that the fact is missing."""
        return Presence(self, present=False)

    @property
    def is_known(self) -> Presence:
        """The condition that the fact is there."""
        return Presence(self, present=True)


@frozen(order=False)
class MoneyField(OrderedField[int | Decimal | Money]):
    """An amount in one `currency`; an int or Decimal counts whole units."""

    currency: str = field(kw_only=True)
    decimals: int = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Look up the currency's decimals once."""
        object.__setattr__(self, "decimals", decimals_of(self.currency))

    def take(self, raw: object) -> int:
        """Take an int, a Decimal, or any object with `.amount` and `.currency`."""
        kind = type(raw)
        if kind is Decimal or kind is int or isinstance(raw, Decimal | SupportsIndex):
            try:
                return to_scaled(raw, self.decimals)
            except InputError:
                return to_scaled(raw, self.decimals, f"{self.currency} amount")
        if isinstance(raw, MoneyLike):
            money = Money.of(raw)
            if money.currency != self.currency:
                raise CurrencyMismatch(self.currency, money.currency)
            return money.minor
        raise FloatRefused(f"{self.currency} amount", raw)

    def parse(self, text: str) -> int:
        """Read digits with a point."""
        return self.take(_number(text))

    def give(self, wire: Wire) -> Money:
        """Return money."""
        return Money.from_minor(int(wire), self.currency)

    def _meaning(self) -> tuple[object, ...]:
        return (self.name, self.currency)


@frozen(order=False)
class NumberField(OrderedField[int | Decimal]):
    """A count or a measure in `unit`, with at most `decimals` decimals.

    The English unit is written in the plural.
    """

    decimals: int = field(default=0, kw_only=True)
    unit: Label | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a grain that no measure has."""
        _grain(self.decimals)

    def take(self, raw: object) -> int:
        """Take an int or a Decimal."""
        return to_scaled(raw, self.decimals, "number")

    def parse(self, text: str) -> int:
        """Read digits with a point."""
        return self.take(_number(text))

    def give(self, wire: Wire) -> int | Decimal:
        """Return an int, or a Decimal where the field has decimals."""
        return from_scaled(int(wire), self.decimals) if self.decimals else int(wire)

    def show(self, wire: Wire) -> Param:
        """Return the number with its unit."""
        number = self.give(wire)
        if self.unit is None:
            return number
        shown = f"{number:,f}" if self.decimals else f"{number:,}"
        unit = self.unit.en.removesuffix("s") if number == 1 else self.unit.en
        return Label(f"{shown} {unit}", f"{shown} {self.unit.zh}")

    def _meaning(self) -> tuple[object, ...]:
        return (self.name, self.decimals)


@frozen(order=False)
class RatioField(OrderedField[int | Decimal | Ratio]):
    """A share of one with up to `decimals` decimals: Decimal("0.05") and "5%" are five percent."""

    decimals: int = field(default=4, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a grain that no share has."""
        _grain(self.decimals)

    def take(self, raw: object) -> int:
        """Take a Decimal, an int or a Ratio."""
        if isinstance(raw, Ratio):
            scaled, rest = divmod(raw.numerator * int(10**self.decimals), raw.denominator)
            if rest:
                raise InexactValue("ratio", raw, f"{self.decimals} decimals")
            return scaled
        return to_scaled(raw, self.decimals, "ratio")

    def parse(self, text: str) -> int:
        """Read a share such as 0.05, or a percentage such as 5%."""
        if text.endswith("%"):
            return self.take(Ratio.percent(_number(text[:-1].strip())))
        return self.take(_number(text))

    def give(self, wire: Wire) -> Decimal:
        """Return the share of one."""
        return from_scaled(int(wire), self.decimals)

    def show(self, wire: Wire) -> Param:
        """Return the share as a percentage."""
        return Ratio(int(wire), 10**self.decimals)

    def _meaning(self) -> tuple[object, ...]:
        return (self.name, self.decimals)


@frozen(order=False)
class DateField(OrderedField[date]):
    """A calendar date; its text form is ISO, or `format` as `strptime` has it."""

    format: str = field(default=ISO, kw_only=True)

    def take(self, raw: object) -> int:
        """Take a date; an instant has a date only in a zone and is refused."""
        return as_date(raw, "value").toordinal()

    def parse(self, text: str) -> int:
        """Read the text in the field's format."""
        try:
            if self.format == ISO:
                return date.fromisoformat(text).toordinal()
            return datetime.strptime(text, self.format).toordinal()  # noqa: DTZ007 - only its date is used
        except ValueError:
            raise not_a(
                f"a date like {self.format}", text, "mend it or set the field's format"
            ) from None

    def give(self, wire: Wire) -> date:
        """Return the date."""
        return date.fromordinal(int(wire))

    def _meaning(self) -> tuple[object, ...]:
        return (self.name,)


def _grain(decimals: int) -> None:
    if not 0 <= whole(decimals, "decimals") <= GRAIN_AT_MOST:
        raise InputError(f"{decimals} decimals; pass 0 to {GRAIN_AT_MOST}")
