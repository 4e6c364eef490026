"""A small world of facts: few fields with few values, so that edges and ties are hit often."""

from collections.abc import Mapping
from itertools import product

from hypothesis import strategies as st

from kamcore.facts import (
    All,
    AnyOf,
    ChoiceField,
    Combinable,
    Comparison,
    Condition,
    DateField,
    Facts,
    Field,
    Fields,
    FlagField,
    FlagIs,
    Leaf,
    MoneyField,
    Node,
    NumberField,
    OneOf,
    Presence,
    RatioField,
    TextField,
    TreeField,
    Under,
    Wire,
    as_condition,
)

size = NumberField("size")
sales = MoneyField("sales", currency="CNY")
share = RatioField("share", decimals=2)
since = DateField("since")
agreed = FlagField("agreed")
sector = ChoiceField("sector", options=("power", "cable", "home"))
owner = TextField("owner")
region = TreeField(
    "region", nodes=(Node("cn"), Node("east", "cn"), Node("shanghai", "east"), Node("north", "cn"))
)
ORDERED = (size, sales, share, since)
WORDS = (agreed, sector, owner, region)
ALL_FIELDS = (*ORDERED, *WORDS)
EVERYTHING = Fields(ALL_FIELDS)

Values = Mapping[str, Wire | None]

LOWEST, HIGHEST = 2, 7
"""Edges lie at these wire values; facts go one unit beyond on either side."""


def possible_values(field: Field) -> tuple[Wire, ...]:
    """Return every value that conditions of this world can tell apart."""
    if field in ORDERED:
        return tuple(range(LOWEST - 1, HIGHEST + 2))
    if isinstance(field, FlagField):
        return (False, True)
    if isinstance(field, ChoiceField | TreeField):
        return field.names
    return ("Li", "Han", "Wang")


def wires_of(field: Field) -> st.SearchStrategy[Wire]:
    """Return the values of a field."""
    return st.sampled_from(possible_values(field))


def facts(fields: Fields = EVERYTHING, *, complete: bool = False) -> st.SearchStrategy[Facts]:
    """Return facts of an account, each missing now and then unless `complete`."""
    columns = [wires_of(field) if complete else st.none() | wires_of(field) for field in fields]
    return st.tuples(*columns).map(lambda wires: Facts("ACME", fields, wires))


def every_case(fields: Fields) -> list[Facts]:
    """Return all facts that this world can have for the fields, missing ones included."""
    columns = [(*possible_values(field), None) for field in fields]
    return [Facts("ACME", fields, wires) for wires in product(*columns)]


def comparisons(field: Field) -> st.SearchStrategy[Combinable]:
    """Return comparisons of an ordered field with the value of some wire."""
    values = st.integers(LOWEST, HIGHEST).map(field.give)
    orders = st.sampled_from((">", ">=", "<", "<="))
    return st.builds(Comparison, st.just(field), orders, values)


def leaves_without_presence(field: Field) -> st.SearchStrategy[Combinable]:
    """Return conditions on the value of one field, each true of some value and false of another."""
    if field in ORDERED:
        return comparisons(field)
    if isinstance(field, FlagField):
        return st.sampled_from([field, ~field])
    asked: st.SearchStrategy[Combinable]
    if isinstance(field, TreeField):
        asked = st.sampled_from(
            [*map(field.is_, field.names), *(map(field.within, field.names[1:]))]
        )
    elif isinstance(field, ChoiceField):
        some = st.lists(st.sampled_from(field.names), min_size=1, max_size=2, unique=True)
        asked = some.map(lambda names: field.one_of(*names))
    else:
        some = st.lists(st.sampled_from(("Li", "Han")), min_size=1, max_size=2, unique=True)
        asked = some.map(lambda names: field.one_of(*names))  # type: ignore[attr-defined]
    return asked | asked.map(lambda condition: ~condition)


def leaves(field: Field) -> st.SearchStrategy[Combinable]:
    """Return all conditions on one field."""
    presence = st.sampled_from([field.is_known, field.is_missing])  # type: ignore[attr-defined]
    return leaves_without_presence(field) | presence


def conditions(fields: tuple[Field, ...] = ALL_FIELDS) -> st.SearchStrategy[Condition]:
    """Return combinations by &, | and ~ of conditions on the fields."""
    single = st.sampled_from(fields).flatmap(leaves)
    nested = st.recursive(
        single,
        lambda inner: st.one_of(
            st.builds(lambda left, right: left & right, inner, inner),
            st.builds(lambda left, right: left | right, inner, inner),
            inner.map(lambda condition: ~condition),
        ),
        max_leaves=6,
    )
    return nested.map(as_condition)


@st.composite
def independent_rows(draw: st.DrawFn, fields: tuple[Field, ...]) -> Condition | None:
    """Return a conjunction that asks each field at most once, and never that it is known."""
    asked = draw(st.lists(st.sampled_from(fields), max_size=3, unique=True))
    condition: Combinable | None = None
    for field in asked:
        missing = st.just(field.is_missing)  # type: ignore[attr-defined]
        leaf = draw(leaves_without_presence(field) | missing)
        condition = leaf if condition is None else condition & leaf
    return None if condition is None else as_condition(condition)


def naive(condition: Condition, values: Values) -> bool:
    """Say from the values themselves whether a condition holds: the meaning, written out again."""
    match condition:
        case All(parts):
            return all(naive(part, values) for part in parts)
        case AnyOf(parts):
            return any(naive(part, values) for part in parts)
        case Presence(field, present):
            return (values[field.name] is not None) == present
        case Leaf():
            wire = values[condition.field.name]
            return wire is not None and naive_leaf(condition, condition.field.give(wire))
        case _:
            raise AssertionError(condition)


def naive_leaf(leaf: Leaf, value: object) -> bool:
    """Say whether a leaf holds for a value that is there."""
    match leaf:
        case Comparison(_, ">", edge):
            return edge < value  # type: ignore[operator]
        case Comparison(_, ">=", edge):
            return edge <= value  # type: ignore[operator]
        case Comparison(_, "<", edge):
            return value < edge  # type: ignore[operator]
        case Comparison(_, "<=", edge):
            return value <= edge  # type: ignore[operator]
        case FlagIs(_, wanted):
            return value == wanted
        case OneOf(_, options, negated):
            return (value in options) != negated
        case Under(_, node, negated):
            inside = {"cn": region.names, "east": ("east", "shanghai")}.get(node, (node,))
            return (value in inside) != negated
        case _:
            raise AssertionError(leaf)
