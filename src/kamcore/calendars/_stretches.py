"""A span of time, stretch by stretch: open or closed, and why."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from kamcore.values import Label

if TYPE_CHECKING:
    from kamcore.calendars._calendar import Calendar

__all__ = ["Stretch", "StretchKind", "stretches"]

StretchKind = Literal[
    "open", "special_day", "outside_hours", "rest_day", "holiday", "break", "closure"
]
OPEN = Label("working time", "工作时间")


@frozen(order=False)
class Stretch:
    """A stretch from `begins` until before `ends`: its kind, and the name of the reason.

    Kinds: "open" and "special_day" (open by hours of its own) count; "outside_hours", "rest_day",
    "holiday", "break" and "closure" do not.
    """

    begins: datetime = field()
    ends: datetime = field()
    kind: StretchKind = field()
    label: Label = field()

    @property
    def is_open(self) -> bool:
        """Whether the time counts."""
        return self.kind in {"open", "special_day"}

    @property
    def length(self) -> timedelta:
        """Its real length."""
        return self.ends.astimezone(UTC) - self.begins.astimezone(UTC)


def stretches(calendar: "Calendar", start: int, end: int) -> tuple[Stretch, ...]:
    """Return the stretches that tile a span in microseconds of UTC."""
    index = calendar.compiled
    edges = {start, end, *calendar.closed_edges(start, end)}
    edges.update(edge for span in index.spans(start, end) for edge in span)
    inside = sorted(edge for edge in edges if start <= edge <= end)
    found: list[tuple[int, int, StretchKind, Label]] = []
    for begins, ends in pairwise(inside):
        kind, label = _reason(calendar, begins)
        if found and found[-1][2:] == (kind, label):
            found[-1] = (found[-1][0], ends, kind, label)
        else:
            found.append((begins, ends, kind, label))
    return tuple(
        Stretch(index.instant(begins), index.instant(ends), kind, label)
        for begins, ends, kind, label in found
    )


def _reason(calendar: "Calendar", at: int) -> tuple[StretchKind, Label]:
    index = calendar.compiled
    if not index.is_open(at):
        closed = calendar.why_closed(at)
        return closed.kind, closed.label
    special = calendar.special_at(at)
    return ("open", OPEN) if special is None else ("special_day", special)
