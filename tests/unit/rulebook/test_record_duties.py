"""Every question about responsibility is kept, stored, and asked again in another process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import attrs
import pytest
from tests.contract._duties import (
    ACCESS,
    AUTHORITY,
    CALL,
    DAY,
    DUTIES,
    ESCALATION,
    HEAD,
    HOLIDAY,
    LAST,
    SPACE,
    SPECIFIC,
    STAFF,
    VISIT,
    WORK,
    WORKLOAD,
    case,
)

from kamcore import routing
from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.errors import FingerprintMismatch, UnknownName
from kamcore.routing import (
    DutyRules,
    Staff,
    Workload,
    check_access,
    check_authority,
    check_duties,
    compare_duties,
    draw_matrix,
    find_rivals,
    find_vacancies,
    plan_escalation,
    route_work,
    simulate_load,
    staff_duty,
)
from kamcore.rulebook import keep_record, replay

KNOWN = case(work="call", tier="A", amount=9_000, unit="north", manager="li")
UNKNOWN = case()
BOOK = (KNOWN, case("K2", work="gift", tier="B", unit="beijing"), UNKNOWN)
BEFORE = attrs.evolve(DUTIES, otherwise=None)
QUESTIONS: dict[str, Callable[[], Record[Decision[object]]]] = {
    "route_work": lambda: keep_record(route_work, KNOWN, DUTIES, on=DAY.date()),
    "route_work on a holiday": lambda: keep_record(route_work, KNOWN, DUTIES, on=HOLIDAY.date()),
    "route_work of an open case": lambda: keep_record(
        route_work, case(work="gift", tier="B"), DUTIES, on=DAY.date()
    ),
    "route_work by default": lambda: keep_record(route_work, UNKNOWN, DUTIES, on=DAY.date()),
    "route_work undecided": lambda: keep_record(route_work, UNKNOWN, SPECIFIC),
    "route_work by the last": lambda: keep_record(route_work, KNOWN, LAST),
    "check_duties": lambda: keep_record(check_duties, LAST),
    "check_duties in a space": lambda: keep_record(check_duties, DUTIES, SPACE),
    "compare_duties": lambda: keep_record(
        compare_duties, LAST, attrs.evolve(LAST, otherwise=VISIT)
    ),
    "compare_duties for a book": lambda: keep_record(
        compare_duties,
        BEFORE,
        DUTIES,
        space=SPACE,
        book=(facts for facts in BOOK),
        each=WORK,
        on=DAY.date(),
    ),
    "staff_duty": lambda: keep_record(staff_duty, KNOWN, CALL, STAFF, at=DAY),
    "staff_duty on a holiday": lambda: keep_record(
        staff_duty, KNOWN, VISIT, STAFF, at=HOLIDAY, known="li", workload=WORKLOAD
    ),
    "staff_duty without anybody": lambda: keep_record(
        staff_duty, KNOWN, VISIT, attrs.evolve(STAFF, people=NOBODY), at=DAY
    ),
    "staff_duty undecided": lambda: keep_record(staff_duty, UNKNOWN, VISIT, STAFF, at=DAY),
    "plan_escalation": lambda: keep_record(plan_escalation, KNOWN, ESCALATION, start=DAY),
    "plan_escalation for people": lambda: keep_record(
        plan_escalation, KNOWN, ESCALATION, start=HOLIDAY, staff=STAFF
    ),
    "plan_escalation, facts missing": lambda: keep_record(
        plan_escalation, UNKNOWN, ESCALATION, start=DAY, staff=STAFF
    ),
    "check_authority": lambda: keep_record(check_authority, KNOWN, AUTHORITY, seat="desk", at=DAY),
    "check_authority of a seat": lambda: keep_record(
        check_authority, case(amount=500), AUTHORITY, seat=HEAD, at=DAY
    ),
    "check_authority undecided": lambda: keep_record(
        check_authority, UNKNOWN, AUTHORITY, seat=HEAD, at=HOLIDAY
    ),
    "check_access": lambda: keep_record(check_access, KNOWN, ACCESS, person=STAFF.person("li")),
    "check_access refused": lambda: keep_record(
        check_access, UNKNOWN, ACCESS, person=STAFF.person("wang"), act="export"
    ),
}
NOBODY = tuple(attrs.evolve(one, active=False) for one in STAFF.people)
NO_DECISIONS = (find_rivals, find_vacancies, simulate_load, draw_matrix)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_kept_answer_is_stored_read_and_asked_again(name: str) -> None:
    record = QUESTIONS[name]()
    assert record.question == name.split(maxsplit=1)[0].rstrip(",")
    assert record.fingerprint == record.policy.fingerprint == record.answer.fingerprint
    copy: Record[Decision[object]] = from_json(to_json(record), Record)
    assert copy == record
    assert to_json(copy) == to_json(record)
    for lang in ("en", "zh"):
        assert copy.answer.explain(lang) == record.answer.explain(lang)
    assert replay(copy).same
    assert replay(copy, record.policy).same


ASK_AGAIN = """
import json, sys
from kamcore.codec import from_json, to_json
from kamcore.decision import Record
from kamcore.rulebook import replay

