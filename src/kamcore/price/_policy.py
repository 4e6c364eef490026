"""The price rules of a company: every tier's share of the control price, stacks, approvals."""

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from kamcore.decision import Policy
from kamcore.errors import InputError, PolicyError
from kamcore.facts import Fields
from kamcore.price._adjustments import Adjustment, Basis, Stack
from kamcore.values import Label, Money, MoneyLike, Ratio, Rounding, Seat, Source, UnitPrice
from kamcore.values._checks import (
    instance_of,
    known_name,
    one_of,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._words import tier_label

if TYPE_CHECKING:
    from kamcore.price._work import Compiled

__all__ = ["Approval", "Price", "PricePolicy", "PriceRange", "TierPrice", "as_price"]

Price = Money | UnitPrice


@frozen(order=False)
class TierPrice:
    """What a tier pays, as shares of the control price: at least `low`, at most `high`.

    95 % and no `high` is "up to 5 % off"; 105 % for both is "exactly 5 % more". `floor` is what
    must be left net of every adjustment; without one it is `low`. `zh` and `en` are its words.
    """

    tier: str = field(validator=some_text, converter=plain_text)
    low: Ratio | None = field(default=None, kw_only=True, validator=instance_of(Ratio, type(None)))
    high: Ratio | None = field(default=None, kw_only=True, validator=instance_of(Ratio, type(None)))
    floor: Ratio | None = field(
        default=None, kw_only=True, validator=instance_of(Ratio, type(None))
    )
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )
    zh: str = field(default="", kw_only=True, validator=instance_of(str))
    en: str = field(default="", kw_only=True, validator=instance_of(str))

    @property
    def label(self) -> Label:
        """The tier in words."""
        said = tier_label(self.tier)
        return Label(self.en or said.en, self.zh or said.zh)

    def __attrs_post_init__(self) -> None:
        """Refuse no bound, a bound that is no share, and bounds in the wrong order."""
        if self.low is None and self.high is None:
            raise PolicyError(
                f"tier {self.tier!r} has neither low nor high; pass at least one share"
            )
        for bound in (self.low, self.high, self.floor):
            if bound is not None and bound.numerator <= 0:
                raise PolicyError(
                    f"tier {self.tier!r}: {bound} is no share of the control price; "
                    "pass Ratio.percent(95)"
                )
        if self.low and self.high and self.high < self.low:
            raise PolicyError(
                f"tier {self.tier!r}: low {self.low} is above high {self.high}; swap them"
            )
        if self.floor is not None and self.low is None:
            raise PolicyError(
                f"tier {self.tier!r} has floor {self.floor} and no low; say how far it may sell"
            )
        if self.low and self.floor and self.low < self.floor:
            raise PolicyError(
                f"tier {self.tier!r}: floor {self.floor} is above low {self.low}; raise low to it"
            )

    @property
    def exact(self) -> bool:
        """Whether there is one price and no range."""
        return self.low is not None and self.low == self.high

    @property
    def net_floor(self) -> Ratio | None:
        """What must be left net of everything."""
        return self.low if self.floor is None else self.floor

    @property
    def start(self) -> Ratio:
        """The share that applies where no discount is asked: the control price, within bounds."""
        share = Ratio(1)
        if self.low is not None and share < self.low:
            share = self.low
        return self.high if self.high is not None and self.high < share else share


