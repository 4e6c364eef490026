"""Lengths of time in words."""

from datetime import timedelta

from kamcore.values._text import Label

__all__ = ["duration_label"]

UNITS = ((3600, "hour", "小时"), (60, "minute", "分钟"), (1, "second", "秒"))


def duration_label(length: timedelta) -> Label:
    """Return a length of time in hours, minutes and seconds, never in days of 24 hours.

    >>> duration_label(timedelta(hours=36, minutes=30)).en
    '36 hours 30 minutes'
    """
    micros = length // timedelta(microseconds=1)
    seconds, rest = divmod(abs(micros), 1_000_000)
    en: list[str] = []
    zh: list[str] = []
    for size, word, character in UNITS:
        number, seconds = divmod(seconds, size)
        if number:
            en.append(f"{number:,} {word}" + ("" if number == 1 else "s"))
            zh.append(f"{number:,} {character}")
    if rest:
        en.append(f"{rest:,} microsecond" + ("" if rest == 1 else "s"))
        zh.append(f"{rest:,} 微秒")
    sign = "-" if micros < 0 else ""
    return Label(sign + (" ".join(en) or "0 minutes"), sign + (" ".join(zh) or "0 分钟"))
