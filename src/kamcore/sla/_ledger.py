"""Why a deadline lies where it lies: every stretch of time, counted or not, to the microsecond."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Amount, Stretch, WorkingDays
from kamcore.decision import show
from kamcore.errors import InputError
from kamcore.sla._agreements import Agreements
from kamcore.sla._answers import find_deadline
from kamcore.sla._events import Case, utc
from kamcore.sla._run import SOLVED, Leg, Pause, Run, run_clock
from kamcore.sla._states import ClockState, state_of
from kamcore.sla._told import told
from kamcore.values import Label, Lang
from kamcore.values._checks import as_instant

__all__ = ["WIDE_FROM", "Entry", "EntryKind", "Ledger", "day_name", "find_ledger", "limit_text"]

NO_TIME, HOUR = timedelta(), timedelta(hours=1)
WIDE_FROM = 0x2E80
COUNTED = Label("counted", "计时")
EntryKind = Literal[
    "open", "special_day", "outside_hours", "rest_day", "holiday", "break", "closure", "paused"
]


@frozen(order=False)
class Entry:
    """One stretch, in the zone of the clock's calendar.

    `kind` says why it counts ("open", "special_day") or does not; `label` names the reason: the
    holiday, the break, who paused it. `target` numbers the limit that it is counted towards, from
    1; `late` is time after the deadline.
    """

    begins: datetime = field()
    ends: datetime = field()
    kind: EntryKind = field()
    label: Label = field()
    target: int = field()
    late: bool = field()

    @property
    def length(self) -> timedelta:
        """Its real length."""
        return Stretch(self.begins, self.ends, "open", self.label).length

    @property
    def counted(self) -> timedelta:
        """The time that counts: its length, or nothing."""
        return self.length if self.kind in {"open", "special_day"} else NO_TIME


@frozen(order=False, kw_only=True)
class Ledger:
    """The account of one clock from its start to its deadline, or to its stop if that is later.

    The entries tile that time. What they count before the deadline towards the last target is
    `budget`, exactly: the limit, or what a change left of it. `limit` is what was promised: the
    working days of which `budget` is the open time, else the same as `budget`. `target` is the
    number of the last target. `never_closes` says whether its calendar is open around the clock, so
    that its hours are elapsed hours.
    """

    case: str = field()
    clock: Label = field()
    calendar: Label = field()
    started: datetime = field()
    due: datetime = field()
    ended: datetime | None = field()
    limit: Amount = field()
    budget: timedelta = field()
    target: int = field()
    never_closes: bool = field()
    entries: tuple[Entry, ...] = field()

    @property
    def counted(self) -> timedelta:
        """The time counted towards the last target before the deadline; equals `budget`."""
        return sum(
            (one.counted for one in self.entries if one.target == self.target and not one.late),
            NO_TIME,
        )

    def rows(self) -> list[dict[str, object]]:
        """Return one mapping an entry, for a dataframe or a table."""
        return [
            {
                "begins": one.begins,
                "ends": one.ends,
                "kind": one.kind,
                "reason": one.label.en,
                "原因": one.label.zh,
                "length": one.length,
                "counted": one.counted,
                "target": one.target,
                "late": one.late,
            }
            for one in self.entries
        ]

    def text(self, lang: Lang = "en") -> str:
        """Return the account as lines: from, to, what was counted, why.

        The columns are aligned where a Chinese character is two columns wide. The end of a stretch
        is written without its day where it has begun on the same one.
        """
        Label("-", "-").text(lang)
        head = WORDS[lang]["head"].format(
            case=self.case, clock=self.clock.text(lang), calendar=self.calendar.text(lang)
        )
        return "\n".join((head, *_aligned(tuple(_lines(self, lang)))))


WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "head": "{case}, {clock}, counted in {calendar}:",
        "days": "{days} ({time})",
        "changed": "-- new limit from here --",
        "due": "= {limit}: deadline {due}",
        "late": "-- after the deadline --",
        "nothing": "not counted",
        "stopped": "-- stopped {at}, {total} counted; time that was still left: --",
        "stopped_at": "stopped {at}, at the deadline",
        "late_hours": "stopped {at}, {time} of working time late",
        "late_working": "stopped {at}, {time} of working time late",
        "late_elapsed": "stopped {at}, {time} late",
        "late_uncounted": "stopped {at}, {time} late, none of it counted",
    },
    "zh": {
        "head": "{case}，{clock}，按“{calendar}”计时：",
        "days": "{days}（折合 {time}）",
        "changed": "—— 此处起适用新的时限 ——",
        "due": "= {limit}：截止时间 {due}",
        "late": "—— 以下为逾期时间 ——",
        "nothing": "不计时",
        "stopped": "—— 于{at}结束计时，已计 {total}；以下为剩余时间 ——",
        "stopped_at": "于{at}结束计时，正值截止时间",
        "late_hours": "于{at}结束计时，逾期 {hours} 个工作小时",
        "late_working": "于{at}结束计时，逾期 {time}（工作时间）",
        "late_elapsed": "于{at}结束计时，逾期 {time}",
        "late_uncounted": "于{at}结束计时，逾期 {time}，均不计时",
    },
}
DAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": tuple("一二三四五六日")}


def _lines(ledger: Ledger, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Go through the lines of an account: rows of three cells, and between them notes of one."""
    words, total, target, late = WORDS[lang], NO_TIME, 1, False
    due = words["due"].format(limit=limit_text(ledger, lang), due=_at(ledger.due, lang))
    ended = ledger.ended
    for one in ledger.entries:
        if ended and utc(one.begins) >= utc(ended):
            yield (words["stopped"].format(at=_at(ended, lang), total=show(total, lang)),)
            ended = None
        if one.target != target:
            yield (words["changed"],)
            total, target = NO_TIME, one.target
        if one.late and not late:
            yield from ((due,), (words["late"],))
            late = True
        total += one.counted
        counted = show(one.counted, lang) if one.counted else words["nothing"]
        yield _span(one, lang), counted, one.label.text(lang)
    if target != ledger.target:
        yield (words["changed"],)
    if not late:
        yield (due,)
    if ended:
        yield (_stop(ledger, ended, lang),)


