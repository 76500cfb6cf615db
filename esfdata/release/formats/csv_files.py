"""CSV: UTF-8, LF, ISO dates, plain decimals, a cell in quotes only where it must be, an unknown one empty.

This form is also the canonical one: a content hash is the SHA-256 of it.
"""

from __future__ import annotations

from pathlib import Path

from esfdata.libraries import pl
from esfdata.release.contents import Format, Table


def sink(table: Table, path: Path) -> pl.LazyFrame:
    """The writing of `table` to `path`, done when it is collected."""
    return table.rows.sink_csv(path, quote_style="necessary", date_format="%Y-%m-%d", lazy=True)


FORMAT = Format(".csv", "text/csv", label="CSV", file_type="CSV")
