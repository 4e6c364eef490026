"""Laws of routing, against a naive walk through the rules."""

from hypothesis import given
from hypothesis import strategies as st

from kamcore.facts import (
    ChoiceField,
    Condition,
    FlagField,
    NumberField,
    RuleTable,
    TableRule,
    read_facts,
)
from kamcore.routing import Duty, DutyRules, NoOwner, route_work
from kamcore.values import Label, Seat

WORK = ChoiceField("work", options=("answer", "care", "visit"))
AMOUNT = NumberField("amount")
URGENT = FlagField("urgent")
LEAVES: tuple[Condition, ...] = (
    *(WORK.is_(name) for name in WORK.names),
    WORK.is_missing,
    AMOUNT > 1,
    AMOUNT <= 2,
    URGENT.condition(),
    ~URGENT,
)
DUTIES = tuple(Duty(Seat(f"seat {number}", Label("seat", "岗位"))) for number in range(4))
Given = dict[str, str | int | bool | None]
KNOWN = {"work": st.sampled_from(WORK.names), "amount": st.integers(0, 3), "urgent": st.booleans()}
FULL = st.fixed_dictionaries(KNOWN)
PARTS = st.fixed_dictionaries({name: st.none() | one for name, one in KNOWN.items()})


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Draw a condition of two levels, never of leaves that contradict each other."""
    groups = draw(
        st.lists(
            st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3, unique_by=field_of),
            min_size=1,
            max_size=2,
        )
    )
    rows = [row[0] if len(row) == 1 else row[0] & row[1] for row in groups]
    return rows[0] if len(rows) == 1 else rows[0] | rows[1]


def field_of(leaf: Condition) -> str:
    """Return the name of a leaf's field."""
    return leaf.rows()[0][0].field.name


@st.composite
def policies(draw: st.DrawFn) -> DutyRules:
    """Draw up to 5 rules over three facts, with or without a default."""
    drawn = draw(st.lists(st.tuples(conditions(), st.sampled_from(DUTIES)), max_size=5))
    everything = TableRule(
        "fields", WORK.is_missing & AMOUNT.is_missing & URGENT.is_missing, DUTIES[3]
    )
    rules = [TableRule(f"rule {number}", *one) for number, one in enumerate(drawn)]
    return DutyRules(
        table=RuleTable(rules=(*rules, everything)),
        otherwise=draw(st.none() | st.sampled_from(DUTIES)),
    )


def naive(policy: DutyRules, values: Given) -> Duty | NoOwner:
    """Return what the first rule that holds gives."""
    for rule in policy.table.rules:
        if rule.when is None or rule.when.holds(read_facts(values, policy.fields).values):
            return rule.gives
    return NoOwner() if policy.otherwise is None else policy.otherwise


@given(policies(), FULL)
def test_known_facts_go_to_the_first_rule_that_holds(policy: DutyRules, values: Given) -> None:
    decision = route_work(read_facts(values, policy.fields), policy)
    assert decision.value == naive(policy, values)
    assert (decision.missing, decision.assumed) == ((), ())


@given(policies(), PARTS)
def test_a_decided_duty_is_that_of_the_first_rule_that_holds(
    policy: DutyRules, values: Given
) -> None:
    decision = route_work(read_facts(values, policy.fields), policy)
    if decision.decided:
        assert decision.value == naive(policy, values)


@given(policies(), PARTS)
def test_an_open_duty_or_a_rule_passed_over_names_missing_facts(
    policy: DutyRules, values: Given
) -> None:
    decision = route_work(read_facts(values, policy.fields), policy)
    names = [fact.name for fact in decision.missing]
    assert all(values[name] is None for name in names)
    assert bool(names) is (not decision.decided or bool(decision.assumed))


@given(policies(), PARTS)
def test_the_first_reason_names_the_accountable_seat(policy: DutyRules, values: Given) -> None:
    decision = route_work(read_facts(values, policy.fields), policy)
    duty = decision.value_or(NoOwner())
    said = dict(decision.reasons[0].params).get("seat")
    assert said == (duty.accountable if isinstance(duty, Duty) else None)
