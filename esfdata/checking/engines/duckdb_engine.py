"""DuckDB, an extra."""

from __future__ import annotations

from typing import Any

from esfdata.checking.engine import Engine
from esfdata.checking.typed_tables import TypedTables
from esfdata.libraries import duckdb, pl


class DuckDBEngine(Engine):
    """The tables as relations of one database in memory."""

    def __init__(self, tables: TypedTables) -> None:
        super().__init__(tables)
        self._database = duckdb.connect()

    def enter(self, rows: pl.LazyFrame) -> Any:
        """The rows as a relation."""
        return self._database.from_arrow(rows.collect().to_arrow())

    def close(self) -> None:
        """Close the database."""
        self._database.close()
