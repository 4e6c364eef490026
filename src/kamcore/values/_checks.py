"""Small attrs validators and converters that every policy type shares."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from attrs import Attribute

from kamcore.errors import DuplicateName, NaiveInstant, PolicyError, UnknownName, did_you_mean

__all__ = [
    "as_date",
    "as_instant",
    "as_tuple",
    "instance_of",
    "known_name",
    "one_of",
    "some_text",
    "tuple_of",
    "unique_names",
]

T = TypeVar("T")


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Return the values as a tuple; refuse a lone string."""
    if isinstance(values, str):
        msg = f"a sequence is asked for and {values!r} is one text; write ({values!r},)"
        raise PolicyError(msg)
    return tuple(values)


def as_date(value: object, what: str) -> date:
    """Return `value` if it is a date and not an instant."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    mend = "take its date in a zone: value.astimezone(zone).date()"
    if not isinstance(value, datetime):
        mend = "pass a datetime.date"
    msg = f"{what} {value!r} is not a date; {mend}"
    raise PolicyError(msg)


def as_instant(value: object, what: str) -> datetime:
    """Return `value` if it is an aware datetime."""
    if not isinstance(value, datetime):
        msg = f"{what} {value!r} is not an instant; pass an aware datetime.datetime"
        raise PolicyError(msg)
    if value.utcoffset() is None:
        raise NaiveInstant(what, value)
    return value


def instance_of(*kinds: type) -> "Callable[[object, Attribute[object], object], None]":
    """Validate that a field has one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[object]", value: object) -> None:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wanted = " or ".join(kind.__name__ for kind in kinds)
            msg = f"{type(owner).__name__}.{attribute.name} is {value!r}; pass {wanted}"
            raise PolicyError(msg)

    return check


def tuple_of(*kinds: type) -> "Callable[[object, Attribute[object], object], None]":
    """Validate that a field is a tuple whose members have one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[object]", value: object) -> None:
        members = value if isinstance(value, tuple) else (value,)
        for member in members:
            if not isinstance(member, kinds):
                wanted = " or ".join(kind.__name__ for kind in kinds)
                msg = f"{type(owner).__name__}.{attribute.name} holds {member!r}; pass {wanted}"
                raise PolicyError(msg)

    return check


def one_of(*words: str) -> "Callable[[object, Attribute[object], object], None]":
    """Validate that a field is one of the named conventions `words`."""

    def check(owner: object, attribute: "Attribute[object]", value: object) -> None:
        if value not in words:
            msg = (
                f"{type(owner).__name__}.{attribute.name} {value!r} is no named convention; "
                f"{did_you_mean(str(value), words)}"
            )
            raise PolicyError(msg)

    return check


def some_text(owner: object, attribute: "Attribute[object]", value: object) -> None:
    """Validate that a field is a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        msg = f"{type(owner).__name__}.{attribute.name} is {value!r}; pass a name"
        raise PolicyError(msg)


def unique_names(what: str, names: Iterable[str]) -> None:
    """Raise `DuplicateName` at the first repeated name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DuplicateName(what, name)
        seen.add(name)


def known_name(what: str, name: object, known: Iterable[str]) -> str:
    """Return `name` as a plain str if it is known; a `StrEnum` member is welcome."""
    names = tuple(known)
    if isinstance(name, str) and name in names:
        return str(name)
    raise UnknownName(what, name, names)
