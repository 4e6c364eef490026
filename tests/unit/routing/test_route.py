"""Who answers for a piece of work: the rule that wins, the default, nobody, or not yet known."""

import pickle
from datetime import date, datetime

import attrs
import pytest

from kamcore.errors import InputError, NotADate, Undecided, UnknownName
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
from kamcore.routing._route import RULES
from kamcore.values import Days, Label, Seat, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-9", TITLE), Source("P08", TITLE)


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


MARKETING, SALES, FINANCE, DESK = (
    seat("marketing", "营销部"),
    seat("sales", "销售部"),
    seat("finance", "财务部"),
    seat("desk", "专席"),
)
WORK = ChoiceField("work", options=("answer", "demotion", "care", "visit"), zh="工作")
TIER = ChoiceField("tier", options=("A", "B"), zh="等级")
AMOUNT = NumberField("amount", zh="数量")
URGENT = FlagField("urgent", zh="紧急")
ANSWER, CARE = Duty(MARKETING), Duty(SALES)
CUT = NoOwner(Label("the clause is cut", "条文残缺"))
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
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
IN_ZONE = "take its date in a zone: value.astimezone(zone).date()"
IN_ABSENCE = "其他岗位：专席（不在岗时代为负责）"
ALL_EN = (
    "other seats: sales (carries out), finance (consulted), marketing (informed), desk (in absence)"
)
ALL_ZH = "其他岗位：销售部（执行）、财务部（征询）、营销部（知会）、专席（不在岗时代为负责）"
SKILLS_EN = "skills needed: law"
INSIDE, OUTSIDE = date(2024, 3, 31), date(2024, 4, 1)


def rules(*given: TableRule[Duty | NoOwner], source: Source | None = None) -> DutyRules:
    """Return a policy of some rules."""
    return DutyRules(table=RuleTable(rules=given), source=source)


def facts(policy: DutyRules = POLICY, **given: object) -> Facts:
    """Return the facts that a policy asks for."""
    return read_facts(given, policy.fields)


# --- the rule that wins ---------------------------------------------------------------------------


def test_the_rule_that_covers_the_work_names_the_seat_and_its_clause() -> None:
    decision = route_work(facts(work="answer", tier="B"), POLICY)
    assert decision.value == ANSWER
    first, why = decision.reasons
    assert (first.rule.id, first.source) == ("routing.accountable", RULE)
    assert dict(first.params) == {"seat": MARKETING, "rule": Label("answer", "answer")}
    assert dict(why.params)["field"] == WORK.label
    assert (decision.missing, decision.assumed) == ((), ())
    assert decision.fingerprint == POLICY.fingerprint


def test_a_rule_is_named_in_both_languages() -> None:
    policy = rules(TableRule("care", None, CARE, zh="维护"))
    (first,) = route_work(facts(policy), policy).reasons
    assert first.text("en") == "sales is accountable, by rule “care”"
    assert first.text("zh") == "由销售部负责（规则“维护”）"
    unowned = rules(TableRule("care", None, CUT, zh="维护"))
    (first,) = route_work(facts(unowned), unowned).reasons
    assert first.text("zh") == "无人负责：条文残缺（规则“维护”）"


def test_a_rule_without_a_source_rests_on_that_of_the_policy() -> None:
    decision = route_work(facts(work="care", tier="A"), POLICY)
    assert decision.value == CARE
    assert [reason.source for reason in decision.reasons] == [WHOLE, None, None]
    assert route_work(facts(), rules(TableRule("all", None, CARE))).reasons[0].source is None


@pytest.mark.parametrize(("match", "value"), [("first", CARE), ("last", ANSWER)])
def test_the_first_or_the_last_rule_that_holds_wins(match: str, value: Duty) -> None:
    given = (TableRule("all", None, CARE), *POLICY.table.rules)
    policy = attrs.evolve(POLICY, table=RuleTable(rules=given, match=match))  # type: ignore[arg-type]
    assert route_work(facts(work="answer", tier="A"), policy).value == value
    assert route_work(facts(work="visit", tier="A"), policy).value == CARE


