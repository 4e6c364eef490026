"""Tiers by conditions: S3-P14, its missing facts, and why not a better tier."""

from datetime import date
from decimal import Decimal

import attrs
import pytest

from kamcore.errors import InputError, PolicyError, Undecided, UnknownName
from kamcore.facts import Facts, Fields, FlagField, MoneyField, NumberField, read_facts
from kamcore.presets import group_levels
from kamcore.score import Score
from kamcore.tier import (
    CutPoints,
    Ladder,
    Standing,
    TierBands,
    TierQuota,
    TierRule,
    TierRules,
    assign_tier,
)
from kamcore.values import Band, Label, Money, Ratio, Source

SCALE = MoneyField("scale", currency="CNY", zh="客户规模", en="customer scale")
P14 = group_levels.tiers(scale=SCALE)
SALES = NumberField("sales")
MONTHS = NumberField("months")
AGREED = FlagField("agreed")
OWN = Source("own", Label("own rules", "自定规则"))


def facts(scale: object, trade: object, agreement: object) -> Facts:
    """Return the three facts of S3-P14."""
    given = {"scale": scale, "trade_12m": trade, "long_term_agreement": agreement}
    return read_facts(given, P14.fields)


def ids(reasons: tuple[object, ...]) -> list[str]:
    """Return the rule ids of reasons."""
    return [str(reason.rule.id) for reason in reasons]  # type: ignore[attr-defined]


def test_the_facts_that_the_rules_ask_for() -> None:
    assert P14.fields.names == ("scale", "trade_12m", "long_term_agreement")


def test_a_tier_says_which_conditions_hold_and_which_of_the_next_do_not() -> None:
    decision = assign_tier(facts(600_000, 200_000, True), P14)
    assert decision.value == "gold"
    assert ids(decision.reasons) == [
        "tier.rule_met",
        "facts.meets",
        "facts.meets",
        "facts.is",
        "facts.short",
        "facts.short",
    ]
    lacking = [dict(reason.params)["field"] for reason in decision.reasons[4:]]
    assert lacking == [SCALE.label, group_levels.TRADE_12M.label]
    assert dict(decision.reasons[4].params)["goal"] == Label("super", "超级客户")
    assert decision.reasons[0].source == P14.rules[1].source
    assert decision.reasons[4].source == P14.rules[0].source
    assert decision.missing == ()
    assert decision.assumed == ()
    assert decision.fingerprint == P14.fingerprint


def test_the_best_tier_has_nothing_above_it() -> None:
    decision = assign_tier(facts(1_000_001, 500_001, True), P14)
    assert ids(decision.reasons) == ["tier.rule_met", "facts.meets", "facts.meets", "facts.is"]


def test_the_best_tier_does_not_ask_for_the_conditions_of_others() -> None:
    policy = TierRules(
        ladder=Ladder("best", "good", "rest"),
        rules=(TierRule("best", SALES > 10), TierRule("good", AGREED)),
        otherwise="rest",
    )
    decision = assign_tier(read_facts({"sales": 11, "agreed": False}, policy.fields), policy)
    assert ids(decision.reasons) == ["tier.rule_met", "facts.meets"]


def test_the_lowest_tier_rests_on_its_own_clause_and_names_what_lacks() -> None:
    decision = assign_tier(facts(100_000, 20_000, True), P14)
    assert ids(decision.reasons) == ["tier.otherwise", "facts.short"]
    assert decision.reasons[0].source == P14.source
    why_not = dict(decision.reasons[1].params)
    assert why_not["goal"] == Label("silver", "银牌客户")
    assert why_not["field"] == SCALE.label
    assert why_not["value"] == Money(100_000, "CNY")
    assert why_not["lacking"] == Money(Decimal("0.01"), "CNY")


