"""What another policy changes: which cases, told in both languages, and who of a book moves."""

from datetime import date
from typing import Literal

import attrs
import pytest

from kamcore.errors import InputError, PolicyError, UnknownName
from kamcore.facts import (
    ChoiceField,
    Facts,
    Fields,
    FlagField,
    NumberField,
    RuleTable,
    TableRule,
    TextField,
    read_facts,
)
from kamcore.routing import (
    Duty,
    DutyChange,
    DutyChanges,
    DutyRules,
    Mover,
    NoOwner,
    Space,
    compare_duties,
)
from kamcore.values import Days, Label, Seat


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


SALES, DESK, FINANCE = seat("sales", "销售部"), seat("desk", "服务台"), seat("finance", "财务部")
WORK = ChoiceField("work", options=("answer", "care", "visit"), zh="工作")
TIER = ChoiceField("tier", options=("A", "B"), zh="等级")
AMOUNT = NumberField("amount", zh="数量")
URGENT = FlagField("urgent", zh="紧急")
BY_SALES, BY_DESK, BY_FINANCE = Duty(SALES), Duty(DESK), Duty(FINANCE)
SPACE = Space((WORK, TIER))
YEAR = Days.through(date(2026, 1, 1), date(2026, 12, 31))
SPRING = Days.through(date(2026, 3, 1), date(2026, 5, 31))
NOTE = NoOwner(Label("the text names nobody", "原文未规定"))


def policy(
    *rules: TableRule[Duty | NoOwner],
    match: Literal["first", "last"] = "first",
    otherwise: Duty | None = BY_DESK,
) -> DutyRules:
    """Return rules, by default with the desk for all other work."""
    return DutyRules(table=RuleTable(rules=rules, match=match), otherwise=otherwise)


CARE = TableRule("care", WORK.is_("care"), BY_SALES)
CARE_A = TableRule("care of A", WORK.is_("care") & TIER.is_("A"), BY_SALES)
BEFORE, AFTER = policy(CARE), policy(CARE_A)


def account(name: str, **given: object) -> Facts:
    """Return an account; what is left out is missing."""
    row = {"code": name, **given}
    return read_facts(row, Fields((WORK, TIER)), key="code")


def told(
    before: DutyRules,
    after: DutyRules,
    lang: Literal["en", "zh"],
    book: tuple[Facts, ...] = (),
    each: ChoiceField | None = None,
) -> list[str]:
    """Return what a comparison says, each reason a line."""
    decision = compare_duties(before, after, space=SPACE, book=book, each=each)
    return [reason.text(lang) for reason in decision.reasons]


# --- cases ----------------------------------------------------------------------------------


def test_the_cases_that_change_are_boxes_with_both_duties() -> None:
    decision = compare_duties(BEFORE, AFTER, space=SPACE)
    changes = decision.value
    assert (changes.cells, changes.asked, changes.movers, changes.undecided) == (6, 0, (), ())
    (change,) = changes.boxes
    assert (change.before, change.after, change.owner_changes) == (BY_SALES, BY_DESK, True)
    assert change.box.when == WORK.is_("care") & TIER.is_("B")
    assert (change.box.cells, change.box.days) == (1, None)
    assert (change.box.witness["work"], change.box.witness["tier"]) == ("care", "B")
    assert (decision.fingerprint, decision.decided) == (AFTER.fingerprint, True)
    assert (decision.missing, decision.assumed) == ((), ())


def test_without_a_space_the_facts_of_both_policies_make_the_cases() -> None:
    large = policy(TableRule("large", AMOUNT >= 10, BY_FINANCE))
    changes = compare_duties(BEFORE, large).value
    assert changes.cells == 3 * 2
    assert sum(one.box.cells for one in changes.boxes) == 4
    assert changes.boxes[0].box.witness.fields == Fields((WORK, AMOUNT))


def test_another_order_of_matching_is_a_change() -> None:
    rules = (CARE, TableRule("A", TIER.is_("A"), BY_FINANCE))
    (change,) = compare_duties(
        policy(*rules), policy(*rules, match="last"), space=SPACE
    ).value.boxes
    assert (change.before, change.after) == (BY_SALES, BY_FINANCE)
    assert change.box.when == WORK.is_("care") & TIER.is_("A")


