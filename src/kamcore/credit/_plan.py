"""A payment plan: what is due on which day, and what early payment saves.

>>> from kamcore.credit import parse_term
>>> term = parse_term("2/10 net 30", rounding=Rounding.HALF_AWAY_FROM_ZERO)
>>> plan = plan_payments(Money(1150, "CNY"), term, anchor=date(2026, 1, 15))
>>> print(plan.explain("en"))
CNY 1,150.00 is due on 2026-02-14
that is 30 days after the invoice date 2026-01-15
paid by 2026-01-25 at the latest, CNY 1,127.00 settles it: 2% off, which saves CNY 23.00
Convention: amounts to pay are rounded to the nearest, a half away from zero, in steps of CNY 0.01
>>> str(plan.value.to_settle(date(2026, 1, 25)))
'CNY 1,127.00'
"""

from datetime import date
from typing import cast

from attrs import field, frozen

from kamcore.credit._dates import DateStep, steps_label
from kamcore.credit._modes import PaymentMode
from kamcore.credit._payment_term import (
    ANCHORS,
    PREVIOUS,
    SHOWN,
    EarlyPayment,
    Instalment,
    PaymentTerm,
)
from kamcore.credit._plan_reasons import (
    BY_MODE,
    BY_PREPAYMENT,
    COUNTED,
    CREDIT_ONCE,
    CREDIT_PARTS,
    CREDIT_WINDOW,
    DUE_ONCE,
    DUE_PARTS,
    MORE_PARTS,
    NOTHING_DUE,
    PART,
    TAX,
    WINDOW,
    amount_conventions,
    day_conventions,
)
from kamcore.credit._taxes import TaxedAmount
from kamcore.decision import Decision, Reason, Trace, show
from kamcore.errors import CurrencyMismatch, InputError
from kamcore.values import Label, Money, MoneyLike, Ratio, Rounding
from kamcore.values._checks import as_date
from kamcore.values._rounding import divide
from kamcore.values._words import joined

__all__ = ["DiscountWindow", "Due", "PaymentPlan", "plan_payments"]

FIXED = Label("a fixed amount", "固定金额")


@frozen(order=False)
class Due:
    """What is due on a day; negative for a credit note."""

    day: date = field()
    amount: Money = field()


@frozen(order=False)
class DiscountWindow:
    """A discount for early payment: until `last_day`, `pay` settles the whole amount.

    `net_discount` and `tax_discount` are what is saved; where the tax is not known, all of it is
    in `net_discount`.
    """

    last_day: date = field()
    discount: Ratio = field()
    pay: Money = field()
    net_discount: Money = field()
    tax_discount: Money = field()


@frozen(order=False)
class PaymentPlan:
    """The parts of an amount, which add up to it, and its discounts, the greatest first."""

    amount: Money = field()
    dues: tuple[Due, ...] = field()
    windows: tuple[DiscountWindow, ...] = field(default=())

    def to_settle(self, day: date) -> Money:
        """Return what settles the whole amount when it is paid at once on `day`."""
        as_date(day, "day")
        return next((one.pay for one in self.windows if day <= one.last_day), self.amount)


def plan_payments(
    amount: Money | MoneyLike | TaxedAmount, term: PaymentMode | PaymentTerm, *, anchor: date
) -> Decision[PaymentPlan]:
    """Return what is due when: due dates and amounts, and the windows of early payment.

    `anchor` is the day from which the term counts; a payment mode is due on its last day. The parts
    add up to the amount exactly; parts of nothing are left out, and an amount of 0 is due on the
    anchor. A credit note (a negative amount) mirrors its invoice, fixed amounts included. Raises
    `InputError` where fixed amounts leave too little of it, and where a discount on the net meets
    an amount whose tax is not known, `CurrencyMismatch` for a term with amounts in another
    currency, and `NotADate` for an anchor that is no date.
    """
    if isinstance(term, PaymentMode):
        return _plan_mode(amount, term, anchor)
    given: object = term
    if not isinstance(given, PaymentTerm):
        raise InputError(f"{given!r} is no payment term; pass PaymentTerm, or parse_term(text)")
    start = as_date(anchor, "anchor")
    taxed = amount if isinstance(amount, TaxedAmount) else None
    total = amount.total if isinstance(amount, TaxedAmount) else Money.of(amount)
    _check_currency(total, term)
    if not total.minor:
        plan = PaymentPlan(total, (Due(start, total),))
        return Decision(plan, (Reason.of(NOTHING_DUE, total),), term.fingerprint)
    days = term.due_days(start)
    amounts, capped = _amounts(total, term)
    dues = tuple(Due(day, money) for day, money in zip(days, amounts, strict=True) if money.minor)
    windows = tuple(_window(total, taxed, one, term, start) for one in term.early)
    plan = PaymentPlan(total, dues, windows)
    trace = PlanTrace(plan, term, taxed, start, tuple(amounts))
    assumed = [*amount_conventions(total, term, len(amounts) - len(dues), capped=capped)]
    assumed += day_conventions(term, start, days)
    return Decision(plan, trace, term.fingerprint, (), tuple(assumed))


