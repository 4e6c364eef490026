"""The facts of one account, and the list of fields that a policy asks for."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from kamcore.decision import MissingFact
from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts._field import FactValue, Field, Wire
from kamcore.values._checks import tuple_of

__all__ = ["AsksFacts", "Facts", "Fields", "Needs"]


class AsksFacts(Protocol):
    """A policy or condition holder that says which facts it asks for."""

    @property
    def fields(self) -> "Fields":
        """The fields."""
        ...


def _as_fields(items: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(items)


@frozen(order=False, cache_hash=True)
class Fields:
    """Fields by name, in order."""

    items: tuple[Field, ...] = field(converter=_as_fields, validator=tuple_of(Field))

    def __attrs_post_init__(self) -> None:
        """Merge one fact asked for twice; refuse one name for two facts."""
        merged: dict[str, Field] = {}
        for one in self.items:
            known = merged.setdefault(one.name, one)
            if not known.same_fact(one):
                raise PolicyError(
                    f"field {one.name!r} means both {known!r} and {one!r}; rename one of them"
                )
        if len(merged) != len(self.items):
            object.__setattr__(self, "items", tuple(merged.values()))

    @classmethod
    def of(cls, *policies: "AsksFacts | Field") -> "Fields":
        """Return all fields that several policies (or fields themselves) ask for."""
        items: list[Field] = []
        for one in policies:
            items.extend([one] if isinstance(one, Field) else one.fields.items)
        return cls(items)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in order."""
        return tuple(one.name for one in self.items)

    def __iter__(self) -> Iterator[Field]:
        """Go through the fields."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the fields."""
        return len(self.items)

    def __getitem__(self, name: str) -> Field:
        """Return the field of a name."""
        for one in self.items:
            if one.name == name:
                return one
        raise UnknownName("field", name, self.names)


@frozen(order=False)
class Facts:
    """What is known of one account; a missing fact is None.

    Built by `read_facts` and `read_book`. `facts["sales"]` gives the value back.
    """

    account: str = field()
    fields: Fields = field()
    wires: tuple[Wire | None, ...] = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a different number of values than fields."""
        if len(self.wires) != len(self.fields.items):
            raise InputError(
                f"{len(self.fields)} fields and {len(self.wires)} values; give each field its value"
            )

    @cached_property
    def values(self) -> dict[str, Wire | None]:
        """The wire values by name."""
        return dict(zip(self.fields.names, self.wires, strict=True))

    def __getitem__(self, name: str) -> FactValue | None:
        """Return the value of a fact, or None where it is missing."""
        known = self.fields[name]
        wire = self.values[name]
        return None if wire is None else known.give(wire)

    def missing(self, names: Iterable[str] | None = None) -> tuple[MissingFact, ...]:
        """Return those of `names` (of all fields) that are missing."""
        wanted = self.fields.names if names is None else tuple(dict.fromkeys(names))
        return tuple(
            MissingFact(one.name, one.label)
            for one in map(self.fields.__getitem__, wanted)
            if self.values[one.name] is None
        )


class Needs:
    """Finds the facts that a policy asks for; part of its compiled form."""

    __slots__ = ("_fields", "_places")

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._places: dict[Fields, tuple[int, ...]] = {}

    def places(self, given: Fields) -> tuple[int, ...]:
        """Return where in `given` each asked field stands, checked once for each list of fields.

        Raises `InputError` where a field is unknown or means another fact.
        """
        places = self._places.get(given)
        if places is None:
            names = given.names
            for wanted in self._fields:
                found = given[wanted.name]
                if not found.same_fact(wanted):
                    raise InputError(
                        f"field {wanted.name!r} was read as {found!r}; the policy asks {wanted!r}"
                    )
            places = tuple(names.index(wanted.name) for wanted in self._fields)
            self._places[given] = places
        return places

    def values(self, facts: Facts) -> dict[str, Wire | None]:
        """Return the wire values by name, after the check that `places` does."""
        self.places(facts.fields)
        return facts.values
