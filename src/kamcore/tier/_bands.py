"""Tiers by bands of the score, such as 80-100 A, 60-79 B."""

from decimal import Decimal

from attrs import define, field, frozen

from kamcore.decision import Decision, Policy, Reason, Rule, Trace
from kamcore.errors import InexactValue, PolicyError
from kamcore.facts import Fields
from kamcore.score import Score
from kamcore.tier._ladder import Ladder
from kamcore.values import Band, Number, Rounding, Source, Steps, round_to
from kamcore.values._checks import instance_of, known_name, tuple_of
from kamcore.values._exact import difference, exact

__all__ = ["RULES", "TierBands", "assign_by_bands"]

IN_BAND = Rule(
    "tier.in_band",
    ("tier", "score", "low", "high"),
    en="tier {tier}: {score} points lie in its band of {low} to {high}",
    zh="等级：{tier}，得分 {score} 分，处于 {low} 至 {high} 分区间",
)
TO_NEXT = Rule(
    "tier.to_next_band",
    ("tier", "lacking", "low"),
    en="{lacking} more points reach {tier}, which begins at {low}",
    zh="再得 {lacking} 分可达到{tier}（{low} 分起）",
)
ROUNDED = Rule(
    "tier.score_rounded",
    ("score", "grain", "rounding"),
    en="the score {score} was {rounding} to a multiple of {grain}",
    zh="得分 {score} 按 {grain} 的倍数取整（{rounding}）",
)
RULES = (IN_BAND, TO_NEXT, ROUNDED)


@frozen(order=False, kw_only=True)
class TierBands(Policy):
    """Published bands of points, both ends included; each `gives` a tier of the ladder.

    `grain` is the step in which scores move. A score that is finer, such as 79.5 between 60-79 and
    80-100, is refused until `rounding` says what becomes of it.
    """

    ladder: Ladder = field(validator=instance_of(Ladder))
    bands: tuple[Band[str], ...] = field(validator=tuple_of(Band))
    grain: Number = field(default=1)
    rounding: Rounding | None = field(default=None, validator=instance_of(Rounding, type(None)))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check that the bands meet and that a better tier asks for more points."""
        steps = self.steps
        ranks = [
            self.ladder.rank(known_name("tier", name, self.ladder.names)) for name in steps.values
        ]
        if ranks != sorted(ranks, reverse=True):
            shown = ", ".join(f"{band}: {band.gives}" for band in self.bands)
            raise PolicyError(
                f"more points would cost a tier in {shown}; order bands as the ladder does"
            )

    @property
    def steps(self) -> Steps[str]:
        """The bands as steps."""
        return Steps.published(self.bands, grain=self.grain)

    @property
    def fields(self) -> Fields:
        """No facts beyond the score."""
        return Fields(())


def assign_by_bands(score: Score, policy: TierBands) -> Decision[str]:
    """Return the tier of a score; raises `InexactValue` for a finer score without a rounding."""
    total = score.total
    assumed: tuple[Reason, ...] = ()
    if total != round_to(total, policy.grain, Rounding.FLOOR):
        if policy.rounding is None:
            grain = f"the bands' grain of {policy.grain}"
            raise InexactValue("score", total, grain)
        total = round_to(total, policy.grain, policy.rounding)
        assumed = (Reason.of(ROUNDED, score.total, policy.grain, policy.rounding.label),)
    tier = policy.steps.at(total)
    return Decision(str(tier), BandTrace(policy, total), policy.fingerprint, (), assumed)


@define(eq=False, order=False)
class BandTrace(Trace):
    """The points that were looked up."""

    policy: TierBands
    points: Decimal

    def reasons(self) -> tuple[Reason, ...]:
        """Return the band, and what the next one asks."""
        policy, points = self.policy, self.points
        ladder = policy.ladder
        ordered = sorted(policy.bands, key=lambda band: exact(band.low))
        number = policy.steps.index(points)
        band = ordered[number]
        label = ladder.label(band.gives)
        reasons = [Reason.of(IN_BAND, label, points, band.low, band.high, source=policy.source)]
        if number + 1 < len(ordered):
            upper = ordered[number + 1]
            lacking = difference(exact(upper.low), points)
            reasons.append(Reason.of(TO_NEXT, ladder.label(upper.gives), lacking, upper.low))
        return tuple(reasons)
