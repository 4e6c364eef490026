"""What is promised in time, in words: agreements, lead times, order of work, renewals."""

from kamcore.calendars import Calendar, WorkingDays, amount_label
from kamcore.decision import show
from kamcore.rulebook._describe_calendar import SHORT, any_calendar
from kamcore.rulebook._lines import cite
from kamcore.sla import Agreement, Agreements, BatchRules, Clock, LeadTimes, OrderOfWork, Renewals
from kamcore.sla._events import EVENTS
from kamcore.values import Lang

__all__ = [
    "describe_agreements",
    "describe_batches",
    "describe_lead_times",
    "describe_order",
    "describe_renewals",
]

COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}


# --- agreements ---------------------------------------------------------------------------

PRECEDENCE: dict[Lang, dict[str, str]] = {
    "en": {
        "by_kind": "own: the kind of agreement decides: {order}",
        "stricter": "own: the earliest deadline decides",
        "later": "own: the agreement that came into force last decides",
    },
    "zh": {
        "by_kind": "口径：按协议类别先后：{order}",
        "stricter": "口径：以最早的截止时间为准",
        "later": "口径：以最后生效的协议为准",
    },
}
RETARGET: dict[Lang, dict[str, str]] = {
    "en": {
        "from_start": "own: after a change the new limit counts from the start",
        "from_change": "own: after a change the new limit counts from the change",
        "keep_share": "own: after a change the share of the limit that was left is kept",
        "keep_stricter": "own: after a change the earlier deadline holds",
    },
    "zh": {
        "from_start": "口径：变更后，新时限自起算时点重新计算",
        "from_change": "口径：变更后，新时限自变更时点起算",
        "keep_share": "口径：变更后，按原时限剩余比例折算",
        "keep_stricter": "口径：变更后，以较早的截止时间为准",
    },
}
REOPENING: dict[Lang, dict[str, str]] = {
    "en": {
        "skip": "own: the time between solution and re-opening does not count",
        "count": "own: the time between solution and re-opening counts",
        "restart": "own: a re-opened case starts the limit anew",
    },
    "zh": {
        "skip": "口径：解决至重新打开之间的时间不计",
        "count": "口径：解决至重新打开之间的时间计入",
        "restart": "口径：重新打开后，时限重新起算",
    },
}
KIND: dict[Lang, dict[str, str]] = {
    "en": {"standard": "standard", "customer": "customer", "specific": "work-specific"},
    "zh": {"standard": "标准协议", "customer": "客户协议", "specific": "特定协议"},
}


def describe_agreements(policy: Agreements, lang: Lang) -> list[str]:
    """Return every promise of every agreement, what decides between them, and their calendars."""
    zh = lang == "zh"
    lines = [("服务时限" if zh else "Time limits") + cite(policy.source, lang)]
    for agreement in policy.agreements:
        lines += _agreement(agreement, lang)
    clocks = tuple(policy.clocks())
    own: list[str] = []
    if len(policy.agreements) > 1:
        order = (" → " if zh else ", then ").join(KIND[lang][kind] for kind in policy.order)
        own.append(PRECEDENCE[lang][policy.precedence].format(order=order))
    if any(len(one.clocks.rules) > 1 for one in policy.agreements):
        own.append(RETARGET[lang][policy.retarget])
    if any("solved" in clock.stops for clock in clocks):
        own.append(REOPENING[lang][policy.reopening])
    own += [*_counting(clocks, lang), *_standing_still(clocks, lang)]
    lines += [f"  {line}" for line in own]
    for calendar in dict.fromkeys(clock.calendar for clock in clocks):
        lines += [f"  {line}" for line in any_calendar(calendar, lang)]
    return lines


def _counting(clocks: tuple[Clock, ...], lang: Lang) -> list[str]:
    """Return how the hours and working days of the limits are read."""
    zh = lang == "zh"
    said: list[str] = []
    days = [clock.limit for clock in clocks if isinstance(clock.limit, WorkingDays)]
    for limit in dict.fromkeys((one.first, one.ends) for one in days):
        first, ends = limit
        if zh:
            begin = "受理当日不计" if first == "next_day" else "受理当日为工作日的计为第 1 天"
            end = "至最后一个工作日下班时止" if ends == "close" else "至最后一个工作日的同一时刻止"
            said.append(f"口径：工作日：{begin}，{end}")
        else:
            begin = "the day of receipt is day " + ("0" if first == "next_day" else "1")
            end = "the close" if ends == "close" else "the same time"
            said.append(f"own: working days: {begin}, they end at {end} of the last day")
    hours = [clock for clock in clocks if not isinstance(clock.limit, WorkingDays)]
    calendars = dict.fromkeys(clock.calendar for clock in hours)
    if on := _names([one for one in calendars if one.never_closes], lang):
        said.append(
            f"口径：{on}计时按自然时间连续计算，含夜间与节假日"
            if zh
            else f"own: hours of {on} run on through nights and holidays"
        )
    if within := _names([one for one in calendars if not one.never_closes], lang):
        said.append(
            f"口径：小时数仅在{within}的开放时段内累计"
            if zh
            else f"own: hours count only within the open time of {within}"
        )
    return said


