"""Boxes: cases of a space that stand together, as a condition that a rule could ask."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen

from kamcore.decision import show
from kamcore.facts._conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    FlagIs,
    Leaf,
    OneOf,
    Order,
    Presence,
)
from kamcore.facts._diagram import Choices, Diagram, Level, runs
from kamcore.facts._facts import Facts, Fields
from kamcore.facts._field import Field, Wire
from kamcore.facts._matcher import OTHER
from kamcore.facts._words import ChoiceField, FlagField, TextField, TreeField, Under
from kamcore.values import Days, Label, Lang
from kamcore.values._words import days_label

__all__ = ["Box", "box_of", "case_label", "values_label"]

ALL_CASES = Label("every case", "所有情形")
ANY_CASE = Label("any case", "任一情形")
LANGS: tuple[Lang, Lang] = ("en", "zh")


@frozen(order=False)
class Box:
    """Cases that stand together: where `when` holds (None: everywhere), on `days`.

    `when` is a condition as rules have it, so that it can be put into one (of more than 64
    alternatives, into several). `cells` counts the
    cases, `witness` is one of them, on the day `witness_day` where rules have days.
    """

    when: Condition | None = field()
    days: Days | None = field()
    cells: int = field()
    witness: Facts = field()
    witness_day: date | None = field(default=None)

    @property
    def label(self) -> Label:
        """The cases in words."""
        said = ALL_CASES if self.when is None else Label(self.when.text("en"), self.when.text("zh"))
        if self.days is None:
            return said
        days = days_label(self.days)
        return Label(f"{said.en}, {days.en}", f"{said.zh}（{days.zh}）")

    @property
    def case(self) -> Label:
        """One of the cases in words."""
        said = case_label(self.witness.fields, self.witness.values)
        if self.witness_day is None:
            return said
        day = self.witness_day
        return Label(f"{said.en}, on {day}", f"{said.zh}（{show(day, 'zh')}）")


def case_label(fields: Fields, values: Mapping[str, Wire | None]) -> Label:
    """Return a case in words, field by field."""
    pairs = [(one, values[one.name]) for one in fields]
    en, zh = (
        [f"{one.label.text(lang)}{_is(one, wire, lang)}" for one, wire in pairs] for lang in LANGS
    )
    return Label(", ".join(en) or ANY_CASE.en, "，".join(zh) or ANY_CASE.zh)


def _is(one: Field, wire: Wire | None, lang: Lang) -> str:
    colon = "：" if lang == "zh" else ": "
    if wire is None:
        return colon + ("未提供" if lang == "zh" else "missing")
    if wire == OTHER:
        return colon + ("其他" if lang == "zh" else "any other")
    return colon + show(one.show(wire), lang)


def box_of(diagram: Diagram, box: Choices, fields: Fields, days: Days | None) -> Box:
    """Return a box of a diagram in words, with one case of it."""
    parts: list[Condition] = []
    span = None
    for number, classes in box:
        level = diagram.levels[number]
        chosen = sorted(atom for one in classes for atom in level.classes[one])
        if level.about is None:
            span = _span(level, chosen, days)
        else:
            parts.extend(_conditions(level.about, level, chosen))
    wires = diagram.sample(box)
    dated = bool(diagram.levels) and diagram.levels[-1].about is None
    day = date.fromordinal(int(wires[-1] or 0)) if dated else None
    when = None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
    witness = Facts("(example)", fields, wires[: len(fields)])
    return Box(when, span, diagram.cells_of(box), witness, day)


def values_label(condition: Condition) -> Label:
    """Return the values that a condition on one field takes, without the field's name."""
    return Label(_values(condition, "en"), _values(condition, "zh"))


