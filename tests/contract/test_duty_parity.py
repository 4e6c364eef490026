"""Who answers, who decides and who may see: kamcore row by row, and expressions over a frame.

The expressions come from `_duty_frames`, the books from `_books`.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.company import MANAGERS
from tests.contract import _duties as company
from tests.contract import _duty_frames as duty_frames
from tests.contract import _frames as frames
from tests.contract._books import (
    Book,
    answers,
    books,
    every_case,
    marks_of_condition,
    rows_of,
)
from tests.contract._duty_frames import NOBODY
from tests.promises import SHANGHAI
from tests.property.facts import _strategies as rule_world

from kamcore.errors import PolicyError
from kamcore.facts import Condition, Field, FlagField, RuleTable, TableRule
from kamcore.presets import basic_service, hundred_points, power_utility, vip_service
from kamcore.routing import (
    AccessRules,
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Grant,
    NoOwner,
    Person,
    check_access,
    check_authority,
    route_work,
)
from kamcore.values import Days, Label, Seat

Rule = TableRule[Duty | NoOwner]
SEATS = tuple(Seat(name, Label(name, name)) for name in ("desk", "head", "director"))
GIVES: tuple[Duty | NoOwner, ...] = (*map(Duty, SEATS), NoOwner())
FIRST = date(2026, 10, 1)
DAYS = tuple(FIRST + timedelta(days=number) for number in range(6))

# --- duties -----------------------------------------------------------------------------------


def seat_of(answer: Duty | NoOwner | None) -> str | None:
    """Return who is accountable, or NOBODY; None where it is undecided."""
    if answer is None:
        return None
    return answer.accountable.name if isinstance(answer, Duty) else NOBODY


def assert_same_seats(book: Book, policy: DutyRules, on: date | None = None) -> set[object]:
    """Compare the rule that wins and the accountable seat for every row."""
    frame = frames.frame_of(book, policy.fields)
    winners = [policy.table.winner(facts, on) for facts in book]
    assert answers(frame, frames.winner_of(policy.table, on)) == [
        None if winner == -1 else policy.table.rules[winner].name for winner in winners
    ]
    found = answers(frame, duty_frames.seat_by(policy, on))
    decisions = [route_work(facts, policy, on=on) for facts in book]
    assert found == [seat_of(decision.value_or(None)) for decision in decisions]
    return set(found)


@st.composite
def spans(draw: st.DrawFn) -> Days | None:
    """Return no days, or some that begin and end within a week."""
    first, last = sorted(draw(st.sampled_from(DAYS[1:-1])) for _ in range(2))
    return draw(st.sampled_from((None, Days.through(first, last))))


@st.composite
def tables(draw: st.DrawFn) -> RuleTable[Duty | NoOwner]:
    """Return up to five rules of any kind of match; those that would contradict are left out."""
    match = draw(st.sampled_from(("first", "last", "most_specific")))
    dimensions: tuple[Field, ...] = ()
    if match == "most_specific":
        dimensions = tuple(draw(st.permutations(rule_world.ALL_FIELDS)))
    table: RuleTable[Duty | NoOwner] = RuleTable(rules=(), match=match, dimensions=dimensions)  # type: ignore[arg-type]  # a Literal
    for number in range(draw(st.integers(0, 5))):
        when = draw(st.none() | rule_world.conditions())
        days = draw(spans())
        rule: Rule = TableRule(f"{number}", when, draw(st.sampled_from(GIVES)), in_force=days)
        with suppress(PolicyError):
            table = attrs.evolve(table, rules=(*table.rules, rule))
    return table


@given(st.data(), tables(), st.none() | st.sampled_from(SEATS), st.sampled_from(DAYS))
def test_random_duties_have_the_same_accountable_seat(
    data: st.DataObject, table: RuleTable[Duty | NoOwner], otherwise: Seat | None, on: date
) -> None:
    policy = DutyRules(table=table, otherwise=None if otherwise is None else Duty(otherwise))
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    assert_same_seats(book, policy, on)


def marks(conditions: list[Condition | None]) -> list[tuple[str, list[bool | int | str]]]:
    """Return the facts at and beside the edges of some conditions."""
    return [mark for one in conditions if one is not None for mark in marks_of_condition(one)]


IMPORTANT, CRITICAL = FlagField("important"), FlagField("critical")
PUBLISHED: dict[str, tuple[DutyRules, set[str | None]]] = {
    "first, by default": (company.DUTIES, {"desk", "manager", "head", NOBODY}),
    "first": (
        attrs.evolve(company.DUTIES, otherwise=None),
        {"desk", "manager", NOBODY, None},
    ),
    "last": (company.LAST, {"desk", "manager", NOBODY}),
    "most specific": (company.SPECIFIC, {"desk", "head", "director", NOBODY, None}),
    "S3-P08": (
        hundred_points.duties(account_managers=MANAGERS),
        {"marketing", *(seat.name for seat in MANAGERS.values()), None},
    ),
    "S0": (
        power_utility.duties(critical=CRITICAL, important=IMPORTANT),
        {
            *("service_centre", "company_manager", "regional_manager", "planning_group"),
            *(NOBODY, None),
        },
    ),
    "S1": (
        vip_service.duties(contacts=SEATS[2:]),
        {"desk", "applying_department", NOBODY, None},
    ),
    "S3-P11": (basic_service.duties(important=IMPORTANT), {"manager", NOBODY, None}),
}


@pytest.mark.parametrize(("policy", "seats"), PUBLISHED.values(), ids=PUBLISHED)
def test_duties_have_the_same_accountable_seat_in_every_case(
    policy: DutyRules, seats: set[str | None]
) -> None:
    """All facts at and beside the edges, missing ones included; every kind of answer is met."""
    book = every_case(policy.fields, marks([rule.when for rule in policy.table.rules]))
    days = (date(2026, 9, 30), date(2026, 10, 1)) if policy.table.dated else (None,)
    met = set[object]().union(*(assert_same_seats(book, policy, on) for on in days))
    assert seats <= met


@pytest.mark.parametrize(
    ("day", "seat"),
    [
        (date(2026, 9, 30), "manager"),
        (date(2026, 10, 1), "desk"),
        (date(2026, 10, 7), "desk"),
        (date(2026, 10, 8), "manager"),
    ],
)
def test_a_rule_wins_on_its_days_only(day: date, seat: str) -> None:
    """The frames that are compared do differ by day."""
    book = (company.case(work="call"),)
    frame = frames.frame_of(book, company.EVERYTHING)
    assert answers(frame, duty_frames.seat_by(company.DUTIES, day)) == [seat]


# --- authority --------------------------------------------------------------------------------

AT = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)


def assert_same_authority(book: Book, policy: Authority) -> set[object]:
    """Compare the verdict for every seat and every row."""
    frame = frames.frame_of(book, policy.fields)
    met: set[object] = set()
    for seat in policy.names:
        found = answers(frame, duty_frames.authority_by(policy, seat))
        decisions = [check_authority(facts, policy, seat=seat, at=AT) for facts in book]
        verdicts = [decision.value_or(None) for decision in decisions]
        assert found == [
            None if one is None else f"{one.outcome} {one.to.name if one.to else ''}".strip()
            for one in verdicts
        ]
        met.update(found)
    return met


@given(st.data(), st.lists(rule_world.conditions(), min_size=1, max_size=3), st.booleans())
def test_random_authorities_give_the_same_verdict(
    data: st.DataObject, whens: list[Condition], everything: bool
) -> None:
    given_: list[Condition | None] = [*whens[:-1], None] if everything else [*whens]
    levels = tuple(AuthorityLevel(seat, when) for seat, when in zip(SEATS, given_, strict=False))
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    assert_same_authority(book, Authority(levels=levels))


def test_an_authority_gives_the_same_verdict_in_every_case() -> None:
    policy = company.AUTHORITY
    book = every_case(policy.fields, marks([level.when for level in policy.levels]))
    assert assert_same_authority(book, policy) == {
        *("allowed", "refer head", "refer director", "nobody", None)
    }


# --- access -----------------------------------------------------------------------------------

REACHES = ("all", "unit", "unit_and_below", "own")
UNITS = company.UNIT.names


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """Return a grant of any reach to one of two roles, for one of two acts."""
    role, act = draw(st.sampled_from(("desk", "head"))), draw(st.sampled_from(("see", "export")))
    if draw(st.booleans()):
        return Grant(role, draw(st.sampled_from(REACHES)), act)
    units = draw(st.lists(st.sampled_from(UNITS), max_size=2, unique=True))
    accounts = draw(st.lists(st.sampled_from(("K1", "K2")), min_size=not units, unique=True))
    return Grant(role, "listed", act, tuple(units), tuple(accounts))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Return somebody of any unit or none, with some roles, who may have left."""
    return Person(
        draw(st.sampled_from(("li", "wang"))),
        unit=draw(st.none() | st.sampled_from(UNITS)),
        roles=tuple(draw(st.lists(st.sampled_from(("desk", "head")), unique=True))),
        active=draw(st.sampled_from((True, True, True, False))),
    )


