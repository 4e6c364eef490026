"""Small words that several rooms say alike: the name of a tier, a number of things."""

from kamcore.values._text import Label

__all__ = ["counted", "tier_label"]


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
