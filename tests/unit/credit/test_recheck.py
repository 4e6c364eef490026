"""Open orders after a lowered limit or a changed policy: which are kept, which are held."""

from collections.abc import Sequence
from datetime import date

import attrs
import pytest

from kamcore.credit import (
    BLOCKED,
    UNLIMITED,
    Commitment,
    CreditLimit,
    Exposure,
    Invoice,
    LimitPolicy,
    OverdueGate,
    Recheck,
    find_exposure,
    recheck_orders,
)
from kamcore.decision import Decision
from kamcore.errors import DuplicateName, InputError
from kamcore.values import Label, Money, Ratio, Seat, Source

AS_OF = date(2026, 3, 31)
SOURCE = Source("S2-7b", Label("Key account manual", "大客户管理手册"), mark="form")
CFO = Seat("cfo", Label("the finance manager", "财务经理"))
PLAIN = LimitPolicy(source=SOURCE)
GATED = attrs.evolve(PLAIN, overdue=OverdueGate(days=30))


def money(amount: int) -> Money:
    """Return an amount in yuan."""
    return Money(amount, "CNY")


def order(number: str, amount: int, day: int = 10, prepaid: int = 0) -> Commitment:
    """Return an order that ships on a day of April."""
    shipped = date(2026, 4, day)
    return Commitment("order", number, "K01", money(amount), shipped, prepaid=money(prepaid))


ORDERS = (order("O2", 50, 12), order("O1", 80, 11), order("O3", 30, 12))


def exposure(
    orders: Sequence[Commitment] = ORDERS,
    policy: LimitPolicy = PLAIN,
    invoices: int = 100,
    due: date = AS_OF,
) -> Exposure:
    """Return the exposure of an account with an invoice and orders."""
    owed = Invoice(number="F1", account="K01", due=due, amount=money(invoices))
    return find_exposure(
        "K01", policy, invoices=(owed,), commitments=orders, as_of=AS_OF, currency="CNY"
    ).value


def ask(
    limit: int | CreditLimit,
    orders: Sequence[Commitment] = ORDERS,
    policy: LimitPolicy = PLAIN,
    invoices: int = 100,
    due: date = AS_OF,
) -> Decision[tuple[Recheck, ...]]:
    """Check all open orders again."""
    granted = CreditLimit.up_to(money(limit)) if isinstance(limit, int) else limit
    return recheck_orders(orders, exposure(orders, policy, invoices, due), policy, limit=granted)


def kept(decision: Decision[tuple[Recheck, ...]]) -> dict[str, bool]:
    """Return which orders are kept, in their turn."""
    return {one.order.number: one.outcome == "kept" for one in decision.value}


def ids(decision: Decision[tuple[Recheck, ...]]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def options(decision: Decision[tuple[Recheck, ...]]) -> str:
    """Return what would pass."""
    last = decision.reasons[-1]
    assert last.rule.id == "credit.recheck_would_pass"
    return last.text("en").removeprefix("all would be kept: ")


# --- whose turn it is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        (260, {"O1": True, "O2": True, "O3": True}),
        (259, {"O1": True, "O2": True, "O3": False}),
        (230, {"O1": True, "O2": True, "O3": False}),
        (229, {"O1": True, "O2": False, "O3": True}),
        (210, {"O1": True, "O2": False, "O3": True}),
        (209, {"O1": True, "O2": False, "O3": False}),
        (180, {"O1": True, "O2": False, "O3": False}),
        (179, {"O1": False, "O2": True, "O3": False}),
        (100, {"O1": False, "O2": False, "O3": False}),
    ],
)
def test_orders_take_their_turn_by_day_then_number_and_a_held_one_leaves_its_room(
    limit: int, found: dict[str, bool]
) -> None:
    assert kept(ask(limit)) == found
    assert list(kept(ask(limit))) == ["O1", "O2", "O3"]


def test_what_does_not_fit_says_by_how_much_and_what_to_prepay() -> None:
    found = {one.order.number: (one.over, one.prepay) for one in ask(229).value}
    nothing = money(0)
    assert found == {
        "O1": (nothing, nothing), "O2": (money(1), money(1)), "O3": (nothing, nothing),
    }  # fmt: skip


def test_only_some_of_the_orders_may_be_asked() -> None:
    some = ORDERS[:2]
    decision = recheck_orders(
        some, exposure(ORDERS), PLAIN, limit=CreditLimit.up_to(money(229))
    )  # fmt: skip
    assert kept(decision) == {"O1": True, "O2": False}


