"""Responsibility, people, escalation, authority and access in words, in both languages.

The whole texts stand in `tests/golden` as `own_duties_described_en.txt` and so on; here stands
what changes when a part of a policy changes.
"""

from datetime import date, timedelta

import attrs
import pytest
from tests.company import rulebook
from tests.contract._duties import (
    ACCESS,
    AMOUNT,
    AUTHORITY,
    AWAY,
    CALLS,
    DESK,
    DIRECTOR,
    DUTIES,
    ESCALATION,
    HEAD,
    LAST,
    OWN,
    SECRECY,
    SPECIFIC,
    STAFF,
    TIER,
    UNIT,
    VISIT,
    WORK,
)
from tests.promises import OFFICE

from kamcore.calendars import Amount, WorkingDays, around_the_clock
from kamcore.decision import Policy
from kamcore.facts import Condition, RuleTable, TableRule
from kamcore.routing import (
    Absence,
    AccessRules,
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Escalation,
    EscalationStep,
    Grant,
    NoOwner,
    Person,
    RateLimit,
    Staff,
)
from kamcore.rulebook import describe
from kamcore.values import Days, Label, Source

ALWAYS = around_the_clock("Asia/Shanghai")
HOURS = timedelta(hours=4)
PASSED_OVER = (
    "  own: a rule that asks for a missing fact is passed over",
    "  口径：所需数据未提供的规则，不予适用",
)


def lines(policy: Policy) -> tuple[list[str], list[str]]:
    """Return the description in English and in Chinese."""
    return describe(policy, "en").splitlines(), describe(policy, "zh").splitlines()


def said(policy: Policy, english: str, chinese: str) -> bool:
    """Say whether a line stands in the description, as a whole, in both languages."""
    found = lines(policy)
    assert (english in found[0]) is (chinese in found[1])
    return english in found[0]


# --- duties -----------------------------------------------------------------------------------


def rules(*given: TableRule[Duty | NoOwner], **more: object) -> DutyRules:
    """Return duties by the first rule that holds."""
    return DutyRules(table=RuleTable(rules=given), **more)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("gives", "english", "chinese"),
    [
        (Duty(DESK), "the VIP desk is accountable", "由VIP专席负责"),
        (
            VISIT,
            (
                "the account manager is accountable; other seats: the head of sales (carries out), "
                "the VIP desk (consulted), the sales director (informed), "
                "the head of sales (informed)"
            ),
            (
                "由客户经理负责；其他岗位：销售主管（执行）、VIP专席（征询）、"
                "销售总监（知会）、销售主管（知会）"
            ),
        ),
        (
            Duty(OWN, in_absence=DESK),
            "the account manager is accountable; other seats: the VIP desk (in absence)",
            "由客户经理负责；其他岗位：VIP专席（不在岗时代为负责）",
        ),
        (
            Duty(OWN, skills=("roaming", "billing")),
            "the account manager is accountable; skills needed: roaming, billing",
            "由客户经理负责；所需技能：roaming、billing",
        ),
        (
            NoOwner(Label("the text names nobody", "原文未写明由何人负责")),
            "nobody is accountable: the text names nobody",
            "无人负责：原文未写明由何人负责",
        ),
        (
            NoOwner(),
            "nobody is accountable: the rule names nobody",
            "无人负责：该规则未指定任何岗位",
        ),
    ],
    ids=["one seat", "all parts", "in absence", "skills", "open with a note", "open"],
)
def test_a_rule_says_when_who_by_which_name_and_clause(
    gives: Duty | NoOwner, english: str, chinese: str
) -> None:
    policy = rules(TableRule("calls", WORK.is_("call"), gives, CALLS))
    assert said(
        policy,
        f"  work is a call: {english} (rule “calls”) [X-2a, article 1]",
        f"  工作是来电：{chinese}（规则“calls”）（X-2a 第1条）",
    )
    always = rules(TableRule("all", None, gives))
    assert said(always, f"  always: {english} (rule “all”)", f"  任何情况：{chinese}（规则“all”）")


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("X-2a", " [X-2a, X-2b]", "（X-2a、X-2b）"),
        ("X-2b", " [X-2a, X-2b]", "（X-2a、X-2b）"),
        ("X-2", " (rule “X-2”) [X-2a, X-2b]", "（规则“X-2”）（X-2a、X-2b）"),
    ],
)
def test_a_rule_that_bears_the_name_of_its_clause_is_named_once(
    name: str, english: str, chinese: str
) -> None:
    source = Source("X-2a, X-2b", Label("rules", "规定"))
    assert said(
        rules(TableRule(name, None, Duty(DESK), source)),
        f"  always: the VIP desk is accountable{english}",
        f"  任何情况：由VIP专席负责{chinese}",
    )


