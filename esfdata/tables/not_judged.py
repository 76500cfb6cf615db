"""What a descriptor declares and nobody judges: each rule with the reason, so that none is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from esfdata.messages.phrase import Phrase
from esfdata.tables.constraints import foreign_keys, judged, references
from esfdata.tables.fields import Field, kind, unjudged

if TYPE_CHECKING:
    from esfdata.tables.package import Package


def not_judged(package: Package, tables: Iterable[str]) -> dict[str, Phrase]:
    """The declared rules of some tables that are not judged, as `table.field.property`, each with the reason."""
    reasons = {}
    for table in tables:
        for place, reason in _of_table(package, table):
            reasons[f"{table}.{place}"] = Phrase("not judged: {reason}", reason=reason)
    return reasons


def _of_table(package: Package, table: str) -> Iterator[tuple[str, Phrase]]:
    schema = package.schemas[table]
    if schema.get("fieldsMatch", "exact") != "exact":
        reason = "columns that are no fields are refused, and fields without a column are empty, whatever it says"
        yield "fieldsMatch", Phrase(reason)
    for field in package.fields(table):
        for name, reason in _of_field(field):
            yield f"{field['name']}.{name}", reason
    there = list(foreign_keys(package, table))
    for one in references(package.resources[table]):
        if one not in there:
            reason = Phrase("there is no {fields} in {table}", fields="/".join(one.others), table=one.table)
            yield f"{'/'.join(one.fields)}.foreignKeys", reason


def _of_field(field: Field) -> Iterator[tuple[str, Phrase]]:
    if name := unjudged(field):
        yield name, Phrase("the {property} {value} is kept as text", property=name, value=field[name])
    for word in field.get("constraints", {}):
        if not judged(field, word):
            yield word, Phrase("{word} is no constraint of the type {type} here", word=word, type=kind(field))
