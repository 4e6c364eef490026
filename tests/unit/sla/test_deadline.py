"""Deadlines with their reasons: what is said of the limit, the pauses and the assumptions."""

import pickle
from datetime import UTC, date, datetime

import pytest
from tests.service_desk import ALWAYS, DESK, UNKNOWN, agreements, case, changed, clock, d, due

from kamcore.calendars import Calendar, Holiday, Hours, Week, WorkCalendar, WorkingDays
from kamcore.errors import InputError, NaiveInstant
from kamcore.sla import Agreements, Clock, Event, find_clocks, find_deadline, find_ledger
from kamcore.values import Label, Named, Source

EIGHT = agreements(clock(8))
TITLE = Label("Service regulation", "服务制度")
LISTED = WorkCalendar(
    name="desk with holidays",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    holidays=(Holiday(date(2026, 3, 3), "Inventory", zh="盘点"),),
    holidays_until=date(2026, 3, 5),
)


def lines(
    policy: object, *events: Event, lang: str = "en", as_of: datetime | None = None
) -> list[str]:
    """Return the explanation of the resolution's deadline."""
    decision = find_deadline(case(*events), policy, clock="resolution", as_of=as_of)  # type: ignore[arg-type]
    return decision.explain(lang).splitlines()  # type: ignore[arg-type]  # one of the two


def test_the_answer_is_the_deadline_the_limit_and_the_conventions() -> None:
    assert lines(EIGHT) == [
        "resolution: no later than Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00)",
        "8 hours in the calendar “desk”, from Mon 2026-03-02 09:00 (received)",
        (
            "Convention: hours count only within “desk”; "
            "no holidays are entered for “desk”; public holidays may move the deadline"
        ),
    ]
    assert lines(EIGHT, lang="zh") == [
        "resolution：不晚于2026年3月2日（周一）17:00（北京时间）",
        "自2026年3月2日（周一）09:00（受理）起，按“服务台”计 8 小时",
        "口径：小时数仅在“服务台”内累计；“服务台”未录入节假日，如遇节假日，截止时间可能顺延",
    ]


def test_the_first_reason_names_clause_and_values() -> None:
    source = Source("S-2", TITLE)
    decision = find_deadline(case(), agreements(clock(8, source=source)), clock="resolution")
    first = decision.reasons[0]
    assert (first.rule.id, first.source) == ("sla.deadline", source)
    assert dict(first.params)["due"] == d(2, 17)
    assert decision.fingerprint == agreements(clock(8, source=source)).fingerprint


@pytest.mark.parametrize(
    ("limit", "calendar", "rule", "said"),
    [
        (8, DESK, "sla.limit", "8 hours in the calendar “desk”, from"),
        (8, ALWAYS, "sla.limit_elapsed", "8 hours around the clock, from"),
        (WorkingDays(2), DESK, "sla.limit", "2 working days in the calendar “desk”, from"),
        (WorkingDays(2), ALWAYS, "sla.limit", "2 working days in the calendar"),
    ],
)
def test_the_limit_is_said_in_its_own_unit(
    limit: object, calendar: Calendar, rule: str, said: str
) -> None:
    policy = agreements(clock(limit, calendar=calendar))  # type: ignore[arg-type]  # both kinds
    reason = find_deadline(case(), policy, clock="resolution").reasons[1]
    assert reason.rule.id == rule
    assert reason.text("en").startswith(said)


@pytest.mark.parametrize(
    ("limit", "rule", "expected"),
    [
        (WorkingDays(1), "calendars.days_to_close", d(3, 18)),
        (WorkingDays(1, ends="same_time"), "calendars.days_to_same_time", d(3, 9)),
        (WorkingDays(2, first="same_day"), "calendars.days_from_start_to_close", d(3, 18)),
        (WorkingDays(2, ends="same_time", first="same_day"),
         "calendars.days_from_start_to_same_time", d(3, 9)),
    ],
)  # fmt: skip
def test_how_working_days_are_counted_is_said(
    limit: WorkingDays, rule: str, expected: datetime
) -> None:
    decision = find_deadline(case(), agreements(clock(limit)), clock="resolution")
    assert decision.value == expected
    assert decision.assumed[0].rule.id == rule


