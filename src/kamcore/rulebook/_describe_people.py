"""The people of a company, and who may see which account, in words."""

from collections.abc import Iterator

from kamcore.decision import Reason, show
from kamcore.facts import Field, TreeField
from kamcore.routing import AccessRules, Grant, Person, Staff
from kamcore.routing._access import ACTS, REACHES
from kamcore.routing._authority_says import DENIED
from kamcore.routing._staff import RateLimit
from kamcore.routing._staffing_says import CHOICE, DAYS, SUBSTITUTES
from kamcore.rulebook._lines import as_own, cite
from kamcore.values import Lang
from kamcore.values._words import counted, zone_label

__all__ = ["describe_access", "describe_staff"]

COMMA: dict[Lang, str] = {"en": ", ", "zh": "、"}
BREAK: dict[Lang, str] = {"en": "; ", "zh": "；"}

# --- people -----------------------------------------------------------------------------------

CHOSEN = {
    "rotation": CHOICE["turn"],
    "least_loaded": CHOICE["least_loaded"],
    "listed": CHOICE["listed"],
}
KNOWN: dict[Lang, dict[bool, str]] = {
    "en": {
        True: "somebody who knows the work already goes before the others",
        False: "somebody who knows the work already does not go before the others",
    },
    "zh": {
        True: "已熟悉该项工作的人员优先安排",
        False: "已熟悉该项工作的人员不优先安排",
    },
}
UNLIMITED: dict[Lang, str] = {
    "en": "a person without a limit takes any number of pieces of work",
    "zh": "未写明上限的人员，承接工作不限件数",
}


def describe_staff(policy: Staff, lang: Lang) -> list[str]:
    """Return the people unit by unit, and how one of them is found for a seat."""
    head = {"en": "People", "zh": "人员安排"}[lang]
    lines = [head + cite(policy.source, lang)]
    for unit, people in _by_unit(policy):
        if policy.unit is not None:
            lines.append(f"  {_unit(policy.unit, unit, lang)}")
        indent = "  " if policy.unit is None else "    "
        for one in people:
            lines.append(indent + _person(one, policy, lang))
            lines += [f"{indent}  {said}" for said in _absences(one, policy, lang)]
    return [*lines, *(f"  {said}" for said in _found(policy, lang))]


def _by_unit(policy: Staff) -> Iterator[tuple[str | None, list[Person]]]:
    """Go through the units with people in the order of their tree, then those without a unit."""
    units = () if policy.unit is None else policy.unit.names
    for unit in (*units, None):
        if people := [one for one in policy.people if one.unit == unit]:
            yield unit, people


def _unit(tree: TreeField, unit: str | None, lang: Lang) -> str:
    if unit is None:
        return {"en": "without a unit", "zh": "不属任何单位"}[lang]
    name = show(tree.show(unit), lang)
    _, *above = tree.path(unit)
    if not above:
        return name
    over = show(tree.show(above[0]), lang)
    return {"en": f"{name}, under {over}", "zh": f"{name}（上级：{over}）"}[lang]


def _person(person: Person, policy: Staff, lang: Lang) -> str:
    """Return what a person is, can do and carries."""
    name = person.label.text(lang)
    said = list(_traits(person, policy, lang))
    if not said:
        return name
    return name + {"en": ": ", "zh": "："}[lang] + BREAK[lang].join(said)


def _traits(person: Person, policy: Staff, lang: Lang) -> Iterator[str]:
    if not person.active:
        yield {"en": "has left the company", "zh": "已离职"}[lang]
    if person.heads and policy.unit is not None:
        units = COMMA[lang].join(show(policy.unit.show(one), lang) for one in person.heads)
        yield {"en": f"head of {units}", "zh": f"{units}单位负责人"}[lang]
    if person.roles:
        yield {"en": "holds ", "zh": "岗位："}[lang] + _quoted(person.roles, lang)
    if person.skills:
        yield {"en": "skills: ", "zh": "技能："}[lang] + COMMA[lang].join(person.skills)
    if person.capacity is not None:
        pieces = counted(person.capacity, "piece", "件").text(lang)
        yield {"en": f"at most {pieces} of open work", "zh": f"未结工作至多 {pieces}"}[lang]
    if person.rate is not None:
        yield _rate(person.rate, lang)


def _rate(rate: RateLimit, lang: Lang) -> str:
    pieces, within = counted(rate.count, "new piece", "件").text(lang), show(rate.within, lang)
    return {
        "en": f"at most {pieces} of work within {within}",
        "zh": f"任意 {within}内新派工作至多 {pieces}",
    }[lang]


