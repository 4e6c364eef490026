"""Credit terms: payment modes by tier, breaches and demotion, due dates."""

from kamcore.credit._breaches import BadPeriod, Breach, BreachKind, Demotion, find_bad_periods
from kamcore.credit._invoices import Deviation, Invoice, read_invoices
from kamcore.credit._modes import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    PaymentMode,
    deferred_days,
    deferred_months,
    find_due_date,
)
from kamcore.credit._reasons import RULES
from kamcore.credit._terms import (
    CreditPolicy,
    Terms,
    TermsVerdict,
    TierTerms,
    check_terms,
    find_terms,
)

__all__ = [
    "CASH_ON_DELIVERY",
    "PREPAYMENT",
    "RULES",
    "BadPeriod",
    "Breach",
    "BreachKind",
    "CreditPolicy",
    "Demotion",
    "Deviation",
    "Invoice",
    "PaymentMode",
    "Terms",
    "TermsVerdict",
    "TierTerms",
    "check_terms",
    "deferred_days",
    "deferred_months",
    "find_bad_periods",
    "find_due_date",
    "find_terms",
    "read_invoices",
]
