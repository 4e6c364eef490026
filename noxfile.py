"""The matrix of Pythons; needs nox (dependency group `matrix`) and the interpreters on the path."""

import re
from pathlib import Path

import nox

nox.needs_version = ">=2026.4"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["tests", "lowest", "types", "lint"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
CORE = PYPROJECT["project"]["dependencies"]
LOWEST = [re.sub(r">=([^,]+).*", r"==\1", requirement) for requirement in CORE]


def install(session: nox.Session, group: str, *pins: str) -> None:
    """Install kamcore (editable) with a dependency group."""
    wanted = nox.project.dependency_groups(PYPROJECT, group)
    session.install("--editable", ".", *wanted, *pins)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run all tests under branch coverage; with arguments, pytest alone."""
    install(session, "test")
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    data = {"COVERAGE_FILE": str(Path(session.create_tmp(), "coverage"))}
    session.run("coverage", "run", "-m", "pytest", env=data)
    session.run("coverage", "report", env=data)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run unit and property tests with the lowest attrs and dateutil."""
    install(session, "unit", *LOWEST)
    session.run("pytest", "tests/unit", "tests/property", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Run mypy and pyright."""
    install(session, "gates")
    session.run("mypy")
    session.run("pyright")


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff and check the order of the rooms."""
    install(session, "gates")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports", "--no-cache")
