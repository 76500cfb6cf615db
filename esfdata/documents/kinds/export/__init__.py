"""Exports of the information service: lists of projects, one a row.

The list exports of 2007-2013 (14 columns) and 2014-2020 (13), raw or saved again by hand; the list as XML;
and the EURA 2021 workbook, whose rows arrive as lines with tabs. What a row states is in `export_cells`,
how the rows of a list are told apart in `export_rows`. A row that has two readings, or none, states
nothing: it is kept and reported as a statement on `documents` (`ambiguous_row`, `unread_row`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from esfdata.documents.cell_statements import MOST
from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kind import Kind
from esfdata.documents.kinds.export import list_cells, xml_list
from esfdata.documents.kinds.export.list_columns import Header, header
from esfdata.documents.kinds.export.list_rows import Fields, Row, is_quoted, plain, rows
from esfdata.messages.phrase import Phrase
from esfdata.text import collapse, date
from esfdata.text.persons import WITHHELD, natural_person

TOP = 10
"""The lines in which a header is looked for."""
MOST_FOOTER = 4

_DATE = re.compile(r"(?<!\d)(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d\d-\d\d)(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)(?:(\d{4})(-?)(\d\d)\2(\d\d)|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d)")
_CODE = re.compile(r"[A-Z]\d{4,9}")


class Account(NamedTuple):
    """The rows of an export: read = resolved + ambiguous + unread."""

    read: int
    resolved: int
    ambiguous: int
    unread: int


def recognises(document: Document) -> bool:
    """Whether one of a document's first lines names the columns of an export, or its XML elements do."""
    return _header(document) is not None or xml_list.recognises(document)


def statements(document: Document, persons: str = "withheld") -> Iterator[Statement]:
    """What an export states: the cells of every row that has one reading, and the rows that have not.

    `persons` says what becomes of natural persons' names: `withheld` (the default: they reach no statement),
    or `published`. Article 49(3) of Regulation (EU) 2021/1060 has the name of a beneficiary who is a natural
    person published, and removed two years after its first publication; for the periods before, Annex XII
    of Regulation (EU) No 1303/2013 asks for the names of legal entities only. The wording is to be checked
    against the regulations before names are published.
    """
    if persons not in list_cells.PERSONS:
        raise ValueError(f"persons is {persons!r}; accepted are {', '.join(list_cells.PERSONS)}")
    top = _header(document)
    kept, footer = _rows_and_footer(document)
    yield from _snapshot(document, footer)
    if top is None:
        yield from xml_list.statements(document, persons)
        return
    line, columns = top
    yield from _columns(document, columns, line)
    quoted = is_quoted(_body(document, line), columns)
    if not kept:
        yield _about(document, "no_rows", "the list has a header and no rows", line.text, line)
    for row in kept:
        if len(row.readings) != 1:
            yield _unresolved(document, row, columns)
            continue
        texts = [plain(field, columns) for field in row.fields] if quoted and '"' in row.original else row.fields
        if columns.separator == "\t" and "\t=" in row.original:
            yield _formulas(document, row, columns)
            texts = ["" if text.startswith("=") else text for text in texts]
        yield from list_cells.statements(dict(zip(columns.keys, texts)), row.line, columns.period, persons)


def account(document: Document) -> Account:
    """The rows of an export, counted: each is resolved, ambiguous or unread."""
    if _header(document) is None:
        read = Counter(bool(record.code) for record in xml_list.records(document))
        return Account(read.total(), read[True], 0, read[False])
    times = Counter(min(len(row.readings), 2) for row in _rows_and_footer(document)[0])
    return Account(times.total(), times[1], times[2], times[0])


def rows_of(document: Document) -> list[Row]:
    """The rows of a list, each with its readings."""
    return _rows_and_footer(document)[0]


def _header(document: Document) -> tuple[Line, Header] | None:
    """The first line that names the columns, and the columns."""
    for line in document.lines[:TOP]:
        if columns := header(line.text):
            return line, columns
    return None


