"""Laws of the responsibility matrix, which is read back from the page and held against every case.

The page is read as a person does it: a row stands for a case if each of its cells does.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import agreed, owner, sector, size
from tests.property.facts._tables import Case, decide, every_case
from tests.property.routing._policies import SEATS, World, lies_in, worlds

from kamcore.facts import Wire
from kamcore.routing import Duty, DutyRules, Space, check_duties, draw_matrix
from kamcore.routing._matrix import _entries
from kamcore.values import Days, Seat
from kamcore.values._words import days_label

SHARED = Duty(SEATS[0], (SEATS[0], SEATS[1]), (SEATS[2],), (SEATS[1],), in_absence=SEATS[2])
PLAIN = (size, agreed, sector, owner)
DAYS = "days in force"
LETTERS = ("", "A", "R", "C", "I", "S")
ORDERS = {
    "<": int.__lt__,
    "≥": int.__ge__,
}


class Page(NamedTuple):
    """What stands on a page."""

    title: str
    head: list[str]
    rows: list[list[str]]
    notes: list[str]


# --- how a page is read -------------------------------------------------------------------------


def read_line(line: str) -> list[str]:
    """Return the cells of a line of a Markdown table, with their signs as they are read."""
    cells, text = [""], iter(line)
    for sign in text:
        if sign == "|":
            cells.append("")
        else:
            cells[-1] += next(text) if sign == "\\" else sign
    return [" ".join(unescape(cell).split()) for cell in cells[1:-1]]


def read_markdown(text: str) -> Page:
    """Return a page of Markdown."""
    title, _, *lines = text.splitlines()
    table = [read_line(line) for line in lines if line.startswith("|")]
    notes = [line for line in lines if line and not line.startswith("|")]
    assert table[1] == ["---"] * len(table[0])
    assert title[:2] == title[-2:] == "**"
    return Page(title[2:-2], table[0], table[2:], [read_line(f"|{note}|")[0] for note in notes])


class _Html(HTMLParser):
    """Collects the cells of a table, its caption, and what stands under it."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page("", [], [], [])
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - all the same
        """Open a row or a cell."""
        self.inside = tag
        if tag == "tr":
            self.page.rows.append([])
        if tag in {"td", "th"}:
            self.page.rows[-1].append("")
        if tag == "p":
            self.page.notes.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - all the same
        """Close it."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Take a text where it stands."""
        if self.inside == "caption":
            self.page = self.page._replace(title=self.page.title + data)
        if self.inside in {"td", "th"}:
            self.page.rows[-1][-1] += data
        if self.inside == "p":
            self.page.notes[-1] += data


def read_html(text: str) -> Page:
    """Return a page of HTML; only the space between words may differ from Markdown."""
    parser = _Html()
    parser.feed(text)
    parser.close()
    title, _, (head, *rows), notes = parser.page
    return Page(title, head, rows, [" ".join(note.split()) for note in notes])


def means(cell: str, value: Wire | None) -> bool:
    """Say whether a cell stands for a value."""
    return cell == "any" or any(_means(part, value) for part in cell.split(" or "))


def _means(part: str, value: Wire | None) -> bool:
    if part in {"missing", "known"}:
        return (value is None) == (part == "missing")
    if value is None:
        return False
    if isinstance(value, bool):
        return part == ("yes" if value else "no")
    if isinstance(value, int):
        return all(
            ORDERS[order](value, int(edge))
            for order, edge in (one.split(" ") for one in part.split(" and "))
        )
    negated = part.startswith("all but ")
    return (value in part.removeprefix("all but ").split(", ")) is not negated


def in_days(cell: str, day: date | None) -> bool:
    """Say whether a cell of the days stands for a day."""
    if cell == "any" or day is None:
        return cell == "any"
    first, last = (date.fromisoformat(one) for one in cell.removeprefix("from ").split(" to "))
    return first <= day <= last


# --- what is drawn ------------------------------------------------------------------------------


@st.composite
def sheets(draw: st.DrawFn, *, plain: bool = False) -> World:
    """Draw rules and a space, of facts whose cells can be read back or of all."""
    some = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3, unique=True).map(tuple)
    policy, space = draw(worlds(pool=draw(some) if plain else None))
    if policy.table.rules and policy.table.match != "most_specific":
        first, *rest = policy.table.rules
        policy = evolve(
            policy, table=evolve(policy.table, rules=(evolve(first, gives=SHARED), *rest))
        )
    return World(policy, space)


def cases_of(world: World) -> list[Case]:
    """Return one case of each kind."""
    space = world.space
    return every_case(
        world.policy.table.rules, space.fields, may_miss=space.may_miss, within=space.days
    )


def letters_of(row: list[str], policy: DutyRules) -> dict[Seat, str]:
    """Return what stands under each seat: the last columns but one."""
    seats = policy.seats
    return dict(zip(seats, row[len(row) - 1 - len(seats) : -1], strict=True))


def parts_of(policy: DutyRules, rule: int) -> dict[Seat, str]:
    """Return the letters of each seat for what a rule gives."""
    gives = policy.given_by(rule)
    if not isinstance(gives, Duty):
        return dict.fromkeys(policy.seats, "")
    parts = {
        "A": [gives.accountable],
        "R": [*gives.responsible],
        "C": [*gives.consulted],
        "I": [*gives.informed],
        "S": [gives.in_absence],
    }
    return {
        seat: " ".join(letter for letter, seats in parts.items() if seat in seats)
        for seat in policy.seats
    }


