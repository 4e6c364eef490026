"""Laws of ageing, arrears, reminders, suspension and late interest."""

import random
from datetime import date, timedelta
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kamcore.credit import (
    AgeingBands,
    DayCount,
    DunningLevel,
    DunningPolicy,
    Invoice,
    LateInterest,
    Notice,
    Payment,
    Reminder,
    SuspensionPolicy,
    age_receivables,
    check_suspension,
    find_arrears,
    find_interest,
    find_reminder,
    plan_reminders,
    simulate_reminders,
)
from kamcore.facts import FlagField, read_facts
from kamcore.values import Label, Money, Ratio, Rounding, Seat

START = date(2013, 1, 1)
SPAN = 60
DAYS = st.integers(0, SPAN).map(lambda days: START + timedelta(days=days))
EVERY_DAY = tuple(START + timedelta(days=days) for days in range(SPAN + 1))
DISPUTED = st.sampled_from(("count", "skip"))


def cny(minor: int) -> Money:
    """Return an amount in CNY."""
    return Money.from_minor(minor, "CNY")


@st.composite
def payments(draw: st.DrawFn, amount: int) -> tuple[Payment, ...]:
    """Draw part payments of an amount, in any order of days, that do not pay too much."""
    left, made = abs(amount), []
    for _ in range(draw(st.integers(0, 3))):
        part = draw(st.integers(0, left))
        left -= part
        if part:
            made.append(Payment(draw(DAYS), cny(part if amount > 0 else -part)))
    return tuple(made)


@st.composite
def invoices(draw: st.DrawFn, *, most: int = 5, notes: bool = True) -> tuple[Invoice, ...]:
    """Draw invoices and credit notes of two accounts: open, settled, or paid in parts."""
    made: list[Invoice] = []
    for number in range(draw(st.integers(0, most))):
        amount = draw(st.integers(-300 if notes else 1, 300).filter(bool))
        paid = draw(st.none() | DAYS)
        made.append(
            Invoice(
                number=f"F{number}",
                account=draw(st.sampled_from(("K01", "K02"))),
                due=draw(DAYS),
                amount=cny(amount),
                paid=paid,
                payments=() if paid else draw(payments(amount)),
                disputed=draw(st.booleans()),
                issued=draw(st.none() | DAYS),
            )
        )
    return tuple(made)


BANDS = st.builds(
    AgeingBands,
    edges=st.lists(st.integers(0, 50), min_size=1, max_size=4, unique=True).map(
        lambda edges: tuple(sorted(edges))
    ),
    disputed=DISPUTED,
)


@st.composite
def ladders(draw: st.DrawFn) -> DunningPolicy:
    """Draw a ladder of one to four levels, with every convention."""
    days = sorted(draw(st.lists(st.integers(0, 25), min_size=1, max_size=4, unique=True)))
    levels = tuple(
        DunningLevel(
            str(number),
            after,
            counted_from=draw(st.sampled_from(("due", "end_of_month"))),
            fee=draw(st.sampled_from((None, cny(500), Ratio.percent(1)))),
        )
        for number, after in enumerate(days)
    )
    if draw(st.booleans()):
        levels += (DunningLevel("chaser", draw(st.integers(1, 9)), counted_from="last_reminder"),)
    return DunningPolicy(
        levels=levels,
        minimum=draw(st.none() | st.integers(1, 400).map(cny)),
        minimum_of=draw(st.sampled_from(("account", "invoice"))),
        interval_days=draw(st.integers(0, 9)),
        first=draw(st.sampled_from(("first", "highest"))),
        disputed=draw(DISPUTED),
        rounding=Rounding.HALF_EVEN,
    )


def shuffled(own: tuple[Invoice, ...], seed: int) -> tuple[Invoice, ...]:
    """Return invoices, and the payments of each, in another order."""
    mixed = random.Random(seed)  # noqa: S311 - an order, no secret
    return tuple(
        attrs.evolve(one, payments=tuple(mixed.sample(one.payments, len(one.payments))))
        for one in mixed.sample(own, len(own))
    )


# --- ageing and arrears -----------------------------------------------------------------------