@pytest.mark.parametrize(
    ("zh", "chinese"),
    [("", "（X-2a 第1条）"), ("来电", "（规则“来电”）（X-2a 第1条）")],
    ids=["by its clause", "by its words"],
)
def test_a_rule_with_a_chinese_name_is_named_by_it(zh: str, chinese: str) -> None:
    rule = TableRule("X-2a", None, Duty(DESK), CALLS, zh=zh)
    assert said(
        rules(rule),
        "  always: the VIP desk is accountable [X-2a, article 1]",
        f"  任何情况：由VIP专席负责{chinese}",
    )


@pytest.mark.parametrize(
    ("policy", "english", "chinese"),
    [
        (
            DUTIES,
            "  own: where several rules hold, the first of them decides",
            "  口径：多条规则同时成立的，以排在最前的为准",
        ),
        (
            LAST,
            "  own: where several rules hold, the last of them decides",
            "  口径：多条规则同时成立的，以排在最后的为准",
        ),
        (
            SPECIFIC,
            (
                "  own: where several rules hold, the most specific decides, "
                "by unit (a lower place before a higher one), then work"
            ),
            (
                "  口径：多条规则同时成立的，以最具体的为准，依次比较："
                "所属单位（下级优先于上级）、工作"
            ),
        ),
    ],
    ids=["first", "last", "most specific"],
)
def test_how_one_rule_is_chosen_of_several_is_said(
    policy: DutyRules, english: str, chinese: str
) -> None:
    assert said(policy, english, chinese)


def test_one_rule_needs_no_choice() -> None:
    one = attrs.evolve(SPECIFIC, table=attrs.evolve(SPECIFIC.table, rules=SPECIFIC.table.rules[:1]))
    assert "several rules" not in describe(one, "en")
    assert "多条规则" not in describe(one, "zh")


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (
            Days.through(date(2026, 10, 1), date(2026, 10, 7)),
            "in force from 2026-10-01 to 2026-10-07",
            "2026年10月1日至2026年10月7日有效",
        ),
        (Days(date(2027, 1, 1), date.max), "in force from 2027-01-01 on", "自2027年1月1日起有效"),
        (
            Days(date.min, date(2027, 1, 1)),
            "in force until 2026-12-31",
            "2026年12月31日（含）以前有效",
        ),
    ],
    ids=["between", "from", "until"],
)
def test_the_days_of_a_rule_are_said(days: Days, english: str, chinese: str) -> None:
    rule = TableRule("calls", None, Duty(DESK), in_force=days)
    policy = rules(rule)
    assert said(
        policy,
        f"  always ({english}): the VIP desk is accountable (rule “calls”)",
        f"  任何情况（{chinese}）：由VIP专席负责（规则“calls”）",
    )
    included = (
        "  own: a rule with days holds for the work of these days, the first and the last included",
        "  口径：注明有效期的规则只适用于该期间内的工作，首尾两日均含",
    )
    assert said(policy, *included)
    assert not said(rules(attrs.evolve(rule, in_force=None)), *included)


CALL_RULE = TableRule("calls", WORK.is_("call"), Duty(DESK))
NOBODY = "  any other work: nobody is accountable", "  其他工作：未指定负责人"


def test_who_answers_for_other_work_is_said() -> None:
    assert said(rules(CALL_RULE), *NOBODY)
    assert said(
        rules(CALL_RULE, otherwise=Duty(HEAD, informed=(DESK,))),
        "  any other work: the head of sales is accountable; other seats: the VIP desk (informed)",
        "  其他工作：由销售主管负责；其他岗位：VIP专席（知会）",
    )


def test_where_a_rule_holds_always_there_is_no_other_work() -> None:
    always = TableRule("all", None, Duty(HEAD))
    assert not said(rules(CALL_RULE, always), *NOBODY)
    assert said(rules(CALL_RULE, attrs.evolve(always, in_force=AWAY)), *NOBODY)
    assert "any other work: the VIP desk" in describe(rules(always, otherwise=Duty(DESK)), "en")


