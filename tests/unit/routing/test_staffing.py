"""Which people a duty is given to, what they are given, and what the answer says."""

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from kamcore.decision import Decision
from kamcore.errors import InputError, NaiveInstant, PolicyError, Undecided, UnknownName
from kamcore.facts import Facts, Node, TextField, TreeField, read_facts
from kamcore.routing._duties import Duty, NoOwner
from kamcore.routing._seating import Passed, Placement
from kamcore.routing._staff import Absence, Person, RateLimit, Staff, Workload
from kamcore.routing._staffing import Staffing, Unstaffed, staff_duty
from kamcore.routing._staffing_says import RULES
from kamcore.values import Days, Label, Seat, Source

AT = datetime(2026, 10, 5, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
NONE = Workload()
UNIT = TreeField(
    "unit",
    nodes=(
        Node("company", zh="总公司", en="the company"),
        Node("north", zh="华北大区", en="North", under="company"),
        Node("beijing", zh="北京分部", en="Beijing", under="north"),
    ),
    zh="所属单位",
    en="the customer's unit",
)
MANAGER = TextField("manager", zh="客户经理", en="the customer's manager")
OWN = Seat("own", Label("the account manager", "客户经理"), kind="account_manager")
DESK = Seat("desk", Label("the VIP desk", "VIP专席"), kind="queue")
REGIONAL = Seat("regional", Label("the regional manager", "区域经理"), kind="unit_role")
LEAD = Seat("lead", Label("the technical lead", "技术负责人"))
BILLING = Seat("billing", Label("the billing department", "账务部"), kind="queue")
RULE = Source("K-7", Label("Service rules", "服务规定"))


def away(last: int, stand_in: str | None = None) -> tuple[Absence, ...]:
    """Return an absence from October 1, 2026 until a day of that month, included."""
    return (Absence(Days.through(date(2026, 10, 1), date(2026, 10, last)), stand_in),)


LI = Person("li", zh="李娜", en="Li Na", unit="beijing")
ZHAO = Person("zhao", zh="赵磊", en="Zhao Lei", unit="beijing", roles=("desk",))
WANG = Person("wang", zh="王芳", en="Wang Fang", unit="beijing", roles=("desk",))
QIAN = Person("qian", zh="钱进", en="Qian Jin", unit="north", roles=("regional",))
ZHOU = Person("zhou", zh="周敏", en="Zhou Min", unit="company", heads=("company",))
STAFF = Staff(people=(LI, ZHAO, WANG, QIAN, ZHOU), zone="Asia/Shanghai", unit=UNIT, manager=MANAGER)


def with_people(*people: Person, staff: Staff = STAFF) -> Staff:
    """Return a staff some of whose people are changed, or added."""
    changed = {one.name: one for one in (*staff.people, *people)}
    return evolve(staff, people=tuple(changed.values()))


def facts_of(unit: str | None = "beijing", manager: str | None = "li") -> Facts:
    """Return where account K01 belongs and who its manager is."""
    return read_facts({"code": "K01", "unit": unit, "manager": manager}, STAFF.fields, key="code")


def ask(
    duty: Duty,
    staff: Staff = STAFF,
    *,
    unit: str | None = "beijing",
    manager: str | None = "li",
    known: str | None = None,
    workload: Workload = NONE,
) -> Decision[Staffing | Unstaffed]:
    """Return who a duty is given to."""
    facts = facts_of(unit, manager)
    return staff_duty(facts, duty, staff, at=AT, known=known, workload=workload)


def staffed(decision: Decision[Staffing | Unstaffed]) -> Staffing:
    """Return the staffing of a duty that has one."""
    assert isinstance(decision.value, Staffing)
    return decision.value


# --- the parts of a duty --------------------------------------------------------------------


def test_every_seat_is_filled() -> None:
    found = staffed(ask(Duty(OWN, (DESK,), (BILLING, LEAD), (REGIONAL,))))
    assert found == Staffing(
        Placement(OWN, "li", "own_manager"),
        (Placement(DESK, "zhao", "turn", among=2),),
        (Placement(BILLING, None, "queue"), Placement(LEAD, None, "nobody")),
        (Placement(REGIONAL, "qian", "only_one", (), "north"),),
        Workload(("zhao",), {"li": 1, "zhao": 1}),
    )


def test_who_is_asked_or_told_only_has_to_be_there() -> None:
    full = evolve(LI, capacity=0)
    found = staffed(ask(Duty(DESK, (), (OWN,), (OWN,), skills=()), with_people(full)))
    assert [one.person for one in (*found.consulted, *found.informed)] == ["li", "li"]
    assert found.workload == Workload(("zhao",), {"zhao": 1})


def test_skills_are_asked_of_who_is_accountable_or_responsible() -> None:
    staff = with_people(evolve(WANG, skills=("gis",)))
    found = staffed(ask(Duty(DESK, (OWN,), (DESK,), skills=("gis",)), staff))
    assert found.accountable.person == "wang"
    assert found.responsible == (
        Placement(
            OWN, "zhou", "head", (Passed("li", "skill", lacks=("gis",)),), "company", lacks=("gis",)
        ),
    )
    assert found.consulted == (Placement(DESK, "zhao", "turn", among=2),)


def test_who_knows_the_work_goes_first_in_every_seat_of_several() -> None:
    found = staffed(ask(Duty(OWN, (DESK,), (DESK,)), known="wang"))
    assert found.accountable.person == "li"
    assert found.responsible[0] == found.consulted[0] == Placement(DESK, "wang", "known", among=2)
    assert found.workload == Workload((), {"li": 1, "wang": 1})


# --- what they are given --------------------------------------------------------------------


def test_one_person_in_two_parts_of_a_duty_is_given_one_piece_of_work() -> None:
    li = evolve(LI, capacity=3, roles=("lead",))
    found = staffed(ask(Duty(OWN, (OWN, LEAD)), with_people(li), workload=Workload(open={"li": 2})))
    assert [one.person for one in found.responsible] == ["li", "li"]
    assert found.workload == Workload(open={"li": 3})


def test_one_who_is_chosen_by_turn_in_any_part_has_had_a_turn() -> None:
    li = evolve(LI, roles=("desk",))
    found = staffed(ask(Duty(OWN, (DESK,)), with_people(li)))
    assert found.workload == Workload(("li",), {"li": 1})


def test_a_turn_in_one_part_is_one_whatever_the_other_part_is() -> None:
    zhao = evolve(ZHAO, roles=("desk", "lead"))
    found = staffed(ask(Duty(DESK, (LEAD,)), with_people(zhao)))
    assert found.responsible == (Placement(LEAD, "zhao", "only_one"),)
    assert found.workload == Workload(("zhao",), {"zhao": 1})


@pytest.mark.parametrize(
    ("choose", "turns"), [("rotation", ("zhao",)), ("least_loaded", ("zhao",)), ("listed", ())]
)
def test_only_who_was_chosen_by_turn_has_had_one(choose: str, turns: tuple[str, ...]) -> None:
    staff = evolve(STAFF, choose=choose)  # type: ignore[arg-type]
    assert staffed(ask(Duty(DESK), staff)).workload == Workload(turns, {"zhao": 1})


def test_a_stand_in_and_a_head_are_given_work_without_a_turn() -> None:
    gone = evolve(LI, absences=away(8, "wang"))
    assert staffed(ask(Duty(OWN), with_people(gone))).workload == Workload((), {"wang": 1})
    alone = evolve(LI, absences=away(8))
    assert staffed(ask(Duty(OWN), with_people(alone))).workload == Workload((), {"zhou": 1})


def test_a_queue_that_answers_by_itself_is_given_nothing() -> None:
    before = Workload(("li",), {"li": 2})
    assert staffed(ask(Duty(BILLING), workload=before)).workload == before


def test_only_what_a_rate_limit_still_asks_is_remembered() -> None:
    limited = evolve(LI, rate=RateLimit(3, HOUR))
    second = timedelta(seconds=1)
    before = (
        ("li", AT - HOUR),
        ("li", AT - HOUR + second),
        ("wang", AT - second),
        ("li", AT + HOUR),
    )
    duty, staff = Duty(OWN, (DESK,)), with_people(limited)
    found = staffed(ask(duty, staff, workload=Workload(assigned=before)))
    assert found.workload.assigned == (
        ("li", AT - HOUR + second),
        ("li", AT + HOUR),
        ("li", AT),
    )


def test_what_is_over_is_told_by_time_that_passed() -> None:
    """From 01:30 to 03:30 of the night on which the clock is put back, three hours pass."""
    berlin = ZoneInfo("Europe/Berlin")
    given, at = (datetime(2026, 10, 25, hour, 30, tzinfo=berlin) for hour in (1, 3))
    for hours, kept in ((3, ()), (4, (("li", given),))):
        staff = with_people(evolve(LI, rate=RateLimit(2, hours * HOUR)))
        workload = Workload(assigned=(("li", given),))
        found = staff_duty(facts_of(), Duty(OWN), staff, at=at, workload=workload)
        assert staffed(found).workload.assigned == (*kept, ("li", at))


def test_the_workload_of_one_answer_is_that_of_the_next_question() -> None:
    workload, chosen = NONE, list[str | None]()
    for _ in range(5):
        found = staffed(ask(Duty(DESK), workload=workload))
        chosen.append(found.accountable.person)
        workload = found.workload
    assert chosen == ["zhao", "wang", "zhao", "wang", "zhao"]
    assert workload == Workload(("wang", "zhao"), {"zhao": 3, "wang": 2})


# --- in absence: the own manager, then the VIP desk (S4-12) ----------------------------------

CALL = Duty(OWN, in_absence=DESK)


def test_a_manager_who_is_there_answers_and_not_the_desk() -> None:
    assert staffed(ask(CALL)).accountable == Placement(OWN, "li", "own_manager")


@pytest.mark.parametrize(
    ("manager", "note"),
    [
        (
            evolve(LI, absences=away(8, "qian")),
            Passed("li", "absent", last=date(2026, 10, 8), stand_in="qian"),
        ),
        (evolve(LI, capacity=0), Passed("li", "full", count=0, most=0)),
        (evolve(LI, active=False), Passed("li", "left")),
    ],
    ids=["absent", "full", "left"],
)
def test_the_desk_answers_for_a_manager_who_cannot_and_no_stand_in_does(
    manager: Person, note: Passed
) -> None:
    found = staffed(ask(CALL, with_people(manager)))
    assert found.accountable == Placement(DESK, "zhao", "turn", (note,), among=2, relieves=OWN)


def test_the_desk_answers_for_an_account_without_a_manager() -> None:
    decision = ask(CALL, manager=None)
    assert decision.missing == ()
    assert staffed(decision).accountable == Placement(DESK, "zhao", "turn", among=2, relieves=OWN)


def test_without_a_desk_an_account_without_a_manager_is_undecided() -> None:
    assert [fact.name for fact in ask(Duty(OWN), manager=None).missing] == ["manager"]


def test_in_absence_the_desk_also_carries_out_what_the_manager_would() -> None:
    decision = ask(evolve(CALL, responsible=(OWN,)), manager=None)
    found = staffed(decision)
    assert found.responsible == (found.accountable,)
    assert found.workload == Workload(("zhao",), {"zhao": 1})
    assert decision.missing == ()


def test_a_manager_whom_the_account_does_not_name_cannot_be_told() -> None:
    decision = ask(evolve(CALL, informed=(OWN,)), manager=None)
    assert staffed(decision).informed == (Placement(OWN, None, "nobody"),)
    assert [fact.name for fact in decision.missing] == ["manager"]


def test_an_absent_managers_stand_in_is_told() -> None:
    gone = evolve(LI, absences=away(8, "qian"))
    found = staffed(ask(evolve(CALL, informed=(OWN,)), with_people(gone)))
    assert (found.accountable.seat, found.informed[0].person) == (DESK, "qian")


def test_one_who_is_passed_over_for_both_seats_is_named_once() -> None:
    gone = evolve(LI, absences=away(8), roles=("desk",))
    found = staffed(ask(CALL, with_people(gone)))
    assert found.accountable.passed == (Passed("li", "absent", last=date(2026, 10, 8)),)


def test_one_who_takes_it_at_the_desk_is_not_passed_over() -> None:
    """At the desk, the head takes it without the skill that was asked of the manager."""
    li = evolve(LI, heads=("beijing",))
    staff = with_people(li, evolve(WANG, roles=()), evolve(ZHAO, capacity=0))
    found = staffed(ask(evolve(CALL, skills=("gis",)), staff))
    assert found.accountable == Placement(
        DESK,
        "li",
        "head",
        (Passed("zhao", "skill", lacks=("gis",)),),
        "beijing",
        lacks=("gis",),
        relieves=OWN,
    )


def test_the_seat_in_absence_has_stand_ins_and_heads_of_its_own() -> None:
    gone = [evolve(one, absences=away(8)) for one in (LI, ZHAO, WANG)]
    found = staffed(ask(CALL, with_people(*gone)))
    assert (found.accountable.person, found.accountable.how) == ("zhou", "head")


def test_the_fact_of_the_seat_in_absence_is_only_asked_where_it_is_needed() -> None:
    duty = Duty(OWN, in_absence=REGIONAL)
    assert ask(duty, unit=None).decided
    gone = with_people(evolve(LI, absences=away(8)))
    assert [fact.name for fact in ask(duty, gone, unit=None).missing] == ["unit"]
    assert staffed(ask(duty, gone)).accountable.person == "qian"


def test_in_absence_of_a_role_its_own_fact_may_not_be_missing() -> None:
    decision = ask(Duty(REGIONAL, in_absence=DESK), unit=None)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["unit"]
    bare = Staff(people=(LEAD_OF_DESK,), zone="UTC")
    found = staff_duty(read_facts({}, bare.fields), Duty(LEAD, in_absence=DESK), bare, at=AT)
    assert staffed(found).accountable == Placement(DESK, "yu", "only_one", relieves=LEAD)


LEAD_OF_DESK = Person("yu", zh="于洋", en="Yu Yang", roles=("desk",))


# --- nobody, and nobody yet -----------------------------------------------------------------


def test_a_duty_for_which_nobody_is_there_is_refused() -> None:
    gone = [evolve(one, absences=away(8)) for one in STAFF.people]
    decision = ask(Duty(OWN, (DESK,)), with_people(*gone))
    notes = tuple(Passed(name, "absent", last=date(2026, 10, 8)) for name in ("li", "zhou"))
    assert decision.value == Unstaffed(Placement(OWN, None, "nobody", notes))
    assert decision.missing == ()


def test_a_missing_fact_that_says_who_is_accountable_leaves_the_people_open() -> None:
    decision = ask(Duty(OWN, (DESK,), (LEAD,), (REGIONAL,)), unit=None, manager=None)
    assert not decision.decided
    assert [fact.name for fact in decision.missing] == ["manager"]
    assert decision.lines("en") == (
        "nobody can be named yet: the customer's manager not known",
        "Missing: the customer's manager",
    )
    assert decision.lines("zh") == (
        "暂无法确定负责人员：未提供客户经理",
        "未提供：客户经理",
    )
    with pytest.raises(Undecided) as fault:
        _ = decision.value
    assert fault.value.missing == ("manager",)


PARTS = ("responsible", "consulted", "informed")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("seat", "fact"), [(OWN, "manager"), (REGIONAL, "unit")])
def test_a_missing_fact_leaves_only_the_seat_vacant_that_hangs_on_it(
    part: str, seat: Seat, fact: str
) -> None:
    seats = {name: (seat, LEAD) if name == part else () for name in PARTS}
    duty = Duty(DESK, seats["responsible"], seats["consulted"], seats["informed"])
    decision = ask(duty, unit=None, manager=None)
    found = staffed(decision)
    assert found.accountable == Placement(DESK, "zhao", "turn", among=2)
    assert getattr(found, part) == (
        Placement(seat, None, "nobody"),
        Placement(LEAD, None, "nobody"),
    )
    assert found.workload == Workload(("zhao",), {"zhao": 1})
    assert [one.name for one in decision.missing] == [fact]
    known = ask(duty)
    assert getattr(staffed(known), part)[0].person is not None
    assert known.missing == ()


