"""Which rule wins in every case of a declared space, as a decision diagram.

The values that no rule tells apart are one class. A path through the classes, a level a field, ends
as soon as the answer is certain, and equal ends are one node; so that a thousand rules over a
quarter of a million cases are a matter of milliseconds.
"""

from collections.abc import Sequence
from math import prod

from attrs import field, frozen

from kamcore.errors import InputError
from kamcore.facts._facts import Fields
from kamcore.facts._field import Field, Wire
from kamcore.facts._matcher import NONE, OTHER, Axis, Matcher, below_all
from kamcore.facts._table import RuleTable
from kamcore.facts._words import ChoiceField, FlagField, TextField, TreeField
from kamcore.values import Days

__all__ = ["Choices", "Diagram", "Level", "runs"]

MOST_CLASSES = 20_000_000
Choices = tuple[tuple[int, tuple[int, ...]], ...]
Wires = tuple[Wire | None, ...]


@frozen(order=False)
class Level:
    """A field of the space: its values (the first of each stretch), and those that rules divide.

    `about` is None for the day. `classes` are indices of `atoms`, `masks` the rows that accept
    each class.
    """

    about: Field | None = field()
    atoms: Wires = field()
    classes: tuple[tuple[int, ...], ...] = field()
    masks: tuple[int, ...] = field()


