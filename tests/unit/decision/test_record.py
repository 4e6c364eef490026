import operator
import pickle
from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

from kamcore.decision import Decision, Record, Versions
from kamcore.errors import FingerprintMismatch, PolicyError
from kamcore.sla import LeadTime, LeadTimes, TierLeadTime, find_lead_time

SIGNED = date(2013, 1, 5)
POLICY, FOREIGN = (LeadTimes(tiers=(TierLeadTime("A", days),)) for days in (20, 30))
RECORD: Record[Decision[LeadTime]] = Record(
    question="find_lead_time",
    arguments=(("tier", "A"), ("anchor", SIGNED)),
    policy=POLICY,
    fingerprint=POLICY.fingerprint,
    versions=Versions("0.1.0", "2026a"),
    answer=find_lead_time("A", POLICY, anchor=SIGNED),
)


def test_a_record_keeps_the_question_and_the_answer() -> None:
    assert RECORD.arguments == (("tier", "A"), ("anchor", SIGNED))
    assert RECORD.answer.value == LeadTime(date(2013, 1, 25), 20)
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
            {"answer": find_lead_time("A", FOREIGN, anchor=SIGNED)},
            FOREIGN.fingerprint,
            id="answer",
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
            lambda: evolve(RECORD, arguments=("tier",)),
            "Record.arguments holds 'tier'; pass tuple",
            id="arguments",
        ),
        pytest.param(
            lambda: evolve(RECORD, policy="20 days"),
            "Record.policy is '20 days'; pass Policy",
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
        Record("find_lead_time", (), POLICY, POLICY.fingerprint, RECORD.versions, RECORD.answer)
