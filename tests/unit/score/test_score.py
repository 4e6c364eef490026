"""The score of an account: points by item, what is missing, and why, in both languages."""

from decimal import Decimal

import pytest
from attrs import evolve

from kamcore.decision import MissingFact
from kamcore.errors import InputError, Undecided
from kamcore.facts import Choice, ChoiceField, Facts, MoneyField, NumberField, RatioField, Wire
from kamcore.score import (
    RULES,
    BandItem,
    CategoryItem,
    EnteredItem,
    ItemScore,
    PerUnitItem,
    Score,
    Scorecard,
    points,
    score_account,
)
from kamcore.values import Label, Rounding, Source, Steps

sales = MoneyField("sales", currency="CNY", en="sales volume", zh="销售规模")
reputation = ChoiceField(
    "reputation",
    options=(Choice("good", zh="良好"), Choice("fair", zh="一般"), Choice("poor", zh="较差")),
    en="payment reputation",
    zh="付款信誉",
)
margin = RatioField("margin", en="product margin", zh="产品利润率")
orders = NumberField("orders", unit=Label("orders", "单"), en="order quantity", zh="产品订量")
standing = NumberField("standing", en="standing in its industry", zh="行业知名度")

CARD = Scorecard(
    name="P08",
    items=(
        BandItem(
            "sales",
            sales,
            missing="undecided",
            steps=Steps.rising(0, (100_000, 10), (500_000, 20), (1_000_000, 30)),
        ),
        CategoryItem(
            "reputation", reputation, missing=5, options={"good": 20, "fair": 10, "poor": 0}
        ),
        BandItem(
            "margin",
            margin,
            missing="left_out",
            steps=Steps.rising(0, (Decimal("0.05"), 10), (Decimal("0.10"), 20), edge="right"),
        ),
        PerUnitItem("orders", orders, missing=0, each=2, per=10, cap=20),
        EnteredItem("standing", standing, missing="undecided", most=10),
    ),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
    source=Source("P08-2", Label("Customer grading rules", "客户分级管理制度")),
)


def acme(**wires: Wire | None) -> Facts:
    """Return the facts of ACME, some of them changed."""
    given: dict[str, Wire | None] = {
        "sales": 60_000_000,
        "reputation": "fair",
        "margin": 1000,
        "orders": 55,
        "standing": 7,
    }
    given |= wires
    return Facts("ACME", CARD.fields, tuple(given[name] for name in CARD.fields.names))


def test_the_points_of_every_item_in_the_cards_order() -> None:
    decision = score_account(acme(), CARD)
    assert decision.value == Score(
        total=Decimal(57),
        maximum=Decimal(100),
        items=(
            ItemScore("sales", sales.label, Decimal(20), Decimal(30)),
            ItemScore("reputation", reputation.label, Decimal(10), Decimal(20)),
            ItemScore("margin", margin.label, Decimal(10), Decimal(20)),
            ItemScore("orders", orders.label, Decimal(10), Decimal(20)),
            ItemScore("standing", standing.label, Decimal(7), Decimal(10)),
        ),
    )
    assert decision.decided
    assert decision.missing == ()
    assert decision.assumed == ()
    assert decision.fingerprint == CARD.fingerprint


def test_the_maximum_is_exact_as_the_card_has_it() -> None:
    half = Scorecard(
        name="half",
        items=(
            EnteredItem(
                "standing",
                NumberField("standing", decimals=1),
                missing=0,
                most=Decimal("7.5"),
            ),
        ),
        maximum=Decimal("7.5"),
        decimals=1,
    )
    score = score_account(Facts("", half.fields, (50,)), half).value
    assert (score.total, score.maximum) == (Decimal("5.0"), Decimal("7.5"))


@pytest.mark.parametrize(
    ("wires", "order"),
    [
        pytest.param(
            {},
            ["sales", "reputation", "margin", "orders", "standing"],
            id="equal losses keep the card's order",
        ),
        pytest.param(
            {"standing": 0, "sales": 100_000_000, "reputation": "poor"},
            ["reputation", "margin", "orders", "standing", "sales"],
            id="the worst first",
        ),
        pytest.param(
            {"margin": None, "reputation": None},
            ["reputation", "sales", "orders", "standing", "margin"],
            id="what was left out lost nothing",
        ),
    ],
)
def test_items_are_ranked_by_points_lost(wires: dict[str, Wire | None], order: list[str]) -> None:
    score = score_account(acme(**wires), CARD).value
    assert [item.name for item in score.by_points_lost] == order


@pytest.mark.parametrize(
    ("item", "lost"),
    [
        (ItemScore("x", Label("x", "x"), Decimal(3), Decimal(10)), 7),
        (ItemScore("x", Label("x", "x"), Decimal(10), Decimal(10)), 0),
        (ItemScore("x", Label("x", "x"), Decimal(-5), Decimal(10)), 15),
        (ItemScore("x", Label("x", "x"), Decimal(0), Decimal(10), counted=False), 0),
    ],
)
def test_points_lost(item: ItemScore, lost: int) -> None:
    assert item.lost == lost


