import operator
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kamcore.decision import Param, Reason, Rule, show
from kamcore.errors import PolicyError
from kamcore.values import Label, Lang, Money, Ratio, Seat, Source, UnitPrice

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAY_BY = Rule(
    "test.pay_by",
    ("amount", "day"),
    en="pay {amount} by {day}",
    zh="{day}前支付{amount}",
)
VALUES = (Money(Decimal("1234.5"), "CNY"), date(2013, 1, 5))
SOURCE = Source("S3-P08", Label("Regulation", "制度"))


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        pytest.param(1234567, "1,234,567", "1,234,567", id="int"),
        pytest.param(-7, "-7", "-7", id="int below zero"),
        pytest.param(Decimal("1234.50"), "1,234.50", "1,234.50", id="Decimal"),
        pytest.param(Decimal("1E+3"), "1,000", "1,000", id="Decimal with exponent"),
        pytest.param("金鹏", "金鹏", "金鹏", id="text"),
        pytest.param(date(2013, 1, 5), "2013-01-05", "2013年1月5日", id="date"),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, tzinfo=SHANGHAI),
            "Sat 2013-01-05 09:30 (Asia/Shanghai UTC+08:00)",
            "2013年1月5日（周六）09:30（北京时间）",
            id="instant",
        ),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, 7, tzinfo=SHANGHAI),
            "Sat 2013-01-05 09:30:07 (Asia/Shanghai UTC+08:00)",
            "2013年1月5日（周六）09:30:07（北京时间）",
            id="instant with seconds",
        ),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, 0, 1, tzinfo=SHANGHAI),
            "Sat 2013-01-05 09:30:00.000001 (Asia/Shanghai UTC+08:00)",
            "2013年1月5日（周六）09:30:00.000001（北京时间）",
            id="instant with microseconds",
        ),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, tzinfo=UTC),
            "Sat 2013-01-05 09:30 (UTC)",
            "2013年1月5日（周六）09:30（UTC）",
            id="instant in UTC",
        ),
        pytest.param(
            datetime(2013, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "Sat 2013-01-05 09:30 (UTC-03:30)",
            "2013年1月5日（周六）09:30（UTC-03:30）",
            id="instant at an offset",
        ),
        pytest.param(
            Money(Decimal("1234.5"), "CNY"), "CNY 1,234.50", "1,234.50 元", id="money in yuan"
        ),
        pytest.param(
            Money(Decimal("1234.5"), "EUR"), "EUR 1,234.50", "1,234.50 欧元", id="money in euro"
        ),
        pytest.param(
            UnitPrice(Decimal("95.5055"), "CNY"), "CNY 95.5055", "95.5055 元", id="price in yuan"
        ),
        pytest.param(
            UnitPrice(Decimal("95.5055"), "EUR"), "EUR 95.5055", "95.5055 欧元", id="price in euro"
        ),
        pytest.param(Money(-1234, "JPY"), "JPY -1,234", "-1,234 日元", id="money in yen"),
        pytest.param(
            Money(Decimal("1.5"), "KWD"), "KWD 1.500", "1.500 KWD", id="money without a word in zh"
        ),
        pytest.param(timedelta(minutes=30), "30 minutes", "30 分钟", id="length of time"),
        pytest.param(timedelta(days=1), "24 hours", "24 小时", id="length of a day"),
        pytest.param(Ratio.percent(5), "5%", "5%", id="ratio"),
        pytest.param(Ratio(1, 3), "≈33.3333%", "≈33.3333%", id="ratio that is not exact"),
        pytest.param(Label("gold", "金牌"), "gold", "金牌", id="label"),
        pytest.param(
            Seat("marketing", Label("marketing department", "营销部")),
            "marketing department",
            "营销部",
            id="seat",
        ),
    ],
)
def test_a_value_as_a_reader_writes_it(value: Param, en: str, zh: str) -> None:
    assert show(value, "en") == en
    assert show(value, "zh") == zh


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "pay CNY 1,234.50 by 2013-01-05"), ("zh", "2013年1月5日前支付1,234.50 元")],
)
def test_the_sentence_of_a_reason(lang: Lang, text: str) -> None:
    assert Reason.of(PAY_BY, *VALUES).text(lang) == text


