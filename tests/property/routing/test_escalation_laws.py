"""Laws of escalation: times never fall, nobody is told twice, and waiting never tells more."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kamcore.calendars import Amount, Hours, Week, WorkCalendar, WorkingDays
from kamcore.facts import Facts
from kamcore.routing._escalation import Escalation, EscalationStep
from kamcore.routing._plan import EscalationPlan, plan_escalation
from kamcore.routing._staff import Absence, Person, Staff
from kamcore.values import Days, Label, Seat

OFFICE = WorkCalendar(
    name="office", zone="Asia/Shanghai", week=Week.of(Hours("09:00", "18:00")), holidays_until=None
)
START = datetime(2026, 10, 12, 14, tzinfo=ZoneInfo("Asia/Shanghai"))
SEATS = tuple(Seat(f"seat {number}", Label("seat", "岗位")) for number in range(4))
WEEK = tuple(range(12, 17))
AWAY = st.lists(st.sampled_from(WEEK), unique=True).map(tuple)
HOURS_A_DAY = 9


def day_of(after: Amount) -> int:
    """Return the day of October 2026 on which a step falls: the calendar, written out again."""
    if isinstance(after, WorkingDays):
        return WEEK[0] + after.count
    past = after // timedelta(hours=1) + 5
    return WEEK[0] + (past - 1) // HOURS_A_DAY


@st.composite
def policies(draw: st.DrawFn) -> Escalation:
    """Draw one to four steps of hours and working days within one week."""
    count = draw(st.integers(1, 4))
    hours = sorted(draw(st.lists(st.integers(1, 36), min_size=count, max_size=count)))
    days = sorted(draw(st.lists(st.integers(1, 4), min_size=count, max_size=count)))
    steps: list[EscalationStep] = []
    for number in range(count):
        in_days = draw(st.booleans())
        after = (
            WorkingDays(days[number], ends="same_time")
            if in_days
            else timedelta(hours=hours[number])
        )
        tell = draw(st.lists(st.sampled_from(SEATS), min_size=1, max_size=2, unique=True))
        steps.append(EscalationStep(f"step {number}", after=after, tell=tuple(tell)))
    policy = Escalation(steps=tuple(steps), calendar=OFFICE)
    return policy if draw(st.booleans()) else attrs.evolve(policy, empty="wait")


def staff_of(away: tuple[tuple[int, ...], ...]) -> Staff:
    """Return one holder a seat, each away on some days of October 2026."""
    people = [
        Person(
            f"person {number}",
            roles=(f"seat {number}",),
            absences=tuple(
                Absence(Days.through(day, day)) for day in (date(2026, 10, one) for one in days)
            ),
        )
        for number, days in enumerate(away)
    ]
    return Staff(people=tuple(people), zone="Asia/Shanghai")


STAFFS = st.tuples(*[AWAY] * len(SEATS)).map(staff_of)
STEADY = st.tuples(*[st.sampled_from(((), WEEK))] * len(SEATS)).map(staff_of)


def planned(policy: Escalation, staff: Staff | None) -> EscalationPlan:
    """Return the plan."""
    nothing = Facts("K1", policy.fields, ())
    return plan_escalation(nothing, policy, start=START, staff=staff).value


def told(found: EscalationPlan) -> dict[str, datetime]:
    """Return when each step is told."""
    return {one.step: one.at for one in found.notices}


def walked(policy: Escalation, staff: Staff) -> list[tuple[int, str, str | None]]:
    """Return day, step and the step replaced, by a naive walk through the steps in time."""
    waiting = sorted(policy.steps, key=lambda step: OFFICE.add(START, step.after).timestamp())
    found: list[tuple[int, str, str | None]] = []
    while waiting:
        step = waiting.pop(0)
        day = day_of(step.after)
        candidates = [step, *waiting] if policy.empty == "skip" else [step]
        there = [one for one in candidates if any(is_there(seat, staff, day) for seat in one.tell)]
        if there:
            found.append((day, there[0].name, None if there[0] is step else step.name))
            waiting = [one for one in waiting if one is not there[0]]
    return found


def is_there(seat: Seat, staff: Staff, day: int) -> bool:
    """Say whether the holder of a seat is there on a day."""
    (holder,) = (one for one in staff.people if seat.name in one.roles)
    return all(absence.days.start.day != day for absence in holder.absences)


@given(policies(), STAFFS)
def test_the_plan_is_that_of_a_walk_through_the_steps(policy: Escalation, staff: Staff) -> None:
    steps = {(one.at.day, one.step, one.instead_of): None for one in planned(policy, staff).notices}
    assert list(steps) == walked(policy, staff)


@given(policies(), STAFFS)
def test_every_seat_of_a_step_with_somebody_there_is_told(policy: Escalation, staff: Staff) -> None:
    found = planned(policy, staff)
    for step in policy.steps:
        if step.name in told(found):
            day = told(found)[step.name].day
            seats = [one.seat for one in found.notices if one.step == step.name]
            assert seats == [seat for seat in step.tell if is_there(seat, staff, day)]


@given(policies(), st.none() | STAFFS)
def test_the_instants_of_a_plan_never_fall_and_none_is_before_the_start(
    policy: Escalation, staff: Staff | None
) -> None:
    instants = [START.timestamp(), *(one.at.timestamp() for one in planned(policy, staff).notices)]
    assert instants == sorted(instants)


@given(policies(), st.none() | STAFFS)
def test_a_step_is_told_at_most_once(policy: Escalation, staff: Staff | None) -> None:
    found = planned(policy, staff)
    assert len({(one.step, one.seat) for one in found.notices}) == len(found.notices)
    assert len({(one.step, one.at, one.instead_of) for one in found.notices}) == len(told(found))


@given(policies(), STAFFS)
def test_skipping_tells_every_step_that_waiting_tells_and_never_later(
    policy: Escalation, staff: Staff
) -> None:
    skip = told(planned(attrs.evolve(policy, empty="skip"), staff))
    wait = told(planned(attrs.evolve(policy, empty="wait"), staff))
    assert wait.keys() <= skip.keys()
    assert all(skip[name] <= wait[name] for name in wait)


@given(policies(), STEADY)
def test_skipping_and_waiting_tell_the_same_last_step_where_presence_does_not_change(
    policy: Escalation, staff: Staff
) -> None:
    skip = planned(attrs.evolve(policy, empty="skip"), staff).notices
    wait = planned(attrs.evolve(policy, empty="wait"), staff).notices
    assert {one.step for one in skip} == {one.step for one in wait}
    assert [one.step for one in skip[-1:]] == [one.step for one in wait[-1:]]


@given(policies())
def test_with_everybody_there_all_are_told_as_without_staff(policy: Escalation) -> None:
    there = planned(policy, staff_of(((), (), (), ()))).notices
    seats = planned(policy, None).notices
    assert tuple(attrs.evolve(one, person=None, how=None) for one in there) == seats


@given(policies(), st.none() | STAFFS, st.integers(-2, 120))
def test_what_is_due_and_what_comes_next_make_up_the_plan(
    policy: Escalation, staff: Staff | None, past: int
) -> None:
    found = planned(policy, staff)
    at = START + timedelta(hours=past)
    due = found.due(at)
    rest = found.notices[len(due) :]
    assert due == found.notices[: len(due)]
    assert all(one.at <= at for one in due)
    assert all(one.at > at for one in rest)
    assert found.next(at) == (rest[0] if rest else None)
