"""Fields without an order: flag, choice, text, and a place in a tree."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

import attrs
from attrs import field, frozen

from kamcore.decision import Param
from kamcore.errors import PolicyError, UnknownName
from kamcore.facts._conditions import Combinable, Condition, FlagIs, Leaf, OneOf, Presence
from kamcore.facts._field import Field, Wire, not_a
from kamcore.values import Label, Lang, Named
from kamcore.values._checks import known_name, tuple_of, unique_names

__all__ = ["Choice", "ChoiceField", "FlagField", "Node", "TextField", "TreeField", "Under"]

YES = frozenset({"true", "yes", "y", "1", "是"})
NO = frozenset({"false", "no", "n", "0", "否"})


@frozen(order=False)
class _WordField(Field):
    @property
    def is_missing(self) -> Presence:
        """The condition that the fact is missing."""
        return Presence(self, present=False)

    @property
    def is_known(self) -> Presence:
        """The condition that the fact is there."""
        return Presence(self, present=True)


@frozen(order=False)
class FlagField(_WordField, Combinable):
    """A yes or no; the field itself stands for the condition that it is yes."""

    def condition(self) -> Condition:
        """Ask that it is yes."""
        return FlagIs(self, value=True)

    def take(self, raw: object) -> bool:
        """Take a bool."""
        if raw is True or raw is False:
            return raw
        raise not_a("a yes or no", raw, "pass True or False")

    def parse(self, text: str) -> bool:
        """Read true, yes, y, 1, 是 or false, no, n, 0, 否."""
        word = text.lower()
        if word not in YES | NO:
            raise not_a("a yes or no", text, "write true or false")
        return word in YES

    def give(self, wire: Wire) -> bool:
        """Return the bool."""
        return bool(wire)

    def show(self, wire: Wire) -> Param:
        """Return yes or no."""
        return Label("yes", "是") if wire else Label("no", "否")


@frozen(order=False)
class Choice(Named):
    """One option of a choice field, with its words; they fall back on the name."""


def _choices(options: Iterable[Choice | str]) -> tuple[Choice, ...]:
    if isinstance(options, str):
        raise PolicyError(
            f"options {options!r} are one text; pass a tuple of names or Choice values"
        )
    return tuple(one if isinstance(one, Choice) else Choice(one) for one in options)


@frozen(order=False)
class ChoiceField(_WordField):
    """One of declared `options`; plain names are welcome."""

    options: tuple[Choice, ...] = field(converter=_choices, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse no options and repeated ones."""
        if not self.options:
            raise PolicyError(f"field {self.name!r} has no options; pass at least one")
        unique_names("option", self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the options."""
        return tuple(one.name for one in self.options)

    def is_(self, option: str) -> OneOf:
        """Ask for one option."""
        return self.one_of(option)

    def one_of(self, *options: str) -> OneOf:
        """Ask for any of several options."""
        return OneOf(self, tuple(self.take(option) for option in options))

    def take(self, raw: object) -> str:
        """Take the name of an option."""
        return known_name(self.name, raw, self.names)

    def parse(self, text: str) -> str:
        """Take the name of an option."""
        return self.take(text)

    def give(self, wire: Wire) -> str:
        """Return the name."""
        return str(wire)

    def show(self, wire: Wire) -> Param:
        """Return the option in words."""
        return next(one.label for one in self.options if one.name == wire)

    def _meaning(self) -> tuple[object, ...]:
        return (self.name, self.names)


@frozen(order=False)
class TextField(_WordField):
    """A text that is not empty, such as a name; it can be asked for by equality only."""

    def is_(self, option: str) -> OneOf:
        """Ask for one text."""
        return self.one_of(option)

    def one_of(self, *options: str) -> OneOf:
        """Ask for any of several texts."""
        return OneOf(self, tuple(self.take(option) for option in options))

    def take(self, raw: object) -> str:
        """Take a text."""
        if isinstance(raw, str) and raw.strip():
            return str(raw)
        raise not_a("a text", raw, "pass a str that is not empty, or None where it is missing")

    def parse(self, text: str) -> str:
        """Take the text."""
        return self.take(text)

    def give(self, wire: Wire) -> str:
        """Return the text."""
        return str(wire)


@frozen(order=False)
class Node(Named):
    """A place in a tree; `under` names its parent, none for a root."""

    under: str | None = field(default=None)


@frozen(order=False)
class TreeField(_WordField):
    """A place in a tree of regions, units or products; parents stand before their children."""

    nodes: tuple[Node, ...] = field(validator=tuple_of(Node), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse no places, repeated ones, and parents that do not stand before."""
        if not self.nodes:
            raise PolicyError(f"field {self.name!r} has no places; pass at least one Node")
        unique_names("place", self.names)
        for number, node in enumerate(self.nodes):
            if node.under is not None and node.under not in self.names[:number]:
                raise UnknownName("parent", node.under, self.names[:number])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the places."""
        return tuple(node.name for node in self.nodes)

    def is_(self, place: str) -> OneOf:
        """Ask for exactly one place."""
        return self.one_of(place)

    def one_of(self, *places: str) -> OneOf:
        """Ask for exactly one of several places, without those under them."""
        return OneOf(self, tuple(self.take(place) for place in places))

    def within(self, place: str) -> "Under":
        """Ask for a place or any place under it."""
        return Under(self, self.take(place))

    def path(self, place: str) -> tuple[str, ...]:
        """Return the places from `place` up to its root."""
        return self.compiled[place]

    @cached_property
    def branches(self) -> dict[str, frozenset[str]]:
        """Each place with all places under it; no API."""
        return {
            name: frozenset(one for one in self.names if name in self.compiled[one])
            for name in self.names
        }

    @cached_property
    def compiled(self) -> dict[str, tuple[str, ...]]:
        """The way from each place up to its root; no API."""
        paths: dict[str, tuple[str, ...]] = {}
        for node in self.nodes:
            paths[node.name] = (node.name, *(paths[node.under] if node.under else ()))
        return paths

    def take(self, raw: object) -> str:
        """Take the name of a place."""
        return known_name(self.name, raw, self.names)

    def parse(self, text: str) -> str:
        """Take the name of a place."""
        return self.take(text)

    def give(self, wire: Wire) -> str:
        """Return the name."""
        return str(wire)

    def show(self, wire: Wire) -> Param:
        """Return the place in words."""
        return next(node.label for node in self.nodes if node.name == wire)

    def _meaning(self) -> tuple[object, ...]:
        return (self.name, tuple((node.name, node.under) for node in self.nodes))


@frozen(order=False)
class Under(Leaf):
    """A place that is `node` or lies under it; `negated`: anywhere else."""

    field: TreeField = attrs.field()
    node: str = attrs.field()
    negated: bool = attrs.field(default=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a place that the tree does not have."""
        self.field.take(self.node)

    def accepts(self, wire: Wire) -> bool:
        """Look for the node on the way to the root."""
        return (self.node in self.field.path(str(wire))) is not self.negated

    @property
    def depth(self) -> int:
        """How far the node lies from its root; a deeper one is more specific."""
        return len(self.field.path(self.node))

    def opposite(self) -> Self:
        """Turn round."""
        return type(self)(self.field, self.node, not self.negated)

    def verb(self, lang: Lang) -> str:
        """Return the node in words."""
        name = next(node.label for node in self.field.nodes if node.name == self.node).text(lang)
        if lang == "zh":
            return f"{'不' if self.negated else ''}属于{name}"
        return f"is {'outside' if self.negated else 'within'} {name}"