def test_a_tolerance_counts() -> None:
    policy = attrs.evolve(PLAIN, tolerance=Ratio(3, 10))
    assert kept(ask(200, policy=policy)) == {"O1": True, "O2": True, "O3": True}


def test_a_prepaid_order_is_kept_although_nothing_else_fits() -> None:
    orders = (order("O1", 80, 11), order("O2", 50, 12, prepaid=50))
    assert kept(ask(0, orders)) == {"O1": False, "O2": True}


def test_orders_beyond_the_horizon_are_kept_and_take_no_room() -> None:
    policy = attrs.evolve(PLAIN, horizon_days=11)
    assert kept(ask(180, policy=policy)) == {"O1": True, "O2": True, "O3": True}
    assert kept(ask(179, policy=policy)) == {"O1": False, "O2": True, "O3": True}


def test_where_orders_do_not_count_each_is_weighed_alone() -> None:
    policy = attrs.evolve(PLAIN, counted=("invoices",))
    assert kept(ask(150, policy=policy)) == {"O1": False, "O2": True, "O3": True}


# --- the answer -----------------------------------------------------------------------------


def test_the_answer_counts_what_is_kept_and_held() -> None:
    decision = ask(209)
    assert decision.explain("en").splitlines() == [
        "of 3 open orders 1 can be kept; 2 must be held, for CNY 80.00 on credit",
        (
            "credit limit: CNY 209.00; exposure with these orders CNY 260.00 "
            "(open orders CNY 160.00, open invoices CNY 100.00)"
        ),
        "orders concerned: O2 (ships 2026-04-12, CNY 50.00), O3 (ships 2026-04-12, CNY 30.00)",
        (
            "all would be kept: CNY 51.00 of these orders prepaid, "
            "or CNY 51.00 of the open invoices paid first"
        ),
        (
            "Convention: orders are taken by the day they ship, then by number; one that still "
            "fits is kept though an earlier one is held"
        ),
        "Source: “Key account manual” S2-7b",
    ]
    assert decision.explain("zh").splitlines() == [
        "3 张未交货订单中，1 张可保留，2 张须暂停，涉及赊销额 80.00 元",
        (
            "信用额度：209.00 元；含上述订单的信用占用 260.00 元"
            "（未交货订单 160.00 元，未收款发票 100.00 元）"
        ),
        "涉及订单：O2（2026年4月12日发货，50.00 元）、O3（2026年4月12日发货，30.00 元）",
        "以下做法可使全部订单保留：上述订单预付 51.00 元；或先收回未收款发票中的 51.00 元",
        "口径：订单按发货日、再按编号依次复核；前单暂停而后单仍在额度内的，后单保留",
        "依据：《大客户管理手册》S2-7b",
    ]
    assert decision.fingerprint == PLAIN.fingerprint


def test_four_held_orders_are_shown_as_three_and_a_number() -> None:
    many = tuple(order(f"O{number}", 10, number) for number in range(1, 5))
    said = ask(0, many).reasons[2].text("en")
    assert said.startswith("orders concerned: O1 (")
    assert said.endswith("O3 (ships 2026-04-03, CNY 10.00) and 1 more")


@pytest.mark.parametrize("limit", [260, UNLIMITED])
def test_where_all_fits_nothing_has_to_be_held(limit: int | CreditLimit) -> None:
    decision = ask(limit)
    assert ids(decision) == ["credit.recheck_all_kept", "credit.recheck_room"]
    assert decision.reasons[0].text("en") == "none of 3 open orders has to be held"
    assert decision.assumed == ()


def test_without_orders_there_is_nothing_to_check() -> None:
    decision = ask(0, ())
    assert (decision.value, ids(decision)) == ((), ["credit.recheck_nothing"])


@pytest.mark.parametrize("keeps", ["recheck", "keep"])
def test_a_blocked_account_has_all_its_orders_held(keeps: str) -> None:
    policy = attrs.evolve(PLAIN, open_orders=keeps, approver=CFO)
    orders = (*ORDERS, order("O4", 5, 13, prepaid=5))
    decision = ask(BLOCKED, orders, policy)
    assert set(kept(decision).values()) == {False}
    assert {one.prepay for one in decision.value} == {None}
    assert ids(decision) == [
        "credit.recheck_all_held",
        "credit.recheck_room",
        "credit.recheck_blocked",
        "credit.recheck_which",
    ]
    said = decision.reasons[0]
    assert said.text("en") == "all 4 open orders must be held, for CNY 160.00 on credit"
    assert said.text("zh") == "4 张未交货订单全部须暂停，涉及赊销额 160.00 元"
    assert decision.assumed == ()


