"""Rules that never win, rules that change nothing, and pairs between which order alone decides."""

from datetime import date

import pytest

from kamcore.facts import (
    ChoiceField,
    Combinable,
    FlagField,
    Node,
    NumberField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    as_condition,
)
from kamcore.routing import Duty, DutyAudit, DutyRules, NoOwner, Space, check_duties
from kamcore.routing._overlaps import OVERLAPS_AT_MOST
from kamcore.values import Days, Label, Seat

WORK = ChoiceField("work", options=("answer", "care", "visit"), zh="工作")
AMOUNT = NumberField("amount", zh="数量")
URGENT = FlagField("urgent", zh="紧急")
OWNER = TextField("owner", zh="客户经理")
REGION = TreeField(
    "region", nodes=(Node("cn"), Node("east", "cn"), Node("shanghai", "east"), Node("north", "cn"))
)
A, B, C = (Duty(Seat(name, Label(name, f"{name}岗"))) for name in ("a", "b", "c"))
CUT = NoOwner(Label("the clause is cut", "条文残缺"))
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
APRIL = Days.through(date(2024, 4, 1), date(2024, 4, 30))
SPRING = Days.through(date(2024, 3, 1), date(2024, 4, 30))
YEAR = Days.through(date(2024, 1, 1), date(2024, 12, 31))
Gives = Duty | NoOwner
Given = tuple[Combinable | None, Gives] | tuple[Combinable | None, Gives, Days]


def audit(
    *given: Given,
    match: str = "first",
    otherwise: Duty | None = None,
    may_miss: tuple[str, ...] = (),
    days: Days | None = None,
) -> DutyAudit:
    """Return the audit of rules named by their number."""
    rules = tuple(
        TableRule(str(number), one[0], one[1], in_force=one[2] if len(one) == 3 else None)
        for number, one in enumerate(given)
    )
    asked = RuleTable(rules=rules).fields
    table = RuleTable(
        rules=rules,
        match=match,  # type: ignore[arg-type]
        dimensions=asked.items if match == "most_specific" else (),
    )
    policy = DutyRules(table=table, otherwise=otherwise)
    return check_duties(policy, Space(table.fields, may_miss=may_miss, days=days)).value


# --- rules that never win -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "dead"),
    [
        pytest.param(
            ((WORK.is_("care"), A), (WORK.is_("care"), B)), {"1": ("0",)}, id="the same before"
        ),
        pytest.param(
            ((None, A), (WORK.is_("care"), B), (URGENT, C)),
            {"1": ("0",), "2": ("0",)},
            id="everything before",
        ),
        pytest.param(
            ((WORK.is_("care"), A), (WORK.is_("visit"), B), (WORK.one_of("care", "visit"), C)),
            {"2": ("0", "1")},
            id="two together",
        ),
        pytest.param(
            ((AMOUNT > 5, A), (AMOUNT <= 7, B), (URGENT, C)),
            {"2": ("0", "1")},
            id="two stretches that leave nothing between",
        ),
        pytest.param(
            ((AMOUNT > 5, A), (AMOUNT < 5, B), (URGENT, C)), {}, id="two with one value between"
        ),
        pytest.param(
            (
                (WORK.is_("care") & URGENT, A),
                (WORK.is_("care") & ~URGENT, B),
                (WORK.is_("care"), C),
            ),
            {"2": ("0", "1")},
            id="two that divide another fact",
        ),
        pytest.param(
            ((WORK.is_("care") & URGENT, A), (WORK.is_("care"), B)), {}, id="a part of it only"
        ),
        pytest.param(
            ((AMOUNT > 5, A), (URGENT, B), (AMOUNT > 9, C), ((AMOUNT > 7) & URGENT, C)),
            {"2": ("0",), "3": ("0",)},
            id="not by what is itself hidden there",
        ),
        pytest.param(
            (
                (WORK.is_("care") & URGENT, A),
                (WORK.is_("care"), B),
                (WORK.is_("care") & ~URGENT, C),
                (WORK.is_("care"), C),
            ),
            {"2": ("1",), "3": ("0", "1")},
            id="a dead rule hides nothing",
        ),
        pytest.param(
            (((AMOUNT > 5) & (AMOUNT < 3), A), (None, B)), {"0": ()}, id="a range that is empty"
        ),
        pytest.param(
            ((WORK.is_("care") & WORK.is_("visit"), A), (None, B)), {"0": ()}, id="two options"
        ),
        pytest.param(
            (((AMOUNT > 5) & (AMOUNT < 3) | URGENT, A), (URGENT, B)),
            {"1": ("0",)},
            id="one alternative that never holds",
        ),
        pytest.param(
            ((URGENT, A), (~URGENT, B), ((AMOUNT > 5) & (AMOUNT < 3) | (AMOUNT > 9), C)),
            {"2": ("0", "1")},
            id="hidden in the alternative that holds",
        ),
        pytest.param(
            ((REGION.within("east"), A), (REGION.is_("shanghai"), B)),
            {"1": ("0",)},
            id="a place in a branch",
        ),
        pytest.param(((OWNER.is_known, A), (OWNER.is_("Li"), B)), {"1": ("0",)}, id="any text"),
        pytest.param(
            (
                (WORK.is_("answer") & URGENT, A),
                (WORK.is_("care") & URGENT, B),
                (AMOUNT > 5, A),
                (AMOUNT <= 5, B),
                (None, C),
            ),
            {"4": ("0", "1", "2", "3")},
            id="four together, two of them on two ways",
        ),
        pytest.param(
            ((OWNER.is_("Li"), A), (~OWNER.is_("Li"), B), (OWNER.is_("Han"), C)),
            {"2": ("1",)},
            id="any other text",
        ),
    ],
)
def test_a_rule_that_never_wins_is_hidden_by_those_that_win_where_it_holds(
    given: tuple[Given, ...], dead: dict[str, tuple[str, ...]]
) -> None:
    assert {one.rule: one.hidden_by for one in audit(*given).dead} == dead