class Diagram:
    """The outcome of one or several rule tables in every case of a space.

    `keys` give for each table the outcome of each rule, that of "no rule" first; a case's outcome
    is the tuple of them. Nodes are numbers: an inner node its index, an end the inverse (`~`) of
    its outcome's index.
    """

    def __init__(
        self,
        tables: Sequence[RuleTable[object]],
        keys: Sequence[Sequence[int]],
        fields: Fields,
        *,
        may_miss: Sequence[str] = (),
        days: Days | None = None,
    ) -> None:
        matchers = [table.compiled for table in tables]
        self.levels = _levels(matchers, fields, may_miss, days)
        number = prod(len(level.classes) for level in self.levels)
        if number > MOST_CLASSES:
            raise InputError(
                f"a space of {number:,} kinds of case; leave out a field, or split the space"
            )
        self.cells = prod(len(level.atoms) for level in self.levels)
        self.outcomes: list[tuple[int, ...]] = []
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self._known: dict[tuple[int, ...], int] = {}
        self._interned: dict[tuple[int, tuple[int, ...]], int] = {}
        self._memo: list[dict[int, int]] = [{} for _ in self.levels]
        self._segments = _segments(matchers, keys)
        self._free = _free(self.levels, sum(width for _, width, _ in self._segments))
        single = self._segments[0][2] if len(self._segments) == 1 else []
        self._ends = [self._end((key,)) for key in single]
        self.root = self._build(0, self._free[-1])

    def _end(self, outcome: tuple[int, ...]) -> int:
        known = self._known.get(outcome)
        if known is None:
            known = self._known[outcome] = ~len(self.outcomes)
            self.outcomes.append(outcome)
        return known

    def _build(self, level: int, mask: int) -> int:
        certain = self._certain(mask, self._free[level])
        if certain is not None:
            return certain
        memo = self._memo[level]
        node = memo.get(mask)
        if node is None:
            masks = self.levels[level].masks
            if level == len(self.levels) - 1 and len(self._segments) == 1:
                ends = self._ends
                children = tuple([ends[(mask & one).bit_length()] for one in masks])
            else:
                children = tuple([self._build(level + 1, mask & one) for one in masks])
            node = memo[mask] = self._node(level, children)
        return node

    def _node(self, level: int, children: tuple[int, ...]) -> int:
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        node = self._interned.get(key)
        if node is None:
            node = self._interned[key] = len(self.nodes)
            self.nodes.append(key)
        return node

    def _certain(self, mask: int, free: int) -> int | None:
        """Return the end if nothing that is still to come can change the winner of any table."""
        if len(self._segments) == 1:
            top = mask.bit_length()
            return self._ends[top] if (mask & free).bit_length() == top else None
        outcome: list[int] = []
        for shift, width, keys in self._segments:
            part = mask >> shift & ((1 << width) - 1)
            top = part.bit_length()
            if top and not free >> shift + top - 1 & 1:
                return None
            outcome.append(keys[top])
        return self._end(tuple(outcome))

    def counts(self) -> list[int]:
        """Return how many cells have each outcome, by the index of `outcomes`."""
        sizes = [len(level.atoms) for level in self.levels]
        totals = [prod(sizes[number:]) for number in range(len(sizes) + 1)]
        found = [0] * len(self.outcomes)
        weights = [0] * len(self.nodes)

        def give(child: int, cells: int, level: int) -> None:
            """Add cells to a node; they stand for one cell each of the levels from its own on."""
            if child < 0:
                found[~child] += cells * totals[level]
            else:
                weights[child] += cells * (totals[level] // totals[self.nodes[child][0]])

        give(self.root, 1, 0)
        for node in range(len(self.nodes) - 1, -1, -1):  # children are made before their parents
            level, children = self.nodes[node]
            for child, members in zip(children, self.levels[level].classes, strict=True):
                give(child, weights[node] * len(members), level + 1)
        return found

    def boxes(self, wanted: set[int]) -> tuple[Choices, ...]:
        """Return the cases with the outcomes `wanted` (indices) as boxes that do not meet.

        A box says for some levels which classes it takes; the others are free.
        """
        memo: dict[int, tuple[Choices, ...]] = {}

        def of(node: int) -> tuple[Choices, ...]:
            if node < 0:
                return ((),) if ~node in wanted else ()
            if node not in memo:
                level, children = self.nodes[node]
                groups: dict[tuple[Choices, ...], list[int]] = {}
                for number, child in enumerate(children):
                    groups.setdefault(of(child), []).append(number)
                if len(groups) == 1:
                    memo[node] = next(iter(groups))
                else:
                    memo[node] = tuple(
                        ((level, numbers), *rest)
                        for boxes, together in groups.items()
                        for numbers in self._runs(level, together)
                        for rest in boxes
                    )
            return memo[node]

        return of(self.root)

    def _runs(self, level: int, numbers: list[int]) -> list[tuple[int, ...]]:
        """Return classes that one box may hold: of days only those that follow each other."""
        return runs(numbers) if self.levels[level].about is None else [tuple(numbers)]

    def cells_of(self, box: Choices) -> int:
        """Return how many cells a box has."""
        sizes = [len(level.atoms) for level in self.levels]
        for level, numbers in box:
            sizes[level] = sum(len(self.levels[level].classes[number]) for number in numbers)
        return prod(sizes)

    def first_boxes(self) -> dict[int, Choices]:
        """Return one box for each outcome that some case has."""
        found: dict[int, Choices] = {}
        seen: set[int] = set()

        def walk(node: int, path: Choices) -> None:
            if node < 0:
                found.setdefault(~node, path)
            elif node not in seen:
                seen.add(node)
                level, children = self.nodes[node]
                for number, child in enumerate(children):
                    walk(child, (*path, (level, (number,))))

        walk(self.root, ())
        return found

    def sample(self, box: Choices) -> Wires:
        """Return one case of a box, a value a level; a flag that is free is no."""
        first = [
            level.atoms[1 if isinstance(level.about, FlagField) else 0] for level in self.levels
        ]
        for level, numbers in box:
            first[level] = self.levels[level].atoms[self.levels[level].classes[numbers[0]][0]]
        return tuple(first)


def runs(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Return numbers that rise as stretches without a hole."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [tuple(run) for run in found]


def _segments(
    matchers: Sequence[Matcher], keys: Sequence[Sequence[int]]
) -> list[tuple[int, int, list[int]]]:
    segments: list[tuple[int, int, list[int]]] = []
    shift = 0
    for matcher, outcomes in zip(matchers, keys, strict=True):
        width = len(matcher.owners) - 1
        segments.append((shift, width, [outcomes[owner - NONE] for owner in matcher.owners]))
        shift += width
    return segments


def _free(levels: Sequence[Level], width: int) -> list[int]:
    """Return for each level the rows that accept every class of it and of all that follow."""
    masks = [(1 << width) - 1]
    for level in reversed(levels):
        common = masks[-1]
        for mask in level.masks:
            common &= mask
        masks.append(common)
    return masks[::-1]


def _levels(
    matchers: Sequence[Matcher], fields: Fields, may_miss: Sequence[str], days: Days | None
) -> tuple[Level, ...]:
    found = [_level(one, matchers, may_miss) for one in fields]
    if any(matcher.days is not None for matcher in matchers):
        found.append(_day_level(matchers, days))
    return tuple(found)


def _level(one: Field, matchers: Sequence[Matcher], may_miss: Sequence[str]) -> Level:
    axes = [
        next((axis for axis in matcher.axes if axis.name == one.name), None) for matcher in matchers
    ]
    atoms = _atoms(one, [axis for axis in axes if axis is not None])
    if one.name in may_miss:
        atoms.append(None)
    pairs = list(zip(axes, matchers, strict=True))
    masks: list[int] = []
    for wire in atoms:
        mask = shift = 0
        for axis, matcher in pairs:
            width = len(matcher.owners) - 1
            own = (1 << width) - 1 if axis is None else axis.mask(wire, hopeful=False)
            mask |= own << shift
            shift += width
        masks.append(mask)
    classes: dict[int, list[int]] = {}
    for number, mask in enumerate(masks):
        classes.setdefault(mask, []).append(number)
    return Level(one, tuple(atoms), tuple(map(tuple, classes.values())), tuple(classes))


def _atoms(one: Field, axes: Sequence[Axis]) -> list[Wire | None]:
    if isinstance(one, ChoiceField | TreeField):
        return list(one.names)
    if isinstance(one, FlagField):
        return [True, False]
    if isinstance(one, TextField):
        return [*dict.fromkeys(text for axis in axes for text in axis.named), OTHER]
    edges = sorted({edge for axis in axes for edge in axis.edges or ()})
    return [below_all(one, edges), *edges]


def _day_level(matchers: Sequence[Matcher], days: Days | None) -> Level:
    if days is None:
        raise InputError(
            "rules are in force on certain days; pass days=Days.through(first, last) to the space"
        )
    start, end = days.start.toordinal(), days.end.toordinal()
    edges = {edge for one in matchers if one.days is not None for edge in one.days.edges}
    atoms = [start, *sorted(edge for edge in edges if start < edge < end)]
    masks: list[int] = []
    for day in atoms:
        mask = shift = 0
        for matcher in matchers:
            mask |= matcher.on_day(day) << shift
            shift += len(matcher.owners) - 1
        masks.append(mask)
    return Level(None, tuple(atoms), tuple((number,) for number in range(len(atoms))), tuple(masks))
