"""Lead times of ordinary orders (S3-P08-6A to 6D), rush orders, and the date in a contract."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.calendars import Holiday, Hours, Week, WorkCalendar
from kamcore.decision import MissingFact
from kamcore.errors import DuplicateName, FloatRefused, InputError, PolicyError, UnknownName
from kamcore.sla import LeadTime, LeadTimes, RushVerdict, TierLeadTime, check_rush, find_lead_time
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
        (
            {"calendar": "office"},
            "LeadTimes.calendar is 'office'; pass Calendar",
        ),
        ({"contract_wins": 1}, "LeadTimes.contract_wins is 1; pass bool"),
        (
            {"tiers": TierLeadTime("A", 20)},
            (f"LeadTimes.tiers is {TierLeadTime('A', 20)!r}; pass a tuple, such as (a, b) or (a,)"),
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


# --- working days -----------------------------------------------------------------------------

OFFICE = WorkCalendar(
    name="office",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    holidays=(Holiday(date(2013, 7, 5), "stocktaking", zh="盘点"),),
)
IN_WORKING_DAYS = LeadTimes(tiers=(TierLeadTime("A", 2), TierLeadTime("B", 5)), calendar=OFFICE)


@pytest.mark.parametrize(
    ("anchor", "a", "b"),
    [
        (date(2013, 7, 1), date(2013, 7, 3), date(2013, 7, 9)),
        (date(2013, 7, 3), date(2013, 7, 8), date(2013, 7, 11)),
        (date(2013, 7, 5), date(2013, 7, 9), date(2013, 7, 12)),
        (date(2013, 7, 6), date(2013, 7, 9), date(2013, 7, 12)),
        (date(2013, 7, 7), date(2013, 7, 9), date(2013, 7, 12)),
        (date(2013, 7, 8), date(2013, 7, 10), date(2013, 7, 15)),
    ],
    ids=[
        "Monday",
        "Wednesday before a holiday",
        "the holiday",
        "Saturday",
        "Sunday",
        "Monday after",
    ],
)
def test_days_may_be_working_days_and_the_anchor_is_day_0(anchor: date, a: date, b: date) -> None:
    for tier, days, expected in (("A", 2, a), ("B", 5, b)):
        decision = find_lead_time(tier, IN_WORKING_DAYS, anchor=anchor)
        assert decision.value == LeadTime(expected, days)
        assert decision.reasons[0].rule.id == "sla.lead_time"


def test_working_days_are_said_with_their_calendar() -> None:
    decision = find_lead_time("A", IN_WORKING_DAYS, anchor=SIGNED)
    (counted,) = decision.assumed
    assert counted.rule.id == "sla.working_days_counted"
    assert counted.text("en") == (
        "working days of “office”, counted from 2013-07-01 (signing), which is day 0"
    )
    assert counted.text("zh") == ("自2013年7月1日（订单签订）起按“办公时间”的工作日计算，当日不计")


# --- strict examination -----------------------------------------------------------------------

STRICT = LeadTimes(
    tiers=(
        TierLeadTime("C", 40, strict=True, strict_source=RULE),
        TierLeadTime("D", None, strict=True, strict_source=RULE),
    ),
    source=WHOLE,
)


@pytest.mark.parametrize(
    ("tier", "contract", "first"),
    [
        ("C", None, "sla.lead_time"),
        ("C", date(2013, 9, 30), "sla.contract_date"),
        ("D", None, "sla.not_stated"),
        ("D", date(2013, 9, 30), "sla.contract_date"),
    ],
)
def test_strict_examination_is_said_with_every_answer(
    tier: str, contract: date | None, first: str
) -> None:
    decision = find_lead_time(tier, STRICT, anchor=SIGNED, contract=contract)
    assert [reason.rule.id for reason in decision.reasons] == [first, "sla.strict_examination"]
    assert decision.reasons[1].source == RULE
    assert dict(decision.reasons[1].params) == {"tier": Label(tier, tier)}


# --- rush orders ------------------------------------------------------------------------------


def rushed(rush: str) -> LeadTimes:
    return LeadTimes(tiers=(TierLeadTime("A", 20, rush=rush, rush_source=RULE),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rush", "ruling", "rule"),
    [
        ("allowed", "allowed", "sla.rush_allowed"),
        ("at_discretion", "at_discretion", "sla.rush_at_discretion"),
        ("not_stated", "not_stated", "sla.rush_not_stated"),
    ],
)
@pytest.mark.parametrize("production", [None, True, False])
def test_the_state_of_production_matters_only_where_the_policy_asks_for_it(
    rush: str, ruling: str, rule: str, production: bool | None
) -> None:
    policy = rushed(rush)
    decision = check_rush("A", policy, production_allows=production)
    assert decision.value == RushVerdict(ruling)  # type: ignore[arg-type]
    (reason,) = decision.reasons
    assert (reason.rule.id, reason.source) == (rule, RULE)
    assert (decision.missing, decision.fingerprint) == ((), policy.fingerprint)


@pytest.mark.parametrize(
    ("production", "ruling", "english", "chinese"),
    [
        (
            True,
            "allowed",
            "a rush order of tier A goes by the state of production: it may be inserted",
            "等级 A 的加急订单视生产状况决定：可以插单",
        ),
        (
            False,
            "refused",
            "a rush order of tier A goes by the state of production: it may not be inserted now",
            "等级 A 的加急订单视生产状况决定：目前不能插单",
        ),
    ],
)
def test_by_production(production: bool, ruling: str, english: str, chinese: str) -> None:
    decision = check_rush("A", rushed("by_production"), production_allows=production)
    assert decision.value == RushVerdict(ruling)  # type: ignore[arg-type]
    (reason,) = decision.reasons
    assert (reason.rule.id, reason.source) == ("sla.rush_by_production", RULE)
    assert (reason.text("en"), reason.text("zh")) == (english, chinese)


def test_without_the_state_of_production_it_is_undecided() -> None:
    decision = check_rush("A", rushed("by_production"))
    assert not decision.decided
    assert decision.missing == (
        MissingFact("production_allows", Label("state of production", "生产状况")),
    )
    assert decision.explain("en").splitlines()[:2] == [
        "a rush order of tier A goes by the state of production, which is missing",
        "Missing: state of production",
    ]
    assert decision.reasons[0].source == RULE


@pytest.mark.parametrize("state", ["no", 0, 1])
def test_a_state_of_production_that_is_no_flag_is_refused(state: object) -> None:
    with pytest.raises(InputError) as fault:
        check_rush("A", rushed("by_production"), production_allows=state)  # type: ignore[arg-type]
    assert str(fault.value) == f"production_allows is {state!r}; pass True, False or None"


def test_nothing_is_said_of_rush_orders_unless_it_is_stated() -> None:
    decision = check_rush("B", POLICY)
    assert decision.value == RushVerdict("not_stated")
    assert decision.reasons[0].source is None


def test_a_rush_order_of_an_unknown_tier_is_refused() -> None:
    with pytest.raises(UnknownName) as fault:
        check_rush("E", POLICY)
    assert str(fault.value) == "unknown tier 'E'; known are 'A', 'B', 'D'"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"rush": "alowed"},
            "TierLeadTime.rush 'alowed' is no named convention; did you mean 'allowed'?",
        ),
        ({"strict": 1}, "TierLeadTime.strict is 1; pass bool"),
    ],
)
def test_a_tier_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        TierLeadTime("A", 20, **given)  # type: ignore[arg-type]
    assert str(fault.value) == message
