"""A price asked for: what it is, whether it may be given, who may approve, what would pass."""

import pickle
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext

import moneyed
import pytest
import stockholm
from attrs import evolve

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.errors import (
    CurrencyMismatch,
    FloatRefused,
    InputError,
    NotADate,
    PolicyError,
    UnknownName,
)
from kamcore.facts import Choice, ChoiceField, Facts, Fields, FlagField, NumberField, read_facts
from kamcore.price import (
    Adjustment,
    Approval,
    FreeUnits,
    Gives,
    Price,
    PricePolicy,
    PriceRange,
    Quote,
    Sale,
    Stack,
    StackKind,
    TierPrice,
    quote_price,
)
from kamcore.rulebook import keep_record, replay
from kamcore.values import (
    Days,
    Label,
    Money,
    Ratio,
    Rounding,
    Seat,
    Source,
    Steps,
    UnitPrice,
)

percent = Ratio.percent
TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-4A", TITLE), Source("P08-4P", TITLE)
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
LADDER = (Approval(LEAD, low=percent(90)), Approval(MANAGER))
NEW = FlagField("new", en="new project", zh="新项目")
SIZE = NumberField("size", en="number of lines", zh="线路数")
SECTOR = ChoiceField("sector", options=(Choice("power"), Choice("cable")), zh="行业")
FIELDS = Fields((NEW, SIZE, SECTOR))
DAY = date(2026, 3, 1)


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def each(amount: str) -> UnitPrice:
    """Return an amount for each unit."""
    return UnitPrice(Decimal(amount), "CNY")


def policy(
    *stacks: Stack,
    low: int | None = 95,
    high: int | None = None,
    floor: int | None = None,
    **fields: object,
) -> PricePolicy:
    """Return a policy of tier A with shares in percent."""
    bounds = [None if one is None else percent(one) for one in (low, high, floor)]
    tier = TierPrice("A", low=bounds[0], high=bounds[1], floor=bounds[2], source=RULE)
    given = {"rounding": Rounding.HALF_AWAY_FROM_ZERO, "source": WHOLE, **fields}
    return PricePolicy(tiers=(tier,), stacks=stacks, **given)  # type: ignore[arg-type]


def one(name: str, gives: Gives | Steps[Gives], **fields: object) -> Adjustment:
    """Return an adjustment."""
    return Adjustment(name, gives, **fields)  # type: ignore[arg-type]


def ask(sale: Sale, rules: PricePolicy) -> Quote:
    """Return the quote."""
    return quote_price(sale, rules).value


def facts(**known: object) -> Facts:
    """Return facts; those that are not given are missing."""
    return read_facts({"key": "one", **known}, FIELDS, key="key")


