"""The same duties in other engines, in the order in which the rules win."""

from collections.abc import Callable, Mapping, Sequence

from casbin import Enforcer
from casbin.model import Model
from duties import END, FIELDS, TIER_NAMES, WORKS, Drawn, Record, way_up
from rule_engine import Rule as TextRule
from zen import ZenEngine

Json = Mapping[str, object]
LEVELS = ("country", "area", "city")

CASBIN = """
[request_definition]
r = region, work, tier, voltage, capacity

[policy_definition]
p = priority, region, work, tier, v_low, v_high, c_low, c_high, eft

[policy_effect]
e = priority(p.eft) || deny

[matchers]
m = p.region in r.region && r.work in p.work && r.tier in p.tier && \
p.v_low <= r.voltage && r.voltage < p.v_high && p.c_low <= r.capacity && r.capacity < p.c_high
"""
"""Policies hold texts: a place is a part of the way to it, numbers have leading zeros."""


def casbin(rules: Sequence[Drawn]) -> Callable[[Sequence[str]], tuple[bool, list[str]]]:
    """Return casbin's enforcer, which names the policy that it rests on; one matcher for all."""
    model = Model()
    model.load_model_from_text(CASBIN)
    enforcer = Enforcer(model)
    for number, one in enumerate(rules):
        numbers = (*(one.voltage or (0, END)), *(one.capacity or (0, END)))
        place = f"/{one.place}/" if one.place else "/"
        works, tiers = (_joined(names) for names in (one.works or WORKS, one.tiers or TIER_NAMES))
        enforcer.add_policy(str(number), place, works, tiers, *map(_padded, numbers), "allow")
    return lambda given: enforcer.enforce_ex(*given)


def casbin_request(record: Record) -> list[str]:
    way = "".join(f"/{place}" for place in way_up(str(record["region"])))
    numbers = (int(record[name]) for name in ("voltage", "capacity"))
    return [f"{way}/", f",{record['work']},", f",{record['tier']},", *map(_padded, numbers)]


def _joined(names: Sequence[str] | frozenset[str]) -> str:
    return f",{',,'.join(sorted(names))},"


def _padded(number: int) -> str:
    return f"{number:08}"


def texts(rules: Sequence[Drawn]) -> Callable[[Record], int]:
    """Return rule-engine's rules, asked in turn; a place is asked for on its own level."""
    parsed = [TextRule(_text(one)) for one in rules]

    def first(record: Record) -> int:
        return next((number for number, rule in enumerate(parsed) if rule.matches(record)), -1)

    return first


def text_request(record: Record) -> Record:
    way = dict(zip(LEVELS, way_up(str(record["region"]))[::-1], strict=False))
    return {**dict.fromkeys(LEVELS, ""), **way, **record}


def _text(one: Drawn) -> str:
    said: list[str] = []
    if one.place:
        said.append(f'{LEVELS[len(way_up(one.place)) - 1]} == "{one.place}"')
    for name, names in (("work", one.works), ("tier", one.tiers)):
        if names:
            (first, *others) = sorted(names)
            said.append(f"{name} in {[first, *others]}" if others else f'{name} == "{first}"')
    for name, span in (("voltage", one.voltage), ("capacity", one.capacity)):
        if span:
            said.append(f"{name} >= {span[0]} and {name} < {span[1]}")
    return " and ".join(said) or "true"


def zen(rules: Sequence[Drawn]) -> Callable[[Record, Json], Json]:
    """Return zen with a decision table, on its fast path (a static loader)."""
    columns = FIELDS.names
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [{"id": "gives", "name": "rule", "field": "rule"}],
        "rules": [_row(number, one) for number, one in enumerate(rules)],
    }
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", **place},
            {
                "id": "table",
                "name": "table",
                "type": "decisionTableNode",
                "content": content,
                **place,
            },
            {"id": "out", "name": "out", "type": "outputNode", **place},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "last", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
    engine = ZenEngine({"loader": {"type": "static", "content": {"policy": graph}}})
    return lambda record, options: engine.evaluate("policy", record, options)


def zen_rule(found: Json) -> int:
    return int(str(found["result"]["rule"]))


def _row(number: int, one: Drawn) -> dict[str, str]:
    sets = (one.places if one.place else (), one.works or (), one.tiers or ())
    spans = (one.voltage, one.capacity)
    cells = [
        *(", ".join(f'"{name}"' for name in sorted(names)) for names in sets),
        *(f"[{span[0]}..{span[1]})" if span else "" for span in spans),
    ]
    return {
        "_id": f"r{number}",
        **dict(zip(FIELDS.names, cells, strict=True)),
        "gives": str(number),
    }
