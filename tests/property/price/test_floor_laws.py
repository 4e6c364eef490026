"""Laws of the floor and of cliffs, against every sale of a small world."""

import pickle
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.price._naive import (
    MOST,
    Place,
    after,
    applies,
    facts_of,
    fraction,
    grain_of,
    halves,
    of_sale,
    places,
    policies,
    rounded,
)

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.price import (
    Adjustment,
    FloorProof,
    FreeUnits,
    PricePolicy,
    Sale,
    TierFloor,
    check_floor,
    find_cliffs,
    quote_price,
)
from kamcore.rulebook import keep_record, replay
from kamcore.values import Money, Ratio, Rounding, UnitPrice

CONTROLS = st.sampled_from([Money(amount, "CNY") for amount in (1, 5, 7, 20, 100)])
SHARES_ONLY = policies(money=False)
ANY = policies()


def start(policy: PricePolicy) -> Fraction:
    """Return the lowest share of tier "A"."""
    rule = policy.of("A")
    return fraction(rule.low or rule.start)


def left(policy: PricePolicy, place: Place) -> Fraction:
    """Return what a sale at the tier's lowest share leaves of the control price."""
    on, off = halves(policy)
    return after(off, after(on, place.control * start(policy), place), place) / place.control


def check(policy: PricePolicy, control: Money | None, *, exhaustive: bool = False) -> TierFloor:
    """Return the floor of tier "A" for up to MOST units."""
    decision = check_floor(policy, control=control, up_to=MOST, exhaustive=exhaustive)
    return decision.value.tiers[0]


def least(policy: PricePolicy, control: Money | None) -> Fraction:
    """Return what the worst sale of all leaves."""
    if control is None:
        world = places(policy, Fraction(100), ("CNY", "USD", "EUR"))
    else:
        world = places(policy, Fraction(control.amount))
    return min(left(policy, place) for place in world)


@given(ANY, CONTROLS)
def test_no_certificate_where_a_sale_breaks_the_floor(policy: PricePolicy, control: Money) -> None:
    rule, found = policy.of("A"), check(policy, control)
    if rule.net_floor is None:
        assert (found.least, found.method, found.holds) == (None, "none", True)
        return
    worst = least(policy, control)
    assert found.least is not None
    assert fraction(found.least) <= worst
    assert found.holds is (worst >= fraction(rule.net_floor))


@given(ANY, CONTROLS)
def test_the_search_finds_the_worst_sale(policy: PricePolicy, control: Money) -> None:
    found = check(policy, control, exhaustive=True)
    if found.least is not None:
        assert found.method == "search"
        assert fraction(found.least) == least(policy, control)


@given(SHARES_ONLY)
def test_a_policy_without_amounts_is_checked_in_every_currency(policy: PricePolicy) -> None:
    found = check(policy, None, exhaustive=True)
    if found.least is not None:
        assert fraction(found.least) == least(policy, None)


@given(ANY, CONTROLS)
def test_the_bound_is_no_higher_than_the_search(policy: PricePolicy, control: Money) -> None:
    bound, searched = check(policy, control), check(policy, control, exhaustive=True)
    assert bound.holds is searched.holds
    if bound.method == "bound":
        assert bound.least is not None
        assert searched.least is not None
        assert bound.least <= searched.least


@given(ANY, CONTROLS)
def test_a_sale_that_breaks_the_floor_can_be_made_and_is_not_allowed(
    policy: PricePolicy, control: Money
) -> None:
    case, rule = check(policy, control).case, policy.of("A")
    if case is None:
        return
    assert rule.low is not None
    assert rule.net_floor is not None
    assert case.share < rule.net_floor
    on, off = halves(policy)
    ordered = [one for stack in (*on, *off) for one in stack.adjustments]
    worst = [
        place
        for place in places(policy, Fraction(control.amount))
        if place.quantity == case.quantity
        and left(policy, place) == fraction(case.share)
        and (case.on is None or place.on == case.on or place.on == max(place.on, case.on))
    ]
    assert worst
    named = [set(case.adjustments) <= set(_applying(ordered, place)) for place in worst]
    assert any(named)
    place = worst[named.index(True)]
    sale = Sale(
        "A",
        UnitPrice(control.amount, "CNY", 6),
        quantity=place.quantity,
        on=place.on,
        facts=facts_of(place.known),
        discount=Ratio(1) + -rule.low,
    )
    quote = quote_price(sale, evolve(policy, rounding=Rounding.FLOOR)).value
    assert quote.net_share < rule.net_floor
    assert quote.outcome == "refused"


