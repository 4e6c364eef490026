"""Tables of contents that open their chapters when they are read."""

from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["contents"]


def contents(room: str, chapters: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a room: each chapter's file, and the names found in it.

    A room of many files pays on import for what is used and for nothing else.
    """
    files = {name: file for file, names in chapters.items() for name in names.split()}

    def find(name: str) -> object:
        if name not in files:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{files[name]}"), name)

    return find
