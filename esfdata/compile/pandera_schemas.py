"""The declared constraints and the row-wise checks as pandera schemas, for pandas and for Polars.

A thin compiler from the descriptor: pandera's own reader of descriptors loses dates, nulls and keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from esfdata.checking.check import ERROR, Check, load_checks
from esfdata.checking.table import Table
from esfdata.exceptions import EsfdataError
from esfdata.libraries import nw, pd, pl
from esfdata.paths import share
from esfdata.tables.constraints import Resource, Rule, key, listed, required, rules, unique
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.field_types import TYPES
from esfdata.tables.fields import dtype, type_of
from esfdata.tables.package import Package

Mark = tuple[str, str, str, int]

BACKENDS = ("pandas", "polars")
WORDS = {
    "not_nullable": "required",
    "isin": "enum",
    "str_matches": "pattern",
    "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum",
    "greater_than": "exclusiveMinimum",
    "less_than": "exclusiveMaximum",
}
"""What pandera calls a failed constraint, and the standard's word for it."""

METHODS = {"enum": "isin", "pattern": "str_matches", "minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt",
           "exclusiveMaximum": "lt", "minLength": "str_length", "maxLength": "str_length"}  # fmt: skip
"""The check of pandera for a constraint."""

HEAD = '''"""Schemas of the tables, for pandas frames with columns backed by pyarrow.

The declared constraints, but for foreign keys: a schema sees one table. `esfdata.schemas` has the same
schemas with the checks of single rows, for pandas and for Polars.
"""

import datetime
from decimal import Decimal

import pandas as pd
import pandera.pandas as pa
import pyarrow
'''


@cache
def shipped(table: str, backend: str) -> Any:
    """The schema of a shipped table, with the shipped checks; AttributeError where there is no such table."""
    resources = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
    if table not in resources:
        raise AttributeError(f"there is no table {table!r}; the tables are {', '.join(resources)}")
    return schema(resources[table], backend, load_checks(share("checks")))


def schema(resource: Resource, backend: str, checks: Sequence[Check] = (), warn: bool = True) -> Any:
    """The pandera schema of a table.

    Row-wise checks fail on the cell of the key, once a row, under their own name. Further columns and any order are
    accepted, absent columns where nothing is required.

    Args:
        resource: A resource of a descriptor.
        backend: `pandas` or `polars`; the types are those of `package[table]` or of `package.lazy(table)`.
        checks: The checks to include.
        warn: Whether checks that are no errors warn only.

    Returns:
        A DataFrameSchema.
    """
    pa = _pandera(backend)
    types = _dtypes(resource, backend)
    columns = {}
    for field in resource["schema"]["fields"]:
        declared = [getattr(pa.Check, METHODS[rule.word])(*_arguments(rule)) for rule in rules(field)]
        if unique(resource, field):
            declared.append(_row_check(backend, "unique", _double([field["name"]])))
        if [field["name"]] == key(resource)[-1:]:
            declared += _over_rows(resource, backend, checks, warn)
        must = required(resource, field)
        columns[field["name"]] = pa.Column(
            types[field["name"]], declared, nullable=not must, required=must,
            title=field.get("title"), description=field.get("description"),
        )  # fmt: skip
    about = {"title": resource.get("title"), "description": resource.get("description")}
    return pa.DataFrameSchema(columns, name=resource["name"], strict=False, ordered=False, **about)


def _arguments(rule: Rule) -> tuple[Any, ...]:
    """What pandera holds a rule against; the one check of lengths takes the least first, then the greatest."""
    lengths = {"minLength": (rule.argument, None), "maxLength": (None, rule.argument)}
    return lengths.get(rule.word, (rule.argument,))


def text(resources: Sequence[Resource]) -> str:
    """A Python module that defines the pandas schemas of the tables with nothing but pandera."""
    types = dict.fromkeys(f"{one.alias} = pd.ArrowDtype({one.arrow})" for one in TYPES.values())
    return "\n".join([HEAD, *types, *(line for resource in resources for line in _definition(resource))])


def _definition(resource: Resource) -> Iterator[str]:
    """The lines that define the schema of one table."""
    yield ""
    yield f"{resource['name']} = pa.DataFrameSchema("
    yield "    {"
    for field in resource["schema"]["fields"]:
        checks = [f"pa.Check.{METHODS[rule.word]}({', '.join(map(repr, _arguments(rule)))})" for rule in rules(field)]
        if unique(resource, field):
            checks.append("pa.Check(lambda column: ~column.duplicated(keep=False), name='unique')")
        must = required(resource, field)
        yield f"        {field['name']!r}: pa.Column("
        yield f"            {type_of(field).alias},"
        yield from (f"            [{', '.join(checks)}],",) if checks else ()
        yield f"            nullable={not must},"
        yield f"            required={must},"
        yield f"            title={field.get('title')!r},"
        yield "        ),"
    yield "    },"
    yield f"    unique={key(resource) or None!r},"
    yield f"    name={resource['name']!r},"
    yield f"    title={resource.get('title')!r},"
    yield ")"


def validate(package: Package, backend: str = "polars", checks: Sequence[Check] = ()) -> list[Mark]:
    """Every break of a constraint and of a row-wise check that pandera finds in a package's typed tables.

    A cell that is not of its type is null in a typed table, so there is no `type`, and no `foreign-key` either: a
    schema sees one table.

    Args:
        package: The package.
        backend: `pandas` or `polars`.
        checks: The checks to include.

    Returns:
        The marks, sorted: table, word of the constraint or name of the check, field, and row from 0.
    """
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    marks = []
    for table in package:
        compiled = schema(resources[table], backend, checks, warn=False)
        frame = package[table] if backend == "pandas" else package.lazy(table).collect()
        try:
            compiled.validate(frame, lazy=True)
        except _pandera(backend).errors.SchemaErrors as error:
            marks += [(table, *case) for case in _cases(error.failure_cases, checks)]
    return sorted(marks)


