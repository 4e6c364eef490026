"""Who may see an account, and that a refusal tells nothing of it (S0-8, S1-10)."""

from enum import StrEnum

import pytest

from kamcore.decision import Decision
from kamcore.errors import DuplicateName, InputError, PolicyError, UnknownName
from kamcore.facts import Facts, Fields, Node, TextField, TreeField, read_facts
from kamcore.routing._access import AccessRules, AccessVerdict, Grant, check_access
from kamcore.routing._staff import Person
from kamcore.values import Label, Source

TITLE = Label("Key account rules", "大客户管理规定")
SHARED, SECRECY = Source("S0-8", TITLE), Source("S1-10", TITLE)
UNIT = TreeField(
    "unit",
    zh="所属单位",
    nodes=(
        Node("head office", zh="总公司"),
        Node("north", "head office", zh="北区"),
        Node("north 1", "north", zh="北区一部"),
        Node("south", "head office", zh="南区"),
    ),
)
MANAGER = TextField("manager", zh="客户经理")


def rules(*grants: Grant) -> AccessRules:
    """Return rules of some grants."""
    return AccessRules(grants=grants, unit=UNIT, manager=MANAGER, source=SHARED)


def account(unit: str | None = "north 1", manager: str | None = "li", id_: str = "K1") -> Facts:
    """Return what is known of an account."""
    row = {"code": id_, "unit": unit, "manager": manager}
    return read_facts(row, rules().fields, key="code")


def somebody(unit: str | None = "north", name: str = "wu", *, active: bool = True) -> Person:
    """Return a person of the role "clerk"."""
    return Person(name, zh="吴刚", en="Wu Gang", unit=unit, roles=("clerk",), active=active)


def ids(decision: Decision[AccessVerdict]) -> list[str]:
    """Return the rules of the reasons in order."""
    return [reason.rule.id for reason in decision.reasons]


REFUSED = AccessVerdict("refused")

# --- what a grant reaches -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grant", "person", "facts", "allowed"),
    [
        (Grant("clerk", "all"), somebody(), account(None, None), True),
        (Grant("clerk", "unit"), somebody("north"), account("north"), True),
        (Grant("clerk", "unit"), somebody("north"), account("north 1"), False),
        (Grant("clerk", "unit"), somebody("north"), account("head office"), False),
        (Grant("clerk", "unit"), somebody("north"), account(None), False),
        (Grant("clerk", "unit"), somebody(None), account("north"), False),
        (Grant("clerk", "unit"), somebody(None), account(None), False),
        (Grant("clerk", "unit_and_below"), somebody("north"), account("north"), True),
        (Grant("clerk", "unit_and_below"), somebody("north"), account("north 1"), True),
        (Grant("clerk", "unit_and_below"), somebody("head office"), account("north 1"), True),
        (Grant("clerk", "unit_and_below"), somebody("north"), account("head office"), False),
        (Grant("clerk", "unit_and_below"), somebody("north"), account("south"), False),
        (Grant("clerk", "unit_and_below"), somebody("north"), account(None), False),
        (Grant("clerk", "unit_and_below"), somebody(None), account("north"), False),
        (Grant("clerk", "listed", units=("north",)), somebody("south"), account("north"), True),
        (Grant("clerk", "listed", units=("north",)), somebody(None), account("north 1"), True),
        (Grant("clerk", "listed", units=("north",)), somebody("north"), account("south"), False),
        (Grant("clerk", "listed", units=("north",)), somebody("north"), account(None), False),
        (Grant("clerk", "listed", accounts=("K1",)), somebody(), account(None, None), True),
        (Grant("clerk", "listed", accounts=("K1",)), somebody(), account(id_="K2"), False),
        (
            Grant("clerk", "listed", units=("south",), accounts=("K1",)),
            somebody(),
            account("north"),
            True,
        ),
        (
            Grant("clerk", "listed", units=("south",), accounts=("K1",)),
            somebody(),
            account("south", id_="K2"),
            True,
        ),
        (Grant("clerk", "own"), somebody(name="li"), account(manager="li"), True),
        (Grant("clerk", "own"), somebody(name="li"), account(manager="wu"), False),
        (Grant("clerk", "own"), somebody(name="li"), account(manager=None), False),
        (Grant("manager", "all"), somebody(), account(), False),
        (Grant("clerk", "all", "export"), somebody(), account(), False),
        (Grant("clerk", "all"), somebody(active=False), account(), False),
    ],
)
def test_s0_8_a_grant_reaches_what_it_says_and_nothing_else(
    grant: Grant, person: Person, facts: Facts, allowed: bool
) -> None:
    policy = rules(grant)
    decision = check_access(facts, policy, person=person)
    assert decision.value == (AccessVerdict("allowed", grant) if allowed else REFUSED)
    assert decision.fingerprint == policy.fingerprint


