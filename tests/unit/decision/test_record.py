import operator
import pickle
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from kamcore.decision import Decision, Record, Versions
from kamcore.errors import FingerprintMismatch, PolicyError
from kamcore.sla import AnswerTime, find_answer_deadline

OPENED = datetime(2013, 1, 5, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
POLICY, FOREIGN = AnswerTime(hours=24), AnswerTime(hours=48)
RECORD: Record[Decision[datetime]] = Record(
    question="find_answer_deadline",
    arguments=(("opened", OPENED),),
    policy=POLICY,
    fingerprint=POLICY.fingerprint,
    versions=Versions("0.1.0", "2026a"),
    answer=find_answer_deadline(OPENED, POLICY),
)


def test_a_record_keeps_the_question_and_the_answer() -> None:
    assert RECORD.arguments == (("opened", OPENED),)
    assert RECORD.answer.value == datetime(2013, 1, 6, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert RECORD.versions == Versions("0.1.0", "2026a")


def test_a_record_is_hashable_and_picklable() -> None:
    again = pickle.loads(pickle.dumps(RECORD))
    assert again == RECORD
    assert hash(again) == hash(RECORD)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({"policy": FOREIGN}, FOREIGN.fingerprint, id="policy"),
        pytest.param(
            {"answer": find_answer_deadline(OPENED, FOREIGN)}, FOREIGN.fingerprint, id="answer"
        ),
    ],
)
def test_a_foreign_policy_or_answer_is_refused(change: dict[str, object], found: str) -> None:
    with pytest.raises(FingerprintMismatch) as caught:
        evolve(RECORD, **change)
    assert str(caught.value) == (
        f"the answer rests on policy {POLICY.fingerprint}, not {found}; pass the policy of that day"
    )


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(
            lambda: evolve(RECORD, question=""),
            "Record.question is ''; pass a name",
            id="question",
        ),
        pytest.param(
            lambda: evolve(RECORD, arguments=("opened",)),
            "Record.arguments holds 'opened'; pass tuple",
            id="arguments",
        ),
        pytest.param(
            lambda: evolve(RECORD, policy="24 hours"),
            "Record.policy is '24 hours'; pass Policy",
            id="policy",
        ),
        pytest.param(
            lambda: evolve(RECORD, versions="0.1.0"),
            "Record.versions is '0.1.0'; pass Versions",
            id="versions",
        ),
        pytest.param(
            lambda: Versions("", "2026a"), "Versions.kamcore is ''; pass a name", id="kamcore"
        ),
        pytest.param(
            lambda: Versions("0.1.0", None),
            "Versions.zone_data is None; pass a name",
            id="zone data",
        ),
    ],
)
def test_parts_that_are_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        ask()
    assert str(caught.value) == message


@pytest.mark.parametrize("value", [RECORD, RECORD.versions], ids=["record", "versions"])
def test_a_record_has_no_order(value: object) -> None:
    with pytest.raises(TypeError):
        operator.lt(value, value)


def test_the_parts_of_a_record_are_named() -> None:
    with pytest.raises(TypeError):
        Record(
            "find_answer_deadline", (), POLICY, POLICY.fingerprint, RECORD.versions, RECORD.answer
        )
