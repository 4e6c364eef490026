"""Steps from one date to another: 30 days, the end of the month, the next 5th or 20th.

A due date is its anchor and steps, applied in order to the running date:

>>> from datetime import date
>>> day = date(2019, 1, 15)
>>> for step in (DateStep.end_of_month(), DateStep.days(45)):
...     day = step.after(day)
>>> day
datetime.date(2019, 3, 17)
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, cast

from attrs import field, frozen

from kamcore.calendars import WEEKDAYS, Calendar, Weekday, add_days, add_months, end_of_month
from kamcore.errors import PolicyError
from kamcore.values import Label
from kamcore.values._checks import as_date, instance_of, named_convention, one_of
from kamcore.values._exact import whole
from kamcore.values._words import counted

__all__ = ["DateStep", "StepKind", "Walk", "check_steps", "steps_label", "walk"]

StepKind = Literal[
    "days",
    "months",
    "end_of_month",
    "day_of_month",
    "day_of_next_month",
    "payment_day",
    "weekday",
    "working_day",
]
Walk = Callable[[date], date]
LONGEST = 31
NUMBERS: dict[StepKind, tuple[int, int] | None] = {
    "days": (1, 36_500),
    "months": (1, 1_200),
    "end_of_month": None,
    "day_of_month": (1, LONGEST),
    "day_of_next_month": (1, LONGEST),
    "payment_day": (1, LONGEST),
    "weekday": (0, 6),
    "working_day": None,
}
"""The first and the last number that a step may have; None where it has no number."""


def _whole(numbers: object) -> tuple[int, ...]:
    if not isinstance(numbers, tuple):
        raise PolicyError(f"numbers {numbers!r} of a date step; pass a tuple, such as (30,)")
    return tuple(whole(number, "date step") for number in cast("tuple[object, ...]", numbers))


@frozen(order=False)
class DateStep:
    """One step of a due date; build it by name, such as `DateStep.days(30)`.

    A day beyond a month's length is the last day of that month. `payment_day`, `weekday` and
    `working_day` stay on a day that fits and else move on to the next one that does.
    """

    kind: StepKind = field(validator=one_of(*NUMBERS))
    numbers: tuple[int, ...] = field(default=(), converter=_whole)
    calendar: Calendar | None = field(default=None, validator=instance_of(Calendar, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that the kind does not have, and a calendar where none is asked."""
        bounds = NUMBERS[self.kind]
        many = self.kind == "payment_day"
        if (bounds is None) is not (not self.numbers) or (len(self.numbers) > 1 and not many):
            wanted = "no number" if bounds is None else "one number or more" if many else "a number"
            raise PolicyError(f"{self.kind} with the numbers {self.numbers}; pass {wanted}")
        if bounds is not None and not all(bounds[0] <= one <= bounds[1] for one in self.numbers):
            raise PolicyError(
                f"{self.kind} {', '.join(map(str, self.numbers))}; "
                f"pass {bounds[0]} to {bounds[1]:,}, and leave out a step of nothing"
            )
        if any(later <= earlier for earlier, later in pairwise(self.numbers)):
            raise PolicyError(
                f"{self.kind} {', '.join(map(str, self.numbers))}; pass each day once, rising"
            )
        if (self.kind == "working_day") is not (self.calendar is not None):
            mend = "pass its calendar" if self.kind == "working_day" else "leave the calendar out"
            raise PolicyError(f"{self.kind} with calendar {self.calendar!r}; {mend}")

    @classmethod
    def days(cls, number: int) -> "DateStep":
        """Return the step of `number` calendar days."""
        return cls("days", (number,))

    @classmethod
    def months(cls, number: int) -> "DateStep":
        """Return the step of `number` months, the day clipped to the month's end."""
        return cls("months", (number,))

    @classmethod
    def end_of_month(cls) -> "DateStep":
        """Return the step to the last day of the running month."""
        return cls("end_of_month")

    @classmethod
    def day_of_month(cls, day: int) -> "DateStep":
        """Return the step to a day of the running month, forwards or backwards."""
        return cls("day_of_month", (day,))

    @classmethod
    def day_of_next_month(cls, day: int) -> "DateStep":
        """Return the step to a day of the following month."""
        return cls("day_of_next_month", (day,))

    @classmethod
    def payment_day(cls, *days: int) -> "DateStep":
        """Return the step to the first of these days of a month, on or after the running date."""
        return cls("payment_day", tuple(sorted(_whole(days))))

    @classmethod
    def weekday(cls, name: Weekday) -> "DateStep":
        """Return the step to a weekday, such as "monday", on or after the running date."""
        named_convention("weekday", name, WEEKDAYS)
        return cls("weekday", (WEEKDAYS.index(name),))

    @classmethod
    def working_day(cls, calendar: Calendar) -> "DateStep":
        """Return the step to a working day of `calendar`, on or after the running date."""
        return cls("working_day", (), calendar)

    @cached_property
    def compiled(self) -> Walk:
        """The step as a function of the running date; no API."""
        return _move(self)

    def after(self, day: date) -> date:
        """Return the date that one step leads to; raises `InputError` beyond the calendar."""
        return self.compiled(as_date(day, "day"))

    @property
    def label(self) -> Label:
        """The step in words."""
        number = self.numbers[0] if self.numbers else 0
        match self.kind:
            case "days":
                return counted(number, "day", "天")
            case "months":
                return counted(number, "month", "个月")
            case "end_of_month":
                return Label("the end of the month", "当月月底")
            case "day_of_month":
                return Label(f"the {_nth(number)} of the month", f"当月 {number} 日")
            case "day_of_next_month":
                return Label(f"the {_nth(number)} of the next month", f"次月 {number} 日")
            case "payment_day":
                en = " or ".join(_nth(one) for one in self.numbers)
                zh = "、".join(f"{one} 日" for one in self.numbers)
                return Label(f"the next {en}", f"最近的付款日（每月 {zh}）")
            case "weekday":
                name = WEEKDAYS[number].title()
                return Label(f"the next {name}", f"最近的星期{'一二三四五六日'[number]}")
            case _:  # "working_day"
                of = cast("Calendar", self.calendar).label
                return Label(f"the next working day of “{of.en}”", f"最近的工作日（“{of.zh}”）")


