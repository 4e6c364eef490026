"""S2-6: four ways of working with customers that run their own network."""

from decimal import Decimal

import pytest
from tests.money import cny

from kamcore.errors import InputError, PolicyError
from kamcore.facts import Choice, NumberField, read_facts
from kamcore.presets import private_networks
from kamcore.presets.private_networks import PRIVATE_NETWORK, REVENUE
from kamcore.price import FreeUnits, PricePolicy, Quote, Sale, quote_price, share_revenue
from kamcore.rulebook import describe
from kamcore.values import Money, Ratio

PERCENT = Ratio.percent
LINES = NumberField("lines", zh="门数", en="lines")
RELIEFS = {
    "monthly_rent": PERCENT(50),
    "number_fee": PERCENT(100),
    "communication_fee": PERCENT(0),
}
FEES = private_networks.fees(reliefs=RELIEFS, smaller=LINES < 200)
RELIEVED = {"model": "fee_relief", "keeps_ownership": True, "needs_investment": False}


def quoted(facts: dict[str, object], quantity: int = 1, policy: PricePolicy = FEES) -> Quote:
    """Return the quote of a fee of 100 yuan."""
    nothing = dict.fromkeys(policy.fields.names)
    known = read_facts({**nothing, **facts}, policy.fields)
    return quote_price(
        Sale(PRIVATE_NETWORK, cny(100), quantity=quantity, facts=known), policy
    ).value


@pytest.mark.parametrize(
    ("facts", "quantity", "line"),
    [
        ({"model": "buy_out", "fee": "internal_call"}, 1, 0),
        ({"model": "buy_out", "fee": "communication_fee"}, 1, 100),
        ({"model": "entrusted", "fee": "internal_call"}, 1, 100),
        ({"model": "removal", "fee": "switch", "lines": 199}, 1, 100),
        ({"model": "removal", "fee": "switch", "lines": 199}, 2, 100),
        ({"model": "removal", "fee": "switch", "lines": 199}, 3, 200),
        ({"model": "removal", "fee": "switch", "lines": 200}, 2, 200),
        ({"model": "removal", "fee": "switch"}, 2, 200),
        ({"model": "buy_out", "fee": "switch", "lines": 199}, 2, 200),
        ({**RELIEVED, "fee": "monthly_rent"}, 2, 100),
        ({**RELIEVED, "fee": "number_fee"}, 2, 0),
        ({**RELIEVED, "fee": "communication_fee"}, 2, 200),
        ({**RELIEVED, "fee": "switch", "lines": 1}, 2, 200),
        ({**RELIEVED, "fee": "monthly_rent", "keeps_ownership": False}, 2, 200),
        ({**RELIEVED, "fee": "monthly_rent", "keeps_ownership": None}, 2, 200),
        ({**RELIEVED, "fee": "monthly_rent", "needs_investment": True}, 2, 200),
        ({**RELIEVED, "fee": "monthly_rent", "needs_investment": None}, 2, 200),
        ({"fee": "monthly_rent"}, 2, 200),
    ],
    ids=[
        *("S2-6a calls inside", "S2-6a other calls", "S2-6b calls inside"),
        *(
            "S2-6c one",
            "S2-6c two",
            "S2-6c three",
            "S2-6c not smaller",
            "S2-6c size not known",
            "S2-6a exchanges",
        ),
        *("S2-6d rent", "S2-6d number fee", "S2-6d calls", "S2-6d exchanges"),
        *("S2-6d sold", "S2-6d ownership not known", "S2-6d invested", "S2-6d not known"),
        "no model",
    ],
)
def test_s2_6_what_is_left_of_a_fee(facts: dict[str, object], quantity: int, line: int) -> None:
    quote = quoted(facts, quantity)
    assert (quote.outcome, quote.line) == ("allowed", cny(line))


def test_s2_6a_what_costs_nothing_is_free_of_charge() -> None:
    known = {**dict.fromkeys(FEES.fields.names), "model": "buy_out", "fee": "internal_call"}
    sale = Sale(PRIVATE_NETWORK, cny(100), facts=read_facts(known, FEES.fields))
    decision = quote_price(sale, FEES)
    assert decision.assumed == ()
    assert decision.explain("en").splitlines() == [
        "free of charge for private network",
        ("a unit: control price CNY 100.00 − 100.00 (calls inside cost nothing) = 0.00 invoiced"),
        "Source: “How a telecom operator serves its key accounts” S2-6; S2-6a",
    ]
    assert decision.explain("zh").splitlines() == [
        "专网大客户：不收费",
        "单价构成：内控价格 100.00 元 − 100.00（内部通话不收费） = 开票价 0.00",
        "依据：《运营商如何做好大客户服务工作》S2-6、S2-6a",
    ]


def test_s2_6d_a_rate_of_relief_is_the_company_s() -> None:
    known = {**dict.fromkeys(FEES.fields.names), **RELIEVED, "fee": "monthly_rent"}
    sale = Sale(PRIVATE_NETWORK, cny(100), facts=read_facts(known, FEES.fields))
    assert [one.text("zh") for one in quote_price(sale, FEES).assumed] == [
        "下列各项中原文未写明之处由公司自定：月租费优惠"
    ]


def test_s2_6c_one_is_free_for_each_replaced() -> None:
    (replacement,) = (one for one in FEES.adjustments if one.name == "replacement")
    assert replacement.gives == FreeUnits(bought=1, free=1)
    assert replacement.source is not None
    assert (replacement.source.id, replacement.source.mark) == ("S2-6c", "form")


