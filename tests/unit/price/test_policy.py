"""What a price policy may say; every fault shows when it is built."""

from decimal import Decimal

import pytest

from kamcore.errors import DuplicateName, PolicyError, UnknownName
from kamcore.facts import FlagField, NumberField
from kamcore.price import Adjustment, Approval, PricePolicy, PriceRange, Stack, TierPrice
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source

percent = Ratio.percent
A = TierPrice("A", low=percent(95))
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
ON = Stack("add", (Adjustment("volume", percent(-2)),))
OFF = Stack("add", (Adjustment("early", percent(-2), off_invoice=True),))


def build(**fields: object) -> PricePolicy:
    """Return a policy of tier A with other fields."""
    given = {"tiers": (A,), "rounding": Rounding.HALF_EVEN, **fields}
    return PricePolicy(**given)  # type: ignore[arg-type]


# --- tiers ----------------------------------------------------------------------------------


def test_a_policy_gives_the_rule_of_a_tier() -> None:
    assert build().of("A") is A


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({}, "tier 'A' has neither low nor high; pass at least one share"),
        (
            {"low": Ratio(0)},
            "tier 'A': 0% is no share of the control price; pass Ratio.percent(95)",
        ),
        (
            {"high": percent(-5)},
            "tier 'A': -5% is no share of the control price; pass Ratio.percent(95)",
        ),
        (
            {"low": percent(95), "floor": Ratio(0)},
            "tier 'A': 0% is no share of the control price; pass Ratio.percent(95)",
        ),
        (
            {"low": percent(105), "high": percent(95)},
            "tier 'A': low 105% is above high 95%; swap them",
        ),
        (
            {"high": percent(95), "floor": percent(90)},
            "tier 'A' has floor 90% and no low; say how far it may sell",
        ),
        (
            {"low": percent(95), "floor": percent(96)},
            "tier 'A': floor 96% is above low 95%; raise low to it",
        ),
    ],
    ids=[
        "no bound",
        "nothing",
        "below nothing",
        "a floor of nothing",
        "bounds in the wrong order",
        "a floor without low",
        "a floor above low",
    ],
)
def test_bounds_that_make_no_range_are_refused(bounds: dict[str, Ratio], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        TierPrice("A", **bounds)  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize("name", ["low", "high", "floor"])
@pytest.mark.parametrize("share", [0.95, Decimal("0.95"), 95, "95%", True])
def test_a_bound_that_is_no_ratio_is_refused(name: str, share: object) -> None:
    with pytest.raises(PolicyError) as fault:
        TierPrice("A", **{name: share})  # type: ignore[arg-type]
    assert str(fault.value) == f"TierPrice.{name} is {share!r}; pass Ratio"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tier": ""}, "TierPrice.tier is ''; pass a name"),
        ({"tier": 1}, "TierPrice.tier is 1; pass a name"),
        ({"source": "P08"}, "TierPrice.source is 'P08'; pass Source"),
        ({"zh": 1}, "TierPrice.zh is 1; pass str"),
        ({"en": None}, "TierPrice.en is None; pass str"),
    ],
)
def test_other_fields_of_a_tier_have_their_types(fields: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        TierPrice(**{"tier": "A", "low": percent(95), **fields})  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("rule", "exact", "floor", "start"),
    [
        (TierPrice("A", low=percent(95)), False, percent(95), Ratio(1)),
        (TierPrice("A", low=percent(95), floor=percent(90)), False, percent(90), Ratio(1)),
        (TierPrice("A", low=percent(102)), False, percent(102), percent(102)),
        (TierPrice("A", low=percent(105), high=percent(105)), True, percent(105), percent(105)),
        (TierPrice("A", high=percent(90)), False, None, percent(90)),
        (TierPrice("A", high=percent(110)), False, None, Ratio(1)),
    ],
    ids=["low", "floor", "above the control price", "one price", "a low cap", "a high cap"],
)
def test_a_tier_says_where_it_starts_and_what_must_be_left(
    rule: TierPrice, exact: bool, floor: Ratio | None, start: Ratio
) -> None:
    assert (rule.exact, rule.net_floor, rule.start) == (exact, floor, start)


def test_a_tier_is_spoken_of_in_its_own_words() -> None:
    assert A.label == Label("class A", "A类")
    assert TierPrice("gold", low=Ratio(1)).label == Label("tier gold", "等级gold")
    own = TierPrice("fee", low=Ratio(1), zh="月租费", en="monthly rent")
    assert own.label == Label("monthly rent", "月租费")


def test_a_tier_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        build(tiers=(A, A))
    assert str(fault.value) == "tier 'A' appears twice; rename or remove one"


# --- rounding -------------------------------------------------------------------------------


def test_a_rounding_must_be_named() -> None:
    with pytest.raises(TypeError, match="rounding"):
        PricePolicy(tiers=(A,))  # type: ignore[call-arg]


def test_a_rounding_may_be_named_in_words() -> None:
    assert build(rounding="half_even").rounding is Rounding.HALF_EVEN


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        build(rounding="half_evn")
    assert str(fault.value) == "unknown rounding 'half_evn'; did you mean 'half_even'?"


