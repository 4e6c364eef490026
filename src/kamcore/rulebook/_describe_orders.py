"""Lead times, the order of work, batch business and renewals in words."""

from kamcore.decision import show
from kamcore.rulebook._describe_calendar import LONG
from kamcore.rulebook._lines import cite
from kamcore.sla import BatchRules, LeadTimes, OrderOfWork, Renewals, TierLeadTime
from kamcore.sla._batches import priority_label
from kamcore.sla._lead_times import EVENTS, days_label
from kamcore.sla._orders import tier_names
from kamcore.sla._renewals import days_before, stated
from kamcore.values import Lang, Source
from kamcore.values._words import counted, tier_label

__all__ = ["describe_batches", "describe_lead_times", "describe_order", "describe_renewals"]

RUSH: dict[Lang, dict[str, str]] = {
    "en": {
        "allowed": "rush orders may be inserted",
        "by_production": "whether a rush order is inserted depends on the state of production",
        "at_discretion": "rush orders at discretion",
        "not_stated": "rush orders: not stated",
    },
    "zh": {
        "allowed": "加急订单允许插单",
        "by_production": "加急订单视生产状况决定是否接受插单",
        "at_discretion": "加急订单酌情处理",
        "not_stated": "加急订单：未写明",
    },
}


def describe_lead_times(policy: LeadTimes, lang: Lang) -> list[str]:
    """Return the lead time of every tier, its rush orders, and whether it is examined strictly."""
    zh = lang == "zh"
    event = EVENTS[policy.anchor].text(lang)
    days = "自然日" if zh else "calendar days"
    if policy.calendar is not None:
        name = policy.calendar.label.text(lang)
        days = f"“{name}”的工作日" if zh else f"working days of “{name}”"
    head = (
        f"常规订单交期（口径：自{event}起按{days}计算，当日不计）"
        if zh
        else f"Lead times of ordinary orders (own: {days} from {event}, which is day 0)"
    )
    lines = [head + cite(policy.source, lang)]
    for one in policy.tiers:
        lines += _lead_time(one, policy, lang)
    return [*lines, *_contract(policy, lang)]


def _lead_time(one: TierLeadTime, policy: LeadTimes, lang: Lang) -> list[str]:
    """Return the lines of a tier; what is not stated cites no clause."""
    zh = lang == "zh"
    tier = tier_label(one.tier).text(lang)
    if one.days is None:
        lines = [f"  {tier}：未写明" if zh else f"  {tier}: not stated"]
    else:
        days = days_label(one.days, policy).text(lang)
        said = f"  {tier}：{days}内交货" if zh else f"  {tier}: within {days}"
        lines = [said + cite(one.source, lang)]
    source = None if one.rush == "not_stated" else one.rush_source
    lines.append(f"    {RUSH[lang][one.rush]}{cite(source, lang)}")
    if one.strict:
        strict = (
            "订单签订时综合考虑现有订单，严格审单，酌情接单"
            if zh
            else "every order is examined strictly at signing, and accepted at discretion"
        )
        lines.append(f"    {strict}{cite(one.strict_source, lang)}")
    return lines


def _contract(policy: LeadTimes, lang: Lang) -> list[str]:
    """Return what a date agreed in a contract does, and the clauses that speak of contracts."""
    zh = lang == "zh"
    asked: dict[Source, list[str]] = {}
    for one in policy.tiers:
        if one.contract_source is not None:
            asked.setdefault(one.contract_source, []).append(one.tier)
    lines: list[str] = []
    for source, tiers in asked.items():
        names = tier_names(tiers).text(lang)
        said = (
            f"  {names}：原则上按合同要求交货"
            if zh
            else f"  {names}: in principle as the contract requires"
        )
        lines.append(said + cite(source, lang))
    if policy.contract_wins:
        own = "合同另有交期的，以合同为准" if zh else "a date agreed in the contract goes first"
    else:
        own = "不采用合同日期" if zh else "a date agreed in the contract is not used"
    return [*lines, f"  口径：{own}" if zh else f"  own: {own}"]


