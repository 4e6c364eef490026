"""How many promises were kept: counts, rates and the distribution, by clock, field and period."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from tests.service_desk import (
    HIGH,
    LOW,
    SHANGHAI,
    UNKNOWN,
    agreements,
    case,
    changed,
    clock,
    d,
    h,
    state,
)

from kamcore.calendars import around_the_clock
from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import Facts, RuleTable, TableRule
from kamcore.sla import (
    Agreement,
    Agreements,
    Attainment,
    AttainmentRow,
    Case,
    CaseState,
    Event,
    find_clocks,
    measure_attainment,
)
from kamcore.values import Ratio

EIGHT = clock(8)
RESPONSE = clock(4, "response", stops=("answered",))
UPDATES = clock(2, "update", stops=("updated",), repeats=True)
NOW = d(6, 12)


def solved(minutes: int, *, facts: Facts = LOW, opened: datetime | None = None) -> CaseState:
    """Return a case that was solved after so many minutes."""
    start = opened or d(2, 9)
    known = case(Event("solved", start + timedelta(minutes=minutes)), opened=start, facts=facts)
    return state(known, agreements(EIGHT), start + timedelta(days=300))


def only(found: Attainment) -> AttainmentRow:
    """Return the one row."""
    (row,) = found.items
    return row


# --- counts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "as_of", "counts"),
    [
        ((Event("solved", d(2, 17)),), NOW, (1, 0, 0, 0)),
        ((Event("solved", d(2, 17, us=1)),), NOW, (0, 1, 0, 0)),
        ((), d(2, 17), (0, 0, 1, 0)),
        ((), d(2, 17, us=1), (0, 1, 0, 0)),
        ((Event("paused", d(2, 10)),), NOW, (0, 0, 1, 0)),
        ((Event("paused", d(2, 17, 30)),), NOW, (0, 1, 0, 0)),
        ((Event("cancelled", d(2, 17)),), NOW, (0, 0, 0, 1)),
        ((Event("cancelled", d(2, 17, us=1)),), NOW, (0, 1, 0, 0)),
    ],
)
def test_what_is_kept_late_open_and_gone(
    events: tuple[Event, ...], as_of: datetime, counts: tuple[int, int, int, int]
) -> None:
    row = only(measure_attainment([state(case(*events), agreements(EIGHT), as_of)]))
    assert (row.met, row.late, row.open, row.gone) == counts
    assert row.decided == counts[0] + counts[1]


def test_a_dropped_clock_is_gone() -> None:
    known = state(case(changed(d(2, 10))), agreements(EIGHT, ()), NOW)
    row = only(measure_attainment([known]))
    assert (row.gone, row.decided, row.rate) == (1, 0, None)


def test_the_rate_is_exact_and_leaves_out_what_is_not_decided() -> None:
    states = [solved(60), solved(480), solved(481), state(case(), agreements(EIGHT), d(2, 10))]
    row = only(measure_attainment(states))
    assert (row.met, row.late, row.open, row.rate) == (2, 1, 1, Ratio(2, 3))


def test_without_cases_there_are_no_rows() -> None:
    found = measure_attainment([])
    assert (found.items, found.rows(), found.text()) == ((), [], "")


def test_every_round_counts() -> None:
    known = case(
        Event("updated", d(2, 10)),
        Event("updated", d(2, 12)),
        Event("updated", d(2, 14, us=1)),
        Event("solved", d(2, 15)),
    )
    row = only(measure_attainment([state(known, agreements(UPDATES), NOW)]))
    # 1 h, 2 h exactly, 2 h and a microsecond, and 1 h until the solution
    assert (row.met, row.late) == (3, 1)
    assert (row.median, row.longest) == (h(1), h(2) + timedelta(microseconds=1))


def test_a_round_in_the_night_when_the_clocks_change_is_judged_by_real_time() -> None:
    # due at 02:50 in summer time, updated at 02:10 in winter time: 20 minutes late
    opened = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    one = clock(0.5, "update", around_the_clock("Europe/Berlin"), stops=("updated",), repeats=True)
    known = case(Event("updated", opened + timedelta(minutes=50)), opened=opened)
    row = only(measure_attainment([state(known, agreements(one), opened + h(1))]))
    assert (row.late, row.open) == (1, 1)


# --- the distribution ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "median", "p90", "longest"),
    [
        ([7], 7, 7, 7),
        ([9, 1], 1, 9, 9),
        ([3, 1, 2], 2, 3, 3),
        ([4, 1, 3, 2], 2, 4, 4),
        # ten values: rank 5 and rank 9; eleven: rank 6 (5.5 up) and rank 10 (9.9 up)
        (list(range(1, 11)), 5, 9, 10),
        (list(range(11, 0, -1)), 6, 10, 11),
        (list(range(1, 21)), 10, 18, 20),
        ([1] * 9 + [100], 1, 1, 100),
        ([1] * 8 + [100] * 2, 1, 100, 100),
    ],
)
def test_percentiles_are_by_nearest_rank(
    minutes: list[int], median: int, p90: int, longest: int
) -> None:
    row = only(measure_attainment([solved(one) for one in minutes]))
    assert (row.median, row.p90, row.longest) == tuple(
        timedelta(minutes=one) for one in (median, p90, longest)
    )


def test_only_what_is_decided_is_in_the_distribution() -> None:
    cancelled = state(case(Event("cancelled", d(2, 16))), agreements(EIGHT), NOW)
    running = state(case(), agreements(EIGHT), d(2, 16))
    row = only(measure_attainment([solved(60), cancelled, running]))
    assert (row.median, row.longest) == (h(1), h(1))
    nothing = only(measure_attainment([running]))
    assert (nothing.median, nothing.p90, nothing.longest) == (None, None, None)


def test_the_time_is_the_time_that_counted() -> None:
    known = case(Event("paused", d(2, 10)), Event("resumed", d(2, 12)), Event("solved", d(2, 13)))
    assert only(measure_attainment([state(known, agreements(EIGHT), NOW)])).median == h(2)


# --- groups -------------------------------------------------------------------------------


def test_rows_are_by_clock_and_field_in_order() -> None:
    both = agreements([RESPONSE, EIGHT])
    events = (Event("answered", d(2, 10)), Event("solved", d(2, 18)))
    states = [state(case(*events, facts=facts), both, NOW) for facts in (LOW, HIGH, LOW)]
    found = measure_attainment(states, by=("priority",))
    assert [(one.clock, one.group, one.met, one.late) for one in found.items] == [
        ("response", ("high",), 1, 0),
        ("response", ("low",), 2, 0),
        ("resolution", ("high",), 0, 1),
        ("resolution", ("low",), 0, 2),
    ]


def test_a_missing_fact_is_a_group_of_its_own() -> None:
    rules = RuleTable(rules=(TableRule("all", None, (EIGHT,)),))
    policy = Agreements(agreements=(Agreement(name="standard", clocks=rules),))
    states = [state(case(facts=facts), policy, NOW) for facts in (UNKNOWN, LOW)]
    assert [one.group for one in measure_attainment(states, by=("priority",)).items] == [
        ("",), ("low",),
    ]  # fmt: skip


def test_the_field_is_as_it_was_last() -> None:
    known = state(case(changed(d(2, 10))), agreements(EIGHT), NOW)
    assert only(measure_attainment([known], by=("priority",))).group == ("high",)


def test_a_case_without_facts_has_no_group() -> None:
    rules = RuleTable(rules=(TableRule("all", None, (EIGHT,)),))
    policy = Agreements(agreements=(Agreement(name="standard", clocks=rules),))
    known = state(Case("T1", (Event("opened", d(2, 9)),)), policy, NOW)
    assert only(measure_attainment([known])).late == 1
    with pytest.raises(InputError, match="case 'T1' has no facts; group by nothing"):
        measure_attainment([known], by=("priority",))


def test_an_unknown_field_is_refused_with_the_one_that_is_near() -> None:
    with pytest.raises(UnknownName, match="did you mean 'priority'"):
        measure_attainment([solved(60)], by=("prioriti",))


# --- periods ------------------------------------------------------------------------------

MIDNIGHT = datetime(2026, 4, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("opened", "month", "quarter", "year"),
    [
        (MIDNIGHT - timedelta(microseconds=1), "2026-03", "2026-Q1", "2026"),
        (MIDNIGHT, "2026-04", "2026-Q2", "2026"),
        (MIDNIGHT.astimezone(UTC), "2026-04", "2026-Q2", "2026"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025-12", "2025-Q4", "2025"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "2026-01", "2026-Q1", "2026"),
    ],
)
def test_the_period_is_that_of_the_start_in_the_zone(
    opened: datetime, month: str, quarter: str, year: str
) -> None:
    known = [solved(1, opened=opened)]
    for period, expected in (("month", month), ("quarter", quarter), ("year", year)):
        found = measure_attainment(known, period=period, zone="Asia/Shanghai")  # type: ignore[arg-type]
        assert only(found).period == expected


def test_another_zone_may_have_another_month() -> None:
    known = [solved(1, opened=MIDNIGHT.astimezone(ZoneInfo("Europe/Berlin")))]
    assert only(measure_attainment(known, period="month", zone="Europe/Berlin")).period == "2026-03"


def test_every_round_is_in_the_period_of_its_own_start() -> None:
    opened = datetime(2026, 3, 31, 17, 0, tzinfo=SHANGHAI)
    known = case(Event("updated", datetime(2026, 4, 1, 9, 30, tzinfo=SHANGHAI)), opened=opened)
    policy = agreements(UPDATES)
    found = measure_attainment(
        [state(known, policy, datetime(2026, 4, 1, 10, tzinfo=SHANGHAI))],
        period="month",
        zone="Asia/Shanghai",
    )
    assert [(one.period, one.met, one.open) for one in found.items] == [
        ("2026-03", 1, 0),
        ("2026-04", 0, 1),
    ]


def test_a_zone_alone_makes_no_periods() -> None:
    states = [solved(1), solved(1, opened=datetime(2027, 1, 4, 9, tzinfo=SHANGHAI))]
    row = only(measure_attainment(states, zone="Asia/Shanghai"))
    assert (row.period, row.met) == ("", 2)


@pytest.mark.parametrize(
    ("period", "zone", "fault"),
    [
        ("week", "Asia/Shanghai", "period 'week' is no named convention"),
        ("month", None, 'needs a zone; pass zone="Asia/Shanghai"'),
        ("month", "Asia/Shangai", "did you mean 'Asia/Shanghai'"),
    ],
)
def test_a_period_that_is_not_known_is_refused(period: str, zone: str | None, fault: str) -> None:
    with pytest.raises((InputError, PolicyError), match=fault):
        measure_attainment([solved(1)], period=period, zone=zone)  # type: ignore[arg-type]


# --- what is shown ------------------------------------------------------------------------


def test_rows_are_ready_for_a_table() -> None:
    found = measure_attainment(
        [solved(60)], by=("priority",), period="quarter", zone="Asia/Shanghai"
    )
    assert found.rows() == [
        {
            "clock": "resolution",
            "priority": "low",
            "period": "2026-Q1",
            "met": 1,
            "late": 0,
            "overdue": 0,
            "open": 0,
            "gone": 0,
            "rate": Ratio(1, 1),
            "median": h(1),
            "p90": h(1),
            "longest": h(1),
        }
    ]
    assert "period" not in measure_attainment([solved(60)]).rows()[0]


def test_it_can_be_read_in_both_languages() -> None:
    states = [solved(60), solved(120), solved(481)]
    found = measure_attainment(states, by=("priority",), period="year", zone="Asia/Shanghai")
    assert found.text("en") == (
        "resolution, low, 2026: 2 of 3 in time (66.7 %); median 2 hours, "
        "90 % within 8 hours 1 minute, longest 8 hours 1 minute; "
        "0 open, 0 cancelled or no longer promised"
    )
    assert found.text("zh") == (
        "resolution · low · 2026年：3 项中 2 项按时（66.7%）；用时中位数 2 小时，"
        "90% 在 8 小时 1 分钟以内，最长 8 小时 1 分钟；未结 0 项，已取消或不再适用 0 项"
    )
    running = measure_attainment([state(case(), agreements(EIGHT), d(2, 10))])
    assert running.text("en") == (
        "resolution: nothing is decided; 1 open, 0 cancelled or no longer promised"
    )
    assert running.text("zh") == "resolution：尚无结论；未结 1 项，已取消或不再适用 0 项"


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("month", "resolution, 2026-03: ", "resolution · 2026年3月："),
        ("quarter", "resolution, Q1 2026: ", "resolution · 2026年第1季度："),
        ("year", "resolution, 2026: ", "resolution · 2026年："),
        (None, "resolution: ", "resolution："),
    ],
)
def test_a_period_is_said_as_it_is_written(period: str | None, en: str, zh: str) -> None:
    found = measure_attainment([solved(60)], period=period, zone="Asia/Shanghai")  # type: ignore[arg-type]
    assert found.text("en").startswith(en)
    assert found.text("zh").startswith(zh)


@pytest.mark.parametrize(
    ("met", "late", "said"),
    [
        (1, 0, "100.0"),
        (0, 1, "0.0"),
        (2, 1, "66.7"),
        (1, 2, "33.3"),
        # a half goes up: 6.25, 31.25
        (1, 15, "6.3"),
        (5, 11, "31.3"),
        # 99.94, 99.95 and what lies nearer to 100 than to 99.9
        (1665, 1, "99.9"),
        (1999, 1, "99.9"),
        (99_999, 1, "99.9"),
    ],
)
def test_a_share_is_said_to_the_nearest_tenth_and_100_only_where_none_is_late(
    met: int, late: int, said: str
) -> None:
    row = evolve(only(measure_attainment([solved(60)])), met=met, late=late)
    found = Attainment((), (row,))
    assert f" in time ({said} %); " in found.text("en")
    assert f" 项按时（{said}%）；" in found.text("zh")


@pytest.mark.parametrize(
    ("events", "overdue"),
    [
        ((), 1),
        ((Event("paused", d(2, 17, 30)),), 1),
        ((Event("solved", d(2, 17, 30)),), 0),
        ((Event("cancelled", d(2, 17, 30)),), 0),
    ],
)
def test_times_that_include_overdue_unfinished_ones_say_so(
    events: tuple[Event, ...], overdue: int
) -> None:
    found = measure_attainment([state(case(*events), agreements(EIGHT), NOW)])
    row = only(found)
    assert (row.late, row.overdue, found.rows()[0]["overdue"]) == (1, overdue, overdue)
    said = (" (including 1 overdue, unfinished); ", "（含逾期未完成 1 项）；")
    for lang, words in zip(("en", "zh"), said, strict=True):
        assert (words in found.text(lang)) is (overdue == 1)  # type: ignore[arg-type]


def test_a_decision_and_a_bare_name_are_refused_with_the_mend() -> None:
    decision = find_clocks(case(), agreements(EIGHT), as_of=d(2, 10))
    with pytest.raises(InputError, match=r"a decision where .* is needed; pass decision.value"):
        measure_attainment([decision])  # type: ignore[list-item]  # on purpose
    with pytest.raises(InputError, match=r"by is the text 'priority'; pass .* \('priority',\)"):
        measure_attainment([decision.value], by="priority")
