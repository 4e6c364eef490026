"""Tryton asks kamcore: what a pump costs whom, whether an order may go out, what is due when.

Tryton keeps parties, orders, invoices, payments and payment terms. kamcore answers from them, at
the places where Tryton would decide by itself: the price when a product is chosen, credit when an
order is quoted, instalments when an invoice is posted. Classes, prices and limits are the
example's own.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from tryton_shop import TODAY, new_order, new_shop, work
from trytond.exceptions import UserError
from trytond.model import Model, ModelView, Workflow, fields
from trytond.pool import Pool, PoolMeta
from trytond.transaction import Transaction

from kamcore import credit, price
from kamcore.calendars import WEEKDAYS
from kamcore.credit import DateStep
from kamcore.decision import Decision
from kamcore.errors import KamcoreError
from kamcore.values import Label, Lang, Money, Ratio, Rounding, Seat, Steps

# --- the rules of the company ---------------------------------------------------------------

DIRECTOR = Seat("sales_director", Label("the sales director", "销售总监"))
PRICES = price.PricePolicy(
    tiers=(
        price.TierPrice("A", low=Ratio.percent(90), high=Ratio.percent(100)),
        price.TierPrice("B", low=Ratio.percent(95), high=Ratio.percent(100)),
        price.TierPrice("C", low=Ratio.percent(100)),
        price.TierPrice("D", low=Ratio.percent(105), high=Ratio.percent(105)),
    ),
    stacks=(
        price.Stack(
            "best",
            (
                price.Adjustment(
                    "volume",
                    en="volume",
                    zh="批量优惠",
                    by="quantity",
                    gives=Steps.rising(Ratio(0), (50, Ratio.percent(-2)), (100, Ratio.percent(-4))),
                ),
            ),
        ),
    ),
    approvals=(price.Approval(DIRECTOR, low=Ratio.percent(85)),),
    rounding=Rounding.HALF_AWAY_FROM_ZERO,
)
CREDIT = credit.LimitPolicy(overdue=credit.OverdueGate(days=30), approver=DIRECTOR)

# --- Tryton's records as kamcore's values ---------------------------------------------------


def money(amount: Decimal, currency: Model) -> Money:
    return Money(amount, currency.code)


def tier_of(party: Model) -> str:
    """Return the class of a customer, from the party's category such as "class A"."""
    for category in party.categories:
        if category.name.startswith("class "):
            return category.name.removeprefix("class ")
    raise UserError(f'{party.name} has no class; add a category such as "class A"')


def control_of(line: Model, document: Model) -> Money:
    """Return the control price: Tryton's own, in the document's currency and the line's unit."""
    context = {"currency": document.currency.id, "uom": line.unit.id}
    with Transaction().set_context(context, customer=document.party.id):
        (found,) = line.product.get_sale_price([line.product]).values()
    return Money(found, document.currency.code, Rounding.HALF_EVEN)


def limit_of(party: Model) -> credit.CreditLimit:
    """Return the credit limit; in Tryton an empty field is no limit, and 0 is nothing on credit."""
    if party.credit_limit_amount is None:
        return credit.UNLIMITED
    return credit.CreditLimit.up_to(money(party.credit_limit_amount, party.currency))


def term_of(term: Model, currency: Model) -> credit.PaymentTerm:
    """Return a payment term: Tryton rounds half to even, to the currency's smallest amount."""
    return credit.PaymentTerm(
        instalments=tuple(
            credit.Instalment(
                takes_of(line),
                tuple(steps_of(line)),
                of="rest" if line.type == "percent" else "total",
            )
            for line in term.lines
        ),
        rounding=Rounding.HALF_EVEN,
        step=money(currency.rounding, currency),
    )


def takes_of(line: Model) -> Ratio | Money | None:
    if line.type == "fixed":
        return money(line.amount, line.currency)
    return None if line.type == "remainder" else Ratio.of(line.ratio)


def steps_of(line: Model) -> Iterator[DateStep]:
    """Yield the steps to the due date; days that follow each other are one step."""
    parts = (part for delta in line.relativedeltas for part in parts_of(delta))
    for kind, group in groupby(parts, key=lambda part: part[0]):
        if kind == "days":
            yield DateStep.days(sum(number for _, number in group))
        else:
            yield from (STEP[kind](number) for _, number in group)


STEP = {
    "months": DateStep.months,
    "day": lambda day: DateStep.day_of_month(day) if day < 31 else DateStep.end_of_month(),
    "weekday": lambda index: DateStep.weekday(WEEKDAYS[index]),
}


def parts_of(delta: Model) -> Iterator[tuple[str, int]]:
    """Yield what a delta does, in the order in which dateutil does it."""
    if delta.month:
        raise UserError(f"a fixed month ({delta.month.name}) in a payment term has no date step")
    if delta.months:
        yield "months", delta.months
    if delta.day:
        yield "day", delta.day
    if delta.days or delta.weeks:
        yield "days", delta.days + 7 * delta.weeks
    if delta.weekday:
        yield "weekday", int(delta.weekday.index)


