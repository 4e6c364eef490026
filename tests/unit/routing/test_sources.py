"""Rows of the sources that no preset carries, each said by the room's values."""

from datetime import UTC, date, datetime

import pytest

from kamcore.facts import Fields, FlagField, Node, TextField, TreeField, read_facts
from kamcore.presets import power_utility
from kamcore.routing import Absence, Duty, Person, Staff, Staffing, route_work, staff_duty
from kamcore.values import Days, Label, Seat

UNIT = TreeField(
    "unit", nodes=(Node("province"), Node("city", under="province"), Node("town", under="city"))
)
MANAGER = TextField("manager")
OWN = Seat("own", Label("the own manager", "专属客户经理"), kind="account_manager")
DESK = Seat("vip_desk", Label("the VIP desk", "VIP专席"), kind="queue")
SALES = Seat("sales", Label("the sales manager", "销售经理"), kind="unit_role")
AWAY = (Absence(Days.through(date(2026, 10, 1), date(2026, 10, 7)), "wang"),)
STAFF = Staff(
    zone="Asia/Shanghai",
    unit=UNIT,
    manager=MANAGER,
    people=(
        Person("li", unit="town", absences=AWAY, heads=("town",)),
        Person("wang", unit="town", roles=("clerk",), skills=("roaming",)),
        Person("zhao", unit="city", roles=("sales",)),
        Person("chen", unit="province", roles=("vip_desk",)),
        Person("wu", unit="province", roles=("vip_desk",), skills=("roaming",)),
    ),
)
FACTS = read_facts({"unit": "town", "manager": "li"}, STAFF.fields)


def holder(duty: Duty, day: int) -> str | None:
    """Return who is accountable at noon of a day of October 2026."""
    found = staff_duty(FACTS, duty, STAFF, at=datetime(2026, 10, day, 4, tzinfo=UTC)).value
    assert isinstance(found, Staffing)
    return found.accountable.person


@pytest.mark.parametrize(
    ("duty", "day", "expected"),
    [
        pytest.param(
            Duty(OWN, in_absence=DESK), 8, "li", id="S4-12 the own manager takes the call"
        ),
        pytest.param(Duty(OWN, in_absence=DESK), 7, "chen", id="S4-12 then the VIP desk does"),
        pytest.param(Duty(OWN), 7, "wang", id="S4-12 without a desk the stand-in does"),
        pytest.param(Duty(SALES), 8, "zhao", id="S4-4a a unit above has whom its own lacks"),
        pytest.param(Duty(DESK), 8, "chen", id="S4-4c who has the role"),
        pytest.param(
            Duty(DESK, skills=("roaming",)), 8, "wu", id="S4-16b who may use the kind of business"
        ),
        pytest.param(
            Duty(OWN, in_absence=DESK, skills=("roaming",)),
            8,
            "wu",
            id="S4-16b and not who may not",
        ),
    ],
)
def test_who_holds_the_seat(duty: Duty, day: int, expected: str) -> None:
    assert holder(duty, day) == expected


REGION = TreeField("region", nodes=(Node("north"), Node("south")))
DUTIES = power_utility.duties(critical=FlagField("critical"), important=FlagField("important"))


@pytest.mark.parametrize("work", power_utility.WORK.names)
def test_s0_9_the_service_is_the_same_in_every_region(work: str) -> None:
    given = {"work": work, "critical": False, "important": True}
    assert "region" not in DUTIES.fields.names
    fields = Fields((*DUTIES.fields, REGION))
    answers = {
        route_work(read_facts({**given, "region": one}, fields), DUTIES).value
        for one in REGION.names
    }
    assert len(answers) == 1