@pytest.mark.parametrize(
    ("given", "missing", "lower", "upper"),
    [
        ((2_000_000, None, True), ["trade_12m"], "ordinary", "super"),
        ((600_000, None, True), ["trade_12m"], "ordinary", "gold"),
        ((200_000, None, True), ["trade_12m"], "ordinary", "silver"),
        ((None, 900_000, True), ["scale"], "ordinary", "super"),
        ((2_000_000, 900_000, None), ["long_term_agreement"], "ordinary", "super"),
        ((None, None, True), ["scale", "trade_12m"], "ordinary", "super"),
    ],
    ids=[
        "P14-2 super",
        "P14-2 gold",
        "P14-2 silver",
        "P14-1 super",
        "P14-3 super",
        "P14-1 and P14-2",
    ],
)
def test_no_tier_while_a_missing_fact_could_make_it_a_better_one(
    given: tuple[object, object, object], missing: list[str], lower: str, upper: str
) -> None:
    decision = assign_tier(facts(*given), P14)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == missing
    assert decision.reasons[0].rule.id == "tier.undecided"
    ladder = group_levels.LADDER
    assert dict(decision.reasons[0].params) == {
        "lower": ladder.label(lower),
        "upper": ladder.label(upper),
    }


def test_asking_for_the_value_of_an_open_question_names_what_is_missing() -> None:
    decision = assign_tier(facts(600_000, None, True), P14)
    with pytest.raises(Undecided) as fault:
        _ = decision.value
    assert fault.value.missing == ("trade_12m",)
    assert str(fault.value) == (
        "no tier: with the facts at hand ordinary, but a missing fact could make it gold; "
        "supply the facts or use .value_or(...)"
    )


def test_a_missing_fact_that_only_a_better_tier_asks_for_leaves_it_open() -> None:
    policy = TierRules(
        ladder=Ladder("best", "good", "rest"),
        rules=(TierRule("best", SALES > 10), TierRule("good", AGREED)),
        otherwise="rest",
    )
    decision = assign_tier(read_facts({"agreed": True}, policy.fields), policy)
    assert not decision.decided
    assert ids(decision.reasons) == ["tier.undecided", "facts.is", "facts.missing"]
    assert dict(decision.reasons[0].params) == {
        "lower": Label("good", "good"),
        "upper": Label("best", "best"),
    }


@pytest.mark.parametrize("missing", ["undecided", "fails"])
def test_a_missing_fact_that_changes_nothing_leaves_the_answer_alone(missing: str) -> None:
    policy = attrs.evolve(P14, missing=missing)
    decision = assign_tier(facts(100_000, None, True), policy)
    assert decision.value == "ordinary"
    assert decision.missing == ()
    assert decision.assumed == ()


def test_a_missing_fact_that_fails_is_named_and_the_convention_is_said() -> None:
    policy = attrs.evolve(P14, missing="fails")
    decision = assign_tier(facts(2_000_000, None, True), policy)
    assert decision.value == "ordinary"
    assert [fact.name for fact in decision.missing] == ["trade_12m"]
    assert ids(decision.assumed) == ["tier.missing_fails"]
    assert ids(decision.reasons) == ["tier.otherwise", "facts.missing"]


def test_a_rule_may_ask_that_a_fact_is_missing() -> None:
    policy = TierRules(
        ladder=Ladder("known", "new"),
        rules=(TierRule("new", SALES.is_missing), TierRule("known", SALES >= 0)),
        otherwise="new",
    )
    decision = assign_tier(read_facts({"sales": None}, policy.fields), policy)
    assert decision.value == "new"
    assert dict(decision.reasons[1].params)["value"] == Label("missing", "未提供")


def test_of_several_alternatives_the_one_that_holds_is_shown() -> None:
    policy = TierRules(
        ladder=Ladder("good", "rest"),
        rules=(TierRule("good", (SALES > 10) | (MONTHS > 12), OWN),),
        otherwise="rest",
    )
    decision = assign_tier(read_facts({"sales": 1, "months": 13}, policy.fields), policy)
    assert decision.value == "good"
    assert ids(decision.reasons) == ["tier.rule_met", "facts.meets"]
    assert dict(decision.reasons[1].params)["field"] == MONTHS.label


def test_why_not_names_the_shortest_way_up() -> None:
    policy = TierRules(
        ladder=Ladder("good", "rest"),
        rules=(TierRule("good", ((SALES > 10) & AGREED) | (MONTHS > 12)),),
        otherwise="rest",
    )
    given = {"sales": 1, "months": 1, "agreed": False}
    decision = assign_tier(read_facts(given, policy.fields), policy)
    assert ids(decision.reasons) == ["tier.otherwise", "facts.short"]
    assert dict(decision.reasons[1].params)["field"] == MONTHS.label


