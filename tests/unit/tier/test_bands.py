"""Tiers by published bands of points: S3-P16, 80-100 A, 60-79 B, below 60 C."""

from decimal import Decimal, localcontext

import pytest

from kamcore.errors import (
    FloatRefused,
    GapOrOverlap,
    InexactValue,
    InputError,
    PolicyError,
    UnknownName,
)
from kamcore.score import Score
from kamcore.tier import Ladder, Tier, TierBands, assign_tier
from kamcore.values import Band, Label, Rounding, Source

LADDER = Ladder(Tier("A", zh="A类"), Tier("B", zh="B类"), Tier("C", zh="C类"))
P16 = Source("P16-2", Label("Rules for grading customers", "客户分级管理办法"), mark="figure")
A, B, C = Band(80, 100, "A"), Band(60, 79, "B"), Band(0, 59, "C")
BANDS = TierBands(ladder=LADDER, bands=(A, B, C), source=P16)


def score(points: str) -> Score:
    """Return a score of 100 points without items."""
    return Score(Decimal(points), Decimal(100), ())


def test_the_reason_is_the_band_and_what_the_next_one_asks() -> None:
    decision = assign_tier(score("59"), BANDS)
    assert decision.value == "C"
    first, following = decision.reasons
    assert (first.rule.id, first.source) == ("tier.in_band", P16)
    assert dict(first.params) == {
        "tier": Label("C", "C类"),
        "score": Decimal(59),
        "low": 0,
        "high": 59,
    }
    assert following.rule.id == "tier.to_next_band"
    assert dict(following.params) == {"tier": Label("B", "B类"), "lacking": 1, "low": 60}
    assert (decision.missing, decision.assumed) == ((), ())
    assert decision.fingerprint == BANDS.fingerprint


def test_the_best_band_has_none_above_it() -> None:
    assert [one.rule.id for one in assign_tier(score("80"), BANDS).reasons] == ["tier.in_band"]


def test_the_bands_ask_for_no_facts() -> None:
    assert BANDS.fields.names == ()


@pytest.mark.parametrize("points", ["79.5", "59.01", "99.999"])
def test_a_fractional_score_is_refused_until_a_rounding_is_named(points: str) -> None:
    with pytest.raises(InexactValue) as fault:
        assign_tier(score(points), BANDS)
    assert str(fault.value) == (
        f"score {points} is finer than the bands' grain of 1; round it and name the rounding"
    )


def test_a_rounded_score_says_so() -> None:
    policy = TierBands(ladder=LADDER, bands=(A, B, C), rounding=Rounding.HALF_AWAY_FROM_ZERO)
    decision = assign_tier(score("79.5"), policy)
    assert decision.value == "A"
    (said,) = decision.assumed
    assert said.rule.id == "tier.score_rounded"
    assert dict(said.params) == {
        "score": Decimal("79.5"),
        "grain": 1,
        "rounding": Rounding.HALF_AWAY_FROM_ZERO.label,
    }
    assert dict(decision.reasons[0].params)["score"] == 80


def test_a_finer_grain_takes_fractions_without_rounding() -> None:
    bands = (Band(80, 100, "A"), Band(60, Decimal("79.5"), "B"), Band(0, Decimal("59.5"), "C"))
    policy = TierBands(ladder=LADDER, bands=bands, grain=Decimal("0.5"))
    decision = assign_tier(score("79.5"), policy)
    assert (decision.value, decision.assumed) == ("B", ())
    assert dict(decision.reasons[1].params)["lacking"] == Decimal("0.5")


