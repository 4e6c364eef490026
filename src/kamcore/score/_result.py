"""What a scorecard gives: the total, and the points of every item."""

from decimal import Decimal

from attrs import field, frozen

from kamcore.values import Label

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
        return self.maximum - self.points if self.counted else Decimal(0)


@frozen(order=False)
class Score:
    """The total of an account and the points of every item, in the card's order."""

    total: Decimal = field()
    maximum: Decimal = field()
    items: tuple[ItemScore, ...] = field()

    @property
    def by_points_lost(self) -> tuple[ItemScore, ...]:
        """The items, the one that costs the most points first."""
        return tuple(sorted(self.items, key=lambda item: -item.lost))
