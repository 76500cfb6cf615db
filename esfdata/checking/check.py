"""Checks: functions that mark the rows that break a rule, loaded by path from a folder.

    @check(ERROR, "where the rule comes from")
    def ends_before_start(projects):
        '''A project ends before it starts.

        | projects | start_date | end_date   |
        | -------- | ---------- | ---------- |
        |          | 2018-07-01 | 2018-07-01 |
        | ✗        | 2018-07-01 | 2018-06-30 |
        '''
        return projects.end_date < projects.start_date

The function's name says the fault, its parameters are tables, its first line is the message, and its
table is example, test and list of fields at once (the last field is the one a finding points at).
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from esfdata.exceptions import CheckError
from esfdata.libraries import nw

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
MARK = "✗"

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Example:
    """A table of a check's docstring.

    Attributes:
        table: The table's name.
        fields: The names of the fields that are shown.
        rows: The cells of each row as text; None where a cell is empty.
        marked: For each row, whether it breaks the rule.
    """

    table: str
    fields: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    marked: tuple[bool, ...]


@dataclass(frozen=True)
class Check:
    """A rule that a package must keep, and how to say that it does not.

    Attributes:
        name: The function's name in kebab-case; it says the fault.
        severity: `error`, `warning` or `info`.
        message: The first line of the docstring, a sentence that stands alone.
        explanation: The rest of the docstring, without its tables.
        reference: Where the rule comes from.
        tables: The tables that the function takes; the first is judged.
        examples: The tables of the docstring.
        function: The function itself.
        place: The file and line of the function, for messages about the check.
        masked: Whether findings hide the value, which is personal data.
    """

    name: str
    severity: str
    message: str
    explanation: str
    reference: str
    tables: tuple[str, ...]
    examples: tuple[Example, ...]
    function: Callable[..., Any]
    place: str
    masked: bool = False

    @property
    def table(self) -> str:
        """The table that is judged: the first parameter."""
        return self.tables[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the judged table that the check is about; the last is the one at fault."""
        return self.examples[0].fields

    def run(self, tables: dict[str, Table]) -> nw.Expr | nw.LazyFrame[Any]:
        """Call the function.

        Args:
            tables: The tables that it takes, by name.

        Returns:
            An expression that is true for the rows that break the rule, or a frame of their keys.

        Raises:
            CheckError: The function raised, or asked for a field that a table does not have.
        """
        try:
            result = self.function(*(tables[name] for name in self.tables))
        except CheckError as error:
            raise CheckError(f"{self.place}: check {self.name}: {error}") from error
        except Exception as error:
            raise CheckError(f"{self.place}: check {self.name} raised {type(error).__name__}: {error}") from error
        return result.rows() if isinstance(result, Table) else result


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


def check(severity: str, reference: str, *, masked: bool = False) -> Callable[[Function], Function]:
    """Mark a function as a check.

    Args:
        severity: `ERROR` cannot be true or must not be published, `WARNING` wants a look, `INFO` is worth knowing.
        reference: Where the rule comes from: an article, a page of a manual, a standard.
        masked: Whether the check is about personal data, so that its findings never show the value.

    Returns:
        A decorator that leaves the function as it is.

    Examples:
        >>> from esfdata.checks import ERROR, check
        >>> @check(ERROR, "Regulation (EU) 2021/1060, Article 63")
        ... def ends_before_start(projects):
        ...     return projects.end_date < projects.start_date
    """

    def mark(function: Function) -> Function:
        function.__check__ = (severity, reference, masked)  # type: ignore[attr-defined]
        return function

    return mark


def load_checks(folder: str | Path) -> list[Check]:
    """Load the checks of every module in a folder.

    Args:
        folder: The folder; its files are run as Python, so it must be trusted.

    Returns:
        The checks in the order of files and lines.

    Raises:
        CheckError: There is no such folder, a module cannot be imported, two checks have one name, or a check lacks
            what it needs: a severity, a reference, a first line that is a sentence, a table with a good and a bad row.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CheckError(f"{folder}: no such folder of checks")
    found: dict[str, Check] = {}
    for path in sorted(folder.glob("*.py")):
        for one in _checks(path):
            if one.name in found:
                raise CheckError(f"{one.place}: the check {one.name} is also at {found[one.name].place}")
            found[one.name] = one
    return list(found.values())


def _checks(path: Path) -> Iterator[Check]:
    """The checks of one module, in the order of its lines."""
    name = f"esfdata_checks_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CheckError(f"{path}: cannot be imported: {type(error).__name__}: {error}") from error
    finally:
        sys.dont_write_bytecode = written
    functions = [f for f in vars(module).values() if hasattr(f, "__check__")]
    for function in sorted(functions, key=lambda f: f.__code__.co_firstlineno):
        yield _check(function, path)


def _check(function: Callable[..., Any], path: Path) -> Check:
    import inspect  # not above: it takes as long to import as this library, which nobody needs for --help

    severity, reference, masked = function.__check__  # type: ignore[attr-defined]
    place = f"{path.name}:{function.__code__.co_firstlineno}"
    name = function.__name__.strip("_").replace("_", "-")
    lines = inspect.cleandoc(function.__doc__ or "").splitlines()
    tables = tuple(inspect.signature(function).parameters)

    def need(condition: object, what: str) -> None:
        if not condition:
            raise CheckError(f"{place}: check {name}: {what}")

    need(severity in SEVERITIES, f"the severity {severity!r} is not one of {', '.join(SEVERITIES)}")
    need(reference and reference.strip(), "write where the rule comes from as the reference")
    need(tables, "the parameters are tables; write at least the one that is judged")
    need(lines and lines[0].endswith("."), "the docstring's first line is the message: write a sentence")
    try:
        examples = tuple(_examples(lines))
    except ValueError as error:
        raise CheckError(f"{place}: check {name}: {error}") from error
    names = [example.table for example in examples]
    need(names[:1] == list(tables[:1]), f"the first table of the docstring shows rows of {tables[:1]}")
    need(set(names) <= set(tables), f"the docstring shows a table that is no parameter: {names}")
    need(any(examples[0].marked), f"no row of the example is marked with {MARK}: show one that breaks the rule")
    need(not all(examples[0].marked), "every row of the example is marked: show one that keeps the rule")
    explanation = "\n".join(line for line in lines[1:] if not line.startswith("|")).strip()
    return Check(name, severity, lines[0], explanation, reference, tables, examples, function, place, masked)


def _examples(lines: list[str]) -> Iterator[Example]:
    """The tables of a docstring."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            block.append(line)
        elif block:
            yield _example([[cell.strip() for cell in row.strip("|").split("|")] for row in block])
            block = []


def _example(cells: list[list[str]]) -> Example:
    (table, *fields), rest = cells[0], cells[2:]
    if any(len(row) != len(cells[0]) for row in rest):
        raise ValueError(f"a row of the example of {table!r} has not {len(cells[0])} cells")
    rows = tuple(tuple(cell or None for cell in row[1:]) for row in rest)
    return Example(table, tuple(fields), rows, tuple(row[0] == MARK for row in rest))
