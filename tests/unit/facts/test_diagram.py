"""Decision diagrams: the values that rules tell apart, how many cases end how, and where."""

from datetime import date

import pytest

from kamcore.errors import InputError
from kamcore.facts import (
    ChoiceField,
    Combinable,
    Condition,
    DateField,
    Field,
    Fields,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    Wire,
)
from kamcore.facts._boxes import box_of
from kamcore.facts._diagram import MOST_CLASSES, Diagram
from kamcore.values import Days

size = NumberField("size")
sales = MoneyField("sales", currency="CNY")
share = RatioField("share", decimals=2)
since = DateField("since")
agreed = FlagField("agreed")
sector = ChoiceField("sector", options=("power", "cable", "home"))
owner = TextField("owner")
region = TreeField(
    "region", nodes=(Node("cn"), Node("east", "cn"), Node("shanghai", "east"), Node("north", "cn"))
)
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
YEAR = Days.through(date(2024, 1, 1), date(2024, 12, 31))


def table(*rules: Combinable | tuple[Combinable | None, Days] | None) -> RuleTable[int]:
    """Return a table of conditions, some with their days, whose rules give their number."""
    pairs = [rule if isinstance(rule, tuple) else (rule, None) for rule in rules]
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {number}", when, number, in_force=days)
            for number, (when, days) in enumerate(pairs)
        )
    )


def diagram_of(
    one: RuleTable[int],
    *fields: Field,
    may_miss: tuple[str, ...] = (),
    days: Days | None = None,
) -> Diagram:
    """Return the diagram of which rule wins, -1 for none; over the table's fields or others."""
    over = Fields(fields) if fields else one.fields
    return Diagram([one], [[-1, *range(len(one.rules))]], over, may_miss=may_miss, days=days)


def counted(diagram: Diagram) -> dict[tuple[int, ...], int]:
    """Return how many cells have each outcome that some cell has."""
    pairs = zip(diagram.outcomes, diagram.counts(), strict=True)
    return {outcome: cells for outcome, cells in pairs if cells}


def day(*numbers: int) -> int:
    """Return the ordinal of a day of 2024."""
    return date(2024, *numbers).toordinal()


# --- levels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "atoms", "classes"),
    [
        pytest.param(
            table(sector.is_("cable")), ("power", "cable", "home"), ((0, 2), (1,)), id="choice"
        ),
        pytest.param(
            table(region.within("east"), region.is_("north")),
            ("cn", "east", "shanghai", "north"),
            ((0,), (1, 2), (3,)),
            id="tree",
        ),
        pytest.param(table(agreed), (True, False), ((0,), (1,)), id="flag"),
        pytest.param(
            table(agreed | ~agreed), (True, False), ((0,), (1,)), id="flag by alternatives"
        ),
        pytest.param(table(size > 5), (5, 6), ((0,), (1,)), id="above"),
        pytest.param(table(size >= 5), (4, 5), ((0,), (1,)), id="at least"),
        pytest.param(table(size < 5), (4, 5), ((0,), (1,)), id="below"),
        pytest.param(table(size <= 5), (5, 6), ((0,), (1,)), id="at most"),
        pytest.param(
            table((size >= 5) & (size < 9)), (4, 5, 9), ((0, 2), (1,)), id="a range and both sides"
        ),
        pytest.param(table(size > 5, size <= 5, size >= 6), (5, 6), ((0,), (1,)), id="one edge"),
        pytest.param(table(sales > 5), (500, 501), ((0,), (1,)), id="money in minor units"),
        pytest.param(table(share >= 1), (99, 100), ((0,), (1,)), id="a share at its grain"),
        pytest.param(
            table(since >= date(2024, 3, 1)), (day(2, 29), day(3, 1)), ((0,), (1,)), id="a date"
        ),
        pytest.param(
            table(owner.one_of("Li", "Han"), owner.is_("Wang")),
            ("Li", "Han", "Wang", "(any other)"),
            ((0, 1), (2,), (3,)),
            id="text",
        ),
        pytest.param(
            table(~owner.is_("Li")), ("Li", "(any other)"), ((0,), (1,)), id="any other text"
        ),
        pytest.param(table(size.is_known), (0,), ((0,),), id="a number that nothing tells apart"),
        pytest.param(
            table(since.is_known),
            (date(2000, 1, 1).toordinal(),),
            ((0,),),
            id="a date that nothing tells apart",
        ),
        pytest.param(table(owner.is_known), ("(any other)",), ((0,),), id="no text is named"),
    ],
)
def test_a_level_has_the_values_that_rules_may_tell_apart(
    one: RuleTable[int], atoms: tuple[Wire, ...], classes: tuple[tuple[int, ...], ...]
) -> None:
    (level,) = diagram_of(one).levels
    assert level.about == one.fields.items[0]
    assert level.atoms == atoms
    assert level.classes == classes


