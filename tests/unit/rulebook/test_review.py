"""The main job: one account and a whole book under S3-P08."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.company import (
    GRADED,
    ITEMS,
    OPENED,
    ROWS,
    TODAY,
    book,
    invoices,
    reviewed,
    rulebook,
)
from tests.promises import OFFICE, at

from kamcore.credit import CASH_ON_DELIVERY, PREPAYMENT, Invoice, deferred_days, deferred_months
from kamcore.errors import (
    BatchError,
    DuplicateName,
    InputError,
    NaiveInstant,
    Undecided,
    UnknownName,
)
from kamcore.facts import (
    ChoiceField,
    Facts,
    MoneyField,
    RuleTable,
    TableRule,
    read_book,
    read_facts,
)
from kamcore.presets import group_levels
from kamcore.routing import Duty, DutyRules
from kamcore.rulebook import Rulebook, review, review_book
from kamcore.sla import Agreement, Agreements, Clock
from kamcore.tier import Ladder, TierBands
from kamcore.values import Band, Days, Label, Money, Seat

POLICY = rulebook()
RESULT = reviewed(POLICY)
SCALE = MoneyField("scale", currency="CNY")


@pytest.mark.parametrize(
    ("account", "points", "tier"),
    [
        ("K01", 97, "A"),
        ("K02", 88, "A"),
        ("K03", 57, "B"),
        ("K04", 44, "B"),
        ("K05", 42, "B"),
        ("K06", 11, "C"),
        ("K09", 9, "C"),
        ("K10", 8, "D"),
    ],
)
def test_p08_3_tiers_by_quota(account: str, points: int, tier: str) -> None:
    one = RESULT[account]
    assert one.score is not None
    assert one.score.value.total == points
    assert one.tier.value == tier


@pytest.mark.parametrize(
    ("account", "low", "high"),
    [("K01", 95, None), ("K05", 97, None), ("K06", 100, None), ("K10", 105, 105)],
    ids=["P08-4A", "P08-4B", "P08-4C", "P08-4D"],
)
def test_p08_4_price(account: str, low: int, high: int | None) -> None:
    price = RESULT[account].price
    assert price is not None
    assert price.value.low == Money(low, "CNY")
    assert price.value.high == (None if high is None else Money(high, "CNY"))


@pytest.mark.parametrize(
    ("account", "level", "modes"),
    [
        ("K01", "A", (deferred_months(3), CASH_ON_DELIVERY, PREPAYMENT)),
        ("K02", "B", (deferred_days(30), CASH_ON_DELIVERY, PREPAYMENT)),
        ("K03", "B", (PREPAYMENT,)),
        ("K05", "B", (PREPAYMENT,)),
        ("K06", "C", (CASH_ON_DELIVERY, PREPAYMENT)),
        ("K10", "D", (PREPAYMENT,)),
    ],
    ids=["P08-5A", "P08-5M", "safety missing", "not safe", "P08-5C", "P08-5D"],
)
def test_p08_5_terms(account: str, level: str, modes: tuple[object, ...]) -> None:
    terms = RESULT[account].terms
    assert terms is not None
    assert (terms.value.level, terms.value.modes) == (level, modes)


def test_p08_6_p08_7_p08_9_times_and_seats() -> None:
    one = RESULT["K06"]
    assert one.lead_time is not None
    assert one.lead_time.value.ready_by == date(2026, 8, 9)
    (answer,) = one.deadlines
    assert (answer.clock, answer.label) == (
        "answer",
        Label("answer to an inquiry or letter", "答复询价及其他函电"),
    )
    assert answer.deadline.value == OPENED + timedelta(hours=24)
    assert one.row()["answer_by"] == OPENED + timedelta(hours=24)
    owners = {duty.work: duty.duty.value for duty in one.duties}
    assert {
        work: owner.accountable.name for work, owner in owners.items() if isinstance(owner, Duty)
    } == {"answer": "marketing", "demotion": "marketing", "care": "manager_C"}


def promised(*, by_tier: bool) -> Rulebook:
    """Return the rules of S3-P14 with a promise to all, or to each tier its own."""
    tier = ChoiceField("tier", options=group_levels.LADDER.names, zh="等级")
    clocks = [
        Clock(name, zh=zh, limit=timedelta(hours=hours), calendar=OFFICE, stops=("answered",))
        for name, zh, hours in (("answer", "答复", 2), ("solution", "解决", 6))
    ]
    rules = (
        TableRule("gold", tier.is_("gold") if by_tier else None, tuple(clocks)),
        TableRule("silver", tier.is_("silver"), tuple(clocks[:1])),
    )
    table = RuleTable(rules=rules)
    return Rulebook(
        name=Label("r", "规"),
        tiers=group_levels.tiers(scale=SCALE),
        service=Agreements(agreements=(Agreement(name="service", clocks=table),)),
    )


@pytest.mark.parametrize(
    ("scale", "trade", "answer", "solution"),
    [
        (600_000, 100_001, "2026-09-28 11:30", "2026-09-28 16:30"),
        (600_000, 10_001, "2026-09-28 11:30", None),
        (1, 1, None, None),
        (600_000, None, None, None),
    ],
    ids=["gold", "silver has one promise", "ordinary has none", "the tier is open"],
)
def test_a_request_starts_the_clocks_of_the_tier(
    scale: int, trade: int | None, answer: str | None, solution: str | None
) -> None:
    policy = promised(by_tier=True)
    facts = read_facts(
        {"scale": scale, "trade_12m": trade, "long_term_agreement": True}, policy.fields
    )
    opened = at(28, 9, 30)
    one = review(facts, policy, as_of=TODAY, graded_on=GRADED, opened=opened)
    row = one.row()
    assert [clock.clock for clock in one.deadlines] == ["answer", "solution"]
    assert list(row)[-3:] == ["answer_by", "solution_by", "missing"]
    for name, expected in (("answer_by", answer), ("solution_by", solution)):
        due = None if expected is None else datetime.fromisoformat(expected)
        assert row[name] == (due and due.replace(tzinfo=opened.tzinfo))
    decided = [clock.deadline.decided for clock in one.deadlines]
    assert decided == ([one.tier.decided] * 2)
    assert one.explain("en").count("\n\nTime limit\n") == 2
    assert one.explain("zh").count("\n\n时限\n") == 2
    assert one.summary("en").count("\nTime limit: ") == 2


def test_a_promise_to_all_needs_no_tier() -> None:
    policy = promised(by_tier=False)
    facts = read_facts(
        {"scale": 600_000, "trade_12m": None, "long_term_agreement": True}, policy.fields
    )
    one = review(facts, policy, as_of=TODAY, graded_on=GRADED, opened=at(28, 9, 30))
    assert not one.tier.decided
    assert one.row()["answer_by"] == at(28, 11, 30)
    assert review(facts, policy, as_of=TODAY, graded_on=GRADED).deadlines == ()


def test_what_only_the_request_knows_is_told_by_its_clocks_alone() -> None:
    service = group_levels.service(
        opens={"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}, zone="Asia/Shanghai"
    )
    policy = Rulebook(name=Label("r", "规"), tiers=group_levels.tiers(scale=SCALE), service=service)
    facts = read_facts({"scale": 1, "trade_12m": 1, "long_term_agreement": False}, policy.fields)
    one = review(facts, policy, as_of=TODAY, graded_on=GRADED, opened=at(28, 9, 30))
    assert [clock.clock for clock in one.deadlines] == ["reply", "response", "handling"]
    for clock in one.deadlines:
        assert [fact.name for fact in clock.deadline.missing] == ["request"]
    assert one.row()["missing"] == ""


def test_without_a_tier_what_depends_on_it_stays_open() -> None:
    one = RESULT["NEW"]
    assert not one.tier.decided
    assert (one.price, one.terms, one.lead_time) == (None, None, None)
    care = next(duty.duty for duty in one.duties if duty.work == "care")
    with pytest.raises(Undecided, match="nobody can be named yet: class not known"):
        _ = care.value
    assert one.row()["tier"] is None
    assert one.row()["accountable_care"] is None


def test_rows_have_the_same_keys_for_every_account() -> None:
    rows = list(RESULT.rows())
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert [row["account"] for row in rows][:2] == ["K01", "K02"]
    assert rows[1]["payment_level"] == "B"
    assert rows[1]["bad_periods"] == 1
    assert rows[-1]["missing"] == "sales"
    assert rows[-2]["missing"] == "late_share, margin, mode, our_share"
    assert rows[0]["points_sales_volume"] == Decimal(20)


def test_a_row_without_the_optional_parts_has_empty_cells() -> None:
    policy = Rulebook(name=Label("r", "规"), tiers=group_levels.tiers(scale=SCALE))
    facts = read_facts(
        {"scale": 1, "trade_12m": 1, "long_term_agreement": False, "id": "X"},
        policy.fields,
        key="id",
    )
    one = review(facts, policy, as_of=TODAY, graded_on=GRADED)
    row = one.row()
    assert row["tier"] == "ordinary"
    assert {row[key] for key in ("price_low", "price_high", "payment_modes", "ready_by")} == {None}
    assert "score" not in row
    assert str(one) == "X\nTier: tier ordinary: the conditions of no higher tier hold"
    result = review_book([facts], policy, as_of=TODAY, graded_on=GRADED)
    assert result.grading is None
    assert [row["tier"] for row in result.rows()] == ["ordinary"]


def test_bands_take_the_score_and_its_absence() -> None:
    bands = TierBands(ladder=Ladder("A", "B"), bands=(Band(50, 100, "A"), Band(0, 49, "B")))
    policy = Rulebook(name=Label("r", "规"), tiers=bands, card=POLICY.card)
    first, *_, gap = book(POLICY)
    assert review(first, policy, as_of=TODAY, graded_on=GRADED).tier.value == "A"
    open_ = review(gap, policy, as_of=TODAY, graded_on=GRADED)
    assert not open_.tier.decided
    assert [fact.name for fact in open_.tier.missing] == ["sales"]
    assert open_.tier.fingerprint == bands.fingerprint


def test_a_later_question_uses_the_cuts_and_not_the_book() -> None:
    grading = RESULT.grading
    assert grading is not None
    third = book(POLICY)[2]
    one = review(third, POLICY, as_of=TODAY, graded_on=GRADED, cuts=grading.cuts)
    assert one.tier == RESULT["K03"].tier
    only = review_book([third], POLICY, as_of=TODAY, graded_on=GRADED, cuts=grading.cuts)
    assert only["K03"].tier.value == "B"
    assert only.grading is None


def test_a_quota_without_cuts_is_refused() -> None:
    with pytest.raises(InputError) as error:
        review(book(POLICY)[0], POLICY, as_of=TODAY, graded_on=GRADED)
    assert str(error.value) == (
        "tiers by quota need the cut points of a grading run; pass cuts=grading.cuts"
    )


def test_cuts_of_another_quota_are_refused() -> None:
    other = reviewed(rulebook("by_account")).grading
    assert other is not None
    with pytest.raises(InputError, match="grade again"):
        review(book(POLICY)[0], POLICY, as_of=TODAY, graded_on=GRADED, cuts=other.cuts)


def test_a_book_is_neither_empty_nor_doubled() -> None:
    with pytest.raises(InputError) as empty:
        review_book([], POLICY, as_of=TODAY, graded_on=GRADED)
    assert str(empty.value) == "the book is empty; pass at least one account"
    first = book(POLICY)[0]
    with pytest.raises(DuplicateName) as doubled:
        review_book([first, first], POLICY, as_of=TODAY, graded_on=GRADED)
    assert str(doubled.value) == "account 'K01' appears twice; rename or remove one"


def test_invoices_of_nobody_are_all_named() -> None:
    stray = [attrs.evolve(one, account=one.account + "x") for one in invoices()[:2]]
    twice = [invoices()[2], invoices()[2]]
    with pytest.raises(BatchError) as error:
        review_book(book(POLICY), POLICY, as_of=TODAY, graded_on=GRADED, invoices=[*stray, *twice])
    assert str(error.value) == (
        "3 faults: "
        "invoice 1 (I1), field 'account': 'K02x' is not in the book; did you mean 'K02'?; "
        "invoice 2 (I2), field 'account': 'K02x' is not in the book; did you mean 'K02'?; "
        "invoice 4 (I3), field 'number': stands twice for its account; remove one"
    )


def test_in_a_large_book_a_stray_invoice_is_named_without_a_guess() -> None:
    first = book(POLICY)[0]
    many = [attrs.evolve(first, account=f"N{number}") for number in range(1001)]
    stray: Invoice = invoices()[0]
    with pytest.raises(BatchError, match="is not in the book; check the id"):
        review_book(many, POLICY, as_of=TODAY, graded_on=GRADED, invoices=[stray])


def test_an_unknown_account_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'K01'"):
        RESULT["K011"]


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        review_book(
            book(POLICY), POLICY, as_of=TODAY, graded_on=GRADED, opened=datetime(2026, 6, 30, 17, 0)
        )["K01"]


def test_a_grading_after_the_day_asked_is_refused() -> None:
    with pytest.raises(InputError, match="lies after as_of"):
        reviewed_on(GRADED - timedelta(days=1))


def reviewed_on(day: date) -> object:
    return review_book(book(POLICY), POLICY, as_of=day, graded_on=GRADED)["K01"]


def test_the_book_is_a_stream_of_fresh_reviews() -> None:
    assert isinstance(iter(RESULT), Iterator)
    assert len(RESULT) == len(list(RESULT)) == 12
    assert list(RESULT) == list(RESULT)


def test_notebooks_get_compact_tables() -> None:
    assert "<caption>12 accounts</caption>" in RESULT._repr_html_()
    html = RESULT["K02"]._repr_html_()
    assert html.startswith("<table><caption>K02 · 2026-06-30</caption>")
    assert "its payment mode lowered to that of class B" in html


def test_the_answers_do_not_depend_on_the_order_of_the_book() -> None:
    turned: list[Facts] = list(book(POLICY))[::-1]
    result = review_book(turned, POLICY, as_of=TODAY, graded_on=GRADED)
    assert {one.account: one.tier.value_or(None) for one in result} == {
        one.account: one.tier.value_or(None) for one in RESULT
    }


def test_the_card_has_the_eight_items() -> None:
    assert len(ITEMS) == 8


def test_accounts_that_cannot_be_scored_are_all_named() -> None:
    rows = [{**row, "standing": 9} for row in ROWS[:2]]
    wrong = read_book(rows, POLICY.fields, key="account")
    with pytest.raises(BatchError) as error:
        review_book(wrong, POLICY, as_of=TODAY, graded_on=GRADED)
    assert str(error.value) == (
        "2 faults: K01, field 'score': item 'standing': 9 points are entered; enter 0 to 5; "
        "K02, field 'score': item 'standing': 9 points are entered; enter 0 to 5"
    )


def test_the_duties_of_a_review_are_those_in_force_on_its_day() -> None:
    policy = Rulebook(
        name=Label("r", "规"), tiers=group_levels.tiers(scale=SCALE), duties=dated_duties()
    )
    facts = read_facts({"scale": 1, "trade_12m": 1, "long_term_agreement": False}, policy.fields)
    for day, owner in ((30, "head"), (31, "desk")):
        as_of = date(2026, 12, day)
        one = review(facts, policy, as_of=as_of, graded_on=GRADED)
        assert one.row()["accountable_call"] == owner
        rows = review_book([facts], policy, as_of=as_of, graded_on=GRADED).rows()
        assert [row["accountable_call"] for row in rows] == [owner]


def dated_duties() -> DutyRules:
    """Return rules of which the first is in force on the last day of the year only."""
    work = ChoiceField("work", options=("call",))
    desk, head = (Seat(name, Label(name, name)) for name in ("desk", "head"))
    last_day = Days.through(date(2026, 12, 31), date(2026, 12, 31))
    rules = (
        TableRule("last day", work.is_("call"), Duty(desk), in_force=last_day),
        TableRule("calls", work.is_("call"), Duty(head)),
    )
    return DutyRules(table=RuleTable(rules=rules))


def test_an_explanation_has_only_the_parts_that_there_are() -> None:
    policy = Rulebook(name=Label("r", "规"), tiers=group_levels.tiers(scale=SCALE))
    facts = read_facts({"scale": 1, "trade_12m": 1, "long_term_agreement": False}, policy.fields)
    one = review(facts, policy, as_of=TODAY, graded_on=GRADED)
    headings = [block.splitlines()[0] for block in one.explain("zh").split("\n\n")]
    assert headings == [" · 截至2026年6月30日", "等级"]
