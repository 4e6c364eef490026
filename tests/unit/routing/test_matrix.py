"""The responsibility matrix: every case on one sheet, in both languages and both forms."""

from datetime import date
from typing import Literal

import attrs
import pytest

from kamcore.errors import InputError, PolicyError
from kamcore.facts import (
    Choice,
    ChoiceField,
    Condition,
    Field,
    FlagField,
    Node,
    NumberField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
)
from kamcore.routing import Duty, DutyRules, NoOwner, Space, check_duties, draw_matrix
from kamcore.values import Days, Label, Seat, Source


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


SALES, DESK, FINANCE = seat("sales", "销售部"), seat("desk", "服务台"), seat("finance", "财务部")
WORK = ChoiceField("work", options=("answer", "care", "visit"), zh="工作")
AMOUNT = NumberField("amount", zh="数量", unit=Label("sets", "台"))
URGENT = FlagField("urgent", zh="紧急")
NAMES = TextField("manager", zh="客户经理")
REGION = TreeField(
    "region",
    zh="地区",
    nodes=(
        Node("china", zh="中国"),
        Node("east", "china", zh="华东"),
        Node("north", "china", zh="华北"),
    ),
)
RULES = Label("Duty rules", "职责规定")
WHOLE = Source("S0", RULES)
CLAUSE = Source("S0-2", RULES, clause=Label("art. 2", "第二条"))
SPRING = Days.through(date(2026, 3, 1), date(2026, 5, 31))
YEAR = Days.through(date(2026, 1, 1), date(2026, 12, 31))
NOTE = NoOwner(Label("the text is silent", "原文未规定"))
CARE = TableRule("care", WORK.is_("care"), Duty(SALES, (SALES,), in_absence=DESK), CLAUSE)
POLICY = DutyRules(
    table=RuleTable(
        rules=(
            CARE,
            TableRule("urgent visit", WORK.is_("visit") & URGENT, NOTE, in_force=SPRING),
        )
    ),
    otherwise=Duty(DESK),
    source=WHOLE,
)
SPACE = Space((WORK, AMOUNT, URGENT), days=YEAR)


def policy(
    *rules: TableRule[Duty | NoOwner], otherwise: Duty | None = None, source: Source | None = None
) -> DutyRules:
    """Return rules of which the first that holds wins."""
    return DutyRules(table=RuleTable(rules=rules), otherwise=otherwise, source=source)


def table(
    rules: DutyRules, space: Space | None = None, lang: Literal["en", "zh"] = "en"
) -> list[str]:
    """Return the lines of a table in Markdown."""
    return [line for line in draw_matrix(rules, space, lang=lang).splitlines() if line[:1] == "|"]


def proof_of(rules: DutyRules, space: Space, lang: Literal["en", "zh"] = "en") -> list[str]:
    """Return what is proved of the cases, a line each."""
    proof = check_duties(rules, space)
    return [reason.text(lang) for reason in (*proof.reasons, *proof.assumed)]


def column(
    *whens: Condition, lang: Literal["en", "zh"] = "en", space: Space | None = None
) -> list[str]:
    """Return the first cells of the rows for some rules; all other work is the desk's."""
    rules = [TableRule(f"rule {number}", one, Duty(SALES)) for number, one in enumerate(whens)]
    rows = table(policy(*rules, otherwise=Duty(DESK)), space, lang)[2:]
    return [row.split(" | ")[0].removeprefix("| ") for row in rows]


# --- the page -------------------------------------------------------------------------------

