import pytest

from kamcore.errors import UnknownName
from kamcore.values._currencies import decimals_of


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("CNY", 2),
        ("EUR", 2),
        ("HUF", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("BHD", 3),
        ("KWD", 3),
        ("TND", 3),
    ],
)
def test_decimals_of_a_currency(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals


@pytest.mark.parametrize(
    ("currency", "message"),
    [
        ("EURO", "unknown currency 'EURO'; did you mean 'EUR'?"),
        ("CYN", "unknown currency 'CYN'; did you mean 'CNY'?"),
        ("cny", "unknown currency 'cny'; did you mean 'CNY'?"),
        ("RMB", "unknown currency 'RMB'; known are 'CNY'"),
    ],
)
def test_an_unknown_currency(currency: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        decimals_of(currency)
    assert str(caught.value) == message


@pytest.mark.parametrize("currency", ["", "¥", None, 156], ids=repr)
def test_what_is_near_no_currency_gets_them_all(currency: object) -> None:
    with pytest.raises(UnknownName) as caught:
        decimals_of(currency)
    message = str(caught.value)
    assert message.startswith(f"unknown currency {currency!r}; known are 'AED', 'AFN', ")
    assert message.endswith(", 'ZMW', 'ZWG'")
