"""Repairs of one cell that cannot be wrong: the value stays the same, only its form becomes the one declared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from esfdata.tables.code_lists import rows
from esfdata.tables.fields import Field, is_text_of
from esfdata.text import collapse, date, phone
from esfdata.text.identifiers import business_id, is_business_id

if TYPE_CHECKING:
    from esfdata.tables.package import Package

TOWNS = ("city", "site_city")
BUSINESS_IDS = ("business_id", "organisation_id")
UNTOUCHED = ("document_id",)
"""Names of files: they name what lies outside the package."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_PHONE = re.compile(r"\+?[\d\s()]+(?:-[\d\s]*\d{3,})?")


def repaired(field: Field, value: str, names: Mapping[str, str], *, needed: bool = False) -> str:
    """The cell's text in the form that its field declares; the same text where that is not certain.

    White space goes from both ends and becomes one space inside, a y-tunnus and a Finnish telephone number
    get their one form if their digits prove it, a Finnish date becomes ISO, a dash in a code a hyphen, and a
    postal town in capitals gets its listed form. `names` are the `towns`. `needed`: the cell must not become empty.
    """
    name = field["name"]
    if name in UNTOUCHED:
        return value
    result = collapse(value)
    if not result:
        return value if needed else ""
    if name in TOWNS and result.isupper():
        result = names.get(result.casefold(), result)
    elif name in BUSINESS_IDS:
        result = _business_id(result)
    elif name == "phone":
        result = _phone(result)
    elif field.get("type") == "date":
        result = _date(result)
    if not accepted(field, result) and accepted(field, plain := _DASHES.sub("-", result)):
        result = plain
    return value if accepted(field, value) and not accepted(field, result) else result


def accepted(field: Field, value: str) -> bool:
    """Whether a text keeps to the type, the pattern and the list of its field."""
    declared: dict[str, Any] = field.get("constraints", {})
    if not is_text_of(field, value):
        return False
    if "pattern" in declared and not re.fullmatch(declared["pattern"], value):
        return False
    return "enum" not in declared or value in map(str, declared["enum"])


def _business_id(value: str) -> str:

    reading = business_id(value)
    proved = reading.value is not None and reading.repair is None and is_business_id(reading.value)
    return reading.value if proved and reading.value else value


def _phone(value: str) -> str:

    number = phone(value) if _PHONE.fullmatch(value) else None
    return number if number and number.startswith("+358") else value


def _date(value: str) -> str:

    day = date(_DASHES.sub("-", value))
    return day.isoformat() if day else value


def towns(package: Package | None = None) -> dict[str, str]:
    """The listed names of towns by their folded form."""
    names = {row.get(name, "") for row in rows("municipalities", package) for name in ("name_fi", "name_sv")}
    return {name.casefold(): name for name in sorted(names)}
