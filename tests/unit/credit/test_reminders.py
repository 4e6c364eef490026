"""The next reminder of one invoice (S4-8b): every outcome, both sides of every day, and why."""

from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from kamcore.credit import (
    DunningLevel,
    DunningPolicy,
    Invoice,
    Payment,
    Reminder,
    ReminderStep,
    find_reminder,
)
from kamcore.decision import Decision
from kamcore.errors import CurrencyMismatch, NotADate, UnknownName
from kamcore.values import Label, Money, Ratio, Rounding, Source

DUE = date(2013, 5, 31)
SOURCE = Source("S4-19a", Label("local procedure", "当地大客户欠费催缴流程"))
LADDER = DunningPolicy(
    levels=(
        DunningLevel("first", 5, en="first reminder", zh="第一次催缴"),
        DunningLevel("second", 20, fee=Money(10, "CNY"), en="second reminder", zh="第二次催缴"),
        DunningLevel("third", 40, fee=Ratio.percent(15), en="third reminder", zh="第三次催缴"),
    ),
    rounding=Rounding.HALF_EVEN,
    source=SOURCE,
)
OWED = Invoice(number="F1", account="K01", due=DUE, amount=Money(100, "CNY"))


def day(overdue: int) -> date:
    """Return the day on which the invoice is so many days overdue."""
    return DUE + timedelta(days=overdue)


def made(level: str, overdue: int, *, sent: int | None = -1) -> Reminder:
    """Return a reminder made on a day overdue, and sent on it unless said otherwise."""
    at = None if sent is None else day(overdue if sent < 0 else sent)
    return Reminder("F1", level, day(overdue), at)


def ask(
    overdue: int,
    *reminders: Reminder,
    policy: DunningPolicy = LADDER,
    invoice: Invoice = OWED,
    **more: Any,  # noqa: ANN401 - the other arguments
) -> Decision[ReminderStep]:
    """Ask for the step so many days after the due date."""
    return find_reminder(invoice, policy, as_of=day(overdue), reminders=reminders, **more)


def brief(answer: Decision[ReminderStep]) -> tuple[str, str | None, int | None]:
    """Return outcome, level, and in how many days after the due date the next one comes."""
    step = answer.value
    return step.outcome, step.level, step.next_day and (step.next_day - DUE).days


# --- level by level ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overdue", "reminders", "answer"),
    [
        (-10, (), ("wait", None, 5)),
        (4, (), ("wait", None, 5)),
        (5, (), ("send", "first", None)),
        (400, (), ("send", "first", None)),
        (5, (made("first", 5),), ("wait", "first", 20)),
        (19, (made("first", 5),), ("wait", "first", 20)),
        (20, (made("first", 5),), ("send", "second", None)),
        (50, (made("first", 50),), ("wait", "first", 51)),
        (51, (made("first", 50),), ("send", "second", None)),
        (39, (made("first", 5), made("second", 20)), ("wait", "second", 40)),
        (40, (made("second", 20), made("first", 5)), ("send", "third", None)),
        (41, (made("third", 40),), ("done", "third", None)),
        (40, (made("third", 40),), ("done", "third", None)),
    ],
)
def test_levels_follow_one_by_one(
    overdue: int, reminders: tuple[Reminder, ...], answer: tuple[str, str | None, int | None]
) -> None:
    assert brief(ask(overdue, *reminders)) == answer


@pytest.mark.parametrize(
    ("overdue", "level"),
    [(5, "first"), (19, "first"), (20, "second"), (40, "third"), (99, "third")],
)
def test_an_old_debt_may_start_at_the_highest_level_reached(overdue: int, level: str) -> None:
    policy = attrs.evolve(LADDER, first="highest")
    assert brief(ask(overdue, policy=policy)) == ("send", level, None)
    assert brief(ask(4, policy=policy)) == ("wait", None, 5)
    assert brief(ask(99, made("first", 5), policy=policy)) == ("send", "second", None)


def test_a_level_from_the_last_reminder_is_never_the_highest_reached() -> None:
    chaser = DunningLevel("chaser", 3, counted_from="last_reminder")
    policy = attrs.evolve(LADDER, levels=(LADDER.levels[0], chaser), first="highest")
    assert brief(ask(99, policy=policy)) == ("send", "first", None)


def test_the_first_level_of_the_highest_is_the_earliest_day() -> None:
    month = DunningLevel("month", 1, counted_from="end_of_month")
    policy = attrs.evolve(LADDER, levels=(month, LADDER.levels[1]), first="highest")
    assert brief(ask(4, policy=policy)) == ("wait", None, 20)


