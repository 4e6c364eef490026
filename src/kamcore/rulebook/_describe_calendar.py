"""Calendars and review windows in words."""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from kamcore.calendars import (
    Calendar,
    CombinedCalendar,
    Hours,
    ReviewWindow,
    SpecialDay,
    Week,
    WorkCalendar,
)
from kamcore.decision import show
from kamcore.rulebook._lines import cite
from kamcore.values import Lang

__all__ = [
    "SHORT",
    "any_calendar",
    "describe_calendar",
    "describe_combined",
    "describe_window",
]

SHORT: dict[Lang, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": tuple(f"周{character}" for character in "一二三四五六日"),
}
COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}


def describe_calendar(calendar: WorkCalendar, lang: Lang) -> list[str]:
    """Return the hours of a calendar, its breaks, and what is known of its holidays."""
    zh = lang == "zh"
    name = calendar.label.text(lang)
    head = (
        f"工作日历“{name}”，时区 {calendar.zone}" if zh else f"Calendar “{name}”, {calendar.zone}"
    )
    lines = [head + cite(calendar.source, lang)]
    lines += [f"  {said}" for said in _week(calendar.week, lang)]
    if calendar.breaks:
        word = "休息：" if zh else "break "
        lines += [f"  {word}{said}" for said in _week(calendar.breaks, lang)]
    for special in calendar.special_days:
        lines.append(
            f"  {show(special.day, lang)}（{special.label.zh}）{_special(special, lang)}"
            if zh
            else f"  {special.day} ({special.label.en}) {_special(special, lang)}"
        )
    for closure in calendar.closures:
        said = f"{show(closure.day, lang)} {closure.hours}"
        label = closure.label.text(lang)
        lines.append(f"  {said} 停止（{label}）" if zh else f"  closed {said} ({label})")
    lines.append(f"  {_holidays(calendar, lang)}")
    return lines


def _week(week: Week, lang: Lang) -> list[str]:
    """Return the hours of the weekdays; days in a row with the same hours together."""
    said: list[str] = []
    place = 0
    for hours, group in groupby(week.days):
        last = place + len(list(group)) - 1
        if hours:
            first, end = SHORT[lang][place], SHORT[lang][last]
            days = first if place == last else f"{first}{'至' if lang == 'zh' else '–'}{end}"
            said.append(f"{days} {_hours(hours, lang)}")
        place = last + 1
    return said


def _hours(hours: Iterable[Hours], lang: Lang) -> str:
    return COMMA[lang].join(str(one) for one in hours)


def _special(special: SpecialDay, lang: Lang) -> str:
    hours = _hours(special.hours, lang)
    if not special.breaks:
        return hours
    breaks = _hours(special.breaks, lang)
    return f"{hours}，休息 {breaks}" if lang == "zh" else f"{hours}, break {breaks}"


def _holidays(calendar: WorkCalendar, lang: Lang) -> str:
    zh = lang == "zh"
    if calendar.never_rests:
        return "全年无休，不受节假日影响" if zh else "open on every day, also on holidays"
    until = calendar.known_until
    if until is None:
        return "未列入节假日" if zh else "no holidays are listed"
    days, known = len(calendar.holidays), show(until, lang)
    if not days:
        if zh:
            return f"截至{known}无节假日，之后的安排尚未掌握"
        return f"no holidays until {known}; later ones are not known"
    if zh:
        return f"列入节假日 {days} 天，安排掌握到{known}"
    listed = "1 holiday is" if days == 1 else f"{days} holidays are"
    return f"{listed} listed, known until {known}"


def describe_combined(calendar: CombinedCalendar, lang: Lang) -> list[str]:
    """Return how two calendars are combined, and both of them."""
    words = {
        "either": ("open in either of", "任一日历开放即计时"),
        "both": ("open in both of", "两个日历均开放才计时"),
        "without": ("open in the first and not in the second of", "前者开放而后者不开放时计时"),
    }[calendar.how]
    name = calendar.label.text(lang)
    head = f"组合日历“{name}”：{words[1]}" if lang == "zh" else f"Calendar “{name}”: {words[0]}"
    parts = [line for part in (calendar.left, calendar.right) for line in any_calendar(part, lang)]
    return [head, *(f"  {line}" for line in parts)]


def any_calendar(calendar: Calendar, lang: Lang) -> list[str]:
    """Return a calendar of either kind in words."""
    if isinstance(calendar, CombinedCalendar):
        return describe_combined(calendar, lang)
    return describe_calendar(cast("WorkCalendar", calendar), lang)


def describe_window(window: ReviewWindow, lang: Lang) -> list[str]:
    """Return the days of a review window."""
    (month, day), (last_month, last_day) = window.first, window.last
    if lang == "zh":
        mode = "一般在此期间，期外评审仅作提示" if window.mode == "usual" else "期外评审不予认可"
        span = f"每年{month}月{day}日至{last_month}月{last_day}日（含首尾两日）"
        return [f"评审期：{span}；{mode}{cite(window.source, lang)}"]
    mode = (
        "a review outside it is reported"
        if window.mode == "usual"
        else "a review outside it is refused"
    )
    span = f"{month:02}-{day:02} to {last_month:02}-{last_day:02} of each year, both days included"
    return [f"Review window: {span}; {mode}{cite(window.source, lang)}"]
