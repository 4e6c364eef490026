"""One company under S3-P08, its scales made up, for the tests of the upper rooms."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kamcore.credit import Invoice, read_invoices
from kamcore.facts import (
    Choice,
    ChoiceField,
    Facts,
    MoneyField,
    NumberField,
    RatioField,
    read_book,
)
from kamcore.presets import hundred_points
from kamcore.rulebook import BookReview, Rulebook, review_book
from kamcore.score import BandItem, CategoryItem, EnteredItem, Item, PerUnitItem
from kamcore.tier import RankKey
from kamcore.values import Label, Money, Seat, Steps

SALES = MoneyField("sales", currency="CNY", zh="上年销售额", en="sales of last year")
LATE = RatioField("late_share", zh="逾期付款比例", en="share of invoices paid late")
MARGIN = RatioField("margin", zh="利润率", en="margin")
ORDERS = NumberField("orders", zh="订单数", unit=Label("orders", "单"))
MODE = ChoiceField(
    "mode",
    options=(Choice("direct", zh="直销", en="direct"), Choice("agent", zh="代理", en="agent")),
    zh="销售模式",
    en="sales mode",
)
SHARE = RatioField("our_share", zh="我方产品占比", en="our share")
YEARS = NumberField("years", zh="经营年数", unit=Label("years", "年"))
STANDING = NumberField("standing", zh="知名度评分")


def words(name: str) -> dict[str, str]:
    """Return the regulation's words for an item."""
    label = hundred_points.ITEMS[name]
    return {"en": label.en, "zh": label.zh}


ITEMS: tuple[Item, ...] = (
    BandItem(
        "sales_volume",
        SALES,
        missing="undecided",
        steps=Steps.rising(0, (1_000_000, 10), (5_000_000, 20)),
        **words("sales_volume"),
    ),
    BandItem(
        "payment_reputation",
        LATE,
        missing=0,
        steps=Steps.rising(20, (Decimal("0.05"), 10), (Decimal("0.2"), 0), edge="right"),
        **words("payment_reputation"),
    ),
    BandItem(
        "product_margin",
        MARGIN,
        missing=0,
        steps=Steps.rising(0, (Decimal("0.1"), 10), (Decimal("0.2"), 15)),
        **words("product_margin"),
    ),
    PerUnitItem(
        "order_quantity", ORDERS, missing=0, each=1, per=5, cap=10, **words("order_quantity")
    ),
    CategoryItem(
        "sales_mode", MODE, missing=0, options={"direct": 5, "agent": 10}, **words("sales_mode")
    ),
    BandItem(
        "our_share",
        SHARE,
        missing=0,
        steps=Steps.rising(0, (Decimal("0.3"), 10)),
        **words("our_share"),
    ),
    PerUnitItem("history", YEARS, missing=0, each=1, cap=10, **words("history")),
    EnteredItem("standing", STANDING, missing=0, most=5, **words("standing")),
)
GENERAL_MANAGER = Seat("general_manager", Label("the general manager", "总经理"))
MANAGERS = {
    name: Seat(f"manager_{name}", Label(f"the account manager of {name}", f"{name}类客户经理"))
    for name in "ABCD"
}
GRADED = date(2026, 1, 5)
TODAY = date(2026, 6, 30)
OPENED = datetime(2026, 6, 30, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def rulebook(tie: str = "share_better") -> Rulebook:
    """Return the company's rulebook."""
    return hundred_points.rulebook(
        card=hundred_points.card(ITEMS),
        tie=tie,
        approver=GENERAL_MANAGER,
        account_managers=MANAGERS,
        keys=(RankKey(SALES),),
        population=SALES > 0,
    )


ROWS: tuple[dict[str, object], ...] = tuple(
    {
        "account": account,
        "sales": sales,
        "late_share": late,
        "margin": margin,
        "orders": orders,
        "mode": mode,
        "our_share": share,
        "years": years,
        "standing": 3,
        "collection_safe": safe,
    }
    for account, sales, late, margin, orders, mode, share, years, safe in (
        ("K01", 9_000_000, Decimal("0.01"), Decimal("0.22"), 60, "agent", Decimal("0.5"), 9, True),
        ("K02", 6_000_000, Decimal("0.05"), Decimal("0.15"), 44, "agent", Decimal("0.4"), 7, True),
        ("K03", 2_000_000, Decimal("0.34"), Decimal("0.21"), 28, "agent", Decimal("0.3"), 4, None),
        ("K04", 1_000_000, Decimal("0.2"), Decimal("0.1"), 20, "direct", Decimal("0.2"), 2, True),
        ("K05", 800_000, Decimal("0.2"), Decimal("0.1"), 20, "direct", Decimal("0.2"), 12, False),
        ("K06", 700_000, Decimal("0.4"), None, 10, "direct", Decimal("0.1"), 1, True),
        ("K07", 600_000, Decimal("0.4"), None, 10, "direct", Decimal("0.1"), 1, True),
        ("K08", 500_000, Decimal("0.5"), Decimal("0.05"), 5, "direct", Decimal("0.05"), 1, True),
        ("K09", 100_000, Decimal("0.6"), Decimal("0.05"), 5, "direct", Decimal("0.05"), 0, True),
        ("K10", 50_000, Decimal("0.6"), Decimal("0.01"), 1, "direct", Decimal("0.01"), 0, True),
        ("NEW", 0, None, None, 0, None, None, 0, True),
        ("GAP", None, None, None, None, None, None, None, None),
    )
)


def book(policy: Rulebook) -> tuple[Facts, ...]:
    """Return the facts of the book."""
    return read_book(ROWS, policy.fields, key="account")


def invoices() -> tuple[Invoice, ...]:
    """Return invoices: K02 and K10 breached twice in a quarter, K03 once, K01 is still in time."""
    rows = [
        ("I1", "K02", date(2026, 2, 1), date(2026, 2, 10)),
        ("I2", "K02", date(2026, 2, 20), None),
        ("I3", "K03", date(2026, 3, 31), date(2026, 4, 1)),
        ("I4", "K03", date(2026, 4, 1), date(2026, 4, 1)),
        ("I5", "K10", date(2026, 1, 10), None),
        ("I6", "K10", date(2026, 1, 20), None),
        ("I7", "K01", date(2026, 6, 30), None),
    ]
    return read_invoices(
        [
            {"number": number, "account": account, "due": due, "amount": 1000, "paid": paid}
            for number, account, due, paid in rows
        ],
        currency="CNY",
    )


def reviewed(policy: Rulebook) -> BookReview:
    """Return the review of the book."""
    return review_book(
        book(policy),
        policy,
        as_of=TODAY,
        graded_on=GRADED,
        invoices=invoices(),
        control=Money(100, "CNY"),
        signed=TODAY,
        opened=OPENED,
    )
