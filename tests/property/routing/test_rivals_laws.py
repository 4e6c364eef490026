"""Laws of rivals, against a walk through every rule and every other value of each fact."""

from datetime import date, timedelta
from typing import NamedTuple

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.property.facts._strategies import ALL_FIELDS, facts, naive, possible_values
from tests.property.facts._tables import (
    DAYS_IN_WORLD,
    FIRST_DAY,
    Case,
    alternatives,
    decide,
    holds,
    rank,
)
from tests.property.routing._policies import worlds

from kamcore.facts import Facts, Field, Fields, Leaf, Wire
from kamcore.routing import Claim, Duty, DutyRules, NearMiss, NoOwner, find_rivals, route_work
from kamcore.values import Label

DAY = Label("the day", "日期")
MISSING = Label("missing", "未提供")
LATER = Label("it stands later in the list", "在列表中位置靠后")
EARLIER = Label(
    "it stands earlier in the list, and the last one wins", "在列表中位置靠前，而以最后一条为准"
)
SAME = Label("it says as much and gives the same", "具体程度相同，结果也相同")
ALL_DAYS = [FIRST_DAY + timedelta(days=number) for number in range(DAYS_IN_WORLD)]
LISTS = ("first", "last")


class Question(NamedTuple):
    """A piece of work, the rules that are asked for it, and the day."""

    facts: Facts
    policy: DutyRules
    on: date

    @property
    def case(self) -> Case:
        """The work as a case."""
        return Case(self.facts.values, self.on)

    @property
    def winner(self) -> int:
        """The rule that wins, -1 for none."""
        return decide(self.policy.table, self.case)


class Ranked(NamedTuple):
    """An alternative of a rule, and the facts (None: the day) on which it fails."""

    owner: int
    leaves: tuple[Leaf, ...]
    fails: frozenset[str | None]


@st.composite
def questions(
    draw: st.DrawFn,
    *,
    matches: tuple[str, ...] = ("first", "last", "most_specific"),
    complete: bool = False,
) -> Question:
    """Draw rules, facts that they ask for and now and then one more, and a day."""
    policy = draw(worlds(matches=matches, dated=draw(st.sampled_from((None, True))))).policy
    more = draw(st.lists(st.sampled_from(ALL_FIELDS), max_size=1))
    asked = facts(Fields((*policy.fields, *more)), complete=complete)
    return Question(draw(asked), policy, draw(st.sampled_from(ALL_DAYS)))


def by_rank(asked: Question) -> list[Ranked]:
    """Return all alternatives, the first to win first."""
    table, values = asked.policy.table, asked.facts.values
    rows = [
        (number, leaves)
        for number, rule in enumerate(table.rules)
        for leaves in alternatives(rule.when)
    ]
    if table.match == "last":
        rows.reverse()
    if table.match == "most_specific":
        rows.sort(key=lambda row: rank(row[1], table.dimensions), reverse=True)
    found: list[Ranked] = []
    for owner, leaves in rows:
        span = table.rules[owner].in_force
        fails: set[str | None] = {leaf.field.name for leaf in leaves if not naive(leaf, values)}
        if span is not None and asked.on not in span:
            fails.add(None)
        found.append(Ranked(owner, leaves, frozenset(fails)))
    return found


def owner_of(asked: Question, claim: Claim) -> int:
    """Return the number of the rule that a claim names."""
    return [rule.name for rule in asked.policy.table.rules].index(claim.rule)


def changed(asked: Question, name: str | None, value: Wire | date | None) -> Question:
    """Return the question with one other fact, or (name None) on another day."""
    if name is None:
        return asked._replace(on=value)
    place = asked.facts.fields.names.index(name)
    wires = asked.facts.wires
    return asked._replace(
        facts=evolve(asked.facts, wires=(*wires[:place], value, *wires[place + 1 :]))
    )


def suited(one: Ranked, about: Field | None, asked: Question) -> list[Wire | date | None]:
    """Return the values of a fact (or the days) that an alternative accepts."""
    if about is None:
        span = asked.policy.table.rules[one.owner].in_force
        return [day for day in ALL_DAYS if span is None or day in span]
    own = [leaf for leaf in one.leaves if leaf.field.name == about.name]
    return [
        value
        for value in (*possible_values(about), None)
        if all(naive(leaf, {about.name: value}) for leaf in own)
    ]


def misses(asked: Question) -> list[tuple[Field | None, Ranked]]:
    """Return for each fact, and for the day, the alternative that would win but for it."""
    rows = by_rank(asked)
    ahead = []
    for row in rows:
        if not row.fails:
            break
        ahead.append(row)
    found: list[tuple[Field | None, Ranked]] = []
    for one in (*asked.policy.fields, None):
        name = None if one is None else one.name
        alone = (row for row in ahead if row.fails == {name} and suited(row, one, asked))
        first = next(alone, None)
        if first is not None and first.owner != asked.winner:
            found.append((one, first))
    return found


# --- the winner ---------------------------------------------------------------------------------