@pytest.mark.parametrize(
    ("policy", "english", "chinese"),
    [
        (
            rules(CALL_RULE),
            "; where no other rule holds, nobody is named until the fact is there",
            "；其他规则亦不成立的，待补齐后再定负责岗位",
        ),
        (
            rules(CALL_RULE, otherwise=Duty(HEAD)),
            ", and what no other rule covers falls to the default",
            "；其他规则亦不涉及的，由默认岗位负责",
        ),
        (rules(CALL_RULE, TableRule("all", None, Duty(HEAD))), "", ""),
    ],
    ids=["nobody", "default", "a rule"],
)
def test_what_a_missing_fact_does_is_said(policy: DutyRules, english: str, chinese: str) -> None:
    assert said(policy, PASSED_OVER[0] + english, PASSED_OVER[1] + chinese)


def test_what_the_rules_read_into_their_text_is_said() -> None:
    note = Label("holidays are those of the state", "节假日以国家公布的为准")
    reading = "  own: holidays are those of the state", "  口径：节假日以国家公布的为准"
    assert said(rules(CALL_RULE, notes=(note,)), *reading)
    assert not said(rules(CALL_RULE), *reading)


def test_rules_that_ask_for_no_fact_miss_none() -> None:
    assert "missing fact" not in describe(rules(TableRule("all", None, Duty(HEAD))), "en")
    assert "未提供" not in describe(rules(TableRule("all", None, Duty(HEAD))), "zh")


# --- people -----------------------------------------------------------------------------------


def staff(*people: Person, **more: object) -> Staff:
    """Return people without units."""
    return Staff(people=people, zone="Asia/Shanghai", **more)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("person", "english", "chinese"),
    [
        (Person("li"), "  li", "  li"),
        (
            Person("li", zh="李娜", en="Li Na", active=False),
            "  Li Na: has left the company",
            "  李娜：已离职",
        ),
        (
            Person("li", roles=("desk", "head")),
            "  li: holds “desk”, “head”",
            "  li：岗位：“desk”、“head”",
        ),
        (Person("li", skills=("a", "b")), "  li: skills: a, b", "  li：技能：a、b"),
        (
            Person("li", capacity=0),
            "  li: at most 0 pieces of open work",
            "  li：未结工作至多 0 件",
        ),
        (
            Person("li", capacity=1),
            "  li: at most 1 piece of open work",
            "  li：未结工作至多 1 件",
        ),
        (
            Person("li", rate=RateLimit(1, timedelta(minutes=90))),
            "  li: at most 1 new piece of work within 1 hour 30 minutes",
            "  li：任意 1 小时 30 分钟内新派工作至多 1 件",
        ),
        (
            Person("li", roles=("desk",), capacity=2, rate=RateLimit(3, HOURS)),
            (
                "  li: holds “desk”; at most 2 pieces of open work; "
                "at most 3 new pieces of work within 4 hours"
            ),
            "  li：岗位：“desk”；未结工作至多 2 件；任意 4 小时内新派工作至多 3 件",
        ),
    ],
    ids=["a name", "left", "roles", "skills", "no room", "capacity", "rate", "several"],
)
def test_a_person_is_said_with_what_limits_the_work(
    person: Person, english: str, chinese: str
) -> None:
    found = lines(staff(person))
    assert found[0][:2] == ["People", english]
    assert found[1][:2] == ["人员安排", chinese]


@pytest.mark.parametrize(
    ("absence", "english", "chinese"),
    [
        (
            Absence(AWAY, "wang"),
            "    absent from 2026-10-01 through 2026-10-08, stand-in Wang Wei",
            "    2026年10月1日至2026年10月8日不在岗，职务代理人为王伟",
        ),
        (
            Absence(Days.through(date(2026, 10, 1), date(2026, 10, 1))),
            "    absent on 2026-10-01, no stand-in",
            "    2026年10月1日不在岗，未指定职务代理人",
        ),
    ],
    ids=["with a stand-in", "one day, without"],
)
def test_an_absence_is_said_with_its_last_day_and_who_stands_in(
    absence: Absence, english: str, chinese: str
) -> None:
    people = (Person("li", absences=(absence,)), Person("wang", zh="王伟", en="Wang Wei"))
    found = lines(staff(*people))
    assert (found[0][2], found[1][2]) == (english, chinese)


