"""Laws of quotes, against the same in fractions."""

import pickle
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.price._naive import (
    CALENDAR,
    SIZE,
    Known,
    Place,
    after,
    at_grain,
    facts_of,
    fraction,
    grain_of,
    halves,
    of_sale,
    policies,
    rounded,
    sales,
    units_of,
)

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.price import (
    Adjustment,
    PricePolicy,
    Quote,
    Sale,
    Stack,
    StackKind,
    TierPrice,
    quote_price,
)
from kamcore.rulebook import keep_record, replay
from kamcore.values import Days, Ratio, Rounding

SALES, POLICIES = sales(), policies()
EXACT = policies(exact=True)
Asked = tuple[Sale, Place]


def ask(sale: Sale, policy: PricePolicy) -> Quote:
    """Return the quote."""
    return quote_price(sale, policy).value


def share_asked(sale: Sale, policy: PricePolicy) -> Fraction:
    """Return the share of the control price before the adjustments."""
    rule = policy.of(sale.tier)
    if sale.discount is not None:
        return 1 - fraction(sale.discount)
    low = Fraction(0) if rule.low is None else fraction(rule.low)
    share = max(Fraction(1), low)
    return share if rule.high is None else min(share, fraction(rule.high))


def passes(policy: PricePolicy, place: Place, unit: Fraction) -> bool:
    """Say whether an invoice price keeps floor, lowest and highest share, all unrounded."""
    rule = policy.of("A")
    on, off = halves(policy)
    control = place.control
    if rule.high is not None and unit > max(0, after(on, control * fraction(rule.high), place)):
        return False
    if rule.low is None:
        return True
    least = control * fraction(rule.floor or rule.low)
    return after(off, unit, place) >= least and unit >= after(
        on, control * fraction(rule.low), place
    )


