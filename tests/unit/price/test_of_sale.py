"""What is given once for a sale, as an amount or as free units: judged and told exactly."""

from decimal import Decimal

import pytest

from kamcore.decision import Decision
from kamcore.price import (
    Adjustment,
    FreeUnits,
    Gives,
    PricePolicy,
    PriceRange,
    Quote,
    Sale,
    Stack,
    TierPrice,
    quote_price,
)
from kamcore.values import Money, Ratio, Rounding

HALF, UP, DOWN = Rounding.HALF_AWAY_FROM_ZERO, Rounding.CEILING, Rounding.FLOOR


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def percent(number: str) -> Ratio:
    """Return so many percent."""
    return Ratio.percent(Decimal(number))


def off_invoice(name: str, gives: Gives) -> Adjustment:
    """Return an adjustment that is not invoiced."""
    return Adjustment(name, gives, off_invoice=True)


def policy(
    *gives: Gives,
    off: Adjustment | None = None,
    low: str | None = None,
    high: str | None = None,
    floor: str | None = None,
    rounding: Rounding = HALF,
) -> PricePolicy:
    """Return a policy of tier A that `gives` something on the invoice."""
    bounds = [None if one is None else percent(one) for one in (low, high, floor)]
    extra = (Adjustment(f"extra {number}", one) for number, one in enumerate(gives, start=1))
    stacks = (Stack("add", tuple(extra)),)
    return PricePolicy(
        tiers=(TierPrice("A", low=bounds[0], high=bounds[1], floor=bounds[2]),),
        rounding=rounding,
        stacks=stacks if off is None else (*stacks, Stack("add", (off,))),
    )


def quoted(
    control: str, quantity: int, rules: PricePolicy, discount: str | None = None
) -> Decision[Quote]:
    """Return the decision about a sale of tier A."""
    asked = None if discount is None else percent(discount)
    return quote_price(Sale("A", cny(control), quantity=quantity, discount=asked), rules)


# --- one price, and its exact floor ---------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "extra", "outcome", "unit"),
    [
        (UP, "0.01", "allowed", "105.06"),
        (UP, "-0.01", "refused", "105.06"),
        (HALF, "0.01", "allowed", "105.05"),
        (HALF, "-0.01", "refused", "105.05"),
        (DOWN, "0.01", "allowed", "105.05"),
        (DOWN, "-0.01", "refused", "105.05"),
    ],
)
def test_what_is_left_of_one_price_is_held_to_the_exact_floor(
    rounding: Rounding, extra: str, outcome: str, unit: str
) -> None:
    """The exact floor is 105.0525; a fen among 100 units lifts the price above it or below."""
    rules = policy(cny(extra), low="105", high="105", rounding=rounding)
    quote = quoted("100.05", 100, rules).value
    assert (quote.outcome, quote.unit) == (outcome, cny(unit))
    assert (quote.net_share < percent("105")) is (outcome == "refused")


@pytest.mark.parametrize(("freight", "outcome"), [("-1", "allowed"), ("-1.01", "refused")])
def test_the_exact_floor_of_one_price_counts_what_is_off_the_invoice(
    freight: str, outcome: str
) -> None:
    borne = off_invoice("freight", cny(freight))
    rules = policy(cny("1.00"), off=borne, low="105", high="105", rounding=UP)
    assert quoted("100.05", 100, rules).value.outcome == outcome


@pytest.mark.parametrize(("rounding", "line"), [(DOWN, "210.11"), (HALF, "210.11"), (UP, "210.11")])
def test_the_line_of_one_price_is_not_rounded_below_its_exact_floor(
    rounding: Rounding, line: str
) -> None:
    """One of two is free and half is added again: 210.105 is the exact floor of the line."""
    rules = policy(FreeUnits(1, 1), percent("50"), low="105", high="105", rounding=rounding)
    quote = quoted("100.05", 2, rules).value
    assert (quote.outcome, quote.line) == ("allowed", cny(line))


def test_one_price_with_a_floor_of_its_own_is_held_to_that() -> None:
    rules = policy(cny("-0.01"), low="105", high="105", floor="104", rounding=UP)
    assert quoted("100.05", 100, rules).value.outcome == "allowed"


