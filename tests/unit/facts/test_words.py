"""Fields without an order: flag, choice, text, and a place in a tree."""

from collections.abc import Callable
from enum import Enum, StrEnum
from functools import partial

import pytest

from kamcore.errors import DuplicateName, InputError, KamcoreError, PolicyError, UnknownName
from kamcore.facts import (
    Choice,
    ChoiceField,
    Condition,
    Field,
    FlagField,
    Node,
    TextField,
    TreeField,
    Under,
)
from kamcore.tier import Ladder, Tier
from kamcore.values import Label


class Sector(StrEnum):
    """A user's own enumeration."""

    POWER = "power"
    CABLE = "cable"


class MixedSector(str, Enum):  # noqa: UP042 - its str() is not its value
    """The same in the older way."""

    POWER = "power"


FLAG = FlagField("agreed")
SECTOR = ChoiceField("sector", options=(Choice("power", zh="电力"), "cable", "home"))
OWNER = TextField("owner")
REGION = TreeField(
    "region",
    nodes=(
        Node("cn", zh="全国", en="China"),
        Node("east", "cn", zh="华东"),
        Node("shanghai", "east"),
        Node("north", "cn"),
    ),
)
YES_OR_NO = "is not a yes or no"
SOME_TEXT = "pass a str that is not empty, or None where it is missing"


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        *((text, True) for text in ("true", "True", "YES", "y", "1", "是")),
        *((text, False) for text in ("false", "False", "NO", "n", "0", "否")),
    ],
)
def test_a_flag_is_read_from_these_words(text: str, *, wire: bool) -> None:
    assert FLAG.parse(text) is wire


@pytest.mark.parametrize(
    ("field", "raw", "kind", "message"),
    [
        pytest.param(FLAG, 1, InputError, f"1 {YES_OR_NO}; pass True or False", id="1"),
        pytest.param(FLAG, "yes", InputError, f"'yes' {YES_OR_NO}; pass True or False", id="text"),
        pytest.param(FLAG, 0.0, InputError, f"0.0 {YES_OR_NO}; pass True or False", id="float"),
        pytest.param(
            SECTOR,
            "pover",
            UnknownName,
            "unknown sector 'pover'; did you mean 'power'?",
            id="misspelt option",
        ),
        pytest.param(
            SECTOR,
            "telecoms",
            UnknownName,
            "unknown sector 'telecoms'; known are 'power', 'cable', 'home'",
            id="unknown option",
        ),
        pytest.param(
            SECTOR,
            3,
            UnknownName,
            "unknown sector 3; known are 'power', 'cable', 'home'",
            id="number",
        ),
        pytest.param(OWNER, "", InputError, f"'' is not a text; {SOME_TEXT}", id="empty text"),
        pytest.param(OWNER, "  ", InputError, f"'  ' is not a text; {SOME_TEXT}", id="blank text"),
        pytest.param(OWNER, 7, InputError, f"7 is not a text; {SOME_TEXT}", id="no text"),
        pytest.param(
            REGION,
            "shanghia",
            UnknownName,
            "unknown region 'shanghia'; did you mean 'shanghai'?",
            id="misspelt place",
        ),
    ],
)
def test_take_refuses(field: Field, raw: object, kind: type[KamcoreError], message: str) -> None:
    with pytest.raises(kind) as caught:
        field.take(raw)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (FLAG, "maybe", f"'maybe' {YES_OR_NO}; write true or false"),
        (FLAG, "2", f"'2' {YES_OR_NO}; write true or false"),
        (SECTOR, "Power", "unknown sector 'Power'; did you mean 'power'?"),
        (OWNER, " ", f"' ' is not a text; {SOME_TEXT}"),
        (REGION, "east ", "unknown region 'east '; did you mean 'east'?"),
    ],
)
def test_parse_refuses(field: Field, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        field.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "text"), [(SECTOR, "cable"), (OWNER, "Han Meimei"), (REGION, "east")]
)
def test_a_word_is_parsed_as_it_is_taken(field: Field, text: str) -> None:
    assert field.parse(text) == field.take(text) == text


@pytest.mark.parametrize(
    ("field", "wire", "shown"),
    [
        pytest.param(FLAG, True, Label("yes", "是"), id="yes"),
        pytest.param(FLAG, False, Label("no", "否"), id="no"),
        pytest.param(SECTOR, "power", Label("power", "电力"), id="option in words"),
        pytest.param(SECTOR, "cable", Label("cable", "cable"), id="option without words"),
        pytest.param(OWNER, "Li Lei", "Li Lei", id="text"),
        pytest.param(REGION, "cn", Label("China", "全国"), id="place in words"),
        pytest.param(REGION, "north", Label("north", "north"), id="place without words"),
    ],
)
def test_show(field: Field, wire: str, shown: object) -> None:
    assert field.show(wire) == shown


