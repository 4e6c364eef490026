"""Small attrs validators and converters that every policy type shares."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar, cast

from attrs import Attribute

from kamcore.errors import (
    DuplicateName,
    InputError,
    NaiveInstant,
    NotADate,
    PolicyError,
    UnknownName,
    did_you_mean,
)

__all__ = [
    "as_date",
    "as_instant",
    "brief",
    "expect",
    "instance_of",
    "known_name",
    "members",
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


def as_instant(value: object, what: str, zone: str = "Asia/Shanghai") -> datetime:
    """Return `value` if it is an aware datetime; `zone` is the one that the mend names."""
    if not isinstance(value, datetime):
        raise NotADate(f"{what} {value!r} is not an instant; pass an aware datetime.datetime")
    try:
        offset = value.utcoffset()
    except ValueError:
        raise NotADate(f"{what} {value!r} is not an instant; leave it out") from None
    if offset is None:
        raise NaiveInstant(what, value, zone)
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise NotADate(f"{what} {value} lies beyond the calendar; check the year") from None
    return value if type(value) is datetime else _plain_instant(value, what)


def _plain_instant(value: datetime, what: str) -> datetime:
    """Return an instant of another library, such as a pandas Timestamp, as a datetime."""
    if getattr(value, "nanosecond", 0):
        raise NotADate(f'{what} {value} is finer than a microsecond; use value.floor("us")')
    day, time = (value.year, value.month, value.day), (value.hour, value.minute, value.second)
    return datetime(*day, *time, value.microsecond, tzinfo=value.tzinfo, fold=value.fold)


LONGEST = 200


def brief(value: object) -> str:
    """Return a value as a message shows it, cut where it is long."""
    shown = repr(value)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def expect(what: str, value: object, *kinds: type) -> None:
    """Raise `InputError` unless an argument has one of the `kinds`."""
    if not isinstance(value, kinds):
        wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
        if hasattr(value, "value_or"):
            raise InputError(f"{what} is {brief(value)}; pass {wanted}, which is its .value")
        raise InputError(f"{what} is {brief(value)}; pass {wanted}")


def members(what: str, values: Iterable[T], kind: type[T]) -> tuple[T, ...]:
    """Return what an argument holds; raise `InputError` where something is not of the `kind`."""
    given: object = values
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise InputError(f"{what} is {brief(given)}; pass a list of {kind.__name__}")
    found = tuple(values)
    for one in found:
        if not isinstance(one, kind):
            raise InputError(f"{what} holds {brief(one)}; pass {kind.__name__}")
    return found


def instance_of(*kinds: type) -> "Callable[[object, Attribute[T], T], None]":
    """Validate that a field has one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[T]", value: T) -> None:
        fits = bool in kinds if isinstance(value, bool) else isinstance(value, kinds)
        if not fits:
            wanted = " or ".join(kind.__name__ for kind in kinds if kind is not type(None))
            raise PolicyError(
                f"{type(owner).__name__}.{attribute.name} is {brief(value)}; pass {wanted}"
            )

    return check


def tuple_of(*kinds: type) -> "Callable[[object, Attribute[T], T], None]":
    """Validate that a field is a tuple whose members have one of the `kinds`."""

    def check(owner: object, attribute: "Attribute[T]", value: T) -> None:
        where = f"{type(owner).__name__}.{attribute.name}"
        if not isinstance(value, tuple):
            raise PolicyError(f"{where} is {brief(value)}; pass a tuple, such as (a, b) or (a,)")
        for member in cast("tuple[object, ...]", value):
            if not isinstance(member, kinds):
                wanted = " or ".join(kind.__name__ for kind in kinds)
                raise PolicyError(f"{where} holds {brief(member)}; pass {wanted}")

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
