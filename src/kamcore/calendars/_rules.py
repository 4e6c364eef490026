"""The sentences of the room, by which stored reasons are read back."""

from kamcore.calendars._counting import RULES as COUNTING
from kamcore.calendars._windows import RULES as WINDOWS

__all__ = ["RULES"]

RULES = (*COUNTING, *WINDOWS)
