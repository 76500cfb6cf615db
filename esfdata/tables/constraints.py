"""The constraints that a descriptor declares, as expressions and frames that mark what breaks them.

A finding carries the standard's own word: required type enum pattern minimum maximum unique primary-key
foreign-key, and minLength maxLength exclusiveMinimum exclusiveMaximum. An unknown value breaks `required` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata.exceptions import PackageError
from esfdata.libraries import nw
from esfdata.messages.phrase import Phrase
from esfdata.tables.field_types import ORDERED
from esfdata.tables.fields import Field, kind, unjudged, value

if TYPE_CHECKING:
    from esfdata.tables.package import Package

Resource = Mapping[str, Any]

WORDS = ("type", "required", "enum", "pattern", "minimum", "maximum", "unique", "primary-key", "foreign-key")
"""The words of the constraints that the shipped tables declare: what came of each is always said."""
FURTHER = ("minLength", "maxLength", "exclusiveMinimum", "exclusiveMaximum")
"""The other words: what came of each is said where a table declares it."""


def words(package: Package, tables: Iterable[str]) -> list[str]:
    """The words of the constraints of some tables: WORDS, and of FURTHER those that one of them declares."""
    fields = [field for table in tables for field in package.fields(table)]
    declared = {rule.word for field in fields for rule in rules(field)}
    return [*WORDS, *(word for word in FURTHER if word in declared)]


class Rule(NamedTuple):
    """A constraint on single values: the standard's word and what it is held against, of the field's type."""

    word: str
    argument: Any


class Constraint(NamedTuple):
    """One declared constraint on one field: its word, what it accepts, and what marks a break."""

    word: str
    field: str
    accepts: Phrase
    breaks: nw.Expr


class Reference(NamedTuple):
    """A foreign key: its fields, the table they refer to, and the fields there."""

    fields: list[str]
    table: str
    others: list[str]


_BREAKS: dict[str, Callable[[nw.Expr, Any], nw.Expr]] = {
    "enum": lambda column, accepted: ~column.is_in(accepted),
    "pattern": lambda column, pattern: ~column.str.contains(pattern),
    "minimum": lambda column, limit: column < limit,
    "maximum": lambda column, limit: column > limit,
    "exclusiveMinimum": lambda column, limit: column <= limit,
    "exclusiveMaximum": lambda column, limit: column >= limit,
    "minLength": lambda column, length: column.str.len_chars() < length,
    "maxLength": lambda column, length: column.str.len_chars() > length,
}
_ACCEPTS = {
    "enum": "one of {values}",
    "pattern": "text of the form {pattern}",
    "minimum": "at least {limit}",
    "maximum": "at most {limit}",
    "exclusiveMinimum": "more than {limit}",
    "exclusiveMaximum": "less than {limit}",
    "minLength": "at least {limit} characters",
    "maxLength": "at most {limit} characters",
}


def judged(field: Field, word: str) -> bool:
    """Whether a declared constraint of a field is judged: a word that Table Schema has for the field's type."""
    if word in ("required", "unique"):
        return True
    if unjudged(field):
        return False
    if word in ("pattern", "minLength", "maxLength"):
        return kind(field) == "string"
    if word == "enum":
        return True
    return word in _BREAKS and kind(field) in ORDERED


def rules(field: Field) -> Iterator[Rule]:
    """The rules on single values of a field: patterns anchored, limits and members of the field's type.

    `categories` are the accepted values where no `enum` is declared. PackageError where a limit is none of the type.
    """
    declared = dict(field.get("constraints", {}))
    if "enum" not in declared and field.get("categories"):
        declared["enum"] = [one["value"] if isinstance(one, dict) else one for one in field["categories"]]
    for word in _BREAKS:
        if word in declared and judged(field, word):
            yield Rule(word, _argument(field, word, declared[word]))


