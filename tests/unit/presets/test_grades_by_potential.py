"""S3-P01: the price of service for an ordinary customer without potential may be raised."""

from decimal import Decimal
from typing import Literal

import pytest
from tests.money import cny

from kamcore.errors import PolicyError
from kamcore.presets import grades_by_potential
from kamcore.presets.grades_by_potential import WITHOUT_POTENTIAL
from kamcore.price import Sale, find_price_range, quote_price
from kamcore.rulebook import describe
from kamcore.values import Money, Ratio, Rounding

PERMITTED = grades_by_potential.price(raise_by=Ratio.percent(5))
OWED = grades_by_potential.price(raise_by=Ratio.percent(5), action="duty")


@pytest.mark.parametrize(
    ("price", "permission", "duty"),
    [
        ("99.99", "refused", "refused"),
        ("100.00", "allowed", "refused"),
        ("104.99", "allowed", "refused"),
        ("105.00", "allowed", "allowed"),
        ("105.01", "refused", "refused"),
    ],
)
def test_p01_6_a_permission_and_a_duty(price: str, permission: str, duty: str) -> None:
    sale = Sale(WITHOUT_POTENTIAL, cny(100), price=Money(Decimal(price), "CNY"))
    for policy, outcome in ((PERMITTED, permission), (OWED, duty)):
        decision = quote_price(sale, policy)
        assert decision.value.outcome == outcome
        source = decision.reasons[0].source
        assert source is not None
        assert (source.id, source.mark) == ("P01-6", "form")


def test_p01_6_a_permission_is_used_only_when_it_is_asked_for() -> None:
    sale = Sale(WITHOUT_POTENTIAL, cny(100))
    assert quote_price(sale, PERMITTED).value.unit == cny(100)
    assert quote_price(sale, OWED).value.unit == cny(105)


def test_p01_6_a_duty_is_rounded_once() -> None:
    policy = grades_by_potential.price(
        raise_by=Ratio.percent(5), action="duty", rounding=Rounding.FLOOR
    )
    price = Money(Decimal("0.10"), "CNY")
    found = find_price_range(WITHOUT_POTENTIAL, policy, control=price).value
    assert (found.low, found.high) == (price, price)


@pytest.mark.parametrize(
    ("raise_by", "action", "message"),
    [
        (Ratio(0), "permission", "raise_by 0% raises nothing; pass Ratio.percent(5)"),
        (Ratio(-1, 20), "duty", "raise_by -5% raises nothing; pass Ratio.percent(5)"),
        (
            Ratio(1, 20),
            "advice",
            "action 'advice' is no named convention; known are 'permission', 'duty'",
        ),
    ],
)
def test_p01_6_the_amount_is_the_caller_s(
    raise_by: Ratio, action: Literal["permission", "duty"], message: str
) -> None:
    with pytest.raises(PolicyError) as error:
        grades_by_potential.price(raise_by=raise_by, action=action)
    assert str(error.value) == message


HEAD = ["Prices, measured by the control price [P01-6]", "  own: prices are without tax"]
ZH_HEAD = ["价格（以内控价格为基准）（P01-6）", "  口径：价格均不含税"]


def test_p01_6_described() -> None:
    english, chinese = (
        describe(PERMITTED, "en").splitlines(),
        describe(PERMITTED, "zh").splitlines(),
    )
    assert english == [
        *HEAD,
        (
            "  ordinary customers without potential: not below it; not above 105% of it "
            "[P01-6; what it leaves open is the company's]"
        ),
        (
            "  own: a floor is rounded up, a cap down, the price of a unit once "
            "(rounded to the nearest, a half away from zero)"
        ),
        "  there are no exceptions",
    ]
    assert chinese == [
        *ZH_HEAD,
        (
            "  无升级潜力的普通客户：不低于内控价格，不高于内控价格的 105%"
            "（P01-6，未写明之处由公司自定）"
        ),
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（四舍五入）",
        "  无例外",
    ]
    assert describe(OWED, "en").splitlines()[2] == (
        "  ordinary customers without potential: exactly 5% more "
        "[P01-6; what it leaves open is the company's]"
    )
    assert describe(OWED, "zh").splitlines()[2] == (
        "  无升级潜力的普通客户：提价 5% 执行（P01-6，未写明之处由公司自定）"
    )
