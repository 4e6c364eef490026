"""Fields with an order: what they take, parse, give and show, and what they refuse."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest

from kamcore.errors import (
    CurrencyMismatch,
    FloatRefused,
    InexactValue,
    InputError,
    KamcoreError,
    UnknownName,
)
from kamcore.facts import DateField, Field, MoneyField, NumberField, RatioField
from kamcore.values import Label, Money, Ratio

CNY = MoneyField("sales", currency="CNY")
JPY = MoneyField("sales", currency="JPY")
KWD = MoneyField("sales", currency="KWD")
COUNT = NumberField("orders")
MEASURE = NumberField("weight", decimals=3, unit=Label("t", "吨"))
SHARE = RatioField("margin")
DAY = DateField("since")


class ForeignMoney(NamedTuple):
    """Money of another library: an exact amount and a currency."""

    amount: Decimal
    currency: str


class Seven:
    """An integer of another library, such as numpy's."""

    def __index__(self) -> int:
        """Be 7."""
        return 7


@pytest.mark.parametrize(
    ("field", "raw", "wire"),
    [
        pytest.param(CNY, 95, 9500, id="CNY int counts yuan"),
        pytest.param(CNY, Decimal("95.5"), 9550, id="CNY Decimal"),
        pytest.param(CNY, Decimal("-0.01"), -1, id="CNY one fen below 0"),
        pytest.param(CNY, 0, 0, id="CNY 0 is a fact"),
        pytest.param(CNY, Money.from_minor(9550, "CNY"), 9550, id="Money"),
        pytest.param(CNY, ForeignMoney(Decimal("95.50"), "CNY"), 9550, id="money-like"),
        pytest.param(CNY, Seven(), 700, id="integer of another library"),
        pytest.param(JPY, 95, 95, id="JPY has no decimals"),
        pytest.param(KWD, Decimal("1.234"), 1234, id="KWD has three"),
        pytest.param(COUNT, 12, 12, id="count"),
        pytest.param(COUNT, Decimal("12.00"), 12, id="count as a Decimal"),
        pytest.param(COUNT, Seven(), 7, id="count of another library"),
        pytest.param(MEASURE, Decimal("1.25"), 1250, id="measure"),
        pytest.param(MEASURE, 2, 2000, id="measure as an int"),
        pytest.param(SHARE, Decimal("0.05"), 500, id="ratio as a Decimal"),
        pytest.param(SHARE, 1, 10_000, id="the whole"),
        pytest.param(SHARE, Ratio.percent(5), 500, id="Ratio"),
        pytest.param(SHARE, Ratio(-1, 8), -1250, id="Ratio below 0"),
        pytest.param(DAY, date(2020, 1, 1), 737_425, id="date is its ordinal"),
    ],
)
def test_take(field: Field, raw: object, wire: int) -> None:
    taken = field.take(raw)
    assert taken == wire
    assert type(taken) is int


