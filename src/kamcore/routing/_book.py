"""A book of accounts as pieces of work, and the rule for each without its reasons."""

from collections.abc import Iterable, Iterator
from datetime import date

from kamcore.facts import ChoiceField, Facts, Fields, Needs
from kamcore.routing._duties import DutyRules
from kamcore.values._checks import as_date, expect, members

__all__ = ["check_day", "pieces_of_work", "rule_for"]


def check_day(on: date | None) -> None:
    """Refuse a day of the work that is no date, also where no rule asks for it."""
    if on is not None:
        as_date(on, "day of the work")


def pieces_of_work(book: Iterable[Facts], each: ChoiceField | None) -> Iterator[Facts]:
    """Return the facts of a book, or those of each account for every option of a field."""
    expect("each", each, ChoiceField, type(None))
    needs = Needs(Fields(() if each is None else (each,)))
    for facts in members("book", book, Facts):
        if each is None:
            yield facts
            continue
        (place,) = needs.places(facts.fields)
        for option in each.names:
            wires = (*facts.wires[:place], option, *facts.wires[place + 1 :])
            yield Facts(facts.account, facts.fields, wires)


def rule_for(facts: Facts, policy: DutyRules, on: date | None) -> int | None:
    """Return the index of the rule that wins, -1 for none; None where `route_work` is undecided."""
    table = policy.table
    rule = table.winner(facts, on)
    unclear = rule < 0 and policy.otherwise is None and None in facts.wires
    return None if unclear and table.possible_winner(facts, on) >= 0 else rule
