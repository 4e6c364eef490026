"""S3-P13, service level regulation (服务级别管理规定): four levels of service.

Each level has a time for the response and one for the solution: minutes and hours for urgent and
priority service, working days for the slower ones. The regulation carries no date.

It says what the levels cover (P13-1) and not when hours run; as only days are called working days,
hours are elapsed hours here, which is kamcore's reading and can be changed. So are the start of the
solution time (receipt) and its stop (the solution, not the customer's confirmation).
"""

from datetime import timedelta
from typing import Literal, cast

from kamcore.calendars import Amount, Calendar, WorkingDays, around_the_clock
from kamcore.errors import PolicyError
from kamcore.facts import Choice, ChoiceField, RuleTable, TableRule
from kamcore.sla import Agreement, Agreements, Clock, PauseKind
from kamcore.values import Label, Source
from kamcore.values._checks import brief, named_convention

__all__ = ["LEVEL", "agreements"]

TITLE = Label("Service level regulation", "服务级别管理规定")
LEVEL = ChoiceField(
    "level",
    options=(
        Choice("urgent", zh="一级（紧急服务）", en="level 1, urgent"),
        Choice("priority", zh="二级（优先服务）", en="level 2, priority"),
        Choice("ordinary", zh="三级（常规服务）", en="level 3, ordinary"),
        Choice("consultation", zh="四级（咨询服务）", en="level 4, consultation"),
    ),
    zh="服务级别",
    en="service level",
)
"""P13-1: faults and data loss that may interrupt business are urgent; lower performance and
function faults that affect running are priority; improvements and new functions are ordinary;
questions about products and guidance are consultation."""

LIMITS: dict[str, tuple[Amount, Amount]] = {
    "urgent": (timedelta(minutes=30), timedelta(hours=2)),
    "priority": (timedelta(hours=4), timedelta(hours=12)),
    "ordinary": (timedelta(hours=24), WorkingDays(5)),
    "consultation": (WorkingDays(5), WorkingDays(10)),
}


def agreements(
    *,
    calendar: Calendar,
    hours: Literal["elapsed", "working"] = "elapsed",
    resolution_from: Literal["opened", "answered"] = "opened",
    stops_at: Literal["solved", "confirmed"] = "solved",
    pauses: tuple[PauseKind, ...] = (),
) -> Agreements:
    """Return P13-2 and P13-3: clocks "response" and "resolution" by the field "level".

    `calendar` gives the working days. `hours` says whether hours run around the clock or in the
    working time of `calendar`; `resolution_from` and `stops_at` what the solution time runs
    between; `pauses` names the states in which the clocks stand still, none by default, as the text
    knows no pause.
    """
    named_convention("hours", hours, ("elapsed", "working"))
    if not isinstance(cast("object", calendar), Calendar):
        raise PolicyError(f"{brief(calendar)} is no Calendar; pass a WorkCalendar")
    always = around_the_clock(calendar.zone)

    def clock(name: str, zh: str, limit: Amount, clause: str, **ends: object) -> Clock:
        working = hours == "working" or isinstance(limit, WorkingDays)
        return Clock(
            name,
            zh=zh,
            limit=limit,
            calendar=calendar if working else always,
            pauses=pauses,
            source=Source(
                f"P13-{clause}", TITLE, clause=Label("article 6", "第六条"), mark="figure"
            ),
            **ends,  # type: ignore[arg-type]  # checked there
        )

    rules = [
        TableRule(
            name,
            LEVEL.is_(name),
            (
                clock("response", "响应", response, "2", stops=("answered",)),
                clock(
                    "resolution", "解决", resolution, "3", starts=resolution_from, stops=(stops_at,)
                ),
            ),
        )
        for name, (response, resolution) in LIMITS.items()
    ]
    return Agreements(
        agreements=(
            Agreement(
                name=TITLE.en,
                zh=TITLE.zh,
                clocks=RuleTable(rules=tuple(rules)),
                source=Source("S3-P13", TITLE),
            ),
        ),
        source=Source("S3-P13", TITLE),
    )
