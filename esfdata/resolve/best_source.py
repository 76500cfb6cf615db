"""From what documents state to tables: one value a cell, from the best source.

The order of sources is the rank of their kinds (correction > description > export > card); among equals the
later snapshot (`compiled`) comes first, then the later document (project codes rise with time), then the
earlier line.
A further rendition of a document comes after the best one.
Nothing is dropped: the statements stay beside the tables, and two that differ are for a check to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from esfdata.documents.document import Document, Statement
from esfdata.documents.kinds import KINDS
from esfdata.libraries import pl
from esfdata.tables.package import Package
from esfdata.tables.roles import DATA
from esfdata.tables.text_rows import frame
from esfdata.text import fold

UNKNOWN = "?"
"""A key that begins so belongs to a document whose project is not known: kept, but in no table."""

LAST = 1_000_000

Stated = tuple[Document, Sequence[Statement]]


def resolve(read: Iterable[Stated], package: Package) -> Package:
    """The package with its tables made from what documents state.

    `package` gives the descriptor and the code lists. A name without a y-tunnus is taken for the one
    organisation of that name whose y-tunnus is stated somewhere; its statements move to that key.
    """
    stated = list(read)
    statements = _identified(_frame(stated))
    usable = statements.filter(~pl.col("key").str.starts_with(UNKNOWN)).sort("rank", "line", maintain_order=True)
    tables = {table: _table(table, usable, package) for table in package.tables_of(DATA)}
    tables["documents"] = _documents(stated, usable, package)
    place = package.key("statements")
    rows = statements.unique(place, keep="first", maintain_order=True).sort(place)
    names = [field["name"] for field in package.fields("statements")]
    tables["statements"] = rows.select(pl.col(name).cast(pl.String) for name in names).lazy()
    return package.replace(**tables)


def _frame(stated: Sequence[Stated]) -> pl.DataFrame:
    """All statements as one frame, with the rank of the document that makes each."""

    def order(item: Stated) -> tuple[bool, str, str]:
        document, statements = item
        about = {s.field: s.value for s in statements if s.table == "documents"}
        return "rendition_of" not in about, about.get("compiled") or "", document.document_id

    ranked = sorted(stated, key=order, reverse=True)
    ranked.sort(key=lambda item: KINDS[item[0].kind].rank if item[0].kind else inf)
    ranks = {document.document_id: rank for rank, (document, _) in enumerate(ranked)}
    types = {name: pl.Int64() if name in ("page", "line") else pl.String() for name in Statement._fields}
    frames = [
        pl.DataFrame(list(statements), schema=types, orient="row").with_columns(
            document_id=pl.lit(document.document_id), rank=pl.lit(ranks[document.document_id])
        )
        for document, statements in stated
    ]
    whole = pl.concat(frames)
    return whole.with_columns(pl.col("original").replace("", None))


def _identified(statements: pl.DataFrame) -> pl.DataFrame:
    """The statements with `name:` keys replaced by the y-tunnus of the one organisation so named.

    A business id that is not the one of the key (a misprint under the same name) is the last to be taken.
    """
    named = statements.filter(
        pl.col("table") == "organisations", pl.col("field") == "name", pl.col("value").is_not_null()
    )
    ids: dict[str, set[str]] = {}
    for key, name in named.filter(~pl.col("key").str.contains(":")).select("key", "value").unique().iter_rows():
        ids.setdefault(f"name:{fold(name)}", set()).add(key)
    one = {name: next(iter(keys)) for name, keys in ids.items() if len(keys) == 1}
    by_name = statements.filter(pl.col("key").str.contains("name:", literal=True))["key"].unique()
    moved = {key: "/".join(one.get(part, part) for part in key.split("/")) for key in by_name}
    placed = statements.with_columns(pl.col("key").replace(moved), pl.col("value").replace(one))
    other_id = (
        (pl.col("field") == "business_id") & (pl.col("value") != pl.col("key")) & ~pl.col("key").str.contains(":")
    )
    return placed.with_columns(rank=pl.when(other_id).then(LAST).otherwise(pl.col("rank")))


def _table(table: str, statements: pl.DataFrame, package: Package) -> pl.LazyFrame:
    """One table as text: per key and field the first value in the order of sources."""
    fields, key = [field["name"] for field in package.fields(table)], package.key(table)
    rest = [name for name in fields if name not in key]
    rows = statements.filter(pl.col("table") == table)
    first = {name: pl.col("value").filter(pl.col("field") == name).drop_nulls().first() for name in rest}
    if "line" in rest:
        first["line"] = pl.col("line").filter(pl.col("field") == "value").first().cast(pl.String)
    cells = rows.group_by("key", maintain_order=True).agg(**first)
    parts = pl.col("key").str.splitn("/", len(key)).struct.rename_fields(key)
    return cells.with_columns(parts.alias("parts")).unnest("parts").sort(key).select(fields).lazy()


def _documents(stated: Sequence[Stated], statements: pl.DataFrame, package: Package) -> pl.LazyFrame:
    """The table of documents: the files, with what they state of themselves."""
    about = {row["document_id"]: row for row in _table("documents", statements, package).collect().to_dicts()}
    projects = statements.filter(pl.col("table") == "projects").group_by("document_id").agg(pl.col("key").unique())
    codes = {document: keys[0] for document, keys in projects.iter_rows() if len(keys) == 1}
    rows = []
    for document, _ in stated:
        row = dict(about.get(document.document_id, {}))
        row |= {
            "document_id": document.document_id,
            "path": document.path.name,
            "kind": document.kind,
            "project_code": codes.get(document.document_id),
            "sha256": document.sha256 or None,
            "media_type": document.media_type,
            "url": row.get("url") or document.url,
            "encoding": document.encoding,
        }
        rows.append(row)
    rows.sort(key=lambda row: row["document_id"] or "")
    return frame(rows, [field["name"] for field in package.fields("documents")])
