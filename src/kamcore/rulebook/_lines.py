"""What all descriptions share: citations, lists of seats, and what a text leaves blank."""

from collections.abc import Iterable

from kamcore.facts import RuleTable, TreeField
from kamcore.values import Lang, Seat, Source

__all__ = ["as_own", "blank", "cite", "cite_figure", "matched", "seats"]

OWN = {"en": "kamcore's reading: ", "zh": "kamcore 的理解："}
WITHOUT_FIGURE = {"form", "rule", "cut"}
BLANK = {
    "en": "  own: the text gives no figures; those below are the company's",
    "zh": "  口径：原文未写明具体数值，以下数值由公司自定",
}

MATCH: dict[Lang, dict[str, str]] = {
    "en": {
        "first": "where several rules hold, the first of them decides",
        "last": "where several rules hold, the last of them decides",
        "most_specific": "where several rules hold, the most specific decides, by {order}",
    },
    "zh": {
        "first": "多条规则同时成立的，以排在最前的为准",
        "last": "多条规则同时成立的，以排在最后的为准",
        "most_specific": "多条规则同时成立的，以最具体的为准，依次比较：{order}",
    },
}


def cite(source: Source | None, lang: Lang) -> str:
    """Return the clause in brackets, and whether it is not the text's own word."""
    if source is None:
        return ""
    own = OWN[lang] if source.mark == "own" else ""
    return f"（{own}{source.place(lang)}）" if lang == "zh" else f" [{own}{source.place(lang)}]"


def cite_figure(source: Source | None, lang: Lang) -> str:
    """Return the clause of a figure, and whether the clause leaves the figure open."""
    said = cite(source, lang)
    if source is None or source.mark != "form":
        return said
    left = {"en": "; what it leaves open is the company's]", "zh": "，未写明之处由公司自定）"}[lang]
    return said[:-1] + left


def as_own(said: str, lang: Lang) -> str:
    """Return what is said, marked as not the text's own word."""
    return f"口径：{said}" if lang == "zh" else f"own: {said}"


def matched(table: RuleTable[object], lang: Lang) -> str:
    """Return how one rule of a table is chosen of several that hold."""
    dimensions: list[str] = []
    for one in table.dimensions:
        name = one.label.text(lang)
        if isinstance(one, TreeField):
            name += {"en": " (a lower place before a higher one)", "zh": "（下级优先于上级）"}[lang]
        dimensions.append(name)
    order = {"en": ", then ", "zh": "、"}[lang].join(dimensions)
    return MATCH[lang][table.match].format(order=order)


def seats(group: Iterable[Seat], lang: Lang) -> str:
    """Return the seats in words."""
    return ("、" if lang == "zh" else ", ").join(seat.label.text(lang) for seat in group)


def blank(source: Source | None, lang: Lang) -> list[str]:
    """Return that the figures are the company's own, where the clause has none."""
    return [BLANK[lang]] if source is not None and source.mark in WITHOUT_FIGURE else []
