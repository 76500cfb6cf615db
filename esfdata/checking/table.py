"""A table as the function of a check sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from esfdata.exceptions import CheckError
from esfdata.libraries import nw


class Table:
    """A table as a check sees it: an attribute is a column expression, a method works on the rows."""

    def __init__(self, name: str, frame: nw.LazyFrame[Any], columns: Iterable[str] | None = None) -> None:
        self._name = name
        self._frame = frame
        self._columns = list(frame.collect_schema().names() if columns is None else dict.fromkeys(columns))

    def __getattr__(self, column: str) -> nw.Expr:
        if column.startswith("_") or column not in self._columns:
            raise CheckError(f"the table {self._name!r} has no field {column!r}; "
                             f"it has {', '.join(c for c in self._columns if c[0] != '_')}")  # fmt: skip
        return nw.col(column)

    def rows(self) -> nw.LazyFrame[Any]:
        """The rows as a narwhals LazyFrame, for what the methods of a table cannot say."""
        return self._frame

    def filter(self, *predicates: nw.Expr) -> Table:
        """The rows for which every predicate is true; where one is unknown, the row is left out."""
        return Table(self._name, self._frame.filter(*predicates), self._columns)

    def select(self, *columns: str, **renamed: str) -> Table:
        """Some of the columns.

        Args:
            *columns: Columns that keep their names.
            **renamed: Columns under a new name: `new="old"`.

        Returns:
            A table with these columns and all rows.
        """
        rows = self._frame.select(*columns, *(nw.col(v).alias(k) for k, v in renamed.items()))
        return Table(self._name, rows, (*columns, *renamed))

    def with_columns(self, **columns: nw.Expr) -> Table:
        """The rows with further columns, by name."""
        return Table(self._name, self._frame.with_columns(**columns), (*self._columns, *columns))

    def unique(self, *columns: str) -> Table:
        """The distinct combinations of some columns."""
        return Table(self._name, self._frame.select(*columns).unique(), columns)

    def group_by(self, *by: str, **aggregates: nw.Expr) -> Table:
        """One row for each combination of some columns, with aggregates.

        Args:
            *by: The columns.
            **aggregates: Expressions over the rows of a group, by the name of the new column.

        Returns:
            A table with the columns `by` and the aggregates.
        """
        return Table(self._name, self._frame.group_by(*by).agg(**aggregates), (*by, *aggregates))

    def join(self, other: Table, *on: str, how: str = "inner") -> Table:
        """The rows joined on equal columns; an unknown key matches nothing, on every engine.

        Args:
            other: The table that is looked into.
            *on: The columns that both have.
            how: `inner`, `left`, `semi` (rows that have a match) or `anti` (rows that have none).

        Returns:
            A table with the columns of both; one that both have is called `…_right` on the other's side. With `semi`
            and `anti` it has the columns of this table alone.
        """
        right = other._frame.filter(*(~nw.col(name).is_null() for name in on))
        rows = self._frame.join(right, on=list(on), how=how)  # type: ignore[arg-type]
        if how in ("anti", "semi"):
            return Table(self._name, rows, self._columns)
        further = [f"{name}_right" if name in self._columns else name for name in other._columns if name not in on]
        return Table(self._name, rows, (*self._columns, *further))
