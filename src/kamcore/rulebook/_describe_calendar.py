"""Calendars and review windows in words."""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from kamcore.calendars import (
    WEEKDAYS,
    Calendar,
    CombinedCalendar,
    Hours,
    ReviewWindow,
    SpecialDay,
    Week,
    WorkCalendar,
)
from kamcore.calendars._week import DAY_US
from kamcore.decision import show
from kamcore.rulebook._lines import cite
from kamcore.values import Lang

__all__ = [
    "LONG",
    "any_calendar",
    "describe_calendar",
    "describe_combined",
    "describe_window",
]

SHORT: dict[Lang, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": tuple(f"周{character}" for character in "一二三四五六日"),
}
LONG: dict[Lang, tuple[str, ...]] = {
    "en": tuple(day.title() for day in WEEKDAYS),
    "zh": SHORT["zh"],
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
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
        word = "休息时段：" if zh else "break "
        lines += [f"  {word}{said}" for said in _week(calendar.breaks, lang)]
    for special in calendar.special_days:
        lines.append(
            f"  {show(special.day, lang)}（{special.label.zh}）{_special(special, lang)}"
            if zh
            else f"  {special.day} ({special.label.en}) {_special(special, lang)}"
        )
    for closure in calendar.closures:
        said = f"{show(closure.day, lang)} {_hours((closure.hours,), lang)}"
        label = closure.label.text(lang)
        lines.append(f"  {said} 暂停服务（{label}）" if zh else f"  closed {said} ({label})")
    lines.append(f"  {_holidays(calendar, lang)}")
    return lines


def _week(week: Week, lang: Lang) -> list[str]:
    """Return the hours of the weekdays; days with the same hours together."""
    runs: dict[tuple[Hours, ...], list[str]] = {}
    place = 0
    for hours, group in groupby(week.days):
        last = place + len(list(group)) - 1
        if hours:
            first, end = SHORT[lang][place], SHORT[lang][last]
            days = first if place == last else f"{first}{'至' if lang == 'zh' else '–'}{end}"
            runs.setdefault(hours, []).append(days)
        place = last + 1
    return [f"{COMMA[lang].join(days)} {_hours(hours, lang)}" for hours, days in runs.items()]


def _hours(hours: Iterable[Hours], lang: Lang) -> str:
    return COMMA[lang].join(_stretch(one, lang) for one in hours)


def _stretch(hours: Hours, lang: Lang) -> str:
    """Return a stretch, and whether it ends on the next day; 24:00 ends its own."""
    if hours.span[1] <= DAY_US:
        return str(hours)
    opens, closes = str(hours).split("–")
    return f"{opens}–次日{closes}" if lang == "zh" else f"{hours} (next day)"


def _special(special: SpecialDay, lang: Lang) -> str:
    hours = _hours(special.hours, lang)
    if not special.breaks:
        return hours
    breaks = _hours(special.breaks, lang)
    return f"{hours}，休息时段 {breaks}" if lang == "zh" else f"{hours}, break {breaks}"


def _holidays(calendar: WorkCalendar, lang: Lang) -> str:
    zh = lang == "zh"
    if calendar.never_rests:
        return "全年无休，不受节假日影响" if zh else "open on every day, also on holidays"
    until = calendar.known_until
    if until is None:
        return "未录入节假日" if zh else "no holidays are listed"
    days, known = len(calendar.holidays), show(until, lang)
    if not days:
        if zh:
            return f"已录入至{known}，其间无节假日"
        return f"no holidays until {known}; later ones are not known"
    if zh:
        return f"已录入节假日 {days} 天，录入至{known}"
    listed = "1 holiday is" if days == 1 else f"{days} holidays are"
    return f"{listed} listed, known until {known}"


def describe_combined(
    calendar: CombinedCalendar, lang: Lang, told: set[Calendar] | None = None
) -> list[str]:
    """Return how two calendars are combined, and both of them; what is in `told` by name only."""
    words = {
        "either": ("open when either of these is open:", "以下任一日历开放即计时："),
        "both": ("open when both of these are open:", "以下两个日历均开放才计时："),
        "without": (
            "open when the first is open and the second is not:",
            "以下前者开放而后者不开放时计时：",
        ),
    }[calendar.how]
    known: set[Calendar] = set() if told is None else told
    name = calendar.label.text(lang)
    lines = [f"组合日历“{name}”，{words[1]}" if lang == "zh" else f"Calendar “{name}”, {words[0]}"]
    for part in (calendar.left, calendar.right):
        name = part.label.text(lang)
        if part in known:
            lines.append(f"  “{name}”（见上）" if lang == "zh" else f"  “{name}” (see above)")
        else:
            lines += [f"  {line}" for line in any_calendar(part, lang, known)]
    return lines


def any_calendar(calendar: Calendar, lang: Lang, told: set[Calendar]) -> list[str]:
    """Return a calendar of either kind in words, and note in `told` what has been described."""
    told.add(calendar)
    if isinstance(calendar, CombinedCalendar):
        return describe_combined(calendar, lang, told)
    return describe_calendar(cast("WorkCalendar", calendar), lang)


def describe_window(window: ReviewWindow, lang: Lang) -> list[str]:
    """Return the days of a review window."""
    (month, day), (last_month, last_day) = window.first, window.last
    over = window.last < window.first
    if lang == "zh":
        mode = (
            "一般在此期间进行；期外评审仅作提示" if window.mode == "usual" else "期外评审予以驳回"
        )
        last = f"{'次年' if over else ''}{last_month}月{last_day}日"
        span = f"每年{month}月{day}日至{last}（含首尾两日）"
        return [f"评审期：{span}；{mode}{cite(window.source, lang)}"]
    mode = (
        "usually in this window; a review outside it is only noted"
        if window.mode == "usual"
        else "a review outside it is refused"
    )
    last = f"{last_day} {MONTHS[last_month - 1]}{' of the next year' if over else ''}"
    span = f"each year from {day} {MONTHS[month - 1]} to {last}, both days included"
    return [f"Review window: {span}; {mode}{cite(window.source, lang)}"]
