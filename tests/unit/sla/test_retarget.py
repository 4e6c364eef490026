"""What another priority or tier does to a running clock: four named modes."""

from datetime import datetime, timedelta

import pytest
from tests.service_desk import (
    ALWAYS,
    HIGH,
    LOW,
    UNKNOWN,
    agreements,
    ask,
    case,
    changed,
    clock,
    d,
    due,
    h,
    state,
)

from kamcore.calendars import WorkingDays
from kamcore.facts import RuleTable, TableRule
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Case,
    Clock,
    Event,
    find_clocks,
    find_deadline,
)
from kamcore.values import Named

MODES = ("from_start", "from_change", "keep_share", "keep_stricter")
US = timedelta(microseconds=1)
PAUSED = (Event("paused", d(2, 10)), Event("resumed", d(2, 12)))


def target(limit: float, **more: object) -> Clock:
    """Return the resolution in so many hours around the clock."""
    return clock(limit, calendar=ALWAYS, **more)  # type: ignore[arg-type]  # by name


# Received on Monday at 09:00 with 8 hours around the clock; changed to the other limit.
TABLE: list[tuple[str, str, float, tuple[Event, ...], datetime, datetime]] = [
    # mode, what, new limit, events before, changed at, due
    ("from_start", "stricter", 4, (), d(2, 11), d(2, 13)),
    ("from_start", "stricter, in the past", 1, (), d(2, 11), d(2, 10)),
    ("from_start", "milder", 16, (), d(2, 11), d(3, 1)),
    ("from_start", "the pause before it survives", 4, PAUSED, d(2, 13), d(2, 15)),
    ("from_start", "used up before the pause", 1, PAUSED, d(2, 13), d(2, 10)),
    ("from_start", "a late clock is in time again", 16, (), d(2, 18), d(3, 1)),
    ("from_change", "stricter", 4, (), d(2, 11), d(2, 15)),
    ("from_change", "milder", 16, (), d(2, 11), d(3, 3)),
    ("from_change", "what was used before does not matter", 4, PAUSED, d(2, 13), d(2, 17)),
    ("from_change", "exactly at the deadline", 4, (), d(2, 17), d(2, 21)),
    ("from_change", "right after the deadline: it stays", 4, (), d(2, 17, us=1), d(2, 17)),
    ("keep_share", "six of eight hours left", 4, (), d(2, 11), d(2, 14)),
    ("keep_share", "milder", 16, (), d(2, 11), d(2, 23)),
    ("keep_share", "a pause uses nothing", 4, PAUSED, d(2, 13), d(2, 16)),
    ("keep_share", "at the receipt: all is left", 4, (), d(2, 9), d(2, 13)),
    ("keep_share", "exactly at the deadline: nothing is left", 4, (), d(2, 17), d(2, 17)),
    ("keep_share", "right after the deadline: it stays", 16, (), d(2, 17, us=1), d(2, 17)),
    ("keep_stricter", "stricter", 4, (), d(2, 11), d(2, 13)),
    ("keep_stricter", "milder: the old one is kept", 16, (), d(2, 11), d(2, 17)),
    ("keep_stricter", "the pause before it survives", 4, PAUSED, d(2, 13), d(2, 15)),
    ("keep_stricter", "a late clock stays late", 16, (), d(2, 18), d(2, 17)),
]


@pytest.mark.parametrize(
    ("mode", "limit", "before", "at", "expected"),
    [pytest.param(row[0], *row[2:], id=f"{row[0]}: {row[1]}") for row in TABLE],
)
def test_the_deadline_after_a_change(
    mode: str, limit: float, before: tuple[Event, ...], at: datetime, expected: datetime
) -> None:
    policy = agreements(target(8), target(limit), retarget=mode)
    known = case(*before, changed(at))
    assert due(known, policy) == expected
    found = ask(known, policy, at)
    assert (found.due, found.verdict) == (expected, "late" if at > expected else "open")
    kept = found.rule == "low"  # the rule before the change
    for decision in (
        find_clocks(known, policy, as_of=at),
        find_deadline(known, policy, clock="resolution"),
    ):
        assert ("sla.limit_kept" in [one.rule.id for one in decision.reasons]) is kept
        rules = [one.rule.id for one in decision.assumed]
        assert (f"sla.retargeted_{mode}" in rules) is not kept