@frozen(order=False)
class Approval:
    """A seat that may approve prices that the rules do not allow.

    Down to `low` of the control price, net of everything; any price where it is None.
    """

    seat: Seat = field(validator=instance_of(Seat))
    low: Ratio | None = field(default=None, kw_only=True, validator=instance_of(Ratio, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that is no share."""
        if self.low is not None and self.low.numerator <= 0:
            raise PolicyError(
                f"{self.seat.label.en} may approve down to {self.low} of the control price; "
                "pass a share above 0, or None for any price"
            )


@frozen(order=False, kw_only=True)
class PricePolicy(Policy):
    """The price rules: control price, then the tier's share, then the stacks in order.

    A floor is rounded up and a cap down to the grain in which the control price is quoted; where
    both are one share there is one price, rounded once by `rounding`. `rounded` says when: the
    invoice price of a unit once ("price"), or every adjustment's change too ("each_change"). With
    `approvals`, the lowest authority first, the rules hold in principle: outside them the first
    seat whose limit is kept may approve. Without any, a price outside is refused. All prices and
    amounts are of `basis`: without tax ("net") or with it ("gross").
    """

    tiers: tuple[TierPrice, ...] = field(validator=tuple_of(TierPrice))
    rounding: Rounding = field(converter=Rounding)
    stacks: tuple[Stack, ...] = field(default=(), validator=tuple_of(Stack))
    approvals: tuple[Approval, ...] = field(default=(), validator=tuple_of(Approval))
    basis: Basis = field(default="net", validator=one_of("net", "gross"))
    rounded: Literal["price", "each_change"] = field(
        default="price", validator=one_of("price", "each_change")
    )
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse what stands twice, a mixed basis, one name for two facts, and dead approvals."""
        if not self.tiers:
            raise PolicyError("a price policy has no tier; pass at least one TierPrice")
        unique_names("tier", (one.tier for one in self.tiers))
        unique_names("adjustment", (one.name for one in self.adjustments))
        for one in self.adjustments:
            if one.basis not in (None, self.basis):
                raise PolicyError(
                    f"adjustment {one.name!r} is {one.basis} and the policy {self.basis}; "
                    f"write it {self.basis}, for example by without_tax"
                )
        _ = self.fields
        order = [stack.off_invoice for stack in self.stacks]
        if order != sorted(order):
            raise PolicyError(
                "a stack on the invoice follows one off the invoice; "
                "write those that change the invoice first"
            )
        self._check_approvals()

    def _check_approvals(self) -> None:
        last: Ratio | None = None
        for place, one in enumerate(self.approvals):
            if place and (last is None or (one.low is not None and last <= one.low)):
                raise PolicyError(
                    f"{one.seat.label.en} comes after a seat that may approve as much; "
                    "write the lowest authority first"
                )
            last = one.low

    def of(self, tier: str) -> TierPrice:
        """Return the rule of a tier; raises `UnknownName`."""
        known_name("tier", tier, (one.tier for one in self.tiers))
        return next(one for one in self.tiers if one.tier == tier)

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The adjustments of all stacks, in order."""
        return tuple(one for stack in self.stacks for one in stack.adjustments)

    @property
    def fields(self) -> Fields:
        """The facts that the conditions of adjustments ask for."""
        return Fields(
            leaf.field
            for one in self.adjustments
            if one.when is not None
            for row in one.when.condition().rows()
            for leaf in row
        )

    @cached_property
    def compiled(self) -> "Compiled":
        """Tiers by name and stacks as integers; no API."""
        from kamcore.price._work import Compiled  # noqa: PLC0415 - it speaks of this class

        return Compiled(self)


@frozen(order=False)
class PriceRange:
    """The lowest and the highest price; None where the policy states no bound."""

    low: Price | None = field()
    high: Price | None = field()

    @property
    def empty(self) -> bool:
        """Whether rounding left no price between the bounds."""
        return _above(self.low, self.high)

    def __contains__(self, price: Price) -> bool:
        """Say whether a price of the same kind and currency lies in the range."""
        return not _above(self.low, price) and not _above(price, self.high)


def _above(left: Price | None, right: Price | None) -> bool:
    if left is None or right is None:
        return False
    return right < left  # type: ignore[operator]  # one kind: both come from one control price


def as_price(value: Price | MoneyLike) -> Price:
    """Return a price above 0 from Money, a UnitPrice, or an object with amount and currency."""
    price = value if isinstance(value, Money | UnitPrice) else UnitPrice.of(value)
    if price.amount <= 0:
        raise InputError(f"price {price} is not above 0; pass the price of one unit")
    return price
