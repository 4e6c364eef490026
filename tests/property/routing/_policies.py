"""Random duty rules with their spaces, and what holds of them, found by walking every case."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from attrs import define, evolve, field
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, naive
from tests.property.facts._tables import (
    Case,
    days,
    decide,
    every_case,
    holds,
    tables,
    without,
)

from kamcore.facts import Field
from kamcore.routing import Box, Duty, DutyAudit, DutyRules, NoOwner, Space, check_duties
from kamcore.values import Label, Seat

SEATS = tuple(Seat(name, Label(name, f"{name}岗")) for name in ("desk", "sales", "finance"))
DUTIES = (Duty(SEATS[0]), Duty(SEATS[1], informed=(SEATS[0],)), Duty(SEATS[2], (SEATS[1],)))
NOBODY = NoOwner(Label("the text names nobody", "原文未规定"))
MENDED = Duty(Seat("mended", Label("mended", "补")))
GIVES = st.sampled_from((*DUTIES, NOBODY, NoOwner()))


class World(NamedTuple):
    """A policy and the space over which it is audited."""

    policy: DutyRules
    space: Space


@st.composite
def worlds(
    draw: st.DrawFn,
    *,
    matches: tuple[str, ...] = ("first", "last", "most_specific"),
    dated: bool | None = None,
    pool: tuple[Field, ...] | None = None,
) -> World:
    """Draw rules with or without a default, and a space of their facts and now and then more."""
    table = draw(tables(GIVES, matches=matches, dated=dated, of=pool))
    policy = DutyRules(table=table, otherwise=draw(st.none() | st.sampled_from(DUTIES)))
    more = draw(st.lists(st.sampled_from(ALL_FIELDS), max_size=1))
    space = Space((*table.fields, *more))
    may_miss = tuple(name for name in space.fields.names if draw(st.booleans()))
    return World(policy, evolve(space, may_miss=may_miss, days=draw(days())))


@define
class Walked:
    """A world, case by case."""

    world: World = field()

    @property
    def policy(self) -> DutyRules:
        """The policy."""
        return self.world.policy

    @cached_property
    def audit(self) -> DutyAudit:
        """The audit that is judged."""
        return check_duties(*self.world).value

    @cached_property
    def cases(self) -> list[Case]:
        """One case of each kind."""
        space = self.world.space
        return every_case(
            self.policy.table.rules, space.fields, may_miss=space.may_miss, within=space.days
        )

    @cached_property
    def winners(self) -> list[int]:
        """The rule that wins in each case, -1 for none."""
        return [decide(self.policy.table, case) for case in self.cases]

    def where(self, *winners: int) -> list[Case]:
        """Return the cases in which certain rules win."""
        return [case for case, won in zip(self.cases, self.winners, strict=True) if won in winners]

    @cached_property
    def unowned(self) -> list[Case]:
        """The cases in which nobody is accountable."""
        return [
            case
            for case, won in zip(self.cases, self.winners, strict=True)
            if isinstance(self.policy.given_by(won), NoOwner)
        ]

    @cached_property
    def answers(self) -> list[Duty | NoOwner | None]:
        """The answer in each case, None where there is none."""
        return [answer_of(self.policy, won) for won in self.winners]

    def answers_without(self, *names: str) -> list[Duty | NoOwner | None]:
        """Return the answer in each case after rules were taken out."""
        rest = evolve(self.policy, table=without(self.policy.table, *names))
        return [answer_of(rest, decide(rest.table, case)) for case in self.cases]

    def holding(self, rule: int) -> Iterator[int]:
        """Return what wins in each case in which a rule holds."""
        for case, won in zip(self.cases, self.winners, strict=True):
            if holds(self.policy.table.rules[rule], case):
                yield won

    def runners_up(self, rule: int) -> set[str]:
        """Return the rules that win without a rule where it wins."""
        name = self.policy.table.rules[rule].name
        rest = without(self.policy.table, name)
        found = {decide(rest, case) for case in self.where(rule)}
        return {rest.rules[number].name for number in found if number >= 0}

    def names(self, numbers: set[int]) -> set[str]:
        """Return the names of rules."""
        return {self.policy.table.rules[number].name for number in numbers if number >= 0}


def answer_of(policy: DutyRules, won: int) -> Duty | NoOwner | None:
    """Return what the rule that wins gives, the default, or None where there is none."""
    return policy.otherwise if won < 0 else policy.table.rules[won].gives


def lies_in(case: Case, box: Box) -> bool:
    """Say whether a case lies in a box, by its condition and its days."""
    on_day = box.days is None or (case.day is not None and case.day in box.days)
    return on_day and (box.when is None or naive(box.when, case.values))


def witness_of(box: Box) -> Case:
    """Return the case that a box shows."""
    return Case(box.witness.values, box.witness_day)