def _argument(field: Field, word: str, declared: Any) -> Any:
    try:
        if word == "enum":
            members = [value(field, one) for one in declared]
            return [Decimal(one) for one in members] if kind(field) == "number" else members
        if word == "pattern":
            return anchored(declared)
        return int(declared) if word.endswith("Length") else value(field, declared)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise PackageError(
            f"field {field['name']!r}: its {word} is {declared!r}; accepted is what its type {kind(field)} can be"
        ) from error


def of_field(field: Field, key: Sequence[str]) -> Iterator[Constraint]:
    """The constraints of a field that one row can break by itself, on the typed column.

    A field of the primary key is required, declared so or not.
    """
    name, declared = field["name"], field.get("constraints", {})
    column = nw.col(name)
    if declared.get("required") or name in key:
        yield Constraint("required", name, Phrase("a value"), column.is_null())
    for word, argument in rules(field):
        if word == "enum":
            accepts = Phrase(_ACCEPTS[word], values=", ".join(map(str, declared.get("enum", argument))))
        elif word == "pattern":
            accepts = Phrase(_ACCEPTS[word], pattern=declared[word])
        else:
            accepts = Phrase(_ACCEPTS[word], limit=declared[word])
        yield Constraint(word, name, accepts, _BREAKS[word](column, argument))


def anchored(pattern: str) -> str:
    """The pattern as one for the whole text, `^(?:…)$`; one that has this form already stays as it is."""
    inner = pattern.removeprefix("^(?:").removesuffix(")$")
    whole = f"^(?:{inner})$"
    return pattern if pattern == whole and _closed(inner) else f"^(?:{pattern})$"


def _closed(pattern: str) -> bool:
    """Whether no bracket of the pattern closes one that was opened outside it."""
    depth = 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def key(resource: Resource) -> list[str]:
    """The names of the fields of the primary key."""
    return listed(resource.get("schema", {}).get("primaryKey", []))


def required(resource: Resource, field: Field) -> bool:
    """Whether a field must have a value: declared so, or part of the primary key."""
    return bool(field.get("constraints", {}).get("required")) or field["name"] in key(resource)


def unique(resource: Resource, field: Field) -> bool:
    """Whether a field is declared unique and is not the primary key by itself."""
    return bool(field.get("constraints", {}).get("unique")) and key(resource) != [field["name"]]


def unique_keys(package: Package, table: str) -> Iterator[tuple[str, list[str]]]:
    """The groups of fields whose values may stand in one row only, with the word for each."""
    resource = package.resources[table]
    if key(resource):
        yield "primary-key", key(resource)
    for field in package.fields(table):
        if unique(resource, field):
            yield "unique", [field["name"]]
    for fields in resource.get("schema", {}).get("uniqueKeys", []):
        if listed(fields) != key(resource):
            yield "unique", listed(fields)


def references(resource: Resource) -> list[Reference]:
    """The foreign keys of a table; one that names no table refers to the table itself."""
    return [
        Reference(listed(key["fields"]), key["reference"].get("resource") or resource["name"],
                  listed(key["reference"]["fields"]))
        for key in resource.get("schema", {}).get("foreignKeys", [])
    ]  # fmt: skip


def foreign_keys(package: Package, table: str) -> Iterator[Reference]:
    """The foreign keys of a table that can be judged: to fields that the package has."""
    for one in references(package.resources[table]):
        if one.table in package and {*one.others} <= {field["name"] for field in package.fields(one.table)}:
            yield one


def listed(names: str | list[str]) -> list[str]:
    """Names that a descriptor may give as one text."""
    return [names] if isinstance(names, str) else list(names)


def described(constraints: Mapping[str, Any]) -> str:
    """Declared constraints in a few words, for documentation."""
    parts = []
    for word, declared in constraints.items():
        shown = ", ".join(map(str, declared)) if isinstance(declared, list) else str(declared)
        parts.append(word if declared is True else f"{word} {shown}")
    return "; ".join(parts)
