"""What a run asks of an engine, and how it is answered by any library that narwhals knows.

An engine holds the tables of one run. It judges each table by rules that one row can break by itself, by its keys and
by its references, and it marks what checks of several rows mark. A row whose key is unknown or double is shown to no
check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import RLock
from typing import Any, NamedTuple, Self

from esfdata.checking.check import Check
from esfdata.checking.marks import Marks
from esfdata.checking.progress import Progress
from esfdata.checking.several_rows import Rows, results
from esfdata.checking.table import Table
from esfdata.checking.typed_tables import ROW, TypedTables, unreadable
from esfdata.exceptions import CheckError
from esfdata.libraries import nw, pl
from esfdata.tables.constraints import Reference, foreign_keys, unique_keys

KEPT = 100_000
"""Of each rule so many rows become findings; their number is always exact."""


class Rule(NamedTuple):
    """What marks a broken row, the columns that a finding shows, and the check that it is of; a constraint has none."""

    breaks: nw.Expr
    columns: Sequence[str]
    check: Check | None = None


class Broken(NamedTuple):
    """The rows that break a rule: how many there are, and the first of them with their numbers and columns."""

    total: int
    rows: Sequence[dict[str, Any]]


class Double(NamedTuple):
    """A key that stands in several rows: the constraint's word, its fields, and all these rows, `_n` of them."""

    word: str
    fields: list[str]
    rows: pl.DataFrame


class Dangling(NamedTuple):
    """A reference to nothing: how many rows have it, and the first of them with their fields."""

    reference: Reference
    total: int
    rows: pl.DataFrame


class Judged(NamedTuple):
    """What came of one table: the number of rows, of those shown to checks, and what breaks each rule and the keys."""

    height: int
    shown: int
    broken: Sequence[Broken]
    doubles: Sequence[Double]
    dangling: Sequence[Dangling]


class Engine:
    """The tables of one run in a library; a context, for a library may hold memory or files.

    A further engine is a module `NAME_engine.py` in the folder `engines` with a class that has this one as its base.
    It must say how rows `enter` the library; all else works on any library, and may be done in a better way.
    """

    def __init__(self, tables: TypedTables) -> None:
        self.tables = tables
        self.progress = Progress()
        self.package = tables.package
        self._rows: dict[str, nw.LazyFrame[Any]] = {}
        self._sound: dict[str, nw.LazyFrame[Any]] = {}
        self._lock = RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what the library holds."""

    def enter(self, rows: pl.LazyFrame) -> Any:
        """The rows as a frame of the library, of a kind that narwhals knows."""
        raise NotImplementedError

    def rows(self, table: str) -> nw.LazyFrame[Any]:
        """All rows of a table with their numbers, typed, and cells of another type also as they were found."""
        with self._lock:
            if table not in self._rows:
                self._rows[table] = nw.from_native(self.enter(self.tables.numbered(table))).lazy()
            return self._rows[table]

    def shown(self, table: str) -> nw.LazyFrame[Any]:
        """The rows that checks are shown: after the table was judged, those whose keys can be trusted."""
        return self._sound.get(table, self.rows(table)).select(*self.tables.schema(table).names())

    def judge(self, rules: Mapping[str, Sequence[Rule]], then: Sequence[Check]) -> Iterator[tuple[str, Judged]]:
        """Judge tables by rules of one row, by their keys and by their references.

        Args:
            rules: The rules by table.
            then: The checks that will be asked for by `mark`.

        Yields:
            Each table once, with what came of it; the rules in the order in which they were given.
        """
        for table, some in rules.items():
            yield table, self._judged(table, some)

    def mark(self, checks: Sequence[Check]) -> dict[str, Rows]:
        """The rows that checks of several rows mark, by the check's name, in a fixed order; asked after `judge`."""
        read = dict.fromkeys(name for check in checks for name in check.tables)
        return results(checks, {name: Table(name, self.shown(name)) for name in read})

    def bring(self, marks: Marks) -> Marks:
        """The marks where findings can look up keys and sources: on this machine."""
        return marks

    def _judged(self, table: str, rules: Sequence[Rule]) -> Judged:
        """What came of one table: its keys first, then the rules, in as few queries as can be."""
        try:
            own, rows = table not in self.package.borrowed, self.rows(table)
            doubles = [one for one in self._doubles(table) if len(one.rows)] if own else []
            dangling = [one for one in self._dangling(table) if one.total] if own else []
            key = self.package.key(table) if own else []
            twice = next((one.rows for one in doubles if one.word == "primary-key"), None)
            complete = ~nw.any_horizontal(*(nw.col(name).is_null() for name in key), ignore_nulls=True) if key else None
            sound = rows if complete is None else rows.filter(complete)
            if twice is not None:
                sound = sound.join(_several(rows, key), on=key, how="anti")
            self._sound[table] = sound
            unknown = [Rule(~complete, ())] if complete is not None else []
            declared = [rule for rule in rules if rule.check is None]
            checks = [rule for rule in rules if rule.check]
            if twice is None:
                alone = [rule if complete is None else rule._replace(breaks=rule.breaks & complete) for rule in checks]
                height, broken = _broken(rows, [*unknown, *declared, *alone])
            else:
                height, broken = _broken(rows, [*unknown, *declared])
                broken += _broken(sound, checks)[1]
        except Exception as error:
            raise self.blamed(table, rules, error) from error
        hidden = sum(one.total for one in broken[: len(unknown)]) + (0 if twice is None else len(twice))
        of_rule = dict(zip(map(id, [*declared, *checks]), broken[len(unknown) :], strict=True))
        return Judged(height, height - hidden, [of_rule[id(rule)] for rule in rules], doubles, dangling)

    def _doubles(self, table: str) -> Iterator[Double]:
        """The keys of a table that stand in several rows."""
        for word, fields in unique_keys(self.package, table):
            rows = _complete(self.rows(table), fields).join(_several(self.rows(table), fields), on=fields, how="inner")
            yield Double(word, fields, _here(rows.select(ROW, *fields, "_n")))

    def _dangling(self, table: str) -> Iterator[Dangling]:
        """The references of a table to nothing."""
        for one in foreign_keys(self.package, table):
            named = [nw.col(other).alias(field) for other, field in zip(one.others, one.fields, strict=True)]
            there = _complete(self.rows(one.table), one.others).select(*named).unique()
            rows = _complete(self.rows(table), one.fields).join(there, on=one.fields, how="anti")
            lost = _here(rows.select(ROW, *one.fields))
            yield Dangling(one, len(lost), lost.head(KEPT))

    def readable(self, table: str) -> None:
        """Raise what the library raises where the rows of a table cannot be had."""
        _height(self.rows(table))

    def blamed(self, table: str, rules: Sequence[Rule], error: Exception) -> Exception:
        """The error with the name of the check whose expression cannot be run, or of the table that cannot be read."""
        if isinstance(error, CheckError):
            return error
        try:
            self.readable(table)
        except Exception:
            return unreadable(table, error)
        for rule in rules:
            if rule.check:
                try:
                    _height(self.rows(table).filter(rule.breaks))
                except Exception as raised:
                    return rule.check.fault(f"raised {type(raised).__name__}: {raised}")
        return error