def _names(calendars: list[Calendar], lang: Lang) -> str:
    return COMMA[lang].join(f"“{one.label.text(lang)}”" for one in calendars)


STILL: dict[Lang, dict[tuple[str, ...], str]] = {
    "en": {
        (): "own: time counts on while a case is paused or waits for the customer",
        ("paused",): "own: time in which a case is paused does not count",
        ("waiting",): "own: time in which a case waits for the customer does not count",
        ("paused", "waiting"): (
            "own: time in which a case is paused or waits for the customer does not count"
        ),
    },
    "zh": {
        (): "口径：暂停或等待客户期间照常计时",
        ("paused",): "口径：暂停期间不计时",
        ("waiting",): "口径：等待客户期间不计时",
        ("paused", "waiting"): "口径：暂停或等待客户期间不计时",
    },
}


def _standing_still(clocks: tuple[Clock, ...], lang: Lang) -> list[str]:
    """Return in which states the clocks stand still, by clock where they differ.

    A clock of which some promises pause and others do not is named with its limit.
    """
    by_kind: dict[tuple[str, ...], dict[Clock, None]] = {}
    kinds_of: dict[str, set[tuple[str, ...]]] = {}
    for clock in clocks:
        pauses = tuple(sorted(clock.pauses))
        by_kind.setdefault(pauses, {})[clock] = None
        kinds_of.setdefault(clock.name, set()).add(pauses)
    if len(by_kind) == 1:
        return [STILL[lang][kinds] for kinds in by_kind]
    bracket = "{said}（{names}）" if lang == "zh" else "{said} ({names})"
    lines: list[str] = []
    for kinds, members in by_kind.items():
        said = (
            clock.label.text(lang) if len(kinds_of[clock.name]) == 1 else _within(clock, lang)
            for clock in members
        )
        names = COMMA[lang].join(dict.fromkeys(said))
        lines.append(bracket.format(said=STILL[lang][kinds], names=names))
    return lines


def _within(clock: Clock, lang: Lang) -> str:
    limit, name = amount_label(clock.limit).text(lang), clock.label.text(lang)
    return f"{limit}内{name}" if lang == "zh" else f"{name} within {limit}"


def _agreement(agreement: Agreement, lang: Lang) -> list[str]:
    zh = lang == "zh"
    name, kind = agreement.label.text(lang), KIND[lang][agreement.kind]
    head = f"  《{name}》（{kind}" if zh else f"  “{name}” ({kind}"
    if agreement.in_force:
        first, last = show(agreement.in_force.start, lang), show(agreement.in_force.last, lang)
        head += f"，{first}至{last}有效" if zh else f", in force from {first} to {last}"
    lines = [head + ("）" if zh else ")") + cite(agreement.source, lang)]
    for rule in agreement.clocks.rules:
        when = ("任何情况" if zh else "always") if rule.when is None else rule.when.text(lang)
        said = (_clock(clock, lang) for clock in rule.gives)
        joined = ("；" if zh else "; ").join(said)
        lines.append(f"    {when}{'：' if zh else ': '}{joined}{cite(rule.source, lang)}")
    return lines


def _clock(clock: Clock, lang: Lang) -> str:
    zh = lang == "zh"
    calendar = clock.calendar.label.text(lang)
    said = _within(clock, lang) + (f"（按“{calendar}”）" if zh else f" (“{calendar}”)")
    if clock.starts != "opened":
        event = EVENTS[clock.starts].text(lang)
        said += f"，自{event}起算" if zh else f", from when it is {event}"
    if clock.repeats:
        said += "，此后每次同样" if zh else ", and so on until the solution"
    if clock.stops not in {("answered",), ("solved",), ("updated",)}:
        stops = ("或" if zh else " or ").join(EVENTS[kind].text(lang) for kind in clock.stops)
        said += f"，至{stops}为止" if zh else f", until it is {stops}"
    if clock.must_state:
        stated = COMMA[lang].join(one.label.text(lang) for one in clock.must_state)
        said += f"，须说明{stated}" if zh else f", stating {stated}"
    if clock.alerts:
        alerts = COMMA[lang].join(alert.label.text(lang) for alert in clock.alerts)
        said += f"，提醒：{alerts}" if zh else f", alerts: {alerts}"
    return said + cite(clock.source, lang)


# --- orders -------------------------------------------------------------------------------

RUSH: dict[Lang, dict[str, str]] = {
    "en": {
        "allowed": "rush orders may be inserted",
        "by_production": "rush orders go by the state of production",
        "at_discretion": "rush orders at discretion",
        "not_stated": "rush orders: not stated",
    },
    "zh": {
        "allowed": "加急订单允许插单",
        "by_production": "加急订单视生产状况决定插单",
        "at_discretion": "加急订单酌情处理",
        "not_stated": "加急订单：未写明",
    },
}