class PlanTrace(Trace):
    """What a plan notes for its reasons."""

    __slots__ = ("_amounts", "_plan", "_start", "_taxed", "_term")

    def __init__(
        self,
        plan: PaymentPlan,
        term: PaymentTerm,
        taxed: TaxedAmount | None,
        start: date,
        amounts: tuple[Money, ...],
    ) -> None:
        self._plan, self._term, self._taxed = plan, term, taxed
        self._start, self._amounts = start, amounts

    def reasons(self) -> tuple[Reason, ...]:
        """Return what is due when and why, and what early payment saves."""
        plan, term, start = self._plan, self._term, self._start
        days = term.due_days(start)
        lines = zip(term.instalments, days, self._amounts, strict=True)
        parts = tuple(
            (one, _counted_from(place, one, start, days, term), Due(day, money))
            for place, (one, day, money) in enumerate(lines)
            if money.minor
        )
        return (
            *_due_reasons(plan, parts, term),
            *(_window_reason(plan, *pair) for pair in zip(plan.windows, term.early, strict=True)),
            *_tax_reason(plan.windows, term, self._taxed),
        )


def _plan_mode(
    amount: Money | MoneyLike | TaxedAmount, mode: PaymentMode, anchor: date
) -> Decision[PaymentPlan]:
    """Return the plan of a payment mode: that of a term with the same last day."""
    step = {"days": DateStep.days, "months": DateStep.months}[mode.unit]
    steps = (step(mode.number),) if mode.number else ()
    term = PaymentTerm(instalments=(Instalment(None, steps),), anchor="delivery")
    plan = plan_payments(amount, term, anchor=anchor)
    rule = BY_PREPAYMENT if mode.kind == "prepayment" else BY_MODE
    reasons = (plan.reasons[0], Reason.of(rule, mode.label, anchor))
    return Decision(plan.value, reasons, mode.fingerprint, (), plan.assumed)


Part = tuple[Instalment, Label, Due]
"""An instalment, when it is due in words, and what is due."""


def _check_currency(total: Money, term: PaymentTerm) -> None:
    fixed = [one.takes for one in term.instalments if isinstance(one.takes, Money)]
    for money in (*fixed, term.step):
        if money is not None and money.currency != total.currency:
            raise CurrencyMismatch(total.currency, money.currency)


# --- amounts --------------------------------------------------------------------------------


def _amounts(total: Money, term: PaymentTerm) -> tuple[list[Money], bool]:
    """Return the amount of every part, and whether rounding made one more than was left."""
    sign, size = (-1 if total.minor < 0 else 1), abs(total.minor)
    left, exact, capped, found = size, Ratio(size), False, list[Money]()
    for number, one in enumerate(term.instalments, start=1):
        exact += -one.share_of(Ratio(size), exact)
        if isinstance(one.takes, Ratio):
            part = _rounded(size if one.of == "total" else left, one.takes, 0, term)
            refused = exact < Ratio(0)
        else:
            part = left if one.takes is None else one.takes.minor
            exact += -Ratio(part)
            refused = part > left
        if refused:
            rest = Money.from_minor(left, total.currency)
            raise InputError(
                f"instalment {number} takes {one.label.en} and {rest} of {total} is left; "
                "plan this amount with another term"
            )
        capped = capped or part > left
        part = min(part, left)
        left -= part
        found.append(Money.from_minor(sign * part, total.currency))
    return found, capped


def _rounded(size: int, share: Ratio, added: int, term: PaymentTerm) -> int:
    """Return a share of minor units plus `added` ones, rounded once to the step of the term."""
    unit = 1 if term.step is None else term.step.minor
    exact = size * share.numerator + added * share.denominator
    rounding = cast("Rounding", term.rounding)  # asked for where the term was built
    return divide(exact, share.denominator * unit, rounding) * unit


