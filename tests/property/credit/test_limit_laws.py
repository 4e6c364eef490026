"""Laws of exposure, credit limits, open orders and consignment stock."""

from datetime import date, timedelta
from random import Random

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from kamcore.credit import (
    BLOCKED,
    UNLIMITED,
    Commitment,
    ConsignmentLimit,
    CreditLimit,
    CreditRequest,
    CreditVerdict,
    Exposure,
    Invoice,
    LimitPolicy,
    OverdueGate,
    Payment,
    check_consignment,
    check_credit,
    find_exposure,
    recheck_orders,
)
from kamcore.facts import FlagField, read_facts
from kamcore.values import Label, Money, Ratio, Seat

AS_OF = date(2026, 3, 31)
CFO = Seat("cfo", Label("the finance manager", "财务经理"))
RANK = {"allowed": 2, "needs_approval": 1, "refused": 0}
Things = tuple[tuple[Invoice, ...], tuple[Commitment, ...]]


def money(minor: int) -> Money:
    """Return an amount in fen."""
    return Money.from_minor(minor, "CNY")


AMOUNTS = st.integers(0, 1_000)
DAYS = st.integers(-80, 80).map(lambda days: AS_OF + timedelta(days=days))
RANDOMS = st.randoms(use_true_random=False)


@st.composite
def invoices(draw: st.DrawFn) -> tuple[Invoice, ...]:
    """Draw up to 5 invoices and credit notes, some paid in part, some disputed."""
    made: list[Invoice] = []
    for number in range(draw(st.integers(0, 5))):
        amount = draw(st.integers(-500, 1_000))
        sign = 1 if amount >= 0 else -1
        parts = draw(st.lists(st.tuples(DAYS, st.integers(1, 300)), max_size=3))
        payments: list[Payment] = []
        for day, part in parts:
            if sum(abs(one.amount.minor) for one in payments) + part <= abs(amount):
                payments.append(Payment(day, money(sign * part)))
        made.append(
            Invoice(
                number=f"F{number}",
                account="K01",
                due=draw(DAYS),
                amount=money(amount),
                payments=tuple(payments),
                disputed=draw(st.booleans()),
                issued=draw(st.none() | DAYS),
            )
        )
    return tuple(made)


@st.composite
def commitments(draw: st.DrawFn) -> tuple[Commitment, ...]:
    """Draw up to 5 orders and deliveries, some prepaid, some invoiced ahead."""
    made: list[Commitment] = []
    for number in range(draw(st.integers(0, 5))):
        amount = draw(AMOUNTS)
        prepaid = draw(st.integers(0, amount))
        invoiced = draw(st.integers(0, amount - prepaid))
        kind = draw(st.sampled_from(("order", "delivery")))
        one = Commitment(
            kind, f"O{number}", "K01", money(amount), draw(DAYS),
            prepaid=money(prepaid), invoiced=money(invoiced),
        )  # fmt: skip
        made.append(one)
    return tuple(made)


GATES = st.none() | st.builds(
    OverdueGate, days=st.integers(0, 40), at_least=st.none() | st.integers(1, 900).map(money)
)
POLICIES = st.builds(
    LimitPolicy,
    counted=st.sampled_from(
        (("orders", "deliveries", "invoices"), ("invoices",), ("orders", "deliveries"))
    ),
    horizon_days=st.none() | st.integers(0, 60),
    tolerance=st.sampled_from((Ratio(0), Ratio(1, 10), Ratio(1, 3))),
    checked_at=st.sampled_from((("order", "delivery"), ("order",))),
    overdue=GATES,
    prepaid_passes=st.booleans(),
    disputed=st.sampled_from(("count", "skip")),
    unapplied_credit=st.sampled_from(("count", "skip")),
    open_orders=st.just("recheck"),
    approver=st.sampled_from((None, CFO)),
)
LIMITS = st.integers(0, 4_000).map(lambda minor: CreditLimit.up_to(money(minor)))
ANY_LIMIT = LIMITS | st.sampled_from((UNLIMITED, BLOCKED))
THINGS = st.tuples(invoices(), commitments())


@st.composite
def built_requests(draw: st.DrawFn) -> CreditRequest:
    """Draw a request at any stage; a prepaid part and a replaced amount are frequent."""
    amount = draw(AMOUNTS)
    return CreditRequest(
        "asked",
        money(amount),
        draw(st.sampled_from(("quote", "order", "delivery", "invoice"))),
        prepaid=money(draw(st.just(0) | st.integers(0, amount) | st.just(amount))),
        day=draw(st.none() | DAYS),
    )


