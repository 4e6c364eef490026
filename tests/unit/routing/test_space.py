"""The cases over which something is proved."""

from datetime import date

import pytest

from kamcore.errors import DuplicateName, InputError, PolicyError, UnknownName
from kamcore.facts import (
    ChoiceField,
    Field,
    Fields,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
)
from kamcore.routing import Duty, DutyRules, Space
from kamcore.routing._space import diagram_of, space_of
from kamcore.values import Days, Label, Seat

WORK = ChoiceField("work", options=("answer", "care"), zh="工作")
REGION = TreeField("region", nodes=(Node("cn"), Node("east", "cn")), zh="区域")
SIZE = NumberField("size", zh="规模")
OWNER = TextField("owner", zh="客户经理")
URGENT = FlagField("urgent", zh="紧急")
DUTY = Duty(Seat("sales", Label("sales", "销售部")))
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))


def rules(*given: TableRule[Duty]) -> DutyRules:
    """Return a policy of some rules."""
    return DutyRules(table=RuleTable(rules=given))


BY_WORK = rules(TableRule("answer", WORK.is_("answer"), DUTY))
BY_SIZE = rules(TableRule("large", (SIZE > 5) & WORK.is_("care"), DUTY))


def test_a_space_is_all_cases_of_its_fields() -> None:
    space = Space((WORK, SIZE))
    assert space.fields == Fields((WORK, SIZE))
    assert (space.open, space.may_miss, space.days) == ((), (), None)
    assert Space(Fields((WORK, SIZE))) == Space([WORK, SIZE]) == space
    assert Space((WORK, SIZE, WORK)) == space
    assert Space(()).fields.names == ()


def test_a_space_says_which_lists_are_open() -> None:
    space = Space((WORK, REGION, SIZE), open=("region", "work"))
    assert space.open_lists == (REGION.label, WORK.label)
    assert Space((WORK, REGION)).open_lists == ()


