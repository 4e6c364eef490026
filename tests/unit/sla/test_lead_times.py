"""Lead times of ordinary orders (S3-P08-6A to 6D), and the date in a contract (P08-8)."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.errors import DuplicateName, FloatRefused, InputError, PolicyError, UnknownName
from kamcore.sla import LeadTime, LeadTimes, TierLeadTime, find_lead_time
from kamcore.values import Label, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-6A", TITLE), Source("P08-8", TITLE)
POLICY = LeadTimes(
    tiers=(TierLeadTime("A", 20, source=RULE), TierLeadTime("B", 30), TierLeadTime("D", None)),
    source=WHOLE,
)
SIGNED = date(2013, 7, 1)


def test_the_answer_names_day_days_anchor_and_event() -> None:
    decision = find_lead_time("A", POLICY, anchor=SIGNED)
    assert decision.value == LeadTime(date(2013, 7, 21), 20)
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("sla.lead_time", RULE)
    assert dict(first.params) == {
        "tier": Label("A", "A"),
        "day": date(2013, 7, 21),
        "days": 20,
    }
    (counted,) = decision.assumed
    assert dict(counted.params) == {"anchor": SIGNED, "event": Label("signing", "订单签订")}
    assert decision.missing == ()
    assert decision.fingerprint == POLICY.fingerprint


@pytest.mark.parametrize(
    ("anchor", "event"),
    [
        ("signing", Label("signing", "订单签订")),
        ("confirmation", Label("confirmation", "订单确认")),
        ("deposit", Label("deposit", "收到定金")),
    ],
)
def test_the_event_that_days_are_counted_from_is_said(anchor: str, event: Label) -> None:
    decision = find_lead_time("A", attrs.evolve(POLICY, anchor=anchor), anchor=SIGNED)
    assert dict(decision.assumed[0].params)["event"] == event


@pytest.mark.parametrize("tier", ["B", "D"])
def test_a_tier_without_a_source_rests_on_that_of_the_policy(tier: str) -> None:
    assert find_lead_time(tier, POLICY, anchor=SIGNED).reasons[0].source == WHOLE


def test_a_lead_time_that_is_not_stated_is_an_answer() -> None:
    decision = find_lead_time("D", POLICY, anchor=SIGNED)
    assert decision.value == LeadTime(None, None)
    assert [reason.rule.id for reason in decision.reasons] == ["sla.not_stated"]


@pytest.mark.parametrize("tier", ["A", "D"])
def test_the_date_in_a_contract_goes_first(tier: str) -> None:
    decision = find_lead_time(tier, POLICY, anchor=SIGNED, contract=date(2013, 9, 30))
    assert decision.value == LeadTime(date(2013, 9, 30), None)
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("sla.contract_date", WHOLE)
    assert dict(first.params) == {"tier": Label(tier, tier), "day": date(2013, 9, 30)}


@pytest.mark.parametrize(
    ("tier", "expected", "rule"),
    [
        ("A", LeadTime(date(2013, 7, 21), 20), "sla.lead_time"),
        ("D", LeadTime(None, None), "sla.not_stated"),
    ],
)
def test_a_policy_may_put_its_lead_time_before_the_contract(
    tier: str, expected: LeadTime, rule: str
) -> None:
    policy = attrs.evolve(POLICY, contract_wins=False)
    decision = find_lead_time(tier, policy, anchor=SIGNED, contract=date(2013, 9, 30))
    assert decision.value == expected
    assert [reason.rule.id for reason in decision.reasons] == [rule]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (0, "tier 'A' has a lead time of 0 days; pass 1 or more, or None"),
        (-20, "tier 'A' has a lead time of -20 days; pass 1 or more, or None"),
    ],
)
def test_a_lead_time_that_is_not_above_0_is_refused(days: int, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        TierLeadTime("A", days)
    assert str(fault.value) == message


def test_a_float_is_refused() -> None:
    with pytest.raises(FloatRefused) as fault:
        TierLeadTime("A", 20.0)  # type: ignore[arg-type]
    assert str(fault.value) == 'lead time is the float 20.0; pass an int or Decimal("20.0")'


def test_a_whole_decimal_is_a_whole_number() -> None:
    one = TierLeadTime("A", Decimal(20))  # type: ignore[arg-type]
    assert type(one.days) is int
    assert one == TierLeadTime("A", 20)


def test_a_tier_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        LeadTimes(tiers=(TierLeadTime("A", 20), TierLeadTime("A", 30)))
    assert str(fault.value) == "tier 'A' appears twice; rename or remove one"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"anchor": "signin"},
            "LeadTimes.anchor 'signin' is no named convention; did you mean 'signing'?",
        ),
        ({"contract_wins": 1}, "LeadTimes.contract_wins is 1; pass bool"),
        (
            {"tiers": TierLeadTime("A", 20)},
            (
                "LeadTimes.tiers is TierLeadTime(tier='A', days=20, source=None); "
                "pass a tuple, such as (a, b) or (a,)"
            ),
        ),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, **given)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("tier", "message"),
    [
        ("a", "unknown tier 'a'; did you mean 'A'?"),
        ("gold", "unknown tier 'gold'; known are 'A', 'B', 'D'"),
    ],
)
def test_an_unknown_tier_is_refused(tier: str, message: str) -> None:
    with pytest.raises(UnknownName) as fault:
        find_lead_time(tier, POLICY, anchor=SIGNED)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("anchor", "contract", "what"),
    [
        (datetime(2013, 7, 1), None, "anchor"),
        (SIGNED, datetime(2013, 7, 1), "contract date"),
    ],
)
def test_an_instant_is_no_day(anchor: date, contract: date | None, what: str) -> None:
    with pytest.raises(PolicyError) as fault:
        find_lead_time("A", POLICY, anchor=anchor, contract=contract)
    assert str(fault.value) == (
        f"{what} datetime.datetime(2013, 7, 1, 0, 0) is not a date; "
        "take its date in a zone: value.astimezone(zone).date()"
    )


def test_a_day_after_the_last_of_the_calendar_is_refused() -> None:
    with pytest.raises(InputError) as fault:
        find_lead_time("A", POLICY, anchor=date.max)
    assert str(fault.value) == (
        "9999-12-31 + 20 days leaves the calendar; check the number of days"
    )