def test_the_facts_of_vacant_seats_are_each_named_once() -> None:
    decision = ask(Duty(DESK, (OWN,), (REGIONAL,), (REGIONAL_TOO, OWN)), unit=None, manager=None)
    assert sorted(fact.name for fact in decision.missing) == ["manager", "unit"]
    assert [one.how for one in staffed(decision).informed] == ["nobody", "nobody"]


REGIONAL_TOO = Seat("regional_too", Label("the deputy", "副经理"), kind="unit_role")


# --- the decision ---------------------------------------------------------------------------


def test_the_decision_bears_the_staffs_fingerprint_and_its_source() -> None:
    staff = evolve(STAFF, source=RULE)
    decision = ask(Duty(OWN), staff)
    assert decision.fingerprint == staff.fingerprint
    assert decision.reasons[0].source == RULE
    assert ask(Duty(OWN), staff, manager=None).reasons[0].source == RULE


def test_a_decision_is_equal_to_itself_and_survives_pickling() -> None:
    gone = with_people(evolve(LI, absences=away(8, "wang")))
    one, other = (ask(Duty(OWN, (DESK,)), gone) for _ in range(2))
    assert one == other == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(other)


def test_every_rule_has_its_own_id() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


# --- what the answer says -------------------------------------------------------------------

