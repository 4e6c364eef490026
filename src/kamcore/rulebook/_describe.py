"""A policy back in words, to be held beside the document that it came from."""

from functools import singledispatch

from kamcore.calendars import CombinedCalendar, ReviewWindow, WorkCalendar
from kamcore.credit import (
    AgeingBands,
    ConsignmentLimit,
    CreditPolicy,
    Demotion,
    DunningPolicy,
    LateInterest,
    LimitPolicy,
    PaymentMode,
    PaymentTerm,
    SuspensionPolicy,
)
from kamcore.decision import Policy, show
from kamcore.errors import InputError
from kamcore.price import PricePolicy, RevenueShare
from kamcore.routing import AccessRules, Authority, DutyRules, Escalation, Staff
from kamcore.rulebook._describe_arrears import (
    describe_ageing,
    describe_interest,
    describe_reminders,
    describe_suspension,
)
from kamcore.rulebook._describe_calendar import (
    describe_calendar,
    describe_combined,
    describe_window,
)
from kamcore.rulebook._describe_duties import (
    describe_authority,
    describe_duties,
    describe_escalation,
)
from kamcore.rulebook._describe_limits import describe_consignment, describe_limits
from kamcore.rulebook._describe_orders import (
    describe_batches,
    describe_lead_times,
    describe_order,
    describe_renewals,
)
from kamcore.rulebook._describe_payment import describe_mode, describe_term
from kamcore.rulebook._describe_people import describe_access, describe_staff
from kamcore.rulebook._describe_price import describe_price, describe_revenue
from kamcore.rulebook._describe_score import describe_card
from kamcore.rulebook._describe_terms import (
    describe_credit,
    describe_demotion,
)
from kamcore.rulebook._describe_tier import (
    describe_bands,
    describe_cuts,
    describe_quota,
    describe_rules,
)
from kamcore.rulebook._describe_time import describe_agreements
from kamcore.rulebook._lines import cite
from kamcore.rulebook._rulebook import Rulebook
from kamcore.score import Scorecard
from kamcore.sla import Agreements, BatchRules, LeadTimes, OrderOfWork, Renewals
from kamcore.tier import CutPoints, TierBands, TierQuota, TierRules
from kamcore.values import Label, Lang

__all__ = ["describe"]


def describe(policy: Policy, lang: Lang = "en") -> str:
    """Return the policy in words, in `lang` "en" or "zh", each rule with its clause.

    Every convention that the policy holds is said, also where it is the default.
    """
    Label("-", "-").text(lang)
    return "\n".join(_lines(policy, lang))


@singledispatch
def _lines(policy: object, lang: Lang) -> list[str]:
    raise InputError(
        f"{policy!r} is not a policy in the language {lang!r}; pass a policy of kamcore"
    )


_lines.register(Scorecard, describe_card)
_lines.register(TierRules, describe_rules)
_lines.register(TierBands, describe_bands)
_lines.register(TierQuota, describe_quota)
_lines.register(CutPoints, describe_cuts)
_lines.register(PricePolicy, describe_price)
_lines.register(RevenueShare, describe_revenue)
_lines.register(CreditPolicy, describe_credit)
_lines.register(Demotion, describe_demotion)
_lines.register(PaymentMode, describe_mode)
_lines.register(PaymentTerm, describe_term)
_lines.register(LimitPolicy, describe_limits)
_lines.register(ConsignmentLimit, describe_consignment)
_lines.register(AgeingBands, describe_ageing)
_lines.register(DunningPolicy, describe_reminders)
_lines.register(SuspensionPolicy, describe_suspension)
_lines.register(LateInterest, describe_interest)
_lines.register(LeadTimes, describe_lead_times)
_lines.register(WorkCalendar, describe_calendar)
_lines.register(CombinedCalendar, describe_combined)
_lines.register(ReviewWindow, describe_window)
_lines.register(Agreements, describe_agreements)
_lines.register(OrderOfWork, describe_order)
_lines.register(BatchRules, describe_batches)
_lines.register(Renewals, describe_renewals)
_lines.register(DutyRules, describe_duties)
_lines.register(Staff, describe_staff)
_lines.register(Escalation, describe_escalation)
_lines.register(Authority, describe_authority)
_lines.register(AccessRules, describe_access)


@_lines.register(Rulebook)
def _rulebook(policy: Rulebook, lang: Lang) -> list[str]:
    lines = [show(policy.name, lang) + cite(policy.source, lang)]
    parts = (
        policy.card,
        policy.tiers,
        policy.price,
        policy.credit,
        policy.consignment,
        policy.limits,
        policy.dunning,
        policy.suspension,
        policy.late_interest,
        policy.lead_times,
        policy.order_of_work,
        policy.service,
        policy.duties,
        policy.escalation,
        policy.authority,
        policy.access,
    )
    for part in parts:
        if part is not None:
            lines += ["", *_lines(part, lang)]
    own = {
        "en": (
            "Lines marked “own:”, points and scales, and what stands without a clause are the "
            "company's or kamcore's; the text does not state them."
        ),
        "zh": (
            "标有“口径”的内容、各项分值与评分标准，以及未注条款的各行，"
            "由公司自定或采用 kamcore 默认口径，原文未作规定。"
        ),
    }
    return [*lines, "", own[lang]]
