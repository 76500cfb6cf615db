"""Renditions: one document in several forms, recognised by what it states, counted once and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from esfdata.documents.document import Document, Statement
from esfdata.documents.layout import docx_paragraphs

ORDER = ("text/plain", "text/markdown", "text/html", docx_paragraphs.MEDIA_TYPE, "application/pdf")
"""Media types from the best rendition on; pictures come last."""
ALIKE = 0.9
"""How much of the cells that two documents both state must be the same in both."""
SHARED = 0.5
"""How much of the cells of the shorter one both must state."""
GAPS = frozenset({"missing_section", "missing_label", "unknown_section", "unknown_label", "unread_row"})
"""What a document says of its own gaps; a further rendition need not say it again."""

Stated = tuple[Document, Sequence[Statement]]
Cell = tuple[str, str, str]


def once(stated: Iterable[Stated]) -> list[Stated]:
    """Documents and their statements, where further renditions of a document keep only what differs.

    A further rendition states `rendition_of`, the id of the best one, and every value that the best one
    does not have or has otherwise: those are compared like the values of any two sources.
    """
    given = list(stated)
    better: dict[int, Stated] = {}
    for group in renditions(given):
        best, *further = group
        better |= {id(document): best for document, _ in further}
    return [
        (document, list(_differing(document, statements, better[id(document)])))
        if id(document) in better
        else (document, statements)
        for document, statements in given
    ]


def renditions(stated: Iterable[Stated], alike: float = ALIKE, shared: float = SHARED) -> list[list[Stated]]:
    """The documents that have several renditions, each group with the best one first."""
    groups: dict[tuple[str, str], list[list[Stated]]] = {}
    for one in sorted(stated, key=_rank):
        document, statements = one
        code = _code(statements)
        if document.kind is None or code is None:
            continue
        of_project = groups.setdefault((document.kind, code), [])
        group = next((group for group in of_project if _same(group[0], one, alike, shared)), None)
        if group is None:
            of_project.append([one])
        else:
            group.append(one)
    return [group for of_project in groups.values() for group in of_project if len(group) > 1]


def _rank(one: Stated) -> tuple[bool, int, bool, str]:
    """The place of a document among its renditions: undamaged, and in the form nearest to its text."""
    document, statements = one
    place = ORDER.index(document.media_type) if document.media_type in ORDER else len(ORDER)
    damaged = any(s.field == "damaged" and s.value == "true" for s in statements)
    doubtful = any(line.doubtful for line in document.lines)
    return damaged, place, doubtful, document.document_id


def _code(statements: Iterable[Statement]) -> str | None:
    codes = (s.value for s in statements if (s.table, s.field) == ("projects", "project_code"))
    return next((code for code in codes if code), None)


def _cells(one: Stated) -> dict[Cell, set[str | None]]:
    """The values of a document's cells, by keys that do not name the document."""
    document, statements = one
    cells: dict[Cell, set[str | None]] = {}
    for s in statements:
        if s.table != "documents" or s.field == "compiled":
            cells.setdefault(_cell(document, s), set()).add(s.value)
    return cells


def _cell(document: Document, s: Statement) -> Cell:
    return s.table, "/".join("" if part == document.document_id else part for part in s.key.split("/")), s.field


def _same(best: Stated, other: Stated, alike: float, least: float) -> bool:
    """Whether two documents of one kind and project say the same."""
    first, second = _cells(best), _cells(other)
    shared = first.keys() & second.keys()
    if any(field == "compiled" and first[cell] != second[cell] for cell in shared for field in cell[2:]):
        return False
    equal = sum(bool(first[cell] & second[cell]) for cell in shared)
    return len(shared) >= least * min(len(first), len(second)) and equal >= alike * len(shared) > 0


def _differing(document: Document, statements: Iterable[Statement], best: Stated) -> Iterator[Statement]:
    """The statements of a further rendition that the best one does not make, and those of what it is."""
    made, gaps = _cells(best), {s.value for s in best[1] if s.table == "documents" and s.field in GAPS}
    first = document.lines[0]
    yield Statement(
        "documents", document.document_id, "rendition_of", best[0].document_id, "", first.page, first.number
    )
    for s in statements:
        said = gaps if s.field in GAPS else made.get(_cell(document, s), set())
        itself = (s.table == "documents" and s.field not in GAPS) or s.field == "project_code"
        if itself or (s.value not in said and not (s.value is None and said)):
            yield s
