"""Consignment stock (P08-4K): class A among JUF agents, within a limit left blank by the text."""

import pytest

from kamcore.credit import ConsignmentLimit, ConsignmentVerdict, check_consignment
from kamcore.decision import Decision, MissingFact
from kamcore.errors import CurrencyMismatch, InputError, PolicyError, UnknownName
from kamcore.facts import (
    ChoiceField,
    Combinable,
    Facts,
    Fields,
    FlagField,
    NumberField,
    read_facts,
)
from kamcore.values import Label, Money, Seat, Source

TITLE = Label("Customer grading rules", "客户分级管理制度")
P08_4K = Source("P08-4K", TITLE, mark="form")
GRADE = ChoiceField("grade", options=("A", "B", "C", "D"), zh="客户等级", en="class")
AGENT = FlagField("juf_agent", zh="内销JUF代理", en="domestic JUF agent")
YEARS = NumberField("years", zh="合作年限", en="years of dealing")
CLASS_A_AGENT = GRADE.is_("A") & AGENT
CFO = Seat("cfo", Label("the finance manager", "财务经理"))


def money(amount: int) -> Money:
    """Return an amount in yuan."""
    return Money(amount, "CNY")


def policy(
    *,
    when: Combinable = CLASS_A_AGENT,
    approver: Seat | None = None,
    source: Source | None = P08_4K,
) -> ConsignmentLimit:
    """Return a limit of 100,000.00 yuan."""
    return ConsignmentLimit(when=when, limit=money(100_000), approver=approver, source=source)


def facts(rules: ConsignmentLimit, **known: object) -> Facts:
    """Return the facts of an account."""
    return read_facts({"id": "K01", **known}, rules.fields, key="id")


def ask(
    held: int,
    asked: int,
    rules: ConsignmentLimit | None = None,
    *,
    grade: str | None = "A",
    agent: bool | None = True,
) -> Decision[ConsignmentVerdict]:
    """Ask for consignment stock."""
    given = rules or policy()
    known = facts(given, grade=grade, juf_agent=agent)
    return check_consignment(known, given, held=money(held), asked=money(asked))


def ids(decision: Decision[ConsignmentVerdict]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


# --- who meets the condition ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "asked", "outcome", "headroom", "over", "would_pass"),
    [
        (0, 100_000, "allowed", 100_000, 0, 100_000),
        (0, 100_001, "refused", 100_000, 1, 100_000),
        (80_000, 20_000, "allowed", 20_000, 0, 20_000),
        (80_000, 20_001, "refused", 20_000, 1, 20_000),
        (100_000, 0, "allowed", 0, 0, 0),
        (100_000, 1, "refused", 0, 1, 0),
        (100_001, 0, "refused", -1, 1, 0),
    ],
)
def test_the_limit_itself_is_allowed(
    held: int, asked: int, outcome: str, headroom: int, over: int, would_pass: int
) -> None:
    assert ask(held, asked).value == ConsignmentVerdict(
        outcome,  # type: ignore[arg-type]  # a table of outcomes
        money(headroom),
        money(over),
        money(would_pass),
    )


def test_an_approver_may_grant_more_to_who_meets_the_condition() -> None:
    rules = policy(approver=CFO)
    decision = ask(80_000, 20_001, rules)
    assert (decision.value.outcome, decision.value.approver) == ("needs_approval", CFO)
    assert ids(decision)[0] == "credit.consignment_approval"
    within = ask(80_000, 15_000, rules)
    assert (within.value.outcome, within.value.approver) == ("allowed", None)
    assert within.reasons[0].text("en") == (
        "consignment stock of CNY 15,000.00 is allowed: CNY 5,000.00 of the limit is left after it"
    )


@pytest.mark.parametrize(
    ("held", "asked", "said"),
    [
        (
            80_000,
            50_000,
            "up to CNY 20,000.00, or all of it once CNY 30,000.00 of the stock held is settled",
        ),
        (120_000, 50_000, "all of it once CNY 70,000.00 of the stock held is settled"),
        (0, 150_000, "up to CNY 100,000.00"),
        (100_000, 50_000, "all of it once CNY 50,000.00 of the stock held is settled"),
        (
            50_000,
            100_000,
            "up to CNY 50,000.00, or all of it once CNY 50,000.00 of the stock held is settled",
        ),
        (
            50_000,
            150_000,
            "up to CNY 50,000.00, or up to CNY 100,000.00 once all stock held is settled",
        ),
        (180_000, 150_000, "up to CNY 100,000.00 once all stock held is settled"),
    ],
)
def test_what_would_pass(held: int, asked: int, said: str) -> None:
    decision = ask(held, asked)
    assert ids(decision)[2] == "credit.consignment_would_pass"
    assert decision.reasons[2].text("en") == f"would pass: {said}"


