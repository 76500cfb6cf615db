"""What a resource of a descriptor declares, in the form that compilers to other libraries need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from esfdata.tables.constraints import limit, listed
from esfdata.tables.fields import Field

Resource = Mapping[str, Any]


class Rule(NamedTuple):
    """A constraint on single values: the standard's word and what it is held against."""

    word: str
    argument: Any


def rules(field: Field) -> Iterator[Rule]:
    """The enum, pattern, minimum and maximum of a field: patterns anchored, limits of the field's type."""
    declared = field.get("constraints", {})
    if "enum" in declared:
        yield Rule("enum", list(declared["enum"]))
    if "pattern" in declared:
        yield Rule("pattern", anchored(declared["pattern"]))
    for word in ("minimum", "maximum"):
        if word in declared:
            yield Rule(word, limit(field, declared[word]))


def key(resource: Resource) -> list[str]:
    """The names of the fields of the primary key."""
    return listed(resource["schema"].get("primaryKey", []))


def required(resource: Resource, field: Field) -> bool:
    """Whether a field must have a value: declared so, or part of the primary key."""
    return bool(field.get("constraints", {}).get("required")) or field["name"] in key(resource)


def unique(resource: Resource, field: Field) -> bool:
    """Whether a field is declared unique and is not the primary key by itself."""
    return bool(field.get("constraints", {}).get("unique")) and key(resource) != [field["name"]]


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
