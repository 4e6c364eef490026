"""What a rule table hides: rules that never win, and rules that change nothing."""

from attrs import field, frozen

from kamcore.facts._diagram import Diagram
from kamcore.routing._duties import Duty, DutyRules, NoOwner

__all__ = ["DeadRule", "RedundantRule", "Search", "find_dead", "find_redundant"]

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
                owner = self._owners[top]
                found[owner] = None
                named = owner >= 0 or self._policy.otherwise is not None
                return named and self._policy.given_by(owner) == gives
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
