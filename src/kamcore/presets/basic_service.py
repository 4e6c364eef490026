"""S3-P11, China Mobile Xinjiang's service for group customers, October 2008: the basic service.

A first answer to a request for network coverage within 1, 2 or 3 working days by class, what that
answer must contain, the handling of batch business, how often a class is informed or visited, and
who answers for what (P11-9 to P11-23). These are internal minimum standards, not promised to
customers (P11-4).

Working days need a calendar, which is a required argument, and so is what makes a group important
enough for a chief customer representative (P11-23). That the clock starts with the customer's
request, that the day of receipt is day 0, and that the last day ends at its close are kamcore's
readings and can be changed. So are those that stand as notes of the duties: that the account
manager, and not the intake, is accountable for coverage (P11-11, P11-14), the VIP desk for batch
business (P11-20), and the key-account centre for information (P11-16), and that groups of high
value are those of A and B, as article 6 calls them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from kamcore.calendars import Calendar, Every, WorkingDays
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, Combinable, RuleTable, TableRule
from kamcore.routing import Duty, DutyRules, NoOwner
from kamcore.sla import Agreement, Agreements, BatchRules, Clock, PauseKind, TierBatch
from kamcore.values import Label, Named, Seat, Source
from kamcore.values._checks import known_name, named_convention

__all__ = [
    "BATCHES",
    "CHANNEL",
    "CLASS",
    "FIRST_ANSWER",
    "HIGH_VALUE",
    "MANAGER",
    "VIP_DESK",
    "WORK",
    "coverage",
    "duties",
    "information",
    "visits",
]

TITLE = Label(
    "Graded service for group customers, China Mobile Xinjiang, 2008-10",
    "集团客户分层分级服务管理办法（2008年10月）",
)
CLASSES = ("A", "B", "C")
CLASS = ChoiceField("tier", options=CLASSES, zh="客户类别", en="class")
"""The classes A (A1, A2), B (B1, B2) and C, by which the standards run (P11-5)."""

FIRST_ANSWER = (
    Named("measure", zh="解决措施", en="the measure to be taken"),
    Named("solution_time", zh="预计解决时间", en="the expected time of solution"),
)
"""P11-13: what a first answer (初步答复) has to state. The list is open."""

INTERNAL = Label(
    "internal minimum standard, not promised to customers [P11-4]",
    "内部最低服务标准，不对外向客户承诺（P11-4）",
)
VIP_DESK = Seat("vip_desk", Label("the VIP desk", "VIP专席"), kind="queue")


def _source(clause: str, mark: str = "figure") -> Source:
    return Source(f"P11-{clause}", TITLE, mark=mark)  # type: ignore[arg-type]  # checked there


def coverage(
    *,
    calendar: Calendar,
    clock_start: Literal["opened", "assigned"] = "opened",
    ends: Literal["close", "same_time"] = "close",
    count_from: Literal["next_day", "same_day"] = "next_day",
    pauses: tuple[PauseKind, ...] = (),
) -> Agreements:
    """Return P11-10A to P11-10C: the clock "first_answer" for network coverage requests.

    The answering event has to state what `FIRST_ANSWER` names. `pauses` names the states in which
    the clock stands still; none by default, as the text knows no pause.
    """
    rules = tuple(
        TableRule(
            f"class {name}",
            CLASS.is_(name),
            (
                Clock(
                    "first_answer",
                    zh="初步答复网络覆盖需求",
                    en="first answer to a coverage request",
                    limit=WorkingDays(days, ends=ends, first=count_from),
                    calendar=calendar,
                    starts=clock_start,
                    stops=("answered",),
                    pauses=pauses,
                    must_state=FIRST_ANSWER,
                    source=_source(f"10{name}"),
                ),
            ),
        )
        for name, days in (("A", 1), ("B", 2), ("C", 3))
    )
    return Agreements(
        agreements=(
            Agreement(
                name="coverage requests",
                zh="网络覆盖需求响应",
                clocks=RuleTable(rules=rules),
                source=Source("S3-P11", TITLE),
                note=INTERNAL,
            ),
        ),
        source=Source("S3-P11", TITLE),
    )


BATCHES = BatchRules(
    least=30,
    tiers=(
        TierBatch("A", 1, desk=VIP_DESK, source=_source("20A", "rule")),
        TierBatch("B", 2, desk=VIP_DESK, source=_source("20B", "rule")),
        TierBatch("C", None, desk=VIP_DESK, source=_source("20C", "rule")),
    ),
    source=_source("19"),
)
"""P11-19 and P11-20A to P11-20C: 30 or more transactions of one kind.

