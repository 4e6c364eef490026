"""Small words that several rooms say alike: the name of a tier, a number of things."""

from kamcore.values._text import Label

__all__ = ["MONEY_ZH", "amount_zh", "counted", "tier_label"]

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