def test_a_string_enumeration_is_welcome_and_becomes_plain_text() -> None:
    field = ChoiceField("sector", options=tuple(Sector))
    assert field.names == ("power", "cable")
    for wire in (field.take(Sector.POWER), field.is_(Sector.POWER).options[0], field.names[0]):
        assert type(wire) is str
    assert field.is_(Sector.POWER) == field.is_("power")
    assert field.one_of(*Sector) == field.one_of("power", "cable")
    assert type(OWNER.take(Sector.CABLE)) is str
    assert type(OWNER.is_(Sector.CABLE).options[0]) is str
    assert type(REGION.is_("east").options[0]) is str


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("power", "options 'power' are one text; pass a tuple of names or Choice values"),
        ((), "field 'sector' has no options; pass at least one"),
        (("a", "b", "a"), "option 'a' appears twice; rename or remove one"),
        (("a", ""), "Choice.name is ''; pass a name"),
    ],
)
def test_a_choice_field_refuses(options: tuple[str, ...], message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        ChoiceField("sector", options=options)
    assert str(caught.value) == message


@pytest.mark.parametrize("kind", [Choice, Node, Tier])
@pytest.mark.parametrize("name", [None, 7, True, b"power", ""], ids=repr)
def test_a_name_that_is_no_text_is_refused(
    kind: type[Choice] | type[Node] | type[Tier], name: object
) -> None:
    with pytest.raises(PolicyError) as caught:
        kind(name)  # type: ignore[arg-type]
    assert str(caught.value) == f"{kind.__name__}.name is {name!r}; pass a name"


@pytest.mark.parametrize("build", [Ladder, lambda one: ChoiceField("x", options=(one,))])
def test_a_plain_name_that_is_no_text_is_refused(build: Callable[[object], object]) -> None:
    with pytest.raises(PolicyError, match=r"name is 7; pass a name$"):
        build(7)


@pytest.mark.parametrize("name", [Sector.POWER, MixedSector.POWER], ids=["StrEnum", "str, Enum"])
@pytest.mark.parametrize(
    "build",
    [
        lambda one: Choice(one).name,
        lambda one: Node(one).name,
        lambda one: Tier(one).name,
        lambda one: Ladder(one).names[0],
        lambda one: ChoiceField("sector", options=(one,)).names[0],
    ],
    ids=["Choice", "Node", "Tier", "Ladder", "ChoiceField"],
)
def test_a_member_of_a_text_enum_is_stored_by_its_value(
    build: Callable[[str], str], name: str
) -> None:
    stored = build(name)
    assert type(stored) is str
    assert f"{stored}" == "power"


@pytest.mark.parametrize(
    ("nodes", "kind", "message"),
    [
        pytest.param(
            (Node("east"), Node("east")),
            DuplicateName,
            "place 'east' appears twice; rename or remove one",
            id="repeated place",
        ),
        pytest.param(
            (Node("east"), Node("shanghai", "eats")),
            UnknownName,
            "unknown parent 'eats'; did you mean 'east'?",
            id="misspelt parent",
        ),
        pytest.param(
            (Node("shanghai", "east"), Node("east")),
            UnknownName,
            "unknown parent 'east'; none are known",
            id="child before its parent",
        ),
        pytest.param(
            (Node("east", "east"),),
            UnknownName,
            "unknown parent 'east'; none are known",
            id="its own parent",
        ),
        pytest.param(
            ("east",),
            PolicyError,
            "TreeField.nodes holds 'east'; pass Node",
            id="plain name",
        ),
    ],
)
def test_a_tree_field_refuses(
    nodes: tuple[Node, ...], kind: type[PolicyError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        TreeField("region", nodes=nodes)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("place", "path"),
    [("cn", ("cn",)), ("east", ("east", "cn")), ("shanghai", ("shanghai", "east", "cn"))],
)
def test_a_path_leads_up_to_the_root(place: str, path: tuple[str, ...]) -> None:
    assert REGION.path(place) == path
    assert REGION.within(place).depth == len(path)


@pytest.mark.parametrize(
    ("condition", "inside"),
    [
        pytest.param(REGION.within("cn"), {"cn", "east", "shanghai", "north"}, id="root"),
        pytest.param(REGION.within("east"), {"east", "shanghai"}, id="itself and below"),
        pytest.param(REGION.within("shanghai"), {"shanghai"}, id="leaf"),
        pytest.param(~REGION.within("east"), {"cn", "north"}, id="outside"),
        pytest.param(REGION.is_("east"), {"east"}, id="exactly"),
        pytest.param(~REGION.is_("east"), {"cn", "shanghai", "north"}, id="any other"),
    ],
)
def test_a_place_is_within_another(condition: Under, inside: set[str]) -> None:
    assert {name for name in REGION.names if condition.holds({"region": name})} == inside


@pytest.mark.parametrize(
    "ask",
    [REGION.is_, REGION.within, partial(Under, REGION)],
    ids=["is_", "within", "Under"],
)
def test_an_unknown_place_cannot_be_asked_for(ask: Callable[[str], Condition]) -> None:
    with pytest.raises(UnknownName) as caught:
        ask("eats")
    assert str(caught.value) == "unknown region 'eats'; did you mean 'east'?"


@pytest.mark.parametrize("field", [SECTOR, OWNER], ids=["choice", "text"])
def test_one_of_nothing_is_refused(field: ChoiceField | TextField) -> None:
    with pytest.raises(PolicyError) as caught:
        field.one_of()
    assert str(caught.value) == (
        f"field {field.name!r}: one_of() of nothing; pass at least one option"
    )


def test_an_unknown_option_cannot_be_asked_for() -> None:
    with pytest.raises(UnknownName) as caught:
        SECTOR.one_of("power", "cabel")
    assert str(caught.value) == "unknown sector 'cabel'; did you mean 'cable'?"
    with pytest.raises(InputError) as refused:
        OWNER.is_("")
    assert str(refused.value) == f"'' is not a text; {SOME_TEXT}"


def test_a_tree_without_places_is_refused() -> None:
    with pytest.raises(
        PolicyError, match=r"^field 'region' has no places; pass at least one Node$"
    ):
        TreeField("region", nodes=())


def test_several_places_are_asked_for_without_what_lies_below() -> None:
    tree = TreeField(
        "region", nodes=(Node("cn"), Node("east", under="cn"), Node("west", under="cn"))
    )
    assert [tree.one_of("cn", "west").accepts(name) for name in tree.names] == [True, False, True]