@pytest.mark.parametrize(
    ("limit", "calendar", "rules"),
    [
        # open 2, 4 and 5 March; holidays are known until Thursday, 5 March
        (26, LISTED, ["calendars.within_hours"]),
        (27, LISTED, ["calendars.within_hours"]),
        (28, LISTED, ["calendars.within_hours", "calendars.holidays_end"]),
        (8, DESK, ["calendars.within_hours", "calendars.holidays_unlisted"]),
        (8, ALWAYS, ["calendars.around_the_clock"]),
        (WorkingDays(2), LISTED, ["calendars.days_to_close"]),
        (WorkingDays(3), LISTED, ["calendars.days_to_close", "calendars.holidays_end"]),
        (WorkingDays(3), ALWAYS, ["calendars.days_to_close"]),
    ],
)
def test_a_deadline_after_the_last_known_day_says_so(
    limit: object, calendar: Calendar, rules: list[str]
) -> None:
    policy = agreements(clock(limit, calendar=calendar))  # type: ignore[arg-type]  # both kinds
    for decision in (
        find_deadline(case(), policy, clock="resolution"),
        find_clocks(case(), policy, as_of=d(2, 10)),
    ):
        assert [one.rule.id for one in decision.assumed] == rules


def test_a_convention_of_several_clocks_is_said_once() -> None:
    policy = agreements([clock(8), clock(4, "response", stops=("answered",))])
    found = find_clocks(case(), policy, as_of=d(2, 10)).assumed
    rules = [one.rule.id for one in found]
    assert rules == ["calendars.within_hours", "calendars.holidays_unlisted"]


def test_until_when_the_holidays_are_entered_is_said() -> None:
    told = find_deadline(case(), agreements(clock(28, calendar=LISTED)), clock="resolution")
    assert [one.text("en") for one in told.assumed] == [
        "hours count only within “desk with holidays”",
        (
            "holidays of “desk with holidays” are entered until 2026-03-05; "
            "holidays after that day may move the deadline"
        ),
    ]
    assert told.assumed[1].text("zh") == (
        "“desk with holidays”的节假日仅录入至2026年3月5日，此后如遇节假日，截止时间可能顺延"
    )


PAUSE = (Event("paused", d(2, 10)), Event("resumed", d(2, 11)))
NIGHT = (Event("paused", d(2, 19)), Event("resumed", d(3, 8)))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (PAUSE, "paused once: 1 hour of working time not counted"),
        ((*PAUSE, *NIGHT), "paused once: 1 hour of working time not counted"),
        ((*PAUSE, Event("paused", d(2, 12)), Event("resumed", d(2, 12, 30))),
         "paused 2 times: 1 hour 30 minutes of working time not counted"),
        # a pause over the deadline, that is 09:00 + 8 h = 17:00
        ((Event("paused", d(2, 16)), Event("resumed", d(3, 10))),
         "paused once: 3 hours of working time not counted"),
        ((Event("solved", d(2, 10)), Event("reopened", d(2, 12))),
         "2 hours of working time between solution and re-opening is not counted"),
    ],
)  # fmt: skip
def test_the_open_time_of_pauses_is_told(events: tuple[Event, ...], said: str) -> None:
    assert lines(agreements(clock(16)), *events)[2] == said


@pytest.mark.parametrize(
    "events", [NIGHT, (Event("paused", d(2, 17, 30)), Event("resumed", d(3, 10)))]
)
def test_a_pause_that_moves_nothing_is_not_told(events: tuple[Event, ...]) -> None:
    decision = find_deadline(case(*events), EIGHT, clock="resolution")
    assert "sla.paused_for" not in [one.rule.id for one in decision.reasons]


def test_a_pause_that_lasts_is_told_until_the_instant_asked() -> None:
    for as_of, hour, hours in ((d(2, 12), "12:00", "2 hours"), (None, "13:00", "3 hours")):
        # without an instant: until the last event
        told = lines(EIGHT, PAUSE[0], Event("updated", d(2, 13)), as_of=as_of)
        assert told[1] == (
            "still paused since Mon 2026-03-02 10:00 (paused); "
            f"this is the deadline if it were resumed at Mon 2026-03-02 {hour}"
        )
        assert told[3] == f"paused once: {hours} of working time not counted"
    assert lines(EIGHT, PAUSE[0], lang="zh", as_of=d(2, 12))[1:4] == [
        "自2026年3月2日（周一）10:00起仍在暂停（暂停）；以上为假定于2026年3月2日（周一）12:00恢复时的截止时间",
        "自2026年3月2日（周一）09:00（受理）起，按“服务台”计 8 小时",
        "其间暂停 1 次，扣除 2 小时（工作时间）",
    ]


