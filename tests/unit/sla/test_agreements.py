"""What is promised: clocks, alerts and agreements, and which agreement goes before which."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from tests.service_desk import (
    ALWAYS,
    DESK,
    HIGH,
    LOW,
    PRIORITY,
    SHANGHAI,
    UNKNOWN,
    agreements,
    ask,
    case,
    changed,
    clock,
    d,
    due,
    h,
    state,
    table,
)

from kamcore.calendars import Hours, Week, WorkCalendar, WorkingDays
from kamcore.decision import MissingFact
from kamcore.errors import DuplicateName, InputError, PolicyError, Undecided, UnknownName
from kamcore.facts import NumberField, RuleTable, TableRule, read_facts
from kamcore.sla import (
    Agreement,
    Agreements,
    Alert,
    Case,
    Clock,
    Event,
    NoPromise,
    find_clocks,
    find_deadline,
    find_ledger,
)
from kamcore.values import Days, Label, Named, Source

TITLE = Label("Service regulation", "服务制度")

# --- clocks and alerts --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"limit": timedelta()}, "clock 'answer' has the limit 0:00:00; pass more than 0"),
        ({"limit": h(-1)}, "has the limit -1 day, 23:00:00; pass more than 0"),
        ({"limit": 8}, "Clock.limit is 8; pass timedelta or WorkingDays"),
        ({"calendar": "desk"}, "Clock.calendar is 'desk'; pass Calendar"),
        ({"name": ""}, "pass a name"),
        ({"starts": "open"}, "did you mean 'opened'"),
        ({"stops": ()}, "never stops; name an event, such as 'solved'"),
        ({"stops": "solved"}, "Clock.stops is 'solved'; pass a tuple"),
        ({"stops": ("solve",)}, "'answer' stops at 'solve'; name one of 'opened', 'assigned'"),
        ({"stops": ("solved", "opened")},
         "clock 'answer' runs from 'opened' to 'solved' or 'opened'; nothing follows 'cancelled'"),
        ({"starts": "cancelled"}, "runs from 'cancelled' to 'solved'; nothing follows 'cancelled'"),
        ({"starts": "solved"}, "clock 'answer' starts and stops at 'solved'; part them"),
        ({"pauses": ("held",)}, "pauses while 'held'; name 'paused', 'waiting' or both"),
        ({"repeats": 1}, "Clock.repeats is 1; pass bool"),
        ({"must_state": ("cause",)}, "Clock.must_state holds 'cause'; pass Named"),
    ],
)  # fmt: skip
def test_a_clock_that_cannot_run_cannot_be_built(given: dict[str, Any], fault: str) -> None:
    kept: dict[str, Any] = {"name": "answer", "limit": h(8), "calendar": DESK, **given}
    with pytest.raises(PolicyError) as refused:
        Clock(kept.pop("name"), **kept)
    assert fault in str(refused.value)


def test_the_shortest_limit_is_one_microsecond() -> None:
    assert due(case(), clock(timedelta(microseconds=1))) == d(2, 9, us=1)


def test_two_alerts_of_a_clock_have_different_names() -> None:
    with pytest.raises(DuplicateName, match="alert 'half' appears twice"):
        clock(alerts=(Alert(name="half", percent=50), Alert(name="half", percent=51)))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "alert 'soon' needs a percent or an offset, and not both"),
        ({"percent": 50, "offset": h(-1)}, "needs a percent or an offset, and not both"),
        ({"percent": 0}, "alert 'soon' is at 0 percent; pass 1 or more"),
        ({"percent": 50.0}, "Alert.percent is 50.0; pass int"),
        ({"percent": True}, "Alert.percent is True; pass int"),
        ({"offset": -1}, "Alert.offset is -1; pass timedelta"),
        ({"percent": 50, "name": "due"}, "alert 'due' has the name of the deadline itself"),
    ],
)
def test_an_alert_that_has_no_instant_cannot_be_built(given: dict[str, Any], fault: str) -> None:
    with pytest.raises(PolicyError) as refused:
        Alert(**{"name": "soon", **given})
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("alert", "en", "zh"),
    [
        (Alert(name="a", percent=1), "1 % of the time", "已用 1% 时限"),
        (Alert(name="a", percent=150), "150 % of the time", "已用 150% 时限"),
        (Alert(name="a", offset=h(-1.5)), "1 hour 30 minutes before the deadline",
         "截止前 1 小时 30 分钟"),
        (Alert(name="a", offset=h(0)), "0 minutes after the deadline", "截止后 0 分钟"),
        (Alert(name="a", offset=h(2)), "2 hours after the deadline", "截止后 2 小时"),
    ],
)  # fmt: skip
def test_an_alert_says_when_it_comes(alert: Alert, en: str, zh: str) -> None:
    assert (alert.label.en, alert.label.zh) == (en, zh)


# --- agreements ---------------------------------------------------------------------------

YEAR = Days(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"name": " "}, "pass a name"),
        ({"kind": "general"}, "Agreement.kind 'general' is no named convention"),
        ({"clocks": ()}, "Agreement.clocks is (); pass RuleTable"),
        ({"in_force": date(2026, 1, 1)}, "pass Days"),
        ({"clocks": RuleTable(rules=(TableRule("all", None, clock()),))},
         "rule 'all' gives Clock(name='resolution'"),
        ({"clocks": RuleTable(rules=(TableRule("all", None, ("8 hours",)),))},
         "rule 'all' gives ('8 hours',); pass a tuple of Clock"),
        ({"clocks": RuleTable(rules=(TableRule("all", None, (clock(),), in_force=YEAR),))},
         "agreement 'standard' has rules with days of their own; give it in_force=Days"),
    ],
)  # fmt: skip
def test_an_agreement_gives_clocks_by_rule(given: dict[str, Any], fault: str) -> None:
    with pytest.raises(PolicyError) as refused:
        Agreement(**{"name": "standard", "clocks": table([clock()]), **given})
    assert fault in str(refused.value)


def test_a_rule_gives_a_clock_once() -> None:
    with pytest.raises(DuplicateName, match="clock of rule 'high': 'resolution' appears twice"):
        Agreement(name="standard", clocks=table([clock(8), clock(4)]))


def agreement(
    name: str = "standard", clocks: tuple[Clock, ...] = (clock(),), **more: object
) -> Agreement:
    """Return an agreement that gives the same clocks for every case."""
    rules = RuleTable(rules=(TableRule(f"all of {name}", None, clocks),))
    return Agreement(name=name, clocks=rules, **more)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"agreements": ()}, "no agreement is given; pass at least one"),
        ({"agreements": (clock(),)}, "pass Agreement"),
        ({"agreements": (agreement(), agreement())}, "agreement 'standard' appears twice"),
        ({"order": ("specific", "customer")}, "ranks not every kind once; rank standard, customer"),
        ({"order": ("specific", "specific", "customer")}, "ranks not every kind once"),
        ({"precedence": "strict"}, "did you mean 'stricter'"),
        ({"retarget": "restart"}, "is no named convention"),
        ({"reopening": "from_start"}, "is no named convention"),
        ({"precedence": "later"}, "compares first days; give every agreement in_force"),
        ({"agreements": (agreement(in_force=YEAR),)}, 'no zone; pass zone="Asia/Shanghai"'),
        ({"zone": "Asia/Shangai"}, "unknown zone 'Asia/Shangai'; did you mean 'Asia/Shanghai'"),
        ({"zone": 8}, "pass str"),
    ],
)
def test_agreements_that_leave_something_open_cannot_be_built(
    given: dict[str, Any], fault: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        Agreements(**{"agreements": (agreement(),), **given})
    assert fault in str(refused.value)


def test_one_fact_means_the_same_in_all_agreements() -> None:
    other = NumberField("priority")
    rules = RuleTable(rules=(TableRule("number", other > 1, (clock(),)),))
    standard = Agreement(name="standard", clocks=table([clock()]))
    with pytest.raises(PolicyError, match="field 'priority' means both"):
        Agreements(agreements=(standard, Agreement(name="other", clocks=rules)))


def test_agreements_are_a_value() -> None:
    policy = agreements(clock(must_state=(Named("cause"),), alerts=(Alert(name="a", percent=50),)))
    assert pickle.loads(pickle.dumps(policy)) == policy
    assert hash(policy) == hash(agreements(policy.agreements[0].clocks.rules[0].gives))
    assert policy.fingerprint != agreements(clock(9)).fingerprint
    assert policy.fields.names == ("priority",)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        policy.zone = "UTC"  # type: ignore[misc]  # refused


def test_the_names_of_all_clocks_are_known_in_order() -> None:
    policy = agreements([clock(1, "response"), clock()], [clock(), clock(2, "update")])
    assert policy.clock_names == ("resolution", "update", "response")


# --- which agreement goes first -----------------------------------------------------------

STANDARD = agreement("standard", (clock(4),))
CUSTOMER = agreement("ACME", (clock(8),), zh="甲公司协议", kind="customer")
SPECIFIC = agreement("repairs", (clock(16),), kind="specific")


@pytest.mark.parametrize(
    ("given", "more", "winner"),
    [
        ((STANDARD, CUSTOMER, SPECIFIC), {}, "repairs"),
        ((SPECIFIC, CUSTOMER, STANDARD), {}, "repairs"),
        ((STANDARD, CUSTOMER), {}, "ACME"),
        ((STANDARD,), {}, "standard"),
        ((STANDARD, CUSTOMER, SPECIFIC), {"order": ("standard", "customer", "specific")},
         "standard"),
        ((STANDARD, agreement("second")), {}, "standard"),
        ((SPECIFIC, STANDARD, CUSTOMER), {"precedence": "stricter"}, "standard"),
        ((SPECIFIC, agreement("same", (clock(16),))), {"precedence": "stricter"}, "repairs"),
    ],
)  # fmt: skip
def test_which_agreement_counts(
    given: tuple[Agreement, ...], more: dict[str, Any], winner: str
) -> None:
    found = ask(case(), Agreements(agreements=given, **more), d(2, 10))
    assert (found.agreement, found.rule) == (winner, f"all of {winner}")


def test_the_stricter_is_the_earlier_deadline_and_not_the_shorter_limit() -> None:
    hours = agreement("hours", (clock(10),))
    around = agreement("around", (clock(20, calendar=ALWAYS),))
    policy = Agreements(agreements=(hours, around), precedence="stricter")
    assert ask(case(), policy, d(2, 10)).agreement == "around"
    assert ask(case(opened=d(2, 0)), policy, d(2, 10)).agreement == "around"
    later = agreement("around", (clock(26, calendar=ALWAYS),))
    policy = Agreements(agreements=(hours, later), precedence="stricter")
    assert ask(case(), policy, d(2, 10)).agreement == "hours"


def test_the_stricter_is_found_in_the_night_when_the_clocks_change() -> None:
    # 02:30 in Berlin: first at +02:00 (00:30 UTC), then at +01:00 (01:30 UTC)
    always = WorkCalendar(name="always", zone="Europe/Berlin", week=Week.always())
    opened = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    short, long = (
        agreement("short", (clock(0.25, calendar=always),)),
        agreement("long", (clock(0.75, calendar=always),)),
    )  # 02:35 in summer time, and 02:05 in winter time
    policy = Agreements(agreements=(long, short), precedence="stricter")
    assert ask(case(opened=opened), policy, opened).agreement == "short"


def test_the_later_is_the_one_that_came_into_force_last() -> None:
    days = [Days(date(2025, 1, 1), date(2028, 1, 1)), YEAR, YEAR]
    given = tuple(
        agreement(name, (clock(limit),), in_force=span)
        for name, limit, span in zip(("old", "new", "third"), (1, 2, 3), days, strict=True)
    )
    policy = Agreements(agreements=given, precedence="later", zone="Asia/Shanghai")
    assert ask(case(), policy, d(2, 10)).agreement == "new"


def test_agreements_are_compared_clock_by_clock() -> None:
    special = agreement("ACME", (clock(8),), kind="customer")
    standard = agreement("standard", (clock(4), clock(1, "response")))
    found = state(case(), Agreements(agreements=(standard, special)), d(2, 10))
    assert found["resolution"].agreement == "ACME"
    assert found["response"].agreement == "standard"


def test_the_answer_says_which_agreement_went_before_which() -> None:
    policy = Agreements(agreements=(STANDARD, CUSTOMER))
    for decision in (
        find_deadline(case(), policy, clock="resolution"),
        find_clocks(case(), policy, as_of=d(2, 10)),
    ):
        (told,) = [one for one in decision.reasons if one.rule.id == "sla.goes_first"]
        assert told.text("en") == (
            "resolution: “ACME” (customer agreement, 8 hours) goes before "
            "“standard” (general standard, 4 hours)"
        )
        assert told.text("zh") == (
            "resolution：“甲公司协议”（客户专属协议，8 小时）优先于“standard”（通用标准，4 小时）"
        )


@pytest.mark.parametrize(
    ("more", "en", "zh"),
    [
        (
            {},
            (
                "between agreements the kind decides: work-specific agreement, customer agreement, "
                "general standard; then the one listed first"
            ),
            (
                "多份协议并存时，按类别先后：特定工作协议、客户专属协议、通用标准；"
                "同类的，以先列者为准"
            ),
        ),
        (
            {"order": ("standard", "customer", "specific")},
            (
                "between agreements the kind decides: general standard, customer agreement, "
                "work-specific agreement; then the one listed first"
            ),
            (
                "多份协议并存时，按类别先后：通用标准、客户专属协议、特定工作协议；"
                "同类的，以先列者为准"
            ),
        ),
        (
            {"precedence": "stricter"},
            "between agreements the earlier deadline decides",
            "多份协议并存时，以较早的截止时间为准",
        ),
        (
            {"precedence": "later"},
            "between agreements the one that came into force last decides",
            "多份协议并存时，以最后生效者为准",
        ),
    ],
    ids=["by kind", "by another order", "stricter", "later"],
)
def test_what_decides_between_agreements_is_a_convention(
    more: dict[str, Any], en: str, zh: str
) -> None:
    given = tuple(attrs.evolve(one, in_force=YEAR) for one in (STANDARD, CUSTOMER))
    policy = Agreements(agreements=given, zone="Asia/Shanghai", **more)
    for decision in (
        find_deadline(case(), policy, clock="resolution"),
        find_clocks(case(), policy, as_of=d(2, 10)),
    ):
        first = decision.assumed[0]
        assert first.rule.id == f"sla.precedence_{policy.precedence}"
        assert (first.text("en"), first.text("zh")) == (en, zh)


def test_where_one_agreement_promises_nothing_decides_between_them() -> None:
    policy = Agreements(agreements=(STANDARD, agreement("ACME", (clock(1, "response"),))))
    decision = find_clocks(case(), policy, as_of=d(2, 10))
    assert not [one for one in decision.assumed if one.rule.id.startswith("sla.precedence")]


@pytest.mark.parametrize("facts", [HIGH, LOW])
def test_an_agreement_does_not_go_before_itself(facts: object) -> None:
    policy = agreements(clock(2), clock(4))
    one = case(Event("solved", d(2, 10)), changed(d(2, 11), facts))  # type: ignore[arg-type]
    ids = [reason.rule.id for reason in find_deadline(one, policy, clock="resolution").reasons]
    assert "sla.goes_first" not in ids


def test_after_a_change_the_rivals_are_those_of_the_promise_that_counts() -> None:
    standard = Agreement(name="standard", clocks=table([clock(8)], [clock(2)]))
    repairs = Agreement(name="repairs", kind="specific", clocks=table([], [clock(20)]))
    policy = Agreements(agreements=(standard, repairs), retarget="keep_stricter")
    # the specific agreement has the later deadline, so that the old promise is kept
    decision = find_deadline(case(changed(d(2, 10))), policy, clock="resolution")
    assert decision.value == d(2, 17)
    assert "sla.goes_first" not in [one.rule.id for one in decision.reasons]
    decision = find_deadline(
        case(changed(d(2, 10))), attrs.evolve(policy, retarget="from_start"), clock="resolution"
    )
    assert decision.value == d(4, 11)
    assert "sla.goes_first" in [one.rule.id for one in decision.reasons]


# --- days in force ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "found"),
    [
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=SHANGHAI), "old"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=SHANGHAI), "new"),
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), "old"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "new"),
    ],
)
def test_an_agreement_holds_from_midnight_in_the_zone(opened: datetime, found: str) -> None:
    old = agreement("old", (clock(8),), in_force=Days(date(2025, 1, 1), date(2026, 1, 1)))
    new = agreement("new", (clock(4),), in_force=YEAR)
    policy = Agreements(agreements=(old, new), zone="Asia/Shanghai")
    assert ask(case(opened=opened), policy, d(2)).agreement == found


def test_the_agreements_of_the_receipt_hold_for_the_whole_case() -> None:
    old = Agreement(
        name="old", clocks=table([clock(8)], [clock(4)]),
        in_force=Days(date(2026, 1, 1), date(2026, 3, 3)),
    )  # fmt: skip
    new = Agreement(
        name="new", clocks=table([clock(1)], [clock(1)]),
        in_force=Days(date(2026, 3, 3), date(2027, 1, 1)),
    )  # fmt: skip
    policy = Agreements(agreements=(old, new), zone="Asia/Shanghai")
    found = ask(case(changed(d(3, 10)), opened=d(2, 17)), policy, d(3, 10))
    assert (found.agreement, found.due) == ("old", d(3, 12))


def test_where_no_agreement_is_in_force_nothing_is_promised() -> None:
    policy = Agreements(agreements=(agreement(in_force=YEAR),), zone="Asia/Shanghai")
    one = case(opened=datetime(2027, 1, 1, tzinfo=SHANGHAI))
    decision = find_deadline(one, policy, clock="resolution")
    assert decision.value == NoPromise()
    (why,) = decision.reasons
    assert (why.rule.id, why.text("en"), why.text("zh")) == (
        "sla.none_in_force",
        "no agreement is in force on 2027-01-01",
        "2027年1月1日没有生效的协议",
    )
    state = find_clocks(one, policy, as_of=one.events[0].at)
    assert [reason.rule.id for reason in state.reasons] == ["sla.none_in_force"]


def test_the_day_on_which_none_is_in_force_is_that_of_the_zone() -> None:
    policy = Agreements(agreements=(agreement(in_force=YEAR),), zone="Asia/Shanghai")
    one = case(opened=datetime(2026, 12, 31, 16, tzinfo=UTC))
    why = find_deadline(one, policy, clock="resolution").reasons[0]
    assert why.params == (("day", date(2027, 1, 1)),)


# --- what is not promised, not known, not there -------------------------------------------


def test_what_no_rule_promises_is_a_refusal_with_a_reason() -> None:
    source = Source("S-1", TITLE)
    policy = agreements(clock(), (), source=source)
    decision = find_deadline(case(facts=HIGH), policy, clock="resolution")
    assert decision.value == NoPromise()
    (why,) = decision.reasons
    assert why.rule.id == "sla.no_promise"
    assert why.text("en") == "the limit “resolution” does not apply to this case (priority: high)"
    assert why.text("zh") == "本事项（优先级：high）不适用“resolution”时限"
    assert why.source == source
    found = find_clocks(case(facts=HIGH), policy, as_of=d(2, 10))
    assert (found.value.clocks, found.value.plan, found.value.next_change) == ((), (), None)
    (why,) = found.reasons
    assert (why.rule.id, why.text("en"), why.text("zh")) == (
        "sla.nothing_promised",
        "no time limit applies to this case (priority: high)",
        "本事项（优先级：high）没有适用的时限",
    )


def test_where_nothing_is_known_of_a_case_that_is_said() -> None:
    policy = Agreements(agreements=(agreement("visits", ()),))
    at = datetime(2027, 1, 1, tzinfo=SHANGHAI)
    for facts in (None, UNKNOWN):
        one = Case("T9", (Event("opened", at, facts=facts),))
        (why,) = find_clocks(one, policy, as_of=at).reasons
        assert why.text("en") == "no time limit applies to this case (no facts)"
        assert why.text("zh") == "本事项（未提供数据）没有适用的时限"


def test_a_clock_that_has_not_started_says_what_it_waits_for() -> None:
    policy = agreements(clock(starts="assigned"))
    decision = find_deadline(case(), policy, clock="resolution")
    assert decision.value == NoPromise()
    assert decision.reasons[0].text("en") == (
        "resolution has not started: it starts when the case is assigned"
    )
    found = find_clocks(case(), policy, as_of=d(2, 10))
    assert (found.value.clocks, found.value.plan) == ((), ())
    assert [one.rule.id for one in found.reasons] == ["sla.nothing_comes", "sla.not_started"]
    assert found.reasons[1].text("zh") == "“resolution”尚未起算：自“分派”时起计时"
    started = case(Event("assigned", d(2, 11)))
    assert due(started, policy) == d(3, 10)


def test_a_clock_that_has_not_started_is_listed_beside_those_that_run() -> None:
    visit = clock(1, "visit", starts="assigned", zh="上门")
    decision = find_clocks(case(), agreements([clock(), visit]), as_of=d(2, 10))
    assert [one.rule.id for one in decision.reasons] == [
        "sla.next",
        "sla.clock_runs",
        "sla.not_started",
    ]
    assert decision.reasons[2].text("zh") == "“上门”尚未起算：自“分派”时起计时"
    started = find_clocks(case(Event("assigned", d(2, 9))), agreements(visit), as_of=d(2, 10))
    assert "sla.not_started" not in [one.rule.id for one in started.reasons]


def test_a_clock_that_has_not_started_keeps_the_others_from_being_settled() -> None:
    policy = agreements([clock(), clock(1, "check", starts="confirmed", stops=("answered",))])
    decision = find_clocks(case(Event("solved", d(2, 10))), policy, as_of=d(2, 11))
    assert decision.reasons[0].rule.id == "sla.nothing_comes"


def test_a_clock_that_has_not_started_is_not_undecided_for_another_missing_fact() -> None:
    first = Agreement(name="all", clocks=RuleTable(rules=(
        TableRule("all", None, (clock(starts="assigned"),)),
    )))  # fmt: skip
    second = Agreement(name="some", clocks=table([clock(1, "visit")], [clock(1, "visit")]))
    policy = Agreements(agreements=(first, second))
    one = case(facts=UNKNOWN)
    decision = find_deadline(one, policy, clock="resolution")
    assert (decision.value, decision.missing) == (NoPromise(), MISSING)
    assert decision.reasons[0].rule.id == "sla.not_started"
    found = find_clocks(one, policy, as_of=d(2, 10))
    assert (found.value.clocks, found.missing) == ((), MISSING)
    assert [reason.rule.id for reason in found.reasons] == [
        "sla.nothing_comes",
        "sla.not_started",
        "sla.passed_over",
    ]
    assert not find_deadline(one, policy, clock="visit").decided


@pytest.mark.parametrize(
    ("low", "high", "rule"),
    [
        ((), clock(starts="assigned"), "sla.not_started"),
        (clock(starts="assigned"), (), "sla.no_promise"),
    ],
)
def test_after_a_change_it_is_the_last_promise_that_has_not_started(
    low: Clock, high: Clock, rule: str
) -> None:
    decision = find_deadline(case(changed(d(2, 10))), agreements(low, high), clock="resolution")
    assert (decision.value, decision.reasons[0].rule.id) == (NoPromise(), rule)


@pytest.mark.parametrize("question", [find_deadline, find_ledger])
def test_an_unknown_clock_is_refused_with_the_one_that_is_near(
    question: Callable[..., object],
) -> None:
    with pytest.raises(UnknownName, match="unknown clock 'resolutoin'; did you mean 'resolution'"):
        question(case(), agreements(clock()), clock="resolutoin")


def test_a_case_without_facts_is_refused_with_their_names() -> None:
    one = Case("T9", (Event("opened", d(2, 9)),))
    with pytest.raises(InputError) as refused:
        find_clocks(one, agreements(clock()), as_of=d(2, 10))
    assert str(refused.value) == (
        "case 'T9' was received without facts; give 'opened' the facts priority"
    )


def test_facts_are_not_needed_where_no_rule_asks_for_any() -> None:
    one = Case("T9", (Event("opened", d(2, 9)),))
    found = find_clocks(one, Agreements(agreements=(agreement(),)), as_of=d(2, 10))
    assert found.value["resolution"].due == d(2, 17)
    assert found.value.facts is None
    assert found.missing == ()


def test_facts_that_were_not_read_for_the_policy_are_refused() -> None:
    other = read_facts({"urgency": 1}, attrs.evolve(LOW.fields, items=(NumberField("urgency"),)))
    with pytest.raises(UnknownName, match="priority"):
        find_clocks(case(facts=other), agreements(clock()), as_of=d(2, 10))


MISSING = (MissingFact("priority", Label("priority", "优先级")),)


def test_where_a_missing_fact_leaves_open_whether_it_is_promised_it_is_undecided() -> None:
    policy = agreements(clock())
    one = case(facts=UNKNOWN)
    for decision in (
        find_deadline(one, policy, clock="resolution"),
        find_clocks(one, policy, as_of=d(2, 10)),
    ):
        assert not decision.decided
        assert decision.missing == MISSING
        with pytest.raises(Undecided, match="priority is missing"):
            _ = decision.value
    one_clock, all_clocks = (
        find_deadline(one, policy, clock="resolution").reasons[0],
        find_clocks(one, policy, as_of=d(2, 10)).reasons[0],
    )
    assert one_clock.text("en") == (
        "the deadline for resolution cannot be given yet: priority is missing"
    )
    assert all_clocks.text("en") == (
        "the deadline for any clock cannot be given yet: priority is missing"
    )
    assert all_clocks.text("zh") == "“各项时限”的截止时间暂无法确定：缺少优先级"


def test_where_another_rule_may_hold_the_missing_fact_is_noted() -> None:
    rules = (
        TableRule("high", PRIORITY.is_("high"), (clock(2),)),
        TableRule("all", None, (clock(),)),
    )
    standard = Agreement(name="standard", clocks=RuleTable(rules=rules))
    policy = Agreements(agreements=(standard,))
    one = case(facts=UNKNOWN)
    for decision in (
        find_deadline(one, policy, clock="resolution"),
        find_clocks(one, policy, as_of=d(2, 10)),
    ):
        assert decision.missing == MISSING
        assert decision.reasons[-1].rule.id == "sla.passed_over"
    assert due(one, policy) == d(2, 17)


def test_a_fact_that_is_told_later_decides() -> None:
    one = case(changed(d(2, 10), LOW), facts=UNKNOWN)
    decision = find_deadline(one, agreements(clock()), clock="resolution")
    assert (decision.value, decision.missing) == (d(2, 17), ())
    assert not find_clocks(one, agreements(clock()), as_of=d(2, 9, 59)).decided


@pytest.mark.parametrize(
    ("of_clock", "of_rule", "of_agreement", "found"),
    [("a", "b", "c", "a"), (None, "b", "c", "b"), (None, None, "c", "c"), (None, None, None, None)],
)
def test_the_source_is_that_of_the_clock_else_of_the_rule_else_of_the_agreement(
    of_clock: str | None, of_rule: str | None, of_agreement: str | None, found: str | None
) -> None:
    sources = [Source(one, TITLE) if one else None for one in (of_clock, of_rule, of_agreement)]
    rule = TableRule("all", None, (clock(source=sources[0]),), sources[1])
    one = Agreement(name="standard", clocks=RuleTable(rules=(rule,)), source=sources[2])
    decision = find_deadline(case(), Agreements(agreements=(one,)), clock="resolution")
    source = decision.reasons[0].source
    assert (source.id if source else None) == found


def test_a_limit_is_hours_or_working_days() -> None:
    assert due(case(), clock(WorkingDays(1))) == d(3, 18)
    assert due(case(), clock(9)) == d(2, 18)
    nights = WorkCalendar(
        name="nights", zone="Asia/Shanghai", week=Week.of(Hours("20:00", "04:00"))
    )
    assert due(case(), clock(WorkingDays(1), calendar=nights)) == d(4, 4)