@pytest.mark.parametrize(
    ("one", "classes", "masks"),
    [
        pytest.param(
            table(sector.is_("power"), sector.is_missing),
            ((0,), (1, 2), (3,)),
            (0b10, 0b00, 0b01),
            id="asked for",
        ),
        pytest.param(table(sector.is_("power")), ((0,), (1, 2, 3)), (1, 0), id="fails a leaf"),
        pytest.param(table(sector.is_known), ((0, 1, 2), (3,)), (1, 0), id="asked to be known"),
    ],
)
def test_a_fact_that_may_be_missing_is_one_value_more(
    one: RuleTable[int], classes: tuple[tuple[int, ...], ...], masks: tuple[int, ...]
) -> None:
    (level,) = diagram_of(one, may_miss=("sector",)).levels
    assert level.atoms == ("power", "cable", "home", None)
    assert (level.classes, level.masks) == (classes, masks)


def test_a_field_that_no_rule_asks_for_is_one_class() -> None:
    one = table(sector.is_("power"))
    diagram = diagram_of(one, size, sector, region, agreed)
    assert [level.about for level in diagram.levels] == [size, sector, region, agreed]
    assert [len(level.classes) for level in diagram.levels] == [1, 2, 1, 1]
    assert [len(level.atoms) for level in diagram.levels] == [1, 3, 4, 2]
    assert diagram.cells == 24
    assert counted(diagram) == {(0,): 8, (-1,): 16}


@pytest.mark.parametrize(
    ("over", "first_days"),
    [
        pytest.param(YEAR, (day(1, 1), day(3, 1), day(4, 1)), id="before, within and after"),
        pytest.param(MARCH, (day(3, 1),), id="the days of the rule"),
        pytest.param(
            Days.through(date(2024, 2, 29), date(2024, 4, 1)),
            (day(2, 29), day(3, 1), day(4, 1)),
            id="one day more on either side",
        ),
        pytest.param(
            Days.through(date(2024, 3, 31), date(2024, 4, 1)),
            (day(3, 31), day(4, 1)),
            id="the last day and the day after",
        ),
        pytest.param(
            Days.through(date(2024, 3, 2), date(2024, 3, 2)), (day(3, 2),), id="a day within"
        ),
    ],
)
def test_days_are_a_last_level_of_stretches(over: Days, first_days: tuple[int, ...]) -> None:
    diagram = diagram_of(table((agreed, MARCH)), days=over)
    flag, level = diagram.levels
    assert (flag.about, level.about) == (agreed, None)
    assert level.atoms == first_days
    assert level.classes == tuple((number,) for number in range(len(first_days)))
    assert level.masks == tuple(int(day(3, 1) <= first < day(4, 1)) for first in first_days)


def test_rules_without_days_have_no_level_of_days() -> None:
    assert len(diagram_of(table(agreed), days=YEAR).levels) == 1


def test_rules_with_days_need_days() -> None:
    with pytest.raises(InputError) as caught:
        diagram_of(table((agreed, MARCH)))
    assert str(caught.value) == (
        "rules are in force on certain days; pass days=Days.through(first, last) to the space"
    )


# --- outcomes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "outcomes"),
    [
        pytest.param(table(), {(-1,): 1}, id="no rule and no fact"),
        pytest.param(table(None), {(0,): 1}, id="a rule without condition"),
        pytest.param(table(sector.is_("power"), None), {(0,): 1, (1,): 2}, id="all the rest"),
        pytest.param(table(None, sector.is_("power")), {(0,): 3}, id="nothing is left"),
        pytest.param(
            table(sector.is_("power") & agreed, agreed),
            {(0,): 1, (1,): 2, (-1,): 3},
            id="two facts",
        ),
        pytest.param(
            table(sector.is_("power") | agreed), {(0,): 4, (-1,): 2}, id="alternatives are one rule"
        ),
        pytest.param(table((size > 5) & (size < 3)), {(-1,): 3}, id="a rule that never holds"),
    ],
)
def test_every_cell_is_counted_under_the_rule_that_wins(
    one: RuleTable[int], outcomes: dict[tuple[int, ...], int]
) -> None:
    diagram = diagram_of(one)
    assert counted(diagram) == outcomes
    assert diagram.cells == sum(outcomes.values())


