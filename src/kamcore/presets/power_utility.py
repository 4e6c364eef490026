"""S0, key-account management of a power utility (公司大客户管理规定): who answers for what.

The service centre does the basic work itself (S0-2a, S0-2b); expansion, complaints, arrears and
faults go to an account manager (S0-2c to S0-2f), who also does the work that is meant mainly for
important customers (S0-2g to S0-2k) and the market activities (S0-2l, S0-12b). For critical key
accounts the company manager does the important work himself (S0-10). Revision of agreements
(S0-11), planning (S0-12b) and supervision (S0-6c) have their seats too. Who may see an account is
left open by S0-8. The text carries no date.

Required, as the text does not say it: what makes an account critical or important. Open, and
answered by "nobody" until the caller says more: work for customers who are not important, the
revision of agreements, and work that the text does not list. What the caller says there is cited
as the company's own. The account manager is the regional one (S0-6a) unless `managers` divide the
accounts otherwise (S0-3a).

kamcore's readings stand as notes of the duties: S0-10 goes before what is said of other managers,
and work that its open list does not name stays with them; an emergency repair is a fault; the
company manager, who supervises the whole (S0-6c), is told of what they answer for; market
activities are theirs for every key account, as S0-12b names no exception; the planning group
answers for planning, and the four seats of S0-11 carry a revision out. The order of the attributes
in S0-3a is their force.
"""

from collections import Counter
from collections.abc import Iterator

from kamcore.errors import PolicyError
from kamcore.facts import (
    All,
    Choice,
    ChoiceField,
    Combinable,
    Condition,
    Fields,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
)
from kamcore.routing import AccessRules, Duty, DutyRules, Grant, NoOwner
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import members

__all__ = [
    "COMPANY_MANAGER",
    "ORDER",
    "PLANNING_GROUP",
    "REGIONAL_MANAGER",
    "SERVICE_CENTRE",
    "WORK",
    "access",
    "duties",
]

TITLE = Label("Key-account management of a power utility", "公司大客户管理规定（某某供电公司）")
OWN = Label("The company's own choice, as the text names nobody", "本公司自定（原文未指定岗位）")
OWN_GRANTS = Label(
    "The company's own grants, as S0-8 leaves open who may see what",
    "本公司授权（S0-8未规定何人可以查看）",
)
SERVICE_CENTRE = Seat(
    "service_centre", Label("the customer service centre", "客户服务中心"), kind="queue"
)
REGIONAL_MANAGER = Seat(
    "regional_manager",
    Label("the regional key-account manager", "区域大客户经理"),
    kind="unit_role",
)
COMPANY_MANAGER = Seat(
    "company_manager", Label("the company's key-account manager", "公司大客户经理")
)
PLANNING_GROUP = Seat(
    "planning_group", Label("the marketing planning group", "营销策划与管理组"), kind="queue"
)
REVISERS = (
    Seat(
        "service_agent",
        Label("the service agent (call centre or hall)", "客户服务员（电话中心/营业厅）"),
        kind="queue",
    ),
    Seat("account_manager", Label("the key-account manager", "大客户经理")),
    Seat(
        "department_concerned",
        Label("the internal department concerned", "公司内部相关部门"),
        kind="queue",
    ),
    Seat("third_party", Label("the third party", "第三方"), kind="queue"),
)

WORK = ChoiceField(
    "work",
    options=(
        Choice("basic_data", en="change of basic customer data", zh="客户基本信息更改"),
        Choice("move_in", en="move-in", zh="迁入管理"),
        Choice("capacity_expansion", en="capacity expansion", zh="业扩流程管理"),
        Choice("complaint", en="complaint", zh="客户投诉"),
        Choice("arrears", en="collection of electricity arrears", zh="电费催收"),
        Choice("fault", en="fault", zh="故障处理"),
        Choice("emergency_repair", en="emergency repair", zh="紧急故障抢修"),
        Choice("consultation", en="business consultation", zh="营销业务咨询"),
        Choice("change_of_supply", en="change of supply", zh="用电变更"),
        Choice("accident_investigation", en="accident investigation", zh="事故调查"),
        Choice(
            "contract_supervision",
            en="supervision of the performance of the supply contract",
            zh="供用电合同执行监督",
        ),
        Choice("relationship", en="day-to-day relationship", zh="日常客户关系管理"),
        Choice(
            "market_activities",
            en="market activities for target customers",
            zh="针对目标客户的市场活动",
        ),
        Choice(
            "market_planning",
            en="market analysis, strategy and plan",
            zh="市场分析、策略及计划",
        ),
        Choice("supervision", en="supervision of key-account management", zh="大客户管理整体监督"),
        Choice(
            "agreement_revision",
            en="revision of service level agreements",
            zh="服务水平协议滚动修改",
        ),
        Choice("other", en="work of any other kind", zh="其他工作"),
    ),
    zh="工作",
    en="work",
)
"""The work that S0-2, S0-6c, S0-11 and S0-12b name; "other" is the rest of S0-2's open lists."""

