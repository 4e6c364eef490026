"""How many promises were kept: attainment over many cases, with the distribution of the time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from attrs import field, frozen

from kamcore.calendars import Quarter
from kamcore.calendars._zones import known_zone
from kamcore.decision import Decision, show
from kamcore.errors import InputError
from kamcore.sla._events import utc
from kamcore.sla._states import CaseState, ClockState
from kamcore.values import Label, Lang, Ratio
from kamcore.values._checks import named_convention

__all__ = ["Attainment", "AttainmentRow", "measure_attainment"]

PERIODS = ("month", "quarter", "year")
PERCENT, ALL_TENTHS = 100, 1000
Key = tuple[str, tuple[str, ...], str]
Period = tuple[str, tuple[Label, ...]]
NO_PERIOD: Period = ("", ())


@frozen(order=False, kw_only=True)
class AttainmentRow:
    """One clock in one group and period.

    `met` and `late` are decided promises (one still running is late once it is overdue; `overdue`
    says how many of `late` these are), `open` runs or is paused within its time, `gone` was
    cancelled or no longer promised before it was due. `median`, `p90` and `longest` are of the time
    counted for the decided ones, by nearest rank; None where nothing is decided. `labels` are the
    words of the clock, of the group and of the period.
    """

    clock: str = field()
    group: tuple[str, ...] = field()
    period: str = field()
    labels: tuple[Label, ...] = field()
    met: int = field()
    late: int = field()
    overdue: int = field()
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
                "overdue": one.overdue,
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
    if isinstance(by, str):
        raise InputError(f"by is the text {by!r}; pass the names of fields, such as ({by!r},)")
    place = ZoneInfo(known_zone(zone)) if zone else None
    found: dict[Key, list[tuple[str, timedelta]]] = {}
    words: dict[Key, tuple[Label, ...]] = {}
    for state in states:
        if isinstance(cast("object", state), Decision):
            raise InputError("a decision where a case's state is needed; pass decision.value")
        group = tuple(_fact(state, name) for name in by)
        labels = tuple(_fact_label(state, name) for name in by)
        for clock in state.clocks:
            for started, verdict, spent in _promises(clock):
                when = _period(started, period, place) if period and place else NO_PERIOD
                key = (clock.clock, group, when[0])
                found.setdefault(key, []).append((verdict, spent))
                words[key] = (clock.label, *labels, *when[1])
    keys = sorted(found)
    order = {name: number for number, name in enumerate(dict.fromkeys(key[0] for key in found))}
    keys.sort(key=lambda key: order[key[0]])
    return Attainment(tuple(by), tuple(_row(key, found[key], words[key]) for key in keys))


def _promises(clock: ClockState) -> list[tuple[datetime, str, timedelta]]:
    """Return start, verdict and counted time of every round; "overdue" is late and unfinished."""
    rounds = [
        (one.started, "met" if utc(one.stopped) <= utc(one.due) else "late", one.elapsed)
        for one in clock.rounds
    ]
    unfinished = clock.verdict == "late" and clock.stage in {"running", "paused"}
    verdict = "overdue" if unfinished else clock.verdict
    return [*rounds, (clock.started, verdict, clock.elapsed)]


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


def _period(started: datetime, period: str, zone: ZoneInfo) -> Period:
    """Return the name of the period in which a clock started, and its words."""
    day = started.astimezone(zone).date()
    if period == "quarter":
        quarter = Quarter.of(day)
        return f"{day.year}-Q{quarter.number}", (quarter.label,)
    if period == "month":
        name = f"{day.year}-{day.month:02}"
        return name, (Label(name, f"{day.year}年{day.month}月"),)
    return str(day.year), (Label(str(day.year), f"{day.year}年"),)


def _row(key: Key, found: list[tuple[str, timedelta]], labels: tuple[Label, ...]) -> AttainmentRow:
    counts = Counter(verdict for verdict, _ in found)
    spent = sorted(time for verdict, time in found if verdict not in {"open", "none"})
    return AttainmentRow(
        clock=key[0],
        group=key[1],
        period=key[2],
        labels=labels,
        met=counts["met"],
        late=counts["late"] + counts["overdue"],
        overdue=counts["overdue"],
        open=counts["open"],
        gone=counts["none"],
        median=_rank(spent, 50),
        p90=_rank(spent, 90),
        longest=_rank(spent, 100),
    )


def _rank(spent: list[timedelta], percent: int) -> timedelta | None:
    """Return the value at a percentile by nearest rank."""
    return spent[max(-(-len(spent) * percent // PERCENT), 1) - 1] if spent else None


WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "join": ", ",
        "decided": (
            "{name}: {met} of {decided} in time ({rate} %); median {median}, "
            "90 % within {p90}, longest {longest}{overdue}; {rest}"
        ),
        "nothing": "{name}: nothing is decided; {rest}",
        "overdue": " (including {count} overdue, unfinished)",
        "rest": "{open} open, {gone} cancelled or no longer promised",
    },
    "zh": {
        "join": " · ",
        "decided": (
            "{name}：{decided} 项中 {met} 项按时（{rate}%）；用时中位数 {median}，"
            "90% 在 {p90}以内，最长 {longest}{overdue}；{rest}"
        ),
        "nothing": "{name}：尚无结论；{rest}",
        "overdue": "（含逾期未完成 {count} 项）",
        "rest": "未结 {open} 项，已取消或不再适用 {gone} 项",
    },
}


def _line(one: AttainmentRow, lang: Lang) -> str:
    words = WORDS[lang]
    name = words["join"].join(label.text(lang) for label in one.labels)
    rest = words["rest"].format(open=one.open, gone=one.gone)
    if one.rate is None or one.median is None or one.p90 is None or one.longest is None:
        return words["nothing"].format(name=name, rest=rest)
    return words["decided"].format(
        name=name,
        met=one.met,
        decided=one.decided,
        rate=_percent(one.met, one.decided),
        median=show(one.median, lang),
        p90=show(one.p90, lang),
        longest=show(one.longest, lang),
        overdue=words["overdue"].format(count=one.overdue) if one.overdue else "",
        rest=rest,
    )


def _percent(met: int, decided: int) -> str:
    """Return a share to the nearest tenth, half up; 100.0 only where none is late."""
    tenths = (met * 2000 + decided) // (2 * decided)
    tenths -= tenths == ALL_TENTHS and met < decided
    return f"{tenths // 10}.{tenths % 10}"
