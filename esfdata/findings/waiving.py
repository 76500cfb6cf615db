"""Letting a finding stand: the row of `waivers.csv` that says so, found by the finding's fingerprint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from esfdata.exceptions import EsfdataError
from esfdata.files import atomic
from esfdata.findings.finding import Finding
from esfdata.findings.waivers import FIELDS, Waiver
from esfdata.paths import LIBRARY

SHORTEST = 6
"""The fewest characters of a fingerprint that are taken for it."""
FILE = "waivers.csv"


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
    found = [finding for finding in findings if finding.fingerprint.startswith(wanted)]
    exact = [finding for finding in found if finding.fingerprint == wanted]
    if len(wanted) < SHORTEST:
        raise EsfdataError(f"the fingerprint {fingerprint!r} is too short; accepted are {SHORTEST} characters or more")
    if not found:
        raise EsfdataError(f"no finding has the fingerprint {fingerprint!r}; `esfdata validate` shows them")
    if len(found) > 1 and not exact:
        candidates = "\n".join(f"  {finding.fingerprint}  {told(finding)}" for finding in found)
        raise EsfdataError(f"{len(found)} findings have a fingerprint that begins with {fingerprint!r}:\n{candidates}")
    finding = (exact or found)[0]
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


def told(finding: Finding) -> str:
    """A finding in one line."""
    place = " ".join(part for part in (finding.table, finding.key, finding.field) if part)
    return f"{finding.check}  {place}: {finding.message}"
