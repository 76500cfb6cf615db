"""DuckDB: one file of all tables with their keys and constraints; an extra, written where DuckDB is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from esfdata.compile.sql_statements import create, ordered
from esfdata.libraries import duckdb

MEDIA_TYPE = "application/vnd.duckdb"
BLOCK = 16_384
"""The smallest block: most tables are small, and each takes whole blocks (1 MB of them all instead of 16)."""


def installed() -> bool:
    """Whether DuckDB is there."""
    return find_spec("duckdb") is not None


def write(resources: Sequence[Mapping[str, Any]], parquet: Mapping[str, Path], path: Path) -> None:
    """Write the tables, given as Parquet files by name, into one database at `path`.

    The bytes are not the same on every run: DuckDB writes a random identifier.
    """
    names = [resource["name"] for resource in resources]
    with closing(duckdb.connect(str(path), config={"threads": 1, "default_block_size": BLOCK})) as database:
        for resource in ordered(resources):
            name = resource["name"].replace('"', '""')
            database.execute(create(resource, names))
            file = str(parquet[resource["name"]]).replace("'", "''")
            database.execute(f"INSERT INTO \"{name}\" SELECT * FROM read_parquet('{file}')")
        database.execute("CHECKPOINT")