def test_of_the_last_match_later_rules_hide_earlier_ones() -> None:
    found = audit(
        (WORK.is_("care"), A), (URGENT, B), (WORK.one_of("care", "visit"), C), match="last"
    )
    assert [(one.rule, one.hidden_by) for one in found.dead] == [("0", ("2",))]


def test_of_the_most_specific_match_narrower_rules_together_hide_a_broad_one() -> None:
    found = audit((WORK.one_of("answer", "care", "visit"), A), (None, B), match="most_specific")
    assert [(one.rule, one.hidden_by) for one in found.dead] == [("1", ("0",))]


def test_a_rule_on_a_missing_fact_holds_nowhere_unless_it_may_be_missing() -> None:
    given = ((WORK.is_missing, A), (None, B))
    assert [(one.rule, one.hidden_by) for one in audit(*given).dead] == [("0", ())]
    assert audit(*given, may_miss=("work",)).dead == ()


def test_a_rule_whose_days_lie_beyond_those_of_the_space_never_wins() -> None:
    given: tuple[Given, ...] = ((URGENT, A, MARCH), (None, B, APRIL))
    assert [(one.rule, one.hidden_by) for one in audit(*given, days=APRIL).dead] == [("0", ())]
    assert audit(*given, days=SPRING).dead == ()


def test_rules_hide_each_other_only_on_their_days() -> None:
    given: tuple[Given, ...] = ((URGENT, A, MARCH), (URGENT, B, APRIL), (URGENT, C))
    assert audit(*given, days=YEAR).dead == ()
    (hidden,) = audit(*given, days=SPRING).dead
    assert (hidden.rule, hidden.hidden_by) == ("2", ("0", "1"))
    (hidden,) = audit(*given[1:], days=APRIL).dead
    assert (hidden.rule, hidden.hidden_by) == ("1", ("0",))


