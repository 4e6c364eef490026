"""The proof that somebody is accountable in every case, or the cases in which nobody is."""

import pickle
from datetime import date

import attrs
import pytest

from kamcore.errors import InputError
from kamcore.facts import (
    Choice,
    ChoiceField,
    FlagField,
    NumberField,
    RuleTable,
    TableRule,
    as_condition,
)
from kamcore.routing import Duty, DutyRules, NoOwner, Space, Unowned, check_duties, route_work
from kamcore.routing._audit import RULES
from kamcore.values import Days, Label, Seat, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
RULE, WHOLE = Source("P08-9", TITLE), Source("P08", TITLE)
WORK = ChoiceField(
    "work", options=(Choice("answer", zh="答疑"), Choice("care", zh="维护"), "visit"), zh="工作"
)
TIER = ChoiceField("tier", options=("A", "B"), zh="等级")
AMOUNT = NumberField("amount", zh="数量")
URGENT = FlagField("urgent", zh="紧急")
MARKETING = Duty(Seat("marketing", Label("marketing", "营销部")))
SALES = Duty(Seat("sales", Label("sales", "销售部")))
CUT = NoOwner(Label("the clause is cut", "条文残缺"))
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
YEAR = Days.through(date(2024, 1, 1), date(2024, 12, 31))
Rule = TableRule[Duty | NoOwner]

ANSWER = TableRule("answer", WORK.is_("answer"), MARKETING, RULE)
CARE_A = TableRule("care A", WORK.is_("care") & TIER.is_("A"), SALES)
VISIT = TableRule("visit", WORK.is_("visit"), SALES)


def rules(*given: Rule, otherwise: Duty | None = None, match: str = "first") -> DutyRules:
    """Return a policy of some rules."""
    table = RuleTable(rules=given, match=match)  # type: ignore[arg-type]
    return DutyRules(table=table, otherwise=otherwise, source=WHOLE)


# --- proof and gaps -------------------------------------------------------------------------------


def test_a_policy_that_leaves_no_case_out_is_complete() -> None:
    decision = check_duties(rules(ANSWER, CARE_A, TableRule("rest", None, SALES)))
    audit = decision.value
    assert audit.complete
    assert (audit.cells, audit.without_owner, audit.by_default) == (6, 0, 0)
    assert (audit.gaps, audit.unowned, audit.dead, audit.unproved) == ((), (), (), ())
    assert decision.fingerprint == rules(ANSWER, CARE_A, TableRule("rest", None, SALES)).fingerprint
    assert decision.missing == ()


def test_how_cases_are_counted_is_a_convention_of_every_audit() -> None:
    for policy in (rules(ANSWER), rules(TableRule("all", None, SALES))):
        (one,) = check_duties(policy).assumed
        assert (one.rule.id, one.source) == ("routing.cases_counted", None)
        assert one.text("en") == (
            "a case gives each fact one option or place, a number by the stretches that rules "
            "divide; every fact is known unless the space says that it may be missing"
        )
        assert one.text("zh") == (
            "一种情形指各项事实取值的一种组合，数值按规则所划分的区间计；"
            "除声明可能未提供的以外，各项数据均视为已提供"
        )


def test_what_the_rules_read_into_their_text_stands_under_the_proof() -> None:
    note = Label("visits are care", "走访属于维护")
    decision = check_duties(attrs.evolve(rules(ANSWER), notes=(note,)))
    counted, reading = decision.assumed
    assert (counted.rule.id, reading.rule.id) == ("routing.cases_counted", "routing.reading")
    assert (reading.text("en"), reading.text("zh")) == (
        "reading: visits are care",
        "理解：走访属于维护",
    )


def test_one_pair_is_said_in_the_singular() -> None:
    policy = rules(TableRule("urgent", URGENT, MARKETING), TableRule("large", AMOUNT > 5, SALES))
    assert dict(check_duties(policy).reasons[-1].params)["number"] == Label("1 pair", "1 对")


