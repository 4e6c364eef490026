"""S3-P14, super / gold / silver / ordinary (集团客户层次分类服务管理办法): the tiers.

The regulation carries no date. It gives the limits and the agreement; it does not say what measures
a customer's scale (客户规模), so the field is a required argument. It does not say either when a
trade is completed (完成): the default field reads delivered trade of the 12 months to the day
asked, which is kamcore's own reading.
"""

from kamcore.errors import PolicyError
from kamcore.facts import FlagField, MoneyField
from kamcore.tier import Ladder, Tier, TierRule, TierRules
from kamcore.values import Label, Source

__all__ = ["AGREEMENT", "LADDER", "TRADE_12M", "tiers"]

TITLE = Label("Rules for the tiered service of group customers", "集团客户层次分类服务管理办法")
LADDER = Ladder(
    Tier("super", zh="超级客户"),
    Tier("gold", zh="金牌客户"),
    Tier("silver", zh="银牌客户"),
    Tier("ordinary", zh="普通客户"),
)
TRADE_12M = MoneyField(
    "trade_12m",
    currency="CNY",
    zh="过去12个月内完成的交易额",
    en="trade completed in the past 12 months",
)
AGREEMENT = FlagField(
    "long_term_agreement", zh="已签长期合作协议", en="a long-term agreement is signed"
)


def _source(clause: str) -> Source:
    return Source(f"P14-{clause}", TITLE, mark="figure")


def tiers(
    *, scale: MoneyField, trade: MoneyField = TRADE_12M, agreement: FlagField = AGREEMENT
) -> TierRules:
    """Return P14-1, P14-2, P14-3 and P14-8: all three conditions of a tier must hold.

    `scale` is the field that measures the customer's scale in CNY; the text leaves open which.
    """
    for one in (scale, trade):
        if one.currency != "CNY":
            raise PolicyError(
                f"field {one.name!r} is in {one.currency}; the regulation's limits are in CNY, "
                "so pass fields in CNY"
            )
    return TierRules(
        ladder=LADDER,
        rules=(
            TierRule(
                "super",
                (scale > 1_000_000) & (trade > 500_000) & agreement,
                _source("1/2/3 super"),
            ),
            TierRule(
                "gold",
                (scale > 500_000) & (trade > 100_000) & agreement,
                _source("1/2/3 gold"),
            ),
            TierRule(
                "silver",
                (scale > 100_000) & (trade > 10_000) & agreement,
                _source("1/2/3 silver"),
            ),
        ),
        otherwise="ordinary",
        source=Source("P14-8", TITLE, mark="rule"),
    )
