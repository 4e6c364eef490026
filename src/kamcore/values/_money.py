"""Money in whole minor units, and unit prices with as many decimals as they are quoted in."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, Self, runtime_checkable

from attrs import field, frozen

from kamcore.errors import CurrencyMismatch, InputError
from kamcore.values._allocation import Split, allocate
from kamcore.values._currencies import decimals_of
from kamcore.values._exact import Number, decimals_in, exact, from_scaled, to_scaled, whole
from kamcore.values._ratio import Ratio
from kamcore.values._rounding import Rounding, divide

__all__ = ["Money", "MoneyLike", "UnitPrice"]


@runtime_checkable
class MoneyLike(Protocol):
    """An object with an exact `amount` and a `currency`, such as py-moneyed's and stockholm's."""

    @property
    def amount(self) -> Decimal:
        """The amount in whole units."""
        ...

    @property
    def currency(self) -> object:
        """The currency, whose `str()` is the ISO code."""
        ...


@frozen(order=False, init=False)
class Money:
    """An exact amount in one currency; an int or Decimal counts whole units, `minor` counts cents.

    >>> Money(Decimal("95.50"), "CNY").minor
    9550
    """

    minor: int = field()
    currency: str = field()

    def __init__(self, amount: Number, currency: str, rounding: Rounding | None = None) -> None:
        """Build from whole units; more digits than the currency has need a named `rounding`."""
        decimals = decimals_of(currency)
        code = str.__str__(currency)
        if rounding is None:
            minor = to_scaled(amount, decimals, f"{code} amount")
        else:
            over, under = exact(amount, f"{code} amount").as_integer_ratio()
            minor = divide(over * 10**decimals, under, rounding)
        object.__setattr__(self, "minor", minor)
        object.__setattr__(self, "currency", code)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """Build from minor units, such as cents or fen."""
        decimals_of(currency)
        new = cls.__new__(cls)
        object.__setattr__(new, "minor", whole(minor, "minor units"))
        object.__setattr__(new, "currency", str.__str__(currency))
        return new

    def with_minor(self, minor: int) -> "Money":
        """Return so many minor units in this one's currency."""
        new = Money.__new__(Money)
        object.__setattr__(new, "minor", minor)
        object.__setattr__(new, "currency", self.currency)
        return new

    @classmethod
    def of(cls, value: MoneyLike) -> Self:
        """Take over any object with `.amount` and `.currency`."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, MoneyLike):
            raise InputError(f"{value!r} is not money; pass Money(amount, currency)")
        return cls(value.amount, _code(value.currency))

    @property
    def amount(self) -> Decimal:
        """The amount in whole units."""
        return from_scaled(self.minor, decimals_of(self.currency))

    def __add__(self, other: "Money") -> "Money":
        """Add; both must have one currency."""
        return self.with_minor(self.minor + self._same(other))

    def __sub__(self, other: "Money") -> "Money":
        """Subtract; both must have one currency."""
        return self.with_minor(self.minor - self._same(other))

    def __neg__(self) -> "Money":
        """Change the sign."""
        return self.with_minor(-self.minor)

    def __lt__(self, other: "Money") -> bool:
        """Compare; both must have one currency."""
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Compare; both must have one currency."""
        return self.minor <= self._same(other)

    def times(self, ratio: Ratio, rounding: Rounding) -> "Money":
        """Return this share of the amount, rounded once to a minor unit."""
        if not isinstance(ratio, Ratio):
            raise InputError(f"{ratio!r} is no share; pass Ratio.percent(5) or Ratio(1, 3)")
        return self.with_minor(ratio.of_units(self.minor, rounding))

    def allocate(self, ratios: Sequence[Number | Ratio], split: Split) -> tuple["Money", ...]:
        """Split by `ratios` without losing a minor unit; see `allocate`."""
        parts = allocate(self.minor, ratios, split)
        return tuple(self.with_minor(part) for part in parts)

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise InputError(f"{other!r} meets {self}; pass Money in {self.currency}")
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.minor

    def __str__(self) -> str:
        """Write currency and amount with thousands separators."""
        return f"{self.currency} {self.amount:,f}"


@frozen(order=False, init=False)
class UnitPrice:
    """A price for one unit; it may have more decimals than its currency.

    `scaled` counts units of 10^-`decimals`, the grain in which the price is quoted and rounded; it
    is as fine as the amount, and never coarser than the currency, unless `decimals` says otherwise.
    """

    scaled: int = field()
    decimals: int = field()
    currency: str = field()

    def __init__(self, amount: Number, currency: str, decimals: int | None = None) -> None:
        """Build from whole units; `decimals` fixes the grain in which the price is quoted."""
        number, least = exact(amount, "unit price"), decimals_of(currency)
        own = max(least, decimals_in(number))
        grain = own if decimals is None else whole(decimals, "decimals")
        if grain < 0:
            raise InputError(f"unit price with {grain} decimals; pass 0 or more")
        scaled = to_scaled(number, grain, "unit price")
        _fill(self, scaled, grain, str.__str__(currency))

    @classmethod
    def from_scaled(cls, scaled: int, decimals: int, currency: str) -> Self:
        """Build from units of 10^-decimals, as a stored price has them."""
        return cls(from_scaled(whole(scaled, "scaled price"), decimals), currency, decimals)

    @classmethod
    def of(cls, value: MoneyLike) -> Self:
        """Take over any object with `.amount` and `.currency`."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, MoneyLike):
            raise InputError(f"{value!r} is no price; pass UnitPrice(amount, currency)")
        return cls(value.amount, _code(value.currency))

    @property
    def amount(self) -> Decimal:
        """The price in whole units."""
        return from_scaled(self.scaled, self.decimals)

    def times(self, ratio: Ratio, rounding: Rounding) -> "UnitPrice":
        """Return this share of the price, rounded once at the price's own decimals."""
        return self.with_scaled(ratio.of_units(self.scaled, rounding))

    def for_quantity(self, quantity: Number, rounding: Rounding) -> Money:
        """Return the line amount of `quantity` units, rounded once to a minor unit."""
        over, under = exact(quantity, "quantity").as_integer_ratio()
        up = 10 ** decimals_of(self.currency)
        minor = divide(self.scaled * over * up, under * 10**self.decimals, rounding)
        return Money.from_minor(minor, self.currency)

    def __lt__(self, other: "UnitPrice") -> bool:
        """Compare; both must have one currency."""
        if not isinstance(other, UnitPrice):
            raise InputError(f"{other!r} meets {self}; pass UnitPrice in {self.currency}")
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return bool(self.scaled * 10**other.decimals < other.scaled * 10**self.decimals)

    def __le__(self, other: "UnitPrice") -> bool:
        """Compare; both must have one currency."""
        return not other < self

    def with_scaled(self, scaled: int) -> "UnitPrice":
        """Return the price of so many units of this one's grain, in its currency."""
        new = UnitPrice.__new__(UnitPrice)
        _fill(new, scaled, self.decimals, self.currency)
        return new

    def __str__(self) -> str:
        """Write currency and price."""
        return f"{self.currency} {self.amount:,f}"


def _fill(price: UnitPrice, scaled: int, decimals: int, currency: str) -> None:
    """Set the fields of a frozen unit price that is being built."""
    object.__setattr__(price, "scaled", scaled)
    object.__setattr__(price, "decimals", decimals)
    object.__setattr__(price, "currency", currency)


def _code(currency: object) -> str:
    return currency if isinstance(currency, str) else str(getattr(currency, "code", currency))
