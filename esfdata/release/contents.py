"""What a release holds before it is written: its tables, and the formats that they are written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata.libraries import pl
from esfdata.tables.descriptor import as_written

if TYPE_CHECKING:
    from esfdata.tables.package import Package


class Table(NamedTuple):
    """A table as it is published: its resource in the descriptor, its rows, typed and sorted by primary key.

    `parquet` is the file that the rows are read from, once it is written.
    """

    resource: Mapping[str, Any]
    rows: pl.LazyFrame
    parquet: Path | None = None

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


class Contents(NamedTuple):
    """All tables of a release, its descriptor, and the only time that a file may name."""

    tables: Sequence[Table]
    descriptor: Mapping[str, Any]
    created: datetime


@dataclass(frozen=True)
class Format:
    """A format of the files of a release.

    With `write`, a release has one file of all tables in it; with `write_table`, a file a table; with neither it
    is a format of the data package itself. A format without a `label` is for our own pages, and no catalogue
    lists it; `file_type` is its name in the EU's list of file types, if that has one, and `packs` the media type
    of what it packs. Where its bytes are others on every run, `varies` says why, and its files have no checksum.
    It is written where the library that it `needs` is installed. A `compressed` one is not compressed again in a zip.
    """

    suffix: str
    media_type: str
    label: str = ""
    file_type: str | None = None
    packs: str | None = None
    varies: str = ""
    needs: str = ""
    compressed: bool = False
    write: Callable[[Contents, Path], None] | None = None
    write_table: Callable[[Table, Path], None] | None = None

    @property
    def name(self) -> str:
        """The suffix without its dot."""
        return self.suffix.removeprefix(".")

    @property
    def installed(self) -> bool:
        """Whether the library that it needs is there."""
        return not self.needs or find_spec(self.needs) is not None


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
    """The rows in the order of their key.

    Sorting holds all rows in memory, so one pass looks first whether some row comes before the one above it;
    rows that are in order are returned as they are, and are then written as they are read.
    """
    key = list(key)
    fallen = pl.lit(False)
    for name in reversed(key):
        here, before = pl.col(name), pl.col(name).shift(1)
        falls = (before > here).fill_null(before.is_not_null() & here.is_null())
        fallen = falls | (before.eq_missing(here) & fallen)
    if not key or not rows.select(fallen.any()).collect(engine="streaming").item():
        return rows
    return rows.sort(key, maintain_order=True)