def test_a_rule_without_a_condition_needs_no_fact_to_be_told() -> None:
    policy = rules(TableRule("all", None, CARE), *POLICY.table.rules)
    decision = route_work(facts(policy, work="answer", tier="A"), policy)
    assert [reason.rule.id for reason in decision.reasons] == ["routing.accountable"]


def test_of_several_alternatives_the_one_that_holds_is_shown() -> None:
    policy = rules(TableRule("either", (AMOUNT > 10) | WORK.is_("visit"), CARE))
    decision = route_work(facts(policy, amount=1, work="visit"), policy)
    assert decision.value == CARE
    assert [dict(reason.params)["field"] for reason in decision.reasons[1:]] == [WORK.label]


def test_of_several_rules_the_one_that_wins_is_told_and_not_another_with_the_same_duty() -> None:
    policy = rules(
        TableRule("large", AMOUNT > 10, CARE, RULE), TableRule("visit", WORK.is_("visit"), CARE)
    )
    decision = route_work(facts(policy, amount=1, work="visit"), policy)
    assert dict(decision.reasons[0].params)["rule"] == Label("visit", "visit")
    assert decision.reasons[0].source is None
    assert [dict(reason.params)["field"] for reason in decision.reasons[1:]] == [WORK.label]


# --- the default and nobody -----------------------------------------------------------------------


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
    first, others = decision.reasons
    assert (first.rule.id, first.source) == ("routing.by_default", WHOLE)
    assert dict(first.params) == {"seat": FINANCE}
    assert others.rule.id == "routing.others"
    assert (decision.missing, decision.assumed) == ((), ())


def test_a_rule_may_name_nobody_and_then_the_default_does_not_answer_either() -> None:
    policy = attrs.evolve(
        rules(TableRule("demotion", WORK.is_("demotion"), CUT, RULE), source=WHOLE),
        otherwise=CARE,
    )
    decision = route_work(facts(policy, work="demotion"), policy)
    assert decision.value == CUT
    first, why = decision.reasons
    assert (first.rule.id, first.source) == ("routing.unowned", RULE)
    assert dict(first.params) == {"note": CUT.note, "rule": Label("demotion", "demotion")}
    assert dict(why.params)["field"] == WORK.label
    assert route_work(facts(policy, work="answer"), policy).value == CARE


def test_a_rule_that_names_nobody_without_a_note_says_so() -> None:
    policy = rules(TableRule("rest", None, NoOwner()), source=WHOLE)
    (first,) = route_work(facts(policy), policy).reasons
    assert first.source == WHOLE
    assert dict(first.params) == {
        "note": Label("the rule names nobody", "该规则未指定任何岗位"),
        "rule": Label("rest", "rest"),
    }


# --- missing facts --------------------------------------------------------------------------------


def test_a_missing_fact_that_could_make_a_rule_hold_leaves_the_work_open() -> None:
    decision = route_work(facts(work="care"), POLICY)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["tier"]
    (first,) = decision.reasons
    assert (first.rule.id, first.source) == ("routing.undecided", WHOLE)
    assert dict(first.params) == {"facts": TIER.label}
    assert (decision.assumed, decision.fingerprint) == ((), POLICY.fingerprint)
    with pytest.raises(Undecided) as fault:
        _ = decision.value
    assert fault.value.missing == ("tier",)


def test_several_missing_facts_are_all_named() -> None:
    decision = route_work(facts(), POLICY)
    assert [fact.name for fact in decision.missing] == ["work", "tier"]
    assert dict(decision.reasons[0].params) == {"facts": Label("work, tier", "工作、等级")}


def test_only_missing_facts_that_matter_are_named() -> None:
    policy = rules(*POLICY.table.rules, TableRule("visit", WORK.is_("visit") & URGENT, ANSWER))
    decision = route_work(facts(policy, work="care"), policy)
    assert [fact.name for fact in decision.missing] == ["tier"]


def test_a_missing_fact_that_changes_nothing_is_not_named() -> None:
    decision = route_work(facts(work="answer"), POLICY)
    assert decision.value == ANSWER
    assert (decision.missing, decision.assumed) == ((), ())
    assert [reason.rule.id for reason in decision.reasons] == ["routing.accountable", "facts.is"]


def test_no_owner_is_certain_where_no_missing_fact_could_change_it() -> None:
    decision = route_work(facts(work="visit"), POLICY)
    assert decision.value == NoOwner()
    assert (decision.missing, decision.assumed) == ((), ())


