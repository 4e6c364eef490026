"""What is kamcore's reading, what the company filled in, and what the text says of prices."""

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from attrs import evolve

from kamcore.decision import Decision
from kamcore.facts import FlagField, read_facts
from kamcore.price import (
    Adjustment,
    Approval,
    FloorProof,
    FreeUnits,
    Gives,
    Price,
    PricePolicy,
    PriceRange,
    Quote,
    Sale,
    Stack,
    TierPrice,
    check_floor,
    find_price_range,
    quote_price,
)
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source, Steps, UnitPrice
from kamcore.values._text import Mark

percent = Ratio.percent
LIST = Label("Price list", "价格表")
WHOLE = Source("1", LIST)
MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
LEAD = Seat("sales_lead", Label("the sales lead", "销售主管"))
NEW = FlagField("new", en="new project", zh="新项目")
EARLY = Adjustment("early", percent(-2), off_invoice=True, en="early payment", zh="提前付款折扣")
Said = tuple[str, str, str]
Answer = Decision[Quote] | Decision[PriceRange] | Decision[FloorProof]


def cny(amount: str | int) -> Money:
    """Return money."""
    return Money(Decimal(amount), "CNY")


CONTROL = cny(100)


def tier(
    name: str = "A",
    low: int | None = 95,
    high: int | None = None,
    floor: int | None = None,
    source: Source | None = None,
) -> TierPrice:
    """Return a tier with shares in percent."""
    shares = [None if one is None else percent(one) for one in (low, high, floor)]
    return TierPrice(name, low=shares[0], high=shares[1], floor=shares[2], source=source)


def policy(
    *adjustments: Adjustment, tiers: tuple[TierPrice, ...] = (), **fields: object
) -> PricePolicy:
    """Return a policy of tier A with one stack."""
    stacks = (Stack("compound", adjustments),) if adjustments else ()
    given = {"rounding": Rounding.HALF_AWAY_FROM_ZERO, **fields}
    return PricePolicy(tiers=tiers or (tier(),), stacks=stacks, **given)  # type: ignore[arg-type]


def said(decision: Answer, rule: str) -> Said | None:
    """Return a reason with its clauses and its words; None where it is not given."""
    for one in (*decision.reasons, *decision.assumed):
        if one.rule.id == rule:
            cited = [] if one.source is None else [one.source, *one.also]
            return ", ".join(source.id for source in cited), one.text("en"), one.text("zh")
    return None


def assumed(decision: Answer) -> list[tuple[str, str]]:
    """Return the conventions in both languages."""
    return [(one.text("en"), one.text("zh")) for one in decision.assumed]


def form(clause: str) -> Source:
    """Return a clause that leaves a figure open."""
    return Source(clause, LIST, mark="form")


# --- free, one price, no highest price ------------------------------------------------------


@pytest.mark.parametrize(
    ("gives", "control", "quantity", "line", "en", "zh"),
    [
        (percent(-100), "100.00", 1, "0.00", "free of charge for class A", "A类：不收费"),
        (percent(-100), "100.00", 3, "0.00", "free of charge for class A", "A类：不收费"),
        (
            Ratio(-9999, 10_000),
            "100.00",
            1,
            "0.01",
            "CNY 0.01 a unit is allowed for class A",
            "A类可按单价 0.01 元成交",
        ),
        (
            cny(-99_996),
            "100.00",
            1000,
            "4.00",
            "CNY 0.00 a unit (1,000 units: CNY 4.00) is allowed for class A",
            "A类可按单价 0.00 元（1,000 件合计 4.00 元）成交",
        ),
        (cny(-100_000), "100.00", 1000, "0.00", "free of charge for class A", "A类：不收费"),
        (
            FreeUnits(1, 2),
            "0.01",
            3,
            "0.01",
            "CNY 0.00 a unit (3 units: CNY 0.01) is allowed for class A",
            "A类可按单价 0.00 元（3 件合计 0.01 元）成交",
        ),
    ],
    ids=["one", "several", "a fen", "a sum is left", "no sum is left", "one of three is paid"],
)
def test_what_costs_nothing_is_free_of_charge(
    gives: Gives, control: str, quantity: int, line: str, en: str, zh: str
) -> None:
    waived = policy(Adjustment("waiver", gives), tiers=(tier(low=None, high=100),), source=WHOLE)
    decision = quote_price(Sale("A", cny(control), quantity=quantity), waived)
    first = decision.reasons[0]
    assert (decision.value.outcome, decision.value.line) == ("allowed", cny(line))
    assert first.rule.id == ("price.free" if line == "0.00" else "price.allowed")
    assert (first.text("en"), first.text("zh"), first.source) == (en, zh, WHOLE)