ACCOUNTS: Book = tuple(
    attrs.evolve(facts, account=account)
    for account in ("K1", "K3")
    for facts in every_case(
        company.ACCESS.fields, [(company.MANAGER.name, ["li", "wang", "another"])]
    )
)


@given(st.lists(grants(), max_size=3), people(), st.sampled_from(("see", "export", "delete")))
def test_random_grants_open_the_same_accounts(
    given_: list[Grant], person: Person, act: str
) -> None:
    policy = AccessRules(grants=tuple(given_), unit=company.UNIT, manager=company.MANAGER)
    assert_same_access(policy, person, act)


def assert_same_access(policy: AccessRules, person: Person, act: str) -> set[object]:
    """Compare the verdict for every account."""
    frame = frames.frame_of(ACCOUNTS, policy.fields)
    found = answers(frame, duty_frames.access_by(policy, person, act))
    assert found == [
        check_access(facts, policy, person=person, act=act).value.outcome for facts in ACCOUNTS
    ]
    return set(found)


@pytest.mark.parametrize("person", company.STAFF.people, ids=lambda person: person.name)
def test_grants_open_the_same_accounts_in_every_case(person: Person) -> None:
    acts = ("see", "export", "change")
    met = [assert_same_access(company.ACCESS, person, act) for act in acts]
    assert {"refused"} in met
    assert ({"allowed", "refused"} in met) is (person.name in {"li", "wang"})
