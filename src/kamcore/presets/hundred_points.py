"""S3-P08, the 100-point regulation (XXX公司客户分级管理制度).

A manufacturer grades its customers once a year on the previous year's sales: a card of 100 points
in eight items, the best 20 % A, then 30 % B, 40 % C, 10 % D. Price, payment terms, lead time and
the time for an answer follow from the class. The regulation carries no date.

What it leaves open is a required argument here: the split of the 100 points and the scales
(P08-2S), what happens to equal points at a cut (P08-3), who approves exceptions (P08-4P, P08-5C),
the limit of consignment stock (P08-4K), and who looks after an account. Where several readings are
possible, the default is kamcore's own and can be changed.
"""

from collections.abc import Iterable
from datetime import timedelta

from kamcore.calendars import around_the_clock
from kamcore.credit import (
    CASH_ON_DELIVERY,
    PREPAYMENT,
    ConsignmentLimit,
    CreditPolicy,
    Demotion,
    TierTerms,
    deferred_days,
    deferred_months,
)
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, Combinable, FlagField, RuleTable, TableRule
from kamcore.price import Approval, Basis, PricePolicy, Stack, TierPrice
from kamcore.routing import Duty, DutyRules
from kamcore.rulebook import Rulebook
from kamcore.score import Item, Scorecard
from kamcore.sla import Agreement, Agreements, Clock, LeadTimes, OrderOfWork, TierLeadTime
from kamcore.tier import Ladder, RankKey, Tier, TierQuota
from kamcore.values import Label, Money, Ratio, Rounding, Seat, Source

__all__ = [
    "ANSWER",
    "CLASS",
    "COLLECTION_SAFE",
    "DEMOTION",
    "DOMESTIC_AGENT",
    "ITEMS",
    "LADDER",
    "LEAD_TIMES",
    "MARKETING",
    "ORDER_OF_WORK",
    "card",
    "consignment",
    "credit",
    "duties",
    "price",
    "quota",
    "rulebook",
]

TITLE = Label("Customer grading rules of a manufacturer", "XXX公司客户分级管理制度")


def _source(clause: str, place: int, mark: str = "figure") -> Source:
    where = Label(f"article {place}", f"第{place}条")
    return Source(f"P08-{clause}", TITLE, clause=where, mark=mark)  # type: ignore[arg-type]  # checked there


LADDER = Ladder(
    Tier("A", zh="A类", en="A"),
    Tier("B", zh="B类", en="B"),
    Tier("C", zh="C类", en="C"),
    Tier("D", zh="D类", en="D"),
)
ITEMS: dict[str, Label] = {
    "sales_volume": Label("sales volume", "销售规模"),
    "payment_reputation": Label("payment reputation", "付款信誉"),
    "product_margin": Label("product margin", "产品利润率"),
    "order_quantity": Label("order quantity", "产品订量"),
    "sales_mode": Label("sales mode", "销售模式"),
    "our_share": Label("our share of its total sales", "我方产品在其销售总额中的比例"),
    "history": Label("history of dealing in our products", "经营产品历史"),
    "standing": Label("standing in its industry", "行业知名度"),
}
"""P08-2: the eight items. Their points and scales are not in the text."""

COLLECTION_SAFE = FlagField("collection_safe", zh="收款安全有保证", en="safe collection")
MARKETING = Seat("marketing", Label("the marketing department", "营销部"), kind="queue")


def card(items: Iterable[Item], *, rounding: Rounding | None = None) -> Scorecard:
    """Return the card of P08-2 from a company's own scales: 100 points, eight items, no other.

    `rounding` is asked for where an item is left out if its fact is missing.
    """
    given = tuple(items)
    names = [item.name for item in given]
    if sorted(names) != sorted(ITEMS):
        odd = sorted(set(names) ^ set(ITEMS)) or names
        raise PolicyError(
            f"the card has exactly the items {', '.join(ITEMS)}; mend {', '.join(odd)}"
        )
    return Scorecard(
        name="P08",
        items=given,
        maximum=100,
        rounding=rounding,
        source=_source("2", 2),
        scales_open=_source("2S", 2, "form"),
    )


