"""The tier of one account by the cut points of a grading run."""

from attrs import define

from kamcore.decision import UNDECIDED, Decision, Reason, Rule, Trace
from kamcore.tier._quota import CutPoints, Standing, order_of
from kamcore.values import Label
from kamcore.values._exact import difference
from kamcore.values._words import joined

__all__ = ["RULES", "assign_by_cuts"]

BY_CUT = Rule(
    "tier.by_cut",
    ("tier", "score", "ranked", "day"),
    en="tier {tier} with {score} points, among {ranked} accounts ranked on {day}",
    zh="等级：{tier}，得分 {score} 分（{day}评级，共 {ranked} 户参与排名）",
)
CUT = Rule(
    "tier.cut_reached",
    ("share", "tier", "points"),
    en="the best {share} are {tier}; their cut is {points} points and is reached",
    zh="排名前 {share} 的客户为{tier}，分数线 {points} 分，已达到",
)
NEXT_CUT = Rule(
    "tier.next_cut_reached",
    ("before", "share", "tier", "points"),
    en="after the best {before} the next {share} are {tier}; their cut is {points} points, reached",
    zh="前 {before} 之后的 {share} 为{tier}，分数线 {points} 分，已达到",
)
BELOW_ALL = Rule(
    "tier.below_all_cuts",
    ("share", "tier"),
    en="the last {share} are {tier}: no cut is reached",
    zh="排名最后的 {share} 为{tier}：未达到任何分数线",
)
TO_CUT = Rule(
    "tier.to_next_cut",
    ("lacking", "tier", "points"),
    en="points short of the cut of {tier} at this grading ({points}): {lacking}",
    zh="距本次评级{tier}的分数线（{points} 分）还差 {lacking} 分",
)
BY_ITEM = Rule(
    "tier.to_next_by_item",
    ("item", "gain", "lacking", "tier"),
    en="{item} alone could close the gap of {lacking} to {tier}: points still open there: {gain}",
    zh="“{item}”一项尚有 {gain} 分未得，足以补足距{tier}所差的 {lacking} 分",
)
BEHIND_BY_KEY = Rule(
    "tier.behind_by_key",
    ("tier", "points", "keys"),
    en="equal to the cut of {tier} in points ({points}); behind it by {keys}",
    zh="得分与{tier}的分数线相同（{points} 分），但按{keys}排在其后",
)
BY_ACCOUNT = Rule(
    "tier.by_account_id",
    ("tier",),
    en="equal to the cut of {tier} in points and keys; the account id decided, as the policy says",
    zh="得分与排序项均与{tier}的分数线相同，按规定以客户编号先后决定",
)
NOT_RANKED = Rule(
    "tier.not_ranked",
    ("condition",),
    en="no tier: the account does not meet the condition for being ranked ({condition})",
    zh="未定级：该客户不符合本次排名条件（{condition}）",
)
NO_SCORE = Rule(
    "tier.not_scored",
    (),
    en="no tier: the account has no score, as facts are missing",
    zh="未定级：缺少数据，无法评分",
)
NOBODY = Rule(
    "tier.nobody_ranked",
    (),
    en="no tier: no account was ranked in that grading",
    zh="未定级：该次评级没有客户参与排名",
)
KEY_MISSING = Rule(
    "tier.missing_key_last",
    ("keys",),
    en="a missing {keys} ranks last among equal points",
    zh="同分时缺少{keys}者排在最后",
)
RULES = (
    BY_CUT,
    CUT,
    NEXT_CUT,
    BELOW_ALL,
    TO_CUT,
    BY_ITEM,
    BEHIND_BY_KEY,
    BY_ACCOUNT,
    NOT_RANKED,
    NO_SCORE,
    NOBODY,
    KEY_MISSING,
)


def assign_by_cuts(standing: Standing, cuts: CutPoints) -> Decision[str]:
    """Return the tier of a standing by the cuts of a grading run."""
    if not standing.ranked or not cuts.ranked:
        no_score = standing.score is None and standing.missing
        rule = NOBODY if standing.ranked else NO_SCORE if no_score else NOT_RANKED
        asked = (_condition(cuts),) if rule is NOT_RANKED else ()
        reason = Reason.of(rule, *asked, source=cuts.source)
        return Decision(UNDECIDED, (reason,), cuts.fingerprint, standing.missing)
    lacking = [
        key.fact.label
        for key, wire in zip(cuts.quota.keys, standing.keys, strict=True)
        if wire is None
    ]
    assumed = (Reason.of(KEY_MISSING, joined(lacking)),) if lacking else ()
    tier = cuts.tier_of(standing)
    return Decision(tier, CutTrace(cuts, standing, tier), cuts.fingerprint, (), assumed)


def _condition(cuts: CutPoints) -> Label:
    """Return in words who is ranked."""
    population = cuts.quota.population
    if population is None:
        return Label("it was left out of the ranking", "未列入排名")
    return Label(population.text("en"), population.text("zh"))


@define(eq=False, order=False)
class CutTrace(Trace):
    """Cuts, standing and tier: all that the reasons are built from."""

    cuts: CutPoints
    standing: Standing
    tier: str

    def reasons(self) -> tuple[Reason, ...]:
        """Return the tier, its cut, and what lacks to the next better tier."""
        cuts, standing = self.cuts, self.standing
        ladder, source = cuts.quota.ladder, cuts.source
        label = ladder.label(self.tier)
        reasons = [
            Reason.of(BY_CUT, label, standing.points, cuts.ranked, cuts.graded_on, source=source)
        ]
        reasons.append(self._share())
        better = [cut for cut in cuts.cuts if ladder.rank(cut.tier) < ladder.rank(self.tier)]
        if better:
            reasons.extend(self._to_next(len(better) - 1))
        return tuple(reasons)

    def _share(self) -> Reason:
        cuts = self.cuts
        quota, rank = cuts.quota, cuts.quota.ladder.rank(self.tier)
        label, share = quota.ladder.label(self.tier), quota.shares[rank]
        own = next((cut for cut in cuts.cuts if cut.tier == self.tier), None)
        if own is None:
            return Reason.of(BELOW_ALL, share, label)
        if rank == 0:
            return Reason.of(CUT, share, label, own.points)
        before = sum(quota.shares[1:rank], quota.shares[0])
        return Reason.of(NEXT_CUT, before, share, label, own.points)

    def _to_next(self, number: int) -> list[Reason]:
        cuts, standing = self.cuts, self.standing
        cut = cuts.cuts[number]
        label = cuts.quota.ladder.label(cut.tier)
        lacking = difference(cut.points, standing.points)
        if lacking > 0:
            reasons = [Reason.of(TO_CUT, lacking, label, cut.points)]
            score = standing.score
            worst = max(score.items, key=score.gain) if score and score.items else None
            if score and worst and score.gain(worst) >= lacking:
                gain = score.gain(worst)
                reasons.append(Reason.of(BY_ITEM, worst.label, gain, lacking, label))
            return reasons
        if order_of(standing.points, standing.keys, cuts.quota) == cuts.compiled[number][0]:
            return [Reason.of(BY_ACCOUNT, label)]
        keys = joined(key.fact.label for key in cuts.quota.keys)
        return [Reason.of(BEHIND_BY_KEY, label, cut.points, keys)]
