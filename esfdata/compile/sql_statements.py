"""The tables as CREATE TABLE statements and the checks as queries, for DuckDB and PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from esfdata.checking.check import Check, load_checks
from esfdata.checking.table import Table
from esfdata.exceptions import EsfdataError
from esfdata.libraries import duckdb, nw
from esfdata.paths import share
from esfdata.tables.constraints import Resource, Rule, key, listed, references, required, rules, unique
from esfdata.tables.descriptor import shipped_descriptor
from esfdata.tables.fields import type_of

COMPARISONS = {"enum": "IN", "pattern": "~", "minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">",
               "exclusiveMaximum": "<", "minLength": ">=", "maxLength": "<="}  # fmt: skip

HEAD = """-- The tables, and one query for each check: a query returns the rows that the check marks, or their keys.
-- Runs in DuckDB as it is. PostgreSQL (15 or later) runs it after the functions of the following lines."""

POSTGRESQL = """CREATE SCHEMA duckdb;
SET search_path = public, duckdb, pg_catalog;
CREATE FUNCTION duckdb.regexp_matches(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql
    AS 'SELECT $1 ~ $2';
CREATE FUNCTION duckdb.ends_with(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql
    AS 'SELECT right($1, length($2)) = $2';
CREATE FUNCTION duckdb."trim"(text, text) RETURNS text IMMUTABLE LANGUAGE sql
    AS 'SELECT btrim($1, $2)';
CREATE FUNCTION duckdb."year"(date) RETURNS bigint IMMUTABLE LANGUAGE sql
    AS 'SELECT extract(year FROM $1)::bigint';
CREATE FUNCTION duckdb.typeof(anyelement) RETURNS text IMMUTABLE LANGUAGE sql
    AS 'SELECT upper(pg_typeof($1)::text)';
CREATE FUNCTION duckdb.whole(bigint, bigint) RETURNS bigint IMMUTABLE LANGUAGE sql
    AS 'SELECT floor($1::numeric / $2)::bigint';
CREATE OPERATOR duckdb.// (FUNCTION = duckdb.whole, LEFTARG = bigint, RIGHTARG = bigint);"""
"""What DuckDB has and PostgreSQL lacks, in a schema of its own that is looked into first."""

PREFIX = "-- PostgreSQL: "

STANDARD = (
    (r'contains\(\[(.*?)\], ("\w+")\)', r"(\2 IN (\1))"),
    (r"\bcount\(\)", "count(*)"),
    (r"\bDOUBLE\b(?!')", "DOUBLE PRECISION"),
    (r'(?m) ANTI JOIN (\S+) AS "rhs" ON (\(.*\))$', r' WHERE NOT EXISTS (SELECT 1 FROM \1 AS "rhs" WHERE \2)'),
    (r'(?m) SEMI JOIN (\S+) AS "rhs" ON (\(.*\))$', r' WHERE EXISTS (SELECT 1 FROM \1 AS "rhs" WHERE \2)'),
    (r'"row_index_[0-9a-f]+"', '"row_index"'),
)
"""What DuckDB writes in its own way, and the same in standard SQL; the last is a name that chance makes."""


def text(resources: Sequence[Resource]) -> str:
    """The tables in an order in which each refers only to earlier ones, then the queries of their checks.

    EsfdataError where DuckDB, which writes the queries, is not installed.
    """
    names = [resource["name"] for resource in resources]
    tables = [create(resource, names) for resource in ordered(resources)]
    compiled = queries(load_checks(share("checks")))
    written = [_query(check, query) for check, query in compiled if check.table in names]
    lines = "\n".join(f"{PREFIX}{line}" for line in POSTGRESQL.splitlines())
    return "\n\n".join([HEAD, lines, *tables, *written])


def ordered(resources: Sequence[Resource]) -> list[Resource]:
    """The resources, each after those that its foreign keys refer to."""
    left, done = list(resources), []
    while left:
        names = {resource["name"] for resource in left}
        free = next((r for r in left if not names & {one.table for one in references(r)} - {r["name"]}), left[0])
        left.remove(free)
        done.append(free)
    return done


def create(resource: Resource, there: Sequence[str]) -> str:
    """The CREATE TABLE statement of a table.

    A foreign key to a table that is not `there` is a comment, and so is one to the table itself: DuckDB
    would refuse a row that is loaded together with the row it refers to.
    """
    lines = [_column(resource, field) for field in resource["schema"]["fields"]]
    lines += [f"PRIMARY KEY ({_names(key(resource))})"] if key(resource) else []
    lines += [f"UNIQUE ({_names(listed(fields))})" for fields in resource["schema"].get("uniqueKeys", [])]
    comments: list[str] = []
    for fields, target, others in references(resource):
        line = f"FOREIGN KEY ({_names(fields)}) REFERENCES {_name(target)} ({_names(others)})"
        (lines if target in there and target != resource["name"] else comments).append(line)
    about = [f"-- {resource.get('title', resource['name'])}: {resource.get('description', '')}"]
    about += [f"-- Not enforced here: {line}" for line in comments]
    return "\n".join([*about, f"CREATE TABLE {_name(resource['name'])} (", "    " + ",\n    ".join(lines), ");"])


def _column(resource: Resource, field: Resource) -> str:
    """A column with its type and constraints."""
    parts = [_name(field["name"]), type_of(field).sql]
    parts += ["NOT NULL"] if required(resource, field) else []
    parts += ["UNIQUE"] if unique(resource, field) else []
    for rule in rules(field):
        name = _name(field["name"])
        held = f"length({name})" if rule.word.endswith("Length") else name
        parts.append(f"CHECK ({held} {COMPARISONS[rule.word]} {_operand(rule)})")
    return " ".join(parts)


def _operand(rule: Rule) -> str:
    if isinstance(rule.argument, list):
        return f"({', '.join(map(_literal, rule.argument))})"
    return _literal(rule.argument)


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: Sequence[str]) -> str:
    return ", ".join(_name(name) for name in names)


def queries(checks: Sequence[Check]) -> Iterator[tuple[Check, str]]:
    """Each check of the shipped tables with its query, as DuckDB writes it but in standard SQL where it can be."""
    connection = _connection()
    names = [resource["name"] for resource in shipped_descriptor()["resources"]]
    tables = {name: Table(name, nw.from_native(connection.table(name)).lazy()) for name in names}
    for check in checks:
        if set(check.tables) <= set(tables):
            result = check.run(tables)
            rows = tables[check.table].rows().filter(result) if isinstance(result, nw.Expr) else result
            yield check, _standard(rows.to_native().sql_query())


def _connection() -> duckdb.DuckDBPyConnection:
    """An empty database in memory with the shipped tables."""
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise EsfdataError("the SQL of checks is written by DuckDB: pip install 'esfdata[duckdb]'") from error
    connection = duckdb.connect()
    resources = shipped_descriptor()["resources"]
    for resource in ordered(resources):
        connection.execute(create(resource, [one["name"] for one in resources]))
    return connection


def _query(check: Check, query: str) -> str:
    """A query under the name, message and reference of its check."""
    about = [f"-- {check.name} ({check.severity}): {check.message}", f"-- Reference: {check.reference}"]
    return "\n".join([*about, f"{query};"])


def _standard(query: str) -> str:
    """The query in words that both databases know."""
    for pattern, replacement in STANDARD:
        query = re.sub(pattern, replacement, query)
    return query.rstrip(";")
