"""Proof that somebody is accountable in every case, or the cases in which nobody is."""

from attrs import field, frozen

from kamcore.decision import Decision, Reason, Rule, Trace
from kamcore.facts._boxes import Box, box_of
from kamcore.facts._diagram import Diagram
from kamcore.routing._duties import DutyRules, NoOwner
from kamcore.routing._findings import (
    DeadRule,
    RedundantRule,
    Search,
    find_dead,
    find_redundant,
)
from kamcore.routing._overlaps import Overlap, find_overlaps
from kamcore.routing._route import SILENT
from kamcore.routing._space import Space, diagram_of, space_of
from kamcore.values import Label, Source
from kamcore.values._checks import expect
from kamcore.values._words import counted, joined

__all__ = ["RULES", "DutyAudit", "Unowned", "Witness", "check_duties"]

COMPLETE = Rule(
    "routing.complete",
    ("cells",),
    en="every case has exactly one accountable owner ({cells})",
    zh="每一种情形都有且只有一个负责岗位（共 {cells}）",
)
INCOMPLETE = Rule(
    "routing.incomplete",
    ("open", "cells"),
    en="nobody is accountable in {open} of {cells}",
    zh="{cells}中有 {open} 种无人负责",
)
GAP = Rule(
    "routing.gap",
    ("box", "cells", "case"),
    en="no rule covers: {box} ({cells}); for example {case}",
    zh="没有规则涉及：{box}（{cells}），例如{case}",
)
LEFT_OPEN = Rule(
    "routing.left_open",
    ("rule", "note", "cells", "case"),
    en="rule “{rule}” names nobody: {note} ({cells}); for example {case}",
    zh="规则“{rule}”未指定负责岗位：{note}（{cells}），例如{case}",
)
DEAD = Rule(
    "routing.dead",
    ("rule", "others"),
    en="rule “{rule}” never applies: wherever it holds, another goes before it ({others})",
    zh="规则“{rule}”始终不会被适用：凡其成立之处，均有其他规则优先适用（{others}）",
)
EMPTY = Rule(
    "routing.empty",
    ("rule",),
    en="rule “{rule}” holds in none of the cases",
    zh="规则“{rule}”在任何情形下都不成立",
)
REDUNDANT = Rule(
    "routing.redundant",
    ("rule", "others"),
    en="rule “{rule}” changes nothing: without it {others} would give the same",
    zh="规则“{rule}”是多余的：删去后，{others}给出相同的结果",
)
OVERLAP = Rule(
    "routing.overlap",
    ("number", "rule", "other", "case"),
    en="{number} of rules overlap and differ, so that their order decides, such as “{rule}” before "
    "“{other}”: {case}",
    zh="有 {number}规则互相重叠且结果不同，适用哪一条仅由先后顺序决定，"
    "例如“{rule}”先于“{other}”：{case}",
)
DEFAULT = Rule(
    "routing.default_answers",
    ("seat", "cells"),
    en="left to the default, {seat}: {cells}",
    zh="由默认岗位{seat}负责：{cells}",
)
UNPROVED = Rule(
    "routing.unproved",
    ("fields",),
    en="nothing is proved beyond the listed values of {fields}: the list is open",
    zh="{fields}的清单未穷尽（“等”），清单以外的情形不在证明范围内",
)
COUNTED = Rule(
    "routing.cases_counted",
    (),
    en="a case gives each fact one option or place, a number by the stretches that rules divide; "
    "every fact is known unless the space says that it may be missing",
    zh="一种情形指各项事实取值的一种组合，数值按规则所划分的区间计；除声明可能未提供的以外，各项数据均视为已提供",
)
READING = Rule("routing.reading", ("note",), en="reading: {note}", zh="理解：{note}")
RULES = (
    READING, COUNTED, COMPLETE, INCOMPLETE, GAP, LEFT_OPEN, DEAD, EMPTY, REDUNDANT, OVERLAP,
    DEFAULT, UNPROVED,
)  # fmt: skip

RULES_SHOWN = 3
THE_DEFAULT = Label("the default", "默认岗位")


@frozen(order=False)
class Unowned:
    """Cases for which a rule says that nobody is named, by which clause."""

    rule: str = field()
    note: Label = field()
    source: Source | None = field()
    boxes: tuple[Box, ...] = field()

    @property
    def cells(self) -> int:
        """How many cases these are."""
        return sum(box.cells for box in self.boxes)


@frozen(order=False)
class Witness:
    """Cases in which a rule wins, with one of them."""

    rule: str = field()
    box: Box = field()


@frozen(order=False)
class DutyAudit:
    """What holds of a policy in every case of a space.

    `gaps` are the cases that no rule covers, `unowned` those for which a rule names nobody,
    `by_default` counts those that fall to the default. `overlaps` are pairs of rules between which
    the order alone decides (at most a thousand), `dead` and `redundant` rules that could go,
    `unproved` the fields whose list is open, `witnesses` one case for each rule that wins.
    """

    cells: int = field()
    gaps: tuple[Box, ...] = field()
    unowned: tuple[Unowned, ...] = field()
    by_default: int = field()
    overlaps: tuple[Overlap, ...] = field()
    dead: tuple[DeadRule, ...] = field()
    redundant: tuple[RedundantRule, ...] = field()
    unproved: tuple[Label, ...] = field()
    witnesses: tuple[Witness, ...] = field()

    @property
    def without_owner(self) -> int:
        """How many cases have no accountable owner."""
        return sum(box.cells for box in self.gaps) + sum(one.cells for one in self.unowned)

    @property
    def complete(self) -> bool:
        """Whether every case of the space has exactly one accountable owner."""
        return not self.without_owner


