"""Ladders, and the ways to assign a tier: by conditions, by bands of points, by quota."""

from kamcore.tier import _bands, _by_cut, _rules
from kamcore.tier._assign import assign_tier
from kamcore.tier._bands import TierBands
from kamcore.tier._grading import CutLine, Grading, grade_book
from kamcore.tier._ladder import Ladder, Tier
from kamcore.tier._quota import Cut, CutPoints, RankKey, Standing, TierQuota, stand
from kamcore.tier._rules import TierRule, TierRules

RULES = (*_rules.RULES, *_bands.RULES, *_by_cut.RULES)

__all__ = [
    "RULES",
    "Cut",
    "CutLine",
    "CutPoints",
    "Grading",
    "Ladder",
    "RankKey",
    "Standing",
    "Tier",
    "TierBands",
    "TierQuota",
    "TierRule",
    "TierRules",
    "assign_tier",
    "grade_book",
    "stand",
]
