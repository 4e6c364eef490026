"""What all descriptions share: citations and lists of seats."""

from collections.abc import Iterable

from kamcore.values import Lang, Seat, Source

__all__ = ["cite", "seats"]

OWN = {"en": "kamcore's reading: ", "zh": "kamcore 的理解："}


def cite(source: Source | None, lang: Lang) -> str:
    """Return the clause in brackets, and whether it is not the text's own word."""
    if source is None:
        return ""
    own = OWN[lang] if source.mark == "own" else ""
    return f"（{own}{source.place(lang)}）" if lang == "zh" else f" [{own}{source.place(lang)}]"


def seats(group: Iterable[Seat], lang: Lang) -> str:
    """Return the seats in words."""
    return ("、" if lang == "zh" else ", ").join(seat.label.text(lang) for seat in group)
