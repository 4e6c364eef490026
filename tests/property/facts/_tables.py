"""Random rule tables over the small world, and what they mean, written out again case by case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from math import inf
from typing import NamedTuple, TypeVar

from attrs import evolve
from hypothesis import strategies as st
from tests.property.facts._strategies import (
    ALL_FIELDS,
    HIGHEST,
    LOWEST,
    ORDERED,
    conditions,
    independent_rows,
    naive,
    possible_values,
    since,
)

from kamcore.errors import PolicyError
from kamcore.facts import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Facts,
    Field,
    Fields,
    Leaf,
    OneOf,
    RuleTable,
    TableRule,
    TextField,
    Under,
    Wire,
)
from kamcore.values import Days

T = TypeVar("T")
Values = Mapping[str, Wire | None]
MATCHES = ("first", "last", "most_specific")
FIRST_DAY = date(2024, 2, 25)
DAYS_IN_WORLD = 10
ANY_OTHER = "(any other)"
SOME_DAY = date(2000, 1, 1).toordinal()
DEPTHS = {"cn": 1.0, "east": 2.0, "north": 2.0, "shanghai": 3.0}


class Case(NamedTuple):
    """A value for every field, None where it is missing, and the day where rules have days."""

    values: Values
    day: date | None


# --- what is drawn ------------------------------------------------------------------------------


@st.composite
def days(draw: st.DrawFn) -> Days:
    """Draw a span of one to ten days; the world has ten."""
    first = draw(st.integers(0, DAYS_IN_WORLD - 1))
    last = draw(st.integers(first, DAYS_IN_WORLD - 1))
    return Days.through(FIRST_DAY + timedelta(days=first), FIRST_DAY + timedelta(days=last))


def pools(most: int = 3) -> st.SearchStrategy[tuple[Field, ...]]:
    """Return a few fields of the world."""
    some = st.lists(st.sampled_from(ALL_FIELDS), min_size=1, max_size=most, unique=True)
    return some.map(tuple)


def whens(pool: tuple[Field, ...]) -> st.SearchStrategy[Condition | None]:
    """Return conditions on a pool of fields, now and then none."""
    return st.one_of(conditions(pool), conditions(pool), independent_rows(pool), st.none())


@st.composite
def tables(
    draw: st.DrawFn,
    gives: st.SearchStrategy[T],
    *,
    matches: Sequence[str] = MATCHES,
    dated: bool | None = None,
    most: int = 6,
    of: tuple[Field, ...] | None = None,
) -> RuleTable[T]:
    """Draw a table; a rule that contradicts one of equal rank is left out."""
    pool = draw(pools()) if of is None else of
    match = draw(st.sampled_from(matches))
    has_days = draw(st.booleans()) if dated is None else dated
    spans = st.none() | days() if has_days else st.none()
    table: RuleTable[T] = RuleTable(
        rules=(), match=match, dimensions=pool if match == "most_specific" else ()
    )
    for number in range(draw(st.integers(0, most))):
        rule = TableRule(f"rule {number}", draw(whens(pool)), draw(gives), in_force=draw(spans))
        try:
            table = evolve(table, rules=(*table.rules, rule))
        except PolicyError:
            continue
    return table


# --- what it means --------------------------------------------------------------------------------


def leaves_in(condition: Condition | None) -> Iterator[Leaf]:
    """Return the leaves of a condition."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_in(part)
        case Leaf():
            yield condition
        case _:
            return


def alternatives(condition: Condition | None) -> list[tuple[Leaf, ...]]:
    """Return the rows of leaves under which a condition holds."""
    match condition:
        case All(parts):
            rows = product(*map(alternatives, parts))
            return [tuple(leaf for row in several for leaf in row) for several in rows]
        case AnyOf(parts):
            return [row for part in parts for row in alternatives(part)]
        case Leaf():
            return [(condition,)]
        case _:
            return [()]