def quota(*, tie: str, population: Combinable | None, keys: Iterable[RankKey] = ()) -> TierQuota:
    """Return P08-3: the best 20 % are A, then 30 % B, 40 % C, 10 % D.

    `tie` decides between accounts that are equal in points and `keys` at a cut. `population` says
    who is ranked: the reading closest to the text is existing customers with sales last year, such
    as `sales > 0`; None ranks every account that has a score.
    """
    return TierQuota(
        ladder=LADDER,
        shares=tuple(Ratio.percent(share) for share in (20, 30, 40, 10)),
        tie=tie,  # type: ignore[arg-type]  # checked there
        keys=tuple(keys),
        population=population,
        source=_source("3", 2),
    )


def price(
    *,
    approver: Seat,
    rounding: Rounding = Rounding.HALF_AWAY_FROM_ZERO,
    lower: Iterable[Approval] = (),
    stacks: Iterable[Stack] = (),
    basis: Basis = "net",
) -> PricePolicy:
    """Return P08-4A to P08-4D; they hold in principle (P08-4P), and the text names no approver.

    The rounding of "exactly 5 % more" is kamcore's own default (四舍五入), and so are that prices
    are without tax (`basis`) and that the lowest price holds net of everything. `stacks` are a
    company's own adjustments, `lower` its seats below the `approver` that may approve less; the
    text has neither.
    """
    return PricePolicy(
        tiers=(
            TierPrice("A", low=Ratio.percent(95), source=_source("4A", 3)),
            TierPrice("B", low=Ratio.percent(97), source=_source("4B", 3)),
            TierPrice("C", low=Ratio.percent(100), source=_source("4C", 3)),
            TierPrice(
                "D", low=Ratio.percent(105), high=Ratio.percent(105), source=_source("4D", 3)
            ),
        ),
        rounding=rounding,
        stacks=tuple(stacks),
        approvals=(*lower, Approval(approver)),
        basis=basis,
        source=_source("4P", 3, "form"),
    )


DEMOTION = Demotion(breaches=2, source=_source("5N, P08-5M", 4))
"""P08-5N and P08-5M.

The reading of quarter, breach and recovery is kamcore's own and can be changed.
"""


def credit(
    *, approver: Seat, demotion: Demotion = DEMOTION, safe: FlagField = COLLECTION_SAFE
) -> CreditPolicy:
    """Return P08-5A to P08-5D with demotion; `approver` grants what C is refused in principle."""
    return CreditPolicy(
        tiers=(
            TierTerms(
                "A",
                (deferred_months(3), CASH_ON_DELIVERY, PREPAYMENT),
                named=(deferred_months(3),),
                source=_source("5A", 4),
            ),
            TierTerms(
                "B",
                (deferred_days(30), CASH_ON_DELIVERY, PREPAYMENT),
                premised=(CASH_ON_DELIVERY,),
                named=(deferred_days(30), CASH_ON_DELIVERY),
                source=_source("5B", 4),
            ),
            TierTerms(
                "C",
                (CASH_ON_DELIVERY, PREPAYMENT),
                in_principle=True,
                named=(),
                source=_source("5C", 4, "rule"),
            ),
            TierTerms("D", (PREPAYMENT,), source=_source("5D", 4, "rule")),
        ),
        safe=safe,
        demotion=demotion,
        approver=approver,
    )


DOMESTIC_AGENT = FlagField("domestic_agent", zh="内销JUF代理客户", en="domestic JUF agent")
CLASS = ChoiceField("tier", options=LADDER.names, zh="等级", en="class")
OTHER_COPY = Label("article 3 of another published copy", "另一公开版本第3条")


def consignment(*, limit: Money, approver: Seat | None = None) -> ConsignmentLimit:
    """Return P08-4K: an A among the domestic JUF agents may get consignment stock up to `limit`.

    The clause stands in another published copy of the regulation only, which leaves the limit
    blank, in units of 10,000 yuan; here the sentence breaks off (P08-4J).
    """
    return ConsignmentLimit(
        when=CLASS.is_("A") & DOMESTIC_AGENT,
        limit=limit,
        approver=approver,
        source=Source("P08-4K", TITLE, clause=OTHER_COPY, mark="form"),
    )


