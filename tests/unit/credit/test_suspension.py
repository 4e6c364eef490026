"""Suspension (S4-8d, S4-8e): every condition on both sides, by hand and automatically, and back."""

import pickle
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from kamcore.credit import (
    Arrears,
    Invoice,
    Payment,
    SuspensionPolicy,
    SuspensionVerdict,
    check_suspension,
)
from kamcore.decision import Decision, MissingFact
from kamcore.errors import CurrencyMismatch, InputError, NotADate, PolicyError, UnknownName
from kamcore.facts import Facts, Fields, FlagField, TextField, read_facts
from kamcore.values import Label, Money, Seat, Source

AS_OF = date(2013, 6, 30)
REFUSES = FlagField("refuses_to_pay", zh="拒不交费", en="the customer refuses to pay")
SEAT = Seat("controller", Label("the credit controller", "信用管理岗"))
SOURCE = Source("S4-8d", Label("Customer service rules", "大客户服务规定"))
BY_HAND = SuspensionPolicy(
    refusal=REFUSES, after_days=30, at_least=Money(100, "CNY"), seat=SEAT, source=SOURCE
)
AUTOMATIC = attrs.evolve(BY_HAND, how="automatic", seat=None)


def invoice(number: str, overdue: int, amount: int = 100, account: str = "K01") -> Invoice:
    """Return an open invoice that is some days overdue."""
    due = AS_OF - timedelta(days=overdue)
    return Invoice(number=number, account=account, due=due, amount=Money(amount, "CNY"))


def facts(*, refuses: bool | None = True, account: str = "K01") -> Facts:
    """Return the facts of an account."""
    return read_facts({"id": account, "refuses_to_pay": refuses}, BY_HAND.fields, key="id")


def ask(
    *invoices: Invoice,
    policy: SuspensionPolicy = AUTOMATIC,
    suspended: bool = False,
    refuses: bool | None = True,
) -> Decision[SuspensionVerdict]:
    """Ask about an account."""
    return check_suspension(
        facts(refuses=refuses), policy, invoices=invoices, suspended=suspended, as_of=AS_OF
    )


def rules(answer: Decision[SuspensionVerdict]) -> list[str]:
    """Return the ids of the reasons, without the room."""
    return [reason.rule.id.removeprefix("credit.") for reason in answer.reasons]


# --- an account in service --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "amount", "refuses", "outcome", "unmet"),
    [
        (30, 100, True, "suspend", None),
        (400, 9999, True, "suspend", None),
        (29, 100, True, "leave", ["suspension_after"]),
        (30, 99, True, "leave", ["suspension_at_least"]),
        (30, 100, False, "leave", ["payment_not_refused"]),
        (30, 100, None, "leave", ["refusal_missing"]),
        (
            29,
            99,
            None,
            "leave",
            ["suspension_after", "suspension_at_least", "refusal_missing"],
        ),
    ],
)
def test_every_condition_must_hold(
    overdue: int, amount: int, refuses: bool | None, outcome: str, unmet: list[str] | None
) -> None:
    answer = ask(invoice("F1", overdue, amount), refuses=refuses)
    assert answer.value.outcome == outcome
    met = ["suspend", "suspension_after", "suspension_at_least", "payment_refused"]
    assert rules(answer) == (met if unmet is None else ["not_suspended", *unmet])


@pytest.mark.parametrize("how", ["by_hand", "automatic"])
def test_without_the_fact_nothing_is_suspended_and_the_fact_is_named(how: str) -> None:
    answer = ask(invoice("F1", 400), policy=attrs.evolve(BY_HAND, how=how), refuses=None)
    assert answer.value.outcome == "leave"
    assert answer.missing == (MissingFact("refuses_to_pay", REFUSES.label),)


def test_the_fact_is_not_asked_where_nothing_is_past_due() -> None:
    answer = ask(invoice("F1", 0), refuses=None)
    assert (answer.value, answer.missing) == (SuspensionVerdict("leave", None), ())
    assert rules(answer) == ["nothing_past_due"]


def test_the_arrears_of_all_invoices_count_from_the_oldest() -> None:
    answer = ask(invoice("F1", 30, 60), invoice("F2", 1, 40), invoice("F3", 0, 900))
    assert answer.value == SuspensionVerdict(
        "suspend",
        Arrears(
            account="K01",
            open=Money(100, "CNY"),
            disputed=Money(0, "CNY"),
            credited=Money(0, "CNY"),
            invoices=("F1", "F2"),
            credit_notes=(),
            oldest_due=date(2013, 5, 31),
            days_overdue=30,
        ),
    )


def test_by_hand_it_is_proposed_to_the_seat() -> None:
    answer = ask(invoice("F1", 30), policy=BY_HAND)
    assert (answer.value.outcome, answer.value.seat) == ("propose", SEAT)
    assert rules(answer)[0] == "propose_suspension"


