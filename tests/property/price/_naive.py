"""Prices once more, in plain fractions: what the laws compare kamcore with, and what they draw."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import NamedTuple

from attrs import evolve
from hypothesis import strategies as st

from kamcore.errors import PolicyError
from kamcore.facts import (
    Choice,
    ChoiceField,
    Combinable,
    Facts,
    Fields,
    FlagField,
    NumberField,
    read_facts,
)
from kamcore.price import (
    Adjustment,
    FreeUnits,
    Gives,
    Price,
    PricePolicy,
    Sale,
    Stack,
    TierPrice,
)
from kamcore.values import Days, Money, Ratio, Rounding, Steps, UnitPrice

NEW = FlagField("new")
SIZE = NumberField("size")
SECTOR = ChoiceField("sector", options=(Choice("power"), Choice("cable"), Choice("steel")))
FIELDS = Fields((NEW, SIZE, SECTOR))
Known = Mapping[str, bool | int | str | None]
SIZES, SECTORS, FLAGS = (9, 10, 11, None), ("power", "cable", "steel", None), (True, False, None)
CONDITIONS: dict[Combinable, Callable[[Known], bool]] = {
    NEW.condition(): lambda known: known["new"] is True,
    ~NEW: lambda known: known["new"] is False,
    SIZE > 10: lambda known: known["size"] is not None and int(known["size"]) > 10,
    SIZE.is_missing: lambda known: known["size"] is None,
    SECTOR.is_("power"): lambda known: known["sector"] == "power",
    ~SECTOR.is_("power"): lambda known: known["sector"] in {"cable", "steel"},
    NEW | (SIZE >= 10): lambda known: (
        known["new"] is True or (known["size"] is not None and int(known["size"]) >= 10)
    ),
    NEW & SECTOR.one_of("cable", "steel"): lambda known: (
        known["new"] is True and known["sector"] in {"cable", "steel"}
    ),
}
PRESENT = [one for one in CONDITIONS if one != SIZE.is_missing]
APART = ((NEW.condition(), ~NEW), (SECTOR.is_("power"), ~SECTOR.is_("power")))
FIRST = date(2026, 1, 1)
CALENDAR = [FIRST + timedelta(days=number) for number in range(6)]
MOST = 14


class Place(NamedTuple):
    """What a sale is to its adjustments."""

    control: Fraction
    quantity: int
    on: date
    known: Known
    currency: str = "CNY"


# --- in fractions ---------------------------------------------------------------------------


def fraction(ratio: Ratio) -> Fraction:
    """Return a ratio as a fraction."""
    return Fraction(ratio.numerator, ratio.denominator)


def rounded(number: Fraction, mode: Rounding) -> int:
    """Round to a whole number, by the words of the modes."""
    low, high = floor(number), ceil(number)
    if low == high:
        return low
    out, into = (high, low) if number > 0 else (low, high)
    even, odd = (low, high) if low % 2 == 0 else (high, low)
    ways = {
        "ceiling": high, "floor": low, "away_from_zero": out, "towards_zero": into,
        "even": even, "odd": odd,
    }  # fmt: skip
    word = mode.value.removeprefix("half_")
    if mode.value.startswith("half_") and number - low != Fraction(1, 2):
        return low if number - low < Fraction(1, 2) else high
    return ways[word]


def applies(one: Adjustment, place: Place) -> bool:
    """Say whether an adjustment applies."""
    return (
        (one.currency is None or one.currency == place.currency)
        and (one.days is None or one.days.start <= place.on < one.days.end)
        and (one.when is None or CONDITIONS[one.when](place.known))
    )


def gives(one: Adjustment, place: Place) -> Gives:
    """Return what an adjustment gives, by its step."""
    steps = one.gives
    if not isinstance(steps, Steps):
        return steps
    at = Fraction(place.quantity) * (1 if one.by == "quantity" else place.control)
    passed = 0
    for edge in steps.edges:
        mark = Fraction(edge.amount if isinstance(edge, Money) else Decimal(str(edge)))
        passed += at >= mark if steps.edge == "left" else at > mark
    return steps.values[passed]


def change(one: Adjustment, base: Fraction, place: Place) -> Fraction:
    """Return the change of the price of a unit."""
    what = gives(one, place)
    if isinstance(what, Ratio):
        return base * fraction(what)
    if isinstance(what, UnitPrice):
        return Fraction(what.amount)
    if isinstance(what, Money):
        return Fraction(what.amount) / place.quantity
    block = what.bought + what.free
    free = sum(number % block >= what.bought for number in range(place.quantity))
    return -base * free / place.quantity


def of_sale(stacks: tuple[Stack, ...], price: Fraction, place: Place) -> bool:
    """Say whether free units, or an amount for the whole sale, change a price."""
    found = False
    for stack in stacks:
        active = [one for one in stack.adjustments if applies(one, place)]
        if stack.how == "best" and active:
            active = [min(active, key=lambda one: change(one, price, place))]
        for one in active:
            whole = isinstance(gives(one, place), Money | FreeUnits)
            found = found or (whole and change(one, price, place) != 0)
        price = after((stack,), price, place)
    return found


def after(
    stacks: tuple[Stack, ...], price: Fraction, place: Place, rounding: Rounding | None = None,
    grain: Fraction = Fraction(1),
) -> Fraction:  # fmt: skip
    """Return a price after stacks; with `rounding` every change is rounded to the grain."""

    def by(one: Adjustment, base: Fraction) -> Fraction:
        exact = change(one, base, place)
        return exact if rounding is None else rounded(exact / grain, rounding) * grain

    for stack in stacks:
        active = [one for one in stack.adjustments if applies(one, place)]
        if stack.how == "add":
            price += sum(by(one, price) for one in active)
        elif stack.how == "best":
            price = min((price + by(one, price) for one in active), default=price)
        else:
            for one in active:
                price += by(one, price)
    return price


def halves(policy: PricePolicy) -> tuple[tuple[Stack, ...], tuple[Stack, ...]]:
    """Return the stacks on the invoice, and those off it."""
    return (
        tuple(stack for stack in policy.stacks if not stack.off_invoice),
        tuple(stack for stack in policy.stacks if stack.off_invoice),
    )


def grain_of(price: Price) -> Fraction:
    """Return the unit in which a price is rounded."""
    units = price.minor if isinstance(price, Money) else price.scaled
    return Fraction(price.amount) / units


def places(
    policy: PricePolicy, control: Fraction, currencies: tuple[str, ...] = ("CNY",)
) -> Iterator[Place]:
    """Return every sale of up to MOST units that the drawn adjustments can tell apart."""
    asked = policy.fields.names
    days = CALENDAR if any(one.days for one in policy.adjustments) else CALENDAR[:1]
    flags, sizes, sectors = (
        kinds if name in asked else kinds[:1]
        for name, kinds in (("new", FLAGS), ("size", SIZES), ("sector", SECTORS))
    )
    for quantity, on, new, size, sector, currency in product(
        range(1, MOST + 1), days, flags, sizes, sectors, currencies
    ):
        known: Known = {"new": new, "size": size, "sector": sector}
        yield Place(control, quantity, on, known, currency)


def facts_of(known: Known) -> Facts:
    """Return facts that are known, those that are None missing."""
    return read_facts({"key": "one", **known}, FIELDS, key="key")


# --- what is drawn --------------------------------------------------------------------------

PERCENT = st.sampled_from([Decimal(number) / 2 for number in (-60, -25, -10, -4, -3, -1, 0, 2, 7)])
SHARES = PERCENT.map(Ratio.percent)
UNIT_PRICES = st.integers(-4000, 1500).map(lambda scaled: UnitPrice.from_scaled(scaled, 3, "CNY"))
AMOUNTS = st.integers(-3000, 1500).map(lambda minor: Money.from_minor(minor, "CNY"))
FREE = st.builds(FreeUnits, st.integers(2, 5), st.integers(1, 2))


def one_gives(*, money: bool) -> st.SearchStrategy[Gives]:
    """Draw what an adjustment gives."""
    kinds: list[st.SearchStrategy[Gives]] = [SHARES, SHARES, FREE]
    return st.one_of(*kinds, *([UNIT_PRICES, AMOUNTS] if money else []))


@st.composite
def adjustments(
    draw: st.DrawFn, name: str, *, off: bool, money: bool, bare: bool, presence: bool
) -> Adjustment:
    """Draw an adjustment; a bare one is a share that always applies."""
    if bare:
        return Adjustment(name, draw(SHARES), off_invoice=off)
    what: Gives | Steps[Gives] = draw(one_gives(money=money))
    by = draw(st.sampled_from((None, None, "quantity", "amount") if money else (None, "quantity")))
    if by is not None:
        marks = sorted(draw(st.sets(st.integers(2, MOST), min_size=1, max_size=2)))
        edges = [Money(mark * 7, "CNY") if by == "amount" else mark for mark in marks]
        steps = [(edge, draw(one_gives(money=money))) for edge in edges]
        what = Steps.rising(what, *steps, edge=draw(st.sampled_from(("left", "right"))))
    days = draw(st.none() | st.sampled_from([(0, 2), (1, 3), (3, 5)]))
    return Adjustment(
        name,
        what,
        by=by,
        when=draw(st.none() | st.sampled_from(list(CONDITIONS if presence else PRESENT))),
        days=None if days is None else Days(CALENDAR[days[0]], CALENDAR[days[1]]),
        currency=draw(st.sampled_from((None, None, "CNY") if money else (None, "CNY", "USD"))),
        off_invoice=off,
    )


@st.composite
def stacks(
    draw: st.DrawFn, *, money: bool = True, bare: bool = False, presence: bool = True
) -> tuple[Stack, ...]:
    """Draw stacks that can stand in a policy."""
    found: list[Stack] = []
    for number, off in enumerate(sorted(draw(st.lists(st.booleans(), max_size=3)))):
        how = draw(st.sampled_from(("add", "compound", "best", "exclusive")))
        size = 1 if bare and how == "exclusive" else draw(st.integers(1, 3))
        group = [
            draw(adjustments(name, off=off, money=money, bare=bare, presence=presence))
            for name in (f"{number}.{at}" for at in range(size))
        ]
        if how == "exclusive" and size > 1:
            both = draw(st.sampled_from(APART))
            group = [evolve(one, when=when) for one, when in zip(group, both, strict=False)]
        try:
            found.append(Stack(how, tuple(group)))
        except PolicyError:  # together they give all away
            found.append(Stack("compound", tuple(group)))
    return tuple(found)


@st.composite
def policies(
    draw: st.DrawFn,
    *,
    money: bool = True,
    bare: bool = False,
    exact: bool = False,
    presence: bool = True,
) -> PricePolicy:
    """Draw a policy of one tier "A"."""
    low, floor_, high = sorted(draw(st.integers(60, 130)) for _ in range(3))
    kind = "exact" if exact else draw(st.sampled_from(("low", "low", "both", "high", "floor")))
    percent = Ratio.percent
    tier = {
        "exact": TierPrice("A", low=percent(high), high=percent(high)),
        "low": TierPrice("A", low=percent(low)),
        "both": TierPrice("A", low=percent(low), high=percent(high + 1)),
        "high": TierPrice("A", high=percent(high)),
        "floor": TierPrice("A", low=percent(floor_), floor=percent(low)),
    }[kind]
    return PricePolicy(
        tiers=(tier,), rounding=draw(st.sampled_from(Rounding)),
        stacks=draw(stacks(money=money, bare=bare, presence=presence)),
    )  # fmt: skip


@st.composite
def controls(draw: st.DrawFn) -> Price:
    """Draw a control price in CNY: money, or a unit price of up to four decimals."""
    units = draw(st.integers(1, 20_000))
    if draw(st.booleans()):
        return Money.from_minor(units, "CNY")
    return UnitPrice.from_scaled(units, draw(st.integers(0, 4)), "CNY")


@st.composite
def sales(
    draw: st.DrawFn, *, ways: tuple[str, ...] = ("none", "discount", "price")
) -> tuple[Sale, Place]:
    """Draw a sale of tier "A" that asks in one of `ways`, and the same in fractions."""
    control = draw(controls())
    known = {
        "new": draw(st.sampled_from(FLAGS)),
        "size": draw(st.sampled_from(SIZES)),
        "sector": draw(st.sampled_from(SECTORS)),
    }
    quantity, on = draw(st.integers(1, MOST)), draw(st.sampled_from(CALENDAR))
    sale = Sale("A", control, quantity=quantity, on=on, facts=facts_of(known))
    way = draw(st.sampled_from(ways))
    if way == "discount":
        sale = evolve(sale, discount=Ratio(draw(st.integers(-500, 600)), 1000))
    if way == "price":
        units = max(1, floor(Fraction(control.amount) / grain_of(control) * draw(NEAR)))
        sale = evolve(sale, price=at_grain(control, units))
    return sale, Place(Fraction(control.amount), quantity, on, known)


NEAR = st.fractions(Fraction(1, 2), Fraction(3, 2), max_denominator=100)


def at_grain(like: Price, units: int) -> Price:
    """Return a price of so many units of another's grain."""
    if isinstance(like, Money):
        return Money.from_minor(units, like.currency)
    return like.with_scaled(units)


def units_of(price: Price) -> int:
    """Return a price in units of its grain."""
    return price.minor if isinstance(price, Money) else price.scaled