# --- rules that change nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "redundant"),
    [
        pytest.param(((WORK.is_("care"), A), (None, A)), {"0": ("1",)}, id="the same for all"),
        pytest.param(((WORK.is_("care"), A), (None, B)), {}, id="another duty"),
        pytest.param(((WORK.is_("care"), A), (WORK.is_("visit"), A)), {}, id="no rule comes next"),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, A), (~URGENT, A)),
            {"0": ("1", "2")},
            id="two together",
        ),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, A), (None, B)), {}, id="one of two gives another"
        ),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, B), (None, A)), {}, id="one of them comes between"
        ),
        pytest.param(
            (((WORK.is_("care")) | (WORK.is_("visit") & URGENT), A), (WORK.is_("care"), A)),
            {},
            id="one alternative only",
        ),
        pytest.param(
            ((WORK.is_("care") | URGENT, A), (URGENT, A), (None, A)),
            {"0": ("1", "2")},
            id="its own alternatives do not cover it",
        ),
        pytest.param(
            ((URGENT, B), (WORK.is_("care"), A), (None, A)),
            {"1": ("2",)},
            id="where another rule wins nothing is asked",
        ),
        pytest.param(
            ((WORK.is_("care"), CUT), (WORK.one_of("care", "visit"), CUT)),
            {"0": ("1",)},
            id="nobody before nobody",
        ),
        pytest.param(
            (
                (None, A),
                (WORK.is_("answer") & URGENT, A),
                (WORK.is_("care") & URGENT, A),
                (AMOUNT > 5, A),
                (AMOUNT <= 5, A),
            ),
            {"0": ("1", "2", "3", "4")},
            id="four together, two of them on two ways",
        ),
    ],
)
def test_a_rule_that_changes_nothing_is_covered_by_those_that_come_next(
    given: tuple[Given, ...], redundant: dict[str, tuple[str, ...]]
) -> None:
    assert {one.rule: one.covered_by for one in audit(*given).redundant} == redundant


@pytest.mark.parametrize(
    ("given", "otherwise", "redundant"),
    [
        pytest.param(((WORK.is_("care"), A),), A, {"0": ()}, id="the default"),
        pytest.param(((WORK.is_("care"), A),), B, {}, id="another default"),
        pytest.param(((WORK.is_("care"), A),), None, {}, id="no default"),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, A)),
            A,
            {"0": ("1",), "1": ()},
            id="a rule or the default",
        ),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, A)), B, {}, id="a rule or a default with another duty"
        ),
        pytest.param(((WORK.is_("care"), CUT),), None, {}, id="nobody with a note beside nobody"),
        pytest.param(((WORK.is_("care"), CUT),), A, {}, id="nobody beside a default"),
    ],
)
def test_the_default_covers_a_rule_that_gives_the_same(
    given: tuple[Given, ...], otherwise: Duty | None, redundant: dict[str, tuple[str, ...]]
) -> None:
    found = audit(*given, otherwise=otherwise).redundant
    assert {one.rule: one.covered_by for one in found} == redundant


def test_a_dead_rule_is_not_redundant_as_well() -> None:
    found = audit((None, A), (WORK.is_("care"), A))
    assert [one.rule for one in found.dead] == ["1"]
    assert found.redundant == ()


def test_of_the_last_match_an_earlier_rule_covers_a_later_one() -> None:
    found = audit((None, A), (WORK.is_("care"), A), (URGENT, B), match="last")
    assert [(one.rule, one.covered_by) for one in found.redundant] == [("1", ("0",))]


def test_of_the_most_specific_match_a_broader_rule_covers_a_narrower_one() -> None:
    found = audit(
        (REGION.within("cn"), A),
        (REGION.within("east"), A),
        (REGION.is_("shanghai"), B),
        match="most_specific",
    )
    assert [(one.rule, one.covered_by) for one in found.redundant] == [("1", ("0",))]


def test_rules_cover_each_other_only_on_their_days() -> None:
    given: tuple[Given, ...] = ((URGENT, A, SPRING), (URGENT, A, MARCH), (None, A, APRIL))
    (found,) = audit(*given, days=SPRING).redundant
    assert (found.rule, found.covered_by) == ("0", ("1", "2"))
    assert audit(*given[:2], days=SPRING).redundant == ()
    (found,) = audit(*given[:2], days=MARCH).redundant
    assert (found.rule, found.covered_by) == ("0", ("1",))


def test_a_rule_may_change_the_answer_only_where_a_fact_is_missing() -> None:
    given = ((WORK.is_known & URGENT, A), (WORK.is_known, A), (URGENT, A))
    assert [one.rule for one in audit(*given).redundant] == ["0"]
    given = ((WORK.is_missing & URGENT, A), (URGENT, B))
    assert [(one.rule, one.hidden_by) for one in audit(*given).dead] == [("0", ())]
    found = audit(*given, may_miss=("work",))
    assert (found.dead, found.redundant) == ((), ())


