"""How a clock stands: stage, verdict, time used and left, and what comes of itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import attrs
import pytest
from tests.service_desk import (
    ALWAYS,
    HIGH,
    LOW,
    PRIORITY,
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

from kamcore.calendars import WorkingDays, around_the_clock
from kamcore.facts import RuleTable, TableRule
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Case,
    Clock,
    ClockState,
    Event,
    find_clocks,
)
from kamcore.values import Named

US = timedelta(microseconds=1)
NO_TIME = timedelta()
ALERTS = (
    Alert(name="half", percent=50),
    Alert(name="soon", offset=h(-1)),
    Alert(name="escalate", offset=h(2)),
    Alert(name="full", percent=100),
    Alert(name="now", offset=h(0)),
    Alert(name="twice", percent=200),
)
EIGHT = clock(8)  # received on Monday at 09:00: due on Monday at 17:00
RESPONSE = clock(4, "response", stops=("answered",))


def solved(at: datetime) -> Event:
    """Return a solution."""
    return Event("solved", at)


def paused(begins: datetime, ends: datetime | None = None, kind: str = "paused") -> list[Event]:
    """Return a pause."""
    first = Event(kind, begins)  # type: ignore[arg-type]  # one of the two
    return [first, Event("resumed", ends)] if ends else [first]


# --- the deadline itself ------------------------------------------------------------------

EDGES: list[tuple[datetime, str, timedelta, timedelta]] = [
    (d(2, 9), "open", NO_TIME, h(8)),
    (d(2, 16, 59), "open", NO_TIME, timedelta(minutes=1)),
    (d(2, 17, us=-1), "open", NO_TIME, US),
    (d(2, 17), "open", NO_TIME, NO_TIME),
    (d(2, 17, us=1), "late", US, -US),
    (d(2, 18), "late", h(1), h(-1)),
    (d(3, 9), "late", h(1), h(-1)),
    (d(3, 10), "late", h(2), h(-2)),
]


@pytest.mark.parametrize(("at", "verdict", "late_by", "remaining"), EDGES)
def test_a_running_clock_is_late_right_after_its_deadline(
    at: datetime, verdict: str, late_by: timedelta, remaining: timedelta
) -> None:
    found = ask(case(), EIGHT, at)
    assert (found.stage, found.verdict, found.stopped) == ("running", verdict, None)
    assert (found.started, found.due) == (d(2, 9), d(2, 17))
    assert (found.late_by, found.remaining) == (late_by, remaining)
    assert found.elapsed == h(8) - remaining
    assert found.late_by_elapsed == (at - d(2, 17) if verdict == "late" else NO_TIME)


@pytest.mark.parametrize(("at", "verdict", "late_by", "remaining"), EDGES)
def test_a_stop_exactly_at_the_deadline_keeps_the_promise(
    at: datetime, verdict: str, late_by: timedelta, remaining: timedelta
) -> None:
    for asked in (at, at + h(100)):
        found = ask(case(solved(at)), EIGHT, asked)
        assert (found.stage, found.stopped) == ("stopped", at)
        assert found.verdict == ("late" if verdict == "late" else "met")
        assert (found.late_by, found.remaining) == (late_by, remaining)
        assert found.due == d(2, 17)


def test_a_stop_after_hours_is_late_by_no_open_time_and_says_the_real_time() -> None:
    policy = agreements(clock(9))  # due at 18:00, the close
    found = find_clocks(case(solved(d(2, 20))), policy, as_of=d(2, 21))
    one = found.value["resolution"]
    assert (one.verdict, one.late_by, one.late_by_elapsed) == ("late", NO_TIME, h(2))
    assert one.remaining == NO_TIME
    assert "late by 2 hours, at Mon 2026-03-02 20:00" in found.reasons[1].text("en")
    overdue = find_clocks(case(), policy, as_of=d(2, 19)).reasons[1]
    assert overdue.text("en").startswith("resolution: overdue by 1 hour; it was due by ")


def test_instants_are_in_the_zone_of_the_calendar() -> None:
    one = case(solved(d(2, 12).astimezone(UTC)), opened=d(2, 9).astimezone(UTC))
    found = ask(one, EIGHT, d(2, 13).astimezone(UTC))
    for at in (found.started, found.due, found.stopped):
        assert at is not None
        assert getattr(at.tzinfo, "key", "") == "Asia/Shanghai"


def test_in_the_night_when_the_clocks_change_late_is_late() -> None:
    # 00:50 UTC is 02:50 in Berlin, and 01:10 UTC is 02:10: earlier on the wall, later in truth
    berlin = ZoneInfo("Europe/Berlin")
    opened = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    one = clock(0.5, calendar=around_the_clock("Europe/Berlin"))
    after = (opened + h(0.5) + timedelta(minutes=20)).astimezone(berlin)
    assert (after.hour, after.minute, after.fold) == (2, 10, 1)
    for known in (case(opened=opened), case(solved(after), opened=opened)):
        found = ask(known, one, after)
        assert found.due.replace(tzinfo=None) == datetime(2026, 10, 25, 2, 50)
        assert (found.verdict, found.late_by) == ("late", timedelta(minutes=20))
        assert found.late_by_elapsed == timedelta(minutes=20)


def test_a_state_is_found_by_name() -> None:
    found = state(case(), agreements([EIGHT, RESPONSE]), d(2, 10))
    assert "response" in found
    assert "update" not in found
    assert found["response"].label.en == "response"
    with pytest.raises(KeyError, match="update"):
        _ = found["update"]
    assert (found.id, found.as_of, found.facts) == ("T1", d(2, 10), LOW)


# --- pauses -------------------------------------------------------------------------------

P = paused
PAUSES: list[tuple[str, list[Event], datetime, datetime]] = [
    # what, events, asked at, due
    ("in open hours", P(d(2, 10), d(2, 11)), d(2, 12), d(2, 18)),
    ("over the night", P(d(2, 16), d(3, 10)), d(3, 12), d(3, 11)),
    ("outside open hours", P(d(2, 18), d(3, 9)), d(3, 12), d(2, 17)),
    ("before opening", P(d(2, 18), d(3, 9, 30)), d(3, 12), d(2, 17)),
    ("at the end of the day", P(d(2, 16, 30), d(2, 20)), d(3, 12), d(3, 9, 30)),
    ("two", [*P(d(2, 10), d(2, 11)), *P(d(2, 12), d(2, 13))], d(2, 14), d(3, 10)),
    ("adjacent", [*P(d(2, 10), d(2, 11)), *P(d(2, 11), d(2, 12))], d(2, 14), d(3, 10)),
    ("of no length", P(d(2, 10), d(2, 10)), d(2, 14), d(2, 17)),
    ("moved into another", [*P(d(2, 16), d(3, 10)), *P(d(3, 10, 30), d(3, 12))],
     d(3, 15), d(3, 12, 30)),
    ("up to the deadline", P(d(2, 16), d(2, 17)), d(2, 18), d(2, 18)),
    ("until one microsecond past it", P(d(2, 17, us=-1), d(2, 17, us=1)), d(2, 18), d(2, 17, us=2)),
    ("from the deadline on", P(d(2, 17), d(2, 18)), d(3, 12), d(2, 17)),
    ("from a deadline on that was moved", [*P(d(2, 10), d(2, 10, 30)), *P(d(2, 17, 30), d(3, 9))],
     d(3, 12), d(2, 17, 30)),
    ("from the close on", [*P(d(2, 10), d(2, 11)), *P(d(2, 18), d(3, 12))], d(3, 12), d(2, 18)),
    ("after it", P(d(2, 17, 30), d(3, 12)), d(3, 12), d(2, 17)),
    ("still lasting: as if resumed now", P(d(2, 10)), d(2, 12), d(3, 10)),
    ("lasting since the deadline", P(d(2, 17)), d(2, 18), d(2, 17)),
    ("of both kinds, one after the other",
     [*P(d(2, 10), d(2, 11)), *P(d(2, 12), d(2, 13), "waiting")], d(2, 14), d(3, 10)),
    ("of both kinds at once",
     [*P(d(2, 10)), *P(d(2, 11), d(2, 12), "waiting")], d(2, 14), d(3, 10)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "asked", "expected"), [pytest.param(*row[1:], id=row[0]) for row in PAUSES]
)
def test_a_pause_moves_the_deadline_by_the_open_time_it_takes(
    events: list[Event], asked: datetime, expected: datetime
) -> None:
    found = ask(case(*events), EIGHT, asked)
    assert found.due == expected
    assert due(case(*events), EIGHT, asked) == expected
    assert found.elapsed + found.remaining == h(8)
    assert found.verdict == ("late" if asked > expected else "open")


@pytest.mark.parametrize(
    ("asked", "stage", "elapsed", "expected"),
    [
        (d(2, 10), "paused", h(1), d(2, 17)),
        (d(2, 10, us=1), "paused", h(1), d(2, 17, us=1)),
        (d(2, 12, us=-1), "paused", h(1), d(3, 10, us=-1)),
        (d(2, 12), "running", h(1), d(3, 10)),
        (d(2, 13), "running", h(2), d(3, 10)),
    ],
)
def test_while_it_is_paused_no_time_passes(
    asked: datetime, stage: str, elapsed: timedelta, expected: datetime
) -> None:
    found = ask(case(*paused(d(2, 10), d(2, 12))), EIGHT, asked)
    assert (found.stage, found.elapsed, found.due) == (stage, elapsed, expected)


def test_while_it_is_paused_nothing_comes_of_itself() -> None:
    known = case(*paused(d(2, 10)))
    decision = find_clocks(known, agreements(EIGHT), as_of=d(2, 12))
    assert (decision.value.plan, decision.value.next_change) == ((), None)
    assert decision.reasons[0].rule.id == "sla.nothing_comes"
    assert decision.reasons[1].text("en") == (
        "resolution: paused since Mon 2026-03-02 10:00 (Asia/Shanghai UTC+08:00) (paused); "
        "7 hours of working time left; "
        "if resumed now, by Tue 2026-03-03 10:00 (Asia/Shanghai UTC+08:00)"
    )


@pytest.mark.parametrize(
    ("pauses", "stage", "expected"),
    [
        (("paused", "waiting"), "paused", d(3, 11)),
        (("waiting",), "paused", d(3, 10)),
        (("paused",), "paused", d(3, 11)),
        ((), "running", d(2, 17)),
    ],
)
def test_each_clock_says_which_states_pause_it(
    pauses: Sequence[str], stage: str, expected: datetime
) -> None:
    one = clock(8, pauses=tuple(pauses))
    known = case(Event("paused", d(2, 10)), Event("waiting", d(2, 11)))
    found = ask(known, one, d(2, 13))
    assert (found.stage, found.due) == (stage, expected)


def test_a_state_that_a_clock_does_not_pause_for_leaves_its_plan() -> None:
    policy = agreements([clock(8, pauses=("waiting",)), clock(8, "other", pauses=("paused",))])
    found = state(case(*paused(d(2, 10))), policy, d(2, 11))
    assert [(one.at, one.clock) for one in found.plan] == [(d(2, 17), "resolution")]


@pytest.mark.parametrize("resumed", [[], [Event("resumed", d(2, 15))]])
def test_a_pause_that_lasts_when_the_clock_stops_ends_there(resumed: list[Event]) -> None:
    # waiting from 10:00, answered at 11:00: one hour of four was left out, whatever came later
    known = case(*paused(d(2, 10), kind="waiting"), Event("answered", d(2, 11)), *resumed)
    found = ask(known, agreements(RESPONSE), d(2, 16), "response")
    assert (found.stage, found.verdict, found.elapsed) == ("stopped", "met", h(1))
    assert found.due == d(2, 14)


def test_a_pause_after_the_stop_moves_nothing() -> None:
    known = case(Event("answered", d(2, 10)), *paused(d(2, 11), d(2, 12)))
    assert ask(known, agreements(RESPONSE), d(2, 16), "response").due == d(2, 13)
    assert due(known, agreements(RESPONSE), name="response") == d(2, 13)


def test_a_pause_after_the_stop_moves_nothing_where_one_before_it_did() -> None:
    first, second = paused(d(2, 10), d(2, 11)), paused(d(2, 13), d(2, 14))
    known = case(*first, solved(d(2, 12)), Event("answered", d(2, 12, 30)), *second)
    assert ask(known, clock(8, stops=("answered",)), d(2, 16)).due == d(2, 18)
    known = case(*first, Event("answered", d(2, 12)), *second)
    assert ask(known, clock(8, stops=("answered",)), d(2, 16)).due == d(2, 18)


def test_a_solution_ends_every_pause() -> None:
    known = case(*paused(d(2, 10)), solved(d(2, 12)), Event("reopened", d(2, 13)))
    found = ask(known, EIGHT, d(2, 14))
    assert (found.stage, found.elapsed) == ("running", h(2))


def test_a_clock_may_start_while_the_case_is_paused() -> None:
    known = case(*paused(d(2, 10)), Event("assigned", d(2, 11)), Event("resumed", d(2, 12)))
    found = ask(known, clock(2, starts="assigned"), d(2, 13))
    assert (found.started, found.elapsed, found.due) == (d(2, 11), h(1), d(2, 14))


@pytest.mark.parametrize(
    ("limit", "opened", "expected"),
    [
        (WorkingDays(1), d(2, 9), d(3, 18)),
        (WorkingDays(1, ends="same_time"), d(2, 11), d(3, 11)),
        # received at 20:00: the same time of the next working day is outside the hours
        (WorkingDays(1, ends="same_time"), d(2, 20), d(3, 20)),
    ],
)
def test_a_pause_outside_open_hours_does_not_move_a_limit_in_working_days(
    limit: WorkingDays, opened: datetime, expected: datetime
) -> None:
    night = paused(d(2, 21), d(3, 8))
    assert due(case(opened=opened), clock(limit)) == expected
    assert due(case(*night, opened=opened), clock(limit), d(3, 8)) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (WorkingDays(1), d(4, 10)),  # the close of the next day, and an hour
        (WorkingDays(1, ends="same_time"), d(3, 12)),
        (WorkingDays(1, first="same_day"), d(3, 10)),
    ],
)
def test_a_pause_moves_a_limit_in_working_days_by_its_open_time(
    limit: WorkingDays, expected: datetime
) -> None:
    known = case(*paused(d(2, 12), d(2, 13)), opened=d(2, 11))
    assert due(known, clock(limit), d(2, 13)) == expected


# --- the zone of the events ---------------------------------------------------------------

# Minutes after 02:20 in Berlin in summer time; 40 minutes later the clocks go back to 02:00.
FOLD = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
IN_THE_FOLD: list[tuple[str, list[tuple[str, int]]]] = [
    ("paused", [("paused", 30), ("resumed", 50)]),
    ("paused twice", [("paused", 20), ("resumed", 45), ("waiting", 50), ("resumed", 70)]),
    ("still paused", [("paused", 30)]),
    ("stopped while paused", [("paused", 30), ("solved", 45)]),
    ("answered", [("paused", 30), ("resumed", 45), ("answered", 50), ("paused", 65)]),
    ("re-opened", [("solved", 30), ("reopened", 45)]),
    ("solved again", [("solved", 20), ("reopened", 30), ("solved", 45), ("reopened", 50)]),
    ("changed", [("changed", 45)]),
    ("changed in a pause", [("paused", 30), ("changed", 45), ("resumed", 70)]),
    ("changed twice", [("changed", 30), ("changed", 45)]),
    ("updated", [("updated", 30), ("updated", 45), ("updated", 70)]),
    ("cancelled", [("paused", 30), ("cancelled", 45)]),
]


@pytest.mark.parametrize("reopening", ["skip", "count", "restart"])
@pytest.mark.parametrize("mode", ["from_start", "from_change", "keep_share", "keep_stricter"])
@pytest.mark.parametrize("events", [pytest.param(row[1], id=row[0]) for row in IN_THE_FOLD])
def test_the_zone_of_the_events_does_not_matter(
    events: list[tuple[str, int]], mode: str, reopening: str
) -> None:
    calendar = around_the_clock("Europe/Berlin")
    clocks = (
        [
            clock(limit, calendar=calendar, alerts=ALERTS),
            clock(limit, "response", calendar, stops=("answered",), pauses=("paused",)),
            clock(limit, "update", calendar, stops=("updated",), repeats=True),
            *([clock(1, "other", calendar)] if limit == 1 else []),
        ]
        for limit in (1, 0.75)
    )
    policy = agreements(*clocks, retarget=mode, reopening=reopening)

    def told(zone: tzinfo) -> Case:
        return case(
            *(
                Event(kind, at, facts=(HIGH, LOW)[number % 2] if kind == "changed" else None)  # type: ignore[arg-type]
                for number, (kind, minutes) in enumerate(events)
                for at in [(FOLD + timedelta(minutes=minutes)).astimezone(zone)]
            ),
            opened=FOLD.astimezone(zone),
        )

    for minutes in (30, 40, 45, 50, 70, 90, 130):
        at = FOLD + timedelta(minutes=minutes)
        local = state(
            told(ZoneInfo("Europe/Berlin")), policy, at.astimezone(ZoneInfo("Europe/Berlin"))
        )
        # as text: two instants of one zone are equal wherever their wall times are
        assert repr(local.clocks) == repr(state(told(UTC), policy, at).clocks)
        assert repr(local.plan) == repr(state(told(UTC), policy, at).plan)


# --- how a clock ends ---------------------------------------------------------------------


def standing(
    known: Case, policy: Agreements | Clock, at: datetime
) -> tuple[str, str, datetime | None]:
    """Return stage, verdict and stop of the resolution."""
    found = ask(known, policy, at)
    return found.stage, found.verdict, found.stopped


@pytest.mark.parametrize(
    ("at", "verdict"), [(d(2, 12), "none"), (d(2, 17), "none"), (d(2, 17, us=1), "late")]
)
def test_a_cancelled_case_has_no_verdict_unless_it_was_late(at: datetime, verdict: str) -> None:
    known = case(Event("cancelled", at))
    assert standing(known, EIGHT, d(5, 9)) == ("cancelled", verdict, at)
    assert state(known, agreements(EIGHT), d(5, 9)).plan == ()


def test_cancelling_ends_a_pause() -> None:
    known = case(*paused(d(2, 10)), Event("cancelled", d(2, 12)))
    found = ask(known, EIGHT, d(5, 9))
    assert (found.stage, found.verdict, found.elapsed) == ("cancelled", "none", h(1))
    assert found.due == d(3, 10)


def test_a_stopped_clock_is_not_cancelled_with_the_case() -> None:
    known = case(Event("answered", d(2, 10)), Event("cancelled", d(2, 11)))
    found = state(known, agreements([EIGHT, RESPONSE]), d(5, 9))
    assert (found["response"].stage, found["response"].verdict) == ("stopped", "met")
    assert found["resolution"].stage == "cancelled"


@pytest.mark.parametrize(
    ("stops", "stopped"),
    [
        (("answered",), d(2, 10)),
        (("solved",), d(2, 12)),
        (("answered", "solved"), d(2, 10)),
        (("confirmed",), d(2, 13)),
        (("waiting", "solved"), d(2, 9, 30)),
    ],
)
def test_the_first_of_the_stopping_events_counts(stops: Sequence[str], stopped: datetime) -> None:
    known = case(
        Event("waiting", d(2, 9, 30)),
        Event("answered", d(2, 10)),
        Event("answered", d(2, 11)),
        solved(d(2, 12)),
        Event("confirmed", d(2, 13)),
    )
    assert standing(known, clock(stops=tuple(stops)), d(5)) == ("stopped", "met", stopped)


@pytest.mark.parametrize(
    ("states", "stage"),
    [((), "running"), (("cause",), "running"), (("cause", "mend", "more"), "stopped")],
)
def test_only_an_answer_that_states_all_that_is_promised_stops_the_clock(
    states: tuple[str, ...], stage: str
) -> None:
    one = clock(
        stops=("answered",), must_state=(Named("cause", zh="原因"), Named("mend", zh="方案"))
    )
    known = case(Event("answered", d(2, 10), states=states))
    assert ask(known, one, d(2, 11)).stage == stage


def test_what_an_answer_does_not_state_is_told_for_every_clock() -> None:
    both = [
        clock(8, "first", stops=("answered",), must_state=(Named("cause", zh="原因"),)),
        clock(8, "second", stops=("answered",),
              must_state=(Named("mend", zh="方案"), Named("day", zh="日期"))),
    ]  # fmt: skip
    known = case(Event("answered", d(2, 10), states=("cause", "day")))
    decision = find_clocks(known, agreements(both), as_of=d(2, 11))
    (told,) = [one for one in decision.reasons if one.rule.id == "sla.incomplete"]
    assert told.text("en").endswith("does not count as done: it does not state mend")
    assert told.text("zh").endswith("未说明方案")
    assert decision.value["first"].stage == "stopped"
    nothing = find_clocks(case(Event("answered", d(2, 10))), agreements(both), as_of=d(2, 11))
    told_of = [one.text("en") for one in nothing.reasons if one.rule.id == "sla.incomplete"]
    assert [text.rpartition("state ")[2] for text in told_of] == ["cause", "mend, day"]


def test_a_second_solution_that_states_the_cause_stops_the_clock() -> None:
    one = clock(must_state=(Named("cause"),))
    first = case(solved(d(2, 10)))
    assert standing(first, one, d(2, 12)) == ("running", "open", None)
    more = first.with_event(Event("solved", d(2, 11), states=("cause",)))
    assert standing(more, one, d(2, 12)) == ("stopped", "met", d(2, 11))


# --- rounds -------------------------------------------------------------------------------

UPDATES = clock(2, stops=("updated",), repeats=True)


def rounds(found: ClockState) -> list[tuple[datetime, datetime, datetime, timedelta]]:
    """Return the finished rounds."""
    return [(one.started, one.due, one.stopped, one.elapsed) for one in found.rounds]


def test_every_update_starts_the_next_round() -> None:
    known = case(Event("updated", d(2, 10)), Event("updated", d(2, 13)))
    found = ask(known, UPDATES, d(2, 14))
    assert rounds(found) == [
        (d(2, 9), d(2, 11), d(2, 10), h(1)),
        (d(2, 10), d(2, 12), d(2, 13), h(3)),
    ]
    assert (found.started, found.due, found.stage) == (d(2, 13), d(2, 15), "running")
    assert (found.elapsed, found.remaining) == (h(1), h(1))


def test_a_round_does_not_count_its_pauses() -> None:
    known = case(*paused(d(2, 10), d(2, 12)), Event("updated", d(2, 12, 30)), *paused(d(2, 13)))
    found = ask(known, UPDATES, d(2, 14))
    assert rounds(found) == [(d(2, 9), d(2, 13), d(2, 12, 30), h(1.5))]
    assert (found.stage, found.elapsed, found.due) == ("paused", h(0.5), d(2, 15, 30))


def test_an_update_during_a_pause_ends_the_round_there() -> None:
    known = case(*paused(d(2, 10)), Event("updated", d(2, 11)), Event("resumed", d(2, 12)))
    found = ask(known, UPDATES, d(2, 13))
    assert rounds(found) == [(d(2, 9), d(2, 12), d(2, 11), h(1))]
    assert (found.started, found.elapsed, found.due) == (d(2, 11), h(1), d(2, 14))


@pytest.mark.parametrize("stops", [("updated",), ("updated", "solved")])
@pytest.mark.parametrize(
    ("at", "verdict"), [(d(2, 12), "met"), (d(2, 12, us=1), "late")], ids=["in time", "late"]
)
def test_the_solution_ends_the_rounds(stops: Sequence[str], at: datetime, verdict: str) -> None:
    one = attrs.evolve(UPDATES, stops=tuple(stops))
    known = case(Event("updated", d(2, 10)), solved(at))
    found = ask(known, one, d(3, 12))
    assert (found.verdict, found.stopped) == (verdict, at)
    assert found.stage == ("stopped" if "solved" in stops else "ended")
    assert len(found.rounds) == 1


@pytest.mark.parametrize("reopening", ["skip", "count", "restart"])
@pytest.mark.parametrize("at", [d(2, 12), d(2, 12, us=1)], ids=["in time", "late"])
def test_after_re_opening_a_new_round_starts_and_the_last_one_is_kept(
    at: datetime, reopening: str
) -> None:
    known = case(Event("updated", d(2, 10)), solved(at), Event("reopened", d(2, 15)))
    policy = agreements(UPDATES, reopening=reopening)
    found = ask(known, policy, d(2, 16))
    assert rounds(found)[1] == (d(2, 10), d(2, 12), at, at - d(2, 10))
    assert (found.stage, found.started, found.due) == ("running", d(2, 15), d(2, 17))
    assert found.elapsed == h(1)


# --- re-opening ---------------------------------------------------------------------------

REOPENED: list[tuple[str, datetime, timedelta, datetime]] = [
    # mode, due, elapsed at 15:00, started
    ("skip", d(3, 10), h(4), d(2, 9)),
    ("count", d(2, 17), h(6), d(2, 9)),
    ("restart", d(3, 13), h(4), d(2, 9)),
]


@pytest.mark.parametrize(("mode", "expected", "elapsed", "started"), REOPENED)
def test_what_the_time_between_solution_and_re_opening_is(
    mode: str, expected: datetime, elapsed: timedelta, started: datetime
) -> None:
    known = case(solved(d(2, 12)), Event("reopened", d(2, 14)))
    policy = agreements(EIGHT, reopening=mode)
    assert standing(known, policy, d(2, 13)) == ("stopped", "met", d(2, 12))
    found = ask(known, policy, d(2, 15))
    assert (found.stage, found.verdict) == ("running", "open")
    assert (found.due, found.elapsed, found.started) == (expected, elapsed, started)
    again = ask(known.with_event(solved(d(2, 16))), policy, d(5))
    assert (again.stage, again.verdict, again.due) == ("stopped", "met", expected)


def test_a_case_that_is_re_opened_twice_skips_both_times() -> None:
    known = case(
        solved(d(2, 10)), Event("reopened", d(2, 11)), solved(d(2, 12)), Event("reopened", d(2, 13))
    )
    assert ask(known, EIGHT, d(2, 14)).elapsed == h(3)
    assert due(known, EIGHT, d(2, 14)) == d(3, 10)


def test_every_restart_counts_on_in_the_time_used() -> None:
    known = case(
        solved(d(2, 10)), Event("reopened", d(2, 11)), solved(d(2, 13)), Event("reopened", d(2, 14))
    )
    found = ask(known, agreements(EIGHT, reopening="restart"), d(2, 14, 30))
    assert (found.started, found.due) == (d(2, 9), d(3, 13))
    assert (found.elapsed, found.remaining) == (h(3.5), h(7.5))


@pytest.mark.parametrize(
    ("mode", "verdict"), [("skip", "late"), ("count", "late"), ("restart", "open")]
)
def test_a_late_solution_stays_late_unless_the_limit_starts_anew(mode: str, verdict: str) -> None:
    known = case(solved(d(2, 17, us=1)), Event("reopened", d(3, 9)))
    assert ask(known, agreements(EIGHT, reopening=mode), d(3, 10)).verdict == verdict


def test_re_opening_leaves_what_was_answered() -> None:
    known = case(Event("answered", d(2, 10)), solved(d(2, 12)), Event("reopened", d(2, 14)))
    found = ask(known, agreements([EIGHT, RESPONSE]), d(2, 15), "response")
    assert (found.stage, found.stopped) == ("stopped", d(2, 10))


def test_a_clock_that_waits_for_more_than_the_solution_runs_through_re_opening() -> None:
    known = case(solved(d(2, 12)), Event("reopened", d(2, 14)))
    found = ask(known, clock(stops=("confirmed",)), d(2, 15))
    assert (found.stage, found.elapsed) == ("running", h(6))


def test_re_opening_may_stop_a_clock_itself() -> None:
    one = clock(starts="solved", stops=("confirmed", "reopened"))
    known = case(solved(d(2, 12)), Event("reopened", d(2, 14)))
    assert standing(known, one, d(2, 15)) == ("stopped", "met", d(2, 14))


def test_re_opening_may_start_a_clock() -> None:
    one = clock(1, "second answer", starts="reopened", stops=("answered",))
    known = case(Event("answered", d(2, 10)), solved(d(2, 12)), Event("reopened", d(2, 14)))
    found = ask(known, agreements(one), d(2, 14, 30), "second answer")
    assert (found.started, found.due) == (d(2, 14), d(2, 15))


# --- what is promised no longer, or only later --------------------------------------------

ADDED = agreements((), EIGHT)
GONE = agreements(EIGHT, ())


@pytest.mark.parametrize(
    ("at", "verdict"), [(d(2, 12), "none"), (d(2, 17), "none"), (d(2, 17, us=1), "late")]
)
def test_a_clock_that_is_promised_no_longer_is_dropped(at: datetime, verdict: str) -> None:
    known = case(changed(at), solved(d(5, 9)))
    assert standing(known, GONE, d(6, 9)) == ("dropped", verdict, at)
    decision = find_clocks(known, GONE, as_of=d(6, 9))
    assert decision.value.plan == ()
    (_, told) = decision.reasons[1].params[:2]
    assert told == ("at", at)
    rule = "sla.clock_dropped_late" if verdict == "late" else "sla.clock_dropped"
    assert decision.reasons[1].rule.id == rule


def test_a_clock_that_had_stopped_is_not_dropped() -> None:
    known = case(solved(d(2, 12)), changed(d(2, 13)))
    assert standing(known, GONE, d(3)) == ("stopped", "met", d(2, 12))


def test_a_clock_that_was_dropped_in_a_pause_stays_as_it_was() -> None:
    known = case(*paused(d(2, 10)), changed(d(2, 12)), Event("resumed", d(2, 15)))
    found = ask(known, GONE, d(3, 12))
    assert (found.stage, found.elapsed, found.due) == ("dropped", h(1), d(3, 10))


def test_a_clock_that_is_promised_later_looks_at_what_happened_before() -> None:
    events = (*paused(d(2, 10), d(2, 11)), changed(d(2, 13)))
    found = ask(case(*events), ADDED, d(2, 14))
    assert (found.stage, found.started, found.due) == ("running", d(2, 9), d(2, 18))
    answered = case(Event("answered", d(2, 10)), changed(d(2, 14)))
    policy = agreements((), RESPONSE)
    before = ask(answered, policy, d(2, 15), "response")
    assert (before.stage, before.verdict, before.stopped) == ("stopped", "met", d(2, 10))


def test_a_clock_that_is_dropped_and_promised_again_counts_on() -> None:
    # while it was not promised, the case was paused and an update was given
    known = case(changed(d(2, 10)), *paused(d(2, 11), d(2, 12)), changed(d(2, 13), LOW))
    found = ask(known, GONE, d(2, 14))
    assert (found.stage, found.started, found.elapsed) == ("running", d(2, 9), h(4))
    answered = case(changed(d(2, 10)), Event("answered", d(2, 11)), changed(d(2, 12), LOW))
    again = ask(answered, agreements(RESPONSE, ()), d(2, 14), "response")
    assert (again.stage, again.stopped) == ("stopped", d(2, 11))


def test_rounds_that_are_finished_are_kept_when_a_clock_is_promised_again() -> None:
    known = case(
        Event("updated", d(2, 10)),
        changed(d(2, 10, 30)),
        Event("updated", d(2, 13)),
        changed(d(2, 14), LOW),
    )
    found = ask(known, agreements(UPDATES, ()), d(2, 14, 30))
    assert rounds(found) == [
        (d(2, 9), d(2, 11), d(2, 10), h(1)),
        (d(2, 10), d(2, 12), d(2, 13), h(3)),
    ]
    assert (found.started, found.due) == (d(2, 13), d(2, 15))


def test_what_an_answer_lacked_is_told_once_when_a_clock_is_promised_again() -> None:
    one = clock(stops=("answered",), must_state=(Named("cause"),))
    known = case(Event("answered", d(2, 10)), changed(d(2, 11)), changed(d(2, 12), LOW))
    decision = find_clocks(known, agreements(one, ()), as_of=d(2, 13))
    assert [one.rule.id for one in decision.reasons].count("sla.incomplete") == 1


# --- what comes of itself -----------------------------------------------------------------


def plan(known: Case, policy: Agreements | Clock, at: datetime) -> list[tuple[datetime, str]]:
    """Return instants and names of what comes."""
    found = state(known, agreements(policy) if isinstance(policy, Clock) else policy, at)
    return [(one.at, one.what) for one in found.plan]


WARNED = clock(8, alerts=ALERTS)
COMING = [
    (d(2, 13), "half"),
    (d(2, 16), "soon"),
    (d(2, 17), "due"),
    (d(2, 17), "full"),
    (d(2, 17), "now"),
    (d(3, 10), "escalate"),
    (d(3, 16), "twice"),
]


@pytest.mark.parametrize(
    ("at", "gone"),
    [
        (d(2, 9), 0),
        (d(2, 13), 0),
        (d(2, 13, us=1), 1),
        (d(2, 17), 2),
        (d(2, 17, us=1), 5),
        (d(3, 16), 6),
        (d(3, 16, us=1), 7),
    ],
)
def test_the_plan_holds_what_is_not_yet_past_in_order(at: datetime, gone: int) -> None:
    assert plan(case(), WARNED, at) == COMING[gone:]
    found = state(case(), agreements(WARNED), at)
    assert found.next_change == (COMING[gone][0] if gone < 7 else None)


def test_a_pause_moves_what_comes_after_it() -> None:
    known = case(*paused(d(2, 14), d(2, 16)))
    assert plan(known, WARNED, d(2, 9)) == COMING
    assert plan(known, WARNED, d(2, 16)) == [
        (d(2, 18), "soon"),
        (d(3, 10), "due"),
        (d(3, 10), "full"),
        (d(3, 10), "now"),
        (d(3, 12), "escalate"),
        (d(3, 18), "twice"),
    ]


def test_an_alert_before_the_start_comes_at_the_start() -> None:
    one = clock(1, alerts=(Alert(name="soon", offset=h(-1)), Alert(name="early", offset=h(-2))))
    assert plan(case(), one, d(2, 9)) == [(d(2, 9), "early"), (d(2, 9), "soon"), (d(2, 10), "due")]


def test_an_alert_of_a_limit_in_working_days_is_at_the_share_of_its_open_time() -> None:
    one = clock(WorkingDays(1), alerts=(Alert(name="half", percent=50),))  # 18 hours of open time
    assert plan(case(), one, d(2, 9)) == [(d(2, 18), "half"), (d(3, 18), "due")]
    late = clock(WorkingDays(1, ends="same_time"), alerts=(Alert(name="now", offset=h(0)),))
    assert plan(case(opened=d(2, 20)), late, d(2, 20)) == [(d(3, 20), "due"), (d(3, 20), "now")]


def test_the_plan_of_several_clocks_is_in_order_of_real_time() -> None:
    # wall times of Berlin: 02:50 before the change, 02:10 after it
    berlin = around_the_clock("Europe/Berlin")
    opened = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    both = [clock(50 / 60, "second", calendar=berlin), clock(0.5, "first", calendar=berlin)]
    found = state(case(opened=opened), agreements(both), opened)
    assert [one.clock for one in found.plan] == ["first", "second"]
    assert found.next_change is not None
    assert found.next_change.astimezone(UTC) == opened + h(0.5)
    assert [one.label.zh for one in found.plan] == ["截止", "截止"]


# --- what the answer says -----------------------------------------------------------------


def test_the_answer_begins_with_what_comes_next() -> None:
    decision = find_clocks(case(), agreements([WARNED, RESPONSE]), as_of=d(2, 10))
    assert decision.explain("en").splitlines() == [
        "next: Mon 2026-03-02 13:00 (Asia/Shanghai UTC+08:00), resolution (50 % of the time)",
        "resolution: by Mon 2026-03-02 17:00; 7 hours of working time left of 8 hours",
        "response: by Mon 2026-03-02 13:00; 3 hours of working time left of 4 hours",
        (
            "Convention: hours count only within “desk”; "
            "no holidays are entered for “desk”; public holidays may move the deadline"
        ),
    ]


def test_the_answer_tells_what_was_stopped_late_or_in_time() -> None:
    known = case(Event("answered", d(2, 10)), solved(d(2, 17, 30)))
    decision = find_clocks(known, agreements([EIGHT, RESPONSE]), as_of=d(2, 18))
    assert decision.explain("en").splitlines()[:3] == [
        "every clock has stopped: 1 in time, 1 late",
        (
            "resolution: late by 30 minutes, at Mon 2026-03-02 17:30 (Asia/Shanghai UTC+08:00); "
            "it was due by Mon 2026-03-02 17:00"
        ),
        (
            "response: in time, at Mon 2026-03-02 10:00, 1 hour of working time of 4 hours used; "
            "it was due by Mon 2026-03-02 13:00"
        ),
    ]


def test_a_late_clock_that_is_paused_says_that_it_is_late() -> None:
    known = case(*paused(d(2, 17, 30)))
    decision = find_clocks(known, agreements(EIGHT), as_of=d(3, 12))
    one = decision.value["resolution"]
    assert (one.stage, one.verdict, one.late_by) == ("paused", "late", h(0.5))
    assert "overdue by 30 minutes" in decision.reasons[1].text("en")


def test_a_change_is_told_with_the_facts_that_differ() -> None:
    known = case(changed(d(2, 10)), changed(d(2, 11)))
    told = list(find_clocks(known, agreements(EIGHT), as_of=d(2, 12)).reasons[2:])
    assert [one.text("en").partition("): ")[2] for one in told] == [
        "priority is now high",
        "the facts are the same",
    ]
    assert [one.text("zh").partition("变更：")[2] for one in told] == [
        "优先级改为“high”",
        "内容与原来相同",
    ]
    assert state(known, agreements(EIGHT), d(2, 12)).facts == HIGH


def test_around_the_clock_is_said() -> None:
    decision = find_clocks(case(), agreements(clock(calendar=ALWAYS)), as_of=d(2, 10))
    assert [one.rule.id for one in decision.assumed] == ["calendars.around_the_clock"]
    assert decision.assumed[0].text("en") == (
        "hours of “around the clock” run on through nights and holidays"
    )
    assert decision.assumed[0].text("zh") == "“自然时间”连续计时，含夜间与节假日"


def told(known: Case, policy: Agreements | Clock, at: datetime, lang: str = "en") -> list[str]:
    """Return the sentences on how a case stands."""
    one = agreements(policy) if isinstance(policy, Clock) else policy
    return [reason.text(lang) for reason in find_clocks(known, one, as_of=at).reasons]  # type: ignore[arg-type]


def ids(known: Case, policy: Agreements | Clock, at: datetime) -> list[str]:
    """Return the rules of these sentences."""
    one = agreements(policy) if isinstance(policy, Clock) else policy
    return [reason.rule.id for reason in find_clocks(known, one, as_of=at).reasons]


TWO_ROUNDS = (Event("updated", d(2, 10)), Event("updated", d(2, 12, us=1)))


def test_the_rounds_before_are_counted_and_those_that_were_late() -> None:
    known = case(*TWO_ROUNDS)
    assert ids(known, UPDATES, d(2, 13)) == ["sla.next", "sla.clock_runs", "sla.rounds"]
    assert told(known, UPDATES, d(2, 13))[2] == "resolution: 2 before, 1 late"
    assert told(known, UPDATES, d(2, 13), "zh")[2] == "resolution：此前共 2 次，其中 1 次逾期"
    assert "sla.rounds" not in ids(case(), UPDATES, d(2, 9, 30))


@pytest.mark.parametrize(
    ("second", "last", "met", "late"),
    [
        (d(2, 12), d(2, 14), 3, 0),
        (d(2, 12), d(2, 14, us=1), 2, 1),
        (d(2, 12, us=1), d(2, 14, us=1), 2, 1),
        (d(2, 12, us=1), d(2, 15), 1, 2),
    ],
)
def test_finished_rounds_are_among_what_is_settled(
    second: datetime, last: datetime, met: int, late: int
) -> None:
    known = case(Event("updated", d(2, 10)), Event("updated", second), solved(last))
    assert told(known, UPDATES, d(3))[0] == (f"every clock has stopped: {met} in time, {late} late")
    assert told(known, UPDATES, d(3), "zh")[0] == (f"各项计时均已结束：{met} 项按时，{late} 项逾期")


def test_a_round_that_is_cancelled_leaves_the_rounds_before() -> None:
    known = case(*TWO_ROUNDS, Event("cancelled", d(2, 13)))
    assert told(known, UPDATES, d(3))[0] == (
        "no clock runs any more: 1 in time, 1 late, 1 ended before its deadline"
    )


def test_what_ended_before_its_deadline_is_neither_in_time_nor_late() -> None:
    policy = agreements([EIGHT, RESPONSE, clock(1, "visit", stops=("assigned",))])
    known = case(Event("answered", d(2, 10)), Event("cancelled", d(2, 12)))
    assert told(known, policy, d(3))[0] == (
        "no clock runs any more: 1 in time, 1 late, 1 ended before its deadline"
    )
    assert told(known, policy, d(3), "zh")[0] == (
        "已无计时进行：1 项按时，1 项逾期，1 项在截止前终止"
    )


ENDED: list[tuple[str, list[Event], Agreements, str, str, str]] = [
    (
        "cancelled in time", [Event("cancelled", d(2, 17))], agreements(EIGHT),
        "sla.clock_cancelled",
        ("resolution: the case was cancelled at Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00), "
         "before its deadline (Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00))"),
        ("resolution：事项于2026年3月2日（周一）17:00（北京时间）取消，"
         "未到截止时间（2026年3月2日（周一）17:00（北京时间））"),
    ),
    (
        "cancelled late", [Event("cancelled", d(2, 17, 30))], agreements(EIGHT),
        "sla.clock_cancelled_late",
        ("resolution: the case was cancelled at Mon 2026-03-02 17:30 (Asia/Shanghai UTC+08:00), "
         "30 minutes after the deadline (Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00))"),
        ("resolution：事项于2026年3月2日（周一）17:30（北京时间）取消，"
         "此时已逾期 30 分钟；截止时间为2026年3月2日（周一）17:00（北京时间）"),
    ),
    (
        "dropped in time", [changed(d(2, 17))], GONE,
        "sla.clock_dropped",
        ("resolution: no longer applies since the change at "
         "Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00)"),
        "resolution：自2026年3月2日（周一）17:00（北京时间）变更起不再适用",
    ),
    (
        "dropped late", [changed(d(2, 17, 30))], GONE,
        "sla.clock_dropped_late",
        ("resolution: no longer applies since the change at "
         "Mon 2026-03-02 17:30 (Asia/Shanghai UTC+08:00), "
         "30 minutes after the deadline (Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00))"),
        ("resolution：自2026年3月2日（周一）17:30（北京时间）变更起不再适用，"
         "此时已逾期 30 分钟；截止时间为2026年3月2日（周一）17:00（北京时间）"),
    ),
    (
        "a fact went missing", [changed(d(2, 12), UNKNOWN)], agreements(EIGHT),
        "sla.clock_open",
        ("resolution: cannot be given since the change at "
         "Mon 2026-03-02 12:00 (Asia/Shanghai UTC+08:00): priority is missing"),
        ("resolution：自2026年3月2日（周一）12:00（北京时间）变更起暂无法确定，"
         "缺少优先级"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "policy", "rule", "en", "zh"),
    [pytest.param(*row[1:], id=row[0]) for row in ENDED],
)
def test_how_a_clock_went_before_it_was_stopped(
    events: list[Event], policy: Agreements, rule: str, en: str, zh: str
) -> None:
    known = case(*events)
    assert ids(known, policy, d(3))[1] == rule
    assert told(known, policy, d(3))[1] == en
    assert told(known, policy, d(3), "zh")[1] == zh


def test_a_clock_cancelled_with_the_case_stays_so_where_a_fact_is_missing() -> None:
    rules = (
        TableRule("high", PRIORITY.is_("high"), (clock(2),)),
        TableRule("all", None, (EIGHT,)),
    )
    policy = Agreements(agreements=(Agreement(name="any", clocks=RuleTable(rules=rules)),))
    known = case(Event("cancelled", d(2, 12)), facts=UNKNOWN)
    assert ids(known, policy, d(3))[1:] == ["sla.clock_cancelled", "sla.passed_over"]


LATE: list[tuple[str, Clock, datetime, str, str]] = [
    # working time and real time are the same: said once
    ("the same day", EIGHT, d(2, 17, 30), "30 minutes", "30 分钟"),
    ("over the night", EIGHT, d(3, 10),
     "2 hours of working time (17 hours elapsed)", "2 小时（工作时间；自然时间为 17 小时）"),
    ("right below two days", EIGHT, d(4, 16, 59),
     "17 hours 59 minutes of working time (47 hours 59 minutes elapsed)",
     "17 小时 59 分钟（工作时间；自然时间为 47 小时 59 分钟）"),
    ("two days", EIGHT, d(4, 17),
     "18 hours of working time (2 days elapsed)", "18 小时（工作时间；自然时间为 2 天）"),
    ("from the close on", clock(9), d(2, 20), "2 hours", "2 小时"),
    ("around the clock, below two days", clock(8, calendar=ALWAYS), d(4, 16),
     "47 hours", "47 小时"),
    ("around the clock, two days", clock(8, calendar=ALWAYS), d(4, 17), "2 days", "2 天"),
    ("around the clock, and an hour", clock(8, calendar=ALWAYS), d(4, 18),
     "2 days 1 hour", "2 天 1 小时"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "at", "en", "zh"), [pytest.param(*row[1:], id=row[0]) for row in LATE]
)
def test_by_how_much_it_is_late_is_said_in_both_times(
    one: Clock, at: datetime, en: str, zh: str
) -> None:
    assert told(case(), one, at)[1].startswith(f"resolution: overdue by {en}; it was due by ")
    assert told(case(), one, at, "zh")[1].startswith(f"resolution：已逾期 {zh}；截止时间为")
    done = case(solved(at))
    assert told(done, one, d(9))[1].startswith(f"resolution: late by {en}, at ")
    assert f"完成，逾期 {zh}；截止时间为" in told(done, one, d(9), "zh")[1]


@pytest.mark.parametrize(
    ("limit", "en", "zh"),
    [
        (48, "47 hours left of 48 hours", "时限 48 小时，尚余 47 小时"),
        (49, "2 days left of 49 hours", "时限 49 小时，尚余 2 天"),
        (73.5, "3 days 30 minutes left of 73 hours 30 minutes",
         "时限 73 小时 30 分钟，尚余 3 天 30 分钟"),
    ],
)  # fmt: skip
def test_real_time_is_said_in_days_from_two_days_on(limit: float, en: str, zh: str) -> None:
    one = clock(limit, calendar=ALWAYS)
    assert told(case(), one, d(2, 10))[1].endswith(f"; {en}")
    assert told(case(), one, d(2, 10), "zh")[1].endswith(f"，{zh}")


def test_open_time_is_said_in_hours_however_much_it_is() -> None:
    assert told(case(), clock(73), d(2, 10))[1].endswith(
        "; 72 hours of working time left of 73 hours"
    )


def test_what_was_done_in_time_says_the_time_used() -> None:
    known = case(Event("answered", d(2, 10)))
    assert told(known, RESPONSE, d(2, 11), "zh")[1] == (
        "response：已于2026年3月2日（周一）10:00（北京时间）按时完成，"
        "用时 1 小时（工作时间）；时限 4 小时，"
        "截止时间为2026年3月2日（周一）13:00（北京时间）"
    )
    restarted = case(solved(d(2, 12)), Event("reopened", d(2, 14)), solved(d(2, 16)))
    policy = agreements(EIGHT, reopening="restart")
    assert "2 hours of working time of 8 hours used" in told(restarted, policy, d(3))[1]
