"""Whether the rules can break a floor together: certificates, and sales that do."""

from datetime import date
from decimal import Decimal

import moneyed
import pytest

from kamcore.decision import Decision
from kamcore.errors import CurrencyMismatch, FloatRefused, InexactValue, InputError
from kamcore.facts import FlagField, NumberField
from kamcore.presets import hundred_points
from kamcore.price import (
    Adjustment,
    FloorProof,
    FreeUnits,
    Gives,
    PricePolicy,
    Stack,
    StackKind,
    TierPrice,
    check_floor,
)
from kamcore.values import Days, Label, Money, Ratio, Rounding, Seat, Steps, UnitPrice

percent = Ratio.percent
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
NEW = FlagField("new")


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def each(amount: str) -> UnitPrice:
    """Return an amount for each unit."""
    return UnitPrice(Decimal(amount), "CNY")


def one(name: str, gives: Gives | Steps[Gives], **fields: object) -> Adjustment:
    """Return an adjustment."""
    return Adjustment(name, gives, **fields)  # type: ignore[arg-type]


def policy(*stacks: Stack, low: int | None = 100, floor: int | None = 90) -> PricePolicy:
    """Return a policy of tier A, at the control price and with a floor."""
    tier = TierPrice(
        "A",
        low=None if low is None else percent(low),
        high=Ratio(2),
        floor=None if low is None or floor is None else percent(floor),
    )
    return PricePolicy(tiers=(tier,), rounding=Rounding.HALF_EVEN, stacks=stacks)


def least(rules: PricePolicy, **named: object) -> Ratio | None:
    """Return what is left at worst."""
    return check_floor(rules, **named).value.tiers[0].least  # type: ignore[arg-type]


def searched(rules: PricePolicy, **named: object) -> Ratio | None:
    """Return what is left at worst of every case."""
    return least(rules, exhaustive=True, **named)


def said(decision: Decision[FloorProof]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


# --- S3-P08 ---------------------------------------------------------------------------------

EARLY = Stack(
    "add", (one("early", percent(-2), off_invoice=True, en="early payment", zh="提前付款折扣"),)
)


def test_p08_alone_keeps_every_floor() -> None:
    decision = check_floor(hundred_points.price(approver=MANAGER))
    proof = decision.value
    assert proof.holds
    assert proof.tried == 0
    assert {tier.tier: (tier.least, tier.floor, tier.method) for tier in proof.tiers} == {
        "A": (percent(95), percent(95), "bound"),
        "B": (percent(97), percent(97), "bound"),
        "C": (percent(100), percent(100), "bound"),
        "D": (percent(105), percent(105), "bound"),
    }
    assert said(decision) == [
        "price.floor_holds",
        *["price.floor_least"] * 4,
        "price.proof_by_bound",
    ]


def test_p08_and_early_payment_break_every_floor() -> None:
    """A at 5 % off and 2 % for early payment leave 93.1 % of the control price."""
    decision = check_floor(hundred_points.price(approver=MANAGER, stacks=(EARLY,)))
    proof = decision.value
    assert not proof.holds
    assert {tier.tier: tier.least for tier in proof.tiers} == {
        "A": percent(Decimal("93.1")),
        "B": percent(Decimal("95.06")),
        "C": percent(98),
        "D": percent(Decimal("102.9")),
    }
    case = proof.tiers[0].case
    assert case is not None
    assert (case.share, case.quantity, case.on, case.adjustments) == (
        percent(Decimal("93.1")), 1, None, ("early",),
    )  # fmt: skip
    assert decision.reasons[0].text("en") == (
        "what the rules grant together breaks the floor of class A, class B, class C, class D"
    )
    assert [line.text("zh") for line in decision.reasons[:2]] == [
        "各项规定同时适用时，会突破A类、B类、C类、D类的底价",
        (
            "A类：净价仅为内控价格的 93.1%，低于底价 95%；"
            "情形：按内控价格的 95% 售出 1 件、提前付款折扣"
        ),
    ]
    assert decision.reasons[1].text("en") == (
        "class A: 93.1% of the control price is left, below the floor of 95%, "
        "with 1 unit sold at 95% of the control price, early payment"
    )


# --- bounds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "gives", "bound"),
    [
        ("add", (percent(-5), percent(-4)), 91),
        ("add", (percent(-5), percent(5)), 95),
        ("compound", (percent(-10), percent(-10)), 81),
        ("best", (percent(-5), percent(-4)), 95),
        ("best", (percent(5), percent(4)), 100),
        ("add", (FreeUnits(10, 1),), None),
        ("add", (each("-3"), cny(-4)), 93),
        ("add", (each("3"), cny(4)), 100),
        ("compound", (cny(-10), percent(-10)), 81),
        ("compound", (percent(-10), cny(-10)), 80),
    ],
)
def test_a_bound_takes_every_adjustment_at_its_deepest(
    how: StackKind, gives: tuple[Gives, ...], bound: int | None
) -> None:
    group = tuple(one(str(number), gift, off_invoice=True) for number, gift in enumerate(gives))
    decision = check_floor(policy(Stack(how, group), floor=1), control=cny(100))
    tier = decision.value.tiers[0]
    assert tier.method == "bound"
    assert tier.least == (Ratio(10, 11) if bound is None else percent(bound))
    assert said(decision)[-1] == "price.proof_by_bound_at"


