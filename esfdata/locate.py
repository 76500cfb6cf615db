"""Where a marked row is: its key, its line in the file, and the documents that state its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from esfdata.checks import Check, Table
from esfdata.fields import text
from esfdata.findings import Finding, Source
from esfdata.package import Package
from esfdata.phrases import Phrase

if TYPE_CHECKING:
    import polars as pl


def joined(parts: Iterable[object]) -> str:
    """The parts of a key as one text."""
    return "/".join("" if part is None else str(part) for part in parts)


class Locator:
    """Turns marked rows of a package into findings with an address."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._keys: dict[str, list[str]] = {}
        self._rows: dict[str, dict[str, int]] = {}

    def height(self, table: str) -> int:
        """The number of rows of a table."""
        return len(self._row_keys(table))

    def shown(self, table: Table) -> int:
        """The number of rows that a check is shown."""
        import narwhals.stable.v2 as nw

        return int(table.rows().select(n=nw.len()).collect(backend="polars").item())

    def key(self, table: str, row: int) -> str | None:
        """The primary key of a row, its parts joined."""
        return self._row_keys(table)[row] or None

    def line(self, table: str, row: int) -> int | None:
        """The line at which a row starts in its file, counted from 1 with the header."""
        file = self.package.files.get(table)
        if file is None:
            return row + 2  # tables in memory are written one row a line
        return file.shape.lines[row] if file.is_csv else None

    def place(self, table: str, key: str) -> tuple[str | None, int | None]:
        """The path and line of the row with a key, as far as there is one."""
        row = self._row_of(table, key)
        path = self.package.path(table) if table in self.package else None
        return path, None if row is None else self.line(table, row)

    def finding(self, check: Check, row: dict[str, Any]) -> Finding:
        """The finding of a row that `check` marked."""
        if check.table == "statements":
            return self._of_cell(check, row)
        number, field = row["_row"], check.fields[-1]
        key = self.key(check.table, number)
        known = [field["name"] for field in self.package.fields(check.table)]
        further = [name for name in row if name not in known and not name.startswith("_")]
        shown = [name for name in (*check.fields, *further) if name not in self.package.key(check.table)]
        evidence = ", ".join(f"{name} {text(row[name])}" for name in shown if row.get(name) is not None)
        return _masked(check, Finding(
            check.severity, check.name, check.table, key, field, text(row.get(field)),
            _message(check, evidence), self.package.path(check.table), self.line(check.table, number),
            self.sources(check.table, key, field), found=evidence,
        ))  # fmt: skip

    def _of_cell(self, check: Check, row: dict[str, Any]) -> Finding:
        """The finding of a mark on statements: it is about the cell that they state."""
        table, key, field = row["table"], row["key"], row["field"]
        sources = self.sources(table, key, field)
        if "document_id" in row:
            here = (row["document_id"], row["line"])
            sources = tuple(s for s in sources if (s.document, s.line) == here)
        value = row["value"] if "value" in row else self._value(table, self._row_of(table, key), field)
        if row.get("repair"):
            template = "{original} read as {value} ({repair})" if row["original"] else "({repair})"
            repaired = Phrase(template, original=row["original"], value=value, repair=row["repair"])
            evidence: tuple[Phrase, ...] = (repaired,)
        else:
            evidence = tuple(self._stating(source) for source in sources)
        return _masked(check, Finding(
            check.severity, check.name, table, key, field, value, _message(check, evidence),
            *self.place(table, key), sources,
            found=" | ".join(sorted({s.value or "" for s in sources})),
        ))  # fmt: skip

    def _stating(self, source: Source) -> Phrase:
        """What one document states, where, and of which date the document is, if it says so."""
        compiled = self._compiled.get(source.document)
        dated = "{value} ({document} of {compiled}, line {line})"
        template = dated if compiled else "{value} ({document}, line {line})"
        return Phrase(template, value=source.value, document=source.document, compiled=compiled, line=source.line)

    @cached_property
    def _compiled(self) -> dict[str, str]:
        """The date of each document that states one."""
        if "documents" not in self.package:
            return {}
        dated = self.package.lazy("documents").select("document_id", "compiled").drop_nulls().collect()
        return dict(dated.iter_rows())

    def sources(self, table: str, key: str | None, field: str | None) -> tuple[Source, ...]:
        """What documents state for a cell, or where it is not stated by itself, for its row."""
        cells = self._stated.get((table, key or ""), {})
        if not field or field not in cells:
            parts = self.package.key(table) if table in self.package else []
            by_key = sorted(cells, key=lambda name: parts.index(name) if name in parts else len(parts))
            stated = {(s.document, s.line): s for name in reversed(by_key) for s in cells[name]}
            return tuple(sorted(stated.values(), key=lambda s: (s.document, s.line or 0)))
        return tuple({(s.document, s.line): s for s in cells[field]}.values())

    @cached_property
    def _stated(self) -> dict[tuple[str, str], dict[str, list[Source]]]:
        """The statements by row and field, in the order of documents and lines."""
        found: dict[tuple[str, str], dict[str, list[Source]]] = {}
        if "statements" in self.package:
            rows = self.package.lazy("statements").sort("document_id", "line").collect()
            for s in rows.iter_rows(named=True):
                value = s["original"] if s["value"] is None else s["value"]
                row = found.setdefault((s["table"], s["key"]), {})
                row.setdefault(s["field"], []).append(Source(s["document_id"], s["line"], s["page"], value))
        return found

    def _row_keys(self, table: str) -> list[str]:
        if table not in self._keys:
            key = self.package.key(table)
            frame: pl.DataFrame = self.package.lazy(table).collect()
            self._keys[table] = [joined(row) for row in frame.select(key).iter_rows()] if key else [""] * frame.height
        return self._keys[table]

    def _row_of(self, table: str, key: str) -> int | None:
        if table not in self.package:
            return None
        if table not in self._rows:
            self._rows[table] = {key: row for row, key in enumerate(self._row_keys(table))}
        return self._rows[table].get(key)

    def _value(self, table: str, row: int | None, field: str) -> str | None:
        if row is None or field not in self.package.lazy(table).collect_schema().names():
            return None
        return text(self.package.lazy(table).select(field).slice(row, 1).collect().item())


def _message(check: Check, evidence: str | tuple[Phrase, ...]) -> Phrase:
    template = "{title}: {evidence}." if evidence else "{title}."
    return Phrase(template, title=check.message[:-1], evidence=evidence)


def _masked(check: Check, finding: Finding) -> Finding:
    """The finding without any value, where the check says that it is about personal data."""
    if not check.masked:
        return finding
    from dataclasses import replace

    from esfdata.text import MASK

    sources = tuple(replace(source, value=source.value and MASK) for source in finding.sources)
    key = finding.key and masked_key(finding.key)
    value = finding.value and MASK
    return replace(finding, key=key, value=value, message=_message(check, ""), sources=sources)


def masked_key(key: str) -> str:
    """A key without what is personal in it, and without the name in an identifier that is made of a name."""
    from esfdata.text import MASK, mask

    return re.sub(r"(?<![^/])name:[^/]*", f"name:{MASK}", mask(key))
