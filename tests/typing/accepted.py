"""What users write, and the types that they get; checked by mypy and pyright, never run."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import assert_type

from kamcore.calendars import Calendar, Hours, Week, WorkCalendar, WorkingDays, around_the_clock
from kamcore.codec import from_json, to_json
from kamcore.credit import CreditPolicy, Terms, find_terms
from kamcore.decision import Decision, Record
from kamcore.facts import (
    Comparison,
    Condition,
    DateField,
    Facts,
    FlagField,
    MoneyField,
    NumberField,
    RatioField,
    read_book,
    read_facts,
)
from kamcore.price import PricePolicy, PriceRange, find_price_range
from kamcore.rulebook import Review, Rulebook, keep_record, replay, review, review_book
from kamcore.score import Score, Scorecard, points, score_account
from kamcore.sla import (
    Agreements,
    BatchHandling,
    BatchRules,
    Case,
    CaseState,
    Clock,
    Event,
    LeadTimes,
    NoPromise,
    OrderOfWork,
    Placed,
    RenewalPlan,
    Renewals,
    RushVerdict,
    WorkOrder,
    check_rush,
    find_batch_handling,
    find_clocks,
    find_deadline,
    order_work,
    plan_renewal,
)
from kamcore.tier import (
    CutPoints,
    Ladder,
    Standing,
    Tier,
    TierBands,
    TierRule,
    TierRules,
    assign_tier,
)
from kamcore.values import Money, Ratio, Steps

scale = MoneyField("scale", currency="CNY", zh="客户规模")
trade = MoneyField("trade_12m", currency="CNY", zh="近12个月交易额")
agreed = FlagField("long_term_agreement", zh="长期合作协议")
orders = NumberField("orders")
margin = RatioField("margin")
since = DateField("since")

assert_type(
    (scale > 1_000_000) & (trade > Decimal("500000.50")) & agreed,
    Condition,
)
assert_type(agreed & (scale >= Money(1, "CNY")), Condition)
assert_type(since <= date(2013, 1, 5), Comparison)
assert_type(~agreed | (orders < 3) | (margin >= Ratio.percent(5)), Condition)

TIERS = TierRules(
    ladder=Ladder(Tier("super", zh="超级客户"), "ordinary"),
    rules=(TierRule("super", (scale > 1_000_000) & agreed), TierRule("super", agreed)),
    otherwise="ordinary",
)


class Customer:
    """An application's own class."""

    code: str
    scale: Decimal


def developer(customer: Customer, opened: datetime, service: Agreements) -> str:
    """Ask one question and store the answer."""
    facts = read_facts(customer, TIERS.fields, key="code")
    assert_type(facts, Facts)
    decision = assign_tier(facts, TIERS)
    assert_type(decision, Decision[str])
    assert_type(decision.value, str)
    assert_type(decision.value_or(None), str | None)
    case = Case("T1", (Event("opened", opened),)).with_event(Event("answered", opened))
    assert_type(find_deadline(case, service, clock="answer").value, datetime | NoPromise)
    state = find_clocks(case, service, as_of=opened)
    assert_type(state, Decision[CaseState])
    assert_type(state.value.next_change, datetime | None)
    assert_type(keep_record(find_clocks, case, service, as_of=opened), Record[Decision[CaseState]])
    record = keep_record(assign_tier, facts, TIERS)
    assert_type(record, Record[Decision[str]])
    assert_type(replay(record).same, bool)
    return to_json(record)


def money(tier: str, policy: PricePolicy, control: Money) -> None:
    """Ask for a price."""
    assert_type(find_price_range(tier, policy, control=control), Decision[PriceRange])


def terms(facts: Facts, policy: CreditPolicy, day: date) -> None:
    """Ask for terms."""
    assert_type(find_terms(facts, policy, tier="A", as_of=day, graded_on=day), Decision[Terms])


def promises(
    lead: LeadTimes, order: OrderOfWork, batches: BatchRules, renewals: Renewals, day: date
) -> None:
    """Ask for what is promised in time."""
    waiting = (WorkOrder("O1", tier="A", score=Decimal(90), received=day),)
    assert_type(check_rush("B", lead, production_allows=True), Decision[RushVerdict])
    assert_type(order_work(waiting, order), Decision[tuple[Placed, ...]])
    assert_type(find_batch_handling(30, batches, tier="A"), Decision[BatchHandling])
    assert_type(plan_renewal(day, renewals), Decision[RenewalPlan])


def working_time(opened: datetime) -> None:
    """Ask a calendar."""
    office = WorkCalendar(name="o", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00")))
    assert_type(office.add(opened, WorkingDays(2)), datetime)
    assert_type(office.between(opened, opened), timedelta)
    assert_type(office | around_the_clock("Asia/Shanghai"), Calendar)
    assert_type(Clock("answer", limit=timedelta(hours=1), calendar=office).calendar, Calendar)


def analyst(rows: Sequence[dict[str, str]], book: Rulebook, card: Scorecard, day: date) -> None:
    """Review a book."""
    accounts = read_book(rows, book.fields, key="account", names={"sales": "销售额"})
    assert_type(accounts, tuple[Facts, ...])
    result = review_book(accounts, book, as_of=day, graded_on=day)
    assert_type(result["ACME"], Review)
    assert_type(points(card, accounts[0]), Decimal)
    assert_type(score_account(accounts[0], card), Decision[Score])
    assert_type(keep_record(review, accounts[0], book, as_of=day, graded_on=day), Record[Review])


def tiers(score: Score, bands: TierBands, standing: Standing, cuts: CutPoints) -> None:
    """Ask the other kinds of tier policy."""
    assert_type(assign_tier(score, bands), Decision[str])
    assert_type(assign_tier(standing, cuts), Decision[str])
    assert_type(Steps.rising(0, (10, 5)), Steps[int])
    assert_type(from_json("{}", Rulebook), Rulebook)
