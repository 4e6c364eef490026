"""The responsibility matrix (责任矩阵): every case of a policy on one sheet, to be signed."""

from typing import Literal

from attrs import field, frozen

from kamcore.errors import InputError
from kamcore.facts import All, Condition
from kamcore.facts._boxes import Box, box_of, values_label
from kamcore.facts._diagram import Diagram
from kamcore.routing._audit import check_duties
from kamcore.routing._duties import Duty, DutyRules
from kamcore.routing._space import Space, diagram_of, space_of
from kamcore.values import Lang, Seat
from kamcore.values._checks import expect, named_convention
from kamcore.values._words import days_label

__all__ = ["draw_matrix"]

ROWS_AT_MOST = 500
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "any": "any",
        "days": "days in force",
        "clause": "rule [clause]",
        "default": "default",
        "nobody": "nobody",
        "legend": "A accountable (exactly one) · R carries out · C consulted · I informed · "
        "S in absence of A",
        "policy": "version {fingerprint}",
        "signed": "approved by: ____________________   date: ____________",
        "title": "Responsibility matrix",
    },
    "zh": {
        "any": "不限",
        "days": "有效期",
        "clause": "规则［条款］",
        "default": "默认",
        "nobody": "无人负责",
        "legend": "A 负责（最终责任，唯一） · R 执行 · C 征询 · I 知会 · "
        "S 负责岗位不在岗时代为负责",
        "policy": "规则版本 {fingerprint}",
        "signed": "批准人：____________________　日期：____________",
        "title": "责任矩阵",
    },
}


@frozen(order=False)
class Sheet:
    """The matrix before it is written: title, head, rows, lines under it, and who signs."""

    title: str = field()
    head: tuple[str, ...] = field()
    rows: tuple[tuple[str, ...], ...] = field()
    notes: tuple[str, ...] = field()
    signed: str = field()


def draw_matrix(
    policy: DutyRules,
    space: Space | None = None,
    *,
    lang: Lang = "en",
    form: Literal["markdown", "html"] = "markdown",
) -> str:
    """Return the responsibility matrix as a Markdown or HTML table.

    Every case of the space stands in exactly one row, with A, R, C, I or S (in absence) under each
    seat and the rule and clause that says so; under the table stand the proof of `check_duties` and
    a line to sign; HTML comes as a fragment. Raises `InputError` where that takes more than 500
    rows, and as `check_duties` does. Source: S0-9 (rights and duties defined beforehand).
    """
    expect("policy", policy, DutyRules)
    expect("space", space, Space, type(None))
    named_convention("lang", lang, ("en", "zh"))
    named_convention("form", form, ("markdown", "html"))
    sheet = _sheet(policy, space_of((policy,), space), lang)
    return _markdown(sheet) if form == "markdown" else _html(sheet)


def _sheet(policy: DutyRules, space: Space, lang: Lang) -> Sheet:
    words = WORDS[lang]
    entries = _entries(policy, space)
    columns = [one for one in space.fields if any(one.name in _parts(box) for box, _ in entries)]
    dated = any(box.days is not None for box, _ in entries)
    head = [one.label.text(lang) for one in columns]
    if dated:
        head.append(words["days"])
    head += [seat.label.text(lang) for seat in policy.seats]
    rows: list[tuple[str, ...]] = []
    for box, rule in entries:
        parts = _parts(box)
        cells = [
            values_label(parts[one.name]).text(lang) if one.name in parts else words["any"]
            for one in columns
        ]
        if dated:
            cells.append(days_label(box.days).text(lang) if box.days else words["any"])
        rows.append((*cells, *_letters(policy, rule), _clause(policy, rule, lang)))
    proof = check_duties(policy, space)
    said = [reason.text(lang) for reason in (*proof.reasons, *proof.assumed)]
    if policy.table.dated and space.days is not None:
        said.append(
            words["days"] + {"en": ": ", "zh": "："}[lang] + days_label(space.days).text(lang)
        )
    fingerprint = words["policy"].format(fingerprint=policy.fingerprint)
    title = words["title"]
    if policy.source is not None:
        title += ("：" if lang == "zh" else ": ") + policy.source.title.text(lang)
    notes = (words["legend"], *said, *_sources(policy, lang), fingerprint)
    return Sheet(title, (*head, words["clause"]), tuple(rows), notes, words["signed"])