@pytest.mark.parametrize("other", [NOTE, NoOwner()])
def test_nobody_for_another_reason_is_no_change(other: NoOwner) -> None:
    before = policy(TableRule("care", WORK.is_("care"), NOTE), otherwise=None)
    after = policy(TableRule("care", WORK.is_("care"), other), otherwise=None)
    for one in (after, policy(otherwise=None)):
        assert compare_duties(before, one, space=SPACE).value.boxes == ()


def test_a_missing_fact_is_a_case_where_the_space_says_so() -> None:
    unknown = policy(TableRule("unknown", TIER.is_missing, BY_FINANCE), CARE)
    assert compare_duties(BEFORE, unknown, space=SPACE).value.boxes == ()
    space = attrs.evolve(SPACE, may_miss=("tier",))
    changes = compare_duties(BEFORE, unknown, space=space).value
    assert (changes.cells, sum(one.box.cells for one in changes.boxes)) == (9, 3)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), []),
        (date(2026, 2, 1), date(2026, 3, 1), [(date(2026, 3, 1), date(2026, 3, 1))]),
        (date(2026, 1, 1), date(2026, 12, 31), [(date(2026, 3, 1), date(2026, 5, 31))]),
        (date(2026, 5, 31), date(2026, 6, 1), [(date(2026, 5, 31), date(2026, 5, 31))]),
        (date(2026, 6, 1), date(2026, 6, 2), []),
    ],
)
def test_a_rule_for_some_days_changes_cases_on_these_days_alone(
    first: date, last: date, days: list[tuple[date, date]]
) -> None:
    spring = policy(attrs.evolve(CARE, in_force=SPRING))
    space = attrs.evolve(SPACE, days=Days.through(first, last))
    boxes = [one.box for one in compare_duties(policy(), spring, space=space).value.boxes]
    spans = [(one.days.start, one.days.last) for one in boxes if one.days is not None]
    assert spans == days
    assert [one.witness_day for one in boxes] == [start for start, _ in days]


# --- a book ---------------------------------------------------------------------------------

BOOK = (
    account("K1", work="care", tier="A"),
    account("K2", work="care", tier="B"),
    account("K3", work="visit", tier="B"),
    account("K4", work="care", tier=None),
)


def test_those_whose_accountable_seat_differs_move() -> None:
    changes = compare_duties(BEFORE, AFTER, space=SPACE, book=iter(BOOK)).value
    expected = [
        Mover("K2", Label("work: care, tier: B", "工作：care，等级：B"), BY_SALES, BY_DESK),
        Mover(
            "K4", Label("work: care, tier: missing", "工作：care，等级：未提供"), BY_SALES, BY_DESK
        ),
    ]
    assert (changes.asked, changes.movers, changes.undecided) == (4, tuple(expected), ())
    assert changes.accounts == ("K2", "K4")


@pytest.mark.parametrize("turned", [False, True], ids=["after", "before"])
def test_work_that_a_missing_fact_leaves_open_on_either_side_is_undecided(*, turned: bool) -> None:
    pair = (BEFORE, attrs.evolve(AFTER, otherwise=None))
    before, after = pair[::-1] if turned else pair
    changes = compare_duties(before, after, space=SPACE, book=BOOK).value
    assert (changes.undecided, changes.missing) == (("K4",), (TIER.label,))
    assert [one.account for one in changes.movers] == ["K2", "K3"]
    assert changes.asked == 4


def test_the_facts_that_leave_work_undecided_are_named_each_once() -> None:
    urgent = TableRule("urgent", URGENT, BY_FINANCE)
    before = policy(urgent, TableRule("A", TIER.is_("A"), BY_SALES), CARE, otherwise=None)
    after = policy(TableRule("B", TIER.is_("B"), BY_SALES), otherwise=None)
    fields = Fields((WORK, TIER, URGENT))
    book = [read_facts({"work": work}, fields) for work in ("care", "care", None)]
    changes = compare_duties(before, after, book=book[:2]).value
    assert changes.missing == (TIER.label,)
    assert compare_duties(before, before, book=book).value.missing == (
        URGENT.label,
        TIER.label,
        WORK.label,
    )