def _nth(number: int) -> str:
    """Return an ordinal number, such as "31st"."""
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _move(step: DateStep) -> Walk:
    """Return the function of a step; each raises `InputError` where the calendar ends."""
    number = step.numbers[0] if step.numbers else 0
    match step.kind:
        case "days":
            return _days(number)
        case "months":
            return lambda day: add_months(day, number)
        case "end_of_month":
            return end_of_month
        case "day_of_month":
            return lambda day: _on(day, number)
        case "day_of_next_month":
            return lambda day: _on(_next_month(day), number)
        case "payment_day":
            return lambda day: _payment_day(day, step.numbers)
        case "weekday":
            return lambda day: add_days(day, (number - day.weekday()) % 7)
        case _:  # "working_day"
            return cast("Calendar", step.calendar).roll


def _days(number: int) -> Walk:
    length = timedelta(days=number)

    def move(day: date) -> date:
        try:
            return day + length
        except OverflowError:
            return add_days(day, number)  # which says what is wrong

    return move


def _next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _on(day: date, number: int) -> date:
    """Return a day of the month of `day`, the last one where the month is shorter."""
    last = end_of_month(day)
    return last if number >= last.day else last.replace(day=number)


def _payment_day(day: date, numbers: tuple[int, ...]) -> date:
    for number in numbers:
        found = _on(day, number)
        if found >= day:
            return found
    return _on(_next_month(day), numbers[0])


def walk(steps: tuple[DateStep, ...]) -> Walk:
    """Return the steps as one function of the anchor."""
    moves = tuple(step.compiled for step in steps)
    if len(moves) == 1:
        return moves[0]
    if len(moves) == 2:  # noqa: PLR2004 - the common case, without a loop
        first, second = moves
        return lambda day: second(first(day))

    def go(day: date) -> date:
        for move in moves:
            day = move(day)
        return day

    return go


