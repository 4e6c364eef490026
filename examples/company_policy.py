"""The rulebook of one fictional company, Hualan Valves (华岚阀门), under the regulation S3-P08.

The regulation (`kamcore.presets.hundred_points`) gives the shares of the tiers, the prices, the
payment terms and the time limits. It leaves open how the 100 points are split and scaled (P08-2S),
who is ranked, what happens at a tie, who approves exceptions and who looks after an account. **All
that is answered in this file is the example company's own and not the regulation's.**

`rulebook()` asks for all eight items. `ledger_rulebook()` asks for what an invoice ledger alone can
tell; the items it has no data for are left out and the rest is scaled up to 100 points.
"""

from kamcore.facts import Choice, ChoiceField, Field, MoneyField, NumberField, RatioField
from kamcore.presets import hundred_points
from kamcore.rulebook import Rulebook
from kamcore.score import BandItem, CategoryItem, EnteredItem, Item, Missing, PerUnitItem, Scorecard
from kamcore.tier import RankKey
from kamcore.values import Label, Money, Number, Ratio, Rounding, Seat, Steps

__all__ = ["ledger_rulebook", "rulebook"]

# --- who -----------------------------------------------------------------------------------

GENERAL_MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
ACCOUNT_MANAGERS = {
    "A": Seat("key_account_manager", Label("the key-account manager", "大客户经理")),
    "B": Seat("regional_manager", Label("the regional sales manager", "区域销售经理")),
    "C": Seat("sales_representative", Label("the sales representative", "销售代表")),
    "D": Seat("sales_office", Label("the sales office", "销售内勤"), kind="queue"),
}

# --- facts that no ledger holds -------------------------------------------------------------

MARGIN = RatioField("product_margin", zh="产品利润率", en="product margin")
MODE = ChoiceField(
    "sales_mode",
    options=(
        Choice("direct", zh="直销", en="direct"),
        Choice("distributor", zh="经销", en="distributor"),
        Choice("agent", zh="代理", en="agent"),
    ),
    zh="销售模式",
    en="sales mode",
)
OUR_SHARE = RatioField(
    "our_share", zh="我方产品在其销售总额中的比例", en="our share of its total sales"
)
STANDING = NumberField("standing_points", zh="行业知名度评分", en="points entered for its standing")
LATE = RatioField("late_share", zh="逾期付款发票比例", en="share of last year's invoices paid late")


def rulebook() -> Rulebook:
    """Return the rulebook for a book of accounts with all facts, in CNY."""
    sales = MoneyField("sales_volume", currency="CNY", zh="上年销售额", en="sales of last year")
    ordered = NumberField(
        "order_quantity", zh="上年订量", en="sets ordered last year", unit=Label("sets", "台")
    )
    years = NumberField(
        "history_years", zh="合作年数", en="years of dealing", unit=Label("years", "年")
    )
    card = hundred_points.card(
        (
            band("sales_volume", sales, SALES_IN_CNY, missing="undecided"),
            band("payment_reputation", LATE, PAID_LATE, missing=10),
            band("product_margin", MARGIN, MARGINS, missing="undecided"),
            per_unit("order_quantity", ordered, 50, missing=0),
            modes(missing=0),
            band("our_share", OUR_SHARE, SHARES, missing=0),
            per_unit("history", years, 1, missing=0),
            standing(missing=0),
        )
    )
    return under_the_regulation(card, sales)


def ledger_rulebook() -> Rulebook:
    """Return the rulebook for what an invoice ledger alone can tell, in USD.

    Sales volume is the sum invoiced in the previous year, order quantity the number of its
    invoices, payment reputation the share of them paid late, history the months since the first
    invoice. The other four items are left out, so a score rests on 60 of the 100 points. Whether
    collection is safe is not known either, so nobody is granted deferred payment (P08-5A, P08-5B)
    and B is not granted cash on delivery (P08-5B).
    """
    sales = MoneyField(
        "sales_volume", currency="USD", zh="上年开票金额", en="amount invoiced last year"
    )
    invoices = NumberField(
        "order_quantity", zh="上年发票数", en="invoices of last year", unit=Label("invoices", "张")
    )
    months = NumberField(
        "history_months",
        zh="自首张发票起的月数",
        en="months since the first invoice",
        unit=Label("months", "个月"),
    )
    card = hundred_points.card(
        (
            band("sales_volume", sales, SALES_IN_USD, missing="undecided"),
            band("payment_reputation", LATE, PAID_LATE, missing=10),
            band("product_margin", MARGIN, MARGINS, missing="left_out"),
            per_unit("order_quantity", invoices, 2, missing=0),
            modes(missing="left_out"),
            band("our_share", OUR_SHARE, SHARES, missing="left_out"),
            per_unit("history", months, 1, missing=0),
            standing(missing="left_out"),
        ),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
    )
    return under_the_regulation(card, sales)


def under_the_regulation(card: Scorecard, sales: MoneyField) -> Rulebook:
    """Return the regulation with the company's answers to what its text leaves open."""
    return hundred_points.rulebook(
        card=card,
        tie="share_better",
        keys=(RankKey(sales),),
        population=sales > 0,
        approver=GENERAL_MANAGER,
        account_managers=ACCOUNT_MANAGERS,
    )


# --- the company's own points and scales ----------------------------------------------------


SALES_IN_CNY: Steps[Number] = Steps.rising(
    2, *((Money(yuan, "CNY"), points) for yuan, points in (
        (500_000, 5), (1_000_000, 8), (2_000_000, 11), (4_000_000, 14), (8_000_000, 17),
        (15_000_000, 20),
    ))
)  # fmt: skip
SALES_IN_USD: Steps[Number] = Steps.rising(
    2, *((Money(dollars, "USD"), points) for dollars, points in (
        (200, 5), (400, 8), (600, 11), (800, 14), (1_000, 17), (1_200, 20),
    ))
)  # fmt: skip
PAID_LATE: Steps[Number] = Steps.rising(
    20, *((Ratio.percent(percent), points) for percent, points in (
        (0, 17), (5, 14), (10, 11), (20, 8), (30, 4), (50, 0),
    )),
    edge="right",
)  # fmt: skip
MARGINS: Steps[Number] = Steps.rising(
    0, *((Ratio.percent(percent), points) for percent, points in (
        (5, 3), (10, 6), (15, 9), (20, 12), (25, 15),
    ))
)  # fmt: skip
SHARES: Steps[Number] = Steps.rising(
    1, *((Ratio.percent(percent), points) for percent, points in ((10, 4), (25, 7), (50, 10)))
)


def words(name: str) -> dict[str, str]:
    label = hundred_points.ITEMS[name]
    return {"en": label.en, "zh": label.zh}


def band(name: str, fact: Field, steps: Steps[Number], *, missing: Missing) -> Item:
    return BandItem(name, fact, steps=steps, missing=missing, **words(name))


def per_unit(name: str, fact: Field, per: int, *, missing: Missing) -> Item:
    return PerUnitItem(name, fact, each=1, per=per, cap=10, missing=missing, **words(name))


def modes(*, missing: Missing) -> Item:
    points = {"direct": 10, "distributor": 7, "agent": 5}
    return CategoryItem("sales_mode", MODE, options=points, missing=missing, **words("sales_mode"))


def standing(*, missing: Missing) -> Item:
    return EnteredItem("standing", STANDING, most=5, missing=missing, **words("standing"))
