"""The price range: the floor rounded up, the cap rounded down, one price rounded once."""

from decimal import Decimal, localcontext

import moneyed
import pytest
import stockholm

from kamcore.decision import Decision
from kamcore.errors import InputError, UnknownName
from kamcore.price import (
    Approval,
    Price,
    PricePolicy,
    PriceRange,
    TierPrice,
    find_price_range,
)
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source, UnitPrice

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-4A", TITLE), Source("P08-4", TITLE)
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))


def cny(amount: str) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def policy(
    low: int | str | None,
    high: int | str | None = None,
    *,
    approvals: tuple[Approval, ...] = (),
    source: Source | None = RULE,
) -> PricePolicy:
    """Return a policy of one tier with shares in percent."""
    shares = [None if one is None else Ratio.percent(Decimal(one)) for one in (low, high)]
    return PricePolicy(
        tiers=(TierPrice("A", low=shares[0], high=shares[1], source=source),),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
        approvals=approvals,
        source=WHOLE,
    )


def ids(decision: Decision[PriceRange]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def ask(policy: PricePolicy, control: Price) -> Decision[PriceRange]:
    """Ask for the range of tier A."""
    return find_price_range("A", policy, control=control)


@pytest.mark.parametrize(
    ("low", "high", "control", "expected", "rules"),
    [
        (95, None, "100", ("95", None), ["price.not_below", "price.discount_at_most"]),
        (
            95,
            None,
            "99.99",
            ("95", None),
            ["price.not_below", "price.discount_at_most", "price.floor_rounded_up"],
        ),
        (100, None, "100", ("100", None), ["price.not_below", "price.not_below_control"]),
        (102, None, "100", ("102", None), ["price.not_below"]),
        (None, 110, "100", (None, "110"), ["price.not_above"]),
        (None, 95, "99.99", (None, "94.99"), ["price.not_above"]),
        (95, 105, "100", ("95", "105"), ["price.range", "price.discount_at_most"]),
        (
            95,
            105,
            "99.99",
            ("95", "104.98"),
            ["price.range", "price.discount_at_most", "price.floor_rounded_up"],
        ),
        (100, 105, "100", ("100", "105"), ["price.range"]),
        (105, 105, "100", ("105", "105"), ["price.exactly", "price.surcharge"]),
        (
            105,
            105,
            "99.99",
            ("104.99", "104.99"),
            ["price.exactly", "price.surcharge", "price.rounded_once"],
        ),
        (100, 100, "99.99", ("99.99", "99.99"), ["price.exactly"]),
    ],
    ids=[
        "a floor",
        "a floor rounded up",
        "the control price as floor",
        "a floor above the control price",
        "a cap",
        "a cap rounded down",
        "both",
        "both rounded inwards",
        "from the control price",
        "one price",
        "one price rounded once",
        "the control price and no other",
    ],
)
def test_the_range_and_why(
    low: int | None,
    high: int | None,
    control: str,
    expected: tuple[str | None, str | None],
    rules: list[str],
) -> None:
    decision = ask(policy(low, high), cny(control))
    bounds = [None if one is None else cny(one) for one in expected]
    assert [decision.value.low, decision.value.high] == bounds
    assert ids(decision) == rules
    assert not decision.value.empty
    assert (decision.missing, decision.assumed) == ((), ())


def test_the_answer_names_bound_control_price_and_clause() -> None:
    decision = ask(policy(95), cny("99.99"))
    first, discount, rounded = decision.reasons
    assert dict(first.params) == {
        "tier": Label("class A", "A类"),
        "low": cny("95.00"),
        "control": cny("99.99"),
    }
    assert first.source == discount.source == RULE
    assert dict(discount.params) == {"discount": Ratio.percent(5)}
    assert dict(rounded.params) == {
        "exact": Label("CNY 94.9905", "94.9905 元"),
        "floor": cny("95.00"),
    }


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, 95, {"high": cny("94.99")}),
        (95, 105, {"low": cny("95.00"), "high": cny("104.98")}),
        (105, 105, {"price": cny("104.99")}),
    ],
    ids=["a cap", "both", "one price"],
)
def test_the_answer_names_every_bound(low: int | None, high: int, said: dict[str, Money]) -> None:
    first = ask(policy(low, high), cny("99.99")).reasons[0]
    assert dict(first.params) == {"tier": Label("class A", "A类"), **said, "control": cny("99.99")}