def test_a_bound_counts_amounts_of_other_currencies_and_sales_nothing() -> None:
    group = (
        one("a", UnitPrice(-50, "USD"), currency="USD"),
        one("b", percent(-50), currency="USD"),
    )
    assert least(policy(Stack("compound", group)), control=cny(100)) == Ratio(1)
    foreign = policy(Stack("add", (one("a", UnitPrice(-50, "USD")),)))
    assert least(foreign, control=cny(100)) == Ratio(1)


def test_more_units_make_an_amount_for_the_sale_smaller() -> None:
    freight = policy(Stack("add", (one("freight", cny(-300), off_invoice=True),)), floor=95)
    for quantity, holds in ((59, False), (60, True)):
        found = check_floor(freight, control=cny(100), quantity=quantity).value
        assert found.holds is holds
    assert least(freight, control=cny(100), quantity=60) == percent(95)


def test_a_bound_that_is_too_coarse_gives_way_to_the_search() -> None:
    """What excludes each other never meets, though the bound of two stacks lets it."""
    first = Stack("add", (one("a", percent(-6), when=NEW),))
    then = Stack("add", (one("b", percent(-6), when=~NEW),))
    tier = check_floor(policy(first, then)).value.tiers[0]
    assert (tier.method, tier.least, tier.holds) == ("search", percent(94), True)


# --- cases ----------------------------------------------------------------------------------


def test_a_tier_without_lowest_price_has_no_floor() -> None:
    decision = check_floor(policy(EARLY, low=None))
    tier = decision.value.tiers[0]
    assert (tier.least, tier.floor, tier.method, tier.holds) == (None, None, "none", True)
    assert said(decision) == ["price.no_floor"]
    assert decision.explain("zh") == "A类未规定底价"


def test_an_adjustment_for_one_currency_breaks_the_floor_there() -> None:
    dollars = policy(Stack("add", (one("dollars", percent(-20), currency="USD"),)))
    tier = check_floor(dollars).value.tiers[0]
    assert tier.least == percent(80)
    assert tier.case is not None
    assert tier.case.label == Label(
        "1 unit sold at 100% of the control price, in USD, dollars",
        "按内控价格的 100% 售出 1 件、币种 USD、dollars",
    )
    assert check_floor(dollars, control=cny(100)).value.holds
    assert not check_floor(dollars, control=Money(100, "USD")).value.holds


def test_every_common_currency_may_be_named() -> None:
    group = tuple(
        one(code, percent(-off), currency=code)
        for code, off in (("CNY", 1), ("USD", 30), ("EUR", 2))
    )
    assert searched(policy(Stack("compound", group))) == percent(70)


SPRING = Days.through(date(2026, 1, 1), date(2026, 3, 31))
MARCH = Days.through(date(2026, 3, 1), date(2026, 4, 30))


def test_days_that_meet_break_a_floor_that_each_alone_keeps() -> None:
    group = (one("a", percent(-6), days=SPRING), one("b", percent(-6), days=MARCH))
    tier = check_floor(policy(Stack("add", group))).value.tiers[0]
    assert tier.case is not None
    assert (tier.least, tier.case.on) == (percent(88), date(2026, 3, 1))
    assert tier.case.label.zh == "按内控价格的 100% 售出 1 件、2026年3月1日、a、b"
    april = Days.through(date(2026, 4, 1), date(2026, 4, 30))
    apart = (group[0], one("b", percent(-6), days=april))
    assert searched(policy(Stack("add", apart))) == percent(94)


