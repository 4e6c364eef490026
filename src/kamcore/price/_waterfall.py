"""The steps of a price, from the control price to what is left."""

from collections.abc import Iterator

from kamcore.price._answer import Work
from kamcore.price._context import Pair, decimals_of_price, line_of, reaches
from kamcore.price._policy import PriceRange
from kamcore.price._quote import PriceStep, Told
from kamcore.price._work import Applied
from kamcore.values import Label, Money, Ratio, Rounding

__all__ = ["line", "permitted", "tell"]

CONTROL = Label("control price", "内控价格")
ASKED = Label("discount asked", "申请优惠")
AGREED = Label("to the price asked", "议价差额")
ROUNDING = Label("rounding", "取整")


def tell(work: Work) -> Told:
    """Return the line amount, what is left, the permitted range and the waterfall."""
    return Told(line(work), work.net_share(), permitted(work), tuple(_waterfall(work)))


def line(work: Work) -> Money:
    """Return the invoice amount of the quantity, rounded once.

    It is the price of a unit times the quantity; where free units or an amount for the whole sale
    are in it, the exact price. An allowed one is not rounded below its floor, which goes before a
    cap where a minor unit is too coarse for both.
    """
    context = work.context()
    found = line_of(work.paid, context, work.policy.rounding)
    least = work.least_paid()
    if least is not None and work.judged()[0] == "allowed" and reaches(work.paid, least):
        found = max(found, line_of(least, context, Rounding.CEILING), key=_minor)
    return found


def _minor(money: Money) -> int:
    return money.minor


def permitted(work: Work) -> PriceRange | None:
    """Return the prices that need nobody's approval; None where there is none."""
    low, high = work.low, work.high
    if work.least is None or (low is not None and high is not None and high < low):
        return None
    return PriceRange(
        None if low is None else work.price(low), None if high is None else work.price(high)
    )


def _waterfall(work: Work) -> Iterator[PriceStep]:
    context, compiled = work.context(), work.policy.compiled
    scale = int(10 ** decimals_of_price(work.sale.control))
    at = (work.control, 1)
    yield PriceStep("control", CONTROL, Ratio(0), Ratio(work.control, scale))
    share = work.share
    if share[0] != share[1]:
        after = work.of_share(share)
        rule = work.row.rule
        label = ASKED if work.sale.discount is not None else rule.label
        source = rule.source or work.policy.source
        by = _amount(_minus(after, at), scale)
        yield PriceStep("tier", label, by, _amount(after, scale), source=source)
        at = after
    for applied in compiled.on.steps(at, context):
        yield _step(applied, scale, off_invoice=False)
        at = applied.after
    unit = work.paid
    change = _minus(unit, at)
    if change[0]:
        if work.sale.price is None:
            yield PriceStep("rounding", ROUNDING, _amount(change, scale), _amount(unit, scale))
        else:
            yield PriceStep("agreed", AGREED, _amount(change, scale), _amount(unit, scale))
    for applied in compiled.off.steps(unit, context):
        yield _step(applied, scale, off_invoice=True)


def _step(applied: Applied, scale: int, *, off_invoice: bool) -> PriceStep:
    one = applied.adjustment
    change, after = _amount(applied.change, scale), _amount(applied.after, scale)
    return PriceStep("adjustment", one.label, change, after, off_invoice, one.source)


def _amount(pair: Pair, scale: int) -> Ratio:
    return Ratio(pair[0], pair[1] * scale)


def _minus(left: Pair, right: Pair) -> Pair:
    return left[0] * right[1] - right[0] * left[1], left[1] * right[1]
