"""The constraints that a descriptor declares, as expressions and frames that mark what breaks them.

A finding carries the standard's own word: required type enum pattern minimum maximum unique primary-key
foreign-key. An unknown value breaks `required` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from esfdata.libraries import nw
from esfdata.messages.phrase import Phrase
from esfdata.tables.fields import FORMS, Field

if TYPE_CHECKING:
    from esfdata.tables.package import Package

WORDS = ("type", "required", "enum", "pattern", "minimum", "maximum", "unique", "primary-key", "foreign-key")


class Constraint(NamedTuple):
    """One declared constraint on one field: its word, what it accepts, and what marks a break."""

    word: str
    field: str
    accepts: Phrase
    breaks: nw.Expr


def of_field(field: Field, key: Sequence[str]) -> Iterator[Constraint]:
    """The constraints of a field that one row can break by itself, on the typed column.

    A field of the primary key is required, declared so or not.
    """
    name, declared = field["name"], field.get("constraints", {})
    column = nw.col(name)
    if declared.get("required") or name in key:
        yield Constraint("required", name, Phrase("a value"), column.is_null())
    if "enum" in declared:
        accepted = declared["enum"]
        accepts = Phrase("one of {values}", values=", ".join(map(str, accepted)))
        yield Constraint("enum", name, accepts, ~column.is_in(accepted))
    if "pattern" in declared:
        pattern = f"^(?:{declared['pattern']})$"
        accepts = Phrase("text of the form {pattern}", pattern=declared["pattern"])
        yield Constraint("pattern", name, accepts, ~column.str.contains(pattern))
    for word, breaks in _LIMITS.items():
        if word in declared:
            accepts = Phrase(_AT[word], limit=declared[word])
            yield Constraint(word, name, accepts, breaks(column, limit(field, declared[word])))


_AT = {"minimum": "at least {limit}", "maximum": "at most {limit}"}
_LIMITS: dict[str, Callable[[nw.Expr, Any], nw.Expr]] = {
    "minimum": lambda column, limit: column < limit,
    "maximum": lambda column, limit: column > limit,
}


def limit(field: Field, declared: Any) -> Any:
    """A declared limit as a value of the field's type."""
    if field["type"] == "date":
        return date.fromisoformat(str(declared))
    if field["type"] == "number":
        exact = Decimal(str(declared))
        return int(exact) if exact == int(exact) else exact  # Polars imports NumPy for a Decimal
    return declared


def accepted_form(field: Field) -> Phrase:
    """What a cell of this field may hold, for the message of a `type` finding."""
    return Phrase(FORMS[field.get("type", "string")][1])


def unique_keys(package: Package, table: str) -> Iterator[tuple[str, list[str]]]:
    """The groups of fields whose values may stand in one row only, with the word for each."""
    if package.key(table):
        yield "primary-key", package.key(table)
    for field in package.fields(table):
        if field.get("constraints", {}).get("unique") and [field["name"]] != package.key(table):
            yield "unique", [field["name"]]


def foreign_keys(package: Package, table: str) -> Iterator[tuple[str, str, str]]:
    """The declared references of one field: the field, the table and the field it refers to."""
    for foreign in package.schemas[table].get("foreignKeys", []):
        fields, reference = foreign["fields"], foreign["reference"]
        target = reference.get("resource") or table
        for name, other in zip(listed(fields), listed(reference["fields"]), strict=True):
            yield name, target, other


def listed(names: str | list[str]) -> list[str]:
    """Names that a descriptor may give as one text."""
    return [names] if isinstance(names, str) else names


def described(constraints: Mapping[str, Any]) -> str:
    """Declared constraints in a few words, for documentation."""
    parts = []
    for word, value in constraints.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(word if value is True else f"{word} {shown}")
    return "; ".join(parts)
