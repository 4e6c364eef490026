"""Laws of the quota: a graded book against a naive ranking."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kamcore.facts import NumberField
from kamcore.score import Score
from kamcore.tier import Ladder, RankKey, Standing, TierQuota, assign_tier, grade_book
from kamcore.values import Ratio

DAY = date(2013, 1, 15)
KEY = NumberField("margin")
TIES = ("share_better", "share_worse", "by_account")


@st.composite
def quotas(draw: st.DrawFn) -> TierQuota:
    """Draw shares of 1 to 5 tiers, with or without a ranking key, and every convention."""
    edges = draw(st.lists(st.integers(0, 20), max_size=4).map(sorted))
    marks = [0, *edges, 20]
    shares = tuple(Ratio(high - low, 20) for low, high in pairwise(marks))
    first = draw(st.sampled_from(("high", "low")))
    return TierQuota(
        ladder=Ladder(*(f"T{number}" for number in range(len(shares)))),
        shares=shares,
        tie=draw(st.sampled_from(TIES)),
        keys=(RankKey(KEY, first),) if draw(st.booleans()) else (),
        remainder_tie=draw(st.sampled_from(("better", "worse"))),
    )


def points() -> st.SearchStrategy[Decimal]:
    """Draw points that are often equal, sometimes halves."""
    return st.integers(0, 12).map(lambda halves: Decimal(halves) / 2)


@st.composite
def books(draw: st.DrawFn, quota: TierQuota) -> list[Standing]:
    """Draw up to 12 standings, some of them not ranked."""
    drawn = draw(st.lists(st.tuples(points(), st.none() | st.integers(0, 2)), max_size=12))
    ranked = draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn)))
    return [
        Standing(
            f"a{number:02}",
            Score(one, Decimal(100), ()),
            (key,) if quota.keys else (),
            ranked=is_ranked or number % 3 > 0,
        )
        for number, ((one, key), is_ranked) in enumerate(zip(drawn, ranked, strict=True))
    ]


@st.composite
def cases(draw: st.DrawFn) -> tuple[TierQuota, list[Standing]]:
    """Draw a quota and a book for it."""
    quota = draw(quotas())
    return quota, draw(books(quota))


def better(one: Standing, other: Standing, quota: TierQuota) -> bool:
    """Say whether `one` ranks strictly before `other`, ids aside; a missing key ranks last."""
    if one.points != other.points or not quota.keys:
        return one.points > other.points
    (mine,), (theirs,) = one.keys, other.keys
    if mine is None or theirs is None:
        return mine is not None and theirs is None
    return mine > theirs if quota.keys[0].first == "high" else mine < theirs


def naive_sizes(ranked: int, quota: TierQuota) -> list[int]:
    """Return whole sizes by largest remainder, in fractions."""
    exact = [Fraction(share.numerator, share.denominator) * ranked for share in quota.shares]
    sizes = [int(one) for one in exact]
    order = range(len(exact)) if quota.remainder_tie == "better" else range(len(exact))[::-1]
    by_rest = sorted(order, key=lambda number: sizes[number] - exact[number])
    for number in by_rest[: ranked - sum(sizes)]:
        sizes[number] += 1
    return sizes


def naive_tier(one: Standing, ranked: list[Standing], quota: TierQuota) -> str:
    """Return the tier by counting who stands before."""
    before = sum(better(other, one, quota) for other in ranked)
    equal = [
        other for other in ranked if not better(other, one, quota) and not better(one, other, quota)
    ]
    place = {
        "share_better": before,
        "share_worse": before + len(equal) - 1,
        "by_account": before + sum(other.account < one.account for other in equal),
    }[quota.tie]
    ends = accumulate(naive_sizes(len(ranked), quota))
    return next(name for name, end in zip(quota.ladder.names, ends, strict=True) if place < end)


@given(cases())
def test_a_graded_tier_is_that_of_a_naive_ranking(case: tuple[TierQuota, list[Standing]]) -> None:
    quota, book = case
    grading = grade_book(book, quota, graded_on=DAY)
    ranked = [one for one in book if one.ranked]
    expected = {one.account: naive_tier(one, ranked, quota) for one in ranked}
    found = {account: grading[account].value_or(None) for account in grading}
    assert found == {one.account: expected.get(one.account) for one in book}


@given(cases(), st.randoms(use_true_random=False))
def test_a_grading_does_not_depend_on_the_order_of_the_book(
    case: tuple[TierQuota, list[Standing]], random: object
) -> None:
    quota, book = case
    shuffled = list(book)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = grade_book(book, quota, graded_on=DAY)
    other = grade_book(shuffled, quota, graded_on=DAY)
    assert (other.cuts, other.lines) == (one.cuts, one.lines)
    assert all(other[account] == one[account] for account in one)


@given(quotas(), st.integers(0, 500))
def test_sizes_add_up_to_the_accounts_ranked(quota: TierQuota, ranked: int) -> None:
    assert sum(quota.sizes(ranked)) == ranked


@given(quotas(), st.integers(0, 500))
def test_a_size_differs_from_its_share_by_less_than_one(quota: TierQuota, ranked: int) -> None:
    for size, share in zip(quota.sizes(ranked), quota.shares, strict=True):
        assert abs(size - Fraction(share.numerator, share.denominator) * ranked) < 1


@given(cases())
def test_the_report_counts_every_ranked_account_once(
    case: tuple[TierQuota, list[Standing]],
) -> None:
    quota, book = case
    grading = grade_book(book, quota, graded_on=DAY)
    ranked = sum(one.ranked for one in book)
    assert sum(line.actual for line in grading.lines) == ranked
    assert tuple(line.by_share for line in grading.lines) == quota.sizes(ranked)


@given(cases())
def test_sharing_the_better_tier_is_never_worse_than_sharing_the_worse(
    case: tuple[TierQuota, list[Standing]],
) -> None:
    quota, book = case
    kind = grade_book(book, attrs.evolve(quota, tie="share_better"), graded_on=DAY)
    strict = grade_book(book, attrs.evolve(quota, tie="share_worse"), graded_on=DAY)
    by_id = grade_book(book, attrs.evolve(quota, tie="by_account"), graded_on=DAY)
    rank = quota.ladder.rank
    for one in book:
        if one.ranked:
            ranks = [rank(grading[one.account].value) for grading in (kind, by_id, strict)]
            assert ranks == sorted(ranks)


@given(cases())
def test_equal_standings_get_equal_tiers_unless_the_id_decides(
    case: tuple[TierQuota, list[Standing]],
) -> None:
    quota, book = case
    grading = grade_book(book, attrs.evolve(quota, tie="share_better"), graded_on=DAY)
    ranked = [one for one in book if one.ranked]
    for one in ranked:
        for other in ranked:
            if (one.points, one.keys) == (other.points, other.keys):
                assert grading[one.account].value == grading[other.account].value


@given(cases(), points(), points())
def test_more_points_never_cost_a_tier_under_fixed_cuts(
    case: tuple[TierQuota, list[Standing]], low: Decimal, more: Decimal
) -> None:
    quota, book = case
    cuts = grade_book(book, quota, graded_on=DAY).cuts
    keys = (None,) if quota.keys else ()
    ranks = [
        quota.ladder.rank(
            assign_tier(Standing("x", Score(one, Decimal(100), ()), keys), cuts).value
        )
        for one in (low + more, low)
        if cuts.ranked
    ]
    assert ranks == sorted(ranks)


@given(cases())
def test_cut_points_alone_give_the_answers_of_the_grading(
    case: tuple[TierQuota, list[Standing]],
) -> None:
    quota, book = case
    grading = grade_book(book, quota, graded_on=DAY)
    assert all(assign_tier(one, grading.cuts) == grading[one.account] for one in book)
