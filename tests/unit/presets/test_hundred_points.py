"""S3-P08: every figure of the price rules on both sides, and consignment stock."""

from decimal import Decimal

import pytest
from tests.company import GENERAL_MANAGER, ITEMS, MANAGERS
from tests.money import HALF_UP, SALES_LEAD, cny

from kamcore.credit import check_consignment
from kamcore.errors import InputError, PolicyError
from kamcore.facts import read_facts
from kamcore.presets import hundred_points
from kamcore.price import Adjustment, Approval, Sale, Stack, check_floor, quote_price
from kamcore.rulebook import describe
from kamcore.values import Money, Ratio, Rounding, Source

PERCENT = Ratio.percent
PRICE = hundred_points.price(approver=GENERAL_MANAGER)
STOCK = hundred_points.consignment(limit=cny(300_000))
CONTROL = cny(100)


def money(text: str) -> Money:
    """Return yuan."""
    return Money(Decimal(text), "CNY")


# --- P08-4A to P08-4P ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "price", "outcome", "rule", "source"),
    [
        ("A", "94.99", "needs_approval", "price.needs_approval", "P08-4P"),
        ("A", "95.00", "allowed", "price.allowed", "P08-4A"),
        ("A", "95.01", "allowed", "price.allowed", "P08-4A"),
        ("A", "1000.00", "allowed", "price.allowed", "P08-4A"),
        ("B", "96.99", "needs_approval", "price.needs_approval", "P08-4P"),
        ("B", "97.00", "allowed", "price.allowed", "P08-4B"),
        ("B", "1000.00", "allowed", "price.allowed", "P08-4B"),
        ("C", "99.99", "needs_approval", "price.needs_approval", "P08-4P"),
        ("C", "100.00", "allowed", "price.allowed", "P08-4C"),
        ("C", "1000.00", "allowed", "price.allowed", "P08-4C"),
        ("D", "104.99", "needs_approval", "price.needs_approval", "P08-4P"),
        ("D", "105.00", "allowed", "price.allowed", "P08-4D"),
        ("D", "105.01", "needs_approval", "price.needs_approval", "P08-4P"),
    ],
)
def test_p08_4_every_price_on_both_sides(
    tier: str, price: str, outcome: str, rule: str, source: str
) -> None:
    decision = quote_price(Sale(tier, CONTROL, price=money(price)), PRICE)
    first = decision.reasons[0]
    assert decision.value.outcome == outcome
    assert decision.value.approver == (None if outcome == "allowed" else GENERAL_MANAGER)
    assert first.rule.id == rule
    assert first.source is not None
    assert first.source.id == source
    assert all("P08-4" in one.source.id for one in decision.reasons if one.source)


@pytest.mark.parametrize(
    ("tier", "discount", "outcome", "would_pass"),
    [
        ("A", "5", "allowed", None),
        ("A", "5.01", "needs_approval", "95.00"),
        ("B", "3", "allowed", None),
        ("B", "3.01", "needs_approval", "97.00"),
        ("C", "0", "allowed", None),
        ("C", "0.01", "needs_approval", "100.00"),
        ("D", "0", "needs_approval", "105.00"),
        ("D", "-5", "allowed", None),
    ],
)
def test_p08_4_every_discount_on_both_sides(
    tier: str, discount: str, outcome: str, would_pass: str | None
) -> None:
    quote = quote_price(Sale(tier, CONTROL, discount=PERCENT(Decimal(discount))), PRICE).value
    assert quote.outcome == outcome
    assert quote.would_pass == (None if would_pass is None else money(would_pass))


@pytest.mark.parametrize(
    ("tier", "unit"), [("A", "100.00"), ("B", "100.00"), ("C", "100.00"), ("D", "105.00")]
)
def test_p08_4_without_a_discount_each_class_pays_the_control_price_and_d_5_percent_more(
    tier: str, unit: str
) -> None:
    quote = quote_price(Sale(tier, CONTROL), PRICE).value
    assert (quote.outcome, quote.unit) == ("allowed", money(unit))


def test_p08_4d_exactly_5_percent_more_is_rounded_once() -> None:
    for rounding, unit in ((HALF_UP, "0.11"), (Rounding.FLOOR, "0.10")):
        policy = hundred_points.price(approver=GENERAL_MANAGER, rounding=rounding)
        quote = quote_price(Sale("D", money("0.10")), policy).value
        assert (quote.outcome, quote.unit) == ("allowed", money(unit))


def test_p08_4_the_floors_hold_by_themselves() -> None:
    proof = check_floor(PRICE).value
    assert proof.holds
    assert [(one.tier, one.floor) for one in proof.tiers] == [
        ("A", PERCENT(95)),
        ("B", PERCENT(97)),
        ("C", PERCENT(100)),
        ("D", PERCENT(105)),
    ]


def test_p08_4p_a_company_adds_its_own_seats_adjustments_and_basis() -> None:
    early = Adjustment("early payment", PERCENT(-2), off_invoice=True)
    policy = hundred_points.price(
        approver=GENERAL_MANAGER,
        lower=(Approval(SALES_LEAD, low=PERCENT(92)),),
        stacks=(Stack("compound", (early,)),),
        basis="gross",
    )
    assert policy.basis == "gross"
    assert [one.seat for one in policy.approvals] == [SALES_LEAD, GENERAL_MANAGER]
    assert policy.adjustments == (early,)
    for price, seat in (("93.88", SALES_LEAD), ("93.87", GENERAL_MANAGER)):
        quote = quote_price(Sale("A", CONTROL, price=money(price), basis="gross"), policy).value
        assert quote.approver == seat
    with pytest.raises(InputError, match="gross"):
        quote_price(Sale("A", CONTROL), policy)


