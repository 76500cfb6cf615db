"""The one door for frames in memory: each becomes a table of a package, with no more copied than its form demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esfdata.checking.typed_tables import unreadable
from esfdata.exceptions import PackageError
from esfdata.libraries import pd, pl
from esfdata.tables.fields import text
from esfdata.tables.package import Package
from esfdata.tables.reading import blank

ACCEPTED = "pandas and Polars frames, pyarrow tables, DuckDB relations and Spark frames"


def package_of(frames: Mapping[str, Any]) -> Package:
    """A package of frames named after tables, under the shipped descriptor and code lists.

    pandas and pyarrow become Polars, where NaN is null; a DuckDB relation is read by Polars as it goes. An index of
    pandas is no data, unless it has the name of a field; a column that is no field is left aside. PackageError for a
    frame of another kind, a table that is not known, a column that is there twice, and a key that is not there.
    """
    empty = blank()
    tables = {name: table(name, frame, empty) for name, frame in frames.items()}
    lists = {name: empty.raw(name) for name in empty.borrowed if name not in tables}
    return Package(empty.descriptor, {**lists, **tables}, {}, lists, written=False)


def table(name: str, frame: Any, empty: Package) -> pl.LazyFrame:
    """The frame as a Polars LazyFrame."""
    known(name, empty)
    door = _DOORS.get(type(frame).__module__.partition(".")[0].strip("_"))
    if door is None:
        raise PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")
    fields = [field["name"] for field in empty.fields(name)]
    try:
        rows = door(frame, name, fields)
        columns = rows.collect_schema().names()
    except (PackageError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a library raises for a source that is gone or a type it cannot hand over
        raise unreadable(name, error) from error
    keyed(columns, name, empty)
    return rows


def known(name: str, package: Package) -> None:
    """Refuse what is no table of the package."""
    if name not in package:
        raise PackageError(f"there is no table {name!r}; accepted are {', '.join(package)}")


def once(columns: Sequence[str], name: str) -> None:
    """Refuse columns that cannot be told apart."""
    double = sorted({column for column in columns if columns.count(column) > 1})
    if double:
        raise PackageError(f"{name}: two columns have the name {double[0]!r}")


def keyed(columns: Sequence[str], name: str, package: Package) -> None:
    """Refuse columns without the key of the table."""
    lost = [column for column in package.key(name) if column not in columns]
    if lost:
        raise PackageError(f"{name} has no column {lost[0]!r}, which is its key; it has {', '.join(columns) or 'none'}")


def is_spark(frame: Any) -> bool:
    """Whether a frame lies on Spark."""
    return type(frame).__module__.startswith("pyspark.")


def _polars(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:

    if not isinstance(frame, (pl.DataFrame, pl.LazyFrame)):
        raise PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")
    return frame.lazy()


def _pandas(frame: pd.DataFrame, name: str, fields: list[str]) -> pl.LazyFrame:

    if not isinstance(frame, pd.DataFrame):
        raise PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")
    if any(level in fields for level in frame.index.names):
        frame = frame.reset_index()
    once(list(map(str, frame.columns)), name)
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
        raise PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")
    once(frame.column_names, name)
    found = pl.from_arrow(frame)
    assert isinstance(found, pl.DataFrame)
    return found.lazy()


def _duckdb(frame: Any, name: str, fields: list[str]) -> pl.LazyFrame:
    if not hasattr(frame, "pl"):
        raise PackageError(f"{name} is a {type(frame).__name__}; accepted are {ACCEPTED}")
    once(frame.columns, name)
    rows: pl.LazyFrame = frame.pl(lazy=True)
    return rows


_DOORS = {"polars": _polars, "pandas": _pandas, "pyarrow": _arrow, "duckdb": _duckdb}
