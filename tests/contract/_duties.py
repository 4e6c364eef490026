"""Who answers for work at one company, with every part that such policies can have."""

from datetime import UTC, date, datetime, timedelta

from tests.promises import OFFICE, SHANGHAI

from kamcore.calendars import WorkingDays
from kamcore.facts import (
    Choice,
    ChoiceField,
    Facts,
    Fields,
    MoneyField,
    Node,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    read_facts,
)
from kamcore.routing import (
    Absence,
    AccessRules,
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Escalation,
    EscalationStep,
    Grant,
    NoOwner,
    Person,
    RateLimit,
    Space,
    Staff,
    Workload,
)
from kamcore.values import Days, Label, Seat, Source

RULES = Label("key account rules", "大客户管理规定")
WHOLE = Source("X-2", RULES)
CALLS, VISITS, LIMIT, SECRECY = (
    Source(f"X-2{letter}", RULES, clause=Label(f"article {number}", f"第{number}条"))
    for number, letter in enumerate("abcd", start=1)
)

WORK = ChoiceField(
    "work",
    options=(
        Choice("call", en="a call", zh="来电"),
        Choice("visit", en="a visit", zh="走访"),
        Choice("gift", en="a gift", zh="礼品"),
    ),
    zh="工作",
)
TIER = ChoiceField("tier", options=("A", "B"), zh="等级", en="class")
AMOUNT = MoneyField("amount", currency="CNY", zh="金额")
UNIT = TreeField(
    "unit",
    nodes=(
        Node("company", en="the company", zh="公司"),
        Node("north", "company", en="the north", zh="北区"),
        Node("beijing", "north", en="Beijing", zh="北京"),
        Node("south", "company", en="the south", zh="南区"),
    ),
    zh="所属单位",
)
MANAGER = TextField("manager", zh="客户经理姓名", en="name of the manager")

OWN = Seat("manager", Label("the account manager", "客户经理"), kind="account_manager")
DESK = Seat("desk", Label("the VIP desk", "VIP专席"), kind="queue")
HEAD = Seat("head", Label("the head of sales", "销售主管"), kind="unit_role")
DIRECTOR = Seat("director", Label("the sales director", "销售总监"))

CALL = Duty(OWN, in_absence=DESK, skills=("roaming",))
VISIT = Duty(OWN, responsible=(HEAD,), consulted=(DESK,), informed=(DIRECTOR, HEAD))
AUTUMN = Days.through(date(2026, 10, 1), date(2026, 10, 7))
DUTIES = DutyRules(
    table=RuleTable(
        rules=(
            TableRule(
                "holiday calls",
                WORK.is_("call"),
                Duty(DESK),
                CALLS,
                in_force=AUTUMN,
                zh="节假日来电",
            ),
            TableRule("calls", WORK.is_("call"), CALL, CALLS, zh="来电"),
            TableRule(
                "large visits", WORK.is_("visit") & (AMOUNT > 5_000), VISIT, VISITS, zh="大额走访"
            ),
            TableRule(
                "gifts",
                WORK.is_("gift") & TIER.is_("B"),
                NoOwner(Label("the text names nobody", "原文未写明由何人负责")),
                LIMIT,
            ),
        )
    ),
    otherwise=Duty(HEAD),
    source=WHOLE,
    notes=(Label("holidays are those of the state", "节假日以国家公布的为准"),),
)
"""The first rule that holds, a default, days in force, a reading, and work that is left open."""

LAST = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("everything", None, Duty(DESK)),
            TableRule("class A", TIER.is_("A"), Duty(OWN)),
            TableRule("gifts", WORK.is_("gift"), NoOwner()),
        ),
        match="last",
    )
)
SPECIFIC = DutyRules(
    table=RuleTable(
        rules=(
            TableRule("north", UNIT.within("north"), Duty(HEAD)),
            TableRule("Beijing", UNIT.within("beijing"), Duty(DIRECTOR)),
            TableRule("calls", WORK.is_("call"), Duty(DESK)),
        ),
        match="most_specific",
        dimensions=(UNIT, WORK),
    )
)
EVERYTHING = Fields.of(DUTIES, LAST, SPECIFIC, MANAGER)
SPACE = Space(
    (WORK, TIER, AMOUNT),
    open=("work",),
    may_miss=("tier",),
    days=Days.through(date(2026, 1, 1), date(2026, 12, 31)),
)

AWAY = Days.through(date(2026, 10, 1), date(2026, 10, 8))
STAFF = Staff(
    people=(
        Person("zhao", zh="赵敏", en="Zhao Min", unit="company", roles=("director",)),
        Person(
            "li",
            zh="李娜",
            en="Li Na",
            unit="north",
            heads=("north", "beijing"),
            roles=("head", "desk"),
            skills=("roaming", "billing"),
            capacity=20,
            rate=RateLimit(3, timedelta(hours=8)),
            absences=(
                Absence(AWAY, "wang"),
                Absence(Days.through(date(2026, 12, 31), date(2026, 12, 31))),
            ),
        ),
        Person("wang", zh="王伟", en="Wang Wei", unit="north", roles=("desk",), capacity=1),
        Person("sun", zh="孙丽", en="Sun Li", unit="south", active=False),
        Person("qian", zh="钱进", en="Qian Jin", skills=("roaming",)),
    ),
    zone="Asia/Shanghai",
    unit=UNIT,
    manager=MANAGER,
    choose="least_loaded",
    source=WHOLE,
)
DAY = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)
"""A Monday on which the office is open and nobody is absent."""

HOLIDAY = datetime(2026, 10, 5, 2, tzinfo=UTC)
WORKLOAD = Workload(("li", "wang"), {"li": 2, "wang": 0}, (("li", DAY),))

ESCALATION = Escalation(
    steps=(
        EscalationStep("ring", after=timedelta(), tell=(DESK,), zh="振铃", en="ring"),
        EscalationStep(
            "report", after=timedelta(hours=2), tell=(HEAD, DIRECTOR), zh="上报", source=CALLS
        ),
        EscalationStep(
            "board",
            after=WorkingDays(2, ends="same_time"),
            tell=(DIRECTOR,),
            when=TIER.is_("A"),
            zh="上报总监",
        ),
    ),
    calendar=OFFICE,
    source=WHOLE,
)
AUTHORITY = Authority(
    levels=(
        AuthorityLevel(DESK, AMOUNT <= 500, LIMIT),
        AuthorityLevel(HEAD, (AMOUNT <= 5_000) & TIER.is_("A")),
        AuthorityLevel(DIRECTOR, AMOUNT <= 50_000),
    ),
    within=timedelta(hours=4),
    calendar=OFFICE,
    note=Label("the text says “in time” and gives no limit", "原文只写“及时”，未规定时限"),
    source=WHOLE,
)
ACCESS = AccessRules(
    grants=(
        Grant("director", "all"),
        Grant("head", "unit_and_below", source=SECRECY),
        Grant("desk", "unit"),
        Grant("desk", "listed", "export", units=("south",), accounts=("K1", "K2")),
        Grant("manager", "own", "change"),
    ),
    unit=UNIT,
    manager=MANAGER,
    source=WHOLE,
)


def case(account: str = "K1", **given: object) -> Facts:
    """Return what is known of a piece of work; what is not given is missing."""
    return read_facts({"code": account, **given}, EVERYTHING, key="code")
