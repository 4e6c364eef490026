"""Rule tables: the first, the last and the most specific rule, days, and what cannot be built."""

import pickle
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

import pytest

from kamcore.errors import DuplicateName, InputError, NotADate, PolicyError
from kamcore.facts import (
    Choice,
    ChoiceField,
    Combinable,
    Facts,
    Field,
    Fields,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    Wire,
)
from kamcore.values import Days, Label, Source

size = NumberField("size")
sales = MoneyField("sales", currency="CNY")
agreed = FlagField("agreed")
sector = ChoiceField("sector", options=(Choice("power", en="electric power"), "cable", "home"))
owner = TextField("owner")
region = TreeField(
    "region",
    nodes=(
        Node("cn"),
        Node("east", "cn"),
        Node("shanghai", "east"),
        Node("pudong", "shanghai"),
        Node("north", "cn"),
    ),
)


def first(*conditions: Combinable | None) -> RuleTable[int]:
    """Return a table whose rules give their number, in the order given."""
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {number}", when, number) for number, when in enumerate(conditions)
        )
    )


def by_rank(dimensions: tuple[Field, ...], *rules: tuple[Combinable | None, str]) -> RuleTable[str]:
    """Return a most-specific table of condition and result."""
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {number}", when, gives) for number, (when, gives) in enumerate(rules)
        ),
        match="most_specific",
        dimensions=dimensions,
    )


def facts_for(table: RuleTable[object] | RuleTable[int] | RuleTable[str], **wires: Wire) -> Facts:
    """Return facts of the table's fields; those not named are missing."""
    return Facts("", table.fields, tuple(wires.get(name) for name in table.fields.names))


# --- first match --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wires", "winner", "possible"),
    [
        pytest.param({"size": 11, "agreed": True}, 0, 0, id="both conditions"),
        pytest.param({"size": 10, "agreed": True}, 1, 1, id="one unit below"),
        pytest.param({"size": 6, "agreed": False}, 1, 1, id="first unit above"),
        pytest.param({"size": 5, "agreed": True}, -1, -1, id="none"),
        pytest.param({"size": 11, "agreed": False}, 1, 1, id="flag no"),
        pytest.param({"size": 11}, 1, 0, id="flag missing"),
        pytest.param({"agreed": True}, -1, 0, id="size missing"),
        pytest.param({"agreed": False}, -1, 1, id="size missing, flag no"),
        pytest.param({}, -1, 0, id="all missing"),
    ],
)
def test_the_first_rule_that_holds_wins(wires: dict[str, Wire], winner: int, possible: int) -> None:
    table = first((size > 10) & agreed, size > 5)
    facts = facts_for(table, **wires)
    assert table.winner(facts) == winner
    assert table.possible_winner(facts) == possible


