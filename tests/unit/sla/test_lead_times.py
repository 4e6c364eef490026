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
RULE, WHOLE, CONTRACT = (Source(clause, TITLE) for clause in ("P08-6A", "P08-6", "P08-8"))
POLICY = LeadTimes(
    tiers=(
        TierLeadTime("A", 20, source=RULE, contract_source=CONTRACT),
        TierLeadTime("B", 30),
        TierLeadTime("D", None, source=RULE),
    ),
    source=WHOLE,
)
SIGNED = date(2013, 7, 1)


def test_the_answer_names_day_days_anchor_and_event() -> None:
    decision = find_lead_time("A", POLICY, anchor=SIGNED)
    assert decision.value == LeadTime(date(2013, 7, 21), 20)
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("sla.lead_time", RULE)
    assert dict(first.params) == {
        "tier": Label("class A", "A类"),
        "day": date(2013, 7, 21),
        "days": Label("20 days", "20 天"),
    }
    assert first.text("en") == (
        "class A: an ordinary order is ready within 20 days, by 2013-07-21 at the latest"
    )
    assert first.text("zh") == "A类：常规订单 20 天内交货，不晚于2013年7月21日"
    (counted,) = decision.assumed
    assert dict(counted.params) == {"anchor": SIGNED, "event": Label("signing", "订单签订")}
    assert counted.text("en") == "calendar days, counted from 2013-07-01 (signing), which is day 0"
    assert counted.text("zh") == "自2013年7月1日（订单签订）起按自然日计算，当日不计"
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


def test_a_tier_without_a_source_rests_on_that_of_the_policy() -> None:
    assert find_lead_time("B", POLICY, anchor=SIGNED).reasons[0].source == WHOLE


def test_a_lead_time_that_is_not_stated_is_an_answer_without_a_clause() -> None:
    decision = find_lead_time("D", POLICY, anchor=SIGNED)
    assert decision.value == LeadTime(None, None)
    (reason,) = decision.reasons
    assert (reason.rule.id, reason.source) == ("sla.not_stated", None)
    assert decision.explain("en") == (
        "no lead time is stated for class D; agree it in the contract"
    )
    assert decision.explain("zh") == "原文未写明D类的交期，请在合同中约定"


def test_one_day_is_in_the_singular() -> None:
    policy = LeadTimes(tiers=(TierLeadTime("gold", 1),))
    for calendar, days, zh in ((None, "1 day", "1 天"), (OFFICE, "1 working day", "1 个工作日")):
        decision = find_lead_time("gold", attrs.evolve(policy, calendar=calendar), anchor=SIGNED)
        assert decision.reasons[0].text("en") == (
            f"tier gold: an ordinary order is ready within {days}, by 2013-07-02 at the latest"
        )
        assert decision.reasons[0].text("zh") == (
            f"等级gold：常规订单 {zh}内交货，不晚于2013年7月2日"
        )


@pytest.mark.parametrize(("tier", "source"), [("A", CONTRACT), ("B", None), ("D", None)])
def test_the_date_in_a_contract_goes_first_and_that_is_a_convention(
    tier: str, source: Source | None
) -> None:
    decision = find_lead_time(tier, POLICY, anchor=SIGNED, contract=date(2013, 9, 30))
    assert decision.value == LeadTime(date(2013, 9, 30), None)
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("sla.contract_date", source)
    cited = ["Source: “Customer grading rules” P08-8"] if source else []
    assert decision.explain("en").splitlines() == [
        f"class {tier}: the order is ready by 2013-09-30, as its contract says",
        "Convention: a date agreed in the contract goes first",
        *cited,
    ]
    cited = ["依据：《客户分级管理制度》P08-8"] if source else []
    assert decision.explain("zh").splitlines() == [
        f"{tier}类：订单按合同约定交货，不晚于2013年9月30日",
        "口径：合同另有交期的，以合同为准",
        *cited,
    ]


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
    assert [reason.rule.id for reason in decision.reasons] == [rule, "sla.contract_date_unused"]
    assert decision.reasons[1].text("en") == "the contract date is not used: 2013-09-30"
    assert decision.reasons[1].text("zh") == "合同日期未采用：2013年9月30日"
    without = find_lead_time(tier, policy, anchor=SIGNED)
    assert [reason.rule.id for reason in without.reasons] == [rule]


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
    for wins in (True, False):
        policy = attrs.evolve(POLICY, contract_wins=wins)
        with pytest.raises(PolicyError) as fault:
            find_lead_time("A", policy, anchor=anchor, contract=contract)
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
        (reason,) = decision.reasons
        assert reason.rule.id == "sla.lead_time"
        said = dict(reason.params)["days"]
        assert said == Label(f"{days} working days", f"{days} 个工作日")


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
    assert dict(decision.reasons[1].params) == {"tier": Label(f"class {tier}", f"{tier}类")}


@pytest.mark.parametrize(
    ("rush", "production", "first"),
    [
        ("allowed", None, "sla.rush_allowed"),
        ("at_discretion", None, "sla.rush_at_discretion"),
        ("not_stated", None, "sla.rush_not_stated"),
        ("by_production", None, "sla.rush_production_unknown"),
        ("by_production", True, "sla.rush_by_production"),
    ],
)
def test_strict_examination_is_said_of_rush_orders_too(
    rush: str, production: bool | None, first: str
) -> None:
    tiers = tuple(attrs.evolve(one, rush=rush) for one in STRICT.tiers)
    policy = attrs.evolve(STRICT, tiers=tiers)
    decision = check_rush("D", policy, production_allows=production)
    assert [reason.rule.id for reason in decision.reasons] == [first, "sla.strict_examination"]
    assert decision.reasons[1].source == RULE
    assert decision.reasons[1].text("zh") == (
        "D类的每张订单在签订时须综合考虑现有订单情况，严格审单，酌情接单"
    )


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
    assert (reason.rule.id, reason.source) == (rule, None if rush == "not_stated" else RULE)
    assert (decision.missing, decision.fingerprint) == ((), policy.fingerprint)


@pytest.mark.parametrize(
    ("production", "ruling", "english", "chinese"),
    [
        (
            True,
            "allowed",
            (
                "class A: whether a rush order is inserted depends on the state of production; "
                "it may be inserted"
            ),
            "A类的加急订单视生产状况决定是否接受插单：可以插单",
        ),
        (
            False,
            "refused",
            (
                "class A: whether a rush order is inserted depends on the state of production; "
                "it may not be inserted now"
            ),
            "A类的加急订单视生产状况决定是否接受插单：目前不能插单",
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
        (
            "class A: whether a rush order is inserted depends on the state of production, "
            "which is missing"
        ),
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