def test_people_stand_under_their_units_in_the_order_of_the_tree() -> None:
    names = [line for line in describe(STAFF, "en").splitlines() if line.startswith("  ")]
    assert [line for line in names if not line.startswith("    ") and "own:" not in line] == [
        "  the company",
        "  the north, under the company",
        "  the south, under the company",
        "  without a unit",
        "  the unit of a customer is the fact “unit”",
        "  the manager of a customer is the fact “name of the manager”",
    ]
    assert "    Li Na: head of the north, Beijing; holds “head”, “desk”" in describe(STAFF, "en")
    assert "    李娜：北区、北京单位负责人；岗位：“head”、“desk”" in describe(STAFF, "zh")
    assert "  北区（上级：公司）\n" in describe(STAFF, "zh")


def test_a_staff_without_units_and_managers_says_nothing_of_facts() -> None:
    assert "is the fact" not in describe(staff(Person("li")), "en")
    assert "取自" not in describe(staff(Person("li")), "zh")


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"choose": "rotation"},
            "  own: among several, work goes to the one who has waited longest for a turn",
            "  口径：多人可承担时，由最久未轮到者承担",
        ),
        (
            {"choose": "least_loaded"},
            "  own: among several, work goes to the one with the least open work, then by turn",
            "  口径：多人可承担时，由未结工作最少者承担，相同的按轮次",
        ),
        (
            {"choose": "listed"},
            "  own: among several, work goes to the first in the list",
            "  口径：多人可承担时，按名单先后",
        ),
        (
            {"known_first": True},
            "  own: somebody who knows the work already goes before the others",
            "  口径：已熟悉该项工作的人员优先安排",
        ),
        (
            {"known_first": False},
            "  own: somebody who knows the work already does not go before the others",
            "  口径：已熟悉该项工作的人员不优先安排",
        ),
        (
            {"zone": "Asia/Shanghai"},
            "  own: absence is counted in days of Asia/Shanghai, the first and the last included",
            "  口径：不在岗按北京时间的自然日计，首尾两日均含",
        ),
        (
            {"zone": "Europe/Berlin"},
            "  own: absence is counted in days of Europe/Berlin, the first and the last included",
            "  口径：不在岗按Europe/Berlin的自然日计，首尾两日均含",
        ),
    ],
)
def test_every_convention_of_a_staff_is_said(
    changes: dict[str, object], english: str, chinese: str
) -> None:
    assert said(attrs.evolve(STAFF, **changes), english, chinese)


def test_that_somebody_has_no_limit_is_said_where_it_is_so() -> None:
    unlimited = (
        "  own: a person without a limit takes any number of pieces of work",
        "  口径：未写明上限的人员，承接工作不限件数",
    )
    assert said(staff(Person("li")), *unlimited)
    assert not said(staff(Person("li", capacity=9)), *unlimited)
    assert not said(staff(Person("li", rate=RateLimit(1, HOURS))), *unlimited)
    assert said(staff(Person("li", capacity=9), Person("wang")), *unlimited)


# --- escalation -------------------------------------------------------------------------------


def escalation(after: Amount, when: Condition | None = None, **more: object) -> Escalation:
    """Return one step that tells the desk."""
    step = EscalationStep("ring", after=after, tell=(DESK,), zh="振铃", when=when)
    return attrs.evolve(ESCALATION, steps=(step,), **more)


