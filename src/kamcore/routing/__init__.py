"""Responsibility: who answers for a piece of work, and proof that somebody always does."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcore.facts._boxes import Box
    from kamcore.routing._access import AccessRules, AccessVerdict, Grant, check_access
    from kamcore.routing._audit import DutyAudit, Unowned, Witness, check_duties
    from kamcore.routing._authority import (
        Authority,
        AuthorityLevel,
        AuthorityVerdict,
        check_authority,
    )
    from kamcore.routing._compare import DutyChange, DutyChanges, Mover, compare_duties
    from kamcore.routing._duties import Duty, DutyRules, NoOwner
    from kamcore.routing._escalation import Escalation, EscalationStep
    from kamcore.routing._findings import DeadRule, RedundantRule
    from kamcore.routing._load import Load, SeatLoad, simulate_load
    from kamcore.routing._matrix import draw_matrix
    from kamcore.routing._overlaps import Overlap
    from kamcore.routing._plan import EscalationNotice, EscalationPlan, plan_escalation
    from kamcore.routing._rivals import Claim, NearMiss, Rivals, find_rivals
    from kamcore.routing._route import route_work
    from kamcore.routing._rules import RULES
    from kamcore.routing._seating import Passed, Placement
    from kamcore.routing._space import Space
    from kamcore.routing._staff import Absence, Person, RateLimit, Staff, Workload
    from kamcore.routing._staffing import Staffing, Unstaffed, staff_duty
    from kamcore.routing._vacancies import Vacancy, find_vacancies
else:
    from kamcore._lazy import contents

    __getattr__ = contents(
        __name__,
        {
            "_access": "AccessRules AccessVerdict Grant check_access",
            "_audit": "Box DutyAudit Unowned Witness check_duties",
            "_authority": "Authority AuthorityLevel AuthorityVerdict check_authority",
            "_compare": "DutyChange DutyChanges Mover compare_duties",
            "_duties": "Duty DutyRules NoOwner",
            "_escalation": "Escalation EscalationStep",
            "_findings": "DeadRule RedundantRule",
            "_overlaps": "Overlap",
            "_load": "Load SeatLoad simulate_load",
            "_matrix": "draw_matrix",
            "_plan": "EscalationNotice EscalationPlan plan_escalation",
            "_rivals": "Claim NearMiss Rivals find_rivals",
            "_route": "route_work",
            "_rules": "RULES",
            "_seating": "Passed Placement",
            "_space": "Space",
            "_staff": "Absence Person RateLimit Staff Workload",
            "_staffing": "Staffing Unstaffed staff_duty",
            "_vacancies": "Vacancy find_vacancies",
        },
    )

__all__ = [
    "RULES",
    "Absence",
    "AccessRules",
    "AccessVerdict",
    "Authority",
    "AuthorityLevel",
    "AuthorityVerdict",
    "Box",
    "Claim",
    "DeadRule",
    "Duty",
    "DutyAudit",
    "DutyChange",
    "DutyChanges",
    "DutyRules",
    "Escalation",
    "EscalationNotice",
    "EscalationPlan",
    "EscalationStep",
    "Grant",
    "Load",
    "Mover",
    "NearMiss",
    "NoOwner",
    "Overlap",
    "Passed",
    "Person",
    "Placement",
    "RateLimit",
    "RedundantRule",
    "Rivals",
    "SeatLoad",
    "Space",
    "Staff",
    "Staffing",
    "Unowned",
    "Unstaffed",
    "Vacancy",
    "Witness",
    "Workload",
    "check_access",
    "check_authority",
    "check_duties",
    "compare_duties",
    "draw_matrix",
    "find_rivals",
    "find_vacancies",
    "plan_escalation",
    "route_work",
    "simulate_load",
    "staff_duty",
]