def _window(
    total: Money, taxed: TaxedAmount | None, early: EarlyPayment, term: PaymentTerm, start: date
) -> DiscountWindow:
    """Return a window; the amount to pay is rounded, the tax of it to a minor unit."""
    if taxed is None and early.tax != "included":
        raise InputError(
            f"{total} without its tax, and a discount on the net; pass TaxedAmount(net, tax), "
            "with a tax of 0 where there is none"
        )
    sign, size = (-1 if total.minor < 0 else 1), abs(total.minor)
    tax = abs(taxed.tax.minor) if taxed else 0
    tax_less = 0
    if early.tax == "included":
        pay = min(size, _rounded(size, early.pays, 0, term))
        rest = early.pays.of_units(tax, cast("Rounding", term.rounding))
        tax_less = min(tax - rest, size - pay)
    else:
        pay = min(size, _rounded(size - tax, early.pays, tax, term))
    money = [sign * part for part in (pay, size - pay - tax_less, tax_less)]
    pays, net_less, less = (Money.from_minor(part, total.currency) for part in money)
    return DiscountWindow(early.compiled(start), early.discount, pays, net_less, less)


# --- why ------------------------------------------------------------------------------------


def _counted_from(
    place: int, one: Instalment, start: date, days: tuple[date, ...], term: PaymentTerm
) -> Label:
    """Return when an instalment is due in words, with the day it counts from."""
    if one.counts_from == "previous":
        day, name = days[place - 1], PREVIOUS
        en = f"{name.en} ({day})"
    else:
        day, name = start, ANCHORS[term.anchor]
        en = f"{name.en} {day}"
    return steps_label(one.steps, Label(en, f"{name.zh}（{show(day, 'zh')}）"))


def _due_reasons(plan: PaymentPlan, parts: tuple[Part, ...], term: PaymentTerm) -> list[Reason]:
    credit = plan.amount.minor < 0
    amount = _size(plan.amount)
    if len(parts) == 1:
        ((one, steps, due),) = parts
        source = one.source or term.source
        rule = CREDIT_ONCE if credit else DUE_ONCE
        return [Reason.of(rule, amount, due.day, source=source), Reason.of(COUNTED, steps)]
    rule = CREDIT_PARTS if credit else DUE_PARTS
    found = [Reason.of(rule, amount, len(parts), _listed(plan.dues), source=term.source)]
    shown = parts if len(parts) <= SHOWN else parts[: SHOWN - 1]
    for one, steps, due in shown:
        takes = FIXED if isinstance(one.takes, Money) else one.label
        said = (_size(due.amount), due.day, takes, steps)
        found.append(Reason.of(PART, *said, source=one.source))
    if rest := plan.dues[len(shown) :]:
        together = Money.from_minor(sum(due.amount.minor for due in rest), amount.currency)
        last = max(due.day for due in rest)
        found.append(Reason.of(MORE_PARTS, len(rest), _size(together), last))
    return found


def _size(money: Money) -> Money:
    """Return an amount without its sign, as a sentence about a credit note says it."""
    return -money if money.minor < 0 else money


def _listed(dues: tuple[Due, ...]) -> Label:
    shown = dues if len(dues) <= SHOWN else dues[: SHOWN - 1]
    more, said = len(dues) - len(shown), joined(map(_day_and_size, shown))
    return Label(f"{said.en} and {more} more", f"{said.zh}等") if more else said


def _day_and_size(due: Due) -> Label:
    size = _size(due.amount)
    return Label(f"{size} on {due.day}", f"{show(due.day, 'zh')} {show(size, 'zh')}")


def _window_reason(plan: PaymentPlan, window: DiscountWindow, early: EarlyPayment) -> Reason:
    rule = CREDIT_WINDOW if plan.amount.minor < 0 else WINDOW
    less = _size(plan.amount - window.pay)
    return Reason.of(
        rule, window.discount, window.last_day, _size(window.pay), less, source=early.source
    )


def _tax_reason(
    windows: tuple[DiscountWindow, ...], term: PaymentTerm, taxed: TaxedAmount | None
) -> list[Reason]:
    """Say what happens to the tax, in figures of the greatest discount."""
    if not windows or taxed is None or not taxed.tax.minor:
        return []
    tax, first = term.early[0].tax, windows[0]
    if tax == "included":
        less = (_size(first.net_discount), _size(first.tax_discount))
        return [Reason.of(TAX[tax], first.discount, *less)]
    return [Reason.of(TAX[tax], _size(taxed.net), _size(taxed.tax))]
