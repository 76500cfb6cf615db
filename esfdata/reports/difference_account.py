"""A difference put in order for people: its level, counts by table and field, and what differs by project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from esfdata.diff.difference import Difference, TableDifference

LEVELS = {
    "breaking": "breaking: what worked with the old may stop with the new",
    "additive": "additive: the structure grew, and what worked still does",
    "data": "data: the rows differ, the structure does not",
    "none": "none: nothing differs",
}
DEFINITION = (
    "Rows are the same where their primary key is. A cell is changed in content, or in form where only white space, "
    "punctuation or capitals differ; amounts are compared to the cent, dates as days. An empty cell is unknown, and "
    "differs from every value."
)
FEW = 3


class Counts(NamedTuple):
    """The rows of one table: those on both sides apart by how they differ, those on one side, the cells."""

    content: int
    form: int
    unchanged: int
    added: int
    removed: int
    cells: int
    cells_in_form: int


class FieldCount(NamedTuple):
    """One field that differs: in how many rows in content and in form, and its sum on both sides if it has one."""

    field: str
    content: int
    form: int
    total: Mapping[str, str] | None


class FindingGroup(NamedTuple):
    """What one check found in one table: the first few, and how many more."""

    head: str
    first: list[Mapping[str, Any]]
    rest: int


class Item(NamedTuple):
    """One thing that differs of a project: what, and how it stood and stands."""

    what: str
    old: str | None
    new: str | None


def counts(table: TableDifference) -> Counts:
    """The counts of one table."""
    content = {change.key for change in table.of("content")}
    form = {change.key for change in table.of("form")} - content
    return Counts(
        len(content), len(form), table.unchanged, len(table.added), len(table.removed),
        len(table.of("content")), len(table.of("form")),
    )  # fmt: skip


def by_field(difference: Difference) -> list[FieldCount]:
    """The fields that differ, and those whose sums do."""
    fields = []
    for name, table in difference.tables.items():
        counted = table.fields
        moved = [field for field, total in table.totals.items() if total["delta"] != "0.00"]
        for field in dict.fromkeys([*counted, *moved]):
            n = counted.get(field, {"content": 0, "form": 0})
            fields.append(FieldCount(f"{name}.{field}", n["content"], n["form"], table.totals.get(field)))
    return fields


def repeated(difference: Difference) -> list[str]:
    """A sentence a table in which keys are on several rows, so that not all were compared."""
    return [
        f"{name}: {table.repeated['old']} rows of the old and {table.repeated['new']} of the new side repeat a key "
        "and were not compared"
        for name, table in difference.tables.items()
        if any(table.repeated.values())
    ]


def grouped(rows: Sequence[Mapping[str, Any]]) -> list[FindingGroup]:
    """Findings by what made them, the worst first."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(f"{row['severity']} {row['check']}, {row['table']}", []).append(row)
    return [FindingGroup(f"{head} ({len(some)})", some[:FEW], len(some[FEW:])) for head, some in groups.items()]


def declared(value: Any) -> str | None:
    """What a descriptor declares, as a text: constraints and keys are lists and numbers too."""
    return ", ".join(map(str, value)) if isinstance(value, list) else None if value is None else str(value)


def of_projects(difference: Difference) -> dict[str, list[Item]]:
    """By project code, all whose content differs, came or went."""
    items: dict[str, list[Item]] = defaultdict(list)
    for name in difference.of_projects:
        table = difference.tables[name]
        for change in table.of("content"):
            code, _, rest = change.key.partition("/")
            items[code].append(
                Item(" ".join(part for part in (name, rest, change.field) if part), change.old, change.new)
            )
        gone, came = _by_place(name, table.removed), _by_place(name, table.added)
        for code, what in sorted({*gone, *came}):
            olds, news = gone.get((code, what), []), came.get((code, what), [])
            pairs = max(len(olds), len(news))
            for old, new in zip(olds + [None] * (pairs - len(olds)), news + [None] * (pairs - len(news)), strict=True):
                items[code].append(Item(what, old, new))
    for row in difference.unread:
        items[row.key].append(Item(f"the row ({row.reason})", row.old, row.new))
    return dict(sorted(items.items()))


def of_all(difference: Difference) -> list[tuple[str, Item]]:
    """By project code or other key, all whose content differs, came or went, one after the other."""
    listed = [(code, item) for code, items in of_projects(difference).items() for item in items]
    for name, table in others(difference).items():
        listed += [(c.key, Item(f"{name} {c.field}", c.old, c.new)) for c in table.of("content")]
        listed += [(key, Item(f"{name} row", key, None)) for key in table.removed]
        listed += [(key, Item(f"{name} row", None, key)) for key in table.added]
    return listed


def in_form(difference: Difference) -> set[str]:
    """The codes of projects of which something differs in form."""
    tables = [difference.tables[name] for name in difference.of_projects]
    return {change.key.partition("/")[0] for table in tables for change in table.of("form")}


def others(difference: Difference) -> dict[str, TableDifference]:
    """The tables that are not by project."""
    return {name: table for name, table in difference.tables.items() if name not in difference.of_projects}


def _by_place(name: str, keys: list[str]) -> dict[tuple[str, str], list[str | None]]:
    """The keys by project and by what they are of; an organisation's part in a project by its role."""
    places: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for key in keys:
        code, _, rest = key.partition("/")
        if name == "participations":
            organisation, _, role = rest.rpartition("/")
            places[code, role].append(organisation)
        else:
            places[code, f"{name} row"].append(rest or code)
    return places
