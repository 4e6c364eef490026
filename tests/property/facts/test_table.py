"""Laws of rule tables: the bit masks give what a plain scan over the rules gives."""

from itertools import combinations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import (
    ALL_FIELDS,
    EVERYTHING,
    agreed,
    conditions,
    every_case,
    facts,
    independent_rows,
    naive,
    owner,
    region,
    sales,
    sector,
    size,
)

from kamcore.errors import PolicyError
from kamcore.facts import (
    Combinable,
    Condition,
    Facts,
    Field,
    Fields,
    Leaf,
    RuleTable,
    TableRule,
    Under,
)

FEW = (size, agreed, sector, region)
EVERYTHING_FEW = Fields(FEW)


def first_match(conditions_: list[Condition | None]) -> RuleTable[int]:
    """Return a first-match table whose rules give their place."""
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {place}", when, place) for place, when in enumerate(conditions_)
        )
    )


def scan(table: RuleTable[int], given_: Facts) -> int:
    """Return the first rule that holds, or -1, by asking each."""
    for place, rule in enumerate(table.rules):
        if rule.when is None or naive(rule.when, given_.values):
            return place
    return -1


def tables(
    whens: st.SearchStrategy[Condition | None], most: int = 6
) -> st.SearchStrategy[RuleTable[int]]:
    """Return first-match tables."""
    return st.lists(whens, max_size=most).map(first_match)


ANY_TABLE = tables(st.none() | conditions())


# --- first match ------------------------------------------------------------------------------


@given(ANY_TABLE, facts())
def test_the_winner_is_the_first_rule_that_holds(table: RuleTable[int], given_: Facts) -> None:
    assert table.winner(given_) == scan(table, given_)


@given(ANY_TABLE, st.lists(facts(), min_size=2, max_size=5))
def test_the_winner_does_not_depend_on_what_was_asked_before(
    table: RuleTable[int], several: list[Facts]
) -> None:
    for given_ in (*several, *several[::-1]):
        own = Facts("", table.fields, tuple(given_.values[name] for name in table.fields.names))
        assert table.winner(own) == table.winner(given_) == scan(table, given_)


@given(ANY_TABLE, facts(complete=True))
def test_nothing_else_can_win_where_nothing_is_missing(
    table: RuleTable[int], given_: Facts
) -> None:
    assert table.possible_winner(given_) == table.winner(given_)


@given(ANY_TABLE, facts())
def test_what_could_win_is_never_behind_what_wins(table: RuleTable[int], given_: Facts) -> None:
    winner, possible = table.winner(given_), table.possible_winner(given_)
    assert winner == -1 or 0 <= possible <= winner


def best_of(table: RuleTable[int], given_: Facts) -> int:
    """Return the best place over all ways to fill the missing facts in, or to leave them so."""
    missing = Fields([one for one in table.fields if given_.values[one.name] is None])
    places = []
    for filling in every_case(missing):
        values = {**given_.values, **filling.values}
        filled = Facts("", table.fields, tuple(values[name] for name in table.fields.names))
        places.append(scan(table, filled))
    return min((place for place in places if place >= 0), default=-1)


@given(tables(independent_rows(FEW), most=4), facts(Fields(FEW)))
def test_what_could_win_is_the_best_over_all_fillings_of_missing_facts(
    table: RuleTable[int], given_: Facts
) -> None:
    assert table.possible_winner(given_) == best_of(table, given_)


@given(ANY_TABLE, facts())
def test_a_missing_fact_is_named_exactly_where_another_rule_could_win(
    table: RuleTable[int], given_: Facts
) -> None:
    missing = table.missing(given_)
    assert bool(missing) == (table.possible_winner(given_) != table.winner(given_))
    assert all(given_.values[fact.name] is None for fact in missing)


@given(tables(independent_rows(FEW), most=4), facts(Fields(FEW)))
def test_the_named_missing_facts_suffice_for_what_could_win(
    table: RuleTable[int], given_: Facts
) -> None:
    named = Fields([table.fields[fact.name] for fact in table.missing(given_)])
    winners = set()
    for filling in every_case(named):
        values = {**given_.values, **filling.values}
        winners.add(table.winner(Facts("", EVERYTHING_FEW, tuple(values.values()))))
    assert table.possible_winner(given_) in winners


@given(tables(independent_rows(FEW), most=4), facts(Fields(FEW)))
def test_each_named_missing_fact_is_asked_by_a_rule_that_could_go_before_the_winner(
    table: RuleTable[int], given_: Facts
) -> None:
    winner = table.winner(given_)
    ahead = table.rules[:winner] if winner >= 0 else table.rules
    asked = {leaf.field.name for rule in ahead for leaf in rule.leaves}
    assert {fact.name for fact in table.missing(given_)} <= asked


@given(tables(conditions((size, agreed, region)), most=3), facts(Fields((size, agreed, region))))
def test_no_filling_of_missing_facts_wins_more_than_what_could_win(
    table: RuleTable[int], given_: Facts
) -> None:
    """Unless a rule asks that a missing fact be known, which no hope makes true."""
    asks_known = any(
        leaf == leaf.field.is_known  # type: ignore[attr-defined]
        for rule in table.rules
        for leaf in rule.leaves
    )
    if not asks_known:
        best = best_of(table, given_)
        assert best == -1 or 0 <= table.possible_winner(given_) <= best