def test_a_default_answers_where_a_rule_was_passed_over_and_says_so() -> None:
    decision = route_work(facts(work="care"), DEFAULT)
    assert decision.value == DEFAULT.otherwise
    assert [fact.name for fact in decision.missing] == ["tier"]
    assert [reason.rule.id for reason in decision.assumed] == ["routing.missing"]
    first, others = decision.reasons
    assert (first.rule.id, first.source) == ("routing.default_for_now", WHOLE)
    assert dict(first.params) == {"seat": FINANCE, "facts": TIER.label}
    assert others.rule.id == "routing.others"
    assert decision.fingerprint == DEFAULT.fingerprint


def test_a_later_rule_answers_where_an_earlier_one_was_passed_over_and_says_so() -> None:
    policy = rules(
        TableRule("urgent", URGENT, Duty(FINANCE)),
        *POLICY.table.rules,
        TableRule("large", WORK.is_("answer") & (AMOUNT > 10), CARE),
    )
    decision = route_work(facts(policy, work="answer", tier="A"), policy)
    assert decision.value == ANSWER
    assert [fact.name for fact in decision.missing] == ["urgent"]
    assert [reason.rule.id for reason in decision.assumed] == ["routing.missing"]
    assert dict(decision.reasons[0].params)["rule"] == Label("answer", "answer")


def test_a_rule_that_names_nobody_answers_where_an_earlier_one_was_passed_over() -> None:
    policy = rules(TableRule("urgent", URGENT, CARE), TableRule("rest", None, CUT))
    decision = route_work(facts(policy), policy)
    assert decision.value == CUT
    assert [fact.name for fact in decision.missing] == ["urgent"]


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


def test_a_fact_that_is_missing_may_be_asked_for() -> None:
    policy = rules(TableRule("unknown", TIER.is_missing, CARE), TableRule("rest", None, ANSWER))
    decision = route_work(facts(policy), policy)
    assert decision.value == CARE
    assert (decision.missing, decision.assumed) == ((), ())
    assert decision.lines("en")[1] == "tier: missing, as required"


# --- days -----------------------------------------------------------------------------------------

DATED = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("answer in March", WORK.is_("answer"), CARE, RULE, in_force=MARCH),
            TableRule("answer", WORK.is_("answer"), ANSWER),
        )
    )
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2024, 2, 29), ANSWER, id="the day before"),
        pytest.param(date(2024, 3, 1), CARE, id="the first day"),
        pytest.param(date(2024, 3, 31), CARE, id="the last day"),
        pytest.param(date(2024, 4, 1), ANSWER, id="the day after"),
    ],
)
def test_a_rule_answers_on_the_days_on_which_it_is_in_force(day: date, value: Duty) -> None:
    assert route_work(facts(DATED, work="answer"), DATED, on=day).value == value


def test_a_missing_fact_is_named_only_on_the_days_of_its_rule() -> None:
    policy = attrs.evolve(
        DATED, table=RuleTable(rules=(DATED.table.rules[0],)), otherwise=Duty(FINANCE)
    )
    inside, outside = (route_work(facts(policy), policy, on=day) for day in (INSIDE, OUTSIDE))
    assert inside.value == outside.value == Duty(FINANCE)
    assert [fact.name for fact in inside.missing] == ["work"]
    assert (outside.missing, outside.assumed) == ((), ())
    open_ = attrs.evolve(policy, otherwise=None)
    assert not route_work(facts(open_), open_, on=INSIDE).decided
    assert route_work(facts(open_), open_, on=OUTSIDE).value == NoOwner()


@pytest.mark.parametrize(
    ("on", "kind", "message"),
    [
        (None, InputError, "rules are in force on certain days; pass on=, the day of the work"),
        (
            datetime(2024, 3, 1, 9),
            NotADate,
            f"day of the work {datetime(2024, 3, 1, 9)!r} is not a date; {IN_ZONE}",
        ),
    ],
    ids=["none", "an instant"],
)
def test_rules_with_days_need_the_day_of_the_work(
    on: date | None, kind: type[InputError], message: str
) -> None:
    with pytest.raises(kind) as fault:
        route_work(facts(DATED, work="answer"), DATED, on=on)
    assert str(fault.value) == message


