"""A difference put in order for people: counts by table, and what differs by project."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from esfdata.diff import Difference, TableDifference

BY_PROJECT = ("projects", "participations", "finance", "indicators", "figures", "locations")


class Counts(NamedTuple):
    """The rows of one table: those on both sides apart by how they differ, those on one side, the cells."""

    content: int
    form: int
    unchanged: int
    added: int
    removed: int
    cells: int
    cells_in_form: int


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


def of_projects(difference: Difference) -> dict[str, list[Item]]:
    """By project code, all whose content differs, came or went."""
    found: dict[str, list[Item]] = defaultdict(list)
    for name in BY_PROJECT:
        table = difference.tables.get(name)
        if table is None:
            continue
        for change in table.of("content"):
            code, _, rest = change.key.partition("/")
            found[code].append(
                Item(" ".join(part for part in (name, rest, change.field) if part), change.old, change.new)
            )
        gone, came = _by_place(name, table.removed), _by_place(name, table.added)
        for code, what in sorted({*gone, *came}):
            olds, news = gone.get((code, what), []), came.get((code, what), [])
            pairs = max(len(olds), len(news))
            for old, new in zip(olds + [None] * (pairs - len(olds)), news + [None] * (pairs - len(news)), strict=True):
                found[code].append(Item(what, old, new))
    for row in difference.unread:
        found[row.key].append(Item(f"the row ({row.reason})", row.old, row.new))
    return dict(sorted(found.items()))


def in_form(difference: Difference) -> set[str]:
    """The codes of projects of which something differs in form."""
    tables = [difference.tables[name] for name in BY_PROJECT if name in difference.tables]
    return {change.key.partition("/")[0] for table in tables for change in table.of("form")}


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
