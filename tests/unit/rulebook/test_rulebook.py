"""A rulebook's parts must fit each other."""

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.company import GENERAL_MANAGER, STANDING, rulebook
from tests.contract._duties import ACCESS, AUTHORITY, DUTIES, ESCALATION
from tests.promises import OFFICE

from kamcore.errors import PolicyError
from kamcore.facts import ChoiceField, MoneyField, RuleTable, TableRule, read_facts
from kamcore.presets import basic_service, group_levels, hundred_points
from kamcore.routing import Authority, Duty, DutyRules, Escalation
from kamcore.rulebook import Rulebook, review
from kamcore.score import EnteredItem, Scorecard
from kamcore.sla import OrderOfWork
from kamcore.tier import Ladder, TierBands
from kamcore.values import Band, Label, Rounding, Seat

NAME = Label("rules", "规定")
TIERS = group_levels.tiers(scale=MoneyField("scale", currency="CNY"))
BANDS = TierBands(ladder=Ladder("A", "B"), bands=(Band(50, 100, "A"), Band(0, 49, "B")))
SEAT = Seat("desk", Label("the desk", "大客户管理岗"))


def card(decimals: int = 0, maximum: int = 100) -> Scorecard:
    item = EnteredItem("all", STANDING, missing=0, most=maximum)
    return Scorecard(name="c", items=(item,), maximum=maximum, decimals=decimals)


def test_the_smallest_rulebook_is_tiers_by_rules() -> None:
    policy = Rulebook(name=NAME, tiers=TIERS)
    assert policy.fields.names == ("scale", "trade_12m", "long_term_agreement")
    assert policy.works == ()
    assert policy.ladder is group_levels.LADDER


def test_the_fields_of_all_parts_come_together_without_work_and_tier() -> None:
    names = rulebook().fields.names
    assert {"sales", "late_share", "collection_safe"} <= set(names)
    assert not {"work", "tier"} & set(names)


def test_points_need_a_card() -> None:
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=BANDS)
    assert str(error.value) == (
        "TierBands ranks by points and there is no card; pass card=Scorecard(...)"
    )


def test_a_fractional_card_forces_the_author_of_the_bands_to_decide() -> None:
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=BANDS, card=card(decimals=1))
    assert str(error.value) == (
        "card 'c' gives points in steps of 0.1, the bands are 1 apart and leave values between "
        "them; name the bands' rounding, or use whole points"
    )
    rounded = attrs.evolve(BANDS, rounding=Rounding.FLOOR)
    assert Rulebook(name=NAME, tiers=rounded, card=card(decimals=1)).card
    finer = attrs.evolve(
        BANDS, bands=(Band(50, 100, "A"), Band(0, Decimal("49.9"), "B")), grain=Decimal("0.1")
    )
    assert Rulebook(name=NAME, tiers=finer, card=card(decimals=1)).card


def test_bands_cover_the_card() -> None:
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=BANDS, card=card(maximum=120))
    assert str(error.value) == (
        "card 'c' gives up to 120 points and the bands end at 100; widen the best band"
    )


@pytest.mark.parametrize(
    ("part", "policy"),
    [
        ("price", hundred_points.price(approver=GENERAL_MANAGER)),
        ("credit", hundred_points.credit(approver=GENERAL_MANAGER)),
        ("lead_times", hundred_points.LEAD_TIMES),
        ("order_of_work", hundred_points.ORDER_OF_WORK),
        ("service", basic_service.coverage(calendar=OFFICE)),
        ("duties", hundred_points.duties(account_managers=dict.fromkeys("ABCD", SEAT))),
    ],
)
def test_every_part_speaks_of_the_tiers_of_the_ladder(part: str, policy: object) -> None:
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=TIERS, **{part: policy})  # type: ignore[arg-type]
    assert str(error.value) == f"{part} says nothing of tier 'super'; add it"
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=BANDS, card=card(), **{part: policy})  # type: ignore[arg-type]
    assert str(error.value) == f"{part} speaks of tier 'C', which is not on the ladder A, B"


@pytest.mark.parametrize(("part", "policy"), [("escalation", ESCALATION), ("authority", AUTHORITY)])
def test_what_is_asked_of_a_case_speaks_of_the_tiers_of_the_ladder(
    part: str, policy: Escalation | Authority
) -> None:
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=TIERS, **{part: policy})  # type: ignore[arg-type]
    assert str(error.value) == f"{part} says nothing of tier 'super'; add it"
    fits = Rulebook(name=NAME, tiers=BANDS, card=card(), **{part: policy})  # type: ignore[arg-type]
    assert getattr(fits, part) == policy


def test_what_is_asked_of_a_case_takes_no_part_in_a_review() -> None:
    without = Rulebook(name=NAME, tiers=BANDS, card=card(), duties=DUTIES)
    policy = attrs.evolve(without, escalation=ESCALATION, authority=AUTHORITY, access=ACCESS)
    assert policy.fields == without.fields
    assert policy.works == without.works
    assert policy.fingerprint != without.fingerprint
    facts = read_facts({"standing": 60, "amount": 9_000}, policy.fields, key=None)
    day = date(2026, 6, 30)
    reviews = [review(facts, one, as_of=day, graded_on=day) for one in (without, policy)]
    assert reviews[0].row() == reviews[1].row()
    assert reviews[0].duties == reviews[1].duties


@pytest.mark.parametrize("part", ["escalation", "authority", "access"])
def test_a_part_is_of_its_own_kind(part: str) -> None:
    with pytest.raises(PolicyError, match=f"Rulebook.{part} is DutyRules"):
        Rulebook(name=NAME, tiers=TIERS, **{part: DUTIES})  # type: ignore[arg-type]


def test_duties_without_kinds_of_work_are_not_asked() -> None:
    sector = ChoiceField("sector", options=("power", "cable"))
    table = RuleTable(rules=(TableRule("power", sector.is_("power"), Duty(SEAT)),))
    policy = Rulebook(name=NAME, tiers=TIERS, duties=DutyRules(table=table))
    assert policy.works == ()
    assert "sector" in policy.fields.names


def test_the_facts_of_a_single_request_are_not_asked_of_the_account() -> None:
    service = group_levels.service(
        opens={"gold": "06:00", "silver": "08:00", "ordinary": "09:00"}, zone="Asia/Shanghai"
    )
    policy = Rulebook(name=NAME, tiers=TIERS, service=service)
    assert service.fields.names == ("request", "tier")
    assert policy.fields.names == Rulebook(name=NAME, tiers=TIERS).fields.names


def test_an_order_of_work_ranks_every_tier_or_says_that_it_does_not() -> None:
    order = OrderOfWork(tiers=("super", "gold"), unranked=("silver", "ordinary"))
    assert Rulebook(name=NAME, tiers=TIERS, order_of_work=order).order_of_work == order
    with pytest.raises(PolicyError) as error:
        Rulebook(name=NAME, tiers=TIERS, order_of_work=attrs.evolve(order, unranked=()))
    assert str(error.value) == "order_of_work says nothing of tier 'silver'; add it"
