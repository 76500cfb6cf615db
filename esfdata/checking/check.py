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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from esfdata.checking.table import Table
from esfdata.exceptions import CheckError
from esfdata.libraries import nw

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
MARK = "✗"
ACCEPTED = "an expression that is true for the rows to mark (`projects.field < 0`), or a table of them"

MARKED = "__checks__"
"""The name under which a module has its checks."""

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
            CheckError: The function raised, asked for a field that a table does not have, or returned something else.
        """
        try:
            result = self.function(*(tables[name] for name in self.tables))
        except CheckError as error:
            raise CheckError(f"{self.place}: check {self.name}: {error}") from error
        except Exception as error:
            raise self.fault(f"raised {type(error).__name__}: {error}") from error
        if isinstance(result, Table):
            return result.rows()
        if not isinstance(result, nw.Expr | nw.LazyFrame):
            raise self.fault(f"returned {_shown(result)}; accepted are {ACCEPTED}")
        return result

    def fault(self, text: str) -> CheckError:
        """The error of a check that is written wrongly: its place, its name, and what it did."""
        return CheckError(f"{self.place}: check {self.name} {text}")


def _shown(result: object) -> str:
    """What a check returned, in a few words: a value as it is, anything larger by its type."""
    if result is None:
        return "nothing (is a `return` missing?)"
    if isinstance(result, bool | int | float | str):
        return repr(result)[:80]
    kind = type(result)
    return kind.__name__ if kind.__module__ == "builtins" else f"a {kind.__name__} of {kind.__module__.split('.')[0]}"


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
        function.__globals__.setdefault(MARKED, []).append(function)  # also one whose name is given to another later
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
    checks: dict[str, Check] = {}
    for path in sorted(folder.glob("*.py")):
        for one in _checks(path):
            if one.name in checks:
                raise CheckError(f"{one.place}: the check {one.name} is also at {checks[one.name].place}")
            checks[one.name] = one
    return list(checks.values())


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
    imported = [value for value in vars(module).values() if hasattr(value, "__check__")]
    functions = dict.fromkeys([*vars(module).get(MARKED, []), *imported])
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
