"""The four kinds of scorecard item: points on both sides of every boundary, and what is refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from kamcore.errors import (
    CurrencyMismatch,
    DuplicateName,
    FloatRefused,
    InexactValue,
    InputError,
    KamcoreError,
    PolicyError,
    UnknownName,
)
from kamcore.facts import (
    Choice,
    ChoiceField,
    DateField,
    Field,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    TextField,
    TreeField,
)
from kamcore.score import BandItem, CategoryItem, EnteredItem, Item, PerUnitItem
from kamcore.values import Band, Label, Money, Ratio, Steps

sales = MoneyField("sales", currency="CNY", en="sales volume", zh="销售规模")
yen = MoneyField("yen", currency="JPY")
orders = NumberField("orders", unit=Label("orders", "单"))
weight = NumberField("weight", decimals=1)
share = RatioField("share")
since = DateField("since")
sector = ChoiceField("sector", options=(Choice("power", zh="电力"), "cable", "home"))
judged = NumberField("judged")
finely = NumberField("finely", decimals=1)


def bands(
    fact: Field, *steps: tuple[int | Decimal | Money | Ratio, int | Decimal], edge: str = "left"
) -> BandItem:
    """Return a band item that gives 0 points below its first edge."""
    return BandItem("bands", fact, missing=0, steps=Steps.rising(0, *steps, edge=edge))  # type: ignore[arg-type]


# --- bands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "wire", "points"),
    [
        pytest.param(bands(sales, (100, 10), (500, 30)), 9_999, 0, id="one fen below"),
        pytest.param(bands(sales, (100, 10), (500, 30)), 10_000, 10, id="at the edge"),
        pytest.param(bands(sales, (100, 10), (500, 30)), 10_001, 10, id="one fen above"),
        pytest.param(bands(sales, (100, 10), (500, 30)), 49_999, 10, id="one fen below the next"),
        pytest.param(bands(sales, (100, 10), (500, 30)), 50_000, 30, id="at the next"),
        pytest.param(bands(sales, (100, 10), (500, 30)), -1, 0, id="below 0"),
        pytest.param(
            bands(sales, (100, 10), (500, 30), edge="right"), 9_999, 0, id="right: one fen below"
        ),
        pytest.param(
            bands(sales, (100, 10), (500, 30), edge="right"), 10_000, 0, id="right: at the edge"
        ),
        pytest.param(
            bands(sales, (100, 10), (500, 30), edge="right"), 10_001, 10, id="right: one fen above"
        ),
        pytest.param(
            bands(sales, (100, 10), (500, 30), edge="right"), 50_000, 10, id="right: at the next"
        ),
        pytest.param(
            bands(sales, (100, 10), (500, 30), edge="right"), 50_001, 30, id="right: above the next"
        ),
        pytest.param(bands(sales, (Money(100, "CNY"), 10)), 9_999, 0, id="money: one fen below"),
        pytest.param(bands(sales, (Money(100, "CNY"), 10)), 10_000, 10, id="money: at the edge"),
        pytest.param(bands(yen, (100, 10)), 99, 0, id="one yen below"),
        pytest.param(bands(yen, (100, 10)), 100, 10, id="at the edge in yen"),
        pytest.param(bands(weight, (Decimal("2.5"), 10)), 24, 0, id="measure below"),
        pytest.param(bands(weight, (Decimal("2.5"), 10)), 25, 10, id="measure at the edge"),
        pytest.param(bands(share, (Ratio.percent(5), 10)), 499, 0, id="ratio below"),
        pytest.param(bands(share, (Ratio.percent(5), 10)), 500, 10, id="ratio at the edge"),
        pytest.param(
            bands(share, (Decimal("0.05"), 10), edge="right"), 500, 0, id="ratio up to the edge"
        ),
        pytest.param(
            bands(share, (Decimal("0.05"), 10), edge="right"), 501, 10, id="ratio above the edge"
        ),
        pytest.param(bands(orders, (3, 5), (4, 2)), 4, 2, id="points may fall"),
        pytest.param(
            BandItem("flat", since, missing=0, steps=Steps.rising(7)), 1, 7, id="one band for all"
        ),
    ],
)
def test_the_points_of_a_band(item: BandItem, wire: int, points: int) -> None:
    assert item.points(wire, 0) == points
    assert item.points(wire, 2) == points * 100


PUBLISHED = BandItem(
    "published",
    orders,
    missing=0,
    steps=Steps.published([Band(0, 59, 0), Band(60, 79, 5), Band(80, 100, 10)]),
)


@pytest.mark.parametrize(
    ("wire", "points"),
    [(0, 0), (59, 0), (60, 5), (79, 5), (80, 10), (100, 10)],
)
def test_published_bands_include_both_ends(wire: int, points: int) -> None:
    assert PUBLISHED.points(wire, 0) == points


@pytest.mark.parametrize(
    ("wire", "shown"), [(-1, "-1 orders"), (101, "101 orders"), (1000, "1,000 orders")]
)
def test_a_fact_outside_published_bands_is_refused(wire: int, shown: str) -> None:
    with pytest.raises(InputError) as caught:
        PUBLISHED.points(wire, 0)
    assert str(caught.value) == (
        f"item 'published': {shown} lies outside 0 to 100; check the fact or widen the bands"
    )


@pytest.mark.parametrize(
    ("steps", "inside", "outside"),
    [
        pytest.param(Steps(values=(1, 2), edges=(50,), low=10), (1_000, 9_999_999), 999, id="low"),
        pytest.param(Steps(values=(1, 2), edges=(50,), high=90), (-1, 9_000), 9_001, id="high"),
        pytest.param(
            Steps(values=(1, 2), edges=(Money(50, "CNY"),), low=Money(10, "CNY")),
            (1_000, 5_000),
            999,
            id="money",
        ),
    ],
)
def test_bands_may_end_on_one_side_only(
    steps: Steps[int], inside: tuple[int, int], outside: int
) -> None:
    item = BandItem("x", sales, missing=0, steps=steps)
    assert [item.points(wire, 0) for wire in inside] == [1, 2]
    with pytest.raises(InputError, match=r"^item 'x': CNY .* lies outside"):
        item.points(outside, 0)


@pytest.mark.parametrize(
    ("item", "wire", "en", "zh"),
    [
        pytest.param(bands(sales, (100, 10)), 0, "below CNY 100.00", "低于 100.00 元", id="first"),
        pytest.param(
            bands(sales, (100, 10)), 10_000, "CNY 100.00 or more", "100.00 元及以上", id="last"
        ),
        pytest.param(
            bands(orders, (3, 5), (10, 9)),
            3,
            "from 3 orders to below 10 orders",
            "3 单（含）至 10 单（不含）",
            id="middle",
        ),
        pytest.param(
            bands(share, (Ratio.percent(5), 1), (Ratio.percent(10), 2), edge="right"),
            500,
            "up to and including 5%",
            "不超过 5%",
            id="right: first",
        ),
        pytest.param(
            bands(share, (Ratio.percent(5), 1), (Ratio.percent(10), 2), edge="right"),
            501,
            "above 5%, up to and including 10%",
            "5%（不含）至 10%（含）",
            id="right: middle",
        ),
        pytest.param(
            bands(share, (Ratio.percent(5), 1), edge="right"),
            501,
            "above 5%",
            "高于 5%",
            id="right: last",
        ),
        pytest.param(
            BandItem("flat", since, missing=0, steps=Steps.rising(7)),
            1,
            "any value",
            "任意值",
            id="one",
        ),
    ],
)
def test_a_band_in_words(item: BandItem, wire: int, en: str, zh: str) -> None:
    assert item.outcome(wire) == Label(en, zh)


# --- categories ---------------------------------------------------------------------------


class Sector(StrEnum):
    """A user's own enumeration."""

    POWER = "power"
    CABLE = "cable"
    HOME = "home"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((("power", 20), ("cable", Decimal("7.5")), ("home", -5)), id="pairs"),
        pytest.param({"home": -5, "power": 20, "cable": Decimal("7.5")}, id="mapping"),
        pytest.param({Sector.POWER: 20, Sector.CABLE: Decimal("7.5"), Sector.HOME: -5}, id="enum"),
    ],
)
def test_the_points_of_an_option(options: dict[str, int | Decimal]) -> None:
    item = CategoryItem("sector", sector, missing=0, options=options)
    assert [item.points(name, 1) for name in sector.names] == [200, 75, -50]
    assert item.maximum == 20
    assert set(item.grades) == {20, Decimal("7.5"), -5}
    assert {type(name) for name, _ in item.options} == {str}