@pytest.mark.parametrize(
    ("low", "asked", "en", "zh"),
    [
        (105, "104.99", "CNY 104.99 is not CNY 105.00", "104.99 元不等于A类的规定价格 105.00 元"),
        (105, "105.00", None, None),
        (105, "105.01", "CNY 105.01 is not CNY 105.00", "105.01 元不等于A类的规定价格 105.00 元"),
        (100, "99.99", "CNY 99.99 is not CNY 100.00", "99.99 元不等于A类的规定价格 100.00 元"),
        (90, "89.99", "CNY 89.99 is not CNY 90.00", "89.99 元不等于A类的规定价格 90.00 元"),
        (90, "90.00", None, None),
        (90, "90.01", "CNY 90.01 is not CNY 90.00", "90.01 元不等于A类的规定价格 90.00 元"),
    ],
)
def test_beside_one_price_no_other_is_right(
    low: int, asked: str, en: str | None, zh: str | None
) -> None:
    exact = policy(tiers=(tier(low=low, high=low, source=WHOLE),))
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), exact)
    assert decision.value.outcome == ("allowed" if en is None else "refused")
    expected = None if en is None else ("1", f"{en}, the one price for class A", zh)
    assert said(decision, "price.not_exact") == expected
    assert said(decision, "price.below_tier") is None
    assert said(decision, "price.above_cap") is None


@pytest.mark.parametrize(
    ("off", "rule"),
    [
        (Decimal("9.99"), "price.not_exact"),
        (Decimal(10), None),
        (Decimal("10.01"), "price.not_exact"),
    ],
)
def test_of_one_price_no_discount_is_up_to_anything(off: Decimal, rule: str | None) -> None:
    exact = policy(tiers=(tier(low=90, high=90),))
    decision = quote_price(Sale("A", CONTROL, discount=percent(off)), exact)
    ids = [one.rule.id for one in decision.reasons]
    if rule is None:
        assert ids == ["price.allowed", "price.reduction"]
    else:
        assert ids == ["price.refused", "price.would_pass", rule]
        assert decision.value.would_pass == cny(90)


def test_one_price_that_an_adjustment_leaves_below_its_floor_is_told_by_the_floor() -> None:
    exact = policy(EARLY, tiers=(tier(low=105, high=105, floor=103),))
    decision = quote_price(Sale("A", CONTROL, price=cny("104.99")), exact)
    assert said(decision, "price.not_exact") is None
    assert said(decision, "price.cap_below_floor") == (
        "",
        (
            "the highest permitted invoice price is CNY 105.00; early payment counted, it leaves "
            "less than the floor of 103%"
        ),
        "允许的最高开票价为 105.00 元，计入提前付款折扣后净价仍低于底价（103%）",
    )


