"""S1, VIP service rules of a cable operator, Chengdu Jinniu (大客户服务管理业务规范).

Renewals: the desk filters the account information every week for products that expire (S1-3b), a
renewal enters its approval one week ahead (S1-3c), and the customer is told in advance (S1-3a, how
long is missing). Duties: the key-account desk is the single intake and follows up (S1-14b), the
applying department checks and applies for a new service (S1-4), leaders sign. What exceeds the
desk's authority goes on in time (S1-7b), and customer information is told to nobody (S1-10). The
rules carry no date.

Required, as the text does not say it: the weekday of the sweep, the contacts whom each department
concerned names (S1-14a), and the limits of authority. Open: who signs, as the approval standard is
missing (S1-4e), nobody until the caller says so; and who may see customer information, as S1-10
forbids only to disclose it.

kamcore's readings: the week is seven calendar days before the expiry, and the sweep looks 13 days
ahead (with less, a weekly sweep misses cases). Those on duties stand as their notes: the contacts
are consulted on demands and complaints; the desk announces new services, as the whole service is
its own (S1-6a, S1-12a); purchases for a special user are a demand.
"""

from datetime import date

from attrs import evolve

from kamcore.calendars import Amount, Calendar, Every, Sweep
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, RuleTable, TableRule, TextField, TreeField
from kamcore.routing import (
    AccessRules,
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Grant,
    NoOwner,
)
from kamcore.sla import Renewals
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import members

__all__ = [
    "APPLICANT",
    "CUSTOMER",
    "DESK",
    "INSTALLER",
    "WORK",
    "access",
    "authority",
    "duties",
    "renewals",
]

WEEK = 7
DISCLOSE = "disclose"
TITLE = Label("VIP service rules of a cable operator", "大客户服务管理业务规范")
OWN = Label("The company's own choice, as the text names nobody", "本公司自定（原文未指定岗位）")
OWN_GRANTS = Label(
    "The company's own grants, as S1-10 leaves open who may see what",
    "本公司授权（S1-10未规定何人可以查看）",
)
DESK = Seat("desk", Label("the key-account desk", "大客户管理岗"))
APPLICANT = Seat("applying_department", Label("the applying department", "申请部门"), kind="queue")
INSTALLER = Seat("installer", Label("the installer", "安装人员"), kind="queue")

CUSTOMER = ChoiceField(
    "customer",
    options=(
        Choice("leader", en="special user, leader", zh="特约用户（领导类）"),
        Choice("partner", en="special user, partner", zh="特约用户（合作伙伴类）"),
        Choice("group", en="group customer", zh="集团客户"),
    ),
    zh="大客户种类",
    en="kind of key account",
)
"""S1-1a, S1-1b and S1-1c: the kinds of key accounts."""

WORK = ChoiceField(
    "work",
    options=(
        Choice("demand", en="any other demand of a key account", zh="大客户的其他需求"),
        Choice("complaint", en="complaint", zh="投诉处理"),
        Choice("on_site_service", en="on-site service", zh="上门服务"),
        Choice(
            "purchase",
            en="purchases and payments on the customer's behalf",
            zh="代购机顶盒、智能卡及代缴费用",
        ),
        Choice("announcement", en="announcement of a new service", zh="新业务告知"),
        Choice("expiry_notice", en="notice that a product expires", zh="到期提醒"),
        Choice("renewal", en="renewal", zh="续费服务"),
        Choice("eligibility", en="checks before a new service", zh="新开通服务资格审核"),
        Choice("application", en="application form for a new service", zh="填写申请表格"),
        Choice("approval", en="approval of a new service", zh="新开通服务审批"),
        Choice("activation", en="confirming equipment and activation", zh="设备确认与节目开通"),
        Choice("installation", en="visit for the installation", zh="上门安装"),
        Choice("aftercare", en="follow-up, record and return visit", zh="跟踪、记录与回访"),
    ),
    zh="工作",
    en="work",
)
"""The work for which the text names somebody; "demand" is all else that a key account asks for."""

NO_STANDARD = Label(
    "leaders sign by an approval standard that is missing from the text",
    "由相关领导按审批标准签字，原文未载审批标准",
)
ONLY_DISCLOSING = Label(
    "which forbids disclosing customer information and leaves open who may see it",
    "规定不得透露客户信息，未规定何人可以查看",
)
READINGS = (
    Label(
        "the contacts whom departments name are consulted on demands and complaints; "
        "S1-14a does not say how they take part",
        "需求和投诉征询各部门联系人的意见；S1-14a未说明其如何参与",
    ),
    Label(
        "the desk announces new services, as the whole service is its own (S1-6a); "
        "S1-12a names nobody",
        "新业务由提供整体服务的大客户管理岗告知（S1-6a）；S1-12a未指明由谁告知",
    ),
    Label(
        "purchases and payments for a special user are a demand (S1-14b), "
        "as S1-13 speaks of group customers",
        "特约用户的代购和代缴按其他需求办理（S1-14b），因S1-13仅就集团客户而言",
    ),
)
NO_FIGURE = Label("the text says “in time” and gives no figure", "原文仅称“及时”，未作量化")


def _source(rows: str, mark: str = "rule") -> Source:
    ids = ", ".join(f"S1-{row}" for row in rows.split())
    return Source(ids, TITLE, mark=mark)  # type: ignore[arg-type]  # checked there


