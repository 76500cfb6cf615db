"""What a document is, and what it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a document: its page (from 1), its number in the file (from 1) and its text.

    `doubtful` are the words that text recognition was not sure of.
    """

    page: int
    number: int
    text: str
    doubtful: tuple[str, ...] = ()


class Statement(NamedTuple):
    """What a document says about one cell.

    `value` is canonical text (ISO date, plain decimal, code), or None where the original could not be
    read; `original` is what stands in the document; `repair` says why a misread text was read as it was.
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
    """A file as pages of lines, with what is known of the file itself."""

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
