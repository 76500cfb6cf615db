"""How the declared structure of two packages differs, and what that means for those who use the data.

Breaking is what can stop a reader that worked: a table or column gone, another type or primary key, a value no longer
accepted. Additive is what it can pass over: a new table or column, a value newly accepted. Data is all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from esfdata.libraries import pl
from esfdata.tables.package import Package
from esfdata.tables.roles import CODE_LIST

BREAKING, ADDITIVE, DATA = "breaking", "additive", "data"
LEVELS = (BREAKING, ADDITIVE, DATA)
UNDECLARED = "not declared"


@dataclass(frozen=True)
class SchemaChange:
    """One change of the structure: `level` is breaking, additive or data (a code list's rows)."""

    level: str
    change: str
    table: str
    field: str | None = None
    old: Any = None
    new: Any = None


def schema_changes(old: Package, new: Package) -> list[SchemaChange]:
    """The changes of the structure, the breaking ones first."""

    def place(change: SchemaChange) -> tuple[Any, ...]:
        return (LEVELS.index(change.level), change.table, change.field or "", change.change)

    return sorted(_changes(old, new), key=place)


def _changes(old: Package, new: Package) -> Iterator[SchemaChange]:
    for table in sorted({*old, *new}):
        if table not in new:
            yield SchemaChange(BREAKING, "table removed", table)
        elif table not in old:
            yield SchemaChange(ADDITIVE, "table added", table)
        else:
            yield from _table(table, old, new)


def _table(table: str, old: Package, new: Package) -> Iterator[SchemaChange]:
    """The changes of one table: its key, its columns, their types and constraints."""
    if old.key(table) != new.key(table):
        yield SchemaChange(BREAKING, "primary key changed", table, None, old.key(table), new.key(table))
    targets = _targets(old, table), _targets(new, table)
    for target in sorted(targets[1] - targets[0]):
        yield SchemaChange(BREAKING, "foreign key narrowed", table, None, None, target)
    for target in sorted(targets[0] - targets[1]):
        yield SchemaChange(ADDITIVE, "foreign key widened", table, None, target, None)
    before, after = _columns(old, table), _columns(new, table)
    for name, field in before.items():
        if name not in after or (_undeclared(after[name]) and not _undeclared(field)):
            yield SchemaChange(BREAKING, "column removed", table, name, field["type"])
    for name, field in after.items():
        if name not in before or (_undeclared(before[name]) and not _undeclared(field)):
            yield SchemaChange(ADDITIVE, "column added", table, name, None, field["type"])
        elif _undeclared(before[name]) == _undeclared(field):
            types = _type(before[name]), _type(field)
            if types[0] != types[1]:
                yield SchemaChange(BREAKING, "column retyped", table, name, *types)
            yield from _constraints(table, name, before[name].get("constraints", {}), field.get("constraints", {}))
    if new.role(table) == CODE_LIST and before.keys() == after.keys():
        yield from _code_list(table, old.lazy(table), new.lazy(table))


def _undeclared(field: Mapping[str, Any]) -> bool:
    return bool(field["type"] == UNDECLARED)


def _type(field: Mapping[str, Any]) -> str:
    """The type of a field with its format, where that is not the default."""
    form = field.get("format", "default")
    return str(field["type"]) if form == "default" else f"{field['type']} ({form})"


def _targets(package: Package, table: str) -> set[str]:
    """The foreign keys of a table, each as a text."""
    targets = set()
    for key in package.schemas[table].get("foreignKeys", ()):
        fields, there = key["fields"], key["reference"]
        names = [fields] if isinstance(fields, str) else fields
        targets.add(f"{', '.join(names)} to {there.get('resource') or table}")
    return targets


def _columns(package: Package, table: str) -> dict[str, dict[str, Any]]:
    """The columns that a table has, as the descriptor declares them."""
    declared = {field["name"]: {"type": "string", **field} for field in package.fields(table)}
    names = package.raw(table).collect_schema().names()
    return {name: declared.get(name, {"type": UNDECLARED}) for name in names}


def _constraints(table: str, field: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    """The constraints that differ: widened where every value accepted before still is, else narrowed."""
    for word in sorted({*old, *new}):
        before, after = old.get(word), new.get(word)
        if before != after:
            widened = _widens(word, before, after)
            yield SchemaChange(
                ADDITIVE if widened else BREAKING, f"{word} {'widened' if widened else 'narrowed'}",
                table, field, before, after,
            )  # fmt: skip


def _widens(word: str, old: Any, new: Any) -> bool:
    """Whether a constraint accepts all it accepted; patterns cannot be compared: a changed one is narrowed."""
    if new is None or new is False:
        return True
    if old is None or old is False:
        return False
    if word == "enum":
        return set(map(str, old)) <= set(map(str, new))
    if word in ("minimum", "minLength", "exclusiveMinimum"):
        return float(new) <= float(old)
    if word in ("maximum", "maxLength", "exclusiveMaximum"):
        return float(new) >= float(old)
    return False


def _code_list(table: str, old: pl.LazyFrame, new: pl.LazyFrame) -> Iterator[SchemaChange]:
    """Rows of a code list that came or went."""
    before, after = (frame.select(pl.all().cast(pl.String)).collect() for frame in (old, new))
    names = before.columns
    gone = before.join(after.select(names), on=names, how="anti", nulls_equal=True).height
    came = after.select(names).join(before, on=names, how="anti", nulls_equal=True).height
    if gone or came:
        yield SchemaChange(DATA, "rows of the code list changed", table, None, f"{gone} rows gone", f"{came} rows new")
