"""A dunning run over a ledger: one notice an account (S4-8c), and what a ladder would have sent."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate

from attrs import field, frozen

from kamcore.credit._arrears import Arrears, Item, add_up, names_of, open_items
from kamcore.credit._dunning import DunningLevel, DunningPolicy, Reminder
from kamcore.credit._invoices import Invoice
from kamcore.credit._reminders import START, Standing, find_next, find_standing, find_step
from kamcore.decision import show
from kamcore.errors import DuplicateName
from kamcore.values import Lang, Money
from kamcore.values._checks import as_date, expect, members

__all__ = ["Notice", "plan_reminders", "simulate_reminders"]


@frozen(order=False, kw_only=True)
class Notice:
    """One message to an account in one currency: its arrears, and the reminders that it carries.

    `arrears` leaves out what is on hold, and what is disputed where the policy skips it. `level` is
    the highest of the `reminders`, which are made and not yet sent: keep them, or `sent_on` a day.
    """

    day: date = field()
    level: DunningLevel = field()
    arrears: Arrears = field()
    fee: Money = field()
    reminders: tuple[Reminder, ...] = field()

    @property
    def account(self) -> str:
        """Who is reminded."""
        return self.arrears.account

    @property
    def total(self) -> Money:
        """Arrears and fee together."""
        return self.arrears.open + self.fee

    def sent_on(self, day: date) -> tuple[Reminder, ...]:
        """Return the reminders as sent on `day`, for the record (S4-19b)."""
        return tuple(Reminder(one.invoice, one.level, one.day, day) for one in self.reminders)

    def text(self, lang: Lang = "en") -> str:
        """Return the message that the customer may read; the arrears are in it (S4-19b)."""
        words, arrears = WORDS[lang], self.arrears
        count = len(arrears.invoices)
        shown = words["join"].join(arrears.invoices[:SHOWN])
        listed = words["more" if count > SHOWN else "all"].format(shown=shown, rest=count - SHOWN)
        said = words["one" if count == 1 else "many"].format(
            account=self.account,
            day=show(self.day, lang),
            open=show(arrears.open, lang),
            count=count,
            listed=listed,
            due=show(arrears.oldest_due, lang),
        )
        fee = ""
        if arrears.credited.minor:
            fee = words["credited"].format(credited=show(arrears.credited, lang))
        if self.fee.minor:
            fee += words["fee"].format(fee=show(self.fee, lang), total=show(self.total, lang))
        level = words["level"].format(level=self.level.label.text(lang))
        return level + said + fee + words["please"]


SHOWN = 3
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "level": "[{level}] ",
        "join": ", ",
        "all": "{shown}",
        "more": "{shown} and {rest} more",
        "one": "Dear customer, on {day} {open} of account {account} is due and unpaid on invoice "
        "{listed}, due since {due}. ",
        "many": "Dear customer, on {day} {open} of account {account} is due and unpaid on {count} "
        "invoices ({listed}), the oldest due since {due}. ",
        "credited": "Credit notes of {credited} are deducted already. ",
        "fee": "With a reminder fee of {fee} the amount to pay is {total}. ",
        "please": "Please pay soon. If you have paid already, please disregard this message.",
    },
    "zh": {
        "level": "【{level}】",
        "join": "、",
        "all": "{shown}",
        "more": "{shown} 等",
        "one": "尊敬的客户：截至{day}，贵公司（客户编号 {account}）的发票 {listed} 已到期未付清，"
        "应付 {open}，到期日为{due}。",
        "many": "尊敬的客户：截至{day}，贵公司（客户编号 {account}）有 {count} 张发票（{listed}）"
        "已到期未付清，应付合计 {open}，最早到期日为{due}。",
        "credited": "以上应付金额已扣除红字发票 {credited}。",
        "fee": "另收催缴费 {fee}，应付总额 {total}。",
        "please": "请尽快缴付；如已缴付，请忽略本信息。",
    },
}


def plan_reminders(
    invoices: Iterable[Invoice],
    policy: DunningPolicy,
    *,
    as_of: date,
    reminders: Iterable[Reminder] = (),
    held: Collection[str] = (),
) -> tuple[Notice, ...]:
    """Return the notices to send on `as_of`, one an account (and currency), in their order.

    `reminders` are those made so far, `held` the accounts and invoice numbers on hold. An account
    whose credit notes cover what is due gets none, and below a minimum of the account it gets none.
    Asked again with the reminders of the first answer, nothing more is to be sent. Raises
    `DuplicateName` for an invoice number that stands twice, `UnknownName` for a reminder of an
    unknown level, `CurrencyMismatch` for a fee in another currency, and `InputError` where `held`
    is one text. Source: S4-8c, S4-19b.
    """
    invoices = members("invoices", invoices, Invoice)
    expect("policy", policy, DunningPolicy)
    reminders = members("reminders", reminders, Reminder)
    day, on_hold = as_date(as_of, "as_of"), names_of(held, "held")
    made: dict[str, list[Reminder]] = {}
    for one in reminders:
        made.setdefault(one.invoice, []).append(one)
    least = _least_days(policy)
    groups: dict[tuple[str, str], list[Item]] = {}
    for invoice, left in open_items(invoices, day):
        stopped = invoice.disputed and policy.disputed == "skip"
        held_back = invoice.number in on_hold or invoice.account in on_hold
        if (day - invoice.due).days >= least and not stopped and not held_back:
            groups.setdefault((invoice.account, left.currency), []).append((invoice, left))
    notices = (_notice(groups[key], policy, day, made) for key in sorted(groups))
    return tuple(one for one in notices if one is not None)


def _least_days(policy: DunningPolicy) -> int:
    """Return from how many days past due an invoice is in the arrears that a notice carries.

    That is one, and none where a level comes on the due date itself.
    """
    return 0 if any(level.after_days == 0 for level in policy.levels) else 1


def _notice(
    items: Sequence[Item], policy: DunningPolicy, day: date, made: dict[str, list[Reminder]]
) -> Notice | None:
    arrears = add_up(items, day)
    if arrears is None:
        return None
    found: list[Reminder] = []
    fee = Money.from_minor(0, arrears.open.currency)
    for invoice, _ in sorted(items, key=lambda item: (item[0].due, item[0].number)):
        at = find_standing(made.get(invoice.number, ()), policy, day)
        step = find_step(invoice, policy, at, as_of=day, held=False, arrears=arrears.open)
        if step.outcome == "send" and step.level is not None:
            found.append(Reminder(invoice.number, step.level, day))
            fee += step.fee
    if not found:
        return None
    highest = max(policy.rank(one.level) for one in found)
    return Notice(
        day=day, level=policy.levels[highest], arrears=arrears, fee=fee, reminders=tuple(found)
    )


# --- what a ladder would have sent ------------------------------------------------------------


def simulate_reminders(
    invoices: Iterable[Invoice], policy: DunningPolicy, *, through: date
) -> tuple[Reminder, ...]:
    """Return what a run every day would have sent until `through`, each reminder on its day.

    Equal to `plan_reminders` on every day with the reminders of the days before, all sent at once.
    It goes from one reminder to the next, whatever the span. Sorted by day and invoice number.
    Raises `DuplicateName` for an invoice number that stands twice, and `CurrencyMismatch` for a fee
    in another currency. Source: S4-8c, S4-19b.
    """
    invoices = members("invoices", invoices, Invoice)
    expect("policy", policy, DunningPolicy)
    last, after = as_date(through, "through"), _least_days(policy)
    groups: dict[tuple[str, str], list[tuple[date, Invoice]]] = {}
    seen: set[str] = set()
    for invoice in invoices:
        if invoice.number in seen:
            raise DuplicateName("invoice", invoice.number)
        seen.add(invoice.number)
        stopped = invoice.disputed and policy.disputed == "skip"
        if (last - invoice.due).days >= after and not stopped:
            start = max(invoice.due + timedelta(days=after), invoice.issued or date.min)
            if invoice.open_on(start).minor:
                key = (invoice.account, invoice.amount.currency)
                groups.setdefault(key, []).append((start, invoice))
    found: list[Reminder] = []
    for own in groups.values():
        owed = _Owed(own, policy)
        for start, invoice in own:
            found += _reminders(invoice, policy, owed, start, last)
    return tuple(sorted(found, key=lambda one: (one.day, one.invoice)))


class _Owed:
    """From which days on an account owes enough past due to be reminded."""

    def __init__(self, started: Sequence[tuple[date, Invoice]], policy: DunningPolicy) -> None:
        changes: dict[date, int] = {}
        for start, invoice in started:
            changes[start] = changes.get(start, 0) + invoice.open_on(start).minor
            paid = () if invoice.paid is None else ((invoice.paid, invoice.amount),)
            for day, amount in paid or ((one.day, one.amount) for one in invoice.payments):
                if day > start:
                    changes[day] = changes.get(day, 0) - amount.minor
        least = policy.least(started[0][1].amount.currency)
        enough = max(1, least.minor) if least and policy.minimum_of == "account" else 1
        self._days = sorted(changes)
        sums = list(accumulate(changes[day] for day in self._days))
        self._enough: list[date | None] = []
        following: date | None = None
        for day, owed in zip(reversed(self._days), reversed(sums), strict=True):
            following = day if owed >= enough else following
            self._enough.append(following)
        self._enough.reverse()

    def first_from(self, day: date) -> date | None:
        """Return the first day from `day` on on which enough is owed; something was by then."""
        found = self._enough[bisect_right(self._days, day) - 1]
        return None if found is None else max(day, found)


def _reminders(
    invoice: Invoice, policy: DunningPolicy, owed: _Owed, start: date, last: date
) -> Iterable[Reminder]:
    """Go through the reminders of one invoice until it is settled, or the ladder ends."""
    at = START
    while at.rank + 1 < len(policy.levels):
        _, from_day = find_next(invoice, policy, at, start)
        day = owed.first_from(max(from_day, start))
        if day is None or day > last:
            return
        rank, _ = find_next(invoice, policy, at, day)
        step = find_step(invoice, policy, at, as_of=day, held=False, arrears=None)
        if step.outcome != "send":
            return
        yield Reminder(invoice.number, policy.levels[rank].name, day, day)
        at = Standing(rank, sent=True, day=day)
