"""Why a price may be given or not, and what would pass."""

from bisect import bisect_left
from collections.abc import Iterator

from attrs import evolve

from kamcore.decision import Reason, show
from kamcore.price._answer import Work
from kamcore.price._context import decimals_of_price, reaches
from kamcore.price._policy import Price
from kamcore.price._quote import PriceStep
from kamcore.price._range import approvals_label, in_principle, why_range
from kamcore.price._says import (
    ABOVE_CAP,
    ALLOWED,
    BELOW_FLOOR,
    BELOW_TIER,
    BEYOND_BOTH,
    BEYOND_DISCOUNT,
    CAP_BELOW_FLOOR,
    DISCOUNT,
    EMPTY,
    FREE,
    KEPT,
    LEFT_OUT,
    MAY_APPROVE,
    NEEDS_APPROVAL,
    NET,
    NOT_EXACT,
    NOTHING_PASSES,
    PATH,
    REFUSED,
    WOULD_PASS,
    WOULD_PASS_DISCOUNT,
)
from kamcore.price._waterfall import line, permitted, tell
from kamcore.values import Label, Lang, Ratio, Rounding, Source
from kamcore.values._exact import from_scaled
from kamcore.values._rounding import divide
from kamcore.values._words import amount_zh, joined

__all__ = ["amount_text", "explain"]

ONE = Ratio(1)


def explain(work: Work) -> tuple[Reason, ...]:
    """Return the reasons of a quote, the answer first."""
    steps = tell(work).waterfall
    outcome, _ = work.judged()
    path = any(step.kind in ("adjustment", "rounding") for step in steps)
    way = [Reason.of(PATH, _path(work, steps), also=_cited(steps))] if path else []
    if outcome == "allowed":
        reasons = [_answer(work), *way, *_kept(work), *_bounds(work)]
    elif permitted(work) is None:
        reasons = [_answer(work), *_nothing(work, steps), *way]
    else:
        reasons = [_answer(work), _passing(work), *_crossed(work), *way]
    return (*reasons, *_left_out(work), *_approvals(work, outcome))


def _answer(work: Work) -> Reason:
    outcome, approver = work.judged()
    rule = work.row.rule
    tier, source = rule.label, rule.source or work.policy.source
    if outcome == "allowed":
        if work.unit == 0 and line(work).minor == 0:
            return Reason.of(FREE, tier, source=source)
        said = _unit_and_line(work, work.price(work.unit))
        return Reason.of(ALLOWED, said, tier, source=source)
    price = _unit_and_line(work, _price_asked(work))
    if approver is not None:
        return Reason.of(NEEDS_APPROVAL, price, tier, approver, source=work.policy.source or source)
    return Reason.of(REFUSED, price, tier, source=source)


def _bounds(work: Work) -> list[Reason]:
    """Return the bound that an allowed price keeps."""
    rule, policy = work.row.rule, work.policy
    floor, share = rule.net_floor, work.net_share()
    if policy.stacks and floor is not None and floor <= share:  # one price may be rounded below
        return [Reason.of(NET, share, floor, source=rule.source or policy.source)]
    return why_range(rule, policy, work.sale.control)


def _kept(work: Work) -> list[Reason]:
    """Return that rounding was kept from carrying the price out of its range."""
    rounded = divide(*work.invoiced, work.policy.rounding)
    told = not work.policy.stacks and work.unit == work.low  # by the floor's own rounding
    if work.sale.price is not None or work.unit == rounded or told:
        return []
    amount = Ratio(work.invoiced[0], work.invoiced[1] * _scale(work))
    return [Reason.of(KEPT, _money_label(work, amount), work.price(work.unit))]


