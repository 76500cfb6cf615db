"""Whether one cell is what the template says: its type and its limits, as Table Schema means them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esfdata.kohesio.template import Field
from esfdata.messages.phrase import Phrase

SHORT = 10
"""How many values of a list a message still names."""

LONGEST_NUMBER = 100

_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
_DRESSED = re.compile(r"[^0-9.+-]*([0-9.+-].*?)[^0-9.]*")
_POINT = re.compile(r"\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*,\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*")


def day(text: str) -> date | None:
    """The day that a text as DD/MM/YYYY names, if there is one."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def number(text: str, *, bare: bool = True) -> Decimal | None:
    """The number that a text is; where it need not stand bare, signs such as % and € around it are no fault."""
    if len(text) > LONGEST_NUMBER:
        return None
    if not bare:
        dressed = _DRESSED.fullmatch(text)
        text = dressed[1] if dressed else text
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _point(text: str) -> tuple[Decimal, Decimal] | None:
    """Longitude and latitude, in that order, in degrees."""
    match = _POINT.fullmatch(text)
    if not match:
        return None
    longitude, latitude = Decimal(match[1]), Decimal(match[2])
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


Fault = tuple[str, Phrase]
"""The constraint that a cell breaks, and what would be accepted."""

Judge = Callable[[str], Fault | None]
"""What tells the fault of a filled cell, if it has one."""


def judge(field: Field) -> Judge | None:
    """What tells the faults of a filled cell of `field`; None where any text will do."""
    constraints = field.get("constraints", {})
    if field["type"] == "date":
        return _by(day, Phrase("a date as DD/MM/YYYY"))
    if field["type"] == "geopoint":
        return _by(_point, Phrase("a longitude and a latitude such as 27.27, 61.69"))
    if field["type"] == "number":
        return _number(field, constraints)
    if "enum" in constraints:
        codes = frozenset(constraints["enum"])
        few = Phrase("one of {values}", values=", ".join(constraints["enum"]))
        accepts = few if len(codes) <= SHORT else Phrase("one of the {n} codes of the template", n=len(codes))
        return lambda cell: None if cell in codes else ("enum", accepts)
    if "pattern" in constraints:
        form, addresses = re.compile(constraints["pattern"]), Phrase("addresses separated by spaces")
        return lambda cell: None if form.search(cell) else ("pattern", addresses)
    return None


def _by(read: Callable[[str], object], accepts: Phrase) -> Judge:
    """What judges a cell by whether it can be read."""
    return lambda cell: ("type", accepts) if read(cell) is None else None


def _number(field: Field, constraints: Mapping[str, Any]) -> Judge:
    bare, least, most = field.get("bareNumber", True), constraints.get("minimum"), constraints.get("maximum")
    form, above = Phrase("a number such as 1490940.00"), Phrase("at least {limit}", limit=least)
    below = Phrase("at most {limit}", limit=most)

    def faults(cell: str) -> Fault | None:
        value = number(cell, bare=bare)
        if value is None:
            return "type", form
        if least is not None and value < least:
            return "minimum", above
        return ("maximum", below) if most is not None and value > most else None

    return faults