LEGEND_EN = (
    "A accountable (exactly one) · R carries out · C consulted · I informed · S in absence of A"
)
LEGEND_ZH = "A 负责（最终责任，唯一） · R 执行 · C 征询 · I 知会 · S 负责岗位不在岗时代为负责"
PAGE_EN = f"""\
**Responsibility matrix: Duty rules**

| work | urgent | days in force | sales | desk | rule [clause] |
| --- | --- | --- | --- | --- | --- |
| answer | any | any |  | A | default |
| care | any | any | A R | S | care [S0-2, art. 2] |
| visit | yes | from 2026-01-01 to 2026-02-28 |  | A | default |
| visit | yes | from 2026-03-01 to 2026-05-31 |  |  | nobody · urgent visit [S0] |
| visit | yes | from 2026-06-01 to 2026-12-31 |  | A | default |
| visit | no | any |  | A | default |

A accountable (exactly one) · R carries out · C consulted · I informed · S in absence of A

PROOF

days in force: from 2026-01-01 to 2026-12-31

Sources: “Duty rules”

version {POLICY.fingerprint}

approved by: ____________________   date: ____________
"""
PAGE_ZH = f"""\
**责任矩阵：职责规定**

| 工作 | 紧急 | 有效期 | 销售部 | 服务台 | 规则［条款］ |
| --- | --- | --- | --- | --- | --- |
| answer | 不限 | 不限 |  | A | 默认 |
| care | 不限 | 不限 | A R | S | care [S0-2 第二条] |
| visit | 是 | 2026年1月1日至2026年2月28日 |  | A | 默认 |
| visit | 是 | 2026年3月1日至2026年5月31日 |  |  | 无人负责 · urgent visit [S0] |
| visit | 是 | 2026年6月1日至2026年12月31日 |  | A | 默认 |
| visit | 否 | 不限 |  | A | 默认 |

A 负责（最终责任，唯一） · R 执行 · C 征询 · I 知会 · S 负责岗位不在岗时代为负责

PROOF

有效期：2026年1月1日至2026年12月31日

依据：《职责规定》

规则版本 {POLICY.fingerprint}

批准人：____________________　日期：____________
"""
HTML_EN = f"""\
<table>
<caption>Responsibility matrix: Duty rules</caption>
<thead>
<tr><th scope="col">work</th><th scope="col">urgent</th><th scope="col">days in force</th>\
<th scope="col">sales</th><th scope="col">desk</th><th scope="col">rule [clause]</th></tr>
</thead>
<tbody>
<tr><td>answer</td><td>any</td><td>any</td><td></td><td>A</td><td>default</td></tr>
<tr><td>care</td><td>any</td><td>any</td><td>A R</td><td>S</td><td>care [S0-2, art. 2]</td></tr>
<tr><td>visit</td><td>yes</td><td>from 2026-01-01 to 2026-02-28</td>\
<td></td><td>A</td><td>default</td></tr>
<tr><td>visit</td><td>yes</td><td>from 2026-03-01 to 2026-05-31</td><td></td><td></td>\
<td>nobody · urgent visit [S0]</td></tr>
<tr><td>visit</td><td>yes</td><td>from 2026-06-01 to 2026-12-31</td>\
<td></td><td>A</td><td>default</td></tr>
<tr><td>visit</td><td>no</td><td>any</td><td></td><td>A</td><td>default</td></tr>
</tbody>
</table>
<p>A accountable (exactly one) · R carries out · C consulted · I informed · S in absence of A</p>
PROOF
<p>days in force: from 2026-01-01 to 2026-12-31</p>
<p>Sources: “Duty rules”</p>
<p>version {POLICY.fingerprint}</p>
<p>approved by: ____________________   date: ____________</p>
"""


@pytest.mark.parametrize(("lang", "page"), [("en", PAGE_EN), ("zh", PAGE_ZH)])
def test_the_page_has_a_title_every_case_once_the_proof_and_a_line_to_sign(
    lang: Literal["en", "zh"], page: str
) -> None:
    proof = proof_of(POLICY, SPACE, lang)
    assert draw_matrix(POLICY, SPACE, lang=lang) == page.replace("PROOF", "\n\n".join(proof))


def test_the_same_page_is_written_as_html() -> None:
    proof = proof_of(POLICY, SPACE)
    page = HTML_EN.replace("PROOF", "\n".join(f"<p>{line}</p>" for line in proof))
    assert draw_matrix(POLICY, SPACE, form="html") == page


def test_without_a_source_the_title_stands_alone() -> None:
    rules = attrs.evolve(POLICY, source=None)
    assert draw_matrix(rules, SPACE).startswith("**Responsibility matrix**\n")
    assert draw_matrix(rules, SPACE, lang="zh").startswith("**责任矩阵**\n")


def test_the_whole_proof_stands_under_the_table() -> None:
    rules = policy(*(TableRule(f"again {number}", WORK.is_("care"), NOTE) for number in range(9)))
    page = draw_matrix(rules)
    proof = proof_of(rules, Space((WORK,)))
    assert len(proof) > 9
    assert all(f"\n{line}\n" in page for line in proof)