def test_the_whole_explanation() -> None:
    decision = ask(80_000, 50_000)
    assert decision.explain("en").splitlines() == [
        "consignment stock of CNY 50,000.00 is refused: it exceeds the limit by CNY 30,000.00",
        (
            "limit CNY 100,000.00 less CNY 80,000.00 held already leaves CNY 20,000.00; "
            "asked: CNY 50,000.00"
        ),
        (
            "would pass: up to CNY 20,000.00, or all of it once CNY 30,000.00 of the stock held "
            "is settled"
        ),
        "class: A, as required",
        "domestic JUF agent: yes, as required",
        (
            "Convention: the limit of CNY 100,000.00 is the company's own, "
            "as the text leaves the figure blank"
        ),
        "Source: “Customer grading rules” P08-4K",
    ]
    assert decision.explain("zh").splitlines() == [
        "不予铺货 50,000.00 元：超出铺货额度 30,000.00 元",
        (
            "铺货额度 100,000.00 元，减已铺货 80,000.00 元，可用铺货额度为 20,000.00 元；"
            "本次要求 50,000.00 元"
        ),
        "以下做法可以铺货：不超过 20,000.00 元；或先结清已铺货中的 30,000.00 元",
        "客户等级：A，符合要求",
        "内销JUF代理：是，符合要求",
        "口径：原文未写明金额，铺货额度为公司自定的 100,000.00 元",
        "依据：《客户分级管理制度》P08-4K",
    ]


@pytest.mark.parametrize(
    "source", [None, Source("P08-4K", TITLE, mark="external"), Source("own", TITLE)]
)
def test_a_figure_is_the_companys_own_only_where_the_clause_leaves_it_blank(
    source: Source | None,
) -> None:
    assert ask(0, 1, policy(source=source)).assumed == ()
    assert [one.rule.id for one in ask(0, 1).assumed] == ["credit.consignment_own_figure"]


# --- who does not, and who may --------------------------------------------------------------


@pytest.mark.parametrize("approver", [None, CFO])
def test_who_does_not_meet_the_condition_gets_none_and_nobody_grants_it(
    approver: Seat | None,
) -> None:
    decision = ask(0, 1, policy(approver=approver), grade="B")
    assert decision.value == ConsignmentVerdict("refused", money(100_000), money(0), money(0))
    assert decision.explain("en").splitlines() == [
        "consignment stock of CNY 1.00 is refused: the account does not meet the conditions for it",
        "condition not met: class is A (it is: B)",
        "Source: “Customer grading rules” P08-4K",
    ]
    assert (decision.missing, decision.assumed) == ((), ())


@pytest.mark.parametrize(
    ("grade", "agent", "missing"),
    [
        (None, True, ("grade",)),
        ("A", None, ("juf_agent",)),
        (None, None, ("grade", "juf_agent")),
    ],
)
def test_a_missing_fact_that_could_decide_leaves_it_open_and_is_named(
    grade: str | None, agent: bool | None, missing: tuple[str, ...]
) -> None:
    decision = ask(30_000, 5_000, grade=grade, agent=agent)
    assert not decision.decided
    assert tuple(fact.name for fact in decision.missing) == missing
    assert ids(decision) == ["credit.consignment_undecided", "credit.consignment_room"]


def test_what_is_open_says_what_must_be_known() -> None:
    decision = ask(30_000, 5_000, agent=None)
    assert decision.missing == (MissingFact("juf_agent", AGENT.label),)
    assert decision.reasons[0].text("en") == (
        "no consignment stock of CNY 5,000.00 can be given yet: domestic JUF agent must be known "
        "first"
    )
    assert decision.reasons[0].text("zh") == "暂不能铺货 5,000.00 元：须先明确内销JUF代理"


