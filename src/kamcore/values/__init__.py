"""Exact values: money, ratios, rounding, steps, spans, labels, sources, seats."""

from kamcore.values._allocation import Split, allocate
from kamcore.values._exact import Number
from kamcore.values._money import Money, MoneyLike, UnitPrice
from kamcore.values._ratio import Ratio
from kamcore.values._rounding import Rounding, round_to
from kamcore.values._spans import Dated, Days, Version
from kamcore.values._steps import Band, Steps, Threshold
from kamcore.values._text import Label, Lang, Named, Seat, Source

__all__ = [
    "Band",
    "Dated",
    "Days",
    "Label",
    "Lang",
    "Money",
    "MoneyLike",
    "Named",
    "Number",
    "Ratio",
    "Rounding",
    "Seat",
    "Source",
    "Split",
    "Steps",
    "Threshold",
    "UnitPrice",
    "Version",
    "allocate",
    "round_to",
]
