"""A price without its tax."""

from kamcore.errors import InputError
from kamcore.price._policy import Price, as_price
from kamcore.values import MoneyLike, Ratio, Rounding

__all__ = ["without_tax"]


def without_tax(price: Price | MoneyLike, rate: Ratio, rounding: Rounding) -> Price:
    """Return the net price of a gross one, rounded once at the grain of the price.

    Raises `InputError` for a rate that is no Ratio or below 0 and for a price that is not above 0,
    and `UnknownName` for a rounding that is none.

    >>> from kamcore.values import Money
    >>> str(without_tax(Money(113, "CNY"), Ratio.percent(13), Rounding.HALF_AWAY_FROM_ZERO))
    'CNY 100.00'
    """
    if not isinstance(rate, Ratio):
        raise InputError(f"tax rate is {rate!r}; pass Ratio.percent(13)")
    if rate.numerator < 0:
        raise InputError(f"tax rate {rate} is below 0; pass Ratio.percent(13)")
    return as_price(price).times(
        Ratio(rate.denominator, rate.denominator + rate.numerator), Rounding(rounding)
    )
