"""Tiers by conditions, such as "scale > 1,000,000 and trade > 500,000 and an agreement signed"."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import define, field, frozen

from kamcore.decision import UNDECIDED, Decision, MissingFact, NoAnswer, Policy, Reason, Rule, Trace
from kamcore.facts import (
    Condition,
    Facts,
    Fields,
    Leaf,
    RuleTable,
    TableRule,
    Wire,
    as_condition,
    failing,
    leaf_reason,
)
from kamcore.facts._why import lacking
from kamcore.tier._ladder import Ladder
from kamcore.values import Source
from kamcore.values._checks import instance_of, known_name, one_of, tuple_of

__all__ = ["RULES", "TierRule", "TierRules", "assign_by_rules"]

MET = Rule(
    "tier.rule_met",
    ("tier",),
    en="tier {tier}: all its conditions hold",
    zh="等级：{tier}，其条件全部满足",
)
OTHERWISE = Rule(
    "tier.otherwise",
    ("tier",),
    en="tier {tier}: the conditions of no higher tier hold",
    zh="等级：{tier}，未达到任何更高等级的条件",
)
UNDECIDED_RULE = Rule(
    "tier.undecided",
    ("lower", "upper"),
    en="no tier: with the facts at hand {lower}, but a missing fact could make it {upper}",
    zh="无法定级：按现有数据为{lower}，但缺失的数据可能使其成为{upper}",
)
MISSING_FAILS = Rule(
    "tier.missing_fails",
    (),
    en="a missing fact counts as a condition not met",
    zh="缺失的数据视为不满足条件",
)
RULES = (MET, OTHERWISE, UNDECIDED_RULE, MISSING_FAILS)


@frozen(order=False)
class TierRule:
    """The tier whose conditions are `when`."""

    tier: str = field()
    when: Condition = field(converter=as_condition)
    source: Source | None = field(default=None)


@frozen(order=False, kw_only=True)
class TierRules(Policy):
    """The first rule whose conditions all hold names the tier; below all of them, `otherwise`.

    `missing="undecided"`: no tier while a missing fact could make it a higher one.
    `missing="fails"`: a missing fact counts as a condition not met, and the answer says so.
    """

    ladder: Ladder = field(validator=instance_of(Ladder))
    rules: tuple[TierRule, ...] = field(validator=tuple_of(TierRule))
    otherwise: str = field()
    missing: Literal["undecided", "fails"] = field(
        default="undecided", validator=one_of("undecided", "fails")
    )
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check the tiers' names and build the table once, so that its faults show here."""
        for name in (*(rule.tier for rule in self.rules), self.otherwise):
            known_name("tier", name, self.ladder.names)
        _ = self.table

    @cached_property
    def table(self) -> RuleTable[str]:
        """The rules as a table; no API."""
        return RuleTable(
            rules=tuple(
                TableRule(f"{number} {rule.tier}", rule.when, str(rule.tier), rule.source)
                for number, rule in enumerate(self.rules, start=1)
            )
        )

    @property
    def fields(self) -> Fields:
        """The facts that the rules ask for."""
        return self.table.fields

    def tier_of(self, winner: int) -> str:
        """Return the tier of a winning rule's index, `otherwise` for -1."""
        return self.table.rules[winner].gives if winner >= 0 else str(self.otherwise)


def assign_by_rules(facts: Facts, policy: TierRules) -> Decision[str]:
    """Return the tier by conditions."""
    table = policy.table
    winner = table.winner(facts)
    if None not in facts.wires:
        return Decision(
            policy.tier_of(winner), RulesTrace(policy, facts, winner, winner), policy.fingerprint
        )
    possible = _rival(facts, policy, winner)
    answer: str | NoAnswer = policy.tier_of(winner)
    missing: tuple[MissingFact, ...] = ()
    assumed: tuple[Reason, ...] = ()
    if possible != winner:
        missing = _missing_for(facts, policy, winner)
        if policy.missing == "fails":
            assumed = (Reason.of(MISSING_FAILS),)
            possible = winner
        else:
            answer = UNDECIDED
    trace = RulesTrace(policy, facts, winner, possible)
    return Decision(answer, trace, policy.fingerprint, missing, assumed)


def _rival(facts: Facts, policy: TierRules, winner: int) -> int:
    """Return the first rule of another tier that missing facts could make hold, else `winner`."""
    if policy.table.possible_winner(facts) == winner:
        return winner
    return next(
        (
            number
            for number, rule in enumerate(policy.rules if winner < 0 else policy.rules[:winner])
            if rule.tier != policy.tier_of(winner)
            and rule.when.holds(facts.values, if_missing=True)
        ),
        winner,
    )


def _missing_for(facts: Facts, policy: TierRules, winner: int) -> tuple[MissingFact, ...]:
    """Return the missing facts that could make a rule of another tier hold."""
    rules = policy.rules if winner < 0 else policy.rules[:winner]
    values = facts.values
    return facts.missing(
        leaf.field.name
        for rule in rules
        if rule.tier != policy.tier_of(winner)
        for leaf in lacking(rule.when, values)
    )


def _open_rows(
    condition: Condition, values: Mapping[str, Wire | None]
) -> tuple[tuple[Leaf, ...], ...]:
    """Return the alternatives that only missing facts keep from holding."""
    return tuple(
        row for row in condition.rows() if all(leaf.holds(values, if_missing=True) for leaf in row)
    )


def _keeps_out(condition: Condition, values: Mapping[str, Wire | None]) -> tuple[Leaf, ...]:
    """Return what keeps a condition from holding: missing facts only where they could turn it."""
    rows = _open_rows(condition, values)
    if rows:
        return min((_not_holding(row, values) for row in rows), key=len)
    leaves = failing(condition, values)
    return tuple(leaf for leaf in leaves if values[leaf.field.name] is not None) or leaves


def _not_holding(row: tuple[Leaf, ...], values: Mapping[str, Wire | None]) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in row if not leaf.holds(values))


@define(eq=False, order=False)
class RulesTrace(Trace):
    """The winner and the rule that could win: all that the reasons are built from."""

    policy: TierRules
    facts: Facts
    winner: int
    possible: int

    def reasons(self) -> tuple[Reason, ...]:
        """Return the tier, why its conditions hold, and why the next higher one's do not."""
        policy, values = self.policy, self.facts.values
        ladder = policy.ladder
        reached = ladder.label(policy.tier_of(self.winner))
        rule = policy.rules[self.winner] if self.winner >= 0 else None
        source = (rule and rule.source) or policy.source
        if self.possible != self.winner:
            upper = ladder.label(policy.tier_of(self.possible))
            reasons = [Reason.of(UNDECIDED_RULE, reached, upper, source=source)]
        elif rule:
            reasons = [Reason.of(MET, reached, source=source)]
        else:
            reasons = [Reason.of(OTHERWISE, reached, source=source)]
        if rule:
            row = min(rule.when.rows(), key=lambda row: sum(not leaf.holds(values) for leaf in row))
            reasons.extend(leaf_reason(leaf, values, None, None) for leaf in row)
        above = policy.rules[self.winner - 1] if self.winner > 0 else None
        if self.winner < 0 and policy.rules:
            above = policy.rules[-1]
        if above:
            goal = ladder.label(above.tier)
            reasons.extend(
                leaf_reason(leaf, values, goal, above.source)
                for leaf in _keeps_out(above.when, values)
            )
        return tuple(reasons)
