"""One run over a package: each table is read in one pass, then come the rules that look into several rows.

A row whose key is null or double is shown to no check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, NamedTuple

from esfdata.checking.check import Check, Table
from esfdata.checking.columns_read import columns_read
from esfdata.checking.engines import POLARS, enter
from esfdata.checking.key_hashes import Keys
from esfdata.checking.one_row import KEPT, Broken, Rule, sweep
from esfdata.checking.progress import Progress
from esfdata.checking.several_rows import Rows, not_run, results
from esfdata.checking.typed_tables import RAW, ROW, Stage, unreadable
from esfdata.exceptions import CheckError
from esfdata.libraries import nw, pl
from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import Constraint, foreign_keys, of_field, unique_keys, words
from esfdata.tables.fields import accepted_form, joined, text

STEP = 1 << 17
"""Rows after which progress is told."""
Single = Sequence[tuple[Check, "nw.Expr"]]


class Fault(NamedTuple):
    """A row that breaks a declared constraint: its place, the field, the value there and what would be accepted."""

    word: str
    row: int
    field: str
    value: str | None
    accepts: Phrase


class Run:
    """What one validation finds: `faults` by table and their `counts` by word, `marks` by check with their number."""

    def __init__(self, stage: Stage, checks: Sequence[Check], engine: str = POLARS) -> None:
        self.stage = stage
        self.progress = Progress()
        self.package = stage.package
        self.engine = engine
        self.not_run = not_run(checks, self.package, list(self.package))
        self.checks = [check for check in checks if check.name not in self.not_run]
        self.keys = Keys(stage)
        self.faults: dict[str, list[Fault]] = {}
        self.bad: dict[str, list[int]] = {}
        self.marks: dict[str, tuple[int, Rows]] = {}
        self.own = [name for name in self.package if name not in self.package.borrowed]
        self.counts = dict.fromkeys(words(self.package, self.own), 0)
        self.large = [name for name in self.own if stage.is_large(name)]
        single = self._of_one_row()
        named = {check.name for some in single.values() for check, _ in some}
        several = [check for check in self.checks if check.name not in named]
        broken = self._read({} if engine != POLARS else single, several)
        read = dict.fromkeys((*self.own, *(check.table for check in self.checks)))
        self.heights = {table: stage.height(table) for table in read}
        tables = self._tables()
        if engine != POLARS:
            broken = {table: self._on_engine(tables[table].rows(), some) for table, some in single.items()}
        for table, ones in broken.items():
            for check, one in ones:
                self.marks[check.name] = one.without(self.bad.get(table, []))
        for some in [[check] for check in several] if self.large else [several]:  # one at a time needs least memory
            for name, rows in results(some, tables).items():
                self.marks[name] = len(rows), rows[:KEPT]

    def judged(self, check: Check) -> int:
        """The number of rows that a check was shown."""
        return self.heights[check.table] - len(self.bad.get(check.table, []))

    def _of_one_row(self) -> dict[str, list[tuple[Check, nw.Expr]]]:
        """The checks that one row can break by itself, by table, with the expression of each."""
        found: dict[str, list[tuple[Check, nw.Expr]]] = {}
        empty: dict[str, Table] = {}
        for check in self.checks:
            if len(check.tables) > 1:
                continue
            name = check.table
            if name not in empty:
                empty[name] = Table(name, nw.from_native(pl.LazyFrame(schema=self.stage.schema(name))))
            result = check.run(empty)
            if isinstance(result, nw.Expr):
                found.setdefault(name, []).append((check, result))
        return found

    def _read(self, single: Mapping[str, Single], several: Sequence[Check]) -> dict[str, list[tuple[Check, Broken]]]:
        """Each table in one pass: what breaks its constraints and its checks of one row; then keys and references."""
        needs = columns_read(several, {name: self.stage.schema(name) for name in self.package}) if self.large else {}
        tables = list(dict.fromkeys((*self.keys.in_order(self.own), *single)))
        for table in self.large:
            self.progress.expect(self.package.files[table].about())
        pool = ThreadPoolExecutor(1)  # while this thread compares the keys of one table, the next is read
        try:
            broken = pool.map(lambda table: self._sweep(table, single.get(table, ()), needs.get(table)), tables)
            found = {}
            for table, some in zip(tables, broken, strict=True):
                found[table] = some
                if table in self.own:
                    self._of_keys(table)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(str(self.progress)) from None
        finally:
            self.progress.done()
            pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C waits for no table
        return found

    def _sweep(self, table: str, single: Single, needed: set[str] | None) -> list[tuple[Check, Broken]]:
        """One pass over a table: its constraints, and the checks of one row with what breaks them."""
        frame = self.stage.numbered(table)
        raw = {name.removeprefix(RAW) for name in frame.collect_schema().names() if name.startswith(RAW)}
        declared = list(self._constraints(table, raw)) if table in self.own else []
        shown = [RAW + c.field if c.field in raw else c.field for c in declared]
        rules = [Rule(c.breaks, [column]) for c, column in zip(declared, shown, strict=True)]
        rules += [Rule(breaks, check.fields) for check, breaks in single]
        beside = self._kept(table, needed or set()) if table in self.large else []
        file = self.package.files.get(table)
        with ThreadPoolExecutor(1) as second:  # the lines are counted while the cells are read
            counted = second.submit(lambda: file.shape if file and file.is_csv else None)
            try:
                broken, made = sweep(nw.from_native(frame), rules, beside)
            except Exception as error:
                counted.result()  # a byte that is not UTF-8 is told first
                raise _blamed(table, nw.from_native(frame), single, error) from error
            ragged = shape.ragged if (shape := counted.result()) else {}
        if made:
            self.keys.take(table, made[0])
        if table in self.own:
            self._of_constraints(table, zip(declared, shown, broken, strict=False), ragged)
        return [(check, one) for (check, _), one in zip(single, broken[len(declared) :], strict=True)]

    def _of_constraints(
        self, table: str, broken: Iterable[tuple[Constraint, str, Broken]], ragged: Mapping[int, int]
    ) -> None:
        """The faults of constraints that one row can break, and of rows with cells too few or too many."""
        bad: set[int] = set()
        faults = self.faults.setdefault(table, [])
        for constraint, column, one in broken:
            self.counts[constraint.word] += len(one.numbers())
            if constraint.field in self.package.key(table) and constraint.word in ("required", "type"):
                bad.update(one.numbers())
            for row in one.rows:
                faults.append(Fault(constraint.word, row[ROW], constraint.field, text(row[column]), constraint.accepts))
        self.bad[table] = sorted(bad)
        self.counts["type"] += len(ragged)
        for number, cells in islice(ragged.items(), KEPT):
            accepts = Phrase("{n} cells as in the header", n=len(self.package.files[table].header()))
            faults.append(Fault("type", number, "", Phrase("{n} cells", n=cells), accepts))

    def _on_engine(self, rows: nw.LazyFrame[Any], single: Single) -> list[tuple[Check, Broken]]:
        """What breaks the checks of one row, on the rows as an engine holds them."""
        broken, _ = sweep(rows, [Rule(breaks, check.fields) for check, breaks in single])
        return [(check, one) for (check, _), one in zip(single, broken, strict=True)]

    def _constraints(self, table: str, raw: set[str]) -> Iterator[Constraint]:
        """What one row can break; `raw` are the fields whose cells are also there as found, being of another type."""
        for field in self.package.fields(table):
            name = field["name"]
            found = ~nw.col(RAW + name).is_null()
            if name in raw:
                yield Constraint("type", name, accepted_form(field), nw.col(name).is_null() & found)
            for one in of_field(field, self.package.key(table)):
                yield one._replace(breaks=one.breaks & ~found) if one.word == "required" and name in raw else one

    def _kept(self, table: str, needed: set[str]) -> list[pl.LazyFrame]:
        """What hashes the keys of a large table, and keeps them and the columns that checks of several rows read."""
        references = {name for one in foreign_keys(self.package, table) for name in one.fields}
        unique = {name for _, key in unique_keys(self.package, table) for name in key}
        kept = self.stage.keep(table, needed | references | unique)
        some = self.stage.numbered(table).select(ROW).filter(pl.col(ROW) % STEP == STEP - 1)
        seen = some.sink_batches(
            lambda batch: self.progress.seen(table, batch.item(-1, 0) + 1), chunk_size=1, lazy=True
        )
        return [self.keys.hashed(table), kept, seen]

    def _of_keys(self, table: str) -> None:
        """Keys that stand in several rows, and references to nothing: by hashes first, then by the rows in question."""
        doubles, lost = list(self.keys.doubles(table)), list(self.keys.lost(table))
        self.keys.forget(table)
        wanted = [numbers for *_, numbers in doubles] + [numbers.head(KEPT) for *_, numbers in lost]
        if not wanted:
            return
        fields = dict.fromkeys(name for _, key, _ in doubles for name in key)
        fields |= dict.fromkeys((*(name for one, _ in lost for name in one.fields), *self.package.key(table)))
        rows, faults = self.stage.some(table, pl.concat(wanted).unique(), list(fields)), self.faults[table]
        for word, key, numbers in doubles:
            some = rows.filter(pl.col(ROW).is_in(numbers.implode()))
            some = some.with_columns(_n=pl.len().over(key)).filter(pl.col("_n") > 1)
            self.counts[word] += some.height
            if word == "primary-key":
                self.bad[table] = sorted({*self.bad[table], *some[ROW]})
            for row in some.head(KEPT).iter_rows(named=True):
                accepts = Phrase("each {key} once, not {n} times", key="/".join(key), n=row["_n"])
                faults.append(Fault(word, row[ROW], key[-1], joined(row[name] for name in key), accepts))
        for one, numbers in lost:
            self.counts["foreign-key"] += len(numbers)
            accepts = Phrase("a {field} that is in {table}", field=joined(one.others), table=one.table)
            some = rows.filter(pl.col(ROW).is_in(numbers.head(KEPT).implode()))
            for number, *values in some.select(ROW, *one.fields).iter_rows():
                faults.append(Fault("foreign-key", number, one.fields[-1], joined(values), accepts))
        self.stage.know(table, rows)

    def _tables(self) -> dict[str, Table]:
        """The tables as checks see them."""

        def shown(table: str) -> pl.LazyFrame:
            rows, bad = self.stage.rows(table), self.bad.get(table)
            return rows.filter(~pl.col(ROW).is_in(pl.Series(bad).implode())) if bad else rows

        read = dict.fromkeys(name for check in self.checks for name in check.tables)
        frames = enter({name: shown(name) for name in read}, self.engine)
        return {name: Table(name, frame) for name, frame in frames.items()}


def _blamed(table: str, frame: nw.LazyFrame[Any], single: Single, error: Exception) -> Exception:
    """The error with the name of the check whose expression cannot be run, or of the table that cannot be read."""
    try:
        frame.collect()
    except Exception:
        return unreadable(table, error)
    for check, breaks in single:
        try:
            frame.filter(breaks).collect()
        except Exception as raised:
            return CheckError(f"{check.place}: check {check.name} raised {type(raised).__name__}: {raised}")
    return error
