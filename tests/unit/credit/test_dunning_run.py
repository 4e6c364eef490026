"""A dunning run (S4-8c): notices by account, their message, and what a ladder would have sent."""

import pickle
from datetime import date, datetime, timedelta

import attrs
import pytest

from kamcore.credit import (
    DunningLevel,
    DunningPolicy,
    Invoice,
    Notice,
    Payment,
    Reminder,
    plan_reminders,
    simulate_reminders,
)
from kamcore.errors import DuplicateName, InputError, NotADate, UnknownName
from kamcore.values import Money

AS_OF = date(2013, 6, 30)
LADDER = DunningPolicy(
    levels=(
        DunningLevel("first", 5, en="first reminder", zh="第一次催缴"),
        DunningLevel("second", 20, fee=Money(10, "CNY"), en="second reminder", zh="第二次催缴"),
        DunningLevel("third", 40, en="third reminder", zh="第三次催缴"),
    )
)


def cny(amount: int) -> Money:
    """Return an amount in CNY."""
    return Money(amount, "CNY")


def ago(days: int) -> date:
    """Return the day so many days before the day of the run."""
    return AS_OF - timedelta(days=days)


def invoice(
    number: str, overdue: int, amount: int = 100, account: str = "K01", *, disputed: bool = False
) -> Invoice:
    """Return an open invoice that is some days overdue on the day of the run."""
    return Invoice(
        number=number, account=account, due=ago(overdue), amount=cny(amount), disputed=disputed
    )


def steps(notices: tuple[Notice, ...]) -> list[tuple[str, str, str]]:
    """Return account, invoice and level of every reminder."""
    return [
        (notice.account, one.invoice, one.level) for notice in notices for one in notice.reminders
    ]


# --- one notice an account --------------------------------------------------------------------

BOOK = (
    invoice("F2", 6, 20),
    invoice("F1", 25, 100),
    invoice("F3", 2, 7),
    invoice("F4", 0, 900),
    invoice("H1", 5, 30, "K00"),
    invoice("J1", 4, 30, "K02"),
)
SENT = (Reminder("F1", "first", ago(10), ago(10)),)


def test_one_notice_an_account() -> None:
    notices = plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT)
    assert steps(notices) == [
        ("K00", "H1", "first"),
        ("K01", "F1", "second"),
        ("K01", "F2", "first"),
    ]


def test_a_notice_carries_all_arrears_and_the_highest_level() -> None:
    _, notice = plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT)
    assert (notice.day, notice.level.name) == (AS_OF, "second")
    assert notice.arrears.invoices == ("F1", "F2", "F3")
    assert (notice.arrears.open, notice.fee, notice.total) == (cny(127), cny(10), cny(137))
    assert notice.reminders == (Reminder("F1", "second", AS_OF), Reminder("F2", "first", AS_OF))
    assert notice.sent_on(ago(-1)) == (
        Reminder("F1", "second", AS_OF, ago(-1)),
        Reminder("F2", "first", AS_OF, ago(-1)),
    )


def test_fees_add_up() -> None:
    second = LADDER.levels[1]
    policy = attrs.evolve(LADDER, levels=(attrs.evolve(second, after_days=5),))
    (notice,) = plan_reminders(BOOK[:3], policy, as_of=AS_OF)
    assert (notice.fee, len(notice.reminders)) == (cny(20), 2)


def test_planned_again_there_is_nothing_more_to_send() -> None:
    first = plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT)
    drafts = tuple(one for notice in first for one in notice.reminders)
    sent = tuple(one for notice in first for one in notice.sent_on(AS_OF))
    assert plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT + drafts) == ()
    assert plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT + sent) == ()


