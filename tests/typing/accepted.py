"""What users write, and the types that they get; checked by mypy and pyright, never run."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import assert_type

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
from kamcore.sla import AnswerTime, find_answer_deadline
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


def developer(customer: Customer, opened: datetime, answer: AnswerTime) -> str:
    """Ask one question and store the answer."""
    facts = read_facts(customer, TIERS.fields, key="code")
    assert_type(facts, Facts)
    decision = assign_tier(facts, TIERS)
    assert_type(decision, Decision[str])
    assert_type(decision.value, str)
    assert_type(decision.value_or(None), str | None)
    assert_type(find_answer_deadline(opened, answer).value, datetime)
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
