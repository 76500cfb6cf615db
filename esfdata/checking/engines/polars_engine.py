"""Polars, the default: each table is read in one pass, and while its keys are compared the next one is read.

A large CSV file is never held in memory. In its one pass its rows are judged, its keys are hashed, and the columns
that checks of several rows read are kept in a temporary folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from esfdata.checking.check import Check
from esfdata.checking.columns_read import columns_read
from esfdata.checking.engine import KEPT, Broken, Dangling, Double, Engine, Judged, Rule
from esfdata.checking.key_hashes import Keys
from esfdata.checking.several_rows import Rows
from esfdata.checking.typed_tables import ROW, TypedTables
from esfdata.libraries import nw, pl
from esfdata.tables.constraints import foreign_keys, unique_keys

BATCH = 50_000
"""Rows that are looked at together."""
STEP = 1 << 17
"""Rows after which progress is shown."""


class PolarsEngine(Engine):
    """The tables as Polars LazyFrames."""

    def __init__(self, tables: TypedTables) -> None:
        super().__init__(tables)
        self._keys = Keys(tables)
        self._hidden: dict[str, pl.Series] = {}
        self._own = [name for name in self.package if name not in self.package.borrowed]
        self._large = [name for name in self._own if tables.is_large(name)]

    def enter(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """The rows as they are."""
        return rows

    def shown(self, table: str) -> nw.LazyFrame[Any]:
        """The rows that checks are shown; of a large file with the columns that were kept."""
        rows, hidden = self.tables.rows(table), self._hidden.get(table)
        return nw.from_native(rows if hidden is None else rows.filter(~pl.col(ROW).is_in(hidden.implode())))

    def judge(self, rules: Mapping[str, Sequence[Rule]], then: Sequence[Check]) -> Iterator[tuple[str, Judged]]:
        """Judge the tables, those first that others refer to."""
        schemas = {name: self.tables.schema(name) for name in self.package}
        needs = columns_read(then, schemas) if self._large else {}
        order = dict.fromkeys((*self._keys.in_order(self._own), *rules))
        for table in self._large:
            self.progress.expect(self.package.files[table].about())
        pool = ThreadPoolExecutor(1)
        try:
            passes = pool.map(lambda table: self._pass(table, rules[table], needs.get(table, set())), order)
            for table, marked in zip(order, passes, strict=True):
                yield table, self._of_keys(table, rules[table], marked)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C waits for no table

    def mark(self, checks: Sequence[Check]) -> dict[str, Rows]:
        """The rows that checks mark; where a table is large one check at a time, which needs least memory."""
        groups = [[check] for check in checks] if self._large else [checks]
        return {name: rows for some in groups for name, rows in super(PolarsEngine, self).mark(some).items()}

    def readable(self, table: str) -> None:
        """Raise what Polars raises where the rows of a table cannot be had."""
        self.tables.numbered(table).collect()

    def _pass(self, table: str, rules: Sequence[Rule], needed: set[str]) -> list[_Marked]:
        """Read a table once: what breaks each rule, and last the rows whose key is unknown."""
        frame, large = self.rows(table), table in self._large
        key = self.package.key(table) if table in self._own else []
        unknown = (
            nw.any_horizontal(*(nw.col(name).is_null() for name in key), ignore_nulls=True) if key else nw.lit(False)
        )
        marked = [_Marked(rule.columns) for rule in (*rules, Rule(unknown, ()))]
        flags = {f"_{n} broken": breaks for n, breaks in enumerate((*(rule.breaks for rule in rules), unknown))}

        def take(batch: pl.DataFrame) -> None:
            for flag, one, count in zip(flags, marked, batch.select(pl.col(list(flags)).sum()).row(0), strict=True):
                if count:
                    one.take(batch.filter(pl.col(flag)))

        file = self.package.files.get(table)
        with ThreadPoolExecutor(1) as second:  # the lines are counted while the cells are read
            counted = second.submit(lambda: file.shape if file and file.is_csv else None)
            try:
                broken = frame.with_columns(**flags).filter(nw.any_horizontal(*map(nw.col, flags), ignore_nulls=True))
                native = broken.to_native()
                if large:
                    plans = [native.sink_batches(take, chunk_size=BATCH, lazy=True), *self._beside(table, needed)]
                    self._keys.take(table, pl.collect_all(plans)[1])
                else:
                    take(native.collect())
            except Exception as error:
                counted.result()  # a byte that is not UTF-8 is said first
                raise self.blamed(table, rules, error) from error
            counted.result()
        return marked

    def _beside(self, table: str, needed: set[str]) -> list[pl.LazyFrame]:
        """What a pass over a large table does beside judging: hash its keys, keep columns for checks, count rows."""
        references = {name for one in foreign_keys(self.package, table) for name in one.fields}
        unique = {name for _, key in unique_keys(self.package, table) for name in key}
        kept = self.tables.keep(table, needed | references | unique)
        some = self.tables.numbered(table).select(ROW).filter(pl.col(ROW) % STEP == STEP - 1)
        seen = some.sink_batches(
            lambda batch: self.progress.seen(table, batch.item(-1, 0) + 1), chunk_size=1, lazy=True
        )
        return [self._keys.hashed(table), kept, seen]

    def _of_keys(self, table: str, rules: Sequence[Rule], marked: Sequence[_Marked]) -> Judged:
        """What came of a table after its pass: its keys and references are compared by hashes, then row by row."""
        doubles, dangling = self._compared(table) if table in self._own else ([], [])
        hidden = marked[-1].numbers()
        hidden = pl.concat([hidden, *(one.rows[ROW] for one in doubles if one.word == "primary-key")])
        if len(hidden):
            self._hidden[table] = hidden
        broken = [one.without(hidden if rule.check else None) for one, rule in zip(marked, rules, strict=False)]
        height = self.tables.height(table)
        return Judged(height, height - len(hidden), broken, doubles, dangling)

    def _compared(self, table: str) -> tuple[list[Double], list[Dangling]]:
        """Keys that stand in several rows, and references to nothing: by hashes first, then by the rows in question."""
        alike, lost = list(self._keys.doubles(table)), list(self._keys.lost(table))
        self._keys.forget(table)
        wanted = [numbers for *_, numbers in alike] + [numbers.head(KEPT) for *_, numbers in lost]
        if not wanted:
            return [], []
        fields = dict.fromkeys(name for _, key, _ in alike for name in key)
        fields |= dict.fromkeys((*(name for one, _ in lost for name in one.fields), *self.package.key(table)))
        rows = self.tables.some(table, pl.concat(wanted).unique(), list(fields))
        self.tables.remember(table, rows)

        def those(numbers: pl.Series) -> pl.DataFrame:
            return rows.filter(pl.col(ROW).is_in(numbers.implode()))

        doubles = [
            Double(word, key, those(numbers).with_columns(_n=pl.len().over(key)).filter(pl.col("_n") > 1))
            for word, key, numbers in alike
        ]
        dangling = [Dangling(one, len(numbers), those(numbers.head(KEPT))) for one, numbers in lost]
        return doubles, dangling


class _Marked:
    """The rows that break one rule: the numbers of all, and the first of them with their columns."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = list(dict.fromkeys([ROW, *columns]))
        self._numbers: list[pl.Series] = []
        self._rows: list[dict[str, Any]] = []

    def take(self, rows: pl.DataFrame) -> None:
        """Add rows that break the rule."""
        self._numbers.append(rows[ROW])
        self._rows += rows.head(KEPT - len(self._rows)).select(self._columns).to_dicts()

    def numbers(self) -> pl.Series:
        """The numbers of all rows that break the rule."""
        return pl.concat(self._numbers) if self._numbers else pl.Series(ROW, dtype=pl.Int64)

    def without(self, hidden: pl.Series | None) -> Broken:
        """How many rows break the rule, and the first of them, without those that are hidden."""
        every = self.numbers()
        if hidden is None or not len(hidden):
            return Broken(len(every), self._rows)
        left = set(hidden)
        return Broken(int((~every.is_in(hidden.implode())).sum()), [r for r in self._rows if r[ROW] not in left])
