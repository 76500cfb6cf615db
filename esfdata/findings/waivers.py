"""Waivers: findings that someone has looked at and lets stand, with a reason and a last day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from esfdata.checking.check import ERROR, WARNING
from esfdata.exceptions import EsfdataError
from esfdata.files import atomic
from esfdata.findings.finding import Finding, Findings, Outcome, one_line, ordered
from esfdata.messages.phrase import Phrase
from esfdata.paths import LIBRARY

FILE = "waivers.csv"
SHORTEST = 6
"""The fewest characters of a fingerprint that are taken for it."""
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
        waivers = []
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
            waivers.append(waiver)
    return waivers


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
    return Finding(severity, check, "waivers", key, "until", waiver.until or None, message, FILE, waiver.line)


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that are alike in everything told apart by a number in their fingerprint."""
    seen: dict[str, int] = {}
    result = []
    for finding in findings:
        n = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        result.append(finding if n == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{n}"))
    return result


def folder_of_checks(given: str | None) -> Path:
    """The folder whose waivers are written: the given one, else `checks` here; never the installed one."""
    folder = Path(given or "checks")
    if not folder.is_dir():
        raise EsfdataError(f"{folder}: no such folder of checks; name yours with --checks DIR")
    if folder.resolve().is_relative_to(LIBRARY):
        raise EsfdataError(f"{folder} belongs to the installed library; copy it and name the copy with --checks DIR")
    return folder


def pick(findings: Iterable[Finding], fingerprint: str) -> Finding:
    """The one finding whose fingerprint is, or begins with, the given text.

    EsfdataError where it is too short, fits none or several (they are listed), or where the finding has a
    waiver already or is itself about one.
    """
    wanted = fingerprint.strip().lower()
    candidates = [finding for finding in findings if finding.fingerprint.startswith(wanted)]
    exact = [finding for finding in candidates if finding.fingerprint == wanted]
    if len(wanted) < SHORTEST:
        raise EsfdataError(f"the fingerprint {fingerprint!r} is too short; accepted are {SHORTEST} characters or more")
    if not candidates:
        raise EsfdataError(f"no finding has the fingerprint {fingerprint!r}; `esfdata validate` shows them")
    if len(candidates) > 1 and not exact:
        listed = "\n".join(f"  {finding.fingerprint}  {one_line(finding)}" for finding in candidates)
        raise EsfdataError(f"{len(candidates)} findings have a fingerprint that begins with {fingerprint!r}:\n{listed}")
    finding = (exact or candidates)[0]
    if finding.waiver is not None:
        raise EsfdataError(f"the finding has a waiver already: {finding.waiver}")
    if finding.table == "waivers":
        raise EsfdataError(f"a finding about a waiver cannot be waived: mend the row in {FILE}")
    return finding


def waive(finding: Finding, reason: str, until: str | None, folder: Path) -> Waiver:
    """Write the row that lets `finding` stand into `waivers.csv` in `folder`, and return it.

    EsfdataError without a reason, or where the last day is no date or has passed.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise EsfdataError("a waiver needs a reason: say why the finding may stand")
    try:
        if until and date.fromisoformat(until) < date.today():
            raise EsfdataError(f"the last day {until} has passed; accepted is today or later")
    except ValueError as error:
        raise EsfdataError(f"--until is {until!r}; accepted is a date YYYY-MM-DD") from error
    place = (finding.table, finding.key or "", finding.field or "")
    row = Waiver(finding.check, *place, reason=reason, until=until or "", line=0)
    path = folder / FILE
    content = path.read_bytes() if path.is_file() else (",".join(FIELDS) + "\n").encode()
    end = "\r\n" if b"\r\n" in content else "\n"
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerow(getattr(row, name) for name in FIELDS)
    gap = b"" if content.endswith(b"\n") or not content else end.encode()
    atomic.file(path, content + gap + text.getvalue().encode())
    return row
