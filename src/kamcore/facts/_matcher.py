"""The compiled form of rule tables: one bit mask a field and value.

Bit *i* of a mask says that row *i* accepts the value. A look-up ANDs one mask a field; the highest
bit left wins. The same masks show which rules overlap.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial

from attrs import frozen

from kamcore.errors import InputError
from kamcore.facts._conditions import Comparison, Leaf, OneOf, Presence
from kamcore.facts._facts import Facts, Fields, Needs
from kamcore.facts._field import Field, Wire
from kamcore.facts._numbers import DateField, OrderedField
from kamcore.facts._words import ChoiceField, FlagField, TreeField
from kamcore.values import Days
from kamcore.values._checks import as_date

__all__ = ["NONE", "OTHER", "Axis", "Matcher", "Row", "below_all"]

NONE = -1
OTHER = "(any other)"
SOME_DAY = date(2000, 1, 1).toordinal()
Row = tuple[int, tuple[Leaf, ...]]
Ordered = tuple[int, tuple[int, ...], tuple[int, ...]]
Named = tuple[int, Mapping[Wire | None, int]]


class Matcher:
    """The compiled form of a rule table.

    The first row has the highest bit, so that the length of the remaining mask names the winner.
    """

    __slots__ = ("_all", "_bound", "_needs", "_owners", "_top", "axes", "days")

    def __init__(
        self, fields: Fields, rows: tuple[Row, ...], spans: Sequence[Days | None] = ()
    ) -> None:
        """Build from the rows, the first to win first; `spans` are the days of each owner."""
        self._needs = Needs(fields)
        self._top = len(rows) - 1
        self._all = (1 << len(rows)) - 1
        self._owners = (NONE, *(owner for owner, _ in reversed(rows)))
        self.axes = tuple(_axis(one, rows) for one in fields)
        self.days = _day_axis(rows, spans) if any(spans) else None
        self._bound = self._bind(fields)

    @property
    def owners(self) -> tuple[int, ...]:
        """The owner of each row by the length of the mask whose highest bit it is; -1 for none."""
        return self._owners

    def _bind(self, given: Fields) -> tuple[Fields, tuple[Ordered, ...], tuple[Named, ...]]:
        """Note where each fact stands in the facts of one list of fields."""
        ordered: list[Ordered] = []
        named: list[Named] = []
        for place, axis in zip(self._needs.places(given), self.axes, strict=True):
            if axis.edges:
                ordered.append((place, axis.edges, axis.masks))
            else:
                names = axis.named.items() if axis.edges is None else ()
                known: dict[Wire | None, int] = dict(names)
                known[None] = axis.missing
                named.append((place, known))
        return given, tuple(ordered), tuple(named)

    def on_day(self, day: int) -> int:
        """Return the mask of the rows in force on a day, given as its ordinal."""
        if self.days is None:
            return self._all
        return self.days.masks[bisect_right(self.days.edges, day)]

    def start(self, on: date | None) -> int:
        """Return the mask of the rows in force on a day."""
        return self._all if self.days is None else self.days.mask_of(on)

    def first(self, facts: Facts, on: date | None = None) -> int:
        """Return the owner of the first row that accepts the facts, or -1."""
        return self._owners[self.top(facts, on)]

    def top(self, facts: Facts, on: date | None = None) -> int:
        """Return the length of the mask of the rows that accept the facts; 0 for none.

        The first row has the length of all rows, the last one 1.
        """
        given, ordered, named = self._bound
        if given is not facts.fields:
            self._bound = given, ordered, named = self._bind(facts.fields)
        wires: tuple[int, ...] = facts.wires  # type: ignore[assignment]  # else: the except
        mask = self._all if self.days is None else self.days.mask_of(on)
        try:
            for place, edges, masks in ordered:
                mask &= masks[bisect_right(edges, wires[place])]
            for place, masks_by_name in named:
                mask &= masks_by_name[wires[place]]
        except (TypeError, KeyError):  # a missing number, or a text that no rule names
            return self._careful(facts, on, hopeful=False)
        return mask.bit_length()

    def hopeful(self, facts: Facts, on: date | None = None) -> int:
        """Return the owner of the first row if every missing fact spoke for it, or -1."""
        return self._owners[self._careful(facts, on, hopeful=True)]

    def masks(self, facts: Facts) -> list[int]:
        """Return for each axis the mask of the rows that accept the facts."""
        places = self._needs.places(facts.fields)
        pairs = zip(places, self.axes, strict=True)
        return [axis.mask(facts.wires[place], hopeful=False) for place, axis in pairs]

    def _careful(self, facts: Facts, on: date | None, *, hopeful: bool) -> int:
        mask, wires = self.start(on), facts.wires
        for place, axis in zip(self._needs.places(facts.fields), self.axes, strict=True):
            mask &= axis.mask(wires[place], hopeful=hopeful)
        return mask.bit_length()

    def rows_that_meet(self, row: int) -> int:
        """Return the mask of the rows that share a case with `row`."""
        mask, bit = self._all, self._bit(row)
        for axis in self.axes:
            mask &= axis.shared_with(bit)
        return mask if self.days is None else mask & self.days.shared_with(bit)

    def case_of_both(self, left: int, right: int) -> dict[str, Wire | None]:
        """Return a case that both rows accept."""
        both = self._bit(left) | self._bit(right)
        return {axis.name: axis.sample(both) for axis in self.axes}

    def atoms(self) -> dict[str, list[Wire | None]]:
        """Return one value of every field for each set of rows that accepts some value of it."""
        return {axis.name: axis.kinds() for axis in self.axes}

    def rows_within(self, row: int) -> int:
        """Return the mask of the rows that accept every case that `row` accepts."""
        mask, bit = self._all, self._bit(row)
        for axis in self.axes:
            mask &= axis.common_to(bit)
        return mask if self.days is None else mask & self.days.common_to(bit)

    def _bit(self, row: int) -> int:
        return 1 << (self._top - row)


@frozen(order=False)
class Axis:
    """One field of a table: its atoms (stretches or names) and the rows that accept each."""

    name: str
    edges: tuple[int, ...] | None
    below: int
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

    def atoms(self) -> list[tuple[Wire | None, int]]:
        """Return a value for each stretch or name, missing last, with the rows that accept it."""
        if self.edges is None:
            atoms: list[tuple[Wire | None, int]] = [*self.named.items()]
            if not self.closed:
                atoms.append((OTHER, self.other))
        else:
            firsts = [self.below, *self.edges]
            atoms = list(zip(firsts, self.masks, strict=True))
        return [*atoms, (None, self.missing)]

    def shared_with(self, bit: int) -> int:
        """Return the rows that accept an atom that the row `bit` accepts."""
        shared = 0
        for _, mask in self.atoms():
            if mask & bit:
                shared |= mask
        return shared

    @cached_property
    def some(self) -> int:
        """The rows that accept any atom at all."""
        return self.shared_with(-1)

    def common_to(self, bit: int) -> int:
        """Return the rows that accept every atom that the row `bit` accepts."""
        common = -1
        for _, mask in self.atoms():
            if mask & bit:
                common &= mask
        return common

    def kinds(self) -> list[Wire | None]:
        """Return the first value of each mask."""
        first: dict[int, Wire | None] = {}
        for wire, mask in self.atoms():
            first.setdefault(mask, wire)
        return list(first.values())

    def sample(self, both: int) -> Wire | None:
        """Return a value that all rows of `both` accept."""
        return next(wire for wire, mask in self.atoms() if mask & both == both)


@frozen(order=False)
class DayAxis:
    """The days on which the rows are in force: the first days of stretches, and their rows."""

    edges: tuple[int, ...]
    masks: tuple[int, ...]

    def mask_of(self, on: date | None) -> int:
        """Return the rows in force on a day; raises `InputError` without one."""
        if on is None:
            raise InputError("rules are in force on certain days; pass on=, the day of the work")
        return self.masks[bisect_right(self.edges, as_date(on, "day of the work").toordinal())]

    def shared_with(self, bit: int) -> int:
        """Return the rows in force on a day on which the row `bit` is."""
        shared = 0
        for mask in self.masks:
            if mask & bit:
                shared |= mask
        return shared

    @cached_property
    def some(self) -> int:
        """The rows that are in force on any day at all."""
        return self.shared_with(-1)

    def common_to(self, bit: int) -> int:
        """Return the rows in force on every day on which the row `bit` is."""
        common = -1
        for mask in self.masks:
            if mask & bit:
                common &= mask
        return common


def _day_axis(rows: tuple[Row, ...], spans: Sequence[Days | None]) -> DayAxis:
    edges = sorted(
        {day.toordinal() for one in spans if one is not None for day in (one.start, one.end)}
    )
    masks: list[int] = []
    for first in (edges[0] - 1, *edges):
        mask = 0
        for owner, _ in rows:
            span = spans[owner]
            holds = span is None or span.start.toordinal() <= first < span.end.toordinal()
            mask = mask << 1 | holds
        masks.append(mask)
    return DayAxis(tuple(edges), tuple(masks))


def _axis(one: Field, rows: tuple[Row, ...]) -> Axis:
    """Build the masks of a field."""
    name, below = one.name, partial(below_all, one)
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
        firsts = {leaf.first for leaves in own for leaf in leaves if isinstance(leaf, Comparison)}
        edges = tuple(sorted(within_calendar(firsts) if isinstance(one, DateField) else firsts))
        atoms = [below(edges), *edges]
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
    return Axis(
        name,
        edges,
        below(edges or ()),
        tuple(masks.values()),
        masks,
        other,
        missing,
        hopeful,
        closed,
    )


def within_calendar(edges: set[int]) -> set[int]:
    """Return the edges with a day on both sides."""
    return {one for one in edges if date.min.toordinal() < one <= date.max.toordinal()}


def below_all(one: Field, edges: Sequence[int]) -> int:
    """Return a value below the first edge, or any value where there is none."""
    if edges:
        return edges[0] - 1
    return SOME_DAY if isinstance(one, DateField) else 0


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
