"""An exact share: five percent is 5/100 and never 0.05000000000000000277."""

from math import gcd

from attrs import field, frozen

from kamcore.errors import InputError
from kamcore.values._exact import Number, exact, from_scaled, whole
from kamcore.values._rounding import Rounding, divide

__all__ = ["Ratio"]


@frozen(order=False, init=False)
class Ratio:
    """A whole number over a whole number, in lowest terms, the denominator above 0."""

    numerator: int = field()
    denominator: int = field()

    def __init__(self, numerator: int, denominator: int = 1) -> None:
        """Build `numerator / denominator`."""
        over, under = numerator, denominator
        if type(over) is not int or type(under) is not int:
            over, under = whole(over, "numerator"), whole(under, "denominator")
        if under == 0:
            raise InputError(f"ratio {numerator}/0 has no value; pass a denominator other than 0")
        common = gcd(over, under) * (1 if under > 0 else -1)
        object.__setattr__(self, "numerator", over // common)
        object.__setattr__(self, "denominator", under // common)

    @classmethod
    def of(cls, share: "Number | Ratio") -> "Ratio":
        """Return the ratio of an int, a Decimal (0.05 is five percent) or a Ratio."""
        if isinstance(share, Ratio):
            return share
        return cls(*exact(share, "ratio").as_integer_ratio())

    @classmethod
    def percent(cls, number: Number) -> "Ratio":
        """Return `number` percent.

        >>> Ratio.percent(5)
        Ratio(numerator=1, denominator=20)
        """
        over, under = exact(number, "percentage").as_integer_ratio()
        return cls(over, under * 100)

    def __add__(self, other: "Ratio") -> "Ratio":
        """Add exactly."""
        return Ratio(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )

    def __neg__(self) -> "Ratio":
        """Change the sign."""
        return Ratio(-self.numerator, self.denominator)

    def __lt__(self, other: "Ratio") -> bool:
        """Compare exactly."""
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __le__(self, other: "Ratio") -> bool:
        """Compare exactly."""
        return not other < self

    def of_units(self, units: int, rounding: Rounding) -> int:
        """Return this share of `units`, rounded to a whole unit."""
        return divide(units * self.numerator, self.denominator, rounding)

    def plain(self) -> str:
        """Write as a decimal where that is exact, else as a fraction.

        >>> Ratio(19, 20).plain(), Ratio(1, 3).plain()
        ('0.95', '1/3')
        """
        rest, places = self.denominator, 0
        while rest % 10 == 0:
            rest, places = rest // 10, places + 1
        for prime in (2, 5):
            while rest % prime == 0:
                rest, places = rest // prime, places + 1
        if rest > 1:
            return f"{self.numerator}/{self.denominator}"
        scaled = self.numerator * 10**places // self.denominator
        return f"{from_scaled(scaled, places):,f}"

    def __str__(self) -> str:
        """Write as a percentage, to four decimals with "≈" where that is not exact."""
        hundreds = Ratio(self.numerator * 100, self.denominator)
        if "/" not in hundreds.plain():
            return f"{hundreds.plain()}%"
        rounded = divide(hundreds.numerator * 10**4, hundreds.denominator, Rounding.HALF_EVEN)
        return f"≈{from_scaled(rounded, 4)}%"