SUBSTITUTES = (
    (
        "where no holder of a seat can take it, the stand-ins follow, then the head of the unit "
        "and of those above it"
    ),
    "本岗位无人可承担的，先由职务代理人、再由所在单位及上级单位的单位负责人承担",
)
DAYS = (
    "absence is counted in days of Asia/Shanghai, the first and the last included",
    "不在岗按北京时间的自然日计，首尾两日均含",
)
TURNS = (
    "among several, work goes to the one who has waited longest for a turn",
    "多人可承担时，由最久未轮到者承担",
)
GONE = evolve(LI, absences=away(8, "zhao"))
ZHAO_GONE = evolve(ZHAO, absences=away(6, "wang"))


def said(
    decision: Decision[Staffing | Unstaffed], *conventions: tuple[str, str]
) -> tuple[list[str], list[str]]:
    """Return the lines in both languages, without the conventions, which are as given."""
    en, zh = (list(decision.lines(lang, at_most=None)) for lang in ("en", "zh"))
    if conventions:
        assert en.pop() == f"Convention: {'; '.join(one for one, _ in conventions)}"
        assert zh.pop() == f"口径：{'；'.join(one for _, one in conventions)}"
    return en, zh


def test_saying_who_is_accountable() -> None:
    assert said(ask(Duty(OWN))) == (
        ["Li Na is accountable, as the account manager"],
        ["由客户经理李娜负责"],
    )


