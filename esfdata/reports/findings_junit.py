"""The findings as JUnit XML: what test services of any build system show.

A suite is a table, a case is a check. A check with errors or warnings that no waiver covers fails; what is only
worth knowing stands in the output of a case that passes, for a repair must not turn a build red.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from esfdata.checking.check import SEVERITIES
from esfdata.findings.finding import Finding, Findings, Outcome
from esfdata.messages.phrase import Phrase
from esfdata.reports.grouped import FEW, MANY, place, plain, subject
from esfdata.reports.report import Report

ANY = "constraints"


def render(findings: Findings, base: str = "") -> str:
    """A suite for each judged table and one for the declared constraints, each with its checks as cases."""
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check].append(finding)
    counted = {outcome.check for outcome in findings.checks}
    outcomes = [*findings.checks, *(Outcome(name, "marked") for name in by_check if name not in counted)]
    suites: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        rule = findings.rules.get(outcome.check)
        suites[(rule.table if rule else None) or ANY].append(outcome)
    root = ElementTree.Element("testsuites", name="esfdata")
    for table, some in suites.items():
        suite = ElementTree.SubElement(root, "testsuite", name=table)
        for outcome in some:
            _case(suite, table, outcome, findings, by_check[outcome.check], base)
        _count(suite, suite)
    _count(root, root)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _case(
    suite: ElementTree.Element, table: str, outcome: Outcome, findings: Findings, some: list[Finding], base: str
) -> None:
    """One check: failed, skipped with the reason, or passed."""
    case = ElementTree.SubElement(suite, "testcase", classname=f"esfdata.{table}", name=outcome.check)
    if outcome.outcome == "not_run":
        ElementTree.SubElement(case, "skipped", message=outcome.reason or "")
    failing: list[Finding] = []
    passing: list[Finding] = []
    for finding in some:
        (passing if finding.waiver is not None or finding.severity == "info" else failing).append(finding)
    if failing:
        worst = min((f.severity for f in failing), key=SEVERITIES.index)
        rule = findings.rules.get(outcome.check)
        title = rule.title(findings.language) if rule else outcome.check
        failure = ElementTree.SubElement(case, "failure", type=worst, message=f"{len(failing)}: {title}")
        failure.text = _listed(failing, findings.language, base)
    if passing:
        ElementTree.SubElement(case, "system-out").text = _listed(passing, findings.language, base)


def _listed(some: list[Finding], language: str, base: str) -> str:
    """A line a finding, and of many the first few with the number of the rest."""
    shown = some if len(some) <= MANY else some[:FEW]
    lines = []
    for finding in shown:
        waiver = f" ({Phrase('waived: {reason}', language, reason=finding.waiver)})" if finding.waiver else ""
        where = place(finding.path, finding.line, base)
        lines.append(plain(f"{where} {subject(finding)}: {finding.message}{waiver}".strip()))
    if len(some) > len(shown):
        lines.append(Phrase("and {n} more; all are in the JSON report", language, n=len(some) - len(shown)))
    return "\n".join(lines)


def _count(element: ElementTree.Element, under: ElementTree.Element) -> None:
    element.set("tests", str(len(list(under.iter("testcase")))))
    element.set("failures", str(len(list(under.iter("failure")))))
    element.set("errors", "0")
    element.set("skipped", str(len(list(under.iter("skipped")))))


REPORT = Report(".xml", "application/xml", render)
