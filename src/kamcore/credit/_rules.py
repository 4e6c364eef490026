"""The rules of the room."""

from kamcore.credit import (
    _arrears_reasons,
    _consignment,
    _limit_reasons,
    _plan_reasons,
    _reasons,
)

__all__ = ["RULES"]

RULES = (
    *_reasons.RULES,
    *_plan_reasons.RULES,
    *_limit_reasons.RULES,
    *_consignment.RULES,
    *_arrears_reasons.RULES,
)