@given(SALES, POLICIES)
def test_an_outcome_is_that_of_the_exact_bounds(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    quote = ask(sale, policy)
    on, _ = halves(policy)
    first, price = place.control * share_asked(sale, policy), Fraction(quote.unit.amount)
    if sale.price is None and of_sale(on, first, place):
        price = after(on, first, place)
    assert (quote.outcome == "allowed") is (price >= 0 and passes(policy, place, price))
    assert quote.approver is None


@given(SALES, POLICIES)
def test_a_price_is_the_exact_one_rounded_unless_that_carries_it_out(
    asked: Asked, policy: PricePolicy
) -> None:
    sale, place = asked
    quote, grain = ask(sale, policy), grain_of(sale.control)
    if sale.price is not None:
        assert quote.unit == sale.price
        return
    on, _ = halves(policy)
    exact = after(on, place.control * share_asked(sale, policy), place)
    found = units_of(quote.unit)
    plain = rounded(exact / grain, policy.rounding)
    rule, share = policy.of("A"), share_asked(sale, policy)
    kept = (rule.low is None or fraction(rule.low) <= share) and (
        rule.high is None or share <= fraction(rule.high)
    )
    if kept and exact >= 0 and passes(policy, place, exact) and quote.permitted is not None:
        assert quote.outcome == "allowed"
        assert abs(found - exact / grain) < 1
    if found != plain:
        assert quote.outcome == "allowed" or quote.permitted is None
        assert not passes(policy, place, plain * grain)


@given(SALES, POLICIES)
def test_no_price_of_the_grain_is_nearer_than_what_is_permitted(
    asked: Asked, policy: PricePolicy
) -> None:
    sale, place = asked
    grain, quote = grain_of(sale.control), ask(sale, policy)
    start = Fraction(quote.unit.amount) / grain
    near = [number * grain for number in range(max(1, int(start) - 3), int(start) + 4)]
    for unit in near:
        inside = (
            quote.permitted is not None
            and at_grain(sale.control, int(unit / grain)) in quote.permitted
        )
        assert inside is passes(policy, place, unit)


@given(SALES, EXACT)
def test_one_price_is_allowed_and_no_other(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    rule, quote, grain = policy.of("A"), ask(sale, policy), grain_of(sale.control)
    assert rule.low is not None
    on, off = halves(policy)
    one = rounded(after(on, place.control * fraction(rule.low), place) / grain, policy.rounding)
    target = rounded(place.control * fraction(rule.low) / grain, policy.rounding) * grain
    holds = after(off, one * grain, place) >= target
    if quote.permitted is None:
        assert not holds
    else:
        assert holds
        assert quote.permitted.low == quote.permitted.high == at_grain(sale.control, one)
    first = place.control * share_asked(sale, policy)
    if sale.price is None and of_sale(on, first, place):
        price, exact = after(on, first, place), after(on, place.control * fraction(rule.low), place)
        fits = price >= 0 and price == max(0, exact) and passes(policy, place, price)
        assert (quote.outcome == "allowed") is (fits or (holds and price == one * grain))
    else:
        assert (quote.outcome == "allowed") is (holds and units_of(quote.unit) == one)


@given(SALES, POLICIES, st.sampled_from(("price", "each_change")))
def test_what_would_pass_passes_and_a_grain_further_does_not(
    asked: Asked, policy: PricePolicy, how: Literal["price", "each_change"]
) -> None:
    sale, _ = asked
    policy = evolve(policy, rounded=how)
    quote = ask(sale, policy)
    passing = quote.would_pass
    if passing is None:
        assert quote.outcome == "allowed" or quote.permitted is None
        return
    assert quote.outcome == "refused"
    grain = 1 if units_of(quote.unit) > units_of(passing) else -1
    for units, outcome in (
        (units_of(passing), "allowed"),
        (units_of(passing) + grain, "refused"),
    ):
        if units > 0:
            again = evolve(sale, discount=None, price=at_grain(passing, units))
            assert ask(again, policy).outcome == outcome


CROSSED = {
    "price.below_floor",
    "price.beyond_discount",
    "price.beyond_discount_and_floor",
    "price.below_tier",
    "price.above_cap",
    "price.not_exact",
}


@given(SALES, POLICIES | EXACT, st.sampled_from(("price", "each_change")))
def test_a_refusal_names_the_bound_that_is_crossed_or_that_nothing_passes(
    asked: Asked, policy: PricePolicy, how: Literal["price", "each_change"]
) -> None:
    decision = quote_price(asked[0], evolve(policy, rounded=how))
    named = {reason.rule.id for reason in decision.reasons} & CROSSED
    if decision.value.outcome == "allowed":
        assert not named
    elif decision.value.permitted is not None:
        assert named


ASKED = sales(ways=("discount",))
HUNDREDTH = Ratio(1, 10_000)


def greatest(asked: Asked, policy: PricePolicy) -> tuple[Sale, Ratio] | None:
    """Return a sale at too great a discount, and the one that would pass.

    None where none would, and where none can be greater: a sale leaves something.
    """
    sale, _ = asked
    deep = Ratio(3, 10) + (sale.discount or Ratio(0))
    sale = evolve(sale, discount=max(deep, Ratio(1, 2)))
    for reason in quote_price(sale, policy).reasons:
        if reason.rule.id == "price.would_pass_discount":
            most = dict(reason.params)["discount"]
            assert isinstance(most, Ratio)
            return (sale, most) if most + HUNDREDTH < Ratio(1) else None
    return None


@given(ASKED, POLICIES, st.sampled_from(("price", "each_change")))
def test_the_discount_that_would_pass_passes(
    asked: Asked, policy: PricePolicy, how: Literal["price", "each_change"]
) -> None:
    policy = evolve(policy, rounded=how)
    if found := greatest(asked, policy):
        sale, most = found
        assert (most.numerator * 10_000) % most.denominator == 0
        assert ask(evolve(sale, discount=most), policy).outcome == "allowed"


def limit(policy: PricePolicy, sale: Sale) -> Ratio | None:
    """Return the greatest discount that the tier's rule names."""
    low = policy.of(sale.tier).low
    return None if low is None else Ratio(1) + -low


@given(ASKED, POLICIES, st.sampled_from(("price", "each_change")))
def test_a_hundredth_of_a_percent_more_than_the_discount_that_would_pass_does_not(
    asked: Asked, policy: PricePolicy, how: Literal["price", "each_change"]
) -> None:
    policy = evolve(policy, rounded=how)
    if found := greatest(asked, policy):
        sale, most = found
        more = ask(evolve(sale, discount=most + HUNDREDTH), policy)
        assert more.outcome == "refused" or most == limit(policy, sale)


@given(ASKED, POLICIES, st.integers(1, 10_000))
def test_no_discount_greater_than_the_one_that_would_pass_does(
    asked: Asked, policy: PricePolicy, points: int
) -> None:
    if found := greatest(asked, policy):
        sale, most = found
        more = min(most + Ratio(points, 10_000), Ratio(9_999, 10_000))
        outcome = ask(evolve(sale, discount=more), policy).outcome
        assert outcome == "refused" or most == limit(policy, sale)


@given(SALES, POLICIES, st.sampled_from(("price", "each_change")))
def test_the_steps_of_a_waterfall_add_up(
    asked: Asked, policy: PricePolicy, how: Literal["price", "each_change"]
) -> None:
    sale, place = asked
    quote = ask(sale, evolve(policy, rounded=how))
    first, *rest = quote.waterfall
    assert first.change == Ratio(0)
    at = fraction(first.after)
    assert at == place.control
    invoiced = at
    for step in rest:
        at += fraction(step.change)
        assert fraction(step.after) == at
        invoiced = invoiced if step.off_invoice else at
    on, _ = halves(policy)
    start = policy.of(sale.tier).start if sale.discount is None else Ratio(1) + -sale.discount
    whole = sale.price is None and of_sale(on, place.control * fraction(start), place)
    assert invoiced == Fraction(quote.unit.amount) or whole
    assert at == fraction(quote.net_share) * place.control


@given(SALES, POLICIES)
def test_what_is_left_is_exact(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    quote = ask(sale, policy)
    _, off = halves(policy)
    on, _ = halves(policy)
    start = policy.of(sale.tier).start if sale.discount is None else Ratio(1) + -sale.discount
    first, price = place.control * fraction(start), Fraction(quote.unit.amount)
    if sale.price is None and of_sale(on, first, place):
        price = after(on, first, place)
    assert fraction(quote.net_share) == after(off, price, place) / place.control


@given(SALES, POLICIES)
def test_a_line_is_rounded_once(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    quote = ask(sale, policy)
    on, _ = halves(policy)
    start = policy.of(sale.tier).start if sale.discount is None else Ratio(1) + -sale.discount
    first = place.control * fraction(start)
    price = Fraction(quote.unit.amount)
    if sale.price is None and of_sale(on, first, place):
        price = after(on, first, place)
    least = rounded(price * place.quantity * 100, policy.rounding)
    assert quote.line.minor in {least, least + (quote.outcome == "allowed")}


@given(SALES, POLICIES)
def test_an_allowed_line_leaves_the_floor(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    quote, rule = ask(sale, policy), policy.of(sale.tier)
    if quote.outcome == "allowed" and rule.net_floor is not None and not rule.exact:
        _, off = halves(policy)
        left = after(off, Fraction(quote.line.amount) / place.quantity, place)
        assert left >= place.control * fraction(rule.net_floor)


@given(SALES, POLICIES, st.integers(-500, 600), st.integers(-500, 600))
def test_a_greater_discount_never_raises_the_price(
    asked: Asked, policy: PricePolicy, one: int, other: int
) -> None:
    sale, _ = asked
    small, great = sorted((one, other))
    prices = [
        units_of(ask(evolve(sale, price=None, discount=Ratio(off, 1000)), policy).unit)
        for off in (small, great)
    ]
    assert prices[0] >= prices[1]


ALWAYS: Mapping[str, Mapping[str, object]] = {
    "a condition": {"when": SIZE.is_missing | SIZE.is_known},
    "days": {"days": Days(CALENDAR[0], CALENDAR[-1])},
    "a currency": {"currency": "CNY"},
}


@given(SALES, policies(bare=True), st.sampled_from(list(ALWAYS)))
def test_what_always_applies_is_what_has_no_condition(
    asked: Asked, policy: PricePolicy, how: str
) -> None:
    sale = evolve(asked[0], on=CALENDAR[2])
    asking = evolve(
        policy,
        stacks=tuple(
            Stack(stack.how, tuple(evolve(one, **ALWAYS[how]) for one in stack.adjustments))
            for stack in policy.stacks
        ),
    )
    plain, general = quote_price(sale, policy), quote_price(sale, asking)
    assert plain.value == general.value
    assert plain.reasons == general.reasons


@given(SALES, st.lists(st.integers(-40, 0), min_size=1, max_size=4))
def test_added_shares_take_no_less_than_compound_ones_and_these_no_less_than_the_best(
    asked: Asked, percents: list[int]
) -> None:
    assume(sum(percents) >= -100)
    sale, named = evolve(asked[0], price=None), enumerate(percents)
    group = tuple(Adjustment(str(number), Ratio.percent(off)) for number, off in named)
    kinds: tuple[StackKind, ...] = ("add", "compound", "best")
    tiers = (TierPrice("A", high=Ratio(9)),)
    prices = [
        ask(
            sale,
            PricePolicy(tiers=tiers, rounding=Rounding.HALF_EVEN, stacks=(Stack(how, group),)),
        ).unit
        for how in kinds
    ]
    assert [units_of(one) for one in prices] == sorted(units_of(one) for one in prices)


# --- every change rounded -------------------------------------------------------------------


@given(SALES, POLICIES)
def test_rounding_of_each_change_never_crosses_the_floor(asked: Asked, policy: PricePolicy) -> None:
    sale, place = asked
    policy = evolve(policy, rounded="each_change")
    quote, grain, rule = ask(sale, policy), grain_of(sale.control), policy.of("A")
    _, off = halves(policy)
    unit = Fraction(quote.unit.amount)
    left = after(off, unit, place, policy.rounding, grain)
    assert fraction(quote.net_share) == left / place.control
    if quote.outcome == "allowed" and rule.net_floor is not None:
        assert left >= place.control * fraction(rule.net_floor)


@given(SALES, POLICIES, st.integers(0, 30))
def test_every_permitted_price_keeps_the_floor_where_each_change_is_rounded(
    asked: Asked, policy: PricePolicy, more: int
) -> None:
    sale, place = asked
    policy = evolve(policy, rounded="each_change")
    permitted, rule = ask(sale, policy).permitted, policy.of("A")
    assume(permitted is not None and permitted.low is not None and rule.net_floor is not None)
    assert permitted is not None
    assert permitted.low is not None
    assert rule.net_floor is not None
    price = at_grain(permitted.low, units_of(permitted.low) + more)
    assume(units_of(price) > 0)
    quote = ask(evolve(sale, discount=None, price=price), policy)
    assert fraction(quote.net_share) >= fraction(rule.net_floor)
    assert place.quantity == sale.quantity


@given(SALES, POLICIES)
def test_a_waterfall_rounds_every_change_to_the_grain(asked: Asked, policy: PricePolicy) -> None:
    sale, _ = asked
    quote, grain = ask(sale, evolve(policy, rounded="each_change")), grain_of(sale.control)
    for step in quote.waterfall:
        if step.kind == "adjustment":
            assert fraction(step.change) % grain == 0


# --- kept and sent --------------------------------------------------------------------------


@given(SALES, POLICIES)
def test_a_quote_comes_back_from_json_and_pickle(asked: Asked, policy: PricePolicy) -> None:
    sale, _ = asked
    decision = quote_price(sale, policy)
    again = from_json(to_json(decision), Decision)
    assert again == decision
    assert hash(again.value) == hash(decision.value)
    assert pickle.loads(pickle.dumps(decision)) == decision
    assert pickle.loads(pickle.dumps(decision.value)).waterfall == decision.value.waterfall


@given(SALES, POLICIES)
def test_a_policy_and_a_sale_come_back_from_json(asked: Asked, policy: PricePolicy) -> None:
    sale, _ = asked
    again = from_json(to_json(policy), PricePolicy)
    assert (again, again.fingerprint) == (policy, policy.fingerprint)
    assert from_json(to_json(sale), Sale) == sale
    assert hash(sale) == hash(from_json(to_json(sale), Sale))


@given(SALES, POLICIES)
def test_a_recorded_quote_is_answered_the_same_again(asked: Asked, policy: PricePolicy) -> None:
    sale, _ = asked
    record = keep_record(quote_price, sale, policy)
    assert replay(record).same
    assert replay(from_json(to_json(record), Record)).same


FILLED: tuple[Known, ...] = (
    {"new": True, "size": 99, "sector": "power"},
    {"new": False, "size": 0, "sector": "steel"},
)


@given(SALES, policies(presence=False), st.sampled_from(FILLED))
def test_a_missing_fact_that_is_not_named_changes_nothing(
    asked: Asked, policy: PricePolicy, filled: Known
) -> None:
    sale, place = asked
    decision = quote_price(sale, policy)
    named = {fact.name for fact in decision.missing}
    assert {name for name in named if place.known[name] is not None} == set()
    known = {
        name: filled[name] if value is None and name not in named else value
        for name, value in place.known.items()
    }
    again = quote_price(evolve(sale, facts=facts_of(known)), policy)
    if not named:
        assert again.value == decision.value
    assert {fact.name for fact in again.missing} <= named
