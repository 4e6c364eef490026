"""Who answers for a piece of work: one accountable seat, the others, a default, or nobody."""

import attrs
import pytest

from kamcore.errors import InputError, PolicyError, Undecided, UnknownName
from kamcore.facts import (
    ChoiceField,
    Facts,
    FlagField,
    NumberField,
    RuleTable,
    TableRule,
    read_facts,
)
from kamcore.routing import Duty, DutyRules, NoOwner, route_work
from kamcore.values import Label, Seat, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-9", TITLE), Source("P08", TITLE)


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


MARKETING, SALES, FINANCE = (
    seat("marketing", "营销部"),
    seat("sales", "销售部"),
    seat("finance", "财务部"),
)
WORK = ChoiceField("work", options=("answer", "demotion", "care", "visit"), zh="工作")
TIER = ChoiceField("tier", options=("A", "B"), zh="等级")
AMOUNT = NumberField("amount", zh="数量")
URGENT = FlagField("urgent", zh="紧急")
ANSWER, CARE = Duty(MARKETING), Duty(SALES)
POLICY = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("answer", WORK.is_("answer"), ANSWER, RULE),
            TableRule("care A", WORK.is_("care") & TIER.is_("A"), CARE),
        )
    ),
    source=WHOLE,
)
DEFAULT = attrs.evolve(POLICY, otherwise=Duty(FINANCE, informed=(SALES,)))


def facts(policy: DutyRules = POLICY, **given: object) -> Facts:
    """Return the facts that a policy asks for."""
    return read_facts(given, policy.fields)


def test_the_rule_that_covers_the_work_names_the_seat_and_its_clause() -> None:
    decision = route_work(facts(work="answer", tier="B"), POLICY)
    assert decision.value == ANSWER
    first, why = decision.reasons
    assert (first.rule.id, first.source) == ("routing.accountable", RULE)
    assert dict(first.params) == {"seat": MARKETING}
    assert dict(why.params)["field"] == WORK.label
    assert (decision.missing, decision.assumed) == ((), ())
    assert decision.fingerprint == POLICY.fingerprint


def test_a_rule_without_a_source_rests_on_that_of_the_policy() -> None:
    decision = route_work(facts(work="care", tier="A"), POLICY)
    assert decision.value == CARE
    assert decision.reasons[0].source == WHOLE
    assert len(decision.reasons) == 3


def test_the_first_rule_that_holds_wins() -> None:
    rules = (TableRule("all", None, CARE), *POLICY.table.rules)
    policy = attrs.evolve(POLICY, table=RuleTable(rules=rules))
    decision = route_work(facts(work="answer", tier="A"), policy)
    assert decision.value == CARE
    assert [reason.rule.id for reason in decision.reasons] == ["routing.accountable"]


def test_of_several_alternatives_the_one_that_holds_is_shown() -> None:
    rule = TableRule("either", (AMOUNT > 10) | WORK.is_("visit"), CARE)
    policy = DutyRules(table=RuleTable(rules=(rule,)))
    decision = route_work(facts(policy, amount=1, work="visit"), policy)
    assert decision.value == CARE
    assert dict(decision.reasons[1].params)["field"] == WORK.label


def test_work_that_no_rule_covers_has_no_owner() -> None:
    decision = route_work(facts(work="visit", tier="A"), POLICY)
    assert decision.decided
    assert decision.value == NoOwner()
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("routing.no_owner", WHOLE)
    assert (decision.missing, decision.assumed) == ((), ())


def test_a_default_answers_for_work_that_no_rule_covers() -> None:
    decision = route_work(facts(work="visit", tier="A"), DEFAULT)
    assert decision.value == DEFAULT.otherwise
    assert [reason.rule.id for reason in decision.reasons] == [
        "routing.accountable",
        "routing.others",
        "routing.by_default",
    ]
    assert decision.reasons[0].source == WHOLE
    assert (decision.missing, decision.assumed) == ((), ())


# --- who else takes part --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "en", "zh"),
    [
        (
            Duty(MARKETING, responsible=(SALES,)),
            ("sales", "nobody", "nobody"),
            ("销售部", "无", "无"),
        ),
        (
            Duty(MARKETING, consulted=(FINANCE, SALES)),
            ("nobody", "finance, sales", "nobody"),
            ("无", "财务部、销售部", "无"),
        ),
        (
            Duty(MARKETING, (SALES,), (FINANCE,), (MARKETING,)),
            ("sales", "finance", "marketing"),
            ("销售部", "财务部", "营销部"),
        ),
    ],
    ids=["responsible", "consulted", "all"],
)
def test_who_carries_out_advises_and_is_told(
    duty: Duty, en: tuple[str, ...], zh: tuple[str, ...]
) -> None:
    policy = DutyRules(table=RuleTable(rules=(TableRule("all", None, duty),)))
    others = route_work(facts(policy), policy).reasons[1]
    assert others.rule.id == "routing.others"
    said = dict(others.params)
    names = ("responsible", "consulted", "informed")
    assert said == {
        name: Label(*words) for name, words in zip(names, zip(en, zh, strict=True), strict=True)
    }


def test_a_duty_of_one_seat_names_no_others() -> None:
    policy = DutyRules(table=RuleTable(rules=(TableRule("all", None, Duty(MARKETING)),)))
    assert len(route_work(facts(policy), policy).reasons) == 1


