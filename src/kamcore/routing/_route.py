"""Who answers for a piece of work: the duty of the rule that wins, with its reasons."""

from datetime import date

from attrs import field, frozen

from kamcore.decision import UNDECIDED, Decision, Reason, Rule, Trace
from kamcore.facts import Facts, leaf_reason
from kamcore.facts._matcher import NONE
from kamcore.routing._book import check_day
from kamcore.routing._duties import Duty, DutyRules, NoOwner
from kamcore.values import Label, Source
from kamcore.values._checks import expect
from kamcore.values._words import joined

__all__ = ["RULES", "route_work"]

ACCOUNTABLE = Rule(
    "routing.accountable",
    ("seat", "rule"),
    en="{seat} is accountable, by rule “{rule}”",
    zh="由{seat}负责（规则“{rule}”）",
)
BY_DEFAULT = Rule(
    "routing.by_default",
    ("seat",),
    en="{seat} is accountable by default: no rule covers this work",
    zh="没有规则涉及该项工作，由默认岗位{seat}负责",
)
DEFAULT_FOR_NOW = Rule(
    "routing.default_for_now",
    ("seat", "facts"),
    en="{seat} is accountable by default: without {facts}, no rule can be applied",
    zh="未提供{facts}，无法适用任何规则，暂由默认岗位{seat}负责",
)
OTHERS = Rule("routing.others", ("seats",), en="other seats: {seats}", zh="其他岗位：{seats}")
SKILLS = Rule("routing.skills", ("skills",), en="skills needed: {skills}", zh="所需技能：{skills}")
UNOWNED = Rule(
    "routing.unowned",
    ("note", "rule"),
    en="nobody is accountable: {note} (rule “{rule}”)",
    zh="无人负责：{note}（规则“{rule}”）",
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
    en="nobody can be named yet: {facts} not known",
    zh="暂无法确定负责岗位：未提供{facts}",
)
MISSING = Rule(
    "routing.missing",
    (),
    en="a rule that asks for a missing fact is passed over",
    zh="所需数据未提供的规则，不予适用",
)
RULES = (ACCOUNTABLE, BY_DEFAULT, DEFAULT_FOR_NOW, OTHERS, SKILLS, UNOWNED, NOBODY, OPEN, MISSING)

SILENT = Label("the rule names nobody", "该规则未指定任何岗位")


def route_work(
    facts: Facts, policy: DutyRules, *, on: date | None = None
) -> Decision[Duty | NoOwner]:
    """Return the duty for a piece of work, or `NoOwner` where nothing covers it (S0-2, S0-9).

    `on` is the day of the work; it is needed where rules have days. Where a missing fact could
    bring another rule in, the rule that holds without it (or the default) answers, and the decision
    names the fact; where no rule holds and there is no default, the answer is undecided. Raises
    `InputError` where the facts were read for other fields than the rules ask for.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, DutyRules)
    check_day(on)
    table = policy.table
    matcher = table.compiled
    top = matcher.top(facts, on)
    rule = matcher.owners[top]
    if None in facts.wires and matcher.hopeful(facts, on) != rule:
        return _passed_over(facts, policy, on, top)
    answer = table.rules[rule].gives if top else policy.given_by(NONE)
    return Decision(answer, Won(facts, policy, top), policy.fingerprint)


def _passed_over(
    facts: Facts, policy: DutyRules, on: date | None, top: int
) -> Decision[Duty | NoOwner]:
    missing = policy.table.missing(facts, on)
    if not top and policy.otherwise is None:
        names = joined([fact.label for fact in missing])
        still_open = (Reason.of(OPEN, names, source=policy.source),)
        return Decision(UNDECIDED, still_open, policy.fingerprint, missing)
    answer = policy.given_by(policy.table.compiled.owners[top])
    trace = Won(facts, policy, top, tuple(fact.label for fact in missing))
    return Decision(answer, trace, policy.fingerprint, missing, (Reason.of(MISSING),))


@frozen(order=False)
class Won(Trace):
    """The row that won, by its place from the end; 0 for none."""

    facts: Facts = field()
    policy: DutyRules = field()
    top: int = field()
    missing: tuple[Label, ...] = field(default=())

    def reasons(self) -> tuple[Reason, ...]:
        """Return who is accountable by which rule, who else has a part, and which facts hold."""
        policy = self.policy
        if not self.top:
            if policy.otherwise is None:
                return (Reason.of(NOBODY, source=policy.source),)
            duty = policy.otherwise
            seat, source = duty.accountable, policy.source
            first = Reason.of(BY_DEFAULT, seat, source=source)
            if self.missing:
                first = Reason.of(DEFAULT_FOR_NOW, seat, joined(self.missing), source=source)
            return (first, *others(duty))
        owner, leaves = policy.table.row_at(self.top)
        rule, values = policy.table.rules[owner], self.facts.values
        facts = [leaf_reason(leaf, values, None, None) for leaf in leaves]
        return (*given(rule.gives, rule.label, rule.source or policy.source), *facts)


def given(gives: Duty | NoOwner, rule: Label, source: Source | None) -> tuple[Reason, ...]:
    """Return what a rule gives in words."""
    if isinstance(gives, NoOwner):
        return (Reason.of(UNOWNED, gives.note or SILENT, rule, source=source),)
    return (Reason.of(ACCOUNTABLE, gives.accountable, rule, source=source), *others(gives))


def others(duty: Duty) -> tuple[Reason, ...]:
    """Return who else has a part in a duty, and what it asks; nothing where that is all."""
    relief = () if duty.in_absence is None else (duty.in_absence,)
    parts = (
        (duty.responsible, "carries out", "执行"),
        (duty.consulted, "consulted", "征询"),
        (duty.informed, "informed", "知会"),
        (relief, "in absence", "不在岗时代为负责"),
    )
    seats = [
        Label(f"{one.label.en} ({en})", f"{one.label.zh}（{zh}）")
        for group, en, zh in parts
        for one in group
    ]
    said = [Reason.of(OTHERS, joined(seats))] if seats else []
    if duty.skills:
        said.append(Reason.of(SKILLS, joined([Label(one, one) for one in duty.skills])))
    return tuple(said)
