"""The order of work (S3-P08-6P and 6Q): tier, then score, then day, then as listed."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.decision import Decision
from kamcore.errors import DuplicateName, FloatRefused, NotADate, PolicyError, UnknownName
from kamcore.sla import OrderOfWork, Placed, WorkOrder, order_work
from kamcore.values import Label, Source

P08 = Source("P08-6P", Label("Customer grading rules", "客户分级管理制度"))
POLICY = OrderOfWork(tiers=("A", "B", "C"), unranked=("D",), source=P08)
EARLY, LATE = date(2013, 7, 1), date(2013, 7, 2)


def order(name: str, tier: str = "A", score: int | str | None = 50, day: date = EARLY) -> WorkOrder:
    number = None if score is None else Decimal(score)
    return WorkOrder(name, tier=tier, score=number, received=day)


def placed(*orders: WorkOrder) -> Decision[tuple[Placed, ...]]:
    return order_work(orders, POLICY)


@pytest.mark.parametrize(
    ("first", "then", "behind"),
    [
        pytest.param(order("one"), order("two", "B", 99), "tier", id="tier before score"),
        pytest.param(
            order("one", "C", None), order("two", "D", 99), "unranked", id="unranked last"
        ),
        pytest.param(
            order("one", score="50.01", day=LATE), order("two", score=50), "score", id="score"
        ),
        pytest.param(
            order("one", score=0), order("two", score=None), "unscored", id="no score last"
        ),
        pytest.param(order("one"), order("two", day=LATE), "date", id="day"),
        pytest.param(
            order("one", score=None),
            order("two", score=None, day=LATE),
            "date",
            id="day without scores",
        ),
        pytest.param(
            order("one", score="50.0"), order("two", score="50.00"), "listed", id="listed"
        ),
    ],
)
def test_what_puts_an_order_behind(first: WorkOrder, then: WorkOrder, behind: str) -> None:
    given = [(first, then)] if behind == "listed" else [(first, then), (then, first)]
    for orders in given:
        assert placed(*orders).value == (
            Placed(1, "one", "first"),
            Placed(2, "two", behind, first.tier if behind == "tier" else None),  # type: ignore[arg-type]
        )


def test_orders_equal_in_all_keep_the_order_in_which_they_are_given() -> None:
    names = ("c", "a", "b")
    answer = placed(*(order(name) for name in names)).value
    assert tuple(one.order for one in answer) == names
    assert [one.behind for one in answer] == ["first", "listed", "listed"]


def test_orders_may_come_in_any_collection() -> None:
    orders = (order("O1", "B"), order("O2"))
    answer = order_work(orders, POLICY)
    assert [one.order for one in answer.value] == ["O2", "O1"]
    assert order_work(list(orders), POLICY) == order_work(iter(orders), POLICY) == answer


def test_no_order_is_an_answer() -> None:
    decision = placed()
    assert decision.value == ()
    assert [reason.rule.id for reason in decision.reasons] == [
        "sla.order_none",
        "sla.order_of_work",
    ]


def test_the_answer_names_the_tiers_and_what_is_not_stated() -> None:
    decision = placed(order("O1", "D"), order("O2", "D", None), order("O3", "A", None))
    assert [reason.rule.id for reason in decision.reasons] == [
        "sla.order_first",
        "sla.order_of_work",
        "sla.order_unranked",
        "sla.order_unscored",
    ]
    assert decision.reasons[0].source == P08
    assert decision.explain("en").splitlines()[:4] == [
        "O3 goes first, of 3 orders",
        "in this order: class A, class B, class C; within a class the higher score first",
        "nothing is stated about the place of class D",
        "without a score: O2, O3",
    ]
    assert decision.explain("zh").splitlines()[:4] == [
        "共 3 张订单，O3排在最前",
        "依次为A类、B类、C类；同类内按积分由高到低",
        "原文未写明D类的次序",
        "缺少积分：O2、O3",
    ]
    assert [reason.rule.id for reason in decision.assumed] == [
        "sla.order_then",
        "sla.order_unranked_last",
        "sla.order_unscored_last",
    ]
    assert [reason.text("en") for reason in decision.assumed[1:]] == [
        "orders of class D come last",
        "an order without a score comes last in its class",
    ]
    assert [reason.text("zh") for reason in decision.assumed[1:]] == [
        "D类订单排在最后",
        "缺少积分的订单排在本类最后",
    ]
    assert (decision.missing, decision.fingerprint) == ((), POLICY.fingerprint)


def test_what_does_not_come_up_is_not_said() -> None:
    decision = placed(order("O1"), order("O2", "C"))
    assert [reason.rule.id for reason in decision.reasons] == [
        "sla.order_first",
        "sla.order_of_work",
    ]
    assert [reason.rule.id for reason in decision.assumed] == ["sla.order_then"]


@pytest.mark.parametrize(
    ("behind", "ahead", "words"),
    [
        ("first", None, Label("first of all", "排在最前")),
        ("tier", "A", Label("behind an order of class A", "排在A类订单之后")),
        ("tier", "gold", Label("behind an order of tier gold", "排在等级gold订单之后")),
        (
            "tier",
            None,
            Label("behind an order of a class that goes first", "排在次序在前的类别之后"),
        ),
        ("unranked", None, Label("its place is not stated: last", "原文未写明次序，排在最后")),
        (
            "score",
            None,
            Label("behind a higher score in the same class", "排在积分较高的订单之后"),
        ),
        ("unscored", None, Label("no score: last in its class", "缺少积分，排在本类最后")),
        ("date", None, Label("behind an order of an earlier day", "排在下单日期较早的订单之后")),
        ("listed", None, Label("equal in all: as listed", "各项相同，按提交顺序")),
    ],
)
def test_what_decided_in_words(behind: str, ahead: str | None, words: Label) -> None:
    assert Placed(1, "O1", behind, ahead).label == words  # type: ignore[arg-type]


def test_one_order_is_in_the_singular() -> None:
    (first, _) = placed(order("O1")).reasons
    assert first.text("en") == "O1 goes first, of 1 order"


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ((order("O1", "E"),), "unknown tier 'E'; known are 'A', 'B', 'C', 'D'"),
        ((order("O1", "a"),), "unknown tier 'a'; did you mean 'A'?"),
    ],
)
def test_a_tier_of_which_nothing_is_said_is_refused(
    orders: tuple[WorkOrder, ...], message: str
) -> None:
    with pytest.raises(UnknownName) as fault:
        order_work(orders, POLICY)
    assert str(fault.value) == message


def test_an_order_that_stands_twice_is_refused() -> None:
    with pytest.raises(DuplicateName) as fault:
        placed(order("O1"), order("O1", "B"))
    assert str(fault.value) == "order 'O1' appears twice; rename or remove one"


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        ({"tiers": ()}, PolicyError, "no tier is ranked; name them from first to last"),
        (
            {"tiers": ("A", "A")},
            DuplicateName,
            "tier 'A' appears twice; rename or remove one",
        ),
        (
            {"unranked": ("A",)},
            DuplicateName,
            "tier 'A' appears twice; rename or remove one",
        ),
        (
            {"tiers": ["A"]},
            PolicyError,
            "OrderOfWork.tiers is ['A']; pass a tuple, such as (a, b) or (a,)",
        ),
    ],
    ids=["no tier", "twice", "ranked and unranked", "a list"],
)
def test_a_policy_that_cannot_be_is_refused(
    changes: dict[str, object], kind: type[PolicyError], message: str
) -> None:
    with pytest.raises(kind) as fault:
        attrs.evolve(POLICY, **changes)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        (
            {"score": 50.0},
            FloatRefused,
            'score is the float 50.0; pass an int or Decimal("50.0")',
        ),
        (
            {"received": datetime(2013, 7, 1)},
            NotADate,
            (
                "day of the order datetime.datetime(2013, 7, 1, 0, 0) is not a date; "
                "take its date in a zone: value.astimezone(zone).date()"
            ),
        ),
        ({"id": " "}, PolicyError, "WorkOrder.id is ' '; pass a name"),
        ({"tier": ""}, PolicyError, "WorkOrder.tier is ''; pass a name"),
    ],
    ids=["float", "instant", "no id", "no tier"],
)
def test_an_order_that_cannot_be_is_refused(
    changes: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as fault:
        attrs.evolve(order("O1"), **changes)
    assert str(fault.value) == message
