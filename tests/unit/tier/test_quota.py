"""The quota of S3-P08-3, who is ranked, and how an account comes by its standing."""

from datetime import date
from decimal import Decimal

import attrs
import pytest

from kamcore.decision import Decision, Fingerprint, MissingFact
from kamcore.errors import DuplicateName, InputError, NoTruthValue, PolicyError, UnknownName
from kamcore.facts import FlagField, MoneyField, NumberField, read_facts
from kamcore.presets import hundred_points
from kamcore.score import BandItem, Score, Scorecard, score_account
from kamcore.tier import (
    Ladder,
    RankKey,
    Standing,
    TierQuota,
    grade_book,
    stand,
)
from kamcore.values import Label, Ratio, Steps

LADDER = Ladder("A", "B", "C", "D")
SHARES = tuple(Ratio.percent(share) for share in (20, 30, 40, 10))
SALES = MoneyField("sales", currency="CNY", zh="销售额")
MARGIN = NumberField("margin", zh="利润")
EXISTING = FlagField("existing", zh="现有客户")
CARD = Scorecard(
    name="card",
    items=(BandItem("sales", SALES, steps=Steps.rising(0, (1_000, 100)), missing="undecided"),),
)
QUOTA = TierQuota(
    ladder=LADDER,
    shares=SHARES,
    tie="share_better",
    keys=(RankKey(MARGIN),),
    population=EXISTING & (SALES > 0),
)


def standing(given: dict[str, object], quota: TierQuota = QUOTA) -> Standing:
    """Return the standing of the account "a1"."""
    facts = read_facts({"id": "a1", **given}, quota.fields, key="id")
    return stand(facts, score_account(facts, CARD), quota)


@pytest.mark.parametrize(
    ("ranked", "better", "worse"),
    [
        (0, (0, 0, 0, 0), (0, 0, 0, 0)),
        (1, (0, 0, 1, 0), (0, 0, 1, 0)),
        (2, (0, 1, 1, 0), (0, 1, 1, 0)),
        (3, (1, 1, 1, 0), (1, 1, 1, 0)),
        (4, (1, 1, 2, 0), (1, 1, 2, 0)),
        (5, (1, 2, 2, 0), (1, 1, 2, 1)),
        (10, (2, 3, 4, 1), (2, 3, 4, 1)),
        (15, (3, 5, 6, 1), (3, 4, 6, 2)),
        (100, (20, 30, 40, 10), (20, 30, 40, 10)),
    ],
)
def test_sizes_are_whole_by_largest_remainder(
    ranked: int, better: tuple[int, ...], worse: tuple[int, ...]
) -> None:
    assert QUOTA.sizes(ranked) == better
    assert attrs.evolve(QUOTA, remainder_tie="worse").sizes(ranked) == worse


