"""The findings as Markdown: the summary of a job, a comment or a page of a wiki.

A job's summary may have a mebibyte; above that the service drops it whole. So the report ends in time, and
says how many findings it does not show. Cell values are untrusted text: none can become mark-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esfdata.checking.check import SEVERITIES
from esfdata.findings.finding import Finding, Findings
from esfdata.messages.phrase import Phrase
from esfdata.reports.findings_text import account
from esfdata.reports.grouped import Group, place, standing, subject, waived
from esfdata.reports.report import Report

MOST = 900_000
"""Bytes that a report may have, but for its last lines."""
LONG = 300
"""Characters of a message that are shown."""


def render(findings: Findings, base: str = "") -> str:
    """A table of counts, then the findings by severity and check; shortened above MOST bytes, with the number."""
    language, summary = findings.language, findings.summary
    names = [Phrase(name, language) for name in (*SEVERITIES, "waived")]
    lines = [f"# {Phrase('Findings of esfdata', language)}", "", _row(names), _row(["---:"] * 4)]
    lines += [_row([str(summary[name]) for name in (*SEVERITIES, "waived")]), "", escaped(account(findings)), ""]
    groups = [*standing(findings), *waived(findings)]
    size = sum(len(line.encode()) + 1 for line in lines)
    unseen, heading = 0, ""
    for group in groups:
        block = list(_group(group, findings, base))
        title = "waived" if group.findings[0].waiver is not None else group.severity
        if title != heading:
            block, heading = [f"## {Phrase(title, language).capitalize()}", "", *block], title
        size += sum(len(line.encode()) + 1 for line in block)
        if size <= MOST:
            lines += block
        else:
            unseen += len(group.findings)
    if unseen:
        left_out = "Shortened: {n} findings are not shown here; all are in the JSON report."
        lines += [f"**{Phrase(left_out, language, n=unseen)}**", ""]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A text that cannot become mark-up, leave its cell or reach over its line."""
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.replace("&", "&amp;").split())


def _group(group: Group, findings: Findings, base: str) -> Iterator[str]:
    """One check in one table: what is wrong, what to do, and a table of the places."""
    language, rule = findings.language, findings.rules.get(group.check)
    yield f"### {escaped(group.check)} · {escaped(group.table)} ({len(group.findings)})"
    yield ""
    if rule:
        advice = Phrase("What to do: {advice}", language, advice=rule.advice(language)) if rule.advice(language) else ""
        yield f"{escaped(rule.title(language))} {escaped(advice)}".rstrip()
        yield ""
    yield _row([Phrase(name, language) for name in ("where", "what", "fingerprint")])
    yield _row(["---"] * 3)
    for finding in group.shown:
        yield _row(_cells(finding, language, base))
    if group.rest:
        yield ""
        yield Phrase("and {n} more; all are in the JSON report", language, n=group.rest)
    yield ""


def _cells(finding: Finding, language: str, base: str) -> list[str]:
    where = f"{escaped(subject(finding))}<br>{escaped(place(finding.path, finding.line, base))}"
    message = finding.message if len(finding.message) <= LONG else f"{finding.message[:LONG]}…"
    if finding.waiver is not None:
        message += f" ({Phrase('waived: {reason}', language, reason=finding.waiver)})"
    return [where, escaped(message), finding.fingerprint]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


REPORT = Report(".md", "text/markdown", render)
