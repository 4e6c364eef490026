"""Why a condition holds or fails for given facts, leaf by leaf."""

from kamcore.decision import Param, Reason, Rule
from kamcore.facts._conditions import Condition, Leaf, Wires, condition_label
from kamcore.values import Label, Source

__all__ = ["FACT_FAILS", "FACT_MEETS", "FACT_MISSING", "RULES", "failing", "leaf_reason"]

FACT_MEETS = Rule(
    "facts.meets",
    ("field", "value", "condition"),
    en="{field} is {value}: {condition} holds",
    zh="{field}为 {value}，符合“{condition}”",
)
FACT_FAILS = Rule(
    "facts.fails",
    ("goal", "field", "value", "condition"),
    en="not {goal}: {field} is {value}, asked is {condition}",
    zh="不是{goal}：{field}为 {value}，要求“{condition}”",
)
FACT_MISSING = Rule(
    "facts.missing",
    ("goal", "condition"),
    en="{goal} stays open: it asks that {condition}, and this fact is missing",
    zh="{goal}无法判定：要求“{condition}”，但缺少该项事实",
)
RULES = (FACT_MEETS, FACT_FAILS, FACT_MISSING)


def failing(condition: Condition, values: Wires) -> tuple[Leaf, ...]:
    """Return the leaves that would have to turn for the condition to hold, as few as there are."""
    options = [tuple(leaf for leaf in row if not leaf.holds(values)) for row in condition.rows()]
    return min(options, key=len)


def leaf_reason(leaf: Leaf, values: Wires, goal: Label | None, source: Source | None) -> Reason:
    """Return why a leaf holds, or (with the `goal` that it stands for) why it does not."""
    wire = values[leaf.field.name]
    asked = condition_label(leaf)
    if goal is None:
        shown: Param = Label("missing", "缺失") if wire is None else leaf.field.show(wire)
        return Reason.of(FACT_MEETS, leaf.field.label, shown, asked, source=source)
    if wire is None:
        return Reason.of(FACT_MISSING, goal, asked, source=source)
    return Reason.of(
        FACT_FAILS, goal, leaf.field.label, leaf.field.show(wire), asked, source=source
    )