def test_one_case_is_said_in_the_singular() -> None:
    decision = check_duties(rules(TableRule("all", None, SALES)))
    assert decision.reasons[0].text("en") == "every case has exactly one accountable owner (1 case)"
    assert decision.reasons[0].text("zh") == "每一种情形都有且只有一个负责岗位（共 1 种情形）"
    first, gap = check_duties(rules()).reasons
    assert first.text("en") == "nobody is accountable in 1 of 1 case"
    assert first.text("zh") == "1 种情形中有 1 种无人负责"
    assert gap.text("en") == "no rule covers: every case (1 case); for example any case"
    assert gap.text("zh") == "没有规则涉及：所有情形（1 种情形），例如任一情形"


def test_cases_that_no_rule_covers_are_gaps() -> None:
    audit = check_duties(rules(ANSWER, CARE_A)).value
    assert not audit.complete
    assert [(box.when, box.cells) for box in audit.gaps] == [
        (WORK.is_("care") & TIER.is_("B"), 1),
        (WORK.is_("visit"), 2),
    ]
    assert (audit.without_owner, audit.by_default) == (3, 0)
    for box in audit.gaps:
        assert route_work(box.witness, rules(ANSWER, CARE_A)).value == NoOwner()


def test_a_default_leaves_no_gap_and_its_cases_are_counted() -> None:
    audit = check_duties(rules(ANSWER, CARE_A, otherwise=SALES)).value
    assert audit.complete
    assert (audit.gaps, audit.without_owner, audit.by_default) == ((), 0, 3)
    assert check_duties(rules(TableRule("all", None, SALES), otherwise=SALES)).value.by_default == 0


def test_a_rule_of_the_box_closes_the_gap() -> None:
    gaps = check_duties(rules(ANSWER, CARE_A)).value.gaps
    mends = [TableRule(f"mend {n}", box.when, SALES) for n, box in enumerate(gaps)]
    assert check_duties(rules(ANSWER, CARE_A, *mends)).value.complete
    assert not check_duties(rules(ANSWER, CARE_A, *mends[:1])).value.complete


@pytest.mark.parametrize(
    ("policy", "cells", "gaps"),
    [
        pytest.param(rules(), 1, [(None, 1)], id="no rule at all"),
        pytest.param(rules(TableRule("all", None, SALES)), 1, [], id="one rule for all"),
        pytest.param(
            rules(TableRule("large", AMOUNT > 5, SALES)), 2, [(AMOUNT < 6, 1)], id="up to the edge"
        ),
        pytest.param(
            rules(TableRule("large", AMOUNT >= 5, SALES), TableRule("small", AMOUNT < 5, SALES)),
            2,
            [],
            id="both sides of an edge",
        ),
        pytest.param(
            rules(TableRule("large", AMOUNT > 5, SALES), TableRule("small", AMOUNT < 5, SALES)),
            3,
            [((AMOUNT >= 5) & (AMOUNT < 6), 1)],
            id="the edge itself",
        ),
        pytest.param(
            rules(ANSWER, CARE_A, TableRule("care", WORK.is_("care"), SALES), match="last"),
            6,
            [(WORK.is_("visit"), 2)],
            id="the last match",
        ),
    ],
)
def test_every_stretch_and_option_is_a_case(
    policy: DutyRules, cells: int, gaps: list[tuple[object, int]]
) -> None:
    audit = check_duties(policy).value
    assert audit.cells == cells
    assert [(box.when, box.cells) for box in audit.gaps] == gaps
    assert audit.complete == (not gaps)


# --- cases for which a rule names nobody ----------------------------------------------------------


def test_cases_for_which_a_rule_names_nobody_are_without_owner_whatever_the_default() -> None:
    open_ = TableRule("care", WORK.is_("care"), CUT, RULE)
    for otherwise in (None, SALES):
        audit = check_duties(rules(ANSWER, CARE_A, open_, VISIT, otherwise=otherwise)).value
        (one,) = audit.unowned
        assert (one.rule, one.note, one.source, one.cells) == ("care", CUT.note, RULE, 1)
        assert [box.when for box in one.boxes] == [WORK.is_("care") & TIER.is_("B")]
        assert (audit.complete, audit.without_owner, audit.gaps) == (False, 1, ())


def test_what_a_rule_leaves_open_rests_on_its_own_source_or_that_of_the_policy() -> None:
    audit = check_duties(
        rules(
            TableRule("care", WORK.is_("care"), NoOwner(), RULE),
            TableRule("visit", WORK.is_("visit"), CUT),
        )
    ).value
    silent = Label("the rule names nobody", "该规则未指定任何岗位")
    assert [(one.rule, one.note, one.source) for one in audit.unowned] == [
        ("care", silent, RULE),
        ("visit", CUT.note, WHOLE),
    ]
    assert (len(audit.gaps), audit.without_owner) == (1, 3)