def _sources(policy: DutyRules, lang: Lang) -> tuple[str, ...]:
    """Return the titles that the clauses in the table belong to; nothing where there are none."""
    found = (policy.source, *(rule.source for rule in policy.table.rules))
    titles = dict.fromkeys(one.title.text(lang) for one in found if one is not None)
    if not titles:
        return ()
    if lang == "zh":
        return ("依据：" + "；".join(f"《{title}》" for title in titles),)
    return ("Sources: " + "; ".join(f"“{title}”" for title in titles),)


def _entries(policy: DutyRules, space: Space) -> list[tuple[Box, int]]:
    """Return all cases as boxes with their rule (-1 for none), in the order of the space."""
    diagram = diagram_of((policy,), [list(range(-1, len(policy.table.rules)))], space)
    found = [
        (box, rule) for end, (rule,) in enumerate(diagram.outcomes) for box in diagram.boxes({end})
    ]
    if len(found) > ROWS_AT_MOST:
        raise InputError(
            f"a matrix of {len(found):,} rows; at most {ROWS_AT_MOST} can be read, "
            "so draw a part of the rules, or fewer days, at a time"
        )

    def place(one: tuple[tuple[tuple[int, tuple[int, ...]], ...], int]) -> list[tuple[int, ...]]:
        atoms = dict(one[0])
        return [_atoms(diagram, number, atoms.get(number)) for number in range(len(diagram.levels))]

    found.sort(key=place)
    return [(box_of(diagram, box, space.fields, space.days), rule) for box, rule in found]


def _atoms(diagram: Diagram, number: int, classes: tuple[int, ...] | None) -> tuple[int, ...]:
    level = diagram.levels[number]
    if classes is None:
        return ()
    return tuple(sorted(atom for one in classes for atom in level.classes[one]))


def _parts(box: Box) -> dict[str, Condition]:
    """Return the conditions of a box by the name of their field."""
    if box.when is None:
        return {}
    when = box.when
    parts = when.parts if isinstance(when, All) else (when,)
    names = [part.rows()[0][0].field.name for part in parts]
    return dict(zip(names, parts, strict=True)) if len({*names}) > 1 else {names[0]: when}


def _letters(policy: DutyRules, rule: int) -> list[str]:
    gives = policy.given_by(rule)
    if not isinstance(gives, Duty):
        return [""] * len(policy.seats)

    def letters(seat: Seat) -> str:
        marks = (
            ("A", (gives.accountable,)),
            ("R", gives.responsible),
            ("C", gives.consulted),
            ("I", gives.informed),
            ("S", (gives.in_absence,)),
        )
        return " ".join(letter for letter, seats in marks if seat in seats)

    return [letters(seat) for seat in policy.seats]


def _clause(policy: DutyRules, rule: int, lang: Lang) -> str:
    words = WORDS[lang]
    nobody = "" if isinstance(policy.given_by(rule), Duty) else f"{words['nobody']} · "
    if rule < 0:
        return nobody.removesuffix(" · ") or words["default"]
    one = policy.table.rules[rule]
    source = one.source or policy.source
    place = f" [{source.place(lang)}]" if source else ""
    return f"{nobody}{one.label.text(lang)}{place}"


def _markdown(sheet: Sheet) -> str:
    lines = [f"**{_safe(sheet.title)}**", "", _line(sheet.head), _line(("---",) * len(sheet.head))]
    lines += [_line(row) for row in sheet.rows]
    for note in sheet.notes:
        lines += ["", _safe(note)]
    lines += ["", sheet.signed]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_safe(cell) for cell in cells) + " |"


def _safe(text: str) -> str:
    """Return a text that Markdown shows as it is: no link, emphasis, tag or entity in it."""
    for sign in "\\|*<>`_":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.replace("](", "]\\(").replace("&", "&amp;").split())


def _html(sheet: Sheet) -> str:
    from html import escape  # noqa: PLC0415 - only where a page is written

    def row(tag: str, cells: tuple[str, ...], scope: str = "") -> str:
        return "<tr>" + "".join(f"<{tag}{scope}>{escape(one)}</{tag}>" for one in cells) + "</tr>"

    body = "\n".join(row("td", one) for one in sheet.rows)
    notes = "\n".join(f"<p>{escape(note)}</p>" for note in (*sheet.notes, sheet.signed))
    head = row("th", sheet.head, ' scope="col"')
    return (
        f"<table>\n<caption>{escape(sheet.title)}</caption>\n<thead>\n{head}\n</thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n{notes}\n"
    )
