"""The tables of a ledger of receivables in two languages, and the totals that must be equal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from incident_log import draw, drawn
from receivables_ledger import Filed, Ledger, amount_of

from kamcore.credit import (
    AgedAccount,
    Ageing,
    Arrears,
    BadPeriod,
    Demotion,
    DunningPolicy,
    Interest,
    Invoice,
    Notice,
    Reminder,
    SuspensionVerdict,
    Terms,
)
from kamcore.decision import Decision, show
from kamcore.values import Label, Lang, Money

SHOWN = 10
Side = Mapping[str, int | Decimal]
Line = TypeVar("Line", AgedAccount, Arrears)


def reconciled(lang: Lang, *sides: Side) -> bool:
    """Print that the terms of every side add up to the same; say whether they do."""
    totals = [sum(side.values()) for side in sides]
    sound = all(one == totals[0] for one in totals)
    said = say("sound" if sound else "unsound", lang)
    for side, value in zip(sides, totals, strict=True):
        if side is not sides[0]:
            equals = " = " if value == totals[0] else " ≠ "
            said += say("joint", lang) if "same" in side else equals
        said += " + ".join(f"{say(key, lang)} {figure(one)}" for key, one in side.items())
    print(said)
    return sound


def figure(value: int | Decimal) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def total(amounts: Iterable[Money]) -> Decimal:
    return sum((one.amount for one in amounts), Decimal(0))


def lines(ordered: Sequence[Line], lang: Lang) -> Iterator[tuple[str, Sequence[Line]]]:
    """Yield the first accounts one by one, the others together, and all."""
    for one in ordered[:SHOWN]:
        yield one.account, [one]
    if rest := ordered[SHOWN:]:
        yield say("rest", lang, count=len(rest)), rest
    yield say("total", lang), ordered


# --- the ledger and its ageing ----------------------------------------------------------------


def print_head(ledger: Ledger, filed: Filed, assumed: Mapping[str, str], lang: Lang) -> bool:
    """Print what the example assumes, and that no row and no amount of the file is lost."""
    day, rows, amounts = ledger.as_of, filed.rows, filed.amounts
    print(say("head", lang, file=ledger.name, day=show(day, lang), **assumed))
    known, later, left_out = (len(some) for some in (ledger.known, ledger.later, ledger.left_out))
    split = {"known": known, "later": later, "left_out": left_out}
    invoiced, issued_later = amount_of(ledger.known), amount_of(ledger.later)
    parts = {"invoiced": invoiced, "later": issued_later, "left_out": amounts["left_out"]}
    paid = amount_of([one for one in ledger.known if one.settled_by(day) is not None])
    halves = {"paid": paid, "open": total(one.open_on(day) for one in ledger.known)}
    sound = [
        reconciled(lang, {"rows": rows["file"]}, split),
        reconciled(lang, {"amounts": amounts["file"]}, parts),
        reconciled(lang, {"invoiced": invoiced}, halves, {"file": amounts["known"]}),
        reconciled(lang, {"paid": paid}, {"file": amounts["paid"]}),
    ]
    return all(sound)


def print_ageing(ageing: Ageing, filed: Filed, lang: Lang) -> bool:
    """Print the bands beside those of the file, and the accounts with the most open."""
    labels = [one.text(lang) for one in ageing.labels]
    bands, whole = [money.amount for money in ageing.totals], ageing.total.amount
    print(say("ageing", lang))
    table = drawn(say("bands", lang).split("|"), right=range(1, 5))
    for at, (label, amount) in enumerate(zip(labels, bands, strict=True)):
        share = f"{amount / whole:.1%}" if whole else "–"
        beside = (figure(filed.rows[at]), figure(filed.amounts[at]))
        table.add_row(label, figure(amount), share, *beside)
    draw(table)
    first, *others = say("accounts", lang).split("|")
    table = drawn((first, *labels, *others), right=range(1, len(labels) + 4))
    most = sorted(ageing.accounts, key=lambda one: (-one.total.minor, one.account))
    for name, some in lines(most, lang):
        amounts = (total(one.amounts[at] for one in some) for at in range(len(labels)))
        count, oldest = (
            sum(one.count for one in some),
            max((one.oldest_days for one in some), default=0),
        )
        sums = [*amounts, total(one.total for one in some)]
        table.add_row(name, *map(figure, sums), str(count), str(oldest))
    draw(table)
    totals = {one.account: one.total.amount for one in ageing.accounts}
    sides: list[Side] = [
        {"open": whole},
        {"by_band": sum(bands, Decimal(0))},
        {"by_account": sum(totals.values(), Decimal(0))},
        {"file": filed.amounts["open"]},
    ]
    invoices: Side = {"open_invoices": sum(one.count for one in ageing.accounts)}
    same_bands = sum(amount == filed.amounts[at] for at, amount in enumerate(bands))
    same = sum(amount == filed.accounts.get(account) for account, amount in totals.items())
    accounts: list[Side] = [{"open_accounts": len(totals)}, {"same": same}]
    sound = [
        reconciled(lang, *sides),
        reconciled(lang, {"each_band": len(bands)}, {"same": same_bands}),
        reconciled(lang, invoices, {"file": filed.rows["open"]}),
        reconciled(lang, *accounts, {"file": len(filed.accounts)}),
    ]
    return all(sound)


# --- breaches ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of “twice in a quarter”, and what it finds, by account.

    `periods` are all bad quarters known on the day; `terms` rest on those since the last grading.
    """

    demotion: Demotion
    periods: Mapping[str, tuple[BadPeriod, ...]]
    terms: Mapping[str, Decision[Terms]]


