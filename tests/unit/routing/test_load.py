"""How much work each seat carries over a book: by parts, by places, on a day."""

from datetime import date
from decimal import Decimal

import attrs
import pytest

from kamcore.errors import InputError, UnknownName
from kamcore.facts import (
    Choice,
    ChoiceField,
    Facts,
    Field,
    Fields,
    FlagField,
    MoneyField,
    Node,
    NumberField,
    RatioField,
    RuleTable,
    TableRule,
    TreeField,
    read_facts,
)
from kamcore.routing import Duty, DutyRules, Load, NoOwner, SeatLoad, simulate_load
from kamcore.values import Days, Label, Money, Seat


def seat(name: str, zh: str) -> Seat:
    """Return a seat whose English word is its name."""
    return Seat(name, Label(name, zh))


SALES, DESK, FINANCE = seat("sales", "销售部"), seat("desk", "服务台"), seat("finance", "财务部")
WORK = ChoiceField("work", options=("answer", "care", "visit"), zh="工作")
UNIT = TreeField("unit", nodes=(Node("east", zh="华东"), Node("north", zh="华北")))
AMOUNT = NumberField("amount")
KNOWN = Fields((WORK, UNIT, AMOUNT))
SHARED = Duty(SALES, (SALES, DESK), (FINANCE,), (DESK, FINANCE), in_absence=DESK)
CARE = TableRule("care", WORK.is_("care"), SHARED)
ANSWER = TableRule("answer", WORK.is_("answer"), Duty(DESK))
VISIT = TableRule("visit", WORK.is_("visit"), NoOwner())
POLICY = DutyRules(table=RuleTable(rules=(CARE, ANSWER)))
DEFAULT = attrs.evolve(POLICY, otherwise=Duty(FINANCE))


def work(
    account: str, work: str | None, unit: str | None = None, amount: int | None = None
) -> Facts:
    """Return a piece of work; what is left out is missing."""
    row = {"code": account, "work": work, "unit": unit, "amount": amount}
    return read_facts(row, KNOWN, key="code")


BOOK = (
    work("K1", "care", "east"),
    work("K2", "care", "north"),
    work("K3", "answer", "east"),
    work("K4", "visit", "east"),
    work("K5", None, "north"),
)


def test_a_book_is_counted_by_seats_the_most_loaded_first() -> None:
    assert simulate_load(iter(BOOK), POLICY) == Load(
        asked=5,
        seats=(
            SeatLoad(SALES, None, None, 2, 2, 0, 0),
            SeatLoad(DESK, None, None, 1, 2, 0, 2),
            SeatLoad(FINANCE, None, None, 0, 0, 2, 2),
        ),
        by_default=0,
        unowned=("K4",),
        undecided=("K5",),
    )


@pytest.mark.parametrize(
    ("policy", "owned", "by_default", "unowned", "undecided"),
    [
        (POLICY, 3, 0, ("K4",), ("K5",)),
        (DEFAULT, 5, 2, (), ()),
        (
            attrs.evolve(DEFAULT, table=RuleTable(rules=(CARE, ANSWER, VISIT))),
            4,
            1,
            ("K4",),
            (),
        ),
    ],
    ids=["no default", "a default", "a rule that names nobody"],
)
def test_what_no_seat_answers_for_is_listed_and_what_the_default_does_is_counted(
    policy: DutyRules,
    owned: int,
    by_default: int,
    unowned: tuple[str, ...],
    undecided: tuple[str, ...],
) -> None:
    load = simulate_load(BOOK, policy)
    assert (load.asked, load.owned, load.by_default) == (5, owned, by_default)
    assert (load.unowned, load.undecided) == (unowned, undecided)


def test_each_option_of_an_account_is_a_piece_of_work() -> None:
    load = simulate_load(BOOK[3:], POLICY, each=WORK)
    assert (load.asked, load.owned) == (6, 4)
    assert (load.unowned, load.undecided) == (("K4", "K5"), ())
    assert [(one.seat, one.accountable) for one in load.seats] == [
        (SALES, 2),
        (DESK, 2),
        (FINANCE, 0),
    ]


def test_a_load_by_a_fact_counts_a_seat_apart_for_each_of_its_values() -> None:
    load = simulate_load((*BOOK, work("K6", "answer")), POLICY, by=UNIT)
    east, north = Label("east", "华东"), Label("north", "华北")
    assert [(one.seat, one.place, one.accountable) for one in load.seats] == [
        (SALES, "east", 1),
        (SALES, "north", 1),
        (DESK, None, 1),
        (DESK, "east", 1),
        (DESK, "north", 0),
        (FINANCE, "east", 0),
        (FINANCE, "north", 0),
    ]
    assert [one.place_label for one in load.seats[:4]] == [east, north, None, east]
    assert load.seats[4] == SeatLoad(DESK, "north", north, 0, 1, 0, 1)


PLACES = (
    (NumberField("n", unit=Label("sets", "台")), 1200, 1200, "1200", "1,200 sets", "1,200 台"),
    (FlagField("n"), False, False, "False", "no", "否"),
    (MoneyField("n", currency="CNY"), 5, Money(5, "CNY"), "CNY 5.00", "CNY 5.00", "5.00 元"),
    (RatioField("n"), Decimal("0.05"), Decimal("0.05"), "0.0500", "5%", "5%"),
    (ChoiceField("n", options=(Choice("a", zh="甲", en="first"),)), "a", "a", "a", "first", "甲"),
)


