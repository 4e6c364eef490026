"""How one company prices, grants credit and collects, with every part that a policy can have."""

from datetime import date

from tests.promises import OFFICE, SOURCE

from kamcore.credit import (
    AgeingBands,
    Commitment,
    ConsignmentLimit,
    CreditLimit,
    CreditRequest,
    DateStep,
    DunningLevel,
    DunningPolicy,
    EarlyPayment,
    Instalment,
    Invoice,
    LateInterest,
    LimitPolicy,
    OverdueGate,
    Payment,
    PaymentTerm,
    Reminder,
    SuspensionPolicy,
    TaxedAmount,
)
from kamcore.facts import Choice, ChoiceField, FlagField, MoneyField, read_facts
from kamcore.price import (
    Adjustment,
    Approval,
    FreeUnits,
    PricePolicy,
    RevenueShare,
    Sale,
    Stack,
    TierPrice,
)
from kamcore.values import (
    Days,
    Label,
    Money,
    Ratio,
    Rounding,
    Seat,
    Source,
    Split,
    Steps,
    UnitPrice,
)

HALF_UP = Rounding.HALF_AWAY_FROM_ZERO
PERCENT = Ratio.percent
CFO = Seat("cfo", Label("the finance director", "财务总监"))
SALES_LEAD = Seat("sales_lead", Label("the sales director", "销售总监"))
MANAGER = Seat("manager", Label("the account manager", "客户经理"), kind="account_manager")
OPEN_TEXT = Source("X-2", Label("credit rules", "信用管理规定"), mark="form")
"""A clause that gives the form and no figure."""


def cny(amount: int) -> Money:
    """Return yuan."""
    return Money(amount, "CNY")


# --- price ------------------------------------------------------------------------------------

REGION = ChoiceField(
    "region",
    options=(Choice("north", zh="北区", en="north"), Choice("south", zh="南区", en="south")),
    zh="区域",
)
TRADE = MoneyField("trade", currency="CNY", zh="年交易额", en="yearly trade")
NEW = FlagField("new", zh="新客户", en="a new account")

PRICE = PricePolicy(
    tiers=(
        TierPrice("A", low=PERCENT(92), floor=PERCENT(85), source=SOURCE),
        TierPrice("B", low=PERCENT(97), high=PERCENT(103)),
        TierPrice("D", low=PERCENT(105), high=PERCENT(105), en="new accounts", zh="新户"),
    ),
    stacks=(
        Stack(
            "compound",
            (
                Adjustment(
                    "volume",
                    Steps.rising(Ratio(0), (100, PERCENT(-1)), (500, PERCENT(-2))),
                    by="quantity",
                    zh="批量优惠",
                    en="volume discount",
                    source=SOURCE,
                ),
                Adjustment(
                    "loyalty",
                    PERCENT(-1),
                    when=(TRADE >= 1_000_000) & ~NEW,
                    zh="忠诚优惠",
                    en="loyalty discount",
                ),
            ),
        ),
        Stack(
            "exclusive",
            (
                Adjustment("north", UnitPrice(-1, "CNY"), when=REGION.is_("north"), zh="北区补贴"),
                Adjustment("south", UnitPrice(1, "CNY"), when=REGION.is_("south"), zh="南区加价"),
            ),
        ),
        Stack(
            "best",
            (
                Adjustment(
                    "spring",
                    PERCENT(-3),
                    days=Days.through(date(2026, 3, 1), date(2026, 3, 31)),
                    zh="春季促销",
                ),
                Adjustment("large", FreeUnits(50, 1), zh="买五十赠一", when=TRADE.is_known),
            ),
        ),
        Stack(
            "add",
            (
                Adjustment(
                    "early payment",
                    PERCENT(-2),
                    zh="提前付款折扣",
                    optional=True,
                    off_invoice=True,
                    source=SOURCE,
                ),
                Adjustment(
                    "freight",
                    Steps.rising(cny(-300), (cny(10_000), cny(-100)), edge="right"),
                    by="amount",
                    zh="承担运费",
                    currency="CNY",
                    basis="net",
                    off_invoice=True,
                ),
            ),
        ),
    ),
    approvals=(Approval(SALES_LEAD, low=PERCENT(85)), Approval(CFO)),
    rounding=HALF_UP,
    rounded="each_change",
    source=SOURCE,
)
GROSS_PRICE = PricePolicy(
    tiers=(TierPrice("A", low=PERCENT(95)), TierPrice("B", high=PERCENT(110))),
    basis="gross",
    rounding=Rounding.HALF_EVEN,
)
REVENUE = RevenueShare(base="net", split=Split.LARGEST_RATIO, source=SOURCE)

# --- payment terms ----------------------------------------------------------------------------