def test_rules_with_one_key_are_one_outcome() -> None:
    one = table(sector.is_("power"), sector.is_("cable"))
    diagram = Diagram([one], [[7, 3, 3]], one.fields)
    assert counted(diagram) == {(3,): 2, (7,): 1}
    same = Diagram([one], [[3, 3, 3]], one.fields)
    assert (counted(same), same.nodes, same.root) == ({(3,): 3}, [], ~0)


def test_several_tables_are_asked_at_once() -> None:
    left, right = table(sector.is_("power"), agreed), table(size > 5, sector.is_("power"))
    fields = Fields.of(left, right)
    diagram = Diagram([left, right], [[-1, 0, 1], [-1, 0, 1]], fields)
    assert [level.about for level in diagram.levels] == [sector, agreed, size]
    assert diagram.cells == 12
    assert counted(diagram) == {
        (0, 0): 2,
        (0, 1): 2,
        (1, 0): 2,
        (1, 1 - 2): 2,
        (-1, 0): 2,
        (-1, -1): 2,
    }


def test_the_days_of_several_tables_are_laid_over_each_other() -> None:
    april = Days.through(date(2024, 4, 1), date(2024, 4, 30))
    left, right = table((None, MARCH)), table((None, april))
    diagram = Diagram([left, right], [[-1, 0], [-1, 0]], Fields(()), days=YEAR)
    (level,) = diagram.levels
    assert level.atoms == (day(1, 1), day(3, 1), day(4, 1), day(5, 1))
    assert level.masks == (0b00, 0b01, 0b10, 0b00)
    assert counted(diagram) == {(-1, -1): 2, (0, -1): 1, (-1, 0): 1}


def test_a_table_without_days_beside_one_with_days_holds_on_all_of_them() -> None:
    left, right = table((None, MARCH)), table(None)
    diagram = Diagram([left, right], [[-1, 0], [-1, 0]], Fields(()), days=YEAR)
    assert counted(diagram) == {(-1, 0): 2, (0, 0): 1}


def test_equal_ends_are_one_node() -> None:
    flags = [FlagField(f"flag {number}") for number in range(20)]
    diagram = diagram_of(table(*flags))
    assert diagram.cells == 2**20
    assert len(diagram.nodes) == 20
    assert counted(diagram) == {
        **{(number,): 2 ** (19 - number) for number in range(20)},
        (-1,): 1,
    }


@pytest.mark.parametrize("options", [10, 11])
def test_a_space_has_at_most_twenty_million_kinds_of_case(options: int) -> None:
    fields = [
        ChoiceField(f"field {number}", options=tuple(f"option {place}" for place in range(10)))
        for number in range(6)
    ]
    more = ChoiceField("more", options=tuple(f"option {place}" for place in range(options)))
    rules = [agreed, *(one.is_(name) for one in (*fields, more) for name in one.names[:-1])]
    one = table(*rules)
    assert MOST_CLASSES == 20_000_000
    if options == 10:
        assert diagram_of(one).cells == MOST_CLASSES
    else:
        with pytest.raises(InputError) as caught:
            diagram_of(one)
        assert str(caught.value) == (
            "a space of 22,000,000 kinds of case; leave out a field, or split the space"
        )


# --- boxes --------------------------------------------------------------------------------------


def end(diagram: Diagram, key: int) -> int:
    """Return the index of an outcome."""
    return diagram.outcomes.index((key,))


def test_boxes_name_only_the_levels_that_matter() -> None:
    diagram = diagram_of(table(sector.is_("power"), agreed & sector.is_("cable")))
    assert [level.about for level in diagram.levels] == [sector, agreed]
    assert [level.classes for level in diagram.levels] == [((0,), (1,), (2,)), ((0,), (1,))]
    assert diagram.boxes({end(diagram, 0)}) == (((0, (0,)),),)
    assert diagram.boxes({end(diagram, 1)}) == (((0, (1,)), (1, (0,))),)
    assert diagram.boxes({end(diagram, -1)}) == (((0, (1,)), (1, (1,))), ((0, (2,)),))
    assert diagram.boxes({end(diagram, 0), end(diagram, 1), end(diagram, -1)}) == ((),)
    assert diagram.boxes(set()) == ()


