"""Laws of comparing two policies, against a walk through every case and every piece of work."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, facts, sector
from tests.property.facts._tables import Case, days, decide, every_case, pools, tables
from tests.property.routing._policies import DUTIES, NOBODY, SEATS, lies_in, witness_of

from kamcore.facts import ChoiceField, Facts, Fields, RuleTable, TableRule
from kamcore.routing import (
    Duty,
    DutyChanges,
    DutyRules,
    Mover,
    NoOwner,
    Space,
    compare_duties,
    route_work,
)
from kamcore.values import Label, Seat

OTHERS = (evolve(DUTIES[0], informed=(SEATS[1],)), evolve(DUTIES[1], skills=("English",)))
GIVES = st.sampled_from((*DUTIES, *OTHERS, NOBODY, NoOwner()))
MOVES = "routing.moves"
NOTES = (NoOwner(), NOBODY, NoOwner(Label("to be settled", "待定")))


class Pair(NamedTuple):
    """Two policies with the space over which they are compared."""

    before: DutyRules
    after: DutyRules
    space: Space

    @property
    def cases(self) -> list[Case]:
        """One case of each kind that the rules of either tell apart."""
        rules = [rule for one in (self.before, self.after) for rule in one.table.rules]
        space = self.space
        return every_case(rules, space.fields, may_miss=space.may_miss, within=space.days)

    @property
    def changes(self) -> DutyChanges:
        """What is judged, without a book."""
        return compare_duties(self.before, self.after, space=self.space).value


class Booked(NamedTuple):
    """Two policies with a book of pieces of work, or of accounts that stand for several each."""

    pair: Pair
    book: list[Facts]
    each: ChoiceField | None
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
    def changes(self) -> DutyChanges:
        """What is judged."""
        before, after, space = self.pair
        return compare_duties(
            before, after, space=space, book=self.book, each=self.each, on=self.on
        ).value


@st.composite
def pairs(
    draw: st.DrawFn, *, matches: tuple[str, ...] = ("first", "last", "most_specific")
) -> Pair:
    """Draw two policies of the same few facts, and a space of these and now and then one more."""
    pool = draw(pools())
    drawn: list[RuleTable[Duty | NoOwner]] = [
        draw(tables(GIVES, matches=matches, of=pool, most=4)) for _ in range(2)
    ]
    if draw(st.booleans()):
        drawn[1] = evolve(drawn[0], rules=drawn[0].rules[draw(st.integers(0, 1)) :])
    before, after = (
        DutyRules(table=table, otherwise=draw(st.none() | st.sampled_from(DUTIES)))
        for table in drawn
    )
    more = draw(st.lists(st.sampled_from(ALL_FIELDS), max_size=1))
    fields = Fields((*before.fields, *after.fields, *more))
    may_miss = tuple(name for name in fields.names if draw(st.booleans()))
    return Pair(before, after, Space(fields, may_miss=may_miss, days=draw(days())))


@st.composite
def booked(draw: st.DrawFn) -> Booked:
    """Draw two policies with a book of up to five, each account of its own name."""
    pair = draw(pairs())
    fields = Fields((*pair.space.fields, sector))
    drawn = draw(st.lists(facts(fields), max_size=5))
    book = [evolve(one, account=f"K{number}") for number, one in enumerate(drawn)]
    on = draw(days()).start
    return Booked(pair, book, draw(st.sampled_from((None, sector))), on)


def given_in(policy: DutyRules, case: Case) -> Duty | NoOwner:
    """Return what a policy gives in a case; nobody is nobody, whatever the note."""
    gives = policy.given_by(decide(policy.table, case))
    return gives if isinstance(gives, Duty) else NoOwner()


def seat_of(gives: Duty | NoOwner) -> Seat | None:
    """Return the accountable seat."""
    return gives.accountable if isinstance(gives, Duty) else None


def renoted(policy: DutyRules) -> DutyRules:
    """Return a policy with another note wherever nobody is named."""
    rules = tuple(
        rule
        if isinstance(rule.gives, Duty)
        else evolve(rule, gives=NOTES[(NOTES.index(rule.gives) + 1) % len(NOTES)])
        for rule in policy.table.rules
    )
    return evolve(policy, table=evolve(policy.table, rules=rules))


# --- cases --------------------------------------------------------------------------------------


@given(pairs())
def test_boxes_are_exactly_the_cases_whose_duty_differs_each_case_in_one(pair: Pair) -> None:
    boxes = pair.changes.boxes
    for case in pair.cases:
        told = [(one.before, one.after) for one in boxes if lies_in(case, one.box)]
        before, after = given_in(pair.before, case), given_in(pair.after, case)
        assert told == ([] if before == after else [(before, after)])


@given(pairs())
def test_cells_add_up_to_the_cases_that_differ(pair: Pair) -> None:
    changes, cases = pair.changes, pair.cases
    assert changes.cells == len(cases)
    for one in changes.boxes:
        assert one.box.cells == sum(lies_in(case, one.box) for case in cases) > 0
    duties = [(given_in(pair.before, case), given_in(pair.after, case)) for case in cases]
    owners = sum(seat_of(before) != seat_of(after) for before, after in duties)
    assert sum(one.box.cells for one in changes.boxes) == sum(
        before != after for before, after in duties
    )
    assert sum(one.box.cells for one in changes.boxes if one.owner_changes) == owners


@given(pairs())
def test_the_witness_of_a_change_has_both_duties(pair: Pair) -> None:
    for one in pair.changes.boxes:
        case = witness_of(one.box)
        assert lies_in(case, one.box)
        assert given_in(pair.before, case) == one.before
        assert given_in(pair.after, case) == one.after


@given(pairs())
def test_a_policy_compared_with_itself_changes_nothing_whatever_the_notes(pair: Pair) -> None:
    same = compare_duties(pair.before, renoted(pair.before), space=pair.space)
    assert same.value.boxes == ()
    assert same.value.cells == len(Pair(pair.before, pair.before, pair.space).cases)
    assert [reason.rule.id for reason in same.reasons] == ["routing.same"]


@given(pairs())
def test_turned_round_before_and_after_change_places(pair: Pair) -> None:
    there = pair.changes
    back = compare_duties(pair.after, pair.before, space=pair.space).value
    assert back.cells == there.cells
    for case in pair.cases:
        told = [(one.before, one.after) for one in there.boxes if lies_in(case, one.box)]
        turned = [(one.after, one.before) for one in back.boxes if lies_in(case, one.box)]
        assert told == turned


@given(pairs(matches=("first",)))
def test_the_boxes_as_rules_before_the_others_take_the_change_back(pair: Pair) -> None:
    restored = tuple(
        TableRule(f"as before {number}", one.box.when, one.before, in_force=one.box.days)
        for number, one in enumerate(pair.changes.boxes)
    )
    table = evolve(pair.after.table, rules=(*restored, *pair.after.table.rules))
    assert Pair(pair.before, evolve(pair.after, table=table), pair.space).changes.boxes == ()


# --- a book -------------------------------------------------------------------------------------


@given(booked())
def test_those_who_move_are_those_whose_accountable_seat_differs(one: Booked) -> None:
    expected: list[tuple[str, Duty | NoOwner, Duty | NoOwner]] = []
    undecided: list[str] = []
    missing: set[Label] = set()
    for piece in one.pieces:
        answers = [
            route_work(piece, policy, on=one.on) for policy in (one.pair.before, one.pair.after)
        ]
        if not all(answer.decided for answer in answers):
            undecided.append(piece.account)
            missing |= {fact.label for one in answers if not one.decided for fact in one.missing}
            continue
        before, after = (answer.value for answer in answers)
        if seat_of(before) != seat_of(after):
            expected.append((piece.account, before, after))
    changes = one.changes
    assert changes.asked == len(one.pieces)
    assert [(mover.account, mover.before, mover.after) for mover in changes.movers] == expected
    assert changes.undecided == tuple(undecided)
    assert set(changes.missing) == missing
    assert changes.accounts == tuple(dict.fromkeys(account for account, _, _ in expected))


@given(booked())
def test_a_book_changes_nothing_about_the_cases(one: Booked) -> None:
    alone, asked = one.pair.changes, one.changes
    assert (alone.cells, alone.boxes) == (asked.cells, asked.boxes)
    assert (alone.asked, alone.movers, alone.undecided) == (0, (), ())


@given(booked())
def test_each_option_of_an_account_is_as_good_as_a_piece_of_work_of_its_own(one: Booked) -> None:
    spread = one._replace(book=one.pieces, each=None)
    assert one.changes == spread.changes
    assert len(one.pieces) == len(one.book) * (1 if one.each is None else len(sector.names))


@given(booked())
def test_turned_round_the_same_accounts_move_back(one: Booked) -> None:
    there = one.changes
    before, after, space = one.pair
    back = one._replace(pair=Pair(after, before, space)).changes
    assert [(mover.account, mover.after, mover.before) for mover in back.movers] == [
        (mover.account, mover.before, mover.after) for mover in there.movers
    ]
    assert (back.undecided, back.accounts) == (there.undecided, there.accounts)


@given(booked())
def test_nobody_of_a_book_moves_between_a_policy_and_itself(one: Booked) -> None:
    before, _, space = one.pair
    same = one._replace(pair=Pair(before, renoted(before), space)).changes
    assert (same.movers, same.accounts) == ((), ())


# --- the words ----------------------------------------------------------------------------------


@given(booked())
def test_the_reasons_tell_every_change_once_and_their_numbers_add_up(one: Booked) -> None:
    before, after, space = one.pair
    decision = compare_duties(before, after, space=space, book=one.book, each=one.each, on=one.on)
    changes = decision.value
    told = Counter(str(reason.rule.id) for reason in decision.reasons)
    owners = [change for change in changes.boxes if change.owner_changes]
    assert told["routing.change"] == len(owners)
    assert told["routing.owner_stays"] == len(changes.boxes) - len(owners)
    assert told["routing.owners_change"] == bool(owners)
    assert told["routing.parts_change"] == (len(owners) < len(changes.boxes))
    assert told["routing.same"] == (not changes.boxes)
    assert told["routing.book_moves"] == bool(changes.movers)
    assert told["routing.book_stays"] == bool(changes.asked and not changes.movers)
    assert told["routing.book_undecided"] == bool(changes.undecided)
    assert told["routing.moves"] == len({ways(mover) for mover in changes.movers})
    numbers = {str(reason.rule.id): dict(reason.params) for reason in decision.reasons}
    cells = sum(change.box.cells for change in owners)
    assert numbers.get("routing.owners_change", {}).get("owners", 0) == cells
    moves = [dict(reason.params) for reason in decision.reasons if reason.rule.id == MOVES]
    assert sum(int(text(one["moves"]).split()[0]) for one in moves) == len(changes.movers)
    assert decision.fingerprint == after.fingerprint
    assert decision.decided


def text(value: object) -> str:
    """Return a number of things in English."""
    assert isinstance(value, Label)
    return value.en


def ways(mover: Mover) -> tuple[Seat | None, Seat | None]:
    """Return from whom to whom the work goes."""
    return seat_of(mover.before), seat_of(mover.after)
