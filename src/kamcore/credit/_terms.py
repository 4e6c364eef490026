"""The payment terms of an account: by its tier, and after breaches by a lower one."""

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from kamcore.credit._breaches import (
    DISPUTED,
    UNPAID,
    BadPeriod,
    find_bad_periods,
    period_label,
)
from kamcore.credit._credit_policy import CreditPolicy, TierTerms, modes_label
from kamcore.credit._invoices import Invoice
from kamcore.credit._modes import PREPAYMENT, PaymentMode
from kamcore.credit._reasons import (
    AT_BOTTOM,
    BAD,
    BAD_STAYS,
    BY_READING,
    COUNTED_BY,
    IN_PRINCIPLE,
    IN_PRINCIPLE_LOWERED,
    LASTS,
    LASTS_FOR_GOOD,
    LOWERED,
    NO_BREACH,
    NO_DEFERRED,
    NO_INVOICES,
    NOT_SAFE,
    PREPAY,
    SAFE,
    SAFETY_MISSING,
    TERMS,
    UNLOWERED,
)
from kamcore.decision import Decision, Reason
from kamcore.errors import InputError
from kamcore.facts import Facts, Wire
from kamcore.values import Label
from kamcore.values._checks import as_date, expect, members
from kamcore.values._words import joined, tier_label

__all__ = ["Terms", "find_terms"]


@frozen(order=False)
class Terms:
    """The modes that an account may use, and the level they come from.

    `level` is the tier whose modes apply; it differs from `tier` after a demotion, whose evidence
    is in `bad_periods`.
    """

    tier: str = field()
    level: str = field()
    modes: tuple[PaymentMode, ...] = field()
    bad_periods: tuple[BadPeriod, ...] = field(default=())

    @property
    def lowered(self) -> bool:
        """Whether the payment mode is that of a lower tier."""
        return self.level != self.tier


