"""Where buying more costs less."""

from datetime import date
from decimal import Decimal

import pytest

from kamcore.errors import CurrencyMismatch, InputError
from kamcore.facts import FlagField, NumberField
from kamcore.presets import hundred_points
from kamcore.price import (
    Adjustment,
    Cliff,
    FreeUnits,
    Gives,
    PricePolicy,
    Stack,
    TierPrice,
    find_cliffs,
)
from kamcore.values import Days, Label, Money, Ratio, Rounding, Seat, Steps, UnitPrice

percent = Ratio.percent
NEW = FlagField("new")
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
VOLUME: Steps[Gives] = Steps.rising(Ratio(0), (100, percent(-1)), (500, percent(-2)))


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def one(gives: Gives | Steps[Gives], name: str = "it", **fields: object) -> Adjustment:
    """Return an adjustment."""
    return Adjustment(name, gives, **fields)  # type: ignore[arg-type]


def policy(*adjustments: Adjustment, rounded: str = "price") -> PricePolicy:
    """Return a policy of tier A at the control price, its adjustments compound."""
    return PricePolicy(
        tiers=(TierPrice("A", high=Ratio(1)),),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
        stacks=(Stack("compound", adjustments),),
        rounded=rounded,  # type: ignore[arg-type]
    )


def found(rules: PricePolicy, **named: object) -> list[tuple[int, Money, Money]]:
    """Return quantity and both lines of every cliff at a control price of 100."""
    cliffs = find_cliffs(rules, control=cny(100), **named)  # type: ignore[arg-type]
    return [(cliff.quantity, cliff.line, cliff.line_before) for cliff in cliffs]


def test_a_step_of_volume_is_a_cliff_where_it_takes_more_than_a_unit() -> None:
    """99 units cost 9,900.00 and 100 as much; 500 cost less than 499."""
    volume = policy(one(VOLUME, by="quantity"))
    assert found(volume) == [(500, cny(49_000), cny(49_401))]


@pytest.mark.parametrize(
    ("edge", "cliffs"),
    [
        ("left", [(100, cny(9800), cny(9900))]),
        ("right", [(101, cny(9898), cny(10_000))]),
    ],
)
def test_a_cliff_lies_where_the_step_begins(
    edge: str, cliffs: list[tuple[int, Money, Money]]
) -> None:
    steps = Steps.rising(Ratio(0), (100, percent(-2)), edge=edge)  # type: ignore[arg-type]
    assert found(policy(one(steps, by="quantity"))) == cliffs


def test_steps_by_amount_have_cliffs_too() -> None:
    steps = Steps.rising(Ratio(0), (cny(10_050), UnitPrice(-2, "CNY")))
    assert found(policy(one(steps, by="amount"))) == [(101, cny(9898), cny(10_000))]


def test_every_tier_is_asked_at_its_own_start() -> None:
    rules = hundred_points.price(
        approver=MANAGER, stacks=(Stack("add", (one(VOLUME, by="quantity"),)),)
    )
    cliffs = find_cliffs(rules, control=cny(100))
    assert [(cliff.tier, cliff.quantity, cliff.line) for cliff in cliffs] == [
        ("A", 500, cny(49_000)),
        ("B", 500, cny(49_000)),
        ("C", 500, cny(49_000)),
        ("D", 500, cny(51_450)),
    ]
    assert cliffs[0].label == Label(
        "class A: 500 units cost CNY 49,000.00, less than 499 units for CNY 49,401.00",
        "A类：500 件仅需 49,000.00 元，少于 499 件的 49,401.00 元",
    )
    assert cliffs[0] == Cliff("A", 500, cny(49_000), cny(49_401), cliffs[0].label)


def test_the_greatest_fall_of_a_quantity_is_told_once() -> None:
    rules = policy(
        one(VOLUME, by="quantity"),
        one(percent(-50), "half", when=NEW),
        one(percent(-10), "spring", days=Days(date(2026, 1, 1), date(2026, 4, 1))),
    )
    assert found(rules) == [(500, cny(49_000), cny(49_401))]