def _body(document: Document, top: Line) -> list[Line]:
    """The lines below the header, on its page."""
    return [line for line in document.lines if line.page == top.page and line.number > top.number]


def _rows_and_footer(document: Document) -> tuple[list[Row], list[Row]]:
    """The rows of a list, and below the last project the few short lines of a footer."""
    top = _header(document)
    if top is None:
        return [], []
    every = list(rows(_body(document, top[0]), top[1]))
    last = max((at for at, row in enumerate(every, start=1) if row.readings), default=len(every))
    footer = every[last:]
    if len(footer) > MOST_FOOTER or not all(_is_footer(row, top[1]) for row in footer):
        return every, []
    return every[:last], footer


def _is_footer(row: Row, columns: Header) -> bool:
    """Whether a row is a remark below a list: at most two cells are filled, and none is a code."""
    cells = [cell.strip() for cell in row.original.split(columns.separator) if cell.strip()]
    return len(cells) <= 2 and not any(map(_CODE.match, cells))


def _snapshot(document: Document, footer: list[Row]) -> Iterator[Statement]:
    """The day of the snapshot: as the footer states it, else as the file's name does, else unknown."""
    for row in footer:
        days = [day for text in _DATE.findall(row.original) if (day := date(text))]
        if days:
            yield _about(document, "compiled", days[-1].isoformat(), row.original, row.line)
            return
    for match in _IN_NAME.finditer(document.path.name):
        year, month, day_ = match[1] or match[7], match[3] or match[6], match[4] or match[5]
        if (when := date(f"{day_}.{month}.{year}")) and 2007 <= when.year <= 2100:
            yield _about(document, "compiled", when.isoformat(), match[0], document.lines[0])
            return


def _columns(document: Document, columns: Header, line: Line) -> Iterator[Statement]:
    """What is wrong with the header: labels that are not known, that are missing, or that stand twice."""
    for field, labels in (
        ("unknown_label", columns.unknown),
        ("missing_label", columns.missing),
        ("double_label", columns.double),
    ):
        if labels:
            text = "; ".join(dict.fromkeys(labels))
            yield _about(document, field, text, text, line)


def _formulas(document: Document, row: Row, columns: Header) -> Statement:
    """The cells of a row that hold formulas; what they compute is not stated."""
    held = {label: text for label, text in zip(columns.labels, row.fields) if text.startswith("=")}
    return _about(document, "formula_cell", "; ".join(held), "; ".join(held.values()), row.line)


def _unresolved(document: Document, row: Row, columns: Header) -> Statement:
    """The statement that keeps a row which has several readings, or none."""
    original = shown(row.original, columns)
    if not row.readings:
        return _about(document, "unread_row", original, original, row.line)
    value = " or ".join(_short(fields) for fields in row.readings[:3])
    return _about(document, "ambiguous_row", value, original, row.line)


def _short(fields: Fields) -> str:
    """A reading with its long fields shortened, a natural person withheld."""
    texts = [WITHHELD if natural_person(field) else collapse(field) for field in fields]
    return "[" + " | ".join(text if len(text) <= 40 else f"{text[:25]}…{text[-12:]}" for text in texts) + "]"


def shown_line(document: Document, text: str) -> str:
    """A row of an export as it may be shown."""
    top = _header(document)
    return shown(text, top[1]) if top else WITHHELD


def shown(text: str, columns: Header) -> str:
    """A whole row as it may be shown: each piece that looks like a natural person's name withheld."""
    pieces = text[:MOST].split(columns.separator)
    return columns.separator.join(WITHHELD if natural_person(piece.strip(' "')) else piece for piece in pieces)


def _about(document: Document, field: str, value: str, original: str, line: Line) -> Statement:
    original = list_cells.safe(original)
    return Statement("documents", document.document_id, field, list_cells.safe(value), original, line.page, line.number)


KIND = Kind(
    name="export",
    title=Phrase("export"),
    rank=20,
    narrative=False,
    recognises=recognises,
    statements=statements,
)