@pytest.mark.parametrize(
    ("overdue", "answer"), [(26, ("wait", "first", 27)), (27, ("send", "chaser", None))]
)
def test_a_level_counts_from_the_day_the_last_reminder_was_sent(
    overdue: int, answer: tuple[str, str | None, int | None]
) -> None:
    chaser = DunningLevel("chaser", 15, counted_from="last_reminder")
    policy = attrs.evolve(LADDER, levels=(LADDER.levels[0], chaser))
    assert brief(ask(overdue, made("first", 5, sent=12), policy=policy)) == answer


@pytest.mark.parametrize(
    ("due", "first"),
    [(date(2013, 6, 25), date(2013, 6, 30)), (date(2013, 6, 26), date(2013, 7, 31))],
)
def test_a_level_at_the_end_of_the_month(due: date, first: date) -> None:
    month = DunningLevel("month", 5, counted_from="end_of_month")
    policy, owed = DunningPolicy(levels=(month,)), attrs.evolve(OWED, due=due)
    before = find_reminder(owed, policy, as_of=first - timedelta(days=1)).value
    assert (before.outcome, before.next_day) == ("wait", first)
    assert find_reminder(owed, policy, as_of=first).value.level == "month"


@pytest.mark.parametrize(
    ("interval", "overdue", "answer"),
    [
        (0, 20, ("send", "second", None)),
        (7, 23, ("wait", "first", 24)),
        (7, 24, ("send", "second", None)),
        (3, 20, ("send", "second", None)),
    ],
)
def test_an_interval_lies_between_two_reminders(
    interval: int, overdue: int, answer: tuple[str, str | None, int | None]
) -> None:
    policy = attrs.evolve(LADDER, interval_days=interval)
    assert brief(ask(overdue, made("first", 17), policy=policy)) == answer


# --- what keeps a reminder back ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent_first", "sent", "answer"),
    [
        (True, None, ("unsent", "first", None)),
        (True, 31, ("unsent", "first", None)),
        (True, 30, ("wait", "first", 31)),
        (True, 29, ("send", "second", None)),
        (False, None, ("send", "second", None)),
    ],
    ids=["not sent", "sent tomorrow", "sent today", "sent yesterday", "need not be sent"],
)
def test_a_reminder_that_was_not_sent_does_not_escalate(
    sent_first: bool, sent: int | None, answer: tuple[str, str | None, int | None]
) -> None:
    policy = attrs.evolve(LADDER, sent_first=sent_first)
    assert brief(ask(30, made("first", 5, sent=sent), policy=policy)) == answer


def test_a_reminder_made_and_later_recorded_as_sent_is_sent() -> None:
    record = (made("first", 5, sent=7), made("first", 5, sent=None))
    assert brief(ask(19, *record)) == ("wait", "first", 20)
    assert brief(ask(6, *record)) == ("unsent", "first", None)


def test_a_reminder_made_later_is_not_known() -> None:
    assert brief(ask(5, made("first", 6))) == ("send", "first", None)


def test_reminders_of_other_invoices_are_left_aside() -> None:
    assert brief(ask(5, attrs.evolve(made("first", 5), invoice="F2"))) == ("send", "first", None)


@pytest.mark.parametrize(
    ("held", "reminders", "answer"),
    [
        (True, (), ("held", None, None)),
        (True, (made("first", 5),), ("held", "first", None)),
        (False, (made("first", 5),), ("send", "second", None)),
    ],
)
def test_a_hold_keeps_every_reminder_back(
    held: bool, reminders: tuple[Reminder, ...], answer: tuple[str, str | None, int | None]
) -> None:
    assert brief(ask(30, *reminders, held=held)) == answer


@pytest.mark.parametrize(
    ("disputed", "answer"), [("skip", ("disputed", None, None)), ("count", ("send", "first", None))]
)
def test_a_disputed_invoice_is_left_alone_or_counts(
    disputed: str, answer: tuple[str, str | None, int | None]
) -> None:
    policy = attrs.evolve(LADDER, disputed=disputed)
    assert brief(ask(30, policy=policy, invoice=attrs.evolve(OWED, disputed=True))) == answer


@pytest.mark.parametrize(
    ("paid", "outcome"),
    [(29, "none"), (30, "none"), (31, "send")],
    ids=["before", "today", "later"],
)
def test_a_settled_invoice_needs_no_reminder(paid: int, outcome: str) -> None:
    assert ask(30, invoice=attrs.evolve(OWED, paid=day(paid))).value.outcome == outcome


@pytest.mark.parametrize(("issued", "outcome"), [(30, "send"), (31, "none")])
def test_an_invoice_issued_later_is_not_there_yet(issued: int, outcome: str) -> None:
    assert ask(30, invoice=attrs.evolve(OWED, issued=day(issued))).value.outcome == outcome


def test_a_credit_note_needs_no_reminder() -> None:
    answer = ask(30, invoice=attrs.evolve(OWED, amount=Money(-100, "CNY")))
    assert answer.value == ReminderStep("none", None, Money(-100, "CNY"), Money(0, "CNY"))
    assert [reason.rule.id for reason in answer.reasons] == ["credit.reminder_nothing_open"]