def rules(decision: Decision[Quote]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


FLOOR = policy()
CONTROL = cny("100.00")


# --- how it is asked ------------------------------------------------------------------------


def test_without_discount_and_price_the_tiers_own_price_applies() -> None:
    assert ask(Sale("A", CONTROL), FLOOR).unit == cny(100)
    assert ask(Sale("A", CONTROL), policy(low=102)).unit == cny(102)
    assert ask(Sale("A", CONTROL), policy(low=105, high=105)).unit == cny(105)
    assert ask(Sale("A", CONTROL), policy(low=None, high=90)).unit == cny(90)


@pytest.mark.parametrize(
    ("control", "kind"),
    [
        (CONTROL, Money),
        (UnitPrice(100, "CNY"), UnitPrice),
        (moneyed.Money("100.00", "CNY"), UnitPrice),
        (stockholm.Money("100.00", currency="CNY"), UnitPrice),
    ],
    ids=["Money", "UnitPrice", "py-moneyed", "stockholm"],
)
def test_a_control_price_of_any_kind_is_welcome(control: Price, kind: type) -> None:
    allowed = ask(Sale("A", control, discount=percent(5)), FLOOR)
    beyond = ask(Sale("A", control, discount=percent(Decimal("5.01"))), FLOOR)
    assert (allowed.outcome, allowed.unit.amount) == ("allowed", 95)
    assert (beyond.outcome, beyond.unit.amount) == ("refused", Decimal("94.99"))
    assert isinstance(allowed.unit, kind)
    assert beyond.would_pass == allowed.unit


@pytest.mark.parametrize(
    "asked",
    [moneyed.Money("94.99", "CNY"), stockholm.Money("94.99", currency="CNY"), cny("94.99")],
    ids=["py-moneyed", "stockholm", "Money"],
)
def test_a_price_asked_of_any_kind_is_welcome(asked: Price) -> None:
    quote = ask(Sale("A", CONTROL, price=asked), FLOOR)
    assert (quote.outcome, quote.unit.amount) == ("refused", Decimal("94.99"))


@pytest.mark.parametrize(
    ("control", "asked", "outcome", "low"),
    [
        (cny("33.33"), cny("31.67"), "allowed", cny("31.67")),
        (cny("33.33"), cny("31.66"), "refused", cny("31.67")),
        (cny("33.33"), each("31.6635"), "allowed", each("31.6635")),
        (cny("33.33"), each("31.6634"), "refused", each("31.6635")),
        (each("1.2345"), cny("1.18"), "allowed", each("1.1728")),
        (each("1.2345"), cny("1.17"), "refused", each("1.1728")),
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
    quote = ask(Sale("A", control, price=asked), FLOOR)
    assert quote.outcome == outcome
    assert quote.permitted == PriceRange(low, None)


@pytest.mark.parametrize(
    ("fields", "fault", "message"),
    [
        ({"tier": ""}, PolicyError, "Sale.tier is ''; pass a name"),
        ({"tier": 1}, PolicyError, "Sale.tier is 1; pass a name"),
        (
            {"control": 100},
            InputError,
            "100 is no price; pass UnitPrice(amount, currency)",
        ),
        ({"control": 99.99}, InputError, "99.99 is no price; "),
        ({"control": cny(0)}, InputError, "price CNY 0.00 is not above 0; "),
        ({"control": cny(-1)}, InputError, "price CNY -1.00 is not above 0; "),
        ({"price": cny(0)}, InputError, "price CNY 0.00 is not above 0; "),
        ({"price": cny(-1)}, InputError, "price CNY -1.00 is not above 0; "),
        ({"price": 95.0}, InputError, "95.0 is no price; "),
        (
            {"price": Money(95, "USD")},
            CurrencyMismatch,
            "CNY meets USD; convert one of them first",
        ),
        ({"quantity": 0}, InputError, "quantity 0 is not above 0; pass the units sold"),
        ({"quantity": -1}, InputError, "quantity -1 is not above 0; pass the units sold"),
        ({"quantity": 2.5}, FloatRefused, "quantity"),
        ({"quantity": True}, FloatRefused, "quantity"),
        ({"quantity": Decimal("NaN")}, FloatRefused, "quantity"),
        ({"on": "2026-03-01"}, NotADate, "day of the sale '2026-03-01' is not a date; "),
        (
            {"on": datetime(2026, 3, 1, 9)},
            NotADate,
            "day of the sale datetime.datetime(2026, 3, 1, 9, 0) is not a date; ",
        ),
        ({"facts": {"new": True}}, PolicyError, "Sale.facts is {'new': True}; pass Facts"),
        ({"discount": 5}, PolicyError, "Sale.discount is 5; pass Ratio"),
        ({"discount": 0.05}, PolicyError, "Sale.discount is 0.05; pass Ratio"),
        (
            {"discount": percent(100)},
            InputError,
            "discount 100% leaves nothing; pass less than 100%",
        ),
        (
            {"discount": percent(5), "price": cny(95)},
            InputError,
            "discount 5% and price CNY 95.00 are both asked; pass one",
        ),
        ({"basis": "brutto"}, PolicyError, "Sale.basis 'brutto' is no named convention; "),
    ],
)
def test_a_fault_of_a_sale_shows_when_it_is_built(
    fields: dict[str, object], fault: type[Exception], message: str
) -> None:
    with pytest.raises(fault) as found:
        Sale(**{"tier": "A", "control": CONTROL, **fields})  # type: ignore[arg-type]
    assert str(found.value).startswith(message)


def test_a_discount_may_leave_next_to_nothing() -> None:
    quote = ask(Sale("A", CONTROL, discount=percent(Decimal("99.99"))), FLOOR)
    assert (quote.outcome, quote.unit) == ("refused", cny("0.01"))


class Three:
    """An integer of another library, such as numpy's."""

    def __index__(self) -> int:
        return 3


def test_an_integer_of_another_library_is_a_quantity() -> None:
    sale = Sale("A", CONTROL, quantity=Three())  # type: ignore[arg-type]
    assert ask(sale, FLOOR).line == cny(300)
    assert from_json(to_json(sale), Sale) == Sale("A", CONTROL, quantity=3)


@pytest.mark.parametrize(
    ("tier", "message"),
    [
        ("a", "unknown tier 'a'; did you mean 'A'?"),
        ("gold", "unknown tier 'gold'; known are 'A'"),
    ],
)
def test_an_unknown_tier_is_refused(tier: str, message: str) -> None:
    with pytest.raises(UnknownName) as fault:
        quote_price(Sale(tier, CONTROL), FLOOR)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("own", "other", "mend"),
    [
        ("net", "gross", "take the tax off with without_tax(price, rate, rounding)"),
        ("gross", "net", "add the tax to it and say basis='gross'"),
    ],
)
def test_a_control_price_of_the_other_basis_is_refused(own: str, other: str, mend: str) -> None:
    sale = Sale("A", CONTROL, basis=other)  # type: ignore[arg-type]
    with pytest.raises(InputError) as fault:
        quote_price(sale, policy(basis=own))
    assert str(fault.value) == (
        f"the control price is {other} and the policy's floor {own}; {mend}"
    )
    assert ask(evolve(sale, basis=own), policy(basis=own)).outcome == "allowed"


def test_the_callers_decimal_context_changes_nothing() -> None:
    sale = Sale("A", each("123.4567"), quantity=Decimal("2.5"), discount=percent(4))
    expected = quote_price(sale, FLOOR)
    assert expected.value.unit == each("118.5184")
    with localcontext(prec=2):
        found = quote_price(sale, FLOOR)
        assert (found, found.explain("zh")) == (expected, expected.explain("zh"))


# --- what it answers ------------------------------------------------------------------------


def test_an_allowed_price_says_so_and_rests_on_the_clause() -> None:
    decision = quote_price(Sale("A", CONTROL, price=cny(95)), FLOOR)
    quote = decision.value
    assert (quote.outcome, quote.unit, quote.approver) == ("allowed", cny(95), None)
    assert (quote.permitted, quote.would_pass) == (PriceRange(cny(95), None), None)
    assert rules(decision) == ["price.allowed", "price.discount_at_most"]
    assert decision.reasons[0].source == RULE
    assert (decision.missing, decision.assumed) == ((), ())
    assert decision.fingerprint == FLOOR.fingerprint
    assert repr(quote) == "Quote('allowed', unit=CNY 95.00)"


def test_without_approvals_a_price_outside_is_refused() -> None:
    decision = quote_price(Sale("A", CONTROL, price=cny("94.99")), FLOOR)
    assert (decision.value.outcome, decision.value.approver) == ("refused", None)
    assert decision.value.would_pass == cny(95)
    assert rules(decision) == [
        "price.refused",
        "price.would_pass",
        "price.below_tier",
        "price.discount_at_most",
    ]
    assert decision.reasons[0].source == RULE


@pytest.mark.parametrize(
    ("asked", "outcome", "approver"),
    [
        ("95.00", "allowed", None),
        ("94.99", "needs_approval", LEAD),
        ("90.00", "needs_approval", LEAD),
        ("89.99", "needs_approval", MANAGER),
        ("0.01", "needs_approval", MANAGER),
    ],
)
def test_the_first_seat_whose_limit_is_kept_may_approve(
    asked: str, outcome: str, approver: Seat | None
) -> None:
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), policy(approvals=LADDER))
    assert (decision.value.outcome, decision.value.approver) == (outcome, approver)
    assert decision.reasons[0].rule.id == f"price.{outcome}"
    assert decision.reasons[0].source == (RULE if outcome == "allowed" else WHOLE)


