"""Laws of conditions: what a missing fact does, De Morgan, and the meaning of their parts."""

from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import (
    ALL_FIELDS,
    ORDERED,
    comparisons,
    conditions,
    facts,
    leaves,
    leaves_without_presence,
    naive,
)

from kamcore.facts import (
    AnyOf,
    Comparison,
    Condition,
    Facts,
    Field,
    Leaf,
    OrderedField,
    as_condition,
)


@given(conditions(), facts())
def test_a_condition_means_what_its_parts_say(condition: Condition, given_: Facts) -> None:
    assert condition.holds(given_.values) == naive(condition, given_.values)


@given(st.sampled_from(ALL_FIELDS).flatmap(leaves_without_presence), facts())
def test_a_leaf_fails_on_a_missing_fact_and_so_does_its_opposite(
    leaf: Condition, given_: Facts
) -> None:
    condition = as_condition(leaf)
    nothing = dict.fromkeys(given_.values)
    assert not condition.holds(nothing)
    assert not (~condition).holds(nothing)


@given(conditions(), facts())
def test_a_condition_and_its_opposite_never_both_hold(condition: Condition, given_: Facts) -> None:
    assert not (condition.holds(given_.values) and (~condition).holds(given_.values))


@given(conditions(), facts(complete=True))
def test_of_complete_facts_a_condition_or_its_opposite_holds(
    condition: Condition, given_: Facts
) -> None:
    assert condition.holds(given_.values) != (~condition).holds(given_.values)


@given(conditions(), conditions())
def test_the_opposite_of_both_is_either_opposite(left: Condition, right: Condition) -> None:
    assert ~(left & right) == ~left | ~right
    assert ~(left | right) == ~left & ~right


@given(conditions())
def test_the_opposite_of_the_opposite_is_the_condition(condition: Condition) -> None:
    assert ~~condition == condition


@given(conditions())
def test_the_opposite_turns_the_leaves_and_nothing_else(condition: Condition) -> None:
    def leaves_in(one: Condition) -> list[Leaf]:
        return (
            [one]
            if isinstance(one, Leaf)
            else [leaf for part in one.parts for leaf in leaves_in(part)]
        )  # type: ignore[attr-defined]

    turned = [leaf.opposite() for leaf in leaves_in(condition)]
    assert leaves_in(~condition) == turned


@given(conditions(), facts())
def test_the_alternatives_of_a_condition_mean_the_condition(
    condition: Condition, given_: Facts
) -> None:
    alternatives = condition.rows()
    assert len(alternatives) <= 64
    found = any(all(leaf.holds(given_.values) for leaf in row) for row in alternatives)
    assert found == condition.holds(given_.values)


@given(conditions(), facts())
def test_hoping_for_missing_facts_never_loses_a_condition(
    condition: Condition, given_: Facts
) -> None:
    if condition.holds(given_.values):
        assert condition.holds(given_.values, if_missing=True)


@given(conditions(), facts(complete=True))
def test_hope_changes_nothing_where_nothing_is_missing(condition: Condition, given_: Facts) -> None:
    hopeful = condition.holds(given_.values, if_missing=True)
    assert hopeful == condition.holds(given_.values)


@given(st.sampled_from(ORDERED).flatmap(comparisons))
def test_an_order_changes_its_answer_once_between_two_units(leaf: Comparison) -> None:
    edge = leaf.field.take(leaf.value)
    name = leaf.field.name
    answers = [leaf.holds({name: int(edge) + shift}) for shift in (-2, -1, 0, 1, 2)]
    expected = {
        ">": [False, False, False, True, True],
        ">=": [False, False, True, True, True],
        "<": [True, True, False, False, False],
        "<=": [True, True, True, False, False],
    }
    assert answers == expected[leaf.order]


@given(st.sampled_from(ORDERED).flatmap(comparisons), st.integers(1, 8))
def test_the_gap_is_the_least_change_that_makes_a_failing_order_hold(
    leaf: Comparison, wire: int
) -> None:
    name = leaf.field.name
    if not leaf.holds({name: wire}):
        gap = leaf.gap(wire)
        nearer = gap - (1 if gap > 0 else -1)
        assert leaf.holds({name: wire + gap})
        assert not leaf.holds({name: wire + nearer})


@given(st.sampled_from(ALL_FIELDS).flatmap(leaves), conditions(), conditions())
def test_combining_is_associative(first: Condition, second: Condition, third: Condition) -> None:
    assert (first & second) & third == first & (second & third)
    assert (first | second) | third == first | (second | third)


@given(conditions())
def test_a_condition_is_said_in_both_languages(condition: Condition) -> None:
    for lang in ("en", "zh"):
        said = condition.text(lang)
        assert said
        assert "\n" not in said
        word = " or " if lang == "en" else " 或 "
        if isinstance(condition, AnyOf):
            assert word in said


@given(st.sampled_from(ORDERED), st.integers(1, 8), st.integers(1, 8))
def test_the_four_orders_are_those_of_numbers(
    field: OrderedField[int], wire: int, edge: int
) -> None:
    value = field.give(edge)
    values = {field.name: wire}
    assert (field > value).holds(values) == (wire > edge)  # type: ignore[operator]
    assert (field >= value).holds(values) == (wire >= edge)  # type: ignore[operator]
    assert (field < value).holds(values) == (wire < edge)  # type: ignore[operator]
    assert (field <= value).holds(values) == (wire <= edge)  # type: ignore[operator]


def test_every_kind_of_field_takes_part() -> None:
    kinds: set[type[Field]] = {type(field) for field in ALL_FIELDS}
    assert len(kinds) == 8
