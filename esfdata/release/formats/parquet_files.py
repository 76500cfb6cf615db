"""Parquet, compressed with zstd: dates are dates, amounts decimal(14,2), codes text."""

from __future__ import annotations

from pathlib import Path

from esfdata.libraries import pl
from esfdata.release.contents import Format, Table

ROW_GROUP = 262_144
"""The rows of a group, stated because the library's own choice follows the number of cores."""


def sink(table: Table, path: Path) -> pl.LazyFrame:
    """The writing of `table` to `path`, done when it is collected."""
    return table.rows.sink_parquet(path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP, lazy=True)


FORMAT = Format(".parquet", "application/vnd.apache.parquet", label="Parquet", file_type="PARQUET", compressed=True)
