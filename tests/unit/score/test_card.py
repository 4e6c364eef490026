"""Scorecards: the maximum, the grain of the points, and the plain formula over the items."""

import pickle
from collections.abc import Callable
from decimal import Decimal, localcontext

import pytest

from kamcore.errors import (
    DuplicateName,
    FloatRefused,
    InputError,
    KamcoreError,
    PolicyError,
    Undecided,
)
from kamcore.facts import ChoiceField, Facts, Fields, MoneyField, NumberField, Wire
from kamcore.score import (
    BandItem,
    CategoryItem,
    EnteredItem,
    Item,
    Missing,
    PerUnitItem,
    Scorecard,
    points,
    score_account,
)
from kamcore.values import Band, Label, Rounding, Source, Steps

sales = MoneyField("sales", currency="CNY")
orders = NumberField("orders")
standing = NumberField("standing", decimals=1)
sector = ChoiceField("sector", options=("power", "cable"))


def band_item(missing: Missing = 0) -> BandItem:
    """Return 0, 10 and 40 points from 0, 100 and 500 yuan."""
    return BandItem("sales", sales, missing=missing, steps=Steps.rising(0, (100, 10), (500, 40)))


def choice_item(missing: Missing = 0) -> CategoryItem:
    """Return 30 points for power and 10 for cable."""
    return CategoryItem("sector", sector, missing=missing, options={"power": 30, "cable": 10})


def unit_item(missing: Missing = 0) -> PerUnitItem:
    """Return 5 points for each order, at most 20."""
    return PerUnitItem("orders", orders, missing=missing, each=5, cap=20)


def entered_item(missing: Missing = 0) -> EnteredItem:
    """Return the points entered, at most 10."""
    return EnteredItem("standing", standing, missing=missing, most=10)


def card(
    *items: Item, maximum: int | Decimal = 100, decimals: int = 1, rounding: Rounding | None = None
) -> Scorecard:
    """Return a card of the items."""
    return Scorecard(name="c", items=items, maximum=maximum, decimals=decimals, rounding=rounding)


CARD = card(band_item(), choice_item(), unit_item(), entered_item())


def facts_for(card: Scorecard, **wires: Wire) -> Facts:
    """Return facts of the card's fields; those not named are missing."""
    return Facts("ACME", card.fields, tuple(wires.get(name) for name in card.fields.names))


# --- the formula --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wires", "total"),
    [
        pytest.param(
            {"sales": 50_000, "sector": "power", "orders": 4, "standing": 100}, "100.0", id="all"
        ),
        pytest.param(
            {"sales": 49_999, "sector": "cable", "orders": 3, "standing": 95}, "44.5", id="some"
        ),
        pytest.param(
            {"sales": 9_999, "sector": "cable", "orders": 0, "standing": 0}, "10.0", id="least"
        ),
    ],
)
def test_the_total_is_the_sum_of_the_items(wires: dict[str, Wire], total: str) -> None:
    found = points(CARD, facts_for(CARD, **wires))
    assert str(found) == total
    assert score_account(facts_for(CARD, **wires), CARD).value.total == found


def test_one_band_for_all_values_still_asks_for_its_fact() -> None:
    flat = BandItem("flat", orders, missing="undecided", steps=Steps.rising(100))
    only = card(flat)
    assert points(only, facts_for(only, orders=0)) == 100
    with pytest.raises(Undecided):
        points(only, facts_for(only))


def test_points_have_the_decimals_of_the_card() -> None:
    whole = card(band_item(), maximum=40, decimals=0)
    fine = card(band_item(), maximum=40, decimals=2)
    assert str(points(whole, facts_for(whole, sales=50_000))) == "40"
    assert str(points(fine, facts_for(fine, sales=50_000))) == "40.00"


def test_two_items_may_ask_one_fact() -> None:
    twice = card(band_item(), PerUnitItem("turnover", sales, missing=0, each=1, per=100, cap=60))
    assert twice.fields.names == ("sales",)
    assert points(twice, facts_for(twice, sales=50_000)) == 45


def test_bands_with_ends_are_looked_up_too() -> None:
    published = card(
        BandItem(
            "orders",
            orders,
            missing=0,
            steps=Steps.published([Band(0, 9, 0), Band(10, 99, 100)]),
        )
    )
    totals = [points(published, facts_for(published, orders=wire)) for wire in (0, 9, 10, 99)]
    assert totals == [0, 0, 100, 100]
    with pytest.raises(InputError) as caught:
        points(published, facts_for(published, orders=100))
    assert str(caught.value) == (
        "item 'orders': 100 lies outside 0 to 99; check the fact or widen the bands"
    )


