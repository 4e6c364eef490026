"""What an adjustment and a stack may say; every fault shows when it is built."""

from datetime import date
from decimal import Decimal

import pytest

from kamcore.errors import DuplicateName, FloatRefused, InexactValue, PolicyError, UnknownName
from kamcore.facts import Choice, ChoiceField, Combinable, FlagField, NumberField
from kamcore.price import Adjustment, FreeUnits, Gives, Stack, StackKind
from kamcore.values import Days, Money, Ratio, Steps, UnitPrice

percent = Ratio.percent
NEW = FlagField("new")
SIZE = NumberField("size")
SECTOR = ChoiceField("sector", options=(Choice("power"), Choice("cable")))
JANUARY = Days.through(date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = Days.through(date(2026, 2, 1), date(2026, 2, 28))
LATE = Days.through(date(2026, 1, 31), date(2026, 3, 31))


def cny(amount: int | Decimal) -> Money:
    """Return money."""
    return Money(amount, "CNY")


# --- free units -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bought", "free", "shares"),
    [
        (1, 1, {1: (0, 1), 2: (-1, 2), 3: (-1, 3), 4: (-1, 2)}),
        (10, 1, {9: (0, 1), 10: (0, 1), 11: (-1, 11), 21: (-1, 21), 22: (-1, 11)}),
        (2, 2, {2: (0, 1), 3: (-1, 3), 4: (-1, 2), 5: (-2, 5), 6: (-1, 3), 7: (-3, 7)}),
    ],
    ids=["S2-6c, one for one", "one for ten", "two for two"],
)
def test_free_units_are_a_share_of_all_units(
    bought: int, free: int, shares: dict[int, tuple[int, int]]
) -> None:
    found = {quantity: FreeUnits(bought, free).share(quantity) for quantity in shares}
    assert found == {quantity: Ratio(*share) for quantity, share in shares.items()}


