"""Credit: payment terms, breaches and demotion, limits and exposure, arrears."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamcore.credit._ageing import (
        AgedAccount,
        Ageing,
        AgeingBands,
        age_receivables,
    )
    from kamcore.credit._arrears import (
        Arrears,
        find_arrears,
    )
    from kamcore.credit._breaches import (
        BadPeriod,
        Breach,
        BreachKind,
        Demotion,
        find_bad_periods,
    )
    from kamcore.credit._check_terms import (
        TermsVerdict,
        check_terms,
    )
    from kamcore.credit._commitments import (
        Commitment,
        CommitmentKind,
    )
    from kamcore.credit._consignment import (
        ConsignmentLimit,
        ConsignmentVerdict,
        check_consignment,
    )
    from kamcore.credit._credit_limit import (
        BLOCKED,
        UNLIMITED,
        CreditLimit,
        CreditRequest,
    )
    from kamcore.credit._credit_policy import (
        CreditPolicy,
        TierTerms,
    )
    from kamcore.credit._dates import (
        DateStep,
    )
    from kamcore.credit._dunning import (
        DunningLevel,
        DunningPolicy,
        Reminder,
    )
    from kamcore.credit._dunning_run import (
        Notice,
        plan_reminders,
        simulate_reminders,
    )
    from kamcore.credit._exposure import (
        Exposure,
        find_exposure,
    )
    from kamcore.credit._interest import (
        DayCount,
        Interest,
        InterestPart,
        LateInterest,
        find_interest,
    )
    from kamcore.credit._invoices import (
        Deviation,
        Invoice,
        Payment,
        read_invoices,
    )
    from kamcore.credit._limit_policy import (
        LimitPolicy,
        OverdueGate,
    )
    from kamcore.credit._limits import (
        CreditVerdict,
        check_credit,
    )
    from kamcore.credit._modes import (
        CASH_ON_DELIVERY,
        PREPAYMENT,
        PaymentMode,
        deferred_days,
        deferred_months,
        find_due_date,
    )
    from kamcore.credit._notation import (
        parse_term,
    )
    from kamcore.credit._payment_term import (
        EarlyPayment,
        Instalment,
        PaymentTerm,
        TaxTreatment,
    )
    from kamcore.credit._plan import (
        DiscountWindow,
        Due,
        PaymentPlan,
        plan_payments,
    )
    from kamcore.credit._recheck import (
        Recheck,
        recheck_orders,
    )
    from kamcore.credit._reminders import (
        ReminderStep,
        find_reminder,
    )
    from kamcore.credit._rules import (
        RULES,
    )
    from kamcore.credit._suspension import (
        SuspensionPolicy,
        SuspensionVerdict,
        check_suspension,
    )
    from kamcore.credit._taxes import (
        TaxedAmount,
    )
    from kamcore.credit._terms import (
        Terms,
        find_terms,
    )
else:
    from kamcore._lazy import contents

    __getattr__ = contents(
        __name__,
        {
            "_ageing": ("AgedAccount Ageing AgeingBands age_receivables"),
            "_arrears": ("Arrears find_arrears"),
            "_breaches": ("BadPeriod Breach BreachKind Demotion find_bad_periods"),
            "_check_terms": ("TermsVerdict check_terms"),
            "_commitments": ("Commitment CommitmentKind"),
            "_consignment": ("ConsignmentLimit ConsignmentVerdict check_consignment"),
            "_credit_limit": ("BLOCKED UNLIMITED CreditLimit CreditRequest"),
            "_credit_policy": ("CreditPolicy TierTerms"),
            "_dates": ("DateStep"),
            "_dunning": ("DunningLevel DunningPolicy Reminder"),
            "_dunning_run": ("Notice plan_reminders simulate_reminders"),
            "_exposure": ("Exposure find_exposure"),
            "_interest": ("DayCount Interest InterestPart LateInterest find_interest"),
            "_invoices": ("Deviation Invoice Payment read_invoices"),
            "_limit_policy": ("LimitPolicy OverdueGate"),
            "_limits": ("CreditVerdict check_credit"),
            "_modes": (
                "CASH_ON_DELIVERY PREPAYMENT PaymentMode deferred_days deferred_months "
                "find_due_date"
            ),
            "_notation": ("parse_term"),
            "_payment_term": ("EarlyPayment Instalment PaymentTerm TaxTreatment"),
            "_plan": ("DiscountWindow Due PaymentPlan plan_payments"),
            "_recheck": ("Recheck recheck_orders"),
            "_reminders": ("ReminderStep find_reminder"),
            "_rules": ("RULES"),
            "_suspension": ("SuspensionPolicy SuspensionVerdict check_suspension"),
            "_taxes": ("TaxedAmount"),
            "_terms": ("Terms find_terms"),
        },
    )

__all__ = [
    "BLOCKED",
    "CASH_ON_DELIVERY",
    "PREPAYMENT",
    "RULES",
    "UNLIMITED",
    "AgedAccount",
    "Ageing",
    "AgeingBands",
    "Arrears",
    "BadPeriod",
    "Breach",
    "BreachKind",
    "Commitment",
    "CommitmentKind",
    "ConsignmentLimit",
    "ConsignmentVerdict",
    "CreditLimit",
    "CreditPolicy",
    "CreditRequest",
    "CreditVerdict",
    "DateStep",
    "DayCount",
    "Demotion",
    "Deviation",
    "DiscountWindow",
    "Due",
    "DunningLevel",
    "DunningPolicy",
    "EarlyPayment",
    "Exposure",
    "Instalment",
    "Interest",
    "InterestPart",
    "Invoice",
    "LateInterest",
    "LimitPolicy",
    "Notice",
    "OverdueGate",
    "Payment",
    "PaymentMode",
    "PaymentPlan",
    "PaymentTerm",
    "Recheck",
    "Reminder",
    "ReminderStep",
    "SuspensionPolicy",
    "SuspensionVerdict",
    "TaxTreatment",
    "TaxedAmount",
    "Terms",
    "TermsVerdict",
    "TierTerms",
    "age_receivables",
    "check_consignment",
    "check_credit",
    "check_suspension",
    "check_terms",
    "deferred_days",
    "deferred_months",
    "find_arrears",
    "find_bad_periods",
    "find_due_date",
    "find_exposure",
    "find_interest",
    "find_reminder",
    "find_terms",
    "parse_term",
    "plan_payments",
    "plan_reminders",
    "read_invoices",
    "recheck_orders",
    "simulate_reminders",
]
