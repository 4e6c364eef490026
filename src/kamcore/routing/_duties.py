"""Who answers for a piece of work: a duty with exactly one accountable seat."""

from attrs import field, frozen

from kamcore.decision import UNDECIDED, Decision, Policy, Reason, Rule
from kamcore.errors import PolicyError
from kamcore.facts import Facts, Fields, RuleTable, leaf_reason
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import instance_of, tuple_of

__all__ = ["RULES", "Duty", "DutyRules", "NoOwner", "route_work"]

ACCOUNTABLE = Rule(
    "routing.accountable",
    ("seat",),
    en="{seat} is accountable",
    zh="由{seat}负责",
)
OTHERS = Rule(
    "routing.others",
    ("responsible", "consulted", "informed"),
    en="carried out by {responsible}; consulted: {consulted}; informed: {informed}",
    zh="执行：{responsible}；征询：{consulted}；知会：{informed}",
)
BY_DEFAULT = Rule(
    "routing.by_default",
    (),
    en="no rule covers this work; the policy's default answers for it",
    zh="没有规则涉及该项工作，由规定的默认岗位负责",
)
NOBODY = Rule(
    "routing.no_owner",
    (),
    en="nobody is accountable: no rule covers this work and the policy names no default",
    zh="无人负责：没有规则涉及该项工作，规定也未指定默认岗位",
)
OPEN = Rule(
    "routing.undecided",
    ("facts",),
    en="nobody can be named yet: {facts} is missing",
    zh="负责人待定：缺少{facts}",
)
MISSING = Rule(
    "routing.missing",
    (),
    en="a rule that asks for a missing fact was passed over",
    zh="因缺少数据，相关规则未予适用",
)
RULES = (ACCOUNTABLE, OTHERS, BY_DEFAULT, NOBODY, OPEN, MISSING)


@frozen(order=False)
class Duty:
    """Exactly one accountable seat, and any that carry out, advise or are told (RACI)."""

    accountable: Seat = field(validator=instance_of(Seat))
    responsible: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))
    consulted: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))
    informed: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))


@frozen(order=False)
class NoOwner:
    """The refusal: no rule covers the work."""


@frozen(order=False, kw_only=True)
class DutyRules(Policy):
    """A rule table of duties; `otherwise` answers for work that no rule covers."""

    table: RuleTable[Duty] = field(validator=instance_of(RuleTable))
    otherwise: Duty | None = field(default=None, validator=instance_of(Duty, type(None)))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that gives something else than a duty."""
        for rule in self.table.rules:
            given: object = rule.gives
            if not isinstance(given, Duty):
                raise PolicyError(f"rule {rule.name!r} gives {given!r}; pass a Duty")

    @property
    def fields(self) -> Fields:
        """The facts that the rules ask for."""
        return self.table.fields


def route_work(facts: Facts, policy: DutyRules) -> Decision[Duty | NoOwner]:
    """Return the duty for a piece of work, or `NoOwner` where nothing covers it.

    Undecided where no rule holds and a missing fact could make one hold, unless the policy has a
    default: that then answers, and the decision says which facts were missing.
    """
    winner = policy.table.winner(facts)
    passed_over = policy.table.possible_winner(facts) != winner
    missing = policy.table.missing(facts)
    assumed = (Reason.of(MISSING),) if passed_over else ()
    if winner >= 0:
        rule = policy.table.rules[winner]
        duty, source = rule.gives, rule.source or policy.source
        reasons = [Reason.of(ACCOUNTABLE, duty.accountable, source=source), *_others(duty)]
        if rule.when is not None:
            row = next(row for row in rule.rows if all(leaf.holds(facts.values) for leaf in row))
            reasons.extend(leaf_reason(leaf, facts.values, None, None) for leaf in row)
        return Decision(duty, tuple(reasons), policy.fingerprint, missing, assumed)
    if policy.otherwise is not None:
        duty = policy.otherwise
        first = Reason.of(ACCOUNTABLE, duty.accountable, source=policy.source)
        answer = (first, *_others(duty), Reason.of(BY_DEFAULT))
        return Decision(duty, answer, policy.fingerprint, missing, assumed)
    if passed_over:
        labels = [fact.label for fact in missing]
        facts_label = Label(
            ", ".join(one.en for one in labels), "、".join(one.zh for one in labels)
        )
        still_open = (Reason.of(OPEN, facts_label, source=policy.source),)
        return Decision(UNDECIDED, still_open, policy.fingerprint, missing)
    nobody = (Reason.of(NOBODY, source=policy.source),)
    return Decision(NoOwner(), nobody, policy.fingerprint)


def _others(duty: Duty) -> list[Reason]:
    groups = (duty.responsible, duty.consulted, duty.informed)
    return [Reason.of(OTHERS, *(_names(group) for group in groups))] if any(groups) else []


def _names(seats: tuple[Seat, ...]) -> Label:
    en, zh = ", ".join(one.label.en for one in seats), "、".join(one.label.zh for one in seats)
    return Label(en or "nobody", zh or "无")
