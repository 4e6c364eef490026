"""Laws of access, against a naive reading of the grants; a refusal tells nothing of an account."""

from typing import Literal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kamcore.facts import Facts, Node, TextField, TreeField
from kamcore.routing._access import AccessRules, AccessVerdict, Grant, check_access
from kamcore.routing._staff import Person
from kamcore.values import Label

PARENTS = {"hq": None, "north": "hq", "north 1": "north", "south": "hq"}
UNIT = TreeField("unit", nodes=tuple(Node(name, under) for name, under in PARENTS.items()))
MANAGER = TextField("manager")
ROLES, ACTS, IDS, NAMES = ("clerk", "boss"), ("see", "export"), ("K1", "K2"), ("li", "wu")
EMPTY = AccessRules(grants=(), unit=UNIT, manager=MANAGER)
UNITS = st.sampled_from(tuple(PARENTS))
ANY_ID, ONE_ID = st.sampled_from(IDS), st.just("K1")


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """Draw a grant of any reach."""
    reaches: tuple[Literal["all", "unit", "unit_and_below", "listed", "own"], ...] = (
        *("all", "unit", "unit_and_below"),
        *("listed", "own"),
    )
    role, act = draw(st.sampled_from(ROLES)), draw(st.sampled_from(ACTS))
    reach = draw(st.sampled_from(reaches))
    if reach != "listed":
        return Grant(role, reach, act)
    units = tuple(draw(st.lists(UNITS, max_size=2, unique=True)))
    accounts = tuple(draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True)))
    return Grant(role, reach, act, units, accounts if units or accounts else ("K1",))


def rules() -> st.SearchStrategy[AccessRules]:
    """Return rules of up to four grants."""
    some = st.lists(grants(), max_size=4)
    return some.map(lambda one: attrs.evolve(EMPTY, grants=tuple(one)))


def accounts(id_: st.SearchStrategy[str] = ANY_ID) -> st.SearchStrategy[Facts]:
    """Return facts of an account, each missing now and then."""
    wires = st.tuples(st.none() | UNITS, st.none() | st.sampled_from(NAMES))
    return st.builds(Facts, id_, st.just(EMPTY.fields), wires)


PEOPLE = st.builds(
    Person,
    st.sampled_from(NAMES),
    unit=st.none() | UNITS,
    roles=st.lists(st.sampled_from(ROLES), unique=True).map(tuple),
    active=st.sampled_from((True, True, True, False)),
)
ACT = st.sampled_from((*ACTS, "exprt"))


def above(unit: str | None) -> set[str]:
    """Return a unit and all above it."""
    found: set[str] = set()
    while unit is not None:
        found.add(unit)
        unit = PARENTS[unit]
    return found


def reaches(grant: Grant, known: Facts, person: Person) -> bool:
    """Say whether a grant reaches an account: the words of the grant, written out again."""
    unit, manager = known["unit"], known["manager"]
    path = above(None if unit is None else str(unit))
    return {
        "all": True,
        "unit": unit is not None and unit == person.unit,
        "unit_and_below": person.unit in path,
        "listed": known.account in grant.accounts or bool(path & set(grant.units)),
        "own": manager == person.name,
    }[grant.reach]


def outcome(known: Facts, policy: AccessRules, person: Person, act: str = "see") -> str:
    """Return the outcome of a question."""
    return check_access(known, policy, person=person, act=act).value.outcome


@given(accounts(), rules(), PEOPLE, ACT)
def test_the_first_grant_of_the_askers_roles_that_reaches_the_account_allows_it(
    known: Facts, policy: AccessRules, person: Person, act: str
) -> None:
    found = [
        grant
        for grant in policy.grants
        if person.active
        and grant.role in person.roles
        and grant.act == act
        and reaches(grant, known, person)
    ]
    expected = AccessVerdict("allowed", found[0]) if found else AccessVerdict("refused")
    assert check_access(known, policy, person=person, act=act).value == expected


@given(accounts(), PEOPLE)
def test_unit_implies_unit_and_below_implies_all(known: Facts, person: Person) -> None:
    widening: tuple[Literal["unit", "unit_and_below", "all"], ...] = (
        *("unit", "unit_and_below"),
        "all",
    )
    allowed = [
        outcome(known, attrs.evolve(EMPTY, grants=(Grant("clerk", reach),)), person) == "allowed"
        for reach in widening
    ]
    assert allowed == sorted(allowed)


@given(accounts(), rules(), PEOPLE, ACT)
def test_removing_a_grant_never_allows_more(
    known: Facts, policy: AccessRules, person: Person, act: str
) -> None:
    before = outcome(known, policy, person, act)
    for place in range(len(policy.grants)):
        left = (*policy.grants[:place], *policy.grants[place + 1 :])
        after = outcome(known, attrs.evolve(policy, grants=left), person, act)
        assert after == "refused" or before == "allowed"


@given(accounts(), rules(), PEOPLE)
def test_the_order_of_grants_never_changes_whether_it_is_allowed(
    known: Facts, policy: AccessRules, person: Person
) -> None:
    turned = attrs.evolve(policy, grants=policy.grants[::-1])
    assert outcome(known, turned, person) == outcome(known, policy, person)


@given(accounts(), accounts(), rules(), PEOPLE)
def test_a_missing_fact_never_grants(
    known: Facts, more: Facts, policy: AccessRules, person: Person
) -> None:
    pairs = zip(known.wires, more.wires, strict=True)
    filled = attrs.evolve(known, wires=tuple(other if one is None else one for one, other in pairs))
    assert (
        outcome(known, policy, person) == "refused" or outcome(filled, policy, person) == "allowed"
    )


@given(accounts(ONE_ID), accounts(ONE_ID), rules(), PEOPLE, ACT)
def test_a_refusal_reads_the_same_whatever_the_account(
    one: Facts, other: Facts, policy: AccessRules, person: Person, act: str
) -> None:
    answers = [check_access(facts, policy, person=person, act=act) for facts in (one, other)]
    if all(answer.value.outcome == "refused" for answer in answers):
        first, second = answers
        assert first == second
        assert first.missing == second.missing == ()
        assert (first.explain("en"), first.explain("zh")) == (
            second.explain("en"),
            second.explain("zh"),
        )


@given(accounts(), rules(), PEOPLE, ACT)
def test_a_refusal_speaks_of_the_asker_the_account_and_the_act_alone(
    known: Facts, policy: AccessRules, person: Person, act: str
) -> None:
    decision = check_access(known, policy, person=person, act=act)
    assert decision.missing == ()
    if decision.value.outcome == "allowed":
        return
    roles = [f"“{role}”" for role in person.roles]
    none = Label("none", "无")
    asked = Label("see", "查看") if act == "see" else Label(f"“{act}”", f"“{act}”")
    may_say: dict[str, set[object]] = {
        "person": {person.label},
        "roles": {Label(", ".join(roles), "、".join(roles)) if roles else none},
        "unit": {none if person.unit is None else Label(person.unit, person.unit)},
        "account": {Label(f"account {known.account}", f"客户 {known.account} ")},
        "act": {asked, act},
    }
    for reason in (*decision.reasons, *decision.assumed):
        assert reason.source is None
        for name, value in reason.params:
            assert value in may_say[name]
