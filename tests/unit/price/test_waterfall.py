"""The way from the control price to what is left, and what a sales lead is told about it."""

from decimal import Decimal

import pytest

from kamcore.facts import FlagField
from kamcore.presets import hundred_points
from kamcore.price import (
    Adjustment,
    Approval,
    PricePolicy,
    PriceStep,
    Sale,
    Stack,
    TierPrice,
    quote_price,
)
from kamcore.price._why import amount_text
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source, Steps

percent = Ratio.percent
LIST = Label("Price list", "价格表")
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
NEW = FlagField("new", en="new project", zh="新项目")
VOLUME = Adjustment(
    "volume",
    Steps.rising(Ratio(0), (500, percent(-1)), (2000, percent(-2))),
    by="quantity",
    en="volume",
    zh="批量优惠",
    source=Source("2.1", LIST),
)
FREIGHT = Adjustment("freight", Money(-300, "CNY"), off_invoice=True, en="freight", zh="承担运费")
EARLY = Adjustment(
    "early",
    percent(-1),
    off_invoice=True,
    optional=True,
    en="early payment",
    zh="提前付款折扣",
    source=Source("2.5", LIST),
)
STACKS = (Stack("compound", (VOLUME,)), Stack("compound", (FREIGHT, EARLY)))
COMPANY = hundred_points.price(
    approver=MANAGER, lower=(Approval(LEAD, low=percent(90)),), stacks=STACKS
)
BARE = hundred_points.price(approver=MANAGER)
STRICT = PricePolicy(
    tiers=(TierPrice("A", low=percent(95)),),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
    stacks=(Stack("add", (Adjustment("third", Ratio(-1, 300), en="bonus", zh="奖励"),)),),
)


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


# --- steps ----------------------------------------------------------------------------------

Row = tuple[str, str, str, str, bool]


def rows(steps: tuple[PriceStep, ...]) -> list[Row]:
    """Return kind, words, change, price after it, and whether it is off the invoice."""
    return [
        (one.kind, one.label.en, one.change.plain(), one.after.plain(), one.off_invoice)
        for one in steps
    ]


def test_every_step_is_told_from_the_control_price_to_what_is_left() -> None:
    quote = quote_price(Sale("A", cny("99.99"), quantity=600, discount=percent(6)), COMPANY).value
    assert rows(quote.waterfall) == [
        ("control", "control price", "0", "99.99", False),
        ("tier", "discount asked", "-5.9994", "93.9906", False),
        ("adjustment", "volume", "-0.939906", "93.050694", False),
        ("rounding", "rounding", "-0.000694", "93.05", False),
        ("adjustment", "freight", "-0.5", "92.55", True),
        ("adjustment", "early payment", "-0.9255", "91.6245", True),
    ]
    assert quote.net_share == Ratio(916_245, 999_900)
    assert [one.source for one in quote.waterfall][1:3] == [BARE.of("A").source, VOLUME.source]


def test_the_start_of_a_tier_is_its_own_step() -> None:
    quote = quote_price(Sale("D", cny(100)), BARE).value
    assert rows(quote.waterfall) == [
        ("control", "control price", "0", "100", False),
        ("tier", "class D", "5", "105", False),
    ]


def test_a_price_asked_closes_with_its_difference() -> None:
    quote = quote_price(Sale("A", cny(100), quantity=600, price=cny("94.50")), COMPANY).value
    assert rows(quote.waterfall)[1:4] == [
        ("adjustment", "volume", "-1", "99", False),
        ("agreed", "to the price asked", "-4.5", "94.5", False),
        ("adjustment", "freight", "-0.5", "94", True),
    ]


def test_what_changes_nothing_is_no_step() -> None:
    quote = quote_price(Sale("A", cny(100), quantity=499, price=cny(100)), COMPANY).value
    assert [kind for kind, *_ in rows(quote.waterfall)] == ["control", "adjustment", "adjustment"]


def test_where_each_change_is_rounded_the_steps_are() -> None:
    each = hundred_points.price(approver=MANAGER, stacks=STACKS)
    rounded = PricePolicy(
        tiers=each.tiers, rounding=each.rounding, stacks=STACKS, rounded="each_change"
    )
    quote = quote_price(Sale("A", cny("99.99"), quantity=700), rounded).value
    assert rows(quote.waterfall) == [
        ("control", "control price", "0", "99.99", False),
        ("adjustment", "volume", "-1", "98.99", False),
        ("adjustment", "freight", "-0.43", "98.56", True),
        ("adjustment", "early payment", "-0.99", "97.57", True),
    ]