@pytest.mark.parametrize(
    ("table", "wires", "winner"),
    [
        pytest.param(first(None, size > 0), {}, 0, id="a rule without condition always holds"),
        pytest.param(first(size > 0, None), {}, 1, id="and catches what others leave"),
        pytest.param(first(size > 0, None), {"size": 1}, 0, id="but not more"),
        pytest.param(first(None), {}, 0, id="no field at all"),
        pytest.param(first(None, None), {}, 0, id="the first of two without condition"),
        pytest.param(first(), {}, -1, id="no rule at all"),
        pytest.param(first((size > 9) | agreed), {"agreed": True}, 0, id="an alternative"),
        pytest.param(first((size > 9) | agreed), {"size": 10}, 0, id="the other alternative"),
        pytest.param(
            first((size > 9) | agreed), {"size": 9, "agreed": False}, -1, id="no alternative"
        ),
        pytest.param(
            first((size > 3) & (size <= 5), (size > 0) & (size < 9)),
            {"size": 5},
            0,
            id="in a range",
        ),
        pytest.param(
            first((size > 3) & (size <= 5), (size > 0) & (size < 9)),
            {"size": 6},
            1,
            id="one unit beyond the range",
        ),
        pytest.param(first((size > 5) & (size < 3)), {"size": 4}, -1, id="an empty range"),
        pytest.param(first(owner.is_("Li")), {"owner": "Li"}, 0, id="text"),
        pytest.param(first(owner.is_("Li")), {"owner": "Han"}, -1, id="a text nobody asks for"),
        pytest.param(first(~owner.is_("Li")), {"owner": "Han"}, 0, id="any other text"),
        pytest.param(first(~owner.is_("Li")), {"owner": "Li"}, -1, id="not any other text"),
        pytest.param(
            first(owner.one_of("Li", "Han") & ~owner.is_("Li"), None),
            {"owner": "Li"},
            1,
            id="a text given and taken back",
        ),
        pytest.param(
            first(owner.one_of("Li", "Han") & ~owner.is_("Li"), None),
            {"owner": "Han"},
            0,
            id="a text given and kept",
        ),
        pytest.param(first(owner.is_known), {"owner": "Wang"}, 0, id="any text at all"),
        pytest.param(first(owner.is_known), {}, -1, id="no text"),
        pytest.param(first(sector.one_of("power", "home")), {"sector": "home"}, 0, id="choice"),
        pytest.param(
            first(~sector.one_of("power", "home")), {"sector": "cable"}, 0, id="another choice"
        ),
        pytest.param(
            first(~sector.one_of("power", "home")), {"sector": "home"}, -1, id="not this choice"
        ),
        pytest.param(first(~agreed), {"agreed": False}, 0, id="flag no"),
        pytest.param(first(region.within("east")), {"region": "pudong"}, 0, id="deep in a tree"),
        pytest.param(first(region.within("east")), {"region": "cn"}, -1, id="above in a tree"),
        pytest.param(first(region.is_("east")), {"region": "shanghai"}, -1, id="exactly there"),
        pytest.param(first(sales > 100), {"sales": 10_000}, -1, id="money at the edge"),
        pytest.param(first(sales > 100), {"sales": 10_001}, 0, id="money one fen above"),
        pytest.param(first(size.is_missing, None), {}, 0, id="missing"),
        pytest.param(first(size.is_missing, None), {"size": 0}, 1, id="0 is not missing"),
        pytest.param(first(size.is_missing & (size > 1)), {"size": 2}, -1, id="missing and above"),
        pytest.param(
            first(size.is_missing | (size > 1)), {"size": 2}, 0, id="missing or above: above"
        ),
        pytest.param(first(size.is_missing | (size > 1)), {}, 0, id="missing or above: missing"),
        pytest.param(first(size.is_known & (size > 1)), {}, -1, id="known and above: missing"),
        pytest.param(first(size.is_known & (size > 1)), {"size": 2}, 0, id="known and above"),
    ],
)
def test_what_a_rule_accepts(table: RuleTable[int], wires: dict[str, Wire], winner: int) -> None:
    assert table.winner(facts_for(table, **wires)) == winner


@pytest.mark.parametrize(
    ("table", "possible"),
    [
        pytest.param(first(size > 9), 0, id="it may be above"),
        pytest.param(first(size.is_known), -1, id="it is not known"),
        pytest.param(first(size.is_missing), 0, id="it is missing"),
        pytest.param(first((size > 9) & sector.is_("power")), 0, id="both may hold"),
        pytest.param(first(size.is_known & sector.is_("power"), None), 1, id="one is not known"),
    ],
)
def test_what_could_win_if_every_missing_fact_spoke_for_it(
    table: RuleTable[int], possible: int
) -> None:
    assert table.possible_winner(facts_for(table)) == possible


@pytest.mark.parametrize(
    ("table", "wires", "missing"),
    [
        pytest.param(
            first(size > 9, agreed), {"agreed": True}, ("size",), id="ahead of the winner"
        ),
        pytest.param(first(size > 9, agreed), {"size": 10}, (), id="behind the winner"),
        pytest.param(first(size > 9, agreed), {"size": 9}, ("agreed",), id="no winner yet"),
        pytest.param(first(size > 9, agreed), {"size": 9, "agreed": False}, (), id="no winner"),
        pytest.param(first(size > 9, agreed), {}, ("size", "agreed"), id="all missing"),
        pytest.param(
            first((size > 9) & agreed, None), {"size": 9}, (), id="another leaf fails anyway"
        ),
        pytest.param(
            first((size > 9) & agreed, None), {"size": 10}, ("agreed",), id="the last leaf"
        ),
        pytest.param(first((size > 9) & agreed, None), {}, ("size", "agreed"), id="both leaves"),
        pytest.param(
            first((size > 9) & agreed, size.is_missing, sector.is_("power")),
            {},
            ("size", "agreed"),
            id="won by a rule on a missing fact",
        ),
        pytest.param(first(size.is_known, None), {}, (), id="a fact that is asked to be known"),
        pytest.param(
            first(sector.is_("power"), (size > 9) | agreed),
            {"agreed": True},
            ("sector",),
            id="another alternative of the winner does not matter",
        ),
        pytest.param(
            first(agreed | (size > 9), None),
            {"agreed": False},
            ("size",),
            id="the other alternative",
        ),
    ],
)
def test_which_missing_facts_keep_another_rule_from_winning(
    table: RuleTable[int], wires: dict[str, Wire], missing: tuple[str, ...]
) -> None:
    found = table.missing(facts_for(table, **wires))
    assert tuple(fact.name for fact in found) == missing
    assert tuple(fact.label for fact in found) == tuple(
        table.fields[name].label for name in missing
    )


