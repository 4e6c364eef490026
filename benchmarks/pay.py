"""Prices, due dates and instalments for kamcore and its peers, with equal answers first.

The peers do the bare arithmetic: py-moneyed and stockholm the percentage, the rounding and the
comparison with the floor, dateutil a prebuilt relativedelta, Tryton its own payment terms on plain
stand-ins without database.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from types import SimpleNamespace

from dateutil.relativedelta import relativedelta
from measure import Turns, each, take_turns
from moneyed import Money as PyMoney
from stockholm import Money as StockholmMoney
from trytond.modules.account_invoice import payment_term as tryton
from trytond.modules.currency.currency import Currency

from kamcore.credit import DateStep, Instalment, PaymentTerm, find_due_date, plan_payments
from kamcore.price import Adjustment, PricePolicy, Sale, Stack, TierPrice, check_floor, quote_price
from kamcore.values import Money, Ratio, Rounding

__all__ = ["due_dates", "instalments", "prices", "proofs"]

COUNT = 300
SEED = 20260301
percent = Ratio.percent

BARE = PricePolicy(tiers=(TierPrice("A", low=percent(95)),), rounding=Rounding.HALF_AWAY_FROM_ZERO)
STACKED = PricePolicy(
    tiers=(TierPrice("A", low=percent(95), floor=percent(90)),),
    stacks=(
        Stack("compound", (Adjustment("contract", percent(-1)),)),
        Stack("compound", (Adjustment("early payment", percent(-2), off_invoice=True),)),
    ),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
)
SHARE, CONTRACT, EARLY = Decimal("0.96"), Decimal("0.99"), Decimal("0.98")
LOW, FLOOR, CENT = Decimal("0.95"), Decimal("0.90"), Decimal("0.01")


def prices(rounds: int) -> tuple[Turns, Turns]:
    """Return 4 % off with its floor; and the same with a contract and early payment."""
    draw = Random(SEED)  # noqa: S311 - amounts to time, no secrets
    amounts = [Decimal(draw.randrange(10_000, 10_000_000)) / 100 for _ in range(COUNT)]
    sales = [Sale("A", Money(one, "CNY"), discount=percent(4)) for one in amounts]
    return (
        _priced(sales, amounts, BARE, {"moneyed": _moneyed, "stockholm": _stockholm}, rounds),
        _priced(
            sales,
            amounts,
            STACKED,
            {"moneyed": _moneyed_stack, "stockholm": _stockholm_stack},
            rounds,
        ),
    )


Price = PyMoney | StockholmMoney
KINDS: Mapping[str, Callable[[Decimal], Price]] = {
    "moneyed": lambda amount: PyMoney(amount, "CNY"),
    "stockholm": lambda amount: StockholmMoney(amount, "CNY"),
}


def _priced(
    sales: list[Sale],
    amounts: list[Decimal],
    policy: PricePolicy,
    peers: Mapping[str, Callable[[Price], tuple[Price, bool]]],
    rounds: int,
) -> Turns:
    works = {
        "quote_price": each(lambda sale: quote_price(sale, policy).value.unit, sales),
        "… .waterfall": each(lambda sale: quote_price(sale, policy).value.waterfall, sales),
        "… .explain": each(lambda sale: quote_price(sale, policy).explain("en"), sales),
    }
    for name, ask in peers.items():
        given = [KINDS[name](amount) for amount in amounts]
        works[name] = each(ask, given)
        for sale, one in zip(sales, given, strict=True):
            quote, (unit, kept) = quote_price(sale, policy).value, ask(one)
            assert abs(quote.unit.amount - unit.amount) <= CENT  # a tie is rounded otherwise
            assert (quote.outcome == "allowed") is kept
    return take_turns(works, rounds=rounds, calls=len(sales))


def _moneyed(control: Price) -> tuple[Price, bool]:
    price = (control * SHARE).round(2)
    return price, price >= control * LOW


def _stockholm(control: Price) -> tuple[Price, bool]:
    price = round(control * SHARE, 2)
    return price, price >= control * LOW


def _moneyed_stack(control: Price) -> tuple[Price, bool]:
    price = (control * SHARE * CONTRACT).round(2)
    return price, price * EARLY >= control * FLOOR


def _stockholm_stack(control: Price) -> tuple[Price, bool]:
    price = round(control * SHARE * CONTRACT, 2)
    return price, price * EARLY >= control * FLOOR


# --- due dates and instalments --------------------------------------------------------------


def due_dates(rounds: int) -> Turns:
    """Return the end of the month and 45 days, of 300 days."""
    term = PaymentTerm(
        instalments=(Instalment(None, (DateStep.end_of_month(), DateStep.days(45))),)
    )
    end_and_days, days = relativedelta(day=31), relativedelta(days=45)
    first = date(2024, 1, 1)
    anchors = [first + timedelta(days=3 * number) for number in range(COUNT)]
    for day in anchors:
        assert find_due_date(term, anchor=day) == day + end_and_days + days
    works = {
        "find_due_date": each(lambda day: find_due_date(term, anchor=day), anchors),
        "two relativedeltas": each(lambda day: day + end_and_days + days, anchors),
        "one relativedelta": each(lambda day: day + END_AND_DAYS, anchors),
    }
    return take_turns(works, rounds=rounds, calls=COUNT)


END_AND_DAYS = relativedelta(day=31, days=+45)
"""Sets the day first and adds the days then."""


class _Yuan:
    rounding = CENT
    round, _round, is_zero = Currency.round, Currency._round, Currency.is_zero  # noqa: SLF001


class _Line(SimpleNamespace):
    get_value, get_date = tryton.PaymentTermLine.get_value, tryton.PaymentTermLine.get_date


class _Delta(SimpleNamespace):
    get = tryton.PaymentTermLineRelativeDelta.get


def _line(kind: str, ratio: Decimal | None, days: int) -> _Line:
    delta = _Delta(day=None, month=None, months=0, weeks=0, days=days, weekday=None)
    return _Line(type=kind, ratio=ratio, relativedeltas=[delta])


THIRTY = Decimal("0.3")
PEERS = {
    "1 line": [_line("remainder", None, 30)],
    "3 lines": [
        _line("percent_on_total", THIRTY, 30),
        _line("percent_on_total", THIRTY, 60),
        _line("remainder", None, 90),
    ],
}
OWN = {
    "1 line": (Instalment(None, (DateStep.days(30),)),),
    "3 lines": (
        Instalment(percent(30), (DateStep.days(30),)),
        Instalment(percent(30), (DateStep.days(60),)),
        Instalment(None, (DateStep.days(90),)),
    ),
}


def instalments(rounds: int) -> Mapping[str, Turns]:
    """Return plans of one and of three lines."""
    tryton.Pool = lambda: {"currency.currency": None}  # asked for, and used by fixed lines only
    draw = Random(SEED)  # noqa: S311 - amounts to time, no secrets
    day, yuan = date(2025, 9, 15), _Yuan()
    amounts = [Decimal(draw.randrange(1, 10_000_000)) / 100 for _ in range(COUNT)]
    found: dict[str, Turns] = {}
    for name, lines in PEERS.items():
        peer = SimpleNamespace(lines=lines)
        term = PaymentTerm(instalments=OWN[name], rounding=Rounding.HALF_EVEN)
        given = [Money(amount, "CNY") for amount in amounts]

        def compute(amount: Decimal, peer: SimpleNamespace = peer) -> list[tuple[date, Decimal]]:
            return tryton.PaymentTerm.compute(peer, amount, yuan, day)

        def plan(amount: Money, term: PaymentTerm = term) -> object:
            return plan_payments(amount, term, anchor=day)

        for amount, own in zip(amounts, given, strict=True):
            dues = plan_payments(own, term, anchor=day).value.dues
            assert [(due.day, due.amount.amount) for due in dues] == [
                part for part in compute(amount) if part[1]
            ]
        works = {"plan_payments": each(plan, given), "Tryton": each(compute, amounts)}
        found[name] = take_turns(works, rounds=rounds, calls=COUNT)
    return found


def proofs(rounds: int) -> Turns:
    """Return the proof of a floor by its bound, and by trying every case."""
    policy = PricePolicy(
        tiers=(TierPrice("A", low=percent(95), floor=percent(80)),),
        stacks=tuple(
            Stack("compound", (Adjustment(f"adjustment {number}", percent(-1)),))
            for number in range(12)
        ),
        rounding=Rounding.HALF_AWAY_FROM_ZERO,
    )
    works = {
        "bound": partial(check_floor, policy),
        "every case": partial(check_floor, policy, exhaustive=True),
    }
    return take_turns(works, rounds=rounds, calls=1)
