"""Who answers, who decides and who may see, as expressions over a dataframe; see `_frames`.

seat_by(policy, on)          name of the accountable seat on a day; NOBODY where nobody answers,
                             null where it is undecided
authority_by(policy, seat)   "allowed", "refer" with the name of the seat, or "nobody"; null
                             where it is undecided
access_by(policy, person, act)  "allowed" or "refused"; never null
"""

from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw
from tests.contract._frames import (
    ACCOUNT,
    always,
    below,
    filled,
    holds,
    never,
    one_of,
    possible_in,
    text,
    winner_of,
)

from kamcore.facts import TextField, TreeField
from kamcore.routing import (
    AccessRules,
    Authority,
    AuthorityLevel,
    Duty,
    DutyRules,
    Grant,
    NoOwner,
    Person,
)

__all__ = ["NOBODY", "access_by", "authority_by", "seat_by"]

NOBODY = "(nobody)"


def seat_by(policy: DutyRules, on: date | None = None) -> nw.Expr:
    """Return the accountable seat: that of the rule that wins, then the default."""
    if policy.otherwise is not None:
        seat = text(policy.otherwise.accountable.name)
    else:
        seat = nw.when(~possible_in(policy.table, on)).then(text(NOBODY))
    winner = winner_of(policy.table, on)
    for rule in policy.table.rules:
        own = filled(winner == text(rule.name))
        seat = nw.when(own).then(text(_seat_of(rule.gives))).otherwise(seat)
    return seat


def _seat_of(gives: Duty | NoOwner) -> str:
    return gives.accountable.name if isinstance(gives, Duty) else NOBODY


def authority_by(policy: Authority, seat: str) -> nw.Expr:
    """Return what becomes of a case: its own level or one under it, else the next one above."""
    place = next(number for number, level in enumerate(policy.levels) if level.seat.name == seat)
    verdict = text("nobody")
    for level in reversed(policy.levels[place + 1 :]):
        refer = text(f"refer {level.seat.name}")
        beyond = nw.when(~_may(level, if_missing=True)).then(verdict)
        verdict = nw.when(_may(level)).then(refer).otherwise(beyond)
    own = policy.levels[: place + 1]
    could = reduce(or_, [_may(level, if_missing=True) for level in own])
    beyond = nw.when(~could).then(verdict)
    allowed = reduce(or_, [_may(level) for level in own])
    return nw.when(allowed).then(text("allowed")).otherwise(beyond)


def _may(level: AuthorityLevel, *, if_missing: bool = False) -> nw.Expr:
    return always() if level.when is None else holds(level.when, if_missing=if_missing)


def access_by(policy: AccessRules, person: Person, act: str) -> nw.Expr:
    """Return whether some grant to a role of an active person reaches an account."""
    reached = never()
    for grant in policy.grants:
        if person.active and grant.act == act and grant.role in person.roles:
            reached = reached | _reached(grant, policy.unit, policy.manager, person)
    return nw.when(reached).then(text("allowed")).otherwise(text("refused"))


def _reached(
    grant: Grant, tree: TreeField | None, manager: TextField | None, person: Person
) -> nw.Expr:
    if grant.reach == "all":
        return always()
    if grant.reach == "own" and manager is not None:
        return filled(nw.col(manager.name) == text(person.name))
    found = never()
    if grant.accounts:
        found = found | one_of(nw.col(ACCOUNT), grant.accounts)
    if tree is None:
        return found
    if grant.reach == "unit":
        units = [] if person.unit is None else [person.unit]
    elif grant.reach == "listed":
        units = [name for unit in grant.units for name in below(tree, unit)]
    else:
        units = [] if person.unit is None else below(tree, person.unit)
    return found | filled(one_of(nw.col(tree.name), units)) if units else found
