"""How many promises were kept: attainment over many cases, with the distribution of the time."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from attrs import field, frozen

from kamcore.calendars import Quarter
from kamcore.calendars._zones import known_zone
from kamcore.decision import show
from kamcore.errors import InputError
from kamcore.sla._events import utc
from kamcore.sla._states import CaseState, ClockState
from kamcore.values import Label, Lang, Ratio
from kamcore.values._checks import named_convention

__all__ = ["Attainment", "AttainmentRow", "measure_attainment"]

PERIODS = ("month", "quarter", "year")
PERCENT = 100
Key = tuple[str, tuple[str, ...], str]


@frozen(order=False, kw_only=True)
class AttainmentRow:
    """One clock in one group and period.

    `met` and `late` are decided promises (one still running is late once it is overdue), `open`
    runs or is paused within its time, `gone` ended before it was due. `median`, `p90` and `longest`
    are of the time counted for the decided ones, by nearest rank; None where nothing is decided.
    `labels` are the words of the clock and of the group.
    """

    clock: str = field()
    group: tuple[str, ...] = field()
    period: str = field()
    labels: tuple[Label, ...] = field()
    met: int = field()
    late: int = field()
    open: int = field()
    gone: int = field()
    median: timedelta | None = field()
    p90: timedelta | None = field()
    longest: timedelta | None = field()

    @property
    def decided(self) -> int:
        """How many promises are decided."""
        return self.met + self.late

    @property
    def rate(self) -> Ratio | None:
        """Kept promises among the decided ones, exact; None where nothing is decided."""
        return Ratio(self.met, self.decided) if self.decided else None


@frozen(order=False)
class Attainment:
    """Rows by clock, group and period; `by` names the fields of the groups."""

    by: tuple[str, ...] = field()
    items: tuple[AttainmentRow, ...] = field()

    def rows(self) -> list[dict[str, object]]:
        """Return one mapping a row, for a dataframe or a table; `rate` is an exact Ratio."""
        return [
            {
                "clock": one.clock,
                **dict(zip(self.by, one.group, strict=True)),
                **({"period": one.period} if one.period else {}),
                "met": one.met,
                "late": one.late,
                "open": one.open,
                "gone": one.gone,
                "rate": one.rate,
                "median": one.median,
                "p90": one.p90,
                "longest": one.longest,
            }
            for one in self.items
        ]

    def text(self, lang: Lang = "en") -> str:
        """Return one line a row."""
        return "\n".join(_line(one, lang) for one in self.items)


def measure_attainment(
    states: Iterable[CaseState],
    *,
    by: Sequence[str] = (),
    period: Literal["month", "quarter", "year"] | None = None,
    zone: str | None = None,
) -> Attainment:
    """Return attainment by clock, by the fields `by`, and by the period in which a clock started.

    The fields are taken from the facts that a case had last; every round of a clock that repeats
    counts. `zone` is needed with `period`, as an instant has a month only in a zone.
    """
    if period is not None:
        named_convention("period", period, PERIODS)
        if zone is None:
            raise InputError('attainment by period needs a zone; pass zone="Asia/Shanghai"')
    place = ZoneInfo(known_zone(zone)) if zone else None
    found: dict[Key, list[tuple[str, timedelta]]] = {}
    words: dict[Key, tuple[Label, ...]] = {}
    for state in states:
        group = tuple(_fact(state, name) for name in by)
        labels = tuple(_fact_label(state, name) for name in by)
        for clock in state.clocks:
            for started, verdict, spent in _promises(clock):
                when = _period(started, period, place) if period and place else ""
                key = (clock.clock, group, when)
                found.setdefault(key, []).append((verdict, spent))
                words[key] = (clock.label, *labels)
    keys = sorted(found)
    order = {name: number for number, name in enumerate(dict.fromkeys(key[0] for key in found))}
    keys.sort(key=lambda key: order[key[0]])
    return Attainment(tuple(by), tuple(_row(key, found[key], words[key]) for key in keys))


def _promises(clock: ClockState) -> list[tuple[datetime, str, timedelta]]:
    rounds = [
        (one.started, "met" if utc(one.stopped) <= utc(one.due) else "late", one.elapsed)
        for one in clock.rounds
    ]
    return [*rounds, (clock.started, clock.verdict, clock.elapsed)]


def _fact(state: CaseState, name: str) -> str:
    if state.facts is None:
        raise InputError(f"case {state.id!r} has no facts; group by nothing")
    value = state.facts[name]
    return "" if value is None else str(value)


def _fact_label(state: CaseState, name: str) -> Label:
    wire = state.facts.values[name] if state.facts else None
    if state.facts is None or wire is None:
        return Label("missing", "缺失")
    shown = state.facts.fields[name].show(wire)
    return Label(show(shown, "en"), show(shown, "zh"))


def _period(started: datetime, period: str, zone: ZoneInfo) -> str:
    day = started.astimezone(zone).date()
    if period == "quarter":
        return f"{day.year}-Q{Quarter.of(day).number}"
    return f"{day.year}-{day.month:02}" if period == "month" else str(day.year)


def _row(key: Key, found: list[tuple[str, timedelta]], labels: tuple[Label, ...]) -> AttainmentRow:
    counts = dict.fromkeys(("met", "late", "open", "none"), 0)
    for verdict, _ in found:
        counts[verdict] += 1
    spent = sorted(time for verdict, time in found if verdict in {"met", "late"})
    return AttainmentRow(
        clock=key[0],
        group=key[1],
        period=key[2],
        labels=labels,
        met=counts["met"],
        late=counts["late"],
        open=counts["open"],
        gone=counts["none"],
        median=_rank(spent, 50),
        p90=_rank(spent, 90),
        longest=_rank(spent, 100),
    )


def _rank(spent: list[timedelta], percent: int) -> timedelta | None:
    """Return the value at a percentile by nearest rank."""
    return spent[max(-(-len(spent) * percent // PERCENT), 1) - 1] if spent else None


LINES: dict[Lang, tuple[str, str]] = {
    "en": (
        (
            "{name}: {met} of {decided} in time ({rate}); median {median}, "
            "90 % within {p90}, longest {longest}; {open} open, {gone} gone"
        ),
        "{name}: nothing is decided; {open} open, {gone} gone",
    ),
    "zh": (
        (
            "{name}：{decided} 件中 {met} 件按时（{rate}）；用时中位数 {median}，"
            "90% 在 {p90} 以内，最长 {longest}；未结 {open} 件，已撤销 {gone} 件"
        ),
        "{name}：尚无结论；未结 {open} 件，已撤销 {gone} 件",
    ),
}


def _line(one: AttainmentRow, lang: Lang) -> str:
    words = [label.text(lang) for label in one.labels] + ([one.period] if one.period else [])
    name = (" · " if lang == "zh" else ", ").join(words)
    decided, undecided = LINES[lang]
    if one.rate is None or one.median is None or one.p90 is None or one.longest is None:
        return undecided.format(name=name, open=one.open, gone=one.gone)
    tenths = one.met * 1000 // one.decided
    return decided.format(
        name=name,
        met=one.met,
        decided=one.decided,
        rate=f"{tenths // 10}.{tenths % 10} %",
        median=show(one.median, lang),
        p90=show(one.p90, lang),
        longest=show(one.longest, lang),
        open=one.open,
        gone=one.gone,
    )
