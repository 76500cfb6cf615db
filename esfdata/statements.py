"""From what documents state to tables: one value a cell, from the best source.

The order of sources is correction > description > export > card; among equals the later snapshot
(`compiled`) comes first, then the later document (project codes rise with time), then the earlier line.
Nothing is dropped: the statements stay beside the tables, and two that differ are for a check to find.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Iterable, Mapping, Sequence

from esfdata.documents.model import Document, Statement
from esfdata.package import DERIVED, Package
from esfdata.text import fold

if TYPE_CHECKING:
    import polars as pl

RANK = {"correction": 0, "description": 1, "export": 2, "card": 3}
UNKNOWN = "?"
"""A key that begins so belongs to a document whose project is not known: kept, but in no table."""

Stated = tuple[Document, Sequence[Statement]]


def resolve(read: Iterable[Stated], package: Package) -> Package:
    """The package with its tables made from what documents state.

    `package` gives the descriptor and the code lists. Names without a y-tunnus are taken for the one
    organisation of that name whose y-tunnus is stated somewhere; their statements move to its key.
    """
    stated = _identified([(document, list(statements)) for document, statements in read])
    documents = {document.document_id: document for document, _ in stated}
    compiled = {
        document.document_id: statement.value or ""
        for document, statements in stated
        for statement in statements
        if (statement.table, statement.field) == ("documents", "compiled")
    }
    ranked = sorted(
        ((document.document_id, statement) for document, statements in stated for statement in statements),
        key=lambda pair: pair[1].line,
    )
    ranked.sort(key=lambda pair: (compiled.get(pair[0], ""), pair[0]), reverse=True)
    ranked.sort(key=lambda pair: RANK.get(documents[pair[0]].kind or "", len(RANK)))
    tables = {table: _table(table, ranked, package) for table in DERIVED}
    tables["documents"] = _documents(stated, package)
    tables["statements"] = _statements(stated, package)
    return package.replace(**tables)


def _identified(stated: Sequence[Stated]) -> list[tuple[Document, list[Statement]]]:
    """The statements with `name:` keys replaced by the y-tunnus of the one organisation so named."""
    known: dict[str, set[str]] = defaultdict(set)
    for _, statements in stated:
        for s in statements:
            if (s.table, s.field) == ("organisations", "name") and s.value and ":" not in s.key:
                known[f"name:{fold(s.value)}"].add(s.key)
    unique = {name: next(iter(keys)) for name, keys in known.items() if len(keys) == 1}

    def identified(s: Statement) -> Statement:
        if "name:" not in s.key:
            return s
        key = "/".join(unique.get(part, part) for part in s.key.split("/"))
        return s._replace(key=key, value=unique.get(s.value or "", s.value))

    return [(document, [identified(s) for s in statements]) for document, statements in stated]


def _table(table: str, ranked: Sequence[tuple[str, Statement]], package: Package) -> pl.LazyFrame:
    """One table as text: per key and field the first value in the order of sources."""
    fields = [field["name"] for field in package.fields(table)]
    key = package.key(table)
    rows: dict[str, dict[str, str | None]] = {}
    for _, s in ranked:
        if s.table != table or s.key.startswith(UNKNOWN):
            continue
        row = rows.setdefault(s.key, dict(zip(key, s.key.split("/"), strict=True)))
        if s.field in fields and s.field not in key and row.get(s.field) is None:
            row[s.field] = s.value
            if s.field == "value" and "line" in fields:
                row["line"] = str(s.line)
    return frame(sorted(rows.values(), key=lambda row: [row[name] or "" for name in key]), fields)


def _documents(stated: Sequence[Stated], package: Package) -> pl.LazyFrame:
    fields = [field["name"] for field in package.fields("documents")]
    rows = []
    for document, statements in stated:
        about = {s.field: s.value for s in statements if s.table == "documents"}
        code = next((s.key for s in statements if s.table == "projects" and not s.key.startswith(UNKNOWN)), None)
        row: dict[str, str | None] = {
            "document_id": document.document_id,
            "path": document.path.name,
            "kind": document.kind,
            "project_code": code,
            "sha256": document.sha256,
            "media_type": document.media_type,
            "compiled": about.get("compiled"),
            "url": about.get("url") or document.url,
            "encoding": document.encoding,
            "damaged": about.get("damaged"),
        }
        rows.append(row)
    return frame(sorted(rows, key=lambda row: row["document_id"] or ""), fields)


def _statements(stated: Sequence[Stated], package: Package) -> pl.LazyFrame:
    fields = [field["name"] for field in package.fields("statements")]
    rows: dict[tuple[str, str, str, str, int], dict[str, str | None]] = {}
    for document, statements in stated:
        for s in statements:
            row = {name: None if value is None else str(value) for name, value in s._asdict().items()}
            place = (document.document_id, s.table, s.key, s.field, s.line)
            rows.setdefault(place, {"document_id": document.document_id, **row})
    return frame([rows[place] for place in sorted(rows)], fields)


def frame(rows: Sequence[Mapping[str, str | None]], fields: Sequence[str]) -> pl.LazyFrame:
    """Rows of text as a LazyFrame with exactly these columns."""
    import polars as pl

    columns = {name: [row.get(name) for row in rows] for name in fields}
    return pl.DataFrame(columns, schema={name: pl.String() for name in fields}).lazy()
