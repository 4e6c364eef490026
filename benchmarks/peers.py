"""The same card and the same tiers for other engines, derived from kamcore's own policies.

Every number is an int in its smallest unit, since two of the peers refuse Decimals and one answers
with floats.
"""

from collections.abc import Callable, Mapping

from cases import CARD, TIERS
from datalogic_py import Engine
from datalogic_py import Rule as LogicRule
from rule_engine import Rule as TextRule
from zen import ZenEngine

from kamcore.facts import Comparison, FlagIs, Leaf
from kamcore.score import BandItem, CategoryItem, Item

Json = object
Ask = Callable[[Mapping[str, object]], object]


# --- datalogic (Rust, JSONLogic) ------------------------------------------------------------


def logic_card() -> LogicRule:
    """Return the card as one compiled sum of `if` chains."""
    return Engine().compile({"+": [_logic_item(item) for item in CARD.items]})


def logic_tiers() -> LogicRule:
    """Return the tiers as one compiled `if` chain, which gives the winner's number or -1."""
    chain: list[Json] = []
    for number, rule in enumerate(TIERS.rules):
        (row,) = rule.when.rows()
        chain += [{"and": [_logic_leaf(leaf) for leaf in row]}, number]
    return Engine().compile({"if": [*chain, -1]})


def _logic_item(item: Item) -> Json:
    fact = {"var": item.fact.name}
    chain: list[Json] = []
    if isinstance(item, BandItem):
        first, *others = item.steps.values
        falling = reversed(list(zip(item.edges(), others, strict=True)))
        for edge, points in falling:
            chain += [{">=": [fact, edge]}, int(points)]
        return {"if": [*chain, int(first)]}
    if isinstance(item, CategoryItem):
        for option, points in item.options[:-1]:
            chain += [{"===": [fact, option]}, int(points)]
        return {"if": [*chain, int(item.options[-1][1])]}
    raise TypeError(item)


def _logic_leaf(leaf: Leaf) -> Json:
    fact = {"var": leaf.field.name}
    if isinstance(leaf, Comparison):
        return {">=": [fact, leaf.first]}
    return fact


# --- zen (Rust, decision tables with a trace) -----------------------------------------------


def zen_engine() -> ZenEngine:
    """Return an engine that holds the card and the tiers, on its fast path (a static loader)."""
    content = {"card": _zen_card(), "tiers": _zen_tiers()}
    return ZenEngine({"loader": {"type": "static", "content": content}})


def _zen_graph(nodes: list[dict[str, Json]], edges: list[tuple[str, str]]) -> dict[str, Json]:
    ends = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    place = {"position": {"x": 0, "y": 0}}
    joined = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in edges
    ]
    return {"nodes": [node | place for node in (*ends, *nodes)], "edges": joined}


def _zen_table(
    name: str, inputs: list[str], output: str, rules: list[dict[str, str]]
) -> dict[str, Json]:
    numbered = [{"_id": f"r{number}", **rule} for number, rule in enumerate(rules)]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in inputs],
        "outputs": [{"id": "gives", "name": output, "field": output}],
        "rules": numbered,
    }
    return {"id": name, "name": name, "type": "decisionTableNode", "content": content}


def _zen_card() -> dict[str, Json]:
    tables = [_zen_item(item) for item in CARD.items]
    names = [item.name for item in CARD.items]
    added = {
        "id": "total",
        "name": "total",
        "type": "expressionNode",
        "content": {"expressions": [{"id": "sum", "key": "total", "value": " + ".join(names)}]},
    }
    edges = [("in", name) for name in names] + [(name, "total") for name in names]
    return _zen_graph([*tables, added], [*edges, ("total", "out")])


def _zen_item(item: Item) -> dict[str, Json]:
    fact = item.fact.name
    if isinstance(item, BandItem):
        first, *others = item.steps.values
        falling = reversed(list(zip(item.edges(), others, strict=True)))
        rules = [{fact: f">= {edge}", "gives": str(points)} for edge, points in falling]
        rules.append({fact: "", "gives": str(first)})
    elif isinstance(item, CategoryItem):
        rules = [{fact: f'"{option}"', "gives": str(points)} for option, points in item.options]
    else:
        raise TypeError(item)
    return _zen_table(item.name, [fact], item.name, rules)


def _zen_tiers() -> dict[str, Json]:
    fields = list(TIERS.fields.names)
    rules = []
    for rule in TIERS.rules:
        (row,) = rule.when.rows()
        cells = {leaf.field.name: _zen_cell(leaf) for leaf in row}
        rules.append({**cells, "gives": f'"{rule.tier}"'})
    rules.append({**dict.fromkeys(fields, ""), "gives": f'"{TIERS.otherwise}"'})
    table = _zen_table("tier", fields, "tier", rules)
    return _zen_graph([table], [("in", "tier"), ("tier", "out")])


def _zen_cell(leaf: Leaf) -> str:
    if isinstance(leaf, Comparison):
        return f">= {leaf.first}"
    if isinstance(leaf, FlagIs):
        return str(leaf.value).lower()
    raise TypeError(leaf)


# --- rule-engine (Python, orientation) ------------------------------------------------------


def text_tiers() -> Ask:
    """Return the tiers as four text rules, asked in turn; gives the winner's number or -1."""
    rules = [_text_rule(rule.when.rows()[0]) for rule in TIERS.rules]

    def winner(record: Mapping[str, object]) -> object:
        return next((number for number, rule in enumerate(rules) if rule.matches(record)), -1)

    return winner


def _text_rule(row: tuple[Leaf, ...]) -> TextRule:
    said = [
        f"{leaf.field.name} >= {leaf.first}" if isinstance(leaf, Comparison) else leaf.field.name
        for leaf in row
    ]
    return TextRule(" and ".join(said))