def test_a_book_is_scored_row_by_row_whatever_its_fields_and_their_order() -> None:
    given = {"sales": 50_000, "sector": "cable", "orders": 3, "standing": 95}
    for fields in (CARD.fields, Fields(CARD.fields.items[::-1])):
        book = [
            Facts("", fields, tuple((given | {"orders": number})[name] for name in fields.names))
            for number in (0, 1, 9)
        ]
        assert [points(CARD, facts) for facts in book] == [
            Decimal("59.5"),
            Decimal("64.5"),
            Decimal("79.5"),
        ]
        assert [score_account(facts, CARD).value.items[2].points for facts in book] == [0, 5, 20]


def test_an_item_may_only_cost_points() -> None:
    penalty = BandItem("late", orders, missing=0, steps=Steps.rising(0, (1, -5), (3, -20)))
    with_penalty = card(band_item(), choice_item(), penalty, maximum=70)
    facts = facts_for(with_penalty, sales=50_000, sector="power", orders=3)
    assert points(with_penalty, facts) == 50


# --- missing facts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "wires", "total"),
    [
        pytest.param(
            (band_item(7), choice_item(), unit_item()),
            {"sector": "power", "orders": 4},
            "57.0",
            id="points for bands",
        ),
        pytest.param(
            (band_item(), choice_item(Decimal("2.5")), unit_item()),
            {"sales": 50_000, "orders": 4},
            "62.5",
            id="points for a choice",
        ),
        pytest.param(
            (band_item(), choice_item(), unit_item(-5)),
            {"sales": 50_000, "sector": "power"},
            "65.0",
            id="points below 0",
        ),
        pytest.param((band_item(1), choice_item(2), unit_item(3)), {}, "6.0", id="points for all"),
        pytest.param(
            (band_item("left_out"), choice_item(), unit_item()),
            {"sector": "power", "orders": 1},
            "63.0",
            id="bands left out: 35 of 50",
        ),
        pytest.param(
            (band_item(), choice_item("left_out"), unit_item()),
            {"sales": 50_000, "orders": 1},
            "67.5",
            id="a choice left out: 45 of 60",
        ),
        pytest.param(
            (band_item(), choice_item(), unit_item("left_out")),
            {"sales": 10_000, "sector": "power"},
            "51.4",
            id="units left out: 40 of 70 is 51.43",
        ),
        pytest.param(
            (band_item("left_out"), choice_item("left_out"), unit_item()),
            {"orders": 3},
            "67.5",
            id="two left out: 15 of 20",
        ),
        pytest.param(
            (band_item("left_out"), choice_item(6), unit_item()),
            {"orders": 4},
            "46.8",
            id="one left out, one with points: 26 of 50",
        ),
        pytest.param(
            (band_item("left_out"), choice_item(), unit_item()),
            {"sales": 50_000, "sector": "power", "orders": 4},
            "90.0",
            id="nothing left out",
        ),
    ],
)
def test_what_a_missing_fact_means(
    items: tuple[Item, ...], wires: dict[str, Wire], total: str
) -> None:
    with_rule = card(*items, maximum=90, rounding=Rounding.HALF_AWAY_FROM_ZERO)
    assert str(points(with_rule, facts_for(with_rule, **wires))) == total


@pytest.mark.parametrize(
    ("rounding", "total"),
    [
        (Rounding.CEILING, 53),
        (Rounding.FLOOR, 52),
        (Rounding.HALF_AWAY_FROM_ZERO, 53),
        (Rounding.HALF_TOWARDS_ZERO, 52),
        (Rounding.HALF_EVEN, 52),
        (Rounding.HALF_ODD, 53),
    ],
)
def test_the_scaled_total_is_rounded_as_named(rounding: Rounding, total: int) -> None:
    """42 of 80 points are 52.5 of 100."""
    entered = EnteredItem("entered", NumberField("entered"), missing=0, most=80)
    left = EnteredItem("left", NumberField("left"), missing="left_out", most=20)
    scaled = card(entered, left, decimals=0, rounding=rounding)
    assert points(scaled, facts_for(scaled, entered=42)) == total
    assert points(scaled, facts_for(scaled, entered=40)) == 50


