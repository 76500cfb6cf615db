"""Workbooks (XLSX) as lines of cells parted by tabs, read with the standard library alone.

Of a cell this keeps what must not be lost on the way to text: a formula stays a formula (its stored value
may be stale, so it is never taken for a value), amounts keep their cents, and a label that spans several
columns stands in each of them, so that it is seen to stand twice. The EURA 2021 workbook has no default
style; no style is read. No entity of the file's own is resolved, and sizes are bounded before unpacking.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.parsers import expat

from esfdata.documents.document import Document, Line
from esfdata.documents.kinds.export.list_columns import header

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPTED = "a whole workbook (XLSX) without a password"
LARGEST_PART = 200_000_000
MOST_COLUMNS = 500
MOST_ROWS = 1_048_576
HEADER_ROWS = 10

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SPACES = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")

Attributes = dict[str, str]


class UnreadableError(Exception):
    """Why a workbook cannot be read, as the end of a sentence that begins with its name."""


def document(path: Path, document_id: str, digest: str, content: bytes) -> Document | None:
    """The document of some bytes that are a workbook, with a problem where it cannot be read; else None."""
    if not is_workbook(content):
        return None
    try:
        return Document(document_id, path, digest, MEDIA_TYPE, lines(content))
    except UnreadableError as error:
        return Document(
            document_id, path, digest, MEDIA_TYPE, (), problem=f"{path.name} {error}; accepted: {ACCEPTED}."
        )


def is_workbook(content: bytes) -> bool:
    """Whether some bytes are a zip file that holds a workbook."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def lines(content: bytes) -> tuple[Line, ...]:
    """The rows of a workbook: page is the sheet, number the row, text the cells with tabs between.

    UnreadableError where a part is missing, too large or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            shared = _shared(archive)
            rows: list[Line] = []
            for page, sheet in enumerate(_sheets(archive), start=1):
                rows += _lines(page, _Sheet(shared), archive, sheet)
            return tuple(rows)
    except expat.ExpatError as error:
        raise UnreadableError(f"is a workbook with broken XML inside ({error})") from error
    except (zipfile.BadZipFile, zlib.error, LookupError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"is not a whole workbook ({error})") from error


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of the workbook, unpacked within bounds whatever its size is said to be."""
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise UnreadableError(f"holds {name}, which is larger than {LARGEST_PART:,} bytes when unpacked")
    return content


def _parse(content: bytes, start: Callable[[str, Attributes], None], end: Callable[[str], None] | None = None,
           text: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Run expat over a part; element names come without their namespaces' prefixes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise UnreadableError("is a workbook that declares a document type or entities of its own; none is resolved")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.Parse(content, True)


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    """The parts of the sheets, in the workbook's order."""
    named: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            named.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(_part(archive, "xl/workbook.xml"), sheet)
    _parse(_part(archive, "xl/_rels/workbook.xml.rels"), relation)
    paths = [posixpath.normpath(posixpath.join("/xl", targets[name])).lstrip("/") for name in named if name in targets]
    return [path for path in paths if path in archive.namelist()]


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells share."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    texts: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(name: str, attributes: Attributes) -> None:
        if name == "si":
            texts.append("")
        elif name in inside:
            inside[name] += 1

    def end(name: str) -> None:
        if name in inside:
            inside[name] -= 1

    def text(characters: str) -> None:
        if texts and inside["t"] and not inside["rPh"]:
            texts[-1] += characters

    _parse(_part(archive, "xl/sharedStrings.xml"), start, end, text)
    return texts


class _Sheet:
    """The cells of one sheet, gathered from expat's events."""

    def __init__(self, shared: list[str]) -> None:
        self.shared = shared
        self.rows: dict[int, dict[int, str]] = {}
        self.merged: list[tuple[int, int, int]] = []
        self.row = self.column = 0
        self.kind = self.inside = ""
        self.value: list[str] = []
        self.formula: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self.column = _number(place[1]) if place else self.column + 1
            self.kind, self.value, self.formula = attributes.get("t", "n"), [], None
        elif name in ("v", "t", "f"):
            self.inside = name
            self.formula = [] if name == "f" else self.formula
        elif name == "rPh":
            self.inside = ""
        elif name == "mergeCell":
            ends = _CELL.findall(attributes.get("ref", ""))
            if len(ends) == 2 and ends[0][1] == ends[1][1] and int(ends[0][1]) <= HEADER_ROWS:
                self.merged.append((int(ends[0][1]), _number(ends[0][0]), min(_number(ends[1][0]), MOST_COLUMNS)))

    def text(self, characters: str) -> None:
        if self.inside == "f" and self.formula is not None:
            self.formula.append(characters)
        elif self.inside:
            self.value.append(characters)

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self.inside = ""
        elif name == "c" and 1 <= self.column <= MOST_COLUMNS and 1 <= self.row <= MOST_ROWS:
            text = f"={''.join(self.formula)}" if self.formula is not None else self._value("".join(self.value))
            if text:
                self.rows.setdefault(self.row, {})[self.column] = _SPACES.sub(" ", text)

    def _value(self, text: str) -> str:
        if self.kind == "s":
            return self.shared[int(text)] if text.isdecimal() and int(text) < len(self.shared) else ""
        return _plain(text) if self.kind == "n" and text else text


def _lines(page: int, sheet: _Sheet, archive: zipfile.ZipFile, part: str) -> Iterator[Line]:
    """The rows of a sheet, each as wide as its header; days below the header as days."""
    _parse(_part(archive, part), sheet.start, sheet.end, sheet.text)
    for row, first, last in sheet.merged:
        cells = sheet.rows.get(row, {})
        cells.update(dict.fromkeys(range(first, last + 1), cells.get(first, "")))
    width = max((max(cells) for number, cells in sheet.rows.items() if number <= HEADER_ROWS), default=0)
    days: set[int] = set()
    for number, cells in sorted(sheet.rows.items()):
        texts = [cells.get(column, "") for column in range(1, max(width, *cells) + 1)]
        if not days and (top := header("\t".join(texts))):
            days = {at for at, key in enumerate(top.keys) if key in ("start_date", "end_date")}
        else:
            texts = [_day(text) if at in days else text for at, text in enumerate(texts)]
        yield Line(page, number, "\t".join(texts))


def _number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _plain(text: str) -> str:
    """A stored number with the digits that a spreadsheet shows of it, at most fifteen."""
    try:
        return format(Decimal(f"{float(text):.15g}"), "f")
    except (ValueError, ArithmeticError):
        return text


def _day(text: str) -> str:
    """The day that a serial number stands for (1 is 1 January 1900, and the year 1900 has a day too many)."""
    if not re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return text
    return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
