"""Payment terms by tier, and the demotion of the payment mode after breaches."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.credit._breaches import BadPeriod, Demotion, find_bad_periods
from kamcore.credit._invoices import Invoice
from kamcore.credit._modes import PREPAYMENT, PaymentMode, find_due_date
from kamcore.credit._payment_term import ANCHORS, PaymentTerm
from kamcore.credit._reasons import (
    ALLOWED,
    AT_BOTTOM,
    BAD,
    BAD_STAYS,
    DUE,
    EARLIER,
    IN_PRINCIPLE,
    LASTS,
    LASTS_FOR_GOOD,
    LOWERED,
    NEEDS_APPROVAL,
    NO_BREACH,
    NO_DEFERRED,
    NOT_SAFE,
    ONE_DAY,
    PREPAY,
    REFUSED,
    RULES,
    SAFE,
    SAFETY_MISSING,
    TERMS,
    UNLOWERED,
)
from kamcore.decision import Decision, Policy, Reason
from kamcore.errors import InputError, PolicyError
from kamcore.facts import Facts, Fields, FlagField, Needs, Wire
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import (
    as_date,
    instance_of,
    known_name,
    one_of,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._words import tier_label

__all__ = [
    "RULES",
    "CreditPolicy",
    "Terms",
    "TermsVerdict",
    "TierTerms",
    "check_terms",
    "find_terms",
]

KINDS = ("prepayment", "cash_on_delivery", "deferred")
"""The kinds of payment modes, the one that pays earliest first."""


@frozen(order=False)
class TierTerms:
    """The payment modes of a tier, the most generous first; a time allowed is a permitted maximum.

    Deferred modes are granted only while collection is safe, `premised` ones too. `in_principle`
    says that the source leaves room for an exception by approval.
    """

    tier: str = field(validator=some_text, converter=plain_text)
    modes: tuple[PaymentMode, ...] = field(validator=tuple_of(PaymentMode))
    premised: tuple[PaymentMode, ...] = field(
        default=(), kw_only=True, validator=tuple_of(PaymentMode)
    )
    in_principle: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that cannot pay at all."""
        if not self.modes:
            raise PolicyError(f"tier {self.tier!r} has no payment mode; pass at least one")
        order = [KINDS.index(mode.kind) for mode in self.modes]
        if order != sorted(order, reverse=True):
            shown = ", ".join(mode.label.en for mode in self.modes)
            raise PolicyError(
                f"tier {self.tier!r} has the modes {shown}; write the most generous first: "
                "deferred, on delivery, before delivery"
            )
        for mode in self.premised:
            if mode not in self.modes:
                raise PolicyError(
                    f"tier {self.tier!r}: {mode.label.en} has a premise and is no mode of it; "
                    "add it to modes"
                )

    def asks_safety(self, mode: PaymentMode) -> bool:
        """Say whether a mode is granted only while collection is safe."""
        return mode.kind == "deferred" or mode in self.premised


@frozen(order=False, kw_only=True)
class CreditPolicy(Policy):
    """Payment terms by tier, the best tier first; each is one level of the demotion.

    Deferred payment is given only where the fact `safe` (collection is safe) holds; a missing fact
    counts as no, and the answer says so. `approver` may grant an exception where a rule holds in
    principle. Days and months count from the `anchor` day.
    """

    tiers: tuple[TierTerms, ...] = field(validator=tuple_of(TierTerms))
    safe: FlagField | None = field(default=None, validator=instance_of(FlagField, type(None)))
    demotion: Demotion | None = field(default=None, validator=instance_of(Demotion, type(None)))
    approver: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    anchor: Literal["delivery", "invoice", "signing"] = field(
        default="delivery", validator=one_of("delivery", "invoice", "signing")
    )
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that stands twice, and an exception that nobody can approve."""
        unique_names("tier", (one.tier for one in self.tiers))
        if not self.tiers:
            raise PolicyError("no tier is given; pass at least one TierTerms, the best tier first")
        loose = [one.tier for one in self.tiers if one.in_principle]
        if loose and self.approver is None:
            raise PolicyError(
                f"tier {loose[0]!r} holds in principle and nobody approves exceptions; "
                "name the approver"
            )

    @property
    def fields(self) -> Fields:
        """The fact that collection is safe."""
        return Fields(() if self.safe is None else (self.safe,))

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        """The tiers, the best first."""
        return tuple(one.tier for one in self.tiers)

    def rank(self, tier: str) -> int:
        """Return the level of a tier; raises `UnknownName`."""
        return self.names.index(known_name("tier", tier, self.names))


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


@frozen(order=False)
class TermsVerdict:
    """Whether a mode may be used: "allowed", "needs_approval" of `approver`, or "refused"."""

    outcome: Literal["allowed", "needs_approval", "refused"] = field()
    terms: Terms = field()
    approver: Seat | None = field(default=None)


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
    `as_of` gives the same answer whatever was settled later.
    """
    own = tuple(invoices)
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
    modes = level.modes
    if lowered and policy.demotion and policy.demotion.demoted_to == "strictest":
        modes = modes[-1:]
    kept, safety, missing_safety = _safe_modes((level, policy.tiers[base]), modes, policy, values)
    terms = Terms(policy.names[base], level.tier, kept, periods)
    reasons = [_answer(terms, level, policy)]
    if level.in_principle and policy.approver:
        if not any(mode.kind == "deferred" for mode in level.modes):
            reasons.append(Reason.of(NO_DEFERRED))
        reasons.append(Reason.of(IN_PRINCIPLE, policy.approver))
    reasons += [*_demotion_reasons(terms, policy), *safety]
    if terms.lowered:
        full = policy.tiers[base]
        granted, _, _ = _safe_modes((full,), full.modes, policy, values)
        label, source = tier_label(full.tier), full.source or policy.source
        reasons.append(Reason.of(UNLOWERED, label, modes_label(granted), source=source))
    missing = (
        facts.missing([policy.safe.name]) if missing_safety and policy.safe is not None else ()
    )
    assumed = _conventions(terms, policy, graded_on)
    return Decision(terms, tuple(reasons), policy.fingerprint, missing, assumed)


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
    left = tuple(mode for mode in last.modes if mode not in asked and not last.asks_safety(mode))
    kept = free or left or (PREPAYMENT,)
    return kept, [Reason.of(rule, label, modes_label(asked))], wire is None