# --- order alone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "pairs"),
    [
        pytest.param(((WORK.is_("care"), A), (URGENT, B)), [("0", "1")], id="two facts"),
        pytest.param(((WORK.is_("care"), A), (URGENT, A)), [], id="the same duty"),
        pytest.param(((WORK.is_("care"), A), (WORK.is_("visit"), B)), [], id="no case of both"),
        pytest.param(
            ((WORK.is_("care") & URGENT, A), (WORK.is_("care"), B)), [], id="the first is within"
        ),
        pytest.param(
            ((WORK.is_("care"), A), (WORK.is_("care") & URGENT, B)), [], id="the second is within"
        ),
        pytest.param(((WORK.is_("care"), A), (WORK.is_("care"), B)), [], id="the same cases"),
        pytest.param(((WORK.is_("care"), A), (None, B)), [], id="within everything"),
        pytest.param(((AMOUNT > 5, A), (AMOUNT < 9, B)), [("0", "1")], id="stretches that meet"),
        pytest.param(((AMOUNT > 5, A), (AMOUNT <= 6, B)), [("0", "1")], id="in one value"),
        pytest.param(((AMOUNT > 5, A), (AMOUNT <= 5, B)), [], id="stretches that touch"),
        pytest.param(
            ((WORK.one_of("care", "visit"), A), (~WORK.is_("visit"), B)), [("0", "1")], id="options"
        ),
        pytest.param(((WORK.is_("care"), CUT), (URGENT, A)), [("0", "1")], id="nobody and a duty"),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT, B), (AMOUNT > 5, A)),
            [("0", "1"), ("1", "2")],
            id="each with the next",
        ),
        pytest.param(
            ((WORK.is_("care") | (AMOUNT > 5), A), (URGENT, B)), [("0", "1")], id="a pair once"
        ),
        pytest.param(
            ((WORK.is_("care") | URGENT, A), (AMOUNT > 5, B), (WORK.is_("visit") & URGENT, C)),
            [("0", "1")],
            id="a dead rule collides with none",
        ),
        pytest.param(
            ((WORK.is_("care") & URGENT, C), (WORK.is_("care"), A), (URGENT, B)),
            [],
            id="another rule goes before both wherever they meet",
        ),
        pytest.param(
            ((WORK.is_("care") & (AMOUNT > 5), C), (WORK.is_("care"), A), (URGENT, B)),
            [("0", "2"), ("1", "2")],
            id="another rule goes before both in a part of it",
        ),
        pytest.param(
            (
                (WORK.one_of("answer", "care", "visit") & URGENT, C),
                (URGENT & (AMOUNT > 5) | ~URGENT & (AMOUNT > 9), A),
                (URGENT & (AMOUNT < 9) | ~URGENT & (AMOUNT < 3), B),
                (WORK.is_("care"), C),
            ),
            [("0", "1"), ("0", "2"), ("1", "3"), ("2", "3")],
            id="another rule goes before both whatever the work",
        ),
        pytest.param(
            (
                (WORK.is_("care") | (AMOUNT > 9), A),
                ((AMOUNT > 5) | WORK.one_of("care", "visit"), B),
            ),
            [],
            id="each alternative within one of the other",
        ),
        pytest.param(
            (((AMOUNT > 5) | WORK.one_of("care", "visit"), A), (WORK.is_("care") | URGENT, B)),
            [("0", "1")],
            id="one alternative within the other, and one not",
        ),
        pytest.param(
            (
                (WORK.is_("care") | ((AMOUNT > 5) & (AMOUNT < 3)), A),
                (WORK.one_of("care", "visit"), B),
            ),
            [],
            id="an alternative that never holds lies anywhere",
        ),
        pytest.param(
            ((WORK.is_("care"), A), (URGENT & (AMOUNT > 5) & (AMOUNT < 3), B)),
            [],
            id="an empty one",
        ),
    ],
)
def test_order_alone_decides_between_rules_that_meet_and_lie_in_neither(
    given: tuple[Given, ...], pairs: list[tuple[str, str]]
) -> None:
    assert [(one.rule, one.other) for one in audit(*given).overlaps] == pairs


