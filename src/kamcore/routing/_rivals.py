"""Who else claimed a piece of work, and who missed it by one fact."""

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from kamcore.decision import Param, show
from kamcore.facts import Facts, Field, Leaf, TableRule
from kamcore.routing._book import check_day
from kamcore.routing._duties import Duty, DutyRules, NoOwner
from kamcore.values import Days, Label, Lang
from kamcore.values._checks import expect
from kamcore.values._words import days_label, joined

__all__ = ["Claim", "NearMiss", "Rivals", "find_rivals", "owner_label"]

NOBODY = Label("nobody", "无人")


@frozen(order=False)
class Claim:
    """A rule that holds as well and did not win, and why."""

    rule: str = field()
    label: Label = field()
    gives: Duty | NoOwner = field()
    why: Label = field()


@frozen(order=False)
class NearMiss:
    """A rule that would win if one fact (or the day) were different."""

    rule: str = field()
    label: Label = field()
    gives: Duty | NoOwner = field()
    fact: Label = field()
    has: Label = field()
    asks: Label = field()


@frozen(order=False)
class Rivals:
    """The rule that wins (None: no rule holds), the others that hold, and the near misses.

    Both lists begin with the rule that comes first by rank.
    """

    winner: str | None = field()
    label: Label | None = field()
    gives: Duty | NoOwner = field()
    claims: tuple[Claim, ...] = field()
    near_misses: tuple[NearMiss, ...] = field()

    def text(self, lang: Lang = "en") -> str:
        """Return it in words, a rule a line."""
        NOBODY.text(lang)  # refuses a language that is not spoken here
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        words = WORDS[lang]
        owner = owner_label(self.gives).text(lang)
        if self.label is None:
            yield words["nothing"].format(owner=owner)
        else:
            yield words["wins"].format(rule=self.label.text(lang), owner=owner)
        for one in self.claims:
            owner, why = owner_label(one.gives).text(lang), one.why.text(lang)
            yield words["claim"].format(rule=one.label.text(lang), owner=owner, why=why)
        for miss in self.near_misses:
            yield words["miss"].format(
                rule=miss.label.text(lang),
                owner=owner_label(miss.gives).text(lang),
                fact=miss.fact.text(lang),
                has=miss.has.text(lang),
                asks=miss.asks.text(lang),
            )


WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "wins": "rule “{rule}” wins: {owner}",
        "nothing": "no rule holds: {owner}",
        "claim": "“{rule}” holds as well ({owner}): {why}",
        "miss": "“{rule}” would win ({owner}) but for {fact}: {has}, required: {asks}",
    },
    "zh": {
        "wins": "规则“{rule}”适用：{owner}",
        "nothing": "没有规则成立：{owner}",
        "claim": "“{rule}”同样成立（{owner}）：{why}",
        "miss": "“{rule}”仅差一项即可适用（{owner}）：{fact}{has}，要求{asks}",
    },
}
LATER = Label("it stands later in the list", "在列表中位置靠后")
EARLIER = Label(
    "it stands earlier in the list, and the last one wins", "在列表中位置靠前，而以最后一条为准"
)
SAME = Label("it says as much and gives the same", "具体程度相同，结果也相同")
DAY = Label("the day", "日期")
MISSING = Label("missing", "未提供")


def find_rivals(facts: Facts, policy: DutyRules, *, on: date | None = None) -> Rivals:
    """Return who else claimed the work, and who would have won but for one fact.

    For each fact the first rule by rank that fails on it alone and stands before the winner.
    Raises `InputError` where rules have days and `on` is not given, and where the facts were read
    for other fields. Source: S0-3a (the attributes by which accounts are divided).
    """
    expect("facts", facts, Facts)
    expect("policy", policy, DutyRules)
    check_day(on)
    table = policy.table
    matcher = table.compiled
    masks = [*matcher.masks(facts), matcher.start(on)]
    held = -1
    for one in masks:
        held &= one
    top = held.bit_length()
    owner = matcher.owners[top]
    return Rivals(
        table.rules[owner].name if top else None,
        table.rules[owner].label if top else None,
        policy.given_by(owner),
        tuple(_claims(policy, held, top)),
        tuple(_near_misses(facts, policy, masks, top, on)),
    )


def _claims(policy: DutyRules, held: int, top: int) -> Iterator[Claim]:
    table = policy.table
    seen = {table.compiled.owners[top]}
    while held:
        number = held.bit_length()
        held ^= 1 << (number - 1)
        owner, _ = table.row_at(number)
        if owner not in seen:
            seen.add(owner)
            rule = table.rules[owner]
            yield Claim(rule.name, rule.label, rule.gives, _why(policy, top, number))


def _why(policy: DutyRules, top: int, number: int) -> Label:
    table = policy.table
    if table.match != "most_specific":
        return LATER if table.match == "first" else EARLIER
    winner, other = (table.ranks[len(table.ranks) - one] for one in (top, number))
    for dimension, more, less in zip(table.dimensions, winner, other, strict=True):
        if more != less:
            name = dimension.label
            if not less:
                return Label(f"it says nothing of {name.en}", f"未涉及{name.zh}")
            return Label(f"it is wider in {name.en}", f"{name.zh}的范围更宽")
    return SAME


def _near_misses(
    facts: Facts, policy: DutyRules, masks: list[int], top: int, on: date | None
) -> Iterator[NearMiss]:
    """Go through the facts, and the day at last; a row that no value of the fact suits is none."""
    table, matcher = policy.table, policy.table.compiled
    suited = [axis.some for axis in matcher.axes]
    suited += [] if matcher.days is None else [matcher.days.some]
    for number, (one, rows) in enumerate(zip((*table.fields, None), suited, strict=False)):
        but_one = rows & ~masks[number]
        for other, mask in enumerate(masks):
            if other != number:
                but_one &= mask
        best = but_one.bit_length()
        if best > top:
            owner, leaves = table.row_at(best)
            if owner != table.compiled.owners[top]:
                rule = table.rules[owner]
                said = _day(rule, on) if one is None else _fact(one, facts, leaves)
                yield NearMiss(rule.name, rule.label, rule.gives, *said)


def _fact(one: Field, facts: Facts, leaves: tuple[Leaf, ...]) -> tuple[Label, Label, Label]:
    """Return the fact in words, what it is, and what a row asks of it."""
    wire = facts.values[one.name]
    has = MISSING if wire is None else _is(one.show(wire))
    failing = [leaf for leaf in leaves if leaf.field.name == one.name]
    failing = [leaf for leaf in failing if not leaf.holds(facts.values)]
    asks = joined([Label(leaf.verb("en"), leaf.verb("zh")) for leaf in failing])
    space = " " if asks.zh[0] in "<>≤≥" else ""
    return one.label, has, Label(asks.en, f"{space}{asks.zh}")


def _day(rule: TableRule[Duty | NoOwner], on: date | None) -> tuple[Label, Label, Label]:
    """Return the day in words, and the days on which a rule is in force."""
    has, span = on or date.min, rule.in_force or Days(date.min, date.max)
    return DAY, _is(has), days_label(span)


def _is(value: Param) -> Label:
    return Label(show(value, "en"), f"为{show(value, 'zh')}")


def owner_label(gives: Duty | NoOwner) -> Label:
    """Return who is accountable in words."""
    return gives.accountable.label if isinstance(gives, Duty) else NOBODY