@pytest.mark.parametrize(("by", "given", "place", "plain", "en", "zh"), PLACES)
def test_a_place_is_a_value_and_told_in_words(
    by: Field, given: object, place: object, plain: str, en: str, zh: str
) -> None:
    policy = DutyRules(table=RuleTable(rules=()), otherwise=Duty(DESK))
    book = [read_facts({"n": given}, Fields((by,))), read_facts({"n": None}, Fields((by,)))]
    load = simulate_load(book, policy, by=by)
    found = {one.place: one.place_label for one in load.seats}
    assert found == {place: Label(en, zh), None: None}
    rows = [(row["place"], row["place_en"], row["place_zh"]) for row in load.rows()]
    assert set(rows) == {(plain, en, zh), (None, None, None)}


@pytest.mark.parametrize(
    ("on", "seat"),
    [
        (date(2026, 2, 28), DESK),
        (date(2026, 3, 1), SALES),
        (date(2026, 5, 31), SALES),
        (date(2026, 6, 1), DESK),
    ],
)
def test_a_rule_in_force_on_certain_days_counts_on_these(on: date, seat: Seat) -> None:
    days = Days.through(date(2026, 3, 1), date(2026, 5, 31))
    spring = TableRule("spring", WORK.is_("answer"), Duty(SALES), in_force=days)
    policy = DutyRules(table=RuleTable(rules=(spring, ANSWER)))
    assert simulate_load([work("K1", "answer")], policy, on=on).seats[0].seat == seat


def test_an_empty_book_is_no_load() -> None:
    load = simulate_load((), DEFAULT)
    assert load == Load(0, (), 0, (), ())
    assert (load.owned, load.rows()) == (0, [])


def test_rows_have_both_languages_and_plain_values() -> None:
    assert simulate_load(BOOK[:1], POLICY, by=UNIT).rows() == [
        {
            "seat": "sales",
            "seat_en": "sales",
            "seat_zh": "销售部",
            "place": "east",
            "place_en": "east",
            "place_zh": "华东",
            "accountable": 1,
            "responsible": 1,
            "consulted": 0,
            "informed": 0,
        },
        {
            "seat": "desk",
            "seat_en": "desk",
            "seat_zh": "服务台",
            "place": "east",
            "place_en": "east",
            "place_zh": "华东",
            "accountable": 0,
            "responsible": 1,
            "consulted": 0,
            "informed": 1,
        },
        {
            "seat": "finance",
            "seat_en": "finance",
            "seat_zh": "财务部",
            "place": "east",
            "place_en": "east",
            "place_zh": "华东",
            "accountable": 0,
            "responsible": 0,
            "consulted": 1,
            "informed": 1,
        },
    ]
    plain = simulate_load(BOOK, POLICY).rows()
    assert {row[name] for row in plain for name in ("place", "place_en", "place_zh")} == {None}


# --- what cannot be asked -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"policy": "rules"}, "policy is 'rules'; pass DutyRules"),
        ({"book": "K1"}, "book is 'K1'; pass a list of Facts"),
        ({"book": [*BOOK, "K1"]}, "book holds 'K1'; pass Facts"),
        ({"each": "work"}, "each is 'work'; pass ChoiceField"),
        ({"each": UNIT}, f"each is {UNIT!r}; pass ChoiceField"[:200]),
        ({"by": "unit"}, "by is 'unit'; pass Field"),
    ],
)
def test_what_cannot_be_counted_is_refused(given: dict[str, object], message: str) -> None:
    asked: dict[str, object] = {"book": BOOK, "policy": POLICY, **given}
    with pytest.raises(InputError) as fault:
        simulate_load(asked.pop("book"), asked.pop("policy"), **asked)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


@pytest.mark.parametrize("asked", ["each", "by"])
def test_each_and_by_are_facts_of_the_book_whatever_is_owned(asked: str) -> None:
    unknown = ChoiceField("kind", options=("a",))
    with pytest.raises(UnknownName) as fault:
        simulate_load(BOOK[3:4], POLICY, **{asked: unknown})  # type: ignore[arg-type]
    assert str(fault.value) == "unknown field 'kind'; known are 'work', 'unit', 'amount'"


@pytest.mark.parametrize("asked", ["each", "by"])
def test_each_and_by_have_the_values_of_the_book(asked: str) -> None:
    longer = ChoiceField("work", options=(*WORK.names, "repair"))
    with pytest.raises(InputError) as fault:
        simulate_load(BOOK, POLICY, **{asked: longer})  # type: ignore[arg-type]
    assert str(fault.value) == f"field 'work' was read as {WORK!r}; the policy asks {longer!r}"


def test_rules_with_days_need_the_day() -> None:
    days = Days.through(date(2026, 3, 1), date(2026, 5, 31))
    policy = DutyRules(table=RuleTable(rules=(attrs.evolve(CARE, in_force=days),)))
    with pytest.raises(InputError) as fault:
        simulate_load(BOOK, policy)
    assert str(fault.value) == "rules are in force on certain days; pass on=, the day of the work"
