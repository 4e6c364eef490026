"""Laws of decision diagrams and boxes, against a walk through every case there is."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, naive
from tests.property.facts._tables import (
    ANY_OTHER,
    DAYS_IN_WORLD,
    FIRST_DAY,
    MATCHES,
    Case,
    atoms,
    day_atoms,
    days,
    decide,
    every_case,
    facts_of,
    tables,
    world_cases,
)

from kamcore.facts import Fields, RuleTable, TableRule
from kamcore.facts._boxes import Box, box_of
from kamcore.facts._diagram import Diagram
from kamcore.values import Days, Label

GIVES = st.integers(0, 2)
WORLD = Days(FIRST_DAY, FIRST_DAY.replace(month=3, day=FIRST_DAY.day + DAYS_IN_WORLD - 29))


class World(NamedTuple):
    """Rule tables with the space over which they are asked."""

    tables: tuple[RuleTable[int], ...]
    fields: Fields
    may_miss: tuple[str, ...]
    days: Days | None

    @property
    def diagram(self) -> Diagram:
        """The diagram of what the rules of each table give; -1 where none holds."""
        keys = [[-1, *(rule.gives for rule in table.rules)] for table in self.tables]
        return Diagram(self.tables, keys, self.fields, may_miss=self.may_miss, days=self.days)

    @property
    def cases(self) -> list[Case]:
        """One case of each kind."""
        rules = [rule for table in self.tables for rule in table.rules]
        return every_case(rules, self.fields, may_miss=self.may_miss, within=self.days)

    def outcome(self, case: Case) -> tuple[int, ...]:
        """Return what each table gives, -1 where no rule holds."""
        winners = [(table, decide(table, case)) for table in self.tables]
        return tuple(table.rules[won].gives if won >= 0 else -1 for table, won in winners)


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 1) -> World:
    """Draw up to `most` tables of the same facts, and a space of these and now and then more."""
    pool = tuple(draw(st.lists(st.sampled_from(ALL_FIELDS), min_size=1, max_size=3, unique=True)))
    drawn = tuple(
        draw(tables(GIVES, of=pool, most=6 // most)) for _ in range(draw(st.integers(1, most)))
    )
    asked = Fields.of(*drawn)
    more = draw(st.lists(st.sampled_from(ALL_FIELDS), max_size=1))
    fields = Fields((*asked, *more))
    may_miss = [name for name in fields.names if draw(st.booleans())]
    dated = any(table.dated for table in drawn)
    return World(drawn, fields, tuple(may_miss), draw(days()) if dated else None)


def lies_in(case: Case, box: Box) -> bool:
    """Say whether a case lies in a box, by its condition and its days."""
    on_day = box.days is None or (case.day is not None and case.day in box.days)
    return on_day and (box.when is None or naive(box.when, case.values))


def boxes_of(world: World, diagram: Diagram, wanted: set[int]) -> list[Box]:
    """Return the boxes of some outcomes."""
    return [box_of(diagram, one, world.fields, world.days) for one in diagram.boxes(wanted)]


def case_at(world: World, wires: Sequence[object]) -> Case:
    """Return a sample as a case."""
    values = dict(zip(world.fields.names, wires, strict=False))
    if world.days is None:
        return Case(values, None)  # type: ignore[arg-type]
    return Case(values, FIRST_DAY.fromordinal(wires[-1]))  # type: ignore[arg-type]


# --- one table ----------------------------------------------------------------------------------


@given(worlds())
def test_a_table_decides_as_asking_each_rule_does(world: World) -> None:
    table = world.tables[0]
    for case in world.cases:
        assert table.winner(facts_of(case, world.fields), case.day) == decide(table, case)


@given(tables(GIVES, matches=("first", "last"), dated=True, most=4), st.data())
def test_a_rule_out_of_force_is_as_good_as_gone(table: RuleTable[int], data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(list(WORLD)))
    kept = tuple(rule for rule in table.rules if rule.in_force is None or day in rule.in_force)
    rest = RuleTable(rules=kept, match=table.match)
    for case in every_case(table.rules, table.fields, may_miss=table.fields.names):
        facts = facts_of(case, table.fields)
        names = [
            [found.rules[number].name for number in (asked(facts, day),) if number >= 0]
            for found in (table, rest)
            for asked in (found.winner, found.possible_winner)
        ]
        assert names[:2] == names[2:]
        assert table.missing(facts, day) == rest.missing(facts, day)


@given(tables(GIVES, matches=("last",)), st.data())
def test_the_last_match_is_the_first_of_the_rules_turned_round(
    table: RuleTable[int], data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(list(WORLD)))
    turned = RuleTable(rules=table.rules[::-1], match="first")
    for case in every_case(table.rules, table.fields, may_miss=table.fields.names):
        facts = facts_of(case, table.fields)
        found, other = table.winner(facts, day), turned.winner(facts, day)
        assert (found == -1) == (other == -1)
        if found >= 0:
            assert table.rules[found] == turned.rules[other]


def test_the_world_has_the_days_that_rules_may_have() -> None:
    assert len(WORLD) == DAYS_IN_WORLD
    assert set(MATCHES) == {"first", "last", "most_specific"}


# --- diagrams -----------------------------------------------------------------------------------


@given(worlds(most=2))
def test_a_diagram_counts_the_cases_of_each_outcome(world: World) -> None:
    diagram, cases = world.diagram, world.cases
    counted = {
        outcome: cells
        for outcome, cells in zip(diagram.outcomes, diagram.counts(), strict=True)
        if cells
    }
    assert diagram.cells == len(cases)
    assert counted == Counter(world.outcome(case) for case in cases)


@given(worlds(most=2), st.data())
def test_boxes_are_exactly_the_cases_of_their_outcomes(world: World, data: st.DataObject) -> None:
    diagram = world.diagram
    wanted = data.draw(st.sets(st.sampled_from(range(len(diagram.outcomes)))))
    sought = {diagram.outcomes[number] for number in wanted}
    boxes = boxes_of(world, diagram, wanted)
    dates = [None] if world.days is None else list(world.days)
    for case in world_cases(world.fields, world.may_miss, dates):
        within = sum(lies_in(case, box) for box in boxes)
        assert within == (world.outcome(case) in sought)


@given(worlds(most=2), st.data())
def test_boxes_have_the_cells_of_their_outcomes_and_never_meet(
    world: World, data: st.DataObject
) -> None:
    diagram = world.diagram
    wanted = data.draw(st.sets(st.sampled_from(range(len(diagram.outcomes)))))
    boxes = boxes_of(world, diagram, wanted)
    counts = diagram.counts()
    assert sum(box.cells for box in boxes) == sum(counts[number] for number in wanted)
    inside = [
        {place for place, case in enumerate(world.cases) if lies_in(case, box)} for box in boxes
    ]
    assert [len(places) for places in inside] == [box.cells for box in boxes]
    assert all(not one & other for one, other in combinations(inside, 2))


@given(worlds(most=2))
def test_the_witness_of_a_box_lies_in_it_and_has_its_outcome(world: World) -> None:
    diagram = world.diagram
    for number, outcome in enumerate(diagram.outcomes):
        for box in boxes_of(world, diagram, {number}):
            case = Case(box.witness.values, box.witness_day)
            assert lies_in(case, box)
            assert world.outcome(case) == outcome
            assert (box.witness_day is None) == (not any(table.dated for table in world.tables))


@given(worlds(most=2))
def test_each_outcome_that_some_case_has_is_shown_by_a_first_box(world: World) -> None:
    diagram = world.diagram
    found = diagram.first_boxes()
    counts = diagram.counts()
    assert sorted(found) == [number for number, cells in enumerate(counts) if cells]
    for number, choices in found.items():
        box = box_of(diagram, choices, world.fields, world.days)
        assert 0 < box.cells == diagram.cells_of(choices) <= counts[number]
        members = [case for case in world.cases if lies_in(case, box)]
        assert len(members) == box.cells
        assert {world.outcome(case) for case in members} == {diagram.outcomes[number]}
        sample = case_at(world, diagram.sample(choices))
        assert world.outcome(sample) == diagram.outcomes[number]


@given(worlds())
def test_a_level_has_a_value_for_all_that_rules_may_tell_apart(world: World) -> None:
    rules = world.tables[0].rules
    levels = world.diagram.levels
    for level, one in zip(levels, world.fields, strict=False):
        assert level.about == one
        known = [wire for wire in level.atoms if wire is not None]
        assert len(known) == len(set(known)) == len(atoms(one, rules))
        assert (None in level.atoms) == (one.name in world.may_miss)
    spans = day_atoms(rules, world.days)
    if spans == [None]:
        assert len(levels) == len(world.fields)
    else:
        assert levels[-1].about is None
        assert [FIRST_DAY.fromordinal(day) for day in levels[-1].atoms] == spans


@given(worlds())
def test_the_values_of_a_class_are_never_told_apart(world: World) -> None:
    table, levels = world.tables[0], world.diagram.levels
    for number, level in enumerate(levels):
        places = sorted(place for members in level.classes for place in members)
        assert places == [*range(len(level.atoms))]
        assert len(set(level.masks)) == len(level.masks) == len(level.classes) or not level.about
        others = [one.atoms[:2] if place != number else () for place, one in enumerate(levels)]
        for members in level.classes:
            chosen = [level.atoms[place] for place in members]
            columns = [*others[:number], chosen, *others[number + 1 :]]
            for rest in product(*[column for column in columns if column is not chosen]):
                winners = {
                    decide(table, case_at(world, [*rest[:number], wire, *rest[number:]]))
                    for wire in chosen
                }
                assert len(winners) == 1


# --- boxes as conditions ------------------------------------------------------------------------


@given(worlds(), st.data())
def test_a_rule_that_asks_a_box_wins_in_its_cases_and_nowhere_else(
    world: World, data: st.DataObject
) -> None:
    diagram = world.diagram
    number = data.draw(st.sampled_from(range(len(diagram.outcomes))))
    for box in boxes_of(world, diagram, {number}):
        rule = RuleTable(rules=(TableRule("box", box.when, 0, in_force=box.days),))
        for case in world.cases:
            asked = facts_of(case, world.fields)
            assert (rule.winner(asked, case.day) == 0) == lies_in(case, box)


@given(worlds())
def test_a_box_is_said_in_both_languages(world: World) -> None:
    diagram = world.diagram
    for box in boxes_of(world, diagram, set(range(len(diagram.outcomes)))):
        for said in (box.label, box.case):
            assert isinstance(said, Label)
            assert ANY_OTHER not in said.en + said.zh