That they come in one request is kamcore's reading.
"""


def visits(tier: str, *, anchor: date) -> Every:
    """Return P11-15A: customers of class A are visited every month, from the `anchor` on."""
    if known_name("class", tier, CLASSES) != "A":
        raise PolicyError(f"no visits are stated for class {tier!r}; ask for information(...)")
    return Every(count=1, unit="month", anchor=anchor)


def information(tier: str, *, anchor: date) -> Every:
    """Return P11-15B and P11-15C: classes B and C get information every two months.

    The text does not say of what kind; that any information will do is kamcore's reading. For class
    A it is at any time, so that only its visits have a date.
    """
    if known_name("class", tier, CLASSES) == "A":
        raise PolicyError("class A is informed at any time; ask for visits(...)")
    return Every(count=2, unit="month", anchor=anchor)


MANAGER = Seat("manager", Label("the account manager", "集团客户经理"), kind="account_manager")
HIGH_VALUE = CLASS.one_of("A", "B")
"""Groups of high value (P11-22): A and B, as article 6 calls them (P11-6); kamcore's reading."""


def _queue(name: str, en: str, zh: str) -> Seat:
    return Seat(name, Label(en, zh), kind="queue")


HALL = _queue("hall", "the business hall", "营业厅")
WEBSITE = _queue("website", "the website", "网站")
HOTLINE = _queue("hotline", "the service hotline", "服务热线")
MARKETING_CENTRE = _queue("marketing_centre", "the marketing centre", "营销中心")
KEY_ACCOUNT_CENTRE = _queue("key_account_centre", "the key-account centre", "大客户管理中心")
AGENT = _queue("agent", "the agent", "代理渠道")
NETWORK = _queue("network", "the network department", "网维技术部门")
ASSIGNING = _queue(
    "assigning_centre",
    "the marketing centre or key-account department of the area",
    "本区营销中心或大客户服务部",
)
GROUP_BUSINESS = _queue(
    "group_business", "the department for the business of group customers", "集团客户业务管理部门"
)
DOING = _queue("department", "the department that does the work", "相应的工作部门")
INTAKE = _queue("intake_channel", "the intake channel", "受理渠道")
REPRESENTATIVE = Seat(
    "chief_representative",
    Label(
        "the chief customer representative (leaders of every level, each for the groups assigned)",
        "首席客户代表（公司各级领导，按分工负责）",
    ),
)
WORK = ChoiceField(
    "work",
    options=(
        Choice("intake", en="intake of any other basic service", zh="其他基础服务受理"),
        Choice("coverage_intake", en="intake of a coverage request", zh="网络覆盖需求受理"),
        Choice("batch_intake", en="intake of batch business", zh="批量业务受理"),
        Choice("assignment", en="assignment of a coverage request", zh="网络覆盖需求分派"),
        Choice("coverage", en="network coverage", zh="网络覆盖需求响应"),
        Choice("information", en="information on offers and new services", zh="业务宣传提供"),
        Choice(
            "batch_organisation", en="organisation of batch business", zh="批量业务统一规划组织"
        ),
        Choice("batch", en="batch business", zh="批量业务办理"),
        Choice("resident_service", en="resident service", zh="驻地服务"),
        Choice("trial", en="trial of a new service", zh="新业务试用"),
        Choice("on_site_marketing", en="on-site marketing", zh="上门营销"),
        Choice(
            "senior_ties", en="ties to the group's senior key persons", zh="高层关键人物关系维系"
        ),
    ),
    zh="工作",
    en="work",
)
CHANNELS = (MANAGER, HALL, WEBSITE, HOTLINE, MARKETING_CENTRE, KEY_ACCOUNT_CENTRE, AGENT)
CHANNEL = ChoiceField(
    "channel",
    options=(
        *(Choice(one.name, en=one.label.en, zh=one.label.zh) for one in CHANNELS),
        Choice("other", en="another channel", zh="其他渠道"),
    ),
    zh="受理渠道",
    en="intake channel",
)
"""By which channel a request came in: P11-9, P11-11, P11-21; "other" is the rest of open lists."""