@pytest.mark.parametrize(("asked", "outcome"), [("90.00", "needs_approval"), ("89.99", "refused")])
def test_below_the_limit_of_the_last_seat_a_price_is_refused(asked: str, outcome: str) -> None:
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), policy(approvals=LADDER[:1]))
    assert decision.value.outcome == outcome
    assert decision.reasons[-1].rule.id == "price.may_approve"


def test_a_limit_counts_what_is_left_of_everything() -> None:
    early = Stack("add", (one("early", percent(-2), off_invoice=True),))
    asked = policy(early, approvals=LADDER)
    found = [
        ask(Sale("A", CONTROL, price=cny(price)), asked).approver for price in ("91.84", "91.83")
    ]
    assert found == [LEAD, MANAGER]


def test_a_price_above_the_cap_is_for_the_lowest_seat() -> None:
    quote = ask(Sale("A", CONTROL, price=cny(106)), policy(high=105, approvals=LADDER))
    assert (quote.outcome, quote.approver) == ("needs_approval", LEAD)


@pytest.mark.parametrize(
    ("low", "high", "asked", "passing", "rule"),
    [
        (95, 105, "94.99", "95.00", "price.below_tier"),
        (95, 105, "105.01", "105.00", "price.above_cap"),
        (None, 105, "105.01", "105.00", "price.above_cap"),
        (105, 105, "104.99", "105.00", "price.not_exact"),
        (105, 105, "105.01", "105.00", "price.not_exact"),
    ],
    ids=["below the floor", "above the cap", "a cap alone", "below the one", "above the one"],
)
def test_what_would_pass_is_the_bound_that_was_crossed(
    low: int | None, high: int, asked: str, passing: str, rule: str
) -> None:
    limits = policy(low=low, high=high)
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), limits)
    assert (decision.value.outcome, decision.value.would_pass) == ("refused", cny(passing))
    assert rules(decision)[:3] == ["price.refused", "price.would_pass", rule]
    assert ask(Sale("A", CONTROL, price=cny(passing)), limits).outcome == "allowed"


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
    quote = ask(Sale("A", CONTROL, price=cny(asked)), policy(low=low, high=high))
    assert (quote.outcome, quote.would_pass) == ("allowed", None)


@pytest.mark.parametrize(
    ("control", "exact"),
    [
        (cny("0.01"), "CNY 0.0095 and CNY 0.0098"),
        (Money(10, "JPY"), "JPY 9.5 and JPY 9.8"),
    ],
)
@pytest.mark.parametrize(("approvals", "outcome"), [((), "refused"), (LADDER, "needs_approval")])
def test_where_no_price_is_left_the_quote_says_both_exact_bounds(
    control: Price, exact: str, approvals: tuple[Approval, ...], outcome: str
) -> None:
    narrow = policy(low=95, high=98, approvals=approvals)
    decision = quote_price(Sale("A", control), narrow)
    assert (decision.value.outcome, decision.value.permitted) == (outcome, None)
    assert decision.value.would_pass is None
    assert rules(decision)[1:3] == ["price.no_price_between", "price.path"]
    assert decision.reasons[1].text("en") == (
        f"no whole price lies between the exact bounds {exact}; quote in a finer unit"
    )


