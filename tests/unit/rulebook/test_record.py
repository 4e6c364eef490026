"""Keep an answer, store it, read it in another process, ask again."""

import subprocess
import sys
from decimal import Decimal

import attrs
import moneyed
import pytest
from tests.company import GENERAL_MANAGER, GRADED, OPENED, TODAY, book, invoices, reviewed, rulebook

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Record
from kamcore.errors import FingerprintMismatch, UnknownName
from kamcore.presets import hundred_points
from kamcore.price import find_price_range
from kamcore.rulebook import Review, keep_record, replay, review
from kamcore.sla import Case, Event, find_deadline
from kamcore.values import Money, UnitPrice

POLICY = rulebook()
FACTS = book(POLICY)[1]
PRICE = hundred_points.price(approver=GENERAL_MANAGER)


def kept() -> Record[Review]:
    grading = reviewed(POLICY).grading
    assert grading is not None
    own = [invoice for invoice in invoices() if invoice.account == FACTS.account]
    return keep_record(
        review,
        FACTS,
        POLICY,
        as_of=TODAY,
        graded_on=GRADED,
        cuts=grading.cuts,
        invoices=(invoice for invoice in own),
        control=Money(100, "CNY"),
        opened=OPENED,
    )


def test_a_record_holds_all_that_the_answer_rests_on() -> None:
    record = kept()
    assert record.question == "review"
    assert record.policy == POLICY
    assert record.fingerprint == POLICY.fingerprint == record.answer.fingerprint
    given = dict(record.arguments)
    assert given["facts"] == FACTS
    assert given["as_of"] == TODAY
    assert given["signed"] is None
    assert isinstance(given["invoices"], tuple)
    assert record.versions.kamcore == "0.1.0"
    assert record.versions.zone_data


def test_a_record_replays_to_the_same_answer() -> None:
    again = replay(kept())
    assert again.same
    assert again.again.tier.value == "A"
    assert replay(kept(), POLICY).same


def test_a_record_replays_in_another_process() -> None:
    code = (
        "import sys; from kamcore.codec import from_json; from kamcore.decision import Record; "
        "from kamcore.rulebook import replay; "
        "again = replay(from_json(sys.stdin.read(), Record)); "
        "print(again.same, again.again.tier.value)"
    )
    done = subprocess.run(  # noqa: S603 - the interpreter that runs the tests
        [sys.executable, "-c", code],
        input=to_json(kept()),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout == "True A\n"


def test_another_policy_is_refused() -> None:
    with pytest.raises(FingerprintMismatch) as error:
        replay(kept(), rulebook("by_account"))
    assert POLICY.fingerprint in str(error.value)


def test_a_changed_answer_is_seen() -> None:
    record, other = (
        keep_record(
            find_deadline,
            Case("T1", (Event("opened", opened),)),
            hundred_points.ANSWER,
            clock="answer",
        )
        for opened in (OPENED, OPENED.replace(hour=9))
    )
    forged = attrs.evolve(record, answer=other.answer)
    assert not replay(forged).same


def test_money_of_another_library_is_kept_as_a_unit_price() -> None:
    foreign = moneyed.Money(Decimal("100.00"), "CNY")
    record = keep_record(find_price_range, "A", PRICE, control=foreign)
    assert dict(record.arguments)["control"] == UnitPrice(100, "CNY")
    assert isinstance(record.answer, Decision)
    assert replay(from_json(to_json(record), Record)).same


def test_only_questions_of_kamcore_are_kept() -> None:
    with pytest.raises(UnknownName, match="unknown question 'sorted'"):
        keep_record(sorted, [1])  # type: ignore[type-var]
    record = keep_record(find_price_range, "A", PRICE, control=Money(100, "CNY"))
    with pytest.raises(UnknownName, match="unknown question 'find_price_rnage'; did you mean"):
        replay(attrs.evolve(record, question="find_price_rnage"))