# --- approvals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"seat": "manager"}, "Approval.seat is 'manager'; pass Seat"),
        ({"low": 90}, "Approval.low is 90; pass Ratio"),
        (
            {"low": Ratio(0)},
            (
                "the sales lead may approve down to 0% of the control price; "
                "pass a share above 0, or None for any price"
            ),
        ),
        (
            {"low": percent(-1)},
            (
                "the sales lead may approve down to -1% of the control price; "
                "pass a share above 0, or None for any price"
            ),
        ),
    ],
)
def test_an_approval_is_a_seat_and_a_share(fields: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        Approval(**{"seat": LEAD, **fields})  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize(
    "approvals",
    [
        (Approval(LEAD, low=percent(90)), Approval(MANAGER, low=percent(90))),
        (Approval(LEAD, low=percent(90)), Approval(MANAGER, low=percent(91))),
        (Approval(LEAD), Approval(MANAGER)),
        (Approval(LEAD), Approval(MANAGER, low=percent(90))),
    ],
    ids=["as much", "less", "both any price", "less than any price"],
)
def test_a_seat_after_one_that_may_approve_as_much_is_refused(
    approvals: tuple[Approval, ...],
) -> None:
    with pytest.raises(PolicyError) as fault:
        build(approvals=approvals)
    assert str(fault.value) == (
        "the general manager comes after a seat that may approve as much; "
        "write the lowest authority first"
    )


def test_a_ladder_goes_from_the_lowest_authority_up() -> None:
    ladder = (
        Approval(LEAD, low=percent(92)),
        Approval(MANAGER, low=percent(90)),
        Approval(MANAGER),
    )
    assert build(approvals=ladder).approvals == ladder


# --- stacks ---------------------------------------------------------------------------------


def test_an_adjustment_that_stands_in_two_stacks_is_refused() -> None:
    with pytest.raises(DuplicateName, match="adjustment 'volume' appears twice"):
        build(stacks=(ON, ON))


def test_what_changes_the_invoice_comes_first() -> None:
    assert build(stacks=(ON, OFF)).stacks == (ON, OFF)
    with pytest.raises(PolicyError) as fault:
        build(stacks=(OFF, ON))
    assert str(fault.value) == (
        "a stack on the invoice follows one off the invoice; "
        "write those that change the invoice first"
    )


@pytest.mark.parametrize(("own", "other"), [("net", "gross"), ("gross", "net")])
def test_a_mixed_basis_is_refused(own: str, other: str) -> None:
    freight = Adjustment("freight", Money(-5, "CNY"), basis=other)  # type: ignore[arg-type]
    with pytest.raises(PolicyError) as fault:
        build(basis=own, stacks=(Stack("add", (freight,)),))
    assert str(fault.value) == (
        f"adjustment 'freight' is {other} and the policy {own}; "
        f"write it {own}, for example by without_tax"
    )


def test_an_adjustment_of_the_policys_own_basis_is_welcome() -> None:
    freight = Adjustment("freight", Money(-5, "CNY"), basis="gross")
    assert build(basis="gross", stacks=(Stack("add", (freight,)),)).adjustments == (freight,)


def test_a_policy_asks_the_facts_of_its_conditions_once() -> None:
    new, size = FlagField("new"), NumberField("size")
    both = (
        Adjustment("a", percent(-1), when=new),
        Adjustment("b", percent(-1), when=new & (size > 1)),
    )
    assert build(stacks=(Stack("add", both),)).fields.names == ("new", "size")
    assert build().fields.names == ()


def test_one_name_for_two_facts_is_refused() -> None:
    flag = Adjustment("a", percent(-1), when=FlagField("new"))
    number = Adjustment("b", percent(-1), when=NumberField("new") > 1)
    with pytest.raises(PolicyError, match="field 'new' means both"):
        build(stacks=(Stack("add", (flag,)), Stack("add", (number,))))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tiers": [A]}, "PricePolicy.tiers is "),
        ({"tiers": ("A",)}, "PricePolicy.tiers holds 'A'; pass TierPrice"),
        ({"stacks": [ON]}, "PricePolicy.stacks is "),
        ({"stacks": ON.adjustments}, "PricePolicy.stacks holds "),
        ({"approvals": (LEAD,)}, "PricePolicy.approvals holds "),
        ({"basis": "brutto"}, "PricePolicy.basis 'brutto' is no named convention; "),
        ({"rounded": "each"}, "PricePolicy.rounded 'each' is no named convention; "),
        ({"source": "P08"}, "PricePolicy.source is 'P08'; pass Source"),
    ],
)
def test_every_field_of_a_policy_has_its_type(fields: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        build(**fields)
    assert str(fault.value).startswith(message)


def test_a_policy_is_written_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        PricePolicy((A,), Rounding.FLOOR)  # type: ignore[misc, call-arg]
    assert build(source=Source("P", Label("rules", "规定"))).source is not None


# --- ranges ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [
        (95, 105, (95, 100, 105), (94, 106)),
        (95, None, (95, 1000), (94,)),
        (None, 105, (0, 105), (106,)),
        (None, None, (0, 1000), ()),
    ],
)
def test_a_range_holds_its_ends(
    low: int | None, high: int | None, inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    ends = [None if one is None else Money(one, "CNY") for one in (low, high)]
    found = PriceRange(*ends)
    assert all(Money(one, "CNY") in found for one in inside)
    assert not any(Money(one, "CNY") in found for one in outside)
    assert not found.empty


def test_a_range_is_empty_where_its_ends_cross() -> None:
    assert PriceRange(Money(2, "CNY"), Money(1, "CNY")).empty
    assert not PriceRange(Money(1, "CNY"), Money(1, "CNY")).empty


def test_a_policy_without_a_tier_is_refused() -> None:
    with pytest.raises(PolicyError, match="has no tier; pass at least one TierPrice"):
        PricePolicy(tiers=(), rounding=Rounding.HALF_EVEN)
