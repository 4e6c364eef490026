"""Why a deadline lies where it lies: every stretch of time, counted or not, to the microsecond."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Stretch
from kamcore.decision import show
from kamcore.errors import InputError
from kamcore.sla._agreements import Agreements
from kamcore.sla._events import Case, utc
from kamcore.sla._run import SOLVED, Leg, Pause, Run, run_clock
from kamcore.sla._states import ClockState, state_of
from kamcore.sla._told import told
from kamcore.values import Label, Lang
from kamcore.values._checks import as_instant

__all__ = ["Entry", "EntryKind", "Ledger", "find_ledger"]

NO_TIME = timedelta()
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
    `budget`, exactly: the limit, or what a change left of it. `target` is the number of the last
    target.
    """

    case: str = field()
    clock: Label = field()
    calendar: Label = field()
    started: datetime = field()
    due: datetime = field()
    ended: datetime | None = field()
    budget: timedelta = field()
    target: int = field()
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
        """Return the account as lines: from, to, what was counted, why."""
        Label("-", "-").text(lang)
        words = WORDS[lang]
        lines = [
            words["head"].format(
                case=self.case, clock=self.clock.text(lang), calendar=self.calendar.text(lang)
            )
        ]
        total, target, late = NO_TIME, 1, False
        stopped = self.ended
        for one in self.entries:
            if stopped and utc(one.begins) >= utc(stopped):
                said = words["stopped"].format(at=_at(stopped, lang), total=show(total, lang))
                lines.append(said)
                stopped = None
            if one.target != target:
                lines.append(words["changed"])
                total, target = NO_TIME, one.target
            if one.late and not late:
                lines.append(words["due"].format(due=_at(self.due, lang), total=show(total, lang)))
                late = True
            total += one.counted
            said = show(one.counted, lang) if one.counted else words["nothing"]
            lines.append(
                f"  {_at(one.begins, lang)} – {_at(one.ends, lang)}  {said}  {one.label.text(lang)}"
            )
        if not late:
            lines.append(words["due"].format(due=_at(self.due, lang), total=show(total, lang)))
        return "\n".join(lines)


WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "head": "{case}, {clock}, counted in {calendar}:",
        "changed": "  -- another limit from here --",
        "due": "  = {total}: deadline {due}",
        "nothing": "not counted",
        "stopped": "  -- stopped {at}, {total} counted; what follows was left --",
    },
    "zh": {
        "head": "{case}，{clock}，按“{calendar}”计时：",
        "changed": "  —— 此处起适用新的时限 ——",
        "due": "  = 共计 {total}：截止时间 {due}",
        "nothing": "不计时",
        "stopped": "  —— 于{at}结束计时，已计 {total}；以下为剩余时间 ——",
    },
}
DAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": tuple("一二三四五六日")}


def _at(at: datetime, lang: Lang) -> str:
    clock = "%H:%M:%S" if at.second or at.microsecond else "%H:%M"
    said = at.strftime(f"%Y-%m-%d {clock}")
    said += f".{at.microsecond:06}" if at.microsecond else ""
    said += at.strftime(" (UTC%z)") if at.fold else ""
    day = DAYS[lang][at.weekday()]
    return f"周{day} {said}" if lang == "zh" else f"{day} {said}"


def find_ledger(
    case: Case, policy: Agreements, *, clock: str, as_of: datetime | None = None
) -> Ledger:
    """Return the account of a clock: every stretch with its reason, summing up exactly.

    `as_of` leaves later events out. The cost grows with the span, which `find_deadline` does not.
    Raises `UnknownName` for a clock that no agreement knows and `InputError` for one that does not
    run for this case.
    """
    policy.check_clock(clock)
    if as_of is not None:
        as_instant(as_of, "as_of")
    known = told(case, policy, as_of)
    run = run_clock(clock, policy, known.events, known.targets)
    if run is None:
        raise InputError(
            f"clock {clock!r} does not run for case {case.id!r}; ask find_deadline why"
        )
    now = as_of or known.events[-1].at
    state, _ = state_of(run, now)
    return Ledger(
        case=case.id,
        clock=state.label,
        calendar=run.leg.clock.calendar.label,
        started=state.started,
        due=state.due,
        ended=state.stopped,
        budget=run.leg.budget,
        target=len(run.legs),
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
    calendar, place = leg.clock.calendar, leg.begins
    found: list[tuple[datetime, datetime, EntryKind, Label]] = []
    for pause in pauses:
        begins, ends = max(pause.begins, place), min(pause.ends or until, until)
        if begins < ends:
            found += [_raw(one) for one in calendar.stretches(place, begins)]
            found.append((begins, ends, "paused", pause.label))
            place = ends
    if place < until:
        found += [_raw(one) for one in calendar.stretches(place, until)]
    entries: list[Entry] = []
    for begins, ends, kind, label in found:
        edges = sorted({begins, ends, *(one for one in cuts if begins < one < ends)})
        entries += [
            Entry(leg.local(first), leg.local(last), kind, label, number, late=first >= due)
            for first, last in pairwise(edges)
        ]
    return entries


def _raw(one: Stretch) -> tuple[datetime, datetime, EntryKind, Label]:
    return utc(one.begins), utc(one.ends), one.kind, one.label
