"""Tables of a user's own: on the pages of the records that they belong to, else on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from esfdata.messages.languages import translated
from esfdata.site.words import Words
from esfdata.tables.constraints import listed
from esfdata.tables.fields import is_amount
from esfdata.tables.roles import DATA, page, role
from esfdata.text.persons import WITHHELD

Resource = Mapping[str, Any]
Section = tuple[str, Sequence[tuple[str, str]], Sequence[Sequence[str]]]
"""The title of a table, the titles of its fields with the kind of their values, and the texts of its rows."""


def belonging(resources: Mapping[str, Resource], folder: str) -> dict[str, str]:
    """The tables that the pages of single records in `folder` show, each with its field that refers to the record.

    They are those whose `page` is the folder: a table that has no field for the record has a page of its own.
    """
    key = listed(resources[folder]["schema"]["primaryKey"])[0]
    fields = {}
    for name, resource in resources.items():
        if name != folder and role(resource) == DATA and page(resource) == folder:
            names = [field["name"] for field in resource["schema"]["fields"]]
            field = next((field for field, table in _references(resource) if table == folder), key)
            if field in names:
                fields[name] = field
    return fields


def _references(resource: Resource) -> Iterator[tuple[str, str]]:
    """The fields of a table that refer to another one by themselves, each with that table."""
    for foreign in resource["schema"].get("foreignKeys", []):
        if len(fields := listed(foreign["fields"])) == 1:
            yield fields[0], foreign["reference"].get("resource")


def value_kind(field: Mapping[str, Any]) -> str:
    """How the values of a field are shown: as money, a date or plain text."""
    return "money" if is_amount(field) else "date" if field.get("type") == "date" else "text"


def section(resource: Resource, rows: Sequence[Mapping[str, Any]], persons: frozenset[str], words: Words) -> Section:
    """Rows of a table as the page of their record shows them; what identifies a natural person is withheld."""
    fields = resource["schema"]["fields"]
    return (
        translated(resource, words.language),
        [(translated(field, words.language), value_kind(field)) for field in fields],
        [[_cell(row[field["name"]], value_kind(field), persons, words) for field in fields] for row in rows],
    )


def _cell(value: Any, kind: str, persons: frozenset[str], words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, date) and kind == "date":
        return words.day(value)
    if isinstance(value, Decimal | int) and kind == "money":
        return words.money(value)
    return WITHHELD if value in persons else str(value)
