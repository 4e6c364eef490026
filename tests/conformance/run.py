"""Run cases of other systems: `python tests/conformance/run.py ROOM FILE...`.

Translates each case into kamcore calls, prints every failing case with what was expected and what
came, every reason for a skip, and at last the three counts. The exit code is 1 where a case fails,
2 where a file cannot be read. Nothing here knows a case's id or source.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import _routing
import _sla
import _terms
import _tiers
from _case import Skipped, Translation, plain, shown

from kamcore.errors import KamcoreError

ROOMS: Mapping[str, Mapping[str, Translation]] = {
    "routing": _routing.KINDS,
    "sla": _sla.KINDS,
    "terms": _terms.KINDS,
    "tiers": _tiers.KINDS,
}
BESIDE_INPUTS = ("operation", "schedule", "landing")
OF_PEER = "_peer"
"""Ends the name of a part that only the peer answers so, and kamcore on purpose otherwise."""
IDS_SHOWN = 4

Case = Mapping[str, object]


def main() -> int:
    """Read the arguments, run the cases, print the report."""
    parser = argparse.ArgumentParser(prog="run.py", description="run cases of other systems")
    parser.add_argument("room", metavar="ROOM", help=f"with a translation: {', '.join(ROOMS)}")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    given = parser.parse_args()
    passed = failed = 0
    skips: dict[str, list[str]] = {}
    for path in given.files:
        try:
            cases = list(read(path))
        except (OSError, ValueError) as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            return 2
        for case in cases:
            name = str(case.get("id", "case without id"))
            try:
                report = run(given.room, case)
            except Skipped as skip:
                skips.setdefault(str(skip), []).append(name)
                continue
            failed += bool(report)
            passed += not report
            if report:
                print(f"FAILED {name}: {report}")
    for reason, names in skips.items():
        more = ", …" if len(names) > IDS_SHOWN else ""
        print(f"skipped {len(names)}, {reason} ({', '.join(names[:IDS_SHOWN])}{more})")
    print(f"{passed} passed, {failed} failed, {sum(map(len, skips.values()))} skipped")
    return 1 if failed else 0


def read(path: Path) -> Iterator[Case]:
    """Return the cases of a file; numbers with a point are read as Decimals."""
    found = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    cases = found.get("cases") if isinstance(found, Mapping) else found
    if not isinstance(cases, Sequence) or isinstance(cases, str):
        raise ValueError("no list of cases; write {'cases': [...]}")  # noqa: TRY004 - of the file
    for case in cases:
        if not isinstance(case, Mapping):
            raise ValueError(f"{case!r} is no case")  # noqa: TRY004 - of the file
        yield case


def run(room: str, case: Case) -> str:
    """Return what is wrong with the answer to a case, nothing where it is right.

    Of an answer of several parts those are compared that the case expects.
    """
    if room not in ROOMS:
        raise Skipped(f"room {room} has no conformance translation")
    kind = str(case.get("group") or case.get("kind") or case.get("operation"))
    if kind not in ROOMS[room]:
        raise Skipped(f"kind {kind} belongs to a later room")
    inputs, expected = inputs_of(case), expected_of(case)
    if not isinstance(inputs, Mapping) or "expected" not in case or expected == {}:
        return "the case has no inputs or no expected answer"
    inputs = {**{name: case[name] for name in BESIDE_INPUTS if name in case}, **inputs}
    refused = isinstance(expected, Mapping) and "error" in expected
    try:
        actual = ROOMS[room][kind](inputs)
    except KamcoreError as fault:
        return "" if refused else f"expected {shown(expected)}, actual {fault!r}"
    except (ArithmeticError, LookupError, StopIteration, TypeError, ValueError) as fault:
        return f"expected {shown(expected)}, but the case cannot be translated: {fault!r}"
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        actual = {name: actual[name] for name in expected if name in actual}
    if plain(actual) == plain(expected):
        return ""
    return f"expected {shown(expected)}, actual {shown(actual)}"


def inputs_of(case: Case) -> object:
    """Return the inputs, or the rules and the input of a case that tells these apart."""
    if "inputs" not in case and "rules" in case and "input" in case:
        return {name: case[name] for name in ("rules", "input")}
    return case.get("inputs")


def expected_of(case: Case) -> object:
    """Return the expected answer without the parts that are the peer's alone."""
    expected = case.get("expected")
    if not isinstance(expected, Mapping):
        return expected
    return {name: part for name, part in expected.items() if not name.endswith(OF_PEER)}


if __name__ == "__main__":
    sys.exit(main())