def test_saying_that_a_queue_answers_by_itself() -> None:
    assert said(ask(Duty(BILLING, (BILLING,)))) == (
        [
            "the billing department is accountable as a whole: nobody is listed for it by name",
            "carried out by the billing department",
        ],
        ["由账务部负责，未列具体人员", "执行：账务部"],
    )


def test_saying_who_stands_in() -> None:
    assert said(ask(Duty(OWN), with_people(GONE)), SUBSTITUTES, DAYS) == (
        [
            (
                "Zhao Lei (stand-in of Li Na, who is absent through 2026-10-08) is accountable, "
                "for the account manager"
            )
        ],
        ["由赵磊代李娜履行客户经理职责；李娜不在岗，至2026年10月8日止"],
    )


def test_saying_a_chain_of_stand_ins() -> None:
    assert said(ask(Duty(OWN), with_people(GONE, ZHAO_GONE)), SUBSTITUTES, DAYS) == (
        [
            (
                "Wang Fang (stand-in of Li Na, who is absent through 2026-10-08) is accountable, "
                "for the account manager"
            ),
            "next in line, and absent too: Zhao Lei (through 2026-10-06)",
        ],
        [
            "由王芳代李娜履行客户经理职责；李娜不在岗，至2026年10月8日止",
            "其职务代理人亦不在岗：赵磊（至2026年10月6日止）",
        ],
    )


