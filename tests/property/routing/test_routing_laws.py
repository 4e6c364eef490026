"""Laws of routing, against a naive walk through the rules."""

from datetime import timedelta

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.property.facts._strategies import facts as facts_over
from tests.property.facts._strategies import naive
from tests.property.facts._tables import Case, decide, holds
from tests.property.routing._policies import DUTIES, World, worlds

from kamcore.decision import Decision
from kamcore.facts import Facts, TableRule
from kamcore.routing import Duty, DutyRules, NoOwner, route_work

ANY = worlds()


@st.composite
def asked(draw: st.DrawFn, *, complete: bool = False) -> tuple[DutyRules, Facts, Case]:
    """Draw rules and a piece of work on one of the days."""
    world: World = draw(ANY)
    assert world.space.days is not None
    facts = draw(facts_over(world.policy.fields, complete=complete))
    return world.policy, facts, Case(facts.values, draw(st.sampled_from(list(world.space.days))))


def route(policy: DutyRules, facts: Facts, case: Case) -> Decision[Duty | NoOwner]:
    """Ask for the day of the case where rules have days, and for none otherwise."""
    return route_work(facts, policy, on=case.day if policy.table.dated else None)


@given(asked(complete=True))
def test_known_facts_go_to_the_rule_that_wins(question: tuple[DutyRules, Facts, Case]) -> None:
    policy, facts, case = question
    decision = route(policy, facts, case)
    assert decision.value == policy.given_by(decide(policy.table, case))
    assert (decision.missing, decision.assumed) == ((), ())


@given(asked())
def test_a_decided_duty_is_that_of_the_rule_that_wins(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    policy, facts, case = question
    decision = route(policy, facts, case)
    won = decide(policy.table, case)
    if decision.decided:
        assert decision.value == policy.given_by(won)
    else:
        assert (won, policy.otherwise) == (-1, None)


@given(asked())
def test_an_open_duty_or_a_rule_passed_over_names_missing_facts(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    policy, facts, case = question
    decision = route(policy, facts, case)
    names = [fact.name for fact in decision.missing]
    assert all(facts.values[name] is None for name in names)
    assert bool(names) is (not decision.decided or bool(decision.assumed))


@given(asked())
def test_the_first_reason_names_the_accountable_seat_and_the_rule(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    policy, facts, case = question
    decision = route(policy, facts, case)
    duty, won = decision.value_or(NoOwner()), decide(policy.table, case)
    said = dict(decision.reasons[0].params)
    assert said.get("seat") == (duty.accountable if isinstance(duty, Duty) else None)
    assert said.get("rule") == (policy.table.rules[won].label if won >= 0 else None)


@given(asked())
def test_the_reasons_name_every_seat_of_the_duty_in_both_languages(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    decision = route(*question)
    duty = decision.value_or(NoOwner())
    if isinstance(duty, Duty):
        assert all(seat.label.en in decision.explain("en") for seat in duty.seats)
        assert all(seat.label.zh in decision.explain("zh") for seat in duty.seats)


@given(asked())
def test_the_facts_that_are_told_are_those_of_an_alternative_that_holds(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    policy, facts, case = question
    decision = route(policy, facts, case)
    top = policy.table.compiled.top(facts, case.day)
    told = [reason for reason in decision.reasons if reason.rule.id.startswith("facts.")]
    if not top:
        assert told == []
        return
    owner, leaves = policy.table.row_at(top)
    assert owner == decide(policy.table, case)
    assert all(naive(leaf, case.values) for leaf in leaves)
    assert [dict(reason.params)["field"] for reason in told] == [
        leaf.field.label for leaf in leaves
    ]


@given(asked(), st.sampled_from(DUTIES))
def test_a_default_changes_only_what_no_rule_covers(
    question: tuple[DutyRules, Facts, Case], duty: Duty
) -> None:
    policy, facts, case = question
    alone = route(evolve(policy, otherwise=None), facts, case)
    decision = route(evolve(policy, otherwise=duty), facts, case)
    covered = decide(policy.table, case) >= 0
    assert decision.value == (alone.value if covered else duty)
    assert decision.missing == alone.missing


@given(ANY, facts_over())
def test_an_answer_depends_on_no_fact_that_the_rules_do_not_ask_for(
    world: World, facts: Facts
) -> None:
    policy, space = world
    assert space.days is not None
    names = policy.fields.names
    own = Facts("", policy.fields, tuple(facts.values[name] for name in names))
    case = Case(facts.values, space.days.start)
    assert route(policy, facts, case) == route(policy, own, case)


@given(asked())
def test_a_rule_that_holds_today_may_answer_tomorrow_only_if_its_days_go_on(
    question: tuple[DutyRules, Facts, Case],
) -> None:
    policy, facts, case = question
    assert case.day is not None
    tomorrow = Case(case.values, case.day + timedelta(days=1))
    won = decide(policy.table, case)
    assume(won >= 0)
    answer = route(policy, facts, tomorrow)
    said = dict(answer.reasons[0].params).get("rule")
    if said == policy.table.rules[won].label:
        assert holds(policy.table.rules[won], tomorrow)


@given(asked(), st.sampled_from(DUTIES))
def test_a_rule_for_everything_leaves_nothing_open(
    question: tuple[DutyRules, Facts, Case], duty: Duty
) -> None:
    policy, facts, case = question
    assume(policy.table.match != "most_specific")
    rest = TableRule("rest", None, duty)
    own = policy.table.rules
    rules = (*own, rest) if policy.table.match == "first" else (rest, *own)
    closed = evolve(policy, table=evolve(policy.table, rules=rules))
    decision = route(closed, facts, case)
    won = decide(policy.table, case)
    assert decision.value == (own[won].gives if won >= 0 else duty)