ORDER = ("priority", "region", "supply_voltage", "receiving_capacity", "load_grade")
"""S0-3a: the names of the attributes that divide the accounts, the first to decide first."""

RAISED: dict[str, tuple[str, ...]] = {
    "2c": ("capacity_expansion",),
    "2d": ("complaint",),
    "2e": ("arrears",),
    "2f": ("fault", "emergency_repair"),
    "2l": ("market_activities",),
}
FOR_IMPORTANT = {
    "2g": "consultation",
    "2h": "change_of_supply",
    "2i": "accident_investigation",
    "2j": "contract_supervision",
    "2k": "relationship",
}
HIMSELF = {
    "2c": "capacity_expansion",
    "2d": "complaint",
    "2f": "emergency_repair",
    "2k": "relationship",
    "2l": "market_activities",
}
NOT_FOR_OTHERS = Label(
    "the text says “mainly for important customers” and names nobody for the others",
    "原文仅称“主要为重要客户提供”，未指明其他客户由谁负责",
)
NOT_ACCOUNTABLE = Label(
    "the text lists service agent, key-account manager, department concerned and third party, "
    "requires joint confirmation by the departments concerned (S0-7e), "
    "and names nobody as accountable",
    "原文列有客户服务员、大客户经理、公司内部相关部门和第三方，并要求经相关专业部门共同确认（S0-7e），"
    "未指明由谁负责",
)
NOT_LISTED = Label(
    "the text's lists of work are open and name nobody for any other work",
    "原文所列工作未尽（“等”），未指明其余工作由谁负责",
)
READINGS = (
    Label(
        "what other managers answer for is told to the company manager, "
        "who supervises the whole (S0-6c)",
        "其他大客户经理负责的工作，知会负责整体监督的公司大客户经理（S0-6c）",
    ),
    Label(
        "for critical accounts S0-10 goes before every division of accounts",
        "关键大客户适用S0-10，优先于任何客户划分",
    ),
    Label(
        "the list of S0-10 is open, and work that it does not name stays with the regional manager "
        "or whom the company names in his place",
        "S0-10所列工作以“等”结尾，未列入的工作仍由区域大客户经理（或本公司另行划定的大客户经理）负责",
    ),
    Label(
        "an emergency repair counts as a fault of any key account (S0-2f); the text lists it among "
        "the work mainly for important customers, not beside faults",
        "紧急故障抢修视同故障处理，适用于全部大客户（S0-2f）；原文将其列入“主要为重要客户”提供的工作，"
        "未与故障处理并列",
    ),
    Label(
        "market activities are the managers' for every key account, as S0-12b names no exception",
        "市场活动对全部大客户均由大客户经理负责，因S0-12b未设例外",
    ),
    Label(
        "the planning group is accountable for planning, and managers of both levels take part "
        "(S0-12b)",
        "市场分析、策略及计划由营销策划与管理组负责，两级大客户经理共同参与（S0-12b）",
    ),
)
REVISION = Label(
    "the seats that S0-11 lists carry out the revision of agreements",
    "服务水平协议滚动修改由S0-11所列岗位执行",
)
WHOLE = Source("S0", TITLE, mark="rule")
DutyRule = TableRule[Duty | NoOwner]


def _source(rows: str, mark: str = "rule") -> Source:
    ids = ", ".join(f"S0-{row}" for row in rows.split())
    return Source(ids, TITLE, mark=mark)  # type: ignore[arg-type]  # checked there


def duties(  # noqa: PLR0913 - what the text leaves open
    *,
    critical: Combinable,
    important: Combinable,
    managers: tuple[TableRule[Seat], ...] = (),
    order: tuple[str, ...] = ORDER,
    others: Duty | None = None,
    revision_owner: Seat | None = None,
    otherwise: Duty | None = None,
) -> DutyRules:
    """Return S0-2, S0-3a, S0-6, S0-10, S0-11 and S0-12b as duties by the fact "work".

    `critical` and `important` are conditions on the company's own facts. `managers` give the seats
    of account managers by facts of the account; the more specific one wins, by the fields named in
    `order`, and the regional manager serves whom none of them covers. `others` answers for
    customers who are not important, `revision_owner` for the revision of agreements, `otherwise`
    for work that the text does not list; without them nobody does, and with them the rule is named
    and cited as the company's own, such as "S0-2m/own".

    Raises `PolicyError` where managers ask for a field that `order` does not rank, or where two of
    them are equally specific and name different seats.
    """
    rules = (
        TableRule("S0-2a", WORK.is_("basic_data"), Duty(SERVICE_CENTRE), _source("2a")),
        TableRule("S0-2b", WORK.is_("move_in"), Duty(SERVICE_CENTRE), _source("2b")),
        *(
            TableRule(
                f"S0-10/{row}",
                WORK.is_(work) & critical,
                Duty(COMPANY_MANAGER),
                _source("10", "form"),
            )
            for row, work in HIMSELF.items()
        ),
        *_managed(_by_force(members("managers", managers, TableRule), tuple(order)), important),
        _for_others(others, important),
        *_together(revision_owner),
        _unlisted(otherwise),
    )
    notes = READINGS if revision_owner is None else (*READINGS, REVISION)
    return DutyRules(table=RuleTable(rules=rules), source=WHOLE, notes=notes)