@pytest.mark.parametrize(
    ("rounding", "unit"),
    [(Rounding.FLOOR, "95.00"), (Rounding.HALF_EVEN, "95.00"), (Rounding.CEILING, "95.00")],
)
def test_rounding_does_not_carry_an_allowed_discount_below_the_floor(
    rounding: Rounding, unit: str
) -> None:
    limits = policy(rounding=rounding)
    quote = ask(Sale("A", cny("99.99"), discount=percent(5)), limits)
    assert (quote.outcome, quote.unit) == ("allowed", cny(unit))
    beyond = ask(Sale("A", cny("99.99"), discount=percent(6)), limits)
    assert beyond.outcome == "refused"


def test_rounding_does_not_carry_a_surcharge_above_the_cap() -> None:
    limits = policy(low=None, high=105, rounding=Rounding.CEILING)
    quote = ask(Sale("A", cny("99.99"), discount=percent(-5)), limits)
    assert (quote.outcome, quote.unit) == ("allowed", cny("104.98"))
    decision = quote_price(Sale("A", cny("99.99"), discount=percent(-5)), limits)
    assert "price.rounding_kept" in rules(decision)


def test_one_price_is_rounded_once() -> None:
    exact = policy(low=105, high=105)
    quote = ask(Sale("A", cny("0.10")), exact)
    assert (quote.outcome, quote.unit, quote.net_share) == ("allowed", cny("0.11"), percent(110))
    assert quote.permitted == PriceRange(cny("0.11"), cny("0.11"))


def test_a_discount_beyond_that_of_the_tier_is_told_with_the_greatest_that_passes() -> None:
    decision = quote_price(Sale("A", CONTROL, discount=percent(6)), FLOOR)
    assert rules(decision) == [
        "price.refused",
        "price.would_pass_discount",
        "price.beyond_discount",
    ]
    assert [reason.text("en") for reason in decision.reasons] == [
        "CNY 94.00 a unit is refused for class A",
        "CNY 95.00 a unit would pass, and so would a discount of up to 5%",
        "a discount of 6% is asked; class A may be given up to 5%",
    ]


def test_where_no_discount_passes_only_the_price_is_told() -> None:
    exact = policy(low=105, high=105)
    decision = quote_price(Sale("A", CONTROL, discount=Ratio(0)), exact)
    assert rules(decision) == ["price.refused", "price.would_pass", "price.not_exact"]
    assert dict(decision.reasons[1].params) == {"price": cny(105)}


def test_a_discount_that_cannot_be_written_in_hundredths_of_a_percent_is_not_told() -> None:
    narrow = PricePolicy(
        tiers=(TierPrice("A", low=Ratio(2, 3), high=Ratio(66_667, 100_000)),),
        rounding=Rounding.HALF_EVEN,
    )
    fine = UnitPrice(100, "CNY", 4)
    decision = quote_price(Sale("A", fine, discount=percent(50)), narrow)
    assert rules(decision)[1] == "price.would_pass"
    assert decision.value.would_pass == UnitPrice(Decimal("66.6667"), "CNY")


# --- lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "quantity", "rounding", "line"),
    [
        (each("0.0095"), 3, Rounding.HALF_AWAY_FROM_ZERO, "0.03"),
        (each("0.0095"), 3, Rounding.FLOOR, "0.03"),  # not below the floor of 0.027075
        (each("1.005"), 1, Rounding.HALF_EVEN, "1.00"),
        (each("1.005"), 1, Rounding.HALF_AWAY_FROM_ZERO, "1.01"),
        (each("12.345"), Decimal("2.5"), Rounding.HALF_AWAY_FROM_ZERO, "30.86"),
        (cny("12.34"), 1000, Rounding.HALF_AWAY_FROM_ZERO, "12340.00"),
    ],
)
def test_a_line_is_the_quantity_rounded_once_to_a_minor_unit(
    control: Price, quantity: int | Decimal, rounding: Rounding, line: str
) -> None:
    quote = ask(Sale("A", control, quantity=quantity), policy(rounding=rounding))
    assert quote.line == cny(line)


def test_a_line_has_the_decimals_of_its_currency() -> None:
    quote = ask(Sale("A", UnitPrice(Decimal("10.5"), "JPY"), quantity=3), FLOOR)
    assert quote.line == Money(32, "JPY")


# --- adjustments ----------------------------------------------------------------------------

VOLUME: Steps[Gives] = Steps.rising(Ratio(0), (100, percent(-1)), (500, percent(-2)))
UP_TO_VOLUME: Steps[Gives] = Steps.rising(
    Ratio(0), (100, percent(-1)), (500, percent(-2)), edge="right"
)
BIG: Steps[Gives] = Steps.rising(Ratio(0), (cny(10_000), each("-0.50")))


def added(gives: Gives | Steps[Gives], **fields: object) -> PricePolicy:
    """Return a policy without a floor and with one adjustment."""
    return policy(Stack("add", (one("it", gives, **fields),)), low=None, high=200)