@pytest.mark.parametrize(
    ("wires", "gains"),
    [
        pytest.param({}, (10, 10, 10, 10, 3), id="nothing left out: the points lost"),
        pytest.param({"margin": None}, (12, 12, 0, 12, 3), id="80 counted: 12.5 and 3.75"),
        pytest.param({"sales": 100_000_000}, (0, 10, 10, 10, 3), id="nothing to gain"),
    ],
)
def test_what_an_item_at_its_best_would_add_to_the_total(
    wires: dict[str, Wire | None], gains: tuple[int, ...]
) -> None:
    score = score_account(acme(**wires), CARD).value
    assert tuple(score.gain(item) for item in score.items) == gains


def test_an_answer_says_that_scales_are_the_companys_own_where_the_text_leaves_them_open() -> None:
    clause = Source(
        "P08-2S",
        Label("Customer grading rules", "客户分级管理制度"),
        clause=Label("article 2", "第2条"),
        mark="form",
    )
    own = evolve(CARD, scales_open=clause)
    decision = score_account(acme(), own)
    assert decision.value == score_account(acme(), CARD).value
    (assumed,) = decision.assumed
    assert assumed.rule.id == "score.own_scales"
    assert assumed.text("en") == (
        "the points and scales of the items are the company's own; "
        f"{clause.place('en')} leaves them open"
    )
    assert assumed.text("zh") == f"各项分值与评分标准由公司自定，{clause.place('zh')}未作规定"
    assert own.fingerprint != CARD.fingerprint


# --- why ----------------------------------------------------------------------------------

WHY_EN = """\
score 57 of 100 points
sales volume: 20 of 30 points for CNY 600,000.00 (from CNY 500,000.00 to below CNY 1,000,000.00)
payment reputation: 10 of 20 points for fair
product margin: 10 of 20 points for 10% (above 5%, up to and including 10%)
order quantity: 10 of 20 points for 55 orders (for every full 10 orders: 2, at most 20)
standing in its industry: 7 of 10 points for 7 (entered by judgement)"""
WHY_MISSING = """\
score 53 of 100 points
42 of 80 counted points are scaled up to 100
payment reputation: 5 of 20 points, as the card rules for a missing fact
sales volume: 20 of 30 points for CNY 600,000.00 (from CNY 500,000.00 to below CNY 1,000,000.00)
order quantity: 10 of 20 points for 55 orders (for every full 10 orders: 2, at most 20)
standing in its industry: 7 of 10 points for 7 (entered by judgement)
product margin: left out, the fact is missing; its 20 points do not count"""
WHY_ZH = """\
得分 57 分，满分 100 分
销售规模：600,000.00 元，500,000.00 元（含）至 1,000,000.00 元（不含），得 20 分（满分 30 分）
付款信誉：一般，得 10 分（满分 20 分）
产品利润率：10%，5%（不含）至 10%（含），得 10 分（满分 20 分）
产品订量：55 单，每满 10 单计 2 分，最多 20 分，得 10 分（满分 20 分）
行业知名度：7，人工评定，得 7 分（满分 10 分）"""


def test_the_reasons_begin_with_the_total_and_go_by_points_lost() -> None:
    decision = score_account(acme(), CARD)
    assert [reason.rule.id for reason in decision.reasons] == [
        "score.total",
        "score.item",
        "score.item_choice",
        "score.item",
        "score.item",
        "score.item",
    ]
    assert decision.reasons[0].source == CARD.source
    assert "\n".join(reason.text("en") for reason in decision.reasons) == WHY_EN
    assert "\n".join(reason.text("zh") for reason in decision.reasons) == WHY_ZH


def test_the_explanation_ends_with_the_clause() -> None:
    decision = score_account(acme(), CARD)
    assert decision.explain("en") == f"{WHY_EN}\nSource: “Customer grading rules” P08-2"
    assert decision.explain("zh") == f"{WHY_ZH}\n依据：《客户分级管理制度》P08-2"