@pytest.mark.parametrize(
    ("asked", "en", "zh"),
    [
        (
            "107.14",
            (
                "net of everything, only 104.9972% of the control price is left; the floor for "
                "class A is 105%"
            ),
            "扣除全部调整后，净价仅为内控价格的 104.9972%，低于A类的底价（105%）",
        ),
        ("107.15", None, None),
    ],
    ids=["below the floor", "above it, and above the cap"],
)
def test_only_a_price_that_leaves_less_than_the_floor_is_said_to(
    asked: str, en: str | None, zh: str | None
) -> None:
    exact = policy(EARLY, tiers=(tier(low=105, high=105),))
    decision = quote_price(Sale("A", CONTROL, price=cny(asked)), exact)
    assert (decision.value.outcome, decision.value.permitted) == ("refused", None)
    assert said(decision, "price.cap_below_floor") is not None
    assert said(decision, "price.below_floor") == (None if en is None else ("", en, zh))


NOT_SET = (
    "",
    "the price is not below the control price; no highest price is set",
    "不低于内控价格；未规定最高价",
)
NOT_STATED = (
    "1",
    "the price is not below the control price; the text states no highest price",
    "不低于内控价格；原文未规定最高价",
)


@pytest.mark.parametrize(
    ("own", "whole", "set_", "stated"),
    [
        (None, None, NOT_SET, None),
        (WHOLE, None, None, NOT_STATED),
        (None, WHOLE, None, NOT_STATED),
    ],
    ids=["no source", "a source of the tier", "a source of the policy"],
)
def test_only_a_text_that_is_cited_states_no_highest_price(
    own: Source | None, whole: Source | None, set_: Said | None, stated: Said | None
) -> None:
    rules = policy(tiers=(tier(low=100, source=own),), source=whole)
    for decision in (
        find_price_range("A", rules, control=CONTROL),
        quote_price(Sale("A", CONTROL), rules),
    ):
        assert said(decision, "price.no_highest") == set_
        assert said(decision, "price.not_below_control") == stated


@pytest.mark.parametrize(("low", "high"), [(99, None), (101, None), (100, 105)])
def test_a_highest_price_is_spoken_of_where_the_control_price_is_the_lowest(
    low: int, high: int | None
) -> None:
    decision = find_price_range("A", policy(tiers=(tier(low=low, high=high),)), control=CONTROL)
    assert said(decision, "price.no_highest") is None
    assert said(decision, "price.not_below_control") is None


# --- in principle ---------------------------------------------------------------------------

LADDER = (Approval(LEAD, low=percent(90)), Approval(MANAGER))


@pytest.mark.parametrize(
    ("source", "approvals", "rule", "expected"),
    [
        (
            None,
            LADDER[1:],
            "price.in_principle_own",
            (
                "",
                "these rules hold in principle; exceptions are approved by the general manager",
                "以上为原则性规定；例外由总经理批准",
            ),
        ),
        (
            WHOLE,
            LADDER[1:],
            "price.in_principle",
            (
                "1",
                (
                    "the rule holds in principle; exceptions are approved by the general manager, "
                    "named by the company"
                ),
                "本条为原则性规定；例外由公司指定的总经理批准",
            ),
        ),
        (
            None,
            LADDER,
            "price.in_principle_own",
            (
                "",
                (
                    "these rules hold in principle; exceptions are approved by the sales lead "
                    "(down to 90% of the control price), the general manager (any price)"
                ),
                "以上为原则性规定；例外由销售主管（不低于内控价格的 90%）、总经理（不限价）批准",
            ),
        ),
        (WHOLE, (), None, None),
        (None, (), None, None),
    ],
    ids=["own", "named", "own ladder", "none, with a source", "none, without"],
)
def test_that_rules_hold_in_principle_is_the_texts_only_where_it_is_cited(
    source: Source | None, approvals: tuple[Approval, ...], rule: str | None, expected: Said | None
) -> None:
    rules = policy(approvals=approvals, source=source)
    for decision in (
        find_price_range("A", rules, control=CONTROL),
        quote_price(Sale("A", CONTROL), rules),
    ):
        for name in ("price.in_principle_own", "price.in_principle"):
            assert said(decision, name) == (expected if name == rule else None)


