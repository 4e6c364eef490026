"""Who else claimed a piece of work, why they lost, and who missed it by one fact."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import attrs
import pytest

from kamcore.errors import InputError, NotADate, UnknownName
from kamcore.facts import (
    ChoiceField,
    Condition,
    DateField,
    Facts,
    Field,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    read_facts,
)
from kamcore.routing import (
    Claim,
    Duty,
    DutyRules,
    NearMiss,
    NoOwner,
    Rivals,
    find_rivals,
    route_work,
)
from kamcore.values import Days, Label, Seat


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


SALES, DESK, FINANCE = seat("sales", "销售部"), seat("desk", "服务台"), seat("finance", "财务部")
WORK = ChoiceField("work", options=("answer", "care", "visit"), zh="工作")
TIER = ChoiceField("tier", options=("A", "B"), zh="等级")
AMOUNT = NumberField("amount", zh="数量", unit=Label("sets", "台"))
URGENT = FlagField("urgent", zh="紧急")
DUE = MoneyField("due", zh="欠款", currency="CNY")
share = RatioField("share", zh="份额")
since = DateField("since", zh="建档日期")
MANAGER = TextField("manager", zh="客户经理")
REGION = TreeField(
    "region",
    zh="地区",
    nodes=(
        Node("china", zh="中国"),
        Node("east", "china", zh="华东"),
        Node("shanghai", "east", zh="上海"),
        Node("north", "china", zh="华北"),
    ),
)
BY_SALES, BY_DESK, BY_FINANCE = Duty(SALES), Duty(DESK), Duty(FINANCE)
SPRING = Days.through(date(2026, 3, 1), date(2026, 5, 31))


def named(rule: str) -> Label:
    """Return the words for a rule without a Chinese name."""
    return Label(rule, rule)


def policy(
    *rules: TableRule[Duty | NoOwner],
    match: Literal["first", "last", "most_specific"] = "first",
    by: tuple[Field, ...] = (),
    otherwise: Duty | None = None,
) -> DutyRules:
    """Return rules, by their place or by specificity."""
    return DutyRules(table=RuleTable(rules=rules, match=match, dimensions=by), otherwise=otherwise)


def ask(rules: DutyRules, *, on: date | None = None, **given: object) -> Rivals:
    """Return the rivals for some facts; those left out are missing."""
    return find_rivals(read_facts(given, rules.fields), rules, on=on)


CARE_A = TableRule("care of A", WORK.is_("care") & TIER.is_("A"), BY_SALES)
CARE = TableRule("care", WORK.is_("care"), BY_DESK)
ANY = TableRule("any work", None, BY_FINANCE)


# --- who wins, and who claimed it as well ---------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "en", "zh"),
    [
        pytest.param(
            policy(CARE_A, CARE, ANY),
            """\
rule “care of A” wins: sales
“care” holds as well (desk): it stands later in the list
“any work” holds as well (finance): it stands later in the list""",
            """\
规则“care of A”适用：销售部
“care”同样成立（服务台）：在列表中位置靠后
“any work”同样成立（财务部）：在列表中位置靠后""",
            id="first",
        ),
        pytest.param(
            policy(ANY, CARE, CARE_A, match="last"),
            """\
rule “care of A” wins: sales
“care” holds as well (desk): it stands earlier in the list, and the last one wins
“any work” holds as well (finance): it stands earlier in the list, and the last one wins""",
            """\
规则“care of A”适用：销售部
“care”同样成立（服务台）：在列表中位置靠前，而以最后一条为准
“any work”同样成立（财务部）：在列表中位置靠前，而以最后一条为准""",
            id="last",
        ),
        pytest.param(
            policy(ANY, CARE, CARE_A, match="most_specific", by=(TIER, WORK)),
            """\
rule “care of A” wins: sales
“care” holds as well (desk): it says nothing of tier
“any work” holds as well (finance): it says nothing of tier""",
            """\
