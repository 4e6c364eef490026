"""Prices: from the control price to the range that a tier is permitted."""

from kamcore.price._range import (
    RULES,
    Price,
    PricePolicy,
    PriceRange,
    PriceVerdict,
    TierPrice,
    check_price,
    find_price_range,
)

__all__ = [
    "RULES",
    "Price",
    "PricePolicy",
    "PriceRange",
    "PriceVerdict",
    "TierPrice",
    "check_price",
    "find_price_range",
]
