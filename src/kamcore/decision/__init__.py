"""The answer with its reasons, and the record that can be replayed."""

from kamcore.decision._decision import UNDECIDED, Decision, MissingFact, NoAnswer, Trace
from kamcore.decision._policy import Fingerprint, Plain, Policy, to_plain
from kamcore.decision._reason import Param, Reason, show
from kamcore.decision._record import Answer, Record, Versions
from kamcore.decision._rule import Rule, RuleId

__all__ = [
    "UNDECIDED",
    "Answer",
    "Decision",
    "Fingerprint",
    "MissingFact",
    "NoAnswer",
    "Param",
    "Plain",
    "Policy",
    "Reason",
    "Record",
    "Rule",
    "RuleId",
    "Trace",
    "Versions",
    "show",
    "to_plain",
]