def test_thirds_are_exact_shares() -> None:
    thirds = TierQuota(ladder=Ladder("A", "B", "C"), shares=(Ratio(1, 3),) * 3, tie="share_worse")
    assert thirds.sizes(7) == (3, 2, 2)


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (
            (20, 30, 40, 11),
            "shares 20% + 30% + 40% + 11% = 101%, and not 100%; mend one of them",
        ),
        (
            (20, 30, 40, 9),
            "shares 20% + 30% + 40% + 9% = 99%, and not 100%; mend one of them",
        ),
        (
            (Decimal("20.01"), 30, 40, 10),
            "shares 20.01% + 30% + 40% + 10% = 100.01%, and not 100%; mend one of them",
        ),
        ((20, 30, 50), "4 tiers and 3 shares; give one share a tier"),
        ((120, -30, 0, 10), "tier 'B' has the share -30%; pass 0% or more"),
    ],
    ids=["one too many", "one too few", "a hundredth too many", "a share too few", "below 0"],
)
def test_shares_that_do_not_fit_are_refused(
    shares: tuple[int | Decimal, ...], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        TierQuota(
            ladder=LADDER,
            shares=tuple(Ratio.percent(share) for share in shares),
            tie="share_better",
        )
    assert str(fault.value) == message


def test_a_share_of_nothing_gets_nobody() -> None:
    shares = tuple(Ratio.percent(share) for share in (0, 50, 0, 50))
    quota = TierQuota(ladder=LADDER, shares=shares, tie="share_better")
    assert quota.sizes(3) == (0, 2, 0, 1)


@pytest.mark.parametrize(
    ("convention", "value", "message"),
    [
        (
            "tie",
            "share_beter",
            "TierQuota.tie 'share_beter' is no named convention; did you mean 'share_better'?",
        ),
        (
            "remainder_tie",
            "best",
            "TierQuota.remainder_tie 'best' is no named convention; did you mean 'better'?",
        ),
    ],
)
def test_a_misspelt_convention_is_refused(convention: str, value: str, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(QUOTA, **{convention: value})
    assert str(fault.value) == message


def test_what_happens_to_ties_must_be_said() -> None:
    with pytest.raises(TypeError, match="tie"):
        TierQuota(ladder=LADDER, shares=SHARES)  # type: ignore[call-arg]


def test_a_ranking_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        attrs.evolve(QUOTA, keys=(RankKey(MARGIN), RankKey(MARGIN, "low")))
    assert str(fault.value) == "ranking key 'margin' appears twice; rename or remove one"


def test_only_a_fact_with_an_order_ranks() -> None:
    with pytest.raises(PolicyError) as fault:
        RankKey(EXISTING)
    assert str(fault.value).startswith("RankKey.fact is FlagField(")
    assert str(fault.value).endswith("; pass OrderedField")


@pytest.mark.parametrize("population", [True, "existing"])
def test_a_population_that_is_no_condition_is_refused(population: object) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(QUOTA, population=population)
    assert str(fault.value) == (
        f"{population!r} is not a condition; write field > value, field.is_(...), or a flag field"
    )


def test_a_population_written_with_and_is_refused() -> None:
    with pytest.raises(NoTruthValue):
        attrs.evolve(QUOTA, population=EXISTING and SALES > 0)


def test_a_quota_asks_for_its_keys_and_its_population() -> None:
    assert QUOTA.fields.names == ("margin", "existing", "sales")
    assert hundred_points.quota(tie="share_better", population=None).fields.names == ()


def test_an_account_of_the_population_with_a_score_is_ranked() -> None:
    found = standing({"sales": 2_000, "margin": 7, "existing": True})
    assert (found.account, found.ranked, found.missing) == ("a1", True, ())
    assert (found.points, found.keys) == (Decimal(100), (7,))


def test_without_a_population_everybody_with_a_score_is_ranked() -> None:
    quota = attrs.evolve(QUOTA, population=None, keys=())
    facts = read_facts({"sales": 0}, CARD.fields)
    assert stand(facts, score_account(facts, CARD), quota).ranked


def test_a_missing_key_does_not_keep_an_account_from_being_ranked() -> None:
    found = standing({"sales": 2_000, "existing": True})
    assert (found.ranked, found.keys, found.missing) == (True, (None,), ())


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"sales": 2_000, "existing": False}, []),
        ({"sales": 0, "existing": True}, []),
        ({"sales": 2_000}, ["existing"]),
        ({"existing": True}, ["sales"]),
        ({}, ["sales", "existing"]),
        ({"existing": False}, []),
    ],
    ids=[
        "a new account",
        "no sales last year",
        "whether it exists is missing",
        "sales are missing, named once",
        "both are missing",
        "a new account without a score: the missing sales change nothing",
    ],
)
def test_an_account_outside_the_population_is_not_ranked(
    given: dict[str, object], missing: list[str]
) -> None:
    found = standing(given)
    assert not found.ranked
    assert [fact.name for fact in found.missing] == missing


def test_an_unscored_account_is_not_ranked_and_has_no_points() -> None:
    quota = attrs.evolve(QUOTA, population=None)
    found = standing({"margin": 7}, attrs.evolve(quota, keys=(RankKey(MARGIN), RankKey(SALES))))
    assert (found.ranked, found.score, found.points) == (False, None, Decimal(0))
    assert found.missing == (MissingFact("sales", Label("sales", "销售额")),)


def test_an_account_without_a_score_cannot_be_ranked() -> None:
    with pytest.raises(InputError) as fault:
        Standing("a1", None, ())
    assert str(fault.value) == ("account 'a1' has no score and cannot be ranked; pass ranked=False")


def test_facts_that_lack_a_field_are_refused() -> None:
    facts = read_facts({"sales": 1}, CARD.fields)
    with pytest.raises(UnknownName) as fault:
        stand(facts, score_account(facts, CARD), QUOTA)
    assert str(fault.value) == "unknown field 'margin'; known are 'sales'"


def test_facts_read_at_another_grain_are_refused() -> None:
    quota = attrs.evolve(QUOTA, population=None)
    finer = NumberField("margin", decimals=2)
    facts = read_facts(
        {"margin": Decimal("7.25")}, attrs.evolve(quota, keys=(RankKey(finer),)).fields
    )
    score = Decision(Score(Decimal(1), Decimal(1), ()), (), Fingerprint("0"))
    with pytest.raises(InputError) as fault:
        stand(facts, score, quota)
    assert str(fault.value) == (f"field 'margin' was read as {finer!r}; the policy asks {MARGIN!r}")


def test_a_standing_of_another_quota_is_refused() -> None:
    score = Score(Decimal(1), Decimal(1), ())
    with pytest.raises(InputError) as fault:
        grade_book([Standing("a1", score, ())], QUOTA, graded_on=date(2013, 1, 15))
    assert str(fault.value) == "1 ranking keys and 0 values; build standings with stand()"
