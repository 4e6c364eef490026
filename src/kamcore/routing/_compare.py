"""Two policies side by side: which cases change owner, and which accounts of the real book."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from kamcore.decision import Decision, Reason, Rule, Trace
from kamcore.facts import ChoiceField, Facts, Fields
from kamcore.facts._boxes import Box, box_of, case_label
from kamcore.routing._audit import cases
from kamcore.routing._book import check_day, pieces_of_work, rule_for
from kamcore.routing._duties import Duty, DutyRules, NoOwner
from kamcore.routing._rivals import owner_label
from kamcore.routing._route import others
from kamcore.routing._space import Space, diagram_of, space_of
from kamcore.values import Label
from kamcore.values._checks import expect
from kamcore.values._words import counted, joined

__all__ = ["RULES", "DutyChange", "DutyChanges", "Mover", "compare_duties"]

SAME = Rule(
    "routing.same",
    ("cells",),
    en="nothing changes in any case of the space ({cells})",
    zh="各种情形均无变化（共 {cells}）",
)
OWNERS_CHANGE = Rule(
    "routing.owners_change",
    ("owners", "cells"),
    en="the owner changes in {owners} of {cells}",
    zh="{cells}中有 {owners} 种更换负责岗位",
)
PARTS_CHANGE = Rule(
    "routing.parts_change",
    ("duties", "cells"),
    en="in {duties} of {cells} the owner stays and the others who have a part change",
    zh="{cells}中有 {duties} 种负责岗位不变，其他参与岗位有变",
)
CHANGE = Rule(
    "routing.change",
    ("box", "before", "after", "cells"),
    en="{box}: from {before} to {after} ({cells})",
    zh="{box}：{before}改为{after}（{cells}）",
)
STAYS = Rule(
    "routing.owner_stays",
    ("box", "owner", "before", "after"),
    en="{box}: {owner} stays accountable; before: {before}; after: {after}",
    zh="{box}：仍由{owner}负责；原为：{before}；改为：{after}",
)
BOOK = Rule(
    "routing.book_moves",
    ("moves", "accounts", "asked"),
    en="of {asked} in the book, the owner changes in {moves}, for {accounts}",
    zh="客户名册所涉 {asked}中，{moves}更换负责岗位，涉及 {accounts}",
)
BOOK_SAME = Rule(
    "routing.book_stays",
    ("asked",),
    en="nothing in the book changes owner ({asked})",
    zh="客户名册中没有工作更换负责岗位（共 {asked}）",
)
MOVES = Rule(
    "routing.moves",
    ("before", "after", "moves", "example"),
    en="from {before} to {after}: {moves}, such as {example}",
    zh="{before}改为{after}：{moves}，例如{example}",
)
OPEN = Rule(
    "routing.book_undecided",
    ("moves", "facts"),
    en="of the book, {moves} cannot be compared: not known: {facts}",
    zh="客户名册中有 {moves}因未提供{facts}而无法比较",
)
RULES = (SAME, OWNERS_CHANGE, PARTS_CHANGE, CHANGE, STAYS, BOOK, BOOK_SAME, MOVES, OPEN)

NO_OTHERS = Label("nobody else has a part", "无其他参与岗位")


@frozen(order=False)
class DutyChange:
    """Cases in which the duty is another one after the change."""

    box: Box = field()
    before: Duty | NoOwner = field()
    after: Duty | NoOwner = field()

    @property
    def owner_changes(self) -> bool:
        """Whether another seat is accountable."""
        return _owner(self.before) != _owner(self.after)


@frozen(order=False)
class Mover:
    """A piece of work of the book whose owner changes."""

    account: str = field()
    case: Label = field()
    before: Duty | NoOwner = field()
    after: Duty | NoOwner = field()


@frozen(order=False)
class DutyChanges:
    """What changes between two policies: over the space, and over a book.

    `asked` counts the pieces of work of the book. `undecided` are the accounts of those for which
    a missing fact leaves one of the answers open, one for each piece of work; `missing` names them.
    """

    cells: int = field()
    boxes: tuple[DutyChange, ...] = field()
    asked: int = field()
    movers: tuple[Mover, ...] = field()
    undecided: tuple[str, ...] = field()
    missing: tuple[Label, ...] = field()

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts of the book whose owner changes for some work."""
        return tuple(dict.fromkeys(one.account for one in self.movers))