def test_an_open_alternative_is_named_before_a_shorter_one_that_fails() -> None:
    policy = TierRules(
        ladder=Ladder("good", "rest"),
        rules=(TierRule("good", ((SALES > 10) & AGREED) | (MONTHS > 12)),),
        otherwise="rest",
    )
    decision = assign_tier(read_facts({"months": 1}, policy.fields), policy)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["sales", "agreed"]
    assert ids(decision.reasons) == ["tier.undecided", "facts.missing", "facts.missing"]


def test_a_missing_fact_is_no_reason_where_another_fact_rules_the_tier_out() -> None:
    decision = assign_tier(facts(100_000, None, True), P14)
    assert ids(decision.reasons) == ["tier.otherwise", "facts.short"]
    assert dict(decision.reasons[1].params)["field"] == SCALE.label


def test_a_fact_that_must_be_known_keeps_a_tier_out_while_it_is_missing() -> None:
    policy = TierRules(
        ladder=Ladder("known", "rest"),
        rules=(TierRule("known", SALES.is_known),),
        otherwise="rest",
    )
    decision = assign_tier(read_facts({"sales": None}, policy.fields), policy)
    assert decision.value == "rest"
    assert ids(decision.reasons) == ["tier.otherwise", "facts.missing"]


def test_a_policy_of_no_rules_gives_everybody_the_same_tier() -> None:
    policy = TierRules(ladder=Ladder("one"), rules=(), otherwise="one")
    decision = assign_tier(read_facts({}, policy.fields), policy)
    assert decision.value == "one"
    assert ids(decision.reasons) == ["tier.otherwise"]


@pytest.mark.parametrize(
    ("tiers", "otherwise", "message"),
    [
        (("gild", "silver"), "ordinary", "unknown tier 'gild'; did you mean 'gold'?"),
        (("gold",), "ordinery", "unknown tier 'ordinery'; did you mean 'ordinary'?"),
    ],
    ids=["in a rule", "below all rules"],
)
def test_an_unknown_tier_is_refused_when_the_policy_is_built(
    tiers: tuple[str, ...], otherwise: str, message: str
) -> None:
    with pytest.raises(UnknownName) as fault:
        TierRules(
            ladder=Ladder("gold", "silver", "ordinary"),
            rules=tuple(TierRule(name, SALES > 1) for name in tiers),
            otherwise=otherwise,
        )
    assert str(fault.value) == message


def test_a_misspelt_convention_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(P14, missing="fail")
    assert str(fault.value) == (
        "TierRules.missing 'fail' is no named convention; did you mean 'fails'?"
    )


def test_facts_read_for_another_policy_are_refused() -> None:
    other = read_facts({"scale": Decimal(1)}, Fields((SCALE,)))
    with pytest.raises(UnknownName) as fault:
        assign_tier(other, P14)
    assert str(fault.value) == "unknown field 'trade_12m'; known are 'scale'"


SCORE = Score(Decimal(80), Decimal(100), ())
BANDS = TierBands(ladder=Ladder("A"), bands=(Band(0, 100, "A"),))
CUTS = CutPoints(
    quota=TierQuota(ladder=Ladder("A"), shares=(Ratio(1),), tie="share_better"),
    graded_on=date(2013, 1, 15),
    ranked=0,
    cuts=(),
)


@pytest.mark.parametrize(
    ("subject", "policy", "asked"),
    [
        (Standing("a", None, (), ranked=False), P14, "Standing is asked of TierRules"),
        (Standing("a", None, (), ranked=False), BANDS, "Standing is asked of TierBands"),
        (SCORE, P14, "Score is asked of TierRules"),
        (SCORE, CUTS, "Score is asked of CutPoints"),
        (facts(1, 1, True), BANDS, "Facts is asked of TierBands"),
        (facts(1, 1, True), CUTS, "Facts is asked of CutPoints"),
    ],
)
def test_each_kind_of_policy_has_its_own_subject(
    subject: Facts | Score | Standing, policy: TierRules | TierBands | CutPoints, asked: str
) -> None:
    with pytest.raises(InputError) as fault:
        assign_tier(subject, policy)  # type: ignore[call-overload]
    assert str(fault.value) == (
        f"{asked}; ask Facts of TierRules, a Score of TierBands, a Standing of CutPoints"
    )
