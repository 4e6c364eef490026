"""Deadlines with their reasons: what is said of the limit, the pauses and the assumptions."""

import pickle
from datetime import UTC, date, datetime

import pytest
from tests.service_desk import ALWAYS, DESK, agreements, case, changed, clock, d, due

from kamcore.calendars import Calendar, Holiday, Hours, Week, WorkCalendar, WorkingDays
from kamcore.errors import InputError, NaiveInstant
from kamcore.sla import Event, find_clocks, find_deadline, find_ledger
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
        "Convention: no holidays are listed in desk",
    ]
    assert lines(EIGHT, lang="zh") == [
        "resolution：不晚于2026年3月2日（周一）17:00（Asia/Shanghai UTC+08:00）",
        "自2026年3月2日（周一）09:00（受理）起，按“服务台”计 8 小时",
        "约定：“服务台”未列入节假日",
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
        (WorkingDays(1), "sla.days_to_close", d(3, 18)),
        (WorkingDays(1, ends="same_time"), "sla.days_to_same_time", d(3, 9)),
        (WorkingDays(2, first="same_day"), "sla.days_from_receipt_to_close", d(3, 18)),
        (WorkingDays(2, ends="same_time", first="same_day"),
         "sla.days_from_receipt_to_same_time", d(3, 9)),
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
        (26, LISTED, []),
        (27, LISTED, []),
        (28, LISTED, ["sla.holidays_end"]),
        (8, DESK, ["sla.holidays_unlisted"]),
        (8, ALWAYS, ["sla.around_the_clock"]),
        (WorkingDays(2), LISTED, ["sla.days_to_close"]),
        (WorkingDays(3), LISTED, ["sla.days_to_close", "sla.holidays_end"]),
        (WorkingDays(3), ALWAYS, ["sla.days_to_close"]),
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
    assert len(find_clocks(case(), policy, as_of=d(2, 10)).assumed) == 1


PAUSE = (Event("paused", d(2, 10)), Event("resumed", d(2, 11)))
NIGHT = (Event("paused", d(2, 19)), Event("resumed", d(3, 8)))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (PAUSE, "paused once: 1 hour of that time is not counted"),
        ((*PAUSE, *NIGHT), "paused once: 1 hour of that time is not counted"),
        ((*PAUSE, Event("paused", d(2, 12)), Event("resumed", d(2, 12, 30))),
         "paused 2 times: 1 hour 30 minutes of that time is not counted"),
        # a pause over the deadline, that is 09:00 + 8 h = 17:00
        ((Event("paused", d(2, 16)), Event("resumed", d(3, 10))),
         "paused once: 3 hours of that time is not counted"),
        ((Event("solved", d(2, 10)), Event("reopened", d(2, 12))),
         "paused once: 2 hours of that time is not counted"),
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
    assert "paused once: 2 hours" in lines(EIGHT, PAUSE[0], as_of=d(2, 12))[2]
    # without an instant: until the last event
    assert "paused once: 3 hours" in lines(EIGHT, PAUSE[0], Event("updated", d(2, 13)))[2]


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
            "“solved (by Li Na)” of Mon 2026-03-02 10:00 does not count: "
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