def _crossed(work: Work) -> Iterator[Reason]:
    """Return which bounds are crossed."""
    rule, policy = work.row.rule, work.policy
    tier, source = rule.label, rule.source or policy.source
    price, discount = _price_asked(work), work.sale.discount
    share, floor, low = work.net_share(), rule.net_floor, rule.low
    broken = bool(policy.stacks) and floor is not None and share < floor
    up_to = None if rule.exact else low
    if up_to is not None and discount is not None and ONE + -discount < up_to < ONE:
        most = ONE + -up_to
        if broken:
            both = (discount, tier, most, share, floor or ONE)
            yield Reason.of(BEYOND_BOTH, *both, source=source)
        else:
            yield Reason.of(BEYOND_DISCOUNT, discount, tier, most, source=source)
    elif broken:
        yield Reason.of(BELOW_FLOOR, share, floor or ONE, tier, source=source)
    elif rule.exact and work.low is not None:
        yield Reason.of(NOT_EXACT, price, work.price(work.low), tier, source=source)
    elif work.low is not None and not reaches(work.paid, (work.low, 1)):
        of_control = Ratio(work.paid[0], work.paid[1] * work.control)
        yield Reason.of(BELOW_TIER, price, of_control, tier, work.price(work.low), source=source)
        if low is not None and low < ONE and not policy.stacks:
            yield Reason.of(DISCOUNT, ONE + -low, source=source)
    if not (rule.exact or work.high is None or reaches((work.high, 1), work.paid)):
        yield Reason.of(ABOVE_CAP, price, tier, work.price(work.high), source=source)


def _nothing(work: Work, steps: tuple[PriceStep, ...]) -> Iterator[Reason]:
    """Return why no price passes: what the adjustments take, or the grain."""
    rule, floor = work.row.rule, work.row.rule.net_floor or ONE
    source = rule.source or work.policy.source
    said = [step.label for step in steps if step.kind == "adjustment"]
    if work.least is None:
        yield Reason.of(NOTHING_PASSES, joined(said), floor, source=source)
        return
    low, high = _exact_bounds(work)
    if high < low and said:
        cap = work.price(work.high or 0)
        yield Reason.of(CAP_BELOW_FLOOR, cap, floor, joined(said), source=source)
        if work.net_share() < floor:
            yield Reason.of(BELOW_FLOOR, work.net_share(), floor, rule.label, source=source)
    else:
        bounds = _money_label(work, low), _money_label(work, high)
        yield Reason.of(EMPTY, *bounds, source=source)


def _exact_bounds(work: Work) -> tuple[Ratio, Ratio]:
    """Return the lowest and the highest price of a tier that has both, unrounded."""
    chain, row, scale = work.policy.compiled.on, work.row, _scale(work)
    low, high = (
        Ratio(over, under * scale)
        for over, under in (
            chain.after(work.of_share(share), work.dynamic)
            for share in (row.low or row.start, row.high or row.start)
        )
    )
    over, under = work.least or (0, 1)
    return max(low, Ratio(over, under * scale)), high


def _passing(work: Work) -> Reason:
    """Return what would pass."""
    low, high = work.low, work.high
    if low is None or not reaches((low, 1), work.paid):
        return Reason.of(WOULD_PASS, work.price(high or 0))
    discount = _passing_discount(work, low)
    if discount is None:
        return Reason.of(WOULD_PASS, work.price(low))
    return Reason.of(WOULD_PASS_DISCOUNT, work.price(low), discount)


def _passing_discount(work: Work, low: int) -> Ratio | None:
    """Return the greatest discount that leads to a permitted price, down to a hundredth of 1 %.

    None where no discount was asked, none is left, or the tier has one price.
    """
    start = work.policy.compiled.on.before((low, 1), work.dynamic)
    rule = work.row.rule
    if start is None or work.sale.discount is None or (rule.high is not None and rule.high < ONE):
        return None  # below a cap under the control price a smaller discount may not pass
    if rule.exact:
        return None
    share = Ratio(start[0], start[1] * work.control)
    if work.row.rule.low is not None:
        share = max(share, work.row.rule.low)
    off = ONE + -share
    if off.numerator * 10_000 < off.denominator or not off < ONE:
        return None

    def fails(points: int) -> int:
        asked = evolve(work.sale, discount=Ratio(points, 10_000))
        return int(Work(asked, work.policy).judged()[0] != "allowed")

    first = divide(off.numerator * 10_000, off.denominator, Rounding.FLOOR)
    if fails(first):
        return None
    beyond = bisect_left(range(first, 10_000), 1, key=fails)
    most = Ratio(first + beyond - 1, 10_000)
    return most if work.row.rule.low is None else min(most, ONE + -work.row.rule.low)


