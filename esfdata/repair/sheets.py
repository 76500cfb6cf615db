"""Safe repairs of a package's CSV files, shown as a unified diff, and written whole or not at all.

No other byte of a file changes: quotation marks, line ends and a byte order mark stay. A repair that would
make two rows alike in a key is left to a person, and so is a key that a row which cannot be read refers to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from esfdata.exceptions import EsfdataError
from esfdata.files import atomic, csv_cells
from esfdata.repair.cell_repairs import repaired, towns
from esfdata.tables.constraints import foreign_keys, unique_keys
from esfdata.tables.package import Package
from esfdata.tables.reading import read
from esfdata.tables.roles import DATA, SOURCE, verbatim

_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")

Place = tuple[int, str]
"""The number of a row, counted from 0, and the name of a field."""


@dataclass
class Sheet:
    """One CSV file of a package, and the new values for some of its cells."""

    table: str
    path: str
    place: Path
    text: str
    header: list[str]
    rows: list[csv_cells.Row]
    new: dict[Place, str] = field(default_factory=dict)

    @property
    def readable(self) -> Iterator[int]:
        """The numbers of the rows that have as many cells as the header."""
        return (n for n, row in enumerate(self.rows) if len(row.cells) == len(self.header))

    def value(self, row: int, name: str) -> str:
        """A cell as it is after the repairs."""
        return self.new.get((row, name), self.old(row, name))

    def old(self, row: int, name: str) -> str:
        """A cell as it stands in the file."""
        at = self.header.index(name)
        cells = self.rows[row].cells
        return cells[at].value if at < len(cells) else ""

    def changed(self) -> Iterator[tuple[csv_cells.Row, str]]:
        """The rows with repairs, each with its new text."""
        for number in sorted({row for row, _ in self.new}):
            row, parts = self.rows[number], []
            at = row.start
            for name, cell in zip(self.header, row.cells, strict=True):
                value = self.new.get((number, name))
                parts.append(self.text[at : cell.start])
                parts.append(self.text[cell.start : cell.end] if value is None else cell.text(value))
                at = cell.end
            yield row, "".join([*parts, self.text[at : row.end]])

    def repaired(self) -> str:
        """The whole text with the repairs."""
        parts, at = [], 0
        for row, text in self.changed():
            parts += [self.text[at : row.start], text]
            at = row.end
        return "".join([*parts, self.text[at:]])


def fix(path: str | Path) -> list[Sheet]:
    """The CSV files of the package at `path` for which there are repairs.

    EsfdataError for a zip, which is a release and stays what it is, and where quotation marks or line
    ends in a file can be read in two ways.
    """
    if Path(path).suffix == ".zip":
        raise EsfdataError(f"{path}: a release is not repaired; repair the package it was made from")
    package = read(path)
    names = [name for name in package.tables_of(DATA, SOURCE) if not verbatim(package.resources[name])]
    sheets = [sheet for name in names if (sheet := _sheet(package, name))]
    names_of_towns = towns(package)
    for sheet in sheets:
        _propose(package, sheet, names_of_towns)
    _keep_keys_apart(package, sheets)
    return [sheet for sheet in sheets if sheet.new]


def diff(sheets: list[Sheet], base: str = "") -> str:
    """The repairs as a unified diff without context, in the true lines of the files."""
    lines: list[str] = []
    for sheet in sheets:
        name = f"{base.rstrip('/')}/{sheet.path}" if base else sheet.path
        lines += [f"--- a/{name.lstrip('/')}\n", f"+++ b/{name.lstrip('/')}\n"]
        line, at, shift = 1, 0, 0
        for row, text in sheet.changed():
            line += _breaks(sheet.text[at : row.start])
            old, new = _lines(sheet.text[row.start : row.end]), _lines(text)
            lines.append(f"@@ -{line},{len(old)} +{line + shift},{len(new)} @@\n")
            lines += [_marked("-", part) for part in old] + [_marked("+", part) for part in new]
            line, at = line + _breaks(sheet.text[row.start : row.end]), row.end
            shift += len(new) - len(old)
    return "".join(lines)


def write(sheets: list[Sheet]) -> None:
    """Write the repairs into the files."""
    for sheet in sheets:
        atomic.file(sheet.place, sheet.repaired().encode())


def _sheet(package: Package, table: str) -> Sheet | None:
    """The file of a table; None where it is no CSV file."""
    file = package.files.get(table)
    if file is None or not file.is_csv or not isinstance(file.place, Path):
        return None
    header = file.header()
    text = file.place.read_bytes().decode()
    rows = csv_cells.rows(text)
    if rows is None:
        raise EsfdataError(f"{file.path}: its quotation marks or line ends can be read in two ways; mend them first")
    return Sheet(table, file.path, file.place, text, header, rows[1:])


def _propose(package: Package, sheet: Sheet, names: Mapping[str, str]) -> None:
    """Repair each cell by itself."""
    key = package.key(sheet.table)
    fields = [one for one in package.fields(sheet.table) if one["name"] in sheet.header]
    for row in sheet.readable:
        for one in fields:
            name = one["name"]
            needed = name in key or bool(one.get("constraints", {}).get("required"))
            old = sheet.old(row, name)
            if old and (new := repaired(one, old, names, needed=needed)) != old:
                sheet.new[row, name] = new


def _keep_keys_apart(package: Package, sheets: list[Sheet]) -> None:
    """Take back each repair of a key that would make two rows alike, or lose what refers to it."""
    references = [one for sheet in sheets for one in foreign_keys(package, sheet.table)]
    shared = {name for one in references for name in (*one.fields, *one.others)}
    kept = {(name, value) for sheet in sheets for name, value in _unreadable(sheet, shared)}
    while True:
        for sheet in sheets:
            for row, name in [place for place in sheet.new if (place[1], sheet.old(*place)) in kept]:
                del sheet.new[row, name]
        alike = [(sheet, place) for sheet in sheets for place in _alike(package, sheet)]
        if not alike:
            return
        for sheet, (row, name) in alike:
            if name in shared:
                kept.add((name, sheet.old(row, name)))
            sheet.new.pop((row, name), None)


def _unreadable(sheet: Sheet, names: set[str]) -> Iterator[tuple[str, str]]:
    """What the rows with too few or too many cells have in the named fields."""
    readable = set(sheet.readable)
    for row in set(range(len(sheet.rows))) - readable:
        yield from ((name, sheet.old(row, name)) for name in names & set(sheet.header))


def _alike(package: Package, sheet: Sheet) -> Iterator[Place]:
    """The repairs that make rows alike in a key, which they were not before."""
    for _, key in unique_keys(package, sheet.table):
        if not set(key) <= set(sheet.header):
            continue
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in range(len(sheet.rows)):
            groups[tuple(sheet.value(row, name) for name in key)].append(row)
        for same in groups.values():
            if len({tuple(sheet.old(row, name) for name in key) for row in same}) > 1:
                yield from ((row, name) for row in same for name in key if (row, name) in sheet.new)


def _lines(text: str) -> list[str]:
    """The lines of a text, each with its line break, as editors count them."""
    return [part for part in _LINE_END.split(text) if part]


def _breaks(text: str) -> int:
    return sum(line.endswith(("\n", "\r")) for line in _lines(text))


def _marked(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith(("\n", "\r")) else f"{sign}{line}\n\\ No newline at end of file\n"
