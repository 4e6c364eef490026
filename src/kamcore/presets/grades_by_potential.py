"""S3-P01, strategic, key and ordinary customers: the one price rule of the text.

The price of service for an ordinary customer without potential may be raised (可提高服务价格). The
text gives no amount, which is a required argument, and no price for anybody else: the standard
price is the control price. "May" is read as a permission, and nobody pays less than the standard
price; `action="duty"` raises it always. Both are kamcore's readings.
"""

from typing import Literal

from kamcore.errors import PolicyError
from kamcore.price import PricePolicy, TierPrice
from kamcore.values import Label, Ratio, Rounding, Source
from kamcore.values._checks import named_convention

__all__ = ["WITHOUT_POTENTIAL", "price"]

TITLE = Label("Customer grading: strategic, key and ordinary customers", "客户分级管理制度")
WITHOUT_POTENTIAL = "ordinary without potential"


def price(
    *,
    raise_by: Ratio,
    action: Literal["permission", "duty"] = "permission",
    rounding: Rounding = Rounding.HALF_AWAY_FROM_ZERO,
) -> PricePolicy:
    """Return P01-6: up to `raise_by` more as a permission, or exactly that much as a duty."""
    named_convention("action", action, ("permission", "duty"))
    if raise_by.numerator <= 0:
        raise PolicyError(f"raise_by {raise_by} raises nothing; pass Ratio.percent(5)")
    full = Ratio(1)
    most = full + raise_by
    least = most if action == "duty" else full
    source = Source("P01-6", TITLE, mark="form")
    return PricePolicy(
        tiers=(
            TierPrice(
                WITHOUT_POTENTIAL,
                zh="无升级潜力的普通客户",
                en="ordinary customers without potential",
                low=least,
                high=most,
                source=source,
            ),
        ),
        rounding=rounding,
        source=source,
    )
