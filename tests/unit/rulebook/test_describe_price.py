"""Price policies in words: what stands in the text, what the company added, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from kamcore.facts import Choice, ChoiceField, FlagField
from kamcore.price import (
    Adjustment,
    Approval,
    FreeUnits,
    Gives,
    PricePolicy,
    RevenueShare,
    Stack,
    StackKind,
    TierPrice,
)
from kamcore.rulebook import describe
from kamcore.values import (
    Days,
    Label,
    Lang,
    Money,
    Ratio,
    Rounding,
    Seat,
    Source,
    Split,
    Steps,
    UnitPrice,
)

percent = Ratio.percent
LIST = Label("Price list", "价格表")
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
NEW = FlagField("new", en="new project", zh="新项目")
SECTOR = ChoiceField(
    "sector",
    options=(Choice("power", zh="电力"), Choice("cable", zh="电缆")),
    en="sector",
    zh="行业",
)
A = TierPrice("A", low=percent(95), source=Source("1.1", LIST))


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


def each(amount: str) -> UnitPrice:
    """Return an amount for each unit."""
    return UnitPrice(Decimal(amount), "CNY")


def build(*stacks: Stack, **fields: object) -> PricePolicy:
    """Return a policy of tier A with stacks."""
    given = {"tiers": (A,), "rounding": Rounding.HALF_AWAY_FROM_ZERO, **fields}
    return PricePolicy(stacks=stacks, **given)  # type: ignore[arg-type]


def line(what: Adjustment, lang: Lang) -> str:
    """Return the line of one adjustment."""
    policy = build(Stack("add", (what,)))
    (found,) = [one for one in describe(policy, lang).split("\n") if one.startswith("    ")]
    return found.strip()


# --- a whole policy -------------------------------------------------------------------------

WHOLE = build(
    Stack(
        "add",
        (
            Adjustment(
                "volume",
                Steps.rising(Ratio(0), (100, percent(-1)), (500, percent(-2))),
                by="quantity",
                zh="批量优惠",
                source=Source("2.1", LIST),
            ),
            Adjustment("new", percent(-3), when=NEW, en="new-project discount", zh="新项目优惠"),
        ),
    ),
    Stack(
        "best",
        (Adjustment("free", FreeUnits(10, 1), zh="买赠"), Adjustment("fee", cny(30), zh="手续费")),
    ),
    Stack(
        "exclusive",
        (
            Adjustment("power", percent(-1), when=SECTOR.is_("power"), zh="电力优惠"),
            Adjustment("cable", percent(-2), when=SECTOR.is_("cable"), zh="电缆优惠"),
        ),
    ),
    Stack(
        "compound",
        (
            Adjustment("freight", each("-0.50"), off_invoice=True, zh="承担运费"),
            Adjustment(
                "early payment", percent(-2), off_invoice=True, optional=True, zh="提前付款折扣"
            ),
        ),
    ),
    tiers=(A, TierPrice("B", low=percent(97), floor=percent(90), high=percent(110))),
    approvals=(Approval(LEAD, low=percent(90)), Approval(MANAGER)),
    source=Source("1", LIST),
)


def test_a_whole_policy_in_english() -> None:
    assert describe(WHOLE, "en").split("\n") == [
        "Prices, measured by the control price [1]",
        "  own: prices are without tax",
        (
            "  A: a discount of up to 5% may be granted, so not below 95% of it; "
            "the text states no highest price [1.1]"
        ),
        (
            "  B: a discount of up to 3% may be granted, so not below 97% of it; "
            "net of everything not below 90% of it; not above 110% of it"
        ),
        (
            "  own: where no floor of its own is stated, the lowest price holds for what is left "
            "net of every adjustment"
        ),
        "  Adjustments, added up, each share being of the price before them:",
        "    volume: from 100 units: 1% less, from 500 units: 2% less [2.1]",
        "    new-project discount: 3% less; if new project",
        "  Adjustments, of which the one with the lowest price applies:",
        "    free: 1 free for every 10 bought",
        "    fee: CNY 30.00 more a sale",
        "  Adjustments, of which at most one applies:",
        "    power: 1% less; if sector is power",
        "    cable: 2% less; if sector is cable",
        (
            "  Adjustments off the invoice, one after another, each share being of the price that "
            "the one before left:"
        ),
        "    freight: CNY 0.50 less a unit",
        "    early payment: 2% less; own: counted as taken",
        "  own: an adjustment is left out while a fact that it asks for is missing",
        (
            "  own: a floor is rounded up, a cap down, the price of a unit once "
            "(rounded to the nearest, a half away from zero)"
        ),
        (
            "  these rules hold in principle; own: exceptions are approved by the sales lead "
            "(down to 90% of the control price), the general manager (any price)"
        ),
    ]


def test_a_whole_policy_in_chinese() -> None:
    assert describe(WHOLE, "zh").split("\n") == [
        "价格（以内控价格为基准）（1）",
        "  口径：价格均不含税",
        "  A：可给予 5% 以内的优惠，即不低于内控价格的 95%，原文未规定最高价（1.1）",
        (
            "  B：可给予 3% 以内的优惠，即不低于内控价格的 97%，净价不低于内控价格的 90%，"
            "不高于内控价格的 110%"
        ),
        "  口径：未另定净价底价的，底价按扣除全部调整后的净价执行",
        "  调整项（各项相加，均以本组之前的价格为基数）：",
        "    批量优惠：满 100 件：降 1%，满 500 件：降 2%（2.1）",
        "    新项目优惠：降 3%；条件：新项目",
        "  调整项（取价格最低的一项）：",
        "    买赠：每购 10 件赠 1 件",
        "    手续费：每笔加 30.00 元",
        "  调整项（至多适用一项）：",
        "    电力优惠：降 1%；条件：行业是电力",
        "    电缆优惠：降 2%；条件：行业是电缆",
        "  调整项（不体现在发票上；依次计算，各项以前一项之后的价格为基数）：",
        "    承担运费：每件减 0.50 元",
        "    提前付款折扣：降 2%；口径：按客户享受计算",
        "  口径：条件所需数据缺失的，该项调整不计入",
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（四舍五入）",
        "  以上为原则性规定；口径：例外由销售主管（不低于内控价格的 90%）、总经理（不限价）批准",
    ]


# --- tiers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "en", "zh"),
    [
        (
            TierPrice("C", low=Ratio(1)),
            "C: not below it; no highest price is set",
            "C：不低于内控价格，未规定最高价",
        ),
        (
            TierPrice("C", low=percent(102)),
            "C: not below 102% of it; no highest price is set",
            "C：不低于内控价格的 102%，未规定最高价",
        ),
        (
            TierPrice("C", low=Ratio(1), source=Source("1.3", LIST)),
            "C: not below it; the text states no highest price [1.3]",
            "C：不低于内控价格，原文未规定最高价（1.3）",
        ),
        (
            TierPrice("C", low=percent(95), floor=percent(90)),
            (
                "C: a discount of up to 5% may be granted, so not below 95% of it; "
                "net of everything not below 90% of it; no highest price is set"
            ),
            (
                "C：可给予 5% 以内的优惠，即不低于内控价格的 95%，净价不低于内控价格的 90%，"
                "未规定最高价"
            ),
        ),
        (TierPrice("C", high=percent(110)), "C: not above 110% of it", "C：不高于内控价格的 110%"),
        (TierPrice("C", high=Ratio(1)), "C: not above it", "C：不高于内控价格"),
        (
            TierPrice("C", low=percent(105), high=percent(105)),
            "C: exactly 5% more",
            "C：提价 5% 执行",
        ),
        (
            TierPrice("C", low=percent(90), high=percent(90)),
            "C: exactly 10% less",
            "C：降价 10% 执行",
        ),
        (
            TierPrice("C", low=Ratio(1), high=Ratio(1)),
            "C: exactly the control price",
            "C：按内控价格执行",
        ),
        (
            TierPrice("fee", high=Ratio(1), zh="月租费", en="monthly rent"),
            "monthly rent: not above it",
            "月租费：不高于内控价格",
        ),
    ],
)
def test_the_price_of_a_tier(tier: TierPrice, en: str, zh: str) -> None:
    policy = build(tiers=(tier,))
    assert describe(policy, "en").split("\n")[1] == f"  {en}"
    assert describe(policy, "zh").split("\n")[1] == f"  {zh}"


def test_without_adjustments_or_a_floor_nothing_is_said_of_the_net() -> None:
    early = Stack("add", (Adjustment("early", percent(-2), off_invoice=True),))
    cap = (TierPrice("C", high=Ratio(1)),)
    assert "net of every adjustment" not in describe(build(), "en")
    assert "net of every adjustment" not in describe(build(early, tiers=cap), "en")
    assert "net of every adjustment" in describe(build(early), "en")


def test_without_approvals_there_are_no_exceptions() -> None:
    assert describe(build(), "en").split("\n")[-1] == "  there are no exceptions"
    assert describe(build(), "zh").split("\n")[-1] == "  无例外"


def test_tax_and_the_place_of_rounding_are_said() -> None:
    gross = build(basis="gross", rounded="each_change", rounding=Rounding.FLOOR)
    assert describe(gross, "en").split("\n")[::2] == [
        "Prices with tax, measured by the control price",
        (
            "  own: a floor is rounded up, a cap down, every change of a price by itself "
            "(rounded down)"
        ),
    ]
    assert describe(gross, "zh").split("\n")[::2] == [
        "价格（含税，以内控价格为基准）",
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，每项调整分别取整（向下取整）",
    ]
    cited = build(basis="gross", source=Source("1", LIST))
    assert describe(cited, "en").split("\n")[:2] == [
        "Prices, measured by the control price [1]",
        "  own: prices are with tax",
    ]
    assert describe(cited, "zh").split("\n")[1] == "  口径：价格均含税"


# --- adjustments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gives", "en", "zh"),
    [
        (percent(-2), "it: 2% less", "它：降 2%"),
        (percent(2), "it: 2% more", "它：加 2%"),
        (Ratio(0), "it: no change", "它：不调整"),
        (each("-0.125"), "it: CNY 0.125 less a unit", "它：每件减 0.125 元"),
        (each("0.50"), "it: CNY 0.50 more a unit", "它：每件加 0.50 元"),
        (cny(-300), "it: CNY 300.00 less a sale", "它：每笔减 300.00 元"),
        (cny(300), "it: CNY 300.00 more a sale", "它：每笔加 300.00 元"),
        (FreeUnits(1, 1), "it: 1 free for every 1 bought", "它：每购 1 件赠 1 件"),
    ],
)
def test_what_an_adjustment_gives(gives: Gives, en: str, zh: str) -> None:
    what = Adjustment("it", gives, zh="它")
    assert (line(what, "en"), line(what, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("steps", "by", "en", "zh"),
    [
        (
            Steps.rising(Ratio(0), (100, percent(-1)), edge="right"),
            "quantity",
            "it: above 100 units: 1% less",
            "它：超过 100 件：降 1%",
        ),
        (
            Steps.rising(cny(50), (1000, Ratio(0))),
            "quantity",
            "it: to begin with CNY 50.00 more a sale, from 1,000 units: no change",
            "它：起始每笔加 50.00 元，满 1,000 件：不调整",
        ),
        (
            Steps.rising(Ratio(0), (cny(10_000), each("-0.20"))),
            "amount",
            "it: from CNY 10,000.00: CNY 0.20 less a unit",
            "它：满 10,000.00 元：每件减 0.20 元",
        ),
        (
            Steps.rising(Ratio(0), (cny(10_000), each("-0.20")), edge="right"),
            "amount",
            "it: above CNY 10,000.00: CNY 0.20 less a unit",
            "它：超过 10,000.00 元：每件减 0.20 元",
        ),
        (
            Steps(values=(percent(-1), percent(-2)), edges=(100,), low=10, high=499),
            "quantity",
            "it: to begin with 1% less, from 100 units: 2% less, not above 499 units",
            "它：起始降 1%，满 100 件：降 2%，不超过 499 件",
        ),
        (Steps(values=(Ratio(0),)), "quantity", "it: to begin with no change", "它：起始不调整"),
    ],
    ids=["from the right", "the first too", "by amount", "above an amount", "bands", "one step"],
)
def test_the_steps_of_an_adjustment(steps: Steps[Gives], by: str, en: str, zh: str) -> None:
    what = Adjustment("it", steps, by=by, zh="它")  # type: ignore[arg-type]
    assert (line(what, "en"), line(what, "zh")) == (en, zh)


def test_when_an_adjustment_applies() -> None:
    spring = Days.through(date(2026, 1, 1), date(2026, 3, 31))
    what = Adjustment("it", percent(-2), when=NEW, days=spring, currency="CNY", zh="它")
    assert line(what, "en") == (
        "it: 2% less; if new project; from 2026-01-01 to 2026-03-31; only in CNY"
    )
    assert line(what, "zh") == "它：降 2%；条件：新项目；2026年1月1日至2026年3月31日；仅限 CNY"


@pytest.mark.parametrize("how", ["add", "compound", "best", "exclusive"])
def test_one_adjustment_alone_needs_no_word_about_the_others(how: StackKind) -> None:
    plain, off = (
        Stack(how, (Adjustment("it", percent(-2), off_invoice=hidden),)) for hidden in (False, True)
    )
    assert describe(build(plain), "en").split("\n")[3] == "  Adjustment:"
    assert describe(build(plain), "zh").split("\n")[3] == "  调整项："
    assert describe(build(off), "en").split("\n")[3] == "  Adjustment off the invoice:"
    assert describe(build(off), "zh").split("\n")[3] == "  调整项（不体现在发票上）："


# --- shared revenue -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "en", "zh"),
    [
        (
            RevenueShare(source=Source("S2-6b", LIST)),
            [
                "Revenue is shared in proportion to investment [S2-6b]",
                "  own: the gross revenue is shared",
                "  own: by largest remainder, so that nothing is lost",
            ],
            [
                "收入按投资比例分成（S2-6b）",
                "  口径：以总收入为分成基数",
                "  口径：按最大余数法分配，分毫不差",
            ],
        ),
        (
            RevenueShare(base="net", split=Split.FIRST),
            [
                "Revenue is shared in proportion to investment",
                "  own: what costs leave is shared",
                "  own: what is left over goes to the sides named first, a minor unit each",
            ],
            [
                "收入按投资比例分成",
                "  口径：以扣除成本后的收入为分成基数",
                "  口径：余数按列示顺序逐分分配",
            ],
        ),
        (
            RevenueShare(split=Split.LARGEST_RATIO),
            [
                "Revenue is shared in proportion to investment",
                "  own: the gross revenue is shared",
                "  own: what is left over goes to the largest shares, a minor unit each",
            ],
            [
                "收入按投资比例分成",
                "  口径：以总收入为分成基数",
                "  口径：余数按占比从大到小逐分分配",
            ],
        ),
    ],
)
def test_how_revenue_is_shared(policy: RevenueShare, en: list[str], zh: list[str]) -> None:
    assert describe(policy, "en").split("\n") == en
    assert describe(policy, "zh").split("\n") == zh
