"""Cases of responsibility: the most specific rule, and people who are chosen, full or away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal, cast

from _case import Inputs, Skipped, Translation, only

from kamcore.decision import show
from kamcore.errors import PolicyError
from kamcore.facts import (
    ChoiceField,
    Condition,
    Facts,
    Field,
    Fields,
    Node,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    read_facts,
)
from kamcore.routing import (
    Absence,
    Duty,
    DutyRules,
    NoOwner,
    Person,
    Placement,
    RateLimit,
    Staff,
    Staffing,
    Workload,
    route_work,
    staff_duty,
)
from kamcore.values import Days, Label, Seat

Table = RuleTable[Duty | NoOwner]
Choose = Literal["rotation", "least_loaded", "listed"]


def _parts(inputs: Inputs) -> tuple[Inputs, Inputs]:
    """Return the rules and the input of a case."""
    return cast("Inputs", inputs["rules"]), cast("Inputs", inputs["input"])


def _list(raw: object) -> Sequence[object]:
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return raw
    raise TypeError(f"{raw!r} is no list")


def _names(raw: object) -> list[str]:
    return [str(name) for name in _list(raw)]


def _mapping(raw: object) -> Inputs:
    if isinstance(raw, Mapping):
        return cast("Inputs", raw)
    raise TypeError(f"{raw!r} is no mapping")


def _seat(name: str) -> Seat:
    return Seat(name, Label(name, name))


# --- the most specific rule -----------------------------------------------------------------

ABSENT = "(none)"
"""The header of a request that has none: that is known, and no missing fact."""


class Alternative:
    """One way in which a rule holds, and what it asks of the path, the method and headers."""

    def __init__(self, rule: Inputs, place: int, asks: Inputs) -> None:
        only(rule, "id", "any", "to")
        path = _mapping(asks.get("path", {}))
        only(path, "path_exact", "path_prefix")
        targets = _names(rule["to"])
        if len(targets) != 1 or len(path) > 1:
            raise Skipped("a rule of several targets, or of two paths at once, has no translation")
        self.rule, self.place, self.seat = rule["id"], place, _seat(targets[0])
        self.exact = str(path["path_exact"]) if "path_exact" in path else None
        self.prefix = str(path.get("path_prefix", "")).rstrip("/")
        self.texts = {name: str(value) for name, value in asks.items() if name != "path"}
        self.headers = self.texts.keys() - {"method"}

    def when(self, path: TreeField) -> Condition | None:
        """Return the condition; a prefix holds for whole parts of a path."""
        leaves: list[Condition] = [TextField(name).is_(one) for name, one in self.texts.items()]
        if self.exact is not None:
            leaves.append(path.is_(self.exact))
        if self.prefix:
            leaves.append(path.within(self.prefix))
        found = leaves[0] if leaves else None
        for leaf in leaves[1:]:
            found = leaf if found is None else found & leaf
        return found


RANKS: Mapping[str, Callable[[Alternative], int]] = {
    "path_exact": lambda one: one.exact is not None,
    "path_prefix_length": lambda one: len(one.prefix),
    "method": lambda one: "method" in one.texts,
    "number_of_headers": lambda one: len(one.headers),
    "list_order": lambda one: -one.place,
}


def most_specific(inputs: Inputs) -> object:
    """Return where a request goes, and by which rule.

    Where every rank of the peer is a fact, the facts are kamcore's dimensions, in that order. Where
    one is none (the number of headers, as soon as there are two of them), or where rules of equal
    rank meet, which the peer decides by the list and kamcore refuses to, the alternatives stand in
    the peer's order and the first that holds wins.
    """
    rules, asked = _parts(inputs)
    only(rules, "strategy", "order", "rules")
    order = _names(rules["order"])
    if rules["strategy"] != "most_specific" or not set(order) <= RANKS.keys():
        raise Skipped(f"{rules['strategy']} by {', '.join(order)} has no translation")
    listed = [
        Alternative(_mapping(rule), place, _mapping(asks))
        for place, rule in enumerate(_list(rules["rules"]))
        for asks in _list(_mapping(rule)["any"])
    ]
    path = _tree([*(one.exact or one.prefix for one in listed), str(asked.get("path", "/"))])
    policy = DutyRules(table=_by_dimension(listed, order, path) or _by_rank(listed, order, path))
    request = {"path": "/", **dict.fromkeys(policy.fields.names, ABSENT), **asked}
    decision = route_work(read_facts(request, policy.fields), policy)
    if isinstance(decision.value, NoOwner):
        return {"targets": [], "rule": None}
    number = int(show(dict(decision.reasons[0].params)["rule"], "en"))
    return {"targets": [decision.value.accountable.name], "rule": listed[number].rule}


def _by_dimension(
    listed: Sequence[Alternative], order: Sequence[str], path: TreeField
) -> Table | None:
    """Return the alternatives by dimensions, None where these say less than the peer's ranks."""
    headers = sorted({name for one in listed for name in one.headers})
    ranks = " ".join(order).replace("path_exact path_prefix_length", "path").split()
    facts: dict[str, tuple[Field, ...]] = {"path": (path,), "method": (TextField("method"),)}
    if len(headers) <= 1:
        facts["number_of_headers"] = tuple(map(TextField, headers))
    facts["list_order"] = ()
    if not facts.keys() >= set(ranks) or ranks[-1:] != ["list_order"]:
        return None
    dimensions = tuple(one for rank in ranks for one in facts[rank])
    try:
        return RuleTable(
            rules=_rules(listed, range(len(listed)), path),
            match="most_specific",
            dimensions=dimensions,
        )
    except PolicyError:  # rules of equal rank meet
        return None