@pytest.mark.parametrize(
    ("gives", "by", "quantity", "unit"),
    [
        (percent(-2), None, 1, "98.00"),
        (percent(2), None, 1, "102.00"),
        (Ratio(0), None, 1, "100.00"),
        (Ratio(-1, 3), None, 1, "66.67"),
        (percent(-100), None, 1, "0.00"),
        (each("-0.5"), None, 7, "99.50"),
        (each("0.005"), None, 7, "100.01"),
        (cny(-300), None, 1, "-200.00"),
        (cny(-300), None, 7, "57.14"),
        (cny(-300), None, Decimal("1.5"), "-100.00"),
        (cny(30), None, 4, "107.50"),
        (FreeUnits(1, 1), None, 1, "100.00"),
        (FreeUnits(1, 1), None, 2, "50.00"),
        (FreeUnits(1, 1), None, 3, "66.67"),
        (FreeUnits(10, 1), None, 11, "90.91"),
        (VOLUME, "quantity", 99, "100.00"),
        (VOLUME, "quantity", Decimal("99.5"), "100.00"),
        (VOLUME, "quantity", 100, "99.00"),
        (VOLUME, "quantity", 499, "99.00"),
        (VOLUME, "quantity", 500, "98.00"),
        (UP_TO_VOLUME, "quantity", 100, "100.00"),
        (UP_TO_VOLUME, "quantity", 101, "99.00"),
        (UP_TO_VOLUME, "quantity", 500, "99.00"),
        (UP_TO_VOLUME, "quantity", 501, "98.00"),
        (BIG, "amount", 99, "100.00"),
        (BIG, "amount", 100, "99.50"),
        (Steps.rising(Ratio(0), (100, FreeUnits(10, 1))), "quantity", 110, "90.91"),
    ],
)
def test_an_adjustment_gives_each_unit_its_change(
    gives: Gives | Steps[Gives], by: str | None, quantity: int | Decimal, unit: str
) -> None:
    quote = ask(Sale("A", CONTROL, quantity=quantity), added(gives, by=by))
    assert quote.unit == cny(unit)


@pytest.mark.parametrize(
    ("edge", "quantity", "control", "unit"),
    [
        ("left", 3, "33.3333", "33.3333"),
        ("left", 3, "33.3334", "32.8334"),
        ("right", 3, "33.3333", "33.3333"),
        ("right", 3, "33.3334", "32.8334"),
        ("left", 1, "100.0000", "99.5000"),
        ("right", 1, "100.0000", "100.0000"),
        ("right", 1, "100.0001", "99.5001"),
    ],
)
def test_steps_by_amount_compare_exactly_with_quantity_times_control_price(
    edge: str, quantity: int, control: str, unit: str
) -> None:
    steps: Steps[Gives] = Steps.rising(Ratio(0), (cny(100), each("-0.5")), edge=edge)  # type: ignore[arg-type]
    sale = Sale("A", UnitPrice(Decimal(control), "CNY", 4), quantity=quantity)
    assert ask(sale, added(steps, by="amount")).unit == UnitPrice(Decimal(unit), "CNY", 4)


def test_free_units_need_whole_units() -> None:
    with pytest.raises(InputError) as fault:
        quote_price(Sale("A", CONTROL, quantity=Decimal("2.5")), added(FreeUnits(1, 1)))
    assert str(fault.value) == (
        "adjustment 'it' gives free units and the quantity is 2.5; pass whole units"
    )


def test_a_quantity_outside_published_bands_has_no_price() -> None:
    bands: Steps[Gives] = Steps(values=(percent(-1),), low=1, high=499)
    assert ask(Sale("A", CONTROL, quantity=499), added(bands, by="quantity")).unit == cny(99)
    with pytest.raises(InputError, match="500 lies outside 1 to 499"):
        quote_price(Sale("A", CONTROL, quantity=500), added(bands, by="quantity"))


def test_an_amount_in_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch, match="USD meets CNY; convert one of them first"):
        quote_price(Sale("A", Money(100, "USD")), added(each("-0.5")))


@pytest.mark.parametrize(("currency", "unit"), [("CNY", 100), ("USD", 98)])
def test_an_adjustment_for_one_currency_leaves_the_others_alone(currency: str, unit: int) -> None:
    only = added(percent(-2), currency="USD")
    assert ask(Sale("A", Money(100, currency)), only).unit == Money(unit, currency)


@pytest.mark.parametrize(
    ("on", "unit"),
    [
        (date(2025, 12, 31), 100),
        (date(2026, 1, 1), 98),
        (date(2026, 3, 31), 98),
        (date(2026, 4, 1), 100),
    ],
)
def test_an_adjustment_applies_on_its_days(on: date, unit: int) -> None:
    spring = added(percent(-2), days=Days.through(date(2026, 1, 1), date(2026, 3, 31)))
    assert ask(Sale("A", CONTROL, on=on), spring).unit == cny(unit)


def test_a_day_that_is_asked_and_not_given_is_refused() -> None:
    spring = added(percent(-2), days=Days.through(date(2026, 1, 1), date(2026, 3, 31)))
    with pytest.raises(InputError) as fault:
        quote_price(Sale("A", CONTROL), spring)
    assert str(fault.value) == "adjustment 'it' has days and the sale has no day; pass on="


