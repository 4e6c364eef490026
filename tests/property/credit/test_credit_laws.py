"""Laws of due dates, breaches and the demotion."""

from datetime import date, timedelta
from itertools import pairwise

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    CreditPolicy,
    Demotion,
    Invoice,
    PaymentMode,
    Terms,
    TierTerms,
    check_terms,
    deferred_days,
    deferred_months,
    find_bad_periods,
    find_due_date,
    find_terms,
)
from kamcore.decision import Decision
from kamcore.facts import FlagField, read_facts
from kamcore.values import Money
from kamcore.values._words import tier_label

START, GRADED_ON = date(2012, 11, 1), date(2013, 1, 15)
AMOUNT = Money(100, "CNY")
DAYS = st.integers(0, 420).map(lambda days: START + timedelta(days=days))
AS_OF = st.integers(75, 500).map(lambda days: START + timedelta(days=days))
LEVELS = tuple(
    TierTerms(name, (deferred_days(days), CASH_ON_DELIVERY, PREPAYMENT))
    for name, days in (("A", 90), ("B", 60), ("C", 30), ("D", 10))
)


@st.composite
def invoices(draw: st.DrawFn, *, late_only: bool = False) -> tuple[Invoice, ...]:
    """Draw up to 9 invoices, paid early, late or not at all, some with a deviation."""
    drawn = draw(
        st.lists(
            st.tuples(
                DAYS,
                st.none() | st.integers(-5, 120),
                st.booleans(),
                st.sampled_from((None, "short", "other_mode")),
                st.integers(-10, 120),
            ),
            max_size=9,
        )
    )
    made: list[Invoice] = []
    for number, (due, paid, disputed, deviation, deviated) in enumerate(drawn):
        kind = None if late_only else deviation
        made.append(
            Invoice(
                number=f"I{number}",
                account="K01",
                due=due,
                amount=AMOUNT,
                paid=None if paid is None else due + timedelta(days=paid),
                disputed=disputed and not late_only,
                deviation=kind,
                deviated=None if kind is None else due + timedelta(days=deviated),
            )
        )
    return tuple(made)


def demotions(*quarters: str) -> st.SearchStrategy[Demotion]:
    """Draw a demotion with every parameter."""
    return st.builds(
        Demotion,
        breaches=st.integers(1, 3),
        kinds=st.sampled_from((("late", "short", "other_mode"), ("late",), ("late", "short"))),
        count_by=st.sampled_from(("invoice", "due_date")),
        quarter=st.sampled_from(quarters or ("due_date", "payment_date", "rolling")),
        rolling_months=st.integers(1, 4),
        tolerance_days=st.integers(0, 10),
        unpaid=st.sampled_from(("count", "skip")),
        disputed=st.sampled_from(("count", "skip")),
        repeat=st.booleans(),
        demoted_to=st.sampled_from(("all_modes", "strictest")),
        recovery=st.sampled_from(("next_grading", "never")),
    )


def ask(tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date) -> Decision[Terms]:
    """Ask for the terms of the account K01."""
    policy = CreditPolicy(tiers=LEVELS, demotion=demotion)
    facts = read_facts({"id": "K01"}, policy.fields, key="id")
    return find_terms(facts, policy, tier=tier, as_of=as_of, graded_on=GRADED_ON, invoices=own)


TIERS = st.sampled_from("ABCD")


@given(TIERS, demotions(), invoices(), AS_OF, st.randoms(use_true_random=False))
def test_the_order_of_the_invoices_does_not_matter(
    tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date, random: object
) -> None:
    shuffled = list(own)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ask(tier, demotion, tuple(shuffled), as_of) == ask(tier, demotion, own, as_of)