def test_a_smaller_fall_in_a_later_case_changes_nothing() -> None:
    dear = policy(one(VOLUME, by="quantity"), one(percent(50), "raise", when=NEW))
    assert found(dear) == [(500, cny(73_500), cny("74101.50"))]


def test_what_is_not_invoiced_makes_no_cliff() -> None:
    steps = one(VOLUME, by="quantity", off_invoice=True)
    assert found(policy(steps)) == []


@pytest.mark.parametrize(
    ("named", "quantities"),
    [
        ({}, [100, 500]),
        ({"up_to": 499}, [100]),
        ({"up_to": 99}, []),
        ({"quantity": 99}, [100, 500]),
        ({"quantity": 100}, [500]),
        ({"quantity": 499, "up_to": 500}, [500]),
    ],
)
def test_only_the_quantities_asked_are_told(
    named: dict[str, object], quantities: list[int]
) -> None:
    steep = Steps.rising(Ratio(0), (100, percent(-5)), (500, percent(-10)))
    rules = policy(one(steep, by="quantity"))
    assert [quantity for quantity, *_ in found(rules, **named)] == quantities


def test_rounding_alone_makes_no_cliff() -> None:
    """3 units at 66.67 cost 200.01, 4 at 50.00 cost 200.00."""
    assert found(policy(one(FreeUnits(1, 1))), up_to=50) == []


def test_free_units_that_are_worth_more_than_a_unit_costs_are_cliffs() -> None:
    stack = Stack("add", (one(percent(-30)), one(FreeUnits(2, 1), "free")))
    rules = PricePolicy(
        tiers=(TierPrice("A", high=Ratio(1)),), rounding=Rounding.HALF_EVEN, stacks=(stack,)
    )
    assert found(rules, up_to=3) == [(3, cny(110), cny(140))]


@pytest.mark.parametrize(("rounded", "line"), [("price", "98.40"), ("each_change", "98.50")])
def test_lines_are_rounded_as_the_policy_says(rounded: str, line: str) -> None:
    steps = Steps.rising(Ratio(0), (100, percent(-2)))
    rules = policy(one(steps, by="quantity"), rounded=rounded)
    rules = PricePolicy(
        tiers=rules.tiers,
        rounding=Rounding.TOWARDS_ZERO,
        stacks=rules.stacks,
        rounded=rules.rounded,
    )
    control = UnitPrice(Decimal("1.005"), "CNY")
    (cliff,) = find_cliffs(rules, control=control)
    assert (cliff.quantity, cliff.line_before, cliff.line) == (100, cny("99.49"), cny(line))


def test_quantities_outside_published_bands_are_passed_over() -> None:
    bands: Steps[Gives] = Steps(values=(Ratio(0), percent(-9)), edges=(50,), low=10, high=99)
    assert [quantity for quantity, *_ in found(policy(one(bands, by="quantity")))] == [50]


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"quantity": 0}, "quantities from 0 to 1000000000; pass 1 or more, the lower first"),
        ({"quantity": 9, "up_to": 8}, "quantities from 9 to 8; pass 1 or more, the lower first"),
    ],
)
def test_wrong_quantities_are_refused(named: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as fault:
        found(policy(one(VOLUME, by="quantity")), **named)
    assert str(fault.value) == message


def test_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        found(policy(one(UnitPrice(-1, "USD"))))


def test_too_many_cases_are_refused() -> None:
    many = [
        one(percent(-1), str(number), when=NumberField(f"n{number}") > 1) for number in range(18)
    ]
    with pytest.raises(InputError, match="cases apart, more than 200,000"):
        found(policy(*many))
    off = [
        one(percent(-1), str(number), when=NumberField(f"n{number}") > 1, off_invoice=True)
        for number in range(18)
    ]
    assert found(policy(*off)) == []
