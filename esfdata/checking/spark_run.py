"""One run over frames that lie on Spark: every query runs there, and only what findings tell comes back.

What comes back, the marked rows and the statements about them, is made a small package, in which `Locator` looks up
keys, values and sources as in any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from esfdata.checking.check import Check, Table
from esfdata.checking.one_row import KEPT
from esfdata.checking.run import Fault, Run
from esfdata.checking.several_rows import not_run, results
from esfdata.checking.spark_tables import DOCUMENTS, KEY, STATEMENTS, Far
from esfdata.checking.typed_tables import RAW, ROW, Stage, unreadable
from esfdata.libraries import nw, pl
from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import WORDS, foreign_keys, unique_keys
from esfdata.tables.fields import joined, text
from esfdata.tables.package import Package

TOGETHER = 4
"""So many checks run at a time: Spark plans each for a while, in which its cores would wait."""


class Afar(Run):
    """What one validation of Spark frames finds; `stage` holds the rows that findings are about.

    `frames` are the tables by name, on Spark or as Polars LazyFrames, which go there; `package` gives the descriptor
    and the code lists. The number of a row is a hash of its cells first, then its place among the rows that came back.
    """

    def __init__(self, package: Package, frames: Mapping[str, Any], checks: Sequence[Check]) -> None:
        self.package, self.stage, self.engine = package, Stage(package), "spark"
        there = package.borrowed | frames.keys()
        self.not_run = not_run(checks, package, there)
        self.checks = [check for check in checks if check.name not in self.not_run]
        read = {name for check in self.checks for name in check.tables}
        read |= {one.table for name in frames if name in package for one in foreign_keys(package, name)}
        self.far = Far(package, frames, (read & package.borrowed) - frames.keys())
        self.faults, self.counts, self.marks = {name: [] for name in frames}, dict.fromkeys(WORDS, 0), {}
        lists = {check.table for check in self.checks} - frames.keys()
        self.heights = {name: _height(package.raw(name)) for name in lists}
        self.hidden = dict.fromkeys(self.far.whole, 0)
        try:
            self._find()
            self._bring()
        finally:
            self.far.close()

    def judged(self, check: Check) -> int:
        """The number of rows that a check was shown."""
        return self.heights[check.table] - self.hidden[check.table]

    def _find(self) -> None:
        """Run the constraints, then the checks on the rows whose keys can be trusted."""
        for name in self.faults:
            try:
                self._of_rows(name)
            except Exception as error:
                if type(error).__module__.startswith(("pyspark", "py4j")):
                    raise unreadable(name, error) from error
                raise
        tables = {name: Table(name, self._shown(name)) for name in self.far.whole}
        single = self._of_one_row()
        alike = [check for some in single.values() for check, _ in some]
        several = [check for check in self.checks if check not in alike]
        with ThreadPoolExecutor(TOGETHER) as pool:
            swept = pool.map(lambda name: self._swept(tables[name], single[name]), single)
            found = pool.map(lambda check: results([check], tables)[check.name], several)
            for some in swept:
                self.marks |= some
            self.marks |= {check.name: (len(rows), rows[:KEPT]) for check, rows in zip(several, found, strict=True)}

    def _of_rows(self, table: str) -> None:
        """What breaks the declared constraints of a table, keys and references."""
        whole, key = self.far.whole[table], self.package.key(table)
        raw = {name.removeprefix(RAW) for name in whole.collect_schema().names() if name.startswith(RAW)}
        declared = list(self._constraints(table, raw))
        flags = {f"_{number} broken": constraint.breaks for number, constraint in enumerate(declared)}
        no_key = (
            {"no key": nw.any_horizontal(*(nw.col(name).is_null() for name in key), ignore_nulls=True)} if key else {}
        )
        flagged = whole.with_columns(**flags, **no_key)
        sums = [nw.col(flag).cast(nw.Int64).sum() for flag in (*flags, *no_key)]
        totals = flagged.select(nw.len().alias("n"), *sums).collect(backend="polars").to_native().row(0, named=True)
        self.heights[table], self.hidden[table] = totals["n"], totals.get("no key") or 0
        if any(totals[flag] for flag in flags):
            marked = flagged.filter(nw.any_horizontal(*map(nw.col, flags), ignore_nulls=True)).head(KEPT)
            rows = marked.collect(backend="polars").to_native()
            for flag, one in zip(flags, declared, strict=True):
                self.counts[one.word] += totals[flag] or 0
                column = RAW + one.field if one.field in raw else one.field
                for number, value in rows.filter(rows[flag]).select(ROW, column).iter_rows():
                    self.faults[table].append(Fault(one.word, number, one.field, text(value), one.accepts))
        for word, fields in unique_keys(self.package, table):
            rows = self.far.known(table, fields).join(self.far.double(table, fields), on=fields, how="inner")
            for row in rows.select(ROW, *fields, "n").collect(backend="polars").to_native().iter_rows(named=True):
                accepts = Phrase("each {key} once, not {n} times", key="/".join(fields), n=row["n"])
                self._add(table, Fault(word, row[ROW], fields[-1], joined(row[name] for name in fields), accepts))
        for fields, target, others in foreign_keys(self.package, table):
            if target in self.far.whole:
                named = [nw.col(other).alias(field) for other, field in zip(others, fields, strict=True)]
                there = self.far.known(target, others).select(*named).unique()
                lost = self.far.known(table, fields).join(there, on=fields, how="anti").select(ROW, *fields)
                accepts = Phrase("a {field} that is in {table}", field=joined(others), table=target)
                for number, *values in lost.collect(backend="polars").to_native().iter_rows():
                    self._add(table, Fault("foreign-key", number, fields[-1], joined(values), accepts))

    def _add(self, table: str, fault: Fault) -> None:
        self.faults[table].append(fault)
        self.counts[fault.word] += 1
        self.hidden[table] += fault.word == "primary-key"

    def _shown(self, table: str) -> nw.LazyFrame[Any]:
        """The rows that checks see."""
        key, columns = self.package.key(table), self.stage.schema(table).names()
        rows = self.far.known(table, key).select(*columns) if key else self.far.whole[table].select(*columns)
        if any(fault.word == "primary-key" for fault in self.faults.get(table, ())):
            return rows.join(self.far.double(table, key), on=key, how="anti")
        return rows

    def _swept(
        self, table: Table, some: Sequence[tuple[Check, nw.Expr]]
    ) -> dict[str, tuple[int, list[dict[str, Any]]]]:
        """What checks of one row mark in a table, in one pass."""
        flags = {f"_{number} broken": breaks for number, (_, breaks) in enumerate(some)}
        marked = table.rows().with_columns(**flags).filter(nw.any_horizontal(*map(nw.col, flags), ignore_nulls=True))
        try:
            rows = marked.collect(backend="polars").to_native()
        except Exception:  # one of them is wrong: run them one by one, so that its check can be named
            each = {check: results([check], {check.table: table})[check.name] for check, _ in some}
            return {check.name: (len(one), one[:KEPT]) for check, one in each.items()}
        found = {}
        for flag, (check, _) in zip(flags, some, strict=True):
            broken = rows.filter(rows[flag])
            told = broken.head(KEPT).select(*dict.fromkeys([ROW, *check.fields]))
            found[check.name] = broken.height, told.to_dicts()
        return found

    def _bring(self) -> None:
        """Make the small package of the rows that findings are about, and number these by their place in it."""
        marked = {table: {fault.row for fault in faults} for table, faults in self.faults.items()}
        cells: list[tuple[str, str]] = []
        for check in self.checks:
            rows = self.marks[check.name][1]
            if check.table == STATEMENTS:
                cells += [(row["table"], row["key"]) for row in rows]
            else:
                marked.setdefault(check.table, set()).update(row[ROW] for row in rows)
        brought = {table: self.far.rows(table, ROW, numbers) for table, numbers in marked.items()}
        if STATEMENTS in self.far.whole:
            unread = self.far.unread(KEPT)
            cells += unread.select("table", "key").iter_rows()
            for table in {table for table, _ in cells} & self.far.whole.keys():
                about = self.far.rows(table, KEY, {key for name, key in cells if name == table})
                brought[table] = _together([brought.get(table), about])
            keyed = [(table, joined(parts)) for table, rows in brought.items()
                     for parts in rows.select(self.package.key(table)).iter_rows()]  # fmt: skip
            stated = self.far.stating({*cells, *keyed})
            brought[STATEMENTS] = _together([brought.get(STATEMENTS), unread, stated])
            if DOCUMENTS in self.far.whole:
                of = self.far.rows(DOCUMENTS, "document_id", set(brought[STATEMENTS]["document_id"]))
                brought[DOCUMENTS] = _together([brought.get(DOCUMENTS), of])
        ordered = {table: rows.sort(self.package.key(table) or rows.columns) for table, rows in brought.items()}
        self._number(ordered)
        self.package = self._small(ordered)
        self.stage = Stage(self.package)

    def _number(self, brought: Mapping[str, pl.DataFrame]) -> None:
        """Put the places in the small tables where the hashes of rows were."""
        places = {table: {hashed: place for place, hashed in enumerate(rows[ROW])} for table, rows in brought.items()}
        for table, faults in self.faults.items():
            self.faults[table] = [fault._replace(row=places[table][fault.row]) for fault in faults]
        for check in self.checks:
            count, rows = self.marks[check.name]
            if check.table != STATEMENTS:
                numbered = [{**row, ROW: places[check.table][row[ROW]]} for row in rows]
                self.marks[check.name] = count, sorted(numbered, key=lambda row: int(row[ROW]))

    def _small(self, brought: Mapping[str, pl.DataFrame]) -> Package:
        """A package of the rows that came back; its tables have no lines."""
        tables = {
            table: brought[table].drop(ROW).lazy()
            if table in brought
            else pl.LazyFrame(schema=self.stage.schema(table)).drop(ROW)
            for table in self.far.whole
        }
        return Package(self.package.descriptor, tables, {}, self.package.borrowed, written=False)


def _together(parts: Iterable[pl.DataFrame | None]) -> pl.DataFrame:
    """The rows of several frames, each once."""
    return pl.concat([part for part in parts if part is not None]).unique(ROW)


def _height(frame: pl.LazyFrame) -> int:

    return int(frame.select(pl.len()).collect().item())
