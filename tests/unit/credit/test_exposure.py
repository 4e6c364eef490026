"""Exposure: what an account owes or is about to owe on credit (S2-7b)."""

from datetime import date

import attrs
import pytest

from kamcore.credit import (
    Commitment,
    Exposure,
    Invoice,
    LimitPolicy,
    OverdueGate,
    Payment,
    find_exposure,
)
from kamcore.decision import Decision
from kamcore.errors import CurrencyMismatch, DuplicateName, InputError, NotADate, PolicyError
from kamcore.values import Label, Money, Source

AS_OF = date(2026, 3, 31)
TITLE = Label("Key account manual", "大客户管理手册")
S2_7B = Source("S2-7b", TITLE, mark="form")
PLAIN = LimitPolicy()


def money(amount: int) -> Money:
    """Return an amount in yuan."""
    return Money(amount, "CNY")


def invoice(
    number: str,
    amount: int,
    due: date = AS_OF,
    *,
    issued: date | None = None,
    payments: tuple[Payment, ...] = (),
    disputed: bool = False,
) -> Invoice:
    """Return an invoice of the account."""
    return Invoice(
        number=number,
        account="K01",
        due=due,
        amount=money(amount),
        issued=issued,
        payments=payments,
        disputed=disputed,
    )


def order(number: str, amount: int, day: date = AS_OF, prepaid: int = 0) -> Commitment:
    """Return an order of the account."""
    return Commitment("order", number, "K01", money(amount), day, prepaid=money(prepaid))


def delivery(number: str, amount: int, day: date = AS_OF) -> Commitment:
    """Return a delivery to the account."""
    return Commitment("delivery", number, "K01", money(amount), day)


def ask(
    *things: Invoice | Commitment, policy: LimitPolicy = PLAIN, as_of: date = AS_OF
) -> Decision[Exposure]:
    """Ask for the exposure of the account."""
    return find_exposure(
        "K01",
        policy,
        invoices=[one for one in things if isinstance(one, Invoice)],
        commitments=[one for one in things if isinstance(one, Commitment)],
        as_of=as_of,
        currency="CNY",
    )


def ids(decision: Decision[Exposure]) -> list[str]:
    """Return the rule ids of the reasons."""
    return [reason.rule.id for reason in decision.reasons]


def conventions(decision: Decision[Exposure]) -> list[str]:
    """Return the rule ids of the conventions."""
    return [reason.rule.id for reason in decision.assumed]


# --- the buckets ----------------------------------------------------------------------------


def test_an_account_without_anything_has_an_exposure_of_0() -> None:
    decision = ask()
    exposure = decision.value
    assert (exposure.total, exposure.currency, exposure.oldest_overdue_days) == (money(0), "CNY", 0)
    assert exposure.parts == Label("nothing open", "无未结款项")
    assert ids(decision) == ["credit.exposure"]
    assert (decision.assumed, decision.missing) == ((), ())
    assert decision.fingerprint == PLAIN.fingerprint


def test_each_thing_counts_in_its_bucket() -> None:
    decision = ask(
        order("1", 100), delivery("1", 20), invoice("1", 3), invoice("2", 4), invoice("3", -2)
    )
    exposure = decision.value
    assert conventions(decision) == ["credit.credit_notes_count"]
    assert (exposure.orders, exposure.deliveries) == (money(100), money(20))
    assert (exposure.invoices, exposure.credit_notes) == (money(7), money(-2))
    assert exposure.total == money(125)
    assert exposure.parts.en == (
        "open orders CNY 100.00, deliveries not invoiced CNY 20.00, open invoices CNY 7.00, "
        "open credit notes CNY -2.00"
    )


@pytest.mark.parametrize(
    ("counted", "total", "left_out"),
    [
        (("orders", "deliveries", "invoices"), 121, None),
        (
            ("orders",),
            100,
            (
                "deliveries not invoiced CNY 20.00, open invoices CNY 3.00, "
                "1 open credit note of CNY -2.00"
            ),
        ),
        (("deliveries", "invoices"), 21, "open orders CNY 100.00"),
    ],
)
def test_counted_says_which_buckets_count(
    counted: tuple[str, ...], total: int, left_out: str | None
) -> None:
    policy = attrs.evolve(PLAIN, counted=counted)
    things = (order("1", 100), delivery("1", 20), invoice("1", 3), invoice("2", -2))
    decision = ask(*things, policy=policy)
    assert decision.value.total == money(total)
    said = {reason.rule.id: dict(reason.params) for reason in decision.reasons}
    if left_out is None:
        assert "credit.not_counted" not in said
    else:
        parts = said["credit.not_counted"]["parts"]
        assert isinstance(parts, Label)
        assert parts.en == left_out


