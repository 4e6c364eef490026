"""Times and facts in the words of a time limit."""

from datetime import timedelta

from kamcore.calendars import Calendar, amount_label
from kamcore.decision import show
from kamcore.facts import Facts
from kamcore.sla._run import Leg
from kamcore.values import Label
from kamcore.values._words import joined

__all__ = [
    "differences",
    "elapsed_label",
    "facts_label",
    "late_label",
    "limit_label",
    "spent_label",
]

DAY = timedelta(days=1)
NO_TIME = timedelta()


def elapsed_label(time: timedelta) -> Label:
    """Return real time in words; from two days on in days and hours."""
    if time < 2 * DAY:
        return amount_label(time)
    days, rest = divmod(time, DAY)
    said = amount_label(rest)
    if not rest:
        return Label(f"{days} days", f"{days} 天")
    return Label(f"{days} days {said.en}", f"{days} 天 {said.zh}")


def spent_label(time: timedelta, calendar: Calendar) -> Label:
    """Return time of a calendar in words; open time of one that closes is working time."""
    if calendar.never_closes:
        return elapsed_label(time)
    said = amount_label(time)
    return Label(f"{said.en} of working time", f"{said.zh}（工作时间）")


def late_label(late_by: timedelta, elapsed: timedelta, calendar: Calendar) -> Label:
    """Return by how much a clock is late: in its calendar's time, and in real time."""
    real = elapsed_label(elapsed)
    if calendar.never_closes or late_by in {NO_TIME, elapsed}:
        return real
    said = amount_label(late_by)
    return Label(
        f"{said.en} of working time ({real.en} elapsed)",
        f"{said.zh}（工作时间；自然时间为 {real.zh}）",
    )


def limit_label(leg: Leg) -> Label:
    """Return the limit of a clock, or what a change left of it."""
    if leg.share == 1:
        return amount_label(leg.clock.limit)
    said = amount_label(leg.budget)
    return Label(f"the {said.en} left by the change", f"{said.zh}（变更后折算）")


def facts_label(facts: Facts | None) -> Label:
    """Return what is known of a case, as "priority: high"."""
    if facts is None:
        return Label("no facts", "未提供数据")
    found = [
        Label(f"{one.label.en}: {show(value, 'en')}", f"{one.label.zh}：{show(value, 'zh')}")
        for one in facts.fields
        if (wire := facts.values[one.name]) is not None
        for value in (one.show(wire),)
    ]
    return joined(found) if found else Label("no facts", "未提供数据")


def differences(before: Facts | None, after: Facts) -> Label:
    """Return the facts that a change gave, as "priority is now high"."""
    found: list[Label] = []
    for one in after.fields:
        wire = after.values[one.name]
        if before is not None and before.values.get(one.name) == wire:
            continue
        value = Label("missing", "缺失") if wire is None else one.show(wire)
        en, zh = show(value, "en"), show(value, "zh")
        found.append(Label(f"{one.label.en} is now {en}", f"{one.label.zh}改为“{zh}”"))
    return joined(found) if found else Label("the facts are the same", "内容与原来相同")
