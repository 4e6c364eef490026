"""Who answers for a piece of work, among 10 to 1,000 rules, for kamcore and its peers.

A plain scan over tuples says what is right, and every engine must answer so before it is timed.
"""

from collections.abc import Callable, Mapping, Sequence

from duties import (
    CELLS,
    FIELDS,
    REQUESTS,
    SEED,
    Dice,
    Drawn,
    Record,
    draw_request,
    draw_requests,
    draw_rules,
    duty_rules,
    scan,
)
from duty_engines import casbin, casbin_request, text_request, texts, zen, zen_rule
from measure import Turns, take_turns
from working_time import Contender, asking, measure

from kamcore.decision import Decision, Reason
from kamcore.facts import Facts, read_facts
from kamcore.routing import (
    Duty,
    DutyAudit,
    NoOwner,
    Rivals,
    Space,
    check_duties,
    find_rivals,
    route_work,
)
from kamcore.values import Label

__all__ = ["CELLS", "FEWEST", "MOST", "proof", "routes"]

FEWEST, MOST = 10, 1_000
SIZES = (FEWEST, 100, MOST)


def routes(rounds: int) -> Mapping[int, Turns]:
    """Return the microseconds of one question by the number of rules, all in one run."""
    contests = {str(size): _contest(draw_rules(size)) for size in SIZES}
    turns = measure(contests, rounds=rounds)
    return {size: turns[str(size)] for size in SIZES}


def _contest(rules: Sequence[Drawn]) -> Mapping[str, Contender]:
    """Return the contenders; kamcore's first, and the scan says what is right."""
    policy, records = duty_rules(rules), draw_requests(rules)
    book = [read_facts(record, FIELDS) for record in records]
    right = list(map(scan(rules), records))
    table, traced, few = zen(rules), {"trace": True}, max(3_000 // len(rules), 20)

    def contender(
        ask: Callable[..., object],
        given: Sequence[object],
        read: Callable[..., int] = int,
        calls: int = REQUESTS,
    ) -> Contender:
        assert [read(ask(one)) for one in given] == right
        return asking(ask, given, calls, read)

    def route(facts: Facts) -> Decision[Duty | NoOwner]:
        return route_work(facts, policy)

    def rivals(facts: Facts) -> tuple[Decision[Duty | NoOwner], Rivals]:
        return route_work(facts, policy), find_rivals(facts, policy)

    for facts, record in zip(book, records, strict=True):
        _check_rivals(find_rivals(facts, policy), rules, record)
    return {
        "route_work": contender(route, book, lambda found: named_rule(found.reasons), 3_000),
        "… .reasons": contender(lambda facts: route(facts).reasons, book, named_rule),
        "… .explain": contender(
            lambda facts: route(facts).explain("en"),
            book,
            lambda text: int(text.split("“")[1].split("”")[0]),
        ),
        "… and find_rivals": contender(rivals, book, lambda found: int(found[1].winner)),
        "plain scan": contender(scan(rules), records),
        "casbin": contender(
            casbin(rules), list(map(casbin_request, records)), lambda found: int(found[1][0]), few
        ),
        "rule-engine": contender(texts(rules), list(map(text_request, records)), int, few),
        "zen": contender(lambda record: table(record, {}), records, zen_rule, 60),
        "zen with trace": contender(lambda record: table(record, traced), records, zen_rule, 20),
    }


def named_rule(reasons: tuple[Reason, ...]) -> int:
    """Return the rule that an answer rests on."""
    rule = dict(reasons[0].params)["rule"]
    assert isinstance(rule, Label)
    return int(rule.en)


def _check_rivals(found: Rivals, rules: Sequence[Drawn], record: Record) -> None:
    """Compare the others that hold, and those that nearly would, with the rules themselves."""
    first, *others = [number for number, one in enumerate(rules) if one.holds(record)]
    assert [int(claim.rule) for claim in found.claims] == others
    for near in found.near_misses:
        missed = rules[int(near.rule)]
        assert not missed.holds(record)
        assert missed.rank >= rules[first].rank


def proof(rounds: int) -> Turns:
    """Return the seconds of a proof over all cells, of rules that nothing has asked before.

    Beside it stand the proof of rules that know their fingerprint, and building the rules, which
    proves that no two of equal rank contradict each other.
    """
    rules = draw_rules(MOST)
    policy, space = duty_rules(rules), Space(FIELDS)
    _check(check_duties(policy, space).value, rules)
    fresh = iter([duty_rules(rules) for _ in range(rounds + 1)])
    works = {
        "check_duties": lambda: check_duties(next(fresh), space).value,
        "… asked again": lambda: check_duties(policy, space).value,
        "DutyRules": lambda: duty_rules(rules),
    }
    return take_turns(works, rounds=rounds, calls=1_000_000)


def _check(audit: DutyAudit, rules: Sequence[Drawn]) -> None:
    """Compare what is proved with the scan of each witness and of many other cases."""
    first, dice = scan(rules), Dice(SEED)
    assert audit.cells >= CELLS
    assert not audit.gaps
    assert not audit.unowned
    for witness in audit.witnesses:
        assert first(witness.box.witness.values) == int(witness.rule)
    found = {first(draw_request(dice, rules[-1])) for _ in range(20 * REQUESTS)}
    assert found <= {int(witness.rule) for witness in audit.witnesses}
    assert len(audit.witnesses) + len(audit.dead) == len(rules)
