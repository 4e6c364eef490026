"""Our verdicts beside those of the log: what explains the difference."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from incident_cases import PRIORITIES, Incident, agreements

from kamcore.sla import (
    CaseState,
    find_clocks,
)

# --- the readings ---------------------------------------------------------------------------

READINGS = {
    "ours": {},
    "pauses": {"pauses": False},
    "hours": {"hours": False},
    "all": {"hours": False, "pauses": False},
}
States = dict[str, dict[str, CaseState]]


def replay(incidents: dict[str, Incident], zone: str) -> States:
    """Return the state of every case at the end of the log: by our promises, and read otherwise."""
    end = max(one.rows[-1].at for one in incidents.values())
    return {
        reading: {
            number: find_clocks(one.case, policy, as_of=end).value
            for number, one in incidents.items()
        }
        for reading, policy in (
            (name, agreements(zone, **changes)) for name, changes in READINGS.items()
        )
    }


KINDS = ("both_kept", "both_missed", "log_kept", "log_missed", "open")


def kind_of(one: Incident, ours: CaseState) -> str:
    """Say whether the log and we agree; "open" where neither kept nor missed is certain."""
    verdict = ours["solution"].verdict
    if verdict == "open":
        return "open"
    if one.made == (verdict == "met"):
        return "both_kept" if one.made else "both_missed"
    return "log_kept" if one.made else "log_missed"


def cause_of(one: Incident, states: States) -> str:
    """Say which of our conventions makes the difference: what if it were otherwise?"""
    number = one.case.id
    late = [states[name][number]["solution"].verdict == "late" for name in READINGS]
    if not late[0]:
        return WITHOUT[late[1], late[2], late[3]]
    solved = next((event.at for event in one.case.events if event.kind == "solved"), None)
    if solved is not None and any(event.kind == "reopened" for event in one.case.events):
        policy = agreements(str(solved.tzinfo))
        if find_clocks(one.case, policy, as_of=solved).value["solution"].verdict == "met":
            return "reopened"
    return "shorter"


WITHOUT = {
    (True, True, True): "either",
    (True, False, True): "pauses",
    (False, True, True): "hours",
    (False, False, True): "together",
    (False, False, False): "neither",
}
CAUSES = {"log_missed": tuple(WITHOUT.values()), "log_kept": ("reopened", "shorter")}


@dataclass(frozen=True, slots=True)
class Split:
    """Where a limit parts kept from missed with the fewest errors: from `most`, below `least`."""

    wrong: int
    most: timedelta | None
    least: timedelta | None


def split(measured: Iterable[tuple[timedelta, bool]]) -> Split:
    """Return where a limit would have to lie for the log's verdicts to follow from the times."""
    counts = Counter(measured)
    times = sorted({time for time, _ in counts})
    wrong = sum(many for (_, made), many in counts.items() if made)  # with a limit below all times
    best = Split(wrong, None, times[0])
    for most, least in zip(times, [*times[1:], None], strict=True):
        wrong += counts[most, False] - counts[most, True]
        if wrong < best.wrong:
            best = Split(wrong, most, least)
    return best


Times = list[tuple[Incident, str, timedelta]]


def measures(incidents: dict[str, Incident], states: States) -> dict[str, Times]:
    """Return every time that the log could go by, for each incident with the priority it is of."""
    names = ("closed", "first", *reversed(READINGS))
    found: dict[str, Times] = {name: [] for name in names}
    for number, one in incidents.items():
        if one.closed is None:
            continue
        first = one.rows[0]
        found["closed"].append((one, one.priority, one.closed - first.opened))
        found["first"].append((one, first.priority, one.closed - first.opened))
        for reading in READINGS:
            elapsed = states[reading][number]["solution"].elapsed
            found[reading].append((one, one.priority, elapsed))
    return found


def splits(times: Times) -> dict[str, Split]:
    """Return the limit of every priority that fits best."""
    return {
        priority: split((time, one.made) for one, own, time in times if own == priority)
        for priority in PRIORITIES
        if any(own == priority for _, own, _ in times)
    }


def misfits(times: Times, limits: dict[str, Split]) -> list[str]:
    """Return the incidents whose verdict in the log does not follow from the best limits."""
    return [
        one.case.id
        for one, priority, time in times
        if one.made != ((most := limits[priority].most) is not None and time <= most)
    ]