def clause_of(policy: DutyRules, rule: int) -> str:
    """Return how the last cell of a row names its rule."""
    named = isinstance(policy.given_by(rule), Duty)
    if rule < 0:
        return "default" if named else "nobody"
    return ("" if named else "nobody · ") + policy.table.rules[rule].name


def facts_of(page: Page, policy: DutyRules) -> list[str]:
    """Return the names of the columns before the seats."""
    return page.head[: len(page.head) - 1 - len(policy.seats)]


def rows_for(page: Page, policy: DutyRules, case: Case) -> Iterator[list[str]]:
    """Return the rows that stand for a case."""
    for row in page.rows:
        cells = dict(zip(facts_of(page, policy), row, strict=False))
        known = [means(cells[name], wire) for name, wire in case.values.items() if name in cells]
        if all(known) and (DAYS not in cells or in_days(cells[DAYS], case.day)):
            yield row


# --- laws ---------------------------------------------------------------------------------------


@given(sheets(plain=True))
def test_every_case_stands_in_exactly_one_row_with_its_rule_and_its_letters(world: World) -> None:
    policy, space = world
    page = read_markdown(draw_matrix(policy, space))
    for case in cases_of(world):
        rule = decide(policy.table, case)
        (row,) = rows_for(page, policy, case)
        assert row[-1] == clause_of(policy, rule)
        assert letters_of(row, policy) == parts_of(policy, rule)


@given(sheets())
def test_the_rows_are_boxes_that_hold_every_case_once(world: World) -> None:
    policy, space = world
    page = read_markdown(draw_matrix(policy, space))
    entries = _entries(policy, space)
    assert len(page.rows) == len(entries)
    for case in cases_of(world):
        ((box, rule),) = [entry for entry in entries if lies_in(case, entry[0])]
        assert rule == decide(policy.table, case)
        row = page.rows[entries.index((box, rule))]
        assert row[-1] == clause_of(policy, rule)
    assert sum(box.cells for box, _ in entries) == check_duties(policy, space).value.cells


@given(sheets())
def test_an_owned_row_has_one_seat_that_is_accountable_and_any_other_has_none(
    world: World,
) -> None:
    policy, space = world
    page = read_markdown(draw_matrix(policy, space))
    for row in page.rows:
        letters = letters_of(row, policy)
        owners = [seat for seat, cell in letters.items() if "A" in cell.split()]
        assert len(owners) == (not row[-1].startswith("nobody"))
        assert {one for cell in letters.values() for one in cell.split(" ")} <= {*LETTERS}
        assert owners or not "".join(letters.values())


@given(sheets())
def test_a_page_has_the_columns_that_its_rows_differ_in(world: World) -> None:
    policy, space = world
    page = read_markdown(draw_matrix(policy, space))
    facts = facts_of(page, policy)
    names = [*(one.label.en for one in space.fields), DAYS]
    assert facts == [name for name in names if name in facts]
    for number in range(len(facts)):
        assert any(row[number] != "any" for row in page.rows)
    assert len({tuple(row[: len(facts)]) for row in page.rows}) == len(page.rows)
    assert page.head[len(facts) :] == [*(seat.label.en for seat in policy.seats), "rule [clause]"]


@given(sheets())
def test_both_forms_hold_the_same_page(world: World) -> None:
    for lang in ("en", "zh"):
        markdown = draw_matrix(*world, lang=lang, form="markdown")
        html = draw_matrix(*world, lang=lang, form="html")
        assert read_markdown(markdown) == read_html(html)


@given(sheets())
def test_both_languages_have_the_same_rows_and_letters(world: World) -> None:
    en, zh = (read_markdown(draw_matrix(*world, lang=lang)) for lang in ("en", "zh"))
    seats = len(world.policy.seats)
    assert (len(en.head), len(en.rows), len(en.notes)) == (
        len(zh.head),
        len(zh.rows),
        len(zh.notes),
    )
    for one, other in zip(en.rows, zh.rows, strict=True):
        assert one[-1 - seats : -1] == other[-1 - seats : -1]
        assert [cell == "any" for cell in one] == [cell == "不限" for cell in other]


@given(sheets())
def test_under_the_table_stand_the_whole_proof_and_the_version(world: World) -> None:
    policy, space = world
    _, *proof, version, signed = read_markdown(draw_matrix(policy, space)).notes
    found = check_duties(policy, space)
    said = [reason.text("en") for reason in (*found.reasons, *found.assumed)]
    if policy.table.dated:
        assert space.days is not None
        said.append(f"days in force: {days_label(space.days).en}")
    assert proof == [" ".join(line.split()) for line in said]
    assert version == f"version {policy.fingerprint}"
    assert signed.startswith("approved by:")


@given(sheets(plain=True))
def test_a_fact_that_no_rule_asks_for_adds_no_row(world: World) -> None:
    policy, space = world
    asked = policy.fields.names
    missing = tuple(name for name in space.may_miss if name in asked)
    alone = Space(policy.fields, may_miss=missing, days=space.days)
    wide, narrow = (read_markdown(draw_matrix(policy, one)) for one in (space, alone))
    assert (wide.head, wide.rows) == (narrow.head, narrow.rows)


@given(sheets(), st.integers(1, 9))
def test_fewer_days_never_take_more_rows(world: World, days: int) -> None:
    policy, space = world
    assert space.days is not None
    end = min(space.days.end, space.days.start + timedelta(days=days))
    fewer = evolve(space, days=Days(space.days.start, end))
    rows = [len(_entries(policy, one)) for one in (fewer, space)]
    assert rows == sorted(rows)
