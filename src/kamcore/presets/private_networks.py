"""S2-6, four ways of working with customers that run their own network (专网大客户).

A telecom operator buys the network out (买断), invests in it and shares its revenue (委托经营),
takes an exchange down and gives one free for each replaced (拆除交换机, 改一赠一), or relieves the
customer of fees (费用优惠). The text carries no date and no amount: the rates of relief are
required arguments, as is the fact that says which exchange is a smaller one.

That the gross revenue is shared, by all that either side put in, is kamcore's own reading, and so
is that nobody pays more than the standard fee.
"""

from collections.abc import Iterable, Mapping

from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, Combinable, FlagField
from kamcore.price import Adjustment, FreeUnits, PricePolicy, RevenueShare, Stack, TierPrice
from kamcore.values import Label, Ratio, Rounding, Source

__all__ = [
    "FEES",
    "KEEPS_OWNERSHIP",
    "MODEL",
    "NEEDS_INVESTMENT",
    "PRIVATE_NETWORK",
    "REVENUE",
    "fees",
]

TITLE = Label("How a telecom operator serves its key accounts", "运营商如何做好大客户服务工作")
PRIVATE_NETWORK = "private network"

MODEL = ChoiceField(
    "model",
    options=(
        Choice("buy_out", zh="买断", en="buy-out"),
        Choice("entrusted", zh="委托经营", en="entrusted operation"),
        Choice("removal", zh="拆除交换机", en="removal of the exchange"),
        Choice("fee_relief", zh="费用优惠", en="fee relief"),
    ),
    zh="合作方式",
    en="model of co-operation",
)
FEES = (
    Choice("internal_call", zh="内部通话费", en="calls inside the network"),
    Choice("switch", zh="交换机", en="exchange"),
    Choice("monthly_rent", zh="月租费", en="monthly rent"),
    Choice("number_fee", zh="占号费", en="number fee"),
    Choice("communication_fee", zh="通信费", en="communication fee"),
)
"""What is charged: S2-6a, S2-6c, and the open list of S2-6d."""

KEEPS_OWNERSHIP = FlagField("keeps_ownership", zh="客户保留产权", en="the customer keeps ownership")
NEEDS_INVESTMENT = FlagField("needs_investment", zh="需要投入", en="investment is needed")


def _source(clause: str, mark: str = "form") -> Source:
    return Source(f"S2-{clause}", TITLE, mark=mark)  # type: ignore[arg-type]  # checked there


def fees(
    *,
    reliefs: Mapping[str, Ratio],
    smaller: Combinable,
    other_fees: Iterable[Choice] = (),
    rounding: Rounding = Rounding.HALF_AWAY_FROM_ZERO,
) -> PricePolicy:
    """Return what the models leave of a standard fee: the sale's control price.

    `reliefs` gives the share taken off each kind of fee under fee relief (S2-6d), `smaller` the
    condition under which an exchange is a smaller one (S2-6c). A sale has the tier
    `PRIVATE_NETWORK` and the facts `model` and `fee`. The list of fees is open: `other_fees` adds
    to it. There is no floor, as the text gives a service away.
    """
    kinds = (*FEES, *other_fees)
    fee = ChoiceField("fee", options=kinds, zh="费用种类", en="kind of fee")
    relieved = tuple(one for one in kinds if one.name not in ("internal_call", "switch"))
    known = [one.name for one in relieved]
    if sorted(reliefs) != sorted(known):
        odd = sorted(set(reliefs) ^ set(known))
        raise PolicyError(f"reliefs are asked for {', '.join(known)}; mend {', '.join(odd)}")
    for name, share in reliefs.items():
        if share < Ratio(0) or Ratio(1) < share:
            raise PolicyError(f"relief {share} of {name!r} is no share; pass 0% to 100%")
    relief = MODEL.is_("fee_relief") & KEEPS_OWNERSHIP & ~NEEDS_INVESTMENT
    adjustments = (
        Adjustment(
            "internal calls",
            Ratio(-1),
            zh="内部通话不收费",
            en="calls inside cost nothing",
            when=MODEL.is_("buy_out") & fee.is_("internal_call"),
            source=_source("6a", "rule"),
        ),
        Adjustment(
            "replacement",
            FreeUnits(bought=1, free=1),
            zh="改一赠一",
            en="one free for each replaced",
            when=MODEL.is_("removal") & fee.is_("switch") & smaller,
            source=_source("6c"),
        ),
        *(
            Adjustment(
                f"{one.name} relief",
                -reliefs[one.name],
                zh=f"{one.label.zh}优惠",
                en=f"relief of {one.label.en}",
                when=relief & fee.is_(one.name),
                source=_source("6d"),
            )
            for one in relieved
        ),
    )
    return PricePolicy(
        tiers=(TierPrice(PRIVATE_NETWORK, zh="专网大客户", en="private network", high=Ratio(1)),),
        stacks=(Stack("exclusive", adjustments),),
        rounding=rounding,
        source=Source("S2-6", TITLE, mark="rule"),
    )


REVENUE = RevenueShare(source=_source("6b"))
"""S2-6b: shared in proportion to investment; gross revenue is kamcore's reading."""
