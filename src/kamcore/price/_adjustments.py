"""Named adjustments of a price, and the stacks in which they work together."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Literal

from attrs import field, frozen
from attrs.validators import optional

from kamcore.errors import PolicyError
from kamcore.facts import Combinable, as_optional_condition
from kamcore.facts._cases import meeting
from kamcore.values import Days, Money, Named, Ratio, Source, Steps, UnitPrice
from kamcore.values._checks import brief, instance_of, one_of, tuple_of, unique_names
from kamcore.values._currencies import decimals_of
from kamcore.values._exact import whole

__all__ = ["Adjustment", "Basis", "FreeUnits", "Gives", "Stack", "StackKind"]

StackKind = Literal["add", "compound", "best", "exclusive"]
Basis = Literal["net", "gross"]


@frozen(order=False)
class FreeUnits:
    """For every `bought` units `free` more cost nothing; the quantity counts all of them.

    A rest below a full block is paid until `bought` units are reached. Source: S2-6c (改一赠一).
    """

    bought: int = field()
    free: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse blocks without a paid or a free unit."""
        if whole(self.bought, "units bought") < 1 or whole(self.free, "free units") < 1:
            raise PolicyError(
                f"{self.free} free units for {self.bought} bought; pass whole numbers above 0"
            )

    def share(self, quantity: int) -> Ratio:
        """Return the change of the price as a share, such as -1/2 for one free unit in two."""
        blocks, rest = divmod(quantity, self.bought + self.free)
        free = blocks * self.free + max(0, rest - self.bought)
        return Ratio(-free, quantity)


Gives = Ratio | UnitPrice | Money | FreeUnits
GIVES = (Ratio, UnitPrice, Money, FreeUnits)


@frozen(order=False)
class Adjustment(Named):
    """One named change of the price, signed: `Ratio.percent(-2)` lowers it.

    What it `gives` is a Ratio (a share of the price that its stack begins with, or runs to), a
    UnitPrice (for each unit), Money (once for the whole sale), or FreeUnits; or Steps of these `by`
    "quantity" or by "amount" (quantity times control price). It applies where `when` holds, on
    `days`, and in `currency`, as far as these are given. `off_invoice` changes what is left and not
    what is invoiced, such as an early-payment discount, freight that the seller bears, or a waived
    fee; an `optional` one is the customer's choice and is counted as taken. Amounts are of `basis`,
    which must be the policy's own.
    """

    gives: Gives | Steps[Gives] = field(validator=instance_of(*GIVES, Steps))
    by: Literal["quantity", "amount"] | None = field(
        default=None, kw_only=True, validator=optional(one_of("quantity", "amount"))
    )
    when: Combinable | None = field(default=None, kw_only=True, converter=as_optional_condition)
    days: Days | None = field(default=None, kw_only=True, validator=instance_of(Days, type(None)))
    currency: str | None = field(default=None, kw_only=True)
    basis: Basis | None = field(
        default=None, kw_only=True, validator=optional(one_of("net", "gross"))
    )
    off_invoice: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    optional: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse steps without their axis, and a change that gives more than all away."""
        if isinstance(self.gives, Steps) is not (self.by is not None):
            raise PolicyError(
                f"adjustment {self.name!r} has by={self.by!r} and gives {brief(self.gives)}; "
                "Steps go by 'quantity' or 'amount', a single value by none"
            )
        if isinstance(self.gives, Steps):
            self._check_axis(self.gives)
        for one in self.all_gives():
            if not isinstance(one, GIVES):
                raise PolicyError(
                    f"adjustment {self.name!r} has a step that gives {brief(one)}; "
                    "pass Ratio, UnitPrice, Money or FreeUnits"
                )
            if isinstance(one, Ratio) and one < Ratio(-1):
                raise PolicyError(f"adjustment {self.name!r} takes {-one} off; pass -100% or more")
        if self.currency is not None:
            decimals_of(self.currency)
            self._check_currency(self.currency)

    def _check_currency(self, currency: str) -> None:
        """Refuse amounts that no sale in the adjustment's own currency could have."""
        edges = self.gives.edges if isinstance(self.gives, Steps) else ()
        for one in (*self.all_gives(), *edges):
            if isinstance(one, Money | UnitPrice) and one.currency != currency:
                raise PolicyError(
                    f"adjustment {self.name!r} is for {currency} and speaks of {one}; "
                    "write both in one currency"
                )

    def _check_axis(self, steps: Steps[Gives]) -> None:
        marks = [mark for mark in (steps.low, *steps.edges, steps.high) if mark is not None]
        money = self.by == "amount"
        if not all(isinstance(mark, Money if money else int | Decimal) for mark in marks):
            raise PolicyError(
                f"adjustment {self.name!r} goes by {self.by} and has the edges "
                f"{', '.join(map(str, marks))}; "
                + ("pass Money" if money else "pass plain numbers of units")
            )

    def all_gives(self) -> tuple[Gives, ...]:
        """Return everything that it can give."""
        return self.gives.values if isinstance(self.gives, Steps) else (self.gives,)


@frozen(order=False)
class Stack:
    """Adjustments and how they work together.

    "add": every share is of the price with which the stack begins. "compound": each is of the price
    that the one before left. "best": the one that gives the lowest price. "exclusive": at most one
    applies; two that could both apply are refused, with a case in which they do.
    """

    how: StackKind = field(validator=one_of("add", "compound", "best", "exclusive"))
    adjustments: tuple[Adjustment, ...] = field(validator=tuple_of(Adjustment))

    def __attrs_post_init__(self) -> None:
        """Refuse an empty stack, a name that stands twice, and sums that give all away."""
        unique_names("adjustment", (one.name for one in self.adjustments))
        if not self.adjustments:
            raise PolicyError("a stack has no adjustment; pass at least one")
        if len({one.off_invoice for one in self.adjustments}) > 1:
            shown = ", ".join(one.name for one in self.adjustments if one.off_invoice)
            raise PolicyError(
                f"a stack mixes what is invoiced with what is not ({shown}); make two stacks"
            )
        if self.how == "exclusive":
            for left, right in combinations(self.adjustments, 2):
                _refuse_meeting(left, right)
        if self.how == "add":
            deepest = Ratio(0)
            for one in self.adjustments:
                deepest += min([Ratio(0), *(share for share in _shares(one))])
            if deepest < Ratio(-1):
                raise PolicyError(
                    f"the adjustments of a stack take {-deepest} off together; "
                    "make them compound, best or exclusive"
                )

    @property
    def off_invoice(self) -> bool:
        """Whether its adjustments change what is left and not what is invoiced."""
        return self.adjustments[0].off_invoice


def _refuse_meeting(left: Adjustment, right: Adjustment) -> None:
    """Raise where two adjustments that exclude each other can apply to one sale."""
    if None not in (left.currency, right.currency) and left.currency != right.currency:
        return
    if left.days and right.days and not left.days.meets(right.days):
        return
    case = meeting(
        None if left.when is None else left.when.condition(),
        None if right.when is None else right.when.condition(),
    )
    if case is not None:
        raise PolicyError(
            f"{left.name!r} and {right.name!r} exclude each other and both apply for {case}; "
            "narrow one of them"
        )


def _shares(adjustment: Adjustment) -> Iterator[Ratio]:
    """Return the shares that it can give."""
    for one in adjustment.all_gives():
        if isinstance(one, Ratio):
            yield one
        elif isinstance(one, FreeUnits):
            yield Ratio(-one.free, one.bought + one.free)