def test_a_table_of_a_thousand_rules_finds_each() -> None:
    table = first(*(size >= number for number in range(1000, 0, -1)))
    for number in (1, 2, 499, 999, 1000):
        assert table.rules[table.winner(facts_for(table, size=number))].when == (size >= number)
    assert table.winner(facts_for(table, size=0)) == -1


def test_a_book_is_asked_row_by_row_whatever_its_fields_and_their_order() -> None:
    table = first((size > 10) & agreed, size > 5)
    for fields in (table.fields, Fields((agreed, sales, size)), Fields((sector, size, agreed))):
        book = [
            Facts("", fields, tuple({"size": number, "agreed": True}.get(name) for name in names))
            for number in (11, 6, 5)
            for names in [fields.names]
        ]
        assert [table.winner(facts) for facts in book] == [0, 1, -1]


def test_a_table_asks_for_the_fields_of_its_rules() -> None:
    assert first((size > 1) & agreed, sales > 1, size > 2).fields.names == (
        "size",
        "agreed",
        "sales",
    )
    assert by_rank((sector, size), (size > 1, "a")).fields.names == ("sector", "size")


def test_a_rule_says_what_it_gives_and_where_it_is_published() -> None:
    source = Source("P08-9", Label("rules", "制度"))
    rule = TableRule("answer", agreed, "marketing", source)
    assert rule.when == agreed.condition()
    assert rule.source == source
    assert [leaf.field for leaf in rule.leaves] == [agreed]
    assert TableRule("otherwise", None, "sales").rows == ((),)
    assert TableRule("otherwise", None, "sales").leaves == ()


def test_a_rule_has_a_name_in_both_languages() -> None:
    assert TableRule("care", None, "sales", zh="维护").label == Label("care", "维护")
    assert TableRule("care", None, "sales").label == Label("care", "care")


def test_days_and_words_of_a_rule_are_given_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        TableRule("care", None, "sales", None, MARCH)  # type: ignore[misc]


# --- most specific ------------------------------------------------------------------------

PLACES = by_rank(
    (sector, region),
    (None, "anybody"),
    (region.within("cn"), "China"),
    (region.within("east"), "east"),
    (region.is_("shanghai"), "exactly Shanghai"),
    (region.within("shanghai"), "Shanghai"),
    (sector.is_("power"), "power"),
    (sector.is_("power") & region.within("north"), "power in the north"),
    (region.is_missing, "no place"),
)


@pytest.mark.parametrize(
    ("wires", "gives"),
    [
        pytest.param({"sector": "cable", "region": "cn"}, "China", id="root"),
        pytest.param({"sector": "cable", "region": "east"}, "east", id="deeper wins"),
        pytest.param({"sector": "cable", "region": "pudong"}, "Shanghai", id="deepest wins"),
        pytest.param(
            {"sector": "cable", "region": "shanghai"}, "exactly Shanghai", id="exact wins"
        ),
        pytest.param({"sector": "power", "region": "pudong"}, "power", id="first dimension wins"),
        pytest.param({"sector": "power", "region": "north"}, "power in the north", id="both win"),
        pytest.param({"region": "north"}, "China", id="a missing sector fails its leaf"),
        pytest.param({"sector": "home"}, "no place", id="a missing place is said to be so"),
    ],
)
def test_the_most_specific_rule_wins(wires: dict[str, Wire], gives: str) -> None:
    facts = facts_for(PLACES, **wires)
    assert PLACES.rules[PLACES.winner(facts)].gives == gives


RANKED = by_rank(
    (sector, region, size),
    (sector.is_("power") & region.within("east"), "power in the east"),
    (sector.is_("power"), "power"),
    (size > 5, "large"),
    (None, "anybody"),
)


@pytest.mark.parametrize(
    ("wires", "gives", "missing"),
    [
        pytest.param(
            {"sector": "power"}, "power", ("region",), id="what is less specific does not matter"
        ),
        pytest.param({"sector": "power", "region": "north"}, "power", (), id="nothing"),
        pytest.param(
            {"sector": "home", "region": "east"}, "anybody", ("size",), id="only what may hold"
        ),
        pytest.param({"size": 6}, "large", ("sector", "region"), id="two more specific rules"),
        pytest.param({}, "anybody", ("sector", "region", "size"), id="all"),
    ],
)
def test_which_missing_facts_keep_a_more_specific_rule_from_winning(
    wires: dict[str, Wire], gives: str, missing: tuple[str, ...]
) -> None:
    facts = facts_for(RANKED, **wires)
    assert RANKED.rules[RANKED.winner(facts)].gives == gives
    assert tuple(fact.name for fact in RANKED.missing(facts)) == missing