def test_the_cells_of_several_boxes_add_up() -> None:
    boxes = check_duties(rules(ANSWER, CARE_A)).value.gaps
    assert Unowned("x", SALES.accountable.label, None, boxes).cells == 3
    assert Unowned("x", SALES.accountable.label, None, ()).cells == 0


def test_a_rule_that_names_nobody_and_never_wins_leaves_nothing_open() -> None:
    audit = check_duties(rules(TableRule("all", None, SALES), TableRule("cut", None, CUT))).value
    assert (audit.complete, audit.unowned) == (True, ())
    assert [one.rule for one in audit.dead] == ["cut"]


# --- the space ------------------------------------------------------------------------------------


def test_a_fact_that_may_be_missing_is_a_case() -> None:
    policy = rules(ANSWER, TableRule("other", ~WORK.is_("answer"), SALES))
    assert check_duties(policy).value.complete
    (gap,) = check_duties(policy, Space((WORK,), may_miss=("work",))).value.gaps
    assert (gap.when, gap.cells) == (WORK.is_missing, 1)
    assert gap.case == Label("work: missing", "工作：未提供")


def test_a_fact_that_no_rule_asks_for_counts_and_is_not_asked() -> None:
    audit = check_duties(rules(ANSWER), Space((URGENT, WORK, AMOUNT))).value
    (gap,) = audit.gaps
    assert (audit.cells, gap.cells, gap.when) == (6, 4, ~WORK.is_("answer"))
    assert gap.case.en == "urgent: no, work: care, amount: 0"


def test_a_list_that_does_not_end_is_said_and_nothing_else_changes() -> None:
    policy = rules(ANSWER, TableRule("other", ~WORK.is_("answer"), SALES))
    closed = check_duties(policy, Space((WORK, TIER))).value
    open_ = check_duties(policy, Space((WORK, TIER), open=("tier", "work"))).value
    assert open_.unproved == (TIER.label, WORK.label)
    assert attrs.evolve(open_, unproved=()) == closed


def test_rules_with_days_are_proved_over_days() -> None:
    policy = rules(
        ANSWER,
        TableRule("March", ~WORK.is_("answer"), SALES, in_force=MARCH),
        TableRule("from April", ~WORK.is_("answer"), SALES, in_force=FROM_APRIL),
    )
    audit = check_duties(policy, Space((WORK,), days=YEAR)).value
    (gap,) = audit.gaps
    assert (audit.cells, gap.cells) == (9, 2)
    assert gap.when == ~WORK.is_("answer")
    assert gap.days == Days.through(date(2024, 1, 1), date(2024, 2, 29))
    assert gap.witness_day == date(2024, 1, 1)
    assert route_work(gap.witness, policy, on=gap.witness_day).value == NoOwner()
    assert check_duties(policy, Space((WORK,), days=MARCH)).value.complete