POSTED = ["posted", "paid"]


def invoices_of(party: Model) -> Iterator[credit.Invoice]:
    """Yield the posted invoices, one for each instalment.

    What Tryton has reconciled is paid; payments before that settle the earliest instalment first.
    """
    posted = [("party", "=", party.id), ("type", "=", "out"), ("state", "in", POSTED)]
    for invoice in Pool().get("account.invoice").search(posted):
        open_payments = [one for one in invoice.payment_lines if not one.reconciliation]
        left = sorted((one.date, one.credit - one.debit) for one in open_payments)
        for place, line in enumerate(invoice.lines_to_pay, start=1):
            amount, done = line.debit - line.credit, line.reconciliation
            payments = () if done else settle(amount, left)
            yield credit.Invoice(
                number=f"{invoice.number}-{place}"
                if len(invoice.lines_to_pay) > 1
                else invoice.number,
                account=party.code,
                due=line.maturity_date,
                amount=money(amount, invoice.currency),
                issued=invoice.invoice_date,
                paid=done.date if done else None,
                payments=tuple(
                    credit.Payment(day, money(part, invoice.currency)) for day, part in payments
                ),
            )


def settle(amount: Decimal, left: list[tuple[date, Decimal]]) -> Iterator[tuple[date, Decimal]]:
    """Take what pays an amount from the earliest payments, and leave the rest of them."""
    while amount and left:
        day, given = left.pop(0)
        part = min(amount, given, key=abs)
        if part != given:
            left.insert(0, (day, given - part))
        amount -= part
        yield day, part


def orders_of(party: Model) -> Iterator[credit.Commitment]:
    """Yield the confirmed orders, with what of them has been invoiced already.

    They count with tax, as they will be invoiced; Tryton's own check counts them without.
    """
    confirmed = [("party", "=", party.id), ("state", "in", ["confirmed", "processing"])]
    for order in Pool().get("sale.sale").search(confirmed):
        if order.total_amount <= 0:  # goods that come back
            continue
        invoiced = sum(one.total_amount for one in order.invoices if one.state in POSTED)
        yield credit.Commitment(
            "order",
            order.number,
            party.code,
            money(order.total_amount, order.currency),
            order.shipping_date or order.sale_date,
            invoiced=money(min(invoiced, order.total_amount), order.currency),
        )


# --- the questions --------------------------------------------------------------------------


def ask_price(line: Model, document: Model, day: date | None) -> Decision[price.Quote]:
    """Ask for the price of a line's product, without tax."""
    quantity = Decimal(f"{abs(line.quantity or 1):.15g}")  # Tryton keeps quantities as floats
    control, tier = control_of(line, document), tier_of(document.party)
    sale = price.Sale(tier, control, quantity=quantity, on=day)
    return price.quote_price(sale, PRICES)


def ask_credit(order: Model) -> Decision[credit.CreditVerdict]:
    """Ask whether an order may go out on credit, as of its day."""
    party, day = order.party, order.sale_date or Pool().get("ir.date").today()
    exposure = credit.find_exposure(
        party.code,
        CREDIT,
        invoices=invoices_of(party),
        commitments=orders_of(party),
        as_of=day,
        currency=order.currency.code,
    )
    number = order.number or order.reference or f"#{order.id}"
    request = credit.CreditRequest(number, money(order.total_amount, order.currency), "order")
    return credit.check_credit(request, exposure.value, CREDIT, limit=limit_of(party))


def ask_plan(
    amount: Decimal, currency: Model, term: Model, day: date
) -> Decision[credit.PaymentPlan]:
    """Ask what of an amount is due when, counted from the day of the invoice."""
    return credit.plan_payments(money(amount, currency), term_of(term, currency), anchor=day)


# --- where Tryton asks ----------------------------------------------------------------------


class SaleLine(metaclass=PoolMeta):
    __name__ = "sale.line"

    @fields.depends("sale", "_parent_sale.party", "_parent_sale.currency", "_parent_sale.sale_date")
    def compute_unit_price(self) -> Decimal | None:
        """Give the price that kamcore quotes."""
        if not (self.product and self.sale and self.sale.party):
            return super().compute_unit_price()
        return ask_price(self, self.sale, self.sale.sale_date).value.unit.amount


class Sale(metaclass=PoolMeta):
    __name__ = "sale.sale"

    @classmethod
    @ModelView.button
    @Workflow.transition("quotation")
    def quote(cls, sales: Sequence[Model]) -> None:
        """Stop what may not go out on credit, with the reasons in the user's language."""
        for answer in (ask_credit(sale) for sale in sales if sale.total_amount > 0):
            if answer.value.outcome != "allowed":
                raise UserError(answer.explain(lang()))
        super().quote(sales)


class InvoiceLine(metaclass=PoolMeta):
    __name__ = "account.invoice.line"

    @fields.depends("quantity", "origin", "_parent_invoice.currency")
    def on_change_product(self) -> None:
        """Give a line that comes from no order its price, too."""
        super().on_change_product()
        if self.product and not self.origin and self.invoice and self.invoice.type == "out":
            answer = ask_price(self, self.invoice, self.invoice.invoice_date)
            self.unit_price = answer.value.unit.amount


