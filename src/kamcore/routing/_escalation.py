"""Who is told when nothing happens: steps that count from the start of the work."""

from datetime import timedelta
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from kamcore.calendars import Amount, Calendar, WorkingDays, amount_label
from kamcore.decision import Policy
from kamcore.errors import PolicyError
from kamcore.facts import Condition, Fields, Leaf, Needs, as_optional_condition
from kamcore.values import Named, Seat, Source
from kamcore.values._checks import instance_of, one_of, tuple_of, unique_names

__all__ = ["Escalation", "EscalationStep"]

NO_TIME = timedelta()


@frozen(order=False)
class EscalationStep(Named):
    """Seats that are told `after` a time, where `when` holds; None is every case.

    `after` is open time or working days, always from the start of the work and not from the step
    before. 0 is the start itself.
    """

    after: Amount = field(kw_only=True, validator=instance_of(timedelta, WorkingDays))
    tell: tuple[Seat, ...] = field(kw_only=True, validator=tuple_of(Seat))
    when: Condition | None = field(default=None, kw_only=True, converter=as_optional_condition)
    source: Source | None = field(
        default=None, kw_only=True, validator=instance_of(Source, type(None))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a time before the start, and a step that tells nobody or somebody twice."""
        if isinstance(self.after, timedelta) and self.after < NO_TIME:
            said = amount_label(self.after).en
            raise PolicyError(f"step {self.name!r} comes {said} after the start; pass 0 or more")
        if not self.tell:
            raise PolicyError(f"step {self.name!r} tells nobody; pass at least one seat")
        unique_names(f"seat of step {self.name!r}:", (seat.name for seat in self.tell))

    @property
    def rows(self) -> tuple[tuple[Leaf, ...], ...]:
        """The alternatives of leaves under which the step is taken."""
        return ((),) if self.when is None else self.when.rows()


@frozen(order=False, kw_only=True)
class Escalation(Policy):
    """Steps in order of time, counted in `calendar` from the start of the work.

    `empty` says what becomes of a step whose seats have nobody there: "skip" tells the next step
    with somebody there at once, in place of the empty one, and the others keep their own times;
    "wait" tells nobody until the next step's own time. The default is kamcore's own.
    """

    steps: tuple[EscalationStep, ...] = field(validator=tuple_of(EscalationStep))
    calendar: Calendar = field(validator=instance_of(Calendar))
    empty: Literal["skip", "wait"] = field(default="skip", validator=one_of("skip", "wait"))
    source: Source | None = field(default=None, validator=instance_of(Source, type(None)))

    def __attrs_post_init__(self) -> None:
        """Refuse no steps, repeated names, and a step that comes before the one above it."""
        if not self.steps:
            raise PolicyError("an escalation without steps; pass at least one EscalationStep")
        unique_names("step", (step.name for step in self.steps))
        latest: dict[tuple[str, ...], tuple[int, EscalationStep]] = {}
        for step in self.steps:
            kind, length = _measure(step.after)
            before, earlier = latest.get(kind, (0, step))
            if length < before:
                said, past = amount_label(step.after).en, amount_label(earlier.after).en
                raise PolicyError(
                    f"step {step.name!r} comes {said} after the start, before {earlier.name!r} "
                    f"above it ({past}); after counts from the start of the work"
                )
            latest[kind] = (length, step)
        _ = self.fields

    @property
    def fields(self) -> Fields:
        """The facts that the steps ask for."""
        return Fields(leaf.field for step in self.steps for row in step.rows for leaf in row)

    @cached_property
    def compiled(self) -> Needs:
        """The check that facts can answer; no API."""
        return Needs(self.fields)


def _measure(after: Amount) -> tuple[tuple[str, ...], int]:
    """Return the manner in which an amount is counted, and its length in that manner."""
    if isinstance(after, timedelta):
        return (), after // timedelta(microseconds=1)
    return (after.first, after.ends), after.count