@given(questions())
def test_the_winner_is_the_rule_that_wins_a_walk_through_all_rules(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    winner = asked.winner
    assert rivals.winner == (asked.policy.table.rules[winner].name if winner >= 0 else None)
    assert rivals.gives == asked.policy.given_by(winner)


@given(questions())
def test_what_the_winner_gives_is_the_duty_of_the_work(asked: Question) -> None:
    decision = route_work(asked.facts, asked.policy, on=asked.on)
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    assert decision.value_or(rivals.gives) == rivals.gives
    if not decision.decided:
        assert (rivals.winner, rivals.gives) == (None, NoOwner())


# --- claims -------------------------------------------------------------------------------------


@given(questions())
def test_claims_are_exactly_the_other_rules_that_hold_by_rank(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    rules = asked.policy.table.rules
    holding = dict.fromkeys(row.owner for row in by_rank(asked) if not row.fails)
    expected = [rules[owner] for owner in holding if owner != asked.winner]
    assert [one.rule for one in rivals.claims] == [rule.name for rule in expected]
    assert [one.gives for one in rivals.claims] == [rule.gives for rule in expected]
    assert {rule.name for rule in rules if holds(rule, asked.case)} == {
        one.rule for one in rivals.claims
    } | ({rivals.winner} - {None})


@given(questions(matches=LISTS))
def test_in_a_list_a_claim_loses_by_its_place(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    first = asked.policy.table.match == "first"
    for one in rivals.claims:
        assert (owner_of(asked, one) > asked.winner) is first
        assert one.why == (LATER if first else EARLIER)


@given(questions(matches=("most_specific",)))
def test_by_specificity_a_claim_loses_on_the_first_dimension_that_tells_them_apart(
    asked: Question,
) -> None:
    table = asked.policy.table
    holding = [row for row in by_rank(asked) if not row.fails]
    for one in find_rivals(asked.facts, asked.policy, on=asked.on).claims:
        best = next(row for row in holding if row.owner == owner_of(asked, one))
        ranks = [rank(row.leaves, table.dimensions) for row in (holding[0], best)]
        apart = [
            (about.label, less)
            for about, more, less in zip(table.dimensions, *ranks, strict=True)
            if more != less
        ]
        assert ranks[0] >= ranks[1]
        if not apart:
            assert one.why == SAME
            assert one.gives == table.rules[asked.winner].gives
            continue
        name, less = apart[0]
        said = one.why.en.startswith("it says nothing of ")
        assert said is (less == 0)
        assert name.en in one.why.en
        assert name.zh in one.why.zh


# --- near misses --------------------------------------------------------------------------------


@given(questions())
def test_near_misses_are_for_each_fact_the_first_alternative_that_fails_on_it_alone(
    asked: Question,
) -> None:
    rules = asked.policy.table.rules
    found = find_rivals(asked.facts, asked.policy, on=asked.on).near_misses
    expected = misses(asked)
    assert [(one.rule, one.gives) for one in found] == [
        (rules[row.owner].name, rules[row.owner].gives) for _, row in expected
    ]
    assert [one.fact for one in found] == [
        DAY if about is None else about.label for about, _ in expected
    ]
    for one, (about, row) in zip(found, expected, strict=True):
        assert_told(one, about, row, asked)


def assert_told(miss: NearMiss, about: Field | None, row: Ranked, asked: Question) -> None:
    """A near miss says what the fact is, and all that the alternative asks of it."""
    if about is None:
        span = asked.policy.table.rules[row.owner].in_force
        assert span is not None
        assert miss.has.en == asked.on.isoformat()
        assert miss.asks.en == f"from {span.start} to {span.last}"
        return
    values = asked.facts.values
    assert (miss.has == MISSING) is (values[about.name] is None)
    failing = [
        leaf for leaf in row.leaves if leaf.field.name == about.name and not naive(leaf, values)
    ]
    assert miss.asks.en == ", ".join(leaf.verb("en") for leaf in failing)
    assert miss.asks.zh.strip() == "、".join(leaf.verb("zh") for leaf in failing)


@given(questions())
def test_another_value_of_the_one_fact_makes_the_rule_win(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    for miss, (about, row) in zip(rivals.near_misses, misses(asked), strict=True):
        values = suited(row, about, asked)
        assert values
        for value in values:
            other = changed(asked, None if about is None else about.name, value)
            assert find_rivals(other.facts, other.policy, on=other.on).winner == miss.rule


@given(questions(matches=LISTS))
def test_in_a_list_exactly_the_facts_with_a_near_miss_can_bring_a_rule_before_the_winner(
    asked: Question,
) -> None:
    rules = [rule.name for rule in asked.policy.table.rules]
    place = {None: len(rules)} | {
        name: number if asked.policy.table.match == "first" else -number
        for number, name in enumerate(rules)
    }
    now = find_rivals(asked.facts, asked.policy, on=asked.on)
    matter: list[Label] = []
    for about in (*asked.policy.fields, None):
        name = None if about is None else about.name
        values = ALL_DAYS if about is None else (*possible_values(about), None)
        others = [changed(asked, name, value) for value in values]
        winners = [find_rivals(one.facts, one.policy, on=one.on).winner for one in others]
        if min(place[winner] for winner in winners) < place[now.winner]:
            matter.append(DAY if about is None else about.label)
    assert [miss.fact for miss in now.near_misses] == matter


@given(questions(complete=True))
def test_a_fact_that_is_there_is_never_shown_as_missing(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    assert all(one.has != MISSING for one in rivals.near_misses)


@given(questions())
def test_it_is_told_a_rule_a_line_in_both_languages(asked: Question) -> None:
    rivals = find_rivals(asked.facts, asked.policy, on=asked.on)
    named = [*rivals.claims, *rivals.near_misses]
    for lang in ("en", "zh"):
        first, *rest = rivals.text(lang).split("\n")
        assert len(rest) == len(named)
        for line, one in zip(rest, named, strict=True):
            assert line.startswith(f"“{one.rule}”")
            owner = one.gives.accountable.label.text(lang) if isinstance(one.gives, Duty) else ""
            assert owner in line
        assert (rivals.winner or "") in first
