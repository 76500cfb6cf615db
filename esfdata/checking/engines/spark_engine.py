"""Spark, an extra in an environment of its own: every query runs there, and only what findings say comes back.

What comes back of frames that lie on Spark, the marked rows and the statements about them, is made a small package, in
which findings look up keys, values and sources as in any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from esfdata.checking.check import Check
from esfdata.checking.engine import KEPT, Engine, Judged, Rule
from esfdata.checking.engines import spark_session
from esfdata.checking.marks import STATEMENTS, Marks
from esfdata.checking.several_rows import Rows
from esfdata.checking.typed_tables import RAW, ROW, TypedTables
from esfdata.libraries import nw, pl
from esfdata.tables.fields import joined
from esfdata.tables.package import Package

TOGETHER = 4
"""So many tables and checks run at a time: Spark plans each for a while, in which its cores would wait."""
DOCUMENTS = "documents"
KEY = "_key"
"""Stands for the fields of the primary key, joined."""


class SparkEngine(Engine):
    """The tables as Spark DataFrames, kept there for many queries.

    Frames that lie on Spark stay there; the number of a row is a hash of its cells, the same in every query. Other
    tables go to the session of these frames, or to the one that runs, or to a local one.
    """

    def __init__(self, tables: TypedTables) -> None:
        super().__init__(tables)
        there = next(iter(tables.elsewhere.values()), None)
        self._session = spark_session.session() if there is None else there.sparkSession

    def enter(self, rows: pl.LazyFrame) -> Any:
        """The rows as a DataFrame."""
        return spark_session.enter(rows, self._session)

    def rows(self, table: str) -> nw.LazyFrame[Any]:
        """All rows of a table, typed where they lie."""
        with self._lock:
            if table not in self._rows:
                there = self.tables.elsewhere.get(table)
                if there is None:
                    frame = self.enter(self.tables.numbered(table))
                else:
                    frame = spark_session.whole(there, self.package.fields(table), ROW, RAW)
                self._rows[table] = nw.from_native(frame.persist()).lazy()
            return self._rows[table]

    def judge(self, rules: Mapping[str, Sequence[Rule]], then: Sequence[Check]) -> Iterator[tuple[str, Judged]]:
        """Judge the tables, several at a time."""
        with ThreadPoolExecutor(TOGETHER) as pool:
            yield from zip(rules, pool.map(self._judged, rules, rules.values()), strict=True)

    def mark(self, checks: Sequence[Check]) -> dict[str, Rows]:
        """The rows that checks mark, several checks at a time."""
        with ThreadPoolExecutor(TOGETHER) as pool:
            marked = pool.map(lambda check: super(SparkEngine, self).mark([check]), checks)
            return {name: rows for one in marked for name, rows in one.items()}

    def close(self) -> None:
        """Let go of what Spark keeps."""
        for frame in self._rows.values():
            frame.to_native().unpersist()

    def bring(self, marks: Marks) -> Marks:
        """The marks in a small package of the rows that findings are about, numbered by their place in it."""
        if not self.tables.elsewhere:
            return marks
        rows = {table: self._having(table, ROW, numbers) for table, numbers in marks.numbers.items()}
        if STATEMENTS in self.package:
            self._bring_statements(rows, marks.cells)
        ordered = {table: some.sort(self.package.key(table) or some.columns) for table, some in rows.items()}
        places = {table: {number: place for place, number in enumerate(some[ROW])} for table, some in ordered.items()}
        return marks.moved(TypedTables(self._small(ordered)), places)

    def _bring_statements(self, rows: dict[str, pl.DataFrame], marked: Iterable[tuple[str, str]]) -> None:
        """Add the statements about rows and cells of findings, and the rows and documents that these are about."""
        unread = self._unread()
        cells = {*marked, *unread.select("table", "key").iter_rows()}
        for table in {table for table, _ in cells} & {*self.package}:
            about = self._having(table, KEY, {key for name, key in cells if name == table})
            rows[table] = _together([rows.get(table), about])
        keys = {(table, joined(parts)) for table, some in rows.items()
                for parts in some.select(self.package.key(table)).iter_rows()}  # fmt: skip
        rows[STATEMENTS] = _together([rows.get(STATEMENTS), unread, self._stating(cells | keys)])
        if DOCUMENTS in self.package:
            named = self._having(DOCUMENTS, "document_id", set(rows[STATEMENTS]["document_id"]))
            rows[DOCUMENTS] = _together([rows.get(DOCUMENTS), named])

    def _having(self, table: str, column: str, values: Iterable[object]) -> pl.DataFrame:
        """The rows with some values in a column: their number, a field of text, or the whole key as text."""
        kind = pl.Int64() if column == ROW else pl.String()
        wanted = pl.DataFrame({column: list(values)}, schema={column: kind})
        if wanted.is_empty():
            return pl.DataFrame(schema=self.tables.schema(table))
        rows = self.rows(table)
        if column == KEY:
            parts = [nw.col(name).cast(nw.String).fill_null("") for name in self.package.key(table)]
            rows = rows.with_columns(**{KEY: nw.concat_str(parts, separator="/")})
        return self._here(table, rows.join(self._there(wanted), on=[column], how="semi"))

    def _unread(self) -> pl.DataFrame:
        """The statements whose text in a document could not be read."""
        unknown = nw.col("value").is_null() & ~nw.col("original").is_null() & (nw.col("table") != DOCUMENTS)
        return self._here(STATEMENTS, self.rows(STATEMENTS).filter(unknown).head(KEPT))

    def _stating(self, cells: Iterable[tuple[str, str]]) -> pl.DataFrame:
        """The statements about some rows, by table and key."""
        wanted = pl.DataFrame(list(cells), schema={"table": pl.String, "key": pl.String}, orient="row")
        return self._here(STATEMENTS, self.rows(STATEMENTS).join(self._there(wanted), on=["table", "key"], how="semi"))

    def _there(self, rows: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A few rows from here, on Spark."""
        there: nw.LazyFrame[Any] = nw.from_native(self.enter(rows.lazy())).lazy()
        return there

    def _here(self, table: str, rows: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Rows of a table on this machine, with its columns."""
        here: pl.DataFrame = rows.select(*self.tables.schema(table).names()).collect(backend="polars").to_native()
        return here

    def _small(self, rows: Mapping[str, pl.DataFrame]) -> Package:
        """A package of the rows that came back; its tables have no lines."""
        empty = {table: pl.LazyFrame(schema=self.tables.schema(table)).drop(ROW) for table in self.package}
        tables = empty | {table: some.drop(ROW).lazy() for table, some in rows.items()}
        return Package(self.package.descriptor, tables, {}, self.package.borrowed, written=False)


def _together(parts: Iterable[pl.DataFrame | None]) -> pl.DataFrame:
    """The rows of several frames, each once."""
    return pl.concat([part for part in parts if part is not None]).unique(ROW)
