"""Every convention that a policy holds is said, also where it is not the default."""

from datetime import date

import attrs
import pytest
from tests.company import STANDING, rulebook

from kamcore.credit import PREPAYMENT, CreditPolicy, Demotion, TierTerms
from kamcore.errors import InputError, PolicyError
from kamcore.facts import FlagField, MoneyField
from kamcore.presets import group_levels, hundred_points
from kamcore.price import Adjustment, PricePolicy, Stack, TierPrice
from kamcore.rulebook import Rulebook, describe
from kamcore.score import EnteredItem, Scorecard
from kamcore.sla import LeadTimes, TierLeadTime
from kamcore.tier import CutPoints, Ladder, TierBands
from kamcore.values import Band, Label, Ratio, Rounding, Source

PERCENT = Ratio.percent
BANDS = TierBands(ladder=Ladder("A", "B"), bands=(Band(50, 100, "A"), Band(0, 49, "B")))


@pytest.mark.parametrize(
    ("one", "english", "chinese"),
    [
        (
            TierPrice("A", low=PERCENT(95)),
            "a discount of up to 5% may be granted",
            "可给予 5% 以内的优惠",
        ),
        (TierPrice("A", low=PERCENT(100)), "not below it", "不低于内控价格"),
        (TierPrice("A", low=PERCENT(102)), "not below 102% of it", "不低于内控价格的 102%"),
        (TierPrice("A", high=PERCENT(110)), "not above 110% of it", "不高于内控价格的 110%"),
        (TierPrice("A", low=PERCENT(105), high=PERCENT(105)), "exactly 5% more", "提价 5% 执行"),
        (TierPrice("A", low=PERCENT(90), high=PERCENT(90)), "exactly 10% less", "降价 10% 执行"),
        (
            TierPrice("A", low=PERCENT(100), high=PERCENT(100)),
            "exactly the control price",
            "按内控价格执行",
        ),
    ],
)
def test_prices(one: TierPrice, english: str, chinese: str) -> None:
    policy = PricePolicy(tiers=(one,), rounding=Rounding.HALF_EVEN)
    assert english in describe(policy, "en")
    assert chinese in describe(policy, "zh")
    assert "there are no exceptions" in describe(policy, "en")
    assert "无例外" in describe(policy, "zh")


@pytest.mark.parametrize(
    ("basis", "english", "chinese"),
    [
        ("net", "  own: prices are without tax", "  口径：价格均不含税"),
        ("gross", "  own: prices are with tax", "  口径：价格均含税"),
    ],
)
def test_a_clause_is_not_cited_for_the_tax(basis: str, english: str, chinese: str) -> None:
    rule = TierPrice("A", low=PERCENT(95))
    source = Source("P08-4P", Label("rules", "规定"), mark="form")
    policy = PricePolicy(tiers=(rule,), rounding="floor", basis=basis, source=source)  # type: ignore[arg-type]
    assert describe(policy, "en").splitlines()[:2] == [
        "Prices, measured by the control price [P08-4P]",
        english,
    ]
    assert describe(policy, "zh").splitlines()[:2] == [
        "价格（以内控价格为基准）（P08-4P）",
        chinese,
    ]


@pytest.mark.parametrize(
    ("mark", "english", "chinese"),
    [
        ("figure", "[X-1]", "（X-1）"),
        ("company", "[X-1]", "（X-1）"),
        ("form", "[X-1; what it leaves open is the company's]", "（X-1，未写明之处由公司自定）"),
        ("own", "[kamcore's reading: X-1]", "（kamcore 的理解：X-1）"),
    ],
)
def test_a_figure_that_the_clause_leaves_open_is_the_company_s(
    mark: str, english: str, chinese: str
) -> None:
    source = Source("X-1", Label("rules", "规定"), mark=mark)  # type: ignore[arg-type]
    one = Adjustment("early", PERCENT(-2), source=source)
    policy = PricePolicy(
        tiers=(TierPrice("A", low=PERCENT(95), source=source),),
        rounding="floor",  # type: ignore[arg-type]
        stacks=(Stack("add", (one,)),),
    )
    for lang, cited in (("en", english), ("zh", chinese)):
        told = [line for line in describe(policy, lang).splitlines() if "X-1" in line]  # type: ignore[arg-type]
        assert len(told) == 2
        assert all(line.endswith(cited) for line in told)


