"""The price of a sale: worked out in whole numbers and judged by the tier's rule."""

from collections.abc import Iterator, Mapping

from kamcore.decision import Decision, MissingFact, Reason, Trace
from kamcore.errors import InputError
from kamcore.facts import Wire
from kamcore.facts._why import lacking
from kamcore.price._adjustments import Adjustment
from kamcore.price._context import Context, Pair, decimals_of_price, grains, in_scope, reaches
from kamcore.price._policy import Price, PricePolicy
from kamcore.price._quote import Outcome, Quote, Sale, Told
from kamcore.values import Money, Ratio, Rounding, Seat
from kamcore.values._checks import expect
from kamcore.values._exact import exact
from kamcore.values._rounding import divide

__all__ = ["Work", "quote_price"]

NO_FACTS: Mapping[str, Wire | None] = {}


def quote_price(sale: Sale, policy: PricePolicy) -> Decision[Quote]:
    """Return unit and line price of a sale, whether they may be given, and the waterfall.

    The floor holds for what is left after everything; the tier's own bounds hold for the price with
    the adjustments that are invoiced. A missing fact leaves its adjustment out and is named. Raises
    `InputError` where sale and policy differ in basis. Source: P08-4A to P08-4P.
    """
    if type(sale) is not Sale or type(policy) is not PricePolicy:
        expect("sale", sale, Sale)
        expect("policy", policy, PricePolicy)
    work = Work(sale, policy)
    outcome, approver = work.judged()
    quote = Quote(outcome, work.price(work.unit), approver, work)
    missing = () if policy.compiled.needs is None else work.missing()
    assumed = policy.compiled.conventions
    if policy.compiled.leaves_open:
        assumed += work.own_figures()
    return Decision(quote, work, policy.fingerprint, missing, assumed)