@pytest.mark.parametrize(
    ("after", "english", "chinese"),
    [
        (timedelta(), "at the start", "开始时"),
        (timedelta(minutes=90), "after 1 hour 30 minutes", "1 小时 30 分钟后"),
        (WorkingDays(1), "after 1 working day", "1 个工作日后"),
    ],
    ids=["at once", "hours", "days"],
)
def test_the_time_of_a_step_is_said(after: Amount, english: str, chinese: str) -> None:
    assert said(
        escalation(after),
        f"  {english}: “ring” tells the VIP desk",
        f"  {chinese}：“振铃”，通知VIP专席",
    )
    assert said(
        escalation(after, TIER.is_("A")),
        f"  {english}: “ring” tells the VIP desk (only where class is A)",
        f"  {chinese}：“振铃”，通知VIP专席（仅限等级是A的情形）",
    )


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        (
            {"empty": "skip"},
            (
                "  own: where nobody is there for a step, the next one with somebody there takes "
                "its place"
            ),
            "  口径：某步无人在岗的，由其后第一个有人在岗的步骤代替",
        ),
        (
            {"empty": "wait"},
            "  own: where nobody is there for a step, the next one keeps its own time",
            "  口径：某步无人在岗的，不提前通知下一步",
        ),
        (
            {},
            "  own: every time counts from the start of the work, not from the step before",
            "  口径：各步时间均自工作开始时起算，不自上一步起算",
        ),
        (
            {},
            "  own: a step is left out while a fact that it asks for is missing",
            "  口径：条件所需数据未提供的步骤，暂不列入",
        ),
        (
            {"calendar": ALWAYS},
            "  own: hours of “around the clock” run on through nights and holidays",
            "  口径：“自然时间”连续计时，含夜间与节假日",
        ),
        (
            {"calendar": OFFICE},
            "  own: hours count only within “office”",
            "  口径：小时数仅在“办公时间”内累计",
        ),
        (
            {},
            "  own: the day of the start is day 0; the time ends at the same time of day",
            "  口径：起算当日不计，次一工作日为第 1 天，至最后一个工作日的同一时刻止",
        ),
    ],
)
def test_every_convention_of_an_escalation_is_said(
    changes: dict[str, object], english: str, chinese: str
) -> None:
    assert said(attrs.evolve(ESCALATION, **changes), english, chinese)


def test_what_cannot_matter_to_an_escalation_is_not_said() -> None:
    at_once = escalation(timedelta(), calendar=ALWAYS)
    assert describe(at_once, "en").splitlines()[2:] == [
        "  own: every time counts from the start of the work, not from the step before",
        (
            "  own: where nobody is there for a step, the next one with somebody there takes its "
            "place"
        ),
    ]
    assert "hours count" not in describe(escalation(WorkingDays(1)), "en")
    assert "working day" not in describe(escalation(HOURS), "en").replace("make-up workday", "")
    assert "Calendar “office”" in describe(escalation(HOURS), "en")


# --- authority --------------------------------------------------------------------------------


def test_how_far_a_seat_decides_is_said_with_its_clause() -> None:
    policy = Authority(
        levels=(AuthorityLevel(DESK, AMOUNT <= 500, CALLS), AuthorityLevel(DIRECTOR))
    )
    assert describe(policy, "en") == (
        "Authority to decide, the lowest first\n"
        "  the VIP desk decides where amount ≤ CNY 500.00 [X-2a, article 1]\n"
        "  the sales director decides everything\n"
        "  what a seat may not decide, the next higher one that may has to decide; "
        "no time is set for asking it\n"
        "  own: a higher seat may decide what a lower one may\n"
        "  own: where a missing fact could let another seat decide, the question stays open"
    )
    assert describe(policy, "zh") == (
        "决定权限（由低到高）\n"
        "  VIP专席：金额 ≤ 500.00 元的，可自行决定（X-2a 第1条）\n"
        "  销售总监：可决定全部事项\n"
        "  超出权限的，报有权决定的上一级岗位决定，未规定时限\n"
        "  口径：下级岗位可以决定的，上级岗位也可决定\n"
        "  口径：未提供所需数据，且补齐后可能由其他岗位决定的，暂不判定"
    )


def test_one_seat_that_decides_everything_passes_nothing_on() -> None:
    policy = Authority(levels=(AuthorityLevel(DIRECTOR),))
    assert describe(policy, "en") == (
        "Authority to decide, the lowest first\n  the sales director decides everything"
    )
    assert len(describe(policy, "zh").splitlines()) == 2


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "  anything else: nobody may decide", "  其他事项：无人可以决定"),
        (
            {},
            "  the text says “in time” and gives no limit",
            "  原文只写“及时”，未规定时限",
        ),
        (
            {"within": HOURS},
            (
                "  what a seat may not decide, the next higher one that may has to decide; "
                "it is asked within 4 hours (“office”)"
            ),
            "  超出权限的，应在 4 小时内（按“办公时间”）报有权决定的上一级岗位决定",
        ),
        (
            {"within": WorkingDays(2)},
            "  own: the day of the start is day 0; the last working day ends at its close",
            "  口径：起算当日不计，次一工作日为第 1 天，至最后一个工作日下班时止",
        ),
    ],
)
def test_what_lies_beyond_an_authority_is_said(
    changes: dict[str, object], english: str, chinese: str
) -> None:
    assert said(attrs.evolve(AUTHORITY, **changes), english, chinese)


