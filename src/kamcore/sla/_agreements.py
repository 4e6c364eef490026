"""Service level agreements (服务水平协议): which clocks run, and which agreement goes first."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Amount, Calendar, WorkingDays, amount_label
from kamcore.calendars._zones import known_zone
from kamcore.decision import MissingFact, Policy
from kamcore.errors import PolicyError, UnknownName
from kamcore.facts import Facts, Fields, RuleTable
from kamcore.sla._events import EVENTS, EventKind, utc
from kamcore.values import Days, Label, Named, Source
from kamcore.values._checks import brief, instance_of, one_of, some_text, tuple_of, unique_names

__all__ = [
    "KINDS",
    "Agreement",
    "AgreementKind",
    "Agreements",
    "Alert",
    "Candidate",
    "Clock",
    "PauseKind",
]

AgreementKind = Literal["standard", "customer", "specific"]
PauseKind = Literal["paused", "waiting"]
KINDS: dict[str, Label] = {
    "standard": Label("general standard", "通用标准"),
    "customer": Label("customer agreement", "客户专属协议"),
    "specific": Label("work-specific agreement", "特定工作协议"),
}
NO_TIME = timedelta()


@frozen(order=False, kw_only=True)
class Alert:
    """A warning at a share of the limit, or at an offset from the deadline in the clock's time.

    `percent` may pass 100; `offset` is negative before the deadline and positive after it.
    """

    name: str = field(validator=some_text)
    percent: int | None = field(default=None, validator=instance_of(int, type(None)))
    offset: timedelta | None = field(default=None, validator=instance_of(timedelta, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse both, none, or a share that is not above 0."""
        if (self.percent is None) == (self.offset is None):
            raise PolicyError(f"alert {self.name!r} needs a percent or an offset, and not both")
        if self.percent is not None and self.percent < 1:
            raise PolicyError(f"alert {self.name!r} is at {self.percent} percent; pass 1 or more")
        if self.name == "due":
            raise PolicyError("alert 'due' has the name of the deadline itself; name it otherwise")

    @property
    def label(self) -> Label:
        """When it comes, in words."""
        if self.percent is not None:
            return Label(f"{self.percent} % of the time", f"已用 {self.percent}% 时限")
        offset = self.offset or NO_TIME
        said = amount_label(abs(offset))
        if offset < NO_TIME:
            return Label(f"{said.en} before the deadline", f"截止前 {said.zh}")
        return Label(f"{said.en} after the deadline", f"截止后 {said.zh}")


