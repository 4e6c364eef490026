"""S3-P18: A has the most preference, B a moderate one, C some, D pays the standard price."""

from decimal import Decimal

import pytest
from tests.money import cny

from kamcore.errors import PolicyError
from kamcore.presets import preference_grades
from kamcore.price import Sale, find_price_range, quote_price
from kamcore.rulebook import describe
from kamcore.values import Money, Ratio

PERCENT = Ratio.percent
PRICE = preference_grades.price(a=PERCENT(10), b=PERCENT(6), c=PERCENT(2))


@pytest.mark.parametrize(
    ("tier", "price", "outcome"),
    [
        ("A", "89.99", "refused"),
        ("A", "90.00", "allowed"),
        ("A", "100.00", "allowed"),
        ("A", "100.01", "allowed"),
        ("B", "93.99", "refused"),
        ("B", "94.00", "allowed"),
        ("B", "100.01", "allowed"),
        ("C", "97.99", "refused"),
        ("C", "98.00", "allowed"),
        ("C", "100.01", "allowed"),
        ("D", "99.99", "refused"),
        ("D", "100.00", "allowed"),
        ("D", "100.01", "refused"),
    ],
)
def test_p18_3_every_grade_on_both_sides(tier: str, price: str, outcome: str) -> None:
    decision = quote_price(Sale(tier, cny(100), price=Money(Decimal(price), "CNY")), PRICE)
    source = decision.reasons[0].source
    assert decision.value.outcome == outcome
    assert source is not None
    assert source.id == "P18-3"


def test_p18_3_only_what_is_complete_in_the_text_is_cited_as_its_rule() -> None:
    marks = [(one.tier, one.source.mark) for one in PRICE.tiers if one.source]
    assert marks == [("A", "form"), ("B", "form"), ("C", "form"), ("D", "rule")]


@pytest.mark.parametrize(
    ("tier", "named"), [("A", ["A类"]), ("B", ["B类"]), ("C", ["C类"]), ("D", [])]
)
def test_p18_3_the_rates_are_the_company_s_and_the_standard_price_is_not(
    tier: str, named: list[str]
) -> None:
    for decision in (
        quote_price(Sale(tier, cny(100)), PRICE),
        find_price_range(tier, PRICE, control=cny(100)),
    ):
        assert [one.text("zh") for one in decision.assumed] == [
            f"下列各项中原文未写明之处由公司自定：{one}" for one in named
        ]


@pytest.mark.parametrize(
    ("a", "b", "c"),
    [(5, 5, 2), (5, 6, 2), (6, 5, 5), (6, 5, 0), (6, 5, -1)],
    ids=["A and B alike", "B before A", "B and C alike", "C without", "C dearer"],
)
def test_p18_3_the_rates_fall_from_a_to_d(a: int, b: int, c: int) -> None:
    with pytest.raises(PolicyError) as error:
        preference_grades.price(a=PERCENT(a), b=PERCENT(b), c=PERCENT(c))
    assert str(error.value) == (
        f"discounts {a}%, {b}%, {c}% of A, B, C do not fall; the text gives A the most, "
        "then B, then C, and D none"
    )


def test_p18_3_described() -> None:
    assert describe(PRICE, "en").splitlines() == [
        "Prices, measured by the control price [P18-3]",
        "  own: prices are without tax",
        (
            "  A: a discount of up to 10% may be granted, so not below 90% of it; the text "
            "states no highest price [P18-3; what it leaves open is the company's]"
        ),
        (
            "  B: a discount of up to 6% may be granted, so not below 94% of it; the text "
            "states no highest price [P18-3; what it leaves open is the company's]"
        ),
        (
            "  C: a discount of up to 2% may be granted, so not below 98% of it; the text "
            "states no highest price [P18-3; what it leaves open is the company's]"
        ),
        "  D: exactly the control price [P18-3]",
        (
            "  own: a floor is rounded up, a cap down, the price of a unit once "
            "(rounded to the nearest, a half away from zero)"
        ),
        "  there are no exceptions",
    ]
    rest = "（P18-3，未写明之处由公司自定）"
    assert describe(PRICE, "zh").splitlines() == [
        "价格（以内控价格为基准）（P18-3）",
        "  口径：价格均不含税",
        f"  A：可给予 10% 以内的优惠，即不低于内控价格的 90%，原文未规定最高价{rest}",
        f"  B：可给予 6% 以内的优惠，即不低于内控价格的 94%，原文未规定最高价{rest}",
        f"  C：可给予 2% 以内的优惠，即不低于内控价格的 98%，原文未规定最高价{rest}",
        "  D：按内控价格执行（P18-3）",
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（四舍五入）",
        "  无例外",
    ]