CONTRACT = _source("8", 5, "rule")
LEAD_TIMES = LeadTimes(
    tiers=(
        TierLeadTime(
            "A",
            20,
            source=_source("6A", 5),
            rush="allowed",
            rush_source=_source("6E", 5, "rule"),
            contract_source=CONTRACT,
        ),
        TierLeadTime(
            "B",
            30,
            source=_source("6B", 5),
            rush="by_production",
            rush_source=_source("6F", 5, "rule"),
            contract_source=CONTRACT,
        ),
        TierLeadTime(
            "C",
            40,
            source=_source("6C", 5),
            rush_source=_source("6G", 5, "form"),
            contract_source=CONTRACT,
        ),
        TierLeadTime(
            "D",
            None,
            source=_source("6G", 5, "form"),
            rush_source=_source("6G", 5, "form"),
            strict=True,
            strict_source=_source("6D", 5, "rule"),
        ),
    ),
)
"""P08-6A to P08-6G; D has no lead time, and nothing is stated on rush for C and D.

P08-8 asks for A, B and C that orders are delivered as the contract says, in principle; that a date
in the contract goes first, also for D, is kamcore's reading.

Calendar days from signing are kamcore's reading.
"""

ORDER_OF_WORK = OrderOfWork(
    tiers=("A", "B", "C"), unranked=("D",), source=_source("6P, P08-6Q", 5, "rule")
)
"""P08-6P and P08-6Q: A first, B assured, C yields; within a class the higher points first."""

ANSWER = Agreements(
    agreements=(
        Agreement(
            name="answer to inquiries and letters",
            zh="询价及其他函电答复",
            clocks=RuleTable(
                rules=(
                    TableRule(
                        "all customers",
                        None,
                        (
                            Clock(
                                "answer",
                                zh="答复询价及其他函电",
                                en="answer to an inquiry or letter",
                                limit=timedelta(hours=24),
                                calendar=around_the_clock("Asia/Shanghai"),
                                stops=("answered",),
                                pauses=(),
                                source=_source("7", 6),
                            ),
                        ),
                    ),
                )
            ),
            source=_source("7", 6),
        ),
    ),
    source=_source("7", 6),
)
"""P08-7: inquiries and other letters of all customers are answered within 24 hours.

Hours as elapsed hours is kamcore's reading; deadlines are given in Chinese time.
"""


def duties(*, account_managers: dict[str, Seat]) -> DutyRules:
    """Return P08-9 (the marketing department demotes and answers) and who looks after each class.

    `account_managers` gives the seat for A, B, C and D; the text does not say who it is.
    """
    work = ChoiceField(
        "work",
        options=(
            Choice("answer", en="answer to an inquiry or letter", zh="询价答复"),
            Choice("demotion", en="demotion of the payment mode", zh="付款方式降级"),
            Choice("care", en="care of the account", zh="客户维护"),
        ),
        zh="工作",
    )
    if list(account_managers) != list(LADDER.names):
        raise PolicyError(
            f"account managers are given for {list(account_managers)}; "
            "give one for each of A, B, C, D in order"
        )
    marketing = Duty(MARKETING)
    own = (
        TableRule(f"care {name}", work.is_("care") & CLASS.is_(name), Duty(seat))
        for name, seat in account_managers.items()
    )
    return DutyRules(
        table=RuleTable(
            rules=(
                TableRule("answer", work.is_("answer"), marketing, _source("9", 6, "rule")),
                TableRule("demotion", work.is_("demotion"), marketing, _source("9", 4, "rule")),
                *own,
            )
        )
    )


def rulebook(  # noqa: PLR0913 - what the text leaves open
    *,
    card: Scorecard,
    tie: str,
    approver: Seat,
    account_managers: dict[str, Seat],
    population: Combinable | None,
    keys: Iterable[RankKey] = (),
    demotion: Demotion = DEMOTION,
    consignment: ConsignmentLimit | None = None,
) -> Rulebook:
    """Return the whole regulation; the arguments are what its text leaves open."""
    return Rulebook(
        name=TITLE,
        card=card,
        tiers=quota(tie=tie, keys=keys, population=population),
        price=price(approver=approver),
        credit=credit(approver=approver, demotion=demotion),
        consignment=consignment,
        lead_times=LEAD_TIMES,
        service=ANSWER,
        order_of_work=ORDER_OF_WORK,
        duties=duties(account_managers=account_managers),
        source=Source("S3-P08", TITLE),
    )