@pytest.mark.parametrize(("least", "outcome"), [(99, "send"), (100, "send"), (101, "small")])
def test_a_minimum_of_the_invoice(least: int, outcome: str) -> None:
    policy = attrs.evolve(LADDER, minimum=Money(least, "CNY"), minimum_of="invoice")
    assert ask(5, policy=policy, arrears=Money(500, "CNY")).value.outcome == outcome


@pytest.mark.parametrize(
    ("arrears", "outcome"),
    [(149, "small"), (150, "send"), (None, "send"), (0, "none"), (-1, "none"), (1, "small")],
)
def test_a_minimum_of_the_account(arrears: int | None, outcome: str) -> None:
    policy = attrs.evolve(LADDER, minimum=Money(150, "CNY"))
    owed = None if arrears is None else Money(arrears, "CNY")
    assert ask(5, policy=policy, arrears=owed).value.outcome == outcome


def test_a_currency_without_its_minimum_has_none() -> None:
    policy = attrs.evolve(LADDER, minimum=Money(150, "USD"), minimum_of="invoice")
    assert ask(5, policy=policy).value.outcome == "send"


def test_what_is_open_after_part_payments_is_asked_for() -> None:
    part = attrs.evolve(OWED, payments=(Payment(day(1), Money(60, "CNY")),))
    assert ask(5, invoice=part).value.open == Money(40, "CNY")
    third = ask(40, made("second", 20), invoice=part).value
    assert (third.open, third.fee) == (Money(40, "CNY"), Money(6, "CNY"))


# --- in words ---------------------------------------------------------------------------------


def test_a_reminder_in_words() -> None:
    answer = ask(20, made("first", 5))
    assert answer.value == ReminderStep("send", "second", Money(100, "CNY"), Money(10, "CNY"))
    assert answer.explain("en").splitlines() == [
        "invoice F1: second reminder is to be sent today; CNY 100.00 is 20 days overdue",
        "second reminder falls due 20 days after the due date, on 2013-06-20",
        "second reminder: a fee of CNY 10.00",
        "Source: “local procedure” S4-19a",
    ]
    assert answer.explain("zh").splitlines() == [
        "发票 F1：今日应发出第二次催缴；欠费 100.00 元，已逾期 20 天",
        "第二次催缴应于到期后 20 天发出，即2013年6月20日",
        "第二次催缴收取催缴费 10.00 元",
        "依据：《当地大客户欠费催缴流程》S4-19a",
    ]


def test_on_the_due_date_nothing_is_overdue() -> None:
    policy = attrs.evolve(LADDER, levels=(attrs.evolve(LADDER.levels[0], after_days=0),))
    answer = ask(0, policy=policy)
    assert answer.reasons[0].rule.id == "credit.remind_on_due_date"
    assert answer.reasons[0].text("en") == (
        "invoice F1: first reminder is to be sent today; CNY 100.00 is due today"
    )
    assert answer.reasons[0].text("zh") == (
        "发票 F1：今日到期，今日应发出第一次催缴；未付 100.00 元"
    )
    assert ask(1, policy=policy).reasons[0].rule.id == "credit.remind"


def test_a_wait_in_words() -> None:
    assert ask(4).explain("en").splitlines()[:2] == [
        "invoice F1: no reminder today; first reminder follows on 2013-06-05 if it is still unpaid",
        "first reminder falls due 5 days after the due date, on 2013-06-05",
    ]
    assert ask(4).explain("zh").splitlines()[0] == (
        "发票 F1：今日无须催缴；届时仍未付款的，2013年6月5日发出第一次催缴"
    )


