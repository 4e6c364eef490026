"""Test profiles, and documentation that runs: README, docs pages and docstrings."""

import os
from importlib.metadata import version

from hypothesis import settings
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=20, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None, print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
settings.load_profile(PROFILE)

# Patterns match from the right, and `**` stands for one folder.
pages = Sybil(
    patterns=["README*.md", "docs/*.md", "docs/**/*.md"],
    parsers=[PythonCodeBlockParser(), SkipParser()],
)
docstrings = Sybil(
    path="src",
    patterns=["*.py"],
    document_types={".py": PythonDocStringDocument},
    parsers=[DocTestParser()],
)
pytest_collect_file = (pages + docstrings).pytest()


def pytest_report_header() -> str:
    """Name the versions that the run depends on."""
    names = ("attrs", "python-dateutil", "hypothesis")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{packages}; hypothesis profile {PROFILE}"
