"""Small words: the name of a tier, a number of things."""

import pytest

from kamcore.values import Label
from kamcore.values._words import counted, tier_label


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("A", "class A", "A类"),
        ("甲", "class 甲", "甲类"),
        ("A1", "tier A1", "等级A1"),
        ("1", "tier 1", "等级1"),
        ("gold", "tier gold", "等级gold"),
    ],
    ids=["a letter", "a character", "letter and digit", "a digit", "a word"],
)
def test_a_letter_is_a_class_and_any_other_name_a_tier(
    name: str, english: str, chinese: str
) -> None:
    assert tier_label(name) == Label(english, chinese)


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "0 orders", "0 张订单"),
        (1, "1 order", "1 张订单"),
        (2, "2 orders", "2 张订单"),
        (1_000, "1,000 orders", "1,000 张订单"),
    ],
)
def test_one_thing_is_in_the_singular(number: int, english: str, chinese: str) -> None:
    assert counted(number, "order", "张订单") == Label(english, chinese)
