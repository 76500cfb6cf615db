"""The formats of a release, one module each: CSV, Parquet, JSON, SQLite, XLSX and DuckDB.

CSV and Parquet are written a table at a time, in one pass over its rows; SQLite, XLSX and DuckDB are one file of
all tables. Every writer gives the same bytes for the same rows: no clock, no chance, no order of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata.libraries import pl
from esfdata.tables.descriptor import as_written

if TYPE_CHECKING:
    from esfdata.tables.package import Package


class Table(NamedTuple):
    """A table as it is published: its resource in the descriptor, and its rows, typed and sorted by primary key."""

    resource: Mapping[str, Any]
    rows: pl.LazyFrame

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.resource["name"])

    @property
    def fields(self) -> list[Mapping[str, Any]]:
        """The fields, as the descriptor lists them."""
        return list(self.resource["schema"]["fields"])

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows as tuples of Python values, some thousands at a time."""
        for batch in self.rows.collect_batches(chunk_size=10_000, maintain_order=True):
            yield batch.rows()


def tables(package: Package) -> list[Table]:
    """The tables of a package as they are published: only declared fields, empty text unknown, sorted by key."""
    resources = [resource for resource in package.descriptor["resources"] if resource["name"] in package]
    text = pl.col(pl.String)
    return [
        Table(
            as_written(r),
            _sorted(package.lazy(r["name"]).with_columns(pl.when(text != "").then(text)), package.key(r["name"])),
        )
        for r in resources
    ]


def _sorted(rows: pl.LazyFrame, key: Iterable[str]) -> pl.LazyFrame:
    """The rows in the order of their key; rows that have it already stay a stream, which takes no memory."""
    key = list(key)
    fallen = pl.lit(False)
    for name in reversed(key):
        here, before = pl.col(name), pl.col(name).shift(1)
        falls = (before > here).fill_null(before.is_not_null() & here.is_null())
        fallen = falls | (before.eq_missing(here) & fallen)
    if not key or not rows.select(fallen.any()).collect(engine="streaming").item():
        return rows
    return rows.sort(key, maintain_order=True)
