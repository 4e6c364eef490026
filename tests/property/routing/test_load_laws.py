"""Laws of the load of seats, against asking about each piece of work."""

import json
from collections import Counter
from datetime import date
from typing import NamedTuple

from attrs import astuple, evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, facts, sector
from tests.property.facts._tables import Case, days, decide
from tests.property.routing._policies import SEATS, worlds

from kamcore.decision import show
from kamcore.facts import ChoiceField, Facts, FactValue, Field, Fields, Wire
from kamcore.routing import (
    Duty,
    DutyRules,
    Load,
    NoOwner,
    SeatLoad,
    route_work,
    simulate_load,
)
from kamcore.values import Label, Lang, Seat

SHARED = Duty(SEATS[0], (SEATS[0], SEATS[1]), (SEATS[2],), (SEATS[1], SEATS[2]))
LANGS: tuple[Lang, Lang] = ("en", "zh")
PARTS = ("accountable", "responsible", "consulted", "informed")


class Asked(NamedTuple):
    """A book of pieces of work, or of accounts that stand for several each, and the rules."""

    book: list[Facts]
    policy: DutyRules
    each: ChoiceField | None
    by: Field
    on: date

    @property
    def pieces(self) -> list[Facts]:
        """All pieces of work."""
        if self.each is None:
            return self.book
        place = [one.fields.names.index(self.each.name) for one in self.book]
        return [
            evolve(one, wires=(*one.wires[:at], option, *one.wires[at + 1 :]))
            for one, at in zip(self.book, place, strict=True)
            for option in self.each.names
        ]

    @property
    def answers(self) -> list[tuple[Facts, Duty | NoOwner | None]]:
        """The duty of each piece of work, None where it is undecided."""
        return [
            (piece, route_work(piece, self.policy, on=self.on).value_or(None))
            for piece in self.pieces
        ]

    def load(self, *, split: bool = False) -> Load:
        """Return what is judged, counted apart for each value of a fact or not."""
        by = self.by if split else None
        return simulate_load(self.book, self.policy, each=self.each, by=by, on=self.on)


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw rules, a book of up to eight and a fact by which to count."""
    policy = draw(worlds()).policy
    if policy.table.rules and policy.table.match != "most_specific":
        first, *rest = policy.table.rules
        table = evolve(policy.table, rules=(evolve(first, gives=SHARED), *rest))
        policy = evolve(policy, table=table)
    by = draw(st.sampled_from(ALL_FIELDS))
    drawn = draw(st.lists(facts(Fields((*policy.fields, by, sector))), max_size=8))
    book = [evolve(one, account=f"K{number}") for number, one in enumerate(drawn)]
    each = draw(st.sampled_from((None, sector)))
    return Asked(book, policy, each, by, draw(days()).start)


def counts(load: Load) -> dict[Seat, tuple[int, ...]]:
    """Return the four numbers of each seat, summed over its places."""
    found: dict[Seat, Counter[str]] = {}
    for one in load.seats:
        found.setdefault(one.seat, Counter()).update({part: getattr(one, part) for part in PARTS})
    return {seat: tuple(numbers[part] for part in PARTS) for seat, numbers in found.items()}


def place_of(by: Field, wire: Wire | None) -> tuple[FactValue | None, Label | None]:
    """Return a value of a fact, and in words."""
    if wire is None:
        return None, None
    return by.give(wire), Label(*(show(by.show(wire), lang) for lang in LANGS))


@given(asked())
def test_every_piece_of_work_is_owned_unowned_or_undecided(one: Asked) -> None:
    load, answers = one.load(), one.answers
    assert load.asked == len(one.pieces)
    assert load.owned + len(load.unowned) + len(load.undecided) == load.asked
    assert load.owned == sum(isinstance(duty, Duty) for _, duty in answers)
    assert load.unowned == tuple(
        piece.account for piece, duty in answers if isinstance(duty, NoOwner)
    )
    assert load.undecided == tuple(piece.account for piece, duty in answers if duty is None)


@given(asked())
def test_the_seats_answer_for_all_owned_work_each_piece_once(one: Asked) -> None:
    load = one.load()
    assert sum(seat.accountable for seat in load.seats) == load.owned
    assert all(seat.place is None for seat in load.seats)


@given(asked())
def test_a_seat_has_every_part_of_every_duty_that_names_it(one: Asked) -> None:
    duties = [duty for _, duty in one.answers if isinstance(duty, Duty)]
    expected = {
        seat: tuple(
            sum(seat in seats for seats in parts)
            for parts in (
                [(duty.accountable,) for duty in duties],
                [duty.responsible for duty in duties],
                [duty.consulted for duty in duties],
                [duty.informed for duty in duties],
            )
        )
        for seat in one.policy.seats
    }
    assert counts(one.load()) == {seat: found for seat, found in expected.items() if sum(found)}


@given(asked())
def test_what_falls_to_the_default_is_the_work_that_no_rule_covers(one: Asked) -> None:
    uncovered = sum(
        decide(one.policy.table, Case(piece.values, one.on)) == -1 for piece in one.pieces
    )
    assert one.load().by_default == (0 if one.policy.otherwise is None else uncovered)


@given(asked())
def test_places_add_up_to_the_load_without_places(one: Asked) -> None:
    split, whole = one.load(split=True), one.load()
    assert counts(split) == counts(whole)
    assert evolve(split, seats=()) == evolve(whole, seats=())


@given(asked())
def test_the_load_of_a_place_is_that_of_its_part_of_the_book(one: Asked) -> None:
    split = one.load(split=True)
    by_place: dict[tuple[FactValue | None, Label | None], list[Facts]] = {}
    for piece in one.pieces:
        by_place.setdefault(place_of(one.by, piece.values[one.by.name]), []).append(piece)
    for place, pieces in by_place.items():
        alone = one._replace(book=pieces, each=None).load()
        there = [
            evolve(seat, place=None, place_label=None)
            for seat in split.seats
            if (seat.place, seat.place_label) == place
        ]
        assert tuple(there) == alone.seats
    assert {(seat.place, seat.place_label) for seat in split.seats} <= set(by_place)


@given(asked())
def test_each_option_of_an_account_is_as_good_as_a_piece_of_work_of_its_own(one: Asked) -> None:
    spread = one._replace(book=one.pieces, each=None)
    assert one.load(split=True) == spread.load(split=True)


@given(asked())
def test_the_most_loaded_stand_first_whatever_the_order_of_the_book(one: Asked) -> None:
    load = one.load(split=True)
    assert [-seat.accountable for seat in load.seats] == sorted(
        -seat.accountable for seat in load.seats
    )
    assert one._replace(book=one.book[::-1]).load(split=True).seats == load.seats


@given(asked())
def test_rows_of_a_table_hold_the_load(one: Asked) -> None:
    load = one.load(split=True)
    rows = json.loads(json.dumps(load.rows()))
    seats = {seat.name: seat for seat in one.policy.seats}
    places = {str(seat.place): (seat.place, seat.place_label) for seat in load.seats}
    assert [
        SeatLoad(seats[row["seat"]], *places[str(row["place"])], *(row[part] for part in PARTS))
        for row in rows
    ] == list(load.seats)
    for row, seat in zip(rows, load.seats, strict=True):
        words = (row["place_en"], row["place_zh"])
        assert words == ((None, None) if seat.place_label is None else astuple(seat.place_label))
    assert [Label(row["seat_en"], row["seat_zh"]) for row in rows] == [
        seat.seat.label for seat in load.seats
    ]