def _left_out(work: Work) -> Iterator[Reason]:
    """Return the adjustments that a missing fact keeps out."""
    for one, facts in work.left_out():
        unknown = joined(fact.label for fact in facts)
        yield Reason.of(LEFT_OUT, one.label, unknown, source=one.source)


def _approvals(work: Work, outcome: str) -> Iterator[Reason]:
    """Return who may approve, and that the rules hold in principle."""
    approvals = work.policy.approvals
    if not approvals:
        return
    said = approvals_label(approvals)
    if outcome == "allowed" or said == approvals[0].seat.label:
        yield in_principle(work.policy)
    else:
        yield Reason.of(MAY_APPROVE, said)


def _cited(steps: tuple[PriceStep, ...]) -> tuple[Source, ...]:
    """Return the clauses on which the adjustments rest."""
    found = (step.source for step in steps if step.kind == "adjustment")
    return tuple(dict.fromkeys(source for source in found if source is not None))


# --- words --------------------------------------------------------------------------------


def _price_asked(work: Work) -> Price | Label:
    """Return a price that is not allowed; exactly, where rounding hides the bound it crosses."""
    if work.of_sale and work.unit in (work.low, work.high):
        return _money_label(work, _paid(work))
    return work.price(work.unit)


def _unit_and_line(work: Work, price: Price | Label) -> Label:
    """Return the price of a unit, and the sum where there are several."""
    amount = line(work)
    en, zh = f"{show(price, 'en')} a unit", show(price, "zh")
    quantity = work.sale.quantity
    if quantity != 1:
        en += f" ({show(quantity, 'en')} units: {show(amount, 'en')})"
        zh += f"（{show(quantity, 'zh')} 件合计 {show(amount, 'zh')}）"
    return Label(en, zh)


def _path(work: Work, steps: tuple[PriceStep, ...]) -> Label:
    """Return the waterfall in one line."""
    en, zh = _path_text(work, steps, "en"), _path_text(work, steps, "zh")
    return Label(en, zh)


def _path_text(work: Work, steps: tuple[PriceStep, ...], lang: Lang) -> str:
    """Return the control price, each change with its name, the invoice price, what is left."""
    least = decimals_of_price(work.sale.control)
    first, *rest = steps
    said = f"{first.label.text(lang)} {show(work.sale.control, lang)}"
    words = {"en": ("invoiced", "net"), "zh": ("开票价", "净价")}[lang]
    invoiced = False
    for step in rest:
        if step.off_invoice and not invoiced:
            said += _result(amount_text(_paid(work), least), words[0], lang)
            invoiced = True
        low = step.change.numerator < 0
        sign, size = "−" if low else "+", amount_text(-step.change if low else step.change, least)
        said += (
            f" {sign} {size} ({step.label.en})"
            if lang == "en"
            else f" {sign} {size}（{step.label.zh}）"
        )
    last = steps[-1]
    return said + _result(amount_text(last.after, least), words[1 if invoiced else 0], lang)


def _result(amount: str, word: str, lang: Lang) -> str:
    return f" = {amount} {word}" if lang == "en" else f" = {word} {amount}"


def amount_text(amount: Ratio, least: int) -> str:
    """Return an exact amount with at least `least` decimals, cut to four more with "≈"."""
    most = least + 4
    scaled, rest = divmod(amount.numerator * 10**most, amount.denominator)
    if rest:
        scaled = divide(amount.numerator * 10**most, amount.denominator, Rounding.HALF_EVEN)
    text = f"{from_scaled(scaled, most):,f}"
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    return ("≈" if rest else "") + text.removesuffix(".")


def _money_label(work: Work, amount: Ratio) -> Label:
    """Return an exact amount of the sale's currency in words."""
    text = amount_text(amount, decimals_of_price(work.sale.control))
    currency = work.sale.control.currency
    en = f"{currency} {text}"
    return Label(en, amount_zh(text, currency))


def _paid(work: Work) -> Ratio:
    """Return the invoice price of a unit as it is judged, in whole units of the currency."""
    return Ratio(work.paid[0], work.paid[1] * _scale(work))


def _scale(work: Work) -> int:
    return int(10 ** decimals_of_price(work.sale.control))