REQUESTS = built_requests()
SUMS = AMOUNTS.map(money)
EXPOSURES = st.builds(
    Exposure,
    account=st.just("K01"),
    as_of=st.just(AS_OF),
    orders=SUMS,
    deliveries=SUMS,
    invoices=SUMS,
    credit_notes=st.integers(-500, 0).map(money),
    beyond_horizon=SUMS,
    overdue=st.just(money(0)) | SUMS,
    overdue_invoices=st.just(("F1", "F2", "F3", "F4")),
)


def exposure(things: Things, policy: LimitPolicy) -> Exposure:
    """Return the exposure of the account K01."""
    own, committed = things
    return find_exposure(
        "K01", policy, invoices=own, commitments=committed, as_of=AS_OF, currency="CNY"
    ).value


def check(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> CreditVerdict:
    """Return the verdict on a request."""
    return check_credit(request, found, policy, limit=limit).value


# --- exposure -------------------------------------------------------------------------------


@given(THINGS, POLICIES, RANDOMS)
def test_the_order_of_invoices_payments_and_commitments_does_not_matter(
    things: Things, policy: LimitPolicy, random: Random
) -> None:
    own = [
        attrs.evolve(one, payments=tuple(random.sample(one.payments, len(one.payments))))
        for one in things[0]
    ]
    committed = list(things[1])
    random.shuffle(own)
    random.shuffle(committed)
    first, second = (
        find_exposure("K01", policy, invoices=one, commitments=two, as_of=AS_OF, currency="CNY")
        for one, two in (things, (own, committed))
    )
    assert first == second


@given(THINGS, POLICIES, st.lists(st.integers(1, 200), min_size=1, max_size=4), RANDOMS)
def test_partial_payments_in_any_order_and_split_give_the_same_exposure(
    things: Things, policy: LimitPolicy, parts: list[int], random: Random
) -> None:
    owed = Invoice(number="P", account="K01", due=AS_OF, amount=money(1_000))
    shuffled = random.sample(parts, len(parts))
    found = [
        exposure(((*things[0], attrs.evolve(owed, payments=paid)), things[1]), policy)
        for paid in (
            (Payment(AS_OF, money(sum(parts))),),
            tuple(Payment(AS_OF, money(part)) for part in parts),
            tuple(Payment(AS_OF - timedelta(days=1), money(part)) for part in shuffled),
        )
    ]
    assert found[0] == found[1] == found[2]


@given(THINGS, POLICIES)
def test_the_buckets_make_up_the_total(things: Things, policy: LimitPolicy) -> None:
    found = exposure(things, policy)
    assert found.total == found.orders + found.deliveries + found.invoices + found.credit_notes
    counted = {
        "orders": found.orders, "deliveries": found.deliveries, "invoices": found.invoices,
    }  # fmt: skip
    assert all(counted[one].minor == 0 for one in counted if one not in policy.counted)


@given(THINGS, POLICIES, st.integers(0, 90))
def test_a_nearer_horizon_only_moves_orders_beyond_it(
    things: Things, policy: LimitPolicy, days: int
) -> None:
    whole = exposure(things, attrs.evolve(policy, horizon_days=None))
    cut = exposure(things, attrs.evolve(policy, horizon_days=days))
    assert cut.orders + cut.beyond_horizon == whole.orders
    assert (cut.deliveries, cut.invoices) == (whole.deliveries, whole.invoices)


# --- the check ------------------------------------------------------------------------------


@given(REQUESTS, EXPOSURES, POLICIES, ANY_LIMIT, AMOUNTS)
def test_a_smaller_request_never_fares_worse(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit, less: int
) -> None:
    smaller = max(request.amount.minor - less, request.prepaid.minor)
    other = attrs.evolve(request, amount=money(smaller))
    before, after = (check(one, found, policy, limit) for one in (request, other))
    assert RANK[after.outcome] >= RANK[before.outcome]
    assert after.over <= before.over


@given(REQUESTS, EXPOSURES, POLICIES, LIMITS, AMOUNTS)
def test_a_higher_limit_never_fares_worse(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit, more: int
) -> None:
    assert limit.amount is not None
    higher = CreditLimit.up_to(limit.amount + money(more))
    verdicts = [check(request, found, policy, one) for one in (limit, higher, UNLIMITED)]
    ranks = [RANK[one.outcome] for one in verdicts]
    assert ranks == sorted(ranks)


@given(REQUESTS, EXPOSURES, POLICIES, ANY_LIMIT)
def test_what_would_pass_passes(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    verdict = check(request, found, policy, limit)
    amount = verdict.would_pass if verdict.would_pass is not None else request.amount
    assume(amount.minor > 0 and request.prepaid <= amount)
    assert check(attrs.evolve(request, amount=amount), found, policy, limit).outcome == "allowed"


@given(REQUESTS, EXPOSURES, POLICIES, ANY_LIMIT)
def test_one_fen_more_than_what_would_pass_does_not(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    verdict = check(request, found, policy, limit)
    assume(request.stage in policy.checked_at and verdict.would_pass is not None)
    assert verdict.would_pass is not None
    more = verdict.would_pass + money(1)
    prepaid = min(request.prepaid, verdict.would_pass)
    other = attrs.evolve(request, amount=more, prepaid=prepaid)
    assert check(other, found, policy, limit).outcome != "allowed"


@given(REQUESTS, EXPOSURES, POLICIES, ANY_LIMIT)
def test_prepaying_what_is_named_passes_and_nothing_less_does(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    verdict = check(request, found, policy, limit)
    if verdict.prepay is None:
        full = attrs.evolve(request, prepaid=request.amount)
        assert request.stage not in policy.checked_at or (
            check(full, found, policy, limit).outcome != "allowed"
        )
        return
    paid = attrs.evolve(request, prepaid=request.prepaid + verdict.prepay)
    assert check(paid, found, policy, limit).outcome == "allowed"
    if verdict.prepay.minor and request.stage in policy.checked_at:
        less = attrs.evolve(paid, prepaid=paid.prepaid - money(1))
        assert check(less, found, policy, limit).outcome != "allowed"


@given(REQUESTS, EXPOSURES, POLICIES, LIMITS)
def test_headroom_and_exposure_make_up_the_limit(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    headroom = check(request, found, policy, limit).headroom
    assert headroom is not None
    assert headroom + found.total - request.replaces == limit.amount


@given(THINGS, POLICIES, LIMITS, AMOUNTS, st.data())
def test_paying_an_invoice_never_lowers_the_headroom(
    things: Things, policy: LimitPolicy, limit: CreditLimit, part: int, data: st.DataObject
) -> None:
    own, committed = things
    debts = [one for one in own if one.open_on(AS_OF).minor > 0]
    assume(debts)
    chosen = data.draw(st.sampled_from(debts))
    spare = chosen.amount.minor - sum(one.amount.minor for one in chosen.payments)
    paid = min(max(part, 1), spare)
    assume(paid > 0)
    more = attrs.evolve(chosen, payments=(*chosen.payments, Payment(AS_OF, money(paid))))
    after = tuple(more if one is chosen else one for one in own)
    asked = CreditRequest("asked", money(1), "order")
    before_it, after_it = (
        check(asked, exposure((one, committed), policy), policy, limit) for one in (own, after)
    )
    assert before_it.headroom is not None
    assert after_it.headroom is not None
    assert before_it.headroom <= after_it.headroom
    assert RANK[after_it.outcome] >= RANK[before_it.outcome]


@given(REQUESTS, EXPOSURES, POLICIES, LIMITS)
def test_an_approver_changes_who_decides_and_nothing_else(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    alone, granted = (
        check(request, found, attrs.evolve(policy, approver=one), limit) for one in (None, CFO)
    )
    assert (alone.outcome == "allowed") is (granted.outcome == "allowed")
    assert (granted.outcome == "needs_approval") is (alone.outcome == "refused")
    assert attrs.evolve(granted, outcome=alone.outcome, approver=None) == alone


@given(REQUESTS, EXPOSURES, POLICIES)
def test_blocked_is_never_better_than_a_limit_of_0(
    request: CreditRequest, found: Exposure, policy: LimitPolicy
) -> None:
    nothing = CreditLimit.up_to(money(0))
    blocked, zero = (check(request, found, policy, one) for one in (BLOCKED, nothing))
    assert RANK[blocked.outcome] <= RANK[zero.outcome]


@given(REQUESTS, EXPOSURES, POLICIES, ANY_LIMIT)
def test_every_answer_fits_in_seven_lines_in_both_languages(
    request: CreditRequest, found: Exposure, policy: LimitPolicy, limit: CreditLimit
) -> None:
    decision = check_credit(request, found, policy, limit=limit)
    english, chinese = (decision.lines(lang, at_most=None) for lang in ("en", "zh"))
    assert len(english) == len(chinese) <= 7


# --- open orders ----------------------------------------------------------------------------


def open_orders(things: Things) -> tuple[Commitment, ...]:
    """Return the open orders among the commitments."""
    return tuple(one for one in things[1] if one.kind == "order")


def held(things: Things, policy: LimitPolicy, limit: CreditLimit) -> set[str]:
    """Return the numbers of the orders that are held."""
    found = recheck_orders(open_orders(things), exposure(things, policy), policy, limit=limit)
    return {one.order.number for one in found.value if one.outcome == "held"}


@given(THINGS, POLICIES, ANY_LIMIT, RANDOMS)
def test_the_order_in_which_open_orders_are_given_does_not_matter(
    things: Things, policy: LimitPolicy, limit: CreditLimit, random: Random
) -> None:
    orders, found = open_orders(things), exposure(things, policy)
    shuffled = random.sample(orders, len(orders))
    assert recheck_orders(shuffled, found, policy, limit=limit) == recheck_orders(
        orders, found, policy, limit=limit
    )


@given(THINGS, POLICIES, ANY_LIMIT)
def test_what_is_kept_is_kept_again_without_what_is_held(
    things: Things, policy: LimitPolicy, limit: CreditLimit
) -> None:
    out = held(things, policy, limit)
    left = (things[0], tuple(one for one in things[1] if one.number not in out))
    assert held(left, policy, limit) == set()


@given(THINGS, POLICIES, LIMITS)
def test_what_is_kept_passes_a_check_of_its_own(
    things: Things, policy: LimitPolicy, limit: CreditLimit
) -> None:
    out = held(things, policy, limit)
    left = (things[0], tuple(one for one in things[1] if one.number not in out))
    found = exposure(left, policy)
    last = policy.last_day(AS_OF)
    for one in open_orders(left):
        near = "orders" in policy.counted and (last is None or one.day <= last)
        again = CreditRequest(
            one.number,
            one.on_credit,
            "order",
            replaces=one.on_credit if near else money(0),
            day=one.day,
        )
        assert check_credit(again, found, policy, limit=limit).value.outcome == "allowed"


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 9)), min_size=1, max_size=6),
    st.integers(0, 500),
    st.integers(0, 600),
)
def test_prepaying_the_excess_of_what_is_held_keeps_all(
    drawn: list[tuple[int, int]], owed: int, room: int
) -> None:
    orders = tuple(
        Commitment("order", f"O{number}", "K01", money(amount), AS_OF + timedelta(days=day))
        for number, (amount, day) in enumerate(drawn)
    )
    things = ((Invoice(number="F", account="K01", due=AS_OF, amount=money(owed)),), orders)
    policy, limit = LimitPolicy(), CreditLimit.up_to(money(owed + room))
    out = held(things, policy, limit)
    excess = max(0, sum(one.amount.minor for one in orders) - room)
    assert bool(out) is bool(excess)
    paid: list[Commitment] = []
    for one in orders:
        part = min(excess, one.amount.minor) if one.number in out else 0
        excess -= part
        paid.append(attrs.evolve(one, prepaid=money(part)))
    assert excess == 0
    assert held((things[0], tuple(paid)), policy, limit) == set()


@given(THINGS, POLICIES)
def test_a_blocked_account_keeps_no_order(things: Things, policy: LimitPolicy) -> None:
    assert held(things, policy, BLOCKED) == {one.number for one in open_orders(things)}


# --- consignment stock ----------------------------------------------------------------------

AGENT = FlagField("agent")


@given(AMOUNTS, AMOUNTS, st.integers(1, 1_000), AMOUNTS)
def test_less_consignment_stock_never_fares_worse_and_what_would_pass_is_the_edge(
    stock: int, asked: int, limit: int, less: int
) -> None:
    policy = ConsignmentLimit(when=AGENT, limit=money(limit))
    facts = read_facts({"agent": True}, policy.fields)

    def outcome(amount: int) -> str:
        return check_consignment(
            facts, policy, held=money(stock), asked=money(amount)
        ).value.outcome

    verdict = check_consignment(facts, policy, held=money(stock), asked=money(asked)).value
    assert RANK[outcome(max(0, asked - less))] >= RANK[verdict.outcome]
    assert verdict.headroom + money(stock) == money(limit)
    assert outcome(verdict.would_pass.minor + 1) == "refused"
    if stock <= limit:
        assert outcome(verdict.would_pass.minor) == "allowed"
