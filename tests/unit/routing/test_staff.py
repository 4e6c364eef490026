"""People and what the caller remembers of them: what can be built, and what is looked up."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from kamcore.errors import DuplicateName, InputError, NaiveInstant, PolicyError, UnknownName
from kamcore.facts import Node, TextField, TreeField
from kamcore.routing._staff import Absence, Person, RateLimit, Staff, Workload
from kamcore.values import Days, Label

AT = datetime(2026, 10, 5, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNIT = TreeField("unit", nodes=(Node("company"), Node("north", under="company")))
MANAGER = TextField("manager")


def away(first: int, last: int, stand_in: str | None = None) -> Absence:
    """Return an absence in October 2026, both days included."""
    return Absence(Days.through(date(2026, 10, first), date(2026, 10, last)), stand_in)


def staff(*people: Person) -> Staff:
    """Return people in Shanghai, with units."""
    return Staff(people=people, zone="Asia/Shanghai", unit=UNIT, manager=MANAGER)


# --- people ---------------------------------------------------------------------------------


def test_a_person_shows_the_words_and_falls_back_on_the_name() -> None:
    assert Person("li", zh="李娜", en="Li Na").label == Label("Li Na", "李娜")
    assert Person("li").label == Label("li", "li")


def test_absences_may_follow_each_other() -> None:
    person = Person("li", absences=(away(1, 8, "wang"), away(9, 9)))
    assert [one.days.last.day for one in person.absences] == [8, 9]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: Person("li", absences=(away(1, 8), away(8, 9))),
            "'li' is absent twice on 2026-10-08; let the absences follow each other",
        ),
        (
            lambda: Person("li", absences=(away(5, 9), away(1, 31))),
            "'li' is absent twice on 2026-10-05; let the absences follow each other",
        ),
        (lambda: Person("li", capacity=-1), "capacity of 'li' is -1; pass 0 or more"),
        (lambda: Person("li", capacity=True), "Person.capacity is True; pass int"),
        (
            lambda: Person("li", roles=("desk", "desk")),
            "role of 'li': 'desk' appears twice; rename or remove one",
        ),
        (
            lambda: Person("li", skills=("gis", "gis")),
            "skill of 'li': 'gis' appears twice; rename or remove one",
        ),
        (
            lambda: Person("li", heads=("north", "north")),
            "head of 'li': 'north' appears twice; rename or remove one",
        ),
        (
            lambda: RateLimit(0, HOUR),
            "a limit of 0 pieces of work in 1:00:00; pass at least 1, and some time",
        ),
        (
            lambda: RateLimit(1, timedelta()),
            "a limit of 1 pieces of work in 0:00:00; pass at least 1, and some time",
        ),
    ],
)
def test_what_no_person_is(build: Callable[[], object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        build()
    assert str(fault.value) == message


# --- the staff ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: Staff(people=(Person("li", unit="north"),), zone="Asia/Shanghai"),
            "person 'li' is of unit 'north', and the staff has no units; pass unit=TreeField(...)",
        ),
        (
            lambda: Staff(people=(Person("wang", heads=("north",)),), zone="Asia/Shanghai"),
            (
                "person 'wang' is of unit 'north', and the staff has no units; "
                "pass unit=TreeField(...)"
            ),
        ),
        (lambda: staff(Person("li", unit="nort")), "unknown unit 'nort'; did you mean 'north'?"),
        (
            lambda: staff(Person("li", unit="north", heads=("compan",))),
            "unknown unit 'compan'; did you mean 'company'?",
        ),
        (
            lambda: staff(Person("li", heads=("north",)), Person("wang", heads=("north",))),
            "unit 'north' has two heads, 'li' and 'wang'; name one",
        ),
        (
            lambda: staff(Person("li", absences=(away(1, 2, "wan"),)), Person("wang")),
            "unknown stand-in of 'li', 'wan'; did you mean 'wang'?",
        ),
        (
            lambda: staff(Person("li"), Person("li")),
            "person 'li' appears twice; rename or remove one",
        ),
        (
            lambda: Staff(people=(), zone="Asia/Shanghia"),
            "unknown zone 'Asia/Shanghia'; did you mean 'Asia/Shanghai'?",
        ),
        (
            lambda: Staff(people=(), zone="UTC", unit=UNIT, manager=TextField("unit")),
            f"field 'unit' means both {UNIT!r} and {TextField('unit')!r}; rename one of them",
        ),
        (
            lambda: Staff(people=(), zone="UTC", choose="random"),  # type: ignore[arg-type]
            (
                "Staff.choose 'random' is no named convention; "
                "known are 'rotation', 'least_loaded', 'listed'"
            ),
        ),
    ],
)
def test_what_no_staff_is(build: Callable[[], object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        build()
    assert str(fault.value) == message


def test_the_facts_that_are_asked_are_unit_and_manager() -> None:
    assert staff().fields.names == ("unit", "manager")
    assert Staff(people=(), zone="UTC").fields.names == ()


def test_people_are_found_by_name() -> None:
    li = Person("li")
    assert staff(li).person("li") == li
    with pytest.raises(UnknownName) as fault:
        staff(li).person("lu")
    assert str(fault.value) == "unknown person 'lu'; known are 'li'"


def test_a_unit_has_one_head_and_one_who_has_left_counts_only_without_another() -> None:
    left = Person("li", heads=("north",), active=False)
    heads = Person("wang", heads=("north",))
    assert staff(left, heads).head_of("north") == heads
    assert staff(left).head_of("north") == left
    assert staff(left).head_of("company") is None


def test_a_person_may_be_named_as_the_own_stand_in() -> None:
    """It is answered: the loop is named, and the head of the unit takes the work."""
    assert staff(Person("li", absences=(away(1, 2, "li"),))).person("li").name == "li"


def test_staffs_differ_in_their_fingerprint_and_survive_pickling() -> None:
    one, other = staff(Person("li")), staff(Person("li", capacity=3))
    assert one.fingerprint != other.fingerprint
    copy = pickle.loads(pickle.dumps(other))
    assert (copy, copy.fingerprint) == (other, other.fingerprint)


# --- the workload ---------------------------------------------------------------------------


def test_work_that_is_not_stated_is_none() -> None:
    workload = Workload(open={"li": 2})
    assert (workload.open_of("li"), workload.open_of("wang")) == (2, 0)


def test_the_order_in_which_open_work_is_stated_does_not_matter() -> None:
    one, other = Workload(open={"li": 2, "wang": 1}), Workload(open={"wang": 1, "li": 2})
    assert one == other == Workload(open=(("wang", 1), ("li", 2)))
    assert one.open == (("li", 2), ("wang", 1))


def test_given_work_is_open_and_remembered_with_its_instant() -> None:
    workload = Workload(("li", "wang"), {"li": 2}).given("li", AT, turn=False)
    assert workload == Workload(("li", "wang"), {"li": 3}, (("li", AT),))
    assert workload.given("wang", AT, turn=False).open_of("wang") == 1


@pytest.mark.parametrize(
    ("turns", "name", "after"),
    [
        ((), "li", ("li",)),
        (("li", "wang"), "li", ("wang", "li")),
        (("li", "wang"), "wang", ("li", "wang")),
        (("li", "wang"), "sun", ("li", "wang", "sun")),
    ],
)
def test_who_had_a_turn_moves_to_the_end(
    turns: tuple[str, ...], name: str, after: tuple[str, ...]
) -> None:
    assert Workload(turns).given(name, AT, turn=True).turns == after


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (
            lambda: Workload(("li", "li")),
            DuplicateName,
            "turn of 'li' appears twice; rename or remove one",
        ),
        (
            lambda: Workload(open=(("li", 1), ("li", 2))),
            DuplicateName,
            "open work of 'li' appears twice; rename or remove one",
        ),
        (
            lambda: Workload(open={"li": -1}),
            InputError,
            "open work of 'li' is -1; pass a whole number, 0 or more",
        ),
        (
            lambda: Workload(open={"li": True}),
            InputError,
            "open work of 'li' is True; pass a whole number, 0 or more",
        ),
        (
            lambda: Workload(open={"li": 1.0}),  # type: ignore[dict-item]
            InputError,
            "open work of 'li' is 1.0; pass a whole number, 0 or more",
        ),
        (
            lambda: Workload(open=[("li", 1)]),  # type: ignore[arg-type]
            InputError,
            "open work is [('li', 1)]; pass a mapping of names and numbers",
        ),
        (
            lambda: Workload(open=("li",)),  # type: ignore[arg-type]
            InputError,
            "open work is ('li',); pass a mapping of names and numbers",
        ),
        (
            lambda: Workload(open={1: 1}),  # type: ignore[dict-item]
            InputError,
            "open work is {1: 1}; pass a mapping of names and numbers",
        ),
        (
            lambda: Workload(assigned=(("li",),)),  # type: ignore[arg-type]
            InputError,
            "assigned holds ('li',); pass pairs of a name and an instant",
        ),
        (
            lambda: Workload(assigned=(("li", datetime(2026, 10, 5)),)),
            NaiveInstant,
            (
                "work given to 'li' at 2026-10-05 00:00:00 has no zone; "
                'use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
            ),
        ),
    ],
)
def test_what_no_workload_is(
    build: Callable[[], object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as fault:
        build()
    assert str(fault.value) == message