def find_terms(  # noqa: PLR0913 - facts, policy, and the four things the clause speaks of
    facts: Facts,
    policy: CreditPolicy,
    *,
    tier: str,
    as_of: date,
    graded_on: date,
    invoices: Iterable[Invoice] = (),
) -> Decision[Terms]:
    """Return the payment modes of an account as known on `as_of`.

    `invoices` are the account's own; those of another account are refused. Breaches count from the
    day of the last grading, `graded_on`, where a demotion lasts until the next grading. The same
    `as_of` gives the same answer whatever was settled later. Raises `InputError` for an invoice of
    another account and for a grading after `as_of`, `UnknownName` for a tier of which the policy
    does not speak, and `NotADate` for an instant. Source: P08-5A to P08-5D, P08-5N, P08-5M.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, CreditPolicy)
    own = members("invoices", invoices, Invoice)
    for invoice in own:
        if facts.account and invoice.account != facts.account:
            raise InputError(
                f"invoice {invoice.number} is of {invoice.account!r}, not of {facts.account!r}; "
                "pass the account's own"
            )
    values = policy.compiled.values(facts)
    if as_date(graded_on, "graded_on") > as_date(as_of, "as_of"):
        raise InputError(
            f"graded_on {graded_on} lies after as_of {as_of}; pass the grading before it"
        )
    base = policy.rank(tier)
    periods = _bad_periods(policy, own, as_of, graded_on)
    levels = len(periods) if policy.demotion and policy.demotion.repeat else min(1, len(periods))
    level = policy.tiers[min(base + levels, len(policy.tiers) - 1)]
    lowered = level.tier != policy.names[base]
    modes = policy.modes_of(level, lowered=lowered)
    kept, safety, missing_safety = _safe_modes((level, policy.tiers[base]), modes, policy, values)
    terms = Terms(policy.names[base], level.tier, kept, periods)
    reasons = [_answer(terms, level, policy)]
    if level.in_principle and policy.approver:
        if not any(mode.kind == "deferred" for mode in level.modes):
            reasons.append(Reason.of(NO_DEFERRED))
        if not lowered:
            reasons.append(Reason.of(IN_PRINCIPLE, policy.approver))
    reasons += [*_demotion_reasons(terms, policy), *safety]
    if own and not periods:
        reasons += _no_breach(terms, policy, graded_on)
    if terms.lowered:
        full = policy.tiers[base]
        granted, _, _ = _safe_modes((full,), full.modes, policy, values)
        label, source = tier_label(full.tier), full.source or policy.source
        reasons.append(Reason.of(UNLOWERED, label, modes_label(granted), source=source))
    missing = (
        facts.missing([policy.safe.name]) if missing_safety and policy.safe is not None else ()
    )
    assumed = [*_own_readings(terms, level, policy), *_demotion_words(terms, policy, graded_on)]
    if not own and _may_lower(terms, policy):
        assumed.append(Reason.of(NO_INVOICES))
    return Decision(terms, tuple(reasons), policy.fingerprint, missing, tuple(assumed))


def _bad_periods(
    policy: CreditPolicy, invoices: tuple[Invoice, ...], as_of: date, graded_on: date
) -> tuple[BadPeriod, ...]:
    if policy.demotion is None:
        return ()
    since = graded_on if policy.demotion.recovery == "next_grading" else None
    return find_bad_periods(invoices, policy.demotion, as_of=as_of, since=since)


def _safe_modes(
    premises: tuple[TierTerms, ...],
    modes: tuple[PaymentMode, ...],
    policy: CreditPolicy,
    values: Mapping[str, Wire | None],
) -> tuple[tuple[PaymentMode, ...], list[Reason], bool]:
    """Take away what is granted only while collection is safe, at the level or at the own tier."""
    asked = tuple(mode for mode in modes if any(one.asks_safety(mode) for one in premises))
    if policy.safe is None or not asked:
        return modes, [], False
    label = policy.safe.label
    wire = values[policy.safe.name]
    if wire:
        return modes, [Reason.of(SAFE, label, modes_label(asked))], False
    rule = SAFETY_MISSING if wire is None else NOT_SAFE
    last = policy.tiers[-1]
    free = tuple(mode for mode in modes if mode not in asked)
    left = tuple(
        mode
        for mode in last.modes
        if mode not in asked and not any(one.asks_safety(mode) for one in (last, *premises))
    )
    kept = free or left or (PREPAYMENT,)
    return kept, [Reason.of(rule, label, modes_label(asked))], wire is None


def _answer(terms: Terms, level: TierTerms, policy: CreditPolicy) -> Reason:
    tier, modes = tier_label(terms.tier), modes_label(terms.modes)
    source = level.source or policy.source
    if terms.lowered:
        return Reason.of(LOWERED, tier, tier_label(level.tier), modes, source=source)
    if level.modes == (PREPAYMENT,):
        return Reason.of(PREPAY, tier, source=source)
    return Reason.of(TERMS, tier, modes, source=source)


def _demotion_reasons(terms: Terms, policy: CreditPolicy) -> list[Reason]:
    """Return the bad periods with the step that each took."""
    demotion = policy.demotion
    if demotion is None:
        return []
    source = demotion.source or policy.source
    reasons: list[Reason] = []
    names, at = policy.names, policy.rank(terms.tier)
    for number, one in enumerate(terms.bad_periods):
        count, invoices = len(one.breaches), _breaches_label(one)
        if at + 1 < len(names) and (demotion.repeat or number == 0):
            step = (tier_label(names[at]), tier_label(names[at + 1]))
            at += 1
            said = Reason.of(BAD, one.label, count, one.lowered, *step, invoices, source=source)
            reasons.append(said)
        else:
            reasons.append(Reason.of(BAD_STAYS, one.label, count, invoices, source=source))
    if terms.bad_periods and at + 1 == len(names) and not terms.lowered:
        reasons.append(Reason.of(AT_BOTTOM))
    return reasons


def _may_lower(terms: Terms, policy: CreditPolicy) -> bool:
    """Say whether breaches could lower the mode at all."""
    return policy.demotion is not None and policy.rank(terms.tier) + 1 < len(policy.names)


def _no_breach(terms: Terms, policy: CreditPolicy, graded_on: date) -> list[Reason]:
    """Return that the invoices lower nothing since the grading; what lasts for good has no day."""
    demotion = policy.demotion
    if demotion is None or demotion.recovery == "never" or not _may_lower(terms, policy):
        return []
    source = demotion.source or policy.source
    return [Reason.of(NO_BREACH, graded_on, demotion.breaches, source=source)]


def _own_readings(terms: Terms, level: TierTerms, policy: CreditPolicy) -> list[Reason]:
    """Return what the clause does not say: modes that it does not name, exceptions once lowered."""
    said: list[Reason] = []
    if unnamed := level.unnamed(terms.modes):
        said.append(Reason.of(BY_READING, modes_label(unnamed)))
    if terms.lowered and level.in_principle and policy.approver:
        said.append(Reason.of(IN_PRINCIPLE_LOWERED, policy.approver))
    return said


def _demotion_words(terms: Terms, policy: CreditPolicy, graded_on: date) -> list[Reason]:
    """Return what breaches were counted by, and how long the demotion lasts."""
    demotion = policy.demotion
    if demotion is None or not terms.lowered:
        return []
    choices = (UNPAID[demotion.unpaid], DISPUTED[demotion.disputed])
    counted = Reason.of(COUNTED_BY, period_label(demotion), *choices)
    forever = demotion.recovery == "never"
    return [counted, Reason.of(LASTS_FOR_GOOD) if forever else Reason.of(LASTS, graded_on)]


SHOWN = 3


def _breaches_label(period: BadPeriod) -> Label:
    shown = joined(breach.label for breach in period.breaches[:SHOWN])
    rest = len(period.breaches) - SHOWN
    if rest <= 0:
        return shown
    return Label(f"{shown.en} and {rest} more", f"{shown.zh}等 {len(period.breaches)} 张")
