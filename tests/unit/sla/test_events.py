"""Events as stored: what can be written down, their order, and what becomes of impossible ones."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.service_desk import (
    ALWAYS,
    HIGH,
    LOW,
    agreements,
    ask,
    case,
    changed,
    clock,
    d,
    due,
    state,
)

from kamcore.errors import InputError, KamcoreError, NaiveInstant, NotADate, UnknownName
from kamcore.sla import Case, Event, find_clocks

BERLIN = ZoneInfo("Europe/Berlin")
POLICY = agreements(clock())


def test_a_naive_instant_is_refused_with_the_mend() -> None:
    with pytest.raises(
        NaiveInstant, match=r"answered 2026-03-02 .* has no zone; .*tzinfo=ZoneInfo"
    ):
        Event("answered", datetime(2026, 3, 2, 9))


@pytest.mark.parametrize("at", [date(2026, 3, 2), "2026-03-02T09:00+08:00", None])
def test_what_is_no_instant_is_refused(at: object) -> None:
    with pytest.raises(NotADate, match="pass an aware"):
        Event("answered", at)  # type: ignore[arg-type]  # refused


def test_a_kind_that_is_misspelt_is_refused_with_the_one_that_is_near() -> None:
    with pytest.raises(UnknownName) as refused:
        Event("awnsered", d(2))  # type: ignore[arg-type]  # refused
    assert str(refused.value) == "unknown event 'awnsered'; did you mean 'answered'?"


def test_facts_stand_only_where_they_are_read() -> None:
    with pytest.raises(InputError, match="with 'answered'; give them with 'opened' or 'changed'"):
        Event("answered", d(2), facts=LOW)


def test_a_change_without_facts_is_refused() -> None:
    with pytest.raises(InputError, match="'changed' has no facts; pass facts="):
        Event("changed", d(2))


@pytest.mark.parametrize(
    ("event", "en", "zh"),
    [
        (Event("paused", d(2)), "paused", "暂停"),
        (
            Event("waiting", d(2), by="Li Na"),
            "waiting for the customer (by Li Na)",
            "等待客户（Li Na）",
        ),
        (Event("paused", d(2), note="part ordered"), "paused: part ordered", "暂停：part ordered"),
        (
            Event("paused", d(2), note="part ordered", by="Li Na"),
            "paused: part ordered (by Li Na)",
            "暂停：part ordered（Li Na）",
        ),
    ],
)
def test_an_event_says_what_happened_why_and_by_whom(event: Event, en: str, zh: str) -> None:
    assert (event.label.en, event.label.zh) == (en, zh)


@pytest.mark.parametrize(
    ("name", "events", "fault"),
    [
        ("T1", (), "case 'T1' has no event 'opened'; add it"),
        ("T1", (Event("answered", d(2)),), "case 'T1' has no event 'opened'; add it"),
        ("T1", [Event("opened", d(2))], "pass a tuple"),
        ("T1", ("opened",), "pass Event"),
        (" ", (Event("opened", d(2)),), "pass a name"),
    ],
)
def test_a_case_needs_a_name_and_its_receipt(name: str, events: object, fault: str) -> None:
    with pytest.raises(KamcoreError, match=fault):
        Case(name, events)  # type: ignore[arg-type]  # refused


def test_one_event_more_makes_another_case() -> None:
    one = case()
    more = one.with_event(Event("solved", d(2, 10)))
    assert len(one.events) == 1
    assert more == case(Event("solved", d(2, 10)))


# --- order --------------------------------------------------------------------------------


def test_an_event_that_arrives_late_counts_at_its_instant() -> None:
    paused, resumed = Event("paused", d(2, 10)), Event("resumed", d(2, 12))
    assert due(case(resumed, paused), POLICY) == due(case(paused, resumed), POLICY) == d(3, 10)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((Event("paused", d(2, 10)), Event("resumed", d(2, 10))), d(2, 17)),
        # resumed first: nothing was paused, and the pause lasts until the last event
        ((Event("resumed", d(2, 10)), Event("paused", d(2, 10)), Event("answered", d(2, 11))),
         d(2, 18)),
    ],
)  # fmt: skip
def test_events_at_one_instant_count_in_the_order_given(
    events: tuple[Event, ...], expected: datetime
) -> None:
    assert due(case(*events), POLICY) == expected


def test_of_events_at_one_instant_the_receipt_is_first() -> None:
    one = Case("T1", (Event("solved", d(2, 9)), Event("opened", d(2, 9), facts=LOW)))
    found = state(one, POLICY, d(2, 9))
    assert found.ignored == ()
    assert found["resolution"].stage == "stopped"


# On 2026-10-25 the clocks of Berlin show 02:00 to 03:00 twice.
FIRST = datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN)
SECOND = datetime(2026, 10, 25, 2, 20, fold=1, tzinfo=BERLIN)


def test_in_the_hour_that_is_shown_twice_events_keep_their_order() -> None:
    one = case(Event("paused", FIRST), Event("resumed", SECOND), opened=FIRST - timedelta(hours=1))
    found = state(one, agreements(clock(calendar=ALWAYS)), SECOND)
    assert found.ignored == ()
    assert found["resolution"].elapsed == timedelta(hours=1)
    assert found["resolution"].stage == "running"


def test_what_happens_in_the_second_showing_is_not_known_in_the_first() -> None:
    one = case(Event("solved", SECOND), opened=FIRST - timedelta(hours=1))
    policy = agreements(clock(calendar=ALWAYS))
    assert ask(one, policy, FIRST).stage == "running"
    assert ask(one, policy, SECOND).stage == "stopped"


def test_the_same_wall_time_in_both_showings_is_two_events() -> None:
    first, second = (datetime(2026, 10, 25, 2, 20, fold=fold, tzinfo=BERLIN) for fold in (0, 1))
    assert Event("updated", first) != Event("updated", second)
    one = case(Event("updated", first), Event("updated", second), opened=FIRST - timedelta(hours=1))
    assert state(one, POLICY, SECOND).ignored == ()


def test_the_same_instant_in_another_zone_is_the_same_event() -> None:
    here, there = Event("answered", d(2, 10)), Event("answered", d(2, 10).astimezone(BERLIN))
    assert (here, hash(here)) == (there, hash(there))
    (left,) = state(case(here, there), POLICY, d(2, 11)).ignored
    assert left.why.en == "it is recorded twice"


# --- what cannot be -----------------------------------------------------------------------

PAUSED, WAITING, RESUMED = (
    Event("paused", d(2, 10)),
    Event("waiting", d(2, 10, 30)),
    Event("resumed", d(2, 11)),
)
SOLVED, REOPENED, CANCELLED = (
    Event("solved", d(2, 12)),
    Event("reopened", d(2, 13)),
    Event("cancelled", d(2, 14)),
)
IGNORED: list[tuple[str, tuple[Event, ...], Event, str, str]] = [
    ("twice", (SOLVED,), SOLVED, "it is recorded twice", "重复记录"),
    ("early", (), Event("answered", d(2, 9, us=-1)),
     "it lies before the case was received", "早于受理时间"),
    ("received again", (), Event("opened", d(2, 10), facts=HIGH),
     "the case had been received", "该事项已受理"),
    ("after cancelling", (CANCELLED,), Event("answered", d(2, 14, us=1)),
     "the case had been cancelled", "该事项已取消"),
    ("re-opened after cancelling", (CANCELLED,), Event("reopened", d(2, 15)),
     "the case had been cancelled", "该事项已取消"),
    ("cancelled twice", (CANCELLED,), Event("cancelled", d(2, 15)),
     "the case had been cancelled", "该事项已取消"),
    ("never paused", (), RESUMED, "nothing was paused", "此前并未暂停"),
    ("resumed twice", (PAUSED, RESUMED), Event("resumed", d(2, 11, 30)),
     "nothing was paused", "此前并未暂停"),
    ("one resumption ends both", (PAUSED, WAITING, RESUMED), Event("resumed", d(2, 11, 30)),
     "nothing was paused", "此前并未暂停"),
    ("resumed after re-opening", (PAUSED, SOLVED, REOPENED), Event("resumed", d(2, 13, 30)),
     "nothing was paused", "此前并未暂停"),
    ("paused twice", (PAUSED,), Event("paused", d(2, 10, 30)),
     "it was paused already", "此前已暂停"),
    ("waiting twice", (PAUSED, WAITING), Event("waiting", d(2, 10, 45)),
     "it was paused already", "此前已暂停"),
    ("never solved", (), REOPENED, "the case was not solved", "此前并未解决"),
    ("re-opened twice", (SOLVED, REOPENED), Event("reopened", d(2, 13, 30)),
     "the case was not solved", "此前并未解决"),
    ("solved twice", (SOLVED,), Event("solved", d(2, 13)),
     "the case had been solved", "该事项已解决"),
    ("paused after solving", (SOLVED,), Event("paused", d(2, 13)),
     "the case had been solved", "该事项已解决"),
    ("resumed after solving", (PAUSED, SOLVED), Event("resumed", d(2, 13)),
     "the case had been solved", "该事项已解决"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "event", "en", "zh"), [pytest.param(*row[1:], id=row[0]) for row in IGNORED]
)
def test_what_cannot_be_is_left_aside_with_the_reason(
    before: tuple[Event, ...], event: Event, en: str, zh: str
) -> None:
    found = find_clocks(case(*before, event), POLICY, as_of=d(3, 12))
    (left,) = found.value.ignored
    assert (left.event, left.why.en, left.why.zh) == (event, en, zh)
    assert found.value.clocks == state(case(*before), POLICY, d(3, 12)).clocks
    (told,) = [one for one in found.reasons if one.rule.id == "sla.ignored"]
    assert dict(told.params) == {"event": event.label, "at": event.at, "why": left.why}


@pytest.mark.parametrize(
    "events",
    [
        (PAUSED, WAITING, RESUMED),
        (WAITING, RESUMED, Event("waiting", d(2, 11, 30))),
        (Event("answered", d(2, 10)), Event("answered", d(2, 11))),
        (SOLVED, Event("answered", d(2, 12, 30)), Event("confirmed", d(2, 12, 45))),
        (SOLVED, REOPENED, Event("solved", d(2, 13, 30)), Event("reopened", d(2, 14))),
        (PAUSED, SOLVED, REOPENED, Event("paused", d(2, 13, 30))),
        (SOLVED, changed(d(2, 12, 30)), CANCELLED),
        (Event("solved", d(2, 12)), Event("solved", d(2, 13), states=("cause",))),
    ],
)
def test_what_can_be_is_taken(events: tuple[Event, ...]) -> None:
    assert state(case(*events), POLICY, d(3, 12)).ignored == ()


@pytest.mark.parametrize(
    ("states", "kept"), [((), True), (("cause",), True), (("cause", "mend"), False)]
)
def test_a_second_solution_counts_where_it_states_more(
    states: tuple[str, ...], *, kept: bool
) -> None:
    first = Event("solved", d(2, 12), states=("cause",))
    one = case(first, Event("solved", d(2, 13), states=states))
    assert bool(state(one, POLICY, d(3, 12)).ignored) is kept


def test_a_solution_after_re_opening_may_state_the_same() -> None:
    first = Event("solved", d(2, 12), states=("cause",))
    one = case(first, REOPENED, Event("solved", d(2, 14), states=("cause",)))
    assert state(one, POLICY, d(3, 12)).ignored == ()


def test_nothing_can_be_asked_before_the_receipt() -> None:
    with pytest.raises(InputError, match=r"case 'T1' is not yet received at .*; ask later"):
        find_clocks(case(), POLICY, as_of=d(2, 9, us=-1))
    assert ask(case(), POLICY, d(2, 9)).elapsed == timedelta()
