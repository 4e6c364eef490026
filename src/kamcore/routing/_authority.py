"""Up to which cases a seat decides, and to whom what lies beyond goes, in time (S1-7b)."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Amount, Calendar, WorkingDays, amount_label
from kamcore.calendars._counting import START, THE_TIME, how_counted, unknown_holidays
from kamcore.decision import UNDECIDED, Decision, MissingFact, Policy, Reason
from kamcore.errors import InputError, PolicyError
from kamcore.facts import (
    Condition,
    Facts,
    Fields,
    Leaf,
    Needs,
    Wire,
    as_optional_condition,
    failing,
    leaf_reason,
)
from kamcore.facts._why import lacking
from kamcore.routing._authority_says import (
    ALLOWED,
    ALLOWED_AS,
    NOBODY,
    NOTE,
    OPEN_OWN,
    OPEN_TO,
    PASSED_ON,
    REACHES,
    REFER,
    REFER_BY,
)
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import (
    as_instant,
    expect,
    instance_of,
    known_name,
    tuple_of,
    unique_names,
)
from kamcore.values._words import joined

__all__ = ["Authority", "AuthorityLevel", "AuthorityVerdict", "check_authority"]

NO_TIME = timedelta()
EVERYTHING = Label("everything", "全部事项")
Values = dict[str, Wire | None]


@frozen(order=False)
class AuthorityLevel:
    """A seat and the cases up to which it decides; `when=None` is everything."""

    seat: Seat = field(validator=instance_of(Seat))
    when: Condition | None = field(default=None, converter=as_optional_condition)
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    @property
    def rows(self) -> tuple[tuple[Leaf, ...], ...]:
        """The alternatives of leaves under which the seat decides."""
        return ((),) if self.when is None else self.when.rows()

    def holds(self, values: Values, *, if_missing: bool = False) -> bool:
        """Say whether the seat decides a case; a leaf on a missing fact answers `if_missing`."""
        return self.when is None or self.when.holds(values, if_missing=if_missing)


@frozen(order=False, kw_only=True)
class Authority(Policy):
    """Seats that decide, the lowest authority first; a higher one may do what a lower one may.

    What exceeds a seat's authority goes to the next higher seat that may decide it, `within` some
    open time or working days of `calendar`, or without a limit in time. `note` says what the text
    leaves open; it stands in every answer that a seat may not decide.
    """

    levels: tuple[AuthorityLevel, ...] = field(validator=tuple_of(AuthorityLevel))
    within: Amount | None = field(
        default=None, validator=instance_of(timedelta, WorkingDays, type(None))
    )
    calendar: Calendar | None = field(default=None, validator=instance_of(Calendar, type(None)))
    note: Label | None = field(default=None, validator=instance_of(Label, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a level that is never reached, and a time without the calendar it counts in."""
        if not self.levels:
            raise PolicyError("an authority without levels; pass at least one AuthorityLevel")
        unique_names("seat", self.names)
        for below, level in zip(self.levels, self.levels[1:], strict=False):
            if below.when is None:
                raise PolicyError(
                    f"seat {level.seat.name!r} is never reached, as {below.seat.name!r} below it "
                    "decides everything; state up to which cases that seat decides"
                )
        if (self.within is None) is not (self.calendar is None):
            names = ("within", "calendar")
            given, lacks = names if self.calendar is None else reversed(names)
            raise PolicyError(f"{given} is given without {lacks}; pass both, or neither")
        if isinstance(self.within, timedelta) and self.within <= NO_TIME:
            raise PolicyError(f"within {self.within}; pass more than 0, or leave it out")
        _ = self.fields

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the seats, the lowest authority first."""
        return tuple(level.seat.name for level in self.levels)

    @property
    def fields(self) -> Fields:
        """The facts that the levels ask for."""
        return Fields(leaf.field for level in self.levels for row in level.rows for leaf in row)

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)


@frozen(order=False)
class AuthorityVerdict:
    """Whether a seat decides: "allowed", "refer" `to` a higher seat, or "nobody" may decide it.

    `by` is the last instant for passing it on, in the calendar's zone; None without a limit.
    """

    outcome: Literal["allowed", "refer", "nobody"] = field()
    to: Seat | None = field(default=None)
    by: datetime | None = field(default=None)


def check_authority(
    facts: Facts, policy: Authority, *, seat: Seat | str, at: datetime | None = None
) -> Decision[AuthorityVerdict]:
    """Return whether a `seat` (or the seat of that name) decides a case, or to whom it goes.

    `at` is the instant of the case, from which `within` counts; it is needed where the policy has
    one. Undecided where a missing fact could let another seat decide; the decision names it.

    Raises `UnknownName` for a seat that has no level, `InputError` without the instant that
    `within` needs, `NaiveInstant` for one without a zone. Source: S1-7b.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, Authority)
    expect("seat", seat, Seat, str)
    name = seat.name if isinstance(seat, Seat) else seat
    own = policy.names.index(known_name("seat", name, policy.names))
    asked = _Asked(facts, policy, own, _instant(policy, at))
    deciding = next((one for one in asked.order if one.holds(asked.values)), None)
    ahead = asked.ahead_of(deciding)
    if ahead:
        return asked.undecided(ahead)
    if deciding is None:
        return asked.nobody()
    if deciding in asked.below:
        return asked.allowed(deciding)
    return asked.refer(deciding)


