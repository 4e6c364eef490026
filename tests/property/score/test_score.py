"""Laws of scorecards: the formula, the sum of the items, and what a missing fact can do."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.score._strategies import (
    FIELDS,
    MOST,
    cards,
    facts,
    naive_points,
    naive_total,
    orders,
    sales,
)

from kamcore.errors import PolicyError, Undecided
from kamcore.facts import Facts, Fields
from kamcore.score import BandItem, Scorecard, points, score_account
from kamcore.values import Steps


def values_of(known: Facts) -> dict[str, object]:
    """Return the values of the facts as a program has them."""
    return {name: known[name] for name in known.fields.names}


@given(cards(), facts())
def test_the_total_is_the_formula_of_the_card(card: Scorecard, known: Facts) -> None:
    expected = naive_total(card, values_of(known))
    if expected is None:
        with pytest.raises(Undecided):
            points(card, known)
    else:
        assert Fraction(points(card, known)) == expected


@given(cards(), facts())
def test_the_plain_formula_and_the_decision_agree(card: Scorecard, known: Facts) -> None:
    decision = score_account(known, card)
    if decision.decided:
        total = points(card, known)
        assert decision.value.total == total
        assert str(decision.value.total) == str(total)
    else:
        with pytest.raises(Undecided) as caught:
            points(card, known)
        assert set(caught.value.missing) & {fact.name for fact in decision.missing}


@given(cards(), facts(complete=True))
def test_the_total_is_the_sum_of_the_items(card: Scorecard, known: Facts) -> None:
    score = score_account(known, card).value
    assert score.total == sum(item.points for item in score.items)
    assert score.maximum == card.maximum == sum(item.maximum for item in score.items)


@given(cards(), facts(complete=True))
def test_every_item_earns_what_its_words_say(card: Scorecard, known: Facts) -> None:
    score = score_account(known, card).value
    assert [item.name for item in score.items] == [item.name for item in card.items]
    for item, result in zip(card.items, score.items, strict=True):
        assert Fraction(result.points) == naive_points(item, known[item.fact.name])
        assert result.points <= result.maximum == item.maximum
        assert result.lost == result.maximum - result.points


@given(cards(), facts())
def test_items_are_ranked_by_points_lost(card: Scorecard, known: Facts) -> None:
    decision = score_account(known, card)
    assume(decision.decided)
    ranked = decision.value.by_points_lost
    assert sorted(ranked, key=lambda item: item.name) == sorted(
        decision.value.items, key=lambda item: item.name
    )
    places = {item.name: place for place, item in enumerate(decision.value.items)}
    keys = [(-item.lost, places[item.name]) for item in ranked]
    assert keys == sorted(keys)


@given(cards(), facts())
def test_what_an_item_at_its_best_would_add_is_never_promised_too_high(
    card: Scorecard, known: Facts
) -> None:
    decision = score_account(known, card)
    assume(decision.decided)
    score = decision.value
    counted = sum((Fraction(item.maximum) for item in score.items if item.counted), Fraction(0))
    for item in score.items:
        exact = Fraction(item.lost) * Fraction(score.maximum) / counted if counted else Fraction(0)
        assert 0 <= exact - Fraction(score.gain(item)) < Fraction(1, 10**card.decimals)


@given(cards(), facts())
def test_no_score_means_that_a_fact_it_cannot_do_without_is_missing(
    card: Scorecard, known: Facts
) -> None:
    decision = score_account(known, card)
    asked = {item.fact.name for item in card.items if known[item.fact.name] is None}
    assert {fact.name for fact in decision.missing} <= asked
    if decision.decided:
        assert {fact.name for fact in decision.missing} == asked
        undecided = [item for item in card.items if item.missing == "undecided"]
        assert not any(known[item.fact.name] is None for item in undecided)
    else:
        assert decision.missing


@given(cards(), facts(), facts(complete=True))
def test_supplying_what_is_named_as_missing_leads_to_a_score(
    card: Scorecard, known: Facts, spare: Facts
) -> None:
    """At most twice: the second time where all that is left is worth no points."""
    for _ in range(2):
        lacking = {fact.name for fact in score_account(known, card).missing}
        wires = tuple(
            spare.values[name] if name in lacking else known.values[name] for name in FIELDS.names
        )
        known = Facts("ACME", FIELDS, wires)
    assert score_account(known, card).decided


@given(cards(), facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_change_the_total(
    card: Scorecard, known: Facts, shuffle: object
) -> None:
    shuffled = list(card.items)
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]
    other = Scorecard(
        name=card.name,
        items=tuple(shuffled),
        maximum=card.maximum,
        decimals=card.decimals,
        rounding=card.rounding,
    )
    one, two = score_account(known, card), score_account(known, other)
    assert one.decided == two.decided
    if one.decided:
        assert one.value.total == two.value.total


@given(cards(), facts())
def test_facts_that_the_card_does_not_ask_for_change_nothing(card: Scorecard, known: Facts) -> None:
    only = Fields(card.fields.items[::-1])
    asked = Facts("ACME", only, tuple(known.values[name] for name in only.names))
    assert score_account(asked, card).value_or(None) == score_account(known, card).value_or(None)


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=5).map(sorted),
    st.sampled_from(("left", "right")),
    st.integers(0, MOST),
    st.integers(0, MOST),
)
def test_more_of_a_fact_never_costs_points_where_the_bands_rise(
    values: list[int], edge: str, one: int, other: int
) -> None:
    steps = Steps.rising(
        values[0],
        *((2 * place, value) for place, value in enumerate(values[1:], 1)),
        edge=edge,  # type: ignore[arg-type]
    )
    item = BandItem("orders", orders, missing=0, steps=steps)
    low, high = sorted((one, other))
    assert item.points(low, 0) <= item.points(high, 0)


@given(st.integers(1, 10**6), st.integers(-(10**6), 10**6))
def test_an_edge_belongs_to_the_band_that_it_is_written_for(minor: int, offset: int) -> None:
    edge = sales.give(minor)
    for side, at in (("left", 1), ("right", 0)):
        steps = Steps.rising(0, (edge, 1), edge=side)  # type: ignore[arg-type]
        item = BandItem("sales", sales, missing=0, steps=steps)
        assert [item.points(minor + shift, 0) for shift in (-1, 0, 1)] == [0, at, 1]
        if offset:
            assert item.points(minor + offset, 0) == (offset > 0)


@given(cards(), st.integers(1, 5))
def test_a_card_whose_maximum_is_not_the_sum_of_its_items_cannot_be_built(
    card: Scorecard, extra: int
) -> None:
    with pytest.raises(PolicyError, match="and not the maximum"):
        Scorecard(
            name=card.name,
            items=card.items,
            maximum=card.maximum + extra,
            decimals=card.decimals,
            rounding=card.rounding,
        )


@given(cards(), facts())
def test_the_callers_decimal_context_changes_nothing(card: Scorecard, known: Facts) -> None:
    before = score_account(known, card)
    with localcontext() as ambient:
        ambient.prec = 2
        again = score_account(known, card)
        assert again.value_or(None) == before.value_or(None)
        assert again.reasons == before.reasons


@given(cards(), facts())
def test_every_reason_is_said_in_both_languages(card: Scorecard, known: Facts) -> None:
    decision = score_account(known, card)
    assert decision.reasons[0].rule.id == ("score.total" if decision.decided else "score.undecided")
    for reason in decision.reasons:
        assert reason.text("en")
        assert reason.text("zh")
    if decision.decided:
        assert len(decision.reasons) in {len(card.items) + 1, len(card.items) + 2}
        assert isinstance(decision.value.total, Decimal)