def test_s1_10_secrecy_is_a_policy_without_grants() -> None:
    policy = AccessRules(grants=(), source=SECRECY)
    nothing = Facts("K1", policy.fields, ())
    decision = check_access(nothing, policy, person=somebody())
    assert decision.value == REFUSED
    assert decision.reasons[0].source == SECRECY


def test_the_first_grant_that_allows_it_is_named() -> None:
    grants = (
        Grant("clerk", "own"),
        Grant("clerk", "unit_and_below", source=SECRECY),
        Grant("clerk", "all"),
    )
    decision = check_access(account(), rules(*grants), person=somebody())
    assert decision.value.grant == grants[1]
    assert decision.reasons[0].source == SECRECY
    assert (
        check_access(account("south"), rules(*grants), person=somebody()).value.grant == grants[2]
    )


class Act(StrEnum):
    """A company's own words."""

    EXPORT = "export"


def test_an_act_is_a_word_of_the_company() -> None:
    policy = rules(Grant("clerk", "all", Act.EXPORT))
    person = somebody()
    assert check_access(account(), policy, person=person, act="export").value.outcome == "allowed"
    assert check_access(account(), policy, person=person, act=Act.EXPORT).value.outcome == "allowed"
    assert check_access(account(), policy, person=person).value == REFUSED


# --- reasons --------------------------------------------------------------------------------


def test_what_is_allowed_names_the_grant() -> None:
    decision = check_access(account(), rules(Grant("clerk", "unit_and_below")), person=somebody())
    assert decision.lines("en") == (
        "Wu Gang may see account K1",
        "granted to the role “clerk”: accounts of the person's own unit and the units below",
        "Source: “Key account rules” S0-8",
    )
    assert decision.lines("zh") == (
        "吴刚可以查看客户 K1 的资料",
        "授权给角色“clerk”：本单位及下级单位的客户",
        "依据：《大客户管理规定》S0-8",
    )


def test_a_refusal_names_the_asker_the_account_and_the_act() -> None:
    decision = check_access(account("south"), rules(Grant("clerk", "unit")), person=somebody())
    assert decision.lines("en") == (
        "Wu Gang may not see account K1",
        "roles: “clerk”; unit: north; no grant for these reaches it",
        "Convention: what no grant allows is refused",
        "Source: “Key account rules” S0-8",
    )
    assert decision.lines("zh") == (
        "吴刚无权查看客户 K1 的资料",
        "角色：“clerk”；所属单位：北区；没有相应的授权",
        "口径：未经授权的，一律不予开放",
        "依据：《大客户管理规定》S0-8",
    )


@pytest.mark.parametrize(
    ("person", "act", "rest"),
    [
        (somebody(), "see", ["routing.access_not_covered"]),
        (somebody(), "exprt", ["routing.access_unknown_act"]),
        (somebody(active=False), "see", ["routing.access_not_active"]),
        (
            somebody(active=False),
            "exprt",
            ["routing.access_not_active", "routing.access_unknown_act"],
        ),
    ],
)
def test_a_misspelt_act_and_somebody_who_has_left_are_visible(
    person: Person, act: str, rest: list[str]
) -> None:
    grants = (Grant("clerk", "unit"), Grant("boss", "all", "export"))
    decision = check_access(account("south"), rules(*grants), person=person, act=act)
    assert decision.value == REFUSED
    assert ids(decision) == ["routing.access_refused", *rest]
    assert [reason.rule.id for reason in decision.assumed] == ["routing.access_default"]