def test_each_option_of_an_account_is_a_piece_of_work() -> None:
    book = (account("K1", tier="A"), account("K2", work="visit", tier="B"))
    after = policy(TableRule("B", TIER.is_("B"), BY_FINANCE), CARE)
    changes = compare_duties(BEFORE, after, space=SPACE, book=book, each=WORK).value
    assert changes.asked == 6
    assert [(one.account, one.case.en) for one in changes.movers] == [
        ("K2", f"work: {work}, tier: B") for work in WORK.names
    ]
    assert changes.accounts == ("K2",)


def test_another_part_in_a_duty_moves_nobody() -> None:
    shared = attrs.evolve(CARE, gives=Duty(SALES, informed=(FINANCE,)))
    changes = compare_duties(BEFORE, policy(shared), space=SPACE, book=BOOK).value
    assert [one.owner_changes for one in changes.boxes] == [False]
    assert changes.movers == ()


@pytest.mark.parametrize(
    ("on", "movers"),
    [
        (date(2026, 2, 28), []),
        (date(2026, 3, 1), ["K1"]),
        (date(2026, 5, 31), ["K1"]),
        (date(2026, 6, 1), []),
    ],
)
def test_the_book_is_asked_on_a_day(on: date, movers: list[str]) -> None:
    spring = policy(TableRule("spring", WORK.is_("care"), BY_FINANCE, in_force=SPRING), CARE)
    space = attrs.evolve(SPACE, days=YEAR)
    changes = compare_duties(BEFORE, spring, space=space, book=BOOK[:1], on=on).value
    assert [one.account for one in changes.movers] == movers


# --- the words ------------------------------------------------------------------------------

PARTS = policy(attrs.evolve(CARE, gives=Duty(SALES, (DESK,), informed=(FINANCE,))))
SKILLED = policy(attrs.evolve(CARE, gives=Duty(SALES, in_absence=DESK, skills=("English",))))
PARTS_EN = (
    "work is care: sales stays accountable; before: nobody else has a part; "
    "after: other seats: desk (carries out), finance (informed)"
)
PARTS_ZH = (
    "工作是care：仍由销售部负责；原为：无其他参与岗位；"
    "改为：其他岗位：服务台（执行）、财务部（知会）"
)
SKILLED_EN = (
    "work is care: sales stays accountable; before: other seats: desk (in absence); "
    "skills needed: English; after: nobody else has a part"
)
SKILLED_ZH = (
    "工作是care：仍由销售部负责；原为：其他岗位：服务台（不在岗时代为负责）；"
    "所需技能：English；改为：无其他参与岗位"
)
WORDS = [
    pytest.param(
        BEFORE,
        BEFORE,
        ["nothing changes in any case of the space (6 cases)"],
        ["各种情形均无变化（共 6 种情形）"],
        id="nothing",
    ),
    pytest.param(
        BEFORE,
        policy(TableRule("visit", WORK.is_("visit"), BY_FINANCE), CARE),
        ["the owner changes in 2 of 6 cases", "work is visit: from desk to finance (2 cases)"],
        ["6 种情形中有 2 种更换负责岗位", "工作是visit：由服务台负责改为由财务部负责（2 种情形）"],
        id="owner",
    ),
    pytest.param(
        BEFORE,
        PARTS,
        [
            "in 2 of 6 cases the owner stays and the others who have a part change",
            PARTS_EN,
        ],
        [
            "6 种情形中有 2 种负责岗位不变，其他参与岗位有变",
            PARTS_ZH,
        ],
        id="others",
    ),
    pytest.param(
        SKILLED,
        BEFORE,
        [
            "in 2 of 6 cases the owner stays and the others who have a part change",
            SKILLED_EN,
        ],
        [
            "6 种情形中有 2 种负责岗位不变，其他参与岗位有变",
            SKILLED_ZH,
        ],
        id="others and skills",
    ),
    pytest.param(
        policy(CARE, TableRule("visit", WORK.is_("visit"), NOTE)),
        policy(attrs.evolve(CARE, gives=NOTE), TableRule("visit", WORK.is_("visit"), BY_SALES)),
        [
            "the owner changes in 4 of 6 cases",
            "work is care: from sales to nobody (2 cases)",
            "work is visit: from nobody to sales (2 cases)",
        ],
        [
            "6 种情形中有 4 种更换负责岗位",
            "工作是care：由销售部负责改为无人负责（2 种情形）",
            "工作是visit：无人负责改为由销售部负责（2 种情形）",
        ],
        id="nobody",
    ),
    pytest.param(
        BEFORE,
        policy(attrs.evolve(PARTS.table.rules[0]), otherwise=BY_FINANCE),
        [
            "the owner changes in 4 of 6 cases",
            "in 2 of 6 cases the owner stays and the others who have a part change",
            "work is not care: from desk to finance (4 cases)",
            PARTS_EN,
        ],
        [
            "6 种情形中有 4 种更换负责岗位",
            "6 种情形中有 2 种负责岗位不变，其他参与岗位有变",
            "工作不是care：由服务台负责改为由财务部负责（4 种情形）",
            PARTS_ZH,
        ],
        id="both",
    ),
]


