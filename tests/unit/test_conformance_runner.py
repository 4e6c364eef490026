"""The runner of other systems' cases: how it translates, skips, fails and ends."""

import json
import runpy
import sys
from pathlib import Path

import pytest

from kamcore.values import Split

RUN = Path(__file__).parents[1] / "conformance" / "run.py"


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Runner":
    return Runner(tmp_path, monkeypatch, capsys)


class Runner:
    """Runs `run.py` on inline cases, as a script."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.patch, self.capsys = folder, patch, capsys

    def __call__(self, room: str, *files: object) -> tuple[int, list[str]]:
        """Return the exit code and the lines printed."""
        paths = [self.write(number, content) for number, content in enumerate(files)]
        self.patch.setattr(sys, "argv", [str(RUN), room, *paths])
        self.patch.syspath_prepend(RUN.parent)
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(RUN), run_name="__main__")
        assert isinstance(end.value.code, int)
        return end.value.code, self.capsys.readouterr().out.splitlines()

    def write(self, number: int, content: object) -> str:
        """Write a file: a list of cases in JSON, a text as it is."""
        path = self.folder / f"{number}.json"
        cases = content if isinstance(content, str) else json.dumps({"cases": content})
        path.write_text(cases, encoding="utf-8")
        return str(path)


def case(kind: str, inputs: dict[str, object], expected: object) -> dict[str, object]:
    """Return a case of payment terms."""
    return {"id": "one", "kind": kind, "inputs": inputs, "expected": expected}


def grouped(group: str, inputs: dict[str, object], expected: object) -> dict[str, object]:
    """Return a case of tiers."""
    return {"id": "one", "group": group, "inputs": inputs, "expected": expected}


ROUNDINGS: list[tuple[object, object, str, object, object]] = [
    ("15", "10", "half_even", "20", "10"),
    (25, 10, "half_even", 20, 30),
    (-25, "10", "half_away_from_zero", "-30", "-20"),
    ("10.455", 0.01, "half_floor", "10.45", "10.46"),
    ("1/3", "0.01", "ceiling", "0.34", "0.33"),
    ("-1/3", "0.01", "towardsZero", "-0.33", "-0.34"),
    ("1/8", "0.05", "half-odd", "0.15", "0.1"),
]


@pytest.mark.parametrize(("value", "step", "mode", "right", "wrong"), ROUNDINGS)
def test_rounding(
    run: Runner, value: object, step: object, mode: str, right: object, wrong: object
) -> None:
    inputs = {"value": value, "step": step, "mode": mode}
    assert run("terms", [case("rounding", inputs, right)]) == (0, ["1 passed, 0 failed, 0 skipped"])
    code, lines = run("terms", [case("rounding", inputs, wrong)])
    assert (code, lines[1:]) == (1, ["0 passed, 1 failed, 0 skipped"])
    assert lines[0].startswith(f"FAILED one: expected {wrong}, actual ")


SPLITS: list[tuple[object, list[object], str, object, list[int]]] = [
    (100, [2, 3, 1], "brick.FloorToFirst", 1, [34, 50, 16]),
    (100, [2, 3, 1], "brick.FloorToLargestRemainder", 1, [33, 50, 17]),
    (100, [2, 3, 1], "brick.FloorToLargestRatio", 1, [33, 51, 16]),
    (100, [2, 3, 1], "brick.FloorSeparate", 1, [33, 50, 16, 1]),
    (100, [2, 3, 1], "brick.BlockSeparate", 1, [32, 48, 16, 4]),
    (100, [2, 3, 1], "largest_remainder", 1, [33, 50, 17]),
    ("-100", ["2", 3, 1], "brick.FloorToFirst", "1", [-34, -50, -16]),
    (10000, ["1/3", "2/7"], "brick.FloorToFirst", 1, [5385, 4615]),
    (10000, [0.5, "3/2"], "brick.FloorToFirst", 1, [2500, 7500]),
    (10000, [1, 2, 3, 7], "brick.FloorToLargestRemainder", 5, [770, 1540, 2305, 5385]),
]


@pytest.mark.parametrize(("total", "ratios", "policy", "step", "parts"), SPLITS)
def test_allocation(
    run: Runner, total: object, ratios: list[object], policy: str, step: object, parts: list[int]
) -> None:
    inputs: dict[str, object] = {"total": total, "ratios": ratios, "policy": policy, "step": step}
    code, lines = run("terms", [case("allocation", inputs, parts)])
    assert (code, lines) == (0, ["1 passed, 0 failed, 0 skipped"])
    wrong = [parts[0] + 1, *parts[1:]]
    code, lines = run("terms", [case("allocation", inputs, wrong)])
    assert (code, lines[0]) == (1, f"FAILED one: expected {wrong}, actual {parts}")


BRACKETS = [[6, "0.23"], [9, "0.29"]]
WORDS = "rate 10% for amount <= 42760 (inclusive upper edge), amount in dollars"
TIERS: list[tuple[str, dict[str, object], object]] = [
    ("APPORTION", {"weights": ["56.7", "38.5", 4.2, "0.6"], "seats": 324}, [184, 125, 13, 2]),
    ("APPORTION", {"weights": [1, 1], "seats": "1", "method": "Hamilton"}, [1, 0]),
    ("BAND", {"brackets": BRACKETS, "values": [5, "5.99", 6, 8, 9, 10]},
     ["0", 0, "0.23", "0.23", "0.29", "0.29"]),
    ("BAND", {"brackets": BRACKETS, "values": [5, 6, 9], "edge": "[lo,hi)"}, [0, "0.23", "0.29"]),
    ("BAND", {"brackets": BRACKETS, "values": [5, 6, 9], "edge": "(lo,hi]"}, [0, 0, "0.23"]),
    ("BAND", {"brackets": [["1/3", "1/7"]], "value": "1/3"}, "1/7"),
    ("BAND", {"bands": WORDS, "amount": "42760.00"}, "0.10"),
    ("BAND", {"bands": WORDS, "amount": "42760.01"}, 0),
    ("BAND", {"bands": "rate 5% for amount >= 1,000; rate 7% for amount >= 2,000",
              "values": ["999.99", 1000, 2000]}, [0, "5%", "0.07"]),
    ("EFFECTIVE-DATE", {"values": {"2017-01-01": 2, "2015-01-01": 1}, "as_of": "2014-12-31"}, None),
    ("EFFECTIVE-DATE", {"values": {"2017-01-01": 2, "2015-01-01": 1}, "as_of": "2016-12-31"}, 1),
    ("EFFECTIVE-DATE", {"values": {"2017-01-01": 2, "2015": 1},
                        "as_of": ["2015-01-01", "2017-01"]}, [1, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("group", "inputs", "expected"), TIERS)
def test_tiers(run: Runner, group: str, inputs: dict[str, object], expected: object) -> None:
    code, lines = run("tiers", [grouped(group, inputs, expected)])
    assert (code, lines) == (0, ["1 passed, 0 failed, 0 skipped"])


def test_a_value_in_force_is_not_null(run: Runner) -> None:
    inputs: dict[str, object] = {"values": {"2015-01-01": 1}, "as_of": "2015-01-01"}
    code, lines = run("tiers", [grouped("EFFECTIVE-DATE", inputs, None)])
    assert (code, lines[0]) == (1, "FAILED one: expected null, actual 1")


# Monday, 2 March 2026, from 09:00 to 17:00 and so on every workday.
WEEK = {
    "tz": "UTC",
    "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}
HOUR = 3600


def monday(time: str) -> str:
    """Return an instant of the Monday."""
    return f"2026-03-02T{time}:00Z"


NOON: list[list[str | None]] = [[monday("11:00"), monday("12:00")]]
TO_TWO = {"at": monday("12:00"), "seconds": 2 * HOUR}
CLOCKS: list[tuple[str, dict[str, object], object]] = [
    ("deadline_with_pauses", {"seconds": 4 * HOUR}, monday("14:00")),
    ("deadline_with_pauses", {"seconds": 4 * HOUR, "pauses": []}, monday("14:00")),
    ("deadline_with_pauses", {"seconds": 2 * HOUR, "pauses": NOON}, monday("13:00")),
    # a pause that had begun before the start takes the time from the start on
    ("deadline_with_pauses",
     {"seconds": 2 * HOUR, "pauses": [[monday("08:00"), monday("11:00")]]}, monday("13:00")),
    ("deadline_with_pauses",
     {"seconds": 2 * HOUR, "pauses": [[monday("08:00"), monday("09:30")]]}, monday("12:00")),
    # a pause without end, asked at 15:00: as if it ended then
    ("deadline_with_pauses",
     {"seconds": 2 * HOUR, "pauses": [[monday("11:00"), None]], "at": monday("15:00")},
     monday("16:00")),
    ("deadline_with_pauses", {"seconds": 7 * HOUR}, monday("17:00")),
    ("deadline_with_pauses", {"seconds": 7 * HOUR, "landing": "open"}, "2026-03-03T09:00:00Z"),
    ("retarget", {"seconds": 4 * HOUR, "changes": [TO_TWO], "mode": "from_start"}, monday("12:00")),
    ("retarget", {"seconds": 4 * HOUR, "changes": [TO_TWO], "mode": "From now"}, monday("14:00")),
    ("retarget", {"seconds": 4 * HOUR, "changes": [TO_TWO], "mode": "keep-share"},
     monday("13:00")),
    ("retarget", {"seconds": HOUR, "changes": [TO_TWO], "mode": "keep_stricter"},
     monday("11:00")),
    ("retarget",
     {"seconds": 4 * HOUR, "pauses": NOON, "changes": [TO_TWO], "mode": "from_start"},
     monday("13:00")),
    ("elapsed_with_pauses", {"end": monday("14:00"), "pauses": NOON}, 3 * HOUR),
    ("elapsed_with_pauses", {"stop": monday("11:30"), "pauses": NOON}, HOUR),
    ("elapsed_with_pauses", {"end": monday("10:00")}, 0),
    ("sla_result", {"seconds": HOUR, "stop": monday("11:00")},
     {"met": True, "breached": False, "seconds_over": 0}),
    ("sla_result", {"seconds": HOUR, "stop": "2026-03-02T11:00:01Z"},
     {"met": False, "breached": True, "seconds_over": 1}),
    ("sla_result", {"seconds": 2 * HOUR, "stop": monday("13:00"), "pauses": NOON},
     {"met": True, "breached": False, "seconds_over": 0}),
    ("threshold_at", {"seconds": 4 * HOUR, "percent": 50}, monday("12:00")),
    ("threshold_at", {"seconds": 4 * HOUR, "percent": "50%"}, monday("12:00")),
    ("threshold_at", {"seconds": 4 * HOUR, "fraction": "0.75"}, monday("13:00")),
    ("threshold_at", {"seconds": 4 * HOUR, "percent": 25, "pauses": NOON}, monday("11:00")),
    ("threshold_at", {"seconds": 4 * HOUR, "percent": 26, "pauses": NOON}, "2026-03-02T12:02:24Z"),
    ("threshold_at", {"seconds": 4 * HOUR, "percent": 100, "pauses": NOON}, monday("15:00")),
]  # fmt: skip


def timed(operation: str, inputs: dict[str, object], expected: object) -> dict[str, object]:
    """Return a case of a clock that starts on Monday at 10:00."""
    return {
        "id": "one",
        "operation": operation,
        "schedule": WEEK,
        "inputs": {"start": monday("10:00"), **inputs},
        "expected": expected,
    }


@pytest.mark.parametrize(("operation", "inputs", "expected"), CLOCKS)
def test_clocks(run: Runner, operation: str, inputs: dict[str, object], expected: object) -> None:
    code, lines = run("sla", [timed(operation, inputs, expected)])
    assert (code, lines) == (0, ["1 passed, 0 failed, 0 skipped"])


@pytest.mark.parametrize(
    ("operation", "inputs"),
    [
        ("deadline_with_pauses", {"seconds": 4 * HOUR}),
        ("elapsed_with_pauses", {"end": monday("14:00")}),
        ("sla_result", {"seconds": HOUR, "stop": monday("11:00")}),
        ("threshold_at", {"seconds": HOUR, "percent": 50}),
    ],
)
def test_another_answer_of_a_clock_fails(
    run: Runner, operation: str, inputs: dict[str, object]
) -> None:
    code, lines = run("sla", [timed(operation, inputs, monday("10:00"))])
    assert (code, lines[-1]) == (1, "0 passed, 1 failed, 0 skipped")


SKIPS: list[tuple[str, dict[str, object], str]] = [
    ("tiers", grouped("APPORTION", {"weights": [1], "seats": 1, "quota": "droop"}, [1]),
     "droop quota: kamcore sizes tiers by exact shares"),
    ("tiers", grouped("APPORTION", {"weights": [1], "seats": 1, "method": "webster"}, [1]),
     "method webster: kamcore sizes tiers by largest remainder"),
    ("tiers", grouped("APPORTION", {"weights": [1], "seats": 1, "least": 1}, [1]),
     "input least has no translation"),
    ("tiers", grouped("BAND", {"brackets": BRACKETS, "values": [1], "kind": "marginal rate"}, [0]),
     "marginal rate: kamcore looks up brackets and does not sum slices"),
    ("tiers", grouped("BAND", {"brackets": BRACKETS, "values": [1], "edge": "[lo,hi]"}, [0]),
     "edge [lo,hi]: kamcore knows [lo,hi) and (lo,hi]"),
    ("tiers", grouped("BAND", {"bands": "cheap for the poor", "amount": 1}, 0),
     "bands in words: only clauses of one order are read"),
    ("tiers", grouped("SHAPE", {}, 0), "kind SHAPE belongs to a later room"),
    ("terms", case("barter", {}, 0), "kind barter belongs to a later room"),
    ("terms", case("allocation", {"total": 1, "ratios": [1], "policy": "brick.Other"}, [1]),
     f"policy brick.Other: kamcore splits by {', '.join(Split)}"),
    ("terms", case("allocation", {"total": "0.5", "ratios": [1], "policy": "first"}, [1]),
     "a total or step below one minor unit: kamcore splits whole minor units"),
    ("terms", case("rounding", {"value": "1/3", "step": 0, "mode": "floor"}, 0),
     "step 0: kamcore rounds to a step above 0"),
    ("sla", {"id": "one", "operation": "escalate"}, "kind escalate belongs to a later room"),
    ("sla", timed("retarget", {"seconds": 1, "mode": "worst"}, 0),
     "mode worst has no translation"),
    ("sla", timed("deadline_with_pauses", {"seconds": 1, "grace": 1}, 0),
     "input grace has no translation"),
    ("sla", timed("deadline_with_pauses",
                  {"seconds": 1, "pauses": [*NOON, [monday("11:30"), monday("13:00")]]}, 0),
     "pauses that overlap have no translation"),
    ("sla", timed("deadline_with_pauses",
                  {"seconds": 1, "pauses": [[monday("11:00"), None], [monday("12:00"), None]]}, 0),
     "pauses that overlap have no translation"),
    ("sla", timed("elapsed_with_pauses", {}, 0),
     "a clock that is asked at no instant has no translation"),
    ("sla", timed("elapsed_with_pauses", {"end": monday("12:00"), "at": monday("12:00")}, 0),
     "inputs end, at together have no translation"),
    ("sla", timed("threshold_at", {"seconds": 8}, 0),
     "a threshold without one share has no translation"),
    ("sla", timed("threshold_at", {"seconds": 8, "percent": 1, "fraction": 1}, 0),
     "a threshold without one share has no translation"),
    ("sla", timed("threshold_at", {"seconds": 8, "percent": "12.5"}, 0),
     "a share that is no whole percent has no translation"),
    ("sla", timed("threshold_at",
                  {"seconds": 4 * HOUR, "percent": 50, "pauses": [[monday("11:00"), None]]}, 0),
     "a threshold that a pause without end keeps off has no translation"),
    ("nosuch", {}, "room nosuch has no conformance translation"),
]  # fmt: skip


@pytest.mark.parametrize(("room", "content", "reason"), SKIPS)
def test_what_kamcore_has_not_is_skipped_with_the_reason(
    run: Runner, room: str, content: dict[str, object], reason: str
) -> None:
    name = content.get("id", "case without id")
    code, lines = run(room, [content])
    assert (code, lines) == (
        0,
        [f"skipped 1, {reason} ({name})", "0 passed, 0 failed, 1 skipped"],
    )


def test_an_unknown_rounding_mode_is_skipped(run: Runner) -> None:
    inputs: dict[str, object] = {"value": "1.5", "mode": "half_up"}
    code, lines = run("terms", [case("rounding", inputs, 2)])
    assert (code, lines[-1]) == (0, "0 passed, 0 failed, 1 skipped")
    assert lines[0].startswith("skipped 1, rounding mode half_up: kamcore rounds by ceiling, ")


def test_skips_are_counted_by_reason(run: Runner) -> None:
    many = [{"id": f"d{number}", "kind": "barter"} for number in range(6)]
    _, lines = run("terms", many)
    assert lines == [
        "skipped 6, kind barter belongs to a later room (d0, d1, d2, d3, …)",
        "0 passed, 0 failed, 6 skipped",
    ]


def test_all_files_are_counted_together(run: Runner) -> None:
    good = case("rounding", {"value": "1.5", "mode": "floor"}, 1)
    bad = {**good, "id": "two", "expected": 2}
    code, lines = run("terms", [good], [bad, good])
    assert (code, lines) == (
        1,
        ["FAILED two: expected 2, actual 1", "2 passed, 1 failed, 0 skipped"],
    )


ALL_ZERO: dict[str, object] = {"total": 1, "ratios": [0, 0], "policy": "first"}


def test_a_refusal_is_right_where_an_error_is_expected(run: Runner) -> None:
    code, lines = run("terms", [case("allocation", ALL_ZERO, {"error": "ratios are all 0"})])
    assert (code, lines) == (0, ["1 passed, 0 failed, 0 skipped"])


def test_a_refusal_is_wrong_where_an_answer_is_expected(run: Runner) -> None:
    code, lines = run("terms", [case("allocation", ALL_ZERO, [1, 0])])
    assert code == 1
    assert lines[0].startswith("FAILED one: expected [1, 0], actual PolicyError(")


def test_an_answer_is_wrong_where_an_error_is_expected(run: Runner) -> None:
    inputs: dict[str, object] = {**ALL_ZERO, "ratios": [1, 0]}
    code, lines = run("terms", [case("allocation", inputs, {"error": "any"})])
    assert (code, lines[0]) == (1, "FAILED one: expected {'error': 'any'}, actual [1, 0]")


@pytest.mark.parametrize(
    "inputs", [{}, {"total": 1, "ratios": 2, "policy": "first"}, {"total": "x"}, {"value": True}]
)
def test_a_case_that_cannot_be_translated_fails(run: Runner, inputs: dict[str, object]) -> None:
    kind = "rounding" if "value" in inputs else "allocation"
    code, lines = run("terms", [case(kind, inputs, [1])])
    assert code == 1
    assert lines[0].startswith("FAILED one: expected [1], but the case cannot be translated: ")


def test_a_case_without_an_answer_fails(run: Runner) -> None:
    code, lines = run("terms", [{"id": "one", "kind": "rounding", "inputs": {}}])
    assert (code, lines[0]) == (1, "FAILED one: the case has no inputs or no expected answer")


@pytest.mark.parametrize("text", ["{", "3", '{"cases": 3}', "[3]"])
def test_a_file_that_is_no_list_of_cases_ends_with_2(run: Runner, text: str) -> None:
    assert run("terms", text) == (2, [])


def test_a_file_that_is_not_there_ends_with_2(run: Runner, tmp_path: Path) -> None:
    run.patch.setattr(run, "write", lambda *_: str(tmp_path / "none.json"))
    assert run("terms", "") == (2, [])


# --- responsibility -------------------------------------------------------------------------

ORDER = ["path_exact", "path_prefix_length", "method", "number_of_headers", "list_order"]
PEOPLE = {
    "li": {
        "absence": {"from": "2026-05-01", "to": "2026-05-03", "to_whom": "wang", "on": True},
    },
    "wang": {},
}
DUTY_CASES: list[tuple[str, dict[str, object], dict[str, object], object, object]] = [
    (
        "route.specific",
        {
            "strategy": "most_specific",
            "order": ORDER,
            "rules": [
                {"id": "wide", "any": [{"method": "GET"}], "to": ["a"]},
                {"id": "deep", "any": [{"path": {"path_prefix": "/x"}}], "to": ["b"]},
            ],
        },
        {"method": "GET", "path": "/x"},
        {"targets": ["b"], "rule": "deep"},
        {"targets": ["a"], "rule": "wide"},
    ),
    (
        "route.specific",
        {
            "strategy": "most_specific",
            "order": ORDER,
            "rules": [{"id": 7, "any": [{"colour": "red"}, {"size": "big"}], "to": ["a"]}],
        },
        {"size": "big", "colour": "blue"},
        {"targets": ["a"], "rule": 7},
        {"targets": [], "rule": None},
    ),
    (
        "pick.rotate",
        {"queue": ["m0", "m1", "m2"]},
        {"allowed": ["m2", "m1"]},
        {"picked": "m1", "queue_after": ["m0", "m2", "m1"]},
        {"picked": "m2", "queue_after": ["m0", "m1", "m2"]},
    ),
    (
        "pick.least_loaded",
        {"pool": ["a", "b"], "capacity": {"b": 1}},
        {"load": {"a": 2, "b": 1}, "n": 1},
        {"sequence": ["a"]},
        {"sequence": ["b"]},
    ),
    (
        "absence",
        {"people": PEOPLE},
        {"who": "li", "today": "2026-05-03"},
        {"out": True},
        {"out": False},
    ),
    (
        "delegate",
        {"people": PEOPLE},
        {"who": "li", "today": "2026-05-01"},
        {"stand_in": "wang"},
        {"stand_in": None},
    ),
    ("rate", {"limit": 1, "window_s": 60}, {"ages_s": [59]}, {"within": False}, {"within": True}),
]


@pytest.mark.parametrize(("kind", "rules", "asked", "right", "wrong"), DUTY_CASES)
def test_duties(
    run: Runner, kind: str, rules: object, asked: object, right: object, wrong: object
) -> None:
    one = {"id": "one", "kind": kind, "rules": rules, "input": asked}
    assert run("routing", [{**one, "expected": right}]) == (0, ["1 passed, 0 failed, 0 skipped"])
    code, lines = run("routing", [{**one, "expected": wrong}])
    assert (code, lines[-1]) == (1, "0 passed, 1 failed, 0 skipped")


def test_what_only_the_peer_answers_is_not_compared(run: Runner) -> None:
    people = {name: dict(PEOPLE["li"]) for name in ("s", "v")}
    for name, other in (("s", "v"), ("v", "s")):
        people[name] = {"absence": {**PEOPLE["li"]["absence"], "to_whom": other}}
    asked = {"who": "s", "today": "2026-05-02"}
    one = {"id": "one", "kind": "delegate", "rules": {"people": people}, "input": asked}
    expected = {"stand_in_peer": "s", "loop": ["s", "v"]}
    assert run("routing", [{**one, "expected": expected}])[0] == 0