@frozen(order=False)
class Clock(Named):
    """One promise: from the event `starts` to one of the events `stops` within `limit`.

    `limit` is open time of `calendar`, or working days of it. Time in which the case is in one of
    the states `pauses` does not count. With `repeats` every stop starts the next round, until the
    case is solved. `must_state` names what the stopping event has to contain.
    """

    limit: Amount = field(kw_only=True, validator=instance_of(timedelta, WorkingDays))
    calendar: Calendar = field(kw_only=True, validator=instance_of(Calendar))
    starts: EventKind = field(default="opened", kw_only=True, validator=one_of(*EVENTS))
    stops: tuple[EventKind, ...] = field(default=("solved",), kw_only=True, validator=tuple_of(str))
    pauses: tuple[PauseKind, ...] = field(
        default=("paused", "waiting"), kw_only=True, validator=tuple_of(str)
    )
    repeats: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    alerts: tuple[Alert, ...] = field(default=(), kw_only=True, validator=tuple_of(Alert))
    must_state: tuple[Named, ...] = field(default=(), kw_only=True, validator=tuple_of(Named))
    source: Source | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that is not above 0, and stops or pauses that are none."""
        if isinstance(self.limit, timedelta) and self.limit <= NO_TIME:
            raise PolicyError(f"clock {self.name!r} has the limit {self.limit}; pass more than 0")
        if not self.stops:
            raise PolicyError(f"clock {self.name!r} never stops; name an event, such as 'solved'")
        for stop in self.stops:
            if stop not in EVENTS:
                raise PolicyError(f"clock {self.name!r} stops at {stop!r}; name one of {_events()}")
        for pause in self.pauses:
            if pause not in {"paused", "waiting"}:
                raise PolicyError(
                    f"clock {self.name!r} pauses while {pause!r}; name 'paused', 'waiting' or both"
                )
        if self.starts == "cancelled" or "opened" in self.stops:
            raise PolicyError(
                f"clock {self.name!r} runs from {self.starts!r} to {self._stops}; nothing follows "
                "'cancelled' or precedes 'opened', so name other events"
            )
        if self.starts in self.stops:
            raise PolicyError(f"clock {self.name!r} starts and stops at {self.starts!r}; part them")
        unique_names("alert", (one.name for one in self.alerts))

    @property
    def _stops(self) -> str:
        return " or ".join(repr(stop) for stop in self.stops)

    def same_target(self, other: "Clock") -> bool:
        """Say whether both promise the same time of the same calendar."""
        return self.limit == other.limit and self.calendar == other.calendar


def _events() -> str:
    return ", ".join(repr(kind) for kind in EVENTS)


@frozen(order=False, kw_only=True)
class Agreement:
    """A rule table that gives the clocks for a case, in force on the days `in_force`.

    `kind` is "standard", "customer" (for one customer) or "specific" (for one kind of work). `note`
    says what a reader has to know of the whole agreement.
    """

    name: str = field(validator=some_text)
    zh: str = field(default="")
    kind: AgreementKind = field(default="standard", validator=one_of(*KINDS))
    clocks: RuleTable[tuple[Clock, ...]] = field(validator=instance_of(RuleTable))
    in_force: Days | None = field(default=None, validator=instance_of(Days, type(None)))
    source: Source | None = field(default=None)
    note: Label | None = field(default=None, validator=instance_of(Label, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that gives something else than clocks of different names."""
        if self.clocks.dated:
            raise PolicyError(
                f"agreement {self.name!r} has rules with days of their own; give it in_force=Days, "
                "and split it where rules differ"
            )
        for rule in self.clocks.rules:
            given: object = rule.gives
            if not isinstance(given, tuple) or not all(isinstance(one, Clock) for one in given):
                raise PolicyError(f"rule {rule.name!r} gives {brief(given)}; pass a tuple of Clock")
            unique_names(f"clock of rule {rule.name!r}:", (one.name for one in rule.gives))

    @property
    def label(self) -> Label:
        """Its name."""
        return Label(self.name, self.zh or self.name)


@frozen(order=False)
class Candidate:
    """A clock that an agreement gives for some facts, by which rule."""

    clock: Clock = field()
    agreement: Agreement = field()
    rule: str = field()
    source: Source | None = field()