@pytest.mark.parametrize(
    ("held", "answer", "owed"),
    [
        ((), ["F1", "F2", "H1"], 127),
        ({"F1"}, ["F2", "H1"], 27),
        (["F2", "K00"], ["F1"], 107),
        (("K01",), ["H1"], 30),
    ],
)
def test_accounts_and_invoices_on_hold_are_left_out(
    held: tuple[str, ...], answer: list[str], owed: int
) -> None:
    notices = plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT, held=held)
    assert sorted(number for _, number, _ in steps(notices)) == answer
    assert notices[-1].arrears.open == cny(owed)


@pytest.mark.parametrize(("disputed", "owed"), [("skip", 100), ("count", 150)])
def test_what_is_disputed_is_not_demanded_unless_it_counts(disputed: str, owed: int) -> None:
    book = (invoice("F1", 5, 100), invoice("F2", 9, 50, disputed=True))
    policy = attrs.evolve(LADDER, disputed=disputed)
    (notice,) = plan_reminders(book, policy, as_of=AS_OF)
    assert notice.arrears.open == cny(owed)


@pytest.mark.parametrize(("note", "notices"), [(-99, 1), (-100, 0), (-101, 0)])
def test_credit_notes_may_cover_what_is_due(note: int, notices: int) -> None:
    book = (invoice("F1", 5, 100), invoice("G1", 1, note))
    assert len(plan_reminders(book, LADDER, as_of=AS_OF)) == notices


@pytest.mark.parametrize(
    ("of", "least", "answer"),
    [
        ("account", 120, ["F1", "F2"]),
        ("account", 121, []),
        ("invoice", 100, ["F1"]),
        ("invoice", 20, ["F1", "F2"]),
        ("invoice", 101, []),
    ],
)
def test_a_minimum_is_for_the_account_or_for_each_invoice(
    of: str, least: int, answer: list[str]
) -> None:
    policy = attrs.evolve(LADDER, minimum=cny(least), minimum_of=of)
    notices = plan_reminders(BOOK[:2], policy, as_of=AS_OF)
    assert [number for _, number, _ in steps(notices)] == answer


def test_every_currency_has_its_notice_and_its_minimum() -> None:
    dollars = tuple(
        attrs.evolve(invoice(f"U{number}", 5), amount=Money(number, "USD")) for number in (1, 2)
    )
    book = (*dollars, invoice("F1", 5))
    notices = plan_reminders(book, LADDER, as_of=AS_OF)
    assert [str(notice.total) for notice in notices] == ["CNY 100.00", "USD 3.00"]
    policy = attrs.evolve(LADDER, minimum=(cny(101), Money(3, "USD")))
    assert [str(one.total) for one in plan_reminders(book, policy, as_of=AS_OF)] == ["USD 3.00"]


@pytest.mark.parametrize(("days", "answer"), [(0, ["F4"]), (1, [])])
def test_a_level_may_come_on_the_due_date(days: int, answer: list[str]) -> None:
    policy = DunningPolicy(levels=(DunningLevel("first", days),))
    notices = plan_reminders((BOOK[3],), policy, as_of=AS_OF)
    assert [number for _, number, _ in steps(notices)] == answer
    assert [one.arrears.open for one in notices] == [cny(900)] * len(answer)


# --- the message ------------------------------------------------------------------------------


def test_the_message_for_one_invoice() -> None:
    (notice,) = plan_reminders((invoice("F1", 5),), LADDER, as_of=AS_OF)
    assert notice.text("en") == (
        "[first reminder] Dear customer, on 2013-06-30 CNY 100.00 of account K01 is due and unpaid "
        "on invoice F1, due since 2013-06-25. Please pay soon. If you have paid already, please "
        "disregard this message."
    )
    assert notice.text("zh") == (
        "【第一次催缴】尊敬的客户：截至2013年6月30日，贵公司（客户编号 K01）的发票 F1 "
        "已到期未付清，应付 100.00 元，到期日为2013年6月25日。请尽快缴付；如已缴付，请忽略本信息。"
    )