# --- missing facts --------------------------------------------------------------------------


def test_a_missing_fact_that_could_make_a_rule_hold_leaves_the_work_open() -> None:
    decision = route_work(facts(work="care"), POLICY)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["tier"]
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("routing.undecided", WHOLE)
    assert dict(first.params) == {"facts": TIER.label}
    with pytest.raises(Undecided) as fault:
        _ = decision.value
    assert fault.value.missing == ("tier",)


def test_several_missing_facts_are_all_named() -> None:
    decision = route_work(facts(), POLICY)
    assert [fact.name for fact in decision.missing] == ["work", "tier"]
    assert dict(decision.reasons[0].params) == {"facts": Label("work, tier", "工作、等级")}


def test_only_missing_facts_that_matter_are_named() -> None:
    rules = (*POLICY.table.rules, TableRule("visit", WORK.is_("visit") & URGENT, ANSWER))
    policy = attrs.evolve(POLICY, table=RuleTable(rules=rules))
    decision = route_work(facts(policy, work="care"), policy)
    assert [fact.name for fact in decision.missing] == ["tier"]


def test_a_missing_fact_that_changes_nothing_is_not_named() -> None:
    decision = route_work(facts(work="answer"), POLICY)
    assert decision.value == ANSWER
    assert (decision.missing, decision.assumed) == ((), ())


def test_no_owner_is_certain_where_no_missing_fact_could_change_it() -> None:
    decision = route_work(facts(work="visit"), POLICY)
    assert decision.value == NoOwner()
    assert decision.missing == ()


def test_a_default_answers_where_a_rule_was_passed_over_and_says_so() -> None:
    decision = route_work(facts(work="care"), DEFAULT)
    assert decision.value == DEFAULT.otherwise
    assert [fact.name for fact in decision.missing] == ["tier"]
    assert [reason.rule.id for reason in decision.assumed] == ["routing.missing"]


def test_a_later_rule_answers_where_an_earlier_one_was_passed_over_and_says_so() -> None:
    rules = (
        TableRule("urgent", URGENT, Duty(FINANCE)),
        *POLICY.table.rules,
        TableRule("large", WORK.is_("answer") & (AMOUNT > 10), CARE),
    )
    policy = attrs.evolve(POLICY, table=RuleTable(rules=rules))
    decision = route_work(facts(policy, work="answer", tier="A"), policy)
    assert decision.value == ANSWER
    assert [fact.name for fact in decision.missing] == ["urgent"]
    assert [reason.rule.id for reason in decision.assumed] == ["routing.missing"]


def test_a_more_specific_rule_that_was_passed_over_is_said() -> None:
    table = RuleTable(
        rules=(
            TableRule("any answer", WORK.is_("answer"), ANSWER),
            TableRule("answer to A", WORK.is_("answer") & TIER.is_("A"), CARE),
        ),
        match="most_specific",
        dimensions=(WORK, TIER),
    )
    policy = DutyRules(table=table)
    assert route_work(facts(policy, work="answer", tier="A"), policy).value == CARE
    assert route_work(facts(policy, work="answer", tier="B"), policy).value == ANSWER
    passed_over = route_work(facts(policy, work="answer"), policy)
    assert passed_over.value == ANSWER
    assert [fact.name for fact in passed_over.missing] == ["tier"]


# --- what cannot be built, what cannot be asked ---------------------------------------------


def test_a_rule_that_gives_no_duty_is_refused() -> None:
    table = RuleTable(rules=(TableRule("answer", WORK.is_("answer"), "marketing"),))
    with pytest.raises(PolicyError) as fault:
        DutyRules(table=table)  # type: ignore[arg-type]
    assert str(fault.value) == "rule 'answer' gives 'marketing'; pass a Duty"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"accountable": "marketing"}, "Duty.accountable is 'marketing'; pass Seat"),
        (
            {"accountable": MARKETING, "consulted": [SALES]},
            f"Duty.consulted is {[SALES]!r}; pass a tuple, such as (a, b) or (a,)",
        ),
        (
            {"accountable": MARKETING, "informed": ("sales",)},
            "Duty.informed holds 'sales'; pass Seat",
        ),
    ],
)
def test_a_duty_has_seats(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        Duty(**given)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_a_duty_has_exactly_one_accountable_seat() -> None:
    with pytest.raises(TypeError, match="accountable"):
        Duty()  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"otherwise": MARKETING}, f"DutyRules.otherwise is {MARKETING!r}; pass Duty"),
        ({"table": ()}, "DutyRules.table is (); pass RuleTable"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, **given)
    assert str(fault.value) == message


def test_facts_that_lack_a_field_are_refused() -> None:
    other = read_facts({"work": "care"}, DutyRules(table=RuleTable(rules=())).fields)
    with pytest.raises(UnknownName) as fault:
        route_work(other, POLICY)
    assert str(fault.value) == "unknown field 'work'; none are known"


def test_facts_of_another_list_of_options_are_refused() -> None:
    fewer = ChoiceField("work", options=("answer",))
    table = RuleTable(rules=(TableRule("answer", fewer.is_("answer") & TIER.is_("A"), ANSWER),))
    other = facts(DutyRules(table=table), work="answer", tier="A")
    with pytest.raises(InputError) as fault:
        route_work(other, POLICY)
    assert str(fault.value) == f"field 'work' was read as {fewer!r}; the policy asks {WORK!r}"
