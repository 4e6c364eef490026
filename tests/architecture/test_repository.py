"""What holds for the tree as a whole, whatever the rooms say.

The order of the rooms is a contract of import-linter in `pyproject.toml`.
"""

import ast
import importlib
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import kamcore

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kamcore"
MODULES = sorted(SOURCE.rglob("*.py"))
WITH_EXTRAS = ("portfolio", "testing")
CORE = [path for path in MODULES if path.relative_to(SOURCE).parts[0] not in WITH_EXTRAS]
# tzdata is data: asked for its version where it happens to be installed.
IMPORTABLE = sys.stdlib_module_names | {"attr", "attrs", "dateutil", "kamcore", "tzdata"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|NotImplementedError|planned)\b", re.IGNORECASE)
CLOCKS = {"now", "today", "utcnow", "localtime"}
MOST_LINES = 400


def of(path: Path) -> str:
    """Name a file in a test's id."""
    return path.relative_to(ROOT).as_posix()


def public_modules() -> list[str]:
    """Return every import path without an underscore: the rooms and what they publish."""
    found = pkgutil.walk_packages([str(SOURCE)], "kamcore.")
    return [module.name for module in found if "._" not in module.name]


def imports_of(path: Path) -> Iterator[str]:
    """Return the top-level packages that a module imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case _:
                pass


def sorted_as_ruff_sorts(names: list[str]) -> list[str]:
    """Return constants, then classes, then the rest, each by natural order (ruff RUF022)."""

    def natural(name: str) -> list[str | int]:
        return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]

    def kind(name: str) -> int:
        if name.isupper() and len(name) > 1:
            return 0
        return 1 if name.lstrip("_")[:1].isupper() else 2

    return sorted(names, key=lambda name: (kind(name), natural(name)))


@pytest.mark.parametrize("path", MODULES, ids=of)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", CORE, ids=of)
def test_the_core_imports_the_standard_library_attrs_and_dateutil_only(path: Path) -> None:
    assert set(imports_of(path)) <= IMPORTABLE


@pytest.mark.parametrize("path", CORE, ids=of)
def test_the_core_knows_no_any(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    names += [node.name for node in ast.walk(tree) if isinstance(node, ast.alias)]
    assert "Any" not in names


@pytest.mark.parametrize("path", CORE, ids=of)
def test_the_core_reads_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not CLOCKS & {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("room", public_modules())
def test_a_room_lists_its_names_in_order(room: str) -> None:
    module = importlib.import_module(room)
    assert module.__all__ == sorted_as_ruff_sorts(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_the_top_level_exports_its_version_only() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    docstring, version = tree.body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(version, ast.Assign | ast.AnnAssign)
    assert "__version__" in ast.unparse(version)


def test_the_version_is_written_twice_and_equal() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert kamcore.__version__ == pyproject["project"]["version"]


def test_nothing_published_is_unfinished() -> None:
    published = [
        *MODULES,
        *ROOT.glob("README*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(path for path in (ROOT / "examples").rglob("*.*") if path.suffix in {".py", ".ipynb"}),
    ]
    found = [
        f"{of(path)}:{number}: {line.strip()}"
        for path in published
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert not found