# --- facts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "unit", "missing"),
    [
        ({"new": True}, 98, ()),
        ({"new": False}, 100, ()),
        ({}, 100, ("new",)),
    ],
    ids=["true", "false", "missing"],
)
def test_a_condition_decides_and_a_missing_fact_leaves_the_adjustment_out(
    known: Mapping[str, object], unit: int, missing: tuple[str, ...]
) -> None:
    decision = quote_price(Sale("A", CONTROL, facts=facts(**known)), added(percent(-2), when=NEW))
    assert decision.value.unit == cny(unit)
    assert tuple(fact.name for fact in decision.missing) == missing
    assert ("price.left_out" in rules(decision)) is bool(missing)


def test_what_is_left_out_and_why_is_said() -> None:
    both = added(percent(-2), when=NEW & (SIZE > 10), zh="新项目优惠", en="new-project discount")
    decision = quote_price(Sale("A", CONTROL, facts=facts()), both)
    said = next(one for one in decision.reasons if one.rule.id == "price.left_out")
    assert said.text("en") == (
        "new-project discount is left out; not known: new project, number of lines"
    )
    assert said.text("zh") == "数据缺失（新项目、线路数），未计入新项目优惠"


@pytest.mark.parametrize(
    ("fields", "known", "missing"),
    [
        ({"when": NEW & (SIZE > 10)}, {"size": 5}, ()),
        ({"when": NEW & (SIZE > 10)}, {"size": 11}, ("new",)),
        ({"when": NEW | (SIZE > 10)}, {"size": 11}, ()),
        ({"when": NEW | (SIZE > 10)}, {"size": 5}, ("new",)),
        ({"when": (NEW & (SIZE > 10)) | SECTOR.is_("power")}, {"size": 5}, ("sector",)),
        ({"when": SIZE.is_missing}, {}, ()),
        ({"when": SIZE.is_known}, {}, ()),
        ({"when": NEW, "currency": "USD"}, {}, ()),
        ({"when": NEW, "days": Days(date(2026, 4, 1), date(2026, 5, 1))}, {}, ()),
        ({"when": NEW, "days": Days(date(2026, 3, 1), date(2026, 5, 1))}, {}, ("new",)),
    ],
    ids=[
        "another fact decides against it",
        "it alone is open",
        "another fact decides for it",
        "the other alternative is open",
        "only the alternative that is open counts",
        "absence is no missing fact",
        "presence is none either",
        "another currency",
        "another day",
        "its day",
    ],
)
def test_only_facts_that_could_change_the_price_are_missing(
    fields: dict[str, object], known: dict[str, object], missing: tuple[str, ...]
) -> None:
    sale = Sale("A", CONTROL, on=DAY, facts=facts(**known))
    decision = quote_price(sale, added(percent(-2), **fields))
    assert tuple(fact.name for fact in decision.missing) == missing
    assert ("price.left_out" in rules(decision)) is bool(missing)


def test_a_fact_that_two_adjustments_lack_is_missing_once() -> None:
    group = (one("a", percent(-1), when=NEW), one("b", percent(-1), when=NEW))
    decision = quote_price(Sale("A", CONTROL, facts=facts()), policy(Stack("add", group)))
    assert [fact.name for fact in decision.missing] == ["new"]
    assert rules(decision).count("price.left_out") == 2


def test_facts_that_are_asked_and_not_given_are_refused() -> None:
    with pytest.raises(InputError) as fault:
        quote_price(Sale("A", CONTROL), added(percent(-2), when=NEW & (SIZE > 10)))
    assert str(fault.value) == ("the sale has no facts and the policy asks new, size; pass facts=")


def test_facts_without_an_asked_field_are_refused() -> None:
    without = read_facts({"key": "one", "size": 1}, Fields((SIZE,)), key="key")
    with pytest.raises(UnknownName, match="unknown field 'new'"):
        quote_price(Sale("A", CONTROL, facts=without), added(percent(-2), when=NEW))


# --- stacks ---------------------------------------------------------------------------------


def stacked(how: StackKind, *gives: Gives, off: bool = False) -> PricePolicy:
    """Return a policy of one stack without a floor."""
    group = tuple(one(str(number), gift, off_invoice=off) for number, gift in enumerate(gives))
    return policy(Stack(how, group), low=None, high=200)


@pytest.mark.parametrize(
    ("how", "gives", "unit"),
    [
        ("add", (percent(-20), percent(-10)), 70),
        ("compound", (percent(-20), percent(-10)), 72),
        ("best", (percent(-20), percent(-10)), 80),
        ("add", (percent(-20), each("-10")), 70),
        ("compound", (each("-10"), percent(-20)), 72),
        ("compound", (percent(-20), each("-10")), 70),
        ("best", (each("-15"), percent(-10)), 85),
        ("best", (percent(5), percent(10)), 105),
        ("best", (percent(5), Ratio(0)), 100),
        ("best", (each("5"), Ratio(0)), 100),
        ("best", (each("0.004"), each("0.003")), 100),
        ("add", (percent(-60), percent(-40)), 0),
    ],
)
def test_how_adjustments_work_together(how: StackKind, gives: tuple[Gives, ...], unit: int) -> None:
    assert ask(Sale("A", CONTROL), stacked(how, *gives)).unit == cny(unit)


