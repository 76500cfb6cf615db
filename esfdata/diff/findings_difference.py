"""Which findings came, went and stand between two packages, by fingerprint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from esfdata.checking.check import SEVERITIES
from esfdata.diff.side import Side
from esfdata.findings.validation import validate

PUBLISHED = "published"
VALIDATED = "validated"
BASES = {
    PUBLISHED: "as each of the two was published with them",
    VALIDATED: "both sides validated now, by the same checks",
}
SHOWN = ("fingerprint", "severity", "check", "table", "key", "field", "value", "message", "waiver")


@dataclass(frozen=True)
class FindingsDifference:
    """The findings of the new side alone, of the old side alone, and the fingerprints of those on both.

    `basis` is `published` where both sides have rows in their table `findings`, else `validated`: then both sides
    were validated for this, so that a change of the checks is no change of the data.
    """

    basis: str
    new: list[dict[str, Any]] = field(default_factory=list)
    fixed: list[dict[str, Any]] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """By severity, how many are new and how many fixed."""
        new, fixed = (Counter(row["severity"] for row in rows) for rows in (self.new, self.fixed))
        return {severity: {"new": new[severity], "fixed": fixed[severity]} for severity in SEVERITIES}


def compare_findings(before: Side, after: Side, checks: str | Path | None = None) -> FindingsDifference:
    """The difference of the findings of two sides."""
    sides = (before, after)
    basis, tables = PUBLISHED, [_published(side) for side in sides]
    if not all(tables):
        basis, tables = VALIDATED, [_validated(side, checks) for side in sides]
    old, new = tables
    return FindingsDifference(
        basis,
        new=_sorted(new[mark] for mark in new.keys() - old.keys()),
        fixed=_sorted(old[mark] for mark in old.keys() - new.keys()),
        standing=sorted(old.keys() & new.keys()),
    )


def _published(side: Side) -> dict[str, dict[str, Any]]:
    """The rows of the table of findings by fingerprint; none where it has none or lacks a column."""
    if "findings" not in side.package or not set(SHOWN) <= set(side.columns("findings")):
        return {}
    rows = side.package.lazy("findings").select(SHOWN).collect().iter_rows(named=True)
    return {row["fingerprint"]: row for row in rows if row["fingerprint"]}


def _validated(side: Side, checks: str | Path | None) -> dict[str, dict[str, Any]]:
    rows = validate(side.package, checks).rows()
    return {row["fingerprint"]: {name: row[name] for name in SHOWN} for row in rows}


def _sorted(rows: Any) -> list[dict[str, Any]]:
    """Worst first, then by check and place."""

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        severity = SEVERITIES.index(row["severity"]) if row["severity"] in SEVERITIES else len(SEVERITIES)
        return (severity, *(row[name] or "" for name in ("check", "table", "key", "field", "fingerprint")))

    return sorted(rows, key=place)