def test_one_price_names_what_is_rounded_and_how() -> None:
    surcharge, rounded = ask(policy(105, 105), cny("0.10")).reasons[1:]
    assert dict(surcharge.params) == {"surcharge": Ratio.percent(5)}
    assert dict(rounded.params) == {
        "exact": Label("CNY 0.105", "0.105 元"),
        "rounding": Rounding.HALF_AWAY_FROM_ZERO.label,
    }


P08 = PricePolicy(
    tiers=(
        TierPrice("A", low=Ratio.percent(95), source=RULE),
        TierPrice("B", low=Ratio.percent(97)),
        TierPrice("C", low=Ratio.percent(100)),
        TierPrice("D", low=Ratio.percent(105), high=Ratio.percent(105)),
        TierPrice("E", high=Ratio.percent(110)),
    ),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
    source=WHOLE,
)


@pytest.mark.parametrize(
    ("tier", "en", "zh"),
    [
        ("B", "class A (up to 5%)", "A类（5% 以内）"),
        ("C", "class A (up to 5%), class B (up to 3%)", "A类（5% 以内）、B类（3% 以内）"),
        ("D", "class A (up to 5%), class B (up to 3%)", "A类（5% 以内）、B类（3% 以内）"),
    ],
)
def test_who_may_have_a_greater_discount_is_said(tier: str, en: str, zh: str) -> None:
    last = find_price_range(tier, P08, control=cny("100")).reasons[-1]
    assert (last.rule.id, last.source) == ("price.greater_discount", RULE)
    assert dict(last.params) == {"tiers": Label(en, zh)}


@pytest.mark.parametrize("tier", ["A", "E"])
def test_the_greatest_discount_and_a_tier_without_a_floor_have_none_above(tier: str) -> None:
    assert "price.greater_discount" not in ids(find_price_range(tier, P08, control=cny("100")))


def test_a_tier_without_a_source_rests_on_that_of_the_policy() -> None:
    assert ask(policy(95, source=None), cny("100")).reasons[0].source == WHOLE


@pytest.mark.parametrize(
    ("approvals", "en", "zh"),
    [
        ((Approval(MANAGER),), "the general manager", "总经理"),
        (
            (Approval(LEAD, low=Ratio.percent(90)),),
            "the sales lead (down to 90% of the control price)",
            "销售主管（不低于内控价格的 90%）",
        ),
        (
            (Approval(LEAD, low=Ratio.percent(90)), Approval(MANAGER)),
            "the sales lead (down to 90% of the control price), the general manager (any price)",
            "销售主管（不低于内控价格的 90%）、总经理（不限价）",
        ),
    ],
    ids=["one seat", "one seat down to a share", "a ladder"],
)
def test_approvals_say_that_the_rule_holds_in_principle(
    approvals: tuple[Approval, ...], en: str, zh: str
) -> None:
    decision = ask(policy(95, approvals=approvals), cny("100"))
    last = decision.reasons[-1]
    assert (last.rule.id, last.source) == ("price.in_principle", WHOLE)
    assert dict(last.params) == {"approver": Label(en, zh)}