def test_the_message_for_many_invoices_with_a_fee() -> None:
    _, notice = plan_reminders((*BOOK, invoice("F0", 3, 1000)), LADDER, as_of=AS_OF, reminders=SENT)
    assert notice.text("en") == (
        "[second reminder] Dear customer, on 2013-06-30 CNY 1,127.00 of account K01 is due and "
        "unpaid on 4 invoices (F1, F2, F0 and 1 more), the oldest due since 2013-06-05. With a "
        "reminder fee of CNY 10.00 the amount to pay is CNY 1,137.00. Please pay soon. If you have "
        "paid already, please disregard this message."
    )
    assert notice.text("zh") == (
        "【第二次催缴】尊敬的客户：截至2013年6月30日，贵公司（客户编号 K01）有 4 张发票"
        "（F1、F2、F0 等）已到期未付清，应付合计 1,127.00 元，最早到期日为2013年6月5日。"
        "另收催缴费 10.00 元，应付总额 1,137.00 元。请尽快缴付；如已缴付，请忽略本信息。"
    )


def test_the_message_names_every_one_of_three_invoices() -> None:
    _, notice = plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=SENT)
    assert "3 invoices (F1, F2, F3), the oldest" in notice.text()


def test_the_message_says_that_credit_notes_are_deducted() -> None:
    note = attrs.evolve(invoice("N1", 5), amount=cny(-30))
    (notice,) = plan_reminders((invoice("F1", 5), note), LADDER, as_of=AS_OF)
    assert "CNY 70.00 of account K01 is due and unpaid on invoice F1" in notice.text("en")
    assert "Credit notes of CNY 30.00 are deducted already. " in notice.text("en")
    assert "以上应付金额已扣除红字发票 30.00 元。" in notice.text("zh")


def test_a_notice_is_a_value() -> None:
    (notice,) = plan_reminders((invoice("F1", 5),), LADDER, as_of=AS_OF)
    assert pickle.loads(pickle.dumps(notice)) == notice
    assert hash(notice) == hash(attrs.evolve(notice))


# --- what a ladder would have sent ------------------------------------------------------------


def sent(*invoices: Invoice, policy: DunningPolicy = LADDER) -> list[tuple[str, str, int]]:
    """Return invoice, level, and how many days before the day of the run it was sent."""
    found = simulate_reminders(invoices, policy, through=AS_OF)
    assert all(one.sent == one.day for one in found)
    return [(one.invoice, one.level, (AS_OF - one.day).days) for one in found]


def test_every_level_on_its_day() -> None:
    assert sent(invoice("F2", 6), invoice("F1", 40)) == [
        ("F1", "first", 35),
        ("F1", "second", 20),
        ("F2", "first", 1),
        ("F1", "third", 0),
    ]


@pytest.mark.parametrize(
    ("paid", "levels"),
    [(35, []), (34, ["first"]), (20, ["first"]), (19, ["first", "second"])],
)
def test_nothing_is_sent_from_the_day_of_payment_on(paid: int, levels: list[str]) -> None:
    settled = attrs.evolve(invoice("F1", 40), paid=ago(paid))
    assert [level for _, level, _ in sent(settled)] == levels


def test_an_invoice_issued_late_starts_late() -> None:
    late = attrs.evolve(invoice("F1", 50), issued=ago(3))
    assert sent(late) == [("F1", "first", 3), ("F1", "second", 2), ("F1", "third", 1)]
    assert sent(late, policy=attrs.evolve(LADDER, first="highest")) == [("F1", "third", 3)]


def test_an_invoice_issued_late_starts_late_beside_an_older_one() -> None:
    late = attrs.evolve(invoice("F1", 50), issued=ago(3))
    found = sent(late, invoice("F2", 50))
    assert [one for one in found if one[0] == "F1"] == sent(late)
    assert [days for number, _, days in found if number == "F2"] == [45, 30, 10]


def test_levels_from_the_last_reminder_and_the_interval() -> None:
    chaser = DunningLevel("chaser", 4, counted_from="last_reminder")
    policy = attrs.evolve(LADDER, levels=(LADDER.levels[0], chaser), interval_days=7)
    assert sent(invoice("F1", 30), policy=policy) == [("F1", "first", 25), ("F1", "chaser", 18)]


