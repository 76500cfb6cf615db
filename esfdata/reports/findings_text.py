"""The findings as sentences for a person at a terminal, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from esfdata.checking.check import ERROR, INFO, WARNING
from esfdata.findings.finding import Finding, Findings
from esfdata.messages.phrase import Phrase
from esfdata.reports.grouped import FEW, MANY, Group, place, plain, standing, subject, waived
from esfdata.reports.report import Report

COLOURS = {ERROR: "\033[31m", WARNING: "\033[33m", INFO: "\033[36m"}
BOLD, DIM, PLAIN = "\033[1m", "\033[2m", "\033[0m"


def render(findings: Findings, base: str = "", *, colour: bool = False) -> str:
    """One paragraph a finding, what to do once a check, then the account of what was checked."""
    groups = [*standing(findings), *waived(findings)]
    advised: set[str] = set()
    parts = []
    for group in groups:
        lines = list(_group(group, findings.language, base, colour))
        if group.check not in advised and (advice := _advice(findings, group.check)):
            lines.append(f"{_painted(DIM, f'  {advice}', colour)}\n")
            advised.add(group.check)
        parts.append("\n".join(lines))
    return "\n".join([*parts, account(findings)]) + "\n"


def account(findings: Findings) -> str:
    """The counts in one line, and the checks that were not run with the reason."""
    summary, language = findings.summary, findings.language
    counts = [_count(summary[s], s, language) for s in (ERROR, WARNING) if summary[s]]
    counts = counts or [Phrase("no errors or warnings", language)]
    counts += [Phrase("{n} info", language, n=summary[INFO])] if summary[INFO] else []
    counts += [Phrase("{n} waived", language, n=summary["waived"])] if summary["waived"] else []
    rows = sum(findings.tables.values())
    lines = [
        Phrase("{counts}; {checks} checks on {rows} rows.", language,
               counts=", ".join(counts), checks=summary["checks_run"], rows=rows)
    ]  # fmt: skip
    for check, rows in findings.hidden.items():
        lines.append(Phrase("{n} more rows that {check} marks are counted, not told", language, n=rows, check=check))
    return "\n".join([*lines, *_not_run(findings)])


def _not_run(findings: Findings) -> Iterator[str]:
    """The checks that were not run, a line for each reason."""
    reasons: dict[str | None, list[str]] = defaultdict(list)
    for outcome in findings.checks:
        if outcome.outcome == "not_run":
            reasons[outcome.reason].append(outcome.check)
    for reason, names in reasons.items():
        shown = names if len(names) <= MANY else names[:FEW]
        checks = ", ".join(shown)
        if len(names) > len(shown):
            checks = Phrase("{checks} and {n} more", findings.language, checks=checks, n=len(names) - len(shown))
        yield Phrase("not run: {check} ({reason})", findings.language, check=checks, reason=reason)


def _count(n: int, noun: str, language: str) -> str:
    return f"{n} {Phrase(noun if n == 1 else f'{noun}s', language)}"


def _advice(findings: Findings, check: str) -> str:
    rule = findings.rules.get(check)
    advice = rule.advice(findings.language) if rule else ""
    return Phrase("What to do: {advice}", findings.language, advice=advice) if advice else ""


def _group(group: Group, language: str, base: str, colour: bool) -> Iterator[str]:
    """The findings that are shown, and how many more there are."""
    for finding in group.shown:
        yield _finding(finding, language, base, colour)
    if group.rest:
        more = Phrase("and {n} more; all are in the JSON report", language, n=group.rest)
        yield f"  {_painted(BOLD, more, colour)}\n"


def _finding(finding: Finding, language: str, base: str, colour: bool) -> str:
    severity = _painted(COLOURS[finding.severity], Phrase(finding.severity, language), colour)
    lines = [f"{severity} {_painted(BOLD, finding.check, colour)}  {subject(finding)}", f"  {plain(finding.message)}"]
    if finding.waiver is not None:
        lines.append(f"  {Phrase('waived: {reason}', language, reason=plain(finding.waiver))}")
    values = [plain(source.value or "") for source in finding.sources]
    width = max(map(len, values), default=0)
    for source, value in zip(finding.sources, values, strict=True) if width <= 60 else ():
        page = f" ({Phrase('page {page}', language, page=source.page)})" if (source.page or 1) > 1 else ""
        where = f"{source.document}:{source.line}{page}"
        lines.append(_painted(DIM, f"    {value:<{width}}  {plain(where)}", colour))
    where = place(finding.path, finding.line, base)
    lines.append(_painted(DIM, f"  {where}  {finding.fingerprint}".rstrip(), colour))
    return "\n".join(lines) + "\n"


def _painted(code: str, text: str, colour: bool) -> str:
    return f"{code}{text}{PLAIN}" if colour else text


REPORT = Report(".txt", "text/plain", render)