def test_every_title_that_a_clause_belongs_to_is_named_once() -> None:
    other = Source("S9", Label("Service rules", "服务规定"))
    rules = policy(
        CARE,
        TableRule("visit", WORK.is_("visit"), Duty(DESK), other),
        TableRule("answer", WORK.is_("answer"), Duty(DESK), attrs.evolve(CLAUSE, id="S0-3")),
    )
    for whole, en, zh in [
        (None, "Sources: “Duty rules”; “Service rules”", "依据：《职责规定》；《服务规定》"),
        (other, "Sources: “Service rules”; “Duty rules”", "依据：《服务规定》；《职责规定》"),
    ]:
        sourced = attrs.evolve(rules, source=whole)
        assert f"\n{en}\n" in draw_matrix(sourced)
        assert f"\n{zh}\n" in draw_matrix(sourced, lang="zh")
    for lang, word in (("en", "Sources"), ("zh", "依据")):
        assert word not in draw_matrix(policy(otherwise=Duty(DESK)), lang=lang)


# --- rows -----------------------------------------------------------------------------------


def test_a_space_may_have_more_facts_and_missing_ones() -> None:
    rules = policy(CARE, otherwise=Duty(DESK))
    plain = ["| all but care |  | A | default |", "| care | A R | S | care [S0-2, art. 2] |"]
    assert table(rules)[2:] == plain
    assert table(rules, Space((AMOUNT, WORK)))[2:] == plain
    missing = table(rules, Space((AMOUNT, WORK), may_miss=("work",)))[2:]
    assert missing == ["| all but care or missing |  | A | default |", plain[1]]


def test_rows_stand_in_the_order_of_the_space() -> None:
    rules = policy(
        TableRule("urgent", URGENT, Duty(SALES)),
        TableRule("visit", WORK.is_("visit"), Duty(FINANCE)),
        otherwise=Duty(DESK),
    )
    assert table(rules, Space((WORK, URGENT))) == [
        "| work | urgent | sales | finance | desk | rule [clause] |",
        "| --- | --- | --- | --- | --- | --- |",
        "| any | yes | A |  |  | urgent |",
        "| all but visit | no |  |  | A | default |",
        "| visit | no |  | A |  | visit |",
    ]
    assert table(rules, Space((URGENT, WORK)))[2:] == [
        "| yes | any | A |  |  | urgent |",
        "| no | all but visit |  |  | A | default |",
        "| no | visit |  | A |  | visit |",
    ]


@pytest.mark.parametrize(
    ("otherwise", "rows"),
    [
        (None, ["| rule [clause] |", "| --- |", "| nobody |"]),
        (Duty(DESK), ["| desk | rule [clause] |", "| --- | --- |", "| A | default |"]),
    ],
    ids=["nobody", "a default"],
)
def test_a_policy_without_rules_is_one_row(otherwise: Duty | None, rows: list[str]) -> None:
    assert table(policy(otherwise=otherwise)) == rows
    assert table(policy(otherwise=otherwise), Space((WORK,))) == rows


@pytest.mark.parametrize(
    ("duty", "letters"),
    [
        (Duty(SALES), "A |  | "),
        (Duty(SALES, (SALES, DESK)), "A R | R | "),
        (Duty(SALES, consulted=(DESK,), informed=(DESK, FINANCE)), "A | C I | I"),
        (Duty(SALES, in_absence=FINANCE), "A |  | S"),
        (Duty(DESK, (SALES,), (SALES,), (SALES,), in_absence=SALES), "R C I S | A | "),
        (NOTE, " |  | "),
    ],
)
def test_letters_stand_under_the_seats(duty: Duty | NoOwner, letters: str) -> None:
    all_seats = Duty(SALES, (DESK,), (FINANCE,))
    rules = policy(
        TableRule("all", WORK.is_("answer"), all_seats), TableRule("one", WORK.is_("care"), duty)
    )
    head, _, _, row, _ = table(rules)
    assert head == "| work | sales | desk | finance | rule [clause] |"
    nobody = "nobody · " if isinstance(duty, NoOwner) else ""
    assert row == f"| care | {letters} | {nobody}one |"