def test_a_minimum_of_the_account_is_reached_by_other_invoices() -> None:
    policy = attrs.evolve(LADDER, minimum=cny(150))
    paid_in_part = attrs.evolve(invoice("F3", 12, 60), payments=(Payment(ago(8), cny(60)),))
    assert sent(invoice("F1", 40), policy=policy) == []
    assert sent(invoice("F1", 40), paid_in_part, policy=policy) == [
        ("F1", "first", 11),
        ("F1", "second", 10),
    ]


@pytest.mark.parametrize("day", [9, 6, 5], ids=["before it", "on it", "the day after it"])
def test_what_was_paid_by_the_day_after_the_due_date_is_not_owed(day: int) -> None:
    policy = attrs.evolve(LADDER, minimum=cny(60))
    early = attrs.evolve(invoice("F1", 6), payments=(Payment(ago(day), cny(40)),))
    assert sent(early, policy=policy) == [("F1", "first", 1)]
    assert sent(early, policy=attrs.evolve(policy, minimum=cny(61))) == []


def test_a_minimum_of_the_invoice_ends_the_ladder() -> None:
    policy = attrs.evolve(LADDER, minimum=cny(50), minimum_of="invoice")
    part = attrs.evolve(invoice("F1", 40), payments=(Payment(ago(25), cny(51)),))
    assert sent(part, policy=policy) == [("F1", "first", 35)]
    assert sent(part)[1:] == [("F1", "second", 20), ("F1", "third", 0)]


def test_a_credit_note_holds_a_reminder_back_until_it_is_used_up() -> None:
    note = attrs.evolve(invoice("G1", 40, -100), payments=(Payment(ago(30), cny(-60)),))
    assert sent(invoice("F1", 40), note) == [
        ("F1", "first", 30),
        ("F1", "second", 20),
        ("F1", "third", 0),
    ]


@pytest.mark.parametrize(("disputed", "number"), [("skip", 0), ("count", 1)])
def test_disputed_invoices_are_left_alone_or_count(disputed: str, number: int) -> None:
    policy = attrs.evolve(LADDER, disputed=disputed)
    assert len(sent(invoice("F1", 6, disputed=True), policy=policy)) == number


@pytest.mark.parametrize(("days", "found"), [(0, [("F4", "first", 0)]), (1, [])])
def test_a_reminder_may_come_on_the_due_date(days: int, found: list[tuple[str, str, int]]) -> None:
    policy = DunningPolicy(levels=(DunningLevel("first", days),))
    assert sent(BOOK[3], policy=policy) == found


# --- what is refused --------------------------------------------------------------------------


def test_an_invoice_that_stands_twice_is_refused() -> None:
    twice = (BOOK[0], BOOK[0])
    with pytest.raises(DuplicateName, match="invoice 'F2' appears twice"):
        plan_reminders(twice, LADDER, as_of=AS_OF)
    with pytest.raises(DuplicateName, match="invoice 'F2' appears twice"):
        simulate_reminders(twice, LADDER, through=AS_OF)


def test_a_text_is_no_hold() -> None:
    with pytest.raises(InputError, match="held is the text 'K01'; pass names"):
        plan_reminders(BOOK, LADDER, as_of=AS_OF, held="K01")


def test_a_reminder_of_an_unknown_level_is_refused() -> None:
    with pytest.raises(UnknownName, match="unknown level 'fourth'"):
        plan_reminders(BOOK, LADDER, as_of=AS_OF, reminders=(Reminder("F1", "fourth", AS_OF),))


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match="as_of"):
        plan_reminders(BOOK, LADDER, as_of=datetime(2013, 6, 30))
    with pytest.raises(NotADate, match="through"):
        simulate_reminders(BOOK, LADDER, through=datetime(2013, 6, 30))
