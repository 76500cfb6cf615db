"""The checks of esfdata as a check of frictionless: `frictionless validate datapackage.json --checks esfdata`.

Declared constraints are left to frictionless. The tables are read by frictionless, once more than it does by itself,
so that any source it knows can be checked and rows have the numbers it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import attrs
from frictionless import Check, FrictionlessException
from frictionless.errors import CheckError, RowError, TableError

from esfdata.checking.check import ERROR, SEVERITIES
from esfdata.findings.validation import validate
from esfdata.libraries import pl
from esfdata.messages.languages import ENGLISH, LANGUAGES
from esfdata.tables.constraints import FURTHER, WORDS
from esfdata.tables.fields import text
from esfdata.tables.package import Package
from esfdata.tables.reading import blank
from esfdata.tables.text_rows import frame

if TYPE_CHECKING:
    from frictionless import Resource, Row

Marks = dict[int | None, list[str]]
"""The notes on each row of a table, by its number; `None` is no row."""


class EsfdataError(RowError):
    """A row that a check marks."""

    type = "esfdata"
    title = "Esfdata Check"
    description = "A row breaks a rule that no constraint of a schema can state."
    template = 'Row at position "{rowNumber}" is marked by {note}'


class EsfdataTableError(TableError):
    """A mark that is on no row of the table."""

    type = "esfdata-table"
    title = "Esfdata Check of a Table"
    description = "A table breaks a rule that no constraint of a schema can state."
    template = "The table is marked by {note}"


@attrs.define(kw_only=True, repr=False)
class EsfdataCheck(Check):
    """The checks on the tables that esfdata knows, by their names; other resources are passed over.

    A check that looks into several tables is run where the package has all of them.
    """

    type = "esfdata"
    Errors = [EsfdataError, EsfdataTableError]  # noqa: RUF012

    severity: str = ERROR
    """Which severities are reported: errors, errors and warnings (`warning`), or all (`info`)."""

    lang: str = ENGLISH
    """The language of the messages: fi, sv or en."""

    _of: Any = attrs.field(default=None, init=False)
    _by_table: dict[str, Marks] = attrs.field(factory=dict, init=False)
    _here: Marks = attrs.field(factory=dict, init=False)

    def validate_start(self) -> Iterable[Any]:
        """Run the checks on all tables of the package, at the first of them; wrong options are an error."""
        self._here = {}
        if self.severity not in SEVERITIES or self.lang not in LANGUAGES:
            accepted = f"severity {', '.join(SEVERITIES)}; lang {', '.join(LANGUAGES)}"
            yield CheckError(note=f"esfdata has severity {self.severity}, lang {self.lang}; accepted are {accepted}")
            return
        of = self.resource.package or self.resource
        if of is not self._of:
            self._of, self._by_table = of, self._marks(getattr(of, "resources", [of]))
        self._here = self._by_table.get(self.resource.name, {})

    def validate_row(self, row: Row) -> Iterable[Any]:
        """An error for each mark on a row."""
        for note in self._here.get(row.row_number, ()):
            yield EsfdataError.from_row(row, note=note)

    def validate_end(self) -> Iterable[Any]:
        """An error for each mark on no row."""
        for note in self._here.get(None, ()):
            yield EsfdataTableError(note=note)

    def _marks(self, resources: Iterable[Any]) -> dict[str, Marks]:
        """What checks mark, by table and number of the row."""
        ours = blank()
        numbers, frames = {}, {}
        for resource in resources:
            if resource.name in ours:
                numbers[resource.name], frames[resource.name] = _read(resource, ours)
        lists = {name: ours.raw(name) for name in ours.borrowed}
        package = Package(ours.descriptor, lists | frames, borrowed=ours.borrowed - frames.keys())
        severities = SEVERITIES[: SEVERITIES.index(self.severity) + 1]
        marks: dict[str, Marks] = {}
        for finding in validate(package, lang=self.lang):
            if finding.check not in (*WORDS, *FURTHER) and finding.severity in severities and not finding.waiver:
                place = None if finding.line is None else numbers[finding.table][finding.line - 2]
                note = f"{finding.check} ({finding.severity}): {finding.message}"
                marks.setdefault(finding.table, {}).setdefault(place, []).append(note)
        return marks

    metadata_profile_patch = {  # noqa: RUF012
        "properties": {"severity": {"type": "string"}, "lang": {"type": "string"}},
    }


def _read(resource: Resource, ours: Package) -> tuple[list[int], pl.LazyFrame]:
    """The numbers of a table's rows, and the rows as text; what frictionless cannot read is left to it to tell."""
    names = [field["name"] for field in ours.fields(str(resource.name))]
    numbers: list[int] = []
    rows: list[dict[str, Any]] = []
    try:
        with resource.to_copy() as copy:
            for row in copy.row_stream:
                numbers.append(row.row_number)
                rows.append({name: text(row.get(name)) for name in names})
    except FrictionlessException:
        return [], frame([], names)
    return numbers, frame(rows, names)