def test_who_may_approve_is_the_companys_own_rule() -> None:
    rules = policy(approvals=LADDER, source=WHOLE)
    decision = quote_price(Sale("A", CONTROL, price=cny("94.99")), rules)
    assert said(decision, "price.may_approve") == (
        "",
        (
            "may approve, by the company's own rule: the sales lead (down to 90% of the control "
            "price), the general manager (any price)"
        ),
        "批准权限（公司自定）：销售主管（不低于内控价格的 90%）、总经理（不限价）",
    )
    assert said(decision, "price.in_principle") is None


# --- the company's own figures --------------------------------------------------------------


def own(en: str, zh: str) -> list[tuple[str, str]]:
    """Return the convention that names rules which the company filled in."""
    return [
        (
            f"the company has filled in what the text leaves open in: {en}",
            f"下列各项中原文未写明之处由公司自定：{zh}",
        )
    ]


@pytest.mark.parametrize("mark", [*get_args(Mark), None])
def test_only_a_clause_that_leaves_a_figure_open_is_filled_in(mark: Mark | None) -> None:
    source = None if mark is None else Source("1.1", LIST, mark=mark)
    rules = policy(tiers=(tier(source=source),))
    expected = own("class A", "A类") if mark == "form" else []
    assert assumed(quote_price(Sale("A", CONTROL), rules)) == expected
    assert assumed(find_price_range("A", rules, control=CONTROL)) == expected
    assert assumed(check_floor(rules)) == expected


VOLUME = Adjustment(
    "volume",
    Steps.rising(Ratio(0), (100, percent(-1))),
    by="quantity",
    en="volume",
    zh="批量优惠",
    source=form("2.1"),
)
PUBLISHED = Adjustment("new", percent(-1), zh="新项目优惠", source=Source("2.3", LIST, mark="rule"))
SEVERAL = policy(
    VOLUME,
    PUBLISHED,
    tiers=(tier("A", 95, floor=80, source=form("1.1")), tier("B", 97, floor=80, source=WHOLE)),
)


@pytest.mark.parametrize(
    ("name", "quantity", "expected"),
    [
        ("A", 99, own("class A", "A类")),
        ("A", 100, own("class A, volume", "A类、批量优惠")),
        ("B", 99, []),
        ("B", 100, own("volume", "批量优惠")),
    ],
)
def test_a_quote_names_what_the_company_filled_in_and_it_rests_on(
    name: str, quantity: int, expected: list[tuple[str, str]]
) -> None:
    sale = Sale(name, CONTROL, quantity=quantity)
    assert assumed(quote_price(sale, SEVERAL)) == expected


def test_a_range_names_its_tier_alone_and_a_floor_check_all_rules() -> None:
    assert assumed(find_price_range("A", SEVERAL, control=CONTROL)) == own("class A", "A类")
    assert assumed(find_price_range("B", SEVERAL, control=CONTROL)) == []
    assert assumed(check_floor(SEVERAL)) == own("class A, volume", "A类、批量优惠")


def test_what_the_company_filled_in_is_no_reason() -> None:
    decision = quote_price(Sale("A", CONTROL, quantity=100), SEVERAL)
    assert "price.own_figures" not in [one.rule.id for one in decision.reasons]
    assert decision.explain("en").split("\n")[-2] == (
        "Convention: the company has filled in what the text leaves open in: class A, volume"
    )
    assert decision.explain("zh").split("\n")[-2] == (
        "口径：下列各项中原文未写明之处由公司自定：A类、批量优惠"
    )


# --- what the floor is held to --------------------------------------------------------------

NET = (
    "the floor is held to what is left net of every adjustment",
    "底价按扣除全部调整后的净价执行",
)
TAKEN = ("counted as taken by the customer: rebate", "按客户享受计算：rebate")


