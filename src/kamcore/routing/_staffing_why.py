"""Why a person holds a seat, from what the search noted."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from kamcore.decision import Param, Reason, Rule, Trace, show
from kamcore.facts import Facts
from kamcore.routing._holders import holders_of, missing_for
from kamcore.routing._seating import Passed, Placement
from kamcore.routing._staff import Staff, Workload
from kamcore.routing._staffing_says import (
    ABOVE,
    ALONE,
    CHAIN,
    CHOICE,
    DAYS,
    HEAD,
    HEADS_STAND_IN,
    HOLDER,
    KNOWN,
    LEAST,
    LISTED,
    LOOP,
    MEMBER,
    NO_MANAGER,
    NOBODY,
    PARTS,
    PASSED,
    PASSED_FOR,
    QUEUE,
    RELIEVED,
    STAND_IN,
    SUBSTITUTES,
    TURN,
    UNHELD,
    UNHELD_HERE,
    VACANT,
    WITHOUT,
)
from kamcore.values import Label, Seat
from kamcore.values._words import joined, zone_label

__all__ = ["StaffingTrace", "conventions"]

SHOWN = 3


def conventions(placements: Iterable[Placement], staff: Staff) -> tuple[Reason, ...]:
    """Return the readings of kamcore's own that some placements rest on."""
    given = tuple(placements)
    how = {one.how for one in given}
    said = [Reason.of(rule) for name, rule in CHOICE.items() if name in how]
    if how & {"stand_in", "head", "nobody"}:
        said.append(Reason.of(SUBSTITUTES))
    if any(note.why == "absent" for one in given for note in one.passed):
        said.append(Reason.of(DAYS, zone_label(staff.zone)))
    return tuple(said)


