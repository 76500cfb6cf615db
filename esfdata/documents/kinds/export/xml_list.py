"""The list of projects as XML: a flat list of records, one element a column.

The service's list of 2007-2013 had one `<projekti>` a project, with the elements `projektikoodi`, `rahasto`,
`projektinnimi`, `ohjelmaosio`, `toimintalinjanumero`, `viranomainen`, `toiminnantila`, `aloituspvm`,
`paattymispvm`, `toteuttajannimi` and four amounts (`julkinenrahoitustoteutunut` and so on); so public
programs that read it show, and also that its ampersands were not escaped. No sample of the file itself is
public. Any XML is read whose records have child elements that fold to the labels of an export's columns.
No entity that a file declares is ever resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kinds.export import list_cells
from esfdata.documents.kinds.export.list_columns import FEWEST, column
from esfdata.text.persons import natural_person

START = 20_000
_ELEMENT = re.compile(r"<([^\W\d][\w.-]{0,80})")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass
class Record:
    """One project of the list: its line, and its text by column."""

    line: int
    cells: dict[str | None, str] = field(default_factory=dict)
    fault: str | None = None

    @property
    def code(self) -> str:
        """The project code, empty where there is none."""
        return self.cells.get("project_code", "").strip()


class _EntitiesError(Exception):
    """A file declares entities of its own, which no list of projects needs."""


def recognises(document: Document) -> bool:
    """Whether a text is XML whose elements are named after the columns of an export."""
    start = "\n".join(line.text for line in document.lines[:400])[:START]
    if not start.lstrip("\ufeff \n\t").startswith("<"):
        return False
    keys = {column(name) for name in _ELEMENT.findall(start)} - {None, ""}
    return len(keys) >= FEWEST and "project_code" in keys


def statements(document: Document, persons: str) -> Iterator[Statement]:
    """The statements of every record; a record without a code, and where the XML breaks off, are reported."""
    for record in records(document):
        line = Line(1, record.line, "")
        if record.code:
            period = "2007-2013" if "programme" in record.cells else None
            yield from list_cells.statements(record.cells, line, period, persons)
            continue
        names = (value for key, value in record.cells.items() if value and not natural_person(value))
        text = list_cells.safe(record.fault or ", ".join(names))
        yield Statement("documents", document.document_id, "unread_row", text, text, 1, record.line)


def records(document: Document) -> Iterator[Record]:
    """The records of the list in order; the last one says why the file could not be read to its end."""
    reader = _Reader()
    text = _AMPERSAND.sub("&amp;", document.text().lstrip("\ufeff"))
    parser = reader.parser
    fault = None
    try:
        for start in range(0, len(text), 1 << 16):
            parser.Parse(text[start : start + (1 << 16)], False)
            yield from reader.taken()
        parser.Parse("", True)
    except expat.ExpatError as error:
        fault = f"the XML cannot be read from line {error.lineno} on: {expat.errors.messages[error.code]}"
    except _EntitiesError:
        fault = "the XML declares entities of its own; nothing from here on is read"
    yield from reader.taken()
    if fault:
        yield Record(parser.CurrentLineNumber, fault=fault)


class _Reader:
    """Expat's events gathered into records: an element with children named after columns is a record."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.open: list[Record] = []
        self.parts: list[str] = []
        self.done: list[Record] = []

    def taken(self) -> list[Record]:
        """The records finished so far, handed over once."""
        done, self.done = self.done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.open.append(Record(self.parser.CurrentLineNumber))
        self.parts = []

    def _text(self, text: str) -> None:
        self.parts.append(text)

    def _end(self, name: str) -> None:
        record = self.open.pop()
        if record.cells:
            if len(record.cells) >= FEWEST:
                self.done.append(record)
        elif self.open and (key := column(name)):
            self.open[-1].cells.setdefault(key, "".join(self.parts))
        self.parts = []

    def _entity(self, *_: object) -> None:
        raise _EntitiesError