def test_open_orders_may_keep_what_they_were_accepted_with() -> None:
    policy = attrs.evolve(PLAIN, open_orders="keep")
    decision = ask(229, policy=policy)
    assert kept(decision) == {"O1": True, "O2": True, "O3": True}
    assert [one.over for one in decision.value] == [money(0), money(1), money(31)]
    assert ids(decision) == [
        "credit.recheck_kept_as_accepted",
        "credit.recheck_room",
        "credit.recheck_which",
    ]
    assert dict(decision.reasons[0].params)["failing"] == 2
    assert decision.assumed == ()


# --- what would pass ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "invoices", "said"),
    [
        (
            259,
            100,
            "CNY 1.00 of these orders prepaid, or CNY 1.00 of the open invoices paid first",
        ),
        (
            160,
            100,
            "CNY 100.00 of these orders prepaid, or CNY 100.00 of the open invoices paid first",
        ),
        (159, 100, "CNY 101.00 of these orders prepaid"),
        (99, 100, "CNY 160.00 of these orders prepaid"),
    ],
)
def test_all_are_kept_by(limit: int, invoices: int, said: str) -> None:
    assert options(ask(limit, invoices=invoices)) == said


def test_an_approver_may_release_all() -> None:
    policy = attrs.evolve(PLAIN, approver=CFO)
    assert options(ask(159, policy=policy)).endswith(", or the approval of the finance manager")


def test_where_nothing_would_pass_the_answer_says_so() -> None:
    policy = attrs.evolve(PLAIN, prepaid_passes=False)
    decision = ask(99, policy=policy)
    assert ids(decision)[-1] == "credit.nothing_would_pass"


def test_where_orders_do_not_count_each_is_prepaid_and_the_greatest_is_paid() -> None:
    policy = attrs.evolve(PLAIN, counted=("invoices",))
    assert options(ask(140, policy=policy)) == (
        "CNY 50.00 of these orders prepaid, or CNY 40.00 of the open invoices paid first"
    )


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (UNLIMITED, "the overdue CNY 100.00 paid"),
        (160, "the overdue CNY 100.00 paid"),
        (159, "the overdue CNY 100.00 paid and CNY 1.00 prepaid"),
        (300, "the overdue CNY 100.00 paid"),
    ],
)
def test_an_overdue_block_holds_all_and_paying_opens_it(
    limit: int | CreditLimit, said: str
) -> None:
    decision = ask(limit, policy=GATED, due=date(2026, 1, 1))
    assert set(kept(decision).values()) == {False}
    assert "credit.overdue_block" in ids(decision)
    assert options(decision) == f"CNY 160.00 of these orders prepaid, or {said}"


def test_an_overdue_block_alone_needs_no_convention_about_turns() -> None:
    decision = ask(UNLIMITED, policy=GATED, due=date(2026, 1, 1))
    assert decision.assumed == ()


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "kind", "message"),
    [
        (
            Commitment("delivery", "L1", "K01", money(1), AS_OF),
            InputError,
            "delivery L1 has left already; pass open orders to recheck_orders",
        ),
        (
            Commitment("order", "O1", "K02", money(1), AS_OF),
            InputError,
            "order O1 is of 'K02', not of 'K01'; pass the account's own",
        ),
        (ORDERS[0], DuplicateName, "order 'O2' appears twice"),
        (
            order("O9", 1),
            InputError,
            (
                "orders of CNY 161.00 on credit, of which the exposure has CNY 160.00; "
                "pass the orders that it counts"
            ),
        ),
    ],
)
def test_what_is_no_order_of_the_exposure_is_refused(
    wrong: Commitment, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        recheck_orders((*ORDERS, wrong), exposure(), PLAIN, limit=UNLIMITED)


def test_a_recheck_wants_a_limit_in_words() -> None:
    with pytest.raises(InputError, match="limit 0 is no credit limit; pass CreditLimit"):
        recheck_orders(ORDERS, exposure(), PLAIN, limit=0)  # type: ignore[arg-type]  # refused
