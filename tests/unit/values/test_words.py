"""Small words: the name of a tier, a number of things, a list, an amount in Chinese."""

import pytest

from kamcore.values import Label
from kamcore.values._currencies import decimals_of
from kamcore.values._words import MONEY_ZH, amount_zh, counted, joined, tier_label


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


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [
        (("A",), "class A", "A类"),
        (("A", "gold"), "class A, tier gold", "A类、等级gold"),
        (("C", "A", "C"), "class C, class A, class C", "C类、A类、C类"),
    ],
    ids=["one", "two", "as they are given"],
)
def test_several_words_are_one_list_in_each_language(
    names: tuple[str, ...], english: str, chinese: str
) -> None:
    assert joined(tier_label(one) for one in names) == Label(english, chinese)


@pytest.mark.parametrize(
    ("amount", "currency", "chinese"),
    [
        ("1,234.50", "CNY", "1,234.50 元"),
        ("97.00", "USD", "97.00 美元"),
        ("97.00", "EUR", "97.00 欧元"),
        ("9,700", "JPY", "9,700 日元"),
        ("97.00", "GBP", "97.00 英镑"),
        ("97.00", "HKD", "97.00 港元"),
        ("97.00", "TWD", "97.00 新台币"),
        ("97.00", "MOP", "97.00 澳门元"),
        ("9,700", "KRW", "9,700 韩元"),
        ("97.00", "SGD", "97.00 新加坡元"),
        ("97.00", "CHF", "97.00 瑞士法郎"),
        ("97.00", "AUD", "97.00 澳元"),
        ("97.00", "CAD", "97.00 加元"),
        ("-0.5", "USD", "-0.5 美元"),
        ("≈0.333333", "CNY", "≈0.333333 元"),
        ("9.700", "KWD", "9.700 KWD"),
    ],
)
def test_an_amount_in_chinese_is_followed_by_the_name_of_its_currency(
    amount: str, currency: str, chinese: str
) -> None:
    assert amount_zh(amount, currency) == chinese


def test_every_currency_with_a_chinese_name_is_known_and_no_two_share_one() -> None:
    assert all(decimals_of(code) >= 0 for code in MONEY_ZH)
    assert len(set(MONEY_ZH.values())) == len(MONEY_ZH)