PARTS = PaymentTerm(
    instalments=(
        Instalment(PERCENT(30), (), source=SOURCE),
        Instalment(cny(500), (DateStep.months(1), DateStep.payment_day(5, 20))),
        Instalment(PERCENT(50), (DateStep.days(30),), of="rest", counts_from="previous"),
        Instalment(None, (DateStep.end_of_month(), DateStep.days(75), DateStep.weekday("friday"))),
    ),
    anchor="signing",
    rounding=HALF_UP,
    step=Money.from_minor(5, "CNY"),
    source=SOURCE,
)
EARLY = PaymentTerm(
    instalments=(Instalment(None, (DateStep.days(30),)),),
    early=(
        EarlyPayment(PERCENT(3), (DateStep.days(5),), tax="excluded", source=SOURCE),
        EarlyPayment(PERCENT(2), (DateStep.days(10),), tax="excluded"),
    ),
    rounding=HALF_UP,
    source=OPEN_TEXT,
)
ON_WORKING_DAYS = PaymentTerm(
    instalments=(Instalment(None, (DateStep.day_of_next_month(15), DateStep.working_day(OFFICE))),),
    anchor="delivery",
)
INVOICED = TaxedAmount.of_net(cny(1_000), PERCENT(13), rounding=HALF_UP)

# --- limits -----------------------------------------------------------------------------------

LIMITS = LimitPolicy(
    counted=("deliveries", "orders"),
    horizon_days=30,
    tolerance=PERCENT(5),
    checked_at=("quote", "order", "invoice"),
    overdue=OverdueGate(days=30, at_least=cny(1_000), source=SOURCE),
    prepaid_passes=False,
    disputed="skip",
    unapplied_credit="skip",
    open_orders="keep",
    approver=CFO,
    source=OPEN_TEXT,
)
PLAIN_LIMITS = LimitPolicy(overdue=OverdueGate(days=0), approver=CFO)
CONSIGNMENT = ConsignmentLimit(
    when=REGION.is_("north") & (TRADE > 500_000) | NEW,
    limit=cny(200_000),
    approver=SALES_LEAD,
    source=OPEN_TEXT,
)
LIMIT = CreditLimit.up_to(cny(5_000))
COMMITMENTS = (
    Commitment("order", "O1", "K01", cny(1_200), date(2026, 3, 10), prepaid=cny(200)),
    Commitment("order", "O2", "K01", cny(900), date(2026, 3, 20)),
    Commitment("delivery", "L1", "K01", cny(400), date(2026, 3, 1), invoiced=cny(100)),
)
REQUEST = CreditRequest("O3", cny(3_000), "order", prepaid=cny(500), day=date(2026, 3, 25))

# --- arrears ----------------------------------------------------------------------------------

AGEING = AgeingBands(
    edges=(0, 7, 30, 31, 90), counted_from="issued", disputed="skip", source=SOURCE
)
DUNNING = DunningPolicy(
    levels=(
        DunningLevel("friendly", 5, zh="友情提醒", en="friendly reminder", source=SOURCE),
        DunningLevel(
            "formal",
            10,
            counted_from="last_reminder",
            fee=cny(20),
            zh="书面催缴",
            en="formal reminder",
        ),
        DunningLevel("final", 60, counted_from="end_of_month", fee=PERCENT(1)),
    ),
    minimum=(cny(50), Money(10, "USD")),
    interval_days=7,
    first="highest",
    disputed="count",
    sent_first=False,
    rounding=HALF_UP,
    source=OPEN_TEXT,
)
REFUSED = FlagField("payment_refused", zh="拒不交费", en="payment is refused")
SUSPENSION = SuspensionPolicy(
    refusal=REFUSED,
    after_days=30,
    at_least=cny(500),
    seat=MANAGER,
    source=OPEN_TEXT,
)
INTEREST = LateInterest(
    yearly=Ratio(5 * 365, 10_000),
    day_count="actual/365",
    grace_days=3,
    counted_from="end_of_grace",
    minimum=cny(5),
    disputed="skip",
    rounding=HALF_UP,
    source=SOURCE,
)
INVOICES = (
    Invoice(
        number="F1",
        account="K01",
        due=date(2026, 1, 31),
        issued=date(2026, 1, 1),
        amount=cny(2_000),
        payments=(Payment(date(2026, 2, 10), cny(500)), Payment(date(2026, 4, 1), cny(100))),
    ),
    Invoice(
        number="F2",
        account="K01",
        due=date(2026, 2, 27),
        issued=date(2026, 1, 28),
        amount=cny(1_000),
        disputed=True,
    ),
    Invoice(
        number="F3",
        account="K01",
        due=date(2026, 2, 15),
        issued=date(2026, 2, 1),
        amount=cny(-300),
    ),
    Invoice(
        number="F4",
        account="K01",
        due=date(2026, 3, 31),
        issued=date(2026, 3, 1),
        amount=cny(800),
        deviation="short",
        deviated=date(2026, 3, 2),
    ),
)
TODAY = date(2026, 3, 5)
REMINDERS = (Reminder("F1", "friendly", date(2026, 2, 5), date(2026, 2, 6)),)

SALE = Sale(
    "A",
    cny(100),
    quantity=120,
    on=date(2026, 3, 10),
    facts=read_facts({"trade": 2_000_000, "new": False, "region": "north"}, PRICE.fields),
    discount=PERCENT(2),
)
