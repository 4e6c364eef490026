"""Rule tables: the first rule that holds wins, the last, or the most specific."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Generic, Literal, TypeVar

from attrs import field, frozen

from kamcore.decision import MissingFact, show
from kamcore.errors import PolicyError
from kamcore.facts._conditions import Condition, Leaf, as_optional_condition
from kamcore.facts._facts import Facts, Fields
from kamcore.facts._field import Field, Wire
from kamcore.facts._matcher import OTHER, Matcher, Row
from kamcore.facts._words import Under
from kamcore.values import Days, Label, Source
from kamcore.values._checks import instance_of, one_of, some_text, tuple_of, unique_names

__all__ = ["RuleTable", "TableRule", "cell_text"]

T_co = TypeVar("T_co", covariant=True)


@frozen(order=False)
class TableRule(Generic[T_co]):
    """`gives` where `when` holds; `when=None` holds for everything.

    `in_force` are the days on which the rule holds at all, None for every day; `zh` is its name in
    Chinese, which falls back on the name.
    """

    name: str = field(validator=some_text)
    when: Condition | None = field(converter=as_optional_condition)
    gives: T_co = field()
    source: Source | None = field(default=None)
    in_force: Days | None = field(
        default=None, kw_only=True, validator=instance_of(Days, type(None))
    )
    zh: str = field(default="", kw_only=True, validator=instance_of(str))

    @property
    def label(self) -> Label:
        """Its name in words."""
        return Label(self.name, self.zh or self.name)

    @cached_property
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

    `match="first"`: the first rule that holds wins. `match="last"`: the last one, so that a later
    line overrides an earlier one. `match="most_specific"`: the rule that says something on an
    earlier one of `dimensions` wins, a deeper place in a tree before a higher one; two rules of
    equal rank that give different things for one case cannot be built.
    """

    rules: tuple[TableRule[T_co], ...] = field(validator=tuple_of(TableRule))
    match: Literal["first", "last", "most_specific"] = field(
        default="first", validator=one_of("first", "last", "most_specific")
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
        if self.match != "most_specific" and self.dimensions:
            raise PolicyError(
                f"dimensions are given for match={self.match!r}; "
                "drop them or write match='most_specific'"
            )
        _ = self.fields
        if self.match == "most_specific":
            _refuse_contradictions(self)

    @cached_property
    def fields(self) -> Fields:
        """The fields that the rules ask for."""
        leaves = [leaf.field for rule in self.rules for leaf in rule.leaves]
        return Fields((*self.dimensions, *leaves))

    @cached_property
    def compiled(self) -> "Matcher":
        """The masks; no API."""
        return Matcher(self.fields, self.ranked, [rule.in_force for rule in self.rules])

    def row_at(self, top: int) -> Row:
        """Return the rule and the leaves of the row that the matcher's `top` names."""
        return self.ranked[len(self.ranked) - top]

    @property
    def dated(self) -> bool:
        """Whether some rule holds on certain days only."""
        return any(rule.in_force is not None for rule in self.rules)

    @cached_property
    def ranked(self) -> tuple[Row, ...]:
        """The alternatives of all rules, the first to win first; no API."""
        return _ranked(self)

    @cached_property
    def ranks(self) -> tuple[tuple[int, ...], ...]:
        """How specific each of `ranked` is in each of `dimensions`; no API."""
        return tuple(_rank(leaves, self.dimensions) for _, leaves in self.ranked)

    def winner(self, facts: Facts, on: date | None = None) -> int:
        """Return the index of the rule that wins, or -1; a missing fact fails its leaf.

        Raises `InputError` where rules have days and `on` is not given.
        """
        return self.compiled.first(facts, on)

    def possible_winner(self, facts: Facts, on: date | None = None) -> int:
        """Return the index of the rule that would win if every missing fact spoke for it, or -1."""
        return self.compiled.hopeful(facts, on)

    def missing(self, facts: Facts, on: date | None = None) -> tuple[MissingFact, ...]:
        """Return the missing facts that alone keep another rule from going before the winner."""
        winner = self.winner(facts, on)
        if self.possible_winner(facts, on) == winner:
            return ()
        values = facts.values
        alive = (row for row in self.ranked if self.holds_on(row[0], on))
        ahead = takewhile(lambda row: not all(leaf.holds(values) for leaf in row[1]), alive)
        return facts.missing(
            leaf.field.name
            for owner, row in ahead
            if owner != winner and all(leaf.holds(values, if_missing=True) for leaf in row)
            for leaf in row
            if not leaf.holds(values)
        )

    def holds_on(self, rule: int, on: date | None) -> bool:
        """Say whether a rule is in force on a day."""
        span = self.rules[rule].in_force
        return span is None or (on is not None and on in span)


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
    if table.match == "last":
        rows.reverse()
    if table.match == "most_specific":
        rows.sort(key=lambda row: _rank(row[1], table.dimensions), reverse=True)
    return tuple(rows)


def _refuse_contradictions(table: RuleTable[T_co]) -> None:
    rows, matcher = table.ranked, table.compiled
    ranks = table.ranks
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
    return ", ".join(f"{one.name} = {_words(one, case[one.name])}" for one in fields)


def _words(one: Field, wire: Wire | None) -> str:
    if wire is None:
        return "missing"
    return OTHER if wire == OTHER else show(one.show(wire), "en")