@given(invoices(), BANDS, DAYS)
def test_the_bands_add_up_to_all_that_is_open(
    own: tuple[Invoice, ...], policy: AgeingBands, as_of: date
) -> None:
    found = age_receivables(own, policy, as_of=as_of, currency="CNY")
    there = [one for one in own if one.issued is None or one.issued <= as_of]
    total = sum(one.open_on(as_of).minor for one in there)
    beside = found.disputed.minor if policy.disputed == "skip" else 0
    assert found.total.minor + beside == total
    assert sum(one.total.minor for one in found.accounts) == found.total.minor
    for band, money in enumerate(found.totals):
        assert money.minor == sum(one.amounts[band].minor for one in found.accounts)


@given(invoices(), BANDS, DAYS, st.integers())
def test_ageing_does_not_depend_on_the_order_of_invoices_and_payments(
    own: tuple[Invoice, ...], policy: AgeingBands, as_of: date, seed: int
) -> None:
    found = age_receivables(shuffled(own, seed), policy, as_of=as_of, currency="CNY")
    assert found == age_receivables(own, policy, as_of=as_of, currency="CNY")


@given(invoices(notes=False), DAYS)
def test_the_arrears_are_what_stands_in_the_bands_past_due(
    own: tuple[Invoice, ...], as_of: date
) -> None:
    bands = age_receivables(own, AgeingBands(), as_of=as_of, currency="CNY").totals[1:]
    arrears = find_arrears(own, as_of=as_of)
    assert sum(one.open.minor for one in arrears) == sum(money.minor for money in bands)
    assert sum(one.open.minor for one in arrears) > 0 or not arrears


@given(invoices(), DAYS, st.integers(1, 400))
def test_what_is_asked_for_is_a_part_of_all_arrears(
    own: tuple[Invoice, ...], as_of: date, least: int
) -> None:
    every = find_arrears(own, as_of=as_of, suspended=("K01",))
    assert find_arrears(own, as_of=as_of, suspended=("K01",), at_least=cny(least)) == tuple(
        one for one in every if one.open.minor >= least
    )
    kinds = [
        find_arrears(own, as_of=as_of, suspended=("K01",), only=only)
        for only in ("suspended", "not_suspended")
    ]
    assert kinds[0] + kinds[1] == every


# --- reminders --------------------------------------------------------------------------------


def run(own: tuple[Invoice, ...], policy: DunningPolicy) -> tuple[Reminder, ...]:
    """Run the ladder every day, and send every reminder at once."""
    record: tuple[Reminder, ...] = ()
    for day in EVERY_DAY:
        for notice in plan_reminders(own, policy, as_of=day, reminders=record):
            record += notice.sent_on(day)
    return record


@given(invoices(), ladders())
def test_the_simulation_sends_what_a_run_every_day_sends(
    own: tuple[Invoice, ...], policy: DunningPolicy
) -> None:
    record = tuple(sorted(run(own, policy), key=lambda one: (one.day, one.invoice)))
    assert simulate_reminders(own, policy, through=EVERY_DAY[-1]) == record


@given(invoices(most=3, notes=False), ladders())
def test_the_simulation_sends_what_each_invoice_is_told_every_day(
    own: tuple[Invoice, ...], policy: DunningPolicy
) -> None:
    alone = attrs.evolve(policy, minimum_of="invoice")
    record: list[Reminder] = []
    for day in EVERY_DAY:
        for one in own:
            step = find_reminder(one, alone, as_of=day, reminders=record).value
            if step.outcome == "send" and step.level is not None:
                record.append(Reminder(one.number, step.level, day, day))
    assert simulate_reminders(own, alone, through=EVERY_DAY[-1]) == tuple(record)


@given(invoices(), ladders(), st.integers())
def test_the_order_of_the_invoices_changes_no_reminder(
    own: tuple[Invoice, ...], policy: DunningPolicy, seed: int
) -> None:
    mixed, last = shuffled(own, seed), EVERY_DAY[-1]
    assert simulate_reminders(mixed, policy, through=last) == simulate_reminders(
        own, policy, through=last
    )
    assert plan_reminders(mixed, policy, as_of=last) == plan_reminders(own, policy, as_of=last)