def _values(condition: Condition, lang: Lang) -> str:
    if isinstance(condition, All | AnyOf):
        both = isinstance(condition, All)
        word = {"en": (" or ", " and "), "zh": ("或", "且")}[lang][both]
        return word.join(_values(part, lang) for part in condition.parts)
    if isinstance(condition, FlagIs):
        return show(condition.field.show(condition.value), lang)
    if isinstance(condition, OneOf):
        options = [show(condition.field.show(option), lang) for option in condition.options]
        listed = ("、" if lang == "zh" else ", ").join(options)
        if not condition.negated:
            return listed
        return f"除{listed}外" if lang == "zh" else f"all but {listed}"
    if isinstance(condition, Under):
        place = show(condition.field.show(condition.node), lang)
        return f"{place}及下属" if lang == "zh" else f"{place} and below"
    if isinstance(condition, Presence):
        words = {"en": ("missing", "known"), "zh": ("未提供", "已知")}
        return words[lang][condition.present]
    return condition.verb(lang) if isinstance(condition, Leaf) else condition.text(lang)


def _span(level: Level, chosen: Sequence[int], days: Days | None) -> Days | None:
    """Return the days of stretches that follow each other."""
    start = date.fromordinal(int(level.atoms[chosen[0]] or 0))
    if chosen[-1] + 1 < len(level.atoms):
        return Days(start, date.fromordinal(int(level.atoms[chosen[-1] + 1] or 0)))
    return None if days is None else Days(start, days.end)


def _conditions(one: Field, level: Level, chosen: Sequence[int]) -> list[Condition]:
    """Return the conditions, all of which hold for the chosen values of a field and no others."""
    wires = [level.atoms[number] for number in chosen]
    absent = None in wires
    known = [wire for wire in wires if wire is not None]
    whole = len(known) == sum(wire is not None for wire in level.atoms)
    if not known:
        return [Presence(one, present=False)]
    if whole:
        return [] if absent or None not in level.atoms else [Presence(one, present=True)]
    found = _known(one, level, known, chosen)
    if absent:
        found = [*found, Presence(one, present=False)]
    return [found[0] if len(found) == 1 else AnyOf(tuple(found))]


def _known(
    one: Field, level: Level, known: Sequence[Wire], chosen: Sequence[int]
) -> list[Condition]:
    """Return alternatives that hold for the values of a field, none of them missing."""
    if isinstance(one, FlagField):
        return [FlagIs(one, bool(known[0]))]
    if isinstance(one, TreeField):
        return _places(one, [str(wire) for wire in known])
    if not isinstance(one, ChoiceField | TextField):
        return _stretches(one, level, chosen)
    names = [str(wire) for wire in level.atoms if wire is not None]
    rest = tuple(name for name in names if name not in known)
    negated = OTHER in known or (OTHER not in names and len(rest) < len(known))
    options = rest if negated else tuple(str(wire) for wire in known)
    return [OneOf(one, options, negated)]


def _stretches(one: Field, level: Level, chosen: Sequence[int]) -> list[Condition]:
    edges = [wire for wire in level.atoms if wire is not None]
    numbers = [number for number in chosen if level.atoms[number] is not None]
    found: list[Condition] = []
    for run in runs(numbers):
        leaves: list[Leaf] = []
        if run[0] > 0:
            leaves.append(_against(one, ">=", edges[run[0]]))
        if run[-1] + 1 < len(edges):
            leaves.append(_against(one, "<", edges[run[-1] + 1]))
        found.append(leaves[0] if len(leaves) == 1 else All(tuple(leaves)))
    return found


def _against(one: Field, order: Order, wire: Wire) -> Comparison:
    value = one.give(wire)
    if isinstance(value, str):
        raise TypeError(f"{one.name} has no order")
    return Comparison(one, order, value)


def _places(one: TreeField, known: list[str]) -> list[Condition]:
    """Return whole branches as branches, the other places by name."""
    left = set(known)
    found: list[Condition] = []
    for name, branch in one.branches.items():  # parents stand before their children
        if len(branch) > 1 and left.issuperset(branch):
            found.append(Under(one, name))
            left.difference_update(branch)
    single = tuple(name for name in one.names if name in left)
    return [*found, OneOf(one, single)] if single else found