def test_classes_that_go_on_alike_are_one_box() -> None:
    diagram = diagram_of(table(sector.is_("power") & agreed, sector.is_("home") & agreed))
    both = {end(diagram, 0), end(diagram, 1)}
    assert diagram.boxes(both) == (((0, (0, 2)), (1, (0,))),)
    assert diagram.boxes({end(diagram, -1)}) == (((0, (0, 2)), (1, (1,))), ((0, (1,)),))


def test_days_are_one_box_only_where_they_follow_each_other() -> None:
    june = Days.through(date(2024, 6, 1), date(2024, 6, 30))
    july = Days.through(date(2024, 7, 1), date(2024, 7, 31))
    diagram = diagram_of(table((None, MARCH), (None, june), (None, july)), days=YEAR)
    (level,) = diagram.levels
    assert level.atoms == (day(1, 1), day(3, 1), day(4, 1), day(6, 1), day(7, 1), day(8, 1))
    in_force = {end(diagram, number) for number in range(3)}
    assert diagram.boxes(in_force) == (((0, (1,)),), ((0, (3, 4)),))
    assert diagram.boxes({end(diagram, -1)}) == (((0, (0,)),), ((0, (2,)),), ((0, (5,)),))


@pytest.mark.parametrize(
    ("box", "cells", "sample"),
    [
        ((), 24, ("power", False, "cn")),
        (((0, (1,)),), 16, ("cable", False, "cn")),
        (((1, (0,)),), 12, ("power", True, "cn")),
        (((0, (0,)), (1, (1,))), 4, ("power", False, "cn")),
        (((1, (0, 1)), (2, (0,))), 18, ("power", True, "cn")),
        (((0, (1,)), (1, (1,)), (2, (1,))), 2, ("cable", False, "shanghai")),
    ],
)
def test_a_box_counts_its_cells_and_shows_one(
    box: tuple[tuple[int, tuple[int, ...]], ...], cells: int, sample: tuple[Wire, ...]
) -> None:
    diagram = diagram_of(table(sector.is_("power"), agreed & region.within("shanghai")))
    assert [level.classes for level in diagram.levels] == [
        ((0,), (1, 2)),
        ((0,), (1,)),
        ((0, 1, 3), (2,)),
    ]
    assert diagram.cells_of(box) == cells
    assert diagram.sample(box) == sample


def test_the_first_boxes_show_each_outcome_once() -> None:
    diagram = diagram_of(table(sector.is_("power") & agreed, agreed, (size > 5) & (size < 3)))
    found = {diagram.outcomes[number]: box for number, box in diagram.first_boxes().items()}
    assert found == {
        (0,): ((0, (0,)), (1, (0,))),
        (-1,): ((0, (0,)), (1, (1,))),
        (1,): ((0, (1,)), (1, (0,))),
    }
    assert diagram_of(table(None)).first_boxes() == {1: ()}


def test_a_node_on_two_ways_is_looked_at_once() -> None:
    one = table(sector.is_("power") & agreed, sector.is_("home") & agreed)
    diagram = Diagram([one], [[-1, 0, 0]], one.fields)
    assert diagram.nodes == [(1, (~1, ~0)), (0, (0, ~0, 0))]
    assert diagram.first_boxes() == {1: ((0, (0,)), (1, (0,))), 0: ((0, (0,)), (1, (1,)))}
    assert counted(diagram) == {(0,): 2, (-1,): 4}


@pytest.mark.parametrize(
    ("condition", "cells"),
    [
        (since >= date.min, 1),
        (since <= date.max, 1),
        (since < date(1, 1, 2), 2),
        (since >= date.max, 2),
    ],
)
def test_dates_end_with_the_calendar(condition: Condition, cells: int) -> None:
    rules = table(condition)
    diagram = Diagram([rules], [[-1, 0]], rules.fields)
    assert diagram.cells == cells
    for box in diagram.boxes(set(range(len(diagram.outcomes)))):
        assert box_of(diagram, box, rules.fields, None).witness["since"] is not None


def test_a_rule_beyond_the_calendar_holds_nowhere() -> None:
    rules = table(since > date.max)
    diagram = Diagram([rules], [[-1, 0]], rules.fields)
    assert (diagram.cells, sum(diagram.counts())) == (1, 1)
    assert [diagram.outcomes[end] for end in diagram.first_boxes()] == [(-1,)]