def test_a_missing_fact_leaves_an_adjustment_out() -> None:
    new = FlagField("new", zh="新客户")
    one = Adjustment("early", PERCENT(-2), when=new)
    policy = PricePolicy(
        tiers=(TierPrice("A", low=PERCENT(95)),),
        rounding=Rounding.FLOOR,
        stacks=(Stack("add", (one,)),),
    )
    english = "  own: an adjustment is left out while a fact that it asks for is missing"
    chinese = "  口径：条件所需数据缺失的，该项调整不计入"
    assert english in describe(policy, "en").splitlines()
    assert chinese in describe(policy, "zh").splitlines()
    assert english not in describe(attrs.evolve(policy, stacks=()), "en")


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"quarter": "payment_date"}, "by payment date", "按付款日归属"),
        ({"quarter": "rolling", "rolling_months": 4}, "any 4 months", "任意 4 个月"),
        ({"count_by": "due_date"}, "each due date counts once", "同一到期日计一次"),
        ({"unpaid": "skip"}, "open invoices do not count", "未付发票不计入"),
        ({"disputed": "skip"}, "disputed ones do not count", "有争议发票不计入"),
        ({"repeat": False}, "only the first one lowers", "只降一级"),
        ({"demoted_to": "strictest"}, "only the strictest mode", "只适用下一级最严格的付款方式"),
        ({"recovery": "never"}, "until somebody restores it", "至人工恢复为止"),
        ({"tolerance_days": 5}, "late is from day 6", "第 6 天起算"),
        ({"kinds": ("late",)}, "breaches are: late payment;", "不按付款条件付款包括：逾期付款；"),
    ],
)
def test_demotion(changes: dict[str, object], english: str, chinese: str) -> None:
    policy = attrs.evolve(Demotion(breaches=2), **changes)
    assert english in describe(policy, "en")
    assert chinese in describe(policy, "zh")


def test_credit_without_premise_approver_and_demotion() -> None:
    policy = CreditPolicy(tiers=(TierTerms("A", (PREPAYMENT,)),), anchor="invoice")
    assert describe(policy, "en") == (
        "Payment terms, counted from the day of the invoice\n  A: must pay before delivery"
    )
    assert describe(policy, "zh") == "付款条件（自开票日起算）\n  A：必须款到发货"


def test_bands_with_and_without_rounding() -> None:
    assert describe(BANDS, "en") == (
        "Tiers by points\n  A: 50 to 100 points\n  B: 0 to 49 points\n"
        "  points finer than 1 are refused"
    )
    rounded = attrs.evolve(BANDS, rounding=Rounding.FLOOR)
    assert describe(rounded, "en").endswith("points are rounded down to a multiple of 1")
    assert describe(rounded, "zh").endswith("得分按 1 分的倍数取整（向下取整）")


def test_a_quota_that_ranks_everybody() -> None:
    quota = hundred_points.quota(tie="by_account", population=None)
    assert "every account with a score is ranked" in describe(quota, "en")
    assert "按客户编号先后决定" in describe(quota, "zh")
    worse = attrs.evolve(quota, remainder_tie="worse", tie="share_worse")
    assert "an equal remainder to the worse tier" in describe(worse, "en")
    cuts = CutPoints(quota=quota, graded_on=date(2026, 1, 5), ranked=0, cuts=())
    assert "2026年1月5日评级的分数线，共 0 户参与排名" in describe(cuts, "zh")


def test_a_card_says_what_a_missing_fact_means() -> None:
    for missing, english, chinese in (
        ("undecided", "a missing fact leaves no score", "数据缺失则无法评分"),
        ("left_out", "leaves the item out", "该项不计入"),
        (3, "a missing fact earns 3", "数据缺失计 3 分"),
    ):
        item = EnteredItem("all", STANDING, missing=missing, most=100)  # type: ignore[arg-type]
        card = Scorecard(name="c", items=(item,), rounding=Rounding.HALF_EVEN)
        assert english in describe(card, "en")
        assert chinese in describe(card, "zh")
        assert "折算后的总分四舍五入，恰为一半时取偶数" in describe(card, "zh")


def test_tiers_where_a_missing_fact_fails() -> None:
    policy = group_levels.tiers(scale=MoneyField("scale", currency="CNY"))
    fails = attrs.evolve(policy, missing="fails")
    assert describe(fails, "en").endswith("a missing fact counts as a condition not met")


def test_lead_times_without_a_contract_rule() -> None:
    policy = LeadTimes(tiers=(TierLeadTime("A", 20),), contract_wins=False, anchor="deposit")
    assert describe(policy, "zh") == (
        "常规订单交期（口径：自收到定金起按自然日计算，当日不计）\n  A类：20 天内交货\n"
        "    加急订单：未写明\n  口径：不采用合同日期"
    )


def test_an_own_reading_is_marked_as_such() -> None:
    own = Source("P08-5N", Label("rules", "规定"), mark="own")
    policy = attrs.evolve(Demotion(breaches=2), source=own)
    assert "[kamcore's reading: P08-5N]" in describe(policy, "en").splitlines()[0]
    assert "（kamcore 的理解：P08-5N）" in describe(policy, "zh").splitlines()[0]


def test_only_policies_and_known_languages_are_described() -> None:
    with pytest.raises(InputError, match="is not a policy"):
        describe("P08", "en")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="unknown language 'de'; pass 'en' or 'zh'"):
        describe(rulebook(), "de")  # type: ignore[arg-type]


def test_a_rulebook_says_only_what_it_has() -> None:
    policy = Rulebook(
        name=Label("rules", "规定"),
        tiers=group_levels.tiers(scale=MoneyField("scale", currency="CNY")),
    )
    blocks = describe(policy, "en").split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [
        "rules",
        "Tiers by conditions, the first that holds [P14-8]",
        (
            "Lines marked “own:”, points and scales, and what stands without a clause are the "
            "company's or kamcore's; the text does not state them."
        ),
    ]