def describe_lead_times(policy: LeadTimes, lang: Lang) -> list[str]:
    """Return the lead time of every tier, its rush orders, and whether it is examined strictly."""
    zh = lang == "zh"
    event = {
        "en": {"signing": "signing", "confirmation": "confirmation", "deposit": "deposit"},
        "zh": {"signing": "订单签订", "confirmation": "订单确认", "deposit": "收到定金"},
    }[lang][policy.anchor]
    days = ("自然日" if zh else "calendar days") if policy.calendar is None else ""
    if policy.calendar is not None:
        name = policy.calendar.label.text(lang)
        days = f"“{name}”的工作日" if zh else f"working days of “{name}”"
    head = (
        f"常规订单交期（口径：自{event}起按{days}计算）"
        if zh
        else f"Lead times of ordinary orders (own: {days} from {event})"
    )
    lines = [head + cite(policy.source, lang)]
    for one in policy.tiers:
        if one.days is None:
            said = f"  {one.tier}：未写明" if zh else f"  {one.tier}: not stated"
        else:
            said = (
                f"  {one.tier}：{one.days} 天内" if zh else f"  {one.tier}: within {one.days} days"
            )
        lines.append(said + cite(one.source, lang))
        lines.append(f"    {RUSH[lang][one.rush]}{cite(one.rush_source, lang)}")
        if one.strict:
            strict = (
                "订单签订时综合考虑现有订单，严格审单，酌情接单"
                if zh
                else "every order is examined strictly at signing, and accepted at discretion"
            )
            lines.append(f"    {strict}{cite(one.strict_source, lang)}")
    if policy.contract_wins:
        lines.append("  合同约定的日期优先" if zh else "  a date in the contract goes first")
    return lines


def describe_order(policy: OrderOfWork, lang: Lang) -> list[str]:
    """Return whose order is made first."""
    zh = lang == "zh"
    tiers = ("、" if zh else ", then ").join(policy.tiers)
    head = f"生产次序：等级 {tiers}，依次优先" if zh else f"Order of work: tier {tiers}"
    lines = [head + cite(policy.source, lang)]
    lines.append("  同一等级内积分高者优先" if zh else "  within a tier the higher score first")
    lines.append(
        "  口径：积分相同的，按下单日期先后；日期也相同的，按提交顺序"
        if zh
        else "  own: equal scores go by the day of the order, then as listed"
    )
    if policy.unranked:
        names = COMMA[lang].join(policy.unranked)
        lines.append(
            f"  口径：等级 {names} 的先后未写明，排在最后"
            if zh
            else f"  own: the place of tier {names} is not stated; it comes last"
        )
    return lines


def describe_batches(policy: BatchRules, lang: Lang) -> list[str]:
    """Return from when it is batch business, and how each tier is handled."""
    zh = lang == "zh"
    scopes = {
        "one_request": ("口径：按一次申请计算", "own: counted in one request"),
        "added_up": ("口径：按期间累计", "own: added up over a time"),
    }
    scope = scopes[policy.scope][0 if zh else 1]
    head = (
        f"批量业务：同一种类业务 {policy.least} 笔及以上（{scope}）"
        if zh
        else f"Batch business: {policy.least} or more transactions of one kind ({scope})"
    )
    lines = [head + cite(policy.source, lang)]
    for one in policy.tiers:
        if one.priority is None:
            said = "优先级未写明" if zh else "no priority stated"
        else:
            said = f"优先级第 {one.priority} 位" if zh else f"priority {one.priority}"
        if one.desk is not None:
            desk = one.desk.label.text(lang)
            said += f"，{desk}办理" if zh else f", at {desk}"
        lines.append(f"  {one.tier}{'：' if zh else ': '}{said}{cite(one.source, lang)}")
    return lines


def describe_renewals(policy: Renewals, lang: Lang) -> list[str]:
    """Return when renewals are found, entered, and told."""
    zh = lang == "zh"
    every, first = policy.sweep.every, show(policy.sweep.every.anchor, lang)
    weekday = SHORT[lang][every.anchor.weekday()]
    often = f"每 {every.count} 周" if zh else f"every {every.count} weeks"
    if every.count == 1:
        often = "每周" if zh else "every week"
    ahead = policy.sweep.lookahead_days
    sweep = (
        f"续约：自{first}起{often}（{weekday}）过滤（口径：向前查看 {ahead} 天）"
        if zh
        else f"Renewals: swept {often} ({weekday}) from {first} (own: {ahead} days ahead)"
    )
    lead = (
        f"  到期前 {policy.lead_days} 天报审（口径：自然日）"
        if zh
        else f"  entered for approval {policy.lead_days} days before expiry (own: calendar days)"
    )
    if policy.reminder_days is None:
        told = (
            "  提前提醒客户，提前多久未写明"
            if zh
            else "  customer told in advance: not stated when"
        )
    else:
        told = (
            f"  到期前 {policy.reminder_days} 天提醒客户"
            if zh
            else f"  the customer is told {policy.reminder_days} days before expiry"
        )
    return [
        sweep + cite(policy.source, lang),
        lead + cite(policy.lead_source, lang),
        told + cite(policy.reminder_source, lang),
    ]
