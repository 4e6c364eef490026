"""A case as the agreements see it: its events, and the promises that hold from each of them on."""

from datetime import date, datetime
from typing import cast

from attrs import field, frozen

from kamcore.decision import MissingFact
from kamcore.errors import InputError
from kamcore.facts import Facts, Fields
from kamcore.sla._agreements import Agreements, Candidate
from kamcore.sla._events import Case, Event, Ignored, accepted
from kamcore.sla._run import Run, Targets
from kamcore.values._checks import brief

__all__ = ["Told", "told"]

MENDS = {
    Case: 'pass a Case, such as Case("T-1", (Event("opened", at),))',
    Agreements: "pass Agreements(agreements=(...,))",
}
NO_FACTS = Facts("", Fields(()), ())


@frozen(order=False)
class Told:
    """A case as an agreement sees it; `nothing_on` is the day, where no agreement is in force."""

    events: tuple[Event, ...] = field()
    ignored: tuple[Ignored, ...] = field()
    facts: Facts | None = field()
    missing: tuple[MissingFact, ...] = field()
    targets: dict[int, Targets] = field()
    candidates: dict[int, list[Candidate]] = field()
    retarget: str = field()
    nothing_on: date | None = field()

    def kept(self, run: Run) -> bool:
        """Say whether a later change promised another limit, and the clock kept its own."""
        last = self.targets[max(self.targets)].get(run.leg.clock.name)
        return last is not None and not last.clock.same_target(run.leg.clock)

    def rivals(self, chosen: Candidate) -> list[Candidate]:
        """Return what other agreements gave for the same clock when a promise was chosen."""
        place = next(
            place for place, given in self.candidates.items() if any(one is chosen for one in given)
        )
        return [
            one
            for one in self.candidates[place]
            if one.clock.name == chosen.clock.name and one is not chosen
        ]


def told(case: Case, policy: Agreements, as_of: datetime | None) -> Told:
    """Return the accepted events, and the promises that hold from each of them on."""
    for given, kind in ((case, Case), (policy, Agreements)):
        if not isinstance(cast("object", given), kind):
            raise InputError(f"{brief(given)} is no {kind.__name__}; {MENDS[kind]}")
    events, ignored = accepted(case, as_of)
    opened = events[0].at
    facts: Facts | None = None
    targets: dict[int, Targets] = {}
    candidates: dict[int, list[Candidate]] = {}
    for place, event in enumerate(events):
        if event.facts is None and place:
            continue
        facts = event.facts
        if facts is None and len(policy.fields):
            raise InputError(
                f"case {case.id!r} was received without facts; give 'opened' the facts "
                f"{', '.join(policy.fields.names)}"
            )
        candidates[place] = policy.candidates(facts or NO_FACTS, opened)
        by_name: dict[str, list[Candidate]] = {}
        for one in candidates[place]:
            by_name.setdefault(one.clock.name, []).append(one)
        targets[place] = {name: policy.choose(some, opened) for name, some in by_name.items()}
    missing = policy.missing(facts, opened) if facts else ()
    nothing_on = None if policy.in_force(opened) else policy.day_of(opened)
    return Told(events, ignored, facts, missing, targets, candidates, policy.retarget, nothing_on)
