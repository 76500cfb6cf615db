"""DuckDB, an extra."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esfdata.libraries import duckdb, pl


def enter(frames: Mapping[str, pl.LazyFrame]) -> dict[str, Any]:
    """The frames as relations of one connection in memory."""
    connection = duckdb.connect()
    return {name: connection.from_arrow(rows.collect().to_arrow()) for name, rows in frames.items()}
