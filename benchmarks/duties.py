"""Duties by five facts: rules and requests, kamcore's policy, and a plain scan that is right.

A rule asks for a place and all below it, a set of kinds of work, a set of tiers, a stretch of
voltage and one of capacity, or for some of these. The most specific rule wins, in this order of the
facts; a rule for everything stands last.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamcore.facts import (
    ChoiceField,
    Condition,
    Fields,
    Node,
    NumberField,
    RuleTable,
    TableRule,
    TreeField,
)
from kamcore.routing import Duty, DutyRules, NoOwner
from kamcore.values import Label, Seat, Source

REQUESTS = 300
SEED = 20260301
CELLS = 270_000
"""30 places, 20 kinds of work, five tiers, nine stretches of voltage, ten of capacity."""

Record = Mapping[str, str | int]
Range = tuple[int, int]


class Dice:
    """A linear congruential generator: the same numbers in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, end: int) -> int:
        """Return a number from 0 up to `end`, which is not reached."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % end

    def chance(self, percent: int) -> bool:
        """Return yes in so many cases of a hundred."""
        return self.below(100) < percent

    def some(self, names: Sequence[str], most: int) -> frozenset[str]:
        """Return one to `most` of the names."""
        return frozenset(names[self.below(len(names))] for _ in range(1 + self.below(most)))


AREAS = [f"area_{number}" for number in range(6)]
CITIES = [f"city_{number}" for number in range(23)]
UNDER = {
    "country": None,
    **dict.fromkeys(AREAS, "country"),
    **{name: AREAS[number % len(AREAS)] for number, name in enumerate(CITIES)},
}
TIER_NAMES = ("super", "gold", "silver", "bronze", "ordinary")
WORKS = tuple(f"work_{number}" for number in range(20))
VOLTS = (1_000, 10_000, 20_000, 35_000, 66_000, 110_000, 220_000, 500_000)
KVA = (100, 315, 630, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
END = 1_000_000

REGION = TreeField("region", nodes=tuple(Node(name, under=above) for name, above in UNDER.items()))
WORK = ChoiceField("work", options=WORKS)
TIER = ChoiceField("tier", options=TIER_NAMES)
VOLTAGE = NumberField("voltage", unit=Label("volts", "伏"))
CAPACITY = NumberField("capacity", unit=Label("kilovolt-amperes", "千伏安"))
FIELDS = Fields((REGION, WORK, TIER, VOLTAGE, CAPACITY))
"""In the order of their weight."""

SEATS = [
    Seat(f"manager_{number}", Label(f"manager {number}", f"经理{number}")) for number in range(40)
]
DESKS = [
    Seat(f"desk_{number}", Label(f"desk {number}", f"服务台{number}"), kind="queue")
    for number in range(8)
]
CENTRE = Seat("centre", Label("service centre", "客户服务中心"), kind="queue")
SOURCE = Source("B-1", Label("Duties for key accounts", "大客户服务职责"))


@dataclass(frozen=True)
class Drawn:
    """What one rule asks; None asks nothing."""

    duty: Duty
    place: str | None = None
    works: frozenset[str] | None = None
    tiers: frozenset[str] | None = None
    voltage: Range | None = None
    capacity: Range | None = None

    @property
    def rank(self) -> tuple[int, ...]:
        """How specific it is in each dimension."""
        place = 0 if self.place is None else 2 if self.place in AREAS else 3
        others = (self.works, self.tiers, self.voltage, self.capacity)
        return (place, *(one is not None for one in others))

    @property
    def places(self) -> frozenset[str]:
        """The places for which it holds."""
        return frozenset(one for one in UNDER if self.place is None or self.place in way_up(one))

    def meets(self, other: "Drawn") -> bool:
        """Say whether some case of one rank is a case of both."""
        sets = ((self.works, other.works), (self.tiers, other.tiers))
        spans = ((self.voltage, other.voltage), (self.capacity, other.capacity))
        return (
            self.place == other.place
            and all(not one or not two or one & two for one, two in sets)
            and all(
                not one or not two or (one[0] < two[1] and two[0] < one[1]) for one, two in spans
            )
        )

    def holds(self, record: Record) -> bool:
        """Say whether it holds, as the words have it."""
        spans = ((self.voltage, "voltage"), (self.capacity, "capacity"))
        return (
            (self.place is None or self.place in way_up(str(record["region"])))
            and (self.works is None or record["work"] in self.works)
            and (self.tiers is None or record["tier"] in self.tiers)
            and all(span is None or span[0] <= int(record[one]) < span[1] for span, one in spans)
        )

    def when(self) -> Condition | None:
        """Return the condition in kamcore's words."""
        leaves: list[Condition] = []
        if self.place:
            leaves.append(REGION.within(self.place))
        if self.works:
            leaves.append(WORK.one_of(*sorted(self.works)))
        if self.tiers:
            leaves.append(TIER.one_of(*sorted(self.tiers)))
        for one, span in ((VOLTAGE, self.voltage), (CAPACITY, self.capacity)):
            if span and span[0]:
                leaves.append(one >= span[0])
            if span and span[1] < END:
                leaves.append(one < span[1])
        found = leaves[0] if leaves else None
        for leaf in leaves[1:]:
            found = leaf if found is None else found & leaf
        return found


