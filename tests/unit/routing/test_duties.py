"""Duties and the rules that give them: what they hold, and what cannot be built."""

from datetime import date

import attrs
import pytest

from kamcore.errors import DuplicateName, PolicyError
from kamcore.facts import ChoiceField, FlagField, RuleTable, TableRule
from kamcore.routing import Duty, DutyRules, NoOwner
from kamcore.values import Days, Label, Seat, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-9", TITLE), Source("P08", TITLE)
WORK = ChoiceField("work", options=("answer", "demotion", "care"), zh="工作")
URGENT = FlagField("urgent", zh="紧急")


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


MARKETING, SALES, FINANCE, DESK = (
    seat("marketing", "营销部"),
    seat("sales", "销售部"),
    seat("finance", "财务部"),
    seat("desk", "专席"),
)
FULL = Duty(MARKETING, (SALES,), (FINANCE, SALES), (MARKETING,), in_absence=DESK, skills=("law",))
NOBODY = NoOwner(Label("the clause is cut", "条文残缺"))
POLICY = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("answer", WORK.is_("answer"), FULL, RULE),
            TableRule("care", WORK.is_("care") & URGENT, Duty(SALES)),
            TableRule("demotion", WORK.is_("demotion"), NOBODY),
            TableRule("care at last", WORK.is_("care"), Duty(SALES)),
        )
    ),
    source=WHOLE,
)


# --- what they hold -------------------------------------------------------------------------------


def test_a_duty_has_one_accountable_seat_and_nobody_else_unless_said() -> None:
    duty = Duty(MARKETING)
    assert (duty.accountable, duty.responsible, duty.consulted, duty.informed) == (
        MARKETING,
        (),
        (),
        (),
    )
    assert (duty.in_absence, duty.skills) == (None, ())


@pytest.mark.parametrize(
    ("duty", "seats"),
    [
        pytest.param(Duty(MARKETING), (MARKETING,), id="one"),
        pytest.param(
            Duty(MARKETING, in_absence=DESK), (MARKETING, DESK), id="who stands in comes second"
        ),
        pytest.param(FULL, (MARKETING, DESK, SALES, FINANCE), id="all, each once"),
        pytest.param(
            Duty(MARKETING, (SALES,), informed=(DESK,), in_absence=DESK),
            (MARKETING, DESK, SALES),
            id="who stands in has another part too",
        ),
        pytest.param(
            Duty(MARKETING, consulted=(FINANCE,), informed=(SALES,)),
            (MARKETING, FINANCE, SALES),
            id="consulted before informed",
        ),
    ],
)
def test_the_seats_of_a_duty(duty: Duty, seats: tuple[Seat, ...]) -> None:
    assert duty.seats == seats


def test_a_policy_lists_its_duties_and_seats_each_once_the_default_last() -> None:
    assert POLICY.duties == (FULL, Duty(SALES))
    assert POLICY.seats == (MARKETING, DESK, SALES, FINANCE)
    other = Duty(seat("board", "董事会"))
    with_default = attrs.evolve(POLICY, otherwise=other)
    assert with_default.duties == (FULL, Duty(SALES), other)
    assert with_default.seats == (MARKETING, DESK, SALES, FINANCE, other.accountable)
    assert attrs.evolve(POLICY, otherwise=FULL).duties == (FULL, Duty(SALES))


def test_a_policy_without_rules_names_nobody() -> None:
    nothing = DutyRules(table=RuleTable(rules=()))
    assert (nothing.duties, nothing.seats, nothing.fields.names) == ((), (), ())
    assert nothing.given_by(-1) == NoOwner()


def test_a_policy_asks_for_the_facts_of_its_rules() -> None:
    assert POLICY.fields == POLICY.table.fields
    assert POLICY.fields.names == ("work", "urgent")


def test_a_rule_gives_its_duty_and_no_rule_the_default() -> None:
    assert [POLICY.given_by(number) for number in range(4)] == [
        FULL,
        Duty(SALES),
        NOBODY,
        Duty(SALES),
    ]
    assert POLICY.given_by(-1) == NoOwner()
    assert attrs.evolve(POLICY, otherwise=Duty(DESK)).given_by(-1) == Duty(DESK)


def test_a_policy_is_another_one_with_other_days_or_another_stand_in() -> None:
    def policy(rule: TableRule[Duty | NoOwner]) -> DutyRules:
        return DutyRules(table=RuleTable(rules=(rule,)))

    march = Days.through(date(2024, 3, 1), date(2024, 3, 31))
    rules = [
        TableRule("answer", None, Duty(SALES)),
        TableRule("answer", None, Duty(SALES), in_force=march),
        TableRule("answer", None, Duty(SALES, in_absence=DESK)),
        TableRule("answer", None, Duty(SALES, skills=("law",))),
        TableRule("answer", None, NoOwner()),
        TableRule("answer", None, NOBODY),
    ]
    assert len({policy(rule) for rule in rules}) == len(rules)
    assert len({policy(rule).fingerprint for rule in rules}) == len(rules)


