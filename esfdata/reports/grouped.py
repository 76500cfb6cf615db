"""Findings grouped by what made them, for reports that people read: what one cause makes many times is shown a
few times, with the exact number of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from esfdata.findings.finding import Finding, Findings

MANY = 10
FEW = 3


class Group(NamedTuple):
    """The findings of one check in one table."""

    severity: str
    check: str
    table: str
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """All of them, or the first few of many."""
        return self.findings if len(self.findings) <= MANY else self.findings[:FEW]

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return len(self.findings) - len(self.shown)


def standing(findings: Findings) -> Iterator[Group]:
    """The groups without a waiver, worst first."""
    return _groups(finding for finding in findings if finding.waiver is None)


def waived(findings: Findings) -> Iterator[Group]:
    """The groups under a waiver."""
    return _groups(finding for finding in findings if finding.waiver is not None)


def subject(finding: Finding) -> str:
    """The table, key and field that a finding is about."""
    return plain(" ".join(part for part in (finding.table, finding.key, finding.field) if part))


def place(path: str | None, line: int | None, base: str) -> str:
    """Where a finding is, as `path:line`, so that editors and terminals can open it."""
    if path is None:
        return ""
    whole = f"{base.rstrip('/')}/{path}" if base else path
    return f"{whole}:{line}" if line else whole


def plain(text: str) -> str:
    """A text on one line with its control characters spelt out: a cell's value must not steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _groups(findings: Iterable[Finding]) -> Iterator[Group]:
    for (severity, check, table), some in groupby(findings, lambda f: (f.severity, f.check, f.table)):
        yield Group(severity, check, table, tuple(some))