@pytest.mark.parametrize(
    ("rule", "whole", "en", "zh"),
    [
        (CARE, None, "care [S0-2, art. 2]", "care [S0-2 第二条]"),
        (CARE, WHOLE, "care [S0-2, art. 2]", "care [S0-2 第二条]"),
        (attrs.evolve(CARE, source=None), WHOLE, "care [S0]", "care [S0]"),
        (attrs.evolve(CARE, source=None), None, "care", "care"),
        (attrs.evolve(CARE, zh="关怀"), None, "care [S0-2, art. 2]", "关怀 [S0-2 第二条]"),
        (
            attrs.evolve(CARE, gives=NOTE),
            None,
            "nobody · care [S0-2, art. 2]",
            "无人负责 · care [S0-2 第二条]",
        ),
    ],
)
def test_a_row_names_its_rule_and_the_clause(
    rule: TableRule[Duty | NoOwner], whole: Source | None, en: str, zh: str
) -> None:
    rules = policy(rule, source=whole)
    for lang, said, nobody in (("en", en, "nobody"), ("zh", zh, "无人负责")):
        cells = [row.split("|")[-2].strip() for row in table(rules, lang=lang)[2:]]
        assert cells == [nobody, said]


@pytest.mark.parametrize(
    ("when", "en", "zh"),
    [
        (WORK.is_("care"), ["all but care", "care"], ["除care外", "care"]),
        (URGENT.condition(), ["yes", "no"], ["是", "否"]),
        (AMOUNT >= 10, ["\\< 10 sets", "≥ 10 sets"], ["\\< 10 台", "≥ 10 台"]),
        (
            (AMOUNT >= 10) & (AMOUNT < 20),
            ["\\< 10 sets or ≥ 20 sets", "≥ 10 sets and \\< 20 sets"],
            ["\\< 10 台或≥ 20 台", "≥ 10 台且\\< 20 台"],
        ),
        (NAMES.is_("Li"), ["Li", "all but Li"], ["Li", "除Li外"]),
        (REGION.within("china"), ["any"], ["不限"]),
    ],
)
def test_a_cell_tells_the_values(when: Condition, en: list[str], zh: list[str]) -> None:
    if en == ["any"]:
        assert table(policy(TableRule("one", when, Duty(SALES)))) == [
            "| sales | rule [clause] |",
            "| --- | --- |",
            "| A | one |",
        ]
        return
    assert column(when) == en
    assert column(when, lang="zh") == zh


def test_a_known_fact_is_a_case_of_its_own() -> None:
    space = Space((AMOUNT,), may_miss=("amount",))
    assert column(AMOUNT.is_known, space=space) == ["known", "missing"]
    assert column(AMOUNT.is_known, space=space, lang="zh") == ["已知", "未提供"]


@pytest.mark.parametrize(
    ("first", "last", "cells"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), []),
        (
            date(2026, 2, 28),
            date(2026, 3, 1),
            ["from 2026-02-28 to 2026-02-28", "from 2026-03-01 to 2026-03-01"],
        ),
        (date(2026, 3, 1), date(2026, 5, 31), []),
        (
            date(2026, 5, 31),
            date(2026, 6, 1),
            ["from 2026-05-31 to 2026-05-31", "from 2026-06-01 to 2026-06-01"],
        ),
    ],
)
def test_days_have_a_column_where_they_matter(first: date, last: date, cells: list[str]) -> None:
    rules = policy(TableRule("spring", None, Duty(SALES), in_force=SPRING), otherwise=Duty(DESK))
    head, _, *rows = table(rules, Space((), days=Days.through(first, last)))
    assert head.startswith("| days in force | ") is bool(cells)
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows if cells] == cells
    assert len(rows) == max(1, len(cells))


def test_a_case_of_many_alternatives_on_several_facts_is_drawn() -> None:
    fields = [NumberField(f"n{number}") for number in range(3)]
    rules = [TableRule(f"even {one.name}", even(one), Duty(SALES)) for one in fields]
    rows = table(policy(*rules, otherwise=Duty(DESK)))[2:]
    assert len(rows) == 4
    assert all(row.count(" or ") >= 4 for row in rows)


def even(one: NumberField) -> Condition:
    """Return the condition that a number below ten is even."""
    first, *rest = [(one >= number) & (one < number + 1) for number in range(0, 10, 2)]
    found: Condition = first
    for other in rest:
        found |= other
    return found