def test_the_first_day_of_all_has_no_day_before() -> None:
    always = Days(date.min, date(2026, 1, 1))
    assert searched(policy(Stack("add", (one("a", percent(-6), days=always),)))) == percent(94)


@pytest.mark.parametrize("edge", ["left", "right"])
def test_both_sides_of_every_step_are_tried(edge: str) -> None:
    """Small sales pay less of a fee that the volume step below it makes up for."""
    volume = Steps.rising(Ratio(0), (100, percent(-8)), edge=edge)  # type: ignore[arg-type]
    fee = one("rebate", cny(-300))
    rules = policy(Stack("add", (one("volume", volume, by="quantity"), fee)), floor=89)
    tier = check_floor(rules, control=cny(100), quantity=30).value.tiers[0]
    first = 100 if edge == "left" else 101
    assert tier.least == Ratio(1) + -percent(8) + Ratio(-3, first)
    assert tier.method == "search"


@pytest.mark.parametrize("edge", ["left", "right"])
def test_steps_by_amount_are_tried_at_the_quantity_that_reaches_them(edge: str) -> None:
    off = Steps.rising(Ratio(0), (cny(1000), percent(-20)), edge=edge)  # type: ignore[arg-type]
    rules = policy(Stack("add", (one("big", off, by="amount"),)))
    assert searched(rules, control=cny(300), up_to=3) == Ratio(1)
    assert searched(rules, control=cny(300), up_to=4) == percent(80)
    exactly = searched(rules, control=cny(250), up_to=4)
    assert exactly == (percent(80) if edge == "left" else Ratio(1))


def test_what_the_search_finds_at_one_price_says_nothing_of_a_higher_one_for_steps_by_amount() -> (
    None
):
    """At 100 an order of 10,000 has at least 100 units; at 2,000 it has five."""
    small = one("small", Steps.rising(percent(-6), (10, Ratio(0))), by="quantity")
    large = one("large", Steps.rising(Ratio(0), (cny(10_000), percent(-6))), by="amount")
    rules = policy(Stack("add", (small, large)))
    assert check_floor(rules, control=cny(100)).value.holds
    assert not check_floor(rules, control=cny(2000)).value.holds


def test_a_fee_on_free_units_is_smallest_for_the_greatest_full_block() -> None:
    free = one("free", FreeUnits(10, 1))
    fee = one("fee", cny(100))
    rules = policy(Stack("compound", (free, fee)))
    worst = searched(rules, control=cny(100), up_to=1000)
    assert worst == Ratio(10, 11) + Ratio(1, 990)


def test_two_kinds_of_free_units_are_full_together() -> None:
    group = (one("a", FreeUnits(2, 1)), one("b", FreeUnits(3, 1)))
    rules = policy(Stack("add", group), floor=42)
    tier = check_floor(rules).value.tiers[0]
    assert (tier.least, tier.method) == (Ratio(5, 12), "search")
    assert tier.case is not None
    assert tier.case.quantity == 12


def test_sales_outside_published_bands_are_no_sales() -> None:
    bands: Steps[Gives] = Steps(values=(percent(-1), percent(-20)), edges=(100,), low=10, high=499)
    rules = policy(Stack("add", (one("volume", bands, by="quantity"),)))
    tier = check_floor(rules).value.tiers[0]
    assert tier.case is not None
    assert (tier.least, tier.case.quantity) == (percent(80), 100)
    assert searched(rules, up_to=99) == percent(99)
    with pytest.raises(InputError) as fault:
        check_floor(rules, quantity=500)
    assert str(fault.value) == (
        "no sale of 500 to 1000000000 units lies within the steps of the adjustments; "
        "pass quantity= and up_to= within them"
    )


def test_an_amount_in_another_currency_is_not_tried() -> None:
    foreign = policy(Stack("add", (one("a", UnitPrice(-50, "USD")),)))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        check_floor(foreign, control=cny(100), exhaustive=True)


