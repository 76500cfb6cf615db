"""The findings as sentences for a person at a terminal, worst first."""

from __future__ import annotations

from esfdata.findings import Finding, Findings
from esfdata.reports import place

COLOURS = {"error": "\033[31m", "warning": "\033[33m", "info": "\033[36m"}
BOLD, DIM, PLAIN = "\033[1m", "\033[2m", "\033[0m"


def write(findings: Findings, base: str = "", *, colour: bool = False) -> str:
    """One paragraph a finding, then the account of what was checked."""
    parts = [_finding(finding, base, colour) for finding in findings if finding.waiver is None]
    parts += [_finding(finding, base, colour) for finding in findings if finding.waiver is not None]
    return "\n".join([*parts, account(findings)]) + "\n"


def account(findings: Findings) -> str:
    """The counts in one line, and the checks that were not run with the reason."""
    summary = findings.summary
    counts = ", ".join(_count(summary[s], s) for s in ("error", "warning") if summary[s]) or "no errors or warnings"
    counts += f", {summary['info']} info" if summary["info"] else ""
    counts += f", {summary['waived']} waived" if summary["waived"] else ""
    lines = [f"{counts}; {summary['checks_run']} checks on {sum(findings.tables.values())} rows."]
    lines += [f"not run: {o.check} ({o.reason})" for o in findings.checks if o.outcome == "not_run"]
    return "\n".join(lines)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _finding(finding: Finding, base: str, colour: bool) -> str:
    def paint(code: str, text: str) -> str:
        return f"{code}{text}{PLAIN}" if colour else text

    subject = " ".join(part for part in (finding.table, finding.key, finding.field) if part)
    head = f"{paint(COLOURS[finding.severity], finding.severity)} {paint(BOLD, finding.check)}  {subject}"
    lines = [head, f"  {finding.message}"]
    if finding.waiver is not None:
        lines.append(f"  waived: {finding.waiver}")
    width = max((len(source.value or "") for source in finding.sources), default=0)
    for source in finding.sources if width <= 60 else ():
        where = f"{source.document}:{source.line}" + (f" (page {source.page})" if (source.page or 1) > 1 else "")
        lines.append(paint(DIM, f"    {source.value or '':<{width}}  {where}"))
    where = place(finding.path, finding.line, base)
    lines.append(paint(DIM, f"  {where}  {finding.fingerprint}".rstrip()))
    return "\n".join(lines) + "\n"
