"""Cases of tiers: quota sizes, bracket look-up at the edges, and the version in force."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from _case import Inputs, Skipped, Translation, each, number, only

from kamcore.values import Dated, Ratio, Split, Steps, Version, allocate

LARGEST_REMAINDER = {"largest remainder", "largest remainders", "hamilton", "hare-niemeyer"}
SIDES: Mapping[str, Literal["left", "right"]] = {
    "[lo,hi)": "left",
    "(lo,hi]": "right",
    "left": "left",
    "right": "right",
}
CLAUSE = re.compile(
    r"rate\s+(?P<rate>\d[\d.,/]*%?)\s+for\s+amounts?\s*(?P<sign><=|>=|<|>|≤|≥)\s*(?P<edge>\d[\d.,]*)"
)


def apportion(inputs: Inputs) -> object:
    """Size groups by exact shares and largest remainder."""
    only(inputs, "weights", "seats", "method", "quota")
    method = str(inputs.get("method", "largest remainder")).lower()
    if method not in LARGEST_REMAINDER:
        raise Skipped(f"method {method}: kamcore sizes tiers by largest remainder")
    quota = str(inputs.get("quota", "hare")).lower()
    if quota != "hare":
        raise Skipped(f"{quota} quota: kamcore sizes tiers by exact shares")
    weights = [number(weight) for weight in _list(inputs["weights"])]
    return allocate(int(str(inputs["seats"])), weights, Split.LARGEST_REMAINDER)


def band(inputs: Inputs) -> object:
    """Look up a value, or several, among brackets; below the first one the answer is 0."""
    only(inputs, "brackets", "values", "value", "amount", "kind", "edge", "bands")
    kind = str(inputs.get("kind", "lookup"))
    if kind != "lookup":
        raise Skipped(f"{kind}: kamcore looks up brackets and does not sum slices")
    steps = _described(str(inputs["bands"])) if "bands" in inputs else _brackets(inputs)
    asked = next(inputs[name] for name in ("values", "value", "amount") if name in inputs)
    return each(asked, lambda raw: steps.at(Ratio.of(number(raw))))


def _brackets(inputs: Inputs) -> Steps[object]:
    side = str(inputs.get("edge", "[lo,hi)")).replace(" ", "")
    if side not in SIDES:
        raise Skipped(f"edge {side}: kamcore knows [lo,hi) and (lo,hi]")
    pairs = [tuple(_list(pair)) for pair in _list(inputs["brackets"])]
    rising = [(Ratio.of(number(start)), number(gives)) for start, gives in pairs]
    return Steps.rising(0, *rising, edge=SIDES[side])


def _described(text: str) -> Steps[object]:
    """Read "rate 10% for amount <= 42760": what no clause covers has the rate 0."""
    clauses = [match.groupdict() for match in CLAUSE.finditer(text)]
    signs = {clause["sign"].replace("≤", "<=").replace("≥", ">=") for clause in clauses}
    if len(signs) != 1:
        raise Skipped("bands in words: only clauses of one order are read")
    (sign,) = signs
    edges = tuple(Ratio.of(number(clause["edge"])) for clause in clauses)
    rates = tuple(number(clause["rate"]) for clause in clauses)
    values = (*rates, 0) if sign.startswith("<") else (0, *rates)
    return Steps(values=values, edges=edges, edge="right" if sign in {"<=", ">"} else "left")


def effective_date(inputs: Inputs) -> object:
    """Return the value in force on a day, or on several; None before the first version."""
    only(inputs, "values", "as_of")
    given = inputs["values"]
    if not isinstance(given, Mapping):
        raise TypeError(f"values {given!r} are no mapping of day and value")
    versions = sorted((_day(since), value) for since, value in given.items())
    dated = Dated(tuple(Version(since, value) for since, value in versions))

    def in_force(raw: object) -> object:
        day = _day(raw)
        return None if day < dated.versions[0].since else dated.in_force(day).value

    return each(inputs["as_of"], in_force)


def _day(raw: object) -> date:
    """Return a day; a month or a year stands for its first day."""
    year, month, day, *_ = (*str(raw).split("-"), "1", "1")
    return date(int(year), int(month), int(day))


def _list(raw: object) -> Sequence[object]:
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return raw
    raise TypeError(f"{raw!r} is no list")


KINDS: Mapping[str, Translation] = {
    "APPORTION": apportion,
    "BAND": band,
    "EFFECTIVE-DATE": effective_date,
}