def describe_order(policy: OrderOfWork, lang: Lang) -> list[str]:
    """Return whose order is made first."""
    zh = lang == "zh"
    tiers = ("、" if zh else ", then ").join(tier_label(one).text(lang) for one in policy.tiers)
    head = f"生产次序：{tiers}，依次优先" if zh else f"Order of work: {tiers}"
    lines = [head + cite(policy.source, lang)]
    lines.append("  同类内积分高者优先" if zh else "  within a class the higher score first")
    lines.append(
        "  口径：积分相同的，按下单日期先后；日期也相同的，按提交顺序"
        if zh
        else "  own: equal scores go by the day of the order, then as listed"
    )
    lines.append(
        "  口径：缺少积分的订单排在本类最后"
        if zh
        else "  own: an order without a score comes last in its class"
    )
    if policy.unranked:
        names = tier_names(policy.unranked).text(lang)
        lines.append(
            f"  口径：{names}的次序未写明，其订单排在最后"
            if zh
            else f"  own: the place of {names} is not stated; such orders come last"
        )
    return lines


def describe_batches(policy: BatchRules, lang: Lang) -> list[str]:
    """Return from when it is batch business, and how each tier is handled."""
    zh = lang == "zh"
    scopes = {
        "one_request": ("口径：按一次申请计算", "own: counted in one request"),
        "added_up": ("口径：按所统计期间累计", "own: added up over the period counted"),
    }
    scope = scopes[policy.scope][0 if zh else 1]
    head = (
        f"批量业务：同一种类业务 {policy.least:,} 笔及以上（{scope}）"
        if zh
        else f"Batch business: {policy.least:,} or more transactions of one kind ({scope})"
    )
    lines = [head + cite(policy.source, lang)]
    for one in policy.tiers:
        if one.priority is None:
            said = "未写明优先级" if zh else "no priority stated"
        else:
            said = priority_label(one.priority).text(lang)
        if one.desk is not None:
            desk = one.desk.label.text(lang)
            said += f"，{desk}办理" if zh else f", at {desk}"
        tier = tier_label(one.tier).text(lang)
        lines.append(f"  {tier}{'：' if zh else ': '}{said}{cite(one.source, lang)}")
    return lines


def describe_renewals(policy: Renewals, lang: Lang) -> list[str]:
    """Return when renewals are found, submitted, and told."""
    zh = lang == "zh"
    lead = days_before(policy.lead_days, policy.lead_source).text(lang)
    entered = (
        f"  到期前 {lead}报审（口径：自然日）"
        if zh
        else f"  submitted for approval {lead} before expiry (own: calendar days)"
    )
    return [
        *_screening(policy, lang),
        entered + cite(stated(policy.lead_source), lang),
        _told(policy, lang),
    ]


def _screening(policy: Renewals, lang: Lang) -> list[str]:
    """Return how often products are screened, on which day, and how far ahead."""
    every, ahead = policy.sweep.every, counted(policy.sweep.lookahead_days, "day", "天").text(lang)
    first, weekday = show(every.anchor, lang), LONG[lang][every.anchor.weekday()]
    if lang == "zh":
        often = "每周" if every.count == 1 else f"每 {every.count} 周"
        days = f"每{weekday}" if every.count == 1 else f"{often}的{weekday}"
        return [
            f"续约：{often}筛查，列出即将到期的产品{cite(policy.source, lang)}",
            f"    口径：向前查看 {ahead}，即列出 {ahead}内到期的产品",
            f"    筛查日：自{first}起，{days}（公司自定）",
        ]
    often = "weekly" if every.count == 1 else f"{every.count}-weekly"
    days = f"every {weekday}" if every.count == 1 else f"every {every.count} weeks on {weekday}"
    return [
        f"Renewals: a {often} screening lists products about to expire{cite(policy.source, lang)}",
        f"    own: it looks {ahead} ahead, so it lists products expiring within {ahead}",
        f"    screened {days} from {first} on (the company's own)",
    ]


def _told(policy: Renewals, lang: Lang) -> str:
    """Return when the customer is told; the clause stands where it gives that, or asks for it."""
    zh = lang == "zh"
    if policy.reminder_days is None:
        said = (
            "  提前提醒客户，提前多久未写明"
            if zh
            else "  the customer is told in advance; how long in advance is not stated"
        )
        return said + cite(policy.reminder_source, lang)
    days = days_before(policy.reminder_days, policy.reminder_source).text(lang)
    if stated(policy.reminder_source) is None:
        asked = cite(policy.reminder_source, lang)
        return (
            f"  提前提醒客户{asked}：到期前 {days}"
            if zh
            else f"  the customer is told in advance{asked}: {days} before expiry"
        )
    said = f"  到期前 {days}提醒客户" if zh else f"  the customer is told {days} before expiry"
    return said + cite(policy.reminder_source, lang)
