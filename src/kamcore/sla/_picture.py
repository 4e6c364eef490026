"""A deadline drawn: one lane a day, every stretch of a ledger in its place, as SVG."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from attrs import field, frozen

from kamcore.decision import show
from kamcore.sla import _svg as svg
from kamcore.sla._ledger import Entry, Ledger, day_name, limit_text
from kamcore.values import Lang

__all__ = ["draw_ledger"]

DAY, SECOND, US = timedelta(days=1), timedelta(seconds=1), timedelta(microseconds=1)
NO_TIME, HOUR_US = timedelta(), 3_600_000_000
MOST_DAYS, END_DAYS = 31, 14


@frozen(order=False)
class _Span:
    """A part of a day in which the wall clock runs evenly.

    `turn` is 1 and 2 for the first and second time of an hour that is shown twice, else 0.
    """

    begins: datetime = field()
    ends: datetime = field()
    wall: timedelta = field()
    turn: int = field(default=0)

    def place(self, at: datetime) -> int:
        """Return where an instant lies on the lane, in tenths of a pixel."""
        return svg.LEFT * 10 + (self.wall + (at - self.begins)) // US * svg.HOUR * 10 // HOUR_US


@frozen(order=False)
class _Sheet:
    """What is drawn: the ledger, its entries by instants of UTC, and its zone and language."""

    ledger: Ledger = field()
    entries: tuple[tuple[datetime, datetime, Entry], ...] = field()
    zone: tzinfo = field()
    lang: Lang = field()

    def local(self, at: datetime, *, ending: bool = False) -> tuple[date, str]:
        """Return the day and the time of day; a midnight that ends something is 24:00.

        A time that is shown a second time has its offset besides.
        """
        wall = at.astimezone(self.zone)
        if ending and wall.time() == time():
            return (at.astimezone(UTC) - US).astimezone(self.zone).date(), "24:00"
        clock = f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"
        return wall.date(), f"{clock} (UTC{wall:%z})" if wall.fold else clock

    def counted(self, spans: Iterable[_Span]) -> timedelta:
        """Return what counts in parts of days, towards the last target and until the deadline."""
        return sum(
            (
                min(ends, span.ends) - max(begins, span.begins)
                for span in spans
                for begins, ends, one in self.entries
                if one.counted and one.target == self.ledger.target and not one.late
                if begins < span.ends and span.begins < ends
            ),
            NO_TIME,
        )

    def marks(self) -> Iterator[tuple[str, datetime, bool]]:
        """Go through what is marked: its name, its instant, and whether something ends there."""
        yield "start", self.ledger.started, False
        for (_, _, before), (begins, _, one) in pairwise(self.entries):
            if before.target < one.target == self.ledger.target:
                yield "changed", begins, False
        yield "due", self.ledger.due, True
        if self.ledger.ended is not None:
            yield "stop", self.ledger.ended, True


def draw_ledger(ledger: Ledger, lang: Lang = "en", *, title: str | None = None) -> str:
    """Return a ledger as a picture: self-contained SVG, 900 px wide, the same for the same ledger.

    A lane is a day of the calendar's zone, 24 hours of wall clock. An hour that the clocks jump
    over stays blank; one that they show twice is split, the first time above the second. At the
    right stands what a day counts towards the last target until the deadline, and their sum, both
    rounded down to the second. A deadline or stop at midnight is drawn at the end of the day
    before. Of more than 31 days the first and last 14 are drawn, and that of the deadline; a line
    says how many are left out. `title` stands above instead of the case and the clock.
    """
    own = f"{ledger.case} · {ledger.clock.text(lang)}"
    entries = (
        (one.begins.astimezone(UTC), one.ends.astimezone(UTC), one) for one in ledger.entries
    )
    sheet = _Sheet(ledger, tuple(entries), ledger.due.tzinfo or UTC, lang)
    kinds: set[str] = set()
    lanes, bottom = _lanes(sheet, kinds)
    shown = [kind for kind in svg.LOOKS if kind in kinds]
    key, end = svg.key(shown, lang, bottom + svg.SPACE)
    total = svg.brief(ledger.counted, lang)
    parts = (
        svg.opening(end + svg.SPACE, lang),
        *_head(sheet, own if title is None else title),
        f"<defs>{''.join(svg.tile(kind) for kind in shown)}</defs>",
        *svg.hours(bottom, lang),
        *lanes,
        *key,
        svg.aside(total, bottom + svg.SPACE + 10, ' font-weight="bold"'),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def _head(sheet: _Sheet, name: str) -> Iterator[str]:
    ledger, lang = sheet.ledger, sheet.lang
    day, at = sheet.local(ledger.due, ending=True)
    said = svg.WORDS[lang]["sum"].format(
        calendar=ledger.calendar.text(lang),
        limit=limit_text(ledger, lang),
        due=_when(day, at, lang),
        zone=sheet.zone,
    )
    yield f"<title>{svg.safe(name)}</title><desc>{svg.safe(said)}</desc>"
    yield f'<rect width="100%" height="100%" fill="{svg.SHEET}"/>'
    yield svg.line(name, 26, svg.HEAD, ' font-weight="bold"')
    yield svg.line(said, 46, svg.TEXT, f' fill="{svg.PALE}"')


def _lanes(sheet: _Sheet, kinds: set[str]) -> tuple[list[str], int]:
    """Draw the days, note the kinds that occur, and return where the last one ends."""
    found, y, before = list[str](), svg.TOP, date.max
    for day in _days(sheet):
        if day - before > DAY:
            found += _gap(sheet, before + DAY, day, y)
            y += svg.GAP
        spans = _spans(day, sheet.zone)
        flags = _flags(sheet, day, spans)
        y += svg.SPACE + svg.FLAG * max((row + 1 for *_, row in flags), default=0)
        found += [*_sides(sheet, day, spans, y), f'<g font-size="{svg.SMALL}">']
        for span in spans:
            for begins, ends, entry in sheet.entries:
                if begins < span.ends and span.begins < ends:
                    kinds.add(_kind(entry))
                    found.append(_bar(sheet, entry, span, y))
        found += [*(svg.flag(*one, y) for one in flags), "</g>"]
        y, before = y + svg.BAR, day
    return found, y + svg.SPACE


def _kind(entry: Entry) -> str:
    return "late" if entry.late and entry.counted else entry.kind


def _days(sheet: _Sheet) -> list[date]:
    """Return the days that are drawn."""
    ledger = sheet.ledger
    ends = [ledger.due, ledger.ended or ledger.due, *(one.ends for one in ledger.entries[-1:])]
    first, _ = sheet.local(ledger.started)
    due, *later = (sheet.local(one, ending=True)[0] for one in ends)
    last = max(due, *later)
    count = (last - first).days + 1
    if count <= MOST_DAYS:
        return [first + number * DAY for number in range(count)]
    near = range(END_DAYS)
    return sorted({due, *(first + n * DAY for n in near), *(last - n * DAY for n in near)})


def _gap(sheet: _Sheet, first: date, until: date, y: int) -> Iterator[str]:
    """Say how many days are left out, and what they count."""
    span = _Span(_midnight(first, sheet.zone), _midnight(until, sheet.zone), NO_TIME)
    days, counted, words = (until - first).days, sheet.counted([span]), svg.WORDS[sheet.lang]
    said = words["one" if days == 1 else "out"].format(days=days)
    if counted:
        said = words["out_counted"].format(out=said, time=svg.brief(counted, sheet.lang))
    yield from svg.gap(said, y)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _offset(at: datetime, zone: tzinfo) -> timedelta:
    return at.astimezone(zone).replace(tzinfo=None) - at.replace(tzinfo=None)


def _spans(day: date, zone: tzinfo) -> list[_Span]:
    """Return the parts of a day: one, or more where the clocks jump."""
    begins, ends = _midnight(day, zone), _midnight(day + DAY, zone)
    shift = _offset(ends - US, zone) - _offset(begins, zone)
    jump = _jump(begins, ends, zone) if shift else ends
    twice = max(-shift, NO_TIME)
    edges = {begins, max(jump - twice, begins), jump, min(jump + twice, ends), ends}
    midnight, found = datetime.combine(day, time()), list[_Span]()
    for first, last in pairwise(sorted(edges)):
        wall = first.astimezone(zone)
        turn = 2 if wall.fold else 1 if twice and last == jump else 0
        found.append(_Span(first, last, wall.replace(tzinfo=None) - midnight, turn))
    return found


def _jump(begins: datetime, ends: datetime, zone: tzinfo) -> datetime:
    """Return the second at which the clocks of a day jump."""
    low, high, before = 0, (ends - begins) // SECOND, _offset(begins, zone)
    while high - low > 1:
        middle = (low + high) // 2
        same = _offset(begins + middle * SECOND, zone) == before
        low, high = (middle, high) if same else (low, middle)
    return begins + high * SECOND


def _sides(sheet: _Sheet, day: date, spans: list[_Span], y: int) -> Iterator[str]:
    """Write the day, with its length where that is not 24 hours, and what it counts."""
    length, counted = sum((one.ends - one.begins for one in spans), NO_TIME), sheet.counted(spans)
    at = y + svg.BAR // 2 + 4
    if length != DAY:
        said = svg.brief(length, sheet.lang)
        yield svg.line(said, at + 8, svg.TINY, f' fill="{svg.PALE}"')
    yield svg.line(svg.lane_name(day, sheet.lang), at if length == DAY else at - 5, svg.TEXT)
    if counted:
        yield svg.aside(svg.brief(counted, sheet.lang), at)


def _bar(sheet: _Sheet, entry: Entry, span: _Span, y: int) -> str:
    """Draw what of an entry lies in a part of a day, and name it where there is room."""
    kind, lang = _kind(entry), sheet.lang
    begins, ends = max(entry.begins, span.begins), min(entry.ends, span.ends)
    begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    x, until = span.place(begins), span.place(ends)
    half = svg.BAR // 2
    height, top = (half, y + half * (span.turn - 1)) if span.turn else (svg.BAR, y)
    room, said = (until - x) // 10 - 4, svg.brief(ends - begins, lang)
    if not entry.counted:
        said = svg.fitted(entry.label.text(lang), room, svg.SMALL)
    elif svg.width(said, svg.SMALL) > room:
        said = ""
    words = svg.name(kind, said, (x + until) // 2, top + height // 2 + 4)
    rect = svg.box(kind, x, top, max(until - x, 5), height)
    return f"<g><title>{svg.safe(_told(sheet, entry))}</title>{rect}{words}</g>"


def _told(sheet: _Sheet, entry: Entry) -> str:
    """Return an entry in words: from, to, why, and what it counts."""
    lang = sheet.lang
    (first, begins), (last, ends) = sheet.local(entry.begins), sheet.local(entry.ends, ending=True)
    until = ends if last == first else _when(last, ends, lang)
    counted = show(entry.counted, lang) if entry.counted else svg.WORDS[lang]["nothing"]
    return f"{_when(first, begins, lang)} – {until} · {entry.label.text(lang)} · {counted}"


def _when(day: date, at: str, lang: Lang) -> str:
    return f"{day_name(day, lang)}{'' if lang == 'zh' else ' '}{at}"


def _flags(sheet: _Sheet, day: date, spans: list[_Span]) -> list[tuple[str, str, int, int]]:
    """Return the marks of a day: name, text, place in tenths, and the row in which there is room.

    From the right to the left, so that no pole crosses a text.
    """
    placed: list[tuple[int, str, str]] = []
    for name, at, ending in sheet.marks():
        own, clock = sheet.local(at, ending=ending)
        if own == day:
            span = [one for one in spans if one.begins <= at][-1]
            placed.append((span.place(at.astimezone(UTC)), name, clock))
    rows, found = list[int](), list[tuple[str, str, int, int]]()
    for x, name, clock in sorted(placed, reverse=True):
        said = f"{svg.WORDS[sheet.lang][name]} {clock}"
        end = x // 10 + svg.width(said, svg.SMALL) + 14
        row = next((number for number, free in enumerate(rows) if end <= free), len(rows))
        rows[row : row + 1] = [x // 10]
        found.append((name, said, x, row))
    return found