def test_what_is_prepaid_does_not_count() -> None:
    decision = ask(order("1", 100, prepaid=40), order("2", 10, prepaid=10))
    assert decision.value.total == money(60)
    assert conventions(decision) == ["credit.advances_do_not_count"]


def test_a_down_payment_invoice_is_not_counted_twice() -> None:
    whole = Commitment("order", "O1", "K01", money(100), AS_OF, invoiced=money(30))
    asked = invoice("D1", 30)
    paid = attrs.evolve(asked, payments=(Payment(AS_OF, money(30)),))
    assert ask(whole, asked).value.total == money(100)
    assert ask(whole, paid).value.total == money(70)


@pytest.mark.parametrize(("paid_on", "left"), [(date(2026, 3, 31), 60), (date(2026, 4, 1), 100)])
def test_an_invoice_counts_with_what_is_open_at_the_end_of_the_day(
    paid_on: date, left: int
) -> None:
    assert ask(invoice("1", 100, payments=(Payment(paid_on, money(40)),))).value.total == money(
        left
    )


@pytest.mark.parametrize(
    ("issued", "left"), [(None, 100), (date(2026, 3, 31), 100), (date(2026, 4, 1), 0)]
)
def test_an_invoice_counts_from_its_day_of_issue_on(issued: date | None, left: int) -> None:
    assert ask(invoice("1", 100, issued=issued)).value.total == money(left)


def test_a_delivery_counts_whatever_its_day() -> None:
    policy = LimitPolicy(horizon_days=0)
    assert ask(delivery("1", 5, date(2027, 1, 1)), policy=policy).value.deliveries == money(5)


@pytest.mark.parametrize(
    ("day", "counts", "beyond"),
    [(date(2026, 4, 30), 100, 0), (date(2026, 5, 1), 0, 100), (date(2026, 3, 1), 100, 0)],
    ids=["on the last day", "the day after", "already late"],
)
def test_the_horizon_leaves_later_orders_out_and_shows_them(
    day: date, counts: int, beyond: int
) -> None:
    decision = ask(order("1", 100, day), policy=LimitPolicy(horizon_days=30))
    exposure = decision.value
    assert (exposure.orders, exposure.beyond_horizon) == (money(counts), money(beyond))
    assert exposure.total == money(counts)
    assert ("credit.not_counted" in ids(decision)) is bool(beyond)


def test_orders_beyond_the_horizon_are_told_with_the_last_day() -> None:
    far = (order("1", 100, date(2026, 5, 1)), order("2", 50, date(2027, 5, 1)))
    reason = ask(*far, policy=LimitPolicy(horizon_days=30)).reasons[1]
    assert reason.text("en") == ("not counted: 2 orders of CNY 150.00, shipping after 2026-04-30")
    assert reason.text("zh") == "未计入：2 张订单共 150.00 元（发货日晚于2026年4月30日）"


def test_without_the_bucket_of_orders_there_is_nothing_beyond_the_horizon() -> None:
    policy = LimitPolicy(horizon_days=30, counted=("invoices",))
    assert ask(order("1", 100, date(2026, 5, 1)), policy=policy).value.beyond_horizon == money(0)


@pytest.mark.parametrize(("disputed", "total", "overdue"), [("count", 105, 105), ("skip", 5, 5)])
def test_disputed_says_whether_a_disputed_invoice_counts(
    disputed: str, total: int, overdue: int
) -> None:
    policy = attrs.evolve(PLAIN, disputed=disputed)
    decision = ask(
        invoice("1", 100, date(2026, 3, 1), disputed=True),
        invoice("2", 5, date(2026, 3, 2)),
        policy=policy,
    )
    exposure = decision.value
    assert (exposure.total, exposure.overdue) == (money(total), money(overdue))
    told = "credit.not_counted" if disputed == "skip" else "credit.disputed_count"
    assert told in [*ids(decision), *conventions(decision)]
    if disputed == "skip":
        assert conventions(decision) == []
        assert decision.reasons[2].text("en") == "not counted: 1 disputed invoice of CNY 100.00"


