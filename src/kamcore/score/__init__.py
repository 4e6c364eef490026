"""Scorecards: points for facts."""

from kamcore.score._card import Scorecard, points
from kamcore.score._items import BandItem, CategoryItem, EnteredItem, Item, Missing, PerUnitItem
from kamcore.score._result import ItemScore, Score
from kamcore.score._score import RULES, score_account

__all__ = [
    "RULES",
    "BandItem",
    "CategoryItem",
    "EnteredItem",
    "Item",
    "ItemScore",
    "Missing",
    "PerUnitItem",
    "Score",
    "Scorecard",
    "points",
    "score_account",
]