def test_what_is_no_day_is_refused_also_where_no_rule_asks_for_one() -> None:
    with pytest.raises(NotADate) as fault:
        route_work(facts(work="answer", tier="A"), POLICY, on="2024-03-01")  # type: ignore[arg-type]
    assert str(fault.value) == ("day of the work '2024-03-01' is not a date; pass a datetime.date")


def test_rules_without_days_hold_on_every_day() -> None:
    asked = facts(work="answer", tier="A")
    assert route_work(asked, POLICY) == route_work(asked, POLICY, on=INSIDE)


# --- the sentences --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "given", "en", "zh"),
    [
        pytest.param(
            POLICY,
            {"work": "care", "tier": "A"},
            (
                "sales is accountable, by rule “care A”",
                "work: care, as required",
                "tier: A, as required",
                "Source: “Customer grading rules” P08",
            ),
            (
                "由销售部负责（规则“care A”）",
                "工作：care，符合要求",
                "等级：A，符合要求",
                "依据：《客户分级管理制度》P08",
            ),
            id="accountable",
        ),
        pytest.param(
            DEFAULT,
            {"work": "visit", "tier": "A"},
            (
                "finance is accountable by default: no rule covers this work",
                "other seats: sales (informed)",
                "Source: “Customer grading rules” P08",
            ),
            (
                "没有规则涉及该项工作，由默认岗位财务部负责",
                "其他岗位：销售部（知会）",
                "依据：《客户分级管理制度》P08",
            ),
            id="by default",
        ),
        pytest.param(
            DEFAULT,
            {},
            (
                "finance is accountable by default: without work, tier, no rule can be applied",
                "other seats: sales (informed)",
                "Missing: work, tier",
                "Convention: a rule that asks for a missing fact is passed over",
                "Source: “Customer grading rules” P08",
            ),
            (
                "未提供工作、等级，无法适用任何规则，暂由默认岗位财务部负责",
                "其他岗位：销售部（知会）",
                "未提供：工作、等级",
                "口径：所需数据未提供的规则，不予适用",
                "依据：《客户分级管理制度》P08",
            ),
            id="default for now",
        ),
        pytest.param(
            POLICY,
            {"work": "visit", "tier": "A"},
            (
                "nobody is accountable: no rule covers this work and the policy names no default",
                "Source: “Customer grading rules” P08",
            ),
            (
                "无人负责：没有规则涉及该项工作，规定也未指定默认岗位",
                "依据：《客户分级管理制度》P08",
            ),
            id="no owner",
        ),
        pytest.param(
            rules(TableRule("demotion", WORK.is_("demotion"), CUT, RULE)),
            {"work": "demotion"},
            (
                "nobody is accountable: the clause is cut (rule “demotion”)",
                "work: demotion, as required",
                "Source: “Customer grading rules” P08-9",
            ),
            (
                "无人负责：条文残缺（规则“demotion”）",
                "工作：demotion，符合要求",
                "依据：《客户分级管理制度》P08-9",
            ),
            id="unowned",
        ),
        pytest.param(
            POLICY,
            {},
            (
                "nobody can be named yet: work, tier not known",
                "Missing: work, tier",
                "Source: “Customer grading rules” P08",
            ),
            (
                "暂无法确定负责岗位：未提供工作、等级",
                "未提供：工作、等级",
                "依据：《客户分级管理制度》P08",
            ),
            id="undecided",
        ),
        pytest.param(
            rules(TableRule("urgent", URGENT, Duty(FINANCE)), TableRule("rest", None, CARE)),
            {},
            (
                "sales is accountable, by rule “rest”",
                "Missing: urgent",
                "Convention: a rule that asks for a missing fact is passed over",
            ),
            (
                "由销售部负责（规则“rest”）",
                "未提供：紧急",
                "口径：所需数据未提供的规则，不予适用",
            ),
            id="missing",
        ),
    ],
)
def test_an_answer_in_words(
    policy: DutyRules, given: dict[str, object], en: tuple[str, ...], zh: tuple[str, ...]
) -> None:
    decision = route_work(facts(policy, **given), policy)
    assert decision.lines("en") == en
    assert decision.lines("zh") == zh


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        pytest.param(
            Duty(MARKETING, responsible=(SALES,)),
            [("routing.others", "other seats: sales (carries out)", "其他岗位：销售部（执行）")],
            id="responsible",
        ),
        pytest.param(
            Duty(MARKETING, consulted=(FINANCE, SALES)),
            [
                (
                    "routing.others",
                    "other seats: finance (consulted), sales (consulted)",
                    "其他岗位：财务部（征询）、销售部（征询）",
                )
            ],
            id="consulted",
        ),
        pytest.param(
            Duty(MARKETING, informed=(MARKETING,)),
            [("routing.others", "other seats: marketing (informed)", "其他岗位：营销部（知会）")],
            id="informed",
        ),
        pytest.param(
            Duty(MARKETING, in_absence=DESK),
            [("routing.others", "other seats: desk (in absence)", IN_ABSENCE)],
            id="in absence",
        ),
        pytest.param(
            Duty(MARKETING, skills=("law", "English")),
            [("routing.skills", "skills needed: law, English", "所需技能：law、English")],
            id="skills",
        ),
        pytest.param(
            Duty(MARKETING, (SALES,), (FINANCE,), (MARKETING,), in_absence=DESK, skills=("law",)),
            [("routing.others", ALL_EN, ALL_ZH), ("routing.skills", SKILLS_EN, "所需技能：law")],
            id="all",
        ),
    ],
)
def test_who_carries_out_advises_is_told_and_stands_in(
    duty: Duty, said: list[tuple[str, str, str]]
) -> None:
    by_rule = rules(TableRule("all", None, duty))
    by_default = attrs.evolve(rules(), otherwise=duty)
    for policy in (by_rule, by_default):
        _, *more = route_work(facts(policy), policy).reasons
        assert [(one.rule.id, one.text("en"), one.text("zh")) for one in more] == said
        assert {one.source for one in more} == {None}