BY_CHANNEL = (*((seat.name, seat) for seat in CHANNELS), ("other", INTAKE))
INTAKES = ("intake", "coverage_intake", "batch_intake")
TAKEN_BY: dict[str, tuple[tuple[str, ...], tuple[Seat, ...]]] = {
    "9": (INTAKES, (MARKETING_CENTRE, KEY_ACCOUNT_CENTRE, HOTLINE, AGENT)),
    "11": (("coverage_intake",), (MANAGER, HALL, WEBSITE, HOTLINE)),
    "21": (("batch_intake",), (MANAGER, HALL, HOTLINE)),
}
NOT_NAMED = Label(
    "the text lists the main channels only and does not name this one",
    "原文仅列主要受理渠道，未列明该渠道",
)
NOT_HIGH = Label(
    "the text says value-added services strengthen ties with groups of high value; "
    "it does not speak of others",
    "原文称增值服务用以增强高价值集团客户粘滞性，未提及其他集团",
)
NOT_IMPORTANT = Label(
    "chief customer representatives are for important groups; nobody is named for others",
    "首席客户代表服务面向重要集团客户，未指明其他集团由谁负责",
)
COVERAGE_BY = {
    "manager": Label(
        "the account manager is accountable for coverage (P11-14), and the intake, which records, "
        "reports and calls the network department in, takes part (P11-11)",
        "网络覆盖需求响应由客户经理负责（P11-14），受理渠道记录、上报并联系网维技术部门，参与执行（P11-11）",
    ),
    "intake": Label(
        "the intake is accountable for coverage, and the account manager assists (P11-11)",
        "网络覆盖需求响应由受理渠道负责，客户经理协助（P11-11）",
    ),
}
READINGS = (
    Label(
        "the main channels of basic service (P11-9) take in batch business too",
        "基础服务的主要受理渠道（P11-9）亦受理批量业务",
    ),
    Label(
        "both centres of P11-12 stand as one seat; the network department carries out, "
        "and the manager is told",
        "P11-12所列营销中心与大客户服务部视为同一岗位；网维技术部门执行，并知会客户经理",
    ),
    Label(
        "whoever plans and organises information is accountable (P11-16): item 4 names the "
        "key-account centre, item 6 the marketing centre or key-account department",
        "业务宣传由统一规划组织者负责（P11-16）：第4项为大客户管理中心，第6项为营销中心或市场部大客户服务部",
    ),
    Label(
        "the VIP desk is accountable for batch business; the text names a counter and a priority "
        "only (P11-20)",
        "批量业务办理由VIP专席负责；原文仅规定优先顺序与VIP专席（P11-20）",
    ),
)
HIGH_IS_AB = Label(
    "groups of high value are classes A and B (P11-22), as article 6 calls them (P11-6)",
    "高价值集团指A类和B类集团（P11-22），依第六条的称谓（P11-6）",
)
DutyRule = TableRule[Duty | NoOwner]


def duties(
    *,
    important: Combinable,
    high_value: Combinable = HIGH_VALUE,
    accountable: Literal["manager", "intake"] = "manager",
    planner: Literal["key_account_centre", "assigning_centre"] = "key_account_centre",
) -> DutyRules:
    """Return P11-9 to P11-23 as duties by the fact "work", and by "channel" for what comes in.

    `important` says which groups have a chief customer representative (P11-23), which the text
    leaves open; `high_value` which ones get value-added services (P11-22). `accountable` says who
    answers for coverage: "manager" (P11-14), or "intake", whom the manager assists (P11-11).
    `planner` says who plans and organises information (P11-16): the "key_account_centre" of item 4,
    or the marketing centre or key-account department of item 6 ("assigning_centre").
    """
    named_convention("accountable", accountable, ("manager", "intake"))
    planners = {seat.name: seat for seat in (KEY_ACCOUNT_CENTRE, ASSIGNING)}
    named_convention("planner", planner, tuple(planners))
    rules = (
        *_intake(),
        TableRule(
            "P11-12",
            WORK.is_("assignment"),
            Duty(ASSIGNING, responsible=(NETWORK,), informed=(MANAGER,)),
            _source("12", "rule"),
        ),
        *(_by_manager() if accountable == "manager" else _by_intake()),
        TableRule(
            "P11-16",
            WORK.is_("information"),
            Duty(planners[planner], responsible=(HALL, MANAGER, HOTLINE, WEBSITE)),
            _source("16", "rule"),
        ),
        *_batches(),
        *_value_added(high_value, important),
    )
    high = (HIGH_IS_AB,) if high_value == HIGH_VALUE else ()
    return DutyRules(
        table=RuleTable(rules=rules),
        source=Source("S3-P11", TITLE, mark="rule"),
        notes=(COVERAGE_BY[accountable], *READINGS, *high),
    )


