"""Scorecards in words."""

from kamcore.decision import show
from kamcore.rulebook._lines import cite
from kamcore.score import BandItem, CategoryItem, Item, PerUnitItem, Scorecard
from kamcore.values import Lang

__all__ = ["describe_card"]

HEAD = {
    "en": "Scorecard {name}: {count} items, {maximum} points",
    "zh": "评分表 {name}：共 {count} 项，满分 {maximum} 分",
}
ITEM = {"en": "  {item}, at most {maximum} points", "zh": "  {item}，满分 {maximum} 分"}
GRADE = {"en": "    {what}: {points}", "zh": "    {what}：{points} 分"}
UNIT = {
    "en": "    points for every full {per}: {each}",
    "zh": "    每满 {per}计 {each} 分",
}
ENTERED = {"en": "    entered by judgement", "zh": "    人工评定"}
MISSING = {
    "en": {
        "undecided": "    a missing fact leaves no score",
        "left_out": "    a missing fact leaves the item out, and the rest is scaled up",
        "points": "    a missing fact earns {points}",
    },
    "zh": {
        "undecided": "    数据缺失则无法评分",
        "left_out": "    数据缺失则该项不计入，其余各项按比例折算",
        "points": "    数据缺失计 {points} 分",
    },
}


def describe_card(policy: Scorecard, lang: Lang) -> list[str]:
    """Return the card, an item and its grades a line each."""
    head = HEAD[lang].format(name=policy.name, count=len(policy.items), maximum=policy.maximum)
    lines = [head + cite(policy.source, lang)]
    for item in policy.items:
        lines.append(ITEM[lang].format(item=item.measure.text(lang), maximum=item.maximum))
        lines += _grades(item, lang)
        rule = item.missing if isinstance(item.missing, str) else "points"
        lines.append(MISSING[lang][rule].format(points=item.missing))
    if policy.scales_open is not None:
        said = {
            "en": "  points and scales are the company's own; the text leaves them open",
            "zh": "  各项分值与评分标准由公司自定，原文未作规定",
        }[lang]
        lines.append(said + cite(policy.scales_open, lang))
    if policy.rounding is not None:
        said = {"en": "  scaled totals are {how}", "zh": "  折算后的总分{how}"}[lang]
        lines.append(said.format(how=policy.rounding.label.text(lang)))
    return lines


def _grades(item: Item, lang: Lang) -> list[str]:
    if isinstance(item, BandItem):
        return [
            GRADE[lang].format(what=item.band_label(number).text(lang), points=points)
            for number, points in enumerate(item.steps.values)
        ]
    if isinstance(item, CategoryItem):
        return [
            GRADE[lang].format(what=item.outcome(option).text(lang), points=points)
            for option, points in item.options
        ]
    if isinstance(item, PerUnitItem):
        per = show(item.fact.show(item.fact.take(item.per)), lang)
        return [UNIT[lang].format(each=item.each, per=per)]
    return [ENTERED[lang]]