def print_readings(
    readings: Sequence[Reading], account: str, below: Sequence[str], lang: Lang
) -> None:
    """Print what each reading finds, how many it lowers to the tiers `below`, and one account."""
    print(say("readings", lang))
    lowered_to = (say("lowered_to", lang, tier=tier) for tier in below)
    names = (*say("columns", lang).split("|"), *lowered_to, account)
    table = drawn(names, right=range(3, len(names) - 1))
    for one in readings:
        found = [len(periods) for periods in one.periods.values()]
        levels = Counter(terms.value.level for terms in one.terms.values())
        lowered = [levels[tier] for tier in below]
        table.add_row(
            say(one.demotion.quarter, lang) + (" *" if one is readings[0] else ""),
            say(one.demotion.disputed, lang),
            say(one.demotion.unpaid, lang),
            *map(str, (sum(found), sum(map(bool, found)), sum(lowered), *lowered)),
            say("tier", lang, tier=one.terms[account].value.level),
        )
    draw(table)
    print(say("preset", lang))


def print_evidence(
    readings: Sequence[Reading], account: str, bills: Iterable[Invoice], as_of: date, lang: Lang
) -> None:
    """Print why the account has its terms, and the invoices that the three windows count."""
    print(say("evidence", lang, account=account))
    print(readings[0].terms[account].explain(lang), end="\n\n")
    windows = {
        one.demotion.quarter: {
            breach.invoice: period.label.text(lang)
            for period in one.terms[account].value.bad_periods
            for breach in period.breaches
        }
        for one in readings
        if (one.demotion.disputed, one.demotion.unpaid) == ("count", "count")
    }
    names = (*say("bills", lang).split("|"), *(say(window, lang) for window in windows))
    table = drawn(names, right=(4, 5))
    for bill in sorted(bills, key=lambda one: (one.due, one.number)):
        counted = [places.get(bill.number, "–") for places in windows.values()]
        if set(counted) != {"–"}:
            paid = bill.settled_by(as_of)
            table.add_row(
                *(bill.number, str(bill.issued), str(bill.due), str(paid or say("unpaid", lang))),
                *(str(((paid or as_of) - bill.due).days), figure(bill.amount.amount)),
                *(say("yes" if bill.disputed else "no", lang), *counted),
            )
    if table.row_count:
        draw(table)


# --- dunning, arrears and interest -------------------------------------------------------------


def print_reminders(  # noqa: PLR0913 - the ladder, what it did, and whom the page is about
    ladder: DunningPolicy,
    reminders: Sequence[Reminder],
    notices: Sequence[Notice],
    *,
    as_of: date,
    account: str | None,
    lang: Lang,
) -> bool:
    """Print the reminders by month and level, and the largest notice (of the account, if named)."""
    labels = [one.label.text(lang) for one in ladder.levels]
    steps = (
        say("step", lang, level=one.label.text(lang), when=one.when.text(lang))
        for one in ladder.levels
    )
    least = show(ladder.minimum[0], lang)
    print(say("reminders", lang, ladder=say("joint", lang).join(steps), least=least))
    counts = Counter((f"{one.day:%Y-%m}", one.level) for one in reminders)
    names = (say("month", lang), *labels, say("total", lang))
    table = drawn(names, right=range(1, len(names)))
    for month in sorted({month for month, _ in counts}):
        row = [counts[month, level] for level in ladder.names]
        table.add_row(month, *map(figure, row), figure(sum(row)))
    by_level = Counter(one.level for one in reminders)
    row = [by_level[level] for level in ladder.names]
    table.add_row(say("total", lang), *map(figure, row), figure(len(reminders)))
    draw(table)
    sides: list[Side] = [{"sent": len(reminders)}, dict(zip(labels, row, strict=True))]
    sound = reconciled(lang, *sides, {"carried": sum(len(one.reminders) for one in notices)})
    own = [one for one in notices if account in {None, one.account}]
    today, who = sum(one.day == as_of for one in own), account or say("everybody", lang)
    print(say("notices", lang, who=who, count=len(own), today=today))
    if own:
        largest = max(own, key=lambda one: (one.arrears.open.minor, one.day, one.account))
        print(say("largest", lang, day=show(largest.day, lang)))
        print(largest.text(lang))
    return sound