def renewals(
    *,
    first_sweep: date,
    renewal_lead: int = WEEK,
    lookahead: int = 13,
    reminder_days: int | None = None,
) -> Renewals:
    """Return S1-3a to S1-3c; the sweep comes every week from the day `first_sweep` on.

    `reminder_days` is how long before the expiry the customer is told; None leaves it not stated,
    as in the text. A `renewal_lead` other than the week of the text is the company's own.
    """
    return Renewals(
        sweep=Sweep(
            every=Every(count=1, unit="week", anchor=first_sweep), lookahead_days=lookahead
        ),
        lead_days=renewal_lead,
        reminder_days=reminder_days,
        lead_source=_source("3c", "figure") if renewal_lead == WEEK else None,
        reminder_source=_source("3a", "form"),
        source=_source("3b", "figure"),
    )


def duties(*, contacts: tuple[Seat, ...], approver: Seat | None = None) -> DutyRules:
    """Return S1-3, S1-4, S1-9, S1-11, S1-12a, S1-13 and S1-14 as duties by the fact "work".

    `contacts` are the seats that the departments concerned name for key-account business (S1-14a);
    they are consulted on demands and complaints. `approver` signs for a new service, by a rule that
    is named and cited as the company's own; without one nobody does (S1-4e). Raises `PolicyError`
    without contacts.
    """
    if not contacts:
        raise PolicyError(
            "contacts are empty; pass the seat that each department concerned names (S1-14a)"
        )
    desk, applicant = Duty(DESK), Duty(APPLICANT)
    with_contacts = Duty(DESK, consulted=contacts)
    for_group = WORK.is_("purchase") & CUSTOMER.is_("group")
    installed = Duty(DESK, responsible=(INSTALLER,))
    return DutyRules(
        table=RuleTable(
            rules=(
                TableRule("S1-13", for_group, desk, _source("13", "form")),
                TableRule(
                    "S1-14b", WORK.one_of("demand", "purchase"), with_contacts, _source("14b 14a")
                ),
                TableRule(
                    "S1-9", WORK.is_("complaint"), with_contacts, _source("9a 9b 9c 14a", "form")
                ),
                TableRule("S1-2c/13", WORK.is_("on_site_service"), desk, _source("2c 13", "form")),
                TableRule("S1-12a", WORK.is_("announcement"), desk, _source("6a 12a", "own")),
                TableRule("S1-3a", WORK.is_("expiry_notice"), desk, _source("3a", "form")),
                TableRule("S1-3b/c", WORK.is_("renewal"), desk, _source("3b 3c", "figure")),
                TableRule(
                    "S1-4a/b/c", WORK.is_("eligibility"), applicant, _source("4a 4b 4c", "form")
                ),
                TableRule("S1-4d", WORK.is_("application"), applicant, _source("4d")),
                _approval(approver),
                TableRule("S1-11a/b", WORK.is_("activation"), desk, _source("11a 11b")),
                TableRule("S1-11c/e", WORK.is_("installation"), installed, _source("11c 11e")),
                TableRule("S1-11d/f", WORK.is_("aftercare"), desk, _source("11d 11f")),
            )
        ),
        source=Source("S1", TITLE, mark="rule"),
        notes=READINGS,
    )


def _approval(approver: Seat | None) -> TableRule[Duty | NoOwner]:
    work = WORK.is_("approval")
    if approver is None:
        return TableRule("S1-4e", work, NoOwner(NO_STANDARD), _source("4e", "form"))
    own = Source("S1-4e/own", OWN, mark="company")
    return TableRule(own.id, work, Duty(approver), own)


def authority(
    *,
    levels: tuple[AuthorityLevel, ...],
    within: Amount | None = None,
    calendar: Calendar | None = None,
) -> Authority:
    """Return S1-7b: what exceeds the desk's authority goes to the leader or department concerned.

    `levels` begin with the desk and say up to which cases it and those above it decide: the text
    gives no limits. It says "in time" (及时) and no figure, so that no time is set unless `within`
    gives one, counted in `calendar`. Raises `PolicyError` where the desk is not the first level, or
    where nobody stands above it.
    """
    given = members("levels", levels, AuthorityLevel)
    if len(given) < 2 or given[0].seat != DESK:
        raise PolicyError(
            "the levels do not lead from the desk to somebody above it; pass "
            "AuthorityLevel(DESK, ...) first, then the leader or department concerned"
        )
    return Authority(
        levels=given,
        within=within,
        calendar=calendar,
        note=NO_FIGURE if within is None else None,
        source=_source("7b", "form"),
    )


def access(
    *,
    grants: tuple[Grant, ...] = (),
    unit: TreeField | None = None,
    manager: TextField | None = None,
) -> AccessRules:
    """Return S1-10: customer information is disclosed to nobody, in no way.

    Ask with `act="disclose"` whether somebody may pass it on: nobody may. S1-10 does not say who
    may see it; the `grants` for that are the company's own, none by default, and are cited as its
    own ("S1-10/own") unless they bear a source. `unit` and `manager` are the facts that grants by
    unit and by manager ask for. Raises `PolicyError` for a grant to disclose.
    """
    own = Source("S1-10/own", OWN_GRANTS, mark="company")
    given: list[Grant] = []
    for grant in members("grants", grants, Grant):
        if grant.act == DISCLOSE:
            raise PolicyError(
                f"the grant to {grant.role!r} lets customer information be disclosed, which S1-10 "
                "forbids; drop it, or pass act='see'"
            )
        given.append(evolve(grant, source=grant.source or own))
    source = Source("S1-10", TITLE, clause=ONLY_DISCLOSING, mark="rule")
    return AccessRules(grants=tuple(given), unit=unit, manager=manager, source=source)