def test_a_long_chain_is_cut() -> None:
    links = [
        Person(f"p{number}", absences=away(8, f"p{number + 1}"), zh=f"代{number}")
        for number in range(14)
    ]
    staff = with_people(*links, Person("p14"))
    en, zh = said(ask(Duty(OWN), staff, manager="p0"), SUBSTITUTES, DAYS)
    assert en[1] == (
        "next in line, and absent too: p1 (through 2026-10-08), p2 (through 2026-10-08), "
        "p3 (through 2026-10-08) and 10 more"
    )
    assert zh[1] == (
        "其职务代理人亦不在岗：代1（至2026年10月8日止）、代2（至2026年10月8日止）、"
        "代3（至2026年10月8日止）等 13 人"
    )
    assert len(en) == len(zh) == 2


def test_saying_a_circle_and_the_head() -> None:
    circle = (GONE, evolve(ZHAO_GONE, absences=away(6, "li")))
    assert said(ask(Duty(OWN), with_people(*circle)), SUBSTITUTES, DAYS) == (
        [
            "Zhou Min is accountable as head of the company, for the account manager",
            (
                "not available: Li Na (absent through 2026-10-08, stand-in Zhao Lei), "
                "Zhao Lei (absent through 2026-10-06, stand-in Li Na)"
            ),
            "the stand-ins point in a circle: Li Na → Zhao Lei → Li Na",
        ],
        [
            "由总公司单位负责人周敏代行客户经理职责",
            (
                "以下人员无法承担：李娜（不在岗，至2026年10月8日止，职务代理人为赵磊）、"
                "赵磊（不在岗，至2026年10月6日止，职务代理人为李娜）"
            ),
            "职务代理关系形成循环：李娜 → 赵磊 → 李娜",
        ],
    )


def test_saying_that_a_head_lacks_skills() -> None:
    decision = ask(Duty(OWN, skills=("gis", "trunk")))
    assert said(decision, SUBSTITUTES) == (
        [
            "Zhou Min is accountable as head of the company, for the account manager",
            "Zhou Min takes it without the skills gis, trunk",
            "not available: Li Na (without the skills gis, trunk)",
        ],
        [
            "由总公司单位负责人周敏代行客户经理职责",
            "周敏承担该项工作，但不具备技能：gis、trunk",
            "以下人员无法承担：李娜（不具备技能：gis、trunk）",
        ],
    )


def test_saying_who_stands_in_for_a_head() -> None:
    staff = with_people(evolve(LI, active=False), evolve(ZHOU, absences=away(7, "qian")))
    assert said(ask(Duty(OWN, (LEAD,), (), (OWN,)), staff), SUBSTITUTES, DAYS) == (
        [
            (
                "Qian Jin (stand-in of Zhou Min, head of the company, who is absent through "
                "2026-10-07) is accountable, for the account manager"
            ),
            "not available: Li Na (has left the company)",
            (
                "informed: Qian Jin (stand-in of Zhou Min, head of the company, for the account "
                "manager)"
            ),
            "no one at this time for the technical lead (nobody is listed)",
        ],
        [
            "由钱进代总公司单位负责人周敏履行客户经理职责；周敏不在岗，至2026年10月7日止",
            "以下人员无法承担：李娜（已离职）",
            "知会：钱进（代总公司单位负责人周敏，代行客户经理职责）",
            "目前无人：技术负责人（名单中无人担任）",
        ],
    )