def print_arrears(
    arrears: Sequence[Arrears],
    ageing: Ageing,
    verdicts: Mapping[str, Decision[SuspensionVerdict]],
    last: Mapping[str, str],
    lang: Lang,
) -> bool:
    """Print who owes what past due, the `last` reminder sent, and what becomes of the service."""
    print(say("arrears", lang))
    table = drawn(say("owing", lang).split("|"), right=(1, 2, 3, 5))
    for name, some in lines(sorted(arrears, key=lambda one: (-one.open.minor, one.account)), lang):
        table.add_row(
            name,
            figure(total(one.open for one in some)),
            figure(total(one.disputed for one in some)),
            figure(sum(len(one.invoices) for one in some)),
            str(min((one.oldest_due for one in some), default="–")),
            figure(max((one.days_overdue for one in some), default=0)),
            last.get(name, "–" if name in verdicts else ""),
            say(verdicts[name].value.outcome, lang) if name in verdicts else "",
        )
    draw(table)
    owed: dict[str, int | Decimal] = {"owed": total(one.open for one in arrears)}
    past_due = (total(one.amounts[1:]) for one in ageing.accounts)
    if credit := sum((amount for amount in past_due if amount < 0), Decimal(0)):
        owed["in_credit"] = credit
    return reconciled(lang, owed, {"bands_past_due": total(ageing.totals[1:])})


def print_interest(
    interest: Mapping[str, Decision[Interest]], ledger: Ledger, account: str | None, lang: Lang
) -> bool:
    """Print the late interest, what it is on, and the reasons of the highest (of the account)."""
    day = ledger.as_of
    amounts = {number: one.value.amount for number, one in interest.items()}
    bearing = [one for one in ledger.known if amounts[one.number].minor]
    print(say("interest", lang, day=show(day, lang), count=len(bearing)))
    parts = {"still_open": Decimal(0), "settled": Decimal(0)}
    accounts: dict[str, Decimal] = defaultdict(Decimal)
    for one in bearing:
        parts["settled" if one.settled_by(day) else "still_open"] += amounts[one.number].amount
        accounts[one.account] += amounts[one.number].amount
    sums: list[Side] = [parts, {"by_account": sum(accounts.values(), Decimal(0))}]
    sound = reconciled(lang, {"interest_total": total(amounts.values())}, *sums)
    own = [one.number for one in ledger.known if account in {None, one.account}]
    highest = max(own, key=lambda number: amounts[number].minor)
    print(f"\n{interest[highest].explain(lang)}")
    return sound


# --- words ------------------------------------------------------------------------------------


def say(key: str, lang: Lang, **values: object) -> str:
    """Return words by their key, filled in; what is no key is said as it is."""
    return WORDS[key].text(lang).format(**values) if key in WORDS else key