@pytest.mark.parametrize(
    ("points", "rounding", "message"),
    [
        ("101", None, "101 lies outside 0 to 100; check the value or widen the bands"),
        ("-1", None, "-1 lies outside 0 to 100; check the value or widen the bands"),
        (
            "100.1",
            Rounding.CEILING,
            "101 lies outside 0 to 100; check the value or widen the bands",
        ),
    ],
)
def test_a_score_outside_the_bands_is_refused(
    points: str, rounding: Rounding | None, message: str
) -> None:
    policy = TierBands(ladder=LADDER, bands=(A, B, C), rounding=rounding)
    with pytest.raises(InputError) as fault:
        assign_tier(score(points), policy)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        (
            (A, Band(60, 78, "B"), C),
            "79 lies in no band, between 60-78 and 80-100; move one edge, or state a coarser grain",
        ),
        (
            (A, Band(61, 79, "B"), C),
            "60 lies in no band, between 0-59 and 61-79; move one edge, or state a coarser grain",
        ),
        (
            (A, Band(60, 80, "B"), C),
            "80 lies in two bands, 60-80 and 80-100; move one edge",
        ),
        (
            (A, B, Band(0, 60, "C")),
            "60 lies in two bands, 0-60 and 60-79; move one edge",
        ),
    ],
    ids=["gap below A", "gap below B", "overlap of A and B", "overlap of B and C"],
)
def test_a_gap_or_overlap_shows_a_value_in_it(bands: tuple[Band[str], ...], message: str) -> None:
    with pytest.raises(GapOrOverlap) as fault:
        TierBands(ladder=LADDER, bands=bands)
    assert str(fault.value) == message


def test_more_points_must_not_cost_a_tier() -> None:
    with pytest.raises(PolicyError) as fault:
        TierBands(ladder=LADDER, bands=(Band(80, 100, "B"), Band(60, 79, "A"), C))
    assert str(fault.value) == (
        "more points would cost a tier in 80-100: B, 60-79: A, 0-59: C; "
        "order bands as the ladder does"
    )


def test_two_bands_may_give_one_tier() -> None:
    policy = TierBands(ladder=LADDER, bands=(Band(90, 100, "A"), Band(80, 89, "A"), B, C))
    assert assign_tier(score("89"), policy).value == "A"


def test_an_unknown_tier_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        TierBands(ladder=LADDER, bands=(Band(0, 100, "AA"),))
    assert str(fault.value) == "unknown tier 'AA'; did you mean 'A'?"


def test_no_bands_are_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        TierBands(ladder=LADDER, bands=())
    assert str(fault.value) == "no band is given; pass at least one Band(low, high, gives)"


@pytest.mark.parametrize(
    ("grain", "message"),
    [
        (0, "grain 0 is not above 0; pass the smallest step of the axis, such as 1"),
        (-1, "grain -1 is not above 0; pass the smallest step of the axis, such as 1"),
        (10, "band end 59 is finer than the grain 10; round it and name the rounding"),
    ],
)
def test_a_grain_that_does_not_fit_is_refused(grain: int, message: str) -> None:
    with pytest.raises((PolicyError, InexactValue)) as fault:
        TierBands(ladder=LADDER, bands=(A, B, C), grain=grain)
    assert str(fault.value) == message


def test_a_float_in_a_band_is_refused() -> None:
    with pytest.raises(FloatRefused) as fault:
        TierBands(ladder=LADDER, bands=(Band(59.5, 100, "A"),))  # type: ignore[arg-type]
    assert str(fault.value) == (
        """band's beginning is the float 59.5; pass an int or Decimal("59.5")"""
    )


def test_a_rounding_that_is_no_rounding_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        TierBands(ladder=LADDER, bands=(A, B, C), rounding="half_even")  # type: ignore[arg-type]
    assert str(fault.value) == "TierBands.rounding is 'half_even'; pass Rounding"


def test_the_callers_decimal_context_changes_nothing() -> None:
    policy = TierBands(
        ladder=LADDER,
        bands=(Band(Decimal("79.50"), 100, "A"), Band(0, Decimal("79.49"), "B")),
        grain=Decimal("0.01"),
    )
    expected = assign_tier(score("12.34"), policy)
    with localcontext(prec=2):
        found = assign_tier(score("12.34"), policy)
        assert found == expected
        assert dict(found.reasons[1].params)["lacking"] == Decimal("67.16")
