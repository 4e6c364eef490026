"""Cases of payment terms: due dates, instalments, and discounts for early payment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import cast

from _case import EXACT, Inputs, Skipped, Translation, fraction, number, only

from kamcore.calendars import WEEKDAYS, Holiday, Hours, Week, Weekday, WorkCalendar
from kamcore.credit import (
    DateStep,
    EarlyPayment,
    Instalment,
    PaymentPlan,
    PaymentTerm,
    TaxedAmount,
    TaxTreatment,
    plan_payments,
)
from kamcore.errors import PolicyError
from kamcore.values import Money, Ratio, Rounding

Steps = tuple[DateStep, ...]
CURRENCIES = {2: "CNY", 3: "KWD"}
"""A currency of as many decimals as the amounts of a case have."""
HALF_EVEN, HALF_UP = Rounding.HALF_EVEN, Rounding.HALF_AWAY_FROM_ZERO
MODES: Mapping[str, Rounding] = {
    **{mode.value.replace("_", ""): mode for mode in Rounding},
    "up": Rounding.AWAY_FROM_ZERO,
    "down": Rounding.TOWARDS_ZERO,
    "halfup": HALF_UP,
    "halfdown": Rounding.HALF_TOWARDS_ZERO,
}
TREATMENTS: Mapping[str, TaxTreatment] = {
    "included": "included",
    "excluded": "excluded",
    "mixed": "mixed",
}
BASE = "2026-01-15"


# --- due dates ------------------------------------------------------------------------------


def due_date(inputs: Inputs) -> object:
    """Apply the steps of a due date to the base date, in order."""
    only(inputs, "base", "steps")
    return reduce(lambda day, step: step.after(day), _steps(inputs["steps"]), _day(inputs["base"]))


def _steps(raw: object) -> Steps:
    """Translate steps; months after the end of a month keep the month's end."""
    found: list[DateStep] = []
    for given in _list(raw):
        for step in _step(_mapping(given)):
            if step.kind == "months" and found and found[-1].kind == "end_of_month":
                found.insert(-1, step)
            elif step.kind == "days" and found and found[-1].kind == "days":
                found[-1] = DateStep.days(found[-1].numbers[0] + step.numbers[0])
            else:
                found.append(step)
    return tuple(found)


def _step(given: Inputs) -> list[DateStep]:
    """Translate one step; to add months and days is two."""
    match str(given.get("op")):
        case "add":
            return _added(given)
        case "end_of_month":
            only(given, "op")
            return [DateStep.end_of_month()]
        case "day_of_month" | "day_of_next_month" as op:
            only(given, "op", "day")
            day = _whole(given["day"])
            if not day:  # peers write day 0 of the next month for the last of this one
                return [DateStep.end_of_month()]
            return [DateStep(op, (day,))]
        case "payment_day" | "next_payment_day":
            only(given, "op", "day", "days")
            days = _list(given["days"]) if "days" in given else [given["day"]]
            return [DateStep.payment_day(*sorted({_whole(day) for day in days}))]
        case "weekday" | "next_weekday":
            only(given, "op", "day", "weekday")
            return [DateStep("weekday", (_weekday(given.get("weekday", given.get("day"))),))]
        case "working_day" | "next_working_day":
            only(given, "op", "holidays", "weekend")
            return [DateStep.working_day(_calendar(given))]
        case other:
            raise Skipped(f"step {other}: kamcore has no such step")


def _added(given: Inputs) -> list[DateStep]:
    only(given, "op", "years", "months", "weeks", "days")
    years, months, weeks, days = (
        _whole(given.get(name, 0)) for name in ("years", "months", "weeks", "days")
    )
    months, days = years * 12 + months, weeks * 7 + days
    if months < 0 or days < 0:
        raise Skipped("a step backwards: kamcore counts forward from the anchor")
    return [*((DateStep.months(months),) if months else ()), *_days(days)]


def _weekday(raw: object) -> int:
    """Return the number of a weekday, Monday 0, that is written as a number, a name or "MO"."""
    text = str(raw).lower()
    if text.isdigit():
        return int(text)
    if len(text) == 1:
        raise ValueError(f"{raw!r} is no weekday")
    return next(place for place, name in enumerate(WEEKDAYS) if name.startswith(text))


def _calendar(given: Inputs) -> WorkCalendar:
    free = {_weekday(day) for day in _list(given.get("weekend", ["saturday", "sunday"]))}
    days: list[Weekday] = [name for place, name in enumerate(WEEKDAYS) if place not in free]
    return WorkCalendar(
        name="working days",
        zone="UTC",
        week=Week.of(Hours("09:00", "17:00"), days=days),
        holidays=tuple(Holiday(_day(day), "holiday") for day in _list(given.get("holidays", []))),
    )


# --- instalments ----------------------------------------------------------------------------