def test_the_order_of_the_rules_does_not_matter() -> None:
    turned = RuleTable(
        rules=PLACES.rules[::-1], match="most_specific", dimensions=PLACES.dimensions
    )
    for place in (*region.names, None):
        for name in (*sector.names, None):
            facts = Facts("", PLACES.fields, (name, place))
            assert (
                turned.rules[turned.winner(facts)].gives == PLACES.rules[PLACES.winner(facts)].gives
            )


def test_the_order_of_the_dimensions_decides() -> None:
    rules = ((sector.is_("power"), "sector"), (agreed, "flag"))
    case = {"sector": "power", "agreed": True}
    for dimensions, gives in (((sector, agreed), "sector"), ((agreed, sector), "flag")):
        table = by_rank(dimensions, *rules)
        assert table.rules[table.winner(facts_for(table, **case))].gives == gives


def test_each_alternative_of_a_rule_has_its_own_rank() -> None:
    table = by_rank(
        (sector, region),
        (region.within("cn") | sector.is_("power"), "wide"),
        (region.within("east"), "east"),
    )
    for wires, gives in (
        ({"sector": "power", "region": "east"}, "wide"),
        ({"sector": "cable", "region": "east"}, "east"),
        ({"sector": "cable", "region": "north"}, "wide"),
    ):
        assert table.rules[table.winner(facts_for(table, **wires))].gives == gives


