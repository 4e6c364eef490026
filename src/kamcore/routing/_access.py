"""Who may see an account: grants by role, and nothing beyond them (S0-8, S1-10)."""

from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.decision import Decision, Param, Policy, Reason
from kamcore.errors import PolicyError
from kamcore.facts import Facts, Fields, Needs, TextField, TreeField, Wire
from kamcore.routing._authority_says import (
    BY_GRANT,
    DENIED,
    MAY,
    MAY_NOT,
    NO_SUCH_ACT,
    NOT_ACTIVE,
    NOT_COVERED,
)
from kamcore.routing._staff import Person
from kamcore.values import Label, Source
from kamcore.values._checks import (
    expect,
    instance_of,
    known_name,
    one_of,
    plain_text,
    some_text,
    tuple_of,
    unique_names,
)

__all__ = ["AccessRules", "AccessVerdict", "Grant", "check_access"]

Reach = Literal["all", "unit", "unit_and_below", "listed", "own"]
REACHES: dict[Reach, Label] = {
    "all": Label("all accounts", "全部客户"),
    "unit": Label("accounts of the person's own unit", "本单位的客户"),
    "unit_and_below": Label(
        "accounts of the person's own unit and the units below", "本单位及下级单位的客户"
    ),
    "listed": Label("the units and accounts that the grant lists", "授权列明的单位和客户"),
    "own": Label("accounts that the person manages", "本人担任客户经理的客户"),
}
ACTS = {"see": Label("see", "查看"), "disclose": Label("disclose", "透露")}
NONE = Label("none", "无")


@frozen(order=False)
class Grant:
    """What a role may do with accounts; `act` is a word of the company's own, such as "export".

    `reach`: "all" accounts, those of the person's own "unit", those of "unit_and_below", those
    "listed" (each of `units` with everything below, and `accounts` by id), or the person's "own",
    whose manager the person is. The role is one of `Person.roles`.
    """

    role: str = field(validator=some_text)
    reach: Reach = field(validator=one_of(*REACHES))
    act: str = field(default="see", validator=some_text)
    units: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    accounts: tuple[str, ...] = field(default=(), validator=tuple_of(str))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse lists that the reach does not read, an empty list, and repeated names."""
        listed = (*self.units, *self.accounts)
        if self.reach == "listed" and not listed:
            raise PolicyError(f"the grant to {self.role!r} lists nothing; pass units or accounts")
        if self.reach != "listed" and listed:
            raise PolicyError(
                f"the grant to {self.role!r} reaches {self.reach!r} and lists {listed[0]!r}; "
                "write reach='listed', or drop the list"
            )
        for what, names in (("unit", self.units), ("account", self.accounts)):
            unique_names(what, names)
            if not all(name.strip() for name in names):
                raise PolicyError(f"the grant to {self.role!r} lists an empty {what}; leave it out")

    @property
    def needs_unit(self) -> bool:
        """Whether the account's unit is asked."""
        return self.reach in {"unit", "unit_and_below"} or bool(self.units)

    @property
    def needs_manager(self) -> bool:
        """Whether the account's manager is asked."""
        return self.reach == "own"


