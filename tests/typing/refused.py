"""What the type checkers must refuse; checked, never run. Every line is an error on purpose."""

from datetime import datetime
from decimal import Decimal

from kamcore.calendars import WorkingDays, around_the_clock
from kamcore.credit import (
    Commitment,
    CreditLimit,
    CreditRequest,
    DateStep,
    DunningLevel,
    EarlyPayment,
    Instalment,
    LateInterest,
    LimitPolicy,
    PaymentTerm,
    check_credit,
    parse_term,
    plan_payments,
)
from kamcore.facts import (
    ChoiceField,
    DateField,
    FlagField,
    MoneyField,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
    read_facts,
)
from kamcore.price import Adjustment, Approval, PricePolicy, Sale, Stack, quote_price
from kamcore.routing import (
    AccessRules,
    Duty,
    DutyRules,
    Grant,
    NoOwner,
    Person,
    RateLimit,
    Staff,
    check_access,
    route_work,
    staff_duty,
)
from kamcore.sla import Clock, Event, LeadTimes, check_rush, find_deadline
from kamcore.tier import Ladder, Tier, TierRule, TierRules, assign_tier
from kamcore.values import Label, Money, Ratio, Seat, Steps

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

Adjustment("early payment", -0.02)  # type: ignore[arg-type]
Adjustment("early payment", Ratio(-1, 50), when=True)  # type: ignore[arg-type]
Adjustment("volume", Ratio(-1, 50), by="weight")  # type: ignore[arg-type]
Stack("sum", ())  # type: ignore[arg-type]
Stack("add", Adjustment("early payment", Ratio(-1, 50)))  # type: ignore[arg-type]
Approval("the sales director")  # type: ignore[arg-type]
PricePolicy((), "half_even")  # type: ignore[call-arg]
Sale("A", 100)  # type: ignore[arg-type]
Sale("A", Money(100, "CNY"), discount=6)  # type: ignore[arg-type]
quote_price("A", PricePolicy(tiers=(), rounding="half_even"))  # type: ignore[arg-type]

Instalment(0.3)  # type: ignore[arg-type]
EarlyPayment("2%")  # type: ignore[arg-type]
DateStep.weekday("mon")  # type: ignore[arg-type]
DateStep.working_day("office")  # type: ignore[arg-type]
PaymentTerm(instalments=[Instalment(None)])  # type: ignore[arg-type]
plan_payments(100, parse_term("net 30"), anchor=datetime.max)  # type: ignore[arg-type]
plan_payments(Money(100, "CNY"), "net 30", anchor=datetime.max)  # type: ignore[arg-type]
CreditLimit.up_to(5000)  # type: ignore[arg-type]
Commitment("offer", "O1", "K01", Money(1, "CNY"), datetime.max)  # type: ignore[arg-type]
LimitPolicy(counted=("order",))  # type: ignore[arg-type]
CreditRequest("O1", Money(1, "CNY"), "offer")  # type: ignore[arg-type]
check_credit(exposed=LimitPolicy())  # type: ignore[call-arg]
DunningLevel("first", "5 days")  # type: ignore[arg-type]
LateInterest(yearly=Ratio(1, 10), day_count="actual/366", rounding="half_even")  # type: ignore[arg-type]

desk = Seat("desk", Label("the desk", "专席"))
li = Person("li")
staff = Staff(people=(li,), zone="UTC")
duties = DutyRules(table=RuleTable(rules=(TableRule("all", None, Duty(desk)),)))
known = read_facts({}, duties.fields)

Duty("desk")  # type: ignore[arg-type]
Duty(desk, (), (), (), desk)  # type: ignore[call-arg]
Duty(desk, in_absence="desk")  # type: ignore[arg-type]
Duty(desk, skills="roaming")  # type: ignore[arg-type]
NoOwner("nobody is named")  # type: ignore[arg-type]
Seat("desk", "the desk")  # type: ignore[arg-type]
TableRule("all", True, Duty(desk))  # type: ignore[arg-type]
TableRule("all", None, Duty(desk), in_force=datetime.max)  # type: ignore[arg-type]
RuleTable(rules=(), match="best")  # type: ignore[arg-type]
DutyRules(table=RuleTable(rules=(TableRule("all", None, desk),)))  # type: ignore[arg-type]
DutyRules(table=duties.table, otherwise=NoOwner())  # type: ignore[arg-type]
route_work(known, Duty(desk))  # type: ignore[arg-type]
route_work(duties, known)  # type: ignore[arg-type]
route_work(known, duties, on="today")  # type: ignore[arg-type]
route_work(known, duties).value.accountable  # type: ignore[union-attr]
Person("li", roles="desk")  # type: ignore[arg-type]
Person("li", capacity=2.5)  # type: ignore[arg-type]
RateLimit(3, 8)  # type: ignore[arg-type]
Staff(people=("li",), zone="UTC")  # type: ignore[arg-type]
Staff(people=(li,), zone="UTC", choose="random")  # type: ignore[arg-type]
Staff(people=(li,), zone="UTC", unit=agreed)  # type: ignore[arg-type]
staff_duty(known, desk, staff, at=datetime.max)  # type: ignore[arg-type]
staff_duty(known, Duty(desk), staff)  # type: ignore[call-arg]
check_access(known, AccessRules(grants=()), person="li")  # type: ignore[arg-type]
Grant("clerk", "some")  # type: ignore[arg-type]