@frozen(order=False, kw_only=True)
class Agreements(Policy):
    """The agreements of a company, and what decides between them.

    Clock by clock, `precedence` says which agreement counts: "by_kind" takes the kind that stands
    first in `order`, "stricter" the deadline that is earliest if counted from the receipt, "later"
    the one that came into force last. Between equals the one listed first counts. The agreements in
    force on the day of receipt, in `zone`, hold for the whole case.

    `retarget` says what another priority or tier does to a running clock: "from_start" counts the
    new limit from the start, "from_change" from the change, "keep_share" gives of the new limit the
    share that was left of the old one (rounded down to the second), "keep_stricter" keeps the
    earlier of the old deadline and the new one from the start, as both stand at the change. A
    change after a clock has stopped changes nothing, and counted from the change or by the share a
    deadline that has passed stays. `reopening` says what becomes of the time between solution and
    re-opening: "skip" does not count it, "count" does, "restart" starts the limit anew.

    Defaults are kamcore's own.
    """

    agreements: tuple[Agreement, ...] = field(validator=tuple_of(Agreement))
    precedence: Literal["by_kind", "stricter", "later"] = field(
        default="by_kind", validator=one_of("by_kind", "stricter", "later")
    )
    order: tuple[AgreementKind, ...] = field(
        default=("specific", "customer", "standard"), validator=tuple_of(str)
    )
    zone: str | None = field(default=None, validator=instance_of(str, type(None)))
    retarget: Literal["from_start", "from_change", "keep_share", "keep_stricter"] = field(
        default="from_start",
        validator=one_of("from_start", "from_change", "keep_share", "keep_stricter"),
    )
    reopening: Literal["skip", "count", "restart"] = field(
        default="skip", validator=one_of("skip", "count", "restart")
    )
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Check names, the order of kinds, and that "later" has days to compare."""
        if not self.agreements:
            raise PolicyError("no agreement is given; pass at least one Agreement(...)")
        unique_names("agreement", (one.name for one in self.agreements))
        if sorted(self.order) != sorted(KINDS):
            raise PolicyError(
                f"order {self.order} ranks not every kind once; rank {', '.join(KINDS)}"
            )
        if self.precedence == "later" and any(one.in_force is None for one in self.agreements):
            raise PolicyError(
                "precedence 'later' compares first days; give every agreement in_force"
            )
        if self.zone is not None:
            known_zone(self.zone)
        elif any(one.in_force for one in self.agreements):
            raise PolicyError('agreements have days and no zone; pass zone="Asia/Shanghai"')
        _ = self.fields

    @property
    def fields(self) -> Fields:
        """The facts that the agreements ask for."""
        return Fields(one for agreement in self.agreements for one in agreement.clocks.fields)

    @cached_property
    def clock_names(self) -> tuple[str, ...]:
        """The names of all clocks, in the order in which the agreements give them."""
        return tuple(dict.fromkeys(clock.name for clock in self.clocks()))

    def clocks(self) -> Iterator[Clock]:
        """Go through the clocks of all rules."""
        for agreement in self.agreements:
            for rule in agreement.clocks.rules:
                yield from rule.gives

    def check_clock(self, name: str) -> None:
        """Raise `UnknownName` where no rule gives a clock of this name."""
        if name not in self.clock_names:
            raise UnknownName("clock", name, self.clock_names)

    def day_of(self, opened: datetime) -> date:
        """Return the day of an instant, in the zone of the agreements."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where agreements have days

        return opened.astimezone(ZoneInfo(self.zone) if self.zone else opened.tzinfo).date()

    def in_force(self, opened: datetime) -> tuple[Agreement, ...]:
        """Return the agreements in force on the day of an instant."""
        if self.zone is None:
            return self.agreements
        day = self.day_of(opened)
        return tuple(one for one in self.agreements if one.in_force is None or day in one.in_force)

    def candidates(self, facts: Facts, opened: datetime) -> list[Candidate]:
        """Return every clock that an agreement in force gives for the facts."""
        found: list[Candidate] = []
        for agreement in self.in_force(opened):
            winner = agreement.clocks.winner(facts)
            if winner >= 0:
                rule = agreement.clocks.rules[winner]
                found += [
                    Candidate(
                        clock, agreement, rule.name, clock.source or rule.source or agreement.source
                    )
                    for clock in rule.gives
                ]
        return found

    def choose(self, candidates: list[Candidate], opened: datetime) -> Candidate:
        """Return the candidate that counts among those for one clock."""
        if self.precedence == "by_kind":
            return min(candidates, key=lambda one: self.order.index(one.agreement.kind))
        if self.precedence == "later":
            return max(candidates, key=lambda one: _first_day(one.agreement))
        return min(candidates, key=lambda one: utc(one.clock.calendar.add(opened, one.clock.limit)))

    def missing(self, facts: Facts, opened: datetime) -> tuple[MissingFact, ...]:
        """Return the missing facts that could make another rule of an agreement hold."""
        found = (
            fact for agreement in self.in_force(opened) for fact in agreement.clocks.missing(facts)
        )
        return tuple(dict.fromkeys(found))


def _first_day(agreement: Agreement) -> int:
    return agreement.in_force.start.toordinal() if agreement.in_force else 0
