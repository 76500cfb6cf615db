"""SQLite: one file with primary keys, foreign keys and checks, and amounts that sum exactly.

SQLite has no decimal type: a column of NUMERIC holds 0.10 as a binary fraction, and SUM over text goes through one.
So an amount is a whole number of cents, `realised_public_eur_cents`, and SUM over it is right to the cent. The view
`finance_decimal` shows the same as decimals under the fields' own names. Other numbers end in `_hundredths`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from esfdata.libraries import pl
from esfdata.release.contents import Contents, Format, Table
from esfdata.tables.fields import type_of

COMPARISONS = {"enum": "IN", "minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
SETTINGS = ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF")

Field = Mapping[str, Any]


def write(contents: Contents, path: Path) -> None:
    """Write all tables into one database at `path`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        keys = {table.name: _listed(table.resource["schema"].get("primaryKey", [])) for table in contents.tables}
        database.execute("BEGIN")
        for table in contents.tables:
            database.execute(create(table, keys))
            marks = ", ".join("?" * len(table.fields))
            for batch in _stored(table).batches():
                database.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", batch)
            if any(field.get("type") == "number" for field in table.fields):
                database.execute(_view(table))
        database.execute("COMMIT")
        database.execute("VACUUM")


def create(table: Table, keys: Mapping[str, Sequence[str]]) -> str:
    """The CREATE TABLE statement; a foreign key to what is no primary key of the database is left out."""
    schema = table.resource["schema"]
    lines = [" ".join(_column(field, keys[table.name])) for field in table.fields]
    stored = {field["name"]: column(field) for field in table.fields}
    lines += [f"PRIMARY KEY ({_names([stored[name] for name in keys[table.name]])})"] if keys[table.name] else []
    for foreign in schema.get("foreignKeys", []):
        target = foreign["reference"].get("resource") or table.name
        others = _listed(foreign["reference"]["fields"])
        if list(keys.get(target, [])) == others:
            names = _names([stored[name] for name in _listed(foreign["fields"])])
            lines.append(f"FOREIGN KEY ({names}) REFERENCES {_name(target)} ({_names(others)})")
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def column(field: Field) -> str:
    """The name of a field's column: with the unit that it is stored in."""
    name = str(field["name"])
    if field.get("type") != "number":
        return name
    return f"{name}_cents" if name.endswith("_eur") else f"{name}_hundredths"


def _column(field: Field, key: Sequence[str]) -> Iterator[str]:
    constraints = field.get("constraints", {})
    name = _name(column(field))
    yield name
    yield type_of(field).sqlite
    if constraints.get("required") or field["name"] in key:
        yield "NOT NULL"
    if constraints.get("unique") and [field["name"]] != list(key):
        yield "UNIQUE"
    if field.get("type") == "boolean":
        yield f"CHECK ({name} IN (0, 1))"
    for word, operator in COMPARISONS.items():
        if word in constraints:
            yield f"CHECK ({name} {operator} {_literal(field, constraints[word])})"


def _literal(field: Field, value: object) -> str:
    if isinstance(value, list):
        return "(" + ", ".join(_literal(field, one) for one in value) + ")"
    if field.get("type") == "number":
        return str(int(Decimal(str(value)) * 100))
    return str(value) if field.get("type") == "integer" else "'" + str(value).replace("'", "''") + "'"


def _stored(table: Table) -> Table:
    """The table with its values as SQLite stores them: cents, ISO dates, 1 and 0."""
    stored = []
    for field in table.fields:
        kind, value = field.get("type"), pl.col(field["name"])
        if kind == "number":
            value = (value.cast(pl.Decimal(18, 2)) * 100).cast(pl.Int64)
        elif kind in ("date", "boolean"):
            value = value.cast(pl.String if kind == "date" else pl.Int8)
        stored.append(value)
    return table._replace(rows=table.rows.select(stored))


def _view(table: Table) -> str:
    numbers = {field["name"] for field in table.fields if field.get("type") == "number"}
    columns = (
        f"{_name(column(field))} / 100.0 AS {_name(field['name'])}"
        if field["name"] in numbers
        else _name(field["name"])
        for field in table.fields
    )
    return f"CREATE VIEW {_name(f'{table.name}_decimal')} AS SELECT {', '.join(columns)} FROM {_name(table.name)}"


def _listed(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


FORMAT = Format(".sqlite", "application/vnd.sqlite3", label="SQLite", write=write)
"""The EU's list of file types has no SQLite, so none is stated."""
