"""The example of a complaint: who answers, which person on which day, by when, and what is kept."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from attrs import evolve

from kamcore.codec import from_json
from kamcore.decision import Decision, Record
from kamcore.facts import Facts, Fields, read_facts
from kamcore.routing import (
    Duty,
    check_access,
    check_authority,
    plan_escalation,
    route_work,
    staff_duty,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., str]
HEADINGS = {
    "en": (
        "Who is accountable?",
        "Why not somebody else?",
        "Which person, today?",
        "Who is told when, if nothing happens?",
        "May the service centre promise the compensation itself?",
        "Who may open the account: Sun Yue of the south, Qian Min of the north?",
        "And in two years?",
    ),
    "zh": (
        "由谁负责？",
        "为什么不是别人？",
        "今天具体是谁？",
        "如果一直无人处理，何时通知谁？",
        "客户服务中心能否自行承诺补偿？",
        "谁可以查看该客户：南区的孙悦，北区的钱敏？",
        "两年之后呢？",
    ),
}


@pytest.fixture
def complaint(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    return importlib.import_module("complaint")


@pytest.fixture
def run(complaint: ModuleType, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> str:
        assert complaint.main(arguments) == 0
        return capsys.readouterr().out

    return call


def received(complaint: ModuleType, **changes: str) -> Facts:
    """Return the facts of the complaint with some cells of the billing system changed."""
    policies = (complaint.TODAY, complaint.STAFF, complaint.LIMITS, complaint.ACCESS)
    row = complaint.RECEIVED | changes
    return read_facts(row, Fields.of(*policies), key="cons_no", names=complaint.NAMES)


def at(text: str) -> datetime:
    """Return an instant of Shanghai in 2026, such as "09-30 15:10"."""
    return datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}+08:00")


# --- what it prints -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_question_is_answered_in_order(run: Run, lang: str) -> None:
    parts = run("--lang", lang).split("\n## ")
    assert tuple(part.split("\n")[0] for part in parts[1:]) == HEADINGS[lang]
    assert all(part.split("\n")[2] for part in parts[1:])


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Complaint of customer 3100042217, received 2026-09-30 15:10\n"),
        ("zh", "客户 3100042217 的投诉，2026-09-30 15:10 受理\n"),
    ],
)
def test_it_begins_with_what_came_in(run: Run, lang: str, told: str) -> None:
    assert run("--lang", lang).startswith(told)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (0, "the regional key-account manager is accountable, by rule “3.2”"),
        (1, "“3.1” would win (the company's key-account manager) but for supply voltage: 110 kV"),
        (2, "Qian Min is accountable as head of the north"),
        (2, "Li Na (absent through 2026-10-09, stand-in Zhao Lei)"),
        (2, "Zhao Lei (absent through 2026-09-30, no stand-in)"),
        (3, "step “company”, in place of “supervise”"),
        (4, "the company's key-account manager has to decide"),
        (4, "and is to be asked by Thu 2026-10-08 10:10"),
        (5, "Sun Yue may not see account 3100042217"),
        (5, "Qian Min may see account 3100042217"),
    ],
)
def test_the_answers_say_who_and_why(run: Run, heading: int, told: str) -> None:
    assert told in run().split("\n## ")[heading + 1]


# --- what it rests on -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "volts", "accountable", "rule"),
    [
        ("harbour", "109", "regional_manager", "S0-2d"),
        ("harbour", "110", "regional_manager", "3.2"),
        ("north", "219", "regional_manager", "3.2"),
        ("steelworks", "220", "company_manager", "3.1"),
        ("old_town", "110", "regional_manager", "S0-2d"),
        ("old_town", "219", "regional_manager", "S0-2d"),
        ("south", "220", "company_manager", "S0-10/2d"),
    ],
)
def test_region_and_voltage_decide_before_the_published_process(
    complaint: ModuleType, unit: str, volts: str, accountable: str, rule: str
) -> None:
    answer = route_work(received(complaint, org_no=unit, volt_kv=volts), complaint.TODAY)
    assert answer.value.accountable.name == accountable
    assert f"“{rule}”" in answer.reasons[0].text("en")


@pytest.mark.parametrize(
    ("now", "person", "how"),
    [
        ("09-27 23:59", "li", "only_one"),
        ("09-28 00:00", "qian", "head"),
        ("09-30 15:10", "qian", "head"),
        ("09-30 23:59", "qian", "head"),
        ("10-01 00:00", "zhao", "stand_in"),
        ("10-09 23:59", "zhao", "stand_in"),
        ("10-10 00:00", "li", "only_one"),
    ],
)
def test_the_first_and_the_last_day_of_leave_count(
    complaint: ModuleType, now: str, person: str, how: str
) -> None:
    facts = received(complaint)
    duty = route_work(facts, complaint.TODAY).value
    assert isinstance(duty, Duty)
    found = staff_duty(facts, duty, complaint.STAFF, at=at(now)).value.accountable
    assert (found.person, found.how) == (person, how)


def test_a_step_without_anybody_is_taken_by_the_next_one(complaint: ModuleType) -> None:
    facts = received(complaint)
    plan = plan_escalation(
        facts, complaint.LADDER, start=at("09-30 15:10"), staff=complaint.STAFF
    ).value
    assert [(one.at, one.step, one.person, one.instead_of) for one in plan.notices] == [
        (at("09-30 17:10"), "remind", "qian", None),
        (at("10-08 10:10"), "company", "zhou", "supervise"),
        (at("10-10 17:30"), "director", "shen", None),
    ]


@pytest.mark.parametrize(
    ("claim", "outcome", "to"),
    [
        ("1000.00", "allowed", None),
        ("1000.01", "refer", "regional_manager"),
        ("5000.00", "refer", "regional_manager"),
        ("5000.01", "refer", "company_manager"),
        ("6800.00", "refer", "company_manager"),
        ("50000.00", "refer", "company_manager"),
        ("50000.01", "refer", "director"),
    ],
)
def test_what_is_too_much_goes_to_the_next_who_may(
    complaint: ModuleType, claim: str, outcome: str, to: str | None
) -> None:
    facts = received(complaint, claim_amt=claim)
    assert facts["claim"].amount == Decimal(claim)
    limits, now = complaint.LIMITS, at("09-30 15:10")
    verdict = check_authority(facts, limits, seat=complaint.CENTRE, at=now).value
    assert verdict.outcome == outcome
    assert (None if verdict.to is None else verdict.to.name) == to
    assert verdict.by == (None if to is None else at("10-08 10:10"))


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("li", "allowed"),
        ("qian", "allowed"),
        ("zhou", "allowed"),
        ("sun", "refused"),
        ("zhao", "refused"),
        ("wu", "refused"),
    ],
)
def test_the_account_opens_to_its_own_region_alone(
    complaint: ModuleType, name: str, outcome: str
) -> None:
    person = complaint.STAFF.person(name)
    verdict = check_access(received(complaint), complaint.ACCESS, person=person).value
    assert verdict.outcome == outcome


# --- what is kept ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "read back and asked again: nothing differs."), ("zh", "均无差异。")]
)
def test_what_was_kept_gives_the_same_answers(run: Run, lang: str, told: str) -> None:
    assert run("--lang", lang).endswith(told + "\n")


def test_an_answer_that_was_altered_would_be_told(
    complaint: ModuleType, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def without_reasons(text: str, kind: type) -> Record:
        record = from_json(text, kind)
        answer = Decision(record.answer.value, (), record.answer.fingerprint)
        return evolve(record, answer=answer)

    monkeypatch.setattr(complaint, "from_json", without_reasons)
    assert "AN ANSWER DIFFERS" in run()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_as_a_program_it_prints_utf_8_whatever_the_terminal(encoding: str) -> None:
    done = subprocess.run(  # noqa: S603 - the example itself
        [sys.executable, EXAMPLES / "complaint.py", "--lang", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert "钱敏" in done.stdout.decode("utf-8")
    assert done.stderr == b""
