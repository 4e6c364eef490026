"""Laws of authority, against a naive walk through the levels and every way to fill in facts."""

from collections.abc import Iterator
from itertools import product

import attrs
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import (
    agreed,
    conditions,
    facts,
    leaves_without_presence,
    naive,
    possible_values,
    sector,
    size,
)

from kamcore.facts import Combinable, Condition, Facts, Fields, as_condition
from kamcore.routing._authority import (
    Authority,
    AuthorityLevel,
    AuthorityVerdict,
    check_authority,
)
from kamcore.values import Label, Seat

FIELDS = (size, agreed, sector)
KNOWN = Fields(FIELDS)
SEATS = tuple(Seat(f"seat {number}", Label("seat", "岗位")) for number in range(4))


def of_levels(asked: list[Condition], *, top: bool) -> Authority:
    """Return an authority whose levels ask conditions; with `top` the highest asks nothing."""
    levels = [AuthorityLevel(seat, when) for seat, when in zip(SEATS, asked, strict=False)]
    if top:
        levels[-1] = AuthorityLevel(levels[-1].seat)
    return Authority(levels=tuple(levels))


def policies(asked: st.SearchStrategy[Condition]) -> st.SearchStrategy[Authority]:
    """Return authorities of one to four levels."""
    some = st.lists(asked, min_size=1, max_size=len(SEATS))
    return st.builds(of_levels, some, top=st.booleans())


def plain() -> st.SearchStrategy[Condition]:
    """Return conditions that never ask whether a fact is missing."""
    single = st.sampled_from(FIELDS).flatmap(leaves_without_presence).map(as_condition)
    return st.recursive(single, combined, max_leaves=4)


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """Return two conditions joined by "and" or by "or"."""
    return st.tuples(inner, inner, st.booleans()).map(
        lambda drawn: drawn[0] & drawn[1] if drawn[2] else drawn[0] | drawn[1]
    )


@st.composite
def conjunctions(draw: st.DrawFn) -> Condition:
    """Return conditions that ask each field at most once, so that each can be made to hold."""
    asked = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True))
    parts: list[Combinable] = [draw(leaves_without_presence(field)) for field in asked]
    whole = parts[0]
    for part in parts[1:]:
        whole &= part
    return as_condition(whole)


def filled(known: Facts) -> Iterator[Facts]:
    """Go through every way to fill in what is missing."""
    columns = [
        possible_values(field) if wire is None else (wire,)
        for field, wire in zip(known.fields, known.wires, strict=True)
    ]
    return (Facts(known.account, known.fields, wires) for wires in product(*columns))


def walked(known: Facts, policy: Authority, own: int) -> AuthorityVerdict:
    """Return the verdict with a missing fact failing whatever asks for it."""
    decides = [level.when is None or naive(level.when, known.values) for level in policy.levels]
    if any(decides[: own + 1]):
        return AuthorityVerdict("allowed")
    for level, holds in zip(policy.levels[own + 1 :], decides[own + 1 :], strict=True):
        if holds:
            return AuthorityVerdict("refer", level.seat)
    return AuthorityVerdict("nobody")


@given(policies(conditions(FIELDS)), facts(KNOWN, complete=True))
def test_the_verdict_is_that_of_a_walk_through_the_levels(policy: Authority, known: Facts) -> None:
    for own, level in enumerate(policy.levels):
        decision = check_authority(known, policy, seat=level.seat)
        assert decision.value == walked(known, policy, own)
        assert decision.missing == ()


@given(policies(conditions(FIELDS)), facts(KNOWN))
def test_a_higher_seat_may_do_all_that_a_lower_may(policy: Authority, known: Facts) -> None:
    allowed = [
        check_authority(known, policy, seat=level.seat).value_or(None)
        == AuthorityVerdict("allowed")
        for level in policy.levels
    ]
    assert allowed == sorted(allowed)


@given(policies(conditions(FIELDS)), facts(KNOWN))
def test_a_case_goes_to_the_nearest_higher_seat_that_may_decide_it(
    policy: Authority, known: Facts
) -> None:
    for own, level in enumerate(policy.levels):
        verdict = check_authority(known, policy, seat=level.seat).value_or(None)
        if verdict is None or verdict.to is None:
            continue
        place = policy.names.index(verdict.to.name)
        assert place > own
        for between in policy.levels[own + 1 : place]:
            passed = check_authority(known, policy, seat=between.seat).value
            assert passed == verdict
        above = check_authority(known, policy, seat=verdict.to).value
        assert above == AuthorityVerdict("allowed")


@given(policies(plain()), facts(KNOWN))
def test_a_decided_answer_holds_whatever_the_missing_facts_are(
    policy: Authority, known: Facts
) -> None:
    for own, level in enumerate(policy.levels):
        decision = check_authority(known, policy, seat=level.seat)
        if decision.decided:
            assert {walked(one, policy, own) for one in filled(known)} == {decision.value}


@given(policies(conjunctions()), facts(KNOWN))
def test_an_answer_is_open_exactly_where_a_missing_fact_could_change_it(
    policy: Authority, known: Facts
) -> None:
    for own, level in enumerate(policy.levels):
        decision = check_authority(known, policy, seat=level.seat)
        ways = {walked(one, policy, own) for one in filled(known)}
        assert decision.decided is (ways == {walked(known, policy, own)})
        assert bool(decision.missing) is not decision.decided


@given(policies(plain()), facts(KNOWN), facts(KNOWN, complete=True))
def test_the_facts_named_are_missing_and_enough_to_decide(
    policy: Authority, known: Facts, more: Facts
) -> None:
    for level in policy.levels:
        named = {fact.name for fact in check_authority(known, policy, seat=level.seat).missing}
        assert all(known.values[name] is None for name in named)
        wires = tuple((more if name in named else known).values[name] for name in KNOWN.names)
        supplied = attrs.evolve(known, wires=wires)
        assert check_authority(supplied, policy, seat=level.seat).decided