def _complete(rows: nw.LazyFrame[Any], fields: Sequence[str]) -> nw.LazyFrame[Any]:
    """The rows in which none of the fields is unknown."""
    return rows.filter(*(~nw.col(name).is_null() for name in fields)) if fields else rows


def _several(rows: nw.LazyFrame[Any], fields: Sequence[str]) -> nw.LazyFrame[Any]:
    """The values of the fields that stand in several rows, with the number `_n` of these."""
    return _complete(rows, fields).group_by(*fields).agg(_n=nw.len()).filter(nw.col("_n") > 1)


def _broken(rows: nw.LazyFrame[Any], rules: Sequence[Rule]) -> tuple[int, list[Broken]]:
    """The number of rows, and what breaks each rule: their numbers first, then the rows, of many only the first."""
    flags = {f"_{number} broken": rule.breaks for number, rule in enumerate(rules)}
    flagged = rows.with_columns(**flags) if flags else rows
    sums = [nw.col(flag).cast(nw.Int64).sum() for flag in flags]
    numbers = _here(flagged.select(nw.len().alias("_n"), *sums), ordered=False).row(0, named=True)
    counts = {name: int(number or 0) for name, number in numbers.items()}  # DuckDB sums to decimals, of no rows to null
    there = [flag for flag in flags if counts[flag]]
    groups = [there] if sum(counts[flag] for flag in there) <= KEPT else [[flag] for flag in there]
    kept: dict[str, Sequence[dict[str, Any]]] = {}
    for group in filter(None, groups):
        columns = {flag: list(dict.fromkeys([ROW, *rule.columns])) for flag, rule in zip(flags, rules, strict=True)}
        shown = dict.fromkeys(name for flag in group for name in columns[flag])
        marked = flagged.filter(nw.any_horizontal(*map(nw.col, group), ignore_nulls=True))
        first = _here(marked.select(*group, *shown).sort(ROW).head(KEPT))
        kept |= {flag: first.filter(first[flag]).select(columns[flag]).to_dicts() for flag in group}
    return counts["_n"], [Broken(counts[flag], kept.get(flag, ())) for flag in flags]


def _height(rows: nw.LazyFrame[Any]) -> int:
    """The number of rows."""
    return int(_here(rows.select(nw.len().alias("_n")), ordered=False).item())


def _here(rows: nw.LazyFrame[Any], *, ordered: bool = True) -> pl.DataFrame:
    """The rows on this machine, in the order of their numbers."""
    here: pl.DataFrame = rows.collect(backend="polars").to_native()
    return here.sort(ROW) if ordered else here