def modes_label(modes: Iterable[PaymentMode]) -> Label:
    """Return the modes in words."""
    words = [mode.label for mode in modes]
    return Label(", ".join(one.en for one in words), "、".join(one.zh for one in words))


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


def _conventions(terms: Terms, policy: CreditPolicy, graded_on: date) -> tuple[Reason, ...]:
    """Return how long a demotion lasts, or since when none was called for."""
    demotion = policy.demotion
    if demotion is None or policy.rank(terms.tier) + 1 == len(policy.names):
        return ()
    forever = demotion.recovery == "never"
    if terms.lowered:
        return (Reason.of(LASTS_FOR_GOOD) if forever else Reason.of(LASTS, graded_on),)
    return () if forever else (Reason.of(NO_BREACH, demotion.breaches, graded_on),)


SHOWN = 3


def _breaches_label(period: BadPeriod) -> Label:
    words = [breach.label for breach in period.breaches[:SHOWN]]
    rest = len(period.breaches) - SHOWN
    return Label(
        ", ".join(one.en for one in words) + (f" and {rest} more" if rest > 0 else ""),
        "、".join(one.zh for one in words) + (f"等 {len(period.breaches)} 张" if rest > 0 else ""),
    )


def check_terms(
    asked: PaymentMode | PaymentTerm, terms: Terms, policy: CreditPolicy, *, anchor: date
) -> Decision[TermsVerdict]:
    """Return whether `asked` may be used under the terms that `find_terms` gave.

    A deferral or a term is compared by the last day on which it would be due, counted from
    `anchor`. Paying earlier than permitted is always allowed: before delivery in any case, and on
    delivery where a deferral is permitted. A term that is due on the day of the order or of signing
    is paid before delivery. What is not permitted may be approved only where the rule of the level
    holds in principle.
    """
    level = policy.tiers[policy.rank(terms.level)]
    source = level.source or policy.source
    modes = modes_label(terms.modes)
    due = find_due_date(asked, anchor=anchor)
    kind = _kind(asked, deferred=due > anchor)
    days = {mode: find_due_date(mode, anchor=anchor) for mode in terms.modes}
    later = [mode for mode in terms.modes if KINDS.index(mode.kind) >= KINDS.index(kind)]
    why: list[Reason] = []
    if kind == "deferred" or isinstance(asked, PaymentTerm):
        latest = max(days.values())
        why.append(Reason.of(DUE, anchor, due, latest, source=source))
    if kind == "prepayment" or any(due <= days[mode] for mode in later):
        verdict = TermsVerdict("allowed", terms)
        first = Reason.of(ALLOWED, asked.label, modes, source=source)
        if later and all(mode.kind != kind for mode in later):
            why.append(Reason.of(EARLIER, asked.label, later[-1].label))
    elif level.in_principle and policy.approver:
        verdict = TermsVerdict("needs_approval", terms, policy.approver)
        first = Reason.of(NEEDS_APPROVAL, asked.label, modes, policy.approver, source=source)
    else:
        verdict = TermsVerdict("refused", terms)
        first = Reason.of(REFUSED, asked.label, modes, source=source)
    assumed = _one_day(asked, policy, anchor) if kind != "prepayment" else ()
    return Decision(verdict, (first, *why), policy.fingerprint, (), assumed)


def _kind(
    asked: PaymentMode | PaymentTerm, *, deferred: bool
) -> Literal["prepayment", "cash_on_delivery", "deferred"]:
    """Return the kind of mode that `asked` is: a term by the day on which it is due."""
    if isinstance(asked, PaymentMode):
        return asked.kind
    if deferred:
        return "deferred"
    return "prepayment" if asked.anchor in {"order", "signing"} else "cash_on_delivery"


def _one_day(
    asked: PaymentMode | PaymentTerm, policy: CreditPolicy, anchor: date
) -> tuple[Reason, ...]:
    """Say that a term and the policy count from different days, which are compared as one."""
    if isinstance(asked, PaymentMode) or asked.anchor == policy.anchor:
        return ()
    return (Reason.of(ONE_DAY, ANCHORS[asked.anchor], ANCHORS[policy.anchor], anchor),)