def _by_force(
    managers: tuple[TableRule[Seat], ...], order: tuple[str, ...]
) -> tuple[TableRule[Seat], ...]:
    """Return the company's division of accounts (S0-3a), the most specific rule first."""
    asked = Fields(leaf.field for rule in managers for leaf in rule.leaves)
    for one in asked:
        if one.name not in order:
            raise PolicyError(
                f"managers ask for {one.name!r}, which order does not rank; add it to order"
            )
    dimensions = tuple(sorted(asked, key=lambda one: order.index(one.name)))
    table = RuleTable(rules=managers, match="most_specific", dimensions=dimensions)
    written: Counter[str] = Counter()
    found: list[TableRule[Seat]] = []
    for owner, leaves in dict.fromkeys(table.ranked):
        rule = managers[owner]
        written[rule.name] += 1
        again = written[rule.name]
        name = rule.name if again == 1 else f"{rule.name} ({again})"
        when = All(leaves) if leaves else None
        found.append(TableRule(name, when, rule.gives, rule.source, in_force=rule.in_force))
    return tuple(found)


def _managed(managers: tuple[TableRule[Seat], ...], important: Combinable) -> Iterator[DutyRule]:
    """Go through the work of account managers, row by row."""
    for row, works in RAISED.items():
        yield from _of_row(row, WORK.one_of(*works), managers)
    for row, work in FOR_IMPORTANT.items():
        yield from _of_row(row, WORK.is_(work) & important, managers)


def _of_row(row: str, work: Condition, managers: tuple[TableRule[Seat], ...]) -> Iterator[DutyRule]:
    """Go through who does the work of a row; the regional manager comes last (S0-6a)."""
    rows = f"{row} 12b" if row == "2l" else row
    for one in managers:
        told = "" if one.gives == COMPANY_MANAGER else " 6c"
        yield TableRule(
            f"S0-{row}/{one.name}",
            work if one.when is None else work & one.when,
            _told(one.gives),
            one.source or _source(f"{rows} 3a{told}", "form"),
            in_force=one.in_force,
        )
    yield TableRule(f"S0-{row}", work, _told(REGIONAL_MANAGER), _source(f"{rows} 6a 6c"))


def _told(manager: Seat) -> Duty:
    """Return the duty of an account manager, of which the company manager is told (S0-6c)."""
    return Duty(manager, informed=() if manager == COMPANY_MANAGER else (COMPANY_MANAGER,))


def _for_others(others: Duty | None, important: Combinable) -> DutyRule:
    work = WORK.one_of(*FOR_IMPORTANT.values()) & ~important
    if others is not None:
        return _own("S0-2g/h/i/j/k", work, others)
    return TableRule("S0-2g/h/i/j/k", work, NoOwner(NOT_FOR_OTHERS), _source("2g 2h 2i 2j 2k"))


def _own(name: str, when: Condition, duty: Duty) -> DutyRule:
    """Return what the company says where the text names nobody, cited as its own."""
    own = f"{name}/own"
    return TableRule(own, when, duty, Source(own, OWN, mark="company"))


def _together(revision_owner: Seat | None) -> Iterator[DutyRule]:
    """Go through the work in which several seats take part, and its supervision."""
    managers = (COMPANY_MANAGER, REGIONAL_MANAGER)
    planning = Duty(PLANNING_GROUP, responsible=managers)
    yield TableRule("S0-12b", WORK.is_("market_planning"), planning, _source("12b", "own"))
    supervised = Duty(COMPANY_MANAGER)
    yield TableRule("S0-6c", WORK.is_("supervision"), supervised, _source("6c", "form"))
    revision = WORK.is_("agreement_revision")
    if revision_owner is None:
        yield TableRule("S0-11", revision, NoOwner(NOT_ACCOUNTABLE), _source("11 7e"))
    else:
        rest = tuple(seat for seat in REVISERS if seat != revision_owner)
        yield _own("S0-11", revision, Duty(revision_owner, responsible=rest))


def _unlisted(otherwise: Duty | None) -> DutyRule:
    if otherwise is not None:
        return _own("S0-2m", WORK.is_("other"), otherwise)
    return TableRule("S0-2m", WORK.is_("other"), NoOwner(NOT_LISTED), _source("2m", "form"))


def access(
    *,
    grants: tuple[Grant, ...],
    unit: TreeField | None = None,
    manager: TextField | None = None,
) -> AccessRules:
    """Return who may see an account: S0-8 says that information is shared, and not with whom.

    So `grants` are required, and what none of them allows is refused. Both the grant and the
    refusal are the company's: answers cite them as its own ("S0-8/own"), or by the source of the
    grant. `unit` and `manager` are the facts that grants by unit and by manager ask for.
    """
    own = Source("S0-8/own", OWN_GRANTS, mark="company")
    return AccessRules(grants=grants, unit=unit, manager=manager, source=own)
