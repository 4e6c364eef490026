from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from kamcore.calendars import Amount, WorkingDays, amount_label
from kamcore.errors import FloatRefused, InexactValue, InputError, PolicyError
from kamcore.values import Label


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (timedelta(), "0 minutes", "0 分钟"),
        (timedelta(hours=36, minutes=30), "36 hours 30 minutes", "36 小时 30 分钟"),
        (WorkingDays(1), "1 working day", "1 个工作日"),
        (WorkingDays(5), "5 working days", "5 个工作日"),
    ],
    ids=str,
)
def test_amounts_in_words(amount: Amount, en: str, zh: str) -> None:
    assert amount_label(amount) == Label(en, zh)


@pytest.mark.parametrize("amount", [4, "4 h", None], ids=repr)
def test_a_number_is_no_amount_of_time(amount: object) -> None:
    with pytest.raises(InputError, match=r"is no amount of time; pass a timedelta or WorkingDays"):
        amount_label(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("build", "error", "mend"),
    [
        (lambda: WorkingDays(0), PolicyError, "0 working days; pass 1 or more"),
        (lambda: WorkingDays(-1), PolicyError, "-1 working days; pass 1 or more"),
        (lambda: WorkingDays(1.5), FloatRefused, "working days is the float 1.5"),  # type: ignore[arg-type]
        (lambda: WorkingDays(True), FloatRefused, "working days is the bool True"),
        (lambda: WorkingDays(Decimal("1.5")), InexactValue, "is finer than whole numbers"),  # type: ignore[arg-type]
        (lambda: WorkingDays(1, ends="closing"), PolicyError, "did you mean 'close'?"),  # type: ignore[arg-type]
        (lambda: WorkingDays(1, first="today"), PolicyError, "WorkingDays.first 'today'"),  # type: ignore[arg-type]
    ],
    ids=["none", "negative", "float", "bool", "half a day", "unknown end", "unknown first day"],
)
def test_a_number_of_working_days_is_whole_and_above_0(
    build: Callable[[], object], error: type[Exception], mend: str
) -> None:
    with pytest.raises(error) as refused:
        build()
    assert mend in str(refused.value)


def test_a_whole_decimal_counts_days() -> None:
    assert WorkingDays(Decimal(3)) == WorkingDays(3)  # type: ignore[arg-type]
