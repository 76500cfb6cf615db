"""How the text of a table is written, where its descriptor declares another way than commas and empty cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from esfdata.exceptions import PackageError
from esfdata.libraries import pl
from esfdata.tables.table_file import File

OURS = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "escapeChar": None, "skipInitialSpace": False,
    "header": True, "headerRows": [1], "lineTerminator": "\r\n", "caseSensitiveHeader": False,
}  # fmt: skip
"""The way in which tables are written unless something else is declared."""
READ = ("delimiter", "quoteChar", "doubleQuote", "escapeChar", "skipInitialSpace", "lineTerminator",
        "caseSensitiveHeader")  # fmt: skip
"""What may be declared otherwise."""
WORDS = ("$schema", "name", "title", "description", "type", "csvddfVersion")
"""What a dialect says of itself."""
EMPTY = [""]


def plain(file: File, dialect: Any) -> File:
    """The CSV file with commas and quotation marks, its rows on the same lines; itself where it has them.

    PackageError where the dialect is not one that can be read.
    """
    if not dialect or not file.is_csv:
        return file
    if not isinstance(dialect, Mapping):
        raise PackageError(f"{file.path}: its dialect is {dialect!r}; accepted is one that stands in the descriptor")
    other = {name: value for name, value in dialect.items() if name not in WORDS and value != OURS.get(name)}
    if unknown := sorted(other.keys() - {*READ}):
        raise PackageError(f"{file.path}: its dialect declares {unknown[0]}: {other[unknown[0]]!r}, which is not read; "
                           f"accepted are {', '.join(READ)}")  # fmt: skip
    if not other.keys() - {"lineTerminator", "caseSensitiveHeader"}:
        return file
    file.verify()
    whole = {**OURS, **other}
    try:
        rows = csv.reader(
            io.StringIO(file.content().decode("utf-8-sig"), newline=""), strict=True,
            delimiter=whole["delimiter"], quotechar=whole["quoteChar"], doublequote=whole["doubleQuote"],
            escapechar=whole["escapeChar"], skipinitialspace=whole["skipInitialSpace"],
        )  # fmt: skip
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows(rows)
    except (csv.Error, TypeError, UnicodeDecodeError) as error:
        raise PackageError(f"{file.path}: it cannot be read by its dialect: {error}") from error
    return replace(file, place=io.BytesIO(written.getvalue().encode()), sha256=None)


def missing(file: File, schema: Mapping[str, Any]) -> pl.LazyFrame:
    """The rows of a file, the cells that its schema or a field declares to be missing as null.

    An empty cell of a CSV file is text where it is not declared to be missing.
    """
    rows = file.scan()
    general = schema.get("missingValues", EMPTY)
    by_field = {field["name"]: _texts(field.get("missingValues", general)) for field in schema["fields"]}
    if not file.is_csv or all(texts == EMPTY for texts in by_field.values()):
        return rows
    columns = []
    for name in rows.collect_schema().names():
        texts, column = by_field.get(name, EMPTY), pl.col(name)
        if "" not in texts:
            column = column.fill_null("")
        if texts != EMPTY:
            column = pl.when(~column.is_in(texts)).then(column).alias(name)
        columns.append(column)
    return rows.select(columns)


def _texts(declared: Any) -> list[str]:
    return [str(one["value"]) if isinstance(one, Mapping) else str(one) for one in declared]
