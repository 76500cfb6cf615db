"""Where a marked row is: its key, its line in the file, and the documents that state its cells."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import Any

from esfdata.checking.check import Check
from esfdata.checking.marks import STATEMENTS, Marks
from esfdata.checking.typed_tables import ROW
from esfdata.findings.finding import Finding, Source
from esfdata.libraries import pl
from esfdata.messages.phrase import Phrase
from esfdata.tables.fields import joined, text
from esfdata.text import MASK, mask


class Locator:
    """Turns what a run marked into findings with an address.

    Keys, statements and lines are looked up for the marked rows alone.
    """

    def __init__(self, marks: Marks) -> None:
        self.package = marks.tables.package
        self._tables = marks.tables
        self._marks = marks

    def key(self, table: str, row: int) -> str | None:
        """The primary key of a marked row, its parts joined."""
        return self._keys[table][row] or None

    def line(self, table: str, row: int) -> int | None:
        """The line at which a row starts in its file, counted from 1 with the header."""
        file = self.package.files.get(table)
        if file is None:
            return row + 2 if self.package.written else None  # tables in memory are written one row a line
        return file.shape.line(row) if file.is_csv else None

    def path(self, table: str) -> str | None:
        """The path of the file of a table inside the package."""
        return self.package.path(table) if table in self.package and self.package.written else None

    def place(self, table: str, key: str) -> tuple[str | None, int | None]:
        """The path and line of the row with a key that a statement is about, as far as there is one."""
        row = self._row_of(table, key)
        return self.path(table), None if row is None else self.line(table, row)

    def finding(self, check: Check, row: dict[str, Any]) -> Finding:
        """The finding of a row that `check` marked."""
        if check.table == STATEMENTS:
            return self._of_cell(check, row)
        number, field = row[ROW], check.fields[-1]
        key = self.key(check.table, number)
        fields = [field["name"] for field in self.package.fields(check.table)]
        further = [name for name in row if name not in fields and not name.startswith("_")]
        shown = [name for name in (*check.fields, *further) if name not in self.package.key(check.table)]
        evidence = ", ".join(f"{name} {text(row[name])}" for name in shown if row.get(name) is not None)
        return _masked(check, Finding(
            check.severity, check.name, check.table, key, field, text(row.get(field)),
            _message(check, evidence), self.path(check.table), self.line(check.table, number),
            self.sources(check.table, key, field), evidence=evidence,
        ))  # fmt: skip

    def _of_cell(self, check: Check, row: dict[str, Any]) -> Finding:
        """The finding of a mark on statements: it is about the cell that they state."""
        table, key, field = row["table"], row["key"], row["field"]
        sources = self.sources(table, key, field)
        if "document_id" in row:
            here = (row["document_id"], row["line"])
            sources = tuple(s for s in sources if (s.document, s.line) == here)
        value = row["value"] if "value" in row else text(self._rows.get(table, {}).get(key, {}).get(field))
        if row.get("repair"):
            template = "{original} read as {value} ({repair})" if row["original"] else "({repair})"
            repaired = Phrase(template, original=row["original"], value=value, repair=row["repair"])
            evidence: tuple[Phrase, ...] = (repaired,)
        else:
            evidence = tuple(self._stating(source) for source in sources)
        return _masked(check, Finding(
            check.severity, check.name, table, key, field, value, _message(check, evidence),
            *self.place(table, key), sources,
            evidence=" | ".join(sorted({s.value or "" for s in sources})),
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
        dated = self._tables.rows("documents").select("document_id", "compiled").drop_nulls().collect()
        return dict(dated.iter_rows())

    def sources(self, table: str, key: str | None, field: str | None) -> tuple[Source, ...]:
        """What documents state for a cell, or where it is not stated by itself, for its row."""
        if not self._stated:
            return ()
        cells = self._stated.get((table, key or ""), {})
        if not field or field not in cells:
            parts = self.package.key(table) if table in self.package else []
            by_key = sorted(cells, key=lambda name: parts.index(name) if name in parts else len(parts))
            stated = {(s.document, s.line): s for name in reversed(by_key) for s in cells[name]}
            return tuple(sorted(stated.values(), key=lambda s: (s.document, s.line or 0)))
        return tuple({(s.document, s.line): s for s in cells[field]}.values())

    @cached_property
    def unread(self) -> list[dict[str, Any]]:
        """The statements whose text in a document could not be read."""
        if STATEMENTS not in self.package:
            return []
        unknown = pl.col("value").is_null() & pl.col("original").is_not_null() & (pl.col("table") != "documents")
        rows = self._tables.rows(STATEMENTS).filter(unknown)
        return rows.sort(self.package.key(STATEMENTS)).collect().to_dicts()

    @cached_property
    def _cells(self) -> set[tuple[str, str]]:
        """The table and key of each row that a marked or unread statement is about."""
        return self._marks.cells | {(row["table"], row["key"]) for row in self.unread}

    @cached_property
    def _keys(self) -> dict[str, dict[int, str]]:
        """The keys of the marked rows, by table and number."""
        return {table: self._tables.keys(table, numbers) for table, numbers in self._marks.numbers.items() if numbers}

    @cached_property
    def _rows(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The rows that marked statements are about, by table and key."""
        wanted: dict[str, list[str]] = {}
        for table, key in self._cells:
            if table in self.package and self.package.key(table):
                wanted.setdefault(table, []).append(key)
        about = {}
        for table, keys in wanted.items():
            parts = [pl.col(name).cast(pl.String).fill_null("") for name in self.package.key(table)]
            here = pl.concat_str(parts, separator="/").is_in(pl.Series(keys).implode())
            rows = self._tables.numbered(table).filter(here).collect().iter_rows(named=True)
            about[table] = {joined(row[name] for name in self.package.key(table)): row for row in rows}
        return about

    @cached_property
    def _stated(self) -> dict[tuple[str, str], dict[str, list[Source]]]:
        """The statements about the rows of findings, by row and field, in the order of documents and lines."""
        stated: dict[tuple[str, str], dict[str, list[Source]]] = {}
        if STATEMENTS not in self.package:
            return stated
        marked = {(table, key) for table, keys in self._keys.items() for key in keys.values()}
        wanted = pl.DataFrame(sorted(marked | self._cells), schema={"table": pl.String, "key": pl.String}, orient="row")
        rows = self._tables.rows(STATEMENTS).join(wanted.lazy(), on=["table", "key"], how="semi")
        for s in rows.sort("document_id", "line", maintain_order=True).collect().iter_rows(named=True):
            value = s["original"] if s["value"] is None else s["value"]
            row = stated.setdefault((s["table"], s["key"]), {})
            row.setdefault(s["field"], []).append(Source(s["document_id"], s["line"], s["page"], value))
        return stated

    def _row_of(self, table: str, key: str) -> int | None:
        row = self._rows.get(table, {}).get(key)
        return None if row is None else int(row[ROW])


def _message(check: Check, evidence: str | tuple[Phrase, ...]) -> Phrase:
    template = "{title}: {evidence}." if evidence else "{title}."
    return Phrase(template, title=check.message[:-1], evidence=evidence)


def _masked(check: Check, finding: Finding) -> Finding:
    """The finding without any value, where the check says that it is about personal data."""
    if not check.masked:
        return finding
    sources = tuple(replace(source, value=source.value and MASK) for source in finding.sources)
    key = finding.key and masked_key(finding.key)
    value = finding.value and MASK
    return replace(finding, key=key, value=value, message=_message(check, ""), sources=sources)


def masked_key(key: str) -> str:
    """A key without what is personal in it, and without the name in an identifier that is made of a name."""
    return re.sub(r"(?<![^/])name:[^/]*", f"name:{MASK}", mask(key))
