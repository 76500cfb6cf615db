"""What a run marked: the rows that break declared constraints and checks, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from esfdata.checking.check import Check
from esfdata.checking.typed_tables import ROW, TypedTables
from esfdata.messages.phrase import Phrase

STATEMENTS = "statements"
"""The table whose checks mark cells, by table, key and field, instead of rows."""


class Fault(NamedTuple):
    """A row that breaks a declared constraint: its number, the field, the value there and what would be accepted."""

    word: str
    row: int
    field: str
    value: str | None
    accepts: Phrase


class Marked(NamedTuple):
    """What a check marked: of so many rows it was shown so many, and the first of them with their columns."""

    check: Check
    judged: int
    total: int
    rows: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Marks:
    """What a run marked.

    Attributes:
        tables: The tables in which the marked rows have their numbers.
        faults: The rows that break declared constraints, by table; each table that was judged is there.
        counts: How many there are, by the word of the constraint: all of them, also those not in `faults`.
        checks: What each check marked, by its name.
        not_run: Why further checks were not run, by their names.
        heights: The number of rows of each table that was judged or read by a check.
    """

    tables: TypedTables
    faults: Mapping[str, Sequence[Fault]]
    counts: Mapping[str, int]
    checks: Mapping[str, Marked]
    not_run: Mapping[str, Phrase]
    heights: Mapping[str, int]

    @cached_property
    def numbers(self) -> dict[str, set[int]]:
        """The numbers of the marked rows, by table."""
        numbers = {table: {fault.row for fault in faults} for table, faults in self.faults.items()}
        for check, _, _, rows in self.checks.values():
            if check.table != STATEMENTS:
                numbers.setdefault(check.table, set()).update(row[ROW] for row in rows)
        return numbers

    @cached_property
    def cells(self) -> set[tuple[str, str]]:
        """The table and key of each row that a marked statement is about."""
        some = [marked.rows for marked in self.checks.values() if marked.check.table == STATEMENTS]
        return {(row["table"], row["key"]) for rows in some for row in rows}

    def moved(self, tables: TypedTables, places: Mapping[str, Mapping[int, int]]) -> Marks:
        """The same marks in other tables, where the rows have other numbers: by table, the new one of each."""
        faults = {
            table: [fault._replace(row=places[table][fault.row]) for fault in some]
            for table, some in self.faults.items()
        }
        checks = dict(self.checks)
        for name, marked in self.checks.items():
            if (table := marked.check.table) != STATEMENTS:
                rows = [{**row, ROW: places[table][row[ROW]]} for row in marked.rows]
                checks[name] = marked._replace(rows=sorted(rows, key=lambda row: int(row[ROW])))
        return replace(self, tables=tables, faults=faults, checks=checks)
