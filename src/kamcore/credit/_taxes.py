"""An amount with its tax, as invoiced.

>>> from kamcore.values import Ratio, Rounding
>>> invoiced = TaxedAmount.of_net(
...     Money(1000, "CNY"), Ratio.percent(13), rounding=Rounding.HALF_AWAY_FROM_ZERO
... )
>>> str(invoiced.tax), str(invoiced.total)
('CNY 130.00', 'CNY 1,130.00')
"""

from attrs import field, frozen

from kamcore.credit._payment_term import EarlyPayment
from kamcore.errors import CurrencyMismatch, InputError
from kamcore.values import Money, MoneyLike, Ratio, Rounding
from kamcore.values._checks import instance_of
from kamcore.values._rounding import divide

__all__ = ["TaxedAmount"]


@frozen(order=False)
class TaxedAmount:
    """Net and tax in one currency and of one sign; both negative on a credit note."""

    net: Money = field(validator=instance_of(Money))
    tax: Money = field(validator=instance_of(Money))

    def __attrs_post_init__(self) -> None:
        """Refuse two currencies and two signs."""
        if self.net.currency != self.tax.currency:
            raise CurrencyMismatch(self.net.currency, self.tax.currency)
        if self.net.minor * self.tax.minor < 0:
            raise InputError(f"net {self.net} with tax {self.tax}; pass both with one sign")

    @property
    def total(self) -> Money:
        """Net and tax."""
        return self.net + self.tax

    @classmethod
    def of_net(
        cls,
        net: Money | MoneyLike,
        *rates: Ratio,
        fixed: tuple[Money, ...] = (),
        early: EarlyPayment | None = None,
        rounding: Rounding,
    ) -> "TaxedAmount":
        """Return the net with its taxes: each rate, rounded to a minor unit, and the `fixed` ones.

        Where the tax of `early` is "mixed" the rates are of the discounted net; a fixed tax is
        never discounted. A negative net mirrors the positive one, fixed taxes included.
        """
        own = Money.of(net)
        sign, size = (-1 if own.minor < 0 else 1), abs(own.minor)
        base = _tax_base(early)
        tax = sum(_taxed(size, rate, base, rounding) for rate in rates)
        for one in fixed:
            if one.currency != own.currency:
                raise CurrencyMismatch(own.currency, one.currency)
            if one.minor < 0:
                raise InputError(f"a fixed tax of {one}; pass 0 or more, a credit note mirrors it")
            tax += one.minor
        return cls(own, Money.from_minor(sign * tax, own.currency))

    @classmethod
    def of_gross(
        cls,
        gross: Money | MoneyLike,
        rate: Ratio,
        *,
        early: EarlyPayment | None = None,
        rounding: Rounding,
    ) -> "TaxedAmount":
        """Return net and tax of a gross amount: the net is rounded, the tax is the difference.

        Where the tax of `early` is "mixed" the tax is that of the discounted net, and the total
        below the gross amount.
        """
        own = Money.of(gross)
        sign, size = (-1 if own.minor < 0 else 1), abs(own.minor)
        full = _rate(rate)
        net = divide(size * full.denominator, full.denominator + full.numerator, rounding)
        mixed = early is not None and early.tax == "mixed"
        tax = _taxed(net, rate, _tax_base(early), rounding) if mixed else size - net
        return cls(
            Money.from_minor(sign * net, own.currency),
            Money.from_minor(sign * tax, own.currency),
        )


def _rate(rate: Ratio) -> Ratio:
    if not Ratio(0) <= rate:
        raise InputError(f"a tax rate of {rate}; pass 0 or more")
    return rate


def _tax_base(early: EarlyPayment | None) -> Ratio:
    """Return the share of the net on which tax is reckoned when invoiced."""
    return early.pays if early is not None and early.tax == "mixed" else Ratio(1)


def _taxed(net: int, rate: Ratio, base: Ratio, rounding: Rounding) -> int:
    """Return a rate of a share of the net, rounded once."""
    over = net * _rate(rate).numerator * base.numerator
    return divide(over, rate.denominator * base.denominator, rounding)