@pytest.mark.parametrize(("before", "after", "en", "zh"), WORDS)
def test_what_changes_is_told(
    before: DutyRules, after: DutyRules, en: list[str], zh: list[str]
) -> None:
    assert told(before, after, "en") == en
    assert told(before, after, "zh") == zh


def test_who_moves_is_told_before_the_boxes_by_where_they_come_from_and_go() -> None:
    after = policy(TableRule("B", TIER.is_("B"), BY_FINANCE), CARE_A, otherwise=None)
    assert told(BEFORE, after, "en", BOOK)[:5] == [
        "the owner changes in 5 of 6 cases",
        "of 4 pieces of work in the book, the owner changes in 2, for 2 accounts",
        "from sales to finance: 1 piece of work, such as K2 (work: care, tier: B)",
        "from desk to finance: 1 piece of work, such as K3 (work: visit, tier: B)",
        "of the book, 1 piece of work cannot be compared: not known: tier",
    ]
    assert told(BEFORE, after, "zh", BOOK)[:5] == [
        "6 种情形中有 5 种更换负责岗位",
        "客户名册所涉 4 项工作中，2 项更换负责岗位，涉及 2 个客户",
        "由销售部负责改为由财务部负责：1 项工作，例如 K2（工作：care，等级：B）",
        "由服务台负责改为由财务部负责：1 项工作，例如 K3（工作：visit，等级：B）",
        "客户名册中有 1 项工作因未提供等级而无法比较",
    ]


def test_several_pieces_of_work_of_one_account_count_it_once() -> None:
    after = policy(otherwise=BY_FINANCE)
    book = (account("K1", tier="A"),)
    assert told(BEFORE, after, "en", book, WORK)[1:4] == [
        "of 3 pieces of work in the book, the owner changes in 3, for 1 account",
        "from desk to finance: 2 pieces of work, such as K1 (work: answer)",
        "from sales to finance: 1 piece of work, such as K1 (work: care)",
    ]
    assert told(BEFORE, after, "zh", book, WORK)[1:4] == [
        "客户名册所涉 3 项工作中，3 项更换负责岗位，涉及 1 个客户",
        "由服务台负责改为由财务部负责：2 项工作，例如 K1（工作：answer）",
        "由销售部负责改为由财务部负责：1 项工作，例如 K1（工作：care）",
    ]


def test_a_book_of_which_nobody_moves_is_told_and_an_empty_one_is_not() -> None:
    assert told(BEFORE, BEFORE, "en", BOOK) == [
        "nothing changes in any case of the space (6 cases)",
        "nothing in the book changes owner (4 pieces of work)",
    ]
    assert told(BEFORE, BEFORE, "zh", BOOK) == [
        "各种情形均无变化（共 6 种情形）",
        "客户名册中没有工作更换负责岗位（共 4 项工作）",
    ]
    assert len(told(BEFORE, BEFORE, "en")) == 1


def test_many_pieces_of_work_are_counted_as_people_write_it() -> None:
    book = tuple(attrs.evolve(BOOK[1], account=f"K{number}") for number in range(1000))
    assert told(BEFORE, AFTER, "en", book)[2] == (
        "from sales to desk: 1,000 pieces of work, such as K0 (work: care, tier: B)"
    )
    assert told(BEFORE, AFTER, "zh", book)[2] == (
        "由销售部负责改为由服务台负责：1,000 项工作，例如 K0（工作：care，等级：B）"
    )


