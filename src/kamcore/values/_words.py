"""Small words that several rooms say alike: the name of a tier, a number of things, a list."""

from collections.abc import Iterable
from datetime import date

from kamcore.values._spans import Days
from kamcore.values._text import Label

__all__ = [
    "MONEY_ZH",
    "amount_zh",
    "counted",
    "days_label",
    "joined",
    "tier_label",
    "zone_label",
]

MONEY_ZH = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑", "HKD": "港元",
    "TWD": "新台币", "MOP": "澳门元", "KRW": "韩元", "SGD": "新加坡元", "CHF": "瑞士法郎",
    "AUD": "澳元", "CAD": "加元",
}  # fmt: skip


def amount_zh(amount: str, currency: str) -> str:
    """Return an amount with its currency as Chinese readers write it.

    >>> amount_zh("97.00", "USD")
    '97.00 美元'
    """
    return f"{amount} {MONEY_ZH.get(currency, currency)}"


def tier_label(name: str) -> Label:
    """Return how a tier is spoken of: a letter is a class, any other name a tier.

    >>> tier_label("A").zh, tier_label("gold").en
    ('A类', 'tier gold')
    """
    if len(name) == 1 and name.isalpha():
        return Label(f"class {name}", f"{name}类")
    return Label(f"tier {name}", f"等级{name}")


def counted(number: int, noun: str, zh: str) -> Label:
    """Return a number of things; `noun` in the singular, `zh` with its measure word.

    >>> counted(1, "order", "张订单").en
    '1 order'
    """
    return Label(f"{number:,} {noun}" + ("" if number == 1 else "s"), f"{number:,} {zh}")


def joined(labels: Iterable[Label]) -> Label:
    """Return several words as one list; there is at least one.

    >>> joined([Label("class A", "A类"), Label("class B", "B类")])
    Label(en='class A, class B', zh='A类、B类')
    """
    given = tuple(labels)
    return Label(", ".join(one.en for one in given), "、".join(one.zh for one in given))


def days_label(days: Days) -> Label:
    """Return days in words; an end of the calendar stands for no first or no last day.

    >>> days_label(Days.through(date(2026, 1, 1), date(2026, 3, 31))).en
    'from 2026-01-01 to 2026-03-31'
    """
    first, last = days.start, days.last
    first_zh, last_zh = (f"{one.year}年{one.month}月{one.day}日" for one in (first, last))
    if days.end == date.max:
        return Label(f"from {first} on", f"自{first_zh}起")
    if days.start == date.min:
        return Label(f"until {last}", f"{last_zh}（含）以前")
    return Label(f"from {first} to {last}", f"{first_zh}至{last_zh}")


def zone_label(zone: str) -> Label:
    """Return a zone as readers of each language call it.

    >>> zone_label("Asia/Shanghai").zh, zone_label("Europe/Berlin").zh
    ('北京时间', 'Europe/Berlin')
    """
    return Label(zone, {"Asia/Shanghai": "北京时间"}.get(zone, zone))
