"""One policy, two evaluators, one answer: kamcore row by row, and expressions over a Polars frame.

The expressions come from `_frames`, which says how to read them. The books come from `_books`: they
are random, with what breaks an evaluator planted in them. Who answers for work is compared in
`test_duty_parity.py`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import company, money, promises
from tests.contract import _frames as frames
from tests.contract._books import (
    IDS,
    Book,
    answers,
    beside,
    books,
    default_of,
    marks_of_condition,
    marks_of_item,
    rows_beside,
    rows_of,
)
from tests.property.facts import _strategies as rule_world
from tests.property.score import _strategies as score_world

from kamcore.credit import ConsignmentLimit, check_consignment
from kamcore.errors import Undecided
from kamcore.facts import (
    ChoiceField,
    Condition,
    Facts,
    Field,
    Fields,
    MoneyField,
    RuleTable,
    TableRule,
    Wire,
)
from kamcore.presets import (
    basic_service,
    group_levels,
    hundred_points,
    private_networks,
    service_levels,
)
from kamcore.price import (
    Adjustment,
    Price,
    PricePolicy,
    Sale,
    Stack,
    TierPrice,
    find_price_range,
    quote_price,
)
from kamcore.score import (
    BandItem,
    Scorecard,
    points,
    score_account,
)
from kamcore.sla import Agreement, Agreements, Clock
from kamcore.tier import (
    CutPoints,
    Grading,
    Ladder,
    RankKey,
    Standing,
    TierBands,
    TierQuota,
    TierRule,
    TierRules,
    assign_tier,
    grade_book,
    stand,
)
from kamcore.values import Band, Money, Ratio, Rounding, Steps, UnitPrice

Tie = Literal["share_better", "share_worse", "by_account"]
TIES: tuple[Tie, ...] = ("share_better", "share_worse", "by_account")
GRADED = date(2026, 1, 5)
EXAMPLES = settings.default.max_examples if settings.default else 100
A_TENTH = settings(max_examples=EXAMPLES // 10 + 1)
A_THIRD = settings(max_examples=EXAMPLES // 3 + 1)

SIZES = (0, 1, 2, 5, 15)


# --- the two evaluators -----------------------------------------------------------------------


def total_or_none(card: Scorecard, facts: Facts) -> int | None:
    """Return kamcore's total in units of 10^-decimals."""
    try:
        return int(points(card, facts) * 10**card.decimals)
    except Undecided:
        return None


def with_totals(book: Book, fields: Fields, card: Scorecard) -> nw.DataFrame[pl.DataFrame]:
    """Return the frame of a book with the column `total`."""
    return frames.frame_of(book, fields).with_columns(frames.total_of(card).alias("total"))


def assert_same_totals(book: Book, fields: Fields, card: Scorecard) -> None:
    """Compare the totals of every row."""
    found = with_totals(book, fields, card).get_column("total")
    assert found.dtype == nw.Int64()
    assert found.to_list() == [total_or_none(card, facts) for facts in book]
    decided = [score_account(facts, card).value_or(None) for facts in book]
    assert found.to_list() == [
        None if score is None else int(score.total * 10**card.decimals) for score in decided
    ]


def assert_same_rules(book: Book, fields: Fields, policy: TierRules) -> None:
    """Compare the tiers by conditions of every row."""
    frame = frames.frame_of(book, fields)
    assert answers(frame, frames.tier_by_rules(policy)) == [
        assign_tier(facts, policy).value_or(None) for facts in book
    ]


def graded(book: Book, card: Scorecard, quota: TierQuota) -> tuple[list[Standing], Grading]:
    """Return kamcore's grading of a book."""
    standings = [stand(facts, score_account(facts, card), quota) for facts in book]
    return standings, grade_book(standings, quota, graded_on=GRADED)


def assert_same_quota(book: Book, fields: Fields, card: Scorecard, quota: TierQuota) -> CutPoints:
    """Compare the tiers by quota of every row; the cut points are those of the book."""
    _, grading = graded(book, card, quota)
    frame = with_totals(book, fields, card)
    assert answers(frame, frames.tier_by_cuts(grading.cuts, card)) == [
        grading[facts.account].value_or(None) for facts in book
    ]
    return grading.cuts


# --- scores -----------------------------------------------------------------------------------


