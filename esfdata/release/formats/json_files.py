"""JSON for pages: a list of rows, each an object on a line of its own; amounts are numbers, dates ISO text."""

from __future__ import annotations

from pathlib import Path

from esfdata.libraries import pl
from esfdata.release.contents import Format, Table


def write(table: Table, path: Path) -> None:
    """Write `table` to `path`. An amount has at most 14 digits, which a number of JSON holds exactly."""
    numbers = [field["name"] for field in table.fields if field.get("type") == "number"]
    rows = table.rows.with_columns(pl.col(numbers).cast(pl.Float64))
    with path.open("wb") as stream:
        before = b"[\n"
        for batch in rows.collect_batches(chunk_size=10_000, maintain_order=True):
            if batch.height:
                stream.write(before + batch.write_ndjson().encode().rstrip(b"\n").replace(b"\n", b",\n"))
                before = b",\n"
        stream.write(b"\n]\n" if before == b",\n" else b"[]\n")


FORMAT = Format(".json", "application/json", write_table=write)
