"""What every room's translation shares: skips, numbers, and when two answers are the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from kamcore.values import Ratio

Inputs = Mapping[str, object]
Translation = Callable[[Inputs], object]
EXACT = Context(prec=60, traps=[Inexact])
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(/\d+(\.\d+)?)?%?")


class Skipped(Exception):
    """A case that kamcore deliberately does not answer; the message says why."""


def only(inputs: Inputs, *known: str) -> None:
    """Skip a case with an input that the translation does not know."""
    if unknown := sorted(inputs.keys() - set(known)):
        raise Skipped(f"input {', '.join(unknown)} has no translation")


def fraction(raw: object) -> Fraction:
    """Return an int, a Decimal, or a text such as "-12.50", "1/3" or "10%" as a fraction."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return Fraction(raw)
    text = str(raw).strip().replace(",", "")
    if isinstance(raw, bool) or not NUMBER.fullmatch(text):
        raise ValueError(f"{raw!r} is not a number")
    over, _, under = text.removesuffix("%").partition("/")
    return Fraction(over) / Fraction(under or 1) / (100 if text.endswith("%") else 1)


def number(raw: object) -> Decimal | Ratio:
    """Return a number as a user writes it: a Decimal, or a Ratio where only that is exact."""
    exact = fraction(raw)
    try:
        return EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    except Inexact:
        return Ratio(exact.numerator, exact.denominator)


def each(raw: object, answer: Callable[[object], object]) -> object:
    """Answer for one input, or for every one of a list."""
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return [answer(one) for one in raw]
    return answer(raw)


def plain(value: object) -> object:
    """Return an answer in the form in which answers are compared: numbers and instants by value."""
    if isinstance(value, Ratio):
        return Fraction(value.numerator, value.denominator)
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(member) for member in value]
    if isinstance(value, str) and INSTANT.fullmatch(value):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, date):
        return value.isoformat()
    try:
        return value if isinstance(value, bool) else fraction(value)
    except ValueError:
        return value


def shown(value: object) -> str:
    """Return an answer as the report writes it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(shown(member) for member in value)}]"
    if isinstance(value, Ratio):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, datetime):
        return value.isoformat()
    return "null" if value is None else str(value)