def _instant(policy: Authority, at: datetime | None) -> datetime | None:
    if at is None:
        if policy.within is not None:
            raise InputError("at is None; pass the instant of the case, from which within counts")
        return None
    calendar = policy.calendar
    if calendar is None:
        return as_instant(at, "at")
    return calendar.add(as_instant(at, "at", calendar.zone), NO_TIME)


@frozen(order=False)
class _Asked:
    """A case before a seat: `own` is the place of its level."""

    facts: Facts = field()
    policy: Authority = field()
    own: int = field()
    at: datetime | None = field()

    @cached_property
    def values(self) -> Values:
        return self.policy.compiled.values(self.facts)

    @property
    def level(self) -> AuthorityLevel:
        return self.policy.levels[self.own]

    @property
    def seat(self) -> Seat:
        return self.level.seat

    @property
    def below(self) -> tuple[AuthorityLevel, ...]:
        """The seat's own level, then those under it, the nearest first."""
        return self.policy.levels[self.own :: -1]

    @property
    def above(self) -> tuple[AuthorityLevel, ...]:
        return self.policy.levels[self.own + 1 :]

    @property
    def order(self) -> tuple[AuthorityLevel, ...]:
        """The levels in the order in which they decide."""
        return (*self.below, *self.above)

    def ahead_of(self, deciding: AuthorityLevel | None) -> tuple[AuthorityLevel, ...]:
        """Return the levels that a missing fact could put before the one that decides."""
        if deciding in self.below:
            return ()
        order = self.order
        last = len(order) if deciding is None else order.index(deciding)
        return tuple(one for one in order[:last] if one.holds(self.values, if_missing=True))

    def answer(
        self, verdict: AuthorityVerdict, reasons: list[Reason], *assumed: Reason
    ) -> Decision[AuthorityVerdict]:
        return Decision(verdict, tuple(reasons), self.policy.fingerprint, (), assumed)

    def undecided(self, ahead: tuple[AuthorityLevel, ...]) -> Decision[AuthorityVerdict]:
        missing = self._missing(ahead)
        names = joined(fact.label for fact in missing)
        rule = OPEN_OWN if any(one in self.below for one in ahead) else OPEN_TO
        first = Reason.of(rule, self.seat, names, source=self.policy.source)
        reasons = (first, *(_reaches(one) for one in ahead))
        return Decision(UNDECIDED, reasons, self.policy.fingerprint, missing)

    def _missing(self, ahead: tuple[AuthorityLevel, ...]) -> tuple[MissingFact, ...]:
        return self.facts.missing(
            leaf.field.name
            for level in ahead
            if level.when is not None
            for leaf in lacking(level.when, self.values)
        )

    def allowed(self, deciding: AuthorityLevel) -> Decision[AuthorityVerdict]:
        source = self.policy.source
        if deciding is self.level:
            first = Reason.of(ALLOWED, self.seat, source=source)
        else:
            first = Reason.of(ALLOWED_AS, self.seat, deciding.seat, source=source)
        return self.answer(AuthorityVerdict("allowed"), [first, *self._holding(deciding)])

    def _holding(self, level: AuthorityLevel) -> list[Reason]:
        if level.when is None:
            return [_reaches(level)]
        row = next(row for row in level.rows if all(leaf.holds(self.values) for leaf in row))
        return [leaf_reason(leaf, self.values, None, level.source) for leaf in row]

    def refer(self, deciding: AuthorityLevel) -> Decision[AuthorityVerdict]:
        policy, at, to = self.policy, self.at, deciding.seat
        between = self.above[: self.above.index(deciding)]
        why = [*self._failing((self.level, *between)), _reaches(deciding)]
        if policy.within is None or policy.calendar is None or at is None:
            first = Reason.of(REFER, self.seat, to, source=policy.source)
            return self.answer(AuthorityVerdict("refer", to), [first, *self._note(), *why])
        calendar = policy.calendar
        by = calendar.add(at, policy.within)
        first = Reason.of(REFER_BY, self.seat, to, by, source=policy.source)
        said = (amount_label(policy.within), calendar.label, at)
        reasons = [first, *self._note(), *why, Reason.of(PASSED_ON, *said)]
        counted = how_counted(calendar, policy.within, START)
        assumed = (counted, *unknown_holidays(calendar, by, THE_TIME))
        return self.answer(AuthorityVerdict("refer", to, by), reasons, *assumed)

    def nobody(self) -> Decision[AuthorityVerdict]:
        first = Reason.of(NOBODY, self.seat, source=self.policy.source)
        reasons = [first, *self._note(), *self._failing((self.level, *self.above))]
        return self.answer(AuthorityVerdict("nobody"), reasons)

    def _note(self) -> list[Reason]:
        note = self.policy.note
        return [] if note is None else [Reason.of(NOTE, note, source=self.policy.source)]

    def _failing(self, levels: tuple[AuthorityLevel, ...]) -> list[Reason]:
        """Return what keeps each of some seats from deciding."""
        return [
            leaf_reason(leaf, self.values, _goal(level.seat), level.source)
            for level in levels
            if level.when is not None
            for leaf in failing(level.when, self.values)
            if not leaf.holds(self.values, if_missing=True)
        ]


def _goal(seat: Seat) -> Label:
    return Label(f"a case for {seat.label.en}", f"{seat.label.zh}的权限")


def _reaches(level: AuthorityLevel) -> Reason:
    cases = EVERYTHING
    if level.when is not None:
        cases = Label(level.when.text("en"), level.when.text("zh"))
    return Reason.of(REACHES, level.seat, cases, source=level.source)
