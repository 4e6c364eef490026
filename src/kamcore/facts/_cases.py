"""The cases that conditions can tell apart, one of each."""

from collections.abc import Iterator, Sequence
from itertools import product

from kamcore.facts._conditions import Condition
from kamcore.facts._facts import Fields
from kamcore.facts._field import Wire
from kamcore.facts._matcher import Matcher
from kamcore.facts._table import cell_text

__all__ = ["Case", "cases", "count_cases", "meeting"]

Case = dict[str, Wire | None]


def cases(conditions: Sequence[Condition]) -> Iterator[Case]:
    """Return one case of every kind that the conditions answer differently; missing facts too."""
    atoms = _atoms(conditions)
    for wires in product(*atoms.values()):
        yield dict(zip(atoms, wires, strict=True))


def count_cases(conditions: Sequence[Condition]) -> int:
    """Return how many `cases` there are."""
    number = 1
    for wires in _atoms(conditions).values():
        number *= len(wires)
    return number


def meeting(left: Condition | None, right: Condition | None) -> str | None:
    """Return a case in which both hold, in words; None where there is none.

    A condition of None always holds.
    """
    sides = [((),) if one is None else one.rows() for one in (left, right)]
    rows = [(owner, row) for owner, side in enumerate(sides) for row in side]
    fields = Fields(leaf.field for _, row in rows for leaf in row)
    matcher, first = Matcher(fields, tuple(rows)), len(sides[0])
    for number, rival in product(range(first), range(first, len(rows))):
        if matcher.rows_that_meet(number) >> (len(rows) - 1 - rival) & 1:
            return cell_text(fields, matcher.case_of_both(number, rival)) or "every sale"
    return None


def _atoms(conditions: Sequence[Condition]) -> dict[str, list[Wire | None]]:
    rows = [(number, row) for number, one in enumerate(conditions) for row in one.rows()]
    fields = Fields(leaf.field for _, row in rows for leaf in row)
    return Matcher(fields, tuple(rows)).atoms()