@pytest.mark.parametrize(
    "events",
    [
        PAUSE,  # resumed
        (PAUSE[0], Event("solved", d(2, 11))),
        (Event("paused", d(2, 17, 30)), Event("updated", d(2, 18))),  # late before the pause
    ],
)
def test_a_deadline_that_moves_no_more_is_not_called_paused(events: tuple[Event, ...]) -> None:
    decision = find_deadline(case(*events), EIGHT, clock="resolution")
    assert "sla.still_paused" not in [one.rule.id for one in decision.reasons]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(d(2, 10), d(2, 17)), (d(2, 10, 30), d(2, 17, 30)), (d(2, 12), d(2, 18)), (None, d(2, 18))],
)
def test_later_events_are_left_out(as_of: datetime | None, expected: datetime) -> None:
    assert due(case(*PAUSE), EIGHT, as_of) == expected


@pytest.mark.parametrize("question", [find_deadline, find_ledger])
def test_a_naive_instant_is_refused(question: object) -> None:
    with pytest.raises(NaiveInstant, match="as_of"):
        question(case(), EIGHT, clock="resolution", as_of=datetime(2026, 3, 2))  # type: ignore[operator]
    with pytest.raises(NaiveInstant, match="as_of"):
        find_clocks(case(), EIGHT, as_of=datetime(2026, 3, 2))


def test_before_the_receipt_there_is_no_deadline() -> None:
    with pytest.raises(InputError, match="ask later"):
        find_deadline(case(), EIGHT, clock="resolution", as_of=d(2, 8))


@pytest.mark.parametrize(
    ("reopening", "said"),
    [("restart", "from Mon 2026-03-02 14:00 (re-opened)"),
     ("skip", "from Mon 2026-03-02 09:00 (received)")],
)  # fmt: skip
def test_the_limit_is_said_from_the_event_that_it_is_counted_from(
    reopening: str, said: str
) -> None:
    policy = agreements(clock(8), reopening=reopening)
    events = (Event("solved", d(2, 12)), Event("reopened", d(2, 14)))
    assert lines(policy, *events)[1].endswith(said)


def test_the_limit_of_a_later_round_is_said_from_its_update() -> None:
    policy = agreements(clock(2, stops=("updated",), repeats=True))
    assert lines(policy, Event("updated", d(2, 10)))[:2] == [
        "resolution: no later than Mon 2026-03-02 12:00 (Asia/Shanghai UTC+08:00)",
        "2 hours in the calendar “desk”, from Mon 2026-03-02 10:00 (updated)",
    ]


def test_the_limit_of_an_assigned_case_is_said_from_its_assignment() -> None:
    policy = agreements(clock(2, starts="assigned"))
    assert lines(policy, Event("assigned", d(2, 10).astimezone(UTC)))[1] == (
        "2 hours in the calendar “desk”, from Mon 2026-03-02 10:00 (assigned)"
    )


def test_what_does_not_count_is_told() -> None:
    policy = agreements(clock(must_state=(Named("cause", zh="原因"),)))
    told = lines(policy, Event("solved", d(2, 10), by="Li Na"), Event("resumed", d(2, 11)))
    assert told[2:4] == [
        (
            "the event “solved (by Li Na)” of Mon 2026-03-02 10:00 does not count as done: "
            "it does not state cause"
        ),
        (
            "the event “resumed” of Mon 2026-03-02 11:00 is left aside: "
            "the case had been solved"
        ),
    ]  # fmt: skip


def test_a_deadline_beyond_all_dates_is_refused() -> None:
    with pytest.raises(InputError):
        find_deadline(case(), agreements(clock(10_000_000)), clock="resolution")


def test_a_question_asked_again_has_the_same_answer() -> None:
    events = (*PAUSE, changed(d(2, 13)), Event("resumed", d(2, 14)))
    policy = agreements(clock(8), clock(4))
    first = find_deadline(case(*events), policy, clock="resolution")
    stored, kept = pickle.loads(pickle.dumps((case(*events), policy)))
    assert find_deadline(stored, kept, clock="resolution") == first
    assert pickle.loads(pickle.dumps(first)) == first
    assert first.value == d(2, 14)