def test_a_missing_fact_that_cannot_decide_does_not_matter() -> None:
    decision = ask(0, 1, grade="B", agent=None)
    assert decision.value.outcome == "refused"
    assert decision.missing == ()
    assert ids(decision) == ["credit.consignment_not_entitled", "credit.consignment_unmet"]


@pytest.mark.parametrize(
    ("grade", "agent", "en", "zh"),
    [
        ("A", False, "domestic JUF agent (it is: no)", "内销JUF代理（现为：否）"),
        ("B", True, "class is A (it is: B)", "客户等级是A（现为：B）"),
    ],
)
def test_a_condition_that_is_not_met_says_what_is(
    grade: str, agent: bool, en: str, zh: str
) -> None:
    said = ask(0, 1, grade=grade, agent=agent).reasons[1]
    assert said.text("en") == f"condition not met: {en}"
    assert said.text("zh") == f"未满足铺货条件：{zh}"


def test_of_a_number_it_is_said_how_much_is_lacking() -> None:
    rules = policy(when=YEARS >= 5)
    given = read_facts({"id": "K01", "years": 3}, rules.fields, key="id")
    decision = check_consignment(given, rules, held=money(0), asked=money(1))
    assert ids(decision) == ["credit.consignment_not_entitled", "facts.short"]


def test_a_condition_may_ask_that_a_fact_is_known() -> None:
    rules = policy(when=YEARS.is_known)
    decision = check_consignment(facts(rules), rules, held=money(0), asked=money(1))
    assert decision.value.outcome == "refused"
    assert decision.missing == (MissingFact("years", YEARS.label),)


def test_the_first_alternative_that_holds_is_the_reason() -> None:
    rules = policy(when=(GRADE.is_("A") & AGENT) | (YEARS > 10))
    known = facts(rules, grade="B", juf_agent=True, years=11)
    decision = check_consignment(known, rules, held=money(0), asked=money(1))
    assert decision.value.outcome == "allowed"
    assert [dict(one.params)["field"] for one in decision.reasons[2:]] == [YEARS.label]


# --- the policy and its input ---------------------------------------------------------------


def test_the_least_limit_is_one_fen() -> None:
    fen = Money.from_minor(1, "CNY")
    rules = ConsignmentLimit(when=AGENT, limit=fen)
    decision = check_consignment(facts(rules, juf_agent=True), rules, held=money(0), asked=fen)
    assert decision.value.outcome == "allowed"


def test_the_policy_says_which_facts_it_asks_for() -> None:
    assert policy().fields == Fields((GRADE, AGENT))
    assert policy(when=AGENT).fields == Fields((AGENT,))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"when": True}, "True is not a condition; write field > value"),
        ({"limit": money(0)}, "a consignment limit of CNY 0.00; pass an amount above 0"),
        ({"limit": 5}, "ConsignmentLimit.limit is 5; pass Money"),
        ({"approver": "cfo"}, "ConsignmentLimit.approver is 'cfo'; pass Seat"),
        ({"source": "P08"}, "ConsignmentLimit.source is 'P08'; pass Source"),
        (
            {"when": AGENT & NumberField("juf_agent").is_known},
            "field 'juf_agent' means both .*; rename one of them",
        ),
    ],
)
def test_what_is_no_policy_is_refused(given: dict[str, object], message: str) -> None:
    fields: dict[str, object] = {"when": AGENT, "limit": money(1), **given}
    with pytest.raises(PolicyError, match=message):
        ConsignmentLimit(**fields)  # type: ignore[arg-type]  # what is wrong is refused


def test_values_below_0_and_other_currencies_are_refused() -> None:
    with pytest.raises(InputError, match="consignment stock: held is CNY -1"):
        ask(-1, 1)
    with pytest.raises(InputError, match="consignment stock: asked is CNY -1"):
        ask(1, -1)
    rules = policy()
    known = facts(rules, grade="A", juf_agent=True)
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        check_consignment(known, rules, held=Money(0, "USD"), asked=money(1))
    with pytest.raises(CurrencyMismatch, match="USD meets CNY"):
        check_consignment(known, rules, held=money(0), asked=Money(1, "USD"))


def test_facts_without_the_field_are_refused() -> None:
    known = read_facts({"id": "K01", "juf_agent": True}, Fields((AGENT,)), key="id")
    with pytest.raises(UnknownName, match="unknown field 'grade'"):
        check_consignment(known, policy(), held=money(0), asked=money(1))
