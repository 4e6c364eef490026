"""How much work each seat carries under a policy, counted over a book before it goes live."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from kamcore.decision import show
from kamcore.facts import ChoiceField, Facts, FactValue, Field, Fields, Needs, Wire
from kamcore.routing._book import check_day, pieces_of_work, rule_for
from kamcore.routing._duties import Duty, DutyRules
from kamcore.values import Label, Seat
from kamcore.values._checks import expect

__all__ = ["Load", "SeatLoad", "simulate_load"]


@frozen(order=False)
class SeatLoad:
    """How many pieces of work a seat answers for, carries out, is asked about, is told of.

    `place` is the value by which the load is counted, None without one or where it is missing;
    `place_label` is the same in words.
    """

    seat: Seat = field()
    place: FactValue | None = field()
    place_label: Label | None = field()
    accountable: int = field()
    responsible: int = field()
    consulted: int = field()
    informed: int = field()


@frozen(order=False)
class Load:
    """The work of a book by seats, the most loaded first.

    `asked` counts the pieces of work; `unowned` and `undecided` are the accounts of those that
    nobody answers for, and of those for which a missing fact leaves that open, one for each piece
    of work. `by_default` counts those that fall to the default.
    """

    asked: int = field()
    seats: tuple[SeatLoad, ...] = field()
    by_default: int = field()
    unowned: tuple[str, ...] = field()
    undecided: tuple[str, ...] = field()

    @property
    def owned(self) -> int:
        """How many pieces of work have an accountable owner."""
        return self.asked - len(self.unowned) - len(self.undecided)

    def rows(self) -> list[dict[str, str | int | None]]:
        """Return the seats as rows of a table."""
        return [
            {
                "seat": one.seat.name,
                "seat_en": one.seat.label.en,
                "seat_zh": one.seat.label.zh,
                "place": None if one.place is None else str(one.place),
                "place_en": None if one.place_label is None else one.place_label.en,
                "place_zh": None if one.place_label is None else one.place_label.zh,
                "accountable": one.accountable,
                "responsible": one.responsible,
                "consulted": one.consulted,
                "informed": one.informed,
            }
            for one in self.seats
        ]


def simulate_load(
    book: Iterable[Facts],
    policy: DutyRules,
    *,
    each: ChoiceField | None = None,
    by: Field | None = None,
    on: date | None = None,
) -> Load:
    """Return the load of every seat over a book: accounts, or pieces of work.

    With `each`, an account stands for one piece of work of every option of that field. `by` counts
    a seat apart for each value of a fact, such as the customer's unit. `on` is the day, where rules
    have days. All numbers are pieces of work. Raises `InputError` where the book was read for other
    fields or `on` is needed. Source: S4-4a (units).
    """
    expect("policy", policy, DutyRules)
    expect("by", by, Field, type(None))
    check_day(on)
    needs = Needs(Fields(() if by is None else (by,)))
    found: Counter[tuple[int, Wire | None]] = Counter()
    duties: dict[int, Duty] = {}
    unowned: list[str] = []
    undecided: list[str] = []
    asked = 0
    for facts in pieces_of_work(book, each):
        asked += 1
        wire = None if by is None else needs.values(facts)[by.name]
        rule = rule_for(facts, policy, on)
        if rule is None:
            undecided.append(facts.account)
        elif isinstance(gives := policy.given_by(rule), Duty):
            duties[rule] = gives
            found[rule, wire] += 1
        else:
            unowned.append(facts.account)
    defaults = sum(count for (rule, _), count in found.items() if rule < 0)
    seats = _seats(policy, duties, found, by)
    return Load(asked, seats, defaults, tuple(unowned), tuple(undecided))


def _seats(
    policy: DutyRules,
    duties: dict[int, Duty],
    found: Counter[tuple[int, Wire | None]],
    by: Field | None,
) -> tuple[SeatLoad, ...]:
    counts: dict[tuple[Seat, Wire | None], list[int]] = {}
    for (rule, wire), number in found.items():
        duty = duties[rule]
        parts = ((duty.accountable,), duty.responsible, duty.consulted, duty.informed)
        for part, seats in enumerate(parts):
            for seat in seats:
                counts.setdefault((seat, wire), [0, 0, 0, 0])[part] += number
    order = {seat: place for place, seat in enumerate(policy.seats)}

    def rank(one: tuple[tuple[Seat, Wire | None], list[int]]) -> tuple[int, int, int, str]:
        (seat, wire), numbers = one
        return -numbers[0], order[seat], wire if isinstance(wire, int) else 0, str(wire)

    ranked = sorted(counts.items(), key=rank)
    return tuple(SeatLoad(seat, *_place(by, wire), *numbers) for (seat, wire), numbers in ranked)


def _place(by: Field | None, wire: Wire | None) -> tuple[FactValue | None, Label | None]:
    """Return the value by which the load is counted, and in words."""
    if by is None or wire is None:
        return None, None
    return by.give(wire), Label(show(by.show(wire), "en"), show(by.show(wire), "zh"))