def test_s2_6d_the_list_of_fees_is_open() -> None:
    line_rent = Choice("line_rent", zh="专线租费", en="line rent")
    reliefs = {**RELIEFS, "line_rent": PERCENT(25)}
    policy = private_networks.fees(reliefs=reliefs, smaller=LINES < 200, other_fees=(line_rent,))
    assert quoted({**RELIEVED, "fee": "line_rent"}, policy=policy).line == cny(75)
    with pytest.raises(InputError, match="line_rent"):
        quoted({**RELIEVED, "fee": "line_rent"})


@pytest.mark.parametrize(
    ("reliefs", "message"),
    [
        (
            {"monthly_rent": PERCENT(50)},
            (
                "reliefs are asked for monthly_rent, number_fee, communication_fee; "
                "mend communication_fee, number_fee"
            ),
        ),
        (
            {**RELIEFS, "switch": PERCENT(1)},
            "reliefs are asked for monthly_rent, number_fee, communication_fee; mend switch",
        ),
        (
            {**RELIEFS, "number_fee": PERCENT(101)},
            "relief 101% of 'number_fee' is no share; pass 0% to 100%",
        ),
        (
            {**RELIEFS, "number_fee": PERCENT(-1)},
            "relief -1% of 'number_fee' is no share; pass 0% to 100%",
        ),
    ],
)
def test_s2_6d_the_rates_are_the_caller_s(reliefs: dict[str, Ratio], message: str) -> None:
    with pytest.raises(PolicyError) as error:
        private_networks.fees(reliefs=reliefs, smaller=LINES < 200)
    assert str(error.value) == message


def test_s2_6b_the_gross_revenue_is_shared_in_proportion_to_investment() -> None:
    parts = share_revenue(
        Money(Decimal("1000.00"), "CNY"),
        REVENUE,
        investments=(("operator", cny(200)), ("customer", cny(100))),
    ).value
    assert [(one.side, one.amount) for one in parts] == [
        ("operator", Money(Decimal("666.67"), "CNY")),
        ("customer", Money(Decimal("333.33"), "CNY")),
    ]
    with pytest.raises(InputError, match="revenue is shared gross"):
        share_revenue(cny(1), REVENUE, investments=(("operator", cny(1)),), costs=cny(1))


def test_s2_6_described() -> None:
    assert describe(FEES, "en").splitlines() == [
        "Prices, measured by the control price [S2-6]",
        "  own: prices are without tax",
        "  private network: not above it",
        "  Adjustments, of which at most one applies:",
        (
            "    calls inside cost nothing: 100% less; if model of co-operation is buy-out and "
            "kind of fee is calls inside the network [S2-6a]"
        ),
        (
            "    one free for each replaced: 1 free for every 1 bought; if model of "
            "co-operation is removal of the exchange and kind of fee is exchange and lines < "
            "200 [S2-6c; what it leaves open is the company's]"
        ),
        (
            "    relief of monthly rent: 50% less; if model of co-operation is fee relief and "
            "the customer keeps ownership and not: investment is needed and kind of fee is "
            "monthly rent [S2-6d; what it leaves open is the company's]"
        ),
        (
            "    relief of number fee: 100% less; if model of co-operation is fee relief and "
            "the customer keeps ownership and not: investment is needed and kind of fee is "
            "number fee [S2-6d; what it leaves open is the company's]"
        ),
        (
            "    relief of communication fee: no change; if model of co-operation is fee relief "
            "and the customer keeps ownership and not: investment is needed and kind of fee is "
            "communication fee [S2-6d; what it leaves open is the company's]"
        ),
        "  own: an adjustment is left out while a fact that it asks for is missing",
        (
            "  own: a floor is rounded up, a cap down, the price of a unit once (rounded to the "
            "nearest, a half away from zero)"
        ),
        "  there are no exceptions",
    ]
    assert describe(FEES, "zh").splitlines() == [
        "价格（以内控价格为基准）（S2-6）",
        "  口径：价格均不含税",
        "  专网大客户：不高于内控价格",
        "  调整项（至多适用一项）：",
        "    内部通话不收费：降 100%；条件：合作方式是买断 且 费用种类是内部通话费（S2-6a）",
        (
            "    改一赠一：每购 1 件赠 1 件；条件：合作方式是拆除交换机 且 费用种类是交换机 且 "
            "门数 < 200（S2-6c，未写明之处由公司自定）"
        ),
        (
            "    月租费优惠：降 50%；条件：合作方式是费用优惠 且 客户保留产权 且 非“需要投入” "
            "且 费用种类是月租费（S2-6d，未写明之处由公司自定）"
        ),
        (
            "    占号费优惠：降 100%；条件：合作方式是费用优惠 且 客户保留产权 且 非“需要投入” "
            "且 费用种类是占号费（S2-6d，未写明之处由公司自定）"
        ),
        (
            "    通信费优惠：不调整；条件：合作方式是费用优惠 且 客户保留产权 且 非“需要投入” "
            "且 费用种类是通信费（S2-6d，未写明之处由公司自定）"
        ),
        "  口径：条件所需数据缺失的，该项调整不计入",
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（四舍五入）",
        "  无例外",
    ]


def test_s2_6b_described() -> None:
    assert describe(REVENUE, "en").splitlines() == [
        "Revenue is shared in proportion to investment [S2-6b]",
        "  own: the gross revenue is shared",
        "  own: by largest remainder, so that nothing is lost",
    ]
    assert describe(REVENUE, "zh").splitlines() == [
        "收入按投资比例分成（S2-6b）",
        "  口径：以总收入为分成基数",
        "  口径：按最大余数法分配，分毫不差",
    ]