def test_an_option_in_words() -> None:
    item = CategoryItem("sector", sector, missing=0, options={"power": 2, "cable": 1, "home": 0})
    assert item.outcome("power") == Label("power", "电力")


# --- per unit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "wire", "points"),
    [
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=6), 0, 0, id="none"),
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=6), 1, 2, id="one"),
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=6), 3, 6, id="at the cap"),
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=6), 4, 6, id="above the cap"),
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=5), 3, 5, id="cap between"),
        pytest.param(PerUnitItem("x", orders, missing=0, each=2, cap=6), -3, 0, id="below 0"),
        pytest.param(
            PerUnitItem("x", sales, missing=0, each=5, per=10_000, cap=20),
            999_999,
            0,
            id="one fen below a unit",
        ),
        pytest.param(
            PerUnitItem("x", sales, missing=0, each=5, per=10_000, cap=20),
            1_000_000,
            5,
            id="one full unit",
        ),
        pytest.param(
            PerUnitItem("x", sales, missing=0, each=5, per=10_000, cap=20),
            1_999_999,
            5,
            id="one fen below two units",
        ),
        pytest.param(
            PerUnitItem("x", weight, missing=0, each=1, per=Decimal("0.5"), cap=9),
            24,
            4,
            id="units of half a tonne",
        ),
    ],
)
def test_the_points_of_full_units(item: PerUnitItem, wire: int, points: int) -> None:
    assert item.points(wire, 0) == points
    assert item.points(wire, 1) == points * 10


