"""Working calendars: when time counts, and arithmetic on it."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast, overload

from attrs import field, frozen

from kamcore.calendars._limits import Amount, Landing, Roll, WorkingDays
from kamcore.calendars._stretches import Stretch, stretches
from kamcore.decision import Policy
from kamcore.errors import InputError
from kamcore.values import Days, Label
from kamcore.values._checks import as_date, as_instant, named_convention
from kamcore.values._exact import whole

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kamcore.calendars._batch import C
    from kamcore.calendars._index import Index, OpenYear

__all__ = ["Calendar", "Closed", "Period"]

ClosedKind = Literal["outside_hours", "rest_day", "holiday", "break", "closure"]
DAY = timedelta(days=1)
LANDINGS = ("close", "open")
ROLLS = ("following", "preceding", "modified_following", "modified_preceding", "refuse")


@frozen(order=False)
class Period:
    """A stretch of open time, from `opens` until before `closes`, in the calendar's zone."""

    opens: datetime = field()
    closes: datetime = field()


@frozen(order=False)
class Closed:
    """Why a calendar is closed: the kind, and the name of it."""

    kind: ClosedKind = field()
    label: Label = field()


@frozen(order=False, kw_only=True)
class Calendar(Policy, metaclass=ABCMeta):
    """When time counts. `a | b` is open in either, `a & b` in both, `a - b` in `a` only.

    All arithmetic is on real elapsed time, exact to the microsecond: an hour is an hour, also in
    the night when the clocks change. Results are in the calendar's zone.
    """

    @property
    @abstractmethod
    def zone(self) -> str:
        """The IANA name of the zone in which its days are counted."""

    @property
    @abstractmethod
    def label(self) -> Label:
        """Its name."""

    @property
    @abstractmethod
    def known_until(self) -> date | None:
        """The last day for which its holidays are known; None where no holidays are listed."""

    @property
    @abstractmethod
    def never_rests(self) -> bool:
        """Whether it is open on every day whatever the holidays."""

    @property
    @abstractmethod
    def never_closes(self) -> bool:
        """Whether it is open around the clock, so that its hours are elapsed hours."""

    @abstractmethod
    def open_year(self, year: int, zone: "ZoneInfo") -> "OpenYear":
        """Return the open time that belongs to the days of a year; part of the compiled form."""

    @abstractmethod
    def named_years(self) -> set[int]:
        """Return the years of which it lists a day."""

    @abstractmethod
    def closed_edges(self, start: int, end: int) -> set[int]:
        """Return the instants at which the reason for being closed may change."""

    @abstractmethod
    def why_closed(self, at: int) -> Closed:
        """Return why it is closed at an instant, in microseconds of UTC, at which it is closed."""

    @abstractmethod
    def special_at(self, at: int) -> Label | None:
        """Return the name of the special day whose hours are open at an instant, else None."""

    @cached_property
    def compiled(self) -> "Index":
        """The open time as sorted instants, year by year; no API."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where a calendar is asked

        from kamcore.calendars._index import Index  # noqa: PLC0415

        return Index(self, ZoneInfo(self.zone))

    def __or__(self, other: "Calendar") -> "Calendar":
        """Return the calendar that is open where either is."""
        return self._combined("either", other)

    def __and__(self, other: "Calendar") -> "Calendar":
        """Return the calendar that is open where both are."""
        return self._combined("both", other)

    def __sub__(self, other: "Calendar") -> "Calendar":
        """Return the calendar that is open where this one is and the other is not."""
        return self._combined("without", other)

    def _combined(self, how: Literal["either", "both", "without"], other: "Calendar") -> "Calendar":
        from kamcore.calendars._combined import CombinedCalendar  # noqa: PLC0415 - made of this

        return CombinedCalendar(how=how, left=self, right=other)

    # --- open time ------------------------------------------------------------------------

    def add(self, start: datetime, amount: Amount, *, landing: Landing | None = None) -> datetime:
        """Return the instant `amount` after `start`, in the calendar's zone.

        `amount` is open time (a `timedelta`, which may be negative) or `WorkingDays`. Where it ends
        exactly at a closing, that closing and the next opening hold the same open time: `landing`
        "close" takes the earlier, "open" the later one. Left out, it is the end of the time that
        was counted: the close going forward, the opening going back; zero stays at `start`.
        Raises `InputError` where the amount does not fit into a hundred years.
        """
        if landing is None and type(amount) is timedelta:
            try:
                found = self.compiled.after(start, amount)
            except (TypeError, AttributeError, ValueError, OverflowError):
                found = None
            if found is not None:
                return found
        return self._move(start, amount, landing, 1)

    def subtract(
        self, start: datetime, amount: Amount, *, landing: Landing | None = None
    ) -> datetime:
        """Return the instant `amount` before `start`; see `add`."""
        return self._move(start, amount, landing, -1)

    def _move(
        self, start: datetime, amount: Amount, landing: Landing | None, sign: int
    ) -> datetime:
        index = self.compiled
        if landing is not None:
            named_convention("landing", landing, LANDINGS)
        try:
            at = index.us(start)
        except (TypeError, AttributeError, ValueError, OverflowError):
            at = index.us(as_instant(start, "start", self.zone))
        if isinstance(amount, timedelta):
            us = sign * (amount.days * 86_400_000_000 + amount.seconds * 1_000_000)
            us += sign * amount.microseconds
            if us == 0 and landing is None:
                return index.instant(at)
            later = us < 0 if landing is None else landing == "open"
            return index.instant(index.moved(at, us, later=later))
        if not isinstance(amount, WorkingDays):
            raise InputError(f"{amount!r} is no amount of time; pass a timedelta or WorkingDays(n)")
        return self._move_days(start, amount, landing, sign)

    def _move_days(
        self, start: datetime, amount: WorkingDays, landing: Landing | None, sign: int
    ) -> datetime:
        index = self.compiled
        local = start.astimezone(index.zone)
        day = local.toordinal()
        steps = amount.count
        if amount.first == "same_day" and self.is_working_day(local.date()):
            opens, closes = index.bounds_of(day)
            at = index.us(start)
            steps -= at < closes if sign > 0 else at > opens
        reached = self._step(day, sign * steps)
        if amount.ends == "same_time":
            wall = local.replace(tzinfo=None) - datetime.combine(local.date(), datetime.min.time())
            at = index.wall(reached, wall)
        else:
            opens, closes = index.bounds_of(reached)
            at = closes if sign > 0 else opens
        if landing is None or index.is_open(at):
            return index.instant(at)
        return index.instant(index.moved(at, 0, later=landing == "open"))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time from `start` to `end`; negative where `end` is before `start`."""
        index = self.compiled
        try:
            found = index.passed(start, end)
        except (TypeError, AttributeError, ValueError, OverflowError):
            found = None
        if found is not None:
            return found
        first, last = (
            index.us(as_instant(start, "start", self.zone)),
            index.us(as_instant(end, "end", self.zone)),
        )
        return timedelta(microseconds=index.between(first, last))

    @overload
    def add_all(
        self, starts: Sequence[int], amount: timedelta, *, landing: Landing | None = None
    ) -> list[int]: ...
    @overload
    def add_all(self, starts: "C", amount: timedelta, *, landing: Landing | None = None) -> "C": ...
    def add_all(
        self, starts: object, amount: timedelta, *, landing: Landing | None = None
    ) -> object:
        """Return `add` of every row, for about half a microsecond a row.

        Integers are microseconds of UTC since 1970 and give a list of such. A numpy array gives an
        array: int64 again means those microseconds, datetime64 of any unit is read as UTC and gives
        datetime64[us]. Raises `InputError` for NaT, floats, and one row that `add` would refuse.
        """
        from kamcore.calendars._batch import add_rows  # noqa: PLC0415 - only where rows are asked

        if not isinstance(cast("object", amount), timedelta):
            raise InputError(f"{amount!r} is no open time; pass a timedelta for all rows")
        if landing is not None:
            named_convention("landing", landing, LANDINGS)
        us = amount // timedelta(microseconds=1)
        later = us < 0 if landing is None else landing == "open"
        return add_rows(
            self.compiled, starts, us, later=later if us or landing is not None else None
        )

    @overload
    def between_all(self, starts: Sequence[int], ends: Sequence[int]) -> list[int]: ...
    @overload
    def between_all(self, starts: "C", ends: "C") -> "C": ...
    def between_all(self, starts: object, ends: object) -> object:
        """Return `between` of every start and its end, in microseconds; see `add_all`.

        Two arrays of datetime64 give timedelta64[us].
        """
        from kamcore.calendars._batch import pass_rows  # noqa: PLC0415

        return pass_rows(self.compiled, starts, ends)

    def is_open(self, at: datetime) -> bool:
        """Say whether `at` lies in open time; the instant of closing does not."""
        return self.compiled.is_open(self._us(at))

    def next_opening(self, at: datetime) -> datetime:
        """Return the first opening after `at`; raises `InputError` where none is in reach."""
        return self._edge(at, "opens", opening=True, after=True)

    def next_closing(self, at: datetime) -> datetime:
        """Return the first closing after `at`; raises `InputError` where none is in reach."""
        return self._edge(at, "closes", opening=False, after=True)

    def previous_opening(self, at: datetime) -> datetime:
        """Return the last opening before `at`; raises `InputError` where none is in reach."""
        return self._edge(at, "opened", opening=True, after=False)

    def previous_closing(self, at: datetime) -> datetime:
        """Return the last closing before `at`; raises `InputError` where none is in reach."""
        return self._edge(at, "closed", opening=False, after=False)

    def _edge(self, at: datetime, verb: str, *, opening: bool, after: bool) -> datetime:
        found = self.compiled.edge(self._us(at), opening=opening, after=after)
        if found is None:
            where = "after" if after else "before"
            raise InputError(f"{self.label.en} never {verb} {where} {at}; check the calendar")
        return self.compiled.instant(found)

    def open_periods(self, start: datetime, end: datetime | None = None) -> Iterator[Period]:
        """Go through the open time from `start` until `end`, clipped to both.

        Without `end` it goes on until no more open time is within a hundred years.
        """
        index, low = self.compiled, self._us(start)
        spans = self._onwards(low) if end is None else index.spans(low, self._us(end, "end"))
        return (Period(index.instant(opens), index.instant(closes)) for opens, closes in spans)

    def _onwards(self, at: int) -> Iterator[tuple[int, int]]:
        """Go through the open time from `at`; raises `InputError` where it never ends."""
        index = self.compiled
        opening = at if index.is_open(at) else index.edge(at, opening=True, after=True)
        while opening is not None:
            closing = index.edge(opening, opening=False, after=True)
            if closing is None:
                raise InputError(f"{self.label.en} never closes; pass the end of the periods")
            yield opening, closing
            opening = index.edge(closing, opening=True, after=True)

    def stretches(self, start: datetime, end: datetime) -> tuple[Stretch, ...]:
        """Return the open and closed stretches that tile the time from `start` to `end`, with why.

        Neighbours with the same reason are one stretch. The cost grows with the span.
        """
        return stretches(self, self._us(start), self._us(end, "end"))

    # --- days -----------------------------------------------------------------------------

    def knows(self, at: datetime | date) -> bool:
        """Say whether the holidays until `at` are known."""
        if self.never_rests:
            return True
        if isinstance(at, datetime):
            day = as_instant(at, "instant", self.zone).astimezone(self.compiled.zone).date()
        else:
            day = as_date(at, "day")
        return self.known_until is not None and day <= self.known_until

    def is_working_day(self, day: date) -> bool:
        """Say whether hours begin on `day`; a night shift belongs to the day on which it begins."""
        return self.compiled.close_or_none(as_date(day, "day").toordinal()) is not None

    def roll(self, day: date, convention: Roll = "following") -> date:
        """Return `day` if it is a working day, else a neighbour by the named convention.

        "following" and "preceding" take the next and the last working day; the modified forms turn
        round where that would leave the month; "refuse" raises `InputError`.
        """
        named_convention("roll", convention, ROLLS)
        if self.is_working_day(day):
            return day
        if convention == "refuse":
            raise InputError(f"{day} is no working day; name a roll, such as 'following'")
        forward = convention.endswith("following")
        rolled = self._from_ordinal(self._step(day.toordinal(), 0 if forward else -1))
        if convention.startswith("modified") and rolled.month != day.month:
            rolled = self._from_ordinal(self._step(day.toordinal(), -1 if forward else 0))
        return rolled

    def add_working_days(self, day: date, count: int, *, roll: Roll | None = None) -> date:
        """Return the working day `count` working days after `day` (before it, if negative).

        `day` is day 0, working day or not: the next working day is day 1, the last one before it
        day -1, and 0 is `day` itself or the next working day. With `roll` a day that is no working
        day is rolled first, and that day is day 0.
        """
        first = as_date(day, "day") if roll is None else self.roll(day, roll)
        return self._from_ordinal(self._step(first.toordinal(), whole(count, "working days")))

    def count_working_days(self, days: Days) -> int:
        """Return the number of working days among `days`."""
        if not isinstance(cast("object", days), Days):
            raise InputError(f"{days!r} are no Days; pass Days.through(first, last)")
        return self.compiled.count_days(days.start.toordinal(), days.end.toordinal())

    def _step(self, day: int, steps: int) -> int:
        """Return the ordinal of the working day `steps` from `day`; 0 is `day` or the next one."""
        index = self.compiled
        on_working_day = index.close_or_none(day) is not None
        found = index.working_day(day, steps if steps <= 0 or on_working_day else steps - 1)
        if found is None:
            many = f"{abs(steps):,} working days" if abs(steps) > 1 else "working day"
            raise InputError(
                f"no {many} within reach of {self._from_ordinal(day)}; "
                "check the number and the calendar"
            )
        return found

    @staticmethod
    def _from_ordinal(day: int) -> date:
        return date.fromordinal(day)

    def _us(self, at: datetime, what: str = "instant") -> int:
        return self.compiled.us(as_instant(at, what, self.zone))
