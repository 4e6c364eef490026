"""Agreements and their clocks in words."""

from kamcore.calendars import Calendar, WorkingDays, amount_label, around_the_clock
from kamcore.decision import show
from kamcore.rulebook._describe_calendar import any_calendar
from kamcore.rulebook._lines import as_own, cite, matched
from kamcore.sla import Agreement, Agreements, Clock
from kamcore.sla._agreements import KINDS
from kamcore.values import Label, Lang

__all__ = ["describe_agreements"]

COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}

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


def describe_agreements(policy: Agreements, lang: Lang) -> list[str]:
    """Return every promise of every agreement, what decides between them, and their calendars."""
    zh = lang == "zh"
    lines = [("服务时限" if zh else "Time limits") + cite(policy.source, lang)]
    for agreement in policy.agreements:
        lines += _agreement(agreement, lang)
    clocks = tuple(policy.clocks())
    own: list[str] = []
    if len(policy.agreements) > 1:
        order = (" → " if zh else ", then ").join(KINDS[kind].text(lang) for kind in policy.order)
        own.append(PRECEDENCE[lang][policy.precedence].format(order=order))
    if any(len(one.clocks.rules) > 1 for one in policy.agreements):
        own.append(RETARGET[lang][policy.retarget])
    if any("solved" in clock.stops for clock in clocks):
        own.append(REOPENING[lang][policy.reopening])
    own += [*_counting(clocks, lang), *_standing_still(clocks, lang)]
    lines += [f"  {line}" for line in own]
    told: set[Calendar] = set()
    for calendar in dict.fromkeys(clock.calendar for clock in clocks):
        if calendar not in told and calendar != around_the_clock(calendar.zone):
            lines += [f"  {line}" for line in any_calendar(calendar, lang, told)]
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
            f"口径：{on}连续计时，含夜间与节假日"
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
    if clock.repeats:
        return f"{name}：每 {limit}一次" if lang == "zh" else f"{name}: every {limit}"
    return f"{limit}内{name}" if lang == "zh" else f"{name} within {limit}"


def _agreement(agreement: Agreement, lang: Lang) -> list[str]:
    zh = lang == "zh"
    name, kind = agreement.label.text(lang), KINDS[agreement.kind].text(lang)
    titled = agreement.source is not None and agreement.source.title.zh == name
    named = f"《{name}》" if titled else f"“{name}”"
    head = f"  {named}（{kind}" if zh else f"  “{name}” ({kind}"
    if agreement.in_force:
        first, last = show(agreement.in_force.start, lang), show(agreement.in_force.last, lang)
        head += f"，{first}至{last}有效" if zh else f", in force from {first} to {last}"
    lines = [head + ("）" if zh else ")") + cite(agreement.source, lang)]
    if agreement.note:
        lines.append(f"    {agreement.note.text(lang)}")
    for rule in agreement.clocks.rules:
        when = ("任何情况" if zh else "always") if rule.when is None else rule.when.text(lang)
        said = (_clock(clock, lang) for clock in rule.gives)
        joined = ("；" if zh else "; ").join(said)
        lines.append(f"    {when}{'：' if zh else ': '}{joined}{cite(rule.source, lang)}")
    if agreement.clocks.match != "first":
        lines.append(f"    {as_own(matched(agreement.clocks, lang), lang)}")
    return lines


EVENT = {
    "assigned": Label("assignment", "分派"),
    "answered": Label("answer", "答复"),
    "updated": Label("update", "进展通报"),
    "paused": Label("pause", "暂停"),
    "waiting": Label("wait for the customer", "等待客户"),
    "resumed": Label("resumption", "恢复"),
    "changed": Label("change", "变更"),
    "solved": Label("solution", "解决"),
    "confirmed": Label("confirmation", "客户确认"),
    "reopened": Label("re-opening", "重新打开"),
    "cancelled": Label("cancellation", "取消"),
}


def _clock(clock: Clock, lang: Lang) -> str:
    """Return a promise: what is promised with its clause, then what is read into it."""
    zh = lang == "zh"
    calendar = clock.calendar.label.text(lang)
    said = _within(clock, lang) + (f"（按“{calendar}”）" if zh else f" (“{calendar}”)")
    if clock.repeats:
        said += "，直至解决" if zh else ", until it is solved"
    if clock.must_state:
        stated = COMMA[lang].join(one.label.text(lang) for one in clock.must_state)
        said += f"，须说明{stated}" if zh else f", stating {stated}"
    if clock.alerts:
        alerts = COMMA[lang].join(alert.label.text(lang) for alert in clock.alerts)
        said += f"，提醒：{alerts}" if zh else f", alerts: {alerts}"
    said += cite(clock.source, lang)
    if own := _between(clock, lang):
        joined = "；".join(own) if zh else "; ".join(own)
        said += f"（口径：{joined}）" if zh else f" (own: {joined})"
    return said


def _between(clock: Clock, lang: Lang) -> list[str]:
    """Return between which events a clock runs, where these are not the usual ones."""
    zh = lang == "zh"
    own: list[str] = []
    if clock.starts != "opened":
        event = EVENT[clock.starts].text(lang)
        own.append(f"自{event}时起算" if zh else f"counted from the {event}")
    stops = [EVENT[kind].text(lang) for kind in clock.stops]
    if len(stops) > 1:
        *most, last = stops
        first = (f"{'、'.join(most)}或{last}") if zh else f"{', '.join(most)} and {last}"
        own.append(f"以{first}先到者为准" if zh else f"whichever of {first} comes first")
    elif clock.stops[0] not in {"answered", "solved", "updated"}:
        own.append(f"至{stops[0]}时止" if zh else f"until the {stops[0]}")
    return own
