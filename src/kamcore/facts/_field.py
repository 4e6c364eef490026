"""What all kinds of field share: a name, words for it, and the way in and out.

Inside kamcore a fact is a *wire* value: an int at the field's grain (money in minor units, a date
as its ordinal), a bool or a str. So comparisons are exact and equal those on a dataframe's columns.
"""

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from kamcore.decision import Param
from kamcore.errors import InputError, NoTruthValue
from kamcore.values import Label, Money
from kamcore.values._checks import some_text

__all__ = ["FactValue", "Field", "Wire"]

Wire = int | str
FactValue = Money | Decimal | int | bool | str | date


@frozen(order=False)
class Field(ABC):
    """A typed fact of an account, such as its sales of last year."""

    name: str = field(validator=some_text)
    zh: str = field(default="", kw_only=True)
    en: str = field(default="", kw_only=True)

    @cached_property
    def label(self) -> Label:
        """The words for it; English falls back on the name."""
        words = self.en or self.name.replace("_", " ")
        return Label(words, self.zh or words)

    @abstractmethod
    def take(self, raw: object) -> Wire:
        """Return the wire value of a given value; raises `InputError`."""

    @abstractmethod
    def parse(self, text: str) -> Wire:
        """Return the wire value of a text; raises `InputError`."""

    @abstractmethod
    def give(self, wire: Wire) -> FactValue:
        """Return the value of a wire value."""

    def show(self, wire: Wire) -> Param:
        """Return the value as a reason's parameter."""
        return self.give(wire)

    def same_fact(self, other: "Field") -> bool:
        """Say whether both fields mean one fact: all but the words is equal."""
        return type(self) is type(other) and self._meaning() == other._meaning()  # noqa: SLF001

    def _meaning(self) -> tuple[object, ...]:
        return (self.name,)

    def __bool__(self) -> bool:
        """Refuse: a field is no yes or no."""
        what = f"field {self.name!r}"
        raise NoTruthValue(
            what, "combine conditions with &, | and ~, and write both sides of a range"
        )


def not_a(kind: str, value: object, mend: str) -> InputError:
    """Return the error for a value of the wrong kind."""
    return InputError(f"{value!r} is not {kind}; {mend}")