# --- what cannot be built -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        pytest.param(
            {"accountable": "marketing"},
            PolicyError,
            "Duty.accountable is 'marketing'; pass Seat",
            id="a name for a seat",
        ),
        pytest.param(
            {"responsible": SALES},
            PolicyError,
            f"Duty.responsible is {SALES!r}; pass a tuple, such as (a, b) or (a,)",
            id="one seat for a tuple",
        ),
        pytest.param(
            {"consulted": [SALES]},
            PolicyError,
            f"Duty.consulted is {[SALES]!r}; pass a tuple, such as (a, b) or (a,)",
            id="a list for a tuple",
        ),
        pytest.param(
            {"informed": ("sales",)},
            PolicyError,
            "Duty.informed holds 'sales'; pass Seat",
            id="a name among seats",
        ),
        pytest.param(
            {"in_absence": "desk"},
            PolicyError,
            "Duty.in_absence is 'desk'; pass Seat",
            id="a name for a stand-in",
        ),
        pytest.param(
            {"skills": "law"},
            PolicyError,
            "Duty.skills is 'law'; pass a tuple, such as (a, b) or (a,)",
            id="one skill for a tuple",
        ),
        pytest.param(
            {"skills": (1,)},
            PolicyError,
            "Duty.skills holds 1; pass str",
            id="a number for a skill",
        ),
        pytest.param(
            {"responsible": (SALES, SALES)},
            DuplicateName,
            "seat 'sales' appears twice; rename or remove one",
            id="responsible twice",
        ),
        pytest.param(
            {"consulted": (SALES, FINANCE, SALES)},
            DuplicateName,
            "seat 'sales' appears twice; rename or remove one",
            id="consulted twice",
        ),
        pytest.param(
            {"informed": (DESK, DESK)},
            DuplicateName,
            "seat 'desk' appears twice; rename or remove one",
            id="informed twice",
        ),
        pytest.param(
            {"skills": ("law", "law")},
            DuplicateName,
            "skill 'law' appears twice; rename or remove one",
            id="a skill twice",
        ),
        pytest.param(
            {"in_absence": MARKETING},
            PolicyError,
            "seat 'marketing' stands in for itself; name another in_absence",
            id="in absence of itself",
        ),
    ],
)
def test_a_duty_that_cannot_be_is_refused(
    given: dict[str, object], kind: type[PolicyError], message: str
) -> None:
    with pytest.raises(PolicyError) as fault:
        Duty(**{"accountable": MARKETING, **given})  # type: ignore[arg-type]
    assert type(fault.value) is kind
    assert str(fault.value) == message


def test_a_seat_may_have_several_parts() -> None:
    duty = Duty(MARKETING, (MARKETING, SALES), (SALES,), (MARKETING, SALES), in_absence=SALES)
    assert duty.seats == (MARKETING, SALES)


def test_a_duty_has_exactly_one_accountable_seat() -> None:
    with pytest.raises(TypeError, match="accountable"):
        Duty()  # type: ignore[call-arg]


def test_what_stands_in_and_skills_are_given_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        Duty(MARKETING, (), (), (), DESK)  # type: ignore[misc]


def test_a_note_is_said_in_both_languages() -> None:
    with pytest.raises(PolicyError) as fault:
        NoOwner("the clause is cut")  # type: ignore[arg-type]
    assert str(fault.value) == "NoOwner.note is 'the clause is cut'; pass Label"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"otherwise": MARKETING}, f"DutyRules.otherwise is {MARKETING!r}; pass Duty"),
        ({"otherwise": NOBODY}, f"DutyRules.otherwise is {NOBODY!r}; pass Duty"),
        ({"table": ()}, "DutyRules.table is (); pass RuleTable"),
        ({"source": "P08"}, "DutyRules.source is 'P08'; pass Source"),
        ({"notes": ("visits are care",)}, "DutyRules.notes holds 'visits are care'; pass Label"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, **given)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("gives", "shown"),
    [("marketing", "'marketing'"), (MARKETING, repr(MARKETING)), (None, "None")],
)
def test_a_rule_that_gives_no_duty_is_refused(gives: object, shown: str) -> None:
    rules = (*POLICY.table.rules, TableRule("visit", URGENT, gives))
    with pytest.raises(PolicyError) as fault:
        DutyRules(table=RuleTable(rules=rules))  # type: ignore[arg-type]
    assert str(fault.value) == f"rule 'visit' gives {shown}; pass a Duty, or NoOwner(note)"


RENAMED = seat("sales", "业务部")
OF_A_UNIT = Seat("sales", SALES.label, kind="unit_role")


@pytest.mark.parametrize(
    ("duty", "otherwise"),
    [
        pytest.param(Duty(RENAMED), None, id="in another rule, by other words"),
        pytest.param(Duty(OF_A_UNIT), None, id="of another kind"),
        pytest.param(Duty(DESK), Duty(RENAMED), id="in the default"),
        pytest.param(Duty(DESK, in_absence=RENAMED), None, id="who stands in"),
        pytest.param(Duty(DESK, informed=(OF_A_UNIT,)), None, id="who is told"),
    ],
)
def test_one_name_for_two_seats_is_refused(duty: Duty, otherwise: Duty | None) -> None:
    rules = (TableRule("answer", WORK.is_("answer"), Duty(SALES)), TableRule("rest", None, duty))
    with pytest.raises(PolicyError) as fault:
        DutyRules(table=RuleTable(rules=rules), otherwise=otherwise)
    assert str(fault.value) == "seat 'sales' is written in two ways; use one Seat value for it"


def test_one_name_for_two_seats_of_one_duty_is_refused() -> None:
    rules = (TableRule("answer", None, Duty(SALES, responsible=(RENAMED,))),)
    with pytest.raises(PolicyError) as fault:
        DutyRules(table=RuleTable(rules=rules))
    assert str(fault.value) == "seat 'sales' is written in two ways; use one Seat value for it"


def test_an_empty_skill_is_refused() -> None:
    with pytest.raises(
        PolicyError, match=r"^skills \('gis', ' '\) hold an empty one; leave it out$"
    ):
        Duty(FINANCE, skills=("gis", " "))
