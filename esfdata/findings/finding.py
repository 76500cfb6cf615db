"""Findings: what was found in a package, kept apart from what was checked."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from esfdata.checking.check import SEVERITIES
from esfdata.libraries import pd
from esfdata.messages.languages import ENGLISH
from esfdata.messages.phrase import Phrase

if TYPE_CHECKING:
    from esfdata.findings.rule import Rule


@dataclass(frozen=True)
class Source:
    """What one document states for the cell of a finding.

    Attributes:
        document: The name of the document's file.
        line: The line in the document, from 1.
        page: The page, from 1.
        value: What it states, in canonical text.
    """

    document: str
    line: int | None
    page: int | None
    value: str | None


@dataclass(frozen=True)
class Finding:
    """One fault: where it is, what it is, and who says so.

    Attributes:
        severity: `error` cannot be true or must not be published, `warning` wants a look, `info` is worth knowing.
        check: The name of the check, or the word of Table Schema for a declared constraint: `required`, `type`, `enum`,
            `pattern`, `minimum`, `maximum`, `unique`, `primary-key`, `foreign-key`.
        table: The table that it is in.
        key: The row's primary key, its parts joined with `/`.
        field: The field at fault.
        value: What stands in the cell, as text; None where the cell is empty or is personal data.
        message: One sentence, in the language of the run.
        path: The file inside the package.
        line: The physical line of the file, from 1; None for rows of a frame.
        sources: What each document states for the cell.
        waiver: Why a person let it stand, else None.
        evidence: What the fingerprint is made of where it is not the value.
        fingerprint: Sixteen hexadecimal digits, the same on every run: of check, table, key, field and value, never of
            the line.

    Examples:
        >>> from esfdata import Finding
        >>> finding = Finding("error", "ends-before-start", "projects", "S20731", "end_date", "2018-06-30", "Early.")
        >>> finding.fingerprint
        '50061e00823a8b06'
    """

    severity: str
    check: str
    table: str
    key: str | None
    field: str | None
    value: str | None
    message: str
    path: str | None = None
    line: int | None = None
    sources: tuple[Source, ...] = ()
    waiver: str | None = None
    evidence: str | None = None
    fingerprint: str = ""

    def __post_init__(self) -> None:
        """Derive the fingerprint: check, table, key, field and what was found, never the line."""
        if not self.fingerprint:
            what = self.value if self.evidence is None else self.evidence
            text = "\x1f".join(part or "" for part in (self.check, self.table, self.key, self.field, what))
            object.__setattr__(self, "fingerprint", hashlib.sha256(text.encode()).hexdigest()[:16])

    def waived(self, reason: str) -> Finding:
        """The same finding under a waiver, for a reason; the fingerprint stays."""
        return replace(self, waiver=reason)

    def into(self, language: str, rule: Rule | None) -> Finding:
        """The same finding with its message in another language.

        Args:
            language: `fi`, `sv` or `en`.
            rule: The texts of its check, where a check made it.

        Returns:
            A new finding; the fingerprint stays.
        """
        if not isinstance(self.message, Phrase):
            return self
        title = {"title": rule.title(language).removesuffix(".")} if rule else {}
        return replace(self, message=self.message.into(language, **title))

    def as_dict(self) -> dict[str, Any]:
        """The finding as the JSON report shows it: a dict of JSON types."""
        keys = ("fingerprint", "severity", "check", "table", "key", "field", "value", "message", "path", "line")
        return {
            **{key: getattr(self, key) for key in keys},
            "message": str(self.message),
            "sources": [asdict(source) for source in self.sources],
            "waiver": self.waiver,
        }


@dataclass(frozen=True)
class Outcome:
    """What came of one check, with exact counts of rows.

    Attributes:
        check: The name of the check or constraint.
        outcome: `passed`, `marked` or `not_run`.
        judged: How many rows it judged.
        marked: How many of them break the rule, also those that no finding shows.
        reason: Why it did not run, else None.
    """

    check: str
    outcome: str
    judged: int = 0
    marked: int = 0
    reason: str | None = None

    def into(self, language: str) -> Outcome:
        """The same outcome with its reason in another language."""
        return replace(self, reason=self.reason.into(language)) if isinstance(self.reason, Phrase) else self

    def as_dict(self) -> dict[str, Any]:
        """The outcome as the JSON report shows it: a dict of JSON types."""
        return {**asdict(self), "reason": self.reason and str(self.reason)}


@dataclass(frozen=True)
class Findings:
    """All findings of a run, worst first, and what was checked.

    Iteration gives the findings, and `len` their number.

    Attributes:
        findings: The findings; of a check that marks very many rows not all (see `summary` for exact counts).
        checks: What came of each check, also of those that found nothing or did not run.
        tables: The number of rows of each table.
        rules: The texts of the checks, by name.
        language: The language of the messages.

    Examples:
        >>> import esfdata
        >>> findings = esfdata.validate(esfdata.load())
        >>> findings.summary["error"]
        0
        >>> findings.fails(on="error")
        False
    """

    findings: tuple[Finding, ...] = ()
    checks: tuple[Outcome, ...] = ()
    tables: dict[str, int] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict, repr=False)
    language: str = ENGLISH

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def summary(self) -> dict[str, Any]:
        """Counts by severity (without the waived), the waived, and the checks run and not run."""
        counts = {s: sum(f.severity == s and not f.waiver for f in self.findings) for s in SEVERITIES}
        severity = {finding.check: finding.severity for finding in self.findings}
        for check, rows in self.hidden.items():
            counts[severity[check]] += rows
        return {
            **counts,
            "waived": sum(f.waiver is not None for f in self.findings),
            "checks_run": sum(outcome.outcome != "not_run" for outcome in self.checks),
            "not_run": [outcome.check for outcome in self.checks if outcome.outcome == "not_run"],
        }

    @property
    def hidden(self) -> dict[str, int]:
        """The rows that a check marked beyond those that became findings, by check: far too many for anyone to read."""
        shown = Counter(finding.check for finding in self.findings)
        return {o.check: o.marked - shown[o.check] for o in self.checks if o.marked > shown[o.check] > 0}

    def into(self, language: str) -> Findings:
        """The same findings in another language (`fi`, `sv` or `en`); nothing but texts differs."""
        said = tuple(finding.into(language, self.rules.get(finding.check)) for finding in self.findings)
        outcomes = tuple(outcome.into(language) for outcome in self.checks)
        return replace(self, findings=said, checks=outcomes, language=language)

    def fails(self, on: str) -> bool:
        """Whether a run with these findings fails, as `--fail-on` says.

        Args:
            on: The least severity that fails: `error`, `warning` or `info`; with `never` nothing does.

        Returns:
            True where a finding without a waiver is at or above that severity.
        """
        if on == "never":
            return False
        worst = SEVERITIES[: SEVERITIES.index(on) + 1]
        return any(f.severity in worst and not f.waiver for f in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The whole as the JSON report shows it: `summary`, `checks` and `findings`, of JSON types."""
        return {
            "summary": self.summary,
            "checks": [outcome.as_dict() for outcome in self.checks],
            "findings": [finding.as_dict() for finding in self.findings],
        }

    def rows(self) -> list[dict[str, Any]]:
        """The findings as rows of the table `findings`: a dict each, by fingerprint; sources are JSON text."""
        rows = []
        for finding in sorted(self.findings, key=lambda f: f.fingerprint):
            row = finding.as_dict()
            row["sources"] = json.dumps(row["sources"], ensure_ascii=False) if row["sources"] else None
            rows.append(row)
        return rows

    def to_frame(self) -> pd.DataFrame:
        """The findings as a pandas DataFrame: one row a finding, in the order of the report."""
        rows = [finding.as_dict() for finding in self.findings]
        columns = list(Finding("", "", "", None, None, None, "").as_dict())
        return pd.DataFrame(rows, columns=columns).astype({"line": "Int64"})


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Worst first, then by check and place: the same order on every run."""

    def place(finding: Finding) -> tuple[Any, ...]:
        rank = SEVERITIES.index(finding.severity)
        return (rank, finding.check, finding.table, finding.key or "", finding.field or "", finding.fingerprint)

    return tuple(sorted(findings, key=place))


def one_line(finding: Finding) -> str:
    """A finding in one line: its check, its place and its message."""
    place = " ".join(part for part in (finding.table, finding.key, finding.field) if part)
    return f"{finding.check}  {place}: {finding.message}"
