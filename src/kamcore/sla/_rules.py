"""The sentences of the room, by which stored reasons are read back."""

from kamcore.sla._batches import RULES as BATCHES
from kamcore.sla._lead_times import RULES as LEAD_TIMES
from kamcore.sla._orders import RULES as ORDERS
from kamcore.sla._renewals import RULES as RENEWALS
from kamcore.sla._says import RULES as CLOCKS

__all__ = ["RULES"]

RULES = (*LEAD_TIMES, *CLOCKS, *ORDERS, *BATCHES, *RENEWALS)
