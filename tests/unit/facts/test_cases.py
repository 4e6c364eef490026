"""The cases that conditions can tell apart, and one in which two of them meet."""

from itertools import product

import pytest

from kamcore.facts import (
    Choice,
    ChoiceField,
    Combinable,
    FlagField,
    MoneyField,
    NumberField,
    TextField,
)
from kamcore.facts._cases import cases, count_cases, meeting
from kamcore.facts._conditions import Condition

NEW = FlagField("new")
SIZE = NumberField("size")
SALES = MoneyField("sales", currency="CNY")
SECTOR = ChoiceField("sector", options=(Choice("power"), Choice("cable"), Choice("steel")))
CITY = TextField("city")


def conditions(*given: Combinable) -> list[Condition]:
    """Return conditions."""
    return [one.condition() for one in given]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), [{}]),
        ((NEW,), [{"new": True}, {"new": False}]),
        ((NEW, ~NEW), [{"new": True}, {"new": False}, {"new": None}]),
        ((SIZE > 10,), [{"size": 10}, {"size": 11}]),
        ((SIZE > 10, SIZE < 5), [{"size": 4}, {"size": 5}, {"size": 11}]),
        ((SIZE.is_missing,), [{"size": 0}, {"size": None}]),
        ((SALES >= 100,), [{"sales": 9999}, {"sales": 10_000}]),
        ((SECTOR.is_("power"),), [{"sector": "power"}, {"sector": "cable"}]),
        ((CITY.is_("Berlin"),), [{"city": "Berlin"}, {"city": "(any other)"}]),
    ],
    ids=[
        "no condition",
        "a flag; missing answers as no",
        "a flag and its opposite",
        "a number",
        "two edges; missing answers as the middle",
        "absence",
        "money, in minor units",
        "a choice; the others answer alike",
        "a text and any other",
    ],
)
def test_there_is_one_case_of_every_kind(
    given: tuple[Combinable, ...], expected: list[dict[str, object]]
) -> None:
    found = conditions(*given)
    assert list(cases(found)) == expected
    assert count_cases(found) == len(expected)


MANY = (
    NEW & (SIZE > 10),
    ~NEW | SECTOR.one_of("power", "cable"),
    SIZE.is_missing,
    (SIZE >= 3) & (SIZE < 11) & ~SECTOR.is_("power"),
)


def test_every_answer_that_facts_can_give_is_given_by_a_case() -> None:
    """All facts of a small world answer the conditions as one of the cases does."""
    given = conditions(*MANY)
    world = [
        {"new": new, "size": size, "sector": sector}
        for new, size, sector in product(
            (True, False, None), (*range(14), None), ("power", "cable", "steel", None)
        )
    ]
    answers = {tuple(one.holds(facts) for one in given) for facts in world}
    assert {tuple(one.holds(case) for one in given) for case in cases(given)} == answers


def test_the_number_of_cases_is_known_without_listing_them() -> None:
    many = conditions(*(NumberField(f"n{number}") > 1 for number in range(100)))
    assert count_cases(many) == 2**100


@pytest.mark.parametrize(
    ("left", "right", "case"),
    [
        (None, None, "every sale"),
        (NEW, None, "new = yes"),
        (None, ~NEW, "new = no"),
        (NEW, SIZE > 10, "new = yes, size = 11"),
        (SALES > 100, SALES <= 200, "sales = CNY 100.01"),
        (SIZE.is_missing, None, "size = missing"),
        (CITY.is_("Berlin"), CITY.is_("Berlin") | CITY.is_("Bonn"), "city = Berlin"),
        (~CITY.is_("Berlin"), ~CITY.is_("Bonn"), "city = (any other)"),
        (NEW & (SIZE > 10), (SIZE < 5) | (SIZE > 20), "new = yes, size = 21"),
        ((SIZE < 5) | NEW, SIZE > 20, "size = 21, new = yes"),
    ],
)
def test_two_conditions_that_meet_show_a_case(
    left: Combinable | None, right: Combinable | None, case: str
) -> None:
    sides = [None if one is None else one.condition() for one in (left, right)]
    assert meeting(*sides) == case


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (NEW, ~NEW),
        (SIZE > 10, SIZE <= 10),
        (SIZE.is_missing, SIZE.is_known),
        (SECTOR.is_("power"), SECTOR.one_of("cable", "steel")),
        (NEW & (SIZE > 10), ~NEW | (SIZE < 5)),
        ((SIZE > 10) & (SIZE < 5), None),
        (None, (SIZE > 10) & (SIZE < 5)),
    ],
)
def test_two_conditions_that_never_meet_show_none(
    left: Combinable | None, right: Combinable | None
) -> None:
    sides = [None if one is None else one.condition() for one in (left, right)]
    assert meeting(*sides) is None
