"""What a document is, and what it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a document.

    Attributes:
        page: Its page, from 1.
        number: Its number in the file, from 1.
        text: Its text.
        doubtful: The words that text recognition was not sure of.
    """

    page: int
    number: int
    text: str
    doubtful: tuple[str, ...] = ()


class Statement(NamedTuple):
    """What a document says about one cell.

    Attributes:
        table: The table of the cell.
        key: The primary key of its row, the parts joined with `/`.
        field: The field.
        value: Canonical text (an ISO date, a plain decimal, a code), or None where the original could not be read.
        original: What stands in the document.
        page: The page, from 1.
        line: The line, from 1.
        repair: Why a misread text was read as it was, else None.
    """

    table: str
    key: str
    field: str
    value: str | None
    original: str
    page: int
    line: int
    repair: str | None = None


@dataclass(frozen=True)
class Document:
    """A file as pages of lines, with what is known of the file itself.

    Attributes:
        document_id: A name that no other document of the run has.
        path: Where the file lies.
        sha256: The digest of its bytes, in hexadecimal.
        media_type: Its media type, by content.
        lines: Its lines, over all pages.
        kind: What kind of paper it is, or None where no kind claims it.
        encoding: The encoding that its text was read in.
        url: Where it was downloaded from.
        problem: Why it cannot be used, else None.
    """

    document_id: str
    path: Path
    sha256: str
    media_type: str
    lines: tuple[Line, ...]
    kind: str | None = None
    encoding: str | None = None
    url: str | None = None
    problem: str | None = None

    def of_kind(self, kind: str) -> Document:
        """The same document, recognised as `kind`."""
        return replace(self, kind=kind)

    def with_problem(self, problem: str) -> Document:
        """The same document, with why it cannot be used."""
        return replace(self, problem=problem)

    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line.text for line in self.lines)

    def filled(self) -> Iterator[Line]:
        """The lines that hold more than white space."""
        return (line for line in self.lines if line.text.strip())