@given(TIERS, demotions(), invoices(), AS_OF)
def test_the_same_invoices_twice_change_nothing(
    tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    assert ask(tier, demotion, own + own, as_of) == ask(tier, demotion, own, as_of)


@given(
    TIERS,
    demotions(),
    invoices(),
    AS_OF,
    st.lists(st.none() | st.integers(1, 90), min_size=9, max_size=9),
    st.lists(st.none() | st.integers(1, 90), min_size=9, max_size=9),
)
def test_what_is_settled_later_does_not_change_the_answer(
    tier: str,
    demotion: Demotion,
    own: tuple[Invoice, ...],
    as_of: date,
    payments: list[int | None],
    deviations: list[int | None],
) -> None:
    later: list[Invoice] = []
    for invoice, paid, deviated in zip(own, payments, deviations, strict=False):
        changed = invoice
        if invoice.paid is None or invoice.paid > as_of:
            day = None if paid is None else as_of + timedelta(days=paid)
            changed = attrs.evolve(changed, paid=day)
        if invoice.deviated is None or invoice.deviated > as_of:
            day = None if deviated is None else as_of + timedelta(days=deviated)
            kind = None if deviated is None else "short"
            changed = attrs.evolve(changed, deviation=kind, deviated=day)
        later.append(changed)
    assert ask(tier, demotion, tuple(later), as_of) == ask(tier, demotion, own, as_of)


@given(TIERS, demotions(), invoices(late_only=True), invoices(late_only=True), AS_OF, st.booleans())
def test_more_late_invoices_never_raise_the_level(
    tier: str,
    demotion: Demotion,
    own: tuple[Invoice, ...],
    more: tuple[Invoice, ...],
    as_of: date,
    by_due_date: bool,
) -> None:
    """Counted by due date only with quarters of due dates: elsewhere its first breach counts."""
    count_by = "due_date" if by_due_date and demotion.quarter == "due_date" else "invoice"
    for_good = attrs.evolve(demotion, recovery="never", count_by=count_by)
    added = tuple(attrs.evolve(one, number=f"{one.number} more") for one in more)
    few = ask(tier, for_good, own, as_of).value
    many = ask(tier, for_good, own + added, as_of).value
    assert "ABCD".index(many.level) >= "ABCD".index(few.level)


@given(TIERS, demotions(), invoices(), AS_OF)
def test_a_level_is_never_above_the_tier_and_lowered_only_with_evidence(
    tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    terms = ask(tier, demotion, own, as_of).value
    steps = len(terms.bad_periods) if demotion.repeat else min(1, len(terms.bad_periods))
    assert "ABCD".index(terms.level) == min(3, "ABCD".index(tier) + steps)
    for period in terms.bad_periods:
        assert len(period.breaches) >= demotion.breaches
        assert period.lowered <= as_of


@given(demotions("due_date", "rolling"), invoices(), AS_OF)
def test_the_mode_is_lowered_on_the_first_day_on_which_the_period_is_bad(
    demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    for period in find_bad_periods(own, demotion, as_of=as_of):
        for day, bad in ((period.lowered, True), (period.lowered - timedelta(days=1), False)):
            known = find_bad_periods(own, demotion, as_of=day)
            assert (period.days in [one.days for one in known]) is bad


@given(demotions("due_date", "rolling"), invoices(), AS_OF, st.integers(0, 200))
def test_what_was_known_to_be_bad_stays_known(
    demotion: Demotion, own: tuple[Invoice, ...], as_of: date, later: int
) -> None:
    early = find_bad_periods(own, demotion, as_of=as_of)
    late = find_bad_periods(own, demotion, as_of=as_of + timedelta(days=later))
    known = [(one.days, one.lowered) for one in late]
    assert all((one.days, one.lowered) in known for one in early)


@given(demotions(), invoices(), AS_OF)
def test_a_breach_counts_in_one_period_only(
    demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    periods = find_bad_periods(own, demotion, as_of=as_of)
    counted = [breach.invoice for period in periods for breach in period.breaches]
    assert len(counted) == len(set(counted))
    assert all(one.lowered <= other.lowered for one, other in pairwise(periods))


@given(demotions(), invoices(), AS_OF, st.integers(0, 10), st.integers(0, 10))
def test_more_tolerance_never_adds_a_late_invoice(
    demotion: Demotion, own: tuple[Invoice, ...], as_of: date, one: int, other: int
) -> None:
    counted = [
        sum(
            len(period.breaches)
            for period in find_bad_periods(
                own,
                attrs.evolve(demotion, breaches=1, kinds=("late",), tolerance_days=days),
                as_of=as_of,
            )
        )
        for days in (max(one, other), min(one, other))
    ]
    assert counted == sorted(counted)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 60))
def test_months_are_counted_from_the_anchor(anchor: date, months: int) -> None:
    expected = anchor + relativedelta(months=months)
    assert find_due_date(deferred_months(months), anchor=anchor) == expected


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 400),
)
def test_a_deferral_is_allowed_exactly_up_to_the_latest_day(
    anchor: date, months: int, days: int
) -> None:
    mode = deferred_months(months)
    policy = CreditPolicy(tiers=(TierTerms("A", (mode,)),))
    verdict = check_terms(deferred_days(days), Terms("A", "A", (mode,)), policy, anchor=anchor)
    latest = find_due_date(mode, anchor=anchor)
    assert (verdict.value.outcome == "allowed") is (anchor + timedelta(days=days) <= latest)