@pytest.mark.parametrize(
    ("name", "pauses", "expected"),
    [
        # GLPI issues #6902 and #15605: the time of a pause was lost when the target changed
        ("glpi-019", PAUSED, d(2, 15)),
        ("glpi-019 without the pause", (), d(2, 13)),
    ],
)
def test_a_pause_survives_a_change(
    name: str, pauses: tuple[Event, ...], expected: datetime
) -> None:
    policy = agreements(clock(16), clock(4))
    assert due(case(*pauses, changed(d(2, 13))), policy) == expected, name


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "before", [(), PAUSED, (Event("paused", d(2, 10)),)], ids=["running", "resumed", "paused"]
)
def test_a_change_to_the_same_limit_changes_nothing(mode: str, before: tuple[Event, ...]) -> None:
    policy = agreements(target(8), target(8), retarget=mode)
    for at in (d(2, 12), d(2, 20)):
        same, other = (
            ask(case(*before, changed(d(2, 12))), policy, at),
            ask(case(*before), policy, at),
        )
        assert (same.due, same.elapsed, same.stage) == (other.due, other.elapsed, other.stage)
        assert (same.rule, other.rule) == ("high", "low")


@pytest.mark.parametrize("mode", MODES)
def test_a_change_after_the_stop_changes_nothing(mode: str) -> None:
    policy = agreements(target(8), target(1), retarget=mode)
    known = case(Event("solved", d(2, 12)), changed(d(2, 13)))
    found = ask(known, policy, d(2, 14))
    assert (found.verdict, found.due, found.rule) == ("met", d(2, 17), "low")


# Changed at 11:00 in a pause that lasts from 10:00 to 12:00.
IN_A_PAUSE = [
    ("from_start", d(2, 15), h(1)),
    ("from_change", d(2, 16), h(1)),
    ("keep_share", d(2, 15, 30), h(1)),
    ("keep_stricter", d(2, 15), h(1)),
]


@pytest.mark.parametrize(("mode", "expected", "elapsed"), IN_A_PAUSE)
def test_a_change_while_it_is_paused(mode: str, expected: datetime, elapsed: timedelta) -> None:
    policy = agreements(target(8), target(4), retarget=mode)
    known = case(PAUSED[0], changed(d(2, 11)), PAUSED[1])
    assert ask(known, policy, d(2, 11, 30)).stage == "paused"
    assert ask(known, policy, d(2, 11, 30)).elapsed == elapsed
    assert ask(known, policy, d(2, 12)).due == expected


def test_time_used_towards_both_targets_is_counted() -> None:
    policy = agreements(target(8), target(4), retarget="from_change")
    found = ask(case(*PAUSED, changed(d(2, 13))), policy, d(2, 14))
    assert (found.elapsed, found.remaining, found.started) == (h(3), h(3), d(2, 9))


def test_a_second_change_to_the_same_target_leaves_the_first() -> None:
    policy = agreements(target(8), target(4), retarget="from_change")
    known = case(*PAUSED, changed(d(2, 13)), changed(d(2, 13, 30)))
    found = ask(known, policy, d(2, 14))
    assert (found.elapsed, found.remaining, found.due) == (h(3), h(3), d(2, 17))


@pytest.mark.parametrize("mode", MODES)
def test_rounds_that_ended_with_the_solution_are_not_changed(mode: str) -> None:
    old, new = (target(limit, stops=("updated",), repeats=True) for limit in (4, 1))
    policy = agreements(old, new, retarget=mode)
    known = case(Event("updated", d(2, 10)), Event("solved", d(2, 12)))
    assert ask(known, policy, d(3)) == ask(known.with_event(changed(d(2, 13))), policy, d(3))


def test_the_time_before_a_change_is_counted_without_the_pauses_of_its_own_target() -> None:
    policy = agreements(target(8, pauses=("paused",)), target(4, pauses=()), retarget="keep_share")
    known = case(*PAUSED, changed(d(2, 13)))
    # two of eight hours used: three of four are left
    found = ask(known, policy, d(2, 14))
    assert (found.due, found.elapsed) == (d(2, 16), h(3))
    other = agreements(target(8, pauses=()), target(4, pauses=("paused",)), retarget="keep_share")
    assert due(known, other) == d(2, 15)


