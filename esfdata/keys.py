"""Keys that stand in several rows, and references to rows that are not there.

Keys are compared by 64-bit hashes first, eight bytes a row, and only the few rows in question by their text. Two
different keys with one hash could hide a reference to nothing: one chance in a million million for a million
such references to ten million rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

from esfdata.constraints import foreign_keys, unique_keys
from esfdata.fields import joined
from esfdata.stage import ROW, Stage

if TYPE_CHECKING:
    import polars as pl


class Keys:
    """The keys of the tables of a stage, hashed once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._hashes: dict[tuple[str, tuple[str, ...]], pl.Series] = {}

    def doubles(self, table: str) -> Iterator[tuple[str, list[str], pl.Series]]:
        """For each declared key its word, its fields, and the numbers of the rows that may share it with others."""
        for word, key in unique_keys(self.stage.package, table):
            hashes = self._of(table, key)
            ordered = hashes.sort()
            double = ordered.filter(ordered == ordered.shift()).unique()
            if len(double):
                yield word, key, hashes.is_in(double.implode()).arg_true()

    def lost(self, table: str) -> Iterator[tuple[str, str, str, pl.Series]]:
        """For each reference its field, the table and field it refers to, and the numbers of the rows in question."""
        for field, target, other in foreign_keys(self.stage.package, table):
            if target in self.stage.package:
                here = self._of(table, [field]).to_frame("h").with_row_index(ROW).drop_nulls()
                missing = here.join(self._of(target, [other]).to_frame("h"), on="h", how="anti")
                if missing.height:
                    yield field, target, other, missing[ROW].sort()

    def hashed(self, table: str) -> pl.LazyFrame:
        """The hash of each key of a table that is compared: what `take` takes."""
        return self.stage.numbered(table).select(_hash(key).alias(joined(key)) for key in self._compared(table))

    def take(self, table: str, hashes: pl.DataFrame) -> None:
        """Keep the hashes of a table that is read in another pass."""
        for key in self._compared(table):
            self._hashes[table, key] = hashes[joined(key)]

    def _compared(self, table: str) -> set[tuple[str, ...]]:
        package = self.stage.package
        keys = {tuple(key) for _, key in unique_keys(package, table)}
        keys |= {(field,) for field, _, _ in foreign_keys(package, table)}
        return keys | {(other,) for target, other in self._referred() if target == table}

    def in_order(self, tables: Sequence[str]) -> list[str]:
        """The tables, those that others refer to first."""
        referred = {target for target, _ in self._referred()}
        return sorted(tables, key=lambda table: table not in referred)

    def forget(self, table: str) -> None:
        """Let go of a table's hashes, but for those that other tables refer to."""
        wanted = {(target, (other,)) for target, other in self._referred()}
        self._hashes = {key: kept for key, kept in self._hashes.items() if key[0] != table or key in wanted}

    def _referred(self) -> set[tuple[str, str]]:
        """The tables and fields that some table refers to."""
        package = self.stage.package
        return {(target, other) for name in package for _, target, other in foreign_keys(package, name)}

    def _of(self, table: str, key: Sequence[str]) -> pl.Series:
        """The hash of a key for every row in their order; unknown where a part of the key is."""
        place = (table, tuple(key))
        if place not in self._hashes:
            self._hashes[place] = self.stage.rows(table).select(_hash(key)).collect().to_series()
        return self._hashes[place]


def _hash(key: Sequence[str]) -> pl.Expr:
    import polars as pl

    whole = reduce(xor, (pl.col(name).cast(pl.String).hash(seed) for seed, name in enumerate(key)))
    return pl.when(pl.all_horizontal(pl.col(key).is_not_null())).then(whole)
