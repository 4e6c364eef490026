"""Laws of filling seats with people: chains that end, limits that hold, turns that are fair."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kamcore.facts import Facts, Node, TextField, TreeField, read_facts
from kamcore.routing._duties import Duty
from kamcore.routing._seating import Placement, fill_seat
from kamcore.routing._staff import Absence, Person, RateLimit, Staff, Workload
from kamcore.routing._staffing import Staffing, Unstaffed, staff_duty
from kamcore.values import Days, Label, Seat

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 10, 1, tzinfo=UTC)
UNIT = TreeField(
    "unit",
    nodes=(
        Node("company"),
        Node("north", under="company"),
        Node("beijing", under="north"),
        Node("south", under="company"),
    ),
)
UNITS = UNIT.names
MANAGER = TextField("manager")


def seat(name: str, kind: str) -> Seat:
    """Return a seat whose words are its name."""
    return Seat(name, Label(name, name), kind=kind)  # type: ignore[arg-type]


OWN, REGIONAL = seat("own", "account_manager"), seat("regional", "unit_role")
DESK, LEAD = seat("desk", "queue"), seat("lead", "role")
SEATS = (OWN, REGIONAL, DESK, LEAD)
RANDOMS = st.randoms(use_true_random=False)
INSTANTS = st.integers(0, 12 * 24).map(lambda hours: FIRST + timedelta(hours=hours))
NONE = Workload()


@st.composite
def absences(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[Absence, ...]:
    """Draw up to two absences in the first days of October, each with anybody as stand-in."""
    days = sorted(draw(st.sets(st.integers(1, 12), max_size=4)))
    spans = zip(days[::2], days[1::2], strict=False)
    return tuple(
        Absence(
            Days.through(date(2026, 10, first), date(2026, 10, last)),
            draw(st.none() | st.sampled_from(names)),
        )
        for first, last in spans
    )


@st.composite
def staffs(draw: st.DrawFn) -> Staff:
    """Draw up to 7 people with any stand-ins, limits, units and heads."""
    names = tuple(f"p{number}" for number in range(draw(st.integers(1, 7))))
    heads = {unit: draw(st.none() | st.sampled_from(names)) for unit in UNITS}
    limits = st.builds(RateLimit, st.integers(1, 2), st.sampled_from([timedelta(hours=5)]))
    people = tuple(
        Person(
            name,
            unit=draw(st.none() | st.sampled_from(UNITS)),
            roles=tuple(draw(st.sets(st.sampled_from(["desk", "lead", "regional"])))),
            heads=tuple(unit for unit, head in heads.items() if head == name),
            skills=draw(st.sampled_from([(), ("gis",)])),
            capacity=draw(st.none() | st.integers(0, 3)),
            rate=draw(st.none() | limits),
            absences=draw(absences(names)),
            active=draw(st.integers(0, 5)) > 0,
        )
        for name in names
    )
    return Staff(
        people=people,
        zone="Asia/Shanghai",
        unit=UNIT,
        manager=MANAGER,
        choose=draw(st.sampled_from(["rotation", "least_loaded", "listed"])),
    )


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    """Draw a duty of any seats, with or without relief and a skill."""
    accountable = draw(st.sampled_from(SEATS))
    others = [one for one in SEATS if one != accountable]
    parts = [
        tuple(draw(st.lists(st.sampled_from(SEATS), unique=True, max_size=2))) for _ in range(3)
    ]
    return Duty(
        accountable,
        *parts,
        in_absence=draw(st.none() | st.sampled_from(others)),
        skills=draw(st.sampled_from([(), ("gis",)])),
    )


def facts_of(staff: Staff, random: Random) -> Facts:
    """Return a customer of any unit with any manager."""
    row = {"unit": random.choice(UNITS), "manager": random.choice(staff.people).name}
    return read_facts(row, staff.fields)


def placed(found: Staffing) -> tuple[Placement, ...]:
    """Return all placements of a staffing."""
    return (found.accountable, *found.responsible, *found.consulted, *found.informed)


def is_absent(person: Person, at: datetime) -> Absence | None:
    """Return the absence of the day in Shanghai."""
    day = at.astimezone(SHANGHAI).date()
    return next((one for one in person.absences if one.days.start <= day <= one.days.last), None)


# --- an oracle ------------------------------------------------------------------------------


class Oracle:
    """The rule in other words: the k-th stand-in for k = 1, 2, ... up to the number of people."""

    def __init__(self, staff: Staff, at: datetime, workload: Workload) -> None:
        self.people = {one.name: one for one in staff.people}
        self.staff, self.at, self.workload = staff, at, workload
        self.circles: set[frozenset[str]] = set()

    def able(self, name: str, skills: tuple[str, ...]) -> bool:
        """Say whether somebody may take work."""
        one = self.people[name]
        open_work = dict(self.workload.open).get(name, 0)
        room = one.capacity is None or open_work < one.capacity
        if one.rate is not None:
            since = self.at - one.rate.within
            times = [when for who, when in self.workload.assigned if who == name]
            room = room and sum(since < when <= self.at for when in times) < one.rate.count
        there = one.active and is_absent(one, self.at) is None
        return there and room and set(skills) <= set(one.skills)

    def is_of(self, name: str, unit: str) -> bool:
        """Say whether somebody who has not left is of a unit."""
        return self.people[name].active and self.people[name].unit == unit

    def next(self, name: str) -> str | None:
        """Return the stand-in of an absent person."""
        away = is_absent(self.people[name], self.at) if self.people[name].active else None
        return None if away is None else away.stand_in

    def stand_in(self, name: str, skills: tuple[str, ...]) -> str | None:
        """Return the first stand-in who is able; note a circle."""
        at = name
        for _ in self.people:
            after = self.next(at)
            if after is None or self.able(after, skills):
                return after
            at = after
        circle = {at}
        while (after := self.next(at)) is not None and after not in circle:
            circle.add(after)
            at = after
        self.circles.add(frozenset(circle))
        return None

    def of(self, holders: list[str], units: list[str], skills: tuple[str, ...]) -> str | None:
        """Return who takes the work of a seat, in turn where several could."""
        able = [name for name in holders if self.able(name, skills)]
        if able:
            turns = list(self.workload.turns)
            load = dict(self.workload.open)
            turn = {name: turns.index(name) if name in turns else -1 for name in able}
            keys: dict[str, dict[str, tuple[int, ...]]] = {
                "rotation": {name: (turn[name],) for name in able},
                "least_loaded": {name: (load.get(name, 0), turn[name]) for name in able},
                "listed": dict.fromkeys(able, (0,)),
            }
            return min(able, key=keys[self.staff.choose].__getitem__)
        for name in holders:
            found = self.stand_in(name, skills)
            if found is not None:
                return found
        for unit in units:
            for head in (one.name for one in self.staff.people if unit in one.heads):
                found = head if self.able(head, ()) else self.stand_in(head, ())
                if found is not None:
                    return found
        return None


@given(staffs(), RANDOMS, INSTANTS, st.sampled_from([(), ("gis",)]), st.data())
def test_a_chain_of_stand_ins_and_heads_always_ends_as_the_oracle_says(
    staff: Staff, random: Random, at: datetime, skills: tuple[str, ...], data: st.DataObject
) -> None:
    names = [one.name for one in staff.people]
    workload = Workload(
        tuple(random.sample(names, random.randint(0, len(names)))),
        {name: random.randint(0, 3) for name in names},
        tuple((random.choice(names), at - timedelta(hours=random.randint(0, 6))) for _ in range(4)),
    )
    asked = data.draw(st.sampled_from(SEATS))
    facts = facts_of(staff, random)
    found = fill_seat(asked, facts, staff, at=at, workload=workload, works=True, skills=skills)
    oracle = Oracle(staff, at, workload)
    home = UNIT.path(str(facts["unit"]))
    holders = [one.name for one in staff.people if asked.name in one.roles]
    paths = [UNIT.path(one.unit) for one in staff.people if one.name in holders and one.unit]
    units = [path[step] for step in range(3) for path in paths if step < len(path)]
    if asked is OWN:
        holders, units = [str(facts["manager"])], list(home)
    if asked is REGIONAL:
        here = [[name for name in holders if oracle.is_of(name, unit)] for unit in home]
        holders, units = next((names for names in here if names), list[str]()), list(home)
    assert found.person == oracle.of(holders, units, skills)
    assert {frozenset(loop) for loop in found.loops} == oracle.circles
    assert (found.person is None) == (found.how in {"nobody", "queue"})


# --- whoever is placed may be ---------------------------------------------------------------


@given(staffs(), duties(), RANDOMS, INSTANTS)
def test_nobody_who_is_absent_or_has_left_is_ever_placed(
    staff: Staff, duty: Duty, random: Random, at: datetime
) -> None:
    answer = staff_duty(facts_of(staff, random), duty, staff, at=at).value
    if isinstance(answer, Staffing):
        for one in placed(answer):
            if one.person is not None:
                person = staff.person(one.person)
                assert person.active
                assert is_absent(person, at) is None
        assert answer.accountable.how != "nobody"


@given(staffs(), duties(), RANDOMS, INSTANTS)
def test_no_stand_in_and_no_head_goes_before_a_holder_who_can(
    staff: Staff, duty: Duty, random: Random, at: datetime
) -> None:
    facts = facts_of(staff, random)
    answer = staff_duty(facts, duty, staff, at=at).value
    oracle = Oracle(staff, at, NONE)
    first = answer.accountable
    if first.how in {"stand_in", "head", "nobody"} and first.seat in {DESK, LEAD}:
        holders = [one.name for one in staff.people if first.seat.name in one.roles]
        assert not any(oracle.able(name, duty.skills) for name in holders)


# --- a missing fact -------------------------------------------------------------------------

NEEDS = {OWN: "manager", REGIONAL: "unit"}


@given(staffs(), duties(), RANDOMS, INSTANTS, st.sampled_from(["unit", "manager"]))
def test_a_missing_fact_opens_the_answer_exactly_where_it_hides_who_is_accountable(
    staff: Staff, duty: Duty, random: Random, at: datetime, hidden: str
) -> None:
    facts = facts_of(staff, random)
    known = staff_duty(facts, duty, staff, at=at).value
    decision = staff_duty(without(facts, hidden), duty, staff, at=at)
    relief = duty.in_absence
    hides = NEEDS.get(duty.accountable) == hidden and (duty.accountable != OWN or relief is None)
    if relief is not None and NEEDS.get(relief) == hidden:
        hides = hides or known.accountable.relieves is not None
    assert decision.decided is not hides
    if hides:
        assert [fact.name for fact in decision.missing] == [hidden]


@given(staffs(), duties(), RANDOMS, INSTANTS, st.sampled_from(["unit", "manager"]))
def test_a_missing_fact_empties_the_seats_that_hang_on_it_and_no_other(
    staff: Staff, duty: Duty, random: Random, at: datetime, hidden: str
) -> None:
    facts = facts_of(staff, random)
    known = staff_duty(facts, duty, staff, at=at).value
    decision = staff_duty(without(facts, hidden), duty, staff, at=at)
    found = decision.value_or(None)
    if not isinstance(found, Staffing) or not isinstance(known, Staffing):
        return
    vacant = False
    for one, other in zip(placed(found)[1:], placed(known)[1:], strict=True):
        if NEEDS.get(one.seat) == hidden:
            vacant = True
            assert one == Placement(one.seat, None, "nobody")
        elif one != found.accountable and one.seat in {DESK, LEAD}:
            assert one == other
    assert [fact.name for fact in decision.missing] == ([hidden] if vacant else [])


def without(facts: Facts, name: str) -> Facts:
    """Return facts of which one is missing."""
    place = facts.fields.names.index(name)
    return evolve(facts, wires=(*facts.wires[:place], None, *facts.wires[place + 1 :]))


# --- limits ---------------------------------------------------------------------------------


@given(staffs(), st.lists(duties(), min_size=1, max_size=3), RANDOMS, st.data())
def test_no_limit_is_ever_exceeded(
    staff: Staff, kinds: list[Duty], random: Random, data: st.DataObject
) -> None:
    hours = sorted(data.draw(st.lists(st.integers(0, 40), min_size=1, max_size=15)))
    workload, given_at = NONE, dict[str, list[datetime]]()
    for hour in hours:
        at = FIRST + timedelta(hours=hour)
        asked = staff_duty(
            facts_of(staff, random), random.choice(kinds), staff, at=at, workload=workload
        )
        answer = asked.value
        if isinstance(answer, Unstaffed):
            continue
        works = {one.person for one in (answer.accountable, *answer.responsible)} - {None}
        for name in works:
            given_at.setdefault(str(name), []).append(at)
        assert Counter(dict(answer.workload.open)) - Counter(dict(workload.open)) == Counter(works)
        workload = answer.workload
    for person in staff.people:
        times = given_at.get(person.name, [])
        assert person.capacity is None or len(times) <= person.capacity
        if person.rate is not None:
            for end in times:
                stretch = [one for one in times if end - person.rate.within < one <= end]
                assert len(stretch) <= person.rate.count


@given(staffs(), duties(), RANDOMS, INSTANTS)
def test_more_capacity_never_leaves_a_duty_without_an_owner(
    staff: Staff, duty: Duty, random: Random, at: datetime
) -> None:
    facts = facts_of(staff, random)
    before = staff_duty(facts, duty, staff, at=at).value
    freed = random.choice(staff.people)
    people = tuple(
        evolve(one, capacity=None, rate=None) if one == freed else one for one in staff.people
    )
    after = staff_duty(facts, duty, evolve(staff, people=people), at=at).value
    assert isinstance(before, Unstaffed) or isinstance(after, Staffing)


# --- fairness -------------------------------------------------------------------------------


@st.composite
def desks(draw: st.DrawFn) -> tuple[Staff, tuple[str, ...]]:
    """Draw a desk, and the names of those who are always there and always have room."""
    always = tuple(f"a{number}" for number in range(draw(st.integers(1, 5))))
    others = tuple(f"b{number}" for number in range(draw(st.integers(0, 3))))
    people = [Person(name, roles=("desk",)) for name in always]
    for name in others:
        away, capacity = draw(absences(always)), draw(st.none() | st.integers(0, 3))
        people.append(Person(name, roles=("desk",), absences=away, capacity=capacity))
    people = draw(st.permutations(people))
    staff = Staff(people=tuple(people), zone="Asia/Shanghai")
    return draw(st.sampled_from([staff, evolve(staff, choose="least_loaded")])), always


def share_out(staff: Staff, instants: list[datetime]) -> Counter[str]:
    """Return how many pieces of work each of a desk is given."""
    facts, workload, counts = read_facts({}, staff.fields), NONE, Counter[str]()
    for at in instants:
        answer = staff_duty(facts, Duty(DESK), staff, at=at, workload=workload).value
        assert isinstance(answer, Staffing)
        counts[str(answer.accountable.person)] += 1
        workload = answer.workload
    return counts


@given(desks(), st.lists(INSTANTS, max_size=25))
def test_people_who_are_always_there_get_the_same_work_up_to_one_piece(
    desk: tuple[Staff, tuple[str, ...]], instants: list[datetime]
) -> None:
    """Whoever else comes and goes: that is the bound of rotation."""
    staff, always = desk
    counts = share_out(staff, instants)
    given_to = [counts[name] for name in always]
    assert max(given_to) - min(given_to) <= 1


@given(desks(), st.lists(INSTANTS, max_size=15), RANDOMS)
def test_the_order_of_the_people_does_not_change_how_even_it_is(
    desk: tuple[Staff, tuple[str, ...]], instants: list[datetime], random: Random
) -> None:
    staff, always = desk
    people = tuple(one for one in staff.people if one.name in always)
    mixed = tuple(random.sample(people, len(people)))
    one, other = (share_out(evolve(staff, people=listed), instants) for listed in (people, mixed))
    assert sorted(one.values()) == sorted(other.values())


# --- one answer -----------------------------------------------------------------------------


@given(staffs(), duties(), RANDOMS, INSTANTS)
def test_the_same_question_has_the_same_answer(
    staff: Staff, duty: Duty, random: Random, at: datetime
) -> None:
    facts = facts_of(staff, random)
    names = [one.name for one in staff.people]
    load = {name: random.randint(0, 2) for name in names}
    mixed = {name: load[name] for name in random.sample(names, len(names))}
    known = random.choice([None, *names])
    one, other = (
        staff_duty(facts, duty, people, at=when, known=known, workload=Workload(open=open_work))
        for people, when, open_work in (
            (staff, at, load),
            (evolve(staff), at.astimezone(SHANGHAI), mixed),
        )
    )
    assert one == other
    assert (one.explain("en"), one.explain("zh")) == (other.explain("en"), other.explain("zh"))
    assert max(len(one.lines("en")), len(one.lines("zh"))) <= 7