BETWEEN = Rule("test.between", ("one", "two"), en="from {one} to {two}", zh="自{one}至{two}")
EARLY, LATE = (datetime(2013, 1, day, 9, 30, tzinfo=SHANGHAI) for day in (5, 7))


@pytest.mark.parametrize(
    ("lang", "alone", "first", "then"),
    [
        (
            "en",
            (
                "from Sat 2013-01-05 09:30 (Asia/Shanghai UTC+08:00) "
                "to Mon 2013-01-07 09:30 (Asia/Shanghai UTC+08:00)"
            ),
            "from Sat 2013-01-05 09:30 (Asia/Shanghai UTC+08:00) to Mon 2013-01-07 09:30",
            "from Sat 2013-01-05 09:30 to Mon 2013-01-07 09:30",
        ),
        (
            "zh",
            ("自2013年1月5日（周六）09:30（北京时间）至2013年1月7日（周一）09:30（北京时间）"),
            "自2013年1月5日（周六）09:30（北京时间）至2013年1月7日（周一）09:30",
            "自2013年1月5日（周六）09:30至2013年1月7日（周一）09:30",
        ),
    ],
)
def test_a_zone_that_was_written_is_not_written_again(
    lang: Lang, alone: str, first: str, then: str
) -> None:
    reason = Reason.of(BETWEEN, EARLY, LATE)
    assert reason.text(lang) == alone
    zones: set[str] = set()
    assert reason.text(lang, zones) == first
    assert reason.text(lang, zones) == then
    assert zones == {"Asia/Shanghai UTC+08:00"}


def test_another_offset_of_the_same_zone_is_another_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    summer, winter = (datetime(2014, month, 1, 9, tzinfo=berlin) for month in (7, 12))
    assert Reason.of(BETWEEN, summer, winter).text("en", set()) == (
        "from Tue 2014-07-01 09:00 (Europe/Berlin UTC+02:00) "
        "to Mon 2014-12-01 09:00 (Europe/Berlin UTC+01:00)"
    )


@pytest.mark.parametrize("day", range(7))
def test_an_instant_says_its_weekday(day: int) -> None:
    at = datetime(2013, 1, 7 + day, 9, tzinfo=UTC)
    assert show(at, "en").startswith(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day] + " ")
    assert f"（周{'一二三四五六日'[day]}）" in show(at, "zh")


def test_another_language_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"^unknown language 'de'; pass 'en' or 'zh'$"):
        Reason.of(PAY_BY, *VALUES).text("de")


def test_the_values_take_the_rules_names_in_its_order() -> None:
    reason = Reason.of(PAY_BY, *VALUES, source=SOURCE)
    assert reason.params == (("amount", VALUES[0]), ("day", VALUES[1]))
    assert reason.source == SOURCE
    assert reason == Reason(PAY_BY, (("amount", VALUES[0]), ("day", VALUES[1])), SOURCE)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param((), id="none"),
        pytest.param((1,), id="too few"),
        pytest.param((1, 2, 3), id="too many"),
    ],
)
def test_each_name_needs_its_value(values: tuple[int, ...]) -> None:
    with pytest.raises(PolicyError) as caught:
        Reason.of(PAY_BY, *values)
    assert str(caught.value) == (
        f"rule test.pay_by speaks of ('amount', 'day'), given are {values}"
    )


@pytest.mark.parametrize(
    "params",
    [
        pytest.param((("day", 1), ("amount", 2)), id="another order"),
        pytest.param((("amount", 1),), id="too few"),
    ],
)
def test_the_names_are_the_rules(params: tuple[tuple[str, int], ...]) -> None:
    given = tuple(name for name, _ in params)
    with pytest.raises(PolicyError) as caught:
        Reason(PAY_BY, params)
    assert str(caught.value) == (f"rule test.pay_by speaks of ('amount', 'day'), given are {given}")


def test_a_reason_is_hashable_and_picklable() -> None:
    reason = Reason.of(PAY_BY, *VALUES, source=SOURCE)
    again = pickle.loads(pickle.dumps(reason))
    assert again == reason
    assert hash(again) == hash(reason)


@pytest.mark.parametrize("value", [PAY_BY, Reason.of(PAY_BY, *VALUES)], ids=["rule", "reason"])
def test_rules_and_reasons_have_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)