# --- a deadline that no longer applies ----------------------------------------------------


@pytest.mark.parametrize("at", [d(2, 12), d(2, 20)], ids=["before", "after"])
def test_the_deadline_of_a_cancelled_case_says_so(at: datetime) -> None:
    decision = find_deadline(case(Event("cancelled", at)), EIGHT, clock="resolution")
    assert decision.value == d(2, 17)
    told = decision.reasons[1]
    assert (told.rule.id, told.text("en"), told.text("zh")) == (
        "sla.cancelled",
        (
            f"the case was cancelled at Mon 2026-03-02 {at:%H}:00 (Asia/Shanghai UTC+08:00); "
            "this limit no longer applies"
        ),
        f"该事项已于2026年3月2日（周一）{at:%H}:00（北京时间）取消，此时限不再适用",
    )


def test_the_deadline_of_a_clock_that_a_change_dropped_says_so() -> None:
    policy = agreements(clock(8), ())
    assert lines(policy, changed(d(2, 12)))[:2] == [
        "resolution: no later than Mon 2026-03-02 17:00 (Asia/Shanghai UTC+08:00)",
        "since the change at Mon 2026-03-02 12:00 this limit no longer applies",
    ]
    assert lines(policy, changed(d(2, 12)), lang="zh")[1] == (
        "自2026年3月2日（周一）12:00变更起，此时限不再适用"
    )


def test_a_deadline_that_a_missing_fact_leaves_open_is_not_called_dropped() -> None:
    events = (changed(d(2, 12), UNKNOWN),)
    assert lines(EIGHT, *events)[1] == (
        "resolution: cannot be given since the change at Mon 2026-03-02 12:00: priority is missing"
    )
    decision = find_deadline(case(*events), EIGHT, clock="resolution")
    ids = [one.rule.id for one in decision.reasons]
    assert (ids[1], "sla.dropped" in ids) == ("sla.clock_open", False)


@pytest.mark.parametrize("events", [(), PAUSE, (Event("solved", d(2, 12)),)])
def test_a_deadline_that_applies_says_nothing_of_the_kind(events: tuple[Event, ...]) -> None:
    ids = [one.rule.id for one in find_deadline(case(*events), EIGHT, clock="resolution").reasons]
    assert not {"sla.cancelled", "sla.dropped", "sla.clock_open"} & set(ids)


# --- pauses and re-opening ----------------------------------------------------------------

GAP = (Event("solved", d(2, 12)), Event("reopened", d(2, 14)))


def test_the_gap_of_a_re_opening_is_told_apart_from_the_pauses() -> None:
    policy = agreements(clock(16))
    assert lines(policy, *PAUSE, *GAP)[2:4] == [
        "paused once: 1 hour of working time not counted",
        "2 hours of working time between solution and re-opening is not counted",
    ]
    assert lines(policy, *PAUSE, *GAP, lang="zh")[2:4] == [
        "其间暂停 1 次，扣除 1 小时（工作时间）",
        "解决至重新打开之间扣除 2 小时（工作时间）",
    ]


REOPENINGS = {
    "skip": "time between solution and re-opening does not count",
    "count": "time between solution and re-opening counts",
    "restart": "a re-opened case starts the limit anew",
}


def assumed(policy: Agreements, *events: Event) -> dict[str, str]:
    """Return the conventions of the resolution's deadline, by rule."""
    decision = find_deadline(case(*events), policy, clock="resolution")
    return {one.rule.id: one.text("en") for one in decision.assumed}


@pytest.mark.parametrize("mode", REOPENINGS)
def test_what_a_re_opening_does_is_said(mode: str) -> None:
    policy = agreements(clock(16), reopening=mode)
    assert assumed(policy, *GAP)[f"sla.reopening_{mode}"] == REOPENINGS[mode]
    told = [one.rule.id for one in find_deadline(case(*GAP), policy, clock="resolution").reasons]
    assert ("sla.reopened_after" in told) is (mode == "skip")