def _by_rank(listed: Sequence[Alternative], order: Sequence[str], path: TreeField) -> Table:
    """Return the alternatives in the peer's order."""

    def rank(number: int) -> tuple[int, ...]:
        return tuple(RANKS[name](listed[number]) for name in order)

    numbers = sorted(range(len(listed)), key=rank, reverse=True)
    return RuleTable(rules=_rules(listed, numbers, path))


def _rules(
    listed: Sequence[Alternative], numbers: Iterable[int], path: TreeField
) -> tuple[TableRule[Duty | NoOwner], ...]:
    """Return alternatives as rules, named by their number."""
    return tuple(
        TableRule(str(number), listed[number].when(path), Duty(listed[number].seat))
        for number in numbers
    )


def _tree(paths: Iterable[str]) -> TreeField:
    """Return a tree of paths, each under the one that is a part shorter."""
    under: dict[str, str | None] = {"/": None}
    for path in paths:
        parts = path.split("/")
        ways = ["/", *("/".join(parts[:end]) for end in range(2, len(parts) + 1))]
        for above, below in pairwise(ways):
            under.setdefault(below, above)
    return TreeField("path", nodes=tuple(Node(name, under=above) for name, above in under.items()))


# --- people ---------------------------------------------------------------------------------

POOL = "pool"
ZONE = "UTC"
NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
AWAY = (Absence(Days.through(NOON.date(), NOON.date())),)
NO_FACTS = read_facts({}, Fields(()))
NO_WORK = Workload()


def _member(name: str, *, present: bool = True, most: object = None) -> Person:
    """Return a person of the pool; `most` is the most open work."""
    return Person(
        name,
        roles=(POOL,),
        capacity=None if most is None else int(str(most)),
        absences=() if present else AWAY,
    )


def _ask(
    people: Iterable[Person],
    *,
    choose: Choose = "listed",
    workload: Workload = NO_WORK,
    at: datetime = NOON,
) -> tuple[Placement, Workload]:
    """Return who takes a piece of work of the pool, and the workload after it."""
    staff = Staff(people=tuple(people), zone=ZONE, choose=choose)
    found = staff_duty(NO_FACTS, Duty(_seat(POOL)), staff, at=at, workload=workload).value
    after = found.workload if isinstance(found, Staffing) else workload
    return found.accountable, after


def least_loaded(inputs: Inputs) -> object:
    """Give pieces of work out one after the other, each to the one with the least open work."""
    rules, asked = _parts(inputs)
    only(rules, "pool", "capacity")
    only(asked, "load", "n")
    most, load = _mapping(rules.get("capacity", {})), _mapping(asked["load"])
    names = _names(rules["pool"])
    people = [_member(name, most=most.get(name)) for name in names]
    workload = Workload(open={name: int(str(load.get(name, 0))) for name in names})
    sequence: list[str | None] = []
    for _ in range(int(str(asked["n"]))):
        found, workload = _ask(people, choose="least_loaded", workload=workload)
        sequence.append(found.person)
    return {"sequence": sequence}


def rotate(inputs: Inputs) -> object:
    """Give a piece of work to the one whose turn it is; who is not allowed is away today."""
    rules, asked = _parts(inputs)
    only(rules, "queue")
    only(asked, "allowed")
    queue, allowed = _names(rules["queue"]), _names(asked["allowed"])
    people = [_member(name, present=name in allowed) for name in sorted(queue)]
    found, after = _ask(people, choose="rotation", workload=Workload(turns=tuple(queue)))
    return {"picked": found.person, "queue_after": after.turns}


def rate(inputs: Inputs) -> object:
    """Say whether somebody may be given one more piece of work within a stretch of time."""
    rules, asked = _parts(inputs)
    only(rules, "limit", "window_s")
    only(asked, "ages_s")
    limit, seconds = rules["limit"], rules["window_s"]
    free = limit is None and seconds is None
    most = None if free else RateLimit(int(str(limit)), timedelta(seconds=int(str(seconds))))
    ages = [timedelta(seconds=int(age)) for age in _names(asked["ages_s"])]
    workload = Workload(assigned=tuple(("one", NOON - age) for age in ages))
    found, _ = _ask([Person("one", roles=(POOL,), rate=most)], workload=workload)
    return {"within": found.person is not None}


