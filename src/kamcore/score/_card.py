"""Scorecards: items whose points add up to the card's maximum."""

from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from kamcore.decision import Policy, Reason, Rule
from kamcore.errors import InexactValue, PolicyError
from kamcore.facts import Facts, Fields
from kamcore.score._items import Item
from kamcore.score._sheet import Sheet
from kamcore.values import Label, Number, Ratio, Rounding, Source
from kamcore.values._checks import instance_of, some_text, tuple_of, unique_names
from kamcore.values._exact import exact, from_scaled, to_scaled

__all__ = ["OWN_SCALES", "Scorecard", "points"]

OWN_SCALES = Rule(
    "score.own_scales",
    ("clause",),
    en="the points and scales of the items are the company's own; {clause} leaves them open",
    zh="各项分值与评分标准由公司自定，{clause}未作规定",
)

DECIMALS_AT_MOST = 12


@frozen(order=False, kw_only=True)
class Scorecard(Policy):
    """Items whose maxima add up to `maximum`; points have `decimals` decimals.

    `scales_open` is the clause that leaves the points and scales to the company; every answer then
    says that they are the company's own.

    Where an item may be left out, the earned points are scaled by `maximum` over the counted
    maximum and rounded by the named `rounding`.
    """

    name: str = field(validator=some_text)
    items: tuple[Item, ...] = field(validator=tuple_of(Item))
    maximum: Number = field(default=100)
    decimals: int = field(default=0, validator=instance_of(int))
    rounding: Rounding | None = field(default=None, validator=instance_of(Rounding, type(None)))
    source: Source | None = field(default=None)
    scales_open: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Check names, the sum of the maxima, the grain of all points, and the rounding."""
        if not 0 <= self.decimals <= DECIMALS_AT_MOST:
            raise PolicyError(
                f"card {self.name!r}: {self.decimals} decimals; pass 0 to {DECIMALS_AT_MOST}"
            )
        unique_names("item", (item.name for item in self.items))
        _ = self.fields
        self._check_maximum()
        for item in self.items:
            if exact(item.maximum) < 0:
                raise PolicyError(
                    f"item {item.name!r} gives {item.maximum} points at best; let it be 0 or more"
                )
            absent = () if isinstance(item.missing, str) else (item.missing,)
            for number in (*item.grades, *absent):
                try:
                    to_scaled(number, self.decimals)
                except InexactValue:
                    raise PolicyError(
                        f"item {item.name!r}: {number} points are finer than the card's "
                        f"{self.decimals} decimals; raise the card's decimals"
                    ) from None
            if absent and exact(absent[0]) > exact(item.maximum):
                raise PolicyError(
                    f"item {item.name!r}: a missing fact earns {absent[0]}, "
                    f"more than its {item.maximum}; lower one of them"
                )
        if self.rounding is None and any(item.missing == "left_out" for item in self.items):
            raise PolicyError(
                f"card {self.name!r} leaves items out and scales the rest; name the rounding"
            )

    def _check_maximum(self) -> None:
        total = Ratio(0)
        for item in self.items:
            total += Ratio.of(item.maximum)
        if total != Ratio.of(exact(self.maximum, "card's maximum")):
            each = " + ".join(str(item.maximum) for item in self.items) or "no items"
            raise PolicyError(
                f"card {self.name!r}: {each} = {total.plain()}, "
                f"and not the maximum {self.maximum}; mend one of them"
            )
        if total.numerator <= 0:
            raise PolicyError(
                f"card {self.name!r}: the maximum is {total.plain()}; let it be above 0"
            )

    @property
    def fields(self) -> Fields:
        """The facts that the items ask for."""
        return Fields(item.fact for item in self.items)

    @cached_property
    def assumed(self) -> tuple[Reason, ...]:
        """Whose points and scales these are, where the text leaves them open; no API."""
        if self.scales_open is None:
            return ()
        clause = Label(self.scales_open.place("en"), self.scales_open.place("zh"))
        return (Reason.of(OWN_SCALES, clause),)

    @cached_property
    def compiled(self) -> Sheet:
        """Tables for one pass over the items; no API."""
        return Sheet(self.items, self.maximum, self.decimals, self.rounding)


def points(card: Scorecard, facts: Facts) -> Decimal:
    """Return the total points of an account: the plain formula, without reasons.

    Raises `Undecided` where a missing fact leaves no score.
    """
    return from_scaled(card.compiled.total(facts), card.decimals)