def test_a_single_case_is_told_in_the_singular() -> None:
    assert told(BEFORE, AFTER, "en") == [
        "the owner changes in 1 of 6 cases",
        "work is care and tier is B: from sales to desk (1 case)",
    ]
    assert told(BEFORE, AFTER, "zh") == [
        "6 种情形中有 1 种更换负责岗位",
        "工作是care 且 等级是B：由销售部负责改为由服务台负责（1 种情形）",
    ]
    (same,) = compare_duties(policy(), policy()).reasons
    assert same.text("en") == "nothing changes in any case of the space (1 case)"


def test_the_days_of_a_change_are_told() -> None:
    spring = policy(attrs.evolve(CARE, in_force=SPRING))
    decision = compare_duties(policy(), spring, space=attrs.evolve(SPACE, days=YEAR))
    assert decision.reasons[1].text("en") == (
        "work is care, from 2026-03-01 to 2026-05-31: from desk to sales (2 cases)"
    )


# --- what cannot be asked -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"before": "old"}, "before is 'old'; pass DutyRules"),
        ({"after": None}, "after is None; pass DutyRules"),
        ({"space": (WORK,)}, "pass Space"),
        ({"each": "work"}, "each is 'work'; pass ChoiceField"),
        ({"book": "K1"}, "book is 'K1'; pass a list of Facts"),
        ({"book": ["K1"]}, "book holds 'K1'; pass Facts"),
        (
            {"space": Space((WORK,))},
            "the space leaves out 'tier', which rules ask for; add the field to it",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(given: dict[str, object], message: str) -> None:
    asked = {"before": BEFORE, "after": AFTER, "space": None, **given}
    with pytest.raises(InputError) as fault:
        compare_duties(asked.pop("before"), asked.pop("after"), **asked)  # type: ignore[arg-type]
    assert str(fault.value).endswith(message)
    assert "\n" not in str(fault.value)


def test_one_name_for_two_facts_is_refused() -> None:
    other = policy(TableRule("flag", FlagField("work"), BY_SALES))
    with pytest.raises(PolicyError) as fault:
        compare_duties(BEFORE, other)
    assert str(fault.value) == (
        f"field 'work' means both {WORK!r} and {FlagField('work')!r}; rename one of them"
    )


def test_rules_with_days_need_the_days_of_the_space_and_the_day_of_the_book() -> None:
    spring = policy(attrs.evolve(CARE, in_force=SPRING))
    with pytest.raises(InputError) as fault:
        compare_duties(BEFORE, spring)
    assert str(fault.value) == (
        "rules are in force on certain days; pass days=Days.through(first, last) to the space"
    )
    space = attrs.evolve(SPACE, days=YEAR)
    with pytest.raises(InputError) as fault:
        compare_duties(BEFORE, spring, space=space, book=BOOK)
    assert str(fault.value) == "rules are in force on certain days; pass on=, the day of the work"


def test_a_book_needs_the_facts_of_both_policies() -> None:
    book = (read_facts({"work": "care"}, Fields((WORK,))),)
    with pytest.raises(UnknownName) as fault:
        compare_duties(BEFORE, AFTER, space=SPACE, book=book)
    assert str(fault.value) == "unknown field 'tier'; known are 'work'"


@pytest.mark.parametrize(
    "each",
    [
        ChoiceField("kind", options=("answer",)),
        ChoiceField("work", options=(*WORK.names, "repair")),
    ],
    ids=["another field", "another list"],
)
def test_each_is_a_field_of_the_book(each: ChoiceField) -> None:
    with pytest.raises(InputError, match=f"field '{each.name}'"):
        compare_duties(BEFORE, AFTER, space=SPACE, book=BOOK, each=each)


def test_a_text_of_the_book_is_no_list() -> None:
    named = TextField("manager")
    with pytest.raises(InputError) as fault:
        compare_duties(BEFORE, AFTER, each=named)  # type: ignore[arg-type]
    assert str(fault.value) == f"each is {named!r}; pass ChoiceField"


def test_changes_are_plain_values() -> None:
    changes = DutyChanges(1, (), 2, (), ("K1",), (TIER.label,))
    assert changes == DutyChanges(1, (), 2, (), ("K1",), (TIER.label,))
    assert changes.accounts == ()
    box = compare_duties(BEFORE, AFTER).value.boxes[0].box
    assert not DutyChange(box, NoOwner(), NOTE).owner_changes
    assert DutyChange(box, BY_SALES, NOTE).owner_changes