@pytest.mark.parametrize(
    ("field", "raw", "kind", "message"),
    [
        pytest.param(
            CNY,
            95.5,
            FloatRefused,
            'CNY amount is the float 95.5; pass an int or Decimal("95.5")',
            id="float money",
        ),
        pytest.param(
            CNY,
            float("nan"),
            FloatRefused,
            "CNY amount is the float nan; pass an int or a finite Decimal",
            id="NaN money",
        ),
        pytest.param(
            CNY,
            Decimal("NaN"),
            FloatRefused,
            "CNY amount is the Decimal Decimal('NaN'); pass an int or a finite Decimal",
            id="Decimal NaN money",
        ),
        pytest.param(
            CNY,
            Decimal("Infinity"),
            FloatRefused,
            "CNY amount is the Decimal Decimal('Infinity'); pass an int or a finite Decimal",
            id="infinite money",
        ),
        pytest.param(
            CNY,
            True,
            FloatRefused,
            "CNY amount is the bool True; pass an int or a finite Decimal",
            id="bool for money",
        ),
        pytest.param(
            CNY,
            "95.5",
            FloatRefused,
            "CNY amount is the str '95.5'; pass an int or Decimal('95.5')",
            id="text for money",
        ),
        pytest.param(
            CNY,
            Decimal("0.005"),
            InexactValue,
            "CNY amount 0.005 is finer than 2 decimals; round it and name the rounding",
            id="half a cent",
        ),
        pytest.param(
            JPY,
            Decimal("0.5"),
            InexactValue,
            "JPY amount 0.5 is finer than whole units; round it and name the rounding",
            id="half a yen",
        ),
        pytest.param(
            CNY,
            Money(1, "USD"),
            CurrencyMismatch,
            "CNY meets USD; convert one of them first",
            id="another currency",
        ),
        pytest.param(
            CNY,
            ForeignMoney(Decimal(1), "USD"),
            CurrencyMismatch,
            "CNY meets USD; convert one of them first",
            id="another library's other currency",
        ),
        pytest.param(
            CNY,
            Decimal("1." + "1" * 60),
            InputError,
            f"CNY amount 1.{'1' * 60} has more than 60 digits; check the unit",
            id="too many digits",
        ),
        pytest.param(
            COUNT,
            12.0,
            FloatRefused,
            'number is the float 12.0; pass an int or Decimal("12.0")',
            id="float number",
        ),
        pytest.param(
            COUNT,
            False,
            FloatRefused,
            "number is the bool False; pass an int or a finite Decimal",
            id="bool for a number",
        ),
        pytest.param(
            COUNT,
            Decimal("12.5"),
            InexactValue,
            "number 12.5 is finer than whole units; round it and name the rounding",
            id="half a piece",
        ),
        pytest.param(
            MEASURE,
            Decimal("1.2345"),
            InexactValue,
            "number 1.2345 is finer than 3 decimals; round it and name the rounding",
            id="finer than the measure",
        ),
        pytest.param(
            MEASURE,
            Money(1, "CNY"),
            FloatRefused,
            "number is the Money Money(minor=100, currency='CNY'); pass an int or a finite Decimal",
            id="money for a number",
        ),
        pytest.param(
            SHARE,
            0.05,
            FloatRefused,
            'ratio is the float 0.05; pass an int or Decimal("0.05")',
            id="float ratio",
        ),
        pytest.param(
            SHARE,
            Decimal("0.00005"),
            InexactValue,
            "ratio 0.00005 is finer than 4 decimals; round it and name the rounding",
            id="finer than the ratio",
        ),
        pytest.param(
            SHARE,
            Ratio(1, 3),
            InexactValue,
            "ratio ≈33.3333% is finer than 4 decimals; round it and name the rounding",
            id="a third",
        ),
        pytest.param(
            DAY,
            datetime(2020, 1, 1, 8, tzinfo=UTC),
            KamcoreError,
            "value datetime.datetime(2020, 1, 1, 8, 0, tzinfo=datetime.timezone.utc) "
            "is not a date; take its date in a zone: value.astimezone(zone).date()",
            id="instant for a date",
        ),
        pytest.param(
            DAY,
            20_200_101,
            KamcoreError,
            "value 20200101 is not a date; pass a datetime.date",
            id="number for a date",
        ),
    ],
)
def test_take_refuses(field: Field, raw: object, kind: type[KamcoreError], message: str) -> None:
    with pytest.raises(kind) as caught:
        field.take(raw)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "text", "wire"),
    [
        pytest.param(CNY, "95.50", 9550, id="money"),
        pytest.param(CNY, "95", 9500, id="whole yuan"),
        pytest.param(CNY, "-95.5", -9550, id="minus"),
        pytest.param(COUNT, "+12", 12, id="plus"),
        pytest.param(COUNT, "0012", 12, id="zeros"),
        pytest.param(MEASURE, "1.25", 1250, id="measure"),
        pytest.param(SHARE, "0.05", 500, id="share of one"),
        pytest.param(SHARE, "5%", 500, id="percentage"),
        pytest.param(SHARE, "5.25 %", 525, id="percentage with a blank"),
        pytest.param(SHARE, "-5%", -500, id="percentage below 0"),
        pytest.param(DAY, "2020-01-01", 737_425, id="ISO date"),
        pytest.param(DAY, "20200101", 737_425, id="ISO date without hyphens"),
        pytest.param(DateField("since", format="%d/%m/%Y"), "01/02/2020", 737_456, id="own format"),
        pytest.param(
            DateField("since", format="%Y年%m月%d日"), "2020年2月1日", 737_456, id="Chinese format"
        ),
    ],
)
def test_parse(field: Field, text: str, wire: int) -> None:
    assert field.parse(text) == wire