FROM_APRIL = Days.through(date(2024, 4, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("first", "last", "complete"),
    [
        pytest.param(date(2024, 3, 1), date(2024, 3, 31), True, id="the days of the rule"),
        pytest.param(date(2024, 2, 29), date(2024, 3, 31), False, id="the day before"),
        pytest.param(date(2024, 3, 1), date(2024, 4, 1), False, id="the day after"),
        pytest.param(date(2024, 3, 31), date(2024, 3, 31), True, id="the last day alone"),
    ],
)
def test_a_rule_proves_nothing_beyond_its_days(first: date, last: date, *, complete: bool) -> None:
    policy = rules(TableRule("March", None, SALES, in_force=MARCH))
    space = Space((), days=Days.through(first, last))
    assert check_duties(policy, space).value.complete is complete


@pytest.mark.parametrize("space", [None, Space((WORK,))])
def test_rules_with_days_need_a_space_with_days(space: Space | None) -> None:
    policy = rules(TableRule("March", WORK.is_("answer"), SALES, in_force=MARCH))
    with pytest.raises(InputError) as fault:
        check_duties(policy, space)
    assert str(fault.value) == (
        "rules are in force on certain days; pass days=Days.through(first, last) to the space"
    )


@pytest.mark.parametrize(
    ("policy", "space", "message"),
    [
        (MARKETING, None, f"policy is {MARKETING!r}"[:200]),
        (rules(), (WORK,), "space is (ChoiceField(name='work'"),
        (rules(ANSWER), Space((TIER,)), "the space leaves out 'work', which rules ask for"),
    ],
)
def test_what_is_no_policy_or_no_space_is_refused(
    policy: object, space: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        check_duties(policy, space)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


# --- witnesses ------------------------------------------------------------------------------------


def test_each_rule_that_wins_has_a_case_in_the_order_of_the_rules() -> None:
    policy = rules(VISIT, TableRule("never", VISIT.when, SALES), ANSWER, CARE_A, match="last")
    audit = check_duties(policy).value
    assert [one.rule for one in audit.witnesses] == ["never", "answer", "care A"]
    assert [one.rule for one in audit.dead] == ["visit"]
    assert [one.box.case.en for one in audit.witnesses] == [
        "work: visit, tier: A",
        "work: answer, tier: A",
        "work: care, tier: A",
    ]
    assert [one.box.when for one in audit.witnesses][1:] == [
        WORK.is_("answer"),
        WORK.is_("care") & TIER.is_("A"),
    ]


def test_the_first_rule_has_its_case_too_and_the_cases_of_no_rule_have_none() -> None:
    audit = check_duties(rules(ANSWER, CARE_A), Space((WORK, TIER), may_miss=("tier",))).value
    assert [(one.rule, one.box.case.zh, one.box.cells) for one in audit.witnesses] == [
        ("answer", "工作：答疑，等级：A", 3),
        ("care A", "工作：维护，等级：A", 1),
    ]


# --- the sentences --------------------------------------------------------------------------------

GOES_BEFORE_ZH = "凡其成立之处，均有其他规则优先适用"
FIRST_CASE = "for example work: care, tier: A"
GOES_BEFORE = "wherever it holds, another goes before it"
BROAD = TableRule("broad", WORK.is_("care"), MARKETING)
EVERYTHING = rules(
    ANSWER,
    BROAD,
    TableRule("large", (AMOUNT > 5) & ~WORK.is_("answer"), CUT, RULE),
    TableRule("answer again", WORK.is_("answer"), MARKETING),
    TableRule("dead", (AMOUNT > 5) & WORK.is_known, SALES),
    TableRule("empty", (AMOUNT > 5) & (AMOUNT < 3), SALES),
)


@pytest.mark.parametrize(
    ("policy", "space", "en", "zh"),
    [
        pytest.param(
            rules(ANSWER, TableRule("rest", None, SALES)),
            Space((WORK, TIER), open=("work", "tier")),
            [
                "every case has exactly one accountable owner (6 cases)",
                "nothing is proved beyond the listed values of work, tier: the list is open",
            ],
            [
                "每一种情形都有且只有一个负责岗位（共 6 种情形）",
                "工作、等级的清单未穷尽（“等”），清单以外的情形不在证明范围内",
            ],
            id="complete and unproved",
        ),
        pytest.param(
            rules(ANSWER),
            Space((WORK, TIER)),
            [
                "nobody is accountable in 4 of 6 cases",
                "no rule covers: work is not answer (4 cases); for example work: care, tier: A",
            ],
            [
                "6 种情形中有 4 种无人负责",
                "没有规则涉及：工作不是答疑（4 种情形），例如工作：维护，等级：A",
            ],
            id="a gap",
        ),
        pytest.param(
            rules(ANSWER, TableRule("rest", None, CUT)),
            Space((WORK, TIER)),
            [
                "nobody is accountable in 4 of 6 cases",
                f"rule “rest” names nobody: the clause is cut (4 cases); {FIRST_CASE}",
            ],
            [
                "6 种情形中有 4 种无人负责",
                "规则“rest”未指定负责岗位：条文残缺（4 种情形），例如工作：维护，等级：A",
            ],
            id="left open",
        ),
        pytest.param(
            rules(ANSWER, otherwise=SALES),
            Space((WORK, TIER)),
            [
                "every case has exactly one accountable owner (6 cases)",
                "left to the default, sales: 4 cases",
            ],
            [
                "每一种情形都有且只有一个负责岗位（共 6 种情形）",
                "由默认岗位销售部负责：4 种情形",
            ],
            id="by default",
        ),
        pytest.param(
            rules(VISIT, CARE_A, TableRule("hidden", VISIT.when | CARE_A.when, MARKETING)),
            None,
            [
                "nobody is accountable in 3 of 6 cases",
                "no rule covers: work is answer (2 cases); for example work: answer, tier: A",
                f"rule “hidden” never applies: {GOES_BEFORE} (“visit”, “care A”)",
            ],
            [
                "6 种情形中有 3 种无人负责",
                "没有规则涉及：工作是答疑（2 种情形），例如工作：答疑，等级：A",
                f"规则“hidden”始终不会被适用：{GOES_BEFORE_ZH}（“visit”、“care A”）",
            ],
            id="dead",
        ),
        pytest.param(
            rules(
                TableRule("all", None, SALES), TableRule("none", (AMOUNT > 5) & (AMOUNT < 3), SALES)
            ),
            None,
            [
                "every case has exactly one accountable owner (3 cases)",
                "rule “none” holds in none of the cases",
            ],
            [
                "每一种情形都有且只有一个负责岗位（共 3 种情形）",
                "规则“none”在任何情形下都不成立",
            ],
            id="empty",
        ),
        pytest.param(
            rules(VISIT, TableRule("rest", None, SALES), ANSWER),
            None,
            [
                "every case has exactly one accountable owner (3 cases)",
                "rule “visit” changes nothing: without it “rest” would give the same",
            ],
            [
                "每一种情形都有且只有一个负责岗位（共 3 种情形）",
                "规则“visit”是多余的：删去后，“rest”给出相同的结果",
            ],
            id="redundant beside another rule",
        ),
        pytest.param(
            rules(VISIT, ANSWER, otherwise=SALES),
            Space((WORK, TIER)),
            [
                "every case has exactly one accountable owner (6 cases)",
                "left to the default, sales: 2 cases",
                "rule “visit” changes nothing: without it the default would give the same",
            ],
            [
                "每一种情形都有且只有一个负责岗位（共 6 种情形）",
                "由默认岗位销售部负责：2 种情形",
                "规则“visit”是多余的：删去后，默认岗位给出相同的结果",
            ],
            id="redundant beside the default",
        ),
    ],
)
def test_an_audit_in_words(
    policy: DutyRules, space: Space | None, en: list[str], zh: list[str]
) -> None:
    reasons = check_duties(policy, space).reasons
    said = [(reason.text("en"), reason.text("zh")) for reason in reasons]
    assert all(pair in said for pair in zip(en, zh, strict=True))
    assert said[0] == (en[0], zh[0])


def test_pairs_between_which_order_decides_are_counted_and_one_is_told() -> None:
    policy = rules(
        TableRule("urgent", URGENT, MARKETING),
        TableRule("large", AMOUNT > 5, SALES),
        TableRule("care", WORK.is_("care"), MARKETING),
        TableRule("rest", None, SALES),
    )
    decision = check_duties(policy)
    assert [(one.rule, one.other) for one in decision.value.overlaps] == [
        ("urgent", "large"),
        ("large", "care"),
    ]
    last = decision.reasons[-1]
    assert last.rule.id == "routing.overlap"
    assert dict(last.params) == {
        "number": Label("2 pairs", "2 对"),
        "rule": Label("urgent", "urgent"),
        "other": Label("large", "large"),
        "case": decision.value.overlaps[0].case,
    }
    assert last.text("en") == (
        "2 pairs of rules overlap and differ, so that their order decides, "
        "such as “urgent” before “large”: urgent: yes, amount: 6, work: answer"
    )
    assert last.text("zh") == (
        "有 2 对规则互相重叠且结果不同，适用哪一条仅由先后顺序决定，"
        "例如“urgent”先于“large”：紧急：是，数量：6，工作：答疑"
    )


def test_a_default_that_nothing_falls_to_is_not_told() -> None:
    policy = rules(ANSWER, TableRule("rest", None, SALES), otherwise=MARKETING)
    assert check_duties(policy).value.by_default == 0
    assert [reason.rule.id for reason in check_duties(policy).reasons] == ["routing.complete"]


def test_what_is_open_comes_before_what_could_go() -> None:
    decision = check_duties(EVERYTHING, Space((WORK, AMOUNT), open=("work",)))
    assert [reason.rule.id for reason in decision.reasons] == [
        "routing.incomplete",
        "routing.unproved",
        "routing.gap",
        "routing.left_open",
        "routing.dead",
        "routing.dead",
        "routing.empty",
        "routing.redundant",
        "routing.overlap",
    ]
    first, _, gap, left, *_ = decision.reasons
    assert (first.source, gap.source, left.source) == (WHOLE, None, RULE)
    assert [one.rule for one in decision.value.dead] == ["answer again", "dead", "empty"]
    assert decision.value.dead[1].hidden_by == ("answer", "broad", "large")


def test_an_audit_says_that_its_answer_rests_on_the_policy_as_a_whole() -> None:
    for policy in (rules(ANSWER), rules(TableRule("all", None, SALES))):
        assert check_duties(policy).reasons[0].source == WHOLE


@pytest.mark.parametrize(
    ("hiding", "en", "zh"),
    [
        pytest.param(1, "“rule 0”", "“零号”", id="one"),
        pytest.param(3, "“rule 0”, “rule 1”, “rule 2”", "“零号”、“rule 1”、“rule 2”", id="three"),
        pytest.param(
            4,
            "“rule 0”, “rule 1”, “rule 2” and 1 more",
            "“零号”、“rule 1”、“rule 2”等 4 条规则",
            id="four",
        ),
        pytest.param(
            8,
            "“rule 0”, “rule 1”, “rule 2” and 5 more",
            "“零号”、“rule 1”、“rule 2”等 8 条规则",
            id="eight",
        ),
    ],
)
def test_at_most_three_rules_are_named(hiding: int, en: str, zh: str) -> None:
    whens = [AMOUNT < 10 * number for number in range(1, hiding)]  # noqa: SIM300 - a condition
    given = [
        TableRule(f"rule {number}", when, SALES, zh="零号" if number == 0 else "")
        for number, when in enumerate([*whens, AMOUNT < 99])
    ]
    decision = check_duties(rules(*given, TableRule("hidden", AMOUNT < 99, MARKETING)))
    (dead,) = [reason for reason in decision.reasons if reason.rule.id == "routing.dead"]
    assert dict(dead.params)["others"] == Label(en, zh)


def test_rules_are_named_in_both_languages() -> None:
    decision = check_duties(
        rules(
            TableRule("urgent", URGENT, MARKETING, zh="加急"),
            TableRule("large", AMOUNT > 5, SALES, zh="大额"),
            TableRule("rest", None, SALES, zh="其余"),
            TableRule("late", URGENT, CUT, zh="迟来"),
            TableRule("empty", (AMOUNT > 5) & (AMOUNT < 3), CUT, zh="空"),
        )
    )
    said = {reason.rule.id: reason.text("zh") for reason in decision.reasons}
    assert "“迟来”" in said["routing.dead"]
    assert "（“加急”）" in said["routing.dead"]
    assert "“空”" in said["routing.empty"]
    assert "“大额”" in said["routing.redundant"]
    assert "“其余”" in said["routing.redundant"]
    assert "“加急”先于“大额”" in said["routing.overlap"]


def test_every_sentence_of_an_audit_has_its_id() -> None:
    assert [rule.id for rule in RULES] == [
        "routing.reading",
        "routing.cases_counted",
        "routing.complete",
        "routing.incomplete",
        "routing.gap",
        "routing.left_open",
        "routing.dead",
        "routing.empty",
        "routing.redundant",
        "routing.overlap",
        "routing.default_answers",
        "routing.unproved",
    ]


def test_an_audit_is_a_value() -> None:
    decision = check_duties(EVERYTHING)
    assert decision == check_duties(EVERYTHING)
    assert hash(decision) == hash(check_duties(EVERYTHING))
    again = pickle.loads(pickle.dumps(decision))
    assert again == decision
    assert again.value.gaps[0].label == decision.value.gaps[0].label


def test_a_flag_stands_for_its_condition() -> None:
    (gap,) = check_duties(rules(TableRule("urgent", URGENT, SALES))).value.gaps
    assert gap.when == as_condition(~URGENT)
