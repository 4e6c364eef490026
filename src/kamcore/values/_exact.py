"""Exact numbers: what is let in, and arithmetic that does not depend on the caller's context."""

from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
)
from operator import index
from typing import SupportsIndex

from kamcore.errors import FloatRefused, InexactValue, InputError

__all__ = ["Number", "decimals_in", "difference", "exact", "from_scaled", "to_scaled", "whole"]

Number = int | Decimal
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
_WIDE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


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


def _power(decimals: int) -> int:
    """Return 10^decimals as an int."""
    return int(10**decimals)


def to_scaled(value: object, decimals: int, what: str = "number") -> int:
    """Return `value` in units of 10^-decimals, exactly."""
    if type(value) is Decimal:
        try:
            quick = _EXACT.scaleb(value, decimals)
            units = int(quick)
            if units == quick:
                return units
        except (ValueError, ArithmeticError):
            pass  # too long, or no number: said below
    elif type(value) is int:
        return value * _power(decimals) if decimals else value
    number = exact(value, what)
    try:
        shifted = number.scaleb(decimals, _EXACT)
        scaled = int(shifted)
    except ArithmeticError:
        raise InputError(
            f"{what} {number} has more than {_EXACT.prec} digits; check the unit"
        ) from None
    if scaled != shifted:
        raise InexactValue(what, number, f"{decimals} decimals" if decimals else "whole units")
    return scaled


def from_scaled(scaled: int, decimals: int) -> Decimal:
    """Return the Decimal of `scaled` units of 10^-decimals; the inverse of `to_scaled`."""
    if decimals == 0:
        return Decimal(scaled)
    return Decimal(scaled).scaleb(-decimals, _WIDE)


def difference(left: Decimal, right: Decimal) -> Decimal:
    """Return `left - right` exactly, whatever the caller's context."""
    return _WIDE.subtract(left, right)


def decimals_in(number: Decimal) -> int:
    """Return how many decimals `number` needs; zeros at its end count nothing."""
    return len(f"{number:f}".partition(".")[2].rstrip("0"))