@pytest.mark.parametrize(
    "policy",
    [rules(TableRule("all", None, ANSWER)), attrs.evolve(rules(), otherwise=ANSWER)],
    ids=["by a rule", "by default"],
)
def test_a_duty_of_one_seat_names_no_others(policy: DutyRules) -> None:
    decision = route_work(facts(policy), policy)
    assert decision.value == ANSWER
    assert len(decision.reasons) == 1


def test_every_sentence_of_an_answer_has_its_id() -> None:
    assert [rule.id for rule in RULES] == [
        "routing.accountable",
        "routing.by_default",
        "routing.default_for_now",
        "routing.others",
        "routing.skills",
        "routing.unowned",
        "routing.no_owner",
        "routing.undecided",
        "routing.missing",
    ]


def test_an_answer_is_stored_with_its_reasons() -> None:
    decision = route_work(facts(work="care", tier="A"), POLICY)
    again = pickle.loads(pickle.dumps(decision))
    assert again == decision
    assert again.reasons == decision.reasons


# --- what cannot be asked -------------------------------------------------------------------------


def test_facts_that_lack_a_field_are_refused() -> None:
    other = read_facts({"work": "care"}, rules().fields)
    with pytest.raises(UnknownName) as fault:
        route_work(other, POLICY)
    assert str(fault.value) == "unknown field 'work'; none are known"


def test_facts_of_another_list_of_options_are_refused() -> None:
    fewer = ChoiceField("work", options=("answer",))
    policy = rules(TableRule("answer", fewer.is_("answer") & TIER.is_("A"), ANSWER))
    with pytest.raises(InputError) as fault:
        route_work(facts(policy, work="answer", tier="A"), POLICY)
    assert str(fault.value) == f"field 'work' was read as {fewer!r}; the policy asks {WORK!r}"


def test_what_is_neither_facts_nor_rules_is_refused() -> None:
    with pytest.raises(InputError) as fault:
        route_work({"work": "care"}, POLICY)  # type: ignore[arg-type]
    assert str(fault.value) == "facts is {'work': 'care'}; pass Facts"
    with pytest.raises(InputError) as fault:
        route_work(facts(), ANSWER)  # type: ignore[arg-type]
    assert str(fault.value).startswith("policy is Duty(accountable=")
    assert str(fault.value).endswith("pass DutyRules")