# --- signs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "markdown", "html"),
    [
        ("a|b", "a\\|b", "a|b"),
        ("<b>", "\\<b\\>", "&lt;b&gt;"),
        ("*a*", "\\*a\\*", "*a*"),
        ("`a`", "\\`a\\`", "`a`"),
        ("a\\b", "a\\\\b", "a\\b"),
        ("a\nb", "a b", "a\nb"),
        ("a & b", "a &amp; b", "a &amp; b"),
        ("_a_", "\\_a\\_", "_a_"),
        ("[a](b)", "[a]\\(b)", "[a](b)"),
        ('"a"', '"a"', "&quot;a&quot;"),
    ],
)
def test_signs_of_a_table_or_a_page_are_words_in_it(word: str, markdown: str, html: str) -> None:
    said = Label(word, word)
    kind = ChoiceField("kind", en=word, options=(Choice("x", en=word), Choice("y")))
    source = Source(word, said)
    rules = policy(
        TableRule(word, kind.is_("x"), Duty(Seat("seat", said)), source),
        otherwise=Duty(DESK),
        source=source,
    )
    page = draw_matrix(rules)
    assert page.splitlines()[0] == f"**Responsibility matrix: {markdown}**"
    assert table(rules)[0] == f"| {markdown} | {markdown} | desk | rule [clause] |"
    assert table(rules)[2] == f"| {markdown} | A |  | {markdown} [{markdown}] |"
    lines = draw_matrix(rules, form="html")
    assert f"<caption>Responsibility matrix: {html}</caption>" in lines
    assert f'<th scope="col">{html}</th><th scope="col">{html}</th>' in lines
    assert f"<tr><td>{html}</td><td>A</td><td></td><td>{html} [{html}]</td></tr>" in lines
    assert f"<p>Sources: “{html}”</p>" in lines


# --- what cannot be drawn -------------------------------------------------------------------


def grid(more: tuple[str, ...]) -> DutyRules:
    """Return rules of 20 by 25 cases that no two rows share, and of further ones."""
    rows = ChoiceField("row", options=(*(str(number) for number in range(20)), *more))
    columns = ChoiceField("column", options=tuple(str(number) for number in range(25)))
    found: list[TableRule[Duty | NoOwner]] = []
    for rule in range(25):
        cases = [rows.is_(str(row)) & columns.is_(str((row + rule) % 25)) for row in range(20)]
        first, *rest = cases
        when: Condition = first
        for other in rest:
            when |= other
        found.append(TableRule(f"rule {rule}", when, Duty(SALES)))
    return policy(*found, otherwise=Duty(DESK))


def test_five_hundred_rows_can_be_read() -> None:
    assert len(table(grid(()))) == 2 + 500


def test_more_than_five_hundred_rows_cannot_be_read() -> None:
    with pytest.raises(InputError) as fault:
        draw_matrix(grid(("other",)))
    assert str(fault.value) == (
        "a matrix of 501 rows; at most 500 can be read, "
        "so draw a part of the rules, or fewer days, at a time"
    )


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"policy": "rules"}, InputError, "policy is 'rules'; pass DutyRules"),
        ({"space": "all"}, InputError, "space is 'all'; pass Space"),
        ({"lang": "de"}, PolicyError, "lang 'de' is no named convention; "),
        ({"form": "pdf"}, PolicyError, "form 'pdf' is no named convention; "),
        (
            {"space": Space((WORK,), days=YEAR)},
            InputError,
            "the space leaves out 'urgent', which rules ask for; add the field to it",
        ),
        (
            {"space": Space((WORK, URGENT))},
            InputError,
            "rules are in force on certain days; pass days=Days.through(first, last) to the space",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    given: dict[str, object], error: type[Exception], message: str
) -> None:
    asked: dict[str, object] = {"policy": POLICY, "space": SPACE, **given}
    with pytest.raises(error) as fault:
        draw_matrix(asked.pop("policy"), asked.pop("space"), **asked)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("one", [ChoiceField("work", options=("care",)), TextField("work")])
def test_the_space_has_the_fields_of_the_rules(one: Field) -> None:
    with pytest.raises(InputError, match="use one field for both"):
        draw_matrix(policy(CARE), Space((one,)))
