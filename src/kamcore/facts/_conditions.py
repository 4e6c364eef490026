"""Conditions as data. A leaf fails on a missing fact, and `~` is pushed down to the leaves."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Literal

from attrs import field, frozen

from kamcore.decision import show
from kamcore.errors import NoTruthValue, PolicyError
from kamcore.facts._field import Field, Wire
from kamcore.values import Lang, Money, Ratio
from kamcore.values._checks import instance_of, one_of, tuple_of

__all__ = [
    "All",
    "AnyOf",
    "Combinable",
    "Comparison",
    "Condition",
    "FlagIs",
    "Leaf",
    "OneOf",
    "Order",
    "Presence",
    "Wires",
    "as_condition",
    "as_optional_condition",
]

Wires = Mapping[str, Wire | None]
Order = Literal[">", ">=", "<", "<="]
OPPOSITE: dict[Order, Order] = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
ROWS_AT_MOST = 64
MEND = "combine conditions with &, | and ~, and write both sides of a range as two conditions"


class Combinable(ABC):
    """What can stand in a condition: a condition, or a flag field."""

    __slots__ = ()

    @abstractmethod
    def condition(self) -> "Condition":
        """Return it as a condition."""

    def __and__(self, other: "Combinable") -> "Condition":
        """Both hold."""
        return All(_parts(All, self, other))

    def __or__(self, other: "Combinable") -> "Condition":
        """At least one holds."""
        return AnyOf(_parts(AnyOf, self, other))

    def __invert__(self) -> "Condition":
        """Return the opposite, leaf by leaf; a missing fact fails both."""
        return self.condition().opposite()


def as_optional_condition(value: Combinable | None) -> "Condition | None":
    """Return None, or a condition as `as_condition` does."""
    return None if value is None else as_condition(value)


def as_condition(value: Combinable) -> "Condition":
    """Return a condition, a flag field as "it is true"; refuse everything else."""
    if isinstance(value, Combinable):
        return value.condition()
    raise PolicyError(
        f"{value!r} is not a condition; write field > value, field.is_(...), or a flag field"
    )


def _parts(kind: "type[All | AnyOf]", *operands: Combinable) -> "tuple[Condition, ...]":
    flat: list[Condition] = []
    for operand in operands:
        condition = as_condition(operand)
        flat.extend(condition.parts if isinstance(condition, kind) else [condition])
    return tuple(flat)


@frozen(order=False)
class Condition(Combinable, ABC):
    """A question about facts that holds or fails."""

    def condition(self) -> "Condition":
        """Return itself."""
        return self

    @abstractmethod
    def holds(self, values: Wires, *, if_missing: bool = False) -> bool:
        """Say whether it holds; a leaf whose fact is missing answers `if_missing`."""

    @abstractmethod
    def opposite(self) -> "Condition":
        """Return the condition with every leaf turned round."""

    @abstractmethod
    def rows(self) -> "tuple[tuple[Leaf, ...], ...]":
        """Return it as alternatives of leaves that hold together."""

    @abstractmethod
    def text(self, lang: Lang) -> str:
        """Return the condition in words."""

    def __bool__(self) -> bool:
        """Refuse: a condition has an answer only for facts."""
        what = "a condition"
        raise NoTruthValue(what, MEND)


@frozen(order=False)
class Leaf(Condition, ABC):
    """A condition on one field."""

    field: Field = field(validator=instance_of(Field))

    @abstractmethod
    def accepts(self, wire: Wire) -> bool:
        """Say whether it holds for a fact that is there."""

    def holds(self, values: Wires, *, if_missing: bool = False) -> bool:
        """Ask the one fact."""
        wire = values[self.field.name]
        return if_missing if wire is None else self.accepts(wire)

    def rows(self) -> "tuple[tuple[Leaf, ...], ...]":
        """Return itself alone."""
        return ((self,),)

    def text(self, lang: Lang) -> str:
        """Return field, verb and value."""
        verb = self.verb(lang)
        space = "" if lang == "zh" and verb[0] not in "<>≤≥" else " "
        return f"{self.field.label.text(lang)}{space}{verb}"

    @abstractmethod
    def verb(self, lang: Lang) -> str:
        """Return all but the field's name."""


@frozen(order=False)
class Comparison(Leaf):
    """A field against a value, by order."""

    order: Order = field(validator=one_of(*OPPOSITE))
    value: int | Decimal | Money | Ratio | date = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a field without order and a value that it cannot have."""
        _ = self.first

    @cached_property
    def first(self) -> int:
        """The least wire value on the upper side of the comparison."""
        wire = self.field.take(self.value)
        if not isinstance(wire, int) or isinstance(wire, bool):
            raise PolicyError(f"field {self.field.name!r} has no order; use .is_() or .one_of()")
        return wire + 1 if self.order in {">", "<="} else wire

    def accepts(self, wire: Wire) -> bool:
        """Compare at the field's grain."""
        upper = isinstance(wire, int) and wire >= self.first
        return upper if self.order in {">", ">="} else not upper

    def gap(self, wire: int) -> int:
        """Return how much a fact that fails lacks (above 0) or has too much (below 0)."""
        return self.first - wire if self.order in {">", ">="} else self.first - 1 - wire

    def opposite(self) -> "Comparison":
        """Turn the order round."""
        return Comparison(self.field, OPPOSITE[self.order], self.value)

    def verb(self, lang: Lang) -> str:
        """Return order and value."""
        sign = {">=": "≥", "<=": "≤"}.get(self.order, self.order)
        return f"{sign} {show(self.field.show(self.field.take(self.value)), lang)}"


