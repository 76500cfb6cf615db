"""Waivers: findings that someone has looked at and lets stand, with a reason and a last day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from esfdata.checking.check import ERROR, WARNING
from esfdata.exceptions import EsfdataError
from esfdata.findings.finding import Finding, Findings, Outcome, ordered
from esfdata.messages.phrase import Phrase

FIELDS = ("check", "table", "key", "field", "reason", "until")


@dataclass(frozen=True)
class Waiver:
    """One row of `waivers.csv`; an empty table, key or field stands for any."""

    check: str
    table: str
    key: str
    field: str
    reason: str
    until: str
    line: int

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is one this row speaks of."""
        return self.check == finding.check and all(
            not mine or mine == theirs
            for mine, theirs in ((self.table, finding.table), (self.key, finding.key), (self.field, finding.field))
        )

    def expired(self, today: date) -> bool:
        """Whether the last day has passed."""
        return bool(self.until) and date.fromisoformat(self.until) < today


def read_waivers(path: Path) -> list[Waiver]:
    """The rows of a file of waivers; none where there is no file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != FIELDS:
            raise EsfdataError(f"{path.name}:1: the header is {','.join(reader.fieldnames or ())}; "
                               f"accepted is {','.join(FIELDS)}")  # fmt: skip
        found = []
        for row in reader:
            cells = {name: (row[name] or "").strip() for name in FIELDS}
            waiver = Waiver(**cells, line=reader.line_num)
            if not waiver.check or not waiver.reason:
                raise EsfdataError(f"{path.name}:{reader.line_num}: a waiver names a check and a reason")
            try:
                waiver.expired(date.min)
            except ValueError as error:
                raise EsfdataError(
                    f"{path.name}:{reader.line_num}: until is {waiver.until!r}; accepted is a date YYYY-MM-DD"
                ) from error
            found.append(waiver)
    return found


def apply_waivers(
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    outcomes: tuple[Outcome, ...],
    tables: dict[str, int],
    today: date | None = None,
) -> Findings:
    """The findings with waivers put to them; an expired or unused waiver is itself a finding."""
    today = today or date.today()
    used: set[Waiver] = set()
    result = []
    for finding in _distinct(findings):
        fitting = [waiver for waiver in waivers if waiver.covers(finding)]
        used.update(fitting)
        valid = [waiver for waiver in fitting if not waiver.expired(today)]
        result.append(finding.waived(valid[0].reason) if valid else finding)
    for waiver in waivers:
        where = f"{waiver.check} {waiver.table} {waiver.key} {waiver.field}".strip()
        if waiver not in used:
            message = Phrase("A waiver covers no finding: {where}.", where=where)
            result.append(_about(waiver, WARNING, "waiver-unused", message))
        elif waiver.expired(today):
            message = Phrase(
                "A waiver ended on {until}, and its finding still stands: {where}.", until=waiver.until, where=where
            )
            result.append(_about(waiver, ERROR, "waiver-expired", message))
    return Findings(ordered(result), outcomes, tables)


def _about(waiver: Waiver, severity: str, check: str, message: str) -> Finding:
    key = f"{waiver.check}/{waiver.table}/{waiver.key}/{waiver.field}"
    return Finding(severity, check, "waivers", key, "until", waiver.until or None, message, "waivers.csv", waiver.line)


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that are alike in everything told apart by a number in their fingerprint."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        n = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        result.append(finding if n == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{n}"))
    return result