def _absences(person: Person, policy: Staff, lang: Lang) -> Iterator[str]:
    """Return the days of absence with the last one, and who stands in."""
    for one in person.absences:
        first, last = show(one.days.start, lang), show(one.days.last, lang)
        if one.days.start == one.days.last:
            days = {"en": f"absent on {first}", "zh": f"{first}不在岗"}[lang]
        else:
            days = {"en": f"absent from {first} through {last}", "zh": f"{first}至{last}不在岗"}[
                lang
            ]
        if one.stand_in is None:
            stand_in = {"en": "no stand-in", "zh": "未指定职务代理人"}[lang]
        else:
            name = policy.person(one.stand_in).label.text(lang)
            stand_in = {"en": f"stand-in {name}", "zh": f"职务代理人为{name}"}[lang]
        yield days + {"en": ", ", "zh": "，"}[lang] + stand_in


def _found(policy: Staff, lang: Lang) -> Iterator[str]:
    """Return how a person is found for a seat."""
    if policy.unit is not None:
        yield _fact(policy.unit, {"en": "the unit of a customer", "zh": "客户所属单位"}, lang)
    if policy.manager is not None:
        yield _fact(policy.manager, {"en": "the manager of a customer", "zh": "客户经理"}, lang)
    said = [CHOSEN[policy.choose].sentence(lang), KNOWN[lang][policy.known_first]]
    said.append(SUBSTITUTES.sentence(lang))
    if any(one.capacity is None and one.rate is None for one in policy.people):
        said.append(UNLIMITED[lang])
    zone = zone_label(policy.zone)
    said.append(Reason.of(DAYS, zone).text(lang))
    yield from (as_own(one, lang) for one in said)


def _fact(one: Field, what: dict[Lang, str], lang: Lang) -> str:
    name = one.label.text(lang)
    return {"en": f"{what[lang]} is the fact “{name}”", "zh": f"{what[lang]}取自“{name}”"}[lang]


def _quoted(names: tuple[str, ...], lang: Lang) -> str:
    return COMMA[lang].join(f"“{name}”" for name in names)


# --- access -----------------------------------------------------------------------------------

NOTHING: dict[Lang, str] = {
    "en": "  nobody may see any account",
    "zh": "  任何人均无权查看任何客户的资料",
}
CLOSED: dict[Lang, dict[str, str]] = {
    "en": {
        "left": "somebody who has left the company may do nothing",
        "missing": "an account whose unit or manager is missing is not opened by a grant that asks "
        "for it",
    },
    "zh": {
        "left": "已离职人员无任何权限",
        "missing": "未提供客户所属单位或客户经理的，须据此判断的授权不予适用",
    },
}


def describe_access(policy: AccessRules, lang: Lang) -> list[str]:
    """Return which role may do what with which accounts, and that the rest is refused."""
    head = {"en": "Access to accounts", "zh": "客户资料权限"}[lang]
    lines = [head + cite(policy.source, lang)]
    lines += [f"  {_grant(one, policy, lang)}" for one in policy.grants]
    if not policy.grants:
        lines.append(NOTHING[lang])
    if policy.unit is not None:
        what: dict[Lang, str] = {"en": "the unit of an account", "zh": "客户所属单位"}
        lines.append(f"  {_fact(policy.unit, what, lang)}")
    if policy.manager is not None:
        what = {"en": "the manager of an account", "zh": "客户经理"}
        lines.append(f"  {_fact(policy.manager, what, lang)}")
    said = [DENIED.sentence(lang)]
    if policy.grants:
        said.append(CLOSED[lang]["left"])
    if any(one.needs_unit or one.needs_manager for one in policy.grants):
        said.append(CLOSED[lang]["missing"])
    return [*lines, *(f"  {as_own(one, lang)}" for one in said)]


def _grant(grant: Grant, policy: AccessRules, lang: Lang) -> str:
    """Return a grant with its clause; an act of the company's own stands in quotes."""
    act = ACTS[grant.act].text(lang) if grant.act in ACTS else f"“{grant.act}”"
    reach = REACHES[grant.reach].text(lang)
    if grant.reach == "listed":
        reach = _listed(grant, policy, lang)
    said = {
        "en": f"the role “{grant.role}” may {act} {reach}",
        "zh": f"角色“{grant.role}”有权{act}以下客户的资料：{reach}",
    }[lang]
    return said + cite(grant.source, lang)


def _listed(grant: Grant, policy: AccessRules, lang: Lang) -> str:
    """Return the units and accounts that a grant lists."""
    said: list[str] = []
    if grant.units and policy.unit is not None:
        units = COMMA[lang].join(show(policy.unit.show(one), lang) for one in grant.units)
        said.append(
            {"en": f"accounts of {units} and the units below", "zh": f"{units}及其下级单位的客户"}[
                lang
            ]
        )
    if grant.accounts:
        accounts = COMMA[lang].join(grant.accounts)
        noun = "account" if len(grant.accounts) == 1 else "accounts"
        said.append({"en": f"{noun} {accounts}", "zh": f"客户 {accounts}"}[lang])
    return {"en": ", and ", "zh": "，以及"}[lang].join(said)
