"""S3-P11, China Mobile Xinjiang's service for group customers, October 2008: the basic service.

A first answer to a request for network coverage within 1, 2 or 3 working days by class, what that
answer must contain, the handling of batch business, and how often a class is informed or visited.
These are internal minimum standards, not promised to customers (P11-4).

Working days need a calendar, which is a required argument. That the clock starts with the
customer's request, that the day of receipt is day 0, and that the last day ends at its close are
kamcore's readings and can be changed.
"""

from datetime import date
from typing import Literal

from kamcore.calendars import Calendar, Every, WorkingDays
from kamcore.errors import PolicyError
from kamcore.facts import ChoiceField, RuleTable, TableRule
from kamcore.sla import Agreement, Agreements, BatchRules, Clock, PauseKind, TierBatch
from kamcore.values import Label, Named, Seat, Source
from kamcore.values._checks import known_name

__all__ = [
    "BATCHES",
    "CLASS",
    "FIRST_ANSWER",
    "VIP_DESK",
    "coverage",
    "information",
    "visits",
]

TITLE = Label(
    "Graded service for group customers, China Mobile Xinjiang, 2008-10",
    "集团客户分层分级服务管理办法（2008年10月）",
)
CLASSES = ("A", "B", "C")
CLASS = ChoiceField("tier", options=CLASSES, zh="客户类别", en="class")
"""The classes A (A1, A2), B (B1, B2) and C, by which the standards run (P11-5)."""

FIRST_ANSWER = (
    Named("measure", zh="解决措施", en="the measure to be taken"),
    Named("solution_time", zh="预计解决时间", en="the expected time of solution"),
)
"""P11-13: what a first answer (初步答复) has to state. The list is open."""

INTERNAL = Label(
    "internal minimum standard, not promised to customers [P11-4]",
    "内部最低服务标准，不对外向客户承诺（P11-4）",
)
VIP_DESK = Seat("vip_desk", Label("the VIP desk", "VIP专席"), kind="queue")


def _source(clause: str, mark: str = "figure") -> Source:
    return Source(f"P11-{clause}", TITLE, mark=mark)  # type: ignore[arg-type]  # checked there


def coverage(
    *,
    calendar: Calendar,
    clock_start: Literal["opened", "assigned"] = "opened",
    ends: Literal["close", "same_time"] = "close",
    count_from: Literal["next_day", "same_day"] = "next_day",
    pauses: tuple[PauseKind, ...] = (),
) -> Agreements:
    """Return P11-10A to P11-10C: the clock "first_answer" for network coverage requests.

    The answering event has to state what `FIRST_ANSWER` names. `pauses` names the states in which
    the clock stands still; none by default, as the text knows no pause.
    """
    rules = tuple(
        TableRule(
            f"class {name}",
            CLASS.is_(name),
            (
                Clock(
                    "first_answer",
                    zh="初步答复网络覆盖需求",
                    en="first answer to a coverage request",
                    limit=WorkingDays(days, ends=ends, first=count_from),
                    calendar=calendar,
                    starts=clock_start,
                    stops=("answered",),
                    pauses=pauses,
                    must_state=FIRST_ANSWER,
                    source=_source(f"10{name}"),
                ),
            ),
        )
        for name, days in (("A", 1), ("B", 2), ("C", 3))
    )
    return Agreements(
        agreements=(
            Agreement(
                name="coverage requests",
                zh="网络覆盖需求响应",
                clocks=RuleTable(rules=rules),
                source=Source("S3-P11", TITLE),
                note=INTERNAL,
            ),
        ),
        source=Source("S3-P11", TITLE),
    )


BATCHES = BatchRules(
    least=30,
    tiers=(
        TierBatch("A", 1, desk=VIP_DESK, source=_source("20A", "rule")),
        TierBatch("B", 2, desk=VIP_DESK, source=_source("20B", "rule")),
        TierBatch("C", None, desk=VIP_DESK, source=_source("20C", "rule")),
    ),
    source=_source("19"),
)
"""P11-19 and P11-20A to P11-20C: 30 or more transactions of one kind.

That they come in one request is kamcore's reading.
"""


def visits(tier: str, *, anchor: date) -> Every:
    """Return P11-15A: customers of class A are visited every month, from the `anchor` on."""
    if known_name("class", tier, CLASSES) != "A":
        raise PolicyError(f"no visits are stated for class {tier!r}; ask for information(...)")
    return Every(count=1, unit="month", anchor=anchor)


def information(tier: str, *, anchor: date) -> Every:
    """Return P11-15B and P11-15C: classes B and C get information every two months.

    The text does not say of what kind; that any information will do is kamcore's reading. For class
    A it is at any time, so that only its visits have a date.
    """
    if known_name("class", tier, CLASSES) == "A":
        raise PolicyError("class A is informed at any time; ask for visits(...)")
    return Every(count=2, unit="month", anchor=anchor)
