"""A duty with exactly one accountable seat, and the rules that give it."""

from attrs import field, frozen

from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.facts import Fields, RuleTable
from kamcore.values import Label, Seat, Source
from kamcore.values._checks import brief, instance_of, tuple_of, unique_names

__all__ = ["Duty", "DutyRules", "NoOwner"]


@frozen(order=False)
class Duty:
    """Exactly one accountable seat, and any that carry out, advise or are told (RACI).

    `in_absence` takes the accountable seat's place while nobody of it is there, such as the VIP
    desk for calls to an absent manager (S4-12); without it the stand-in takes it. `skills` are
    what a person must have to be accountable or responsible (S4-16b).
    """

    accountable: Seat = field(validator=instance_of(Seat))
    responsible: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))
    consulted: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))
    informed: tuple[Seat, ...] = field(default=(), validator=tuple_of(Seat))
    in_absence: Seat | None = field(
        default=None, kw_only=True, validator=instance_of(Seat, type(None))
    )
    skills: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))

    def __attrs_post_init__(self) -> None:
        """Refuse a seat that is named twice for one part, and one that relieves itself."""
        for part in (self.responsible, self.consulted, self.informed):
            unique_names("seat", (seat.name for seat in part))
        unique_names("skill", self.skills)
        if not all(one.strip() for one in self.skills):
            raise PolicyError(f"skills {self.skills} hold an empty one; leave it out")
        if self.in_absence is not None and self.in_absence.name == self.accountable.name:
            raise PolicyError(
                f"seat {self.accountable.name!r} stands in for itself; name another in_absence"
            )

    @property
    def seats(self) -> tuple[Seat, ...]:
        """All seats of the duty, the accountable one first, each once."""
        others = (*self.responsible, *self.consulted, *self.informed)
        relief = () if self.in_absence is None else (self.in_absence,)
        return tuple(dict.fromkeys((self.accountable, *relief, *others)))


@frozen(order=False)
class NoOwner:
    """Nobody is accountable: no rule covers the work, or the rule that does names nobody.

    A rule gives `NoOwner(note)` where the text itself leaves the work without an owner; the `note`
    says so.
    """

    note: Label | None = field(default=None, validator=instance_of(Label, type(None)))


@frozen(order=False, kw_only=True)
class DutyRules(Policy):
    """A rule table of duties; `otherwise` answers for work that no rule covers.

    A rule may give `NoOwner(note)`: then not even `otherwise` answers for its work. `notes` say
    what the rules read into their text; they stand under the proof, the matrix and a description.
    """

    table: RuleTable[Duty | NoOwner] = field(validator=instance_of(RuleTable))
    otherwise: Duty | None = field(default=None, validator=instance_of(Duty, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))
    notes: tuple[Label, ...] = field(default=(), validator=tuple_of(Label))

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that gives no duty, and one seat's name for two seats."""
        for rule in self.table.rules:
            given: object = rule.gives
            if not isinstance(given, Duty | NoOwner):
                raise PolicyError(
                    f"rule {rule.name!r} gives {brief(given)}; pass a Duty, or NoOwner(note)"
                )
        known: dict[str, Seat] = {}
        for seat in self.seats:
            if known.setdefault(seat.name, seat) != seat:
                raise PolicyError(
                    f"seat {seat.name!r} is written in two ways; use one Seat value for it"
                )

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties that the rules give, the default last."""
        given = [rule.gives for rule in self.table.rules if isinstance(rule.gives, Duty)]
        return tuple(dict.fromkeys(given if self.otherwise is None else (*given, self.otherwise)))

    @property
    def seats(self) -> tuple[Seat, ...]:
        """All seats that the rules name, each once, in order."""
        return tuple(dict.fromkeys(seat for duty in self.duties for seat in duty.seats))

    @property
    def fields(self) -> Fields:
        """The facts that the rules ask for."""
        return self.table.fields

    def given_by(self, rule: int) -> Duty | NoOwner:
        """Return what the rule of an index gives; -1 stands for no rule."""
        if rule >= 0:
            return self.table.rules[rule].gives
        return NoOwner() if self.otherwise is None else self.otherwise
