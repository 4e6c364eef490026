"""Who is told when nothing happens: times from the start, empty steps, and the plan in hand."""

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from kamcore.calendars import (
    Amount,
    Holiday,
    Hours,
    Week,
    WorkCalendar,
    WorkingDays,
    around_the_clock,
)
from kamcore.decision import Decision
from kamcore.errors import DuplicateName, InputError, NaiveInstant, NotADate, PolicyError
from kamcore.facts import ChoiceField, Facts, Fields, FlagField, Node, TextField, TreeField
from kamcore.facts import read_facts as read
from kamcore.routing._escalation import Escalation, EscalationStep
from kamcore.routing._plan import EscalationNotice, EscalationPlan, plan_escalation
from kamcore.routing._seating import How
from kamcore.routing._staff import Absence, Person, Staff
from kamcore.values import Days, Label, Seat, Source

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
TITLE = Label("VIP service desk", "VIP 专席规定")
RULE, CLAUSE = Source("S1-7", TITLE), Source("S1-7b", TITLE)
OFFICE = WorkCalendar(
    name="office hours",
    zh="办公时间",
    zone="Asia/Shanghai",
    week=Week.of(Hours("09:00", "18:00")),
    holidays=(Holiday(date(2026, 10, 1), "National Day", zh="国庆节"),),
)
DESK = Seat("desk", Label("the desk", "大客户专席"), kind="queue")
MANAGER = Seat("manager", Label("the sales manager", "销售经理"))
DIRECTOR = Seat("director", Label("the sales director", "销售总监"))
OWN = Seat("own", Label("the account manager", "客户经理"), kind="account_manager")
UNIT_HEAD = Seat("unit head", Label("the unit's supervisor", "单位主管"), kind="unit_role")
GRADE = ChoiceField("grade", options=("A", "B"), zh="等级")
UNIT = TreeField("unit", zh="所属单位", nodes=(Node("north"), Node("south")))
ACCOUNT_MANAGER = TextField("account_manager", zh="客户经理姓名")
START = datetime(2026, 10, 12, 14, tzinfo=SHANGHAI)


def hours(count: int) -> timedelta:
    """Return open time."""
    return timedelta(hours=count)


def step(name: str, after: Amount, *tell: Seat, **given: object) -> EscalationStep:
    """Return a step."""
    return EscalationStep(name, after=after, tell=tell, **given)  # type: ignore[arg-type]