def test_rules_collide_only_in_the_cases_of_the_space() -> None:
    given: tuple[Given, ...] = ((WORK.is_missing | (AMOUNT > 5), A), ((AMOUNT <= 5) & URGENT, B))
    assert audit(*given).overlaps == ()
    (one,) = audit(*given, may_miss=("work",)).overlaps
    assert one.case.en == "work: missing, amount: 5, urgent: yes"
    dated: tuple[Given, ...] = ((WORK.is_("care"), A, MARCH), (URGENT, B))
    assert [(one.rule, one.other) for one in audit(*dated, days=YEAR).overlaps] == [("0", "1")]
    assert audit(*dated, days=APRIL).overlaps == ()


def test_without_any_fact_nothing_collides() -> None:
    assert audit((None, A), (None, B)).overlaps == ()


def test_the_search_for_a_case_goes_on_where_another_rule_stands_in_the_way() -> None:
    third = NumberField("third")
    given: tuple[Given, ...] = (
        (URGENT & (third > 5), C),
        (URGENT & (third <= 5) & WORK.is_("answer"), C),
        (URGENT & (third <= 5) & WORK.is_("care"), C),
        (URGENT | (AMOUNT > 9), A),
        (~WORK.is_("answer"), B),
    )
    overlaps = {(one.rule, one.other): one.case.en for one in audit(*given).overlaps}
    assert overlaps["3", "4"] == "urgent: yes, third: 5, work: visit, amount: 9"


def test_an_overlap_shows_a_case_of_both() -> None:
    (one,) = audit((WORK.is_("care") & (AMOUNT > 5), A), (URGENT & (AMOUNT < 9), B)).overlaps
    assert one.case == Label("work: care, amount: 6, urgent: yes", "工作：care，数量：6，紧急：是")


def test_of_the_last_match_the_later_rule_goes_before_the_earlier_one() -> None:
    (one,) = audit((WORK.is_("care"), A), (URGENT, B), match="last").overlaps
    assert (one.rule, one.other) == ("1", "0")


def test_of_the_most_specific_match_order_decides_nothing() -> None:
    assert audit((WORK.is_("care"), A), (URGENT, B), match="most_specific").overlaps == ()


def test_rules_meet_only_on_days_of_both() -> None:
    care, urgent = WORK.is_("care"), as_condition(URGENT)
    apart: tuple[Given, ...] = ((care, A, MARCH), (urgent, B, APRIL))
    assert audit(*apart, days=YEAR).overlaps == ()
    together: tuple[Given, ...] = ((care, A, MARCH), (urgent, B, SPRING))
    assert [(one.rule, one.other) for one in audit(*together, days=YEAR).overlaps] == [("0", "1")]
    nested: tuple[Given, ...] = ((None, A, MARCH), (None, B, SPRING))
    assert audit(*nested, days=YEAR).overlaps == ()
    crossed: tuple[Given, ...] = ((care, A, SPRING), (None, B, MARCH))
    assert [(one.rule, one.other) for one in audit(*crossed, days=YEAR).overlaps] == [("0", "1")]


@pytest.mark.parametrize(("rules", "pairs"), [(45, 990), (46, 1000)])
def test_at_most_a_thousand_overlaps_are_told(rules: int, pairs: int) -> None:
    duties = [Duty(Seat(str(number), Label("seat", "岗"))) for number in range(rules)]
    amount = NumberField("amount")
    stretches = [
        ((amount >= number) & (amount < 100 + number), duty) for number, duty in enumerate(duties)
    ]
    found = audit(*stretches).overlaps
    assert len(found) == len({(one.rule, one.other) for one in found}) == pairs
    assert OVERLAPS_AT_MOST == 1000
    assert (found[0].rule, found[0].other) == ("0", "1")


def test_a_rule_that_names_nobody_says_more_than_no_rule() -> None:
    given: tuple[Given, ...] = ((WORK.is_("care"), NoOwner()), (URGENT, A))
    assert audit(*given).redundant == ()