@given(st.lists(conditions(), min_size=1, max_size=5), facts())
def test_a_rule_behind_one_that_always_holds_never_wins(
    whens: list[Condition], given_: Facts
) -> None:
    table = first_match([None, *whens])
    assert table.winner(given_) == 0


# --- most specific ----------------------------------------------------------------------------

DIMENSIONS = (sector, region, size)
CASES = every_case(Fields(DIMENSIONS))


def rank(row: tuple[Leaf, ...], dimensions: tuple[Field, ...]) -> tuple[float, ...]:
    """Return how specific an alternative is in each dimension: an exact value beats any place."""
    depths = {"cn": 1, "east": 2, "north": 2, "shanghai": 3}
    found = []
    for dimension in dimensions:
        asked = [leaf for leaf in row if leaf.field.name == dimension.name]
        ranks = [depths[leaf.node] if isinstance(leaf, Under) else inf for leaf in asked]
        found.append(max(ranks, default=0))
    return tuple(found)


def contenders(
    rules: list[tuple[Condition | None, str]], dimensions: tuple[Field, ...], given_: Facts
) -> list[tuple[tuple[float, ...], str]]:
    """Return rank and result of every alternative that holds."""
    return [
        (rank(row, dimensions), gives)
        for when, gives in rules
        for row in (((),) if when is None else when.rows())
        if all(naive(leaf, given_.values) for leaf in row)
    ]


def most_specific(
    rules: list[tuple[Condition | None, str]], dimensions: tuple[Field, ...]
) -> RuleTable[str]:
    """Return a most-specific table."""
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {place}", when, gives) for place, (when, gives) in enumerate(rules)
        ),
        match="most_specific",
        dimensions=dimensions,
    )


RULES = st.lists(st.tuples(st.none() | conditions(DIMENSIONS), st.sampled_from("ab")), max_size=4)


@given(RULES, st.permutations(DIMENSIONS))
def test_a_table_is_built_unless_equal_rank_gives_two_results_for_a_case(
    rules: list[tuple[Condition | None, str]], dimensions: list[Field]
) -> None:
    order = tuple(dimensions)
    contradiction = any(
        one[0] == other[0] and one[1] != other[1]
        for case in CASES
        for one, other in combinations(contenders(rules, order, case), 2)
    )
    if contradiction:
        with pytest.raises(PolicyError, match="are equally specific and differ for"):
            most_specific(rules, order)
    else:
        most_specific(rules, order)


@given(RULES, st.permutations(DIMENSIONS), facts(Fields(DIMENSIONS)))
def test_the_winner_is_the_most_specific_rule_that_holds(
    rules: list[tuple[Condition | None, str]], dimensions: list[Field], given_: Facts
) -> None:
    order = tuple(dimensions)
    try:
        table = most_specific(rules, order)
    except PolicyError:
        return
    winner = table.winner(given_)
    found = contenders(rules, order, given_)
    if found:
        assert (max(found)[0], table.rules[winner].gives) in found
        assert table.rules[winner].gives == dict(found)[max(found)[0]]
    else:
        assert winner == -1


@given(RULES, facts(Fields(DIMENSIONS)), st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(
    rules: list[tuple[Condition | None, str]], given_: Facts, shuffle: object
) -> None:
    try:
        table = most_specific(rules, DIMENSIONS)
    except PolicyError:
        return
    shuffled = list(rules)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    other = most_specific(shuffled, DIMENSIONS)
    winner, rival = table.winner(given_), other.winner(given_)
    assert (winner == -1) == (rival == -1)
    if winner != -1:
        assert table.rules[winner].gives == other.rules[rival].gives


@given(st.sampled_from(region.names), st.sampled_from(region.names), st.sampled_from(region.names))
def test_the_deeper_place_wins(one: str, other: str, place: str) -> None:
    if one == other:
        return
    table = most_specific([(region.within(one), one), (region.within(other), other)], (region,))
    holding = [name for name in (one, other) if name in region.path(place)]
    winner = table.winner(Facts("", table.fields, (place,)))
    if not holding:
        assert winner == -1
    else:
        assert table.rules[winner].gives == max(holding, key=lambda name: len(region.path(name)))


@given(conditions((owner,)), conditions((owner,)))
def test_two_rules_on_a_text_differ_only_if_they_share_no_text(
    one: Condition, other: Condition
) -> None:
    cases = every_case(Fields((owner,)))
    shared = any(naive(one, case.values) and naive(other, case.values) for case in cases)
    rules: list[tuple[Condition | None, str]] = [(one, "a"), (other, "b")]
    if shared:
        with pytest.raises(PolicyError, match="differ for owner = "):
            most_specific(rules, (owner,))
    else:
        assert len(most_specific(rules, (owner,)).rules) == 2


@given(facts(EVERYTHING), conditions())
def test_a_table_may_be_asked_with_facts_of_many_fields(
    given_: Facts, condition: Combinable
) -> None:
    table = first_match([condition.condition()])
    assert set(table.fields.names) <= set(EVERYTHING.names)
    assert table.winner(given_) == (0 if naive(condition.condition(), given_.values) else -1)


def test_the_small_world_has_every_kind_of_field() -> None:
    assert {sales, owner, *FEW} <= set(ALL_FIELDS)
