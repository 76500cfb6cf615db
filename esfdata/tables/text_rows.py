"""Rows of text as a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from esfdata.libraries import pl


def frame(rows: Sequence[Mapping[str, str | None]], fields: Sequence[str]) -> pl.LazyFrame:
    """Rows of text as a LazyFrame with exactly these columns."""
    columns = {name: [row.get(name) for row in rows] for name in fields}
    return pl.DataFrame(columns, schema={name: pl.String() for name in fields}).lazy()
