"""Payment terms by tier as a policy: the modes of every tier, their premise, and the demotion."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from attrs import field, frozen
from attrs.validators import optional

from kamcore.credit._breaches import Demotion
from kamcore.credit._modes import PaymentMode
from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.facts import Fields, FlagField, Needs
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import (
    instance_of,
    known_name,
    one_of,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)
from kamcore.values._words import joined

__all__ = ["KINDS", "CreditPolicy", "TierTerms", "modes_label"]

KINDS = ("prepayment", "cash_on_delivery", "deferred")
"""The kinds of payment modes, the one that pays earliest first."""


@frozen(order=False)
class TierTerms:
    """The payment modes of a tier, the most generous first; a time allowed is a permitted maximum.

    Deferred modes are granted only while collection is safe, `premised` ones too. `in_principle`
    says that the source leaves room for an exception by approval. `named` are the modes that the
    source names (None: all); the others rest on a reading of it, and answers say so.
    """

    tier: str = field(validator=some_text, converter=plain_text)
    modes: tuple[PaymentMode, ...] = field(validator=tuple_of(PaymentMode))
    premised: tuple[PaymentMode, ...] = field(
        default=(), kw_only=True, validator=tuple_of(PaymentMode)
    )
    in_principle: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    named: tuple[PaymentMode, ...] | None = field(
        default=None, kw_only=True, validator=optional(tuple_of(PaymentMode))
    )
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that cannot pay at all."""
        if not self.modes:
            raise PolicyError(f"tier {self.tier!r} has no payment mode; pass at least one")
        order = [KINDS.index(mode.kind) for mode in self.modes]
        if order != sorted(order, reverse=True):
            shown = ", ".join(mode.label.en for mode in self.modes)
            raise PolicyError(
                f"tier {self.tier!r} has the modes {shown}; write the most generous first: "
                "deferred, on delivery, before delivery"
            )
        for mode in self.premised:
            if mode not in self.modes:
                raise PolicyError(
                    f"tier {self.tier!r}: {mode.label.en} has a premise and is no mode of it; "
                    "add it to modes"
                )
        for mode in self.named or ():
            if mode not in self.modes:
                raise PolicyError(
                    f"tier {self.tier!r}: the source names {mode.label.en}, which is no mode of "
                    "it; add it to modes"
                )

    def asks_safety(self, mode: PaymentMode) -> bool:
        """Say whether a mode is granted only while collection is safe."""
        return mode.kind == "deferred" or mode in self.premised

    def unnamed(self, modes: Iterable[PaymentMode]) -> tuple[PaymentMode, ...]:
        """Return which of these modes the source does not name."""
        named = self.named
        return () if named is None else tuple(mode for mode in modes if mode not in named)


@frozen(order=False, kw_only=True)
class CreditPolicy(Policy):
    """Payment terms by tier, the best tier first; each is one level of the demotion.

    Deferred payment is given only where the fact `safe` (collection is safe) holds; a missing fact
    counts as no, and the answer says so. `approver` may grant an exception where a rule holds in
    principle. Days and months count from the `anchor` day.
    """

    tiers: tuple[TierTerms, ...] = field(validator=tuple_of(TierTerms))
    safe: FlagField | None = field(default=None, validator=instance_of(FlagField, type(None)))
    demotion: Demotion | None = field(default=None, validator=instance_of(Demotion, type(None)))
    approver: Seat | None = field(default=None, validator=instance_of(Seat, type(None)))
    anchor: Literal["delivery", "invoice", "signing"] = field(
        default="delivery", validator=one_of("delivery", "invoice", "signing")
    )
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a tier that stands twice, and an exception that nobody can approve."""
        unique_names("tier", (one.tier for one in self.tiers))
        if not self.tiers:
            raise PolicyError("no tier is given; pass at least one TierTerms, the best tier first")
        loose = [one.tier for one in self.tiers if one.in_principle]
        if loose and self.approver is None:
            raise PolicyError(
                f"tier {loose[0]!r} holds in principle and nobody approves exceptions; "
                "name the approver"
            )

    @property
    def fields(self) -> Fields:
        """The fact that collection is safe."""
        return Fields(() if self.safe is None else (self.safe,))

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        """The tiers, the best first."""
        return tuple(one.tier for one in self.tiers)

    def rank(self, tier: str) -> int:
        """Return the level of a tier; raises `UnknownName`."""
        return self.names.index(known_name("tier", tier, self.names))

    def modes_of(self, level: TierTerms, *, lowered: bool) -> tuple[PaymentMode, ...]:
        """Return the modes of a level: all, or the strictest alone after such a demotion."""
        strictest = self.demotion is not None and self.demotion.demoted_to == "strictest"
        return level.modes[-1:] if lowered and strictest else level.modes


def modes_label(modes: Iterable[PaymentMode]) -> Label:
    """Return the modes in words."""
    return joined(mode.label for mode in modes)