@pytest.mark.parametrize(("bought", "free"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_a_block_without_a_paid_or_a_free_unit_is_refused(bought: int, free: int) -> None:
    with pytest.raises(PolicyError) as fault:
        FreeUnits(bought, free)
    assert str(fault.value) == (
        f"{free} free units for {bought} bought; pass whole numbers above 0"
    )


def test_a_number_of_units_is_whole() -> None:
    with pytest.raises(FloatRefused, match="units bought"):
        FreeUnits(1.0, 1)  # type: ignore[arg-type]
    with pytest.raises(FloatRefused, match="free units"):
        FreeUnits(1, True)
    with pytest.raises(InexactValue, match="units bought"):
        FreeUnits(Decimal("1.5"), 1)  # type: ignore[arg-type]


# --- adjustments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gives", [percent(-100), percent(12), UnitPrice(-1, "CNY"), cny(-300), FreeUnits(10, 1)]
)
def test_an_adjustment_gives_one_thing_or_steps_of_it(gives: Gives) -> None:
    assert Adjustment("one", gives).all_gives() == (gives,)
    steps = Steps.rising(Ratio(0), (10, gives))
    assert Adjustment("one", steps, by="quantity").all_gives() == (Ratio(0), gives)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gives": -2}, "Adjustment.gives is -2; pass Ratio or UnitPrice or Money or FreeUnits"),
        ({"gives": Decimal("-0.02")}, "Adjustment.gives is Decimal('-0.02'); pass Ratio"),
        ({"name": " "}, "Adjustment.name is ' '; pass a name"),
        ({"by": "weight"}, "Adjustment.by 'weight' is no named convention; "),
        ({"days": "2026"}, "Adjustment.days is '2026'; pass Days"),
        ({"basis": "brutto"}, "Adjustment.basis 'brutto' is no named convention; "),
        ({"off_invoice": 1}, "Adjustment.off_invoice is 1; pass bool"),
        ({"optional": "yes"}, "Adjustment.optional is 'yes'; pass bool"),
        ({"source": "P08"}, "Adjustment.source is 'P08'; pass Source"),
        ({"when": True}, "True is not a condition; "),
        (
            {"by": "quantity"},
            (
                "adjustment 'one' has by='quantity' and gives Ratio(numerator=-1, denominator=50); "
                "Steps go by 'quantity' or 'amount', a single value by none"
            ),
        ),
        (
            {"gives": Steps.rising(Ratio(0), (10, percent(-2)))},
            "adjustment 'one' has by=None and gives Steps(",
        ),
        (
            {"gives": Steps.rising(Ratio(0), (10, percent(-2))), "by": "amount"},
            "adjustment 'one' goes by amount and has the edges 10; pass Money",
        ),
        (
            {"gives": Steps.rising(Ratio(0), (cny(10), percent(-2))), "by": "quantity"},
            (
                "adjustment 'one' goes by quantity and has the edges CNY 10.00; "
                "pass plain numbers of units"
            ),
        ),
        (
            {"gives": Steps.rising(Ratio(0), (date(2026, 1, 1), Ratio(0))), "by": "quantity"},
            (
                "adjustment 'one' goes by quantity and has the edges 2026-01-01; "
                "pass plain numbers of units"
            ),
        ),
        (
            {"gives": Steps.rising(Ratio(0), (10, -2)), "by": "quantity"},
            "adjustment 'one' has a step that gives -2; pass Ratio, UnitPrice, Money or FreeUnits",
        ),
        ({"gives": percent(-101)}, "adjustment 'one' takes 101% off; pass -100% or more"),
        (
            {"gives": Steps.rising(Ratio(0), (10, percent(-101))), "by": "quantity"},
            "adjustment 'one' takes 101% off; pass -100% or more",
        ),
        (
            {"gives": cny(-1), "currency": "USD"},
            "adjustment 'one' is for USD and speaks of CNY -1.00; write both in one currency",
        ),
        (
            {
                "gives": Steps.rising(Ratio(0), (cny(10), percent(-2))),
                "by": "amount",
                "currency": "USD",
            },
            "adjustment 'one' is for USD and speaks of CNY 10.00; write both in one currency",
        ),
    ],
)
def test_a_fault_of_an_adjustment_shows_when_it_is_built(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        Adjustment(**{"name": "one", "gives": percent(-2), **fields})  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


@pytest.mark.parametrize("currency", ["RMB", "YEN", 5])
def test_an_adjustment_names_a_known_currency(currency: object) -> None:
    with pytest.raises(UnknownName, match="unknown currency"):
        Adjustment("one", percent(-2), currency=currency)  # type: ignore[arg-type]


def test_edges_may_be_decimals() -> None:
    steps = Steps.rising(Ratio(0), (Decimal("0.5"), percent(-2)))
    assert Adjustment("one", steps, by="quantity").gives == steps


# --- stacks ---------------------------------------------------------------------------------


def test_an_empty_stack_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        Stack("add", ())
    assert str(fault.value) == "a stack has no adjustment; pass at least one"


@pytest.mark.parametrize(
    ("how", "group", "message"),
    [
        ("first", (Adjustment("a", percent(-1)),), "Stack.how 'first' is no named convention"),
        ("add", [Adjustment("a", percent(-1))], "Stack.adjustments is "),
        ("add", (percent(-1),), "Stack.adjustments holds "),
    ],
)
def test_every_field_of_a_stack_has_its_type(how: str, group: object, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        Stack(how, group)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName, match="adjustment 'a' appears twice"):
        Stack("add", (Adjustment("a", percent(-1)), Adjustment("a", percent(-2))))


def test_what_is_invoiced_is_not_mixed_with_what_is_not() -> None:
    group = (Adjustment("volume", percent(-1)), Adjustment("early", percent(-2), off_invoice=True))
    with pytest.raises(PolicyError) as fault:
        Stack("compound", group)
    assert str(fault.value) == (
        "a stack mixes what is invoiced with what is not (early); make two stacks"
    )
    assert Stack("compound", group[1:]).off_invoice
    assert not Stack("compound", group[:1]).off_invoice


HALF = FreeUnits(1, 1)


@pytest.mark.parametrize(
    ("gives", "taken"),
    [
        ((percent(-60), percent(-40)), None),
        ((percent(-60), percent(-41)), "101%"),
        ((percent(-60), percent(10), percent(-40)), None),
        ((percent(-50), HALF), None),
        ((percent(-51), HALF), "101%"),
        ((UnitPrice(-100, "CNY"), cny(-100), percent(-100)), None),
    ],
    ids=["all", "more than all", "a raise counts nothing", "free units", "more", "amounts"],
)
def test_shares_that_add_up_to_more_than_all_are_refused(
    gives: tuple[Gives, ...], taken: str | None
) -> None:
    group = tuple(Adjustment(str(number), one) for number, one in enumerate(gives))
    assert Stack("compound", group).how == "compound"
    if taken is None:
        assert Stack("add", group).how == "add"
        return
    with pytest.raises(PolicyError) as fault:
        Stack("add", group)
    assert str(fault.value) == (
        f"the adjustments of a stack take {taken} off together; "
        "make them compound, best or exclusive"
    )


def test_the_deepest_step_counts_where_shares_add_up() -> None:
    steps = Steps.rising(Ratio(0), (10, percent(-60)), (20, percent(-50)))
    group = (Adjustment("a", steps, by="quantity"), Adjustment("b", percent(-41)))
    with pytest.raises(PolicyError, match="take 101% off together"):
        Stack("add", group)


def _two(
    left: Combinable | None, right: Combinable | None, **own: dict[str, object]
) -> tuple[Adjustment, Adjustment]:
    """Return two adjustments with their conditions, and other fields of their own."""
    return (
        Adjustment("a", percent(-1), when=left, **own.get("a", {})),  # type: ignore[arg-type]
        Adjustment("b", percent(-2), when=right, **own.get("b", {})),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("left", "right", "own", "case"),
    [
        (None, None, {}, "every sale"),
        (NEW, None, {}, "new = yes"),
        (None, SIZE > 10, {}, "size = 11"),
        (NEW, SIZE > 10, {}, "new = yes, size = 11"),
        (SIZE > 10, SIZE < 12, {}, "size = 11"),
        (NEW | SECTOR.is_("power"), SECTOR.is_("cable"), {}, "new = yes, sector = cable"),
        (SIZE.is_missing, ~NEW, {}, "size = missing, new = no"),
        (None, None, {"a": {"days": JANUARY}, "b": {"days": LATE}}, "every sale"),
        (None, None, {"a": {"days": JANUARY}}, "every sale"),
        (None, None, {"a": {"currency": "CNY"}, "b": {"currency": "CNY"}}, "every sale"),
        (None, None, {"a": {"currency": "CNY"}}, "every sale"),
    ],
)
def test_two_that_exclude_each_other_and_can_meet_are_refused_with_a_case(
    left: Combinable | None, right: Combinable | None, own: dict[str, dict[str, object]], case: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        Stack("exclusive", _two(left, right, **own))
    assert str(fault.value) == (
        f"'a' and 'b' exclude each other and both apply for {case}; narrow one of them"
    )


@pytest.mark.parametrize(
    ("left", "right", "own"),
    [
        (NEW, ~NEW, {}),
        (SIZE > 10, SIZE <= 10, {}),
        (SECTOR.is_("power"), SECTOR.is_("cable"), {}),
        (SIZE.is_missing, SIZE > 10, {}),
        (NEW & (SIZE > 10), ~NEW | (SIZE < 10), {}),
        ((SIZE > 10) & (SIZE < 5), None, {}),
        (None, None, {"a": {"days": JANUARY}, "b": {"days": FEBRUARY}}),
        (None, None, {"a": {"currency": "CNY"}, "b": {"currency": "USD"}}),
    ],
)
def test_two_that_never_meet_exclude_each_other(
    left: Combinable | None, right: Combinable | None, own: dict[str, dict[str, object]]
) -> None:
    group = _two(left, right, **own)
    assert Stack("exclusive", group).adjustments == group


@pytest.mark.parametrize("how", ["add", "compound", "best"])
def test_other_stacks_let_adjustments_meet(how: StackKind) -> None:
    assert Stack(how, _two(NEW, NEW)).how == how


def test_many_facts_are_compared_field_by_field() -> None:
    numbers = [NumberField(f"n{number}") for number in range(40)]
    every = [one > 1 for one in numbers]
    left, right = every[0], ~every[0]
    for one in every[1:]:
        left, right = left & one, right & one
    assert Stack("exclusive", _two(left, right)).how == "exclusive"
