"""Which columns checks read: read by running them on tables without rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from esfdata.checking.check import Check
from esfdata.checking.several_rows import results
from esfdata.checking.table import Table
from esfdata.libraries import nw, pl


def columns_read(checks: Sequence[Check], schemas: Mapping[str, pl.Schema]) -> dict[str, set[str]]:
    """The columns that the checks read of each table."""
    read: dict[str, set[str]] = {name: set() for name in schemas}

    def empty(table: str, schema: pl.Schema) -> pl.LazyFrame:
        def source(
            columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, batch: int | None
        ) -> Iterator[pl.DataFrame]:
            names = schema.names() if columns is None else columns
            read[table].update(names)
            if predicate is not None:
                read[table].update(predicate.meta.root_names())
            yield pl.DataFrame(schema={name: schema[name] for name in names})

        return pl.io.plugins.register_io_source(source, schema=schema)

    tables = {name: Table(name, nw.from_native(empty(name, schema))) for name, schema in schemas.items()}
    results(checks, tables)
    return read