def compare_duties(  # noqa: PLR0913 - two policies, a space and a book
    before: DutyRules,
    after: DutyRules,
    *,
    space: Space | None = None,
    book: Iterable[Facts] = (),
    each: ChoiceField | None = None,
    on: date | None = None,
) -> Decision[DutyChanges]:
    """Return what another policy changes: the cases as boxes, and who of a book changes owner.

    The book's facts are read for the fields of both policies. With `each`, an account stands for
    one piece of work of every option of that field, such as all kinds of work. `on` is the day for
    the book, where rules have days. The fingerprint is that of `after`. Raises `InputError` for a
    space that leaves out a fact that rules ask for, and where the book was read for other fields
    or `on` is needed. Source: S0-9 (duties defined beforehand).
    """
    expect("before", before, DutyRules)
    expect("after", after, DutyRules)
    expect("space", space, Space, type(None))
    check_day(on)
    over = space_of((before, after), space)
    given = list(dict.fromkeys(_all_gives(before, after)))
    number = {gives: index for index, gives in enumerate(given)}
    keys = [
        [number[_plain(policy.given_by(rule))] for rule in range(-1, len(policy.table.rules))]
        for policy in (before, after)
    ]
    diagram = diagram_of((before, after), keys, over)
    boxes = tuple(
        DutyChange(box_of(diagram, box, over.fields, over.days), given[old], given[new])
        for end, (old, new) in enumerate(diagram.outcomes)
        if old != new
        for box in diagram.boxes({end})
    )
    asked, movers, undecided, missing = 0, list[Mover](), list[str](), dict[Label, None]()
    shown = Fields.of(before, after)
    for facts in pieces_of_work(book, each):
        asked += 1
        rules = rule_for(facts, before, on), rule_for(facts, after, on)
        if rules[0] is None or rules[1] is None:
            undecided.append(facts.account)
            for policy, rule in zip((before, after), rules, strict=True):
                if rule is None:
                    missing.update({one.label: None for one in policy.table.missing(facts, on)})
            continue
        old, new = before.given_by(rules[0]), after.given_by(rules[1])
        if _owner(old) != _owner(new):
            movers.append(Mover(facts.account, case_label(shown, facts.values), old, new))
    changes = DutyChanges(
        diagram.cells, boxes, asked, tuple(movers), tuple(undecided), tuple(missing)
    )
    return Decision(changes, Compared(changes), after.fingerprint)


def _plain(gives: Duty | NoOwner) -> Duty | NoOwner:
    return gives if isinstance(gives, Duty) else NoOwner()


def _owner(gives: Duty | NoOwner) -> str | None:
    return gives.accountable.name if isinstance(gives, Duty) else None


def _all_gives(*policies: DutyRules) -> Iterator[Duty | NoOwner]:
    for policy in policies:
        for rule in range(-1, len(policy.table.rules)):
            yield _plain(policy.given_by(rule))


@frozen(order=False)
class Compared(Trace):
    """Changes, to be told."""

    changes: DutyChanges = field()

    def reasons(self) -> tuple[Reason, ...]:
        """Return how much changes, who moves, and the boxes."""
        changes = self.changes
        return (*self._first(), *self._book(), *(_change(one) for one in changes.boxes))

    def _first(self) -> Iterator[Reason]:
        cells = self.changes.cells
        owners = sum(one.box.cells for one in self.changes.boxes if one.owner_changes)
        duties = sum(one.box.cells for one in self.changes.boxes) - owners
        if owners:
            yield Reason.of(OWNERS_CHANGE, owners, cases(cells))
        if duties:
            yield Reason.of(PARTS_CHANGE, duties, cases(cells))
        if not owners + duties:
            yield Reason.of(SAME, cases(cells))

    def _book(self) -> Iterator[Reason]:
        changes = self.changes
        if changes.asked and not changes.movers:
            yield Reason.of(BOOK_SAME, _pieces(changes.asked))
        elif changes.movers:
            accounts = counted(len(changes.accounts), "account", "个客户")
            moves = Label(f"{len(changes.movers):,}", f"{len(changes.movers):,} 项")
            yield Reason.of(BOOK, moves, accounts, _pieces(changes.asked))
        groups: dict[tuple[Label, Label], list[Mover]] = {}
        for one in changes.movers:
            groups.setdefault((_held(one.before), _held(one.after)), []).append(one)
        for (before, after), movers in groups.items():
            example = Label(
                f"{movers[0].account} ({movers[0].case.en})",
                f" {movers[0].account}（{movers[0].case.zh}）",
            )
            yield Reason.of(MOVES, before, after, _pieces(len(movers)), example)
        if changes.undecided:
            yield Reason.of(OPEN, _pieces(len(changes.undecided)), joined(changes.missing))


def _pieces(number: int) -> Label:
    words = f"{number:,} piece" + ("" if number == 1 else "s") + " of work"
    return Label(words, f"{number:,} 项工作")


def _held(gives: Duty | NoOwner) -> Label:
    """Return by whom work is held, as a phrase of a sentence about its change."""
    owner = owner_label(gives)
    return Label(owner.en, f"由{owner.zh}负责" if isinstance(gives, Duty) else "无人负责")


def _change(one: DutyChange) -> Reason:
    before, after = _held(one.before), _held(one.after)
    if one.owner_changes:
        return Reason.of(CHANGE, one.box.label, before, after, cases(one.box.cells))
    parts = (_parts(one.before), _parts(one.after))
    return Reason.of(STAYS, one.box.label, owner_label(one.before), *parts)


def _parts(gives: Duty | NoOwner) -> Label:
    said = others(gives) if isinstance(gives, Duty) else ()
    if not said:
        return NO_OTHERS
    return Label(
        "; ".join(one.text("en") for one in said), "；".join(one.text("zh") for one in said)
    )