规则“care of A”适用：销售部
“care”同样成立（服务台）：未涉及等级
“any work”同样成立（财务部）：未涉及等级""",
            id="most specific",
        ),
    ],
)
def test_it_is_told_who_wins_and_who_else_holds(rules: DutyRules, en: str, zh: str) -> None:
    found = ask(rules, work="care", tier="A")
    assert found.text("en") == found.text() == en
    assert found.text("zh") == zh


def test_by_specificity_a_claim_loses_by_a_wider_place() -> None:
    rules = policy(
        TableRule("china", REGION.within("china"), BY_FINANCE),
        TableRule("east", REGION.within("east"), BY_DESK),
        TableRule("shanghai", REGION.is_("shanghai"), BY_SALES),
        match="most_specific",
        by=(REGION,),
    )
    found = ask(rules, region="shanghai")
    wider = Label("it is wider in region", "地区的范围更宽")
    assert found.claims == (
        Claim("east", named("east"), BY_DESK, wider),
        Claim("china", named("china"), BY_FINANCE, wider),
    )
    assert found.winner == "shanghai"


def test_by_specificity_a_claim_may_say_as_much_and_give_the_same() -> None:
    rules = policy(
        TableRule("care", WORK.is_("care"), BY_SALES),
        TableRule("care or visit", WORK.one_of("care", "visit"), BY_SALES),
        match="most_specific",
        by=(WORK,),
    )
    found = ask(rules, work="care")
    same = Label("it says as much and gives the same", "具体程度相同，结果也相同")
    claim = Claim("care or visit", named("care or visit"), BY_SALES, same)
    assert found == Rivals("care", named("care"), BY_SALES, (claim,), ())


def test_the_first_dimension_that_tells_two_rules_apart_is_named() -> None:
    rules = policy(
        TableRule("care in the east", WORK.is_("care") & REGION.within("east"), BY_SALES),
        TableRule("care in china", WORK.is_("care") & REGION.within("china"), BY_DESK),
        TableRule("east", REGION.is_("east"), BY_FINANCE),
        match="most_specific",
        by=(WORK, REGION),
    )
    found = ask(rules, work="care", region="east")
    assert [(one.rule, one.why.en) for one in found.claims] == [
        ("care in china", "it is wider in region"),
        ("east", "it says nothing of work"),
    ]


def test_rules_go_by_their_names_in_each_language() -> None:
    rules = policy(
        attrs.evolve(CARE_A, zh="A类关怀", in_force=SPRING),
        attrs.evolve(CARE, zh="关怀"),
        attrs.evolve(ANY, zh="其余工作"),
    )
    found = ask(rules, work="care", tier="A", on=date(2026, 6, 1))
    assert found.text("zh").splitlines() == [
        "规则“关怀”适用：服务台",
        "“其余工作”同样成立（财务部）：在列表中位置靠后",
        "“A类关怀”仅差一项即可适用（销售部）：日期为2026年6月1日，要求2026年3月1日至2026年5月31日",
    ]
    assert (found.winner, found.label) == ("care", Label("care", "关怀"))
    assert found.claims[0].label == Label("any work", "其余工作")
    assert found.near_misses[0].label == Label("care of A", "A类关怀")


def test_a_rule_of_several_alternatives_claims_once() -> None:
    twice = TableRule("twice", WORK.is_("care") | TIER.is_("A"), BY_DESK)
    found = ask(policy(CARE_A, twice), work="care", tier="A")
    assert [one.rule for one in found.claims] == ["twice"]


@pytest.mark.parametrize(
    ("gives", "en", "zh"),
    [
        (
            NoOwner(Label("the text names nobody", "原文未规定")),
            "rule “care” wins: nobody",
            "规则“care”适用：无人",
        ),
        (BY_DESK, "rule “care” wins: desk", "规则“care”适用：服务台"),
    ],
    ids=["nobody", "a seat"],
)
def test_a_rule_that_names_nobody_wins_like_any_other(
    gives: Duty | NoOwner, en: str, zh: str
) -> None:
    found = ask(policy(attrs.evolve(CARE, gives=gives), otherwise=BY_SALES), work="care")
    assert (found.text("en"), found.text("zh")) == (en, zh)
    assert (found.winner, found.gives) == ("care", gives)


@pytest.mark.parametrize(
    ("otherwise", "en", "zh"),
    [
        (None, "no rule holds: nobody", "没有规则成立：无人"),
        (BY_FINANCE, "no rule holds: finance", "没有规则成立：财务部"),
    ],
    ids=["nobody", "the default"],
)
def test_where_no_rule_holds_the_default_answers_or_nobody(
    otherwise: Duty | None, en: str, zh: str
) -> None:
    found = ask(policy(CARE_A, otherwise=otherwise), work="visit", tier="B")
    assert (found.text("en"), found.text("zh")) == (en, zh)
    assert found == Rivals(None, None, otherwise or NoOwner(), (), ())


def test_a_policy_without_rules_has_no_rivals() -> None:
    assert ask(policy()) == Rivals(None, None, NoOwner(), (), ())


def test_rules_that_ask_nothing_are_missed_by_nobody() -> None:
    found = ask(policy(ANY, TableRule("as well", None, BY_DESK)))
    assert (found.winner, [one.rule for one in found.claims]) == ("any work", ["as well"])
    assert found.near_misses == ()


# --- near misses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "given", "en", "zh"),
    [
        (TIER.is_("A"), {"tier": "B"}, "tier: B, required: is A", "等级为B，要求是A"),
        (
            ~WORK.one_of("care", "visit"),
            {"work": "care"},
            "work: care, required: is not care or visit",
            "工作为care，要求不是care或visit",
        ),
        (
            AMOUNT >= 10,
            {"amount": 9},
            "amount: 9 sets, required: ≥ 10 sets",
            "数量为9 台，要求 ≥ 10 台",
        ),
        (
            (AMOUNT >= 10) & (AMOUNT < 20),
            {"amount": 20},
            "amount: 20 sets, required: < 20 sets",
            "数量为20 台，要求 < 20 台",
        ),
        (
            URGENT.condition(),
            {"urgent": False},
            "urgent: no, required: is yes",
            "紧急为否，要求为是",
        ),
        (
            DUE > 1000,
            {"due": 1000},
            "due: CNY 1,000.00, required: > CNY 1,000.00",
            "欠款为1,000.00 元，要求 > 1,000.00 元",
        ),
        (
            share < Decimal("0.05"),
            {"share": Decimal("0.05")},
            "share: 5%, required: < 5%",
            "份额为5%，要求 < 5%",
        ),
        (
            since <= date(2026, 1, 31),
            {"since": date(2026, 2, 1)},
            "since: 2026-02-01, required: ≤ 2026-01-31",
            "建档日期为2026年2月1日，要求 ≤ 2026年1月31日",
        ),
        (
            MANAGER.is_("Li"),
            {"manager": "Wu"},
            "manager: Wu, required: is Li",
            "客户经理为Wu，要求是Li",
        ),
        (
            REGION.within("east"),
            {"region": "china"},
            "region: china, required: is within east",
            "地区为中国，要求属于华东",
        ),
        (
            ~REGION.within("east"),
            {"region": "shanghai"},
            "region: shanghai, required: is outside east",
            "地区为上海，要求不属于华东",
        ),
        (TIER.is_("A"), {}, "tier: missing, required: is A", "等级未提供，要求是A"),
        (TIER.is_known, {}, "tier: missing, required: is known", "等级未提供，要求已知"),
        (TIER.is_missing, {"tier": "A"}, "tier: A, required: is missing", "等级为A，要求未提供"),
        (
            (AMOUNT >= 10) & (AMOUNT < 20),
            {},
            "amount: missing, required: ≥ 10 sets, < 20 sets",
            "数量未提供，要求 ≥ 10 台、< 20 台",
        ),
    ],
)
def test_a_near_miss_says_what_the_fact_is_and_what_is_required(
    when: Condition, given: dict[str, object], en: str, zh: str
) -> None:
    found = ask(policy(TableRule("one", when, BY_SALES), otherwise=BY_DESK), **given)
    assert found.text("en").splitlines()[1:] == [f"“one” would win (sales) but for {en}"]
    assert found.text("zh").splitlines()[1:] == [f"“one”仅差一项即可适用（销售部）：{zh}"]


@pytest.mark.parametrize(
    ("amount", "winner", "missed"),
    [(9, "care", ["large"]), (10, "large", [])],
)
def test_a_near_miss_ends_where_the_rule_holds(amount: int, winner: str, missed: list[str]) -> None:
    found = ask(
        policy(TableRule("large", AMOUNT >= 10, BY_SALES), CARE), amount=amount, work="care"
    )
    assert found.winner == winner
    assert [one.rule for one in found.near_misses] == missed


def test_for_each_fact_the_first_rule_before_the_winner_that_fails_on_it_alone_is_named() -> None:
    rules = policy(
        TableRule("two facts", WORK.is_("visit") & TIER.is_("B"), BY_FINANCE),
        TableRule("visit", WORK.is_("visit"), BY_SALES),
        TableRule("answer", WORK.is_("answer"), BY_FINANCE),
        TableRule("B", TIER.is_("B"), BY_DESK),
        CARE,
        TableRule("urgent", URGENT, BY_FINANCE),
    )
    found = ask(rules, work="care", tier="A", urgent=False)
    assert found.winner == "care"
    assert [(one.rule, one.gives, one.fact) for one in found.near_misses] == [
        ("visit", BY_SALES, WORK.label),
        ("B", BY_DESK, TIER.label),
    ]


def test_one_rule_may_miss_by_several_facts_each_alone_enough() -> None:
    either = TableRule("either", WORK.is_("visit") | URGENT, BY_SALES)
    found = ask(policy(either), work="care", urgent=False)
    assert [(one.rule, one.fact.en) for one in found.near_misses] == [
        ("either", "work"),
        ("either", "urgent"),
    ]


def test_a_rule_that_no_value_suits_is_no_near_miss_and_hides_none() -> None:
    rules = policy(
        TableRule("never", WORK.is_("care") & WORK.is_("visit"), BY_FINANCE),
        TableRule("visit", WORK.is_("visit"), BY_SALES),
    )
    assert [one.rule for one in ask(rules, work="care").near_misses] == ["visit"]


def test_the_winner_is_no_near_miss_of_itself() -> None:
    rules = policy(
        TableRule("east or care", REGION.within("east") | WORK.is_("care"), BY_SALES),
        TableRule("china", REGION.within("china"), BY_DESK),
        match="most_specific",
        by=(REGION, WORK),
    )
    found = ask(rules, region="east", work="care")
    assert (found.winner, found.near_misses) == ("east or care", ())
    other = ask(rules, region="north", work="care")
    assert other.winner == "china"
    assert [(one.rule, one.fact.en) for one in other.near_misses] == [("east or care", "region")]
    assert [one.rule for one in other.claims] == ["east or care"]


def test_a_first_rule_of_the_winner_leaves_no_near_miss_for_its_fact() -> None:
    rules = policy(
        TableRule("shanghai or care", REGION.is_("shanghai") | WORK.is_("care"), BY_SALES),
        TableRule("east", REGION.within("east") & WORK.is_("care"), BY_DESK),
        match="most_specific",
        by=(REGION, WORK),
    )
    found = ask(rules, region="north", work="care")
    assert (found.winner, found.near_misses) == ("shanghai or care", ())


# --- the day --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "winner"),
    [
        (date(2026, 2, 28), "care"),
        (date(2026, 3, 1), "spring"),
        (date(2026, 5, 31), "spring"),
        (date(2026, 6, 1), "care"),
    ],
)
def test_a_rule_is_missed_by_the_day_alone(on: date, winner: str) -> None:
    rules = policy(attrs.evolve(CARE_A, name="spring", in_force=SPRING), CARE)
    found = ask(rules, work="care", tier="A", on=on)
    assert found.winner == winner
    assert len(found.near_misses) == (winner == "care")
    for miss in found.near_misses:
        zh = f"{on.year}年{on.month}月{on.day}日"
        assert miss == NearMiss(
            "spring",
            named("spring"),
            BY_SALES,
            Label("the day", "日期"),
            Label(on.isoformat(), f"为{zh}"),
            Label("from 2026-03-01 to 2026-05-31", "2026年3月1日至2026年5月31日"),
        )


def test_the_day_stands_after_the_facts_and_is_told_like_one() -> None:
    rules = policy(
        attrs.evolve(CARE_A, name="spring", in_force=SPRING),
        TableRule("visit", WORK.is_("visit"), BY_FINANCE),
        CARE,
    )
    found = ask(rules, work="care", tier="A", on=date(2026, 6, 1))
    assert found.text("en") == (
        "rule “care” wins: desk\n"
        "“visit” would win (finance) but for work: care, required: is visit\n"
        "“spring” would win (sales) but for the day: 2026-06-01, "
        "required: from 2026-03-01 to 2026-05-31"
    )
    assert found.text("zh") == (
        "规则“care”适用：服务台\n"
        "“visit”仅差一项即可适用（财务部）：工作为care，要求是visit\n"
        "“spring”仅差一项即可适用（销售部）：日期为2026年6月1日，"
        "要求2026年3月1日至2026年5月31日"
    )


def test_a_rule_that_misses_by_the_day_and_a_fact_is_no_near_miss() -> None:
    rules = policy(attrs.evolve(CARE_A, in_force=SPRING), CARE)
    assert ask(rules, work="care", tier="B", on=date(2026, 6, 1)).near_misses == ()


# --- what cannot be asked -------------------------------------------------------------------


RULES = policy(CARE)
KNOWN = read_facts({"work": "care"}, RULES.fields)


@pytest.mark.parametrize(
    ("facts", "rules", "message"),
    [
        ("ACME", RULES, "facts is 'ACME'; pass Facts"),
        (RULES, KNOWN, f"facts is {repr(RULES)[:200]}…; pass Facts"),
        (KNOWN, "rules", "policy is 'rules'; pass DutyRules"),
        (KNOWN, RULES.table, f"policy is {repr(RULES.table)[:200]}…; pass DutyRules"),
    ],
)
def test_what_is_no_facts_or_no_rules_is_refused(
    facts: object, rules: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        find_rivals(facts, rules)  # type: ignore[arg-type]
    assert str(fault.value) == message


def test_a_decision_about_the_work_is_no_policy() -> None:
    with pytest.raises(InputError, match=r"; pass DutyRules, which is its \.value$"):
        find_rivals(KNOWN, route_work(KNOWN, RULES))  # type: ignore[arg-type]


def test_rules_with_days_need_the_day() -> None:
    rules = policy(attrs.evolve(CARE, in_force=SPRING))
    with pytest.raises(InputError) as fault:
        ask(rules, work="care")
    assert str(fault.value) == "rules are in force on certain days; pass on=, the day of the work"


def test_an_instant_is_no_day() -> None:
    rules = policy(attrs.evolve(CARE, in_force=SPRING))
    with pytest.raises(NotADate):
        ask(rules, work="care", on=datetime(2026, 3, 1, tzinfo=UTC))


def test_facts_that_lack_a_field_are_refused() -> None:
    facts = Facts("K1", policy().fields, ())
    with pytest.raises(UnknownName) as fault:
        find_rivals(facts, policy(CARE))
    assert str(fault.value) == "unknown field 'work'; none are known"
