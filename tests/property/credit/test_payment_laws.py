"""Laws of payment terms: steps, plans, early payment, and the notation."""

from datetime import date, timedelta
from functools import reduce

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    CreditPolicy,
    DateStep,
    EarlyPayment,
    Instalment,
    PaymentPlan,
    PaymentTerm,
    TaxedAmount,
    Terms,
    TierTerms,
    check_terms,
    deferred_days,
    find_due_date,
    parse_term,
    plan_payments,
)
from kamcore.errors import InputError, PolicyError
from kamcore.values import Money, Ratio, Rounding

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STEPS = st.one_of(
    st.integers(1, 400).map(DateStep.days),
    st.integers(1, 40).map(DateStep.months),
    st.just(DateStep.end_of_month()),
    st.integers(1, 31).map(DateStep.day_of_month),
    st.integers(1, 31).map(DateStep.day_of_next_month),
    st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True).map(
        lambda days: DateStep.payment_day(*days)
    ),
    st.sampled_from(NAMES).map(DateStep.weekday),
)
ROUNDINGS = st.sampled_from(list(Rounding))
CENTS = st.one_of(st.integers(-300, 300), st.integers(-(10**9), 10**9))
SHARES = st.builds(Ratio, st.integers(1, 100), st.just(100))


def cny(cents: int) -> Money:
    """Return money."""
    return Money.from_minor(cents, "CNY")


@st.composite
def sequences(draw: st.DrawFn) -> tuple[DateStep, ...]:
    """Draw steps that go together."""
    steps = tuple(draw(st.lists(STEPS, max_size=4)))
    try:
        Instalment(None, steps)
    except PolicyError:
        assume(condition=False)
    return steps


@st.composite
def terms(draw: st.DrawFn) -> PaymentTerm:
    """Draw a term of up to five parts."""
    left, parts = Ratio(1), list[Instalment]()
    for _ in range(draw(st.integers(0, 4))):
        of = draw(st.sampled_from(("total", "rest")))
        share = draw(SHARES)
        if of == "total":
            share = min(share, left, key=lambda one: one.numerator / one.denominator)
        takes = draw(st.just(share) | st.integers(1, 50).map(cny))
        if takes == Ratio(0):
            continue
        if takes == share:
            left += -Instalment(share, of=of).share_of(Ratio(1), left)
        parts.append(
            Instalment(
                takes,
                draw(sequences()),
                of=of if isinstance(takes, Ratio) else "total",
                counts_from=draw(st.sampled_from(("anchor", "previous"))) if parts else "anchor",
            )
        )
    parts.append(Instalment(None, draw(sequences())))
    step = draw(st.none() | st.sampled_from((1, 5, 100)).map(cny))
    return PaymentTerm(instalments=tuple(parts), rounding=draw(ROUNDINGS), step=step)


@st.composite
def early_terms(draw: st.DrawFn) -> PaymentTerm:
    """Draw a term with discounts, the greatest and shortest first."""
    days = sorted(draw(st.lists(st.integers(1, 60), min_size=1, max_size=3, unique=True)))
    percents = draw(
        st.lists(st.integers(1, 99), min_size=len(days), max_size=len(days), unique=True)
    )
    tax = draw(st.sampled_from(("included", "excluded", "mixed")))
    early = tuple(
        EarlyPayment(Ratio.percent(percent), (DateStep.days(number),), tax=tax)
        for number, percent in zip(days, sorted(percents, reverse=True), strict=True)
    )
    return PaymentTerm(
        instalments=(Instalment(None, (DateStep.days(60),)),),
        early=early,
        rounding=draw(ROUNDINGS),
        step=draw(st.none() | st.sampled_from((5, 100)).map(cny)),
    )


@st.composite
def taxed(draw: st.DrawFn) -> TaxedAmount:
    """Draw net and tax of one sign."""
    sign = draw(st.sampled_from((1, -1)))
    net, tax = draw(st.integers(0, 10**7)), draw(st.integers(0, 10**6))
    return TaxedAmount(cny(sign * net), cny(sign * tax))


def mirrored(plan: PaymentPlan) -> PaymentPlan:
    """Return a plan with every sign changed."""
    return PaymentPlan(
        -plan.amount,
        tuple(attrs.evolve(due, amount=-due.amount) for due in plan.dues),
        tuple(
            attrs.evolve(
                window,
                pay=-window.pay,
                net_discount=-window.net_discount,
                tax_discount=-window.tax_discount,
            )
            for window in plan.windows
        ),
    )


# --- steps ----------------------------------------------------------------------------------


