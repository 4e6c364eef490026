"""Lengths of time in words: hours, minutes, seconds, never days of 24 hours."""

from datetime import timedelta

import pytest

from kamcore.values._duration import duration_label


@pytest.mark.parametrize(
    ("length", "en", "zh"),
    [
        (timedelta(), "0 minutes", "0 分钟"),
        (timedelta(microseconds=1), "1 microsecond", "1 微秒"),
        (timedelta(microseconds=2), "2 microseconds", "2 微秒"),
        (timedelta(microseconds=999_999), "999,999 microseconds", "999,999 微秒"),
        (timedelta(seconds=1), "1 second", "1 秒"),
        (timedelta(seconds=59), "59 seconds", "59 秒"),
        (timedelta(seconds=60), "1 minute", "1 分钟"),
        (timedelta(minutes=59, seconds=59), "59 minutes 59 seconds", "59 分钟 59 秒"),
        (timedelta(minutes=60), "1 hour", "1 小时"),
        (timedelta(hours=1, seconds=1), "1 hour 1 second", "1 小时 1 秒"),
        (timedelta(hours=23, minutes=59), "23 hours 59 minutes", "23 小时 59 分钟"),
        (timedelta(hours=24), "24 hours", "24 小时"),
        (timedelta(days=2, hours=1), "49 hours", "49 小时"),
        (timedelta(days=50), "1,200 hours", "1,200 小时"),
        (
            timedelta(hours=2, minutes=3, seconds=4, microseconds=5),
            "2 hours 3 minutes 4 seconds 5 microseconds",
            "2 小时 3 分钟 4 秒 5 微秒",
        ),
        (timedelta(minutes=-30), "-30 minutes", "-30 分钟"),
        (timedelta(microseconds=-1), "-1 microsecond", "-1 微秒"),
        (timedelta(hours=-1, minutes=-1), "-1 hour 1 minute", "-1 小时 1 分钟"),
    ],
    ids=str,
)
def test_a_length_in_words(length: timedelta, en: str, zh: str) -> None:
    label = duration_label(length)
    assert (label.en, label.zh) == (en, zh)
