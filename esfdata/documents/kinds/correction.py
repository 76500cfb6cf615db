"""Corrections: a CSV file of cells that a person has put right, each with a reason and a date.

A row that cannot be read is a statement on the table `documents`, field `unread_row`: its value says what
is wrong with it, its original is the row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from esfdata.documents.cell_statements import state
from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kind import Kind
from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import key
from esfdata.tables.roles import shipped
from esfdata.text import date

COLUMNS = ["table", "key", "field", "value", "reason", "date"]


def recognises(document: Document) -> bool:
    """Whether the first line names the columns of a table of corrections."""
    first = next(document.filled(), None)
    return first is not None and sorted(_cells(first.text[:200])) == sorted(COLUMNS)


def _cells(line: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def statements(document: Document) -> Iterator[Statement]:
    """The corrected cells, each on the line where its row begins."""
    header: list[str] | None = None
    for line, row in _rows(document):
        if header is None:
            header = [cell.strip() for cell in row]
            continue
        fault = _fault(row, header)
        cells = dict(zip(header, (cell.strip() for cell in row)))
        if fault:
            yield state("documents", document.document_id, "unread_row", fault, ",".join(row), line)
        else:
            yield state(cells["table"], cells["key"], cells["field"], cells["value"], cells["value"], line)


def _rows(document: Document) -> Iterator[tuple[Line, list[str]]]:
    """The filled rows with the line each begins on, also where quoted values hold line breaks."""
    reader = csv.reader(line.text + "\n" for line in document.lines)
    while True:
        at = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = [document.lines[min(at, len(document.lines) - 1)].text]
        if any(cell.strip() for cell in row):
            yield document.lines[at], row


def _fault(row: list[str], header: list[str]) -> str | None:
    """What keeps a row from being a correction, or None."""
    if len(row) != len(header):
        return f"{len(row)} cells where {len(header)} were expected"
    cells = dict.fromkeys(COLUMNS, "") | dict(zip(header, (cell.strip() for cell in row), strict=True))
    empty = [name for name in COLUMNS if not cells[name]]
    if empty:
        return f"nothing stands under {' and '.join(empty)}"
    if date(cells["date"]) is None:
        return "the date is not a date of the calendar"
    tables = _tables()
    if cells["table"] not in tables:
        return f"no table has the name {cells['table']}"
    fields, parts = tables[cells["table"]]
    if cells["field"] not in fields:
        return f"the table {cells['table']} has no field {cells['field']}"
    if cells["key"].count("/") + 1 != parts:
        return f"a key of {cells['table']} has {parts} parts"
    return None


@cache
def _tables() -> dict[str, tuple[set[str], int]]:
    """The shipped tables that have a key: their fields, and of how many parts the key is."""
    return {
        name: ({field["name"] for field in resource["schema"]["fields"]}, len(key(resource)))
        for name, resource in shipped().items()
        if key(resource)
    }


KIND = Kind(
    name="correction",
    title=Phrase("corrections"),
    rank=0,
    narrative=False,
    recognises=recognises,
    statements=statements,
)