def eligible(inputs: Inputs) -> object:
    """Return who could be given work; a quota is the most open work, who is not active is away."""
    rules, asked = _parts(inputs)
    only(rules)
    only(asked, "members")
    members = {name: _mapping(raw) for name, raw in _mapping(asked["members"]).items()}
    for member in members.values():
        only(member, "active", "quota")
    people = [
        _member(name, present=member.get("active", True) is True, most=member.get("quota"))
        for name, member in members.items()
    ]
    found, _ = _ask(people)
    passed = {note.person for note in found.passed}
    return {"eligible": [one.name for one in people if one.name not in passed]}


def sticky(inputs: Inputs) -> object:
    """Return the items for which somebody is newly named.

    Open work stays with its owner, as a customer with its own manager; where there is none, a pool
    takes it. Work that is not open is no work.
    """
    rules, asked = _parts(inputs)
    only(rules)
    only(asked, "items")
    items = [_mapping(raw) for raw in _list(asked["items"])]
    states = tuple(dict.fromkeys(["open", *(str(item["state"]) for item in items)]))
    state, owner = ChoiceField("state", options=states), TextField("owner")
    duty = Duty(
        Seat("owner", Label("owner", "负责人"), kind="account_manager"), in_absence=_seat(POOL)
    )
    none = TableRule[Duty | NoOwner]("not open", None, NoOwner())
    policy = DutyRules(table=RuleTable(rules=(TableRule("open", state.is_("open"), duty), none)))
    owners = dict.fromkeys(str(item["owner"]) for item in items if "owner" in item)
    people = (Person("newcomer", roles=(POOL,)), *map(Person, owners))
    staff = Staff(people=people, zone=ZONE, manager=owner)
    new: list[object] = []
    for item in items:
        only(item, "id", "state", "owner")
        facts = read_facts(
            {"state": item["state"], "owner": item.get("owner")}, Fields((state, owner))
        )
        gives = route_work(facts, policy).value
        if isinstance(gives, Duty) and _newly(facts, gives, staff):
            new.append(item["id"])
    return {"assign": new}


def _newly(facts: Facts, duty: Duty, staff: Staff) -> bool:
    found = staff_duty(facts, duty, staff, at=NOON).value
    return found.accountable.how != "own_manager"


# --- absence --------------------------------------------------------------------------------


def absence(inputs: Inputs) -> object:
    """Say whether somebody is away at the beginning and at the end of a day."""
    rules, asked = _parts(inputs)
    only(rules, "people")
    people, day = _people(rules["people"], asked), date.fromisoformat(str(asked["today"]))
    moments = [datetime.combine(day, one, UTC) for one in (time.min, time.max)]
    found = {_away(people, str(asked["who"]), at) for at in moments}
    (out,) = found
    return {"out": out}


def _away(people: Iterable[Person], who: str, at: datetime) -> bool:
    found, _ = _ask(people, at=at)
    return any(note.person == who and note.why == "absent" for note in found.passed)


def delegate(inputs: Inputs) -> object:
    """Return who stands in for somebody, nobody where the one is there, and stand-ins in a circle.

    A peer may stop after so many stand-ins and name one who is away; kamcore has no such limit.
    """
    rules, asked = _parts(inputs)
    only(rules, "people", "limit")
    day = date.fromisoformat(str(asked["today"]))
    found, _ = _ask(_people(rules["people"], asked), at=datetime.combine(day, time(12), UTC))
    if "limit" in rules and len(found.instead_of) > int(str(rules["limit"])):
        raise Skipped(
            f"the peer stops after {rules['limit']} stand-ins and names somebody who is away; "
            "kamcore follows the chain to its end"
        )
    (loop,) = found.loops or ((),)
    return {"stand_in": found.person if found.how == "stand_in" else None, "loop": loop}


def _people(raw: object, asked: Inputs) -> tuple[Person, ...]:
    """Return the people with their absences; the one who is asked for is the pool."""
    only(asked, "who", "today")
    given = _mapping(raw)
    away: dict[str, Inputs | None] = {str(asked["who"]): None}
    for name, one in given.items():
        only(_mapping(one), "absence")
        plan = _mapping(one).get("absence")
        away[name] = None if plan is None else _mapping(plan)
    for plan in [plan for plan in away.values() if plan is not None]:
        only(plan, "from", "to", "to_whom", "on")
        away.setdefault(str(plan["to_whom"]), None)
    return tuple(
        Person(name, roles=(POOL,) if name == asked["who"] else (), absences=_absences(plan))
        for name, plan in away.items()
    )


def _absences(plan: Inputs | None) -> tuple[Absence, ...]:
    """Return the days of an absence, the first and the last included; none where it is not on."""
    if plan is None or plan["on"] is not True:
        return ()
    first, last = (date.fromisoformat(str(plan[name])) for name in ("from", "to"))
    return (Absence(Days.through(first, last), stand_in=str(plan["to_whom"])),)


KINDS: Mapping[str, Translation] = {
    "route.specific": most_specific,
    "pick.least_loaded": least_loaded,
    "pick.rotate": rotate,
    "rate": rate,
    "eligible": eligible,
    "sticky": sticky,
    "absence": absence,
    "delegate": delegate,
}