def test_saying_whose_turn_it_is_and_who_was_passed_over() -> None:
    people = (
        Person("sun", zh="孙悦", en="Sun Yue", roles=("desk",), capacity=2),
        evolve(ZHAO, absences=away(6, "wang")),
        Person("wu", zh="吴迪", en="Wu Di", roles=("desk",), rate=RateLimit(2, HOUR)),
        Person("xu", zh="徐静", en="Xu Jing", roles=("desk",)),
    )
    workload = Workload(("wang",), {"sun": 2}, (("wu", AT), ("wu", AT - timedelta(minutes=1))))
    decision = ask(Duty(DESK), with_people(*people), workload=workload, known="li")
    assert said(decision, TURNS, DAYS) == (
        [
            "Xu Jing of the VIP desk is accountable",
            "it is the turn of Xu Jing, among 2 who can take it",
            (
                "not available: Zhao Lei (absent through 2026-10-06), "
                "Sun Yue (2 pieces of open work, at most 2), Wu Di (given 2 within 1 hour, "
                "at most 2) and 1 more"
            ),
        ],
        [
            "由VIP专席的徐静负责",
            "轮到徐静，目前可承担者共 2 人",
            (
                "以下人员无法承担：赵磊（不在岗，至2026年10月6日止）、"
                "孙悦（未结工作 2 件，上限 2 件）、吴迪（1 小时内已派 2 件，上限 2 件）等 4 人"
            ),
        ],
    )


def test_saying_that_nobody_else_can_take_it() -> None:
    decision = ask(Duty(DESK), with_people(evolve(WANG, absences=away(6))), known="li")
    assert said(decision, TURNS, DAYS) == (
        [
            "Zhao Lei of the VIP desk is accountable",
            "nobody else can take it at this time",
            (
                "not available: Wang Fang (absent through 2026-10-06), "
                "Li Na (knows this work, but does not hold the seat)"
            ),
        ],
        [
            "由VIP专席的赵磊负责",
            "目前没有其他人可以承担",
            "以下人员无法承担：王芳（不在岗，至2026年10月6日止）、李娜（熟悉该项工作，但不在该岗位）",
        ],
    )


@pytest.mark.parametrize(
    ("choose", "en", "zh", "convention"),
    [
        (
            "least_loaded",
            "Wang Fang has the least open work (1) of 2 who can take it",
            "王芳未结工作最少（1 件），目前可承担者共 2 人",
            (
                "among several, work goes to the one with the least open work, then by turn",
                "多人可承担时，由未结工作最少者承担，相同的按轮次",
            ),
        ),
        (
            "listed",
            "Zhao Lei stands first in the list of 2 who can take it",
            "赵磊在名单上排在最前，目前可承担者共 2 人",
            (
                "among several, work goes to the first in the list",
                "多人可承担时，按名单先后",
            ),
        ),
    ],
)
def test_saying_how_one_of_several_was_chosen(
    choose: str, en: str, zh: str, convention: tuple[str, str]
) -> None:
    staff = evolve(STAFF, choose=choose)  # type: ignore[arg-type]
    lines = said(ask(Duty(DESK), staff, workload=Workload(open={"wang": 1, "zhao": 4})), convention)
    assert (lines[0][1], lines[1][1]) == (en, zh)


def test_saying_that_somebody_knows_the_work() -> None:
    assert said(ask(Duty(DESK), known="wang")) == (
        [
            "Wang Fang of the VIP desk is accountable",
            "Wang Fang knows this work already and goes before the others",
        ],
        ["由VIP专席的王芳负责", "王芳已熟悉该项工作，优先安排"],
    )


def test_saying_that_the_role_is_held_in_the_unit_above() -> None:
    assert said(ask(Duty(REGIONAL))) == (
        [
            "Qian Jin is accountable, as the regional manager",
            "Beijing has nobody as the regional manager, so North above it is asked",
        ],
        ["由区域经理钱进负责", "北京分部没有区域经理，由上级单位华北大区的人员承担"],
    )


def test_saying_that_the_role_is_held_in_the_unit_itself_needs_no_words() -> None:
    assert len(ask(Duty(REGIONAL), unit="north").reasons) == 1


def test_saying_who_else_has_a_part() -> None:
    duty = Duty(OWN, (DESK, BILLING), (REGIONAL,), (LEAD, OWN))
    staff = with_people(ZHAO_GONE, evolve(WANG, capacity=0), evolve(QIAN, absences=away(9, "li")))
    assert said(ask(duty, staff), SUBSTITUTES, DAYS) == (
        [
            "Li Na is accountable, as the account manager",
            (
                "carried out by Zhou Min (as head of the company, for the VIP desk), the billing "
                "department"
            ),
            "consulted: Li Na (stand-in of Qian Jin, the regional manager)",
            "informed: Li Na (the account manager)",
            "no one at this time for the technical lead (nobody is listed)",
            (
                "not available for the VIP desk: Zhao Lei (absent through 2026-10-06, stand-in "
                "Wang Fang), Wang Fang (0 pieces of open work, at most 0)"
            ),
            "Beijing has nobody as the regional manager, so North above it is asked",
            (
                "not available for the regional manager: Qian Jin (absent through 2026-10-09, "
                "stand-in Li Na)"
            ),
        ],
        [
            "由客户经理李娜负责",
            "执行：周敏（总公司单位负责人，代行VIP专席职责）、账务部",
            "征询：李娜（代钱进履行区域经理职责）",
            "知会：李娜（客户经理）",
            "目前无人：技术负责人（名单中无人担任）",
            (
                "以下人员无法承担VIP专席的工作：赵磊（不在岗，至2026年10月6日止，职务代理人为王芳）、"
                "王芳（未结工作 0 件，上限 0 件）"
            ),
            "北京分部没有区域经理，由上级单位华北大区的人员承担",
            "以下人员无法承担区域经理的工作：钱进（不在岗，至2026年10月9日止，职务代理人为李娜）",
        ],
    )