WORDS = {
    "head": Label(
        "{file} as known on {day}, in {currency}\n"
        "Taken by the example, as the file does not say: the currency; that every account is of "
        "class {tier}, was last\ngraded on {graded}, pays safely and is in service; that what is "
        "disputed was so from the first day. Bands,\nreminders, suspension and interest are rules "
        "of the example company; payment modes and what lowers them\nare those of S3-P08.\n",
        "{file}：截至{day}所知，金额单位 {currency}\n"
        "文件未载明、由示例设定：币种；所有客户均为{tier}类，上次评级日{graded}，收款安全有保证，"
        "均未停机；\n有争议的发票自开票起即有争议。账龄段、催缴、停机与逾期利息为示例公司的规定；"
        "付款方式及其降级依据 S3-P08。\n",
    ),
    "bands": Label(
        "Past due|Amount|Share|Invoices of the file|Amount of the file",
        "逾期|金额|占比|文件中的发票数|文件中的金额",
    ),
    "accounts": Label("Account|Total|Invoices|Oldest, days", "客户|合计|发票数|最长逾期天数"),
    "columns": Label(
        "Quarter of|Disputed|Unpaid|Bad quarters|Accounts|Lowered",
        "季度的认定|有争议的|未付的|达到降级条件的季度|涉及客户|当日已降级",
    ),
    "bills": Label(
        "Invoice|Issued|Due|Paid|Days late|Amount|Disputed",
        "发票|开票日|到期日|付款日|逾期天数|金额|有争议",
    ),
    "owing": Label(
        "Account|Arrears|In dispute|Invoices|Oldest due|Days|Last reminder|Suspension",
        "客户|欠费|其中有争议|发票数|最早到期日|逾期天数|最近一次催缴|停机",
    ),
    "sound": Label("reconciled: ", "核对相符："),
    "unsound": Label("NOT RECONCILED: ", "核对不符："),
    "rows": Label("rows of the file", "文件行数"),
    "known": Label("known on the day", "当日已知"),
    "later": Label("issued later", "之后开具"),
    "left_out": Label("left out", "未采用"),
    "amounts": Label("amounts of the file", "文件金额"),
    "invoiced": Label("invoiced", "已开票"),
    "paid": Label("paid", "已付"),
    "open": Label("open", "未付"),
    "file": Label("added up from the file", "由文件另行加总"),
    "by_band": Label("by band", "按账龄段合计"),
    "each_band": Label("bands", "账龄段"),
    "by_account": Label("by account", "按客户合计"),
    "open_invoices": Label("open invoices", "未付发票"),
    "open_accounts": Label("accounts with open invoices", "有未付发票的客户"),
    "same": Label("of these equal to the file", "其中金额与文件一致"),
    "ageing": Label("\nWhat is open, by days past due\n", "\n未付款项的账龄（按逾期天数）\n"),
    "readings": Label(
        "\nTwo or more payments not as agreed in one quarter (P08-5N) lower the mode (P08-5M)\n",
        "\n一个季度内两次（含）以上不按付款条件付款（P08-5N），付款方式降一级（P08-5M）\n",
    ),
    "due_date": Label("due date", "按到期日"),
    "payment_date": Label("payment date", "按付款日"),
    "rolling": Label("rolling 3 months", "连续 3 个月"),
    "count": Label("count", "计入"),
    "skip": Label("left out", "不计"),
    "tier": Label("class {tier}", "{tier}类"),
    "lowered_to": Label("to class {tier}", "降至{tier}类"),
    "preset": Label(
        "* the preset's reading. Bad quarters are all that are known, in so many accounts; only "
        "those since the last\ngrading lower. Last column: the class whose payment modes the "
        "account has on the day.\n",
        "* 预设采用的口径。达到降级条件的季度为已知的全部，只有上次评级以来的才降级。\n"
        "末列：该客户当日适用哪一类的付款方式。\n",
    ),
    "evidence": Label("{account} by the preset's reading:", "{account}，按预设口径："),
    "unpaid": Label("open", "未付"),
    "yes": Label("yes", "是"),
    "no": Label("no", "否"),
    "reminders": Label(
        "What the ladder would have sent: {ladder};\n"
        "for arrears of an account of {least} or more, without disputed invoices\n",
        "按催缴规则本应发出：{ladder}；\n客户欠费满 {least} 方催缴，有争议的发票不计\n",
    ),
    "step": Label("{level} {when}", "{when}{level}"),
    "joint": Label(", ", "，"),
    "month": Label("Month", "月份"),
    "total": Label("total", "合计"),
    "sent": Label("reminders", "催缴"),
    "carried": Label("carried by the notices", "各通知所载"),
    "notices": Label(
        "\nNotices to {who}: {count:,}, of these {today:,} on the day itself",
        "\n发给{who}的通知：{count:,} 份，其中当日 {today:,} 份",
    ),
    "everybody": Label("all accounts", "全部客户"),
    "largest": Label("The largest, of {day}:", "金额最大的一份（{day}）："),
    "arrears": Label("\nArrears, and what becomes of the service\n", "\n欠费与停机\n"),
    "leave": Label("leave in service", "不停机"),
    "propose": Label("propose", "建议停机"),
    "rest": Label("{count} more", "其余 {count} 户"),
    "owed": Label("arrears", "欠费"),
    "in_credit": Label("accounts in credit", "贷方余额客户"),
    "bands_past_due": Label("bands past due", "逾期各账龄段"),
    "interest": Label(
        "\nLate interest up to {day}, on {count:,} invoices; disputed ones bear none\n",
        "\n截至{day}的逾期利息，共 {count:,} 张发票（有争议的不计息）\n",
    ),
    "still_open": Label("still open", "尚未付清"),
    "settled": Label("settled since", "已付清"),
    "interest_total": Label("late interest", "逾期利息"),
}