def test_p08_4_described() -> None:
    assert describe(PRICE, "en").splitlines() == [
        "Prices, measured by the control price [P08-4P, article 3]",
        "  own: prices are without tax",
        (
            "  A: a discount of up to 5% may be granted, so not below 95% of it; "
            "the text states no highest price [P08-4A, article 3]"
        ),
        (
            "  B: a discount of up to 3% may be granted, so not below 97% of it; "
            "the text states no highest price [P08-4B, article 3]"
        ),
        "  C: not below it; the text states no highest price [P08-4C, article 3]",
        "  D: exactly 5% more [P08-4D, article 3]",
        (
            "  own: a floor is rounded up, a cap down, the price of a unit once "
            "(rounded to the nearest, a half away from zero)"
        ),
        "  these rules hold in principle; own: exceptions are approved by the general manager",
    ]
    assert describe(PRICE, "zh").splitlines() == [
        "价格（以内控价格为基准）（P08-4P 第3条）",
        "  口径：价格均不含税",
        "  A：可给予 5% 以内的优惠，即不低于内控价格的 95%，原文未规定最高价（P08-4A 第3条）",
        "  B：可给予 3% 以内的优惠，即不低于内控价格的 97%，原文未规定最高价（P08-4B 第3条）",
        "  C：不低于内控价格，原文未规定最高价（P08-4C 第3条）",
        "  D：提价 5% 执行（P08-4D 第3条）",
        "  口径：按最小计价单位，底价向上进位，上限向下舍去，单价取整一次（四舍五入）",
        "  以上为原则性规定；口径：例外由总经理批准",
    ]


# --- P08-4K ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "agent", "outcome", "missing"),
    [
        ("A", True, "allowed", ()),
        ("A", False, "refused", ()),
        ("A", None, None, ("domestic_agent",)),
        ("B", True, "refused", ()),
        ("B", None, "refused", ()),
        ("C", True, "refused", ()),
        ("D", True, "refused", ()),
        (None, True, None, ("tier",)),
        (None, None, None, ("tier", "domestic_agent")),
        (None, False, "refused", ()),
    ],
)
def test_p08_4k_stock_is_for_class_a_among_the_domestic_agents(
    tier: str | None, agent: bool | None, outcome: str | None, missing: tuple[str, ...]
) -> None:
    facts = read_facts({"tier": tier, "domestic_agent": agent}, STOCK.fields)
    decision = check_consignment(facts, STOCK, held=cny(0), asked=cny(300_000))
    verdict = decision.value_or(None)
    assert (None if verdict is None else verdict.outcome) == outcome
    assert tuple(fact.name for fact in decision.missing) == missing


@pytest.mark.parametrize(
    ("asked", "plain", "approved"),
    [
        ("199999.99", "allowed", "allowed"),
        ("200000.00", "allowed", "allowed"),
        ("200000.01", "refused", "needs_approval"),
    ],
)
def test_p08_4k_the_limit_is_the_company_s_own(asked: str, plain: str, approved: str) -> None:
    facts = read_facts({"tier": "A", "domestic_agent": True}, STOCK.fields)
    approving = hundred_points.consignment(limit=cny(300_000), approver=GENERAL_MANAGER)
    for policy, outcome in ((STOCK, plain), (approving, approved)):
        decision = check_consignment(facts, policy, held=cny(100_000), asked=money(asked))
        assert decision.value.outcome == outcome
        assert decision.value.would_pass == cny(200_000)
        assert [one.rule.id for one in decision.assumed] == ["credit.consignment_own_figure"]


def test_p08_4k_stands_in_another_copy_of_the_text() -> None:
    assert isinstance(STOCK.source, Source)
    assert (STOCK.source.id, STOCK.source.mark) == ("P08-4K", "form")
    assert STOCK.source.clause is not None
    assert "another published copy" in STOCK.source.clause.en
    with pytest.raises(PolicyError, match="a consignment limit of CNY"):
        hundred_points.consignment(limit=cny(0))


def test_p08_4k_described() -> None:
    assert describe(STOCK, "en").splitlines() == [
        "Consignment stock [P08-4K, article 3 of another published copy]",
        "  own: the text gives no figures; those below are the company's",
        (
            "  if class is A and domestic JUF agent: up to CNY 300,000.00, "
            "what is held already included"
        ),
        "  more is refused",
        "  own: while a missing fact could decide, no stock is given",
    ]
    assert describe(STOCK, "zh").splitlines() == [
        "铺货（P08-4K 另一公开版本第3条）",
        "  口径：原文未写明具体数值，以下数值由公司自定",
        "  等级是A 且 内销JUF代理客户：铺货额度 300,000.00 元（含已铺货）",
        "  超出额度的，不予铺货",
        "  口径：缺少的数据可能影响结论的，暂不铺货",
    ]


def test_p08_4k_a_rulebook_may_hold_it() -> None:
    book = hundred_points.rulebook(
        card=hundred_points.card(ITEMS),
        tie="share_better",
        approver=GENERAL_MANAGER,
        account_managers=MANAGERS,
        population=None,
        consignment=STOCK,
    )
    assert book.consignment == STOCK
    assert describe(STOCK, "zh") in describe(book, "zh")
    assert "domestic_agent" not in book.fields.names