def test_automatic_suspension_needs_no_seat_and_tells_none() -> None:
    policy = attrs.evolve(AUTOMATIC, seat=SEAT)
    assert ask(invoice("F1", 30), policy=policy).value.seat is None


def test_a_refusal_need_not_be_asked_for_where_the_policy_says_so() -> None:
    policy = attrs.evolve(AUTOMATIC, refusal=None, at_least=None)
    answer = check_suspension(
        Facts("K01", Fields(()), ()),
        policy,
        invoices=(invoice("F1", 30, 1),),
        suspended=False,
        as_of=AS_OF,
    )
    assert answer.value.outcome == "suspend"
    assert rules(answer) == ["suspend", "suspension_after"]
    assert answer.missing == ()


@pytest.mark.parametrize(("disputed", "outcome"), [("skip", "leave"), ("count", "suspend")])
def test_a_disputed_debt_suspends_nobody_unless_it_counts(disputed: str, outcome: str) -> None:
    policy = attrs.evolve(AUTOMATIC, disputed=disputed)
    book = (attrs.evolve(invoice("F1", 30), disputed=True),)
    answer = ask(*book, policy=policy)
    assert answer.value.outcome == outcome
    said = [reason.text("en") for reason in answer.assumed]
    assert said == (["left out as disputed: 1 invoice"] if disputed == "skip" else [])


@pytest.mark.parametrize(("paid", "outcome"), [(0, "leave"), (-1, "suspend")])
def test_what_is_paid_later_is_not_known(paid: int, outcome: str) -> None:
    settled = attrs.evolve(invoice("F1", 30), paid=AS_OF - timedelta(days=paid))
    assert ask(settled).value.outcome == outcome


# --- an account that is suspended -------------------------------------------------------------


@pytest.mark.parametrize(
    ("restore", "overdue", "outcome", "rule"),
    [
        ("automatic", 0, "restore", "restore"),
        ("by_hand", 0, "propose_restoring", "propose_restoring"),
        ("automatic", 1, "stay", "stays_suspended"),
        ("by_hand", 1, "stay", "stays_suspended"),
    ],
)
def test_service_comes_back_once_nothing_is_past_due(
    restore: str, overdue: int, outcome: str, rule: str
) -> None:
    policy = attrs.evolve(BY_HAND, restore=restore)
    answer = ask(invoice("F1", overdue), policy=policy, suspended=True, refuses=None)
    assert (answer.value.outcome, rules(answer)[0]) == (outcome, rule)
    assert answer.value.seat == (SEAT if outcome == "propose_restoring" else None)
    assert answer.missing == ()


def test_a_part_payment_does_not_restore_service() -> None:
    part = attrs.evolve(invoice("F1", 40), payments=(Payment(AS_OF, Money(99, "CNY")),))
    answer = ask(part, suspended=True)
    assert answer.value.arrears is not None
    assert answer.value.arrears.open == Money(1, "CNY")
    assert rules(answer) == ["stays_suspended", "restored_when_paid"]


# --- in words ---------------------------------------------------------------------------------


def test_a_proposal_in_words() -> None:
    answer = ask(invoice("F1", 30), policy=BY_HAND)
    assert answer.explain("en").splitlines() == [
        (
            "K01 may be suspended, for the credit controller to decide: CNY 100.00 is past due, "
            "the oldest of it for 30 days"
        ),
        "suspension may come once something is 30 days past due: from 2013-06-30",
        "suspension needs arrears of CNY 100.00 or more",
        "confirmed: “the customer refuses to pay”",
        "Convention: suspending or restoring by hand takes a person's decision",
        "Source: “Customer service rules” S4-8d",
    ]
    assert answer.explain("zh").splitlines() == [
        "K01：符合停机条件，是否停机由信用管理岗决定；欠费 100.00 元，最长已逾期 30 天",
        "逾期满 30 天方可停机，即自2013年6月30日起",
        "欠费达到 100.00 元方可停机",
        "已确认“拒不交费”",
        "口径：手工停机、复机须由人决定，不自动执行",
        "依据：《大客户服务规定》S4-8d",
    ]


def test_a_refusal_that_is_not_known_in_words() -> None:
    answer = ask(invoice("F1", 31), refuses=None)
    assert answer.explain("en").splitlines()[:3] == [
        "K01 is not suspended, although CNY 100.00 is past due, the oldest of it for 31 days",
        (
            "suspension needs “the customer refuses to pay”, which is not confirmed, so nothing is "
            "suspended"
        ),
        "Missing: the customer refuses to pay",
    ]
    assert answer.explain("zh").splitlines()[:3] == [
        "K01：暂不停机；欠费 100.00 元，最长已逾期 31 天",
        "停机须以“拒不交费”为前提，尚未确认，暂不停机",
        "未提供：拒不交费",
    ]


