"""The records that have pages, in portions so that memory stays small: each with its rows, statements and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from esfdata.libraries import pl
from esfdata.site.page_names import ORGANISATIONS, PROJECTS
from esfdata.site.record_facts import Record
from esfdata.site.site_model import AMOUNTS, PART, Model

Row = dict[str, Any]
PORTION = 500


def project_records(model: Model, size: int = PORTION) -> Iterator[list[Record]]:
    """The projects in portions, each with its rows, statements and findings."""
    fields = model.belonging[PROJECTS]
    tables = {table: model.frame(table) for table in fields}
    statements = model.frame("statements").filter(pl.col("table").is_in([PROJECTS, *tables]))
    statements = statements.with_columns(subject=pl.col("key").str.split("/").list.first())
    documents = model.frame("documents")
    for start in range(0, model.projects.height, size):
        portion = model.projects.slice(start, size)
        codes = portion["project_code"].implode()
        parts = {name: _rows_by(rows, fields[name], codes) for name, rows in tables.items()}
        stated = _rows_by(statements, "subject", codes)
        ids = {row["document_id"] for rows in stated.values() for row in rows}
        papers = {row["document_id"]: row for row in documents.filter(
            pl.col("document_id").is_in(list(ids))).iter_rows(named=True)}  # fmt: skip
        records = []
        for row in portion.iter_rows(named=True):
            code = row["project_code"]
            rows = {name: part.get(code, []) for name, part in parts.items()}
            own = [s for s in stated.get(code, []) if not model.lookups.withheld(s["key"])]
            used = sorted({s["document_id"] for s in own})
            rows["documents"] = [papers[name] for name in used if name in papers]
            records.append(Record(code, row, rows, own, {}))
        yield records


def organisation_records(model: Model, size: int = PORTION) -> Iterator[list[Record]]:
    """The organisations in portions, each with its participations, statements and findings."""
    part = model.frame(PART)
    projects = model.projects.select("project_code", "name", "start_date", AMOUNTS[0])
    part = part.join(projects, on="project_code", how="left", maintain_order="left")
    statements = model.frame("statements").filter(pl.col("table") == ORGANISATIONS)
    own = {name: (model.frame(name), model.belonging[ORGANISATIONS][name]) for name in model.lookups.own[ORGANISATIONS]}
    for start in range(0, model.organisations.height, size):
        portion = model.organisations.slice(start, size)
        keys = portion["organisation_id"].implode()
        parts, stated = _rows_by(part, "organisation_id", keys), _rows_by(statements, "key", keys)
        further = {name: _rows_by(rows, field, keys) for name, (rows, field) in own.items()}
        records = []
        for row in portion.iter_rows(named=True):
            key = row["organisation_id"]
            about = {name: groups.get(key, []) for name, groups in further.items()}
            records.append(Record(key, row, {PART: parts.get(key, []), **about}, stated.get(key, []), {}))
        yield records


def _rows_by(rows: pl.DataFrame, column: str, keys: pl.Series) -> dict[str, list[Row]]:
    """The rows of these keys, by key."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows.filter(pl.col(column).cast(pl.String).is_in(keys)).iter_rows(named=True):
        groups[str(row[column])].append(row)
    return groups
