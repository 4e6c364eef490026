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
LIMIT_ELAPSED = Rule(
    "sla.limit_elapsed",
    ("limit", "start", "event"),
    en="{limit} around the clock, from {start} ({event})",
    zh="自{start}（{event}）起，按自然时间计 {limit}",
)
PAUSED_FOR = Rule(
    "sla.paused_for",
    ("count", "time"),
    en="paused {count}: {time} of that time is not counted",
    zh="其间暂停{count}，扣除 {time}",
)
GOES_FIRST = Rule(
    "sla.goes_first",
    ("clock", "winner", "winner_kind", "limit", "other", "other_kind", "other_limit"),
    en=(
        "{clock}: “{winner}” ({winner_kind}, {limit}) goes before “{other}” "
        "({other_kind}, {other_limit})"
    ),
    zh="{clock}：《{winner}》（{winner_kind}，{limit}）优先于《{other}》（{other_kind}，{other_limit}）",
)
CHANGED = Rule(
    "sla.changed",
    ("at", "facts"),
    en="changed at {at}: {facts}",
    zh="{at}变更：{facts}",
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
            "after a change the share of the limit that was left is left of the new one, "
            "rounded down to the second"
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
    en="“{event}” of {at} does not count: it does not state {lacking}",
    zh="{at}的“{event}”不算完成：未说明{lacking}",
)
IGNORED = Rule(
    "sla.ignored",
    ("event", "at", "why"),
    en="the event “{event}” of {at} is left aside: {why}",
    zh="{at}的“{event}”记录未采用：{why}",
)
PASSED_OVER = Rule(
    "sla.passed_over",
    (),
    en="a rule that asks for a missing fact was passed over",
    zh="因缺少数据，相关规则未予适用",
)
CANNOT_SAY = Rule(
    "sla.undecided",
    ("clock", "facts"),
    en="{clock} cannot be named yet: {facts} is missing",
    zh="{clock}暂无法确定：缺少{facts}",
)
NO_DEADLINE = Rule(
    "sla.no_promise",
    ("clock",),
    en="{clock}: no agreement in force promises it for this case",
    zh="{clock}：现行协议未对该事项作出承诺",
)
NO_CLOCK = Rule(
    "sla.not_started",
    ("clock", "event"),
    en="{clock} has not started: it starts when the case is {event}",
    zh="{clock}尚未起算：自“{event}”起计时",
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
    en="nothing changes of itself; only a further event does",
    zh="如无新的事件，状态不再自行变化",
)
SETTLED = Rule(
    "sla.settled",
    ("met", "late"),
    en="every clock has stopped: {met} in time, {late} late",
    zh="各项计时均已结束：{met} 项按时，{late} 项逾期",
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
    zh="{clock}：按时完成，时间为{at}，用时 {elapsed}（时限 {limit}，截止{due}）",
)
CLOCK_LATE = Rule(
    "sla.clock_late",
    ("clock", "at", "due", "late"),
    en="{clock}: late by {late}, at {at}; it was due by {due}",
    zh="{clock}：逾期 {late}，完成于{at}，应不晚于{due}",
)
CLOCK_OVERDUE = Rule(
    "sla.clock_overdue",
    ("clock", "due", "late"),
    en="{clock}: overdue by {late}; it was due by {due}",
    zh="{clock}：已逾期 {late}，应不晚于{due}",
)
CLOCK_GONE = Rule(
    "sla.clock_gone",
    ("clock", "at"),
    en="{clock}: no longer promised since {at}",
    zh="{clock}：自{at}起不再计时",
)
AROUND_THE_CLOCK = Rule(
    "sla.around_the_clock",
    (),
    en="hours run on through nights and holidays",
    zh="按自然时间连续计算，含夜间与节假日",
)
HOLIDAYS_END = Rule(
    "sla.holidays_end",
    ("calendar", "until"),
    en="holidays of {calendar} are known until {until}; the deadline lies after that day",
    zh="“{calendar}”的节假日安排只掌握到{until}，该截止时间在此之后",
)
HOLIDAYS_UNLISTED = Rule(
    "sla.holidays_unlisted",
    ("calendar",),
    en="no holidays are listed in {calendar}",
    zh="“{calendar}”未列入节假日",
)
WHOLE_DAYS = {
    ("next_day", "close"): Rule(
        "sla.days_to_close",
        (),
        en="the day of receipt is day 0; the last working day ends at its close",
        zh="受理当日不计，次一工作日为第 1 天，至最后一个工作日下班时止",
    ),
    ("next_day", "same_time"): Rule(
        "sla.days_to_same_time",
        (),
        en="the day of receipt is day 0; the time ends at the same time of day",
        zh="受理当日不计，次一工作日为第 1 天，至最后一个工作日的同一时刻止",
    ),
    ("same_day", "close"): Rule(
        "sla.days_from_receipt_to_close",
        (),
        en="the day of receipt is day 1; the last working day ends at its close",
        zh="受理当日为工作日的，即为第 1 天，至最后一个工作日下班时止",
    ),
    ("same_day", "same_time"): Rule(
        "sla.days_from_receipt_to_same_time",
        (),
        en="the day of receipt is day 1; the time ends at the same time of day",
        zh="受理当日为工作日的，即为第 1 天，至最后一个工作日的同一时刻止",
    ),
}
RULES = (
    DEADLINE,
    LIMIT,
    LIMIT_LEFT,
    LIMIT_ELAPSED,
    PAUSED_FOR,
    GOES_FIRST,
    CHANGED,
    *RETARGETED.values(),
    INCOMPLETE,
    IGNORED,
    PASSED_OVER,
    CANNOT_SAY,
    NO_DEADLINE,
    NO_CLOCK,
    NEXT,
    NOTHING_COMES,
    SETTLED,
    CLOCK_RUNS,
    CLOCK_PAUSED,
    CLOCK_DONE,
    CLOCK_LATE,
    CLOCK_OVERDUE,
    CLOCK_GONE,
    AROUND_THE_CLOCK,
    HOLIDAYS_END,
    HOLIDAYS_UNLISTED,
    *WHOLE_DAYS.values(),
)