def check_steps(steps: tuple[DateStep, ...], what: str) -> None:
    """Refuse steps that say one thing in two ways, have two readings, or may lead backwards."""
    for earlier, later in pairwise(steps):
        if later.kind == earlier.kind and later.kind in {"days", "months"}:
            total = earlier.numbers[0] + later.numbers[0]
            raise PolicyError(
                f"{what}: {later.label.en} after {earlier.label.en}; write {later.kind}({total})"
            )
        if later.kind == "months" and earlier.kind == "end_of_month":
            number = later.numbers[0]
            raise PolicyError(
                f"{what}: {later.label.en} after the end of a month may keep the day or the "
                f"month's end; write months({number}), end_of_month() for the month's end"
            )
    back = _may_lead_back(steps)
    if back is not None:
        raise PolicyError(
            f"{what}: {back.label.en} may lie before the day it counts from; write "
            f"payment_day({back.numbers[0]}) for the next one, or day_of_next_month"
        )


def _may_lead_back(steps: Iterable[DateStep]) -> DateStep | None:
    """Return the first step that may lead to a day before the anchor.

    Only `day_of_month` leads back. It is safe in a later month than the anchor's, and on day d at
    least 31 - d days after the anchor: what is then still in the anchor's month began before d.
    """
    ahead, later, counting, at_end = 0, False, True, False
    for step in steps:
        if step.kind == "day_of_month":
            if not later and step.numbers[0] + ahead < LONGEST:
                return step
            counting = False
        if step.kind == "days" and counting:
            ahead += step.numbers[0]
        later = later or step.kind in {"months", "day_of_next_month"}
        later = later or (step.kind == "days" and at_end)
        at_end = step.kind == "end_of_month"
    return None


FIRST: dict[StepKind, tuple[str, str]] = {
    "days": ("{step} after {anchor}", "{anchor}后 {step}"),
    "months": ("{step} after {anchor}", "{anchor}后 {step}"),
    "end_of_month": ("at {step} of {anchor}", "{anchor}{step}"),
    "day_of_month": ("on {step} of {anchor}", "{anchor}{step}"),
    "day_of_next_month": ("on {step} after {anchor}", "{anchor}{step}"),
    "payment_day": ("on {step} from {anchor} on", "自{anchor}起{step}"),
    "weekday": ("on {step} from {anchor} on", "自{anchor}起{step}"),
    "working_day": ("on {step} from {anchor} on", "自{anchor}起{step}"),
}
"""How a step follows the anchor in both languages."""
NEXT_ZH: dict[StepKind, tuple[str, str]] = {
    "days": ("{before}后 {step}", "{before}，再加 {step}"),
    "months": ("{before}后 {step}", "{before}，再加 {step}"),
    "end_of_month": ("{before}所在月的月底", "{before}，再到{step}"),
    "day_of_month": ("{before}所在月的 {number} 日", "{before}，再到{step}"),
    "day_of_next_month": ("{before}所在月的次月 {number} 日", "{before}，再到{step}"),
    "payment_day": ("{before}，再顺延至{step}", "{before}，再顺延至{step}"),
    "weekday": ("{before}，再顺延至{step}", "{before}，再顺延至{step}"),
    "working_day": ("{before}，再顺延至{step}", "{before}，再顺延至{step}"),
}
"""How a step follows another in Chinese, and how it follows one that moved on to the next day."""
MOVED: frozenset[StepKind] = frozenset(("payment_day", "weekday", "working_day"))


def steps_label(steps: tuple[DateStep, ...], anchor: Label) -> Label:
    """Return steps in words, counted from what `anchor` names.

    >>> day = Label("the invoice date", "开票日")
    >>> steps_label((DateStep.end_of_month(), DateStep.days(45)), day).en
    'at the end of the month of the invoice date, then 45 days'
    """
    if not steps:
        return Label(f"on {anchor.en}", f"{anchor.zh}当天")
    first, *others = steps
    en, zh = FIRST[first.kind]
    words = [en.format(step=first.label.en, anchor=anchor.en)]
    words += [f"then {step.label.en}" for step in others]
    chinese, moved = zh.format(step=first.label.zh, anchor=anchor.zh), first.kind in MOVED
    for step in others:
        number = step.numbers[0] if step.numbers else ""
        said = NEXT_ZH[step.kind][moved]
        chinese = said.format(before=chinese, step=step.label.zh, number=number)
        moved = moved or step.kind in MOVED
    return Label(", ".join(words), chinese)