@given(invoices(), ladders())
def test_no_reminder_comes_once_an_invoice_is_settled(
    own: tuple[Invoice, ...], policy: DunningPolicy
) -> None:
    by_number = {one.number: one for one in own}
    for one in simulate_reminders(own, policy, through=EVERY_DAY[-1]):
        assert by_number[one.invoice].open_on(one.day).minor > 0


@given(invoices(), ladders())
def test_levels_rise_one_by_one_and_never_twice_a_day(
    own: tuple[Invoice, ...], policy: DunningPolicy
) -> None:
    record = simulate_reminders(own, policy, through=EVERY_DAY[-1])
    for invoice in own:
        mine = [one for one in record if one.invoice == invoice.number]
        for earlier, later in pairwise(mine):
            assert policy.rank(later.level) == policy.rank(earlier.level) + 1
            assert (later.day - earlier.day).days >= max(1, policy.interval_days)
        if mine and policy.first == "first":
            assert policy.rank(mine[0].level) == 0


@given(invoices(), ladders(), DAYS)
def test_what_the_past_sent_does_not_depend_on_the_future(
    own: tuple[Invoice, ...], policy: DunningPolicy, day: date
) -> None:
    whole = simulate_reminders(own, policy, through=EVERY_DAY[-1])
    assert simulate_reminders(own, policy, through=day) == tuple(
        one for one in whole if one.day <= day
    )


@given(invoices(), ladders(), DAYS)
def test_a_notice_asks_for_the_arrears_and_never_for_less_than_is_reminded_of(
    own: tuple[Invoice, ...], policy: DunningPolicy, day: date
) -> None:
    by_number = {one.number: one for one in own}
    for notice in plan_reminders(own, policy, as_of=day):
        numbers = (*notice.arrears.invoices, *notice.arrears.credit_notes)
        lines = [by_number[number].open_on(day).minor for number in numbers]
        assert notice.arrears.open.minor == sum(lines) > 0
        assert {one.invoice for one in notice.reminders} <= set(notice.arrears.invoices)
        assert str(notice.arrears.open) in notice.text("en")


@given(invoices(), ladders(), DAYS)
def test_a_run_repeated_on_the_day_sends_nothing(
    own: tuple[Invoice, ...], policy: DunningPolicy, day: date
) -> None:
    def record(notices: tuple[Notice, ...]) -> tuple[Reminder, ...]:
        return tuple(one for notice in notices for one in notice.sent_on(day))

    first = plan_reminders(own, policy, as_of=day)
    assert plan_reminders(own, policy, as_of=day, reminders=record(first)) == ()


# --- suspension -------------------------------------------------------------------------------

REFUSES = FlagField("refuses")
SEAT = Seat("controller", Label("the credit controller", "信用管理岗"))


@given(
    invoices(),
    DAYS,
    st.booleans(),
    st.none() | st.booleans(),
    st.builds(
        SuspensionPolicy,
        refusal=st.none() | st.just(REFUSES),
        after_days=st.integers(1, 30),
        at_least=st.none() | st.integers(1, 300).map(cny),
        how=st.sampled_from(("by_hand", "automatic")),
        restore=st.sampled_from(("by_hand", "automatic")),
        seat=st.just(SEAT),
        disputed=DISPUTED,
    ),
)
def test_nobody_is_suspended_without_arrears_or_against_a_missing_fact(
    own: tuple[Invoice, ...],
    as_of: date,
    suspended: bool,
    refuses: bool | None,
    policy: SuspensionPolicy,
) -> None:
    mine = [one for one in own if one.account == "K01"]
    facts = read_facts({"id": "K01", "refuses": refuses}, policy.fields, key="id")
    answer = check_suspension(facts, policy, invoices=mine, suspended=suspended, as_of=as_of)
    outcome, arrears = answer.value.outcome, answer.value.arrears
    changes = {"suspend", "propose", "restore", "propose_restoring"}
    if suspended:
        assert outcome in {"restore", "propose_restoring", "stay"}
        assert (outcome == "stay") is (arrears is not None)
    elif outcome in changes:
        assert arrears is not None
        assert arrears.days_overdue >= policy.after_days
        assert policy.refusal is None or refuses
    by_hand = {"propose": policy.how, "propose_restoring": policy.restore}
    assert (answer.value.seat == SEAT) is (by_hand.get(outcome) == "by_hand")
    assert outcome not in by_hand or by_hand[outcome] == "by_hand"