def test_of_those_that_exclude_each_other_one_applies() -> None:
    group = (one("power", percent(-3), when=NEW), one("cable", percent(-1), when=~NEW))
    either = policy(Stack("exclusive", group), low=None, high=200)
    found = [
        ask(Sale("A", CONTROL, facts=facts(new=new)), either).unit for new in (True, False, None)
    ]
    assert found == [cny(97), cny(99), cny(100)]


def test_stacks_follow_one_another() -> None:
    first = Stack("add", (one("a", percent(-20)), one("b", percent(-10))))
    then = Stack("best", (one("c", percent(-5)), one("d", each("-7"))))
    assert ask(Sale("A", CONTROL), policy(first, then, low=None, high=200)).unit == cny(63)


# --- the floor of the net -------------------------------------------------------------------

EARLY = Stack("add", (one("early", percent(-2), off_invoice=True, optional=True),))


@pytest.mark.parametrize(
    ("asked", "outcome", "left"),
    [
        ("96.94", "allowed", "95.0012"),
        ("96.93", "refused", "94.9914"),
        ("95.00", "refused", "93.1"),
    ],
)
def test_the_floor_holds_for_what_early_payment_leaves(asked: str, outcome: str, left: str) -> None:
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), policy(EARLY))
    assert decision.value.outcome == outcome
    assert decision.value.net_share == percent(Decimal(left))
    assert decision.value.permitted == PriceRange(cny("96.94"), None)
    assert [one.text("en") for one in decision.assumed] == [
        "the floor is held to what is left net of every adjustment",
        "counted as taken by the customer: early",
    ]


def test_a_floor_below_the_lowest_share_makes_room_for_adjustments() -> None:
    room = policy(EARLY, low=95, floor=93)
    assert ask(Sale("A", CONTROL, discount=percent(5)), room).outcome == "allowed"
    assert ask(Sale("A", CONTROL, discount=percent(6)), room).outcome == "refused"
    assert ask(Sale("A", CONTROL, price=cny("94.99")), room).outcome == "refused"


def test_what_is_invoiced_may_lower_the_price_below_the_lowest_share() -> None:
    room = policy(Stack("add", (one("volume", percent(-3)),)), low=95, floor=90)
    quote = ask(Sale("A", CONTROL, discount=percent(5)), room)
    assert (quote.outcome, quote.unit) == ("allowed", cny("92.15"))
    assert quote.permitted == PriceRange(cny("92.15"), None)


def test_a_raise_on_the_invoice_raises_the_lowest_price() -> None:
    raised = policy(Stack("add", (one("handling", percent(2)),)))
    assert ask(Sale("A", CONTROL), raised).permitted == PriceRange(cny("96.90"), None)


def test_one_price_and_a_deduction_leave_nothing_that_passes() -> None:
    decision = quote_price(Sale("A", CONTROL), policy(EARLY, low=105, high=105))
    assert (decision.value.outcome, decision.value.permitted) == ("refused", None)
    assert rules(decision)[1:3] == ["price.cap_below_floor", "price.below_floor"]


@pytest.mark.parametrize("rounded", ["price", "each_change"])
@pytest.mark.parametrize("when", [None, NEW])
def test_an_adjustment_that_takes_all_leaves_no_floor(when: FlagField | None, rounded: str) -> None:
    waiver = Stack("add", (one("waiver", percent(-100), off_invoice=True, when=when),))
    decision = quote_price(
        Sale("A", CONTROL, facts=facts(new=True)), policy(waiver, rounded=rounded)
    )
    assert (decision.value.outcome, decision.value.permitted) == ("refused", None)
    assert rules(decision)[1] == "price.nothing_passes"
    assert decision.reasons[1].text("zh") == "计入waiver后，任何开票价都达不到底价（95%）"


@pytest.mark.parametrize(
    ("how", "amount", "outcome"),
    [
        ("price", "95", "allowed"),
        ("price", "94.996", "refused"),
        ("each_change", "95", "refused"),
        ("each_change", "97", "allowed"),
    ],
)
def test_an_amount_may_leave_the_floor_where_the_price_leaves_nothing(
    how: str, amount: str, outcome: str
) -> None:
    """Where each change is rounded, a unit of the grain is kept in reserve for each."""
    group = (
        one("waiver", percent(-100), off_invoice=True),
        one("levy", each(amount), off_invoice=True),
    )
    quote = ask(Sale("A", CONTROL), policy(Stack("add", group), rounded=how))
    assert quote.outcome == outcome


@pytest.mark.parametrize("rounded", ["price", "each_change"])
def test_what_comes_in_beside_the_invoice_leaves_a_price_of_0(rounded: str) -> None:
    levy = Stack("add", (one("levy", cny(200), off_invoice=True),))
    quote = ask(Sale("A", CONTROL, discount=percent(99)), policy(levy, floor=90, rounded=rounded))
    assert quote.permitted == PriceRange(cny(95), None)
    below = ask(Sale("A", CONTROL), policy(levy, low=1, floor=1, rounded=rounded))
    assert below.permitted == PriceRange(cny(1), None)


