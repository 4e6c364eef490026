"""Ageing (账龄): what is open, by how long it has been due."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from kamcore.credit._arrears import Item, open_items
from kamcore.credit._invoices import Invoice
from kamcore.decision import Policy, show
from kamcore.errors import CurrencyMismatch, InputError, PolicyError
from kamcore.values import Label, Lang, Money, Source, Steps
from kamcore.values._checks import as_date, expect, instance_of, members, one_of, tuple_of
from kamcore.values._words import MONEY_ZH, counted

__all__ = ["AgedAccount", "Ageing", "AgeingBands", "age_receivables"]


@frozen(order=False, kw_only=True)
class AgeingBands(Policy):
    """Bands of days since the due date, or since the date of issue (`counted_from`).

    `edges` are the last days of the bands: (0, 30, 60, 90) makes not yet due, 1–30, 31–60, 61–90
    and over 90 days. With `disputed="skip"` disputed invoices stand in no band.
    """

    edges: tuple[int, ...] = field(default=(0, 30, 60, 90), validator=tuple_of(int))
    counted_from: Literal["due", "issued"] = field(default="due", validator=one_of("due", "issued"))
    disputed: Literal["count", "skip"] = field(default="count", validator=one_of("count", "skip"))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse edges that are no days or do not rise."""
        shown = ", ".join(map(str, self.edges))
        if not self.edges or self.edges[0] < 0 or any(type(edge) is not int for edge in self.edges):
            raise PolicyError(f"edges ({shown}); pass at least one number of days, 0 or more")
        for lower, upper in pairwise(self.edges):
            if upper <= lower:
                raise PolicyError(f"edges ({shown}): {upper} follows {lower}; let them rise")

    @cached_property
    def compiled(self) -> Steps[int]:
        """The bands by their number; no API."""
        return Steps(values=tuple(range(len(self.edges) + 1)), edges=self.edges, edge="right")

    @property
    def names(self) -> tuple[str, ...]:
        """The bands as column names: "not_due" (or "up_to_30"), "1-30", ..., "over_90"."""
        first = "not_due" if self._starts_at_due else f"up_to_{self.edges[0]}"
        middle = (f"{lower + 1}-{upper}" for lower, upper in pairwise(self.edges))
        return (first, *middle, f"over_{self.edges[-1]}")

    @property
    def labels(self) -> tuple[Label, ...]:
        """The bands in words."""
        low, high = (counted(self.edges[at], "day", "天") for at in (0, -1))
        first = Label(f"up to {low.en}", f"{low.zh}以内")
        if self._starts_at_due:
            first = Label("not yet due", "未到期")
        middle = (_between(lower + 1, upper) for lower, upper in pairwise(self.edges))
        return (first, *middle, Label(f"over {high.en}", f"超过 {high.zh}"))

    @property
    def _starts_at_due(self) -> bool:
        return self.counted_from == "due" and self.edges[0] == 0


def _between(first: int, last: int) -> Label:
    days = str(first) if first == last else f"{first}–{last}"
    return Label(f"day {days}" if first == last else f"{days} days", f"{days} 天")


@frozen(order=False)
class AgedAccount:
    """One account: what is open in each band, how many invoices, and the days of the oldest one.

    Credit notes are negative in the band of their own date. `oldest_days` is 0 where nothing is due
    yet.
    """

    account: str = field()
    amounts: tuple[Money, ...] = field()
    count: int = field()
    oldest_days: int = field()

    @property
    def total(self) -> Money:
        """All that is open, exactly the sum of the bands."""
        return _sum(self.amounts)


