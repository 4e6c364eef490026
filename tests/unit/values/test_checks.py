"""The checks that every policy type shares, on a policy of their own."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum, StrEnum

import pytest
from attrs import field, frozen

from kamcore.errors import DuplicateName, NaiveInstant, PolicyError, UnknownName
from kamcore.values._checks import (
    as_date,
    as_instant,
    instance_of,
    known_name,
    named_convention,
    one_of,
    some_text,
    tuple_of,
    unique_names,
)

DAY = date(2013, 1, 5)
INSTANT = datetime(2013, 1, 5, 9, 30, tzinfo=UTC)


class Tier(StrEnum):
    GOLD = "gold"


class MixedTier(str, Enum):  # noqa: UP042 - its str() is not its value
    GOLD = "gold"


@frozen
class Checked:
    name: str = field(default="gold", validator=some_text)
    hours: int | None = field(default=1, validator=instance_of(int, type(None)))
    contract_wins: bool = field(default=True, validator=instance_of(bool))
    days: tuple[date, ...] = field(default=(), validator=tuple_of(date))
    parts: tuple[object, ...] = field(default=(), validator=tuple_of(int, str))
    edge: str = field(default="left", validator=one_of("left", "right"))


def message_of(ask: Callable[[], object], kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        ask()
    return str(caught.value)


def test_what_passes() -> None:
    checked = Checked(name="金", hours=None, contract_wins=False, days=(DAY,), parts=(1, "a"))
    assert checked.days == (DAY,)
    assert Checked(edge="right").edge == "right"
    assert as_date(DAY, "day") is DAY
    assert as_instant(INSTANT, "opened") is INSTANT
    unique_names("tier", ("A", "B"))
    named_convention("edge", "left", ("left", "right"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "Checked.name is ''; pass a name"),
        ({"name": "\t"}, r"Checked.name is '\t'; pass a name"),
        ({"name": 7}, "Checked.name is 7; pass a name"),
        ({"hours": True}, "Checked.hours is True; pass int"),
        ({"hours": 1.5}, "Checked.hours is 1.5; pass int"),
        ({"contract_wins": 1}, "Checked.contract_wins is 1; pass bool"),
        ({"days": [DAY]}, f"Checked.days is [{DAY!r}]; pass a tuple, such as (a, b) or (a,)"),
        ({"days": "abc"}, "Checked.days is 'abc'; pass a tuple, such as (a, b) or (a,)"),
        ({"days": (DAY, 7)}, "Checked.days holds 7; pass date"),
        ({"parts": (1, None)}, "Checked.parts holds None; pass int or str"),
        (
            {"edge": "rigth"},
            "Checked.edge 'rigth' is no named convention; did you mean 'right'?",
        ),
        (
            {"edge": None},
            "Checked.edge None is no named convention; known are 'left', 'right'",
        ),
    ],
    ids=str,
)
def test_what_a_policy_refuses(given: dict[str, object], message: str) -> None:
    assert message_of(lambda: Checked(**given), PolicyError) == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(
            INSTANT,
            f"due {INSTANT!r} is not a date; take its date in a zone: "
            "value.astimezone(zone).date()",
            id="instant",
        ),
        pytest.param(
            "2013-01-05", "due '2013-01-05' is not a date; pass a datetime.date", id="text"
        ),
        pytest.param(None, "due None is not a date; pass a datetime.date", id="None"),
    ],
)
def test_what_is_no_date(value: object, message: str) -> None:
    assert message_of(lambda: as_date(value, "due"), PolicyError) == message


def test_what_is_no_instant() -> None:
    assert message_of(lambda: as_instant(DAY, "opened"), PolicyError) == (
        "opened datetime.date(2013, 1, 5) is not an instant; pass an aware datetime.datetime"
    )
    assert message_of(lambda: as_instant(datetime(2013, 1, 5, 9, 30), "opened"), NaiveInstant) == (
        "opened 2013-01-05 09:30:00 has no zone; "
        'use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
    )


def test_a_name_stands_once() -> None:
    assert message_of(lambda: unique_names("tier", iter("ABA")), DuplicateName) == (
        "tier 'A' appears twice; rename or remove one"
    )


@pytest.mark.parametrize("name", ["gold", Tier.GOLD, MixedTier.GOLD], ids=repr)
def test_a_known_name_becomes_a_plain_text(name: str) -> None:
    known = known_name("tier", name, iter(("silver", "gold")))
    assert known == "gold"
    assert type(known) is str


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("glod", "unknown tier 'glod'; did you mean 'gold'?"),
        (7, "unknown tier 7; known are 'silver', 'gold'"),
    ],
    ids=str,
)
def test_an_unknown_name(name: object, message: str) -> None:
    ask = lambda: known_name("tier", name, ("silver", "gold"))  # noqa: E731
    assert message_of(ask, UnknownName) == message
