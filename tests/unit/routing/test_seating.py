"""Which person holds a seat: who is present and has room, stand-ins, heads, turns."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from kamcore.errors import InputError, NaiveInstant, NotADate, PolicyError, Undecided, UnknownName
from kamcore.facts import Facts, Node, TextField, TreeField, read_facts
from kamcore.routing._holders import missing_for
from kamcore.routing._seating import Passed, Placement, fill_seat, hold_seat
from kamcore.routing._staff import Absence, Person, RateLimit, Staff, Workload
from kamcore.values import Days, Label, Seat

AT = datetime(2026, 10, 5, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
UNIT = TreeField(
    "unit",
    nodes=(
        Node("company"),
        Node("north", under="company"),
        Node("beijing", under="north"),
        Node("south", under="company"),
    ),
)
MANAGER = TextField("manager")

LEAD = Seat("lead", Label("the technical lead", "技术负责人"))
REGIONAL = Seat("regional", Label("the regional manager", "区域经理"), kind="unit_role")
DESK = Seat("desk", Label("the VIP desk", "VIP专席"), kind="queue")
OWN = Seat("own", Label("the account manager", "客户经理"), kind="account_manager")


def away(first: int, last: int, stand_in: str | None = None) -> Absence:
    """Return an absence in October 2026, both days included."""
    return Absence(Days.through(date(2026, 10, first), date(2026, 10, last)), stand_in)


def absent(name: str, stand_in: str | None = None, **given: object) -> Person:
    """Return somebody who is away from October 4 to 8."""
    return Person(name, absences=(away(4, 8, stand_in),), **given)  # type: ignore[arg-type]


def noted(name: str, stand_in: str | None = None) -> Passed:
    """Return the note of somebody who was passed over as `absent`."""
    return Passed(name, "absent", last=date(2026, 10, 8), stand_in=stand_in)


def staff_of(*people: Person, choose: str = "rotation", known_first: bool = True) -> Staff:
    """Return people in Shanghai."""
    return Staff(
        people=people,
        zone="Asia/Shanghai",
        unit=UNIT,
        manager=MANAGER,
        choose=choose,  # type: ignore[arg-type]
        known_first=known_first,
    )


def facts_of(unit: str | None = None, manager: str | None = None) -> Facts:
    """Return where a customer belongs and who its manager is."""
    return read_facts({"unit": unit, "manager": manager}, staff_of().fields)


def fill(
    seat: Seat,
    staff: Staff,
    *,
    unit: str | None = None,
    manager: str | None = None,
    at: datetime = AT,
    workload: Workload = Workload(),  # noqa: B008 - a frozen value
    works: bool = True,
    known: str | None = None,
    skills: tuple[str, ...] = (),
) -> Placement:
    """Return who holds a seat."""
    facts = facts_of(unit, manager)
    return fill_seat(
        seat, facts, staff, at=at, workload=workload, works=works, known=known, skills=skills
    )


# --- who holds a seat -----------------------------------------------------------------------


def test_a_role_is_held_by_the_one_who_has_it_in_any_unit() -> None:
    staff = staff_of(Person("li"), Person("wang", unit="south", roles=("lead",)))
    assert fill(LEAD, staff) == Placement(LEAD, "wang", "only_one")


@pytest.mark.parametrize(
    ("unit", "person", "where"),
    [
        ("beijing", "li", "beijing"),
        ("north", "wang", "north"),
        ("south", "zhou", "company"),
        ("company", "zhou", "company"),
    ],
)
def test_a_role_of_the_unit_is_held_in_it_or_in_the_next_one_above(
    unit: str, person: str, where: str
) -> None:
    staff = staff_of(
        Person("zhou", unit="company", roles=("regional",)),
        Person("wang", unit="north", roles=("regional",)),
        Person("li", unit="beijing", roles=("regional",)),
        Person("sun", unit="south"),
    )
    assert fill(REGIONAL, staff, unit=unit) == Placement(REGIONAL, person, "only_one", (), where)


def test_one_who_has_left_does_not_hold_the_role_of_a_unit() -> None:
    staff = staff_of(
        Person("li", unit="beijing", roles=("regional",), active=False),
        Person("wang", unit="north", roles=("regional",)),
    )
    found = fill(REGIONAL, staff, unit="beijing")
    assert found == Placement(REGIONAL, "wang", "only_one", (Passed("li", "left"),), "north")


def test_a_role_that_only_people_who_have_left_hold_falls_to_the_head() -> None:
    staff = staff_of(
        Person("li", unit="beijing", roles=("regional",), active=False),
        Person("wang", heads=("north",)),
    )
    found = fill(REGIONAL, staff, unit="beijing")
    assert found == Placement(REGIONAL, "wang", "head", (Passed("li", "left"),), "north")


def test_a_role_of_the_unit_that_nobody_holds_falls_to_the_head() -> None:
    staff = staff_of(Person("wang", heads=("north",)))
    assert fill(REGIONAL, staff, unit="beijing") == Placement(REGIONAL, "wang", "head", (), "north")


def test_a_role_that_nobody_holds_is_held_by_nobody() -> None:
    staff = staff_of(Person("wang", unit="north", heads=("north", "company")))
    assert fill(LEAD, staff, unit="north") == Placement(LEAD, None, "nobody")


def test_a_queue_without_people_answers_by_itself() -> None:
    assert fill(DESK, staff_of(Person("li"))) == Placement(DESK, None, "queue")
    assert hold_seat(DESK, facts_of(), staff_of(), at=AT, workload=Workload()) == Placement(
        DESK, None, "queue"
    )


def test_a_queue_whose_people_all_have_left_does_not() -> None:
    staff = staff_of(Person("li", roles=("desk",), active=False))
    assert fill(DESK, staff) == Placement(DESK, None, "nobody", (Passed("li", "left"),))


def test_the_accounts_manager_is_the_one_whom_its_fact_names() -> None:
    staff = staff_of(Person("li"), Person("wang"))
    assert fill(OWN, staff, manager="wang") == Placement(OWN, "wang", "own_manager")


# --- presence -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "person"),
    [
        ("2026-10-03T23:59:59+08:00", "li"),
        ("2026-10-04T00:00:00+08:00", None),
        ("2026-10-08T23:59:59+08:00", None),
        ("2026-10-09T00:00:00+08:00", "li"),
        ("2026-10-03T15:59:00+00:00", "li"),  # 23:59 in Shanghai
        ("2026-10-03T16:00:00+00:00", None),  # 00:00 of the first day
        ("2026-10-08T15:59:00+00:00", None),  # 23:59 of the last day
        ("2026-10-08T16:00:00+00:00", "li"),  # 00:00 of the day after
        ("2026-10-03T12:00:00-04:00", None),  # still the 3rd where it was written
    ],
)
@pytest.mark.parametrize("works", [True, False])
def test_absence_is_counted_in_days_of_the_staffs_zone(
    at: str, person: str | None, *, works: bool
) -> None:
    staff = staff_of(absent("li"))
    assert fill(OWN, staff, manager="li", at=datetime.fromisoformat(at), works=works).person == (
        person
    )


def test_an_absence_of_one_day() -> None:
    staff = staff_of(Person("li", absences=(away(5, 5),)))
    found = fill(OWN, staff, manager="li")
    assert found.passed == (Passed("li", "absent", last=date(2026, 10, 5)),)
    assert fill(OWN, staff, manager="li", at=AT + timedelta(days=1)).person == "li"


def test_of_absences_in_a_row_that_of_the_day_counts() -> None:
    person = Person("li", absences=(away(1, 4, "sun"), away(5, 6, "wang"), away(7, 9, "sun")))
    found = fill(OWN, staff_of(person, Person("wang"), Person("sun")), manager="li")
    note = Passed("li", "absent", last=date(2026, 10, 6), stand_in="wang")
    assert found == Placement(OWN, "wang", "stand_in", (note,), instead_of=("li",))


# --- room -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "count", "room"),
    [(None, 1_000, True), (3, 2, True), (3, 3, False), (3, 4, False), (0, 0, False), (1, 0, True)],
)
def test_a_person_takes_work_up_to_the_capacity(
    capacity: int | None, count: int, *, room: bool
) -> None:
    staff = staff_of(Person("li", capacity=capacity))
    workload = Workload(open={"li": count})
    found = fill(OWN, staff, manager="li", workload=workload)
    note = Passed("li", "full", count=count, most=capacity)
    assert found == (
        Placement(OWN, "li", "own_manager") if room else Placement(OWN, None, "nobody", (note,))
    )
    assert fill(OWN, staff, manager="li", workload=workload, works=False).person == "li"


@pytest.mark.parametrize(
    ("ages", "given"),
    [
        ((), None),
        ((1,), None),
        ((1, 1), 2),
        ((1, 2, 3), 3),
        ((1, 3_599), 2),
        ((1, 3_600), None),
        ((3_600, 3_601), None),
        ((0, 1), 2),
        ((-1, 1), None),
        ((-1, 0, 1), 2),
    ],
)
def test_a_person_takes_so_many_pieces_of_work_in_any_stretch_of_time(
    ages: tuple[int, ...], given: int | None
) -> None:
    """What was given exactly an hour ago counts no more, what comes later not yet."""
    staff = staff_of(Person("li", rate=RateLimit(2, HOUR)), Person("wang"))
    assigned = tuple(("li", AT - timedelta(seconds=age)) for age in ages)
    workload = Workload(assigned=(*assigned, ("wang", AT), ("wang", AT), ("wang", AT)))
    found = fill(OWN, staff, manager="li", workload=workload)
    if given is None:
        assert found.person == "li"
    else:
        note = Passed("li", "rate_limit", count=given, most=2, within=HOUR)
        assert found == Placement(OWN, None, "nobody", (note,))
    assert fill(OWN, staff, manager="li", workload=workload, works=False).person == "li"


def test_a_stretch_of_time_is_time_that_passed_and_not_wall_time() -> None:
    """From 01:30 to 03:30 of the night on which the clock is put back, three hours pass."""
    berlin = ZoneInfo("Europe/Berlin")
    given, at = (datetime(2026, 10, 25, hour, 30, tzinfo=berlin) for hour in (1, 3))
    staff = evolve(staff_of(Person("li", rate=RateLimit(1, 3 * HOUR))), zone="Europe/Berlin")
    workload = Workload(assigned=(("li", given),))
    assert fill(OWN, staff, manager="li", at=at, workload=workload).person == "li"
    assert fill(OWN, staff, manager="li", at=at - SECOND, workload=workload).person is None


def test_a_stretch_as_long_as_the_calendar_counts_everything() -> None:
    staff = staff_of(Person("li", rate=RateLimit(1, timedelta.max)))
    workload = Workload(assigned=(("li", datetime(1, 1, 2, tzinfo=UTC)),))
    assert fill(OWN, staff, manager="li", workload=workload).person is None


@pytest.mark.parametrize(
    ("has", "asked", "lacks"),
    [
        ((), (), ()),
        (("gis",), ("gis",), ()),
        (("gis", "roaming"), ("roaming",), ()),
        ((), ("gis",), ("gis",)),
        (("gis",), ("roaming", "gis", "trunk"), ("roaming", "trunk")),
    ],
)
def test_who_works_has_all_skills(
    has: tuple[str, ...], asked: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    staff = staff_of(Person("li", skills=has))
    found = fill(OWN, staff, manager="li", skills=asked)
    notes = (Passed("li", "skill", lacks=lacks),)
    assert found == (
        Placement(OWN, None, "nobody", notes) if lacks else Placement(OWN, "li", "own_manager")
    )
    assert fill(OWN, staff, manager="li", skills=asked, works=False).person == "li"


def test_of_several_obstacles_the_most_lasting_is_named() -> None:
    person = Person("li", absences=(away(5, 5),), capacity=1, rate=RateLimit(1, HOUR), active=False)
    workload = Workload(open={"li": 1}, assigned=(("li", AT),))
    left: list[str] = []
    for change in ({"active": True}, {"absences": ()}, {"skills": ("gis",)}, {"capacity": None}):
        left += [
            one.why
            for one in fill(
                OWN, staff_of(person), manager="li", workload=workload, skills=("gis",)
            ).passed
        ]
        person = evolve(person, **change)
    found = fill(OWN, staff_of(person), manager="li", workload=workload, skills=("gis",))
    assert [*left, *(one.why for one in found.passed)] == [
        "left",
        "absent",
        "skill",
        "full",
        "rate_limit",
    ]


# --- stand-ins ------------------------------------------------------------------------------


def chain_of(*links: tuple[str, str | None]) -> tuple[Person, ...]:
    """Return people who are all absent, each with a stand-in; None is somebody present."""
    return tuple(absent(name, other) if other else Person(name) for name, other in links)


@pytest.mark.parametrize(
    ("links", "person", "loops"),
    [
        ((("u", "s"), ("s", None)), "s", ()),
        ((("u", "s"), ("s", "v"), ("v", None)), "v", ()),
        ((("u", "u"),), None, (("u",),)),
        ((("u", "v"), ("v", "u")), None, (("u", "v"),)),
        ((("u", "v"), ("v", "w"), ("w", "u")), None, (("u", "v", "w"),)),
        ((("u", "s"), ("s", "v"), ("v", "s")), None, (("s", "v"),)),
        ((("u", "s"), ("s", "s")), None, (("s",),)),
    ],
)
def test_stand_ins_of_stand_ins_are_followed_and_a_circle_is_named(
    links: tuple[tuple[str, str | None], ...], person: str | None, loops: tuple[tuple[str, ...]]
) -> None:
    found = fill(OWN, staff_of(*chain_of(*links)), manager="u")
    notes = tuple(noted(name, other) for name, other in links if other)
    if person is None:
        assert found == Placement(OWN, None, "nobody", notes, loops=loops)
    else:
        before = tuple(name for name, other in links if other)
        assert found == Placement(OWN, person, "stand_in", notes, instead_of=before)


def test_a_chain_of_fourteen_stand_ins_is_followed_to_its_end() -> None:
    links = [(f"p{number}", f"p{number + 1}") for number in range(14)]
    staff = staff_of(*chain_of(*links, ("p14", None)))
    found = fill(OWN, staff, manager="p0")
    assert (found.person, found.how, found.loops) == ("p14", "stand_in", ())
    assert found.instead_of == tuple(name for name, _ in links)


@pytest.mark.parametrize(
    ("stand_in", "note"),
    [
        (Person("wang", active=False), Passed("wang", "left")),
        (Person("wang", skills=("gis",), capacity=0), Passed("wang", "full", count=0, most=0)),
        (Person("wang"), Passed("wang", "skill", lacks=("gis",))),
        (absent("wang", skills=("gis",)), noted("wang")),
    ],
    ids=["left", "full", "without skill", "absent"],
)
def test_a_stand_in_is_there_and_has_room_and_the_skills(stand_in: Person, note: Passed) -> None:
    staff = staff_of(absent("li", "wang"), stand_in)
    found = fill(OWN, staff, manager="li", skills=("gis",))
    assert found == Placement(OWN, None, "nobody", (noted("li", "wang"), note))


def test_an_absent_person_without_a_stand_in_has_none() -> None:
    assert fill(OWN, staff_of(absent("li")), manager="li") == Placement(
        OWN, None, "nobody", (noted("li"),)
    )


def test_somebody_present_who_has_no_room_has_no_stand_in() -> None:
    """A stand-in is one for days of absence."""
    person = Person("li", capacity=0, absences=(away(6, 7, "wang"),))
    found = fill(OWN, staff_of(person, Person("wang")), manager="li")
    assert found == Placement(OWN, None, "nobody", (Passed("li", "full", count=0, most=0),))


def test_one_who_is_told_may_be_stood_in_for_by_one_without_room() -> None:
    staff = staff_of(absent("li", "wang"), Person("wang", capacity=0))
    assert fill(OWN, staff, manager="li", works=False, skills=("gis",)).person == "wang"


def test_of_several_holders_one_who_is_there_goes_before_any_stand_in() -> None:
    staff = staff_of(
        absent("li", "wang", roles=("desk",)), Person("sun", roles=("desk",)), Person("wang")
    )
    assert fill(DESK, staff) == Placement(DESK, "sun", "turn", (noted("li", "wang"),))


def test_of_several_absent_holders_the_first_whose_stand_in_is_there_is_stood_in_for() -> None:
    staff = staff_of(
        absent("li", "zhao", roles=("desk",)),
        absent("sun", "wang", roles=("desk",)),
        absent("zhao"),
        Person("wang"),
    )
    assert fill(DESK, staff) == Placement(
        DESK,
        "wang",
        "stand_in",
        (noted("li", "zhao"), noted("sun", "wang"), noted("zhao")),
        instead_of=("sun",),
    )


def test_a_chain_into_people_already_asked_is_not_asked_again() -> None:
    staff = staff_of(
        absent("a", "b", roles=("desk",)),
        absent("b", "c", roles=("desk",)),
        absent("c"),
        absent("d", "c", roles=("desk",)),
    )
    found = fill(DESK, staff)
    assert (found.how, found.loops) == ("nobody", ())
    assert [one.person for one in found.passed] == ["a", "b", "d", "c"]


def test_a_circle_of_holders_is_named_once() -> None:
    staff = staff_of(absent("a", "b", roles=("desk",)), absent("b", "a", roles=("desk",)))
    assert fill(DESK, staff).loops == (("a", "b"),)


# --- heads ----------------------------------------------------------------------------------


def test_a_circle_of_stand_ins_falls_to_the_head_of_the_unit() -> None:
    staff = staff_of(*chain_of(("u", "s"), ("s", "v"), ("v", "s")), Person("h", heads=("north",)))
    found = fill(OWN, staff, manager="u", unit="north")
    notes = (noted("u", "s"), noted("s", "v"), noted("v", "s"))
    assert found == Placement(OWN, "h", "head", notes, "north", loops=(("s", "v"),))


@pytest.mark.parametrize(
    ("gone", "person", "unit"),
    [
        ((), "b", "beijing"),
        (("b",), "n", "north"),
        (("b", "n"), "c", "company"),
        (("b", "n", "c"), None, None),
    ],
)
def test_heads_are_asked_from_the_unit_upwards(
    gone: tuple[str, ...], person: str | None, unit: str | None
) -> None:
    heads = (("c", "company"), ("n", "north"), ("b", "beijing"), ("s", "south"))
    people = [
        absent(name, heads=(where,)) if name in gone else Person(name, heads=(where,))
        for name, where in heads
    ]
    found = fill(OWN, staff_of(absent("li"), *people), manager="li", unit="beijing")
    assert (found.person, found.unit) == (person, unit)
    assert found.how == ("nobody" if person is None else "head")
    assert [one.person for one in found.passed] == ["li", *gone]


def test_a_unit_without_a_head_is_passed() -> None:
    staff = staff_of(absent("li"), Person("zhou", heads=("company",)))
    found = fill(OWN, staff, manager="li", unit="beijing")
    assert found == Placement(OWN, "zhou", "head", (noted("li"),), "company")


def test_an_absent_head_has_a_stand_in_too() -> None:
    staff = staff_of(
        absent("li"),
        absent("wang", "sun", heads=("north",)),
        absent("sun", "zhao"),
        Person("zhao"),
        Person("zhou", heads=("company",)),
    )
    found = fill(OWN, staff, manager="li", unit="beijing")
    notes = (noted("li"), noted("wang", "sun"), noted("sun", "zhao"))
    assert found == Placement(OWN, "zhao", "head", notes, "north", instead_of=("wang", "sun"))


def test_a_circle_of_a_head_leads_to_the_head_above() -> None:
    staff = staff_of(
        absent("li", "wang"),
        absent("wang", "li", heads=("north",)),
        Person("zhou", heads=("company",)),
    )
    found = fill(OWN, staff, manager="li", unit="north")
    notes = (noted("li", "wang"), noted("wang", "li"))
    assert found == Placement(OWN, "zhou", "head", notes, "company", loops=(("li", "wang"),))


def test_one_head_of_several_units_is_asked_once() -> None:
    staff = staff_of(absent("li", heads=("beijing", "north")), Person("zhou", heads=("company",)))
    found = fill(OWN, staff, manager="li", unit="beijing")
    assert found == Placement(OWN, "zhou", "head", (noted("li"),), "company")


def test_a_head_needs_room_and_no_skill_and_what_is_lacking_is_said() -> None:
    full = Person("wang", heads=("north",), skills=("gis",), capacity=1)
    free = Person("zhou", heads=("company",), skills=("trunk",))
    found = fill(
        OWN,
        staff_of(Person("li"), full, free),
        manager="li",
        unit="north",
        skills=("gis", "trunk"),
        workload=Workload(open={"wang": 1}),
    )
    notes = (
        Passed("li", "skill", lacks=("gis", "trunk")),
        Passed("wang", "full", count=1, most=1),
    )
    assert found == Placement(OWN, "zhou", "head", notes, "company", lacks=("gis",))


def test_who_stands_in_for_a_head_needs_no_skill_either() -> None:
    staff = staff_of(Person("li"), absent("wang", "sun", heads=("north",)), Person("sun"))
    found = fill(OWN, staff, manager="li", unit="north", skills=("gis",))
    assert (found.person, found.how, found.lacks) == ("sun", "head", ("gis",))


def test_a_holder_without_the_skill_may_take_it_as_the_head() -> None:
    staff = staff_of(Person("li", heads=("north",)))
    found = fill(OWN, staff, manager="li", unit="north", skills=("gis",))
    assert found == Placement(OWN, "li", "head", (), "north", lacks=("gis",))


def test_a_head_who_is_only_told_lacks_nothing() -> None:
    staff = staff_of(absent("li"), Person("wang", heads=("north",)))
    found = fill(OWN, staff, manager="li", unit="north", works=False, skills=("gis",))
    assert (found.person, found.lacks) == ("wang", ())


@pytest.mark.parametrize(
    ("seat", "unit", "person"),
    [
        (OWN, None, "s"),  # where the customer's unit is not known, the manager's own
        (OWN, "beijing", "n"),
        (LEAD, "beijing", "s"),  # a role is nobody's unit but the holder's
        (DESK, "beijing", "s"),
    ],
)
def test_the_head_is_that_of_the_customers_unit_or_of_the_holders_own(
    seat: Seat, unit: str | None, person: str
) -> None:
    staff = staff_of(
        absent("li", unit="south", roles=("lead", "desk")),
        Person("n", heads=("north",)),
        Person("s", heads=("south",)),
    )
    assert fill(seat, staff, manager="li", unit=unit).person == person


def test_for_holders_of_several_units_the_near_heads_go_before_those_above() -> None:
    staff = staff_of(
        absent("li", unit="beijing", roles=("desk",)),
        absent("sun", unit="south", roles=("desk",)),
        absent("wu", roles=("desk",)),
        absent("b", heads=("beijing",)),
        Person("s", heads=("south",)),
        Person("n", heads=("north",)),
    )
    found = fill(DESK, staff)
    assert (found.person, found.unit) == ("s", "south")


def test_without_units_there_are_no_heads() -> None:
    staff = Staff(people=(absent("li", roles=("lead",)),), zone="Asia/Shanghai")
    facts = read_facts({}, staff.fields)
    found = fill_seat(LEAD, facts, staff, at=AT, workload=Workload(), works=True)
    assert found == Placement(LEAD, None, "nobody", (noted("li"),))


# --- one of several -------------------------------------------------------------------------

QUEUE = tuple(f"m{number}" for number in range(5))


def desk_of(*names: str, allowed: tuple[str, ...] = QUEUE, choose: str = "rotation") -> Staff:
    """Return people of one desk, those who are not allowed absent."""
    return staff_of(
        *(
            Person(name, roles=("desk",)) if name in allowed else absent(name, roles=("desk",))
            for name in names
        ),
        choose=choose,
    )


@pytest.mark.parametrize(
    ("turns", "allowed", "person", "after"),
    [
        (QUEUE, ("m0", "m4"), "m0", ("m1", "m2", "m3", "m4", "m0")),
        (QUEUE, ("m3", "m2"), "m2", ("m0", "m1", "m3", "m4", "m2")),
        (("m0", "m1", "m3", "m4", "m2"), ("m3", "m2"), "m3", ("m0", "m1", "m4", "m2", "m3")),
        ((), QUEUE, "m0", ("m0",)),
        (("m0", "m1"), QUEUE, "m2", ("m0", "m1", "m2")),
        (("m3", "m0"), ("m0", "m3"), "m3", ("m0", "m3")),
    ],
)
def test_who_is_first_in_turn_takes_the_work_and_moves_to_the_end(
    turns: tuple[str, ...], allowed: tuple[str, ...], person: str, after: tuple[str, ...]
) -> None:
    found = fill(DESK, desk_of(*QUEUE, allowed=allowed), workload=Workload(turns))
    assert (found.person, found.how, found.among) == (person, "turn", len(allowed))
    assert Workload(turns).given(person, AT, turn=True).turns == after


@pytest.mark.parametrize(
    ("load", "turns", "person"),
    [
        ({"m0": 3, "m1": 1, "m2": 2}, (), "m1"),
        ({"m0": 1, "m1": 1}, (), "m2"),  # a newcomer without work goes first
        ({"m0": 1, "m1": 1, "m2": 1}, ("m0", "m1", "m2"), "m0"),
        ({"m0": 1, "m1": 1, "m2": 1}, ("m0", "m2", "m1"), "m0"),
        ({"m0": 2, "m1": 1, "m2": 1}, ("m0", "m2", "m1"), "m2"),
        ({"m0": 1, "m1": 1, "m2": 1}, ("m0",), "m1"),
    ],
)
def test_who_has_the_least_open_work_takes_it_then_who_is_first_in_turn(
    load: dict[str, int], turns: tuple[str, ...], person: str
) -> None:
    staff = desk_of("m0", "m1", "m2", choose="least_loaded")
    found = fill(DESK, staff, workload=Workload(turns, load))
    assert (found.person, found.how, found.among) == (person, "least_loaded", 3)


def test_the_first_in_the_list_takes_it_while_there_is_room() -> None:
    staff = staff_of(
        Person("li", roles=("desk",), capacity=1), Person("sun", roles=("desk",)), choose="listed"
    )
    assert fill(DESK, staff, workload=Workload(("li",))).person == "li"
    found = fill(DESK, staff, workload=Workload(open={"li": 1}))
    note = Passed("li", "full", count=1, most=1)
    assert found == Placement(DESK, "sun", "listed", (note,))


def test_one_of_several_who_alone_is_there_takes_a_turn() -> None:
    found = fill(DESK, desk_of("m0", "m1", allowed=("m1",)), workload=Workload(("m0", "m1")))
    assert (found.person, found.how, found.among) == ("m1", "turn", 1)


def test_beside_one_who_has_left_the_other_is_the_only_one() -> None:
    staff = staff_of(Person("li", roles=("desk",), active=False), Person("sun", roles=("desk",)))
    assert fill(DESK, staff) == Placement(DESK, "sun", "only_one", (Passed("li", "left"),))


@pytest.mark.parametrize("choose", ["rotation", "least_loaded", "listed"])
def test_who_knows_the_work_goes_before_the_others(choose: str) -> None:
    staff = desk_of("m0", "m1", "m2", choose=choose)
    workload = Workload(("m0", "m1", "m2"), {"m2": 9})
    found = fill(DESK, staff, workload=workload, known="m2")
    assert found == Placement(DESK, "m2", "known", among=3)
    unasked = fill(DESK, evolve(staff, known_first=False), workload=workload, known="m2")
    assert unasked == fill(DESK, staff, workload=workload)
    assert unasked.how != "known"


def test_who_knows_the_work_and_cannot_take_it_is_passed_over() -> None:
    found = fill(DESK, desk_of("m0", "m1", "m2", allowed=("m0", "m1")), known="m2")
    assert found == Placement(DESK, "m0", "turn", (noted("m2"),), among=2)


def test_who_knows_the_work_and_does_not_hold_the_seat_is_passed_over() -> None:
    staff = staff_of(Person("li", roles=("desk",)), Person("sun"))
    note = Passed("sun", "not_of_seat")
    assert fill(DESK, staff, known="sun") == Placement(DESK, "li", "only_one", (note,))
    assert fill(DESK, evolve(staff, known_first=False), known="sun").passed == ()
    assert fill(DESK, staff, known="sun", works=False).passed == ()
    assert fill(OWN, staff, manager="li", known="sun").passed == ()


def test_who_knows_the_work_may_be_a_stand_in() -> None:
    staff = staff_of(absent("li", "sun", roles=("desk",)), Person("sun"))
    found = fill(DESK, staff, known="sun")
    assert found == Placement(DESK, "sun", "stand_in", (noted("li", "sun"),), instead_of=("li",))


def test_the_only_holder_is_that_and_not_the_one_who_knows() -> None:
    staff = staff_of(Person("li", roles=("lead",)))
    assert fill(LEAD, staff, known="li").how == "only_one"


# --- the seat's own people ------------------------------------------------------------------


def test_a_seat_may_be_held_by_its_own_people_only() -> None:
    staff = staff_of(absent("li", "wang", roles=("lead",), unit="north"), Person("wang"))
    found = hold_seat(LEAD, facts_of("north"), staff, at=AT, workload=Workload())
    assert found == Placement(LEAD, None, "nobody", (noted("li", "wang"),))
    later = hold_seat(
        LEAD, facts_of("north"), staff, at=AT + timedelta(days=4), workload=Workload()
    )
    assert later == Placement(LEAD, "li", "only_one")


# --- what cannot be asked -------------------------------------------------------------------


@pytest.mark.parametrize(("seat", "name"), [(REGIONAL, "unit"), (OWN, "manager")])
def test_the_facts_without_which_a_seat_is_nobodys_are_named(seat: Seat, name: str) -> None:
    staff = staff_of(Person("li"))
    seats = (LEAD, seat, DESK, seat)
    assert [one.name for one in missing_for(seats, facts_of(), staff)] == [name]
    assert missing_for(seats, facts_of("north", "li"), staff) == ()
    with pytest.raises(Undecided) as fault:
        fill(seat, staff)
    assert fault.value.missing == (name,)
    assert str(fault.value) == (
        f"who holds {seat.label.en} is not known; supply the facts or use .value_or(...)"
    )


@pytest.mark.parametrize(
    ("seat", "message"),
    [
        (
            REGIONAL,
            (
                "seat 'regional' is one of the customer's unit, and the staff names no unit; "
                "pass unit=TreeField(...)"
            ),
        ),
        (
            OWN,
            (
                "seat 'own' is the customer's own manager, and the staff does not say who that is; "
                "pass manager=TextField(...)"
            ),
        ),
    ],
)
def test_a_staff_says_what_its_seats_ask_for(seat: Seat, message: str) -> None:
    staff = Staff(people=(), zone="UTC")
    facts = read_facts({}, staff.fields)
    with pytest.raises(PolicyError) as fault:
        fill_seat(seat, facts, staff, at=AT, workload=Workload(), works=False)
    assert str(fault.value) == message


def test_a_manager_who_is_not_among_the_people_is_refused() -> None:
    facts = read_facts(
        {"code": "K01", "unit": None, "manager": "lee"}, staff_of().fields, key="code"
    )
    with pytest.raises(InputError) as fault:
        fill_seat(OWN, facts, staff_of(Person("li")), at=AT, workload=Workload(), works=True)
    assert str(fault.value) == (
        "manager 'lee' of account 'K01' is not among the people; add a Person, with active=False "
        "for one who has left"
    )


def test_an_instant_has_a_zone_and_lies_within_the_calendar() -> None:
    staff = staff_of(Person("li"))
    with pytest.raises(NaiveInstant) as naive:
        fill(LEAD, staff, at=datetime(2026, 10, 5))
    assert str(naive.value) == (
        'at 2026-10-05 00:00:00 has no zone; use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
    )
    with pytest.raises(NotADate) as beyond:
        fill(LEAD, staff, at=datetime(9999, 12, 31, 20, tzinfo=UTC))
    assert str(beyond.value) == (
        "at 9999-12-31 20:00:00+00:00 lies beyond the calendar in Asia/Shanghai; check the year"
    )


def test_facts_are_those_that_the_staff_asks_for() -> None:
    staff = staff_of(Person("li", roles=("lead",)))
    facts = read_facts({}, Staff(people=(), zone="UTC").fields)
    with pytest.raises(UnknownName):
        fill_seat(LEAD, facts, staff, at=AT, workload=Workload(), works=True)
