"""What the answers about deadlines say, in both languages."""

from kamcore.decision import Rule

__all__ = ["RULES"]

DEADLINE = Rule(
    "sla.deadline",
    ("clock", "due"),
    en="{clock}: no later than {due}",
    zh="{clock}：不晚于{due}",
)
LIMIT = Rule(
    "sla.limit",
    ("limit", "calendar", "start", "event"),
    en="{limit} in the calendar “{calendar}”, from {start} ({event})",
    zh="自{start}（{event}）起，按“{calendar}”计 {limit}",
)
LIMIT_LEFT = Rule(
    "sla.limit_left",
    ("limit", "calendar", "start"),
    en="{limit} in the calendar “{calendar}”, from the change at {start}",
    zh="自{start}变更时起，按“{calendar}”计 {limit}",
)
NOTE = Rule("sla.note", ("note",), en="note: {note}", zh="说明：{note}")
LIMIT_ELAPSED = Rule(
    "sla.limit_elapsed",
    ("limit", "start", "event"),
    en="{limit} around the clock, from {start} ({event})",
    zh="自{start}（{event}）起，按自然时间计 {limit}",
)
PAUSED_FOR = Rule(
    "sla.paused_for",
    ("count", "time"),
    en="paused {count}: {time} not counted",
    zh="其间暂停{count}，扣除 {time}",
)
REOPENED_AFTER = Rule(
    "sla.reopened_after",
    ("time",),
    en="{time} between solution and re-opening is not counted",
    zh="解决至重新打开之间扣除 {time}",
)
STILL_PAUSED = Rule(
    "sla.still_paused",
    ("since", "why", "at"),
    en="still paused since {since} ({why}); this is the deadline if it were resumed at {at}",
    zh="自{since}起仍在暂停（{why}）；以上为假定于{at}恢复时的截止时间",
)
CANCELLED = Rule(
    "sla.cancelled",
    ("at",),
    en="the case was cancelled at {at}; this limit no longer applies",
    zh="该事项已于{at}取消，此时限不再适用",
)
DROPPED = Rule(
    "sla.dropped",
    ("at",),
    en="since the change at {at} this limit no longer applies",
    zh="自{at}变更起，此时限不再适用",
)
GOES_FIRST = Rule(
    "sla.goes_first",
    ("clock", "winner", "winner_kind", "limit", "other", "other_kind", "other_limit"),
    en=(
        "{clock}: “{winner}” ({winner_kind}, {limit}) goes before “{other}” "
        "({other_kind}, {other_limit})"
    ),
    zh="{clock}：“{winner}”（{winner_kind}，{limit}）优先于“{other}”（{other_kind}，{other_limit}）",
)
PRECEDENCE = {
    "by_kind": Rule(
        "sla.precedence_by_kind",
        ("order",),
        en="between agreements the kind decides: {order}; then the one listed first",
        zh="多份协议并存时，按类别先后：{order}；同类的，以先列者为准",
    ),
    "stricter": Rule(
        "sla.precedence_stricter",
        (),
        en="between agreements the earlier deadline decides",
        zh="多份协议并存时，以较早的截止时间为准",
    ),
    "later": Rule(
        "sla.precedence_later",
        (),
        en="between agreements the one that came into force last decides",
        zh="多份协议并存时，以最后生效者为准",
    ),
}
CHANGED = Rule(
    "sla.changed", ("at", "facts"), en="changed at {at}: {facts}", zh="于{at}变更：{facts}"
)
KEPT = Rule(
    "sla.limit_kept",
    ("clock", "limit", "why"),
    en="{clock}: the limit of {limit} stays, as {why}",
    zh="{clock}：{why}，仍适用原时限（{limit}）",
)
RETARGETED = {
    "from_start": Rule(
        "sla.retargeted_from_start",
        (),
        en="after a change the new limit is counted from the start",
        zh="变更后，新时限自起算时点重新计算",
    ),
    "from_change": Rule(
        "sla.retargeted_from_change",
        (),
        en="after a change the new limit is counted from the change",
        zh="变更后，新时限自变更时点起算",
    ),
    "keep_share": Rule(
        "sla.retargeted_keep_share",
        (),
        en=(
            "after a change the new limit is reduced to the share that was still left of the "
            "old one, rounded down to the second"
        ),
        zh="变更后，按原时限剩余比例折算新时限，不足 1 秒的舍去",
    ),
    "keep_stricter": Rule(
        "sla.retargeted_keep_stricter",
        (),
        en="after a change the earlier of the old and the new deadline holds",
        zh="变更后，以新旧截止时间中较早者为准",
    ),
}
INCOMPLETE = Rule(
    "sla.incomplete",
    ("event", "at", "lacking"),
    en="the event “{event}” of {at} does not count as done: it does not state {lacking}",
    zh="{at}的“{event}”不计为完成：未说明{lacking}",
)
IGNORED = Rule(
    "sla.ignored",
    ("event", "at", "why"),
    en="the event “{event}” of {at} is left aside: {why}",
    zh="{at}的“{event}”记录未采用：{why}",
)
PASSED_OVER = Rule(
    "sla.passed_over",
    ("facts",),
    en="{facts} is missing, so rules that need it were not applied",
    zh="缺少{facts}，需要该项数据的规则未适用",
)
CANNOT_SAY = Rule(
    "sla.undecided",
    ("clock", "facts"),
    en="the deadline for {clock} cannot be given yet: {facts} is missing",
    zh="“{clock}”的截止时间暂无法确定：缺少{facts}",
)
NO_DEADLINE = Rule(
    "sla.no_promise",
    ("clock", "facts"),
    en="the limit “{clock}” does not apply to this case ({facts})",
    zh="本事项（{facts}）不适用“{clock}”时限",
)
NOTHING_PROMISED = Rule(
    "sla.nothing_promised",
    ("facts",),
    en="no time limit applies to this case ({facts})",
    zh="本事项（{facts}）没有适用的时限",
)
NONE_IN_FORCE = Rule(
    "sla.none_in_force",
    ("day",),
    en="no agreement is in force on {day}",
    zh="{day}没有生效的协议",
)
NO_CLOCK = Rule(
    "sla.not_started",
    ("clock", "event"),
    en="{clock} has not started: it starts when the case is {event}",
    zh="“{clock}”尚未起算：自“{event}”时起计时",
)
NEXT = Rule(
    "sla.next",
    ("at", "clock", "what"),
    en="next: {at}, {clock} ({what})",
    zh="下一时点：{at}，{clock}（{what}）",
)
NOTHING_COMES = Rule(
    "sla.nothing_comes",
    (),
    en="nothing changes until a further event",
    zh="在有新事件之前，状态不会改变",
)
SETTLED = Rule(
    "sla.settled",
    ("met", "late"),
    en="every clock has stopped: {met} in time, {late} late",
    zh="各项计时均已结束：{met} 项按时，{late} 项逾期",
)
SETTLED_GONE = Rule(
    "sla.settled_gone",
    ("met", "late", "gone"),
    en="no clock runs any more: {met} in time, {late} late, {gone} ended before its deadline",
    zh="已无计时进行：{met} 项按时，{late} 项逾期，{gone} 项在截止前终止",
)
ROUNDS = Rule(
    "sla.rounds",
    ("clock", "count", "late"),
    en="{clock}: {count} before, {late} late",
    zh="{clock}：此前共 {count} 次，其中 {late} 次逾期",
)
CLOCK_RUNS = Rule(
    "sla.clock_runs",
    ("clock", "due", "remaining", "limit"),
    en="{clock}: by {due}; {remaining} left of {limit}",
    zh="{clock}：不晚于{due}，时限 {limit}，尚余 {remaining}",
)
CLOCK_PAUSED = Rule(
    "sla.clock_paused",
    ("clock", "since", "why", "remaining", "due"),
    en="{clock}: paused since {since} ({why}); {remaining} left; if resumed now, by {due}",
    zh="{clock}：自{since}起暂停（{why}），尚余 {remaining}；如即刻恢复，不晚于{due}",
)
CLOCK_DONE = Rule(
    "sla.clock_done",
    ("clock", "at", "due", "elapsed", "limit"),
    en="{clock}: in time, at {at}, {elapsed} of {limit} used; it was due by {due}",
    zh="{clock}：已于{at}按时完成，用时 {elapsed}；时限 {limit}，截止时间为{due}",
)
CLOCK_LATE = Rule(
    "sla.clock_late",
    ("clock", "at", "due", "late"),
    en="{clock}: late by {late}, at {at}; it was due by {due}",
    zh="{clock}：于{at}完成，逾期 {late}；截止时间为{due}",
)
CLOCK_OVERDUE = Rule(
    "sla.clock_overdue",
    ("clock", "due", "late"),
    en="{clock}: overdue by {late}; it was due by {due}",
    zh="{clock}：已逾期 {late}；截止时间为{due}",
)
CLOCK_CANCELLED = Rule(
    "sla.clock_cancelled",
    ("clock", "at", "due"),
    en="{clock}: the case was cancelled at {at}, before its deadline ({due})",
    zh="{clock}：事项于{at}取消，未到截止时间（{due}）",
)
CLOCK_CANCELLED_LATE = Rule(
    "sla.clock_cancelled_late",
    ("clock", "at", "late", "due"),
    en="{clock}: the case was cancelled at {at}, {late} after the deadline ({due})",
    zh="{clock}：事项于{at}取消，此时已逾期 {late}；截止时间为{due}",
)
CLOCK_DROPPED = Rule(
    "sla.clock_dropped",
    ("clock", "at"),
    en="{clock}: no longer applies since the change at {at}",
    zh="{clock}：自{at}变更起不再适用",
)
CLOCK_DROPPED_LATE = Rule(
    "sla.clock_dropped_late",
    ("clock", "at", "late", "due"),
    en="{clock}: no longer applies since the change at {at}, {late} after the deadline ({due})",
    zh="{clock}：自{at}变更起不再适用，此时已逾期 {late}；截止时间为{due}",
)
CLOCK_OPEN = Rule(
    "sla.clock_open",
    ("clock", "at", "facts"),
    en="{clock}: cannot be given since the change at {at}: {facts} is missing",
    zh="{clock}：自{at}变更起暂无法确定，缺少{facts}",
)
DAYS_SHIFTED = Rule(
    "sla.days_shifted",
    (),
    en="after a pause or re-opening the rest of the working days is counted in working hours",
    zh="暂停或重新打开后，剩余的工作日按工作时间折算顺延",
)
PAUSE_COUNTS = Rule(
    "sla.pause_counts",
    ("clock", "states"),
    en="time for “{clock}” counts on while the case {states}",
    zh="“{clock}”在{states}期间照常计时",
)
REOPENING = {
    "skip": Rule(
        "sla.reopening_skip",
        (),
        en="time between solution and re-opening does not count",
        zh="解决至重新打开之间的时间不计",
    ),
    "count": Rule(
        "sla.reopening_count",
        (),
        en="time between solution and re-opening counts",
        zh="解决至重新打开之间的时间计入",
    ),
    "restart": Rule(
        "sla.reopening_restart",
        (),
        en="a re-opened case starts the limit anew",
        zh="重新打开后，时限重新起算",
    ),
}
RULES = (
    DEADLINE,
    LIMIT,
    LIMIT_LEFT,
    NOTE,
    LIMIT_ELAPSED,
    PAUSED_FOR,
    REOPENED_AFTER,
    STILL_PAUSED,
    CANCELLED,
    DROPPED,
    GOES_FIRST,
    CHANGED,
    KEPT,
    INCOMPLETE,
    IGNORED,
    PASSED_OVER,
    CANNOT_SAY,
    NO_DEADLINE,
    NOTHING_PROMISED,
    NONE_IN_FORCE,
    NO_CLOCK,
    NEXT,
    NOTHING_COMES,
    SETTLED,
    SETTLED_GONE,
    ROUNDS,
    CLOCK_RUNS,
    CLOCK_PAUSED,
    CLOCK_DONE,
    CLOCK_LATE,
    CLOCK_OVERDUE,
    CLOCK_CANCELLED,
    CLOCK_CANCELLED_LATE,
    CLOCK_DROPPED,
    CLOCK_DROPPED_LATE,
    CLOCK_OPEN,
    DAYS_SHIFTED,
    PAUSE_COUNTS,
    *PRECEDENCE.values(),
    *RETARGETED.values(),
    *REOPENING.values(),
)
