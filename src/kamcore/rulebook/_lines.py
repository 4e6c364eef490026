"""What all descriptions share: citations, lists of seats, and what a text leaves blank."""

from collections.abc import Iterable

from kamcore.values import Lang, Seat, Source

__all__ = ["blank", "cite", "cite_figure", "seats"]

OWN = {"en": "kamcore's reading: ", "zh": "kamcore 的理解："}
WITHOUT_FIGURE = {"form", "rule", "cut"}
BLANK = {
    "en": "  own: the text gives no figures; those below are the company's",
    "zh": "  口径：原文未写明具体数值，以下数值由公司自定",
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


def seats(group: Iterable[Seat], lang: Lang) -> str:
    """Return the seats in words."""
    return ("、" if lang == "zh" else ", ").join(seat.label.text(lang) for seat in group)


def blank(source: Source | None, lang: Lang) -> list[str]:
    """Return that the figures are the company's own, where the clause has none."""
    return [BLANK[lang]] if source is not None and source.mark in WITHOUT_FIGURE else []