def instalments(inputs: Inputs) -> object:
    """Split an amount into the lines of a term; where no rounding is named, half to even."""
    only(inputs, "amount", "base", "step", "lines", "rounding", "rounding_mode", "mode")
    amount, step = _decimal(inputs["amount"]), _decimal(inputs.get("step", Decimal("0.01")))
    currency = _currency(amount, step)
    lines = [_mapping(line) for line in _list(inputs["lines"])]
    parts = [_line(line, currency) for line in lines]
    if parts and _shares(parts) == 1 and all(isinstance(part.takes, Ratio) for part in parts):
        parts[-1] = Instalment(None, parts[-1].steps)  # the last of shares that are everything
    term = PaymentTerm(
        instalments=tuple(parts),
        rounding=_rounding(inputs, "rounding", "rounding_mode", "mode") or HALF_EVEN,
        step=_coin(step, currency),
    )
    plan = plan_payments(Money(amount, currency), term, anchor=_day(inputs["base"])).value
    return [{"due": due.day, "amount": due.amount.amount} for due in plan.dues]


def _line(line: Inputs, currency: str) -> Instalment:
    only(line, "type", "value", "steps", "counts_from")
    steps, kind = _steps(line.get("steps", [])), str(line["type"])
    takes: Ratio | Money | None
    match kind:
        case "fixed":
            takes = Money(_decimal(line["value"]), currency)
        case "percent" | "percent_of_total" | "percent_of_remainder":
            takes = _percent(line["value"])
        case "remainder" | "balance":
            takes = None
        case _:
            raise Skipped(f"line {kind}: kamcore has shares, fixed amounts and the rest")
    counts = str(line.get("counts_from", "anchor"))
    if counts not in {"anchor", "base", "previous"}:
        raise Skipped(f"a line that counts from {counts}: kamcore has the anchor and the previous")
    try:
        Instalment(None, steps)
    except PolicyError as fault:
        raise Skipped(str(fault)) from None
    return Instalment(
        takes,
        steps,
        of="rest" if kind == "percent_of_remainder" else "total",
        counts_from="previous" if counts == "previous" else "anchor",
    )


def _shares(parts: Sequence[Instalment]) -> Ratio | int:
    total = Ratio(0)
    for part in parts:
        if isinstance(part.takes, Ratio) and part.of == "total":
            total += part.takes
    return total.numerator if total.denominator == 1 else total


# --- discounts for early payment ------------------------------------------------------------

WINDOW = (
    *("total", "untaxed", "tax", "gross_price", "price_includes_tax", "tax_percent", "taxes"),
    *("lines", "invoices", "discount_percent", "discount_days", "net_days", "base", "pay_date"),
    *("tax_treatment", "cash_rounding", "cash_rounding_mode", "rounding"),
)


def discount_window(inputs: Inputs) -> object:
    """Say what an early payment is, what it saves and until when, for one invoice or several."""
    only(inputs, *WINDOW)
    if str(inputs.get("rounding", "global")) != "global":
        raise Skipped("a discount rounded line by line: kamcore rounds the amount to pay, once")
    if "invoices" in inputs:
        given = [{**inputs, **_mapping(one)} for one in _list(inputs["invoices"])]
    else:
        given = [inputs]
    answers = [
        _window({name: raw for name, raw in one.items() if name != "invoices"}) for one in given
    ]
    if len(answers) == 1:
        return answers[0]
    names = ("amount_if_early", "discount")
    return {name: _sum(answer[name] for answer in answers) for name in names}


def _window(inputs: Inputs) -> dict[str, object]:
    early = _early(inputs)
    amount = _taxed(inputs, early)
    currency = amount.net.currency
    rounding = _rounding(inputs, "cash_rounding_mode") or HALF_UP
    step = _decimal(inputs["cash_rounding"]) if "cash_rounding" in inputs else None
    due = _whole(inputs.get("net_days", max(30, _whole(inputs.get("discount_days", 0)))))
    term = PaymentTerm(
        instalments=(Instalment(None, _days(due)),),
        early=(early,),
        rounding=rounding,
        step=None if step is None else _coin(step, currency),
    )
    plan = plan_payments(amount, term, anchor=_day(inputs.get("base", BASE))).value
    (window,) = plan.windows
    paid = _day(inputs["pay_date"]) if "pay_date" in inputs else window.last_day
    pays = plan.to_settle(paid)
    return {
        "last_discount_date": window.last_day,
        "discount_available": paid <= window.last_day,
        "amount_if_early": pays.amount,
        "discount": (plan.amount - pays).amount,
        "base_discount": window.net_discount.amount,
        "tax_discount": window.tax_discount.amount,
        "untaxed": amount.net.amount,
        "tax_invoiced": amount.tax.amount,
        "total_invoiced": amount.total.amount,
        "tax_base": _tax_base(plan, amount, early).amount,
    }


