"""Renewals: seen by a regular sweep in time for the approval that precedes them."""

from datetime import date

from attrs import field, frozen

from kamcore.calendars import Sweep, add_days
from kamcore.decision import Decision, Policy, Reason, Rule
from kamcore.errors import PolicyError
from kamcore.values import Label, Source
from kamcore.values._checks import as_date, instance_of
from kamcore.values._exact import whole
from kamcore.values._words import counted

__all__ = ["RULES", "RenewalPlan", "Renewals", "days_before", "plan_renewal", "stated"]

APPROVAL = Rule(
    "sla.renewal_approval",
    ("approval", "lead", "expires"),
    en="submit for approval by {approval}, {lead} before the product expires on {expires}",
    zh="不晚于{approval}报审，即产品到期日（{expires}）前 {lead}",
)
SEEN = Rule(
    "sla.renewal_seen",
    ("sweep",),
    en="the screening of {sweep} lists it",
    zh="{sweep}筛查时列出该产品",
)
LATE = Rule(
    "sla.renewal_late",
    ("approval",),
    en="that is after {approval}: it came up before the screenings began, so submit it at once",
    zh="此时已过{approval}：该产品在首次筛查前已临近到期，应立即报审",
)
REMIND = Rule(
    "sla.renewal_reminder",
    ("day", "lead"),
    en="the customer is told on {day}, {lead} before it expires",
    zh="{day}提醒客户，即到期前 {lead}",
)
NO_REMINDER = Rule(
    "sla.renewal_reminder_not_stated",
    (),
    en="the customer is to be told in advance; how long in advance is not stated",
    zh="须提前提醒客户，原文未写明提前多久",
)
OWN_DAYS = Rule(
    "sla.renewal_days",
    (),
    en="days are calendar days before the expiry",
    zh="天数按到期日前的自然日计算",
)
LOOKAHEAD = Rule(
    "sla.renewal_lookahead",
    ("lookahead",),
    en="a screening looks {lookahead} ahead",
    zh="筛查时向前查看 {lookahead}",
)
RULES = (APPROVAL, SEEN, LATE, REMIND, NO_REMINDER, OWN_DAYS, LOOKAHEAD)
WEEK = 7


def _days(value: int) -> int:
    return whole(value, "days")


def _optional_days(value: int | None) -> int | None:
    return None if value is None else whole(value, "days")


@frozen(order=False, kw_only=True)
class Renewals(Policy):
    """When the renewal of a product is prepared.

    The regular `sweep` finds what expires; a renewal enters its approval `lead_days` calendar days
    before the expiry; the customer is told `reminder_days` before it, None where that is not
    stated. Days whose source is None, or has the mark "form" (it asks for the thing and gives no
    number), are the company's own, and so is the weekday of the sweep.
    """

    sweep: Sweep = field(validator=instance_of(Sweep))
    lead_days: int = field(converter=_days)
    reminder_days: int | None = field(default=None, converter=_optional_days)
    lead_source: Source | None = field(default=None)
    reminder_source: Source | None = field(default=None)
    source: Source | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a sweep that does not come every week, or that finds a renewal too late."""
        every = self.sweep.every
        if every.unit != "week":
            raise PolicyError(f"renewals are swept every {every.unit}; let the sweep run by weeks")
        for name in ("lead_days", "reminder_days"):
            days = getattr(self, name)
            if days is not None and days < 0:
                raise PolicyError(f"{name} is {days}; pass 0 or more")
        gap = every.count * WEEK
        least = max(self.lead_days, self.reminder_days or 0) + gap - 1
        if self.sweep.lookahead_days < least:
            raise PolicyError(
                f"a sweep every {gap} days that looks {self.sweep.lookahead_days} days ahead finds "
                f"some renewals later than {least - gap + 1} days before they expire; "
                f"look {least} days ahead"
            )


@frozen(order=False, kw_only=True)
class RenewalPlan:
    """The sweep that finds the renewal, the last day to enter it, and the reminder, if stated."""

    sweep: date = field()
    approval: date = field()
    reminder: date | None = field()


def plan_renewal(expires: date, policy: Renewals) -> Decision[RenewalPlan]:
    """Return when the renewal of a product that expires on a day is found and entered.

    What the first of all sweeps finds may be late; the reasons then say so.
    """
    day = as_date(expires, "expires")
    approval = add_days(day, -policy.lead_days)
    sweep = policy.sweep.sees(day)
    lead = days_before(policy.lead_days, policy.lead_source)
    reasons = [
        Reason.of(APPROVAL, approval, lead, day, source=stated(policy.lead_source)),
        Reason.of(SEEN, sweep, source=policy.source),
    ]
    if sweep > approval:
        reasons.append(Reason.of(LATE, approval))
    reminder = None
    if policy.reminder_days is None:
        reasons.append(Reason.of(NO_REMINDER, source=policy.reminder_source))
    else:
        reminder = add_days(day, -policy.reminder_days)
        ahead = days_before(policy.reminder_days, policy.reminder_source)
        reasons.append(Reason.of(REMIND, reminder, ahead, source=stated(policy.reminder_source)))
    plan = RenewalPlan(sweep=sweep, approval=approval, reminder=reminder)
    looks = Reason.of(LOOKAHEAD, counted(policy.sweep.lookahead_days, "day", "天"))
    assumed = (Reason.of(OWN_DAYS), looks)
    return Decision(plan, tuple(reasons), policy.fingerprint, (), assumed)


def stated(source: Source | None) -> Source | None:
    """Return the clause that gives a figure; a clause that lacks it ("form") gives none."""
    return None if source is None or source.mark == "form" else source


def days_before(days: int, source: Source | None) -> Label:
    """Return a number of days, marked as the company's own where no clause gives it."""
    said = counted(days, "day", "天")
    if stated(source) is not None:
        return said
    return Label(f"{said.en} (the company's own)", f"{said.zh}（公司自定）")
