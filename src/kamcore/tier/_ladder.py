"""Tiers in their order, the best first."""

from attrs import field, frozen

from kamcore.errors import PolicyError
from kamcore.values import Label, Named
from kamcore.values._checks import known_name, unique_names

__all__ = ["Ladder", "Tier"]


@frozen(order=False)
class Tier(Named):
    """One tier (等级) with its words; they fall back on the name."""


@frozen(order=False, init=False)
class Ladder:
    """Tiers (等级序列), the best first; plain names are welcome."""

    tiers: tuple[Tier, ...] = field()

    def __init__(self, *tiers: Tier | str) -> None:
        """Build from tiers or names, the best first."""
        if not tiers:
            raise PolicyError("a ladder of no tiers; pass at least one, the best first")
        built = tuple(tier if isinstance(tier, Tier) else Tier(tier) for tier in tiers)
        unique_names("tier", (tier.name for tier in built))
        object.__setattr__(self, "tiers", built)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, the best first."""
        return tuple(tier.name for tier in self.tiers)

    def rank(self, name: str) -> int:
        """Return how many tiers are better; raises `UnknownName`."""
        return self.names.index(known_name("tier", name, self.names))

    def label(self, name: str) -> Label:
        """Return the words of a tier."""
        return self.tiers[self.rank(name)].label