def test_an_act_that_nobody_of_the_asker_is_granted_is_not_called_misspelt() -> None:
    policy = rules(Grant("boss", "all", "export"))
    decision = check_access(account(), policy, person=somebody(), act="export")
    assert ids(decision) == ["routing.access_refused", "routing.access_not_covered"]
    assert decision.lines("en")[0] == "Wu Gang may not “export” account K1"
    assert decision.lines("zh")[0] == "吴刚无权“export”客户 K1 的资料"


def test_somebody_without_role_and_unit_and_an_account_without_an_id() -> None:
    policy = AccessRules(grants=(Grant("clerk", "all"),))
    nothing = Facts("", policy.fields, ())
    decision = check_access(nothing, policy, person=Person("wu"))
    assert [reason.text("en") for reason in decision.reasons] == [
        "wu may not see this account",
        "roles: none; unit: none; no grant for these reaches it",
    ]
    assert [reason.text("zh") for reason in decision.reasons] == [
        "wu无权查看该客户的资料",
        "角色：无；所属单位：无；没有相应的授权",
    ]


def test_a_unit_is_named_as_it_is_where_the_rules_have_no_units() -> None:
    policy = AccessRules(grants=(Grant("boss", "all"),))
    decision = check_access(Facts("K1", policy.fields, ()), policy, person=somebody("anywhere"))
    assert dict(decision.reasons[1].params)["unit"] == "anywhere"


