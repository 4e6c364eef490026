"""Worked cases of the room `tier`: value and rule id, both sides of every boundary."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from kamcore.facts import MoneyField, NumberField, read_facts
from kamcore.presets import group_levels, hundred_points
from kamcore.score import Score
from kamcore.tier import (
    Ladder,
    RankKey,
    Standing,
    TierBands,
    assign_tier,
    grade_book,
)
from kamcore.values import Band, Rounding

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "tier"
GRADED_ON = date(2013, 1, 15)


def rows(table: str) -> list[object]:
    """Return the cases of a table, their names as ids."""
    text = (FOLDER / f"{table}.toml").read_text(encoding="utf-8")
    cases = tomllib.loads(text, parse_float=Decimal)["case"]
    return [pytest.param(case, id=f"{case['source']} {case['name']}") for case in cases]


@pytest.mark.parametrize("row", rows("rules"))
def test_the_tiers_of_group_levels(row: Row) -> None:
    scale = MoneyField("scale", currency="CNY")
    policy = attrs.evolve(group_levels.tiers(scale=scale), missing=row.get("policy", "undecided"))
    given = {
        "scale": row.get("scale"),
        "trade_12m": row.get("trade"),
        "long_term_agreement": row.get("agreement"),
    }
    decision = assign_tier(read_facts(given, policy.fields), policy)
    assert decision.value_or("undecided") == row["expected"]
    assert decision.reasons[0].rule.id == row["rule"]
    assert [fact.name for fact in decision.missing] == row.get("missing", [])


@pytest.mark.parametrize("row", rows("bands"))
def test_the_bands_of_a_composite_score(row: Row) -> None:
    policy = TierBands(
        ladder=Ladder("A", "B", "C"),
        bands=(Band(80, 100, "A"), Band(60, 79, "B"), Band(0, 59, "C")),
        rounding=Rounding(row["rounding"]) if "rounding" in row else None,
    )
    decision = assign_tier(Score(Decimal(row["score"]), Decimal(100), ()), policy)
    assert decision.value == row["expected"]
    assert decision.reasons[0].rule.id == row["rule"]


@pytest.mark.parametrize("row", rows("quotas"))
def test_the_quota_of_hundred_points(row: Row) -> None:
    key = RankKey(NumberField("margin"), row.get("first", "high"))
    quota = attrs.evolve(
        hundred_points.quota(
            tie=row.get("tie", "share_better"),
            population=None,
            keys=(key,) if "keys" in row else (),
        ),
        remainder_tie=row.get("remainder_tie", "better"),
    )
    book = [standing(row, number, points) for number, points in enumerate(row["points"])]
    grading = grade_book(book, quota, graded_on=GRADED_ON)
    asked = book or [Standing("outsider", Score(Decimal(90), Decimal(100), ()), ())]
    decisions = [assign_tier(one, grading.cuts) for one in asked]
    assert [line.by_share for line in grading.lines] == row["sizes"]
    assert [one.value for one in decisions if one.decided] == row["expected"]
    assert {one.reasons[0].rule.id for one in decisions} == {row["rule"]}
    if "account" in row:
        found = [reason.rule.id for reason in grading[row["account"]].reasons]
        assert found[: len(row["rules"])] == row["rules"]


def standing(row: Row, number: int, points: int) -> Standing:
    """Return the standing of the account a1, a2, ..."""
    score = Score(Decimal(points), Decimal(100), ())
    keys = tuple(None if key == "missing" else key for key in row.get("keys", [])[number:][:1])
    return Standing(f"a{number + 1}", score, keys)
