"""Taking facts in: from a mapping, an object with attributes, or a row of texts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import cast

from kamcore.errors import (
    BatchError,
    FactError,
    InputError,
    KamcoreError,
    UnknownName,
    did_you_mean,
)
from kamcore.facts._facts import Facts, Fields
from kamcore.facts._field import Field, Wire

__all__ = ["check_names", "read_book", "read_facts", "read_rows"]

NO_NAMES: Mapping[str, str] = {}


def read_facts(
    source: object, fields: Fields, *, key: str | None = None, names: Mapping[str, str] = NO_NAMES
) -> Facts:
    """Return the facts of one account.

    `source` is a mapping or any object with attributes (a dataclass, an attrs or ORM object); `key`
    names the account's id in it, `names` maps a field's name to another name in the source. None,
    an empty text, and a key that a mapping lacks are missing facts; a misspelt key and a missing
    attribute are errors. Texts, as in a CSV row, are read by the field. Raises `BatchError` with
    every fault.
    """
    if names:
        check_names(names, fields.names)
    faults: list[FactError] = []
    _, facts = _one(source, fields, key, names, "", faults)
    if facts is None:
        raise BatchError(faults)
    return facts


def read_book(
    rows: Iterable[object], fields: Fields, *, key: str, names: Mapping[str, str] = NO_NAMES
) -> tuple[Facts, ...]:
    """Return the facts of a book of accounts, one a row; see `read_facts`.

    Raises `BatchError` with every fault of every row; an account that stands twice is one, and so
    is a field that is a key of no row.
    """
    if names:
        check_names(names, fields.names)
    book = read_rows(rows, fields, key=key, names=names)
    if not book:
        raise InputError("the book is empty; pass at least one account")
    return book


Check = Callable[[Mapping[str, Wire | None]], Iterable[tuple[str, str]]]


def read_rows(  # noqa: PLR0913 - what `read_book` is given, and what it does not tell its callers
    rows: Iterable[object],
    fields: Fields,
    *,
    key: str,
    names: Mapping[str, str],
    what: str = "account",
    check: Check | None = None,
    optional: Collection[str] = (),
) -> tuple[Facts, ...]:
    """Return the facts of rows of any kind; without a row there are none.

    `what` the rows are is said in faults; `check` adds faults, as field and words, for the values
    of a row that could be read; `optional` fields may be absent from every row.
    """
    unseen = {names.get(one.name, one.name): one.name for one in fields if one.name not in optional}
    book: list[Facts] = []
    faults: list[FactError] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        where = f"row {number}"
        if unseen:
            mapping = _mapping(row)
            unseen = {
                k: v for k, v in unseen.items() if k not in mapping and mapping is not NOTHING
            }
        account, facts = _one(row, fields, key, names, where, faults, what, check, optional)
        if account in seen:
            fault = f"{what} {account!r} already stands in row {seen[account]}; merge the rows"
            faults.append(FactError(f"row {number}", key, fault))
        elif account:
            seen[account] = number
        if facts is not None:
            book.append(facts)
    if seen:
        faults.extend(
            FactError(
                "all rows", name, f"no row has the key {k!r}; map it with names=, or pass None"
            )
            for k, name in unseen.items()
            if not any(fault.field == name for fault in faults)
        )
    if faults:
        raise BatchError(faults)
    return tuple(book)


def check_names(names: Mapping[str, str], known: Collection[str]) -> None:
    """Raise `UnknownName` where `names` maps something that is no field."""
    for name in names:
        if name not in known:
            raise UnknownName("field in names", name, known)


def _one(  # noqa: PLR0913 - one row with all it takes to name its faults
    source: object,
    fields: Fields,
    key: str | None,
    names: Mapping[str, str],
    row: str,
    faults: list[FactError],
    what: str = "account",
    check: Check | None = None,
    optional: Collection[str] = (),
) -> tuple[str, Facts | None]:
    before = len(faults)
    account = ""
    if key is not None:
        try:
            account = _account(_raw(source, key, ()), what)
        except KamcoreError as fault:
            faults.append(FactError(row, key, str(fault)))
    where = f"{row} ({account})" if row and account else row or account
    mapping = _mapping(source)
    values: dict[str, Wire | None] = {}
    for one in fields.items:
        name = names.get(one.name, one.name) if names else one.name
        try:
            if name in mapping:
                raw = mapping[name]
            elif one.name in optional:
                raw = None if mapping is not NOTHING else getattr(source, name, None)
            elif mapping is not NOTHING and one.name in names:
                raise InputError(f"no key {name!r}, to which names maps it; mend names=")
            else:
                known = (key, *(names.get(other.name, other.name) for other in fields))
                raw = _raw(source, name, known)
            values[one.name] = one.take(raw) if type(raw) in PLAIN else _wire(raw, one)
        except KamcoreError as fault:
            faults.append(FactError(where, one.name, str(fault)))
    if check is not None:
        faults.extend(FactError(where, name, fault) for name, fault in check(values))
    if len(faults) > before:
        return account, None
    return account, Facts(account, fields, tuple(values.values()))


NOTHING: Mapping[str, object] = {}


def _mapping(source: object) -> Mapping[str, object]:
    """Return the source if it is a mapping, else an empty one."""
    return cast("Mapping[str, object]", source) if isinstance(source, Mapping) else NOTHING


PLAIN = frozenset({Decimal, int, bool})


def _raw(source: object, name: str, known: Collection[str | None]) -> object:
    """Return an attribute, or the value of a key.

    None where a mapping lacks the key, unless it has one much like it that is not `known`.
    """
    if isinstance(source, Mapping):
        mapping = cast("Mapping[object, object]", source)
        if name in mapping:
            return mapping[name]
        mend = _meant(name, tuple(str(other) for other in mapping if str(other) not in known))
        if known and mend.startswith("did you mean"):
            raise InputError(f"no key {name!r}; {mend} (a missing fact is None)")
        return None
    try:
        attribute: object = getattr(source, name)
    except AttributeError:
        attributes = [other for other in dir(source) if not other.startswith("_")]
        raise InputError(
            f"{type(source).__name__} has no attribute {name!r}; {did_you_mean(name, attributes)}"
        ) from None
    return attribute


@lru_cache(maxsize=256)
def _meant(name: str, spare: tuple[str, ...]) -> str:
    """Return the mend for a key that is not there; kept, as every row of a book asks the same."""
    return did_you_mean(name, spare)


def _wire(raw: object, one: Field) -> Wire | None:
    if raw is None:
        return None
    if isinstance(raw, str):
        text = raw.strip()
        return one.parse(text) if text else None
    if _is_hole(raw):
        raise InputError(
            f"value is {raw}; pass None: frame.astype(object).where(frame.notna(), None)"
        )
    return one.take(raw)


def _is_hole(raw: object) -> bool:
    """Say whether `raw` is NaN, NaT or NA of a dataframe: only these differ from themselves."""
    if isinstance(raw, Decimal):
        return False
    try:
        return bool(raw != raw)  # noqa: PLR0124 - the test for NaN
    except TypeError:
        return True


def _account(raw: object, what: str) -> str:
    if isinstance(raw, str) and raw.strip():
        return raw.strip()
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    raise InputError(f"{what} id {raw!r} is no id; pass a text or a whole number")