def test_an_explanation_has_at_most_seven_lines() -> None:
    duty = Duty(OWN, (DESK, BILLING), (REGIONAL,), (LEAD, OWN))
    staff = with_people(ZHAO_GONE, evolve(WANG, capacity=0), evolve(QIAN, absences=away(9, "li")))
    decision = ask(duty, staff)
    en, zh = decision.lines("en"), decision.lines("zh")
    assert len(en) == len(zh) == 7
    assert (en[5], zh[5]) == ("… and 3 more reasons", "……另有 3 条理由")


def test_saying_that_a_seat_with_people_has_nobody() -> None:
    staff = with_people(evolve(ZHAO_GONE, roles=("lead",)), evolve(WANG, capacity=0))
    staff = with_people(evolve(ZHOU, capacity=0), staff=staff)
    lines = said(ask(Duty(OWN, (LEAD,)), staff), SUBSTITUTES, DAYS)
    assert (lines[0][1], lines[1][1]) == (
        "no one at this time for the technical lead",
        "目前无人：技术负责人",
    )


def test_nothing_is_said_twice() -> None:
    circle = with_people(GONE, evolve(ZHAO_GONE, absences=away(6, "li")))
    en, zh = said(ask(Duty(REGIONAL, (), (OWN, LEAD), (OWN, LEAD)), circle), SUBSTITUTES, DAYS)
    for lines, circled, listed in (
        (en, "the stand-ins point in a circle: Li Na → Zhao Lei → Li Na", "(nobody is listed)"),
        (zh, "职务代理关系形成循环：李娜 → 赵磊 → 李娜", "（名单中无人担任）"),
    ):
        assert lines.count(circled) == 1
        assert sum(line.count(listed) for line in lines) == 1
        assert len(lines) == len(set(lines)) == 7


def test_saying_that_the_desk_answers_in_absence() -> None:
    assert said(ask(CALL, with_people(GONE)), TURNS, DAYS) == (
        [
            "Zhao Lei of the VIP desk is accountable",
            "nobody can take it as the account manager, so it falls to the VIP desk",
            "it is the turn of Zhao Lei, among 2 who can take it",
            "not available: Li Na (absent through 2026-10-08)",
        ],
        [
            "由VIP专席的赵磊负责",
            "目前无法由客户经理承担，转由VIP专席承担",
            "轮到赵磊，目前可承担者共 2 人",
            "以下人员无法承担：李娜（不在岗，至2026年10月8日止）",
        ],
    )


def test_saying_that_the_account_names_no_manager() -> None:
    en, zh = said(ask(evolve(CALL, informed=(OWN,)), manager=None), TURNS, SUBSTITUTES)
    assert (en[1], zh[1]) == (
        "the account does not say who the account manager is, so it falls to the VIP desk",
        "该客户未指定客户经理，转由VIP专席承担",
    )
    assert (en[-2:], zh[-2:]) == (
        [
            "no one at this time for the account manager (the account names none)",
            "Missing: the customer's manager",
        ],
        ["目前无人：客户经理（该客户未指定）", "未提供：客户经理"],
    )


def test_saying_that_nobody_is_accountable() -> None:
    gone = [evolve(one, absences=away(8)) for one in STAFF.people]
    assert said(ask(Duty(OWN, (DESK,)), with_people(*gone)), SUBSTITUTES, DAYS) == (
        [
            "nobody is accountable: no one can take the work for the account manager at this time",
            (
                "not available: Li Na (absent through 2026-10-08, no stand-in), "
                "Zhou Min (absent through 2026-10-08, no stand-in)"
            ),
        ],
        [
            "无人负责：客户经理目前无人可承担",
            (
                "以下人员无法承担：李娜（不在岗，至2026年10月8日止，未指定职务代理人）、"
                "周敏（不在岗，至2026年10月8日止，未指定职务代理人）"
            ),
        ],
    )


