"""The sentences of the room, by which stored reasons are read back."""

from kamcore.routing._audit import RULES as AUDIT
from kamcore.routing._authority_says import RULES as AUTHORITY
from kamcore.routing._compare import RULES as COMPARE
from kamcore.routing._escalation_says import RULES as ESCALATION
from kamcore.routing._route import RULES as ROUTE
from kamcore.routing._staffing_says import RULES as STAFFING

__all__ = ["RULES"]

RULES = (*ROUTE, *AUDIT, *COMPARE, *STAFFING, *ESCALATION, *AUTHORITY)