def _intake() -> Iterator[DutyRule]:
    """Go through the channels that take a request in; any does for coverage (P11-11, 等)."""
    for seat in CHANNELS:
        found = {row: works for row, (works, seats) in TAKEN_BY.items() if seat in seats}
        works = dict.fromkeys(work for named in found.values() for work in named)
        yield TableRule(
            f"intake/{seat.name}",
            WORK.one_of(*works) & CHANNEL.is_(seat.name),
            Duty(seat),
            _source(", P11-".join(found), "rule"),
        )
    yield TableRule(
        "coverage_intake/other",
        WORK.is_("coverage_intake") & CHANNEL.is_("other"),
        Duty(INTAKE),
        _source("11, P11-12", "rule"),
    )
    yield TableRule(
        "intake/others",
        WORK.one_of(*INTAKES) & CHANNEL.is_known,
        NoOwner(NOT_NAMED),
        _source("9, P11-21", "rule"),
    )


def _by_manager() -> Iterator[DutyRule]:
    """Go through P11-14: the manager is accountable; the intake calls the network department in."""
    coverage_work = WORK.is_("coverage")
    source = _source("14, P11-11, P11-12", "rule")
    for channel, seat in BY_CHANNEL:
        if seat != MANAGER:
            yield TableRule(
                f"P11-14/{channel}",
                coverage_work & CHANNEL.is_(channel),
                Duty(MANAGER, responsible=(NETWORK, seat)),
                source,
            )
    yield TableRule("P11-14", coverage_work, Duty(MANAGER, responsible=(NETWORK,)), source)


def _by_intake() -> Iterator[DutyRule]:
    """Go through P11-11: the intake is accountable, and the manager assists."""
    coverage_work = WORK.is_("coverage")
    source = _source("11", "rule")
    for channel, seat in BY_CHANNEL:
        assisting = (NETWORK,) if seat == MANAGER else (NETWORK, MANAGER)
        yield TableRule(
            f"P11-11/{channel}",
            coverage_work & CHANNEL.is_(channel),
            Duty(seat, responsible=assisting),
            source,
        )


def _batches() -> Iterator[DutyRule]:
    """Go through batch business: who organises it; the VIP desk is kamcore's reading of P11-20."""
    yield TableRule(
        "P11-21", WORK.is_("batch_organisation"), Duty(GROUP_BUSINESS), _source("21", "rule")
    )
    for name in CLASSES:
        yield TableRule(
            f"P11-20{name}",
            WORK.is_("batch") & CLASS.is_(name),
            Duty(VIP_DESK, responsible=(DOING,)),
            _source(f"20{name}, P11-21", "own"),
        )


def _value_added(high_value: Combinable, important: Combinable) -> Iterator[DutyRule]:
    """Go through the services beyond the basic ones, for some groups only."""
    added = WORK.one_of("resident_service", "trial", "on_site_marketing")
    ties, named = WORK.is_("senior_ties"), _source("23", "rule")
    yield TableRule("P11-22", added & high_value, Duty(MANAGER), _source("22", "form"))
    yield TableRule("P11-22/others", added & ~high_value, NoOwner(NOT_HIGH), _source("22", "form"))
    yield TableRule("P11-23", ties & important, Duty(REPRESENTATIVE), named)
    yield TableRule("P11-23/others", ties & ~important, NoOwner(NOT_IMPORTANT), named)