@frozen(order=False, kw_only=True)
class Ageing:
    """What is open on a day in one currency, by band and account, in order of the accounts.

    `totals` add up the bands over all accounts. `disputed` is what is open and in dispute: part of
    the bands, or beside them where the policy skips it.
    """

    as_of: date = field()
    policy: AgeingBands = field()
    accounts: tuple[AgedAccount, ...] = field()
    totals: tuple[Money, ...] = field()
    disputed: Money = field()

    @property
    def total(self) -> Money:
        """All that stands in the bands."""
        return _sum(self.totals)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The bands in words."""
        return self.policy.labels

    def rows(self) -> list[dict[str, str | int | Decimal]]:
        """Return one mapping an account, for a dataframe; amounts are in whole units."""
        return [
            {
                "account": one.account,
                **{
                    name: money.amount
                    for name, money in zip(self.policy.names, one.amounts, strict=True)
                },
                "total": one.total.amount,
                "invoices": one.count,
                "oldest_days": one.oldest_days,
            }
            for one in self.accounts
        ]

    def text(self, lang: Lang = "en") -> str:
        """Return the report: a line an account, the totals last, columns aligned."""
        words, labels = WORDS[lang], [label.text(lang) for label in self.labels]
        currency = self.disputed.currency
        unit = MONEY_ZH.get(currency, currency) if lang == "zh" else currency
        start = words[self.policy.counted_from]
        head = words["head"].format(day=show(self.as_of, lang), start=start, unit=unit)
        lines = [
            (words["account"], *labels, words["total"]),
            *((one.account, *_figures((*one.amounts, one.total))) for one in self.accounts),
            (words["total"], *_figures((*self.totals, self.total))),
        ]
        said = [head, *_aligned(lines)]
        if self.disputed.minor:
            left_out = words[f"disputed_{self.policy.disputed}"]
            said.append(left_out.format(amount=show(self.disputed, lang)))
        return "\n".join(said)


WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "head": "Open on {day}, by days since {start}, in {unit}",
        "due": "the due date",
        "issued": "the date of issue",
        "account": "account",
        "total": "total",
        "disputed_count": "of this in dispute: {amount}",
        "disputed_skip": "beside this, in dispute: {amount}",
    },
    "zh": {
        "head": "截至{day}的应收账款账龄（自{start}起算，单位：{unit}）",
        "due": "到期日",
        "issued": "开票日",
        "account": "客户",
        "total": "合计",
        "disputed_count": "其中有争议：{amount}",
        "disputed_skip": "另有争议款项（未计入）：{amount}",
    },
}
WIDE_FROM = 0x2E80


def _figures(amounts: Iterable[Money]) -> Iterable[str]:
    return (f"{money.amount:,f}" for money in amounts)


def _aligned(lines: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """Align the first column left and the others right; a Chinese character is two wide."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for name, *figures in lines:
        cells = [name + " " * (widths[0] - _width(name))]
        for one, wide in zip(figures, widths[1:], strict=True):
            cells.append(" " * (wide - _width(one)) + one)
        yield "  ".join(cells)


def _width(said: str) -> int:
    return sum(2 if ord(one) >= WIDE_FROM else 1 for one in said)


def _sum(amounts: Sequence[Money]) -> Money:
    return Money.from_minor(sum(money.minor for money in amounts), amounts[0].currency)


def age_receivables(
    invoices: Iterable[Invoice],
    policy: AgeingBands,
    *,
    as_of: date,
    currency: str | None = None,
) -> Ageing:
    """Return what is open on `as_of`, by account and band; all bands add up to all that is open.

    What was paid after `as_of` is open, what was issued after it is not there yet. Raises
    `CurrencyMismatch` for two currencies, `DuplicateName` for an invoice number that stands twice,
    and `InputError` for an invoice without a date of issue where the days count from it.
    `currency` is needed where there is no invoice to take it from.
    """
    invoices = members("invoices", invoices, Invoice)
    expect("policy", policy, AgeingBands)
    day, own = as_date(as_of, "as_of"), tuple(invoices)
    if not own and currency is None:
        raise InputError('no invoice tells the currency; pass currency="CNY"')
    code = currency or own[0].amount.currency
    groups: dict[str, list[Item]] = {}
    disputed = 0
    for invoice, left in open_items(own, day):
        if left.currency != code:
            raise CurrencyMismatch(code, left.currency)
        disputed += left.minor if invoice.disputed else 0
        if not (invoice.disputed and policy.disputed == "skip"):
            groups.setdefault(invoice.account, []).append((invoice, left))
    bands: dict[date, int] = {}
    accounts = [_aged(groups[name], policy, day, bands) for name in sorted(groups)]
    totals = [0] * (len(policy.edges) + 1)
    for one in accounts:
        for band, money in enumerate(one.amounts):
            totals[band] += money.minor
    return Ageing(
        as_of=day,
        policy=policy,
        accounts=tuple(accounts),
        totals=tuple(Money.from_minor(minor, code) for minor in totals),
        disputed=Money.from_minor(disputed, code),
    )


def _aged(
    items: list[Item], policy: AgeingBands, as_of: date, bands: dict[date, int]
) -> AgedAccount:
    """Sort the items of one account into bands; `bands` remembers those of the days seen."""
    amounts, oldest = [0] * (len(policy.edges) + 1), 0
    for invoice, left in items:
        start = invoice.due if policy.counted_from == "due" else invoice.issued
        if start is None:
            raise InputError(
                f'invoice {invoice.number} has no date of issue; pass issued, or count from "due"'
            )
        band = bands.get(start)
        if band is None:
            band = bands[start] = policy.compiled.at((as_of - start).days)
        amounts[band] += left.minor
        if left.minor > 0:
            oldest = max(oldest, (as_of - start).days)
    currency = items[0][1].currency
    made = tuple(Money.from_minor(minor, currency) for minor in amounts)
    return AgedAccount(items[0][0].account, made, len(items), oldest)
