"""What a plan of escalation says, in both languages."""

from kamcore.decision import Rule

__all__ = ["RULES"]

NOTICES = Rule(
    "routing.notices",
    ("start", "count", "last"),
    en="if nothing happens after {start}: {count} at {last}",
    zh="自{start}起若一直无人处理：{count}为{last}",
)
NOTICES_EMPTY = Rule(
    "routing.notices_with_empty_steps",
    ("start", "count", "last", "steps"),
    en="if nothing happens after {start}: {count} at {last}; nobody is there for {steps}",
    zh="自{start}起若一直无人处理：{count}为{last}；{steps}届时无人在岗",
)
NOBODY_THERE = Rule(
    "routing.nobody_told",
    ("start",),
    en="if nothing happens after {start}, nobody would be told: nobody is there at any step",
    zh="自{start}起若一直无人处理，也不会通知任何人：各步均无人在岗",
)
NO_STEP = Rule(
    "routing.no_step",
    ("start",),
    en="if nothing happens after {start}, nobody would be told: no step applies to this case",
    zh="自{start}起若一直无人处理，也不会通知任何人：没有适用于本事项的步骤",
)
NOTICE = Rule(
    "routing.notice",
    ("at", "step", "who"),
    en="{at}: step “{step}” tells {who}",
    zh="{at}：“{step}”，通知{who}",
)
NOTICE_INSTEAD = Rule(
    "routing.notice_instead",
    ("at", "step", "empty", "who"),
    en="{at}: step “{step}”, in place of “{empty}”, tells {who}",
    zh="{at}：以“{step}”代替“{empty}”，通知{who}",
)
TELLS_NOBODY = Rule(
    "routing.empty_step",
    ("at", "step"),
    en="{at}: step “{step}” tells nobody, and no other is taken in its place",
    zh="{at}：“{step}”无人可通知，也没有其他步骤代替",
)
WAITS = Rule(
    "routing.empty_step_waits",
    ("at", "step", "next", "then"),
    en="{at}: step “{step}” tells nobody; the next is “{next}” at {then}",
    zh="{at}：“{step}”无人可通知，下一步为{then}的“{next}”",
)
FROM_START = Rule(
    "routing.steps_from_start",
    ("calendar",),
    en="times count from the start of the work in the calendar “{calendar}”",
    zh="各步时间均自工作开始时起，按“{calendar}”计算",
)
SKIP = Rule(
    "routing.empty_skip",
    (),
    en="where nobody is there for a step, the next one with somebody there takes its place",
    zh="某步无人在岗的，由其后第一个有人在岗的步骤代替",
)
WAIT = Rule(
    "routing.empty_wait",
    (),
    en="where nobody is there for a step, the next one keeps its own time",
    zh="某步无人在岗的，不提前通知下一步",
)
SEATS_ONLY = Rule(
    "routing.seats_only",
    (),
    en="seats only: whether anybody is there was not looked up",
    zh="仅列岗位，未核查届时是否有人在岗",
)
LEFT_OUT = Rule(
    "routing.step_left_out",
    ("step", "facts"),
    en="step “{step}” is left out: {facts} not known",
    zh="未提供{facts}，“{step}”暂不列入",
)
UNKNOWN_HOLDER = Rule(
    "routing.holder_unknown",
    ("seat", "facts"),
    en="without {facts} it is not known who is {seat}; taken as nobody there",
    zh="未提供{facts}，无法确定何人任{seat}，按无人在岗处理",
)
RULES = (
    NOTICES, NOTICES_EMPTY, NOBODY_THERE, NO_STEP, NOTICE, NOTICE_INSTEAD, TELLS_NOBODY, WAITS,
    FROM_START, SKIP, WAIT, SEATS_ONLY, LEFT_OUT, UNKNOWN_HOLDER,
)  # fmt: skip
