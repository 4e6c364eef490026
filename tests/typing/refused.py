"""What the type checkers must refuse; checked, never run. Every line is an error on purpose."""

from datetime import datetime
from decimal import Decimal

from kamcore.facts import ChoiceField, DateField, FlagField, MoneyField, NumberField, RatioField
from kamcore.sla import AnswerTime, find_answer_deadline
from kamcore.tier import Ladder, Tier, TierRule, TierRules, assign_tier
from kamcore.values import Money, Steps

scale = MoneyField("scale", currency="CNY")
trade = MoneyField("trade", currency="CNY")
orders = NumberField("orders")
share = RatioField("share")
since = DateField("since")
agreed = FlagField("agreed")
sector = ChoiceField("sector", options=("power", "cable"))

scale > 1e6  # type: ignore[operator]
scale > "x"  # type: ignore[operator]
scale > trade  # type: ignore[operator]
orders >= 1.5  # type: ignore[operator]
share < 0.05  # type: ignore[operator]
since > 5  # type: ignore[operator]
since > datetime  # type: ignore[operator]
agreed > 1  # type: ignore[operator]
sector < "power"  # type: ignore[operator]
agreed & True  # type: ignore[operator]
(scale > 1) & 1  # type: ignore[operator]
(scale > 1) < (trade > 1)  # type: ignore[operator]

Money(1.5, "CNY")  # type: ignore[arg-type]
Money("1.50", "CNY")  # type: ignore[arg-type]
Money(1, "CNY") + 1  # type: ignore[operator]
Money(1, "CNY") < Decimal(1)  # type: ignore[operator]
Tier("A") < Tier("B")  # type: ignore[operator]
Steps.rising(0, (1.5, 5))  # type: ignore[arg-type]
Ladder(1)  # type: ignore[arg-type]
TierRule("A", True)  # type: ignore[arg-type]
TierRules(ladder=Ladder("A"), rules=[], otherwise="A")  # type: ignore[arg-type]
find_answer_deadline("now", AnswerTime(hours=24))  # type: ignore[arg-type]
AnswerTime(24)  # type: ignore[call-arg]
assign_tier(5, TierRules(ladder=Ladder("A"), rules=(), otherwise="A"))  # type: ignore[call-overload]