REMIND = step("remind", hours(2), DESK, zh="提醒")
REPORT = step("report", hours(6), MANAGER, DIRECTOR, zh="上报", source=CLAUSE)
BOARD = step("board", WorkingDays(2), DIRECTOR, zh="上报总监", when=GRADE.is_("A"))
POLICY = Escalation(steps=(REMIND, REPORT, BOARD), calendar=OFFICE, source=RULE)
PLAIN = attrs.evolve(POLICY, steps=(REMIND, REPORT))
STAFF = Staff(
    people=(
        Person("li", zh="李娜", en="Li Na", roles=("desk",)),
        Person("wu", zh="吴刚", en="Wu Gang", roles=("manager",)),
        Person("zhao", zh="赵敏", en="Zhao Min", roles=("director",)),
    ),
    zone="Asia/Shanghai",
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of October 2026 in Shanghai."""
    return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)


def plan(
    policy: Escalation = POLICY, staff: Staff | None = None, **given: object
) -> Decision[EscalationPlan]:
    """Plan from the start of a Monday afternoon."""
    fields = policy.fields if staff is None else Fields.of(policy, staff)
    return plan_escalation(read(given, fields), policy, start=START, staff=staff)


def told(decision: Decision[EscalationPlan]) -> list[tuple[datetime, str, str]]:
    """Return instant, step and seat of every notice."""
    return [(one.at, one.step, one.seat.name) for one in decision.value.notices]


def ids(decision: Decision[EscalationPlan]) -> list[str]:
    """Return the rules of the reasons in order."""
    return [reason.rule.id for reason in decision.reasons]


def assumed(decision: Decision[EscalationPlan]) -> list[str]:
    """Return the rules of what is assumed."""
    return [reason.rule.id for reason in decision.assumed]


# --- times ----------------------------------------------------------------------------------


def test_every_seat_of_every_step_is_told_at_its_time_from_the_start() -> None:
    decision = plan(grade="A")
    assert decision.value == EscalationPlan(
        (
            EscalationNotice(at(12, 16), "remind", DESK),
            EscalationNotice(at(13, 11), "report", MANAGER),
            EscalationNotice(at(13, 11), "report", DIRECTOR),
            EscalationNotice(at(14, 18), "board", DIRECTOR),
        ),
        START,
        POLICY,
    )
    assert decision.fingerprint == POLICY.fingerprint
    assert decision.missing == ()


@pytest.mark.parametrize(
    ("after", "instant"),
    [
        (hours(0), at(12, 14)),
        (hours(4), at(12, 18)),
        (timedelta(hours=4, microseconds=1), at(13, 9) + timedelta(microseconds=1)),
        (WorkingDays(1), at(13, 18)),
        (WorkingDays(1, ends="same_time"), at(13, 14)),
        (WorkingDays(1, first="same_day"), at(12, 18)),
        (WorkingDays(5, ends="same_time"), at(19, 14)),
    ],
    ids=str,
)
def test_the_time_of_a_step_is_that_of_the_calendar(after: Amount, instant: datetime) -> None:
    decision = plan(Escalation(steps=(step("one", after, DESK),), calendar=OFFICE))
    assert told(decision) == [(instant, "one", "desk")]


def test_times_are_in_the_zone_of_the_calendar() -> None:
    start = datetime(2026, 10, 12, 6, tzinfo=UTC)
    found = plan_escalation(read({}, PLAIN.fields), PLAIN, start=start).value
    assert found == plan(PLAIN).value
    assert {str(one.tzinfo) for one in (found.start, found.notices[0].at)} == {"Asia/Shanghai"}


def test_steps_of_different_kinds_of_time_are_taken_in_order_of_their_instants() -> None:
    steps = (
        step("day", WorkingDays(1), DESK),
        step("hours", hours(2), MANAGER),
        step("same instant", hours(13), DIRECTOR),
    )
    decision = plan(Escalation(steps=steps, calendar=OFFICE))
    assert told(decision) == [
        (at(12, 16), "hours", "manager"),
        (at(13, 18), "day", "desk"),
        (at(13, 18), "same instant", "director"),
    ]


def test_the_order_holds_through_the_hour_that_the_clocks_show_twice() -> None:
    steps = tuple(step(f"{count} hours", hours(count), DESK) for count in (1, 2, 3))
    policy = Escalation(steps=steps, calendar=around_the_clock("Europe/Berlin"))
    start = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    found = plan_escalation(read({}, policy.fields), policy, start=start).value
    assert [one.at.isoformat() for one in found.notices] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T03:30:00+01:00",
    ]
    first, second, third = found.notices
    assert found.due(first.at) == (first,)
    assert found.next(first.at) == second
    assert found.next(second.at) == third


def test_an_instant_of_the_second_showing_comes_after_a_later_wall_time_of_the_first() -> None:
    steps = (
        step("day", WorkingDays(1, ends="same_time"), DESK),
        step("hours", timedelta(hours=24, minutes=45), DESK),
    )
    policy = Escalation(steps=steps, calendar=around_the_clock("Europe/Berlin"))
    start = datetime(2026, 10, 24, 2, 15, tzinfo=BERLIN)
    found = plan_escalation(read({}, policy.fields), policy, start=start).value
    assert [(one.step, one.at.isoformat()) for one in found.notices] == [
        ("day", "2026-10-25T02:15:00+02:00"),
        ("hours", "2026-10-25T02:00:00+01:00"),
    ]


def test_what_is_due_and_what_comes_next() -> None:
    found = plan(grade="A").value
    remind, manager, director, board = found.notices
    moment = timedelta(microseconds=1)
    assert found.due(at(12, 16) - moment) == ()
    assert found.next(at(12, 16) - moment) == remind
    assert found.due(at(12, 16)) == (remind,)
    assert found.next(at(12, 16)) == manager
    assert found.due(datetime(2026, 10, 13, 3, tzinfo=UTC)) == (remind, manager, director)
    assert found.next(at(14, 18) - moment) == board
    assert found.due(at(14, 18)) == found.notices
    assert found.next(at(14, 18)) is None
    with pytest.raises(NaiveInstant, match=r"^at 2026-10-12 16:00:00 has no zone; use value\."):
        found.due(datetime(2026, 10, 12, 16))
    with pytest.raises(NotADate, match=r"^at datetime\.date\(2026, 10, 12\) is not an instant"):
        found.next(date(2026, 10, 12))  # type: ignore[arg-type]


def test_a_plan_in_hand_keeps_the_policy_that_it_started_with() -> None:
    found = plan(PLAIN).value
    stricter = attrs.evolve(PLAIN, steps=(step("at once", hours(0), DIRECTOR),))
    assert found.policy == PLAIN
    assert found.policy.fingerprint != stricter.fingerprint
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.policy = stricter  # type: ignore[misc]


# --- conditions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "steps", "missing"),
    [
        ("A", ["remind", "report", "report", "board"], []),
        ("B", ["remind", "report", "report"], []),
        (None, ["remind", "report", "report"], ["grade"]),
    ],
)
def test_a_step_is_left_out_where_its_condition_fails_or_its_fact_is_missing(
    grade: str | None, steps: list[str], missing: list[str]
) -> None:
    decision = plan(grade=grade)
    assert [name for _, name, _ in told(decision)] == steps
    assert [fact.name for fact in decision.missing] == missing
    assert ("routing.step_left_out" in assumed(decision)) is bool(missing)


def test_a_missing_fact_that_cannot_bring_a_step_in_is_not_named() -> None:
    urgent = FlagField("urgent")
    steps = (
        step("both", hours(1), DESK, when=GRADE.is_("A") & urgent),
        step("either", hours(2), DESK, when=GRADE.is_("B") | urgent),
    )
    decision = plan(Escalation(steps=steps, calendar=OFFICE), grade="B")
    assert [name for _, name, _ in told(decision)] == ["either"]
    assert decision.missing == ()
    assert ids(decision)[-1] == "facts.is"


def test_where_no_step_applies_nobody_would_be_told() -> None:
    policy = attrs.evolve(POLICY, steps=(BOARD,))
    decision = plan(policy, grade="B")
    assert decision.value.notices == ()
    assert ids(decision) == ["routing.no_step"]
    assert decision.reasons[0].source == RULE
    assert decision.assumed == ()
    missing = plan(policy)
    assert (missing.value.notices, assumed(missing)) == ((), ["routing.step_left_out"])


def test_facts_that_bring_steps_in_are_given_once() -> None:
    steps = tuple(step(f"{count}", hours(count), DESK, when=GRADE.is_("A")) for count in (1, 2))
    decision = plan(Escalation(steps=steps, calendar=OFFICE), grade="A")
    assert ids(decision) == ["routing.notices", "routing.notice", "routing.notice", "facts.is"]


# --- people, and steps with nobody there ----------------------------------------------------

DAYS = tuple(WorkingDays(count, ends="same_time") for count in (1, 2, 3, 4))
SEATS = tuple(Seat(f"seat {name}", Label(f"seat {name}", f"{name}岗")) for name in "abcd")
LADDER = Escalation(
    steps=tuple(
        step(name, after, seat) for name, after, seat in zip("abcd", DAYS, SEATS, strict=True)
    ),
    calendar=OFFICE,
    source=RULE,
)


WAITING = attrs.evolve(LADDER, empty="wait")


def people_of(**away: str) -> Staff:
    """Return the holders of the seats of LADDER; `a="13 14"` is away on these two days."""
    people = [
        Person(
            f"person {name}",
            roles=(f"seat {name}",),
            absences=tuple(
                Absence(Days.through(one, one))
                for day in away.get(name, "").split()
                for one in (date(2026, 10, int(day)),)
            ),
        )
        for name in "abcd"
    ]
    return Staff(people=tuple(people), zone="Asia/Shanghai")


@pytest.mark.parametrize(
    ("away", "skip", "wait"),
    [
        ({}, "13a 14b 15c 16d", "13a 14b 15c 16d"),
        ({"a": "13"}, "13b/a 15c 16d", "14b 15c 16d"),
        ({"a": "13", "b": "13"}, "13c/a 14b 16d", "14b 15c 16d"),
        ({"a": "13", "b": "13 14"}, "13c/a 14d/b", "15c 16d"),
        ({"a": "13", "b": "14"}, "13b/a 15c 16d", "15c 16d"),
        ({"b": "14", "c": "15"}, "13a 14c/b 16d", "13a 16d"),
        ({"d": "16"}, "13a 14b 15c", "13a 14b 15c"),
        ({"c": "15", "d": "15"}, "13a 14b 16d", "13a 14b 16d"),
        ({"c": "15", "d": "15 16"}, "13a 14b", "13a 14b"),
        ({"a": "13", "b": "13", "c": "13", "d": "13"}, "14b 15c 16d", "14b 15c 16d"),
        ({"a": "14", "b": "13"}, "13a 14b 15c 16d", "13a 14b 15c 16d"),
        ({"a": "13", "b": "14", "c": "15", "d": "16"}, "13b/a 15d/c", ""),
    ],
)
def test_an_empty_step_is_skipped_or_waited_for(away: dict[str, str], skip: str, wait: str) -> None:
    staff = people_of(**away)
    for policy, expected in ((LADDER, skip), (WAITING, wait)):
        found = plan(policy, staff).value.notices
        said = " ".join(
            f"{one.at.day}{one.step}" + (f"/{one.instead_of}" if one.instead_of else "")
            for one in found
        )
        assert said == expected
        assert {one.at.timetz() for one in found} <= {START.timetz()}
        assert all(one.person == f"person {one.step}" for one in found)


@pytest.mark.parametrize(
    ("policy", "rest"),
    [
        (LADDER, ["routing.empty_step"] * 4),
        (WAITING, ["routing.empty_step_waits"] * 3 + ["routing.empty_step"]),
    ],
)
def test_where_every_step_is_empty_nobody_would_be_told(
    policy: Escalation, rest: list[str]
) -> None:
    decision = plan(policy, attrs.evolve(people_of(), people=()))
    assert decision.value.notices == ()
    assert ids(decision) == ["routing.nobody_told", *rest]
    assert decision.reasons[0].source == RULE


def test_a_step_with_somebody_there_tells_these_and_names_the_others() -> None:
    staff = attrs.evolve(STAFF, people=STAFF.people[::2])
    decision = plan(PLAIN, staff)
    assert told(decision) == [(at(12, 16), "remind", "desk"), (at(13, 11), "report", "director")]
    assert (
        decision.reasons[2]
        .text("en")
        .endswith("tells the sales director (Zhao Min); nobody is there for the sales manager")
    )
    assert decision.reasons[2].text("zh").endswith("通知销售总监（赵敏）；销售经理届时无人在岗")
    assert "routing.empty_skip" not in assumed(decision)


def test_a_queue_without_people_answers_for_itself() -> None:
    staff = attrs.evolve(STAFF, people=STAFF.people[1:])
    (first, *_) = plan(PLAIN, staff).value.notices
    assert first == EscalationNotice(at(12, 16), "remind", DESK, None, None, "queue")


def test_a_stand_in_is_told() -> None:
    away = Absence(Days.through(date(2026, 10, 12), date(2026, 10, 12)), "wu")
    people = (attrs.evolve(STAFF.people[0], absences=(away,)), *STAFF.people[1:])
    found = plan(PLAIN, attrs.evolve(STAFF, people=people)).value
    assert found.notices[0] == EscalationNotice(at(12, 16), "remind", DESK, "wu", None, "stand_in")


def test_somebody_is_told_before_and_after_a_day_of_absence() -> None:
    away = Absence(Days.through(date(2026, 10, 13), date(2026, 10, 13)))
    people = (attrs.evolve(STAFF.people[0], absences=(away,)), *STAFF.people[1:])
    staff = attrs.evolve(STAFF, people=people)
    for count, person in ((4, "li"), (5, None), (13, None), (14, "li")):
        policy = attrs.evolve(PLAIN, steps=(attrs.evolve(REMIND, after=hours(count)),))
        found = [one.person for one in plan(policy, staff).value.notices]
        assert found == ([] if person is None else [person])


def test_full_hands_do_not_keep_anybody_from_being_told() -> None:
    people = (attrs.evolve(STAFF.people[0], capacity=0), *STAFF.people[1:])
    found = plan(PLAIN, attrs.evolve(STAFF, people=people)).value
    assert found.notices[0].person == "li"


REGIONAL = Seat("regional", Label("the regional manager", "区域经理"), kind="unit_role")
NORTH = TreeField(
    "unit",
    zh="所属单位",
    nodes=(
        Node("head office", zh="总公司", en="head office"),
        Node("north", "head office", zh="北区", en="the north"),
    ),
)
AWAY = Days.through(date(2026, 10, 12), date(2026, 10, 12))
QIAN = Person("qian", zh="钱敏", en="Qian Min", unit="north", heads=("north",))
SUN = Person("sun", zh="孙丽", en="Sun Li", unit="north", roles=("regional",))
ZHAO = Person("zhao", zh="赵磊", en="Zhao Lei", unit="north")
ZHOU = Person("zhou", zh="周敏", en="Zhou Min", heads=("head office",))


def gone(person: Person, stand_in: str | None = None) -> Person:
    """Return somebody who is away on the day of the step."""
    return attrs.evolve(person, absences=(Absence(AWAY, stand_in),))


@pytest.mark.parametrize(
    ("seat", "people", "person", "how", "en", "zh"),
    [
        (
            REGIONAL,
            (SUN, QIAN, ZHAO),
            "sun",
            "only_one",
            "the regional manager (Sun Li)",
            "区域经理（孙丽）",
        ),
        (
            OWN,
            (SUN, QIAN, ZHAO),
            "zhao",
            "own_manager",
            "the account manager (Zhao Lei)",
            "客户经理（赵磊）",
        ),
        (
            REGIONAL,
            (gone(SUN, "zhao"), QIAN, ZHAO),
            "zhao",
            "stand_in",
            "the regional manager (Zhao Lei standing in)",
            "区域经理（赵磊代）",
        ),
        (
            REGIONAL,
            (gone(SUN), QIAN, ZHAO),
            "qian",
            "head",
            "the regional manager (Qian Min, head of the north)",
            "区域经理（北区单位负责人钱敏）",
        ),
        (
            REGIONAL,
            (gone(SUN), gone(QIAN, "zhao"), ZHAO),
            "zhao",
            "head",
            "the regional manager (Zhao Lei for the head of the north)",
            "区域经理（赵磊代北区单位负责人）",
        ),
        (
            REGIONAL,
            (gone(SUN), gone(QIAN), ZHAO, ZHOU),
            "zhou",
            "head",
            "the regional manager (Zhou Min, head of head office)",
            "区域经理（总公司单位负责人周敏）",
        ),
        (DESK, (ZHAO,), None, "queue", "the desk", "大客户专席"),
    ],
    ids=["holder", "manager", "stand-in", "head", "stand-in of a head", "head above", "queue"],
)
def test_who_is_told_is_named_with_how_this_one_was_found(
    seat: Seat, people: tuple[Person, ...], person: str | None, how: How, en: str, zh: str
) -> None:
    policy = Escalation(steps=(step("one", hours(2), seat, zh="第一步"),), calendar=OFFICE)
    staff = Staff(people=people, zone="Asia/Shanghai", unit=NORTH, manager=ACCOUNT_MANAGER)
    decision = plan(policy, staff, unit="north", account_manager="zhao")
    assert decision.value.notices == (EscalationNotice(at(12, 16), "one", seat, person, None, how),)
    assert decision.lines("en")[1] == f"Mon 2026-10-12 16:00: step “one” tells {en}"
    assert decision.lines("zh")[1] == f"2026年10月12日（周一）16:00：“第一步”，通知{zh}"


def test_without_staff_a_notice_does_not_say_how_anybody_was_found() -> None:
    decision = plan(PLAIN)
    assert {(one.person, one.how) for one in decision.value.notices} == {(None, None)}
    assert dict(decision.reasons[1].params)["who"] == Label("the desk", "大客户专席")


OF_ACCOUNT = Escalation(
    steps=(step("own", hours(1), OWN), step("unit", hours(2), UNIT_HEAD)), calendar=OFFICE
)
UNITS = Staff(
    people=(
        Person("li", roles=("unit head",), unit="north"),
        Person("wu", roles=("unit head",), unit="south"),
    ),
    zone="Asia/Shanghai",
    unit=UNIT,
    manager=ACCOUNT_MANAGER,
)


@pytest.mark.parametrize(
    ("given", "people", "missing"),
    [
        ({"unit": "north", "account_manager": "wu"}, ["wu", "li"], []),
        ({"unit": "south", "account_manager": "li"}, ["li", "wu"], []),
        ({"unit": "south"}, ["wu"], ["account_manager"]),
        ({"account_manager": "li"}, ["li"], ["unit"]),
        ({}, [], ["account_manager", "unit"]),
    ],
)
def test_the_accounts_own_people_are_told_and_a_missing_fact_leaves_a_seat_with_nobody(
    given: dict[str, str], people: list[str], missing: list[str]
) -> None:
    decision = plan(attrs.evolve(OF_ACCOUNT, empty="wait"), UNITS, **given)
    assert [one.person for one in decision.value.notices] == people
    assert [fact.name for fact in decision.missing] == missing
    assert assumed(decision).count("routing.holder_unknown") == len(missing)


def test_a_seat_that_the_staff_cannot_place_is_a_mistake_of_the_policy() -> None:
    with pytest.raises(PolicyError, match=r"^seat 'own' is the customer's own manager"):
        plan(OF_ACCOUNT, STAFF)


# --- reasons --------------------------------------------------------------------------------


def test_a_plan_gives_one_line_a_step_in_two_languages() -> None:
    decision = plan(POLICY, STAFF, grade="A")
    assert "\n".join(decision.lines("en")) == (
        "if nothing happens after Mon 2026-10-12 14:00 (Asia/Shanghai UTC+08:00): 4 notices, "
        "the last at Wed 2026-10-14 18:00\n"
        "Mon 2026-10-12 16:00: step “remind” tells the desk (Li Na)\n"
        "Tue 2026-10-13 11:00: step “report” tells the sales manager (Wu Gang), the sales "
        "director (Zhao Min)\n"
        "Wed 2026-10-14 18:00: step “board” tells the sales director (Zhao Min)\n"
        "grade: A, as required\n"
        "Convention: times count from the start of the work in the calendar “office hours”; the "
        "day of the start is day 0; the last working day ends at its close\n"
        "Source: “VIP service desk” S1-7; S1-7b"
    )
    assert "\n".join(decision.lines("zh")) == (
        "自2026年10月12日（周一）14:00（北京时间）起若一直无人处理："
        "共通知 4 次，最后一次为2026年10月14日（周三）18:00\n"
        "2026年10月12日（周一）16:00：“提醒”，通知大客户专席（李娜）\n"
        "2026年10月13日（周二）11:00：“上报”，通知销售经理（吴刚）、销售总监（赵敏）\n"
        "2026年10月14日（周三）18:00：“上报总监”，通知销售总监（赵敏）\n"
        "等级：A，符合要求\n"
        "口径：各步时间均自工作开始时起，按“办公时间”计算；"
        "起算当日不计，次一工作日为第 1 天，至最后一个工作日下班时止\n"
        "依据：《VIP 专席规定》S1-7、S1-7b"
    )


NOBODY_AT_FIRST = attrs.evolve(PLAIN, steps=(attrs.evolve(REMIND, tell=(DIRECTOR,)), REPORT))
ONLY_MANAGER = attrs.evolve(STAFF, people=STAFF.people[1:2])


def test_a_step_in_place_of_an_empty_one_is_told() -> None:
    decision = plan(NOBODY_AT_FIRST, ONLY_MANAGER)
    assert "\n".join(decision.lines("en")) == (
        "if nothing happens after Mon 2026-10-12 14:00 (Asia/Shanghai UTC+08:00): 1 notice at "
        "Mon 2026-10-12 16:00; nobody is there for “remind”\n"
        "Mon 2026-10-12 16:00: step “report”, in place of “remind”, tells the sales manager "
        "(Wu Gang); nobody is there for the sales director\n"
        "Convention: times count from the start of the work in the calendar “office hours”; "
        "where nobody is there for a step, the next one with somebody there takes its place\n"
        "Source: “VIP service desk” S1-7; S1-7b"
    )
    assert "\n".join(decision.lines("zh")) == (
        "自2026年10月12日（周一）14:00（北京时间）起若一直无人处理："
        "通知 1 次，时间为2026年10月12日（周一）16:00；“提醒”届时无人在岗\n"
        "2026年10月12日（周一）16:00：以“上报”代替“提醒”，"
        "通知销售经理（吴刚）；销售总监届时无人在岗\n"
        "口径：各步时间均自工作开始时起，按“办公时间”计算；"
        "某步无人在岗的，由其后第一个有人在岗的步骤代替\n"
        "依据：《VIP 专席规定》S1-7、S1-7b"
    )


def test_waiting_for_the_next_step_is_told() -> None:
    decision = plan(attrs.evolve(NOBODY_AT_FIRST, empty="wait"), ONLY_MANAGER)
    assert "\n".join(decision.lines("en")) == (
        "if nothing happens after Mon 2026-10-12 14:00 (Asia/Shanghai UTC+08:00): 1 notice at "
        "Tue 2026-10-13 11:00; nobody is there for “remind”\n"
        "Mon 2026-10-12 16:00: step “remind” tells nobody; the next is “report” at "
        "Tue 2026-10-13 11:00\n"
        "Tue 2026-10-13 11:00: step “report” tells the sales manager (Wu Gang); "
        "nobody is there for the sales director\n"
        "Convention: times count from the start of the work in the calendar “office hours”; "
        "where nobody is there for a step, the next one keeps its own time\n"
        "Source: “VIP service desk” S1-7; S1-7b"
    )
    assert "\n".join(decision.lines("zh")) == (
        "自2026年10月12日（周一）14:00（北京时间）起若一直无人处理："
        "通知 1 次，时间为2026年10月13日（周二）11:00；“提醒”届时无人在岗\n"
        "2026年10月12日（周一）16:00：“提醒”无人可通知，"
        "下一步为2026年10月13日（周二）11:00的“上报”\n"
        "2026年10月13日（周二）11:00：“上报”，通知销售经理（吴刚）；销售总监届时无人在岗\n"
        "口径：各步时间均自工作开始时起，按“办公时间”计算；某步无人在岗的，不提前通知下一步\n"
        "依据：《VIP 专席规定》S1-7、S1-7b"
    )


def test_every_empty_step_is_named_with_the_answer() -> None:
    first = plan(LADDER, people_of(a="13", b="13 14", c="15")).reasons[0]
    assert first.rule.id == "routing.notices_with_empty_steps"
    assert dict(first.params)["steps"] == Label("“a”, “b”", "“a”、“b”")
    last = plan(LADDER, people_of(c="15", d="15 16")).reasons[0]
    assert dict(last.params)["steps"] == Label("“c”, “d”", "“c”、“d”")


def test_a_reason_rests_on_the_clause_of_its_step() -> None:
    decision = plan(PLAIN)
    assert [reason.source for reason in decision.reasons] == [RULE, None, CLAUSE]
    skipped = plan(NOBODY_AT_FIRST, ONLY_MANAGER)
    assert [reason.source for reason in skipped.reasons] == [RULE, CLAUSE]


@pytest.mark.parametrize(
    ("calendar", "after", "said"),
    [
        (OFFICE, hours(2), []),
        (OFFICE, hours(0), []),
        (attrs.evolve(OFFICE, holidays=()), hours(0), []),
        (attrs.evolve(OFFICE, holidays=()), hours(2), ["calendars.holidays_unlisted"]),
        (
            attrs.evolve(OFFICE, holidays_until=date(2026, 10, 12)),
            hours(4),
            [],
        ),
        (
            attrs.evolve(OFFICE, holidays_until=date(2026, 10, 12)),
            hours(5),
            ["calendars.holidays_end"],
        ),
        (OFFICE, WorkingDays(1), ["calendars.days_to_close"]),
        (around_the_clock("Asia/Shanghai"), hours(2), ["calendars.around_the_clock"]),
    ],
)
def test_how_time_counts_is_said(calendar: WorkCalendar, after: Amount, said: list[str]) -> None:
    decision = plan(Escalation(steps=(step("one", after, DESK),), calendar=calendar))
    assert assumed(decision) == ["routing.steps_from_start", "routing.seats_only", *said]


@pytest.mark.parametrize(("known", "said"), [(13, []), (12, ["calendars.holidays_end"])])
def test_holidays_must_be_known_until_the_last_step(known: int, said: list[str]) -> None:
    calendar = attrs.evolve(OFFICE, holidays_until=date(2026, 10, known))
    assert assumed(plan(attrs.evolve(PLAIN, calendar=calendar)))[2:] == said


def test_a_manner_of_counting_is_said_once() -> None:
    decision = plan(LADDER)
    assert assumed(decision)[2:] == ["calendars.days_to_same_time"]


def test_with_people_it_is_not_said_that_nobody_was_looked_up() -> None:
    assert assumed(plan(PLAIN, STAFF)) == ["routing.steps_from_start"]


# --- what cannot be built, what cannot be asked ---------------------------------------------


def test_the_facts_are_those_of_the_conditions() -> None:
    assert POLICY.fields == Fields((GRADE,))
    assert PLAIN.fields == Fields(())
    flag = FlagField("urgent")
    assert step("one", hours(1), DESK, when=flag).when == flag.condition()
    assert REMIND.label == Label("remind", "提醒")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"after": hours(-1)}, "step 'one' comes -1 hour after the start; pass 0 or more"),
        ({"tell": ()}, "step 'one' tells nobody; pass at least one seat"),
        (
            {"tell": (DESK, DESK)},
            "seat of step 'one': 'desk' appears twice; rename or remove one",
        ),
        ({"after": 2}, "EscalationStep.after is 2; pass timedelta or WorkingDays"),
        ({"tell": ("desk",)}, "EscalationStep.tell holds 'desk'; pass Seat"),
        ({"source": "S1"}, "EscalationStep.source is 'S1'; pass Source"),
        (
            {"when": "grade A"},
            "'grade A' is not a condition; write field > value, field.is_(...), or a flag field",
        ),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(given: dict[str, object], message: str) -> None:
    parts: dict[str, object] = {"after": hours(2), "tell": (DESK,), **given}
    with pytest.raises(PolicyError) as fault:
        EscalationStep("one", **parts)  # type: ignore[arg-type]
    assert str(fault.value) == message


FALLS = "; after counts from the start of the work"


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((), "an escalation without steps; pass at least one EscalationStep"),
        (
            (step("a", hours(3), DESK), step("b", hours(2), DESK)),
            f"step 'b' comes 2 hours after the start, before 'a' above it (3 hours){FALLS}",
        ),
        (
            (
                step("a", hours(3), DESK),
                step("day", WorkingDays(1), DESK),
                step("b", hours(2), DESK),
            ),
            f"step 'b' comes 2 hours after the start, before 'a' above it (3 hours){FALLS}",
        ),
        (
            (step("a", WorkingDays(2), DESK), step("b", WorkingDays(1), DESK)),
            (
                "step 'b' comes 1 working day after the start, before 'a' above it "
                f"(2 working days){FALLS}"
            ),
        ),
        (("a",), "Escalation.steps holds 'a'; pass EscalationStep"),
    ],
)
def test_steps_out_of_order_are_refused(steps: tuple[EscalationStep, ...], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        Escalation(steps=steps, calendar=OFFICE)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    "after",
    [
        (hours(2), hours(2)),
        (WorkingDays(2), WorkingDays(2)),
        (WorkingDays(2), WorkingDays(1, ends="same_time")),
        (WorkingDays(2), WorkingDays(1, first="same_day")),
        (WorkingDays(2), hours(1)),
    ],
    ids=str,
)
def test_steps_of_one_time_or_of_different_kinds_of_time_are_welcome(
    after: tuple[Amount, Amount],
) -> None:
    steps = (step("a", after[0], DESK), step("b", after[1], DESK))
    assert len(plan(Escalation(steps=steps, calendar=OFFICE)).value.notices) == 2


def test_a_step_is_named_once() -> None:
    with pytest.raises(DuplicateName, match=r"^step 'remind' appears twice; rename or remove one$"):
        attrs.evolve(POLICY, steps=(REMIND, REMIND))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"empty": "stop"}, "Escalation.empty 'stop' is no named convention; known are 'skip', "),
        ({"calendar": "office"}, "Escalation.calendar is 'office'; pass Calendar"),
        ({"source": "S1"}, "Escalation.source is 'S1'; pass Source"),
    ],
)
def test_an_escalation_takes_named_conventions(given: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as fault:
        attrs.evolve(POLICY, **given)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


FACTS: Facts = read({}, PLAIN.fields)


@pytest.mark.parametrize(
    ("facts", "policy", "staff", "message"),
    [
        ({}, PLAIN, None, "facts is {}; pass Facts"),
        (FACTS, RULE, None, "policy is "),
        (FACTS, PLAIN, STAFF.people, "staff is "),
        (FACTS, POLICY, None, "unknown field 'grade'; "),
        (FACTS, attrs.evolve(PLAIN, steps=(step("own", hours(1), OWN),)), UNITS, "unknown field "),
    ],
)
def test_wrong_arguments_are_named(
    facts: object, policy: object, staff: object, message: str
) -> None:
    with pytest.raises(InputError) as fault:
        plan_escalation(facts, policy, start=START, staff=staff)  # type: ignore[arg-type]
    assert str(fault.value).startswith(message)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (
            START.replace(tzinfo=None),
            (
                "start 2026-10-12 14:00:00 has no zone; "
                'use value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))'
            ),
        ),
        (
            date(2026, 10, 12),
            (
                "start datetime.date(2026, 10, 12) is not an instant; "
                "pass an aware datetime.datetime"
            ),
        ),
        (
            datetime(9999, 12, 31, 20, tzinfo=UTC),
            "start 9999-12-31 20:00:00+00:00 lies beyond the calendar; check the year",
        ),
    ],
)
def test_the_start_is_an_instant(start: object, message: str) -> None:
    with pytest.raises(InputError) as fault:
        plan_escalation(FACTS, PLAIN, start=start)  # type: ignore[arg-type]
    assert str(fault.value) == message
