"""What a scorecard gives: the total, and the points of every item."""

from decimal import Decimal

from attrs import field, frozen

from kamcore.values import Label, Ratio, Rounding
from kamcore.values._exact import difference, from_scaled
from kamcore.values._rounding import divide

__all__ = ["ItemScore", "Score"]


@frozen(order=False)
class ItemScore:
    """The points of one item: earned, and the most it gives.

    `counted` is False where the item was left out.
    """

    name: str = field()
    label: Label = field()
    points: Decimal = field()
    maximum: Decimal = field()
    counted: bool = field(default=True)

    @property
    def lost(self) -> Decimal:
        """The points that lack to the item's maximum."""
        return difference(self.maximum, self.points) if self.counted else Decimal(0)


@frozen(order=False)
class Score:
    """The total of an account and the points of every item, in the card's order."""

    total: Decimal = field()
    maximum: Decimal = field()
    items: tuple[ItemScore, ...] = field()

    def gain(self, item: ItemScore) -> Decimal:
        """Return how much the total would rise if the item had its maximum, rounded down.

        It is more than the points lost where other items were left out and the rest scaled up.
        """
        if not item.lost:
            return Decimal(0)
        counted = Ratio(0)
        for one in self.items:
            counted += Ratio.of(one.maximum) if one.counted else Ratio(0)
        lost, full = Ratio.of(item.lost), Ratio.of(self.maximum)
        over = lost.numerator * full.numerator * counted.denominator
        under = lost.denominator * full.denominator * counted.numerator
        decimals = max(0, -int(self.total.as_tuple().exponent))
        return from_scaled(divide(over * 10**decimals, under, Rounding.FLOOR), decimals)

    @property
    def by_points_lost(self) -> tuple[ItemScore, ...]:
        """The items, the one that costs the most points first."""
        return tuple(sorted(self.items, key=lambda item: -item.lost))