@pytest.mark.parametrize(
    ("answer", "rule", "en", "zh"),
    [
        (
            ask(20, made("first", 20)),
            "credit.remind_later",
            (
                "two reminders are at least 1 day apart; the last one, first reminder, is of "
                "2013-06-20"
            ),
            "两次催缴至少间隔 1 天；上一次为2013年6月20日的第一次催缴",
        ),
        (
            ask(40, made("second", 20)),
            "credit.remind",
            (
                "third reminder: a fee of CNY 15.00, which is 15% of CNY 100.00, rounded to the "
                "nearest, a half to even"
            ),
            "第三次催缴收取催缴费 15.00 元：100.00 元的 15%，四舍五入，恰为一半时取偶数",
        ),
        (
            ask(50),
            "credit.remind",
            "Convention: an old debt starts at the first level, and no level is left out",
            "口径：旧欠从第一级开始催缴，逐级进行，不跳级",
        ),
        (
            ask(50, policy=attrs.evolve(LADDER, first="highest")),
            "credit.remind",
            "Convention: the first reminder of an old debt is of the highest level reached",
            "口径：旧欠首次催缴即按已达到的最高一级发出",
        ),
        (
            ask(5, policy=attrs.evolve(LADDER, minimum=Money(500, "CNY"))),
            "credit.remind",
            (
                "Convention: the minimum of CNY 500.00 is for the arrears of the whole account, "
                "which were not compared"
            ),
            "口径：催缴起点金额 500.00 元按客户欠费合计比较，此处未作比较",
        ),
        (
            ask(9, made("first", 5, sent=None)),
            "credit.reminder_unsent",
            (
                "invoice F1: first reminder of 2013-06-05 has not been sent; nothing further comes "
                "before it is"
            ),
            "发票 F1：2013年6月5日的第一次催缴尚未发出，发出之前不再升级",
        ),
        (
            ask(9, held=True),
            "credit.reminder_held",
            "invoice F1: no reminder while reminders are on hold; CNY 100.00 is open",
            "发票 F1：催缴已暂缓，暂不发送；未付 100.00 元",
        ),
        (
            ask(9, invoice=attrs.evolve(OWED, disputed=True)),
            "credit.reminder_disputed",
            "invoice F1: no reminder while the invoice is disputed; CNY 100.00 is open",
            "发票 F1：存在争议，暂不催缴；未付 100.00 元",
        ),
        (
            ask(99, made("third", 40)),
            "credit.reminders_done",
            (
                "invoice F1: third reminder of 2013-07-10 was the last level; no further reminder "
                "follows"
            ),
            "发票 F1：2013年7月10日的第三次催缴已是最后一级，不再发送催缴",
        ),
        (
            ask(9, invoice=attrs.evolve(OWED, paid=day(7))),
            "credit.reminder_settled",
            "invoice F1: no reminder; it was settled on 2013-06-07",
            "发票 F1：已于2013年6月7日结清，无须催缴",
        ),
        (
            ask(9, invoice=attrs.evolve(OWED, issued=day(10))),
            "credit.reminder_not_issued",
            "invoice F1: no reminder; it is issued on 2013-06-10 only",
            "发票 F1：2013年6月10日才开具，目前无须催缴",
        ),
        (
            ask(9, arrears=Money(-5, "CNY")),
            "credit.reminder_covered",
            ("invoice F1: no reminder; less its credit notes, the account's arrears are CNY -5.00"),
            "发票 F1：抵减红字发票后，客户欠费合计为 -5.00 元，无须催缴",
        ),
        (
            ask(
                9,
                policy=attrs.evolve(LADDER, minimum=Money(500, "CNY")),
                arrears=Money(100, "CNY"),
            ),
            "credit.reminder_small_account",
            (
                "invoice F1: no reminder; the account's arrears of CNY 100.00 are below the "
                "minimum of CNY 500.00"
            ),
            "发票 F1：客户欠费合计 100.00 元，低于催缴起点金额 500.00 元，不予催缴",
        ),
        (
            ask(
                9,
                policy=attrs.evolve(LADDER, minimum=Money(500, "CNY"), minimum_of="invoice"),
            ),
            "credit.reminder_small",
            "invoice F1: no reminder; CNY 100.00 is below the minimum of CNY 500.00",
            "发票 F1：未付 100.00 元，低于催缴起点金额 500.00 元，不予催缴",
        ),
    ],
)
def test_the_line_that_says_why(
    answer: Decision[ReminderStep], rule: str, en: str, zh: str
) -> None:
    assert answer.reasons[0].rule.id == rule
    assert en in answer.explain("en").splitlines()
    assert zh in answer.explain("zh").splitlines()


def test_a_first_reminder_in_time_rests_on_no_convention() -> None:
    assert ask(5).assumed == ()
    assert ask(19).assumed == ()
    assert len(ask(20).assumed) == 1


def test_a_level_cites_its_own_clause() -> None:
    clause = Source("S4-19b", SOURCE.title)
    policy = attrs.evolve(LADDER, levels=(attrs.evolve(LADDER.levels[0], source=clause),))
    assert ask(5, policy=policy).reasons[0].source == clause
    assert ask(4, policy=policy).reasons[0].source == clause


# --- what is refused --------------------------------------------------------------------------


def test_a_reminder_of_an_unknown_level_is_refused() -> None:
    with pytest.raises(UnknownName, match="unknown level 'fourth'"):
        ask(5, made("fourth", 4))


def test_a_fee_in_another_currency_is_refused() -> None:
    dollars = attrs.evolve(OWED, amount=Money(100, "USD"))
    assert ask(5, invoice=dollars).value.outcome == "send"
    with pytest.raises(CurrencyMismatch, match="USD meets CNY"):
        ask(20, made("first", 5), invoice=dollars)


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match="as_of"):
        find_reminder(OWED, LADDER, as_of=datetime(2013, 6, 6))