NOTATION = "write digits with a point, without commas or signs"


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (CNY, "1,000", f"'1,000' is not a plain number; {NOTATION}"),
        (CNY, "¥100", f"'¥100' is not a plain number; {NOTATION}"),
        (CNY, "1e3", f"'1e3' is not a plain number; {NOTATION}"),
        (CNY, "nan", f"'nan' is not a plain number; {NOTATION}"),
        (CNY, ".5", f"'.5' is not a plain number; {NOTATION}"),
        (CNY, "5.", f"'5.' is not a plain number; {NOTATION}"),
        (COUNT, "1 000", f"'1 000' is not a plain number; {NOTATION}"),
        (COUNT, "twelve", f"'twelve' is not a plain number; {NOTATION}"),
        (SHARE, "five%", f"'five' is not a plain number; {NOTATION}"),
        (SHARE, "%", f"'' is not a plain number; {NOTATION}"),
        (
            CNY,
            "0.005",
            "CNY amount 0.005 is finer than 2 decimals; round it and name the rounding",
        ),
        (COUNT, "12.5", "number 12.5 is finer than whole units; round it and name the rounding"),
        (SHARE, "0.001%", "ratio 0.001% is finer than 4 decimals; round it and name the rounding"),
        (
            DAY,
            "01/02/2020",
            "'01/02/2020' is not a date like %Y-%m-%d; mend it or set the field's format",
        ),
        (
            DAY,
            "2020-1-1",
            "'2020-1-1' is not a date like %Y-%m-%d; mend it or set the field's format",
        ),
        (
            DAY,
            "2020-01-01T00:00",
            "'2020-01-01T00:00' is not a date like %Y-%m-%d; mend it or set the field's format",
        ),
        (
            DAY,
            "2021-02-29",
            "'2021-02-29' is not a date like %Y-%m-%d; mend it or set the field's format",
        ),
        (
            DateField("since", format="%d/%m/%Y"),
            "2020-01-01",
            "'2020-01-01' is not a date like %d/%m/%Y; mend it or set the field's format",
        ),
    ],
)
def test_parse_refuses_another_notation(field: Field, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        field.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "wire", "shown"),
    [
        pytest.param(CNY, 9550, Money(Decimal("95.50"), "CNY"), id="money"),
        pytest.param(COUNT, 1234, 1234, id="number"),
        pytest.param(NumberField("w", decimals=1), 12_345, Decimal("1234.5"), id="decimals"),
        pytest.param(
            NumberField("orders", unit=Label("orders", "单")),
            1234,
            Label("1,234 orders", "1,234 单"),
            id="unit",
        ),
        pytest.param(MEASURE, 1_234_500, Label("1,234.500 t", "1,234.500 吨"), id="decimal unit"),
        pytest.param(SHARE, 500, Ratio.percent(5), id="ratio as a percentage"),
        pytest.param(DAY, 737_425, date(2020, 1, 1), id="date"),
    ],
)
def test_show(field: Field, wire: int, shown: object) -> None:
    assert field.show(wire) == shown


def test_the_decimals_of_money_are_those_of_its_currency() -> None:
    assert [field.decimals for field in (JPY, CNY, KWD)] == [0, 2, 3]
    with pytest.raises(UnknownName) as caught:
        MoneyField("sales", currency="CN")
    assert str(caught.value) == "unknown currency 'CN'; did you mean 'CNY'?"


@pytest.mark.parametrize("kind", [NumberField, RatioField])
def test_a_grain_has_at_most_twelve_decimals(kind: type[NumberField | RatioField]) -> None:
    assert kind("x", decimals=0).decimals == 0
    assert kind("x", decimals=12).take(1) == 10**12
    for decimals in (-1, 13):
        with pytest.raises(InputError) as caught:
            kind("x", decimals=decimals)
        assert str(caught.value) == f"{decimals} decimals; pass 0 to 12"
    with pytest.raises(FloatRefused, match=r"^decimals is the bool True; pass an int"):
        kind("x", decimals=True)