def oracle(day: date, step: DateStep) -> date:
    """Return where dateutil leads, for the steps that it has."""
    number = step.numbers[0] if step.numbers else 0
    match step.kind:
        case "days":
            return day + relativedelta(days=number)
        case "months":
            return day + relativedelta(months=number)
        case "end_of_month":
            return day + relativedelta(day=31)
        case "day_of_month":
            return day + relativedelta(day=number)
        case "day_of_next_month":
            return day + relativedelta(months=1, day=number)
        case "weekday":
            return day + relativedelta(weekday=number)
        case _:
            options = (
                day + relativedelta(months=later, day=one)
                for later in (0, 1)
                for one in step.numbers
            )
            return min(one for one in options if one >= day)


@given(DAYS, st.lists(STEPS, max_size=5))
def test_steps_agree_with_relativedelta(day: date, steps: list[DateStep]) -> None:
    assert reduce(lambda at, step: step.after(at), steps, day) == reduce(oracle, steps, day)


@given(DAYS, sequences())
def test_steps_of_a_term_never_lead_back(anchor: date, steps: tuple[DateStep, ...]) -> None:
    term = PaymentTerm(instalments=(Instalment(None, steps),))
    assert find_due_date(term, anchor=anchor) >= anchor


@given(DAYS, sequences())
def test_the_compiled_steps_are_the_steps_one_by_one(
    anchor: date, steps: tuple[DateStep, ...]
) -> None:
    term = PaymentTerm(instalments=(Instalment(None, steps),))
    one_by_one = reduce(lambda at, step: step.after(at), steps, anchor)
    assert find_due_date(term, anchor=anchor) == one_by_one


@given(DAYS, st.integers(1, 400))
def test_a_term_of_days_is_a_deferral_of_days(anchor: date, number: int) -> None:
    term = PaymentTerm(instalments=(Instalment(None, (DateStep.days(number),)),))
    assert find_due_date(term, anchor=anchor) == find_due_date(deferred_days(number), anchor=anchor)


# --- plans ----------------------------------------------------------------------------------


def planned(cents: int, term: PaymentTerm, anchor: date) -> PaymentPlan | None:
    """Return a plan, or nothing where the fixed amounts are more than the amount."""
    try:
        return plan_payments(cny(cents), term, anchor=anchor).value
    except InputError:
        assert any(isinstance(one.takes, Money) for one in term.instalments)
        return None


@given(CENTS, terms(), DAYS)
def test_no_plan_loses_a_cent(cents: int, term: PaymentTerm, anchor: date) -> None:
    plan = planned(cents, term, anchor)
    if plan is not None:
        assert sum(due.amount.minor for due in plan.dues) == cents


@given(CENTS, terms(), DAYS)
def test_no_part_has_another_sign_than_the_amount(
    cents: int, term: PaymentTerm, anchor: date
) -> None:
    plan = planned(cents, term, anchor)
    if plan is not None and cents:
        assert all(due.amount.minor * cents > 0 for due in plan.dues)


@given(CENTS, terms(), DAYS)
def test_nothing_is_due_before_the_anchor_or_after_the_due_date_of_the_term(
    cents: int, term: PaymentTerm, anchor: date
) -> None:
    plan = planned(cents, term, anchor)
    if plan is not None:
        last = find_due_date(term, anchor=anchor)
        assert all(anchor <= due.day <= last for due in plan.dues)


@given(CENTS, terms(), DAYS)
def test_a_credit_note_mirrors_its_invoice(cents: int, term: PaymentTerm, anchor: date) -> None:
    plan, note = planned(cents, term, anchor), planned(-cents, term, anchor)
    assert note == (None if plan is None else mirrored(plan))


@given(CENTS, terms(), DAYS)
def test_a_plan_is_told_in_a_few_lines(cents: int, term: PaymentTerm, anchor: date) -> None:
    try:
        decision = plan_payments(cny(cents), term, anchor=anchor)
    except InputError:
        return
    assert 1 <= len(decision.reasons) <= 6
    for lang in ("en", "zh"):
        assert decision.explain(lang)


# --- early payment --------------------------------------------------------------------------


@given(taxed(), early_terms(), DAYS, st.integers(-5, 70), st.integers(0, 30))
def test_settling_earlier_never_costs_more(
    amount: TaxedAmount, term: PaymentTerm, anchor: date, day: int, earlier: int
) -> None:
    plan = plan_payments(amount, term, anchor=anchor).value
    on = anchor + timedelta(days=day)
    before, after = plan.to_settle(on - timedelta(days=earlier)), plan.to_settle(on)
    assert abs(before.minor) <= abs(after.minor) <= abs(plan.amount.minor)


