"""Run the project's own work: `python3 dev.py try`, `test`, `gates`, `tryton` or `bench`.

Needs Python 3.11 or newer with pip. Whatever else a command needs is installed on first use into
folders named `.venv*` beside this file, and again only after `pyproject.toml` has changed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one file that older Pythons may meet
    sys.exit(
        "kamcore needs Python 3.11 or newer, and this is Python {}.{}; "
        "run dev.py with a newer one, for example: python3.12 dev.py test".format(*sys.version_info)
    )

import argparse
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
import tomllib
import venv
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYPROJECT = (ROOT / "pyproject.toml").read_bytes()
PROJECT = tomllib.loads(PYPROJECT.decode())
CORE: list[str] = PROJECT["project"]["dependencies"]
LOWEST = [re.sub(r">=([^,]+).*", r"==\1", requirement) for requirement in CORE]

# Run in a fresh environment: every module must import with the core dependencies alone, and with
# what dateutil itself asks for.
IMPORT_ROOMS = """
import importlib, pkgutil
from importlib.metadata import distributions

import kamcore

NEED_AN_EXTRA = ("kamcore.portfolio", "kamcore.testing")
names = [
    module.name
    for module in pkgutil.walk_packages(kamcore.__path__, "kamcore.")
    if not module.name.startswith(NEED_AN_EXTRA)
]
for name in names:
    importlib.import_module(name)
