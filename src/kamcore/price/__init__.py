"""Prices: from the control price to what is left of it, and the floor that holds."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcore.price._adjustments import (
        Adjustment,
        Basis,
        FreeUnits,
        Gives,
        Stack,
        StackKind,
    )
    from kamcore.price._answer import (
        quote_price,
    )
    from kamcore.price._cliffs import (
        Cliff,
        find_cliffs,
    )
    from kamcore.price._floor import (
        FloorCase,
        FloorProof,
        TierFloor,
        check_floor,
    )
    from kamcore.price._policy import (
        Approval,
        Price,
        PricePolicy,
        PriceRange,
        TierPrice,
    )
    from kamcore.price._quote import (
        Outcome,
        PriceStep,
        Quote,
        Sale,
    )
    from kamcore.price._range import (
        find_price_range,
    )
    from kamcore.price._revenue import (
        RevenuePart,
        RevenueShare,
        share_revenue,
    )
    from kamcore.price._says import (
        RULES,
    )
    from kamcore.price._taxes import (
        without_tax,
    )
else:
    from kamcore._lazy import contents

    __getattr__ = contents(
        __name__,
        {
            "_adjustments": "Adjustment Basis FreeUnits Gives Stack StackKind",
            "_answer": "quote_price",
            "_cliffs": "Cliff find_cliffs",
            "_floor": "FloorCase FloorProof TierFloor check_floor",
            "_policy": "Approval Price PricePolicy PriceRange TierPrice",
            "_quote": "Outcome PriceStep Quote Sale",
            "_range": "find_price_range",
            "_revenue": "RevenuePart RevenueShare share_revenue",
            "_says": "RULES",
            "_taxes": "without_tax",
        },
    )

__all__ = [
    "RULES",
    "Adjustment",
    "Approval",
    "Basis",
    "Cliff",
    "FloorCase",
    "FloorProof",
    "FreeUnits",
    "Gives",
    "Outcome",
    "Price",
    "PricePolicy",
    "PriceRange",
    "PriceStep",
    "Quote",
    "RevenuePart",
    "RevenueShare",
    "Sale",
    "Stack",
    "StackKind",
    "TierFloor",
    "TierPrice",
    "check_floor",
    "find_cliffs",
    "find_price_range",
    "quote_price",
    "share_revenue",
    "without_tax",
]
