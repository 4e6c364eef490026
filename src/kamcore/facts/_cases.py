"""The cases that conditions can tell apart, one of each."""

from collections.abc import Iterator, Sequence
from itertools import product

from kamcore.facts._conditions import Condition
from kamcore.facts._facts import Fields
from kamcore.facts._field import Wire
from kamcore.facts._table import Matcher, cell_text

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
    both = [one for one in (left, right) if one is not None]
    for case in cases(both):
        if all(one.holds(case) for one in both):
            return cell_text(_fields(both), case) or "every sale"
    return None


def _fields(conditions: Sequence[Condition]) -> Fields:
    return Fields(leaf.field for one in conditions for row in one.rows() for leaf in row)


def _atoms(conditions: Sequence[Condition]) -> dict[str, list[Wire | None]]:
    rows = [(number, row) for number, one in enumerate(conditions) for row in one.rows()]
    return Matcher(_fields(conditions), tuple(rows)).atoms()
