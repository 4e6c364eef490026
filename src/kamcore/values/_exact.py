"""Exact numbers: what is let in, and arithmetic that does not depend on the caller's context."""

from decimal import Context, Decimal, Inexact, InvalidOperation
from operator import index
from typing import SupportsIndex

from kamcore.errors import FloatRefused, InexactValue, InputError

__all__ = ["Number", "exact", "from_scaled", "to_scaled", "whole"]

Number = int | Decimal
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])


def exact(value: object, what: str = "number") -> Decimal:
    """Return `value` as a finite Decimal; refuse float, bool, NaN and text.

    An integer of another library, such as numpy's, is welcome.
    """
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return Decimal(index(value))
    raise FloatRefused(what, value)


def whole(value: object, what: str = "number") -> int:
    """Return `value` as an int; refuse bool and everything with a fraction."""
    if type(value) is int:
        return value
    number = exact(value, what)
    if number != number.to_integral_value():
        raise InexactValue(what, value, "whole numbers")
    return int(number)


def to_scaled(value: object, decimals: int, what: str = "number") -> int:
    """Return `value` in units of 10^-decimals, exactly."""
    if type(value) is int:
        return value * 10**decimals
    number = exact(value, what)
    try:
        shifted = number.scaleb(decimals, _EXACT)
        scaled = int(shifted)
    except ArithmeticError:
        msg = f"{what} {number} has more than {_EXACT.prec} digits; check the unit"
        raise InputError(msg) from None
    if scaled != shifted:
        raise InexactValue(what, number, f"{decimals} decimals" if decimals else "whole units")
    return scaled


def from_scaled(scaled: int, decimals: int) -> Decimal:
    """Return the Decimal of `scaled` units of 10^-decimals; the inverse of `to_scaled`."""
    if decimals == 0:
        return Decimal(scaled)
    return Decimal(scaled).scaleb(-decimals, _EXACT)
