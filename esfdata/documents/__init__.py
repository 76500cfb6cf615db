"""Documents: files read as pages of lines, recognised by what they say, and what they state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from esfdata.documents.document import Document, Line, Statement
from esfdata.documents.kinds import KINDS
from esfdata.documents.source_files import files, identifiers, read_file

__all__ = ["KINDS", "Document", "Line", "Statement", "damaged", "read", "recognised", "statements"]

LONG = 20_000
"""Characters of a text that are looked at to see whether it is damaged."""
FEWEST_WORDS = 50
"""Words without which a text is too short to tell."""


def read(paths: str | Path | Iterable[str | Path]) -> list[Document]:
    """The documents of files and folders, each with its kind; `problem` says why one has none.

    Folders are read with all below them, in the order of their paths, hidden files left out. SourceError
    where a path does not exist or a folder holds no file; a bad file is a document with a problem.
    """
    sources = [paths] if isinstance(paths, str | Path) else list(paths)
    located = files(sources)
    ids = identifiers(located)
    return [recognised(read_file(path, ids[path])) for path in located]


def recognised(document: Document) -> Document:
    """The document with the one kind that claims it, or with the problem that none or several do."""
    if document.problem:
        return document
    claims = [name for name, kind in KINDS.items() if kind.recognises(document)]
    if len(claims) == 1:
        return document.of_kind(claims[0])
    accepted = f"accepted are {', '.join(KINDS)} documents"
    if claims:
        return document.with_problem(
            f"{document.path.name} is claimed by two kinds, {' and '.join(claims)}; {accepted}, one a file."
        )
    return document.with_problem(f"{document.path.name} is no document of a known kind; {accepted}.")


def damaged(document: Document) -> bool:
    """Whether a document is a Finnish text of some length that has lost its ä and ö."""
    text = document.text()
    words = text[:LONG].split()
    return len(words) >= FEWEST_WORDS and "ja" in words and not re.search("[äöÄÖ]", text)


def statements(document: Document) -> Iterator[Statement]:
    """What a document states, each cell once a line; nothing where its kind is not known."""
    if document.kind is None or not document.lines:
        return
    kind = KINDS[document.kind]
    stated = kind.statements(document)
    if kind.narrative:
        lost = "true" if damaged(document) else "false"
        first = document.lines[0]
        yield Statement("documents", document.document_id, "damaged", lost, "", first.page, first.number)
        stated = _once(stated)
    yield from stated


def _once(stated: Iterable[Statement]) -> Iterator[Statement]:
    """The statements without those about a cell that the same line has stated already."""
    seen = set()
    for statement in stated:
        place = (statement.table, statement.key, statement.field, statement.line)
        if place not in seen:
            seen.add(place)
            yield statement
