"""DuckDB: one file of all tables with their keys and constraints; an extra, written where DuckDB is installed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from esfdata.compile.sql_statements import create, ordered
from esfdata.libraries import duckdb
from esfdata.release.contents import Contents, Format

BLOCK = 16_384
"""The smallest block: most tables are small, and each takes whole blocks (1 MB of them all instead of 16)."""


def write(contents: Contents, path: Path) -> None:
    """Write the tables from their Parquet files into one database at `path`."""
    parquet = {table.name: table.parquet for table in contents.tables}
    with closing(duckdb.connect(str(path), config={"threads": 1, "default_block_size": BLOCK})) as database:
        for resource in ordered([table.resource for table in contents.tables]):
            name = resource["name"].replace('"', '""')
            database.execute(create(resource, list(parquet)))
            file = str(parquet[resource["name"]]).replace("'", "''")
            database.execute(f"INSERT INTO \"{name}\" SELECT * FROM read_parquet('{file}')")
        database.execute("CHECKPOINT")


FORMAT = Format(
    ".duckdb",
    "application/vnd.duckdb",
    label="DuckDB",
    varies="DuckDB writes a random identifier into every file.",
    needs="duckdb",
    write=write,
)