def test_an_exhaustive_search_finds_what_the_bound_only_bounds() -> None:
    first = Stack("add", (one("a", percent(-2), when=NEW),))
    then = Stack("add", (one("b", percent(-2), when=~NEW),))
    rules = policy(first, then)
    assert (least(rules), searched(rules)) == (percent(Decimal("96.04")), percent(98))
    decision = check_floor(rules, exhaustive=True)
    assert decision.value.tried == 6
    assert decision.reasons[-1].text("en") == (
        "every case that could differ was tried: 6, for 1 to 1,000,000,000 units"
    )
    assert (
        said(check_floor(rules, control=cny(5), exhaustive=True))[-1] == "price.proof_by_search_at"
    )


def test_a_proof_of_several_tiers_may_use_both_methods() -> None:
    group = (one("a", percent(-6), when=NEW), one("b", percent(-6), when=~NEW))
    tiers = (
        TierPrice("A", low=Ratio(1), floor=percent(88)),
        TierPrice("B", low=Ratio(1), floor=percent(90)),
        TierPrice("C", high=Ratio(1)),
    )
    rules = PricePolicy(
        tiers=tiers, rounding=Rounding.HALF_EVEN,
        stacks=tuple(Stack("add", (member,)) for member in group),
    )  # fmt: skip
    decision = check_floor(rules)
    assert [tier.method for tier in decision.value.tiers] == ["bound", "search", "none"]
    assert said(decision) == [
        "price.floor_holds",
        "price.floor_least",
        "price.floor_least",
        "price.no_floor",
        "price.proof_by_bound",
        "price.proof_by_search",
    ]
    assert decision.reasons[0].text("zh") == "各项规定同时适用时，不会突破A类、B类的底价"


# --- wrong input ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "adjustment",
    [
        one("it", cny(-1)),
        one("it", each("-1")),
        one("it", Steps.rising(Ratio(0), (10, each("-1"))), by="quantity"),
        one("it", Steps.rising(Ratio(0), (cny(10), percent(-1))), by="amount"),
    ],
)
def test_amounts_need_the_lowest_control_price(adjustment: Adjustment) -> None:
    rules = policy(Stack("add", (one("first", percent(-1)), adjustment)))
    with pytest.raises(InputError) as fault:
        check_floor(rules)
    assert str(fault.value) == (
        "adjustment 'it' speaks of money, which weighs more on a small price; "
        "pass control=, the lowest control price"
    )
    control = moneyed.Money("20.00", "CNY")
    assert check_floor(rules, control=control).value.holds


@pytest.mark.parametrize(
    ("named", "fault", "message"),
    [
        ({"quantity": 0}, InputError, "quantities from 0 to 1000000000; pass 1 or more, "),
        (
            {"quantity": 5, "up_to": 4},
            InputError,
            "quantities from 5 to 4; pass 1 or more, the lower first",
        ),
        ({"quantity": 1.0}, FloatRefused, "quantity"),
        ({"up_to": True}, FloatRefused, "quantity"),
        ({"quantity": Decimal("1.5")}, InexactValue, "quantity"),
        ({"control": cny(0)}, InputError, "price CNY 0.00 is not above 0; "),
        ({"control": 100}, InputError, "100 is no price; "),
    ],
)
def test_wrong_input_of_a_check_is_refused(
    named: dict[str, object], fault: type[Exception], message: str
) -> None:
    with pytest.raises(fault) as found:
        check_floor(policy(EARLY), **named)  # type: ignore[arg-type]
    assert message in str(found.value)


def test_too_many_cases_are_refused() -> None:
    group = tuple(
        one(str(number), percent(-1), when=NumberField(f"n{number}") > 1) for number in range(18)
    )
    rules = policy(Stack("compound", group))
    with pytest.raises(InputError) as fault:
        check_floor(rules, exhaustive=True)
    assert str(fault.value) == (
        "the policy tells up to 524,288 cases apart, more than 200,000; "
        "check it by its bound, for fewer quantities, or in parts"
    )
    assert check_floor(policy(Stack("compound", group), floor=80)).value.holds


def test_great_blocks_of_free_units_are_refused_before_they_are_listed() -> None:
    group = (one("a", FreeUnits(100_000_006, 1)), one("b", FreeUnits(100_000_036, 1)))
    rules = policy(Stack("add", group), floor=99)
    assert check_floor(rules).value.holds
    with pytest.raises(InputError, match="cases apart, more than 200,000"):
        check_floor(rules, exhaustive=True)
