"""What one company promises in time, with every part that an agreement can have."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kamcore.calendars import (
    Closure,
    Every,
    Holiday,
    Hours,
    ReviewWindow,
    SpecialDay,
    Sweep,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.facts import ChoiceField, Facts, FlagField, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    BatchRules,
    Case,
    Clock,
    Event,
    LeadTimes,
    OrderOfWork,
    Renewals,
    TierBatch,
    TierLeadTime,
    WorkOrder,
)
from kamcore.values import Days, Label, Named, Seat, Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = Label("service rules", "服务规定")
SOURCE = Source("X-1", RULES, clause=Label("article 1", "第一条"))
DESK = Seat("desk", Label("the desk", "专席"), kind="queue")
PRIORITY = ChoiceField("priority", options=("high", "normal"), zh="优先级")
KEY = FlagField("key_account", zh="重点客户", en="a key account")

OFFICE = WorkCalendar(
    name="office",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    breaks=Week.of(Hours("12:00", "13:00")),
    holidays=tuple(
        Holiday(date(2026, 10, day), "National Day", zh="国庆节") for day in range(1, 8)
    ),
    special_days=(
        SpecialDay(date(2026, 9, 20), (Hours("09:00", "18:00"),)),
        SpecialDay(date(2026, 10, 10), (Hours("09:00", "18:00"),)),
    ),
    closures=(Closure(date(2026, 11, 2), Hours("09:00", "10:30"), "power cut", zh="停电"),),
    source=SOURCE,
)
NIGHT = WorkCalendar(
    name="night watch",
    zh="夜班",
    zone="Europe/Berlin",
    week=Week.of(Hours(time(22, 0, 0, 1), "06:00"), days=("friday", "sunday")),
    holidays_until=date(2026, 12, 31),
)
COMBINED = (OFFICE | NIGHT) - WorkCalendar(
    name="stocktaking",
    zh="盘点",
    zone="Asia/Shanghai",
    week=Week(friday=(Hours("17:00", "18:00"),)),
)
MEASURE = Named("measure", zh="解决措施", en="the measure planned")

RESPONSE = Clock(
    "response",
    zh="响应",
    limit=timedelta(hours=1),
    calendar=around_the_clock("Asia/Shanghai"),
    stops=("answered",),
    must_state=(MEASURE,),
    source=SOURCE,
)
RESOLUTION = Clock(
    "resolution",
    zh="解决",
    limit=timedelta(hours=8),
    calendar=OFFICE,
    stops=("solved", "confirmed"),
    alerts=(Alert(name="half", percent=50), Alert(name="soon", offset=timedelta(hours=-1))),
)
UPDATE = Clock(
    "update",
    zh="进展通报",
    limit=timedelta(hours=4),
    calendar=OFFICE,
    starts="answered",
    stops=("updated",),
    pauses=("waiting",),
    repeats=True,
)
DAYS = Clock(
    "resolution",
    zh="解决",
    limit=WorkingDays(2, ends="same_time", first="same_day"),
    calendar=COMBINED,
    pauses=(),
)
SERVICE = Agreements(
    agreements=(
        Agreement(
            name="standard service",
            zh="标准服务",
            clocks=RuleTable(
                rules=(
                    TableRule("high", PRIORITY.is_("high"), (RESPONSE, RESOLUTION, UPDATE), SOURCE),
                    TableRule("all", None, (DAYS,)),
                )
            ),
            in_force=Days.through(date(2026, 1, 1), date(2027, 12, 31)),
            source=SOURCE,
        ),
        Agreement(
            name="key accounts",
            zh="重点客户",
            kind="customer",
            clocks=RuleTable(
                rules=(
                    TableRule(
                        "key",
                        KEY,
                        (
                            Clock(
                                "response",
                                zh="响应",
                                limit=timedelta(minutes=30),
                                calendar=around_the_clock("Asia/Shanghai"),
                                stops=("answered",),
                            ),
                        ),
                    ),
                )
            ),
            in_force=Days.through(date(2026, 7, 1), date(2026, 12, 31)),
        ),
        Agreement(
            name="incidents",
            zh="故障处理",
            kind="specific",
            clocks=RuleTable(
                rules=(
                    TableRule(
                        "key and high",
                        KEY & PRIORITY.is_("high"),
                        (
                            Clock(
                                "resolution",
                                zh="解决",
                                limit=timedelta(hours=4),
                                calendar=OFFICE,
                                pauses=("paused",),
                            ),
                        ),
                    ),
                )
            ),
            in_force=Days.through(date(2026, 1, 1), date(2026, 12, 31)),
        ),
    ),
    zone="Asia/Shanghai",
    retarget="keep_share",
    reopening="restart",
    source=SOURCE,
)
"""Standard, customer and work-specific agreements with days in force."""

LEAD_TIMES = LeadTimes(
    tiers=(
        TierLeadTime("A", 20, rush="allowed", rush_source=SOURCE),
        TierLeadTime("B", 30, rush="at_discretion", strict=True, strict_source=SOURCE),
    ),
    calendar=OFFICE,
    anchor="deposit",
    contract_wins=False,
)
ORDER = OrderOfWork(tiers=("A", "B"), unranked=("D",), source=SOURCE)
BATCHES = BatchRules(
    least=30,
    tiers=(TierBatch("A", 1, desk=DESK, source=SOURCE), TierBatch("B", None)),
    scope="added_up",
    source=SOURCE,
)
RENEWALS = Renewals(
    sweep=Sweep(every=Every(count=2, unit="week", anchor=date(2026, 1, 5)), lookahead_days=30),
    lead_days=7,
    reminder_days=10,
    lead_source=SOURCE,
)
WINDOW = ReviewWindow(first=(3, 25), last=(3, 30), mode="usual", source=SOURCE)
ORDERS = (
    WorkOrder("O1", tier="B", score=90, received=date(2026, 7, 1)),
    WorkOrder("O2", tier="A", score=None, received=date(2026, 7, 1)),
    WorkOrder("O3", tier="D", score=70, received=date(2026, 7, 2)),
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of September 2026 in Shanghai."""
    return datetime(2026, 9, day, hour, minute, tzinfo=SHANGHAI)


def facts(priority: str | None, *, key: bool | None = False) -> Facts:
    """Return the facts of a case."""
    return read_facts({"priority": priority, "key_account": key}, SERVICE.fields)


CASE = Case(
    "T1",
    (
        Event("opened", at(28, 17, 30), facts=facts("normal"), by="Li Na", note="no signal"),
        Event("changed", at(29, 9, 15), facts=facts("high")),
        Event("answered", at(29, 9, 30), states=("measure",)),
        Event("waiting", at(29, 10)),
        Event("resumed", at(29, 11)),
        Event("resumed", at(29, 11, 5)),
        Event("updated", at(29, 14)),
    ),
)
"""A case whose clocks were paused and given another target, with one impossible event."""