@pytest.mark.parametrize(("unapplied", "total"), [("count", 70), ("skip", 100)])
def test_unapplied_credit_says_whether_credit_notes_reduce_the_exposure(
    unapplied: str, total: int
) -> None:
    policy = attrs.evolve(PLAIN, unapplied_credit=unapplied)
    decision = ask(invoice("1", 100), invoice("2", -30), policy=policy)
    assert decision.value.total == money(total)
    counts = unapplied == "count"
    assert conventions(decision) == (["credit.credit_notes_count"] if counts else [])
    assert ("credit.not_counted" in ids(decision)) is not counts


def test_more_credit_than_debt_is_an_exposure_below_0() -> None:
    assert ask(invoice("1", 10), invoice("2", -30)).value.total == money(-20)


# --- overdue --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "late"),
    [(date(2026, 3, 31), False), (date(2026, 3, 30), True)],
    ids=["due today", "due yesterday"],
)
def test_without_a_block_an_invoice_is_overdue_from_the_day_after_it_was_due(
    due: date, late: bool
) -> None:
    decision = ask(invoice("1", 100, due))
    assert decision.value.overdue == money(100 if late else 0)
    assert ("credit.overdue" in ids(decision)) is late


@pytest.mark.parametrize(
    ("due", "late", "days"),
    [(date(2026, 3, 1), False, 0), (date(2026, 2, 28), True, 31)],
    ids=["30 days", "31 days"],
)
def test_with_a_block_only_what_is_overdue_for_longer_than_it_allows(
    due: date, late: bool, days: int
) -> None:
    gate = OverdueGate(days=30, source=Source("own", TITLE))
    decision = ask(invoice("1", 100, due), policy=LimitPolicy(overdue=gate))
    exposure = decision.value
    assert exposure.overdue == money(100 if late else 0)
    assert exposure.oldest_overdue_days == days
    if late:
        assert decision.reasons[-1].source == gate.source


def test_one_fen_is_overdue_too() -> None:
    paid = (Payment(AS_OF, Money.from_minor(999, "CNY")),)
    exposure = ask(invoice("1", 10, date(2026, 3, 1), payments=paid)).value
    assert exposure.overdue == Money.from_minor(1, "CNY")
    assert exposure.overdue_invoices == ("1",)


def test_overdue_invoices_are_named_the_longest_first() -> None:
    things = (
        invoice("B", 1, date(2026, 3, 2)),
        invoice("A", 2, date(2026, 3, 2)),
        invoice("C", 4, date(2026, 3, 1)),
        invoice("N", -8, date(2026, 3, 1)),
        invoice("P", 16, date(2026, 3, 1), payments=(Payment(AS_OF, money(16)),)),
        invoice("Z", 32, date(2026, 3, 3)),
    )
    decision = ask(*things)
    exposure = decision.value
    assert exposure.overdue_invoices == ("C", "A", "B", "Z")
    assert (exposure.overdue, exposure.oldest_overdue_days) == (money(39), 30)
    last = decision.reasons[-1]
    assert last.text("en") == ("CNY 39.00 is overdue: C, A, B and 1 more; the oldest for 30 days")
    assert last.text("zh") == "已逾期的款项为 39.00 元：C、A、B等 4 张；最长已逾期 30 天"


# --- the whole answer, and what is refused --------------------------------------------------


def test_the_whole_explanation() -> None:
    policy = LimitPolicy(
        overdue=OverdueGate(days=30), horizon_days=60, disputed="skip", source=S2_7B
    )
    decision = ask(
        order("O1", 2_000, date(2026, 4, 10), prepaid=500),
        order("O2", 900, date(2026, 8, 10)),
        delivery("L1", 700),
        invoice("F1", 5_000, date(2026, 4, 30)),
        invoice("F2", 600, date(2026, 2, 1)),
        invoice("F3", 80, disputed=True),
        invoice("F4", -200),
        invoice("F5", 9, payments=(Payment(AS_OF, money(9)),)),
        policy=policy,
    )
    assert decision.explain("en").splitlines() == [
        "the credit exposure of K01 on 2026-03-31 is CNY 7,600.00",
        (
            "made up of open orders CNY 1,500.00 (1), deliveries not invoiced CNY 700.00 (1), "
            "open invoices CNY 5,600.00 (2), open credit notes CNY -200.00 (1)"
        ),
        (
            "not counted: 1 order of CNY 900.00, shipping after 2026-05-30, "
            "1 disputed invoice of CNY 80.00"
        ),
        "CNY 600.00 is overdue for more than 30 days: F2; the oldest for 58 days",
        (
            "Convention: what is prepaid, or invoiced in advance, does not count among orders and "
            "deliveries; open credit notes reduce the exposure"
        ),
        "Source: “Key account manual” S2-7b",
    ]
    assert decision.explain("zh").splitlines() == [
        "截至2026年3月31日，客户 K01 的信用占用为 7,600.00 元",
        (
            "其中：未交货订单 1,500.00 元（1 张），已发货未开票 700.00 元（1 张），"
            "未收款发票 5,600.00 元（2 张），未冲抵红字发票 -200.00 元（1 张）"
        ),
        "未计入：1 张订单共 900.00 元（发货日晚于2026年5月30日），1 张有争议发票共 80.00 元",
        "逾期超过 30 天的款项为 600.00 元：F2；最长已逾期 58 天",
        "口径：已预付或已提前开票的部分不再计入订单和发货；尚未冲抵的红字发票冲减信用占用",
        "依据：《大客户管理手册》S2-7b",
    ]


