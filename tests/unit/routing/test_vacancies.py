"""Seats that nobody holds: by role, within units, and what is left out."""

import attrs
import pytest

from kamcore.errors import InputError
from kamcore.facts import ChoiceField, Node, RuleTable, TableRule, TreeField
from kamcore.routing import Duty, DutyRules, Person, Staff, Vacancy, find_vacancies
from kamcore.values import Label, Seat

WORK = ChoiceField("work", options=("complaint",))
UNIT = TreeField(
    "unit",
    nodes=(
        Node("city", zh="市公司"),
        Node("north", zh="北区", under="city"),
        Node("south", zh="南区", under="city"),
    ),
)
DIRECTOR = Seat("director", Label("the director", "主任"))
REGIONAL = Seat("regional", Label("the regional manager", "区域经理"), kind="unit_role")
DESK = Seat("desk", Label("the desk", "服务台"), kind="queue")
OWN = Seat("own", Label("the account's own manager", "专属客户经理"), kind="account_manager")
DUTIES = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("complaint", WORK.is_("complaint"), Duty(REGIONAL, (DESK,), (OWN,))),
            TableRule("rest", None, Duty(DIRECTOR)),
        )
    )
)
NORTH, SOUTH, CITY = (Label(name, zh) for name, zh in (
    ("north", "北区"), ("south", "南区"), ("city", "市公司"),
))  # fmt: skip


def staff(*people: Person, unit: TreeField | None = UNIT) -> Staff:
    """Return people of the three units."""
    return Staff(people=people, zone="Asia/Shanghai", unit=unit)


LI = Person("li", unit="north", roles=("regional",))
SUN = Person("sun", unit="south", roles=("regional",))
ZHOU = Person("zhou", unit="city", roles=("director",))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ((LI, SUN, ZHOU), [(REGIONAL, (CITY,))]),
        ((LI, ZHOU), [(REGIONAL, (CITY, SOUTH))]),
        ((attrs.evolve(LI, active=False), SUN, ZHOU), [(REGIONAL, (CITY, NORTH))]),
        ((Person("wu", unit="city", roles=("regional", "director")),), []),
        ((LI, SUN), [(REGIONAL, (CITY,)), (DIRECTOR, ())]),
        ((), [(REGIONAL, (CITY, NORTH, SOUTH)), (DIRECTOR, ())]),
        ((attrs.evolve(LI, roles=("regionel",)), SUN, ZHOU), [(REGIONAL, (CITY, NORTH))]),
    ],
)
def test_vacant_seats_are_named_with_their_units(
    people: tuple[Person, ...], expected: list[tuple[Seat, tuple[Label, ...]]]
) -> None:
    assert find_vacancies(DUTIES, staff(*people)) == tuple(Vacancy(*one) for one in expected)


@pytest.mark.parametrize(
    ("people", "vacant"), [((Person("li", roles=("regional",)),), 1), ((Person("li"),), 2)]
)
def test_without_units_a_role_of_a_unit_is_held_by_anybody(
    people: tuple[Person, ...], vacant: int
) -> None:
    assert len(find_vacancies(DUTIES, staff(*people, unit=None))) == vacant


def test_a_vacancy_in_words() -> None:
    regional, director = find_vacancies(DUTIES, staff(LI))
    assert regional.label == Label(
        "the regional manager: nobody holds this seat in city, south", "市公司、南区的区域经理空缺"
    )
    assert director.label == Label("the director: nobody holds this seat", "主任空缺")


def test_wrong_things_are_refused() -> None:
    with pytest.raises(InputError, match="staff is None; pass Staff"):
        find_vacancies(DUTIES, None)  # type: ignore[arg-type]
