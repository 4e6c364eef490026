"""Laws of lead times, answer deadlines, the order of work, batches and renewals."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kamcore.calendars import Every, Hours, Sweep, Week, WorkCalendar, add_days, around_the_clock
from kamcore.facts import RuleTable, TableRule
from kamcore.sla import (
    Agreement,
    Agreements,
    BatchRules,
    Case,
    Clock,
    Event,
    LeadTimes,
    OrderOfWork,
    Renewals,
    TierBatch,
    TierLeadTime,
    WorkOrder,
    find_batch_handling,
    find_clocks,
    find_deadline,
    find_lead_time,
    order_work,
    plan_renewal,
)

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "UTC",
        )
    ]
)
HOURS = st.integers(1, 2_000)


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Draw an instant of 1980 to 2030 in any of the zones."""
    seconds = draw(st.integers(315_532_800, 1_893_456_000))
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(draw(ZONES))


def promised(hours: int, zone: str) -> Agreements:
    """Return an agreement on an answer within elapsed hours."""
    clock = Clock(
        "answer",
        limit=timedelta(hours=hours),
        calendar=around_the_clock(zone),
        stops=("answered",),
        pauses=(),
    )
    table = RuleTable(rules=(TableRule("all", None, (clock,)),))
    return Agreements(agreements=(Agreement(name="answers", clocks=table),))


def answer_by(opened: datetime, policy: Agreements) -> datetime:
    """Return the deadline of an inquiry."""
    found = find_deadline(Case("T", (Event("opened", opened),)), policy, clock="answer").value
    assert isinstance(found, datetime)
    return found


@given(instants(), HOURS, ZONES)
def test_a_deadline_is_the_hours_later_in_real_time(
    opened: datetime, hours: int, zone: ZoneInfo
) -> None:
    deadline = answer_by(opened, promised(hours, zone.key))
    assert deadline.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=hours)


@given(instants(), HOURS, ZONES)
def test_a_deadline_is_in_the_zone_of_the_calendar(
    opened: datetime, hours: int, zone: ZoneInfo
) -> None:
    assert answer_by(opened, promised(hours, zone.key)).tzinfo is zone


@given(instants(), ZONES, HOURS)
def test_the_zone_of_the_inquiry_does_not_move_the_deadline(
    opened: datetime, zone: ZoneInfo, hours: int
) -> None:
    policy = promised(hours, "Asia/Shanghai")
    here, there = answer_by(opened, policy), answer_by(opened.astimezone(zone), policy)
    assert here.astimezone(UTC) == there.astimezone(UTC)


@given(instants(), HOURS)
def test_an_answer_at_the_deadline_is_in_time_and_a_microsecond_later_is_late(
    opened: datetime, hours: int
) -> None:
    policy = promised(hours, "Asia/Shanghai")
    deadline = answer_by(opened, policy)
    for answered, verdict in ((deadline, "met"), (deadline + timedelta(microseconds=1), "late")):
        case = Case("T", (Event("opened", opened), Event("answered", answered)))
        state = find_clocks(case, policy, as_of=answered).value
        assert state["answer"].verdict == verdict


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 400), st.integers(1, 400))
def test_more_days_are_never_ready_earlier(anchor: date, one: int, other: int) -> None:
    policy = LeadTimes(
        tiers=(TierLeadTime("A", min(one, other)), TierLeadTime("B", max(one, other)))
    )
    days = [find_lead_time(tier, policy, anchor=anchor).value.ready_by for tier in "AB"]
    assert days[0] is not None
    assert days[1] is not None
    assert anchor < days[0] <= days[1]
    assert (days[1] - anchor).days == max(one, other)


WEEKDAYS = WorkCalendar(name="office", zone="UTC", week=Week.of(Hours("09:00", "18:00")))


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_a_lead_time_in_working_days_counts_them(anchor: date, days: int) -> None:
    policy = LeadTimes(tiers=(TierLeadTime("A", days),), calendar=WEEKDAYS)
    ready = find_lead_time("A", policy, anchor=anchor).value.ready_by
    assert ready is not None
    assert ready.weekday() < 5
    between = (add_days(anchor, number) for number in range(1, (ready - anchor).days + 1))
    assert sum(day.weekday() < 5 for day in between) == days


ORDER = OrderOfWork(tiers=("A", "B", "C"), unranked=("D",))
DAY = date(2013, 7, 1)


