"""The account of a deadline: every stretch with its reason, adding up exactly."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.service_desk import ALWAYS, UNKNOWN, agreements, case, changed, clock, d, h

from kamcore.calendars import (
    Closure,
    Holiday,
    Hours,
    SpecialDay,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.errors import InputError
from kamcore.sla import Agreements, Case, Clock, Event, Ledger, find_deadline, find_ledger

NO_TIME = timedelta()
# Sunday 1 March is worked for Tuesday 3 March; breaks at noon; closed on Wednesday from 09 to 10.
DESK = WorkCalendar(
    name="desk",
    zh="服务台",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    breaks=Week.of(Hours("12:00", "13:00")),
    special_days=(SpecialDay(date(2026, 3, 1), (Hours("09:00", "18:00"),), "make-up", zh="调休"),),
    holidays=(Holiday(date(2026, 3, 3), "Inventory", zh="盘点"),),
    closures=(Closure(date(2026, 3, 4), Hours("09:00", "10:00"), "Training", zh="培训"),),
)
TWENTY = clock(20, calendar=DESK)


def ledger(known: Case, policy: Agreements | Clock, as_of: datetime | None = None) -> Ledger:
    """Return the account of the resolution, after a look at its sums."""
    policy = agreements(policy) if isinstance(policy, Clock) else policy
    found = find_ledger(known, policy, clock="resolution", as_of=as_of)
    decision = find_deadline(known, policy, clock="resolution", as_of=as_of)
    assert found.due == decision.value
    for one, after in pairwise(found.entries):
        assert one.ends.astimezone(UTC) == after.begins.astimezone(UTC)
    if found.entries:
        assert found.entries[0].begins == found.started
        assert found.entries[-1].ends == max(found.due, found.ended or found.due)
    assert found.counted == found.budget
    return found


def rows(found: Ledger) -> list[tuple[Any, ...]]:
    """Return the entries in short."""
    return [(one.begins, one.ends, one.kind, one.label.en, one.counted) for one in found.entries]


def test_every_reason_for_which_time_counts_or_not() -> None:
    paused = (Event("waiting", d(2, 10), by="Li Na"), Event("resumed", d(2, 11)))
    found = ledger(case(*paused, opened=d(1, 17)), clock(10, calendar=DESK))
    assert rows(found) == [
        (d(1, 17), d(1, 18), "special_day", "make-up", h(1)),
        (d(1, 18), d(2, 9), "outside_hours", "outside hours", NO_TIME),
        (d(2, 9), d(2, 10), "open", "working time", h(1)),
        (d(2, 10), d(2, 11), "paused", "waiting for the customer (by Li Na)", NO_TIME),
        (d(2, 11), d(2, 12), "open", "working time", h(1)),
        (d(2, 12), d(2, 13), "break", "break", NO_TIME),
        (d(2, 13), d(2, 18), "open", "working time", h(5)),
        (d(2, 18), d(3, 0), "outside_hours", "outside hours", NO_TIME),
        (d(3, 0), d(4, 0), "holiday", "Inventory", NO_TIME),
        (d(4, 0), d(4, 9), "outside_hours", "outside hours", NO_TIME),
        (d(4, 9), d(4, 10), "closure", "Training", NO_TIME),
        (d(4, 10), d(4, 12), "open", "working time", h(2)),
    ]
    assert (found.case, found.clock.en, found.calendar.zh) == ("T1", "resolution", "服务台")
    assert (found.started, found.due, found.ended, found.budget) == (
        d(1, 17), d(4, 12), None, h(10),
    )  # fmt: skip


def test_it_can_be_read_in_both_languages() -> None:
    paused = (Event("waiting", d(2, 10), by="Li Na"), Event("resumed", d(2, 11)))
    known = case(*paused, Event("solved", d(2, 15)))
    found = ledger(known, clock(4, calendar=DESK))
    assert found.text("en").splitlines() == [
        "T1, resolution, counted in desk:",
        "  Mon 2026-03-02 09:00 – 10:00  1 hour       working time",
        "  Mon 2026-03-02 10:00 – 11:00  not counted  waiting for the customer (by Li Na)",
        "  Mon 2026-03-02 11:00 – 12:00  1 hour       working time",
        "  Mon 2026-03-02 12:00 – 13:00  not counted  break",
        "  Mon 2026-03-02 13:00 – 15:00  2 hours      working time",
        "  = 4 hours: deadline Mon 2026-03-02 15:00",
        "  stopped Mon 2026-03-02 15:00, at the deadline",
    ]
    assert found.text("zh").splitlines() == [
        "T1，resolution，按“服务台”计时：",
        "  2026年3月2日（周一）09:00 – 10:00  1 小时  工作时间",
        "  2026年3月2日（周一）10:00 – 11:00  不计时  等待客户（Li Na）",
        "  2026年3月2日（周一）11:00 – 12:00  1 小时  工作时间",
        "  2026年3月2日（周一）12:00 – 13:00  不计时  休息时段",
        "  2026年3月2日（周一）13:00 – 15:00  2 小时  工作时间",
        "  = 4 小时：截止时间 2026年3月2日（周一）15:00",
        "  于2026年3月2日（周一）15:00结束计时，正值截止时间",
    ]


def test_the_end_of_a_stretch_has_its_day_where_it_is_another_one() -> None:
    found = ledger(case(opened=d(9, 17)), clock(2))
    assert found.text("en").splitlines()[1:-1] == [
        "  Mon 2026-03-09 17:00 – 18:00                 1 hour       working time",
        "  Mon 2026-03-09 18:00 – Tue 2026-03-10 09:00  not counted  outside hours",
        "  Tue 2026-03-10 09:00 – 10:00                 1 hour       working time",
    ]
    assert found.text("zh").splitlines()[1:-1] == [
        "  2026年3月9日（周一）17:00 – 18:00                       1 小时  工作时间",
        "  2026年3月9日（周一）18:00 – 2026年3月10日（周二）09:00  不计时  工作时间以外",
        "  2026年3月10日（周二）09:00 – 10:00                      1 小时  工作时间",
    ]


def test_rows_are_ready_for_a_table() -> None:
    (row,) = ledger(case(), clock(1)).rows()
    assert row == {
        "begins": d(2, 9),
        "ends": d(2, 10),
        "kind": "open",
        "reason": "working time",
        "原因": "工作时间",
        "length": h(1),
        "counted": h(1),
        "target": 1,
        "late": False,
    }


@pytest.mark.parametrize(
    ("stopped", "last", "late"),
    [
        (d(2, 11), d(2, 13), []),
        (d(2, 13), d(2, 13), []),
        (d(2, 13, us=1), d(2, 13, us=1), [timedelta(microseconds=1)]),
        (d(2, 19), d(2, 19), [h(5), NO_TIME]),
    ],
)
def test_it_goes_to_the_stop_where_that_is_after_the_deadline(
    stopped: datetime, last: datetime, late: list[timedelta]
) -> None:
    found = ledger(case(Event("solved", stopped)), clock(4))
    assert found.entries[-1].ends == last
    assert [one.counted for one in found.entries if one.late] == late
    assert found.ended == stopped


def test_a_stop_before_the_deadline_parts_what_was_used_from_what_was_left() -> None:
    found = ledger(case(Event("solved", d(2, 11))), clock(4))
    assert found.text("en").splitlines()[1:] == [
        "  Mon 2026-03-02 09:00 – 11:00  2 hours  working time",
        "  -- stopped Mon 2026-03-02 11:00, 2 hours counted; time that was still left: --",
        "  Mon 2026-03-02 11:00 – 13:00  2 hours  working time",
        "  = 4 hours: deadline Mon 2026-03-02 13:00",
    ]
    assert found.text("zh").splitlines()[1:] == [
        "  2026年3月2日（周一）09:00 – 11:00  2 小时  工作时间",
        "  —— 于2026年3月2日（周一）11:00结束计时，已计 2 小时；以下为剩余时间 ——",
        "  2026年3月2日（周一）11:00 – 13:00  2 小时  工作时间",
        "  = 4 小时：截止时间 2026年3月2日（周一）13:00",
    ]


def test_a_running_account_goes_to_the_deadline_whenever_it_is_asked() -> None:
    for as_of in (d(2, 9), d(2, 12), d(2, 13), d(5, 12), None):
        assert ledger(case(), clock(4), as_of).entries[-1].ends == d(2, 13)


def test_a_late_account_says_where_the_deadline_was() -> None:
    found = ledger(case(Event("solved", d(2, 13, 30, us=5))), clock(4))
    assert found.text("en").splitlines()[1:] == [
        "  Mon 2026-03-02 09:00 – 13:00            4 hours                    working time",
        "  = 4 hours: deadline Mon 2026-03-02 13:00",
        "  -- after the deadline --",
        "  Mon 2026-03-02 13:00 – 13:30:00.000005  30 minutes 5 microseconds  working time",
        (
            "  stopped Mon 2026-03-02 13:30:00.000005, "
            "30 minutes 5 microseconds of working time late"
        ),
    ]
    assert found.text("zh").splitlines()[2:4] == [
        "  = 4 小时：截止时间 2026年3月2日（周一）13:00",
        "  —— 以下为逾期时间 ——",
    ]


@pytest.mark.parametrize(
    ("one", "stopped", "en", "zh"),
    [
        (
            clock(4), d(2, 13),
            "stopped Mon 2026-03-02 13:00, at the deadline",
            "于2026年3月2日（周一）13:00结束计时，正值截止时间",
        ),
        (
            clock(4), d(2, 13, us=1),
            "stopped Mon 2026-03-02 13:00:00.000001, 1 microsecond of working time late",
            "于2026年3月2日（周一）13:00:00.000001结束计时，逾期 1 微秒（工作时间）",
        ),
        (
            clock(4), d(2, 14),
            "stopped Mon 2026-03-02 14:00, 1 hour of working time late",
            "于2026年3月2日（周一）14:00结束计时，逾期 1 个工作小时",
        ),
        (
            clock(4), d(5, 10),
            "stopped Thu 2026-03-05 10:00, 24 hours of working time late",
            "于2026年3月5日（周四）10:00结束计时，逾期 24 个工作小时",
        ),
        (
            clock(4), d(5, 10, 20),
            "stopped Thu 2026-03-05 10:20, 24 hours 20 minutes of working time late",
            "于2026年3月5日（周四）10:20结束计时，逾期 24 小时 20 分钟（工作时间）",
        ),
        (
            clock(9), d(2, 20),
            "stopped Mon 2026-03-02 20:00, 2 hours late, none of it counted",
            "于2026年3月2日（周一）20:00结束计时，逾期 2 小时，均不计时",
        ),
        (
            clock(4, calendar=ALWAYS), d(3, 13),
            "stopped Tue 2026-03-03 13:00, 24 hours late",
            "于2026年3月3日（周二）13:00结束计时，逾期 24 小时",
        ),
    ],
)  # fmt: skip
def test_the_last_line_says_by_how_much_it_was_stopped_late(
    one: Clock, stopped: datetime, en: str, zh: str
) -> None:
    found = ledger(case(Event("solved", stopped)), one)
    assert found.text("en").splitlines()[-1] == f"  {en}"
    assert found.text("zh").splitlines()[-1] == f"  {zh}"


def test_an_overdue_clock_that_runs_on_has_nothing_after_its_deadline() -> None:
    found = ledger(case(), clock(4), d(5, 12))
    assert found.text("en").splitlines()[-1] == "  = 4 hours: deadline Mon 2026-03-02 13:00"


def test_while_it_is_paused_the_account_is_as_if_resumed_now() -> None:
    found = ledger(case(Event("paused", d(2, 10))), clock(4), d(2, 12))
    assert [one.kind for one in found.entries] == ["open", "paused", "open"]
    assert found.due == d(2, 15)
    assert found.entries[1].ends == d(2, 12)


def test_a_pause_is_named_also_where_the_desk_was_closed() -> None:
    paused = (Event("paused", d(2, 17)), Event("resumed", d(5, 10)))
    found = ledger(case(*paused), TWENTY)
    assert rows(found)[3] == (d(2, 17), d(5, 10), "paused", "paused", NO_TIME)


@pytest.mark.parametrize(
    ("mode", "budgets", "targets"),
    [
        ("from_start", [h(4)], [1]),
        ("from_change", [h(2), h(4)], [1, 2]),
        ("keep_share", [h(2), h(3)], [1, 2]),
        ("keep_stricter", [h(4)], [1]),
    ],
)
def test_each_target_has_its_own_entries(
    mode: str, budgets: list[timedelta], targets: list[int]
) -> None:
    policy = agreements(clock(8), clock(4), retarget=mode)
    found = ledger(case(changed(d(2, 11))), policy)
    assert list(dict.fromkeys(one.target for one in found.entries)) == targets
    counted = [
        sum((one.counted for one in found.entries if one.target == number), NO_TIME)
        for number in targets
    ]
    assert (counted, found.target) == (budgets, len(targets))
    assert ("-- new limit from here --" in found.text("en")) is (len(targets) == 2)
    assert ("—— 此处起适用新的时限 ——" in found.text("zh")) is (len(targets) == 2)


def test_each_target_is_counted_in_its_own_calendar() -> None:
    berlin = around_the_clock("Europe/Berlin")
    policy = agreements(clock(8), clock(4, calendar=berlin), retarget="from_change")
    found = ledger(case(changed(d(2, 17)), opened=d(2, 11)), policy)
    assert [str(one.begins.tzinfo) for one in found.entries] == ["Asia/Shanghai", "Europe/Berlin"]
    assert found.due == d(2, 21)


def test_each_target_has_its_own_pauses() -> None:
    events = (Event("paused", d(2, 10)), Event("resumed", d(2, 11)), changed(d(2, 12)))
    policy = agreements(clock(8, pauses=()), clock(4), retarget="from_change")
    found = ledger(case(*events, Event("paused", d(2, 13)), Event("resumed", d(2, 14))), policy)
    assert [(one.kind, one.target) for one in found.entries] == [
        ("open", 1),
        ("open", 2),
        ("paused", 2),
        ("open", 2),
    ]


@pytest.mark.parametrize(
    ("mode", "kinds"),
    [
        ("skip", ["open", "paused", "open"]),
        ("count", ["open"]),
        ("restart", ["open", "paused", "open"]),
    ],
)
def test_the_time_between_solution_and_re_opening_has_its_entry(
    mode: str, kinds: list[str]
) -> None:
    known = case(Event("solved", d(2, 10)), Event("reopened", d(2, 12)))
    found = ledger(known, agreements(clock(4), reopening=mode))
    assert [one.kind for one in found.entries] == kinds
    if mode != "count":
        gap = found.entries[1]
        assert (gap.begins, gap.ends, gap.label.en) == (
            d(2, 10), d(2, 12), "solved, before it was re-opened",
        )  # fmt: skip


def test_a_share_below_a_second_has_no_entries_of_its_own() -> None:
    policy = agreements(clock(8), clock(4), retarget="keep_share")
    found = ledger(case(changed(d(2, 17, us=-1))), policy)
    assert (found.budget, found.counted, found.target) == (NO_TIME, NO_TIME, 2)
    assert {one.target for one in found.entries} == {1}
    assert found.text("en").splitlines()[2:] == [
        "  -- new limit from here --",
        "  = 0 minutes: deadline Mon 2026-03-02 16:59:59.999999",
    ]


def test_the_account_of_a_later_round_starts_with_it() -> None:
    one = clock(2, stops=("updated",), repeats=True)
    found = ledger(case(Event("updated", d(2, 10))), one)
    assert rows(found) == [(d(2, 10), d(2, 12), "open", "working time", h(2))]


def test_a_limit_in_working_days_adds_up_in_hours() -> None:
    found = ledger(case(opened=d(2, 11)), clock(WorkingDays(1)))
    assert (found.limit, found.budget, found.due) == (WorkingDays(1), h(16), d(3, 18))
    assert found.text("en").splitlines()[-1] == (
        "  = 1 working day (16 hours): deadline Tue 2026-03-03 18:00"
    )
    assert found.text("zh").splitlines()[-1] == (
        "  = 1 个工作日（折合 16 小时）：截止时间 2026年3月3日（周二）18:00"
    )


@pytest.mark.parametrize(
    ("mode", "limit"),
    [
        ("from_start", WorkingDays(2)),
        ("from_change", WorkingDays(2)),
        # 6 of 8 hours were left at the change: three quarters of 25 hours
        ("keep_share", h(18.75)),
    ],
)
def test_what_a_change_left_of_working_days_is_hours(
    mode: str, limit: WorkingDays | timedelta
) -> None:
    policy = agreements(clock(8), clock(WorkingDays(2)), retarget=mode)
    found = ledger(case(changed(d(2, 11))), policy)
    assert found.limit == limit
    assert ("2 working days" in found.text("en")) is (limit == WorkingDays(2))


def test_in_the_night_when_the_clocks_change_it_adds_up() -> None:
    always = WorkCalendar(name="always", zone="Europe/Berlin", week=Week.always())
    opened = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)  # 02:20 in summer time
    paused = (
        Event("paused", opened + timedelta(minutes=20)),
        Event("resumed", opened + timedelta(minutes=50)),
        Event("solved", opened + timedelta(minutes=100)),
    )
    found = ledger(case(*paused, opened=opened), clock(1, calendar=always))
    assert [(one.kind, one.length, one.late) for one in found.entries] == [
        ("open", timedelta(minutes=20), False),
        ("paused", timedelta(minutes=30), False),
        ("open", timedelta(minutes=40), False),
        ("open", timedelta(minutes=10), True),
    ]
    row = next(line for line in found.text("en").splitlines() if "02:40 –" in line)
    assert row.split("  ")[1:2] == ["Sun 2026-10-25 02:40 – 02:10 (UTC+0100) (clocks change)"]
    row = next(line for line in found.text("zh").splitlines() if "02:40 –" in line)
    assert "2026年10月25日（周日）02:40 – 02:10 (UTC+0100)（其间调整时钟）" in row
    assert found.text("en").count("clocks change") == 1


@pytest.mark.parametrize(
    ("known", "policy", "as_of", "rule"),
    [
        (case(), agreements(clock(starts="assigned")), None, "sla.not_started"),
        (case(), agreements((), clock()), None, "sla.no_promise"),
        (case(facts=UNKNOWN), agreements((), clock()), None, "sla.undecided"),
        (case(changed(d(2, 10))), agreements((), clock()), d(2, 9, 59), "sla.no_promise"),
    ],
)
def test_a_clock_that_does_not_run_has_no_account_and_the_error_says_why(
    known: Case, policy: Agreements, as_of: datetime | None, rule: str
) -> None:
    decision = find_deadline(known, policy, clock="resolution", as_of=as_of)
    assert decision.reasons[0].rule.id == rule
    with pytest.raises(InputError) as refused:
        find_ledger(known, policy, clock="resolution", as_of=as_of)
    why = decision.explain("en").splitlines()[0]
    assert str(refused.value) == f"clock 'resolution' does not run for case 'T1'; {why}"


def test_a_night_shift_over_the_change_says_why_the_wall_does_not_add_up() -> None:
    week = Week.of(Hours("22:00", "06:00"), days=("saturday",))
    berlin = WorkCalendar(name="night shift", zone="Europe/Berlin", week=week)
    opened = datetime(2026, 3, 28, 21, tzinfo=UTC)
    text = ledger(case(opened=opened), clock(6, calendar=berlin)).text("en")
    assert "Sat 2026-03-28 22:00 – Sun 2026-03-29 05:00 (clocks change)" in text


def test_around_the_clock_every_stretch_counts() -> None:
    found = ledger(case(), clock(100, calendar=ALWAYS))
    assert {one.kind for one in found.entries} == {"open"}
    assert {(one.label.en, one.label.zh) for one in found.entries} == {("counted", "计时")}
    assert found.never_closes
    assert not ledger(case(), clock(4)).never_closes