def test_of_the_best_only_the_one_that_applies_is_a_step() -> None:
    both = (Adjustment("a", percent(-2)), Adjustment("b", percent(-3)))
    tiers = (TierPrice("A", low=percent(90)),)
    best = PricePolicy(tiers=tiers, rounding=Rounding.FLOOR, stacks=(Stack("best", both),))
    steps = quote_price(Sale("A", cny(100)), best).value.waterfall
    assert rows(steps)[1:] == [("adjustment", "b", "-3", "97", False)]
    none = (Adjustment("a", Ratio(0)), Adjustment("b", percent(3)))
    zero = PricePolicy(tiers=tiers, rounding=Rounding.FLOOR, stacks=(Stack("best", none),))
    assert len(quote_price(Sale("A", cny(100)), zero).value.waterfall) == 1


def test_rows_are_plain_for_a_table() -> None:
    quote = quote_price(Sale("A", cny(100), quantity=600), COMPANY).value
    assert quote.rows("zh")[1:3] == [
        {
            "step": "批量优惠",
            "change": "-1",
            "after": "99",
            "invoiced": True,
            "source": "2.1",
        },
        {
            "step": "承担运费",
            "change": "-0.5",
            "after": "98.5",
            "invoiced": False,
            "source": None,
        },
    ]
    assert quote.rows()[1]["step"] == "volume"


# --- amounts in words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "least", "text"),
    [
        (Ratio(95), 2, "95.00"),
        (Ratio(949905, 10_000), 2, "94.9905"),
        (Ratio(1_234_567), 0, "1,234,567"),
        (Ratio(21, 2), 0, "10.5"),
        (Ratio(1, 3), 2, "≈0.333333"),
        (Ratio(2, 3), 0, "≈0.6667"),
        (Ratio(1, 10**6), 2, "0.000001"),
        (Ratio(1, 10**7), 2, "≈0.00"),
        (Ratio(-1, 2), 2, "-0.50"),
    ],
)
def test_an_amount_is_exact_or_says_that_it_is_not(amount: Ratio, least: int, text: str) -> None:
    assert amount_text(amount, least) == text


def test_a_change_that_is_not_exact_keeps_its_sign() -> None:
    said = quote_price(Sale("A", cny(100)), STRICT).reasons[1].text("en")
    assert said == (
        "a unit: control price CNY 100.00 − ≈0.333333 (bonus) + ≈0.003333 (rounding) "
        "= 99.67 invoiced"
    )


# --- whole explanations ---------------------------------------------------------------------

