"""What the type checkers must refuse; checked, never run. Every line is an error on purpose."""

from datetime import datetime
from decimal import Decimal

from kamcore.calendars import WorkingDays, around_the_clock
from kamcore.facts import ChoiceField, DateField, FlagField, MoneyField, NumberField, RatioField
from kamcore.sla import Clock, Event, LeadTimes, check_rush, find_deadline
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
LeadTimes(())  # type: ignore[call-arg]
check_rush(1, LeadTimes(tiers=()))  # type: ignore[arg-type]
find_deadline("now", LeadTimes(tiers=()), clock="answer")  # type: ignore[arg-type]
Event("answred", datetime.max)  # type: ignore[arg-type]
Event("answered", "now")  # type: ignore[arg-type]
Clock("answer", limit=24, calendar=around_the_clock("UTC"))  # type: ignore[arg-type]
Clock("answer", limit=WorkingDays(1), calendar="UTC")  # type: ignore[arg-type]
around_the_clock("UTC") & 1  # type: ignore[operator]
assign_tier(5, TierRules(ladder=Ladder("A"), rules=(), otherwise="A"))  # type: ignore[call-overload]
