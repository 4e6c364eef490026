"""Tiers by forced distribution, such as the best 20 % A, then 30 % B, 40 % C, 10 % D."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, MissingFact, Policy
from kamcore.errors import InputError, PolicyError
from kamcore.facts import (
    Condition,
    Facts,
    Field,
    Fields,
    Needs,
    OrderedField,
    Wire,
    as_optional_condition,
)
from kamcore.score import Score
from kamcore.tier._ladder import Ladder
from kamcore.values import Ratio, Source, Split, allocate
from kamcore.values._checks import as_date, instance_of, one_of, tuple_of, unique_names
from kamcore.values._exact import exact

__all__ = ["Cut", "CutPoints", "RankKey", "Standing", "TierQuota", "stand"]

Tie = Literal["share_better", "share_worse", "by_account"]


@frozen(order=False)
class RankKey:
    """A further fact that ranks accounts of equal points; `first` says which end is better."""

    fact: Field = field(validator=instance_of(OrderedField))
    first: Literal["high", "low"] = field(default="high", validator=one_of("high", "low"))


@frozen(order=False, kw_only=True)
class TierQuota(Policy):
    """Shares of the ranked accounts, one a tier of the ladder, the best tier first.

    Sizes are whole by largest remainder, an equal remainder to the better or worse tier as
    `remainder_tie` says. Accounts rank by points, then by `keys`. `tie` says what happens to
    accounts that are equal in all of these and stand at a cut: all share the better tier, all share
    the worse, or the account id decides. Only accounts in `population` are ranked; the others get
    no tier.
    """

    ladder: Ladder = field(validator=instance_of(Ladder))
    shares: tuple[Ratio, ...] = field(validator=tuple_of(Ratio))
    tie: Tie = field(validator=one_of("share_better", "share_worse", "by_account"))
    keys: tuple[RankKey, ...] = field(default=(), validator=tuple_of(RankKey))
    remainder_tie: Literal["better", "worse"] = field(
        default="better", validator=one_of("better", "worse")
    )
    population: Condition | None = field(default=None, converter=as_optional_condition)
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check one share a tier, a sum of 100 %, and distinct keys."""
        if len(self.shares) != len(self.ladder.tiers):
            raise PolicyError(
                f"{len(self.ladder.tiers)} tiers and {len(self.shares)} shares; "
                "give one share a tier"
            )
        total = Ratio(0)
        for name, share in zip(self.ladder.names, self.shares, strict=True):
            if share.numerator < 0:
                raise PolicyError(f"tier {name!r} has the share {share}; pass 0% or more")
            total += share
        if total != Ratio(1):
            shown = " + ".join(map(str, self.shares))
            raise PolicyError(f"shares {shown} = {total}, and not 100%; mend one of them")
        unique_names("ranking key", (key.fact.name for key in self.keys))

    @property
    def fields(self) -> Fields:
        """The facts that rank and that say who is ranked."""
        asked = () if self.population is None else self.population.rows()
        population = [leaf.field for row in asked for leaf in row]
        return Fields((*(key.fact for key in self.keys), *population))

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)

    def sizes(self, ranked: int) -> tuple[int, ...]:
        """Return how many of `ranked` accounts each tier holds."""
        if self.remainder_tie == "better":
            return allocate(ranked, self.shares, Split.LARGEST_REMAINDER)
        return allocate(ranked, self.shares[::-1], Split.LARGEST_REMAINDER)[::-1]


@frozen(order=False)
class Standing:
    """Where an account stands: its score and its ranking keys.

    `ranked` is False for an account outside the population; `missing` are the facts that keep it
    from being ranked.
    """

    account: str = field()
    score: Score | None = field()
    keys: tuple[Wire | None, ...] = field()
    ranked: bool = field(default=True)
    missing: tuple[MissingFact, ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        """Refuse to rank an account that has no score."""
        if self.ranked and self.score is None:
            raise InputError(
                f"account {self.account!r} has no score and cannot be ranked; pass ranked=False"
            )

    @property
    def points(self) -> Decimal:
        """The points, 0 where there is no score (such an account is not ranked)."""
        return Decimal(0) if self.score is None else self.score.total


def stand(facts: Facts, score: Decision[Score], quota: TierQuota) -> Standing:
    """Return the standing of an account under a quota."""
    values = quota.compiled.values(facts)
    keys = tuple(values[key.fact.name] for key in quota.keys)
    missing = score.missing if not score.decided else ()
    ranked = score.decided
    if quota.population is not None and not quota.population.holds(values):
        ranked = False
        if quota.population.holds(values, if_missing=True):
            leaves = [leaf.field.name for row in quota.population.rows() for leaf in row]
            missing = tuple(dict.fromkeys((*missing, *facts.missing(leaves))))
        else:
            missing = ()
    return Standing(facts.account, score.value_or(None), keys, ranked, missing)


RankOrder = tuple[Decimal | int, ...]


def order_of(points: Decimal, keys: tuple[Wire | None, ...], quota: TierQuota) -> RankOrder:
    """Return the sort key of a standing: less is better; a missing key ranks last."""
    if len(keys) != len(quota.keys):
        raise InputError(
            f"{len(quota.keys)} ranking keys and {len(keys)} values; build standings with stand()"
        )
    order: list[Decimal | int] = [exact(points, "points").copy_negate()]
    for key, wire in zip(quota.keys, keys, strict=True):
        if wire is None:
            order += [1, 0]
        else:
            order += [0, -int(wire) if key.first == "high" else int(wire)]
    return tuple(order)


@frozen(order=False)
class Cut:
    """The least standing that reached `tier`; `account` is set where the account id decided."""

    tier: str = field()
    points: Decimal = field()
    keys: tuple[Wire | None, ...] = field(default=())
    account: str | None = field(default=None)


@frozen(order=False, kw_only=True)
class CutPoints(Policy):
    """What a grading run fixed: a later question about one account is answered by these cuts."""

    quota: TierQuota = field(validator=instance_of(TierQuota))
    graded_on: date = field()
    ranked: int = field(validator=instance_of(int))
    cuts: tuple[Cut, ...] = field(validator=tuple_of(Cut))

    def __attrs_post_init__(self) -> None:
        """Check the day, the tiers' names, and that a better tier asks for more."""
        as_date(self.graded_on, "day of grading")
        ranks = [self.quota.ladder.rank(cut.tier) for cut in self.cuts]
        marks = [(order, account or "") for order, account, _ in self.compiled]
        if ranks != sorted(set(ranks)) or marks != sorted(marks):
            shown = ", ".join(f"{cut.tier} at {cut.points}" for cut in self.cuts)
            raise PolicyError(f"cuts {shown} are not in order; a better tier comes first, at more")

    @property
    def fields(self) -> Fields:
        """The facts of the quota."""
        return self.quota.fields

    @property
    def source(self) -> Source | None:
        """The source of the quota."""
        return self.quota.source

    @cached_property
    def compiled(self) -> tuple[tuple[RankOrder, str | None, str], ...]:
        """The cuts as sort keys; no API."""
        return tuple(
            (order_of(cut.points, cut.keys, self.quota), cut.account, cut.tier) for cut in self.cuts
        )

    def tier_of(self, standing: Standing) -> str:
        """Return the tier of a ranked standing."""
        order = order_of(standing.points, standing.keys, self.quota)
        for cut, account, tier in self.compiled:
            if order < cut or (order == cut and (account is None or standing.account <= account)):
                return tier
        return self.quota.ladder.names[-1]
