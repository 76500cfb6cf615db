"""Reading a file of which nothing is known: its encoding, its separator, and its records with their lines."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from esfdata.exceptions import SourceError
from esfdata.kohesio.template import fields

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = (",", ";", "\t", "|")
CHUNK = 1 << 20


class Encoding(NamedTuple):
    """The encoding of a file, and the line and byte for which it is not UTF-8, if there is one."""

    name: str
    line: int | None = None
    byte: str | None = None


class Record(NamedTuple):
    """One record: the physical line on which it begins, its cells, or why it cannot be read."""

    line: int
    cells: list[str]
    fault: str | None = None


def encoding(path: Path) -> Encoding:
    """The encoding: by its mark, else UTF-8, else Windows-1252; SourceError where the file is not text.

    The whole file is looked at, a piece at a time.
    """
    with path.open("rb") as file:
        head = file.read(4)
        for mark, name in MARKS:
            if head.startswith(mark):
                return Encoding(name)
        file.seek(0)
        decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise SourceError(f"{path}: expected a CSV file; found a NUL byte, so this is no text")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                pending = error.object[error.start]
                return Encoding("cp1252", line + error.object[: error.start].count(b"\n"), f"{pending:02x}")
            line += chunk.count(b"\n")
    return Encoding("utf-8")


def separator(path: Path, name: str) -> str:
    """The sign by which the header has the most names of the template; a comma where none is better."""
    with path.open(encoding=name, errors="replace", newline="") as file:
        header = file.readline(CHUNK)
    names_of_fields = {field.lower() for field in fields()}

    def names(sign: str) -> int:
        cells = next(csv.reader([header], delimiter=sign), [])
        return sum(cell.strip().lower() in names_of_fields for cell in cells)

    return max(SEPARATORS, key=names)


def records(file: TextIO, sign: str) -> Iterator[Record]:
    """The records of a file, one at a time; one with stray quotes has a fault, and reading goes on after it."""
    reader = csv.reader(file, delimiter=sign, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Record(line, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, [], str(error))