@pytest.mark.parametrize("one", [WORK, REGION, SIZE, OWNER, URGENT])
def test_every_fact_may_be_missing(one: Field) -> None:
    assert Space((one,), may_miss=(one.name,)).may_miss == (one.name,)


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        pytest.param(
            {"open": ("wrok",)},
            UnknownName,
            "unknown field 'wrok'; did you mean 'work'?",
            id="an open list of no field",
        ),
        pytest.param(
            {"may_miss": ("sise",)},
            UnknownName,
            "unknown field 'sise'; did you mean 'size'?",
            id="no field to miss",
        ),
        pytest.param(
            {"open": ("work", "work")},
            DuplicateName,
            "field in open 'work' appears twice; rename or remove one",
            id="open twice",
        ),
        pytest.param(
            {"may_miss": ("size", "size")},
            DuplicateName,
            "field in may_miss 'size' appears twice; rename or remove one",
            id="missing twice",
        ),
        pytest.param(
            {"open": "work"},
            PolicyError,
            "Space.open is 'work'; pass a tuple, such as (a, b) or (a,)",
            id="open as one text",
        ),
        pytest.param(
            {"may_miss": ["size"]},
            PolicyError,
            "Space.may_miss is ['size']; pass a tuple, such as (a, b) or (a,)",
            id="missing as a list",
        ),
        pytest.param(
            {"may_miss": (SIZE,)},
            PolicyError,
            f"Space.may_miss holds {SIZE!r}; pass str",
            id="a field for a name",
        ),
        pytest.param(
            {"open": ("size",)},
            PolicyError,
            "field 'size' is no list; leave it out of open",
            id="an open number",
        ),
        pytest.param(
            {"open": ("work", "urgent")},
            PolicyError,
            "field 'urgent' is no list; leave it out of open",
            id="an open flag",
        ),
        pytest.param(
            {"open": ("owner",)},
            PolicyError,
            "field 'owner' is no list; leave it out of open",
            id="an open text",
        ),
        pytest.param(
            {"days": date(2024, 3, 1)},
            PolicyError,
            "Space.days is datetime.date(2024, 3, 1); pass Days",
            id="a day for days",
        ),
        pytest.param(
            {"fields": URGENT},
            PolicyError,
            f"a space of {URGENT!r}; pass its fields, such as policy.fields",
            id="one field for several",
        ),
        pytest.param(
            {"fields": 5},
            PolicyError,
            "a space of 5; pass its fields, such as policy.fields",
            id="a number for fields",
        ),
        pytest.param(
            {"fields": ("work",)},
            PolicyError,
            "Fields.items holds 'work'; pass Field",
            id="a name for a field",
        ),
        pytest.param(
            {"fields": (WORK, NumberField("work"))},
            PolicyError,
            f"field 'work' means both {WORK!r} and {NumberField('work')!r}; rename one of them",
            id="one name for two facts",
        ),
    ],
)
def test_a_space_that_cannot_be_is_refused(
    given: dict[str, object], kind: type[PolicyError], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        Space(**{"fields": (WORK, SIZE, URGENT, OWNER), **given})  # type: ignore[arg-type]
    assert type(fault.value) is kind
    assert str(fault.value) == message


def test_what_a_space_says_of_its_fields_is_given_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        Space((WORK,), ("work",))  # type: ignore[misc]


def test_without_a_space_all_facts_that_the_rules_ask_for_are_taken() -> None:
    assert space_of((BY_WORK,), None) == Space((WORK,))
    assert space_of((BY_WORK, BY_SIZE), None) == Space((WORK, SIZE))
    assert space_of((rules(),), None) == Space(())


def test_a_space_may_have_more_facts_in_another_order() -> None:
    space = Space((URGENT, SIZE, WORK), may_miss=("urgent",), days=MARCH)
    assert space_of((BY_SIZE,), space) is space
    worded = Space((ChoiceField("work", options=("answer", "care"), en="kind of work"), SIZE))
    assert space_of((BY_SIZE,), worded) is worded


def test_a_space_that_leaves_a_fact_out_is_refused() -> None:
    with pytest.raises(InputError) as fault:
        space_of((BY_WORK, BY_SIZE), Space((WORK, URGENT)))
    assert str(fault.value) == (
        "the space leaves out 'size', which rules ask for; add the field to it"
    )


@pytest.mark.parametrize(
    "other",
    [
        ChoiceField("work", options=("answer", "care", "visit")),
        ChoiceField("work", options=("care", "answer")),
        MoneyField("work", currency="CNY"),
    ],
    ids=["another list", "another order", "another kind"],
)
def test_a_space_whose_field_means_another_fact_is_refused(other: Field) -> None:
    with pytest.raises(InputError) as fault:
        space_of((BY_WORK,), Space((other,)))
    assert str(fault.value) == (
        f"field 'work' means {other!r} in the space and {WORK!r} in the rules; "
        "use one field for both"
    )


def test_a_diagram_is_drawn_over_the_space() -> None:
    dated = rules(TableRule("answer", WORK.is_("answer"), DUTY, in_force=MARCH))
    year = Days.through(date(2024, 1, 1), date(2024, 12, 31))
    space = Space((URGENT, WORK), may_miss=("urgent",), days=year)
    diagram = diagram_of((dated,), [[-1, 0]], space)
    assert [level.about for level in diagram.levels] == [URGENT, WORK, None]
    assert [len(level.atoms) for level in diagram.levels] == [3, 2, 3]
    both = diagram_of((BY_WORK, BY_SIZE), [[-1, 0], [-1, 0]], Space((WORK, SIZE)))
    counts = dict(zip(both.outcomes, both.counts(), strict=True))
    assert {outcome: cells for outcome, cells in counts.items() if cells} == {
        (0, -1): 2,
        (-1, 0): 1,
        (-1, -1): 1,
    }