CASES: dict[str, tuple[Sale, PricePolicy]] = {
    "allowed": (Sale("A", cny(100), quantity=600, discount=percent(2)), COMPANY),
    "6 % asked": (Sale("A", cny(100), quantity=600, discount=percent(6)), COMPANY),
    "refused": (Sale("A", cny(100), price=cny("94.60")), STRICT),
    "one price": (Sale("D", cny("99.99"), quantity=3), BARE),
    "rounding kept": (Sale("A", cny("99.99"), discount=percent(5)), BARE),
}
EXPLAINED: dict[str, tuple[list[str], list[str]]] = {
    "allowed": (
        [
            "CNY 97.02 a unit (600 units: CNY 58,212.00) is allowed for class A",
            (
                "a unit: control price CNY 100.00 − 2.00 (discount asked) − 0.98 (volume) "
                "= 97.02 invoiced − 0.50 (freight) − 0.9652 (early payment) = 95.5548 net"
            ),
            "net of everything, 95.5548% of the control price is left; the floor is 95%",
            (
                "the rule holds in principle; exceptions are approved by the sales lead (down to"
                " 90% of the control price), the general manager (any price), named by the company"
            ),
            (
                "Convention: the floor is held to what is left net of every adjustment; counted"
                " as taken by the customer: early payment"
            ),
            (
                "Source: “Customer grading rules of a manufacturer” P08-4A, article 3; P08-4P,"
                " article 3; “Price list” 2.1; 2.5"
            ),
        ],
        [
            "A类可按单价 97.02 元（600 件合计 58,212.00 元）成交",
            (
                "单价构成：内控价格 100.00 元 − 2.00（申请优惠） − 0.98（批量优惠） = 开票价"
                " 97.02 − 0.50（承担运费） − 0.9652（提前付款折扣） = 净价 95.5548"
            ),
            "扣除全部调整后，净价为内控价格的 95.5548%；底价为 95%",
            (
                "本条为原则性规定；例外由公司指定的销售主管（不低于内控价格的 90%）、总经理"
                "（不限价）批准"
            ),
            "口径：底价按扣除全部调整后的净价执行；按客户享受计算：提前付款折扣",
            ("依据：《XXX公司客户分级管理制度》P08-4A 第3条、P08-4P 第3条；《价格表》2.1、2.5"),
        ],
    ),
    "6 % asked": (
        [
            (
                "CNY 93.06 a unit (600 units: CNY 55,836.00) for class A needs the approval"
                " of the sales lead"
            ),
            "CNY 96.46 a unit would pass, and so would a discount of up to 2.57%",
            (
                "a discount of 6% is asked and class A may be given up to 5%; net of everything,"
                " only 91.6344% of the control price is left, and the floor is 95%"
            ),
            (
                "a unit: control price CNY 100.00 − 6.00 (discount asked) − 0.94 (volume) "
                "= 93.06 invoiced − 0.50 (freight) − 0.9256 (early payment) = 91.6344 net"
            ),
            (
                "may approve, by the company's own rule: the sales lead (down to 90% of the"
                " control price), the general manager (any price)"
            ),
            (
                "Convention: the floor is held to what is left net of every adjustment; counted"
                " as taken by the customer: early payment"
            ),
            (
                "Source: “Customer grading rules of a manufacturer” P08-4P, article 3; P08-4A,"
                " article 3; “Price list” 2.1; 2.5"
            ),
        ],
        [
            "A类按单价 93.06 元（600 件合计 55,836.00 元）成交，须经销售主管批准",
            "单价 96.46 元即可；优惠幅度可至 2.57%",
            (
                "申请优惠 6%，A类最多可优惠 5%；扣除全部调整后，净价仅为内控价格的 91.6344%"
                "，低于底价（95%）"
            ),
            (
                "单价构成：内控价格 100.00 元 − 6.00（申请优惠） − 0.94（批量优惠） = 开票价"
                " 93.06 − 0.50（承担运费） − 0.9256（提前付款折扣） = 净价 91.6344"
            ),
            "批准权限（公司自定）：销售主管（不低于内控价格的 90%）、总经理（不限价）",
            "口径：底价按扣除全部调整后的净价执行；按客户享受计算：提前付款折扣",
            ("依据：《XXX公司客户分级管理制度》P08-4P 第3条、P08-4A 第3条；《价格表》2.1、2.5"),
        ],
    ),
    "refused": (
        [
            "CNY 94.60 a unit is refused for class A",
            "CNY 95.00 a unit would pass",
            (
                "net of everything, only 94.6% of the control price is left; the floor for"
                " class A is 95%"
            ),
            (
                "a unit: control price CNY 100.00 − ≈0.333333 (bonus) − ≈5.066667 (to the price"
                " asked) = 94.60 invoiced"
            ),
            "Convention: the floor is held to what is left net of every adjustment",
        ],
        [
            "A类不能按单价 94.60 元成交",
            "单价 95.00 元即可",
            "扣除全部调整后，净价仅为内控价格的 94.6%，低于A类的底价（95%）",
            (
                "单价构成：内控价格 100.00 元 − ≈0.333333（奖励） − ≈5.066667（议价差额） "
                "= 开票价 94.60"
            ),
            "口径：底价按扣除全部调整后的净价执行",
        ],
    ),
    "one price": (
        [
            "CNY 104.99 a unit (3 units: CNY 314.97) is allowed for class D",
            (
                "a unit: control price CNY 99.99 + 4.9995 (class D) + 0.0005 (rounding) = 104.99"
                " invoiced"
            ),
            "the control price is raised by 5%",
            ("that is exactly CNY 104.9895, rounded to the nearest, a half away from zero, once"),
            (
                "the rule holds in principle; exceptions are approved by the general manager,"
                " named by the company"
            ),
            (
                "Source: “Customer grading rules of a manufacturer” P08-4D, article 3; P08-4P,"
                " article 3"
            ),
        ],
        [
            "D类可按单价 104.99 元（3 件合计 314.97 元）成交",
            "单价构成：内控价格 99.99 元 + 4.9995（D类） + 0.0005（取整） = 开票价 104.99",
            "在内控价格基础上提价 5%",
            "精确值为 104.9895 元，仅取整一次（四舍五入）",
            "本条为原则性规定；例外由公司指定的总经理批准",
            "依据：《XXX公司客户分级管理制度》P08-4D 第3条、P08-4P 第3条",
        ],
    ),
    "rounding kept": (
        [
            "CNY 95.00 a unit is allowed for class A",
            (
                "a unit: control price CNY 99.99 − 4.9995 (discount asked) + 0.0095 (rounding)"
                " = 95.00 invoiced"
            ),
            "a discount of up to 5% may be granted",
            (
                "the exact floor is CNY 94.9905; it is rounded up to CNY 95.00, so that it"
                " is never crossed"
            ),
            (
                "the rule holds in principle; exceptions are approved by the general manager,"
                " named by the company"
            ),
            (
                "Source: “Customer grading rules of a manufacturer” P08-4A, article 3; P08-4P,"
                " article 3"
            ),
        ],
        [
            "A类可按单价 95.00 元成交",
            ("单价构成：内控价格 99.99 元 − 4.9995（申请优惠） + 0.0095（取整） = 开票价 95.00"),
            "可给予 5% 以内的价格优惠",
            "精确底价为 94.9905 元，按最小计价单位向上进位为 95.00 元，以免低于底价",
            "本条为原则性规定；例外由公司指定的总经理批准",
            "依据：《XXX公司客户分级管理制度》P08-4A 第3条、P08-4P 第3条",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_whole_explanation(name: str) -> None:
    decision = quote_price(*CASES[name])
    said = decision.explain("en").split("\n"), decision.explain("zh").split("\n")
    assert said == EXPLAINED[name]
