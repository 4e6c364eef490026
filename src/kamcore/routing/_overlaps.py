"""Rules that collide: where the order alone decides which of two duties is given."""

from attrs import field, frozen

from kamcore.facts._boxes import case_label
from kamcore.facts._diagram import Choices, Diagram
from kamcore.routing._duties import DutyRules
from kamcore.values import Label

__all__ = ["Overlap", "find_overlaps"]

OVERLAPS_AT_MOST = 1000


@frozen(order=False)
class Overlap:
    """Two rules that hold together in some cases, neither within the other, with different duties.

    Their order alone decides: `rule` wins in `case`, where `other` holds as well.
    """

    rule: str = field()
    other: str = field()
    case: Label = field()


def find_overlaps(policy: DutyRules, diagram: Diagram, wins: set[int]) -> tuple[Overlap, ...]:
    """Return the pairs of rules that win somewhere and collide in the space, at most a thousand.

    A table by specificity has none: it could not have been built.
    """
    if policy.table.match == "most_specific":
        return ()
    rules, look, found = policy.table.rules, Collisions(policy, diagram), list[Overlap]()
    winning = [owner for owner in look.in_rank if owner in wins]
    for place, owner in enumerate(winning):
        for other in winning[place + 1 :]:
            if len(found) == OVERLAPS_AT_MOST:
                return tuple(found)
            if rules[owner].gives != rules[other].gives:
                case = look.case(owner, other)
                if case is not None:
                    found.append(Overlap(rules[owner].name, rules[other].name, case))
    return tuple(found)


class Collisions:
    """Looks for cases that two rules share, in one space."""

    def __init__(self, policy: DutyRules, diagram: Diagram) -> None:
        self._policy, self._diagram = policy, diagram
        rows = policy.table.ranked
        self._bits: dict[int, list[int]] = {}
        for number, (owner, _) in enumerate(rows):
            self._bits.setdefault(owner, []).append(1 << (len(rows) - 1 - number))
        self.in_rank = tuple(self._bits)
        self._own = {owner: sum(bits) for owner, bits in self._bits.items()}
        self._meets: dict[int, int] = {}
        self._within: dict[int, int] = {}
        for bits in self._bits.values():
            for bit in bits:
                self._meets[bit], self._within[bit] = self._relate(bit)

    def _relate(self, bit: int) -> tuple[int, int]:
        """Return the rows that share a case with a row, and those that hold wherever it does."""
        meets = within = -1
        for level in self._diagram.levels:
            some, common = 0, -1
            for mask in level.masks:
                if mask & bit:
                    some |= mask
                    common &= mask
            meets &= some
            within &= common
        return meets, within

    def case(self, owner: int, other: int) -> Label | None:
        """Return a case in which `owner` wins and `other` holds; None where one lies in the other.

        Also None where another rule goes before both wherever they meet.
        """
        if self._inside(owner, other) or self._inside(other, owner):
            return None
        for bit in self._bits[owner]:
            ahead = -bit & ~self._own[owner] & self._meets[bit] & ~bit
            for rival in self._bits[other]:
                if self._meets[bit] & rival:
                    path = self._path(bit | rival, ahead & self._meets[rival])
                    if path is not None:
                        return self._label(path)
        return None

    def _inside(self, one: int, other: int) -> bool:
        """Say whether each alternative of a rule lies within one of another rule."""
        return all(
            self._within[bit] & self._own[other] for bit in self._bits[one] if self._meets[bit]
        )

    def _path(self, both: int, ahead: int) -> Choices | None:
        """Return a case of two rows in which no row `ahead` holds."""
        failed: set[tuple[int, int]] = set()
        levels = self._diagram.levels

        def look(level: int, left: int) -> Choices | None:
            if level == len(levels):
                return () if not left else None
            if (level, left) in failed:
                return None
            for number, mask in enumerate(levels[level].masks):
                if mask & both == both:
                    rest = look(level + 1, left & mask)
                    if rest is not None:
                        return ((level, (number,)), *rest)
            failed.add((level, left))
            return None

        return look(0, ahead)

    def _label(self, path: Choices) -> Label:
        wires = self._diagram.sample(path)
        fields = self._policy.table.fields
        names = [level.about.name for level in self._diagram.levels if level.about is not None]
        return case_label(fields, dict(zip(names, wires, strict=False)))
