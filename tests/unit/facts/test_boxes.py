"""Boxes: cases that stand together, as a condition, in words, with one case of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from kamcore.facts import (
    All,
    AnyOf,
    Choice,
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
    OneOf,
    RatioField,
    RuleTable,
    TableRule,
    TextField,
    TreeField,
    Wire,
    as_condition,
)
from kamcore.facts._boxes import (
    Box,
    _against,  # pyright: ignore[reportPrivateUsage]
    box_of,
    case_label,
    values_label,
)
from kamcore.facts._diagram import Diagram
from kamcore.values import Days, Label, Money

size = NumberField("size", zh="规模")
sales = MoneyField("sales", currency="CNY", zh="销售额")
share = RatioField("share", decimals=2, zh="份额")
since = DateField("since", zh="开户日")
agreed = FlagField("agreed", zh="已签约")
sector = ChoiceField("sector", options=(Choice("power", zh="电力"), "cable", "home"), zh="行业")
owner = TextField("owner", zh="客户经理")
region = TreeField(
    "region",
    nodes=(
        Node("cn", zh="全国"),
        Node("east", "cn", zh="华东"),
        Node("shanghai", "east", zh="上海"),
        Node("pudong", "shanghai", zh="浦东"),
        Node("north", "cn", zh="华北"),
        Node("abroad", zh="境外"),
    ),
    zh="区域",
)
MARCH = Days.through(date(2024, 3, 1), date(2024, 3, 31))
PLACES_ZH = "区域属于上海 或 区域是全国或华北或境外"
YEAR = Days.through(date(2024, 1, 1), date(2024, 12, 31))


def table(*rules: Combinable | tuple[Combinable | None, Days] | None) -> RuleTable[int]:
    """Return a table of conditions, some with their days."""
    pairs = [rule if isinstance(rule, tuple) else (rule, None) for rule in rules]
    return RuleTable(
        rules=tuple(
            TableRule(f"rule {number}", when, number, in_force=days)
            for number, (when, days) in enumerate(pairs)
        )
    )


def boxes(
    one: RuleTable[int],
    *more: Field,
    wins: Sequence[int] = (-1,),
    may_miss: tuple[str, ...] = (),
    days: Days | None = None,
) -> list[Box]:
    """Return the boxes in which certain rules win, -1 for none."""
    fields = Fields((*one.fields, *more))
    keys = [[-1, *range(len(one.rules))]]
    diagram = Diagram([one], keys, fields, may_miss=may_miss, days=days)
    wanted = {diagram.outcomes.index((number,)) for number in wins}
    return [box_of(diagram, choices, fields, days) for choices in diagram.boxes(wanted)]


def gap(*rules: Combinable | None, may_miss: tuple[str, ...] = ()) -> Box:
    """Return the one box that no rule covers."""
    (only,) = boxes(table(*rules), may_miss=may_miss)
    return only


# --- the condition ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "when", "cells"),
    [
        pytest.param((sector.is_("power"),), ~sector.is_("power"), 2, id="most options"),
        pytest.param((~sector.is_("power"),), sector.is_("power"), 1, id="one option"),
        pytest.param((agreed,), ~agreed, 1, id="no"),
        pytest.param((~agreed,), agreed, 1, id="yes"),
        pytest.param((size > 5,), size < 6, 1, id="a number below"),
        pytest.param((size <= 5,), size >= 6, 1, id="a number above"),
        pytest.param((size < 3, size > 5), (size >= 3) & (size < 6), 1, id="a stretch"),
        pytest.param(
            ((size >= 3) & (size <= 5),), (size < 3) | (size >= 6), 2, id="both sides of a stretch"
        ),
        pytest.param(
            (size < 3, (size >= 5) & (size < 7), size >= 9),
            ((size >= 3) & (size < 5)) | ((size >= 7) & (size < 9)),
            2,
            id="two stretches",
        ),
        pytest.param(
            (size < 3, (size >= 9) & (size > 11) & (size < 20)),
            ((size >= 3) & (size < 12)) | (size >= 20),
            3,
            id="stretches that follow each other are one",
        ),
        pytest.param((sales > 5,), sales < Money.from_minor(501, "CNY"), 1, id="money"),
        pytest.param((share > Decimal("0.30"),), share < Decimal("0.31"), 1, id="a share"),
        pytest.param(
            (since > date(2024, 2, 28),), since < date(2024, 2, 29), 1, id="a date: the day after"
        ),
        pytest.param((owner.is_("Li"),), ~owner.is_("Li"), 1, id="any other text"),
        pytest.param(
            (owner.is_("Li"), owner.is_("Han")), ~owner.one_of("Li", "Han"), 1, id="no named text"
        ),
        pytest.param((~owner.is_("Li"),), owner.is_("Li"), 1, id="one text"),
        pytest.param(
            (~owner.one_of("Li", "Han"),), owner.one_of("Li", "Han"), 2, id="all named texts"
        ),
        pytest.param(
            (owner.is_("Li"), ~owner.one_of("Li", "Han")), owner.is_("Han"), 1, id="a text of two"
        ),
        pytest.param(
            (region.within("east"),), OneOf(region, ("cn", "north", "abroad")), 3, id="no branch"
        ),
        pytest.param((~region.within("east"),), region.within("east"), 3, id="a branch"),
        pytest.param((region.is_("abroad"),), region.within("cn"), 5, id="a whole tree"),
        pytest.param((region.within("cn"),), region.is_("abroad"), 1, id="a tree of one place"),
        pytest.param(
            (region.is_("east"),),
            region.within("shanghai") | OneOf(region, ("cn", "north", "abroad")),
            5,
            id="a branch and single places",
        ),
        pytest.param(
            (region.is_("cn"), region.is_("shanghai")),
            OneOf(region, ("east", "pudong", "north", "abroad")),
            4,
            id="places on a way, none of them with all below it",
        ),
        pytest.param((), None, 1, id="everything"),
    ],
)
def test_what_no_rule_covers_is_a_condition(
    rules: tuple[Combinable, ...], when: Combinable | None, cells: int
) -> None:
    box = gap(*rules)
    assert box.when == (None if when is None else as_condition(when))
    assert (box.days, box.cells, box.witness_day) == (None, cells, None)
    assert box.when is None or box.when.holds(box.witness.values)
    assert box.witness.account == "(example)"


@pytest.mark.parametrize(
    ("rules", "when", "cells"),
    [
        pytest.param(
            (sector.is_("power"),), ~sector.is_("power") | sector.is_missing, 3, id="options"
        ),
        pytest.param(
            (~sector.is_("power"),), sector.is_("power") | sector.is_missing, 2, id="one option"
        ),
        pytest.param((sector.is_known,), sector.is_missing, 1, id="only missing"),
        pytest.param((sector.is_missing,), sector.is_known, 3, id="only known"),
        pytest.param(
            (sector.is_missing, sector.is_("home")), ~sector.is_("home"), 2, id="known options"
        ),
        pytest.param((), None, 1, id="everything"),
        pytest.param((agreed,), ~agreed | agreed.is_missing, 2, id="flag"),
        pytest.param((size > 5,), (size < 6) | size.is_missing, 2, id="number"),
        pytest.param(
            ((size < 3) | (size > 5),),
            AnyOf((All((size >= 3, size < 6)), size.is_missing)),
            2,
            id="stretch",
        ),
        pytest.param((size <= 5, size.is_missing), size >= 6, 1, id="the last stretch"),
        pytest.param((owner.is_("Li"),), ~owner.is_("Li") | owner.is_missing, 2, id="text"),
        pytest.param((owner.is_missing,), owner.is_known, 1, id="any text"),
        pytest.param(
            (region.within("cn"),), region.is_("abroad") | region.is_missing, 2, id="place"
        ),
        pytest.param(
            (region.is_("abroad"),), region.within("cn") | region.is_missing, 6, id="branch"
        ),
    ],
)
def test_a_fact_that_may_be_missing_is_part_of_the_condition(
    rules: tuple[Combinable, ...], when: Combinable | None, cells: int
) -> None:
    one = table(*rules)
    (box,) = boxes(one, may_miss=one.fields.names)
    assert box.when == (None if when is None else as_condition(when))
    assert box.cells == cells
    assert box.when is None or box.when.holds(box.witness.values)


@pytest.mark.parametrize(
    ("rules", "when", "cells"),
    [
        pytest.param((sector.is_("power"), agreed), ~sector.is_("power") & ~agreed, 2, id="two"),
        pytest.param(
            (sector.is_("power"), (size >= 3) & (size < 6)),
            ~sector.is_("power") & ((size < 3) | (size >= 6)),
            4,
            id="one of them in alternatives",
        ),
        pytest.param(
            (sector.is_("power"), (size < 3) | (size >= 6)),
            All((~sector.is_("power"), All((size >= 3, size < 6)))),
            2,
            id="one of them in two parts",
        ),
        pytest.param(
            (~sector.is_("power"), ~agreed, size > 5),
            sector.is_("power") & agreed & (size < 6),
            1,
            id="three",
        ),
    ],
)
def test_several_facts_hold_together(
    rules: tuple[Combinable, ...], when: Condition, cells: int
) -> None:
    box = gap(*rules)
    assert (box.when, box.cells) == (when, cells)
    assert when.holds(box.witness.values)


def test_what_ends_alike_in_several_ways_is_several_boxes() -> None:
    one = table(sector.is_("power") & agreed, sector.is_("home") & (size > 5))
    found = [(box.when, box.cells) for box in boxes(one)]
    assert found == [
        (sector.is_("power") & ~agreed, 2),
        (sector.is_("cable"), 4),
        (sector.is_("home") & (size < 6), 2),
    ]


def test_the_box_of_a_rule_is_where_it_wins() -> None:
    one = table(sector.is_("power"), sector.is_("cable") & agreed, agreed)
    assert [box.when for box in boxes(one, wins=(1,))] == [sector.is_("cable") & agreed]
    assert [box.when for box in boxes(one, wins=(2,))] == [sector.is_("home") & agreed]
    assert [box.when for box in boxes(one, wins=(1, 2))] == [~sector.is_("power") & agreed]


def test_a_fact_that_no_rule_asks_for_is_shown_and_not_asked() -> None:
    one = table(agreed)
    (box,) = boxes(one, size, region, sales, since, owner)
    assert box.when == ~agreed
    assert box.cells == 6
    assert box.case.en == (
        "agreed: no, size: 0, region: cn, sales: CNY 0.00, since: 2000-01-01, owner: any other"
    )


@pytest.mark.parametrize(
    ("may_miss", "classes", "when"),
    [
        ((), (0, 1), None),
        (("sector",), (0, 1, 2), None),
        (("sector",), (0, 1), sector.is_known),
        (("sector",), (2,), sector.is_missing),
    ],
)
def test_a_fact_with_all_its_values_is_asked_only_to_be_known(
    may_miss: tuple[str, ...], classes: tuple[int, ...], when: Condition | None
) -> None:
    one = table(sector.is_("power"), sector.is_missing)
    diagram = Diagram([one], [[-1, 0, 1]], one.fields, may_miss=may_miss)
    assert box_of(diagram, ((0, classes),), one.fields, None).when == when


def test_what_a_box_asks_can_be_asked_by_a_rule() -> None:
    rules = (sector.is_("power"), (size >= 3) & (size < 6), region.within("east"))
    one = table(*rules)
    mended = table(*rules, *(box.when for box in boxes(one)))
    assert boxes(mended, wins=(0, 1, 2, 3))[0].when is None


def test_a_number_has_an_order_and_a_text_has_none() -> None:
    assert _against(size, "<", 5) == (size < 5)
    with pytest.raises(TypeError, match="owner has no order"):
        _against(owner, "<", "Li")


# --- days ---------------------------------------------------------------------------------------


def test_days_without_a_rule_are_said_from_first_to_last() -> None:
    before, after = boxes(table((None, MARCH)), days=YEAR)
    assert (before.when, before.cells, before.days) == (
        None,
        1,
        Days.through(date(2024, 1, 1), date(2024, 2, 29)),
    )
    assert (after.when, after.days) == (None, Days.through(date(2024, 4, 1), date(2024, 12, 31)))
    assert [box.witness_day for box in (before, after)] == [date(2024, 1, 1), date(2024, 4, 1)]
    assert before.label == Label(
        "every case, from 2024-01-01 to 2024-02-29", "所有情形（2024年1月1日至2024年2月29日）"
    )
    assert after.case == Label("any case, on 2024-04-01", "任一情形（2024年4月1日）")


def test_stretches_of_days_that_follow_each_other_are_one_box() -> None:
    april = Days.through(date(2024, 4, 1), date(2024, 4, 30))
    one = table((agreed, MARCH), (agreed, april))
    (box,) = boxes(one, wins=(0, 1), days=YEAR)
    assert (box.when, box.days, box.cells) == (
        agreed.condition(),
        Days.through(date(2024, 3, 1), date(2024, 4, 30)),
        2,
    )
    assert box.witness_day == date(2024, 3, 1)
    assert box.label.en == "agreed, from 2024-03-01 to 2024-04-30"


def test_a_box_of_all_days_names_none_and_shows_one() -> None:
    never, *rest = boxes(table((agreed, MARCH)), days=YEAR)[::-1]
    assert (never.when, never.days, never.cells) == (as_condition(~agreed), None, 3)
    assert never.witness_day == date(2024, 1, 1)
    assert never.label == Label("not: agreed", "非“已签约”")
    assert never.case == Label("agreed: no, on 2024-01-01", "已签约：否（2024年1月1日）")
    assert [(box.when, box.days) for box in rest[::-1]] == [
        (agreed.condition(), Days.through(date(2024, 1, 1), date(2024, 2, 29))),
        (agreed.condition(), Days.through(date(2024, 4, 1), date(2024, 12, 31))),
    ]


def test_the_last_stretch_ends_with_the_space() -> None:
    over = Days.through(date(2024, 3, 31), date(2024, 4, 1))
    (box,) = boxes(table((None, MARCH)), days=over)
    assert box.days == Days.through(date(2024, 4, 1), date(2024, 4, 1))
    (held,) = boxes(table((None, MARCH)), wins=(0,), days=over)
    assert held.days == Days.through(date(2024, 3, 31), date(2024, 3, 31))
    (all_of_it,) = boxes(table((None, MARCH)), wins=(0,), days=MARCH)
    assert (all_of_it.days, all_of_it.witness_day) == (None, date(2024, 3, 1))


# --- in words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "label", "case"),
    [
        pytest.param(
            gap(), Label("every case", "所有情形"), Label("any case", "任一情形"), id="everything"
        ),
        pytest.param(
            gap(~sector.is_("power"), size > 5),
            Label("sector is power and size < 6", "行业是电力 且 规模 < 6"),
            Label("sector: power, size: 5", "行业：电力，规模：5"),
            id="option and number",
        ),
        pytest.param(
            gap((size >= 3) & (size <= 5), agreed),
            Label(
                "(size < 3 or size ≥ 6) and not: agreed", "（规模 < 3 或 规模 ≥ 6） 且 非“已签约”"
            ),
            Label("size: 2, agreed: no", "规模：2，已签约：否"),
            id="alternatives",
        ),
        pytest.param(
            gap(region.is_("east")),
            Label("region is within shanghai or region is cn or north or abroad", PLACES_ZH),
            Label("region: cn", "区域：全国"),
            id="branch and places",
        ),
        pytest.param(
            gap(owner.is_("Li")),
            Label("owner is not Li", "客户经理不是Li"),
            Label("owner: any other", "客户经理：其他"),
            id="any other text",
        ),
        pytest.param(
            gap(sales > 5, ~agreed),
            Label("sales < CNY 5.01 and agreed", "销售额 < 5.01 元 且 已签约"),
            Label("sales: CNY 5.00, agreed: yes", "销售额：5.00 元，已签约：是"),
            id="money and yes",
        ),
        pytest.param(
            gap(since >= date(2024, 3, 1)),
            Label("since < 2024-03-01", "开户日 < 2024年3月1日"),
            Label("since: 2024-02-29", "开户日：2024年2月29日"),
            id="date",
        ),
        pytest.param(
            gap(sector.is_known, may_miss=("sector",)),
            Label("sector is missing", "行业未提供"),
            Label("sector: missing", "行业：未提供"),
            id="missing",
        ),
    ],
)
def test_a_box_and_its_case_in_words(box: Box, label: Label, case: Label) -> None:
    assert (box.label, box.case) == (label, case)


@pytest.mark.parametrize(
    ("one", "wire", "label"),
    [
        (size, 1_234, Label("size: 1,234", "规模：1,234")),
        (size, 0, Label("size: 0", "规模：0")),
        (size, None, Label("size: missing", "规模：未提供")),
        (share, 5, Label("share: 5%", "份额：5%")),
        (agreed, False, Label("agreed: no", "已签约：否")),
        (agreed, True, Label("agreed: yes", "已签约：是")),
        (owner, "Li", Label("owner: Li", "客户经理：Li")),
        (owner, "(any other)", Label("owner: any other", "客户经理：其他")),
        (region, "pudong", Label("region: pudong", "区域：浦东")),
        (sector, "power", Label("sector: power", "行业：电力")),
    ],
)
def test_a_case_in_words(one: Field, wire: Wire | None, label: Label) -> None:
    assert case_label(Fields((one,)), {one.name: wire}) == label


@pytest.mark.parametrize(
    ("condition", "label"),
    [
        pytest.param(sector.is_("power"), Label("power", "电力"), id="one option"),
        pytest.param(
            sector.one_of("power", "home"), Label("power, home", "电力、home"), id="two options"
        ),
        pytest.param(
            ~sector.one_of("power", "home"),
            Label("all but power, home", "除电力、home外"),
            id="the other options",
        ),
        pytest.param(agreed.condition(), Label("yes", "是"), id="yes"),
        pytest.param(~agreed, Label("no", "否"), id="no"),
        pytest.param(region.within("east"), Label("east and below", "华东及下属"), id="a branch"),
        pytest.param(
            region.within("east") | region.is_("abroad"),
            Label("east and below or abroad", "华东及下属或境外"),
            id="alternatives",
        ),
        pytest.param(size >= 3, Label("≥ 3", "≥ 3"), id="a number"),
        pytest.param((size >= 3) & (size < 6), Label("≥ 3 and < 6", "≥ 3且< 6"), id="a stretch"),
        pytest.param(sector.is_missing, Label("missing", "未提供"), id="missing"),
        pytest.param(sector.is_known, Label("known", "已知"), id="known"),
    ],
)
def test_the_values_of_a_condition_in_words(condition: Condition, label: Label) -> None:
    assert values_label(condition) == label