@pytest.mark.parametrize(
    ("answer", "en", "zh"),
    [
        (
            ask(invoice("F1", 30)),
            "K01 is to be suspended: CNY 100.00 is past due, the oldest of it for 30 days",
            "K01：应予停机；欠费 100.00 元，最长已逾期 30 天",
        ),
        (ask(), "K01 is not suspended: nothing is past due", "K01：不予停机，没有逾期欠费"),
        (
            ask(suspended=True),
            "the service of K01 is to be restored: nothing is past due any more",
            "K01：应予复机，已没有逾期欠费",
        ),
        (
            ask(suspended=True, policy=attrs.evolve(BY_HAND, restore="by_hand")),
            (
                "it is for the credit controller to restore the service of K01: nothing is past "
                "due any more"
            ),
            "K01：已没有逾期欠费，由信用管理岗手工办理复机",
        ),
        (
            ask(invoice("F1", 1), suspended=True),
            "K01 stays suspended: CNY 100.00 is past due, the oldest of it for 1 day",
            "K01：维持停机；欠费 100.00 元，最长已逾期 1 天",
        ),
    ],
)
def test_the_answer_in_words(answer: Decision[SuspensionVerdict], en: str, zh: str) -> None:
    assert answer.reasons[0].text("en") == en
    assert answer.reasons[0].text("zh") == zh


def test_facts_without_an_account_take_its_name_from_the_invoices() -> None:
    nameless = read_facts({"refuses_to_pay": True}, BY_HAND.fields)
    asked: dict[str, Any] = {"suspended": False, "as_of": AS_OF}
    named = check_suspension(nameless, AUTOMATIC, invoices=(invoice("F1", 30),), **asked)
    assert named.reasons[0].text("en").startswith("K01 is to be suspended")
    empty = check_suspension(nameless, AUTOMATIC, invoices=(), **asked)
    assert empty.reasons[0].text("zh") == "该客户：不予停机，没有逾期欠费"


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["K01", ""])
def test_invoices_of_another_account_are_refused(account: str) -> None:
    book = (invoice("F1", 30), invoice("F2", 30, account="K02"))
    with pytest.raises(InputError, match="invoice F2 is of 'K02', not of 'K01'; pass the account"):
        check_suspension(
            attrs.evolve(facts(), account=account),
            BY_HAND,
            invoices=book,
            suspended=False,
            as_of=AS_OF,
        )


def test_arrears_in_two_currencies_are_refused() -> None:
    dollars = attrs.evolve(invoice("F2", 30), amount=Money(1, "USD"))
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        ask(invoice("F1", 30), dollars)
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        ask(dollars)


def test_it_must_be_said_whether_this_account_is_suspended() -> None:
    with pytest.raises(InputError, match=r"suspended is \('K01',\); say True or False of this acc"):
        ask(suspended=("K01",))  # type: ignore[arg-type]


def test_facts_read_without_the_refusal_are_refused() -> None:
    other = read_facts({"name": "x"}, Fields((TextField("name"),)))
    with pytest.raises(UnknownName, match="unknown field 'refuses_to_pay'"):
        check_suspension(other, BY_HAND, invoices=(), suspended=False, as_of=AS_OF)


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match="as_of"):
        check_suspension(
            facts(), BY_HAND, invoices=(), suspended=False, as_of=datetime(2013, 6, 30)
        )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"refusal": TextField("refusal")}, "SuspensionPolicy.refusal is .*; pass FlagField"),
        ({"after_days": 0}, "after_days 0; pass 1 or more days past due"),
        ({"after_days": None}, "SuspensionPolicy.after_days is None; pass int"),
        ({"at_least": 100}, "SuspensionPolicy.at_least is 100; pass Money"),
        ({"how": "manual"}, "'manual' is no named convention"),
        ({"restore": "never"}, "'never' is no named convention"),
        ({"disputed": "yes"}, "'yes' is no named convention"),
        ({"seat": None}, "nobody suspends by hand; name the seat"),
        (
            {"how": "automatic", "restore": "by_hand", "seat": None},
            "nobody restores by hand; name the seat",
        ),
        ({"seat": "controller"}, "SuspensionPolicy.seat is 'controller'; pass Seat"),
        ({"source": "S4-8d"}, "SuspensionPolicy.source is 'S4-8d'; pass Source"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        attrs.evolve(BY_HAND, **given)


def test_the_evidence_of_a_refusal_has_no_default() -> None:
    with pytest.raises(TypeError, match="refusal"):
        SuspensionPolicy(after_days=30, seat=SEAT)  # type: ignore[call-arg]


def test_a_policy_is_data_and_by_hand_unless_said_otherwise() -> None:
    copy = pickle.loads(pickle.dumps(BY_HAND))
    assert (copy, hash(copy), copy.fingerprint) == (BY_HAND, hash(BY_HAND), BY_HAND.fingerprint)
    assert (BY_HAND.how, BY_HAND.restore, BY_HAND.disputed) == ("by_hand", "automatic", "skip")
    assert BY_HAND.fields == Fields((REFUSES,))
    assert attrs.evolve(BY_HAND, refusal=None).fields == Fields(())
