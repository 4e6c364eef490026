"""Laws of clocks, in small worlds: half hours of one week, in calm zones and when clocks change."""

import pickle
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from attrs import field, frozen
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.service_desk import HIGH, LOW, agreements, clock

from kamcore.calendars import Calendar, Hours, Week, WorkCalendar, WorkingDays
from kamcore.sla import (
    Agreements,
    Alert,
    Case,
    CaseState,
    ClockState,
    Event,
    EventKind,
    NoPromise,
    find_clocks,
    find_deadline,
    find_ledger,
)

US = timedelta(microseconds=1)
HALF = timedelta(minutes=30)
NO_TIME = timedelta()
SLOTS = 6 * 48
MODES = st.sampled_from(["from_start", "from_change", "keep_share", "keep_stricter"])
REOPENINGS = st.sampled_from(["skip", "count", "restart"])


def desk(zone: str, *, week: Week | None = None) -> WorkCalendar:
    """Return working hours with a break; their edges lie on half hours."""
    hours = Week.of(Hours("01:00", "12:00"), Hours("13:00", "18:30"))
    return WorkCalendar(name="desk", zone=zone, week=week or hours)


# A week from Thursday on. In Berlin the clocks go back on 2026-10-25 and forward on 2026-03-29.
WORLDS: list[tuple[Calendar, datetime]] = [
    (desk("Asia/Shanghai"), datetime(2026, 3, 5, tzinfo=UTC)),
    (desk("Asia/Shanghai", week=Week.always()), datetime(2026, 3, 5, tzinfo=UTC)),
    (
        desk("Asia/Shanghai", week=Week.of(Hours("20:00", "04:00"))),
        datetime(2026, 3, 5, tzinfo=UTC),
    ),
    (desk("Europe/Berlin", week=Week.always()), datetime(2026, 10, 24, 20, tzinfo=UTC)),
    (
        desk("Europe/Berlin", week=Week.of(Hours("01:30", "04:00"), days=("saturday", "sunday"))),
        datetime(2026, 10, 23, tzinfo=UTC),
    ),
    (desk("Europe/Berlin", week=Week.always()), datetime(2026, 3, 28, 22, tzinfo=UTC)),
]
WORKING_DAYS = st.builds(
    WorkingDays,
    st.integers(1, 3),
    ends=st.sampled_from(["close", "same_time"]),
)
# Many draws lie around the change of the clocks, which is 3 to 5 hours after some worlds begin.
NEAR = st.integers(6, 13) | st.integers(1, 24) | st.integers(1, SLOTS // 2)
ASKED = st.integers(6, 13) | st.integers(0, 30) | st.integers(0, SLOTS)
LIMITS = st.integers(1, 40).map(lambda halves: halves * HALF)
KINDS: Sequence[EventKind] = (
    "answered",
    "updated",
    "paused",
    "waiting",
    "resumed",
    "resumed",
    "solved",
    "reopened",
    "changed",
    "confirmed",
)


@frozen(order=False)
class World:
    """A calendar, the case in it, and the first instant; all events are half hours after it."""

    calendar: Calendar = field()
    first: datetime = field()
    case: Case = field()

    def at(self, slot: int) -> datetime:
        """Return an instant in the zone of the calendar, in which wall times are no order."""
        return (self.first + slot * HALF).astimezone(self.calendar.compiled.zone)

    def told(self, *events: tuple[EventKind, int]) -> Case:
        """Return a case with these events instead."""
        return Case("W", (self.case.events[0], *(event(self, *one) for one in events)))


def event(world: World, kind: EventKind, slot: int) -> Event:
    """Return an event; a change is to high priority in even slots, to low in odd ones."""
    facts = (LOW if slot % 2 else HIGH) if kind == "changed" else None
    return Event(kind, world.at(slot), facts=facts)


@st.composite
def worlds(draw: st.DrawFn, kinds: Sequence[EventKind] = KINDS, most: int = 10) -> World:
    """Draw a world with events at distinct instants, in any order."""
    calendar, first = draw(st.sampled_from(WORLDS) | st.sampled_from(WORLDS[3:]))
    opened = Event("opened", first.astimezone(calendar.compiled.zone), facts=LOW)
    empty = World(calendar, first, Case("W", (opened,)))
    slots = draw(st.lists(NEAR, max_size=most, unique=True))
    events = [event(empty, draw(st.sampled_from(kinds)), slot) for slot in slots]
    return World(calendar, first, Case("W", tuple(draw(st.permutations([opened, *events])))))


@st.composite
def policies(draw: st.DrawFn, world: World, *, days: bool = True, **more: object) -> Agreements:
    """Draw agreements with one clock, for low and for high priority."""
    amounts = LIMITS | WORKING_DAYS if days else LIMITS
    pauses = st.sampled_from([("paused", "waiting"), ("paused",), ("waiting",), ()])
    stops = draw(st.sampled_from([("solved",), ("answered",), ("updated", "solved")]))
    alerts = (Alert(name="half", percent=50), Alert(name="soon", offset=-HALF))
    clocks = [
        clock(
            draw(amounts),
            calendar=world.calendar,
            stops=stops,
            repeats="updated" in stops,
            pauses=draw(pauses),
            alerts=alerts,
        )
        for _ in range(2)
    ]
    asked = {"retarget": draw(MODES), "reopening": draw(REOPENINGS), **more}
    return agreements(*clocks, **asked)


def simple(world: World, limit: timedelta | WorkingDays) -> Agreements:
    """Return agreements with one clock that waits for the solution."""
    return agreements(clock(limit, calendar=world.calendar))


def state(case: Case, policy: Agreements, at: datetime) -> CaseState:
    """Return how a case stands."""
    return find_clocks(case, policy, as_of=at).value


def ask(case: Case, policy: Agreements, at: datetime) -> ClockState:
    """Return how its clock stands."""
    return state(case, policy, at)["resolution"]


def due(case: Case, policy: Agreements) -> datetime:
    """Return its deadline."""
    found = find_deadline(case, policy, clock="resolution").value
    assert not isinstance(found, NoPromise)
    return found


def utc(at: datetime) -> datetime:
    """Return an instant that can be compared."""
    return at.astimezone(UTC)


# --- what the answer depends on -----------------------------------------------------------


@given(st.data(), worlds())
def test_the_order_in_which_events_arrive_does_not_matter(
    data: st.DataObject, world: World
) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    other = Case("W", tuple(data.draw(st.permutations(world.case.events))))
    assert find_clocks(other, policy, as_of=at) == find_clocks(world.case, policy, as_of=at)


@given(st.data(), worlds())
def test_stored_events_give_the_same_answer(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    case, kept = pickle.loads(pickle.dumps((world.case, policy)))
    assert find_clocks(case, kept, as_of=at) == find_clocks(world.case, policy, as_of=at)


@given(st.data(), worlds())
def test_what_is_recorded_twice_counts_once(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    twice = world.case.with_event(data.draw(st.sampled_from(world.case.events)))
    assert state(twice, policy, at).clocks == state(world.case, policy, at).clocks


@given(st.data(), worlds())
def test_events_after_the_instant_asked_change_nothing(data: st.DataObject, world: World) -> None:
    policy, slot = data.draw(policies(world)), data.draw(ASKED)
    at = world.at(slot)
    known = Case("W", tuple(one for one in world.case.events if utc(one.at) <= utc(at)))
    assert find_clocks(world.case, policy, as_of=at) == find_clocks(known, policy, as_of=at)


@given(st.data(), worlds())
def test_what_is_left_aside_could_as_well_not_be_there(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(SLOTS)
    found = state(world.case, policy, at)
    left = [one.event for one in found.ignored]
    known = Case("W", tuple(one for one in world.case.events if one not in left))
    assert state(known, policy, at).clocks == found.clocks
    assert state(known, policy, at).ignored == ()


@given(st.data(), worlds(), ASKED, ASKED)
def test_what_is_decided_stays(data: st.DataObject, world: World, one: int, other: int) -> None:
    policy = data.draw(policies(world))
    sooner, later = world.at(min(one, other)), world.at(max(one, other))
    between = {each.kind for each in world.case.events if utc(sooner) < utc(each.at) <= utc(later)}
    first = ask(world.case, policy, sooner)
    second = ask(world.case, policy, later)
    if first.stage in {"stopped", "ended"} and "reopened" not in between:
        assert second == first
    ends_a_round = bool(second.rounds[len(first.rounds) :])
    if first.verdict == "late" and not between & {"reopened", "changed"} and not ends_a_round:
        assert (second.verdict, second.due) == ("late", first.due)
    assert second.rounds[: len(first.rounds)] == first.rounds


# --- counting -----------------------------------------------------------------------------


@given(st.data(), worlds(("paused", "waiting", "resumed", "answered", "confirmed")))
def test_time_is_the_sum_of_the_open_half_hours_in_no_pause(
    data: st.DataObject, world: World
) -> None:
    limit, last = data.draw(LIMITS), data.draw(ASKED)
    kinds = data.draw(st.sampled_from([("paused", "waiting"), ("paused",), ("waiting",), ()]))
    policy = agreements(clock(limit, calendar=world.calendar, pauses=kinds))
    happened = {(utc(one.at) - utc(world.first)) // HALF: one.kind for one in world.case.events}
    active: set[str] = set()
    used, end = NO_TIME, None
    for slot in range(last):
        kind = happened.get(slot, "")
        active = set() if kind == "resumed" else active | ({kind} & {"paused", "waiting"})
        if world.calendar.is_open(world.at(slot)) and not active & set(kinds):
            used += HALF
            if used == limit:
                end = world.at(slot + 1)
    found = ask(world.case, policy, world.at(last))
    assert found.elapsed == used
    assert found.remaining == limit - used
    assert found.late_by == max(used - limit, NO_TIME)
    if end is not None:
        assert utc(found.due) == utc(end)
    else:
        assert utc(found.due) > utc(world.at(last))


@given(st.data(), worlds(most=0), LIMITS, NEAR, st.integers(0, SLOTS // 4))
def test_a_pause_moves_the_deadline_by_exactly_the_open_time_it_takes(
    data: st.DataObject, world: World, limit: timedelta, begins: int, length: int
) -> None:
    policy = simple(world, data.draw(st.just(limit) | WORKING_DAYS))
    assume(utc(world.at(begins)) < utc(due(world.case, policy)))
    paused = world.told(("paused", begins), ("resumed", begins + length))
    taken = world.calendar.between(world.at(begins), world.at(begins + length))
    before, after = due(world.case, policy), due(paused, policy)
    start = world.first
    moved = world.calendar.between(start, after) - world.calendar.between(start, before)
    # what is paused after a deadline in working days that lies outside open hours takes nothing
    over = world.calendar.between(before, world.at(begins + length))
    assert moved == taken or (taken == over == NO_TIME == moved)


@given(st.data(), worlds(most=0), NEAR)
def test_a_pause_outside_open_hours_moves_nothing(
    data: st.DataObject, world: World, begins: int
) -> None:
    policy = simple(world, data.draw(LIMITS | WORKING_DAYS))
    ends = begins
    while ends < SLOTS and not world.calendar.is_open(world.at(ends)):
        ends += 1
    paused = world.told(("paused", begins), ("resumed", ends))
    assert due(paused, policy) == due(world.case, policy)


@given(
    st.data(),
    worlds(most=0),
    st.lists(NEAR, min_size=3, max_size=3, unique=True),
)
def test_two_adjacent_pauses_are_one(data: st.DataObject, world: World, slots: list[int]) -> None:
    policy = simple(world, data.draw(LIMITS | WORKING_DAYS))
    begins, middle, ends = sorted(slots)
    one = world.told(("paused", begins), ("resumed", ends))
    two = world.told(
        ("paused", begins), ("resumed", middle), ("waiting", middle), ("resumed", ends)
    )
    assert due(two, policy) == due(one, policy)
    at = world.at(SLOTS)
    assert ask(two, policy, at) == ask(one, policy, at)


@given(st.data(), worlds())
def test_used_and_left_are_the_budget(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    found = ask(world.case, policy, at)
    account = find_ledger(world.case, policy, clock="resolution", as_of=at)
    if account.target == 1:
        assert found.elapsed + found.remaining == account.budget
    assert found.late_by == (max(-found.remaining, NO_TIME) if found.verdict == "late" else NO_TIME)
    assert (found.verdict == "late") == (found.late_by_elapsed > NO_TIME)


@given(st.data(), worlds())
def test_the_account_tiles_its_time_and_adds_up(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    account = find_ledger(world.case, policy, clock="resolution", as_of=at)
    found = ask(world.case, policy, at)
    assert (account.due, account.started, account.ended) == (
        found.due,
        found.started,
        found.stopped,
    )
    assert account.counted == account.budget
    place = utc(account.started)
    for entry in account.entries:
        assert utc(entry.begins) == place < utc(entry.ends)
        assert entry.late == (utc(entry.begins) >= utc(account.due))
        place = utc(entry.ends)
    # a deadline that a change moved into the past may lie before the start of its target
    ends = [account.due, account.ended or account.due]
    assert place == max(map(utc, [*ends, account.started]))
    if found.stopped and found.verdict != "none":
        within = [one for one in account.entries if utc(one.begins) < utc(found.stopped)]
        assert sum((one.counted for one in within), NO_TIME) >= found.elapsed


@given(st.data(), worlds())
def test_a_stopped_clock_used_what_its_account_counts_until_then(
    data: st.DataObject, world: World
) -> None:
    policy, at = data.draw(policies(world)), world.at(SLOTS)
    found = ask(world.case, policy, at)
    assume(found.stopped is not None)
    assert found.stopped is not None
    account = find_ledger(world.case, policy, clock="resolution", as_of=at)
    counted = sum(
        (
            min(utc(one.ends), utc(found.stopped)) - utc(one.begins)
            for one in account.entries
            if one.counted and utc(one.begins) < utc(found.stopped)
        ),
        NO_TIME,
    )
    assert counted == found.elapsed


# --- the deadline -------------------------------------------------------------------------


@given(st.data(), worlds(("paused", "waiting", "resumed", "changed")))
def test_at_the_deadline_it_is_kept_and_a_microsecond_later_it_is_late(
    data: st.DataObject, world: World
) -> None:
    policy = data.draw(policies(world))
    at = due(world.case, policy)
    last = max(utc(one.at) for one in world.case.events)
    lasting = ask(world.case, policy, last).stage == "paused"
    assume(utc(at) >= last and not lasting)
    kind = policy.agreements[0].clocks.rules[0].gives[0].stops[-1]
    kept = ask(world.case.with_event(Event(kind, at)), policy, at)
    assert (kept.stage, kept.verdict, kept.late_by) == ("stopped", "met", NO_TIME)
    after = utc(at) + US
    late = ask(world.case.with_event(Event(kind, after)), policy, after)
    assert (late.verdict, late.late_by_elapsed) == ("late", US)
    assert late.late_by == (US if world.calendar.is_open(at) else NO_TIME)
    assert ask(world.case, policy, at).verdict == "open"
    assert ask(world.case, policy, after).verdict == "late"


@given(st.data(), worlds())
def test_what_comes_is_in_order_and_each_changes_the_state(
    data: st.DataObject, world: World
) -> None:
    policy, at = data.draw(policies(world)), world.at(data.draw(ASKED))
    known = Case("W", tuple(one for one in world.case.events if utc(one.at) <= utc(at)))
    found = state(known, policy, at)
    instants = [utc(one.at) for one in found.plan]
    assert instants == sorted(instants)
    assert all(one >= utc(at) for one in instants)
    assert found.next_change == (found.plan[0].at if found.plan else None)
    for one in found.plan:
        just, after = (state(known, policy, utc(one.at) + more) for more in (NO_TIME, US))
        assert one in just.plan
        assert one not in after.plan
        if one.what == "due":
            assert (just[one.clock].verdict, after[one.clock].verdict) == ("open", "late")


@given(st.data(), worlds(), ASKED)
def test_until_the_next_change_nothing_changes(
    data: st.DataObject, world: World, slot: int
) -> None:
    policy, at = data.draw(policies(world)), world.at(slot)
    known = Case("W", tuple(one for one in world.case.events if utc(one.at) <= utc(at)))
    found = state(known, policy, at)
    assume(found.next_change is not None)
    assert found.next_change is not None
    for later in (utc(at) + (utc(found.next_change) - utc(at)) / 2, found.next_change):
        then = state(known, policy, later)
        assert then.plan == found.plan
        for one, other in zip(found.clocks, then.clocks, strict=True):
            assert (one.due, one.stage, one.verdict) == (other.due, other.stage, other.verdict)


# --- changes ------------------------------------------------------------------------------


@st.composite
def before_a_change(draw: st.DrawFn) -> tuple[World, int]:
    """Draw a world with pauses only, and an even slot after all of them: a change to high."""
    world = draw(worlds(("paused", "waiting", "resumed"), most=6))
    last = max((utc(one.at) - utc(world.first)) // HALF for one in world.case.events)
    return world, 2 * draw(st.integers(last // 2 + 1, SLOTS // 4 + 1))


def with_change(world: World, slot: int) -> Case:
    """Return its case, changed to high priority."""
    return world.case.with_event(event(world, "changed", slot))


def as_high(world: World) -> Case:
    """Return its case as if it had had high priority from the start."""
    return Case(
        "W",
        tuple(
            Event("opened", one.at, facts=HIGH) if one.kind == "opened" else one
            for one in world.case.events
        ),
    )


@given(st.data(), worlds())
def test_from_the_start_is_as_if_it_had_always_been_so(data: st.DataObject, world: World) -> None:
    policy = data.draw(policies(world, retarget="from_start"))
    kept = tuple(one for one in world.case.events if one.kind != "changed")
    slot = 2 * data.draw(st.integers(SLOTS // 4 + 1, SLOTS // 2))
    known = World(world.calendar, world.first, Case("W", kept))
    at = world.at(slot)
    before = ask(known.case, policy, at)
    assume(before.stage in {"running", "paused"} and not before.rounds)
    always = ask(as_high(known), policy, at)
    assert ask(with_change(known, slot), policy, at) == always


@given(st.data(), before_a_change())
def test_the_stricter_one_is_never_later_than_either(
    data: st.DataObject, drawn: tuple[World, int]
) -> None:
    world, slot = drawn
    policy = data.draw(policies(world, retarget="keep_stricter"))
    at = world.at(slot)
    found = utc(ask(with_change(world, slot), policy, at).due)
    old, new = (utc(ask(one, policy, at).due) for one in (world.case, as_high(world)))
    assert found == min(old, new)


@given(st.data(), before_a_change(), MODES)
def test_a_change_to_the_same_target_changes_nothing(
    data: st.DataObject, drawn: tuple[World, int], mode: str
) -> None:
    world, slot = drawn
    one = clock(data.draw(LIMITS | WORKING_DAYS), calendar=world.calendar)
    policy = agreements(one, one, retarget=mode)
    at = world.at(slot + data.draw(st.integers(0, 10)))
    same, other = ask(with_change(world, slot), policy, at), ask(world.case, policy, at)
    assert (same.due, same.elapsed, same.verdict) == (other.due, other.elapsed, other.verdict)


@given(st.data(), before_a_change())
def test_from_the_change_does_not_depend_on_what_was_used_before(
    data: st.DataObject, drawn: tuple[World, int]
) -> None:
    world, slot = drawn
    policy = data.draw(policies(world, retarget="from_change"))
    at = world.at(slot)
    rules = policy.agreements[0].clocks.rules
    high, low = (rule.gives[0] for rule in rules)
    assume(ask(world.case, policy, at).verdict == "open" and not high.same_target(low))
    found = ask(with_change(world, slot), policy, at)
    assert utc(found.due) == utc(world.calendar.add(at, high.limit))


@given(before_a_change(), LIMITS, LIMITS)
def test_keeping_the_share_keeps_it_to_the_second(
    drawn: tuple[World, int], one: timedelta, other: timedelta
) -> None:
    world, slot = drawn
    low, high = (clock(limit, calendar=world.calendar) for limit in (one, other))
    policy = agreements(low, high, retarget="keep_share")
    at = world.at(slot)
    before = ask(world.case, policy, at)
    assume(before.verdict == "open" and before.remaining > NO_TIME and one != other)
    found = ask(with_change(world, slot), policy, at)
    exact = other * (before.remaining / HALF) / (one / HALF)
    assert -timedelta(seconds=1) <= found.remaining - exact <= US
    assert found.remaining % timedelta(seconds=1) == NO_TIME
    assert found.elapsed == before.elapsed


@given(st.data(), worlds())
def test_no_mode_lets_a_stopped_clock_be_judged_anew(data: st.DataObject, world: World) -> None:
    policy, at = data.draw(policies(world)), world.at(SLOTS)
    found = ask(world.case, policy, at)
    assume(found.stage == "stopped")
    for slot in (SLOTS, SLOTS - 1):
        changed = world.case.with_event(event(world, "changed", slot))
        assert ask(changed, policy, at) == found


# --- re-opening ---------------------------------------------------------------------------


@given(
    st.data(),
    worlds(most=0),
    st.lists(NEAR, min_size=2, max_size=2, unique=True),
)
def test_skipped_time_is_as_a_pause(data: st.DataObject, world: World, slots: list[int]) -> None:
    policy = simple(world, data.draw(LIMITS | WORKING_DAYS))
    begins, ends = sorted(slots)
    solved = world.told(("solved", begins), ("reopened", ends))
    paused = world.told(("paused", begins), ("resumed", ends))
    at = world.at(ends + data.draw(st.integers(0, 48)))
    assert ask(solved, policy, at) == ask(paused, policy, at)


@given(
    st.data(),
    worlds(most=0),
    st.lists(NEAR, min_size=2, max_size=2, unique=True),
)
def test_counted_time_is_as_if_it_had_never_been_solved(
    data: st.DataObject, world: World, slots: list[int]
) -> None:
    limit = data.draw(LIMITS | WORKING_DAYS)
    policy = agreements(clock(limit, calendar=world.calendar), reopening="count")
    begins, ends = sorted(slots)
    solved = world.told(("solved", begins), ("reopened", ends))
    at = world.at(ends + data.draw(st.integers(0, 48)))
    assert ask(solved, policy, at) == ask(world.case, policy, at)


@given(st.data(), worlds(("updated", "paused", "resumed", "waiting")))
def test_rounds_follow_each_other_without_a_gap(data: st.DataObject, world: World) -> None:
    one = clock(data.draw(LIMITS), calendar=world.calendar, stops=("updated",), repeats=True)
    found = ask(world.case, agreements(one), world.at(SLOTS))
    ends = [*(each.stopped for each in found.rounds)]
    starts = [*(each.started for each in found.rounds), found.started]
    assert starts[1:] == ends
    assert starts[0] == world.case.events[0].at or utc(starts[0]) == utc(world.first)
    assert all(utc(a) < utc(b) for a, b in pairwise(starts))
    assert len(found.rounds) == sum(each.kind == "updated" for each in world.case.events)