@given(st.data(), score_world.cards())
def test_random_cards_give_the_same_totals(data: st.DataObject, card: Scorecard) -> None:
    book = data.draw(books(score_world.FIELDS, rows_of(score_world.facts())))
    assert_same_totals(book, score_world.FIELDS, card)


P08 = company.rulebook()
P08_CARD = P08.card
P08_FIELDS = Fields.of(P08_CARD, P08.tiers)
P08_MARKS = [(item.fact.name, marks_of_item(item)) for item in P08_CARD.items]


@given(books(P08_FIELDS, rows_beside(P08_FIELDS, P08_MARKS)))
def test_the_card_of_p08_gives_the_same_totals_at_every_edge(book: Book) -> None:
    assert_same_totals(book, P08_FIELDS, P08_CARD)


def left_out_card(rounding: Rounding) -> Scorecard:
    """Return a card of which two items may be left out, with points below 0."""
    one, two, three = score_world.FIELDS.items[:3]
    values = ((one, 7, "left_out"), (two, 5, "left_out"), (three, 9, 0))
    return Scorecard(
        name="left out",
        items=tuple(
            BandItem(fact.name, fact, missing=rule, steps=Steps.rising(-best, (fact.give(5), best)))
            for fact, best, rule in values
        ),
        maximum=21,
        rounding=rounding,
    )


@pytest.mark.parametrize("rounding", Rounding)
def test_each_rounding_gives_the_same_totals(rounding: Rounding) -> None:
    """All combinations of low, high and missing: quotients of both signs, halves among them."""
    fields = Fields(score_world.FIELDS.items[:3])
    wires = (None, 4, 5)
    book = tuple(
        Facts(f"{one} {two} {three}", fields, (one, two, three))
        for one in wires
        for two in wires
        for three in wires
    )
    assert_same_totals(book, fields, left_out_card(rounding))


# --- tiers by conditions ----------------------------------------------------------------------

LADDER = Ladder("best", "good", "rest")


@st.composite
def tier_rules(draw: st.DrawFn) -> TierRules:
    """Return rules in any order of tiers, some of them for the same tier."""
    whens = draw(st.lists(rule_world.conditions(), max_size=4))
    tiers = st.sampled_from(LADDER.names)
    return TierRules(
        ladder=LADDER,
        rules=tuple(TierRule(draw(tiers), when) for when in whens),
        otherwise=draw(tiers),
        missing=draw(st.sampled_from(("undecided", "fails"))),
    )


@given(st.data(), tier_rules())
def test_random_rules_give_the_same_tiers(data: st.DataObject, policy: TierRules) -> None:
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    assert_same_rules(book, rule_world.EVERYTHING, policy)


@given(rule_world.conditions(), st.data(), st.booleans())
def test_random_conditions_hold_for_the_same_rows(
    condition: Condition, data: st.DataObject, if_missing: bool
) -> None:
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    frame = frames.frame_of(book, rule_world.EVERYTHING)
    assert answers(frame, frames.holds(condition, if_missing=if_missing)) == [
        condition.holds(facts.values, if_missing=if_missing) for facts in book
    ]


P14 = group_levels.tiers(scale=MoneyField("scale", currency="CNY"))
P14_MARKS = [mark for rule in P14.rules for mark in marks_of_condition(rule.when)]


@given(
    books(P14.fields, rows_beside(P14.fields, P14_MARKS)), st.sampled_from(("undecided", "fails"))
)
def test_the_rules_of_p14_give_the_same_tiers_at_every_edge(
    book: Book, missing: Literal["undecided", "fails"]
) -> None:
    policy = TierRules(ladder=P14.ladder, rules=P14.rules, otherwise=P14.otherwise, missing=missing)
    assert_same_rules(book, P14.fields, policy)


# --- agreements -------------------------------------------------------------------------------

RECEIVED = datetime(2026, 9, 28, 10, tzinfo=promises.SHANGHAI)
CLOCKS = tuple(
    Clock("answer", limit=timedelta(hours=hours), calendar=promises.OFFICE, stops=("answered",))
    for hours in range(1, 5)
)


