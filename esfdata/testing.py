"""A check's examples, run: the rows of its docstring as tables, and which of them it marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from esfdata.checking.check import Check, Example
from esfdata.checking.engines import POLARS, enter
from esfdata.checking.marks import STATEMENTS
from esfdata.checking.mutation import mutants
from esfdata.checking.typed_tables import ROW, TypedTables
from esfdata.libraries import pl
from esfdata.tables.fields import typed
from esfdata.tables.package import Package
from esfdata.tables.roles import CODE_LIST
from esfdata.tables.text_rows import frame

__all__ = ["expected", "mutants", "run", "survivors", "without"]


def run(check: Check, package: Package, engine: str = POLARS, examples: Sequence[Example] | None = None) -> set[int]:
    """Run a check on the example of its docstring.

    Args:
        check: The check.
        package: Its descriptor gives the fields their types. Of the tables that the docstring does not show, its code
            lists are taken, and the others are empty.
        engine: What runs the check: `polars`, `pandas`, `duckdb` or `spark`.
        examples: Other rows than those of the docstring.

    Returns:
        The numbers of the rows that the check marks, from 0; -1 for a cell that no row states.

    Examples:
        >>> import esfdata
        >>> from esfdata import testing
        >>> from esfdata.checks import load_checks
        >>> from esfdata.paths import share
        >>> check = {check.name: check for check in load_checks(share("checks"))}["ends-before-start"]
        >>> testing.run(check, esfdata.load()) == testing.expected(check)
        True
    """
    shown = {example.table: example for example in (examples or check.examples)}
    frames = {name: _frame(name, shown.get(name), package) for name in check.tables}
    with enter(TypedTables(package.replace(**frames)), engine) as held:
        rows = held.mark([check])[check.name]
    if check.table == STATEMENTS and rows and ROW not in rows[0]:
        cells = {(row["table"], row["key"], row["field"]) for row in rows}
        every = list(frames[STATEMENTS].select("table", "key", "field").collect().iter_rows())
        marked = {number for number, cell in enumerate(every) if cell in cells}
        return marked if cells <= {*every} else {*marked, -1}
    return {row[ROW] for row in rows}


def expected(check: Check) -> set[int]:
    """The numbers of the rows that the docstring marks, from 0."""
    return {number for number, mark in enumerate(check.examples[0].marked) if mark}


def survivors(check: Check, package: Package) -> list[str]:
    """The mutants of a check that its example does not notice: what was changed in each, see `mutants`.

    Args:
        check: The check.
        package: Where its fields and code lists come from, see `run`.

    Returns:
        Nothing where each line of the check is needed for its example. A mutant that cannot be run is noticed.
    """
    due = expected(check)
    return [text for text, mutant in mutants(check) if due == _marked(mutant, package)]


def _marked(mutant: Check, package: Package) -> set[int] | None:
    try:
        return run(mutant, package)
    except Exception:  # a mutant may ask for anything, and every engine refuses in its own way
        return None


def without(example: Example, field: str) -> Example:
    """The example with one field unknown in every row.

    Args:
        example: The example.
        field: The field.

    Returns:
        A new example.
    """
    place = example.fields.index(field)
    rows = tuple((*row[:place], None, *row[place + 1 :]) for row in example.rows)
    return replace(example, rows=rows)


def _frame(table: str, example: Example | None, package: Package) -> pl.LazyFrame:
    """The rows of one table, typed, and with a key in every row."""
    if example is None:
        rows = package.lazy(table) if package.role(table) == CODE_LIST else package.lazy(table).head(0)
    else:
        fields = {field["name"]: field for field in package.fields(table)}
        cells = [dict(zip(example.fields, row, strict=True)) for row in example.rows]
        for number, row in enumerate(cells):
            for name in package.key(table):
                if name not in example.fields:
                    row[name] = str(number)
        text = frame(cells, list(fields))
        rows = text.select(typed(field, pl.String()) for field in fields.values())
    return rows