@given(taxed(), early_terms(), DAYS)
def test_what_is_paid_and_what_is_saved_come_to_the_amount(
    amount: TaxedAmount, term: PaymentTerm, anchor: date
) -> None:
    sign = -1 if amount.total.minor < 0 else 1
    for window in plan_payments(amount, term, anchor=anchor).value.windows:
        parts = (window.pay, window.net_discount, window.tax_discount)
        assert sum(part.minor for part in parts) == amount.total.minor
        assert all(part.minor * sign >= 0 for part in parts)
        if term.early[0].tax != "included":
            assert not window.tax_discount.minor


@given(taxed(), early_terms(), DAYS)
def test_a_discount_on_a_credit_note_mirrors_that_on_its_invoice(
    amount: TaxedAmount, term: PaymentTerm, anchor: date
) -> None:
    note = TaxedAmount(-amount.net, -amount.tax)
    plan = plan_payments(amount, term, anchor=anchor).value
    assert plan_payments(note, term, anchor=anchor).value == mirrored(plan)


@given(taxed(), early_terms(), DAYS)
def test_the_amount_to_pay_is_within_a_step_of_the_exact_one(
    amount: TaxedAmount, term: PaymentTerm, anchor: date
) -> None:
    assume(amount.total.minor)
    unit = 1 if term.step is None else term.step.minor
    for early, window in zip(
        term.early, plan_payments(amount, term, anchor=anchor).value.windows, strict=True
    ):
        whole, kept = amount.total.minor, amount.tax.minor
        base = whole if early.tax == "included" else whole - kept
        share = early.pays
        exact = base * share.numerator + (whole - base) * share.denominator
        assert abs(window.pay.minor * share.denominator - exact) < unit * share.denominator


# --- notation -------------------------------------------------------------------------------

SAYABLE = st.one_of(
    st.just(()),
    st.integers(1, 400).map(lambda number: (DateStep.days(number),)),
    st.integers(1, 1200).map(lambda number: (DateStep.months(number),)),
    st.integers(1, 31).map(lambda number: (DateStep.day_of_next_month(number),)),
    st.just((DateStep.end_of_month(),)),
    st.integers(1, 400).map(lambda number: (DateStep.end_of_month(), DateStep.days(number))),
    st.integers(1, 400).map(lambda number: (DateStep.days(number), DateStep.end_of_month())),
)


@st.composite
def sayable(draw: st.DrawFn) -> PaymentTerm:
    """Draw a term of one part that the notation may say."""
    share = st.decimals("0.01", "99.99", places=2).map(Ratio.percent)
    early = draw(st.lists(st.builds(EarlyPayment, share, SAYABLE), max_size=2))
    try:
        return PaymentTerm(
            instalments=(Instalment(None, draw(SAYABLE)),),
            early=tuple(early),
            anchor=draw(st.sampled_from(("invoice", "delivery", "signing", "order"))),
            rounding=draw(ROUNDINGS),
        )
    except PolicyError:
        assume(condition=False)
        raise


@given(sayable())
def test_the_notation_of_a_term_is_read_back(term: PaymentTerm) -> None:
    monthly = "day_of_next_month" in {
        step.kind for one in (*term.instalments, *term.early) for step in one.steps
    }
    if monthly and term.anchor != "invoice":
        assert term.notation == term.label.en
    else:
        assert parse_term(term.notation, rounding=term.rounding) == term


@given(terms())
def test_a_notation_that_is_read_back_is_that_of_the_term(term: PaymentTerm) -> None:
    try:
        found = parse_term(term.notation, rounding=term.rounding)
    except InputError:
        assert term.notation == term.label.en
        return
    assert found == attrs.evolve(term, step=None)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_term(text, rounding=Rounding.FLOOR, eom="after")
    except InputError:
        return
    if isinstance(found, PaymentTerm):
        assert parse_term(found.notation, rounding=Rounding.FLOOR) == found
    else:
        assert found in (CASH_ON_DELIVERY, PREPAYMENT)


# --- what is permitted ----------------------------------------------------------------------


@given(DAYS, st.integers(1, 120), st.integers(0, 120), st.integers(0, 120))
def test_an_earlier_term_is_allowed_where_a_later_one_is(
    anchor: date, permitted: int, one: int, other: int
) -> None:
    mode = deferred_days(permitted)
    policy = CreditPolicy(tiers=(TierTerms("A", (mode,)),))

    def allowed(number: int) -> bool:
        steps = (DateStep.days(number),) if number else ()
        term = PaymentTerm(instalments=(Instalment(None, steps),), anchor="delivery")
        decision = check_terms(term, Terms("A", "A", (mode,)), policy, anchor=anchor)
        return decision.value.outcome == "allowed"

    assert allowed(one) is (one <= permitted)
    assert allowed(min(one, other)) or not allowed(max(one, other))
