"""The presets carry the sources' figures; what a text leaves open is an argument."""

from datetime import timedelta

import pytest
from attrs import evolve
from tests.company import GENERAL_MANAGER, ITEMS, MANAGERS

from kamcore.credit import CASH_ON_DELIVERY, PREPAYMENT, deferred_days, deferred_months
from kamcore.errors import PolicyError
from kamcore.facts import MoneyField
from kamcore.presets import group_levels, hundred_points
from kamcore.values import Money, Ratio


def test_p08_2_the_card_has_exactly_eight_items() -> None:
    assert len(hundred_points.ITEMS) == 8
    card = hundred_points.card(ITEMS)
    assert card.maximum == 100
    with pytest.raises(PolicyError) as error:
        hundred_points.card(ITEMS[:-1])
    assert str(error.value) == (
        "the card has exactly the items sales_volume, payment_reputation, product_margin, "
        "order_quantity, sales_mode, our_share, history, standing; mend standing"
    )
    with pytest.raises(PolicyError, match="mend sales_volume"):
        hundred_points.card((*ITEMS[1:], ITEMS[1]))
    with pytest.raises(PolicyError, match="mend sales_volume, payment_reputation"):
        hundred_points.card((*ITEMS, *ITEMS))


def test_p08_3_shares() -> None:
    shares = hundred_points.quota(tie="share_better", population=None).shares
    assert shares == tuple(Ratio.percent(number) for number in (20, 30, 40, 10))


@pytest.mark.parametrize(
    ("tier", "low", "high", "source"),
    [
        ("A", 95, None, "P08-4A"),
        ("B", 97, None, "P08-4B"),
        ("C", 100, None, "P08-4C"),
        ("D", 105, 105, "P08-4D"),
    ],
)
def test_p08_4_price(tier: str, low: int, high: int | None, source: str) -> None:
    rule = hundred_points.price(approver=GENERAL_MANAGER).of(tier)
    assert rule.low == Ratio.percent(low)
    assert rule.high == (None if high is None else Ratio.percent(high))
    assert rule.source is not None
    assert rule.source.id == source


def test_p08_5_terms() -> None:
    policy = hundred_points.credit(approver=GENERAL_MANAGER)
    assert [(one.tier, one.modes) for one in policy.tiers] == [
        ("A", (deferred_months(3), CASH_ON_DELIVERY, PREPAYMENT)),
        ("B", (deferred_days(30), CASH_ON_DELIVERY, PREPAYMENT)),
        ("C", (CASH_ON_DELIVERY, PREPAYMENT)),
        ("D", (PREPAYMENT,)),
    ]
    assert [one.tier for one in policy.tiers if one.in_principle] == ["C"]
    assert hundred_points.DEMOTION.breaches == 2


def test_p08_6_and_p08_7_times() -> None:
    assert [one.days for one in hundred_points.LEAD_TIMES.tiers] == [20, 30, 40, None]
    (answer,) = hundred_points.ANSWER.clocks()
    assert answer.limit == timedelta(hours=24)


def test_p08_9_duties() -> None:
    rules = hundred_points.duties(account_managers=MANAGERS).table.rules
    assert [(rule.name, rule.gives.accountable) for rule in rules] == [
        ("answer", hundred_points.MARKETING),
        ("demotion", hundred_points.MARKETING),
        *((f"care {tier}", seat) for tier, seat in MANAGERS.items()),
    ]
    assert [rule.source.id if rule.source else None for rule in rules] == [
        "P08-9",
        "P08-9",
        *[None] * 4,
    ]


def test_p08_the_whole_regulation_passes_on_what_its_text_leaves_open() -> None:
    own = evolve(hundred_points.DEMOTION, breaches=3)
    book = hundred_points.rulebook(
        card=hundred_points.card(ITEMS),
        tie="share_worse",
        approver=GENERAL_MANAGER,
        account_managers=MANAGERS,
        population=None,
        demotion=own,
    )
    assert book.card == hundred_points.card(ITEMS)
    assert book.tiers == hundred_points.quota(tie="share_worse", population=None)
    assert book.price == hundred_points.price(approver=GENERAL_MANAGER)
    assert book.credit == hundred_points.credit(approver=GENERAL_MANAGER, demotion=own)
    assert book.duties == hundred_points.duties(account_managers=MANAGERS)
    assert book.lead_times == hundred_points.LEAD_TIMES
    assert book.order_of_work == hundred_points.ORDER_OF_WORK
    assert book.service == hundred_points.ANSWER


def test_p08_9_duties_need_a_manager_for_every_class() -> None:
    with pytest.raises(PolicyError, match="give one for each of A, B, C, D in order"):
        hundred_points.duties(account_managers={"A": MANAGERS["A"]})


@pytest.mark.parametrize(
    ("number", "tier", "scale", "trade"),
    [
        (0, "super", 1_000_000, 500_000),
        (1, "gold", 500_000, 100_000),
        (2, "silver", 100_000, 10_000),
    ],
    ids=["P14-1 super", "P14-1 gold", "P14-1 silver"],
)
def test_p14_limits(number: int, tier: str, scale: int, trade: int) -> None:
    policy = group_levels.tiers(scale=MoneyField("scale", currency="CNY"))
    rule = policy.rules[number]
    assert rule.tier == tier
    first, second, third = rule.when.rows()[0]
    assert (first.text("en"), second.text("en"), third.text("en")) == (
        f"scale > {Money(scale, 'CNY')}",
        f"trade completed in the past 12 months > {Money(trade, 'CNY')}",
        "a long-term agreement is signed",
    )
    assert policy.otherwise == "ordinary"


@pytest.mark.parametrize("foreign", ["scale", "trade"])
def test_p14_limits_are_in_yuan(foreign: str) -> None:
    scale, trade = (
        MoneyField(name, currency="USD" if name == foreign else "CNY")
        for name in ("scale", "trade")
    )
    with pytest.raises(PolicyError) as error:
        group_levels.tiers(scale=scale, trade=trade)
    assert str(error.value) == (
        f"field '{foreign}' is in USD; the regulation's limits are in CNY, so pass fields in CNY"
    )