@pytest.mark.parametrize(
    ("adjustments", "tiers", "expected"),
    [
        ((), (tier(),), []),
        ((EARLY,), (tier(floor=93),), []),
        ((EARLY,), (tier(low=None, high=100),), []),
        ((EARLY,), (tier(),), [NET]),
        ((EARLY,), (tier("B", floor=93), tier("C", None, 100), tier()), [NET]),
        ((Adjustment("rebate", percent(-1), optional=True),), (tier(),), [NET, TAKEN]),
        ((Adjustment("rebate", percent(-1), optional=True),), (tier(floor=93),), [TAKEN]),
    ],
    ids=[
        "no adjustments",
        "a floor of its own",
        "no floor",
        "its lowest price as floor",
        "one of several",
        "and what is optional",
        "only what is optional",
    ],
)
def test_that_the_lowest_price_is_a_net_floor_is_kamcores_reading(
    adjustments: tuple[Adjustment, ...],
    tiers: tuple[TierPrice, ...],
    expected: list[tuple[str, str]],
) -> None:
    rules = policy(*adjustments, tiers=tiers)
    for one in tiers:
        assert assumed(quote_price(Sale(one.tier, CONTROL), rules)) == expected
    assert assumed(check_floor(rules)) == expected


# --- what would pass ------------------------------------------------------------------------