@given(TIERS, demotions(), invoices(late_only=True), AS_OF)
def test_paying_in_time_never_lowers_the_level(
    tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    in_time = tuple(attrs.evolve(one, paid=one.due) for one in own)
    assert ask(tier, demotion, in_time, as_of).value == ask(tier, demotion, (), as_of).value


@given(TIERS, demotions(), invoices(), AS_OF)
def test_the_steps_said_lead_from_the_tier_to_the_level(
    tier: str, demotion: Demotion, own: tuple[Invoice, ...], as_of: date
) -> None:
    decision = ask(tier, demotion, own, as_of)
    at: object = tier_label(tier)
    for reason in decision.reasons:
        if reason.rule.id == "credit.bad_period":
            step = dict(reason.params)
            assert step["upper"] == at
            at = step["lower"]
    assert at == tier_label(decision.value.level)


SAFE = FlagField("safe", zh="收款安全", en="safe collection")
MODES = (deferred_months(3), deferred_days(30), CASH_ON_DELIVERY, PREPAYMENT)


def in_order(modes: list[PaymentMode]) -> tuple[PaymentMode, ...]:
    """Return the modes, the most generous first."""
    return tuple(sorted(modes, key=MODES.index))


@st.composite
def tier_terms(draw: st.DrawFn, tier: str) -> TierTerms:
    """Draw the modes of a tier in order, some of them with the premise."""
    modes = draw(st.lists(st.sampled_from(MODES), min_size=1, unique=True).map(in_order))
    premised = draw(st.lists(st.sampled_from(modes), unique=True).map(in_order))
    return TierTerms(tier, modes, premised=premised)


@given(
    st.tuples(*(tier_terms(name) for name in "ABCD")),
    TIERS,
    st.sampled_from((False, None)),
    demotions(),
    invoices(),
)
def test_no_mode_with_the_premise_is_granted_while_collection_is_not_safe(
    tiers: tuple[TierTerms, ...],
    tier: str,
    safe: bool | None,
    demotion: Demotion,
    own: tuple[Invoice, ...],
) -> None:
    policy = CreditPolicy(tiers=tiers, safe=SAFE, demotion=demotion)
    facts = read_facts({"id": "K01", "safe": safe}, policy.fields, key="id")
    terms = find_terms(
        facts, policy, tier=tier, as_of=date(2014, 1, 14), graded_on=GRADED_ON, invoices=own
    ).value
    level = tiers["ABCD".index(terms.level)]
    assert terms.modes
    assert all(mode == PREPAYMENT or not level.asks_safety(mode) for mode in terms.modes)