again = {}
for name, text in json.load(sys.stdin).items():
    found = replay(from_json(text, Record))
    again[name] = [found.same, to_json(found.again)]
json.dump(again, sys.stdout)
"""


@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_process_gives_the_same_answers_whatever_its_hash_seed(seed: str) -> None:
    records = {name: ask() for name, ask in QUESTIONS.items()}
    done = subprocess.run(  # noqa: S603 - the interpreter that runs the tests
        [sys.executable, "-c", ASK_AGAIN],
        input=json.dumps({name: to_json(record) for name, record in records.items()}),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )
    assert json.loads(done.stdout) == {
        name: [True, to_json(record.answer)] for name, record in records.items()
    }


def test_the_questions_are_all_decisions_of_the_room() -> None:
    asked = {name.split(maxsplit=1)[0].rstrip(",") for name in QUESTIONS}
    left_out = {question.__name__ for question in NO_DECISIONS}
    assert asked | left_out == {name for name in routing.__all__ if name.islower()}
    assert not asked & left_out


@pytest.mark.parametrize("question", NO_DECISIONS, ids=lambda question: question.__name__)
def test_what_is_no_decision_is_not_kept(question: Callable[..., object]) -> None:
    with pytest.raises(UnknownName, match=f"unknown question '{question.__name__}'"):
        keep_record(question, KNOWN, DUTIES)  # type: ignore[type-var]  # on purpose


@pytest.mark.parametrize(
    ("name", "policy", "others"),
    [
        ("route_work", DUTIES, ["facts", "on"]),
        ("check_duties", LAST, ["space"]),
        ("compare_duties for a book", DUTIES, ["before", "space", "book", "each", "on"]),
        ("staff_duty", STAFF, ["facts", "duty", "at", "known", "workload"]),
        ("plan_escalation for people", ESCALATION, ["facts", "start", "staff"]),
        ("check_authority", AUTHORITY, ["facts", "seat", "at"]),
        ("check_access", ACCESS, ["facts", "person", "act"]),
    ],
)
def test_the_policy_of_a_record_is_the_one_that_answers(
    name: str, policy: DutyRules | Staff, others: list[str]
) -> None:
    record = QUESTIONS[name]()
    assert record.policy == policy
    assert [key for key, _ in record.arguments] == others


def test_a_book_and_a_workload_are_kept_as_they_were() -> None:
    assert dict(QUESTIONS["compare_duties for a book"]().arguments)["book"] == BOOK
    assert dict(QUESTIONS["staff_duty on a holiday"]().arguments)["workload"] == WORKLOAD
    assert dict(QUESTIONS["staff_duty"]().arguments)["workload"] == Workload()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("route_work", BEFORE),
        ("compare_duties for a book", BEFORE),
        ("staff_duty", attrs.evolve(STAFF, choose="listed")),
        ("plan_escalation for people", attrs.evolve(ESCALATION, empty="wait")),
        ("check_authority", attrs.evolve(AUTHORITY, note=None)),
        ("check_access", attrs.evolve(ACCESS, grants=ACCESS.grants[:1])),
    ],
)
def test_another_policy_is_refused(name: str, change: DutyRules | Staff) -> None:
    with pytest.raises(FingerprintMismatch):
        replay(QUESTIONS[name](), change)


def test_another_day_changes_the_replayed_answer() -> None:
    record = QUESTIONS["route_work"]()
    forged = attrs.evolve(record, arguments=(("facts", KNOWN), ("on", HOLIDAY.date())))
    assert not replay(forged).same