@pytest.mark.parametrize(
    ("build", "cell"),
    [
        pytest.param(
            lambda: by_rank((sector,), (sector.is_("power"), "a"), (sector.is_("power"), "b")),
            "sector = electric power",
            id="one option",
        ),
        pytest.param(
            lambda: by_rank((sector,), (~sector.is_("power"), "a"), (~sector.is_("cable"), "b")),
            "sector = home",
            id="what two options leave",
        ),
        pytest.param(
            lambda: by_rank((size,), (size > 5, "a"), (size <= 9, "b")), "size = 6", id="a range"
        ),
        pytest.param(
            lambda: by_rank((size,), (size < 5, "a"), (size < 9, "b")),
            "size = 4",
            id="below the first edge",
        ),
        pytest.param(
            lambda: by_rank((sales,), (sales > 5, "a"), (sales > 9, "b")),
            "sales = CNY 9.01",
            id="money",
        ),
        pytest.param(
            lambda: by_rank((agreed,), (agreed, "a"), (agreed.is_known, "b")),
            "agreed = yes",
            id="flag",
        ),
        pytest.param(
            lambda: by_rank((owner,), (owner.one_of("Li", "Han"), "a"), (owner.is_("Han"), "b")),
            "owner = Han",
            id="text",
        ),
        pytest.param(
            lambda: by_rank((owner,), (~owner.is_("Li"), "a"), (~owner.is_("Han"), "b")),
            "owner = (any other)",
            id="any other text",
        ),
        pytest.param(
            lambda: by_rank((owner,), (owner.is_known, "a"), (owner.is_known, "b")),
            "owner = (any other)",
            id="any text",
        ),
        pytest.param(
            lambda: by_rank((owner,), (owner.is_missing, "a"), (owner.is_missing, "b")),
            "owner = missing",
            id="missing",
        ),
        pytest.param(
            lambda: by_rank(
                (sector, size, region),
                (sector.is_("cable") & region.within("east"), "a"),
                (sector.one_of("cable", "home") & region.within("east"), "b"),
            ),
            "sector = cable, size = 0, region = east",
            id="three dimensions",
        ),
        pytest.param(
            lambda: by_rank((size,), (None, "a"), (None, "b")),
            "size = 0",
            id="two that always hold",
        ),
        pytest.param(lambda: by_rank((), (None, "a"), (None, "b")), "", id="no dimension"),
    ],
)
def test_equal_rank_with_different_results_names_the_cell(
    build: Callable[[], RuleTable[str]], cell: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        build()
    assert str(caught.value) == (
        f"rules 'rule 0' and 'rule 1' are equally specific and differ for {cell}; "
        "narrow one of them or give both the same"
    )


def test_the_rules_that_differ_are_named_wherever_they_stand() -> None:
    with pytest.raises(PolicyError) as caught:
        by_rank(
            (sector, size),
            (None, "z"),
            (size > 0, "a"),
            (sector.is_("power") & (size < 3), "b"),
            (sector.is_("home") & (size > 3), "c"),
            (sector.is_("power") & (size >= 2), "d"),
        )
    assert str(caught.value) == (
        "rules 'rule 2' and 'rule 4' are equally specific and differ for "
        "sector = electric power, size = 2; narrow one of them or give both the same"
    )


@pytest.mark.parametrize(
    ("dimension", "rules"),
    [
        pytest.param(sector, (sector.is_("power"), sector.is_("cable")), id="two options"),
        pytest.param(sector, (sector.is_("power"), ~sector.is_("power")), id="option and opposite"),
        pytest.param(
            sector,
            (~sector.one_of("power", "home"), ~sector.one_of("cable", "home")),
            id="opposites that leave nothing",
        ),
        pytest.param(agreed, (agreed, ~agreed), id="yes and no"),
        pytest.param(size, (size > 5, size <= 5), id="stretches that meet"),
        pytest.param(size, (size > 5, size.is_missing), id="known and missing"),
        pytest.param(owner, (owner.is_("Li"), ~owner.is_("Li")), id="text and any other"),
        pytest.param(owner, (owner.is_missing, owner.is_known), id="missing and known"),
        pytest.param(region, (region.within("east"), region.within("north")), id="two branches"),
        pytest.param(
            region, (region.within("east"), ~region.within("east")), id="branch and the rest"
        ),
        pytest.param(region, (region.within("cn"), region.within("east")), id="two depths"),
    ],
)
def test_rules_that_share_no_case_of_equal_rank_may_differ(
    dimension: Field, rules: tuple[Combinable, Combinable]
) -> None:
    table = by_rank((dimension,), (rules[0], "a"), (rules[1], "b"))
    assert len(table.rules) == 2


def test_equal_rank_with_the_same_result_is_accepted() -> None:
    table = by_rank((sector,), (sector.one_of("power", "cable"), "a"), (sector.is_("cable"), "a"))
    winner = table.winner(facts_for(table, sector="cable"))
    assert table.rules[winner].gives == "a"


def test_alternatives_of_one_rule_may_overlap() -> None:
    table = by_rank((sector,), (sector.is_("power") | sector.one_of("power", "cable"), "a"))
    assert table.winner(facts_for(table, sector="power")) == 0


# --- last match -----------------------------------------------------------------------------


def last(*conditions: Combinable | None) -> RuleTable[int]:
    """Return a table whose later rules override the earlier ones."""
    return RuleTable(rules=first(*conditions).rules, match="last")


@pytest.mark.parametrize(
    ("table", "wires", "winner", "possible"),
    [
        pytest.param(last(None, size > 5, size > 9), {"size": 10}, 2, 2, id="all hold"),
        pytest.param(last(None, size > 5, size > 9), {"size": 9}, 1, 1, id="one unit below"),
        pytest.param(last(None, size > 5, size > 9), {"size": 5}, 0, 0, id="the first is left"),
        pytest.param(last(None, size > 5, size > 9), {}, 0, 2, id="the number is missing"),
        pytest.param(last(size > 9, None), {"size": 10}, 1, 1, id="the last always holds"),
        pytest.param(last(size > 9, agreed), {"size": 9, "agreed": False}, -1, -1, id="none"),
        pytest.param(last(), {}, -1, -1, id="no rule at all"),
    ],
)
def test_the_last_rule_that_holds_wins(
    table: RuleTable[int], wires: dict[str, Wire], winner: int, possible: int
) -> None:
    facts = facts_for(table, **wires)
    assert table.winner(facts) == winner
    assert table.possible_winner(facts) == possible


@pytest.mark.parametrize(
    ("wires", "missing"),
    [
        pytest.param({"size": 10}, ("agreed",), id="what comes later could override"),
        pytest.param({"agreed": True}, (), id="what comes earlier could not"),
        pytest.param({"agreed": False}, ("size",), id="nothing holds yet"),
        pytest.param({}, ("agreed", "size"), id="all missing"),
    ],
)
def test_which_missing_facts_keep_a_later_rule_from_winning(
    wires: dict[str, Wire], missing: tuple[str, ...]
) -> None:
    table = last(size > 9, agreed)
    assert tuple(fact.name for fact in table.missing(facts_for(table, **wires))) == missing


@pytest.mark.parametrize(
    ("match", "of_both"),
    [("first", (size > 9,)), ("last", (agreed.condition(),))],
)
def test_of_the_alternatives_of_a_rule_the_one_nearest_to_winning_is_told(
    match: Literal["first", "last"], of_both: tuple[object, ...]
) -> None:
    rule = TableRule("either", (size > 9) | agreed, 0)
    table = RuleTable(rules=(rule, TableRule("other", sector.is_("power"), 1)), match=match)
    for wires, leaves in (
        ({"size": 10, "agreed": True}, of_both),
        ({"size": 10, "agreed": False}, (size > 9,)),
        ({"size": 9, "agreed": True}, (agreed.condition(),)),
    ):
        top = table.compiled.top(facts_for(table, sector="home", **wires))
        assert table.row_at(top) == (0, leaves)
    assert table.compiled.top(facts_for(table, sector="home", size=9, agreed=False)) == 0


# --- days -------------------------------------------------------------------------------------

MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
ONE = Days.through(date(2024, 3, 15), date(2024, 3, 15))
IN_ZONE = "take its date in a zone: value.astimezone(zone).date()"


def dated(
    *rules: tuple[Combinable | None, Days | None],
    match: Literal["first", "last", "most_specific"] = "first",
    dimensions: tuple[Field, ...] = (),
) -> RuleTable[int]:
    """Return a table of conditions and days, whose rules give their number."""
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {number}", when, number, in_force=days)
            for number, (when, days) in enumerate(rules)
        ),
        match=match,
        dimensions=dimensions,
    )