def test_a_share_is_rounded_down_to_the_second() -> None:
    # 2 hours of 7 hours used: 5/7 of 3 hours are 2 hours 8 minutes 34.29 seconds
    policy = agreements(target(7), target(3), retarget="keep_share")
    assert due(case(changed(d(2, 11))), policy) == d(2, 13, 8) + timedelta(seconds=34)


def test_shares_multiply_over_two_changes() -> None:
    policy = agreements(target(8), target(4), retarget="keep_share")
    known = case(changed(d(2, 11)), changed(d(2, 12), LOW))
    # 6/8 of 4 hours are 3; one is used: 2/3 of 6/8 of 8 hours are 4
    assert due(known, policy) == d(2, 16)


def test_a_share_below_a_second_is_due_at_once() -> None:
    policy = agreements(target(8), target(4, alerts=(Alert(name="half", percent=50),)),
                        retarget="keep_share")  # fmt: skip
    known = case(changed(d(2, 17, us=-1)))
    found = state(known, policy, d(2, 17, us=-1))
    assert found["resolution"].due == d(2, 17, us=-1)
    assert [(one.at, one.what) for one in found.plan] == [
        (d(2, 17, us=-1), "due"), (d(2, 17, us=-1), "half"),
    ]  # fmt: skip
    assert ask(known, policy, d(2, 17)).verdict == "late"


def test_where_no_share_is_left_nothing_is_shared_out() -> None:
    alerts = (Alert(name="half", percent=50), Alert(name="more", percent=150))
    policy = agreements(target(8), target(4, alerts=alerts), retarget="keep_share")
    found = state(case(changed(d(2, 17))), policy, d(2, 17))
    assert (found["resolution"].due, found["resolution"].rule) == (d(2, 17), "low")
    assert [one.what for one in found.plan] == ["due"]


@pytest.mark.parametrize(
    ("mode", "calendar_due"),
    [
        ("from_start", d(3, 18)),  # one working day after Monday
        ("from_change", d(3, 18)),
        # 6 of 8 hours are left: of the 16 open hours from the change on, 12
        ("keep_share", d(3, 14)),
        ("keep_stricter", d(2, 17)),
    ],
)
def test_the_new_target_may_be_counted_in_another_calendar(
    mode: str, calendar_due: datetime
) -> None:
    policy = agreements(target(8), clock(WorkingDays(1)), retarget=mode)
    assert due(case(changed(d(2, 11))), policy) == calendar_due


def test_alerts_are_at_the_share_of_the_whole_new_limit() -> None:
    alerts = tuple(Alert(name=str(share), percent=share) for share in (10, 25, 50, 75, 100, 125))
    policy = agreements(target(8), target(4, alerts=alerts), retarget="keep_share")
    found = state(case(changed(d(2, 11))), policy, d(2, 11))  # a quarter is used, 3 hours are left
    assert [(one.at, one.what) for one in found.plan] == [
        (d(2, 11), "10"),
        (d(2, 11), "25"),
        (d(2, 12), "50"),
        (d(2, 13), "75"),
        (d(2, 14), "100"),
        (d(2, 14), "due"),
        (d(2, 15), "125"),
    ]
    later = state(case(changed(d(2, 11))), policy, d(2, 11, us=1))
    assert later.plan[0].what == "50"


# --- from the start: as if it had always been so ------------------------------------------

FROM_START: list[tuple[str, Clock, tuple[Event, ...]]] = [
    ("another limit", target(4), PAUSED),
    ("other pauses", target(8, pauses=()), PAUSED),
    ("an earlier stop", target(8, stops=("answered",)), (Event("answered", d(2, 10)),)),
    ("a later start", target(8, starts="assigned"), (Event("assigned", d(2, 10)),)),
    ("no need of a cause", target(8, stops=("updated",)), (Event("updated", d(2, 10)),)),
    ("a need of a cause", target(8, stops=("updated",), must_state=(Named("cause"),)),
     (Event("updated", d(2, 10)),)),
    ("rounds", target(2, stops=("updated",), repeats=True), (Event("updated", d(2, 10)),)),
    ("re-opened", target(4), (Event("solved", d(2, 10)), Event("reopened", d(2, 12)))),
]  # fmt: skip