def way_up(place: str) -> list[str]:
    """Return the places from one up to the root."""
    way = [place]
    while (above := UNDER[way[-1]]) is not None:
        way.append(above)
    return way


def draw_rules(count: int) -> list[Drawn]:
    """Return rules of which no two of equal rank meet, the first to win first."""
    dice = Dice(SEED + count)
    found: list[Drawn] = []
    of_rank: dict[tuple[int, ...], list[Drawn]] = {}
    while len(found) < count - 1:
        one = _draw(dice)
        known = of_rank.setdefault(one.rank, [])
        if any(one.rank) and not any(one.meets(other) for other in known):
            known.append(one)
            found.append(one)
    found.append(Drawn(Duty(CENTRE)))
    return sorted(found, key=lambda one: one.rank, reverse=True)


def _draw(dice: Dice) -> Drawn:
    place = None
    if dice.chance(95):
        place = (
            AREAS[dice.below(len(AREAS))] if dice.chance(20) else CITIES[dice.below(len(CITIES))]
        )
    manager, desk = SEATS[dice.below(len(SEATS))], DESKS[dice.below(len(DESKS))]
    return Drawn(
        Duty(manager, responsible=(desk,) if dice.chance(50) else ()),
        place,
        dice.some(WORKS, 3) if dice.chance(85) else None,
        dice.some(TIER_NAMES, 3) if dice.chance(60) else None,
        _span(dice, VOLTS) if dice.chance(40) else None,
        _span(dice, KVA) if dice.chance(35) else None,
    )


def _span(dice: Dice, edges: tuple[int, ...]) -> Range:
    """Return one to three stretches that follow each other."""
    bounds = (0, *edges, END)
    first = dice.below(len(bounds) - 1)
    return bounds[first], bounds[min(first + 1 + dice.below(3), len(bounds) - 1)]


def draw_requests(rules: Sequence[Drawn]) -> list[Record]:
    """Return pieces of work, half of them within a rule, half anywhere."""
    dice = Dice(SEED)
    return [
        draw_request(dice, rules[dice.below(len(rules))] if number % 2 else rules[-1])
        for number in range(REQUESTS)
    ]


def draw_request(dice: Dice, rule: Drawn) -> Record:
    """Return a piece of work within a rule."""
    places, works = sorted(rule.places), sorted(rule.works or WORKS)
    tiers = sorted(rule.tiers or TIER_NAMES)
    return {
        "region": places[dice.below(len(places))],
        "work": works[dice.below(len(works))],
        "tier": tiers[dice.below(len(tiers))],
        "voltage": _number(dice, rule.voltage or (0, END), VOLTS),
        "capacity": _number(dice, rule.capacity or (0, END), KVA),
    }


def _number(dice: Dice, span: Range, edges: tuple[int, ...]) -> int:
    """Return a number of a span, on an edge in three of ten cases."""
    inside = [edge for edge in edges if span[0] <= edge < span[1]]
    if inside and dice.chance(30):
        return inside[dice.below(len(inside))]
    bounds = (0, *edges, END)
    stretches = [
        (low, high) for low, high in pairwise(bounds) if span[0] <= low and high <= span[1]
    ]
    low, high = stretches[dice.below(len(stretches))]
    return low + dice.below(high - low)


def duty_rules(rules: Sequence[Drawn]) -> DutyRules:
    """Return the policy in kamcore's words, the rule that wins first stands last."""
    named = [TableRule[Duty | NoOwner](str(n), one.when(), one.duty) for n, one in enumerate(rules)]
    dimensions = tuple(FIELDS)
    table = RuleTable(rules=tuple(named[::-1]), match="most_specific", dimensions=dimensions)
    return DutyRules(table=table, source=SOURCE)


def scan(rules: Sequence[Drawn]) -> Callable[[Record], int]:
    """Return a plain scan: the number of the first rule that holds."""
    rows = [
        (
            one.places,
            one.works or frozenset(WORKS),
            one.tiers or frozenset(TIER_NAMES),
            *(one.voltage or (0, END)),
            *(one.capacity or (0, END)),
        )
        for one in rules
    ]

    def first(record: Record) -> int:
        region, work, tier = record["region"], record["work"], record["tier"]
        voltage, capacity = record["voltage"], record["capacity"]
        for number, (places, works, tiers, v_low, v_high, c_low, c_high) in enumerate(rows):
            if (
                region in places
                and work in works
                and tier in tiers
                and v_low <= voltage < v_high
                and c_low <= capacity < c_high
            ):
                return number
        return -1

    return first