@pytest.mark.parametrize(("amount", "outcome"), [("0.05", "allowed"), ("0.06", "refused")])
def test_the_one_price_itself_is_allowed_however_it_comes_about(amount: str, outcome: str) -> None:
    """The discount makes the price 105.0495; 0.0005 more is 105.05, the rounded price."""
    asked = Ratio(1_000_500 - 1_050_495, 1_000_500)
    sale = Sale("A", cny("100.05"), quantity=100, discount=asked)
    quote = quote_price(sale, policy(cny(amount), low="105", high="105")).value
    assert quote.permitted == PriceRange(cny("105.05"), cny("105.05"))
    assert (quote.outcome, quote.unit) == (outcome, cny("105.05"))


# --- prices around 0 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rebate", "outcome", "unit"),
    [
        ("-10000", "allowed", "0.00"),
        ("-10000.01", "refused", "0.00"),
        ("-10004", "refused", "0.00"),
        ("-10006", "refused", "-0.01"),
    ],
)
def test_without_a_floor_a_price_below_0_is_answered_with_0(
    rebate: str, outcome: str, unit: str
) -> None:
    """The rebate is shared by 1,000 units at 10.00."""
    quote = quoted("10.00", 1_000, policy(cny(rebate), high="100")).value
    assert (quote.outcome, quote.unit) == (outcome, cny(unit))
    passing = None if outcome == "allowed" else cny(0)
    assert quote.permitted == PriceRange(passing, cny(0))
    assert quote.would_pass == passing


@pytest.mark.parametrize(("discount", "outcome"), [("-1", "allowed"), ("-2", "refused")])
def test_a_price_of_0_keeps_a_cap_that_the_adjustments_carry_below_0(
    discount: str, outcome: str
) -> None:
    """Of a control price of 10.00 the cap leaves -0.10, which no price can keep."""
    rules = policy(cny("-10100"), high="100")
    quote = quoted("10.00", 1_000, rules, discount).value
    assert quote.permitted == PriceRange(None, cny(0))
    assert quote.outcome == outcome


# --- what is said ---------------------------------------------------------------------------


def path(decision: Decision[Quote], lang: str) -> str:
    """Return the way from the control price to what is left."""
    found = next(one for one in decision.reasons if one.rule.id == "price.path")
    return found.text(lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gives", "quantity", "en", "zh"),
    [
        (
            FreeUnits(1, 1),
            3,
            (
                "a unit: control price CNY 100.00 − ≈33.333333 (extra 1) = ≈66.666667 invoiced "
                "− ≈1.333333 (early) = ≈65.333333 net"
            ),
            (
                "单价构成：内控价格 100.00 元 − ≈33.333333（extra 1） = 开票价 ≈66.666667 "
                "− ≈1.333333（early） = 净价 ≈65.333333"
            ),
        ),
        (
            cny("-5.01"),
            1_000,
            (
                "a unit: control price CNY 100.00 − 0.00501 (extra 1) = 99.99499 invoiced "
                "− ≈1.9999 (early) = ≈97.99509 net"
            ),
            (
                "单价构成：内控价格 100.00 元 − 0.00501（extra 1） = 开票价 99.99499 "
                "− ≈1.9999（early） = 净价 ≈97.99509"
            ),
        ),
        (
            percent("-5.006"),
            1,
            (
                "a unit: control price CNY 100.00 − 5.006 (extra 1) − 0.004 (rounding) "
                "= 94.99 invoiced − 1.8998 (early) = 93.0902 net"
            ),
            (
                "单价构成：内控价格 100.00 元 − 5.006（extra 1） − 0.004（取整） "
                "= 开票价 94.99 − 1.8998（early） = 净价 93.0902"
            ),
        ),
    ],
    ids=["free units", "an amount for the sale", "a share is rounded"],
)
def test_what_is_left_follows_from_the_invoice_price_that_is_told(
    gives: Gives, quantity: int, en: str, zh: str
) -> None:
    rules = policy(gives, off=off_invoice("early", percent("-2")), low="95", floor="60")
    decision = quoted("100.00", quantity, rules)
    assert [path(decision, lang) for lang in ("en", "zh")] == [en, zh]