@pytest.mark.parametrize("reopening", ["skip", "count", "restart"])
@pytest.mark.parametrize(
    ("new", "before"), [pytest.param(*row[1:], id=row[0]) for row in FROM_START]
)
def test_from_the_start_is_as_if_the_new_target_had_always_held(
    new: Clock, before: tuple[Event, ...], reopening: str
) -> None:
    policy = agreements(target(8), new, reopening=reopening)
    changed_later = ask(case(*before, changed(d(2, 13))), policy, d(2, 14))
    always = ask(case(*before, facts=HIGH), policy, d(2, 14))
    assert changed_later == always


def test_finished_rounds_stay_when_the_target_changes() -> None:
    old, new = (target(limit, stops=("updated",), repeats=True) for limit in (4, 2))
    policy = agreements(old, new)
    known = case(Event("updated", d(2, 12)), Event("answered", d(2, 12, 30)), changed(d(2, 13)))
    found = ask(known, policy, d(2, 13))
    assert [(one.due, one.stopped) for one in found.rounds] == [(d(2, 13), d(2, 12))]
    assert (found.started, found.due) == (d(2, 12), d(2, 14))


def test_a_round_counts_the_time_of_both_targets() -> None:
    old, new = (target(limit, stops=("updated",), repeats=True) for limit in (4, 2))
    policy = agreements(old, new, retarget="from_change")
    found = ask(case(changed(d(2, 11)), Event("updated", d(2, 12))), policy, d(2, 13))
    (one,) = found.rounds
    assert (one.started, one.due, one.elapsed) == (d(2, 9), d(2, 13), h(3))
    assert found.due == d(2, 14)


def test_the_round_after_a_kept_stricter_one_is_of_the_new_target() -> None:
    old, new = (target(limit, stops=("updated",), repeats=True) for limit in (2, 4))
    policy = agreements(old, new, retarget="keep_stricter")
    known = case(changed(d(2, 10)))
    assert due(known, policy) == d(2, 11)
    assert due(known.with_event(Event("updated", d(2, 11))), policy) == d(2, 15)