def check_duties(policy: DutyRules, space: Space | None = None) -> Decision[DutyAudit]:
    """Return the proof that every case of a space has exactly one accountable owner, or the gaps.

    Without a space, all cases of the facts that the rules ask for. Numbers are taken as stretches
    between the values that rules name, so that the proof holds for every number. Gaps are boxes
    that do not meet; a box's `when` is a condition that a rule may use to close it. `cells` are
    numbers of cases. Raises `InputError` for a space that leaves out a fact that rules ask for or
    has no days where rules do, and for one of more than 20 million kinds of case. Source: S0-2m,
    S0-9 (duties defined beforehand).
    """
    expect("policy", policy, DutyRules)
    expect("space", space, Space, type(None))
    over = space_of((policy,), space)
    number = len(policy.table.rules)
    diagram = diagram_of((policy,), [[-1, *range(number)]], over)
    counts = {key: cells for (key,), cells in _counted(diagram) if cells}
    ends = {key: end for end, (key,) in enumerate(diagram.outcomes)}
    wins = {key for key in counts if key >= 0}
    search = Search(policy, diagram, wins)
    lost = -1 in counts and policy.otherwise is None
    audit = DutyAudit(
        cells=diagram.cells,
        gaps=_boxes(diagram, {ends[-1]}, over) if lost else (),
        unowned=_unowned(policy, diagram, ends, wins, over),
        by_default=counts.get(-1, 0) if policy.otherwise is not None else 0,
        overlaps=find_overlaps(policy, diagram, wins),
        dead=find_dead(search, policy, wins),
        redundant=find_redundant(search, policy, wins),
        unproved=over.open_lists,
        witnesses=_witnesses(policy, diagram, over),
    )
    assumed = (Reason.of(COUNTED), *(Reason.of(READING, note) for note in policy.notes))
    return Decision(audit, Audited(audit, policy), policy.fingerprint, (), assumed)


def _counted(diagram: Diagram) -> list[tuple[tuple[int, ...], int]]:
    return list(zip(diagram.outcomes, diagram.counts(), strict=True))


def _boxes(diagram: Diagram, ends: set[int], space: Space) -> tuple[Box, ...]:
    return tuple(box_of(diagram, one, space.fields, space.days) for one in diagram.boxes(ends))


def _unowned(
    policy: DutyRules, diagram: Diagram, ends: dict[int, int], wins: set[int], space: Space
) -> tuple[Unowned, ...]:
    found: list[Unowned] = []
    for number, rule in enumerate(policy.table.rules):
        if number in wins and isinstance(rule.gives, NoOwner):
            boxes = _boxes(diagram, {ends[number]}, space)
            source = rule.source or policy.source
            found.append(Unowned(rule.name, rule.gives.note or SILENT, source, boxes))
    return tuple(found)


def _witnesses(policy: DutyRules, diagram: Diagram, space: Space) -> tuple[Witness, ...]:
    first = {diagram.outcomes[end][0]: box for end, box in diagram.first_boxes().items()}
    return tuple(
        Witness(policy.table.rules[key].name, box_of(diagram, first[key], space.fields, space.days))
        for key in sorted(first)
        if key >= 0
    )


@frozen(order=False)
class Audited(Trace):
    """An audit, to be told."""

    audit: DutyAudit = field()
    policy: DutyRules = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return the proof or the gaps first, then what could go."""
        audit, policy = self.audit, self.policy
        open_cells = audit.without_owner
        if open_cells:
            first = Reason.of(INCOMPLETE, open_cells, cases(audit.cells), source=policy.source)
        else:
            first = Reason.of(COMPLETE, cases(audit.cells), source=policy.source)
        said = [first]
        if audit.unproved:
            said.append(Reason.of(UNPROVED, joined(audit.unproved)))
        said += [Reason.of(GAP, box.label, cases(box.cells), box.case) for box in audit.gaps]
        said += [
            Reason.of(
                LEFT_OPEN,
                one.rule,
                one.note,
                cases(one.cells),
                one.boxes[0].case,
                source=one.source,
            )
            for one in audit.unowned
        ]
        if policy.otherwise is not None and audit.by_default:
            seat = policy.otherwise.accountable
            said.append(Reason.of(DEFAULT, seat, cases(audit.by_default)))
        return (*said, *self._could_go())

    def _could_go(self) -> list[Reason]:
        said: list[Reason] = []
        for one in self.audit.dead:
            rule, hidden = self._name(one.rule), self._names(one.hidden_by)
            said.append(Reason.of(DEAD, rule, hidden) if hidden else Reason.of(EMPTY, rule))
        for same in self.audit.redundant:
            others = self._names(same.covered_by) or THE_DEFAULT
            said.append(Reason.of(REDUNDANT, self._name(same.rule), others))
        if self.audit.overlaps:
            pair = self.audit.overlaps[0]
            number = len(self.audit.overlaps)
            pairs = Label(f"{number:,} pair" + "s" * (number > 1), f"{number:,} 对")
            two = (self._name(pair.rule), self._name(pair.other))
            said.append(Reason.of(OVERLAP, pairs, *two, pair.case))
        return said

    def _name(self, name: str) -> Label:
        return next(one.label for one in self.policy.table.rules if one.name == name)

    def _names(self, names: tuple[str, ...]) -> Label | None:
        """Return rules in words, at most three of them; None where there are none."""
        if not names:
            return None
        labels = map(self._name, names[:RULES_SHOWN])
        text = joined([Label(f"“{one.en}”", f"“{one.zh}”") for one in labels])
        more = len(names) - RULES_SHOWN
        if more <= 0:
            return text
        return Label(f"{text.en} and {more} more", f"{text.zh}等 {len(names)} 条规则")


def cases(number: int) -> Label:
    """Return a number of cases in words."""
    return counted(number, "case", "种情形")