def _cases(failed: Any, checks: Sequence[Check]) -> Iterator[tuple[str, str, int]]:
    """Word, field and row of each failure case."""
    fields = {check.name: check.fields[-1] for check in checks}
    rows = failed.to_dicts() if hasattr(failed, "to_dicts") else failed.to_dict("records")
    for row in rows:
        name = row["check"].partition("(")[0]
        if row["index"] is None:
            raise EsfdataError(f"pandera could not check {name} of {row['column']}: {row['failure_case']}")
        if name == "str_length":
            name = "maxLength" if row["check"].startswith("str_length(None") else "minLength"
        yield WORDS.get(name, name), fields.get(name, row["column"]), int(row["index"])


def _pandera(backend: str) -> Any:
    """Pandera's module for a backend."""
    if backend not in BACKENDS:
        raise EsfdataError(f"the backend {backend!r} is none of pandera's; accepted are {', '.join(BACKENDS)}")
    if backend == "polars":
        return _lazily_checked()
    import pandera.pandas

    return pandera.pandas


@cache
def _lazily_checked() -> Any:
    """pandera.polars with a schema that looks into a LazyFrame too, which pandera by itself lets pass."""
    import pandera.polars as pa
    from pandera.config import ValidationDepth, config_context

    class DataFrameSchema(pa.DataFrameSchema):
        """A schema that checks the values of a LazyFrame as it does those of a DataFrame."""

        def validate(self, *arguments: Any, **named: Any) -> Any:
            """Check a frame; see pandera."""
            with config_context(validation_depth=ValidationDepth.SCHEMA_AND_DATA):
                return super().validate(*arguments, **named)

        @classmethod
        def get_backend(cls, *arguments: Any, **named: Any) -> Any:
            """The backend of the class above, where it is registered."""
            return pa.DataFrameSchema.get_backend(*arguments, **named)

    parts = {"Column": pa.Column, "Check": pa.Check, "errors": pa.errors}
    return SimpleNamespace(DataFrameSchema=DataFrameSchema, **parts)


def _dtypes(resource: Resource, backend: str) -> dict[str, Any]:
    """The type of each column."""
    empty = pl.DataFrame(schema={field["name"]: dtype(field) for field in resource["schema"]["fields"]})
    if backend == "polars":
        return dict(empty.schema)
    return dict(empty.to_pandas(use_pyarrow_extension_array=True).dtypes)


def _double(names: Sequence[str]) -> nw.Expr:
    """Marks every row whose values in these columns stand in another row too; null is like nothing."""
    return (nw.len().over(*names) > 1) & ~_unknown(names)


def _unknown(names: Sequence[str]) -> nw.Expr:

    return nw.any_horizontal(*(nw.col(name).is_null() for name in names), ignore_nulls=False)


def _over_rows(resource: Resource, backend: str, checks: Sequence[Check], warn: bool) -> Iterator[Any]:
    """The primary key and the row-wise checks of a table; no check is shown a row with a null or double key."""
    names = key(resource)
    yield _row_check(backend, "primary-key", _double(names))
    for fields in resource["schema"].get("uniqueKeys", []):
        yield _row_check(backend, "unique", _double(listed(fields)))
    for check in checks:
        breaks = row_wise(check, resource)
        if breaks is not None:
            shown = ~_unknown(names) & ~_double(names)
            quiet = warn and check.severity != ERROR
            about = {"title": check.message, "description": check.reference, "raise_warning": quiet}
            yield _row_check(backend, check.name, breaks & shown, (*check.fields, *names), **about)


def row_wise(check: Check, resource: Resource) -> nw.Expr | None:
    """What a check of this table alone marks rows with; None where it looks at several rows or tables."""
    if check.tables != (resource["name"],):
        return None
    empty = pl.LazyFrame(schema={field["name"]: dtype(field) for field in resource["schema"]["fields"]})
    result = check.run({check.table: Table(check.table, nw.from_native(empty))})
    return result if isinstance(result, nw.Expr) else None


def _row_check(backend: str, name: str, breaks: nw.Expr, needs: Sequence[str] = (), **options: Any) -> Any:
    """A check of a column that fails where `breaks` marks the row, and passes without a column of `needs`."""
    from pandera.api.checks import Check as Plain

    def kept(frame: Any) -> Any:
        rows = nw.from_native(frame)
        absent = set(needs) - set(rows.collect_schema().names())
        outcome = nw.lit(True) if absent else ~breaks.fill_null(False)
        return rows.with_columns(_kept=outcome).select("_kept").to_native()

    if backend == "polars":
        return Plain(lambda data: kept(data.lazyframe), name=name, **options)

    class RowCheck(Plain):
        """A check of one column that looks at the whole row."""

        def __call__(self, check_obj: Any, column: str | None = None) -> Any:
            """Whether each row passes, as the outcome of the column's cells."""
            passed = pd.Series(kept(check_obj)["_kept"].to_numpy(dtype=bool), check_obj.index)
            return Plain(lambda cells: passed, name=name, ignore_na=False)(check_obj[column])

    return RowCheck(lambda cells: cells, name=name, **options)
