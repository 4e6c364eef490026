"""CSV files read so that every fault is one line with file, line and field."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from kamcore.errors import FactError

__all__ = ["BadFiles", "Table", "read_table", "told"]

SHOWN = 40


class BadFiles(Exception):
    """The faults of all files; each is one line."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Write the first faults, a line each, and count the rest."""
        rest = len(self.faults) - SHOWN
        more = [f"... and {rest:,} more faults"] if rest > 0 else []
        return "\n".join([*self.faults[:SHOWN], *more])


class Table:
    """The rows of a CSV file as mappings, and the line of the file on which each row ends."""

    def __init__(self, path: Path, rows: list[dict[str, str]], lines: list[int]) -> None:
        self.path = path
        self.rows = rows
        self.lines = lines

    def place(self, number: int) -> str:
        """Name the file and the line of row `number`, counted from 1."""
        return f"{self.path}:{self.lines[number - 1]}"


def read_table(path: Path, columns: Iterable[str]) -> Table:
    """Return the rows of a CSV file in UTF-8 that has all of `columns`; others are passed over.

    Raises `BadFiles` for a file that cannot be read, an empty one, a column that is not there, and
    rows with more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            if faults := list(_header_faults(path, header, columns)):
                raise BadFiles(faults)
            return _body(path, header, ((reader.line_num, cells) for cells in reader))
    except OSError as fault:
        raise BadFiles([f"{path}: {fault.strerror or fault}"]) from None
    except UnicodeDecodeError:
        mend = "save it as “CSV UTF-8”"
        raise BadFiles([f"{path}: the file is not in UTF-8; {mend}"]) from None
    except csv.Error as fault:
        raise BadFiles([f"{path}:{reader.line_num}: no CSV: {fault}"]) from None


def _header_faults(path: Path, header: list[str], columns: Iterable[str]) -> Iterator[str]:
    if not header:
        yield f"{path}: the file is empty; its first line names the columns"
        return
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield f"{path}:1: column {name!r} stands twice; rename one of them"
    for name in columns:
        if name not in header:
            near = get_close_matches(name, header, n=1)
            mend = f"is {near[0]!r} meant?" if near else f"the file has {', '.join(header)}"
            yield f"{path}:1: there is no column {name!r}; {mend}"


def _body(path: Path, header: list[str], rows: Iterable[tuple[int, list[str]]]) -> Table:
    table = Table(path, [], [])
    faults: list[str] = []
    for line, cells in rows:
        if not cells:
            continue
        if len(cells) != len(header):
            faults.append(
                f"{path}:{line}: {len(cells)} cells and {len(header)} columns; mend the commas"
            )
        table.rows.append(dict(zip(header, cells, strict=False)))
        table.lines.append(line)
    if not table.rows:
        faults.append(f"{path}: there is no row below the header; add at least one")
    if faults:
        raise BadFiles(faults)
    return table


def told(faults: Iterable[FactError], table: Table, names: Mapping[str, str]) -> list[str]:
    """Return kamcore's faults of a batch as lines that speak of the file's lines and columns."""
    said = []
    for fault in faults:
        number = NUMBER.search(fault.row)
        where = table.place(int(number[1])) if number else str(table.path)
        text = ROW.sub(lambda row: f"line {table.lines[int(row[1]) - 1]}", fault.fault)
        said.append(f"{where}: field {names.get(fault.field, fault.field)!r}: {text}")
    return said


NUMBER = re.compile(r"^(?:row|invoice) (\d+)")
ROW = re.compile(r"\brow (\d+)\b")