@frozen(order=False)
class FlagIs(Leaf):
    """A flag that is true, or false."""

    value: bool = field()

    def accepts(self, wire: Wire) -> bool:
        """Compare."""
        return bool(wire) is self.value

    def opposite(self) -> "FlagIs":
        """Ask for the other value."""
        return FlagIs(self.field, not self.value)

    def verb(self, lang: Lang) -> str:
        """Return yes or no."""
        return {"en": ("is no", "is yes"), "zh": ("为否", "为是")}[lang][self.value]

    def text(self, lang: Lang) -> str:
        """Return the flag's own words, or that it does not hold."""
        words = self.field.label.text(lang)
        if self.value:
            return words
        return f"非“{words}”" if lang == "zh" else f"not: {words}"


@frozen(order=False)
class OneOf(Leaf):
    """A choice or text that is one of `options`, or (`negated`) none of them."""

    options: tuple[str, ...] = field(validator=tuple_of(str))
    negated: bool = field(default=False)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty list and options that the field does not have."""
        if not self.options:
            raise PolicyError(
                f"field {self.field.name!r}: one_of() of nothing; pass at least one option"
            )
        for option in self.options:
            self.field.take(option)

    def accepts(self, wire: Wire) -> bool:
        """Look it up."""
        return (wire in self.options) is not self.negated

    def opposite(self) -> "OneOf":
        """Turn round."""
        return OneOf(self.field, self.options, not self.negated)

    def verb(self, lang: Lang) -> str:
        """Return the options."""
        shown = [show(self.field.show(option), lang) for option in self.options]
        if lang == "zh":
            return ("不是" if self.negated else "是") + "或".join(shown)
        return ("is not " if self.negated else "is ") + " or ".join(shown)


@frozen(order=False)
class Presence(Leaf):
    """A fact that is there, or (`present=False`) missing."""

    present: bool = field()

    def accepts(self, wire: Wire) -> bool:  # noqa: ARG002 - any fact that is there
        """Hold for every fact that is there, or for none."""
        return self.present

    def holds(self, values: Wires, *, if_missing: bool = False) -> bool:  # noqa: ARG002 - it is the question
        """Ask whether the fact is there."""
        return (values[self.field.name] is not None) is self.present

    def opposite(self) -> "Presence":
        """Turn round."""
        return Presence(self.field, not self.present)

    def verb(self, lang: Lang) -> str:
        """Return the word."""
        return {"en": ("is missing", "is known"), "zh": ("未提供", "已知")}[lang][self.present]


@frozen(order=False)
class All(Condition):
    """All parts hold."""

    parts: tuple[Condition, ...] = field(validator=tuple_of(Condition))

    def holds(self, values: Wires, *, if_missing: bool = False) -> bool:
        """Ask every part."""
        return all(part.holds(values, if_missing=if_missing) for part in self.parts)

    def opposite(self) -> "AnyOf":
        """One of the opposites."""
        return AnyOf(tuple(part.opposite() for part in self.parts))

    def rows(self) -> tuple[tuple[Leaf, ...], ...]:
        """Multiply the alternatives out."""
        alternatives = [part.rows() for part in self.parts]
        count = 1
        for one in alternatives:
            count *= len(one)
        if count > ROWS_AT_MOST:
            raise PolicyError(
                f"a condition of {count} alternatives; "
                f"split it into rules of at most {ROWS_AT_MOST}"
            )
        return tuple(tuple(leaf for row in rows for leaf in row) for rows in product(*alternatives))

    def text(self, lang: Lang) -> str:
        """Join with "and"."""
        return _joined(self.parts, AnyOf, " 且 " if lang == "zh" else " and ", lang)


@frozen(order=False)
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...] = field(validator=tuple_of(Condition))

    def holds(self, values: Wires, *, if_missing: bool = False) -> bool:
        """Ask until one holds."""
        return any(part.holds(values, if_missing=if_missing) for part in self.parts)

    def opposite(self) -> "All":
        """All of the opposites."""
        return All(tuple(part.opposite() for part in self.parts))

    def rows(self) -> tuple[tuple[Leaf, ...], ...]:
        """List the alternatives."""
        return tuple(row for part in self.parts for row in part.rows())

    def text(self, lang: Lang) -> str:
        """Join with "or"."""
        return _joined(self.parts, All, " 或 " if lang == "zh" else " or ", lang)


def _joined(parts: tuple[Condition, ...], bracketed: type[Condition], word: str, lang: Lang) -> str:
    opens, closes = "（）" if lang == "zh" else "()"
    return word.join(
        f"{opens}{part.text(lang)}{closes}" if isinstance(part, bracketed) else part.text(lang)
        for part in parts
    )
