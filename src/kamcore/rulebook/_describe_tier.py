"""Tier policies in words."""

from kamcore.decision import show
from kamcore.rulebook._lines import cite
from kamcore.tier import CutPoints, TierBands, TierQuota, TierRules
from kamcore.values import Lang

__all__ = ["describe_bands", "describe_cuts", "describe_quota", "describe_rules"]


def describe_rules(policy: TierRules, lang: Lang) -> list[str]:
    """Return the tiers with their conditions."""
    ladder = policy.ladder
    head = {
        "en": "Tiers by conditions, the first that holds",
        "zh": "按条件定级，依次取首个满足者",
    }[lang]
    lines = [head + cite(policy.source, lang)]
    colon = "：" if lang == "zh" else ": "
    lines.extend(
        f"  {ladder.label(rule.tier).text(lang)}{colon}{rule.when.text(lang)}"
        + cite(rule.source, lang)
        for rule in policy.rules
    )
    rest = {"en": "everybody else", "zh": "其余客户"}[lang]
    lines.append(f"  {ladder.label(policy.otherwise).text(lang)}{colon}{rest}")
    missing = {
        "en": {
            "undecided": "  own: a missing fact that could lead to a higher tier leaves it open",
            "fails": "  own: a missing fact counts as a condition not met",
        },
        "zh": {
            "undecided": "  口径：缺少数据且补齐后等级可能更高的，暂不定级",
            "fails": "  口径：缺失的数据视为不满足条件",
        },
    }
    return [*lines, missing[lang][policy.missing]]


def describe_bands(policy: TierBands, lang: Lang) -> list[str]:
    """Return the bands of points."""
    head = {"en": "Tiers by points", "zh": "按得分定级"}[lang]
    lines = [head + cite(policy.source, lang)]
    one = {"en": "  {tier}: {low} to {high} points", "zh": "  {tier}：{low} 至 {high} 分"}[lang]
    lines.extend(
        one.format(tier=policy.ladder.label(band.gives).text(lang), low=band.low, high=band.high)
        for band in policy.bands
    )
    if policy.rounding is None:
        said = {
            "en": "  points finer than {grain} are refused",
            "zh": "  比 {grain} 分更细的得分不予受理",
        }[lang]
        return [*lines, said.format(grain=policy.grain)]
    said = {
        "en": "  points are {how} to a multiple of {grain}",
        "zh": "  得分按 {grain} 分的倍数取整（{how}）",
    }[lang]
    return [*lines, said.format(grain=policy.grain, how=policy.rounding.label.text(lang))]


TIES = {
    "en": {
        "share_better": "  own: accounts equal in points and keys at a cut all get the better tier",
        "share_worse": "  own: accounts equal in points and keys at a cut all get the worse tier",
        "by_account": "  own: of accounts equal in points and keys the account id decides",
    },
    "zh": {
        "share_better": "  口径：得分与排序项均相同的客户一并列入较高等级",
        "share_worse": "  口径：得分与排序项均相同的客户一并列入较低等级",
        "by_account": "  口径：得分与排序项均相同的客户按客户编号先后决定",
    },
}
KEYS = {"en": "  own: equal points rank by ", "zh": "  口径：同分时依序按："}
REMAINDER = {
    "en": {
        "better": "  own: sizes by largest remainder, an equal remainder to the better tier",
        "worse": "  own: sizes by largest remainder, an equal remainder to the worse tier",
    },
    "zh": {
        "better": "  口径：各级户数按最大余数法取整，余数相同时归较高等级",
        "worse": "  口径：各级户数按最大余数法取整，余数相同时归较低等级",
    },
}


def describe_quota(policy: TierQuota, lang: Lang) -> list[str]:
    """Return the shares, who is ranked, by what, and what happens in a tie."""
    head = {"en": "Tiers by rank on points, from high to low", "zh": "按得分由高到低排名定级"}[lang]
    lines = [head + cite(policy.source, lang)]
    colon = "：" if lang == "zh" else ": "
    for name, share in zip(policy.ladder.names, policy.shares, strict=True):
        lines.append(f"  {policy.ladder.label(name).text(lang)}{colon}{share}")
    if policy.population is None:
        lines.append(
            {
                "en": "  own: every account with a score is ranked",
                "zh": "  口径：有得分的客户全部参与排名",
            }[lang]
        )
    else:
        said = {
            "en": "  own: ranked are accounts of which {when}; the others get no tier",
            "zh": "  口径：参与排名的客户为{when}者；其余不定级",
        }[lang]
        lines.append(said.format(when=policy.population.text(lang)))
    if policy.keys:
        ends = {
            "en": {"high": "highest first", "low": "lowest first"},
            "zh": {"high": "高者在前", "low": "低者在前"},
        }
        joint = "、" if lang == "zh" else ", then "
        keys = joint.join(
            (
                f"{key.fact.label.zh}（{ends[lang][key.first]}）"
                if lang == "zh"
                else f"{key.fact.label.en} ({ends[lang][key.first]})"
            )
            for key in policy.keys
        )
        lines.append(KEYS[lang] + keys)
    return [*lines, REMAINDER[lang][policy.remainder_tie], TIES[lang][policy.tie]]


def describe_cuts(policy: CutPoints, lang: Lang) -> list[str]:
    """Return the cuts of a grading run, then the quota."""
    head = {
        "en": "Cut points of the grading on {day}, {ranked} accounts ranked",
        "zh": "{day}评级的分数线，共 {ranked} 户参与排名",
    }[lang].format(day=show(policy.graded_on, lang), ranked=policy.ranked)
    said = {"en": "  {tier}: {points} points or more", "zh": "  {tier}：{points} 分及以上"}[lang]
    cuts = [
        said.format(tier=policy.quota.ladder.label(cut.tier).text(lang), points=cut.points)
        for cut in policy.cuts
    ]
    return [head, *cuts, *describe_quota(policy.quota, lang)]