def test_saying_that_nobody_is_listed() -> None:
    assert said(ask(Duty(LEAD)), SUBSTITUTES) == (
        [
            "nobody is accountable: no one can take the work for the technical lead at this time",
            "nobody is listed as the technical lead",
        ],
        ["无人负责：技术负责人目前无人可承担", "名单中无人担任技术负责人"],
    )


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        (
            "beijing",
            "nobody is listed as the regional manager in Beijing or above",
            "北京分部及上级单位的名单中无人担任区域经理",
        ),
        (
            "north",
            "nobody is listed as the regional manager in North or above",
            "华北大区及上级单位的名单中无人担任区域经理",
        ),
    ],
)
def test_saying_from_which_unit_upwards_nobody_is_listed(unit: str, en: str, zh: str) -> None:
    """Another unit may well have somebody."""
    south = Node("south", zh="华南大区", en="South", under="company")
    tree = evolve(UNIT, nodes=(*UNIT.nodes, south))
    staff = with_people(evolve(QIAN, unit="south"), staff=evolve(STAFF, unit=tree))
    facts = read_facts({"unit": unit, "manager": "li"}, staff.fields)
    decision = staff_duty(facts, Duty(REGIONAL), staff, at=AT)
    assert said(decision, SUBSTITUTES) == (
        ["Zhou Min is accountable as head of the company, for the regional manager", en],
        ["由总公司单位负责人周敏代行区域经理职责", zh],
    )


def test_words_of_people_may_have_braces() -> None:
    staff = with_people(Person("li", en="{L}", absences=away(8, "li"), unit="beijing"))
    assert ask(Duty(OWN), staff).lines("en")[1:3] == (
        "not available: {L} (absent through 2026-10-08, stand-in {L})",
        "the stand-ins point in a circle: {L} → {L}",
    )


# --- what cannot be asked -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "workload", "what"),
    [
        ("lu", NONE, "known"),
        (None, Workload(("lu",)), "turns"),
        (None, Workload(open={"lu": 1}), "open"),
        (None, Workload(assigned=(("lu", AT),)), "assigned"),
    ],
)
def test_names_are_those_of_the_people(known: str | None, workload: Workload, what: str) -> None:
    with pytest.raises(UnknownName) as fault:
        ask(Duty(DESK), known=known, workload=workload)
    assert isinstance(fault.value, InputError)
    assert str(fault.value) == (
        f"unknown person in {what} 'lu'; known are 'li', 'zhao', 'wang', 'qian', 'zhou'"
    )


def test_what_is_given_has_the_kinds_that_are_asked() -> None:
    facts, decided = facts_of(), ask(Duty(OWN))
    with pytest.raises(
        InputError, match=r"^duty is Decision\(.*; pass Duty, which is its \.value$"
    ):
        staff_duty(facts, decided, STAFF, at=AT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^duty is NoOwner\(note=None\); pass Duty$"):
        staff_duty(facts, NoOwner(), STAFF, at=AT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^facts is \{\}; pass Facts$"):
        staff_duty({}, Duty(OWN), STAFF, at=AT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^staff is None; pass Staff$"):
        staff_duty(facts, Duty(OWN), None, at=AT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^workload is None; pass Workload$"):
        staff_duty(facts, Duty(OWN), STAFF, at=AT, workload=None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^known is 7; pass str$"):
        staff_duty(facts, Duty(OWN), STAFF, at=AT, known=7)  # type: ignore[arg-type]
    for known in (facts, facts_of(None, None)):
        with pytest.raises(NaiveInstant):
            staff_duty(known, Duty(OWN), STAFF, at=datetime(2026, 10, 5))


def test_a_seat_of_the_unit_needs_a_staff_with_units() -> None:
    bare = Staff(people=(), zone="UTC")
    with pytest.raises(PolicyError, match=r"pass unit=TreeField\(\.\.\.\)$"):
        staff_duty(read_facts({}, bare.fields), Duty(LEAD, informed=(REGIONAL,)), bare, at=AT)
    with pytest.raises(PolicyError, match=r"pass manager=TextField\(\.\.\.\)$"):
        staff_duty(read_facts({}, bare.fields), Duty(OWN, in_absence=DESK), bare, at=AT)


def test_a_manager_is_one_of_the_people() -> None:
    with pytest.raises(InputError, match=r"^manager 'lee' of account 'K01' is not among"):
        ask(CALL, manager="lee")


def test_a_vacant_seat_of_the_unit_says_what_is_missing_or_who() -> None:
    en, zh = said(ask(Duty(DESK, informed=(REGIONAL,)), unit=None), TURNS, SUBSTITUTES)
    assert "no one at this time for the regional manager (the customer's unit is not known)" in en
    assert "目前无人：区域经理（未提供所属单位）" in zh
    left = with_people(evolve(QIAN, roles=()), evolve(ZHOU, heads=()))
    en, zh = said(ask(Duty(DESK, informed=(REGIONAL,)), left), TURNS, SUBSTITUTES)
    assert (
        "no one at this time for the regional manager (nobody is listed in Beijing or above)" in en
    )
    assert "目前无人：区域经理（北京分部及上级单位无人担任）" in zh
