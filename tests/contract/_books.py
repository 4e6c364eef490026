"""Books for the comparison of two evaluators, with what breaks an evaluator planted in them.

Facts lie at every edge of a policy and one unit beside it, or are missing; accounts repeat each
other, and the order of their ids is one of code points.
"""

from decimal import Decimal
from itertools import product

import narwhals.stable.v2 as nw
import polars as pl
from hypothesis import strategies as st

from kamcore.facts import (
    ChoiceField,
    Comparison,
    Condition,
    Facts,
    Field,
    Fields,
    FlagField,
    FlagIs,
    OneOf,
    TextField,
    TreeField,
    Under,
    Wire,
)
from kamcore.score import BandItem, CategoryItem, EnteredItem, Item, PerUnitItem
from kamcore.values import Steps

__all__ = [
    "IDS",
    "Book",
    "Row",
    "answers",
    "beside",
    "books",
    "default_of",
    "every_case",
    "marks_of_condition",
    "marks_of_item",
    "rows_beside",
    "rows_of",
]

Book = tuple[Facts, ...]
Row = tuple[Wire | None, ...]

PLAIN_IDS = ("ACME", "acme", "a", "A1", "A10", "A2", "10", "9", "Z")
OTHER_IDS = ("Ämter", "é", "金鹏", "金山", "～", "😀")
IDS = (*PLAIN_IDS, *OTHER_IDS)


@st.composite
def books(
    draw: st.DrawFn, fields: Fields, rows: st.SearchStrategy[Row], size: int | None = None
) -> Book:
    """Return a book drawn from few different rows, so that accounts are equal now and then."""
    number = draw(st.integers(0, 15)) if size is None else size
    ids = draw(st.permutations(IDS))[:number]
    pool = draw(st.lists(rows, min_size=1, max_size=6))
    return tuple(Facts(one, fields, draw(st.sampled_from(pool))) for one in ids)


def rows_of(facts: st.SearchStrategy[Facts]) -> st.SearchStrategy[Row]:
    """Return the wire values of random facts."""
    return facts.map(lambda known: known.wires)


def beside(edges: list[int]) -> list[int]:
    """Return every edge with one unit on either side of it."""
    return sorted({edge + shift for edge in edges for shift in (-1, 0, 1)})


def marks_of_item(item: Item) -> list[Wire]:
    """Return the facts at and beside all edges of an item."""
    match item:
        case BandItem(fact=fact, steps=Steps(edges=edges)):
            return [*beside([int(fact.take(edge)) for edge in edges])]
        case PerUnitItem(fact=fact, per=per, each=each, cap=cap):
            unit, units = int(fact.take(per)), int(Decimal(cap) / Decimal(each))
            return [*beside([0, unit, 2 * unit, units * unit, (units + 1) * unit])]
        case EnteredItem(fact=fact, most=most):
            return [*range(int(fact.take(most)) + 1)]
        case CategoryItem(options=options):
            return [option for option, _ in options]
        case _:
            raise AssertionError(item)


def marks_of_condition(condition: Condition) -> list[tuple[str, list[Wire]]]:
    """Return field by field the facts at and beside all edges of a condition."""
    found: list[tuple[str, list[Wire]]] = []
    for row in condition.rows():
        for leaf in row:
            match leaf:
                case Comparison(field=field, value=value):
                    found.append((field.name, [*beside([int(field.take(value))])]))
                case FlagIs(field=field):
                    found.append((field.name, [True, False]))
                case OneOf(field=field, options=options):
                    found.append((field.name, [*options, *getattr(field, "names", ["another"])]))
                case Under(field=field):
                    found.append((field.name, [*field.names]))
                case _:
                    pass
    return found


def rows_beside(fields: Fields, marks: list[tuple[str, list[Wire]]]) -> st.SearchStrategy[Row]:
    """Return facts of which each lies at or beside an edge, or is missing."""
    columns = []
    for field in fields:
        values = sorted({wire for name, wires in marks if name == field.name for wire in wires})
        columns.append(st.none() | st.sampled_from(values or default_of(field)))
    return st.tuples(*columns)


def default_of(field: Field) -> list[Wire]:
    """Return values of a field that no edge lies on."""
    if isinstance(field, FlagField):
        return [True, False]
    if isinstance(field, ChoiceField | TreeField):
        return [*field.names]
    return ["another"] if isinstance(field, TextField) else [0, 1, 2]


def every_case(fields: Fields, marks: list[tuple[str, list[Wire]]]) -> Book:
    """Return a book of all combinations of facts at and beside the edges, and of missing ones."""
    columns = []
    for field in fields:
        values = {wire for name, wires in marks if name == field.name for wire in wires}
        columns.append((*(sorted(values) or default_of(field)), None))
    return tuple(Facts(str(number), fields, row) for number, row in enumerate(product(*columns)))


def answers(frame: nw.DataFrame[pl.DataFrame], expression: nw.Expr) -> list[object]:
    """Return what an expression gives for each row."""
    return frame.with_columns(expression.alias("answer")).get_column("answer").to_list()