def test_the_calendar_of_an_authority_is_told_where_it_closes() -> None:
    assert "Calendar “office”" in describe(AUTHORITY, "en")
    assert "Calendar" not in describe(attrs.evolve(AUTHORITY, calendar=ALWAYS), "en")


# --- access -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grant", "english", "chinese"),
    [
        (
            Grant("clerk", "all", source=SECRECY),
            "see all accounts [X-2d, article 4]",
            "查看以下客户的资料：全部客户（X-2d 第4条）",
        ),
        (
            Grant("clerk", "unit"),
            "see accounts of the person's own unit",
            "查看以下客户的资料：本单位的客户",
        ),
        (
            Grant("clerk", "unit_and_below", "export"),
            "“export” accounts of the person's own unit and the units below",
            "“export”以下客户的资料：本单位及下级单位的客户",
        ),
        (
            Grant("clerk", "own"),
            "see accounts that the person manages",
            "查看以下客户的资料：本人担任客户经理的客户",
        ),
        (
            Grant("clerk", "listed", units=("north", "south")),
            "see accounts of the north, the south and the units below",
            "查看以下客户的资料：北区、南区及其下级单位的客户",
        ),
        (
            Grant("clerk", "listed", accounts=("K1",)),
            "see account K1",
            "查看以下客户的资料：客户 K1",
        ),
        (
            Grant("clerk", "listed", units=("north",), accounts=("K1", "K2")),
            "see accounts of the north and the units below, and accounts K1, K2",
            "查看以下客户的资料：北区及其下级单位的客户，以及客户 K1、K2",
        ),
    ],
    ids=["all", "unit", "below, own act", "own", "units", "an account", "both"],
)
def test_a_grant_says_who_may_do_what_with_which_accounts(
    grant: Grant, english: str, chinese: str
) -> None:
    assert said(
        attrs.evolve(ACCESS, grants=(grant,)),
        f"  the role “clerk” may {english}",
        f"  角色“clerk”有权{chinese}",
    )


def test_secrecy_is_a_policy_without_grants() -> None:
    assert describe(AccessRules(grants=(), source=SECRECY), "en") == (
        "Access to accounts [X-2d, article 4]\n"
        "  nobody may see any account\n"
        "  own: what no grant allows is refused"
    )
    assert describe(AccessRules(grants=(), source=SECRECY), "zh") == (
        "客户资料权限（X-2d 第4条）\n"
        "  任何人均无权查看任何客户的资料\n"
        "  口径：未经授权的，一律不予开放"
    )


def test_a_missing_fact_opens_nothing_where_a_grant_asks_for_it() -> None:
    missing = (
        (
            "  own: an account whose unit or manager is missing is not opened by a grant that "
            "asks for it"
        ),
        "  口径：未提供客户所属单位或客户经理的，须据此判断的授权不予适用",
    )
    assert said(ACCESS, *missing)
    for grant in (Grant("clerk", "all"), Grant("clerk", "listed", accounts=("K1",))):
        assert not said(AccessRules(grants=(grant,)), *missing)
    for grant in (Grant("clerk", "unit"), Grant("clerk", "listed", units=("north",))):
        assert said(AccessRules(grants=(grant,), unit=UNIT), *missing)


# --- a rulebook -------------------------------------------------------------------------------


def test_a_rulebook_describes_what_is_asked_of_a_case_after_the_duties() -> None:
    tiered = attrs.evolve(ESCALATION, steps=ESCALATION.steps[:2])
    amounts = attrs.evolve(AUTHORITY, levels=AUTHORITY.levels[:1])
    policy = attrs.evolve(rulebook(), escalation=tiered, authority=amounts, access=ACCESS)
    blocks = describe(policy, "en").split("\n\n")
    assert [block.splitlines()[0] for block in blocks[-5:-1]] == [
        "Responsibility",
        "Escalation while nothing happens, by the calendar “office” [X-2]",
        "Authority to decide, the lowest first [X-2]",
        "Access to accounts [X-2]",
    ]
    assert blocks[-2] == describe(ACCESS, "en")