def _stop(ledger: Ledger, ended: datetime, lang: Lang) -> str:
    """Return the sentence on a stop that is not before the deadline."""
    words, at = WORDS[lang], _at(ended, lang)
    elapsed = utc(ended) - utc(ledger.due)
    if not elapsed:
        return words["stopped_at"].format(at=at)
    counted = sum((one.counted for one in ledger.entries if one.late), NO_TIME)
    if not counted:
        return words["late_uncounted"].format(at=at, time=show(elapsed, lang))
    hours, rest = divmod(counted, HOUR)
    how = "elapsed" if ledger.never_closes else "working" if rest else "hours"
    return words[f"late_{how}"].format(at=at, time=show(counted, lang), hours=f"{hours:,}")


def _aligned(lines: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Indent the lines, and make the cells of a column as wide as the widest of them."""
    cells = [one[:-1] for one in lines if len(one) > 1]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for *first, last in lines:
        padded = [
            one + " " * (wide - _width(one)) for one, wide in zip(first, widths, strict=False)
        ]
        yield "  " + "  ".join((*padded, last))


def _width(said: str) -> int:
    return sum(2 if ord(one) >= WIDE_FROM else 1 for one in said)


def limit_text(ledger: Ledger, lang: Lang) -> str:
    """Return what was promised in words, working days with the open time that they are."""
    time = show(ledger.budget, lang)
    if not isinstance(ledger.limit, WorkingDays):
        return time
    return WORDS[lang]["days"].format(days=ledger.limit.label.text(lang), time=time)


def day_name(day: date, lang: Lang) -> str:
    """Return a date with its weekday."""
    name, said = DAYS[lang][day.weekday()], show(date(day.year, day.month, day.day), lang)
    return f"{said}（周{name}）" if lang == "zh" else f"{name} {said}"


def _span(one: Entry, lang: Lang) -> str:
    same = one.begins.date() == one.ends.date()
    said = f"{_at(one.begins, lang)} – {_time(one.ends) if same else _at(one.ends, lang)}"
    if one.begins.utcoffset() == one.ends.utcoffset():
        return said
    return said + (" (clocks change)" if lang == "en" else "（其间调整时钟）")


def _at(at: datetime, lang: Lang) -> str:
    space = "" if lang == "zh" else " "
    return f"{day_name(at, lang)}{space}{_time(at)}"


def _time(at: datetime) -> str:
    said = at.strftime("%H:%M:%S" if at.second or at.microsecond else "%H:%M")
    said += f".{at.microsecond:06}" if at.microsecond else ""
    return said + (at.strftime(" (UTC%z)") if at.fold else "")


def find_ledger(
    case: Case, policy: Agreements, *, clock: str, as_of: datetime | None = None
) -> Ledger:
    """Return the account of a clock: every stretch with its reason, summing up exactly.

    `as_of` leaves later events out. The cost grows with the span, which `find_deadline` does not.
    Raises `UnknownName` for a clock that no agreement knows and `InputError`, with the reason that
    `find_deadline` gives, for one that does not run for this case.
    """
    policy.check_clock(clock)
    if as_of is not None:
        as_instant(as_of, "as_of")
    known = told(case, policy, as_of)
    run = run_clock(clock, policy, known.events, known.targets)
    if run is None:
        why = find_deadline(case, policy, clock=clock, as_of=as_of).reasons[0].text("en")
        raise InputError(f"clock {clock!r} does not run for case {case.id!r}; {why}")
    now = as_of or known.events[-1].at
    state, _ = state_of(run, now)
    leg, limit = run.leg, run.leg.clock.limit
    whole_days = isinstance(limit, WorkingDays) and leg.share == 1
    return Ledger(
        case=case.id,
        clock=state.label,
        calendar=leg.clock.calendar.label,
        started=state.started,
        due=state.due,
        ended=state.stopped,
        limit=limit if whole_days else leg.budget,
        budget=leg.budget,
        target=len(run.legs),
        never_closes=leg.clock.calendar.never_closes,
        entries=tuple(_account(run, state, now)),
    )


def _account(run: Run, state: ClockState, now: datetime) -> Iterator[Entry]:
    """Go through the entries of all targets; between a solution and a restart nothing counts."""
    due = utc(state.due)
    cuts = (due, utc(state.stopped)) if state.stopped else (due,)
    end = max(cuts)
    for number, leg in enumerate(run.legs, start=1):
        until = leg.ended or end
        yield from _entries(leg, until, run.pauses(now, leg), number, cuts)
        begins = run.legs[number].begins if number < len(run.legs) else until
        if until < begins:
            gap = leg.local(until), leg.local(begins)
            yield Entry(*gap, "paused", SOLVED, number, late=False)


def _entries(
    leg: Leg, until: datetime, pauses: tuple[Pause, ...], number: int, cuts: tuple[datetime, ...]
) -> list[Entry]:
    """Return the entries of one target: the calendar's stretches, cut at pauses and at `cuts`.

    The first of `cuts` is the deadline, the other one the stop.
    """
    due = cuts[0]
    place = leg.begins
    found: list[tuple[datetime, datetime, EntryKind, Label]] = []
    for pause in pauses:
        begins, ends = max(pause.begins, place), min(pause.ends or until, until)
        if begins < ends:
            found += _stretches(leg, place, begins)
            found.append((begins, ends, "paused", pause.label))
            place = ends
    if place < until:
        found += _stretches(leg, place, until)
    entries: list[Entry] = []
    for begins, ends, kind, label in found:
        edges = sorted({begins, ends, *(one for one in cuts if begins < one < ends)})
        entries += [
            Entry(leg.local(first), leg.local(last), kind, label, number, late=first >= due)
            for first, last in pairwise(edges)
        ]
    return entries


def _stretches(
    leg: Leg, begins: datetime, ends: datetime
) -> Iterable[tuple[datetime, datetime, EntryKind, Label]]:
    """Go through the calendar's stretches; where it never closes no working time is spoken of."""
    calendar = leg.clock.calendar
    for one in calendar.stretches(begins, ends):
        label = COUNTED if calendar.never_closes else one.label
        yield utc(one.begins), utc(one.ends), one.kind, label