@pytest.mark.parametrize(
    ("day", "winner"),
    [
        pytest.param(date(2024, 2, 29), 2, id="the day before"),
        pytest.param(date(2024, 3, 1), 1, id="the first day"),
        pytest.param(date(2024, 3, 14), 1, id="the day before the one day"),
        pytest.param(date(2024, 3, 15), 0, id="the one day"),
        pytest.param(date(2024, 3, 16), 1, id="the day after the one day"),
        pytest.param(date(2024, 3, 31), 1, id="the last day"),
        pytest.param(date(2024, 4, 1), 2, id="the day after"),
        pytest.param(date.min, 2, id="long before"),
        pytest.param(date.max, 2, id="long after"),
    ],
)
def test_a_rule_holds_from_its_first_day_through_its_last(day: date, winner: int) -> None:
    table = dated((None, ONE), (None, MARCH), (None, None))
    facts = facts_for(table)
    assert table.winner(facts, day) == winner
    assert table.possible_winner(facts, day) == winner
    assert [table.holds_on(number, day) for number in range(3)] == [
        number >= winner for number in range(3)
    ]
    assert table.compiled.on_day(day.toordinal()).bit_length() == 3 - winner


def test_days_are_counted_beside_the_facts() -> None:
    table = dated((size > 9, MARCH), (agreed, None))
    inside, outside = date(2024, 3, 31), date(2024, 4, 1)
    case = facts_for(table, size=10, agreed=True)
    assert (table.winner(case, inside), table.winner(case, outside)) == (0, 1)
    case = facts_for(table, size=9, agreed=True)
    assert (table.winner(case, inside), table.winner(case, outside)) == (1, 1)
    case = facts_for(table, size=10, agreed=False)
    assert (table.winner(case, inside), table.winner(case, outside)) == (0, -1)


def test_a_missing_fact_matters_only_on_the_days_of_its_rule() -> None:
    table = dated((size > 9, MARCH), (agreed, None))
    case = facts_for(table, agreed=True)
    assert table.possible_winner(case, date(2024, 3, 31)) == 0
    assert [fact.name for fact in table.missing(case, date(2024, 3, 31))] == ["size"]
    assert table.possible_winner(case, date(2024, 4, 1)) == 1
    assert table.missing(case, date(2024, 4, 1)) == ()


def test_a_rule_out_of_force_ends_no_search_for_missing_facts() -> None:
    table = dated((agreed, MARCH), (size > 9, None))
    case = facts_for(table, agreed=True)
    assert table.missing(case, date(2024, 3, 1)) == ()
    assert [fact.name for fact in table.missing(case, date(2024, 4, 1))] == ["size"]


def test_the_most_specific_rule_of_the_day_wins() -> None:
    table = dated(
        (sector.is_("power"), MARCH), (None, None), match="most_specific", dimensions=(sector,)
    )
    case = facts_for(table, sector="power")
    assert table.winner(case, date(2024, 3, 1)) == 0
    assert table.winner(case, date(2024, 2, 29)) == 1


def test_rules_of_equal_rank_may_differ_on_different_days() -> None:
    april = Days.through(date(2024, 4, 1), date(2024, 4, 30))
    table = dated(
        (sector.is_("power"), MARCH),
        (sector.is_("power"), april),
        match="most_specific",
        dimensions=(sector,),
    )
    case = facts_for(table, sector="power")
    assert table.winner(case, date(2024, 3, 31)) == 0
    assert table.winner(case, date(2024, 4, 1)) == 1
    with pytest.raises(PolicyError) as caught:
        dated(
            (sector.is_("power"), MARCH),
            (sector.is_("power"), ONE),
            match="most_specific",
            dimensions=(sector,),
        )
    assert str(caught.value) == (
        "rules 'rule 0' and 'rule 1' are equally specific and differ for "
        "sector = electric power; narrow one of them or give both the same"
    )


