"""Laws of the audit: whatever it says of a policy is what a walk through every case finds."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.facts._strategies import naive
from tests.property.facts._tables import ANY_OTHER, Case, alternatives, holds
from tests.property.routing._policies import MENDED, Walked, World, lies_in, witness_of, worlds

from kamcore.errors import InputError, PolicyError
from kamcore.facts import TableRule
from kamcore.facts._boxes import case_label
from kamcore.routing import Duty, NoOwner, Space, check_duties, route_work
from kamcore.values import Days

ANY = worlds()
ORDERED = worlds(matches=("first", "last"))


# --- gaps -----------------------------------------------------------------------------------------


@given(ANY)
def test_every_case_is_counted_once(world: World) -> None:
    walked = Walked(world)
    audit = walked.audit
    assert audit.cells == len(walked.cases)
    assert audit.without_owner == len(walked.unowned)
    defaulted = len(walked.where(-1)) if world.policy.otherwise is not None else 0
    assert audit.by_default == defaulted


@given(ANY)
def test_a_policy_is_complete_exactly_if_no_case_is_without_owner(world: World) -> None:
    walked = Walked(world)
    assert walked.audit.complete == (walked.unowned == [])


@given(ANY)
def test_the_gaps_are_exactly_the_cases_that_nobody_covers(world: World) -> None:
    walked = Walked(world)
    uncovered = walked.where(-1) if world.policy.otherwise is None else []
    for case in walked.cases:
        assert sum(lies_in(case, box) for box in walked.audit.gaps) == (case in uncovered)
    for box in walked.audit.gaps:
        assert box.cells == sum(lies_in(case, box) for case in walked.cases)


@given(ANY)
def test_what_a_rule_leaves_unowned_are_the_cases_in_which_it_wins(world: World) -> None:
    walked = Walked(world)
    rules = world.policy.table.rules
    silent = [number for number, rule in enumerate(rules) if isinstance(rule.gives, NoOwner)]
    expected = [number for number in silent if walked.where(number)]
    assert [one.rule for one in walked.audit.unowned] == [rules[n].name for n in expected]
    for number, one in zip(expected, walked.audit.unowned, strict=True):
        won = walked.where(number)
        assert one.cells == len(won)
        for case in walked.cases:
            assert sum(lies_in(case, box) for box in one.boxes) == (case in won)


@given(ANY)
def test_the_case_that_a_box_shows_lies_in_it_and_has_no_owner(world: World) -> None:
    audit = Walked(world).audit
    for box in (*audit.gaps, *(box for one in audit.unowned for box in one.boxes)):
        assert lies_in(witness_of(box), box)
        answer = route_work(box.witness, world.policy, on=box.witness_day)
        assert isinstance(answer.value_or(NoOwner()), NoOwner)


@given(ANY)
def test_a_rule_for_each_gap_closes_them_all(world: World) -> None:
    gaps = Walked(world).audit.gaps
    mends = tuple(
        TableRule(f"mend {number}", box.when, MENDED, in_force=box.days)
        for number, box in enumerate(gaps)
    )
    table = world.policy.table
    try:
        mended = evolve(table, rules=(*table.rules, *mends))
    except PolicyError:  # of equal rank with a rule beyond the space
        assume(table.match != "most_specific")
        raise
    again = Walked(World(evolve(world.policy, table=mended), world.space))
    assert again.audit.gaps == ()
    assert again.answers == [
        MENDED if answer is None else answer for answer in Walked(world).answers
    ]
    names = {one.rule for one in again.audit.witnesses}
    assert names >= {rule.name for rule in mends}


# --- rules that could go --------------------------------------------------------------------------


@given(ANY)
def test_a_dead_rule_is_one_that_never_wins(world: World) -> None:
    walked = Walked(world)
    rules = world.policy.table.rules
    dead = [rule.name for number, rule in enumerate(rules) if number not in walked.winners]
    assert [one.rule for one in walked.audit.dead] == dead


@given(ANY)
def test_a_dead_rule_is_hidden_by_the_rules_that_win_where_it_holds(world: World) -> None:
    walked = Walked(world)
    numbers = {rule.name: number for number, rule in enumerate(world.policy.table.rules)}
    for one in walked.audit.dead:
        hiding = set(walked.holding(numbers[one.rule]))
        assert set(one.hidden_by) == walked.names(hiding)
        assert [numbers[name] for name in one.hidden_by] == sorted(hiding)


@given(ANY)
def test_without_a_dead_or_redundant_rule_every_answer_stays(world: World) -> None:
    walked = Walked(world)
    for one in (*walked.audit.dead, *walked.audit.redundant):
        assert walked.answers_without(one.rule) == walked.answers


@given(ANY)
def test_without_a_rule_that_is_neither_some_answer_changes(world: World) -> None:
    walked = Walked(world)
    idle = {one.rule for one in (*walked.audit.dead, *walked.audit.redundant)}
    for rule in world.policy.table.rules:
        silent = rule.gives == NoOwner()  # it tells a choice from a gap, and gives as little
        if rule.name not in idle and not silent:
            assert walked.answers_without(rule.name) != walked.answers


@given(ANY)
def test_a_redundant_rule_is_covered_by_those_that_come_next_where_it_wins(world: World) -> None:
    walked = Walked(world)
    numbers = {rule.name: number for number, rule in enumerate(world.policy.table.rules)}
    for one in walked.audit.redundant:
        assert walked.where(numbers[one.rule])
        assert set(one.covered_by) == walked.runners_up(numbers[one.rule])
        places = [numbers[name] for name in one.covered_by]
        assert places == sorted(set(places))


@given(ANY)
def test_each_rule_that_wins_has_a_witness(world: World) -> None:
    walked = Walked(world)
    rules = world.policy.table.rules
    live = [rule.name for number, rule in enumerate(rules) if number in walked.winners]
    assert [one.rule for one in walked.audit.witnesses] == live
    for one in walked.audit.witnesses:
        inside = [case for case in walked.cases if lies_in(case, one.box)]
        number = next(n for n, rule in enumerate(rules) if rule.name == one.rule)
        assert 0 < len(inside) == one.box.cells
        assert all(case in walked.where(number) for case in inside)
        shown = witness_of(one.box)
        assert lies_in(shown, one.box)
        answer = route_work(one.box.witness, world.policy, on=one.box.witness_day)
        assert answer.value == rules[number].gives
        assert world.policy.table.winner(one.box.witness, shown.day) == number


# --- order alone ----------------------------------------------------------------------------------

Rule = TableRule[Duty | NoOwner]
Places = frozenset[int]


def places_of(rule: Rule, cases: list[Case]) -> list[Places]:
    """Return for each alternative of a rule where it holds, if it does so anywhere."""
    found = [
        frozenset(
            place
            for place, case in enumerate(cases)
            if holds(rule, case) and all(naive(leaf, case.values) for leaf in row)
        )
        for row in alternatives(rule.when)
    ]
    return [places for places in found if places]


def within(one: list[Places], other: list[Places]) -> bool:
    """Say whether each alternative lies within one of the others."""
    return all(any(left <= right for right in other) for left in one)


def collisions(walked: Walked) -> dict[tuple[str, str], list[Case]]:
    """Return where the order alone decides between two rules: the one wins and the other holds."""
    table = walked.policy.table
    numbers = range(len(table.rules)) if table.match == "first" else range(len(table.rules))[::-1]
    places = {number: places_of(table.rules[number], walked.cases) for number in numbers}
    found: dict[tuple[str, str], list[Case]] = {}
    for number, rival in combinations(numbers, 2):
        one, other = table.rules[number], table.rules[rival]
        shared = [case for case in walked.where(number) if holds(other, case)]
        nested = within(places[number], places[rival]) or within(places[rival], places[number])
        if shared and walked.where(rival) and one.gives != other.gives and not nested:
            found[one.name, other.name] = shared
    return found


@given(ORDERED)
def test_overlaps_are_the_pairs_between_which_order_decides_unless_one_lies_in_the_other(
    world: World,
) -> None:
    walked = Walked(world)
    found = [(one.rule, one.other) for one in walked.audit.overlaps]
    assert found == list(collisions(walked))


@given(ORDERED)
def test_in_the_case_of_an_overlap_one_rule_wins_and_the_other_holds(world: World) -> None:
    walked = Walked(world)
    expected = collisions(walked)
    for one in walked.audit.overlaps:
        cases = expected[one.rule, one.other]
        assert one.case in {case_label(world.policy.fields, case.values) for case in cases}


@given(worlds(matches=("most_specific",)))
def test_nothing_is_decided_by_order_alone_where_the_most_specific_wins(world: World) -> None:
    assert Walked(world).audit.overlaps == ()


@given(ORDERED)
def test_rules_turned_round_say_the_same_if_the_last_wins_instead_of_the_first(
    world: World,
) -> None:
    table = world.policy.table
    other = {"first": "last", "last": "first"}[table.match]
    turned = evolve(table, rules=table.rules[::-1], match=other)
    one = Walked(world).audit
    two = Walked(World(evolve(world.policy, table=turned), world.space)).audit
    assert (one.cells, one.without_owner, one.by_default) == (
        two.cells,
        two.without_owner,
        two.by_default,
    )
    assert {found.rule: {*found.hidden_by} for found in one.dead} == {
        found.rule: {*found.hidden_by} for found in two.dead
    }
    assert {found.rule: {*found.covered_by} for found in one.redundant} == {
        found.rule: {*found.covered_by} for found in two.redundant
    }
    assert {(found.rule, found.other) for found in one.overlaps} == {
        (found.rule, found.other) for found in two.overlaps
    }


# --- the space ------------------------------------------------------------------------------------


@given(ANY)
def test_without_a_space_nothing_is_missing_and_the_rules_alone_say_what_is_asked(
    world: World,
) -> None:
    assume(not world.policy.table.dated)
    alone = check_duties(world.policy)
    stated = check_duties(world.policy, Space(world.policy.fields))
    assert alone == stated
    assert all(None not in one.box.witness.wires for one in alone.value.witnesses)


@given(ANY)
def test_a_fact_that_may_be_missing_has_one_value_more(world: World) -> None:
    plain = Walked(World(world.policy, evolve(world.space, may_miss=())))
    for name in world.space.fields.names:
        space = evolve(world.space, may_miss=(name,))
        added = check_duties(world.policy, space).value.cells - plain.audit.cells
        assert added * len({case.values[name] for case in plain.cases}) == plain.audit.cells


@given(worlds(dated=True))
def test_rules_with_days_are_audited_over_days(world: World) -> None:
    assume(world.policy.table.dated)
    for space in (None, evolve(world.space, days=None)):
        with pytest.raises(InputError, match="pass days="):
            check_duties(world.policy, space)


@given(worlds(dated=True), st.data())
def test_an_audit_of_one_day_is_that_of_the_rules_in_force(
    world: World, data: st.DataObject
) -> None:
    assert world.space.days is not None
    day = data.draw(st.sampled_from(list(world.space.days)))
    table = world.policy.table
    alive = tuple(
        evolve(rule, in_force=None)
        for rule in table.rules
        if rule.in_force is None or day in rule.in_force
    )
    rest = evolve(world.policy, table=evolve(table, rules=alive))
    one = check_duties(world.policy, evolve(world.space, days=Days.through(day, day))).value
    two = check_duties(rest, evolve(world.space, days=None)).value
    names = {rule.name for rule in alive}
    assert one.complete == two.complete
    assert [found.rule for found in one.witnesses] == [found.rule for found in two.witnesses]
    assert [found for found in one.dead if found.rule in names] == list(two.dead)
    assert {found.rule for found in one.dead} - names == {
        rule.name for rule in table.rules if rule.name not in names
    }
    assert one.redundant == two.redundant
    assert {found.witness_day for found in one.gaps} <= {day, None}


@given(ANY)
def test_an_audit_says_its_first_finding_first_in_both_languages(world: World) -> None:
    decision = check_duties(*world)
    audit = decision.value
    first = decision.reasons[0]
    if audit.complete:
        assert first.rule.id == "routing.complete"
        assert f"({audit.cells:,} case" in first.text("en")
    else:
        assert first.rule.id == "routing.incomplete"
        assert f"in {audit.without_owner:,} of {audit.cells:,} case" in first.text("en")
    for lang in ("en", "zh"):
        assert ANY_OTHER not in decision.explain(lang)