class Work(Trace):
    """A price as it is worked out, in units of the control price's grain."""

    __slots__ = (
        "control", "dynamic", "high", "invoiced", "least", "low", "of_sale", "paid", "policy",
        "row", "sale", "share", "unit",
    )  # fmt: skip

    def __init__(self, sale: Sale, policy: PricePolicy) -> None:
        compiled = policy.compiled
        row = compiled.tiers.get(sale.tier)
        if row is None:
            row = compiled.tiers[policy.of(sale.tier).tier]  # raises, with the mend
        if sale.basis != policy.basis:
            raise _other_basis(sale, policy)
        self.sale, self.policy, self.row = sale, policy, row
        self.control = grains(sale.control)
        fixed = compiled.on.share is not None and compiled.off.share is not None
        self.dynamic = None if fixed else self.context()
        self.share = row.start if sale.discount is None else _left(sale.discount)
        self.invoiced = compiled.on.after(self.of_share(self.share), self.dynamic)
        self.low: int | None
        self.high: int | None
        self.least: Pair | None
        self._set_bounds()
        self.of_sale = self.dynamic is not None and sale.price is None and self._lumps()
        self.unit = self._unit() if sale.price is None else grains(sale.price)
        self.paid = self.invoiced if self.of_sale else (self.unit, 1)
        if self.paid[0] < 0 and row.floor is None:
            self.low = 0

    def context(self) -> Context:
        """Return what adjustments ask of the sale."""
        sale, policy = self.sale, self.policy
        control, needs = sale.control, policy.compiled.needs
        values = NO_FACTS
        if needs is not None:
            if sale.facts is None:
                names = ", ".join(policy.fields.names)
                raise InputError(f"the sale has no facts and the policy asks {names}; pass facts=")
            values = needs.values(sale.facts)
        return Context(
            self.control,
            decimals_of_price(control),
            control.currency,
            sale.quantity,
            exact(sale.quantity).as_integer_ratio(),
            sale.on,
            values,
            policy.rounding if policy.rounded == "each_change" else None,
        )

    def _lumps(self) -> bool:
        """Say whether free units or an amount for the whole sale are invoiced.

        The line is then no multiple of a whole price of a unit, and the exact price is judged.
        Where every change is rounded, it is one.
        """
        if self.policy.rounded == "each_change":
            return False
        context = self.dynamic or self.context()
        steps = self.policy.compiled.on.steps(self.of_share(self.share), context)
        return any(step.of_sale for step in steps)

    # --- bounds ---------------------------------------------------------------------------

    def _set_bounds(self) -> None:
        """Find the lowest price that keeps the floor and the tier's share, and the highest.

        `least` is the price that leaves exactly the floor; None where none does.
        """
        row, control = self.row, self.control
        if row.fixed is None:
            self._set_bounds_of_sale()
            return
        least, low, high = row.fixed
        self.least = None if least is None else (control * least[0], least[1])
        self.low = None if low is None else -(-control * low[0] // low[1])
        self.high = None if high is None else control * high[0] // high[1]

    def _set_bounds_of_sale(self) -> None:
        row, compiled, how = self.row, self.policy.compiled, self.policy.rounding
        self.low = self.high = None
        self.least = (0, 1)
        if row.floor is not None:
            target = self.of_share(row.floor)
            if row.rule.exact and row.rule.floor is None:
                target = (divide(*target, how), 1)
            self.least = compiled.off.before(target, self.dynamic)
            if self.least is not None:
                self.low = max(0, divide(*self.least, Rounding.CEILING))
                if self.dynamic is not None and self.dynamic.rounding is not None:
                    self._set_low_of_rounded(target)
        if row.low is not None and self.low is not None:
            start = compiled.on.after(self.of_share(row.low), self.dynamic)
            self.low = max(self.low, divide(*start, how if row.rule.exact else Rounding.CEILING))
        if row.high is not None:
            end = compiled.on.after(self.of_share(row.high), self.dynamic)
            self.high = max(0, divide(*end, how if row.rule.exact else Rounding.FLOOR))

    def _set_low_of_rounded(self, target: Pair) -> None:
        """Find the price from which on every price keeps the floor where each change is rounded.

        Two changes that are rounded up at once may leave less of a higher price.
        """
        safe = self.policy.compiled.off.before(target, self.dynamic, spare=1)
        if safe is None:
            self.least = self.low = None
            return
        low = max(0, divide(*safe, Rounding.CEILING))
        while low > 0 and reaches(self.net(low - 1), target):
            low -= 1
        self.low = low

    def _unit(self) -> int:
        """Return the invoice price; its rounding does not carry it out of the range."""
        unit = divide(*self.invoiced, self.policy.rounding)
        row, low, high = self.row, self.low, self.high
        if self.of_sale or ((low is None or low <= unit) and (high is None or unit <= high)):
            return unit
        if (
            self.least is not None
            and (row.low is None or reaches(self.share, row.low))
            and (row.high is None or reaches(row.high, self.share))
            and reaches(self.invoiced, self.least)
            and reaches(self.invoiced, (0, 1))
        ):
            if low is not None and unit < low:
                unit = low
            if high is not None and high < unit:
                unit = high
        return unit

    # --- what follows ---------------------------------------------------------------------

    def judged(self) -> tuple[Outcome, Seat | None]:
        """Return the outcome, and who may approve."""
        if self._fits():
            return "allowed", None
        share = self.net_share()
        for one in self.policy.approvals:
            if one.low is None or not share < one.low:
                return "needs_approval", one.seat
        return "refused", None

    def _fits(self) -> bool:
        """Say whether the price keeps every bound; exactly, where it is not a whole one."""
        if self.of_sale:
            return self._fits_exactly()
        if self.least is None:
            return False
        unit, low_unit, high_unit = self.unit, self.low, self.high
        return (low_unit is None or low_unit <= unit) and (high_unit is None or unit <= high_unit)

    def _fits_exactly(self) -> bool:
        """Say whether the exact price keeps every exact bound, or is the one price of its tier."""
        on, row, paid = self.policy.compiled.on, self.row, self.paid
        if row.rule.exact and self.low == self.high and paid == (self.low, 1):
            return True
        least = self.least_paid()
        low, high = (
            None if share is None else on.after(self.of_share(share), self.dynamic)
            for share in (row.low, row.high)
        )
        return (
            least is not None
            and reaches(paid, least)
            and reaches(paid, (0, 1))
            and (low is None or reaches(paid, low))
            and (high is None or reaches(high, paid) or paid[0] == 0)
        )

    def least_paid(self) -> Pair | None:
        """Return the price that leaves the floor: the exact one, where no price is rounded."""
        row = self.row
        if self.of_sale and row.floor is not None and row.rule.exact and row.rule.floor is None:
            return self.policy.compiled.off.before(self.of_share(row.floor), self.dynamic)
        return self.least

    def net(self, unit: int) -> Pair:
        """Return what is left of an invoice price."""
        return self.policy.compiled.off.after((unit, 1), self.dynamic)

    def net_share(self) -> Ratio:
        """Return what is left as a share of the control price."""
        over, under = self.policy.compiled.off.after(self.paid, self.dynamic)
        return Ratio(over, under * self.control)

    def of_share(self, share: Pair) -> Pair:
        """Return a share of the control price."""
        return self.control * share[0], share[1]

    def price(self, units: int) -> Price:
        """Return so many units of the grain as a price."""
        control = self.sale.control
        if isinstance(control, Money):
            return control.with_minor(units)
        return control.with_scaled(units)

    def missing(self) -> tuple[MissingFact, ...]:
        """Return the missing facts that keep an adjustment out."""
        found = (fact for _, facts in self.left_out() for fact in facts)
        return tuple(dict.fromkeys(found))

    def left_out(self) -> Iterator[tuple[Adjustment, tuple[MissingFact, ...]]]:
        """Return the adjustments that missing facts keep out, and these facts."""
        facts, context = self.sale.facts, self.dynamic
        if facts is None or context is None:
            return
        values = facts.values
        for one in self.policy.adjustments:
            if one.when is None or not in_scope(one, context):
                continue
            condition = one.when.condition()
            if not condition.holds(values) and condition.holds(values, if_missing=True):
                yield one, facts.missing(leaf.field.name for leaf in lacking(condition, values))

    def own_figures(self) -> tuple[Reason, ...]:
        """Return in which rules the company has filled in what their clause leaves open."""
        from kamcore.price._range import own_figures  # noqa: PLC0415 - for a policy that has any

        rule = self.row.rule
        steps = [one for one in self.told().waterfall if one.kind == "adjustment"]
        labels = [rule.label, *(one.label for one in steps)]
        return own_figures(labels, [rule.source, *(one.source for one in steps)])

    def told(self) -> Told:
        """Return what the quote tells beyond outcome and unit."""
        from kamcore.price._waterfall import tell  # noqa: PLC0415 - when it is read

        return tell(self)

    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasons, the answer first."""
        from kamcore.price._why import explain  # noqa: PLC0415 - when they are read

        return explain(self)


def _left(discount: Ratio) -> Pair:
    return discount.denominator - discount.numerator, discount.denominator


def _other_basis(sale: Sale, policy: PricePolicy) -> InputError:
    mend = (
        "take the tax off with without_tax(price, rate, rounding)"
        if policy.basis == "net"
        else "add the tax to it and say basis='gross'"
    )
    return InputError(
        f"the control price is {sale.basis} and the policy's floor {policy.basis}; {mend}"
    )
