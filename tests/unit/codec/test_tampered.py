"""JSON that nobody wrote with `to_json`: one clear line, and no error of another kind."""

import json
from datetime import UTC, datetime

import pytest

from kamcore.codec import from_json, to_json
from kamcore.decision import Decision, Fingerprint
from kamcore.errors import CodecError, InputError
from kamcore.facts import Facts, Fields, FlagField
from kamcore.sla import Event


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(CodecError, match="a NoneType where text is expected; pass the JSON text"):
        from_json(None, Event)  # type: ignore[arg-type]  # on purpose


def test_a_kind_that_is_no_type_is_refused() -> None:
    with pytest.raises(InputError, match="kind 'Event' is no type; pass one, such as Record"):
        from_json("{}", "Event")  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("text", ["[" * 100_000, "1" * 5_000], ids=["nested", "a long number"])
def test_what_json_itself_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(CodecError, match="nested too deeply, or with a number that is too long"):
        from_json(text, Event)


def test_a_flag_is_no_schema() -> None:
    with pytest.raises(CodecError, match="schema True is not 1"):
        from_json('{"kamcore": true, "value": 1}', int)


def tampered(value: object, name: str, given: object) -> str:
    data = json.loads(to_json(value))
    data["value"][name] = given
    return json.dumps(data)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "message"),
    [
        ({"instant": "noon", "zone": ""}, "'noon' is no ISO instant"),
        ({"instant": "2026-03-02T12:00", "zone": ""}, "has no offset from UTC"),
        ({"instant": "2026-03-02T12:00Z", "zone": "Mars/Base"}, "unknown zone 'Mars/Base'; write"),
        ({"instant": "0001-01-01T00:00+14:00", "zone": "UTC"}, "leaves the calendar"),
    ],
)
def test_an_instant_that_is_none(instant: dict[str, str], message: str) -> None:
    with pytest.raises(CodecError, match=message):
        from_json(tampered(Event("opened", NOON), "at", instant), Event)


@pytest.mark.parametrize("name", ["reasons", "missing", "assumed"])
def test_a_decision_without_its_lists(name: str) -> None:
    decision = Decision(1, (), Fingerprint("0" * 16))
    with pytest.raises(CodecError, match=f"{name} are no list of"):
        from_json(tampered(decision, name, None), Decision)


def test_facts_with_a_value_too_few() -> None:
    facts = Facts("A", Fields((FlagField("safe"),)), (True,))
    with pytest.raises(CodecError, match="1 fields and 0 values"):
        from_json(tampered(facts, "wires", []), Facts)