class PaymentTerm(metaclass=PoolMeta):
    __name__ = "account.invoice.payment_term"

    def compute(self, amount: Decimal, currency: Model, date: date) -> list[tuple[date, Decimal]]:
        """Return kamcore's plan; while both run in parallel, a difference stops the posting."""
        own = super().compute(amount, currency, date)
        try:
            plan = ask_plan(amount, currency, self, date).value
        except KamcoreError as error:  # a term that kamcore refuses, and how to mend it
            raise UserError(f"{self.name}: {error}") from error
        found = [(due.day, due.amount.amount) for due in plan.dues]
        if found != [part for part in own if part[1] or not amount]:  # Tryton may add a part of 0
            raise UserError(f"{self.name}: Tryton has {own}, kamcore {found}")
        return found


HOOKS = (SaleLine, Sale, InvoiceLine, PaymentTerm)


def lang() -> Lang:
    return "zh" if Transaction().language.startswith("zh") else "en"


# --- one day of billing ---------------------------------------------------------------------

ORDERS = (("A", 100), ("B", 40), ("C", 20), ("D", 2))
INVOICED = date(2025, 9, 30)


def main(argv: Sequence[str] | None = None) -> int:
    """Take an order of every customer, and invoice what may go out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="A day of billing in Tryton, decided by kamcore.")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--database", type=Path, help="keep the database in this .sqlite file")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        pool = new_shop(given.database or Path(folder, "shop.sqlite"), HOOKS)
        language = {"en": "en", "zh": "zh_CN"}[given.lang]
        print(WORDS[given.lang]["head"])
        for code, quantity in ORDERS:
            told = work(pool, lambda code=code, n=quantity: one_order(code, n), language=language)
            print("\n".join(told))
    return 0


def one_order(code: str, quantity: int) -> list[str]:
    """Take an order, or as much of it as may go out, and invoice it; return what is told."""
    order = new_order(code, quantity)
    (line,) = order.lines
    party, words = order.party, WORDS[lang()]
    told = [words["order"].format(party=party.name, tier=tier_of(party), quantity=quantity)]
    told += said("price", ask_price(line, order, order.sale_date))
    answer = ask_credit(order)
    told += said("credit", answer)
    try:
        order.quote([order])
    except UserError:
        passing = answer.value.would_pass
        told.append(words["stopped"])
        if passing is None or not passing.minor:
            return told
        fewer = int(passing.amount // (order.total_amount / quantity))
        return [*told, *(one_order(code, fewer) if fewer else ())]
    order.confirm([order])
    order.process([order])
    return [*told, *invoice_it(order)]


def invoice_it(order: Model) -> list[str]:
    """Post the invoice that Tryton made of an order; the due dates in its books are the plan's."""
    (invoice,) = order.invoices
    invoice.invoice_date = INVOICED
    invoice.save()
    invoice.post([invoice])
    term, words = invoice.payment_term, WORDS[lang()]
    plan = ask_plan(invoice.total_amount, invoice.currency, term, INVOICED)
    told = [words["invoice"].format(number=invoice.number, day=INVOICED, term=term.name)]
    told += said("plan", plan)
    booked = [(line.maturity_date, line.debit) for line in invoice.lines_to_pay]
    same = booked == [(due.day, due.amount.amount) for due in plan.value.dues]
    return [*told, words["same" if same else "other"]]


def said(what: str, answer: Decision[object]) -> list[str]:
    first, *why = answer.lines(lang())
    return [f"  {WORDS[lang()][what]}{first}", *(f"    {line}" for line in why)]


# --- words ----------------------------------------------------------------------------------

WORDS = {
    "en": {
        "head": f"Orders of {TODAY:%d %B %Y} in Tryton; kamcore answers.",
        "order": "\n{party} (class {tier}) orders {quantity} pumps.",
        "price": "Price: ",
        "credit": "Credit: ",
        "stopped": "  Tryton keeps the order as a draft.",
        "invoice": "  Invoice {number} of {day}, {term}:",
        "plan": "Due: ",
        "same": "    Tryton finds the same days and amounts, and has booked them.",
        "other": "    TRYTON HAS BOOKED SOMETHING ELSE.",
    },
    "zh": {
        "head": f"Tryton 中 {TODAY:%Y 年 %m 月 %d 日}的订单，由 kamcore 作答。",
        "order": "\n{party}（{tier}类）订购泵 {quantity} 台。",
        "price": "价格：",
        "credit": "信用：",
        "stopped": "  该订单在 Tryton 中保留为草稿。",
        "invoice": "  发票 {number}，开票日 {day}，付款条件 {term}：",
        "plan": "到期：",
        "same": "    Tryton 算得的到期日和金额与此一致，并已入账。",
        "other": "    Tryton 的入账结果不一致。",
    },
}


if __name__ == "__main__":
    sys.exit(main())