@pytest.mark.parametrize(
    ("on", "kind", "message"),
    [
        (None, InputError, "rules are in force on certain days; pass on=, the day of the work"),
        (
            datetime(2024, 3, 1, 9),
            NotADate,
            f"day of the work {datetime(2024, 3, 1, 9)!r} is not a date; {IN_ZONE}",
        ),
        (
            "2024-03-01",
            NotADate,
            "day of the work '2024-03-01' is not a date; pass a datetime.date",
        ),
    ],
)
def test_rules_with_days_are_asked_for_a_day(
    on: date | None, kind: type[InputError], message: str
) -> None:
    table = dated((size > 9, MARCH))
    for case in (facts_for(table, size=10), facts_for(table)):
        for ask in (table.winner, table.possible_winner, table.missing):
            with pytest.raises(kind) as caught:
                ask(case, on)
            assert str(caught.value) == message


def test_rules_without_days_are_asked_for_none() -> None:
    table = first(size > 9)
    assert table.winner(facts_for(table, size=10)) == 0
    assert table.winner(facts_for(table, size=10), date(2024, 3, 1)) == 0
    assert table.holds_on(0, None)
    assert not dated((None, MARCH)).holds_on(0, None)
    assert table.compiled.on_day(date(2024, 3, 1).toordinal()) == 1
    assert (table.dated, dated((None, None), (None, ONE)).dated) == (False, True)


def test_a_book_is_asked_day_by_day() -> None:
    table = dated((size > 9, ONE), (size > 9, MARCH), (size > 99, None))
    case = facts_for(table, size=10)
    days = [date(2024, 2, 29) + timedelta(days=number) for number in range(33)]
    assert [table.winner(case, day) for day in days] == [-1, *[1] * 14, 0, *[1] * 16, -1]


def test_a_compiled_table_is_left_out_of_what_is_stored() -> None:
    table = dated((size > 9, MARCH), (agreed, None))
    table.winner(facts_for(table, size=10), date(2024, 3, 1))
    again = pickle.loads(pickle.dumps(table))
    assert again == table
    assert again.winner(facts_for(again, size=10), date(2024, 3, 1)) == 0


@pytest.mark.parametrize(
    ("one", "meets", "within"),
    [
        pytest.param(0, {0, 1, 3}, {0, 1, 3}, id="a part of March"),
        pytest.param(1, {0, 1, 2, 3}, {1, 3}, id="March"),
        pytest.param(2, {1, 2, 3}, {2, 3}, id="from the last day of March on"),
        pytest.param(3, {0, 1, 2, 3}, {3}, id="every day"),
    ],
)
def test_rows_meet_and_lie_within_each_other_by_their_days(
    one: int, meets: set[int], within: set[int]
) -> None:
    later = Days.through(date(2024, 3, 31), date(2024, 4, 30))
    table = dated((size > 9, ONE), (size > 9, MARCH), (size > 9, later), (size > 5, None))
    assert rows_in(table.compiled.rows_that_meet(one), 4) == meets
    assert rows_in(table.compiled.rows_within(one), 4) == within


@pytest.mark.parametrize(
    ("one", "meets", "within"),
    [
        pytest.param(0, {0, 1, 3}, {0, 1}, id="above ten"),
        pytest.param(1, {0, 1, 2, 3}, {1}, id="above five"),
        pytest.param(2, {1, 2, 3}, {2}, id="at most ten"),
        pytest.param(3, {0, 1, 2, 3}, {3}, id="another fact"),
        pytest.param(4, {4}, {4}, id="missing"),
    ],
)
def test_rows_meet_and_lie_within_each_other_by_their_facts(
    one: int, meets: set[int], within: set[int]
) -> None:
    table = first(size > 10, size > 5, size <= 10, agreed & size.is_known, size.is_missing)
    assert rows_in(table.compiled.rows_that_meet(one), 5) == meets
    assert rows_in(table.compiled.rows_within(one), 5) == within


def rows_in(mask: int, count: int) -> set[int]:
    """Return the rows of a mask; the first has the highest bit."""
    return {number for number in range(count) if mask >> (count - 1 - number) & 1}


def test_the_masks_of_each_fact_show_which_rows_accept_it() -> None:
    table = dated((size > 10, None), (agreed, ONE), (None, MARCH))
    matcher = table.compiled
    assert matcher.masks(facts_for(table, size=11, agreed=False)) == [0b111, 0b101]
    assert matcher.masks(facts_for(table, size=10, agreed=True)) == [0b011, 0b111]
    assert matcher.masks(facts_for(table)) == [0b011, 0b101]
    assert matcher.start(date(2024, 3, 15)) == 0b111
    assert matcher.start(date(2024, 3, 1)) == 0b101
    assert matcher.start(date(2024, 4, 1)) == 0b100
    assert first(size > 10).compiled.start(None) == 0b1
    assert matcher.owners == (-1, 2, 1, 0)


def test_a_compiled_table_lists_one_value_for_each_set_of_rules() -> None:
    table = first(sector.is_("power"), size > 10, owner.is_("Li") & agreed)
    assert table.compiled.atoms() == {
        "sector": ["power", "cable"],
        "size": [10, 11],
        "owner": ["Li", "(any other)"],
        "agreed": [True, False],
    }
    assert first(size.is_missing).compiled.atoms() == {"size": [0, None]}


