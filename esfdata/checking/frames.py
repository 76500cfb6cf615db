"""Frames in memory or on Spark as tables of a package, with no more copied than their form demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esfdata.checking.typed_tables import TypedTables, unreadable
from esfdata.exceptions import PackageError
from esfdata.libraries import pd, pl
from esfdata.tables.fields import text
from esfdata.tables.package import Package
from esfdata.tables.reading import blank

ACCEPTED = "pandas and Polars frames, pyarrow tables, DuckDB relations and Spark frames"


def tables_of(frames: Mapping[str, Any]) -> TypedTables:
    """The tables of frames named after them, under the shipped descriptor and code lists.

    pandas and pyarrow become Polars, where NaN is null; a DuckDB relation is read by Polars as it goes; a Spark frame
    stays where it lies. An index of pandas is no data, unless it has the name of a field; a column that is no field is
    left aside.

    PackageError for a frame of another kind, a table that is not known, a column that is there twice, and a key that
    is not there.
    """
    empty = blank()
    for name in frames:
        if name not in empty:
            raise PackageError(f"there is no table {name!r}; accepted are {', '.join(empty)}")
    rows = {name: _rows(name, frame, empty) for name, frame in frames.items()}
    lists = {name: empty.raw(name) for name in empty.borrowed if name not in rows}
    package = Package(empty.descriptor, {**lists, **rows}, {}, lists, written=False)
    return TypedTables(package, {name: frame for name, frame in frames.items() if is_spark(frame)})


def is_spark(frame: Any) -> bool:
    """Whether a frame lies on Spark."""
    return type(frame).__module__.startswith("pyspark.")


def _rows(name: str, frame: Any, empty: Package) -> pl.LazyFrame:
    """The frame as a Polars LazyFrame; of one on Spark its columns without rows."""
    read = _READ.get(type(frame).__module__.partition(".")[0].strip("_"))
    if read is None:
        raise _refused(name, frame)
    fields = [field["name"] for field in empty.fields(name)]
    try:
        rows = read(frame, name, fields)
        columns = rows.collect_schema().names()
    except (PackageError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a library raises for a source that is gone or a type it cannot hand over
        raise unreadable(name, error) from error
    lacking = [column for column in empty.key(name) if column not in columns]
    if lacking:
        has = ", ".join(columns) or "none"
        raise PackageError(f"{name} has no column {lacking[0]!r}, which is its key; it has {has}")
    return rows


def _refused(name: str, frame: Any) -> PackageError:
    return PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")


def _once(columns: Sequence[str], name: str) -> None:
    """Refuse columns that cannot be told apart."""
    double = sorted({column for column in columns if columns.count(column) > 1})
    if double:
        raise PackageError(f"{name}: two columns have the name {double[0]!r}")


def _polars(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:
    if not isinstance(frame, (pl.DataFrame, pl.LazyFrame)):
        raise _refused(name, frame)
    return frame.lazy()


def _pandas(frame: pd.DataFrame, name: str, fields: list[str]) -> pl.LazyFrame:
    if not isinstance(frame, pd.DataFrame):
        raise _refused(name, frame)
    if any(level in fields for level in frame.index.names):
        frame = frame.reset_index()
    _once(list(map(str, frame.columns)), name)
    kept = frame[[column for column in frame.columns if column in fields]]
    columns = {}
    for column in kept.columns:
        try:
            columns[column] = pl.from_pandas(kept[column].reset_index(drop=True), nan_to_null=True)
        except Exception:  # values of several types: each as it would stand in a file
            cells = [None if _missing(cell) else text(cell) for cell in kept[column]]
            columns[column] = pl.Series(column, cells, dtype=pl.String)
    if not columns:
        return pl.LazyFrame({}, height=len(frame)) if len(frame) else pl.LazyFrame()
    return pl.LazyFrame(columns)


def _missing(cell: Any) -> bool:
    unknown = pd.isna(cell)
    return isinstance(unknown, bool) and unknown


def _arrow(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:
    if not hasattr(frame, "column_names"):
        raise _refused(name, frame)
    _once(frame.column_names, name)
    rows = pl.from_arrow(frame)
    assert isinstance(rows, pl.DataFrame)
    return rows.lazy()


def _duckdb(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:
    if not hasattr(frame, "pl"):
        raise _refused(name, frame)
    _once(frame.columns, name)
    rows: pl.LazyFrame = frame.pl(lazy=True)
    return rows


def _spark(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:
    if not hasattr(frame, "columns"):
        raise _refused(name, frame)
    _once(frame.columns, name)
    return pl.LazyFrame(schema=dict.fromkeys(frame.columns, pl.String()))


_READ = {"polars": _polars, "pandas": _pandas, "pyarrow": _arrow, "duckdb": _duckdb, "pyspark": _spark}
"""What reads a frame, by the library that it is of."""
