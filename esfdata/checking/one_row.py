"""One pass over a table for all rules that a row can break by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from esfdata.checking.typed_tables import ROW
from esfdata.libraries import nw, pl

KEPT = 100_000
"""Of each rule so many rows are kept to be told; their number is always exact."""
BATCH = 50_000


class Rule(NamedTuple):
    """What breaks a rule, and the columns that tell of a broken row."""

    breaks: nw.Expr
    columns: Sequence[str]


class Broken:
    """The rows that break one rule: the numbers of all, and the first of them with their columns."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = list(dict.fromkeys([ROW, *columns]))
        self._numbers: list[pl.Series] = []
        self.rows: list[dict[str, Any]] = []

    def take(self, rows: pl.DataFrame) -> None:
        """Add rows that break the rule."""
        self._numbers.append(rows[ROW])
        self.rows += rows.head(KEPT - len(self.rows)).select(self._columns).to_dicts()

    def numbers(self) -> pl.Series:
        """The numbers of all rows that break the rule."""
        return pl.concat(self._numbers) if self._numbers else pl.Series(ROW, dtype=pl.Int64)

    def without(self, numbers: Sequence[int]) -> tuple[int, list[dict[str, Any]]]:
        """How many rows break the rule, and the first of them, both without the rows of some numbers."""
        left, every = set(numbers), self.numbers()
        hidden = int(every.is_in(pl.Series(numbers, dtype=pl.Int64).implode()).sum())
        return len(every) - hidden, [row for row in self.rows if row[ROW] not in left]


def sweep(
    frame: nw.LazyFrame[Any], rules: Sequence[Rule], beside: Sequence[pl.LazyFrame] = ()
) -> tuple[list[Broken], list[pl.DataFrame]]:
    """What breaks each rule, from one pass over the rows, and what comes of the plans that are run `beside` in it."""
    flags = [f"_{number} broken" for number in range(len(rules))]
    broken = [Broken(rule.columns) for rule in rules]

    def take(batch: pl.DataFrame) -> None:
        for flag, one, count in zip(flags, broken, batch.select(pl.col(flags).sum()).row(0), strict=True):
            if count:
                one.take(batch.filter(pl.col(flag)))

    if not flags:
        return broken, pl.collect_all(beside)
    flagged = frame.with_columns(**{flag: rule.breaks for flag, rule in zip(flags, rules, strict=True)})
    marked = flagged.filter(nw.any_horizontal(*map(nw.col, flags), ignore_nulls=True))
    native = marked.to_native()
    if beside:
        plans = [native.sink_batches(take, chunk_size=BATCH, lazy=True), *beside]
        return broken, pl.collect_all(plans)[1:]
    take(marked.collect(backend="polars").to_native())
    return broken, []