# --- interest ---------------------------------------------------------------------------------

COUNTS: tuple[DayCount, ...] = ("actual/365", "actual/360", "actual/actual", "30/360")
RATES = st.builds(
    LateInterest,
    yearly=st.integers(1, 5000).map(lambda basis_points: Ratio(basis_points, 10_000)),
    day_count=st.sampled_from(COUNTS),
    rounding=st.sampled_from(Rounding),
    grace_days=st.integers(0, 12),
    counted_from=st.sampled_from(("due", "end_of_grace")),
)


@st.composite
def owed(draw: st.DrawFn) -> Invoice:
    """Draw one invoice, over the turn of a leap year, with part payments."""
    amount = draw(st.integers(1, 10**6))
    due = date(2012, 11, 15) + timedelta(days=draw(st.integers(0, 80)))
    return Invoice(
        number="F1", account="K01", due=due, amount=cny(amount), payments=draw(payments(amount))
    )


@given(owed(), RATES, DAYS, st.integers(1, 300))
def test_more_paid_never_costs_more_interest(
    invoice: Invoice, policy: LateInterest, day: date, part: int
) -> None:
    left = invoice.open_on(date.max).minor
    if left == 0:
        return
    more = attrs.evolve(invoice, payments=(*invoice.payments, Payment(day, cny(min(part, left)))))
    for as_of in EVERY_DAY[::7]:
        less_paid = find_interest(invoice, policy, as_of=as_of).value
        more_paid = find_interest(more, policy, as_of=as_of).value
        assert more_paid.exact <= less_paid.exact
        assert more_paid.amount <= less_paid.amount


@given(owed(), RATES, DAYS, DAYS)
def test_interest_never_falls_as_time_goes_by(
    invoice: Invoice, policy: LateInterest, one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    before = find_interest(invoice, policy, as_of=earlier).value
    after = find_interest(invoice, policy, as_of=later).value
    assert before.exact <= after.exact
    assert before.days <= after.days


@given(owed(), RATES, st.sampled_from(COUNTS[:3]), DAYS, DAYS)
def test_interest_of_adjacent_spans_adds_up_exactly(
    invoice: Invoice, policy: LateInterest, day_count: DayCount, one: date, other: date
) -> None:
    plain = attrs.evolve(policy, grace_days=0, day_count=day_count)
    middle, end = sorted((max(one, invoice.due), max(other, invoice.due)))
    later = tuple(payment for payment in invoice.payments if payment.day > middle)
    rest = attrs.evolve(invoice, due=middle, amount=invoice.open_on(middle), payments=later)
    spans = ((invoice, middle), (rest, end))
    first, second = (find_interest(span, plain, as_of=day).value.exact for span, day in spans)
    assert find_interest(invoice, plain, as_of=end).value.exact == first + second


@given(owed(), RATES, DAYS, st.integers(2, 9))
def test_interest_is_in_proportion_to_the_rate(
    invoice: Invoice, policy: LateInterest, as_of: date, times: int
) -> None:
    yearly = Ratio(policy.yearly.numerator * times, policy.yearly.denominator)
    once = find_interest(invoice, policy, as_of=as_of).value.exact
    often = find_interest(invoice, attrs.evolve(policy, yearly=yearly), as_of=as_of).value.exact
    assert often == Ratio(once.numerator * times, once.denominator)


@given(owed(), RATES, DAYS)
def test_the_parts_follow_one_another_and_add_up(
    invoice: Invoice, policy: LateInterest, as_of: date
) -> None:
    found = find_interest(invoice, policy, as_of=as_of).value
    for earlier, later in pairwise(found.parts):
        assert earlier.until == later.since
        assert earlier.principal.minor > later.principal.minor
    if found.parts:
        first, last = found.parts[0], found.parts[-1]
        assert found.days == policy.days(first.since, last.until)
