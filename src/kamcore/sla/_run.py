"""The life of one clock: a pure function of agreements, events and the instant asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from attrs import evolve, field, frozen

from kamcore.calendars import WorkingDays
from kamcore.sla._agreements import Agreements, Candidate, Clock
from kamcore.sla._events import Event, EventKind, utc
from kamcore.values import Label
from kamcore.values._text import Named

__all__ = ["SOLVED", "Incomplete", "Leg", "Pause", "Round", "Run", "Targets", "run_clock"]

US = timedelta(microseconds=1)
NO_TIME = timedelta()
WHOLE = Fraction(1)
SOLVED = Label("solved, before it was re-opened", "已解决，尚未重新打开")

Targets = Mapping[str, Candidate]


@frozen(order=False)
class Pause:
    """Time that does not count, in UTC, and why; `ends` is None while it lasts."""

    begins: datetime = field()
    ends: datetime | None = field()
    label: Label = field()


@frozen(order=False)
class Leg:
    """A stretch of counting towards one target: `budget` of open time, from `begins` on.

    `cause` is the event at which it begins, `share` the part of the limit that the budget is,
    `direct` the deadline without pauses. Its instants are in UTC.
    """

    target: Candidate = field()
    begins: datetime = field()
    cause: EventKind = field()
    budget: timedelta = field()
    direct: datetime = field()
    share: Fraction = field(default=WHOLE)
    changed: bool = field(default=False)
    ended: datetime | None = field(default=None)

    @classmethod
    def full(cls, target: Candidate, begins: datetime, cause: EventKind) -> "Leg":
        """Return the leg of the whole limit."""
        calendar, limit = target.clock.calendar, target.clock.limit
        direct = calendar.add(begins, limit)
        if isinstance(limit, WorkingDays):
            limit = calendar.between(begins, direct)
        return cls(target, utc(begins), cause, limit, utc(direct))

    @property
    def clock(self) -> Clock:
        """The clock that it counts for."""
        return self.target.clock

    def local(self, at: datetime) -> datetime:
        """Return an instant in the zone of the calendar."""
        return at.astimezone(self.clock.calendar.compiled.zone)

    def used(self, at: datetime, pauses: Sequence[Pause]) -> timedelta:
        """Return the open time from the beginning until `at` without the pauses."""
        calendar, begins = self.clock.calendar, self.begins
        total = calendar.between(begins, at)
        for pause in pauses:
            first, last = max(pause.begins, begins), min(pause.ends or at, at)
            if first < last:
                total -= calendar.between(first, last)
        return total

    def reached(self, amount: timedelta, pauses: Sequence[Pause]) -> datetime:
        """Return the instant at which so much open time has been used."""
        calendar, place = self.clock.calendar, self.begins
        left = amount
        for pause in pauses:
            if pause.ends is None or pause.ends <= place:
                continue
            ahead = calendar.between(place, max(pause.begins, place))
            if ahead >= left:
                break
            left -= ahead
            place = pause.ends
        return utc(calendar.add(place, left))

    def due(self, pauses: Sequence[Pause]) -> datetime:
        """Return the deadline; a pause that takes no open time does not move it."""
        untouched = self.used(self.direct, pauses) == self.budget
        return self.direct if untouched else self.reached(self.budget, pauses)


@frozen(order=False)
class Round:
    """One finished round of a clock that repeats; `elapsed` is the time that counted."""

    started: datetime = field()
    due: datetime = field()
    stopped: datetime = field()
    elapsed: timedelta = field()


@frozen(order=False)
class Incomplete:
    """An event that would have stopped a clock, and what it does not state."""

    event: Event = field()
    lacking: tuple[Named, ...] = field()


@frozen(order=False, kw_only=True)
class Run:
    """What became of a clock until the instant asked."""

    legs: tuple[Leg, ...] = field()
    events: tuple[Event, ...] = field()
    gaps: tuple[Pause, ...] = field()
    stopped: Event | None = field()
    ended: Event | None = field()
    dropped: datetime | None = field()
    incomplete: tuple[Incomplete, ...] = field()
    rounds: tuple[Round, ...] = field()

    @property
    def leg(self) -> Leg:
        """The leg that counts."""
        return self.legs[-1]

    @property
    def target(self) -> Candidate:
        """The promise that counts."""
        return self.leg.target

    def until(self, as_of: datetime) -> datetime:
        """Return the instant at which it stopped or ended, else `as_of`; in UTC."""
        last = self.stopped or self.ended
        return utc(last.at) if last else self.dropped or utc(as_of)

    def pauses(self, as_of: datetime, leg: Leg | None = None) -> tuple[Pause, ...]:
        """Return the pauses of a leg, by default the last; one that lasts ends with the counting.

        What comes after the clock has stopped moves nothing.
        """
        one = leg or self.leg
        return _pauses(self.events, self.gaps, one, one.ended or self.until(as_of))

    @property
    def paused(self) -> Pause | None:
        """The pause that lasts."""
        found = _intervals(self.events, self.leg.clock.pauses)
        return next((one for one in found if one.ends is None), None)


def run_clock(
    name: str, policy: Agreements, events: Sequence[Event], targets: Mapping[int, Targets]
) -> Run | None:
    """Return the run of a clock over accepted events, None where it never started.

    `targets` gives, by the place of an event, the promises that hold from it on.
    """
    track = _Track(policy)
    promised: Candidate | None = None
    for place, event in enumerate(events):
        if place in targets:
            now = targets[place].get(name)
            if promised is None and now is not None:
                track.promise(now, event)
            elif now is None:
                track.drop(event)
            else:
                track.retarget(now, event)
            promised = now
        track.feed(event)
    return track.result()


class _Track:
    """Follows the events for one clock.

    `_round` is the place of the event that began the present round, 0 in the first one. `_before`
    is the event by which all was done before the clock was promised.
    """

    def __init__(self, policy: Agreements) -> None:
        self._policy = policy
        self._target: Candidate | None = None
        self._seen: list[Event] = []
        self._round = 0
        self._legs: list[Leg] = []
        self._rounds: list[Round] = []
        self._gaps: list[Pause] = []
        self._incomplete: list[Incomplete] = []
        self._before: Event | None = None
        self._stopped: Event | None = None
        self._ended: Event | None = None
        self._dropped: datetime | None = None

    # --- targets --------------------------------------------------------------------------

    def promise(self, target: Candidate, event: Event) -> None:
        """Take a promise that holds from an event on; what happened before it is looked at anew.

        Counted from the change, it runs only where something is left to be done.
        """
        self._target = target
        if self._stopped or self._ended:
            return
        if self._policy.retarget in {"from_start", "keep_stricter"}:
            self._again(target)
            return
        past = _Track(self._policy)
        past._target = target
        for one in self._seen:
            past.feed(one)
        self._before = past._stopped or past._ended
        if self._before is None:
            started = past._legs
            self._legs, self._gaps, self._dropped = [], [], None
            if started:
                self._legs = [evolve(Leg.full(target, event.at, event.kind), changed=True)]

    def drop(self, event: Event) -> None:
        """Note that nothing is promised any more."""
        if self._running:
            self._dropped = utc(event.at)
        self._target = self._before = None

    def retarget(self, target: Candidate, event: Event) -> None:
        """Go on towards another target."""
        self._target = target
        if self._running:
            self._move(target, event)

    def _move(self, target: Candidate, event: Event) -> None:
        old, at = self._legs[-1], utc(event.at)
        if self._policy.retarget == "from_start":
            self._again(target)
        elif self._policy.retarget == "keep_stricter":
            new = Leg.full(target, old.begins, old.cause)
            if new.due(self._pauses(new, at)) <= old.due(self._pauses(old, at)):
                self._legs[-1] = new
        elif old.clock.same_target(target.clock):
            self._legs[-1] = evolve(old, target=target)
        else:
            self._go_on(old, target, event)

    def _again(self, target: Candidate) -> None:
        """Count the present round as if the target had been promised from the start."""
        past, self._seen = self._seen[self._round :], self._seen[: self._round]
        self._incomplete = [one for one in self._incomplete if one.event in self._seen]
        self._legs, self._gaps, self._dropped = [], [], None
        if self._round:
            first = past.pop(0)
            self._seen.append(first)
            self._legs = [Leg.full(target, first.at, first.kind)]
        for one in past:
            self.feed(one)

    def _go_on(self, old: Leg, target: Candidate, event: Event) -> None:
        """Count towards the new target from the change; a deadline that has passed stays."""
        at, shared = utc(event.at), self._policy.retarget == "keep_share"
        pauses = self._pauses(old, at)
        left = old.budget - old.used(at, pauses)
        if at > old.due(pauses) or (shared and left <= NO_TIME):
            return
        new = evolve(Leg.full(target, at, event.kind), changed=True)
        if shared:
            share = old.share * Fraction(left // US, old.budget // US)
            budget = timedelta(seconds=int(share * (new.budget // US)) // 1_000_000)
            direct = utc(target.clock.calendar.add(at, budget))
            new = evolve(new, budget=budget, direct=direct, share=share)
        self._legs[-1] = evolve(old, ended=at)
        self._legs.append(new)

    # --- events ---------------------------------------------------------------------------

    @property
    def _running(self) -> bool:
        return bool(self._legs) and not (self._stopped or self._ended or self._dropped)

    def feed(self, event: Event) -> None:
        """Take an event."""
        self._seen.append(event)
        target = self._target
        if target is None:
            return
        clock = target.clock
        if not self._legs and not self._before and event.kind == clock.starts:
            self._legs.append(Leg.full(target, event.at, event.kind))
        elif self._running and event.kind in clock.stops:
            self._stop(target, event)
        elif event.kind == "reopened":
            self._reopen(target, event)
        if self._running and (
            event.kind == "cancelled" or (clock.repeats and event.kind == "solved")
        ):
            self._ended = event

    def _stop(self, target: Candidate, event: Event) -> None:
        lacking = tuple(one for one in target.clock.must_state if one.name not in event.states)
        if lacking:
            self._incomplete.append(Incomplete(event, lacking))
        elif target.clock.repeats and event.kind != "solved":
            self._next_round(target, event.at, event)
        else:
            self._stopped = event

    def _next_round(self, target: Candidate, stopped: datetime, event: Event) -> None:
        """Close the round that ends at `stopped`, and begin the next one at an event."""
        leg, at = self._legs[-1], utc(stopped)
        legs = [*self._legs[:-1], evolve(leg, ended=at)]
        elapsed = sum(
            (one.used(one.ended or at, self._pauses(one, one.ended or at)) for one in legs), NO_TIME
        )
        due = leg.due(self._pauses(leg, at))
        self._rounds.append(
            Round(leg.local(legs[0].begins), leg.local(due), leg.local(at), elapsed)
        )
        self._round = len(self._seen) - 1
        self._legs = [Leg.full(target, event.at, event.kind)]

    def _reopen(self, target: Candidate, event: Event) -> None:
        last = self._stopped or self._ended or self._before
        if last is None or last.kind != "solved":
            return
        if self._before:
            self._legs, self._dropped = [Leg.full(target, event.at, event.kind)], None
        elif target.clock.repeats:
            self._next_round(target, last.at, event)
        elif self._policy.reopening == "restart":
            self._legs[-1] = evolve(self._legs[-1], ended=utc(last.at))
            self._legs.append(Leg.full(target, event.at, event.kind))
        elif self._policy.reopening == "skip":
            self._gaps.append(Pause(utc(last.at), utc(event.at), SOLVED))
        self._before = self._stopped = self._ended = None
        if self._legs[-1].target is not target:
            self._move(target, event)

    def _pauses(self, leg: Leg, at: datetime) -> tuple[Pause, ...]:
        return _pauses(self._seen, self._gaps, leg, at)

    def result(self) -> Run | None:
        """Return what became of the clock."""
        if not self._legs:
            return None
        return Run(
            legs=tuple(self._legs),
            events=tuple(self._seen),
            gaps=tuple(self._gaps),
            stopped=self._stopped,
            ended=self._ended,
            dropped=self._dropped,
            incomplete=tuple(self._incomplete),
            rounds=tuple(self._rounds),
        )


def _intervals(events: Iterable[Event], kinds: Sequence[str]) -> list[Pause]:
    """Return the stretches in which any of the states lasts."""
    found: list[Pause] = []
    active: Event | None = None
    for event in events:
        if event.kind in kinds:
            active = active or event
        elif active and event.kind in {"resumed", "solved", "cancelled"}:
            found.append(Pause(utc(active.at), utc(event.at), active.label))
            active = None
    return [*found, Pause(utc(active.at), None, active.label)] if active else found


def _pauses(
    events: Iterable[Event], gaps: Iterable[Pause], leg: Leg, until: datetime
) -> tuple[Pause, ...]:
    """Return the time until an instant that a leg does not count, in order.

    Nothing is paused while a case is solved, so that no two of them overlap.
    """
    found = [*_intervals(events, leg.clock.pauses), *gaps]
    found = [one for one in found if one.begins < until and one.begins != one.ends]
    return tuple(
        evolve(one, ends=min(one.ends or until, until))
        for one in sorted(found, key=lambda one: one.begins)
    )