@st.composite
def agreements(draw: st.DrawFn) -> Agreements:
    """Return one to three agreements, each rule of which gives a clock of its own, or none."""

    def agreement(number: int) -> Agreement:
        whens = draw(st.lists(st.none() | rule_world.conditions(), max_size=4))
        rules = tuple(
            TableRule(f"rule {place}", when, draw(st.sampled_from(CLOCKS_OR_NONE)))
            for place, when in enumerate(whens)
        )
        return Agreement(name=f"agreement {number}", clocks=RuleTable(rules=rules))

    return Agreements(agreements=tuple(map(agreement, range(draw(st.integers(1, 3))))))


CLOCKS_OR_NONE: tuple[tuple[Clock, ...], ...] = (*((clock,) for clock in CLOCKS), ())


def assert_same_agreements(book: Book, fields: Fields, policy: Agreements) -> None:
    """Compare the rule of every agreement that wins for every row, and the clocks that it gives."""
    frame = frames.frame_of(book, fields)
    given_: list[list[tuple[str, str]]] = [[] for _ in book]
    for agreement in policy.agreements:
        names = answers(frame, frames.winner_of(agreement.clocks))
        rules = {rule.name: rule for rule in agreement.clocks.rules}
        winners = [agreement.clocks.winner(facts) for facts in book]
        assert names == [
            None if winner == -1 else agreement.clocks.rules[winner].name for winner in winners
        ]
        for row, name in zip(given_, names, strict=True):
            if name is not None:
                clocks = rules[str(name)].gives
                row += [(agreement.name, f"{clock.name} {clock.limit}") for clock in clocks]
    assert given_ == [
        [
            (one.agreement.name, f"{one.clock.name} {one.clock.limit}")
            for one in policy.candidates(facts, RECEIVED)
        ]
        for facts in book
    ]


@given(st.data(), agreements())
def test_random_agreements_give_the_same_clocks(data: st.DataObject, policy: Agreements) -> None:
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    assert_same_agreements(book, rule_world.EVERYTHING, policy)