def test_why_with_missing_facts() -> None:
    decision = score_account(acme(margin=None, reputation=None), CARD)
    assert decision.value.total == 53  # 42 of 80
    assert decision.value.items[1:3] == (
        ItemScore("reputation", reputation.label, Decimal(5), Decimal(20)),
        ItemScore("margin", margin.label, Decimal(0), Decimal(20), counted=False),
    )
    assert decision.missing == (
        MissingFact("reputation", reputation.label),
        MissingFact("margin", margin.label),
    )
    assert [reason.rule.id for reason in decision.reasons] == [
        "score.total",
        "score.rescaled",
        "score.item_missing",
        "score.item",
        "score.item",
        "score.item",
        "score.item_left_out",
    ]
    assert "\n".join(reason.text("en") for reason in decision.reasons) == WHY_MISSING
    said = [reason.text("zh") for reason in decision.reasons]
    assert said[1] == "计入项目得 42 分，满分 80 分，折算为 100 分制"
    assert said[2] == "付款信誉：数据缺失，按评分表规定计 5 分（满分 20 分）"
    assert said[-1] == "产品利润率：数据缺失，不计入，该项 20 分不参与计算"


# --- no score -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wires", "missing", "en", "zh"),
    [
        pytest.param(
            {"sales": None},
            ("sales",),
            "no score: the facts for sales volume are missing",
            "无法评分：缺少销售规模的数据",
            id="one",
        ),
        pytest.param(
            {"standing": None, "margin": None, "sales": None},
            ("sales", "standing"),
            "no score: the facts for sales volume, standing in its industry are missing",
            "无法评分：缺少销售规模、行业知名度的数据",
            id="two, and one that the card can do without",
        ),
    ],
)
def test_no_score_names_the_facts_that_would_give_one(
    wires: dict[str, Wire | None], missing: tuple[str, ...], en: str, zh: str
) -> None:
    decision = score_account(acme(**wires), CARD)
    assert not decision.decided
    assert decision.value_or(None) is None
    assert tuple(fact.name for fact in decision.missing) == missing
    assert [reason.rule.id for reason in decision.reasons] == ["score.undecided"]
    assert decision.reasons[0].text("en") == en
    assert decision.reasons[0].text("zh") == zh
    assert decision.reasons[0].source == CARD.source
    with pytest.raises(Undecided) as caught:
        _ = decision.value
    assert caught.value.missing == missing
    assert str(caught.value) == f"{en}; supply the facts or use .value_or(...)"


def test_no_score_where_every_item_was_left_out() -> None:
    left_out = Scorecard(
        name="left out",
        items=tuple(
            EnteredItem(name, NumberField(name), missing="left_out", most=50)
            for name in ("one", "two")
        ),
        rounding=Rounding.FLOOR,
    )
    decision = score_account(Facts("", left_out.fields, (None, None)), left_out)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["one", "two"]
    assert decision.explain("en") == (
        "no score: the facts for one, two are missing\nMissing: one, two"
    )
    assert score_account(Facts("", left_out.fields, (None, 50)), left_out).value.total == 100


def test_no_score_where_all_that_is_known_is_worth_no_points() -> None:
    card = Scorecard(
        name="one that counts",
        items=(
            EnteredItem("one", NumberField("one"), missing="left_out", most=100),
            BandItem("sales", sales, missing="undecided", steps=Steps.rising(0)),
            PerUnitItem("orders", orders, missing=0, each=1, cap=1),
        ),
        maximum=101,
        rounding=Rounding.FLOOR,
    )
    worthless = evolve(card, items=card.items[:2], maximum=100)
    known = Facts("", worthless.fields, (None, 500))
    decision = score_account(known, worthless)
    assert [fact.name for fact in decision.missing] == ["one"]
    assert decision.explain("en") == "no score: the facts for one are missing\nMissing: one"
    with pytest.raises(Undecided) as caught:
        points(worthless, known)
    assert caught.value.missing == ("one",)
    assert score_account(Facts("", card.fields, (None, 500, 1)), card).value.total == 101


def test_a_fact_that_no_item_can_take_is_an_error_and_not_an_answer() -> None:
    with pytest.raises(InputError) as caught:
        score_account(acme(standing=11), CARD)
    assert str(caught.value) == "item 'standing': 11 points are entered; enter 0 to 10"


def test_the_rules_of_the_room_have_ids_of_the_room() -> None:
    assert {rule.id for rule in RULES} == {
        "score.total",
        "score.undecided",
        "score.item",
        "score.item_choice",
        "score.item_missing",
        "score.item_left_out",
        "score.rescaled",
        "score.own_scales",
    }


@pytest.mark.parametrize(
    ("counted", "gain"),
    [(True, 12), (False, 20)],
    ids=["all items count", "items worth 40 points are left out"],
)
def test_what_an_item_could_add_is_scaled_as_the_total_is(counted: bool, gain: int) -> None:
    words = Label("item", "项")
    worst = ItemScore("a", words, Decimal(8), Decimal(20))
    full = ItemScore("b", words, Decimal(40), Decimal(40))
    rest = ItemScore("c", words, Decimal(0), Decimal(40), counted=counted)
    score = Score(Decimal(80), Decimal(100), (worst, full, rest))
    assert score.gain(worst) == gain
    assert score.gain(full) == 0
    assert score.gain(rest) == (40 if counted else 0)