@pytest.mark.parametrize(
    ("items", "names", "why"),
    [
        pytest.param(
            (band_item("undecided"), choice_item(), unit_item()),
            ("sales",),
            "no score: sales is missing; supply the facts or use .value_or(...)",
            id="bands",
        ),
        pytest.param(
            (band_item(), choice_item("undecided"), unit_item()),
            ("sector",),
            "no score: sector is missing; supply the facts or use .value_or(...)",
            id="choice",
        ),
        pytest.param(
            (band_item(), choice_item("left_out"), unit_item("undecided")),
            ("orders",),
            "no score: orders is missing; supply the facts or use .value_or(...)",
            id="units",
        ),
        pytest.param(
            (band_item("left_out"), choice_item("left_out"), unit_item("left_out")),
            ("sales", "sector", "orders"),
            "no score: every item was left out; supply the facts or use .value_or(...)",
            id="every item left out",
        ),
    ],
)
def test_no_total_where_a_missing_fact_leaves_none(
    items: tuple[Item, ...], names: tuple[str, ...], why: str
) -> None:
    open_card = card(*items, maximum=90, rounding=Rounding.FLOOR)
    with pytest.raises(Undecided) as caught:
        points(open_card, facts_for(open_card))
    assert caught.value.missing == names
    assert str(caught.value) == why


