"""The tables of one validation as they lie on Spark: typed, kept there for many queries, and asked for a few rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from esfdata.checking.engines import spark_session
from esfdata.checking.frames import keyed, known, once
from esfdata.checking.typed_tables import RAW, ROW
from esfdata.libraries import nw, pl
from esfdata.tables.fields import dtype
from esfdata.tables.package import Package

if TYPE_CHECKING:
    Frame = nw.LazyFrame[Any]

DOCUMENTS = "documents"
STATEMENTS = "statements"
KEY = "_key"
"""Stands for the fields of the primary key, joined."""


class Far:
    """Tables on Spark, by name in `whole`: those handed in, and some code lists of a package.

    The number of a row (`_row`) is a hash of its cells, the same in every query. PackageError for a frame that is no
    table of the package, has a column twice, or lacks its key.
    """

    def __init__(self, package: Package, frames: Mapping[str, Any], lists: Iterable[str]) -> None:

        self.package = package
        near = {name: package.raw(name) for name in lists}
        near |= {name: frame for name, frame in frames.items() if isinstance(frame, pl.LazyFrame)}
        far = {name: frame for name, frame in frames.items() if name not in near}
        self._session = next(iter(far.values())).sparkSession if far else spark_session.session()
        for name, frame in far.items():
            self._sound(name, frame.columns)
        self.whole: dict[str, Frame] = {}
        for name, frame in {**far, **spark_session.enter(near, self._session)}.items():
            held = spark_session.whole(frame, package.fields(name), ROW, RAW).persist()
            self.whole[name] = nw.from_native(held).lazy()

    def close(self) -> None:
        """Let go of what Spark keeps."""
        for frame in self.whole.values():
            frame.to_native().unpersist()

    def schema(self, table: str) -> dict[str, pl.DataType]:
        """The columns of a table that come back."""
        return {ROW: pl.Int64(), **{field["name"]: dtype(field) for field in self.package.fields(table)}}

    def known(self, table: str, fields: Sequence[str]) -> Frame:
        """The rows in which none of the fields is empty."""
        return self.whole[table].filter(*(~nw.col(name).is_null() for name in fields)) if fields else self.whole[table]

    def double(self, table: str, fields: Sequence[str]) -> Frame:
        """The values of the fields that stand in several rows, with the number `n` of these."""
        return self.known(table, fields).group_by(*fields).agg(n=nw.len()).filter(nw.col("n") > 1)

    def rows(self, table: str, column: str, values: Iterable[object]) -> pl.DataFrame:
        """The rows with some values in a column: their number, a field of text, or the whole key as text."""
        kind = pl.Int64() if column == ROW else pl.String()
        wanted = pl.DataFrame({column: list(values)}, schema={column: kind})
        if wanted.is_empty():
            return pl.DataFrame(schema=self.schema(table))
        rows = self.whole[table]
        if column == KEY:
            parts = [nw.col(name).cast(nw.String).fill_null("") for name in self.package.key(table)]
            rows = rows.with_columns(**{KEY: nw.concat_str(parts, separator="/")})
        return self._back(table, rows.join(self._there(wanted), on=[column], how="semi"))

    def unread(self, most: int) -> pl.DataFrame:
        """The statements whose text in a document could not be read."""
        unknown = nw.col("value").is_null() & ~nw.col("original").is_null() & (nw.col("table") != DOCUMENTS)
        return self._back(STATEMENTS, self.whole[STATEMENTS].filter(unknown).head(most))

    def stating(self, cells: Iterable[tuple[str, str]]) -> pl.DataFrame:
        """The statements about some rows, by table and key."""
        wanted = pl.DataFrame(list(cells), schema={"table": pl.String, "key": pl.String}, orient="row")
        rows = self.whole[STATEMENTS].join(self._there(wanted), on=["table", "key"], how="semi")
        return self._back(STATEMENTS, rows)

    def _there(self, rows: pl.DataFrame) -> Frame:
        """A few rows from here, on Spark."""
        there: Frame = nw.from_native(spark_session.enter({"": rows.lazy()}, self._session)[""]).lazy()
        return there

    def _back(self, table: str, rows: Frame) -> pl.DataFrame:
        back: pl.DataFrame = rows.select(*self.schema(table)).collect(backend="polars").to_native()
        return back

    def _sound(self, table: str, columns: Sequence[str]) -> None:
        """Refuse a frame that is no table, or whose columns cannot be told apart."""
        known(table, self.package)
        once(columns, table)
        keyed(columns, table, self.package)
