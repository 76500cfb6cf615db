"""The findings as annotations of a GitHub workflow.

The service shows ten annotations of a kind in a step and drops the rest silently, so the nine worst are
written, and one line says how many more there are. Cell values are untrusted text: all is escaped.
"""

from __future__ import annotations

from esfdata.checking.check import ERROR, INFO, WARNING
from esfdata.findings.finding import Finding, Findings
from esfdata.messages.phrase import Phrase
from esfdata.reports.findings_text import account
from esfdata.reports.grouped import subject
from esfdata.reports.report import Report

SHOWN = 9
COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}


def render(findings: Findings, base: str = "") -> str:
    """At most nine annotations and one for the rest; the account of the run as a plain last line."""
    standing = [finding for finding in findings if finding.waiver is None]
    lines = [_annotation(finding, base) for finding in standing[:SHOWN]]
    if len(standing) > SHOWN:
        rest = len(standing) - SHOWN
        more = Phrase("{n} more findings: see the report of this run", findings.language, n=rest)
        lines.append(f"::notice title=esfdata::{more}")
    return "\n".join([*lines, account(findings)]) + "\n"


def _annotation(finding: Finding, base: str) -> str:
    properties = {"title": finding.check}
    if finding.path is not None:
        properties["file"] = f"{base.rstrip('/')}/{finding.path}" if base else finding.path
    if finding.line is not None:
        properties["line"] = str(finding.line)
    shown = ",".join(f"{name}={_escaped(value, property=True)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {shown}::{_escaped(f'{subject(finding)}: {finding.message}')}"


def _escaped(text: str, *, property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


REPORT = Report(".github.txt", "text/plain", render)