def test_points_per_unit_may_have_decimals() -> None:
    item = PerUnitItem("x", orders, missing=0, each=Decimal("0.5"), cap=Decimal("1.5"))
    assert [item.points(wire, 1) for wire in (0, 1, 2, 3, 4)] == [0, 5, 10, 15, 15]
    assert item.maximum == Decimal("1.5")
    assert item.grades == (Decimal("0.5"), Decimal("1.5"))


def test_full_units_in_words() -> None:
    item = PerUnitItem("x", sales, missing=0, each=Decimal("2.5"), per=10_000, cap=20)
    assert item.outcome(2_999_999) == Label(
        "for every full CNY 10,000.00: 2.5, at most 20",
        "每满 10,000.00 元计 2.5 分，最多 20 分",
    )


# --- entered ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "wire", "decimals", "points"),
    [
        pytest.param(EnteredItem("x", judged, missing=0, most=10), 0, 0, 0, id="0"),
        pytest.param(EnteredItem("x", judged, missing=0, most=10), 10, 0, 10, id="the most"),
        pytest.param(EnteredItem("x", judged, missing=0, most=1), 1, 0, 1, id="the least most"),
        pytest.param(EnteredItem("x", judged, missing=0, most=10), 7, 2, 700, id="a finer card"),
        pytest.param(EnteredItem("x", finely, missing=0, most=10), 95, 1, 95, id="decimals"),
        pytest.param(EnteredItem("x", finely, missing=0, most=10), 95, 2, 950, id="finer still"),
    ],
)
def test_entered_points_count_as_they_are(
    item: EnteredItem, wire: int, decimals: int, points: int
) -> None:
    assert item.points(wire, decimals) == points


@pytest.mark.parametrize(
    ("fact", "most", "wire", "shown"),
    [
        (judged, 10, -1, "-1"),
        (judged, 10, 11, "11"),
        (finely, Decimal("7.5"), 76, "7.6"),
        (finely, Decimal("7.5"), -1, "-0.1"),
    ],
)
def test_entered_points_outside_are_refused(
    fact: NumberField, most: int | Decimal, wire: int, shown: str
) -> None:
    with pytest.raises(InputError) as caught:
        EnteredItem("standing", fact, missing=0, most=most).points(wire, 1)
    assert str(caught.value) == (f"item 'standing': {shown} points are entered; enter 0 to {most}")


def test_entered_points_in_words() -> None:
    item = EnteredItem("x", finely, missing=0, most=10)
    assert item.outcome(5) == Label("entered by judgement", "人工评定")
    assert item.maximum == 10
    assert item.grades == (10, Decimal("0.1"))


