"""Laws of tiers by bands and by conditions."""

from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kamcore.facts import FlagField, MoneyField, read_facts
from kamcore.score import Score
from kamcore.tier import Ladder, TierBands, TierRule, TierRules, assign_tier
from kamcore.values import Band, Rounding

SCALE = MoneyField("scale", currency="CNY")
TRADE = MoneyField("trade", currency="CNY")
AGREED = FlagField("agreed")
RULES = TierRules(
    ladder=Ladder("super", "gold", "silver", "ordinary"),
    rules=(
        TierRule("super", (SCALE > 30) & (TRADE > 20) & AGREED),
        TierRule("gold", (SCALE > 20) & (TRADE > 10) & AGREED),
        TierRule("silver", ((SCALE > 10) & AGREED) | (TRADE > 25)),
    ),
    otherwise="ordinary",
)
AMOUNTS = st.integers(0, 40)
GIVEN = st.fixed_dictionaries(
    {
        "scale": st.none() | AMOUNTS,
        "trade": st.none() | AMOUNTS,
        "agreed": st.none() | st.booleans(),
    }
)
FULL = st.fixed_dictionaries({"scale": AMOUNTS, "trade": AMOUNTS, "agreed": st.booleans()})
Given = dict[str, int | bool | None]
BEST: Given = {"scale": 40, "trade": 40, "agreed": True}


@st.composite
def bands(draw: st.DrawFn) -> TierBands:
    """Draw 1 to 5 bands from 0 to 100 and a rounding."""
    lows = sorted({0, *draw(st.lists(st.integers(1, 99), max_size=4))})
    highs = [*(low - 1 for low in lows[1:]), 100]
    names = [f"T{number}" for number in range(len(lows))]
    made = tuple(
        Band(low, high, name) for low, high, name in zip(lows, highs, reversed(names), strict=True)
    )
    return TierBands(
        ladder=Ladder(*names),
        bands=tuple(draw(st.permutations(made))),
        rounding=draw(st.sampled_from(Rounding)),
    )


SCORES = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)


def rank(given: Given, policy: TierRules = RULES) -> int:
    """Return the rank of the tier of given facts."""
    return policy.ladder.rank(assign_tier(read_facts(given, policy.fields), policy).value)


@given(bands(), SCORES, SCORES)
def test_more_points_never_cost_a_tier(policy: TierBands, one: Decimal, other: Decimal) -> None:
    ranks = [
        policy.ladder.rank(assign_tier(Score(points, Decimal(100), ()), policy).value)
        for points in (max(one, other), min(one, other))
    ]
    assert ranks == sorted(ranks)


@given(bands(), SCORES)
def test_the_rounded_score_lies_in_the_band_that_the_reason_names(
    policy: TierBands, points: Decimal
) -> None:
    first = assign_tier(Score(points, Decimal(100), ()), policy).reasons[0]
    said = dict(first.params)
    assert said["low"] <= said["score"] <= said["high"]  # type: ignore[operator]
    assert abs(said["score"] - points) < 1  # type: ignore[operator]


@given(FULL, AMOUNTS, AMOUNTS)
def test_a_better_fact_never_costs_a_tier(facts: Given, scale: int, trade: int) -> None:
    improved = {
        "scale": max(scale, facts["scale"] or 0),
        "trade": max(trade, facts["trade"] or 0),
        "agreed": True,
    }
    assert rank(improved) <= rank(facts)


@given(GIVEN, FULL)
def test_a_decided_tier_is_the_best_that_any_missing_facts_could_give(
    known: Given, missing: Given
) -> None:
    decision = assign_tier(read_facts(known, RULES.fields), RULES)
    filled = {name: missing[name] if fact is None else fact for name, fact in known.items()}
    if decision.decided:
        assert rank(filled) >= RULES.ladder.rank(decision.value)


@given(GIVEN)
def test_an_open_tier_names_missing_facts_that_would_raise_it(known: Given) -> None:
    decision = assign_tier(read_facts(known, RULES.fields), RULES)
    if not decision.decided:
        names = {fact.name for fact in decision.missing}
        assert names
        filled = {name: BEST[name] if name in names else fact for name, fact in known.items()}
        strict = attrs.evolve(RULES, missing="fails")
        assert rank(filled, strict) < rank(known, strict)


@given(GIVEN)
def test_where_a_missing_fact_fails_there_is_always_a_tier(known: Given) -> None:
    strict = attrs.evolve(RULES, missing="fails")
    decision = assign_tier(read_facts(known, RULES.fields), strict)
    assert decision.decided
    assert bool(decision.assumed) is bool(decision.missing)