def test_things_of_another_account_are_refused() -> None:
    other = attrs.evolve(invoice("F1", 1), account="K02")
    with pytest.raises(InputError, match="invoice F1 is of 'K02', not of 'K01'; pass the account"):
        ask(other)
    with pytest.raises(InputError, match="order O1 is of 'K02', not of 'K01'"):
        ask(attrs.evolve(order("O1", 1), account="K02"))


@pytest.mark.parametrize(
    ("things", "message"),
    [
        ((invoice("1", 1), invoice("1", 2)), "invoice '1' appears twice"),
        ((order("1", 1), order("1", 2)), "order '1' appears twice"),
        ((delivery("1", 1), delivery("1", 2)), "delivery '1' appears twice"),
    ],
)
def test_what_stands_twice_is_refused(
    things: tuple[Invoice | Commitment, ...], message: str
) -> None:
    with pytest.raises(DuplicateName, match=message):
        ask(*things)


def test_an_order_and_its_delivery_may_share_a_number() -> None:
    assert ask(order("1", 1), delivery("1", 2), invoice("1", 3)).value.total == money(6)


@pytest.mark.parametrize(
    "other",
    [
        Invoice(number="1", account="K01", due=AS_OF, amount=Money(1, "USD")),
        Commitment("order", "1", "K01", Money(0, "USD"), AS_OF),
    ],
)
def test_a_second_currency_is_refused(other: Invoice | Commitment) -> None:
    with pytest.raises(CurrencyMismatch, match="CNY meets USD"):
        ask(order("O1", 1), other)


def test_the_day_must_be_a_date() -> None:
    with pytest.raises(NotADate, match="as_of '2026-03-31' is not a date"):
        ask(as_of="2026-03-31")  # type: ignore[arg-type]  # what is wrong is refused


# --- an exposure from the sums of another system --------------------------------------------


def own(**given: object) -> Exposure:
    """Return an exposure without anything, changed."""
    nothing = money(0)
    names = ("orders", "deliveries", "invoices", "credit_notes", "beyond_horizon", "overdue")
    fields: dict[str, object] = {"account": "K01", "as_of": AS_OF, **dict.fromkeys(names, nothing)}
    return Exposure(**{**fields, **given})  # type: ignore[arg-type]  # what is wrong is refused


def test_an_exposure_can_be_built_from_sums() -> None:
    assert own() == ask().value
    assert own(invoices=money(200), credit_notes=money(-50)).total == money(150)


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        ({"orders": money(-1)}, InputError, "exposure of K01: orders is CNY -1.00; pass 0 or more"),
        ({"overdue": money(-1)}, InputError, "overdue is CNY -1.00; pass 0 or more"),
        ({"credit_notes": money(1)}, InputError, "credit_notes is CNY 1.00; pass 0 or less"),
        ({"invoices": Money(1, "USD")}, CurrencyMismatch, "USD meets CNY"),
        ({"credit_notes": Money(0, "USD")}, CurrencyMismatch, "CNY meets USD"),
        ({"orders": 1}, PolicyError, "Exposure.orders is 1; pass Money"),
        ({"account": ""}, PolicyError, "Exposure.account is ''; pass a name"),
        ({"as_of": None}, NotADate, "as_of None is not a date"),
        ({"overdue_invoices": ["F1"]}, PolicyError, "overdue_invoices is .*; pass a tuple"),
    ],
)
def test_sums_that_are_no_exposure_are_refused(
    given: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        own(**given)
