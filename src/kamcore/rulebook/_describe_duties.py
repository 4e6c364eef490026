"""Who answers for work, who is told, and who decides what, in words."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from kamcore.calendars import Amount, Calendar, amount_label, around_the_clock
from kamcore.calendars._counting import how_counted
from kamcore.facts import TableRule
from kamcore.routing import (
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Escalation,
    EscalationStep,
    NoOwner,
)
from kamcore.routing._escalation_says import SKIP, WAIT
from kamcore.routing._route import SILENT, others
from kamcore.rulebook._describe_calendar import any_calendar
from kamcore.rulebook._lines import as_own, cite, matched, seats
from kamcore.values import Days, Label, Lang
from kamcore.values._words import days_label

__all__ = ["describe_authority", "describe_duties", "describe_escalation"]

NO_TIME = timedelta()
START = Label("the start", "起算")
COLON: dict[Lang, str] = {"en": ": ", "zh": "："}
ALWAYS: dict[Lang, str] = {"en": "always", "zh": "任何情况"}

# --- duties -----------------------------------------------------------------------------------

DATED: dict[Lang, str] = {
    "en": "a rule with days holds for the work of these days, the first and the last included",
    "zh": "注明有效期的规则只适用于该期间内的工作，首尾两日均含",
}
MISSING: dict[Lang, dict[str, str]] = {
    "en": {
        "default": "a rule that asks for a missing fact is passed over, and what no other rule "
        "covers falls to the default",
        "rule": "a rule that asks for a missing fact is passed over",
        "nobody": "a rule that asks for a missing fact is passed over; where no other rule holds, "
        "nobody is named until the fact is there",
    },
    "zh": {
        "default": "所需数据未提供的规则，不予适用；其他规则亦不涉及的，由默认岗位负责",
        "rule": "所需数据未提供的规则，不予适用",
        "nobody": "所需数据未提供的规则，不予适用；其他规则亦不成立的，待补齐后再定负责岗位",
    },
}


def describe_duties(policy: DutyRules, lang: Lang) -> list[str]:
    """Return who answers for which work, by which rule, and how one rule is chosen of several."""
    head = {"en": "Responsibility", "zh": "职责分工"}[lang]
    lines = [head + cite(policy.source, lang)]
    lines += [f"  {_rule(rule, lang)}" for rule in policy.table.rules]
    rest = {"en": "any other work", "zh": "其他工作"}[lang] + COLON[lang]
    if policy.otherwise is not None:
        lines.append(f"  {rest}{_gives(policy.otherwise, lang)}")
    elif not _covers_all(policy):
        nobody = {"en": "nobody is accountable", "zh": "未指定负责人"}[lang]
        lines.append(f"  {rest}{nobody}")
    return [*lines, *(f"  {as_own(one, lang)}" for one in _conventions(policy, lang))]


def _covers_all(policy: DutyRules) -> bool:
    """Say whether some rule holds always, so that there is no other work."""
    return any(rule.when is None and rule.in_force is None for rule in policy.table.rules)


def _conventions(policy: DutyRules, lang: Lang) -> Iterator[str]:
    table = policy.table
    if len(table.rules) > 1:
        yield matched(table, lang)
    if table.dated:
        yield DATED[lang]
    if len(table.fields):
        rest = "nobody" if policy.otherwise is None else "default"
        yield MISSING[lang]["rule" if _covers_all(policy) else rest]
    yield from (note.text(lang) for note in policy.notes)


def _rule(rule: TableRule[Duty | NoOwner], lang: Lang) -> str:
    """Return when a rule holds, who answers then, its name and its clause.

    A rule that bears the name of its clause is named by it alone.
    """
    when = ALWAYS[lang] if rule.when is None else rule.when.text(lang)
    if rule.in_force is not None:
        when += {"en": " ({})", "zh": "（{}）"}[lang].format(_in_force(rule.in_force, lang))
    label = rule.label.text(lang)
    named = rule.source is not None and label in rule.source.id.split(", ")
    name = {"en": f" (rule “{label}”)", "zh": f"（规则“{label}”）"}[lang]
    said = when + COLON[lang] + _gives(rule.gives, lang)
    return said + ("" if named else name) + cite(rule.source, lang)


def _gives(gives: Duty | NoOwner, lang: Lang) -> str:
    """Return who is accountable and who else has a part."""
    if isinstance(gives, NoOwner):
        note = (gives.note or SILENT).text(lang)
        return {"en": f"nobody is accountable: {note}", "zh": f"无人负责：{note}"}[lang]
    seat = gives.accountable.label.text(lang)
    first = {"en": f"{seat} is accountable", "zh": f"由{seat}负责"}[lang]
    return {"en": "; ", "zh": "；"}[lang].join((first, *(one.text(lang) for one in others(gives))))


def _in_force(days: Days, lang: Lang) -> str:
    said = days_label(days).text(lang)
    return {"en": f"in force {said}", "zh": f"{said}有效"}[lang]


# --- escalation -------------------------------------------------------------------------------

LEFT_OUT: dict[Lang, str] = {
    "en": "a step is left out while a fact that it asks for is missing",
    "zh": "条件所需数据未提供的步骤，暂不列入",
}


def describe_escalation(policy: Escalation, lang: Lang) -> list[str]:
    """Return who is told after which time, and what becomes of a step with nobody there."""
    calendar = policy.calendar
    name = calendar.label.text(lang)
    head = {
        "en": f"Escalation while nothing happens, by the calendar “{name}”",
        "zh": f"无人处理时的逐级上报（按“{name}”计时）",
    }[lang]
    lines = [head + cite(policy.source, lang)]
    lines += [f"  {_step(step, lang)}" for step in policy.steps]
    said = [
        {
            "en": "every time counts from the start of the work, not from the step before",
            "zh": "各步时间均自工作开始时起算，不自上一步起算",
        }[lang],
        (SKIP if policy.empty == "skip" else WAIT).sentence(lang),
    ]
    if len(policy.fields):
        said.append(LEFT_OUT[lang])
    amounts = [step.after for step in policy.steps if step.after != NO_TIME]
    said += _counting(calendar, amounts, lang)
    return [*lines, *(f"  {as_own(one, lang)}" for one in said), *_calendar(calendar, lang)]


def _step(step: EscalationStep, lang: Lang) -> str:
    """Return the time of a step, its name, whom it tells, and in which cases."""
    after, name = amount_label(step.after).text(lang), step.label.text(lang)
    told = seats(step.tell, lang)
    if step.after == NO_TIME:
        time = {"en": "at the start", "zh": "开始时"}[lang]
    else:
        time = {"en": f"after {after}", "zh": f"{after}后"}[lang]
    said = {"en": f"{time}: “{name}” tells {told}", "zh": f"{time}：“{name}”，通知{told}"}
    cases = ""
    if step.when is not None:
        when = step.when.text(lang)
        cases = {"en": f" (only where {when})", "zh": f"（仅限{when}的情形）"}[lang]
    return said[lang] + cases + cite(step.source, lang)


def _counting(calendar: Calendar, amounts: Iterable[Amount], lang: Lang) -> list[str]:
    """Return how amounts of time are counted, each manner once."""
    found = dict.fromkeys(how_counted(calendar, amount, START) for amount in amounts)
    return [one.text(lang) for one in found]


def _calendar(calendar: Calendar, lang: Lang) -> list[str]:
    if calendar == around_the_clock(calendar.zone):
        return []
    return [f"  {line}" for line in any_calendar(calendar, lang, set())]


# --- authority --------------------------------------------------------------------------------

HIGHER: dict[Lang, str] = {
    "en": "a higher seat may decide what a lower one may",
    "zh": "下级岗位可以决定的，上级岗位也可决定",
}
UNKNOWN: dict[Lang, str] = {
    "en": "where a missing fact could let another seat decide, the question stays open",
    "zh": "未提供所需数据，且补齐后可能由其他岗位决定的，暂不判定",
}


def describe_authority(policy: Authority, lang: Lang) -> list[str]:
    """Return up to which cases each seat decides, and where the others go, within which time."""
    head = {"en": "Authority to decide, the lowest first", "zh": "决定权限（由低到高）"}[lang]
    lines = [head + cite(policy.source, lang)]
    lines += [f"  {_level(level, lang)}" for level in policy.levels]
    if policy.levels[-1].when is not None:
        lines.append(
            {"en": "  anything else: nobody may decide", "zh": "  其他事项：无人可以决定"}[lang]
        )
    if len(policy.levels) > 1:
        lines.append(f"  {_passed_on(policy, lang)}")
    if policy.note is not None:
        lines.append(f"  {policy.note.text(lang)}")
    said = [HIGHER[lang]] if len(policy.levels) > 1 else []
    if len(policy.fields):
        said.append(UNKNOWN[lang])
    calendar: list[str] = []
    if policy.within is not None and policy.calendar is not None:
        said += _counting(policy.calendar, (policy.within,), lang)
        calendar = _calendar(policy.calendar, lang)
    return [*lines, *(f"  {as_own(one, lang)}" for one in said), *calendar]


def _level(level: AuthorityLevel, lang: Lang) -> str:
    seat = level.seat.label.text(lang)
    if level.when is None:
        said = {"en": f"{seat} decides everything", "zh": f"{seat}：可决定全部事项"}[lang]
    else:
        when = level.when.text(lang)
        said = {"en": f"{seat} decides where {when}", "zh": f"{seat}：{when}的，可自行决定"}[lang]
    return said + cite(level.source, lang)


def _passed_on(policy: Authority, lang: Lang) -> str:
    """Return to whom a case goes that a seat may not decide, and how soon."""
    if policy.within is None or policy.calendar is None:
        return {
            "en": "what a seat may not decide, the next higher one that may has to decide; "
            "no time is set for asking it",
            "zh": "超出权限的，报有权决定的上一级岗位决定，未规定时限",
        }[lang]
    within, name = amount_label(policy.within).text(lang), policy.calendar.label.text(lang)
    return {
        "en": "what a seat may not decide, the next higher one that may has to decide; it is asked "
        f"within {within} (“{name}”)",
        "zh": f"超出权限的，应在 {within}内（按“{name}”）报有权决定的上一级岗位决定",
    }[lang]