@pytest.mark.parametrize(("first", "second"), [((), ("paused",)), (("paused",), ())])
def test_the_stricter_one_is_found_with_the_pauses_of_each(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    policy = agreements(target(8, pauses=first), target(8, pauses=second), retarget="keep_stricter")
    assert due(case(*PAUSED, changed(d(2, 13))), policy) == d(2, 17)


# --- a change while the case is solved ----------------------------------------------------

WHILE_SOLVED: list[tuple[str, str, datetime]] = [
    # solved from 11:00 to 13:00, changed at 12:00 from 8 hours to 4; two hours were used
    ("from_start", "skip", d(2, 15)),
    ("from_start", "count", d(2, 13)),
    ("from_start", "restart", d(2, 17)),
    ("from_change", "skip", d(2, 17)),
    ("from_change", "count", d(2, 17)),
    ("from_change", "restart", d(2, 17)),
    ("keep_share", "skip", d(2, 16)),
    ("keep_share", "count", d(2, 15)),
    ("keep_share", "restart", d(2, 17)),
    ("keep_stricter", "skip", d(2, 15)),
    ("keep_stricter", "count", d(2, 13)),
    ("keep_stricter", "restart", d(2, 17)),
]


@pytest.mark.parametrize(("mode", "reopening", "expected"), WHILE_SOLVED)
def test_a_change_while_the_case_is_solved_holds_from_the_re_opening(
    mode: str, reopening: str, expected: datetime
) -> None:
    policy = agreements(target(8), target(4), retarget=mode, reopening=reopening)
    known = case(Event("solved", d(2, 11)), changed(d(2, 12)), Event("reopened", d(2, 13)))
    assert ask(known, policy, d(2, 12, 30)).due == d(2, 17)
    found = ask(known, policy, d(2, 13))
    assert (found.due, found.rule) == (expected, "high")


# --- a clock that a change adds, drops, and adds again ------------------------------------


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_a_clock_that_a_change_adds_runs_from_the_change(mode: str) -> None:
    policy = agreements((), target(4), retarget=mode)
    found = ask(case(*PAUSED, changed(d(2, 13))), policy, d(2, 14))
    assert (found.started, found.due, found.elapsed) == (d(2, 13), d(2, 17), h(1))


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_a_clock_that_a_change_adds_waits_for_its_start(mode: str) -> None:
    policy = agreements((), target(4, starts="assigned"), retarget=mode)
    known = case(changed(d(2, 13)))
    assert "resolution" not in state(known, policy, d(2, 14))
    assert due(known.with_event(Event("assigned", d(2, 15))), policy) == d(2, 19)


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_what_was_done_before_a_clock_was_added_is_not_awaited(mode: str) -> None:
    policy = agreements((), target(4, stops=("answered",)), retarget=mode)
    known = case(Event("answered", d(2, 10)), changed(d(2, 13)), Event("answered", d(2, 20)))
    assert "resolution" not in state(known, policy, d(2, 21))
    ended = case(Event("answered", d(2, 10)), Event("solved", d(2, 11)), changed(d(2, 13)),
                 Event("reopened", d(2, 14)))  # fmt: skip
    assert "resolution" not in state(ended, policy, d(2, 21))


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_a_clock_that_was_added_to_a_solved_case_runs_when_it_is_re_opened(mode: str) -> None:
    policy = agreements((), target(4, starts="assigned"), retarget=mode)
    known = case(
        Event("assigned", d(2, 9, 30)),
        Event("solved", d(2, 10)),
        changed(d(2, 11)),
        Event("assigned", d(2, 11, 30)),
    )
    assert "resolution" not in state(known, policy, d(2, 12))
    decision = find_deadline(
        known.with_event(Event("reopened", d(2, 13))), policy, clock="resolution"
    )
    assert decision.value == d(2, 17)
    assert decision.reasons[1].text("en").endswith("13:00 (Asia/Shanghai UTC+08:00) (re-opened)")


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_a_clock_that_is_dropped_and_added_again_runs_from_the_second_change(mode: str) -> None:
    policy = agreements(target(4), (), retarget=mode)
    known = case(changed(d(2, 10)), changed(d(2, 12), LOW))
    found = ask(known, policy, d(2, 13))
    assert (found.stage, found.started, found.due) == ("running", d(2, 12), d(2, 16))
    assert found.elapsed == h(1)


@pytest.mark.parametrize("mode", ["from_change", "keep_share"])
def test_a_clock_that_was_dropped_before_the_answer_stays_dropped(mode: str) -> None:
    policy = agreements(target(4, stops=("answered",)), (), retarget=mode)
    known = case(changed(d(2, 10)), Event("answered", d(2, 11)), changed(d(2, 12), LOW))
    assert ask(known, policy, d(2, 13)).stage == "dropped"


@pytest.mark.parametrize("mode", MODES)
def test_a_clock_that_has_stopped_is_not_judged_anew_when_it_is_promised_again(mode: str) -> None:
    policy = agreements(target(4), (), retarget=mode)
    known = case(Event("solved", d(2, 10)), changed(d(2, 11)), changed(d(2, 12), LOW))
    found = ask(known, policy, d(2, 13))
    assert (found.stage, found.verdict, found.due) == ("stopped", "met", d(2, 13))


@pytest.mark.parametrize("mode", MODES)
def test_a_clock_that_has_stopped_is_not_judged_by_a_later_promise(mode: str) -> None:
    policy = agreements(target(4), target(1), retarget=mode)
    known = case(Event("solved", d(2, 11)), changed(d(2, 12), UNKNOWN), changed(d(2, 13)))
    found = ask(known, policy, d(2, 14))
    assert (found.verdict, found.due, found.rule) == ("met", d(2, 13), "low")


@pytest.mark.parametrize("mode", MODES)
def test_a_cancelled_case_is_not_changed(mode: str) -> None:
    policy = agreements(target(4), target(1), retarget=mode)
    known = case(Event("cancelled", d(2, 11)), changed(d(2, 12)))
    found = state(known, policy, d(2, 13))
    assert (found["resolution"].stage, found["resolution"].due) == ("cancelled", d(2, 13))
    assert len(found.ignored) == 1


# --- what the answer says -----------------------------------------------------------------


def test_a_limit_from_the_change_says_so() -> None:
    policy = agreements(clock(8), clock(4), retarget="from_change")
    decision = find_deadline(case(changed(d(2, 11))), policy, clock="resolution")
    assert decision.explain("en").splitlines() == [
        "resolution: no later than Mon 2026-03-02 15:00 (Asia/Shanghai UTC+08:00)",
        "4 hours in the calendar “desk”, from the change at Mon 2026-03-02 11:00",
        "changed at Mon 2026-03-02 11:00: priority is now high",
        (
            "Convention: after a change the new limit is counted from the change; "
            "hours count only within “desk”; "
            "no holidays are entered for “desk”; public holidays may move the deadline"
        ),
    ]


def test_a_fact_that_goes_missing_is_told() -> None:
    known = case(changed(d(2, 11), UNKNOWN), changed(d(2, 12)))
    decision = find_deadline(known, agreements(clock(8)), clock="resolution")
    told = [one for one in decision.reasons if one.rule.id == "sla.changed"]
    assert [one.text("zh").partition("变更：")[2] for one in told] == [
        "优先级改为“缺失”",
        "优先级改为“high”",
    ]
    assert [one.text("en").partition("): ")[2] for one in told] == [
        "priority is now missing",
        "priority is now high",
    ]


def test_a_case_of_which_the_facts_went_missing_is_dropped() -> None:
    known = case(changed(d(2, 11), UNKNOWN))
    decision = find_deadline(known, agreements(clock(8)), clock="resolution")
    assert decision.value == d(2, 17)
    assert [one.name for one in decision.missing] == ["priority"]
    assert ask(known, clock(8), d(2, 12)).stage == "dropped"


@pytest.mark.parametrize(
    ("mode", "left", "used"),
    [
        # one of three hours used when it is solved: what was used before the change is left out
        ("keep_share", "3 hours of working time left of the 3 hours left by the change",
         "1 hour of working time of the 3 hours left by the change used"),
        ("from_change", "4 hours of working time left of 4 hours",
         "1 hour of working time of 4 hours used"),
        ("from_start", "2 hours of working time left of 4 hours",
         "3 hours of working time of 4 hours used"),
    ],
)  # fmt: skip
def test_what_is_left_and_used_is_said_of_the_limit_that_counts(
    mode: str, left: str, used: str
) -> None:
    policy = agreements(clock(8), clock(4), retarget=mode)
    known = case(changed(d(2, 11)))
    running = find_clocks(known, policy, as_of=d(2, 11)).reasons[1]
    assert running.text("en").partition("; ")[2] == left
    done = known.with_event(Event("solved", d(2, 12)))
    assert f", {used}; it was due" in find_clocks(done, policy, as_of=d(2, 13)).explain("en")


def test_a_share_of_a_limit_is_said_in_both_languages() -> None:
    policy = agreements(clock(8), clock(4), retarget="keep_share")
    decision = find_clocks(case(changed(d(2, 11))), policy, as_of=d(2, 12))
    assert decision.explain("zh").splitlines()[1] == (
        "resolution：不晚于2026年3月2日（周一）14:00，"
        "时限 3 小时（变更后折算），尚余 2 小时（工作时间）"
    )


def test_the_first_facts_are_all_told_where_none_were_known() -> None:
    always = Agreement(name="any", clocks=RuleTable(rules=(TableRule("all", None, (clock(8),)),)))
    known = Case("T1", (Event("opened", d(2, 9)), changed(d(2, 11))))
    decision = find_deadline(known, Agreements(agreements=(always,)), clock="resolution")
    (told,) = [one for one in decision.reasons if one.rule.id == "sla.changed"]
    assert told.text("en").endswith(": priority is now high")


KEPT: list[tuple[str, str, tuple[Event, ...], datetime, str, str]] = [
    # what, mode, events before, changed at, why in both languages
    ("stopped", "from_start", (Event("solved", d(2, 10)),), d(2, 11),
     "the change came after it had stopped", "变更时已结束计时"),
    ("late", "from_change", (), d(2, 18),
     "no time was left when the change came", "变更时时限已用完"),
    ("late, by share", "keep_share", (), d(2, 18),
     "no time was left when the change came", "变更时时限已用完"),
    ("milder", "keep_stricter", (), d(2, 11),
     "its deadline is the earlier one", "原截止时间较早"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "before", "at", "en", "zh"), [pytest.param(*row[1:], id=row[0]) for row in KEPT]
)
def test_why_a_change_left_the_limit_is_said(
    mode: str, before: tuple[Event, ...], at: datetime, en: str, zh: str
) -> None:
    policy = agreements(target(8), target(16), retarget=mode)
    decision = find_deadline(case(*before, changed(at)), policy, clock="resolution")
    (told,) = [one for one in decision.reasons if one.rule.id == "sla.limit_kept"]
    assert told.text("en") == f"resolution: the limit of 8 hours stays, as {en}"
    assert told.text("zh") == f"resolution：{zh}，仍适用原时限（8 小时）"
