"""What changed between two packages, releases, or files of documents and exports.

Rows are the same where their primary key is. A cell changed where its text differs: in *form* where only
white space, punctuation (also `|` put for a comma) or case differ, else in *content*. Amounts are compared
to the cent and dates as days. Of two sources that were read first, cells with one value but differently
written originals count as changed in form. What was read (tables of the role `source`) differs by nature and
is only counted. The whole is of the level of its worst change: `breaking` or `additive` by the structure,
`data` by the rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from esfdata.diff.findings_difference import FindingsDifference, compare_findings
from esfdata.diff.moved_keys import moved
from esfdata.diff.schema_changes import DATA, LEVELS, SchemaChange, schema_changes
from esfdata.diff.side import Side, side
from esfdata.diff.table_difference import Change, TableDifference, compare
from esfdata.tables import roles
from esfdata.tables.package import Package

__all__ = ["Change", "Difference", "TableDifference", "diff"]

NONE = "none"
PROJECTS = "projects"


@dataclass(frozen=True)
class UnreadRow:
    """A row of an export that could not be read on one side, with its text on both."""

    key: str
    reason: str
    old: str | None
    new: str | None


class StatusMove(NamedTuple):
    """The projects that went from one status to another; None where a side states none."""

    old: str | None
    new: str | None
    projects: list[str]


@dataclass(frozen=True)
class Difference:
    """The whole difference: of the schema, of each table, of the findings, and what could not be compared.

    Attributes:
        old: What the earlier side is called.
        new: What the later side is called.
        schema: The changes of the structure, the breaking ones first.
        tables: How the rows of each table differ, by table.
        unread: The rows of exports that have no single reading, on either side.
        counts: The rows of the tables that are only counted, `old` and `new` by table.
        versions: The version of each side; that of `old` is None for a first release.
        findings: The findings that are new, fixed or stand; None where they were not compared.
        refused: The sentences of the gate; None where it was not asked.
        of_projects: The tables whose keys begin with the code of a project.
    """

    old: str
    new: str
    schema: list[SchemaChange]
    tables: dict[str, TableDifference]
    unread: list[UnreadRow]
    counts: dict[str, dict[str, int]]
    versions: dict[str, str | None]
    findings: FindingsDifference | None = None
    refused: list[str] | None = None
    of_projects: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs, not even in form."""
        marked = self.findings is not None and (self.findings.new or self.findings.fixed)
        return not (self.schema or self.unread or marked or any(table.differs for table in self.tables.values()))

    @property
    def level(self) -> str:
        """The level of the worst change: breaking, additive, data or none."""
        if self.empty:
            return NONE
        return min((change.level for change in self.schema), key=LEVELS.index, default=DATA)

    @property
    def status_moves(self) -> list[StatusMove]:
        """The projects whose status changed, by the old and the new one, the most frequent first."""
        moves = defaultdict(list)
        for change in self.tables["projects"].of("content") if "projects" in self.tables else ():
            if change.field == "status":
                moves[change.old, change.new].append(change.key)
        counted = [StatusMove(old, new, codes) for (old, new), codes in moves.items()]
        return sorted(counted, key=lambda move: (-len(move.projects), move.old or "", move.new or ""))

    def as_dict(self) -> dict[str, Any]:
        """The difference as the JSON report shows it; amounts are text with two decimals."""
        tables = {}
        for name, table in self.tables.items():
            pairs = [pair._asdict() for pair in table.rekeyed]
            tables[name] = {**asdict(table), "rekeyed": pairs, "fields": table.fields, "level": DATA}
        return {
            "level": self.level,
            "versions": self.versions,
            "schema": [asdict(change) for change in self.schema],
            "tables": tables,
            "status_moves": [{**move._asdict(), "count": len(move.projects)} for move in self.status_moves],
            "findings": self.findings and {**asdict(self.findings), "counts": self.findings.counts},
            "unread": [asdict(row) for row in self.unread],
            "counts": self.counts,
            "gate": self.refused,
        }


def diff(
    old: Package | str | Path,
    new: Package | str | Path,
    checks: str | Path | None = None,
    *,
    findings: bool = True,
) -> Difference:
    """Compare two packages, releases, or files of documents and exports, which are read first.

    Args:
        old: A package, the path of one, a release by its version, `latest` or URL, or an export or document.
        new: The same for the later side.
        checks: The folder of checks that judges both sides where not both were published with their findings
            (default: the shipped ones).
        findings: Whether findings are compared.

    Returns:
        The difference; rows are the same where their primary key is.

    Raises:
        EsfdataError: One of the two cannot be opened: SourceError or PackageError.
    """
    before, after = side(old), side(new)
    names = _shared(before.package, after.package, roles.DATA)
    counted = _shared(before.package, after.package, roles.SOURCE)
    keys = moved(before, after)
    return Difference(
        before.name,
        after.name,
        schema_changes(before.package, after.package),
        {name: compare(name, before, after, keys) for name in names},
        _unread(before, after),
        {name: {"old": before.height(name), "new": after.height(name)} for name in counted},
        {"old": before.package.version, "new": after.package.version},
        compare_findings(before, after, checks) if findings else None,
        of_projects=tuple(name for name in names if before.package.key(name)[:1] == before.package.key(PROJECTS)),
    )


def _shared(old: Package, new: Package, role: str) -> list[str]:
    """The tables of a role on both sides, in the order of the old one; one that changed its role has it too."""
    either = {*old.tables_of(role), *new.tables_of(role)}
    return [name for name in old.resources if name in either and name in old and name in new]


def _unread(before: Side, after: Side) -> list[UnreadRow]:
    """The rows of exports that have no reading, or several, on one side or both, with both texts."""
    rows: dict[str, UnreadRow] = {}
    for code, reason, _ in [*before.unread, *after.unread]:
        rows[code] = UnreadRow(code, reason, before.text(code), after.text(code))
    return [rows[code] for code in sorted(rows)]
