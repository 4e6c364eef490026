"""Worked cases of the room `price`: value and rule id, both sides of every boundary."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamcore.presets import hundred_points
from kamcore.price import PricePolicy, Sale, find_price_range, quote_price
from kamcore.values import Label, Money, Ratio, Rounding, Seat, UnitPrice

Row = dict[str, Any]
TABLE = Path(__file__).parent / "price" / "hundred_points.toml"
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))


def rows(kind: str) -> list[object]:
    """Return the cases of a kind, their names as ids."""
    cases = tomllib.loads(TABLE.read_text(encoding="utf-8"), parse_float=Decimal)[kind]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


def policy(row: Row) -> PricePolicy:
    """Return S3-P08-4 with the row's rounding."""
    rounding = Rounding(row.get("rounding", "half_away_from_zero"))
    return hundred_points.price(approver=MANAGER, rounding=rounding)


def price(row: Row, name: str) -> Money | UnitPrice | None:
    """Return a price of the row, None where it states none."""
    if name not in row:
        return None
    currency = row.get("currency", "CNY")
    if "decimals" in row:
        return UnitPrice(row[name], currency, row["decimals"])
    return Money(row[name], currency)


@pytest.mark.parametrize("row", rows("range"))
def test_the_price_range_of_hundred_points(row: Row) -> None:
    control = price(row, "control")
    assert control is not None
    decision = find_price_range(row["tier"], policy(row), control=control)
    assert (decision.value.low, decision.value.high) == (price(row, "low"), price(row, "high"))
    assert decision.reasons[0].rule.id == row["rule"]
    assert decision.reasons[0].source is not None
    assert decision.reasons[0].source.id == row["source"]


@pytest.mark.parametrize("row", rows("check"))
def test_a_price_asked_under_hundred_points(row: Row) -> None:
    control, asked = price(row, "control"), price(row, "asked")
    assert control is not None
    assert asked is not None
    sale = Sale(row["tier"], control, price=asked)
    decision = quote_price(sale, policy(row))
    assert decision.value.outcome == row["expected"]
    assert decision.value.unit == sale.price
    assert decision.reasons[0].rule.id == row["rule"]
    assert row["source"] in {reason.source.id for reason in decision.reasons if reason.source}


@pytest.mark.parametrize("row", rows("discount"))
def test_a_discount_asked_under_hundred_points(row: Row) -> None:
    control = price(row, "control")
    assert control is not None
    sale = Sale(row["tier"], control, discount=Ratio.percent(row["percent"]))
    decision = quote_price(sale, policy(row))
    quote = decision.value
    assert (quote.outcome, quote.unit) == (row["expected"], price(row, "unit"))
    assert quote.would_pass == price(row, "would_pass")
    assert decision.reasons[0].rule.id == row["rule"]
    assert row["source"] in {reason.source.id for reason in decision.reasons if reason.source}
