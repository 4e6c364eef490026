"""Why a condition holds or fails for given facts, leaf by leaf."""

from kamcore.decision import Reason, Rule
from kamcore.facts._conditions import Comparison, Condition, Leaf, Wires
from kamcore.facts._field import Wire
from kamcore.facts._numbers import DateField
from kamcore.facts._words import Under
from kamcore.values import Label, Source

__all__ = ["RULES", "failing", "lacking", "leaf_reason"]


FACT_IS = Rule(
    "facts.is",
    ("field", "value"),
    en="{field}: {value}, as required",
    zh="{field}：{value}，符合要求",
)
FACT_MEETS = Rule(
    "facts.meets",
    ("field", "value", "condition"),
    en="{field}: {value}, required: {condition}",
    zh="{field}：{value}，符合要求（{condition}）",
)
FACT_FAILS = Rule(
    "facts.fails",
    ("goal", "field", "value", "condition"),
    en="not {goal}: {field} is {value}, required: {condition}",
    zh="未达到{goal}：{field}为 {value}，要求{condition}",
)
FACT_SHORT = Rule(
    "facts.short",
    ("goal", "field", "value", "condition", "lacking"),
    en="not {goal}: {field} is {value}, required: {condition}; {lacking} short",
    zh="未达到{goal}：{field}为 {value}，要求 {condition}，尚差 {lacking}",
)
FACT_OVER = Rule(
    "facts.over",
    ("goal", "field", "value", "condition", "lacking"),
    en="not {goal}: {field} is {value}, required: {condition}; {lacking} too much",
    zh="不符合{goal}：{field}为 {value}，要求 {condition}，超出 {lacking}",
)
FACT_MISSING = Rule(
    "facts.missing",
    ("goal", "field", "condition"),
    en="{goal} stays open: {field} is missing, required: {condition}",
    zh="{goal}无法判定：未提供{field}，要求{condition}",
)
RULES = (FACT_IS, FACT_MEETS, FACT_FAILS, FACT_SHORT, FACT_OVER, FACT_MISSING)


def failing(condition: Condition, values: Wires) -> tuple[Leaf, ...]:
    """Return the leaves that would have to turn for the condition to hold, as few as there are."""
    options = [tuple(leaf for leaf in row if not leaf.holds(values)) for row in condition.rows()]
    return min(options, key=len)


def lacking(condition: Condition, values: Wires) -> tuple[Leaf, ...]:
    """Return the leaves on missing facts that alone keep an alternative from holding."""
    return tuple(
        leaf
        for row in condition.rows()
        if all(leaf.holds(values, if_missing=True) for leaf in row)
        for leaf in row
        if not leaf.holds(values)
    )


def leaf_reason(leaf: Leaf, values: Wires, goal: Label | None, source: Source | None) -> Reason:
    """Return why a leaf holds, or (with the `goal` that it stands for) why it does not."""
    field, wire = leaf.field, values[leaf.field.name]
    asked = Label(leaf.verb("en"), leaf.verb("zh"))
    if goal is None:
        return _meets(leaf, wire, asked, source)
    if wire is None:
        spaced = Label(asked.en, f" {asked.zh}" if asked.zh[0] in "<>≤≥" else asked.zh)
        return Reason.of(FACT_MISSING, goal, field.label, spaced, source=source)
    shown = field.show(wire)
    if isinstance(leaf, Comparison) and not isinstance(field, DateField):
        gap = leaf.gap(int(wire))
        rule = FACT_SHORT if gap > 0 else FACT_OVER
        lacking = field.show(abs(gap))
        return Reason.of(rule, goal, field.label, shown, asked, lacking, source=source)
    return Reason.of(FACT_FAILS, goal, field.label, shown, asked, source=source)


def _meets(leaf: Leaf, wire: Wire | None, asked: Label, source: Source | None) -> Reason:
    label = leaf.field.label
    if wire is None:
        return Reason.of(FACT_IS, label, Label("missing", "未提供"), source=source)
    shown = leaf.field.show(wire)
    if isinstance(leaf, Comparison) or (isinstance(leaf, Under) and leaf.node != wire):
        return Reason.of(FACT_MEETS, label, shown, asked, source=source)
    return Reason.of(FACT_IS, label, shown, source=source)