@st.composite
def orders(draw: st.DrawFn) -> tuple[WorkOrder, ...]:
    """Draw orders, of which some are equal in tier, score and day."""
    number = draw(st.integers(0, 8))
    return tuple(
        WorkOrder(
            f"O{place}",
            tier=draw(st.sampled_from("ABCD")),
            score=draw(st.none() | st.integers(0, 3)),
            received=add_days(DAY, draw(st.integers(0, 2))),
        )
        for place in range(number)
    )


@given(orders())
def test_every_order_has_one_place(given_orders: tuple[WorkOrder, ...]) -> None:
    placed = order_work(given_orders, ORDER).value
    assert [one.place for one in placed] == list(range(1, len(given_orders) + 1))
    assert sorted(one.order for one in placed) == sorted(one.id for one in given_orders)


@given(orders())
def test_a_better_tier_then_a_higher_score_then_an_earlier_day_goes_first(
    given_orders: tuple[WorkOrder, ...],
) -> None:
    by_id = {one.id: one for one in given_orders}
    placed = [by_id[one.order] for one in order_work(given_orders, ORDER).value]
    for first, then in pairwise(placed):
        assert first.tier <= then.tier
        if first.tier == then.tier:
            scores = [-1 if one.score is None else one.score for one in (first, then)]
            assert scores[0] >= scores[1]
            if scores[0] == scores[1]:
                assert first.received <= then.received
                if first.received == then.received:
                    assert given_orders.index(first) < given_orders.index(then)


@given(orders())
def test_what_put_an_order_behind_the_one_before_it_is_the_first_difference(
    given_orders: tuple[WorkOrder, ...],
) -> None:
    by_id = {one.id: one for one in given_orders}
    placed = order_work(given_orders, ORDER).value
    assert [one.behind for one in placed[:1]] == ["first"] * len(placed[:1])
    for before, one in pairwise(placed):
        first, then = by_id[before.order], by_id[one.order]
        ranked = then.tier in ORDER.tiers
        differs = {
            "tier": first.tier != then.tier and ranked,
            "unranked": first.tier != then.tier,
            "score": first.score != then.score and then.score is not None,
            "unscored": first.score != then.score,
            "date": first.received != then.received,
            "listed": True,
        }
        assert one.behind == next(name for name, does in differs.items() if does)
        assert one.ahead == (first.tier if one.behind == "tier" else None)


@given(st.integers(0, 100), st.integers(1, 100))
def test_batch_business_begins_at_the_least_number(count: int, least: int) -> None:
    policy = BatchRules(least=least, tiers=(TierBatch("A", 1),))
    assert find_batch_handling(count, policy, tier="A").value.is_batch is (count >= least)


@st.composite
def renewals(draw: st.DrawFn) -> Renewals:
    """Draw a policy, with the shortest look-ahead that it may have or a longer one."""
    weeks, lead = draw(st.integers(1, 4)), draw(st.integers(0, 40))
    reminder = draw(st.none() | st.integers(0, 40))
    least = max(lead, reminder or 0) + 7 * weeks - 1
    every = Every(count=weeks, unit="week", anchor=draw(st.dates(DAY, date(2013, 12, 31))))
    ahead = least + draw(st.integers(0, 20))
    return Renewals(
        sweep=Sweep(every=every, lookahead_days=ahead), lead_days=lead, reminder_days=reminder
    )


EXPIRIES = st.dates(date(2014, 6, 1), date(2030, 1, 1))


@given(renewals(), EXPIRIES)
def test_every_renewal_is_seen_by_a_sweep_not_later_than_its_approval(
    policy: Renewals, expires: date
) -> None:
    plan = plan_renewal(expires, policy).value
    assert plan.sweep <= plan.approval <= expires
    assert expires in policy.sweep.finds(plan.sweep)
    assert plan.reminder is None or plan.sweep <= plan.reminder


@given(renewals())
def test_with_a_look_ahead_one_day_shorter_some_renewal_would_be_seen_too_late(
    policy: Renewals,
) -> None:
    every, lead = policy.sweep.every, max(policy.lead_days, policy.reminder_days or 0)
    shorter = Sweep(every=every, lookahead_days=lead + 7 * every.count - 2)
    held = every.next(date(2014, 6, 1))
    late = add_days(held, shorter.lookahead_days + 1)
    assert shorter.sees(late) > add_days(late, -lead)
