"""Every error that kamcore raises.

Three branches: a policy that cannot be built (`PolicyError`), input that cannot be read
(`InputError`), and an answer that cannot be had (`Undecided`). A refusal is none of them: it is an
answer. Each message is one line that names the value and the mend.
"""

from collections.abc import Iterable, Sequence
from math import isfinite

__all__ = [
    "BatchError",
    "CodecError",
    "CurrencyMismatch",
    "DuplicateName",
    "FactError",
    "FingerprintMismatch",
    "FloatRefused",
    "GapOrOverlap",
    "InexactValue",
    "InputError",
    "KamcoreError",
    "NaiveInstant",
    "NoTruthValue",
    "NotADate",
    "PolicyError",
    "Undecided",
    "UnknownName",
]


class KamcoreError(Exception):
    """The root of the tree."""


class PolicyError(KamcoreError, ValueError):
    """A policy that cannot be built; the message names the values and the mend."""


class InputError(KamcoreError, ValueError):
    """Input that cannot be read; the message names the value and the mend."""


class GapOrOverlap(PolicyError):
    """Bands that leave out or claim twice the value `witness`."""

    def __init__(self, kind: str, witness: object, lower: object, upper: object) -> None:
        super().__init__(kind, witness, lower, upper)
        self.kind = kind
        self.witness = witness
        self.lower = lower
        self.upper = upper

    def __str__(self) -> str:
        """Name the two bands and a value between or in both."""
        if self.kind == "gap":
            return (
                f"{self.witness} lies in no band, between {self.lower} and {self.upper}; "
                "move one edge, or state a coarser grain"
            )
        return f"{self.witness} lies in two bands, {self.lower} and {self.upper}; move one edge"


class DuplicateName(PolicyError, InputError):
    """The same `name` twice where names must differ."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(what, name)
        self.what = what
        self.name = name

    def __str__(self) -> str:
        """Name the repeated one."""
        return f"{self.what} {self.name!r} appears twice; rename or remove one"


class UnknownName(PolicyError, InputError):
    """A `name` that is not among the `known` ones."""

    def __init__(self, what: str, name: object, known: Iterable[str]) -> None:
        names = tuple(known)
        super().__init__(what, name, names)
        self.what = what
        self.name = name
        self.known = names

    def __str__(self) -> str:
        """Offer the nearest known name, or all of them."""
        return f"unknown {self.what} {self.name!r}; {did_you_mean(str(self.name), self.known)}"


class FloatRefused(InputError):
    """A float, NaN, bool or text where an exact number is needed."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(what, value)
        self.what = what
        self.value = value

    def __str__(self) -> str:
        """Say what to pass instead."""
        kind = type(self.value).__name__
        if isinstance(self.value, float) and isfinite(self.value):
            mend = f'pass an int or Decimal("{self.value}")'
        elif isinstance(self.value, str):
            mend = f"pass an int or Decimal({self.value!r})"
        else:
            mend = "pass an int or a finite Decimal"
        return f"{self.what} is the {kind} {self.value!r}; {mend}"


class InexactValue(InputError):
    """A number with more digits than the unit `grain` holds."""

    def __init__(self, what: str, value: object, grain: object) -> None:
        super().__init__(what, value, grain)
        self.what = what
        self.value = value
        self.grain = grain

    def __str__(self) -> str:
        """Name the grain and both ways out."""
        return (
            f"{self.what} {self.value} is finer than {self.grain}; round it and name the rounding"
        )


class CurrencyMismatch(InputError):
    """Two currencies in one sum or comparison."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(left, right)
        self.left = left
        self.right = right

    def __str__(self) -> str:
        """Name both currencies."""
        return f"{self.left} meets {self.right}; convert one of them first"


class NotADate(PolicyError, InputError):
    """Something else where a calendar date or an instant is needed; the message says the mend."""


class NaiveInstant(InputError):
    """A datetime without a zone where an instant is needed."""

    def __init__(self, what: str, value: object, zone: str = "Asia/Shanghai") -> None:
        super().__init__(what, value, zone)
        self.what = what
        self.value = value
        self.zone = zone

    def __str__(self) -> str:
        """Show the one-line mend."""
        return (
            f"{self.what} {self.value} has no zone; "
            f'use value.replace(tzinfo=ZoneInfo("{self.zone}"))'
        )


class FactError(InputError):
    """One fault in one field of one row."""

    def __init__(self, row: str, field: str, fault: str) -> None:
        super().__init__(row, field, fault)
        self.row = row
        self.field = field
        self.fault = fault

    def __str__(self) -> str:
        """Row, field, fault and mend in one line."""
        where = f"{self.row}, " if self.row else ""
        return f"{where}field {self.field!r}: {self.fault}"


class BatchError(InputError):
    """All the faults of one batch; `faults` has every one, the message the first few."""

    SHOWN = 5

    def __init__(self, faults: Sequence[FactError]) -> None:
        super().__init__(tuple(faults))
        self.faults: tuple[FactError, ...] = tuple(faults)

    def __str__(self) -> str:
        """Join the first faults and count the rest."""
        shown = "; ".join(str(fault) for fault in self.faults[: self.SHOWN])
        rest = len(self.faults) - self.SHOWN
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        return f"{count}: {shown}" + (f"; and {rest} more" if rest > 0 else "")


class NoTruthValue(KamcoreError, TypeError):
    """`bool()` of something that is not a yes or a no."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        """Say what to write instead."""
        return f"{self.what} has no truth value; {self.mend}"


class Undecided(KamcoreError):
    """No answer: `missing` names the facts that would give one, `why` says it in words."""

    def __init__(self, missing: Sequence[str], why: str) -> None:
        super().__init__(tuple(missing), why)
        self.missing: tuple[str, ...] = tuple(missing)
        self.why = why

    def __str__(self) -> str:
        """Give the reason and the way out."""
        return f"{self.why}; supply the facts or use .value_or(...)"


class CodecError(InputError):
    """JSON that is not a kamcore value; `path` leads to the place."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        """Path, then fault."""
        return f"at {self.path or '$'}: {self.fault}"


class FingerprintMismatch(InputError):
    """A policy that is not the one an answer rests on."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        """Name both fingerprints."""
        return (
            f"the answer rests on policy {self.expected}, not {self.found}; "
            "pass the policy of that day"
        )


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return the mend for an unknown name: the nearest known one, or the list."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where an error is written

    near = get_close_matches(name, known, n=1) or get_close_matches(name.upper(), known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return "known are " + ", ".join(repr(one) for one in known) if known else "none are known"
