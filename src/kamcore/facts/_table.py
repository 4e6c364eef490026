"""Rule tables: the first matching rule, or the most specific, by one bit mask a field and value.

Bit *i* of a mask says that row *i* accepts the value. A look-up ANDs one mask a field; the lowest
bit left wins. The same masks show which rules overlap.
"""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import takewhile
from typing import Generic, Literal, TypeVar

from attrs import field, frozen

from kamcore.decision import MissingFact, show
from kamcore.errors import PolicyError
from kamcore.facts._conditions import (
    Comparison,
    Condition,
    Leaf,
    OneOf,
    Presence,
    as_optional_condition,
)
from kamcore.facts._facts import Facts, Fields, Needs
from kamcore.facts._field import Field, Wire
from kamcore.facts._numbers import OrderedField
from kamcore.facts._words import ChoiceField, FlagField, TreeField, Under
from kamcore.values import Source
from kamcore.values._checks import one_of, some_text, tuple_of, unique_names

__all__ = ["Matcher", "RuleTable", "TableRule", "cell_text"]

T_co = TypeVar("T_co", covariant=True)
NONE = -1
Row = tuple[int, tuple[Leaf, ...]]


@frozen(order=False)
class TableRule(Generic[T_co]):
    """`gives` where `when` holds; `when=None` holds for everything."""

    name: str = field(validator=some_text)
    when: Condition | None = field(converter=as_optional_condition)
    gives: T_co = field()
    source: Source | None = field(default=None)

    @property
    def rows(self) -> tuple[tuple[Leaf, ...], ...]:
        """The alternatives of leaves under which the rule holds."""
        return ((),) if self.when is None else self.when.rows()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves of the rule."""
        return tuple(leaf for row in self.rows for leaf in row)


@frozen(order=False, kw_only=True)
class RuleTable(Generic[T_co]):
    """Rules over facts.

    `match="first"`: the first rule that holds wins. `match="most_specific"`: the rule that says
    something on an earlier one of `dimensions` wins, a deeper place in a tree before a higher one;
    two rules of equal rank that give different things for one case cannot be built.
    """

    rules: tuple[TableRule[T_co], ...] = field(validator=tuple_of(TableRule))
    match: Literal["first", "most_specific"] = field(
        default="first", validator=one_of("first", "most_specific")
    )
    dimensions: tuple[Field, ...] = field(default=(), validator=tuple_of(Field))

    def __attrs_post_init__(self) -> None:
        """Check names, fields and dimensions, and that no two rules of equal rank contradict."""
        unique_names("rule", (rule.name for rule in self.rules))
        asked = {leaf.field.name for rule in self.rules for leaf in rule.leaves}
        listed = {dimension.name for dimension in self.dimensions}
        if self.match == "most_specific" and not asked <= listed:
            lacking = ", ".join(sorted(asked - listed))
            raise PolicyError(
                f"most specific by {sorted(listed)} does not rank {lacking}; add it to dimensions"
            )
        if self.match == "first" and self.dimensions:
            raise PolicyError(
                "dimensions are given for match='first'; drop them or write match='most_specific'"
            )
        _ = self.fields
        if self.match == "most_specific":
            _refuse_contradictions(self)

    @property
    def fields(self) -> Fields:
        """The fields that the rules ask for."""
        leaves = [leaf.field for rule in self.rules for leaf in rule.leaves]
        return Fields((*self.dimensions, *leaves))

    @cached_property
    def compiled(self) -> "Matcher":
        """The masks; no API."""
        return Matcher(self.fields, _ranked(self))

    def winner(self, facts: Facts) -> int:
        """Return the index of the rule that wins, or -1; a missing fact fails its leaf."""
        return self.compiled.first(facts)

    def possible_winner(self, facts: Facts) -> int:
        """Return the index of the rule that would win if every missing fact spoke for it, or -1."""
        return self.compiled.hopeful(facts)

    def missing(self, facts: Facts) -> tuple[MissingFact, ...]:
        """Return the missing facts that alone keep another rule from going before the winner."""
        winner = self.winner(facts)
        if self.possible_winner(facts) == winner:
            return ()
        values = facts.values
        ahead = takewhile(lambda row: not all(leaf.holds(values) for leaf in row[1]), _ranked(self))
        return facts.missing(
            leaf.field.name
            for owner, row in ahead
            if owner != winner and all(leaf.holds(values, if_missing=True) for leaf in row)
            for leaf in row
            if not leaf.holds(values)
        )


Ordered = tuple[int, tuple[int, ...], tuple[int, ...]]
Named = tuple[int, Mapping[Wire | None, int]]


class Matcher:
    """The compiled form of a rule table.

    The first row has the highest bit, so that the length of the remaining mask names the winner.
    """

    __slots__ = ("_all", "_axes", "_bound", "_needs", "_owners", "_top")

    def __init__(self, fields: Fields, rows: tuple[Row, ...]) -> None:
        self._needs = Needs(fields)
        self._top = len(rows) - 1
        self._all = (1 << len(rows)) - 1
        self._owners = (NONE, *(owner for owner, _ in reversed(rows)))
        self._axes = tuple(_axis(one, rows) for one in fields)
        self._bound = self._bind(fields)

    def _bind(self, given: Fields) -> tuple[Fields, tuple[Ordered, ...], tuple[Named, ...]]:
        """Note where each fact stands in the facts of one list of fields."""
        ordered: list[Ordered] = []
        named: list[Named] = []
        for place, axis in zip(self._needs.places(given), self._axes, strict=True):
            if axis.edges:
                ordered.append((place, axis.edges, axis.masks))
            else:
                names = axis.named.items() if axis.edges is None else ()
                known: dict[Wire | None, int] = dict(names)
                known[None] = axis.missing
                named.append((place, known))
        return given, tuple(ordered), tuple(named)

    def first(self, facts: Facts) -> int:
        """Return the owner of the first row that accepts the facts, or -1."""
        given, ordered, named = self._bound
        if given is not facts.fields:
            self._bound = given, ordered, named = self._bind(facts.fields)
        wires: tuple[int, ...] = facts.wires  # type: ignore[assignment]  # else: the except
        mask = self._all
        try:
            for place, edges, masks in ordered:
                mask &= masks[bisect_right(edges, wires[place])]
            for place, masks_by_name in named:
                mask &= masks_by_name[wires[place]]
        except (TypeError, KeyError):  # a missing number, or a text that no rule names
            return self._careful(facts, hopeful=False)
        return self._owners[mask.bit_length()]

    def hopeful(self, facts: Facts) -> int:
        """Return the owner of the first row if every missing fact spoke for it, or -1."""
        return self._careful(facts, hopeful=True)

    def _careful(self, facts: Facts, *, hopeful: bool) -> int:
        mask, wires = self._all, facts.wires
        for place, axis in zip(self._needs.places(facts.fields), self._axes, strict=True):
            mask &= axis.mask(wires[place], hopeful=hopeful)
        return self._owners[mask.bit_length()]

    def rows_that_meet(self, row: int) -> int:
        """Return the mask of the rows that share a case with `row`."""
        mask = self._all
        for axis in self._axes:
            mask &= axis.shared_with(self._bit(row))
        return mask

    def case_of_both(self, left: int, right: int) -> dict[str, Wire | None]:
        """Return a case that both rows accept."""
        both = self._bit(left) | self._bit(right)
        return {axis.name: axis.sample(both) for axis in self._axes}

    def atoms(self) -> dict[str, list[Wire | None]]:
        """Return one value of every field for each set of rows that accepts some value of it."""
        return {axis.name: axis.kinds() for axis in self._axes}

    def _bit(self, row: int) -> int:
        return 1 << (self._top - row)


@frozen(order=False)
class Axis:
    """One field of a table: its atoms (stretches or names) and the rows that accept each."""

    name: str
    edges: tuple[int, ...] | None
    masks: tuple[int, ...]
    named: Mapping[Wire, int]
    other: int
    missing: int
    hopeful: int
    closed: bool

    def mask(self, wire: Wire | None, *, hopeful: bool) -> int:
        """Return the rows that accept a value."""
        if wire is None:
            return self.hopeful if hopeful else self.missing
        if self.edges is None:
            return self.named.get(wire, self.other)
        return self.masks[bisect_right(self.edges, int(wire))]

    def _atoms(self) -> list[tuple[Wire | None, int]]:
        if self.edges is None:
            atoms: list[tuple[Wire | None, int]] = [*self.named.items()]
            if not self.closed:
                atoms.append(("(any other)", self.other))
        else:
            firsts = [self.edges[0] - 1 if self.edges else 0, *self.edges]
            atoms = list(zip(firsts, self.masks, strict=True))
        return [*atoms, (None, self.missing)]

    def shared_with(self, bit: int) -> int:
        """Return the rows that accept an atom that the row `bit` accepts."""
        shared = 0
        for _, mask in self._atoms():
            if mask & bit:
                shared |= mask
        return shared

    def kinds(self) -> list[Wire | None]:
        """Return the first value of each mask."""
        first: dict[int, Wire | None] = {}
        for wire, mask in self._atoms():
            first.setdefault(mask, wire)
        return list(first.values())

    def sample(self, both: int) -> Wire | None:
        """Return a value that all rows of `both` accept."""
        return next(wire for wire, mask in self._atoms() if mask & both == both)


def _axis(one: Field, rows: tuple[Row, ...]) -> Axis:
    """Build the masks of a field."""
    own = [tuple(leaf for leaf in leaves if leaf.field.name == one.name) for _, leaves in rows]
    edges: tuple[int, ...] | None = None
    atoms: list[Wire] = []
    closed = isinstance(one, ChoiceField | TreeField | FlagField)
    if isinstance(one, ChoiceField | TreeField):
        atoms = list(one.names)
    elif isinstance(one, FlagField):
        atoms = [True, False]
    elif not isinstance(one, OrderedField):
        atoms = list(dict.fromkeys(_texts(own)))
    else:
        edges = tuple(
            sorted(
                {leaf.first for leaves in own for leaf in leaves if isinstance(leaf, Comparison)}
            )
        )
        atoms = [edges[0] - 1 if edges else 0, *edges]
    masks = dict.fromkeys(atoms, 0)
    other = missing = hopeful = 0
    for number, leaves in enumerate(own):
        bit = 1 << (len(rows) - 1 - number)
        present = not any(isinstance(leaf, Presence) and not leaf.present for leaf in leaves)
        if all(isinstance(leaf, Presence) and not leaf.present for leaf in leaves):
            missing |= bit
        if not any(isinstance(leaf, Presence) and leaf.present for leaf in leaves):
            hopeful |= bit
        if not closed and present and not _names_texts(leaves):
            other |= bit
        for atom in _candidates(leaves, atoms):
            if all(leaf.accepts(atom) for leaf in leaves):
                masks[atom] |= bit
    return Axis(one.name, edges, tuple(masks.values()), masks, other, missing, hopeful, closed)


def _texts(own: list[tuple[Leaf, ...]]) -> list[Wire]:
    return [
        text
        for leaves in own
        for leaf in leaves
        if isinstance(leaf, OneOf)
        for text in leaf.options
    ]


def _names_texts(leaves: tuple[Leaf, ...]) -> bool:
    return any(isinstance(leaf, OneOf) and not leaf.negated for leaf in leaves)


def _candidates(leaves: tuple[Leaf, ...], atoms: list[Wire]) -> list[Wire]:
    for leaf in leaves:
        if isinstance(leaf, OneOf) and not leaf.negated:
            return list(leaf.options)
    return atoms


def _rank(leaves: tuple[Leaf, ...], dimensions: tuple[Field, ...]) -> tuple[int, ...]:
    """Return how specific a row is in each dimension; more is more specific."""
    return tuple(
        max(
            (
                leaf.depth if isinstance(leaf, Under) else LEAF_DEPTH
                for leaf in leaves
                if leaf.field.name == dimension.name
            ),
            default=0,
        )
        for dimension in dimensions
    )


LEAF_DEPTH = 1_000_000


def _ranked(table: RuleTable[T_co]) -> tuple[Row, ...]:
    """Return the rows of all rules, the first to win first."""
    rows = [(number, leaves) for number, rule in enumerate(table.rules) for leaves in rule.rows]
    if table.match == "most_specific":
        rows.sort(key=lambda row: _rank(row[1], table.dimensions), reverse=True)
    return tuple(rows)


def _refuse_contradictions(table: RuleTable[T_co]) -> None:
    rows = _ranked(table)
    matcher = Matcher(table.fields, rows)
    ranks = [_rank(leaves, table.dimensions) for _, leaves in rows]
    top = len(rows) - 1
    for number, (owner, _) in enumerate(rows):
        meeting = matcher.rows_that_meet(number)
        for rival in range(number + 1, len(rows)):
            if ranks[rival] != ranks[number]:
                break
            one, other = table.rules[owner], table.rules[rows[rival][0]]
            if meeting >> (top - rival) & 1 and one.gives != other.gives:
                cell = cell_text(table.fields, matcher.case_of_both(number, rival))
                raise PolicyError(
                    f"rules {one.name!r} and {other.name!r} are equally specific and differ for "
                    f"{cell}; narrow one of them or give both the same"
                )


def cell_text(fields: Fields, case: Mapping[str, Wire | None]) -> str:
    """Return a case in words, field by field."""
    shown: list[str] = []
    for one in fields:
        wire = case[one.name]
        if wire is None or wire == "(any other)":
            words = wire or "missing"
        else:
            words = show(one.show(wire), "en")
        shown.append(f"{one.name} = {words}")
    return ", ".join(shown)
