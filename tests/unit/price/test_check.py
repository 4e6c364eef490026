"""A price asked for: allowed, to be approved, or refused, and what would pass."""

from decimal import Decimal

import pytest

from kamcore.errors import CurrencyMismatch, InputError, UnknownName
from kamcore.price import Price, PricePolicy, PriceRange, PriceVerdict, TierPrice, check_price
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source, UnitPrice

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-4A", TITLE), Source("P08-4P", TITLE)
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))


def cny(amount: str) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def policy(
    low: int | None, high: int | None = None, *, approver: Seat | None = None
) -> PricePolicy:
    """Return a policy of one tier with shares in percent."""
    shares = [None if one is None else Ratio.percent(one) for one in (low, high)]
    return PricePolicy(
        tiers=(TierPrice("A", low=shares[0], high=shares[1], source=RULE),),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
        approver=approver,
        source=WHOLE,
    )


FLOOR = policy(95)
CONTROL = cny("100.00")


def test_an_allowed_price_says_so_and_rests_on_the_clause() -> None:
    decision = check_price("A", FLOOR, control=CONTROL, asked=cny("95.00"))
    permitted = PriceRange(cny("95.00"), None)
    assert decision.value == PriceVerdict("allowed", permitted)
    assert [reason.rule.id for reason in decision.reasons] == [
        "price.allowed",
        "price.discount_at_most",
    ]
    assert decision.reasons[0].source == RULE
    assert dict(decision.reasons[0].params) == {"asked": cny("95.00"), "tier": Label("A", "A")}


def test_without_an_approver_a_price_outside_is_refused() -> None:
    decision = check_price("A", FLOOR, control=CONTROL, asked=cny("94.99"))
    assert decision.value == PriceVerdict("refused", PriceRange(cny("95.00"), None))
    first, passing, why = decision.reasons
    assert (first.rule.id, first.source) == ("price.refused", RULE)
    assert passing.rule.id == "price.would_pass"
    assert dict(passing.params) == {
        "asked_share": Ratio(9499, 10_000),
        "price": cny("95.00"),
        "share": Ratio.percent(95),
    }
    assert why.rule.id == "price.discount_at_most"


def test_with_an_approver_a_price_outside_needs_approval() -> None:
    asked = policy(95, approver=MANAGER)
    decision = check_price("A", asked, control=CONTROL, asked=cny("94.99"))
    assert decision.value == PriceVerdict("needs_approval", PriceRange(cny("95.00"), None), MANAGER)
    first = decision.reasons[0]
    assert (first.rule.id, first.source) == ("price.needs_approval", WHOLE)
    assert dict(first.params)["approver"] == MANAGER


@pytest.mark.parametrize(
    ("low", "high", "asked", "passing"),
    [
        (95, 105, "94.99", "95.00"),
        (95, 105, "105.01", "105.00"),
        (None, 105, "105.01", "105.00"),
        (105, 105, "104.99", "105.00"),
        (105, 105, "105.01", "105.00"),
    ],
    ids=["below the floor", "above the cap", "a cap alone", "below the one", "above the one"],
)
def test_what_would_pass_is_the_bound_that_was_crossed(
    low: int | None, high: int, asked: str, passing: str
) -> None:
    decision = check_price("A", policy(low, high), control=CONTROL, asked=cny(asked))
    assert decision.value.outcome == "refused"
    assert dict(decision.reasons[1].params)["price"] == cny(passing)


@pytest.mark.parametrize(
    ("low", "high", "asked"),
    [
        (95, 105, "95.00"),
        (95, 105, "105.00"),
        (None, 105, "105.00"),
        (None, 105, "0.01"),
        (95, None, "9999.99"),
        (105, 105, "105.00"),
    ],
)
def test_both_bounds_are_allowed_and_a_missing_one_is_none(
    low: int | None, high: int | None, asked: str
) -> None:
    decision = check_price("A", policy(low, high), control=CONTROL, asked=cny(asked))
    assert decision.value.outcome == "allowed"


@pytest.mark.parametrize(("approver", "outcome"), [(None, "refused"), (MANAGER, "needs_approval")])
def test_where_no_price_is_left_the_verdict_says_both_exact_bounds(
    approver: Seat | None, outcome: str
) -> None:
    narrow = PricePolicy(
        tiers=(TierPrice("A", low=Ratio.percent(95), high=Ratio.percent(98), source=RULE),),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
        approver=approver,
    )
    decision = check_price("A", narrow, control=cny("0.01"), asked=cny("0.01"))
    assert decision.value.outcome == outcome
    assert decision.value.permitted.empty
    assert [reason.rule.id for reason in decision.reasons[1:]] == ["price.no_price_between"]
    assert decision.reasons[1].text("en") == (
        "no whole price lies between the exact bounds CNY 0.0095 and CNY 0.0098; "
        "quote in a finer unit"
    )


@pytest.mark.parametrize(
    ("control", "asked", "outcome", "low"),
    [
        (cny("33.33"), cny("31.67"), "allowed", cny("31.67")),
        (cny("33.33"), cny("31.66"), "refused", cny("31.67")),
        (
            cny("33.33"),
            UnitPrice(Decimal("31.6635"), "CNY"),
            "allowed",
            UnitPrice(Decimal("31.6635"), "CNY"),
        ),
        (
            cny("33.33"),
            UnitPrice(Decimal("31.6634"), "CNY"),
            "refused",
            UnitPrice(Decimal("31.6635"), "CNY"),
        ),
        (
            UnitPrice(Decimal("1.2345"), "CNY"),
            cny("1.18"),
            "allowed",
            UnitPrice(Decimal("1.1728"), "CNY"),
        ),
        (
            UnitPrice(Decimal("1.2345"), "CNY"),
            cny("1.17"),
            "refused",
            UnitPrice(Decimal("1.1728"), "CNY"),
        ),
    ],
    ids=[
        "money, at the floor rounded up",
        "money, a fen below",
        "asked in four decimals, at the exact floor",
        "asked in four decimals, below it",
        "control in four decimals, above the floor",
        "control in four decimals, below the floor",
    ],
)
def test_prices_meet_at_the_finer_of_their_grains(
    control: Price, asked: Price, outcome: str, low: Price
) -> None:
    decision = check_price("A", FLOOR, control=control, asked=asked)
    assert decision.value.outcome == outcome
    assert decision.value.permitted.low == low


def test_two_currencies_are_refused() -> None:
    with pytest.raises(CurrencyMismatch) as fault:
        check_price("A", FLOOR, control=CONTROL, asked=Money(95, "USD"))
    assert str(fault.value) == "CNY meets USD; convert one of them first"


@pytest.mark.parametrize("amount", ["0.00", "-95.00"])
def test_a_price_that_is_not_above_0_is_refused(amount: str) -> None:
    with pytest.raises(InputError) as fault:
        check_price("A", FLOOR, control=CONTROL, asked=cny(amount))
    assert str(fault.value) == (f"price CNY {amount} is not above 0; pass the price of one unit")


def test_an_unknown_tier_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        check_price("AA", FLOOR, control=CONTROL, asked=CONTROL)
    assert str(fault.value) == "unknown tier 'AA'; did you mean 'A'?"