# --- all kinds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "label"),
    [
        pytest.param(bands(sales, (1, 2)), Label("sales volume", "销售规模"), id="of the fact"),
        pytest.param(
            PerUnitItem("x", sales, missing=0, each=1, cap=1, en="volume", zh="规模"),
            Label("volume", "规模"),
            id="own",
        ),
        pytest.param(
            PerUnitItem("x", sales, missing=0, each=1, cap=1, zh="规模"),
            Label("sales volume", "规模"),
            id="own Chinese",
        ),
    ],
)
def test_the_words_of_an_item_fall_back_on_those_of_its_fact(item: Item, label: Label) -> None:
    assert item.label == label


def test_an_item_says_by_which_fact_it_is_measured_where_the_words_differ() -> None:
    own = PerUnitItem("x", sales, missing=0, each=1, cap=1, en="size", zh="规模")
    assert own.measure == Label("size (sales volume)", "规模（销售规模）")
    assert bands(sales, (1, 2)).measure == sales.label


@pytest.mark.parametrize(
    ("missing", "kind", "message"),
    [
        pytest.param(
            "skip",
            PolicyError,
            "missing='skip' is no rule; pass points, 'undecided' or 'left_out'",
            id="another word",
        ),
        pytest.param(
            1.5,
            FloatRefused,
            'PerUnitItem.missing is the float 1.5; pass an int or Decimal("1.5")',
            id="float",
        ),
        pytest.param(
            None,
            FloatRefused,
            "PerUnitItem.missing is the NoneType None; pass an int or a finite Decimal",
            id="None",
        ),
    ],
)
def test_what_a_missing_fact_means_is_a_number_or_one_of_two_words(
    missing: int, kind: type[KamcoreError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        PerUnitItem("x", orders, missing=missing, each=1, cap=1)
    assert str(caught.value) == message


def test_what_a_missing_fact_means_must_be_said() -> None:
    with pytest.raises(TypeError, match="missing"):
        PerUnitItem("x", orders, each=1, cap=1)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        pytest.param(
            lambda: bands(sector, (1, 1)),
            PolicyError,
            "item 'bands': 'sector' has no order; use a CategoryItem",
            id="bands of a choice",
        ),
        pytest.param(
            lambda: bands(sales, (Money(1, "USD"), 1)),
            CurrencyMismatch,
            "CNY meets USD; convert one of them first",
            id="bands in another currency",
        ),
        pytest.param(
            lambda: bands(orders, (Decimal("1.5"), 1)),
            InexactValue,
            "number 1.5 is finer than whole units; round it and name the rounding",
            id="an edge that the fact cannot have",
        ),
        pytest.param(
            lambda: BandItem("x", orders, missing=0, steps=Steps(values=(1,), high=Decimal("9.5"))),
            InexactValue,
            "number 9.5 is finer than whole units; round it and name the rounding",
            id="an end that the fact cannot have",
        ),
        pytest.param(
            lambda: bands(orders, (1, 0.5)),  # type: ignore[arg-type]
            FloatRefused,
            "points of item 'bands' is the float 0.5; pass an int or Decimal(\"0.5\")",
            id="float points of a band",
        ),
        pytest.param(
            lambda: BandItem("x", orders, missing=0, steps=((1, 2),)),  # type: ignore[arg-type]
            PolicyError,
            "BandItem.steps is ((1, 2),); pass Steps",
            id="pairs for steps",
        ),
        pytest.param(
            lambda: CategoryItem("x", orders, missing=0, options=()),
            PolicyError,
            "item 'x': 'orders' is not a choice; use a BandItem",
            id="options of a number",
        ),
        pytest.param(
            lambda: CategoryItem(
                "x", TreeField("region", nodes=(Node("a"),)), missing=0, options={"a": 1}
            ),
            PolicyError,
            "item 'x': 'region' is not a choice; use a BandItem",
            id="options of a tree",
        ),
        pytest.param(
            lambda: CategoryItem("x", sector, missing=0, options={"power": 1, "cabel": 2}),
            UnknownName,
            "unknown sector 'cabel'; did you mean 'cable'?",
            id="misspelt option",
        ),
        pytest.param(
            lambda: CategoryItem("x", sector, missing=0, options={"power": 1}),
            PolicyError,
            "item 'x' gives no points for 'cable', 'home'; add them",
            id="an option without points",
        ),
        pytest.param(
            lambda: CategoryItem(
                "x", sector, missing=0, options=(("power", 1), ("cable", 2), ("power", 3))
            ),
            DuplicateName,
            "option 'power' appears twice; rename or remove one",
            id="repeated option",
        ),
        pytest.param(
            lambda: CategoryItem(
                "x", sector, missing=0, options={"power": True, "cable": 2, "home": 3}
            ),
            FloatRefused,
            "points of item 'x' is the bool True; pass an int or a finite Decimal",
            id="bool points of an option",
        ),
        pytest.param(
            lambda: PerUnitItem("x", share, missing=0, each=1, cap=1),
            PolicyError,
            "item 'x': 'share' cannot be counted in units; use a BandItem",
            id="units of a ratio",
        ),
        pytest.param(
            lambda: PerUnitItem("x", orders, missing=0, each=1, per=0, cap=1),
            PolicyError,
            "item 'x': each, per and cap are 1, 0, 1; let all be above 0",
            id="per 0",
        ),
        pytest.param(
            lambda: PerUnitItem("x", orders, missing=0, each=0, cap=1),
            PolicyError,
            "item 'x': each, per and cap are 0, 1, 1; let all be above 0",
            id="each 0",
        ),
        pytest.param(
            lambda: PerUnitItem("x", orders, missing=0, each=1, cap=-1),
            PolicyError,
            "item 'x': each, per and cap are 1, 1, -1; let all be above 0",
            id="cap below 0",
        ),
        pytest.param(
            lambda: PerUnitItem("x", orders, missing=0, each=1, cap=0),
            PolicyError,
            "item 'x': each, per and cap are 1, 1, 0; let all be above 0",
            id="cap 0",
        ),
        pytest.param(
            lambda: PerUnitItem("x", orders, missing=0, each=0.5, cap=1),  # type: ignore[arg-type]
            FloatRefused,
            'number is the float 0.5; pass an int or Decimal("0.5")',
            id="float points for each",
        ),
        pytest.param(
            lambda: EnteredItem("x", sales, missing=0, most=10),
            PolicyError,
            "item 'x': entered points are a number; 'sales' is not a NumberField",
            id="entered money",
        ),
        pytest.param(
            lambda: EnteredItem("x", judged, missing=0, most=0),
            PolicyError,
            "item 'x': most is 0; let it be above 0",
            id="most 0",
        ),
        pytest.param(
            lambda: EnteredItem("x", judged, missing=0, most=Decimal("7.5")),
            InexactValue,
            "number 7.5 is finer than whole units; round it and name the rounding",
            id="most finer than the fact",
        ),
        pytest.param(
            lambda: PerUnitItem("", orders, missing=0, each=1, cap=1),
            PolicyError,
            "PerUnitItem.name is ''; pass a name",
            id="no name",
        ),
        pytest.param(
            lambda: PerUnitItem("x", "orders", missing=0, each=1, cap=1),  # type: ignore[arg-type]
            PolicyError,
            "PerUnitItem.fact is 'orders'; pass Field",
            id="a name for a fact",
        ),
    ],
)
def test_an_item_refuses(build: Callable[[], Item], kind: type[KamcoreError], message: str) -> None:
    with pytest.raises(kind) as caught:
        build()
    assert str(caught.value) == message


@pytest.mark.parametrize("fact", [FlagField("flag"), TextField("text")], ids=["flag", "text"])
def test_no_kind_of_item_takes_a_flag_or_a_text(fact: Field) -> None:
    for build in (
        lambda: bands(fact, (1, 1)),
        lambda: CategoryItem("x", fact, missing=0, options=()),
        lambda: PerUnitItem("x", fact, missing=0, each=1, cap=1),
        lambda: EnteredItem("x", fact, missing=0, most=1),
    ):
        with pytest.raises(PolicyError, match=f"'{fact.name}'"):
            build()


def test_an_edge_on_a_date_is_a_date() -> None:
    item = BandItem("history", since, missing=0, steps=Steps.rising(10, (date(2020, 1, 1), 5)))
    first = date(2020, 1, 1).toordinal()
    assert [item.points(wire, 0) for wire in (first - 1, first, first + 1)] == [10, 5, 5]
    assert "2020-01-01" in item.outcome(first).en
    assert "2020年1月1日" in item.outcome(first).zh
