"""What every policy is: a frozen value with a fingerprint, made of codable values."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NewType, cast

import attrs
from attrs import frozen

from kamcore.errors import PolicyError

__all__ = ["Fingerprint", "Plain", "Policy", "to_plain"]

Fingerprint = NewType("Fingerprint", str)
Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def to_plain(value: object, known: dict[int, Plain] | None = None) -> Plain:
    """Return `value` as JSON-like data; attrs values carry their class name under "type".

    `known` keeps what was made of an attrs value by its identity, so that a value that stands in
    many places of a policy is written once; it must not outlive the value.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [to_plain(member, known) for member in cast("tuple[object, ...]", value)]
    own = getattr(value, "__plain__", None)
    if own is not None:
        data: Plain = own()
        return data
    if not attrs.has(type(value)):
        return _scalar(value)
    return _fields(value, {} if known is None else known)


def _scalar(value: object) -> Plain:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"instant": value.isoformat(), "zone": str(getattr(value.tzinfo, "key", ""))}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"microseconds": value // timedelta(microseconds=1)}
    raise PolicyError(
        f"{value!r} cannot be stored; use numbers, text, dates, tuples and kamcore's values"
    )


def _fields(value: object, known: dict[int, Plain]) -> Plain:
    found = known.get(id(value))
    if found is not None:
        return found
    kind = cast("type[attrs.AttrsInstance]", type(value))
    data: dict[str, Plain] = {"type": kind.__name__}
    for attribute in attrs.fields(kind):
        if attribute.init:
            data[attribute.name] = to_plain(getattr(value, attribute.name), known)
    known[id(value)] = data
    return data


@frozen(order=False)
class Policy:
    """The base of every policy type."""

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Sixteen hex digits that two policies share only if they are equal."""
        import hashlib  # noqa: PLC0415 - costs more to import than the rest of the room
        import json  # noqa: PLC0415

        text = json.dumps(to_plain(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return Fingerprint(hashlib.sha256(text.encode()).hexdigest()[:16])