def _tax_base(plan: PaymentPlan, amount: TaxedAmount, early: EarlyPayment) -> Money:
    """Return the net on which the invoiced tax was reckoned."""
    return plan.windows[0].pay - amount.tax if early.tax == "mixed" else amount.net


def _early(inputs: Inputs) -> EarlyPayment:
    days = _whole(inputs.get("discount_days", 0))
    treatment = str(inputs.get("tax_treatment", "included"))
    if treatment not in TREATMENTS:
        raise Skipped(f"tax treatment {treatment}: kamcore has {', '.join(TREATMENTS)}")
    return EarlyPayment(
        _percent(inputs["discount_percent"]),
        _days(days),
        tax=TREATMENTS[treatment],
    )


def _taxed(inputs: Inputs, early: EarlyPayment) -> TaxedAmount:
    """Return net and tax: as given, or reckoned from rates, from lines, or from a gross price."""
    raw = [inputs[name] for name in ("total", "untaxed", "tax", "gross_price") if name in inputs]
    lines = [_decimal(line) for line in _list(inputs.get("lines", []))]
    currency = _currency(*(_decimal(one) for one in raw), *lines)

    def money(raw: object) -> Money:
        return Money(_decimal(raw), currency)

    if "gross_price" in inputs:
        if inputs.get("price_includes_tax", True) is not True:
            raise Skipped("a gross price without tax in it")
        rate = _percent(inputs["tax_percent"])
        return TaxedAmount.of_gross(
            money(inputs["gross_price"]), rate, early=early, rounding=HALF_UP
        )
    if "total" in inputs:
        total = money(inputs["total"])
        if "untaxed" in inputs:
            return TaxedAmount(money(inputs["untaxed"]), total - money(inputs["untaxed"]))
        tax = money(inputs.get("tax", 0))
        return TaxedAmount(total - tax, tax)
    net = money(_sum(lines) if lines else inputs["untaxed"])
    if "tax" in inputs:
        return TaxedAmount(net, money(inputs["tax"]))
    taxes = [_mapping(tax) for tax in _list(inputs.get("taxes", []))]
    if "tax_percent" in inputs:
        taxes.append({"percent": inputs["tax_percent"]})
    rates = [_percent(tax["percent"]) for tax in taxes if "percent" in tax]
    fixed = tuple(money(tax["fixed"]) for tax in taxes if "fixed" in tax)
    return TaxedAmount.of_net(net, *rates, fixed=fixed, early=early, rounding=HALF_UP)


# --- what is written ------------------------------------------------------------------------


def _days(number: int) -> Steps:
    return (DateStep.days(number),) if number else ()


def _percent(raw: object) -> Ratio:
    share = fraction(raw) / 100
    return Ratio(share.numerator, share.denominator)


def _rounding(inputs: Inputs, *names: str) -> Rounding | None:
    for name in names:
        if name in inputs:
            word = str(inputs[name]).lower().replace("_", "").replace("-", "").replace(" ", "")
            if word not in MODES:
                raise Skipped(f"rounding {inputs[name]}: kamcore rounds by {', '.join(Rounding)}")
            return MODES[word]
    return None


def _currency(*amounts: Decimal) -> str:
    """Return a currency that has the decimals of the amounts."""
    places = max((max(0, -int(one.as_tuple().exponent)) for one in amounts), default=2)
    currency = CURRENCIES.get(max(places, 2))
    if currency is None:
        raise Skipped(f"an amount with {places} decimals: no currency of kamcore has so many")
    return currency


def _coin(step: Decimal, currency: str) -> Money | None:
    """Return the step as money; None where it is the minor unit."""
    coin = Money(step, currency)
    return None if coin.minor == 1 else coin


def _sum(amounts: Iterable[object]) -> Decimal:
    return reduce(EXACT.add, map(_decimal, amounts), Decimal(0))


def _decimal(raw: object) -> Decimal:
    found = number(raw)
    if not isinstance(found, Decimal):
        raise Skipped(f"the amount {raw}: kamcore's money has decimals")
    return found


def _whole(raw: object) -> int:
    found = fraction(raw)
    if found.denominator != 1:
        raise ValueError(f"{raw!r} is no whole number")
    return found.numerator


def _day(raw: object) -> date:
    return date.fromisoformat(str(raw))


def _list(raw: object) -> Sequence[object]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise TypeError(f"{raw!r} is no list")
    return cast("Sequence[object]", raw)


def _mapping(raw: object) -> Inputs:
    if not isinstance(raw, Mapping):
        raise TypeError(f"{raw!r} is no mapping")
    return cast("Inputs", raw)


KINDS: Mapping[str, Translation] = {
    "due_date": due_date,
    "instalments": instalments,
    "discount_window": discount_window,
}
