"""Responsibility: who answers for a piece of work."""

from kamcore.routing._duties import RULES, Duty, DutyRules, NoOwner, route_work

__all__ = ["RULES", "Duty", "DutyRules", "NoOwner", "route_work"]
