"""Credit limits and the check of a request: outcome, headroom, and what would pass (S2-7b)."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from kamcore.credit import (
    BLOCKED,
    UNLIMITED,
    Commitment,
    CreditLimit,
    CreditRequest,
    CreditVerdict,
    Exposure,
    LimitPolicy,
    OverdueGate,
    check_credit,
    find_exposure,
)
from kamcore.decision import Decision
from kamcore.errors import CurrencyMismatch, InputError, NotADate, PolicyError
from kamcore.values import Label, Money, Ratio, Seat, Source

AS_OF = date(2026, 3, 31)
TITLE = Label("Key account manual", "大客户管理手册")
S2_7B, GATE_CLAUSE = Source("S2-7b", TITLE, mark="form"), Source("own", TITLE)
CFO = Seat("cfo", Label("the finance manager", "财务经理"))
PLAIN = LimitPolicy(source=S2_7B)
GATE = OverdueGate(days=30, at_least=Money(100, "CNY"), source=GATE_CLAUSE)
GATED = attrs.evolve(PLAIN, overdue=GATE)


def money(amount: int) -> Money:
    """Return an amount in yuan."""
    return Money(amount, "CNY")


def up_to(amount: int) -> CreditLimit:
    """Return a credit limit in yuan."""
    return CreditLimit.up_to(money(amount))


def exposed(
    invoices: int = 0, *, orders: int = 0, notes: int = 0, overdue: int = 0, late: str = "F1"
) -> Exposure:
    """Return an exposure of these sums."""
    return Exposure(
        account="K01",
        as_of=AS_OF,
        orders=money(orders),
        deliveries=money(0),
        invoices=money(invoices),
        credit_notes=money(notes),
        beyond_horizon=money(0),
        overdue=money(overdue),
        overdue_invoices=tuple(late.split()) if overdue else (),
        oldest_overdue_days=40 if overdue else 0,
    )


def request(
    amount: int,
    stage: str = "order",
    *,
    prepaid: int = 0,
    replaces: int = 0,
    day: date | None = None,
) -> CreditRequest:
    """Return a request for an order."""
    return CreditRequest(
        "O9",
        money(amount),
        stage,  # type: ignore[arg-type]  # a table of stages
        prepaid=money(prepaid),
        replaces=money(replaces),
        day=day,
    )


def ids(decision: Decision[CreditVerdict]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def numbers(verdict: CreditVerdict) -> tuple[str, Money | None, Money, Money | None, Money | None]:
    """Return the outcome and the four amounts."""
    return (
        verdict.outcome, verdict.headroom, verdict.over, verdict.would_pass, verdict.prepay,
    )  # fmt: skip


# --- the limit ------------------------------------------------------------------------------


def test_three_limits_are_three_different_things() -> None:
    kinds = {UNLIMITED, BLOCKED, up_to(0)}
    assert len(kinds) == 3
    assert up_to(0) == CreditLimit("up_to", money(0))
    assert [one.label for one in (UNLIMITED, BLOCKED, up_to(0), up_to(5))] == [
        Label("unlimited", "不设上限"),
        Label("blocked", "已冻结"),
        Label("CNY 0.00 (nothing on credit)", "0.00 元（不予赊销）"),
        Label("CNY 5.00", "5.00 元"),
    ]


@pytest.mark.parametrize(
    ("kind", "amount", "message"),
    [
        ("up_to", None, "credit limit 'up_to' with amount None; write CreditLimit.up_to"),
        ("unlimited", money(0), "credit limit 'unlimited' with amount CNY 0.00; write"),
        ("blocked", money(0), "credit limit 'blocked' with amount CNY 0.00; write"),
        ("up_to", money(-1), "a credit limit of CNY -1.00; pass 0 or more, or write BLOCKED"),
        ("up_to", 0, "CreditLimit.amount is 0; pass Money"),
        ("none", None, "CreditLimit.kind 'none' is no named convention"),
    ],
)
def test_what_could_mean_two_things_is_no_limit(kind: str, amount: object, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        CreditLimit(kind, amount)  # type: ignore[arg-type]  # what is wrong is refused


@pytest.mark.parametrize("limit", [None, 0, money(0)])
def test_a_check_wants_a_limit_in_words(limit: object) -> None:
    with pytest.raises(InputError, match="is no credit limit; pass CreditLimit"):
        check_credit(request(1), exposed(), PLAIN, limit=limit)  # type: ignore[arg-type]  # refused


@pytest.mark.parametrize(
    ("limit", "tolerance", "most"),
    [
        (up_to(100), Ratio(0), 10_000),
        (up_to(100), Ratio(1, 10), 11_000),
        (up_to(100), Ratio(1, 3), 13_333),
        (CreditLimit.up_to(Money.from_minor(101, "CNY")), Ratio(199, 10_000), 103),
    ],
)
def test_a_tolerance_is_rounded_down(limit: CreditLimit, tolerance: Ratio, most: int) -> None:
    assert limit.with_tolerance(tolerance) == Money.from_minor(most, "CNY")


# --- the request ----------------------------------------------------------------------------


def test_a_request_asks_for_what_is_not_prepaid() -> None:
    plain = CreditRequest("O9", money(100), "order")
    assert (plain.prepaid, plain.replaces, plain.day) == (money(0), money(0), None)
    assert plain.on_credit == money(100)
    assert request(100, prepaid=40).on_credit == money(60)


@pytest.mark.parametrize(
    ("stage", "en", "zh"),
    [
        ("quote", "quote O9 of CNY 5.00", "报价单 O9（5.00 元）"),
        ("order", "order O9 of CNY 5.00", "订单 O9（5.00 元）"),
        ("delivery", "delivery O9 of CNY 5.00", "发货单 O9（5.00 元）"),
        ("invoice", "invoice O9 of CNY 5.00", "发票 O9（5.00 元）"),
    ],
)
def test_a_request_in_words(stage: str, en: str, zh: str) -> None:
    assert request(5, stage).label == Label(en, zh)


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        ({"number": ""}, PolicyError, "CreditRequest.number is ''; pass a name"),
        ({"amount": 1}, PolicyError, "CreditRequest.amount is 1; pass Money"),
        ({"stage": "orders"}, PolicyError, "CreditRequest.stage 'orders' is no named convention"),
        ({"prepaid": 0}, PolicyError, "CreditRequest.prepaid is 0; pass Money"),
        ({"replaces": 0}, PolicyError, "CreditRequest.replaces is 0; pass Money"),
        ({"amount": money(-1)}, InputError, "order O9: amount is CNY -1.00; pass 0 or more"),
        ({"prepaid": money(-1)}, InputError, "order O9: prepaid is CNY -1.00; pass 0 or more"),
        ({"replaces": money(-1)}, InputError, "order O9: replaces is CNY -1.00; pass 0 or more"),
        (
            {"prepaid": Money.from_minor(10_001, "CNY")},
            InputError,
            "order O9 of CNY 100.00: CNY 100.01 prepaid; pass at most the amount",
        ),
        ({"prepaid": Money(1, "USD")}, CurrencyMismatch, "USD meets CNY"),
        ({"day": datetime(2026, 4, 1)}, NotADate, "order O9: day .* is not a date"),
    ],
)
def test_what_is_no_request_is_refused(
    given: dict[str, object], kind: type[Exception], message: str
) -> None:
    fields: dict[str, object] = {"number": "O9", "amount": money(100), "stage": "order", **given}
    with pytest.raises(kind, match=message):
        CreditRequest(**fields)  # type: ignore[arg-type]  # what is wrong is refused


# --- the limit binds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "outcome", "over"),
    [(9_999, "allowed", 0), (10_000, "allowed", 0), (10_001, "refused", 1)],
)
def test_the_limit_itself_passes_and_one_fen_more_does_not(
    asked: int, outcome: str, over: int
) -> None:
    wanted = attrs.evolve(request(0), amount=Money.from_minor(asked, "CNY"))
    verdict = check_credit(wanted, exposed(200), PLAIN, limit=up_to(300)).value
    assert numbers(verdict) == (
        outcome,
        money(100),
        Money.from_minor(over, "CNY"),
        money(100),
        Money.from_minor(over, "CNY"),
    )


@pytest.mark.parametrize(
    ("asked", "outcome", "over", "rule"),
    [
        (100, "allowed", 0, "credit.within_limit"),
        (101, "allowed", 0, "credit.within_tolerance"),
        (130, "allowed", 0, "credit.within_tolerance"),
        (131, "refused", 1, "credit.over_limit"),
    ],
)
def test_a_tolerance_lets_the_limit_be_exceeded_and_says_so(
    asked: int, outcome: str, over: int, rule: str
) -> None:
    policy = attrs.evolve(PLAIN, tolerance=Ratio(1, 10))
    decision = check_credit(request(asked), exposed(200), policy, limit=up_to(300))
    verdict = decision.value
    assert (verdict.outcome, verdict.over) == (outcome, money(over))
    assert (verdict.headroom, verdict.would_pass) == (money(100), money(130))
    assert ids(decision)[0] == rule
    if rule == "credit.within_tolerance":
        said = dict(decision.reasons[0].params)
        assert (said["over"], said["tolerance"]) == (money(asked - 100), Ratio(1, 10))


def test_over_the_limit_with_its_tolerance_is_told_as_both() -> None:
    policy = attrs.evolve(PLAIN, tolerance=Ratio(1, 10))
    decision = check_credit(request(131), exposed(200), policy, limit=up_to(300))
    assert decision.reasons[0].text("en") == (
        "order O9 of CNY 131.00 is refused: it exceeds the credit limit with its tolerance of 10% "
        "(CNY 330.00 in all) by CNY 1.00"
    )
    assert decision.reasons[0].text("zh") == (
        "订单 O9（131.00 元）不予放行：超出信用额度（含 10% 容差，共 330.00 元） 1.00 元"
    )


@pytest.mark.parametrize(
    ("approver", "outcome", "rule"),
    [(None, "refused", "credit.over_limit"), (CFO, "needs_approval", "credit.over_limit_approval")],
)
def test_an_approver_may_grant_what_is_over(approver: Seat | None, outcome: str, rule: str) -> None:
    policy = attrs.evolve(PLAIN, approver=approver)
    decision = check_credit(request(101), exposed(200), policy, limit=up_to(300))
    assert (decision.value.outcome, decision.value.approver) == (outcome, approver)
    assert ids(decision) == [rule, "credit.room", "credit.order_would_pass"]
    allowed = check_credit(request(100), exposed(200), policy, limit=up_to(300))
    assert allowed.value.approver is None


@pytest.mark.parametrize(("asked", "outcome"), [(200, "allowed"), (201, "refused")])
def test_a_changed_order_is_checked_whole_and_its_old_amount_no_longer_counts(
    asked: int, outcome: str
) -> None:
    wanted = request(asked, replaces=100)
    decision = check_credit(wanted, exposed(100, orders=100), PLAIN, limit=up_to(300))
    assert decision.value.outcome == outcome
    assert (decision.value.headroom, decision.value.would_pass) == (money(200), money(200))
    assert ids(decision)[1] == "credit.room_replaced"
    assert dict(decision.reasons[1].params)["replaced"] == money(100)
    if outcome == "allowed":
        assert dict(decision.reasons[0].params)["left"] == money(0)


@pytest.mark.parametrize(("notes", "outcome"), [(-1, "allowed"), (0, "refused")])
def test_credit_notes_make_room(notes: int, outcome: str) -> None:
    verdict = check_credit(request(101), exposed(200, notes=notes), PLAIN, limit=up_to(300)).value
    assert verdict.outcome == outcome


def test_an_exceeded_limit_has_a_headroom_below_0() -> None:
    decision = check_credit(request(10), exposed(200), PLAIN, limit=up_to(150))
    assert numbers(decision.value) == ("refused", money(-50), money(60), money(0), money(10))
    options = dict(decision.reasons[-1].params)["options"]
    assert options == Label(
        "CNY 10.00 of it prepaid, or CNY 60.00 of the open invoices paid first",
        "预付 10.00 元；或先收回未收款发票中的 60.00 元",
    )


@pytest.mark.parametrize(("invoices", "told"), [(59, False), (60, True)])
def test_paying_first_is_told_only_where_the_open_invoices_are_enough(
    invoices: int, told: bool
) -> None:
    exposure = exposed(invoices, orders=200 - invoices)
    decision = check_credit(request(10), exposure, PLAIN, limit=up_to(150))
    options = dict(decision.reasons[-1].params)["options"]
    assert isinstance(options, Label)
    assert ("paid first" in options.en) is told


def test_where_nothing_passes_the_answer_says_so() -> None:
    policy = attrs.evolve(PLAIN, prepaid_passes=False)
    decision = check_credit(request(10), exposed(orders=200), policy, limit=up_to(150))
    assert numbers(decision.value) == ("refused", money(-50), money(60), money(0), None)
    assert ids(decision)[-1] == "credit.nothing_would_pass"


def test_where_nothing_passes_what_is_overdue_is_paid_first() -> None:
    policy = attrs.evolve(GATED, prepaid_passes=False)
    exposure = exposed(100, orders=200, overdue=100)
    last = check_credit(request(10), exposure, policy, limit=up_to(150)).reasons[-1]
    assert last.rule.id == "credit.nothing_would_pass_overdue"
    assert last.text("en") == (
        "nothing would pass until the overdue CNY 100.00 is paid and the exposure falls or the "
        "limit rises"
    )
    assert last.text("zh") == ("须先收回逾期款项 100.00 元，且信用占用下降或信用额度提高，方可放行")


# --- unlimited, nothing on credit, blocked --------------------------------------------------


def test_unlimited_credit_has_no_headroom_and_passes() -> None:
    decision = check_credit(request(1_000_000), exposed(200), PLAIN, limit=UNLIMITED)
    assert numbers(decision.value) == ("allowed", None, money(0), None, money(0))
    assert ids(decision) == ["credit.unlimited", "credit.exposed"]


@pytest.mark.parametrize(("prepaid", "outcome"), [(99, "refused"), (100, "allowed")])
def test_a_limit_of_0_grants_nothing_on_credit_and_lets_prepaid_orders_pass(
    prepaid: int, outcome: str
) -> None:
    decision = check_credit(request(100, prepaid=prepaid), exposed(), PLAIN, limit=up_to(0))
    assert decision.value.outcome == outcome
    assert dict(decision.reasons[1].params)["limit"] == up_to(0).label


@pytest.mark.parametrize("policy", [PLAIN, attrs.evolve(PLAIN, approver=CFO)])
@pytest.mark.parametrize("prepaid", [0, 100])
def test_a_blocked_account_gets_nothing_prepaid_or_not_and_nobody_grants_it(
    policy: LimitPolicy, prepaid: int
) -> None:
    decision = check_credit(request(100, prepaid=prepaid), exposed(200), policy, limit=BLOCKED)
    assert numbers(decision.value) == ("refused", money(0), money(100 - prepaid), money(0), None)
    assert decision.value.approver is None
    assert ids(decision) == ["credit.blocked", "credit.exposed"]
    assert decision.assumed == ()


# --- prepaid --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passes", "outcome", "prepay"), [(True, "allowed", 0), (False, "refused", None)]
)
def test_prepaid_passes_says_whether_what_is_prepaid_in_full_goes_over_an_exceeded_limit(
    passes: bool, outcome: str, prepay: int | None
) -> None:
    policy = attrs.evolve(PLAIN, prepaid_passes=passes)
    decision = check_credit(request(10, prepaid=10), exposed(200), policy, limit=up_to(150))
    verdict = decision.value
    assert verdict.outcome == outcome
    assert verdict.prepay == (None if prepay is None else money(prepay))
    assert verdict.would_pass == money(10 if passes else 0)
    assert ids(decision)[0] == ("credit.fully_prepaid" if passes else "credit.over_limit")
    assert [one.rule.id for one in decision.assumed] == (
        ["credit.prepaid_passes"] if passes else []
    )


def test_what_is_prepaid_in_full_passes_within_the_limit_too() -> None:
    policy = attrs.evolve(PLAIN, prepaid_passes=False)
    decision = check_credit(request(10, prepaid=10), exposed(200), policy, limit=up_to(200))
    assert ids(decision) == ["credit.within_limit", "credit.room"]


def test_a_limit_that_is_just_used_up_leaves_what_is_prepaid() -> None:
    policy = attrs.evolve(PLAIN, prepaid_passes=False)
    decision = check_credit(request(10, prepaid=4), exposed(200), policy, limit=up_to(200))
    assert numbers(decision.value) == ("refused", money(0), money(6), money(4), money(6))


def test_a_part_prepaid_asks_for_the_rest_and_the_mend_says_how_much_more() -> None:
    decision = check_credit(request(100, prepaid=40), exposed(200), PLAIN, limit=up_to(250))
    assert numbers(decision.value) == ("refused", money(50), money(10), money(90), money(10))
    assert (
        decision.reasons[1]
        .text("en")
        .endswith("asked on credit: CNY 60.00 (CNY 100.00 less CNY 40.00 prepaid)")
    )
    assert decision.reasons[-1].text("en") == (
        "would pass: the order reduced to CNY 90.00, or CNY 10.00 more prepaid, "
        "or CNY 10.00 of the open invoices paid first"
    )
    assert decision.reasons[-1].text("zh") == (
        "以下做法可以放行：将订单金额减至 90.00 元；或再预付 10.00 元；"
        "或先收回未收款发票中的 10.00 元"
    )


# --- the overdue block ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "outcome", "rules"),
    [
        (0, "allowed", ["credit.within_limit", "credit.room"]),
        (99, "allowed", ["credit.within_limit", "credit.room", "credit.overdue_below_block"]),
        (
            100,
            "refused",
            [
                "credit.overdue_refused", "credit.room", "credit.overdue_block",
                "credit.order_would_pass",
            ],
        ),
    ],
)  # fmt: skip
def test_the_block_has_a_threshold(overdue: int, outcome: str, rules: list[str]) -> None:
    decision = check_credit(request(10), exposed(200, overdue=overdue), GATED, limit=up_to(300))
    assert decision.value.outcome == outcome
    assert ids(decision) == rules


def test_a_block_names_three_invoices_and_its_clause() -> None:
    exposure = exposed(900, overdue=400, late="F1 F2 F3 F4 F5")
    decision = check_credit(request(10), exposure, GATED, limit=UNLIMITED)
    gate = decision.reasons[2]
    assert gate.text("en") == (
        "CNY 400.00 is overdue for more than 30 days: F1, F2, F3 and 2 more; "
        "the block starts at: CNY 100.00 or more"
    )
    assert gate.text("zh") == (
        "逾期超过 30 天的款项为 400.00 元：F1、F2、F3等 5 张；停止放行标准：100.00 元（含）以上"
    )
    assert gate.source == GATE_CLAUSE
    assert decision.reasons[0].source == GATE_CLAUSE
    assert decision.reasons[-1].text("en") == (
        "would pass: CNY 10.00 of it prepaid, or what is overdue paid down to less than CNY 100.00"
    )


def test_a_block_without_a_clause_rests_on_that_of_the_policy() -> None:
    policy = attrs.evolve(PLAIN, overdue=OverdueGate(days=30))
    decision = check_credit(request(10), exposed(900, overdue=1), policy, limit=UNLIMITED)
    assert decision.reasons[0].source == S2_7B


def test_an_approver_may_grant_over_a_block() -> None:
    policy = attrs.evolve(GATED, approver=CFO)
    decision = check_credit(request(10), exposed(200, overdue=100), policy, limit=up_to(300))
    verdict = decision.value
    assert numbers(verdict) == ("needs_approval", money(100), money(0), money(0), money(10))
    assert verdict.approver == CFO
    assert decision.reasons[0].text("zh") == (
        "订单 O9（10.00 元）须经财务经理批准：该客户逾期超过 30 天的款项为 100.00 元"
    )


@pytest.mark.parametrize(
    ("prepaid", "passes", "outcome", "would_pass", "prepay"),
    [
        (100, True, "allowed", 100, 0),
        (99, True, "refused", 99, 1),
        (100, False, "refused", 0, None),
        (0, False, "refused", 0, None),
    ],
)
def test_what_is_prepaid_in_full_passes_over_a_block(
    prepaid: int, passes: bool, outcome: str, would_pass: int, prepay: int | None
) -> None:
    policy = attrs.evolve(GATED, prepaid_passes=passes)
    exposure = exposed(200, overdue=100)
    verdict = check_credit(request(100, prepaid=prepaid), exposure, policy, limit=up_to(900)).value
    expected = None if prepay is None else money(prepay)
    assert (verdict.outcome, verdict.would_pass, verdict.prepay) == (
        outcome, money(would_pass), expected,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "counted", "option"),
    [
        (200, ("invoices",), "the overdue CNY 100.00 paid"),
        (199, ("invoices",), "the overdue CNY 100.00 paid and CNY 1.00 prepaid"),
        (100, ("invoices",), "the overdue CNY 100.00 paid and CNY 100.00 prepaid"),
        (99, ("invoices",), None),
        (250, ("orders",), "the overdue CNY 100.00 paid and CNY 50.00 prepaid"),
    ],
)
def test_over_the_limit_and_overdue_at_once_the_mend_covers_both(
    limit: int, counted: tuple[str, ...], option: str | None
) -> None:
    policy = attrs.evolve(GATED, counted=counted)
    exposure = exposed(200, overdue=100)
    decision = check_credit(request(100), exposure, policy, limit=up_to(limit))
    over = decision.value.over
    options = dict(decision.reasons[-1].params)["options"]
    prepaid = "CNY 100.00 of it prepaid"
    assert isinstance(options, Label)
    assert options.en == (prepaid if option is None else f"{prepaid}, or {option}")
    assert (
        decision.reasons[1]
        .text("en")
        .endswith(f"asked on credit: CNY 100.00, which is {over} too much")
    )


# --- the stage and the horizon --------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [("quote", "allowed"), ("order", "refused"), ("delivery", "refused"), ("invoice", "allowed")],
)
def test_credit_is_checked_before_the_goods_leave_and_not_when_they_are_invoiced(
    stage: str, outcome: str
) -> None:
    decision = check_credit(request(101, stage), exposed(200), PLAIN, limit=up_to(300))
    assert decision.value.outcome == outcome
    checked = outcome == "refused"
    assert ids(decision)[0] == ("credit.over_limit" if checked else "credit.stage_not_checked")


@pytest.mark.parametrize("stage", ["quote", "order", "delivery", "invoice"])
def test_the_stages_are_a_choice(stage: str) -> None:
    policy = attrs.evolve(PLAIN, checked_at=(stage,))
    outcomes = {
        one: check_credit(request(101, one), exposed(200), policy, limit=up_to(300)).value.outcome
        for one in ("quote", "order", "delivery", "invoice")
    }
    assert [one for one, outcome in outcomes.items() if outcome == "refused"] == [stage]


@pytest.mark.parametrize("approver", [None, CFO])
def test_a_stage_that_is_not_checked_says_what_a_check_would_find(approver: Seat | None) -> None:
    policy = attrs.evolve(PLAIN, approver=approver)
    decision = check_credit(request(101, "invoice"), exposed(200), policy, limit=up_to(300))
    assert numbers(decision.value) == ("allowed", money(100), money(1), money(100), money(1))
    assert decision.value.approver is None
    assert ids(decision) == [
        "credit.stage_not_checked",
        "credit.check_would_give",
        "credit.room",
        "credit.order_would_pass",
    ]
    what = "is refused" if approver is None else "needs the approval of the finance manager"
    assert decision.reasons[1].text("en") == (
        f"a check would answer: invoice O9 of CNY 101.00 {what}: "
        "it exceeds the credit limit by CNY 1.00"
    )


def test_delivered_goods_are_invoiced_even_to_a_blocked_account() -> None:
    decision = check_credit(request(1, "invoice"), exposed(), PLAIN, limit=BLOCKED)
    assert decision.value.outcome == "allowed"
    assert ids(decision)[:2] == ["credit.stage_not_checked", "credit.check_would_give"]


@pytest.mark.parametrize(
    ("stage", "day", "outcome"),
    [
        ("order", date(2026, 4, 30), "refused"),
        ("order", date(2026, 5, 1), "allowed"),
        ("order", None, "refused"),
        ("delivery", date(2026, 5, 1), "refused"),
    ],
    ids=["on the last day", "the day after", "no day", "goods that leave now"],
)
def test_an_order_that_ships_beyond_the_horizon_is_not_held_against_the_limit(
    stage: str, day: date | None, outcome: str
) -> None:
    policy = attrs.evolve(PLAIN, horizon_days=30)
    decision = check_credit(request(101, stage, day=day), exposed(200), policy, limit=up_to(300))
    assert decision.value.outcome == outcome
    if outcome == "allowed":
        assert numbers(decision.value) == ("allowed", money(100), money(0), None, money(0))
        assert decision.reasons[0].text("en") == (
            "order O9 of CNY 101.00 is allowed: it ships on 2026-05-01, and only what ships by "
            "2026-04-30 counts for now"
        )


@pytest.mark.parametrize(
    ("limit", "replaces", "prepaid", "rule"),
    [
        (up_to(300), 0, 0, "credit.room_later"),
        (up_to(300), 50, 0, "credit.room_replaced_later"),
        (UNLIMITED, 0, 0, "credit.exposed_later"),
        (up_to(300), 0, 101, "credit.room"),
        (BLOCKED, 0, 0, "credit.exposed"),
    ],
)
def test_what_ships_beyond_the_horizon_takes_no_credit_yet(
    limit: CreditLimit, replaces: int, prepaid: int, rule: str
) -> None:
    policy = attrs.evolve(PLAIN, horizon_days=30)
    wanted = request(101, day=date(2026, 5, 1), replaces=replaces, prepaid=prepaid)
    said = check_credit(wanted, exposed(200), policy, limit=limit).reasons[1]
    assert said.rule.id == rule
    later = rule.endswith("_later")
    assert said.text("en").endswith("; not counted yet: CNY 101.00") is later
    assert said.text("zh").endswith("；本次暂不占用 101.00 元") is later


def test_an_order_within_the_horizon_passes_by_the_limit() -> None:
    policy = attrs.evolve(PLAIN, horizon_days=30)
    wanted = request(100, day=date(2026, 4, 30))
    decision = check_credit(wanted, exposed(200), policy, limit=up_to(300))
    assert ids(decision) == ["credit.within_limit", "credit.room"]


def test_an_overdue_block_holds_beyond_the_horizon_too() -> None:
    policy = attrs.evolve(GATED, horizon_days=30)
    wanted = request(10, day=date(2027, 1, 1))
    decision = check_credit(wanted, exposed(200, overdue=100), policy, limit=up_to(300))
    assert decision.value.outcome == "refused"
    assert ids(decision)[0] == "credit.overdue_refused"


@pytest.mark.parametrize(("asked", "outcome"), [(50, "allowed"), (51, "refused")])
def test_a_bucket_has_a_limit_of_its_own_by_a_second_policy(asked: int, outcome: str) -> None:
    orders = LimitPolicy(counted=("orders",), checked_at=("order",))
    own = exposed(orders=100)
    verdict = check_credit(request(asked), own, orders, limit=up_to(150)).value
    assert verdict.outcome == outcome
    assert verdict.headroom == money(50)


# --- the whole answer, and what is refused --------------------------------------------------


def test_the_whole_explanation() -> None:
    exposure = exposed(5_600, orders=1_500, notes=-200, overdue=600, late="F2")
    policy = attrs.evolve(PLAIN, overdue=attrs.evolve(GATE, at_least=money(1_000)))
    decision = check_credit(request(1_000), exposure, policy, limit=up_to(7_600))
    assert decision.explain("en").splitlines() == [
        "order O9 of CNY 1,000.00 is refused: it exceeds the credit limit by CNY 300.00",
        (
            "credit limit CNY 7,600.00 less exposure CNY 6,900.00 (open orders CNY 1,500.00, "
            "open invoices CNY 5,600.00, open credit notes CNY -200.00) leaves CNY 700.00; "
            "asked on credit: CNY 1,000.00"
        ),
        (
            "CNY 600.00 is overdue for more than 30 days; that does not block, "
            "the block starts at: CNY 1,000.00 or more"
        ),
        (
            "would pass: the order reduced to CNY 700.00, or CNY 300.00 of it prepaid, "
            "or CNY 300.00 of the open invoices paid first"
        ),
        "Source: “Key account manual” S2-7b; own",
    ]
    assert decision.explain("zh").splitlines() == [
        "订单 O9（1,000.00 元）不予放行：超出信用额度 300.00 元",
        (
            "信用额度 7,600.00 元，减信用占用 6,900.00 元（未交货订单 1,500.00 元，"
            "未收款发票 5,600.00 元，未冲抵红字发票 -200.00 元），可用额度为 700.00 元；"
            "本次需占用 1,000.00 元"
        ),
        (
            "逾期超过 30 天的款项为 600.00 元，停止放行标准为 1,000.00 元（含）以上，尚未达到，"
            "不影响放行"
        ),
        (
            "以下做法可以放行：将订单金额减至 700.00 元；或预付 300.00 元；"
            "或先收回未收款发票中的 300.00 元"
        ),
        "依据：《大客户管理手册》S2-7b、own",
    ]
    assert decision.fingerprint == policy.fingerprint


@pytest.mark.parametrize("limit", [up_to(1), UNLIMITED, BLOCKED])
def test_a_request_in_another_currency_is_refused(limit: CreditLimit) -> None:
    wanted = CreditRequest("O9", Money(1, "USD"), "order")
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        check_credit(wanted, exposed(), PLAIN, limit=limit)


def test_a_limit_in_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch, match="USD meets CNY"):
        check_credit(request(1), exposed(), PLAIN, limit=CreditLimit.up_to(Money(1, "USD")))


@pytest.mark.parametrize("replaces", ["180", "180.01"])
def test_an_order_replaces_no_more_than_the_exposure_has(replaces: str) -> None:
    order = Commitment("order", "O1", account="K01", amount=Money(180, "CNY"), day=date(2026, 3, 1))
    policy = LimitPolicy()
    exposure = find_exposure(
        "K01", policy, invoices=(), commitments=(order,), as_of=date(2026, 2, 1), currency="CNY"
    ).value
    request = CreditRequest(
        "O1", Money(200, "CNY"), "order", replaces=Money(Decimal(replaces), "CNY")
    )
    limit = CreditLimit.up_to(Money(500, "CNY"))
    if replaces == "180":
        assert check_credit(request, exposure, policy, limit=limit).value.outcome == "allowed"
    else:
        with pytest.raises(
            InputError, match=r"replaces CNY 180\.01 and the exposure has CNY 180\.00"
        ):
            check_credit(request, exposure, policy, limit=limit)
