"""Small attrs validators and converters that every policy type shares."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar, cast

from attrs import Attribute

from kamcore.errors import (
    DuplicateName,
    NaiveInstant,
    NotADate,
    PolicyError,
    UnknownName,
    did_you_mean,
)

__all__ = [
    "as_date",
    "as_instant",
    "instance_of",
    "known_name",
    "named_convention",
    "one_of",
    "plain_text",
    "some_text",
    "tuple_of",
    "unique_names",
]

T = TypeVar("T")


def as_date(value: object, what: str) -> date:
    """Return `value` if it is a date and not an instant."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    mend = "take its date in a zone: value.astimezone(zone).date()"
    if not isinstance(value, datetime):
        mend = "pass a datetime.date"
    raise NotADate(f"{what} {value!r} is not a date; {mend}")


def as_instant(value: object, what: str) -> datetime:
    """Return `value` if it is an aware datetime."""
    if not isinstance(value, datetime):
        raise NotADate(f"{what} {value!r} is not an instant; pass an aware datetime.datetime")
    if value.utcoffset() is None:
        raise NaiveInstant(what, value)
    return value


def instance_of(*kinds: type) -> "Callable[[object, Attribute[T], T], None]":
    """Validate that a field has one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[T]", value: T) -> None:
        fits = bool in kinds if isinstance(value, bool) else isinstance(value, kinds)
        if not fits:
            wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
            raise PolicyError(
                f"{type(owner).__name__}.{attribute.name} is {value!r}; pass {wanted}"
            )

    return check


def tuple_of(*kinds: type) -> "Callable[[object, Attribute[T], T], None]":
    """Validate that a field is a tuple whose members have one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[T]", value: T) -> None:
        where = f"{type(owner).__name__}.{attribute.name}"
        if not isinstance(value, tuple):
            raise PolicyError(f"{where} is {value!r}; pass a tuple, such as (a, b) or (a,)")
        for member in cast("tuple[object, ...]", value):
            if not isinstance(member, kinds):
                wanted = " or ".join(kind.__name__ for kind in kinds)
                raise PolicyError(f"{where} holds {member!r}; pass {wanted}")

    return check


def one_of(*words: str) -> "Callable[[object, Attribute[T], T], None]":
    """Validate that a field is one of the named conventions `words`."""

    def check(owner: object, attribute: "Attribute[T]", value: T) -> None:
        named_convention(f"{type(owner).__name__}.{attribute.name}", value, words)

    return check


def named_convention(what: str, value: object, words: Sequence[str]) -> None:
    """Raise unless `value` is one of the named conventions `words`."""
    if value not in words:
        mend = did_you_mean(str(value), words)
        raise PolicyError(f"{what} {value!r} is no named convention; {mend}")


def some_text(owner: object, attribute: "Attribute[str]", value: str) -> None:
    """Validate that a field is a text that is not empty."""
    given: object = value
    if not (isinstance(given, str) and given.strip()):
        raise PolicyError(f"{type(owner).__name__}.{attribute.name} is {value!r}; pass a name")


def unique_names(what: str, names: Iterable[str]) -> None:
    """Raise `DuplicateName` at the first repeated name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DuplicateName(what, name)
        seen.add(name)


def plain_text(value: str) -> str:
    """Return the text of a str or of a text enum's member; leave anything else alone."""
    return str.__str__(value) if isinstance(cast("object", value), str) else value


def known_name(what: str, name: object, known: Iterable[str]) -> str:
    """Return `name` as a plain str if it is known; a member of a text enum is welcome."""
    names = tuple(known)
    if isinstance(name, str) and name in names:
        return str.__str__(name)
    raise UnknownName(what, name, names)