PUBLISHED = {
    "S3-P11": basic_service.coverage(calendar=promises.OFFICE),
    "S3-P13": service_levels.agreements(calendar=promises.OFFICE),
    "S3-P14": group_levels.service(
        opens={"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}, zone="Asia/Shanghai"
    ),
    "own": promises.SERVICE,
}


@pytest.mark.parametrize("policy", PUBLISHED.values(), ids=PUBLISHED)
def test_published_agreements_give_the_same_clocks_in_every_case(policy: Agreements) -> None:
    """All combinations of all options, missing facts included."""
    columns = [(*default_of(field), None) for field in policy.fields]
    book = tuple(
        Facts(str(number), policy.fields, row) for number, row in enumerate(product(*columns))
    )
    assert_same_agreements(book, policy.fields, policy)
    assert any(policy.candidates(facts, RECEIVED) for facts in book)


# --- tiers by bands ---------------------------------------------------------------------------


@given(st.data(), score_world.cards())
def test_bands_of_points_give_the_same_tiers(data: st.DataObject, card: Scorecard) -> None:
    """A book's totals and the points beside them are the edges of the bands."""
    book = data.draw(books(score_world.FIELDS, rows_of(score_world.facts())))
    totals = [total for facts in book if (total := total_or_none(card, facts)) is not None]
    edges = data.draw(st.lists(st.sampled_from(beside(totals) or [0]), max_size=2, unique=True))
    starts = [min([*totals, *edges, 0]) - 1, *sorted(edges)]
    ends = [*(start - 1 for start in starts[1:]), max([*totals, *edges, 0]) + 1]
    tiers = LADDER.names[: len(starts)][::-1]
    policy = TierBands(
        ladder=LADDER,
        bands=tuple(
            Band(Decimal(low).scaleb(-card.decimals), Decimal(high).scaleb(-card.decimals), tier)
            for low, high, tier in zip(starts, ends, tiers, strict=True)
        ),
        grain=Decimal(1).scaleb(-card.decimals),
    )
    frame = with_totals(book, score_world.FIELDS, card)
    scores = [score_account(facts, card).value_or(None) for facts in book]
    assert answers(frame, frames.tier_by_bands(policy, card)) == [
        None if score is None else assign_tier(score, policy).value for score in scores
    ]


# --- tiers by quota ---------------------------------------------------------------------------


@st.composite
def quotas(draw: st.DrawFn, fields: Fields, tie: Tie | None = None) -> TierQuota:
    """Return a quota of two to four tiers, with up to two keys and a population now and then."""
    weights = draw(st.lists(st.integers(0, 5), min_size=2, max_size=4).filter(any))
    ordered = [field for field in fields if not isinstance(field, ChoiceField)]
    facts = draw(st.lists(st.sampled_from(ordered), max_size=2, unique=True))
    ends = st.sampled_from(("high", "low"))
    return TierQuota(
        ladder=Ladder(*"ABCD"[: len(weights)]),
        shares=tuple(Ratio(weight, sum(weights)) for weight in weights),
        tie=tie or draw(st.sampled_from(TIES)),
        keys=tuple(RankKey(fact, draw(ends)) for fact in facts),
        remainder_tie=draw(st.sampled_from(("better", "worse"))),
        population=draw(st.none() | st.sampled_from(POPULATIONS)),
    )


POPULATIONS = (
    score_world.orders > 3,
    ~score_world.sector.is_("home"),
    score_world.sales.is_known | score_world.sector.is_missing,
)


@given(st.data(), score_world.cards())
def test_random_quotas_give_the_same_tiers(data: st.DataObject, card: Scorecard) -> None:
    quota = data.draw(quotas(score_world.FIELDS))
    book = data.draw(books(score_world.FIELDS, rows_of(score_world.facts())))
    assert_same_quota(book, score_world.FIELDS, card, quota)


@pytest.mark.parametrize("tie", TIES)
@pytest.mark.parametrize("size", SIZES)
@A_TENTH
@given(data=st.data())
def test_the_quota_of_p08_gives_the_same_tiers_at_every_edge(
    tie: Tie, size: int, data: st.DataObject
) -> None:
    quota = company.rulebook(tie).tiers
    book = data.draw(books(P08_FIELDS, rows_beside(P08_FIELDS, P08_MARKS), size))
    assert_same_quota(book, P08_FIELDS, P08_CARD, quota)


@pytest.mark.parametrize("tie", TIES)
@A_THIRD
@given(data=st.data(), card=score_world.cards())
def test_cut_points_give_the_same_tiers_to_accounts_of_another_book(
    tie: Tie, data: st.DataObject, card: Scorecard
) -> None:
    quota = data.draw(quotas(score_world.FIELDS, tie))
    rows = rows_of(score_world.facts())
    _, grading = graded(data.draw(books(score_world.FIELDS, rows)), card, quota)
    later = data.draw(books(score_world.FIELDS, rows))
    standings, _ = graded(later, card, quota)
    frame = with_totals(later, score_world.FIELDS, card)
    assert answers(frame, frames.tier_by_cuts(grading.cuts, card)) == [
        assign_tier(standing, grading.cuts).value_or(None) for standing in standings
    ]


# --- prices -----------------------------------------------------------------------------------

HUNDRED = Money(100, "CNY")


@st.composite
def adjusted(draw: st.DrawFn) -> PricePolicy:
    """Return a price with up to four adjustments of 1 % each, some of them always applied."""
    whens = draw(st.lists(st.none() | rule_world.conditions(), min_size=1, max_size=4))
    adjustments = tuple(
        Adjustment(f"rule {place}", Ratio(-1, 100), when=when) for place, when in enumerate(whens)
    )
    return PricePolicy(
        tiers=(TierPrice("A", high=Ratio(1)),),
        stacks=(Stack(draw(st.sampled_from(("add", "compound"))), adjustments),),
        rounding=Rounding.HALF_EVEN,
    )


def applied_to(policy: PricePolicy, facts: Facts) -> tuple[set[str], bool]:
    """Return the adjustments in a quote's waterfall, and whether a fact was missing."""
    decision = quote_price(Sale("A", HUNDRED, facts=facts), policy)
    steps = decision.value.waterfall
    return {step.label.en for step in steps if step.kind == "adjustment"}, bool(decision.missing)


@given(st.data(), adjusted())
def test_random_adjustments_apply_to_the_same_rows(
    data: st.DataObject, policy: PricePolicy
) -> None:
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    frame = frames.frame_of(book, rule_world.EVERYTHING)
    applied: list[set[str]] = [set() for _ in book]
    lacking = [False for _ in book]
    for one in policy.adjustments:
        for row, holds in enumerate(answers(frame, frames.applies(one))):
            applied[row] |= {one.name} if holds else set()
        for row, lacks in enumerate(answers(frame, frames.left_out(one))):
            lacking[row] |= bool(lacks)
    expected = [applied_to(policy, facts) for facts in book]
    assert list(zip(applied, lacking, strict=True)) == expected


FEES = private_networks.fees(
    reliefs={
        name: Ratio.percent(50) for name in ("monthly_rent", "number_fee", "communication_fee")
    },
    smaller=money.NEW,
)
ADJUSTED = {"own": money.PRICE, "S2-6": FEES}


@pytest.mark.parametrize("policy", ADJUSTED.values(), ids=ADJUSTED)
@A_TENTH
@given(data=st.data())
def test_adjustments_hold_for_the_same_rows_at_every_edge(
    policy: PricePolicy, data: st.DataObject
) -> None:
    whens = [one.when.condition() for one in policy.adjustments if one.when is not None]
    marks = [mark for when in whens for mark in marks_of_condition(when)]
    book = data.draw(books(policy.fields, rows_beside(policy.fields, marks)))
    frame = frames.frame_of(book, policy.fields)
    for one in policy.adjustments:
        when = None if one.when is None else one.when.condition()
        assert answers(frame, frames.applies(one)) == [
            when is None or when.holds(facts.values) for facts in book
        ]


@st.composite
def tier_prices(draw: st.DrawFn) -> TierPrice:
    """Return a floor, a cap, both, or one price, in hundredths of a percent."""
    low, high = sorted(Ratio(draw(st.integers(1, 30_000)), 10_000) for _ in range(2))
    bounds = {
        "low": (low, None),
        "high": (None, high),
        "both": (low, high),
        "exact": (low, low),
    }[draw(st.sampled_from(("low", "high", "both", "exact")))]
    return TierPrice("A", low=bounds[0], high=bounds[1])


def units(price: Price | None) -> int | None:
    """Return a price in units of its grain."""
    if price is None:
        return None
    return price.minor if isinstance(price, Money) else price.scaled


def assert_same_bounds(policy: PricePolicy, prices: list[Price]) -> None:
    """Compare the bounds of every tier for a column of control prices of one grain."""
    column = pl.DataFrame({"control": pl.Series([units(one) for one in prices], dtype=pl.Int64)})
    frame = nw.from_native(column, eager_only=True)
    for rule in policy.tiers:
        low, high = frames.bounds_of(rule, policy.rounding)
        found = list(zip(answers(frame, low), answers(frame, high), strict=True))
        ranges = [find_price_range(rule.tier, policy, control=one).value for one in prices]
        assert found == [(units(one.low), units(one.high)) for one in ranges]
        permitted = [quote_price(Sale(rule.tier, one), policy).value.permitted for one in prices]
        assert permitted == [None if one.empty else one for one in ranges]


@given(tier_prices(), st.sampled_from(Rounding), st.lists(st.integers(1, 10**9), max_size=8))
def test_a_column_of_control_prices_has_the_same_bounds(
    rule: TierPrice, rounding: Rounding, scaled: list[int]
) -> None:
    policy = PricePolicy(tiers=(rule,), rounding=rounding)
    assert_same_bounds(policy, [Money.from_minor(one, "CNY") for one in scaled])
    assert_same_bounds(policy, [UnitPrice.from_scaled(one, 4, "CNY") for one in scaled])


@pytest.mark.parametrize("rounding", Rounding)
def test_the_bounds_of_p08_are_the_same_for_every_price_up_to_ten_yuan(rounding: Rounding) -> None:
    policy = hundred_points.price(approver=company.GENERAL_MANAGER, rounding=rounding)
    assert_same_bounds(policy, [Money.from_minor(one, "CNY") for one in range(1, 1_001)])


def test_a_floor_goes_up_and_a_cap_goes_down() -> None:
    """The bounds that the columns are compared with are not all whole to begin with."""
    rule = TierPrice("A", low=Ratio.percent(95), high=Ratio.percent(101))
    policy = PricePolicy(tiers=(rule,), rounding=Rounding.HALF_EVEN)
    column = nw.from_native(pl.DataFrame({"control": [1, 20, 99, 100]}), eager_only=True)
    low, high = frames.bounds_of(rule, policy.rounding)
    assert answers(column, low) == [1, 19, 95, 95]
    assert answers(column, high) == [1, 20, 99, 101]


# --- consignment stock ------------------------------------------------------------------------


def assert_same_stock(book: Book, fields: Fields, policy: ConsignmentLimit) -> None:
    """Compare what becomes of stock within the limit for every row."""
    frame = frames.frame_of(book, fields)
    none, all_of_it = policy.limit - policy.limit, policy.limit
    decisions = [
        check_consignment(facts, policy, held=none, asked=all_of_it).value_or(None)
        for facts in book
    ]
    assert answers(frame, frames.stock_by(policy)) == [
        None if one is None else one.outcome for one in decisions
    ]


@given(rule_world.conditions(), st.data())
def test_random_conditions_of_consignment_give_the_same_answers(
    condition: Condition, data: st.DataObject
) -> None:
    policy = ConsignmentLimit(when=condition, limit=HUNDRED)
    book = data.draw(books(rule_world.EVERYTHING, rows_of(rule_world.facts())))
    assert_same_stock(book, rule_world.EVERYTHING, policy)


STOCK = {
    "S3-P08": hundred_points.consignment(limit=HUNDRED),
    "own": money.CONSIGNMENT,
}


@pytest.mark.parametrize("policy", STOCK.values(), ids=STOCK)
def test_consignment_gives_the_same_answers_in_every_case(policy: ConsignmentLimit) -> None:
    """All facts at and beside the edges of the condition, missing ones included."""
    marks = marks_of_condition(policy.when)
    columns = [
        (*{wire for name, wires in marks if name == field.name for wire in wires}, None)
        for field in policy.fields
    ]
    book = tuple(
        Facts(str(number), policy.fields, row) for number, row in enumerate(product(*columns))
    )
    assert_same_stock(book, policy.fields, policy)
    frame = frames.frame_of(book, policy.fields)
    assert set(answers(frame, frames.stock_by(policy))) == {"allowed", "refused", None}


# --- the books do hit what they are meant to ----------------------------------------------------


@pytest.mark.parametrize(
    ("tie", "size", "tiers"),
    [
        ("share_better", 0, ""),
        ("share_better", 1, "C"),
        ("share_better", 2, "BB"),
        ("share_better", 5, "AAAAA"),
        ("share_better", 15, "AAAAAAAAAAAAAAA"),
        ("share_worse", 0, ""),
        ("share_worse", 1, "C"),
        ("share_worse", 2, "CC"),
        ("share_worse", 5, "CCCCC"),
        ("share_worse", 15, "DDDDDDDDDDDDDDD"),
        ("by_account", 0, ""),
        ("by_account", 1, "C"),
        ("by_account", 2, "BC"),
        ("by_account", 5, "ABBCC"),
        ("by_account", 15, "AAABBBBBCCCCCCD"),
    ],
)
def test_a_book_of_equal_accounts_is_parted_as_the_tie_policy_says(
    tie: Tie, size: int, tiers: str
) -> None:
    row = tuple(last_mark(field) for field in P08_FIELDS)
    book = tuple(Facts(one, P08_FIELDS, row) for one in sorted(IDS)[:size])
    quota = company.rulebook(tie).tiers
    assert assert_same_quota(book, P08_FIELDS, P08_CARD, quota).ranked == size
    _, grading = graded(book, P08_CARD, quota)
    assert "".join(grading[one.account].value for one in book) == tiers


def last_mark(field: Field) -> Wire:
    """Return a fact at the upper end of an item."""
    return next(wires[-1] for name, wires in P08_MARKS if name == field.name)


@given(books(P08_FIELDS, rows_beside(P08_FIELDS, P08_MARKS), 15))
def test_a_planted_book_lies_at_the_edges_and_repeats_itself(book: Book) -> None:
    """Every fact of a book lies at an edge, one unit beside it, or is missing."""
    for facts in book:
        for name, wires in P08_MARKS:
            assert facts.values[name] is None or facts.values[name] in wires
    assert len({facts.wires for facts in book}) <= 6 < len(book)


@pytest.mark.parametrize(
    "evaluate",
    [frames.total_of, lambda card: frames.points_of(card.items[0], card.decimals)],
    ids=["total", "item"],
)
def test_a_frame_without_rows_has_an_answer_without_rows(
    evaluate: Callable[[Scorecard], nw.Expr],
) -> None:
    assert answers(frames.frame_of((), P08_FIELDS), evaluate(P08_CARD)) == []