installed = {found.name: found.version for found in distributions()}
of_dateutil = {"six", "tzdata"}
alien = installed.keys() - {"kamcore", "attrs", "python-dateutil", *of_dateutil}
assert not alien, f"installed beside the core dependencies: {sorted(alien)}"
versions = ", ".join(f"{name} {version}" for name, version in sorted(installed.items()))
print(f"imported {len(names)} modules with {versions}")
"""


def main() -> int:
    """Read the command and run it."""
    says = "\n".join(f"  {name:6} {says}" for name, (_, says) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=f"commands:\n{says}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    given = parser.parse_args()
    run_command, _ = COMMANDS[given.command]
    return run_command(given.rest)


def try_example(rest: list[str]) -> int:
    """Review the example book."""
    python = environment(".venv", ["examples"])
    return show(python, "examples/review_book.py", *rest)


def test(rest: list[str]) -> int:
    """Run all tests under branch coverage; with arguments, pass them to pytest alone."""
    python = environment(".venv", ["examples", "test"])
    if rest:
        return show(python, "-m", "pytest", *rest)
    tests = show(python, "-m", "coverage", "run", "-m", "pytest")
    coverage = show(python, "-m", "coverage", "report")
    return tests or coverage


def tryton(rest: list[str]) -> int:
    """Test the example inside Tryton."""
    python = environment(".venv-tryton", ["tryton"])
    example = rest or ["tests/examples/test_tryton_billing.py"]
    return show(python, "-m", "pytest", "-p", "no:cacheprovider", *example)


def bench(rest: list[str]) -> int:
    """Compare with the peers."""
    python = environment(".venv-bench", ["bench"])
    return show(python, "benchmarks/run.py", *rest)


def gates(_: list[str]) -> int:
    """Run every gate, in order; a failing one does not stop the others."""
    python = environment(".venv", ["examples", "gates"])
    linter, pyright = python.with_name("lint-imports"), [python, "-m", "pyright"]
    with tempfile.TemporaryDirectory() as folder:
        built, fresh = Path(folder, "dist"), Path(folder, "venv")
        passed = [
            gate("ruff check", lambda: run(python, "-m", "ruff", "check"), "Found|passed"),
            gate("ruff format", lambda: run(python, "-m", "ruff", "format", "--check")),
            gate("import order", lambda: run(linter, "--no-cache"), "^Contracts:"),
            gate("mypy", lambda: run(python, "-m", "mypy")),
            gate("pyright", lambda: run(*pyright, "--pythonpath", python)),
            gate("wheel: build", lambda: build_wheel(python, built)),
            gate("wheel: contents", lambda: check_contents(python, built)),
            gate("wheel: import", lambda: import_wheel(built, fresh)),
            gate("wheel: types", lambda: verify_types(pyright, fresh), "completeness score"),
            gate("lowest versions", test_lowest),
            gate("newest dateutil", test_newest),
        ]
    print(f"{sum(passed)} of {len(passed)} gates passed")
    return 0 if all(passed) else 1


COMMANDS: Mapping[str, tuple[Callable[[list[str]], int], str]] = {
    "try": (try_example, "review the example book"),
    "test": (test, "run all tests, with 100 % branch coverage"),
    "gates": (gates, "lint, architecture, types, wheel, lowest versions"),
    "tryton": (tryton, "test the example inside Tryton, the billing system"),
    "bench": (bench, "compare with the peers"),
}


# --- gates --------------------------------------------------------------------------------


class Failed(Exception):
    """A command that ended with an error; the message is what it printed."""


def gate(name: str, check: Callable[[], str], tell: str = r"\S") -> bool:
    """Run one gate and print one line: verdict, name, seconds, last line with `tell`."""
    began = time.perf_counter()
    try:
        output, verdict = check(), "ok"
    except Failed as failure:
        output, verdict = str(failure), "FAILED"
    seconds = time.perf_counter() - began
    if verdict == "FAILED":
        print(output)
    lines = [line.strip() for line in output.splitlines() if re.search(tell, line.strip())]
    said = lines[-1] if lines else ""
    print(f"{verdict:6}  {name:16} {seconds:6.1f} s  {said}", flush=True)
    return verdict == "ok"


def build_wheel(python: Path, built: Path) -> str:
    """Build the source distribution, and the wheel from it."""
    return run(python, "-m", "build", "--no-isolation", "--outdir", built)


def check_contents(python: Path, built: Path) -> str:
    """Compare the wheel with `src`."""
    config = ROOT / "pyproject.toml"
    wheel = the_wheel(built).name
    return run(python, "-m", "check_wheel_contents", "--config", config, wheel, cwd=built)


def import_wheel(built: Path, fresh: Path) -> str:
    """Install the wheel alone in a fresh environment and import every room."""
    wheel = the_wheel(built)
    venv.create(fresh, with_pip=False, symlinks=os.name != "nt")
    python = interpreter(fresh)
    install(python, [str(wheel)])
    return run(python, "-I", "-c", IMPORT_ROOMS, cwd=fresh)


def verify_types(pyright: Iterable[str | Path], fresh: Path) -> str:
    """Ask whether every public name of the installed wheel has a known type."""
    scripts = interpreter(fresh).parent
    active = {"VIRTUAL_ENV": str(fresh), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    return run(*pyright, "--verifytypes", "kamcore", "--ignoreexternal", cwd=fresh, **active)


def test_lowest() -> str:
    """Run unit and property tests with the lowest versions of the core dependencies."""
    python = environment(".venv-lowest", ["unit"], LOWEST)
    folders = [path for path in ("tests/unit", "tests/property") if (ROOT / path).is_dir()]
    output = run(python, "-m", "pytest", "-p", "no:cacheprovider", *folders)
    return f"{' '.join(LOWEST)}: {output.splitlines()[-1].strip('= ')}"


def test_newest() -> str:
    """Run the tests of what asks dateutil, or is compared with it, with its newest version."""
    python = environment(".venv-newest", ["newest"])
    names = ("recurrence", "windows", "months", "date_laws")
    found = [path for name in names for path in ROOT.glob(f"tests/*/calendars/test_{name}.py")]
    output = run(python, "-m", "pytest", "-p", "no:cacheprovider", *found)
    version = run(
        python, "-c", "from importlib.metadata import version as v; print(v('python-dateutil'))"
    )
    return f"python-dateutil {version.strip()}: {output.splitlines()[-1].strip('= ')}"


def the_wheel(built: Path) -> Path:
    """Return the wheel that the build left, or fail."""
    wheels = list(built.glob("*.whl"))
    if not wheels:
        raise Failed("no wheel was built")
    return wheels[0]


# --- environments -------------------------------------------------------------------------


def environment(name: str, groups: list[str], pins: Iterable[str] = ()) -> Path:
    """Return the interpreter of `name`, where kamcore (editable) and `groups` are installed."""
    folder = ROOT / name
    python, stamp = interpreter(folder), folder / "kamcore.json"
    home = f"{folder} {sys.version}"
    project = hashlib.sha256(PYPROJECT).hexdigest()
    state = json.loads(stamp.read_text()) if stamp.exists() else {"home": home, "groups": []}
    wanted = sorted({*groups, *state["groups"]})
    if state == {"home": home, "project": project, "groups": wanted} and python.exists():
        return python
    print(f"setting up {name} with {', '.join(wanted)} ...", flush=True)
    if state["home"] != home or version_of(python) != sys.version:
        venv.create(folder, clear=True, with_pip=False, symlinks=os.name != "nt")
    stamp.unlink(missing_ok=True)
    needed = [*CORE, *pins, *(line for group in wanted for line in requirements(group))]
    install(python, ["--upgrade", "--editable", str(ROOT), *dict.fromkeys(needed)])
    stamp.write_text(json.dumps({"home": home, "project": project, "groups": wanted}))
    return python


def requirements(group: str) -> list[str]:
    """Return the requirements of a dependency group, included groups unfolded."""
    lines: list[str] = []
    for entry in PROJECT["dependency-groups"][group]:
        lines += [entry] if isinstance(entry, str) else requirements(entry["include-group"])
    return lines


def interpreter(folder: Path) -> Path:
    """Return the path of the Python in the environment `folder`."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def version_of(python: Path) -> str:
    """Return the version that `python` reports, or nothing where it does not run."""
    try:
        return run(python, "-c", "import sys; print(sys.version)").strip()
    except (Failed, OSError):
        return ""


def install(python: Path, arguments: Iterable[str]) -> None:
    """Let pip install into the environment of `python`: this Python's pip, or else its own."""
    if find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "--python", python]
    else:
        run(python, "-m", "ensurepip")
        pip = [python, "-m", "pip"]
    run(*pip, "install", "--quiet", "--disable-pip-version-check", *arguments)


# --- processes ----------------------------------------------------------------------------


def show(*command: str | Path) -> int:
    """Run a command in the terminal and return its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    """Run a command and return what it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        check=False,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise Failed(done.stdout or f"{command[0]} ended with code {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
