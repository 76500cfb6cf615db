"""The cells of a CSV file where they stand in its text, so that one can be changed and no other byte with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

BOM = "\ufeff"
_CELL = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,\r\n]*))(?P<end>,|\r\n|\n|\Z)')


class Cell(NamedTuple):
    """One cell: its value, and the place of its text, with its quotation marks."""

    value: str
    start: int
    end: int
    quoted: bool

    def text(self, value: str) -> str:
        """Another value as it is written here: quoted where the cell was, or where it must be."""
        if self.quoted or any(sign in value for sign in ',"\r\n'):
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        return value


class Row(NamedTuple):
    """One record: its cells, and the place of its text with the line break that ends it."""

    cells: list[Cell]
    start: int
    end: int


def rows(text: str) -> list[Row] | None:
    """The records of a CSV text, empty lines left out; None where quotation marks or line ends have two readings."""
    records = list(_rows(text))
    read = [cells for cells in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")) if cells]
    return records if [[cell.value for cell in row.cells] for row in records] == read else None


def _rows(text: str) -> Iterator[Row]:
    at = start = len(BOM) if text.startswith(BOM) else 0
    cells: list[Cell] = []
    while at < len(text) or cells:
        match = _CELL.match(text, at)
        if match is None:
            return  # a quotation mark or a line end in the wrong place: `rows` sees that records are missing
        quoted = match["quoted"] is not None
        value = match["quoted"].replace('""', '"') if quoted else match["plain"]
        cells.append(Cell(value, at, match.start("end"), quoted))
        at = match.end()
        if match["end"] != ",":
            if len(cells) > 1 or value or quoted:
                yield Row(cells, start, at)
            cells, start = [], at