Asked = tuple[str, int, PricePolicy, str | None]
FEE = cny("1.00")
CROSSED: dict[str, tuple[Asked, str, tuple[str, str], tuple[str, str]]] = {
    "below 0": (
        ("10.00", 1_000, policy(cny("-10004"), high="100"), None),
        "price.below_tier",
        (
            "CNY -0.004 a unit (1,000 units: CNY -4.00) is refused for class A",
            (
                "CNY -0.004 is -0.04% of the control price, below CNY 0.00, the lowest price "
                "for class A"
            ),
        ),
        (
            "A类不能按单价 -0.004 元（1,000 件合计 -4.00 元）成交",
            "-0.004 元为内控价格的 -0.04%，低于A类的最低价 0.00 元",
        ),
    ),
    "below the lowest price": (
        ("10.00", 100, policy(FEE, low="105", floor="100"), "-4.99"),
        "price.below_tier",
        (
            "CNY 10.509 a unit (100 units: CNY 1,050.90) is refused for class A",
            (
                "CNY 10.509 is 105.09% of the control price, below CNY 10.51, the lowest price "
                "for class A"
            ),
        ),
        (
            "A类不能按单价 10.509 元（100 件合计 1,050.90 元）成交",
            "10.509 元为内控价格的 105.09%，低于A类的最低价 10.51 元",
        ),
    ),
    "above the highest price": (
        ("10.00", 100, policy(FEE, high="105"), "-5.01"),
        "price.above_cap",
        (
            "CNY 10.511 a unit (100 units: CNY 1,051.10) is refused for class A",
            "CNY 10.511 is above CNY 10.51, the highest price for class A",
        ),
        (
            "A类不能按单价 10.511 元（100 件合计 1,051.10 元）成交",
            "10.511 元高于A类的最高价 10.51 元",
        ),
    ),
    "above a highest price that is the lowest, too": (
        ("10.00", 100, policy(FEE, low="104.95", high="105"), "-5.01"),
        "price.above_cap",
        (
            "CNY 10.511 a unit (100 units: CNY 1,051.10) is refused for class A",
            "CNY 10.511 is above CNY 10.51, the highest price for class A",
        ),
        (
            "A类不能按单价 10.511 元（100 件合计 1,051.10 元）成交",
            "10.511 元高于A类的最高价 10.51 元",
        ),
    ),
    "not the one price": (
        ("10.00", 100, policy(FEE, low="105", high="105"), "-5.01"),
        "price.not_exact",
        (
            "CNY 10.511 a unit (100 units: CNY 1,051.10) is refused for class A",
            "CNY 10.511 is not CNY 10.51, the one price for class A",
        ),
        (
            "A类不能按单价 10.511 元（100 件合计 1,051.10 元）成交",
            "10.511 元不等于A类的规定价格 10.51 元",
        ),
    ),
    "below the exact floor of the one price": (
        ("100.05", 100, policy(cny("-0.15"), low="105", high="105"), None),
        "price.below_floor",
        (
            "CNY 105.051 a unit (100 units: CNY 10,505.10) is refused for class A",
            (
                "net of everything, only ≈104.9985% of the control price is left; the floor for "
                "class A is 105%"
            ),
        ),
        (
            "A类不能按单价 105.051 元（100 件合计 10,505.10 元）成交",
            "扣除全部调整后，净价仅为内控价格的 ≈104.9985%，低于A类的底价（105%）",
        ),
    ),
    "not hidden by rounding": (
        ("10.00", 3, policy(FEE, low="105", floor="100"), "-2"),
        "price.below_tier",
        (
            "CNY 10.53 a unit (3 units: CNY 31.60) is refused for class A",
            (
                "CNY 10.53 is ≈105.3333% of the control price, below CNY 10.84, the lowest price "
                "for class A"
            ),
        ),
        (
            "A类不能按单价 10.53 元（3 件合计 31.60 元）成交",
            "10.53 元为内控价格的 ≈105.3333%，低于A类的最低价 10.84 元",
        ),
    ),
}


@pytest.mark.parametrize("case", list(CROSSED))
def test_a_refusal_names_the_bound_that_the_exact_price_crosses(case: str) -> None:
    asked, rule, en, zh = CROSSED[case]
    decision = quoted(*asked)
    told = [one.rule.id for one in decision.reasons]
    assert told == ["price.refused", "price.would_pass", rule, "price.path"]
    assert (decision.reasons[0].text("en"), decision.reasons[2].text("en")) == en
    assert (decision.reasons[0].text("zh"), decision.reasons[2].text("zh")) == zh