# --- what cannot be built -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        pytest.param(
            lambda: card(band_item(), choice_item(), unit_item()),
            PolicyError,
            "card 'c': 40 + 30 + 20 = 90, and not the maximum 100; mend one of them",
            id="maximum too high",
        ),
        pytest.param(
            lambda: card(band_item(), choice_item(), unit_item(), maximum=Decimal("89.5")),
            PolicyError,
            "card 'c': 40 + 30 + 20 = 90, and not the maximum 89.5; mend one of them",
            id="maximum too low",
        ),
        pytest.param(
            card,
            PolicyError,
            "card 'c': no items = 0, and not the maximum 100; mend one of them",
            id="no items",
        ),
        pytest.param(
            lambda: card(maximum=0),
            PolicyError,
            "card 'c': the maximum is 0; let it be above 0",
            id="no items and no points",
        ),
        pytest.param(
            lambda: card(
                BandItem("late", orders, missing=0, steps=Steps.rising(0, (3, -20))), maximum=0
            ),
            PolicyError,
            "card 'c': the maximum is 0; let it be above 0",
            id="nothing but costs",
        ),
        pytest.param(
            lambda: card(BandItem("flat", orders, missing=0, steps=Steps.rising(0))),
            PolicyError,
            "card 'c': 0 = 0, and not the maximum 100; mend one of them",
            id="worth nothing, and not the maximum",
        ),
        pytest.param(
            lambda: card(
                BandItem("flat", orders, missing=0, steps=Steps.rising(0)),
                CategoryItem("sector", sector, missing=0, options={"power": 0, "cable": 0}),
                maximum=0,
            ),
            PolicyError,
            "card 'c': the maximum is 0; let it be above 0",
            id="all items worth nothing",
        ),
        pytest.param(
            lambda: card(band_item(), maximum=40.0),  # type: ignore[arg-type]
            FloatRefused,
            'card\'s maximum is the float 40.0; pass an int or Decimal("40.0")',
            id="float maximum",
        ),
        pytest.param(
            lambda: card(band_item(), band_item(), maximum=80),
            DuplicateName,
            "item 'sales' appears twice; rename or remove one",
            id="repeated name",
        ),
        pytest.param(
            lambda: card(entered_item(), maximum=10, decimals=0),
            PolicyError,
            "item 'standing': 0.1 points are finer than the card's 0 decimals; "
            "raise the card's decimals",
            id="entered points finer than the card",
        ),
        pytest.param(
            lambda: card(
                PerUnitItem("orders", orders, missing=0, each=Decimal("0.25"), cap=10), maximum=10
            ),
            PolicyError,
            "item 'orders': 0.25 points are finer than the card's 1 decimals; "
            "raise the card's decimals",
            id="points for each finer than the card",
        ),
        pytest.param(
            lambda: card(band_item(Decimal("0.05")), maximum=40),
            PolicyError,
            "item 'sales': 0.05 points are finer than the card's 1 decimals; "
            "raise the card's decimals",
            id="points for a missing fact finer than the card",
        ),
        pytest.param(
            lambda: card(
                band_item(),
                BandItem("late", orders, missing=0, steps=Steps.rising(-1, (3, -20))),
                maximum=39,
            ),
            PolicyError,
            "item 'late' gives -1 points at best; let it be 0 or more",
            id="points below 0 at best",
        ),
        pytest.param(
            lambda: card(band_item(41), maximum=40),
            PolicyError,
            "item 'sales': a missing fact earns 41, more than its 40; lower one of them",
            id="more for a missing fact than for the best",
        ),
        pytest.param(
            lambda: card(band_item("left_out"), maximum=40),
            PolicyError,
            "card 'c' leaves items out and scales the rest; name the rounding",
            id="left out without a rounding",
        ),
        pytest.param(
            lambda: card(band_item(), maximum=40, rounding="nearest"),  # type: ignore[arg-type]
            PolicyError,
            "Scorecard.rounding is 'nearest'; pass Rounding",
            id="a text for the rounding",
        ),
        pytest.param(
            lambda: card(band_item(), maximum=40, decimals=-1),
            PolicyError,
            "card 'c': -1 decimals; pass 0 to 12",
            id="decimals below 0",
        ),
        pytest.param(
            lambda: card(band_item(), maximum=40, decimals=13),
            PolicyError,
            "card 'c': 13 decimals; pass 0 to 12",
            id="too many decimals",
        ),
        pytest.param(
            lambda: card(band_item(), maximum=40, decimals=True),
            PolicyError,
            "Scorecard.decimals is True; pass int",
            id="bool for decimals",
        ),
        pytest.param(
            lambda: card("sales"),  # type: ignore[arg-type]
            PolicyError,
            "Scorecard.items holds 'sales'; pass Item",
            id="a name for an item",
        ),
        pytest.param(
            lambda: card(
                band_item(),
                PerUnitItem("rate", NumberField("sales"), missing=0, each=1, cap=60),
            ),
            PolicyError,
            "field 'sales' means both MoneyField(name='sales', zh='', en='', currency='CNY') and "
            "NumberField(name='sales', zh='', en='', decimals=0, unit=None); rename one of them",
            id="one name for two facts",
        ),
        pytest.param(
            lambda: Scorecard(name=" ", items=(band_item(),), maximum=40),
            PolicyError,
            "Scorecard.name is ' '; pass a name",
            id="no name",
        ),
    ],
)
def test_a_card_refuses(
    build: Callable[[], Scorecard], kind: type[KamcoreError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        build()
    assert str(caught.value) == message


def test_the_callers_decimal_context_does_not_round_the_sum_of_the_maxima() -> None:
    halves = [
        PerUnitItem(name, NumberField(name), missing=0, each=1, cap=Decimal(cap))
        for name, cap in (("one", "60.3"), ("two", "40.2"))
    ]
    with localcontext() as ambient:
        ambient.prec = 2
        exact = card(*halves, maximum=Decimal("100.5"))
        assert str(points(exact, facts_for(exact, one=99, two=99))) == "100.5"
        with pytest.raises(PolicyError) as caught:
            card(*halves)
    assert str(caught.value) == (
        "card 'c': 60.3 + 40.2 = 100.5, and not the maximum 100; mend one of them"
    )


@pytest.mark.parametrize("decimals", [0, 12])
def test_a_card_has_up_to_twelve_decimals(decimals: int) -> None:
    fine = card(band_item(), maximum=40, decimals=decimals)
    assert points(fine, facts_for(fine, sales=50_000)) == 40


@pytest.mark.parametrize("maximum", [1, Decimal("0.1")])
def test_a_card_may_be_of_few_points(maximum: int | Decimal) -> None:
    few = card(
        BandItem("sales", sales, missing=0, steps=Steps.rising(0, (1, maximum))), maximum=maximum
    )
    assert points(few, facts_for(few, sales=100)) == maximum


@pytest.mark.parametrize(
    "ask",
    [points, lambda card, facts: score_account(facts, card)],
    ids=["points", "score_account"],
)
def test_facts_that_mean_something_else_are_refused(
    ask: Callable[[Scorecard, Facts], object],
) -> None:
    other = card(
        BandItem(
            "sales",
            MoneyField("sales", currency="USD"),
            missing=0,
            steps=Steps.rising(0, (1, 100)),
        )
    )
    only_sales = card(band_item(), maximum=40)
    with pytest.raises(InputError) as caught:
        ask(only_sales, facts_for(other, sales=100))
    assert str(caught.value) == (
        "field 'sales' was read as MoneyField(name='sales', zh='', en='', currency='USD'); "
        "the policy asks MoneyField(name='sales', zh='', en='', currency='CNY')"
    )


def test_a_card_is_a_value() -> None:
    points(CARD, facts_for(CARD, sales=1))
    copy = pickle.loads(pickle.dumps(CARD))
    assert copy == CARD
    assert hash(copy) == hash(CARD)
    assert copy.fingerprint == CARD.fingerprint
    sourced = Scorecard(
        name="c",
        items=CARD.items,
        decimals=1,
        source=Source("P08-2", Label("rules", "制度")),
    )
    assert sourced.fingerprint != CARD.fingerprint
