"""Renewals (S1-3): found by a weekly sweep in time for the approval a week before the expiry."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from kamcore.calendars import Every, Sweep
from kamcore.errors import FloatRefused, NotADate, PolicyError
from kamcore.sla import RenewalPlan, Renewals, plan_renewal
from kamcore.values import Label, Source

TITLE = Label("VIP service rules", "大客户服务管理业务规范")
SWEEP, LEAD, REMINDER = (Source(clause, TITLE) for clause in ("S1-3b", "S1-3c", "S1-3a"))
MONDAY = date(2026, 1, 5)
WEEKLY = Every(count=1, unit="week", anchor=MONDAY)
POLICY = Renewals(
    sweep=Sweep(every=WEEKLY, lookahead_days=13),
    lead_days=7,
    lead_source=LEAD,
    reminder_source=REMINDER,
    source=SWEEP,
)


@pytest.mark.parametrize(
    ("expires", "sweep", "approval"),
    [
        (date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 10), date(2026, 3, 2), date(2026, 3, 3)),
        (date(2026, 3, 15), date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 16), date(2026, 3, 9), date(2026, 3, 9)),
        (date(2026, 1, 12), MONDAY, MONDAY),
    ],
    ids=["Monday", "Tuesday", "Sunday", "next Monday", "the first that is in time"],
)
def test_the_sweep_comes_not_after_the_approval(expires: date, sweep: date, approval: date) -> None:
    decision = plan_renewal(expires, POLICY)
    assert decision.value == RenewalPlan(sweep=sweep, approval=approval, reminder=None)
    assert [(one.rule.id, one.source) for one in decision.reasons] == [
        ("sla.renewal_approval", LEAD),
        ("sla.renewal_seen", SWEEP),
        ("sla.renewal_reminder_not_stated", REMINDER),
    ]
    assert [one.rule.id for one in decision.assumed] == [
        "sla.renewal_days",
        "sla.renewal_lookahead",
    ]
    assert decision.fingerprint == POLICY.fingerprint


@pytest.mark.parametrize(
    ("expires", "approval"),
    [
        (date(2026, 1, 11), date(2026, 1, 4)),
        (date(2026, 1, 5), date(2025, 12, 29)),
        (date(2025, 12, 31), date(2025, 12, 24)),
    ],
    ids=["a day late", "expires on the day", "has expired"],
)
def test_what_came_up_before_the_first_sweep_is_late_and_the_answer_says_so(
    expires: date, approval: date
) -> None:
    decision = plan_renewal(expires, POLICY)
    assert (decision.value.sweep, decision.value.approval) == (MONDAY, approval)
    late = decision.reasons[2]
    assert late.rule.id == "sla.renewal_late"
    assert late.text("en") == (
        f"that is after {approval}: it came up before the screenings began, so submit it at once"
    )
    assert late.text("zh").endswith("该产品在首次筛查前已临近到期，应立即报审")


@pytest.mark.parametrize("days", range(28))
def test_every_expiry_is_seen_in_time_wherever_it_lies_in_the_week(days: int) -> None:
    expires = date(2026, 3, 1) + timedelta(days=days)
    plan = plan_renewal(expires, POLICY).value
    assert plan.sweep.weekday() == 0
    assert plan.approval - plan.sweep in [timedelta(days=number) for number in range(7)]


def test_the_answer_in_words() -> None:
    decision = plan_renewal(date(2026, 3, 15), POLICY)
    assert decision.explain("en").splitlines()[:4] == [
        "submit for approval by 2026-03-08, 7 days before the product expires on 2026-03-15",
        "the screening of 2026-03-02 lists it",
        "the customer is to be told in advance; how long in advance is not stated",
        ("Convention: days are calendar days before the expiry; a screening looks 13 days ahead"),
    ]
    assert decision.explain("zh").splitlines()[:4] == [
        "不晚于2026年3月8日报审，即产品到期日（2026年3月15日）前 7 天",
        "2026年3月2日筛查时列出该产品",
        "须提前提醒客户，原文未写明提前多久",
        "口径：天数按到期日前的自然日计算；筛查时向前查看 13 天",
    ]


def test_the_customer_is_told_where_the_policy_says_when() -> None:
    policy = attrs.evolve(POLICY, reminder_days=10, sweep=Sweep(every=WEEKLY, lookahead_days=16))
    decision = plan_renewal(date(2026, 3, 15), policy)
    assert decision.value.reminder == date(2026, 3, 5)
    last = decision.reasons[-1]
    assert (last.rule.id, last.source) == ("sla.renewal_reminder", REMINDER)
    assert (last.text("en"), last.text("zh")) == (
        "the customer is told on 2026-03-05, 10 days before it expires",
        "2026年3月5日提醒客户，即到期前 10 天",
    )


@pytest.mark.parametrize(
    "source", [None, attrs.evolve(REMINDER, mark="form")], ids=["no clause", "no number in it"]
)
def test_days_that_no_clause_gives_are_the_companys_own_and_cite_none(
    source: Source | None,
) -> None:
    policy = attrs.evolve(POLICY, reminder_days=1, lead_source=source, reminder_source=source)
    approval, _, told = plan_renewal(date(2026, 3, 15), policy).reasons
    assert (approval.source, told.source) == (None, None)
    assert approval.text("en") == (
        "submit for approval by 2026-03-08, 7 days (the company's own) before the product "
        "expires on 2026-03-15"
    )
    assert approval.text("zh") == (
        "不晚于2026年3月8日报审，即产品到期日（2026年3月15日）前 7 天（公司自定）"
    )
    assert told.text("en") == (
        "the customer is told on 2026-03-14, 1 day (the company's own) before it expires"
    )
    assert told.text("zh") == "2026年3月14日提醒客户，即到期前 1 天（公司自定）"


@pytest.mark.parametrize(
    ("weeks", "lead", "reminder", "least"),
    [
        (1, 7, None, 13),
        (1, 7, 7, 13),
        (1, 7, 14, 20),
        (1, 14, 7, 20),
        (2, 7, None, 20),
        (1, 0, None, 6),
    ],
)
def test_a_look_ahead_that_is_too_short_is_refused(
    weeks: int, lead: int, reminder: int | None, least: int
) -> None:
    every = Every(count=weeks, unit="week", anchor=MONDAY)

    def policy(ahead: int) -> Renewals:
        sweep = Sweep(every=every, lookahead_days=ahead)
        return Renewals(sweep=sweep, lead_days=lead, reminder_days=reminder)

    assert policy(least).sweep.lookahead_days == least
    with pytest.raises(PolicyError) as fault:
        policy(least - 1)
    assert str(fault.value) == (
        f"a sweep every {7 * weeks} days that looks {least - 1} days ahead finds some renewals "
        f"later than {max(lead, reminder or 0)} days before they expire; look {least} days ahead"
    )


@pytest.mark.parametrize("unit", ["month", "year"])
def test_a_sweep_runs_by_weeks(unit: str) -> None:
    every = Every(count=1, unit=unit, anchor=MONDAY)  # type: ignore[arg-type]
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, sweep=Sweep(every=every, lookahead_days=400))
    assert str(fault.value) == f"renewals are swept every {unit}; let the sweep run by weeks"


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        ({"lead_days": -1}, PolicyError, "lead_days is -1; pass 0 or more"),
        ({"reminder_days": -1}, PolicyError, "reminder_days is -1; pass 0 or more"),
        (
            {"lead_days": 7.0},
            FloatRefused,
            'days is the float 7.0; pass an int or Decimal("7.0")',
        ),
        ({"sweep": WEEKLY}, PolicyError, f"Renewals.sweep is {WEEKLY!r}; pass Sweep"),
    ],
    ids=["lead", "reminder", "float", "sweep"],
)
def test_a_policy_that_cannot_be_is_refused(
    changes: dict[str, object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as fault:
        attrs.evolve(POLICY, **changes)
    assert str(fault.value) == message


def test_an_instant_is_no_day() -> None:
    with pytest.raises(NotADate, match=r"^expires datetime\.datetime\(2026, 3, 15"):
        plan_renewal(datetime(2026, 3, 15), POLICY)