@frozen(order=False)
class StaffingTrace(Trace):
    """Who holds each seat of a duty; `parts` are those responsible, consulted and informed."""

    facts: Facts = field()
    staff: Staff = field()
    workload: Workload = field()
    accountable: Placement = field()
    parts: tuple[tuple[Placement, ...], ...] = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return who is accountable and why, who else has a part, and why others have none."""
        first = self.accountable
        told = {note for note in first.passed if note.person in first.instead_of}
        said = [self._answer(first), *self._way(first), *self._passed(first, told)]
        if first.how != "nobody":
            said += self._members()
            for one in (one for part in self.parts for one in part):
                said += [*self._way(one), *self._passed(one, told)]
        return tuple(dict.fromkeys(said))

    def _answer(self, found: Placement) -> Reason:
        seat, source = found.seat, self.staff.source
        if found.person is None:
            return Reason.of(QUEUE if found.how == "queue" else NOBODY, seat, source=source)
        person, unit = self._name(found.person), self._unit(found.unit)
        if found.how not in {"stand_in", "head"}:
            rule = MEMBER if seat.kind == "queue" else HOLDER
            return Reason.of(rule, person, seat, source=source)
        if not found.instead_of:
            return Reason.of(HEAD, person, unit, seat, source=source)
        absent, last = self._absence(found, found.instead_of[0])
        if found.how == "stand_in":
            return Reason.of(STAND_IN, person, absent, last, seat, source=source)
        return Reason.of(HEADS_STAND_IN, person, absent, unit, last, seat, source=source)

    def _way(self, found: Placement) -> Iterator[Reason]:
        """Return what led to a person, besides those who were passed over."""
        if found.relieves is not None:
            yield Reason.of(self._relief(found.relieves), found.relieves, found.seat)
        if len(found.instead_of) > 1:
            yield self._chain(found)
        home = self._home()
        if found.how in {"head", "nobody"}:
            if found == self.accountable and self._unheld(found.seat):
                if found.seat.kind == "unit_role" and home is not None:
                    yield Reason.of(UNHELD_HERE, found.seat, self._unit(home))
                else:
                    yield Reason.of(UNHELD, found.seat)
        elif found.unit not in {None, home}:
            yield Reason.of(ABOVE, self._unit(home), found.seat, self._unit(found.unit))
        if found.person is not None:
            yield from self._choice(found, self._name(found.person), found.person)

    def _relief(self, absent: Seat) -> Rule:
        """Return why a seat is relieved: its people cannot take it, or nobody says who they are."""
        return NO_MANAGER if self._unnamed(absent) else RELIEVED

    def _chain(self, found: Placement) -> Reason:
        """Return the absent stand-ins on the way from an absent person to the one who is there."""
        away = [self._absence(found, name) for name in found.instead_of[1:]]
        return Reason.of(
            CHAIN, few([words("{} (through {})", "{}（至{}止）", *one) for one in away])
        )

    def _choice(self, found: Placement, person: Label, name: str) -> Iterator[Reason]:
        """Return why one of several was chosen, and what a head lacks."""
        if found.how == "known":
            yield Reason.of(KNOWN, person)
        elif found.how in CHOICE and found.among == 1:
            yield Reason.of(ALONE)
        elif found.how == "turn":
            yield Reason.of(TURN, person, found.among)
        elif found.how == "least_loaded":
            yield Reason.of(LEAST, person, self.workload.open_of(name), found.among)
        elif found.how == "listed":
            yield Reason.of(LISTED, person, found.among)
        if found.lacks:
            yield Reason.of(WITHOUT, person, skills_label(found.lacks))

    def _passed(self, found: Placement, told: set[Passed]) -> Iterator[Reason]:
        """Return who was passed over, none twice, and stand-ins that lead back to each other."""
        fresh = [note for note in found.passed if note not in told]
        told.update(fresh)
        if fresh:
            stand_ins = found.how in {"stand_in", "head", "nobody"}
            people = few([self._noted(note, stand_ins=stand_ins) for note in fresh])
            if found == self.accountable:
                yield Reason.of(PASSED, people)
            else:
                yield Reason.of(PASSED_FOR, found.seat, people)
        for loop in found.loops:
            names = [self._name(name) for name in (*loop, loop[0])]
            en, zh = " → ".join(one.en for one in names), " → ".join(one.zh for one in names)
            yield Reason.of(LOOP, Label(en, zh))

    def _noted(self, note: Passed, *, stand_ins: bool) -> Label:
        """Return a person and why this one was passed over."""
        name = self._name(note.person)
        if note.last is None:
            return _why_passed(note, name)
        if not stand_ins:
            return words("{} (absent through {})", "{}（不在岗，至{}止）", name, note.last)
        named = Label("no stand-in", "未指定职务代理人")
        if note.stand_in is not None:
            named = words("stand-in {}", "职务代理人为{}", self._name(note.stand_in))
        return words(
            "{} (absent through {}, {})", "{}（不在岗，至{}止，{}）", name, note.last, named
        )

    def _members(self) -> Iterator[Reason]:
        """Return who carries the work out, who is asked and who is told, and which seats nobody."""
        vacant: list[Label] = []
        for rule, part in zip(PARTS, self.parts, strict=True):
            people = [self._member(one) for one in part if one.how != "nobody"]
            vacant += [self._vacant(one.seat) for one in part if one.how == "nobody"]
            if people:
                yield Reason.of(rule, joined(people))
        if vacant:
            yield Reason.of(VACANT, joined(dict.fromkeys(vacant)))

    def _member(self, found: Placement) -> Label:
        """Return a person with the seat, and for whom this one is there."""
        seat = found.seat.label
        if found.person is None:
            return seat
        person, unit = self._name(found.person), self._unit(found.unit)
        if not found.instead_of:
            if found.how == "head":
                en, zh = "{} (as head of {}, for {})", "{}（{}单位负责人，代行{}职责）"
                return words(en, zh, person, unit, seat)
            return words("{} ({})", "{}（{}）", person, seat)
        absent = self._name(found.instead_of[0])
        if found.how == "head":
            en, zh = (
                "{} (stand-in of {}, head of {}, for {})",
                "{0}（代{2}单位负责人{1}，代行{3}职责）",
            )
            return words(en, zh, person, absent, unit, seat)
        return words("{} (stand-in of {}, {})", "{}（代{}履行{}职责）", person, absent, seat)

    def _vacant(self, seat: Seat) -> Label:
        """Return a seat that nobody takes, and whether anybody could."""
        if self._unnamed(seat):
            if seat.kind == "account_manager":
                return words("{} (the account names none)", "{}（该客户未指定）", seat)
            return words("{} (the customer's unit is not known)", "{}（未提供所属单位）", seat)
        if self._unheld(seat):
            if seat.kind == "unit_role" and self._home() is not None:
                en, zh = "{} (nobody is listed in {} or above)", "{}（{}及上级单位无人担任）"
                return words(en, zh, seat, self._unit(self._home()))
            return words("{} (nobody is listed)", "{}（名单中无人担任）", seat)
        return seat.label

    def _absence(self, found: Placement, name: str) -> tuple[Label, Param]:
        """Return somebody who is absent, and through which day."""
        days = (note.last for note in found.passed if note.person == name)
        return self._name(name), next(day for day in days if day is not None)

    def _unnamed(self, seat: Seat) -> bool:
        return bool(missing_for((seat,), self.facts, self.staff))

    def _unheld(self, seat: Seat) -> bool:
        return not self._unnamed(seat) and not holders_of(seat, self.facts, self.staff)[0]

    def _home(self) -> str | None:
        unit = self.staff.unit
        home = None if unit is None else self.facts.values[unit.name]
        return None if home is None else str(home)

    def _name(self, name: str) -> Label:
        return self.staff.person(name).label

    def _unit(self, unit: str | None) -> Param:
        tree = self.staff.unit
        return "" if tree is None or unit is None else tree.show(unit)


def _why_passed(note: Passed, name: Label) -> Label:
    """Return somebody who was passed over though present."""
    if note.within is not None and note.count is not None and note.most is not None:
        en, zh = "{0} (given {1} within {3}, at most {2})", "{0}（{3}内已派 {1} 件，上限 {2} 件）"
        return words(en, zh, name, note.count, note.most, note.within)
    if note.count is not None and note.most is not None:
        en, zh = "{} ({} pieces of open work, at most {})", "{}（未结工作 {} 件，上限 {} 件）"
        return words(en, zh, name, note.count, note.most)
    if note.lacks:
        return words("{} (without {})", "{}（不具备{}）", name, skills_label(note.lacks))
    if note.why == "left":
        return words("{} (has left the company)", "{}（已离职）", name)
    return words(
        "{} (knows this work, but does not hold the seat)", "{}（熟悉该项工作，但不在该岗位）", name
    )


def words(en: str, zh: str, *values: Param) -> Label:
    """Return a phrase in both languages, its `{}` filled in with the values in order."""
    return Label(
        en.format(*(show(value, "en") for value in values)),
        zh.format(*(show(value, "zh") for value in values)),
    )


def few(labels: Sequence[Label]) -> Label:
    """Return the first three of some people, and how many more there are."""
    shown, rest = joined(labels[:SHOWN]), len(labels) - SHOWN
    if rest <= 0:
        return shown
    return Label(f"{shown.en} and {rest:,} more", f"{shown.zh}等 {len(labels):,} 人")


def skills_label(skills: tuple[str, ...]) -> Label:
    """Return skills in words.

    >>> skills_label(("roaming",)).en
    'the skill roaming'
    """
    noun = "skill" if len(skills) == 1 else "skills"
    return Label(f"the {noun} {', '.join(skills)}", f"技能：{'、'.join(skills)}")
