"""What a rule table hides: rules that never win, rules that change nothing, rules that collide."""

from attrs import field, frozen

from kamcore.facts._boxes import case_label
from kamcore.facts._diagram import Diagram
from kamcore.routing._duties import Duty, DutyRules, NoOwner
from kamcore.values import Label

__all__ = ["DeadRule", "Overlap", "RedundantRule", "find_dead", "find_overlaps", "find_redundant"]

OVERLAPS_AT_MOST = 1000
Levels = list[tuple[list[int], int]]


@frozen(order=False)
class DeadRule:
    """A rule that never wins, as `hidden_by` go before it wherever it holds.

    `hidden_by` is empty where the rule itself holds in no case of the space.
    """

    rule: str = field()
    hidden_by: tuple[str, ...] = field()


@frozen(order=False)
class RedundantRule:
    """A rule without which every answer stays the same, as `covered_by` give the same duty.

    `covered_by` is empty where the default gives it.
    """

    rule: str = field()
    covered_by: tuple[str, ...] = field()


@frozen(order=False)
class Overlap:
    """Two rules that hold together in some cases, neither within the other, with different duties.

    Their order alone decides: `rule` goes before `other`, for example in `case`.
    """

    rule: str = field()
    other: str = field()
    case: Label = field()


class Search:
    """Looks for what a diagram of one table does not say: who comes after the winner."""

    def __init__(self, policy: DutyRules, diagram: Diagram, wins: set[int]) -> None:
        self._policy, self._diagram, self._table = policy, diagram, policy.table
        self._matcher = policy.table.compiled
        self._owners = self._matcher.owners
        self._last = len(policy.table.ranked) - 1
        self._rows: list[list[int]] = [[] for _ in policy.table.rules]
        self._winning = 0
        for number, (owner, _) in enumerate(policy.table.ranked):
            self._rows[owner].append(number)
            self._winning |= (owner in wins) << (self._last - number)

    def hiding(self, rule: int) -> tuple[str, ...]:
        """Return the rules that win where a rule holds; none where it holds nowhere."""
        found: dict[int, None] = {}
        for row in self._rows[rule]:
            ahead = self._matcher.rows_that_meet(row) & self._winning
            self._ahead(1 << (self._last - row), ahead, found)
        return self._names(found)

    def _ahead(self, bit: int, ahead: int, found: dict[int, None]) -> None:
        """Note the rules of those rows `ahead` that win where the row `bit` holds."""
        levels = self._levels(bit, ahead)
        seen: set[tuple[int, int]] = set()

        def look(level: int, mask: int) -> None:
            if (level, mask) in seen:
                return
            seen.add((level, mask))
            top = mask.bit_length()
            if (mask & levels[level][1]).bit_length() == top:
                found[self._owners[top]] = None
                return
            for one in levels[level][0]:
                look(level + 1, mask & one)

        if all(masks for masks, _ in levels):
            look(0, levels[-1][1])

    def covering(self, rule: int) -> tuple[str, ...] | None:
        """Return the rules that would win with the same duty instead; None where one differs."""
        gives = self._policy.given_by(rule)
        own = 0
        for row in self._rows[rule]:
            own |= 1 << (self._last - row)
        found: dict[int, None] = {}
        for row in self._rows[rule]:
            bit, meeting = 1 << (self._last - row), self._matcher.rows_that_meet(row)
            if not self._same(self._levels(bit, meeting), bit, own, gives, found):
                return None
        return self._names(found)

    def _same(
        self, levels: Levels, bit: int, own: int, gives: Duty | NoOwner, found: dict[int, None]
    ) -> bool:
        """Say whether the next rule gives the same wherever the row `bit` wins."""
        seen: set[tuple[int, int]] = set()

        def same(level: int, mask: int) -> bool:
            if (level, mask) in seen:
                return True
            seen.add((level, mask))
            top = mask.bit_length()
            if (mask & levels[level][1]).bit_length() == top:
                if mask & bit and top == bit.bit_length():
                    return same(level, mask & ~own)
                if mask & bit:
                    return True
                found[self._owners[top]] = None
                return self._policy.given_by(self._owners[top]) == gives
            return all(same(level + 1, mask & one) for one in levels[level][0])

        return not all(masks for masks, _ in levels) or same(0, levels[-1][1])

    def _levels(self, bit: int, kept: int) -> Levels:
        """Return for each level the different masks of `kept` rows where the row `bit` holds.

        Beside them stand the rows that accept everything from that level on.
        """
        found: Levels = []
        free = kept
        found.append(([kept], free))
        for level in reversed(self._diagram.levels):
            masks = list(dict.fromkeys(mask & kept for mask in level.masks if mask & bit))
            for mask in masks:
                free &= mask
            found.append((masks, free))
        return [*found[:0:-1], ([kept], kept)]

    def _names(self, found: dict[int, None]) -> tuple[str, ...]:
        rules = self._policy.table.rules
        return tuple(rules[owner].name for owner in sorted(found) if owner >= 0)


def find_dead(search: Search, policy: DutyRules, wins: set[int]) -> tuple[DeadRule, ...]:
    """Return the rules that win in no case."""
    return tuple(
        DeadRule(rule.name, search.hiding(number))
        for number, rule in enumerate(policy.table.rules)
        if number not in wins
    )


def find_redundant(search: Search, policy: DutyRules, wins: set[int]) -> tuple[RedundantRule, ...]:
    """Return the rules that win somewhere and yet change no answer."""
    covered = ((number, search.covering(number)) for number in sorted(wins))
    rules = policy.table.rules
    return tuple(RedundantRule(rules[n].name, names) for n, names in covered if names is not None)


def find_overlaps(policy: DutyRules) -> tuple[Overlap, ...]:
    """Return the pairs of rules between which the order alone decides, at most a thousand.

    A table by specificity has none: it could not have been built.
    """
    table = policy.table
    if table.match == "most_specific":
        return ()
    matcher, rows = table.compiled, table.ranked
    top = len(rows) - 1
    within = [matcher.rows_within(number) for number in range(len(rows))]
    found: dict[tuple[int, int], Overlap] = {}
    for number, (owner, _) in enumerate(rows):
        rivals = matcher.rows_that_meet(number) & ~within[number] & ((1 << (top - number)) - 1)
        while rivals and len(found) < OVERLAPS_AT_MOST:
            bit = rivals.bit_length()
            rivals ^= 1 << (bit - 1)
            rival = top - bit + 1
            other = rows[rival][0]
            one, two = table.rules[owner], table.rules[other]
            nested = within[rival] >> (top - number) & 1
            if owner != other and one.gives != two.gives and not nested:
                case = case_label(table.fields, matcher.case_of_both(number, rival))
                found.setdefault((owner, other), Overlap(one.name, two.name, case))
    return tuple(found.values())