def _applying(ordered: list[Adjustment], place: Place) -> Iterator[str]:
    return (one.name for one in ordered if applies(one, place))


@given(ANY, CONTROLS, st.integers(1, 60))
def test_what_the_bound_proves_holds_for_every_higher_price(
    policy: PricePolicy, control: Money, more: int
) -> None:
    found, floor = check(policy, control), policy.of("A").net_floor
    if found.method == "bound" and floor is not None:
        assert least(policy, Money(control.amount + more, "CNY")) >= fraction(floor)


@given(ANY, CONTROLS, st.integers(1, 60))
def test_what_the_search_finds_holds_for_every_higher_price_without_raises_and_steps_by_amount(
    policy: PricePolicy, control: Money, more: int
) -> None:
    gives = [gives for one in policy.adjustments for gives in one.all_gives()]
    raises = any(isinstance(one, Money | UnitPrice) and one.amount > 0 for one in gives)
    by_amount = any(one.by == "amount" for one in policy.adjustments)
    found = check(policy, control, exhaustive=True)
    if found.least is not None and not raises and not by_amount:
        higher = least(policy, Money(control.amount + more, "CNY"))
        assert higher >= fraction(found.least)


@given(ANY, CONTROLS)
def test_a_proof_comes_back_and_is_found_again(policy: PricePolicy, control: Money) -> None:
    decision = check_floor(policy, control=control, up_to=MOST)
    assert from_json(to_json(decision.value), FloorProof) == decision.value
    assert from_json(to_json(decision), Decision) == decision
    assert hash(pickle.loads(pickle.dumps(decision))) == hash(decision)
    record = keep_record(check_floor, policy, control=control, up_to=MOST)
    assert replay(from_json(to_json(record), Record)).same


# --- cliffs ---------------------------------------------------------------------------------

Lines = tuple[Fraction, int]


def kinds_given(policy: PricePolicy) -> set[type]:
    """Return what kinds of things the adjustments on the invoice give."""
    invoiced = [one for one in policy.adjustments if not one.off_invoice]
    return {type(gives) for one in invoiced for gives in one.all_gives()}


def takes_off_each(policy: PricePolicy) -> bool:
    """Say whether an amount is taken off each unit, which may be more than it costs."""
    invoiced = [one for one in policy.adjustments if not one.off_invoice]
    amounts = (gives for one in invoiced for gives in one.all_gives())
    return any(isinstance(one, UnitPrice) and one.amount < 0 for one in amounts)


def line(policy: PricePolicy, control: Money, place: Place) -> Lines:
    """Return the exact line of tier "A" at its start, and the rounded one in minor units."""
    on, _ = halves(policy)
    first, grain = place.control * fraction(policy.of("A").start), grain_of(control)
    exact = after(on, first, place)
    how = policy.rounding if policy.rounded == "each_change" else None
    price = after(on, first, place, how, grain) / grain
    if how is None and of_sale(on, first, place):
        return exact * place.quantity, rounded(price * place.quantity, policy.rounding)
    return exact * place.quantity, rounded(price, policy.rounding) * place.quantity


@given(ANY, CONTROLS, st.sampled_from(("price", "each_change")), st.integers(1, 5))
def test_every_quantity_that_costs_less_is_a_cliff_and_no_other(
    policy: PricePolicy, control: Money, how: Literal["price", "each_change"], low: int
) -> None:
    policy = evolve(policy, rounded=how)
    falls: dict[int, int] = {}
    for place in places(policy, Fraction(control.amount)):
        if place.quantity <= low:
            continue
        exact, minor = line(policy, control, place)
        exact_before, before = line(policy, control, place._replace(quantity=place.quantity - 1))
        if 0 <= exact < exact_before and minor < before:
            falls[place.quantity] = max(falls.get(place.quantity, 0), before - minor)
    found = find_cliffs(policy, control=control, quantity=low, up_to=MOST)
    told = {one.quantity: one.line_before.minor - one.line.minor for one in found}
    assert [one.quantity for one in found] == sorted(told)
    if FreeUnits in kinds_given(policy) or takes_off_each(policy):
        assert told.items() <= falls.items()
        assert bool(told) is bool(falls)
    else:
        assert told == falls


@given(ANY, CONTROLS)
def test_a_line_never_falls_without_a_step_or_free_units(
    policy: PricePolicy, control: Money
) -> None:
    invoiced = [one for one in policy.adjustments if not one.off_invoice]
    bare = FreeUnits not in kinds_given(policy) and not takes_off_each(policy)
    if bare and all(one.by is None for one in invoiced):
        assert find_cliffs(policy, control=control, up_to=MOST) == ()
