"""Time promised: agreements and their clocks, lead times, order of work."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcore.sla._agreements import (
        Agreement,
        AgreementKind,
        Agreements,
        Alert,
        Clock,
        PauseKind,
    )
    from kamcore.sla._answers import NoPromise, find_clocks, find_deadline
    from kamcore.sla._attainment import Attainment, AttainmentRow, measure_attainment
    from kamcore.sla._batches import BatchHandling, BatchRules, TierBatch, find_batch_handling
    from kamcore.sla._events import Case, Event, EventKind, Ignored
    from kamcore.sla._lead_times import (
        LeadTime,
        LeadTimes,
        Rush,
        RushVerdict,
        TierLeadTime,
        check_rush,
        find_lead_time,
    )
    from kamcore.sla._ledger import Entry, EntryKind, Ledger, find_ledger
    from kamcore.sla._orders import OrderOfWork, Placed, WorkOrder, order_work
    from kamcore.sla._picture import draw_ledger
    from kamcore.sla._renewals import RenewalPlan, Renewals, plan_renewal
    from kamcore.sla._rules import RULES
    from kamcore.sla._run import Round
    from kamcore.sla._states import CaseState, ClockState, Coming
else:
    from kamcore._lazy import contents

    __getattr__ = contents(
        __name__,
        {
            "_agreements": "Agreement AgreementKind Agreements Alert Clock PauseKind",
            "_answers": "NoPromise find_clocks find_deadline",
            "_attainment": "Attainment AttainmentRow measure_attainment",
            "_batches": "BatchHandling BatchRules TierBatch find_batch_handling",
            "_events": "Case Event EventKind Ignored",
            "_lead_times": (
                "LeadTime LeadTimes Rush RushVerdict TierLeadTime check_rush find_lead_time"
            ),
            "_ledger": "Entry EntryKind Ledger find_ledger",
            "_orders": "OrderOfWork Placed WorkOrder order_work",
            "_picture": "draw_ledger",
            "_renewals": "RenewalPlan Renewals plan_renewal",
            "_rules": "RULES",
            "_run": "Round",
            "_states": "CaseState ClockState Coming",
        },
    )

__all__ = [
    "RULES",
    "Agreement",
    "AgreementKind",
    "Agreements",
    "Alert",
    "Attainment",
    "AttainmentRow",
    "BatchHandling",
    "BatchRules",
    "Case",
    "CaseState",
    "Clock",
    "ClockState",
    "Coming",
    "Entry",
    "EntryKind",
    "Event",
    "EventKind",
    "Ignored",
    "LeadTime",
    "LeadTimes",
    "Ledger",
    "NoPromise",
    "OrderOfWork",
    "PauseKind",
    "Placed",
    "RenewalPlan",
    "Renewals",
    "Round",
    "Rush",
    "RushVerdict",
    "TierBatch",
    "TierLeadTime",
    "WorkOrder",
    "check_rush",
    "draw_ledger",
    "find_batch_handling",
    "find_clocks",
    "find_deadline",
    "find_lead_time",
    "find_ledger",
    "measure_attainment",
    "order_work",
    "plan_renewal",
]
