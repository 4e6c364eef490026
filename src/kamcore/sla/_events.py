"""What happened to a case, as stored: events, and what becomes of impossible ones."""

from datetime import UTC, datetime
from typing import Literal

from attrs import field, frozen

from kamcore.errors import InputError
from kamcore.facts import Facts
from kamcore.values import Label
from kamcore.values._checks import (
    as_instant,
    instance_of,
    known_name,
    plain_text,
    some_text,
    tuple_of,
)

__all__ = ["EVENTS", "Case", "Event", "EventKind", "Ignored", "accepted", "utc"]

EventKind = Literal[
    "opened",
    "assigned",
    "answered",
    "updated",
    "paused",
    "waiting",
    "resumed",
    "changed",
    "solved",
    "confirmed",
    "reopened",
    "cancelled",
]
EVENTS: dict[str, Label] = {
    "opened": Label("received", "受理"),
    "assigned": Label("assigned", "分派"),
    "answered": Label("answered", "答复"),
    "updated": Label("updated", "进展通报"),
    "paused": Label("paused", "暂停"),
    "waiting": Label("waiting for the customer", "等待客户"),
    "resumed": Label("resumed", "恢复"),
    "changed": Label("changed", "变更"),
    "solved": Label("solved", "解决"),
    "confirmed": Label("confirmed by the customer", "客户确认"),
    "reopened": Label("re-opened", "重新打开"),
    "cancelled": Label("cancelled", "取消"),
}


def utc(at: datetime) -> datetime:
    """Return an instant in UTC; within one zone, instants compare by wall time.

    So the hour that the clocks show twice would lose its order.
    """
    return at.astimezone(UTC)


@frozen(order=False)
class Event:
    """Something that happened to a case at an instant.

    "resumed" ends whatever pause there is. `facts` stand at "opened" and at "changed" (another
    priority, tier, kind of work), and are all facts as they are from then on. `by` says who, `note`
    why. `states` names what an answer contains, for promises that ask for more than any answer.
    """

    kind: EventKind = field()
    at: datetime = field(eq=utc)
    facts: Facts | None = field(
        default=None, kw_only=True, validator=instance_of(Facts, type(None))
    )
    by: str = field(default="", kw_only=True, validator=instance_of(str))
    note: str = field(default="", kw_only=True, validator=instance_of(str))
    states: tuple[str, ...] = field(default=(), kw_only=True, validator=tuple_of(str))

    def __attrs_post_init__(self) -> None:
        """Refuse a naive instant, and facts where none are read."""
        known_name("event", self.kind, EVENTS)
        object.__setattr__(self, "at", as_instant(self.at, self.kind))
        if self.facts is not None and self.kind not in {"opened", "changed"}:
            raise InputError(
                f"facts are given with {self.kind!r}; give them with 'opened' or 'changed'"
            )
        if self.kind == "changed" and self.facts is None:
            raise InputError("'changed' has no facts; pass facts=read_facts(...) as they are now")

    @property
    def label(self) -> Label:
        """What happened, with its note and by whom."""
        said = EVENTS[self.kind]
        en, zh = said.en, said.zh
        if self.note:
            en, zh = f"{en}: {self.note}", f"{zh}：{self.note}"
        return Label(f"{en} (by {self.by})", f"{zh}（{self.by}）") if self.by else Label(en, zh)


@frozen(order=False)
class Case:
    """One ticket, inquiry or order: its id and its events, in any order.

    Events at the same instant count in the order given, its receipt before all.
    """

    id: str = field(validator=some_text, converter=plain_text)
    events: tuple[Event, ...] = field(validator=tuple_of(Event))

    def __attrs_post_init__(self) -> None:
        """Refuse a case that was never opened."""
        if not any(event.kind == "opened" for event in self.events):
            raise InputError(f"case {self.id!r} has no event 'opened'; add it")

    def with_event(self, event: Event) -> "Case":
        """Return the case with one event more."""
        return Case(self.id, (*self.events, event))


@frozen(order=False)
class Ignored:
    """An event that changes nothing, and why."""

    event: Event = field()
    why: Label = field()


DUPLICATE = Label("it is recorded twice", "重复记录")
BEFORE = Label("it lies before the case was received", "早于受理时间")
OPENED_TWICE = Label("the case had been received", "该事项已受理")
CANCELLED = Label("the case had been cancelled", "该事项已取消")
NOT_PAUSED = Label("nothing was paused", "此前并未暂停")
PAUSED_TWICE = Label("it was paused already", "此前已暂停")
NOT_SOLVED = Label("the case was not solved", "此前并未解决")
SOLVED = Label("the case had been solved", "该事项已解决")


def accepted(case: Case, as_of: datetime | None) -> tuple[tuple[Event, ...], tuple[Ignored, ...]]:
    """Return the events until `as_of` in order, and those that cannot be and are ignored.

    The order in which events arrived does not matter. An event that is recorded twice counts once.
    A second solution counts where it states what the first one did not.
    """
    until = None if as_of is None else utc(as_of)
    known = sorted(
        (one for one in case.events if until is None or utc(one.at) <= until),
        key=lambda one: utc(one.at),
    )
    opening = next((one for one in known if one.kind == "opened"), None)
    if opening is None:
        raise InputError(f"case {case.id!r} is not yet received at {as_of}; ask later")
    known.sort(key=lambda one: (utc(one.at), one is not opening))
    taken: list[Event] = []
    ignored: list[Ignored] = []
    status = _Status(opening)
    for event in known:
        why = DUPLICATE if event in taken else status.against(event)
        if why is None:
            taken.append(event)
            status.take(event)
        else:
            ignored.append(Ignored(event, why))
    return tuple(taken), tuple(ignored)


class _Status:
    """What the events so far make possible."""

    def __init__(self, opening: Event) -> None:
        self._opening = opening
        self._opened = self._solved = self._cancelled = False
        self._paused: set[str] = set()
        self._stated: set[str] = set()

    def against(self, event: Event) -> Label | None:
        """Return why an event cannot be, or None."""
        kind = event.kind
        if self._cancelled:
            return CANCELLED
        if event is not self._opening and kind == "opened":
            return OPENED_TWICE
        if not self._opened and event is not self._opening:
            return BEFORE
        if kind == "reopened":
            return None if self._solved else NOT_SOLVED
        if kind == "solved" and self._solved:
            return SOLVED if self._stated.issuperset(event.states) else None
        if kind in {"paused", "waiting", "resumed"} and self._solved:
            return SOLVED
        if kind == "resumed" and not self._paused:
            return NOT_PAUSED
        return PAUSED_TWICE if kind in self._paused else None

    def take(self, event: Event) -> None:
        """Note an event."""
        kind = event.kind
        self._opened = True
        self._cancelled = kind == "cancelled"
        if kind in {"paused", "waiting"}:
            self._paused.add(kind)
        if kind in {"resumed", "solved"}:
            self._paused.clear()
        if kind in {"solved", "reopened"}:
            self._solved = kind == "solved"
            self._stated = {*self._stated, *event.states} if self._solved else set()
