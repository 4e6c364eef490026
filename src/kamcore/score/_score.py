"""Scoring an account: the total, every item, and why."""

from decimal import Decimal

from attrs import define

from kamcore.decision import UNDECIDED, Decision, Reason, Rule, Trace
from kamcore.errors import Undecided
from kamcore.facts import Facts
from kamcore.score._card import OWN_SCALES, Scorecard
from kamcore.score._result import ItemScore, Score
from kamcore.score._sheet import Line
from kamcore.values._exact import from_scaled, to_scaled
from kamcore.values._words import joined

__all__ = ["RULES", "score_account"]

TOTAL = Rule(
    "score.total",
    ("points", "maximum"),
    en="score {points} of {maximum} points",
    zh="得分 {points} 分，满分 {maximum} 分",
)
NO_SCORE = Rule(
    "score.undecided",
    ("items",),
    en="no score: the facts for {items} are missing",
    zh="无法评分：缺少{items}的数据",
)
ITEM = Rule(
    "score.item",
    ("item", "points", "maximum", "value", "outcome"),
    en="{item}: {points} of {maximum} points for {value} ({outcome})",
    zh="{item}：{value}，{outcome}，得 {points} 分（满分 {maximum} 分）",
)
ITEM_CHOICE = Rule(
    "score.item_choice",
    ("item", "points", "maximum", "value"),
    en="{item}: {points} of {maximum} points for {value}",
    zh="{item}：{value}，得 {points} 分（满分 {maximum} 分）",
)
ITEM_MISSING = Rule(
    "score.item_missing",
    ("item", "points", "maximum"),
    en="{item}: {points} of {maximum} points, as the card rules for a missing fact",
    zh="{item}：数据缺失，按评分表规定计 {points} 分（满分 {maximum} 分）",
)
ITEM_LEFT_OUT = Rule(
    "score.item_left_out",
    ("item", "maximum"),
    en="{item}: left out, the fact is missing; its {maximum} points do not count",
    zh="{item}：数据缺失，不计入，该项 {maximum} 分不参与计算",
)
RESCALED = Rule(
    "score.rescaled",
    ("earned", "counted", "maximum"),
    en="{earned} of {counted} counted points are scaled up to {maximum}",
    zh="计入项目得 {earned} 分，满分 {counted} 分，折算为 {maximum} 分制",
)
RULES = (TOTAL, NO_SCORE, ITEM, ITEM_CHOICE, ITEM_MISSING, ITEM_LEFT_OUT, RESCALED, OWN_SCALES)


def score_account(facts: Facts, card: Scorecard) -> Decision[Score]:
    """Return the score of an account with the points of every item.

    Points are exact at the card's decimals; they are rounded only where items were left out, by the
    card's rounding. The reasons rank the items by points lost. Undecided where an item whose
    missing fact leaves no score lacks it.
    """
    sheet = card.compiled
    try:
        total = from_scaled(sheet.total(facts), card.decimals)
    except Undecided:
        return _undecided(facts, card)
    maximum = card.maximum if type(card.maximum) is Decimal else Decimal(card.maximum)
    score = Score(total, maximum, sheet.results(facts))
    missing = facts.missing(item.fact.name for item in card.items) if None in facts.wires else ()
    trace = ScoreTrace(card, facts, score)
    return Decision(score, trace, card.fingerprint, missing, card.assumed)


def _undecided(facts: Facts, card: Scorecard) -> Decision[Score]:
    lacking = [
        item
        for item in card.items
        if item.missing == "undecided" and facts.values[item.fact.name] is None
    ]
    if not lacking:
        lacking = [
            item
            for item in card.items
            if item.missing == "left_out" and facts.values[item.fact.name] is None
        ]
    names = joined(item.label for item in lacking)
    reason = Reason.of(NO_SCORE, names, source=card.source)
    return Decision(
        UNDECIDED, (reason,), card.fingerprint, facts.missing(item.fact.name for item in lacking)
    )


@define(eq=False, order=False)
class ScoreTrace(Trace):
    """Card, facts and score: all that the reasons are built from."""

    card: Scorecard
    facts: Facts
    score: Score

    def reasons(self) -> tuple[Reason, ...]:
        """Return the total, then the items by points lost."""
        card, score = self.card, self.score
        reasons = [Reason.of(TOTAL, score.total, score.maximum, source=card.source)]
        counted = [item for item in score.items if item.counted]
        if len(counted) < len(score.items):
            earned, full = (
                from_scaled(sum(to_scaled(one, card.decimals) for one in group), card.decimals)
                for group in ([one.points for one in counted], [one.maximum for one in counted])
            )
            reasons.append(Reason.of(RESCALED, earned, full, score.maximum))
        lines = {line.item.name: line for line in card.compiled.lines}
        reasons.extend(self._item(lines[one.name], one) for one in score.by_points_lost)
        return tuple(reasons)

    def _item(self, line: Line, result: ItemScore) -> Reason:
        item, wire = line.item, self.facts.values[line.fact]
        if wire is not None:
            shown, outcome = item.shown(wire), line.outcome(wire)
            if shown == outcome:
                return Reason.of(ITEM_CHOICE, item.measure, result.points, result.maximum, shown)
            return Reason.of(ITEM, item.measure, result.points, result.maximum, shown, outcome)
        if result.counted:
            return Reason.of(ITEM_MISSING, item.measure, result.points, result.maximum)
        return Reason.of(ITEM_LEFT_OUT, item.measure, result.maximum)
