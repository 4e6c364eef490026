"""Values to JSON and back, strictly: an unknown or missing key is an error that names its path."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import attrs

from kamcore.codec._kinds import BUILD, KEYS, KINDS, RULES_BY_ID, Builder
from kamcore.decision import UNDECIDED, RuleId, to_plain
from kamcore.errors import CodecError, InputError, did_you_mean

__all__ = ["SCHEMA", "from_json", "from_plain", "to_json"]

T = TypeVar("T")
SCHEMA = 1
HEAD = "kamcore"


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return a policy, facts, a decision, a review or a record as JSON, with the schema version."""
    return json.dumps({HEAD: SCHEMA, "value": to_plain(value)}, ensure_ascii=False, indent=indent)


def from_json(text: str, kind: type[T]) -> T:
    """Return the value of JSON that `to_json` wrote; raises `CodecError` with the path of a fault.

    `kind` is the type that is expected, such as `Record` or `Rulebook`.
    """
    if not isinstance(cast("object", text), str | bytes | bytearray):
        raise CodecError("", f"a {type(text).__name__} where text is expected; pass the JSON text")
    if not isinstance(cast("object", kind), type):
        raise InputError(f"kind {kind!r} is no type; pass one, such as Record")
    try:
        read: object = json.loads(
            text, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_duplicates
        )
    except json.JSONDecodeError as fault:
        raise CodecError("", f"not JSON: {fault.msg} in line {fault.lineno}") from None
    except (RecursionError, ValueError) as fault:
        if isinstance(fault, CodecError):
            raise
        raise CodecError("", "nested too deeply, or with a number that is too long") from None
    data = cast("dict[str, object]", read) if isinstance(read, dict) else {}
    if set(data) != {HEAD, "value"}:
        raise CodecError(
            "", f'not written by to_json; it starts with {{"{HEAD}": {SCHEMA}, "value": ...}}'
        )
    if type(data[HEAD]) is not int or data[HEAD] != SCHEMA:
        raise CodecError(
            HEAD, f"schema {data[HEAD]!r} is not {SCHEMA}; read it with the version that wrote it"
        )
    value = from_plain(data["value"], "value")
    if not isinstance(value, kind):
        raise CodecError("value", f"a {type(value).__name__} where a {kind.__name__} is expected")
    return value


def _no_float(text: str) -> float:
    raise CodecError("", f'the number {text} is no whole number; write {{"decimal": "{text}"}}')


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise CodecError(key, "the key stands twice; remove one")
        found[key] = value
    return found


def from_plain(data: object, path: str) -> object:
    """Return the value of JSON-like data."""
    if data is None or isinstance(data, (bool, int, str)):
        return data
    if isinstance(data, list):
        members = cast("list[object]", data)
        return tuple(from_plain(one, f"{path}[{number}]") for number, one in enumerate(members))
    return _tagged(cast("dict[str, object]", data), path)


def _tagged(data: dict[str, object], path: str) -> object:
    match data:
        case {"decimal": str(text), **rest} if not rest:
            return _decimal(text, path)
        case {"date": str(text), **rest} if not rest:
            return _date(text, path)
        case {"time": str(text), **rest} if not rest:
            return _time(text, path)
        case {"microseconds": int(count), **rest} if not (rest or isinstance(count, bool)):
            return _length(count, path)
        case {"instant": str(text), "zone": str(zone), **rest} if not rest:
            return _instant(text, zone, path)
        case {"undecided": True, **rest} if not rest:
            return UNDECIDED
        case {"rule": str(name), **rest} if not rest:
            if name not in RULES_BY_ID:
                raise CodecError(
                    path, f"unknown rule {name!r}; {did_you_mean(name, list(RULES_BY_ID))}"
                )
            return RULES_BY_ID[RuleId(name)]
        case {"type": str(name), **members}:
            return _build(name, members, path)
        case _:
            raise CodecError(
                path, f'no value has the keys {sorted(data)}; write "type" and its fields'
            )


def _build(name: str, members: dict[str, object], path: str) -> object:
    if name not in KINDS:
        raise CodecError(path, f"unknown type {name!r}; {did_you_mean(name, list(KINDS))}")
    kind = KINDS[name]
    names = _names(kind)
    for key in members:
        if key not in names:
            raise CodecError(
                f"{path}.{key}", f"unknown key of {name}; {did_you_mean(key, list(names))}"
            )
    for key in names:
        if key not in members:
            raise CodecError(
                f"{path}.{key}", f"missing key of {name}; write it, as every value is explicit"
            )
    values = {names[key]: from_plain(member, f"{path}.{key}") for key, member in members.items()}
    try:
        return cast("Builder", BUILD.get(kind, kind))(**values)
    except (ValueError, TypeError, AttributeError, LookupError) as fault:
        raise CodecError(path, f"{name}: {fault}") from None


def _names(kind: type) -> dict[str, str]:
    """Return the keys in JSON and the arguments that they become."""
    if kind in KEYS:
        return {key: key for key in KEYS[kind]}
    return {one.name: one.alias or one.name for one in attrs.fields(kind) if one.init}


def _decimal(text: str, path: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise CodecError(path, f"{text!r} is no decimal number") from None
    if not number.is_finite():
        raise CodecError(path, f"{text!r} is not finite")
    return number


def _date(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CodecError(path, f"{text!r} is no ISO date") from None


def _time(text: str, path: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise CodecError(path, f"{text!r} is no time of day") from None


def _length(count: int, path: str) -> timedelta:
    try:
        return timedelta(microseconds=count)
    except OverflowError:
        raise CodecError(path, f"{count} microseconds are more than the calendar holds") from None


def _instant(text: str, zone: str, path: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CodecError(path, f"{text!r} is no ISO instant") from None
    if instant.utcoffset() is None:
        raise CodecError(path, f"{text!r} has no offset from UTC")
    try:
        return instant.astimezone(ZoneInfo(zone)) if zone else instant
    except (ValueError, KeyError, OSError):
        raise CodecError(path, f"unknown zone {zone!r}; write a name of the IANA data") from None
    except OverflowError:
        raise CodecError(path, f"{text!r} leaves the calendar") from None
