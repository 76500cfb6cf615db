"""The names of the columns: which fields they are, and what the official validator takes without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from esfdata.checking.check import ERROR, INFO
from esfdata.kohesio.operation_rules import Fault
from esfdata.kohesio.template import fields, required, rules

REQUIRED = "The column {column} is missing; the template requires it, yet the official validator only notes it."
OPTIONAL = "The column {column} is missing; it is optional."
UNKNOWN = "The column {column} is not in the template."
DOUBLE = "More than one column is read as {column}."
CASE = "The column {found} is spelt {column} in the template."
ORDER = "The column {column} stands before {other}, which it follows in the template."
SKIPPED = "The official validator skips the rule {rule} without a word: it needs columns spelt {columns}."


class Columns(NamedTuple):
    """The header of a file: its names, and the place of each field of the template that it has."""

    names: tuple[str, ...]
    places: dict[str, int]


def read(cells: Sequence[str]) -> Columns:
    """The columns of a header; a name in other capitals is the field all the same, and the first of two counts."""
    spelt = {name.lower(): name for name in fields()}
    names = tuple(cell.strip() for cell in cells)
    places: dict[str, int] = {}
    for exact in (True, False):
        for place, name in enumerate(names):
            field = spelt.get(name.lower())
            if field and (name == field) >= exact:
                places.setdefault(field, place)
    return Columns(names, dict(sorted(places.items(), key=lambda item: item[1])))


def faults(columns: Columns) -> Iterator[Fault]:
    """What differs from the template: missing, unknown and double columns, capitals, order, rules skipped."""
    spelt = {name.lower(): name for name in fields()}
    for name in fields():
        if name not in columns.places:
            if name in required():
                yield Fault("missing-column", name, None, REQUIRED, {"column": name}, ERROR)
            else:
                yield Fault("missing-column", name, None, OPTIONAL, {"column": name}, INFO)
    for name in columns.names:
        field = spelt.get(name.lower())
        if field is None:
            yield Fault("unknown-column", None, name, UNKNOWN, {"column": repr(name)})
        elif name != field:
            yield Fault("column-case", field, name, CASE, {"found": name, "column": field})
    counts = Counter(spelt.get(name.lower(), name) for name in columns.names)
    for name, count in counts.items():
        if count > 1:
            yield Fault("double-column", name, None, DOUBLE, {"column": repr(name)})
    yield from _order(columns)
    for rule, wanted in _skipped(columns):
        yield Fault("rule-skipped", wanted[0], rule, SKIPPED, {"rule": rule, "columns": ", ".join(wanted)})


def _order(columns: Columns) -> Iterator[Fault]:
    """The first column that stands before one that it should follow."""
    order = list(fields())
    places = [order.index(name) for name in columns.places]
    for one, other in pairwise(places):
        if one > other:
            yield Fault("column-order", order[one], None, ORDER, {"column": order[one], "other": order[other]})
            return


def _skipped(columns: Columns) -> Iterator[tuple[str, list[str]]]:
    """The rules that the official validator skips, with the columns that it does not find as they must be spelt."""
    for rule, wanted in rules().items():
        absent = [name for name in wanted if name not in columns.names]
        if absent:
            yield rule, absent


def lacking(columns: Columns) -> dict[str, list[str]]:
    """The rules that cannot be run here either, with the columns that they lack."""
    lacks = {}
    for rule, wanted in rules().items():
        absent = [name for name in wanted if name not in columns.places]
        needed = len(wanted) if rule == "no-location" else 1
        if len(absent) >= needed:
            lacks[rule] = absent
    return lacks