@pytest.mark.parametrize(
    ("one", "events"),
    [
        (clock(16), (Event("solved", d(2, 12)),)),  # not re-opened
        (clock(16, stops=("confirmed",)), GAP),  # the solution does not stop it
        (clock(2, stops=("updated", "solved"), repeats=True), GAP),  # a new round starts anyway
    ],
)
@pytest.mark.parametrize("mode", REOPENINGS)
def test_where_a_re_opening_decides_nothing_it_is_not_said(
    mode: str, one: Clock, events: tuple[Event, ...]
) -> None:
    found = assumed(agreements(one, reopening=mode), *events)
    assert not [rule for rule in found if rule.startswith("sla.reopening_")]


WAITED = (Event("waiting", d(2, 12)), Event("resumed", d(2, 13)))


@pytest.mark.parametrize(
    ("pauses", "events", "states", "zh"),
    [
        ((), PAUSE, "is paused", "暂停"),
        ((), WAITED, "waits for the customer", "等待客户"),
        ((), (*PAUSE, *WAITED), "is paused or waits for the customer", "暂停或等待客户"),
        (("waiting",), (*PAUSE, *WAITED), "is paused", "暂停"),
        (("paused",), (*PAUSE, *WAITED), "waits for the customer", "等待客户"),
    ],
)
def test_a_pause_that_does_not_stop_the_clock_is_said(
    pauses: tuple[str, ...], events: tuple[Event, ...], states: str, zh: str
) -> None:
    decision = find_deadline(case(*events), agreements(clock(pauses=pauses)), clock="resolution")
    (told,) = [one for one in decision.assumed if one.rule.id == "sla.pause_counts"]
    assert told.text("en") == f"time for “resolution” counts on while the case {states}"
    assert told.text("zh") == f"“resolution”在{zh}期间照常计时"


@pytest.mark.parametrize(
    ("pauses", "events"),
    [((), ()), (("paused",), PAUSE), (("waiting",), WAITED), (("paused", "waiting"), PAUSE)],
)
def test_where_every_pause_stops_the_clock_nothing_is_said(
    pauses: tuple[str, ...], events: tuple[Event, ...]
) -> None:
    assert "sla.pause_counts" not in assumed(agreements(clock(pauses=pauses)), *events)


# --- working days that are no whole days any more -----------------------------------------

SHIFTED = "after a pause or re-opening the rest of the working days is counted in working hours"


@pytest.mark.parametrize(
    ("events", "rule"),
    [
        ((), "calendars.days_to_close"),
        (NIGHT, "calendars.days_to_close"),
        (PAUSE, "sla.days_shifted"),
        (GAP, "sla.days_shifted"),
    ],
)
def test_working_days_after_a_pause_are_counted_on_in_hours(
    events: tuple[Event, ...], rule: str
) -> None:
    found = assumed(agreements(clock(WorkingDays(2))), *events)
    assert [one for one in found if one.startswith(("sla.days_", "calendars.days_"))] == [rule]
    assert rule != "sla.days_shifted" or found[rule] == SHIFTED
    assert "calendars.within_hours" not in found


@pytest.mark.parametrize(
    ("mode", "expected", "rules"),
    [
        ("from_change", d(3, 18), ["calendars.days_to_close"]),
        ("keep_share", d(3, 14), ["calendars.within_hours"]),  # six eighths of a day: 12 hours
    ],
)
def test_a_share_of_working_days_is_counted_in_hours(
    mode: str, expected: datetime, rules: list[str]
) -> None:
    policy = agreements(clock(8), clock(WorkingDays(1)), retarget=mode)
    events = (changed(d(2, 11)),)
    assert due(case(*events), policy) == expected
    counting = ("calendars.days_", "calendars.within_hours")
    assert [one for one in assumed(policy, *events) if one.startswith(counting)] == rules


def test_what_is_no_case_and_no_agreements_is_refused_with_the_mend() -> None:
    policy = agreements([clock()])
    with pytest.raises(InputError, match=r"'T-1' is no Case; pass a Case, such as Case"):
        find_deadline("T-1", policy, clock="resolution")  # type: ignore[arg-type]  # on purpose
    lone = policy.agreements[0]
    with pytest.raises(InputError, match="is no Agreements; pass Agreements"):
        find_deadline(case(), lone, clock="resolution")  # type: ignore[arg-type]  # on purpose