def atoms(one: Field, rules: Sequence[TableRule[T]]) -> list[Wire]:
    """Return the values that rules may tell apart: of a stretch the first, of the lowest the last.

    A text stands for itself where a rule names it, and all the others for one.
    """
    asked = [leaf for rule in rules for leaf in leaves_in(rule.when) if leaf.field.name == one.name]
    if one in ORDERED:
        orders = [leaf for leaf in asked if isinstance(leaf, Comparison)]
        edges = [
            wire
            for wire in range(LOWEST, HIGHEST + 2)
            if any(turns_at(leaf, wire) for leaf in orders)
        ]
        return [edges[0] - 1, *edges] if edges else [SOME_DAY if one == since else 0]
    if isinstance(one, TextField):
        named = [text for leaf in asked if isinstance(leaf, OneOf) for text in leaf.options]
        return [*dict.fromkeys(named), ANY_OTHER]
    return list(possible_values(one))


def turns_at(leaf: Leaf, wire: int) -> bool:
    """Say whether a comparison answers differently for a value and the one before."""
    name = leaf.field.name
    return naive(leaf, {name: wire}) != naive(leaf, {name: wire - 1})


def day_atoms(rules: Sequence[TableRule[T]], within: Days | None) -> list[date | None]:
    """Return the first day of each stretch on which the same rules are in force."""
    spans = [rule.in_force for rule in rules if rule.in_force is not None]
    if not spans or within is None:
        return [None]
    turns = {day for span in spans for day in (span.start, span.end)}
    return [day for day in within if day == within.start or day in turns]


def every_case(
    rules: Sequence[TableRule[T]],
    fields: Fields,
    *,
    may_miss: Sequence[str] = (),
    within: Days | None = None,
) -> list[Case]:
    """Return one case of each kind that rules may tell apart."""
    columns: list[list[Wire | None]] = [
        [*atoms(one, rules), *([None] if one.name in may_miss else [])] for one in fields
    ]
    return [
        Case(dict(zip(fields.names, wires, strict=True)), day)
        for wires in product(*columns)
        for day in day_atoms(rules, within)
    ]


def world_cases(
    fields: Fields, may_miss: Sequence[str], spans: Sequence[date | None]
) -> list[Case]:
    """Return every case of the world, whatever the rules tell apart."""
    columns: list[list[Wire | None]] = [
        [*possible_values(one), *([None] if one.name in may_miss else [])] for one in fields
    ]
    return [
        Case(dict(zip(fields.names, wires, strict=True)), day)
        for wires in product(*columns)
        for day in spans
    ]


def facts_of(case: Case, fields: Fields) -> Facts:
    """Return a case as facts."""
    return Facts("ACME", fields, tuple(case.values[name] for name in fields.names))


def holds(rule: TableRule[T], case: Case) -> bool:
    """Say whether a rule holds in a case, on its day."""
    span = rule.in_force
    if span is not None and (case.day is None or not span.start <= case.day <= span.last):
        return False
    return rule.when is None or naive(rule.when, case.values)


def decide(table: RuleTable[T], case: Case) -> int:
    """Return the rule that wins, or -1, by asking each rule."""
    holding = [number for number, rule in enumerate(table.rules) if holds(rule, case)]
    if not holding:
        return -1
    if table.match == "first":
        return holding[0]
    if table.match == "last":
        return holding[-1]
    ranks = {
        number: max(
            rank(row, table.dimensions)
            for row in alternatives(table.rules[number].when)
            if all(naive(leaf, case.values) for leaf in row)
        )
        for number in holding
    }
    return max(holding, key=lambda number: (ranks[number], -number))


def rank(row: tuple[Leaf, ...], dimensions: tuple[Field, ...]) -> tuple[float, ...]:
    """Return how specific an alternative is in each dimension: a value beats any place."""
    found: list[float] = []
    for dimension in dimensions:
        asked = [leaf for leaf in row if leaf.field.name == dimension.name]
        depths = [DEPTHS[leaf.node] if isinstance(leaf, Under) else inf for leaf in asked]
        found.append(max(depths, default=0.0))
    return tuple(found)


def without(table: RuleTable[T], *names: str) -> RuleTable[T]:
    """Return a table without some of its rules."""
    return evolve(table, rules=tuple(rule for rule in table.rules if rule.name not in names))