TWO_STACKS = PricePolicy(
    tiers=(tier(),),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
    stacks=(
        Stack("compound", (Adjustment("volume", percent(-1)),)),
        Stack(
            "compound",
            (
                Adjustment("freight", UnitPrice(Decimal("-0.50"), "CNY"), off_invoice=True),
                Adjustment("early", percent(-1), off_invoice=True),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("rules", "control", "price", "most", "beyond"),
    [
        (policy(), 100, "95.00", "5", "5.01"),
        (policy(EARLY), 100, "96.94", "3.06", "3.07"),
        (policy(EARLY, rounding=Rounding.FLOOR), 1000, "969.39", "3.06", "3.07"),
        (policy(EARLY, tiers=(tier(floor=90),)), 100, "95.00", "5", "5.01"),
        (TWO_STACKS, 100, "96.46", "2.57", "2.58"),
    ],
    ids=[
        "the lowest price",
        "the floor of the net",
        "rounded down",
        "a floor of its own",
        "97.43 less 1 % is 96.4557",
    ],
)
def test_the_discount_that_would_pass_is_the_greatest_in_hundredths_of_a_percent(
    rules: PricePolicy, control: int, price: str, most: str, beyond: str
) -> None:
    sale = Sale("A", cny(control), discount=percent(6))
    decision = quote_price(sale, rules)
    assert decision.value.outcome == "refused"
    assert said(decision, "price.would_pass_discount") == (
        "",
        f"CNY {price} a unit would pass, and so would a discount of up to {most}%",
        f"单价 {price} 元即可；优惠幅度可至 {most}%",
    )
    found = [
        quote_price(evolve(sale, discount=percent(Decimal(off))), rules).value.outcome
        for off in (most, beyond)
    ]
    assert found == ["allowed", "refused"]


@pytest.mark.parametrize(
    ("low", "most"), [(Ratio(2, 10_000), "99.98%"), (Ratio(1, 10**5), "99.99%")]
)
def test_the_greatest_discount_that_can_be_written_is_told(low: Ratio, most: str) -> None:
    rules = policy(tiers=(TierPrice("A", low=low),))
    sale = Sale("A", cny(1_000_000), discount=Ratio(999_999, 10**6))
    decision = quote_price(sale, rules)
    assert decision.value.outcome == "refused"
    assert str(dict(decision.reasons[1].params)["discount"]) == most


@pytest.mark.parametrize(
    ("low", "rule"),
    [
        (Ratio(9_999, 10_000), "price.would_pass_discount"),
        (Ratio(99_991, 100_000), "price.would_pass"),
        (Ratio(1), "price.would_pass"),
        (Ratio(101, 100), "price.would_pass"),
    ],
    ids=["a hundredth of a percent", "less", "none", "a surcharge"],
)
def test_where_less_than_a_hundredth_of_a_percent_is_left_only_the_price_is_told(
    low: Ratio, rule: str
) -> None:
    rules = policy(tiers=(TierPrice("A", low=low),))
    decision = quote_price(Sale("A", cny(10_000), discount=percent(1)), rules)
    assert decision.value.outcome == "refused"
    assert decision.reasons[1].rule.id == rule
    assert decision.value.would_pass == cny(10_000).times(low, Rounding.CEILING)


# --- floors that are broken -----------------------------------------------------------------


def breaking(clause: str | None, name: str, **fields: object) -> Adjustment:
    """Return an adjustment that takes 6 %."""
    source = None if clause is None else Source(clause, LIST)
    return Adjustment(name, percent(-6), source=source, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clauses", "cited"),
    [
        (("2.1", "2.2"), ("2.1", "2.2")),
        (("2.1", "2.1"), ("2.1",)),
        (("2.1", None), ("2.1",)),
        ((None, None), ()),
    ],
)
def test_a_floor_that_is_broken_cites_the_adjustments_that_break_it(
    clauses: tuple[str | None, str | None], cited: tuple[str, ...]
) -> None:
    kept = breaking("2.3", "never", currency="USD")
    group = (breaking(clauses[0], "a"), breaking(clauses[1], "b"), kept)
    rules = policy(*group, tiers=(tier(low=100, floor=90, source=Source("1.1", LIST)),))
    decision = check_floor(rules, control=CONTROL)
    assert said(decision, "price.floor_case") == (
        ", ".join(("1.1", *cited)),
        (
            "class A: 88.36% of the control price is left, below the floor of 90%, with 1 unit "
            "sold at 100% of the control price, a, b"
        ),
        "A类：净价仅为内控价格的 88.36%，低于底价 90%；情形：按内控价格的 100% 售出 1 件、a、b",
    )


def test_a_floor_that_holds_cites_no_adjustment() -> None:
    rules = policy(
        breaking("2.1", "a"), tiers=(tier(low=100, floor=94, source=Source("1.1", LIST)),)
    )
    assert said(check_floor(rules), "price.floor_least") == (
        "1.1",
        "class A: at least 94% of the control price is left, the floor is 94%",
        "A类：净价至少为内控价格的 94%，底价为 94%",
    )


def test_where_a_floor_is_broken_nothing_is_said_of_the_bound_of_another() -> None:
    tiers = (tier("A", 100, floor=94), tier("B", 100, floor=95))
    decision = check_floor(policy(breaking(None, "a"), tiers=tiers))
    assert [one.method for one in decision.value.tiers] == ["bound", "search"]
    assert [one.rule.id for one in decision.reasons] == [
        "price.floor_broken",
        "price.floor_case",
        "price.proof_by_search",
    ]


@pytest.mark.parametrize(
    ("control", "rule", "en", "zh"),
    [
        (
            None,
            "price.proof_by_bound",
            (
                "proved by a bound for class A: even with every adjustment at its deepest and all "
                "of them at once"
            ),
            "A类的证明方法：即使各项调整均取最大让利并同时计入，净价仍不低于底价",
        ),
        (
            Money(20, "USD"),
            "price.proof_by_bound_at",
            (
                "proved by a bound for class A, even with every adjustment at its deepest and all "
                "of them at once: 1 units or more at a control price of USD 20.00 or more"
            ),
            (
                "A类的证明方法：即使各项调整均取最大让利并同时计入，净价仍不低于底价"
                "（内控价格不低于 20.00 美元，数量不少于 1 件）"
            ),
        ),
    ],
)
def test_a_proof_by_bound_in_words(control: Price | None, rule: str, en: str, zh: str) -> None:
    rules = policy(EARLY, tiers=(tier(floor=93),))
    assert said(check_floor(rules, control=control), rule) == ("", en, zh)


@pytest.mark.parametrize(
    ("control", "rule", "en", "zh"),
    [
        (
            None,
            "price.proof_by_search",
            "every case that could differ was tried: 4, for 1 to 500 units",
            "证明方法：逐一检验可能不同的全部 4 种情形（1 至 500 件）",
        ),
        (
            CONTROL,
            "price.proof_by_search_at",
            (
                "every case that could differ was tried: 4, for 1 to 500 units at a "
                "control price of CNY 100.00"
            ),
            ("证明方法：按内控价格 100.00 元，逐一检验可能不同的全部 4 种情形（1 至 500 件）"),
        ),
    ],
)
def test_a_proof_by_search_in_words(control: Price | None, rule: str, en: str, zh: str) -> None:
    rules = policy(Adjustment("new", percent(-2), when=NEW), tiers=(tier(floor=93),))
    decision = check_floor(rules, control=control, up_to=500, exhaustive=True)
    assert decision.value.tried == 4
    assert said(decision, rule) == ("", en, zh)


# --- other currencies -----------------------------------------------------------------------


def test_a_price_in_another_currency_is_told_in_its_own_words() -> None:
    rules = policy(Adjustment("bonus", Ratio(-1, 300), zh="奖励"))
    quote = quote_price(Sale("A", Money(100, "USD")), rules)
    assert quote.explain("zh").split("\n")[:2] == [
        "A类可按单价 99.67 美元成交",
        "单价构成：内控价格 100.00 美元 − ≈0.333333（奖励） + ≈0.003333（取整） = 开票价 99.67",
    ]
    between = find_price_range("A", policy(tiers=(tier(high=105),)), control=Money(100, "USD"))
    assert between.reasons[0].text("zh") == (
        "A类：价格为 95.00 美元至 105.00 美元（内控价格 100.00 美元）"
    )
    empty = find_price_range("A", policy(tiers=(tier(high=98),)), control=Money(10, "JPY"))
    assert empty.reasons[0].text("zh") == (
        "精确底价 9.5 日元与精确上限 9.8 日元之间没有可用的价格，请采用更小的计价单位"
    )


# --- lines ----------------------------------------------------------------------------------

ONE_FREE = Adjustment("replacement", FreeUnits(1, 1))
MONEY_OFF = Adjustment("rebate", cny(-300))


@pytest.mark.parametrize(
    ("adjustment", "high", "sale", "unit", "line"),
    [
        (ONE_FREE, 200, Sale("A", CONTROL, quantity=1), "100.00", "100.00"),
        (ONE_FREE, 200, Sale("A", CONTROL, quantity=2), "50.00", "100.00"),
        (ONE_FREE, 200, Sale("A", CONTROL, quantity=3), "66.67", "200.00"),
        (ONE_FREE, 100, Sale("A", CONTROL, quantity=3), "66.67", "200.00"),
        (ONE_FREE, 200, Sale("A", CONTROL, quantity=3, price=cny("66.67")), "66.67", "200.01"),
        (MONEY_OFF, 200, Sale("A", CONTROL, quantity=7), "57.14", "400.00"),
        (MONEY_OFF, 100, Sale("A", CONTROL, quantity=7), "57.14", "400.00"),
        (MONEY_OFF, 200, Sale("A", CONTROL, quantity=7, discount=percent(10)), "47.14", "330.00"),
        (Adjustment("each", Ratio(-1, 3)), 200, Sale("A", CONTROL, quantity=3), "66.67", "200.01"),
        (
            Adjustment("freight", cny(-100), off_invoice=True),
            200,
            Sale("A", CONTROL, quantity=3),
            "100.00",
            "300.00",
        ),
    ],
    ids=[
        "one, nothing free",
        "two, one free",
        "three, one free",
        "three, one free, under a cap",
        "a price asked",
        "an amount for the sale",
        "an amount for the sale under a cap",
        "an amount and a discount",
        "a share is of the unit",
        "off the invoice",
    ],
)
def test_what_is_given_once_for_a_sale_is_taken_off_its_sum(
    adjustment: Adjustment, high: int, sale: Sale, unit: str, line: str
) -> None:
    rules = policy(adjustment, tiers=(tier(low=None, high=high),))
    quote = quote_price(sale, rules).value
    assert (quote.unit, quote.line) == (cny(unit), cny(line))


@pytest.mark.parametrize(
    ("floor", "outcome", "line"),
    [
        (percent(66), "allowed", "2.46"),
        (Ratio(2, 3), "allowed", "2.47"),
        (percent(67), "refused", "2.46"),
    ],
    ids=["below what is left", "what is left", "above it"],
)
def test_an_allowed_line_is_not_rounded_below_its_floor(
    floor: Ratio, outcome: str, line: str
) -> None:
    """Two of three are paid: 2.469 is left of 3.7035, two thirds."""
    rules = policy(
        ONE_FREE,
        tiers=(TierPrice("A", low=Ratio(1), floor=floor),),
        rounding=Rounding.FLOOR,
    )
    quote = quote_price(Sale("A", UnitPrice(Decimal("1.2345"), "CNY"), quantity=3), rules).value
    assert (quote.outcome, quote.line) == (outcome, cny(line))


def test_an_adjustment_that_is_left_out_takes_nothing_off_the_sum() -> None:
    free = Adjustment("replacement", FreeUnits(1, 1), when=NEW, zh="改一赠一")
    rules = policy(free, tiers=(tier(low=None, high=100),))
    lines = {
        new: quote_price(
            Sale("A", CONTROL, quantity=3, facts=read_facts({"new": new}, rules.fields)), rules
        ).value.line
        for new in (True, False, None)
    }
    assert lines == {True: cny(200), False: cny(300), None: cny(300)}


@pytest.mark.parametrize(("off", "outcome"), [("-5.00", "allowed"), ("-5.01", "refused")])
def test_an_amount_for_the_sale_is_judged_exactly_though_a_unit_rounds_it_away(
    off: str, outcome: str
) -> None:
    rules = policy(Adjustment("bonus", cny(off)), tiers=(tier(low=95, high=None),))
    quote = quote_price(Sale("A", cny("0.10"), quantity=1_000), rules).value
    assert quote.outcome == outcome
    assert quote.line == cny(100) + cny(off)


def test_sixty_shares_after_another_take_no_time_to_speak_of() -> None:
    shares = tuple(Adjustment(f"share {number}", Ratio(-1, 997)) for number in range(60))
    rules = policy(*shares, Adjustment("fee", cny(1)), tiers=(tier(low=1, high=None),))
    quote = quote_price(Sale("A", CONTROL, quantity=7), rules).value
    exact = 100 * (1 - Fraction(1, 997)) ** 60 + Fraction(1, 7)
    assert Fraction(quote.net_share.numerator, quote.net_share.denominator) == exact / 100


@pytest.mark.parametrize(("high", "rule"), [(99, "would_pass"), (100, "would_pass_discount")])
def test_below_a_cap_under_the_control_price_no_greatest_discount_is_told(
    high: int, rule: str
) -> None:
    rules = policy(tiers=(tier(low=95, high=high),))
    answer = quote_price(Sale("A", CONTROL, discount=percent(6)), rules)
    assert answer.reasons[1].rule.id == f"price.{rule}"


def test_where_rounded_changes_let_no_discount_of_the_exact_size_pass_only_the_price_is_told() -> (
    None
):
    rules = policy(
        Adjustment("down", percent(-3)),
        Adjustment("up", percent(3)),
        tiers=(tier(low=80),),
        rounding=Rounding.FLOOR,
        rounded="each_change",
    )
    answer = quote_price(Sale("A", cny("0.07"), discount=percent(30)), rules)
    assert answer.value.outcome == "refused"
    assert answer.reasons[1].rule.id == "price.would_pass"
