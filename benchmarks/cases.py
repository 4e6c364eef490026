"""What is measured: a card of eight items, tiers by four AND-rules, and 300 random accounts."""

from decimal import Decimal
from random import Random

from kamcore.facts import (
    ChoiceField,
    Facts,
    Fields,
    FlagField,
    MoneyField,
    NumberField,
    RatioField,
    read_facts,
)
from kamcore.presets import hundred_points
from kamcore.score import BandItem, CategoryItem, Item
from kamcore.tier import Ladder, TierRule, TierRules
from kamcore.values import Steps

ACCOUNTS = 300
SEED = 20260301

SALES = MoneyField("sales", currency="CNY")
MARGIN = RatioField("margin")
QUANTITY = NumberField("quantity", decimals=3)
SHARE = RatioField("share")
YEARS = NumberField("years", decimals=1)
REPUTATION = ChoiceField("reputation", options=("prompt", "late", "poor"))
MODE = ChoiceField("mode", options=("agent", "direct", "project"))
STANDING = ChoiceField("standing", options=("leader", "known", "small", "unknown"))


def _steps(*steps: tuple[int | str, int]) -> Steps[int | Decimal]:
    pairs = [(Decimal(edge), number) for edge, number in steps]
    return Steps.rising(0, *pairs)


def _items() -> tuple[Item, ...]:
    undecided = "undecided"
    return (
        BandItem(
            "sales_volume",
            SALES,
            steps=_steps((100_000, 8), (500_000, 14), (1_000_000, 20), (5_000_000, 25)),
            missing=undecided,
        ),
        CategoryItem(
            "payment_reputation",
            REPUTATION,
            options={"prompt": 20, "late": 8, "poor": 0},
            missing=undecided,
        ),
        BandItem(
            "product_margin",
            MARGIN,
            steps=_steps(("0.05", 5), ("0.1", 10), ("0.2", 15)),
            missing=undecided,
        ),
        BandItem(
            "order_quantity", QUANTITY, steps=_steps((10, 3), (100, 6), (1000, 10)), missing=0
        ),
        CategoryItem(
            "sales_mode", MODE, options={"agent": 10, "direct": 6, "project": 3}, missing=undecided
        ),
        BandItem("our_share", SHARE, steps=_steps(("0.2", 4), ("0.5", 10)), missing=undecided),
        BandItem("history", YEARS, steps=_steps((1, 1), (3, 3), (5, 5)), missing=0),
        CategoryItem(
            "standing",
            STANDING,
            options={"leader": 5, "known": 3, "small": 1, "unknown": 0},
            missing=undecided,
        ),
    )


CARD = hundred_points.card(_items())

SCALE = MoneyField("scale", currency="CNY")
TRADE = MoneyField("trade", currency="CNY")
AGREED = FlagField("agreed")
TIERS = TierRules(
    ladder=Ladder("super", "gold", "silver", "bronze", "ordinary"),
    rules=(
        TierRule("super", (SCALE > 1_000_000) & (TRADE > 500_000) & AGREED),
        TierRule("gold", (SCALE > 500_000) & (TRADE > 100_000) & AGREED),
        TierRule("silver", (SCALE > 100_000) & (TRADE > 10_000) & AGREED),
        TierRule("bronze", (SCALE > 20_000) & (TRADE > 1_000) & AGREED),
    ),
    otherwise="ordinary",
)
"""As S3-P14, with a fourth rule below silver."""

DECIMALS = Fields.of(SALES, MARGIN, QUANTITY, SHARE, YEARS, SCALE, TRADE)

Row = dict[str, object]


def _amount(dice: Random, edges: tuple[int, ...]) -> Decimal:
    """Return an amount on an edge, one fen beside it, or anywhere."""
    edge = dice.choice(edges)
    if dice.random() < 0.3:
        return Decimal(edge) + Decimal(dice.choice((-1, 0, 1))).scaleb(-2)
    return Decimal(dice.randrange(1, edge * 300)).scaleb(-2)


def _share(dice: Random) -> Decimal:
    return Decimal(dice.choice((dice.randrange(10_000), 500, 1000, 2000, 5000))).scaleb(-4)


def draw_rows(count: int = ACCOUNTS, seed: int = SEED) -> tuple[Row, ...]:
    """Return random accounts as a database driver gives them: Decimals, texts, bools."""
    dice = Random(seed)  # noqa: S311 - nothing is secret
    return tuple(
        {
            "sales": _amount(dice, (100_000, 500_000, 1_000_000, 5_000_000)),
            "reputation": dice.choice(REPUTATION.names),
            "margin": _share(dice),
            "quantity": Decimal(dice.randrange(2_000_000)).scaleb(-3),
            "mode": dice.choice(MODE.names),
            "share": _share(dice),
            "years": Decimal(dice.randrange(80)).scaleb(-1),
            "standing": dice.choice(STANDING.names),
            "scale": _amount(dice, (20_000, 100_000, 500_000, 1_000_000)),
            "trade": _amount(dice, (1_000, 10_000, 100_000, 500_000)),
            "agreed": dice.random() < 0.9,
        }
        for _ in range(count)
    )


def taken(rows: tuple[Row, ...], fields: Fields) -> tuple[Facts, ...]:
    """Return the rows as facts."""
    return tuple(read_facts(row, fields) for row in rows)


def whole_units(facts: Facts) -> dict[str, object]:
    """Return the facts for a peer that refuses Decimals: every number in its smallest unit."""
    return {name: wire for name, wire in facts.values.items() if wire is not None}