@frozen(order=False, kw_only=True)
class AccessRules(Policy):
    """Grants in order; what none of them allows is refused.

    `unit` is the fact that says to which unit of the company an account belongs, `manager` the one
    that names its manager, as in `Staff`. The source does not say who may see what (S0-8), and
    strict secrecy is a policy without grants (S1-10).
    """

    grants: tuple[Grant, ...] = field(validator=tuple_of(Grant))
    unit: TreeField | None = field(default=None, validator=instance_of(TreeField, type(None)))
    manager: TextField | None = field(default=None, validator=instance_of(TextField, type(None)))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse a grant that asks for a fact, or names a unit, that is not given."""
        for grant in self.grants:
            if grant.needs_manager and self.manager is None:
                raise PolicyError(
                    f"the grant to {grant.role!r} asks who manages an account; "
                    "pass manager=TextField(...)"
                )
            if grant.needs_unit and self.unit is None:
                raise PolicyError(
                    f"the grant to {grant.role!r} asks for the unit of an account; "
                    "pass unit=TreeField(...)"
                )
            for name in grant.units:
                _known_unit(self.unit, name)
        _ = self.fields

    @property
    def fields(self) -> Fields:
        """The facts that say where an account belongs and who manages it."""
        return Fields(one for one in (self.unit, self.manager) if one is not None)

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)


def _known_unit(tree: TreeField | None, name: str | None) -> None:
    if tree is not None and name is not None:
        known_name("unit", name, tree.names)


@frozen(order=False)
class AccessVerdict:
    """Whether a person may: "allowed" by the first `grant` that says so, or "refused"."""

    outcome: Literal["allowed", "refused"] = field()
    grant: Grant | None = field(default=None)


def check_access(
    facts: Facts, policy: AccessRules, *, person: Person, act: str = "see"
) -> Decision[AccessVerdict]:
    """Return whether a person may do something with the account of the facts.

    A missing unit or manager grants nothing. A refusal reads the same whatever the account's facts
    are, known or not: it names the asker, the asker's roles and unit, the account's id and the
    act, and nothing else. An act that no grant names is refused. Raises `UnknownName` for a person
    of a unit that the tree does not have. Source: S0-8, S1-10.
    """
    expect("facts", facts, Facts)
    expect("policy", policy, AccessRules)
    expect("person", person, Person)
    expect("act", act, str)
    values = policy.compiled.values(facts)
    _known_unit(policy.unit, person.unit)
    own = [
        grant
        for grant in policy.grants
        if person.active and grant.act == act and grant.role in person.roles
    ]
    for grant in own:
        if _covers(grant, policy, values, facts.account, person):
            return _allowed(grant, policy, facts.account, person, act)
    reasons = _refused(policy, facts.account, person, act)
    verdict, assumed = AccessVerdict("refused"), (Reason.of(DENIED),)
    return Decision(verdict, tuple(reasons), policy.fingerprint, (), assumed)


def _covers(
    grant: Grant,
    policy: AccessRules,
    values: dict[str, Wire | None],
    account: str,
    person: Person,
) -> bool:
    """Say whether a grant to a role of the person reaches an account."""
    if grant.reach == "all" or account in grant.accounts:
        return True
    if grant.needs_manager:
        manager = policy.manager
        return manager is not None and values[manager.name] == person.name
    unit = None if policy.unit is None else values[policy.unit.name]
    if policy.unit is None or unit is None:
        return False
    if grant.reach == "unit":
        return unit == person.unit
    path = policy.unit.path(str(unit))
    return any(one in path for one in _reached(grant, person))


def _reached(grant: Grant, person: Person) -> tuple[str | None, ...]:
    """Return the units that a grant opens with everything below them."""
    return grant.units if grant.reach == "listed" else (person.unit,)


def _allowed(
    grant: Grant, policy: AccessRules, account: str, person: Person, act: str
) -> Decision[AccessVerdict]:
    source = grant.source or policy.source
    reasons = (
        Reason.of(MAY, person.label, _act(act), _account(account), source=source),
        Reason.of(BY_GRANT, grant.role, REACHES[grant.reach]),
    )
    return Decision(AccessVerdict("allowed", grant), reasons, policy.fingerprint)


def _refused(policy: AccessRules, account: str, person: Person, act: str) -> list[Reason]:
    """Return a refusal, which rests on the asker, the account's id and the act alone."""
    said = (person.label, _act(act), _account(account))
    reasons = [Reason.of(MAY_NOT, *said, source=policy.source)]
    if not person.active:
        reasons.append(Reason.of(NOT_ACTIVE, person.label))
    if all(grant.act != act for grant in policy.grants):
        reasons.append(Reason.of(NO_SUCH_ACT, plain_text(act)))
    elif person.active:
        reasons.append(Reason.of(NOT_COVERED, _roles(person), _unit(policy.unit, person)))
    return reasons


def _roles(person: Person) -> Label:
    quoted = [f"“{role}”" for role in person.roles]
    return Label(", ".join(quoted), "、".join(quoted)) if quoted else NONE


def _unit(tree: TreeField | None, person: Person) -> Param:
    if person.unit is None:
        return NONE
    return person.unit if tree is None else tree.show(person.unit)


def _act(act: str) -> Label:
    return ACTS.get(act, Label(f"“{act}”", f"“{act}”"))


def _account(account: str) -> Label:
    if not account:
        return Label("this account", "该客户")
    return Label(f"account {account}", f"客户 {account} ")
