"""A company's policies together, checked against each other."""

from attrs import field, frozen

from kamcore.credit import (
    ConsignmentLimit,
    CreditPolicy,
    DunningPolicy,
    LateInterest,
    LimitPolicy,
    SuspensionPolicy,
)
from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, Fields
from kamcore.price import PricePolicy
from kamcore.routing import AccessRules, Authority, DutyRules, Escalation
from kamcore.score import Scorecard
from kamcore.sla import Agreements, LeadTimes, OrderOfWork
from kamcore.tier import Ladder, TierBands, TierQuota, TierRules
from kamcore.values import Label, Rounding, Source, round_to
from kamcore.values._checks import instance_of
from kamcore.values._exact import exact, from_scaled

__all__ = ["TIER", "WORK", "Rulebook"]

WORK = "work"
TIER = "tier"
NONE = type(None)


@frozen(order=False, kw_only=True)
class Rulebook(Policy):
    """How a company treats its accounts: card, tiers, price, credit, time, duties.

    Every part but `tiers` may be left out. Tiers by bands or quota need a card. All parts speak of
    the tiers of one ladder. In `duties` the field "work" names the kinds of work and "tier" the
    tier, as it does in `service`, whose other fields are facts of the single request. What is asked
    of an order or an invoice (`consignment`, `limits`, `dunning`, `suspension`, `late_interest`) or
    of a case (`escalation`, `authority`, `access`) is kept with the rest and takes no part in a
    review.
    """

    name: Label = field(validator=instance_of(Label))
    tiers: TierRules | TierBands | TierQuota = field(
        validator=instance_of(TierRules, TierBands, TierQuota)
    )
    card: Scorecard | None = field(default=None, validator=instance_of(Scorecard, NONE))
    price: PricePolicy | None = field(default=None, validator=instance_of(PricePolicy, NONE))
    credit: CreditPolicy | None = field(default=None, validator=instance_of(CreditPolicy, NONE))
    consignment: ConsignmentLimit | None = field(
        default=None, validator=instance_of(ConsignmentLimit, NONE)
    )
    limits: LimitPolicy | None = field(default=None, validator=instance_of(LimitPolicy, NONE))
    dunning: DunningPolicy | None = field(default=None, validator=instance_of(DunningPolicy, NONE))
    suspension: SuspensionPolicy | None = field(
        default=None, validator=instance_of(SuspensionPolicy, NONE)
    )
    late_interest: LateInterest | None = field(
        default=None, validator=instance_of(LateInterest, NONE)
    )
    lead_times: LeadTimes | None = field(default=None, validator=instance_of(LeadTimes, NONE))
    order_of_work: OrderOfWork | None = field(
        default=None, validator=instance_of(OrderOfWork, NONE)
    )
    service: Agreements | None = field(default=None, validator=instance_of(Agreements, NONE))
    duties: DutyRules | None = field(default=None, validator=instance_of(DutyRules, NONE))
    escalation: Escalation | None = field(default=None, validator=instance_of(Escalation, NONE))
    authority: Authority | None = field(default=None, validator=instance_of(Authority, NONE))
    access: AccessRules | None = field(default=None, validator=instance_of(AccessRules, NONE))
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check that the parts fit each other."""
        if self.card is None and not isinstance(self.tiers, TierRules):
            raise PolicyError(
                f"{type(self.tiers).__name__} ranks by points and there is no card; "
                "pass card=Scorecard(...)"
            )
        if self.card is not None and isinstance(self.tiers, TierBands):
            _points_fit(self.card, self.tiers)
        names = self.ladder.names
        for part, tiers in self._tiers_by_part():
            if lacking := [name for name in names if name not in tiers]:
                raise PolicyError(f"{part} says nothing of tier {lacking[0]!r}; add it")
            if unknown := [name for name in tiers if name not in names]:
                raise PolicyError(
                    f"{part} speaks of tier {unknown[0]!r}, "
                    f"which is not on the ladder {', '.join(names)}"
                )
        _ = self.fields

    def _tiers_by_part(self) -> list[tuple[str, tuple[str, ...]]]:
        found: list[tuple[str, tuple[str, ...]]] = []
        if self.price:
            found.append(("price", tuple(one.tier for one in self.price.tiers)))
        if self.credit:
            found.append(("credit", self.credit.names))
        if self.lead_times:
            found.append(("lead_times", tuple(one.tier for one in self.lead_times.tiers)))
        if self.order_of_work:
            order = self.order_of_work
            found.append(("order_of_work", (*order.tiers, *order.unranked)))
        asking = (
            ("duties", self.duties),
            ("service", self.service),
            ("escalation", self.escalation),
            ("authority", self.authority),
        )
        for name, part in asking:
            known = [one for one in part.fields if one.name == TIER] if part else []
            found.extend((name, one.names) for one in known if isinstance(one, ChoiceField))
        return found

    @property
    def ladder(self) -> Ladder:
        """The tiers, the best first."""
        return self.tiers.ladder

    @property
    def works(self) -> tuple[Choice, ...]:
        """The kinds of work that the duties know."""
        if self.duties is None or WORK not in self.duties.fields.names:
            return ()
        work = self.duties.fields[WORK]
        return work.options if isinstance(work, ChoiceField) else ()

    @property
    def fields(self) -> Fields:
        """The facts of an account that all parts ask for."""
        parts = [part for part in (self.card, self.tiers, self.credit) if part is not None]
        asked = [one for part in parts for one in part.fields]
        if self.duties is not None:
            asked.extend(one for one in self.duties.fields if one.name not in {WORK, TIER})
        return Fields(asked)


def _points_fit(card: Scorecard, bands: TierBands) -> None:
    finest = from_scaled(1, card.decimals)
    whole = round_to(finest, bands.grain, Rounding.FLOOR) == finest
    if bands.rounding is None and not whole:
        raise PolicyError(
            f"card {card.name!r} gives points in steps of {finest}, "
            f"the bands are {bands.grain} apart and leave values between them; "
            "name the bands' rounding, or use whole points"
        )
    end = max(exact(band.high) for band in bands.bands)
    if exact(card.maximum) > end:
        msg = f"card {card.name!r} gives up to {card.maximum} points and the bands end at {end}"
        raise PolicyError(f"{msg}; widen the best band")