@pytest.mark.parametrize(
    ("control", "low", "high"),
    [
        (cny("0.01"), "CNY 0.0095", "CNY 0.0098"),
        (cny("0.10"), "CNY 0.095", "CNY 0.098"),
        (UnitPrice(Decimal("0.0010"), "CNY", 4), "CNY 0.00095", "CNY 0.00098"),
        (Money(10, "JPY"), "JPY 9.5", "JPY 9.8"),
    ],
    ids=["a fen", "ten fen", "four decimals", "no minor unit"],
)
def test_an_empty_range_says_both_exact_bounds(control: Price, low: str, high: str) -> None:
    decision = ask(policy(95, 98), control)
    assert decision.value.empty
    first = decision.reasons[0]
    assert (first.rule.id, first.source) == ("price.no_price_between", RULE)
    bounds = dict(first.params)
    assert bounds["low"].text("en") == low  # type: ignore[union-attr]
    assert bounds["high"].text("en") == high  # type: ignore[union-attr]
    assert ids(decision) == ["price.no_price_between"]


def test_a_finer_unit_ends_an_empty_range() -> None:
    decision = ask(policy(95, 98), UnitPrice(Decimal("0.0100"), "CNY", 4))
    assert decision.value == PriceRange(
        UnitPrice(Decimal("0.0095"), "CNY", 4), UnitPrice(Decimal("0.0098"), "CNY", 4)
    )


@pytest.mark.parametrize(
    ("control", "low"),
    [
        (moneyed.Money("100.00", "CNY"), UnitPrice(95, "CNY")),
        (moneyed.Money("1.2345", "CNY"), UnitPrice(Decimal("1.1728"), "CNY")),
        (stockholm.Money("100.00", currency="CNY"), UnitPrice(95, "CNY")),
    ],
    ids=["py-moneyed", "py-moneyed with four decimals", "stockholm"],
)
def test_money_of_other_libraries_passes_in(control: object, low: UnitPrice) -> None:
    decision = find_price_range("A", policy(95), control=control)  # type: ignore[arg-type]
    assert decision.value.low == low


@pytest.mark.parametrize(
    ("control", "message"),
    [
        (cny("0"), "price CNY 0.00 is not above 0; pass the price of one unit"),
        (cny("-1"), "price CNY -1.00 is not above 0; pass the price of one unit"),
        (
            UnitPrice(0, "CNY", 4),
            "price CNY 0.0000 is not above 0; pass the price of one unit",
        ),
        (100, "100 is no price; pass UnitPrice(amount, currency)"),
        (99.99, "99.99 is no price; pass UnitPrice(amount, currency)"),
    ],
    ids=["zero", "negative", "a unit price of zero", "a bare number", "a float"],
)
def test_what_is_no_price_is_refused(control: object, message: str) -> None:
    with pytest.raises(InputError) as fault:
        find_price_range("A", policy(95), control=control)  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("tier", "message"),
    [
        ("a", "unknown tier 'a'; did you mean 'A'?"),
        ("gold", "unknown tier 'gold'; known are 'A'"),
    ],
)
def test_an_unknown_tier_is_refused(tier: str, message: str) -> None:
    with pytest.raises(UnknownName) as fault:
        find_price_range(tier, policy(95), control=cny("100"))
    assert str(fault.value) == message


def test_the_callers_decimal_context_changes_nothing() -> None:
    control = UnitPrice(Decimal("123.4567"), "CNY")
    expected = ask(policy(95, "102.5"), control)
    with localcontext(prec=2):
        found = ask(policy(95, "102.5"), UnitPrice(Decimal("123.4567"), "CNY"))
        assert found == expected
        assert found.value.low == UnitPrice(Decimal("117.2839"), "CNY")
        assert found.explain() == expected.explain()
    assert found.explain() == expected.explain()


def test_an_exact_price_below_the_control_price_says_by_how_much() -> None:
    rule = TierPrice("A", low=Ratio.percent(90), high=Ratio.percent(90))
    policy = PricePolicy(tiers=(rule,), rounding=Rounding.HALF_EVEN)
    decision = find_price_range("A", policy, control=Money(100, "CNY"))
    assert [reason.text("en") for reason in decision.reasons] == [
        "class A: exactly CNY 90.00 (control price CNY 100.00)",
        "the control price is lowered by 10%",
    ]
