"""Keys that stand in several rows, and references to rows that are not there.

Keys are compared by 64-bit hashes first, eight bytes a row, and only the few rows in question by their text. Two
different keys with one hash could hide a reference to nothing: with ten million rows to refer to, one such reference
in two million million.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import xor

from esfdata.checking.typed_tables import TypedTables
from esfdata.libraries import pl
from esfdata.tables.constraints import Reference, foreign_keys, unique_keys
from esfdata.tables.fields import joined

SLICE = 1 << 20
"""Rows whose references are looked up at a time."""


class Keys:
    """The keys of some tables, hashed once."""

    def __init__(self, tables: TypedTables) -> None:
        self.tables = tables
        self._hashes: dict[tuple[str, tuple[str, ...]], pl.Series] = {}
        self._sorted: dict[tuple[str, tuple[str, ...]], pl.Series] = {}

    def doubles(self, table: str) -> Iterator[tuple[str, list[str], pl.Series]]:
        """For each declared key its word, its fields, and the numbers of the rows that may share it with others."""
        for word, key in unique_keys(self.tables.package, table):
            ordered = self._ordered(table, key)
            double = ordered.slice(1).filter(ordered.slice(1) == ordered.head(len(ordered) - 1)).unique()
            if len(double):
                yield word, key, _numbers(self._of(table, key).is_in(double.implode()))

    def lost(self, table: str) -> Iterator[tuple[Reference, pl.Series]]:
        """Each reference with the numbers of the rows in question: what they refer to is not there."""
        for one in foreign_keys(self.tables.package, table):
            missing = _absent(self._of(table, one.fields), self._ordered(one.table, one.others))
            if len(missing):
                yield one, missing

    def hashed(self, table: str) -> pl.LazyFrame:
        """The hash of each key of a table that is compared: what `take` takes."""
        return self.tables.numbered(table).select(_hash(key).alias(joined(key)) for key in self._compared(table))

    def take(self, table: str, hashes: pl.DataFrame) -> None:
        """Keep the hashes of a table that is read in another pass."""
        for key in self._compared(table):
            self._hashes[table, key] = hashes[joined(key)]

    def _compared(self, table: str) -> set[tuple[str, ...]]:
        package = self.tables.package
        keys = {tuple(key) for _, key in unique_keys(package, table)}
        keys |= {tuple(one.fields) for one in foreign_keys(package, table)}
        return keys | {others for target, others in self._referred if target == table}

    def in_order(self, tables: Sequence[str]) -> list[str]:
        """The tables, those that others refer to first."""
        referred = {target for target, _ in self._referred}
        return sorted(tables, key=lambda table: table not in referred)

    def forget(self, table: str) -> None:
        """Let go of a table's hashes, but for the sorted ones of keys that other tables refer to."""
        self._hashes = {key: kept for key, kept in self._hashes.items() if key[0] != table}

    @cached_property
    def _referred(self) -> set[tuple[str, tuple[str, ...]]]:
        """The tables and fields that some table refers to."""
        package = self.tables.package
        return {(one.table, tuple(one.others)) for name in package for one in foreign_keys(package, name)}

    def _of(self, table: str, key: Sequence[str]) -> pl.Series:
        """The hash of a key for every row in their order; unknown where a part of the key is."""
        place = (table, tuple(key))
        if place not in self._hashes:
            self._hashes[place] = self.tables.rows(table).select(_hash(key)).collect().to_series()
        return self._hashes[place]

    def _ordered(self, table: str, key: Sequence[str]) -> pl.Series:
        """The known hashes of a key, sorted; kept where other tables refer to them."""
        place = (table, tuple(key))
        if place in self._sorted:
            return self._sorted[place]
        ordered = self._of(table, key).drop_nulls().sort()
        if place in self._referred:
            self._sorted[place] = ordered
        return ordered


def _absent(here: pl.Series, there: pl.Series) -> pl.Series:
    """The numbers of the hashes that are not among others; these are sorted. Some at a time, to need little memory."""
    absent = [pl.Series(dtype=pl.Int64())]
    for start in range(0, len(here), SLICE):
        part = here.slice(start, SLICE)
        ordered = part.drop_nulls().sort()
        if len(there):
            near = there.gather(there.search_sorted(ordered).clip(0, len(there) - 1))
            ordered = ordered.filter(near != ordered)
        if len(ordered):
            absent.append(_numbers(part.is_in(ordered.unique().implode())) + start)
    return pl.concat(absent)


def _numbers(marked: pl.Series) -> pl.Series:
    """The numbers of the rows that are marked, of the type that a row's number has."""
    return marked.arg_true().cast(pl.Int64)


def _hash(key: Sequence[str]) -> pl.Expr:
    whole = reduce(xor, (pl.col(name).cast(pl.String).hash(seed) for seed, name in enumerate(key)))
    return pl.when(pl.all_horizontal(pl.col(key).is_not_null())).then(whole)
