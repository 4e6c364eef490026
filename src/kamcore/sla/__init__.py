"""Time promised: lead times and answer deadlines."""

from kamcore.sla._promises import (
    RULES,
    AnswerTime,
    LeadTime,
    LeadTimes,
    TierLeadTime,
    find_answer_deadline,
    find_lead_time,
)

__all__ = [
    "RULES",
    "AnswerTime",
    "LeadTime",
    "LeadTimes",
    "TierLeadTime",
    "find_answer_deadline",
    "find_lead_time",
]