def test_a_compiled_table_says_which_rows_hold_at_all() -> None:
    table = dated(
        (size > 10, None), ((size > 5) & (size < 3), MARCH), (agreed & size.is_missing, ONE)
    )
    by_size, by_flag = table.compiled.axes
    assert (by_size.some, by_flag.some) == (0b101, 0b111)
    assert table.compiled.days is not None
    assert table.compiled.days.some == 0b111
    alone = dated((None, ONE), (None, MARCH)).compiled.days
    assert alone is not None
    assert alone.some == 0b11


def test_a_table_ranks_the_alternatives_of_its_rules() -> None:
    table = by_rank(
        (sector, region),
        (None, "anybody"),
        (region.within("east") | sector.is_("power"), "two ways"),
        (region.is_("cn") & region.within("shanghai"), "an exact place"),
    )
    assert [owner for owner, _ in table.ranked] == [1, 2, 1, 0]
    assert table.ranks == ((1_000_000, 0), (0, 1_000_000), (0, 2), (0, 0))


# --- what cannot be built -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        pytest.param(
            lambda: RuleTable(rules=(TableRule("a", None, 1), TableRule("a", None, 1))),
            DuplicateName,
            "rule 'a' appears twice; rename or remove one",
            id="repeated name",
        ),
        pytest.param(
            lambda: by_rank((sector,), ((size > 1) & agreed & sector.is_("power"), "a")),
            PolicyError,
            "most specific by ['sector'] does not rank agreed, size; add it to dimensions",
            id="a field without a dimension",
        ),
        pytest.param(
            lambda: RuleTable(rules=(TableRule("a", size > 1, 1),), dimensions=(size,)),
            PolicyError,
            "dimensions are given for match='first'; drop them or write match='most_specific'",
            id="dimensions for the first match",
        ),
        pytest.param(
            lambda: RuleTable(rules=(), match="last", dimensions=(size,)),
            PolicyError,
            "dimensions are given for match='last'; drop them or write match='most_specific'",
            id="dimensions for the last match",
        ),
        pytest.param(
            lambda: TableRule("a", None, 1, in_force=date(2024, 1, 1)),
            PolicyError,
            "TableRule.in_force is datetime.date(2024, 1, 1); pass Days",
            id="one day for a span",
        ),
        pytest.param(
            lambda: TableRule("a", None, 1, zh=Label("a", "甲")),
            PolicyError,
            f"TableRule.zh is {Label('a', '甲')!r}; pass str",
            id="a label for a name",
        ),
        pytest.param(
            lambda: RuleTable(rules=(), match="most"),
            PolicyError,
            "RuleTable.match 'most' is no named convention; "
            "known are 'first', 'last', 'most_specific'",
            id="unknown match",
        ),
        pytest.param(
            lambda: first(size > 1, MoneyField("size", currency="CNY") > 1),
            PolicyError,
            "field 'size' means both NumberField(name='size', zh='', en='', decimals=0, unit=None) "
            "and MoneyField(name='size', zh='', en='', currency='CNY'); rename one of them",
            id="one name for two facts",
        ),
        pytest.param(
            lambda: TableRule("", size > 1, 1),
            PolicyError,
            "TableRule.name is ''; pass a name",
            id="no name",
        ),
        pytest.param(
            lambda: TableRule("a", size, 1),
            PolicyError,
            "NumberField(name='size', zh='', en='', decimals=0, unit=None) is not a condition; "
            "write field > value, field.is_(...), or a flag field",
            id="a field for a condition",
        ),
        pytest.param(
            lambda: RuleTable(rules=((size > 1, 1),)),
            PolicyError,
            f"RuleTable.rules holds {(size > 1, 1)!r}; pass TableRule",
            id="a pair for a rule",
        ),
    ],
)
def test_a_table_refuses(
    build: Callable[[], object], kind: type[PolicyError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        build()
    assert str(caught.value) == message


def test_a_condition_of_more_than_64_alternatives_is_refused() -> None:
    numbers = [NumberField(f"n{number}") for number in range(13)]
    wide = (numbers[0] > 0) | (numbers[1] > 0) | (numbers[2] > 0) | (numbers[3] > 0) | agreed
    for number in (4, 6, 8):
        wide &= (numbers[number] > 0) | (numbers[number + 1] > 0)
    assert len(first(wide).rules[0].rows) == 40
    with pytest.raises(PolicyError) as caught:
        first(wide & (agreed | (numbers[10] > 0)))
    assert str(caught.value) == "a condition of 80 alternatives; split it into rules of at most 64"