def test_a_price_below_0_is_refused() -> None:
    rebate = policy(Stack("add", (one("rebate", cny(-300)),)), low=None, high=100)
    decision = quote_price(Sale("A", CONTROL), rebate)
    assert (decision.value.outcome, decision.value.unit) == ("refused", cny(-200))
    assert decision.value.would_pass == cny(0)
    assert rules(decision) == [
        "price.refused",
        "price.would_pass",
        "price.below_tier",
        "price.path",
    ]


def test_a_discount_that_leaves_a_price_below_0_is_answered_with_one_that_does_not() -> None:
    rebate = policy(Stack("add", (one("rebate", each("-60")),)), low=None, high=100)
    decision = quote_price(Sale("A", CONTROL, discount=percent(50)), rebate)
    assert (decision.value.outcome, decision.value.unit) == ("refused", cny(-10))
    assert dict(decision.reasons[1].params) == {"price": cny(0), "discount": percent(40)}
    assert ask(Sale("A", CONTROL, discount=percent(40)), rebate).outcome == "allowed"


@pytest.mark.parametrize(
    ("known", "low"),
    [
        ({"new": True}, "102.16"),
        ({"new": False}, "97.94"),
        ({"new": True, "size": 11}, None),
    ],
    ids=["the deepest of two", "what is left of them", "one that takes all"],
)
def test_the_floor_holds_for_the_best_of_what_applies(
    known: dict[str, object], low: str | None
) -> None:
    group = (
        one("early", percent(-3), off_invoice=True),
        one("project", percent(-7), off_invoice=True, when=NEW),
        one("waiver", percent(-100), off_invoice=True, when=SIZE > 10),
    )
    best = policy(Stack("best", group))
    quote = ask(Sale("A", CONTROL, facts=facts(**known)), best)
    assert quote.permitted == (None if low is None else PriceRange(cny(low), None))


def test_where_the_best_of_nothing_applies_the_price_stays() -> None:
    group = (one("project", percent(-7), off_invoice=True, when=NEW),)
    quote = ask(Sale("A", CONTROL, facts=facts(new=False)), policy(Stack("best", group)))
    assert quote.permitted == PriceRange(cny(95), None)


# --- every change rounded -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "off", "rounding", "each_change", "price"),
    [
        ("9.99", 3, Rounding.TOWARDS_ZERO, "9.70", "9.69"),
        ("9.99", 3, Rounding.HALF_AWAY_FROM_ZERO, "9.69", "9.69"),
        ("0.33", 5, Rounding.TOWARDS_ZERO, "0.32", "0.31"),
        ("0.33", 5, Rounding.HALF_AWAY_FROM_ZERO, "0.31", "0.31"),
    ],
)
def test_a_discount_or_the_price_is_rounded(
    control: str, off: int, rounding: Rounding, each_change: str, price: str
) -> None:
    taken = Stack("add", (one("off", percent(-off)),))
    for how, unit in (("each_change", each_change), ("price", price)):
        asked = policy(taken, low=None, high=100, rounding=rounding, rounded=how)
        assert ask(Sale("A", cny(control)), asked).unit == cny(unit)


def test_two_changes_rounded_up_at_once_do_not_cross_the_floor() -> None:
    """A unit more may leave less: 0.09 leaves 0.05, 0.10 leaves 0.04."""
    quarter = percent(-25)
    group = (one("a", quarter, off_invoice=True), one("b", quarter, off_invoice=True))
    room = policy(Stack("add", group), low=45, rounded="each_change")
    left = [ask(Sale("A", cny("0.10"), price=cny(price)), room) for price in ("0.09", "0.10")]
    assert [quote.net_share for quote in left] == [percent(50), percent(40)]
    assert [quote.outcome for quote in left] == ["refused", "refused"]
    quote = ask(Sale("A", cny("0.10")), room)
    assert quote.permitted == PriceRange(cny("0.11"), None)
    assert (quote.outcome, quote.unit) == ("allowed", cny("0.11"))


# --- kept -----------------------------------------------------------------------------------


def test_a_quote_is_a_value() -> None:
    sale = Sale("A", CONTROL, discount=percent(6))
    first, second = ask(sale, FLOOR), ask(sale, FLOOR)
    assert (first, hash(first)) == (second, hash(second))
    assert first != ask(Sale("A", CONTROL), FLOOR)
    assert first != "CNY 94.00"
    assert pickle.loads(pickle.dumps(first)) == first


def test_a_quote_keeps_no_policy() -> None:
    assert b"PricePolicy" not in pickle.dumps(quote_price(Sale("A", CONTROL), policy(EARLY)))


def test_a_quote_comes_back_from_json() -> None:
    decision = quote_price(Sale("A", CONTROL, discount=percent(6)), policy(EARLY))
    again = from_json(to_json(decision), Decision)
    assert (again, hash(again.value)) == (decision, hash(decision.value))
    assert again.value.waterfall == decision.value.waterfall
    assert from_json(to_json(decision.value), Quote) == decision.value


def test_a_recorded_quote_is_answered_the_same_again() -> None:
    record = keep_record(quote_price, Sale("A", CONTROL, discount=percent(6)), policy(EARLY))
    assert replay(from_json(to_json(record), Record)).same
