"""S3-P18, four grades by contribution, spend, potential and history: their price preference.

A has the most (最大), B a moderate one (适度), C some (一定), D none: the standard price. The text
gives no rates, which are required arguments. That moderate is more than some is kamcore's reading.
The sale's control price is the standard price.
"""

from itertools import pairwise

from kamcore.errors import PolicyError
from kamcore.price import PricePolicy, TierPrice
from kamcore.values import Label, Ratio, Rounding, Source

__all__ = ["price"]

TITLE = Label("Customer grading: four grades by contribution and potential", "客户分级管理制度")


def price(
    *, a: Ratio, b: Ratio, c: Ratio, rounding: Rounding = Rounding.HALF_AWAY_FROM_ZERO
) -> PricePolicy:
    """Return P18-3 for a company's own discounts of A, B and C; D pays the standard price."""
    for above, below in pairwise((a, b, c, Ratio(0))):
        if above <= below:
            raise PolicyError(
                f"discounts {a}, {b}, {c} of A, B, C do not fall; the text gives A the most, "
                "then B, then C, and D none"
            )
    full, source = Ratio(1), Source("P18-3", TITLE, mark="form")
    standard = Source("P18-3", TITLE, mark="rule")
    return PricePolicy(
        tiers=(
            TierPrice("A", low=full + -a, source=source),
            TierPrice("B", low=full + -b, source=source),
            TierPrice("C", low=full + -c, source=source),
            TierPrice("D", low=full, high=full, source=standard),
        ),
        rounding=rounding,
        source=source,
    )
