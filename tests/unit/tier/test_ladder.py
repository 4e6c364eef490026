"""Ladders: tiers in their order, the best first."""

from enum import StrEnum

import pytest

from kamcore.errors import DuplicateName, PolicyError, UnknownName
from kamcore.tier import Ladder, Tier
from kamcore.values import Label

LADDER = Ladder(Tier("A", zh="A类", en="class A"), "B", Tier("C", zh="C类"))


class Grade(StrEnum):
    """Names of tiers as a company's own code may have them."""

    BEST = "A"
    REST = "B"


def test_the_best_tier_comes_first() -> None:
    assert LADDER.names == ("A", "B", "C")
    assert [LADDER.rank(name) for name in ("A", "B", "C")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [("A", "class A", "A类"), ("B", "B", "B"), ("C", "C", "C类")],
    ids=["both words", "the name for both", "the name for English"],
)
def test_words_fall_back_on_the_name(name: str, en: str, zh: str) -> None:
    assert LADDER.label(name) == Label(en, zh)


def test_plain_names_and_a_str_enum_are_welcome() -> None:
    assert Ladder(Grade.BEST, Grade.REST) == Ladder(Tier("A"), Tier("B"))
    assert type(Ladder(Grade.BEST).names[0]) is str
    assert LADDER.rank(Grade.REST) == 1


def test_a_ladder_of_no_tiers_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        Ladder()
    assert str(fault.value) == "a ladder of no tiers; pass at least one, the best first"


def test_a_tier_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        Ladder("A", "B", "A")
    assert str(fault.value) == "tier 'A' appears twice; rename or remove one"


def test_a_tier_without_a_name_is_refused() -> None:
    with pytest.raises(PolicyError) as fault:
        Ladder("A", " ")
    assert str(fault.value) == "Tier.name is ' '; pass a name"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a", "unknown tier 'a'; did you mean 'A'?"),
        ("gold", "unknown tier 'gold'; known are 'A', 'B', 'C'"),
        (None, "unknown tier None; known are 'A', 'B', 'C'"),
        ("A ", "unknown tier 'A '; did you mean 'A'?"),
    ],
)
def test_an_unknown_tier_is_refused(name: str, message: str) -> None:
    with pytest.raises(UnknownName) as fault:
        LADDER.rank(name)
    assert str(fault.value) == message