def test_a_refusal_reads_the_same_whatever_the_account() -> None:
    grants = (
        Grant("clerk", "unit_and_below"),
        Grant("clerk", "own"),
        Grant("clerk", "listed", units=("south",), accounts=("K7",)),
    )
    policy = rules(*grants)
    person = somebody("north 1")
    known = [account("north", "zhao"), account("head office", "qian"), account(None, None)]
    answers = [check_access(one, policy, person=person) for one in known]
    assert answers[0].value == REFUSED
    assert answers == [answers[0]] * len(known)
    assert {answer.missing for answer in answers} == {()}
    for lang in ("en", "zh"):
        assert len({answer.explain(lang) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("grants", "person"),
    [
        ((Grant("clerk", "unit"),), somebody()),
        ((Grant("clerk", "unit_and_below"),), somebody()),
        ((Grant("clerk", "listed", units=("north",)),), somebody(None)),
        ((Grant("clerk", "own"),), somebody()),
        ((Grant("clerk", "own"), Grant("clerk", "unit")), somebody()),
        ((Grant("boss", "own"), Grant("clerk", "unit", "export")), somebody()),
        ((Grant("clerk", "own"),), somebody(active=False)),
        ((), somebody()),
    ],
)
@pytest.mark.parametrize(("unit", "manager"), [(None, None), ("south", None), (None, "li")])
def test_a_refusal_does_not_even_say_whether_unit_and_manager_are_known(
    grants: tuple[Grant, ...], person: Person, unit: str | None, manager: str | None
) -> None:
    policy = rules(*grants)
    decision = check_access(account(unit, manager), policy, person=person)
    assert decision.value == REFUSED
    assert decision.missing == ()
    assert decision == check_access(account("south", "li"), policy, person=person)


def test_what_is_allowed_misses_nothing() -> None:
    policy = rules(Grant("clerk", "own"), Grant("clerk", "all"))
    decision = check_access(account(None, None), policy, person=somebody())
    assert decision.value.outcome == "allowed"
    assert (decision.missing, decision.assumed) == ((), ())


# --- what cannot be built, what cannot be asked ---------------------------------------------


def test_the_facts_are_unit_and_manager_where_given() -> None:
    assert rules().fields == Fields((UNIT, MANAGER))
    assert AccessRules(grants=()).fields == Fields(())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"reach": "units"},
            "Grant.reach 'units' is no named convention; did you mean 'unit'?",
        ),
        (
            {"reach": "listed"},
            "the grant to 'clerk' lists nothing; pass units or accounts",
        ),
        (
            {"reach": "unit", "units": ("north",)},
            (
                "the grant to 'clerk' reaches 'unit' and lists 'north'; "
                "write reach='listed', or drop the list"
            ),
        ),
        (
            {"reach": "all", "accounts": ("K1",)},
            (
                "the grant to 'clerk' reaches 'all' and lists 'K1'; "
                "write reach='listed', or drop the list"
            ),
        ),
        (
            {"reach": "listed", "units": ("north", "north")},
            "unit 'north' appears twice; rename or remove one",
        ),
        (
            {"reach": "listed", "accounts": ("K1", "K1")},
            "account 'K1' appears twice; rename or remove one",
        ),
        (
            {"reach": "listed", "accounts": ("K1", "")},
            "the grant to 'clerk' lists an empty account; leave it out",
        ),
        ({"reach": "all", "act": ""}, "Grant.act is ''; pass a name"),
        (
            {"reach": "listed", "units": "north"},
            "Grant.units is 'north'; pass a tuple, such as (a, b) or (a,)",
        ),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        Grant("clerk", **given)  # type: ignore[arg-type]
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("grant", "message"),
    [
        (
            Grant("clerk", "unit"),
            "the grant to 'clerk' asks for the unit of an account; pass unit=TreeField(...)",
        ),
        (
            Grant("clerk", "unit_and_below"),
            "the grant to 'clerk' asks for the unit of an account; pass unit=TreeField(...)",
        ),
        (
            Grant("clerk", "listed", units=("north",)),
            "the grant to 'clerk' asks for the unit of an account; pass unit=TreeField(...)",
        ),
        (
            Grant("clerk", "own"),
            "the grant to 'clerk' asks who manages an account; pass manager=TextField(...)",
        ),
    ],
)
def test_a_reach_needs_its_fact(grant: Grant, message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        AccessRules(grants=(grant,))
    assert str(fault.value) == message


@pytest.mark.parametrize(
    "grant", [Grant("clerk", "all"), Grant("clerk", "listed", accounts=("K1",))]
)
def test_some_reaches_need_no_fact(grant: Grant) -> None:
    assert AccessRules(grants=(grant,)).grants == (grant,)


def test_a_listed_unit_is_one_of_the_company() -> None:
    with pytest.raises(UnknownName, match=r"^unknown unit 'nrth'; did you mean 'north'\?$"):
        rules(Grant("clerk", "listed", units=("nrth",)))


def test_the_askers_unit_is_one_of_the_company() -> None:
    with pytest.raises(UnknownName, match=r"^unknown unit 'nrth'; did you mean 'north'\?$"):
        check_access(account(), rules(), person=somebody("nrth"))


def test_unit_and_manager_are_two_facts() -> None:
    with pytest.raises(PolicyError, match=r"^field 'unit' means both "):
        AccessRules(grants=(), unit=UNIT, manager=TextField("unit"))


def test_a_repeated_name_is_a_duplicate() -> None:
    with pytest.raises(DuplicateName):
        Grant("clerk", "listed", units=("north", "north"))


FACTS = account()


@pytest.mark.parametrize(
    ("asked", "policy", "person", "act", "message"),
    [
        ({"unit": "north"}, rules(), somebody(), "see", "facts is {'unit': 'north'}; pass Facts"),
        (FACTS, SHARED, somebody(), "see", "policy is "),
        (FACTS, rules(), "wu", "see", "person is 'wu'; pass Person"),
        (FACTS, rules(), somebody(), None, "act is None; pass str"),
    ],
)
def test_wrong_arguments_are_named(
    asked: object, policy: object, person: object, act: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        check_access(asked, policy, person=person, act=act)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)
