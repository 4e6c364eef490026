"""The rules of the room."""

from kamcore.credit import _reasons

__all__ = ["RULES"]

RULES = (*_reasons.RULES,)
