"""The rows of a package's tables, typed and numbered, held so that many queries can read them.

A small file is held in memory. A large CSV file is read once, and what further queries need of it lies in a
temporary folder, column by column; a Parquet file is read in place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.libraries import pl
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.fields import as_is, dtype, joined, typed
from esfdata.tables.package import Package
from esfdata.tables.table_file import LARGE

ROW = "_row"
RAW = "_raw "
"""Stands before the name of a field for the cell as it was found, where the field has another type."""


class TypedTables:
    """The typed rows of the tables of one package; a context, for it may hold files.

    Attributes:
        package: The package.
        elsewhere: Frames that lie on Spark, by table; the package has a table without rows instead of each.
    """

    def __init__(self, package: Package, elsewhere: Mapping[str, Any] | None = None) -> None:
        self.package = package
        self.elsewhere = dict(elsewhere or {})
        self._numbered: dict[str, pl.LazyFrame] = {}
        self._held: dict[str, pl.LazyFrame] = {}
        self._kept: dict[str, set[str]] = {}
        self._read: dict[str, pl.DataFrame] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> TypedTables:
        if any(self.is_large(table) for table in self.package):
            self._folder = tempfile.TemporaryDirectory(prefix="esfdata-", ignore_cleanup_errors=True)
        return self

    def __exit__(self, *error: object) -> None:
        self._held.clear()
        if self._folder:
            self._folder.cleanup()

    def is_large(self, table: str) -> bool:
        """Whether the table is a CSV file that is not held in memory."""
        file = self.package.files.get(table)
        return file is not None and file.is_csv and isinstance(file.place, Path) and file.size >= LARGE

    def height(self, table: str) -> int:
        """The number of rows of a table."""
        if self.is_large(table):
            return self.package.files[table].shape.height
        return int(self.rows(table).select(pl.len()).collect().item())

    def numbered(self, table: str) -> pl.LazyFrame:
        """The rows with their number, every field typed, and where the file has another type, each cell as found."""
        if table not in self._numbered:
            self._numbered[table] = self._typed(table)
        return self._numbered[table]

    def schema(self, table: str) -> pl.Schema:
        """The columns that `rows` has."""
        return pl.Schema({ROW: pl.Int64(), **{f["name"]: dtype(f) for f in self._fields(table)}})

    def rows(self, table: str) -> pl.LazyFrame:
        """The rows with their number, every field typed; of a large file those that were kept, the others unknown."""
        if table not in self._held:
            self._held[table] = self.numbered(table).select(self.schema(table).names())
        return self._held[table]

    def keep(self, table: str, columns: Collection[str]) -> pl.LazyFrame:
        """What must be run to keep some columns of a large table for `rows`."""
        assert self._folder is not None, "a large table is kept while the tables are entered"
        path = Path(self._folder.name, f"{table}.arrow")
        schema = self.schema(table)
        kept = [name for name in schema if name in columns and name != ROW]
        self._kept[table] = {ROW, *kept}
        others = [pl.lit(None).cast(kind).alias(name) for name, kind in schema.items() if name not in self._kept[table]]
        held = pl.scan_ipc(path, row_index_name=ROW).select(pl.col(ROW).cast(pl.Int64), *kept, *others)
        self._held[table] = held.select(schema.names())
        # compressed, for pages of the file that are mapped into memory would count as used
        return self.numbered(table).select(kept).sink_ipc(path, compression="lz4", lazy=True)

    def some(self, table: str, numbers: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        """Some rows in their order, with their number and the given columns."""
        here = self.rows(table) if set(columns) <= self._kept.get(table, set(columns)) else self.numbered(table)
        wanted = pl.col(ROW).is_in(numbers.implode())
        return here.filter(wanted).select(ROW, *columns).collect()

    def remember(self, table: str, rows: pl.DataFrame) -> None:
        """Keep the keys of rows that were read, for those who ask for `keys`."""
        self._read[table] = rows.select(ROW, *self.package.key(table))

    def keys(self, table: str, numbers: Collection[int]) -> dict[int, str]:
        """The primary keys of some rows by number, their parts joined."""
        read = self._read.get(table)
        wanted = pl.Series(ROW, sorted(numbers), dtype=pl.Int64)
        further = wanted if read is None else wanted.filter(~wanted.is_in(read[ROW].implode()))
        frames = [frame for frame in (read,) if frame is not None]
        if len(further):
            frames.append(self.some(table, further, self.package.key(table)))
        return {number: joined(parts) for frame in frames for number, *parts in frame.iter_rows()}

    def _fields(self, table: str) -> list[dict[str, Any]]:
        """The fields of a table, and those of ours that it lacks, which are unknown to checks that look into them."""
        fields = self.package.fields(table)
        names = {field["name"] for field in fields}
        ours = next((r for r in self._ours if r["name"] == table), {}).get("schema", {}).get("fields", [])
        return [*fields, *(field for field in ours if field["name"] not in names)]

    @cached_property
    def _ours(self) -> list[dict[str, Any]]:
        resources: list[dict[str, Any]] = shipped_descriptor()["resources"]
        return resources

    def _typed(self, table: str) -> pl.LazyFrame:
        raw, fields = self.package.raw(table), self._fields(table)
        types = raw.collect_schema()
        there = [field for field in fields if field["name"] in types]
        other = [field["name"] for field in there if not as_is(field, types[field["name"]])]
        columns = [
            typed(field, types[field["name"]])
            if field["name"] in types
            else pl.lit(None).cast(dtype(field)).alias(field["name"])
            for field in fields
        ]
        unread = [pl.col(name).cast(pl.String).alias(RAW + name) for name in other]
        numbered = raw.with_row_index(ROW).select(pl.col(ROW).cast(pl.Int64), *columns, *unread)
        file = self.package.files.get(table)
        in_place = not other if file is None else file.path.endswith(".parquet")
        if in_place or self.is_large(table):
            return numbered
        try:
            return numbered.collect().lazy()
        except Exception as error:
            raise unreadable(table, error) from error


def unreadable(table: str, error: Exception) -> PackageError:
    """The error of a table whose rows cannot be had, whatever the library says of it."""
    said, _, _ = str(error).strip().partition("\n")
    return PackageError(f"{table} cannot be read: {said}")
